//! `recovery`: 48 hours for a muscle to recover.

use std::collections::{BTreeMap, BTreeSet};

use super::{ACSM_2009, ACSM_2011};
use crate::diagnostic::{Place, Severity};
use crate::lint::report::Report;
use crate::lint::rule::{Check, Rule};
use crate::lint::threshold::{Amount, Threshold};
use crate::lint::view::{PlanView, SessionView, Target, listed, weeks};
use rust_decimal::Decimal;

const LEAST: Threshold = Threshold {
    key: "least",
    default: "48 h",
    amount: Amount::Time,
    meaning: "the least time between two sessions with hard sets of the same prime mover, counted in whole days",
};

pub(super) static RULE: Rule = Rule {
    code: "recovery",
    severity: Severity::Warning,
    summary: "Hard sets of the same muscles lie 48 hours apart",
    explanation: "Strength comes in the days after the session. Two sessions that work the same prime movers hard lie at \
least two days apart. Days are counted across weeks and phases; two sessions on the same day count as one. Phases of kind \
`rehab` are not asked, because light work every day is common there.

Wrong, if both train the hamstrings:

```yaml
sessions:
  - {session: strength-a, day: tuesday}
  - {session: strength-b, day: wednesday}
```

Right:

```yaml
sessions:
  - {session: strength-a, day: tuesday}
  - {session: strength-b, day: friday}
```
",
    sources: &[ACSM_2009, ACSM_2011],
    thresholds: &[LEAST],
    check: Check::Plan(check),
};

/// Two sessions that lie too close, and what they have in common.
type Clash<'a> = (Place, Place, BTreeSet<Target<'a>>);

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let least = report.limit(&LEAST);
    let training = plan.weeks.iter().filter(|week| !week.is_rehab()).flat_map(|week| &week.sessions);
    let training: Vec<(&SessionView<'_>, BTreeSet<Target<'_>>)> =
        training.map(|session| (session, movers(session))).filter(|(_, movers)| !movers.is_empty()).collect();
    let mut clashes: BTreeMap<Clash<'_>, Vec<u32>> = BTreeMap::new();
    for (index, (later, worked)) in training.iter().enumerate() {
        let near = training[..index].iter().rev();
        let near =
            near.take_while(|(earlier, _)| Decimal::from(later.day.abs_diff(earlier.day)) * seconds_of_a_day() < least);
        for (earlier, movers) in near.filter(|(earlier, _)| earlier.day < later.day) {
            let common: BTreeSet<Target<'_>> = worked.intersection(movers).copied().collect();
            if !common.is_empty() {
                let clash = (later.place.clone(), earlier.place.clone(), common);
                clashes.entry(clash).or_default().push(later.planned.week);
            }
        }
    }
    let hours = (least / Decimal::from(3600)).normalize();
    for ((later, earlier, common), in_weeks) in clashes {
        let names: Vec<String> = common.iter().map(|target| format!("`{target}`")).collect();
        let message = format!(
            "less than {hours} h lie between hard sets of {} in {} (ACSM 2009)",
            listed(&names),
            weeks(&in_weeks)
        );
        let finding = report.usual(message).at(later, "hard again here").at(earlier, "hard before here");
        report.add(finding.help("move one of the two, or train other muscles in it"));
    }
}

fn seconds_of_a_day() -> Decimal {
    Decimal::from(24 * 3600)
}

fn movers<'a>(session: &SessionView<'a>) -> BTreeSet<Target<'a>> {
    session.hard_tasks().flat_map(|task| task.view.prime.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

    fn of(weeks: u32, days: [&str; 2], kind: &str) -> Vec<String> {
        let [a, b] = days.map(|day| format!("{{session: s, day: {day}}}"));
        let phase = format!("kind: {kind}, weeks: {weeks}, sessions: [{a}, {b}]");
        Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("recovery")
    }

    #[test]
    fn the_day_after_is_too_early() {
        assert_eq!(
            of(2, ["monday", "tuesday"], "base"),
            ["programs/p.yaml:3 less than 48 h lie between hard sets of `hamstrings` in weeks 1-2 (ACSM 2009)"]
        );
        assert_eq!(of(2, ["monday", "wednesday"], "base"), [""; 0]);
        assert_eq!(of(1, ["monday", "monday"], "base"), [""; 0], "one session in two parts");
    }

    #[test]
    fn weeks_hang_together() {
        assert_eq!(of(1, ["monday", "sunday"], "base"), [""; 0]);
        assert_eq!(of(3, ["monday", "sunday"], "base").len(), 1);
        assert_eq!(of(3, ["monday", "sunday"], "rehab"), [""; 0]);
    }

    #[test]
    fn other_muscles_may_work() {
        let squat = "kind: strength, pattern: squat, defaults: {sets: 3, reps: 8}";
        let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: t, day: tuesday}]";
        let lint = Lint::new().exercise("squat", squat, "glutes").session("s", "strength", "{exercise: hinge}");
        assert_eq!(lint.session("t", "strength", "{exercise: squat}").phases(&[phase]).of("recovery"), [""; 0]);
    }
}
