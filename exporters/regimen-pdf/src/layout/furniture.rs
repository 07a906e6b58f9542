//! What stands around the content: the title on the first page, header and footer.

use regimen_export::document::Document;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::TextStyle;

use super::flow::Slab;
use super::tree::{Role, Tree};
use super::{Ink, Item, Layouter, Owner, Page};

const BRAND: TextStyle = TextStyle { face: Face::Bold, size: 10.5, leading: 14.0, colour: Colour::TEXT };
const TITLE: TextStyle = TextStyle { face: Face::Heading, size: 25.0, leading: 30.0, colour: Colour::TEXT };
const SUMMARY: TextStyle = TextStyle { face: Face::Regular, size: 12.5, leading: 17.5, colour: Colour::MUTED };
const RUNNING: TextStyle = TextStyle { face: Face::Regular, size: 8.5, leading: 12.0, colour: Colour::MUTED };

impl Layouter<'_> {
    /// Brand, title and summary on top of the first page.
    pub(super) fn title(&mut self, document: &Document) {
        let area = self.page_area();
        let brand = document.frame.brand.trim();
        if !brand.is_empty() {
            let style = BRAND.coloured(self.palette.main);
            let node = self.tree.add(Tree::ROOT, Role::Paragraph);
            let words = self.setter.plain(brand, style);
            self.set(&words, style, area, node);
        }
        let band = Item::fill(area.x, 0.0, (area.width, 1.6), self.palette.main);
        self.flow.space(5.0);
        self.flow.push(Slab { height: 1.6, items: vec![band], glued: true, ..Slab::default() });
        self.flow.space(16.0);
        if !document.title.trim().is_empty() {
            let style = TITLE.coloured(self.palette.heading);
            let node = self.tree.add(Tree::ROOT, Role::Heading(1));
            let words = self.rich(&document.spoken_title(), style, node);
            self.set(&words, style, area, node);
        }
        self.flow.space(7.0);
        if !document.summary.is_empty() {
            self.paragraph(&document.summary, SUMMARY, area.readable());
        }
        // Whatever comes first stands below the title.
        self.flow.slabs.iter_mut().for_each(|slab| slab.glued = true);
        self.flow.space(20.0);
    }

    /// Adds header and footer, now that the pages are counted.
    pub(super) fn furnish(&mut self, document: &Document, pages: &mut [Page]) {
        let count = pages.len();
        let mut contacts: Vec<&str> = document.frame.contacts.iter().map(String::as_str).collect();
        contacts.insert(0, document.frame.brand.as_str());
        // A date is read in one piece, so its blanks do not break.
        let date = document.frame.date.replace(' ', "\u{a0}");
        contacts.push(&date);
        contacts.retain(|contact| !contact.trim().is_empty());
        let contacts = contacts.join("  ·  ");
        for (at, page) in pages.iter_mut().enumerate() {
            if at > 0 {
                self.header(document, page);
            }
            let number = document.frame.page_of.replace("{pages}", &count.to_string());
            let number = number.replace("{page}", &(at + 1).to_string());
            let top = self.sheet.footer;
            let rule = Item::fill(self.sheet.left, top - 5.0, (self.sheet.measure, 0.5), Colour::HAIRLINE);
            page.items.push(Item { owner: Owner::Footer, ..rule });
            self.running((&contacts, &number), (top, Owner::Footer), 2, page);
        }
    }

    fn header(&mut self, document: &Document, page: &mut Page) {
        let top = self.sheet.header;
        let rule = Item::fill(self.sheet.left, top + 15.0, (self.sheet.measure, 0.5), Colour::HAIRLINE);
        page.items.push(Item { owner: Owner::Header, ..rule });
        self.running((&document.title, &document.frame.brand), (top, Owner::Header), 1, page);
    }

    /// Small text at both ends of a line; the left one gives way.
    fn running(&mut self, (left, right): (&str, &str), (top, owner): (f32, Owner), most: usize, page: &mut Page) {
        let right = self.setter.plain(right, RUNNING).lines(self.sheet.measure * 0.45);
        let taken = right.first().map_or(0.0, |line| line.width);
        let left = self.setter.plain(left, RUNNING).lines(self.sheet.measure - taken - 20.0);
        let left_lines = left.iter().take(most).enumerate().map(|(at, line)| (at, self.sheet.left, line));
        let edge = self.sheet.left + self.sheet.measure - taken;
        let right_lines = right.iter().take(1).map(|line| (0, edge, line));
        for (at, x, line) in left_lines.chain(right_lines) {
            let items = self.line(line, (x, top + at as f32 * RUNNING.leading), RUNNING, Tree::ROOT);
            let visible = items.into_iter().filter(|item| matches!(item.ink, Ink::Text { .. }));
            page.items.extend(visible.map(|item| Item { owner, ..item }));
        }
    }
}
