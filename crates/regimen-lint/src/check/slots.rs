//! Slots that two sessions of a week have: a calendar would take one for the other as soon as the list changes.

use std::collections::BTreeSet;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath};
use regimen_model::model::{Entry, PhaseSession, Program};
use regimen_model::plan::outline;
use regimen_model::vocabulary::Weekday;

/// Checks the sessions of all weeks of all programmes.
pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let programs = catalog.programs.values().filter(|program| has_same_names(program));
    programs.flat_map(|program| of_program(catalog, program)).collect()
}

/// Whether any list of sessions names a slot again, so that it is worth while to look at the weeks.
fn has_same_names(program: &Program) -> bool {
    let is_twice = |sessions: &[PhaseSession]| {
        let names: BTreeSet<&str> = sessions.iter().map(PhaseSession::name).collect();
        names.len() < sessions.len() && sessions.iter().any(|session| session.slot.is_some())
    };
    let own = |phase: &regimen_model::model::Phase| {
        phase.overrides.iter().filter_map(|week| week.sessions.as_deref()).any(is_twice)
    };
    // Cells of a grid are named after their days.
    let is_in_grid = program.grid.is_some();
    program.phases.iter().any(|phase| {
        is_twice(&phase.sessions) || own(phase) || is_in_grid && phase.sessions.iter().any(|one| one.slot.is_some())
    })
}

fn of_program(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let mut findings = Vec::new();
    for (number, week) in (1..).zip(outline::weeks(catalog, program, Weekday::Monday)) {
        for [first, again] in week.same_slots(number) {
            if !said.insert((week.path(first), week.path(again))) {
                continue;
            }
            let place = |session| week.place(&program.file, session, FieldPath::root().key("slot"));
            let name = again.name();
            let message = format!(
                "two sessions of week {number} have the slot `{name}`, so that calendars may take one for the other"
            );
            let finding = Diagnostic::warning("duplicate-id", message).at(place(again), "again here");
            findings
                .push(finding.at(place(first), "first here").help("give each session of a week a `slot` of its own"));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(phase: &str) -> Vec<String> {
        let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
        let lint = Lint::new().file("sessions/r.yaml", run).file("sessions/q.yaml", &run.replace("Run", "Other"));
        lint.phases(&[phase]).all().into_iter().filter(|line| line.contains("duplicate-id")).collect()
    }

    #[test]
    fn a_slot_is_that_of_one_session_of_a_week() {
        let two =
            |first: &str, second: &str| of(&format!("kind: base, weeks: 2, sessions: [{{{first}}}, {{{second}}}]"));
        let said = two("session: r, day: monday, slot: a", "session: r, day: friday, slot: a");
        assert_eq!(
            said,
            [
                "programs/p.yaml:3:115 duplicate-id: two sessions of week 1 have the slot `a`, so that calendars may take one for the other"
            ]
        );
        assert_eq!(two("session: r, day: monday", "session: q, day: friday, slot: r").len(), 1, "named like a session");
        assert_eq!(two("session: r, day: monday", "session: r, day: friday"), [""; 0], "no slot is written");
        assert_eq!(two("session: r, day: monday, slot: a", "session: r, day: friday, slot: b"), [""; 0]);
        let turns = two(
            "session: r, day: monday, slot: a, lengths: [5 km, none]",
            "session: q, day: monday, slot: a, lengths: [none, 6 km]",
        );
        assert_eq!(turns, [""; 0], "never in one week");
    }

    #[test]
    fn days_that_are_counted_have_their_number_in_the_slot() {
        let phase = |second: u32| {
            format!(
                "kind: base, days: 9, sessions: [{{session: r, day: 1, slot: a}}, {{session: q, day: {second}, slot: a}}]"
            )
        };
        assert_eq!(of(&phase(4)), [""; 0]);
        assert_eq!(of(&phase(1)).len(), 1);
    }
}
