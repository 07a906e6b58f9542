//! Plain characters written so that a Markdown reader gets the same characters back.
//!
//! A backslash is used where CommonMark, Python-Markdown and kramdown all take one; a character reference
//! (`&lt;`) where one of them would show the backslash, or where a template language reads the page first.

use std::fmt::Write as _;

/// Where text is written, which decides what has to be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextContext {
    /// A paragraph: the start of a line can be taken for a block.
    Paragraph,
    /// A heading: `#` can close it.
    Heading,
    /// A table cell: it already stands behind a `|`.
    Cell,
}

/// Writes `text` at the end of `out`. Whether a line starts there is seen from `out`.
pub(crate) fn push_text(out: &mut String, text: &str, context: TextContext) {
    let starts_line = context == TextContext::Paragraph && (out.is_empty() || out.ends_with('\n'));
    let marker = if starts_line { ordered_marker(text) } else { None };
    let mut before = out.chars().next_back();
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let first = starts_line && at == 0;
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' => push_escaped(out, c),
            '#' if first || context == TextContext::Heading => push_escaped(out, c),
            '+' | '-' | '>' if first => push_escaped(out, c),
            '.' | ')' if marker == Some(at) => push_escaped(out, c),
            // Before a link's bracket it would make the link a picture.
            '!' if after.is_empty() || after.starts_with('[') => push_escaped(out, c),
            // Where pages are MDX, even `< 5` opens a tag.
            '<' => out.push_str("&lt;"),
            // And a paragraph may be code.
            'i' | 'e' if first && (text.starts_with("import") || text.starts_with("export")) => push_reference(out, c),
            '!' | '?' if first && after.starts_with([c; 2].as_slice()) => push_reference(out, c),
            ':' if opens_emoji(after) => push_reference(out, c),
            '=' | '$' | '^' | '+' if after.starts_with(c) && before != Some(c) => push_reference(out, c),
            '>' if before == Some('>') => out.push_str("&gt;"),
            '&' if is_reference(after) => out.push_str("&amp;"),
            // Braces open templates (`{{`, `{%`) and attributes (`{#name}`) in most generators.
            '{' => push_reference(out, c),
            ':' | '=' if first => push_reference(out, c),
            '~' if after.is_empty() => push_reference(out, c),
            '~' if before == Some('~') || after.starts_with('~') => push_reference(out, c),
            '~' if before.is_some_and(|c| !c.is_whitespace()) => push_reference(out, c),
            _ => out.push(c),
        }
        before = Some(c);
    }
}

/// Whether `:` before this text could be the start of an emoji's code, such as `:smile:`.
fn opens_emoji(after: &str) -> bool {
    let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+');
    let name = after.bytes().take_while(part).count();
    let letters = after.as_bytes()[..name].iter().any(u8::is_ascii_alphabetic);
    (letters || matches!(&after[..name], "+1" | "-1")) && after.as_bytes().get(name) == Some(&b':')
}

/// Where the `.` or `)` stands that would make the start of `text` a numbered item.
fn ordered_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marker = text.as_bytes().get(digits)?;
    (digits > 0 && matches!(marker, b'.' | b')')).then_some(digits)
}

fn push_escaped(out: &mut String, c: char) {
    out.push('\\');
    out.push(c);
}

/// Writes a character by its number: every reader turns it back, and to the rules on `*` and `_` it counts
/// as punctuation on both sides.
pub(crate) fn push_reference(out: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _infallible = write!(out, "&#{};", u32::from(c));
}

/// Whether `&` before this text could be read as a character reference.
fn is_reference(after: &str) -> bool {
    let name = after.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name > 0 && after.as_bytes().get(name) == Some(&b';')
}

/// Writes a link's destination. What a destination cannot hold is percent-encoded, which is the same address.
pub(crate) fn push_destination(out: &mut String, address: &str) {
    for (at, c) in address.char_indices() {
        match c {
            '\\' | '`' | '<' | '>' | '(' | ')' | '"' | '{' | '}' | '|' | '^' | '*' => {
                push_percent(out, c);
            }
            c if c.is_whitespace() || c.is_control() => push_percent(out, c),
            '&' if is_reference(&address[at + 1..]) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
}

/// Writes the way to a file as a link's destination: each sign of a name that means something else in an address,
/// such as `%`, `#` and `?`, is encoded, so that a browser opens the file of this very name.
pub(crate) fn push_file_address(out: &mut String, path: &str) {
    for c in path.chars() {
        let plain = if c.is_ascii() { c.is_ascii_alphanumeric() } else { !c.is_whitespace() && !c.is_control() };
        if plain || "/-._~!$+,=@".contains(c) {
            out.push(c);
        } else {
            push_percent(out, c);
        }
    }
}

fn push_percent(out: &mut String, c: char) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        let _infallible = write!(out, "%{byte:02X}");
    }
}

/// Writes fixed-width text between enough backticks.
pub(crate) fn push_code(out: &mut String, code: &str, context: TextContext) {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let blank = |c: char| c == ' ' || c == '`';
    let padding = if code.starts_with(blank) || code.ends_with(blank) { " " } else { "" };
    let code = if context == TextContext::Cell { code.replace('|', "\\|") } else { code.to_owned() };
    // Three backticks at the start of a line are not taken for a block, because more follow in the line.
    for part in [&fence, padding, &code, padding, &fence] {
        out.push_str(part);
    }
}

/// The longest run of one character.
pub(crate) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(|run| run.chars().count()).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        let mut out = String::new();
        push_text(&mut out, text, TextContext::Paragraph);
        out
    }

    #[test]
    fn what_opens_a_block_is_escaped_only_at_the_start_of_a_line() {
        for (text, wanted) in [
            ("1. x", "1\\. x"),
            ("12) x", "12\\) x"),
            ("- x - y", "\\- x - y"),
            ("+ 1 + 1", "\\+ 1 + 1"),
            ("# 1 # 2", "\\# 1 # 2"),
            ("> 3 > 2", "\\> 3 > 2"),
            ("=== a = b", "&#61;== a = b"),
            (": x", "&#58; x"),
            ("1 x.", "1 x."),
        ] {
            assert_eq!(escaped(text), wanted);
        }
    }

    #[test]
    fn ordinary_prose_stays_readable() {
        for same in [
            "R&D",
            "a & b",
            "8–10 reps (each side)",
            "~30 s",
            "don't!ever",
            "50 %",
            "a > b",
            "x^2 = y + 1",
            "at 12:30:45: go",
        ] {
            assert_eq!(escaped(same), same);
        }
    }

    #[test]
    fn what_a_reader_would_change_is_written_another_way() {
        for (text, wanted) in [
            ("&amp;", "&amp;amp;"),
            ("<b>", "&lt;b>"),
            ("a < 3", "a &lt; 3"),
            ("import your weight", "&#105;mport your weight"),
            (":smile:", "&#58;smile:"),
            ("a :+1: b", "a &#58;+1: b"),
            ("!!! note", "&#33;!! note"),
            ("==a== $$b$$", "&#61;=a&#61;= &#36;$b&#36;$"),
            ("a >> b", "a >&gt; b"),
            ("{{ x }}", "&#123;&#123; x }}"),
            ("a~~b~~", "a&#126;&#126;b&#126;&#126;"),
            ("look!", "look\\!"),
            ("![a]", "\\!\\[a\\]"),
            ("a|b", "a\\|b"),
        ] {
            assert_eq!(escaped(text), wanted);
        }
    }

    #[test]
    fn destinations_hold_no_blank_and_no_bracket() {
        let mut out = String::new();
        push_destination(&mut out, "https://x.y/a b(c)|d?e&amp;f=é");
        assert_eq!(out, "https://x.y/a%20b%28c%29%7Cd?e&amp;amp;f=é");
    }

    #[test]
    fn the_address_of_a_file_is_its_name_to_a_browser() {
        for (file, wanted) in [
            ("../media/a-b_c.1~2,+=@.svg", "../media/a-b_c.1~2,+=@.svg"),
            ("media/ü#1.svg", "media/ü%231.svg"),
            ("media/100%.svg", "media/100%25.svg"),
            ("media/50%20x.svg", "media/50%2520x.svg"),
            ("media/a b?(c)[d]\"'&amp;;|`\\.svg", "media/a%20b%3F%28c%29%5Bd%5D%22%27%26amp%3B%3B%7C%60%5C.svg"),
            ("media/no\u{a0}break:*.svg", "media/no%C2%A0break%3A%2A.svg"),
        ] {
            let mut out = String::new();
            push_file_address(&mut out, file);
            assert_eq!(out, wanted);
        }
    }
}
