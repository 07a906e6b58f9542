//! From a path to bytes: where a value and its key stand in the text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{FieldPath, Segment, Spot};

/// Where every key and value of one document stands in the text of its file. A broken text is indexed up to where it breaks.
#[derive(Debug)]
pub struct Index {
    /// The root comes first; children come behind their parent.
    nodes: Vec<Node>,
    /// Of each value with many keys, the children by their keys: each of them may have a finding.
    by_key: BTreeMap<usize, BTreeMap<Arc<str>, usize>>,
}

/// So many keys are looked through one by one.
const FEW: usize = 16;

/// A value of a document.
#[derive(Debug)]
pub struct Node {
    /// The key of a mapping's value, and its bytes.
    pub key: Option<(Arc<str>, Range<usize>)>,
    /// Its bytes.
    pub value: Range<usize>,
    /// Whether it is a list or a mapping.
    pub holds: bool,
    /// The values in it, by their positions in the list of all.
    pub children: Vec<usize>,
}

impl Node {
    /// Its first byte, or that of its key.
    fn start(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |(_, key)| key.start)
    }

    fn contains(&self, at: usize) -> bool {
        (self.start()..=self.value.end).contains(&at)
    }
}

/// A value in the text of a file, and its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The keys and positions that lead to it.
    pub path: FieldPath,
    /// The bytes of its key; `None` for the document as a whole and for an item of a list.
    pub key: Option<Range<usize>>,
    /// The bytes of the value, quotes and brackets included; empty where nothing is written.
    pub value: Range<usize>,
}

impl Field {
    fn new(path: FieldPath, node: &Node) -> Self {
        Self { path, key: node.key.as_ref().map(|(_, range)| range.clone()), value: node.value.clone() }
    }
}

impl Index {
    /// The values of a document: the root comes first, and children come behind their parent.
    pub fn new(nodes: Vec<Node>) -> Self {
        let key = |child: &usize| Some((Arc::clone(&nodes.get(*child)?.key.as_ref()?.0), *child));
        let many = nodes.iter().enumerate().filter(|(_, node)| node.children.len() > FEW);
        // Of keys that are the same, the first is found.
        let by_key = many.map(|(at, node)| (at, node.children.iter().rev().filter_map(key).collect())).collect();
        Self { nodes, by_key }
    }

    /// The child of a value at such a key.
    fn child(&self, parent: usize, key: &Arc<str>) -> Option<usize> {
        if let Some(children) = self.by_key.get(&parent) {
            return children.get(key).copied();
        }
        let key_of = |child: usize| self.nodes.get(child)?.key.as_ref();
        self.nodes
            .get(parent)?
            .children
            .iter()
            .copied()
            .find(|child| key_of(*child).is_some_and(|(text, _)| text == key))
    }

    /// The bytes of a spot in `text`, the whole file, as a reader wants to see them: a value that fills several
    /// lines is shown by its key, and a path that does not exist by the nearest thing around it.
    pub(crate) fn locate(&self, text: &str, spot: &Spot) -> Option<Range<usize>> {
        match spot {
            Spot::Whole | Spot::At { .. } => Some(0..0),
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
    pub fn written<'t>(&self, text: &'t str, path: &FieldPath) -> Option<&'t str> {
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

    /// Exactly where the value at a path and its key are; `None` if there is no such value.
    pub(crate) fn field(&self, path: &FieldPath) -> Option<Field> {
        self.exact(path).map(|node| Field::new(path.clone(), node))
    }

    /// The innermost value that contains the byte `at`, or whose key does. The byte behind a word belongs to it, because that is
    /// where a cursor is after typing.
    pub(crate) fn field_at(&self, at: usize) -> Option<Field> {
        let mut node = self.nodes.first().filter(|root| root.contains(at))?;
        let mut path = FieldPath::root();
        loop {
            // Children come in the order of their bytes.
            let starts_before = |child: &usize| self.nodes.get(*child).is_some_and(|child| child.start() <= at);
            let Some(last) = node.children.partition_point(starts_before).checked_sub(1) else { break };
            let Some(child) = node.children.get(last).and_then(|child| self.nodes.get(*child)) else { break };
            if !child.contains(at) {
                break;
            }
            path = match &child.key {
                Some((key, _)) => path.key(Arc::clone(key)),
                None => path.index(last),
            };
            node = child;
        }
        Some(Field::new(path, node))
    }

    fn exact(&self, path: &FieldPath) -> Option<&Node> {
        let (node, missing) = self.nearest(path)?;
        (missing == 0).then_some(node)
    }

    /// The deepest node on a path, and how many of the path's segments do not exist.
    fn nearest(&self, path: &FieldPath) -> Option<(&Node, usize)> {
        let (mut at, mut node) = (0, self.nodes.first()?);
        for (depth, segment) in path.0.iter().enumerate() {
            let child = match segment {
                Segment::Index(index) => node.children.get(*index).copied(),
                Segment::Key(key) => self.child(at, key),
            };
            let child = child.and_then(|child| Some((child, self.nodes.get(child)?)));
            let child = child.filter(|(_, child)| matches!(segment, Segment::Key(_)) || child.key.is_none());
            match child {
                Some(child) => (at, node) = child,
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

#[cfg(test)]
mod tests {
    use super::{FEW, Index, Node};
    use crate::diagnostic::FieldPath;

    #[test]
    fn the_first_of_a_key_is_found_among_few_and_many() {
        for count in [FEW / 2, 4 * FEW] {
            let child = |at: usize| Node {
                key: Some((format!("key-{}", at % (count - 1)).into(), at..at)),
                value: at..at,
                holds: false,
                children: Vec::new(),
            };
            let root = Node { key: None, value: 0..count, holds: true, children: (1..=count).collect() };
            let index = Index::new(std::iter::once(root).chain((0..count).map(child)).collect());
            let found = |key: String| index.field(&FieldPath::root().key(key)).map(|field| field.value.start);
            assert_eq!(found("key-0".into()), Some(0), "the last of {count} has it again");
            assert_eq!(found(format!("key-{}", count - 2)), Some(count - 2));
            assert_eq!(found(format!("key-{count}")), None);
        }
    }
}
