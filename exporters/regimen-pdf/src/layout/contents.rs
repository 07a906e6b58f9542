//! A table of contents for documents of many pages: their headings, each with its page and a link to it.

use regimen_catalog::prose::{Inline, LinkTarget};
use regimen_export::document::Document;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::TextStyle;

use super::blocks::HeadingStyle;
use super::flow::{Anchor, FlowBox};
use super::looks::BODY;
use super::tree::{Role, Tree};
use super::{Destination, Filled, Ink, Item, Layouter, Owner, Page};

/// Documents of more pages than this have a table of contents.
const SHORT: usize = 4;
const PADDING: f32 = 2.0;
const INDENT: f32 = 14.0;
/// Room for as many digits as there may be, so that numbers move nothing.
const DIGITS: &str = "00000";

/// Where the table of contents goes: its element, and the box that follows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    node: usize,
    flow_box: usize,
}

/// A line of it: its link, and which heading it leads to.
struct Entry {
    link: usize,
    node: usize,
    anchor: String,
}

impl Layouter<'_> {
    /// Keeps a place for the table of contents, in case that the document is long.
    pub(super) fn contents_go_here(&mut self) -> Spot {
        Spot { node: self.tree.add(Tree::ROOT, Role::Section), flow_box: self.flow.boxes.len() }
    }

    /// Pages with a table of contents, if there are many.
    pub(super) fn with_contents(&mut self, document: &Document, spot: Spot, filled: Filled) -> Filled {
        let wanted = filled.pages.len() > SHORT && !self.sheet.dense;
        let titles = self.titles(&filled.destinations);
        if !wanted || titles.is_empty() {
            return filled;
        }
        let rest = self.flow.boxes.split_off(spot.flow_box);
        let entries = self.contents(document, spot, &titles);
        let added = self.flow.boxes.len() - spot.flow_box;
        self.flow.boxes.extend(rest.into_iter().enumerate().map(|(at, mut flow_box)| {
            flow_box.header = flow_box.header.map(|header| header + added);
            flow_box.space_before = if at == 0 { flow_box.space_before.max(26.0) } else { flow_box.space_before };
            flow_box
        }));
        let mut filled = self.fill();
        for entry in entries {
            let page = filled.destinations.iter().find(|place| place.anchor == entry.anchor).map(|place| place.page);
            page.into_iter().for_each(|page| self.number(&entry, page, &mut filled.pages));
        }
        filled
    }

    /// Level, title and anchor of the headings: of two levels, if they are not too many.
    fn titles(&self, destinations: &[Destination]) -> Vec<(u8, String, String)> {
        let titles = |most: u8| -> Vec<(u8, String, String)> {
            let marks = destinations.iter().filter(|place| !place.anchor.is_empty()).filter_map(|place| {
                let (level, title) = place.bookmark.as_ref()?;
                let shown = *level <= most && !title.trim().is_empty();
                shown.then(|| (*level, title.clone(), place.anchor.clone()))
            });
            marks.collect()
        };
        let both = titles(2);
        let first = titles(1);
        let height = both.len() as f32 * (BODY.leading + 2.0 * PADDING);
        if height <= self.sheet.room() * 0.9 || first.is_empty() { both } else { first }
    }

    fn contents(&mut self, document: &Document, spot: Spot, titles: &[(u8, String, String)]) -> Vec<Entry> {
        let area = super::Area { owner: spot.node, ..self.page_area() };
        self.flow.full_width = true;
        self.flow.space(20.0);
        (self.level, self.above) = (1, 1);
        let heading = [Inline::Text(document.frame.contents.clone())];
        let anchor = Anchor { name: String::new(), bookmark: None };
        let style = HeadingStyle { level: 1, text: self.heading_style(2, false) };
        self.marked_heading(style, &heading, anchor, area);
        self.flow.space(4.0);
        let table = self.tree.add(spot.node, Role::Contents);
        let start = self.flow.boxes.len();
        let entries = titles.iter().filter_map(|title| self.entry(title, super::Area { owner: table, ..area }));
        let entries = entries.collect();
        self.flow.keep_ends(start);
        entries
    }

    fn entry(&mut self, (level, title, anchor): &(u8, String, String), area: super::Area) -> Option<Entry> {
        let style = if *level <= 1 { TextStyle { face: Face::Bold, ..BODY } } else { BODY };
        let item = self.tree.add(area.owner, Role::ContentsEntry);
        let owner = self.tree.add(item, Role::Reference);
        let content = vec![Inline::Text(title.clone())];
        let node = self.tree.nodes.len();
        let link = self.links.add(&LinkTarget::Anchor(anchor.clone()), &content, owner, &mut self.tree)?;
        let indent = if *level <= 1 { 0.0 } else { INDENT };
        let width = area.width - indent - self.setter.plain(DIGITS, BODY).widest();
        let mut lines = self.setter.plain(title, style).lines(width).to_vec();
        let count = lines.len();
        for (at, line) in lines.iter_mut().enumerate() {
            line.parts.iter_mut().for_each(|part| part.link = Some(link));
            let (above, below) = (PADDING, if at + 1 == count { PADDING } else { 0.0 });
            let above = if at == 0 { above } else { 0.0 };
            let height = above + style.leading + below;
            let mut items = self.line(line, (area.x + indent, above), style, node);
            items.retain(|item| matches!(item.ink, Ink::Text { .. }));
            if at + 1 == count {
                items.push(Item::fill(area.x, height - 0.5, (area.width, 0.5), Colour::HAIRLINE));
            }
            self.flow.push(FlowBox { height, items, keep_with_next: at + 1 < count, ..FlowBox::default() });
        }
        Some(Entry { link, node, anchor: anchor.clone() })
    }

    /// Puts the number of a page at the end of the last line of an entry.
    fn number(&mut self, entry: &Entry, page: usize, pages: &mut [Page]) {
        let owner = Owner::Node(entry.node);
        let found = pages.iter_mut().find_map(|page| {
            let at = page.items.iter().rposition(|item| item.owner == owner)?;
            Some((page, at))
        });
        let Some((target, at)) = found else { return };
        let (title, right) = (&target.items[at], self.sheet.left + self.sheet.measure);
        let Ink::Text { part: model, baseline } = &title.ink else { return };
        let style = TextStyle { face: model.face, ..BODY };
        let number = self.setter.plain(&(page + 1).to_string(), style);
        let Some(mut line) = number.lines(f32::MAX).first().cloned() else { return };
        line.parts.iter_mut().for_each(|part| part.link = Some(entry.link));
        let top = baseline - (style.leading + 0.66 * style.size) / 2.0;
        let mut items = self.line(&line, (right - line.width, top), style, entry.node);
        items.retain(|item| matches!(item.ink, Ink::Text { .. }));
        target.items.splice(at + 1..at + 1, items);
    }
}
