//! Races that a programme places over another distance than they have.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::model::{
    CellAmount, Entry, Grid, PhaseSession, Program, RunStep, Session, SessionBlock, StepLength, Stretch,
};
use regimen_model::quantity::Distance;
use regimen_model::reference::Id;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

/// Checks the races of all programmes.
pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let of_program = |program: &std::sync::Arc<Entry<Program>>| {
        let cells = program.grid.iter().flat_map(|grid| in_cells(catalog, program, grid));
        cells.chain(in_phases(catalog, program)).collect::<Vec<_>>()
    };
    catalog.programs.values().flat_map(of_program).collect()
}

fn in_cells(catalog: &Catalog, program: &Entry<Program>, grid: &Grid) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let columns = grid.weeks.iter().enumerate().flat_map(|(week, row)| (0..).zip(row).map(move |cell| (week, cell)));
    let choices = columns.flat_map(|(week, (column, cell))| cell.0.iter().map(move |choice| (week, column, choice)));
    let sessions =
        choices.flat_map(|(week, column, choice)| choice.sessions.iter().map(move |one| (week, column, one)));
    // A part of a run is no race by itself.
    for (week, column, written) in sessions.filter(|(_, _, session)| session.then.is_empty()) {
        let Some(CellAmount::Length(length)) = written.amount else { continue };
        let other = grid.session(written.name()).and_then(|id| other_race(catalog, &id, length));
        let Some(OtherRace { message, length }) = other else { continue };
        let (word, name) = (written.name(), length.to_string().replace(' ', ""));
        findings.push(
            Diagnostic::warning("grid", message).at(grid.place(&program.file, week, column), "").help(format!(
                "write `{word}` alone if that race is meant; a race over {length} is a session of its own: add one, list a word for it under \
                 `sessions` of the grid, such as `{}-{name}`, and write that word",
                word.replace(' ', "-")
            )),
        );
    }
    findings
}

fn in_phases(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, phase) in program.phases.iter().enumerate() {
        let path = FieldPath::root().key("phases").index(index);
        let mut look = |sessions: &[PhaseSession], path: &FieldPath| {
            for (index, planned) in sessions.iter().enumerate() {
                let other = planned.length.and_then(|length| other_race(catalog, &planned.session, length));
                let Some(OtherRace { message, length }) = other else { continue };
                let path = path.clone().key("sessions").index(index).key("length");
                let place = Place::value(program.file.clone(), path);
                let help = format!("leave `length` out, or place a session of its own for a race over {length}");
                findings.push(Diagnostic::warning("placement", message).at(place, "").help(help));
            }
        };
        look(&phase.sessions, &path);
        for (index, week) in phase.overrides.iter().enumerate() {
            look(week.sessions.as_deref().unwrap_or_default(), &path.clone().key("overrides").index(index));
        }
    }
    findings
}

/// A race over another distance than its session has.
struct OtherRace {
    message: String,
    length: Distance,
}

/// The share by which two distances of one race may differ in what is written: `6.2 mi` are 10 km.
const ROUNDED: Decimal = Decimal::from_parts(102, 0, 0, false, 2);

fn other_race(catalog: &Catalog, id: &Id<Session>, length: StepLength) -> Option<OtherRace> {
    let StepLength::Distance(length) = length else { return None };
    let own =
        catalog.sessions.get(id).filter(|session| session.kind == SessionKind::Race).and_then(|race| distance(race))?;
    let (written, meant) = (length.metres(), own.metres());
    let is_other = written.low() > meant.high() * ROUNDED || meant.low() > written.high() * ROUNDED;
    is_other.then(|| OtherRace {
        message: format!("`{id}` is a race over {own}, and {length} of it are placed here"),
        length,
    })
}

/// The distance of a race with one stretch that is run once.
fn distance(race: &Session) -> Option<Distance> {
    let steps = race.main.iter().flat_map(|block| match block {
        SessionBlock::Run(steps) => steps.as_slice(),
        SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Use(_) | SessionBlock::Text(_) => &[],
    });
    let is_work = |step: &&RunStep| !matches!(step, RunStep::Stretch(stretch) if !stretch.intensity.is_work());
    let mut work = steps.filter(is_work);
    match (work.next(), work.next()) {
        (Some(RunStep::Stretch(Stretch { length: StepLength::Distance(distance), .. })), None) => Some(*distance),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_race_over_another_distance_is_a_session_of_its_own() {
        let of = |phase: &str, grid: &str| {
            let race = "kind: race\nmain: [{run: [{duration: 10 km}]}]\nwords: {name: Race}\n";
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: race, weeks: 1{phase}}}]\n{grid}words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let lint = Lint::new().file("sessions/race.yaml", race).file("programs/p.yaml", &program);
            let said = [" grid: ", " placement: "];
            lint.all().into_iter().filter(|line| said.iter().any(|code| line.contains(code))).collect::<Vec<_>>()
        };
        let cell = |cell: &str| of("", &format!("grid:\n  days: [sunday]\n  weeks: [['{cell}']]\n"));
        let message = "`race` is a race over 10 km, and 5 km of it are placed here";
        let said = cell("5 km race");
        assert!(said.len() == 1 && said[0].ends_with(message), "{said:?}");
        for fine in ["race", "10 km race", "6.2 mi race", "2 km race, then 8 km race", "60 min race"] {
            assert_eq!(cell(fine), [""; 0], "{fine}");
        }
        let placed = |length: &str| of(&format!(", sessions: [{{session: race, day: sunday, length: {length}}}]"), "");
        let said = placed("5 km");
        assert!(said.len() == 1 && said[0].ends_with(message), "{said:?}");
        assert_eq!(placed("10 km"), [""; 0]);
    }
}
