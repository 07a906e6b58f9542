//! What rules look at: the catalogue and its plans, counted out once.
//!
//! Rules read doses, blocks and runs through this module alone, so that a new kind of block or dose has one place in
//! the linter; a test keeps the types out of the rules.

mod dose;
mod hard;
mod length;
mod plan;
mod run;
mod session;
mod sums;
mod target;
mod task;
mod text;
mod unit;
mod written;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use dose::{DoseView, Heavy, weights};
pub(crate) use hard::Hard;
pub(crate) use length::{Measure, RunningOfWeek, WeeklyRunning};
pub(crate) use plan::{PlanView, WeekView};
pub(crate) use run::{RunView, TargetView};
pub(crate) use session::{Changing, SessionView};
pub(crate) use sums::sum;
pub(crate) use task::Task;
pub(crate) use text::{beside, in_languages, is_english, weekday_name, words_path};
pub(crate) use unit::run_unit;
pub(crate) use written::WrittenItem;

use super::Allowance;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{FilePath, Place};
use regimen_model::model::{Entry, Exercise, Muscle, MuscleGroup, MuscleTarget};
use regimen_model::quantity::Extent;
use regimen_model::reference::Id;
use regimen_model::source::Sources;
use regimen_model::vocabulary::MuscleRole;

/// The rounds of a block of as many rounds as possible: nobody knows, and few do more than ten.
const AS_MANY: (u32, u32) = (1, 10);

/// A muscle group, or a muscle that is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MuscleOrGroup<'a> {
    Group(&'a Id<MuscleGroup>),
    Muscle(&'a Id<Muscle>),
}

impl std::fmt::Display for MuscleOrGroup<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Group(id) => id.fmt(f),
            Self::Muscle(id) => id.fmt(f),
        }
    }
}

/// The catalogue, with what each exercise trains.
pub(crate) struct CatalogView<'a> {
    pub(crate) catalog: &'a Catalog,
    /// The files, for rules on how something is written.
    pub(crate) sources: &'a Sources,
    /// What is allowed in each file.
    allowances: BTreeMap<&'a FilePath, Vec<&'a Allowance>>,
    exercises: BTreeMap<&'a Id<Exercise>, ExerciseView<'a>>,
}

/// An exercise and what it trains.
pub(crate) struct ExerciseView<'a> {
    pub(crate) exercise: &'a Entry<Exercise>,
    /// What does most of the work.
    pub(crate) prime: BTreeSet<MuscleOrGroup<'a>>,
    /// What does the work or helps with it.
    pub(crate) involved: BTreeSet<MuscleOrGroup<'a>>,
}

impl<'a> CatalogView<'a> {
    pub(crate) fn new(catalog: &'a Catalog, sources: &'a Sources, allowances: &'a [Allowance]) -> Self {
        let mut groups_of: BTreeMap<&Id<Muscle>, Vec<&'a Id<MuscleGroup>>> = BTreeMap::new();
        for group in catalog.muscle_groups.values() {
            for member in &group.members {
                groups_of.entry(member).or_default().push(&group.id);
            }
        }
        let targets = |exercise: &'a Entry<Exercise>, roles: &[MuscleRole]| {
            let uses = exercise.muscles().iter().filter(|one| roles.contains(&one.role));
            uses.flat_map(|one| match &one.target {
                MuscleTarget::Group(id) => vec![MuscleOrGroup::Group(id)],
                MuscleTarget::Muscle(id) => match groups_of.get(id) {
                    Some(groups) => groups.iter().map(|id| MuscleOrGroup::Group(id)).collect(),
                    None => vec![MuscleOrGroup::Muscle(id)],
                },
            })
            .collect()
        };
        let of_exercise = |exercise: &'a Entry<Exercise>| ExerciseView {
            exercise,
            prime: targets(exercise, &[MuscleRole::Prime]),
            involved: targets(exercise, &[MuscleRole::Prime, MuscleRole::Synergist]),
        };
        let exercises = catalog.exercises.iter().map(|(id, exercise)| (id, of_exercise(exercise))).collect();
        let mut in_file: BTreeMap<&FilePath, Vec<&Allowance>> = BTreeMap::new();
        for allowance in allowances {
            in_file.entry(&allowance.file).or_default().push(allowance);
        }
        Self { catalog, sources, allowances: in_file, exercises }
    }

    /// Whether a finding of a rule is allowed at a place.
    pub(crate) fn allows(&self, code: &str, place: &Place) -> bool {
        self.allowances.get(&place.file).into_iter().flatten().any(|allowance| allowance.covers(code, place))
    }

    /// Whether it is a group that weekly guidelines speak of.
    pub(crate) fn is_major(&self, target: MuscleOrGroup<'_>) -> bool {
        matches!(target, MuscleOrGroup::Group(id) if self.catalog.muscle_groups.get(id).is_some_and(|group| group.major))
    }
}

fn rounds_of(planned: Option<Extent<u32>>) -> Extent<u32> {
    let (low, high) = AS_MANY;
    planned.or_else(|| Extent::new(low, high)).unwrap_or(Extent::one(low))
}
