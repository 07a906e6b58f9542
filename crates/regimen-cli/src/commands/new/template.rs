//! The files of new entries, with entries of the catalogue in them.

use regimen_catalog::vocabulary::ExerciseKind;
use regimen_catalog::{Catalog, Kind};

use super::Refusal;
use crate::exit::Exit;

/// The template of a kind.
fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Muscle => include_str!("../../../templates/new/muscle.yaml"),
        Kind::MuscleGroup => include_str!("../../../templates/new/muscle-group.yaml"),
        Kind::Equipment => include_str!("../../../templates/new/equipment.yaml"),
        Kind::Condition => include_str!("../../../templates/new/condition.yaml"),
        Kind::Exercise => include_str!("../../../templates/new/exercise.yaml"),
        Kind::Fragment => include_str!("../../../templates/new/fragment.yaml"),
        Kind::Session => include_str!("../../../templates/new/session.yaml"),
        Kind::Program => include_str!("../../../templates/new/program.yaml"),
        Kind::Guide => include_str!("../../../templates/new/guide.md"),
        Kind::Source => include_str!("../../../templates/new/source.yaml"),
    }
}

/// The template with entries of this catalogue in it.
pub(super) fn filled(kind: Kind, id: &str, name: &str, catalog: &Catalog) -> Result<String, Refusal> {
    let first = |of: Kind| catalog.ids(of).into_iter().find(|one| of != kind || *one != id);
    let needed = |of: Kind| {
        first(of).map(str::to_owned).ok_or_else(|| Refusal {
            message: format!("{} needs {}, and the catalogue has none", one(kind), one(of)),
            help: format!("write one first: `regimen new {of} ID`"),
            exit: Exit::Usage,
        })
    };
    let mut values = vec![("{name}", name.to_owned()), ("{id}", id.to_owned()), ("{words}", id.replace('-', " "))];
    match kind {
        Kind::MuscleGroup => values.push(("{muscle}", needed(Kind::Muscle)?)),
        Kind::Exercise => {
            let target = first(Kind::Muscle).unwrap_or("gluteus-maximus");
            values.push(("{target}", format!("muscle:{target}")));
            let equipment = first(Kind::Equipment).map_or("equipment: []".into(), |id| format!("equipment: [[{id}]]"));
            values.push(("{equipment}", equipment));
        }
        Kind::Fragment => values.push(("{exercise}", needed(Kind::Exercise)?)),
        Kind::Session => {
            let some = needed(Kind::Exercise)?;
            let fits =
                catalog.exercises.values().find(|one| one.kind == ExerciseKind::Strength && one.defaults.is_some());
            values.push(("{exercise}", fits.map_or(some, |exercise| exercise.id.to_string())));
        }
        Kind::Program => values.push(("{session}", needed(Kind::Session)?)),
        Kind::Guide => {
            let card = first(Kind::Exercise).map_or("Text.".into(), |id| format!("![](exercise:{id})"));
            values.push(("{card}", card));
        }
        Kind::Muscle | Kind::Equipment | Kind::Condition | Kind::Source => {}
    }
    // In notes and examples any exercise will do.
    values.push(("{exercise}", first(Kind::Exercise).unwrap_or("wall-sit").to_owned()));
    let mut rest = template(kind);
    let mut text = String::new();
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        // A value is not searched again, so that a name may hold braces.
        let (known, value) =
            values.iter().find(|(known, _)| rest.starts_with(known)).map_or(("{", "{"), |(k, v)| (*k, v));
        text.push_str(value);
        rest = &rest[known.len()..];
    }
    Ok(text + rest)
}

/// "an exercise"
fn one(kind: Kind) -> String {
    let vowel = kind.scheme().starts_with(['a', 'e', 'i', 'o']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}
