//! Programmes: the plan at a glance, a sheet for every session, then how each exercise is done.

use std::collections::BTreeSet;

use regimen_catalog::model::{Condition, Entry, Exercise, Program, ProgramWords};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedSession};
use regimen_catalog::prose::{CalloutKind, Inline, Inlines};
use regimen_catalog::vocabulary::{CalloutTitle, Label};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::credits::sessions_of;
use super::sheets::Sheets;
use super::writer::{heading, text};
use crate::document::{Block, Document};
use crate::exporter::Unit;

/// Composes a programme: what matters most, what to know first, the weeks, the months if it has dates, a sheet for each
/// session with its weeks side by side to fill in, the exercises, the sources.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::program(&testing::unit(&catalog, Subject::Plan(program, &plan)), program, &plan);
/// assert_eq!((page.title.as_str(), page.frame.brand.as_str()), ("Calf plan", "Calf Club"));
/// ```
pub fn program(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    let (writer, words) = Writer::new(unit).in_plan(plan).reading(program);
    // The facts name goal, audience and level, and the phases have their own lines.
    let ProgramWords { name, summary, notes: _, goal: _, audience: _, phase_names: _, phases: _, enter: _, exit: _ } =
        words;
    let Program { revised, sources: _, level: _, phases: _, grid: _ } = &program.facts;
    let mut document = writer.document(name, *revised);
    document.summary = summary_line(writer, summary);
    let sheets = Sheets::to_write_on(plan);
    let blocks = &mut document.blocks;
    blocks.extend(writer.personal_facts(unit.person));
    blocks.extend(writer.personal_note(unit.person));
    blocks.extend(writer.to_know_first(program, plan));
    let weeks = vec![Block::Table(writer.overview(program, plan, &sheets))];
    blocks.extend(writer.week_by_week(program, plan, &sheets, weeks));
    blocks.extend(writer.months(plan, &sheets));
    blocks.extend(writer.all_sheets(&sheets));
    blocks.extend(writer.exercises(plan));
    let sources = writer.sources_of_program(program, plan, &document.blocks);
    document.blocks.extend(sources);
    document
}

/// What a calendar of this plan is called.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let unit = testing::unit(&catalog, Subject::Plan(&catalog.programs["calf-plan"], &plan));
/// assert_eq!(compose::calendar_name(&unit, &plan), "Calf plan");
/// ```
pub fn calendar_name(unit: &Unit<'_>, plan: &Plan) -> String {
    Writer::new(unit).name(&Reference::from(&plan.program))
}

/// The first paragraph of a summary; the rest has no place in a title block.
pub(super) fn summary_line(writer: Writer<'_>, summary: &regimen_catalog::prose::Prose) -> Inlines {
    match summary.0.first() {
        Some(regimen_catalog::prose::ProseBlock::Paragraph(content)) => writer.resolved(content),
        _ => Vec::new(),
    }
}

impl Writer<'_> {
    /// What matters most, the facts, what its author says before the start, and whom to ask first.
    pub(super) fn to_know_first(self, program: &Entry<Program>, plan: &Plan) -> Vec<Block> {
        let (writer, words) = self.reading(program);
        let mut blocks: Vec<Block> = self.replaced(program).into_iter().chain(self.glance(plan)).collect();
        blocks.push(Block::Facts(self.program_facts(program, plan)));
        if !words.notes.is_empty() {
            blocks.push(heading(1, "before-you-start", self.label_text(Label::BeforeYouStart)));
            blocks.extend(writer.bullets(&words.notes));
        }
        blocks.extend(self.ask_first(plan));
        blocks
    }

    /// The sources of a programme and of what `blocks` print of it.
    pub(super) fn sources_of_program(self, program: &Entry<Program>, plan: &Plan, blocks: &[Block]) -> Vec<Block> {
        let conditions = self.conditions(plan).into_iter().map(Reference::from);
        let printed = std::iter::once(Reference::from(&program.id)).chain(sessions_of(plan)).chain(conditions);
        self.sources(&program.sources, printed.collect(), blocks)
    }

    /// The weeks in a table, the phases, what signs mean, and the sessions that have nothing to count.
    pub(super) fn week_by_week(
        self,
        program: &Entry<Program>,
        plan: &Plan,
        sheets: &Sheets<'_>,
        weeks: Vec<Block>,
    ) -> Vec<Block> {
        let mut blocks = vec![heading(1, "overview", self.label_text(Label::Overview))];
        blocks.extend(weeks);
        blocks.extend(self.phases(program, plan));
        let shares = self.shares(plan).into_iter().map(|(share, whole)| (share, text(whole)));
        let legend: Vec<_> = self.legend(plan.sessions()).into_iter().chain(shares).collect();
        blocks.extend((!legend.is_empty()).then_some(Block::Facts(legend)));
        blocks.extend(self.without_dose(sheets));
        blocks
    }

    pub(super) fn program_facts(self, program: &Entry<Program>, plan: &Plan) -> Vec<(String, Inlines)> {
        let (writer, words) = self.reading(program);
        let level = self.language.fill(Label::LevelOf, &[("level", &program.level.to_string())]);
        let mut facts = vec![
            (self.label(Label::Goal), writer.resolved(&words.goal.0)),
            (self.label(Label::Audience), writer.resolved(&words.audience.0)),
            (self.label(Label::Level), text(level)),
        ];
        if let Some(schedule) = &plan.schedule {
            facts.push((self.label(Label::Starts), text(self.date(Label::Date, schedule.start))));
            facts.extend(schedule.race.map(|race| (self.label(Label::RaceDay), text(self.date(Label::Date, race)))));
            let changes = self.changes(plan);
            if !changes.is_empty() {
                facts.push((self.label(Label::Changes), changes));
            }
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
            .filter_map(|exercise| exercise.equipment().first())
            .flatten()
            .filter(|id| seen.insert((*id).clone()))
            .map(Reference::from)
            .collect();
        self.links(needed)
    }

    /// Every condition that rules out one of the exercises.
    pub(super) fn conditions(self, plan: &Plan) -> BTreeSet<Id<Condition>> {
        let exercises = used_exercises(plan);
        let found = exercises.iter().filter_map(|id| self.catalog.exercises.get(id));
        found.flat_map(|exercise| exercise.contraindications.iter().cloned()).collect()
    }

    /// Every condition that rules out one of the exercises, as a box before the first session.
    pub(super) fn ask_first(self, plan: &Plan) -> Option<Block> {
        let conditions = self.conditions(plan);
        if conditions.is_empty() {
            return None;
        }
        let items = conditions.into_iter().map(|id| vec![Block::Paragraph(self.condition(&id))]);
        let blocks = vec![
            Block::Paragraph(self.label_text(Label::AskFirst)),
            Block::List { start: None, items: items.collect() },
        ];
        let title = self.language.label(CalloutTitle::Caution).to_owned();
        Some(Block::Callout { kind: CalloutKind::Caution, title, blocks })
    }

    /// "**Recent strain:** Less than six weeks ago.": the name of a condition, and what its author says of it.
    fn condition(self, id: &Id<Condition>) -> Inlines {
        let name = self.named(&Reference::from(id));
        let Some(condition) = self.catalog.conditions.get(id) else { return name };
        let (writer, words) = self.reading(condition);
        let summary = writer.first_line(&words.summary);
        if summary.is_empty() {
            return name;
        }
        let name = Inline::Strong(name);
        [name, Inline::Text(": ".into())].into_iter().chain(summary).collect()
    }

    /// The card of every exercise of the plan, in the order in which the plan first has it.
    pub(super) fn exercises(self, plan: &Plan) -> Vec<Block> {
        let used = used_exercises(plan);
        let found: Vec<_> = used.iter().filter_map(|id| self.catalog.exercises.get(id)).collect();
        if found.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![Block::PageBreak, heading(1, "exercises", self.label_text(Label::Exercises))];
        blocks.extend(found.into_iter().map(|exercise| Block::Card(self.exercise_reminder(exercise, 2))));
        blocks
    }
}

pub(super) fn used_exercises(plan: &Plan) -> Vec<Id<Exercise>> {
    let mut used: Vec<Id<Exercise>> = Vec::new();
    let mut seen = BTreeSet::new();
    let blocks = plan.sessions().flat_map(PlannedSession::parts_and_choices).flat_map(|part| &part.blocks);
    for item in blocks.flat_map(PlannedBlock::items) {
        if seen.insert(item.exercise.clone()) {
            used.push(item.exercise.clone());
        }
    }
    used
}
