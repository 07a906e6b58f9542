//! Fixed-width text kept from those who read a page before it is Markdown.

use std::borrow::Cow;

use crate::settings::Templates;

/// Parts two signs that would be read as one where nothing else can: no width, no line break.
const JOINER: char = '\u{2060}';

/// Code that comes through unchanged, whatever the site does with braces.
pub(crate) fn kept(code: &str, templates: Templates) -> Cow<'_, str> {
    match templates {
        Templates::None => code.into(),
        Templates::Any => parted(code),
        _ if !code.contains('{') => code.into(),
        Templates::Liquid => liquid(code),
        Templates::Hugo => commented(code, &[("{{<", ">}}"), ("{{%", "%}}")]).into(),
        Templates::Zola => commented(code, &[("{{", "}}"), ("{%", "%}")]).into(),
        Templates::MdBook => book(code).into(),
    }
}

/// What opens a template for somebody: their tags, and the scissors of snippets (`--8<--`).
const OPENERS: [&str; 5] = ["{{", "{%", "{#", "<%", "-8<-"];

/// Parts what opens something behind its first sign, since no sign around it is taken away by everybody.
fn parted(code: &str) -> Cow<'_, str> {
    if !OPENERS.iter().any(|opener| code.contains(opener)) {
        return code.into();
    }
    let mut kept = String::new();
    for (at, c) in code.char_indices() {
        kept.push(c);
        if OPENERS.iter().any(|opener| code[at..].starts_with(opener)) {
            kept.push(JOINER);
        }
    }
    kept.into()
}

/// Liquid leaves all between `raw` and `endraw` alone, but for another `endraw`.
fn liquid(code: &str) -> Cow<'_, str> {
    if !code.contains("{{") && !code.contains("{%") {
        return code.into();
    }
    let mut kept = String::from("{% raw %}");
    let mut rest = code;
    while let Some(start) = rest.find("{%") {
        let inner = rest[start + 2..].trim_start_matches('-').trim_start();
        kept.push_str(&rest[..start]);
        kept.push_str(if inner.starts_with("endraw") { "{% endraw %}{{ '{' }}{% raw %}%" } else { "{%" });
        rest = &rest[start + 2..];
    }
    kept.push_str(rest);
    kept.push_str("{% endraw %}");
    kept.into()
}

/// `{{< x >}}` as `{{</* x */>}}`, which prints the first; what does not close is parted.
fn commented(code: &str, pairs: &[(&str, &str)]) -> String {
    let mut kept = String::new();
    let mut rest = code;
    'next: while let Some(start) = rest.find('{') {
        kept.push_str(&rest[..start]);
        rest = &rest[start..];
        for (open, close) in pairs {
            let Some(inner) = rest.strip_prefix(open) else { continue };
            match inner.find(close).map(|end| (&inner[..end], &inner[end + close.len()..])) {
                Some((words, after)) if !words.contains("*/") && !words.contains('{') => {
                    for part in [open, "/*", words, "*/", close] {
                        kept.push_str(part);
                    }
                    rest = after;
                }
                _ => {
                    kept.push('{');
                    kept.push(JOINER);
                    rest = &rest[1..];
                }
            }
            continue 'next;
        }
        kept.push('{');
        rest = &rest[1..];
    }
    kept.push_str(rest);
    kept
}

/// A `\` before `{{#` is taken away by the book, if the braces close in the line.
fn book(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(start) = rest.find("{{") {
        kept.push_str(&rest[..start]);
        let inner = &rest[start + 2..];
        let line = inner.split('\n').next().unwrap_or_default();
        if inner.starts_with('#') && line.contains("}}") {
            kept.push('\\');
            kept.push_str("{{");
        } else if inner.trim_start().starts_with('#') {
            kept.push('{');
            kept.push(JOINER);
            kept.push('{');
        } else {
            kept.push_str("{{");
        }
        rest = inner;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_site_gives_back_the_same_code() {
        for (templates, code, wanted) in [
            (Templates::None, "{{ x }}", "{{ x }}"),
            (Templates::Any, "a { b } < c -8 <- d", "a { b } < c -8 <- d"),
            (
                Templates::Any,
                "{{{ x }}} {% y %} {# z <%= --8<-- 'a'",
                "{\u{2060}{\u{2060}{ x }}} {\u{2060}% y %} {\u{2060}# z <\u{2060}%= --\u{2060}8<-- 'a'",
            ),
            (Templates::Liquid, "a { b }", "a { b }"),
            (Templates::Liquid, "{{ x }} {% raw %}", "{% raw %}{{ x }} {% raw %}{% endraw %}"),
            (
                Templates::Liquid,
                "{%- endraw %} {{ x }}",
                "{% raw %}{% endraw %}{{ '{' }}{% raw %}%- endraw %} {{ x }}{% endraw %}",
            ),
            (Templates::Hugo, "{{< figure >}} {{ x }}", "{{</* figure */>}} {{ x }}"),
            (Templates::Hugo, "{{% note", "{\u{2060}{% note"),
            (Templates::Zola, "{{ x() }} {% y() %}", "{{/* x() */}} {%/* y() */%}"),
            (
                Templates::MdBook,
                "{{#include a}} {{ #include b}} {{ x }}",
                "\\{{#include a}} {\u{2060}{ #include b}} {{ x }}",
            ),
        ] {
            assert_eq!(kept(code, templates), wanted);
        }
    }
}
