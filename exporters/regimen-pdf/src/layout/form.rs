//! Places to write in and boxes to tick as fields of a form. What each is about is noted when it is laid out; where it is, is
//! known at the end.

use std::collections::BTreeMap;

use regimen_catalog::prose::Inline;
use regimen_export::document::{Direction, Document, LogEntry};

use crate::style::{Log, Style};
use crate::text::checkbox;

use super::tree::{Role, Tree};
use super::{Ink, Item, Layouter, Owner, Page};

/// A field of a form.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) page: usize,
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) kind: FieldKind,
    /// Its name, unique in the document.
    pub(crate) name: String,
    /// What it is about, for those who hear it.
    pub(crate) label: String,
    /// The same for programs; `None` for what is not part of the plan.
    pub(crate) entry: Option<LogEntry>,
    /// Its element.
    pub(crate) node: usize,
}

/// What is done with a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum FieldKind {
    Tick,
    /// Text of this size.
    Text(f32),
}

/// What a place is about.
#[derive(Debug, Clone)]
enum About {
    Entry(LogEntry),
    /// A line to write on, with its label.
    Line(String),
}

/// What the places of an element are about, in reading order.
#[derive(Debug)]
struct Noted {
    /// Whether they are room to write in rather than boxes.
    is_room: bool,
    about: Vec<About>,
}

/// What is known of the fields before they have a place.
#[derive(Debug, Default)]
pub(super) struct Form {
    is_wanted: bool,
    /// Whether the first of several boxes is at the right.
    leftwards: bool,
    /// The type in which is filled in where there is room for it.
    size: f32,
    /// By element.
    noted: BTreeMap<usize, Noted>,
}

/// What is filled in has this size, and in little room at least that.
const SIZE: f32 = 10.5;
const LEAST: f32 = 6.0;
/// How much of the height of a line its type takes.
const TYPE: f32 = 0.72;
/// Fields keep this far from the lines around them.
const INSET: f32 = 1.0;
/// Less room than this is nothing to write in.
const LEAST_ROOM: (f32, f32) = (14.0, 8.0);
/// How far a box reaches above its baseline and below, as a share of its size.
const RISE: f32 = 0.78;
const DROP: f32 = 0.1;

impl Form {
    pub(super) fn new(document: &Document, style: &Style) -> Self {
        Self {
            is_wanted: style.log == Log::Fields,
            leftwards: document.direction == Direction::RightToLeft,
            size: SIZE * style.large_print.scale(),
            ..Self::default()
        }
    }

    /// Forgets elements that were laid out in vain.
    pub(super) fn truncate(&mut self, nodes: usize) {
        self.noted.split_off(&nodes);
    }

    /// Notes what an element with this content is about.
    pub(super) fn note(&mut self, node: usize, log: &[LogEntry], content: &[Inline]) {
        if self.is_wanted && !log.is_empty() {
            let has_boxes = content.iter().any(|inline| matches!(inline, Inline::Checkbox(_)));
            let count = if has_boxes { log.len() } else { 1 };
            let about = log[..count].iter().cloned().map(About::Entry).collect();
            self.noted.insert(node, Noted { is_room: !has_boxes, about });
        }
    }

    /// Notes that an element is a line to write on.
    pub(super) fn note_line(&mut self, node: usize, label: &str) {
        if self.is_wanted {
            self.noted.insert(node, Noted { is_room: true, about: vec![About::Line(label.to_owned())] });
        }
    }

    /// The room of an element to write in, if it has one and this is enough.
    pub(super) fn room(&self, node: usize, (x, y): (f32, f32), (width, height): (f32, f32)) -> Option<Item> {
        let (width, height) = (width - 2.0 * INSET, height - 2.0 * INSET);
        let is_enough = width >= LEAST_ROOM.0 && height >= LEAST_ROOM.1;
        let is_room = self.noted.get(&node).is_some_and(|noted| noted.is_room);
        (is_enough && is_room).then_some(Item {
            x: x + INSET,
            y: y + INSET,
            width,
            height,
            ink: Ink::Room,
            owner: Owner::Node(node),
        })
    }

    /// The fields of finished pages, each with its element. Their rooms are no longer on the pages.
    fn collect(self, tree: &mut Tree, pages: &mut [Page]) -> Vec<Field> {
        let mut found: BTreeMap<usize, Vec<Spot>> = BTreeMap::new();
        for (number, page) in pages.iter_mut().enumerate() {
            for item in &page.items {
                let Owner::Node(node) = item.owner else { continue };
                if self.noted.contains_key(&node) {
                    found.entry(node).or_default().extend(spots(item, number));
                }
            }
            page.items.retain(|item| !matches!(item.ink, Ink::Room));
        }
        let (mut fields, mut names, mut lines) = (Vec::new(), Names::default(), 0);
        for (node, Noted { is_room, about }) in self.noted {
            let mut spots = found.remove(&node).unwrap_or_default();
            spots.retain(|spot| spot.is_room == is_room);
            spots.sort_by(|one, other| one.place(self.leftwards).total_cmp(&other.place(self.leftwards)));
            for (spot, about) in spots.into_iter().zip(about) {
                let (name, label, entry) = match about {
                    About::Entry(entry) => (entry.name(), entry.label(), Some(entry)),
                    About::Line(label) => {
                        lines += 1;
                        (format!("line-{lines}"), label, None)
                    }
                };
                let Spot { page, x, y, width, height, .. } = spot;
                let size = (height * TYPE).clamp(LEAST, self.size);
                let kind = if is_room { FieldKind::Text(size) } else { FieldKind::Tick };
                let ((name, label), node) = (names.unique(name, label), tree.add(node, Role::Form));
                fields.push(Field { page, x, y, width, height, kind, name, label, entry, node });
            }
        }
        fields
    }
}

impl Layouter<'_> {
    /// The fields of finished pages.
    pub(super) fn fields_of(&mut self, pages: &mut [Page]) -> Vec<Field> {
        if self.form.is_wanted { std::mem::take(&mut self.form).collect(&mut self.tree, pages) } else { Vec::new() }
    }
}

/// Where a field is.
struct Spot {
    page: usize,
    x: f32,
    y: f32,
    width: f32,
    height: f32,
    is_room: bool,
}

impl Spot {
    /// A number that grows in reading order.
    fn place(&self, leftwards: bool) -> f64 {
        let x = if leftwards { -f64::from(self.x) } else { f64::from(self.x) };
        self.page as f64 * 1e9 + f64::from(self.y.round()) * 1e4 + x
    }
}

/// The rooms and boxes of an item.
fn spots(item: &Item, page: usize) -> Vec<Spot> {
    match &item.ink {
        Ink::Room => vec![Spot { page, x: item.x, y: item.y, width: item.width, height: item.height, is_room: true }],
        Ink::Text { part, baseline } => {
            let (mut x, mut found) = (item.x, Vec::new());
            for glyph in &part.shaped.glyphs[part.glyphs.clone()] {
                let width = glyph.advance as f32 * part.size / 1000.0;
                if part.shaped.text[glyph.cluster..].starts_with(checkbox(false)) {
                    let (y, height) = (baseline - RISE * part.size, (RISE + DROP) * part.size);
                    found.push(Spot { page, x, y, width, height, is_room: false });
                }
                x += width;
            }
            found
        }
        Ink::Fill(_) | Ink::Picture(_) => Vec::new(),
    }
}

/// How often there was each name; what comes again in a session, such as an exercise in two groups, gets a number.
#[derive(Default)]
struct Names {
    known: BTreeMap<String, usize>,
}

impl Names {
    /// The name and the label with the number. No id has a sign such as the one before it.
    fn unique(&mut self, name: String, label: String) -> (String, String) {
        let count = self.known.entry(name.clone()).or_default();
        *count += 1;
        if *count == 1 { (name, label) } else { (format!("{name}:{count}"), format!("{label} ({count})")) }
    }
}
