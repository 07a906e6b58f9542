//! A drawing as it is in a PDF file: operators, and the resources that they name.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Pixels;

/// The operators of a drawing, in a box with the origin below on the left, and all that these need.
#[derive(Debug, Default)]
pub(crate) struct Form {
    pub(crate) stream: Stream,
    /// The resources, each before those that use it.
    pub(crate) parts: Vec<FormPart>,
}

impl Form {
    /// A drawing that needs nothing but its operators.
    pub(super) fn plain(operators: &str) -> Self {
        let operators = crate::fonts::deflate(operators.as_bytes());
        Self { stream: Stream { operators, uses: BTreeSet::new() }, parts: Vec::new() }
    }
}

/// Operators, deflated, and the numbers of the parts that they name.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    pub(crate) operators: Vec<u8>,
    pub(crate) uses: BTreeSet<usize>,
}

/// A resource of a drawing. Operators call it by its letter and its number, an opacity by `O` and its hundredths.
#[derive(Debug)]
pub(crate) enum FormPart {
    /// How opaque fills, strokes and groups are, in hundredths.
    Opacity(u8),
    /// How a group is mixed with what is below it (`G`): the name of a blend mode.
    Blend(&'static str),
    /// How much of what follows is seen (`G`): the brightness of a group, or its opacity.
    Mask {
        /// The number of its group.
        group: usize,
        /// Whether its brightness counts, not its opacity.
        bright: bool,
    },
    /// Operators that are painted as one (`X`), within an area.
    Group(Stream, [f32; 4]),
    /// An embedded image (`X`).
    Image(Arc<Pixels>),
    /// A picture that is repeated in both directions (`P`).
    Tile(Stream, [f32; 4], [f32; 6]),
    /// Colours that run into each other (`P`).
    Gradient(Gradient),
}

/// A gradient in its own space.
#[derive(Debug)]
pub(crate) struct Gradient {
    /// Two points, or two circles: `x y x y`, or `x y radius x y radius`.
    pub(crate) between: Vec<f32>,
    /// From its own space to that of the drawing.
    pub(crate) matrix: [f32; 6],
    /// At least two colours with their place from 0 to 1, in order.
    pub(crate) ramp: Vec<(f32, [f32; 3])>,
}
