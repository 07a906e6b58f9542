//! A document as Markdown text.

use std::borrow::Cow;

use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_export::document::{Block, Document, Figure};

use crate::code::kept;
use crate::escape::{TextContext, longest_run, push_file_address};
use crate::headings::Headings;
use crate::inlines::{Form, LANGUAGE_END, language_start, write};
use crate::links::PageLinks;
use crate::lists::{Item, Marker, indent, list};
use crate::settings::{HeadingNames, Style, Templates};
use crate::tables::{cell, line, table};
use crate::tidy::{Means, clean, note_name, raised, tidy, tidy_line};

/// The page's text below its front matter. It ends with one line break, or is empty.
pub(crate) fn body(document: &Document, headings: &Headings, links: &PageLinks<'_>) -> String {
    let renderer = Renderer { headings, links };
    let mut parts = Vec::new();
    if links.style.title_heading {
        parts.push(renderer.heading(0, "", &document.spoken_title()));
    }
    parts.push(renderer.paragraph(&document.summary));
    parts.extend(renderer.blocks(&document.blocks));
    parts.extend(renderer.small_print(document));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() { String::new() } else { parts.join("\n\n") + "\n" }
}

/// A thematic break.
const RULE: &str = "---";

/// More pictures than this do not stand side by side on a page.
const MOST_BESIDE: usize = 3;

/// The title of a picture; a mistake is told by a sign and by the word.
fn named(figure: &Figure) -> Inlines {
    let sign = figure.mistake.then(|| Inline::Text("✗ ".to_owned()));
    sign.into_iter().chain(figure.title.iter().cloned()).collect()
}

struct Renderer<'a> {
    headings: &'a Headings,
    links: &'a PageLinks<'a>,
}

impl Renderer<'_> {
    fn style(&self) -> &Style {
        self.links.style
    }

    fn with_means<T>(&self, work: impl FnOnce(Means<'_>) -> T) -> T {
        let style = self.style();
        work(Means {
            resolve: &|target| self.links.resolve(target),
            languages: style.inline_html,
            extras: style.extras,
            templates: style.templates,
        })
    }

    /// The blocks in order; those without anything to show are left out.
    fn blocks(&self, blocks: &[Block]) -> Vec<String> {
        let mut parts: Vec<Part> = Vec::new();
        for block in opened(blocks) {
            let part = match block.as_ref() {
                Block::List { start, items } => {
                    let marker = Marker::after(*start, parts.last().and_then(Part::marker));
                    Part::List(marker, self.list(marker, items))
                }
                Block::Facts(facts) | Block::Glance(facts) => Part::Facts(self.facts(facts)),
                // Nobody writes on a page on the web.
                Block::Fields(fields) => {
                    let known: Vec<_> = fields.iter().filter(|(_, value)| !value.is_empty()).cloned().collect();
                    Part::Facts(self.facts(&known))
                }
                other => Part::Text(self.block(other)),
            };
            if !part.is_empty() {
                parts.push(part);
            }
        }
        let mut texts = Vec::new();
        let mut behind_list = false;
        for (index, part) in parts.iter().enumerate() {
            let before_list = parts.get(index + 1).is_some_and(|next| next.marker().is_some());
            let as_lines = behind_list || before_list;
            behind_list = part.marker().is_some() || (matches!(part, Part::Facts(_)) && !as_lines);
            texts.push(part.text(as_lines, self.style().hard_break));
        }
        texts
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, anchor, content } => self.heading(*level, anchor, content),
            Block::Paragraph(content) => self.paragraph(content),
            Block::Quote(blocks) => quote(&self.blocks(blocks)),
            Block::Callout { title, blocks, .. } => self.callout(title, blocks),
            Block::Code { language, text } => fenced(language.as_deref(), text, self.style().templates),
            Block::Table(content) => self.with_means(|means| table(content, means)),
            Block::Figure(figure) => self.figure(figure),
            Block::Footnotes(notes) => self.footnotes(notes),
            // Cards and work were opened before; lists and facts depend on what they stand beside.
            Block::Card(_)
            | Block::Work(_)
            | Block::List { .. }
            | Block::Facts(_)
            | Block::Glance(_)
            | Block::Fields(_) => String::new(),
            // A page on the web has no pages and no pen, and its tables have the dates.
            Block::Month(_) | Block::Scales(_) | Block::PageBreak | Block::SheetBreak => String::new(),
            // Behind an empty line, so it never underlines the text before it.
            Block::Rule => RULE.to_owned(),
        }
    }

    /// A heading one level below the document's, because the title has the first.
    fn heading(&self, level: u8, anchor: &str, content: &[Inline]) -> String {
        let text = self.with_means(|means| {
            write(&tidy_line(content, TextContext::Heading, " ", means), Form::of(TextContext::Heading, " ", means))
        });
        if text.is_empty() {
            return text;
        }
        let signs = "#".repeat(usize::from(level.saturating_add(1).min(6)));
        match self.headings.name(anchor) {
            Some(name) if self.style().heading_names == HeadingNames::Written => {
                format!("{signs} {text} {{#{name}}}")
            }
            _ => format!("{signs} {text}"),
        }
    }

    fn paragraph(&self, content: &[Inline]) -> String {
        self.with_means(|means| {
            let form = Form::of(TextContext::Paragraph, self.style().hard_break, means);
            write(&tidy(content, TextContext::Paragraph, means), form)
        })
    }

    fn list(&self, marker: Marker, items: &[Vec<Block>]) -> String {
        let items = items.iter().map(|blocks| self.item(blocks));
        let items: Vec<Item> = items.filter(|item| !item.blocks.is_empty()).collect();
        list(marker, &items)
    }

    /// An item; a rule at its start would swallow the item's own marker, and parts nothing.
    fn item(&self, blocks: &[Block]) -> Item {
        let parts = self.blocks(blocks).into_iter();
        Item { blocks: parts.skip_while(|part| part == RULE).collect(), tight: is_tight(blocks) }
    }

    /// Each under its number, its further blocks four columns in.
    fn footnotes(&self, notes: &[Vec<Block>]) -> String {
        if !self.style().extras {
            return self.notes_in_a_list(notes);
        }
        let notes = (1..).zip(notes).map(|(number, note): (usize, _)| {
            let text = self.blocks(note).join("\n\n");
            // A footnote without words would take what follows it.
            let text = if text.is_empty() { "&nbsp;".to_owned() } else { text };
            format!("[^{number}]: {}", indent(&text, "    ").trim_start())
        });
        notes.collect::<Vec<_>>().join("\n\n")
    }

    /// Footnotes for those who do not know them: below a line, each behind its number, which links lead to.
    fn notes_in_a_list(&self, notes: &[Vec<Block>]) -> String {
        let mut parts = vec![RULE.to_owned()];
        for (number, note) in (1..).zip(notes) {
            let name = if self.style().inline_html {
                format!("<span id=\"{}\"></span>", note_name(number))
            } else {
                String::new()
            };
            let text = self.blocks(note).join("\n\n");
            parts.push(format!("{name}{} {text}", raised(number)));
        }
        parts.join("\n\n")
    }

    /// A box as a quotation with a bold title, which every reader shows; alerts (`[!NOTE]`) are GitHub's own.
    fn callout(&self, title: &str, blocks: &[Block]) -> String {
        let title = Inline::Strong(vec![Inline::Text(title.to_owned())]);
        let mut parts = vec![self.paragraph(&[title])];
        parts.extend(self.blocks(blocks));
        quote(&parts)
    }

    /// A picture with its caption. Several are the cells of a table below their titles, which every reader shows side by side.
    fn figure(&self, figure: &Figure) -> String {
        let context = if figure.beside.is_empty() { TextContext::Heading } else { TextContext::Cell };
        let pictures: Vec<(Inlines, String)> =
            figure.all().map(|one| (named(one), self.picture(one, context))).collect();
        let caption = self.paragraph(&[Inline::Emphasis(figure.caption.clone())]);
        let shown = match pictures.as_slice() {
            [(title, picture)] => {
                let title = self.paragraph(&[Inline::Strong(title.clone())]);
                if title.is_empty() { picture.clone() } else { format!("{picture}\n\n{title}") }
            }
            several => {
                let rows = several.chunks(MOST_BESIDE).map(|row| {
                    let titles = row.iter().map(|(title, _)| self.with_means(|means| cell(title, means)));
                    let lines = [
                        line(titles),
                        line(row.iter().map(|_| "---".to_owned())),
                        line(row.iter().map(|(_, picture)| picture.clone())),
                    ];
                    lines.join("\n")
                });
                rows.collect::<Vec<_>>().join("\n\n")
            }
        };
        if caption.is_empty() { shown } else { format!("{shown}\n\n{caption}") }
    }

    fn picture(&self, figure: &Figure, context: TextContext) -> String {
        let alt = tidy(&[Inline::Text(figure.alt.clone())], context, Means::NONE);
        let alt = write(&alt, Form { context, ..Form::LINE });
        let mut picture = format!("![{alt}](");
        push_file_address(&mut picture, &self.links.page.picture(&figure.file, self.style()));
        picture.push(')');
        if let Some(language) = figure.alt_language.as_ref().filter(|_| self.style().inline_html) {
            picture = format!("{}{picture}{LANGUAGE_END}", language_start(language));
        }
        picture
    }

    /// A line for each fact that has something to show.
    fn facts(&self, facts: &[(String, Inlines)]) -> Vec<String> {
        let lines = facts.iter().map(|(label, value)| self.paragraph(&fact(label, value)));
        lines.filter(|line| !line.is_empty()).collect()
    }

    /// What stands at the end: the disclaimer, and the edition, without its date if the text has said that.
    fn small_print(&self, document: &Document) -> Vec<String> {
        let frame = &document.frame;
        let said =
            matches!(document.blocks.last(), Some(Block::Paragraph(last)) if plain_text(last).contains(&frame.date));
        let disclaimer = self.paragraph(&frame.disclaimer);
        let edition = if said { frame.mark.clone() } else { frame.edition() };
        let edition = self.paragraph(&[Inline::Text(edition)]);
        let mut parts = vec![self.paragraph(&frame.origins), disclaimer, edition];
        parts.retain(|part| !part.is_empty());
        if !parts.is_empty() {
            parts.insert(0, RULE.to_owned());
        }
        parts
    }
}

/// A block as far as it can be written without the one behind it.
enum Part {
    Text(String),
    List(Marker, String),
    Facts(Vec<String>),
}

impl Part {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) | Self::List(_, text) => text.is_empty(),
            Self::Facts(lines) => lines.is_empty(),
        }
    }

    fn marker(&self) -> Option<Marker> {
        match self {
            Self::List(marker, _) => Some(*marker),
            Self::Text(_) | Self::Facts(_) => None,
        }
    }

    /// Facts are a list of their own, but the lines of a paragraph beside another list: Python-Markdown and
    /// kramdown would take both lists for one.
    fn text(&self, as_lines: bool, hard_break: &str) -> String {
        match self {
            Self::Text(text) | Self::List(_, text) => text.clone(),
            Self::Facts(lines) if as_lines => lines.join(hard_break),
            Self::Facts(lines) => {
                let items = lines.iter().map(|line| Item { blocks: vec![line.clone()], tight: true });
                list(Marker::after(None, None), &items.collect::<Vec<_>>())
            }
        }
    }
}

/// Cards stand open on a page: heading, picture, facts and text one after the other.
fn opened(blocks: &[Block]) -> Vec<Cow<'_, Block>> {
    let mut open = Vec::new();
    for block in blocks {
        let card = match block {
            Block::Card(card) => card,
            Block::Work(work) => {
                open.extend(work.opened().into_iter().map(Cow::Owned));
                continue;
            }
            _ => {
                open.push(Cow::Borrowed(block));
                continue;
            }
        };
        open.push(Cow::Owned(Block::Heading {
            level: card.level,
            anchor: card.anchor.clone(),
            content: card.title.clone(),
        }));
        open.extend(card.figure.clone().map(|figure| Cow::Owned(Block::Figure(figure))));
        open.push(Cow::Owned(Block::Facts([card.facts.as_slice(), &card.spare].concat())));
        open.extend(opened(&card.body));
    }
    open
}

/// Whether an item needs no empty lines: a paragraph, perhaps with a list right below it. A numbered list
/// can stand there only if it starts with 1.
fn is_tight(blocks: &[Block]) -> bool {
    match blocks {
        [Block::Paragraph(_)] => true,
        [Block::Paragraph(_), Block::List { start: None | Some(1), items }] => items.iter().all(|item| is_tight(item)),
        _ => false,
    }
}

fn fact(label: &str, value: &[Inline]) -> Inlines {
    let mut line = Inlines::new();
    if !label.trim().is_empty() {
        let label = format!("{}:", label.trim().trim_end_matches(':'));
        line.push(Inline::Strong(vec![Inline::Text(label)]));
        line.push(Inline::Text(" ".to_owned()));
    }
    line.extend(value.iter().cloned());
    line
}

fn quote(parts: &[String]) -> String {
    let parts: Vec<_> = parts.iter().filter(|part| !part.is_empty()).cloned().collect();
    if parts.is_empty() {
        return String::new();
    }
    indent(&parts.join("\n\n"), "> ")
}

/// Fixed-width lines between fences that the text itself does not hold.
fn fenced(language: Option<&str>, code: &str, templates: Templates) -> String {
    let lines = code.lines().map(|line| clean(&line.replace('\t', "    ")).trim_end().to_owned());
    let code = lines.collect::<Vec<_>>().join("\n");
    let code = code.trim_matches('\n');
    if code.is_empty() {
        return String::new();
    }
    let fence = "`".repeat((longest_run(code, '`') + 1).max(3));
    let kept = kept(code, templates);
    let language = language.unwrap_or_default();
    // Liquid is gone before the fence is read, so that its words may stand beside it.
    match kept.strip_prefix("{% raw %}").and_then(|inner| inner.strip_suffix("{% endraw %}")) {
        Some(inner) if templates == Templates::Liquid => {
            format!("{fence}{language}{{% raw %}}\n{inner}\n{{% endraw %}}{fence}")
        }
        _ => format!("{fence}{language}\n{kept}\n{fence}"),
    }
}
