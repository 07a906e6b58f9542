//! `frequency`: each major group on two days a week.

use std::collections::{BTreeMap, BTreeSet};

use super::{ACSM_2026, WHO_2020};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{MuscleOrGroup, PlanView, WeekView};
use regimen_model::diagnostic::Severity;
use rust_decimal::{Decimal, RoundingStrategy};

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
exercise in the main or accessory part that is not said to feel easier than RPE 5. Turns of a cycle count for seven days, to the nearest day: two days in \
nine are two a week. Where sessions take turns (`rotation`), two weeks beside each other share their days. A dose that is done `every: 2 days` counts on each of \
its days. Phases of kind `taper`, `race`, `recovery`, `deload` and `transition`, phases with a `volume` below 100 %, and the last days of a phase that \
has no whole weeks, are not asked.

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
    let full: Vec<Trained<'_, '_>> = plan.full_weeks().map(Trained::of).collect();
    for target in scope.iter().filter(|target| plan.catalog.is_major(**target)) {
        for (index, trained) in full.iter().enumerate() {
            let neighbours = [index.checked_sub(1).and_then(|before| full.get(before)), full.get(index + 1)];
            let in_turn = neighbours.into_iter().flatten().filter(|other| trained.takes_turns_with(other));
            let most = in_turn.filter_map(|other| trained.with(other, *target)).chain(trained.alone(*target)).max();
            if most.is_some_and(|days| days < report.limit(&DAYS)) {
                rare.entry(*target).or_default().push(trained.week);
            }
        }
    }
    for (target, found) in rare {
        let numbers: Vec<u32> = found.iter().map(|week| week.number).collect();
        let least = report.limit(&DAYS);
        let basis = report.basis(Some("WHO 2020, ACSM 2026"), &[&DAYS]);
        let named = plan.weeks_named(&numbers);
        let message = format!("`{target}` is trained on fewer than {least} days in {named}{basis}");
        let place = found[0].place(plan.program);
        let help = "add an exercise for it to another session of the week, or the session on another day";
        report.add_in(&numbers, &[], report.finding(message).at(place, "in this phase first").help(help));
    }
}

/// On which days of a week what is trained.
struct Trained<'p, 'a> {
    week: &'p WeekView<'a>,
    days: BTreeSet<(MuscleOrGroup<'a>, u32)>,
}

impl<'p, 'a> Trained<'p, 'a> {
    fn of(week: &'p WeekView<'a>) -> Self {
        let tasks = week.sessions.iter().flat_map(|session| session.hard_tasks().map(move |task| (session, task)));
        let days = tasks.flat_map(|(session, task)| {
            let days = week.days_of(session, task);
            task.view.involved.iter().flat_map(move |target| days.clone().map(|day| (*target, day)))
        });
        Self { week, days: days.collect() }
    }

    fn count(&self, target: MuscleOrGroup<'a>) -> Decimal {
        self.days.iter().filter(|(trained, _)| *trained == target).count().into()
    }

    /// The days in seven, to the nearest whole one.
    fn alone(&self, target: MuscleOrGroup<'a>) -> Option<Decimal> {
        self.week.in_seven_days(self.count(target)).map(nearest)
    }

    /// Whether sessions take turns in both weeks, so that one has what the other lacks.
    fn takes_turns_with(&self, other: &Self) -> bool {
        self.week.is_rotation() && self.week.phase_index() == other.week.phase_index()
    }

    /// The days in seven of both weeks together, to the nearest whole one.
    fn with(&self, other: &Self, target: MuscleOrGroup<'a>) -> Option<Decimal> {
        let [one, two] = [self, other].map(|trained| trained.week.in_seven_days(trained.count(target)));
        Some(nearest((one? + two?) / Decimal::TWO))
    }
}

fn nearest(days: Decimal) -> Decimal {
    days.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero)
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
    fn turns_count_for_seven_days() {
        let of = |days: u32, cycle: u32, on: &[u32]| {
            let on: Vec<String> = on.iter().map(|day| format!("{{session: s, day: {day}, slot: d{day}}}")).collect();
            self::of(&format!("kind: base, days: {days}, cycle: {cycle}, sessions: [{}]", on.join(", ")))
        };
        assert_eq!(of(27, 9, &[1, 5]), [""; 0], "1.6 days in seven");
        assert!(of(27, 9, &[1])[0].contains("on fewer than 2 days in turns 1-3"));
        assert_eq!(of(12, 4, &[1]), [""; 0], "1.75 days in seven");
        assert_eq!(of(24, 12, &[1, 5]).len(), 1, "1.2 days in seven");
        assert_eq!(
            self::of("kind: base, days: 9, sessions: [{session: s, day: 1}, {session: s, day: 4, slot: b}]"),
            [""; 0]
        );
    }

    #[test]
    fn sessions_in_turn_and_doses_every_other_day_count_on_their_days() {
        let turns = "kind: base, weeks: 4, rotation: {sessions: [s, t], days: [monday, wednesday, friday]}";
        let lint =
            Lint::new().exercise("squat", "kind: strength, pattern: squat, defaults: {sets: 3, reps: 8}", "glutes");
        let lint = lint.session("s", "strength", "{exercise: hinge}").session("t", "strength", "{exercise: squat}");
        assert_eq!(lint.phases(&[turns]).of("frequency"), [""; 0], "two in one week and one in the next");
        let daily = |every: &str| {
            let dose = format!("{{exercise: hinge, dose: {{reps: 8, every: {every}}}}}");
            Lint::new().program(&dose, "strength", 2).of("frequency")
        };
        assert_eq!(daily("2 days"), [""; 0]);
        assert_eq!(daily("7 days").len(), 1);
    }

    #[test]
    fn days_of_a_pause_do_not_count() {
        let of = |dates: &str| {
            let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday}]";
            let project = format!("language: en\nschedules: {{s: {{program: p, {dates}}}}}\nwords: {{title: T}}\n");
            let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {reps: 8, every: 2 days}}");
            lint.phases(&[phase]).file("regimen.yaml", &project).of("frequency")
        };
        assert_eq!(of("start: 2027-01-04"), [""; 0]);
        let waits = of("start: 2027-01-04, changes: [{pause: 2027-01-05..2027-01-10}]");
        assert_eq!(waits, [""; 0], "its days come afterwards");
        let left_out = of("end: 2027-01-10, changes: [{pause: 2027-01-05..2027-01-10}]");
        assert!(left_out.len() == 1 && left_out[0].contains("on fewer than 2 days in week 1"), "{left_out:?}");
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
