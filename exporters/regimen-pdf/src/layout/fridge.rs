//! A document on one page, to be put up: set as large as fits, in one column or two, with pictures if they fit.

use regimen_export::document::Document;

use crate::problem::Problem;
use crate::style::{Pictures, Sheet, Style};

use super::{LaidOut, Resources, handout};

/// How many sizes of type are tried.
pub(super) const STEPS: usize = 24;
/// Running text of 10.5 points is 1: from 14 to 8 points.
const SIZES: (f32, f32) = (14.0 / 10.5, 8.0 / 10.5);

/// Lays a document out on one page, or if it does not fit at the smallest size, on as few as possible.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let bare = Style { pictures: Pictures::None, ..style.clone() };
    for style in [style, &bare] {
        let (narrow, wide) = (largest(document, style, resources, 2), largest(document, style, resources, 1));
        let fits = match (wide, narrow) {
            (Some(wide), Some(narrow)) => Some(if narrow.0 < wide.0 { narrow } else { wide }),
            (wide, narrow) => wide.or(narrow),
        };
        if let Some((_, laid)) = fits {
            return laid;
        }
    }
    let laid = [1, 2].map(|columns| set(document, &bare, resources, STEPS, columns));
    let [wide, narrow] = laid;
    let mut laid = if narrow.pages.len() < wide.pages.len() { narrow } else { wide };
    laid.problems.push(Problem::TooLong { pages: laid.pages.len() });
    laid
}

/// The first step at which the document fits one page; none if it does not at the last.
fn largest(document: &Document, style: &Style, resources: &Resources<'_>, columns: usize) -> Option<(usize, LaidOut)> {
    first_step(|step| Some(set(document, style, resources, step, columns)).filter(|laid| laid.pages.len() == 1))
}

/// The first step, of the largest type, at which something fits; none if it does not at the last.
pub(super) fn first_step(fitting: impl Fn(usize) -> Option<LaidOut>) -> Option<(usize, LaidOut)> {
    let mut best = (STEPS, fitting(STEPS)?);
    let mut least = 0;
    while least < best.0 {
        let middle = (least + best.0) / 2;
        match fitting(middle) {
            Some(laid) => best = (middle, laid),
            None => least = middle + 1,
        }
    }
    Some(best)
}

fn set(document: &Document, style: &Style, resources: &Resources<'_>, step: usize, columns: usize) -> LaidOut {
    handout(document, style, resources, Sheet::single(style, scale(style, step), columns))
}

/// How large the type of a step is: from the largest to the least. Large print does not go below its size.
pub(super) fn scale(style: &Style, step: usize) -> f32 {
    let (most, least) = if style.large_print.is_large() {
        (1.25 * style.large_print.scale(), style.large_print.scale())
    } else {
        SIZES
    };
    most + (least - most) * step as f32 / STEPS as f32
}
