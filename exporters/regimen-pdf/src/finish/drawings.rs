//! Drawings as forms, with the resources that their operators call.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::write::RawObject;
use super::{File, packed};
use crate::picture::{Form, FormPart, Gradient};

impl<'a> File<'a> {
    /// A drawing with all that it needs.
    pub(super) fn drawing(&mut self, drawn: &'a Form, width: f32, height: f32) -> ObjectId {
        let mut objects: Vec<Object> = Vec::with_capacity(drawn.parts.len());
        for part in &drawn.parts {
            let object = self.part(part, &drawn.parts, &objects);
            objects.push(object);
        }
        let resources = self.with_screen(resources(&drawn.stream.uses, &drawn.parts, &objects));
        self.coloured(form([0.0, 0.0, width, height], resources), &drawn.stream)
    }

    /// A part, which may use those before it.
    fn part(&mut self, part: &'a FormPart, parts: &[FormPart], before: &[Object]) -> Object {
        match part {
            FormPart::Opacity(hundredths) => {
                let share = Object::Real(f32::from(*hundredths) / 100.0);
                dictionary! { "ca" => share.clone(), "CA" => share }.into()
            }
            FormPart::Blend(mode) => dictionary! { "BM" => *mode }.into(),
            FormPart::Mask { group, bright } => {
                let mut mask = dictionary! {
                    "Type" => "Mask",
                    "S" => if *bright { "Luminosity" } else { "Alpha" },
                    "G" => before.get(*group).cloned().unwrap_or(Object::Null),
                };
                if *bright {
                    // Beyond the group nothing is seen.
                    mask.set("BC", vec![0.into(); 3]);
                }
                dictionary! { "SMask" => mask }.into()
            }
            FormPart::Group(stream, area) => {
                let mut form = form(*area, self.with_screen(resources(&stream.uses, parts, before)));
                let group = dictionary! { "S" => "Transparency", "CS" => self.screen(), "I" => true };
                form.set("Group", group);
                self.add(RawObject::Stream(packed(form), &stream.operators)).into()
            }
            FormPart::Image(pixels) => self.image(pixels).into(),
            FormPart::Tile(stream, area, matrix) => {
                let [left, lower, right, upper] = *area;
                let tile = dictionary! {
                    "Type" => "Pattern",
                    "PatternType" => 1,
                    "PaintType" => 1,
                    "TilingType" => 1,
                    "BBox" => reals(area),
                    "XStep" => Object::Real(right - left),
                    "YStep" => Object::Real(upper - lower),
                    "Matrix" => reals(matrix),
                    "Resources" => self.with_screen(resources(&stream.uses, parts, before)),
                };
                self.coloured(tile, stream).into()
            }
            FormPart::Gradient(gradient) => {
                let shading = shading(gradient, self.screen());
                self.raw.add_object(shading).into()
            }
        }
    }
}

fn form(area: [f32; 4], resources: Dictionary) -> Dictionary {
    let mut area = reals(&area);
    // Most drawings begin at zero.
    area.iter_mut().take(2).filter(|edge| **edge == Object::Real(0.0)).for_each(|edge| *edge = 0.into());
    dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => area, "Resources" => resources }
}

fn reals(values: &[f32]) -> Vec<Object> {
    values.iter().map(|value| Object::Real(*value)).collect()
}

/// The parts that operators call, by their names.
fn resources(uses: &BTreeSet<usize>, parts: &[FormPart], objects: &[Object]) -> Dictionary {
    let (mut states, mut forms, mut patterns) = (Dictionary::new(), Dictionary::new(), Dictionary::new());
    for at in uses {
        let (Some(part), Some(object)) = (parts.get(*at), objects.get(*at)) else { continue };
        match part {
            FormPart::Opacity(hundredths) => states.set(format!("O{hundredths}"), object.clone()),
            FormPart::Blend(_) | FormPart::Mask { .. } => states.set(format!("G{at}"), object.clone()),
            FormPart::Group(..) | FormPart::Image(_) => forms.set(format!("X{at}"), object.clone()),
            FormPart::Tile(..) | FormPart::Gradient(_) => patterns.set(format!("P{at}"), object.clone()),
        }
    }
    let mut resources = dictionary! { "ExtGState" => states };
    for (name, entries) in [("XObject", forms), ("Pattern", patterns)] {
        if !entries.is_empty() {
            resources.set(name, entries);
        }
    }
    resources
}

fn shading(gradient: &Gradient, colours: Object) -> Dictionary {
    let kind = if gradient.between.len() == 4 { 2 } else { 3 };
    let shading = dictionary! {
        "ShadingType" => kind,
        "ColorSpace" => colours,
        "Coords" => reals(&gradient.between),
        "Extend" => vec![Object::Boolean(true); 2],
        "Function" => ramp(&gradient.ramp),
    };
    dictionary! { "Type" => "Pattern", "PatternType" => 2, "Shading" => shading, "Matrix" => reals(&gradient.matrix) }
}

/// Colours one after the other, each running into the next.
fn ramp(stops: &[(f32, [f32; 3])]) -> Dictionary {
    let steps: Vec<_> = stops.windows(2).filter(|pair| pair[1].0 > pair[0].0).collect();
    let step = |one: [f32; 3], other: [f32; 3]| {
        dictionary! {
            "FunctionType" => 2,
            "Domain" => vec![0.into(), 1.into()],
            "C0" => reals(&one),
            "C1" => reals(&other),
            "N" => 1,
        }
    };
    match steps.as_slice() {
        [] => step(stops.first().map_or([0.0; 3], |stop| stop.1), stops.last().map_or([0.0; 3], |stop| stop.1)),
        [pair] => step(pair[0].1, pair[1].1),
        many => {
            let bounds: Vec<f32> = many.iter().skip(1).map(|pair| pair[0].0).collect();
            let functions: Vec<Object> = many.iter().map(|pair| step(pair[0].1, pair[1].1).into()).collect();
            let encode: Vec<Object> = many.iter().flat_map(|_| [0.into(), 1.into()]).collect();
            dictionary! {
                "FunctionType" => 3,
                "Domain" => vec![0.into(), 1.into()],
                "Functions" => functions,
                "Bounds" => reals(&bounds),
                "Encode" => encode,
            }
        }
    }
}
