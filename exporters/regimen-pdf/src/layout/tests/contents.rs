//! Tables of contents: every heading with the page on which it is.

use super::*;

fn chapters(count: usize, sections: usize, lines: usize) -> Document {
    let text = "text that goes on ".repeat(lines * 5);
    let mut blocks = Vec::new();
    for chapter in 0..count {
        blocks.extend([heading(1, &format!("Chapter {chapter}")), paragraph(&text)]);
        for section in 0..sections {
            blocks.extend([heading(2, &format!("Section {chapter}x{section}")), paragraph(&text)]);
        }
    }
    document("A long guide", blocks)
}

/// The lines of the table of contents: title, page as printed, and the page on which the heading is.
fn entries(laid: &LaidOut) -> Vec<(String, String, String)> {
    let links = laid.links.iter().filter(|link| {
        let parent = laid.tree.nodes[link.node].parent.map(|parent| laid.tree.nodes[parent].role);
        parent == Some(Role::Reference)
    });
    let shown = |node: usize| {
        let items = laid.pages.iter().flat_map(|page| &page.items).filter(move |item| item.owner == Owner::Node(node));
        let texts = items.filter_map(|item| match &item.ink {
            Ink::Text { part, .. } => Some((item.x + item.width, part.text().trim().to_owned())),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        texts.collect::<Vec<_>>()
    };
    let entries = links.map(|link| {
        let Goal::Anchor(anchor) = &link.goal else { panic!("a link within the document") };
        let place = laid.destinations.iter().find(|place| place.anchor == *anchor).expect("its place");
        let (edge, number) = shown(link.node).pop().unwrap_or_default();
        let right = laid.sheet.left + laid.sheet.measure;
        assert!((edge - right).abs() < 0.1 || number == link.text, "numbers end at the margin: {edge} {right}");
        (link.text.clone(), number, (place.page + 1).to_string())
    });
    entries.collect()
}

fn check_entries(document: &Document, count: usize) -> LaidOut {
    let laid = check_document(document);
    let entries = entries(&laid);
    assert_eq!(entries.len(), count);
    for (title, shown, page) in entries {
        assert_eq!(shown, page, "{title}");
    }
    laid
}

#[test]
fn a_long_document_has_a_table_of_contents_with_right_pages() {
    let laid = check_entries(&chapters(6, 3, 20), 24);
    assert_eq!(count(&laid, "Contents"), 1);
}

#[test]
fn a_short_document_has_none() {
    let laid = check_document(&chapters(3, 1, 20));
    assert!(laid.pages.len() <= 4 && laid.pages.len() > 1, "{}", laid.pages.len());
    assert_eq!((entries(&laid).len(), count(&laid, "Contents")), (0, 0));
}

#[test]
fn only_chapters_are_listed_where_sections_are_too_many() {
    check_entries(&chapters(12, 5, 6), 12);
}

#[test]
fn a_table_of_contents_may_take_pages_and_numbers_any_digits() {
    let blocks = (0..120).flat_map(|at| {
        [heading(1, &format!("Chapter {at}")), Block::Code { language: None, text: "line\n".repeat(45) }]
    });
    let laid = check_entries(&document("Very long", blocks.collect()), 120);
    assert!(laid.pages.len() > 100);
}

#[test]
fn tables_after_the_contents_repeat_their_own_header() {
    let mut document = chapters(5, 2, 20);
    document.blocks.push(big_table(80));
    let laid = check_entries(&document, 15);
    let repeated = laid.pages.iter().flat_map(|page| &page.items).filter(|item| {
        item.owner == Owner::Decoration && matches!(&item.ink, Ink::Text { part, .. } if part.text() == "Exercise")
    });
    assert!(repeated.count() > 0, "the header comes again");
}
