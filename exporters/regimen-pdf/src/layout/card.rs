//! Cards: title, picture beside the key facts, then text.

use regimen_catalog::prose::{Inline, plain_text};
use regimen_export::document::{Block, Card, Figure};

use crate::style::{Colour, Pictures};

use super::blocks::{DEEPEST, HeadingStyle};
use super::facts::{Fact, Facts};
use super::flow::{Anchor, FlowBox};
use super::looks::SMALL;
use super::sketch::Sketch;
use super::tree::Role;
use super::{Area, Item, Layouter};

const GUTTER: f32 = 18.0;
const NARROW_GUTTER: f32 = 12.0;
/// Facts in less room than this go below the picture.
const LEAST_BESIDE: f32 = 180.0;

/// Which side of a card is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// All on one.
    Both,
    /// Title, picture, key facts and when to stop.
    Front,
    /// How it is done.
    Back,
}

/// How wide the caption beside a picture is at least.
const LEAST_CAPTION: f32 = 96.0;
const ABOVE_MUSCLES: f32 = 9.0;
/// How much lower than the column beside it the figure may reach before it is moved beside the text.
const OVER: f32 = 36.0;
/// How wide the column of side heads is, and how much room it takes to have one.
const SIDE: f32 = 88.0;
const LEAST_FOR_SIDE_HEADS: f32 = 340.0;
/// Text narrower than this has nothing beside it.
const LEAST_TEXT: f32 = 300.0;
/// Cards that take less than this share of a page are not parted.
const SHORT: f32 = 0.5;

/// A sketch at the right edge, and the first box beside it.
struct Beside {
    sketch: Sketch,
    start: usize,
}

fn has_room_beside(sketch: &Sketch, card: &Card, area: Area) -> bool {
    !card.body.is_empty() && area.width - sketch.width - GUTTER >= LEAST_TEXT
}

/// The body of a card before it says when to stop, that, and the rest.
fn parts(card: &Card) -> [&[Block]; 3] {
    let wanted =
        |block: &Block| matches!(block, Block::Heading { anchor, .. } if card.stop.as_deref() == Some(anchor.as_str()));
    let start = card.body.iter().position(wanted).unwrap_or(card.body.len());
    let (before, rest) = card.body.split_at(start);
    let text = rest.iter().skip(1).take_while(|block| matches!(block, Block::Paragraph(_) | Block::List { .. }));
    let (stop, after) = rest.split_at((1 + text.count()).min(rest.len()));
    [before, stop, after]
}

impl Layouter<'_> {
    pub(super) fn card(&mut self, card: &Card, area: Area) {
        if self.facts == Facts::All && !card.spare.is_empty() {
            let facts = [card.facts.as_slice(), &card.spare].concat();
            return self.card(&Card { facts, spare: Vec::new(), ..card.clone() }, area);
        }
        let section = self.tree.add(area.owner, Role::Section);
        let area = Area { owner: section, depth: area.depth + 1, in_card: false, ..area };
        let [before, stop, after] = parts(card);
        if self.side == Side::Back {
            let body = Area { in_card: true, ..area };
            self.points(before, body);
            self.points(after, body);
            return self.codes(&card.codes, area);
        }
        let start = self.flow.boxes.len();
        self.flow.space(20.0);
        let rule = Item::fill(area.x, 0.0, (area.width, 0.9), self.palette.main.mixed(Colour([255; 3]), 0.55));
        self.flow.push(FlowBox { height: 8.0, items: vec![rule], keep_with_next: true, ..FlowBox::default() });
        let style = self.heading_style(card.level.min(2), false);
        let bookmark = Some((card.level, plain_text(&card.title)));
        let anchor = Anchor { name: card.anchor.clone(), bookmark };
        self.marked_heading(HeadingStyle { level: card.level, text: style }, &card.title, anchor, area);
        self.flow.space(6.0);
        if self.aside {
            return self.card_aside(card, area, [before, stop, after], start);
        }
        let muscles = self.picture_and_facts(card, area);
        self.flow.space(7.0);
        let taken = muscles.as_ref().map_or(0.0, |beside| beside.sketch.width + GUTTER);
        let body = Area { in_card: true, width: area.width - taken, ..area };
        self.instructions([before, stop, after], body);
        if let Some(beside) = muscles {
            self.place_beside(beside, area);
        }
        if self.side == Side::Both {
            self.codes(&card.codes, area);
        }
        self.flow.keep_short(start, self.sheet.room() * SHORT);
    }

    /// When to stop, on each side, and what comes before and after it on a card that has all on one.
    pub(super) fn instructions(&mut self, [before, stop, after]: [&[Block]; 3], body: Area) {
        let is_whole = self.side == Side::Both;
        if is_whole {
            self.points(before, body);
        }
        self.stop(stop, body);
        if is_whole {
            self.points(after, body);
        }
    }

    /// Puts a sketch at the right edge, beside the boxes since its start, which are kept together as far as it reaches.
    fn place_beside(&mut self, Beside { sketch, start }: Beside, area: Area) {
        let (x, height) = (area.x + area.width - sketch.width, sketch.height);
        let mut items: Vec<Item> = sketch.at(x, 0.0).collect();
        let mut taken = 0.0;
        for (at, flow_box) in self.flow.boxes.iter_mut().enumerate().skip(start) {
            taken += flow_box.height + if at > start { flow_box.space_before } else { 0.0 };
            if taken >= height {
                break;
            }
            flow_box.keep_with_next = true;
        }
        if taken < height {
            self.flow.push(FlowBox { height: height - taken, ..FlowBox::default() });
        }
        if let Some(first) = self.flow.boxes.get_mut(start) {
            items.append(&mut first.items);
            first.items = items;
        }
    }

    /// When to stop, which stays whole.
    pub(super) fn stop(&mut self, blocks: &[Block], area: Area) {
        let start = self.flow.boxes.len();
        self.points(blocks, area);
        if let Some(Block::Heading { level, content, .. }) = blocks.first() {
            self.warning = Some(start..self.flow.boxes.len());
            self.flow.keep_whole(start, self.sheet.room());
            let style = self.heading_style(*level, true);
            self.goes_on(start, &plain_text(content), style, area);
        }
    }

    /// The text of a card: if there is room, its headings are at the left of their text.
    pub(super) fn card_body(&mut self, body: &[Block], area: Area) {
        if area.width < LEAST_FOR_SIDE_HEADS {
            return self.blocks(body, area);
        }
        let mut rest = body;
        while let Some((first, after)) = rest.split_first() {
            let count =
                after.iter().take_while(|block| matches!(block, Block::Paragraph(_) | Block::List { .. })).count();
            rest = match first {
                Block::Heading { level, anchor, content } if count > 0 && area.depth < DEEPEST => {
                    self.flow.space(7.5);
                    let head = self.side_head(*level, anchor, content, area);
                    self.headed(&after[..count], head, area);
                    &after[count..]
                }
                _ => {
                    self.blocks(std::slice::from_ref(first), area);
                    after
                }
            };
        }
    }

    /// A heading as a box without height, so that what follows is beside it. Returns how tall it is.
    fn side_head(&mut self, level: u8, anchor: &str, content: &[Inline], area: Area) -> f32 {
        let first = self.flow.boxes.len();
        let style = self.heading_style(level, true);
        let area = Area { width: SIDE - 8.0, ..area };
        let anchor = Anchor { name: anchor.to_owned(), bookmark: None };
        self.marked_heading(HeadingStyle { level, text: style }, content, anchor, area);
        let below: Vec<FlowBox> = self.flow.boxes.drain(first + 1..).collect();
        let head = &mut self.flow.boxes[first];
        let mut height = head.height;
        for flow_box in below {
            head.items.extend(flow_box.items.into_iter().map(|item| item.lowered(height)));
            height += flow_box.height;
        }
        // A single line beside it is company enough.
        (head.height, head.heading, head.grid) = (0.0, false, Some(0.0));
        height
    }

    /// Text beside its heading, at least as tall as that.
    fn headed(&mut self, blocks: &[Block], head: f32, area: Area) {
        let start = self.flow.boxes.len();
        self.blocks(blocks, Area { x: area.x + SIDE, width: area.width - SIDE, ..area });
        if let Some(first) = self.flow.boxes.get_mut(start) {
            first.space_before = 0.0;
        }
        let text: f32 = self.flow.boxes[start..].iter().map(|flow_box| flow_box.space_before + flow_box.height).sum();
        if text < head {
            self.flow.keep_last_with_next();
            self.flow.push(FlowBox { height: head - text, ..FlowBox::default() });
        }
    }

    /// The figure of the body is returned if it should go beside what follows.
    fn picture_and_facts(&mut self, card: &Card, area: Area) -> Option<Beside> {
        let picture_width = (area.width - GUTTER) * 0.46;
        let beside = Area { x: area.x + picture_width + GUTTER, width: area.width - picture_width - GUTTER, ..area };
        let shown = card.figure.as_ref().filter(|_| self.style.pictures != Pictures::None);
        let Some(figure) = shown else {
            return self.facts_and_muscles(card, area);
        };
        if card.facts.is_empty() && card.muscles.is_none() {
            self.figure(figure, area);
            return None;
        }
        if !figure.beside.is_empty() || figure.mistake {
            self.gallery(figure, area, self.sheet.room() * 0.24, true);
            self.flow.space(8.0);
            return self.facts_and_muscles(card, area);
        }
        if beside.width < LEAST_BESIDE {
            self.picture_and_muscles(figure, card, area);
            return None;
        }
        let limit = (picture_width, self.sheet.room() * 0.34);
        let Some(picture) = self.picture_item(figure, (area.x, 0.0), limit, area.owner) else {
            self.undrawn(figure, area);
            return self.facts_and_muscles(card, area);
        };
        let mut items = vec![picture];
        let mut height = self.caption(figure, Area { width: picture_width, ..area }, &mut items);
        let (facts, label_width) = self.facts(&card.facts, beside);
        let facts_height: f32 = facts.iter().map(Fact::height).sum();
        if facts_height > self.sheet.room() * 0.6 {
            self.flow.push(FlowBox { height, items, keep_with_next: true, ..FlowBox::default() });
            self.flow.space(8.0);
            self.push_facts(&facts, label_width, area);
            return None;
        }
        let mut y = 0.0;
        for fact in &facts {
            items.extend(self.fact(fact, beside, y, label_width));
            y += fact.height();
        }
        let mut later = None;
        if let Some(muscles) = self.muscles(card.muscles.as_deref(), area.owner) {
            let fits_above = y.min(height) + ABOVE_MUSCLES + muscles.height <= y.max(height) + OVER;
            if !fits_above && has_room_beside(&muscles, card, area) {
                later = Some(muscles);
            } else {
                // Where more room is left, in the middle of its column.
                let (column, width, top) =
                    if y < height { (beside.x, beside.width, &mut y) } else { (area.x, picture_width, &mut height) };
                let (indent, before, after) = ((width - muscles.width) / 2.0, *top + ABOVE_MUSCLES, muscles.height);
                items.extend(muscles.at(column + indent, before));
                *top = before + after;
            }
        }
        // The text below starts on the same page.
        let keep_with_next = !card.body.is_empty();
        self.flow.push(FlowBox { height: height.max(y), items, keep_with_next, ..FlowBox::default() });
        later.map(|sketch| Beside { sketch, start: self.flow.boxes.len() })
    }

    /// In a narrow card the picture and the figure of the body are side by side, and the facts below both.
    fn picture_and_muscles(&mut self, figure: &Figure, card: &Card, area: Area) {
        let muscles = self.muscles(card.muscles.as_deref(), area.owner);
        let taken = muscles.as_ref().map_or(0.0, |muscles| muscles.width + NARROW_GUTTER);
        let limit = (area.width - taken, self.sheet.room() * 0.34);
        match self.picture_item(figure, (area.x, 0.0), limit, area.owner) {
            Some(picture) => {
                let mut items = vec![picture];
                let mut height = self.caption_of_narrow(figure, Area { width: limit.0, ..area }, &mut items);
                if let Some(muscles) = muscles {
                    height = height.max(muscles.height);
                    items.extend(muscles.at(area.x + limit.0 + NARROW_GUTTER, 0.0));
                }
                self.flow.push(FlowBox { height, items, keep_with_next: true, ..FlowBox::default() });
                self.flow.space(6.0);
            }
            None => {
                self.undrawn(figure, area);
                if let Some(muscles) = muscles {
                    let height = muscles.height;
                    let items = muscles.at(area.x, 0.0).collect();
                    self.flow.push(FlowBox { height, items, keep_with_next: true, ..FlowBox::default() });
                }
            }
        }
        self.facts_below(&card.facts, area.readable());
    }

    /// Where room is dear, the caption is beside a picture that leaves room for it; otherwise it is below. Says how far down both
    /// reach.
    fn caption_of_narrow(&mut self, figure: &Figure, area: Area, items: &mut Vec<Item>) -> f32 {
        let picture = items.first().map_or((0.0, 0.0), |picture| (picture.width, picture.height));
        let taken = picture.0 + NARROW_GUTTER;
        if !self.sheet.tight || area.width - taken < LEAST_CAPTION {
            return self.caption(figure, area, items);
        }
        let mut beside = Vec::new();
        let height = self.caption(figure, Area { x: area.x + taken, width: area.width - taken, ..area }, &mut beside);
        items.extend(beside.into_iter().map(|item| item.lowered((picture.1 - height).max(0.0))));
        picture.1.max(height)
    }

    /// Adds the lines below a picture, which is the first of the items, and says how far down they reach.
    fn caption(&mut self, figure: &Figure, area: Area, items: &mut Vec<Item>) -> f32 {
        let mut height = items.first().map_or(0.0, |picture| picture.height);
        if !plain_text(&figure.caption).trim().is_empty() {
            let node = self.tree.add(area.owner, Role::Paragraph);
            let caption = self.rich(&figure.caption, SMALL, node);
            height += 4.0;
            for line in caption.lines(area.width).iter() {
                items.extend(self.line(line, (area.x, height), SMALL, node));
                height += SMALL.leading;
            }
        }
        height
    }

    /// The figure of the body beside the facts, if they are on one page.
    fn facts_and_muscles(&mut self, card: &Card, area: Area) -> Option<Beside> {
        let Some(muscles) = self.muscles(card.muscles.as_deref(), area.owner) else {
            self.facts_below(&card.facts, area.readable());
            return None;
        };
        let (left, width) = (area.x + area.width - muscles.width, area.width - muscles.width - GUTTER);
        let (facts, label_width) = self.facts(&card.facts, Area { width, ..area });
        if facts.iter().map(Fact::height).sum::<f32>() > self.sheet.room() * 0.6 {
            let height = muscles.height;
            let items = muscles.at(area.x, 0.0).collect();
            self.flow.push(FlowBox { height, items, keep_with_next: true, ..FlowBox::default() });
            self.push_facts(&facts, label_width, Area { width, ..area });
            return None;
        }
        let (mut y, height, mut items) = (0.0, muscles.height, Vec::new());
        for fact in &facts {
            items.extend(self.fact(fact, Area { width, ..area }, y, label_width));
            y += fact.height();
        }
        let keep_with_next = !card.body.is_empty();
        if !facts.is_empty() && has_room_beside(&muscles, card, area) {
            let start = self.flow.push(FlowBox { height: y, items, keep_with_next, ..FlowBox::default() });
            return Some(Beside { sketch: muscles, start });
        }
        items.extend(muscles.at(left, 0.0));
        self.flow.push(FlowBox { height: height.max(y), items, keep_with_next, ..FlowBox::default() });
        None
    }
}
