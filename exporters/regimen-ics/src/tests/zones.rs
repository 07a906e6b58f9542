//! Every zone of the database, on both sides of each change of its clocks from 2026 to 2028.
//!
//! What a reader makes of our VTIMEZONE is worked out here in another way than in `zone`: the changes are
//! put on one line of UTC, and a local time is any point whose offset leads back to it.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time, Weekday, date, time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::checker::Component;
use super::fixture::Fixture;

/// The zones whose clocks change on a day that is no weekday of a month, each year.
const NO_SUCH_RULE: &[&str] = &[
    "Africa/Cairo",
    "America/Godthab",
    "America/Nuuk",
    "America/Santiago",
    "America/Scoresbysund",
    "Asia/Gaza",
    "Asia/Hebron",
    "Asia/Jerusalem",
    "Asia/Tel_Aviv",
    "Chile/Continental",
    "Egypt",
    "Israel",
];

/// The zones that left their rule, or took another, from 2024 to 2026: readers may not know yet.
const NEW_RULE: &[&str] = &[
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Asuncion",
    "America/Coyhaique",
    "America/Edmonton",
    "America/Havana",
    "America/Inuvik",
    "America/Rainy_River",
    "America/Vancouver",
    "America/Winnipeg",
    "America/Yellowknife",
    "Asia/Almaty",
    "Asia/Qostanay",
    "Canada/Central",
    "Canada/Mountain",
    "Canada/Pacific",
    "Cuba",
];

/// UTC under its names.
const UTC_ITSELF: &[&str] = &["Etc/UCT", "Etc/UTC", "Etc/Universal", "Etc/Zulu", "UCT", "UTC", "Universal", "Zulu"];

/// Changes on a line of UTC: from this second on, this offset.
fn changes(zone: &Component, until: i16) -> Vec<(i64, i64)> {
    let mut changes = Vec::new();
    for part in &zone.inner {
        let start: DateTime = part.value("DTSTART").parse().expect("a time");
        let (from, to) = (offset(part.value("TZOFFSETFROM")), offset(part.value("TZOFFSETTO")));
        let mut days = vec![start.date()];
        if let Some(rule) = part.get("RRULE") {
            days = (start.year()..=until).map(|year| yearly(&rule.value, year)).collect();
            assert_eq!(days[0], start.date(), "DTSTART is the first of the rule's days");
        }
        changes.extend(days.iter().map(|day| (seconds(day.to_datetime(start.time())) - from, to)));
    }
    changes.sort_unstable();
    changes
}

fn seconds(local: DateTime) -> i64 {
    local.to_zoned(TimeZone::UTC).expect("in range").timestamp().as_second()
}

fn offset(text: &str) -> i64 {
    let number = |range: std::ops::Range<usize>| text[range].parse::<i64>().expect("digits");
    let seconds = number(1..3) * 3600 + number(3..5) * 60;
    if text.starts_with('-') { -seconds } else { seconds }
}

/// The day that `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU` names, by counting through the month.
fn yearly(rule: &str, year: i16) -> Date {
    let rest = rule.strip_prefix("FREQ=YEARLY;BYMONTH=").expect("yearly");
    let (month, day) = rest.split_once(";BYDAY=").expect("a weekday");
    let (nth, name) = day.split_at(day.len() - 2);
    let names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let index = names.iter().position(|known| *known == name).expect("a weekday");
    let weekday = Weekday::from_monday_zero_offset(i8::try_from(index).expect("small")).expect("a weekday");
    let first = date(year, month.parse().expect("a month"), 1);
    let days: Vec<_> = first
        .series(1.day())
        .take_while(|day| day.month() == first.month())
        .filter(|day| day.weekday() == weekday)
        .collect();
    match nth.parse::<usize>() {
        Ok(nth) => days[nth - 1],
        Err(_) => *days.last().expect("a day"),
    }
}

/// The point of time that a reader of these changes takes a local time for: the first that leads back to it.
fn read(changes: &[(i64, i64)], local: DateTime) -> Option<Timestamp> {
    let local = seconds(local);
    let mut offsets: Vec<_> = changes.iter().map(|change| change.1).collect();
    offsets.sort_unstable();
    offsets.dedup();
    let leads_back =
        |at: &i64| changes.iter().rev().find(|change| change.0 <= *at).is_some_and(|change| at + change.1 == local);
    let instant = offsets.iter().map(|offset| local - offset).filter(leads_back).min()?;
    Timestamp::from_second(instant).ok()
}

fn moment(event: &Component, name: &str, changes: &[(i64, i64)]) -> Timestamp {
    let value = event.value(name);
    match value.strip_suffix('Z') {
        Some(utc) => Timestamp::from_second(seconds(utc.parse().expect("a time"))).expect("in range"),
        None => read(changes, value.parse().expect("a time")).unwrap_or_else(|| panic!("{value} does not happen")),
    }
}

/// The days around every change of the clocks, and the middle of each quarter.
fn days(clocks: &TimeZone) -> Vec<Date> {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    let end: Timestamp = "2029-01-01T00:00:00Z".parse().expect("a time");
    let changes = clocks.following(start).map(|change| change.timestamp()).take_while(|change| *change < end);
    let around = changes.flat_map(|change| {
        let day = clocks.to_datetime(change).date();
        [-1, 0, 1].map(|distance: i32| day.checked_add(distance.days()).expect("in range"))
    });
    let quarters = (2026..2029).flat_map(|year| [2, 5, 8, 11].map(|month| date(year, month, 15)));
    let mut days: Vec<_> = around.chain(quarters).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// Exports sessions in a zone and compares every start and end with the tz data; says whether UTC was chosen.
fn check_zone(name: &str, clocks: &TimeZone, at: Time) -> bool {
    let days = days(clocks);
    let calendar = Fixture::new(&days, Some((at, name))).lasting("90 min").checked();
    let described = calendar.all("VTIMEZONE").next();
    let changes = described.map(|zone| changes(zone, 2029)).unwrap_or_default();
    for (event, day) in calendar.all("VEVENT").zip(&days) {
        let start = clocks.to_ambiguous_timestamp(day.to_datetime(at)).compatible().expect("in range");
        assert_eq!(moment(event, "DTSTART", &changes), start, "{name} {day} {at}");
        let end = start + SignedDuration::from_mins(90);
        assert_eq!(moment(event, "DTEND", &changes), end, "{name} {day} {at}");
    }
    described.is_none()
}

#[test]
fn every_zone_is_right_on_both_sides_of_each_change() {
    // The bundled database, found through jiff's own door rather than ours.
    let database = TimeZoneDatabase::bundled();
    let (mut in_utc, mut seen) = (Vec::new(), BTreeSet::new());
    // `Factory` is the zone of a computer that was never told where it is.
    for name in database.available().filter(|name| name.as_str() != "Factory") {
        let name = name.as_str();
        let clocks = database.get(name).expect(name);
        if check_zone(name, &clocks, time(12, 0, 0, 0)) {
            in_utc.push(name.to_owned());
        }
        // Many names share their clocks; the small hours of one of them speak for all.
        if seen.insert(history(&clocks)) {
            for at in [time(0, 30, 0, 0), time(2, 30, 0, 0), time(23, 15, 0, 0)] {
                check_zone(name, &clocks, at);
            }
        }
    }
    in_utc.sort_unstable();
    let mut expected = [NO_SUCH_RULE, NEW_RULE, UTC_ITSELF].concat();
    expected.sort_unstable();
    assert_eq!(in_utc, expected);
}

/// The offsets of a zone's clocks from 2026 on, each with the time from which it holds.
fn history(clocks: &TimeZone) -> Vec<(i64, i32)> {
    let start: Timestamp = "2026-01-01T00:00:00Z".parse().expect("a time");
    let changes = clocks.following(start).take(8);
    let changes = changes.map(|change| (change.timestamp().as_second(), change.offset().seconds()));
    std::iter::once((0, clocks.to_offset(start).seconds())).chain(changes).collect()
}
