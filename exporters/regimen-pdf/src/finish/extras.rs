//! What is beside the pages: links that can be clicked, and bookmarks.

use lopdf::{Object, ObjectId, dictionary};

use super::{File, rectangle, text};
use crate::layout::{Destination, Goal, Ink, LaidOut, Owner, Page};

/// A link on a page.
pub(super) struct Annotation {
    pub(super) id: ObjectId,
    pub(super) page: usize,
    pub(super) node: usize,
}

/// A area of a line that belongs to one link: left, top, right, bottom.
struct LinkArea {
    link: usize,
    edges: [f32; 4],
}

impl File<'_> {
    /// Adds an annotation for each line of each link.
    pub(super) fn annotations(&mut self, laid: &LaidOut) -> Vec<Annotation> {
        let mut all = Vec::new();
        for (number, page) in laid.pages.iter().enumerate() {
            let mut ids: Vec<Object> = Vec::new();
            for area in link_areas(page) {
                let link = &laid.links[area.link];
                let mut annotation = dictionary! {
                    "Type" => "Annot",
                    "Subtype" => "Link",
                    "Rect" => rectangle(area.edges, laid.sheet.height),
                    "Border" => vec![0.into(), 0.into(), 0.into()],
                    "F" => 4,
                    "Contents" => text(&link.text),
                };
                match &link.goal {
                    Goal::Url(address) => {
                        annotation.set("A", dictionary! { "S" => "URI", "URI" => address_of(address) });
                    }
                    Goal::Anchor(anchor) => {
                        let Some(place) = laid.destinations.iter().find(|place| place.anchor == *anchor) else {
                            continue;
                        };
                        annotation.set("Dest", self.destination(laid, place));
                    }
                }
                let id = self.raw.add_object(annotation);
                ids.push(id.into());
                all.push(Annotation { id, page: number, node: link.node });
            }
            let id = self.pages[number];
            if ids.is_empty() {
                if let Some(page) = self.dictionary(id) {
                    page.remove(b"Annots");
                }
            } else {
                self.set(id, "Annots", ids.into());
            }
        }
        all
    }

    fn destination(&self, laid: &LaidOut, place: &Destination) -> Object {
        let top = (laid.sheet.height - place.y + 8.0).round();
        vec![self.pages[place.page].into(), "XYZ".into(), Object::Null, Object::Real(top), Object::Null].into()
    }

    /// Bookmarks in the order of the document, nested by level.
    pub(super) fn outlines(&mut self, laid: &LaidOut) -> Option<ObjectId> {
        let marks = bookmarks(laid);
        if marks.is_empty() {
            return None;
        }
        let root = self.raw.new_object_id();
        let ids: Vec<ObjectId> = marks.iter().map(|_| self.raw.new_object_id()).collect();
        let parents = parents(&marks.iter().map(|(_, level, _)| *level).collect::<Vec<_>>());
        let children = |of: Option<usize>| -> Vec<usize> {
            parents.iter().enumerate().filter(|(_, parent)| **parent == of).map(|(at, _)| at).collect()
        };
        for (at, (place, _, title)) in marks.iter().enumerate() {
            let siblings = children(parents[at]);
            let position = siblings.iter().position(|sibling| *sibling == at).unwrap_or(0);
            let mut entry = dictionary! {
                "Title" => text(title),
                "Parent" => parents[at].map_or(root, |parent| ids[parent]),
                "Dest" => self.destination(laid, place),
            };
            if position > 0 {
                entry.set("Prev", ids[siblings[position - 1]]);
            }
            if let Some(next) = siblings.get(position + 1) {
                entry.set("Next", ids[*next]);
            }
            let inner = children(Some(at));
            if let (Some(first), Some(last)) = (inner.first(), inner.last()) {
                entry.set("First", ids[*first]);
                entry.set("Last", ids[*last]);
                entry.set("Count", descendants(&parents, at));
            }
            self.raw.set_object(ids[at], entry);
        }
        let top = children(None);
        let (first, last) = (*top.first()?, *top.last()?);
        self.raw.set_object(
            root,
            dictionary! {
                "Type" => "Outlines",
                "First" => ids[first],
                "Last" => ids[last],
                "Count" => marks.len() as i64,
            },
        );
        Some(root)
    }
}

/// The destinations that are bookmarks, with level and title.
fn bookmarks(laid: &LaidOut) -> Vec<(&Destination, u8, &str)> {
    let marks = laid
        .destinations
        .iter()
        .filter_map(|place| place.bookmark.as_ref().map(|(level, title)| (place, *level, title.as_str())));
    marks.filter(|(_, _, title)| !title.trim().is_empty()).collect()
}

/// The parent of each entry, from their levels.
fn parents(levels: &[u8]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let mut parents = Vec::with_capacity(levels.len());
    for (at, level) in levels.iter().enumerate() {
        while open.last().is_some_and(|last| levels[*last] >= *level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(at);
    }
    parents
}

fn descendants(parents: &[Option<usize>], of: usize) -> i64 {
    // Entries come after their parents.
    let mut below = vec![false; parents.len()];
    for at in of + 1..parents.len() {
        below[at] = parents[at].is_some_and(|parent| parent == of || below[parent]);
    }
    below.iter().filter(|below| **below).count() as i64
}

/// The areas of links on a page; neighbours on one line are one.
fn link_areas(page: &Page) -> Vec<LinkArea> {
    let mut link_areas: Vec<LinkArea> = Vec::new();
    for item in &page.items {
        let (Ink::Text { part, .. }, Owner::Node(_)) = (&item.ink, item.owner) else {
            continue;
        };
        let Some(link) = part.link else { continue };
        let edges = [item.x, item.y, item.x + item.width, item.y + item.height * 1.15];
        match link_areas.last_mut() {
            Some(last) if last.link == link && (last.edges[1] - item.y).abs() < 2.0 => {
                last.edges[2] = last.edges[2].max(edges[2]);
            }
            _ => link_areas.push(LinkArea { link, edges }),
        }
    }
    link_areas
}

/// An address in ASCII.
fn address_of(address: &str) -> Object {
    let mut ascii = String::with_capacity(address.len());
    for byte in address.bytes() {
        if byte.is_ascii_graphic() {
            ascii.push(char::from(byte));
        } else {
            ascii.push_str(&format!("%{byte:02X}"));
        }
    }
    Object::string_literal(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_nest_by_level() {
        let parents = parents(&[1, 2, 2, 3, 1, 3]);
        assert_eq!(parents, [None, Some(0), Some(0), Some(2), None, Some(4)]);
        assert_eq!(descendants(&parents, 0), 3);
    }
}
