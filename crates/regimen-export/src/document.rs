//! What a handout or a guide contains, composed once and rendered by each exporter in its own way.
//!
//! A [`Document`] says which blocks come in which order. It knows no page, no markup and no file format;
//! an exporter knows no exercise and no programme.
//!
//! ```
//! use regimen_export::document::Block;
//! use regimen_export::regimen_catalog::prose::plain_text;
//! use regimen_export::{Subject, compose, testing};
//!
//! let catalog = testing::catalog();
//! let guide = &catalog.guides["calves"];
//! let document = compose::guide(&testing::unit(&catalog, Subject::Guide(guide)), guide);
//! let headings = document.blocks.iter().filter_map(|block| match block {
//!     Block::Heading { content, .. } => Some(plain_text(content)),
//!     _ => None,
//! });
//! assert_eq!(headings.collect::<Vec<_>>(), ["Why"]);
//! ```

mod cards;
mod log;
mod tables;
mod texts;
mod walk;
mod work;

use std::collections::BTreeMap;

use jiff::civil::Date;
use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{CalloutKind, Inline, Inlines};

pub use cards::{Card, Code, Figure, MuscleMap, MusclePart};
pub use log::{LogEntry, LogSession, LogTime, LogWork};
pub use tables::{Column, ColumnRole, ListedCell, Month, MonthDay, Row, Table};
pub use walk::walk;
pub use work::{Scale, Work, WorkPoint, WorkTime};

/// Something to read: a guide, a programme, an exercise.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let guide = &catalog.guides["calves"];
/// let document = compose::guide(&testing::unit(&catalog, Subject::Guide(guide)), guide);
/// assert_eq!((document.title.as_str(), document.language.as_str()), ("Calves", "en"));
/// assert!(document.blocks.len() > 1, "a heading and more");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The title, shown on top and kept in the file's metadata.
    pub title: String,
    /// The language of the title, if it is another one than the document's.
    pub title_language: Option<LanguageTag>,
    /// One sentence below the title; may be empty.
    pub summary: Inlines,
    /// Who wrote it, for the metadata.
    pub authors: Vec<String>,
    /// BCP 47 tag of its language.
    pub language: String,
    /// Which way its language runs.
    pub direction: Direction,
    /// Words to find it by, for the metadata.
    pub keywords: Vec<String>,
    /// What stands around the content on every page.
    pub frame: Frame,
    /// The content, in reading order. The title is not repeated in it.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The title as running text that knows its language.
    ///
    /// ```
    /// use regimen_export::regimen_catalog::prose::Inline;
    /// use regimen_export::{Subject, compose, document::Document, testing};
    /// let catalog = testing::catalog();
    /// let page = compose::cards(&testing::unit(&catalog, Subject::Catalog), &[]);
    /// let french = Document { title_language: Some("fr".parse().unwrap()), ..page };
    /// assert!(matches!(&french.spoken_title()[..], [Inline::InLanguage { language, .. }] if language.as_str() == "fr"));
    /// ```
    pub fn spoken_title(&self) -> Inlines {
        in_language(&self.title, self.title_language.as_ref())
    }
}

fn in_language(text: &str, language: Option<&LanguageTag>) -> Inlines {
    let content = vec![Inline::Text(text.to_owned())];
    match language.cloned() {
        Some(language) => vec![Inline::InLanguage { language, content }],
        None => content,
    }
}

/// Which way a language runs.
///
/// ```
/// use regimen_export::document::Direction;
/// let attribute = |direction| match direction {
///     Direction::LeftToRight => "ltr",
///     Direction::RightToLeft => "rtl",
/// };
/// assert_eq!(attribute(Direction::default()), "ltr");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

/// The anchor of the heading of the list of publications at the end of a document.
///
/// ```
/// use regimen_export::document::{Block, SOURCES};
/// let lists_sources = |block: &Block| matches!(block, Block::Heading { anchor, .. } if anchor == SOURCES);
/// assert!(lists_sources(&Block::Heading { level: 1, anchor: "sources".into(), content: Vec::new() }));
/// ```
pub const SOURCES: &str = "sources";

/// What stands around the content: who hands it out, and the fine print.
///
/// ```
/// use regimen_export::document::Frame;
/// let frame = Frame { page_of: "Page {page} of {pages}".into(), ..Frame::default() };
/// assert_eq!(frame.page_of.replace("{page}", "1").replace("{pages}", "2"), "Page 1 of 2");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Name of the clinic, club or author.
    pub brand: String,
    /// How to reach them, a line each.
    pub contacts: Vec<String>,
    /// The main colour, of headings, rules and tables, as red, green, blue.
    pub colour: Option<[u8; 3]>,
    /// The colour of what stands out, such as links and numbers; the main one unless stated.
    pub accent: Option<[u8; 3]>,
    /// The sign of the brand.
    pub logo: Option<Figure>,
    /// The fonts of the brand.
    pub fonts: Fonts,
    /// A line on top of pages, instead of the title, with `{title}`, `{page}`, `{pages}` and `{date}` to fill in; may be
    /// empty.
    pub header: String,
    /// A line at the foot of pages, with the same names to fill in; may be empty.
    pub footer: String,
    /// Small print for the end of the content; may be empty.
    pub disclaimer: Inlines,
    /// Who made the small pictures of its tables, for the fine print; may be empty.
    pub credits: Inlines,
    /// Where its texts were taken from, for the fine print, if the content has no list of sources; may be empty.
    pub origins: Inlines,
    /// "Page {page} of {pages}" in the reader's language, with these two names to fill in.
    pub page_of: String,
    /// "{title} (continued)" in the reader's language, with this name to fill in, for what goes on over a page; may be empty.
    pub continued: String,
    /// The date of the content, ready to show; may be empty.
    pub date: String,
    /// The same date for programs, such as those that read the metadata of a file.
    pub dated: Option<Date>,
    /// The mark of the content, which is another one for another content: `K7Q2-M4X`; may be empty.
    pub mark: String,
    /// Which handout it is, such as `schedules/spring-2027`, for programs that read back what was filled in; may be empty.
    pub sheet: String,
    /// Words with what they are in short, for the heads of columns that have no room for them: "Wednesday" and "Wed".
    pub in_short: Vec<(String, String)>,
    /// "Contents" in the reader's language, above a table of contents.
    pub contents: String,
}

impl Frame {
    /// The edition of the content: its date and its mark.
    ///
    /// ```
    /// use regimen_export::document::Frame;
    /// let frame = Frame { date: "1 May 2026".into(), mark: "K7Q2-M4X".into(), ..Frame::default() };
    /// assert_eq!(frame.edition(), "1 May 2026 · K7Q2-M4X");
    /// assert_eq!(Frame { date: String::new(), ..frame }.edition(), "K7Q2-M4X");
    /// ```
    pub fn edition(&self) -> String {
        let parts = [self.date.as_str(), self.mark.as_str()].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    }
}

/// The fonts of a brand: the files of its faces, relative to the catalogue's root. Others stand in for what is left out.
///
/// ```
/// use regimen_export::document::Fonts;
/// let fonts = Fonts { bold: Some("fonts/club-bold.ttf".into()), ..Fonts::default() };
/// let headings = fonts.headings.as_ref().or(fonts.bold.as_ref());
/// assert_eq!(headings.unwrap(), "fonts/club-bold.ttf");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fonts {
    /// Running text.
    pub regular: Option<String>,
    /// Strong text and labels.
    pub bold: Option<String>,
    /// Emphasis.
    pub italic: Option<String>,
    /// Both.
    pub bold_italic: Option<String>,
    /// Titles and headings.
    pub headings: Option<String>,
    /// Fonts for the words of one language, before the others; those have no languages of their own.
    pub languages: BTreeMap<LanguageTag, Fonts>,
}

/// A paragraph-level piece of a document.
///
/// An exporter renders each in its own way, and may leave out what the documentation of a block allows it to:
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::regimen_catalog::prose::{Inline, plain_text};
///
/// fn line(block: &Block) -> String {
///     match block {
///         Block::Heading { level, content, .. } => format!("{} {}", "#".repeat((*level).into()), plain_text(content)),
///         Block::Paragraph(content) => plain_text(content),
///         _ => "…".to_owned(),
///     }
/// }
/// let content = vec![Inline::Text("Why".into())];
/// assert_eq!(line(&Block::Heading { level: 2, anchor: "why".into(), content }), "## Why");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading; level 1 is the first below the title.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The name to link to, unique in the document.
        anchor: String,
        /// What it says.
        content: Inlines,
    },
    /// Running text.
    Paragraph(Inlines),
    /// A bulleted list, or a numbered one if `start` is given.
    List {
        /// The first number, for a numbered list.
        start: Option<u64>,
        /// The items, each a sequence of blocks.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A box that stands out.
    Callout {
        /// Its tone.
        kind: CalloutKind,
        /// Its heading in the reader's language, such as "Stop and ask".
        title: String,
        /// What it holds.
        blocks: Vec<Block>,
    },
    /// Fixed-width lines.
    Code {
        /// The language that they are in, such as `yaml`.
        language: Option<String>,
        /// The lines.
        text: String,
    },
    /// A table.
    Table(Table),
    /// A picture.
    Figure(Figure),
    /// Key facts: label and value.
    Facts(Vec<(String, Inlines)>),
    /// What matters most, to be seen at a glance: label and short value, side by side where there is room.
    Glance(Vec<(String, Inlines)>),
    /// A month with what happens on its days; left out where lists and tables say the same.
    Month(Month),
    /// The entry of an exercise or the like: title, picture beside text, key facts.
    Card(Card),
    /// What is done in a session, with its pictures, its steps, and a place for each time.
    Work(Box<Work>),
    /// Label and value, or a line to write on where there is no value yet; those without a value are left out where nobody has
    /// a pen.
    Fields(Vec<(String, Inlines)>),
    /// Lines to mark how strong something is; left out where nobody has a pen.
    Scales(Vec<Scale>),
    /// A thematic break.
    Rule,
    /// The footnotes of the text before it, in the order of their numbers from 1: `Inline::Footnote(1)` refers to the first.
    Footnotes(Vec<Vec<Block>>),
    /// What follows starts on a new page, where there are pages.
    PageBreak,
    /// A sheet begins, where there are pages: what follows, up to the next break or to the heading of level 1 after its own,
    /// is on one page if a page has room for it. Short sheets share a page.
    SheetBreak,
}
