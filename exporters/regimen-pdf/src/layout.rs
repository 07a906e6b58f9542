//! Document blocks to pages of positioned items, each with its role in the reading order.
//!
//! Blocks become boxes: unbreakable parts of a page, one below the other, some of which are kept with the next. The boxes
//! then fill pages. This layer knows neither what a document is about nor how a PDF is written.

mod adapt;
mod aside;
mod blocks;
mod captions;
mod card;
mod cells;
mod columns;
mod contents;
mod facts;
mod fields;
mod flow;
mod form;
mod forward;
mod fridge;
mod full_width;
mod furniture;
mod gallery;
mod glance;
mod links;
mod list;
mod looks;
mod loosened;
mod lowest;
mod month;
mod notes;
mod pages;
mod points;
mod session_sheets;
mod sketch;
mod stack;
mod table;
mod tree;
mod trials;
mod unlogged;
mod week_grid;
mod work;

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use regimen_export::document::{Block, Direction, Document};

use crate::fonts::Library;
use crate::picture::{Picture, Pictures, Read};
use crate::problem::Problem;
use crate::style::{Colour, Log, Palette, Sheet, Style};
use crate::text::{Part, TextMemories, Typesetter};

pub(crate) use cells::lay_out as in_cells;
pub(crate) use cells::on_index_cards;
pub(crate) use form::{Field, FieldKind};
pub(crate) use fridge::lay_out as on_one_page;
pub(crate) use links::{Goal, Link};
pub(crate) use session_sheets::CountedGroups;
pub(crate) use session_sheets::lay_out as on_session_sheets;
pub(crate) use week_grid::lay_out as on_one_page_of_weeks;

pub(crate) use tree::{Node, Numbering, Role, Scope, Tree};

use card::Side;
use columns::Tables;
use facts::Facts;
use flow::Flow;
use form::Form;
use links::Links;
use looks::BODY;
use points::Points;
use session_sheets::CountedLinks;

/// Whom an item belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// An element of the reading order.
    Node(usize),
    /// Not read aloud: rules, backgrounds, repeated table headers.
    Decoration,
    /// The running header.
    Header,
    /// The running footer.
    Footer,
}

/// What an item shows.
#[derive(Debug, Clone)]
pub(crate) enum Ink {
    /// Glyphs on a baseline.
    Text {
        /// The glyphs.
        part: Part,
        /// Its distance from the top of the page.
        baseline: f32,
    },
    /// A filled rectangle.
    Fill(Colour),
    /// A picture that fills the item.
    Picture(Arc<Picture>),
    /// Nothing: room that will be a field. Finished pages have none.
    Room,
}

/// Something at its place, in points from the top left corner.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) x: f32,
    pub(crate) y: f32,
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) ink: Ink,
    pub(crate) owner: Owner,
}

impl Item {
    fn fill(x: f32, y: f32, size: (f32, f32), colour: Colour) -> Self {
        Self { x, y, width: size.0, height: size.1, ink: Ink::Fill(colour), owner: Owner::Decoration }
    }

    /// Something that takes this room, where only that matters.
    fn room(x: f32, width: f32, height: f32) -> Self {
        Self { x, y: 0.0, width, height, ink: Ink::Room, owner: Owner::Decoration }
    }

    /// Whether it is a line to cut along: from edge to edge of the sheet.
    pub(crate) fn is_cut(&self, sheet: &Sheet) -> bool {
        let upright = self.y <= 0.0 && self.height >= sheet.height;
        let across = self.x <= 0.0 && self.width >= sheet.width;
        matches!(self.ink, Ink::Fill(_)) && (upright != across)
    }

    fn lowered(self, by: f32) -> Self {
        self.moved(0.0, by)
    }

    fn moved(mut self, right: f32, down: f32) -> Self {
        (self.x, self.y) = (self.x + right, self.y + down);
        if let Ink::Text { baseline, .. } = &mut self.ink {
            *baseline += down;
        }
        self
    }
}

/// A page, its items in the order in which they are painted and read.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) items: Vec<Item>,
}

/// A place to which bookmarks and links lead.
#[derive(Debug, Clone)]
pub(crate) struct Destination {
    /// The name that links use; may be empty.
    pub(crate) anchor: String,
    /// Its level and title, if it is a bookmark.
    pub(crate) bookmark: Option<(u8, String)>,
    pub(crate) page: usize,
    pub(crate) y: f32,
}

/// Pages with their content, and the destinations on them.
#[derive(Default)]
struct Filled {
    pages: Vec<Page>,
    destinations: Vec<Destination>,
    /// What is set in parts, among what may be.
    parted: BTreeSet<usize>,
}

/// A document laid out.
pub(crate) struct LaidOut {
    pub(crate) sheet: Sheet,
    pub(crate) pages: Vec<Page>,
    pub(crate) destinations: Vec<Destination>,
    pub(crate) links: Vec<Link>,
    pub(crate) fields: Vec<Field>,
    pub(crate) tree: Tree,
    pub(crate) problems: Vec<Problem>,
    /// Whether the last of several pages has nothing but small print.
    pub(crate) lonely: bool,
    /// Whether it has little: a heading with a line, or the end of a list.
    pub(crate) ends_with_little: bool,
    /// Whether a sheet is a little taller than a page.
    pub(crate) spills: bool,
}

/// A picture by its file name, to be set within a width and height.
type Gallery<'a> = dyn Fn(&str, (f32, f32)) -> Read + 'a;

/// What layout needs besides the document: fonts and pictures.
pub(crate) struct Resources<'a> {
    pub(crate) library: &'a Library,
    /// Text that was set before.
    pub(crate) texts: &'a TextMemories,
    pub(crate) picture: &'a Gallery<'a>,
    /// Draws what is not a file.
    pub(crate) drawn: &'a Pictures,
    /// Pages that were counted before.
    pub(crate) counted: &'a CountedGroups,
}

/// Lays a document out on pages.
pub(crate) fn lay_out(document: &Document, style: &Style, resources: &Resources<'_>, arrange: Arrange) -> LaidOut {
    if style.log != Log::No {
        return arrange(document, style, resources);
    }
    let style = Style { log: Log::Pen, ..style.clone() };
    arrange(&unlogged::unlogged(document), &style, resources)
}

/// Fills pages in the way of a layout.
pub(crate) type Arrange = fn(&Document, &Style, &Resources<'_>) -> LaidOut;

/// Lays a document out on pages from top to bottom.
pub(crate) fn on_pages(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    handout(document, style, resources, Sheet::new(style))
}

/// How much lower pictures and the space between blocks may be, so that a few lines of small print need no page.
const TIGHTER: [(f32, f32); 4] = [(0.96, 0.95), (0.9, 0.85), (0.82, 0.75), (0.75, 0.65)];

/// What stays whole is not moved to the page of the small print if it is taller than this share of a page: both might not fit.
const MOST_MOVED: f32 = 0.8;
/// More than its last lines are moved there only if no more than this share of a page is left empty.
const MOST_EMPTIED: f32 = 0.35;
/// A hand needs this share of the usual room to write in.
const LEAST_WRITING: f32 = 0.8;

/// The last page has more than this share of it, if lower pictures and spaces save it otherwise.
const LITTLE: f32 = 0.2;

/// Title, content and small print, one below the other. Small print is never alone on a page: pictures and spaces shrink a little,
/// and if that is not enough, the last lines of the content move to its page. So it is where the last page has little else. They shrink
/// as well where the sheet of a session is a little taller than a page.
fn handout(document: &Document, style: &Style, resources: &Resources<'_>, sheet: Sheet) -> LaidOut {
    let usual = set(document, style, resources, &sheet, Fit::Usual);
    if !(usual.lonely || usual.ends_with_little || usual.spills) || sheet.dense {
        return usual;
    }
    let tighter = TIGHTER.into_iter().map(|(pictures, space)| Fit::Tight { pictures, space });
    let tighter = tighter.map(|fit| set(document, style, resources, &sheet, fit));
    let mut fewer = None;
    for laid in tighter.filter(|laid| laid.pages.len() < usual.pages.len() && !laid.lonely) {
        if !laid.ends_with_little {
            return laid;
        }
        fewer.get_or_insert(laid);
    }
    match fewer {
        Some(fewer) => fewer,
        // Columns are balanced, however little is in them.
        None if usual.lonely || usual.ends_with_little && sheet.columns == 1 => {
            let together = set(document, style, resources, &sheet, Fit::Together);
            if usual.lonely || together.pages.len() == usual.pages.len() { together } else { usual }
        }
        None => usual,
    }
}

/// How content is made to fit.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Fit {
    Usual,
    /// With lower pictures and less space between blocks, as shares of what is usual.
    Tight {
        pictures: f32,
        space: f32,
    },
    /// With the last lines on the page of the small print.
    Together,
}

fn set(document: &Document, style: &Style, resources: &Resources<'_>, sheet: &Sheet, fit: Fit) -> LaidOut {
    let sheet = *sheet;
    let mut layouter = Layouter::new(document, style, resources, furniture::with_footer(document, sheet));
    layouter.place_footer(document);
    layouter.flow.full_width = true;
    // What would not fit one page anyhow begins wherever one has room.
    layouter.flow.sheets_flow = sheet.is_dearest();
    if let Fit::Tight { pictures, .. } = fit {
        (layouter.pictures, layouter.writing) = (sheet.pictures * pictures, pictures.max(LEAST_WRITING));
    }
    layouter.title(document);
    // What matters most is right below the title.
    let first = document.blocks.iter().take_while(|block| matches!(block, Block::Glance(_))).count();
    let (glance, blocks) = document.blocks.split_at(first);
    layouter.content(glance);
    let contents = layouter.contents_go_here();
    layouter.content(blocks);
    if fit == Fit::Together && layouter.flow.last_whole() < sheet.room() * MOST_MOVED {
        layouter.flow.keep_last_with_next();
    }
    let small_print = layouter.flow.boxes.len();
    layouter.disclaimer(document);
    if fit == Fit::Together {
        layouter.flow.keep_whole(small_print, sheet.room() * (1.0 - MOST_MOVED));
        layouter.flow.keep_before(small_print, sheet.room() * LITTLE, sheet.room() * MOST_EMPTIED);
    }
    if let Fit::Tight { space, .. } = fit {
        layouter.flow.boxes.iter_mut().for_each(|flow_box| flow_box.space_before *= space);
    }
    layouter.finish(document, contents)
}

/// Where blocks go.
#[derive(Debug, Clone, Copy)]
struct Area {
    x: f32,
    width: f32,
    /// The element of the reading order that they belong to.
    owner: usize,
    /// How deeply they are nested.
    depth: usize,
    /// Whether they are the body of a card, whose headings are mere labels.
    in_card: bool,
}

impl Area {
    fn indented(self, by: f32, owner: usize) -> Self {
        // Deep nesting stops indenting before nothing is left to write on.
        let by = if self.width - by < 120.0 { 0.0 } else { by };
        Self { x: self.x + by, width: self.width - by, owner, depth: self.depth + 1, ..self }
    }

    fn readable(self) -> Self {
        Self { width: self.width.min(Sheet::READABLE), ..self }
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each holds or not whatever the others say")]
struct Layouter<'a> {
    sheet: Sheet,
    palette: Palette,
    setter: Typesetter<'a>,
    resources: &'a Resources<'a>,
    style: Style,
    tree: Tree,
    links: Links,
    tables: Tables<'a>,
    /// Fair widths of columns, and those that make their tables lowest.
    lowest: Vec<(Vec<f32>, Vec<f32>)>,
    flow: Flow,
    problems: Vec<Problem>,
    /// The level of the last heading, so that none is skipped in the reading order.
    level: u8,
    /// How many levels of headings are above those of the content: the title's, or none.
    above: u8,
    /// How tall pictures are, as a share of what they usually are.
    pictures: f32,
    /// Which key facts cards have, and how they are set.
    facts: Facts,
    /// Which side of cards is set.
    side: Side,
    /// Whether pictures of cards have a column of their own.
    aside: bool,
    /// How close the points of cards are.
    points: Points,
    /// The boxes in which the last card says when to stop.
    warning: Option<Range<usize>>,
    /// How tall the room to write in by hand is, as a share of the usual.
    writing: f32,
    /// "{title} (continued)".
    continued: &'a str,
    /// Words with what they are in short.
    in_short: &'a [(String, String)],
    /// How close the work of sessions is set.
    closeness: work::Closeness,
    /// Whether the title of a session may be on another page than its first exercise.
    parts_heads: bool,
    /// Whether the next work is done in turns with the next.
    begins_turns: bool,
    /// Which of it is set in parts.
    parting: work::Parting,
    /// What is filled in.
    form: Form,
    /// The elements of the small print.
    small_print: Vec<usize>,
    /// Whether a sheet is a little taller than a page.
    spills: bool,
    /// Whether only heights matter: pages are counted, and nothing of them is shown.
    only_counts: bool,
    /// The links of what was last counted.
    met: CountedLinks,
}

impl<'a> Layouter<'a> {
    fn new(document: &'a Document, style: &Style, resources: &'a Resources<'a>, sheet: Sheet) -> Self {
        let mut setter =
            Typesetter::new(resources.library, &document.language, document.direction).with_memory(resources.texts);
        setter.least = sheet.least_type() / sheet.scale;
        Self {
            sheet,
            palette: Palette::new(document.frame.colour, document.frame.accent),
            setter,
            resources,
            style: style.clone(),
            tree: Tree::new(),
            links: Links::of(document),
            tables: Tables::of(document),
            lowest: Vec::new(),
            flow: Flow::default(),
            problems: Vec::new(),
            level: 1,
            above: 1,
            pictures: sheet.pictures,
            facts: Facts::All,
            side: Side::Both,
            aside: false,
            points: Points::Listed,
            warning: None,
            writing: 1.0,
            continued: &document.frame.continued,
            in_short: &document.frame.in_short,
            closeness: work::Closeness::Loose,
            parts_heads: false,
            begins_turns: false,
            parting: work::Parting::Never,
            form: Form::new(document, style),
            small_print: Vec::new(),
            spills: false,
            only_counts: false,
            met: CountedLinks::default(),
        }
    }

    /// Sets on this sheet from here on; nothing on it is smaller than can be read.
    fn use_sheet(&mut self, sheet: Sheet) {
        (self.sheet, self.setter.least) = (sheet, sheet.least_type() / sheet.scale);
    }

    fn page_area(&self) -> Area {
        let Sheet { left, measure, .. } = self.sheet;
        Area { x: left, width: measure, owner: Tree::ROOT, depth: 0, in_card: false }
    }

    fn finish(mut self, document: &Document, contents: contents::Spot) -> LaidOut {
        let filled = self.fill();
        let mut filled = self.with_contents(document, contents, filled);
        self.furnish(document, &mut filled.pages);
        if document.direction == Direction::RightToLeft {
            adapt::mirror(&mut filled.pages, &self.sheet);
        }
        self.complete(filled)
    }

    /// Fills pages with the boxes so far.
    fn fill(&mut self) -> Filled {
        self.keep_together();
        self.fill_kept()
    }

    /// The same where it is marked what belongs together.
    fn fill_kept(&mut self) -> Filled {
        let mut filled = pages::fill(&self.flow, &self.sheet);
        filled.destinations.extend(self.links.references(&filled.pages));
        filled
    }

    /// How many pages the boxes so far take.
    fn count(&mut self) -> pages::Count {
        self.keep_together();
        pages::count(&self.flow, 0..self.flow.boxes.len(), true, &self.sheet)
    }

    /// Marks what of the boxes so far belongs together.
    fn keep_together(&mut self) {
        if self.sheet.tight {
            self.flow.tighten(BODY.leading);
        }
        self.flow.keep_headings();
        self.spills = self.flow.keep_sheets(self.sheet.room());
        self.flow.keep_backgrounds(self.sheet.room() * looks::THIRD);
        self.flow.widen();
    }

    /// The finished document, in points of the paper.
    fn complete(mut self, Filled { mut pages, mut destinations, parted: _ }: Filled) -> LaidOut {
        if self.sheet.scale != 1.0 {
            self.sheet = adapt::enlarge(&mut pages, &mut destinations, &self.sheet);
        }
        let last = pages.last().filter(|_| pages.len() > 1);
        let lonely = last.is_some_and(|page| self.is_small_print(page));
        let ends_with_little = last.is_some_and(|page| self.has_little(page));
        let fields = self.fields_of(&mut pages);
        let missing = self.setter.missing.drain(..);
        self.problems.extend(missing.map(|(character, text)| Problem::MissingCharacter { character, text }));
        LaidOut {
            sheet: self.sheet,
            pages,
            destinations,
            links: self.links.all,
            fields,
            tree: self.tree,
            problems: self.problems,
            lonely,
            ends_with_little,
            spills: self.spills,
        }
    }

    fn has_little(&self, page: &Page) -> bool {
        let content = page.items.iter().filter(|item| !matches!(item.owner, Owner::Header | Owner::Footer));
        let bottom = content.map(|item| item.y + item.height).fold(self.sheet.top, f32::max);
        bottom - self.sheet.top < self.sheet.room() * LITTLE
    }

    fn is_small_print(&self, page: &Page) -> bool {
        let small = |node: usize| {
            let mut at = Some(node);
            while let Some(one) = at.filter(|one| !self.small_print.contains(one)) {
                at = self.tree.nodes[one].parent;
            }
            at.is_some()
        };
        let mut shown = page.items.iter().filter_map(|item| match item.owner {
            Owner::Node(node) => Some(node),
            Owner::Decoration | Owner::Header | Owner::Footer => None,
        });
        !self.small_print.is_empty() && shown.all(small)
    }
}

#[cfg(test)]
mod tests;
