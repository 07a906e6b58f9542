//! `phase-start`: a phase with weekdays begins on a Monday, or has them in the order in which its days come.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView, WeekView, weekday_name};
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::{SessionKind, Weekday};

pub(super) static RULE: Rule = Rule {
    code: "phase-start",
    severity: Severity::Warning,
    summary: "The weekdays of a phase that begins within a week are in the order in which they come",
    explanation: "Each phase begins on the day after the one before it. After ten days, which end on a Wednesday, the weeks of the next phase \
run from Thursday to Wednesday: its Tuesday comes after its Sunday, so that the short run of Tuesday is behind the race of Sunday and not before it. \
Sessions of kind `rest` do not count.

Wrong:

```yaml
phases:
  - {id: build, kind: build, days: 10, sessions: [{session: easy-run, day: 1, every: 2}]}
  - id: race
    kind: race
    weeks: 1
    sessions:
      - {session: easy-run, day: tuesday}
      - {session: half-marathon, day: sunday}
```

Right:

```yaml
phases:
  - {id: build, kind: build, days: 14, sessions: [{session: easy-run, day: 1, every: 2}]}
  - id: race
    kind: race
    weeks: 1
    sessions:
      - {session: easy-run, day: tuesday}
      - {session: half-marathon, day: sunday}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    // On which weekday the weeks of a schedule begin is for `session-order` to say.
    if plan.schedule.is_some() {
        return;
    }
    let mut last_phase = None;
    for week in &plan.weeks {
        let Some((first, later)) = turned(week).filter(|_| last_phase != Some(week.phase_index())) else { continue };
        last_phase = Some(week.phase_index());
        let message = format!(
            "week {} begins on a {}, because the phases before it are no whole weeks, so that {} comes after {}",
            week.number,
            weekday_name(Weekday::ALL[week.first_day() as usize % Weekday::ALL.len()]),
            named(later),
            named(first)
        );
        let finding = report.finding(message).at(later.place.clone(), "later").at(first.place.clone(), "sooner");
        let help = "let the phases before it end with a week (`days: 14`, not `10`), or number its days from its first (`day: 1` to `7`)";
        report.add_in(&[week.number], &[&later.place, &first.place], finding.help(help));
    }
}

/// Two sessions on weekdays of which the one that is earlier from Monday to Sunday comes later; first those around a race.
fn turned<'p, 'a>(week: &'p WeekView<'a>) -> Option<(&'p SessionView<'a>, &'p SessionView<'a>)> {
    let on_weekdays =
        |session: &&SessionView<'a>| session.kind() != SessionKind::Rest && session.meant_weekday().is_some();
    let sessions: Vec<&SessionView<'a>> = week.sessions.iter().filter(on_weekdays).collect();
    // Most weeks are in order, whatever their number of sessions.
    if sessions.is_sorted_by_key(|session| session.meant_weekday()) {
        return None;
    }
    let pairs = || {
        let all = sessions.iter().enumerate();
        all.flat_map(|(at, first)| sessions[at + 1..].iter().map(move |later| (*first, *later)))
            .filter(|(first, later)| first.day < later.day && later.meant_weekday() < first.meant_weekday())
    };
    let is_race = |session: &SessionView<'_>| session.kind() == SessionKind::Race;
    pairs().find(|(first, later)| is_race(first) || is_race(later)).or_else(|| pairs().next())
}

/// "`easy-run` (Tuesday)"
fn named(session: &SessionView<'_>) -> String {
    let day = session.meant_weekday().map(|day| format!(" ({})", weekday_name(day))).unwrap_or_default();
    format!("`{}`{day}", session.name_in_week())
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(first: &str, days: [&str; 2]) -> Vec<String> {
        let [one, other] = days;
        let first = format!("kind: build, {first}, sessions: [{{session: s, day: 1}}]");
        let last =
            format!("kind: race, weeks: 1, sessions: [{{session: s, day: {one}}}, {{session: race, day: {other}}}]");
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        lint.phases(&[&first, &last]).of("phase-start")
    }

    #[test]
    fn a_phase_after_some_days_has_its_weekdays_in_another_order() {
        let said = of("days: 10", ["tuesday", "sunday"]);
        let [said] = said.as_slice() else { panic!("{said:?}") };
        assert!(
            said.ends_with(
                "week 3 begins on a Thursday, because the phases before it are no whole weeks, so that `s` (Tuesday) comes after \
                 `race` (Sunday)"
            ),
            "{said}"
        );
        assert_eq!(of("days: 10", ["friday", "sunday"]), [""; 0], "in order");
        assert_eq!(of("days: 14", ["tuesday", "sunday"]), [""; 0]);
        assert_eq!(of("weeks: 2", ["tuesday", "sunday"]), [""; 0]);
        assert_eq!(of("days: 10", ["6", "4"]), [""; 0], "numbers count from the first day");
    }
}
