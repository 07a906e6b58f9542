//! Which bytes of a text an edit changes.

use std::ops::Range;

use super::layout::{Style, flow_entry, flow_item};
use super::lines::Lines;
use super::scalar::{self, Quote, Within};
use crate::yaml::{Data, Form, Key, Lead, Node};
use regimen_model::diagnostic::{FieldPath, Segment};

/// Bytes of a text, and what takes their place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Patch {
    pub(super) range: Range<usize>,
    pub(super) text: String,
}

impl Patch {
    fn new(range: Range<usize>, text: impl Into<String>) -> Vec<Self> {
        vec![Self { range, text: text.into() }]
    }

    /// Applies patches that do not overlap; `None` if they do.
    pub(super) fn apply(text: &str, mut patches: Vec<Self>) -> Option<String> {
        patches.sort_by_key(|patch| (patch.range.start, patch.range.end));
        let (mut done, mut at) = (String::with_capacity(text.len()), 0);
        for patch in patches {
            done.push_str(text.get(at..patch.range.start)?);
            done.push_str(&patch.text);
            at = patch.range.end;
        }
        done.push_str(text.get(at..)?);
        Some(done)
    }
}

/// Why an edit is refused: what is in the way, its bytes, and the way out.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) range: Range<usize>,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

type Patches = Result<Vec<Patch>, Refused>;

/// A text whose values are changed.
pub(super) struct Page<'t> {
    text: &'t str,
    root: &'t Node,
    lines: Lines<'t>,
    style: Style,
    scalars: Vec<Range<usize>>,
}

/// A value with the values around it, the root first.
struct Found<'t> {
    node: &'t Node,
    around: Vec<&'t Node>,
}

impl Found<'_> {
    fn is_in_flow(&self) -> bool {
        self.around.iter().any(|node| node.is_flow())
    }
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, root: &'t Node) -> Self {
        let lines = Lines(text);
        Self { text, root, lines, style: lines.style(root), scalars: root.scalars() }
    }

    /// Writes another value in place of one that is there.
    pub(super) fn replace(&self, path: &FieldPath, value: &Data) -> Patches {
        let found = self.find(path)?;
        let node = found.node;
        self.without_comments(node.start()..node.range.end)?;
        if found.is_in_flow() {
            return Ok(self.replace_in_flow(node, value));
        }
        let (after, written) = match &node.lead {
            Lead::Dash(at) => (at + 1, self.style.after_dash(value, self.lines.column(*at))),
            Lead::Key(key) => {
                let colon = key.colon.ok_or_else(|| no_colon(key))?;
                self.implicit(key)?;
                let taken = self.text[key.range.clone()].chars().count() + 1;
                (colon + 1, self.style.after_key(value, self.lines.column(key.range.start), taken))
            }
            Lead::None => return Err(at_the_root(node.range.clone())),
        };
        let quoted = self.quote(node).and_then(|quote| match value {
            Data::Text(text) => Some(scalar::quoted(text, quote)),
            _ => None,
        });
        let written = quoted.map_or(written, |text| format!(" {text}"));
        Ok(self.replace_in_block(node, after, &written))
    }

    fn replace_in_flow(&self, node: &Node, value: &Data) -> Vec<Patch> {
        let text = match (self.quote(node), value) {
            (Some(quote), Data::Text(text)) => scalar::quoted(text, quote),
            _ => flow_item(value),
        };
        if !node.range.is_empty() {
            return Patch::new(node.range.clone(), text);
        }
        let lead = match node.key() {
            Some(Key { colon: None, .. }) => ": ",
            _ => " ",
        };
        Patch::new(node.range.clone(), format!("{lead}{text}"))
    }

    /// Puts what follows a colon or dash, which ends at `after`, in place of a value.
    fn replace_in_block(&self, node: &Node, after: usize, written: &str) -> Vec<Patch> {
        let (head, below) = match written.find(self.style.line_break) {
            Some(at) => written.split_at(at),
            None => (written, ""),
        };
        let value = &self.text[after..node.range.end];
        if below.is_empty() && !head.is_empty() && !node.range.is_empty() && !value.contains('\n') {
            // The blanks between a key and its value stay as they are.
            return Patch::new(node.range.clone(), head.trim_start_matches(' '));
        }
        let end = node.range.end.max(after);
        let line_end = self.lines.end(end);
        if below.is_empty() || self.text[end..line_end].trim_matches([' ', '\t']).is_empty() {
            let end = if below.is_empty() { end } else { line_end };
            return Patch::new(after..end, written);
        }
        // A comment behind the old value stays on the line of the key.
        let mut patches = Patch::new(after..end, head);
        patches.extend(Patch::new(line_end..line_end, below));
        patches
    }

    /// Adds a key to a mapping that has some, behind the key `after`, or before all others.
    pub(super) fn add(&self, path: &FieldPath, key: &str, value: &Data, after: Option<&str>) -> Patches {
        let found = self.find(path)?;
        let values = found.node.children();
        let before = match after {
            Some(after) => values.iter().find(|value| value.key().is_some_and(|key| key.text == after)),
            None => None,
        };
        let first = values.first().ok_or_else(|| nothing_there(found.node.range.clone()))?;
        if found.node.is_flow() {
            let entry = flow_entry(key, value);
            return Ok(beside_in_flow(first, before, &entry));
        }
        if found.is_in_flow() {
            return Err(Refused {
                range: found.node.range.clone(),
                message: "this mapping has no braces of its own",
                help: "put `{` and `}` around it first",
            });
        }
        first.key().map_or(Ok(()), |key| self.implicit(key))?;
        let indent = self.lines.column(first.start());
        Ok(self.beside(first, before, &self.style.entry(key, value, indent)))
    }

    /// Adds an item to a list that has some, so that it is the one at `index`.
    pub(super) fn insert(&self, path: &FieldPath, index: usize, value: &Data) -> Patches {
        let found = self.find(path)?;
        let items = found.node.children();
        let before = index.checked_sub(1).and_then(|before| items.get(before));
        let first = items.first().ok_or_else(|| nothing_there(found.node.range.clone()))?;
        if found.node.is_flow() {
            return Ok(beside_in_flow(first, before, &flow_item(value)));
        }
        let alike = items.iter().all(Node::is_flow) && matches!(value, Data::List(_) | Data::Keys(_));
        let item = match alike {
            true => format!("- {}", flow_item(value)),
            false => self.style.item(value, self.lines.column(first.start())),
        };
        Ok(self.beside(first, before, &item))
    }

    /// Adds lines to a block behind one of its values, or before the first one.
    fn beside(&self, first: &Node, before: Option<&Node>, written: &str) -> Vec<Patch> {
        let line = self.style.line(self.lines.column(first.start()));
        let Some(before) = before else {
            return Patch::new(first.start()..first.start(), format!("{written}{line}"));
        };
        let end = self.end(before);
        if end.is_line_start {
            let indented = line.trim_start_matches(['\r', '\n']);
            let written = format!("{indented}{written}{}", self.style.line_break);
            return Patch::new(end.at..end.at, written);
        }
        Patch::new(end.at..end.at, format!("{line}{written}"))
    }

    /// Takes out a key or an item, with the comment behind it. Another one must be left.
    pub(super) fn remove(&self, path: &FieldPath) -> Patches {
        let found = self.find(path)?;
        let node = found.node;
        let siblings = found.around.last().map_or(&[][..], |around| around.children());
        let index = siblings.iter().position(|one| std::ptr::eq(one, node)).unwrap_or_default();
        let next = siblings.get(index + 1);
        if found.is_in_flow() {
            let previous = index.checked_sub(1).and_then(|index| siblings.get(index));
            let range = match (next, previous) {
                (Some(next), _) => node.start()..next.start(),
                (None, Some(previous)) => previous.range.end..node.range.end,
                (None, None) => return Err(nothing_there(node.range.clone())),
            };
            self.without_comments(range.clone())?;
            return Ok(Patch::new(range, ""));
        }
        node.key().map_or(Ok(()), |key| self.implicit(key))?;
        let line = self.lines.start(node.start());
        let indentation = &self.text[line..node.start()];
        if !indentation.trim_start_matches('\u{feff}').trim_matches(' ').is_empty() {
            // It stands behind a dash, and the next one takes its place there.
            let next = next.ok_or_else(|| nothing_there(node.range.clone()))?;
            self.without_comments(node.start()..next.start())?;
            return Ok(Patch::new(node.start()..next.start(), ""));
        }
        self.without_comments(node.start()..node.range.end)?;
        let start = line + indentation.len() - indentation.trim_start_matches('\u{feff}').len();
        Ok(Patch::new(self.whole_lines(start, self.end(node)), ""))
    }

    /// The lines from one that starts at `start`, with one of the line breaks around them.
    fn whole_lines(&self, start: usize, end: End) -> Range<usize> {
        let rest = &self.text[end.at..];
        let line_break = rest.len() - rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest).len();
        if end.is_line_start {
            return start..end.at;
        }
        if line_break == 0 {
            // The file ends without a line break, and goes on doing so.
            let kept = &self.text[..start];
            let kept = kept.strip_suffix('\n').map_or(kept, |kept| kept.strip_suffix('\r').unwrap_or(kept));
            return kept.len()..end.at;
        }
        start..end.at + line_break
    }

    /// Gives a value another key.
    pub(super) fn rename(&self, path: &FieldPath, to: &str) -> Patches {
        let found = self.find(path)?;
        let key = found.node.key().ok_or_else(|| nothing_there(found.node.range.clone()))?;
        let text = match self.quote_at(&key.range) {
            Some(quote) => scalar::quoted(to, quote),
            None => scalar::one_line(to, Within::Key),
        };
        Ok(Patch::new(key.range.clone(), text))
    }

    /// Puts other words in place of some within a text, wherever `finds` finds them.
    pub(super) fn reword(&self, path: &FieldPath, finds: &dyn Fn(&str) -> Vec<Range<usize>>, to: &str) -> Patches {
        let node = self.find(path)?.node;
        let start = match node.form {
            Form::Block { content, .. } => content,
            _ => node.range.start,
        };
        let written = self.text.get(start..node.range.end).unwrap_or_default();
        let shifted = finds(written).into_iter().map(|range| start + range.start..start + range.end);
        Ok(shifted.map(|range| Patch { range, text: to.to_owned() }).collect())
    }

    fn find(&self, path: &FieldPath) -> Result<Found<'t>, Refused> {
        let mut found = Found { node: self.root, around: Vec::new() };
        for segment in &path.0 {
            let next = match (segment, &found.node.form) {
                (Segment::Index(index), Form::List { items, .. }) => items.get(*index),
                (Segment::Key(wanted), Form::Keys { values, .. }) => {
                    values.iter().find(|value| value.key().is_some_and(|key| *key.text == **wanted))
                }
                _ => None,
            };
            found.around.push(found.node);
            found.node = next.ok_or_else(|| nothing_there(found.node.range.clone()))?;
        }
        Ok(found)
    }

    /// Refuses to change bytes in which there is a comment.
    fn without_comments(&self, range: Range<usize>) -> Result<(), Refused> {
        let text = self.text.get(range.clone()).unwrap_or_default();
        for (at, _) in text.match_indices('#') {
            let at = range.start + at;
            let known = self.scalars.partition_point(|scalar| scalar.start <= at).checked_sub(1);
            if known.and_then(|known| self.scalars.get(known)).is_none_or(|scalar| scalar.end <= at) {
                return Err(Refused {
                    range: at..self.lines.end(at),
                    message: "a comment would be lost",
                    help: "move the comment out of what is changed, or delete it, and try again",
                });
            }
        }
        Ok(())
    }

    /// Refuses to change the neighbours of a key that is written behind a question mark.
    fn implicit(&self, key: &Key) -> Result<(), Refused> {
        let before = self.text[self.lines.start(key.range.start)..key.range.start].trim_end_matches([' ', '\t']);
        if !before.ends_with('?') {
            return Ok(());
        }
        Err(Refused {
            range: key.range.clone(),
            message: "this key is written behind a question mark",
            help: "write it as `key: value`, and try again",
        })
    }

    fn quote(&self, node: &Node) -> Option<Quote> {
        self.quote_at(&node.range).filter(|_| matches!(node.form, Form::Quoted(_)))
    }

    fn quote_at(&self, range: &Range<usize>) -> Option<Quote> {
        match self.text.get(range.clone())?.chars().next()? {
            '\'' => Some(Quote::Single),
            '"' => Some(Quote::Double),
            _ => None,
        }
    }

    /// Where a value of a block ends, with the comment behind it.
    fn end(&self, node: &Node) -> End {
        let mut last = node;
        while let Some(child) = last.children().last().filter(|_| !last.is_flow()) {
            last = child;
        }
        match last.form {
            // Blank lines behind such a text belong to it.
            Form::Block { keeps: true, .. } => {
                End { at: last.next, is_line_start: self.text[..last.next].ends_with('\n') }
            }
            _ => End { at: self.lines.end(last.range.end), is_line_start: false },
        }
    }
}

/// Where a value of a block ends, and whether that is the start of a line.
#[derive(Clone, Copy)]
struct End {
    at: usize,
    is_line_start: bool,
}

/// Adds something between brackets behind a value, or before the first one.
fn beside_in_flow(first: &Node, before: Option<&Node>, written: &str) -> Vec<Patch> {
    match before {
        Some(before) => Patch::new(before.range.end..before.range.end, format!(", {written}")),
        None => Patch::new(first.start()..first.start(), format!("{written}, ")),
    }
}

fn nothing_there(range: Range<usize>) -> Refused {
    Refused { range, message: "the value to change is not here", help: "name a key or an item that the file has" }
}

fn no_colon(key: &Key) -> Refused {
    Refused { range: key.range.clone(), message: "this key has no colon", help: "put a colon behind it, and try again" }
}

fn at_the_root(range: Range<usize>) -> Refused {
    Refused { range, message: "the file as a whole is not replaced", help: "change its keys, or write a new file" }
}
