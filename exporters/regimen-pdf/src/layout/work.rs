//! Work of a session: pictures beside how much and how, and places to tick and to write where there is room for them.

mod around;
mod frames;
mod parts;
mod places;

use regimen_catalog::language::fill;
use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_export::document::{Table, Work, WorkPoint};

use crate::fonts::Face;
use crate::style::{Colour, Pictures};
use crate::text::{Paragraph, TextStyle};

use super::flow::{Anchor, FlowBox, Turns, height};
use super::looks::{BODY, TEXT, THIRD};
use super::tree::{Numbering, Role};
use super::{Area, Ink, Item, Layouter};

use around::Beside;
pub(super) use parts::Parting;
use parts::Parts;
use places::Places;

/// The same in large print where room is dear: lines of large letters need less between them.
const LARGE_CLOSE: TextStyle = TextStyle { leading: 12.6, ..BODY };
const DOSE: TextStyle = TextStyle { face: Face::Bold, ..TEXT };

/// How close work is set, where room is dear.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Closeness {
    /// Each step on a line.
    Loose,
    /// Steps follow each other.
    InLine,
    /// What to keep in mind follows the steps, and pictures and places are lower.
    Close,
    /// The space between blocks is halved as well, and pictures are as low as still shows what is done.
    Closest,
}

impl Closeness {
    /// How tall pictures are at most.
    const fn tallest(self) -> f32 {
        match self {
            Self::Loose | Self::InLine => 132.0,
            Self::Close => 88.0,
            Self::Closest => 72.0,
        }
    }

    /// The same of what is only shown, not counted.
    const fn tallest_shown(self) -> f32 {
        match self {
            Self::Loose | Self::InLine => 74.0,
            Self::Close => 56.0,
            Self::Closest => 48.0,
        }
    }
}

/// How much of the width pictures take, and those of what is only shown, not counted.
const PICTURES: f32 = 0.32;
const PICTURES_SHOWN: f32 = 0.24;
/// Text in less room than this goes below its pictures.
const LEAST_TEXT: f32 = 190.0;
const GUTTER: f32 = 12.0;
const INDENT: f32 = 15.0;
const BESIDE_TITLE: f32 = 10.0;
/// What takes less than this share of a page is not parted.
const SHORT: f32 = 0.2;
/// The bar before a warning, and how far before it.
const WARNING_BAR: f32 = 2.0;
const BEFORE_WARNING: f32 = 4.0;
/// The space above a rule, above places, and between points.
const ABOVE: f32 = 4.0;
const ABOVE_PLACES: f32 = 4.0;
const BETWEEN_POINTS: f32 = 2.0;

/// Items one below the other, measured from their own top.
#[derive(Default)]
struct Column {
    items: Vec<Item>,
    height: f32,
    /// What stands at the end of its lines.
    beside: Option<Beside>,
}

impl Column {
    fn space(&mut self, points: f32) {
        if self.height > 0.0 {
            self.height += points;
        }
    }

    fn push(&mut self, items: impl IntoIterator<Item = Item>, height: f32) {
        let top = self.height;
        self.items.extend(items.into_iter().map(|item| item.lowered(top)));
        self.height += height;
    }
}

/// Pictures and text, side by side or one below the other.
struct Head {
    pictures: Column,
    text: Column,
    left: Area,
    right: Area,
    is_beside: bool,
}

impl Head {
    fn joined(self) -> Column {
        let Self { mut pictures, text, is_beside, .. } = self;
        if is_beside {
            pictures.items.extend(text.items);
            return Column { height: pictures.height.max(text.height), ..pictures };
        }
        pictures.space(6.0);
        pictures.push(text.items, text.height);
        pictures
    }
}

impl Layouter<'_> {
    /// Work on one page if a page has room for it, or in parts where that fills pages better.
    pub(super) fn work(&mut self, work: &Work, area: Area) {
        match self.parting_of(work) {
            Parts::None => self.whole_work(work, area),
            Parts::Only => self.work_in_parts(work, area),
            Parts::Offered => {
                let (start, before) = (self.flow.boxes.len(), self.checkpoint());
                let earlier = self.flow.mark();
                self.work_in_parts(work, area);
                let parts = self.flow.take_since(earlier);
                self.go_back_to(&before);
                self.whole_work(work, area);
                let is_short = height(&self.flow.boxes[start..]) < self.sheet.room() * SHORT;
                self.flow.or_in_parts(start, if is_short { Vec::new() } else { parts });
            }
        }
    }

    /// One box with all of it, or if the places for each time are below it, one for each row of these. They are on one page if
    /// a page has room for them.
    fn whole_work(&mut self, work: &Work, area: Area) {
        let section = self.tree.add(area.owner, Role::Section);
        let area = Area { owner: section, depth: area.depth + 1, ..area };
        let start = self.flow.boxes.len();
        self.opening(work, area);
        let before = self.checkpoint();
        let (head, mut rows) = self.head_with_places(work, area);
        if head.height > self.sheet.room() * 0.9 {
            // Longer than a page, it is set as any other text, below the title of its group, and its places are read after it.
            self.go_back_to(&before);
            self.blocks(&Work { group: Inlines::new(), ..work.clone() }.opened(), area);
            rows = self.places_below(work, area);
        } else {
            let Column { items, height, .. } = head;
            self.flow.push(FlowBox { height, items, destinations: vec![anchor(work)], ..FlowBox::default() });
        }
        self.flow.space(ABOVE_PLACES);
        for Column { items, height, .. } in rows {
            self.flow.push(FlowBox { height, items, ..FlowBox::default() });
        }
        if let Some(table) = &work.by_days {
            self.table_of_days(table, area);
        }
        self.flow.keep_whole(start, self.sheet.room());
        self.flow.continue_turns(start);
        self.flow.keep_turns(self.sheet.room() * THIRD);
        self.flow.space(ABOVE);
    }

    /// The rule above work, and the title of its group.
    fn opening(&mut self, work: &Work, area: Area) {
        let start = self.flow.boxes.len();
        self.flow.space(ABOVE);
        let rule = Item::fill(area.x, 0.0, (area.width, 0.9), self.palette.main.mixed(Colour([255; 3]), 0.55));
        // Those that take turns are not parted, or each would be read as done by itself.
        let items = if work.goes_on { Vec::new() } else { vec![rule] };
        let opens = FlowBox { height: 5.0, items, keep_with_next: true, ..FlowBox::default() };
        self.flow.push(FlowBox { opens_work: !work.goes_on, ..opens });
        if !work.goes_on {
            self.flow.turns = None;
        }
        if !work.group.is_empty() {
            if self.begins_turns {
                let words = plain_text(&work.group);
                let title = self.title_again(&fill(self.continued, &[("title", &words)]), self.palette.accent, area);
                self.flow.turns = Some(Turns { start, title: self.flow.titles.len(), words });
                self.flow.titles.push(title);
            }
            let content = vec![Inline::Strong(work.group.clone())];
            self.paragraph(&content, TEXT.coloured(self.palette.accent), area);
            self.flow.boxes[start..].iter_mut().for_each(|flow_box| flow_box.keep_with_next = true);
        }
    }

    /// The head and its places; in large print its text is around the pictures.
    fn head_with_places(&mut self, work: &Work, area: Area) -> (Column, Vec<Column>) {
        let before = self.checkpoint();
        let around = if self.style.large_print.is_large() { self.around(work, area) } else { None };
        match around.filter(|around| around.height <= self.sheet.room() * 0.9) {
            Some(around) => (around, Vec::new()),
            None => {
                self.go_back_to(&before);
                self.beside_text(work, area)
            }
        }
    }

    fn beside_text(&mut self, work: &Work, area: Area) -> (Column, Vec<Column>) {
        let head = self.head(work, area);
        let places = self.places(&work.times, area.owner);
        self.with_places(head, &places, area)
    }

    /// The places for each time in a table, which follows what it is about on the same page.
    fn table_of_days(&mut self, table: &Table, area: Area) {
        self.flow.keep_last_with_next();
        let room = self.room_in_places().share();
        let writing = std::mem::replace(&mut self.writing, room);
        self.table(table, area);
        self.writing = writing;
    }

    fn head(&mut self, work: &Work, area: Area) -> Head {
        let close = self.closeness;
        let is_shown = work.times.is_empty() && work.by_days.is_none();
        let (share, tallest) =
            if is_shown { (PICTURES_SHOWN, close.tallest_shown()) } else { (PICTURES, close.tallest()) };
        let figure = work.figure.as_ref().filter(|_| self.style.pictures != Pictures::None);
        let width = area.width * share;
        let is_beside = figure.is_some() && area.width - width - GUTTER >= LEAST_TEXT;
        let (left, right) = if is_beside {
            let x = area.x + width + GUTTER;
            (Area { width, ..area }, Area { x, width: area.width - width - GUTTER, ..area })
        } else {
            (area, area)
        };
        let (mut text, mut pictures) = (Column::default(), Column::default());
        // The title is read before the pictures, which stand beside it.
        self.work_title(work, right, &mut text);
        if let Some(figure) = figure {
            pictures = self.frames(figure, left, tallest);
        }
        self.how(work, right, &mut text);
        Head { pictures, text, left, right, is_beside }
    }

    /// The head with the places for each time where they take the least room: below its pictures, below its text, or else in
    /// rows of the whole width.
    fn with_places(&self, mut head: Head, places: &Places, area: Area) -> (Column, Vec<Column>) {
        if places.is_empty() {
            return (head.joined(), Vec::new());
        }
        let (pictures, text, room) = (head.pictures.height, head.text.height, self.room_in_places());
        let [left, right, below] = [head.left, head.right, area].map(|area| places.arranged(area.width, room));
        let heights = [
            (pictures + ABOVE_PLACES + left.height()).max(text),
            pictures.max(text + ABOVE_PLACES + right.height()),
            pictures.max(text) + ABOVE_PLACES + below.height(),
        ];
        let lowest = heights.into_iter().fold(f32::MAX, f32::min);
        let goes = |at: usize| head.is_beside && heights[at] <= lowest + 0.1 && heights[at] <= self.sheet.room() * 0.9;
        let (rows, area, column) = if goes(0) {
            (left, head.left, &mut head.pictures)
        } else if goes(1) {
            (right, head.right, &mut head.text)
        } else {
            return (head.joined(), self.rows_of_places(places, &below, area));
        };
        column.space(ABOVE_PLACES);
        for Column { items, height, .. } in self.rows_of_places(places, &rows, area) {
            column.push(items, height);
        }
        (head.joined(), Vec::new())
    }
}

/// Text.
impl Layouter<'_> {
    /// How something is done.
    fn text(&self) -> TextStyle {
        let is_close = self.style.large_print.is_large() && self.closeness == Closeness::Closest;
        if is_close { LARGE_CLOSE } else { TEXT }
    }

    /// The title as a heading.
    fn work_title(&mut self, work: &Work, area: Area, column: &mut Column) {
        let (style, role) = (self.heading_style(2, false), self.heading_role(work.level));
        let node = self.tree.add(area.owner, role);
        let words = self.rich(&work.title, style, node);
        self.set_lines(&words, style, Area { owner: node, ..area }, column);
    }

    fn how(&mut self, work: &Work, area: Area, column: &mut Column) {
        self.dose(work, area, column);
        self.steps_and_points(work, area, column);
    }

    fn steps_and_points(&mut self, work: &Work, area: Area, column: &mut Column) {
        let mut how = one_after_the_other(&work.setup);
        if self.closeness != Closeness::Loose {
            for (at, step) in work.steps.iter().enumerate() {
                how.extend((!how.is_empty()).then(|| Inline::Text(" ".into())));
                how.push(Inline::Strong(vec![Inline::Text(format!("{}.\u{a0}", at + 1))]));
                how.extend(step.iter().cloned());
            }
        }
        let mut points = work.points.as_slice();
        if let [first, rest @ ..] = points
            && self.closeness >= Closeness::Close
            && !first.warns
        {
            how.extend((!how.is_empty()).then(|| Inline::Text(" ".into())));
            how.extend(words_of(first));
            points = rest;
        }
        column.space(BETWEEN_POINTS);
        self.add(&how, self.text(), area, column);
        if self.closeness == Closeness::Loose {
            let below = self.steps(&work.steps, area, column);
            below.into_iter().for_each(|step| column.push(step.items, step.height));
        }
        for point in points {
            column.space(BETWEEN_POINTS);
            self.point(point, area, column);
        }
    }

    /// How much it is: beside the title, which is all that the column has so far, if it fits there.
    fn dose(&mut self, work: &Work, area: Area, column: &mut Column) {
        if work.dose.is_empty() {
            return;
        }
        let node = self.tree.add(area.owner, Role::Paragraph);
        let style = DOSE.coloured(self.palette.main);
        let words = self.rich(&work.dose, style, node);
        let title = self.heading_style(2, false);
        let end = column.items.iter().map(|item| item.x + item.width).fold(area.x, f32::max) + BESIDE_TITLE;
        let fits = column.height <= title.leading + 0.1 && end + words.widest() <= area.x + area.width;
        match &*words.lines(area.width) {
            [line] if fits => {
                // Both stand on one baseline.
                let drop = (title.leading - style.leading + 0.66 * (title.size - style.size)) / 2.0;
                column.items.extend(self.line(line, (end, drop), style, node));
            }
            _ => self.set_lines(&words, style, Area { owner: node, ..area }, column),
        }
    }

    /// Steps as a list: those that stand beside pictures in this column, and the others each by itself.
    fn steps(&mut self, steps: &[Inlines], area: Area, column: &mut Column) -> Vec<Column> {
        let mut below = Vec::new();
        if steps.is_empty() {
            return below;
        }
        let list = self.tree.add(area.owner, Role::List(Numbering::Decimal));
        for (at, step) in steps.iter().enumerate() {
            if column.is_beside() {
                self.step(at + 1, step, Area { owner: list, ..area }, column);
            } else {
                let mut own = Column::default();
                self.step(at + 1, step, Area { owner: list, ..area }, &mut own);
                below.push(own);
            }
        }
        below
    }

    fn step(&mut self, number: usize, step: &[Inline], area: Area, column: &mut Column) {
        let text = self.text();
        let style = TextStyle { face: Face::Bold, ..text.coloured(self.palette.accent) };
        let (label, body) = self.tree.item(area.owner, true);
        let (number, y) = (self.setter.plain(&format!("{number}."), style), column.height);
        if let Some(line) = number.lines(INDENT).first() {
            column.items.extend(self.line(line, (area.x, y), style, label));
        }
        let words = self.rich(step, text, body);
        self.set_lines(&words, text, area.indented(INDENT, body), column);
        column.height = column.height.max(y + text.leading);
    }

    /// "**Keep in mind:** Heels heavy."
    fn point(&mut self, point: &WorkPoint, area: Area, column: &mut Column) {
        let colour = if point.warns { self.palette.warning } else { self.palette.main };
        let (first, top) = (column.items.len(), column.height);
        // At the edge of the page, the bar takes its room from the words.
        let bar = if point.warns { WARNING_BAR + BEFORE_WARNING } else { 0.0 };
        let indent = (self.sheet.left + bar - area.x).clamp(0.0, bar);
        let area = Area { x: area.x + indent, width: area.width - indent, ..area };
        self.add(&words_of(point), self.text(), area, column);
        if point.warns {
            // A black-and-white print shows no colour.
            let size = (WARNING_BAR, column.height - top);
            column.items.push(Item::fill(area.x - bar, top, size, self.palette.warning));
        }
        let bold = column.items[first..].iter_mut().filter_map(|item| match &mut item.ink {
            Ink::Text { part, .. } => Some(part).filter(|part| part.face == Face::Bold),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        bold.for_each(|part| part.colour = colour);
    }

    fn add(&mut self, content: &[Inline], style: TextStyle, area: Area, column: &mut Column) {
        if !content.is_empty() {
            let node = self.tree.add(area.owner, Role::Paragraph);
            let words = self.rich(content, style, node);
            self.set_lines(&words, style, Area { owner: node, ..area }, column);
        }
    }

    fn set_lines(&self, words: &Paragraph, style: TextStyle, area: Area, column: &mut Column) {
        for line in column.lines(words, style, area).iter() {
            let items = self.line(line, (area.x, 0.0), style, area.owner);
            column.push(items, style.leading);
        }
    }
}

/// Where bookmarks and links to work lead.
fn anchor(work: &Work) -> Anchor {
    Anchor { name: work.anchor.clone(), bookmark: Some((work.level, plain_text(&work.title))) }
}

/// "**Keep in mind:** Heels heavy."
fn words_of(point: &WorkPoint) -> Inlines {
    let label = [Inline::Strong(point.label.clone()), Inline::Text(": ".into())];
    label.into_iter().chain(one_after_the_other(&point.lines)).collect()
}

/// Lines in a row: sentences follow each other, what does not end as one has a point between.
fn one_after_the_other(lines: &[Inlines]) -> Inlines {
    let mut all = Inlines::new();
    for line in lines.iter().filter(|line| !line.is_empty()) {
        if !all.is_empty() {
            let ends = plain_text(&all).trim_end().ends_with(['.', '!', '?', '…', '。', '؟', '।', ':', ';']);
            all.push(Inline::Text(if ends { " " } else { " · " }.into()));
        }
        all.extend(line.iter().cloned());
    }
    all
}
