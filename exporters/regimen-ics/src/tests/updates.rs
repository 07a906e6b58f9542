//! A calendar that is published again: what changed, what did not, and what readers' apps make of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, date, time};
use regimen_catalog::Severity;
use serde_json::json;

use super::checker::{Component, check};
use super::fixture::Fixture;
use super::hostile::Random;

const DAYS: [Date; 3] = [date(2027, 3, 1), date(2027, 3, 3), date(2027, 3, 29)];
const EVENING: Option<(Time, &str)> = Some((time(18, 0, 0, 0), "Europe/Berlin"));

/// The plan that was published first.
fn first() -> Fixture {
    Fixture::new(&DAYS, EVENING)
}

/// The lines of each event by its UID.
fn events(bytes: &[u8]) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(bytes).expect("UTF-8");
    let events = text.split("BEGIN:VEVENT").skip(1).map(|event| event.split("END:VEVENT").next().unwrap_or_default());
    let uid = |event: &str| event.lines().find_map(|line| line.strip_prefix("UID:")).expect("a UID").to_owned();
    events.map(|event| (uid(event), event.to_owned())).collect()
}

/// The revision of each event in the order of the file: SEQUENCE, STATUS, DTSTAMP, SUMMARY.
fn revisions(bytes: &[u8]) -> Vec<(String, String, String, String)> {
    let calendar = check(bytes);
    let value = |event: &Component, name: &str| event.value(name).to_owned();
    let revision = |event: &Component| {
        (value(event, "SEQUENCE"), value(event, "STATUS"), value(event, "DTSTAMP"), event.text("SUMMARY"))
    };
    calendar.all("VEVENT").map(revision).collect()
}

fn sequences(bytes: &[u8]) -> Vec<String> {
    revisions(bytes).into_iter().map(|revision| revision.0).collect()
}

/// The UIDs of the events that differ between two files, or are in one of them only.
fn different(before: &[u8], after: &[u8]) -> BTreeSet<String> {
    let (before, after) = (events(before), events(after));
    let uids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    uids.into_iter().filter(|uid| before.get(*uid) != after.get(*uid)).cloned().collect()
}

#[test]
fn what_did_not_change_stays_the_same_to_the_byte() {
    let before = first().bytes();
    assert_eq!(first().after(&before).bytes(), before);
    let later = first().after(&before).revised(date(2027, 2, 1)).bytes();
    assert_eq!(later, before, "a revision of something else in the catalogue changes no event");
}

#[test]
fn an_edited_session_is_one_revision_further_and_the_others_stay() {
    let before = first().bytes();
    let mut edited = first().after(&before).revised(date(2027, 2, 1));
    edited.plan.weeks[0].sessions[1].date = Some(date(2027, 3, 4));
    let after = edited.bytes();
    assert_eq!(sequences(&after), ["0", "1", "0"]);
    assert_eq!(different(&before, &after).len(), 1);
    assert_eq!(revisions(&after)[1].2, "20270201T000000Z");
    assert_eq!(edited.after(&after).bytes(), after, "and stays there");
}

#[test]
fn an_edit_is_later_than_what_was_published_even_without_a_new_date() {
    let before = first().bytes();
    let once = first().after(&before).named("Light day").bytes();
    let twice = first().after(&once).bytes();
    let stamps: Vec<_> = [&before, &once, &twice].map(|file| revisions(file)[0].2.clone()).into();
    assert_eq!(stamps, ["20270104T000000Z", "20270104T000001Z", "20270104T000002Z"]);
    assert_eq!(sequences(&twice), ["2", "2", "2"], "back where it was, and still newer");
}

#[test]
fn a_cancelled_session_keeps_its_categories() {
    let with_category = || first().with(json!({"category": "Training"}));
    let before = with_category().bytes();
    assert_eq!(with_category().after(&before).bytes(), before);
    let calendar = check(&with_category().without(1).after(&before).bytes());
    let cancelled = calendar.all("VEVENT").find(|event| event.value("STATUS") == "CANCELLED").expect("a cancelled one");
    assert_eq!(cancelled.value("CATEGORIES"), "Training,Strength");
}

#[test]
fn a_removed_session_is_cancelled_until_it_is_past() {
    let with_reminder = || first().with(json!({"reminder": "30 min"}));
    let before = with_reminder().bytes();
    let after = with_reminder().without(1).after(&before).bytes();
    let revisions = revisions(&after);
    assert_eq!(different(&before, &after).len(), 1);
    let cancelled = &revisions[2];
    assert_eq!((cancelled.0.as_str(), cancelled.1.as_str()), ("1", "CANCELLED"));
    assert_eq!(cancelled.3, "Cancelled: Heavy day 60 min, week 1 of 1");
    let file = check(&after);
    let event = file.all("VEVENT").last().expect("an event");
    assert!(event.inner.is_empty(), "nobody is reminded of what does not happen");
    assert_eq!(event.value("DTSTART"), "20270303T180000");
    assert_eq!(with_reminder().without(1).after(&after).bytes(), after, "cancelled once is enough");
    let past = with_reminder().without(1).after(&after).revised(date(2027, 3, 4)).bytes();
    assert_eq!(sequences(&past), ["0", "0"]);
    let past = with_reminder().without(0).after(&before).revised(date(2027, 3, 2)).bytes();
    assert_eq!(sequences(&past), ["0", "0"], "what took place is not cancelled afterwards");
}

#[test]
fn a_feed_leaves_out_what_is_gone() {
    let feed = || first().with(json!({"feed": true}));
    let before = feed().bytes();
    let after = feed().without(1).after(&before).bytes();
    assert_eq!(sequences(&after), ["0", "0"]);
    let kept: BTreeSet<_> = events(&after).into_values().collect();
    assert!(kept.is_subset(&events(&before).into_values().collect()));
}

#[test]
fn a_session_that_comes_back_takes_place_again() {
    let before = first().bytes();
    let without = first().without(1).after(&before).bytes();
    let back = first().after(&without).bytes();
    let revision = &revisions(&back)[1];
    assert_eq!((revision.0.as_str(), revision.1.as_str()), ("2", "CONFIRMED"));
    assert_eq!(revision.3, "Heavy day 60 min, week 1 of 1");
}

#[test]
fn a_session_that_comes_back_later_goes_on_from_its_last_revision() {
    let before = first().bytes();
    let without = first().without(0).after(&before).bytes();
    assert_eq!(sequences(&without), ["0", "0", "1"]);
    let past = first().without(0).after(&without).revised(date(2027, 3, 2)).bytes();
    assert_eq!(sequences(&past), ["0", "0"]);
    let mut again = first().after(&past);
    again.plan.weeks[0].sessions[0].date = Some(date(2027, 4, 1));
    assert_eq!(sequences(&again.bytes()), ["2", "0", "0"]);

    let feed = || first().with(json!({"feed": true}));
    let edited = feed().after(&feed().bytes()).named("Light day").bytes();
    let without = feed().without(1).named("Light day").after(&edited).bytes();
    assert_eq!(sequences(&without), ["1", "1"]);
    assert_eq!(feed().without(1).named("Light day").after(&without).bytes(), without, "and is remembered");
    assert_eq!(sequences(&feed().named("Light day").after(&without).bytes()), ["1", "2", "1"]);
}

#[test]
fn an_emptied_feed_is_not_a_missing_file() {
    let feed = |days: &[Date]| Fixture::new(days, EVENING).with(json!({"feed": true}));
    let emptied = feed(&[]).after(&feed(&DAYS).bytes()).bytes();
    assert!(revisions(&emptied).iter().all(|revision| revision.1 == "CANCELLED"));
    assert_eq!(sequences(&emptied), ["1", "1", "1"]);
}

#[test]
fn a_session_is_past_when_its_end_is() {
    let before = first().bytes();
    let left = |hour: i8| {
        let mut fixture = first().without(1).after(&before).revised(date(2027, 3, 3));
        fixture.hours = hour;
        sequences(&fixture.bytes()).len()
    };
    assert_eq!([left(0), left(17), left(18)], [3, 3, 2], "19:00 in Berlin is 18:00 in UTC");
    let days = Fixture::new(&DAYS, None).bytes();
    let left = |day: i8, hour: i8| {
        let mut fixture = Fixture::new(&DAYS, None).without(1).after(&days).revised(date(2027, 3, day));
        fixture.hours = hour;
        sequences(&fixture.bytes()).len()
    };
    assert_eq!([left(3, 23), left(4, 11), left(4, 12)], [3, 3, 2], "the day ends last at 12 hours behind");
}

#[test]
fn what_is_planned_leaves_as_much_room_for_what_is_cancelled() {
    let many = |month: i8| Fixture::new(&vec![date(2027, month, 1); 600], None);
    let before = many(3).bytes();
    let mut others = many(4).after(&before);
    for (index, session) in others.plan.weeks[0].sessions.iter_mut().enumerate() {
        session.slot = format!("other-{index}");
    }
    let after = revisions(&others.bytes());
    let cancelled = after.iter().filter(|revision| revision.1 == "CANCELLED").count();
    assert_eq!((after.len() - cancelled, cancelled), (600, 400));
}

#[test]
fn what_was_private_or_became_so_is_private_when_cancelled() {
    let before = first().with(json!({"private": true})).bytes();
    let cancelled = check(&first().without(1).after(&before).bytes());
    let event = cancelled.all("VEVENT").last().expect("an event");
    assert_eq!((event.value("CLASS"), event.text("SUMMARY").as_str()), ("PRIVATE", "Cancelled: Private appointment"));
    let open = first().without(1).after(&first().bytes()).bytes();
    let closed = first().with(json!({"private": true})).without(1).after(&open).bytes();
    let closed = check(&closed);
    assert!(closed.all("VEVENT").all(|event| event.value("CLASS") == "PRIVATE"));
    let says_more = |event: &Component| event.get("DESCRIPTION").is_some() || event.text("SUMMARY").contains("week");
    assert!(!closed.all("VEVENT").any(says_more), "what was open is closed, too");
}

#[test]
fn titles_of_what_is_cancelled_stay_titles() {
    let long = || first().named(&"Long name ".repeat(9));
    let cancelled = revisions(&long().without(1).after(&long().bytes()).bytes());
    assert!(cancelled[2].3.starts_with("Cancelled: Long name") && cancelled[2].3.chars().count() <= 80);
    let silent = json!({"cancelled-title": ""});
    let cancelled = first().without(1).in_language("en", &silent).after(&first().bytes()).bytes();
    assert_eq!(revisions(&cancelled)[2].3, "Heavy day 60 min, week 1 of 1");
}

#[test]
fn revisions_stop_at_the_greatest_number() {
    let text = String::from_utf8(first().bytes()).expect("UTF-8");
    let last = text.replace("SEQUENCE:0", "SEQUENCE:2147483647");
    assert_eq!(sequences(&first().named("Light day").after(last.as_bytes()).bytes()), ["2147483647"; 3]);
    let beyond = text.replace("SEQUENCE:0", "SEQUENCE:2147483648");
    assert_eq!(first().after(beyond.as_bytes()).export().findings[0].code, "ics/damaged-calendar");
}

#[test]
fn an_added_session_changes_no_other() {
    let before = first().without(1).bytes();
    let after = first().after(&before).bytes();
    assert_eq!(different(&before, &after).len(), 1);
    assert_eq!(sequences(&after), ["0", "0", "0"]);
}

#[test]
fn a_plan_that_moves_keeps_every_event() {
    let before = first().bytes();
    let next_week = DAYS.map(|day| day.checked_add(7.days()).expect("in range"));
    let after = Fixture::new(&next_week, EVENING).after(&before).bytes();
    assert_eq!(sequences(&after), ["1", "1", "1"]);
    assert_eq!(events(&after).into_keys().collect::<Vec<_>>(), events(&before).into_keys().collect::<Vec<_>>());
}

#[test]
fn another_language_is_a_change_of_the_same_events() {
    let before = first().bytes();
    let german = json!({"week-of": "Woche {week} von {weeks}", "cancelled-title": "Entfällt: {title}"});
    let after = first().in_language("de", &german).after(&before).bytes();
    assert_eq!(sequences(&after), ["1", "1", "1"]);
    assert_eq!(events(&after).into_keys().collect::<Vec<_>>(), events(&before).into_keys().collect::<Vec<_>>());
    let shorter = first().in_language("de", &german).without(0).after(&after).bytes();
    assert_eq!(revisions(&shorter)[2].3, "Entfällt: Heavy day 60 min, Woche 1 von 1");
}

#[test]
fn two_readers_of_one_programme_share_no_event() {
    let one = events(&first().bytes());
    let mut other = first();
    other.plan.schedule.as_mut().expect("a schedule").name = "autumn".parse().expect("a name");
    let other = events(&other.bytes());
    assert!(one.keys().all(|uid| !other.contains_key(uid)));
}

#[test]
fn cancelled_events_keep_their_hour_when_the_calendar_changes_its_zone() {
    let before = first().bytes();
    let moved = Fixture::new(&DAYS, Some((time(18, 0, 0, 0), "Australia/Adelaide"))).without(2);
    let after = check(&moved.after(&before).bytes());
    let cancelled = after.all("VEVENT").last().expect("an event");
    assert_eq!(cancelled.value("DTSTART"), "20270329T160000Z", "18:00 in Berlin, after the change of the clocks");
    assert_eq!(cancelled.value("DTEND"), "20270329T170000Z");
    let whole_days = Fixture::new(&DAYS, None).without(2).after(&before).bytes();
    let cancelled = check(&whole_days).all("VEVENT").last().map(|event| event.value("DTSTART").to_owned());
    assert_eq!(cancelled.as_deref(), Some("20270329T160000Z"));
}

#[test]
fn what_is_no_calendar_of_ours_is_left_alone() {
    let good = String::from_utf8(first().bytes()).expect("UTF-8");
    let cut = &good[..good.len() / 2];
    let (head, event) = good.split_once("BEGIN:VEVENT").expect("an event");
    let event = event.split_inclusive("END:VEVENT\r\n").next().expect("its end");
    let twice = format!("{head}BEGIN:VEVENT{event}BEGIN:VEVENT{event}END:VCALENDAR\r\n");
    let cases = [
        (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Else//EN\r\nEND:VCALENDAR\r\n".to_owned(),
            "ics/foreign-calendar",
        ),
        (good.replace("X-REGIMEN-HASH", "X-HASH"), "ics/foreign-calendar"),
        (good.replace("UID:", "UID:x"), "ics/foreign-calendar"),
        (good.replace("SEQUENCE:0", "SEQUENCE:many"), "ics/damaged-calendar"),
        (good.replace("DTSTART", "DTBEGIN"), "ics/damaged-calendar"),
        (good.replace("T190000", "T170000"), "ics/damaged-calendar"),
        (good.replace("DTEND;TZID=Europe/Berlin:20270301T190000", "DTEND;VALUE=DATE:20270302"), "ics/damaged-calendar"),
        (good.replace("SUMMARY:", &format!("SUMMARY:{}", "x".repeat(90))), "ics/damaged-calendar"),
        (twice, "ics/damaged-calendar"),
        (good.replace("BEGIN:VEVENT", "X-REGIMEN-GONE:me 1\r\nBEGIN:VEVENT"), "ics/damaged-calendar"),
        (good.replace("\r\n", "\n"), "ics/damaged-calendar"),
        (good.clone() + &good, "ics/damaged-calendar"),
        (cut.to_owned(), "ics/damaged-calendar"),
        (String::new(), "ics/damaged-calendar"),
        ("notes of mine".to_owned(), "ics/damaged-calendar"),
    ];
    for (text, code) in cases {
        let exported = first().after(text.as_bytes()).export();
        assert!(exported.files.is_empty(), "{code}");
        let finding = &exported.findings[0];
        assert_eq!((finding.code.as_ref(), finding.severity), (code, Severity::Error), "{}", finding.message);
        assert!(finding.message.contains("`spring.ics`") && finding.help.is_some(), "{finding:?}");
    }
    assert!(!first().after(&[0xff, 0xfe, 0x00]).export().findings.is_empty());
}

/// A damaged file is an error or goes on well formed; it never ends the program.
#[test]
fn no_damage_breaks_what_is_written() {
    let good = first().with(json!({"location": "Gym, 2nd floor", "reminder": "1 h"})).bytes();
    let mut random = Random(0x5eed);
    for _ in 0..400 {
        let mut bad = good.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(bad.len());
            match random.below(4) {
                0 => drop(bad.remove(at)),
                1 => bad[at] = b"\r\n:;=\"\\,Z0\x00\xff"[random.below(12)],
                2 => bad.insert(at, b' '),
                _ => bad.truncate(at),
            }
            if bad.is_empty() {
                break;
            }
        }
        let exported = first().without(0).after(&bad).export();
        if let Some((_, bytes)) = exported.files.first() {
            check(bytes);
        }
    }
}

/// What an app shows of an event: its revision, whether it takes place, and when.
type Shown = (u32, String, String);

/// The events of a calendar as an app shows them, by UID.
fn shown(bytes: &[u8]) -> BTreeMap<String, Shown> {
    let value = |event: &Component, name: &str| event.value(name).to_owned();
    let entry = |event: &Component| {
        let sequence = event.value("SEQUENCE").parse().expect("a number");
        (value(event, "UID"), (sequence, value(event, "STATUS"), value(event, "DTSTART")))
    };
    check(bytes).all("VEVENT").map(entry).collect()
}

/// Imports a file as KDE's app does, which takes an event again only if its SEQUENCE rose.
fn import(app: &mut BTreeMap<String, Shown>, bytes: &[u8]) {
    for (uid, event) in shown(bytes) {
        if app.get(&uid).is_none_or(|known| known.0 < event.0) {
            app.insert(uid, event);
        }
    }
}

fn taking_place(events: BTreeMap<String, Shown>) -> Vec<(String, Shown)> {
    events.into_iter().filter(|(_, event)| event.1 == "CONFIRMED").collect()
}

#[test]
fn whatever_happens_to_a_plan_an_app_that_imports_every_file_shows_it_once() {
    let mut random = Random(0xca1e_4da2);
    for _ in 0..20 {
        let mut app = BTreeMap::new();
        let mut published: Option<Vec<u8>> = None;
        for _ in 0..8 {
            let days = [0; 6].map(|_| date(2027, 3, 1 + i8::try_from(random.below(28)).expect("small")));
            let mut fixture = Fixture::new(&days, EVENING.filter(|_| random.below(4) > 0));
            for index in (1..6).rev() {
                fixture = if random.below(3) == 0 { fixture.without(index) } else { fixture };
            }
            let fixture = match &published {
                Some(before) => fixture.after(before),
                None => fixture,
            };
            let bytes = fixture.bytes();
            import(&mut app, &bytes);
            assert_eq!(taking_place(app.clone()), taking_place(shown(&bytes)));
            assert_eq!(taking_place(app.clone()).len(), fixture.plan.sessions().count());
            published = Some(bytes);
        }
    }
}
