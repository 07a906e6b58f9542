//! What the catalogue itself says about the shipped programme, for comparison with what was exported.

use std::collections::BTreeSet;

use regimen_catalog::plan::{Plan, PlannedBlock, PlannedItem, PlannedSession, expand};
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
    let blocks = session.parts.iter().flat_map(|part| &part.blocks);
    blocks
        .flat_map(|block| match block {
            PlannedBlock::Item(item) => vec![item],
            PlannedBlock::Round { items, .. } => items.iter().collect(),
            PlannedBlock::Text(..) => Vec::new(),
        })
        .collect()
}

/// The names of the exercises of a session, as a reader sees them.
pub(crate) fn exercise_names(catalog: &Catalog, session: &PlannedSession) -> BTreeSet<String> {
    let named = |item: &PlannedItem| catalog.exercises[&item.exercise].words.name.clone();
    items(session).into_iter().map(named).collect()
}
