//! Pages as a reader sees them: nothing is lost, nothing overlaps, nothing stands where it should not.

#![expect(clippy::disallowed_methods, reason = "the golden files are read, and written when asked for")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::LazyLock;

use regimen_catalog::prose::CalloutKind;
use regimen_export::document::{Block, ColumnRole, Direction, Document};

use super::looks::BODY;
use super::*;
use crate::fonts::Face;
use crate::picture::Pictures;
use crate::style::{LargePrint, Paper};

mod branded;
mod cards;
mod contents;
mod filling;
mod generated;
mod index_cards;
mod marks;
mod months;
#[path = "../../tests/sample/mod.rs"]
mod sample;
mod session_sheets;
mod sheets;
mod turns;
mod weeks;
mod whole;
mod words;

use sample::{callout, card, document, heading, list, paragraph, table};

fn laid(document: &Document, paper: Paper) -> LaidOut {
    laid_in(document, &Style { paper, ..Style::default() })
}

fn laid_in(document: &Document, style: &Style) -> LaidOut {
    arranged(document, style, on_pages)
}

fn arranged(document: &Document, style: &Style, arrange: Arrange) -> LaidOut {
    // Fonts, shaped words and pictures do not depend on the document, so that all tests share them.
    static SUPPLY: LazyLock<(Library, Pictures)> = LazyLock::new(|| (Library::open(), Pictures::default()));
    let (library, pictures) = &*SUPPLY;
    let picture = |file: &str, limit: (f32, f32)| {
        sample::media(file).ok_or_else(String::new).and_then(|bytes| pictures.read(&bytes, limit))
    };
    let (texts, counted) = (&TextMemories::default(), &CountedGroups::default());
    lay_out(document, style, &Resources { library, texts, picture: &picture, drawn: pictures, counted }, arrange)
}

/// Lays blocks out on both papers and looks at every page; returns the A4 pages.
fn check(blocks: Vec<Block>) -> LaidOut {
    check_document(&document("A handout", blocks))
}

fn check_document(document: &Document) -> LaidOut {
    look(&laid(document, Paper::Letter));
    look(&laid_in(document, &Style { large_print: LargePrint::Points18, ..Style::default() }));
    look(&laid(&Document { direction: Direction::RightToLeft, ..document.clone() }, Paper::A4));
    let laid = laid(document, Paper::A4);
    look(&laid);
    laid
}

fn look(laid: &LaidOut) {
    let Sheet { left, measure, bottom, top_first, .. } = laid.sheet;
    for (number, page) in laid.pages.iter().enumerate() {
        let content: Vec<&Item> =
            page.items.iter().filter(|item| !matches!(item.owner, Owner::Header | Owner::Footer)).collect();
        for item in &content {
            let place = format!("page {}: {}", number + 1, show(item, &laid.tree));
            // A blank at the end of a line that runs to the left is beyond its words, as others are at the right.
            let is_blank = matches!(&item.ink, Ink::Text { part, .. } if part.text().trim().is_empty());
            assert!(
                is_blank || item.x >= left - 0.1 && item.x + item.width <= left + measure + 0.1,
                "beside the page: {place}"
            );
            assert!(item.y >= top_first - 0.1 && item.y + item.height <= bottom + 0.2, "below the page: {place}");
        }
        look_at_grid(&content, laid, number + 1);
        let texts: Vec<&&Item> = content.iter().filter(|item| matches!(item.ink, Ink::Text { .. })).collect();
        for (at, one) in texts.iter().enumerate() {
            let other = texts[at + 1..].iter().find(|other| overlap(one, other));
            let other = other.map(|other| show(other, &laid.tree));
            assert_eq!(other, None, "page {}: over {}", number + 1, show(one, &laid.tree));
        }
        let next = laid.pages.get(number + 1).into_iter().flat_map(|page| &page.items);
        let next: Vec<&Item> = next.collect();
        for heading in texts.iter().filter(|item| is_heading(item, &laid.tree)) {
            // What stands beside any of its lines follows it.
            let mut same = texts.iter().filter(|item| item.owner == heading.owner);
            let follows = same.any(|line| texts.iter().any(|item| follows(item, line, laid)));
            // A heading longer than a page has to go on over the page, and ends somewhere.
            let before = number.checked_sub(1).map_or(&[][..], |before| &laid.pages[before].items);
            let mut beside = next.iter().copied().chain(before);
            let goes_on = beside.any(|item| item.owner == heading.owner);
            let last = next.is_empty() && laid.sheet.columns == 1;
            let shown = show(heading, &laid.tree);
            assert!(follows || goes_on || last || is_last(heading, laid), "page {} ends with {shown}", number + 1);
        }
        let next = lines_of_paragraphs(next.into_iter(), &laid.tree);
        for (node, here) in lines_of_paragraphs(content.iter().copied(), &laid.tree) {
            let there = next.get(&node).copied();
            let alone = there.is_some_and(|there| here < 2 || there < 2);
            assert!(!alone, "page {} cuts {here} lines off {there:?}", number + 1);
        }
        assert!(!content.is_empty() || laid.pages.len() == 1, "page {} is empty", number + 1);
    }
}

/// Running text stands on the grid of its sheet, whatever is between.
fn look_at_grid(content: &[&Item], laid: &LaidOut, number: usize) {
    let Sheet { grid, top, columns, .. } = laid.sheet;
    let scale = grid / if columns > 1 { Sheet::LINE } else { Sheet::LINE / 2.0 };
    let within_line = f32::midpoint(BODY.leading, 0.66 * BODY.size) * scale;
    for item in content.iter().filter(|_| grid > 0.0) {
        let (Ink::Text { part, baseline }, Owner::Node(node)) = (&item.ink, item.owner) else { continue };
        let runs = part.face == Face::Regular && (part.size - BODY.size * scale).abs() < 0.01;
        if runs && laid.tree.nodes[node].role == Role::Paragraph {
            let lines = (baseline - within_line - top) / grid;
            assert!((lines - lines.round()).abs() < 0.02, "page {number}: off the grid: {}", show(item, &laid.tree));
        }
    }
}

/// Whether an item is below a line of a heading, or at its side. Below a heading in a list, there may be only the label of the next
/// item, which begins further left.
fn follows(item: &Item, line: &Item, laid: &LaidOut) -> bool {
    let below = item.y > line.y && (laid.sheet.columns == 1 || is_beside(item, line));
    let at_its_side = (item.y - line.y).abs() < 3.0 && !is_heading(item, &laid.tree);
    item.owner != line.owner && (below || at_its_side)
}

fn is_heading(item: &Item, tree: &Tree) -> bool {
    matches!(item.owner, Owner::Node(node) if matches!(tree.nodes[node].role, Role::Heading(_)))
}

/// Whether two items have a part of the width of the page in common.
fn is_beside(one: &Item, other: &Item) -> bool {
    one.x < other.x + other.width && other.x < one.x + one.width
}

/// Whether nothing is read after an item.
fn is_last(item: &Item, laid: &LaidOut) -> bool {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let mut nodes = items.filter_map(|item| match item.owner {
        Owner::Node(node) => Some(node),
        _ => None,
    });
    nodes.all(|node| matches!(item.owner, Owner::Node(own) if node <= own))
}

/// How many lines each paragraph has among these items.
fn lines_of_paragraphs<'a>(items: impl Iterator<Item = &'a Item>, tree: &Tree) -> BTreeMap<usize, usize> {
    let mut lines: BTreeMap<usize, BTreeSet<i64>> = BTreeMap::new();
    for item in items {
        if let (Owner::Node(node), Ink::Text { baseline, .. }) = (item.owner, &item.ink)
            && tree.nodes[node].role == Role::Paragraph
        {
            lines.entry(node).or_default().insert((baseline * 10.0) as i64);
        }
    }
    lines.into_iter().map(|(node, lines)| (node, lines.len())).collect()
}

fn overlap(one: &Item, other: &Item) -> bool {
    let apart = |a: f32, a_size: f32, b: f32, b_size: f32| a + a_size <= b + 0.1 || b + b_size <= a + 0.1;
    one.width > 0.0
        && other.width > 0.0
        && !apart(one.x, one.width, other.x, other.width)
        // Ascenders and descenders of neighbouring lines may meet.
        && !apart(one.y, one.height * 0.9, other.y, other.height * 0.9)
}

fn show(item: &Item, tree: &Tree) -> String {
    let role = match item.owner {
        Owner::Node(node) => format!("{:?}", tree.nodes[node].role),
        owner => format!("{owner:?}"),
    };
    let ink = match &item.ink {
        Ink::Text { part, .. } => format!("{:?} {} \"{}\"", part.face, part.size, part.text().trim_end()),
        Ink::Fill(colour) => format!("fill {:02x}{:02x}{:02x}", colour.0[0], colour.0[1], colour.0[2]),
        Ink::Picture(picture) => format!("picture {}", picture.name),
        Ink::Room => "room".to_owned(),
    };
    format!("{:6.1} {:6.1} {:6.1} {:6.1}  {role}: {ink}", item.x, item.y, item.width, item.height)
}

fn dump(laid: &LaidOut) -> String {
    let mut text = String::new();
    for (number, page) in laid.pages.iter().enumerate() {
        writeln!(text, "page {}", number + 1).unwrap();
        for item in &page.items {
            writeln!(text, "  {}", show(item, &laid.tree)).unwrap();
        }
    }
    text
}

/// How many times a text is on the pages, not counting repetitions of table headers.
fn count(laid: &LaidOut, wanted: &str) -> usize {
    let items = laid.pages.iter().flat_map(|page| &page.items).filter(|item| matches!(item.owner, Owner::Node(_)));
    let texts = items.filter_map(|item| match &item.ink {
        Ink::Text { part, .. } => Some(part.text().trim().to_owned()),
        Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
    });
    texts.filter(|text| text == wanted).count()
}

fn golden(name: &str, document: &Document) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    let now = dump(&check_document(document));
    if std::env::var("REGIMEN_BLESS").is_ok_and(|value| value == "1") {
        std::fs::write(&path, &now).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let changed = expected.lines().zip(now.lines()).find(|(before, after)| before != after);
    assert!(expected == now, "{name} differs, first at {changed:?}; REGIMEN_BLESS=1 writes it anew");
}

#[test]
fn the_guide_looks_as_it_did() {
    golden("guide.txt", &sample::guide());
}

#[test]
fn the_programme_looks_as_it_did() {
    golden("programme.txt", &sample::programme());
}

fn rows(count: usize) -> Vec<[String; 3]> {
    (0..count).map(|at| [format!("row{at}"), "Lower in 3–4 s, rise in 1 s ".repeat(at % 7), String::new()]).collect()
}

fn big_table(count: usize) -> Block {
    let rows = rows(count);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let columns = [("Exercise", ColumnRole::Name), ("Notes", ColumnRole::Text), ("Week 1", ColumnRole::Log)];
    table("Many rows", &columns, &rows)
}

#[test]
fn every_row_of_a_long_table_is_placed_once_and_the_header_on_each_page() {
    let laid = check(vec![big_table(300)]);
    for at in 0..300 {
        assert_eq!(count(&laid, &format!("row{at}")), 1, "row {at}");
    }
    assert!(laid.pages.len() > 10);
    let shows_row = |page: &Page| {
        page.items.iter().any(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with("row")))
    };
    for page in laid.pages[1..].iter().filter(|page| shows_row(page)) {
        let has_header = page.items.iter().any(|item| {
            item.owner == Owner::Decoration && matches!(&item.ink, Ink::Text { part, .. } if part.text() == "Exercise")
        });
        assert!(has_header, "the header comes again");
    }
}

#[test]
fn a_cell_longer_than_a_page_goes_on_over_pages() {
    let long = "word ".repeat(4000);
    let laid =
        check(vec![table("", &[("A", ColumnRole::Name), ("B", ColumnRole::Text)], &[&["one", &long], &["two", ""]])]);
    assert!(laid.pages.len() > 3, "{}", laid.pages.len());
    assert_eq!((count(&laid, "one"), count(&laid, "two")), (1, 1));
}

#[test]
fn words_longer_than_a_line_are_broken() {
    let word = "Donaudampfschifffahrtsgesellschaft".repeat(60);
    check(vec![
        paragraph(&word),
        heading(1, &word[..400]),
        list(Some(1), &[&word]),
        callout(CalloutKind::Tip, &word, vec![paragraph(&word)]),
        table(&word, &[(&word, ColumnRole::Name), (&word, ColumnRole::Amount)], &[&[&word, &word]]),
        card("long", &word[..300], None, &[(&word, &word)], Vec::new()),
    ]);
}

#[test]
fn empty_things_take_no_harm() {
    let laid = check(vec![
        list(None, &[]),
        Block::List { start: Some(u64::MAX), items: vec![Vec::new(), Vec::new()] },
        table("", &[], &[]),
        table("", &[("A", ColumnRole::Log)], &[]),
        paragraph(""),
        callout(CalloutKind::Note, "", Vec::new()),
        Block::Quote(Vec::new()),
        Block::Code { language: None, text: String::new() },
        card("none", "", None, &[], Vec::new()),
        Block::PageBreak,
        Block::PageBreak,
    ]);
    assert_eq!(laid.pages.len(), 1, "page breaks make no empty pages");
    assert_eq!(check_document(&Document { title: String::new(), ..document("", Vec::new()) }).pages.len(), 1);
}

#[test]
fn a_page_break_is_kept() {
    let laid = check(vec![paragraph("one"), Block::PageBreak, Block::PageBreak, heading(1, "Two"), paragraph("two")]);
    assert_eq!(laid.pages.len(), 2);
}

#[test]
fn headings_never_end_a_page() {
    for filler in 0..60 {
        let mut blocks = vec![Block::Code { language: None, text: "line\n".repeat(filler) }];
        blocks.extend([heading(1, "One"), heading(2, "Two"), paragraph(&"text that goes on ".repeat(40))]);
        check(blocks);
    }
}

#[test]
fn no_line_stands_alone_at_either_end_of_a_page() {
    for filler in 0..60 {
        check(vec![
            Block::Code { language: None, text: "line\n".repeat(filler) },
            paragraph(&"text that goes on ".repeat(12)),
            list(None, &[&"an item that goes on ".repeat(10), "a short one", &"another one that goes on ".repeat(8)]),
            callout(CalloutKind::Tip, "A tip", vec![paragraph(&"and its text ".repeat(20)), paragraph("short")]),
            heading(2, "A heading"),
            paragraph("One line."),
            paragraph("Another line."),
        ]);
    }
}

#[test]
fn cards_stand_whole_at_any_height() {
    for filler in (0..50).step_by(3) {
        let facts = [("Trains", "Hamstrings"), ("Level", "Beginner"), ("Dose", "3 × 8 per leg, rest 2 min")];
        let laid = check(vec![
            Block::Code { language: None, text: "line\n".repeat(filler) },
            card(
                "nordic-curl",
                "Nordic curl",
                Some("nordic-curl.svg"),
                &facts,
                vec![heading(3, "Steps"), list(Some(1), &["One", "Two"])],
            ),
        ]);
        let page_of = |wanted: &dyn Fn(&Item) -> bool| laid.pages.iter().position(|page| page.items.iter().any(wanted));
        let title = page_of(&|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == "Nordic curl"));
        assert_eq!(title, page_of(&|item| matches!(item.ink, Ink::Picture(_))), "title and picture");
    }
}

#[test]
fn what_is_far_too_much_still_fits() {
    let facts = vec![("Label", "A value that takes some room in its column"); 200];
    let mut nested = vec![paragraph("inside")];
    for _ in 0..30 {
        nested = vec![Block::List { start: Some(1), items: vec![nested] }];
    }
    check(vec![
        card("much", "Many facts", Some("nordic-curl.svg"), &facts, Vec::new()),
        callout(CalloutKind::Warning, "Long", vec![paragraph(&"over the page ".repeat(900)), big_table(40)]),
        Block::Quote(nested),
        heading(6, &"a heading that never ends ".repeat(300)),
    ]);
}

#[test]
fn blocks_nested_without_end_are_reported() {
    let mut nested = vec![paragraph("inside")];
    for _ in 0..200 {
        nested = vec![Block::Quote(nested)];
    }
    assert_eq!(laid(&document("Deep", nested), Paper::A4).problems, [Problem::TooDeep]);
}

#[test]
fn columns_without_room_become_cards() {
    let titles: Vec<String> = (0..60).map(|at| format!("Column {at}")).collect();
    let columns: Vec<(&str, ColumnRole)> = titles.iter().map(|title| (title.as_str(), ColumnRole::Text)).collect();
    let laid = check(vec![table("", &columns, &[&["a"; 60], &["b", "c"]])]);
    assert_eq!((count(&laid, "a"), count(&laid, "b"), count(&laid, "c")), (60, 1, 1));
    assert_eq!(count(&laid, "Column 1"), 2, "each cell has its label");
}

#[test]
fn large_print_has_text_of_18_points_and_room_to_write() {
    let style = Style { large_print: LargePrint::Points18, ..Style::default() };
    let laid = laid_in(&sample::programme(), &style);
    let sizes = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.ink {
        Ink::Text { part, .. } => Some(part.size),
        Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
    });
    assert!(sizes.clone().any(|size| (size - 18.0).abs() < 0.01), "running text");
    assert!(sizes.clone().all(|size| size > 14.5), "small print: {:?}", sizes.fold(f32::MAX, f32::min));
    assert_eq!((laid.sheet.width, laid.sheet.height), Paper::A4.size());
}

#[test]
fn a_language_that_runs_to_the_left_mirrors_the_page() {
    let document = Document { direction: Direction::RightToLeft, ..sample::guide() };
    let (there, here) = (laid(&document, Paper::A4), laid(&sample::guide(), Paper::A4));
    let first = |laid: &LaidOut, wanted: &str| {
        let items = laid.pages.iter().flat_map(|page| &page.items);
        let mut found = items.filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == wanted));
        let item = found.next().expect("the text is there");
        (item.x, item.x + item.width)
    };
    let (left, right) = (here.sheet.left, here.sheet.left + here.sheet.measure);
    assert!((first(&here, "The exercises").0 - left).abs() < 0.1);
    assert!((first(&there, "The exercises").1 - right).abs() < 0.1);
    let mirrored = right - (first(&here, "1.").0 - left);
    assert!((first(&there, "1").1 - mirrored).abs() < 0.1, "numbers of lists");
}

#[test]
fn links_lead_within_the_document_or_are_plain_text() {
    let laid = check(vec![
        heading(1, "Top"),
        paragraph("[up](#top), [curl](exercise:nordic-curl), [squat](exercise:squat), [out](https://example.org)"),
        card("nordic-curl", "Nordic curl", None, &[], Vec::new()),
    ]);
    let goals: Vec<&Goal> = laid.links.iter().map(|link| &link.goal).collect();
    let expected =
        [Goal::Anchor("top".into()), Goal::Anchor("nordic-curl".into()), Goal::Url("https://example.org".into())];
    assert_eq!(goals, expected.iter().collect::<Vec<_>>());
    assert_eq!(count(&laid, "squat"), 0, "plain text is part of its line");
}

#[test]
fn the_reading_order_skips_no_level() {
    let laid =
        check(vec![heading(3, "Three"), paragraph("text"), heading(6, "Six"), paragraph("text"), heading(1, "One")]);
    let levels: Vec<Role> =
        laid.tree.nodes.iter().map(|node| node.role).filter(|role| matches!(role, Role::Heading(_))).collect();
    assert_eq!(levels, [1, 2, 3, 2].map(Role::Heading));
}

#[test]
fn a_missing_character_is_reported_once_with_its_text() {
    let laid = laid(&document("Run", vec![paragraph("Go Ꭰ now"), paragraph("again Ꭰ")]), Paper::A4);
    assert_eq!(laid.problems, [Problem::MissingCharacter { character: 'Ꭰ', text: "Go Ꭰ now".into() }]);
}

fn glance(figures: &[(&str, &str)]) -> Block {
    Block::Glance(figures.iter().map(|(label, value)| ((*label).to_owned(), sample::line(value))).collect())
}

#[test]
fn key_figures_stand_side_by_side_where_there_is_room() {
    let baselines = |figures: &[(&str, &str)], style: &Style| -> BTreeSet<i64> {
        let laid = laid_in(&document("A handout", vec![glance(figures)]), style);
        let texts = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.ink {
            Ink::Text { part, baseline } if part.text().trim() == "4" => Some((baseline * 10.0) as i64),
            Ink::Text { .. } | Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        texts.collect()
    };
    let figures = [("Weeks", "4"), ("Sessions a week", "4"), ("Minutes each", "4"), ("Level out of five", "4")];
    assert_eq!(baselines(&figures, &Style::default()).len(), 1, "a row");
    assert_eq!(
        baselines(&figures.repeat(2), &Style { large_print: LargePrint::Points18, ..Style::default() }).len(),
        2,
        "two rows"
    );
    // One that needs more room than others gets it, and rows are as tall as they must be.
    let long = [
        ("Sessions a week", "4"),
        ("How hard", "easy pace, race pace, 4:40–4:50 min/km, 6:00–6:20 min/km"),
        ("Level", "4"),
    ];
    assert_eq!(baselines(&long, &Style::default()).len(), 1, "a row");
    check(vec![glance(&figures), glance(&long), glance(&[]), glance(&[("Label", &"word ".repeat(3000)), ("", "")])]);
}
