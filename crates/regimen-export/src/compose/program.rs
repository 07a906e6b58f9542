//! Programmes: the plan at a glance, every session with its doses, then how each exercise is done.

use std::collections::BTreeSet;

use regimen_catalog::model::{Day, Entry, Exercise, Program};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{CalloutKind, Inlines};
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{CalloutTitle, Counted, Label};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::writer::text;
use crate::document::{Block, Column, ColumnRole, Document, Row, Table};
use crate::exporter::Unit;

/// Composes a programme: key facts, what to know first, the weeks at a glance, each week's sessions as
/// tables to fill in, the exercises, the sources.
pub fn program(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    let (writer, words) = Writer::new(unit).reading(program);
    let mut document = writer.document(&words.name, program.revised);
    document.summary = summary_line(writer, &words.summary);
    let blocks = &mut document.blocks;
    blocks.extend(writer.replaced(program, Reference::Program));
    blocks.push(Block::Facts(writer.program_facts(program, plan)));
    if !words.notes.is_empty() {
        blocks.push(heading(1, "before-you-start", &writer.label(Label::BeforeYouStart)));
        blocks.extend(writer.bullets(&words.notes));
    }
    blocks.extend(writer.ask_first(plan));
    blocks.push(heading(1, "overview", &writer.label(Label::Overview)));
    blocks.push(Block::Table(writer.overview(program, plan)));
    blocks.extend(writer.phases(program));
    let legend = writer.legend(plan.sessions());
    if !legend.is_empty() {
        blocks.push(Block::Facts(legend));
    }
    for week in &plan.weeks {
        blocks.extend(writer.week(week));
    }
    blocks.extend(writer.exercises(plan));
    let sources = writer.source_list(&program.sources);
    if !sources.is_empty() {
        blocks.push(heading(1, "sources", &writer.label(Label::Sources)));
        blocks.extend(sources);
    }
    document
}

/// What a calendar of this plan is called.
pub fn calendar_name(unit: &Unit<'_>, plan: &Plan) -> String {
    Writer::new(unit).name(&Reference::Program(plan.program.clone()))
}

/// The first paragraph of a summary; the rest has no place in a title block.
fn summary_line(writer: Writer<'_>, summary: &regimen_catalog::prose::Prose) -> Inlines {
    match summary.0.first() {
        Some(regimen_catalog::prose::Block::Paragraph(content)) => writer.resolved(content),
        _ => Vec::new(),
    }
}

fn heading(level: u8, anchor: &str, title: &str) -> Block {
    Block::Heading { level, anchor: anchor.to_owned(), content: text(title) }
}

impl Writer<'_> {
    fn program_facts(self, program: &Entry<Program>, plan: &Plan) -> Vec<(String, Inlines)> {
        let (writer, words) = self.reading(program);
        let counts = plan.weeks.iter().map(|week| week.sessions.len() as u32);
        let (fewest, most) = counts.fold((u32::MAX, 0), |(low, high), n| (low.min(n), high.max(n)));
        let level = self.language.fill(Label::LevelOf, &[("level", &program.level.to_string())]);
        let mut facts = vec![
            (self.label(Label::Goal), writer.resolved(&words.goal.0)),
            (self.label(Label::Audience), writer.resolved(&words.audience.0)),
            (self.label(Label::Level), text(level)),
            (self.label(Label::Length), text(self.language.count(Counted::Weeks, Extent::one(program.weeks())))),
        ];
        if let Some(often) = Extent::new(fewest, most) {
            facts.push((self.label(Label::HowOften), text(self.language.count(Counted::SessionsPerWeek, often))));
        }
        if let Some(schedule) = &plan.schedule {
            facts.push((self.label(Label::Starts), text(self.date(Label::Date, schedule.start))));
            facts.extend(schedule.race.map(|race| (self.label(Label::RaceDay), text(self.date(Label::Date, race)))));
        }
        let needed = self.needed_equipment(plan);
        if !needed.is_empty() {
            facts.push((self.label(Label::Equipment), needed));
        }
        facts
    }

    /// The first way to equip each exercise, all together.
    fn needed_equipment(self, plan: &Plan) -> Inlines {
        let exercises = used_exercises(plan);
        let found = exercises.iter().filter_map(|id| self.catalog.exercises.get(id));
        let mut seen = BTreeSet::new();
        let needed: Vec<_> = found
            .filter_map(|exercise| exercise.equipment.first())
            .flatten()
            .filter(|id| seen.insert((*id).clone()))
            .map(|id| Reference::Equipment(id.clone()))
            .collect();
        self.links(needed)
    }

    /// One row for each week, one column for each day that has a session.
    fn overview(self, program: &Entry<Program>, plan: &Plan) -> Table {
        let first = plan.schedule.as_ref().map_or(0, |schedule| schedule.start.weekday().to_monday_zero_offset());
        let mut days: Vec<Day> = plan.sessions().map(day_shown).collect();
        days.sort_by_key(|day| match day {
            Day::Weekday(day) => (*day as i8 - first).rem_euclid(7),
            Day::Number(number) => 7 + i8::try_from(*number).unwrap_or_default(),
        });
        days.dedup();
        let mut columns = vec![
            Column { title: text(self.label(Label::Week)), role: ColumnRole::Amount },
            Column { title: text(self.label(Label::Phase)), role: ColumnRole::Name },
        ];
        columns.extend(days.iter().map(|day| Column { title: text(self.day(*day)), role: ColumnRole::Text }));
        let rows = plan.weeks.iter().map(|week| self.overview_row(week, &days)).collect();
        Table { summary: program.words(&self.language.tag).name.clone(), columns, rows }
    }

    fn overview_row(self, week: &PlannedWeek, days: &[Day]) -> Row {
        let mut number = week.number.to_string();
        if let Some(start) = week.start {
            number = format!("{number} ({})", self.date(Label::DayMonth, start));
        }
        let mut cells = vec![text(number), text(self.language.label(week.kind))];
        for day in days {
            let on_day = week.sessions.iter().filter(|session| day_shown(session) == *day);
            let names = on_day.map(|session| self.named(&Reference::Session(session.session.clone())));
            cells.push(self.joined(names, Label::ListSeparator));
        }
        Row { cells, group: false, figure: None }
    }

    /// "Tuesday", "Day 2"
    fn day(self, day: Day) -> String {
        match day {
            Day::Weekday(day) => self.language.label(day).to_owned(),
            Day::Number(number) => self.language.fill(Label::DayNumber, &[("day", &number.to_string())]),
        }
    }

    /// Every condition that rules out one of the exercises, as a box before the first session.
    fn ask_first(self, plan: &Plan) -> Option<Block> {
        let exercises = used_exercises(plan);
        let found = exercises.iter().filter_map(|id| self.catalog.exercises.get(id));
        let conditions: BTreeSet<_> = found.flat_map(|exercise| exercise.contraindications.iter().cloned()).collect();
        if conditions.is_empty() {
            return None;
        }
        let names = conditions.into_iter().map(|id| vec![Block::Paragraph(self.named(&Reference::Condition(id)))]);
        let blocks = vec![
            Block::Paragraph(text(self.label(Label::AskFirst))),
            Block::List { start: None, items: names.collect() },
        ];
        let title = self.language.label(CalloutTitle::Caution).to_owned();
        Some(Block::Callout { kind: CalloutKind::Caution, title, blocks })
    }

    /// What each phase is about.
    fn phases(self, program: &Entry<Program>) -> Option<Block> {
        let (writer, words) = self.reading(program);
        let facts = program.phases.iter().filter_map(|phase| {
            let line = words.phases.get(&phase.id)?;
            Some((self.language.label(phase.kind).to_owned(), writer.resolved(&line.0)))
        });
        let facts: Vec<_> = facts.collect();
        (!facts.is_empty()).then_some(Block::Facts(facts))
    }

    fn week(self, week: &PlannedWeek) -> Vec<Block> {
        let number = self.language.fill(Label::WeekNumber, &[("week", &week.number.to_string())]);
        let title = format!("{number}: {}", self.language.label(week.kind));
        let mut blocks = vec![Block::PageBreak, heading(1, &format!("week-{}", week.number), &title)];
        for session in &week.sessions {
            let (anchor, content) = (session.slot.clone(), self.session_heading(session));
            blocks.push(Block::Heading { level: 2, anchor, content });
            blocks.extend(self.session_blocks(session));
        }
        blocks
    }

    /// "Tuesday 5 January 2027: Strength A, 45 min"
    fn session_heading(self, session: &PlannedSession) -> Inlines {
        let day = match session.date {
            Some(date) => self.date(Label::Date, date),
            None => self.day(session.day),
        };
        let separator = self.language.label(Label::ListSeparator);
        let mut heading = text(format!("{day}: "));
        heading.extend(self.named(&Reference::Session(session.session.clone())));
        heading.extend(text(format!("{separator}{}", self.time(&session.duration))));
        heading
    }

    /// The card of every exercise of the plan, in the order in which the plan first has it.
    fn exercises(self, plan: &Plan) -> Vec<Block> {
        let used = used_exercises(plan);
        let found: Vec<_> = used.iter().filter_map(|id| self.catalog.exercises.get(id)).collect();
        if found.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::PageBreak, heading(1, "exercises", &self.label(Label::Exercises))];
        blocks.extend(found.into_iter().map(|exercise| Block::Card(self.exercise_reminder(exercise, 2))));
        blocks
    }
}

fn used_exercises(plan: &Plan) -> Vec<Id<Exercise>> {
    let mut used: Vec<Id<Exercise>> = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, item) in plan.sessions().flat_map(PlannedSession::items) {
        if seen.insert(item.exercise.clone()) {
            used.push(item.exercise.clone());
        }
    }
    used
}

/// The day under which a session stands in a table: its weekday if that is known.
fn day_shown(session: &PlannedSession) -> Day {
    session.weekday().map_or(session.day, Day::Weekday)
}
