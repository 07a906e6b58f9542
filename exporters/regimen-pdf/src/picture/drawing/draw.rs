//! Groups and shapes, each on its canvas.

use usvg::tiny_skia_path::Transform;

use super::super::form::FormPart;
use super::canvas::{Canvas, MOST_OPERATORS, matrix};
use super::clip::Clipped;
use super::paint::Ink;
use super::{Drawing, MOST_PARTS};

/// Groups that are painted as one within each other; viewers keep a page in memory for each.
const MOST_LAYERS: usize = 32;

/// What a shape is filled or drawn along its edge with.
#[derive(Clone, Copy)]
struct Brush {
    ink: Ink,
    opacity: f32,
    operators: ColourOperators,
}

/// The operators of a content stream that choose a colour, the space of patterns, and a pattern.
#[derive(Clone, Copy)]
struct ColourOperators {
    colour: &'static str,
    space: &'static str,
    pattern: &'static str,
}

const FILLING: ColourOperators = ColourOperators { colour: "rg", space: "cs", pattern: "scn" };
const STROKING: ColourOperators = ColourOperators { colour: "RG", space: "CS", pattern: "SCN" };

impl Drawing {
    /// Notes what cannot be drawn as it is meant.
    pub(super) fn lose(&mut self, what: impl Into<String>) {
        let what = what.into();
        if !self.lost.contains(&what) {
            self.lost.push(what);
        }
    }

    pub(super) fn add(&mut self, part: FormPart) -> usize {
        self.parts.push(part);
        self.parts.len() - 1
    }

    /// Draws a group: what is clipped, seen through a mask or mixed with what is below it first becomes one.
    pub(super) fn group(
        &mut self,
        canvas: &mut Canvas,
        group: &usvg::Group,
        base: Transform,
        opacity: f32,
    ) -> Result<(), String> {
        if !group.filters().is_empty() {
            self.lose("its filters, such as blurs and shadows, are left out");
        }
        if group.blend_mode() == usvg::BlendMode::PlusLighter {
            self.lose("its blend mode `plus-lighter` is left out");
        }
        let place = base.pre_concat(group.abs_transform());
        let mut masks = Vec::new();
        // What only has children needs nothing saved, however deep it is.
        let clip = group.clip_path();
        if let Some(clip) = clip {
            canvas.save();
            match self.clip(canvas, clip, place)? {
                Clipped::Away => {
                    canvas.restore();
                    return Ok(());
                }
                Clipped::Outline => {}
                Clipped::Mask(mask) => masks.push(mask),
            }
        }
        if let Some(mask) = group.mask() {
            masks.push(self.mask(mask, place, canvas.area)?);
        }
        let own = group.opacity().get();
        let blend = blend(group.blend_mode());
        let one = (clip.is_some() && canvas.is_deep())
            || blend.is_some()
            || group.isolate()
            || !masks.is_empty()
            || (own < 1.0 && !is_single(group));
        if one {
            let mut layer = self.layer(canvas.area, |drawing, layer| drawing.children(layer, group, base, 1.0))?;
            for mask in masks {
                layer = self.layer(canvas.area, |_, outer| {
                    outer.call('G', mask, "gs");
                    outer.call('X', layer, "Do");
                    Ok(())
                })?;
            }
            canvas.save();
            self.opacity(canvas, own * opacity);
            if let Some(blend) = blend {
                let part = self.add(FormPart::Blend(blend));
                canvas.call('G', part, "gs");
            }
            canvas.call('X', layer, "Do");
            canvas.restore();
        } else {
            self.children(canvas, group, base, own * opacity)?;
        }
        if clip.is_some() {
            canvas.restore();
        }
        Ok(())
    }

    /// A group of its own, as a part.
    pub(super) fn layer(
        &mut self,
        area: [f32; 4],
        draw: impl FnOnce(&mut Self, &mut Canvas) -> Result<(), String>,
    ) -> Result<usize, String> {
        if self.layers >= MOST_LAYERS {
            return Err(format!(
                "it has more than {MOST_LAYERS} groups with opacity, masks or clips within each other"
            ));
        }
        let mut canvas = Canvas::new(area);
        self.layers += 1;
        draw(self, &mut canvas)?;
        self.layers -= 1;
        self.count(&canvas)?;
        Ok(self.add(FormPart::Group(canvas.stream(), area)))
    }

    /// Counts what a part has become.
    pub(super) fn count(&mut self, canvas: &Canvas) -> Result<(), String> {
        self.written += canvas.operators.len();
        self.bounded(0)
    }

    fn bounded(&self, more: usize) -> Result<(), String> {
        if self.written + more > MOST_OPERATORS {
            return Err("its lines and curves are too many, counted as often as they are used".to_owned());
        }
        Ok(())
    }

    pub(super) fn children(
        &mut self,
        canvas: &mut Canvas,
        group: &usvg::Group,
        base: Transform,
        opacity: f32,
    ) -> Result<(), String> {
        for node in group.children() {
            self.seen += 1;
            if self.seen > MOST_PARTS {
                return Err(format!("it has more than {MOST_PARTS} parts"));
            }
            self.bounded(canvas.operators.len())?;
            match node {
                usvg::Node::Group(inner) => self.group(canvas, inner, base, opacity)?,
                usvg::Node::Path(path) if path.is_visible() => self.path(canvas, path, base, opacity)?,
                usvg::Node::Image(image) if image.is_visible() => self.image(canvas, image, base, opacity)?,
                usvg::Node::Text(text) => self.group(canvas, text.flattened(), base, opacity)?,
                usvg::Node::Path(_) | usvg::Node::Image(_) => {}
            }
        }
        Ok(())
    }

    fn path(&mut self, canvas: &mut Canvas, path: &usvg::Path, base: Transform, opacity: f32) -> Result<(), String> {
        let place = base.pre_concat(path.abs_transform());
        let steps = match path.paint_order() {
            usvg::PaintOrder::FillAndStroke => [true, false],
            usvg::PaintOrder::StrokeAndFill => [false, true],
        };
        for fills in steps {
            match (fills, path.fill(), path.stroke()) {
                (true, Some(fill), _) => {
                    let even = fill.rule() == usvg::FillRule::EvenOdd;
                    let ink = self.ink(fill.paint(), path, place, canvas.area)?;
                    let sheer = fill.opacity().get() * opacity;
                    self.inked(canvas, Brush { ink, opacity: sheer, operators: FILLING }, |canvas| {
                        canvas.outline(path.data(), place);
                        canvas.push(if even { "f*" } else { "f" });
                    });
                }
                (false, _, Some(stroke)) => {
                    let ink = self.ink(stroke.paint(), path, place, canvas.area)?;
                    let sheer = stroke.opacity().get() * opacity;
                    self.inked(canvas, Brush { ink, opacity: sheer, operators: STROKING }, |canvas| {
                        canvas.pen(stroke, place);
                        canvas.outline(path.data(), place);
                        canvas.push("S");
                    });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Draws with a colour, a gradient or a tile.
    fn inked(&mut self, canvas: &mut Canvas, brush: Brush, draw: impl FnOnce(&mut Canvas)) {
        let Brush { ink, opacity, operators } = brush;
        match ink {
            Ink::Colour(flat) => {
                self.opacity(canvas, opacity);
                canvas.colour(flat, operators.colour);
                draw(canvas);
            }
            Ink::Pattern { part, mask } => {
                canvas.push("q");
                if let Some(mask) = mask {
                    canvas.call('G', mask, "gs");
                }
                let before = canvas.sheer;
                self.opacity(canvas, opacity);
                canvas.push(&format!("/Pattern {}", operators.space));
                canvas.call('P', part, operators.pattern);
                draw(canvas);
                canvas.push("Q");
                canvas.sheer = before;
            }
            Ink::None => {}
        }
    }

    pub(super) fn opacity(&mut self, canvas: &mut Canvas, opacity: f32) {
        let hundredths = (opacity.clamp(0.0, 1.0) * 100.0).round() as u8;
        if !canvas.sheer && hundredths == 100 {
            return;
        }
        canvas.sheer = true;
        let known = self.parts.iter().position(|part| matches!(part, FormPart::Opacity(known) if *known == hundredths));
        let part = known.unwrap_or_else(|| self.add(FormPart::Opacity(hundredths)));
        canvas.uses.insert(part);
        canvas.push(&format!("/O{hundredths} gs"));
    }

    fn image(&mut self, canvas: &mut Canvas, image: &usvg::Image, base: Transform, opacity: f32) -> Result<(), String> {
        let Some(part) = self.embedded(image.kind())? else { return Ok(()) };
        // PDF has an image in a square whose corner is below on the left.
        let (width, height) = (image.size().width(), image.size().height());
        let square = Transform::from_row(width, 0.0, 0.0, -height, 0.0, height);
        let place = base.pre_concat(image.abs_transform()).pre_concat(square);
        if matrix(place).iter().all(|value| value.abs() < 1e6) {
            canvas.push("q");
            let before = canvas.sheer;
            self.opacity(canvas, opacity);
            canvas.transform(place);
            canvas.call('X', part, "Do");
            canvas.push("Q");
            canvas.sheer = before;
        }
        Ok(())
    }
}

/// Whether a group is one shape that is filled or drawn along its edge, whose opacity is that of the group.
fn is_single(group: &usvg::Group) -> bool {
    match group.children() {
        [usvg::Node::Path(path)] => path.fill().is_none() || path.stroke().is_none(),
        [] | [usvg::Node::Image(_)] => true,
        [usvg::Node::Group(inner)] => is_single(inner) && inner.mask().is_none() && inner.clip_path().is_none(),
        _ => false,
    }
}

/// The name that PDF has for a blend mode; none for the usual one.
const fn blend(mode: usvg::BlendMode) -> Option<&'static str> {
    Some(match mode {
        usvg::BlendMode::Normal | usvg::BlendMode::PlusLighter => return None,
        usvg::BlendMode::Multiply => "Multiply",
        usvg::BlendMode::Screen => "Screen",
        usvg::BlendMode::Overlay => "Overlay",
        usvg::BlendMode::Darken => "Darken",
        usvg::BlendMode::Lighten => "Lighten",
        usvg::BlendMode::ColorDodge => "ColorDodge",
        usvg::BlendMode::ColorBurn => "ColorBurn",
        usvg::BlendMode::HardLight => "HardLight",
        usvg::BlendMode::SoftLight => "SoftLight",
        usvg::BlendMode::Difference => "Difference",
        usvg::BlendMode::Exclusion => "Exclusion",
        usvg::BlendMode::Hue => "Hue",
        usvg::BlendMode::Saturation => "Saturation",
        usvg::BlendMode::Color => "Color",
        usvg::BlendMode::Luminosity => "Luminosity",
    })
}
