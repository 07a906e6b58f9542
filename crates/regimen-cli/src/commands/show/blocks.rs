//! What is done in a session, a fragment and each week of a programme. The only place of this program that asks which
//! kinds of block there are.

use regimen_catalog::model::{Block, Item, Round};
use regimen_catalog::plan::{PlannedBlock, PlannedItem, PlannedSession, expand};
use regimen_catalog::quantity::{Duration, Extent};
use regimen_catalog::{Id, Reference};
use serde::Serialize;

use super::{Look, push_wrapped};

/// A part of a session, such as its warm-up.
#[derive(Serialize)]
pub(super) struct Part {
    part: String,
    /// Whether it is the work rather than getting ready or coming down.
    #[serde(skip)]
    is_work: bool,
    blocks: Vec<Piece>,
}

/// A week of a programme.
#[derive(Serialize)]
pub(super) struct Week {
    week: u32,
    phase: String,
    kind: String,
    sessions: Vec<WeekSession>,
}

/// A session on a day of a week.
#[derive(Serialize)]
struct WeekSession {
    slot: String,
    day: String,
    session: String,
    name: String,
    duration: String,
    parts: Vec<Part>,
}

/// One exercise, several in turns, a fragment or a text.
#[derive(Serialize)]
struct Piece {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exercise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dose: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<Piece>,
}

impl Look<'_> {
    /// The parts of a session or a fragment as they are written, with the doses that hold.
    pub(super) fn parts(self, reference: &Reference) -> Vec<Part> {
        let part = |key: &str, blocks: &[Block], owner: &Reference| Part {
            part: key.to_owned(),
            is_work: true,
            blocks: blocks.iter().map(|block| self.block(block, owner)).collect(),
        };
        let parts = match reference {
            Reference::Session(id) => self.catalog.sessions.get(id).map(|session| {
                session.parts().into_iter().map(|(_, key, blocks)| part(key, blocks, reference)).collect()
            }),
            Reference::Fragment(id) => {
                self.catalog.fragments.get(id).map(|fragment| vec![part("blocks", &fragment.blocks, reference)])
            }
            _ => None,
        };
        let parts: Vec<Part> = parts.unwrap_or_default();
        parts.into_iter().filter(|part| !part.blocks.is_empty()).collect()
    }

    /// The weeks of a programme, written out; `None` if they cannot be.
    pub(super) fn weeks(self, reference: &Reference) -> Option<Vec<Week>> {
        let Reference::Program(id) = reference else {
            return Some(Vec::new());
        };
        let program = self.catalog.programs.get(id)?;
        let plan = expand(self.catalog, program, None).ok()?;
        let weeks = plan.weeks.iter().map(|week| Week {
            week: week.number,
            phase: week.phase.to_string(),
            kind: week.kind.to_string(),
            sessions: week.sessions.iter().map(|session| self.planned(session)).collect(),
        });
        Some(weeks.collect())
    }

    fn planned(self, session: &PlannedSession) -> WeekSession {
        let parts = session.parts.iter().map(|part| Part {
            part: part.section.to_string(),
            is_work: part.section.is_work(),
            blocks: part.blocks.iter().map(|block| self.planned_block(block)).collect(),
        });
        WeekSession {
            slot: session.slot.clone(),
            day: session.weekday.to_string(),
            session: session.session.to_string(),
            name: self.name(&Reference::Session(session.session.clone())),
            duration: session.duration.to_string(),
            parts: parts.collect(),
        }
    }

    fn block(self, block: &Block, owner: &Reference) -> Piece {
        match block {
            Block::Item(item) => self.item(item),
            Block::Superset(round) => self.round("superset", round),
            Block::Circuit(round) => self.round("circuit", round),
            Block::Use(id) => {
                let owner = Reference::Fragment(id.clone());
                let blocks = self.catalog.fragments.get(id).map(|fragment| &fragment.blocks);
                // A fragment holds no other fragment (checking says so), so this goes one level deep.
                let inner = blocks.into_iter().flatten().filter(|inner| !matches!(inner, Block::Use(_)));
                plain(format!("{} ({id})", self.name(&owner)), inner.map(|inner| self.block(inner, &owner)).collect())
            }
            Block::Text(key) => plain(self.text(owner, key.as_str()), Vec::new()),
        }
    }

    fn planned_block(self, block: &PlannedBlock) -> Piece {
        match block {
            PlannedBlock::Item(item) => self.planned_item(item),
            PlannedBlock::Round { circuit, rounds, rest, items } => {
                let title = in_turns(if *circuit { "circuit" } else { "superset" }, *rounds, rest.as_ref());
                plain(title, items.iter().map(|item| self.planned_item(item)).collect())
            }
            PlannedBlock::Text(owner, key) => plain(self.text(owner, key.as_str()), Vec::new()),
        }
    }

    fn round(self, kind: &str, round: &Round) -> Piece {
        let items = round.items.iter().map(|item| self.item(item)).collect();
        plain(in_turns(kind, round.rounds, round.rest.as_ref()), items)
    }

    fn item(self, item: &Item) -> Piece {
        let defaults = || self.catalog.exercises.get(&item.exercise).map(|exercise| exercise.defaults.clone());
        self.exercise_piece(&item.exercise, item.dose.clone().or_else(defaults).map(|dose| self.dose(&dose)))
    }

    fn planned_item(self, item: &PlannedItem) -> Piece {
        self.exercise_piece(&item.exercise, Some(self.dose(&item.dose)))
    }

    fn exercise_piece(self, id: &Id<regimen_catalog::model::Exercise>, dose: Option<String>) -> Piece {
        let name = self.name(&Reference::Exercise(id.clone()));
        let text = format!("{name}: {}", dose.as_deref().unwrap_or("?"));
        Piece { text, exercise: Some(id.to_string()), dose, blocks: Vec::new() }
    }

    fn text(self, owner: &Reference, key: &str) -> String {
        let words = match owner {
            Reference::Session(id) => self.catalog.sessions.get(id).map(|session| &session.words),
            Reference::Fragment(id) => self.catalog.fragments.get(id).map(|fragment| &fragment.words),
            _ => None,
        };
        let line = words.and_then(|words| words.texts.iter().find(|(one, _)| one.as_str() == key));
        line.map_or_else(|| key.to_owned(), |(_, line)| self.plain(&line.0))
    }
}

/// "superset, 3 rounds, rest 60 s"
fn in_turns(kind: &str, rounds: Extent<u32>, rest: Option<&Duration>) -> String {
    let rest = rest.map(|rest| format!(", rest {rest}")).unwrap_or_default();
    format!("{kind}, {rounds} {}{rest}", if rounds == Extent::one(1) { "round" } else { "rounds" })
}

fn plain(text: String, blocks: Vec<Piece>) -> Piece {
    Piece { text, exercise: None, dose: None, blocks }
}

/// Adds the parts of a session for people.
pub(super) fn push_parts(parts: &[Part], columns: usize, text: &mut Vec<String>) {
    for part in parts {
        text.push(format!("\n{}", part.part));
        part.blocks.iter().for_each(|piece| push_piece(piece, 2, columns, text));
    }
}

/// Adds the weeks of a programme for people.
pub(super) fn push_weeks(weeks: &[Week], columns: usize, text: &mut Vec<String>) {
    for week in weeks {
        text.push(format!("\nweek {}: {} ({})", week.week, week.phase, week.kind));
        for session in &week.sessions {
            text.push(format!("  {}: {} ({}), {}", session.day, session.name, session.session, session.duration));
            session.parts.iter().for_each(|part| push_part(part, columns, text));
        }
    }
}

/// Adds a part of a planned session: the work line by line, what stands around it in one.
fn push_part(part: &Part, columns: usize, text: &mut Vec<String>) {
    if part.is_work {
        text.push(format!("    {}", part.part));
        return part.blocks.iter().for_each(|piece| push_piece(piece, 6, columns, text));
    }
    let pieces: Vec<&str> = part.blocks.iter().flat_map(Piece::texts).collect();
    push_wrapped(&format!("    {}: ", part.part), &pieces.join("; "), columns, text);
}

impl Piece {
    /// What it says, and what the pieces in it say.
    fn texts(&self) -> Vec<&str> {
        std::iter::once(self.text.as_str()).chain(self.blocks.iter().flat_map(Self::texts)).collect()
    }
}

fn push_piece(piece: &Piece, indent: usize, columns: usize, text: &mut Vec<String>) {
    push_wrapped(&" ".repeat(indent), &piece.text, columns, text);
    piece.blocks.iter().for_each(|inner| push_piece(inner, indent + 2, columns, text));
}
