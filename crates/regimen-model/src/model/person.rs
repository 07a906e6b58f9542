//! People: what one person does otherwise than a programme says, and what their paper has.
//!
//! This is health data. It is read from outside the catalogue, and nothing of it but the id may reach a file name, a log or a cache.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive as _;
use schemars::JsonSchema;
use serde::Deserialize;

use super::dose::OwnDose;
use super::exercise::Exercise;
use super::program::Program;
use super::schedule::{Schedule, ScheduleName};
use super::small::{Condition, Equipment};
use crate::language::LanguageTag;
use crate::quantity::{BadQuantity, LengthUnit, Literal, LoadStep, LoadUnit, Numbers, literal};
use crate::reference::Id;

/// A marker for the ids of people.
#[derive(Debug)]
pub struct PersonId;

/// One person: the programme that they follow, when, and what is otherwise for them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// What files and calendars know them by. It says nothing of who they are.
    pub id: Id<PersonId>,
    /// Which programme.
    pub program: Id<Program>,
    /// When; without dates if `None`.
    pub schedule: Option<Schedule>,
    /// Everything else.
    pub own: PersonalFacts,
}

/// What is personal besides programme and dates.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PersonalFacts {
    /// The name on paper, in calendars and on pages.
    pub name: Option<String>,
    /// A line to this person.
    pub note: Option<String>,
    /// Who hands it to them.
    pub from: Option<String>,
    /// When they meet again, as it is printed.
    pub next_visit: Option<String>,
    /// The language; that of the catalogue unless stated.
    pub language: Option<LanguageTag>,
    /// The units of this person: `kg` or `lb`, `km` or `mi`.
    pub units: BTreeSet<PersonalUnit>,
    /// The paper, in place of that of the build.
    pub paper: Option<PaperSize>,
    /// How large print is, in points: 14 or 18.
    pub large_print: Option<PrintSize>,
    /// The equipment at hand. Without the key, all that the programme asks for.
    pub equipment: Option<BTreeSet<Id<Equipment>>>,
    /// States of health that some exercises do not suit.
    pub conditions: BTreeSet<Id<Condition>>,
    /// The most that they can lift once, by exercise.
    pub best: BTreeMap<Id<Exercise>, LoadStep>,
    /// The training maximum, by exercise.
    pub training_max: BTreeMap<Id<Exercise>, LoadStep>,
    /// What they weigh.
    pub bodyweight: Option<LoadStep>,
    /// Times of recent races, by distance.
    pub result: BTreeMap<RaceDistance, RaceTime>,
    /// Keys of doses in place of those of the programme, in all weeks, by exercise.
    pub doses: BTreeMap<Id<Exercise>, OwnDose>,
    /// Exercises in place of others.
    pub instead: BTreeMap<Id<Exercise>, Id<Exercise>>,
    /// Exercises that are left out.
    pub without: BTreeSet<Id<Exercise>>,
}

impl PersonalFacts {
    /// The keys that have lists, in which a cell of a table separates items by `;`.
    pub const LISTS: &'static [&'static str] = &["units", "equipment", "conditions", "without"];
    /// The keys whose values are texts, whatever they look like.
    pub const TEXTS: &'static [&'static str] = &["name", "note", "from", "next_visit"];
    /// The keys whose values no finding may repeat.
    pub const CONFIDENTIAL: &'static [&'static str] = &["name", "note", "from", "next_visit", "conditions"];

    /// All texts that are printed of this person and that no message may repeat.
    pub fn confidential_text(&self) -> String {
        let texts = [&self.name, &self.note, &self.from, &self.next_visit];
        texts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    /// Whether anything of their plan may be otherwise than that of other people, but for its dates.
    pub fn is_personal(&self) -> bool {
        let Self { name: _, note: _, from: _, next_visit: _, language: _, paper: _, large_print: _, .. } = self;
        let Self { units, equipment, conditions: _, best, training_max, bodyweight, .. } = self;
        let Self { result, doses, instead, without, .. } = self;
        let of_weights = !best.is_empty() || !training_max.is_empty() || bodyweight.is_some();
        let of_exercises = equipment.is_some() || !doses.is_empty() || !instead.is_empty() || !without.is_empty();
        !units.is_empty() || of_weights || of_exercises || !result.is_empty()
    }

    /// Kilograms or pounds, if this person has one of them.
    pub fn weights(&self) -> Option<LoadUnit> {
        self.units.iter().find_map(|unit| match unit {
            PersonalUnit::Kilogram => Some(LoadUnit::Kilogram),
            PersonalUnit::Pound => Some(LoadUnit::Pound),
            PersonalUnit::Kilometre | PersonalUnit::Mile => None,
        })
    }

    /// Kilometres or miles, if this person has one of them.
    pub fn distances(&self) -> Option<LengthUnit> {
        self.units.iter().find_map(|unit| match unit {
            PersonalUnit::Kilometre => Some(LengthUnit::Kilometre),
            PersonalUnit::Mile => Some(LengthUnit::Mile),
            PersonalUnit::Kilogram | PersonalUnit::Pound => None,
        })
    }
}

/// Who a person is and what they follow, as it is written.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PersonKeys {
    /// The id, which a file in a folder may leave to its name.
    pub id: Option<Id<PersonId>>,
    /// Which programme.
    pub program: Option<Id<Program>>,
    /// A schedule of the project file, whose dates and times hold as far as none are stated.
    pub schedule: Option<Id<ScheduleName>>,
}

/// A unit in which a person counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
pub enum PersonalUnit {
    /// Kilograms.
    #[serde(rename = "kg")]
    Kilogram,
    /// Pounds.
    #[serde(rename = "lb")]
    Pound,
    /// Kilometres.
    #[serde(rename = "km")]
    Kilometre,
    /// Miles.
    #[serde(rename = "mi")]
    Mile,
}

/// The paper of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 148 × 210 mm.
    A5,
    /// 8.5 × 11 inches.
    Letter,
}

/// A distance of which people know their time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
pub enum RaceDistance {
    /// A mile.
    #[serde(rename = "mile")]
    Mile,
    /// 3 km.
    #[serde(rename = "3k")]
    ThreeKilometres,
    /// 5 km.
    #[serde(rename = "5k")]
    FiveKilometres,
    /// 10 km.
    #[serde(rename = "10k")]
    TenKilometres,
    /// Half a marathon.
    #[serde(rename = "half-marathon")]
    HalfMarathon,
    /// A marathon.
    #[serde(rename = "marathon")]
    Marathon,
}

impl RaceDistance {
    /// In metres.
    pub const fn metres(self) -> f64 {
        match self {
            Self::Mile => 1609.344,
            Self::ThreeKilometres => 3000.0,
            Self::FiveKilometres => 5000.0,
            Self::TenKilometres => 10_000.0,
            Self::HalfMarathon => 21_097.5,
            Self::Marathon => 42_195.0,
        }
    }

    /// How it is written.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mile => "mile",
            Self::ThreeKilometres => "3k",
            Self::FiveKilometres => "5k",
            Self::TenKilometres => "10k",
            Self::HalfMarathon => "half-marathon",
            Self::Marathon => "marathon",
        }
    }

    /// The fastest that anybody has run it, in whole seconds, on the road or the track (World Athletics, records of men as of 2025): 3:43.13,
    /// El Guerrouj 1999; 7:17.55, Ingebrigtsen 2024; 12:35.36, Cheptegei 2020; 26:11.00, Cheptegei 2020; 56:42, Kiplimo 2025; 2:00:35, Kiptum 2023.
    const fn record(self) -> u32 {
        match self {
            Self::Mile => 3 * 60 + 43,
            Self::ThreeKilometres => 7 * 60 + 17,
            Self::FiveKilometres => 12 * 60 + 35,
            Self::TenKilometres => 26 * 60 + 11,
            Self::HalfMarathon => 56 * 60 + 42,
            Self::Marathon => 2 * 3600 + 35,
        }
    }

    /// The times that somebody may have: from a little under the record, for records fall, to half an hour for a kilometre, which is a
    /// slow walk.
    pub fn plausible(self) -> (RaceTime, RaceTime) {
        let slowest = (self.metres() * 1.8).round();
        (RaceTime(self.record() * 98 / 100), RaceTime(slowest.to_u32().unwrap_or(u32::MAX)))
    }
}

/// How large the print of a person is: 14 or 18 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PrintSize(u8);

impl PrintSize {
    /// In points.
    pub fn points(self) -> u8 {
        self.0
    }
}

impl Literal for PrintSize {
    const EXPECTED: &'static str = "a size of print in points: `14` or `18`";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 14, high: 18, halves: false });

    fn shape() -> String {
        "1[48]".to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|size| matches!(size, 14 | 18)).map(Self)
    }
}

impl FromStr for PrintSize {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl fmt::Display for PrintSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How long a race took, written `48:30` or `1:45:00`: in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RaceTime(u32);

impl RaceTime {
    /// So many seconds, if there are any.
    pub fn of(seconds: u32) -> Option<Self> {
        (seconds > 0).then_some(Self(seconds))
    }

    /// In seconds; more than none.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl Literal for RaceTime {
    const EXPECTED: &'static str = "the time of a race such as `48:30` or `1:45:00`";

    fn shape() -> String {
        "([0-9]:)?[0-5]?[0-9]:[0-5][0-9]|[1-9][0-9]:[0-5][0-9]".to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        let parts: Option<Vec<u32>> = text
            .split(':')
            .map(|part| part.parse().ok().filter(|_| part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())))
            .collect();
        let seconds = match parts?.as_slice() {
            [minutes, seconds] if *seconds < 60 => minutes * 60 + seconds,
            [hours, minutes, seconds] if *minutes < 60 && *seconds < 60 => hours * 3600 + minutes * 60 + seconds,
            _ => return None,
        };
        (seconds > 0).then_some(Self(seconds))
    }
}

impl FromStr for RaceTime {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl fmt::Display for RaceTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        if hours > 0 { write!(f, "{hours}:{minutes:02}:{seconds:02}") } else { write!(f, "{minutes}:{seconds:02}") }
    }
}

literal!(PrintSize, RaceTime);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_races_are_read_as_clocks_show_them() {
        for (text, seconds) in [("48:30", 2910), ("1:45:00", 6300), ("4:05", 245), ("75:00", 4500)] {
            let time: RaceTime = text.parse().expect(text);
            assert_eq!(time.seconds(), seconds, "{text}");
        }
        assert_eq!("75:00".parse::<RaceTime>().unwrap().to_string(), "1:15:00");
        for text in ["48", "48:60", "1:60:00", "0:00", "1:2:3:4", "+4:05", "4:5x", ""] {
            assert!(text.parse::<RaceTime>().is_err(), "{text}");
        }
    }
}
