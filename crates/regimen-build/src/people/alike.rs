//! What is found for people, in the order of their rows. What many have in common is told once.

use std::collections::BTreeMap;

use regimen_catalog::model::PersonId;
use regimen_catalog::{Diagnostic, Id, Severity};

/// As many findings are kept; of others only how many there are.
const MOST: usize = 2_000;
/// As many people who have the same finding are told one by one.
const FEW: usize = 5;
/// As many are named of more.
const NAMED: usize = 3;

/// A row, and the order in it.
type Position = (usize, usize);

/// Findings as they come, from several threads.
#[derive(Default)]
pub(super) struct Findings {
    /// Of one person each.
    single: BTreeMap<Position, Diagnostic>,
    /// By what they say but for the person.
    alike: BTreeMap<String, Alike>,
    left_out: usize,
}

#[derive(Default)]
struct Alike {
    people: usize,
    /// Those of the first rows.
    first: BTreeMap<Position, (String, Diagnostic)>,
}

impl Alike {
    fn position(&self) -> Position {
        self.first.keys().next().copied().unwrap_or_default()
    }

    /// Each by itself, or all in one.
    fn told(self) -> Vec<(Position, Diagnostic)> {
        if self.people <= FEW {
            return self.first.into_iter().map(|(position, (_, finding))| (position, finding)).collect();
        }
        let ids: Vec<String> = self.first.values().take(NAMED).map(|(id, _)| format!("`{id}`")).collect();
        let (more, people) = (self.people - ids.len(), self.people);
        let all = self.first.into_iter().next().map(|(position, (id, finding))| {
            let said = finding.message.strip_prefix(&format!("{id}: ")).unwrap_or(&finding.message);
            let message = format!("{people} people ({} and {more} more): {said}", ids.join(", "));
            (position, Diagnostic { message, ..finding })
        });
        all.into_iter().collect()
    }
}

impl Findings {
    /// Adds what is found of a row.
    pub(super) fn add(&mut self, row: usize, id: Option<&Id<PersonId>>, findings: Vec<Diagnostic>) {
        for (at, finding) in findings.into_iter().enumerate() {
            let said = id.and_then(|id| Some((id.as_str(), finding.message.strip_prefix(&format!("{id}: "))?)));
            match said.filter(|_| finding.severity != Severity::Error) {
                Some((id, said)) => {
                    let others = finding.labels.get(1..);
                    let key = format!("{}\n{said}\n{:?}\n{others:?}", finding.code, finding.help);
                    let alike = self.alike.entry(key).or_default();
                    alike.people += 1;
                    alike.first.insert((row, at), (id.to_owned(), finding));
                    if alike.first.len() > FEW {
                        alike.first.pop_last();
                    }
                }
                None => drop(self.single.insert((row, at), finding)),
            }
        }
        // Those of the first rows are kept, whichever thread was quicker.
        while self.single.len() > MOST {
            self.single.pop_last();
            self.left_out += 1;
        }
        if self.alike.len() > 2 * MOST {
            self.drop_last();
        }
    }

    fn drop_last(&mut self) {
        let mut all: Vec<(String, Alike)> = std::mem::take(&mut self.alike).into_iter().collect();
        all.sort_by_key(|(_, alike)| alike.position());
        self.left_out += all.drain(MOST..).map(|(_, alike)| alike.people).sum::<usize>();
        self.alike = all.into_iter().collect();
    }

    /// All of them in the order of the rows, and how many more there are.
    pub(super) fn in_order(self) -> (Vec<Diagnostic>, usize) {
        let Self { mut single, alike, mut left_out } = self;
        single.extend(alike.into_values().flat_map(Alike::told));
        while single.len() > MOST {
            single.pop_last();
            left_out += 1;
        }
        (single.into_values().collect(), left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: usize) -> Id<PersonId> {
        format!("p-{number:03}").parse().expect("an id")
    }

    /// What is told of so many people, each of whom has these findings, in some order.
    fn told(people: usize, of: impl Fn(usize) -> Vec<Diagnostic>) -> (Vec<String>, usize) {
        let mut findings = Findings::default();
        for row in (1..=people).rev() {
            let named = |found: Diagnostic| Diagnostic { message: format!("{}: {}", id(row), found.message), ..found };
            findings.add(row, Some(&id(row)), of(row).into_iter().map(named).collect());
        }
        let (all, left_out) = findings.in_order();
        (all.into_iter().map(|found| found.message).collect(), left_out)
    }

    #[test]
    fn what_many_have_is_told_once_and_errors_are_told_of_each() {
        let long = || Diagnostic::warning("session-duration", "it is long");
        let few = told(5, |_| vec![long()]);
        assert_eq!(few.0.len(), 5);
        let many = told(205, |row| if row == 2 { vec![Diagnostic::error("x", "wrong"), long()] } else { vec![long()] });
        assert_eq!(many.0, ["205 people (`p-001`, `p-002`, `p-003` and 202 more): it is long", "p-002: wrong"]);
        assert_eq!(told(7, |_| vec![Diagnostic::error("x", "wrong")]).0.len(), 7);
        let (all, left_out) = told(5_000, |row| vec![Diagnostic::warning("x", format!("number {row}"))]);
        assert_eq!((all.len(), left_out, all[0].as_str()), (2_000, 3_000, "p-001: number 1"));
    }
}
