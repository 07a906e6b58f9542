//! Sessions: the rows of a table to print, and what they mean.

use regimen_catalog::model::{PercentOf, Rhythm, SessionWords};
use regimen_catalog::plan::{Instruction, PlannedBlock, PlannedItem, PlannedPart, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::quantity::{Beat, Duration};
use regimen_catalog::vocabulary::{Counted, Label, Section};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::cards::Facts;
use super::runs::asks_for_effort;
use super::writer::text;
use crate::document::{Block, Column, ColumnRole, Row, Table};

impl Writer<'_> {
    /// What RPE and tempo mean, as far as the sessions use them.
    pub(super) fn legend<'p>(self, sessions: impl Iterator<Item = &'p PlannedSession>) -> Facts {
        let (mut rpe, mut tempo, mut explosive) = (false, false, false);
        for part in sessions.flat_map(|session| &session.parts) {
            for item in part.blocks.iter().flat_map(PlannedBlock::items) {
                rpe |= item.dose.rpe.is_some();
                tempo |= item.dose.tempo.is_some();
                explosive |= item.dose.tempo.is_some_and(|tempo| tempo.0.contains(&Beat::Explosive));
            }
            rpe |= part.blocks.iter().any(|block| matches!(block, PlannedBlock::Run(steps) if asks_for_effort(steps)));
        }
        let sign = |label: Label, name| capitalised(self.language.fill(label, &[(name, "")]).trim());
        let mut facts = Vec::new();
        if rpe {
            facts.push((sign(Label::Rpe, "rpe"), text(self.label(Label::RpeMeans))));
        }
        if tempo {
            let label = if explosive { Label::TempoMeansWithX } else { Label::TempoMeans };
            facts.push((sign(Label::Tempo, "tempo"), text(self.label(label))));
        }
        facts
    }

    /// "In turns, 3 rounds, rest 60 s"
    pub(super) fn turns_title(self, rhythm: Rhythm) -> String {
        let rounds = rhythm.rounds().map(|rounds| self.language.count(Counted::Rounds, rounds)).unwrap_or_default();
        let fill = |label, values: &[(&str, &str)]| self.language.fill(label, values);
        match rhythm {
            Rhythm::Superset { rest, .. } => self.with_rest(fill(Label::SupersetOf, &[("rounds", &rounds)]), rest),
            Rhythm::Circuit { rest, .. } => self.with_rest(fill(Label::CircuitOf, &[("rounds", &rounds)]), rest),
            Rhythm::Emom { every, .. } => fill(Label::EmomOf, &[("time", &self.time(&every)), ("rounds", &rounds)]),
            Rhythm::Amrap { time } => fill(Label::AmrapOf, &[("time", &self.time(&time))]),
            Rhythm::Tabata { work, rest, .. } => {
                let (work, rest) = (self.time(&work), self.time(&rest));
                fill(Label::TabataOf, &[("rounds", &rounds), ("work", &work), ("rest", &rest)])
            }
        }
    }

    fn with_rest(self, title: String, rest: Option<Duration>) -> String {
        match rest {
            Some(rest) => format!("{title}{}{}", self.language.label(Label::ListSeparator), self.rest(&rest)),
            None => title,
        }
    }

    pub(super) fn block_text(self, owner: &Reference, key: &Id<regimen_catalog::model::PlainWords>) -> Inlines {
        let read: Option<(Self, &SessionWords)> = match owner {
            Reference::Session(id) => self.catalog.sessions.get(id).map(|entry| self.reading(entry)),
            Reference::Fragment(id) => self.catalog.fragments.get(id).map(|entry| self.reading(entry)),
            _ => None,
        };
        let line = read.and_then(|(writer, words)| Some(writer.resolved(&words.texts.get(key)?.0)));
        line.unwrap_or_default()
    }

    /// The session to print: warm-up and cool-down in a line each, the work as a table to fill in.
    pub(super) fn session_blocks(self, session: &PlannedSession) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut rows = Vec::new();
        for part in &session.parts {
            match part.section {
                Section::WarmUp => blocks.push(self.part_line(part)),
                Section::CoolDown => {}
                Section::Main | Section::Accessory => {
                    // The main work needs no title; what comes after it does.
                    rows.extend((!rows.is_empty()).then(|| group(self.language.label(part.section))));
                    part.blocks.iter().for_each(|block| self.push_rows(block, &mut rows));
                }
            }
        }
        if !rows.is_empty() {
            blocks.push(Block::Table(self.session_table(session, rows)));
        }
        let cool_down = session.parts.iter().find(|part| part.section == Section::CoolDown);
        blocks.extend(cool_down.map(|part| self.part_line(part)));
        blocks
    }

    fn session_table(self, session: &PlannedSession, rows: Vec<Row>) -> Table {
        let column = |label: Label, role| Column { title: text(self.label(label)), role };
        let columns = vec![
            column(Label::Exercise, ColumnRole::Name),
            column(Label::Dose, ColumnRole::Amount),
            column(Label::Manner, ColumnRole::Text),
            column(Label::Done, ColumnRole::Log),
            column(Label::Notes, ColumnRole::Log),
        ];
        Table { summary: self.name(&Reference::Session(session.session.clone())), columns, rows }
    }

    /// "**Warm-up:** Easy jog 5 min, Leg swing 10 reps each side"
    fn part_line(self, part: &PlannedPart) -> Block {
        let items = part.blocks.iter().flat_map(|block| match block {
            PlannedBlock::Item(item) => vec![self.short_item(item)],
            PlannedBlock::Turns { rhythm, items } => {
                let title = vec![Inline::Emphasis(text(self.turns_title(*rhythm)))];
                std::iter::once(title).chain(items.iter().map(|item| self.short_item(item))).collect()
            }
            PlannedBlock::Run(steps) => steps.iter().map(|step| text(self.step(step))).collect(),
            PlannedBlock::Text(owner, key) => vec![self.block_text(owner, key)],
        });
        let label = self.language.fill(Label::PartOf, &[("part", self.language.label(part.section))]);
        let mut line = vec![Inline::Strong(text(label)), Inline::Text(" ".into())];
        line.extend(self.joined(items, Label::ItemSeparator));
        Block::Paragraph(line)
    }

    fn short_item(self, item: &PlannedItem) -> Inlines {
        let link = self.link(Reference::Exercise(item.exercise.clone()));
        vec![link, Inline::Text(format!(" {}", self.work(&item.dose)))]
    }

    fn push_rows(self, block: &PlannedBlock, rows: &mut Vec<Row>) {
        match block {
            PlannedBlock::Item(item) => rows.push(self.item_row(item)),
            PlannedBlock::Turns { rhythm, items } => {
                let title = self.turns_title(*rhythm);
                match rows.last_mut().filter(|row| row.group) {
                    // The first round of a part shares the row of the part's title.
                    Some(part) => part.cells[0].push(Inline::Text(format!(": {title}"))),
                    None => rows.push(group(&title)),
                }
                rows.extend(items.iter().map(|item| self.item_row(item)));
            }
            PlannedBlock::Run(steps) => rows.extend(steps.iter().map(|step| {
                let [what, how_much, manner] = self.step_cells(step).map(filled);
                row([what, how_much, manner])
            })),
            PlannedBlock::Text(owner, key) => rows.push(row([self.block_text(owner, key), Vec::new(), Vec::new()])),
        }
    }

    fn item_row(self, item: &PlannedItem) -> Row {
        let instruction = item.instruction.as_ref().map(|instruction| self.instruction(instruction));
        let manner = [Some(self.manner(&item.dose)), instruction].into_iter().flatten();
        let manner: Vec<_> = manner.filter(|text| !text.is_empty()).collect();
        row([
            vec![self.link(Reference::Exercise(item.exercise.clone()))],
            filled(self.work(&item.dose)),
            filled(manner.join(self.language.label(Label::ItemSeparator))),
        ])
    }

    /// What the reader decides by their own results.
    pub(super) fn instruction(self, instruction: &Instruction) -> String {
        match instruction {
            Instruction::AddLoad { reach, add, again_at, cap } => {
                let values = [
                    ("reps", reach.to_string()),
                    ("load", self.amount(&add.measured())),
                    ("low", again_at.to_string()),
                    ("cap", cap.as_ref().map(|cap| self.amount(&cap.measured())).unwrap_or_default()),
                ];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                let label = if cap.is_some() { Label::AddLoadUpTo } else { Label::AddLoad };
                self.language.fill(label, &values)
            }
            Instruction::RaiseBest { of, by } => {
                let label = match of {
                    PercentOf::OneRepMax => Label::RaiseBestSingle,
                    PercentOf::TrainingMax => Label::RaiseTrainingMax,
                };
                self.language.fill(label, &[("load", &self.amount(&by.measured()))])
            }
        }
    }
}

fn filled(content: String) -> Inlines {
    if content.is_empty() { Vec::new() } else { text(content) }
}

fn group(title: &str) -> Row {
    let mut row = row([text(title), Vec::new(), Vec::new()]);
    row.group = true;
    row
}

/// A row with two cells left blank for the pen.
fn row(cells: [Inlines; 3]) -> Row {
    Row { cells: cells.into_iter().chain([Vec::new(), Vec::new()]).collect(), group: false, figure: None }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
