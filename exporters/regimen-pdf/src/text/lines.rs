//! Pieces to lines: filled in one after the other, ragged, with hyphens only where a line would be short without.

mod filling;

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use unicode_script::{Script, UnicodeScript as _};

use super::bidi;
use super::hyphens::Hyphens;
use super::part::Part;
use super::segments::{Run, Segment, segments};
use super::spans::{Policy, Spans};
use crate::fonts::{Face, Library, Shaped};

use filling::LineFilling;

/// One line of text.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextLine {
    pub(crate) parts: Vec<Part>,
    pub(crate) width: f32,
    /// How many segments it has; most are words.
    segments: usize,
}

/// Shaped text that may be broken into lines of any width.
#[derive(Debug, Default)]
pub(super) struct BreakableText {
    /// What it was made from.
    spans: Spans,
    text: String,
    segments: Vec<Segment>,
    hyphens: Hyphens,
    /// The hyphen of each face in use.
    signs: BTreeMap<Face, Arc<Shaped>>,
    /// The embedding level of the whole: 1 if it runs to the left.
    level: u8,
    narrowest: f32,
    widest: f32,
    /// The lines at the widths that were asked for last.
    broken: Mutex<VecDeque<Broken>>,
}

/// How long lines may be: all the same, or the first ones shorter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Lengths {
    /// How many are shorter.
    pub(crate) shorter: usize,
    /// How long these are.
    pub(crate) short: f32,
    /// How long the others are.
    pub(crate) long: f32,
}

impl Lengths {
    const fn all(long: f32) -> Self {
        Self { shorter: 0, short: long, long }
    }

    fn scaled(self, share: f32) -> Self {
        Self { short: self.short * share, long: self.long * share, ..self }
    }

    const fn of_line(self, line: usize) -> f32 {
        if line < self.shorter { self.short } else { self.long }
    }
}

/// The lines of a text at a width.
#[derive(Debug)]
struct Broken {
    lengths: Lengths,
    policy: Policy,
    lines: Arc<[TextLine]>,
}

/// For so many widths the lines are kept: as many as a sheet is tried at.
const MOST_WIDTHS: usize = 16;

impl BreakableText {
    /// Shapes text.
    pub(super) fn new(library: &Library, spans: Spans, level: u8) -> Self {
        let text: String = spans.all.iter().map(|span| span.text.as_str()).collect();
        if text.trim().is_empty() {
            return Self { spans, level, ..Self::default() };
        }
        let languages = spans.all.iter().map(|span| (span.text.len(), &*span.language));
        let hyphens = Hyphens::new(languages, spans.soft.clone());
        let stretches = bidi::stretches(&text, &codes(&spans.all), level);
        let runs = runs(library, &spans.all, &stretches);
        let faces = runs.iter().map(|run| (run.span.face, &run.span.language));
        let signs = faces.map(|(face, language)| (face, library.shape(face, false, language, "-"))).collect();
        let segments = segments(&text, &runs);
        let narrowest = segments.iter().map(|segment| segment.width).fold(0.0, f32::max);
        let widest = widest(&segments);
        Self { segments, text, hyphens, signs, level, narrowest, widest, spans, broken: Mutex::default() }
    }

    /// Whether it was made from these spans.
    pub(super) fn is_of(&self, spans: &Spans, level: u8) -> bool {
        self.level == level && self.spans == *spans
    }

    /// About how much memory it takes.
    pub(super) fn size(&self) -> usize {
        self.segments.len() + 1
    }

    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The width of the longest segment that cannot be broken well.
    pub(super) const fn narrowest(&self) -> f32 {
        self.narrowest
    }

    /// The width at which no line needs to be broken.
    pub(super) const fn widest(&self) -> f32 {
        self.widest
    }

    /// The lines at this width; the last is not one short word if the others can spare one.
    pub(super) fn lines(&self, width: f32, policy: Policy) -> Arc<[TextLine]> {
        self.lines_of(Lengths::all(width), policy)
    }

    /// The same of which the first are shorter.
    pub(super) fn lines_of(&self, lengths: Lengths, policy: Policy) -> Arc<[TextLine]> {
        let mut broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = broken.iter().find(|known| known.lengths == lengths && known.policy == policy) {
            return Arc::clone(&known.lines);
        }
        let lines: Arc<[TextLine]> = self.break_anew(lengths, policy).into();
        if broken.len() >= MOST_WIDTHS {
            broken.pop_front();
        }
        broken.push_back(Broken { lengths, policy, lines: Arc::clone(&lines) });
        lines
    }

    fn break_anew(&self, lengths: Lengths, policy: Policy) -> Vec<TextLine> {
        let lines = self.set(lengths, policy);
        let width = lengths.of_line(lines.len().saturating_sub(1));
        if lines.len() < 2 || !ends_short(&lines, width) {
            return lines;
        }
        let narrower = (1..=NARROWER).map(|step| self.set(lengths.scaled(1.0 - 0.02 * step as f32), policy));
        let mut better = narrower.filter(|others| others.len() == lines.len() && !ends_short(others, width));
        better.next().unwrap_or(lines)
    }

    /// In narrow columns hyphens are kept only if they save a line.
    fn set(&self, lengths: Lengths, policy: Policy) -> Vec<TextLine> {
        if lengths.long >= NARROW {
            return self.filled(lengths, policy, true);
        }
        let plain = self.filled(lengths, policy, false);
        let hyphenated = if plain.len() > 1 { self.filled(lengths, policy, true) } else { Vec::new() };
        if hyphenated.is_empty() || hyphenated.len() == plain.len() { plain } else { hyphenated }
    }

    fn filled(&self, lengths: Lengths, policy: Policy, hyphens: bool) -> Vec<TextLine> {
        // A ladder that is full from the start has no hyphens.
        let (row, start) = if hyphens { (0, 0) } else { (LADDER, LADDER) };
        let mut filling = LineFilling {
            text: self,
            policy,
            lengths,
            lines: Vec::new(),
            line: TextLine::default(),
            pen: 0.0,
            row,
            start,
        };
        let amounts: Vec<&[Segment]> =
            self.segments.chunk_by(|_, next| self.within_an_amount(next.bytes.start)).collect();
        let stays = |next: &[Segment]| policy == Policy::Cell && self.is_behind_its_number(next[0].bytes.start);
        for held in amounts.chunk_by(|_, next| stays(next)) {
            filling.make_room(held.iter().copied().flatten());
            held.iter().for_each(|amount| filling.add_whole(amount));
        }
        filling.end_line();
        filling.lines
    }

    /// Whether a line that ends here would tear sets from what is done in each: "3 × 8–12".
    fn within_an_amount(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at(at);
        let figure = |letter: char| letter.is_numeric();
        let spaced = before.trim_end_matches(' ');
        spaced.len() < before.len()
            && (spaced.ends_with('×') && after.starts_with(figure)
                || spaced.ends_with(figure) && after.starts_with('×'))
    }

    /// Whether a line that ends here would tear a number from what it counts: "5 s", "3 times". A name is none: "Phase 2 Build".
    fn is_behind_its_number(&self, at: usize) -> bool {
        let (before, after) = self.text.split_at(at);
        let counted = |letter: char| letter == '%' || letter.is_alphabetic() && !letter.is_uppercase();
        before.strip_suffix(' ').is_some_and(|before| before.ends_with(|letter: char| letter.is_ascii_digit()))
            && after.starts_with(counted)
    }

    /// The longest beginning of a segment that fits and ends with a blank at which no line should break, and the rest: a word is
    /// rather torn from its number than parted.
    fn parted_at_blank(&self, segment: &Segment, room: f32) -> Option<(Segment, Segment)> {
        let blanks = self.text[segment.bytes.clone()].rmatch_indices(NO_BREAK);
        let places = blanks.map(|(at, blank)| segment.bytes.start + at + blank.len());
        places.filter_map(|place| segment.parted(place)).find(|(before, _)| before.width <= room + SLACK)
    }

    /// The longest beginning of a segment that fits with its hyphen, and the rest.
    fn hyphenated(&self, segment: &Segment, room: f32, by: Hyphenation) -> Option<(Segment, Segment)> {
        if segment.in_address {
            return None;
        }
        let places = match by {
            Hyphenation::Author => self.hyphens.soft_places(&segment.bytes),
            Hyphenation::Language => self.hyphens.places(&self.text, &segment.bytes, false),
            Hyphenation::Need => self.hyphens.places(&self.text, &segment.bytes, true),
        };
        places.into_iter().rev().find_map(|place| {
            let (before, after) = segment.parted(place)?;
            let look = before.parts.last().filter(|part| part.face != Face::Code && part.link.is_none())?;
            let before = before.clone().hyphenated(self.signs.get(&look.face)?);
            (before.width <= room + SLACK).then_some((before, after))
        })
    }

    /// The hyphen between two clusters, if they are letters of a word that has one where it is broken.
    fn hyphen_between(&self, one: &Part, next: &Part) -> Option<Part> {
        if one.face == Face::Code || one.link.is_some() || one.runs_left() || next.runs_left() {
            return None;
        }
        let at = next.origin + next.shaped.glyphs.get(next.glyphs.start)?.cluster;
        let has_hyphens = |letter: char| {
            let scripts = [Script::Latin, Script::Greek, Script::Cyrillic, Script::Armenian];
            letter.is_alphabetic() && scripts.contains(&letter.script())
        };
        let (before, after) = (self.text.get(..at)?, self.text.get(at..)?);
        if !before.ends_with(has_hyphens) || !after.starts_with(has_hyphens) {
            return None;
        }
        Some(one.hyphen(self.signs.get(&one.face)?))
    }
}

/// How wide the longest line is that nothing breaks.
fn widest(segments: &[Segment]) -> f32 {
    let (mut widest, mut width) = (0.0_f32, 0.0);
    for segment in segments {
        widest = widest.max(width + segment.width);
        width = if segment.line_ends { 0.0 } else { width + segment.width + segment.blank };
    }
    widest
}

/// What says where a word may part.
#[derive(Clone, Copy)]
enum Hyphenation {
    /// Its author, with soft hyphens.
    Author,
    /// The patterns of its language as well.
    Language,
    /// These, also in words in capitals: no line has room for it.
    Need,
}

/// Keeps words on one line, if a line is long enough for them.
const NO_BREAK: char = '\u{a0}';

/// The bytes of code in the text.
fn codes(spans: &[super::Span]) -> Vec<Range<usize>> {
    let mut start = 0;
    let ranges = spans.iter().map(|span| {
        start += span.text.len();
        (span.face == Face::Code, start - span.text.len()..start)
    });
    ranges.filter_map(|(code, range)| code.then_some(range)).collect()
}

/// One run for each look and direction.
fn runs(library: &Library, spans: &[super::Span], stretches: &[(Range<usize>, u8)]) -> Vec<Run> {
    let (mut start, mut runs) = (0, Vec::with_capacity(spans.len()));
    for span in spans {
        let end = start + span.text.len();
        for (range, level) in stretches.iter().filter(|(range, _)| range.start < end && range.end > start) {
            let from = range.start.max(start);
            let text = &span.text[from - start..range.end.min(end) - start];
            // A line that the author ends is apart from the next for those who hear or copy it, too.
            let text = if text == "\n" { " " } else { text };
            let shaped = library.shape(span.face, level % 2 == 1, &span.language, text);
            runs.push(Run { start: from, span: span.clone(), level: *level, shaped });
        }
        start = end;
    }
    runs
}

/// How many times a paragraph is set narrower to spare a word for its last line.
const NARROWER: u8 = 12;

/// Whether the last line is one short word.
fn ends_short(lines: &[TextLine], width: f32) -> bool {
    lines.last().is_some_and(|line| line.segments < 2 && line.width < width * 0.2)
}

/// Rounding must not break a line that was measured to fit.
const SLACK: f32 = 0.01;

/// Lines shorter than this have only a few words.
const NARROW: f32 = 130.0;

/// A line that fills this share of its width needs no hyphen.
const FULL: f32 = 0.85;

/// More hyphens below each other than this look like a ladder.
const LADDER: usize = 2;

/// Puts the parts of a line in their places; in a paragraph that runs to the left these are measured from its right.
/// Blanks at the end are behind everything else, and the line is as wide as without them.
fn reorder(line: &mut TextLine, level: u8) {
    let blanks = take_blanks(&mut line.parts);
    let levels: Vec<u8> = line.parts.iter().map(|part| part.level).collect();
    let mut order = bidi::order(&levels);
    if level % 2 == 1 {
        order.reverse();
    }
    let mut pen = 0.0;
    for at in order {
        let part = &mut line.parts[at];
        part.x = pen;
        part.width = part.advance();
        pen += part.width;
    }
    line.width = pen;
    for blank in blanks {
        let width = blank.advance();
        line.parts.push(Part { x: pen, width, link: None, ..blank });
        pen += width;
    }
}

/// Takes the blanks off the end of a line.
fn take_blanks(parts: &mut Vec<Part>) -> Vec<Part> {
    let mut blanks = Vec::new();
    while let Some(last) = parts.last_mut() {
        let (glyphs, text) = (&last.shaped.glyphs, &last.shaped.text);
        let is_blank = |at: usize| text[glyphs[at].cluster..].starts_with([' ', '\n', '\t']);
        let (mut range, whole) = (last.glyphs.clone(), last.glyphs.clone());
        if last.level % 2 == 1 {
            while !range.is_empty() && is_blank(range.start) {
                range.start += 1;
            }
        } else {
            while !range.is_empty() && is_blank(range.end - 1) {
                range.end -= 1;
            }
        }
        if range == whole {
            break;
        }
        let taken = if last.level % 2 == 1 { whole.start..range.start } else { range.end..whole.end };
        blanks.insert(0, Part { glyphs: taken, ..last.clone() });
        last.glyphs = range;
        if !last.glyphs.is_empty() {
            break;
        }
        parts.pop();
    }
    blanks
}

#[cfg(test)]
mod tests {
    use regimen_catalog::prose::Inline;

    use super::super::{Paragraph, TextStyle, Typesetter};
    use super::*;
    use crate::style::Colour;
    use regimen_export::document::Direction;

    const STYLE: TextStyle = TextStyle { face: Face::Regular, size: 10.0, leading: 15.0, colour: Colour::TEXT };

    fn check(text: &str, width: f32, expected: &[&str]) {
        let library = Library::open();
        check_lines(&Typesetter::new(&library, "en", Direction::LeftToRight).plain(text, STYLE), width, expected);
    }

    /// The same with hyphens.
    fn check_running(language: &str, text: &str, width: f32, expected: &[&str]) {
        let library = Library::open();
        let mut setter = Typesetter::new(&library, language, Direction::LeftToRight);
        check_lines(&setter.rich(&[Inline::Text(text.into())], STYLE, &mut |_, _| None), width, expected);
    }

    fn check_lines(paragraph: &Paragraph, width: f32, expected: &[&str]) {
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
    fn sets_stay_with_what_is_done_in_each() {
        check("Raise 3 × 8–12", 50.0, &["Raise ", "3 × 8–12"]);
        check("Raise 3 × 8–12", 30.0, &["Raise 3 ", "× 8–12"]);
        check("Raise 3 × slowly", 45.0, &["Raise 3 × ", "slowly"]);
    }

    #[test]
    fn the_first_lines_may_be_shorter_than_the_others() {
        let library = Library::open();
        let words =
            Typesetter::new(&library, "en", Direction::LeftToRight).plain(&"Rise and lower slowly. ".repeat(9), STYLE);
        let lines = words.lines_of(Lengths { shorter: 2, short: 90.0, long: 200.0 });
        let widths: Vec<f32> = lines.iter().map(|line| line.width).collect();
        assert!(widths[..2].iter().all(|width| *width <= 90.0) && widths[2] > 150.0, "{widths:?}");
        assert!(widths.iter().all(|width| *width <= 200.0), "{widths:?}");
    }

    #[test]
    fn in_cells_numbers_stay_with_their_units_where_both_fit() {
        let library = Library::open();
        let cell = |text: &str, width: f32, expected: &[&str]| {
            let paragraph = Typesetter::new(&library, "en", Direction::LeftToRight).plain(text, STYLE).in_cell();
            check_lines(&paragraph, width, expected);
        };
        check("curl hold 5 seconds", 58.0, &["curl hold 5 ", "seconds"]);
        cell("curl hold 5 seconds", 58.0, &["curl hold ", "5 seconds"]);
        cell("curl hold 5 seconds", 40.0, &["curl hold ", "5 ", "seconds"]);
        cell("curl 3 × 12 reps", 34.0, &["curl ", "3 × 12 ", "reps"]);
        cell("in part 2 Strength", 48.0, &["in part 2 ", "Strength"]);
    }

    #[test]
    fn a_word_longer_than_the_line_parts_by_its_language() {
        let library = Library::open();
        let german = |text: &str, width: f32, expected: &[&str]| {
            let paragraph = Typesetter::new(&library, "de", Direction::LeftToRight).plain(text, STYLE);
            check_lines(&paragraph, width, expected);
            check_lines(&paragraph.unhyphenated(), width, expected);
        };
        german("Oberschenkelrückseite", 64.0, &["Oberschenkel-", "rückseite"]);
        german("Kräftige Oberschenkelrückseite", 64.0, &["Kräftige ", "Oberschenkel-", "rückseite"]);
        german("Kräftige Rückseite", 70.0, &["Kräftige ", "Rückseite"]);
        // Codes and languages without patterns break anywhere.
        german("Oberschenkel2Rückseite", 64.0, &["Oberschenkel2", "Rückseite"]);
        german("OBERSCHENKELRÜCKSEITE", 80.0, &["OBERSCHENKEL-", "RÜCKSEITE"]);
        let unknown = Typesetter::new(&library, "xx", Direction::LeftToRight).plain("Oberschenkelrückseite", STYLE);
        check_lines(&unknown, 64.0, &["Oberschenkel-", "rückseite"]);
        check("https://example.org/training", 64.0, &["https://exampl", "e.org/training"]);
    }

    #[test]
    fn words_that_belong_together_are_parted_rather_than_their_letters() {
        check("3\u{a0}×\u{a0}12 affected\u{a0}side", 44.0, &["3\u{a0}×\u{a0}12 ", "affected\u{a0}", "side"]);
        check("3\u{a0}×\u{a0}12\u{a0}each", 34.0, &["3\u{a0}×\u{a0}12\u{a0}", "each"]);
    }

    #[test]
    fn a_word_parts_without_a_hyphen_where_the_author_says() {
        let text = "training\u{200b}hamstrings\u{200b}strengthening\u{200b}exercises";
        let parted = ["training\u{200b}", "hamstrings\u{200b}", "strengthening\u{200b}", "exercises"];
        check(text, 60.0, &parted);
        check_running("en", text, 60.0, &parted);
        check_running("en", text, 90.0, &["training\u{200b}hamstrings\u{200b}", "strengthening\u{200b}", "exercises"]);
    }

    #[test]
    fn words_are_parted_only_where_a_line_would_be_short() {
        check_running("en", "Train your hamstrings twice", 70.0, &["Train your ham-", "strings twice"]);
        check_running("en", "Rest after hamstrings", 50.0, &["Rest after ", "hamstrings"]);
        check_running("en", "Train your hamstrings twice", 52.0, &["Train your ", "hamstrings ", "twice"]);
        check_running("de", "Oberschenkelrückseite", 64.0, &["Oberschenkel-", "rückseite"]);
        check_running("en", "ham\u{ad}strings", 40.0, &["ham-", "strings"]);
        check("Train your hamstrings twice", 70.0, &["Train your ", "hamstrings ", "twice"]);
    }

    #[test]
    fn words_are_parted_by_their_own_language() {
        let library = Library::open();
        let german = Inline::InLanguage {
            language: "de".parse().unwrap(),
            content: vec![Inline::Text("Oberschenkelrückseite".into())],
        };
        let mut setter = Typesetter::new(&library, "xx", Direction::LeftToRight);
        let text = [Inline::Text("the (".into()), german, Inline::Text(")".into())];
        let paragraph = setter.rich(&text, STYLE, &mut |_, _| None);
        check_lines(&paragraph, 90.0, &["the (Oberschenkel-", "rückseite)"]);
    }

    #[test]
    fn a_last_line_of_one_short_word_gets_company() {
        check_running(
            "en",
            "Let each breath out be longer than the breath in.",
            194.0,
            &["Let each breath out be longer than the ", "breath in."],
        );
    }

    #[test]
    fn blank_text_has_no_lines() {
        check("", 50.0, &[]);
        check(" \t ", 50.0, &[]);
    }

    #[test]
    fn measures_agree_with_the_lines() {
        let library = Library::open();
        let paragraph = Typesetter::new(&library, "en", Direction::LeftToRight).plain("one two three", STYLE);
        assert_eq!(paragraph.lines(paragraph.widest()).len(), 1);
        assert_eq!(paragraph.lines(paragraph.narrowest()).len(), 3);
    }
}
