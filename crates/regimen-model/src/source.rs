//! The texts of a catalogue's files, and from a [`Place`] to line and column in them.
//!
//! Findings carry places, not positions: a path into a YAML document costs nothing until somebody wants to see
//! it. Only then is the file indexed, once, and files that failed to parse are located as far as they go.

mod index;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{FieldPath, FilePath, Place, Spot};
use crate::prose::find_encoded;
pub use index::{Field, Index, Node};

/// What is asked of the texts of files. Whoever reads files knows the language that they are written in.
#[derive(Debug, Clone, Copy)]
pub struct Syntax {
    /// Finds the values of the document in these bytes of a text.
    pub index: fn(&str, Range<usize>) -> Index,
    /// Finds the comments in these bytes of a text that may have been meant as words.
    pub touching_comments: fn(&str, Range<usize>) -> Vec<Range<usize>>,
}

/// The files that were read.
///
/// ```
/// use regimen_model::source::{Index, Syntax};
/// use regimen_model::{Place, Sources};
/// let none = Syntax { index: |_, _| Index::new(Vec::new()), touching_comments: |_, _| Vec::new() };
/// let mut sources = Sources::default();
/// sources.add("notes.txt", "kind: strength\nlevel: 9\n", none);
/// let found = sources.locate(&Place::text("notes.txt", "9")).expect("the file was added");
/// assert_eq!((found.line, found.column), (2, 8));
/// ```
#[derive(Debug, Default)]
pub struct Sources {
    files: BTreeMap<FilePath, SourceFile>,
}

#[derive(Debug)]
struct SourceFile {
    text: Arc<str>,
    /// The part that is a document with keys: all of it, the front matter, or nothing.
    document: Range<usize>,
    syntax: Syntax,
    /// Built when the first path in this file has to be found.
    index: OnceLock<Index>,
    /// Built when the first position is asked for.
    columns: OnceLock<Columns>,
}

/// How many bytes lie between two milestones.
const MILE: usize = 1024;

/// What it takes to find a line and column quickly, also in a line as long as its file.
#[derive(Debug)]
struct Columns {
    /// Where each line starts.
    lines: Vec<usize>,
    /// For every [`MILE`] bytes of the text, how many characters start before them.
    milestones: Vec<usize>,
}

impl Columns {
    fn new(text: &str) -> Self {
        let newlines = text.match_indices('\n').map(|(newline, _)| newline + 1);
        let mut passed = 0;
        let miles = text.as_bytes().chunks(MILE).map(|mile| {
            passed += starts(mile);
            passed
        });
        let milestones = std::iter::once(0).chain(miles).collect();
        Self { lines: std::iter::once(0).chain(newlines).collect(), milestones }
    }

    /// Line and column of the byte `at`, which starts a character or ends the text.
    fn position(&self, text: &str, at: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= at);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or_default();
        // A byte order mark takes no column in any editor.
        let mark = usize::from(start == 0 && at > 0 && text.starts_with('\u{feff}'));
        (line, self.before(text, at) - self.before(text, start) - mark + 1)
    }

    /// How many characters start before the byte `at`.
    fn before(&self, text: &str, at: usize) -> usize {
        let mile = at / MILE;
        let passed = self.milestones.get(mile).copied().unwrap_or_default();
        passed + starts(text.as_bytes().get(mile * MILE..at).unwrap_or_default())
    }
}

/// How many characters start in these bytes of a text: all but those that go on with one.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A place as people and editors name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file, relative to the catalogue's root.
    pub file: FilePath,
    /// Its bytes; empty for a file as a whole.
    pub range: Range<usize>,
    /// The line of the first byte, counted from 1.
    pub line: usize,
    /// The column of the first byte, counted in characters from 1.
    pub column: usize,
}

impl Location {
    /// Whether the file as a whole is meant rather than a part of it.
    pub fn is_whole(&self) -> bool {
        self.range.is_empty() && self.range.start == 0
    }
}

impl Sources {
    /// Adds a file that is a document from start to end.
    pub fn add(&mut self, file: impl Into<FilePath>, text: impl Into<Arc<str>>, syntax: Syntax) {
        let text = text.into();
        let whole = 0..text.len();
        self.add_part(file, text, whole, syntax);
    }

    /// Adds a file of which only the bytes `document` are one; an empty range for a file without any.
    pub fn add_part(
        &mut self,
        file: impl Into<FilePath>,
        text: impl Into<Arc<str>>,
        document: Range<usize>,
        syntax: Syntax,
    ) {
        let (index, columns) = (OnceLock::new(), OnceLock::new());
        self.files.insert(file.into(), SourceFile { text: text.into(), document, syntax, index, columns });
    }

    /// The text of a file, if it was read and is text; of a file that is not UTF-8 the part up to where that shows.
    pub fn text(&self, file: &str) -> Option<&str> {
        self.files.get(file).map(|source| &*source.text)
    }

    /// The files in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = &FilePath> {
        self.files.keys()
    }

    /// Finds a place; `None` if its file was not read. What does not exist, such as a missing key, is located at
    /// the nearest thing around it.
    ///
    /// A place in a text that is not kept says itself where it is; there are no bytes to show for it.
    pub fn locate(&self, place: &Place) -> Option<Location> {
        if let Spot::At { line, column } = place.spot {
            return Some(Location { file: place.file.clone(), range: 0..0, line, column });
        }
        let source = self.files.get(&place.file)?;
        let range = source.range(&place.spot);
        let (line, column) = source.position(range.start);
        Some(Location { file: place.file.clone(), range, line, column })
    }

    /// Exactly where the value at a path and its key are written; `None` if there is no such value.
    ///
    /// [`locate`](Self::locate) is for people: it shows a long value by its key, and what is missing by what is around it.
    pub fn field(&self, file: &str, path: &FieldPath) -> Option<Field> {
        self.files.get(file)?.index().field(path)
    }

    /// The innermost value that contains a byte of a file, or whose key does; `None` outside of the document, such as in
    /// the article of a guide. A value ends behind its last byte, where a cursor is after typing it.
    pub fn field_at(&self, file: &str, byte: usize) -> Option<Field> {
        self.files.get(file)?.index().field_at(byte)
    }
}

impl Sources {
    /// The comments of a file that may have been meant as words, each with its bytes.
    pub fn touching_comments(&self, file: &str) -> Vec<(Range<usize>, &str)> {
        let Some(source) = self.files.get(file) else { return Vec::new() };
        let found = (source.syntax.touching_comments)(&source.text, source.document.clone()).into_iter();
        found.map(|range| (range.clone(), &source.text[range])).collect()
    }

    /// The bytes of each item of a list that is written in brackets; `None` for an item in quotes.
    pub fn in_brackets(&self, file: &str, path: &FieldPath) -> Option<Vec<Option<Range<usize>>>> {
        let source = self.files.get(file)?;
        source.index().in_brackets(&source.text, path)
    }
}

impl SourceFile {
    fn range(&self, spot: &Spot) -> Range<usize> {
        let found = match spot {
            Spot::Whole | Spot::At { .. } => None,
            Spot::Bytes(range) => Some(range.start..range.end),
            Spot::Text(needle) => match self.text.find(&**needle) {
                Some(start) => Some(start..start + needle.len()),
                None => find_encoded(&self.text, needle),
            },
            Spot::Value(_) | Spot::Key(_) | Spot::Within(..) => self.index().locate(&self.text, spot),
        };
        let range = found.unwrap_or(0..0);
        // A place may come from outside, such as from a plugin: it never breaks a character or leaves the text.
        let start = floor(&self.text, range.start);
        start..floor(&self.text, range.end).max(start)
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| (self.syntax.index)(&self.text, self.document.clone()))
    }

    fn position(&self, at: usize) -> (usize, usize) {
        self.columns.get_or_init(|| Columns::new(&self.text)).position(&self.text, at)
    }
}

/// The start of the character that holds the byte `at`, at most the end of the text.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}
