//! A document on one page, to be put up: set as large as fits, in one column or two, with pictures if they fit.

use regimen_export::document::{Block, Document};

use crate::problem::Problem;
use crate::style::{Pictures, Sheet, Style};

use super::points::in_a_row;
use super::{Ink, LaidOut, Resources, handout};

/// How many sizes of type are tried.
pub(super) const STEPS: usize = 24;
/// Running text of 10.5 points is 1: from 14 to 8 points.
const SIZES: (f32, f32) = (14.0 / 10.5, 8.0 / 10.5);
/// Pictures become smaller, and go in the end, before type is smaller than 10 points.
const READABLE: f32 = 10.0 / 10.5;
const PICTURES: [f32; 3] = [1.0, 0.75, 0.55];

/// A way to set a page.
#[derive(Clone, Copy)]
struct Attempt<'a> {
    document: &'a Document,
    style: &'a Style,
    /// How tall pictures are, as a share of the usual.
    pictures: f32,
    /// The last of the sizes of type to try.
    steps: usize,
    tight: bool,
}

impl Attempt<'_> {
    /// The page in the largest type, in one column or two; with pictures, if it has room for them.
    fn largest(&self, resources: &Resources<'_>) -> Option<LaidOut> {
        let Self { document, style, pictures, steps, tight } = *self;
        let has_pictures = style.pictures != Pictures::None && document.blocks.iter().any(has_pictures);
        let largest = |columns| {
            first_step(steps, |step| {
                let sheet = Sheet { tight, ..sheet(style, step, columns, pictures) };
                let laid = handout(document, style, resources, sheet);
                Some(laid).filter(|laid| laid.pages.len() == 1 && (!has_pictures || shows_pictures(document, laid)))
            })
        };
        let found = [largest(1), largest(2)].into_iter().flatten();
        found.reduce(|wide, narrow| if narrow.0 < wide.0 { narrow } else { wide }).map(|(_, laid)| laid)
    }
}

/// Lays a document out on one page, or if it does not fit at the smallest size, on as few as possible.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let bare = Style { pictures: Pictures::None, ..style.clone() };
    let run_in = run_in(document);
    let last = Attempt { document, style: &bare, pictures: 1.0, steps: STEPS, tight: false };
    let steps = steps_of_readable(style);
    let with_pictures = PICTURES.map(|pictures| Attempt { style, pictures, steps, ..last });
    let attempts = with_pictures.into_iter().chain([last, Attempt { document: &run_in, tight: true, ..last }]);
    if let Some(laid) = attempts.into_iter().find_map(|attempt| attempt.largest(resources)) {
        return laid;
    }
    let mut laid = on_fewest_pages([document, &run_in], &bare, resources);
    laid.problems.push(Problem::TooLong { pages: laid.pages.len() });
    laid
}

/// One of two documents on as few pages as possible, the first if both take as many, in the largest type that takes no more.
fn on_fewest_pages(documents: [&Document; 2], style: &Style, resources: &Resources<'_>) -> LaidOut {
    // Pages of large letters are many: there, lines are as close as on one page that would not fit otherwise.
    let tight = style.large_print.is_large();
    let set = |document, columns, step| {
        handout(document, style, resources, Sheet { tight, ..sheet(style, step, columns, 1.0) })
    };
    let least = documents.map(|document| [1, 2].map(|columns| set(document, columns, STEPS).pages.len()));
    let pages = least.iter().flatten().copied().min().unwrap_or(1);
    let at = usize::from(!least[0].contains(&pages));
    let largest = |columns| {
        let fits = |step| Some(set(documents[at], columns, step)).filter(|laid| laid.pages.len() <= pages);
        first_step(STEPS, fits)
    };
    let found = [largest(1), largest(2)].into_iter().flatten();
    let largest = found.reduce(|wide, narrow| if narrow.0 < wide.0 { narrow } else { wide });
    largest.map_or_else(|| set(documents[at], 1, STEPS), |(_, laid)| laid)
}

fn has_pictures(block: &Block) -> bool {
    matches!(block, Block::Table(table) if table.rows.iter().any(|row| row.figure.is_some()))
}

/// Whether a page has more pictures than its logo.
fn shows_pictures(document: &Document, laid: &LaidOut) -> bool {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let pictures = items.filter(|item| matches!(item.ink, Ink::Picture(_))).count();
    pictures > usize::from(document.frame.logo.is_some())
}

/// The first step, of the largest type, at which something fits; none if it does not at the last.
pub(super) fn first_step(last: usize, fitting: impl Fn(usize) -> Option<LaidOut>) -> Option<(usize, LaidOut)> {
    let mut best = (last, fitting(last)?);
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

/// The same with the lists of boxes run in.
fn run_in(document: &Document) -> Document {
    let blocks = document.blocks.iter().map(|block| match block {
        Block::Callout { kind, title, blocks } => {
            Block::Callout { kind: *kind, title: title.clone(), blocks: in_a_row(blocks) }
        }
        other => other.clone(),
    });
    Document { blocks: blocks.collect(), ..document.clone() }
}

fn sheet(style: &Style, step: usize, columns: usize, pictures: f32) -> Sheet {
    Sheet { pictures, ..Sheet::single(style, scale(style, step), columns) }
}

/// The last step whose running text is as large as `READABLE`.
fn steps_of_readable(style: &Style) -> usize {
    (0..=STEPS).rev().find(|step| scale(style, *step) >= READABLE).unwrap_or(0)
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
