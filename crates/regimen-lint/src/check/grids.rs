//! Grids: rows for the weeks, cells for the days, and words for sessions.

use std::collections::BTreeSet;

use regimen_model::Mention;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Segment, Spot};
use regimen_model::model::{CellSession, Day, Entry, Grid, Program};
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::did_you_mean;

/// Checks the grids of all programmes. `damaged` are entries whose files could not be read, which are known to exist.
pub(super) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for program in catalog.programs.values() {
        if let Some(grid) = &program.grid {
            let checked = Checked { catalog, damaged, program, grid };
            findings.extend(checked.rows().into_iter().chain(checked.days()));
            findings.extend(checked.words());
        }
    }
    findings
}

/// Whether a mention stands in a cell, whose words are known here.
pub(super) fn is_in_cell(mention: &Mention) -> bool {
    let Spot::Value(path) = &mention.place.spot else { return false };
    match path.0.as_slice() {
        [Segment::Index(_), Segment::Index(_)] => true,
        [Segment::Key(grid), Segment::Key(weeks), ..] => **grid == *"grid" && **weeks == *"weeks",
        _ => false,
    }
}

struct Checked<'a> {
    catalog: &'a Catalog,
    damaged: &'a BTreeSet<Reference>,
    program: &'a Entry<Program>,
    grid: &'a Grid,
}

impl Checked<'_> {
    fn key(&self, key: &str) -> Place {
        Place::key(self.program.file.clone(), FieldPath::root().key("grid").key(key))
    }

    /// A row for each week, a cell for each day.
    fn rows(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let (rows, weeks) = (self.grid.weeks.len(), self.program.weeks());
        if u32::try_from(rows) != Ok(weeks) {
            let message = format!("the grid has {}, and the phases have {}", counted(rows), counted(weeks as usize));
            let place = self.key(if self.grid.file.is_some() { "file" } else { "weeks" });
            let finding = Diagnostic::error("grid", message).at(place, "");
            findings.push(finding.help("write a row for each week of all phases, or change the `weeks` of a phase"));
        }
        for (week, row) in self.grid.weeks.iter().enumerate() {
            let (cells, days) = (row.len(), self.grid.days.len());
            if cells != days {
                let message = format!("week {} has {cells} cells, and the grid has {days} days", week + 1);
                let place = self.grid.row_place(&self.program.file, week);
                let finding = Diagnostic::error("grid", message).at(place, "");
                findings.push(finding.help("write a cell for each day; `rest` where nothing is done"));
            }
        }
        findings
    }

    /// Days that differ, in weeks of the calendar.
    fn days(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for day in self.grid.days.iter().filter(|day| !seen.insert(**day)) {
            let finding = Diagnostic::error("grid", format!("`{day}` has two columns")).at(self.key("days"), "");
            findings.push(
                finding.help("name each day once; two sessions of a day stand in one cell, with `+` between them"),
            );
        }
        for day in self.grid.days.iter().filter(|day| matches!(day, Day::Number(8..))) {
            let finding = Diagnostic::error("grid", format!("a week has no day {day}")).at(self.key("days"), "");
            findings.push(finding.help("days of a week count from 1 to 7"));
        }
        if self.grid.days.is_empty() {
            let finding = Diagnostic::error("grid", "the grid has no days").at(self.key("days"), "");
            findings.push(finding.help("name its days, or leave `days` out for Monday to Sunday"));
        }
        for (index, phase) in self.program.phases.iter().enumerate() {
            if phase.length.days() != 7 * phase.length.weeks() || phase.length.is_turns() {
                let path = FieldPath::root().key("phases").index(index).key("days");
                let message = format!("the phase `{}` is in days, and a grid has weeks", phase.id);
                let finding = Diagnostic::error("grid", message).at(Place::key(self.program.file.clone(), path), "");
                findings.push(
                    finding.help("give the phase `weeks`, or write its sessions under `sessions` without a grid"),
                );
            }
        }
        findings
    }

    /// Words of cells that mean no session.
    fn words(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for (week, column, session) in self.grid.named() {
            if self.grid.sessions.contains_key(session.name()) || self.is_session(session.name()) {
                continue;
            }
            let place = self.grid.place(&self.program.file, week, column);
            findings.push(self.unknown(session).at(place, ""));
        }
        findings
    }

    fn is_session(&self, name: &str) -> bool {
        let id = name.parse::<Id<_>>().ok();
        id.is_some_and(|id| self.catalog.sessions.contains_key(&id) || self.damaged.contains(&Reference::from(&id)))
    }

    fn unknown(&self, session: &CellSession) -> Diagnostic {
        let name = session.name();
        if session.word.is_none() {
            let message = format!("`{session}` names no session, and the grid does not say what `{name}` means");
            let help = format!(
                "write the session into the cell, or add `{name}:` with a session under `sessions` of the grid"
            );
            return Diagnostic::error("grid", message).help(help);
        }
        let words = self.grid.sessions.keys().map(|word| word.as_str());
        let former = self.catalog.former_ids(Kind::Session).into_iter().find(|(former, _)| *former == name);
        let help = match former {
            Some((_, now)) => Some(format!("the session is called `{now}` now")),
            None => did_you_mean(name, words.chain(self.catalog.ids(Kind::Session)).chain(["rest"])),
        };
        let help = help.unwrap_or_else(|| format!("add `{name}:` with a session under `sessions` of the grid"));
        Diagnostic::error("grid", format!("the grid does not know `{name}`")).help(help)
    }
}

fn counted(weeks: usize) -> String {
    format!("{weeks} {}", if weeks == 1 { "week" } else { "weeks" })
}
