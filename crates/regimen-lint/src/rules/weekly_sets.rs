//! `weekly-sets`: enough work for a group, and not too much.

use std::collections::BTreeMap;

use super::{ACSM_2026, CONVENTION};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{MuscleOrGroup, PlanView, WeekView};
use regimen_model::diagnostic::Severity;

const LEAST: Threshold = Threshold {
    key: "least",
    default: "4",
    other: "6",
    amount: Amount::Count,
    meaning: "the least hard sets of a group in a week",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "20",
    other: "16",
    amount: Amount::Count,
    meaning: "the most hard sets of a group in a week",
};

pub(super) static RULE: Rule = Rule {
    code: "weekly-sets",
    severity: Severity::Info,
    summary: "A major group has 4 to 20 hard sets a week",
    explanation: "About ten sets a week make a muscle grow (ACSM 2026). Below four little happens, and above twenty most \
people recover badly; the two ends are conventions. Counted are hard sets in which the group is a prime mover: sets of \
strength, power and isometric exercises in the main and accessory parts that are not said to feel easier than RPE 5. \
A range counts in the author's favour, and a turn of a cycle for seven days. Groups without `major: true` and lighter phases are not asked, and a group without \
a single set is the business of `frequency`.

Wrong, if nothing else in the week trains the core:

```yaml
accessory:
  - exercise: plank
    dose: {sets: 2, hold: 30 s}
```

Right:

```yaml
accessory:
  - exercise: plank
    dose: {sets: 4, hold: 30 s}
```
",
    sources: &[ACSM_2026, CONVENTION],
    thresholds: &[LEAST, MOST],
    rising: &[(LEAST, MOST)],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (least, most) = (report.limit(&LEAST), report.limit(&MOST));
    let mut found: BTreeMap<(MuscleOrGroup<'_>, bool), Vec<&WeekView<'_>>> = BTreeMap::new();
    for week in plan.full_weeks() {
        for (target, sets) in week.sets.iter().filter(|(target, _)| plan.catalog.is_major(**target)) {
            let in_seven_days = |sets: u32| week.in_seven_days(sets.into());
            if in_seven_days(sets.high()).is_some_and(|sets| sets < least) {
                found.entry((*target, false)).or_default().push(week);
            }
            if in_seven_days(sets.low()).is_some_and(|sets| sets > most) {
                found.entry((*target, true)).or_default().push(week);
            }
        }
    }
    for ((target, many), in_weeks) in found {
        let numbers: Vec<u32> = in_weeks.iter().map(|week| week.number).collect();
        let (what, help) = if many {
            (format!("more than {most}"), "take some out, or spread them over other groups")
        } else {
            (format!("fewer than {least}"), "add a set, or another exercise for it")
        };
        let (named, basis) = (plan.weeks_named(&numbers), report.basis(None, &[&LEAST, &MOST]));
        let finding = report.finding(format!("`{target}` has {what} hard sets in {named}{basis}")).help(help);
        report.add_in(&numbers, &[], finding.at(in_weeks[0].place(plan.program), "in this phase first"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(sets: &str) -> Vec<String> {
        Lint::new()
            .program(&format!("{{exercise: hinge, dose: {{sets: {sets}, reps: 8}}}}"), "strength", 2)
            .of("weekly-sets")
    }

    #[test]
    fn four_to_twenty_sets_are_silent() {
        assert_eq!(of("3"), ["programs/p.yaml:3 `hamstrings` has fewer than 4 hard sets in weeks 1-2"]);
        assert_eq!(of("21"), ["programs/p.yaml:3 `hamstrings` has more than 20 hard sets in weeks 1-2"]);
        for fine in ["4", "20", "3-4", "20-25"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn turns_count_for_seven_days_and_daily_doses_on_each_day() {
        let of = |length: &str, dose: &str| {
            let phase = format!("kind: base, {length}, sessions: [{{session: s, day: 1}}]");
            let main = format!("{{exercise: hinge, dose: {{{dose}}}}}");
            Lint::new().session("s", "strength", &main).phases(&[&phase]).of("weekly-sets")
        };
        assert_eq!(of("days: 12, cycle: 4", "sets: 3, reps: 8"), [""; 0], "5.25 in seven days");
        let said = of("days: 20, cycle: 10", "sets: 5, reps: 8");
        assert_eq!(said, ["programs/p.yaml:3 `hamstrings` has fewer than 4 hard sets in turns 1-2"]);
        assert_eq!(of("weeks: 1", "sets: 3, reps: 8, every: 2 days"), [""; 0], "12 on four days");
        assert_eq!(of("weeks: 1", "sets: 3, reps: 8, every: 1 day").len(), 1, "21 on seven days");
    }

    #[test]
    fn rounds_and_warm_up_sets_count_as_what_they_are() {
        let of = |main: &str| Lint::new().program(main, "strength", 1).of("weekly-sets").len();
        assert_eq!(of("{superset: [{exercise: hinge, dose: {reps: 8}}], rounds: 4}"), 0);
        assert_eq!(of("{superset: [{exercise: hinge, dose: {reps: 8}}], rounds: 3}"), 1);
        assert_eq!(of("{exercise: hinge}, {exercise: hinge, dose: {sets: 9, reps: 8, set_type: warmup}}"), 1);
    }
}
