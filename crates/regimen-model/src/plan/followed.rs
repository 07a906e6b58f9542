//! Which progression is followed for an exercise of a session, and what its doses take from those that they replace.

use std::collections::{BTreeMap, BTreeSet};

use super::grown::{ProgressionError, WeekDoses};
use super::progress::PhaseProgression;
use crate::catalog::Catalog;
use crate::model::{Dose, Doses, Entry, Exercise, Grows, Item, Progression, Scheme, Session, SessionBlock};
use crate::quantity::Extent;
use crate::reference::Id;
use crate::vocabulary::{Section, SetType};

/// The items of some parts of a session, those of fragments among them.
fn items_of<'c>(
    catalog: &'c Catalog,
    session: &'c Entry<Session>,
    is_meant: impl Fn(Section) -> bool,
) -> impl Iterator<Item = &'c Item> {
    let meant = session.parts().into_iter().filter(move |(section, ..)| is_meant(*section));
    let blocks = meant.flat_map(|(_, _, blocks)| blocks);
    let blocks = blocks.flat_map(|block| match block {
        SessionBlock::Use(id) => catalog.fragments.get(id).map_or(&[][..], |fragment| fragment.blocks.as_slice()),
        SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Text(_) => {
            std::slice::from_ref(block)
        }
    });
    blocks.flat_map(|block| block.items().map(|(_, item)| item))
}

/// The progressions that may change a session, looked up by what they name.
pub(super) struct Meant<'p> {
    all: Vec<PhaseProgression<'p>>,
    items: BTreeMap<&'p Id<Item>, Vec<usize>>,
    exercises: BTreeMap<&'p Id<Exercise>, Vec<usize>>,
    /// The exercises of lines that have no dose and no progression of their own, by whether the clock says how long they are done.
    bare: [BTreeSet<&'p Id<Exercise>>; 2],
}

impl<'p> Meant<'p> {
    pub(super) fn new(all: Vec<PhaseProgression<'p>>, catalog: &'p Catalog, session: &'p Entry<Session>) -> Self {
        let (mut items, mut exercises) = (BTreeMap::new(), BTreeMap::new());
        for (at, one) in all.iter().enumerate() {
            match &one.rule.of {
                Grows::Item(item) => items.entry(item).or_insert_with(Vec::new).push(at),
                Grows::Exercise(exercise) => exercises.entry(exercise).or_insert_with(Vec::new).push(at),
                Grows::Step(_) => {}
            }
        }
        let mut meant = Self { all, items, exercises, bare: Default::default() };
        let replaces = |one: &PhaseProgression<'_>| one.rule.scheme.replaces_doses();
        if !meant.exercises.is_empty() && meant.all.iter().any(replaces) {
            meant.bare = [false, true].map(|by_the_clock| meant.bare(by_the_clock, catalog, session));
        }
        meant
    }

    /// All of them, in the order of the file.
    pub(super) fn all(&self) -> &[PhaseProgression<'p>] {
        &self.all
    }

    /// The one that is followed for an item of the session. Rules by results do not go with a clock that says how long the work lasts.
    ///
    /// One that names the item comes before those that name its exercise; of several alike the last one is followed, so that a
    /// special one may follow a general one. One that names the exercise and has doses of its own leaves those alone that the
    /// session writes out, if the session has the exercise without a dose, too.
    pub(super) fn followed(&self, item: &Item, by_the_clock: bool) -> Option<PhaseProgression<'p>> {
        if let Some(one) = self.of_item(item, by_the_clock) {
            return Some(one);
        }
        let of_exercise = self.exercises.get(&item.exercise)?;
        let leaves_it = item.dose.is_some() && self.bare[usize::from(by_the_clock)].contains(&item.exercise);
        let mut fitting = self.last_first(of_exercise, by_the_clock);
        fitting.find(|one| !leaves_it || !one.rule.scheme.replaces_doses())
    }

    fn of_item(&self, item: &Item, by_the_clock: bool) -> Option<PhaseProgression<'p>> {
        self.last_first(self.items.get(item.id.as_ref()?)?, by_the_clock).next()
    }

    fn last_first(&self, of: &[usize], by_the_clock: bool) -> impl Iterator<Item = PhaseProgression<'p>> {
        let last_first = of.iter().rev().filter_map(|at| self.all.get(*at)).copied();
        last_first.filter(move |one| !by_the_clock || !one.rule.scheme.is_by_results())
    }

    fn bare(
        &self,
        by_the_clock: bool,
        catalog: &'p Catalog,
        session: &'p Entry<Session>,
    ) -> BTreeSet<&'p Id<Exercise>> {
        let lines = items_of(catalog, session, Section::is_work);
        let bare = lines.filter(|line| line.dose.is_none() && self.of_item(line, by_the_clock).is_none());
        bare.map(|line| &line.exercise).collect()
    }
}

/// Doses with what they do not say from those that they replace, one by one and the first for those that are more, and from the
/// exercise's defaults. Doses in a row have a rest between them even if each is of one set, except drop sets: the load falls and
/// the work goes on.
pub(super) fn inherited(doses: Vec<Dose>, replaced: &Doses, defaults: Option<&Dose>) -> Vec<Dose> {
    let several = doses.len() > 1;
    let drops: Vec<bool> = doses.iter().map(|dose| dose.set_type == SetType::Dropset).collect();
    let goes_on = |index: usize, dose: &Dose| {
        drops[index] || (dose.sets == Extent::one(1) && drops.get(index + 1).is_some_and(|drops| *drops))
    };
    let all = doses.into_iter().enumerate().map(|(index, dose)| {
        let bases = replaced.iter().nth(index).or_else(|| replaced.first()).into_iter().chain(defaults);
        let goes_on = goes_on(index, &dose);
        bases.fold(dose, |dose, base| match several {
            true if goes_on => dose.over_without_rest(base),
            true => dose.over_in_a_row(base),
            false => dose.over(base),
        })
    });
    all.collect()
}

/// The doses of a week, if no progression has a share of the load of the set before for the first set of an exercise.
pub(super) fn after_a_set(
    progression: &Progression,
    item: &Item,
    catalog: &Catalog,
    session: &Entry<Session>,
    grown: WeekDoses,
) -> Result<WeekDoses, ProgressionError> {
    let begins_with_share = grown.doses.first().is_some_and(Dose::begins_with_share);
    let Some(key) = own_doses(&progression.scheme).filter(|_| begins_with_share) else { return Ok(grown) };
    let first = items_of(catalog, session, |_| true).find(|other| other.exercise == item.exercise);
    if !first.is_some_and(|first| std::ptr::eq(first, item)) {
        return Ok(grown);
    }
    Err(ProgressionError {
        key,
        message: format!("the first set of `{}` has a share of the load of the set before", item.exercise),
        help: "write a load such as `60 kg` for it, or put the set that is meant before it",
        involves_dose: false,
    })
}

/// The key of the doses that a progression states itself, as far as their loads may be shares of others.
fn own_doses(scheme: &Scheme) -> Option<&'static str> {
    match scheme {
        Scheme::Constant(_) => Some("from"),
        Scheme::Linear { from, .. } | Scheme::Double { from, .. } | Scheme::ByResult { from, .. } => {
            from.is_some().then_some("from")
        }
        Scheme::Explicit(_) | Scheme::Stages(_) => Some(scheme.key()),
        Scheme::PercentTable(_) | Scheme::Lengths(_) | Scheme::Repeats(_) => None,
    }
}
