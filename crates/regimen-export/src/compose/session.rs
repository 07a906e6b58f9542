//! Pieces of sessions in words: turns, texts, instructions, and what the signs mean.

use regimen_catalog::model::{Fragment, GroupFormat, Note, PercentOf, Session, SessionWords};
use regimen_catalog::plan::{Instruction, PlannedBlock, PlannedSession};
use regimen_catalog::prose::Inlines;
use regimen_catalog::quantity::{Beat, Duration, Extent};
use regimen_catalog::vocabulary::{Counted, Label};
use regimen_catalog::{Id, Kind, Reference};

use super::Writer;
use super::cards::Facts;
use super::runs::asks_for_effort;

impl Writer<'_> {
    /// What RPE and tempo mean, as far as the sessions use them.
    pub(super) fn legend<'p>(self, sessions: impl Iterator<Item = &'p PlannedSession>) -> Facts {
        let (mut rpe, mut tempo, mut explosive) = (false, false, false);
        for part in sessions.flat_map(PlannedSession::parts_and_choices) {
            for item in part.blocks.iter().flat_map(PlannedBlock::items) {
                rpe |= item.dose.rpe.is_some();
                tempo |= item.dose.tempo.get().is_some();
                explosive |= item.dose.tempo.get().is_some_and(|tempo| tempo.0.contains(&Beat::Explosive));
            }
            rpe |= part.blocks.iter().any(|block| matches!(block, PlannedBlock::Run(steps) if asks_for_effort(steps)));
        }
        let sign = |label: Label, name| capitalised(self.language.fill(label, &[(name, "")]).trim());
        let mut facts = Vec::new();
        if rpe {
            facts.push((sign(Label::Rpe, "rpe"), self.label_text(Label::RpeMeans)));
        }
        if tempo {
            let label = if explosive { Label::TempoMeansWithX } else { Label::TempoMeans };
            facts.push((sign(Label::Tempo, "tempo"), self.label_text(label)));
        }
        facts
    }

    /// "In turns, 3 rounds, rest 60 s"
    pub(super) fn group_title(self, format: GroupFormat) -> String {
        let rounds = format.rounds().map(|rounds| self.language.count(Counted::Rounds, rounds)).unwrap_or_default();
        let turns = |label| self.turns(label, &rounds, format.rounds() == Some(Extent::one(1)));
        let fill = |label, values: &[(&str, &str)]| self.language.fill(label, values);
        match format {
            GroupFormat::Superset { rest, .. } => self.with_rest(turns(Label::SupersetOf), rest),
            GroupFormat::Circuit { rest, .. } => self.with_rest(turns(Label::CircuitOf), rest),
            GroupFormat::Emom { every, .. } => {
                fill(Label::EmomOf, &[("time", &self.time(&every)), ("rounds", &rounds)])
            }
            GroupFormat::Amrap { time } => fill(Label::AmrapOf, &[("time", &self.time(&time))]),
            GroupFormat::Tabata { work, rest, .. } => {
                let (work, rest) = (self.time(&work), self.time(&rest));
                fill(Label::TabataOf, &[("rounds", &rounds), ("work", &work), ("rest", &rest)])
            }
        }
    }

    /// "In turns, 3 rounds"; one round is not counted.
    fn turns(self, label: Label, rounds: &str, is_one: bool) -> String {
        let title = self.language.fill(label, &[("rounds", if is_one { "" } else { rounds })]);
        let comma = self.language.label(Label::ListSeparator).trim_end();
        let uncounted = title.trim_end().strip_suffix(comma).filter(|_| is_one).map(str::to_owned);
        uncounted.unwrap_or_else(|| self.language.fill(label, &[("rounds", rounds)]))
    }

    fn with_rest(self, title: String, rest: Option<Duration>) -> String {
        match rest {
            Some(rest) => format!("{title}{}{}", self.language.label(Label::ListSeparator), self.rest(&rest)),
            None => title,
        }
    }

    pub(super) fn block_text(self, owner: &Reference, key: &Id<regimen_catalog::model::PlainWords>) -> Inlines {
        let read: Option<(Self, &SessionWords)> = match owner.kind() {
            Kind::Session => self.catalog.entry::<Session>(owner).map(|entry| self.reading(entry)),
            Kind::Fragment => self.catalog.entry::<Fragment>(owner).map(|entry| self.reading(entry)),
            _ => None,
        };
        let line = read.and_then(|(writer, words)| Some(writer.resolved(&words.texts.get(key)?.0)));
        line.unwrap_or_default()
    }

    /// What to mind with an exercise or a step.
    pub(super) fn note(self, note: &Note) -> Inlines {
        note.owner.as_ref().map(|owner| self.block_text(owner, &note.key)).unwrap_or_default()
    }

    /// What the reader decides by their own results.
    pub(super) fn instruction(self, instruction: &Instruction) -> String {
        match instruction {
            Instruction::AddLoad { reach, add, again_at, cap } => {
                let values = [
                    ("reps", reach.to_string()),
                    ("load", self.amount(&add.measured())),
                    ("low", again_at.to_string()),
                    ("cap", cap.as_ref().map(|cap| self.amount(&cap.measured())).unwrap_or_default()),
                ];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                let label = if cap.is_some() { Label::AddLoadUpTo } else { Label::AddLoad };
                self.language.fill(label, &values)
            }
            Instruction::ByResult(rule) => self.by_result(rule),
            Instruction::Stages { rule, share: None, is_start: _ } => self.stages(rule),
            // No load is added in a week that has less of it.
            Instruction::Stages { share: Some(share), .. } => self.instruction(&Instruction::ReachedLoad(Some(*share))),
            Instruction::MoreThanAtStart { by, cap } => {
                let rule = self.language.fill(Label::MoreThanAtStart, &[("load", &self.amount(by))]);
                self.up_to(rule, *cap)
            }
            Instruction::ReachedLoad(None) => self.label(Label::ReachedLoad),
            Instruction::ReachedLoad(Some(share)) => {
                self.language.fill(Label::ShareOfReachedLoad, &[("share", &self.percent(*share))])
            }
            Instruction::RaiseBest { of, by, from_this_week, after_this_week } => {
                let [now, afterwards] = match of {
                    PercentOf::OneRepMax => [Label::RaiseBestSingle, Label::RaiseBestSingleAfterwards],
                    PercentOf::TrainingMax => [Label::RaiseTrainingMax, Label::RaiseTrainingMaxAfterwards],
                };
                let said =
                    [(now, *from_this_week), (afterwards, *after_this_week)].into_iter().filter(|(_, said)| *said);
                let load = self.amount(&by.measured());
                self.rules(said.map(|(label, _)| self.language.fill(label, &[("load", &load)])))
            }
        }
    }
}

pub(super) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
