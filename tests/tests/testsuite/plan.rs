//! What the catalogue itself says about the shipped programme, for comparison with what was exported.

use std::collections::BTreeSet;

use regimen_catalog::model::WorkAmount;
use regimen_catalog::plan::{Plan, PlannedItem, PlannedSession, expand};
use regimen_catalog::{Catalog, load};
use regimen_tests::repository;

/// The shipped catalogue.
pub(crate) fn catalog() -> Catalog {
    let loaded = load(&repository().join("catalog")).unwrap();
    assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
    loaded.catalog.unwrap()
}

/// The plan of its one schedule.
pub(crate) fn plan(catalog: &Catalog) -> Plan {
    let (name, schedule) = catalog.project.schedules.iter().next().unwrap();
    expand(catalog, &catalog.programs[&schedule.program], Some((name, schedule))).unwrap()
}

/// The exercises of a session, in order.
pub(crate) fn items(session: &PlannedSession) -> Vec<&PlannedItem> {
    session.items().map(|(_, item)| item).collect()
}

/// The names of the exercises of a session, as a reader sees them.
pub(crate) fn exercise_names(catalog: &Catalog, session: &PlannedSession) -> BTreeSet<String> {
    let named = |item: &PlannedItem| catalog.exercises[&item.exercise].words.name.to_string();
    items(session).into_iter().map(named).collect()
}

/// What is to be done of an exercise, put together here a second time from the facts: "3 × 8–12 each side".
pub(crate) fn work(item: &PlannedItem) -> String {
    let dash = |text: String| text.replace('-', "–");
    let single = item.dose.sets.is_one() && item.dose.sets.low() == 1;
    let amounts = item.dose.work.amounts();
    let amount = dash(amounts.as_slice().iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    let amount = match amounts.as_slice().last() {
        Some(WorkAmount::Count(_)) if single => format!("{amount} {}", item.dose.work.kind().key()),
        _ => amount,
    };
    let sets = if single { String::new() } else { dash(format!("{} × ", item.dose.sets)) };
    format!("{sets}{amount}{}", if item.dose.is_per_side() { " each side" } else { "" })
}
