//! What is always the same of an element, and what each time has of its own.

use regimen_catalog::model::RunStep;
use regimen_catalog::plan::{PlannedItem, PlannedSession};
use regimen_catalog::quantity::{Extent, LoadUnit, Measured};
use regimen_catalog::vocabulary::{Counted, Label};

use super::Writer;
use super::brief::{is_share, lifted};
use super::elements::{SessionElement, Strand};

/// An element over several times.
#[derive(Debug, Default)]
pub(super) struct Across {
    /// Whether the weeks differ in nothing but how much there is of it.
    pub(super) only_amounts: bool,
    /// How it is done, as far as that is always the same; a line each.
    pub(super) shared: Vec<String>,
    /// How much it is, and what is special, each time; a line each.
    pub(super) each: Vec<Vec<String>>,
    /// What the athlete decides by results each time, as far as times differ; a line each.
    pub(super) instructions: Vec<Vec<String>>,
}

impl Writer<'_> {
    /// An exercise or a step; other elements have nothing that changes.
    pub(super) fn across(self, times: &[(&PlannedSession, SessionElement<'_>)]) -> Across {
        let mut exercises = Vec::new();
        let mut steps = Vec::new();
        for (_, element) in times {
            match element {
                SessionElement::Exercise(items) => exercises.push(items.as_slice()),
                SessionElement::Step(step) => steps.push(*step),
                SessionElement::Group(..) | SessionElement::Text(..) => {}
            }
        }
        if exercises.is_empty() { self.steps_across(&steps) } else { self.exercise_across(&exercises) }
    }

    fn exercise_across(self, times: &[&[&PlannedItem]]) -> Across {
        let separator = self.language.label(Label::ListSeparator);
        let manners = |item: &PlannedItem| self.manner_parts(&item.dose);
        let shared = in_all(times.iter().flat_map(|items| items.iter().map(|item| manners(item))));
        let said = |items: &[&PlannedItem]| self.instructions(items);
        let instructions = in_all(times.iter().map(|items| said(items)));
        let each = times.iter().map(|items| {
            let mut lines = Vec::new();
            let last = items.len().saturating_sub(1);
            let of_one_kind = is_share_of_one(items);
            for (at, item) in items.iter().enumerate() {
                let own = manners(item).into_iter().filter(|part| !shared.contains(part));
                let own: Vec<_> = match lifted(item).filter(|_| of_one_kind && at < last) {
                    Some(load) => own.map(|part| self.without_base(&load, part)).collect(),
                    None => own.collect(),
                };
                let own = own.join(separator);
                match items.len() {
                    1 => lines.extend([self.item_work(item), own]),
                    _ if own.is_empty() => lines.push(self.item_work(item)),
                    _ => lines.push(format!("{}{separator}{own}", self.item_work(item))),
                }
            }
            lines
        });
        let each = each.collect();
        let own =
            |items: &[&PlannedItem]| said(items).into_iter().filter(|line| !instructions.contains(line)).collect();
        let of_times = times.iter().map(|items| own(items)).collect();
        let shared = std::iter::once(shared.join(separator)).chain(instructions).filter(|line| !line.is_empty());
        Across { only_amounts: true, shared: shared.collect(), each, instructions: of_times }
    }

    /// "65 %" for "65 % of your training max", which the last set says.
    fn without_base(self, load: &Measured<LoadUnit>, part: String) -> String {
        if part == self.amount(load) { self.short_load(load) } else { part }
    }

    fn instructions(self, items: &[&PlannedItem]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for line in items.iter().filter_map(|item| item.instruction.as_ref()).map(|said| self.instruction(said)) {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// What the athlete decides by results some of the times, with their weeks and days; a line each.
    pub(super) fn rules_by_times(self, strand: &Strand<'_>, instructions: &[Vec<String>]) -> Vec<String> {
        let separator = self.language.label(Label::ItemSeparator);
        let rules =
            strand.times.iter().zip(instructions).map(|((session, _), lines)| (*session, lines.join(separator)));
        self.variants_of_times(&rules.collect::<Vec<_>>())
    }

    fn steps_across(self, times: &[&RunStep]) -> Across {
        let repeats = times.iter().map(|step| match step {
            RunStep::Repeat(repeat) => self.repeated(repeat),
            RunStep::Stretch(_) => Vec::new(),
        });
        let repeats: Vec<_> = repeats.collect();
        let again = repeats.first().filter(|first| !first.is_empty() && repeats.iter().all(|other| other == *first));
        // Of what is always done once, no number says more than its steps.
        let is_once = again.is_some()
            && times.iter().all(|step| matches!(step, RunStep::Repeat(repeat) if repeat.times == Extent::one(1)));
        let targets = in_all(times.iter().map(|step| self.steps_manner(step)));
        let each = times.iter().map(|step| match step {
            RunStep::Repeat(_) if is_once => Vec::new(),
            RunStep::Repeat(repeat) if again.is_some() => vec![self.rounds(repeat.times)],
            RunStep::Repeat(_) => self.step_cells(step).into_iter().skip(1).collect(),
            RunStep::Stretch(stretch) => {
                let own = self.step_manner(stretch).into_iter().filter(|target| !targets.contains(target));
                std::iter::once(self.step_length(stretch)).chain(own).collect()
            }
        });
        let each = each.collect();
        let is_repeat = repeats.iter().any(|steps| !steps.is_empty());
        let only_amounts = if is_repeat {
            again.is_some()
        } else {
            times.iter().all(|step| self.steps_manner(step).iter().all(|target| targets.contains(target)))
        };
        let again = again.map(|steps| steps.join(self.language.label(Label::ListSeparator)));
        Across { only_amounts, shared: again.into_iter().chain(targets).collect(), each, instructions: Vec::new() }
    }

    fn rounds(self, times: Extent<u32>) -> String {
        self.language.count(Counted::Rounds, times)
    }

    fn steps_manner(self, step: &RunStep) -> Vec<String> {
        match step {
            RunStep::Stretch(stretch) => self.step_manner(stretch),
            RunStep::Repeat(_) => Vec::new(),
        }
    }
}

/// Whether all sets have shares of the same best.
fn is_share_of_one(items: &[&PlannedItem]) -> bool {
    let shares = items.iter().map(|item| lifted(item).map(|load| load.unit).filter(|unit| is_share(*unit)));
    let shares: Option<Vec<_>> = shares.collect();
    shares.is_some_and(|units| units.windows(2).all(|pair| pair[0] == pair[1]))
}

/// What all lists hold, in the order of the first.
fn in_all(mut lists: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    let mut shared = lists.next().unwrap_or_default();
    lists.for_each(|list| shared.retain(|part| list.contains(part)));
    shared
}
