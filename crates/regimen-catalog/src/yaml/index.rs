//! Where the values and keys of a YAML text stand in it.

use std::ops::Range;
use std::sync::Arc;

use regimen_model::source::{Index, Node};

use super::MAX_DEPTH;
use super::events::{Event, Events};

/// Indexes the YAML in the bytes `range` of a file.
pub(crate) fn index(text: &str, range: Range<usize>) -> Index {
    let (yaml, base) = (text.get(range.clone()).unwrap_or_default(), range.start);
    let mut builder = Builder { yaml, base, nodes: Vec::new(), open: Vec::new() };
    for (event, range) in Events::new(yaml).map_while(Result::ok) {
        if builder.event(event, range).is_none() {
            break;
        }
    }
    builder.close_all();
    Index::new(builder.nodes)
}

/// A list or mapping that is being indexed.
struct Open {
    /// Its node; `None` inside of a key that is itself a list or mapping.
    node: Option<usize>,
    mapping: bool,
    key: Option<(Arc<str>, Range<usize>)>,
    key_next: bool,
}

struct Builder<'t> {
    yaml: &'t str,
    base: usize,
    nodes: Vec<Node>,
    open: Vec<Open>,
}

impl Builder<'_> {
    /// Takes one event; `None` where indexing ends.
    fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Option<()> {
        match event {
            Event::Scalar(text, ..) => self.leaf(Some(&text), range),
            Event::Alias(_) => self.leaf(None, range),
            Event::SequenceStart(..) => return self.enter(range, false),
            Event::MappingStart(..) => return self.enter(range, true),
            Event::SequenceEnd | Event::MappingEnd => self.close(Some(range)),
            Event::DocumentEnd => return None,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
        Some(())
    }

    fn leaf(&mut self, text: Option<&str>, range: Range<usize>) {
        // A block scalar ends behind its line breaks.
        let end = range.start + self.yaml[range.clone()].trim_end().len();
        let range = self.base + range.start..self.base + end;
        match self.open.last_mut() {
            Some(open) if open.mapping && open.key_next => {
                open.key_next = false;
                open.key = Some((text.unwrap_or_default().into(), range));
            }
            _ => {
                self.add(range, false);
            }
        }
    }

    fn enter(&mut self, range: Range<usize>, mapping: bool) -> Option<()> {
        if self.open.len() == MAX_DEPTH {
            return None;
        }
        let as_key = self.open.last().is_some_and(|open| open.mapping && open.key_next);
        let node = if as_key {
            let key = (Arc::from(""), self.base + range.start..self.base + range.end);
            self.open.last_mut()?.key = Some(key);
            self.open.last_mut()?.key_next = false;
            None
        } else {
            self.add(self.base + range.start..self.base + range.end, true)
        };
        self.open.push(Open { node, mapping, key: None, key_next: mapping });
        Some(())
    }

    /// Adds a value to the list or mapping around it.
    fn add(&mut self, value: Range<usize>, holds: bool) -> Option<usize> {
        let id = self.nodes.len();
        let mut key = None;
        if let Some(open) = self.open.last_mut() {
            key = open.key.take();
            open.key_next = open.mapping;
            let parent = open.node?;
            self.nodes.get_mut(parent)?.children.push(id);
        }
        self.nodes.push(Node { key, value, holds, children: Vec::new() });
        Some(id)
    }

    fn close(&mut self, end: Option<Range<usize>>) {
        let Some(id) = self.open.pop().and_then(|open| open.node) else {
            return;
        };
        let bracket = end.filter(|end| self.yaml[end.start..].starts_with([']', '}']));
        let last = self.nodes.get(id).and_then(|node| node.children.last()).and_then(|child| self.nodes.get(*child));
        let end = match (bracket, last) {
            (Some(bracket), _) => self.base + bracket.start + 1,
            (None, Some(last)) => last.value.end.max(last.key.as_ref().map_or(0, |(_, key)| key.end)),
            (None, None) => return,
        };
        if let Some(node) = self.nodes.get_mut(id) {
            node.value.end = end.max(node.value.start);
        }
    }

    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
    }
}
