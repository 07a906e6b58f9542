//! The run of a session in short.

use regimen_catalog::model::{RunPart, RunStep, RunTarget, SessionBlock, StepLength, Stretch, Target};
use regimen_catalog::plan::PlannedSession;
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Intensity, Label, Sport};

use super::Writer;
use super::amounts::range;
use super::runs::Around;
use super::totals::Total;

/// Which targets are named beside the amounts of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShownTargets {
    /// Those that a programme gives a session where it places it. The session's own are the same every time, and on its page.
    Placed,
    None,
}

/// More parts of a run than this are added up.
const MOST_PARTS: usize = 4;

/// The target of a stretch, with the second one beside it.
type Pair = (RunTarget, Option<Target>);

struct ShortRun<'w> {
    writer: Writer<'w>,
    /// The sport that needs no words, because the session is of its kind.
    sport: Option<Sport>,
    /// The targets that need no words; `None` for all.
    usual: Option<Vec<Pair>>,
    around: Around,
}

impl Writer<'_> {
    /// "5 mi", "2 km + 6 × 400 m at 5 km pace"; `None` if its length is not known.
    pub(super) fn run_in_short(
        self,
        session: &PlannedSession,
        steps: &[&RunStep],
        targets: ShownTargets,
    ) -> Option<String> {
        let usual = (targets == ShownTargets::Placed).then(|| self.own_targets(session)).flatten();
        let sport = Sport::of(session.kind);
        let parts = ShortRun { writer: self, sport, usual, around: Around::Run }.parts(steps)?;
        Some(self.in_order(parts.join(self.language.label(Label::And)))).filter(|text| !text.is_empty())
    }

    /// The targets that the file of a session has, but for those that the programme writes once more where it places it.
    fn own_targets(self, planned: &PlannedSession) -> Option<Vec<Pair>> {
        let session = self.catalog.sessions.get(&planned.session)?;
        let blocks = session.parts().into_iter().flat_map(|(_, _, blocks)| blocks);
        let blocks = blocks.flat_map(|block| match block {
            SessionBlock::Use(id) => {
                self.catalog.fragments.get(id).map_or(&[][..], |fragment| fragment.blocks.as_slice())
            }
            SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Text(_) => {
                std::slice::from_ref(block)
            }
        });
        let steps = blocks.flat_map(|block| match block {
            SessionBlock::Run(steps) => steps.as_slice(),
            SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Use(_) | SessionBlock::Text(_) => &[],
        });
        let pairs = steps.cloned().flat_map(|mut step| {
            step.done_as(Sport::of(session.kind));
            step.all().into_iter().filter_map(pair).collect::<Vec<_>>()
        });
        Some(pairs.filter(|(target, _)| !planned.targets.contains(target)).collect())
    }
}

impl ShortRun<'_> {
    /// The work of steps; if there is none, all of them.
    fn parts(&self, steps: &[&RunStep]) -> Option<Vec<String>> {
        if !steps.iter().any(|step| is_work(step)) {
            return self.adjacent(steps);
        }
        // What is parted by a rest is not one stretch.
        let stretches = steps.split(|step| !is_work(step)).filter(|steps| !steps.is_empty());
        let parts: Option<Vec<_>> = stretches.map(|steps| self.adjacent(steps)).collect();
        let parts = parts?.concat();
        if parts.len() <= MOST_PARTS {
            return Some(parts);
        }
        let work: Vec<&RunStep> = steps.iter().copied().filter(|step| is_work(step)).collect();
        self.adjacent(&work)
    }

    /// Stretches that follow each other are one amount.
    fn adjacent(&self, steps: &[&RunStep]) -> Option<Vec<String>> {
        let language = self.writer.language;
        let adds_up = |step: &RunStep| {
            step.inner().is_empty()
                && self.placed_target(step).is_none()
                && self.around == Around::Run
                && !is_strides(step)
                && !is_part(step, RunPart::Easy)
        };
        let go_on = |one: &&RunStep, other: &&RunStep| {
            is_part(other, RunPart::Last)
                || adds_up(one) && adds_up(other) && self.named_sport(one) == self.named_sport(other)
        };
        let parts = steps.chunk_by(go_on).map(|steps| match steps {
            [RunStep::Repeat(repeat)] => {
                let each = self.parts(&repeat.steps.iter().collect::<Vec<_>>())?;
                let each = match each.as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(language.label(Label::And))),
                };
                Some(self.times(repeat.times, &each))
            }
            [RunStep::Stretch(stretch)] if stretch.length == StepLength::Open => None,
            [step @ RunStep::Stretch(stretch)] => self.stretch(step, stretch),
            [first @ .., last @ RunStep::Stretch(part)] if part.part == Some(RunPart::Last) => {
                self.with_last_part(first, last, part)
            }
            several => {
                let total = self.writer.total_text(&Total::of_steps(several.iter().copied())?);
                let sport = several.first().and_then(|step| self.named_sport(step));
                Some(sport.map_or(total.clone(), |sport| format!("{total} {}", language.label(sport.inside()))))
            }
        });
        parts.collect()
    }

    /// "18 mi (10 mi at marathon pace)"
    fn stretch(&self, step: &RunStep, stretch: &Stretch) -> Option<String> {
        let language = self.writer.language;
        // Below the name of a session its own work needs no word.
        let sport = self.named_sport(step);
        let is_called = self.around == Around::Stretch || is_strides(step) || sport.is_some();
        let mut length =
            if is_called { self.writer.called(stretch, sport, self.around) } else { self.writer.step_length(stretch) };
        if let Some(target) = self.placed_target(step) {
            length = language.fill(Label::StepAt, &[("length", &length), ("target", &target)]);
        }
        if stretch.within.is_empty() {
            return Some(length);
        }
        // Faster than the rest of the run means nothing without its pace.
        let faster = Self { usual: self.usual.is_some().then(Vec::new), around: Around::Stretch, ..*self };
        let inner = faster.parts(&stretch.within.iter().collect::<Vec<_>>())?.join(language.label(Label::And));
        Some(language.fill(Label::WithNote, &[("what", &length), ("note", &inner)]))
    }

    /// "15 mi (last 5 mi at marathon pace)"
    fn with_last_part(&self, first: &[&RunStep], last: &RunStep, part: &Stretch) -> Option<String> {
        let language = self.writer.language;
        let whole = Total::of_steps(first.iter().copied().chain([last]))?;
        let mut whole = self.writer.total_text(&whole);
        if let Some(target) = first.iter().find_map(|step| self.placed_target(step)) {
            whole = language.fill(Label::StepAt, &[("length", &whole), ("target", &target)]);
        }
        let Some(target) = self.placed_target(last) else { return Some(whole) };
        let length = self.writer.step_length(part);
        let last = language.fill(Label::StepAt, &[("length", &length), ("target", &target)]);
        let last = language.fill(Label::LastPart, &[("step", &last)]);
        Some(language.fill(Label::WithNote, &[("what", &whole), ("note", &last)]))
    }

    /// The sport of a step, if it is not the one that goes without saying.
    fn named_sport(&self, step: &RunStep) -> Option<Sport> {
        match step {
            RunStep::Stretch(stretch) => stretch.sport.filter(|sport| self.sport != Some(*sport)),
            RunStep::Repeat(_) => None,
        }
    }

    fn placed_target(&self, step: &RunStep) -> Option<String> {
        let (usual, own) = (self.usual.as_ref()?, pair(step).filter(|_| !is_part(step, RunPart::Easy))?);
        (!usual.contains(&own)).then(|| self.writer.targets_text(&own.0, own.1.as_ref()))
    }

    fn times(&self, times: Extent<u32>, each: &str) -> String {
        if times == Extent::one(1) {
            return each.to_owned();
        }
        let times = range(&times.low().to_string(), &times.high().to_string());
        self.writer.language.fill(Label::SetsTimes, &[("sets", &times), ("work", each)])
    }
}

fn is_part(step: &RunStep, part: RunPart) -> bool {
    matches!(step, RunStep::Stretch(stretch) if stretch.part == Some(part))
}

fn is_strides(step: &RunStep) -> bool {
    matches!(step, RunStep::Stretch(stretch) if stretch.intensity == Intensity::Strides)
}

fn pair(step: &RunStep) -> Option<Pair> {
    match step {
        RunStep::Stretch(stretch) => Some((stretch.target?, stretch.and)),
        RunStep::Repeat(_) => None,
    }
}

/// Whether a step is neither resting nor getting ready. An easy part that a cell writes beside the work is one of its amounts.
fn is_work(step: &RunStep) -> bool {
    match step {
        RunStep::Repeat(_) => true,
        RunStep::Stretch(stretch) => stretch.intensity.is_work() || stretch.part == Some(RunPart::Easy),
    }
}
