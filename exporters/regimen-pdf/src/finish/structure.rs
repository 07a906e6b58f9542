//! The reading order as a structure tree (PDF/UA-1): elements, the marked pieces of pages, links.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::extras::Annotation;
use super::{File, text};
use crate::layout::{Ink, Laid, Node, Numbering, Owner, Role, Scope, Tree};
use crate::paint::tag;

/// What an element holds.
enum Kid {
    Element(usize),
    /// A marked piece: page and number.
    Marked(usize, usize),
    /// A link on a page.
    Object(ObjectId, usize),
}

impl Kid {
    fn page(&self) -> Option<usize> {
        match self {
            Self::Marked(page, _) => Some(*page),
            Self::Element(_) | Self::Object(..) => None,
        }
    }
}

impl File<'_> {
    /// Writes the tree and returns its root.
    pub(super) fn structure(&mut self, laid: &Laid, marked: &[Vec<usize>], links: &[Annotation]) -> ObjectId {
        let kids = kids(&laid.tree, marked, links);
        let root = self.raw.new_object_id();
        let ids: Vec<ObjectId> = laid.tree.nodes.iter().map(|_| self.raw.new_object_id()).collect();
        let boxes = picture_boxes(laid);
        let alive = alive(&laid.tree, &kids);
        for (at, node) in laid.tree.nodes.iter().enumerate().filter(|(at, _)| alive.contains(at)) {
            let parent = node.parent.map_or(root, |parent| ids[parent]);
            let kids = kids[at].iter().filter(|kid| !matches!(kid, Kid::Element(kid) if !alive.contains(kid)));
            let home = kids.clone().find_map(Kid::page);
            let kids: Vec<Object> = kids.map(|kid| self.kid(kid, home, &ids)).collect();
            let mut element = dictionary! {
                "Type" => "StructElem",
                "S" => tag(node.role),
                "P" => parent,
            };
            if !kids.is_empty() {
                element.set("K", kids);
            }
            if let Some(page) = home {
                element.set("Pg", self.pages[page]);
            }
            describe(node, &mut element);
            if let Some((page, area)) = boxes.get(&at) {
                element.set("Pg", self.pages[*page]);
                let area: Vec<Object> = area.iter().map(|edge| Object::Real(*edge)).collect();
                element.set("A", dictionary! { "O" => "Layout", "Placement" => "Block", "BBox" => area });
            }
            self.raw.set_object(ids[at], element);
        }
        let parents = self.parent_tree(marked, links, &ids);
        let mut tree = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![ids[Tree::ROOT].into()],
            "ParentTree" => parents,
            "ParentTreeNextKey" => (marked.len() + links.len()) as i64,
        };
        let named = laid.tree.nodes.iter().enumerate().filter(|(at, _)| alive.contains(at));
        let mut named: Vec<(String, ObjectId)> = named
            .filter_map(|(at, node)| match node.role {
                Role::Note(number) => Some((note_id(number), ids[at])),
                _ => None,
            })
            .collect();
        named.sort();
        if !named.is_empty() {
            let names = named.into_iter().flat_map(|(name, id)| [Object::string_literal(name), id.into()]);
            let names: Vec<Object> = names.collect();
            tree.set("IDTree", self.raw.add_object(dictionary! { "Names" => names }));
        }
        self.raw.set_object(root, tree);
        root
    }

    /// A marked piece is a mere number on the page that its element names.
    fn kid(&self, kid: &Kid, home: Option<usize>, ids: &[ObjectId]) -> Object {
        match kid {
            Kid::Element(node) => ids[*node].into(),
            Kid::Marked(page, number) if home == Some(*page) => (*number as i64).into(),
            Kid::Marked(page, number) => dictionary! {
                "Type" => "MCR",
                "Pg" => self.pages[*page],
                "MCID" => *number as i64,
            }
            .into(),
            Kid::Object(id, page) => dictionary! { "Type" => "OBJR", "Pg" => self.pages[*page], "Obj" => *id }.into(),
        }
    }

    /// The way back: from the marked pieces of each page, and from each link, to their elements.
    fn parent_tree(&mut self, marked: &[Vec<usize>], links: &[Annotation], ids: &[ObjectId]) -> ObjectId {
        let mut numbers: Vec<Object> = Vec::new();
        for (page, nodes) in marked.iter().enumerate() {
            let owners: Vec<Object> = nodes.iter().map(|node| ids[*node].into()).collect();
            numbers.extend([(page as i64).into(), owners.into()]);
            let id = self.pages[page];
            self.set(id, "StructParents", (page as i64).into());
            self.set(id, "Tabs", "S".into());
        }
        for (at, link) in links.iter().enumerate() {
            let number = (marked.len() + at) as i64;
            numbers.extend([number.into(), ids[link.node].into()]);
            self.set(link.id, "StructParent", number.into());
        }
        self.raw.add_object(dictionary! { "Nums" => numbers })
    }
}

/// The name of a footnote among elements; names are in order as their numbers are.
fn note_id(number: u32) -> String {
    format!("note-{number:06}")
}

/// What each element holds, in reading order.
fn kids(tree: &Tree, marked: &[Vec<usize>], links: &[Annotation]) -> Vec<Vec<Kid>> {
    let mut kids: Vec<Vec<Kid>> = tree.nodes.iter().map(|_| Vec::new()).collect();
    let mut placed = vec![false; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate().filter(|(_, node)| !node.inline) {
        if let Some(parent) = node.parent {
            kids[parent].push(Kid::Element(at));
        }
    }
    for (page, nodes) in marked.iter().enumerate() {
        for (number, node) in nodes.iter().enumerate() {
            let mut at = *node;
            // One within another takes both places at once.
            while let (true, false, Some(parent)) = (tree.nodes[at].inline, placed[at], tree.nodes[at].parent) {
                kids[parent].push(Kid::Element(at));
                placed[at] = true;
                at = parent;
            }
            kids[*node].push(Kid::Marked(page, number));
        }
    }
    for link in links {
        kids[link.node].push(Kid::Object(link.id, link.page));
    }
    kids
}

/// The elements that hold something; a blank cell is still a cell. Elements come after their parents.
fn alive(tree: &Tree, kids: &[Vec<Kid>]) -> BTreeSet<usize> {
    let mut alive = BTreeSet::from([Tree::ROOT]);
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let holds = kids[at].iter().any(|kid| match kid {
            Kid::Element(inner) => alive.contains(inner),
            Kid::Marked(..) | Kid::Object(..) => true,
        });
        if holds || matches!(node.role, Role::Cell(_) | Role::HeaderCell(_)) {
            alive.insert(at);
        }
    }
    alive
}

fn describe(node: &Node, element: &mut Dictionary) {
    if let Some(language) = &node.language {
        element.set("Lang", text(language.as_str()));
    }
    match node.role {
        Role::HeaderCell(scope) => {
            let scope = match scope {
                Scope::Column => "Column",
                Scope::Row => "Row",
            };
            element.set("A", dictionary! { "O" => "Table", "Scope" => scope });
        }
        Role::Cell(span) if span > 1 => {
            element.set("A", dictionary! { "O" => "Table", "ColSpan" => span as i64 });
        }
        Role::List(numbering) => {
            let numbering = match numbering {
                Numbering::None => "None",
                Numbering::Disc => "Disc",
                Numbering::Decimal => "Decimal",
            };
            element.set("A", dictionary! { "O" => "List", "ListNumbering" => numbering });
        }
        Role::Table if !node.alt.is_empty() => {
            element.set("A", dictionary! { "O" => "Table", "Summary" => text(&node.alt) });
        }
        Role::Figure => element.set("Alt", text(&node.alt)),
        Role::Struck => element.set("A", dictionary! { "O" => "Layout", "TextDecorationType" => "LineThrough" }),
        Role::Note(number) => element.set("ID", Object::string_literal(note_id(number))),
        _ => {}
    }
}

/// Page and box of each picture, in the coordinates of the file.
fn picture_boxes(laid: &Laid) -> BTreeMap<usize, (usize, [f32; 4])> {
    let mut boxes = BTreeMap::new();
    for (number, page) in laid.pages.iter().enumerate() {
        for item in &page.items {
            if let (Ink::Picture(_), Owner::Node(node)) = (&item.ink, item.owner) {
                let bottom = laid.sheet.height - item.y - item.height;
                boxes.insert(node, (number, [item.x, bottom, item.x + item.width, bottom + item.height]));
            }
        }
    }
    boxes
}
