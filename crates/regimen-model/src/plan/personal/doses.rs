//! The dose of an exercise that is in place of another: what makes sense for it stays.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::join;
use crate::model::{Dose, DoseSide, Entry, Exercise, Stated};
use crate::quantity::{Load, LoadUnit};
use crate::reference::Id;
use crate::vocabulary::Laterality;

/// What another exercise cannot have of a line of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    /// A weight, or a share of a best: it was meant for the exercise that is replaced.
    Load,
    /// The work, such as repetitions for an exercise that is held.
    Work,
    /// What to mind with the exercise that is replaced.
    Note,
}

/// What is said of a line whose exercise is replaced: what of it is left out, and how to state it for the other one.
pub(super) fn left_out(lost: &BTreeSet<Lost>, planned: &Id<Exercise>, other: &Entry<Exercise>) -> Vec<Diagnostic> {
    let info = |message, help| Diagnostic::new(Severity::Info, "replaced-dose", message).help(help);
    let other_id = &other.id;
    let dropped = [
        (Lost::Load, "the load", format!("say what is right for them with `doses.{other_id}.load`")),
        (Lost::Note, "the note", "write what they have to mind into their `note`".to_owned()),
    ];
    let (mut names, mut helps) = (Vec::new(), Vec::new());
    for (_, name, help) in dropped.into_iter().filter(|(what, ..)| lost.contains(what)) {
        names.push(name.to_owned());
        helps.push(help);
    }
    let mut found = Vec::new();
    if !names.is_empty() {
        let (names, is) = (join::and(&names), if names.len() == 1 { "is" } else { "are" });
        let message =
            format!("{names} of `{planned}` {is} not for `{other_id}`, which is in its place, and {is} left out");
        found.push(info(message, helps.join("; ")));
    }
    if let Some(own) = other.defaults.as_ref().filter(|_| lost.contains(&Lost::Work)) {
        let message = format!("the dose of `{planned}` is not for `{other_id}`, which is in its place with its own");
        found.push(info(
            message,
            format!("say what is right for them with `doses.{other_id}.{}`", own.work.kind().key()),
        ));
    }
    found
}

/// Makes a dose that of another exercise. Its sets stay, and its work if that is of the same manner; a side is for exercises that have
/// sides; no weight and no share of a best is for another exercise.
pub(super) fn of_another(dose: &mut Dose, other: &Exercise) -> Vec<Lost> {
    let mut lost = Vec::new();
    let has_weights = dose.load.get().is_some_and(|loads| loads.iter().any(is_of_its_exercise));
    if has_weights {
        lost.push(Lost::Load);
        dose.load = Stated::Unknown;
    }
    match &other.defaults {
        Some(own) if own.work.kind().manner() != dose.work.kind().manner() => {
            let sets = if own.sets_that_differ().is_none() { dose.sets } else { own.sets };
            *dose = Dose { sets, ..own.clone() };
            lost.push(Lost::Work);
        }
        Some(own) => *dose = Dose { side: Stated::Unknown, ..dose.clone() }.over(own).with_side_of(dose, other),
        None => *dose = dose.clone().with_side_of(dose, other),
    }
    lost
}

/// Whether a load is for the exercise alone that it was written for. So many repetitions as can be done, and a band, are for any.
fn is_of_its_exercise(load: &Load) -> bool {
    load.amount().is_some_and(|amount| amount.unit != LoadUnit::RepMax)
}

impl Dose {
    /// This dose on the sides on which another exercise is done: where `planned` says, if the exercise has sides at all.
    fn with_side_of(mut self, planned: &Self, other: &Exercise) -> Self {
        let by_default = other.defaults.as_ref().and_then(|own| own.side.get().copied());
        let by_laterality = match other.laterality {
            Some(Laterality::Unilateral) => Some(DoseSide::Each),
            Some(Laterality::Bilateral | Laterality::Alternating) | None => None,
        };
        let is_known = other.defaults.is_some() || other.laterality.is_some();
        self.side = match (by_default.or(by_laterality), planned.side.get()) {
            (Some(_), Some(side)) => Stated::Is(*side),
            (Some(side), None) => Stated::Is(side),
            (None, _) if is_known => Stated::None,
            (None, _) => planned.side,
        };
        self
    }
}
