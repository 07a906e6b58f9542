//! Walks through the fields of entries.
//!
//! Each type names its fields once, beside itself, in a pattern that leaves none out. All that is done alike for fields
//! (which entries are mentioned, which pictures are shown, whether a text is blank, what a translation lacks) is a visitor,
//! so a new field does not compile until its type has said what it is, and then no visitor forgets it.

use std::ops::Range;

use crate::diagnostic::{FieldPath, FilePath};
use crate::prose::{InlineText, Prose, RawMarkup, Word};
use crate::reference::{Id, Reference};

/// Where a field is in its file. The path is only written out where somebody needs it.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    above: Option<&'a At<'a>>,
    step: Step<'a>,
}

/// One step into a file.
#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// A key of a type.
    Key(&'static str),
    /// The value under an id.
    Id(&'a str),
    /// An item of a list, counted from 0.
    Index(usize),
    /// The root of another file, which has a part of the entry.
    File(&'a FilePath),
}

impl<'a> At<'a> {
    /// A key of the file.
    pub const fn key(key: &'static str) -> Self {
        Self::within(None, key)
    }

    /// A key of a mapping, else of the file.
    pub const fn within(mapping: Option<&'a Self>, key: &'static str) -> Self {
        Self { above: mapping, step: Step::Key(key) }
    }

    /// A key of the mapping that is here.
    pub const fn below(&'a self, key: &'static str) -> Self {
        Self::within(Some(self), key)
    }

    /// An item of the list that is here.
    pub const fn index(&'a self, index: usize) -> Self {
        Self { above: Some(self), step: Step::Index(index) }
    }

    /// The value under an id of the mapping that is here.
    pub fn id<T>(&'a self, id: &'a Id<T>) -> Self {
        Self { above: Some(self), step: Step::Id(id.as_str()) }
    }

    /// The value under a word of the mapping that is here.
    pub const fn named(&'a self, word: &'a str) -> Self {
        Self { above: Some(self), step: Step::Id(word) }
    }

    /// The root of another file, which has a part of the entry.
    pub const fn file(file: &'a FilePath) -> Self {
        Self { above: None, step: Step::File(file) }
    }

    /// The file that has the field, if it is not the entry's own.
    pub fn other_file(&self) -> Option<&'a FilePath> {
        match (self.above, self.step) {
            (_, Step::File(file)) => Some(file),
            (above, Step::Key(_) | Step::Id(_) | Step::Index(_)) => above.and_then(Self::other_file),
        }
    }

    /// The key of the field, for an item that of its list.
    pub fn field(&self) -> &'static str {
        match self.step {
            Step::Key(key) => key,
            Step::Id(_) | Step::Index(_) | Step::File(_) => self.above.map_or("", Self::field),
        }
    }

    /// The path from the root of its file.
    pub fn path(&self) -> FieldPath {
        let path = self.above.map_or_else(FieldPath::root, Self::path);
        match self.step {
            Step::Key(key) => path.key(key),
            Step::Id(id) => path.key(id),
            Step::Index(index) => path.index(index),
            Step::File(_) => path,
        }
    }
}

/// What naming an entry means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// The entry is needed, with all that it needs itself.
    Needed,
    /// Only its name is shown, to lead on to it.
    ByName,
}

/// What a list of ids is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Entries that are needed, each of them once.
    Set,
    /// Entries that can be gone on to, each of them once.
    Ladder,
    /// Entries in the order in which they are shown.
    Shown,
}

impl List {
    /// What naming an entry in it means.
    pub fn naming(self) -> Naming {
        match self {
            Self::Set | Self::Shown => Naming::Needed,
            Self::Ladder => Naming::ByName,
        }
    }

    /// Whether listing an entry twice is a mistake.
    pub fn has_each_once(self) -> bool {
        match self {
            Self::Set | Self::Ladder => true,
            Self::Shown => false,
        }
    }
}

/// The facts of an entry, which visitors walk through.
pub trait Facts {
    /// Shows a visitor every field that says more than its own value, in the order in which mentions are listed.
    fn visit(&self, visitor: &mut impl FactVisitor);
}

/// Sees the facts of an entry. What it does not care for needs no method.
pub trait FactVisitor {
    /// An entry that is named.
    fn entry(&mut self, _to: Reference, _naming: Naming, _at: &At<'_>) {}

    /// A list of entries that are named.
    fn entries(&mut self, entries: Vec<Reference>, list: List, at: &At<'_>) {
        for (index, to) in entries.into_iter().enumerate() {
            self.entry(to, list.naming(), &at.index(index));
        }
    }

    /// A text that people read, such as the name of an author.
    fn text(&mut self, _text: &str, _at: &At<'_>) {}

    /// A list of such texts.
    fn texts(&mut self, _texts: &[String], _at: &At<'_>) {}

    /// An address on the web where there is more to see.
    fn address(&mut self, _address: &str, _at: &At<'_>) {}

    /// The file of a picture, from the catalogue's root.
    fn picture(&mut self, _file: &str, _at: &At<'_>) {}
}

/// Sees the words of an entry in one language. What it does not care for needs no method.
pub trait WordVisitor<'w> {
    /// A name, or another text without marks.
    fn name(&mut self, _name: &'w Word, _at: &At<'_>) {}

    /// A list of names.
    fn names(&mut self, _names: &'w [Word], _at: &At<'_>) {}

    /// A line of prose.
    fn line(&mut self, _line: &'w InlineText, _at: &At<'_>) {}

    /// A list of lines.
    fn lines(&mut self, lines: &'w [InlineText], at: &At<'_>) {
        for (index, line) in lines.iter().enumerate() {
            self.line(line, &at.index(index));
        }
    }

    /// Paragraphs and lists.
    fn prose(&mut self, _prose: &'w Prose, _at: &At<'_>) {}

    /// The article of a guide, which is no field of its file: the entries that it refers to, and markup of other tools,
    /// each with its bytes in the file.
    fn article(&mut self, _references: &'w [(Reference, Range<usize>)], _raw_markup: &'w [RawMarkup]) {}
}
