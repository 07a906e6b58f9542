//! What is at the edges of cells: lines to cut along, and who hands a card out.

use regimen_export::document::Document;

use crate::fonts::Face;
use crate::style::{Colour, LEAST_TYPE, Sheet};
use crate::text::TextStyle;

use super::super::tree::Tree;
use super::super::{Ink, Item, Layouter, Owner, Page, adapt};
use super::Cells;

const SMALL: TextStyle = TextStyle { face: Face::Regular, size: LEAST_TYPE, leading: 9.5, colour: Colour::MUTED };
const CUT: f32 = 0.4;

impl Cells {
    /// Adds lines to cut along, and in each cell who hands it out.
    pub(super) fn furnish(&self, layouter: &mut Layouter<'_>, document: &Document, pages: &mut [Page]) {
        let count = pages.len();
        let inset = self.inset;
        for (number, page) in pages.iter_mut().enumerate() {
            let counted = document.frame.page_of.replace("{pages}", &count.to_string());
            let counted = counted.replace("{page}", &(number + 1).to_string());
            for cell in 0..self.columns * self.rows {
                let (x, y) = self.origin(cell, false);
                let used =
                    |item: &Item| (x..x + self.size.0).contains(&item.x) && (y..y + self.size.1).contains(&item.y);
                if page.items.iter().any(used) {
                    let (left, right) = (x + inset, x + self.size.0 - inset);
                    let top = y + self.size.1 - inset - SMALL.leading * self.scale;
                    let line = layouter.who(document, &counted, (right - left) / self.scale);
                    let mut line = [Page { items: line }];
                    let sheet = Sheet { scale: self.scale, ..layouter.sheet };
                    adapt::enlarge(&mut line, &mut [], &sheet);
                    page.items.extend(line.into_iter().flat_map(|line| line.items).map(|item| item.moved(left, top)));
                }
            }
            let (width, height) = (layouter.sheet.width, layouter.sheet.height);
            let upright =
                (1..self.columns).map(|at| Item::fill(at as f32 * self.size.0, 0.0, (CUT, height), Colour::BOX));
            let across = (1..self.rows).map(|at| Item::fill(0.0, at as f32 * self.size.1, (width, CUT), Colour::BOX));
            page.items.extend(upright.chain(across).map(|cut| Item { owner: Owner::Footer, ..cut }));
        }
    }
}

impl Layouter<'_> {
    /// A line with the brand, as many ways to reach it as there is room for, and the number of the page.
    fn who(&mut self, document: &Document, counted: &str, width: f32) -> Vec<Item> {
        let frame = &document.frame;
        let edition = frame.edition().replace(' ', "\u{a0}");
        let counted = [edition.as_str(), counted].into_iter().filter(|part| !part.is_empty());
        let number = self.setter.plain(&counted.collect::<Vec<_>>().join("  ·  "), SMALL);
        let room = width - number.widest() - 12.0;
        let all = std::iter::once(&frame.brand).chain(&frame.contacts).filter(|part| !part.trim().is_empty());
        let mut shown = String::new();
        for part in all {
            let longer = if shown.is_empty() { part.clone() } else { format!("{shown}  ·  {part}") };
            if self.setter.plain(&longer, SMALL).widest() <= room {
                shown = longer;
            }
        }
        let mut items = Vec::new();
        for (words, right) in [(self.setter.plain(&shown, SMALL), false), (number, true)] {
            for line in words.lines(width).iter().take(1) {
                let x = if right { width - line.width } else { 0.0 };
                items.extend(self.line(line, (x, 0.0), SMALL, Tree::ROOT));
            }
        }
        items.retain(|item| matches!(item.ink, Ink::Text { .. }));
        items.into_iter().map(|item| Item { owner: Owner::Footer, ..item }).collect()
    }
}
