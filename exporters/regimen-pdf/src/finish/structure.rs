//! The reading order as a structure tree (PDF/UA-1): elements, the marked pieces of pages, links.

use std::collections::BTreeMap;

use lopdf::{Object, ObjectId, dictionary};

use super::extras::Annotation;
use super::write::{RawObject, number, reference, write_object};
use super::{File, text};
use crate::layout::{Ink, LaidOut, Node, Numbering, Owner, Role, Scope, Tree};

/// A child of an element.
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

/// An element of the tree with its children.
struct Element<'a, K> {
    node: &'a Node,
    parent: ObjectId,
    kids: K,
    /// Page and box, if it is a picture.
    picture: Option<(usize, [f32; 4])>,
}

impl File<'_> {
    /// Writes the tree and returns its root.
    pub(super) fn structure(&mut self, laid: &LaidOut, marked: &[Vec<usize>], links: &[Annotation]) -> ObjectId {
        let kids = kids(&laid.tree, marked, links);
        let root = self.raw.new_object_id();
        let ids: Vec<ObjectId> = laid.tree.nodes.iter().map(|_| self.raw.new_object_id()).collect();
        let boxes = picture_boxes(laid);
        let alive = alive(&laid.tree, &kids);
        for (at, node) in laid.tree.nodes.iter().enumerate().filter(|(at, _)| alive[*at]) {
            let parent = node.parent.map_or(root, |parent| ids[parent]);
            let kids = kids[at].iter().filter(|kid| !matches!(kid, Kid::Element(kid) if !alive[*kid]));
            let element = Element { node, parent, kids, picture: boxes.get(&at).copied() };
            let written = self.element(element, &ids);
            self.own.insert(ids[at].0, RawObject::Written(written));
        }
        let parents = self.parent_tree(marked, links, &ids);
        let mut tree = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => vec![ids[Tree::ROOT].into()],
            "ParentTree" => parents,
            "ParentTreeNextKey" => (marked.len() + links.len()) as i64,
        };
        let named = laid.tree.nodes.iter().enumerate().filter(|(at, _)| alive[*at]);
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

    /// An element as it is in the file. There are thousands in a document, so that they are written at once and not put
    /// together from objects first.
    fn element<'k>(&self, element: Element<'_, impl Iterator<Item = &'k Kid> + Clone>, ids: &[ObjectId]) -> Vec<u8> {
        let Element { node, parent, kids, picture } = element;
        let home = kids.clone().find_map(Kid::page);
        let page = picture.map(|(page, _)| page).or(home);
        let mut out = Vec::with_capacity(128);
        out.extend(b"<</Type/StructElem/S/");
        out.extend(node.role.tag().as_bytes());
        out.extend(b"/P ");
        reference(parent, &mut out);
        let mut opened = false;
        for kid in kids {
            out.extend(if opened { b" ".as_slice() } else { b"/K[" });
            self.kid(kid, home, ids, &mut out);
            opened = true;
        }
        out.extend(if opened { b"]".as_slice() } else { b"" });
        let on_page = |out: &mut Vec<u8>| {
            if let Some(page) = page {
                out.extend(b"/Pg ");
                reference(self.pages[page], out);
            }
        };
        if home.is_some() {
            on_page(&mut out);
        }
        describe(node, &mut out);
        if home.is_none() {
            on_page(&mut out);
        }
        if let Some((_, area)) = picture {
            out.extend(b"/A<</O/Layout/Placement/Block/BBox");
            write_object(&area.map(Object::Real).to_vec().into(), &mut out);
            out.extend(b">>");
        }
        out.extend(b">>");
        out
    }

    /// A marked piece is a mere number on the page that its element names.
    fn kid(&self, kid: &Kid, home: Option<usize>, ids: &[ObjectId], out: &mut Vec<u8>) {
        match kid {
            Kid::Element(node) => reference(ids[*node], out),
            Kid::Marked(page, piece) if home == Some(*page) => number(*piece as i64, out),
            Kid::Marked(page, piece) => {
                out.extend(b"<</Type/MCR/Pg ");
                reference(self.pages[*page], out);
                out.extend(b"/MCID ");
                number(*piece as i64, out);
                out.extend(b">>");
            }
            Kid::Object(id, page) => {
                out.extend(b"<</Type/OBJR/Pg ");
                reference(self.pages[*page], out);
                out.extend(b"/Obj ");
                reference(*id, out);
                out.extend(b">>");
            }
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

/// The children of each element, in reading order.
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
            // One within another takes both destinations at once.
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

/// Whether each element has content; a blank cell is still a cell. Elements come after their parents.
fn alive(tree: &Tree, kids: &[Vec<Kid>]) -> Vec<bool> {
    let mut alive = vec![false; tree.nodes.len()];
    for (at, node) in tree.nodes.iter().enumerate().rev() {
        let holds = kids[at].iter().any(|kid| match kid {
            Kid::Element(inner) => alive[*inner],
            Kid::Marked(..) | Kid::Object(..) => true,
        });
        alive[at] = at == Tree::ROOT || holds || matches!(node.role, Role::Cell(_) | Role::HeaderCell(_));
    }
    alive
}

/// Writes what an element means.
fn describe(node: &Node, out: &mut Vec<u8>) {
    let mut entry = |key: &str, value: &Object| {
        out.extend(key.as_bytes());
        write_object(value, out);
    };
    if let Some(language) = &node.language {
        entry("/Lang", &text(language.as_str()));
    }
    match node.role {
        Role::Table if !node.alt.is_empty() => {
            entry("/A<</O/Table/Summary", &text(&node.alt));
            out.extend(b">>");
        }
        Role::Figure => entry("/Alt", &text(&node.alt)),
        Role::Note(number) => entry("/ID", &Object::string_literal(note_id(number))),
        Role::Cell(span) if span > 1 => {
            out.extend(b"/A<</O/Table/ColSpan ");
            number(span as i64, out);
            out.extend(b">>");
        }
        role => out.extend(attributes(role).as_bytes()),
    }
}

/// What is said of every element of a role.
const fn attributes(role: Role) -> &'static str {
    match role {
        Role::HeaderCell(Scope::Column) => "/A<</O/Table/Scope/Column>>",
        Role::HeaderCell(Scope::Row) => "/A<</O/Table/Scope/Row>>",
        Role::List(Numbering::None) => "/A<</O/List/ListNumbering/None>>",
        Role::List(Numbering::Disc) => "/A<</O/List/ListNumbering/Disc>>",
        Role::List(Numbering::Decimal) => "/A<</O/List/ListNumbering/Decimal>>",
        Role::Struck => "/A<</O/Layout/TextDecorationType/LineThrough>>",
        _ => "",
    }
}

/// Page and box of each picture, in the coordinates of the file.
fn picture_boxes(laid: &LaidOut) -> BTreeMap<usize, (usize, [f32; 4])> {
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
