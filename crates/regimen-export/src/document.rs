//! What a handout or a guide contains, composed once and rendered by each exporter in its own way.
//!
//! A [`Document`] says which blocks come in which order. It knows no page, no markup and no file format;
//! an exporter knows no exercise and no programme.

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{CalloutKind, Inline, Inlines};

/// Something to read: a guide, a programme, an exercise.
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    #[default]
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

/// What stands around the content: who hands it out, and the fine print.
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
    /// "Page {page} of {pages}" in the reader's language, with these two names to fill in.
    pub page_of: String,
    /// The date of the content, ready to show; may be empty.
    pub date: String,
    /// "Contents" in the reader's language, above a table of contents.
    pub contents: String,
}

/// The fonts of a brand: the files of its faces, relative to the catalogue's root. Others stand in for what is left out.
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
}

/// A paragraph-level piece of a document.
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
    Code(String),
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
    /// A thematic break.
    Rule,
    /// What follows starts on a new page, where there are pages.
    PageBreak,
}

/// A table with one header row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table shows, for those who do not see it.
    pub summary: String,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The cells, one for each column.
    pub cells: Vec<Inlines>,
    /// Whether it opens a group of rows ("Warm-up"): only its first cell is filled and spans the table.
    pub group: bool,
    /// A small picture of what its first cell names, where there is room for one.
    pub figure: Option<Figure>,
}

/// A month as a grid of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// "January 2027".
    pub title: String,
    /// The names of the seven days of a week, in the order of the columns.
    pub weekdays: Vec<String>,
    /// Its weeks; each has seven days, those of other months are not there.
    pub weeks: Vec<[Option<MonthDay>; 7]>,
}

/// A day of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 31.
    pub number: i8,
    /// What happens on it, a line each.
    pub entries: Vec<Inlines>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub title: Inlines,
    /// What its cells are for.
    pub role: ColumnRole,
}

/// What the cells of a column are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// The name of the row.
    Name,
    /// Text to read.
    Text,
    /// A short amount such as a dose or a number.
    Amount,
    /// Filled in with a pen, below what little is printed; a column without a word is left out where nobody has a pen.
    Log,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The file, relative to the catalogue's root; its bytes are in the unit's media.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// The language of `alt`, if it is another one than the document's.
    pub alt_language: Option<LanguageTag>,
    /// A line below it, such as its author and licence; may be empty.
    pub caption: Inlines,
}

impl Figure {
    /// What it shows, as running text that knows its language.
    pub fn spoken_alt(&self) -> Inlines {
        in_language(&self.alt, self.alt_language.as_ref())
    }
}

/// The entry of one thing: its title, a picture, key facts, then text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// Level of its heading, 1 to 6.
    pub level: u8,
    /// The name to link to, unique in the document.
    pub anchor: String,
    /// The entry that it shows, so that links to it inside this document can lead here.
    pub entry: regimen_catalog::Reference,
    /// Its heading.
    pub title: Inlines,
    /// The picture, if there is one.
    pub figure: Option<Figure>,
    /// Key facts: label and value.
    pub facts: Vec<(String, Inlines)>,
    /// Which muscles work, where an exporter can draw them; the key facts say the same in words.
    pub muscles: Option<MuscleMap>,
    /// Addresses to see more, for a reader on paper.
    pub codes: Vec<Code>,
    /// Headings (one level below its own), paragraphs and lists.
    pub body: Vec<Block>,
}

/// Which muscles work, to be shown on a figure of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuscleMap {
    /// The same in words, for those who do not see it.
    pub alt: String,
    /// What does the main work, then what helps.
    pub parts: Vec<MusclePart>,
}

/// Muscles that do the same in an exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MusclePart {
    /// What they do, in the reader's language.
    pub label: String,
    /// The ids of the muscles, of groups of them, and of the members of these.
    pub ids: Vec<String>,
}

/// An address that a reader on paper opens with a camera.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The address.
    pub address: String,
    /// What the code is, for those who do not see it.
    pub alt: String,
    /// What stands beside it, with the address as a link.
    pub caption: Inlines,
}
