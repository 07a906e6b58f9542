//! Lists and mappings as lines: small ones of ids and amounts in brackets, everything else in blocks.

use super::scalar::{self, WIDTH, Within};
use crate::yaml::Data;

/// How lines are indented and ended.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// What ends a line.
    pub(super) line_break: &'static str,
    /// By how many blanks a mapping is indented below its key.
    pub(super) step: usize,
    /// Whether a list is indented below its key.
    pub(super) indented_lists: bool,
}

impl Style {
    /// How new files are written.
    pub(super) const NEW: Self = Self { line_break: "\n", step: 2, indented_lists: true };

    /// The mapping at the root of a file, with a line break at its end.
    pub(super) fn root(self, keys: &[(String, Data)]) -> String {
        let mut text = String::new();
        for (key, value) in keys {
            text.push_str(&self.entry(key, value, 0));
            text.push_str(self.line_break);
        }
        text
    }

    /// A key with its value, indented by `indent` except for the first line, without a line break at its end.
    pub(super) fn entry(self, key: &str, value: &Data, indent: usize) -> String {
        let key = scalar::one_line(key, Within::Key);
        let value = self.after_key(value, indent, key.chars().count() + 1);
        format!("{key}:{value}")
    }

    /// An item of a list with its dash.
    pub(super) fn item(self, value: &Data, indent: usize) -> String {
        format!("-{}", self.after_dash(value, indent))
    }

    /// What follows the colon of a key that is indented by `indent`, of which `taken` characters of its line are written.
    pub(super) fn after_key(self, value: &Data, indent: usize, taken: usize) -> String {
        if let Some(text) = self.single(value, indent, indent + self.step, taken) {
            return text;
        }
        let inner = match value {
            Data::List(_) if !self.indented_lists => indent,
            _ => indent + self.step,
        };
        let lines = self.parts(value, inner).into_iter().map(|part| self.line(inner) + &part);
        lines.collect()
    }

    /// What follows the dash of an item that is indented by `indent`.
    pub(super) fn after_dash(self, value: &Data, indent: usize) -> String {
        let inner = indent + 2;
        if let Some(text) = self.single(value, indent, inner, 1) {
            return text;
        }
        format!(" {}", self.parts(value, inner).join(&self.line(inner)))
    }

    /// The entries or items of a mapping or list.
    fn parts(self, value: &Data, indent: usize) -> Vec<String> {
        match value {
            Data::List(items) => items.iter().map(|item| self.item(item, indent)).collect(),
            Data::Keys(keys) => keys.iter().map(|(key, value)| self.entry(key, value, indent)).collect(),
            Data::Nothing | Data::Flag(_) | Data::Number(_) | Data::Text(_) => Vec::new(),
        }
    }

    /// A value that starts on the line of its key or dash; prose goes on below, indented by `inner`.
    fn single(self, value: &Data, indent: usize, inner: usize, taken: usize) -> Option<String> {
        let room = WIDTH.saturating_sub(indent + taken + 1);
        if let Data::Text(text) = value {
            let long = text.contains('\n') || text.chars().count() > room;
            if let Some(prose) = scalar::lines(text, inner).filter(|_| long) {
                return Some(self.prose(&prose, inner));
            }
        }
        let text = scalar::inline(value, Within::Block).or_else(|| small(value, room))?;
        Some(if text.is_empty() { text } else { format!(" {text}") })
    }

    /// Prose on lines of its own.
    fn prose(self, prose: &scalar::Lines, inner: usize) -> String {
        let mut text = format!(" {}", prose.sign);
        for line in &prose.lines {
            text.push_str(self.line_break);
            if !line.is_empty() {
                text.extend(std::iter::repeat_n(' ', inner));
                text.push_str(line);
            }
        }
        text
    }

    /// A line break and the blanks at the start of the next line.
    pub(super) fn line(self, indent: usize) -> String {
        format!("{}{}", self.line_break, " ".repeat(indent))
    }
}

/// A list or mapping in brackets, as doses, lists of ids and empty ones are written; `None` if it is better written as a block.
fn small(value: &Data, room: usize) -> Option<String> {
    let fits = match value {
        Data::List(items) => {
            items.iter().all(|item| is_short(item) || matches!(item, Data::List(ids) if ids.iter().all(is_short)))
        }
        // A key alone is read faster on a line of its own.
        Data::Keys(keys) => keys.len() != 1 && keys.iter().all(|(_, value)| is_short(value)),
        Data::Nothing | Data::Flag(_) | Data::Number(_) | Data::Text(_) => false,
    };
    Some(flow(value)).filter(|text| fits && (text.len() == 2 || text.chars().count() <= room))
}

/// Whether a value is an id, a reference, a number or an amount.
fn is_short(value: &Data) -> bool {
    match value {
        Data::Flag(_) | Data::Number(_) => true,
        Data::Text(text) => {
            let id = text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:._".contains(c));
            !text.is_empty() && (id || text.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 24)
        }
        Data::Nothing | Data::List(_) | Data::Keys(_) => false,
    }
}

/// A value on one line, lists and mappings in brackets and braces.
pub(super) fn flow(value: &Data) -> String {
    match value {
        Data::List(items) => {
            let items: Vec<String> = items.iter().map(flow_item).collect();
            format!("[{}]", items.join(", "))
        }
        Data::Keys(keys) => {
            let entries: Vec<String> = keys.iter().map(|(key, value)| flow_entry(key, value)).collect();
            format!("{{{}}}", entries.join(", "))
        }
        single => scalar::inline(single, Within::Flow).unwrap_or_default(),
    }
}

/// An item between brackets, where nothing must be written as a word.
pub(super) fn flow_item(value: &Data) -> String {
    if *value == Data::Nothing { "null".to_owned() } else { flow(value) }
}

/// A key between braces with its value.
pub(super) fn flow_entry(key: &str, value: &Data) -> String {
    format!("{}: {}", scalar::one_line(key, Within::Key), flow_item(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(keys: Data) -> String {
        let Data::Keys(keys) = keys else { panic!("a mapping") };
        Style::NEW.root(&keys)
    }

    #[test]
    fn a_file_looks_as_an_author_writes_it() {
        let dose = Data::keys([("sets", Data::from(3)), ("reps", "8-12".into()), ("rest", "60 s".into())]);
        let target = Data::keys([("target", Data::from("muscle:soleus")), ("role", "prime".into())]);
        let words = Data::keys([
            ("name", Data::from("no")),
            ("summary", "One.\n\nTwo.".into()),
            ("steps", Data::list(["Stand up.", "Sit: down."])),
            ("alt", Data::keys::<&str>([])),
        ]);
        let block = Data::keys([
            ("superset", Data::List(vec![Data::keys([("exercise", Data::from("a"))])])),
            ("rounds", 3.into()),
        ]);
        let data = Data::keys([
            ("kind", Data::from("strength")),
            ("muscles", Data::List(vec![target])),
            ("equipment", Data::List(vec![Data::list(["wall"]), Data::List(Vec::new())])),
            ("dose", dose),
            ("main", Data::List(vec![block])),
            ("empty", Data::Nothing),
            ("words", words),
        ]);
        let expected = "kind: strength\nmuscles:\n  - {target: muscle:soleus, role: prime}\nequipment: [[wall], []]\n\
            dose: {sets: 3, reps: 8-12, rest: 60 s}\nmain:\n  - superset:\n      - exercise: a\n    rounds: 3\nempty:\nwords:\n  \
            name: \"no\"\n  summary: |-\n    One.\n\n    Two.\n  steps:\n    - Stand up.\n    - \"Sit: down.\"\n  alt: {}\n";
        assert_eq!(written(data), expected);
    }
}
