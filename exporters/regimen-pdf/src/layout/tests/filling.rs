//! Columns, cards in cells, and single pages.

use super::generated::{blocks, check_told, told};
use super::*;
use crate::style::{CardSides, Columns, LargePrint, Paper, PerPage};
use proptest::prelude::*;
use regimen_catalog::prose::Inline;
use std::collections::BTreeSet;

const GRIDS: [PerPage; 3] = [PerPage::One, PerPage::Two, PerPage::Four];

fn arrange(per_page: PerPage) -> Arrange {
    match per_page {
        PerPage::One => |document, style, resources| in_cells(document, style, resources, PerPage::One),
        PerPage::Two => |document, style, resources| in_cells(document, style, resources, PerPage::Two),
        PerPage::Four => |document, style, resources| in_cells(document, style, resources, PerPage::Four),
    }
}

fn in_columns(document: &Document) -> LaidOut {
    let laid = laid_in(document, &Style { columns: Columns::Two, ..Style::default() });
    look(&laid);
    laid
}

/// Lays cards out and looks at every page: nothing lies across a cut, over another or beside the cells.
fn cards(document: &Document, style: &Style, per_page: PerPage) -> LaidOut {
    let laid = arranged(document, style, arrange(per_page));
    let per_page = if style.large_print.is_large() { per_page.roomier() } else { per_page };
    let ((columns, rows), (width, height)) = (per_page.grid(), style.paper.size());
    let (width, height) = (width / columns as f32, height / rows as f32);
    for page in &laid.pages {
        let content = page.items.iter().filter(|item| matches!(item.owner, Owner::Node(_) | Owner::Header));
        // A space at the end of a line may hang out of it.
        let is_space = |item: &&Item| matches!(&item.ink, Ink::Text { part, .. } if part.text().trim().is_empty());
        let content: Vec<&Item> = content.filter(|item| !is_space(item)).collect();
        for (at, item) in content.iter().enumerate() {
            let (x, y) = (item.x.rem_euclid(width), item.y.rem_euclid(height));
            let inside = x >= 25.0 && x + item.width <= width - 25.0 && y >= 25.0 && y + item.height <= height - 36.0;
            assert!(inside, "beside the cell: {}", show(item, &laid.tree));
            let texts = content[at + 1..].iter().filter(|other| matches!(other.ink, Ink::Text { .. }));
            let mut others = texts.filter(|_| matches!(item.ink, Ink::Text { .. }));
            let other = others.find(|other| overlap(item, other)).map(|other| show(other, &laid.tree));
            assert_eq!(other, None, "over {}", show(item, &laid.tree));
        }
    }
    laid
}

fn least_type(laid: &LaidOut) -> f32 {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter_map(|item| match (&item.ink, item.owner) {
        (Ink::Text { part, .. }, Owner::Node(node)) if laid.tree.nodes[node].role == Role::Body => Some(part.size),
        (Ink::Text { part, .. }, Owner::Node(node)) if laid.tree.nodes[node].role == Role::Paragraph => Some(part.size),
        _ => None,
    });
    texts.fold(f32::MAX, f32::min)
}

fn long_card(id: usize, lines: usize) -> Block {
    let steps: Vec<String> =
        (0..lines).map(|at| format!("step{id}x{at} is done slowly, as far as it feels good")).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    card(
        &format!("e{id}"),
        &format!("Exercise {id}"),
        Some("nordic-curl.svg"),
        &[("Level", "2 of 5")],
        vec![list(Some(1), &steps)],
    )
}

#[test]
fn each_card_has_a_cell_and_goes_on_in_the_next_at_the_least_type() {
    let lengths = [1, 160, 3, 12, 0];
    let document = document("Cards", lengths.iter().enumerate().map(|(at, lines)| long_card(at, *lines)).collect());
    for per_page in GRIDS {
        let laid = cards(&document, &Style::default(), per_page);
        for (at, lines) in lengths.into_iter().enumerate() {
            let texts = laid.pages.iter().flat_map(|page| &page.items).map(|item| match &item.ink {
                Ink::Text { part, .. } => part.text().matches(&format!("step{at}x")).count(),
                Ink::Fill(_) | Ink::Picture(_) | Ink::Room => 0,
            });
            assert_eq!(texts.sum::<usize>(), lines, "every step of card {at} once");
        }
        assert!(least_type(&laid) >= 7.99, "{}", least_type(&laid));
        let repeated = laid.pages.iter().flat_map(|page| &page.items).any(|item| {
            item.owner == Owner::Header
                && matches!(&item.ink, Ink::Text { part, .. } if part.text() == "Exercise 1 (continued)")
        });
        assert!(repeated, "the title comes again");
    }
}

#[test]
fn points_follow_each_other_where_a_line_each_takes_a_second_card() {
    let points: Vec<String> = (0..30).map(|at| format!("point{at}: slowly.")).collect();
    let points: Vec<&str> = points.iter().map(String::as_str).collect();
    let long = card("e", "Exercise", Some("nordic-curl.svg"), &[("Level", "2 of 5")], vec![list(None, &points)]);
    let laid = cards(&document("Cards", vec![long]), &Style::default(), PerPage::Four);
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let texts = items.filter_map(|item| match &item.ink {
        Ink::Text { part, .. } => Some(part.text()),
        Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
    });
    let text = texts.collect::<Vec<_>>().join(" ");
    assert!((0..30).all(|at| text.matches(&format!("point{at}:")).count() == 1), "{text}");
    assert!(!text.contains("continued"), "{text}");
}

#[test]
fn the_back_of_a_card_is_behind_its_front() {
    let of = |at: usize| {
        let stop = [heading(3, "Stop if"), list(None, &[&format!("hurts{at}")])];
        let steps = vec![heading(3, "Steps"), list(Some(1), &[&format!("step{at}")])];
        let body = if at == 2 { Vec::new() } else { [steps, stop.to_vec()].concat() };
        let Block::Card(mut card) =
            card(&format!("e{at}"), &format!("Exercise {at}"), Some("nordic-curl.svg"), &[("Level", "2")], body)
        else {
            panic!("a card")
        };
        card.stop = card.body.iter().rev().find_map(|block| match block {
            Block::Heading { anchor, .. } => Some(anchor.as_str().into()),
            _ => None,
        });
        Block::Card(card)
    };
    for (paper, direction) in [Paper::A4, Paper::A5]
        .into_iter()
        .flat_map(|paper| [Direction::LeftToRight, Direction::RightToLeft].map(|to| (paper, to)))
    {
        let style = Style { cards: CardSides::Duplex, paper, ..Style::default() };
        let document = Document { direction, ..document("Cards", (0..6).map(of).collect()) };
        let laid = cards(&document, &style, PerPage::Four);
        assert_eq!(laid.pages.len(), 4, "two sheets, both sides");
        let place = |words: &str| {
            let pages = laid.pages.iter().enumerate();
            let mut found =
                pages.flat_map(|(at, page)| page.items.iter().map(move |item| (at, item))).filter_map(|(at, item)| {
                    let is_it = matches!(&item.ink, Ink::Text { part, .. } if part.text() == words);
                    is_it.then(|| (at, (item.x > laid.sheet.width / 2.0, item.y > laid.sheet.height / 2.0)))
                });
            found.next().unwrap_or_else(|| panic!("{words}"))
        };
        for at in [0, 1, 3, 4, 5] {
            let (front, (right, low)) = place(&format!("hurts{at}"));
            assert_eq!((front % 2, place(&format!("step{at}"))), (0, (front + 1, (!right, low))), "card {at}");
        }
    }
}

#[test]
fn nothing_is_set_below_8_points() {
    let arrangements: [Arrange; 6] = [
        on_pages,
        arrange(PerPage::One),
        arrange(PerPage::Two),
        arrange(PerPage::Four),
        on_one_page,
        on_one_page_of_weeks,
    ];
    let long = [1, 40, 3, 12, 0].into_iter().enumerate().map(|(at, lines)| long_card(at, lines));
    let all = [long.collect(), vec![big_table(60)], (0..70).map(|at| paragraph(&format!("Note {at}."))).collect()];
    for document in all.map(|blocks: Vec<Block>| document("All", blocks)) {
        for (large_print, arrange) in [LargePrint::No, LargePrint::Points14, LargePrint::Points18]
            .into_iter()
            .flat_map(|large| arrangements.map(|one| (large, one)))
        {
            let laid = arranged(&document, &Style { large_print, ..Style::default() }, arrange);
            for item in laid.pages.iter().flat_map(|page| &page.items) {
                if let Ink::Text { part, .. } = &item.ink {
                    assert!(part.size >= 7.99, "{} points: {}", part.size, show(item, &laid.tree));
                }
            }
        }
    }
}

#[test]
fn what_warns_stays_on_its_card_and_small_print_has_no_cell_alone() {
    let steps = |count: usize| vec!["Lower in 3 to 4 seconds, as far as it feels good, and come up again."; count];
    for (count, per_page) in [1, 4, 8, 12, 16, 40].into_iter().flat_map(|count| GRIDS.map(|grid| (count, grid))) {
        let body =
            vec![heading(3, "Steps"), list(Some(1), &steps(count)), heading(3, "Stop if"), list(None, &["It hurts."])];
        let blocks = (0..3).map(|at| {
            card(
                &format!("e{at}"),
                &format!("Exercise {at}"),
                Some("nordic-curl.svg"),
                &[("Level", "2 of 5")],
                body.clone(),
            )
        });
        let laid = cards(&document("Cards", blocks.collect()), &Style::default(), per_page);
        let ((columns, rows), size) = (per_page.grid(), (laid.sheet.width, laid.sheet.height));
        let cell = |page: usize, item: &Item| {
            let (x, y) = (item.x * columns as f32 / size.0, item.y * rows as f32 / size.1);
            (page, x as usize, y as usize)
        };
        let cells = |wanted: &str| -> Vec<(usize, usize, usize)> {
            let pages = laid.pages.iter().enumerate();
            let items = pages.flat_map(|(number, page)| page.items.iter().map(move |item| (number, item)));
            let found = items.filter(|(_, item)| {
                matches!(item.owner, Owner::Node(_))
                    && matches!(&item.ink, Ink::Text { part, .. } if part.text().contains(wanted))
            });
            found.map(|(number, item)| cell(number, item)).collect()
        };
        let titles: Vec<_> = (0..3).flat_map(|at| cells(&format!("Exercise {at}"))).collect();
        assert_eq!(cells("It hurts."), titles, "{count} steps, {per_page:?}");
        if count <= 8 {
            assert!(laid.pages.len() <= 3_usize.div_ceil(columns * rows), "{count} steps, {per_page:?}: a card each");
        }
    }
}

#[test]
fn cards_have_roomy_cells_in_large_print_and_stand_mirrored() {
    let blocks = vec![long_card(0, 4), long_card(1, 9)];
    let document = document("Cards", blocks);
    for per_page in GRIDS {
        let large = cards(&document, &Style { large_print: LargePrint::Points18, ..Style::default() }, per_page);
        assert!(least_type(&large) >= 14.5, "{}", least_type(&large));
        cards(&Document { direction: Direction::RightToLeft, ..document.clone() }, &Style::default(), per_page);
    }
}

#[test]
fn a_document_without_cards_is_a_page_all_the_same() {
    assert_eq!(cards(&document("None", Vec::new()), &Style::default(), PerPage::Four).pages.len(), 1);
}

#[test]
fn links_lead_to_cards_in_other_cells() {
    let body = vec![paragraph("Then the [second](exercise:e1).")];
    let blocks = vec![card("e0", "First", None, &[], body), card("e1", "Second", None, &[], Vec::new())];
    let laid = cards(&document("Cards", blocks), &Style::default(), PerPage::Two);
    let place = laid.destinations.iter().find(|place| place.anchor == "e1").expect("the place of the second");
    assert_eq!((laid.links.len(), place.page), (1, 0));
    assert!(place.y > laid.sheet.height / 2.0, "{}", place.y);
}

#[test]
fn a_sheet_is_as_large_as_one_page_holds() {
    let sheet = |lines: usize| {
        let text: Vec<Block> =
            (0..lines).map(|at| paragraph(&format!("Note {at}: slowly, and without haste."))).collect();
        let laid = arranged(&document("Sheet", text), &Style::default(), on_one_page);
        look(&laid);
        laid
    };
    let [few, more, many] = [4, 40, 70].map(sheet);
    assert_eq!([few.pages.len(), more.pages.len(), many.pages.len()], [1; 3]);
    let sizes = [&few, &more, &many].map(|laid| laid.sheet.columns as f32 * 100.0 + least_type(laid));
    assert!(sizes[0] < 112.0 && sizes[2] > 200.0, "few lines stand large in one column, many in two: {sizes:?}");
    let long = sheet(400);
    assert_eq!(long.problems, [Problem::TooLong { pages: long.pages.len() }]);
    assert!(long.pages.len() > 1);
}

#[test]
fn columns_are_balanced_and_read_one_after_the_other() {
    let lines: Vec<Block> = (0..30).map(|at| paragraph(&format!("TextLine {at}."))).collect();
    let laid = in_columns(&document("Columns", lines));
    let at = |wanted: &str| {
        let mut items = laid.pages[0].items.iter();
        let found = items.find(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == wanted));
        found.map(|item| (item.x, item.y)).expect(wanted)
    };
    let ((left, top), (right, _)) = (at("TextLine 0."), at("TextLine 29."));
    assert!(
        (at("TextLine 15.").0 - right).abs() < 0.1 && (at("TextLine 15.").1 - top).abs() < 0.1,
        "{:?}",
        at("TextLine 15.")
    );
    assert!((right - left - laid.sheet.column() - Sheet::GUTTER).abs() < 0.1);
}

#[test]
fn headings_and_boxes_stay_whole_in_columns() {
    for filler in 0..30 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| paragraph("A line.")).collect();
        for _ in 0..6 {
            blocks.extend([heading(2, "A heading"), paragraph(&"text that goes on ".repeat(20))]);
            blocks.push(callout(CalloutKind::Tip, "A tip", vec![paragraph(&"and its text ".repeat(12))]));
        }
        in_columns(&document("Columns", blocks));
    }
}

#[test]
fn lines_beside_each_other_stand_level() {
    let text = |at: usize| paragraph(&format!("TextLine {at} of the text goes on a little. ").repeat(at % 4 + 2));
    let tip = callout(CalloutKind::Tip, "A tip", vec![paragraph(&"and its text ".repeat(9))]);
    let mut blocks: Vec<Block> = (0..16).map(text).collect();
    blocks.splice(3..3, [tip, heading(2, "A heading"), Block::Code { language: None, text: "some code".into() }]);
    blocks.splice(12..12, [heading(3, "Another heading"), list(None, &["one", "two"]), Block::Rule]);
    let laid = in_columns(&document("Columns", blocks));
    let middle = laid.sheet.left + laid.sheet.measure / 2.0;
    let lines = |right: bool| -> BTreeSet<i32> {
        let texts = laid.pages[0].items.iter().filter(|item| (item.x > middle) == right);
        let runs =
            texts.filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with("TextLine")));
        runs.map(|item| (item.y * 10.0).round() as i32).collect()
    };
    let (left, right) = (lines(false), lines(true));
    assert!(left.intersection(&right).count() >= 3, "{left:?} beside {right:?}");
}

#[test]
fn a_table_that_spans_columns_parts_them() {
    let text = || paragraph(&"text that goes on ".repeat(30));
    let blocks = vec![text(), text(), big_table(40), text(), text()];
    let laid = in_columns(&document("Columns", blocks));
    (0..40).for_each(|at| assert_eq!(count(&laid, &format!("row{at}")), 1, "row {at}"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_in_columns_once_and_in_order(blocks in blocks()) {
        let laid = in_columns(&document("A handout", blocks.clone()));
        check_told(&told(&blocks), &laid, "HarbourPhysiotherapyAhandout");
    }

    #[test]
    fn everything_is_in_cells_once_and_in_order(blocks in blocks()) {
        for per_page in GRIDS {
            let laid = cards(&document("A handout", blocks.clone()), &Style::default(), per_page);
            check_told(&told(&blocks), &laid, "");
        }
    }
}

/// A card with several pictures, of which one is a mistake.
fn illustrated(id: usize, pictures: usize) -> Block {
    let Block::Card(mut card) = long_card(id, 2) else { panic!("a card") };
    let one = card.figure.take().unwrap();
    let title =
        |at: usize| vec![Inline::Strong(vec![Inline::Text(format!("{}", at + 1))]), Inline::Text(" Part".into())];
    let mut all = (0..pictures).map(|at| regimen_export::document::Figure {
        title: title(at),
        mistake: at + 1 == pictures,
        caption: Vec::new(),
        ..one.clone()
    });
    card.figure = all.next();
    if let Some(first) = &mut card.figure {
        first.caption.clone_from(&one.caption);
        first.beside = all.collect();
    }
    Block::Card(card)
}

#[test]
fn pictures_stand_side_by_side_with_their_titles() {
    for (pictures, rows) in [(2, 1), (3, 1), (4, 2), (6, 2)] {
        let laid = check(vec![illustrated(1, pictures)]);
        let drawn: Vec<&Item> =
            laid.pages.iter().flat_map(|page| &page.items).filter(|item| is_figure(item, &laid)).collect();
        assert_eq!(drawn.len(), pictures);
        let tops: BTreeSet<i32> = drawn.iter().map(|item| item.y.round() as i32).collect();
        assert_eq!(tops.len(), rows, "{pictures} pictures");
        assert!(drawn.iter().all(|item| item.width >= 90.0), "readable");
        let crosses = laid.pages.iter().flat_map(|page| &page.items);
        let crosses = crosses.filter(|item| matches!(item.ink, Ink::Picture(_)) && item.owner == Owner::Decoration);
        assert_eq!(crosses.count(), 1, "the mistake has a sign");
        // Each picture is read before its title.
        let divisions = laid.tree.nodes.iter().enumerate().filter(|(_, node)| node.role == Role::Figure);
        for (figure, node) in divisions {
            let title = laid.tree.nodes.iter().enumerate().find(|(at, one)| *at > figure && one.parent == node.parent);
            assert!(title.is_some_and(|(_, title)| title.role == Role::Paragraph));
        }
    }
    for per_page in GRIDS {
        cards(&document("Cards", vec![illustrated(1, 2), illustrated(2, 3)]), &Style::default(), per_page);
    }
    in_columns(&document("Columns", vec![paragraph("Before."), illustrated(1, 3), paragraph("After.")]));
}

fn is_figure(item: &Item, laid: &LaidOut) -> bool {
    matches!(item.owner, Owner::Node(node) if laid.tree.nodes[node].role == Role::Figure)
}

#[test]
fn small_print_is_whole_below_some_lines_of_the_content() {
    // One paragraph leaves no spaces that could shrink.
    let ends = (400..900).step_by(4).map(|words| {
        let mut document = document("Long", vec![paragraph(&"lengthy ".repeat(words))]);
        document.frame.credits = vec![Inline::Text("Drawing: somebody.".into())];
        document.frame.disclaimer = vec![Inline::Text("This is general advice. ".repeat(20))];
        let laid = laid(&document, Paper::A4);
        assert!(!laid.lonely && !laid.ends_with_little, "{words} words");
        laid.pages.len()
    });
    let pages: Vec<usize> = ends.collect();
    assert!(pages.contains(&1) && pages.contains(&2), "{pages:?}");
}

#[test]
fn small_print_is_not_alone_on_a_page() {
    let mut before = 1;
    for lines in 0..80 {
        let mut blocks: Vec<Block> = (0..lines).map(|at| paragraph(&format!("TextLine {at}."))).collect();
        blocks.insert(0, long_card(1, 1));
        let mut document = document("Long", blocks);
        document.frame.disclaimer = vec![Inline::Text("This is general advice.".into())];
        let laid = laid(&document, Paper::A4);
        look(&laid);
        assert!(!laid.lonely, "{lines} lines");
        assert!(laid.pages.len() >= before, "{lines} lines");
        before = laid.pages.len();
    }
    assert!(before >= 3);
}
