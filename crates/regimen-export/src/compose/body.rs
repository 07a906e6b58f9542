//! The plain text of a session, which may have to be cut.

use super::clip::clipped;

/// The whole session as plain text, and what may be left out of it.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let body = compose::session(&unit, &plan, &plan.weeks[0].sessions[0], 80).body;
/// assert!(body.whole().contains("- Calf raise: 3 × 8–12\n"));
/// assert!(body.within(100, str::len).len() <= 100, "as a place with little room shows it");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionBody {
    pub(super) lines: Vec<Line>,
    /// Stands at the end, however short the rest: the disclaimer.
    pub(super) closing: String,
    /// Says that the rest is elsewhere.
    pub(super) shortened: String,
}

/// A line, or a few that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) kind: LineKind,
    pub(super) text: String,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Above what follows, after a blank line.
    Heading,
    /// Text.
    Text,
    /// A reminder of how an exercise is done, the first to go.
    Cue,
}

impl SessionBody {
    /// All of it, lines ended by `\n`.
    pub fn whole(&self) -> String {
        self.written(&self.lines.iter().collect::<Vec<_>>(), None)
    }

    /// As much of it as fits into `limit`, as `size` counts: all of it; else without cues; else cut at the end of a
    /// line, with a line that says so. What must stand at the end stays, in a third of the room at most. A line that would take more than half of
    /// the room for itself is cut inside, so that it does not take the others with it.
    ///
    /// ```
    /// use regimen_export::{Subject, compose, testing};
    /// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
    /// let unit = testing::unit(&catalog, Subject::Catalog);
    /// let body = compose::session(&unit, &plan, &plan.weeks[0].sessions[0], 80).body;
    /// let all = body.whole();
    /// assert_eq!(body.within(all.len(), str::len), all);
    /// assert!(all.contains("Go slowly.") && !body.within(all.len() - 1, str::len).contains("Go slowly."), "cues go first");
    /// ```
    pub fn within(&self, limit: usize, size: impl Fn(&str) -> usize) -> String {
        let fits = |text: &String| size(text) <= limit;
        let whole = self.whole();
        if fits(&whole) {
            return whole;
        }
        let needed = || self.lines.iter().filter(|line| line.kind != LineKind::Cue);
        let without_cues = self.written(&needed().collect::<Vec<_>>(), None);
        if fits(&without_cues) {
            return without_cues;
        }
        let shorter = |line: &Line| Line { kind: line.kind, text: clipped(&line.text, limit / 2, &size) };
        let lines: Vec<Line> = needed().map(shorter).collect();
        let lines: Vec<&Line> = lines.iter().collect();
        let ending = Self { closing: clipped(&self.closing, limit / 3, &size), ..Self::default() };
        let cut = |count: usize| ending.written(without_last_headings(&lines[..count]), Some(&self.shortened));
        let counts: Vec<usize> = (0..=lines.len()).collect();
        match counts.partition_point(|count| fits(&cut(*count))) {
            0 => clipped(&cut(0), limit, size),
            fitting => cut(fitting - 1),
        }
    }

    fn written(&self, lines: &[&Line], shortened: Option<&str>) -> String {
        let mut text = String::new();
        for line in lines {
            if line.kind == LineKind::Heading && !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&line.text);
            text.push('\n');
        }
        for paragraph in [shortened.unwrap_or_default(), &self.closing] {
            if !paragraph.is_empty() {
                let gap = if text.is_empty() { "" } else { "\n" };
                text.push_str(&format!("{gap}{paragraph}\n"));
            }
        }
        text
    }
}

/// A heading with nothing below it says nothing.
fn without_last_headings<'a, 'b>(mut lines: &'a [&'b Line]) -> &'a [&'b Line] {
    while let [before @ .., Line { kind: LineKind::Heading, .. }] = lines {
        lines = before;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> SessionBody {
        let line = |(kind, text): (LineKind, &str)| Line { kind, text: text.into() };
        let lines = [
            (LineKind::Text, "Plan: Day"),
            (LineKind::Text, "Week 2 of 2"),
            (LineKind::Heading, "Main part"),
            (LineKind::Text, "- Raise: 3 × 8"),
            (LineKind::Cue, "  Slow."),
            (LineKind::Heading, "Cool-down"),
            (LineKind::Text, "- Stretch"),
        ];
        SessionBody { lines: lines.map(line).into(), closing: "Ask.".into(), shortened: "More.".into() }
    }

    #[test]
    fn cues_go_first_and_then_whole_lines_from_the_end() {
        let whole = "Plan: Day\nWeek 2 of 2\n\nMain part\n- Raise: 3 × 8\n  Slow.\n\nCool-down\n- Stretch\n\nAsk.\n";
        let without_cues = whole.replace("  Slow.\n", "");
        let without_end = "Plan: Day\nWeek 2 of 2\n\nMain part\n- Raise: 3 × 8\n\nMore.\n\nAsk.\n";
        let without_work = "Plan: Day\nWeek 2 of 2\n\nMore.\n\nAsk.\n";
        let steps =
            [whole, &without_cues, without_end, without_work, "Plan: Day\n\nMore.\n\nAsk.\n", "More.\n\nAsk.\n"];
        assert_eq!(body().whole(), whole);
        for pair in steps.windows(2) {
            let least = pair[0].len();
            assert_eq!(body().within(least, str::len), pair[0]);
            assert_eq!(body().within(least - 1, str::len), pair[1]);
        }
    }

    #[test]
    fn a_limit_below_what_must_stay_cuts_even_that() {
        for limit in 0.."More.\n\nAsk.\n".len() {
            let text = body().within(limit, str::len);
            let says_so = text.trim_end().ends_with('…') || text == "More.\n";
            assert!(text.len() <= limit && (limit < 3 || says_so), "{limit}: {text:?}");
        }
    }

    #[test]
    fn nothing_is_left_out_without_need() {
        let mut body = body();
        body.closing = String::new();
        for limit in 0..200 {
            let text = body.within(limit, str::len);
            assert!(text.len() <= limit);
            assert_eq!(text == body.whole(), limit >= body.whole().len());
        }
    }
}
