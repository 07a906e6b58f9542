//! The blocks of a session in its week: groups and runs, fragments written out.

use std::collections::BTreeMap;

use super::context::Context;
use super::{Expansion, Placing};
use crate::model::{Doses, Entry, ExerciseGroup, GroupFormat, LineName, RunStep, Session, SessionBlock};
use crate::plan::outline::Outline;
use crate::plan::run_steps::{is_written_for_week, steps_in_week};
use crate::plan::{PlannedBlock, PlannedPart, share};
use crate::reference::Reference;
use crate::vocabulary::Section;

impl<'a> Expansion<'a> {
    pub(super) fn parts(
        &mut self,
        outline: &Outline<'a>,
        placing: &Placing<'_, 'a>,
        session: &'a Entry<Session>,
        placed: Option<&BTreeMap<LineName, Doses>>,
    ) -> Vec<PlannedPart> {
        let meant = &self.meant(outline, session, &placing.outlined.name());
        let mut parts = Vec::new();
        for (section, _, blocks) in session.parts() {
            let from = Reference::from(&session.id);
            let mut planned = Vec::new();
            for block in blocks {
                self.block(
                    &Context { outline, session, meant, section, placed, format: None, written_format: None },
                    &from,
                    block,
                    &mut planned,
                );
            }
            if !planned.is_empty() {
                parts.push(PlannedPart { section, blocks: planned });
            }
        }
        parts
    }

    /// The steps of the main part of a session in such a week, as they are for others than it. Nothing else of it is looked at, because
    /// it is not done: its loads remain those of a first time.
    pub(super) fn main_run(
        &mut self,
        outline: &Outline<'a>,
        placing: &Placing<'_, 'a>,
        session: &'a Entry<Session>,
    ) -> Vec<RunStep> {
        let (meant, section) = (&self.meant(outline, session, &placing.outlined.name()), Section::Main);
        let context = Context { outline, session, meant, section, placed: None, format: None, written_format: None };
        let (mut steps, catalog) = (Vec::new(), self.catalog);
        for block in &session.main {
            let (from, blocks) = match block {
                SessionBlock::Use(id) => {
                    let blocks = catalog.fragments.get(id).map_or(&[][..], |fragment| fragment.blocks.as_slice());
                    (Reference::from(id), blocks)
                }
                own => (Reference::from(&session.id), std::slice::from_ref(own)),
            };
            for block in blocks {
                if let SessionBlock::Run(run) = block {
                    steps.extend(self.run(&context, &from, run));
                }
            }
        }
        steps
    }

    fn block(&mut self, context: &Context<'_>, from: &Reference, block: &SessionBlock, out: &mut Vec<PlannedBlock>) {
        match block {
            SessionBlock::Item(item) => out.extend(self.items(context, from, item).into_iter().map(PlannedBlock::Item)),
            SessionBlock::Group(group) => out.push(self.group(context, from, group)),
            SessionBlock::Run(steps) => out.push(PlannedBlock::Run(self.run(context, from, steps))),
            SessionBlock::Text(key) => out.push(PlannedBlock::Text(from.clone(), key.clone())),
            SessionBlock::Use(id) => {
                // A fragment holds no other fragment (checking says so), so this goes one level deep.
                let catalog = self.catalog;
                let Some(fragment) = catalog.fragments.get(id) else {
                    return;
                };
                let from = Reference::from(id);
                for inner in fragment.blocks.iter().filter(|inner| !matches!(inner, SessionBlock::Use(_))) {
                    self.block(context, &from, inner, out);
                }
            }
        }
    }

    fn group(&mut self, context: &Context<'_>, from: &Reference, group: &ExerciseGroup) -> PlannedBlock {
        // Doses that are written for this week are for all rounds, so these are final as well.
        let in_turns = &Context { format: Some(group.format), ..*context };
        let is_final = || group.items.iter().any(|item| Self::is_final(in_turns, item));
        let format = match context.outline.volume.filter(|_| context.lightened() && !is_final()) {
            Some(volume) => group.format.with_rounds(|rounds| share::of_count(rounds, volume)),
            None => group.format,
        };
        self.lessened |= format != group.format;
        let context = &Context { format: Some(format), written_format: Some(group.format), ..*context };
        let mut items: Vec<_> = group.items.iter().flat_map(|item| self.items(context, from, item)).collect();
        if let GroupFormat::Tabata { work, .. } = format {
            items.iter_mut().for_each(|item| item.dose = item.dose.timed(work));
        }
        PlannedBlock::Group { format, items }
    }

    fn run(&mut self, context: &Context<'_>, from: &Reference, steps: &[RunStep]) -> Vec<RunStep> {
        let meant = if context.grows() { context.meant.all() } else { &[] };
        let mut errors = Vec::new();
        let mut steps =
            steps_in_week(steps, meant, context.week(), &mut |index, problem| errors.push((index, problem)));
        errors.into_iter().for_each(|(index, problem)| self.report(context.outline, index, problem, None));
        steps.iter_mut().for_each(|step| step.own_notes(from));
        match context.outline.volume.filter(|_| context.lightened()) {
            // What is written for this week is final.
            Some(volume) => {
                let share = share::of_run(&steps, volume, &|step| is_written_for_week(step, meant));
                self.lessened |= share != steps;
                share
            }
            None => steps,
        }
    }
}
