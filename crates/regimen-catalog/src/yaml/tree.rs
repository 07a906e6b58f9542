//! The tree that a YAML text means, built from the events that the strict reader accepts.

use serde_yaml::{Mapping, Value as Tree};

use super::events::{Event, ScalarStyle};
use super::plain;

/// Authors may keep notes of their own under keys that start like this.
const PRIVATE: &str = "x-";

/// Builds a tree event by event. What the strict reader refuses gives a tree that nobody uses.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    root: Tree,
}

/// A list or mapping that is being built.
enum Open {
    List(Vec<Tree>),
    /// A mapping, and the key whose value comes next.
    Keys(Mapping, Option<Tree>),
}

impl Builder {
    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => self.add(plain::resolve(text.into_owned())),
            Event::Scalar(text, ..) => self.add(Tree::String(text.into_owned())),
            Event::Alias(_) => self.add(Tree::Null),
            Event::SequenceStart(..) => self.open.push(Open::List(Vec::new())),
            Event::MappingStart(..) => self.open.push(Open::Keys(Mapping::new(), None)),
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(Open::List(items)) => self.add(Tree::Sequence(items)),
                Some(Open::Keys(mapping, _)) => self.add(Tree::Mapping(mapping)),
                None => {}
            },
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) | Event::DocumentEnd => {}
        }
    }

    /// The whole tree, without private keys.
    pub(super) fn finish(self) -> Tree {
        self.root
    }

    fn add(&mut self, tree: Tree) {
        match self.open.last_mut() {
            None => self.root = tree,
            Some(Open::List(items)) => items.push(tree),
            Some(Open::Keys(mapping, next)) => match next.take() {
                None => *next = Some(tree),
                Some(Tree::String(key)) if key.starts_with(PRIVATE) => {}
                Some(key) => {
                    mapping.insert(key, tree);
                }
            },
        }
    }
}
