//! Sessions and the fragments that they share.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::dose::Dose;
use super::entry::Entity;
use super::exercise::Exercise;
use crate::prose::{Line, Prose};
use crate::quantity::{Count, Duration, Extent};
use crate::reference::{Id, Kind};
use crate::vocabulary::{Section, SessionKind};

/// The facts of a session: what is done, in four parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What it is for.
    pub kind: SessionKind,
    /// How long it takes, all parts together.
    pub duration: Duration,
    /// Getting ready.
    #[serde(default)]
    pub warm_up: Vec<Block>,
    /// The work.
    #[serde(default)]
    pub main: Vec<Block>,
    /// More work, if there is time.
    #[serde(default)]
    pub accessory: Vec<Block>,
    /// Coming down.
    #[serde(default)]
    pub cool_down: Vec<Block>,
}

impl Session {
    /// The four parts in order, each with the key that holds it in the file.
    pub fn parts(&self) -> [(Section, &'static str, &[Block]); 4] {
        [
            (Section::WarmUp, "warm_up", &self.warm_up),
            (Section::Main, "main", &self.main),
            (Section::Accessory, "accessory", &self.accessory),
            (Section::CoolDown, "cool_down", &self.cool_down),
        ]
    }
}

/// The words of a session or a fragment.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SessionWords {
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub summary: Prose,
    /// The texts of its `text:` blocks, by key.
    #[serde(default)]
    pub texts: BTreeMap<Id<PlainWords>, Line>,
}

impl Entity for Session {
    type Words = SessionWords;
    const KIND: Kind = Kind::Session;
}

/// Blocks that several sessions share, such as a warm-up.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fragment {
    /// What is done, in order.
    pub blocks: Vec<Block>,
}

impl Entity for Fragment {
    type Words = SessionWords;
    const KIND: Kind = Kind::Fragment;
}

/// A marker for things that have a key but no words of their own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlainWords {}

/// A piece of a session.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "BlockAsWritten")]
pub enum Block {
    /// One exercise in straight sets.
    Item(Item),
    /// Exercises in turns, without a rest between them, for some rounds.
    Superset(Round),
    /// A longer series of exercises in turns.
    Circuit(Round),
    /// The blocks of a fragment.
    Use(Id<Fragment>),
    /// A text, by its key in the words.
    Text(Id<PlainWords>),
}

/// An exercise with its dose.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The exercise.
    pub exercise: Id<Exercise>,
    /// How much of it; the exercise's default dose unless stated.
    pub dose: Option<Dose>,
}

/// Exercises done in turns.
#[derive(Debug, Clone)]
pub struct Round {
    /// How many times through.
    pub rounds: Extent<u32>,
    /// Rest after each round.
    pub rest: Option<Duration>,
    /// What is done in each round.
    pub items: Vec<Item>,
}

/// The keys of a block as authors write them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlockAsWritten {
    exercise: Option<Id<Exercise>>,
    dose: Option<Dose>,
    superset: Option<Vec<Item>>,
    circuit: Option<Vec<Item>>,
    rounds: Option<Count>,
    rest: Option<Duration>,
    #[serde(rename = "use")]
    uses: Option<Id<Fragment>>,
    text: Option<Id<PlainWords>>,
}

impl TryFrom<BlockAsWritten> for Block {
    type Error = String;

    fn try_from(written: BlockAsWritten) -> Result<Self, String> {
        let in_turns = written.superset.is_some() || written.circuit.is_some();
        if !in_turns && (written.rounds.is_some() || written.rest.is_some()) {
            return Err(
                "`rounds` and `rest` belong to a `superset` or a `circuit`; an exercise has them in its `dose` \
                        as `sets` and `rest`"
                    .into(),
            );
        }
        if written.dose.is_some() && written.exercise.is_none() {
            return Err("`dose` belongs to an `exercise`".into());
        }
        let (rounds, rest) = (written.rounds.map_or(Extent::one(1), |count| count.0), written.rest);
        let round = |items| Round { rounds, rest, items };
        let mut blocks: Vec<Self> = Vec::new();
        blocks.extend(written.exercise.map(|exercise| Self::Item(Item { exercise, dose: written.dose })));
        blocks.extend(written.superset.map(|items| Self::Superset(round(items))));
        blocks.extend(written.circuit.map(|items| Self::Circuit(round(items))));
        blocks.extend(written.uses.map(Self::Use));
        blocks.extend(written.text.map(Self::Text));
        let count = blocks.len();
        blocks.pop().filter(|_| count == 1).ok_or_else(|| {
            format!(
                "a block has exactly one of `exercise`, `superset`, `circuit`, `use` and `text`; this one has {count}"
            )
        })
    }
}
