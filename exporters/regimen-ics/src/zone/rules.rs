//! A zone as a calendar describes it (VTIMEZONE, RFC 5545 §3.6.5): one standard time and at most one
//! daylight time, each beginning on a weekday of a month, every year. Outlook reads nothing else.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::posix::{Change, Day, Posix, Side};

/// The first year of the rules. Its changes are what every rule is counted from.
const FIRST_YEAR: i16 = 1970;

/// Standard time and daylight time of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rules {
    /// The one with the clocks further back; all year if there is no other.
    pub(crate) standard: Observance,
    /// The one with the clocks further ahead.
    pub(crate) daylight: Option<Observance>,
}

/// A time that clocks show for a part of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Observance {
    /// Its abbreviation.
    pub(crate) name: String,
    /// The offset before it begins, in seconds east of Greenwich.
    pub(crate) from: i32,
    /// The offset while it lasts.
    pub(crate) to: i32,
    /// When it begins each year; `None` if it never changes.
    pub(crate) yearly: Option<Yearly>,
}

/// A weekday of a month, every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Yearly {
    month: i8,
    /// 1 to 4, or -1 for the last.
    nth: i8,
    weekday: Weekday,
    time: Time,
}

impl Rules {
    /// The rules that say the same as the zone's own, if there are any.
    ///
    /// "24 o'clock on the first Saturday" has none: it is not always the first Sunday. Nor has a day that is
    /// counted from the start of the year. A nearly right rule would hold in most years, but the file would
    /// claim it for all of them.
    pub(super) fn from_posix(posix: &Posix) -> Option<Self> {
        let Some(other) = &posix.other else {
            return Some(Self { standard: observance(posix.standard.offset, &posix.standard, None), daylight: None });
        };
        let usual = observance(other.side.offset, &posix.standard, Some(yearly(other.ends)?));
        let other = observance(posix.standard.offset, &other.side, Some(yearly(other.begins)?));
        // In a zone that calls its winter time the exception, the exception is still standard time to a calendar.
        let (standard, daylight) = if other.to > usual.to { (usual, other) } else { (other, usual) };
        Some(Self { standard, daylight: Some(daylight) })
    }

    /// The offset that readers of these rules arrive at for a time on the zone's clocks: that of the last
    /// observance that began, counted by the clocks before its change. A time that comes twice is the first
    /// (RFC 5545 §3.3.5).
    pub(super) fn offset_at(&self, local: DateTime) -> Option<i32> {
        let begun = |observance: &Observance| {
            let last = observance.onset(local.year()).filter(|onset| *onset <= local);
            Some((last.or_else(|| observance.onset(local.year() - 1))?, observance.to))
        };
        [begun(&self.standard), self.daylight.as_ref().and_then(begun)]
            .into_iter()
            .flatten()
            .filter(|(onset, _)| *onset <= local)
            .max_by_key(|(onset, _)| *onset)
            .map(|(_, offset)| offset)
    }
}

impl Observance {
    /// When it first begins, by the clocks before.
    pub(crate) fn first_onset(&self) -> Option<DateTime> {
        self.onset(FIRST_YEAR)
    }

    fn onset(&self, year: i16) -> Option<DateTime> {
        if year < FIRST_YEAR {
            return None;
        }
        match self.yearly {
            Some(yearly) => yearly.in_year(year),
            None => Some(jiff::civil::datetime(FIRST_YEAR, 1, 1, 0, 0, 0, 0)),
        }
    }
}

impl Yearly {
    fn in_year(self, year: i16) -> Option<DateTime> {
        let month = Date::new(year, self.month, 1).ok()?;
        let day = month.nth_weekday_of_month(self.nth, self.weekday).ok()?;
        Some(day.to_datetime(self.time))
    }

    /// `FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU` (RFC 5545 §3.3.10)
    pub(crate) fn written(self) -> String {
        let day = match self.weekday {
            Weekday::Monday => "MO",
            Weekday::Tuesday => "TU",
            Weekday::Wednesday => "WE",
            Weekday::Thursday => "TH",
            Weekday::Friday => "FR",
            Weekday::Saturday => "SA",
            Weekday::Sunday => "SU",
        };
        format!("FREQ=YEARLY;BYMONTH={};BYDAY={}{day}", self.month, self.nth)
    }
}

fn observance(from: i32, side: &Side, yearly: Option<Yearly>) -> Observance {
    Observance { name: side.name.clone(), from, to: side.offset, yearly }
}

fn yearly(change: Change) -> Option<Yearly> {
    let Day::Weekday { month, week, weekday } = change.day else {
        return None;
    };
    let seconds = Some(change.time).filter(|time| (0..24 * 3600).contains(time))?;
    let part = |number: i32| i8::try_from(number).ok();
    let time = Time::new(part(seconds / 3600)?, part(seconds / 60 % 60)?, part(seconds % 60)?, 0);
    Some(Yearly {
        month,
        nth: if week == 5 { -1 } else { week },
        weekday: Weekday::from_sunday_zero_offset(weekday).ok()?,
        time: time.ok()?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn rules(text: &str) -> Option<Rules> {
        Rules::from_posix(&Posix::parse(text).expect(text))
    }

    fn written_rule(observance: &Observance) -> (String, String, i32, i32) {
        let rule = observance.yearly.map(Yearly::written).unwrap_or_default();
        let onset = observance.first_onset().expect("an onset").to_string();
        (rule, onset, observance.from, observance.to)
    }

    fn yearly_rule(rule: &str, onset: &str, from: i32, to: i32) -> (String, String, i32, i32) {
        (format!("FREQ=YEARLY;{rule}"), onset.to_owned(), from, to)
    }

    #[test]
    fn the_last_sunday_is_counted_from_the_end() {
        let berlin = rules("CET-1CEST,M3.5.0,M10.5.0/3").expect("rules");
        assert_eq!(
            written_rule(&berlin.standard),
            yearly_rule("BYMONTH=10;BYDAY=-1SU", "1970-10-25T03:00:00", 7200, 3600)
        );
        let summer = berlin.daylight.expect("summer time");
        assert_eq!(written_rule(&summer), yearly_rule("BYMONTH=3;BYDAY=-1SU", "1970-03-29T02:00:00", 3600, 7200));
    }

    #[test]
    fn a_winter_exception_is_standard_time() {
        let modern = rules("IST-1GMT0,M10.5.0,M3.5.0/1").expect("rules");
        assert_eq!((modern.standard.name.as_str(), modern.standard.to), ("GMT", 0));
        let rearguard = rules("GMT0IST,M3.5.0/1,M10.5.0").expect("rules");
        assert_eq!(modern, rearguard, "two ways to say the same");
    }

    #[test]
    fn what_is_no_weekday_of_a_month_has_no_rules() {
        for text in [
            "<-04>4<-03>,M9.1.6/24,M4.1.6/24",
            "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
            "IST-2IDT,M3.4.4/26,M10.5.0",
            "AAA0BBB,J60/0,J300",
            "XXX3EDT4,0/0,J365/23",
        ] {
            assert_eq!(rules(text), None, "{text}");
        }
    }

    #[test]
    fn half_hours_and_midnights_are_kept() {
        let lord_howe = rules("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0").expect("rules");
        let rule = "BYMONTH=4;BYDAY=1SU";
        assert_eq!(written_rule(&lord_howe.standard), yearly_rule(rule, "1970-04-05T02:00:00", 39_600, 37_800));
        let havana = rules("CST5CDT,M3.2.0/0,M11.1.0/1").expect("rules");
        let summer = havana.daylight.expect("summer time");
        assert_eq!(written_rule(&summer), yearly_rule("BYMONTH=3;BYDAY=2SU", "1970-03-08T00:00:00", -18_000, -14_400));
    }

    #[test]
    fn readers_take_the_last_change_that_happened() {
        let berlin = rules("CET-1CEST,M3.5.0,M10.5.0/3").expect("rules");
        let at = |month, day, hour, minute| berlin.offset_at(datetime(2027, month, day, hour, minute, 0, 0));
        assert_eq!(at(1, 1, 0, 0), Some(3600), "last year's change");
        assert_eq!(at(3, 28, 1, 59), Some(3600));
        assert_eq!(at(3, 28, 3, 0), Some(7200));
        assert_eq!(at(10, 31, 2, 30), Some(7200), "the first of the two");
        assert_eq!(at(10, 31, 3, 0), Some(3600));
        assert_eq!(berlin.offset_at(datetime(1969, 7, 1, 0, 0, 0, 0)), None);
        let fixed = rules("<+0530>-5:30").expect("rules");
        assert_eq!(fixed.offset_at(datetime(2027, 7, 1, 0, 0, 0, 0)), Some(19_800));
    }
}
