//! The reading order: a tree of elements, for people who hear the page.

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::Inline;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Document,
    Section,
    Division,
    /// 1 to 6.
    Heading(u8),
    Paragraph,
    Quote,
    List(Numbering),
    ListItem,
    Label,
    Body,
    Table,
    Row,
    /// A cell that names its column or row.
    HeaderCell(Scope),
    /// How many columns it spans.
    Cell(usize),
    Figure,
    Link,
    /// Words in another language than those around them.
    Span,
    /// Words that are struck out.
    Struck,
    /// The footnote of this number.
    Note(u32),
    /// A table of contents.
    Contents,
    /// A line of it.
    ContentsEntry,
    /// What leads to another part of the document.
    Reference,
    /// A field to fill in.
    Form,
}

impl Role {
    /// The standard name in a file.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Section => "Sect",
            Self::Division => "Div",
            Self::Heading(0 | 1) => "H1",
            Self::Heading(2) => "H2",
            Self::Heading(3) => "H3",
            Self::Heading(4) => "H4",
            Self::Heading(5) => "H5",
            Self::Heading(_) => "H6",
            Self::Paragraph => "P",
            Self::Quote => "BlockQuote",
            Self::List(_) => "L",
            Self::ListItem => "LI",
            Self::Label => "Lbl",
            Self::Body => "LBody",
            Self::Table => "Table",
            Self::Row => "TR",
            Self::HeaderCell(..) => "TH",
            Self::Cell(_) => "TD",
            Self::Figure => "Figure",
            Self::Link => "Link",
            Self::Span | Self::Struck => "Span",
            Self::Note(_) => "Note",
            Self::Contents => "TOC",
            Self::ContentsEntry => "TOCI",
            Self::Reference => "Reference",
            Self::Form => "Form",
        }
    }
}

/// How the items of a list are labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// With words.
    None,
    Disc,
    Decimal,
}

/// What a header cell names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Column,
    Row,
}

/// One element.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) role: Role,
    pub(crate) parent: Option<usize>,
    /// What it shows or means, for those who do not see it.
    pub(crate) alt: String,
    /// The language of its words, if it is another one than that of its parent.
    pub(crate) language: Option<LanguageTag>,
    /// Elements that come up in the middle of a text take their place when the text is painted.
    pub(crate) inline: bool,
}

/// All elements; the first is the document.
#[derive(Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    pub(crate) const ROOT: usize = 0;

    pub(super) fn new() -> Self {
        let (alt, language) = (String::new(), None);
        Self { nodes: vec![Node { role: Role::Document, parent: None, alt, language, inline: false }] }
    }

    /// Adds an element behind its siblings.
    pub(super) fn add(&mut self, parent: usize, role: Role) -> usize {
        self.described(parent, role, "")
    }

    /// Adds an item to a list: its label and its body, which are one if it has no content, so that its label is read as that.
    pub(super) fn item(&mut self, list: usize, has_content: bool) -> (usize, usize) {
        let item = self.add(list, Role::ListItem);
        let label = self.add(item, if has_content { Role::Label } else { Role::Body });
        (label, if has_content { self.add(item, Role::Body) } else { label })
    }

    /// Adds an element with a description.
    pub(super) fn described(&mut self, parent: usize, role: Role, alt: &str) -> usize {
        let inline = matches!(role, Role::Link | Role::Span | Role::Struck);
        self.nodes.push(Node { role, parent: Some(parent), alt: alt.to_owned(), language: None, inline });
        self.nodes.len() - 1
    }

    /// Says the language of all that an element shows, if that is said in one other language.
    pub(super) fn speak(&mut self, node: usize, content: &[Inline]) {
        if let [Inline::InLanguage { language, .. }] = content {
            self.nodes[node].language = Some(language.clone());
        }
    }

    /// The element of words in another language within `owner`; none if that has said so for all of its words.
    pub(super) fn spoken(&mut self, owner: usize, language: &LanguageTag) -> Option<usize> {
        if self.nodes[owner].language.as_ref() == Some(language) {
            return None;
        }
        let node = self.add(owner, Role::Span);
        self.nodes[node].language = Some(language.clone());
        Some(node)
    }
}
