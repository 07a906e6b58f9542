//! Cards on index cards: one card on each, nothing beside its edges or below 8 points, and the warning where the exercise is.

use super::generated::{blocks, check_told, told};
use super::*;
use crate::style::{CardSides, IndexCard, LargePrint};
use proptest::prelude::*;

pub(super) const SIZES: [(IndexCard, Arrange); 4] = [
    (IndexCard::Inches3x5, |document, style, resources| {
        on_index_cards(document, style, resources, IndexCard::Inches3x5)
    }),
    (IndexCard::Inches4x6, |document, style, resources| {
        on_index_cards(document, style, resources, IndexCard::Inches4x6)
    }),
    (IndexCard::A6, |document, style, resources| on_index_cards(document, style, resources, IndexCard::A6)),
    (IndexCard::A7, |document, style, resources| on_index_cards(document, style, resources, IndexCard::A7)),
];
/// A printer needs about so many points at each edge.
const EDGE: f32 = 14.0;

fn index_cards(document: &Document, style: &Style, (card, arrange): (IndexCard, Arrange)) -> LaidOut {
    let laid = arranged(document, style, arrange);
    let (short, long) = card.edges();
    let (width, height) = (laid.sheet.width, laid.sheet.height);
    assert!((width.min(height) - short).abs() < 0.01 && (width.max(height) - long).abs() < 0.01, "{card:?}");
    for page in &laid.pages {
        let is_blank = |item: &&Item| matches!(&item.ink, Ink::Text { part, .. } if part.text().trim().is_empty());
        let items: Vec<&Item> = page.items.iter().filter(|item| !is_blank(item)).collect();
        for (at, item) in items.iter().enumerate() {
            let (right, bottom) = (item.x + item.width, item.y + item.height);
            let inside = item.x.min(item.y) >= EDGE && right <= width - EDGE && bottom <= height - EDGE;
            assert!(inside, "{card:?}, beside the card: {}", show(item, &laid.tree));
            let Ink::Text { part, .. } = &item.ink else { continue };
            assert!(part.size >= 7.99, "{card:?}: {}", show(item, &laid.tree));
            let mut texts = items[at + 1..].iter().filter(|other| matches!(other.ink, Ink::Text { .. }));
            let other = texts.find(|other| overlap(item, other)).map(|other| show(other, &laid.tree));
            assert_eq!(other, None, "{card:?}, over {}", show(item, &laid.tree));
        }
    }
    laid
}

/// The pages on which a text has these words, leaving out what is repeated.
fn pages_of(laid: &LaidOut, words: &str) -> Vec<usize> {
    let wanted: Vec<&str> = words.split_whitespace().collect();
    let has = |text: &str| text.split_whitespace().collect::<Vec<_>>().windows(wanted.len()).any(|some| some == wanted);
    let shows = |item: &&Item| {
        matches!(item.owner, Owner::Node(_)) && matches!(&item.ink, Ink::Text { part, .. } if has(part.text()))
    };
    let pages = laid.pages.iter().enumerate();
    pages.flat_map(|(at, page)| page.items.iter().filter(shows).map(move |_| at)).collect()
}

fn with_steps(at: usize, steps: usize) -> Block {
    let steps: Vec<String> = (0..steps).map(|step| format!("step{at}x{step} in 3 to 4 seconds, and up.")).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let body = vec![heading(3, "Steps"), list(Some(1), &steps), heading(3, "Stop if"), list(None, &["Hurts."])];
    card(
        &format!("e{at}"),
        &format!("Exercise {at}"),
        Some("nordic-curl.svg"),
        &[("Level", "2 of 5"), ("How much", "3 × 8")],
        body,
    )
}

#[test]
fn an_exercise_has_a_card_with_its_warning() {
    let lengths = [1, 4, 9, 30];
    let document = document("Cards", lengths.iter().enumerate().map(|(at, steps)| with_steps(at, *steps)).collect());
    for (size, cards, large_print, direction) in SIZES.into_iter().flat_map(|size| {
        [CardSides::OneSided, CardSides::Duplex].into_iter().flat_map(move |cards| {
            [LargePrint::No, LargePrint::Points14].into_iter().flat_map(move |large| {
                [Direction::LeftToRight, Direction::RightToLeft].map(|direction| (size, cards, large, direction))
            })
        })
    }) {
        let style = Style { cards, large_print, ..Style::default() };
        let laid = index_cards(&Document { direction, ..document.clone() }, &style, size);
        let named = format!("{:?}, {cards:?}, {large_print:?}", size.0);
        let titles: Vec<usize> = (0..lengths.len()).flat_map(|at| pages_of(&laid, &format!("Exercise {at}"))).collect();
        assert_eq!(pages_of(&laid, "Hurts."), titles, "{named}");
        for (at, count) in lengths.into_iter().enumerate() {
            let steps: Vec<usize> = (0..count).flat_map(|step| pages_of(&laid, &format!("step{at}x{step} "))).collect();
            assert_eq!(steps.len(), count, "{named}: every step once");
            assert!(cards == CardSides::OneSided || steps.iter().all(|page| page % 2 == 1), "{named}: on the back");
            let is_short = count < 5 && large_print == LargePrint::No;
            assert!(!is_short || steps.iter().all(|page| page / 2 == titles[at] / 2 || *page == titles[at]), "{named}");
        }
    }
}

#[test]
fn what_takes_several_cards_has_no_empty_backs() {
    let notes = (0..60).map(|at| paragraph(&format!("Note {at}: slowly, and without haste.")));
    let document = document("Cards", std::iter::once(with_steps(1, 2)).chain(notes).collect());
    for size in SIZES {
        let laid = index_cards(&document, &Style { cards: CardSides::Duplex, ..Style::default() }, size);
        let (last, all) = laid.pages.split_last().unwrap();
        assert!(all.iter().all(|page| !page.items.is_empty()), "{:?}", size.0);
        assert!(!last.items.is_empty() || all.len() % 2 == 1);
        assert!(pages_of(&laid, "Note").windows(2).all(|pair| pair[0] <= pair[1]), "in order");
    }
}

#[test]
fn pictures_have_a_column_where_a_card_lies_across() {
    let laid = index_cards(&document("Cards", vec![with_steps(0, 3)]), &Style::default(), SIZES[1]);
    assert!(laid.sheet.width > laid.sheet.height);
    let place = |wanted: &dyn Fn(&Item) -> bool| laid.pages[0].items.iter().find(|item| wanted(item)).unwrap();
    let picture = place(&|item| matches!(item.ink, Ink::Picture(_)));
    let step = place(&|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with("step0x0")));
    assert!(picture.x + picture.width < step.x, "beside each other");
    assert!(picture.width > laid.sheet.width * 0.25, "{}", picture.width);
}

#[test]
fn small_print_leaves_the_picture_of_the_last_card_large() {
    let tall = |laid: &LaidOut| {
        let pictures = laid.pages[0].items.iter().filter(|item| matches!(item.ink, Ink::Picture(_)));
        pictures.map(|item| item.height).fold(0.0, f32::max)
    };
    for size in [SIZES[0], SIZES[1]] {
        let cards = |disclaimer| {
            let mut document = document("Cards", vec![with_steps(0, 2)]);
            document.frame.disclaimer = disclaimer;
            tall(&index_cards(&document, &Style::default(), size))
        };
        let (with, without) = (cards(sample::line("Ask the person who gave you this.")), cards(Vec::new()));
        assert!(with >= without * 0.6 && without > 40.0, "{:?}: {with} of {without}", size.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_on_cards_once_and_in_order(blocks in blocks()) {
        for size in SIZES {
            let laid = index_cards(&document("A handout", blocks.clone()), &Style::default(), size);
            check_told(&told(&blocks), &laid, "");
        }
    }
}
