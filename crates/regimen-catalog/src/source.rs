//! The texts of a catalogue's files, and from a [`Place`] to line and column in them.
//!
//! Findings carry places, not positions: a path into a YAML document costs nothing until somebody wants to see
//! it. Only then is the file indexed, once, and files that failed to parse are located as far as they go.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{FieldPath, FilePath, Place, Spot};
use crate::prose::find_encoded;
use crate::yaml::{self, Index};

/// The files that were read.
///
/// ```
/// use regimen_catalog::{FieldPath, Place, Sources};
/// let mut sources = Sources::default();
/// sources.add_yaml("exercises/squat.yaml", "kind: strength\nlevel: 9\n");
/// let place = Place::value("exercises/squat.yaml", FieldPath::root().key("level"));
/// let found = sources.locate(&place).expect("the file was added");
/// assert_eq!((found.line, found.column), (2, 8));
/// ```
#[derive(Debug, Default)]
pub struct Sources {
    files: BTreeMap<FilePath, Source>,
}

#[derive(Debug)]
struct Source {
    text: Arc<str>,
    /// The part that is YAML: all of it, the front matter, or nothing.
    yaml: Range<usize>,
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
    /// Adds a file that is YAML from start to end.
    pub fn add_yaml(&mut self, file: impl Into<FilePath>, text: impl Into<Arc<str>>) {
        let text = text.into();
        let whole = 0..text.len();
        self.add_front_matter(file, text, whole);
    }

    /// Adds a file of which only the bytes `yaml` are YAML; an empty range for a file without any.
    pub fn add_front_matter(&mut self, file: impl Into<FilePath>, text: impl Into<Arc<str>>, yaml: Range<usize>) {
        let source = Source { text: text.into(), yaml, index: OnceLock::new(), columns: OnceLock::new() };
        self.files.insert(file.into(), source);
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
    pub fn locate(&self, place: &Place) -> Option<Location> {
        let source = self.files.get(&place.file)?;
        let range = source.range(&place.spot);
        let (line, column) = source.position(range.start);
        Some(Location { file: place.file.clone(), range, line, column })
    }
}

impl Sources {
    /// The comments of a file that may have been meant as words, each with its bytes.
    pub(crate) fn touching_comments(&self, file: &str) -> Vec<(Range<usize>, &str)> {
        let Some(source) = self.files.get(file) else { return Vec::new() };
        let found = yaml::touching_comments(&source.text, source.yaml.clone()).into_iter();
        found.map(|range| (range.clone(), &source.text[range])).collect()
    }

    /// The bytes of each item of a list that is written in brackets; `None` for an item in quotes.
    pub(crate) fn in_brackets(&self, file: &str, path: &FieldPath) -> Option<Vec<Option<Range<usize>>>> {
        let source = self.files.get(file)?;
        source.index().in_brackets(&source.text, path)
    }
}

impl Source {
    fn range(&self, spot: &Spot) -> Range<usize> {
        let found = match spot {
            Spot::Whole => None,
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
        let yaml = || Index::new(self.text.get(self.yaml.clone()).unwrap_or_default(), self.yaml.start);
        self.index.get_or_init(yaml)
    }

    fn position(&self, at: usize) -> (usize, usize) {
        self.columns.get_or_init(|| Columns::new(&self.text)).position(&self.text, at)
    }
}

/// The start of the character that holds the byte `at`, at most the end of the text.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "a.yaml";

    /// `line:column text` of a spot.
    fn shown(sources: &Sources, spot: Spot) -> String {
        let found = sources.locate(&Place { file: FILE.into(), spot }).expect("the file is there");
        let text = sources.text(FILE).expect("the file is there");
        format!("{}:{} {}", found.line, found.column, &text[found.range])
    }

    fn yaml(text: &str) -> Sources {
        let mut sources = Sources::default();
        sources.add_yaml(FILE, text);
        sources
    }

    fn path(text: &str) -> FieldPath {
        text.split('.').filter(|part| !part.is_empty()).fold(FieldPath::root(), |path, part| match part.parse() {
            Ok(index) => path.index(index),
            Err(_) => path.key(part),
        })
    }

    #[test]
    fn values_keys_and_words_are_found() {
        let text = "name: 罗马 硬拉\r\nmuscles:\r\n  - target: group:hamstrings  # most\r\n    role: prime\r\n\
                    tags: [a, 'b c']\r\nsummary: >\r\n  One two\r\n  three.\r\nlast:\r\n";
        let sources = yaml(text);
        for (spot, expected) in [
            (Spot::Value(path("name")), "1:7 罗马 硬拉"),
            (Spot::Key(path("name")), "1:1 name"),
            (Spot::Within(path("name"), "硬拉".into()), "1:10 硬拉"),
            (Spot::Within(path("name"), "nowhere".into()), "1:7 罗马 硬拉"),
            (Spot::Value(path("muscles.0.role")), "4:11 prime"),
            (Spot::Value(path("muscles.0.target")), "3:13 group:hamstrings"),
            (Spot::Value(path("tags")), "5:7 [a, 'b c']"),
            (Spot::Value(path("tags.1")), "5:11 'b c'"),
            (Spot::Value(path("summary")), "7:3 One two\r\n  three."),
            (Spot::Within(path("summary"), "three".into()), "8:3 three"),
            (Spot::Value(path("last")), "9:1 last"),
            (Spot::Whole, "1:1 "),
            (Spot::Bytes((9..12).into()), "1:8 马"),
        ] {
            assert_eq!(shown(&sources, spot.clone()), expected, "{spot:?}");
        }
    }

    #[test]
    fn what_fills_many_lines_or_does_not_exist_is_shown_by_what_leads_there() {
        let sources = yaml("# a comment\nmuscles:\n  - target: x\n    role: y\n  - z\ndose: {sets: 3}\n");
        for (spot, expected) in [
            (Spot::Value(path("muscles")), "2:1 muscles"),
            (Spot::Value(path("muscles.0")), "3:5 target: x"),
            (Spot::Value(path("muscles.0.head")), "3:5 target: x"),
            (Spot::Value(path("muscles.7.head")), "2:1 muscles"),
            (Spot::Value(path("dose.reps")), "6:1 dose"),
            (Spot::Key(path("dose.reps")), "6:1 dose"),
            (Spot::Value(path("missing")), "2:1 muscles:"),
            (Spot::Value(path("")), "2:1 muscles:"),
            (Spot::Within(path("muscles.0"), "role".into()), "4:5 role"),
        ] {
            assert_eq!(shown(&sources, spot.clone()), expected, "{spot:?}");
        }
    }

    #[test]
    fn front_matter_is_located_in_the_whole_file() {
        let text = "---\ntitle: Guide\nsources:\n- a\n- b\n---\n# Title\n";
        let mut sources = Sources::default();
        sources.add_front_matter(FILE, text, 4..text.len() - 12);
        assert_eq!(shown(&sources, Spot::Value(path("title"))), "2:8 Guide");
        assert_eq!(shown(&sources, Spot::Value(path("sources.1"))), "5:3 b");
        assert_eq!(shown(&sources, Spot::Value(path("nothing"))), "2:1 title: Guide");
    }

    #[test]
    fn broken_files_are_located_up_to_where_they_break() {
        let sources = yaml("a: 1\nb:\n  c: [1, 2\nd: 'x\n");
        assert_eq!(shown(&sources, Spot::Value(path("a"))), "1:4 1");
        assert_eq!(shown(&sources, Spot::Value(path("b.c.0"))), "3:7 1");
        assert_eq!(shown(&sources, Spot::Value(path("d"))), "1:1 a: 1");
    }

    #[test]
    fn columns_of_long_lines_count_characters() {
        let text = format!("\u{feff}a: {}\nb: {}", "中é".repeat(1_000), "xü".repeat(5_000));
        let sources = yaml(&text);
        for (at, c) in text.char_indices() {
            let found = sources.locate(&Place::bytes(FILE, at..at + c.len_utf8())).expect("the file is there");
            let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let before = text[line..at].chars().filter(|c| *c != '\u{feff}').count();
            assert_eq!((found.line, found.column), (1 + usize::from(line > 0), before + 1), "{at}");
        }
    }

    #[test]
    fn nonsense_places_do_not_panic() {
        let sources = yaml("\u{feff}é: ü\n");
        assert_eq!(shown(&sources, Spot::Value(path("é"))), "1:4 ü");
        for (start, end) in [(0, 9999), (4, 1), (9999, 0), (4, 5)] {
            shown(&sources, Spot::Bytes((start..end).into()));
        }
        assert_eq!(sources.locate(&Place::file("other.yaml")), None);
        shown(&yaml(""), Spot::Value(path("a.b")));
        shown(&yaml("[a, b]"), Spot::Value(path("a.0")));
        shown(&yaml("? [a]\n: {b: c}\n"), Spot::Value(path("a.b")));
    }
}
