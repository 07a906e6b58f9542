//! The small kinds: muscles, groups, equipment, conditions, sources.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entry::references;
use super::visit::{At, FactVisitor, Facts, List, WordVisitor};
use super::word_field::{WordField, WordGroup, words};
use super::words::{Merge, Needed, Words};
use crate::json_schema::CalendarDay;
use crate::prose::{Prose, Word};
use crate::quantity::{BadQuantity, Literal, LoadStep, literal, one_of};
use crate::reference::Id;
use crate::vocabulary::{EquipmentKind, Joint, Motion, Region, Side, SourceKind};

/// A movement of a joint, written `hip.extension`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Action {
    /// The joint that moves.
    pub joint: Joint,
    /// How it moves.
    pub motion: Motion,
}

impl Literal for Action {
    const EXPECTED: &'static str = "a joint and its motion such as `hip.extension` or `knee.flexion`";

    fn shape() -> String {
        let joints = one_of(Joint::ALL.iter().map(|joint| joint.as_str()));
        let motions = one_of(Motion::ALL.iter().map(|motion| motion.as_str()));
        format!(r"{joints}\.{motions}")
    }
}

impl FromStr for Action {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let parsed = text.split_once('.').and_then(|(joint, motion)| {
            let joint = Joint::ALL.iter().find(|word| word.as_str() == joint)?;
            let motion = Motion::ALL.iter().find(|word| word.as_str() == motion)?;
            Some(Self { joint: *joint, motion: *motion })
        });
        parsed.ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.joint, self.motion)
    }
}

literal!(Action);

/// One muscle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Muscle {
    /// Its name in Terminologia Anatomica (FIPAT 2019).
    pub latin: Option<String>,
    /// Where it lies.
    pub region: Option<Region>,
    /// From which side it is seen.
    pub side: Option<Side>,
    /// Its heads, where they differ; attachments and actions of a head stand with the head.
    #[serde(default)]
    pub heads: Vec<Head>,
    /// What the whole muscle does.
    #[serde(default)]
    pub actions: Vec<Action>,
    /// What this rests on.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
}

/// A head of a muscle.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its id within the muscle.
    pub id: Id<Head>,
    /// Its name in Terminologia Anatomica.
    pub latin: String,
    /// What this head does.
    #[serde(default)]
    pub actions: Vec<Action>,
}

/// The words of a muscle.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MuscleWords {
    /// Its everyday name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// What it is and does.
    #[serde(default)]
    pub summary: Prose,
    /// Where it arises.
    pub origin: Option<Prose>,
    /// Where it inserts.
    pub insertion: Option<Prose>,
    /// The words of its heads, by id.
    #[serde(default)]
    pub heads: BTreeMap<Id<Head>, HeadWords>,
}

/// The words of a head.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HeadWords {
    /// Its everyday name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// Where it arises.
    pub origin: Option<Prose>,
    /// Where it inserts.
    pub insertion: Option<Prose>,
}

impl Words for MuscleWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("name"), Needed::Within("heads", &[Needed::Text("name")])];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary, origin, insertion, heads });
}

impl WordGroup for HeadWords {
    words!(Self { name, origin, insertion });
}

impl WordField for BTreeMap<Id<Head>, HeadWords> {
    fn merge(&mut self, key: &'static str, from: &Self, merge: &mut Merge<'_>) {
        for (id, from) in from {
            let head = self.entry(id.clone()).or_default();
            merge.below(&[key, id.as_str()], |merge| head.merge(from, merge));
        }
    }

    fn visit<'w>(&'w self, at: &At<'_>, visitor: &mut impl WordVisitor<'w>) {
        self.iter().for_each(|(id, head)| head.visit(Some(&at.id(id)), visitor));
    }
}

/// A name and an optional summary: all the words that many kinds need.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamedWords {
    /// Its name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// What it is.
    #[serde(default)]
    pub summary: Prose,
}

impl Words for NamedWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("name")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary });
}

/// A named set of muscles. A muscle may be in several.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MuscleGroup {
    /// Its muscles, the most important first.
    #[schemars(length(min = 1))]
    pub members: Vec<Id<Muscle>>,
    /// Whether weekly training guidelines speak of it.
    #[serde(default)]
    pub major: bool,
}

/// Something to train with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Equipment {
    /// What kind of thing it is.
    pub kind: Option<EquipmentKind>,
    /// What can take its place.
    #[serde(default)]
    pub substitutes: Vec<Id<Equipment>>,
    /// The smallest steps in which its load can change, one for each unit: `[2.5 kg, 5 lb]`.
    #[serde(default)]
    pub increments: Vec<LoadStep>,
}

/// A state of health that some exercises do not suit.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {}

/// A publication that the content rests on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What kind of publication it is.
    pub kind: SourceKind,
    /// Its authors or the body that publishes it, as they are cited.
    pub authors: Vec<String>,
    /// The year in which it came out.
    pub year: u16,
    /// Its title.
    pub title: String,
    /// The journal, book or site that holds it, with volume and pages.
    pub container: Option<String>,
    /// Its Digital Object Identifier, without an address before it.
    pub doi: Option<String>,
    /// Its address, if it has no DOI.
    pub url: Option<String>,
    /// When the address was last read.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub read_on: Option<Date>,
}

impl Facts for Muscle {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { latin, region: _, side: _, heads, actions: _, sources } = self;
        latin.iter().for_each(|latin| visitor.text(latin, &At::key("latin")));
        let at = At::key("heads");
        for (index, head) in heads.iter().enumerate() {
            let Head { id: _, latin, actions: _ } = head;
            visitor.text(latin, &at.index(index).below("latin"));
        }
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
    }
}

impl Facts for MuscleGroup {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { members, major: _ } = self;
        visitor.entries(references(members), List::Set, &At::key("members"));
    }
}

impl Facts for Equipment {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { kind: _, substitutes, increments: _ } = self;
        visitor.entries(references(substitutes), List::Set, &At::key("substitutes"));
    }
}

impl Facts for Condition {
    fn visit(&self, _: &mut impl FactVisitor) {
        let Self {} = self;
    }
}

impl Facts for Source {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { kind: _, authors, year: _, title, container, doi, url, read_on: _ } = self;
        visitor.texts(authors, &At::key("authors"));
        visitor.text(title, &At::key("title"));
        for (key, text) in [("container", container), ("doi", doi), ("url", url)] {
            text.iter().for_each(|text| visitor.text(text, &At::key(key)));
        }
    }
}

impl Source {
    /// How it is cited in running text: "WHO 2020", "Petersen et al. 2011".
    pub fn short_citation(&self) -> String {
        // Authors are cited surname first, "Petersen J"; a body such as "World Health Organization" stays whole.
        let surname = |author: &str| {
            let initials = |word: &str| word.len() <= 3 && word.chars().all(char::is_uppercase);
            match author.rsplit_once(' ') {
                Some((surname, last)) if initials(last) => surname.to_owned(),
                _ => author.to_owned(),
            }
        };
        match self.authors.as_slice() {
            [] => format!("{} ({})", self.title, self.year),
            [one] => format!("{} {}", surname(one), self.year),
            [one, two] => format!("{} & {} {}", surname(one), surname(two), self.year),
            [one, ..] => format!("{} et al. {}", surname(one), self.year),
        }
    }

    /// The address that leads to it: its DOI's, else its own.
    pub fn address(&self) -> Option<String> {
        self.doi.as_ref().map(|doi| format!("https://doi.org/{doi}")).or_else(|| self.url.clone())
    }
}
