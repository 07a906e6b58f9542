//! The steps of a run, a ride or a swim.
//!
//! They have the shape of a FIT workout step (Garmin FIT SDK, message `workout_step`): a duration, a target, an
//! intensity, and repeats of several steps, so that a watch can follow them.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use super::note::Note;
use super::target::{RunTarget, Target};
use crate::diagnostic::FieldPath;
use crate::json_schema::{Alternative, alternatives, needs};
use crate::quantity::{
    BadQuantity, Count, Distance, Duration, Extent, Literal, OrNone, begins_with_zero, literal, unreadable,
};
use crate::reference::{Id, Reference};
use crate::vocabulary::{Intensity, Sport};

/// A piece of a run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(try_from = "StepAsWritten")]
#[schemars(with = "StepAsWritten")]
pub enum RunStep {
    /// One stretch at one effort.
    Stretch(Stretch),
    /// Several steps again and again.
    Repeat(Repeat),
}

/// One stretch of a run: so far or so long, at some effort.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Its name within the session, for progressions to speak of.
    pub id: Option<Id<RunStep>>,
    /// How long it is.
    pub length: StepLength,
    /// How fast or how hard.
    pub target: Option<RunTarget>,
    /// A second target that measures something else, such as the cadence beside a pace.
    pub and: Option<Target>,
    /// What it is for.
    pub intensity: Intensity,
    /// What it is done as, if that is said of it.
    pub sport: Option<Sport>,
    /// Faster steps that are a part of it: their time and their way are in its length.
    pub within: Vec<RunStep>,
    /// What to mind.
    pub note: Option<Note>,
    /// Which part of a run it is that a cell of a grid writes in parts, if titles say more of it for that.
    pub part: Option<RunPart>,
}

/// A part of a run that a cell of a grid writes in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunPart {
    /// It leads to the work or away from it, and is written beside it: `2 mi easy, then 4 mi tempo`.
    Easy,
    /// The last part of the run before it, whose length is stated for both together: `15 mi with last 5 mi`.
    Last,
    /// It is done in another sport than that of its session: `60 min bike, then 15 min run`.
    OtherSport,
}

/// Steps done again and again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// Its name within the session, for progressions to speak of.
    pub id: Option<Id<RunStep>>,
    /// How often.
    pub times: Extent<u32>,
    /// What is done each time.
    pub steps: Vec<RunStep>,
    /// What to mind.
    pub note: Option<Note>,
}

impl RunStep {
    /// The steps inside of it: of a repeat, or faster ones within a stretch.
    pub fn inner(&self) -> &[RunStep] {
        match self {
            Self::Stretch(stretch) => &stretch.within,
            Self::Repeat(repeat) => &repeat.steps,
        }
    }

    /// The steps inside of it, to be changed.
    pub fn inner_mut(&mut self) -> &mut [RunStep] {
        match self {
            Self::Stretch(stretch) => &mut stretch.within,
            Self::Repeat(repeat) => &mut repeat.steps,
        }
    }

    /// The same step with other ones inside.
    #[must_use]
    pub fn with_inner(&self, steps: Vec<RunStep>) -> Self {
        match self {
            Self::Stretch(stretch) => Self::Stretch(Stretch { within: steps, ..stretch.clone() }),
            Self::Repeat(repeat) => Self::Repeat(Repeat { steps, ..repeat.clone() }),
        }
    }

    /// What to mind.
    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::Stretch(Stretch { note, .. }) | Self::Repeat(Repeat { note, .. }) => note.as_ref(),
        }
    }

    /// Every step: this one, and those inside of it.
    pub fn all(&self) -> Vec<&RunStep> {
        std::iter::once(self).chain(self.inner().iter().flat_map(Self::all)).collect()
    }

    /// Says of its notes, and of those of the steps inside, that they are of this session or fragment, unless they are known
    /// to be of another one.
    pub fn own_notes(&mut self, owner: &Reference) {
        let (Self::Stretch(Stretch { note, .. }) | Self::Repeat(Repeat { note, .. })) = self;
        if let Some(note) = note.as_mut().filter(|note| note.owner.is_none()) {
            note.owner = Some(owner.clone());
        }
        self.inner_mut().iter_mut().for_each(|step| step.own_notes(owner));
    }

    /// Says of this step, and of those inside, that they are done as this, unless they say otherwise themselves: swimmers and rowers
    /// count strokes where runners count steps.
    pub fn done_as(&mut self, sport: Option<Sport>) {
        let inherited = match self {
            Self::Stretch(stretch) => {
                let sport = stretch.sport.or(sport);
                if sport.is_some_and(Sport::has_strokes) {
                    stretch.target = stretch.target.map(RunTarget::in_strokes);
                    stretch.and = stretch.and.map(Target::in_strokes);
                }
                sport
            }
            Self::Repeat(_) => sport,
        };
        self.inner_mut().iter_mut().for_each(|step| step.done_as(inherited));
    }

    /// The notes of steps at a path and of the steps inside, each with the path of its key.
    pub fn notes_in<'s>(steps: &'s [Self], path: &FieldPath) -> Vec<(FieldPath, &'s Note)> {
        let mut notes = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let path = path.clone().index(index);
            notes.extend(step.note().map(|note| (path.clone().key("note"), note)));
            let inner = match step {
                Self::Stretch(_) => "within",
                Self::Repeat(_) => "steps",
            };
            notes.extend(Self::notes_in(step.inner(), &path.key(inner)));
        }
        notes
    }

    /// The seconds that its steps with a time take at least.
    pub fn seconds(&self) -> Decimal {
        match self {
            Self::Repeat(Repeat { times, steps, .. }) => {
                let once = steps.iter().map(Self::seconds).fold(Decimal::ZERO, Decimal::saturating_add);
                once.saturating_mul(times.low().into())
            }
            Self::Stretch(stretch) => match &stretch.length {
                StepLength::Time(time) => time.seconds().low(),
                StepLength::Distance(_) | StepLength::Open => Decimal::ZERO,
            },
        }
    }

    /// Its name within the session.
    pub fn id(&self) -> Option<&Id<RunStep>> {
        match self {
            Self::Stretch(Stretch { id, .. }) | Self::Repeat(Repeat { id, .. }) => id.as_ref(),
        }
    }

    /// The metres that it covers at least, as far as distances and paces say.
    pub fn metres(&self) -> Decimal {
        match self {
            Self::Stretch(stretch) => stretch.metres(),
            Self::Repeat(Repeat { times, steps, .. }) => {
                let once = steps.iter().map(Self::metres).fold(Decimal::ZERO, Decimal::saturating_add);
                once.saturating_mul(times.low().into())
            }
        }
    }
}

impl Stretch {
    /// Metres a second, from the slower end to the faster; `None` where its targets do not say so for every runner.
    pub fn speed(&self) -> Option<Extent<Decimal>> {
        let beside = || self.and.and_then(|target| target.speed());
        self.target.and_then(|target| target.speed()).or_else(beside)
    }

    fn metres(&self) -> Decimal {
        match (&self.length, self.speed()) {
            (StepLength::Distance(distance), _) => distance.metres().low(),
            (StepLength::Time(time), Some(speed)) => time.seconds().low().saturating_mul(speed.low()),
            (StepLength::Time(_) | StepLength::Open, _) => Decimal::ZERO,
        }
    }

    /// What cannot be true of the second target and the steps within.
    pub(super) fn contradiction(&self) -> Option<&'static str> {
        let measured = self.target.map(|target| target.targets().map(|one| one.measures()).collect::<Vec<_>>());
        match (self.and, measured) {
            (Some(_), None) => return Some("`and` is a second target; write `target` for the first one"),
            (Some(and), Some(measured)) if measured.contains(&and.measures()) => {
                return Some(
                    "`target` and `and` measure the same; `and` is for something else, such as `180 spm` beside a pace",
                );
            }
            (Some(_) | None, _) => {}
        }
        let message = "the steps under `within` are a part of the step, and here they are longer than all of it";
        (!self.has_room_within()).then_some(message)
    }

    /// Whether it is as long as the steps within it, which are a part of it, as far as lengths and paces say.
    pub fn has_room_within(&self) -> bool {
        let sum = |amount: fn(&RunStep) -> Decimal| {
            self.within.iter().map(amount).fold(Decimal::ZERO, Decimal::saturating_add)
        };
        match self.length {
            StepLength::Time(time) => sum(RunStep::seconds) <= time.seconds().high(),
            StepLength::Distance(distance) => sum(RunStep::metres) <= distance.metres().high(),
            StepLength::Open => true,
        }
    }
}

/// How long a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepLength {
    /// So long, written `90 s`.
    Time(Duration),
    /// So far, written `400 m`.
    Distance(Distance),
    /// Until the runner ends it, written `open`.
    Open,
}

impl Literal for StepLength {
    const EXPECTED: &'static str = "how long a step is: a time such as `90 s`, a distance such as `400 m`, or `open`";

    fn shape() -> String {
        format!("open|{}|{}", Duration::shape(), Distance::shape())
    }

    fn read(text: &str) -> Option<Self> {
        if text == "open" {
            return Some(Self::Open);
        }
        let distance = || Distance::read(text).map(Self::Distance);
        Duration::read(text).map(Self::Time).or_else(distance).filter(|length| !length.is_nothing())
    }

    fn respelt(tidied: &str) -> Vec<String> {
        if ["lap", "lap button", "until lap", "free", "any"].contains(&tidied) {
            return vec!["open".to_owned()];
        }
        if is_number(tidied) {
            // Three digits are metres of a track; fewer may be anything.
            let track = || vec![format!("{tidied} m"), format!("{tidied} s")];
            return if tidied.len() < 3 { Vec::new() } else { track() };
        }
        Duration::respelt(tidied).into_iter().chain(Distance::respelt(tidied)).collect()
    }

    fn advice(tidied: &str) -> Option<String> {
        if begins_with_zero(tidied) {
            let help = "a step is longer than nothing: leave it out; in a list with a length for each week, `none` is a week without it";
            return Some(help.to_owned());
        }
        if is_number(tidied) && tidied.len() < 3 {
            let [minutes, kilometres, miles, seconds] =
                ["min", "km", "mi", "s"].map(|unit| format!("`{tidied} {unit}`"));
            return Some(format!("write its unit: {minutes}, {kilometres}, {miles} or {seconds}"));
        }
        let (times, length) = tidied.split_once('x')?;
        let times = times.trim().parse::<Count>().ok()?;
        let each = std::iter::once(length.trim().to_owned()).chain(Self::respelt(length.trim()));
        let each = each.filter_map(|text| Self::read(&text)).next()?;
        Some(format!("write several of the same as `{{repeat: {times}, steps: [{{duration: {each}}}]}}`"))
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

impl FromStr for StepLength {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl StepLength {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Time(time) => time.amount.high().is_zero(),
            Self::Distance(distance) => distance.amount.high().is_zero(),
            Self::Open => false,
        }
    }
}

impl fmt::Display for StepLength {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(time) => time.fmt(f),
            Self::Distance(distance) => distance.fmt(f),
            Self::Open => f.write_str("open"),
        }
    }
}

impl Literal for OrNone<StepLength> {
    const EXPECTED: &'static str = "how long a step is: a time such as `90 s`, a distance such as `400 m`, or `none` where there is no such session";

    fn shape() -> String {
        format!("none|{}", StepLength::shape())
    }
}

literal!(StepLength, OrNone<StepLength>);

/// The keys of a step as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(WAYS, BESIDE), transform = needs("and", "target"))]
struct StepAsWritten {
    /// Its name within the session, for progressions to speak of.
    id: Option<Id<RunStep>>,
    /// How long or how far it is, or `open`: until the runner ends it.
    duration: Option<StepLength>,
    /// How fast or how hard.
    target: Option<RunTarget>,
    /// A second target that measures something else, such as the cadence beside a pace.
    and: Option<Target>,
    /// What it is for; `active` unless stated.
    intensity: Option<Intensity>,
    /// What it is done as, where a session has several sports, or its kind does not say.
    sport: Option<Sport>,
    /// Faster steps that are a part of it: their time and their way are in its length.
    #[schemars(length(min = 1))]
    within: Option<Vec<RunStep>>,
    /// How often the `steps` are done.
    repeat: Option<Count>,
    /// What is done each time.
    #[schemars(length(min = 1))]
    steps: Option<Vec<RunStep>>,
    /// What to mind, by the key of a text in the words.
    note: Option<Note>,
}

/// The keys that every step may have.
const BESIDE: &[&str] = &["id", "note"];

/// What a step is.
const WAYS: &[Alternative] = &[
    Alternative::keyed("duration").takes(&["target", "and", "intensity", "sport", "within"]),
    Alternative::keyed("repeat").needs(&["steps"]),
];

impl TryFrom<StepAsWritten> for RunStep {
    type Error = &'static str;

    fn try_from(written: StepAsWritten) -> Result<Self, &'static str> {
        let StepAsWritten { id, duration, target, and, intensity, sport, within, repeat, steps, note } = written;
        let how = target.is_some() || and.is_some() || intensity.is_some() || sport.is_some();
        let of_a_stretch = how || within.is_some();
        match (duration, repeat, steps) {
            (Some(length), None, None) => {
                if within.as_ref().is_some_and(Vec::is_empty) {
                    return Err("`within` has at least one step");
                }
                let intensity = intensity.unwrap_or(Intensity::Active);
                let within = within.unwrap_or_default();
                let stretch = Stretch { id, length, target, and, intensity, sport, within, note, part: None };
                if let Some(contradiction) = stretch.contradiction() {
                    return Err(contradiction);
                }
                let mut step = Self::Stretch(stretch);
                step.done_as(None);
                Ok(step)
            }
            (None, Some(times), Some(steps)) if !of_a_stretch => {
                if steps.is_empty() {
                    return Err("a repeat has at least one step");
                }
                Ok(Self::Repeat(Repeat { id, times: times.0, steps, note }))
            }
            (None, Some(_), Some(_)) => {
                Err("`target`, `and`, `intensity`, `sport` and `within` belong to the steps inside a repeat")
            }
            (None, None, None) => Err("a step has a `duration`, or `repeat` and `steps`"),
            (None, ..) => Err("`repeat` and `steps` belong together: how often, and what"),
            (Some(_), ..) => Err("a step has either a `duration`, or `repeat` and `steps`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_covers_the_metres_of_its_steps() {
        let steps = serde_json::json!([
            {"duration": "10 min", "target": "5:00/km"},
            {"repeat": 4, "steps": [{"duration": "400 m"}, {"duration": "90 s"}]},
            {"duration": "open"},
            {"repeat": 2, "steps": [{"repeat": 2, "steps": [{"duration": "1 km"}]}]},
        ]);
        let steps: Vec<RunStep> = serde_json::from_value(steps).expect("steps");
        let metres: Vec<_> = steps.iter().map(|step| step.metres().normalize().to_string()).collect();
        assert_eq!(metres, ["2000", "1600", "0", "4000"]);
    }

    #[test]
    fn speeds_by_the_hour_and_ramps_cover_metres_and_steps_within_are_a_part() {
        let steps = serde_json::json!([
            {"duration": "30 min", "target": "12 km/h"},
            {"duration": "1 h", "target": "6:00 to 5:00/km"},
            {"duration": "10 min", "target": "zone 2", "and": "5:00/km"},
            {"duration": "10 min", "target": "5k pace"},
            {"duration": "10 km", "within": [{"repeat": 6, "steps": [{"duration": "100 m"}]}]},
            {"duration": "100 yd"},
        ]);
        let steps: Vec<RunStep> = serde_json::from_value(steps).expect("steps");
        let metres: Vec<_> = steps.iter().map(|step| step.metres().round_dp(1).normalize().to_string()).collect();
        assert_eq!(metres, ["6000", "11000", "2000", "0", "10000", "91.4"]);
    }

    #[test]
    fn second_targets_and_steps_within_do_not_contradict() {
        let wrong =
            |step: serde_json::Value| serde_json::from_value::<RunStep>(step).expect_err("a contradiction").to_string();
        let same = wrong(serde_json::json!({"duration": "5 km", "target": "easy pace", "and": "5:00/km"}));
        assert!(same.starts_with("`target` and `and` measure the same"), "{same}");
        let first = wrong(serde_json::json!({"duration": "5 km", "and": "180 spm"}));
        assert!(first.starts_with("`and` is a second target"), "{first}");
        for (length, inner) in [("10 min", "11 min"), ("1 km", "1100 m")] {
            let longer = wrong(serde_json::json!({"duration": length, "within": [{"duration": inner}]}));
            assert!(longer.starts_with("the steps under `within`"), "{longer}");
        }
        let none = wrong(serde_json::json!({"duration": "1 km", "within": []}));
        assert!(none.starts_with("`within` has at least one step"), "{none}");
        let repeat = wrong(serde_json::json!({"repeat": 2, "steps": [{"duration": "1 km"}], "and": "180 spm"}));
        assert!(repeat.starts_with("`target`, `and`"), "{repeat}");
    }
}
