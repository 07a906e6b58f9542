//! `hard-hard`: no two hard days in a row.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, SessionView, weeks};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::vocabulary::SessionKind;

const EFFORT: Threshold = Threshold {
    key: "effort",
    default: "8",
    other: "8.5",
    amount: Amount::Rpe,
    meaning: "the stated RPE in a session's work from which on it is hard",
};

pub(super) static RULE: Rule = Rule {
    code: "hard-hard",
    severity: Severity::Warning,
    summary: "A hard day follows an easy one",
    explanation:
        "Hard days need easy days beside them, or both become middling. A session is hard if its main or accessory \
part states an RPE of 8 or more, a heart rate zone of 4 or 5, or a pace of `threshold` or faster, or if it is a race or a test. Where no effort is stated nothing is said. Two strength \
sessions in a row are the business of `recovery`, because they may train different muscles.

Wrong:

```yaml
sessions:
  - {session: intervals, day: tuesday}
  - {session: heavy-strength, day: wednesday}
```

Right:

```yaml
sessions:
  - {session: intervals, day: tuesday}
  - {session: easy-run, day: wednesday}
  - {session: heavy-strength, day: thursday}
```
",
    sources: &[CONVENTION],
    thresholds: &[EFFORT],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let effort = report.limit(&EFFORT);
    let is_hard = |session: &&SessionView<'_>| {
        matches!(session.kind(), SessionKind::Race | SessionKind::Test)
            || session.effort().is_some_and(|stated| stated >= effort)
    };
    let hard: Vec<&SessionView<'_>> = plan.sessions().filter(is_hard).collect();
    let mut found: BTreeMap<(&Place, &Place), Vec<u32>> = BTreeMap::new();
    for (index, later) in hard.iter().enumerate() {
        let before = hard[..index].iter().rev().take_while(|earlier| earlier.day + 1 >= later.day);
        let before = before.filter(|earlier| earlier.day + 1 == later.day);
        for earlier in before.filter(|earlier| earlier.is_endurance() || later.is_endurance()) {
            found.entry((&later.place, &earlier.place)).or_default().push(later.week());
        }
    }
    for ((later, earlier), in_weeks) in found {
        let finding = report.finding(format!(
            "two hard days follow each other in {}{}",
            weeks(&in_weeks),
            report.basis(None, &[&EFFORT])
        ));
        let finding = finding.at(later.clone(), "hard again").at(earlier.clone(), "hard the day before");
        report.add(finding.help("put an easy day between them, or both on the same day"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(run: &str, days: [&str; 2], kind: &str) -> Vec<String> {
        let [a, b] = days;
        let phase = format!("kind: base, weeks: 2, sessions: [{{session: s, day: {a}}}, {{session: r, day: {b}}}]");
        let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {reps: 3, rir: 2}}");
        lint.session("r", kind, run).phases(&[&phase]).of("hard-hard")
    }

    #[test]
    fn a_hard_run_on_the_day_after_heavy_lifts() {
        let hard = "{exercise: jog, dose: {sets: 5, distance: 1 km, rpe: 8}}";
        assert_eq!(
            of(hard, ["monday", "tuesday"], "run"),
            ["programs/p.yaml:3 two hard days follow each other in weeks 1-2"]
        );
        assert_eq!(
            of(hard, ["sunday", "monday"], "run"),
            ["programs/p.yaml:3 two hard days follow each other in week 2"]
        );
        assert_eq!(of(hard, ["monday", "wednesday"], "run"), [""; 0]);
        assert_eq!(of(hard, ["monday", "monday"], "run"), [""; 0]);
        assert_eq!(of(&hard.replace("rpe: 8", "rpe: 7.5"), ["monday", "tuesday"], "run"), [""; 0]);
        assert_eq!(of("{exercise: jog}", ["monday", "tuesday"], "run"), [""; 0], "no effort is stated");
        assert_eq!(of("{exercise: jog}", ["monday", "tuesday"], "race").len(), 1);
        assert_eq!(of(hard, ["monday", "tuesday"], "strength"), [""; 0], "the business of `recovery`");
    }
}
