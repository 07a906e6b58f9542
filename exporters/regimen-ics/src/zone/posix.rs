//! The rule at the end of a zone's data: a POSIX `TZ` string as `TZif` files carry it (RFC 9636 §3.3.1).

/// The rule that a zone follows after its last recorded change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posix {
    /// The zone's usual time.
    pub(super) standard: Side,
    /// The other half of the year, if the zone changes its clocks.
    pub(super) other: Option<Other>,
}

/// A time that clocks show for a part of the year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side {
    /// Its abbreviation: `CET`, `-03`.
    pub(super) name: String,
    /// Seconds east of Greenwich.
    pub(super) offset: i32,
}

/// The second half of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Other {
    /// What clocks show.
    pub(super) side: Side,
    /// When that begins, by the clocks of the usual time.
    pub(super) begins: Change,
    /// When it ends, by its own clocks.
    pub(super) ends: Change,
}

/// When clocks change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    /// The day.
    pub(super) day: Day,
    /// Seconds from the midnight that starts it, -167 to 167 hours.
    pub(super) time: i32,
}

/// The day of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// `M10.5.0`: the fifth, meaning last, Sunday of October.
    Weekday {
        /// 1 to 12.
        month: i8,
        /// 1 to 4, or 5 for the last.
        week: i8,
        /// 0 for Sunday to 6 for Saturday.
        weekday: i8,
    },
    /// `J60` or `59`: a day counted from the start of the year.
    OfYear,
}

impl Posix {
    /// Reads a rule; `None` if it is not one.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut input = Input(text);
        let standard = Side { name: input.name()?, offset: -input.time(24)? };
        let other = if input.0.is_empty() { None } else { Some(input.other(standard.offset)?) };
        input.0.is_empty().then_some(Self { standard, other })
    }
}

/// What is left to read.
struct Input<'a>(&'a str);

impl Input<'_> {
    fn other(&mut self, standard: i32) -> Option<Other> {
        let name = self.name()?;
        // An hour ahead unless stated.
        let offset = if self.0.starts_with(',') { standard + 3600 } else { -self.time(24)? };
        Some(Other { side: Side { name, offset }, begins: self.change()?, ends: self.change()? })
    }

    /// `CET`, or `<-03>` for names that are not letters.
    fn name(&mut self) -> Option<String> {
        let (name, rest) = match self.0.strip_prefix('<') {
            Some(quoted) => quoted.split_once('>')?,
            None => self.0.split_at(self.0.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(self.0.len())),
        };
        let allowed = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-';
        let name = (name.len() >= 3 && name.chars().all(allowed)).then(|| name.to_owned())?;
        self.0 = rest;
        Some(name)
    }

    /// `,M10.5.0/3`; two in the morning unless stated.
    fn change(&mut self) -> Option<Change> {
        self.eat(',').then_some(())?;
        let day = self.day()?;
        let time = if self.eat('/') { self.time(167)? } else { 2 * 3600 };
        Some(Change { day, time })
    }

    fn day(&mut self) -> Option<Day> {
        if self.eat('M') {
            let month = self.number(1, 12)?;
            let week = self.eat('.').then(|| self.number(1, 5))??;
            let weekday = self.eat('.').then(|| self.number(0, 6))??;
            let day = |number: i32| i8::try_from(number).ok();
            return Some(Day::Weekday { month: day(month)?, week: day(week)?, weekday: day(weekday)? });
        }
        if self.eat('J') {
            self.number(1, 365)?;
        } else {
            self.number(0, 365)?;
        }
        Some(Day::OfYear)
    }

    /// `-3:30:15` in seconds.
    fn time(&mut self, most_hours: i32) -> Option<i32> {
        let sign = if self.eat('-') { -1 } else { 1 };
        self.eat('+');
        let hours = self.number(0, most_hours)?;
        let minutes = if self.eat(':') { self.number(0, 59)? } else { 0 };
        let seconds = if self.eat(':') { self.number(0, 59)? } else { 0 };
        Some(sign * (hours * 3600 + minutes * 60 + seconds))
    }

    fn number(&mut self, least: i32, most: i32) -> Option<i32> {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        let number = digits.parse().ok().filter(|number| (least..=most).contains(number))?;
        self.0 = rest;
        Some(number)
    }

    fn eat(&mut self, wanted: char) -> bool {
        let rest = self.0.strip_prefix(wanted);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(month: i8, week: i8, weekday: i8, time: i32) -> Change {
        Change { day: Day::Weekday { month, week, weekday }, time }
    }

    #[test]
    fn rules_of_real_zones_are_read() {
        let read = |text: &str| Posix::parse(text).expect(text);
        let berlin = read("CET-1CEST,M3.5.0,M10.5.0/3");
        assert_eq!((berlin.standard.name.as_str(), berlin.standard.offset), ("CET", 3600));
        let summer = berlin.other.expect("summer time");
        assert_eq!((summer.side.name.as_str(), summer.side.offset), ("CEST", 7200));
        assert_eq!((summer.begins, summer.ends), (change(3, 5, 0, 7200), change(10, 5, 0, 10_800)));

        let nuuk = read("<-02>2<-01>,M3.5.0/-1,M10.5.0/0").other.expect("summer time");
        assert_eq!((nuuk.side.offset, nuuk.begins.time, nuuk.ends.time), (-3600, -3600, 0));
        let gaza = read("EET-2EEST,M3.4.4/50,M10.4.4/50").other.expect("summer time");
        assert_eq!(gaza.begins, change(3, 4, 4, 50 * 3600));
        let dublin = read("IST-1GMT0,M10.5.0,M3.5.0/1").other.expect("winter time");
        assert_eq!(dublin.side.offset, 0);
        assert_eq!(read("<+1245>-12:45").standard.offset, 45_900);
        assert_eq!(read("UTC0").other, None);
        let numbered = read("AAA0BBB,J60/0,364").other.expect("a second half");
        assert_eq!((numbered.begins.day, numbered.ends.day), (Day::OfYear, Day::OfYear));
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for bad in [
            "",
            "CET",
            "CET-1CEST",
            "CET-1CEST,M3.5.0",
            "CET-25",
            "CET-1CEST,M13.5.0,M10.5.0",
            "C1",
            "<A!B>0",
            "CET-1CEST,M3.5.0,M10.5.0/168",
            "CET-1CEST,J0,J366",
            "CET-1CEST,M3.5.0,M10.5.0 ",
            "CET-99999999999",
        ] {
            assert_eq!(Posix::parse(bad), None, "{bad}");
        }
    }
}
