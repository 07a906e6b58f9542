//! Markdown read back by pulldown-cmark into what can be compared.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A character and how it is shown.
#[derive(Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a character has any of these looks")]
pub(super) struct Shown {
    pub(super) c: char,
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) struck: bool,
    pub(super) code: bool,
    pub(super) link: Option<String>,
    pub(super) language: Option<String>,
}

impl Shown {
    pub(super) const PLAIN: Self =
        Self { c: ' ', strong: false, emphasis: false, struck: false, code: false, link: None, language: None };
}

impl std::fmt::Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let marks = [
            (self.strong, "*"),
            (self.emphasis, "_"),
            (self.struck, "~"),
            (self.code, "`"),
            (self.link.is_some(), "@"),
            (self.language.is_some(), "L"),
        ];
        let marks: String = marks.iter().filter(|(on, _)| *on).map(|(_, mark)| *mark).collect();
        write!(f, "{}{marks}", self.c.escape_debug())
    }
}

/// A block, as both sides see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Heading(u8, Vec<Shown>),
    Paragraph(Vec<Shown>),
    List(Option<u64>, Vec<Vec<Node>>),
    Quote(Vec<Node>),
    Code(String),
    Table(Vec<Vec<Vec<Shown>>>),
    Picture(String, String),
    Rule,
    /// Key facts of which it is not yet known what they stand behind.
    Facts(Vec<Vec<Shown>>),
    /// Something that no document has, such as a block of HTML.
    Foreign(String),
}

/// Blanks, and the sign between two lines of a cell, have no style; and the address counts rather than how it is written.
pub(super) fn normal(mut shown: Vec<Shown>) -> Vec<Shown> {
    for piece in &mut shown {
        // Code in a link may have become text, where readers would take it for something else.
        piece.code &= piece.link.is_none();
        if (piece.c.is_whitespace() || piece.c == '·') && !piece.code {
            (piece.strong, piece.emphasis, piece.struck) = (false, false, false);
            (piece.link, piece.language) = (None, None);
        }
        piece.link = piece.link.take().map(|link| decoded(&link));
    }
    shown
}

fn decoded(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = address.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

pub(super) fn read(markdown: &str, heading_names: bool) -> Vec<Node> {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    options |= Options::ENABLE_TASKLISTS | Options::ENABLE_GFM | Options::ENABLE_DEFINITION_LIST;
    if heading_names {
        options |= Options::ENABLE_HEADING_ATTRIBUTES;
    }
    let mut reader = Reader {
        events: Parser::new_ext(markdown, options).collect::<Vec<_>>().into_iter().peekable(),
        strong: 0,
        emphasis: 0,
        struck: 0,
        link: None,
        languages: Vec::new(),
    };
    reader.blocks()
}

struct Reader<'a> {
    events: std::iter::Peekable<std::vec::IntoIter<Event<'a>>>,
    strong: usize,
    emphasis: usize,
    struck: usize,
    link: Option<String>,
    languages: Vec<String>,
}

impl Reader<'_> {
    fn blocks(&mut self) -> Vec<Node> {
        let mut nodes = Vec::new();
        loop {
            match self.events.peek() {
                None => return nodes,
                Some(Event::End(_)) => {
                    self.events.next();
                    return nodes;
                }
                Some(_) => nodes.extend(self.block()),
            }
        }
    }

    fn block(&mut self) -> Option<Node> {
        // The text of a tight item stands in no paragraph.
        if matches!(
            self.events.peek(),
            Some(
                Event::Text(_)
                    | Event::Code(_)
                    | Event::InlineHtml(_)
                    | Event::Start(Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. })
            )
        ) {
            return Some(Node::Paragraph(self.inlines(true)));
        }
        Some(match self.events.next()? {
            Event::Start(Tag::Paragraph) => self.paragraph(),
            Event::Start(Tag::Image { dest_url, .. }) => self.picture(&dest_url),
            Event::Start(Tag::Heading { level, .. }) => Node::Heading(level as u8, self.inlines(false)),
            Event::Start(Tag::List(start)) => {
                let mut items = Vec::new();
                while let Some(Event::Start(Tag::Item)) = self.events.next() {
                    items.push(self.blocks());
                }
                Node::List(start, items)
            }
            Event::Start(Tag::BlockQuote(None)) => Node::Quote(self.blocks()),
            Event::Start(Tag::CodeBlock(_)) => Node::Code(self.code()),
            Event::Start(Tag::Table(_)) => self.table(),
            Event::Rule => Node::Rule,
            other => Node::Foreign(format!("{other:?}")),
        })
    }

    fn paragraph(&mut self) -> Node {
        if let Some(Event::Start(Tag::Image { dest_url, .. })) = self.events.peek() {
            let address = dest_url.to_string();
            self.events.next();
            let picture = self.picture(&address);
            self.events.next();
            return picture;
        }
        Node::Paragraph(self.inlines(false))
    }

    fn picture(&mut self, address: &str) -> Node {
        let alt = self.inlines(false).iter().map(|shown| shown.c).collect();
        Node::Picture(alt, decoded(address))
    }

    fn code(&mut self) -> String {
        let mut code = String::new();
        while let Some(Event::Text(text)) = self.events.next() {
            code.push_str(&text);
        }
        code.trim_end().to_owned()
    }

    fn table(&mut self) -> Node {
        let mut rows = Vec::new();
        while let Some(Event::Start(Tag::TableHead | Tag::TableRow)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some(Event::Start(Tag::TableCell)) = self.events.next() {
                cells.push(without_code(self.inlines(false)));
            }
            rows.push(cells);
        }
        Node::Table(rows)
    }

    /// Inlines up to and with the end of what holds them; a tight item's end stays for the item.
    fn inlines(&mut self, tight: bool) -> Vec<Shown> {
        let mut shown = Vec::new();
        let mut open = 0;
        while let Some(event) = self.events.peek() {
            if tight && open == 0 && matches!(event, Event::End(_) | Event::Start(Tag::List(_))) {
                break;
            }
            let event = self.events.next();
            match event {
                Some(Event::Start(Tag::Strong)) => {
                    (open, self.strong) = (open + 1, self.strong + 1);
                }
                Some(Event::Start(Tag::Emphasis)) => {
                    (open, self.emphasis) = (open + 1, self.emphasis + 1);
                }
                Some(Event::Start(Tag::Link { dest_url, .. })) => {
                    (open, self.link) = (open + 1, Some(dest_url.to_string()));
                }
                Some(Event::Start(Tag::Strikethrough)) => (open, self.struck) = (open + 1, self.struck + 1),
                Some(Event::End(TagEnd::Strikethrough)) => (open, self.struck) = (open - 1, self.struck - 1),
                Some(Event::InlineHtml(tag)) if &*tag == "<del>" => self.struck += 1,
                Some(Event::InlineHtml(tag)) if &*tag == "</del>" => self.struck -= 1,
                Some(Event::End(TagEnd::Strong)) => {
                    (open, self.strong) = (open - 1, self.strong - 1);
                }
                Some(Event::End(TagEnd::Emphasis)) => {
                    (open, self.emphasis) = (open - 1, self.emphasis - 1);
                }
                Some(Event::End(TagEnd::Link)) => (open, self.link) = (open - 1, None),
                Some(Event::Text(text)) => self.push(&mut shown, &text, false),
                Some(Event::Code(text)) => self.push(&mut shown, &text, true),
                Some(Event::InlineHtml(tag)) if &*tag == "</span>" => {
                    self.languages.pop().expect("what closes was open");
                }
                Some(Event::InlineHtml(tag)) if tag.starts_with("<span lang=") => {
                    self.languages.push(tag.split('"').nth(1).unwrap_or_default().to_owned());
                }
                Some(Event::HardBreak) => self.push(&mut shown, "\n", false),
                Some(Event::End(_)) | None => break,
                Some(other) => self.push(&mut shown, &format!("<<{other:?}>>"), false),
            }
        }
        normal(shown)
    }

    fn push(&self, shown: &mut Vec<Shown>, text: &str, code: bool) {
        shown.extend(text.chars().map(|c| Shown {
            c,
            strong: self.strong > 0,
            emphasis: self.emphasis > 0,
            struck: self.struck > 0,
            code,
            link: self.link.clone(),
            language: self.languages.last().cloned(),
        }));
    }
}

/// In a cell, code with a pipe may have become text, whose blanks at the edge are lost.
pub(super) fn without_code(mut shown: Vec<Shown>) -> Vec<Shown> {
    for piece in &mut shown {
        piece.code = false;
    }
    let blank = |shown: &Shown| shown.c.is_whitespace();
    while shown.last().is_some_and(blank) {
        shown.pop();
    }
    normal(shown.into_iter().skip_while(blank).collect())
}
