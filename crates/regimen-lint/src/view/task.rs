//! An exercise with the dose of its week.

use super::{CatalogView, DoseView, ExerciseView, rounds_of};
use regimen_model::model::{GroupFormat, Grows};
use regimen_model::plan::{PlannedItem, PlannedPart};
use regimen_model::quantity::Extent;
use regimen_model::vocabulary::{ExerciseKind, Section};

/// An exercise with the dose of its week.
pub(crate) struct Task<'a> {
    pub(crate) view: &'a ExerciseView<'a>,
    item: &'a PlannedItem,
    /// The format of a block that is a group.
    format: Option<GroupFormat>,
    pub(crate) section: Section,
    /// Sets on the day, rounds counted.
    pub(crate) sets: Extent<u32>,
}

impl<'a> Task<'a> {
    /// How much of it.
    pub(crate) fn dose(&self) -> DoseView<'a> {
        DoseView::new(&self.item.dose)
    }

    /// Whether a progression of this means it.
    pub(crate) fn is_called(&self, of: &Grows) -> bool {
        match of {
            Grows::Exercise(exercise) => self.view.exercise.id == *exercise,
            Grows::Item(id) => self.item.id.as_ref() == Some(id),
            Grows::Step(_) => false,
        }
    }

    /// Whether it has a rule for the athlete, who alone knows the load.
    pub(crate) fn has_rule(&self) -> bool {
        self.item.instruction.is_some()
    }

    /// Whether the athlete's results or choice make it more, rather than the plan.
    pub(crate) fn grows_by_itself(&self) -> bool {
        self.item.instruction.is_some() || self.dose().grows_by_itself()
    }

    /// Whether the athlete's results say how much it is, by a rule that is printed with it.
    pub(crate) fn goes_by_results(&self) -> bool {
        self.item.instruction.is_some()
    }

    /// Whether it is done in turns with others.
    pub(crate) fn is_in_turns(&self) -> bool {
        self.format.is_some()
    }

    /// Whether the clock says when the next exercise starts or when all is over.
    pub(crate) fn is_by_the_clock(&self) -> bool {
        self.format.is_some_and(|format| format.is_by_the_clock())
    }

    pub(super) fn is_hard(&self) -> bool {
        let resistance =
            matches!(self.view.exercise.kind, ExerciseKind::Strength | ExerciseKind::Power | ExerciseKind::Isometric);
        let dose = self.dose();
        resistance && self.section.is_work() && !dose.is_warm_up() && !dose.is_easy()
    }
}

/// The exercises of some parts, in order.
pub(super) fn tasks<'a>(catalog: &'a CatalogView<'a>, parts: &'a [PlannedPart]) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for part in parts {
        for block in &part.blocks {
            let format = block.group_format();
            let rounds = format.map_or(Extent::one(1), |format| rounds_of(format.rounds()));
            for item in block.items() {
                let Some(view) = catalog.exercises.get(&item.exercise) else { continue };
                let sets = DoseView::new(&item.dose).sets_a_day(rounds);
                tasks.push(Task { view, item, format, section: part.section, sets });
            }
        }
    }
    tasks
}
