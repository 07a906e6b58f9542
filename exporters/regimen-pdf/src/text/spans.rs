//! Inlines flattened into spans, each of one look, with a face that has every character.

use std::sync::Arc;

use regimen_catalog::prose::{Inline, Target};
use regimen_export::document::Direction;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{Paragraph, bidi};
use crate::fonts::{Face, Library};
use crate::style::Colour;

/// How text looks before its own marks apply.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextStyle {
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) leading: f32,
    pub(crate) colour: Colour,
}

impl TextStyle {
    pub(crate) const fn coloured(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    fn strong(self) -> Self {
        let face = match self.face {
            Face::Regular => Face::Bold,
            Face::Italic => Face::BoldItalic,
            face @ (Face::Bold | Face::BoldItalic | Face::Heading | Face::Code) => face,
        };
        Self { face, ..self }
    }

    fn emphasis(self) -> Self {
        let face = match self.face {
            Face::Regular => Face::Italic,
            Face::Bold => Face::BoldItalic,
            face @ (Face::Italic | Face::BoldItalic | Face::Heading | Face::Code) => face,
        };
        Self { face, ..self }
    }

    fn code(self) -> Self {
        Self { face: Face::Code, size: self.size * 0.92, ..self }
    }
}

/// Text of one look.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    /// Which of the document's links it belongs to.
    pub(crate) link: Option<usize>,
}

/// Spans in reading order, and where in their text the author allows a hyphen.
#[derive(Debug, Default)]
pub(super) struct Spans {
    pub(super) all: Vec<Span>,
    pub(super) soft: Vec<usize>,
    length: usize,
}

impl Spans {
    fn new_span(&mut self, text: &str, style: TextStyle, link: Option<usize>) {
        self.length += text.len();
        let TextStyle { face, size, colour, .. } = style;
        self.all.push(Span { text: text.to_owned(), face, size, colour, link });
    }

    fn add(&mut self, text: &str, style: TextStyle, link: Option<usize>) {
        match self.all.last_mut() {
            Some(span)
                if (span.face, span.link, span.colour) == (style.face, link, style.colour)
                    && (span.size - style.size).abs() < f32::EPSILON
                    && span.text != "\n" =>
            {
                self.length += text.len();
                span.text.push_str(text);
            }
            _ => self.new_span(text, style, link),
        }
    }
}

/// Says which link of the document a target with its content is, and its colour; none if it leads nowhere.
pub(crate) type LinkOf<'a> = dyn FnMut(&Target, &[Inline]) -> Option<(usize, Colour)> + 'a;

/// A character that no font has, and some text around it.
pub(crate) type Missing = (char, String);

/// Turns inlines into paragraphs ready for breaking.
pub(crate) struct Typesetter<'a> {
    library: &'a Library,
    language: Arc<str>,
    level: u8,
    pub(crate) missing: Vec<Missing>,
}

/// Inlines nested deeper than this lose their marks, never their text.
const DEEPEST: usize = 48;

impl<'a> Typesetter<'a> {
    pub(crate) fn new(library: &'a Library, language: &str, direction: Direction) -> Self {
        let level = bidi::base(direction == Direction::LeftToRight);
        Self { library, language: Arc::from(language), level, missing: Vec::new() }
    }

    /// A paragraph of plain text, whose words are not hyphenated.
    pub(crate) fn plain(&mut self, text: &str, style: TextStyle) -> Paragraph {
        let mut spans = Spans::default();
        self.push(text, style, None, &mut spans);
        Paragraph::new(self.library, &self.language, spans, (false, self.level))
    }

    /// A paragraph of running text; `link` says which link of the document a target is, or that it leads nowhere.
    pub(crate) fn rich(&mut self, inlines: &[Inline], style: TextStyle, link: &mut LinkOf<'_>) -> Paragraph {
        let mut spans = Spans::default();
        self.flatten(inlines, (style, None, 0), link, &mut spans);
        // Headings, labels and names stay whole.
        let hyphens = matches!(style.face, Face::Regular | Face::Italic);
        Paragraph::new(self.library, &self.language, spans, (hyphens, self.level))
    }

    fn flatten(
        &mut self,
        inlines: &[Inline],
        (style, within, depth): (TextStyle, Option<usize>, usize),
        link: &mut LinkOf<'_>,
        spans: &mut Spans,
    ) {
        if depth > DEEPEST {
            self.push(&regimen_catalog::prose::plain_text(inlines), style, within, spans);
            return;
        }
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.push(text, style, within, spans),
                Inline::Code(text) => self.push(text, style.code(), within, spans),
                Inline::Strong(inner) => {
                    self.flatten(inner, (style.strong(), within, depth + 1), link, spans);
                }
                Inline::Emphasis(inner) => {
                    self.flatten(inner, (style.emphasis(), within, depth + 1), link, spans);
                }
                Inline::Link { target, content } => {
                    let found = if within.is_none() { link(target, content) } else { None };
                    let (style, within) =
                        found.map_or((style, within), |(id, colour)| (style.coloured(colour), Some(id)));
                    self.flatten(content, (style, within, depth + 1), link, spans);
                }
                Inline::InLanguage { content, .. } => {
                    self.flatten(content, (style, within, depth + 1), link, spans);
                }
                Inline::Break => spans.new_span("\n", style, within),
            }
        }
    }

    fn push(&mut self, text: &str, style: TextStyle, link: Option<usize>, spans: &mut Spans) {
        for cluster in text.graphemes(true) {
            if cluster == "\u{ad}" {
                spans.soft.push(spans.length);
                continue;
            }
            if cluster.len() == 1 && !cluster.starts_with(char::is_control) {
                self.push_cluster(cluster, (style, link), text, spans);
                continue;
            }
            let shown: String = cluster.chars().filter_map(printable).nfc().collect();
            if !shown.is_empty() {
                self.push_cluster(&shown, (style, link), text, spans);
            }
        }
    }

    /// A letter with its marks stays in one face, so that the marks find their places.
    fn push_cluster(&mut self, shown: &str, (style, link): (TextStyle, Option<usize>), text: &str, spans: &mut Spans) {
        if let Some(face) = self.library.face_for(style.face, shown) {
            spans.add(shown, TextStyle { face, ..style }, link);
            return;
        }
        for character in shown.chars() {
            let (character, face) = self.find(character, style.face, text);
            spans.add(character.encode_utf8(&mut [0; 4]), TextStyle { face, ..style }, link);
        }
    }

    fn find(&mut self, character: char, wanted: Face, text: &str) -> (char, Face) {
        let face_for = |character: char| self.library.face_for(wanted, character.encode_utf8(&mut [0; 4]));
        if let Some(face) = face_for(character) {
            return (character, face);
        }
        let stand_in = if face_for('\u{fffd}').is_some() { '\u{fffd}' } else { '?' };
        let face = face_for(stand_in).unwrap_or(wanted);
        if !self.missing.iter().any(|(known, _)| *known == character) {
            self.missing.push((character, text.chars().take(60).collect()));
        }
        (stand_in, face)
    }
}

/// What is printed for a character: nothing for invisible ones, a space for control characters.
fn printable(character: char) -> Option<char> {
    match character {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2064}' => None,
        '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => None,
        control if control.is_control() => Some(' '),
        other => Some(other),
    }
}
