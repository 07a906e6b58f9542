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

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{CalloutKind, Inline, Inlines};

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
    /// "Page {page} of {pages}" in the reader's language, with these two names to fill in.
    pub page_of: String,
    /// The date of the content, ready to show; may be empty.
    pub date: String,
    /// "Contents" in the reader's language, above a table of contents.
    pub contents: String,
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
///
/// ```
/// use regimen_export::document::{Column, ColumnRole, Row, Table};
/// use regimen_export::regimen_catalog::prose::Inline;
/// let text = |text: &str| vec![Inline::Text(text.to_owned())];
/// let columns = vec![Column { title: text("Week"), role: ColumnRole::Amount }];
/// let rows = vec![Row { cells: vec![text("1")], group: false, figure: None }];
/// let table = Table { summary: "Weeks".into(), columns, rows };
/// assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
/// ```
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
///
/// ```
/// use regimen_export::document::Row;
/// use regimen_export::regimen_catalog::prose::Inline;
/// let group = Row { cells: vec![vec![Inline::Text("Warm-up".into())], vec![]], group: true, figure: None };
/// let spans = if group.group { group.cells.len() } else { 1 };
/// assert_eq!(spans, 2);
/// ```
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
///
/// ```
/// use regimen_export::document::{Block, Month};
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::program(&testing::unit(&catalog, Subject::Plan(program, &plan)), program, &plan);
/// let months = page.blocks.iter().filter_map(|block| if let Block::Month(month) = block { Some(month) } else { None });
/// let months: Vec<&Month> = months.collect();
/// assert_eq!((months.len(), months[0].title.as_str(), months[0].weekdays.len()), (1, "January 2027", 7));
/// ```
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
///
/// ```
/// use regimen_export::document::{Month, MonthDay};
/// let first = MonthDay { number: 1, entries: Vec::new() };
/// let week = [None, None, None, None, Some(first), None, None];
/// let month = Month { title: "January 2027".into(), weekdays: Vec::new(), weeks: vec![week] };
/// let numbers: Vec<i8> = month.weeks.iter().flatten().flatten().map(|day| day.number).collect();
/// assert_eq!(numbers, [1], "days of other months are not there");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 31.
    pub number: i8,
    /// What happens on it, a line each.
    pub entries: Vec<Inlines>,
}

/// A column of a table.
///
/// ```
/// use regimen_export::document::{Column, ColumnRole};
/// use regimen_export::regimen_catalog::prose::{Inline, plain_text};
/// let column = Column { title: vec![Inline::Text("Dose".into())], role: ColumnRole::Amount };
/// assert_eq!(plain_text(&column.title), "Dose");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub title: Inlines,
    /// What its cells are for.
    pub role: ColumnRole,
}

/// What the cells of a column are for.
///
/// ```
/// use regimen_export::document::ColumnRole;
/// let alignment = |role: ColumnRole| match role {
///     ColumnRole::Name | ColumnRole::Text | ColumnRole::Log => "left",
///     ColumnRole::Amount => "right",
/// };
/// assert_eq!(alignment(ColumnRole::Amount), "right");
/// ```
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
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let exercise = &catalog.exercises["calf-raise"];
/// let unit = testing::unit(&catalog, Subject::Exercise(exercise));
/// let page = compose::exercise(&unit, exercise);
/// let Block::Figure(figure) = &page.blocks[0] else { panic!("it has a picture") };
/// assert_eq!(figure.alt, "Standing on the toes.");
/// assert!(unit.media(&figure.file).is_some(), "the bytes are in the unit");
/// ```
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
    ///
    /// ```
    /// use regimen_export::document::Figure;
    /// use regimen_export::regimen_catalog::prose::Inline;
    /// let (file, alt) = ("media/calf-raise.svg".to_owned(), "Up.".to_owned());
    /// let figure = Figure { file, alt, alt_language: None, caption: Vec::new() };
    /// assert_eq!(figure.spoken_alt(), [Inline::Text("Up.".into())], "its language is the document's");
    /// ```
    pub fn spoken_alt(&self) -> Inlines {
        in_language(&self.alt, self.alt_language.as_ref())
    }
}

/// The entry of one thing: its title, a picture, key facts, then text.
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::regimen_catalog::prose::plain_text;
/// use regimen_export::{Subject, compose, testing};
/// let catalog = testing::catalog();
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let page = compose::cards(&unit, &[&catalog.exercises["calf-raise"]]);
/// let Block::Card(card) = &page.blocks[0] else { panic!("a card for each exercise") };
/// assert_eq!(plain_text(&card.title), "Calf raise");
/// assert_eq!(card.entry.to_string(), "exercise:calf-raise");
/// ```
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
///
/// ```
/// use regimen_export::document::{MuscleMap, MusclePart};
/// let main = MusclePart { label: "Main work".into(), ids: vec!["soleus".into()] };
/// let map = MuscleMap { alt: "Muscles: Soleus (main work)".into(), parts: vec![main] };
/// assert!(map.parts.iter().any(|part| part.ids.iter().any(|id| id == "soleus")), "to be coloured");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MuscleMap {
    /// The same in words, for those who do not see it.
    pub alt: String,
    /// What does the main work, then what helps.
    pub parts: Vec<MusclePart>,
}

/// Muscles that do the same in an exercise.
///
/// ```
/// use regimen_export::document::MusclePart;
/// let part = MusclePart { label: "Main work".into(), ids: vec!["calf".into(), "soleus".into()] };
/// assert!(part.ids.contains(&"soleus".to_owned()), "a group and its members");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MusclePart {
    /// What they do, in the reader's language.
    pub label: String,
    /// The ids of the muscles, of groups of them, and of the members of these.
    pub ids: Vec<String>,
}

/// An address that a reader on paper opens with a camera.
///
/// ```
/// use regimen_export::document::Code;
/// let code = Code { address: "https://club.example/calf".into(), alt: "A code".into(), caption: Vec::new() };
/// assert!(code.address.starts_with("https://"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// The address.
    pub address: String,
    /// What the code is, for those who do not see it.
    pub alt: String,
    /// What stands beside it, with the address as a link.
    pub caption: Inlines,
}
