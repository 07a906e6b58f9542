//! Rules that depend on the reader's results, in words.

use regimen_catalog::model::{ByResult, Dose, Stages, Stated, Success};
use regimen_catalog::plan::{Instruction, PlannedItem};
use regimen_catalog::quantity::{Extent, LoadStep, LoadUnit, Measured, Percent};
use regimen_catalog::vocabulary::{Counted, Label};

use super::Writer;

impl Writer<'_> {
    /// The work of an exercise: one of several doses where the reader's results decide which.
    pub(crate) fn item_work(self, item: &PlannedItem) -> String {
        match &item.instruction {
            Some(Instruction::Stages { rule, is_start: false, .. }) => {
                let stages = rule.of.iter().map(|stage| self.stage(&stage.clone().over(&item.dose), &item.dose));
                stages.collect::<Vec<_>>().join(self.language.label(Label::Or))
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
        added = self.up_to(added, cap.map(|cap| cap.measured()));
        let missed = miss.map(|miss| {
            let misses = self.language.count(Counted::Misses, Extent::one(miss.in_a_row()));
            self.language.fill(Label::AfterMisses, &[("misses", &misses), ("share", &self.percent(miss.to))])
        });
        self.rules(std::iter::once(added).chain(missed))
    }

    /// What to do after success and after a miss in each stage.
    pub(super) fn stages(self, rule: &Stages) -> String {
        let Stages { of, add, again_at, again_add } = rule;
        let base = of.first();
        let stage = |stage: &Dose| base.map_or_else(|| self.work(stage), |base| self.stage(stage, base));
        let work: Vec<String> = of.iter().map(stage).collect();
        let added = self.language.fill(Label::AddAfterSession, &[("load", &self.step_of_load(*add))]);
        let next = work.windows(2).zip(of.iter().skip(1)).filter_map(|(pair, stage)| {
            let [dose, next] = pair else { return None };
            let load = stage.load.get().map(|load| self.loads(load));
            let label = if load.is_some() { Label::NextStageLoad } else { Label::NextStage };
            let values = [("dose", dose.as_str()), ("next", next), ("load", load.as_deref().unwrap_or_default())];
            Some(self.language.fill(label, &values))
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

    /// A stage as it is done: its work, and how, as far as that is said and not as in the first one. Loads are the rule's.
    fn stage(self, stage: &Dose, first: &Dose) -> String {
        let manner = |dose: &Dose| self.manner_parts(&Dose { load: Stated::Unknown, ..dose.clone() });
        let own = manner(stage);
        let usual = manner(first);
        let own: Vec<_> = own.into_iter().filter(|part| !usual.contains(part)).collect();
        let work = self.work(stage);
        if own.is_empty() {
            return work;
        }
        let note = own.join(self.language.label(Label::ListSeparator));
        self.language.fill(Label::WithNote, &[("what", &work), ("note", &note)])
    }

    /// A rule, with the most load that it reaches.
    pub(super) fn up_to(self, rule: String, cap: Option<Measured<LoadUnit>>) -> String {
        match cap {
            Some(cap) => self.language.fill(Label::RuleUpTo, &[("rule", &rule), ("cap", &self.amount(&cap))]),
            None => rule,
        }
    }

    pub(super) fn rules(self, rules: impl Iterator<Item = String>) -> String {
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
