//! Operators in the making.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use usvg::tiny_skia_path::{Path, PathSegment, Transform};

use super::super::form::Stream;

/// What a drawing may become, in bytes: parts that are used or clip many times multiply.
pub(super) const MOST_OPERATORS: usize = 16 * 1024 * 1024;

/// So many groups may be open in one stream of operators. PDF 32000-1 (annex C) has 28 for what saves the state of painting; groups
/// are not all that does.
const MOST_OPEN: u8 = 20;

/// The operators of a drawing, a group or a tile.
#[derive(Debug, Default)]
pub(super) struct Canvas {
    pub(super) operators: String,
    pub(super) uses: BTreeSet<usize>,
    /// Whether an opacity was set, so that each that follows must be.
    pub(super) sheer: bool,
    /// How many groups are open.
    depth: u8,
    /// The area that can be seen: left, lower, right and upper edge.
    pub(super) area: [f32; 4],
}

impl Canvas {
    pub(super) fn new(area: [f32; 4]) -> Self {
        Self { area, ..Self::default() }
    }

    pub(super) fn stream(self) -> Stream {
        Stream { operators: crate::fonts::deflate(self.operators.as_bytes()), uses: self.uses }
    }

    pub(super) fn push(&mut self, operators: &str) {
        self.operators.push_str(operators);
        self.operators.push('\n');
    }

    /// Opens a group.
    pub(super) fn save(&mut self) {
        self.depth = self.depth.saturating_add(1);
        self.push("q");
    }

    /// Closes a group.
    pub(super) fn restore(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.push("Q");
    }

    /// Whether what is in this group has to be a part of its own, so that no more groups are open than readers bear.
    pub(super) const fn is_deep(&self) -> bool {
        self.depth >= MOST_OPEN
    }

    /// Calls a part, named by a letter and its number.
    pub(super) fn call(&mut self, letter: char, part: usize, operator: &str) {
        self.uses.insert(part);
        // Writing into a string does not fail.
        let _ = writeln!(self.operators, "/{letter}{part} {operator}");
    }

    pub(super) fn colour(&mut self, colour: [f32; 3], operator: &str) {
        let [red, green, blue] = colour.map(number);
        let _ = writeln!(self.operators, "{red} {green} {blue} {operator}");
    }

    /// Moves the space of what follows.
    pub(super) fn transform(&mut self, place: Transform) {
        let [a, b, c, d, e, f] = matrix(place);
        let _ = writeln!(self.operators, "{a} {b} {c} {d} {e} {f} cm");
    }

    /// The area that can be seen, as an outline.
    pub(super) fn outline_area(&mut self) {
        let [left, lower, right, upper] = self.area.map(number);
        let _ = writeln!(self.operators, "{left} {lower} {} {} re", number(right - left), number(upper - lower));
    }

    /// Writes an outline; says whether there is one.
    pub(super) fn outline(&mut self, data: &Path, place: Transform) -> bool {
        if self.operators.len() > MOST_OPERATORS {
            return false;
        }
        let Some(path) = data.clone().transform(place) else {
            return false;
        };
        let out = &mut self.operators;
        let mut last = (0.0, 0.0);
        for segment in path.segments() {
            let _ = match segment {
                PathSegment::MoveTo(to) => {
                    last = (to.x, to.y);
                    writeln!(out, "{} {} m", number(to.x), number(to.y))
                }
                PathSegment::LineTo(to) => {
                    last = (to.x, to.y);
                    writeln!(out, "{} {} l", number(to.x), number(to.y))
                }
                PathSegment::QuadTo(by, to) => {
                    let near = |from: f32, by: f32| number(from + (by - from) * 2.0 / 3.0);
                    let (x1, y1) = (near(last.0, by.x), near(last.1, by.y));
                    let (x2, y2) = (near(to.x, by.x), near(to.y, by.y));
                    last = (to.x, to.y);
                    writeln!(out, "{x1} {y1} {x2} {y2} {} {} c", number(to.x), number(to.y))
                }
                PathSegment::CubicTo(one, two, to) => {
                    last = (to.x, to.y);
                    let [x1, y1, x2, y2] = [one.x, one.y, two.x, two.y].map(number);
                    writeln!(out, "{x1} {y1} {x2} {y2} {} {} c", number(to.x), number(to.y))
                }
                PathSegment::Close => writeln!(out, "h"),
            };
        }
        true
    }

    /// Widths grow with the mean scale: strokes under a skewed transform come out even, which drawings do not notice.
    pub(super) fn pen(&mut self, stroke: &usvg::Stroke, place: Transform) {
        let scale = (place.sx * place.sy - place.kx * place.ky).abs().sqrt();
        let cap = match stroke.linecap() {
            usvg::LineCap::Butt => 0,
            usvg::LineCap::Round => 1,
            usvg::LineCap::Square => 2,
        };
        let join = match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => 0,
            usvg::LineJoin::Round => 1,
            usvg::LineJoin::Bevel => 2,
        };
        let limit = stroke.miterlimit().get();
        let width = stroke.width().get() * scale;
        let dashes: Vec<String> =
            stroke.dasharray().unwrap_or(&[]).iter().map(|dash| number(dash * scale).to_string()).collect();
        let offset = number(stroke.dashoffset() * scale);
        let _ = writeln!(
            self.operators,
            "{} w {cap} J {join} j {} M [{}] {offset} d",
            number(width),
            number(limit),
            dashes.join(" ")
        );
    }
}

/// A number with at most three places, which is a thousandth of a point.
pub(super) fn number(value: f32) -> f32 {
    let rounded = (value * 1000.0).round() / 1000.0;
    if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
}

/// A transform as PDF writes it. Scales are small numbers that meet large ones.
pub(super) fn matrix(transform: Transform) -> [f32; 6] {
    let Transform { sx, ky, kx, sy, tx, ty } = transform;
    let fine = |value: f32| {
        let rounded = (value * 1_000_000.0).round() / 1_000_000.0;
        if rounded.is_finite() { rounded + 0.0 } else { 0.0 }
    };
    [fine(sx), fine(ky), fine(kx), fine(sy), number(tx), number(ty)]
}
