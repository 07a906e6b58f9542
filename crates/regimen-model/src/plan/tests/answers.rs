//! What a plan answers when exporters and rules ask it: its sessions in order, its days, its choices and notes.

use serde_json::{Value, json};

use super::{id, phase, planned};
use crate::model::{Dose, GroupFormat, Note};
use crate::plan::{Plan, PlannedBlock, PlannedItem, PlannedPart, PlannedSession};
use crate::reference::{Kind, Reference};
use crate::vocabulary::Section;

fn slots<'p>(sessions: impl Iterator<Item = &'p PlannedSession>) -> Vec<&'p str> {
    sessions.map(|session| session.slot.as_str()).collect()
}

#[test]
fn sessions_are_in_order_of_days_and_of_times_wherever_a_reader_has_moved_them() {
    let phases = phase(2, json!([{"session": "a", "day": "monday"}, {"session": "b", "day": "tuesday"}]));
    let moved = |to: &str| {
        let schedule = json!({
            "start": "2027-01-04", "timezone": "Europe/Berlin", "times": {"a": "18:00", "w1-b": "12:00", "w2-b": "07:00"},
            "changes": [{"move": "w2-b", "to": to}],
        });
        planned(phases.clone(), Some(schedule)).expect("a plan")
    };
    let plan = moved("2027-01-04");
    assert_eq!(slots(plan.by_week()), ["w1-a", "w1-b", "w2-b", "w2-a"]);
    assert_eq!(slots(plan.sessions()), ["w2-b", "w1-a", "w1-b", "w2-a"], "07:00 and 18:00 on Monday, 12:00 on Tuesday");
    assert_eq!(slots(moved("2027-01-10").sessions()), ["w1-a", "w1-b", "w2-b", "w2-a"]);
}

/// How many days a plan of these phases has, and whether they are counted rather than weeks.
fn days(phases: Value) -> (u32, bool) {
    let plan = planned(phases, None).expect("a plan");
    (plan.days(), plan.counts_days())
}

#[test]
fn days_are_counted_where_weeks_say_nothing() {
    let sessions = json!([{"session": "a", "day": 1}]);
    let weeks = |id: &str| json!({"id": id, "kind": "build", "weeks": 2, "sessions": sessions});
    let short = |id: &str| json!({"id": id, "kind": "rehab", "days": 10, "sessions": sessions});
    let turns = |id: &str| json!({"id": id, "kind": "build", "cycle": 9, "days": 18, "sessions": sessions});
    assert_eq!(days(json!([weeks("a")])), (14, false));
    assert_eq!(days(json!([weeks("a"), short("b")])), (24, false), "only its last week is cut short");
    assert_eq!(days(json!([short("a"), weeks("b")])), (24, true));
    assert_eq!(days(json!([turns("a")])), (18, true));
    assert_eq!(days(json!([turns("a"), weeks("b")])), (32, true));
    assert_eq!(days(json!([weeks("a"), turns("b")])), (32, true));
    let seven = json!([{"id": "a", "kind": "build", "cycle": 7, "days": 7, "sessions": sessions}, weeks("b")]);
    assert_eq!(days(seven), (21, true), "a turn of seven days is a turn");
    let plan = planned(json!([weeks("a")]), None).expect("a plan");
    assert_eq!(Plan { weeks: Vec::new(), ..plan }.days(), 0);
}

#[test]
fn a_choice_is_a_session_in_the_place_of_the_other() {
    let session = json!({"session": "a", "day": "monday", "slot": "long-one", "target": "easy pace", "optional": true,
        "or": ["strength"]});
    let plan = planned(phase(1, json!([session])), None).expect("a plan");
    let session = plan.sessions().next().expect("a session");
    assert_eq!(session.place(), "long-one");
    let choices: Vec<_> = session.choices().collect();
    let [choice] = choices.as_slice() else { panic!("{choices:?}") };
    let other = &session.or[0];
    let expected = PlannedSession {
        session: id("strength"),
        kind: other.kind,
        duration: other.duration,
        parts: other.parts.clone(),
        targets: other.targets.clone(),
        optional: false,
        or: Vec::new(),
        ..session.clone()
    };
    assert_eq!(*choice, expected);
    assert_eq!((session.targets.len(), choice.targets.len()), (1, 0), "only that of the programme's own session");
    assert!(session.optional && session.kind != other.kind && session.duration != other.duration);
    assert_ne!(session.parts, other.parts);
    assert_eq!(session.parts_and_choices().count(), session.parts.len() + other.parts.len());
}

#[test]
fn the_notes_of_a_block_are_those_of_its_lines_in_order() {
    let noted = |name: &str, note: Option<&str>| {
        let dose: Dose = serde_json::from_value(json!({"reps": 5})).expect("a dose");
        let note = note.map(|key| Note { key: id(key), owner: None });
        PlannedItem { note, ..PlannedItem::new(id(name), dose) }
    };
    let item = PlannedBlock::Item(noted("squat", Some("deep")));
    let keys = |block: &PlannedBlock| block.notes().iter().map(|note| note.key.to_string()).collect::<Vec<_>>();
    assert_eq!(keys(&item), ["deep"]);
    let steps =
        json!([{"duration": "2 km", "note": "calm"}, {"repeat": 3, "steps": [{"duration": "200 m", "note": "fast"}]}]);
    let run = PlannedBlock::Run(serde_json::from_value(steps).expect("steps"));
    assert_eq!(keys(&run), ["calm", "fast"]);
    let text = PlannedBlock::Text(Reference::new(Kind::Session, "a").expect("an id"), id("x"));
    assert_eq!(keys(&text), [""; 0]);
}

#[test]
fn one_of_several_times_of_a_day_has_what_is_done_so_often_and_takes_so_long() {
    let item =
        |name: &str, dose: Value| PlannedItem::new(id(name), serde_json::from_value::<Dose>(dose).expect("a dose"));
    let often = item("stretch", json!({"time": "10 min", "times_per_day": 2}));
    let once = item("ride", json!({"time": "20 min"}));
    let steps = serde_json::from_value(json!([{"duration": "30 min"}])).expect("steps");
    let format = GroupFormat::Amrap { time: "5 min".parse().expect("a time") };
    let blocks = vec![
        PlannedBlock::Item(often.clone()),
        PlannedBlock::Item(once.clone()),
        PlannedBlock::Group { format, items: vec![once] },
        PlannedBlock::Run(steps),
    ];
    let part = PlannedPart { section: Section::Main, blocks: blocks.clone() };
    let plan = planned(phase(1, json!([{"session": "a", "day": "monday"}])), None).expect("a plan");
    let session = plan.sessions().next().expect("a session").clone();
    let minutes = |minutes: &str| Some(minutes.parse().expect("a time"));
    let session = PlannedSession { parts: vec![part], duration: minutes("65 min"), ..session };
    let times = ["07:00", "12:00", "19:00"].map(|time| time.parse().expect("a time"));
    assert_eq!(session.times_of_day(&times), &times[..2]);
    assert_eq!(session.times_of_day(&times[..1]), &times[..1], "as many as there are");
    assert_eq!(PlannedSession { parts: Vec::new(), ..session.clone() }.times_of_day(&times), [], "it is done once");
    let first = session.at_time_of_day(1, 2);
    assert_eq!((first.parts[0].blocks.len(), first.duration), (4, minutes("65 min")));
    let second = session.at_time_of_day(2, 2);
    let [PlannedBlock::Item(again)] = second.parts[0].blocks.as_slice() else { panic!("{:?}", second.parts) };
    assert_eq!((again.exercise.as_str(), again.dose.times_per_day), ("stretch", None));
    assert_eq!(second.duration, minutes("10 min"), "as it was reckoned");
    let day_times = times.to_vec();
    let stated = PlannedSession { duration: minutes("70 min"), day_times, ..session }.at_time_of_day(2, 2);
    assert_eq!(stated.duration, minutes("70 min"), "as somebody said");
    assert_eq!(stated.day_times, [], "it has one time of its own");
}
