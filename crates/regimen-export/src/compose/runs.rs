//! The steps of a run as readers see them: "6 × (400 m at 4:10 min/km, then 90 s recovery)".

use regimen_catalog::model::{Measures, Repeat, RunStep, RunTarget, StepLength, Stretch, Target};
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Inside, Intensity, Label, PaceName, Section, Sport};

use super::Writer;
use super::amounts::range;

/// The highest heart rate zone at which talking is easy.
const EASY_ZONE: u8 = 2;

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    /// In a run, or in its repeats.
    Run,
    /// In a stretch than which it is faster.
    Stretch,
}

/// Whether a target is an effort, so that a reader must know what RPE means.
pub(super) fn asks_for_effort(steps: &[RunStep]) -> bool {
    let is_effort = |stretch: &Stretch| targets(stretch).any(|target| target.measures() == Measures::Effort);
    steps.iter().flat_map(RunStep::all).any(|step| match step {
        RunStep::Stretch(stretch) => is_effort(stretch),
        RunStep::Repeat(_) => false,
    })
}

/// Every target of a stretch: both ends of a ramp, and the second one beside it.
pub(super) fn targets(stretch: &Stretch) -> impl Iterator<Item = Target> {
    stretch.target.into_iter().flat_map(RunTarget::targets).chain(stretch.and)
}

/// Whether what is repeated is fast, rather than at an easy pace, or running and walking in turn.
fn is_fast(repeat: &Repeat) -> bool {
    let stretches: Vec<&Stretch> = repeat.steps.iter().flat_map(RunStep::all).filter_map(stretch_of).collect();
    let walks =
        stretches.iter().any(|stretch| stretch.intensity == Intensity::Walk || stretch.sport == Some(Sport::Walk));
    stretches.into_iter().filter(|stretch| stretch.intensity.is_work()).any(|stretch| match stretch.intensity {
        Intensity::Active if stretch.target.is_none() => !walks,
        _ => stretch.target.is_none() || targets(stretch).any(|target| !is_easy(target)),
    })
}

fn stretch_of(step: &RunStep) -> Option<&Stretch> {
    match step {
        RunStep::Stretch(stretch) => Some(stretch),
        RunStep::Repeat(_) => None,
    }
}

/// Whether talking is easy at this target.
fn is_easy(target: Target) -> bool {
    match target {
        Target::Named(pace) | Target::Reckoned { written: pace, .. } => pace.slower_name() == PaceName::Easy,
        Target::Zone(zone) => zone.high() <= EASY_ZONE,
        Target::Rpe(_) | Target::Pace(_) | Target::Amount(_) => false,
    }
}

impl Writer<'_> {
    /// One step in one line.
    pub(super) fn step(self, step: &RunStep) -> String {
        let [what, how_much, manner] = self.step_cells(step);
        let work = [how_much, manner].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>();
        let work = work.join(self.language.label(Label::ListSeparator));
        if what.is_empty() { work } else { format!("{what}: {work}") }
    }

    /// A step below the title of its part, which is not said again: "12 min, RPE 3" below "Warm-up".
    pub(super) fn step_of(self, section: Section, step: &RunStep) -> String {
        let title = self.language.label(section);
        let step = self.step(step);
        step.strip_prefix(title).and_then(|rest| rest.strip_prefix(": ")).map(str::to_owned).unwrap_or(step)
    }

    /// What a step is for, how much it is, and how it is done; each may be empty.
    pub(super) fn step_cells(self, step: &RunStep) -> [String; 3] {
        match step {
            RunStep::Stretch(stretch) => {
                let manner = self.step_manner(stretch).join(self.language.label(Label::ListSeparator));
                [self.what(stretch), self.step_length(stretch), manner]
            }
            RunStep::Repeat(repeat) => {
                let what = if is_fast(repeat) { Intensity::Interval } else { Intensity::Active };
                [self.language.label(what).to_owned(), self.short_step(step, Around::Run), String::new()]
            }
        }
    }

    /// "Work", "Swim", "Warm-up (ride)"
    fn what(self, stretch: &Stretch) -> String {
        let intensity = self.language.label(stretch.intensity);
        match stretch.sport {
            None => intensity.to_owned(),
            // A sport says that it is the work.
            Some(sport) if stretch.intensity == Intensity::Active => self.language.label(sport).to_owned(),
            Some(sport) => self.with_sport(intensity, sport),
        }
    }

    fn with_sport(self, what: &str, sport: Sport) -> String {
        self.language.fill(Label::WithNote, &[("what", what), ("note", self.language.label(sport.inside()))])
    }

    /// What is done each time, each step with its note.
    pub(super) fn repeated(self, repeat: &Repeat) -> Vec<String> {
        self.noted_steps(&repeat.steps, Around::Run)
    }

    /// How a stretch is done: how fast or how hard, and what is faster within it.
    pub(super) fn step_manner(self, stretch: &Stretch) -> Vec<String> {
        let Stretch { id: _, length: _, target, and, intensity: _, sport: _, within, note: _, part: _ } = stretch;
        let target = target.as_ref().map(|target| self.targets_text(target, and.as_ref()));
        target.into_iter().chain(self.within(within)).collect()
    }

    /// "including 6 × 20 s at mile pace", "including 6 × 20 s strides"
    fn within(self, steps: &[RunStep]) -> Option<String> {
        let inner = self.noted_steps(steps, Around::Stretch).join(self.language.label(Label::ListSeparator));
        (!steps.is_empty()).then(|| self.language.fill(Label::StepWithin, &[("steps", &inner)]))
    }

    /// Steps inside of others, each with its note.
    fn noted_steps(self, steps: &[RunStep], around: Around) -> Vec<String> {
        let noted = |step: &RunStep| {
            let what = self.short_step(step, around);
            let note = step.note().map(|note| self.in_plain_text(&self.note(note)));
            match note.filter(|note| !note.is_empty()) {
                Some(note) => self.language.fill(Label::WithNote, &[("what", &what), ("note", &note)]),
                None => what,
            }
        };
        steps.iter().map(noted).collect()
    }

    /// "400 m at 4:10 min/km", "90 s recovery", "6 × (…)"
    fn short_step(self, step: &RunStep, around: Around) -> String {
        match step {
            RunStep::Stretch(stretch) => self.stretch(stretch, around),
            RunStep::Repeat(repeat) => {
                let steps = self.noted_steps(&repeat.steps, around);
                let steps = match steps.as_slice() {
                    [one] => one.clone(),
                    several => format!("({})", several.join(self.language.label(Label::ListSeparator))),
                };
                if repeat.times == Extent::one(1) {
                    return steps;
                }
                let times = range(&repeat.times.low().to_string(), &repeat.times.high().to_string());
                self.in_order(self.language.fill(Label::SetsTimes, &[("sets", &times), ("work", &steps)]))
            }
        }
    }

    fn stretch(self, stretch: &Stretch, around: Around) -> String {
        let mut text = self.called(stretch, stretch.sport, around);
        if let Some(target) = &stretch.target {
            let target = self.targets_text(target, stretch.and.as_ref());
            text = self.language.fill(Label::StepAt, &[("length", &text), ("target", &target)]);
        }
        let parts: Vec<_> = std::iter::once(text).chain(self.within(&stretch.within)).collect();
        parts.join(self.language.label(Label::ListSeparator))
    }

    /// How long a stretch is, and what it is, if a target does not say more: "90 s recovery", "20 s strides", "20 s fast"; and the
    /// sport, if one is to be named: "1.9 km swim", "5 min recovery (walk)".
    pub(super) fn called(self, stretch: &Stretch, sport: Option<Sport>, around: Around) -> String {
        let is_faster = around == Around::Stretch && stretch.intensity.is_work() && stretch.target.is_none();
        let own = stretch.intensity.inside().or(is_faster.then_some(Inside::Fast));
        let length = self.step_length(stretch);
        let with = |word: Inside| format!("{length} {}", self.language.label(word));
        match (own, sport) {
            (None, None) => length,
            (None, Some(sport)) => with(sport.inside()),
            (Some(word), None) => with(word),
            (Some(word), Some(sport)) => self.with_sport(&with(word), sport),
        }
    }

    pub(super) fn step_length(self, stretch: &Stretch) -> String {
        match &stretch.length {
            StepLength::Time(time) => self.time(time),
            StepLength::Distance(distance) => self.distance(distance),
            StepLength::Open => self.label(Label::OpenStep),
        }
    }
}
