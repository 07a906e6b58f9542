//! The work of a session as a table to fill in: a row for each exercise, a column for each week.

use std::sync::Arc;

use regimen_catalog::Reference;
use regimen_catalog::model::Day;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Label, Section};

use super::Writer;
use super::counted::Counting;
use super::elements::{SessionElement, Strand, work};
use super::sheets::day_shown;
use super::writer::{below_each_other, separate_lines, text};
use crate::document::{Column, ColumnRole, Figure, LogSession, Row, Table};

/// So many weeks stand side by side; more would leave no room to write.
const MOST_WEEKS: usize = 4;

/// A session that comes more often than this in a week is ticked rather than written down.
pub(super) const MOST_TO_WRITE: usize = 3;

impl Writer<'_> {
    /// The tables of sessions that are alike, a few weeks each; none if there is nothing to do but read. A run whose days differ is
    /// one table of weeks by days.
    pub(super) fn log_tables(self, plan: &Plan, sessions: &[&PlannedSession]) -> Vec<Table> {
        let all = self.log_columns(sessions);
        if let Some(table) = self.run_by_days(plan, &all) {
            return vec![table];
        }
        let tables = all.len().div_ceil(MOST_WEEKS).max(1);
        let chunks = all.chunks(all.len().div_ceil(tables).max(1)).enumerate();
        let tables = chunks.map(|(index, columns)| self.log_table(columns, index == 0));
        tables.filter(|table| !table.rows.is_empty()).collect()
    }

    /// The only step of a run, of which days of a week have different amounts.
    fn run_by_days(self, plan: &Plan, columns: &[LogColumn<'_>]) -> Option<Table> {
        let of = self.day_table(plan, columns)?;
        let work = work(&columns.iter().map(|column| column.session).collect::<Vec<_>>());
        let [strand] = work.as_slice() else { return None };
        strand.times[0].1.step()?;
        let (mut title, _) = self.element_name(&strand.times[0].1);
        let across = self.across(&strand.times);
        let places = self.noted_of(strand, &title, &across, columns);
        let shared = separate_lines(across.shared);
        title.extend((!shared.is_empty()).then_some(Inline::Break));
        title.extend(shared);
        self.push_notes(strand, &mut title);
        let times: Vec<_> = across.each.into_iter().map(separate_lines).zip(places).collect();
        let mut table = self.filled(&of, self.session_name(columns[0].session), &times);
        table.rows.insert(0, group(title, table.columns.len()));
        Some(table)
    }

    fn log_table(self, of: &[LogColumn<'_>], pictures: bool) -> Table {
        let sessions: Vec<&PlannedSession> = of.iter().map(|column| column.session).collect();
        let work = work(&sessions);
        let mut columns = vec![Column { title: self.label_text(names(&work)), role: ColumnRole::Name }];
        columns.extend(of.iter().map(|column| Column { title: self.log_title(column), role: ColumnRole::Log }));
        let is_done = work.iter().any(Strand::is_done);
        let rows = if is_done { self.log_rows(&work, of, pictures) } else { Vec::new() };
        Table { summary: self.session_name(sessions[0]), alignment: Vec::new(), columns, rows }
    }

    /// "Week 1", and its day and date below
    fn log_title(self, column: &LogColumn<'_>) -> Inlines {
        let date = column.session.date.map(|date| self.date(Label::DayMonth, date));
        separate_lines(self.week_and_day(column).into_iter().chain(date))
    }

    /// "Week 1", and its day if there are several in it
    pub(super) fn week_and_day(self, column: &LogColumn<'_>) -> Vec<String> {
        self.counted_day(column.session, column.names_day)
    }

    /// "Week 1", and the day of a session
    pub(super) fn counted_day(self, session: &PlannedSession, names_day: bool) -> Vec<String> {
        // "Day 10" is a day by itself; another number beside it would be that of the turn.
        let is_day = matches!((self.counting, day_shown(session)), (Counting::Days(_), Day::Number(_)));
        let day = (names_day && !is_day).then(|| self.day(day_shown(session)));
        std::iter::once(self.counted_session(session)).chain(day).collect()
    }

    fn log_rows(self, work: &[Strand<'_>], columns: &[LogColumn<'_>], pictures: bool) -> Vec<Row> {
        let (mut rows, width) = (Vec::new(), columns.len() + 1);
        for (strand, title) in work.iter().zip(self.group_titles(work)) {
            rows.extend(title.map(|title| group(title, width)));
            if matches!(strand.times[0].1, SessionElement::Group(..)) {
                continue;
            }
            let (mut name, figure) = self.element_name(&strand.times[0].1);
            let across = self.across(&strand.times);
            let places = self.noted_of(strand, &name, &across, columns);
            let mut log: Vec<_> = std::iter::once(Vec::new()).chain(places).collect();
            log.resize(width, Vec::new());
            let shared = separate_lines(across.shared);
            name.extend((!shared.is_empty()).then_some(Inline::Break));
            name.extend(shared);
            self.push_notes(strand, &mut name);
            let mut instructions = across.instructions.into_iter();
            let of_weeks = across.each.into_iter().zip(&strand.times).zip(columns);
            let cells = of_weeks.map(|((mut lines, (_, element)), column)| {
                lines.extend(instructions.next().unwrap_or_default());
                below_each_other([separate_lines(lines), boxes(column.noted.len(), times_per_day(element))])
            });
            let mut cells: Vec<_> = std::iter::once(name).chain(cells).collect();
            cells.resize(width, Vec::new());
            rows.push(Row { figure: figure.filter(|_| pictures), log, ..Row::of(cells) });
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
            if let SessionElement::Group(_, items) = strand.times[0].1 {
                (in_turns, follows_turns) = (items, true);
                let group = self.group_title_by_times(strand);
                return Some(text(if enters { format!("{part}: {group}") } else { group }));
            }
            let leaves = follows_turns && in_turns == 0;
            follows_turns &= !leaves;
            in_turns = in_turns.saturating_sub(1);
            (enters || leaves).then(|| text(part))
        });
        titles.collect()
    }

    /// Who takes turns, behind the title of their group; one alone needs no name.
    pub(super) fn with_turns(self, title: Inlines, group: &Strand<'_>, after: &[Strand<'_>]) -> Inlines {
        let Some((format, items)) = group.times[0].1.group().filter(|(_, items)| *items > 1) else { return title };
        let names = after.iter().take(items).filter_map(|strand| {
            let item = strand.times[0].1.exercise_items()?.first()?;
            Some(self.named(&Reference::from(&item.exercise)))
        });
        let names = self.joined(names, Label::ListSeparator);
        let is_same = group.times.iter().all(|(_, element)| element.group() == Some((format, items)));
        if is_same {
            // The pattern has its sign behind what it is of.
            let colon = self.language.fill(Label::PartOf, &[("part", "")]);
            return [title, text(format!("{colon} ")), names].concat();
        }
        // Behind several titles, a colon would belong to the last of them.
        [title, text(self.label(Label::FactSeparator)), names].concat()
    }

    pub(super) fn group_title_by_times(self, strand: &Strand<'_>) -> String {
        let titles = strand.times.iter().filter_map(|(session, element)| match element {
            SessionElement::Group(format, _) => Some((*session, self.group_title(*format))),
            SessionElement::Exercise(_) | SessionElement::Step(_) | SessionElement::Text(..) => None,
        });
        self.by_times(&titles.collect::<Vec<_>>())
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

/// A column of a table to fill in.
pub(super) struct LogColumn<'p> {
    /// The session, or the first of several that are the same.
    pub(super) session: &'p PlannedSession,
    /// The session on each of the days of the week on which it is done.
    pub(super) noted: Vec<Arc<LogSession>>,
    /// Whether another column is of the same week.
    pub(super) names_day: bool,
}

impl Writer<'_> {
    /// A column for each session, or for each week if it has many that are the same.
    pub(super) fn log_columns<'p>(self, sessions: &[&'p PlannedSession]) -> Vec<LogColumn<'p>> {
        let weeks: Vec<&[&PlannedSession]> = sessions.chunk_by(|one, other| one.week == other.week).collect();
        let are_same = weeks.iter().all(|week| week.iter().all(|session| session.parts == week[0].parts));
        let together = are_same && weeks.iter().any(|week| week.len() > MOST_TO_WRITE);
        let several = weeks.iter().any(|week| week.len() > 1);
        let column = |all: &[&'p PlannedSession], session: &'p PlannedSession, names_day: bool| LogColumn {
            session,
            noted: all.iter().map(|session| self.noted_session(session)).collect(),
            names_day,
        };
        let of_week = |week: &&[&'p PlannedSession]| match week {
            [first, ..] if together => vec![column(week, first, false)],
            _ => week.iter().map(|session| column(&[*session], session, several)).collect(),
        };
        weeks.iter().flat_map(of_week).collect()
    }
}

/// How often an exercise is done on a day: what is done every two hours, eight times in 16 waking hours.
pub(super) fn times_per_day(element: &SessionElement<'_>) -> usize {
    let items = element.exercise_items().unwrap_or_default();
    let times = items.iter().map(|item| item.dose.times_a_day().high()).max();
    usize::try_from(times.unwrap_or(1)).unwrap_or(1).max(1)
}

/// Boxes to tick: those of a day beside each other, and apart from those of other days; nothing for a single box.
pub(super) fn boxes(days: usize, times: usize) -> Inlines {
    if (days, times) == (1, 1) {
        return Inlines::new();
    }
    vec![vec![Inline::Checkbox(false); times]; days].join(&Inline::Text(" ".into()))
}

fn group(title: Inlines, width: usize) -> Row {
    let mut cells = vec![title];
    cells.resize(width, Vec::new());
    Row { group: true, ..Row::of(cells) }
}

/// What the names in the first column are.
pub(super) fn names(work: &[Strand<'_>]) -> Label {
    let exercises = work.iter().any(|strand| matches!(strand.times[0].1, SessionElement::Exercise(_)));
    if exercises { Label::Exercise } else { Label::Step }
}
