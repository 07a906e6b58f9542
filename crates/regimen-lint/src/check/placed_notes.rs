//! The notes that programmes add to the sessions that they place, which are texts of these sessions.

use std::collections::BTreeMap;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{FieldPath, Place};
use regimen_model::model::{Entry, Note, PhaseSession, PlainWords, Program, RunStep, Session};
use regimen_model::reference::Id;

/// Notes by the session whose texts they are, each with its place.
pub(super) type PlacedNotes = BTreeMap<Id<Session>, Vec<(Place, Id<PlainWords>)>>;

/// The notes of placements, of their steps and of cells.
pub(super) fn of(catalog: &Catalog) -> PlacedNotes {
    let mut notes = PlacedNotes::new();
    for program in catalog.programs.values() {
        of_phases(program, &mut notes);
        of_grid(program, &mut notes);
    }
    notes
}

/// Where notes of a session may be: a placement of it, at a path.
struct NoteSource<'a> {
    session: &'a Id<Session>,
    note: Option<&'a Note>,
    run: Option<&'a [RunStep]>,
    path: FieldPath,
}

/// All that a placement says: of its session, and of those that may be done instead.
fn sources(planned: &PhaseSession, path: FieldPath) -> Vec<NoteSource<'_>> {
    let mut all = Vec::new();
    for (index, other) in planned.alternatives() {
        let path = path.clone().key("or").index(index);
        all.push(NoteSource { session: &other.session, note: other.note.as_ref(), run: other.run.as_deref(), path });
    }
    let (note, run) = (planned.note.as_ref(), planned.run.as_deref());
    all.push(NoteSource { session: &planned.session, note, run, path });
    all
}

fn of_phases(program: &Entry<Program>, notes: &mut PlacedNotes) {
    for (index, phase) in program.phases.iter().enumerate() {
        let path = FieldPath::root().key("phases").index(index);
        let placed = phase.session_lists(&path).flat_map(|(path, sessions)| {
            sessions.iter().enumerate().flat_map(move |(index, planned)| sources(planned, path.clone().index(index)))
        });
        for NoteSource { session, note, run, path } in placed {
            let steps = RunStep::notes_in(run.unwrap_or_default(), &path.clone().key("run"));
            let own = note.map(|note| (path.key("note"), note));
            let found = own.into_iter().chain(steps);
            let found = found.map(|(path, note)| (Place::value(program.file.clone(), path), note.key.clone()));
            notes.entry(session.clone()).or_default().extend(found);
        }
    }
}

fn of_grid(program: &Entry<Program>, notes: &mut PlacedNotes) {
    let Some(grid) = &program.grid else { return };
    for (week, number) in (0..grid.weeks.len()).zip(0_u32..) {
        for placed in grid.placements(number) {
            for NoteSource { session, note, .. } in sources(&placed.planned, FieldPath::root()) {
                let place = grid.place(&program.file, week, placed.column);
                notes.entry(session.clone()).or_default().extend(note.map(|note| (place, note.key.clone())));
            }
        }
    }
}
