//! The steps of a run, a ride or a swim.
//!
//! They have the shape of a FIT workout step (Garmin FIT SDK, message `workout_step`): a duration, a target, an
//! intensity, and repeats of several steps, so that a watch can follow them.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::json_schema::{Alternative, alternatives};
use crate::quantity::{
    BadQuantity, Count, Distance, Duration, Extent, Literal, Measured, Pace, Rpe, Unit, literal, one_of, unreadable,
};
use crate::reference::Id;
use crate::vocabulary::{Intensity, PaceName};

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
    /// What it is for.
    pub intensity: Intensity,
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
}

impl RunStep {
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
    fn metres(&self) -> Decimal {
        match (&self.length, &self.target) {
            (StepLength::Distance(distance), _) => distance.metres().low(),
            (StepLength::Time(time), Some(RunTarget::Pace(pace))) => {
                time.seconds().low().saturating_mul(pace.slowest())
            }
            _ => Decimal::ZERO,
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
        if tidied.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            // Three digits are metres of a track, fewer are minutes or seconds.
            let other = if tidied.len() < 3 { "min" } else { "m" };
            return vec![format!("{tidied} {other}"), format!("{tidied} s")];
        }
        Duration::respelt(tidied).into_iter().chain(Distance::respelt(tidied)).collect()
    }

    fn advice(tidied: &str) -> Option<String> {
        let (times, length) = tidied.split_once('x')?;
        let times = times.trim().parse::<Count>().ok()?;
        let each = std::iter::once(length.trim().to_owned()).chain(Self::respelt(length.trim()));
        let each = each.filter_map(|text| Self::read(&text)).next()?;
        Some(format!("write several of the same as `{{repeat: {times}, steps: [{{duration: {each}}}]}}`"))
    }
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

/// A unit of a target that is a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TargetUnit {
    /// Heart beats a minute.
    BeatsPerMinute,
    /// Per cent of the highest heart rate.
    PercentMaxHeartRate,
    /// Kilometres an hour.
    KilometresPerHour,
    /// Miles an hour.
    MilesPerHour,
    /// Watts.
    Watt,
    /// Per cent of the functional threshold power.
    PercentThresholdPower,
    /// Steps a minute.
    StepsPerMinute,
    /// Turns of the cranks a minute.
    TurnsPerMinute,
}

impl Unit for TargetUnit {
    const SPELLINGS: &'static [(&'static str, Self)] = &[
        ("bpm", Self::BeatsPerMinute),
        ("%hrmax", Self::PercentMaxHeartRate),
        ("km/h", Self::KilometresPerHour),
        ("mph", Self::MilesPerHour),
        ("W", Self::Watt),
        ("%ftp", Self::PercentThresholdPower),
        ("spm", Self::StepsPerMinute),
        ("rpm", Self::TurnsPerMinute),
    ];
    const EXPECTED: &'static str = "a target such as `4:10/km`, `5k pace`, `zone 2`, `140-150 bpm`, `80-85 %hrmax`, \
                                    `rpe 6`, `12 km/h`, `220 W`, `180 spm` or `90 rpm`";
    const MISSPELT: &'static [(&'static str, Self)] = &[
        ("w", Self::Watt),
        ("watts", Self::Watt),
        ("kph", Self::KilometresPerHour),
        ("hr", Self::BeatsPerMinute),
        ("watt", Self::Watt),
        ("kmh", Self::KilometresPerHour),
        ("beats", Self::BeatsPerMinute),
        ("% hrmax", Self::PercentMaxHeartRate),
        ("% max hr", Self::PercentMaxHeartRate),
        ("% of max hr", Self::PercentMaxHeartRate),
        ("%hr max", Self::PercentMaxHeartRate),
        ("% hr max", Self::PercentMaxHeartRate),
        ("%maxhr", Self::PercentMaxHeartRate),
        ("% ftp", Self::PercentThresholdPower),
        ("% of ftp", Self::PercentThresholdPower),
    ];

    fn counts_thousands(self) -> bool {
        matches!(self, Self::BeatsPerMinute | Self::Watt | Self::StepsPerMinute | Self::TurnsPerMinute)
    }
}

/// How fast or how hard a stretch is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunTarget {
    /// A pace, written `4:10/km`.
    Pace(Pace),
    /// A pace that the runner knows by name, written `5k pace`.
    Named(PaceName),
    /// A heart rate zone, 1 to 5, written `zone 2`.
    Zone(Extent<u8>),
    /// An effort, written `rpe 6`.
    Rpe(Extent<Rpe>),
    /// A number with its unit, written `140-150 bpm`.
    Amount(Measured<TargetUnit>),
}

impl Literal for RunTarget {
    const EXPECTED: &'static str = TargetUnit::EXPECTED;

    fn shape() -> String {
        let names = one_of(PaceName::ALL.iter().map(|name| name.as_str()));
        let (pace, rpe, amount) = (Pace::shape(), Extent::<Rpe>::shape(), Measured::<TargetUnit>::shape());
        format!(r"{names}\s* pace|zone \s*[1-5](\s*-\s*[1-5])?|rpe \s*({rpe})|{pace}|{amount}")
    }

    fn read(text: &str) -> Option<Self> {
        let named = text.strip_suffix(" pace").and_then(|name| {
            PaceName::ALL.iter().find(|known| known.as_str() == name.trim()).map(|name| Self::Named(*name))
        });
        let zone = || text.strip_prefix("zone ").and_then(zones).map(Self::Zone);
        let rpe = || text.strip_prefix("rpe ").and_then(|rpe| Extent::<Rpe>::read(rpe.trim())).map(Self::Rpe);
        let pace = || Pace::read(text).map(Self::Pace);
        named.or_else(zone).or_else(rpe).or_else(pace).or_else(|| Measured::read(text).map(Self::Amount))
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let bare = tidied.trim_end_matches("pace").trim().replace(" k", "k");
        let bare = bare.as_str();
        let named = PACE_NAMES.iter().find(|(written, _)| *written == bare).map_or(bare, |(_, meant)| meant);
        let zone = tidied.strip_prefix("zone").or_else(|| tidied.strip_prefix('z'));
        let zone = zone.map(|zones| format!("zone {}", zones.replace("zone", "").replace('z', "").trim()));
        let effort = tidied.strip_prefix("effort").unwrap_or(tidied);
        let of_ten = effort != tidied || ["rpe", "@", "/10", "/ 10", "of 10"].iter().any(|word| tidied.contains(word));
        let rpe = Extent::<Rpe>::respelt(effort).into_iter().filter(|_| of_ten);
        let mut meant = vec![format!("{named} pace"), format!("{} pace", named.replace(' ', "-"))];
        meant.extend(zone);
        meant.extend(rpe.map(|rpe| format!("rpe {rpe}")));
        meant.extend(Pace::respelt(tidied));
        meant.extend(by_effort(bare).iter().map(|target| (*target).to_owned()));
        let heart = ["heart rate", "heartrate", "hr", "fc", "hf", "puls", "pulse"].iter();
        let beats = heart.filter_map(|word| tidied.strip_prefix(word)).next();
        if let Some(beats) = beats.filter(|rest| rest.starts_with([' ', ':', '='])) {
            meant.push(format!("{} bpm", beats.trim_start_matches([' ', ':', '='])));
        }
        if tidied.ends_with(|c: char| !c.is_ascii_digit()) {
            meant.extend(Measured::<TargetUnit>::respelt(tidied));
        } else if tidied.split('-').all(|end| end.parse().is_ok_and(|beats| (80..=220).contains(&beats))) {
            // A number alone may be beats of the heart or watts; a smaller one may be anything.
            meant.extend([format!("{tidied} bpm"), format!("{tidied} W")]);
        }
        meant
    }
}

/// How hard or how fast some words are.
fn by_effort(words: &str) -> &'static [&'static str] {
    match words {
        "all out" | "all-out" | "max" | "maximum" | "max effort" | "maximal" | "sprint" | "flat out" => &["rpe 10"],
        // What a trained runner holds for eleven minutes or so, between the paces of these races.
        "vo2max" | "vo2 max" | "vo\u{2082}max" | "v\u{307}o2max" => &["3k pace", "5k pace"],
        _ => &[],
    }
}

/// Paces by other names than those of the format.
const PACE_NAMES: [(&str, &str); 11] = [
    ("mp", "marathon"),
    ("hm", "half-marathon"),
    ("half", "half-marathon"),
    ("hmp", "half-marathon"),
    ("tempo", "threshold"),
    ("lactate threshold", "threshold"),
    ("10km", "10k"),
    ("5km", "5k"),
    ("3km", "3k"),
    ("goal", "race"),
    ("conversational", "easy"),
];

impl FromStr for RunTarget {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

fn zones(text: &str) -> Option<Extent<u8>> {
    let zone = |text: &str| text.trim().parse().ok().filter(|zone| (1..=5).contains(zone));
    match text.split_once('-') {
        Some((low, high)) => Extent::new(zone(low)?, zone(high)?),
        None => zone(text).map(Extent::one),
    }
}

impl fmt::Display for RunTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pace(pace) => pace.fmt(f),
            Self::Named(name) => write!(f, "{name} pace"),
            Self::Zone(zone) => write!(f, "zone {zone}"),
            Self::Rpe(rpe) => write!(f, "rpe {rpe}"),
            Self::Amount(amount) => amount.fmt(f),
        }
    }
}

literal!(StepLength, RunTarget);

/// The keys of a step as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(WAYS, BESIDE))]
struct StepAsWritten {
    /// Its name within the session, for progressions to speak of.
    id: Option<Id<RunStep>>,
    /// How long or how far it is, or `open`: until the runner ends it.
    duration: Option<StepLength>,
    /// How fast or how hard.
    target: Option<RunTarget>,
    /// What it is for; `active` unless stated.
    intensity: Option<Intensity>,
    /// How often the `steps` are done.
    repeat: Option<Count>,
    /// What is done each time.
    #[schemars(length(min = 1))]
    steps: Option<Vec<RunStep>>,
}

/// The key that every step may have.
const BESIDE: &[&str] = &["id"];

/// What a step is.
const WAYS: &[Alternative] =
    &[Alternative::keyed("duration").takes(&["target", "intensity"]), Alternative::keyed("repeat").needs(&["steps"])];

impl TryFrom<StepAsWritten> for RunStep {
    type Error = &'static str;

    fn try_from(written: StepAsWritten) -> Result<Self, &'static str> {
        let StepAsWritten { id, duration, target, intensity, repeat, steps } = written;
        match (duration, repeat, steps) {
            (Some(length), None, None) => {
                Ok(Self::Stretch(Stretch { id, length, target, intensity: intensity.unwrap_or(Intensity::Active) }))
            }
            (None, Some(times), Some(steps)) if target.is_none() && intensity.is_none() => {
                if steps.is_empty() {
                    return Err("a repeat has at least one step");
                }
                Ok(Self::Repeat(Repeat { id, times: times.0, steps }))
            }
            (None, Some(_), Some(_)) => Err("`target` and `intensity` belong to the steps inside a repeat"),
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
    fn targets_are_written_as_they_were_read() {
        for text in [
            "4:10/km",
            "4:10-4:20/km",
            "5k pace",
            "zone 2",
            "zone 2-3",
            "140-150 bpm",
            "80-85 %hrmax",
            "rpe 6",
            "12.5 km/h",
            "220 W",
        ] {
            assert_eq!(text.parse::<RunTarget>().map(|target| target.to_string()), Ok(text.to_owned()));
        }
        for text in ["fast", "zone 6", "rpe 11", "pace", "lightning pace", "150", "4:10"] {
            assert!(text.parse::<RunTarget>().is_err(), "{text}");
        }
    }

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
}
