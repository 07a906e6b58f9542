//! A programme on one page for the fridge: weeks to tick, what each session holds, when to stop.

use std::collections::BTreeSet;
use std::sync::Arc;

use regimen_catalog::Reference;
use regimen_catalog::model::{Entry, Exercise, Program, RunStep};
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{CalloutKind, Inlines, plain_text};
use regimen_catalog::vocabulary::{Label, Section, Sport};

use super::Writer;
use super::amounts::unbroken;
use super::brief::GridOf;
use super::credits::sessions_of;
use super::elements::{SessionElement, Strand, strands, work};
use super::log::names;
use super::pictures::small_picture;
use super::program::used_exercises;
use super::runs::Around;
use super::sheets::{Sheet, Sheets};
use super::times;
use super::usual::Cells;
use super::weeks::{Variant, add_week, variants};
use super::writer::{labelled, separate_lines, text};
use crate::document::{Block, Column, ColumnRole, Document, Row, Table};
use crate::exporter::Unit;

/// More different amounts than this that follow each other are said by the first and the last, if they change steadily.
const MOST_AMOUNTS: usize = 2;
/// Where the same session comes on more days than this, days are no help.
const MOST_DAYS: usize = 7;

/// How much of something a plan has, and how it is done; a line each.
pub(super) struct ShortDose {
    pub(super) amounts: Vec<String>,
    pub(super) manner: Vec<String>,
}

/// How much of something a session has.
#[derive(Clone)]
struct Amount<'p> {
    session: &'p PlannedSession,
    week: u32,
    element: &'p SessionElement<'p>,
    said: String,
}

/// Composes a programme as short as it can be: weeks and days to tick, a table for each session, and when to stop. The
/// handout has the rest.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::fridge(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert!(matches!(&page.blocks[0], Block::Table(weeks) if weeks.rows.len() == 2), "a row for each week to tick");
/// ```
pub fn fridge(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    on_the_fridge(unit, (program, plan), GridOf::Fridge)
}

/// Composes the same with fewer words, for a page that the usual ones do not fit: how much of an exercise without a load is in the
/// tables alone, and how far or how long a run without parts is, in the weeks alone.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::fridge_in_short(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert!(matches!(&page.blocks[0], Block::Table(weeks) if weeks.rows.len() == 2));
/// ```
pub fn fridge_in_short(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    on_the_fridge(unit, (program, plan), GridOf::FridgeInShort)
}

fn on_the_fridge(unit: &Unit<'_>, (program, plan): (&Entry<Program>, &Plan), of: GridOf) -> Document {
    let (writer, words) = Writer::new(unit).in_plan(plan).reading(program);
    let mut document = writer.document(&words.name, program.revised);
    let sheets = Sheets::to_look_at(plan);
    let facts = writer.personal_name(unit.person).into_iter().chain(writer.pauses(plan).map(text));
    document.summary = writer.joined(facts, Label::FactSeparator);
    document.blocks.extend(writer.personal_note(unit.person));
    document.blocks.push(Block::Table(writer.grid(program, &Cells::of(writer, plan, of))));
    document.blocks.extend(writer.shares_line(plan));
    document.blocks.extend(writer.totals_line(plan));
    document.blocks.extend(writer.criteria(program, plan));
    let mut said = Vec::new();
    let mut lines = Vec::new();
    for sheet in &sheets.all {
        if of == GridOf::FridgeInShort
            && let Some(line) = writer.run_in_one_line(sheet)
        {
            lines.extend((!line.is_empty() && !lines.contains(&line)).then_some(line));
            continue;
        }
        let content = writer.sheet_title(&sheets, sheet);
        let title = plain_text(&content);
        // The second level, so that several stand beside each other.
        document.blocks.push(Block::Heading { level: 2, anchor: sheet.anchor.clone(), content });
        document.blocks.extend(writer.in_short(&sheet.sessions, &title, &mut said));
        for other in sheet.choices() {
            let name = writer.session_name(&other[0]);
            let work = writer.in_short(&other.iter().collect::<Vec<_>>(), &name, &mut said);
            document.blocks.extend((!work.is_empty()).then(|| writer.instead_line(&other[0])));
            document.blocks.extend(work);
        }
    }
    let lines = writer.joined(lines, Label::ItemSeparator);
    document.blocks.extend((!lines.is_empty()).then_some(Block::Paragraph(lines)));
    document.blocks.extend(writer.stop_in_short(plan));
    document.frame.credits =
        writer.picture_credits(writer.exercises_of(plan).into_iter().filter_map(|exercise| small_picture(exercise)));
    document.frame.origins = writer.origins_of_program(program, plan, []);
    document
}

impl<'a> Writer<'a> {
    /// Warm-up, a table of the work, cool-down.
    fn in_short(self, sessions: &[&PlannedSession], title: &str, said: &mut Vec<(Inlines, String)>) -> Vec<Block> {
        let strands = strands(sessions);
        let mut blocks = Vec::new();
        let around = [Section::WarmUp, Section::CoolDown].map(|section| self.part_line(&strands, section));
        // Where both are known from the same session, one line says so.
        if let [Some(before), Some(after)] = &around
            && let [Some(session), Some(other)] = [before, after].map(|line| session_that_says(said, line))
            && session == other
        {
            let parts = [Section::WarmUp, Section::CoolDown].map(|section| self.language.label(section));
            let part = parts.join(self.language.label(Label::ListSeparator));
            let label = self.language.fill(Label::PartOf, &[("part", &part)]);
            blocks.push(Block::Paragraph(labelled(label, self.as_in(session))));
            blocks.extend(self.short_work(sessions, &strands));
            return blocks;
        }
        let [before, after] = around;
        blocks.extend(before.map(|line| Block::Paragraph(self.part_once(line, Section::WarmUp, title, said))));
        blocks.extend(self.short_work(sessions, &strands));
        blocks.extend(after.map(|line| Block::Paragraph(self.part_once(line, Section::CoolDown, title, said))));
        blocks
    }

    /// "**Easy run:** easy pace" of a run whose weeks differ only in amounts, which the grid has; empty if there is nothing else to say.
    /// `None` of other sessions.
    fn run_in_one_line(self, sheet: &Sheet<'_>) -> Option<Inlines> {
        let strands = strands(&sheet.sessions);
        let mut steps = Vec::new();
        for strand in &strands {
            let across = self.across(&strand.times);
            let is_step = strand.times.iter().all(|(_, element)| matches!(element, SessionElement::Step(_)));
            if !is_step || !strand.section.is_work() || !across.only_amounts {
                return None;
            }
            let around = self.around_in_short(sheet, strand)?;
            let said: Vec<String> = around.into_iter().chain(across.shared).filter(|part| !part.is_empty()).collect();
            let mut step = text(said.join(self.language.label(Label::ListSeparator)));
            self.push_notes(strand, &mut step);
            steps.push(step);
        }
        if steps.is_empty() || !sheet.choices().is_empty() {
            return None;
        }
        let name = self.language.fill(Label::PartOf, &[("part", &self.session_name(sheet.sessions[0]))]);
        let steps = self.joined(steps.into_iter().filter(|step| !plain_text(step).is_empty()), Label::And);
        Some(if steps.is_empty() { steps } else { labelled(name, steps) })
    }

    /// What the grid does not say of a step: how long a warm-up or a cool-down is, or as what it is done beside other sports. `None` if
    /// that is not the same in all weeks.
    fn around_in_short(self, sheet: &Sheet<'_>, strand: &Strand<'_>) -> Option<Option<String>> {
        let own = sheet.sessions.first().and_then(|session| Sport::of(session.kind));
        let said = |element: &SessionElement<'_>| match element.step() {
            Some(RunStep::Stretch(stretch)) => {
                let sport = stretch.sport.filter(|sport| own != Some(*sport));
                let is_work = stretch.intensity.is_work();
                let named = sport.map(|sport| self.language.label(sport).to_owned());
                if is_work { named } else { Some(self.called(stretch, sport, Around::Run)) }
            }
            Some(RunStep::Repeat(_)) | None => None,
        };
        let mut all = strand.times.iter().map(|(_, element)| said(element));
        let first = all.next().flatten();
        all.all(|other| other == first).then_some(first)
    }

    fn short_work(self, sessions: &[&PlannedSession], strands: &[Strand<'_>]) -> Vec<Block> {
        match self.short_table(sessions) {
            Some(table) => vec![Block::Table(table)],
            None => self.work_texts(strands).into_iter().map(Block::Paragraph).collect(),
        }
    }

    /// The part, or in which session it stands if an earlier one has the same.
    fn part_once(self, line: Inlines, section: Section, title: &str, said: &mut Vec<(Inlines, String)>) -> Inlines {
        match session_that_says(said, &line) {
            Some(session) => labelled(self.part_label(section), self.as_in(session)),
            None => {
                said.push((line.clone(), title.to_owned()));
                line
            }
        }
    }

    fn as_in(self, session: &str) -> Inlines {
        text(self.language.fill(Label::AsIn, &[("session", session)]))
    }

    fn short_table(self, sessions: &[&PlannedSession]) -> Option<Table> {
        let work = work(sessions);
        let columns = [(names(&work), ColumnRole::Name), (Label::Dose, ColumnRole::Text)];
        let columns = columns.map(|(label, role)| Column { title: self.label_text(label), role });
        let mut rows = Vec::new();
        for (strand, title) in work.iter().zip(self.group_titles(&work)) {
            rows.extend(title.map(|title| Row { group: true, ..Row::of(vec![title, Vec::new()]) }));
            if !matches!(strand.times[0].1, SessionElement::Group(..)) {
                rows.push(self.short_row(sessions, strand));
            }
        }
        let summary = self.session_name(sessions[0]);
        work.iter().any(Strand::is_done).then(|| Table {
            summary,
            alignment: Vec::new(),
            columns: columns.into(),
            rows,
        })
    }

    fn short_row(self, sessions: &[&PlannedSession], strand: &Strand<'_>) -> Row {
        let (name, figure) = self.element_name(&strand.times[0].1);
        let ShortDose { amounts, manner } = self.dose_in_short(sessions, strand);
        let mut dose = separate_lines(amounts.iter().chain(&manner).map(|line| unbroken(line)));
        self.push_notes(strand, &mut dose);
        Row { figure, ..Row::of(vec![name, dose]) }
    }

    /// How much of something in which weeks, and how it is done.
    pub(super) fn dose_in_short(self, sessions: &[&PlannedSession], strand: &Strand<'_>) -> ShortDose {
        let across = self.across(&strand.times);
        let has_sets = strand.times.iter().any(|(_, element)| match element {
            SessionElement::Exercise(sets) => sets.len() > 1,
            SessionElement::Step(step) => !step.inner().is_empty(),
            SessionElement::Group(..) | SessionElement::Text(..) => false,
        });
        let each = across.each.iter().map(|lines| self.in_one_line(lines, has_sets));
        let of_sessions = sessions.iter().copied().zip(&strand.times).zip(each);
        let amounts: Vec<_> = of_sessions
            .map(|((session, (_, element)), said)| Amount { session, week: session.week, element, said })
            .collect();
        let rules = self.rules_by_times(strand, &across.instructions);
        let manner = across.shared.join(self.language.label(Label::ItemSeparator));
        ShortDose { amounts: self.few_amounts(&amounts, across.only_amounts), manner: [rules, vec![manner]].concat() }
    }

    /// Parts of an amount with commas between them, or of sets that have commas of their own, with what parts more.
    pub(super) fn in_one_line(self, lines: &[String], are_sets: bool) -> String {
        let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
        let sets = lines.iter().copied().filter(|_| are_sets);
        lines.join(self.separator_of(sets))
    }

    /// The amounts with their weeks, a line for each day where the days of a week differ; of more than a few that change
    /// steadily, only the first and the last.
    fn few_amounts(self, amounts: &[Amount<'_>], only_amounts: bool) -> Vec<String> {
        if is_one_each_week(amounts) {
            return self.amounts_by_weeks(amounts, only_amounts, true);
        }
        let mut of_days: Vec<(String, Vec<Amount<'_>>)> = Vec::new();
        for amount in amounts {
            let day = self.day_of(amount.session);
            match of_days.iter_mut().find(|(known, _)| *known == day) {
                Some((_, amounts)) => amounts.push(amount.clone()),
                None => of_days.push((day, vec![amount.clone()])),
            }
        }
        let sums =
            |amounts: &[Amount<'_>], in_all| self.amounts_by_weeks(&self.summed_by_weeks(amounts), false, in_all);
        // Where days are counted, each session may have its own.
        if of_days.len() == 1 || of_days.len() > MOST_DAYS {
            return sums(amounts, true);
        }
        let weeks = |amounts: &[Amount<'_>]| amounts.iter().map(|amount| amount.week).collect::<BTreeSet<_>>();
        let all = weeks(amounts);
        let lines = of_days.into_iter().map(|(day, amounts)| {
            let day = self.language.fill(Label::PartOf, &[("part", &day)]);
            let in_all = weeks(&amounts) == all;
            let said = if is_one_each_week(&amounts) {
                self.amounts_by_weeks(&amounts, only_amounts, in_all)
            } else {
                sums(&amounts, in_all)
            };
            format!("{day} {}", said.join(self.language.label(Label::ItemSeparator)))
        });
        lines.collect()
    }

    /// The amounts with their weeks in one line, or where they are several lists themselves, in a line each. Of weeks in which they change
    /// steadily, only the first and the last. What is not in all weeks says its own, also where that is always the same.
    fn amounts_by_weeks(self, amounts: &[Amount<'_>], only_amounts: bool, in_all: bool) -> Vec<String> {
        let said: Vec<(u32, String)> = amounts.iter().map(|amount| (amount.week, amount.said.clone())).collect();
        let mut different = variants(&said);
        if different.len() > MOST_AMOUNTS && only_amounts {
            different = self.steady_by_weeks(amounts);
        }
        let variants = if in_all { self.each_in_weeks(&different) } else { self.each_with_weeks(&different) };
        let semicolon = self.language.label(Label::ItemSeparator);
        if variants.len() > 1 && said.iter().any(|(_, amount)| amount.contains(semicolon)) {
            return variants;
        }
        vec![variants.join(self.separator_of(said.iter().map(|(_, amount)| amount.as_str())))]
    }

    /// Stretches in which amounts change steadily by their ends, and other amounts, each with its weeks: "2 × 10 to 2 × 12 (weeks 1–3)".
    fn steady_by_weeks(self, amounts: &[Amount<'_>]) -> Vec<Variant> {
        let elements: Vec<_> = amounts.iter().map(|amount| amount.element).collect();
        let mut variants = Vec::new();
        for stretch in self.steady_stretches(&elements) {
            let amounts = &amounts[stretch.clone()];
            let different: BTreeSet<&str> = amounts.iter().map(|amount| amount.said.as_str()).collect();
            let reach = self.reach(&elements[stretch]).filter(|_| different.len() > MOST_AMOUNTS);
            match reach {
                // Two stretches with the same ends are not one.
                Some(reach) => variants.push((reach, amounts.iter().map(|amount| amount.week).collect())),
                None => amounts.iter().for_each(|amount| add_week(&mut variants, &amount.said, amount.week)),
            }
        }
        variants
    }

    /// What each week has in all its sessions: "5 km + 20 min".
    fn summed_by_weeks<'p>(self, amounts: &[Amount<'p>]) -> Vec<Amount<'p>> {
        let mut weeks: Vec<Amount<'p>> = Vec::new();
        for amount in amounts {
            match weeks.iter_mut().find(|known| known.week == amount.week) {
                Some(known) => known.said = [known.said.as_str(), &amount.said].join(self.language.label(Label::And)),
                None => weeks.push(amount.clone()),
            }
        }
        weeks
    }

    /// What ends a session, in a box: each sign once, behind the exercises that have it. What to ask before the first one is in the handout.
    fn stop_in_short(self, plan: &Plan) -> Option<Block> {
        let mut signs: Vec<(Inlines, Vec<String>)> = Vec::new();
        let exercises = self.exercises_of(plan);
        for exercise in &exercises {
            let (writer, words) = self.reading(exercise);
            let name = self.name(&Reference::from(&exercise.id));
            for sign in words.stop_if.iter().map(|line| writer.resolved(&line.0)) {
                match signs.iter_mut().find(|(known, _)| *known == sign) {
                    Some((_, names)) => names.push(name.clone()),
                    None => signs.push((sign, vec![name.clone()])),
                }
            }
        }
        let items = signs.iter().map(|(sign, names)| {
            // What all have in common needs no names.
            if names.len() > 1 && names.len() == exercises.len() {
                return vec![Block::Paragraph(sign.clone())];
            }
            let names = names.join(self.language.label(Label::ListSeparator));
            let names = self.language.fill(Label::PartOf, &[("part", &names)]);
            vec![Block::Paragraph(labelled(names, sign.clone()))]
        });
        let blocks = vec![Block::List { start: None, items: items.collect() }];
        let title = self.label(Label::StopIf);
        (!signs.is_empty()).then_some(Block::Callout { kind: CalloutKind::Caution, title, blocks })
    }

    pub(super) fn exercises_of(self, plan: &Plan) -> Vec<&'a Entry<Exercise>> {
        used_exercises(plan).iter().filter_map(|id| self.catalog.exercises.get(id)).map(Arc::as_ref).collect()
    }

    /// Where texts of a programme, of what it uses and of `others` were taken from, in one line.
    pub(super) fn origins_of_program(
        self,
        program: &Entry<Program>,
        plan: &Plan,
        others: impl IntoIterator<Item = Reference>,
    ) -> Inlines {
        let exercises = used_exercises(plan).into_iter().map(Reference::from);
        let printed = std::iter::once(Reference::from(&program.id)).chain(sessions_of(plan)).chain(exercises);
        self.origins_in_short(printed.chain(others))
    }
}

/// The session under which a line has been said.
fn session_that_says<'a>(said: &'a [(Inlines, String)], line: &Inlines) -> Option<&'a str> {
    said.iter().find(|(known, _)| known == line).map(|(_, session)| session.as_str())
}

/// Whether no week has two different amounts.
fn is_one_each_week(amounts: &[Amount<'_>]) -> bool {
    times::is_one_each_week(&amounts.iter().map(|amount| (amount.session, &amount.said)).collect::<Vec<_>>())
}
