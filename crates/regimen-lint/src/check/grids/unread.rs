//! Cells that cannot be read, and what is said of them.

use std::collections::BTreeMap;

use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::{Cell, UnreadCell};

use super::Checked;

/// The most cells of a grid of which is said what is wrong.
const MOST: usize = 100;

impl Checked<'_> {
    /// Cells that cannot be read, each text once.
    pub(super) fn unread(&self) -> Vec<Diagnostic> {
        let mut alike: BTreeMap<&str, Vec<&UnreadCell>> = BTreeMap::new();
        for cell in &self.grid.unread {
            alike.entry(&cell.text).or_default().push(cell);
        }
        let mut all: Vec<Vec<&UnreadCell>> = alike.into_values().collect();
        all.sort_by_key(|cells| cells.first().map(|cell| (cell.week, cell.column)));
        let mut findings: Vec<Diagnostic> = all.iter().take(MOST).filter_map(|cells| self.wrong(cells)).collect();
        if all.len() > MOST {
            let more = Diagnostic::error("grid", "there are more cells that cannot be read");
            let more = more.at(self.in_table_or("weeks"), "");
            findings.push(more.help("mend these first"));
        }
        findings
    }

    /// What is wrong with some cells of the same text.
    fn wrong(&self, cells: &[&UnreadCell]) -> Option<Diagnostic> {
        let (first, others) = cells.split_first()?;
        let wrong = first.wrong()?.to_string();
        let place = self.grid.place(&self.program.file, first.week, first.column);
        let help = self.unknown_offered(&wrong);
        let before = match self.grid.table() {
            Some(_) => String::new(),
            None => format!("cell {} of week {}: ", first.column + 1, first.week + 1),
        };
        let finding =
            Diagnostic::error("wrong-value", format!("{before}{wrong}{}", and_more(others.len()))).at(place, "");
        Some(match help {
            Some(help) => finding.help(help),
            None => finding,
        })
    }

    /// What is missing for a form that is offered: words that the grid does not know.
    fn unknown_offered(&self, message: &str) -> Option<String> {
        let (_, offers) = message.rsplit_once("did you mean ")?;
        let cell: Cell = offers.split('`').nth(1)?.parse().ok()?;
        let sessions = cell.0.iter().flat_map(|choice| &choice.sessions);
        let unknown = sessions.flat_map(|session| session.parts()).filter(|part| !self.is_known(part.name()));
        let mut said: Vec<String> = Vec::new();
        for part in unknown {
            let finding = self.unknown(part);
            let help = finding.help.map(|help| format!("{}; {help}", finding.message));
            said.extend(help.filter(|help| !said.contains(help)));
        }
        (!said.is_empty()).then(|| said.join("; "))
    }
}

/// That the same is wrong in other cells, too.
pub(super) fn and_more(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " (and in 1 more cell)".to_owned(),
        _ => format!(" (and in {others} more cells)"),
    }
}
