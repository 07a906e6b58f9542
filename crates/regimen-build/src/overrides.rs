//! When programmes happen: the schedules of the project file, as far as nobody says otherwise for one build.

mod moved;

use std::collections::BTreeMap;

use jiff::civil::{Date, Time};
use regimen_catalog::model::{Anchor, Entry, Program, Schedule, ScheduleName, Session};
use regimen_catalog::quantity::Duration;
use regimen_catalog::vocabulary::SessionKind;
use regimen_catalog::{Catalog, Diagnostic, Id};

use crate::asked::Asked;
use crate::error::Error;

/// What a build says about its schedules instead of the project file. Where that has none, an anchor gives one to
/// every programme, under the programme's own name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScheduleOverrides {
    /// The day that holds every programme in its place.
    pub anchor: Option<DateOverride>,
    /// The time zone of every schedule, a name of the IANA database.
    pub timezone: Option<String>,
    /// The time of day at which sessions start.
    pub at: Option<Time>,
    /// How long sessions take in a calendar.
    pub length: Option<Duration>,
}

/// A date in place of the anchors of schedules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOverride {
    /// The first day of the first week of every programme.
    Start(Date),
    /// The day of the race of every programme that has one; the others keep their place.
    Race(Date),
}

/// The schedules of a build by their names.
pub(crate) type Schedules = BTreeMap<Id<ScheduleName>, Schedule>;

/// The schedules of a build, and what is said of those that were moved.
#[derive(Debug, Default)]
pub(crate) struct Scheduled {
    pub(crate) schedules: Schedules,
    pub(crate) findings: Vec<Diagnostic>,
}

impl ScheduleOverrides {
    /// As a manifest has them.
    pub(crate) fn asked(&self) -> Asked {
        let Self { anchor, timezone, at, length } = self;
        let (start, race) = match *anchor {
            Some(DateOverride::Start(day)) => (Some(day), None),
            Some(DateOverride::Race(day)) => (None, Some(day)),
            None => (None, None),
        };
        let (timezone, length) = (timezone.clone(), length.map(|length| length.to_string()));
        Asked { start, race, at: *at, timezone, length, ..Asked::default() }
    }

    /// As they were asked for by a build that a manifest tells of; `None` if it could not have been asked.
    pub(crate) fn of(asked: &Asked) -> Option<Self> {
        let Asked { start, race, at, timezone, length, program: _, source_date_epoch: _ } = asked;
        let anchor = match (*start, *race) {
            (Some(day), None) => Some(DateOverride::Start(day)),
            (None, Some(day)) => Some(DateOverride::Race(day)),
            (None, None) => None,
            (Some(_), Some(_)) => return None,
        };
        let length = length.as_ref().map(|length| length.parse().ok()).map_or(Some(None), |length| length.map(Some))?;
        Some(Self { anchor, timezone: timezone.clone(), at: *at, length })
    }

    /// The schedules of this build.
    ///
    /// # Errors
    /// [`Error::Usage`] if what is asked for applies to nothing, or a time of day has no time zone.
    pub(crate) fn schedules(&self, catalog: &Catalog) -> Result<Scheduled, Error> {
        let mut schedules = catalog.project.schedules.clone();
        if let (true, Some(anchor)) = (schedules.is_empty(), self.anchor) {
            schedules = schedule_all(catalog, anchor);
        }
        if schedules.is_empty() {
            return if self == &Self::default() {
                Ok(Scheduled::default())
            } else {
                Err(self.nothing_to_move(catalog))
            };
        }
        let findings = self.move_anchors(catalog, &mut schedules)?;
        for (name, schedule) in &mut schedules {
            schedule.timezone = self.timezone.clone().or(schedule.timezone.take());
            schedule.at = self.at.or(schedule.at);
            schedule.length = self.length.or(schedule.length);
            if self.at.is_some() && schedule.timezone.is_none() {
                return Err(no_time_zone(name));
            }
        }
        Ok(Scheduled { schedules, findings })
    }

    fn move_anchors(&self, catalog: &Catalog, schedules: &mut Schedules) -> Result<Vec<Diagnostic>, Error> {
        let Some(to) = self.anchor else { return Ok(Vec::new()) };
        let is_moved = |schedule: &Schedule| {
            let program = || catalog.programs.get(&schedule.program);
            matches!(to, DateOverride::Start(_)) || program().is_some_and(|program| has_race(catalog, program))
        };
        let mut moved = schedules.iter_mut().filter(|(_, schedule)| is_moved(schedule)).peekable();
        if moved.peek().is_none() {
            return Err(no_race("no schedule has a programme with a race"));
        }
        Ok(moved.flat_map(|(name, schedule)| moved::to(to, catalog, name, schedule)).collect())
    }

    fn nothing_to_move(&self, catalog: &Catalog) -> Error {
        match self.anchor {
            Some(DateOverride::Race(_)) => no_race("no programme has a race"),
            Some(DateOverride::Start(_)) if catalog.programs.is_empty() => Error::Usage {
                message: "there is no programme to start".into(),
                help: "write one first with `regimen new program ID`".into(),
            },
            Some(DateOverride::Start(_)) | None => Error::Usage {
                message: "there is no schedule, so there is nothing that a time could belong to".into(),
                help: "give `--start` and a date, too; or write a schedule under `schedules:` in regimen.yaml".into(),
            },
        }
    }
}

/// A schedule for each programme that the anchor can hold.
fn schedule_all(catalog: &Catalog, anchor: DateOverride) -> Schedules {
    let schedule = |program: &Entry<Program>| {
        let anchor = match anchor {
            DateOverride::Start(date) => Anchor::Start(date),
            DateOverride::Race(date) => has_race(catalog, program).then_some(Anchor::Race { date, event: None })?,
        };
        let name = program.id.as_str().parse().ok()?;
        let program = program.id.clone();
        let schedule = Schedule::new(program, anchor);
        Some((name, schedule))
    };
    catalog.programs.values().filter_map(|program| schedule(program)).collect()
}

fn has_race(catalog: &Catalog, program: &Program) -> bool {
    let is_race = |id: &Id<Session>| catalog.sessions.get(id).is_some_and(|session| session.kind == SessionKind::Race);
    let mut phases = 0..program.phases.len();
    phases.any(|phase| program.placed_in(phase).iter().any(|placed| is_race(&placed.planned.session)))
}

fn no_race(message: &str) -> Error {
    Error::Usage {
        message: message.into(),
        help: "give the session of the race the kind `race`, or use `--start` instead of `--race`".into(),
    }
}

fn no_time_zone(name: &Id<ScheduleName>) -> Error {
    Error::Usage {
        message: format!("the schedule `{name}` gets a time of day, but has no time zone"),
        help: "give `--timezone` and a name such as `Europe/London`, too".into(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use serde_json::json;

    use super::*;
    use crate::testing;

    const DAY: Date = date(2028, 5, 1);

    /// `club: long 2027-01-04` for each schedule, or what is said against it.
    fn schedules(project: serde_json::Value, overrides: &ScheduleOverrides) -> Result<Vec<String>, String> {
        let catalog = testing::catalog_with(project);
        let schedules =
            overrides.schedules(&catalog).map_err(|error| format!("{error}; {}", error.hints().join("; ")))?;
        let said = schedules.schedules.iter().map(|(name, schedule)| {
            let anchor = match &schedule.anchor {
                Anchor::Start(date) => format!("starts {date}"),
                Anchor::End(date) => format!("ends {date}"),
                Anchor::Race { date, event } => {
                    format!("races {date} {}", event.as_ref().map(Id::as_str).unwrap_or_default())
                }
            };
            let clock = schedule.at.map(|at| at.to_string()).unwrap_or_default();
            let zone = schedule.timezone.as_deref().unwrap_or_default();
            format!("{name}: {} {anchor} {clock} {zone}", schedule.program).trim_end().to_owned()
        });
        Ok(said.collect())
    }

    fn two() -> serde_json::Value {
        json!({"language": "en", "schedules": {
            "club": {"program": "long", "start": "2027-01-04"},
            "team": {"program": "race", "race": "2027-02-01", "event": "final", "timezone": "UTC", "at": "07:00:00"},
        }})
    }

    #[test]
    fn a_start_replaces_every_anchor() {
        let overrides = ScheduleOverrides { anchor: Some(DateOverride::Start(DAY)), ..ScheduleOverrides::default() };
        let said = schedules(two(), &overrides).expect("schedules");
        assert_eq!(said, ["club: long starts 2028-05-01", "team: race starts 2028-05-01 07:00:00 UTC"]);
    }

    #[test]
    fn a_race_moves_programmes_with_a_race_and_keeps_which_one_it_is() {
        let overrides = ScheduleOverrides { anchor: Some(DateOverride::Race(DAY)), ..ScheduleOverrides::default() };
        let said = schedules(two(), &overrides).expect("schedules");
        assert_eq!(said, ["club: long starts 2027-01-04", "team: race races 2028-05-01 final 07:00:00 UTC"]);
        let said = schedules(json!({"language": "en"}), &overrides).expect("schedules");
        assert_eq!(said, ["race: race races 2028-05-01"]);
        let calm = json!({"language": "en", "schedules": {"club": {"program": "long", "start": "2027-01-04"}}});
        let said = schedules(calm, &overrides).expect_err("no race");
        assert!(said.contains("no schedule has a programme with a race") && said.contains("`--start`"), "{said}");
    }

    #[test]
    fn a_start_without_schedules_anchors_every_programme() {
        let overrides = ScheduleOverrides { anchor: Some(DateOverride::Start(DAY)), ..ScheduleOverrides::default() };
        let said = schedules(json!({"language": "en"}), &overrides).expect("schedules");
        assert_eq!(said, ["long", "race", "short"].map(|id| format!("{id}: {id} starts 2028-05-01")));
    }

    #[test]
    fn times_and_zones_replace_those_of_schedules() {
        let zone = Some("Asia/Tokyo".to_owned());
        let both =
            ScheduleOverrides { at: Some(time(6, 30, 0, 0)), timezone: zone.clone(), ..ScheduleOverrides::default() };
        let said = schedules(two(), &both).expect("schedules");
        assert!(said.iter().all(|line| line.ends_with("06:30:00 Asia/Tokyo")), "{said:?}");
        let only_zone =
            schedules(two(), &ScheduleOverrides { timezone: zone, ..ScheduleOverrides::default() }).expect("schedules");
        assert_eq!(only_zone[0], "club: long starts 2027-01-04  Asia/Tokyo", "whole days stay whole days");
        let only_time = ScheduleOverrides { at: Some(time(6, 30, 0, 0)), ..ScheduleOverrides::default() };
        let said = schedules(two(), &only_time).expect_err("no zone");
        assert!(said.contains("`club`") && said.contains("--timezone"), "{said}");
        let said = schedules(json!({"language": "en"}), &both).expect_err("no schedule");
        assert!(said.contains("`--start`"), "{said}");
    }

    #[test]
    fn without_a_word_the_project_file_holds() {
        assert_eq!(schedules(json!({"language": "en"}), &ScheduleOverrides::default()), Ok(Vec::new()));
        assert_eq!(schedules(two(), &ScheduleOverrides::default()).map(|all| all.len()), Ok(2));
    }
}
