//! Glyphs to lines: pieces between the places where a line may break (UAX 14), filled in greedily, ragged right.

use std::ops::Range;
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::Span;
use crate::fonts::{Face, Library, Shaped};
use crate::style::Colour;

/// A stretch of glyphs of one look.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    /// Where it starts on its line.
    pub(crate) x: f32,
    /// How far it reaches without the blanks at its end.
    pub(crate) width: f32,
    pub(crate) shaped: Arc<Shaped>,
    pub(crate) glyphs: Range<usize>,
    pub(crate) face: Face,
    pub(crate) size: f32,
    pub(crate) colour: Colour,
    pub(crate) link: Option<usize>,
    run: usize,
}

impl Part {
    /// The characters that it shows.
    #[cfg(test)]
    pub(crate) fn text(&self) -> &str {
        let glyphs = &self.shaped.glyphs;
        let start = glyphs[self.glyphs.clone()].iter().map(|glyph| glyph.cluster).min().unwrap_or(0);
        let last = glyphs[self.glyphs.clone()].iter().map(|glyph| glyph.cluster).max().unwrap_or(0);
        let after = glyphs.iter().map(|glyph| glyph.cluster).filter(|at| *at > last).min();
        self.shaped.text.get(start..after.unwrap_or(self.shaped.text.len())).unwrap_or("")
    }
}

/// One line of text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) parts: Vec<Part>,
    pub(crate) width: f32,
}

/// Text that may be broken into lines of any width.
#[derive(Debug, Default)]
pub(crate) struct Paragraph {
    pieces: Vec<Piece>,
}

/// What stands between two places where a line may break.
#[derive(Debug)]
struct Piece {
    parts: Vec<Part>,
    width: f32,
    blank: f32,
    line_ends: bool,
}

struct Run {
    start: usize,
    span: Span,
    shaped: Arc<Shaped>,
}

impl Paragraph {
    pub(super) fn new(library: &Library, language: &Arc<str>, spans: Vec<Span>) -> Self {
        let text: String = spans.iter().map(|span| span.text.as_str()).collect();
        if text.trim().is_empty() {
            return Self::default();
        }
        let mut start = 0;
        let mut runs = Vec::with_capacity(spans.len());
        for span in spans {
            let length = span.text.len();
            if span.text != "\n" {
                let shaped = library.shape(span.face, language, &span.text);
                runs.push(Run { start, span, shaped });
            }
            start += length;
        }
        Self { pieces: pieces(&text, &runs) }
    }

    /// Whether there is nothing to see.
    pub(crate) fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }

    /// The width of the longest piece that cannot be broken well.
    pub(crate) fn narrowest(&self) -> f32 {
        self.pieces.iter().map(|piece| piece.width).fold(0.0, f32::max)
    }

    /// The width at which no line needs to be broken.
    pub(crate) fn widest(&self) -> f32 {
        let (mut widest, mut width) = (0.0_f32, 0.0);
        for piece in &self.pieces {
            widest = widest.max(width + piece.width);
            width = if piece.line_ends { 0.0 } else { width + piece.width + piece.blank };
        }
        widest
    }

    /// The lines at this width.
    pub(crate) fn lines(&self, width: f32) -> Vec<Line> {
        let mut filling = Filling { width, lines: Vec::new(), line: Line::default(), pen: 0.0 };
        for piece in &self.pieces {
            filling.add(piece);
        }
        filling.end_line();
        filling.lines
    }
}

/// Rounding must not break a line that was measured to fit.
const SLACK: f32 = 0.01;

struct Filling {
    width: f32,
    lines: Vec<Line>,
    line: Line,
    pen: f32,
}

impl Filling {
    fn add(&mut self, piece: &Piece) {
        if self.pen > 0.0 && self.pen + piece.width > self.width + SLACK {
            self.end_line();
        }
        if piece.width > self.width + SLACK {
            for part in piece.parts.iter().flat_map(split) {
                if self.pen > 0.0 && self.pen + part.width > self.width + SLACK {
                    self.end_line();
                }
                self.place(&part, self.pen);
                self.pen += part.width;
            }
            self.pen += piece.blank;
        } else {
            for part in &piece.parts {
                self.place(part, self.pen + part.x);
            }
            self.pen += piece.width + piece.blank;
        }
        if piece.line_ends {
            // An empty line that the author asked for stays.
            self.lines.push(std::mem::take(&mut self.line));
            self.pen = 0.0;
        }
    }

    fn place(&mut self, part: &Part, x: f32) {
        self.line.width = self.line.width.max(x + part.width);
        match self.line.parts.last_mut() {
            Some(last) if last.run == part.run && last.glyphs.end == part.glyphs.start => {
                last.glyphs.end = part.glyphs.end;
                last.width = x + part.width - last.x;
            }
            _ => self.line.parts.push(Part { x, ..part.clone() }),
        }
    }

    fn end_line(&mut self) {
        if !self.line.parts.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
        self.pen = 0.0;
    }
}

/// A part for each cluster, for words that are longer than a line.
fn split(part: &Part) -> Vec<Part> {
    let glyphs = &part.shaped.glyphs;
    let mut parts: Vec<Part> = Vec::new();
    for at in part.glyphs.clone() {
        let width = glyphs[at].advance as f32 * part.size / 1000.0;
        match parts.last_mut() {
            Some(last) if glyphs[at - 1].cluster == glyphs[at].cluster => {
                last.glyphs.end = at + 1;
                last.width += width;
            }
            _ => parts.push(Part { x: 0.0, width, glyphs: at..at + 1, ..part.clone() }),
        }
    }
    parts
}

fn pieces(text: &str, runs: &[Run]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let (mut start, mut run) = (0, 0);
    for (end, opportunity) in linebreaks(text) {
        let last = end == text.len();
        let mandatory = opportunity == BreakOpportunity::Mandatory && !last;
        if !mandatory && !last && within_a_range(text, end) {
            continue;
        }
        while run + 1 < runs.len() && runs[run + 1].start <= start {
            run += 1;
        }
        pieces.push(piece(text, start..end, runs.get(run..).unwrap_or(&[]), run, mandatory));
        start = end;
    }
    pieces
}

/// Whether a dash between two figures would be torn off: "3–4".
fn within_a_range(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    before.ends_with(['–', '/']) && after.starts_with(|next: char| next.is_ascii_digit())
}

fn piece(text: &str, bytes: Range<usize>, runs: &[Run], first: usize, line_ends: bool) -> Piece {
    let visible = bytes.start + text[bytes.clone()].trim_end_matches([' ', '\n', '\t']).len();
    let mut piece = Piece { parts: Vec::new(), width: 0.0, blank: 0.0, line_ends };
    let mut pen = 0.0;
    for (number, run) in runs.iter().enumerate() {
        if run.start >= bytes.end {
            break;
        }
        let glyphs = glyph_range(run, &bytes);
        if glyphs.is_empty() {
            continue;
        }
        let advance = |glyphs: &[crate::fonts::Glyph]| {
            glyphs.iter().map(|glyph| glyph.advance).sum::<i32>() as f32 * run.span.size / 1000.0
        };
        let shown = &run.shaped.glyphs[glyphs.clone()];
        let blanks = shown.iter().filter(|glyph| run.start + glyph.cluster >= visible).copied().collect::<Vec<_>>();
        let whole = advance(shown);
        let width = whole - advance(&blanks);
        piece.parts.push(Part {
            x: pen,
            width,
            shaped: run.shaped.clone(),
            glyphs,
            face: run.span.face,
            size: run.span.size,
            colour: run.span.colour,
            link: run.span.link,
            run: first + number,
        });
        if width > 0.0 {
            piece.width = pen + width;
        }
        pen += whole;
    }
    piece.blank = pen - piece.width;
    piece
}

/// The glyphs of a run whose clusters start within these bytes of the paragraph.
fn glyph_range(run: &Run, bytes: &Range<usize>) -> Range<usize> {
    let glyphs = &run.shaped.glyphs;
    let inside = |at: usize| bytes.contains(&(run.start + at));
    let descending = glyphs.first().zip(glyphs.last()).is_some_and(|(first, last)| first.cluster > last.cluster);
    if descending {
        let start = glyphs.partition_point(|glyph| run.start + glyph.cluster >= bytes.end);
        let length = glyphs[start..].iter().take_while(|glyph| inside(glyph.cluster)).count();
        return start..start + length;
    }
    let start = glyphs.partition_point(|glyph| run.start + glyph.cluster < bytes.start);
    let length = glyphs[start..].iter().take_while(|glyph| inside(glyph.cluster)).count();
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::super::{TextStyle, Typesetter};
    use super::*;

    const STYLE: TextStyle = TextStyle { face: Face::Regular, size: 10.0, leading: 15.0, colour: Colour::TEXT };

    fn check(text: &str, width: f32, expected: &[&str]) {
        let library = Library::open();
        let paragraph = Typesetter::new(&library, "en").plain(text, STYLE);
        let lines = paragraph.lines(width);
        let texts: Vec<String> = lines.iter().map(|line| line.parts.iter().map(Part::text).collect()).collect();
        assert_eq!(texts, expected);
        assert!(lines.iter().all(|line| line.width <= width + SLACK), "too wide");
    }

    #[test]
    fn lines_break_between_words() {
        check("Lower slowly, then rest.", 60.0, &["Lower slowly, ", "then rest."]);
        check("Hold 3–4 s", 26.0, &["Hold ", "3–4 s"]);
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        check("Oberschenkelrückseite", 50.0, &["Oberschenk", "elrückseite"]);
    }

    #[test]
    fn blank_text_has_no_lines() {
        check("", 50.0, &[]);
        check(" \t ", 50.0, &[]);
    }

    #[test]
    fn measures_agree_with_the_lines() {
        let library = Library::open();
        let paragraph = Typesetter::new(&library, "en").plain("one two three", STYLE);
        assert_eq!(paragraph.lines(paragraph.widest()).len(), 1);
        assert_eq!(paragraph.lines(paragraph.narrowest()).len(), 3);
    }
}
