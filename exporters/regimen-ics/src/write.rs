//! Content lines (RFC 5545 §3.1): CRLF, and folds that every reader undoes.

/// The most octets of a line before its CRLF.
const LINE: usize = 75;

/// A calendar as it grows, line by line.
#[derive(Debug, Default)]
pub(crate) struct Lines(String);

impl Lines {
    /// No lines, with room for so many octets.
    pub(crate) fn with_room(octets: usize) -> Self {
        Self(String::with_capacity(octets))
    }

    /// `BEGIN:VEVENT`
    pub(crate) fn begin(&mut self, component: &str) {
        self.0.extend(["BEGIN:", component, "\r\n"]);
    }

    /// `END:VEVENT`
    pub(crate) fn end(&mut self, component: &str) {
        self.0.extend(["END:", component, "\r\n"]);
    }

    /// `NAME;PARAM=VALUE:value`. Names and parameters are constants of ours or checked names of zones, and
    /// the value is already in its written form.
    pub(crate) fn property(&mut self, name: &str, params: &[(String, Vec<String>)], value: &str) {
        let start = self.0.len();
        self.0.push_str(name);
        for (param, values) in params {
            self.0.extend([";", param, "="]);
            self.0.push_str(&values.join(","));
        }
        self.0.push(':');
        self.push(start, value);
    }

    /// Lines that are finished already.
    pub(crate) fn finished(&mut self, lines: &str) {
        self.0.push_str(lines);
    }

    /// The finished lines.
    pub(crate) fn into_string(self) -> String {
        self.0
    }

    /// The value of a line that begins at `start`.
    fn push(&mut self, start: usize, value: &str) {
        // The first fold comes after the head: not every reader joins lines before it looks for the colon.
        let head = self.0.len() - start;
        let (mut rest, mut room) = (value, LINE.saturating_sub(head).max(1));
        while rest.len() > room {
            let (now, later) = rest.split_at(fold_point(rest, room));
            self.0.extend([now, "\r\n "]);
            (rest, room) = (later, LINE - 1);
        }
        self.0.extend([rest, "\r\n"]);
    }
}

/// Where to fold `text`, after at most `most` octets: never inside a character or an
/// escape, and not next to a blank, which readers that trim their lines would lose. Text without such a
/// place ("a b c d") is folded before a blank: fewer readers trim the start of a line than its end.
fn fold_point(text: &str, most: usize) -> usize {
    let places = || (1..=most).rev().filter(|at| is_between_characters(text, *at));
    let blank_before = |at: usize| text[..at].ends_with(char::is_whitespace);
    let blank_after = |at: usize| text[at..].starts_with(char::is_whitespace);
    places()
        .find(|at| !blank_before(*at) && !blank_after(*at))
        .or_else(|| places().find(|at| !blank_before(*at)))
        .or_else(|| places().next())
        .unwrap_or(text.len())
}

fn is_between_characters(text: &str, at: usize) -> bool {
    // Escapes are pairs, so an odd number of backslashes means that the last one escapes what follows.
    let backslashes = |text: &str| text.bytes().rev().take_while(|byte| *byte == b'\\').count();
    text.is_char_boundary(at) && backslashes(&text[..at]) % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(value: &str) -> String {
        let mut lines = Lines::default();
        lines.property("SUMMARY", &[], value);
        lines.into_string()
    }

    #[test]
    fn a_line_of_75_octets_stays_whole() {
        assert_eq!(folded(&"x".repeat(67)), format!("SUMMARY:{}\r\n", "x".repeat(67)));
        assert_eq!(folded(&"x".repeat(68)), format!("SUMMARY:{}\r\n x\r\n", "x".repeat(67)));
    }

    #[test]
    fn folds_keep_off_characters_escapes_and_blanks() {
        let pad = "x".repeat(66);
        assert_eq!(folded(&format!("{pad}äy")), format!("SUMMARY:{pad}\r\n äy\r\n"));
        assert_eq!(folded(&format!("{pad}\\ny")), format!("SUMMARY:{pad}\r\n \\ny\r\n"));
        assert_eq!(folded(&format!("{pad}\\\\n")), format!("SUMMARY:{pad}\r\n \\\\n\r\n"));
        let shorter = &pad[1..];
        assert_eq!(folded(&format!("{pad} yz")), format!("SUMMARY:{shorter}\r\n x yz\r\n"));
        assert_eq!(folded(&format!("{pad}x yz")), format!("SUMMARY:{pad}\r\n x yz\r\n"));
    }

    #[test]
    fn a_fold_that_cannot_avoid_blanks_never_ends_a_line_with_one() {
        let text = folded(&"a ".repeat(200).trim_end().replace("  ", " "));
        assert!(text.lines().all(|line| !line.ends_with(' ')), "{text}");
        let text = folded(&format!("a{}b", " ".repeat(300)));
        assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:a{}b\r\n", " ".repeat(300)));
    }
}
