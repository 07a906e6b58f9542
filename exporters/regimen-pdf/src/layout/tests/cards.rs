//! Cards of any length on any size: one for each exercise as long as it fits, its picture as large as there is room for, the warning
//! whole and at the foot of its first card, and no card for a line or two.

use super::index_cards::SIZES;
use super::*;
use crate::style::{LargePrint, PerPage};
use proptest::prelude::*;
use regimen_export::document::SOURCES;

const GRIDS: [(Arrange, (usize, usize)); 3] = [
    (|document, style, resources| cells::lay_out(document, style, resources, PerPage::One), (1, 1)),
    (|document, style, resources| cells::lay_out(document, style, resources, PerPage::Two), (1, 2)),
    (|document, style, resources| cells::lay_out(document, style, resources, PerPage::Four), (2, 2)),
];
/// What a card that goes on has on the next at least, in lines of 8 points.
const LEAST_LINES: usize = 3;

/// How many points of each kind a card has, and how many words each.
#[derive(Debug, Clone)]
struct Lengths {
    setup: usize,
    steps: usize,
    cues: usize,
    stop: usize,
    words: usize,
    pictures: bool,
}

fn lengths() -> impl Strategy<Value = Lengths> {
    let counts = (0..4_usize, 1..14_usize, 0..4_usize, 1..4_usize, 3..22_usize, any::<bool>());
    counts.prop_map(|(setup, steps, cues, stop, words, pictures)| Lengths { setup, steps, cues, stop, words, pictures })
}

fn exercise(at: usize, lengths: &Lengths) -> Block {
    let points = |kind: &str, count: usize| -> Vec<String> {
        (0..count).map(|point| format!("{kind}{at}x{point} {}.", vec!["slowly"; lengths.words].join(" "))).collect()
    };
    let under = |title: &str, numbers: Option<u64>, points: &[String]| -> Vec<Block> {
        let points: Vec<&str> = points.iter().map(String::as_str).collect();
        if points.is_empty() { Vec::new() } else { vec![heading(3, title), list(numbers, &points)] }
    };
    let body = [
        under("Get ready", None, &points("setup", lengths.setup)),
        under("Steps", Some(1), &points("step", lengths.steps)),
        under("Keep in mind", None, &points("cue", lengths.cues)),
        under("Stop if", None, &points("stop", lengths.stop)),
    ];
    let facts = [("Muscles", "Hamstrings"), ("How much", "3 × 8, RPE 7")];
    let file = lengths.pictures.then_some("nordic-curl.svg");
    card(&format!("e{at}"), &format!("Exercise{at}"), file, &facts, body.concat())
}

/// The items of each cell, the first of a sheet first.
fn cells_of(laid: &LaidOut, (columns, rows): (usize, usize)) -> Vec<Vec<&Item>> {
    let mut cells = Vec::new();
    for page in &laid.pages {
        let (width, height) = (laid.sheet.width / columns as f32, laid.sheet.height / rows as f32);
        for cell in 0..columns * rows {
            let (left, top) = ((cell % columns) as f32 * width, (cell / columns) as f32 * height);
            let within = |item: &&Item| (left..left + width).contains(&item.x) && (top..top + height).contains(&item.y);
            cells.push(page.items.iter().filter(within).collect());
        }
    }
    cells
}

fn text_of(item: &Item) -> Option<&str> {
    match (&item.ink, item.owner) {
        (Ink::Text { part, .. }, Owner::Node(_)) => Some(part.text()),
        _ => None,
    }
}

fn look_at_cards(laid: &LaidOut, grid: (usize, usize), all: &[Lengths]) {
    let cells = cells_of(laid, grid);
    let with = |word: &str| -> Vec<usize> {
        let has = |cell: &[&Item]| {
            cell.iter().filter_map(|item| text_of(item)).any(|text| text.split_whitespace().any(|one| one == word))
        };
        (0..cells.len()).filter(|at| has(&cells[*at])).collect()
    };
    for (at, lengths) in all.iter().enumerate() {
        let home = with(&format!("Exercise{at}"));
        assert_eq!(home.len(), 1, "one title: {lengths:?}");
        for point in 0..lengths.stop {
            assert_eq!(with(&format!("stop{at}x{point}")), home, "{lengths:?}");
        }
        let last = (0..lengths.stop).map(|point| with(&format!("stop{at}x{point}"))).next_back();
        assert_eq!(last.as_deref(), Some(home.as_slice()));
        for (kind, count) in [("setup", lengths.setup), ("step", lengths.steps), ("cue", lengths.cues)] {
            let found = (0..count).flat_map(|point| with(&format!("{kind}{at}x{point}")));
            assert_eq!(found.count(), count, "{kind}: {lengths:?}");
        }
        // Nothing of the exercise is below what warns.
        let cell = &cells[home[0]];
        let bottom = |kind: &str| {
            let own = cell.iter().filter(|item| text_of(item).is_some_and(|text| text.contains(kind)));
            own.map(|item| item.y).fold(0.0, f32::max)
        };
        let below =
            ["setup", "step", "cue"].map(|kind| bottom(&format!("{kind}{at}x"))).into_iter().fold(0.0, f32::max);
        assert!(below <= bottom(&format!("stop{at}x")) + 0.1, "{lengths:?}");
    }
    for cell in cells.iter().filter(|cell| cell.iter().any(|item| text_of(item).is_some())) {
        let lines: BTreeSet<i32> =
            cell.iter().filter(|item| text_of(item).is_some()).map(|item| item.y.round() as i32).collect();
        let is_first = cell.iter().filter_map(|item| text_of(item)).any(|text| text.contains("Exercise"));
        assert!(is_first || lines.len() >= LEAST_LINES, "{} lines alone: {all:?}", lines.len());
    }
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        let Ink::Text { part, .. } = &item.ink else { continue };
        assert!(part.size >= 7.99, "{}", show(item, &laid.tree));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_warning_is_whole_at_the_foot_of_its_first_card(all in prop::collection::vec(lengths(), 1..4)) {
        let mut document = document("Cards", all.iter().enumerate().map(|(at, one)| exercise(at, one)).collect());
        document.frame.disclaimer = sample::line("Ask the person who gave you this.");
        let sizes = GRIDS.into_iter().chain(SIZES.map(|(_, arrange)| (arrange, (1, 1))));
        for (arrange, grid) in sizes {
            look_at_cards(&arranged(&document, &Style::default(), arrange), grid, &all);
        }
    }
}

#[test]
fn an_exercise_of_common_length_has_one_card_at_every_size() {
    let common = Lengths { setup: 2, steps: 4, cues: 2, stop: 1, words: 7, pictures: true };
    let document = document("Cards", vec![exercise(0, &common)]);
    for arrange in GRIDS.map(|(arrange, _)| arrange).into_iter().chain(SIZES.map(|(_, arrange)| arrange)) {
        assert_eq!(arranged(&document, &Style::default(), arrange).pages.len(), 1);
    }
}

#[test]
fn pictures_are_as_large_as_a_card_has_room_for() {
    for large_print in [LargePrint::No, LargePrint::Points14] {
        let style = Style { large_print, ..Style::default() };
        let look = |steps: usize| {
            let lengths = Lengths { setup: 1, steps, cues: 1, stop: 1, words: 6, pictures: true };
            let laid = arranged(&document("Cards", vec![exercise(0, &lengths)]), &style, GRIDS[2].0);
            let grid = if large_print == LargePrint::No { GRIDS[2].1 } else { GRIDS[1].1 };
            let cells = cells_of(&laid, grid);
            let parted = cells[1].iter().any(|item| text_of(item).is_some());
            let pictures = cells[0].iter().filter(|item| matches!(item.ink, Ink::Picture(_)));
            let picture = pictures.map(|item| item.height).fold(0.0, f32::max);
            let content = cells[0].iter().filter(|item| matches!(item.owner, Owner::Node(_)));
            let lowest = content.map(|item| item.y + item.height).fold(0.0, f32::max);
            (picture, laid.sheet.height / grid.1 as f32 - lowest, parted)
        };
        let (usual, ..) = look(1);
        for steps in 1..16 {
            let (picture, free, parted) = look(steps);
            assert!(
                picture >= usual * 0.75 || free < 75.0 || parted,
                "{steps} steps: {picture} of {usual}, {free} free"
            );
        }
    }
}

#[test]
fn sources_and_small_print_have_no_card_for_themselves() {
    let common = Lengths { setup: 1, steps: 3, cues: 1, stop: 1, words: 6, pictures: true };
    let title = Block::Heading { level: 1, anchor: SOURCES.into(), content: sample::line("Sources") };
    for (count, printed) in [(4, false), (3, true), (5, true)] {
        let mut blocks: Vec<Block> = (0..count).map(|at| exercise(at, &common)).collect();
        let publications: Vec<String> = (0..12)
            .map(|at| format!("Author{at} A, Author B (2020). A title that goes on. A Journal 4(2), 1-9."))
            .collect();
        blocks.push(title.clone());
        blocks.push(list(Some(1), &publications.iter().map(String::as_str).collect::<Vec<_>>()));
        let mut document = document("Cards", blocks);
        document.frame.disclaimer = sample::line("Ask the person who gave you this.");
        let laid = arranged(&document, &Style::default(), GRIDS[2].0);
        assert_eq!(laid.pages.len(), usize::div_ceil(count, 4), "{count} cards");
        let cells = cells_of(&laid, (2, 2));
        let sourced = cells.iter().flatten().filter_map(|item| text_of(item)).any(|text| text.contains("Author3"));
        assert_eq!(sourced, printed, "{count} cards");
        for (_, arrange) in [SIZES[0], SIZES[3]] {
            assert_eq!(arranged(&document, &Style::default(), arrange).pages.len(), count, "an index card each");
        }
    }
}

#[test]
fn whose_work_it_is_is_said_even_on_a_card_for_that() {
    let long = Lengths { setup: 3, steps: 9, cues: 3, stop: 2, words: 7, pictures: true };
    let mut document = document("Cards", vec![exercise(0, &long)]);
    document.frame.origins = sample::line("Origin, CC-BY-SA-4.0");
    for arrange in SIZES.map(|(_, arrange)| arrange) {
        let laid = arranged(&document, &Style::default(), arrange);
        let mut texts = laid.pages.iter().flat_map(|page| &page.items).filter_map(text_of);
        assert!(texts.any(|text| text.contains("Origin")));
    }
}

#[test]
fn small_print_is_read_with_the_card_that_it_is_on() {
    let common = Lengths { setup: 1, steps: 3, cues: 1, stop: 1, words: 6, pictures: true };
    let mut document = document("Cards", (0..3).map(|at| exercise(at, &common)).collect());
    document.frame.disclaimer = sample::line("Ask.");
    let laid = arranged(&document, &Style::default(), SIZES[1].1);
    let at = laid.pages.iter().position(|page| page.items.iter().any(|item| text_of(item) == Some("Ask."))).unwrap();
    let sections = |wanted: &str| -> Vec<usize> {
        let items = laid.pages[at].items.iter().filter(|item| text_of(item).is_some_and(|text| text.contains(wanted)));
        let nodes = items.filter_map(|item| if let Owner::Node(node) = item.owner { Some(node) } else { None });
        let parents = |node: usize| std::iter::successors(Some(node), |node| laid.tree.nodes[*node].parent);
        nodes.filter_map(|node| parents(node).find(|node| laid.tree.nodes[*node].role == Role::Section)).collect()
    };
    assert_eq!(sections("Ask."), sections("Exercise"));
}
