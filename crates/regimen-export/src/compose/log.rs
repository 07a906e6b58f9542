//! The work of a session as a table to fill in: a row for each exercise, a column for each week.

use regimen_catalog::plan::PlannedSession;
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Label, Section};

use super::Writer;
use super::elements::{SessionElement, Strand, work};
use super::writer::{separate_lines, text};
use crate::document::{Column, ColumnRole, Figure, Row, Table};

/// So many weeks stand side by side; more would leave no room to write.
const MOST_WEEKS: usize = 4;

impl Writer<'_> {
    /// The tables of sessions that are alike, a few weeks each; none if there is nothing to do but read.
    pub(super) fn log_tables(self, sessions: &[&PlannedSession]) -> Vec<Table> {
        let tables = sessions.len().div_ceil(MOST_WEEKS).max(1);
        let chunks = sessions.chunks(sessions.len().div_ceil(tables).max(1)).enumerate();
        let tables = chunks.map(|(index, sessions)| self.log_table(sessions, index == 0));
        tables.filter(|table| !table.rows.is_empty()).collect()
    }

    fn log_table(self, sessions: &[&PlannedSession], pictures: bool) -> Table {
        let work = work(sessions);
        let mut columns = vec![Column { title: self.label_text(names(&work)), role: ColumnRole::Name }];
        columns.extend(sessions.iter().map(|session| Column { title: self.log_title(session), role: ColumnRole::Log }));
        let width = columns.len();
        let rows = if work.iter().any(Strand::is_done) { self.log_rows(&work, width, pictures) } else { Vec::new() };
        Table { summary: self.session_name(sessions[0]), alignment: Vec::new(), columns, rows }
    }

    /// "Week 1", and its date below
    fn log_title(self, session: &PlannedSession) -> Inlines {
        let week = self.counted_session(session);
        let date = session.date.map(|date| self.date(Label::DayMonth, date));
        separate_lines(std::iter::once(week).chain(date))
    }

    fn log_rows(self, work: &[Strand<'_>], width: usize, pictures: bool) -> Vec<Row> {
        let mut rows = Vec::new();
        for (strand, title) in work.iter().zip(self.group_titles(work)) {
            rows.extend(title.map(|title| group(title, width)));
            if matches!(strand.weeks[0].1, SessionElement::Group(..)) {
                continue;
            }
            let (mut name, figure) = self.element_name(&strand.weeks[0].1);
            let across = self.across(&strand.weeks);
            let shared = separate_lines(across.shared);
            name.extend((!shared.is_empty()).then_some(Inline::Break));
            name.extend(shared);
            self.push_notes(&strand.notes(), &mut name);
            let cells = across.each.into_iter().map(|(_, lines)| separate_lines(lines));
            let mut cells: Vec<_> = std::iter::once(name).chain(cells).collect();
            cells.resize(width, Vec::new());
            rows.push(Row { cells, group: false, figure: figure.filter(|_| pictures) });
        }
        rows
    }

    /// The title that opens a group before an element: a group of exercises, another part, or what is in no group any more.
    pub(super) fn group_titles(self, work: &[Strand<'_>]) -> Vec<Option<Inlines>> {
        let (mut section, mut in_turns) = (Section::Main, 0_usize);
        let mut follows_turns = false;
        let titles = work.iter().enumerate().map(|(index, strand)| {
            let enters = strand.section != section && index > 0;
            section = strand.section;
            let part = self.language.label(strand.section);
            if let SessionElement::Group(_, items) = strand.weeks[0].1 {
                (in_turns, follows_turns) = (items, true);
                let group = self.group_title_by_weeks(strand);
                return Some(text(if enters { format!("{part}: {group}") } else { group }));
            }
            let leaves = follows_turns && in_turns == 0;
            follows_turns &= !leaves;
            in_turns = in_turns.saturating_sub(1);
            (enters || leaves).then(|| text(part))
        });
        titles.collect()
    }

    pub(super) fn group_title_by_weeks(self, strand: &Strand<'_>) -> String {
        let titles = strand.weeks.iter().filter_map(|(week, element)| match element {
            SessionElement::Group(format, _) => Some((*week, self.group_title(*format))),
            SessionElement::Exercise(_) | SessionElement::Step(_) | SessionElement::Text(..) => None,
        });
        self.by_weeks(&titles.collect::<Vec<_>>())
    }

    /// What an element is called, and its picture.
    pub(super) fn element_name(self, element: &SessionElement<'_>) -> (Inlines, Option<Figure>) {
        match element {
            SessionElement::Exercise(items) => {
                let id = items.first().map(|item| &item.exercise);
                let link = id.map(|id| self.link(id.into()));
                let exercise = id.and_then(|id| self.catalog.exercises.get(id));
                (link.into_iter().collect(), exercise.and_then(|exercise| self.small_figure(exercise)))
            }
            SessionElement::Step(step) => {
                let [what, ..] = self.step_cells(step);
                (separate_lines([what]), None)
            }
            SessionElement::Text(owner, key) => (self.block_text(owner, key), None),
            SessionElement::Group(..) => (Vec::new(), None),
        }
    }
}

fn group(title: Inlines, width: usize) -> Row {
    let mut cells = vec![title];
    cells.resize(width, Vec::new());
    Row { cells, group: true, figure: None }
}

/// What the names in the first column are.
pub(super) fn names(work: &[Strand<'_>]) -> Label {
    let exercises = work.iter().any(|strand| matches!(strand.weeks[0].1, SessionElement::Exercise(_)));
    if exercises { Label::Exercise } else { Label::Step }
}
