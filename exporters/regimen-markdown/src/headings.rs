//! The names of headings, so that links inside a page lead where they should.
//!
//! Plain viewers make the name from the heading's text, each by its own rule. A document's anchors are
//! therefore translated to the name that the reader's viewer will make, in the order of the page.

use std::collections::BTreeMap;

use regimen_catalog::Reference;
use regimen_catalog::model::GuideWords;
use regimen_catalog::prose::{FreeNames, Inline, ProseBlock as Prose, plain_text};
use regimen_export::document::{Block, Document};
use unicode_normalization::UnicodeNormalization;

use crate::escape::TextContext;

use crate::settings::{HeadingNames, Style};
use crate::tidy::{Means, tidy_line};

/// What a document's headings are called on its page.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    /// The name on the page of each anchor of the document.
    names: BTreeMap<String, String>,
    /// The anchor of each card.
    cards: BTreeMap<Reference, String>,
}

impl Headings {
    pub(crate) fn of(document: &Document, style: &Style) -> Self {
        let mut collector = Collector::new(style.heading_names);
        if style.title_heading {
            collector.free_name(&document.title);
        }
        collector.collect(document);
        collector.headings
    }

    /// The headings of a guide that is seen from another page.
    pub(crate) fn of_article(words: &GuideWords, style: &Style) -> Self {
        let mut collector = Collector::new(style.heading_names);
        if style.title_heading {
            collector.free_name(&words.title);
        }
        for block in &words.body {
            if let Prose::Heading { anchor, content, .. } = block {
                collector.heading(anchor, content);
            }
        }
        collector.headings
    }

    /// The name on the page for an anchor of the document.
    pub(crate) fn name(&self, anchor: &str) -> Option<&str> {
        self.names.get(anchor).map(String::as_str)
    }

    /// The name on the page for an entry's card.
    pub(crate) fn card(&self, entry: &Reference) -> Option<&str> {
        self.name(self.cards.get(entry)?)
    }
}

struct Collector {
    rule: HeadingNames,
    taken: FreeNames,
    headings: Headings,
}

impl Collector {
    fn new(rule: HeadingNames) -> Self {
        let mut taken = FreeNames::default();
        if rule == HeadingNames::Python {
            // Such viewers number a heading without a name, too.
            taken.take("", '_', 1);
        }
        Self { rule, taken, headings: Headings::default() }
    }

    fn collect(&mut self, document: &Document) {
        for (_, block) in document.walk() {
            match block {
                Block::Heading { anchor, content, .. } => self.heading(anchor, content),
                Block::Card(card) => {
                    self.heading(&card.anchor, &card.title);
                    let first = self.headings.cards.entry(card.entry.clone());
                    first.or_insert_with(|| card.anchor.clone());
                }
                Block::Work(work) => {
                    self.heading(&work.anchor, &work.title);
                    if let Some(entry) = &work.entry {
                        self.headings.cards.entry(entry.clone()).or_insert_with(|| work.anchor.clone());
                    }
                }
                _ => {}
            }
        }
    }

    fn heading(&mut self, anchor: &str, content: &[Inline]) {
        let text = plain_text(&tidy_line(content, TextContext::Heading, " ", Means::NONE));
        if text.is_empty() {
            return;
        }
        let name = match self.rule {
            HeadingNames::Written => self.free_name(anchor),
            HeadingNames::GitHub | HeadingNames::Python => self.free_name(&text),
        };
        // A heading of signs only has no name; nothing can lead to it.
        if !name.is_empty() {
            self.headings.names.entry(anchor.to_owned()).or_insert(name);
        }
    }

    /// The name made of a text, with a number behind it if it is taken.
    fn free_name(&mut self, text: &str) -> String {
        let (name, sign) = match self.rule {
            HeadingNames::Python => (python_name(text), '_'),
            HeadingNames::GitHub | HeadingNames::Written => (github_name(text), '-'),
        };
        self.taken.take(&name, sign, 1)
    }
}

/// Letters and digits of any script in lower case, `_`, and a hyphen for each blank or hyphen.
fn github_name(text: &str) -> String {
    let kept = text.trim().chars().flat_map(char::to_lowercase);
    let kept = kept.filter_map(|c| match c {
        ' ' => Some('-'),
        '-' | '_' => Some(c),
        c if c.is_alphanumeric() => Some(c),
        _ => None,
    });
    kept.collect()
}

/// Only ASCII, letters without their accents, and one hyphen for any row of blanks and hyphens.
fn python_name(text: &str) -> String {
    let ascii: String = text.nfkd().filter(char::is_ascii).collect();
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' ');
    let kept: String = ascii.chars().filter(kept).collect();
    let mut name = String::new();
    for c in kept.trim().chars() {
        match c {
            ' ' | '-' if name.ends_with('-') => {}
            ' ' => name.push('-'),
            c => name.push(c.to_ascii_lowercase()),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_viewers_make() {
        assert_eq!(github_name("Nordic curl – how? (Übung 2)"), "nordic-curl--how-übung-2");
        assert_eq!(python_name("Nordic curl – how? (Übung 2)"), "nordic-curl-how-ubung-2");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut collector = Collector::new(HeadingNames::GitHub);
        let names = ["Week 1", "Week 1", "Week 1-1", "Week 1"].map(|text| collector.free_name(text));
        assert_eq!(names, ["week-1", "week-1-1", "week-1-1-1", "week-1-2"]);
    }
}
