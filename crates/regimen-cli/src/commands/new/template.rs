//! The files of new entries, with entries of the catalogue in them.

use regimen_catalog::vocabulary::ExerciseKind;
use regimen_catalog::write::{Data, Editor};
use regimen_catalog::{Catalog, Diagnostic, FieldPath, Kind, Reference};

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

/// The template with the entry's name and entries of this catalogue in it.
pub(super) fn filled(new: &Reference, name: &str, catalog: &Catalog) -> Result<String, Refusal> {
    let written = notes(template(new.kind()), &hints(new, catalog));
    let mut editor = Editor::open(&new.file(), written).map_err(|mut found| unwritten(found.pop()))?;
    for (path, value) in values(new, name, catalog)? {
        editor.set(&path, Data::Text(value)).map_err(|why| unwritten(Some(why)))?;
    }
    Ok(editor.into_text())
}

/// What the keys of the template say instead of what stands there.
fn values(new: &Reference, name: &str, catalog: &Catalog) -> Result<Vec<(FieldPath, String)>, Refusal> {
    let (kind, root) = (new.kind(), FieldPath::root());
    let needed = |of: Kind| {
        first(of, new, catalog).map(str::to_owned).ok_or_else(|| Refusal {
            message: format!("{} needs {}, and the catalogue has none", with_article(kind), with_article(of)),
            help: format!("write one first: `regimen new {of} ID`"),
            exit: Exit::Usage,
        })
    };
    let name_at = match kind {
        Kind::Guide | Kind::Source => root.clone().key("title"),
        _ => root.clone().key("words").key("name"),
    };
    let mut values = vec![(name_at, name.to_owned())];
    match kind {
        Kind::MuscleGroup => values.push((root.key("members").index(0), needed(Kind::Muscle)?)),
        Kind::Fragment => values.push((root.key("blocks").index(0).key("exercise"), needed(Kind::Exercise)?)),
        Kind::Session => {
            let some = needed(Kind::Exercise)?;
            let fits =
                catalog.exercises.values().find(|one| one.kind == ExerciseKind::Strength && one.defaults.is_some());
            let exercise = fits.map_or(some, |exercise| exercise.id.to_string());
            values.push((root.key("main").index(0).key("exercise"), exercise));
        }
        Kind::Program => {
            let session = needed(Kind::Session)?;
            let sessions = root.key("phases").index(0).key("sessions");
            values.extend((0..2).map(|day| (sessions.clone().index(day).key("session"), session.clone())));
        }
        Kind::Muscle | Kind::Equipment | Kind::Condition | Kind::Exercise | Kind::Guide | Kind::Source => {}
    }
    Ok(values)
}

/// What stands for the placeholders in comments and in the article of a guide, where any entry will do.
fn hints(new: &Reference, catalog: &Catalog) -> [(&'static str, String); 6] {
    let first = |of: Kind| first(of, new, catalog);
    [
        ("{id}", new.id().to_owned()),
        ("{words}", new.id().replace('-', " ")),
        ("{target}", format!("muscle:{}", first(Kind::Muscle).unwrap_or("gluteus-maximus"))),
        ("{equipment}", first(Kind::Equipment).map_or("equipment: []".into(), |id| format!("equipment: [[{id}]]"))),
        ("{card}", first(Kind::Exercise).map_or("Text.".into(), |id| format!("![](exercise:{id})"))),
        ("{exercise}", first(Kind::Exercise).unwrap_or("wall-sit").to_owned()),
    ]
}

/// The first entry of a kind that is not the new one.
fn first<'c>(of: Kind, new: &Reference, catalog: &'c Catalog) -> Option<&'c str> {
    catalog.ids(of).into_iter().find(|one| of != new.kind() || *one != new.id())
}

/// A template with words in place of its placeholders.
fn notes(template: &str, hints: &[(&'static str, String)]) -> String {
    hints.iter().fold(template.to_owned(), |text, (placeholder, words)| text.replace(placeholder, words))
}

/// Why a value cannot stand in a file.
fn unwritten(why: Option<Diagnostic>) -> Refusal {
    let (message, help) = why.map(|why| (why.message, why.help)).unwrap_or_default();
    Refusal { message, help: help.unwrap_or_default(), exit: Exit::Usage }
}

/// "an exercise"
fn with_article(kind: Kind) -> String {
    let vowel = kind.scheme().starts_with(['a', 'e', 'i', 'o']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

#[cfg(test)]
mod tests {
    use regimen_catalog::model::Entry;
    use regimen_catalog::write::Content;
    use regimen_catalog::{Files, load_files};

    use super::*;
    use crate::commands::init::STARTER;

    #[test]
    fn whatever_a_name_is_it_reads_back_as_the_same() {
        let files: Files = STARTER
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix("catalog/")?.into(), text.as_bytes().into())))
            .collect();
        let mut catalog = load_files(&files).catalog.expect("a catalogue");
        // Ids that YAML has other plans for.
        let mut other = Entry::clone(&catalog.exercises["heel-raise"]);
        other.id = "null".parse().expect("an id");
        catalog.exercises = [(other.id.clone(), other.into())].into();
        let names = [
            "Wall sit",
            "no",
            "Strength: \"A\"",
            "Calf day #2",
            "- a {id} [b]",
            "90/90",
            "1e3",
            "2026-11-29",
            "💪 it's",
        ];
        for (kind, name) in Kind::ALL.into_iter().flat_map(|kind| names.map(|name| (kind, name))) {
            let new = Reference::new(kind, "a-new-one").expect("an id");
            let text = filled(&new, name, &catalog).map_err(|why| why.message).expect("a file");
            let content = Content::read(&new.file(), &text).expect("YAML");
            let words = content.keys.get("words").and_then(|words| words.get("name"));
            assert_eq!(words.or(content.keys.get("title")), Some(&Data::from(name)), "{text}");
            let exercise = content.keys.at(&FieldPath::root().key("main").index(0).key("exercise"));
            assert!(exercise.is_none_or(|id| *id == Data::from("null")), "{text}");
        }
        let guide = Reference::new(Kind::Guide, "a").expect("an id");
        let hidden = filled(&guide, "a\u{202e}b", &catalog).map_err(|why| why.message);
        assert!(hidden.is_err_and(|why| why.contains("U+202E")));
    }
}
