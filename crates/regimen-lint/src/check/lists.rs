//! `listed-twice`: the same thing twice in one list, and lists of equipment with nothing in them.

use std::fmt::Display;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::model::{Entry, Exercise};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let key = |key: &str| FieldPath::root().key(key);
    for group in catalog.muscle_groups.values() {
        once(&group.file, &key("members"), &group.members, &mut findings);
    }
    for equipment in catalog.equipment.values() {
        once(&equipment.file, &key("substitutes"), &equipment.substitutes, &mut findings);
    }
    for entry in catalog.exercises.values() {
        exercise(entry, &mut findings);
    }
    for (name, schedule) in &catalog.project.schedules {
        let path = key("schedules").key(name.as_str()).key("available_days");
        once(regimen_model::PROJECT_FILE, &path, &schedule.available_days, &mut findings);
    }
    findings
}

fn exercise(exercise: &Entry<Exercise>, findings: &mut Vec<Diagnostic>) {
    let key = |key: &str| FieldPath::root().key(key);
    once(&exercise.file, &key("substitutes"), &exercise.substitutes, findings);
    once(&exercise.file, &key("regressions"), &exercise.regressions, findings);
    once(&exercise.file, &key("progressions"), &exercise.progressions, findings);
    once(&exercise.file, &key("contraindications"), &exercise.contraindications, findings);
    for (index, set) in exercise.equipment().iter().enumerate() {
        once(&exercise.file, &key("equipment").index(index), set, findings);
    }
}

fn once<T: Display + PartialEq>(file: &str, path: &FieldPath, list: &[T], findings: &mut Vec<Diagnostic>) {
    for (index, one) in list.iter().enumerate() {
        let Some(first) = list[..index].iter().position(|earlier| earlier == one) else { continue };
        let place = |index| Place::value(file, path.clone().index(index));
        let wrong = Diagnostic::error("listed-twice", format!("`{one}` is listed twice"));
        let wrong = wrong.at(place(index), "again here").at(place(first), "first here");
        findings.push(wrong.help("delete one, or name what was meant instead"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What is said of an exercise with these facts.
    fn of(facts: &str) -> Vec<String> {
        let facts = format!("kind: strength, pattern: hinge, defaults: {{reps: 5}}, {facts}");
        let add = |lint: Lint, path: &str, text: &str| lint.file(path, text);
        let lint = Lint::new().exercise("lift", &facts, "hamstrings");
        let lint = add(lint, "conditions/cold.yaml", "words: {name: C}\n");
        add(lint, "equipment/bar.yaml", "kind: free-weight\nwords: {name: B}\n").all()
    }

    #[test]
    fn lists_have_each_thing_once() {
        for twice in ["substitutes: [hinge, hinge]", "contraindications: [cold, cold]", "equipment: [[bar, bar]]"] {
            let said = of(twice);
            assert!(said.len() == 1 && said[0].contains(" listed-twice: "), "{twice}: {said:?}");
        }
        let fine = "substitutes: [hinge, jog], equipment: [[bar], [bar]], contraindications: [cold], \
                    allow: {condition-lost: a test}";
        assert_eq!(of(fine), [""; 0], "{fine}");
        let said =
            Lint::new().file("muscle-groups/hamstrings.yaml", "{members: [soleus, soleus], words: {name: H}}\n").all();
        assert_eq!(said, ["muscle-groups/hamstrings.yaml:1:20 listed-twice: `soleus` is listed twice"]);
    }

    #[test]
    fn a_bar_or_nothing_at_all_is_a_choice() {
        assert_eq!(of("equipment: [[bar], []]"), [""; 0]);
    }

    #[test]
    fn days_are_available_once() {
        let project = "language: en\nschedules:\n  s: {program: p, start: 2027-01-04, available_days: [monday, friday, monday]}\n\
                       words: {title: T}\n";
        let said = Lint::new().program("", "strength", 1).file("regimen.yaml", project).all();
        assert!(said.iter().any(|line| line == "regimen.yaml:3:71 listed-twice: `monday` is listed twice"), "{said:?}");
    }
}
