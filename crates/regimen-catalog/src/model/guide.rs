//! Guides: articles in Markdown with YAML front matter.

use std::ops::Range;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;

use super::entry::Entity;
use super::program::Program;
use super::small::Source;
use crate::prose::{Block, Line};
use crate::reference::{Id, Kind, Reference};
use crate::schema::CalendarDay;

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
    pub reviewed_on: Option<Date>,
    /// Free words to find it by.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// The words of a guide.
#[derive(Debug, Clone)]
pub struct GuideWords {
    /// Its title.
    pub title: String,
    /// What it says, in a sentence.
    pub summary: Line,
    /// The article.
    pub body: Vec<Block>,
    /// The entries that the article refers to, each with its bytes in the file.
    pub references: Vec<(Reference, Range<usize>)>,
}

impl Entity for Guide {
    type Words = GuideWords;
    const KIND: Kind = Kind::Guide;
}
