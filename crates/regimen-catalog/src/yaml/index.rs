//! From a path to bytes: where a value and its key stand in the text.

use std::ops::Range;
use std::sync::Arc;

use super::MAX_DEPTH;
use super::events::{Event, Events};
use crate::diagnostic::{FieldPath, Segment, Spot};

/// Where every key and value of one YAML text stands. A broken text is indexed up to where it breaks.
#[derive(Debug)]
pub(crate) struct Index {
    /// The root comes first; children come behind their parent.
    nodes: Vec<Node>,
}

#[derive(Debug)]
struct Node {
    /// The key of a mapping's value.
    key: Option<(Arc<str>, Range<usize>)>,
    value: Range<usize>,
    /// Whether it is a list or a mapping.
    holds: bool,
    children: Vec<usize>,
}

impl Index {
    /// Indexes the YAML part of a file, which starts at the byte `base`.
    pub(crate) fn new(yaml: &str, base: usize) -> Self {
        let mut builder = Builder { yaml, base, nodes: Vec::new(), open: Vec::new() };
        for event in Events::new(yaml).map_while(Result::ok) {
            if builder.event(event).is_none() {
                break;
            }
        }
        builder.close_all();
        Self { nodes: builder.nodes }
    }

    /// The bytes of a spot in `text`, the whole file, as a reader wants to see them: a value that fills several
    /// lines is shown by its key, and a path that does not exist by the nearest thing around it.
    pub(crate) fn locate(&self, text: &str, spot: &Spot) -> Option<Range<usize>> {
        match spot {
            Spot::Whole => Some(0..0),
            Spot::Bytes(range) => Some(range.start..range.end),
            Spot::Text(needle) => text.find(&**needle).map(|start| start..start + needle.len()),
            Spot::Value(path) => self.shown(text, path),
            Spot::Key(path) => {
                let key = self.exact(path).and_then(|node| node.key.as_ref());
                key.map(|(_, range)| range.clone()).or_else(|| self.shown(text, path))
            }
            Spot::Within(path, needle) => {
                let found = self.exact(path).and_then(|node| {
                    let at = text.get(node.value.clone())?.find(needle.as_ref()).filter(|_| !needle.is_empty())?;
                    Some(node.value.start + at..node.value.start + at + needle.len())
                });
                found.or_else(|| self.shown(text, path))
            }
        }
    }

    /// The text of the single value at a path, as it is written.
    pub(super) fn written<'t>(&self, text: &'t str, path: &FieldPath) -> Option<&'t str> {
        let node = self.exact(path).filter(|node| !node.holds)?;
        text.get(node.value.clone())
    }

    /// The bytes of each item of the list at a path, if the list is in brackets; `None` for an item in quotes, and for one
    /// that is itself a list or has keys.
    pub(crate) fn in_brackets(&self, text: &str, path: &FieldPath) -> Option<Vec<Option<Range<usize>>>> {
        let list = self.exact(path).filter(|node| node.holds)?;
        if !text.get(list.value.clone())?.starts_with('[') {
            return None;
        }
        let items = list.children.iter().filter_map(|child| self.nodes.get(*child));
        let bare = items.map(|item| {
            let written = text.get(item.value.clone()).filter(|_| !item.holds)?;
            (!written.starts_with(['"', '\''])).then(|| item.value.clone())
        });
        Some(bare.collect())
    }

    fn exact(&self, path: &FieldPath) -> Option<&Node> {
        let (node, missing) = self.nearest(path)?;
        (missing == 0).then_some(node)
    }

    /// The deepest node on a path, and how many of the path's segments do not exist.
    fn nearest(&self, path: &FieldPath) -> Option<(&Node, usize)> {
        let mut node = self.nodes.first()?;
        for (depth, segment) in path.0.iter().enumerate() {
            let mut children = node.children.iter().filter_map(|child| self.nodes.get(*child));
            let child = match segment {
                // A list may be long, and each of its items may have a finding.
                Segment::Index(index) => node.children.get(*index).and_then(|child| self.nodes.get(*child)),
                Segment::Key(key) => children.find(|child| child.key.as_ref().is_some_and(|(text, _)| text == key)),
            };
            let child = child.filter(|child| matches!(segment, Segment::Key(_)) || child.key.is_none());
            match child {
                Some(child) => node = child,
                None => return Some((node, path.0.len() - depth)),
            }
        }
        Some((node, 0))
    }

    fn shown(&self, text: &str, path: &FieldPath) -> Option<Range<usize>> {
        let (node, missing) = self.nearest(path)?;
        let value = text.get(node.value.clone())?;
        let one_line = !value.contains('\n');
        if missing == 0 && !value.is_empty() && (one_line || !node.holds) {
            return Some(node.value.clone());
        }
        if let Some((_, key)) = &node.key {
            return Some(key.clone());
        }
        let first_line = value.lines().next().unwrap_or_default().trim_end();
        Some(node.value.start..node.value.start + first_line.len())
    }
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
    fn event(&mut self, (event, range): (Event<'_>, Range<usize>)) -> Option<()> {
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
