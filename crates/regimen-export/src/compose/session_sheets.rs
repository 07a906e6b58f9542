//! A programme as sheets to train from: what to know on the first page, then one for each session, with pictures, steps,
//! doses and boxes.

use std::collections::BTreeSet;

use regimen_catalog::Reference;
use regimen_catalog::model::{Entry, Exercise, Person, PersonalFacts, Program, ProgramWords};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedSession};
use regimen_catalog::prose::{Inline, InlineText, Inlines, plain_text};
use regimen_catalog::vocabulary::{Label, Section};

use super::Writer;
use super::amounts::unbroken;
use super::brief::GridOf;
use super::day_table::DayTable;
use super::elements::{SessionElement, Strand, strands, work};
use super::log::{LogColumn, boxes, times_per_day};
use super::pictures::movement_pictures;
use super::program::summary_line;
use super::sheets::{Sheet, Sheets};
use super::usual::Cells;
use super::writer::{below_each_other, heading, separate_lines, text};
use crate::document::{Block, Document, Figure, Scale, Work, WorkPoint, WorkTime};
use crate::exporter::Unit;

/// Composes a programme to train from: for whom it is, what to ask first, the weeks; the moves of warm-up and cool-down once;
/// a sheet for each session with all that it takes to do it. Sessions that differ in nothing but weekday or amounts share one.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::session_sheets(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert!(matches!(&page.blocks[0], Block::Fields(fields) if fields[0].0 == "Name"), "a line for a name");
/// ```
pub fn session_sheets(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    let (writer, words) = Writer::new(unit).in_plan(plan).reading(program);
    let ProgramWords { name, summary, notes: _, goal: _, audience: _, phase_names: _, phases: _, enter: _, exit: _ } =
        words;
    let mut document = writer.document(name, program.revised);
    document.summary = summary_line(writer, summary);
    let sheets = Sheets::to_write_on(plan);
    let blocks = &mut document.blocks;
    blocks.push(writer.fields(unit.person));
    blocks.extend(writer.personal_note(unit.person));
    blocks.extend(writer.to_know_first(program, plan));
    blocks.extend(writer.scales(plan));
    let cells = Cells::of(writer, plan, GridOf::Sheets);
    let weeks = std::iter::once(Block::Table(writer.grid(program, &cells)))
        .chain(writer.constant_work(&cells.constant))
        .chain(writer.totals_line(plan));
    blocks.extend(writer.week_by_week(program, plan, &sheets, weeks.collect()));
    blocks.extend(writer.moves(&sheets));
    for sheet in &sheets.all {
        blocks.extend(writer.in_words().session_sheet(&sheets, sheet));
    }
    let conditions = writer.conditions(plan).into_iter().map(Reference::from);
    let shown = writer.exercises_of(plan).into_iter().flat_map(|exercise| movement_pictures(exercise));
    document.frame.credits = writer.picture_credits(shown);
    document.frame.origins = writer.origins_of_program(program, plan, conditions);
    document
}

/// Adds to sheets what can be read besides: the months, all about each exercise, the sources.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let (program, unit) = (&catalog.programs["calf-plan"], testing::unit(&catalog, Subject::Catalog));
/// let mut page = compose::session_sheets(&unit, program, &plan);
/// compose::add_details(&unit, program, &plan, &mut page);
/// assert!(page.blocks.iter().any(|block| matches!(block, Block::Card(_))), "all about the calf raise");
/// ```
pub fn add_details(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan, document: &mut Document) {
    let writer = Writer::new(unit).in_plan(plan);
    document.blocks.extend(writer.months(plan, &Sheets::to_write_on(plan)));
    document.blocks.extend(writer.exercises(plan));
    let sources = writer.sources_of_program(program, plan, &document.blocks);
    document.blocks.extend(sources);
    // The list of sources has them.
    document.frame.origins = Inlines::new();
}

impl Writer<'_> {
    /// Whom it is for and from, and when they meet again: as far as that is known, else a line to write on.
    fn fields(self, person: Option<&Person>) -> Block {
        let brand = &self.catalog.project.brand.name;
        let own = person.map(|person| &person.own);
        let said = |value: fn(&PersonalFacts) -> &Option<String>| own.and_then(|own| value(own).as_deref());
        let from = said(|own| &own.from).unwrap_or(brand);
        let fields = [
            (Label::HandedTo, said(|own| &own.name).unwrap_or_default()),
            (Label::HandedBy, from),
            (Label::NextVisit, said(|own| &own.next_visit).unwrap_or_default()),
        ];
        let value = |value: &str| if value.is_empty() { Inlines::new() } else { text(value) };
        Block::Fields(fields.into_iter().map(|(label, said)| (self.label(label), value(said))).collect())
    }

    /// A line for pain and one for effort, if the plan says how much pain is fine.
    fn scales(self, plan: &Plan) -> Option<Block> {
        let limits = plan.sessions().flat_map(PlannedSession::items).filter_map(|(_, item)| item.dose.pain);
        // One line is for all exercises, so the strictest limit counts.
        let limit = limits.map(|pain| pain.get()).min()?;
        let scale = |[title, least, most]: [Label; 3], limit| Scale {
            title: self.label(title),
            least: self.label(least),
            most: self.label(most),
            limit,
        };
        let pain = scale([Label::PainScale, Label::PainLeast, Label::PainMost], Some(limit.min(Scale::MOST)));
        let effort = scale([Label::EffortScale, Label::EffortLeast, Label::EffortMost], None);
        Some(Block::Scales(vec![pain, effort]))
    }

    /// The moves of warm-up and cool-down, which each session only names, once each.
    fn moves(self, sheets: &Sheets<'_>) -> Vec<Block> {
        let is_around = |section| matches!(section, Section::WarmUp | Section::CoolDown);
        let (mut seen, mut moves) = (BTreeSet::new(), Vec::new());
        let parts = sheets.all.iter().flat_map(|sheet| &sheet.sessions).flat_map(|session| session.parts_and_choices());
        for item in
            parts.filter(|part| is_around(part.section)).flat_map(|part| &part.blocks).flat_map(PlannedBlock::items)
        {
            let exercise = self.catalog.exercises.get(&item.exercise);
            let first = exercise.filter(|exercise| seen.insert(exercise.id.clone()));
            moves.extend(first.map(|exercise| self.how_to(exercise, format!("move-{}", exercise.id))));
        }
        if moves.is_empty() {
            return Vec::new();
        }
        let title = heading(1, "moves", self.label_text(Label::WarmUpAndCoolDown));
        [Block::SheetBreak, title]
            .into_iter()
            .chain(moves.into_iter().map(|work| Block::Work(Box::new(work))))
            .collect()
    }

    /// All that a session takes on one sheet, and what may be done instead of it.
    fn session_sheet(self, sheets: &Sheets<'_>, sheet: &Sheet<'_>) -> Vec<Block> {
        let mut blocks = vec![Block::SheetBreak, self.sheet_heading(sheets, sheet)];
        let facts = vec![Inline::Strong(text(self.sheet_facts(sheet)))];
        blocks.extend(self.work_of_session(sheet, &sheet.anchor, facts, &sheet.sessions));
        for (at, other) in sheet.choices().iter().enumerate() {
            let title = vec![Inline::Strong(text(self.instead(&other[0])))];
            let anchor = format!("{}-or-{}", sheet.anchor, at + 1);
            let work = self.work_of_session(sheet, &anchor, title, &other.iter().collect::<Vec<_>>());
            // Of what has nothing to do but a name, the title of the sheet has that.
            blocks.extend(Some(work).filter(|work| work.len() > 1).into_iter().flatten());
        }
        blocks
    }

    /// A paragraph of what comes around the work, which begins with these facts, and the work.
    fn work_of_session(
        self,
        sheet: &Sheet<'_>,
        anchor: &str,
        mut facts: Inlines,
        sessions: &[&PlannedSession],
    ) -> Vec<Block> {
        let all = strands(sessions);
        let around = [Section::WarmUp, Section::CoolDown].into_iter().filter_map(|part| self.part_line(&all, part));
        let separator = || Inline::Text(self.label(Label::FactSeparator));
        let around = around.collect::<Vec<_>>().join(&separator());
        let mut follows = separator();
        if let Some(summary) = self.session_summary(sessions[0]) {
            facts.push(separator());
            facts.extend(summary);
            // It ends as a sentence does.
            follows = Inline::Text(" ".into());
        }
        if !around.is_empty() {
            facts.push(follows);
            facts.extend(around);
        }
        let mut blocks = vec![Block::Paragraph(facts)];
        let columns = self.log_columns(sessions);
        let days = self.day_table(sheet.plan, &columns);
        let work = work(&columns.iter().map(|column| column.session).collect::<Vec<_>>());
        // The title of what follows, and how many of the next exercises are in a group.
        let (mut group, mut in_turns) = (Inlines::new(), 0_usize);
        for (at, (strand, title)) in work.iter().zip(self.group_titles(&work)).enumerate() {
            group = title.unwrap_or(group);
            match &strand.times[0].1 {
                SessionElement::Group(_, items) => {
                    group = self.with_turns(group, strand, &work[at + 1..]);
                    in_turns = *items;
                }
                SessionElement::Text(owner, key) => {
                    let group = std::mem::take(&mut group);
                    blocks.extend((!group.is_empty()).then_some(Block::Paragraph(vec![Inline::Strong(group)])));
                    blocks.push(Block::Paragraph(self.block_text(owner, key)));
                }
                SessionElement::Exercise(_) | SessionElement::Step(_) => {
                    let anchor = format!("{anchor}-work-{}", at + 1);
                    let done = Work {
                        goes_on: in_turns > 0 && group.is_empty(),
                        group: std::mem::take(&mut group),
                        ..self.work_of(strand, anchor, (&columns, days.as_ref()))
                    };
                    in_turns = in_turns.saturating_sub(1);
                    blocks.push(Block::Work(Box::new(done)));
                }
            }
        }
        blocks
    }

    /// An exercise or a step of a session over its weeks.
    fn work_of(
        self,
        strand: &Strand<'_>,
        anchor: String,
        (columns, days): (&[LogColumn<'_>], Option<&DayTable<'_>>),
    ) -> Work {
        let item = strand.times[0].1.exercise_items().and_then(|items| items.first());
        let exercise = item.and_then(|item| self.catalog.exercises.get(&item.exercise));
        let how = match exercise {
            Some(exercise) => self.how_to(exercise, anchor),
            None => Work { level: 2, anchor, title: self.element_name(&strand.times[0].1).0, ..Work::default() },
        };
        let across = self.across(&strand.times);
        let log = self.noted_of(strand, &how.title, &across, columns);
        let each = across.each;
        let is_same = each.iter().all(|lines| Some(lines) == each.first());
        let always = each.first().filter(|_| is_same).cloned().unwrap_or_default();
        // Of several sets, each is an amount, and how they are done is below them.
        let (sets, always) = if has_sets(&strand.times[0].1) { (always, Vec::new()) } else { (Vec::new(), always) };
        let sets = self.in_one_line(&sets, true);
        // How much and how are one line; rules and notes have lines of their own.
        let mut lines = always.into_iter().chain(across.shared).filter(|line| !line.is_empty());
        let both: Vec<String> = lines.by_ref().take(2).collect();
        // Rules of some weeks are said once, with their weeks: a place has only how much it is.
        let rules = self.rules_by_times(strand, &across.instructions);
        let both = both.join(self.language.label(Label::ListSeparator));
        let mut dose = separate_lines([sets, both].into_iter().chain(lines).chain(rules));
        self.push_notes(strand, &mut dose);
        let times = each.into_iter().zip(&strand.times).zip(columns).zip(log);
        let times = times.map(|(((lines, (_, element)), column), log)| {
            let lines = lines.iter().filter(|_| !is_same).map(|line| unbroken(line));
            let own = separate_lines(lines);
            let ticks = boxes(column.noted.len(), times_per_day(element));
            WorkTime {
                title: text(self.week_and_day(column).join(self.language.label(Label::FactSeparator))),
                content: below_each_other([own, ticks]),
                log,
            }
        });
        let Some(days) = days else { return Work { dose, times: times.collect(), ..how } };
        let times: Vec<_> = times.map(|time| (time.content, time.log)).collect();
        let by_days = self.filled(days, plain_text(&how.title), &times);
        Work { dose, by_days: Some(by_days), ..how }
    }

    /// How an exercise is done: pictures, getting ready, steps, what to keep in mind, when to stop.
    fn how_to(self, exercise: &Entry<Exercise>, anchor: String) -> Work {
        let (writer, words) = self.reading(exercise);
        let lines = |lines: &[InlineText]| lines.iter().map(|line| writer.resolved(&line.0)).collect::<Vec<_>>();
        let point =
            |label, warns, of: &[InlineText]| WorkPoint { label: self.label_text(label), warns, lines: lines(of) };
        let points = [point(Label::Cues, false, &words.cues), point(Label::StopIf, true, &words.stop_if)];
        Work {
            level: 2,
            anchor,
            entry: Some(Reference::from(&exercise.id)),
            title: self.named(&Reference::from(&exercise.id)),
            figure: self.frames(exercise).map(|figure| Figure { caption: Inlines::new(), ..figure }),
            setup: lines(&words.setup),
            steps: lines(&words.steps),
            points: points.into_iter().filter(|point| !point.lines.is_empty()).collect(),
            ..Work::default()
        }
    }
}

/// Whether an exercise has sets that differ.
fn has_sets(element: &SessionElement<'_>) -> bool {
    element.exercise_items().is_some_and(|sets| sets.len() > 1)
}
