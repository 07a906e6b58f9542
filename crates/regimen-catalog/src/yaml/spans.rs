//! A YAML text as a tree in which every value knows its bytes, for editing it in place.

use std::ops::Range;

use super::data::Data;
use super::events::{Event, Events, ScalarStyle};

/// A value of a text, and its bytes in the file.
#[derive(Debug)]
pub(crate) struct Node {
    /// What leads to the value: its key, or the mark of its list.
    pub(crate) lead: Lead,
    /// The bytes of the value, from the first quote, bracket, letter, dash, or sign of a block scalar to the last one.
    pub(crate) range: Range<usize>,
    /// Where the text goes on behind the value. Behind a block scalar this is the start of a later line.
    pub(crate) next: usize,
    pub(crate) form: Form,
}

/// What leads to a value.
#[derive(Debug)]
pub(crate) enum Lead {
    /// Nothing: the root, or an item between brackets.
    None,
    /// A dash, with its byte.
    Dash(usize),
    /// A key.
    Key(Key),
}

/// A key of a mapping.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
    /// The byte of its colon; `None` for a key without one, as in `{a}`.
    pub(crate) colon: Option<usize>,
}

/// How a value is written.
#[derive(Debug)]
pub(crate) enum Form {
    /// A single value without quotes, or none at all.
    Plain(Data),
    /// A text in quotes.
    Quoted(String),
    /// A text on lines of its own below `|` or `>`, the byte where they start, and whether the line breaks at their end count.
    Block { text: String, content: usize, keeps: bool },
    /// A list, and whether it is in brackets.
    List { flow: bool, items: Vec<Node> },
    /// A mapping, and whether it is in braces.
    Keys { flow: bool, values: Vec<Node> },
}

impl Node {
    /// The tree of the YAML in the bytes `range` of a text that the strict reader accepts.
    pub(crate) fn read(text: &str, range: Range<usize>) -> Option<Self> {
        let yaml = text.get(range.clone())?;
        let mut builder = Builder { yaml, base: range.start, open: Vec::new(), root: None };
        for event in Events::new(yaml) {
            let (event, range) = event.ok()?;
            builder.event(event, range)?;
        }
        builder.root
    }

    /// What it says.
    pub(crate) fn data(&self) -> Data {
        match &self.form {
            Form::Plain(data) => data.clone(),
            Form::Quoted(text) | Form::Block { text, .. } => Data::Text(text.clone()),
            Form::List { items, .. } => Data::List(items.iter().map(Self::data).collect()),
            Form::Keys { values, .. } => {
                let keyed = values.iter().filter_map(|value| Some((value.key()?.text.clone(), value.data())));
                Data::Keys(keyed.collect())
            }
        }
    }

    /// The values that it holds.
    pub(crate) fn children(&self) -> &[Self] {
        match &self.form {
            Form::List { items, .. } => items,
            Form::Keys { values, .. } => values,
            Form::Plain(_) | Form::Quoted(_) | Form::Block { .. } => &[],
        }
    }

    /// Its key, if it is a value of a mapping.
    pub(crate) fn key(&self) -> Option<&Key> {
        match &self.lead {
            Lead::Key(key) => Some(key),
            Lead::None | Lead::Dash(_) => None,
        }
    }

    /// Its first byte, key or dash included.
    pub(crate) fn start(&self) -> usize {
        match &self.lead {
            Lead::None => self.range.start,
            Lead::Dash(at) => *at,
            Lead::Key(key) => key.range.start,
        }
    }

    /// Whether it is in brackets or braces.
    pub(crate) fn is_flow(&self) -> bool {
        matches!(self.form, Form::List { flow: true, .. } | Form::Keys { flow: true, .. })
    }

    /// The bytes of all single values and keys, in order.
    pub(crate) fn scalars(&self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        self.add_scalars(&mut found);
        found
    }

    fn add_scalars(&self, found: &mut Vec<Range<usize>>) {
        found.extend(self.key().map(|key| key.range.clone()));
        match &self.form {
            Form::Plain(_) | Form::Quoted(_) => found.push(self.range.clone()),
            // A comment may follow the sign of a block scalar.
            Form::Block { content, .. } => found.push(*content..self.range.end.max(*content)),
            Form::List { .. } | Form::Keys { .. } => self.children().iter().for_each(|child| child.add_scalars(found)),
        }
    }
}

/// A list or mapping that is being read.
struct Open {
    lead: Lead,
    start: usize,
    flow: bool,
    mapping: bool,
    key: Option<Key>,
    children: Vec<Node>,
    /// Where the text goes on.
    next: usize,
}

struct Builder<'t> {
    yaml: &'t str,
    base: usize,
    open: Vec<Open>,
    root: Option<Node>,
}

impl Builder<'_> {
    /// Takes one event; `None` for what the strict reader refuses.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Option<()> {
        match event {
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, range),
            Event::SequenceStart(..) => self.enter(range, false),
            Event::MappingStart(..) => self.enter(range, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(range),
            Event::Alias(_) => None,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {
                Some(())
            }
        }
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, range: Range<usize>) -> Option<()> {
        if let Some(open) = self.open.last_mut().filter(|open| open.mapping && open.key.is_none()) {
            let end = range.start + written(&self.yaml[range.clone()], style);
            let range = self.base + range.start..self.base + end;
            open.next = range.end;
            let colon = self.sign(':');
            let open = self.open.last_mut()?;
            open.next = colon.map_or(open.next, |at| at + 1);
            open.key = Some(Key { text, range, colon });
            return Some(());
        }
        let lead = self.lead();
        let after = self.after(&lead);
        let nothing = text.is_empty() && style == ScalarStyle::Plain;
        let end = range.start + written(&self.yaml[range.clone()], style);
        let (form, start) = match style {
            ScalarStyle::Plain => (Form::Plain(Data::plain(&text)), range.start),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (Form::Quoted(text), range.start),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let sign = self.skip(after - self.base);
                let header = self.yaml[sign..].lines().next().unwrap_or_default();
                let keeps = header.split('#').next().is_some_and(|header| header.contains('+'));
                (Form::Block { text, content: self.base + range.start, keeps }, sign)
            }
        };
        let end = end.max(start);
        let next = if matches!(form, Form::Block { .. }) { range.end.max(end) } else { end };
        let (range, next) = match nothing {
            true => (after..after, after),
            false => (self.base + start..self.base + end, self.base + next),
        };
        self.add(Node { lead, range, next, form });
        Some(())
    }

    fn enter(&mut self, range: Range<usize>, mapping: bool) -> Option<()> {
        if self.open.last().is_some_and(|open| open.mapping && open.key.is_none()) {
            return None;
        }
        let lead = self.lead();
        let flow = self.yaml[range.start..].starts_with(if mapping { '{' } else { '[' });
        let start = self.base + range.start;
        // The parser does not always start a list at its first dash.
        let next = if flow { start + 1 } else { self.after(&lead) };
        self.open.push(Open { lead, start, flow, mapping, key: None, children: Vec::new(), next });
        Some(())
    }

    fn close(&mut self, range: Range<usize>) -> Option<()> {
        let open = self.open.pop()?;
        let (form, next) = (open.children, open.next);
        let end = if open.flow {
            // The bracket that closes it is behind the last value.
            self.base + self.closing(next - self.base, range.start)? + 1
        } else {
            form.last().map_or(open.start, |last| last.range.end)
        };
        let start = if open.flow { open.start } else { form.first().map_or(open.start, Node::start) };
        let form = if open.mapping {
            Form::Keys { flow: open.flow, values: form }
        } else {
            Form::List { flow: open.flow, items: form }
        };
        self.add(Node { lead: open.lead, range: start..end, next: next.max(end), form });
        Some(())
    }

    /// The byte of the bracket that closes a collection: the next thing that is no blank, comma or comment.
    fn closing(&self, from: usize, said: usize) -> Option<usize> {
        let mut at = self.skip(from);
        while self.yaml[at..].starts_with(',') {
            at = self.skip(at + 1);
        }
        let found = if self.yaml[at..].starts_with([']', '}']) { at } else { said };
        self.yaml[found..].starts_with([']', '}']).then_some(found)
    }

    /// What leads to the value that comes next.
    fn lead(&mut self) -> Lead {
        let Some(open) = self.open.last_mut() else { return Lead::None };
        if let Some(key) = open.key.take() {
            return Lead::Key(key);
        }
        if open.flow || open.mapping {
            return Lead::None;
        }
        match self.sign('-') {
            Some(at) => {
                if let Some(open) = self.open.last_mut() {
                    open.next = at + 1;
                }
                Lead::Dash(at)
            }
            None => Lead::None,
        }
    }

    /// The byte behind what leads to a value.
    fn after(&self, lead: &Lead) -> usize {
        match lead {
            Lead::None => self.open.last().map_or(self.base, |open| open.next),
            Lead::Dash(at) => at + 1,
            Lead::Key(key) => key.colon.map_or(key.range.end, |at| at + 1),
        }
    }

    /// The byte of a sign that is the next thing in the list or mapping that is open.
    fn sign(&self, sign: char) -> Option<usize> {
        let at = self.skip(self.open.last()?.next - self.base);
        self.yaml[at..].starts_with(sign).then_some(self.base + at)
    }

    /// The next byte that is neither blank nor part of a comment.
    fn skip(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.yaml[at.min(self.yaml.len())..];
            at = self.yaml.len() - rest.trim_start_matches([' ', '\t', '\r', '\n', '\u{feff}']).len();
            if !self.yaml[at..].starts_with('#') {
                return at;
            }
            at += self.yaml[at..].find('\n').unwrap_or(self.yaml.len() - at);
        }
    }

    fn add(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => {
                open.next = node.next;
                open.children.push(node);
            }
            None => self.root = Some(node),
        }
    }
}

/// The length of a single value at the start of a text, where the parser may count blanks and comments behind it.
fn written(text: &str, style: ScalarStyle) -> usize {
    let quote = match style {
        ScalarStyle::SingleQuoted => '\'',
        ScalarStyle::DoubleQuoted => '"',
        ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => {
            return text.trim_end_matches([' ', '\t', '\r', '\n']).len();
        }
    };
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if quote == '"' && c == '\\' {
            chars.next();
        } else if c == quote {
            // A single quote is written twice where it is meant.
            if quote == '"' || chars.next_if(|(_, next)| *next == quote).is_none() {
                return at + 1;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every value with the bytes of its lead and of itself.
    fn shown(text: &str, node: &Node, all: &mut Vec<String>) {
        let lead = match &node.lead {
            Lead::None => String::new(),
            Lead::Dash(at) => format!("{} ", &text[*at..=*at]),
            Lead::Key(key) => format!("{}{} ", &text[key.range.clone()], key.colon.map_or("", |at| &text[at..=at])),
        };
        all.push(format!("{lead}{}", &text[node.range.clone()]));
        node.children().iter().for_each(|child| shown(text, child, all));
    }

    fn values(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        shown(text, &Node::read(text, 0..text.len()).expect("YAML"), &mut all);
        all.split_off(1)
    }

    #[test]
    fn values_know_their_bytes() {
        assert_eq!(values("\u{feff}a: x y # z\r\n\"b\" :  'c'\r\nd:\r\n"), ["a: x y", "\"b\": 'c'", "d: "]);
        assert_eq!(
            values("a:\n- b # c\n-\n- - d\n  - e: f\n"),
            ["a: - b # c\n-\n- - d\n  - e: f", "- b", "- ", "- - d\n  - e: f", "- d", "- e: f", "e: f"]
        );
        assert_eq!(
            values("a: [b, {c: d, e}, ] # f\ng: {}\n"),
            ["a: [b, {c: d, e}, ]", "b", "{c: d, e}", "c: d", "e ", "g: {}"]
        );
        assert_eq!(values("中: |  # x\n  é\n\n  f\n\ng: >-\n  h\n# i\n"), ["中: |  # x\n  é\n\n  f", "g: >-\n  h"]);
        assert_eq!(values("a:\n  # - x\n  - # y\n    |+\n    z\n\n"), ["a: - # y\n    |+\n    z", "- |+\n    z"]);
        assert_eq!(values("a: [\n  b, # ]\n  'c', # }\n]\n"), ["a: [\n  b, # ]\n  'c', # }\n]", "b", "'c'"]);
    }

    #[test]
    fn values_end_before_the_comments_behind_them() {
        assert_eq!(
            values("a: 'b\n  ''c' # d\ne: f\n  g # h\n\"i\" : \"j\\\"\n  k\"  # l\n"),
            ["a: 'b\n  ''c'", "e: f\n  g", "\"i\": \"j\\\"\n  k\""]
        );
    }

    #[test]
    fn what_it_says_is_what_the_reader_reads() {
        let text = "a: 1.50\nb: yes\nc: 'true'\nx-d: [~, \"\\n\"]\n";
        let node = Node::read(text, 0..text.len()).expect("YAML");
        let number = "1.50".parse().map(Data::Number).expect("a number");
        let list = Data::List(vec![Data::Nothing, "\n".into()]);
        assert_eq!(node.data(), Data::keys([("a", number), ("b", "yes".into()), ("c", "true".into()), ("x-d", list)]));
    }
}
