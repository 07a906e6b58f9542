//! `session-duration`: what a session takes fits how long it is said to take, in the weeks of a plan.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, RunView, SessionView, sum};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::Session;
use regimen_model::quantity::Duration;
use regimen_model::reference::Id;
use regimen_model::vocabulary::SessionKind;
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
    summary: "The duration that a session states fits what it asks for",
    explanation: "The handout prints the `duration` and the calendar keeps it free. A session that grows through a plan may outgrow it: a run of 30 km does \
not fit into an hour. What is stated is added up, each at its shortest: repetitions by their tempo, holds, times, rests, and distances at their pace; a \
distance that is run without a stated pace takes 2:30 for each kilometre at least, which is about as fast as anybody has run. Repetitions without a tempo, distances of other sports, and texts take \
no time here. Asked for every week of a plan; `short-session` asks the same of the steps as the session has them.

A duration may also be far too long: more than three times what is stated, with conventions in the author's favour for what is not (3 s for a repetition, a minute of rest, 15:00/km for a \
run, 5 min to get ready for each exercise, 20 min for each text beside the work). That is said where it is so in every week that has the session; races, tests, and sessions \
whose work has a text or an open step are not asked.

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
    too_short(plan, report);
    too_long(plan, report);
}

fn too_short(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (fastest, margin) = (report.limit(&FASTEST), report.limit(&MARGIN));
    let mut found: BTreeMap<(&str, Place), Found> = BTreeMap::new();
    for session in plan.sessions().flat_map(SessionView::with_choices) {
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
            plan.weeks_named(&in_weeks),
            report.basis(None, &[&FASTEST, &MARGIN])
        );
        let help = "leave `duration` out, so that it is reckoned where that can be done, or write how long the longest of them takes";
        report.add_in(&in_weeks, &[&place], report.finding(message).at(place.clone(), "").help(help));
    }
}

fn too_long(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let mut most: BTreeMap<&Id<Session>, Option<Decimal>> = BTreeMap::new();
    let asked = plan.sessions().filter(|session| !matches!(session.kind(), SessionKind::Race | SessionKind::Test));
    for session in asked {
        let seconds = session.most_seconds();
        let longest = most.entry(session.id()).or_insert(seconds);
        *longest = longest.zip(seconds).map(|(one, other)| one.max(other));
    }
    for (id, most) in most {
        let Some(entry) = plan.catalog.catalog.sessions.get(id) else { continue };
        let Some((most, stated)) = most.zip(entry.duration) else { continue };
        if stated.seconds().low() > most {
            let minutes = Duration::minutes(most);
            let message =
                format!("the session `{id}` is said to last {stated}, but what it states takes no more than {minutes}");
            let place = Place::value(entry.file.clone(), FieldPath::root().key("duration"));
            let help = "correct `duration`, or leave it out, or write down what else is done";
            report.add_of_plan(report.finding(message).at(place, "").help(help));
        }
    }
}

/// How long a session is said to last, and where; `None` if nothing is said, or if `short-session` finds the same.
fn stated(plan: &PlanView<'_>, session: &SessionView<'_>) -> Option<(Duration, Place)> {
    let entry = plan.catalog.catalog.sessions.get(session.id())?;
    let stated = entry.duration?;
    let by_steps = sum(plan.catalog.runs(entry).map(RunView::least_seconds));
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
    fn a_duration_may_be_far_too_long() {
        let of = |kind: &str, duration: &str, main: &str| {
            let texts = if main.contains("text") { ", texts: {t: Easily.}" } else { "" };
            let session = format!("kind: {kind}\nduration: {duration}\nmain: [{main}]\nwords: {{name: S{texts}}}\n");
            let phase = "kind: base, weeks: 2, sessions: [{session: s, day: monday}]";
            Lint::new().file("sessions/s.yaml", &session).phases(&[phase]).of("session-duration")
        };
        let run = "{run: [{id: far, duration: 5 km, target: easy pace}]}";
        assert_eq!(
            of("run", "90 min", run),
            ["sessions/s.yaml:2 the session `s` is said to last 90 min, but what it states takes no more than 75 min"]
        );
        assert_eq!(of("run", "60-90 min", run), [""; 0], "walkers");
        assert_eq!(of("race", "4 h", run), [""; 0], "there is more to a race");
        assert_eq!(of("run", "60 min", "{run: [{duration: 20 min, target: threshold pace}]}"), [""; 0]);
        assert_eq!(of("run", "61 min", "{run: [{duration: 20 min, target: threshold pace}]}").len(), 1);
        assert_eq!(of("run", "3 h", &format!("{run}, {{text: t}}")), [""; 0], "nobody knows");
        assert_eq!(of("ride", "3 h", run), [""; 0], "nobody knows how fast");
        let sets = "{exercise: hinge, dose: {sets: 3, reps: 8, rest: 2 min}}";
        assert_eq!(of("strength", "2 h", sets).len(), 1);
        assert_eq!(of("strength", "20 min", sets), [""; 0]);
        let phases = ["1 km", "20 km"]
            .map(|far| format!("kind: base, weeks: 1, sessions: [{{session: s, day: monday, length: {far}}}]"));
        let session = format!("kind: run\nduration: 60 min\nmain: [{run}]\nwords: {{name: S}}\n");
        let lint = Lint::new().file("sessions/s.yaml", &session).phases(&phases.each_ref().map(String::as_str));
        assert_eq!(lint.of("session-duration"), [""; 0], "one of them is as long");
    }

    #[test]
    fn sets_take_their_tempo_holds_and_rests() {
        let of = |dose: &str| {
            Lint::new().program(&format!("{{exercise: hinge, dose: {{{dose}}}}}"), "strength", 1).of("session-duration")
        };
        assert_eq!(of("sets: 10, reps: 10, tempo: 4-0-4-0, rest: 3 min").len(), 1, "40 min of 30");
        assert_eq!(of("sets: 10, reps: 100"), [""; 0], "no tempo is stated");
    }

    #[test]
    fn what_may_be_done_instead_has_its_own_duration() {
        let run = "{run: [{id: far, duration: 10 km}]}";
        let session = |name: &str| format!("kind: run\nduration: 60 min\nmain: [{run}]\nwords: {{name: {name}}}\n");
        let of = |length: &str| {
            let other = format!("{{session: b, length: {length}}}");
            let phase = format!("kind: base, weeks: 2, sessions: [{{session: a, day: monday, or: [{other}]}}]");
            let lint = Lint::new().file("sessions/a.yaml", &session("A")).file("sessions/b.yaml", &session("B"));
            lint.phases(&[&phase]).of("session-duration")
        };
        assert_eq!(
            of("28 km"),
            ["sessions/b.yaml:2 the session `b` is said to last 60 min, but takes 70 min or more in weeks 1-2"]
        );
        assert_eq!(of("20 km"), [""; 0]);
    }
}
