//! Documents that try everything that Markdown could misread, the same ones on every run.

use regimen_catalog::Kind;
use regimen_catalog::prose::{CalloutKind, Inline, Inlines, LinkTarget};
use regimen_export::document::{Block, Card, Column, ColumnRole, Document, Figure, Row, Table};

use super::fixture;

const PIECES: &[&str] = &[
    "word",
    "a",
    "Z9",
    " ",
    " ",
    " ",
    "  ",
    "é",
    "。",
    "“",
    "”",
    "😀",
    "×",
    "–",
    "\u{a0}",
    "\u{200b}",
    "e\u{301}",
    "日本",
    "*",
    "**",
    "_",
    "__",
    "***",
    "`",
    "``",
    "```",
    "~",
    "~~",
    "~~~",
    "<b>",
    "</b>",
    "<!-- x",
    "<http://a.b>",
    "<",
    ">",
    "&amp;",
    "&#35;",
    "&copy",
    "&",
    "|",
    "\\",
    "\\|",
    "\\*",
    "1. ",
    "1",
    "23) ",
    ".",
    ")",
    "- ",
    "-",
    "+ ",
    "* ",
    "> ",
    "# ",
    " #",
    "##",
    "===",
    "---",
    "![",
    "!",
    "[",
    "]",
    "](",
    "[x]: y",
    "[^1]",
    "[ ] ",
    ":",
    ": ",
    "{",
    "{{",
    "{%",
    "{#a}",
    "{{#include a}}",
    "{{ #include a}}",
    "{{< figure >}}",
    "{{% note",
    "%}}",
    "{{ x() }}",
    "{% raw %}",
    "{%- endraw -%}",
    "{# x #}",
    "<%= x %>",
    "--8<-- \"a\"",
    "import a",
    ":::note",
    "}",
    "$",
    "^",
    "=",
    "\t",
    "\n",
    "\r\n",
    "\u{1}",
    "\u{2028}",
    "https://a.b/c_d",
    "www.a.b",
    "a@b.c",
    "\"",
    "'",
    "(",
    "’",
];

const URLS: &[&str] = &[
    "https://a.b/c",
    "https://a.b/c_d*e(f)",
    "mailto:a@b.c",
    "https://a.b/?x=1&amp;y=2",
    "https://a.b/ ü|<>\"`",
    "tel:+44",
    "https://a.b/[x]#y",
    "https://a.b/100%25",
    "https://a.b/\\",
];

/// A xorshift generator: no clock, no crate, the same numbers everywhere.
pub(super) struct Hostile(pub(super) u64);

impl Hostile {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap_or_default()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }

    pub(super) fn text(&mut self) -> String {
        (0..self.below(6)).map(|_| self.pick(PIECES)).collect()
    }

    fn many<T>(&mut self, most: usize, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.below(most + 1)).map(|_| one(self)).collect()
    }

    pub(super) fn inlines(&mut self, depth: usize) -> Inlines {
        self.many(5, |random| random.inline(depth))
    }

    fn inline(&mut self, depth: usize) -> Inline {
        let choice = if depth == 0 { 3 + self.below(6) } else { self.below(14) };
        match choice {
            0 => Inline::Strong(self.inlines(depth - 1)),
            1 => Inline::Emphasis(self.inlines(depth - 1)),
            2 => Inline::Link { target: self.target(), content: self.inlines(depth - 1), title: None },
            3 => Inline::Break,
            13 => Inline::Struck(self.inlines(depth - 1)),
            12 => {
                let language = self.pick(&["fr", "pt-BR"]).parse().expect("a tag");
                Inline::InLanguage { language, content: self.inlines(depth - 1) }
            }
            4 => {
                let blank = |c: char| c.is_whitespace() || c.is_control();
                Inline::Code(self.text().trim_matches(blank).to_owned())
            }
            _ => Inline::Text(self.text()),
        }
    }

    fn target(&mut self) -> LinkTarget {
        match self.below(6) {
            0 => LinkTarget::Anchor("nowhere".into()),
            1 => LinkTarget::Entry(fixture::reference(Kind::Exercise, "squat")),
            2 => LinkTarget::Entry(fixture::reference(Kind::Muscle, "soleus")),
            _ => LinkTarget::Url(self.pick(URLS).to_owned()),
        }
    }

    pub(super) fn document(&mut self) -> Document {
        let mut document = fixture::document("t");
        document.title = self.text();
        document.summary = self.inlines(2);
        document.frame.disclaimer = self.inlines(1);
        document.blocks = self.blocks(3);
        document
    }

    fn blocks(&mut self, depth: usize) -> Vec<Block> {
        self.many(4, |random| random.block(depth))
    }

    fn block(&mut self, depth: usize) -> Block {
        let choice = if depth == 0 { 4 + self.below(9) } else { self.below(16) };
        match choice {
            0 | 1 | 13 => Block::List {
                start: [None, None, Some(1), Some(0), Some(9), Some(u64::MAX)][self.below(6)],
                items: self.many(3, |random| random.item(depth - 1)),
            },
            2 => Block::Quote(self.blocks(depth - 1)),
            3 => Block::Callout { kind: CalloutKind::Caution, title: self.text(), blocks: self.blocks(depth - 1) },
            4 => Block::Heading {
                level: 1 + u8::try_from(self.below(6)).unwrap_or_default(),
                anchor: format!("h{}", self.below(1000)),
                content: self.inlines(2),
            },
            5 => Block::Code { language: None, text: self.many(3, Self::text).join("\n") },
            6 | 7 => Block::Table(self.table()),
            8 => Block::Figure(self.figure()),
            9 => Block::Rule,
            10 => Block::Facts(self.many(3, |random| (random.text(), random.inlines(1)))),
            11 => Block::PageBreak,
            14 => Block::Card(self.card(depth)),
            _ => Block::Paragraph(self.inlines(3)),
        }
    }

    /// Half the items are a paragraph, perhaps with a list below: those lists are tight.
    fn item(&mut self, depth: usize) -> Vec<Block> {
        if self.below(2) == 0 {
            return self.blocks(depth);
        }
        let mut item = vec![Block::Paragraph(self.inlines(1))];
        if self.below(3) == 0 {
            item.push(Block::List {
                start: [None, Some(1), Some(7)][self.below(3)],
                items: self.many(3, |random| vec![Block::Paragraph(random.inlines(1))]),
            });
        }
        item
    }

    fn card(&mut self, depth: usize) -> Card {
        Card {
            level: 2,
            anchor: format!("c{}", self.below(1000)),
            entry: fixture::reference(Kind::Exercise, "lunge"),
            title: self.inlines(1),
            figure: (self.below(2) == 0).then(|| self.figure()),
            facts: self.many(2, |random| (random.text(), random.inlines(1))),
            spare: Vec::new(),
            stop: None,
            muscles: None,
            codes: Vec::new(),
            body: self.blocks(depth - 1),
        }
    }

    fn figure(&mut self) -> Figure {
        Figure {
            file: self.pick(&["media/a.svg", "x y/(b).svg"]).to_owned(),
            alt: self.text(),
            caption: self.inlines(1),
            ..Figure::default()
        }
    }

    fn table(&mut self) -> Table {
        let roles = [ColumnRole::Name, ColumnRole::Text, ColumnRole::Amount, ColumnRole::Log];
        let columns = self.many(4, |random| Column { title: random.inlines(1), role: roles[random.below(4)] });
        let width = columns.len();
        let rows = self.many(3, |random| Row {
            cells: (0..width).map(|_| random.inlines(2)).collect(),
            group: random.below(4) == 0,
            figure: None,
            listed: Vec::new(),
            heading: Vec::new(),
            log: Vec::new(),
        });
        Table { summary: self.text(), alignment: Vec::new(), columns, rows }
    }
}
