//! The doses of an exercise of a session in its week.

use super::Expansion;
use super::context::Context;
use crate::diagnostic::{FieldPath, Place};
use crate::model::{Dose, Doses, Entry, Exercise, Item, Scheme, Session, SessionBlock};
use crate::plan::carried::Line;
use crate::plan::followed::{Meant, after_a_set, inherited};
use crate::plan::outline::Outline;
use crate::plan::progress::PhaseProgression;
use crate::plan::{Instruction, PlannedItem, open, share};
use crate::reference::Reference;

impl<'a> Expansion<'a> {
    pub(super) fn items(&mut self, context: &Context<'_>, from: &Reference, item: &Item) -> Vec<PlannedItem> {
        let Some(exercise) = self.catalog.exercises.get(&item.exercise) else {
            return Vec::new();
        };
        let defaults = exercise.defaults_in(context.written_format);
        // Checking reports an exercise without a dose.
        let Some(written) = item.dose.clone().or_else(|| defaults.clone().map(Doses::from)) else { return Vec::new() };
        let fitting = Self::followed(context, item);
        let is_hidden = context.is_placed(item);
        let at = fitting.map_or(context.week(), |one| one.at(context.week()));
        let line = Line { item, written: &written, phase: context.outline.phase_index, at, is_hidden };
        let grown = self.carried.in_week(&line, fitting, &self.times);
        let grown = grown.and_then(|grown| context.fitting(fitting, grown)).and_then(|grown| match fitting {
            Some(one) if !is_hidden => after_a_set(one.rule, item, self.catalog, context.session, grown),
            Some(_) | None => Ok(grown),
        });
        let grown = grown.unwrap_or_else(|problem| {
            let index = fitting.map_or(0, |one| one.index);
            self.report(context.outline, index, problem, Some(self.dose_place(context, item, exercise)));
            written.clone().into()
        });
        let scheme = fitting.map(|one| &one.rule.scheme);
        // The sets of a table are its own; those of doses in a row belong together.
        let in_a_row = !matches!(scheme, Some(Scheme::PercentTable(_)));
        let phase = context.outline.phase_index;
        let lifted = open::Lifted { item, scheme, phase, doses: &grown.doses, is_work: context.grows() };
        let is_open = !is_hidden && self.started.is_open(&lifted);
        let mut doses: Vec<Dose> = grown.doses.into_iter().map(|dose| context.in_turns(dose)).collect();
        if !scheme.is_some_and(Scheme::is_written_by_week) {
            self.lighten(context, exercise, &mut doses, in_a_row);
        }
        let shares = context.shares();
        let mut instruction = open::lighter_stages(grown.instruction, exercise, shares);
        if is_open {
            let rule = instruction.or_else(|| open::stepped(scheme, at));
            instruction = open::reached(&mut doses, rule, shares);
            self.lessened |= instruction.as_ref().is_some_and(Instruction::is_share);
        }
        // Last, because a dose of one set has no rest, and may have grown or shrunk to it.
        let doses = inherited(doses, &written, defaults.as_ref());
        let mut note = item.note.as_ref().map(|note| note.of(from));
        let planned = |(index, dose)| PlannedItem {
            id: item.id.clone(),
            exercise: item.exercise.clone(),
            dose,
            goes_on: index > 0,
            instruction: instruction.take(),
            note: note.take(),
        };
        doses.into_iter().enumerate().map(planned).collect()
    }

    /// The progression that an item follows.
    fn followed<'c>(context: &Context<'c>, item: &Item) -> Option<PhaseProgression<'c>> {
        let by_the_clock = context.format.is_some_and(|format| format.is_by_the_clock());
        if context.grows() { context.meant.followed(item, by_the_clock) } else { None }
    }

    /// Whether the dose of an item is written for each single week.
    pub(super) fn is_final(context: &Context<'_>, item: &Item) -> bool {
        context.is_placed(item) || Self::followed(context, item).is_some_and(|one| one.rule.scheme.is_written_by_week())
    }

    fn lighten(&mut self, context: &Context<'_>, exercise: &Exercise, doses: &mut Vec<Dose>, in_a_row: bool) {
        if !context.lightened() || (context.outline.volume, context.outline.load) == (None, None) {
            return;
        }
        let full = doses.clone();
        match context.outline.volume {
            Some(volume) if in_a_row => share::of_works(doses, exercise.kind, volume),
            Some(volume) => doses.iter_mut().for_each(|dose| share::of_work(dose, exercise.kind, volume)),
            None => {}
        }
        if let Some(load) = context.outline.load {
            doses.iter_mut().for_each(|dose| share::of_load(self.catalog, exercise, dose, load));
        }
        self.lessened |= *doses != full;
    }

    /// The progressions of the phase that may change a session of such a name in its week.
    pub(super) fn meant(&self, outline: &Outline<'a>, session: &'a Entry<Session>, name: &str) -> Meant<'a> {
        let all = outline.phase.progression.iter().enumerate().filter(|(_, rule)| rule.is_for(&session.id, name));
        let done = |index| self.times.of(outline.phase_index, index);
        Meant::new(
            all.map(|(index, rule)| PhaseProgression { index, rule, done: done(index) }).collect(),
            self.catalog,
            session,
        )
    }

    /// Where the dose of an item is written: with it, or with its exercise.
    fn dose_place(&self, context: &Context<'_>, item: &Item, exercise: &Entry<Exercise>) -> Place {
        let default = Place::value(exercise.file.clone(), FieldPath::root().key("defaults"));
        let written = || {
            let parts = context.session.parts();
            let used = parts.iter().flat_map(|(_, _, blocks)| blocks.iter()).filter_map(|block| match block {
                SessionBlock::Use(id) => self.catalog.fragments.get(id),
                _ => None,
            });
            let fragments = used.map(|fragment| (&fragment.file, "blocks", fragment.blocks.as_slice()));
            let own = parts.iter().map(|(_, key, blocks)| (&context.session.file, *key, *blocks));
            own.chain(fragments).find_map(|(file, key, blocks)| {
                let blocks = blocks.iter().enumerate();
                let mut items = blocks.flat_map(|(index, block)| block.items().map(move |found| (index, found)));
                let (index, (below, _)) = items.find(|(_, (_, found))| std::ptr::eq(*found, item))?;
                Some(Place::value(file.clone(), FieldPath::root().key(key).index(index).join(below).key("dose")))
            })
        };
        item.dose.as_ref().and_then(|_| written()).unwrap_or(default)
    }
}
