//! Keys with an empty list or mapping that say no more than leaving them out would.

use super::entry::TextFile;
use crate::yaml::{self, Document};
use regimen_model::diagnostic::{Diagnostic, Place, Severity};

/// The keys of programmes, sessions and schedules whose empty value is their default. Others mean something by it: `sessions: []` is
/// a week without sessions, `equipment: []` says that nothing is needed.
const KEYS: [&str; 12] = [
    "available_days",
    "busy",
    "changes",
    "day_times",
    "doses",
    "formerly",
    "free",
    "lengths",
    "or",
    "overrides",
    "progression",
    "times",
];

impl TextFile<'_> {
    /// What is said of such keys in the facts of a file.
    pub(super) fn idle_keys(self, facts: &Document) -> Vec<Diagnostic> {
        // Hardly any file has one, and few need a walk through all their keys.
        let mut brackets = self.text.split(['[', '{']).skip(1);
        if !brackets.any(|inside| inside.trim_start().starts_with([']', '}', '#'])) {
            return Vec::new();
        }
        let found = yaml::empty_values(&facts.value, &KEYS).into_iter().map(|(path, key)| {
            let message = format!("`{key}` is empty, and says nothing");
            let finding = Diagnostic::new(Severity::Info, "idle-key", message);
            finding.at(Place::value(self.file.clone(), path), "").help("write what it is to say, or delete the key")
        });
        found.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_say_nothing_are_found_where_they_are() {
        let found = |text: &str| {
            let (name, range) = ("programs/p.yaml".into(), 0..text.len());
            let document = yaml::read(text, &name, range).expect("YAML");
            let said = TextFile { file: &name, text }.idle_keys(&document);
            said.into_iter().map(|finding| finding.message).collect::<Vec<_>>()
        };
        let phase = "phases:\n  - {sessions: [{session: s, or: [], doses: { }}], progression: []}\n  - sessions: []\n";
        let said = |key: &str| format!("`{key}` is empty, and says nothing");
        assert_eq!(found(phase), ["or", "doses", "progression"].map(said));
        assert_eq!(found("schedules: {s: {busy: [], at: \"06:00\"}}\n"), [said("busy")]);
        for fine in ["equipment: []\n", "sessions: []\n", "x-own: {busy: []}\nid: a\n", "busy: [2027-01-01]\n"] {
            assert_eq!(found(fine), [""; 0], "{fine}");
        }
    }
}
