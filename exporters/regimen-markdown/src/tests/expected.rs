//! What a reader of the page must see, worked out from the document without the renderer.

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Block, ColumnRole, Document, Figure, Table};

use super::reader::{Node, Shown, normal, without_code};
use crate::links::PageLinks;

pub(super) struct Expected<'a>(pub(super) &'a PageLinks<'a>);

impl Expected<'_> {
    pub(super) fn document(&self, document: &Document) -> Vec<Node> {
        let mut nodes = Vec::new();
        let title = self.line(&[Inline::Text(document.title.clone())], " ");
        nodes.push(Node::Heading(1, title));
        nodes.push(Node::Paragraph(self.inlines(&document.summary)));
        nodes.extend(self.blocks(&document.blocks));
        let disclaimer = self.inlines(&document.frame.disclaimer);
        if !disclaimer.is_empty() {
            nodes.extend([Node::Rule, Node::Paragraph(disclaimer)]);
        }
        nodes.retain(shows);
        nodes
    }

    fn blocks(&self, blocks: &[Block]) -> Vec<Node> {
        let all = blocks.iter().flat_map(|block| self.block(block)).filter(shows);
        let mut all = all.peekable();
        let mut nodes: Vec<Node> = Vec::new();
        while let Some(node) = all.next() {
            let beside = |other: Option<&Node>| matches!(other, Some(Node::List(..)));
            let as_lines = beside(nodes.last()) || beside(all.peek());
            nodes.push(match node {
                Node::Facts(lines) if as_lines => {
                    let newline = Shown { c: '\n', ..Shown::PLAIN };
                    Node::Paragraph(lines.join(&newline))
                }
                Node::Facts(lines) => {
                    let items = lines.into_iter().map(|line| vec![Node::Paragraph(line)]);
                    Node::List(None, items.collect())
                }
                node => node,
            });
        }
        nodes
    }

    fn block(&self, block: &Block) -> Vec<Node> {
        vec![match block {
            Block::Heading { level, content, .. } => Node::Heading((level + 1).min(6), self.line(content, " ")),
            Block::Paragraph(content) => Node::Paragraph(self.inlines(content)),
            Block::List { start, items } => self.list(*start, items),
            Block::Quote(blocks) => Node::Quote(self.blocks(blocks)),
            Block::Callout { title, blocks, .. } => {
                let strong = Inline::Strong(vec![Inline::Text(title.clone())]);
                let mut nodes = vec![Node::Paragraph(self.inlines(&[strong]))];
                nodes.extend(self.blocks(blocks));
                nodes.retain(shows);
                Node::Quote(nodes)
            }
            Block::Code { text: code, .. } => code_lines(code),
            Block::Table(table) => self.table(table),
            Block::Figure(figure) => return self.figure(figure).into(),
            Block::Facts(facts) | Block::Glance(facts) => self.facts(facts),
            Block::Card(card) => {
                let mut nodes = vec![Node::Heading(card.level + 1, self.line(&card.title, " "))];
                nodes.extend(card.figure.iter().flat_map(|figure| self.figure(figure)));
                nodes.push(self.facts(&card.facts));
                nodes.extend(card.body.iter().flat_map(|block| self.block(block)));
                return nodes;
            }
            Block::Work(work) => return work.opened().iter().flat_map(|block| self.block(block)).collect(),
            Block::Fields(fields) => {
                let known: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
                self.facts(&known)
            }
            Block::Rule => Node::Rule,
            Block::Footnotes(_) => return Vec::new(),
            Block::Month(_) | Block::Scales(_) | Block::PageBreak | Block::SheetBreak => return Vec::new(),
        }]
    }

    fn list(&self, start: Option<u64>, items: &[Vec<Block>]) -> Node {
        let items = items.iter().map(|item| {
            let nodes = self.blocks(item).into_iter();
            nodes.skip_while(|node| *node == Node::Rule).collect::<Vec<_>>()
        });
        let start = start.map(|start| if start == u64::MAX { 1 } else { start });
        Node::List(start, items.filter(|item| !item.is_empty()).collect())
    }

    fn facts(&self, facts: &[(String, Inlines)]) -> Node {
        let lines = facts.iter().map(|(label, value)| {
            let mut line = Vec::new();
            if !label.trim().is_empty() {
                let label = format!("{}:", label.trim().trim_end_matches(':'));
                line.push(Inline::Strong(vec![Inline::Text(label)]));
                line.push(Inline::Text(" ".into()));
            }
            line.extend(value.iter().cloned());
            self.inlines(&line)
        });
        Node::Facts(lines.filter(|line| !line.is_empty()).collect())
    }

    fn figure(&self, figure: &Figure) -> [Node; 2] {
        let alt = self.line(&[Inline::Text(figure.alt.clone())], " ");
        let address = self.0.page.picture(&figure.file, self.0.style);
        let caption = self.inlines(&[Inline::Emphasis(figure.caption.clone())]);
        [Node::Picture(alt.iter().map(|shown| shown.c).collect(), address), Node::Paragraph(caption)]
    }

    fn table(&self, table: &Table) -> Node {
        let columns = table.columns.iter().enumerate();
        let printed = |index: usize| {
            let cells = table.rows.iter().filter(|row| !row.group).map(|row| self.inlines(&row.cells[index]));
            cells.flatten().count() > 0
        };
        let kept = columns.filter(|(index, column)| column.role != ColumnRole::Log || printed(*index));
        let kept: Vec<_> = kept.collect();
        let cell = |content: &[Inline]| without_code(self.line(content, " · "));
        let mut rows = vec![kept.iter().map(|(_, column)| cell(&column.title)).collect::<Vec<_>>()];
        for row in &table.rows {
            let mut cells: Vec<_> = kept.iter().map(|(index, _)| cell(&row.cells[*index])).collect();
            if row.group {
                let title = row.cells.iter().find(|cell| !cell.is_empty()).cloned();
                cells = vec![Vec::new(); kept.len()];
                if let Some(first) = cells.first_mut() {
                    *first = cell(&[Inline::Strong(title.unwrap_or_default())]);
                }
            }
            rows.push(cells);
        }
        Node::Table(if kept.is_empty() { Vec::new() } else { rows })
    }

    /// The characters of a paragraph: no blanks at the ends of its lines, no empty line.
    fn inlines(&self, inlines: &[Inline]) -> Vec<Shown> {
        let mut all = Vec::new();
        self.collect(inlines, &Shown::PLAIN, &mut all);
        let mut lines: Vec<&[Shown]> = all.split(|shown| shown.c == '\n').collect();
        let blank = |shown: &Shown| shown.c.is_whitespace() && !shown.code;
        for line in &mut lines {
            while line.first().is_some_and(blank) {
                *line = &line[1..];
            }
            while line.last().is_some_and(blank) {
                *line = &line[..line.len() - 1];
            }
        }
        lines.retain(|line| !line.is_empty());
        let newline = Shown { c: '\n', ..Shown::PLAIN };
        normal(lines.join(&newline))
    }

    fn line(&self, inlines: &[Inline], instead: &str) -> Vec<Shown> {
        let mut line = Vec::new();
        for shown in self.inlines(inlines) {
            if shown.c == '\n' {
                line.extend(instead.chars().map(|c| Shown { c, ..shown.clone() }));
            } else {
                line.push(shown);
            }
        }
        line
    }

    fn collect(&self, inlines: &[Inline], style: &Shown, all: &mut Vec<Shown>) {
        for inline in inlines {
            let mut style = style.clone();
            match inline {
                Inline::Text(text) => characters(text, &style, all),
                Inline::Code(text) => {
                    style.code = text.chars().any(|c| !c.is_whitespace() && !c.is_control());
                    characters(text, &style, all);
                }
                Inline::Break => all.push(Shown { c: '\n', ..style }),
                Inline::Strong(inner) => {
                    style.strong = true;
                    self.collect(inner, &style, all);
                }
                Inline::Emphasis(inner) => {
                    style.emphasis = true;
                    self.collect(inner, &style, all);
                }
                Inline::Struck(inner) => {
                    style.struck = true;
                    self.collect(inner, &style, all);
                }
                Inline::Checkbox(_) | Inline::Footnote(_) => {}
                Inline::Link { target, content, .. } => {
                    style.link = style.link.or_else(|| self.0.resolve(target));
                    self.collect(content, &style, all);
                }
                Inline::InLanguage { language, content } => {
                    if self.0.style.inline_html {
                        style.language = Some(language.to_string());
                    }
                    self.collect(content, &style, all);
                }
            }
        }
    }
}

fn characters(text: &str, style: &Shown, all: &mut Vec<Shown>) {
    for c in text.chars() {
        let c = match c {
            '\t' | '\n' | '\r' | '\u{2028}' => ' ',
            c if c.is_control() => continue,
            c => c,
        };
        all.push(Shown { c, ..style.clone() });
    }
}

fn code_lines(code: &str) -> Node {
    let lines = code.lines().map(|line| {
        let line = line.replace('\t', "    ").replace('\u{1}', "").replace('\u{2028}', " ");
        line.trim_end().to_owned()
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    Node::Code(code.trim_matches('\n').to_owned())
}

fn shows(node: &Node) -> bool {
    match node {
        Node::Heading(_, shown) | Node::Paragraph(shown) => !shown.is_empty(),
        Node::Facts(lines) => !lines.is_empty(),
        Node::List(_, items) => !items.is_empty(),
        Node::Quote(nodes) => !nodes.is_empty(),
        Node::Code(code) => !code.is_empty(),
        Node::Table(rows) => !rows.is_empty(),
        Node::Picture(..) | Node::Rule | Node::Foreign(_) => true,
    }
}
