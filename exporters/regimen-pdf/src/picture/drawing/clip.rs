//! What is cut off, and what is seen through a mask.

use std::sync::Arc;

use usvg::tiny_skia_path::{Path, Transform};

use super::super::form::FormPart;
use super::Drawing;
use super::canvas::Canvas;
use super::paint::outline_of;

/// How something is clipped.
pub(super) enum Clipped {
    /// Nothing of it can be seen.
    Away,
    /// Along an outline, which is set.
    Outline,
    /// By a mask, because PDF has no outline of its kind.
    Mask(usize),
}

/// A shape of a clip path.
struct Shape<'a> {
    path: &'a usvg::Path,
    place: Transform,
    even: bool,
}

impl Drawing {
    /// Clips what follows on a canvas.
    pub(super) fn clip(
        &mut self,
        canvas: &mut Canvas,
        clip: &usvg::ClipPath,
        place: Transform,
    ) -> Result<Clipped, String> {
        let mut mask = None;
        if let Some(outer) = clip.clip_path() {
            match self.clip(canvas, outer, place)? {
                Clipped::Away => return Ok(Clipped::Away),
                Clipped::Outline => {}
                Clipped::Mask(outer) => mask = Some(outer),
            }
        }
        let own = place.pre_concat(clip.transform());
        let mut shapes = Vec::new();
        let plain = collect(clip.root(), own, &mut shapes);
        if shapes.is_empty() {
            return Ok(Clipped::Away);
        }
        if mask.is_none() && plain && are_apart(&shapes) {
            return Ok(outline(canvas, &shapes));
        }
        let group = self.layer(canvas.area, |drawing, canvas| {
            if let Some(mask) = mask {
                canvas.call('G', mask, "gs");
            }
            canvas.colour([1.0; 3], "rg");
            drawing.shapes(canvas, clip.root(), own)
        })?;
        Ok(Clipped::Mask(self.add(FormPart::Mask { group, bright: false })))
    }

    /// Paints the shapes of a clip path, whatever colours they have.
    fn shapes(&mut self, canvas: &mut Canvas, group: &usvg::Group, base: Transform) -> Result<(), String> {
        canvas.push("q");
        if let Some(clip) = group.clip_path() {
            match self.clip(canvas, clip, base.pre_concat(group.abs_transform()))? {
                Clipped::Away => {
                    canvas.push("Q");
                    return Ok(());
                }
                Clipped::Outline => {}
                Clipped::Mask(mask) => canvas.call('G', mask, "gs"),
            }
        }
        for node in group.children() {
            match node {
                usvg::Node::Path(path) => {
                    let even = path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
                    if canvas.outline(path.data(), base.pre_concat(path.abs_transform())) {
                        canvas.push(if even { "f*" } else { "f" });
                    }
                }
                usvg::Node::Group(inner) => self.shapes(canvas, inner, base)?,
                usvg::Node::Text(text) => self.shapes(canvas, text.flattened(), base)?,
                usvg::Node::Image(_) => {}
            }
            self.count(&Canvas::default())?;
        }
        canvas.push("Q");
        Ok(())
    }

    /// The part that lets a group be seen through a mask.
    pub(super) fn mask(&mut self, mask: &usvg::Mask, place: Transform, area: [f32; 4]) -> Result<usize, String> {
        let outer = mask.mask().map(|outer| self.mask(outer, place, area)).transpose()?;
        let bright = mask.kind() == usvg::MaskType::Luminance;
        let before = std::mem::replace(&mut self.grey, bright);
        let mut group = self.layer(area, |drawing, canvas| {
            canvas.outline(&outline_of(mask.rect()), place);
            canvas.push("W n");
            drawing.group(canvas, mask.root(), place, 1.0)
        })?;
        self.grey = before;
        if let Some(outer) = outer {
            group = self.layer(area, |_, canvas| {
                canvas.call('G', outer, "gs");
                canvas.call('X', group, "Do");
                Ok(())
            })?;
        }
        Ok(self.add(FormPart::Mask { group, bright }))
    }
}

/// Collects the shapes of a clip path; says whether nothing within it is clipped again.
fn collect<'a>(group: &'a usvg::Group, base: Transform, shapes: &mut Vec<Shape<'a>>) -> bool {
    let mut plain = group.clip_path().is_none();
    for node in group.children() {
        match node {
            usvg::Node::Path(path) => {
                let even = path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
                shapes.push(Shape { path, place: base.pre_concat(path.abs_transform()), even });
            }
            usvg::Node::Group(inner) => plain &= collect(inner, base, shapes),
            usvg::Node::Text(text) => plain &= collect(text.flattened(), base, shapes),
            usvg::Node::Image(_) => {}
        }
    }
    plain
}

/// Whether the shapes do not lie over each other, so that all of them are one outline.
fn are_apart(shapes: &[Shape<'_>]) -> bool {
    /// Each is held against each.
    const MOST: usize = 64;
    let boxes: Vec<_> = shapes.iter().map(|shape| shape.path.abs_bounding_box()).collect();
    let apart = |at: usize, other: usize| {
        let (one, other) = (boxes[at], boxes[other]);
        one.right() <= other.left()
            || other.right() <= one.left()
            || one.bottom() <= other.top()
            || other.bottom() <= one.top()
    };
    let same_rule = shapes.iter().all(|shape| shape.even == shapes[0].even);
    shapes.len() <= MOST && same_rule && (0..shapes.len()).all(|at| (0..at).all(|other| apart(at, other)))
}

fn outline(canvas: &mut Canvas, shapes: &[Shape<'_>]) -> Clipped {
    let mut any = false;
    for shape in shapes {
        let data: &Arc<Path> = &Arc::new(shape.path.data().clone());
        any |= canvas.outline(data, shape.place);
    }
    if !any {
        return Clipped::Away;
    }
    canvas.push(if shapes[0].even { "W* n" } else { "W n" });
    Clipped::Outline
}
