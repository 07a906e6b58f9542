//! Links for readers who cannot click: their addresses in the text, or numbered in a list at its end.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Kind;
use regimen_catalog::prose::{Inline, Inlines, LinkTarget, plain_text};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::writer::{heading, text};
use crate::document::{Block, Document, Table, Work, WorkPoint, WorkTime};
use crate::exporter::Unit;

/// Adds to a document what paper loses of its links: each address outside that is not printed anyway, as those of sources are,
/// gets a number and is listed once at the end, mail
/// addresses, telephone numbers and the titles of other guides and programmes follow the words that lead there. Words that say their
/// address already stay as they are.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// use regimen_export::regimen_catalog::prose::plain_text;
/// let guide = "---\ntitle: A\nsummary: S.\n---\nWatch [the film](https://a.example/1) or [call](tel:+4930).\n";
/// let catalog = testing::catalog_with(&[("guides/a.md", guide)]);
/// let unit = testing::unit(&catalog, Subject::Guide(&catalog.guides["a"]));
/// let mut page = compose::guide(&unit, &catalog.guides["a"]);
/// compose::on_paper(&unit, &mut page);
/// let Block::Paragraph(words) = &page.blocks[0] else { panic!() };
/// assert_eq!(plain_text(words), "Watch the film\u{a0}[1] or call (+4930).");
/// let Some(Block::List { items, .. }) = page.blocks.last() else { panic!() };
/// assert!(matches!(&items[0][0], Block::Paragraph(address) if plain_text(address) == "https://a.example/1"));
/// ```
pub fn on_paper(unit: &Unit<'_>, document: &mut Document) {
    let (writer, addresses) = numbered(unit, document);
    if addresses.is_empty() {
        return;
    }
    let item = |address: String| vec![Block::Paragraph(vec![address_link(address)])];
    let items = addresses.into_iter().map(item).collect();
    document.blocks.push(heading(1, "links", writer.label_text(Label::Links)));
    document.blocks.push(Block::List { start: Some(1), items });
}

/// The same with the addresses in the small print, for sheets on which only what is needed has room.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// use regimen_export::regimen_catalog::prose::plain_text;
/// let guide = "---\ntitle: A\nsummary: S.\n---\nWatch [the film](https://a.example/1).\n";
/// let catalog = testing::catalog_with(&[("guides/a.md", guide)]);
/// let unit = testing::unit(&catalog, Subject::Guide(&catalog.guides["a"]));
/// let mut page = compose::guide(&unit, &catalog.guides["a"]);
/// compose::on_small_paper(&unit, &mut page);
/// assert_eq!(plain_text(&page.frame.origins), "[1]\u{a0}https://a.example/1");
/// ```
pub fn on_small_paper(unit: &Unit<'_>, document: &mut Document) {
    let (writer, addresses) = numbered(unit, document);
    let lines = (1..).zip(addresses).map(|(number, address)| {
        let number = Inline::Text(format!("[{number}]\u{a0}"));
        vec![number, address_link(address)]
    });
    let print = std::iter::once(std::mem::take(&mut document.frame.origins)).chain(lines);
    document.frame.origins = writer.joined(print, Label::ItemSeparator);
}

/// Numbers the links of a document, and returns their addresses.
fn numbered<'a>(unit: &Unit<'a>, document: &mut Document) -> (Writer<'a>, Vec<String>) {
    let writer = Writer::new(unit);
    let mut links =
        Links { writer, is_reading: true, printed: BTreeSet::new(), numbers: BTreeMap::new(), addresses: Vec::new() };
    links.document(document);
    links.is_reading = false;
    links.document(document);
    (writer, links.addresses)
}

fn address_link(address: String) -> Inline {
    Inline::Link { content: text(address.as_str()), target: LinkTarget::Url(address), title: None }
}

struct Links<'a> {
    writer: Writer<'a>,
    /// Whether it only looks for addresses that are printed, such as those of sources.
    is_reading: bool,
    printed: BTreeSet<String>,
    numbers: BTreeMap<String, usize>,
    addresses: Vec<String>,
}

impl Links<'_> {
    fn document(&mut self, document: &mut Document) {
        self.inlines(&mut document.summary);
        self.blocks(&mut document.blocks);
        self.inlines(&mut document.frame.disclaimer);
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match block {
                Block::Heading { content, .. } | Block::Paragraph(content) => self.inlines(content),
                Block::List { items, .. } | Block::Footnotes(items) => {
                    items.iter_mut().for_each(|item| self.blocks(item));
                }
                Block::Quote(inner) | Block::Callout { blocks: inner, .. } => self.blocks(inner),
                Block::Table(table) => self.table(table),
                Block::Figure(figure) => self.inlines(&mut figure.caption),
                Block::Facts(facts) | Block::Glance(facts) | Block::Fields(facts) => {
                    facts.iter_mut().for_each(|(_, value)| self.inlines(value));
                }
                Block::Card(card) => {
                    card.facts.iter_mut().chain(&mut card.spare).for_each(|(_, value)| self.inlines(value));
                    self.blocks(&mut card.body);
                }
                Block::Month(month) => {
                    let days = month.weeks.iter_mut().flatten().flatten();
                    days.flat_map(|day| &mut day.entries).for_each(|entry| self.inlines(entry));
                }
                Block::Work(work) => self.work(work),
                Block::Code { .. } | Block::Scales(_) | Block::Rule | Block::PageBreak | Block::SheetBreak => {}
            }
        }
    }

    fn work(&mut self, work: &mut Work) {
        let Work {
            level: _,
            anchor: _,
            entry: _,
            group,
            goes_on: _,
            title,
            figure: _,
            dose,
            setup,
            steps,
            points,
            times,
            by_days,
        } = work;
        let points =
            points.iter_mut().flat_map(|WorkPoint { label, warns: _, lines }| std::iter::once(label).chain(lines));
        let times = times.iter_mut().flat_map(|WorkTime { title, content, log: _ }| [title, content]);
        let all = [group, title, dose].into_iter().chain(setup).chain(steps).chain(points).chain(times);
        all.for_each(|inlines| self.inlines(inlines));
        by_days.iter_mut().for_each(|table| self.table(table));
    }

    fn table(&mut self, table: &mut Table) {
        table.columns.iter_mut().for_each(|column| self.inlines(&mut column.title));
        table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| self.inlines(cell));
    }

    fn inlines(&mut self, inlines: &mut Inlines) {
        for mut inline in std::mem::take(inlines) {
            match &mut inline {
                Inline::Strong(inner)
                | Inline::Emphasis(inner)
                | Inline::Struck(inner)
                | Inline::InLanguage { content: inner, .. } => self.inlines(inner),
                Inline::Text(_)
                | Inline::Code(_)
                | Inline::Link { .. }
                | Inline::Checkbox(_)
                | Inline::Footnote(_)
                | Inline::Break => {}
            }
            let more = match &inline {
                Inline::Link { target, content, .. } => self.after_link(target, content),
                _ => Inlines::new(),
            };
            inlines.push(inline);
            inlines.extend(more);
        }
    }

    /// What follows the words of a link.
    fn after_link(&mut self, target: &LinkTarget, content: &[Inline]) -> Inlines {
        let Some(said) = self.writer.leads_to(target, content) else {
            if let LinkTarget::Url(url) = target {
                self.printed.insert(page_of(url).to_owned());
            }
            return Inlines::new();
        };
        if self.is_reading || matches!(target, LinkTarget::Url(url) if self.printed.contains(page_of(url))) {
            return Inlines::new();
        }
        match (target, said) {
            (LinkTarget::Url(url), LeadsTo::Address(_)) => {
                let number = self.number(url);
                text(format!("\u{a0}[{number}]"))
            }
            (_, LeadsTo::Address(said) | LeadsTo::Said(said)) => text(format!(" ({said})")),
            (_, LeadsTo::Entry(name)) => {
                let mut more = text(" (");
                more.extend(name);
                more.extend(text(")"));
                more
            }
        }
    }

    fn number(&mut self, address: &str) -> usize {
        if let Some(known) = self.numbers.get(page_of(address)) {
            return *known;
        }
        self.addresses.push(address.to_owned());
        self.numbers.insert(page_of(address).to_owned(), self.addresses.len());
        self.addresses.len()
    }
}

/// The address without a `/` at its end, which makes no difference.
fn page_of(address: &str) -> &str {
    address.trim_end_matches('/')
}

/// What a reader without links has to be told of one.
pub(super) enum LeadsTo {
    /// An address on the web.
    Address(String),
    /// A mail address or telephone number.
    Said(String),
    /// The name of a guide or programme.
    Entry(Inlines),
}

impl Writer<'_> {
    /// Where a link leads, if its words do not say so.
    pub(super) fn leads_to(self, target: &LinkTarget, content: &[Inline]) -> Option<LeadsTo> {
        let words = plain_text(content);
        let said = |address: &str| {
            let short = address.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
            words.contains(address) || words.contains(short)
        };
        match target {
            LinkTarget::Url(url) => {
                let (scheme, rest) = url.split_once(':')?;
                let found = if scheme.eq_ignore_ascii_case("mailto") || scheme.eq_ignore_ascii_case("tel") {
                    // Subject and text of a mail are for programs.
                    LeadsTo::Said(rest.split(['?', ';']).next().unwrap_or(rest).to_owned())
                } else {
                    LeadsTo::Address(url.clone())
                };
                let (LeadsTo::Said(address) | LeadsTo::Address(address)) = &found else { return None };
                let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
                let dialled = scheme.eq_ignore_ascii_case("tel") && digits(&words).ends_with(&digits(address));
                (!said(address) && !dialled).then_some(found)
            }
            LinkTarget::Entry(entry) | LinkTarget::Heading(entry, _) => {
                let has_title = matches!(entry.kind(), Kind::Guide | Kind::Program);
                let named = has_title && words.trim() != self.name(entry).trim();
                named.then(|| LeadsTo::Entry(self.named(entry)))
            }
            LinkTarget::Anchor(_) => None,
        }
    }

    /// Running text as plain text: the address of each link in brackets behind its words, and marks in words.
    pub(super) fn in_plain_text(self, inlines: &[Inline]) -> String {
        let mut plain = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) => plain.push_str(text),
                Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::InLanguage { content: inner, .. } => {
                    plain.push_str(&self.in_plain_text(inner));
                }
                Inline::Struck(inner) => {
                    let words = self.in_plain_text(inner);
                    plain.push_str(&self.language.fill(Label::StruckOut, &[("words", &words)]));
                }
                Inline::Link { target, content, .. } => {
                    let words = self.in_plain_text(content);
                    let address = self.leads_to(target, content).map(|to| match to {
                        LeadsTo::Address(address) | LeadsTo::Said(address) => address,
                        LeadsTo::Entry(name) => plain_text(&name),
                    });
                    plain.push_str(&match address {
                        Some(address) => self.language.fill(Label::LinkTo, &[("words", &words), ("address", &address)]),
                        None => words,
                    });
                }
                other @ (Inline::Checkbox(_) | Inline::Footnote(_) | Inline::Break) => {
                    plain.push_str(&plain_text(std::slice::from_ref(other)));
                }
            }
        }
        plain
    }
}
