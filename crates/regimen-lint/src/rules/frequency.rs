//! `frequency`: each major group on two days a week.

use std::collections::{BTreeMap, BTreeSet};

use super::{ACSM_2026, WHO_2020};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{MuscleOrGroup, PlanView, WeekView, weeks};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const DAYS: Threshold = Threshold {
    key: "days",
    default: "2",
    other: "3",
    amount: Amount::Count,
    meaning: "the least days a week on which a group is trained",
};

pub(super) static RULE: Rule = Rule {
    code: "frequency",
    severity: Severity::Warning,
    summary: "Each major muscle group that a programme strengthens is trained on two days a week",
    explanation:
        "Muscles that are trained once a week keep what they have at best. Asked of every group with `major: true` \
that is the prime mover of a hard set anywhere in the programme, itself or by one of its muscles. A day counts if the \
group does the work or helps with it (`prime` or `synergist`) in a hard set: a set of a strength, power or isometric \
exercise in the main or accessory part that is not said to feel easier than RPE 5. Phases of kind `taper`, `race`, \
`recovery`, `deload` and `transition`, and phases with a `volume` below 100 %, are lighter on purpose and not asked.

Wrong:

```yaml
sessions:
  - {session: strength, day: tuesday}
```

Right:

```yaml
sessions:
  - {session: strength, day: tuesday}
  - {session: strength, day: friday}
```
",
    sources: &[WHO_2020, ACSM_2026],
    thresholds: &[DAYS],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let scope: BTreeSet<MuscleOrGroup<'_>> = plan.weeks.iter().flat_map(|week| week.sets.keys().copied()).collect();
    let mut rare: BTreeMap<MuscleOrGroup<'_>, Vec<&WeekView<'_>>> = BTreeMap::new();
    for week in plan.full_weeks() {
        let mut days: BTreeSet<(MuscleOrGroup<'_>, u32)> = BTreeSet::new();
        for session in &week.sessions {
            for task in session.hard_tasks() {
                days.extend(task.view.involved.iter().map(|target| (*target, session.day)));
            }
        }
        for target in scope.iter().filter(|target| plan.catalog.is_major(**target)) {
            let count = days.iter().filter(|(trained, _)| trained == target).count();
            if Decimal::from(count) < report.limit(&DAYS) {
                rare.entry(*target).or_default().push(week);
            }
        }
    }
    for (target, found) in rare {
        let numbers: Vec<u32> = found.iter().map(|week| week.number).collect();
        let least = report.limit(&DAYS);
        let basis = report.basis(Some("WHO 2020, ACSM 2026"), &[&DAYS]);
        let message = format!("`{target}` is trained on fewer than {least} days in {}{basis}", weeks(&numbers));
        let place = found[0].place(plan.program);
        let help = "add an exercise for it to another session of the week, or the session on another day";
        report.add(report.finding(message).at(place, "in this phase first").help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(phase: &str) -> Vec<String> {
        Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[phase]).of("frequency")
    }

    #[test]
    fn two_days_a_week_are_asked_for() {
        assert_eq!(
            of("kind: base, weeks: 3, sessions: [{session: s, day: monday}]"),
            ["programs/p.yaml:3 `hamstrings` is trained on fewer than 2 days in weeks 1-3 (WHO 2020, ACSM 2026)"]
        );
        let twice_a_day = "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: monday}]";
        assert_eq!(of(twice_a_day).len(), 1);
        let two_days = "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: thursday}]";
        assert_eq!(of(two_days), [""; 0]);
    }

    #[test]
    fn no_source_is_cited_for_a_limit_of_the_author() {
        let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: s, day: thursday}]";
        let of = |days: u32| {
            let project = format!("language: en\nrules: {{frequency: {{days: {days}}}}}\nwords: {{title: T}}\n");
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[phase]);
            lint.file("regimen.yaml", &project).of("frequency")
        };
        assert_eq!(
            of(3),
            ["programs/p.yaml:3 `hamstrings` is trained on fewer than 3 days in week 1 (limit set in `regimen.yaml`)"]
        );
        assert_eq!(of(2), [""; 0]);
    }

    #[test]
    fn lighter_weeks_and_minor_muscles_are_not_asked() {
        assert_eq!(of("kind: deload, weeks: 1, sessions: [{session: s, day: monday}]"), [""; 0]);
        assert_eq!(of("kind: base, volume: 60 %, weeks: 1, sessions: [{session: s, day: monday}]"), [""; 0]);
        let minor = "{members: [semitendinosus], words: {name: The hamstrings}}";
        let lint = Lint::new().program("", "strength", 1).file("muscle-groups/hamstrings.yaml", minor);
        assert_eq!(lint.of("frequency"), [""; 0]);
        let easy = Lint::new().program("{exercise: hinge, dose: {reps: 8, rpe: 4}}", "strength", 1);
        assert_eq!(easy.of("frequency"), [""; 0]);
    }
}
