//! What the exporter makes of a plan, and what it refuses.

use jiff::civil::{Date, date, time};
use regimen_catalog::Severity;
use regimen_catalog::plan::LeftOut;
use regimen_catalog::quantity::TimeUnit;
use regimen_catalog::vocabulary::SessionKind;
use regimen_export::Options;
use serde_json::json;

use super::fixture::Fixture;

const MONDAY: Date = date(2027, 1, 4);

fn two_days() -> [Date; 2] {
    [MONDAY, date(2027, 1, 7)]
}

#[test]
fn without_a_time_sessions_are_whole_days_that_stay_free() {
    let calendar = Fixture::new(&two_days(), None).checked();
    let event = calendar.all("VEVENT").next().expect("an event");
    assert_eq!((event.value("DTSTART"), event.value("DTEND")), ("20270104", "20270105"));
    assert_eq!(event.text("SUMMARY"), "Heavy day 60 min, week 1 of 1");
    assert_eq!(event.text("CATEGORIES"), "Strength");
    assert!(event.text("DESCRIPTION").starts_with("Strong, and well: Heavy day\nWeek 1 of 1, Base, 60 min"));
    assert_eq!(event.value("DTSTAMP"), "20270104T000000Z");
    assert_eq!(calendar.value("NAME"), "Strong and well");
    assert_eq!(calendar.value("PRODID"), "-//Regimen//Regimen 0.1.0//EN");
    assert!(event.get("CLASS").is_none() && event.inner.is_empty() && calendar.get("COLOR").is_none());
}

#[test]
fn with_a_time_sessions_name_their_zone() {
    let fixture = Fixture::new(&two_days(), Some((time(18, 0, 0, 0), "europe/berlin"))).lasting("45-50.5 min");
    assert_eq!(fixture.export().files[0].0, "spring.ics");
    let calendar = fixture.checked();
    let event = calendar.all("VEVENT").next().expect("an event");
    let start = event.get("DTSTART").expect("a start");
    assert_eq!((start.params.as_str(), start.value.as_str()), ("TZID=Europe/Berlin", "20270104T180000"));
    assert_eq!(event.value("DTEND"), "20270104T185100", "the longest, in whole minutes");
    assert_eq!(calendar.value("X-WR-TIMEZONE"), "Europe/Berlin");
}

#[test]
fn sessions_around_midnight_keep_their_days() {
    for (at, start, end) in [
        (time(0, 30, 0, 0), "20270104T003000", "20270104T013000"),
        (time(23, 30, 0, 0), "20270104T233000", "20270105T003000"),
    ] {
        let calendar = Fixture::new(&[MONDAY], Some((at, "Asia/Kolkata"))).checked();
        let event = calendar.all("VEVENT").next().expect("an event");
        assert_eq!((event.value("DTSTART"), event.value("DTEND")), (start, end));
        assert!(calendar.get("NAME").is_none(), "a single event");
    }
}

#[test]
fn utc_needs_no_description() {
    let calendar = Fixture::new(&[MONDAY], Some((time(18, 0, 0, 0), "UTC"))).checked();
    assert_eq!(calendar.all("VEVENT").next().expect("an event").value("DTSTART"), "20270104T180000Z");
}

#[test]
fn rest_days_are_whole_days() {
    let mut fixture = Fixture::new(&two_days(), Some((time(18, 0, 0, 0), "Europe/Berlin")));
    fixture.plan.weeks[0].sessions[1].duration = Some("0 min".parse().expect("a duration"));
    let calendar = fixture.checked();
    let starts: Vec<_> = calendar.all("VEVENT").map(|event| event.value("DTSTART")).collect();
    assert_eq!(starts, ["20270104T180000", "20270107"]);
}

#[test]
fn a_rest_has_no_hour_and_no_reminder_and_keeps_its_length() {
    use regimen_catalog::vocabulary::SessionKind;
    let mut fixture = Fixture::new(&[MONDAY, date(2027, 1, 7), date(2027, 1, 9)], Some((time(18, 0, 0, 0), "UTC")));
    fixture.options = json!({"reminder": "1 h"});
    let week = &mut fixture.plan.weeks[0];
    (week.sessions[1].kind, week.sessions[2].kind) = (SessionKind::Rest, SessionKind::Race);
    (week.sessions[1].at, week.sessions[2].at) = (None, None);
    fixture.plan.schedule.as_mut().expect("a schedule").length = "30 min".parse().ok();
    let calendar = fixture.checked();
    let said: Vec<_> = calendar.all("VEVENT").map(|event| (event.value("DTEND"), event.inner.len())).collect();
    assert_eq!(said, [("20270104T183000Z", 1), ("20270108", 0), ("20270110", 1)], "a race says its hour itself");
    fixture.plan.schedule.as_mut().expect("a schedule").length = "337 h".parse().ok();
    let finding = &fixture.export().findings[0];
    assert!(finding.help.as_deref().is_some_and(|help| help.contains("`length`")), "{finding:?}");
}

#[test]
fn what_is_just_possible_is_written() {
    let two_weeks = Fixture::new(&[MONDAY], Some((time(18, 0, 0, 0), "UTC"))).lasting("336 h");
    assert_eq!(two_weeks.checked().all("VEVENT").next().expect("an event").value("DTEND"), "20270118T180000Z");
    let refused = |fixture: Fixture| fixture.export().findings.first().map(|finding| finding.code.to_string());
    let more = Fixture::new(&[MONDAY], Some((time(18, 0, 0, 0), "UTC"))).lasting("337 h");
    assert_eq!(refused(more).as_deref(), Some("ics/session-length"));
    let first = Fixture::new(&[date(1, 1, 1)], Some((time(0, 10, 0, 0), "Asia/Tokyo")));
    assert_eq!(refused(first).as_deref(), Some("ics/beyond-calendar"), "that is still the year before in UTC");
    assert_eq!(refused(Fixture::new(&[date(1, 1, 1)], None)), None);
    assert_eq!(refused(Fixture::new(&[date(9998, 12, 31)], None)), None);
    assert_eq!(refused(Fixture::new(&[date(9999, 1, 1)], None)).as_deref(), Some("ics/beyond-calendar"));
}

#[test]
fn clock_changes_give_a_right_time_and_a_warning() {
    let days = [date(2027, 3, 27), date(2027, 3, 28)];
    let fixture = Fixture::new(&days, Some((time(2, 30, 0, 0), "Europe/Berlin")));
    let starts: Vec<_> = fixture.checked().all("VEVENT").map(|event| event.value("DTSTART").to_owned()).collect();
    assert_eq!(starts, ["20270327T023000", "20270328T033000"]);
    let findings = fixture.export().findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].message,
        "session w1-s1 on 2027-03-28: the clocks of Europe/Berlin skip 02:30 that day, so the calendar says 03:30"
    );
    assert_eq!(findings[0].severity, Severity::Warning);

    let fixture = Fixture::new(&[date(2027, 10, 31)], Some((time(2, 30, 0, 0), "Europe/Berlin")));
    let calendar = fixture.checked();
    let event = calendar.all("VEVENT").next().expect("an event");
    // Readers disagree about which 02:30 is meant, so only UTC says it.
    assert_eq!((event.value("DTSTART"), event.value("DTEND")), ("20271031T003000Z", "20271031T013000Z"));
    assert!(
        fixture.export().findings[0].message.contains("show 02:30 twice that day, and the calendar means the first")
    );
}

#[test]
fn a_time_that_the_clocks_skip_is_no_other_sessions() {
    let mut fixture = Fixture::new(&[date(2027, 3, 28); 3], Some((time(2, 30, 0, 0), "Europe/Berlin")));
    let hours = [time(2, 30, 0, 0), time(3, 30, 0, 0), time(4, 30, 0, 0)];
    for (session, hour) in fixture.plan.weeks[0].sessions.iter_mut().zip(hours) {
        session.at = Some(hour);
    }
    let starts = |fixture: &Fixture| -> Vec<String> {
        fixture.checked().all("VEVENT").map(|event| event.value("DTSTART").to_owned()).collect()
    };
    assert_eq!(
        starts(&fixture),
        ["20270328T033000", "20270328T043000", "20270328T053000"],
        "each follows the one before"
    );
    let said: Vec<String> = fixture.export().findings.into_iter().map(|finding| finding.message).collect();
    assert_eq!(said.len(), 3, "{said:?}");
    assert!(
        said[0].contains("it follows session w1-s0") && said[0].ends_with("so the calendar says 04:30"),
        "{said:?}"
    );
    // A session that does not follow it keeps its time.
    fixture.plan.weeks[0].sessions[0].duration = Some(TimeUnit::Minute.amount(30));
    assert_eq!(starts(&fixture), ["20270328T053000", "20270328T033000", "20270328T043000"]);
    let findings = fixture.export().findings;
    assert!(findings.len() == 1 && findings[0].message.ends_with("so the calendar says 05:30"), "{findings:?}");
}

#[test]
fn floating_times_are_written_only_when_asked_for() {
    let fixture = Fixture::new(&two_days(), Some((time(18, 0, 0, 0), "Europe/Berlin"))).with(json!({"floating": true}));
    let calendar = fixture.checked();
    assert_eq!(calendar.all("VEVENT").next().expect("an event").value("DTSTART"), "20270104T180000");
    assert_eq!((calendar.all("VTIMEZONE").count(), calendar.get("X-WR-TIMEZONE")), (0, None));
}

#[test]
fn options_show() {
    let options = json!({
        "reminder": "1 h", "colour": "Teal", "location": "Gym, ground floor",
        "url": "https://example.org/plan?a,b;c", "category": "Training",
    });
    let calendar = Fixture::new(&two_days(), None).with(options).checked();
    assert_eq!(calendar.value("COLOR"), "teal");
    let event = calendar.all("VEVENT").next().expect("an event");
    assert_eq!(event.inner[0].value("TRIGGER"), "-PT60M");
    assert_eq!(event.text("LOCATION"), "Gym, ground floor");
    assert_eq!(event.value("CATEGORIES"), "Training,Strength");
    assert_eq!(event.value("URL"), "https://example.org/plan?a,b;c");
    assert!(event.text("DESCRIPTION").ends_with("\n\nhttps://example.org/plan?a,b;c"));
}

/// The text beside a calendar.
fn text(fixture: &Fixture) -> String {
    let exported = fixture.export();
    let (name, bytes) = &exported.files[1];
    assert_eq!(name, "spring.txt");
    String::from_utf8(bytes.clone()).expect("UTF-8")
}

#[test]
fn the_text_beside_a_calendar_says_how_to_import_it() {
    let text = text(&Fixture::new(&two_days(), None));
    assert!(
        text.starts_with("Strong, and well\n\nIn your calendar\n\nThe file spring.ics holds every session."),
        "{text}"
    );
    assert!(text.contains("\nGoogle Calendar: On the web"), "{text}");
    assert!(text.contains("\n\nWhen the plan changes, import the new file into the same calendar."), "{text}");
    assert!(text.ends_with(".\n") && !text.contains('\r') && !text.contains("\n\n\n"), "{text}");
    assert!(!text.contains("webcal") && !text.contains("Subscri"), "{text}");
}

#[test]
fn the_text_beside_a_calendar_on_the_web_says_how_to_subscribe() {
    let text = text(&Fixture::new(&two_days(), None).with(json!({"address": "https://club.example/calendars/"})));
    assert!(text.contains("\nAddress: https://club.example/calendars/spring.ics\n"), "{text}");
    assert!(text.contains("\nAs a link: webcal://club.example/calendars/spring.ics\n"), "{text}");
    assert!(text.contains("\nOutlook (new, web): Add calendar > Subscribe from web.\n"), "{text}");
    assert!(text.contains("\n\nWhen the plan changes, there is nothing to do;"), "{text}");
}

#[test]
fn wrong_options_are_refused() {
    let cases = [
        (json!({"color": "teal"}), "there is no option `color`; did you mean `colour`?"),
        (json!({"colour": "teel"}), "did you mean `teal`?"),
        (json!({"reminder": "10-20 min"}), "such as `30 min`"),
        (json!({"reminder": "90 s"}), "such as `30 min`"),
        (json!({"reminder": "673 h"}), "at most 672 h"),
        (json!({"url": "javascript:alert(1)"}), "is not an address"),
        (json!({"location": "x".repeat(201)}), "at most 200 characters"),
        (json!({"location": " "}), "such as `Club house, gym`"),
        (json!({"private": "yes"}), "`true` or `false`"),
        (json!({"category": " ,; "}), "such as `Training`"),
        (json!({"address": "club.example/calendars"}), "such as `https://club.example/calendars/`"),
    ];
    for (options, said) in cases {
        let bad = (crate::PLUGIN.open)(&Options::new(options.clone())).err().expect("refused");
        assert!(bad.0[0].to_string().contains(said), "{options}: {}", bad.0[0]);
    }
}

#[test]
fn a_plan_without_a_schedule_has_no_calendar() {
    let mut fixture = Fixture::new(&two_days(), None);
    fixture.plan.schedule = None;
    let exported = fixture.export();
    assert!(exported.files.is_empty());
    assert_eq!(exported.findings[0].severity, Severity::Info);
    assert!(
        exported.findings[0]
            .help
            .as_deref()
            .is_some_and(|help| help.contains("schedules:") && help.contains("--start"))
    );
}

#[test]
fn a_plan_without_sessions_has_no_calendar() {
    let exported = Fixture::new(&[], None).export();
    assert!(exported.files.is_empty());
    assert_eq!(
        (exported.findings[0].code.as_ref(), exported.findings[0].severity),
        ("ics/no-sessions", Severity::Warning)
    );
    let published = Fixture::new(&two_days(), None).bytes();
    let emptied = Fixture::new(&[], None).after(&published).export();
    assert!(!emptied.files.is_empty(), "what is cancelled is a calendar");
    assert_eq!(emptied.findings[0].message, "spring: 2 cancelled");
}

#[test]
fn a_reader_who_leaves_out_everything_is_told_where() {
    let mut fixture = Fixture::new(&[], None);
    fixture.plan.left_out.push(LeftOut {
        slot: "w1-easy".into(),
        week: 1,
        session: "easy".parse().expect("an id"),
        kind: SessionKind::Run,
        date: MONDAY,
        paused: false,
    });
    let finding = &fixture.export().findings[0];
    assert_eq!(finding.message, "`changes` leaves out all sessions, so schedule spring has no calendar");
    assert_eq!(finding.labels[0].place.file.to_string(), "regimen.yaml");
}

#[test]
fn a_session_that_is_too_long_is_said_once() {
    let exported = Fixture::new(&vec![MONDAY; 300], None).lasting("400 h").export();
    assert_eq!(exported.findings.len(), 1);
    assert!(exported.findings[0].message.ends_with("; so it is with 299 more sessions"), "{:?}", exported.findings);
}

#[test]
fn what_no_calendar_can_hold_is_an_error_with_a_way_out() {
    let at = Some((time(18, 0, 0, 0), "Europe/Berlni"));
    let many = Fixture::new(&vec![MONDAY; 6001], None);
    let mut twice = Fixture::new(&two_days(), None);
    twice.plan.weeks[0].sessions[1].slot = "w1-s0".into();
    let cases = [
        (Fixture::new(&two_days(), at), "ics/unknown-time-zone", "did you mean `Europe/Berlin`?"),
        (many, "ics/too-large", "split"),
        (twice, "ics/repeated-slot", "slot:"),
        (Fixture::new(&[Date::MAX], None), "ics/beyond-calendar", "a year"),
        (Fixture::new(&[Date::MIN], Some((time(0, 0, 0, 0), "UTC"))), "ics/beyond-calendar", "a year"),
        (Fixture::new(&[MONDAY], None).lasting("400 h"), "ics/session-length", "14 days"),
    ];
    for (fixture, code, help) in cases {
        let exported = fixture.export();
        assert!(exported.files.is_empty(), "{code}");
        let finding = &exported.findings[0];
        assert_eq!((finding.code.as_ref(), finding.severity), (code, Severity::Error));
        assert!(finding.help.as_deref().is_some_and(|said| said.contains(help)), "{finding:?}");
    }
}

#[test]
fn identity_outlives_edits_and_the_hash_tells_of_them() {
    let read = |fixture: Fixture| {
        let calendar = fixture.checked();
        let event = calendar.all("VEVENT").next().expect("an event");
        (event.value("UID").to_owned(), event.value("X-REGIMEN-HASH").to_owned())
    };
    let (uid, hash) = read(Fixture::new(&[MONDAY], None));
    assert_eq!(read(Fixture::new(&[MONDAY], None)), (uid.clone(), hash.clone()), "nothing changed");
    let edits = [
        Fixture::new(&[date(2027, 1, 5)], None),
        Fixture::new(&[MONDAY], Some((time(18, 0, 0, 0), "Europe/Berlin"))),
        Fixture::new(&[MONDAY], None).named("Light day"),
        Fixture::new(&[MONDAY], None).with(json!({"reminder": "30 min"})),
    ];
    for edit in edits {
        let edited = read(edit);
        assert_eq!(edited.0, uid);
        assert_ne!(edited.1, hash);
    }
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    let bytes = || Fixture::new(&two_days(), Some((time(7, 0, 0, 0), "America/St_Johns"))).export().files;
    assert_eq!(bytes(), bytes());
}
