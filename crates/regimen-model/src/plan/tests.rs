//! Which session is on which day, from programmes and schedules as small as can be.

#![expect(clippy::needless_pass_by_value, reason = "programmes are written where they are used")]

mod answers;
mod busy;
mod changes;
mod days;
mod hours;
mod meeting;
mod places;
mod weeks;

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Plan, expand};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Entry, Program, ProgramWords, Project, Schedule, Session, SessionWords};
use crate::reference::Id;

/// A programme with these phases and this schedule.
fn planned(phases: Value, schedule: Option<Value>) -> Result<Plan, Vec<Diagnostic>> {
    let schedule = schedule.map(self::schedule);
    let name = id("s");
    expand(&catalog(), &program(phases), schedule.as_ref().map(|schedule| (&name, schedule)))
}

/// A catalogue with sessions that are called `a` to `f`, `strength`, `race` and `rest`.
fn catalog() -> Catalog {
    let project: Project = serde_json::from_value(json!({"language": "en"})).expect("a project");
    let mut catalog = Catalog::new(project);
    for name in ["a", "b", "c", "d", "e", "f", "strength", "race", "rest"] {
        let kind = if matches!(name, "strength" | "race" | "rest") { name } else { "run" };
        let length = if kind == "strength" { "40 min" } else { "5 km" };
        let facts = json!({"kind": kind, "main": [{"run": [{"duration": length}]}]});
        let session: Session = serde_json::from_value(facts).expect("a session");
        let entry = Entry::new(id(name), "sessions/x.yaml", session, SessionWords::default());
        catalog.sessions.insert(id(name), Arc::new(entry));
    }
    catalog
}

/// The programme `p` with these phases.
fn program(phases: Value) -> Entry<Program> {
    let program: Program = serde_json::from_value(json!({"level": 1, "phases": phases})).expect("a programme");
    Entry::new(id("p"), "programs/p.yaml", program, ProgramWords::default())
}

/// A schedule of it with these keys.
fn schedule(mut keys: Value) -> Schedule {
    keys["program"] = "p".into();
    serde_json::from_value(keys).expect("a schedule")
}

fn id<T>(text: &str) -> Id<T> {
    text.parse().expect("an id")
}

/// The days of the sessions with a schedule: `w1-a 01-05`, month and day.
fn dates(phases: Value, schedule: Value) -> Vec<String> {
    let plan = planned(phases, Some(schedule)).expect("a plan");
    let dated = plan.sessions().map(|session| {
        let date = session.date.expect("a date");
        format!("{} {:02}-{:02}", session.slot, date.month(), date.day())
    });
    dated.collect()
}

/// How many days after the first each session is, without a schedule: `w1-a 1`.
fn offsets(phases: Value) -> Vec<String> {
    let plan = planned(phases, None).expect("a plan");
    let shown = plan.sessions().map(|session| {
        assert_eq!(session.usual, session.offset, "nothing moves {}", session.slot);
        format!("{} {}", session.slot, session.offset)
    });
    shown.collect()
}

/// Code, message and help of the only finding.
fn problem(phases: Value, schedule: Value) -> String {
    let findings = planned(phases, Some(schedule)).expect_err("a finding");
    let [finding] = findings.as_slice() else { panic!("one finding, not {findings:?}") };
    format!("{}: {}; {}", finding.code, finding.message, finding.help.as_deref().unwrap_or_default())
}

/// One phase of some weeks with these sessions.
fn phase(weeks: u8, sessions: Value) -> Value {
    json!([{"id": "one", "kind": "build", "weeks": weeks, "sessions": sessions}])
}
