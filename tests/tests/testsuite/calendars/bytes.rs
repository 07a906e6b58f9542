//! The bytes of a calendar, without any reader: lines, folds and escapes. Lenient readers notice none of this, and
//! strict ones refuse the file for it.

use super::properties;

/// A property, unfolded, with the components that it stands in: `VCALENDAR/VEVENT 3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContentLine {
    pub(super) within: String,
    pub(super) name: String,
    pub(super) params: String,
    pub(super) value: String,
}

/// Everything that is wrong with a file.
pub(super) fn problems(bytes: &[u8]) -> Vec<String> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec!["it is not UTF-8".to_owned()];
    };
    let mut found = Vec::new();
    if bytes.len() > 900_000 {
        found.push(format!("{} bytes", bytes.len()));
    }
    if !text.ends_with("\r\n") {
        found.push("the last line does not end".to_owned());
    }
    let mut logical: Vec<String> = Vec::new();
    for line in text.trim_end_matches("\r\n").split("\r\n") {
        found.extend(wrong_line(line).map(|why| format!("{why}: {line:?}")));
        match (line.strip_prefix(' '), logical.last_mut()) {
            (Some(rest), Some(before)) => {
                found.extend(wrong_fold(before, rest).map(|why| format!("{why}: {before:?} and {rest:?}")));
                before.push_str(rest);
            }
            _ => logical.push(line.to_owned()),
        }
    }
    let (lines, unbalanced) = within(&logical);
    found.extend(unbalanced);
    found.extend(properties::problems(&lines));
    found
}

fn wrong_line(line: &str) -> Option<&'static str> {
    match line {
        _ if line.len() > 75 => Some("more than 75 octets"),
        _ if line.trim_start_matches(' ').is_empty() => Some("an empty line"),
        _ if line.chars().any(char::is_control) => Some("a control character"),
        _ if line.contains('\u{feff}') => Some("a byte-order mark"),
        _ if line.ends_with(char::is_whitespace) => Some("a blank at the end"),
        _ if !line.starts_with(' ') && !line.contains(':') => Some("a first line without its colon"),
        _ => None,
    }
}

fn wrong_fold(before: &str, rest: &str) -> Option<&'static str> {
    if escapes_next(before) {
        return Some("a fold inside an escape");
    }
    // Where letters and blanks take turns ("a b c") for a whole line, there is no other place.
    let tail: Vec<char> = before.chars().rev().take(35).collect();
    let no_room = tail.windows(2).all(|pair| pair.iter().any(|c| c.is_whitespace() || *c == '\\'));
    (rest.starts_with(char::is_whitespace) && !no_room).then_some("a fold before a blank")
}

/// Whether what follows is escaped: an odd number of backslashes stands at the end.
fn escapes_next(text: &str) -> bool {
    text.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// The properties with the components that they stand in, and what is wrong with the nesting.
fn within(logical: &[String]) -> (Vec<ContentLine>, Vec<String>) {
    let (mut lines, mut wrong, mut open) = (Vec::new(), Vec::new(), Vec::<String>::new());
    for (number, line) in logical.iter().enumerate() {
        let (head, value) = line.split_once(':').unwrap_or((line, ""));
        let (name, params) = head.split_once(';').unwrap_or((head, ""));
        match name {
            "BEGIN" if open.is_empty() && number > 0 => wrong.push(format!("{line} stands outside")),
            "BEGIN" if open.is_empty() => open.push(value.to_owned()),
            "BEGIN" => open.push(format!("{value} {number}")),
            "END" => {
                let ended = open.pop().unwrap_or_default();
                let empty = number > 0 && logical[number - 1].starts_with("BEGIN:");
                if ended.split(' ').next() != Some(value) || empty {
                    wrong.push(format!("{line} ends {ended:?}"));
                }
            }
            _ => lines.push(ContentLine {
                within: open.join("/"),
                name: name.to_owned(),
                params: params.to_owned(),
                value: value.to_owned(),
            }),
        }
    }
    wrong.extend(open.iter().map(|left| format!("{left} does not end")));
    (lines, wrong)
}

/// Undoes the escapes of a text (RFC 5545 §3.3.11).
pub(super) fn unescaped(value: &str) -> String {
    let (mut text, mut escaped) = (String::new(), false);
    for c in value.chars() {
        match (escaped, c) {
            (false, '\\') => escaped = true,
            (true, 'n' | 'N') => (text.push('\n'), escaped = false).1,
            _ => (text.push(c), escaped = false).1,
        }
    }
    text
}

/// Whether a value has only the escapes that there are, and escapes all that must be.
pub(super) fn is_text(value: &str) -> bool {
    let mut escaped = false;
    for c in value.chars() {
        match (escaped, c) {
            (true, '\\' | ',' | ';' | 'n') => escaped = false,
            (false, '\\') => escaped = true,
            (true, _) | (false, ',' | ';') => return false,
            (false, _) => {}
        }
    }
    !escaped && !value.is_empty()
}
