//! `session-duration`: what a session takes fits how long it is said to take, in each week of a plan.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, RunView, SessionView, weeks};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::quantity::Duration;
use rust_decimal::Decimal;

const FASTEST: Threshold = Threshold {
    key: "fastest",
    default: "150 s",
    other: "240 s",
    amount: Amount::Time,
    meaning: "the least time for a kilometre that is run without a stated pace",
};

const MARGIN: Threshold = Threshold {
    key: "margin",
    default: "10 %",
    other: "0 %",
    amount: Amount::Percent,
    meaning: "how much longer than stated a session may take, because authors round",
};

pub(super) static RULE: Rule = Rule {
    code: "session-duration",
    severity: Severity::Warning,
    summary: "The duration that a session states is long enough for what it asks for",
    explanation: "The handout prints the `duration` and the calendar keeps it free. A session that grows through a plan may outgrow it: a run of 30 km does \
not fit into an hour. What is stated is added up, each at its shortest: repetitions by their tempo, holds, times, rests, and distances at their pace; a \
distance that is run without a stated pace takes 2:30 for each kilometre at least, which is about as fast as anybody has run. Repetitions without a tempo, distances of other sports, and texts take \
no time here. Asked for every week of a plan; `short-session` asks the same of the steps as the session has them.

Wrong:

```yaml
kind: run
duration: 60 min
main:
  - run: [{id: long, duration: 28 km, target: easy pace}]
```

Right, reckoned or with the times that fit:

```yaml
kind: run
main:
  - run: [{id: long, duration: 28 km, target: 5:30/km}]
```
",
    sources: &[CONVENTION],
    thresholds: &[FASTEST, MARGIN],
    rising: &[],
    check: Check::Plan(check),
};

/// What is said of one session.
struct Found {
    weeks: Vec<u32>,
    /// The most that it takes in one of them, in seconds.
    needed: Decimal,
    stated: Duration,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (fastest, margin) = (report.limit(&FASTEST), report.limit(&MARGIN));
    let mut found: BTreeMap<(&str, Place), Found> = BTreeMap::new();
    for session in plan.sessions() {
        let Some((stated, place)) = stated(plan, session) else { continue };
        let needed = session.least_seconds(fastest);
        let most = stated.seconds().high().saturating_mul(Decimal::ONE_HUNDRED + margin) / Decimal::ONE_HUNDRED;
        if needed <= most {
            continue;
        }
        let empty = || Found { weeks: Vec::new(), needed, stated };
        let found = found.entry((session.id().as_str(), place)).or_insert_with(empty);
        found.weeks.push(session.week());
        found.needed = found.needed.max(needed);
    }
    for ((id, place), Found { weeks: in_weeks, needed, stated }) in found {
        let minutes = Duration::minutes(needed);
        let message = format!(
            "the session `{id}` is said to last {stated}, but takes {minutes} or more in {}{}",
            weeks(&in_weeks),
            report.basis(None, &[&FASTEST, &MARGIN])
        );
        let help = "leave `duration` out, so that it is reckoned where that can be done, or write how long the longest of them takes";
        report.add(report.finding(message).at(place, "").help(help));
    }
}

/// How long a session is said to last, and where; `None` if nothing is said, or if `short-session` finds the same.
fn stated(plan: &PlanView<'_>, session: &SessionView<'_>) -> Option<(Duration, Place)> {
    let entry = plan.catalog.catalog.sessions.get(session.id())?;
    let stated = entry.duration?;
    let by_steps: Decimal = plan.catalog.runs(entry).map(RunView::least_seconds).sum();
    let place = Place::value(entry.file.clone(), FieldPath::root().key("duration"));
    (by_steps <= stated.seconds().high()).then_some((stated, place))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// A run of 60 minutes whose step grows from 10 km to this.
    fn of(most: &str, target: &str) -> Vec<String> {
        let run = format!(
            "kind: run\nduration: 60 min\nmain: [{{run: [{{id: far, duration: 10 km{target}}}]}}]\nwords: {{name: S}}\n"
        );
        let phase = format!(
            "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{{step: far, lengths: [10 km, {most}]}}]"
        );
        Lint::new().file("sessions/s.yaml", &run).phases(&[&phase]).of("session-duration")
    }

    #[test]
    fn a_run_may_outgrow_its_duration() {
        assert_eq!(
            of("28 km", ""),
            ["sessions/s.yaml:2 the session `s` is said to last 60 min, but takes 70 min or more in week 2"]
        );
        assert_eq!(of("22 km", ""), [""; 0], "the best in the world could");
        assert_eq!(of("14 km", ", target: 5:00/km").len(), 1);
        assert_eq!(of("13 km", ", target: 5:00/km"), [""; 0], "five minutes more");
    }

    #[test]
    fn sets_take_their_tempo_holds_and_rests() {
        let of = |dose: &str| {
            Lint::new().program(&format!("{{exercise: hinge, dose: {{{dose}}}}}"), "strength", 1).of("session-duration")
        };
        assert_eq!(of("sets: 10, reps: 10, tempo: 4-0-4-0, rest: 3 min").len(), 1, "40 min of 30");
        assert_eq!(of("sets: 10, reps: 100"), [""; 0], "no tempo is stated");
    }
}
