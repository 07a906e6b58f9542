//! Which sessions are lighter than in the weeks around them, so that readers can be told.

use rust_decimal::Decimal;

use super::grown::WeekOfPhase;
use super::linear::steps_made;
use super::outline::{Outline, Outlined};
use super::{PlannedBlock, PlannedPart, reckon};
use crate::model::{Grows, Progression};

/// Whether the week, or a progression of the work, asks for less of a session than usual. A week does not if it has less of
/// nothing that the session counts.
pub(super) fn is_lighter(
    outline: &Outline<'_>,
    outlined: &Outlined<'_>,
    parts: &[PlannedPart],
    lessened: bool,
) -> bool {
    let (session, name) = (outlined.session, outlined.name());
    let by_week = outline.lighter && !session.kind.is_spared() && (lessened || !reckon::counts(parts));
    let meant = |one: &&Progression| one.is_for(&session.id, &name);
    let meant: Vec<_> = outline.phase.progression.iter().filter(meant).collect();
    let eased = |names: &[Grows]| {
        // As with doses, the last entry that fits wins, and one that names a single line before one that names its exercise.
        let last = names.iter().find_map(|name| meant.iter().rev().find(|one| one.of == *name));
        last.is_some_and(|one| eases(one, outline.week_of_phase()))
    };
    let work = PlannedPart::work(parts);
    by_week || work.flat_map(PlannedBlock::growing).any(|names| eased(&names))
}

/// Whether this is a lighter week of a progression.
fn eases(progression: &Progression, at: WeekOfPhase) -> bool {
    let share = progression.scheme.linear().and_then(|(_, step)| steps_made(step, at).1);
    share.is_some_and(|share| share.0 < Decimal::ONE_HUNDRED)
}
