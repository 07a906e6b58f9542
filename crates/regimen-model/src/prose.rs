//! Prose as authors write it: CommonMark, parsed once into blocks and inlines.
//!
//! A link may point at an entry of the catalogue through a scheme of ours (`exercise:`, `muscle:`,
//! `equipment:`, `program:`, `guide:`, `source:`), so that every editor still shows it as a link.

mod address;
mod free_names;
mod length;
mod markup;
mod notes;
mod parse;
mod path;
mod plain;
mod walk;
mod word;

pub use free_names::FreeNames;
pub use length::{estimated_lines, estimated_lines_of, estimated_pages};
pub use markup::RawMarkup;
pub use parse::{Parsed, Problem, parse};
pub(crate) use path::{file_from_root, find_encoded};
pub use plain::is_blank;
pub use walk::{walk, walk_inlines};
pub use word::Word;

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::language::LanguageTag;
use crate::reference::Reference;

/// Running text: a sequence of inlines.
pub type Inlines = Vec<Inline>;

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Plain characters, never empty, without line breaks.
    Text(String),
    /// Bold.
    Strong(Inlines),
    /// Italic.
    Emphasis(Inlines),
    /// Struck out: said before, and no longer true.
    Struck(Inlines),
    /// Fixed-width text.
    Code(String),
    /// A link. Empty content in prose means "the name of the entry"; composed documents always have content.
    Link {
        /// Where it leads.
        target: LinkTarget,
        /// What is shown.
        content: Inlines,
        /// What a page on a screen shows at the pointer.
        title: Option<String>,
    },
    /// Words in another language than those around them, written as `<span lang="fr">mot juste</span>`.
    InLanguage {
        /// Which language.
        language: LanguageTag,
        /// The words.
        content: Inlines,
    },
    /// The box at the start of an item of a task list, and whether it is ticked.
    Checkbox(bool),
    /// A reference to a footnote, by its number in the text: 1 is the first of [`ProseBlock::Footnotes`].
    Footnote(u32),
    /// A line break that the author asked for.
    Break,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkTarget {
    /// An absolute `http`, `https`, `mailto` or `tel` address.
    Url(String),
    /// An entry of the catalogue.
    Entry(Reference),
    /// A heading of the same text, by its anchor.
    Anchor(String),
    /// A heading of another guide, by its anchor there.
    Heading(Reference, String),
}

/// A paragraph-level piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProseBlock {
    /// A heading; level 1 to 6.
    Heading {
        /// 1 is the most important.
        level: u8,
        /// The name to link to, unique in its text.
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
        items: Vec<Vec<ProseBlock>>,
    },
    /// A quotation.
    Quote(Vec<ProseBlock>),
    /// A box that stands out, written as `> [!WARNING]`.
    Callout {
        /// Its tone.
        kind: CalloutKind,
        /// What it holds.
        blocks: Vec<ProseBlock>,
    },
    /// Fixed-width lines.
    Code {
        /// The language that they are in, such as `yaml`.
        language: Option<String>,
        /// The lines.
        text: String,
    },
    /// A table with one header row.
    Table {
        /// How each column is aligned.
        alignment: Vec<Alignment>,
        /// The header cells, one for each column.
        header: Vec<Inlines>,
        /// The rows, each as long as the header.
        rows: Vec<Vec<Inlines>>,
    },
    /// The card of an entry, written as an image alone in its paragraph: `![](exercise:squat)`.
    Embed(Reference),
    /// A picture alone in its paragraph.
    Figure {
        /// The file, relative to the catalogue's root.
        file: String,
        /// What it shows, for those who do not see it.
        alt: Word,
    },
    /// A thematic break.
    Rule,
    /// The footnotes of the text in the order of their numbers, at its end.
    Footnotes(Vec<Vec<ProseBlock>>),
}

/// On which side of its column a cell is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Alignment {
    /// As the author left it: where lines of the language begin.
    #[default]
    Unset,
    /// Where lines of the language begin.
    Start,
    /// In the middle.
    Centre,
    /// Where lines of the language end.
    End,
}

/// The tone of a callout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CalloutKind {
    /// Something good to know.
    Note,
    /// A hint that makes life easier.
    Tip,
    /// What must not be missed.
    Important,
    /// Something that may go wrong.
    Warning,
    /// When to stop, or to ask a professional.
    Caution,
}

/// The plain characters of running text, without marks.
///
/// ```
/// use regimen_model::prose::{Inline, plain_text};
/// let text = vec![Inline::Text("Do ".into()), Inline::Strong(vec![Inline::Text("not".into())])];
/// assert_eq!(plain_text(&text), "Do not");
/// ```
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(inlines, &mut text);
    text
}

/// Whether nobody would see anything of it. A link to an entry without words shows the entry's name.
pub(crate) fn shows_nothing(inlines: &[Inline]) -> bool {
    inlines.iter().all(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) => is_blank(text),
        Inline::Link { target: LinkTarget::Entry(_) | LinkTarget::Heading(..), content, .. } => {
            !content.is_empty() && shows_nothing(content)
        }
        Inline::Strong(inner)
        | Inline::Emphasis(inner)
        | Inline::Struck(inner)
        | Inline::Link { content: inner, .. }
        | Inline::InLanguage { content: inner, .. } => shows_nothing(inner),
        Inline::Checkbox(_) | Inline::Footnote(_) => false,
        Inline::Break => true,
    })
}

fn push_plain(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(part) | Inline::Code(part) => text.push_str(part),
            Inline::Strong(inner)
            | Inline::Emphasis(inner)
            | Inline::Struck(inner)
            | Inline::Link { content: inner, .. }
            | Inline::InLanguage { content: inner, .. } => push_plain(inner, text),
            Inline::Checkbox(ticked) => text.push_str(if *ticked { "☑ " } else { "☐ " }),
            Inline::Footnote(_) => {}
            Inline::Break => text.push(' '),
        }
    }
}

/// Words as they stand among others: marked with their language if that is another one. Regional forms of a language
/// are not told apart, because a voice for one reads the others.
///
/// ```
/// use regimen_model::prose::{Inline, spoken};
/// let tag = |tag: &str| tag.parse().expect("a tag");
/// let words = || vec![Inline::Text("Step".into())];
/// assert_eq!(spoken(words(), &tag("en"), &tag("en-GB")), words());
/// assert_ne!(spoken(words(), &tag("en"), &tag("de")), words());
/// ```
pub fn spoken(content: Inlines, language: &LanguageTag, around: &LanguageTag) -> Inlines {
    if content.is_empty() || language.sounds_like(around) {
        return content;
    }
    vec![Inline::InLanguage { language: language.clone(), content }]
}

/// Prose of paragraphs and lists, written as one YAML text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(pub Vec<ProseBlock>, Vec<RawMarkup>);

impl Prose {
    /// Markup of other tools in it, which prints as it is written.
    pub fn raw_markup(&self) -> &[RawMarkup] {
        &self.1
    }
}

/// One line of prose: running text without blocks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InlineText(pub Inlines, Vec<RawMarkup>);

impl From<Inlines> for InlineText {
    fn from(inlines: Inlines) -> Self {
        Self(inlines, Vec::new())
    }
}

impl InlineText {
    /// Markup of other tools in it, which prints as it is written.
    pub fn raw_markup(&self) -> &[RawMarkup] {
        &self.1
    }

    /// The plain characters, without marks.
    pub fn plain(&self) -> String {
        plain_text(&self.0)
    }

    /// Whether nobody would see anything of it: blanks, marks without a width, a link without words.
    pub fn is_blank(&self) -> bool {
        shows_nothing(&self.0)
    }
}

impl JsonSchema for Prose {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Prose".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "Prose: paragraphs and lists in Markdown."})
    }
}

impl JsonSchema for InlineText {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Line".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "description": "A line: one paragraph in Markdown."})
    }
}

/// A text of an entry: its blocks with the words of footnotes in their places, because such texts are set in cards, tables
/// and calendars, which have no end of a page.
fn short_text<E: serde::de::Error>(text: &str) -> Result<(Vec<ProseBlock>, Vec<RawMarkup>), E> {
    let mut parsed = parse(text);
    let raw = std::mem::take(&mut parsed.raw);
    let blocks = parsed.into_blocks().map_err(E::custom)?;
    Ok((notes::in_brackets(blocks).map_err(E::custom)?, raw))
}

impl<'de> serde::Deserialize<'de> for Prose {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (blocks, raw) = short_text(&String::deserialize(deserializer)?)?;
        // An entry that showed another one could end up showing itself.
        if walk(&blocks).any(|block| matches!(block, ProseBlock::Embed(_))) {
            return Err(serde::de::Error::custom(
                "a card (`![](exercise:...)`) can stand in a guide only; link to the entry instead",
            ));
        }
        Ok(Self(blocks, raw))
    }
}

impl<'de> serde::Deserialize<'de> for InlineText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (mut blocks, raw) = short_text(&String::deserialize(deserializer)?)?;
        match (blocks.pop(), blocks.is_empty()) {
            (None, _) => Ok(Self::default()),
            (Some(ProseBlock::Paragraph(content)), true) => Ok(Self(content, raw)),
            _ => Err(serde::de::Error::custom(
                "this is one line of running text; it must not hold a list, a heading or a second paragraph \
                 (put `\\` before a `-`, `#` or number that opens the line)",
            )),
        }
    }
}
