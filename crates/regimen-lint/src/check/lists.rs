//! `listed-twice`: the same thing twice in one list, and lists of equipment with nothing in them.

use std::fmt::Display;

use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::model::{At, FactVisitor, Facts, List};
use regimen_model::reference::{Kind, Reference};

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for kind in Kind::ALL {
        by_kind!(kind, T => for entry in T::table(catalog).values() {
            entry.facts.visit(&mut InFile { file: &entry.file, findings: &mut findings });
        });
    }
    let (file, at) = (&FilePath::from(regimen_model::PROJECT_FILE), At::key("schedules"));
    for (name, schedule) in &catalog.project.schedules {
        let mut here = InFile { file, findings: &mut findings };
        here.once(&schedule.available_days, &at.id(name).below("available_days"));
    }
    findings
}

/// The file that is looked at.
struct InFile<'a> {
    file: &'a FilePath,
    findings: &'a mut Vec<Diagnostic>,
}

impl FactVisitor for InFile<'_> {
    fn entries(&mut self, entries: Vec<Reference>, list: List, at: &At<'_>) {
        if list.has_each_once() {
            self.once(&entries.iter().map(Reference::id).collect::<Vec<_>>(), at);
        }
    }
}

impl InFile<'_> {
    fn once<T: Display + PartialEq>(&mut self, list: &[T], at: &At<'_>) {
        for (index, one) in list.iter().enumerate() {
            let Some(first) = list[..index].iter().position(|earlier| earlier == one) else { continue };
            let place = |index| Place::value(self.file.clone(), at.index(index).path());
            let wrong = Diagnostic::error("listed-twice", format!("`{one}` is listed twice"));
            let wrong = wrong.at(place(index), "again here").at(place(first), "first here");
            self.findings.push(wrong.help("delete one, or name what was meant instead"));
        }
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
