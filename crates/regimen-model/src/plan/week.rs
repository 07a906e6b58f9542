//! The weeks of a plan, and when it waits in them.

use jiff::civil::Date;

use super::PlannedSession;
use crate::model::Phase;
use crate::reference::Id;
use crate::vocabulary::PhaseKind;

/// A week of a plan, or a turn of a cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedWeek {
    /// 1 for the first; weeks and turns are counted together.
    pub number: u32,
    /// How many days lie between the first day of the plan and its first.
    pub first_day: u32,
    /// How many days it has: 7, but for turns of a cycle and the last days of a phase in days.
    pub days: u32,
    /// When the plan waits between two of its days, in order.
    pub waits: Vec<Wait>,
    /// Whether it is a turn of a cycle.
    pub is_turn: bool,
    /// The phase it belongs to.
    pub phase: Id<Phase>,
    /// What the phase is for.
    pub kind: PhaseKind,
    /// The day on which the week starts, if the plan has a start.
    pub start: Option<Date>,
    /// Its sessions in order of their days.
    pub sessions: Vec<PlannedSession>,
}

impl PlannedWeek {
    /// How many days lie between the first day of the plan and the one after the last of the week, with those on which the plan waits.
    pub fn ends_before(&self) -> u32 {
        let waits = self.waits.iter().map(|wait| wait.days);
        waits.fold(self.first_day.saturating_add(self.days), u32::saturating_add)
    }

    /// Which day of the plan one of its days is; both count from 0.
    pub fn day_of_plan(&self, day: u32) -> u32 {
        self.waits.iter().fold(self.first_day.saturating_add(day), |day, wait| {
            if wait.first_day <= day { day.saturating_add(wait.days) } else { day }
        })
    }

    /// Which of its days a day of the plan is; both count from 0. `None` for a day of another week, and for one on which the plan waits.
    pub fn day_within(&self, day_of_plan: u32) -> Option<u32> {
        let mut day = day_of_plan.checked_sub(self.first_day)?;
        for wait in self.waits.iter().filter(|wait| wait.first_day <= day_of_plan) {
            if day_of_plan - wait.first_day < wait.days {
                return None;
            }
            day -= wait.days;
        }
        (day < self.days).then_some(day)
    }
}

/// Days on which a plan waits, because its reader pauses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// How many days lie between the first day of the plan and the first of them.
    pub first_day: u32,
    /// How many they are.
    pub days: u32,
}
