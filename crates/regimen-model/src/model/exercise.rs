//! Exercises.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;

use super::dose::Dose;
use super::entry::references;
use super::group_format::GroupFormat;
use super::small::{Condition, Equipment, Head, Muscle, MuscleGroup, Source};
use super::stated::Stated;
use super::visit::{At, FactVisitor, Facts, List, Naming};
use super::word_field::words;
use super::words::{Needed, Words};
use super::work::Work;
use crate::json_schema::text_like;
use crate::prose::{InlineText, Prose, Word, file_from_root};
use crate::quantity::{BadQuantity, Extent, Literal, Numbers, literal, unreadable};
use crate::reference::{BadId, ID_SHAPE, Id, Reference};
use crate::vocabulary::{ExerciseKind, Force, Laterality, Mechanic, MediaRole, MuscleRole, Pattern, Plane};

/// The facts of an exercise.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// What it trains.
    pub kind: ExerciseKind,
    /// Its movement pattern.
    pub pattern: Option<Pattern>,
    /// How many joints work.
    pub mechanic: Option<Mechanic>,
    /// Which way the force goes.
    pub force: Option<Force>,
    /// The plane of the movement.
    pub plane: Option<Plane>,
    /// Which limbs work at a time.
    pub laterality: Option<Laterality>,
    /// How hard it is to do well.
    pub level: Option<Level>,
    /// The muscles that work, the most important first. Leave it out if they are not known.
    #[schemars(length(min = 1))]
    pub muscles: Option<Vec<MuscleUse>>,
    /// What it needs: any one of these sets. Empty means nothing at all; leave it out if it is not known.
    pub equipment: Option<Vec<Vec<Id<Equipment>>>>,
    /// The dose where a session states none. Without it, every session states its own.
    pub defaults: Option<Dose>,
    /// The exercise that this one is a form of.
    pub variant_of: Option<Id<Exercise>>,
    /// Easier exercises to step back to.
    #[serde(default)]
    pub regressions: Vec<Id<Exercise>>,
    /// Harder exercises to go on to.
    #[serde(default)]
    pub progressions: Vec<Id<Exercise>>,
    /// Exercises that do the same job.
    #[serde(default)]
    pub substitutes: Vec<Id<Exercise>>,
    /// Conditions with which it must not be done.
    #[serde(default)]
    pub contraindications: Vec<Id<Condition>>,
    /// Its pictures.
    #[serde(default)]
    pub media: Vec<Media>,
    /// What its advice rests on.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
    /// Free words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// How hard an exercise is to do well: 1 is easiest, 5 hardest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(u8);

impl Level {
    /// The number, 1 to 5.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Literal for Level {
    const EXPECTED: &'static str = "a level: 1 (easiest) to 5 (hardest)";
    const NUMBERS: Option<Numbers> = Some(Numbers { low: 1, high: 5, halves: false });

    fn shape() -> String {
        "[1-5]".to_owned()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok().filter(|number| (1..=5).contains(number)).map(Self)
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let level = match tidied {
            "beginner" | "novice" | "easy" | "basic" => "1",
            "intermediate" | "medium" | "moderate" => "3",
            "advanced" | "hard" => "4",
            "expert" | "elite" => "5",
            _ => return Vec::new(),
        };
        vec![level.to_owned()]
    }

    fn examples() -> Vec<String> {
        (1..=5).map(|level: u8| level.to_string()).collect()
    }
}

impl std::str::FromStr for Level {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        Self::read(text).ok_or_else(|| unreadable::<Self>(text))
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

literal!(Level);

/// A muscle, a group, or one head of a muscle, and what it does in an exercise.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MuscleUse {
    /// What works, written `muscle:soleus` or `muscle-group:hamstrings`.
    pub target: MuscleTarget,
    /// The one head that works, if not all do.
    pub head: Option<Id<Head>>,
    /// What it does.
    pub role: MuscleRole,
}

/// A muscle or a group of muscles.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum MuscleTarget {
    /// One muscle, written `muscle:soleus`.
    Muscle(Id<Muscle>),
    /// A group, written `muscle-group:hamstrings`.
    Group(Id<MuscleGroup>),
}

impl MuscleTarget {
    /// The same as a reference.
    pub fn reference(&self) -> Reference {
        match self {
            Self::Muscle(id) => id.into(),
            Self::Group(id) => id.into(),
        }
    }
}

impl JsonSchema for MuscleTarget {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "MuscleTarget".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        text_like(&format!("(muscle|muscle-group):{ID_SHAPE}"), TARGET)
    }
}

/// What a target is.
const TARGET: &str = "a target such as `muscle-group:hamstrings` or `muscle:soleus`";

impl TryFrom<String> for MuscleTarget {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let said = |bad: BadId| bad.to_string();
        match text.split_once(':') {
            Some(("muscle", id)) => id.parse().map(Self::Muscle).map_err(said),
            Some(("muscle-group", id)) => id.parse().map(Self::Group).map_err(said),
            _ => {
                let wrong = text.escape_debug();
                let wrong = format!("`{wrong}` is not {TARGET}");
                Err(match text.parse::<Id<Muscle>>() {
                    Ok(id) => format!("{wrong}; did you mean `muscle:{id}` or `muscle-group:{id}`?"),
                    Err(_) => wrong,
                })
            }
        }
    }
}

/// A picture of an exercise.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Media {
    /// Its id within the exercise; the words give its alternative text under this id.
    pub id: Id<Media>,
    /// The file, relative to the catalogue's root: an SVG, PNG or JPEG.
    #[serde(deserialize_with = "file_from_root")]
    pub file: String,
    /// Which part it plays.
    pub role: MediaRole,
    /// The number of the step that it belongs to, from 1; it is shown below that step.
    pub step: Option<u32>,
    /// Who made it.
    pub author: String,
    /// Under which licence, as an SPDX identifier.
    pub licence: String,
    /// Where it comes from, if not made for this catalogue.
    pub source: Option<String>,
    /// Where to see more, such as a video.
    pub url: Option<String>,
}

/// The words of an exercise.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExerciseWords {
    /// Its name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// Other names for it.
    #[serde(default)]
    pub aliases: Vec<Word>,
    /// What it is good for, in a sentence or two.
    #[serde(default)]
    pub summary: Prose,
    /// How to get ready.
    #[serde(default)]
    pub setup: Vec<InlineText>,
    /// What to do, step by step.
    #[schemars(length(min = 1))]
    pub steps: Vec<InlineText>,
    /// How to breathe.
    pub breathing: Option<InlineText>,
    /// Short reminders while doing it.
    #[serde(default)]
    pub cues: Vec<InlineText>,
    /// What often goes wrong, and what to do instead.
    #[serde(default)]
    pub mistakes: Vec<InlineText>,
    /// Where it should be felt.
    pub feel: Option<InlineText>,
    /// When to stop.
    #[serde(default)]
    pub stop_if: Vec<InlineText>,
    /// What each picture shows, by the picture's id.
    #[serde(default)]
    pub alt: BTreeMap<Id<Media>, Word>,
}

impl Words for ExerciseWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("name"), Needed::List("steps")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, aliases, summary, setup, steps, cues, mistakes, stop_if, breathing, feel, alt });
}

impl Exercise {
    /// The default dose in a block: in turns one set of it, for the rounds are the sets, and without its rest, if the block itself
    /// decides about rest.
    /// A block whose clock says how long the work lasts needs no default dose.
    pub fn defaults_in(&self, format: Option<GroupFormat>) -> Option<Dose> {
        match (self.defaults.clone(), format) {
            (Some(defaults), Some(format)) => {
                let rest = if format.settles_rest() { Stated::Unknown } else { defaults.rest };
                let mut defaults = Dose { rest, ..defaults }.in_turns(Some(format));
                if defaults.sets != Extent::one(1) {
                    defaults.keep_first(1);
                }
                Some(defaults)
            }
            (None, Some(GroupFormat::Tabata { work, .. })) => Some(Dose::of(Work::Time(work.into()))),
            (defaults, _) => defaults,
        }
    }
}

impl Facts for Exercise {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self {
            kind: _,
            pattern: _,
            mechanic: _,
            force: _,
            plane: _,
            laterality: _,
            level: _,
            defaults: _,
            muscles,
            equipment,
            variant_of,
            regressions,
            progressions,
            substitutes,
            contraindications,
            media,
            sources,
            tags,
        } = self;
        let at = At::key("muscles");
        for (index, muscle) in muscles.iter().flatten().enumerate() {
            let MuscleUse { target, head: _, role: _ } = muscle;
            visitor.entry(target.reference(), Naming::Needed, &at.index(index).below("target"));
        }
        let at = At::key("equipment");
        for (index, set) in equipment.iter().flatten().enumerate() {
            visitor.entries(references(set), List::Set, &at.index(index));
        }
        if let Some(id) = variant_of {
            visitor.entry(id.into(), Naming::ByName, &At::key("variant_of"));
        }
        visitor.entries(references(regressions), List::Ladder, &At::key("regressions"));
        visitor.entries(references(progressions), List::Ladder, &At::key("progressions"));
        visitor.entries(references(substitutes), List::Ladder, &At::key("substitutes"));
        visitor.entries(references(contraindications), List::Set, &At::key("contraindications"));
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
        visitor.texts(tags, &At::key("tags"));
        let at = At::key("media");
        for (index, media) in media.iter().enumerate() {
            let Media { id: _, file, role: _, step: _, author, licence, source, url } = media;
            let at = at.index(index);
            visitor.picture(file, &at.below("file"));
            visitor.text(author, &at.below("author"));
            visitor.text(licence, &at.below("licence"));
            source.iter().for_each(|source| visitor.text(source, &at.below("source")));
            url.iter().for_each(|url| visitor.address(url, &at.below("url")));
        }
    }
}

impl Exercise {
    /// The muscles that are known to work.
    pub fn muscles(&self) -> &[MuscleUse] {
        self.muscles.as_deref().unwrap_or_default()
    }

    /// The sets of equipment of which any one is enough, as far as they are known.
    pub fn equipment(&self) -> &[Vec<Id<Equipment>>] {
        self.equipment.as_deref().unwrap_or_default()
    }
}
