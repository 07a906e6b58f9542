//! A programme as a grid of weeks by days on one page, as runners pin it to the wall.

use regimen_catalog::Reference;
use regimen_catalog::model::{Day, Entry, Program};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Label, PhaseKind, SessionKind, WeekMark};

use super::Writer;
use super::amounts::unbroken;
use super::brief::{GridOf, ShortWork};
use super::changes::{ColumnHour, DayMarks};
use super::credits::sessions_of;
use super::day_columns::{days, left_out_on, on_day};
use super::glance::{most_times_a_day, most_times_of};
use super::overview::DayColumns;
use super::totals::WeekTotal;
use super::usual::{Cells, Usual};
use super::writer::{below_each_other, separate_lines, text};
use crate::document::{Block, Column, ColumnRole, Document, LogEntry, Row, Table};
use crate::exporter::Unit;

/// Composes the weeks of a programme alone: a row for each week, a column for each day, in each cell what to do. A session
/// that comes on most of the same days is named once, above them.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::week_grid(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert!(matches!(&page.blocks[..], [Block::Table(weeks)] if weeks.rows.len() == 2));
/// ```
pub fn week_grid(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    weeks_alone(unit, (program, plan), GridOf::Weeks)
}

/// Composes the same weeks with fewer words, for a page that the usual ones do not fit: the sessions of a day in one line, and
/// what a session has in all of its weeks once below them.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::week_grid_in_short(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert!(matches!(&page.blocks[0], Block::Table(weeks) if weeks.rows.len() == 2));
/// ```
pub fn week_grid_in_short(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    weeks_alone(unit, (program, plan), GridOf::WeeksInShort)
}

fn weeks_alone(unit: &Unit<'_>, (program, plan): (&Entry<Program>, &Plan), of: GridOf) -> Document {
    let (writer, words) = Writer::new(unit).in_plan(plan).reading(program);
    let mut document = writer.document(&words.name, program.revised);
    let facts = writer.personal_name(unit.person).into_iter().chain(Some(writer.dates_in_short(plan)));
    document.summary = writer.joined(facts, Label::FactSeparator);
    let cells = Cells::of(writer, plan, of);
    document.blocks.push(Block::Table(writer.grid(program, &cells)));
    document.blocks.extend(writer.constant_work(&cells.constant));
    document.blocks.extend(writer.work_of_most_days(&cells));
    document.blocks.extend(writer.shares_line(plan));
    document.blocks.extend(writer.totals_line(plan));
    let printed = std::iter::once(Reference::from(&program.id)).chain(sessions_of(plan));
    document.frame.origins = writer.origins_in_short(printed);
    document
}

/// A column of a grid.
struct GridDay<'p> {
    day: Day,
    /// When most of its sessions are.
    hour: Option<ColumnHour>,
    usual: Option<Usual<'p>>,
}

impl Writer<'_> {
    /// "Starts: Monday 21 December 2026 · Race day: Sunday 25 April 2027", and when the reader pauses; empty without dates.
    fn dates_in_short(self, plan: &Plan) -> Inlines {
        let Some(schedule) = &plan.schedule else { return Inlines::new() };
        let dates = [(Label::Starts, Some(schedule.start)), (Label::RaceDay, schedule.race)];
        let dates = dates.into_iter().filter_map(|(label, date)| Some((label, date?)));
        let dates = dates.map(|(label, date)| {
            let name = self.language.fill(Label::PartOf, &[("part", self.language.label(label))]);
            text(format!("{name} {}", self.date(Label::Date, date)))
        });
        self.joined(dates.chain(self.pauses(plan).map(text)), Label::FactSeparator)
    }

    /// A row for each week and a column for each day, with room to tick. What is `constant` is said below.
    pub(super) fn grid(self, program: &Entry<Program>, cells: &Cells<'_>) -> Table {
        let (plan, of) = (cells.plan, cells.of);
        let days: Vec<GridDay<'_>> = days(plan)
            .into_iter()
            .map(|day| GridDay {
                day,
                hour: if of.says_hours() { self.column_hour(plan, day) } else { None },
                usual: Usual::of(self, cells, day),
            })
            .collect();
        let mut columns = vec![Column { title: self.counted_title(), role: ColumnRole::Amount }];
        let is_named_below = is_named_below(cells, &days);
        columns.extend(days.iter().map(|GridDay { day, hour, usual }| {
            let usual = usual.as_ref().filter(|_| !is_named_below);
            let names = usual.map(|usual| self.usual_title(usual)).unwrap_or_default();
            let day = separate_lines(
                std::iter::once(self.column_title(*day)).chain(hour.as_ref().map(|hour| hour.title.clone())),
            );
            Column { title: below_each_other([day, names]), role: ColumnRole::Log }
        }));
        let of_weeks = WeekTotal::all(plan);
        // Beside tables room is dear, and the same time in each week says little.
        let shown = |totals: &Vec<Inlines>| {
            of.is_alone()
                || of_weeks.iter().any(WeekTotal::has_distance)
                || totals.iter().any(|total| *total != totals[0])
        };
        let totals = self.week_totals(&of_weeks).filter(shown);
        columns.extend(totals.as_ref().map(|_| self.total_column()));
        let shown: Vec<Day> = days.iter().map(|day| day.day).collect();
        let of_days = DayColumns { plan, columns: &columns, days: &shown, first: 1 };
        let rows = plan.weeks.iter().enumerate().map(|(at, week)| {
            let [first, heading] = match of {
                GridOf::Weeks | GridOf::WeeksInShort | GridOf::Sheets => {
                    let numbers = [self.counted_number(week), self.counted_by_itself(week)];
                    numbers.map(|number| self.week_in_short(program, week, number))
                }
                GridOf::Fridge | GridOf::FridgeInShort => {
                    let numbers = [self.week_number(week), self.week_by_itself(week)];
                    numbers.map(|number| below_each_other([number, self.lighter_mark(week)]))
                }
            };
            let (cells, log): (Vec<_>, Vec<_>) = days.iter().map(|day| self.on_grid_day(cells, week, day)).unzip();
            let total = totals.as_ref().and_then(|totals| totals.get(at)).cloned();
            let cells: Vec<_> = std::iter::once(first).chain(cells).chain(total).collect();
            let mut log: Vec<_> = std::iter::once(Vec::new()).chain(log).collect();
            log.resize(cells.len(), Vec::new());
            Row { listed: self.listed_cells(&of_days, week), heading, log, ..Row::of(cells) }
        });
        let rows: Vec<Row> = rows.collect();
        Table { summary: self.name(&Reference::from(&program.id)), alignment: Vec::new(), columns, rows }
    }

    /// The sessions of a day, a line for each where there are several, and what its reader leaves out; and what its boxes are about.
    fn on_grid_day(self, cells: &Cells<'_>, week: &PlannedWeek, day: &GridDay<'_>) -> (Inlines, Vec<LogEntry>) {
        let Cells { plan, of, constant } = cells;
        let of = *of;
        let sessions: Vec<&PlannedSession> = on_day(plan, week, day.day).collect();
        let hour = day.hour.as_ref().map(|hour| hour.hour.as_str());
        let marks = DayMarks::of(plan, week, &sessions, hour);
        let marks = if of.says_hours() { marks } else { marks.without_hours() };
        let usual = day.usual.as_ref().filter(|usual| usual.is_of(&sessions));
        let shown = sessions.iter().enumerate().map(|(at, session)| {
            let mark = self.day_mark(&marks, session);
            let mut lines = if of == GridOf::WeeksInShort && usual.is_none() && constant.has(session) {
                vec![self.named_session(session), self.marked_with_choices(session, None)]
            } else {
                self.in_grid(cells, session, usual.map(|usual| (usual, at)))
            };
            let times = self.times_in_cell(cells, session);
            if cells.have_boxes() {
                lines[0] = with_boxes(times, &lines[0]);
            }
            let ticks = (times > 1).then(|| boxes(times)).filter(|_| of != GridOf::WeeksInShort && !has_boxes(&lines));
            let lines = lines.into_iter().chain([mark]).chain(ticks);
            if sessions.len() == 1 && of != GridOf::WeeksInShort {
                return below_each_other(lines);
            }
            let lines: Vec<Inlines> = lines.filter(|line| !line.is_empty()).collect();
            lines.join(&Inline::Text(" ".into()))
        });
        let shown: Vec<Inlines> = shown.collect();
        let log = sessions.iter().zip(&shown).flat_map(|(session, shown)| self.noted_boxes(session, shown)).collect();
        let left_out = left_out_on(plan, week, day.day).map(|session| self.left_out_mark(session));
        if of == GridOf::WeeksInShort {
            return (below_each_other(std::iter::once(self.joined(shown, Label::And)).chain(left_out)), log);
        }
        (below_each_other(shown.into_iter().chain(left_out)), log)
    }

    /// What to do on a day: how much of what stands above, else the name of the session and how much of it. A race says that it is one.
    fn in_grid(self, cells: &Cells<'_>, session: &PlannedSession, usual: Option<(&Usual<'_>, usize)>) -> Vec<Inlines> {
        let below = usual.map(|usual| self.below_usual(cells, session, usual)).unwrap_or_default();
        // A cell with nothing in it would be a day of rest.
        if !below.is_empty() {
            return vec![below];
        }
        let names = self.race_mark(session).into_iter().chain([self.named_session(session)]);
        names.chain([self.in_few_words(cells, session)]).collect()
    }

    /// What marks a lighter week.
    fn lighter_mark(self, week: &PlannedWeek) -> Inlines {
        let mut sessions = week.sessions.iter().filter(|session| !session.kind.is_spared()).peekable();
        let is_lighter =
            week.kind == PhaseKind::Deload || (sessions.peek().is_some() && sessions.all(|session| session.lighter));
        if is_lighter { text(self.language.label(WeekMark::Lighter)) } else { Inlines::new() }
    }

    /// What is in a cell below the name of its session: how much, or where that is said below the grid, a box to tick each time.
    pub(super) fn under_its_name(self, cells: &Cells<'_>, session: &PlannedSession) -> Inlines {
        let work = self.in_few_words(cells, session);
        let is_known = self.work_in_short(session).is_some();
        if work.is_empty() && (cells.says_below(session) || (!cells.of.is_alone() && !is_known)) {
            return boxes(self.times_in_cell(cells, session));
        }
        // "or rest" says nothing without the name.
        if is_known { work } else { Inlines::new() }
    }

    /// How much of a session: of exercises only the first or the top set where tables or sheets below have the rest, and nothing that is
    /// said once below.
    fn in_few_words(self, cells: &Cells<'_>, session: &PlannedSession) -> Inlines {
        let work = self.work_in_short(session);
        if cells.says_below(session) {
            return self.marked_with_choices(session, None);
        }
        let work = if cells.of.is_alone() { work } else { work.map(ShortWork::alone) };
        self.marked_with_choices(session, work.as_ref())
    }

    /// How often that which a cell says of a session is done on its day: the exercise of which it has the dose, else any of them.
    fn times_in_cell(self, cells: &Cells<'_>, session: &PlannedSession) -> u32 {
        match self.work_in_short(session) {
            _ if session.kind == SessionKind::Rest => 0,
            Some(ShortWork::Lead { item, .. }) if !cells.constant.has(session) => most_times_of(item),
            _ => most_times_a_day(session),
        }
    }

    /// "3 Build" and its date below
    fn week_in_short(self, program: &Entry<Program>, week: &PlannedWeek, number: String) -> Inlines {
        let number = vec![Inline::Strong(text(number))];
        let date = week.start.map(|start| text(unbroken(&self.date(Label::DayMonth, start))));
        let phase = if self.phase_name(program, &week.phase).is_some() {
            [text(" "), self.phase_of(program, week)].concat()
        } else {
            text(format!("\u{a0}{}", unbroken(self.language.label(week.kind))))
        };
        below_each_other([[number, phase].concat()].into_iter().chain(date))
    }
}

/// Whether all days have the same single session, which stands below with its name and what is done in it.
fn is_named_below(cells: &Cells<'_>, days: &[GridDay<'_>]) -> bool {
    let mut usual = days.iter().map(|day| day.usual.as_ref().and_then(Usual::single));
    let Some(Some(first)) = usual.next() else { return false };
    days.len() > 1
        && cells.says_below(first)
        && usual.all(|other| other.is_some_and(|other| other.session == first.session))
}

/// A box to tick for each time of the day.
fn boxes(times: u32) -> Inlines {
    (0..times).map(|_| Inline::Checkbox(false)).collect()
}

/// The first line of a cell of a sheet for the fridge, its boxes before all else.
fn with_boxes(times: u32, line: &Inlines) -> Inlines {
    match line.first() {
        Some(Inline::Checkbox(_)) => line.clone(),
        _ => [boxes(times), line.clone()].concat(),
    }
}

fn has_boxes(lines: &[Inlines]) -> bool {
    lines.iter().flatten().any(|inline| matches!(inline, Inline::Checkbox(_)))
}
