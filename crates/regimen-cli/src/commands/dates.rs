//! When programmes happen, where a command may say it instead of the catalogue.

use clap::Args;
use jiff::civil::{Date, Time};
use regimen_build::{DateOverride, ScheduleOverrides};
use regimen_catalog::civil;
use regimen_catalog::quantity::Duration;

use crate::exporters::time_zone;

/// Dates and times in place of those of the schedules.
#[derive(Debug, Args)]
pub(crate) struct Dates {
    /// Start every programme on this day, such as 2027-01-04, whatever its schedule says; weeks count from it, so a Monday keeps their sessions in order
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) start: Option<Date>,
    /// Hold every programme that has a race by this day of its race, such as 2027-04-25; programmes without one keep their place
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "start")]
    pub(crate) race: Option<Date>,
    /// Start sessions at this time of day, such as 18:30, instead of the schedules' own
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) at: Option<Time>,
    /// Count times by the clocks of this time zone, such as Europe/London, instead of the schedules' own
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    pub(crate) timezone: Option<String>,
    /// Let sessions take this long in calendars, such as "45 min", instead of their own duration; races and rests keep theirs
    #[arg(long, value_name = "TIME", value_parser = length)]
    pub(crate) length: Option<Duration>,
}

impl Dates {
    pub(crate) fn overrides(&self) -> ScheduleOverrides {
        let Self { start, race, at, timezone, length } = self;
        let anchor = start.map(DateOverride::Start).or(race.map(DateOverride::Race));
        ScheduleOverrides { anchor, timezone: timezone.clone(), at: *at, length: *length }
    }

    /// Whether anything is said.
    pub(crate) fn is_said(&self) -> bool {
        self.overrides() != ScheduleOverrides::default()
    }
}

fn date(text: &str) -> Result<Date, String> {
    let day = text.get(..10).filter(|day| text.len() > day.len() && civil::date(day).is_some());
    civil::date(text).ok_or_else(|| match day {
        Some(day) => {
            format!("write only the day, {day}; the time of day goes in --at, and the time zone in --timezone")
        }
        None => "write a day of the calendar as year-month-day, such as 2027-01-04".to_owned(),
    })
}

fn time(text: &str) -> Result<Time, String> {
    let time = civil::time(text).filter(|_| text.len() == 5);
    time.ok_or_else(|| "write a time of day as hours:minutes, such as 18:30".to_owned())
}

fn length(text: &str) -> Result<Duration, String> {
    let length = text.parse().ok().filter(|length: &Duration| !length.seconds().high().is_zero());
    length.ok_or_else(|| "write a length of time such as \"45 min\" or \"1.5 h\"".to_owned())
}
