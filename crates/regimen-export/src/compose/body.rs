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
    pub(super) lines: Vec<BodyLine>,
    /// Stands at the end, however short the rest: the disclaimer.
    pub(super) closing: String,
    /// Says which parts are left out: what comes before their names, between them, and after them.
    pub(super) left_out: [String; 3],
    /// What the reminders below exercises are called.
    pub(super) cues: String,
    /// Says that the rest is elsewhere.
    pub(super) shortened: String,
}

/// A line, or a few that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct BodyLine {
    pub(super) kind: LineKind,
    pub(super) text: String,
    /// The part of the session that it is in, if that has a name.
    pub(super) part: Option<String>,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum LineKind {
    /// Above what follows, after a blank line.
    Heading,
    /// Text.
    #[default]
    Text,
    /// A reminder of how an exercise is done, the first to go.
    Cue,
    /// Above warnings, after a blank line. Like them, it never goes.
    WarningHeading,
    /// When to stop, or to ask somebody first. It never goes, because a reader who does not see it takes the session to be safe.
    Warning,
}

impl LineKind {
    fn stays(self) -> bool {
        matches!(self, Self::WarningHeading | Self::Warning)
    }

    fn opens(self) -> bool {
        matches!(self, Self::Heading | Self::WarningHeading)
    }
}

impl SessionBody {
    /// All of it, lines ended by `\n`.
    pub fn whole(&self) -> String {
        self.written(&self.lines.iter().collect::<Vec<_>>(), None)
    }

    /// As much of it as fits into `limit`, as `size` counts: all of it; else without cues; else cut at the end of a
    /// line, and it says what is left out. When to stop and whom to ask first always stays, even if it takes more than the limit
    /// by itself. The disclaimer stays, in a third of the room at most. Another line that would take more than half of
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
    /// assert!(body.within(1, str::len).contains("It hurts."), "and a reason to stop never");
    /// ```
    pub fn within(&self, limit: usize, size: impl Fn(&str) -> usize) -> String {
        let fits = |text: &String| size(text) <= limit;
        let whole = self.whole();
        if fits(&whole) {
            return whole;
        }
        let needed = || self.lines.iter().filter(|line| line.kind != LineKind::Cue);
        let cues = (!self.cues.is_empty() && needed().count() < self.lines.len()).then_some(self.cues.as_str());
        let without_cues = self.written(&needed().collect::<Vec<_>>(), Some(&self.note(cues.into_iter())));
        if fits(&without_cues) {
            return without_cues;
        }
        let shorter = |line: &BodyLine| {
            let text = if line.kind.stays() { line.text.clone() } else { clipped(&line.text, limit / 2, &size) };
            BodyLine { text, ..line.clone() }
        };
        let lines: Vec<BodyLine> = needed().map(shorter).collect();
        let lines: Vec<&BodyLine> = lines.iter().collect();
        let ending = Self { closing: clipped(&self.closing, limit / 3, &size), ..self.clone() };
        let cut = |count: usize| {
            let (kept, gone) = lines.split_at(count);
            let mut left = without_last_headings(kept).to_vec();
            left.extend(gone.iter().filter(|line| line.kind.stays()));
            let gone = gone.iter().filter(|line| !line.kind.stays()).filter_map(|line| line.part.as_deref());
            ending.written(&left, Some(&self.note(cues.into_iter().chain(gone))))
        };
        let counts: Vec<usize> = (0..=lines.len()).collect();
        match counts.partition_point(|count| fits(&cut(*count))) {
            0 => self.least(&cut(0), limit, size),
            fitting => cut(fitting - 1),
        }
    }

    /// Warnings, and as much of the end as there is room for.
    fn least(&self, shortest: &str, limit: usize, size: impl Fn(&str) -> usize) -> String {
        let stays = self.lines.iter().filter(|line| line.kind.stays()).collect::<Vec<_>>();
        let end = Self::default();
        let warnings = end.written(&stays, None);
        if warnings.is_empty() {
            return clipped(shortest, limit, size);
        }
        let room = limit.saturating_sub(size(&warnings));
        let rest = clipped(shortest.strip_prefix(&warnings).unwrap_or_default(), room, size);
        format!("{warnings}{rest}")
    }

    /// "Left out here: Keep in mind, Cool-down. The rest is in the handout."
    fn note<'a>(&self, parts: impl Iterator<Item = &'a str>) -> String {
        let mut names: Vec<&str> = Vec::new();
        for part in parts {
            if !names.contains(&part) {
                names.push(part);
            }
        }
        if names.is_empty() {
            return self.shortened.clone();
        }
        let [before, between, after] = &self.left_out;
        format!("{before}{}{after}\n{}", names.join(between), self.shortened).trim().to_owned()
    }

    fn written(&self, lines: &[&BodyLine], shortened: Option<&str>) -> String {
        let mut text = String::new();
        for line in lines {
            if line.kind.opens() && !text.is_empty() {
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
fn without_last_headings<'a, 'b>(mut lines: &'a [&'b BodyLine]) -> &'a [&'b BodyLine] {
    while let [before @ .., BodyLine { kind: LineKind::Heading, .. }] = lines {
        lines = before;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body() -> SessionBody {
        let mut part = None;
        let mut line = |(kind, text): (LineKind, &str)| {
            if kind == LineKind::Heading {
                part = Some(text.to_owned());
            }
            BodyLine { kind, text: text.into(), part: part.clone() }
        };
        let lines = [
            (LineKind::Text, "Plan: Day"),
            (LineKind::Text, "Week 2 of 2"),
            (LineKind::Heading, "Main part"),
            (LineKind::Text, "- Raise: 3 × 8"),
            (LineKind::Cue, "  Slow."),
            (LineKind::Heading, "Cool-down"),
            (LineKind::Text, "- Stretch"),
        ];
        let lines = lines.into_iter().map(&mut line).collect();
        let left_out = ["No ", ", ", " here."].map(str::to_owned);
        SessionBody { lines, closing: "Ask.".into(), left_out, cues: "Cues".into(), shortened: "More.".into() }
    }

    #[test]
    fn cues_go_first_and_then_whole_lines_from_the_end() {
        let whole = "Plan: Day\nWeek 2 of 2\n\nMain part\n- Raise: 3 × 8\n  Slow.\n\nCool-down\n- Stretch\n\nAsk.\n";
        let without_cues = "Plan: Day\nWeek 2 of 2\n\nMain part\n- Raise: 3 × 8\n\nCool-down\n- Stretch\n\nNo Cues here.\nMore.\n\nAsk.\n";
        let without_end =
            "Plan: Day\nWeek 2 of 2\n\nMain part\n- Raise: 3 × 8\n\nNo Cues, Cool-down here.\nMore.\n\nAsk.\n";
        let without_work = "Plan: Day\nWeek 2 of 2\n\nNo Cues, Main part, Cool-down here.\nMore.\n\nAsk.\n";
        let (mut long, tiny) = (body(), "No Cues, Main part, Cool-down here.\nMore.\n\nAsk.\n");
        long.lines[4].text = format!("  {}", "Slow. ".repeat(9));
        let whole_of_long = long.whole();
        let steps = [&whole_of_long, without_cues, without_end, without_work, &format!("Plan: Day\n\n{tiny}"), tiny];
        assert_eq!(body().whole(), whole);
        for pair in steps.windows(2) {
            let least = pair[0].len();
            assert_eq!(long.within(least, str::len), pair[0]);
            assert_eq!(long.within(least - 1, str::len), pair[1]);
        }
    }

    #[test]
    fn a_limit_below_what_must_stay_cuts_even_that() {
        let mut body = body();
        body.lines.retain(|line| line.kind == LineKind::Cue);
        for limit in 0.."No Cues here.\nMore.\n\nAsk.\n".len() {
            let text = body.within(limit, str::len);
            let says_so = text.trim_end().ends_with('…') || text.ends_with("More.\n") || text == body.whole();
            assert!(text.len() <= limit && (limit < 3 || says_so), "{limit}: {text:?}");
        }
    }

    #[test]
    fn warnings_stay_whatever_else_goes() {
        let mut body = body();
        let warning = |kind, text: &str| BodyLine { kind, text: text.into(), part: None };
        let (heading, reason) = ("Stop if".to_owned(), "- Raise: it hurts".to_owned());
        body.lines.insert(2, warning(LineKind::WarningHeading, "First ask"));
        body.lines.push(warning(LineKind::WarningHeading, &heading));
        body.lines.push(warning(LineKind::Warning, &reason));
        for limit in 0..body.whole().len() {
            let text = body.within(limit, str::len);
            assert!(
                text.contains("First ask\n\nStop if\n- Raise: it hurts\n")
                    || text.contains("\n\nStop if\n- Raise: it hurts\n"),
                "{limit}: {text}"
            );
            assert!(text.len() <= limit.max(50), "{limit}: {text}");
            assert!(limit < 120 || text.contains("More."), "it says that something is missing: {limit}: {text}");
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
