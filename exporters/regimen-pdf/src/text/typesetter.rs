//! Turns inlines into paragraphs: finds the look and the face of each stretch of text.

use std::sync::Arc;

use regimen_catalog::LanguageTag;
use regimen_catalog::prose::{Inline, LinkTarget};
use regimen_export::document::Direction;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::bidi;
use super::memory::{ContentKey, Look, TextMemories, TextMemory};
use super::paragraph::{OwnMarks, Paragraph};
use super::spans::{Policy, Span, Spans, TextStyle};
use crate::fonts::{Face, Library, is_mark_of_layout};
use crate::style::Colour;

/// The context of text: its look, its language, and the link and the element around it.
#[derive(Clone)]
struct Within {
    style: TextStyle,
    language: Arc<str>,
    link: Option<usize>,
    node: Option<usize>,
    struck: bool,
    depth: usize,
}

impl Within {
    fn looking(&self, style: TextStyle) -> Self {
        Self { style, depth: self.depth + 1, ..self.clone() }
    }

    fn marked(&self, marked: Option<Marked>) -> Self {
        let Some(Marked { node, link }) = marked else { return self.looking(self.style) };
        let style = link.map_or(self.style, |(_, colour)| self.style.coloured(colour));
        Self { link: link.map_or(self.link, |(link, _)| Some(link)), node: Some(node), ..self.looking(style) }
    }
}

impl Spans {
    fn new_span(&mut self, text: &str, face: Face, within: &Within) {
        self.length += text.len();
        let TextStyle { size, colour, .. } = within.style;
        let (language, link, node) = (within.language.clone(), within.link, within.node);
        let struck = within.struck;
        self.all.push(Span { text: text.to_owned(), face, size, colour, language, link, node, struck });
    }

    fn add(&mut self, text: &str, face: Face, within: &Within) {
        let style = within.style;
        match self.all.last_mut() {
            Some(span)
                if (span.face, span.link, span.node, span.colour) == (face, within.link, within.node, style.colour)
                    && span.struck == within.struck
                    && (span.size - style.size).abs() < f32::EPSILON
                    && Arc::ptr_eq(&span.language, &within.language)
                    && span.text != "\n" =>
            {
                self.length += text.len();
                span.text.push_str(text);
            }
            _ => self.new_span(text, face, within),
        }
    }
}

/// A part of a text that may be an element of its own.
pub(crate) enum Mark<'a> {
    /// A link with its content.
    Link(&'a LinkTarget, &'a [Inline]),
    /// Words in another language.
    Language(&'a LanguageTag),
    /// Words that are struck out.
    Struck,
    /// The number of a footnote.
    Footnote(u32),
}

/// The element of a mark, and the link of the document with its colour if it is one.
#[derive(Clone, Copy)]
pub(crate) struct Marked {
    pub(crate) node: usize,
    pub(crate) link: Option<(usize, Colour)>,
}

/// Finds the element of a mark within another one, or within the text as a whole; none if it is not one of its own.
pub(crate) type MarkOf<'a> = dyn FnMut(Mark<'_>, Option<usize>) -> Option<Marked> + 'a;

/// A character that no font has, and some text around it.
pub(crate) type Missing = (char, String);

/// Turns inlines into paragraphs ready for breaking.
pub(crate) struct Typesetter<'a> {
    library: &'a Library,
    memory: TextMemory,
    /// Where its memory comes from and goes back to.
    memories: Option<&'a TextMemories>,
    language: Arc<str>,
    level: u8,
    /// No text is smaller than this.
    pub(crate) least: f32,
    pub(crate) missing: Vec<Missing>,
    /// Whether a character of the text that is being set has no glyph.
    lacks_glyphs: bool,
}

/// Inlines nested deeper than this lose their marks, never their text.
const DEEPEST: usize = 48;

impl<'a> Typesetter<'a> {
    pub(crate) fn new(library: &'a Library, language: &str, direction: Direction) -> Self {
        let level = bidi::base(direction == Direction::LeftToRight);
        let (memory, memories) = (TextMemory::with_room(0), None);
        Self {
            library,
            memory,
            memories,
            language: Arc::from(language),
            level,
            least: 0.0,
            missing: Vec::new(),
            lacks_glyphs: false,
        }
    }

    /// The same, finding what was set before in one of these memories.
    pub(crate) fn with_memory(mut self, memories: &'a TextMemories) -> Self {
        (self.memory, self.memories) = (memories.take(), Some(memories));
        self
    }

    /// The style, no smaller than any text.
    fn readable(&self, style: TextStyle) -> TextStyle {
        TextStyle { size: style.size.max(self.least), ..style }
    }

    fn within(&self, style: TextStyle) -> Within {
        Within {
            style: self.readable(style),
            language: self.language.clone(),
            link: None,
            node: None,
            struck: false,
            depth: 0,
        }
    }

    /// A paragraph of plain text, of whose words only those are hyphenated that are longer than a line.
    pub(crate) fn plain(&mut self, text: &str, style: TextStyle) -> Paragraph {
        let content = [Inline::Text(text.to_owned())];
        self.rich(&content, style, &mut |_, _| None).unhyphenated()
    }

    /// A paragraph of running text; `mark` says which of its marks are elements of their own.
    pub(crate) fn rich(&mut self, inlines: &[Inline], style: TextStyle, mark: &mut MarkOf<'_>) -> Paragraph {
        // Headings, labels and names stay whole where they can.
        let running = matches!(style.face, Face::Regular | Face::Italic);
        let policy = if running { Policy::Running } else { Policy::LongWords };
        let within = self.within(style);
        let language = Arc::clone(&self.language);
        let look = Look { style: within.style, least: self.least, level: self.level };
        let key = ContentKey::new(inlines, look, &language);
        if let Some(text) = key.as_ref().and_then(|key| self.memory.text_of(key)) {
            return Paragraph::new(text, policy, OwnMarks::default());
        }
        let mut spans = Spans::default();
        self.lacks_glyphs = false;
        self.flatten(inlines, &within, mark, &mut spans);
        let own = OwnMarks::taken_from(&mut spans);
        let text = self.memory.text(self.library, spans, self.level);
        // What has no glyph is reported by each document that has it.
        if let Some(key) = key.filter(|_| !self.lacks_glyphs) {
            self.memory.keep(&key, &text);
        }
        Paragraph::new(text, policy, own)
    }

    fn flatten(&mut self, inlines: &[Inline], within: &Within, mark: &mut MarkOf<'_>, spans: &mut Spans) {
        if within.depth > DEEPEST {
            self.push(&regimen_catalog::prose::plain_text(inlines), within, spans);
            return;
        }
        let style = within.style;
        for (at, inline) in inlines.iter().enumerate() {
            match inline {
                Inline::Text(text) => self.push(text, within, spans),
                Inline::Code(text) => self.push(text, &within.looking(self.readable(style.code())), spans),
                Inline::Strong(inner) => self.flatten(inner, &within.looking(style.strong()), mark, spans),
                Inline::Emphasis(inner) => self.flatten(inner, &within.looking(style.emphasis()), mark, spans),
                Inline::Struck(inner) => {
                    let found = mark(Mark::Struck, within.node);
                    self.flatten(inner, &Within { struck: true, ..within.marked(found) }, mark, spans);
                }
                Inline::Checkbox(ticked) => {
                    // Boxes of the same day, such as morning and evening, are one group.
                    let is_apart = match inlines.get(at + 1) {
                        Some(Inline::Checkbox(_)) => false,
                        Some(Inline::Text(text)) => !text.starts_with(' '),
                        _ => true,
                    };
                    self.push(checkbox(*ticked).encode_utf8(&mut [0; 4]), within, spans);
                    if is_apart {
                        self.push(" ", within, spans);
                    }
                }
                Inline::Footnote(number) => {
                    let found = mark(Mark::Footnote(*number), within.node);
                    self.push(&raised(*number), &within.marked(found), spans);
                }
                Inline::Link { target, content, .. } => {
                    let found =
                        if within.link.is_none() { mark(Mark::Link(target, content), within.node) } else { None };
                    self.flatten(content, &within.marked(found), mark, spans);
                }
                Inline::InLanguage { language, content } => {
                    let found = mark(Mark::Language(language), within.node);
                    let within = Within { language: Arc::from(language.as_str()), ..within.marked(found) };
                    self.flatten(content, &within, mark, spans);
                }
                Inline::Break => spans.new_span("\n", style.face, within),
            }
        }
    }

    fn push(&mut self, text: &str, within: &Within, spans: &mut Spans) {
        let mut rest = text;
        while !rest.is_empty() {
            // Most text is plain, and asking for every letter takes as long as shaping it.
            let (plain, after) = rest.split_at(plain_length(rest));
            if !plain.is_empty()
                && self.library.face_for(within.style.face, &within.language, plain) == Some(within.style.face)
            {
                spans.add(plain, within.style.face, within);
                rest = after;
                continue;
            }
            let Some(cluster) = rest.graphemes(true).next() else { break };
            self.push_grapheme(cluster, within, text, spans);
            rest = &rest[cluster.len()..];
        }
    }

    fn push_grapheme(&mut self, cluster: &str, within: &Within, text: &str, spans: &mut Spans) {
        if cluster == "\u{ad}" {
            spans.soft.push(spans.length);
        } else if cluster.len() == 1 && !cluster.starts_with(char::is_control) {
            self.push_cluster(cluster, within, text, spans);
        } else {
            let shown: String = cluster.chars().filter_map(printable).collect();
            if shown.chars().all(is_mark_of_layout) {
                // It has no glyph, and takes part in the text before it.
                let face = spans.all.last().map_or(within.style.face, |span| span.face);
                spans.add(&shown, face, within);
            } else {
                self.push_cluster(&composed(shown), within, text, spans);
            }
        }
    }

    /// A letter with its marks stays in one face, so that the marks find their places.
    fn push_cluster(&mut self, shown: &str, within: &Within, text: &str, spans: &mut Spans) {
        if let Some(face) = self.library.face_for(within.style.face, &within.language, shown) {
            spans.add(shown, face, within);
            return;
        }
        for character in shown.chars() {
            let (character, face) = self.find(character, within, text);
            spans.add(character.encode_utf8(&mut [0; 4]), face, within);
        }
    }

    fn find(&mut self, character: char, within: &Within, text: &str) -> (char, Face) {
        let wanted = within.style.face;
        let face_for =
            |character: char| self.library.face_for(wanted, &within.language, character.encode_utf8(&mut [0; 4]));
        if let Some(face) = face_for(character) {
            return (character, face);
        }
        // Blanks of all widths stand for one another.
        if character.is_whitespace()
            && let Some(face) = face_for(' ')
        {
            return (' ', face);
        }
        self.lacks_glyphs = true;
        let stand_in = if face_for('\u{fffd}').is_some() { '\u{fffd}' } else { '?' };
        let face = face_for(stand_in).unwrap_or(wanted);
        if !self.missing.iter().any(|(known, _)| *known == character) {
            self.missing.push((character, text.chars().take(60).collect()));
        }
        (stand_in, face)
    }
}

impl Drop for Typesetter<'_> {
    fn drop(&mut self) {
        if let Some(memories) = self.memories {
            memories.give_back(std::mem::replace(&mut self.memory, TextMemory::with_room(0)));
        }
    }
}

/// The box of a task.
pub(crate) const fn checkbox(ticked: bool) -> char {
    if ticked { '☑' } else { '☐' }
}

/// A number in raised figures.
fn raised(number: u32) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let figures = number.to_string().into_bytes().into_iter();
    figures.filter_map(|figure| FIGURES.get(usize::from(figure - b'0'))).collect()
}

/// How many bytes from the start are letters and signs of ASCII, each on its own: a mark may follow the last.
fn plain_length(text: &str) -> usize {
    let length = text.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count();
    if length == text.len() { length } else { length.saturating_sub(1) }
}

/// Letters with marks as one character in the scripts whose fonts are made so. In others the author's own characters
/// stay, and the font puts marks where they belong.
fn composed(cluster: String) -> String {
    if cluster.chars().all(|letter| letter < '\u{590}' || ('\u{1e00}'..'\u{2100}').contains(&letter)) {
        cluster.nfc().collect()
    } else {
        cluster
    }
}

/// What is printed for a character: nothing for invisible ones, a space for control characters. Those that join and part
/// letters and words, or say where text runs to, are for the shaper and for those who break lines.
fn printable(character: char) -> Option<char> {
    match character {
        mark if is_mark_of_layout(mark) => Some(mark),
        '\u{ad}' | '\u{2028}'..='\u{202e}' | '\u{2061}'..='\u{2064}' => None,
        '\u{206a}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        control if control.is_control() => Some(' '),
        other => Some(other),
    }
}
