//! So many findings of a rule in a programme or a schedule are shown, and the rest are counted.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::rule::Check;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Severity};
use regimen_model::model::Project;

/// The most findings of one rule in one programme or schedule. Who has more has one mistake, not so many.
const MOST: usize = 20;

/// What findings of a plan are about: the file of a programme, or a schedule of the project file. Schedules are of several readers and
/// programmes, so that none hides what is found in another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Subject {
    file: FilePath,
    schedule: Option<String>,
}

/// Leaves the gravest findings of each rule in each programme and schedule, and says how many more there are.
pub(super) fn bound(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut left = Vec::new();
    let mut of_plans: BTreeMap<(String, Subject), Vec<Diagnostic>> = BTreeMap::new();
    for finding in findings {
        let planned =
            super::rule(&finding.code).is_some_and(|rule| matches!(rule.check, Check::Plan(_) | Check::Schedule(_)));
        match finding.labels.first().filter(|_| planned).map(|label| subject(&label.place)) {
            Some(subject) => of_plans.entry((finding.code.to_string(), subject)).or_default().push(finding),
            None => left.push(finding),
        }
    }
    for ((code, subject), mut found) in of_plans {
        found.sort_by_key(|finding| Reverse(finding.severity));
        let more = found.split_off(found.len().min(MOST));
        left.extend(found);
        left.extend(
            more.iter().map(|finding| finding.severity).max().map(|gravest| rest(&code, subject, more.len(), gravest)),
        );
    }
    left
}

fn subject(place: &Place) -> Subject {
    let is_project = *place.file == *regimen_model::PROJECT_FILE;
    let schedule = Project::schedule_at(&place.spot).filter(|_| is_project).map(|name| name.to_string());
    Subject { file: place.file.clone(), schedule }
}

/// What is said of the findings that are not shown.
fn rest(code: &str, subject: Subject, count: usize, gravest: Severity) -> Diagnostic {
    let (what, path) = match &subject.schedule {
        Some(name) => ("schedule", FieldPath::root().key("schedules").key(name.as_str())),
        None => ("programme", FieldPath::root().key("phases")),
    };
    let message = format!("and {count} more of `{code}` in this {what}");
    let finding = Diagnostic::new(gravest, code.to_owned(), message);
    finding.at(Place::key(subject.file, path), "").help("one change often mends many of them")
}

#[cfg(test)]
mod tests {
    use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};

    use super::bound;
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

    #[test]
    fn no_schedule_hides_what_is_found_in_another() {
        let finding = |schedule: usize, number: usize| {
            let path = FieldPath::root().key("schedules").key(format!("s{schedule}")).key("start");
            let place = Place::value(regimen_model::PROJECT_FILE, path);
            Diagnostic::new(Severity::Warning, "session-order", format!("{number}")).at(place, "")
        };
        let of = |schedules: usize, each: usize| {
            bound((0..schedules).flat_map(|schedule| (0..each).map(move |number| finding(schedule, number))).collect())
        };
        assert_eq!(of(30, 1).len(), 30);
        let many = of(2, 25);
        assert_eq!(many.len(), 42);
        let rest: Vec<&str> =
            many.iter().map(|one| &*one.message).filter(|message| message.starts_with("and")).collect();
        assert_eq!(rest, ["and 5 more of `session-order` in this schedule"; 2]);
    }
}
