//! Doses of exercises that a placement states for its day.

use std::collections::{BTreeMap, BTreeSet};

use super::PlacementError;
use crate::diagnostic::FieldPath;
use crate::model::{Dose, DoseError, Doses, Exercise, GroupFormat, Item, LineName};
use crate::plan::{PlannedBlock, PlannedItem, PlannedPart};
use crate::reference::Id;

/// Puts the doses of a placement in place of those of the session.
pub(super) fn place(parts: &mut [PlannedPart], doses: &BTreeMap<LineName, Doses>) -> Vec<PlacementError> {
    let mut errors = Vec::new();
    for name in doses.keys().filter(|name| !has_line(parts, name)) {
        let name = name.as_str();
        let message = format!("the session has no `{name}` in its main or accessory part");
        let path = FieldPath::root().key("doses").key(name);
        let help = "name an exercise of the session, or a line of it by its `id`, or leave the dose out".to_owned();
        errors.push(PlacementError { help, ..PlacementError::at(path, message) });
    }
    errors.extend(in_turns(parts, doses));
    errors.extend(shares_of_nothing(parts, doses));
    place_doses(parts, doses);
    errors
}

fn has_line(parts: &[PlannedPart], name: &LineName) -> bool {
    let work = PlannedPart::work(parts);
    let mut items = work.flat_map(PlannedBlock::items);
    items.any(|item| {
        item.exercise == *name.exercise() || item.id.as_ref().is_some_and(|id| id.as_str() == name.as_str())
    })
}

/// The doses of a placement for a line of a session: one that names the line comes before one that names its exercise.
fn named_doses<'d>(
    doses: &'d BTreeMap<LineName, Doses>,
    id: Option<&Id<Item>>,
    exercise: &Id<Exercise>,
) -> Option<&'d Doses> {
    entry(doses, id, exercise).map(|(_, doses)| doses)
}

fn entry<'d>(
    doses: &'d BTreeMap<LineName, Doses>,
    id: Option<&Id<Item>>,
    exercise: &Id<Exercise>,
) -> Option<(&'d LineName, &'d Doses)> {
    id.and_then(|id| doses.get_key_value(id.as_str())).or_else(|| doses.get_key_value(exercise.as_str()))
}

/// Whether a placement has a dose for a line of a session.
pub(in crate::plan) fn is_named(
    doses: &BTreeMap<LineName, Doses>,
    id: Option<&Id<Item>>,
    exercise: &Id<Exercise>,
) -> bool {
    named_doses(doses, id, exercise).is_some()
}

/// Doses for exercises in turns that cannot be done there as they are written.
fn in_turns(parts: &[PlannedPart], doses: &BTreeMap<LineName, Doses>) -> Vec<PlacementError> {
    let mut errors = Vec::new();
    let blocks = PlannedPart::work(parts);
    for (format, block) in blocks.filter_map(|block| Some((block.group_format()?, block))) {
        for item in block.items().iter().filter(|item| !item.goes_on) {
            let Some((name, doses)) = entry(doses, item.id.as_ref(), &item.exercise) else { continue };
            if let Some(DoseError { message, help }) = format.dose_error(doses) {
                let path = FieldPath::root().key("doses").key(name.as_str());
                errors.push(PlacementError { help: help.to_owned(), ..PlacementError::at(path, message) });
            }
        }
    }
    errors
}

/// Shares of the load of the set before, for the first set of an exercise.
fn shares_of_nothing(parts: &[PlannedPart], doses: &BTreeMap<LineName, Doses>) -> Vec<PlacementError> {
    let (mut errors, mut done) = (Vec::new(), BTreeSet::new());
    for part in parts {
        for item in part.blocks.iter().flat_map(PlannedBlock::items) {
            let is_meant = done.insert(&item.exercise) && part.section.is_work();
            let Some((name, doses)) = entry(doses, item.id.as_ref(), &item.exercise).filter(|_| is_meant) else {
                continue;
            };
            if doses.first().is_some_and(Dose::begins_with_share) {
                let message = format!("the first set of `{}` has a share of the load of the set before", item.exercise);
                let path = FieldPath::root().key("doses").key(name.as_str());
                let help = "write a load such as `60 kg` for it, or put the set that is meant before it".to_owned();
                errors.push(PlacementError { help, ..PlacementError::at(path, message) });
            }
        }
    }
    errors
}

/// Puts doses in place of all that the session and progressions say of the lines that they name.
fn place_doses(parts: &mut [PlannedPart], doses: &BTreeMap<LineName, Doses>) {
    let meant = |item: &PlannedItem| named_doses(doses, item.id.as_ref(), &item.exercise);
    for part in parts.iter_mut().filter(|part| part.section.is_work()) {
        let mut blocks = Vec::new();
        for block in std::mem::take(&mut part.blocks) {
            match block {
                PlannedBlock::Item(item) => match meant(&item) {
                    Some(doses) => blocks.extend(placed_items(&item, doses, None).into_iter().map(PlannedBlock::Item)),
                    None => blocks.push(PlannedBlock::Item(item)),
                },
                PlannedBlock::Group { format, items } => {
                    let items = items.into_iter().flat_map(|item| match meant(&item) {
                        Some(doses) => placed_items(&item, doses, Some(format)),
                        None => vec![item],
                    });
                    blocks.push(PlannedBlock::Group { format, items: items.collect() });
                }
                block @ (PlannedBlock::Run(_) | PlannedBlock::Text(..)) => blocks.push(block),
            }
        }
        part.blocks = blocks;
    }
}

/// The items of a line with these doses; nothing for an item that only goes on with the line.
fn placed_items(item: &PlannedItem, doses: &Doses, format: Option<GroupFormat>) -> Vec<PlannedItem> {
    if item.goes_on {
        return Vec::new();
    }
    let doses = doses.clone().in_turns(format).over(&item.dose).into_iter().enumerate();
    let planned = |(index, dose)| PlannedItem { dose, goes_on: index > 0, instruction: None, ..item.clone() };
    doses.map(planned).collect()
}
