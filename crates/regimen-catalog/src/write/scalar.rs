//! How a single value is written: without quotes where every reader of YAML then reads the same, else in quotes or on lines of
//! its own.

use crate::yaml::{self, Data};

/// The longest line of prose that is written.
pub(super) const WIDTH: usize = 120;

/// Where a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Within {
    /// Behind a key or a dash.
    Block,
    /// Between brackets or braces.
    Flow,
    /// As a key.
    Key,
}

/// A quotation mark, as the author of a value chose it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quote {
    /// `'`
    Single,
    /// `"`
    Double,
}

/// A single value on one line; `None` for a list or a mapping.
pub(super) fn inline(data: &Data, within: Within) -> Option<String> {
    Some(match data {
        Data::Nothing => String::new(),
        Data::Flag(flag) => flag.to_string(),
        Data::Number(number) => number.as_str().to_owned(),
        Data::Text(text) => one_line(text, within),
        Data::List(_) | Data::Keys(_) => return None,
    })
}

/// A text on one line.
pub(super) fn one_line(text: &str, within: Within) -> String {
    if is_plain(text, within) { text.to_owned() } else { double(text) }
}

/// A text in quotation marks, in those that its author chose if they can have it.
pub(super) fn quoted(text: &str, quote: Quote) -> String {
    match quote {
        Quote::Single if !text.contains(['\n', '\r', '\t']) => format!("'{}'", text.replace('\'', "''")),
        Quote::Single | Quote::Double => double(text),
    }
}

fn double(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\r' => written.push_str("\\r"),
            '\t' => written.push_str("\\t"),
            other => written.push(other),
        }
    }
    written.push('"');
    written
}

/// The lines of a text that is written below `|` or `>`, with what opens them.
pub(super) struct Lines {
    /// `|`, `|-` or `>-`.
    pub(super) sign: &'static str,
    pub(super) lines: Vec<String>,
}

/// Prose of several lines, or of one that is too long, if it can be written on lines of its own as it is.
pub(super) fn lines(text: &str, indent: usize) -> Option<Lines> {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let usable =
        !text.contains('\r') && !body.ends_with('\n') && !body.starts_with(['\n', ' ', '\t']) && !body.is_empty();
    if !usable || body.ends_with([' ', '\t']) {
        return None;
    }
    if body.contains('\n') {
        let sign = if body.len() == text.len() { "|-" } else { "|" };
        // A line of blanks alone would look like an empty one.
        let visible = body.split('\n').all(|line| line.is_empty() || !line.trim_matches([' ', '\t']).is_empty());
        return visible.then(|| Lines { sign, lines: body.split('\n').map(str::to_owned).collect() });
    }
    let long = text.chars().count() + indent > WIDTH && body.len() == text.len();
    (long && !text.contains('\t') && !text.contains("  ")).then(|| Lines { sign: ">-", lines: wrapped(text, indent) })
}

/// Words in lines of at most [`WIDTH`] characters, unless a word is longer.
fn wrapped(text: &str, indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split(' ') {
        let wide = word.chars().count();
        match lines.last_mut().filter(|_| indent + length + 1 + wide <= WIDTH) {
            Some(line) => {
                line.push(' ');
                line.push_str(word);
                length += 1 + wide;
            }
            None => {
                lines.push(word.to_owned());
                length = wide;
            }
        }
    }
    lines
}

/// Whether a text without quotes is this text to every reader of YAML.
pub(super) fn is_plain(text: &str, within: Within) -> bool {
    let opens = |c: char| "-?:,[]{}#&*!|>'\"%@`=<".contains(c) || c.is_whitespace();
    let edges = text.starts_with(opens) || text.ends_with(|c: char| c == ':' || c.is_whitespace());
    let inside = text.contains(": ") || text.contains(" #") || text.contains(|c: char| c.is_control());
    let flow = within != Within::Block && text.contains([',', '[', ']', '{', '}', '#', ':', '"', '\'']);
    // References, as `muscle:soleus`, are the texts with a colon that stand between brackets.
    let flow = flow && !(within == Within::Flow && is_reference(text));
    !text.is_empty() && !edges && !inside && !flow && yaml::is_text(text) && !is_other_in_old_yaml(text)
}

fn is_reference(text: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    text.split_once(':').is_some_and(|(kind, id)| part(kind) && part(id))
}

/// Whether readers of YAML 1.1 take a text for something else: for a truth, a number, a time or a date.
fn is_other_in_old_yaml(text: &str) -> bool {
    let word = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];
    if word.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return false;
    }
    let bare = unsigned.replace('_', "");
    let based = ["0x", "0X", "0o", "0O", "0b", "0B"].iter().any(|base| bare.starts_with(base));
    // 9:15 is 555 there, and 1:30.5 is 90.5.
    let sixties = bare.contains(':') && bare.chars().all(|c| c.is_ascii_digit() || ":.".contains(c));
    based || sixties || bare.parse::<f64>().is_ok() || is_date(unsigned)
}

/// `2027-01-31`, alone or with a time.
fn is_date(text: &str) -> bool {
    let mut parts = text.splitn(3, '-');
    let digits =
        |part: &str, lengths: &[usize]| lengths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let (day, rest) = day.split_at(day.find(|c: char| !c.is_ascii_digit()).unwrap_or(day.len()));
    digits(year, &[4])
        && digits(month, &[1, 2])
        && digits(day, &[1, 2])
        && (rest.is_empty() || rest.starts_with(['T', 't', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stay_bare_where_nobody_reads_something_else() {
        for text in [
            "Wall sit",
            "Nordic curl (floor)",
            "罗马硬拉",
            "8-12",
            "60 s",
            "3-1-1-0",
            "2.5 kg",
            "5:30 /km",
            "60 %",
            "C#2",
            "don't",
        ] {
            assert_eq!(one_line(text, Within::Block), text);
        }
        for text in ["hip-hinge", "muscle-group:calves", "8-12", "90 s"] {
            assert_eq!(one_line(text, Within::Flow), text);
        }
    }

    #[test]
    fn texts_that_some_reader_takes_for_something_else_are_quoted() {
        let other = "no Yes ON y null ~ true 1e3 0x1F 012 1_000 9:15 12:30:45 2026-11-29 2026-1-9T10:00 1.500 .5 +5 .inf 7 -7 \
                     = << - ? : # & * ! | > ' \" % @ ` a: #a a:";
        for text in other.split(' ').chain(["", " a", "a ", "a: b", "a #b", "a\u{a0}", "a\nb", "- a", "\t"]) {
            assert!(!is_plain(text, Within::Block), "{text:?}");
        }
        for text in ["a, b", "a]", "[a", "a:b c", "a{"] {
            assert!(!is_plain(text, Within::Flow), "{text:?}");
        }
        assert_eq!(one_line("Strength: \"A\"\n\\ \t", Within::Block), r#""Strength: \"A\"\n\\ \t""#);
        assert_eq!(
            (quoted("it's", Quote::Single), quoted("a\n", Quote::Single)),
            ("'it''s'".into(), "\"a\\n\"".into())
        );
    }

    #[test]
    fn prose_is_written_on_lines_of_its_own() {
        let shown = |text: &str| lines(text, 4).map(|lines| format!("{} {}", lines.sign, lines.lines.join("/")));
        assert_eq!(shown("a\n\n  b\n").as_deref(), Some("| a//  b"));
        assert_eq!(shown("a\nb").as_deref(), Some("|- a/b"));
        for text in ["a", "", "\n", " a\nb", "a\n\n", "a\r\nb", "\na", "a\nb ", "a\n \nb"] {
            assert_eq!(shown(text), None, "{text:?}");
        }
        let long = vec!["word #x"; 40].join(" ");
        let found = lines(&long, 4).expect("too long");
        assert!(found.sign == ">-" && found.lines.len() == 3 && found.lines.join(" ") == long);
        assert!(found.lines.iter().all(|line| line.len() + 4 <= WIDTH));
        assert!(lines(&long.replace("word #", "word  #"), 4).is_none());
    }
}
