//! CommonMark to blocks and inlines.

mod raw;
mod span;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment as Aligned, BlockQuoteKind, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd,
};

use super::path::{in_catalogue, percent_decoded};
use super::plain::{is_blank, is_plain};
use super::{
    Alignment, CalloutKind, FreeNames, Inline, Inlines, LinkTarget, ProseBlock, RawMarkup, address, markup, notes,
    plain_text, shows_nothing,
};
use crate::language::LanguageTag;
use crate::reference::{Kind, Reference};

/// What a text says, and what in it cannot be said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The blocks in order.
    pub blocks: Vec<ProseBlock>,
    /// The entries referred to, each with its bytes in the text.
    pub references: Vec<(Reference, Range<usize>)>,
    /// What cannot be said.
    pub problems: Vec<Problem>,
    /// Markup of other tools, which prints as it is written.
    pub raw: Vec<RawMarkup>,
}

impl Parsed {
    /// The blocks, if there are no problems.
    ///
    /// # Errors
    /// The problems as one sentence, each kind of them once.
    pub fn into_blocks(self) -> Result<Vec<ProseBlock>, String> {
        if self.problems.is_empty() {
            return Ok(self.blocks);
        }
        let mut said: Vec<String> = Vec::new();
        for problem in self.problems {
            let problem = format!("{}; {}", problem.message, problem.help);
            if !said.contains(&problem) && said.len() < MAX_PROBLEMS {
                said.push(problem);
            }
        }
        Err(said.join("; besides, "))
    }
}

/// How many problems of one text are told at once.
const MAX_PROBLEMS: usize = 5;

/// Something that prose must not contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the text that are meant.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// The way out.
    pub help: String,
}

/// Parses CommonMark with tables, task lists, footnotes, struck-out text and `> [!NOTE]` boxes.
///
/// ```
/// use regimen_model::prose::parse;
/// let parsed = parse("Do the [squat](exercise:squat) *slowly*.");
/// assert_eq!(parsed.references[0].0.to_string(), "exercise:squat");
/// assert!(parse("<b>bold</b>").problems[0].message.contains("HTML"));
/// ```
pub fn parse(text: &str) -> Parsed {
    if is_plain(text) {
        let blocks = vec![ProseBlock::Paragraph(vec![Inline::Text(text.to_owned())])];
        return Parsed { blocks, ..Parsed::default() };
    }
    parse_marked(text)
}

/// Parses a text that may hold marks.
pub(super) fn parse_marked(text: &str) -> Parsed {
    let mut options = Options::ENABLE_TABLES | Options::ENABLE_GFM | Options::ENABLE_HEADING_ATTRIBUTES;
    options |= Options::ENABLE_FOOTNOTES | Options::ENABLE_TASKLISTS | Options::ENABLE_STRIKETHROUGH;
    // So that `H~2~O` is no struck-out 2.
    options |= Options::ENABLE_SUBSCRIPT;
    let mut builder = Builder::default();
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.event(event, range, text);
    }
    builder.unused_notes();
    let Builder { mut parsed, root, notes, .. } = builder;
    parsed.blocks = root;
    notes::numbered(&mut parsed.blocks, notes.into_iter().map(|note| note.blocks).collect());
    if has_note_star(text) {
        parsed.raw.retain(|raw| raw.text != "*");
    }
    parsed.raw.sort_by_key(|raw| raw.range.start);
    parsed
}

/// Whether a word has a star behind it, as those have that a line with a star before it explains.
fn has_note_star(text: &str) -> bool {
    text.match_indices('*').any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
        before.is_some_and(char::is_alphanumeric) && after.is_none_or(|c| !c.is_alphanumeric() && c != '*')
    })
}

/// Whether what is between stars is in the middle of a number, as in `3*8*60`.
fn is_between_figures(source: &str, range: &Range<usize>) -> bool {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let before = source[..range.start].chars().next_back();
    let first = source[range.start..].trim_start_matches('*').chars().next();
    let last = source[..range.end].trim_end_matches('*').chars().next_back();
    let after = source[range.end..].chars().next();
    let is_product = (is_figure(before) && is_figure(first)) || (is_figure(last) && is_figure(after));
    source[range.start..].starts_with('*') && is_product
}

/// The cells of a line of a table. A bar with a `\` before it is a part of its cell (GFM, section 4.10).
fn cells(line: &str) -> impl Iterator<Item = Range<usize>> {
    let text = line.trim_start_matches([' ', '\t', '>']);
    let text = text.strip_prefix('|').unwrap_or(text);
    let end = line.trim_end().len();
    let end = if line[..end].ends_with('|') && !line[..end].ends_with("\\|") { end - 1 } else { end };
    let mut start = Some(line.len() - text.len());
    std::iter::from_fn(move || {
        let from = start.filter(|from| *from <= end)?;
        let bar = line[from..end].match_indices('|').map(|(at, _)| from + at);
        let bar = bar.filter(|at| !line[..*at].ends_with('\\')).min();
        start = bar.map(|at| at + 1);
        Some(from..bar.unwrap_or(end))
    })
}

/// What is open: blocks nest in blocks, inlines in inlines, and a block may hold inlines.
enum Open {
    Blocks(BlockKind, Vec<ProseBlock>),
    Items(Option<u64>, Vec<Vec<ProseBlock>>),
    Inlines(InlineKind, Inlines),
    Table { alignment: Vec<Alignment>, header: Vec<Inlines>, rows: Vec<Vec<Inlines>> },
    Row(Vec<Inlines>),
    Code(Option<String>, String),
    Html,
}

enum BlockKind {
    Item,
    Quote(Option<BlockQuoteKind>),
    /// The footnote of this number.
    Note(u32),
}

enum InlineKind {
    Paragraph,
    /// The text of a tight list item stands in no paragraph of its own.
    Tight,
    Heading(u8, Option<String>),
    Cell,
    Strong,
    Emphasis,
    Struck,
    /// What prints as it is written, between these signs: lowered text, and figures between the stars of a product.
    Literal(&'static str),
    Link(Option<LinkTarget>, Option<String>),
    Image(Option<ImageTarget>),
    /// Words in another language, none if its tag is wrong, with the place of that tag.
    Span(Option<LanguageTag>, Range<usize>),
}

enum ImageTarget {
    Entry(Reference),
    File(String),
}

/// The deepest nesting of lists, boxes, links and marks. Nobody reads deeper ones, and everything that walks
/// a text may call itself this often.
const MAX_DEPTH: usize = 32;

#[derive(Default)]
struct Builder {
    /// Starts that were passed over because they are too deep.
    passed_over: usize,
    root: Vec<ProseBlock>,
    open: Vec<Open>,
    parsed: Parsed,
    anchors: FreeNames,
    /// A picture that closed last, and the range it stood in, waiting to be the whole of its paragraph.
    figure: Option<ProseBlock>,
    /// The running text at hand, for markup of other tools.
    seen: raw::Seen,
    /// Footnotes in the order in which they are met, and their numbers by name.
    notes: Vec<Note>,
    note_numbers: BTreeMap<String, u32>,
}

/// A footnote, from its first reference or its text on.
#[derive(Default)]
struct Note {
    name: String,
    blocks: Vec<ProseBlock>,
    /// Where its text begins.
    text: Option<Range<usize>>,
    referred: bool,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, range: Range<usize>, source: &str) {
        self.see(&event, &range, source);
        match event {
            Event::Start(_) if self.passed_over > 0 || self.open.len() >= MAX_DEPTH => self.pass_over(range),
            Event::End(_) if self.passed_over > 0 => self.passed_over -= 1,
            Event::Start(tag) => {
                if let Tag::Link { title, .. } | Tag::Image { title, .. } = &tag {
                    self.lost_title(title, &range, source);
                }
                self.start(tag, range, source);
            }
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => {
                // What an entity such as `&#x202e;` stands for is in no text that was looked at.
                if range.len() != text.len()
                    && let Some(what) = crate::hidden::first_hidden(&text)
                {
                    self.problem(range, format!("this stands for {what}"), "delete it");
                }
                self.text(&text);
            }
            Event::Code(text) => self.inline(Inline::Code(text.into_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(ProseBlock::Rule),
            Event::Html(html) => self.block_html(&html, range),
            Event::InlineHtml(html) => self.inline_html(&html, range),
            Event::FootnoteReference(name) => {
                let number = self.note(&name);
                self.notes[number as usize - 1].referred = true;
                self.inline(Inline::Footnote(number));
            }
            Event::TaskListMarker(ticked) => self.inline(Inline::Checkbox(ticked)),
            Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn pass_over(&mut self, range: Range<usize>) {
        if self.passed_over == 0 && self.parsed.problems.is_empty() {
            self.problem(range, format!("this is nested more than {MAX_DEPTH} levels deep"), "write it flatter");
        }
        self.passed_over += 1;
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, source: &str) {
        let in_line = matches!(
            tag,
            Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Subscript | Tag::Link { .. } | Tag::Image { .. }
        );
        if in_line {
            self.open_tight();
        } else {
            self.close_tight();
        }
        let open = match tag {
            Tag::Paragraph => Open::Inlines(InlineKind::Paragraph, Vec::new()),
            Tag::Heading { level, id, .. } => {
                Open::Inlines(InlineKind::Heading(level as u8, id.map(pulldown_cmark::CowStr::into_string)), Vec::new())
            }
            Tag::BlockQuote(kind) => Open::Blocks(BlockKind::Quote(kind), Vec::new()),
            Tag::CodeBlock(kind) => Open::Code(code_language(&kind), String::new()),
            Tag::List(start) => Open::Items(start, Vec::new()),
            Tag::Item => Open::Blocks(BlockKind::Item, Vec::new()),
            Tag::FootnoteDefinition(name) => Open::Blocks(BlockKind::Note(self.note_text(&name, range)), Vec::new()),
            Tag::Table(columns) => {
                self.lost_cells(columns.len(), &range, source);
                let alignment = columns.into_iter().map(aligned).collect();
                Open::Table { alignment, header: Vec::new(), rows: Vec::new() }
            }
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Inlines(InlineKind::Cell, Vec::new()),
            Tag::Emphasis | Tag::Strong if is_between_figures(source, &range) => {
                let stars = if matches!(tag, Tag::Strong) { "**" } else { "*" };
                Open::Inlines(InlineKind::Literal(stars), Vec::new())
            }
            Tag::Emphasis => Open::Inlines(InlineKind::Emphasis, Vec::new()),
            Tag::Strong => Open::Inlines(InlineKind::Strong, Vec::new()),
            Tag::Strikethrough => Open::Inlines(InlineKind::Struck, Vec::new()),
            Tag::Subscript => Open::Inlines(InlineKind::Literal("~"), Vec::new()),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = self.target(link_type, &dest_url, range);
                let title = (!is_blank(&title)).then(|| title.into_string());
                Open::Inlines(InlineKind::Link(target, title), Vec::new())
            }
            Tag::Image { dest_url, .. } => {
                let target = self.image_target(&dest_url, range);
                Open::Inlines(InlineKind::Image(target), Vec::new())
            }
            _ => Open::Html,
        };
        self.open.push(open);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        self.close_open_spans();
        if matches!(tag, TagEnd::Item) {
            self.close_tight();
        }
        match self.open.pop() {
            Some(Open::Blocks(BlockKind::Item, blocks)) => {
                if let Some(Open::Items(_, items)) = self.open.last_mut() {
                    items.push(blocks);
                }
            }
            Some(Open::Blocks(BlockKind::Quote(kind), blocks)) => self.block(quote(kind, blocks)),
            Some(Open::Blocks(BlockKind::Note(number), blocks)) => {
                self.notes[number as usize - 1].blocks.extend(blocks);
            }
            Some(Open::Items(start, items)) => self.block(ProseBlock::List { start, items }),
            Some(Open::Code(language, text)) => {
                self.block(ProseBlock::Code { language, text: text.trim_end().to_owned() });
            }
            Some(Open::Table { alignment, header, rows }) => self.block(ProseBlock::Table { alignment, header, rows }),
            Some(Open::Row(cells)) => {
                if let Some(Open::Table { header, rows, .. }) = self.open.last_mut() {
                    if matches!(tag, TagEnd::TableHead) {
                        *header = cells;
                    } else {
                        rows.push(cells);
                    }
                }
            }
            Some(Open::Inlines(kind, content)) => self.close_inlines(kind, content, range),
            Some(Open::Html) | None => {}
        }
    }

    fn close_inlines(&mut self, kind: InlineKind, content: Inlines, range: Range<usize>) {
        if matches!(kind, InlineKind::Paragraph | InlineKind::Tight | InlineKind::Heading(..) | InlineKind::Cell) {
            self.report_seen();
        }
        match kind {
            InlineKind::Strong => self.inline(Inline::Strong(content)),
            InlineKind::Emphasis => self.inline(Inline::Emphasis(content)),
            InlineKind::Struck => self.inline(Inline::Struck(content)),
            InlineKind::Literal(sign) => {
                self.text(sign);
                content.into_iter().for_each(|inline| self.inline(inline));
                self.text(sign);
            }
            InlineKind::Link(Some(target), title) => self.inline(Inline::Link { target, content, title }),
            InlineKind::Link(None, _) | InlineKind::Span(..) => {
                content.into_iter().for_each(|inline| self.inline(inline));
            }
            InlineKind::Image(target) => self.image(target, &content, range),
            InlineKind::Cell => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(content);
                }
            }
            InlineKind::Heading(level, id) => {
                let anchor = self.anchor(id.unwrap_or_else(|| slug(&plain_text(&content))));
                self.block(ProseBlock::Heading { level, anchor, content });
            }
            InlineKind::Paragraph | InlineKind::Tight => match self.figure.take() {
                Some(figure) if content.is_empty() => self.block(figure),
                Some(_) => self.problem(
                    range,
                    "a picture stands in the middle of a paragraph",
                    "give it a paragraph of its own, with an empty line before and after it",
                ),
                None if content.is_empty() => {}
                None => self.block(ProseBlock::Paragraph(content)),
            },
        }
    }

    fn image(&mut self, target: Option<ImageTarget>, content: &[Inline], range: Range<usize>) {
        let alone = self.figure.is_none()
            && matches!(self.open.last(), Some(Open::Inlines(InlineKind::Paragraph | InlineKind::Tight, before)) if before.is_empty());
        let block = match target {
            None => return,
            Some(ImageTarget::Entry(reference)) => ProseBlock::Embed(reference),
            Some(ImageTarget::File(file)) => ProseBlock::Figure { file, alt: plain_text(content).into() },
        };
        if matches!(&block, ProseBlock::Figure { alt, .. } if is_blank(alt)) {
            let way_out = "say what it shows between the brackets: `![A runner on one leg](media/balance.svg)`";
            self.problem(range.clone(), "this picture says nothing to those who do not see it", way_out);
        }
        if content.iter().any(|inline| matches!(inline, Inline::InLanguage { .. })) {
            let way_out = "take the `<span>` out of the picture's description";
            self.problem(range.clone(), "what a picture shows is said in one language", way_out);
        }
        if alone {
            self.figure = Some(block);
        } else {
            self.problem(
                range,
                "a picture stands in the middle of a text",
                "give it a paragraph of its own, with an empty line before and after it",
            );
        }
    }

    fn target(&mut self, link_type: LinkType, url: &str, range: Range<usize>) -> Option<LinkTarget> {
        if link_type == LinkType::Email {
            return Some(LinkTarget::Url(format!("mailto:{url}")));
        }
        if let Some(anchor) = url.strip_prefix('#') {
            return Some(LinkTarget::Anchor(percent_decoded(anchor)));
        }
        if let Some(kind) = address::mistake(url) {
            self.raw_markup(range.clone(), url.to_owned(), kind);
        }
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
        match scheme.as_deref() {
            Some("http" | "https" | "mailto" | "tel") => Some(LinkTarget::Url(url.to_owned())),
            Some("guide") if url.contains('#') => {
                let (guide, heading) = url.split_once('#')?;
                let reference = self.reference(guide, range)?;
                Some(if heading.is_empty() {
                    LinkTarget::Entry(reference)
                } else {
                    LinkTarget::Heading(reference, percent_decoded(heading))
                })
            }
            Some(scheme) if Kind::ALL.iter().any(|kind| kind.scheme() == scheme) => {
                self.reference(url, range).map(LinkTarget::Entry)
            }
            _ => {
                self.problem(
                    range,
                    format!("the link `{}` leads nowhere that can be checked", url.escape_debug()),
                    "use `https://…`, `mailto:…`, `#heading`, or an entry such as `exercise:squat`",
                );
                None
            }
        }
    }

    fn image_target(&mut self, url: &str, range: Range<usize>) -> Option<ImageTarget> {
        match url.split_once(':') {
            None => {
                let file = in_catalogue(url);
                if file.is_none() {
                    let message = format!("the picture `{}` is outside the catalogue", url.escape_debug());
                    self.problem(range, message, "put the file into `media/` and write `media/` and its name");
                }
                file.map(ImageTarget::File)
            }
            Some((scheme, _)) if Kind::ALL.iter().any(|kind| kind.scheme() == scheme) => {
                self.reference(url, range).map(ImageTarget::Entry)
            }
            Some(_) => {
                self.problem(
                    range,
                    format!("the picture `{}` is not a file of the catalogue", url.escape_debug()),
                    "put the file into the catalogue and write its path from the catalogue's root",
                );
                None
            }
        }
    }

    fn reference(&mut self, url: &str, range: Range<usize>) -> Option<Reference> {
        let (scheme, id) = url.split_once(':')?;
        let kind = *Kind::ALL.iter().find(|kind| kind.scheme() == scheme)?;
        match Reference::new(kind, id) {
            Ok(reference) => {
                self.parsed.references.push((reference.clone(), range));
                Some(reference)
            }
            Err(bad) => {
                self.problem(range, bad.to_string(), format!("write `{scheme}:` and the stem of its file"));
                None
            }
        }
    }

    fn html(&mut self, range: Range<usize>) {
        if !matches!(self.open.last(), Some(Open::Html)) || self.parsed.problems.is_empty() {
            self.problem(
                range,
                "HTML in prose cannot be printed",
                "use Markdown, or put a `\\` before a `<` that is meant as a character",
            );
        }
    }

    fn problem(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        self.parsed.problems.push(Problem { range, message: message.into(), help: help.into() });
    }

    fn text(&mut self, text: &str) {
        match self.open.last_mut() {
            Some(Open::Code(_, code)) => code.push_str(text),
            Some(Open::Html) => {}
            _ => self.inline(Inline::Text(text.to_owned())),
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.open_tight();
        if let Some(Open::Inlines(_, content)) = self.open.last_mut() {
            match (content.last_mut(), inline) {
                (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
                (_, inline) => content.push(inline),
            }
        }
    }

    fn open_tight(&mut self) {
        if matches!(self.open.last(), Some(Open::Blocks(BlockKind::Item, _))) {
            self.open.push(Open::Inlines(InlineKind::Tight, Vec::new()));
        }
    }

    fn close_tight(&mut self) {
        self.close_open_spans();
        if matches!(self.open.last(), Some(Open::Inlines(InlineKind::Tight, _)))
            && let Some(Open::Inlines(kind, content)) = self.open.pop()
        {
            self.close_inlines(kind, content, 0..0);
        }
    }

    /// The number of a footnote by its name.
    fn note(&mut self, name: &str) -> u32 {
        // Labels are the same in capitals and small letters (GFM, footnotes), as those of links are.
        let name = name.to_lowercase();
        let known = self.note_numbers.get(&name).copied();
        known.unwrap_or_else(|| {
            self.notes.push(Note { name: name.clone(), ..Note::default() });
            let number = u32::try_from(self.notes.len()).unwrap_or(u32::MAX);
            self.note_numbers.insert(name, number);
            number
        })
    }

    /// The number of the footnote whose text begins.
    fn note_text(&mut self, name: &str, range: Range<usize>) -> u32 {
        let number = self.note(name);
        let opening = range.start..range.start + name.len() + "[^]:".len();
        if self.notes[number as usize - 1].text.is_some() {
            self.raw_markup(opening, format!("[^{name}]:"), markup::SECOND_NOTE);
        } else {
            self.notes[number as usize - 1].text = Some(opening);
        }
        number
    }

    /// The title of a link shows where a pointer is, and paper has none. One that repeats the words is no loss.
    fn lost_title(&mut self, title: &str, range: &Range<usize>, source: &str) {
        let link = source.get(range.clone()).unwrap_or_default();
        if is_blank(title) || link.matches(title).count() > 1 {
            return;
        }
        let at = link.rfind(title).map(|at| range.start + at..range.start + at + title.len());
        self.raw_markup(at.unwrap_or_else(|| range.clone()), title.to_owned(), markup::TITLE);
    }

    /// Cells behind the last column of a table are in no column.
    fn lost_cells(&mut self, columns: usize, range: &Range<usize>, source: &str) {
        let mut start = range.start;
        for line in source.get(range.clone()).unwrap_or_default().split_inclusive('\n') {
            let has_words =
                |cell: &Range<usize>| !line[cell.start..].trim_matches(['|', ' ', '\n', '\r', '\t']).is_empty();
            let lost = cells(line).nth(columns).filter(has_words).map(|cell| cell.start);
            if let Some(lost) = lost {
                let text = line[lost..].trim().trim_end_matches('|').trim();
                let at = start + lost + line[lost..].find(text).unwrap_or_default();
                self.raw_markup(at..at + text.len(), text.to_owned(), markup::LOST_CELL);
            }
            start += line.len();
        }
    }

    fn unused_notes(&mut self) {
        for note in std::mem::take(&mut self.notes) {
            let says_nothing = note.referred
                && note
                    .blocks
                    .iter()
                    .all(|block| matches!(block, ProseBlock::Paragraph(words) if shows_nothing(words)));
            if let Some(range) = note.text.clone().filter(|_| says_nothing) {
                self.raw_markup(range, format!("[^{}]:", note.name), markup::EMPTY_NOTE);
            }
            if let Some(range) = note.text.clone().filter(|_| !note.referred) {
                self.raw_markup(range, format!("[^{}]:", note.name), markup::UNUSED_NOTE);
            }
            self.notes.push(note);
        }
    }

    fn raw_markup(&mut self, range: Range<usize>, text: String, kind: address::Kind) {
        let ((meaning, help), as_written) = (kind, !markup::CHANGED.contains(&kind));
        self.parsed.raw.push(RawMarkup { range, text, as_written, meaning, help });
    }

    fn block(&mut self, block: ProseBlock) {
        match self.open.last_mut() {
            Some(Open::Blocks(_, blocks)) => blocks.push(block),
            _ => self.root.push(block),
        }
    }

    fn anchor(&mut self, wanted: String) -> String {
        let wanted = if wanted.is_empty() { "section".to_owned() } else { wanted };
        self.anchors.take(&wanted, '-', 2)
    }
}

fn aligned(column: Aligned) -> Alignment {
    match column {
        Aligned::None => Alignment::Unset,
        Aligned::Left => Alignment::Start,
        Aligned::Center => Alignment::Centre,
        Aligned::Right => Alignment::End,
    }
}

/// The first word behind the fence; what follows it is for one tool only.
fn code_language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '#' | '.' | '_');
    let end = info.find(|c| !is_name(c)).unwrap_or(info.len());
    (end > 0).then(|| info[..end].to_owned())
}

fn quote(kind: Option<BlockQuoteKind>, blocks: Vec<ProseBlock>) -> ProseBlock {
    let kind = match kind {
        None => return ProseBlock::Quote(blocks),
        Some(BlockQuoteKind::Note) => CalloutKind::Note,
        Some(BlockQuoteKind::Tip) => CalloutKind::Tip,
        Some(BlockQuoteKind::Important) => CalloutKind::Important,
        Some(BlockQuoteKind::Warning) => CalloutKind::Warning,
        Some(BlockQuoteKind::Caution) => CalloutKind::Caution,
    };
    ProseBlock::Callout { kind, blocks }
}

/// Lower-case letters and digits of any script, joined by hyphens, as site generators make them.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if (c.is_whitespace() || c == '-') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.into())
    }

    #[test]
    fn tight_and_loose_items_hold_paragraphs() {
        let tight = parse("1. one **bold** end\n2. two\n").blocks;
        let ProseBlock::List { start: Some(1), items } = &tight[0] else { panic!("{tight:?}") };
        let bold = Inline::Strong(vec![text("bold")]);
        assert_eq!(items[0], [ProseBlock::Paragraph(vec![text("one "), bold, text(" end")])]);
        let ProseBlock::List { items, .. } = &parse("- a\n\n- b\n  - c\n").blocks[0] else { panic!() };
        assert_eq!(items[1].len(), 2);
    }

    #[test]
    fn stars_between_figures_are_signs() {
        let said = |source: &str| match &parse(source).blocks[..] {
            [ProseBlock::Paragraph(content)] => content.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(said("Do 3*8*60 kg."), [text("Do 3*8*60 kg.")]);
        assert_eq!(said("2**3**4"), [text("2**3**4")]);
        assert_eq!(said("Do 3*10, rest, then 2*12."), [text("Do 3*10, rest, then 2*12.")]);
        assert_eq!(said("5*5 strong by 2027*"), [text("5*5 strong by 2027*")]);
        assert_eq!(said("3 *x* 8"), [text("3 "), Inline::Emphasis(vec![text("x")]), text(" 8")]);
        assert_eq!(said("H2*O*"), [text("H2"), Inline::Emphasis(vec![text("O")])]);
    }

    #[test]
    fn a_cell_behind_the_last_column_is_reported() {
        let lost = |row: &str| {
            let source = format!("| a | b |\n| --- | --- |\n{row}\n");
            parse(&source).raw.into_iter().map(|raw| (raw.text, source[raw.range].to_owned())).collect::<Vec<_>>()
        };
        let one = |text: &str| vec![(text.to_owned(), text.to_owned())];
        assert_eq!(lost("| 1 | 2 | lost |"), one("lost"));
        assert_eq!(lost("1 | 2 | lost | too"), one("lost | too"));
        for right in ["| 1 | 2 |", "| 1 | 2", "1 | 2 |", "| 1 |", "| 1 | a \\| b |", "| 1 | 2 | |", "| 1 | 2 |  |"] {
            assert_eq!(lost(right), [], "{right}");
        }
    }

    #[test]
    fn tasks_struck_words_and_columns_are_read() {
        let parsed = parse("- [ ] a\n- [x] ~~b~~\n\n| a | b | c | d |\n| --- | :-- | :-: | --: |\n| 1 | 2 | 3 | 4 |\n");
        assert_eq!((parsed.problems, parsed.raw), (vec![], vec![]));
        let ProseBlock::List { items, .. } = &parsed.blocks[0] else { panic!() };
        assert_eq!(items[0], [ProseBlock::Paragraph(vec![Inline::Checkbox(false), text("a")])]);
        assert_eq!(items[1], [ProseBlock::Paragraph(vec![Inline::Checkbox(true), Inline::Struck(vec![text("b")])])]);
        use Alignment::{Centre, End, Start, Unset};
        let ProseBlock::Table { alignment, .. } = &parsed.blocks[1] else { panic!() };
        assert_eq!(*alignment, [Unset, Start, Centre, End]);
    }

    #[test]
    fn an_address_that_leads_nowhere_is_reported_and_stays() {
        for (text, kind) in [
            ("[e](http://)", address::NO_SITE),
            ("<https://a.example/%zz>", address::WRONG_CODE),
            ("[me](https://user:pw@a.example)", address::PASSWORD),
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.problems, []);
            assert_eq!(parsed.raw.iter().map(|raw| (raw.meaning, raw.help)).collect::<Vec<_>>(), [kind]);
        }
    }

    #[test]
    fn labels_of_footnotes_are_the_same_in_capitals_and_an_empty_note_is_reported() {
        let parsed = parse("Case[^A] here [^a].\n\n[^a]: Note.\n");
        assert_eq!((parsed.raw, parsed.blocks.len()), (vec![], 2));
        let Some(ProseBlock::Footnotes(notes)) = parsed.blocks.last() else { panic!() };
        assert_eq!(notes.len(), 1);
        let raw = parse("Case[^a].\n\n[^a]:\n").raw;
        assert_eq!(raw.iter().map(|raw| raw.meaning).collect::<Vec<_>>(), [markup::EMPTY_NOTE.0]);
    }

    #[test]
    fn a_heading_of_another_guide_is_a_target_of_its_own() {
        let parsed = parse("[why](guide:calf-care#the-why) and [it](guide:calf-care#)");
        let ProseBlock::Paragraph(content) = &parsed.blocks[0] else { panic!() };
        let guide = Reference::new(Kind::Guide, "calf-care").unwrap();
        let targets = content.iter().filter_map(|inline| match inline {
            Inline::Link { target, .. } => Some(target.clone()),
            _ => None,
        });
        let wanted = [LinkTarget::Heading(guide.clone(), "the-why".into()), LinkTarget::Entry(guide)];
        assert_eq!(targets.collect::<Vec<_>>(), wanted);
        assert_eq!(parsed.references.len(), 2);
    }

    #[test]
    fn code_knows_its_language() {
        for (fence, wanted) in [
            ("```python", Some("python")),
            ("~~~ c++ title=\"x\"", Some("c++")),
            ("```yaml,ignore", Some("yaml")),
            ("```{.r}", None),
            ("```", None),
        ] {
            let blocks = parse(&format!("{fence}\na = 1\n{}\n", &fence[..3])).blocks;
            assert_eq!(
                blocks,
                [ProseBlock::Code { language: wanted.map(str::to_owned), text: "a = 1".into() }],
                "{fence}"
            );
        }
    }

    #[test]
    fn pictures_are_described_and_entities_hide_nothing() {
        for (wrong, range) in [("![ ](media/bar.svg)\n", 0..19), ("a &#x202e;b\n", 2..10), ("a &#7; b\n", 2..6)] {
            let problems = parse(wrong).problems;
            assert_eq!(problems.iter().map(|problem| problem.range.clone()).collect::<Vec<_>>(), [range], "{wrong}");
        }
        assert_eq!(parse("Ties &amp; more &euro;&nbsp;5\n").problems, []);
    }

    #[test]
    fn pictures_alone_are_blocks() {
        let parsed = parse("![](exercise:squat)\n\n![A bar](media/bar.svg)\n\n> [!CAUTION]\n> Stop.\n");
        assert!(matches!(&parsed.blocks[0], ProseBlock::Embed(entry) if entry.to_string() == "exercise:squat"));
        assert!(matches!(&parsed.blocks[1], ProseBlock::Figure { alt, .. } if *alt == "A bar"));
        assert!(matches!(&parsed.blocks[2], ProseBlock::Callout { kind: CalloutKind::Caution, .. }));
    }

    #[test]
    fn what_cannot_be_printed_is_a_problem_with_its_range() {
        for (wrong, at) in [
            ("a <br> b", 2),
            ("see [x](other:y)", 4),
            ("a ![](exercise:squat)", 2),
            ("[x](exercise:A_b)", 0),
            ("![x](../../a.svg)", 0),
        ] {
            let problems = parse(wrong).problems;
            assert_eq!(problems.first().map(|problem| problem.range.start), Some(at), "{wrong}: {problems:?}");
        }
    }

    #[test]
    fn a_text_tells_all_that_is_wrong_with_it() {
        let said = parse("<b>x</b> and [y](other:z)").into_blocks().expect_err("two problems");
        assert_eq!(said.matches("HTML").count(), 1, "{said}");
        assert!(said.contains("; besides, the link `other:z` leads nowhere"), "{said}");
    }

    #[test]
    fn deep_nesting_is_a_problem_and_no_danger() {
        for deep in [">".repeat(50_000) + " x", "*a ".repeat(8_000) + "b" + &"*".repeat(8_000), nested_list(2_000)] {
            let problems = parse(&deep).problems;
            assert!(problems[0].message.contains("nested more than 32"), "{:?}", problems.first());
        }
    }

    fn nested_list(depth: usize) -> String {
        (0..depth).map(|level| format!("{}- x\n", "  ".repeat(level))).collect()
    }

    #[test]
    fn headings_get_unique_anchors() {
        let parsed = parse("# Why?\n\n# Why\n\n# Own {#mine}\n");
        let anchors = parsed.blocks.iter().map(|block| match block {
            ProseBlock::Heading { anchor, .. } => anchor.as_str(),
            other => panic!("{other:?}"),
        });
        assert_eq!(anchors.collect::<Vec<_>>(), ["why", "why-2", "mine"]);
    }
}
