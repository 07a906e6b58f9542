//! How many findings of a rule for plans are kept, so that a catalogue with millions of them takes no memory out of proportion.

use std::collections::BTreeMap;

use super::report::{Found, Report, Scope};
use super::view::PlanView;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Severity};

/// The most findings of one rule and severity in a programme, and the same for its days in each schedule. Who has more has one
/// mistake, not so many.
pub(super) const MOST: usize = 1_000;

/// The most findings that all the schedules of one programme have together.
const MOST_IN_SCHEDULES: usize = 20_000;

/// Findings that are not kept.
#[derive(Clone, Copy)]
struct LeftOut {
    count: usize,
    gravest: Severity,
}

impl LeftOut {
    /// What is said of them.
    fn said(self, code: &str, place: &Spot) -> Diagnostic {
        let message = format!("and {} more of `{code}` in {}", self.count, place.named);
        let finding = Diagnostic::new(self.gravest, code.to_owned(), message);
        finding.at(Place::key(place.file.clone(), place.path.clone()), "").help("one change often mends many of them")
    }
}

/// What has too many findings.
struct Spot {
    named: &'static str,
    file: FilePath,
    path: FieldPath,
}

impl Spot {
    fn of(plan: &PlanView<'_>) -> Self {
        match plan.schedule {
            Some(schedule) => Self {
                named: "this schedule",
                file: regimen_model::PROJECT_FILE.into(),
                path: FieldPath::root().key("schedules").key(schedule.name.as_str()),
            },
            None => {
                Self { named: "this programme", file: plan.program.file.clone(), path: FieldPath::root().key("phases") }
            }
        }
    }
}

/// The findings of a rule in a plan, and how many more there are.
pub(super) fn of_plan(report: Report<'_>, code: &str, plan: &PlanView<'_>) -> Vec<Found> {
    let Report { mut found, left_out, .. } = report;
    if let Some(gravest) = left_out.keys().max() {
        let left_out = LeftOut { count: left_out.values().sum(), gravest: *gravest };
        found.push(Found { finding: left_out.said(code, &Spot::of(plan)), scope: Scope::Message });
    }
    found
}

/// The findings in the schedules of a programme.
pub(super) struct OfSchedules {
    pub(super) kept: Vec<Diagnostic>,
    left_out: BTreeMap<String, LeftOut>,
}

impl OfSchedules {
    pub(super) fn new() -> Self {
        Self { kept: Vec::new(), left_out: BTreeMap::new() }
    }

    /// Whether another finding is kept; if not, it is counted.
    pub(super) fn takes(&mut self, finding: &Diagnostic) -> bool {
        let takes = self.kept.len() < MOST_IN_SCHEDULES;
        if !takes {
            let none = LeftOut { count: 0, gravest: finding.severity };
            let of_rule = self.left_out.entry(finding.code.to_string()).or_insert(none);
            of_rule.count += 1;
            of_rule.gravest = of_rule.gravest.max(finding.severity);
        }
        takes
    }

    /// All of them, and how many more there are.
    pub(super) fn with_rest(self, program: &FilePath) -> Vec<Diagnostic> {
        let place = || Spot {
            named: "the schedules of this programme",
            file: program.clone(),
            path: FieldPath::root().key("phases"),
        };
        let rest = self.left_out.iter().map(|(code, left_out)| left_out.said(code, &place()));
        let rest: Vec<Diagnostic> = rest.collect();
        self.kept.into_iter().chain(rest).collect()
    }
}

#[cfg(test)]
mod tests {
    use regimen_model::diagnostic::{Diagnostic, FilePath};

    use super::{MOST_IN_SCHEDULES, OfSchedules};
    use crate::testing::Lint;

    #[test]
    fn a_thousand_findings_of_a_rule_are_kept_and_the_rest_are_counted() {
        let of = |pairs: usize| {
            let days = |slot: usize| {
                let day = if slot.is_multiple_of(2) { "monday" } else { "tuesday" };
                format!("{{session: s, day: {day}, slot: s{slot}}}")
            };
            let sessions: Vec<String> = (0..pairs * 2).map(days).collect();
            let phase = |sessions: &[String]| format!("kind: base, weeks: 1, sessions: [{}]", sessions.join(", "));
            let phases: Vec<String> = sessions.chunks(1_000).map(phase).collect();
            let phases: Vec<&str> = phases.iter().map(String::as_str).collect();
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&phases).of("recovery")
        };
        assert_eq!(of(300).len(), 300, "what is shown of them is not decided here");
        let many = of(1_010);
        assert_eq!(many.len(), 1_001);
        assert!(many.contains(&"programs/p.yaml:2 and 10 more of `recovery` in this programme".to_owned()));
    }

    #[test]
    fn many_schedules_keep_no_more_than_so_many() {
        let mut all = OfSchedules::new();
        for number in 0..MOST_IN_SCHEDULES + 7 {
            let finding = Diagnostic::warning("session-order", number.to_string());
            if all.takes(&finding) {
                all.kept.push(finding);
            }
        }
        let all = all.with_rest(&FilePath::from("programs/p.yaml"));
        assert_eq!(all.len(), MOST_IN_SCHEDULES + 1);
        assert_eq!(
            all.last().map(|last| last.message.as_str()),
            Some("and 7 more of `session-order` in the schedules of this programme")
        );
    }
}
