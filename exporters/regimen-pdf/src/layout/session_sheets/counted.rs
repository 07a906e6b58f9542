//! Pages that were counted before, in other documents too: each session is tried in many sizes until one fits, and the patients of
//! a clinic have the same sessions.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regimen_catalog::prose::{Inlines, LinkTarget, plain_text};
use regimen_export::document::{Block, Direction, Document, Figure, Table, Work, WorkTime, walk};

use crate::memory::{Memory, Seen};
use crate::style::{Sheet, Style};

use super::super::links::Links;
use super::super::pages::Count;
use super::super::work::Closeness;
use super::super::{Gallery, Layouter};
use super::{Group, Manner, SessionSheets, Setting};

/// Groups of blocks by their content, with the pages that they took.
pub(crate) struct CountedGroups(Mutex<(Memory<CountedGroup>, Seen)>);

/// So many blocks are kept, twice: some hundred sessions in about 5 MB each.
const ROOM: usize = 1024;
/// A group is counted in so many ways at most before they are forgotten.
const MOST_WAYS: usize = 256;

impl Default for CountedGroups {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

impl CountedGroups {
    /// Keeps `room` blocks, twice; none for 0.
    pub(crate) fn with_room(room: usize) -> Self {
        Self(Mutex::new((Memory::with_room(room), Seen::default())))
    }

    /// Empty memory of the same size.
    pub(crate) fn emptied(&self) -> Self {
        Self::with_room(self.lock().0.room())
    }

    /// What is known of these blocks of a document.
    pub(super) fn get(&self, request: &Counting<'_>) -> Arc<CountedGroup> {
        let pictures = request.pictures();
        let hash = request.hash();
        let (memory, seen) = &mut *self.lock();
        let found = memory.with_hash(hash).find(|known| known.is_of(request, &pictures)).cloned();
        // What a single document has is not kept once there is much to keep.
        let is_kept = found.is_some() || memory.is_roomy() || seen.note(hash);
        let known = found.unwrap_or_else(|| Arc::new(CountedGroup::new(request, pictures)));
        if is_kept {
            memory.keep(hash, &known, known.blocks.len() + 1);
        }
        known
    }

    fn lock(&self) -> MutexGuard<'_, (Memory<CountedGroup>, Seen)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionSheets<'_> {
    /// How many pages a group takes with gaps above its exercises that are so much wider.
    pub(super) fn count(&self, layouter: &mut Layouter<'_>, group: &Group, setting: Setting, gap: f32) -> Count {
        let Setting { size, closeness, row } = setting;
        let way = ([size, row, gap].map(f32::to_bits), closeness, group.manner);
        let counted = self.counted(layouter, group);
        if let Some(known) = counted.as_ref().and_then(|counted| counted.known(way, &layouter.links)) {
            return known;
        }
        layouter.met = CountedLinks::default();
        let count = layouter.tried(|layouter| {
            self.set_boxes(layouter, std::slice::from_ref(group), group.manner, setting);
            layouter.flow.open_wider(gap);
            layouter.count()
        });
        let met = std::mem::take(&mut layouter.met);
        if let Some(counted) = counted {
            counted.keep(way, count, met);
        }
        count
    }

    /// What is known of a group from other documents. The first has the names of its document, and in large print the columns of a
    /// table follow those of the tables before it.
    fn counted(&self, layouter: &Layouter<'_>, group: &Group) -> Option<Arc<CountedGroup>> {
        if group.blocks.start == 0 || layouter.style.large_print.is_large() {
            return None;
        }
        let mut known = self.counted.borrow_mut();
        let key = (group.blocks.clone(), group.has_small_print);
        let found = known.iter().find(|(one, _)| *one == key).map(|(_, found)| Arc::clone(found));
        Some(found.unwrap_or_else(|| {
            let resources = layouter.resources;
            let counting = Counting {
                document: self.document,
                blocks: &self.document.blocks[group.blocks.clone()],
                has_small_print: group.has_small_print,
                style: &layouter.style,
                sheet: &self.base,
                tables: layouter.tables.alike(&self.document.blocks[group.blocks.clone()]),
                gallery: resources.picture,
            };
            let found = resources.counted.get(&counting);
            known.push((key, Arc::clone(&found)));
            found
        }))
    }
}

/// Blocks whose pages are counted, and all that their heights depend on.
pub(super) struct Counting<'a> {
    pub(super) document: &'a Document,
    pub(super) blocks: &'a [Block],
    /// Whether the small print follows them.
    pub(super) has_small_print: bool,
    pub(super) style: &'a Style,
    pub(super) sheet: &'a Sheet,
    /// The tables of the document that are as wide as one of them.
    pub(super) tables: Vec<&'a Table>,
    pub(super) gallery: &'a Gallery<'a>,
}

impl Counting<'_> {
    /// The same for equal requests.
    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (self.blocks.len(), self.has_small_print, &self.document.language).hash(&mut hasher);
        for block in self.blocks {
            match block {
                Block::Heading { content, .. } => plain_text(content).hash(&mut hasher),
                Block::Work(work) => (plain_text(&work.dose), work.times.len()).hash(&mut hasher),
                _ => std::mem::discriminant(block).hash(&mut hasher),
            }
        }
        hasher.finish()
    }

    /// How large the pictures are: a file of this name may be another one in another document.
    fn pictures(&self) -> Vec<Option<(f32, f32)>> {
        let figures = walk(self.blocks).flat_map(|(_, block)| match block {
            Block::Figure(figure) => vec![figure],
            Block::Card(card) => card.figure.iter().collect(),
            Block::Work(work) => work.figure.iter().collect(),
            Block::Table(table) => table.rows.iter().filter_map(|row| row.figure.as_ref()).collect(),
            _ => Vec::new(),
        });
        let read = |figure: &Figure| (self.gallery)(&figure.file, (self.sheet.measure, self.sheet.height)).ok();
        figures.flat_map(Figure::all).map(|one| read(one).map(|picture| (picture.width, picture.height))).collect()
    }

    fn small_print(&self) -> [&Inlines; 3] {
        static NONE: Inlines = Inlines::new();
        let frame = &self.document.frame;
        if self.has_small_print { [&frame.credits, &frame.origins, &frame.disclaimer] } else { [&NONE; 3] }
    }
}

/// Whether blocks say the same, whatever leads to them: the second session of a week has another name for links.
fn same_height(some: &[Block], others: &[Block]) -> bool {
    let same = |one: &Block, other: &Block| match (one, other) {
        (
            Block::Heading { level, content, anchor: _ },
            Block::Heading { level: other_level, content: other_content, anchor: _ },
        ) => level == other_level && content == other_content,
        (Block::Work(one), Block::Work(other)) => {
            let Work {
                level,
                anchor: _,
                entry: _,
                group,
                goes_on,
                title,
                figure,
                dose,
                setup,
                steps,
                points,
                times,
                by_days,
            } = &**one;
            (*level, *goes_on) == (other.level, other.goes_on)
                && [group, title, dose] == [&other.group, &other.title, &other.dose]
                && (figure, by_days) == (&other.figure, &other.by_days)
                && [setup, steps] == [&other.setup, &other.steps]
                && *points == other.points
                && times.iter().map(printed).eq(other.times.iter().map(printed))
        }
        _ => one == other,
    };
    some.len() == others.len() && some.iter().zip(others).all(|(one, other)| same(one, other))
}

/// What is printed of a time: in which session of which date it is does not matter.
fn printed(time: &WorkTime) -> (&Inlines, &Inlines, Option<&str>) {
    (&time.title, &time.content, time.log.first().map(|entry| &*entry.caption))
}

/// The links of what is counted.
#[derive(Debug, Default)]
pub(in super::super) struct CountedLinks {
    links: Vec<(LinkTarget, bool)>,
    pub(in super::super) has_notes: bool,
}

impl CountedLinks {
    /// Notes a link, and whether it leads anywhere.
    pub(in super::super) fn link(&mut self, target: &LinkTarget, links: &Links) {
        if self.links.iter().all(|(known, _)| known != target) {
            self.links.push((target.clone(), links.goal(target).is_some()));
        }
    }
}

/// In which way a group is set; first the bits of how large type is, how tall rows and how wide gaps are.
pub(super) type Way = ([u32; 3], Closeness, Manner);

/// What is known of a group of blocks.
pub(super) struct CountedGroup {
    blocks: Vec<Block>,
    tables: Vec<Table>,
    small_print: [Inlines; 3],
    pictures: Vec<Option<(f32, f32)>>,
    language: String,
    direction: Direction,
    /// "{title} (continued)", and words with what they are in short.
    continued: String,
    in_short: Vec<(String, String)>,
    style: Style,
    sheet: Sheet,
    counts: Mutex<HashMap<Way, Known>>,
}

/// How many pages it takes, and whether its links lead anywhere: words that lead nowhere are broken as others are.
type Known = (Count, Box<[(LinkTarget, bool)]>);

impl CountedGroup {
    fn new(request: &Counting<'_>, pictures: Vec<Option<(f32, f32)>>) -> Self {
        let Document { language, direction, frame, .. } = request.document;
        Self {
            blocks: request.blocks.to_vec(),
            tables: request.tables.iter().copied().cloned().collect(),
            small_print: request.small_print().map(Clone::clone),
            pictures,
            language: language.clone(),
            direction: *direction,
            continued: frame.continued.clone(),
            in_short: frame.in_short.clone(),
            style: request.style.clone(),
            sheet: *request.sheet,
            counts: Mutex::default(),
        }
    }

    fn is_of(&self, request: &Counting<'_>, pictures: &[Option<(f32, f32)>]) -> bool {
        let Document { language, direction, frame, .. } = request.document;
        (&self.language, self.direction) == (language, *direction)
            && (&self.continued, &self.in_short) == (&frame.continued, &frame.in_short)
            && (&self.style, &self.sheet) == (request.style, request.sheet)
            && self.pictures == pictures
            && same_height(&self.blocks, request.blocks)
            && self.tables.iter().eq(request.tables.iter().copied())
            && self.small_print.iter().eq(request.small_print())
    }

    /// How many pages it takes when it is set in this way, if it was counted where its links led somewhere, or nowhere, as they do here.
    pub(super) fn known(&self, way: Way, links: &Links) -> Option<Count> {
        let counts = self.lock();
        let (count, met) = counts.get(&way)?;
        met.iter().all(|(target, leads)| links.goal(target).is_some() == *leads).then_some(*count)
    }

    /// Keeps how many pages it takes.
    pub(super) fn keep(&self, way: Way, count: Count, met: CountedLinks) {
        // Whether a footnote leads back depends on what was set before.
        if met.has_notes {
            return;
        }
        let mut counts = self.lock();
        if counts.len() >= MOST_WAYS {
            counts.clear();
        }
        counts.insert(way, (count, met.links.into()));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Way, Known>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
