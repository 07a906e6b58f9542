//! `no-dose`: an exercise in a session that nobody can count.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::SessionBlock;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for fragment in catalog.fragments.values() {
        blocks(catalog, &fragment.file, "blocks", &fragment.blocks, &mut findings);
    }
    for session in catalog.sessions.values() {
        for (_, key, list) in session.parts() {
            blocks(catalog, &session.file, key, list, &mut findings);
        }
    }
    findings
}

/// Every exercise has a dose of its own here, or a default one.
fn blocks(catalog: &Catalog, file: &FilePath, key: &str, blocks: &[SessionBlock], findings: &mut Vec<Diagnostic>) {
    for (index, block) in blocks.iter().enumerate() {
        let format = match block {
            SessionBlock::Group(group) => Some(group.format),
            SessionBlock::Item(_) | SessionBlock::Run(_) | SessionBlock::Use(_) | SessionBlock::Text(_) => None,
        };
        for (below, item) in block.items() {
            let Some(exercise) = catalog.exercises.get(&item.exercise) else { continue };
            if item.dose_of(exercise, format).is_none() {
                let message = format!("`{}` has no dose here, and its file has no `defaults`", exercise.id);
                let path = FieldPath::root().key(key).index(index).join(below).key("exercise");
                let finding = Diagnostic::error("no-dose", message).at(Place::value(file.clone(), path), "");
                let help = format!("add `dose: {{...}}` here, or `defaults: {{...}}` in `{}`", exercise.file);
                findings.push(finding.help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// The finding for an exercise without `defaults` in a session.
    fn of(main: &str) -> Vec<String> {
        let bare = "kind: strength\nwords: {name: B, steps: [S.]}\n";
        let said = Lint::new().file("exercises/bare.yaml", bare).session("s", "strength", main).all();
        said.into_iter().filter(|line| !line.contains(" incomplete: ")).collect()
    }

    #[test]
    fn an_exercise_in_a_session_has_a_dose() {
        let said = ["sessions/s.yaml:4:19 no-dose: `bare` has no dose here, and its file has no `defaults`"];
        assert_eq!(of("{exercise: bare}"), said);
        assert_eq!(of("{superset: [{exercise: bare}, {exercise: hinge}], rounds: 2}").len(), 1);
        assert_eq!(of("{exercise: bare, dose: {sets: 2, reps: 8}}"), [""; 0]);
        let tabata = "{tabata: [{exercise: bare}], work: 20 s, rest: 10 s, rounds: 8}";
        assert_eq!(of(tabata), [""; 0], "the clock says how much");
    }
}
