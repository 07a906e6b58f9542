//! Calendars for some readers only, in several files, under another name, and what a build does to those who have them.

use jiff::civil::{Date, date, time};
use regimen_catalog::Severity;
use regimen_catalog::vocabulary::SessionKind;
use serde_json::json;

use super::checker::{self, Component};
use super::fixture::{Exported, Fixture};

const DAYS: [Date; 3] = [date(2027, 3, 1), date(2027, 3, 3), date(2027, 3, 5)];

fn private() -> Fixture {
    let options = json!({
        "private": true, "colour": "teal", "location": "Knee clinic", "url": "https://example.org/knee",
        "category": "Rehab", "reminder": "30 min",
    });
    Fixture::new(&DAYS, Some((time(18, 0, 0, 0), "Europe/Berlin"))).with(options)
}

fn calendar(exported: &Exported, path: &str) -> Component {
    let (_, bytes) = exported.files.iter().find(|(name, _)| name == path).expect(path);
    checker::check(bytes)
}

fn uids(calendar: &Component) -> Vec<String> {
    calendar.all("VEVENT").map(|event| event.value("UID").to_owned()).collect()
}

fn sequences(calendar: &Component) -> Vec<&str> {
    calendar.all("VEVENT").map(|event| event.value("SEQUENCE")).collect()
}

#[test]
fn a_private_calendar_says_only_when_and_another_one_says_everything() {
    let exported = private().export();
    let names: Vec<&str> = exported.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["spring.ics", "spring.txt", "private/spring.ics", "private/spring.txt"]);
    let (open, closed) = (calendar(&exported, "private/spring.ics"), calendar(&exported, "spring.ics"));
    for event in closed.all("VEVENT") {
        assert_eq!((event.text("SUMMARY").as_str(), event.value("CLASS")), ("Private appointment", "PRIVATE"));
        let silent = ["DESCRIPTION", "CATEGORIES", "LOCATION", "URL"];
        assert!(silent.iter().all(|name| event.get(name).is_none()));
        assert_eq!(event.inner[0].text("DESCRIPTION"), "Private appointment");
    }
    assert_eq!((closed.value("NAME"), closed.get("COLOR")), ("Private appointment", None));
    for (name, bytes) in &exported.files[..2] {
        let text = String::from_utf8_lossy(bytes).replace("\r\n ", "");
        assert!(!["Strong", "Heavy", "nee", "Rehab"].iter().any(|word| text.contains(word)), "{name}: {text}");
    }
    let event = open.all("VEVENT").next().expect("an event");
    assert_eq!((event.text("SUMMARY").as_str(), event.value("CLASS")), ("Heavy day 60 min, week 1 of 1", "PRIVATE"));
    assert_eq!((event.text("LOCATION").as_str(), open.value("COLOR")), ("Knee clinic", "teal"));
    let both = [uids(&open), uids(&closed)].concat();
    assert_eq!(both.iter().collect::<std::collections::BTreeSet<_>>().len(), 6, "one app may have both");
}

#[test]
fn both_calendars_go_on_from_their_own() {
    let first = private().export();
    let again = private().after_all(&first.files).export();
    assert!(again.files == first.files && again.findings.is_empty());
    let mut changed = private().named("Light day").after_all(&first.files);
    changed.plan.weeks[0].sessions[2].date = Some(date(2027, 3, 6));
    let changed = changed.export();
    assert_eq!(sequences(&calendar(&changed, "spring.ics")), ["0", "0", "1"], "a name is no news to others");
    assert_eq!(sequences(&calendar(&changed, "private/spring.ics")), ["1", "1", "1"]);
    let said: Vec<&str> = changed.findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["spring: 1 moved, 2 as before", "private/spring: 1 moved, 2 changed"]);
}

#[test]
fn rests_are_left_out_of_the_calendar_alone() {
    let with = |options| {
        let mut fixture = Fixture::new(&DAYS, Some((time(18, 0, 0, 0), "UTC"))).with(options);
        fixture.plan.weeks[0].sessions[1].kind = SessionKind::Rest;
        calendar(&fixture.export(), "spring.ics").all("VEVENT").count()
    };
    assert_eq!([with(json!({})), with(json!({"rests": true})), with(json!({"rests": false}))], [3, 3, 2]);
    assert_eq!(with(json!({"private": true})), 2, "a rest is no appointment");
}

#[test]
fn a_whole_day_covers_its_days() {
    for (duration, end) in [("30 h", "20270303"), ("24 h", "20270302"), ("24.1 h", "20270303"), ("1 h", "20270302")] {
        let calendar = Fixture::new(&DAYS[..1], None).lasting(duration).checked();
        let event = calendar.all("VEVENT").next().expect("an event");
        assert_eq!((event.value("DTSTART"), event.value("DTEND")), ("20270301", end), "{duration}");
    }
}

#[test]
fn a_race_has_the_hour_that_it_is_given_and_no_other() {
    let race = |race_at: Option<&str>, days: usize| {
        let mut fixture = Fixture::new(&DAYS, Some((time(18, 0, 0, 0), "Europe/Berlin"))).lasting("4 h");
        let session = &mut fixture.plan.weeks[0].sessions[2];
        session.kind = SessionKind::Race;
        session.at = race_at.filter(|_| days == 2).map(|_| time(9, 30, 0, 0));
        let schedule = fixture.plan.schedule.as_mut().expect("a schedule");
        schedule.race = Some(DAYS[days]);
        schedule.race_at = race_at.map(|zone| (time(9, 30, 0, 0), zone.to_owned()));
        let calendar = fixture.checked();
        let event = calendar.all("VEVENT").nth(2).expect("an event");
        (event.value("DTSTART").to_owned(), event.value("DTEND").to_owned())
    };
    assert_eq!(race(None, 2), ("20270305".into(), "20270306".into()));
    assert_eq!(race(Some("Europe/Berlin"), 2), ("20270305T093000".into(), "20270305T133000".into()));
    assert_eq!(race(Some("Europe/Berlin"), 1), ("20270305".into(), "20270306".into()), "another race");
}

#[test]
fn reminders_come_before_and_at_times_of_day() {
    let triggers = |at: Option<(jiff::civil::Time, &str)>, day: Date, options: serde_json::Value| {
        let calendar = Fixture::new(&[day], at).with(options).checked();
        let event = calendar.all("VEVENT").next().expect("an event");
        event.inner.iter().map(|alarm| alarm.value("TRIGGER").to_owned()).collect::<Vec<_>>()
    };
    let list = || json!({"reminder": ["1 d", "18:00 the day before", "07:00", "07:00"]});
    assert_eq!(triggers(None, DAYS[0], list()), ["-PT1440M", "-PT360M", "PT420M"]);
    let evening = Some((time(18, 30, 0, 0), "Europe/Berlin"));
    assert_eq!(triggers(evening, DAYS[0], list()), ["-PT1440M", "-PT1470M", "-PT690M"]);
    let early = Some((time(6, 0, 0, 0), "Europe/Berlin"));
    assert_eq!(triggers(early, DAYS[0], json!({"reminder": "07:00"})), [""; 0], "it has begun");
    let late = Fixture::new(&DAYS[..2], early).with(json!({"reminder": ["07:00", "30 min"]})).export();
    let said: Vec<(&str, &str)> = late.findings.iter().map(|one| (&*one.code, one.message.as_str())).collect();
    let message = "a reminder at a time of day comes after the start of 2 sessions, from w1-s0 on, and is left out";
    assert_eq!(said, [("ics/late-reminder", message)]);
    let sunday = Some((time(18, 0, 0, 0), "Europe/Berlin"));
    let eve = json!({"reminder": ["18:00 the day before"]});
    assert_eq!(triggers(sunday, date(2027, 3, 28), eve), ["-PT1380M"], "the clocks jump in between");
}

#[test]
fn a_calendar_too_large_for_one_file_is_in_several() {
    let many = |count: usize| Fixture::new(&vec![DAYS[0]; count], None);
    let exported = many(1001).export();
    let names: Vec<&str> = exported.files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["spring.ics", "spring.2.ics", "spring.txt"]);
    assert_eq!((exported.findings.len(), exported.findings[0].severity), (1, Severity::Info));
    let parts = ["spring.ics", "spring.2.ics"].map(|name| calendar(&exported, name));
    assert_eq!(parts.each_ref().map(|part| part.all("VEVENT").count()), [1000, 1]);
    let help = String::from_utf8_lossy(&exported.files[2].1).into_owned();
    assert!(help.contains("The files spring.ics + spring.2.ics hold every session"), "{help}");
    // The last of the first file is gone: the one of the second file moves there, and stays what it is.
    let fewer = many(1001).without(999).after_all(&exported.files).export();
    assert!(fewer.findings.iter().any(|finding| finding.message == "spring: 1 cancelled, 1000 as before"));
    let joined: Vec<String> =
        ["spring.ics", "spring.2.ics"].iter().flat_map(|name| uids(&calendar(&fewer, name))).collect();
    assert_eq!(joined.len(), 1001, "with the cancelled one");
    assert!(calendar(&fewer, "spring.ics").all("VEVENT").all(|event| event.value("SEQUENCE") == "0"));
    let again = many(1001).after_all(&exported.files).export();
    assert!(again.files == exported.files);
}

#[test]
fn long_descriptions_make_several_files_too() {
    let lines: Vec<String> = (0..30).map(|number| format!("{number} {}", "word ".repeat(25))).collect();
    let exported = Fixture::new(&vec![DAYS[0]; 300], None).saying(&lines).export();
    let calendars: Vec<&Vec<u8>> =
        exported.files.iter().filter(|(name, _)| name.ends_with(".ics")).map(|(_, bytes)| bytes).collect();
    assert_eq!(calendars.len(), 2);
    let events: usize = calendars.iter().map(|bytes| checker::check(bytes).all("VEVENT").count()).sum();
    assert_eq!(events, 300);
}

#[test]
fn a_renamed_schedule_keeps_its_events() {
    let renamed = |formerly: &[&str]| {
        let mut fixture = Fixture::new(&DAYS, None);
        let schedule = fixture.plan.schedule.as_mut().expect("a schedule");
        schedule.name = "summer".parse().expect("a name");
        schedule.formerly = formerly.iter().map(|name| name.parse().expect("a name")).collect();
        fixture
    };
    let before = Fixture::new(&DAYS, None).export();
    let old = calendar(&before, "spring.ics");
    assert_ne!(uids(&calendar(&renamed(&[]).export(), "summer.ics")), uids(&old));
    let after = renamed(&["spring"]).after_all(&before.files).export();
    assert_eq!(uids(&calendar(&after, "summer.ics")), uids(&old));
    assert!(after.findings.is_empty() && after.files[0].1 == before.files[0].1);
    let again = renamed(&["spring", "late-spring"]).after_all(&before.files).export();
    assert_eq!(uids(&calendar(&again, "summer.ics")), uids(&old), "the first name counts");
}

#[test]
fn as_many_gone_as_new_is_answered_with_the_old_names() {
    let before = Fixture::new(&DAYS, None).export();
    let mut other = Fixture::new(&DAYS, None).after_all(&before.files);
    for session in &mut other.plan.weeks[0].sessions[1..] {
        session.slot.push_str("-b");
    }
    let said = other.export().findings.remove(0);
    assert_eq!(
        (said.code.as_ref(), said.message.as_str()),
        ("ics/changes", "spring: 2 added, 2 cancelled, 1 as before")
    );
    assert!(said.help.is_some_and(|help| help.contains("`formerly`")));
}
