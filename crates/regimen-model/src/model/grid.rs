//! Plans as a grid: a row for each week, a cell for each day.

mod advice;
mod cell;
mod hint;
mod joined;
mod last;
mod letters;
mod manner;
mod meaning;
mod part;
mod read;
mod spelling;
mod text;
mod turns;
mod unread;

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

pub use cell::{Between, BetweenManner, Cell, CellAmount, CellChoice, CellFaster, CellSession, CellStep, FasterWord};
use cell::{RUN, WALK};

pub use self::unread::UnreadCell;

use self::meaning::{CellMeaning, PlacedWord};
use self::text::{folded, is_rest};
use self::unread::WrittenCell;
use super::change::HourOfDay;
use super::day::Day;
use super::note::Note;
use super::placement::{Alternative, AlternativeSession, PerWeek, PhaseSession};
use super::run::{Repeat, RunPart, RunStep, StepLength, Stretch};
use super::session::Session;
use super::target::RunTarget;
use super::visit::{At, FactVisitor, Naming};
use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::reference::Id;
use crate::vocabulary::{Intensity, Weekday};

/// The word for doing nothing.
const REST: &str = "rest";
/// The word for an easy run, which leads to the work of a run in parts or away from it.
const EASY: &str = "easy";

/// The sessions of a programme as a grid.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "GridAsWritten")]
#[schemars(with = "GridAsWritten")]
pub struct Grid {
    /// The sessions that the words of its cells mean.
    pub sessions: BTreeMap<CellWord, Id<Session>>,
    /// The days of its columns.
    pub days: Vec<Day>,
    /// A row for each week of the programme, or each turn of a cycle, and a cell for each day.
    pub weeks: Vec<Vec<Cell>>,
    /// The name of the file that has the rows, beside the programme, if they are not in the programme itself.
    pub file: Option<TableName>,
    /// The cells that cannot be read. In `weeks` nothing is done on their days.
    pub unread: Vec<UnreadCell>,
    /// Where its cells are written.
    cells: Cells,
    /// The words whose sessions are written with more than their id, and when on their day those are done.
    hours: BTreeMap<CellWord, Option<HourOfDay>>,
}

/// Where the cells of a grid are written.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cells {
    /// Under `weeks` in the file of the programme.
    Program,
    /// In a table of its own, by its path from the root.
    Table(FilePath),
}

/// The keys of a grid as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GridAsWritten {
    /// The sessions that the words of its cells mean. A session's id means that session without being listed.
    #[serde(default)]
    sessions: BTreeMap<CellWord, CellMeaning>,
    /// The days of its columns, weekdays or days of a turn; Monday to Sunday unless stated.
    #[schemars(length(min = 1, max = 99))]
    days: Option<Vec<Day>>,
    /// A row for each week of the programme, or each turn of a cycle, and a cell for each day.
    weeks: Option<Vec<Vec<WrittenCell>>>,
    /// The table beside the programme that has the rows, such as `plan.csv`; its first row names the days.
    file: Option<TableName>,
}

impl TryFrom<GridAsWritten> for Grid {
    type Error = &'static str;

    fn try_from(written: GridAsWritten) -> Result<Self, &'static str> {
        let GridAsWritten { sessions, days, weeks, file } = written;
        if file.is_some() && days.is_some() {
            return Err(
                "the first row of the `file` names the days, so that `days` has nothing to say; leave `days` out",
            );
        }
        let weeks = match (weeks, &file) {
            (Some(weeks), None) => weeks,
            // Whoever reads the file puts its rows here.
            (None, Some(_)) => Vec::new(),
            (Some(_), Some(_)) => return Err("a grid has either `weeks` or a `file`"),
            (None, None) => return Err("a grid has its `weeks`, or the `file` that has them"),
        };
        let (weeks, unread) = unread::parted(weeks);
        let days = days.unwrap_or_else(|| Weekday::ALL.iter().copied().map(Day::Weekday).collect());
        let hours = sessions.iter().filter_map(|(word, meaning)| match meaning {
            CellMeaning::Session(_) => None,
            CellMeaning::Placed(placed) => Some((word.clone(), placed.at)),
        });
        let hours = hours.collect();
        let session = |meaning| match meaning {
            CellMeaning::Session(session) | CellMeaning::Placed(PlacedWord { session, .. }) => session,
        };
        let sessions = sessions.into_iter().map(|(word, meaning)| (word, session(meaning))).collect();
        Ok(Self { sessions, days, weeks, file, unread, cells: Cells::Program, hours })
    }
}

impl Grid {
    /// Takes the rows of its table, which is at this path from the catalogue's root, and those of its cells that cannot be read.
    pub fn fill(&mut self, file: FilePath, days: Vec<Day>, weeks: Vec<Vec<Cell>>, unread: Vec<UnreadCell>) {
        (self.days, self.weeks, self.unread, self.cells) = (days, weeks, unread, Cells::Table(file));
    }

    /// Where a cell is written; `program` is the programme's file.
    pub fn place(&self, program: &FilePath, week: usize, column: usize) -> Place {
        Place::value(self.table().unwrap_or(program).clone(), self.row_path(week).index(column))
    }

    /// Where a row is written.
    pub fn row_place(&self, program: &FilePath, week: usize) -> Place {
        Place::value(self.table().unwrap_or(program).clone(), self.row_path(week))
    }

    /// The table that has its cells, by its path from the root; `None` if they are in the programme's own file.
    pub fn table(&self) -> Option<&FilePath> {
        match &self.cells {
            Cells::Program => None,
            Cells::Table(file) => Some(file),
        }
    }

    /// The path to a row in the file that has it.
    pub fn row_path(&self, week: usize) -> FieldPath {
        match &self.cells {
            Cells::Program => FieldPath::root().key("grid").key("weeks").index(week),
            Cells::Table(_) => FieldPath::root().index(week),
        }
    }

    /// The session that a word means; `None` if the grid does not list it and it is no id.
    pub fn session(&self, word: &str) -> Option<Id<Session>> {
        self.sessions.get(word).cloned().or_else(|| word.parse().ok())
    }

    /// When on their day the sessions of its words are done, where that is said.
    pub fn hours(&self) -> impl Iterator<Item = HourOfDay> {
        self.hours.values().copied().flatten()
    }

    /// Every session of the cells, each with its week and column; what is only walked in a run is none.
    pub fn named(&self) -> impl Iterator<Item = (usize, usize, &CellSession)> {
        self.weeks.iter().enumerate().flat_map(move |(week, row)| {
            let cells = row.iter().enumerate();
            let choices = cells.flat_map(|(column, cell)| cell.0.iter().map(move |choice| (column, choice)));
            choices.flat_map(move |(column, choice)| {
                let runs = choice.sessions.iter();
                let parts = runs.flat_map(move |run| run.parts().filter(move |part| !self.is_walk(run, part)));
                parts.map(move |part| (week, column, part))
            })
        })
    }

    /// The sessions of a week of the programme, 0 for its first, each with its place in the row. Words that mean no session
    /// are left out; checking reports them.
    pub fn placements(&self, week: u32) -> Vec<GridPlacement> {
        let row = usize::try_from(week).ok().and_then(|week| self.weeks.get(week));
        let mut placed = Vec::new();
        for (column, (cell, day)) in row.into_iter().flatten().zip(&self.days).enumerate() {
            for (position, choice) in cell.0.iter().enumerate() {
                placed.extend(self.planned(choice, *day).map(|planned| GridPlacement { column, position, planned }));
            }
        }
        placed
    }

    /// A choice of a cell as a phase would place it.
    fn planned(&self, choice: &CellChoice, day: Day) -> Option<PhaseSession> {
        let (first, others) = choice.sessions.split_first()?;
        let or = others.iter().filter_map(|other| self.short(other)).map(|other| Alternative::Session(other.into()));
        let AlternativeSession { session, length, target, repeats, run, like, note } = self.short(first)?;
        let (optional, or, repeats) = (choice.optional, or.collect(), repeats.map(PerWeek::Always));
        let at = first.parts().find_map(|part| self.hours.get(part.name()).copied().flatten());
        Some(PhaseSession {
            at,
            length,
            target,
            repeats,
            run,
            like,
            note,
            optional,
            or,
            ..PhaseSession::new(session, day)
        })
    }

    /// A session of a cell, with how much of it is done; its steps are in short.
    fn short(&self, cell: &CellSession) -> Option<AlternativeSession> {
        let (CellSession { target, within, then, note, .. }, length) = (cell, cell.length());
        let is_repeat =
            |part: &&CellSession| matches!(part.amount, Some(CellAmount::Repeats { .. } | CellAmount::Sets { .. }));
        // The last part of a run is a part of the session that is named first, which has its length in all.
        let whole = Some(cell).filter(|cell| cell.has_last_part);
        let parts = || cell.parts().filter(|part| !self.is_walk(cell, part));
        let main = whole.or_else(|| parts().find(is_repeat)).or_else(|| parts().find(|part| !self.is_easy(part)));
        let session = self.session(main.or_else(|| parts().next())?.name())?;
        let note = note.clone().map(|key| Note { key, owner: None });
        if within.is_none() && then.is_empty() && !is_repeat(&cell) {
            let repeats = match &cell.amount {
                Some(CellAmount::Times(times)) => Some(*times),
                _ => None,
            };
            let target = *target;
            return Some(AlternativeSession { length, target, repeats, note, ..AlternativeSession::new(session) });
        }
        let (mut run, mut like) = (Vec::new(), Vec::new());
        for (index, part) in cell.parts().enumerate() {
            let is_walk = self.is_walk(cell, part);
            let own = if is_walk { session.clone() } else { self.session(part.name())? };
            let leads = own != session && self.is_easy(part);
            let intensity = match index {
                _ if is_walk => Intensity::Walk,
                0 if leads => Intensity::WarmUp,
                _ if leads && index == then.len() => Intensity::CoolDown,
                _ => Intensity::Active,
            };
            let place = match intensity {
                Intensity::WarmUp | Intensity::CoolDown => Some(RunPart::Easy),
                _ => Some(RunPart::Last).filter(|_| cell.has_last_part && index > 0),
            };
            run.extend(part.step(intensity).map(|step| match step {
                RunStep::Stretch(stretch) => RunStep::Stretch(Stretch { part: place, ..stretch }),
                RunStep::Repeat(_) => step,
            }));
            like.push(own);
        }
        Some(AlternativeSession { run: Some(run), like, note, ..AlternativeSession::new(session) })
    }

    /// Whether a part of a run is walked: `5 min walk, then 20 min run`. A word that the grid lists means its session.
    fn is_walk(&self, run: &CellSession, part: &CellSession) -> bool {
        let is_part = run.parts().any(|part| !part.is_walk()) && !run.has_last_part;
        is_part && part.is_walk() && !self.sessions.contains_key(WALK)
    }

    /// Whether a part of a run may lead to the others or away from them.
    fn is_easy(&self, part: &CellSession) -> bool {
        let is_plain = part.target.is_none() && part.within.is_none() && part.length().is_some();
        is_plain && (part.name() == EASY || self.session(part.name()) == self.session(RUN))
    }

    pub(super) fn visit(&self, at: &At<'_>, visitor: &mut impl FactVisitor) {
        let Self { sessions, days: _, weeks: _, file: _, unread: _, cells, hours } = self;
        let listed = at.below("sessions");
        for (word, session) in sessions {
            let own = listed.named(word.as_str());
            let at = if hours.contains_key(word) { own.below("session") } else { own };
            visitor.entry(session.into(), Naming::Needed, &at);
        }
        let below = at.below("weeks");
        let table = match cells {
            Cells::Program => None,
            Cells::Table(file) => Some(At::file(file)),
        };
        let rows = table.as_ref().unwrap_or(&below);
        for (week, column, one) in self.named().filter(|(_, _, one)| !sessions.contains_key(one.name())) {
            // A word that is no id is not known, which checking reports.
            let Some(session) = self.session(one.name()) else { continue };
            visitor.entry((&session).into(), Naming::Needed, &rows.index(week).index(column));
        }
    }
}

/// A session that a grid places.
#[derive(Debug, Clone)]
pub struct GridPlacement {
    /// The column of its cell.
    pub column: usize,
    /// Which session of its cell it is, counted from 0.
    pub position: usize,
    /// The same as a phase would say it.
    pub planned: PhaseSession,
}

impl GridPlacement {
    /// The name of its place in the week: the day of its cell, `tuesday`, with a number for a second session of that day, `tuesday-2`.
    pub fn name(&self) -> String {
        Self::name_of(self.planned.day, self.position)
    }

    /// The same from the day and which session of that day it is, counted from 0.
    pub(crate) fn name_of(day: Day, position: usize) -> String {
        let day = match day {
            Day::Weekday(day) => day.to_string(),
            Day::Number(day) => format!("day-{day}"),
        };
        if position == 0 { day } else { format!("{day}-{}", position + 1) }
    }
}

impl CellSession {
    fn length(&self) -> Option<StepLength> {
        match &self.amount {
            Some(CellAmount::Length(length)) => Some(*length),
            Some(CellAmount::Times(_) | CellAmount::Repeats { .. } | CellAmount::Sets { .. }) | None => None,
        }
    }

    /// The step that it is, for what it is; `None` if it does not say how much.
    fn step(&self, intensity: Intensity) -> Option<RunStep> {
        let within = self.within.iter().filter_map(|faster| {
            let intensity = match faster.word {
                Some(FasterWord::Strides) => Intensity::Strides,
                Some(FasterWord::Fast) | None => Intensity::Active,
            };
            faster.amount.step(faster.target, intensity)
        });
        let step = self.amount.as_ref()?.step(self.target, intensity)?;
        Some(if self.within.is_some() { step.with_inner(within.collect()) } else { step })
    }

    /// What cannot be true of what is faster within it.
    fn contradiction(&self) -> Option<&'static str> {
        match self.step(Intensity::Active)? {
            RunStep::Stretch(stretch) => stretch.contradiction(),
            RunStep::Repeat(_) => None,
        }
    }
}

impl CellAmount {
    /// A step that is so long, or so many repeats, for what it is; `None` if it says only how often a session's own steps are done.
    fn step(&self, target: Option<RunTarget>, intensity: Intensity) -> Option<RunStep> {
        let stretch = |length: StepLength, target: Option<RunTarget>, intensity: Intensity| {
            let within = Vec::new();
            RunStep::Stretch(Stretch {
                id: None,
                length,
                target,
                and: None,
                intensity,
                sport: None,
                within,
                note: None,
                part: None,
            })
        };
        let pause = |between: &Between| {
            let intensity = match between.manner {
                Some(BetweenManner::Jog) | None => Intensity::Recovery,
                Some(BetweenManner::Walk) => Intensity::Walk,
                Some(BetweenManner::Rest) => Intensity::Rest,
            };
            stretch(between.length, None, intensity)
        };
        let (times, mut steps, between) = match self {
            Self::Length(length) => return Some(stretch(*length, target, intensity)),
            Self::Times(_) => return None,
            Self::Repeats { times, each, between } => (times, vec![stretch(*each, target, intensity)], between),
            Self::Sets { times, steps, between } => {
                let step = |step: &CellStep| match step {
                    CellStep::Work { amount, target } => amount.step(*target, intensity),
                    CellStep::Between(between) => Some(pause(between)),
                };
                (times, steps.iter().filter_map(step).collect(), between)
            }
        };
        steps.extend(between.iter().map(pause));
        Some(RunStep::Repeat(Repeat { id: None, times: times.0, steps, note: None }))
    }
}

/// A word of a grid's cells for a session, in small letters: `easy`, `half marathon`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellWord(Arc<str>);

impl CellWord {
    /// The word as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::borrow::Borrow<str> for CellWord {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CellWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CellWord {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let is_word = |word: &str| {
            word.starts_with(char::is_alphabetic)
                && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '/' | '&' | '.'))
        };
        let even = folded(text);
        if even != text {
            return Err(format!("a word of cells is in small letters, whatever the cells have: write `{even}`"));
        }
        if text.split(' ').any(|word| word == "or") {
            return Err(format!(
                "`{}` cannot be a word of cells: `or` stands between two sessions of which one is done",
                text.chars().take(80).collect::<String>().escape_debug()
            ));
        }
        match text.split(' ').all(is_word) && !is_rest(text) {
            true => Ok(Self(text.into())),
            false => Err(format!(
                "`{}` cannot be a word of cells: it has letters, digits and hyphens, begins with a letter, and is not `{REST}`",
                text.chars().take(80).collect::<String>().escape_debug()
            )),
        }
    }
}

impl<'de> Deserialize<'de> for CellWord {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for CellWord {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "CellWord".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

/// The name of a table of values beside a programme, such as `plan.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableName(Arc<str>);

impl TableName {
    /// The ending of such files.
    pub const ENDING: &'static str = ".csv";

    /// The path from the root of a table beside the programme in this file.
    pub fn beside(&self, program: &FilePath) -> FilePath {
        let folder = program.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
        format!("{folder}{}", self.0).into()
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for TableName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let stem = text.strip_suffix(Self::ENDING).filter(|stem| !stem.is_empty() && !stem.starts_with('.'));
        match stem.filter(|stem| !stem.contains(['/', '\\']) && !stem.chars().any(char::is_control)) {
            Some(_) => Ok(Self(text.as_str().into())),
            None => Err(serde::de::Error::custom(format!(
                "`{}` is not the name of a table beside the programme, such as `plan.csv`",
                text.chars().take(80).collect::<String>().escape_debug()
            ))),
        }
    }
}

impl JsonSchema for TableName {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "TableName".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": r"^[^./\\][^/\\]*\.csv$",
            "errorMessage": "write the name of a table beside the programme, such as `plan.csv`",
        })
    }
}
