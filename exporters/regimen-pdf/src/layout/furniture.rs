//! The furniture of pages: brand and title on the first page, header and footer.

use std::sync::Arc;

use regimen_catalog::language::fill;
use regimen_export::document::Document;

use crate::fonts::Face;
use crate::picture::{Picture, scale};
use crate::problem::Problem;
use crate::style::{Colour, MM, Sheet};
use crate::text::{TextLine, TextStyle};

use super::flow::FlowBox;
use super::tree::{Role, Tree};
use super::{Area, Ink, Item, Layouter, Owner, Page};

const BRAND: TextStyle = TextStyle { face: Face::Bold, size: 10.5, leading: 14.0, colour: Colour::TEXT };
const BESIDE_LOGO: TextStyle = TextStyle { size: 13.0, leading: 17.0, ..BRAND };
const TITLE: TextStyle = TextStyle { face: Face::Heading, size: 25.0, leading: 30.0, colour: Colour::TEXT };
const SUMMARY: TextStyle = TextStyle { face: Face::Regular, size: 12.5, leading: 17.5, colour: Colour::MUTED };
/// The same on a sheet in large print, whose text has the size of a title already.
const LARGE_TITLE: TextStyle = TextStyle { size: 18.0, leading: 22.0, ..TITLE };
const LARGE_SUMMARY: TextStyle = TextStyle { size: 10.5, leading: 14.0, ..SUMMARY };
const RUNNING: TextStyle = TextStyle { face: Face::Regular, size: 8.5, leading: 12.0, colour: Colour::MUTED };

/// The most room for the logo: on the first page, on paper, and in the running header.
const LOGO: (f32, f32) = (60.0 * MM, 15.0 * MM);
const SMALL_LOGO: (f32, f32) = (40.0, 12.0);

/// Printers leave this much of the edge of the paper blank.
const UNPRINTED: f32 = 5.0 * MM;
/// How much of a running line is below its letters.
const BELOW_LETTERS: f32 = 1.2;
/// What is free between both ends of a running line, and in large print.
const BESIDE: f32 = 20.0;
const LARGE_BESIDE: f32 = 13.0;
/// So many lines say who prints.
const MOST_CONTACTS: usize = 2;

/// The sheet of a document: a line at the foot of its pages takes its room from the content.
pub(super) fn with_footer(document: &Document, mut sheet: Sheet) -> Sheet {
    if !document.frame.footer.trim().is_empty() {
        sheet.footer -= RUNNING.leading;
        sheet.bottom -= RUNNING.leading;
    }
    sheet
}

/// What is read in one piece, so that its blanks do not break.
fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A line around a page: text at both ends, of which the left one gives way, and a picture before the right one.
struct Running<'a> {
    left: &'a str,
    right: &'a str,
    sign: Option<&'a Arc<Picture>>,
    top: f32,
    owner: Owner,
    /// How many lines the left text may have.
    most: usize,
}

impl Layouter<'_> {
    /// Brand, title and summary on top of the first page.
    pub(super) fn title(&mut self, document: &Document) {
        let area = self.page_area();
        self.masthead(document, area);
        let band = Item::fill(area.x, 0.0, (area.width, 1.6), self.palette.main);
        self.flow.space(5.0);
        self.flow.push(FlowBox { height: 1.6, items: vec![band], keep_with_next: true, ..FlowBox::default() });
        self.flow.space(if self.sheet.dense { 8.0 } else { 16.0 });
        if !document.title.trim().is_empty() {
            let style = if self.is_large_sheet() { LARGE_TITLE } else { TITLE }.coloured(self.palette.heading);
            let node = self.tree.add(Tree::ROOT, Role::Heading(1));
            let words = self.rich(&document.spoken_title(), style, node);
            self.set(&words, style, area, node);
        }
        self.flow.space(7.0);
        if !document.summary.is_empty() {
            let style = if self.is_large_sheet() { LARGE_SUMMARY } else { SUMMARY };
            self.paragraph(&document.summary, style, area.readable());
        }
        // The first block is on the page of the title.
        self.flow.boxes.iter_mut().for_each(|flow_box| flow_box.keep_with_next = true);
        self.flow.space(if self.sheet.dense { 10.0 } else { 20.0 });
    }

    /// Whether it is a sheet in large print, on which what is large already grows less.
    pub(super) const fn is_large_sheet(&self) -> bool {
        self.sheet.dense && self.style.large_print.is_large()
    }

    /// The logo, and the name of the brand beside it, or below it if it is long.
    fn masthead(&mut self, document: &Document, area: Area) {
        let share = if self.sheet.dense { 0.5 } else { 1.0 } / self.sheet.scale;
        let limit = (LOGO.0 * share, LOGO.1 * share);
        let logo = document.frame.logo.as_ref();
        let logo = logo.and_then(|logo| self.picture_item(logo, (area.x, 0.0), limit, Tree::ROOT));
        let taken = logo.as_ref().map_or(0.0, |logo| logo.width + 10.0);
        let brand = document.frame.brand.trim();
        let style = if logo.is_some() { BESIDE_LOGO } else { BRAND }.coloured(self.palette.main);
        let words = self.setter.plain(brand, style);
        let lines = if brand.is_empty() { Arc::default() } else { words.lines(area.width - taken) };
        let beside = logo.is_some() && lines.len() <= 3;
        let text = if beside { lines.len() as f32 * style.leading } else { 0.0 };
        if let Some(logo) = logo {
            let height = logo.height.max(text);
            let items = vec![Item { y: (height - logo.height) / 2.0, ..logo }];
            self.flow.push(FlowBox { height, items, keep_with_next: true, ..FlowBox::default() });
            self.flow.space(6.0);
        }
        if brand.is_empty() {
            return;
        }
        let node = self.tree.add(Tree::ROOT, Role::Paragraph);
        if !beside {
            self.set(&words, style, area, node);
            return;
        }
        let height = self.flow.boxes.last().map_or(0.0, |flow_box| flow_box.height);
        for (at, line) in lines.iter().enumerate() {
            let y = (height - text) / 2.0 + at as f32 * style.leading;
            let items = self.line(line, (area.x + taken, y), style, node);
            self.flow.boxes.last_mut().into_iter().for_each(|flow_box| flow_box.items.extend(items.iter().cloned()));
        }
    }

    /// Adds header and footer, now that the pages are counted.
    pub(super) fn furnish(&mut self, document: &Document, pages: &mut [Page]) {
        let frame = &document.frame;
        let date = unbroken(&frame.date);
        let contacts = self.contacts(document);
        let sign = frame.logo.as_ref().and_then(|logo| (self.resources.picture)(&logo.file, SMALL_LOGO).ok());
        let count = pages.len().to_string();
        for (at, page) in pages.iter_mut().enumerate() {
            let number = (at + 1).to_string();
            let values = [("title", document.title.as_str()), ("page", &number), ("pages", &count), ("date", &date)];
            if at > 0 {
                self.header(document, &values, sign.as_ref(), page);
            }
            self.footer(document, &values, &contacts, page);
        }
    }

    /// Who prints, and which edition it is. In large print the name is on top of each page alone.
    fn contacts(&self, document: &Document) -> String {
        let frame = &document.frame;
        let edition = unbroken(&frame.edition());
        let brand = Some(frame.brand.as_str()).filter(|_| !self.is_large_sheet());
        let all = brand.into_iter().chain(frame.contacts.iter().map(String::as_str)).chain([edition.as_str()]);
        all.filter(|contact| !contact.trim().is_empty()).collect::<Vec<_>>().join("  ·  ")
    }

    const fn beside(&self) -> f32 {
        if self.is_large_sheet() { LARGE_BESIDE } else { BESIDE }
    }

    /// Makes room for the lines of the footer: it is as far from the edge as printers need, and in large print no further.
    pub(super) fn place_footer(&mut self, document: &Document) {
        let number = fill(&document.frame.page_of, &[("page", "88"), ("pages", "88")]);
        let right = if document.frame.footer.trim().is_empty() { number.as_str() } else { "" };
        let beside = self.beside();
        let taken = self.fitting(right, self.sheet.measure * 0.45, 1).0.first().map_or(0.0, |line| line.width + beside);
        let contacts = self.contacts(document);
        let lines = self.fitting(&contacts, self.sheet.measure - taken, MOST_CONTACTS).0.len().max(1);
        let lines = lines + usize::from(!document.frame.footer.trim().is_empty());
        let reach = UNPRINTED / self.sheet.scale + lines as f32 * RUNNING.leading - BELOW_LETTERS;
        let lower = self.sheet.height - reach - self.sheet.footer;
        if lower < 0.0 || self.is_large_sheet() {
            self.sheet.footer += lower;
            self.sheet.bottom += lower;
        }
    }

    fn header(&mut self, document: &Document, values: &[(&str, &str)], sign: Option<&Arc<Picture>>, page: &mut Page) {
        let top = self.sheet.header;
        let rule = Item::fill(self.sheet.left, top + 15.0, (self.sheet.measure, 0.5), Colour::HAIRLINE);
        page.items.push(Item { owner: Owner::Header, ..rule });
        let frame = &document.frame;
        let own = fill(&frame.header, values);
        let own = own.trim();
        let left = if own.is_empty() { &document.title } else { own };
        let line = Running { left, right: &frame.brand, sign, top, owner: Owner::Header, most: 1 };
        if self.running(&line, page) && !own.is_empty() {
            self.note_cut("header", own);
        }
    }

    fn footer(&mut self, document: &Document, values: &[(&str, &str)], contacts: &str, page: &mut Page) {
        let (mut top, owner) = (self.sheet.footer, Owner::Footer);
        let rule = Item::fill(self.sheet.left, top - 5.0, (self.sheet.measure, 0.5), Colour::HAIRLINE);
        page.items.push(Item { owner, ..rule });
        let frame = &document.frame;
        let own = fill(&frame.footer, values);
        let own = own.trim();
        // Where the brand's own line counts the pages, nothing else does.
        let counted = frame.footer.contains("{page}");
        let number = if counted { String::new() } else { fill(&frame.page_of, values) };
        let mut right = number.as_str();
        if !frame.footer.trim().is_empty() {
            let line = Running { left: own, right, sign: None, top, owner, most: 1 };
            if self.running(&line, page) {
                self.note_cut("footer", own);
            }
            top += RUNNING.leading;
            right = "";
        }
        if self.running(&Running { left: contacts, right, sign: None, top, owner, most: MOST_CONTACTS }, page) {
            self.note_cut("contacts", contacts);
        }
    }

    fn note_cut(&mut self, key: &'static str, text: &str) {
        // Once, though each page is another text.
        if !self.problems.iter().any(|problem| matches!(problem, Problem::Cut { key: known, .. } if *known == key)) {
            self.problems.push(Problem::Cut { key, text: text.to_owned() });
        }
    }

    /// Small text at both ends of a line; says whether the left one is cut.
    fn running(&mut self, running: &Running<'_>, page: &mut Page) -> bool {
        let Running { top, owner, most, .. } = *running;
        let Sheet { left: start, measure, .. } = self.sheet;
        let (right, _) = self.fitting(running.right, measure * 0.45, 1);
        let mut edge = start + measure - right.first().map_or(0.0, |line| line.width);
        let at_edge = edge;
        if let Some(sign) = running.sign {
            let scale = scale((sign.width, sign.height), SMALL_LOGO);
            let (width, height) = (sign.width * scale, sign.height * scale);
            edge -= width + if right.is_empty() { 0.0 } else { 5.0 };
            let y = top + (RUNNING.leading - height) / 2.0;
            page.items.push(Item { x: edge, y, width, height, ink: Ink::Picture(sign.clone()), owner });
        }
        let taken = start + measure - edge;
        let (left, cut) =
            self.fitting(running.left, measure - if taken > 0.0 { taken + self.beside() } else { 0.0 }, most);
        let left = left.iter().enumerate();
        let left = left.map(|(at, line)| (start, top + at as f32 * RUNNING.leading, line));
        for (x, y, line) in left.chain(right.iter().map(|line| (at_edge, top, line))) {
            let items = self.line(line, (x, y), RUNNING, Tree::ROOT);
            let visible = items.into_iter().filter(|item| matches!(item.ink, Ink::Text { .. }));
            page.items.extend(visible.map(|item| Item { owner, ..item }));
        }
        cut
    }

    /// The lines of a text; cut at a word, with an ellipsis, if they are more than `most`.
    fn fitting(&mut self, text: &str, width: f32, most: usize) -> (Arc<[TextLine]>, bool) {
        let whole = self.setter.plain(text, RUNNING).lines(width);
        if whole.len() <= most {
            return (whole, false);
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        let mut begun = |count: usize| {
            let text = format!("{}…", words[..count].join(" "));
            self.setter.plain(&text, RUNNING).lines(width)
        };
        let (mut fits, mut fails) = (0, words.len());
        while fails - fits > 1 {
            let middle = usize::midpoint(fits, fails);
            if begun(middle).len() <= most { fits = middle } else { fails = middle }
        }
        if fits > 0 {
            return (begun(fits), true);
        }
        (whole[..most].into(), true)
    }
}
