//! What a phase is about, and what decides when it begins and ends.

use regimen_catalog::Id;
use regimen_catalog::model::{Entry, Phase, PhaseLength, Program, Word};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::{Inline, InlineText, Inlines, plain_text};
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Counted, Label, SessionKind};

use super::Writer;
use super::writer::{below_each_other, text};
use crate::document::Block;

impl<'a> Writer<'a> {
    /// What the author calls a phase, if at all.
    pub(super) fn phase_name(self, program: &'a Entry<Program>, phase: &Id<Phase>) -> Option<&'a Word> {
        program.words(&self.language.tag).phase_names.get(phase)
    }

    /// The name of the phase of a week, or what it is for; both for a week that is for something else than its phase.
    pub(super) fn phase_of(self, program: &Entry<Program>, week: &PlannedWeek) -> Inlines {
        let kind = text(self.language.label(week.kind));
        let (writer, words) = self.reading(program);
        let Some(name) = words.phase_names.get(&week.phase) else { return kind };
        let name = writer.author_text(name.clone());
        let phase = program.phases.iter().find(|phase| phase.id == week.phase);
        if phase.is_some_and(|phase| phase.kind == week.kind) { name } else { below_each_other([name, kind]) }
    }
}

impl Writer<'_> {
    /// The phases of which something is said, by what they are for.
    pub(super) fn phases(self, program: &Entry<Program>, plan: &Plan) -> Option<Block> {
        let facts = program.phases.iter().filter_map(|phase| {
            let lines = self.phase_lines(program, phase);
            (!lines.is_empty()).then(|| (self.phase_title(program, plan, phase), lines.join(&Inline::Break)))
        });
        let facts: Vec<_> = facts.collect();
        (!facts.is_empty()).then_some(Block::Facts(facts))
    }

    /// The same without what each phase is about: only what decides when it begins and ends.
    pub(super) fn criteria(self, program: &Entry<Program>, plan: &Plan) -> Option<Block> {
        let facts = program.phases.iter().filter_map(|phase| {
            let lines = self.criteria_of(program, phase);
            (!lines.is_empty()).then(|| (self.phase_title(program, plan, phase), lines.join(&Inline::Break)))
        });
        let facts: Vec<_> = facts.collect();
        (!facts.is_empty()).then_some(Block::Facts(facts))
    }

    /// What a phase is called, or what it is for; with its weeks where criteria lead from one to another of the same kind.
    fn phase_title(self, program: &Entry<Program>, plan: &Plan, phase: &Phase) -> String {
        if let Some(name) = self.phase_name(program, &phase.id) {
            return name.to_string();
        }
        let (kind, words) = (self.language.label(phase.kind), self.reading(program).1);
        let is_alone = program.phases.iter().filter(|other| other.kind == phase.kind).count() == 1;
        let weeks = plan.weeks.iter().filter(|week| week.phase == phase.id).map(|week| week.number);
        let weeks: Vec<u32> = weeks.collect();
        if is_alone || weeks.is_empty() || words.enter.is_empty() && words.exit.is_empty() {
            return kind.to_owned();
        }
        self.in_weeks(kind, &weeks)
    }

    fn phase_lines(self, program: &Entry<Program>, phase: &Phase) -> Vec<Inlines> {
        let (writer, words) = self.reading(program);
        let about = words.phases.get(&phase.id).map(|line| writer.resolved(&line.0));
        about.into_iter().chain(self.criteria_of(program, phase)).collect()
    }

    /// "about 2 weeks", "Begin when all of this is true: ...", "Go on when all of this is true, ...: ..."
    fn criteria_of(self, program: &Entry<Program>, phase: &Phase) -> Vec<Inlines> {
        let (writer, words) = self.reading(program);
        let (enter, exit) = (words.enter_of(&phase.id), words.exit_of(&phase.id));
        let length = (!exit.is_empty()).then(|| text(self.about(&self.phase_length(phase))));
        let enter = (!enter.is_empty()).then(|| writer.when(Label::EnterWhen, enter));
        let exit = (!exit.is_empty()).then(|| writer.when(exit_label(program, phase), exit));
        let repeat = phase.repeat_weeks.then(|| self.label_text(Label::RepeatWeeks));
        length.into_iter().chain(enter).chain(exit).chain(repeat).collect()
    }

    fn phase_length(self, phase: &Phase) -> String {
        match phase.length {
            PhaseLength::Weeks(weeks) => self.language.count(Counted::Weeks, Extent::one(weeks.into())),
            PhaseLength::Days(_) | PhaseLength::Turns { .. } => {
                self.language.count(Counted::Days, Extent::one(phase.length.days()))
            }
        }
    }

    /// The label around the criteria, which keep their links and marks.
    fn when(self, label: Label, criteria: &[InlineText]) -> Inlines {
        // No text of an author has this character.
        const CRITERIA: &str = "\u{0}";
        let said = self.language.fill(label, &[("criteria", CRITERIA)]);
        let (before, after) = said.split_once(CRITERIA).unwrap_or((&said, ""));
        let listed = self.listed(criteria.iter().map(|line| self.resolved(&line.0)));
        [text(before), listed, text(after)]
            .concat()
            .into_iter()
            .filter(|inline| *inline != Inline::Text(String::new()))
            .collect()
    }

    /// Texts in a row; what is written as a sentence needs no other mark behind it.
    fn listed(self, texts: impl Iterator<Item = Inlines>) -> Inlines {
        let mut all = Inlines::new();
        for line in texts.filter(|line| !line.is_empty()) {
            let before = plain_text(&all);
            let between = match before.trim_end().chars().next_back() {
                None => "",
                Some('.' | '!' | '?' | '…' | '。' | '؟' | '।') => " ",
                Some(_) => self.language.label(Label::ItemSeparator),
            };
            all.extend((!between.is_empty()).then(|| Inline::Text(between.to_owned())));
            all.extend(line);
        }
        all
    }

    /// What decides that a phase begins, with its first session that is no rest.
    pub(super) fn before_session(self, plan: &Plan, session: &PlannedSession) -> Option<String> {
        let program = self.catalog.programs.get(&plan.program)?;
        let week = plan.weeks.iter().find(|week| week.number == session.week)?;
        let mut of_phase = plan.weeks.iter().filter(|other| other.phase == week.phase).flat_map(|week| &week.sessions);
        let is_first = of_phase.find(|one| one.kind != SessionKind::Rest).is_some_and(|one| one.slot == session.slot);
        let (writer, words) = self.reading(program);
        let enter = words.enter_of(&week.phase);
        (is_first && !enter.is_empty()).then(|| plain_text(&writer.when(Label::EnterWhen, enter)))
    }

    /// What to know at the end of a week: when to go on, or to do the week again. Only with its last session, because it
    /// holds for the whole of it.
    pub(super) fn after_session(self, plan: &Plan, session: &PlannedSession) -> Vec<String> {
        let Some(program) = self.catalog.programs.get(&plan.program) else { return Vec::new() };
        let Some(week) = plan.weeks.iter().find(|week| week.number == session.week) else { return Vec::new() };
        let Some(phase) = program.phases.iter().find(|phase| phase.id == week.phase) else { return Vec::new() };
        if week.sessions.last().is_none_or(|last| last.slot != session.slot) {
            return Vec::new();
        }
        let (writer, words) = self.reading(program);
        let exit = words.exit_of(&phase.id);
        let is_last = plan.weeks.iter().rev().find(|other| other.phase == week.phase).is_some_and(|last| last == week);
        let exit = (is_last && !exit.is_empty()).then(|| plain_text(&writer.when(exit_label(program, phase), exit)));
        let repeat = phase.repeat_weeks.then(|| self.label(Label::RepeatWeeks));
        exit.into_iter().chain(repeat).collect()
    }
}

/// Nothing follows the last phase to go on with.
fn exit_label(program: &Program, phase: &Phase) -> Label {
    if program.phases.last().is_some_and(|last| last.id == phase.id) { Label::DoneWhen } else { Label::ExitWhen }
}
