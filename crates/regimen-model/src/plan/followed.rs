//! Which progression is followed for an exercise of a session, and what its doses take from those that they replace.

use super::progress::PhaseProgression;
use crate::catalog::Catalog;
use crate::model::{Dose, Doses, Entry, Grows, Item, Session, SessionBlock};

/// The items of the main and accessory parts of a session, those of fragments among them.
fn work_items<'c>(catalog: &'c Catalog, session: &'c Entry<Session>) -> impl Iterator<Item = &'c Item> {
    let work = session.parts().into_iter().filter(|(section, ..)| section.is_work());
    let blocks = work.flat_map(|(_, _, blocks)| blocks);
    let blocks = blocks.flat_map(|block| match block {
        SessionBlock::Use(id) => catalog.fragments.get(id).map_or(&[][..], |fragment| fragment.blocks.as_slice()),
        SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Text(_) => {
            std::slice::from_ref(block)
        }
    });
    blocks.flat_map(|block| block.items().map(|(_, item)| item))
}

/// Of the progressions that may change a session, the one that is followed for an item.
///
/// One that names the item comes before those that name its exercise; of several alike the last one is followed, so that a
/// special one may follow a general one. One that names the exercise and has doses of its own leaves those alone that the
/// session writes out, if the session has the exercise without a dose, too.
pub(super) fn followed<'p>(
    progressions: &[PhaseProgression<'p>],
    item: &Item,
    catalog: &Catalog,
    session: &Entry<Session>,
) -> Option<PhaseProgression<'p>> {
    let named = |item: &Item| {
        let id = item.id.as_ref()?;
        progressions.iter().rev().find(|one| matches!(&one.rule.of, Grows::Item(named) if named == id))
    };
    if let Some(one) = named(item) {
        return Some(*one);
    }
    let of_exercise =
        |one: &&PhaseProgression<'_>| matches!(&one.rule.of, Grows::Exercise(exercise) if *exercise == item.exercise);
    let is_meant = |other: &Item| other.exercise == item.exercise && other.dose.is_none() && named(other).is_none();
    let leaves_it = item.dose.is_some() && work_items(catalog, session).any(is_meant);
    let mut all = progressions.iter().rev().filter(of_exercise);
    all.find(|one| !leaves_it || !one.rule.scheme.replaces_doses()).copied()
}

/// Doses with what they do not say from those that they replace, one by one and the first for those that are more, and from the
/// exercise's defaults. Doses `in_a_row` have a rest between them even if each is of one set.
pub(super) fn inherited(doses: Vec<Dose>, in_a_row: bool, replaced: &Doses, defaults: Option<&Dose>) -> Vec<Dose> {
    let several = in_a_row && doses.len() > 1;
    let all = doses.into_iter().enumerate().map(|(index, dose)| {
        let bases = replaced.iter().nth(index).or_else(|| replaced.first()).into_iter().chain(defaults);
        bases.fold(dose, |dose, base| if several { dose.over_in_a_row(base) } else { dose.over(base) })
    });
    all.collect()
}
