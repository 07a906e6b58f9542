//! Where in a plan an exercise or a run is, as far as its work depends on it.

use std::collections::BTreeMap;

use crate::model::{Dose, DoseError, Doses, Entry, GroupFormat, Grows, Item, LineName, Session};
use crate::plan::followed::Meant;
use crate::plan::grown::{ProgressionError, WeekDoses, WeekOfPhase};
use crate::plan::open::Shares;
use crate::plan::outline::Outline;
use crate::plan::placed;
use crate::plan::progress::PhaseProgression;
use crate::quantity::Extent;
use crate::vocabulary::Section;

#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) outline: &'a Outline<'a>,
    pub(super) session: &'a Entry<Session>,
    /// The progressions of the phase that may change its work.
    pub(super) meant: &'a Meant<'a>,
    pub(super) section: Section,
    /// The doses of the session's placement.
    pub(super) placed: Option<&'a BTreeMap<LineName, Doses>>,
    /// The format of a block that is a group, in this week.
    pub(super) format: Option<GroupFormat>,
    /// The same as it is written.
    pub(super) written_format: Option<GroupFormat>,
}

impl Context<'_> {
    /// Warm-up and cool-down stay as they are: only the work grows.
    pub(super) fn grows(&self) -> bool {
        self.section.is_work()
    }

    /// A lighter week has less work, but as much mobility as any other, and its race or test in full.
    pub(super) fn lightened(&self) -> bool {
        self.grows() && !self.session.kind.is_spared()
    }

    /// Whether the session's placement has a dose of its own for a line.
    pub(super) fn is_placed(&self, item: &Item) -> bool {
        let is_named = |doses| placed::is_named(doses, item.id.as_ref(), &item.exercise);
        self.grows() && self.placed.is_some_and(is_named)
    }

    /// The shares of a lighter week, if this part of the session has less of it.
    pub(super) fn shares(&self) -> Option<Shares> {
        self.lightened().then_some(Shares { volume: self.outline.volume, load: self.outline.load })
    }

    /// The doses that a progression states, if they can be done in the block. One that is for all lines with its exercise leaves a
    /// tabata alone.
    pub(super) fn fitting(
        &self,
        progression: Option<PhaseProgression<'_>>,
        grown: WeekDoses,
    ) -> Result<WeekDoses, ProgressionError> {
        let meant = progression.filter(|one| one.rule.scheme.replaces_doses());
        let (Some(format), Some(one)) = (self.written_format, meant) else { return Ok(grown) };
        let is_special = matches!(one.rule.of, Grows::Item(_)) || one.rule.session.is_some() || one.rule.slot.is_some();
        match format.dose_error(&grown.doses) {
            Some(DoseError { message, help }) if is_special || !matches!(format, GroupFormat::Tabata { .. }) => {
                Err(ProgressionError { key: one.rule.scheme.key(), message, help, involves_dose: false })
            }
            Some(_) | None => Ok(grown),
        }
    }

    /// A dose in the block: a list with an amount for each round ends with the rounds of this week.
    pub(super) fn in_turns(&self, dose: Dose) -> Dose {
        let mut dose = dose.in_turns(self.written_format);
        let rounds = self.format.and_then(|format| format.rounds());
        if let Some(rounds) = rounds.filter(|_| dose.sets == Extent::one(1)) {
            dose.keep_amounts(rounds.high());
        }
        dose
    }

    pub(super) fn week(&self) -> WeekOfPhase {
        self.outline.week_of_phase()
    }
}
