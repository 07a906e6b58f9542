//! So many findings of a rule in a programme are shown, and the rest are counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rule::Check;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Severity};

/// The most findings of one rule in one programme. Who has more has one mistake, not so many.
const MOST: usize = 20;

/// Leaves the gravest findings of each rule in each programme, and says how many more there are.
pub(super) fn bound(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left = Vec::new();
    let mut of_plans: BTreeMap<(String, FilePath), Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        let planned =
            super::rule(&finding.code).is_some_and(|rule| matches!(rule.check, Check::Plan(_) | Check::Schedule(_)));
        match finding.labels.first().filter(|_| planned).map(|label| label.place.file.clone()) {
            Some(file) => of_plans.entry((finding.code.to_string(), file)).or_default().push(finding),
            None => left.push(finding),
        }
    }
    for ((code, file), mut found) in of_plans {
        found.sort_by_key(|finding| Reverse(finding.severity));
        let more = found.split_off(found.len().min(MOST));
        left.extend(found);
        left.extend(
            more.iter().map(|finding| finding.severity).max().map(|gravest| rest(&code, file, more.len(), gravest)),
        );
    }
    left
}

/// What is said of the findings that are not shown.
fn rest(code: &str, file: FilePath, count: usize, gravest: Severity) -> Diagnostic {
    let message = format!("and {count} more of `{code}` in this programme");
    let finding = Diagnostic::new(gravest, code.to_owned(), message);
    finding.at(Place::key(file, FieldPath::root().key("phases")), "").help("one change often mends many of them")
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn twenty_findings_of_a_rule_are_shown_and_the_rest_are_counted() {
        let of = |pairs: usize| {
            let days = |slot: usize| {
                let day = if slot.is_multiple_of(2) { "monday" } else { "tuesday" };
                format!("{{session: s, day: {day}, slot: s{slot}}}")
            };
            let sessions: Vec<String> = (0..pairs * 2).map(days).collect();
            let phase = format!("kind: base, weeks: 1, sessions: [{}]", sessions.join(", "));
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("recovery")
        };
        assert_eq!(of(20).len(), 20);
        let many = of(300);
        assert_eq!(many.len(), 21);
        assert_eq!(many[0], "programs/p.yaml:2 and 280 more of `recovery` in this programme");
    }
}
