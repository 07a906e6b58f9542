//! `missing-text`, `unused-words`: the texts of sessions and fragments, and what names them.

use std::collections::BTreeSet;
use std::fmt::Display;

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{Entity, Entry, PlainWords, SessionBlock, SessionWords};
use regimen_model::reference::Id;
use regimen_model::suggest::suggested;

/// The texts of a session that programmes name where they place it.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) notes: &'a [(Place, Id<PlainWords>)],
    /// Whether these are all of them: each programme and each cell could be read.
    pub(super) are_all_read: bool,
}

/// Every `text:` block and every note has its text, and every text its block or its note.
pub(super) fn check<T>(
    entry: &Entry<T>,
    parts: &[(FieldPath, &[SessionBlock])],
    placed: Placed<'_>,
    findings: &mut Vec<Diagnostic>,
) where
    T: Entity<Words = SessionWords>,
{
    let mut used: Vec<(Place, &Id<PlainWords>)> = Vec::new();
    for (path, blocks) in parts {
        for (index, block) in blocks.iter().enumerate() {
            let text = match block {
                SessionBlock::Text(name) => Some((FieldPath::root().key("text"), name)),
                SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Use(_) => None,
            };
            let notes = block.notes().into_iter().map(|(below, note)| (below, &note.key));
            let place = |below| Place::value(entry.file.clone(), path.clone().index(index).join(below));
            used.extend(text.into_iter().chain(notes).map(|(below, name)| (place(below), name)));
        }
    }
    used.extend(placed.notes.iter().map(|(place, name)| (place.clone(), name)));
    for (place, name) in used.iter().filter(|(_, name)| !entry.words.texts.contains_key(*name)) {
        let wrong = Diagnostic::error("missing-text", format!("`{}` has no text `{name}`", entry.file));
        let near = suggested(findings, name.as_str(), entry.words.texts.keys().map(Id::as_str));
        let help = near.unwrap_or_else(|| match name.as_str() {
            "am" | "morning" | "pm" | "afternoon" | "evening" => {
                let at = if matches!(name.as_str(), "am" | "morning") { "morning" } else { "evening" };
                format!(
                    "write `at: {at}` where the session is placed; in a grid its word has that under `sessions`, such as \
                     `{at}-run: {{session: {}, at: {at}}}`",
                    entry.id
                )
            }
            _ => format!("add `texts: {{{name}: ...}}` to its words"),
        });
        findings.push(wrong.at(place.clone(), "referred to here").help(help));
    }
    if !placed.are_all_read {
        return;
    }
    let used: BTreeSet<&Id<PlainWords>> = used.iter().map(|(_, name)| *name).collect();
    for (file, words) in entry.all_words() {
        for name in words.texts.keys().filter(|name| !used.contains(name)) {
            let place = Place::key(file.clone(), words_key(entry, file, "texts").key(name.as_str()));
            findings.push(unused(&place, name));
        }
    }
}

/// The path of a words key: below `words` beside the facts, at the root of a translation.
pub(super) fn words_key<T: Entity>(entry: &Entry<T>, file: &FilePath, name: &str) -> FieldPath {
    let root = FieldPath::root();
    if *file == entry.file { root.key("words").key(name) } else { root.key(name) }
}

/// Words that nothing refers to.
pub(super) fn unused(place: &Place, name: &impl Display) -> Diagnostic {
    Diagnostic::error("unused-words", format!("nothing refers to the words of `{name}`"))
        .at(place.clone(), "")
        .help("delete them, or correct the key")
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn notes_of_a_table_are_not_called_unused_while_a_cell_of_it_cannot_be_read() {
        let session = "kind: run\nduration: 30 min\nmain: [{run: [{duration: 3 km}]}]\n\
                       words: {name: Easy, texts: {flat: On the flat., hilly: Over the hill.}}\n";
        let of = |cell: &str| {
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1}}]\ngrid:\n  sessions: {{easy: easy}}\n  days: [monday, tuesday]\n  \
                 weeks:\n    - [3 km easy (flat), {cell}]\nwords: {{name: P, summary: S., goal: G., audience: A.}}\n"
            );
            let lint = Lint::new().file("sessions/easy.yaml", session).file("programs/p.yaml", &program);
            lint.all().into_iter().filter(|said| said.contains("unused-words")).collect::<Vec<_>>()
        };
        assert_eq!(of("3 km easy (hilly)"), [""; 0]);
        assert_eq!(of("3 km easy"), ["sessions/easy.yaml:4:49 unused-words: nothing refers to the words of `hilly`"]);
        assert_eq!(of("3 kmm easy (hilly)"), [""; 0], "who knows what it names");
    }
}
