//! Inlines flattened into spans, each of one look, with a face that has every character.

use std::sync::Arc;

use regimen_catalog::prose::{Inline, Target};

use super::Paragraph;
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

/// Says which link of the document a target with its content is, and its colour; none if it leads nowhere.
pub(crate) type LinkOf<'a> = dyn FnMut(&Target, &[Inline]) -> Option<(usize, Colour)> + 'a;

/// A character that no font has, and some text around it.
pub(crate) type Missing = (char, String);

/// Turns inlines into paragraphs ready for breaking.
pub(crate) struct Typesetter<'a> {
    library: &'a Library,
    language: Arc<str>,
    pub(crate) missing: Vec<Missing>,
}

/// Inlines nested deeper than this lose their marks, never their text.
const DEEPEST: usize = 48;

impl<'a> Typesetter<'a> {
    pub(crate) fn new(library: &'a Library, language: &str) -> Self {
        Self { library, language: Arc::from(language), missing: Vec::new() }
    }

    /// A paragraph of plain text.
    pub(crate) fn plain(&mut self, text: &str, style: TextStyle) -> Paragraph {
        let mut spans = Vec::new();
        self.push(text, style, None, &mut spans);
        Paragraph::new(self.library, &self.language, spans)
    }

    /// A paragraph of running text; `link` says which link of the document a target is, or that it leads nowhere.
    pub(crate) fn rich(&mut self, inlines: &[Inline], style: TextStyle, link: &mut LinkOf<'_>) -> Paragraph {
        let mut spans = Vec::new();
        self.flatten(inlines, (style, None, 0), link, &mut spans);
        Paragraph::new(self.library, &self.language, spans)
    }

    fn flatten(
        &mut self,
        inlines: &[Inline],
        (style, within, depth): (TextStyle, Option<usize>, usize),
        link: &mut LinkOf<'_>,
        spans: &mut Vec<Span>,
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
                Inline::Break => spans.push(Span {
                    text: "\n".to_owned(),
                    face: style.face,
                    size: style.size,
                    colour: style.colour,
                    link: within,
                }),
            }
        }
    }

    fn push(&mut self, text: &str, style: TextStyle, link: Option<usize>, spans: &mut Vec<Span>) {
        for character in text.chars() {
            let Some(character) = printable(character) else {
                continue;
            };
            let (character, face) = self.find(character, style.face, text);
            match spans.last_mut() {
                Some(span)
                    if (span.face, span.link, span.colour) == (face, link, style.colour)
                        && (span.size - style.size).abs() < f32::EPSILON
                        && span.text != "\n" =>
                {
                    span.text.push(character);
                }
                _ => {
                    spans.push(Span {
                        text: character.to_string(),
                        face,
                        size: style.size,
                        colour: style.colour,
                        link,
                    });
                }
            }
        }
    }

    fn find(&mut self, character: char, wanted: Face, text: &str) -> (char, Face) {
        if let Some(face) = self.library.face_for(wanted, character) {
            return (character, face);
        }
        if !self.missing.iter().any(|(known, _)| *known == character) {
            self.missing.push((character, text.chars().take(60).collect()));
        }
        let stand_in = if self.library.face_for(wanted, '\u{fffd}').is_some() { '\u{fffd}' } else { '?' };
        (stand_in, self.library.face_for(wanted, stand_in).unwrap_or(wanted))
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
