//! Guides: articles in Markdown with YAML front matter.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entry::references;
use super::program::Program;
use super::small::Source;
use super::visit::{At, FactVisitor, Facts, List, WordVisitor};
use super::words::{Merge, Needed, Words};
use crate::json_schema::CalendarDay;
use crate::prose::{InlineText, ProseBlock, RawMarkup, Word};
use crate::reference::{Id, Reference};

/// The facts of a guide.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// What it rests on, in the order in which it is cited.
    #[serde(default)]
    pub sources: Vec<Id<Source>>,
    /// Programmes that put it into practice.
    #[serde(default)]
    pub programs: Vec<Id<Program>>,
    /// Who checked it.
    pub reviewed_by: Option<String>,
    /// When it was last checked.
    #[schemars(with = "Option<CalendarDay>")]
    #[serde(default, deserialize_with = "crate::civil::read")]
    pub reviewed_on: Option<Date>,
    /// Free words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// The words of a guide.
#[derive(Debug, Clone, Default)]
pub struct GuideWords {
    /// Its title.
    pub title: Word,
    /// What it says, in a sentence.
    pub summary: InlineText,
    /// The article.
    pub body: Vec<ProseBlock>,
    /// The entries that the article refers to, each with its bytes in the file.
    pub references: Vec<(Reference, Range<usize>)>,
    /// Markup of other tools in the article, with its bytes in the file.
    pub raw_markup: Vec<RawMarkup>,
}

impl Words for GuideWords {
    const REQUIRED: &'static [Needed] = &[Needed::Text("title"), Needed::Text("summary")];

    fn name(&self) -> Option<&Word> {
        Some(&self.title)
    }

    fn merge(&mut self, from: &Self, merge: &mut Merge<'_>) {
        let Self { title, summary, body, references, raw_markup: _ } = self;
        merge.word("title", title, &from.title);
        merge.word("summary", summary, &from.summary);
        if body.is_empty() {
            references.clone_from(&from.references);
        }
        merge.word("body", body, &from.body);
    }

    fn visit<'w>(&'w self, _: Option<&At<'_>>, visitor: &mut impl WordVisitor<'w>) {
        let Self { title, summary, body: _, references, raw_markup } = self;
        visitor.name(title, &At::key("title"));
        visitor.line(summary, &At::key("summary"));
        visitor.article(references, raw_markup);
    }
}

impl Facts for Guide {
    fn visit(&self, visitor: &mut impl FactVisitor) {
        let Self { authors, sources, programs, reviewed_by, reviewed_on: _, tags } = self;
        visitor.texts(authors, &At::key("authors"));
        visitor.entries(references(sources), List::Shown, &At::key("sources"));
        visitor.entries(references(programs), List::Shown, &At::key("programs"));
        reviewed_by.iter().for_each(|name| visitor.text(name, &At::key("reviewed_by")));
        visitor.texts(tags, &At::key("tags"));
    }
}
