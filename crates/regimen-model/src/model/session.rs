//! Sessions and the fragments that they share.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema};
use serde::Deserialize;
use serde_json::json;

use super::doses::Doses;
use super::exercise::Exercise;
use super::group_format::GroupFormat;
use super::note::{Note, PlainWords};
use super::run::RunStep;
use super::visit::{At, FactVisitor, Facts, Naming};
use super::word_field::words;
use super::words::{Needed, Words};
use crate::diagnostic::FieldPath;
use crate::json_schema::{Alternative, alternatives};
use crate::prose::{InlineText, Prose, Word};
use crate::quantity::{Count, Duration, Extent, TimeUnit};
use crate::reference::Id;
use crate::vocabulary::{Section, SessionKind};

/// The facts of a session: what is done, in four parts.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// What it is for.
    pub kind: SessionKind,
    /// How long it takes, all parts together; reckoned from what it states if left out.
    #[schemars(with = "Duration")]
    #[serde(default, deserialize_with = "crate::quantity::maybe_in_minutes")]
    pub duration: Option<Duration>,
    /// Getting ready.
    #[serde(default)]
    pub warm_up: Vec<SessionBlock>,
    /// The work.
    #[serde(default)]
    pub main: Vec<SessionBlock>,
    /// More work, if there is time.
    #[serde(default)]
    pub accessory: Vec<SessionBlock>,
    /// Coming down.
    #[serde(default)]
    pub cool_down: Vec<SessionBlock>,
}

impl Session {
    /// The four parts in order, each with the key that holds it in the file.
    pub fn parts(&self) -> [(Section, &'static str, &[SessionBlock]); 4] {
        [
            (Section::WarmUp, "warm_up", &self.warm_up),
            (Section::Main, "main", &self.main),
            (Section::Accessory, "accessory", &self.accessory),
            (Section::CoolDown, "cool_down", &self.cool_down),
        ]
    }
}

/// The words of a session or a fragment.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionWords {
    /// Its name.
    #[schemars(length(min = 1))]
    pub name: Word,
    /// What it is for.
    #[serde(default)]
    pub summary: Prose,
    /// The texts of its `text:` blocks and of its notes, by key.
    #[serde(default)]
    pub texts: BTreeMap<Id<PlainWords>, InlineText>,
}

impl Words for SessionWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("name")];

    fn name(&self) -> Option<&Word> {
        Some(&self.name)
    }

    words!(Self { name, summary, texts });
}

/// Blocks that several sessions share, such as a warm-up.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fragment {
    /// What is done, in order.
    #[schemars(length(min = 1))]
    pub blocks: Vec<SessionBlock>,
}

/// A piece of a session.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(try_from = "BlockAsWritten")]
#[schemars(with = "BlockAsWritten", rename = "Block")]
pub enum SessionBlock {
    /// One exercise in straight sets.
    Item(Item),
    /// Exercises in turns.
    Group(ExerciseGroup),
    /// The steps of a run, a ride or a swim.
    Run(Vec<RunStep>),
    /// The blocks of a fragment.
    Use(Id<Fragment>),
    /// A text, by its key in the words.
    Text(Id<PlainWords>),
}

/// An exercise with its dose.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its name within the session, for progressions to speak of.
    pub id: Option<Id<Item>>,
    /// The exercise.
    pub exercise: Id<Exercise>,
    /// How much of it, one dose or several in a row; the exercise's default dose unless stated.
    pub dose: Option<Doses>,
    /// What to mind, by the key of a text in the words.
    pub note: Option<Note>,
}

impl Item {
    /// Whether its own dose leaves something to the exercise's defaults that is printed with it: side, rest, tempo, band, how
    /// often or the limit of pain.
    pub fn inherits(&self, exercise: &Exercise, format: Option<GroupFormat>) -> bool {
        let own = self.dose.clone().map(|own| own.in_turns(format));
        own.is_some() && self.dose_of(exercise, format) != own
    }

    /// How much of the exercise is done in a session: its own doses, with what they inherit from the exercise's defaults
    /// ([`Dose::over`](super::Dose::over)), or the defaults. `format` is that of the block, if it is a group.
    ///
    /// Every reader of sessions gets doses from here, so that none of them forgets a part. `None` if neither states a
    /// dose, which checking reports.
    pub fn dose_of(&self, exercise: &Exercise, format: Option<GroupFormat>) -> Option<Doses> {
        let own = self.dose.clone().map(|own| own.in_turns(format));
        match (own, exercise.defaults_in(format)) {
            (Some(own), Some(defaults)) => Some(own.over(&defaults)),
            (own, defaults) => own.or(defaults.map(Doses::from)),
        }
    }
}

/// Exercises done in turns.
#[derive(Debug, Clone)]
pub struct ExerciseGroup {
    /// How they alternate.
    pub format: GroupFormat,
    /// What is done in each round.
    pub items: Vec<Item>,
}

impl SessionBlock {
    /// How its exercises alternate, if they are done in turns.
    pub fn group_format(&self) -> Option<GroupFormat> {
        match self {
            Self::Group(group) => Some(group.format),
            Self::Item(_) | Self::Run(_) | Self::Use(_) | Self::Text(_) => None,
        }
    }

    /// The notes that stand in the block itself, each with the path of its key below the block.
    pub fn notes(&self) -> Vec<(FieldPath, &Note)> {
        let of_items = self.items().filter_map(|(path, item)| Some((path.key("note"), item.note.as_ref()?)));
        let mut notes: Vec<_> = of_items.collect();
        if let Self::Run(steps) = self {
            notes.extend(RunStep::notes_in(steps, &FieldPath::root().key("run")));
        }
        notes
    }

    /// The exercises that stand in the block itself, each with its path below the block.
    pub fn items(&self) -> impl Iterator<Item = (FieldPath, &Item)> {
        let (one, group) = match self {
            Self::Item(item) => (Some(item), None),
            Self::Group(group) => (None, Some(group)),
            Self::Run(_) | Self::Use(_) | Self::Text(_) => (None, None),
        };
        let in_group = group.into_iter().flat_map(|group| {
            let path = FieldPath::root().key(group.format.key());
            group.items.iter().enumerate().map(move |(index, item)| (path.clone().index(index), item))
        });
        one.into_iter().map(|item| (FieldPath::root(), item)).chain(in_group)
    }
}

impl Facts for Session {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { kind: _, duration: _, warm_up, main, accessory, cool_down } = self;
        let parts = [("warm_up", warm_up), ("main", main), ("accessory", accessory), ("cool_down", cool_down)];
        for (key, blocks) in parts {
            visit_blocks(blocks, &At::key(key), visitor);
        }
    }
}

impl Facts for Fragment {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { blocks } = self;
        visit_blocks(blocks, &At::key("blocks"), visitor);
    }
}

fn visit_blocks(blocks: &[SessionBlock], at: &At<'_>, visitor: &mut impl FactVisitor) {
    for (index, block) in blocks.iter().enumerate() {
        let at = at.index(index);
        match block {
            SessionBlock::Item(item) => visit_item(item, &at, visitor),
            SessionBlock::Group(ExerciseGroup { format, items }) => {
                let at = at.below(format.key());
                items.iter().enumerate().for_each(|(index, item)| visit_item(item, &at.index(index), visitor));
            }
            SessionBlock::Use(id) => visitor.entry(id.into(), Naming::Needed, &at.below("use")),
            SessionBlock::Run(_) | SessionBlock::Text(_) => {}
        }
    }
}

fn visit_item(item: &Item, at: &At<'_>, visitor: &mut impl FactVisitor) {
    let Item { id: _, exercise, dose: _, note: _ } = item;
    visitor.entry(exercise.into(), Naming::Needed, &at.below("exercise"));
}

/// The keys of a block as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = alternatives(KINDS, BESIDE))]
struct BlockAsWritten {
    /// The name of the exercise's line within the session, for progressions to speak of.
    id: Option<Id<Item>>,
    /// The exercise, in straight sets.
    exercise: Option<Id<Exercise>>,
    /// How much of it, one dose or several in a row; the exercise's default dose unless stated.
    dose: Option<Doses>,
    /// What to mind, by the key of a text in the words.
    note: Option<Note>,
    /// Exercises in turns, without a rest between them.
    #[schemars(length(min = 1))]
    superset: Option<Vec<Item>>,
    /// A longer series of exercises in turns.
    #[schemars(length(min = 1))]
    circuit: Option<Vec<Item>>,
    /// Every minute on the minute: the next exercise at each start of an interval.
    #[schemars(length(min = 1))]
    emom: Option<Vec<Item>>,
    /// As many rounds as possible in a time.
    #[schemars(length(min = 1))]
    amrap: Option<Vec<Item>>,
    /// Work and rest by the clock, the next exercise each time. These exercises have no dose.
    #[schemars(length(min = 1), transform = without_dose)]
    tabata: Option<Vec<Item>>,
    /// How many times through; 1 unless stated, and 8 of a `tabata`.
    rounds: Option<Count>,
    /// The rest after each round; in a `tabata` after each work, 10 s unless stated.
    rest: Option<Duration>,
    /// How long an interval is; 1 min unless stated.
    every: Option<Duration>,
    /// The time in which as many rounds as possible are done.
    time: Option<Duration>,
    /// How long the work lasts; 20 s unless stated.
    work: Option<Duration>,
    /// The steps of a run, a ride or a swim.
    #[schemars(length(min = 1))]
    run: Option<Vec<RunStep>>,
    /// The fragment whose blocks stand here.
    #[serde(rename = "use")]
    uses: Option<Id<Fragment>>,
    /// A text, by its key in the words.
    text: Option<Id<PlainWords>>,
}

/// No key may stand in every block.
const BESIDE: &[&str] = &[];

/// The key that says what a block is, and the keys that may stand beside it.
const KINDS: &[Alternative] = &[
    Alternative::keyed("exercise").takes(&["dose", "id", "note"]),
    Alternative::keyed("superset").takes(&["rounds", "rest"]),
    Alternative::keyed("circuit").takes(&["rounds", "rest"]),
    Alternative::keyed("emom").takes(&["every", "rounds"]),
    Alternative::keyed("amrap").needs(&["time"]),
    Alternative::keyed("tabata").takes(&["rounds", "work", "rest"]),
    Alternative::keyed("run"),
    Alternative::keyed("use"),
    Alternative::keyed("text"),
];

/// The schema of a list whose items have no dose.
fn without_dose(list: &mut Schema) {
    if let Some(items) = list.remove("items") {
        list.insert("items".into(), json!({"allOf": [items, {"properties": {"dose": false}}]}));
    }
}

impl BlockAsWritten {
    /// The keys that say what the block is.
    fn kinds(&self) -> Vec<&'static str> {
        let stated = [
            self.exercise.is_some(),
            self.superset.is_some(),
            self.circuit.is_some(),
            self.emom.is_some(),
            self.amrap.is_some(),
            self.tabata.is_some(),
            self.run.is_some(),
            self.uses.is_some(),
            self.text.is_some(),
        ];
        KINDS.iter().zip(stated).filter(|(_, stated)| *stated).map(|(kind, _)| kind.key).collect()
    }

    /// The keys that say more about it.
    fn beside(&self) -> Vec<&'static str> {
        let stated = [
            ("dose", self.dose.is_some()),
            ("id", self.id.is_some()),
            ("note", self.note.is_some()),
            ("rounds", self.rounds.is_some()),
            ("rest", self.rest.is_some()),
            ("every", self.every.is_some()),
            ("time", self.time.is_some()),
            ("work", self.work.is_some()),
        ];
        stated.into_iter().filter(|(_, stated)| *stated).map(|(key, _)| key).collect()
    }

    /// The one kind of the block, with nothing beside it that belongs to another.
    fn kind(&self) -> Result<&'static str, String> {
        let kinds = self.kinds();
        let [kind] = kinds.as_slice() else {
            let known: Vec<_> = KINDS.iter().map(|kind| format!("`{}`", kind.key)).collect();
            let has: Vec<_> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
            let has = if has.is_empty() { "none of them".into() } else { has.join(" and ") };
            return Err(format!("a block has exactly one of {}; this one has {has}", known.join(", ")));
        };
        let allowed = |key: &str| KINDS.iter().any(|known| known.key == *kind && known.has(key));
        match self.beside().into_iter().find(|key| !allowed(key)) {
            None => Ok(kind),
            Some("rounds" | "rest" | "time") if *kind == "exercise" => {
                Err("an exercise has its sets, its rest and its time in its `dose`".into())
            }
            Some("note") if *kind == "run" => {
                Err("a `note` stands with a step of the run; for a text of its own, write a block `text:`".into())
            }
            Some("note") => Err(format!(
                "a `note` stands with an exercise or a step, not with `{kind}`; for a text of its own, write a block `text:`"
            )),
            Some(key) => {
                let owners = KINDS.iter().filter(|known| known.has(key));
                let owners: Vec<_> = owners.map(|known| format!("`{}`", known.key)).collect();
                Err(format!("`{key}` belongs to {}, not to `{kind}`", owners.join(" or ")))
            }
        }
    }
}

impl TryFrom<BlockAsWritten> for SessionBlock {
    type Error = String;

    fn try_from(written: BlockAsWritten) -> Result<Self, String> {
        let kind = written.kind()?;
        let rounds = written.rounds.map(|count| count.0);
        let once = rounds.unwrap_or(Extent::one(1));
        let rest = written.rest;
        let format = match kind {
            "superset" => Some((GroupFormat::Superset { rounds: once, rest }, written.superset)),
            "circuit" => Some((GroupFormat::Circuit { rounds: once, rest }, written.circuit)),
            "emom" => {
                let every = written.every.unwrap_or(TimeUnit::Minute.amount(1));
                Some((GroupFormat::Emom { every, rounds: once }, written.emom))
            }
            "amrap" => {
                let time =
                    written.time.ok_or("`amrap` needs the `time` in which as many rounds as possible are done")?;
                Some((GroupFormat::Amrap { time }, written.amrap))
            }
            "tabata" => {
                let work = written.work.unwrap_or(TimeUnit::Second.amount(20));
                let rest = rest.unwrap_or(TimeUnit::Second.amount(10));
                let rounds = rounds.unwrap_or(Extent::one(8));
                Some((GroupFormat::Tabata { rounds, work, rest }, written.tabata))
            }
            _ => None,
        };
        if let Some((format, items)) = format {
            let items = items.unwrap_or_default();
            if kind == "tabata" && items.iter().any(|item| item.dose.is_some()) {
                return Err("the exercises of a `tabata` have no `dose`: `work` and `rest` say how long".into());
            }
            return Ok(Self::Group(ExerciseGroup { format, items }));
        }
        let (id, dose, note) = (written.id, written.dose, written.note);
        let item = written.exercise.map(|exercise| Self::Item(Item { id, exercise, dose, note }));
        let run = || written.run.map(Self::Run);
        let uses = || written.uses.map(Self::Use);
        let text = || written.text.map(Self::Text);
        item.or_else(run).or_else(uses).or_else(text).ok_or_else(|| "a block says what is done".into())
    }
}
