//! The sheet of a session: when, getting ready, the work with room to write, coming down, what to keep in mind.

use std::collections::BTreeSet;

use regimen_catalog::Reference;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{CalloutKind, Inline, Inlines};
use regimen_catalog::vocabulary::{Label, Section};

use super::Writer;
use super::elements::{SessionElement, Strand, strands};
use super::session::capitalised;
use super::sheets::{Sheet, Sheets};
use super::writer::{below_each_other, labelled, text};
use crate::document::Block;

impl Writer<'_> {
    /// The sheets of all sessions, of which the first begins a page.
    pub(super) fn all_sheets(self, sheets: &Sheets<'_>) -> Vec<Block> {
        let all = sheets.all.iter().flat_map(|sheet| self.sheet(sheets, sheet));
        (!sheets.all.is_empty()).then_some(Block::PageBreak).into_iter().chain(all).collect()
    }

    /// A sheet for a session that comes again in several weeks.
    fn sheet(self, sheets: &Sheets<'_>, sheet: &Sheet<'_>) -> Vec<Block> {
        let mut blocks = vec![Block::SheetBreak, self.sheet_heading(sheets, sheet)];
        blocks.push(Block::Paragraph(text(self.sheet_facts(sheet))));
        blocks.extend(self.sheet_work(sheet.plan, &sheet.sessions));
        for other in sheet.choices() {
            let work = self.sheet_work(sheet.plan, &other.iter().collect::<Vec<_>>());
            blocks.extend((!work.is_empty()).then(|| self.instead_line(&other[0])));
            blocks.extend(work);
        }
        blocks
    }

    /// What is done in a session that comes again in several weeks.
    fn sheet_work(self, plan: &Plan, sessions: &[&PlannedSession]) -> Vec<Block> {
        let mut blocks: Vec<Block> = self.session_summary(sessions[0]).map(Block::Paragraph).into_iter().collect();
        let strands = strands(sessions);
        blocks.extend(self.part_line(&strands, Section::WarmUp).map(Block::Paragraph));
        let tables = self.log_tables(plan, sessions);
        if tables.is_empty() {
            blocks.extend(self.work_texts(&strands).into_iter().map(Block::Paragraph));
        }
        blocks.extend(tables.into_iter().map(Block::Table));
        blocks.extend(self.part_line(&strands, Section::CoolDown).map(Block::Paragraph));
        blocks.extend(self.reminders(&strands));
        blocks
    }

    /// "**Or Swim**", above what is done then
    pub(super) fn instead_line(self, other: &PlannedSession) -> Block {
        Block::Paragraph(vec![Inline::Strong(text(self.instead(other)))])
    }

    /// "Or Swim"
    pub(super) fn instead(self, other: &PlannedSession) -> String {
        capitalised(format!("{}{}", self.language.label(Label::Or), self.session_name(other)).trim_start())
    }

    /// Sessions that have nothing to count, each with its days and what its author says of it.
    pub(super) fn without_dose(self, sheets: &Sheets<'_>) -> Option<Block> {
        let facts = sheets.without_dose.iter().filter_map(|sheet| {
            let session = sheet.sessions[0];
            let texts = strands(&sheet.sessions).into_iter().map(|strand| self.element_name(&strand.times[0].1).0);
            let said = self.session_summary(session).into_iter().chain(texts).filter(|line| !line.is_empty());
            let said: Vec<Inlines> = said.collect();
            let lines = std::iter::once(text(self.sheet_facts(sheet))).chain(said.iter().cloned());
            (!said.is_empty()).then(|| (self.session_name(session), below_each_other(lines)))
        });
        let facts: Vec<_> = facts.collect();
        (!facts.is_empty()).then_some(Block::Facts(facts))
    }

    pub(super) fn sheet_heading(self, sheets: &Sheets<'_>, sheet: &Sheet<'_>) -> Block {
        Block::Heading { level: 1, anchor: sheet.anchor.clone(), content: self.sheet_title(sheets, sheet) }
    }

    /// "Tuesday · weeks 1–4 · 18:30 · 45 min"
    pub(super) fn sheet_facts(self, sheet: &Sheet<'_>) -> String {
        let day = match sheet.sessions.as_slice() {
            [PlannedSession { date: Some(date), .. }] => self.date(Label::Date, *date),
            _ => self.days(sheet),
        };
        let time = self.span_of_times(sheet.sessions.iter().copied());
        let facts = [Some(day), Some(self.weeks(&sheet.weeks())), self.hours_of(&sheet.sessions), time];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        capitalised(&facts.join(self.language.label(Label::FactSeparator)))
    }

    pub(super) fn session_summary(self, session: &PlannedSession) -> Option<Inlines> {
        let (writer, words) = self.reading(self.catalog.sessions.get(&session.session)?);
        Some(writer.first_line(&words.summary)).filter(|line| !line.is_empty())
    }

    /// "**Warm-up:** Easy jog 5 min; Leg swing 10 reps each side"
    pub(super) fn part_line(self, strands: &[Strand<'_>], section: Section) -> Option<Inlines> {
        let items = strands.iter().filter(|strand| strand.section == section).map(|strand| self.short_item(strand));
        let items = self.joined(items, Label::ItemSeparator);
        (!items.is_empty()).then(|| labelled(self.part_label(section), items))
    }

    /// "Warm-up:"
    pub(super) fn part_label(self, section: Section) -> String {
        self.language.fill(Label::PartOf, &[("part", self.language.label(section))])
    }

    fn short_item(self, strand: &Strand<'_>) -> Inlines {
        let amounts = strand.times.iter().map(|(session, element)| {
            let amount = match element {
                SessionElement::Exercise(items) => {
                    let sets: Vec<String> = items.iter().map(|item| self.item_dose(item)).collect();
                    self.in_one_line(&sets, true)
                }
                SessionElement::Step(step) => self.step_of(strand.section, step),
                SessionElement::Group(..) | SessionElement::Text(..) => String::new(),
            };
            (*session, amount)
        });
        let amounts = self.by_times(&amounts.collect::<Vec<_>>());
        let item = match &strand.times[0].1 {
            element @ SessionElement::Exercise(_) => {
                let (mut name, _) = self.element_name(element);
                name.push(Inline::Text(format!(" {amounts}")));
                name
            }
            SessionElement::Step(_) => text(amounts),
            SessionElement::Group(..) => vec![Inline::Emphasis(text(self.group_title_by_times(strand)))],
            SessionElement::Text(owner, key) => self.block_text(owner, key),
        };
        self.noted(item, strand)
    }

    /// What is done, and its notes behind it.
    fn noted(self, what: Inlines, strand: &Strand<'_>) -> Inlines {
        let notes = self.joined(self.notes_of(strand), Label::ListSeparator);
        if notes.is_empty() {
            return what;
        }
        // The pattern may set signs before, between and after both.
        let said = self.language.fill(Label::WithNote, &[("what", "\u{0}"), ("note", "\u{1}")]);
        let mut line = Inlines::new();
        let mut rest = said.as_str();
        while let Some(at) = rest.find(['\u{0}', '\u{1}']) {
            let (before, after) = rest.split_at(at);
            line.extend((!before.is_empty()).then(|| Inline::Text(before.into())));
            line.extend(if after.starts_with('\u{0}') { what.clone() } else { notes.clone() });
            rest = &after[1..];
        }
        line.extend((!rest.is_empty()).then(|| Inline::Text(rest.into())));
        line
    }

    /// The work of a session that has nothing to count, such as a day of rest.
    pub(super) fn work_texts(self, strands: &[Strand<'_>]) -> Vec<Inlines> {
        let work = strands.iter().filter(|strand| strand.section.is_work());
        let texts = work.map(|strand| self.element_name(&strand.times[0].1).0);
        texts.filter(|line| !line.is_empty()).collect()
    }

    /// The first cue of each exercise of the work.
    fn reminders(self, strands: &[Strand<'_>]) -> Option<Block> {
        let mut seen = BTreeSet::new();
        let mut items = Vec::new();
        for strand in strands.iter().filter(|strand| strand.section.is_work()) {
            let SessionElement::Exercise(done) = &strand.times[0].1 else { continue };
            let Some(item) = done.first().filter(|item| seen.insert(&item.exercise)) else { continue };
            let Some(exercise) = self.catalog.exercises.get(&item.exercise) else { continue };
            let (writer, words) = self.reading(exercise);
            let name = Inline::Strong(self.named(&Reference::from(&exercise.id)));
            items.extend(words.cues.first().map(|cue| {
                let line = [name, Inline::Text(": ".into())].into_iter().chain(writer.resolved(&cue.0));
                vec![Block::Paragraph(line.collect())]
            }));
        }
        let (title, none) = (self.label(Label::Cues), items.is_empty());
        let list = Block::List { start: None, items };
        (!none).then(|| Block::Callout { kind: CalloutKind::Tip, title, blocks: vec![list] })
    }
}
