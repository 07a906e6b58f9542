//! What is done in a session, a fragment and each week of a programme. The only place of this program that asks which
//! kinds of block there are.

use regimen_catalog::model::{ExerciseGroup, Fragment, GroupFormat, Item, Program, Session, SessionBlock};
use regimen_catalog::plan::{PlannedBlock, PlannedItem, PlannedPart, PlannedSession, expand};
use regimen_catalog::{Kind, Reference};
use regimen_export::compose::{PlainBlock, brief, plain_blocks, week_totals};
use serde::Serialize;

use super::{Look, push_wrapped};

/// A part of a session, such as its warm-up.
#[derive(Serialize)]
pub(super) struct Part {
    part: String,
    /// Whether it is the work rather than getting ready or coming down.
    #[serde(skip)]
    is_work: bool,
    blocks: Vec<ShownBlock>,
}

/// A week of a programme.
#[derive(Serialize)]
pub(super) struct Week {
    week: u32,
    /// Which days of the programme it has, where days are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<[u32; 2]>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    is_turn: bool,
    phase: String,
    /// What the phase is called, if the programme says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    phase_name: Option<String>,
    kind: String,
    /// How far or how long its sessions are together; empty if that is not known.
    #[serde(skip_serializing_if = "String::is_empty")]
    total: String,
    sessions: Vec<WeekSession>,
}

/// A session on a day of a week.
#[derive(Serialize)]
struct WeekSession {
    slot: String,
    day: String,
    /// When on its day, if the programme says so: `morning`, `evening` or a time of day.
    #[serde(skip_serializing_if = "Option::is_none")]
    hour: Option<String>,
    session: String,
    name: String,
    /// What to do in short; empty if nothing of it is known.
    #[serde(skip_serializing_if = "String::is_empty")]
    work: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
    optional: bool,
    /// The sessions that may be done instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    or: Vec<Choice>,
    parts: Vec<Part>,
}

/// A session that may be done instead of another one.
#[derive(Serialize)]
struct Choice {
    session: String,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
    parts: Vec<Part>,
}

/// One exercise, several in turns, a fragment or a text.
#[derive(Serialize)]
struct ShownBlock {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exercise: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dose: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    blocks: Vec<ShownBlock>,
}

impl Look<'_> {
    /// The parts of a session or a fragment as they are written, with the doses that hold.
    pub(super) fn parts(self, reference: &Reference) -> Vec<Part> {
        let part = |key: &str, blocks: &[SessionBlock], owner: &Reference| Part {
            part: key.to_owned(),
            is_work: true,
            blocks: blocks.iter().flat_map(|block| self.block(block, owner)).collect(),
        };
        let parts = match reference.kind() {
            Kind::Session => self.catalog.entry::<Session>(reference).map(|session| {
                session.parts().into_iter().map(|(_, key, blocks)| part(key, blocks, reference)).collect()
            }),
            Kind::Fragment => self
                .catalog
                .entry::<Fragment>(reference)
                .map(|fragment| vec![part("blocks", &fragment.blocks, reference)]),
            _ => None,
        };
        let parts: Vec<Part> = parts.unwrap_or_default();
        parts.into_iter().filter(|part| !part.blocks.is_empty()).collect()
    }

    /// The weeks of a programme, written out; `None` if they cannot be.
    pub(super) fn weeks(self, reference: &Reference) -> Option<Vec<Week>> {
        if reference.kind() != Kind::Program {
            return Some(Vec::new());
        }
        let program = self.catalog.entry::<Program>(reference)?;
        let plan = expand(self.catalog, program, None).ok()?;
        let counts_days = plan.counts_days();
        let totals = self.language().map(|language| week_totals(self.catalog, language, &plan)).unwrap_or_default();
        let weeks = plan.weeks.iter().enumerate().map(|(at, week)| Week {
            week: week.number,
            days: counts_days.then(|| [week.first_day + 1, week.first_day + week.days]),
            is_turn: week.is_turn,
            phase: week.phase.to_string(),
            phase_name: program.words(self.catalog.language()).phase_names.get(&week.phase).map(ToString::to_string),
            kind: week.kind.to_string(),
            total: totals.get(at).cloned().unwrap_or_default(),
            sessions: week.sessions.iter().map(|session| self.planned(session)).collect(),
        });
        Some(weeks.collect())
    }

    fn planned(self, session: &PlannedSession) -> WeekSession {
        let or = session.or.iter().map(|other| Choice {
            session: other.session.to_string(),
            name: self.name(&Reference::from(&other.session)),
            duration: other.duration.map(|time| time.to_string()),
            parts: self.planned_parts(&other.parts),
        });
        WeekSession {
            slot: session.slot.clone(),
            day: session.day.to_string(),
            hour: session.hour.map(|hour| hour.to_string()),
            session: session.session.to_string(),
            name: self.name(&Reference::from(&session.session)),
            work: self.language().map(|language| brief(self.catalog, language, session).work).unwrap_or_default(),
            duration: session.duration.map(|time| time.to_string()),
            optional: session.optional,
            or: or.collect(),
            parts: self.planned_parts(&session.parts),
        }
    }

    fn planned_parts(self, parts: &[PlannedPart]) -> Vec<Part> {
        let parts = parts.iter().map(|part| Part {
            part: part.section.to_string(),
            is_work: part.section.is_work(),
            blocks: part.blocks.iter().flat_map(|block| self.planned_block(block)).collect(),
        });
        parts.collect()
    }

    /// A block as it is written, with the doses that hold.
    fn block(self, block: &SessionBlock, owner: &Reference) -> Vec<ShownBlock> {
        match block {
            SessionBlock::Item(item) => {
                let items = self.items(item, None, owner).into_iter().map(PlannedBlock::Item);
                items.flat_map(|item| self.planned_block(&item)).collect()
            }
            SessionBlock::Group(group) => self.group(group, owner),
            SessionBlock::Run(steps) => {
                let mut steps = steps.clone();
                steps.iter_mut().for_each(|step| step.own_notes(owner));
                self.planned_block(&PlannedBlock::Run(steps))
            }
            SessionBlock::Text(key) => self.planned_block(&PlannedBlock::Text(owner.clone(), key.clone())),
            SessionBlock::Use(id) => {
                let owner = Reference::from(id);
                let blocks = self.catalog.fragments.get(id).map(|fragment| &fragment.blocks);
                // A fragment holds no other fragment (checking says so), so this goes one level deep.
                let inner = blocks.into_iter().flatten().filter(|inner| !matches!(inner, SessionBlock::Use(_)));
                let text = format!("{} ({id})", self.name(&owner));
                let blocks = inner.flat_map(|inner| self.block(inner, &owner)).collect();
                vec![ShownBlock { text, exercise: None, dose: None, blocks }]
            }
        }
    }

    fn group(self, group: &ExerciseGroup, owner: &Reference) -> Vec<ShownBlock> {
        let mut items: Vec<PlannedItem> =
            group.items.iter().flat_map(|item| self.items(item, Some(group.format), owner)).collect();
        if let GroupFormat::Tabata { work, .. } = group.format {
            // The clock of the block says how long, whatever the exercises say.
            for item in &mut items {
                item.dose = item.dose.timed(work);
            }
        }
        self.planned_block(&PlannedBlock::Group { format: group.format, items })
    }

    /// An exercise with its doses; nothing if there is no such exercise or no dose, which checking reports.
    fn items(self, item: &Item, format: Option<GroupFormat>, owner: &Reference) -> Vec<PlannedItem> {
        let exercise = self.catalog.exercises.get(&item.exercise);
        let doses = exercise.and_then(|exercise| item.dose_of(exercise, format)).into_iter().flatten().enumerate();
        let note = item.note.as_ref().map(|note| note.of(owner));
        let planned = |(index, dose)| PlannedItem {
            id: item.id.clone(),
            exercise: item.exercise.clone(),
            dose,
            goes_on: index > 0,
            instruction: None,
            note: note.clone().filter(|_| index == 0),
        };
        doses.map(planned).collect()
    }

    fn planned_block(self, block: &PlannedBlock) -> Vec<ShownBlock> {
        let language = self.catalog.languages.get(self.catalog.language());
        let plain = language.map(|language| plain_blocks(self.catalog, language, block));
        plain.unwrap_or_default().into_iter().map(ShownBlock::from).collect()
    }
}

impl From<PlainBlock> for ShownBlock {
    fn from(block: PlainBlock) -> Self {
        Self {
            text: block.text,
            exercise: block.exercise.map(|id| id.to_string()),
            dose: block.dose,
            blocks: block.inner.into_iter().map(Self::from).collect(),
        }
    }
}

/// Adds the parts of a session for people.
pub(super) fn push_parts(parts: &[Part], columns: usize, text: &mut Vec<String>) {
    for part in parts {
        text.push(format!("\n{}", part.part));
        part.blocks.iter().for_each(|block| push_block(block, 2, columns, text));
    }
}

/// Adds the weeks of a programme for people.
pub(super) fn push_weeks(weeks: &[Week], columns: usize, text: &mut Vec<String>) {
    for week in weeks {
        let number = match (week.days, week.is_turn) {
            (None, _) => format!("week {}", week.week),
            (Some([first, last]), false) => format!("days {first}-{last}"),
            (Some([first, last]), true) => format!("turn {} (days {first}-{last})", week.week),
        };
        let total = if week.total.is_empty() { String::new() } else { format!(", {}", week.total) };
        let phase = match &week.phase_name {
            Some(name) => format!("{name} ({}, {})", week.phase, week.kind),
            None => format!("{} ({})", week.phase, week.kind),
        };
        text.push(format!("\n{number}: {phase}{total}"));
        for session in &week.sessions {
            let day = session.hour.as_ref().map_or(session.day.clone(), |hour| format!("{}, {hour}", session.day));
            let head = format!("  {day}: {} ({})", session.name, session.session);
            text.push([vec![head], session.in_short()].concat().join(", "));
            session.parts.iter().for_each(|part| push_part(part, columns, text));
            for other in &session.or {
                text.push(format!("    or: {} ({})", other.name, other.session));
                other.parts.iter().for_each(|part| push_part(part, columns, text));
            }
        }
    }
}

impl WeekSession {
    /// What to do, what may be done instead, and how long it takes.
    fn in_short(&self) -> Vec<String> {
        let work = (!self.work.is_empty()).then(|| self.work.clone());
        let time = self.duration.clone().filter(|time| time.replace('-', "–") != self.work);
        work.into_iter().chain(time).collect()
    }
}

/// Adds a part of a planned session: the work line by line, what stands around it in one.
fn push_part(part: &Part, columns: usize, text: &mut Vec<String>) {
    if part.is_work {
        text.push(format!("    {}", part.part));
        return part.blocks.iter().for_each(|block| push_block(block, 6, columns, text));
    }
    let texts: Vec<&str> = part.blocks.iter().flat_map(ShownBlock::texts).collect();
    push_wrapped(&format!("    {}: ", part.part), &texts.join("; "), columns, text);
}

impl ShownBlock {
    /// What it says, and what the blocks in it say.
    fn texts(&self) -> Vec<&str> {
        std::iter::once(self.text.as_str()).chain(self.blocks.iter().flat_map(Self::texts)).collect()
    }
}

fn push_block(block: &ShownBlock, indent: usize, columns: usize, text: &mut Vec<String>) {
    push_wrapped(&" ".repeat(indent), &block.text, columns, text);
    block.blocks.iter().for_each(|inner| push_block(inner, indent + 2, columns, text));
}
