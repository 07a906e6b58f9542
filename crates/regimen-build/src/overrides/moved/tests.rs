use jiff::civil::{Date, date};
use regimen_catalog::Catalog;
use regimen_catalog::plan::expand;
use serde_json::{Value, json};

use super::DateOverride;
use crate::overrides::ScheduleOverrides;
use crate::testing::{self, More as _};

const START: DateOverride = DateOverride::Start(date(2027, 4, 5));
const RACE: DateOverride = DateOverride::Race(date(2027, 4, 25));

/// Three weeks with a run on Tuesday, a race on the last Sunday, and a week after it.
fn catalog(schedule: &Value) -> Catalog {
    let mut schedules = json!({"s": {"program": "build-up", "timezone": "Europe/London"}});
    schedules["s"].as_object_mut().unwrap().extend(schedule.as_object().unwrap().clone());
    let run = json!({"session": "jog", "day": "tuesday"});
    let phases = json!([
        {"id": "base", "kind": "base", "weeks": 2, "sessions": [run]},
        {"id": "race", "kind": "race", "weeks": 1, "sessions": [run, {"session": "final", "day": "sunday"}]},
        {"id": "after", "kind": "base", "weeks": 1, "sessions": [{"session": "walk", "day": "friday"}]},
    ]);
    let project = json!({"language": "en", "schedules": schedules});
    testing::catalog_with(project)
        .with_sessions(&["jog", "walk"])
        .with_program("build-up", json!({"level": 1, "phases": phases}))
}

/// The days and hours of the sessions of a schedule that is moved, and what is said of it.
fn moved(to: DateOverride, schedule: &Value) -> (Vec<String>, Vec<String>) {
    let catalog = catalog(schedule);
    let overrides = ScheduleOverrides { anchor: Some(to), ..ScheduleOverrides::default() };
    let scheduled = overrides.schedules(&catalog).expect("schedules");
    let (name, schedule) = scheduled.schedules.first_key_value().expect("one");
    let plan = expand(&catalog, &catalog.programs[&schedule.program], Some((name, schedule))).expect("a plan");
    let day = |date: Option<Date>| date.map(|date| date.strftime("%d.%m.").to_string()).unwrap_or_default();
    let sessions = plan.sessions().map(|session| {
        let at = session.at.map(|at| at.strftime(" %H:%M").to_string()).unwrap_or_default();
        format!("{} {}{at}", session.slot, day(session.date))
    });
    (sessions.collect(), scheduled.findings.into_iter().map(|finding| finding.message).collect())
}

#[test]
fn weeks_that_count_back_from_a_race_or_an_end_stay_the_last_ones() {
    let (sessions, said) = moved(START, &json!({"race": "2027-05-02", "weeks": 2}));
    assert_eq!(sessions, ["w2-jog 06.04.", "w3-jog 13.04.", "w3-final 18.04.", "w4-walk 23.04."]);
    assert_eq!(said, [""; 0]);
    let (sessions, said) = moved(START, &json!({"end": "2027-05-02", "weeks": 2}));
    assert_eq!(sessions, ["w3-jog 06.04.", "w3-final 11.04.", "w4-walk 16.04."]);
    assert_eq!(said, [""; 0]);
    let (sessions, _) = moved(START, &json!({"start": "2027-01-04", "weeks": 2}));
    assert_eq!(sessions, ["w1-jog 06.04.", "w2-jog 13.04."]);
}

#[test]
fn a_race_that_holds_a_schedule_is_one_of_its_weeks() {
    let (sessions, said) = moved(RACE, &json!({"start": "2027-01-04", "weeks": 1}));
    assert_eq!(sessions, ["w3-jog 20.04.", "w3-final 25.04.", "w4-walk 30.04."]);
    let weeks = "with the `race` of this build, the schedule `s` has weeks 3 to 4 of the programme; in the project file it has \
                 week 1";
    assert_eq!(said, [weeks]);
    let (sessions, _) = moved(RACE, &json!({"start": "2027-01-04", "from_week": 2, "weeks": 2}));
    assert_eq!(sessions, ["w2-jog 13.04.", "w3-jog 20.04.", "w3-final 25.04.", "w4-walk 30.04."]);
    let (sessions, _) = moved(RACE, &json!({"start": "2027-01-04", "from_week": 2, "weeks": 1}));
    assert_eq!(sessions, ["w3-jog 20.04.", "w3-final 25.04.", "w4-walk 30.04."]);
}

#[test]
fn the_hour_of_the_race_goes_with_it() {
    for hour in [json!({"times": {"race": "09:30"}}), json!({"race_at": "09:30"})] {
        let mut schedule = json!({"race": "2027-05-02", "weeks": 1});
        schedule.as_object_mut().unwrap().extend(hour.as_object().unwrap().clone());
        let (sessions, said) = moved(START, &schedule);
        assert_eq!(sessions, ["w3-jog 06.04.", "w3-final 11.04. 09:30", "w4-walk 16.04."]);
        assert_eq!(said, [""; 0]);
    }
}

#[test]
fn what_a_schedule_says_of_sessions_that_it_then_lacks_is_left_out_with_a_word() {
    let keys = json!({
        "start": "2027-01-04", "weeks": 1, "at": "18:00",
        "times": {"w1-jog": "07:00", "jog": "08:00"}, "changes": [{"skip": "w1-jog"}],
    });
    let (sessions, said) = moved(RACE, &keys);
    assert_eq!(sessions, ["w3-jog 20.04. 08:00", "w3-final 25.04.", "w4-walk 30.04. 18:00"]);
    let why = "with the `race` of this build, the schedule `s` has weeks 3 to 4, without `w1-jog`";
    assert_eq!(
        said[1..],
        [format!("the time of `w1-jog` is left out: {why}"), format!("`skip: w1-jog` is left out: {why}")]
    );
    let (sessions, said) = moved(RACE, &json!({"start": "2027-01-04", "changes": [{"skip": "w3-final"}]}));
    assert_eq!(sessions.len(), 5);
    assert_eq!(said, ["`skip: w3-final` is left out: that race holds the plan in its place"]);
}
