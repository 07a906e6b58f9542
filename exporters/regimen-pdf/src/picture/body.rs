//! The figure of the body: one drawing for all, and the muscles of an exercise laid over it.

use std::fmt::Write as _;
use std::sync::LazyLock;

use regimen_catalog::prose::Inlines;
use regimen_export::document::MuscleMap;

use super::drawing::{Outlined, outlined};
use super::form::Form;
use crate::style::{Colour, Palette};

/// How many stripes there are from head to foot, and how much of their distance they take.
const STRIPES: f32 = 52.0;
pub(crate) const STRIPE: f32 = 0.32;

static BODY: LazyLock<Outlined> = LazyLock::new(|| outlined(include_str!("../../figures/muscles.svg")));

/// The width and height of the figure.
pub(super) fn size() -> (f32, f32) {
    BODY.size
}

/// The body at rest.
pub(super) fn at_rest() -> Form {
    let mut operators = String::new();
    for (id, outline) in &BODY.paths {
        let colour = if id.starts_with("body.") { Colour::SKIN } else { Colour::AT_REST };
        fill(outline, colour, &mut operators);
    }
    Form::plain(&operators)
}

/// The muscles at work alone; none if the figure shows none of them.
pub(super) fn at_work(map: &MuscleMap, palette: &Palette) -> Option<Form> {
    let (mut operators, mut helping) = (String::new(), String::new());
    for (id, outline) in &BODY.paths {
        if let Some(part) = part_of(map, id) {
            fill(outline, palette.muscle(part), &mut operators);
            if part > 0 {
                helping.push_str(outline);
            }
        }
    }
    if !helping.is_empty() {
        stripes(&helping, &mut operators);
    }
    (!operators.is_empty()).then(|| Form::plain(&operators))
}

/// The part that colours a region. The first part does more, so its colour is seen where several parts have a muscle.
fn part_of(map: &MuscleMap, region: &str) -> Option<usize> {
    map.parts.iter().position(|part| part.ids.iter().any(|wanted| shows(region, wanted)))
}

/// Whether a part of the map has a region in its colour.
pub(crate) fn is_seen(map: &MuscleMap, part: usize) -> bool {
    BODY.paths.iter().any(|(region, _)| part_of(map, region) == Some(part))
}

/// The names of the muscles that the figure does not have, each once.
pub(crate) fn not_drawn(map: &MuscleMap) -> Vec<&Inlines> {
    let drawn = |id: &String| BODY.paths.iter().any(|(region, _)| shows(region, id));
    let all = map.parts.iter().flat_map(|part| &part.names);
    let mut names: Vec<&Inlines> = Vec::new();
    for (name, _) in all.filter(|(_, ids)| !ids.iter().any(drawn)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Whether a region of the figure is that of a muscle: its id lists them before the first point.
fn shows(region: &str, muscle: &str) -> bool {
    region.split('.').next().is_some_and(|muscles| muscles.split('_').any(|one| one == muscle))
}

/// Bright stripes over the regions of helping muscles, which tell them from the main work in print without colours.
fn stripes(regions: &str, operators: &mut String) {
    let (width, height) = size();
    let step = height / STRIPES;
    let _ = writeln!(operators, "q\n{regions}W n\n1 1 1 rg");
    let mut y = 0.0;
    while y < height {
        let _ = writeln!(operators, "0 {y:.2} {width} {:.2} re", step * STRIPE);
        y += step;
    }
    operators.push_str("f\nQ\n");
}

fn fill(outline: &str, colour: Colour, operators: &mut String) {
    let [red, green, blue] = colour.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
    // Writing into a string does not fail.
    let _ = write!(operators, "{red} {green} {blue} rg\n{outline}f\n");
}

#[cfg(test)]
mod tests {
    use regimen_catalog::prose::Inline;
    use regimen_export::document::MusclePart;

    use super::*;

    fn map(parts: &[&[&str]]) -> MuscleMap {
        let part = |ids: &&[&str]| MusclePart {
            ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            ..MusclePart::default()
        };
        MuscleMap { parts: parts.iter().map(part).collect(), ..MuscleMap::default() }
    }

    /// How many regions of the figure are coloured.
    fn coloured(parts: &[&[&str]]) -> usize {
        let Some(form) = at_work(&map(parts), &Palette::new(None, None)) else { return 0 };
        let mut operators = String::new();
        std::io::Read::read_to_string(&mut flate2::read::ZlibDecoder::new(&form.stream.operators[..]), &mut operators)
            .unwrap();
        assert_eq!(operators.contains("W n"), parts.len() > 1 && is_seen(&map(parts), 1), "stripes: {operators}");
        operators.matches(" rg\n").count() - operators.matches("W n").count()
    }

    #[test]
    fn muscles_are_found_on_both_sides() {
        assert_eq!(coloured(&[&["biceps-femoris"]]), 2);
        assert_eq!(coloured(&[&["gluteus-minimus"]]), 2, "deep muscles show where they lie");
        assert_eq!(coloured(&[&["soleus"], &["soleus"]]), 4, "front and back, once each");
        assert_eq!(coloured(&[&["soleus"], &["biceps-femoris"]]), 6, "what helps has stripes");
        assert_eq!(coloured(&[&["femoris"], &["front"]]), 0);
    }

    #[test]
    fn parts_without_a_colour_and_muscles_without_a_region_are_known() {
        let mut shown = map(&[&["soleus"], &["serratus-anterior"]]);
        assert_eq!([0, 1].map(|part| is_seen(&shown, part)), [true, false]);
        assert!(!is_seen(&map(&[&["soleus"], &["soleus"]]), 1), "the main work hides it");
        let text = |name: &str| vec![Inline::Text(name.to_owned())];
        let named = |name: &str, id: &str| (text(name), vec![id.to_owned()]);
        shown.parts[0].names = vec![named("Soleus", "soleus")];
        shown.parts[1].names = vec![named("Serratus", "serratus-anterior"), named("Soleus", "soleus")];
        assert_eq!(not_drawn(&shown), [&text("Serratus")]);
    }

    #[test]
    fn every_region_names_a_muscle_and_a_place() {
        assert_eq!(BODY.paths.iter().filter(|(id, _)| id.starts_with("body.")).count(), 2);
        for (id, outline) in &BODY.paths {
            let (_, place) = id.split_once('.').unwrap_or_default();
            assert!(place.starts_with("front") || place.starts_with("back"), "{id}");
            assert!(outline.ends_with("h\n"), "{id}");
        }
    }

    #[test]
    fn all_muscles_of_our_own_catalogue_are_on_the_figure() {
        for id in [
            "adductor-longus",
            "adductor-magnus",
            "biceps-femoris",
            "erector-spinae",
            "gastrocnemius",
            "gluteus-maximus",
            "gluteus-medius",
            "gluteus-minimus",
            "iliacus",
            "multifidus",
            "obliquus-externus-abdominis",
            "obliquus-internus-abdominis",
            "psoas-major",
            "rectus-abdominis",
            "rectus-femoris",
            "semimembranosus",
            "semitendinosus",
            "soleus",
            "tensor-fasciae-latae",
            "transversus-abdominis",
            "vastus-intermedius",
            "vastus-lateralis",
            "vastus-medialis",
        ] {
            assert!(coloured(&[&[id]]) >= 2, "{id}");
        }
    }
}
