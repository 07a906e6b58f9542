//! Rules that depend on the reader's results, in words.

use regimen_catalog::model::{ByResult, Stages, Success};
use regimen_catalog::plan::{Instruction, PlannedItem};
use regimen_catalog::quantity::{Extent, LoadStep, Percent};
use regimen_catalog::vocabulary::{Counted, Label};

use super::Writer;

impl Writer<'_> {
    /// The work of an exercise: one of several doses where the reader's results decide which.
    pub(crate) fn item_work(self, item: &PlannedItem) -> String {
        match &item.instruction {
            Some(Instruction::Stages { rule, is_start: false }) => {
                let stages: Vec<_> = rule.of.iter().map(|stage| self.work(&stage.clone().over(&item.dose))).collect();
                stages.join(self.language.label(Label::Or))
            }
            _ => self.work(&item.dose),
        }
    }

    /// Work and manner of an exercise in one line.
    pub(crate) fn item_dose(self, item: &PlannedItem) -> String {
        let parts = [self.item_work(item), self.manner(&item.dose)];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(self.language.label(Label::ListSeparator))
    }

    /// "whenever you do all sets and reps, add 2.5 kg the next time; after 3 misses in a row, go on with 90 % of that
    /// weight"
    pub(super) fn by_result(self, rule: &ByResult) -> String {
        let ByResult { add, every, reach, cap, miss } = rule;
        let label = match (every, reach) {
            (Success::Session, None) => Label::AddAfterSession,
            (Success::Week, None) => Label::AddAfterWeek,
            (Success::Session, Some(_)) => Label::AddAfterLastSet,
            (Success::Week, Some(_)) => Label::AddAfterLastSetWeek,
        };
        let reps = reach.map(|reach| self.language.count(Counted::Reps, reach.0)).unwrap_or_default();
        let mut added = self.language.fill(label, &[("load", &self.step_of_load(*add)), ("reps", &reps)]);
        if let Some(cap) = cap {
            added = self.language.fill(Label::RuleUpTo, &[("rule", &added), ("cap", &self.step_of_load(*cap))]);
        }
        let missed = miss.map(|miss| {
            let misses = self.language.count(Counted::Misses, Extent::one(miss.in_a_row()));
            self.language.fill(Label::AfterMisses, &[("misses", &misses), ("share", &self.percent(miss.to))])
        });
        self.rules(std::iter::once(added).chain(missed))
    }

    /// What to do after success and after a miss in each stage.
    pub(super) fn stages(self, rule: &Stages) -> String {
        let Stages { of, add, again_at, again_add } = rule;
        let work: Vec<String> = of.iter().map(|stage| self.work(stage)).collect();
        let added = self.language.fill(Label::AddAfterSession, &[("load", &self.step_of_load(*add))]);
        let next = work.windows(2).filter_map(|pair| {
            let [dose, next] = pair else { return None };
            Some(self.language.fill(Label::NextStage, &[("dose", dose), ("next", next)]))
        });
        let (first, last) = (work.first().map_or("", String::as_str), work.last().map_or("", String::as_str));
        let at = again_at.map(|share| {
            let values = [("first", first), ("last", last), ("share", &self.percent(share))];
            self.language.fill(Label::FirstStageAt, &values)
        });
        let more = again_add.map(|load| {
            let values = [("first", first), ("last", last), ("load", &self.step_of_load(load))];
            self.language.fill(Label::FirstStageAdd, &values)
        });
        self.rules(std::iter::once(added).chain(next).chain(at).chain(more))
    }

    fn rules(self, rules: impl Iterator<Item = String>) -> String {
        rules.collect::<Vec<_>>().join(self.language.label(Label::ItemSeparator))
    }

    fn step_of_load(self, step: LoadStep) -> String {
        self.amount(&step.measured())
    }

    /// The number of a share, without its sign.
    pub(super) fn percent(self, share: Percent) -> String {
        self.number(&share.0.normalize().to_string())
    }
}
