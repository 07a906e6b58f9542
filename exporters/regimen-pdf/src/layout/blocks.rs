//! Blocks to boxes: headings, paragraphs, lists, boxes, figures.

use regimen_catalog::language::fill;
use regimen_catalog::prose::{CalloutKind, Inline, plain_text};
use regimen_export::document::{Block, ColumnRole, Document, Figure};

use crate::fonts::Face;
use crate::problem::Problem;
use crate::style::{Colour, Pictures, Sheet};
use crate::text::{Mark, Marked, Paragraph, TextLine, TextStyle};

use super::flow::{Anchor, Background, FlowBox, height};
use super::looks::{BODY, CELL, MOST_REPEATED, SMALL, TEXT, THIRD};
use super::tree::{Role, Tree};

use super::{Area, Ink, Item, Layouter, Owner};

/// Blocks nested deeper than this are left out, with a problem.
pub(super) const DEEPEST: usize = 64;

const FIXED: TextStyle = TextStyle { face: Face::Code, size: 9.0, leading: 13.0, colour: Colour::TEXT };
const PADDING: f32 = 9.0;
/// Lines below the title of a session that take less than this share of a page stay with its first exercise, or at least a few do
/// where that saves a page.
const LEAD_IN: f32 = 0.25;
const FEW_LINES: f32 = 0.1;
/// The space between paragraphs: half a line.
pub(super) const BETWEEN: f32 = Sheet::LINE / 2.0;

/// The level of a heading, and how its text looks.
#[derive(Clone, Copy)]
pub(super) struct HeadingStyle {
    pub(super) level: u8,
    pub(super) text: TextStyle,
}

/// Whether a block is a table to write in.
pub(super) fn is_form(block: &Block) -> bool {
    matches!(block, Block::Table(table) if table.columns.iter().any(|column| column.role == ColumnRole::Log))
}

/// Whether a box warns.
pub(super) fn warns(kind: CalloutKind) -> bool {
    matches!(kind, CalloutKind::Caution | CalloutKind::Warning)
}

/// What a block leads into, if it is a paragraph between a heading and a table or work, alone or with others.
fn leads_into(blocks: &[Block], at: usize) -> Option<&Block> {
    let is_paragraph = |block: &&Block| matches!(block, Block::Paragraph(_));
    let before = blocks[..at].iter().rev().find(|block| !is_paragraph(block));
    let after = blocks[at..].iter().find(|block| !is_paragraph(block));
    match (before, after) {
        _ if !is_paragraph(&&blocks[at]) => None,
        (Some(Block::Heading { .. }), Some(block @ (Block::Table(_) | Block::Work(_)))) => Some(block),
        _ => None,
    }
}

/// The style of a paragraph with such neighbours: what leads into or out of work or a form is as wide as that, and as large as its
/// text. None if there is neither.
fn style_beside<'a>(mut neighbours: impl Iterator<Item = &'a Block> + Clone) -> Option<TextStyle> {
    if neighbours.clone().any(|block| matches!(block, Block::Work(_))) {
        return Some(TEXT);
    }
    neighbours.any(is_form).then_some(CELL)
}

impl Layouter<'_> {
    pub(super) fn blocks(&mut self, blocks: &[Block], area: Area) {
        if area.depth > DEEPEST {
            if !blocks.is_empty() && !self.problems.contains(&Problem::TooDeep) {
                self.problems.push(Problem::TooDeep);
            }
            return;
        }
        let mut set = 0;
        for (at, block) in blocks.iter().enumerate() {
            if at < set {
                continue;
            }
            if let [Block::Month(one), Block::PageBreak, Block::Month(other), ..] = &blocks[at..]
                && self.two_months([one, other], area)
            {
                set = at + 3;
                continue;
            }
            let start = self.flow.boxes.len();
            let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| blocks.get(at));
            match (block, style_beside(neighbours)) {
                (Block::Paragraph(content), Some(style)) => {
                    self.flow.space(4.0);
                    self.paragraph(content, style, area);
                    self.flow.space(4.0);
                }
                _ => {
                    self.begins_turns = matches!(blocks.get(at + 1), Some(Block::Work(next)) if next.goes_on);
                    self.block(block, area);
                }
            }
            let room = self.sheet.room();
            match leads_into(blocks, at) {
                Some(Block::Work(_)) => {
                    self.flow.boxes[start..].iter_mut().for_each(|flow_box| flow_box.leads_in = true);
                    self.flow.keep_lead_in(start, room * if self.parts_heads { FEW_LINES } else { LEAD_IN });
                }
                Some(_) => self.flow.keep_lead_in(start, room * THIRD),
                None => {}
            }
        }
    }

    fn block(&mut self, block: &Block, area: Area) {
        match block {
            Block::Heading { level, anchor, content } => self.heading(*level, anchor, content, area),
            Block::Paragraph(content) => {
                self.flow.space(BETWEEN);
                self.paragraph(content, BODY, area.readable());
                self.flow.space(BETWEEN);
            }
            Block::List { start, items } => self.list(*start, items, area),
            Block::Quote(inner) => self.quote(inner, area),
            Block::Callout { kind, title, blocks } => self.callout(*kind, title, blocks, area),
            Block::Code { text, .. } => self.code(text, area),
            Block::Table(table) => self.table(table, area),
            Block::Figure(figure) => self.figure(figure, area),
            Block::Card(card) => self.card(card, area),
            Block::Glance(figures) => self.glance(figures, area),
            Block::Facts(facts) => {
                self.flow.space(7.0);
                self.facts_below(facts, area.readable());
                self.flow.space(7.0);
            }
            Block::Month(month) => self.month(month, area),
            Block::Work(work) => self.work(work, area),
            Block::Fields(fields) => self.fields(fields, area),
            Block::Scales(scales) => self.scales(scales, area),
            Block::Footnotes(notes) => self.footnotes(notes, area),
            Block::Rule => self.rule(area),
            Block::PageBreak => self.flow.break_page(),
            Block::SheetBreak if area.depth == 0 => self.flow.begin_sheet(),
            // Within a list or a box, no sheet begins.
            Block::SheetBreak => {}
        }
    }

    /// A paragraph of running text as an element of its own.
    pub(super) fn paragraph(&mut self, content: &[Inline], style: TextStyle, area: Area) {
        let node = self.tree.add(area.owner, Role::Paragraph);
        let paragraph = self.rich(content, style, node);
        self.set(&paragraph, style, area, node);
    }

    /// Sets running text; its links become elements below `owner`.
    pub(super) fn rich(&mut self, content: &[Inline], style: TextStyle, owner: usize) -> Paragraph {
        let (links, tree, colour) = (&mut self.links, &mut self.tree, self.palette.main);
        let mut met = self.only_counts.then_some(&mut self.met);
        tree.speak(owner, content);
        self.setter.rich(content, style, &mut |mark, within| match mark {
            Mark::Link(target, inner) => {
                if let Some(met) = &mut met {
                    met.link(target, links);
                }
                let link = links.add(target, inner, within.unwrap_or(owner), tree)?;
                Some(Marked { node: links.all[link].node, link: Some((link, colour)) })
            }
            Mark::Language(language) => {
                let node = tree.spoken(within.unwrap_or(owner), language)?;
                Some(Marked { node, link: None })
            }
            Mark::Struck => Some(Marked { node: tree.add(within.unwrap_or(owner), Role::Struck), link: None }),
            Mark::Footnote(number) => {
                if let Some(met) = &mut met {
                    met.has_notes = true;
                }
                let link = links.refer_to_note(number, within.unwrap_or(owner), tree);
                Some(Marked { node: links.all[link].node, link: Some((link, colour)) })
            }
        })
    }

    /// Adds the lines of a paragraph; at least two stay together at each end, and all in a box that warns.
    pub(super) fn set(&mut self, paragraph: &Paragraph, style: TextStyle, area: Area, owner: usize) {
        let lines = paragraph.lines(area.width);
        let count = lines.len();
        let is_whole = self.flow.whole_paragraphs && count as f32 * style.leading <= self.sheet.room() * THIRD;
        for (at, line) in lines.iter().enumerate() {
            let keep_with_next = at + 1 < count && (is_whole || at == 0 || at + 2 == count);
            let items = self.line(line, (area.x, 0.0), style, owner);
            // Text with the leading of running text is aligned with its grid.
            let grid = (style.leading == BODY.leading).then_some(0.0);
            self.flow.push(FlowBox { height: style.leading, grid, items, keep_with_next, ..FlowBox::default() });
        }
    }

    /// The items of one line whose upper left corner is at `at`.
    pub(super) fn line(&self, line: &TextLine, at: (f32, f32), style: TextStyle, owner: usize) -> Vec<Item> {
        // Capitals are in the middle of their line, in whichever face.
        if self.only_counts {
            let end = line.parts.iter().map(|part| at.0 + part.x + part.width).fold(at.0, f32::max);
            return if line.parts.is_empty() { Vec::new() } else { vec![Item::room(at.0, end - at.0, style.leading)] };
        }
        let baseline = at.1 + (style.leading + 0.66 * style.size.max(self.setter.least)) / 2.0;
        let mut items = Vec::with_capacity(line.parts.len());
        for part in line.parts.iter().filter(|part| part.struck && part.width > 0.0) {
            items.push(Item::fill(
                at.0 + part.x,
                baseline - 0.27 * part.size,
                (part.width, 0.06 * part.size),
                part.colour,
            ));
        }
        for part in line.parts.iter().filter(|part| part.link.is_some() && part.width > 0.0) {
            let colour = part.colour.mixed(Colour([255, 255, 255]), 0.45);
            let y = baseline + 0.17 * part.size;
            items.push(Item::fill(at.0 + part.x, y, (part.width, 0.5), colour));
        }
        items.extend(line.parts.iter().map(|part| Item {
            x: at.0 + part.x,
            y: baseline - 0.74 * part.size,
            width: part.width,
            height: part.size,
            owner: Owner::Node(part.node.unwrap_or(owner)),
            ink: Ink::Text { part: part.clone(), baseline },
        }));
        items
    }

    pub(super) fn heading_style(&self, level: u8, in_card: bool) -> TextStyle {
        let (face, size, leading) = match (in_card, level) {
            (true, _) => (Face::Bold, 10.0, 13.0),
            // In large print, text has the size of a heading already.
            (false, 0 | 1) if self.is_large_sheet() => (Face::Heading, 14.0, 17.5),
            (false, 2) if self.is_large_sheet() => (Face::Heading, 12.0, 15.5),
            (false, 0 | 1) => (Face::Heading, 16.0, 20.0),
            (false, 2) => (Face::Heading, 13.0, 17.0),
            (false, 3) => (Face::Heading, 11.0, 15.0),
            (false, _) => (Face::Bold, 10.5, 15.0),
        };
        let colour = if in_card || level > 3 { self.palette.main } else { self.palette.heading };
        TextStyle { face, size, leading, colour }
    }

    /// The role of a heading in the reading order, where the title is the first and no level is skipped.
    pub(super) fn heading_role(&mut self, level: u8) -> Role {
        let most = self.level.saturating_add(1).min(6);
        self.level = level.saturating_add(self.above).clamp(1 + self.above, most);
        Role::Heading(self.level)
    }

    fn heading(&mut self, level: u8, anchor: &str, content: &[Inline], area: Area) {
        let style = self.heading_style(level, area.in_card);
        // With their lines, the spaces around a heading are whole steps of the grid.
        let (above, below) = match (area.in_card, level) {
            (true, _) => (7.5, 2.0),
            (false, 0 | 1) if self.sheet.dense => (12.0, 3.0),
            (false, 0 | 1) => (20.5, 4.5),
            (false, 2) if self.sheet.dense => (10.0, 5.0),
            (false, 2) => (16.0, 4.5),
            (false, 3) => (10.5, 4.5),
            (false, _) => (15.0, 0.0),
        };
        self.flow.space(above);
        let bookmark = (level <= 2 && !area.in_card).then(|| (level, plain_text(content)));
        let anchor = Anchor { name: anchor.to_owned(), bookmark };
        self.marked_heading(HeadingStyle { level, text: style }, content, anchor, area);
        self.flow.space(below);
    }

    /// A heading that is kept with what follows; links to `anchor` lead to its first line.
    pub(super) fn marked_heading(&mut self, style: HeadingStyle, content: &[Inline], anchor: Anchor, area: Area) {
        let role = self.heading_role(style.level);
        let node = self.tree.add(area.owner, role);
        let paragraph = self.rich(content, style.text, node);
        let first = self.flow.boxes.len();
        self.set(&paragraph, style.text, area, node);
        if self.flow.boxes.len() == first {
            // A heading without words is still a place to lead to.
            self.flow.push(FlowBox::default());
        }
        for flow_box in &mut self.flow.boxes[first..] {
            (flow_box.keep_with_next, flow_box.heading) = (true, true);
        }
        self.flow.boxes[first].destinations.push(anchor);
    }

    fn quote(&mut self, inner: &[Block], area: Area) {
        if inner.is_empty() {
            return;
        }
        let node = self.tree.add(area.owner, Role::Quote);
        let bar = Some(self.palette.accent.mixed(Colour([255, 255, 255]), 0.6));
        self.with_background(Background { x: area.x, width: area.width, fill: None, bar }, 1.0, |layouter| {
            layouter.blocks(inner, area.indented(14.0, node));
        });
    }

    fn callout(&mut self, kind: CalloutKind, title: &str, blocks: &[Block], area: Area) {
        let node = self.tree.add(area.owner, Role::Division);
        let warns = warns(kind);
        let palette = self.palette;
        let (tint, bar) = if warns { (palette.warning_tint, palette.warning) } else { (palette.tint, palette.main) };
        let background = Background { x: area.x, width: area.width, fill: Some(tint), bar: Some(bar) };
        let start = self.flow.boxes.len();
        let around = std::mem::replace(&mut self.flow.whole_paragraphs, warns);
        self.with_background(background, PADDING, |layouter| {
            let inner = area.indented(14.0, node);
            let inner = Area { width: inner.width - 12.0, ..inner };
            if !title.trim().is_empty() {
                let style = TextStyle { face: Face::Bold, ..BODY.coloured(bar) };
                let owner = layouter.tree.add(node, Role::Paragraph);
                let words = layouter.setter.plain(title, style);
                layouter.set(&words, style, inner, owner);
                layouter.flow.keep_last_with_next();
            }
            for (at, block) in blocks.iter().enumerate() {
                // The first paragraph follows its title closely.
                match block {
                    Block::Paragraph(content) if at == 0 => {
                        layouter.paragraph(content, BODY, inner.readable());
                        layouter.flow.space(BETWEEN);
                    }
                    _ => layouter.blocks(std::slice::from_ref(block), inner),
                }
            }
        });
        self.flow.whole_paragraphs = around;
        let most = self.sheet.room() * if warns { 1.0 } else { THIRD };
        self.flow.keep_whole(start, most);
        let style = TextStyle { face: Face::Bold, ..BODY.coloured(bar) };
        self.goes_on(start, title, style, Area { x: area.x + 14.0, width: area.width - 26.0, ..area });
    }

    /// Repeats a title where what begins with the box at `start` goes on over a page.
    pub(super) fn goes_on(&mut self, start: usize, title: &str, style: TextStyle, area: Area) {
        let short = height(&self.flow.boxes[start..]) <= self.sheet.room() * THIRD;
        if short || self.continued.is_empty() || title.trim().is_empty() {
            return;
        }
        let words = self.setter.plain(&fill(self.continued, &[("title", title)]), style);
        let (mut height, mut items) = (PADDING, Vec::new());
        for line in words.lines(area.width).iter().take(MOST_REPEATED) {
            items.extend(self.line(line, (area.x, height), style, Tree::ROOT));
            height += style.leading;
        }
        self.flow.continue_under(start, FlowBox { height: height + 3.0, items, ..FlowBox::default() });
    }

    fn with_background(&mut self, background: Background, padding: f32, fill: impl FnOnce(&mut Self)) {
        self.flow.space(10.0);
        self.flow.open_background(background, padding);
        fill(self);
        self.flow.close_background(padding);
        self.flow.space(12.0);
    }

    fn code(&mut self, text: &str, area: Area) {
        let node = self.tree.add(area.owner, Role::Paragraph);
        let fill = Some(Colour::HAIRLINE.mixed(Colour([255, 255, 255]), 0.7));
        self.with_background(Background { x: area.x, width: area.width, fill, bar: None }, 6.0, |layouter| {
            let inner = area.indented(8.0, node);
            let inner = Area { width: inner.width - 8.0, ..inner };
            let first = layouter.flow.boxes.len();
            let mut lines = text.lines().peekable();
            while let Some(line) = lines.next() {
                // A blank keeps it apart from the next for those who hear or copy it.
                let end = if lines.peek().is_some() { " " } else { "" };
                let words = layouter.setter.plain(&format!("{line}{end}"), FIXED);
                if words.is_empty() {
                    layouter.flow.push(FlowBox { height: FIXED.leading, ..FlowBox::default() });
                }
                layouter.set(&words, FIXED, inner, node);
            }
            layouter.flow.keep_ends(first);
        });
    }

    fn rule(&mut self, area: Area) {
        self.flow.space(10.9);
        let items = vec![Item::fill(area.x, 0.0, (area.width, 0.6), Colour::HAIRLINE)];
        self.flow.push(FlowBox { height: 0.6, items, ..FlowBox::default() });
        self.flow.space(10.9);
    }

    /// A picture on its own, as wide as reads well, with its caption.
    pub(super) fn figure(&mut self, figure: &Figure, area: Area) {
        if self.style.pictures == Pictures::None {
            return;
        }
        self.flow.space(10.0);
        // Below a step of a card, a picture is a detail.
        let height = self.sheet.room() * if area.in_card { 0.18 } else { 0.4 };
        if !figure.beside.is_empty() || figure.mistake {
            let height = height.min(self.sheet.room() * 0.28);
            self.gallery(figure, area.readable(), height, false);
            self.flow.space(10.0);
            return;
        }
        let limit = (area.width.min(Sheet::READABLE * 0.8), height);
        let item = self.picture_item(figure, (area.x, 0.0), limit, area.owner);
        let Some(item) = item else {
            self.undrawn(figure, area);
            return;
        };
        self.flow.push(FlowBox { height: item.height, items: vec![item], ..FlowBox::default() });
        if !plain_text(&figure.caption).trim().is_empty() {
            self.flow.keep_last_with_next();
            self.flow.space(4.0);
            self.paragraph(&figure.caption, SMALL, area.readable());
        }
        self.flow.space(10.0);
    }

    /// The picture as an item within `limit`; a problem is noted if there is none.
    pub(super) fn picture_item(
        &mut self,
        figure: &Figure,
        at: (f32, f32),
        limit: (f32, f32),
        owner: usize,
    ) -> Option<Item> {
        let limit = (limit.0, limit.1 * self.pictures);
        let read = (self.resources.picture)(&figure.file, limit);
        let file = figure.file.as_str();
        match &read {
            Ok(picture) => {
                let lost = picture.lost.iter().map(|reason| Problem::picture(file, reason));
                let one = |reason: &String| Problem::Drawing { file: file.to_owned(), reason: reason.clone() };
                let differs = picture.differs.iter().map(one);
                let family = picture.replaced.clone();
                let replaced = family.map(|family| Problem::Typeface { file: file.to_owned(), family });
                lost.chain(differs).chain(replaced).for_each(|problem| self.note(problem));
            }
            Err(reason) => self.note(Problem::picture(file, reason)),
        }
        let picture = read.ok()?;
        let scale = crate::picture::scale((picture.width, picture.height), limit);
        let node = self.tree.described(owner, Role::Figure, &figure.alt);
        self.tree.nodes[node].language.clone_from(&figure.alt_language);
        let (width, height) = (picture.width * scale, picture.height * scale);
        Some(Item { x: at.0, y: at.1, width, height, ink: Ink::Picture(picture), owner: Owner::Node(node) })
    }

    /// Notes a problem once.
    fn note(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    /// What a picture shows, in words, in its place.
    pub(super) fn undrawn(&mut self, figure: &Figure, area: Area) {
        let style = TextStyle { face: Face::Italic, ..BODY.coloured(Colour::MUTED) };
        let node = self.tree.add(area.owner, Role::Paragraph);
        let words = self.rich(&figure.spoken_alt(), style, node).unhyphenated();
        self.set(&words, style, area.readable(), node);
        self.flow.space(10.0);
    }

    /// Small print at the end of the content.
    pub(super) fn disclaimer(&mut self, document: &Document) {
        // No pictures, no credits.
        let credits = (self.style.pictures != Pictures::None).then_some(&document.frame.credits);
        let print = credits.into_iter().chain([&document.frame.origins, &document.frame.disclaimer]);
        let print: Vec<_> = print.filter(|line| !plain_text(line).trim().is_empty()).collect();
        if print.is_empty() {
            return;
        }
        let mut area = self.page_area();
        if self.sheet.dense {
            // Below the last column, wherever that ends.
            self.flow.full_width = false;
            area.width = self.sheet.column();
        }
        self.flow.space(20.0);
        let items = vec![Item::fill(area.x, 0.0, (area.width, 0.6), Colour::HAIRLINE)];
        self.flow.push(FlowBox { height: 6.0, items, keep_with_next: true, ends_sheet: true, ..FlowBox::default() });
        for line in print {
            self.small_print.push(self.tree.nodes.len());
            self.paragraph(line, SMALL, area);
        }
    }
}
