//! The lines at the top of a file that site generators read.

use jiff::civil::Date;

use crate::settings::FrontMatter;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(crate) struct Facts<'a> {
    pub(crate) title: &'a str,
    pub(crate) description: &'a str,
    /// When the entry itself says that it was reviewed or revised; never the day of the build, which would
    /// change every page whenever one does.
    pub(crate) date: Option<Date>,
    /// The mark of the content; may be empty.
    pub(crate) edition: &'a str,
    pub(crate) authors: &'a [String],
    pub(crate) keywords: &'a [String],
    pub(crate) language: &'a str,
}

impl Facts<'_> {
    /// The front matter with its fences and a line break at the end, or nothing.
    pub(crate) fn write(&self, kind: FrontMatter) -> String {
        match kind {
            FrontMatter::None => String::new(),
            FrontMatter::Yaml => self.yaml(),
            FrontMatter::Toml => self.toml(),
        }
    }

    fn yaml(&self) -> String {
        let mut lines = vec!["---".to_owned()];
        lines.extend(self.common(": "));
        lines.extend(list("tags: ", self.keywords));
        lines.extend(text("language: ", self.language));
        lines.extend(text("edition: ", self.edition));
        lines.push("---\n".to_owned());
        lines.join("\n")
    }

    /// Zola refuses keys that it does not know, and tags that the site does not declare; both go to `[extra]`.
    fn toml(&self) -> String {
        let mut lines = vec!["+++".to_owned()];
        lines.extend(self.common(" = "));
        lines.push("[extra]".to_owned());
        lines.extend(list("keywords = ", self.keywords));
        lines.extend(text("language = ", self.language));
        lines.extend(text("edition = ", self.edition));
        lines.push("+++\n".to_owned());
        lines.join("\n")
    }

    fn common(&self, is: &str) -> Vec<String> {
        let mut lines = vec![format!("title{is}{}", quoted(self.title))];
        lines.extend(text(&format!("description{is}"), self.description));
        lines.extend(self.date.map(|date| format!("date{is}{date}")));
        lines.extend(list(&format!("authors{is}"), self.authors));
        lines
    }
}

fn text(key: &str, value: &str) -> Option<String> {
    (!value.is_empty()).then(|| format!("{key}{}", quoted(value)))
}

fn list(key: &str, values: &[String]) -> Option<String> {
    let quoted: Vec<_> = values.iter().map(|value| quoted(value)).collect();
    (!values.is_empty()).then(|| format!("{key}[{}]", quoted.join(", ")))
}

/// A string that JSON, YAML 1.2 and TOML all read as the same text.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            // Who reads templates in the whole file finds none here; who reads the string gets a brace.
            '{' => quoted.push_str("\\u007B"),
            '<' if rest.as_str().starts_with(['%', '-']) => quoted.push_str("\\u003C"),
            // YAML takes some of these for line breaks and forbids others.
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &[&str] = &[
        "a: \"b' # c",
        "two\nlines\r\n\tand a tab",
        "emoji 🏃‍♀️ and \\ backslash",
        "--- {{ x }} [1]: *a &b",
        "\u{85}\u{2028}\u{feff}\u{7f}\u{1}",
        " blank at both ends ",
        "null",
        "2026-01-01",
    ];

    #[test]
    fn yaml_gives_back_the_same_strings() {
        for hostile in HOSTILE {
            let list = [(*hostile).to_owned(), "b".to_owned()];
            let facts = Facts {
                title: hostile,
                description: hostile,
                date: Some(jiff::civil::date(2026, 5, 1)),
                authors: &list,
                keywords: &list,
                language: "en",
                edition: hostile,
            };
            let yaml = facts.write(FrontMatter::Yaml);
            let body = yaml.strip_prefix("---\n").and_then(|yaml| yaml.strip_suffix("---\n"));
            let value: serde_json::Value = serde_yaml::from_str(body.expect("fences")).expect("YAML");
            let wanted = serde_json::json!({
                "title": hostile, "description": hostile, "date": "2026-05-01", "authors": list, "tags": list,
                "language": "en", "edition": hostile,
            });
            assert_eq!(value, wanted);
        }
    }

    #[test]
    fn no_template_opens_in_front_matter() {
        let title = "{{#include a}} {% b %} {{< c >}}";
        let facts = Facts { title, language: "en", ..Facts::default() };
        for kind in [FrontMatter::Yaml, FrontMatter::Toml] {
            assert!(!facts.write(kind).contains('{'), "{}", facts.write(kind));
        }
    }

    #[test]
    fn empty_facts_are_left_out() {
        let facts = Facts { title: "T", language: "en", ..Facts::default() };
        assert_eq!(facts.write(FrontMatter::Yaml), "---\ntitle: \"T\"\nlanguage: \"en\"\n---\n");
        assert_eq!(facts.write(FrontMatter::Toml), "+++\ntitle = \"T\"\n[extra]\nlanguage = \"en\"\n+++\n");
        assert_eq!(facts.write(FrontMatter::None), "");
    }
}
