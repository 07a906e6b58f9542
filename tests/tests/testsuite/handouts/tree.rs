//! Tags both ways: what an element holds is on the page, and what is on the page knows its element. No checker looks
//! at the way back, which readers take who jump into the middle of a page.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document as Pdf, Object, ObjectId};

use super::kinds::handouts;

/// Marked content of a page: the page, and its number there (MCID).
type MarkedContent = (ObjectId, i64);

/// Where the two ways differ.
pub(super) fn problems(pdf: &Pdf) -> Vec<String> {
    let root = pdf.get_dictionary(reference(pdf.catalog().unwrap(), b"StructTreeRoot")).unwrap();
    let (mut down, mut links) = (BTreeMap::new(), BTreeMap::new());
    for kid in root.get(b"K").unwrap().as_array().unwrap() {
        walk(pdf, kid.as_reference().unwrap(), &mut down, &mut links);
    }
    let back = numbers(pdf, pdf.get_dictionary(reference(root, b"ParentTree")).unwrap());
    let (mut up, mut drawn) = (BTreeMap::new(), BTreeSet::new());
    for page in pdf.get_pages().into_values() {
        let number = pdf.get_dictionary(page).unwrap().get(b"StructParents").unwrap().as_i64().unwrap();
        let owners = back.get(&number).and_then(|owners| owners.as_array().ok()).cloned().unwrap_or_default();
        up.extend((0..).zip(owners).map(|(piece, owner)| ((page, piece), owner.as_reference().ok())));
        drawn.extend(marked(pdf, page).into_iter().map(|piece| (page, piece)));
    }
    let mut problems = Vec::new();
    for piece in
        down.keys().copied().chain(up.keys().copied()).chain(drawn.iter().copied()).collect::<BTreeSet<MarkedContent>>()
    {
        let (down, up) = (down.get(&piece).copied(), up.get(&piece).copied().flatten());
        if down.is_none() || down != up || !drawn.contains(&piece) {
            problems.push(format!("{piece:?}: held by {down:?}, belongs to {up:?}, drawn: {}", drawn.contains(&piece)));
        }
    }
    for (link, element) in links {
        let number = pdf.get_dictionary(link).unwrap().get(b"StructParent").and_then(Object::as_i64);
        let up = number.ok().and_then(|number| back.get(&number)).and_then(|owner| owner.as_reference().ok());
        if up != Some(element) {
            problems.push(format!("link {link:?}: held by {element:?}, belongs to {up:?}"));
        }
    }
    problems
}

fn reference(dictionary: &Dictionary, key: &[u8]) -> ObjectId {
    dictionary.get(key).unwrap().as_reference().unwrap()
}

/// Goes down from an element, noting who holds each piece and each link.
fn walk(
    pdf: &Pdf,
    id: ObjectId,
    pieces: &mut BTreeMap<MarkedContent, ObjectId>,
    links: &mut BTreeMap<ObjectId, ObjectId>,
) {
    let Ok(kids) = pdf.get_dictionary(id).unwrap().get(b"K") else { return };
    for kid in kids.as_array().unwrap() {
        match kid {
            Object::Reference(inner) => walk(pdf, *inner, pieces, links),
            Object::Integer(number) => {
                let page = reference(pdf.get_dictionary(id).unwrap(), b"Pg");
                assert_eq!(pieces.insert((page, *number), id), None, "held twice");
            }
            Object::Dictionary(kid) if kid.has(b"MCID") => {
                let piece = (reference(kid, b"Pg"), kid.get(b"MCID").unwrap().as_i64().unwrap());
                assert_eq!(pieces.insert(piece, id), None, "held twice");
            }
            Object::Dictionary(kid) => _ = links.insert(reference(kid, b"Obj"), id),
            other => panic!("{other:?}"),
        }
    }
}

/// The entries of a tree of numbers that is one leaf.
fn numbers(pdf: &Pdf, tree: &Dictionary) -> BTreeMap<i64, Object> {
    let entries = tree.get(b"Nums").unwrap().as_array().unwrap();
    let pairs = entries.chunks(2).map(|pair| (pair[0].as_i64().unwrap(), &pair[1]));
    // Arrays may be objects of their own; elements stay references.
    pairs
        .map(|(number, entry)| match pdf.dereference(entry) {
            Ok((_, array @ Object::Array(_))) => (number, array.clone()),
            _ => (number, entry.clone()),
        })
        .collect()
}

/// The numbers of the marked pieces that a page draws.
fn marked(pdf: &Pdf, page: ObjectId) -> Vec<i64> {
    let content = Content::decode(&pdf.get_page_content(page)).unwrap();
    let properties = content.operations.iter().filter(|operation| operation.operator == "BDC");
    let numbers =
        properties.filter_map(|operation| operation.operands[1].as_dict().ok()?.get(b"MCID").ok()?.as_i64().ok());
    numbers.collect()
}

#[test]
fn tags_lead_both_ways() {
    for handout in handouts() {
        assert_eq!(problems(&Pdf::load(&handout.path).unwrap()), [""; 0], "{}", handout.name);
    }
}
