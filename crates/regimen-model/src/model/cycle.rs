//! How long a phase is, and sessions that do not follow the week.

use schemars::JsonSchema;
use serde::Deserialize;

use super::day::Day;
use super::placement::PhaseSession;
use super::session::Session;
use crate::reference::Id;

/// How long a phase lasts, and in which stretches its sessions come again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseLength {
    /// Weeks.
    Weeks(u8),
    /// Days; the next phase begins on the day after, whatever weekday that is.
    Days(u16),
    /// Days in which the sessions come again after so many of them, over and over.
    Turns {
        /// How many days in all. The last turn may be cut short.
        days: u16,
        /// How many days one turn has.
        cycle: u8,
    },
}

impl PhaseLength {
    /// The most days that a phase may have: ten years.
    pub const MOST_DAYS: u16 = 3640;

    /// How many days it has.
    pub fn days(self) -> u32 {
        match self {
            Self::Weeks(weeks) => 7 * u32::from(weeks),
            Self::Days(days) | Self::Turns { days, .. } => days.into(),
        }
    }

    /// How many days its sessions take until they come again: those of a turn, else of a week.
    pub fn days_a_week(self) -> u32 {
        match self {
            Self::Weeks(_) | Self::Days(_) => 7,
            Self::Turns { cycle, .. } => u32::from(cycle).max(1),
        }
    }

    /// How many days a week or turn of it has, counted from 0; the last may be cut short.
    pub fn days_in(self, week: u32) -> u32 {
        let each = self.days_a_week();
        each.min(self.days().saturating_sub(week.saturating_mul(each)))
    }

    /// How many weeks or turns it has; the last may be cut short.
    pub fn weeks(self) -> u32 {
        self.days().div_ceil(self.days_a_week())
    }

    /// Whether its sessions come in turns rather than weeks.
    pub fn is_turns(self) -> bool {
        matches!(self, Self::Turns { .. })
    }

    /// The key that holds it in the file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Weeks(_) => "weeks",
            Self::Days(_) | Self::Turns { .. } => "days",
        }
    }

    /// The length that these keys state.
    pub(super) fn written(weeks: Option<u8>, days: Option<u16>, cycle: Option<u8>) -> Result<Self, &'static str> {
        match (weeks, days, cycle) {
            (_, Some(days), _) if days > Self::MOST_DAYS => Err("a phase has at most 3640 days, which are ten years"),
            (Some(weeks), None, None) => Ok(Self::Weeks(weeks)),
            (None, Some(days), None) => Ok(Self::Days(days)),
            (None, Some(_), Some(0 | 1)) => Err("the turns of a `cycle` have at least 2 days"),
            (None, Some(days), Some(cycle)) => Ok(Self::Turns { days, cycle }),
            (Some(_), Some(_), _) => Err("a phase has either `weeks` or `days`"),
            (Some(_), None, Some(_)) => Err("a phase with a `cycle` states how many `days` it has in all, not `weeks`"),
            (None, None, _) => Err("a phase says how long it lasts: `weeks`, or `days`"),
        }
    }
}

/// Sessions that take turns on the days of a phase, across its weeks: A, B, A in one week and B, A, B in the next.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rotation {
    /// The sessions in order; after the last the first comes again.
    #[schemars(length(min = 1))]
    pub sessions: Vec<Id<Session>>,
    /// The days of each week on which the next one is done.
    #[schemars(length(min = 1))]
    pub days: Vec<Day>,
    /// With what the names begin that calendars remember: `turn` gives `w2-turn-1`, and without it they are `w2-1`.
    pub slot: Option<Id<PhaseSession>>,
}
