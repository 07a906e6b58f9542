//! `recovery`: 48 hours for a muscle to recover.

use std::collections::{BTreeMap, BTreeSet};

use super::ACSM_2011;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{MuscleOrGroup, PlanView, SessionView};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::join;
use rust_decimal::Decimal;

const LEAST: Threshold = Threshold {
    key: "least",
    default: "48 h",
    other: "72 h",
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
    sources: &[ACSM_2011],
    thresholds: &[LEAST],
    rising: &[],
    check: Check::Plan(check),
};

/// A session that comes too early, and the muscles that have not recovered.
type Clash<'a> = (&'a Place, BTreeSet<MuscleOrGroup<'a>>);

/// When something was trained last, and where that is planned.
type Last<'a> = (u32, &'a Place);

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let least = report.limit(&LEAST);
    let training = plan.weeks.iter().filter(|week| !week.is_rehab()).flat_map(|week| &week.sessions);
    let training: Vec<&SessionView<'_>> = training.collect();
    let mut last: BTreeMap<MuscleOrGroup<'_>, Last<'_>> = BTreeMap::new();
    let mut clashes: BTreeMap<Clash<'_>, (&Place, Vec<u32>)> = BTreeMap::new();
    for day in training.chunk_by(|one, next| one.day == next.day) {
        for later in day {
            let early = |last: &Last<'_>| Decimal::from(later.day.abs_diff(last.0)) * seconds_of_a_day() < least;
            let worked = movers(later);
            let tired =
                worked.iter().filter_map(|target| Some((*target, *last.get(target).filter(|last| early(last))?)));
            let tired: BTreeMap<MuscleOrGroup<'_>, Last<'_>> = tired.collect();
            if let Some((_, earlier)) = tired.values().max() {
                let clash = (&later.place, tired.keys().copied().collect());
                clashes.entry(clash).or_insert((earlier, Vec::new())).1.push(later.week());
            }
        }
        for session in day {
            last.extend(movers(session).into_iter().map(|target| (target, (session.day, &session.place))));
        }
    }
    let hours = (least / Decimal::from(3600)).normalize();
    for ((later, tired), (earlier, in_weeks)) in clashes {
        let names: Vec<String> = tired.iter().map(|target| format!("`{target}`")).collect();
        let message = format!(
            "less than {hours} h lie between hard sets of {} in {}{}",
            join::and(&names),
            plan.weeks_named(&in_weeks),
            report.basis(Some("ACSM 2011"), &[&LEAST])
        );
        let finding =
            report.finding(message).at(later.clone(), "hard again here").at(earlier.clone(), "hard before here");
        report.add_in(&in_weeks, &[later], finding.help("move one of the two, or train other muscles in it"));
    }
}

fn seconds_of_a_day() -> Decimal {
    Decimal::from(24 * 3600)
}

/// The muscles of the hard sets of a session, and of what may be done instead of it.
fn movers<'a>(session: &SessionView<'a>) -> BTreeSet<MuscleOrGroup<'a>> {
    let tasks = session.with_choices().flat_map(SessionView::hard_tasks);
    tasks.flat_map(|task| task.view.prime.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn what_may_be_done_instead_trains_muscles_too() {
        let of = |other: &str| {
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}").session("r", "run", "{exercise: jog}");
            let phase = format!(
                "kind: base, weeks: 1, sessions: [{{session: s, day: monday}}, {{session: r, day: tuesday{other}}}]"
            );
            lint.phases(&[&phase]).of("recovery").len()
        };
        assert_eq!((of(""), of(", or: [s]")), (0, 1));
    }

    fn of(weeks: u32, days: [&str; 2], kind: &str) -> Vec<String> {
        let [a, b] = days.map(|day| format!("{{session: s, day: {day}}}"));
        let phase = format!("kind: {kind}, weeks: {weeks}, sessions: [{a}, {b}]");
        Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("recovery")
    }

    #[test]
    fn the_day_after_is_too_early() {
        assert_eq!(
            of(2, ["monday", "tuesday"], "base"),
            ["programs/p.yaml:3 less than 48 h lie between hard sets of `hamstrings` in weeks 1-2 (ACSM 2011)"]
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
    fn a_session_is_told_once_of_the_muscles_that_have_not_recovered() {
        let sessions =
            "{session: s, day: monday}, {session: s, day: tuesday, slot: b}, {session: s, day: friday, slot: c}";
        let phase = format!("kind: base, weeks: 4, sessions: [{sessions}]");
        let project = "language: en\nrules: {recovery: {least: 1000000 h}}\nwords: {title: T}\n";
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]);
        let said = lint.file("regimen.yaml", project).of("recovery");
        let expected = ["2-4", "1-4", "1-4"].map(|weeks| {
            format!(
                "programs/p.yaml:3 less than 1000000 h lie between hard sets of `hamstrings` in weeks {weeks} \
                 (limit set in `regimen.yaml`)"
            )
        });
        assert_eq!(said, expected);
    }

    #[test]
    fn other_muscles_may_work() {
        let squat = "kind: strength, pattern: squat, defaults: {sets: 3, reps: 8}";
        let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday}, {session: t, day: tuesday}]";
        let lint = Lint::new().exercise("squat", squat, "glutes").session("s", "strength", "{exercise: hinge}");
        assert_eq!(lint.session("t", "strength", "{exercise: squat}").phases(&[phase]).of("recovery"), [""; 0]);
    }
}
