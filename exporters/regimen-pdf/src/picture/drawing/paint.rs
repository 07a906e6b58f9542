//! Colours, gradients and tiles.

use std::sync::Arc;

use usvg::tiny_skia_path::{NonZeroRect, Point, Rect, Transform};

use super::super::form::{FormPart, Gradient};
use super::Drawing;
use super::canvas::{Canvas, matrix};

/// A gradient that is repeated goes on as often as it must to cover a shape, at most so often.
const MOST_TURNS: f32 = 64.0;

/// What fills a shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ink {
    Colour([f32; 3]),
    /// A gradient or a tile by its number, and the mask that says how opaque the gradient is.
    Pattern {
        part: usize,
        mask: Option<usize>,
    },
    /// Nothing to be seen.
    None,
}

/// Two points or two circles with their colours.
struct Ramp {
    between: Vec<f32>,
    stops: Vec<(f32, [f32; 4])>,
}

impl Drawing {
    pub(super) fn ink(
        &mut self,
        paint: &usvg::Paint,
        path: &usvg::Path,
        place: Transform,
        area: [f32; 4],
    ) -> Result<Ink, String> {
        let (address, gradient): (usize, &usvg::BaseGradient) = match paint {
            usvg::Paint::Color(colour) => return Ok(Ink::Colour(self.shown(*colour))),
            usvg::Paint::Pattern(tile) => return self.tile(tile, place),
            usvg::Paint::LinearGradient(gradient) => (Arc::as_ptr(gradient).addr(), gradient),
            usvg::Paint::RadialGradient(gradient) => (Arc::as_ptr(gradient).addr(), gradient),
        };
        let space = place.pre_concat(gradient.transform());
        let turned = gradient.spread_method() != usvg::SpreadMethod::Pad;
        let key = (address, matrix(space).map(f32::to_bits), self.grey);
        // Nothing else has the address behind it, so its mask is known by that.
        if let (false, Some(part)) = (turned, self.known.get(&key)) {
            let mask = self.known.get(&(address + 1, key.1, self.grey)).copied();
            return Ok(Ink::Pattern { part: *part, mask });
        }
        let Some(covered) = covered(path, gradient.transform()) else { return Ok(Ink::None) };
        let ramp = match paint {
            usvg::Paint::RadialGradient(gradient) => self.radial(gradient, &covered),
            usvg::Paint::LinearGradient(gradient) => self.linear(gradient, &covered),
            usvg::Paint::Color(_) | usvg::Paint::Pattern(_) => return Ok(Ink::None),
        };
        let colours = ramp.stops.iter().map(|(at, [red, green, blue, _])| (*at, self.bright([*red, *green, *blue])));
        let colours = colours.collect();
        let gradient = |ramp: &Ramp, colours| {
            FormPart::Gradient(Gradient { between: ramp.between.clone(), matrix: matrix(space), ramp: colours })
        };
        let part = self.add(gradient(&ramp, colours));
        let mut mask = None;
        if ramp.stops.iter().any(|(_, [.., opacity])| *opacity < 1.0) {
            let opacities = ramp.stops.iter().map(|(at, [.., opacity])| (*at, [*opacity; 3])).collect();
            let part = self.add(gradient(&ramp, opacities));
            let group = self.layer(area, |_, canvas| {
                canvas.push("/Pattern cs");
                canvas.call('P', part, "scn");
                canvas.outline_area();
                canvas.push("f");
                Ok(())
            })?;
            mask = Some(self.add(FormPart::Mask { group, bright: true }));
        }
        if !turned {
            self.known.insert(key, part);
            mask.map(|mask| self.known.insert((address + 1, key.1, self.grey), mask));
        }
        Ok(Ink::Pattern { part, mask })
    }

    fn tile(&mut self, tile: &Arc<usvg::Pattern>, place: Transform) -> Result<Ink, String> {
        let space = place.pre_concat(tile.transform());
        let key = (Arc::as_ptr(tile).addr(), matrix(space).map(f32::to_bits), self.grey);
        if let Some(part) = self.known.get(&key) {
            return Ok(Ink::Pattern { part: *part, mask: None });
        }
        let area = edges(tile.rect().to_rect());
        let mut canvas = Canvas::new(area);
        self.children(&mut canvas, tile.root(), Transform::identity(), 1.0)?;
        self.count(&canvas)?;
        let part = self.add(FormPart::Tile(canvas.stream(), area, matrix(space)));
        self.known.insert(key, part);
        Ok(Ink::Pattern { part, mask: None })
    }

    fn shown(&self, colour: usvg::Color) -> [f32; 3] {
        self.bright([colour.red, colour.green, colour.blue].map(|part| f32::from(part) / 255.0))
    }

    /// A colour, or how bright it is.
    fn bright(&self, colour: [f32; 3]) -> [f32; 3] {
        let [red, green, blue] = colour;
        if self.grey { [0.2126 * red + 0.7152 * green + 0.0722 * blue; 3] } else { colour }
    }

    fn linear(&mut self, gradient: &usvg::LinearGradient, covered: &[Point]) -> Ramp {
        let (from, to) = ((gradient.x1(), gradient.y1()), (gradient.x2(), gradient.y2()));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let along = |point: &Point| ((point.x - from.0) * dx + (point.y - from.1) * dy) / (dx * dx + dy * dy);
        let least = covered.iter().map(along).fold(f32::MAX, f32::min);
        let most = covered.iter().map(along).fold(f32::MIN, f32::max);
        let (start, end) = self.turns(gradient, least, most);
        let at = |turn: f32| [from.0 + dx * turn, from.1 + dy * turn];
        Ramp { between: [at(start), at(end)].concat(), stops: stops(gradient, start, end) }
    }

    fn radial(&mut self, gradient: &usvg::RadialGradient, covered: &[Point]) -> Ramp {
        let (dx, dy) = (gradient.cx() - gradient.fx(), gradient.cy() - gradient.fy());
        let (inner, outer) = (gradient.fr().get(), gradient.r().get());
        let at = |turn: f32| {
            let radius = inner + (outer - inner) * turn;
            [gradient.fx() + dx * turn, gradient.fy() + dy * turn, radius.max(0.0)]
        };
        let within = |turn: f32| {
            let [x, y, radius] = at(turn);
            covered.iter().all(|point| (point.x - x).hypot(point.y - y) <= radius)
        };
        let turns = (1..=MOST_TURNS as u16).map(f32::from).find(|turn| within(*turn)).unwrap_or(MOST_TURNS + 1.0);
        // The circles begin where they are a point.
        let first = if outer > inner { -inner / (outer - inner) } else { 0.0 };
        let (start, end) = self.turns(gradient, first, turns);
        Ramp { between: [at(start), at(end)].concat(), stops: stops(gradient, start, end) }
    }

    /// From which turn to which a gradient goes on.
    fn turns(&mut self, gradient: &usvg::BaseGradient, least: f32, most: f32) -> (f32, f32) {
        if gradient.spread_method() == usvg::SpreadMethod::Pad {
            return (0.0, 1.0);
        }
        let (least, most) = (least.clamp(-1e6, 0.0), most.clamp(1.0, 1e6));
        if most - least > 2.0 * MOST_TURNS || !(most - least).is_finite() {
            self.lose("one of its gradients is repeated too often");
            return (0.0, 1.0);
        }
        (least, most.ceil())
    }
}

/// The corners of what a path covers, in the space of its gradient; none if that is flat.
fn covered(path: &usvg::Path, transform: Transform) -> Option<[Point; 4]> {
    let inverse = transform.invert()?;
    let bounds = path.stroke_bounding_box();
    let [left, upper, right, lower] = [bounds.left(), bounds.top(), bounds.right(), bounds.bottom()];
    let mut corners = [(left, upper), (right, upper), (right, lower), (left, lower)].map(|(x, y)| Point { x, y });
    inverse.map_points(&mut corners);
    Some(corners)
}

/// The colours from one turn to another, at places from 0 to 1.
fn stops(gradient: &usvg::BaseGradient, start: f32, end: f32) -> Vec<(f32, [f32; 4])> {
    let own: Vec<(f32, [f32; 4])> = gradient
        .stops()
        .iter()
        .map(|stop| {
            let colour = [stop.color().red, stop.color().green, stop.color().blue].map(|part| f32::from(part) / 255.0);
            (stop.offset().get(), [colour[0], colour[1], colour[2], stop.opacity().get()])
        })
        .collect();
    let mut all: Vec<(f32, [f32; 4])> = Vec::new();
    let mut turn = start.floor();
    while turn < end {
        let back = gradient.spread_method() == usvg::SpreadMethod::Reflect && turn.rem_euclid(2.0) >= 1.0;
        let place = |at: f32| turn + if back { 1.0 - at } else { at };
        let mut of_turn: Vec<_> = own.iter().map(|(at, colour)| (place(*at), *colour)).collect();
        if back {
            of_turn.reverse();
        }
        // The ends of a turn have the colours of its first and last stop.
        if let (Some(first), Some(last)) = (of_turn.first().copied(), of_turn.last().copied()) {
            all.push((turn, first.1));
            all.append(&mut of_turn);
            all.push((turn + 1.0, last.1));
        }
        turn += 1.0;
    }
    stops_from(&all, start).into_iter().map(|(at, colour)| ((at - start) / (end - start), colour)).collect()
}

/// The stops from a place on, with the colour that is there.
fn stops_from(stops: &[(f32, [f32; 4])], start: f32) -> Vec<(f32, [f32; 4])> {
    let mut kept: Vec<(f32, [f32; 4])> = stops.iter().filter(|(at, _)| *at >= start).copied().collect();
    let before = stops.iter().rev().find(|(at, _)| *at < start);
    if let (Some((left, one)), Some((right, other))) = (before, kept.first().copied()) {
        let share = if right > *left { (start - left) / (right - left) } else { 0.0 };
        let colour = std::array::from_fn(|at| one[at] + (other[at] - one[at]) * share);
        kept.insert(0, (start, colour));
    }
    kept
}

/// Left, lower, right and upper edge.
pub(super) fn edges(area: Rect) -> [f32; 4] {
    [area.left(), area.top(), area.right(), area.bottom()]
}

/// An area as an outline.
pub(super) fn outline_of(area: NonZeroRect) -> usvg::tiny_skia_path::Path {
    usvg::tiny_skia_path::PathBuilder::from_rect(area.to_rect())
}
