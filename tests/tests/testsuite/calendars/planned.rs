//! What a calendar has to say, worked out from the plan and not from the file.

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZoneDatabase;
use jiff::{SignedDuration, ToSpan as _};
use regimen_catalog::model::{Schedule, ScheduleName};
use regimen_catalog::plan::{Plan, PlannedSession, expand};
use regimen_catalog::vocabulary::SessionKind;
use regimen_catalog::{Catalog, Id, load};
use regimen_export::{BuildInfo, Subject, Unit, compose};
use regimen_tests::Project;
use sha2::{Digest as _, Sha256};

use super::event::{Event, TITLE};

/// The events of every schedule of a project's catalogue, by the file that `build --only ics` makes of it.
pub(super) fn of_project(project: &Project) -> BTreeMap<PathBuf, Vec<Event>> {
    let catalog = load(&project.path("catalog")).unwrap().catalog.unwrap();
    let settings = catalog.project.exporters.get("ics");
    let floating = settings.is_some_and(|settings| settings["floating"] == true);
    let planned = |(name, schedule): (&Id<ScheduleName>, &Schedule)| {
        let plan = expand(&catalog, &catalog.programs[&schedule.program], Some((name, schedule))).unwrap();
        (project.path(&format!("out/ics/{name}.ics")), events(&catalog, &plan, floating))
    };
    catalog.project.schedules.iter().map(planned).collect()
}

/// The events of a plan with a schedule, with their texts as they are composed.
pub(super) fn events(catalog: &Catalog, plan: &Plan, floating: bool) -> Vec<Event> {
    let build = build_info();
    let unit = Unit {
        subject: Subject::Plan(&catalog.programs[&plan.program], plan),
        catalog,
        language: &regimen_catalog::english(),
        build: &build,
        previous: &[],
        person: None,
    };
    let event = |session| {
        let (start, end) = times(plan, session, floating);
        let texts = compose::session(&unit, plan, session, TITLE);
        Event { uid: uid(plan, session), start, end, summary: texts.title, description: texts.body.whole() }
    };
    plan.sessions().map(event).collect()
}

/// The facts of a build.
pub(super) fn build_info() -> BuildInfo {
    BuildInfo { date: Date::constant(2027, 1, 4), epoch: 1_799_020_800, version: "0.1.0" }
}

/// RFC 5545 §3.3.5: a time that the clocks skip is as far after the change, one that they show twice is the first.
fn times(plan: &Plan, session: &PlannedSession, floating: bool) -> (String, String) {
    let date = session.date.unwrap();
    let seconds: i64 = session.duration.unwrap().seconds().high().ceil().try_into().unwrap();
    let schedule = plan.schedule.as_ref().unwrap();
    let has_hour = !matches!(session.kind, SessionKind::Race | SessionKind::Rest);
    let Some((time, zone)) = schedule.at.clone().filter(|_| has_hour) else {
        let days = (seconds + 86_399) / 86_400;
        return (date.to_string(), (date + days.max(1).days()).to_string());
    };
    let length = SignedDuration::from_mins((seconds + 59) / 60);
    let start: DateTime = date.to_datetime(time);
    if floating {
        return (start.to_string(), (start + length).to_string());
    }
    let clocks = TimeZoneDatabase::bundled().get(&zone).unwrap();
    let start = clocks.to_ambiguous_timestamp(start).compatible().unwrap();
    (start.to_string(), (start + length).to_string())
}

/// An id that must stay the same in every version of the program, or calendars would show everything twice.
fn uid(plan: &Plan, session: &PlannedSession) -> String {
    let schedule = plan.schedule.as_ref().unwrap();
    let parts = format!("regimen session\0{}\0{}\0{}\0", plan.program, schedule.name, session.slot);
    let digits: String = Sha256::digest(parts).iter().take(20).map(|byte| format!("{byte:02x}")).collect();
    format!("{digits}@regimen")
}
