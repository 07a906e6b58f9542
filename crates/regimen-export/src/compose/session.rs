//! Sessions: the rows of a table to print, and the plain text of a calendar entry.

use regimen_catalog::model::SessionWords;
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedItem, PlannedPart, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::{Counted, Label, Section};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::cards::Facts;
use super::writer::text;
use crate::document::{Block, Column, ColumnRole, Row, Table};
use crate::exporter::Unit;

/// A session as a calendar entry shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionText {
    /// One line, the work first: "Nordic curl 3 × 5, week 3 of 8".
    pub title: String,
    /// The whole session as plain text, lines ended by `\n`.
    pub body: String,
    /// What it is for, in a word: "Strength".
    pub category: String,
}

/// Composes the texts of one session of a plan.
pub fn session(unit: &Unit<'_>, plan: &Plan, session: &PlannedSession) -> SessionText {
    let writer = Writer::new(unit);
    SessionText {
        title: writer.session_title(plan, session),
        body: writer.session_body(plan, session),
        category: writer.language.label(session.kind).to_owned(),
    }
}

impl Writer<'_> {
    fn session_title(self, plan: &Plan, session: &PlannedSession) -> String {
        let main = session.parts.iter().find(|part| part.section == Section::Main);
        let first = main.and_then(|part| part.blocks.iter().find_map(first_item));
        let work = match first {
            Some(item) => {
                format!("{} {}", self.name(&Reference::Exercise(item.exercise.clone())), self.work(&item.dose))
            }
            None => self.name(&Reference::Session(session.session.clone())),
        };
        self.language.fill(Label::EventTitle, &[("work", &work), ("week", &self.week_of(plan, session.week))])
    }

    fn week_of(self, plan: &Plan, week: u32) -> String {
        let weeks = plan.weeks.len().to_string();
        self.language.fill(Label::WeekOf, &[("week", &week.to_string()), ("weeks", &weeks)])
    }

    fn session_body(self, plan: &Plan, session: &PlannedSession) -> String {
        let name = self.name(&Reference::Session(session.session.clone()));
        let program = self.name(&Reference::Program(plan.program.clone()));
        let mut body = format!("{program}: {name}\n");
        let phase = plan.weeks.iter().find(|week| week.number == session.week).map(|week| week.kind);
        let when = [
            Some(self.week_of(plan, session.week)),
            phase.map(|kind| self.language.label(kind).to_owned()),
            Some(self.time(&session.duration)),
        ];
        let when: Vec<_> = when.into_iter().flatten().collect();
        body.push_str(&capitalised(&when.join(self.language.label(Label::ListSeparator))));
        body.push('\n');
        for part in &session.parts {
            body.push_str(&format!("\n{}\n", self.language.label(part.section)));
            for block in &part.blocks {
                self.push_block(block, part.section, &mut body);
            }
        }
        let legend = self.legend(std::iter::once(session));
        if !legend.is_empty() {
            body.push('\n');
        }
        for (sign, meaning) in legend {
            body.push_str(&format!("{sign}: {}\n", regimen_catalog::prose::plain_text(&meaning)));
        }
        let disclaimer = self.catalog.project_words(&self.language.tag).map(|words| words.disclaimer.plain());
        if let Some(disclaimer) = disclaimer.filter(|text| !text.is_empty()) {
            body.push_str(&format!("\n{disclaimer}\n"));
        }
        body
    }

    /// What RPE and tempo mean, as far as the sessions use them.
    pub(super) fn legend<'p>(self, sessions: impl Iterator<Item = &'p PlannedSession>) -> Facts {
        let (mut rpe, mut tempo) = (false, false);
        for item in sessions.flat_map(|session| &session.parts).flat_map(|part| &part.blocks).flat_map(items) {
            rpe |= item.dose.rpe.is_some();
            tempo |= item.dose.tempo.is_some();
        }
        let sign = |label: Label, name| capitalised(self.language.fill(label, &[(name, "")]).trim());
        let mut facts = Vec::new();
        if rpe {
            facts.push((sign(Label::Rpe, "rpe"), text(self.label(Label::RpeMeans))));
        }
        if tempo {
            facts.push((sign(Label::Tempo, "tempo"), text(self.label(Label::TempoMeans))));
        }
        facts
    }

    fn push_block(self, block: &PlannedBlock, section: Section, body: &mut String) {
        match block {
            PlannedBlock::Item(item) => self.push_item(item, section, body),
            PlannedBlock::Round { items, .. } => {
                body.push_str(&format!("{}\n", self.round_title(block)));
                items.iter().for_each(|item| self.push_item(item, section, body));
            }
            PlannedBlock::Text(owner, key) => {
                let line = regimen_catalog::prose::plain_text(&self.block_text(owner, key));
                body.push_str(&format!("- {line}\n"));
            }
        }
    }

    fn push_item(self, item: &PlannedItem, section: Section, body: &mut String) {
        let name = self.name(&Reference::Exercise(item.exercise.clone()));
        body.push_str(&format!("- {name}: {}\n", self.dose(&item.dose)));
        if let Some(exercise) = self.catalog.exercises.get(&item.exercise).filter(|_| section.is_work()) {
            for cue in &exercise.words(&self.language.tag).cues {
                body.push_str(&format!("  {}\n", regimen_catalog::prose::plain_text(&self.resolved(&cue.0))));
            }
        }
    }

    /// "In turns, 3 rounds, rest 60 s"
    fn round_title(self, block: &PlannedBlock) -> String {
        let PlannedBlock::Round { circuit, rounds, rest, .. } = block else {
            return String::new();
        };
        let label = if *circuit { Label::CircuitOf } else { Label::SupersetOf };
        let mut title = self.language.fill(label, &[("rounds", &self.language.count(Counted::Rounds, *rounds))]);
        if let Some(rest) = rest {
            title = format!("{title}{}{}", self.language.label(Label::ListSeparator), self.rest(rest));
        }
        title
    }

    fn block_text(self, owner: &Reference, key: &Id<regimen_catalog::model::PlainWords>) -> Inlines {
        let tag = &self.language.tag;
        let words: Option<&SessionWords> = match owner {
            Reference::Session(id) => self.catalog.sessions.get(id).map(|entry| entry.words(tag)),
            Reference::Fragment(id) => self.catalog.fragments.get(id).map(|entry| entry.words(tag)),
            _ => None,
        };
        words.and_then(|words| words.texts.get(key)).map(|line| self.resolved(&line.0)).unwrap_or_default()
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
            PlannedBlock::Round { items, .. } => {
                let title = vec![Inline::Emphasis(text(self.round_title(block)))];
                std::iter::once(title).chain(items.iter().map(|item| self.short_item(item))).collect()
            }
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
            PlannedBlock::Round { items, .. } => {
                let title = self.round_title(block);
                match rows.last_mut().filter(|row| row.group) {
                    // The first round of a part shares the row of the part's title.
                    Some(part) => part.cells[0].push(Inline::Text(format!(": {title}"))),
                    None => rows.push(group(&title)),
                }
                rows.extend(items.iter().map(|item| self.item_row(item)));
            }
            PlannedBlock::Text(owner, key) => rows.push(row([self.block_text(owner, key), Vec::new(), Vec::new()])),
        }
    }

    fn item_row(self, item: &PlannedItem) -> Row {
        let filled = |content: String| {
            if content.is_empty() { Vec::new() } else { text(content) }
        };
        row([
            vec![self.link(Reference::Exercise(item.exercise.clone()))],
            filled(self.work(&item.dose)),
            filled(self.manner(&item.dose)),
        ])
    }
}

fn first_item(block: &PlannedBlock) -> Option<&PlannedItem> {
    items(block).first()
}

/// The exercises of a block, one or several in turns.
pub(super) fn items(block: &PlannedBlock) -> &[PlannedItem] {
    match block {
        PlannedBlock::Item(item) => std::slice::from_ref(item),
        PlannedBlock::Round { items, .. } => items,
        PlannedBlock::Text(..) => &[],
    }
}

fn group(title: &str) -> Row {
    let mut row = row([text(title), Vec::new(), Vec::new()]);
    row.group = true;
    row
}

/// A row with two cells left blank for the pen.
fn row(cells: [Inlines; 3]) -> Row {
    Row { cells: cells.into_iter().chain([Vec::new(), Vec::new()]).collect(), group: false }
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
