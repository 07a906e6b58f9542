//! Where pages of sheets end: not between a session and its title, nor with what is done in turns unless its title comes again.

use proptest::prelude::*;
use regimen_export::document::Work;

use super::session_sheets::{foot, line, pages_of, session, set, work};
use super::*;

/// Exercises that are done in turns.
fn turns(name: &str, count: usize, steps: usize, weeks: usize) -> Vec<Block> {
    let one = |at: usize| {
        let Block::Work(own) = work(&format!("{name}{at}"), steps, weeks) else { panic!("an exercise") };
        let group = if at == 1 { line(&format!("Turns of {name}")) } else { Vec::new() };
        Block::Work(Box::new(Work { group, goes_on: at > 1, ..*own }))
    };
    (1..=count).map(one).collect()
}

/// Whether a page has these words as a title that comes again.
fn comes_again(laid: &LaidOut, page: usize, words: &str) -> bool {
    laid.pages[page].items.iter().any(|item| {
        matches!((&item.ink, item.owner), (Ink::Text { part, .. }, Owner::Decoration) if part.text().starts_with(words))
    })
}

fn look_at_turns(laid: &LaidOut, name: &str, count: usize) -> usize {
    let page_of = |word: &str| *pages_of(laid, word).first().expect("it is on a page");
    let first = page_of(&format!("{name}1 step 1"));
    let mut before = first;
    for at in 2..=count {
        // Where it begins a page, the last one there is another of its group.
        let page = page_of(&format!("{name}{at} step 1"));
        let above = before == page || comes_again(laid, page, &format!("Turns of {name}"));
        // Parted between its steps, an exercise goes on under its own title as well.
        assert!(above || comes_again(laid, page, &format!("{name}{}", at - 1)), "{name}{at} on page {page}");
        before = page;
    }
    before - first
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_done_in_turns_goes_on_under_its_title(
        before in 0_usize..5,
        groups in prop::collection::vec((2_usize..5, 1_usize..7, 1_usize..8), 1..4),
        letter in any::<bool>(),
        print in prop_oneof![Just(LargePrint::No), Just(LargePrint::Points14), Just(LargePrint::Points18)],
    ) {
        let names = ["Alder", "Birch", "Cedar"];
        let mut blocks = session("Apple", before, 4, 4);
        blocks.extend(names.iter().zip(&groups).flat_map(|(name, (count, steps, weeks))| turns(name, *count, *steps, *weeks)));
        blocks.extend(session("Berry", 2, 4, 4));
        let paper = if letter { Paper::Letter } else { Paper::A4 };
        let laid = set(blocks, &Style { paper, large_print: print, ..Style::default() });
        for (name, (count, ..)) in names.iter().zip(&groups) {
            look_at_turns(&laid, name, *count);
        }
    }
}

#[test]
fn what_is_done_in_turns_stays_whole_if_it_is_short() {
    for before in 0..12 {
        let blocks = [session("Apple", before, 3, 4), turns("Alder", 2, 1, 2), session("Berry", 9, 3, 4)].concat();
        for paper in [Paper::A4, Paper::Letter] {
            let laid = set(blocks.clone(), &Style { paper, ..Style::default() });
            assert_eq!(look_at_turns(&laid, "Alder", 2), 0, "{before} {paper:?}");
        }
    }
}

#[test]
fn lines_below_the_title_of_a_session_stay_with_its_first_exercise() {
    let long = "Learn the hinge with a light weight, and go home when your back gets tired. ".repeat(5);
    for before in 0..10 {
        let mut blocks = session("Apple", before, 4, 4);
        let mut next = session("Berry", 3, 5, 4);
        next[2] = paragraph(&format!("Berry on Friday. {long}"));
        blocks.extend(next);
        for (paper, large_print) in [Paper::A4, Paper::Letter]
            .into_iter()
            .flat_map(|paper| [LargePrint::No, LargePrint::Points14].map(|print| (paper, print)))
        {
            let laid = set(blocks.clone(), &Style { paper, large_print, ..Style::default() });
            let first = |word: &str| pages_of(&laid, word).first().copied();
            assert_eq!(first("Berry on Friday"), first("Berry1"), "{before} {paper:?} {large_print:?}");
        }
    }
}

#[test]
fn a_page_before_a_long_session_is_not_left_half_empty() {
    for (first, long) in [(1, 14), (1, 20), (2, 16), (2, 24)] {
        let blocks = [vec![paragraph("What to know.")], session("Apple", first, 1, 1), session("Berry", long, 5, 6)];
        for paper in [Paper::A4, Paper::Letter] {
            let laid = set(blocks.concat(), &Style { paper, ..Style::default() });
            for page in 0..laid.pages.len() - 1 {
                let empty = foot(&laid, page);
                assert!(empty < 0.4, "{first} {long} {paper:?}: {empty} of page {}", page + 1);
            }
        }
    }
}

#[test]
fn a_session_that_fits_no_page_with_the_small_print_goes_on_where_there_is_room() {
    for count in 3..14 {
        let mut document = document("A plan", [session("Apple", 12, 4, 4), session("Berry", count, 1, 4)].concat());
        document.frame.disclaimer = line("General advice.");
        let laid = arranged(&document, &Style::default(), on_session_sheets);
        look(&laid);
        for page in 0..laid.pages.len() - 1 {
            let empty = foot(&laid, page);
            assert!(empty < 0.25, "{count}: {empty} of page {}", page + 1);
        }
    }
}

#[test]
fn the_end_of_a_handout_takes_no_page_if_a_little_less_room_saves_it() {
    let ends = (0..60).map(|lines| {
        let mut blocks: Vec<Block> =
            (0..30).flat_map(|at| [heading(3, &format!("H{at}")), paragraph("Text.")]).collect();
        blocks.extend((0..lines).map(|at| paragraph(&format!("Line {at}."))));
        let laid = laid(&document("Long", blocks), Paper::A4);
        look(&laid);
        (laid.pages.len(), laid.ends_with_little)
    });
    let ends: Vec<(usize, bool)> = ends.collect();
    assert!(ends.iter().all(|(_, little)| !little), "{ends:?}");
    assert!(ends.is_sorted(), "{ends:?}");
}

#[test]
fn a_plan_longer_than_a_page_is_set_as_large_as_its_pages_allow_with_its_warning_whole() {
    let rows: Vec<[String; 2]> = (0..60).map(|at| [format!("Exercise {at}"), "3 sets of 8".into()]).collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    for count in [50, 60] {
        let rows: Vec<&[&str]> = rows.iter().take(count).map(Vec::as_slice).collect();
        let columns = [("Exercise", ColumnRole::Name), ("How much", ColumnRole::Text)];
        let days: Vec<Block> =
            (0..2).flat_map(|day| [heading(1, &format!("Day {day}")), table("Day", &columns, &rows)]).collect();
        let signs = ["It hurts at night, and more each day, or on the stairs."; 14];
        let stop = callout(CalloutKind::Caution, "Danger", vec![list(None, &signs)]);
        let document = document("A plan", [days, vec![stop]].concat());
        for (paper, large_print) in [Paper::A4, Paper::Letter]
            .into_iter()
            .flat_map(|paper| [LargePrint::No, LargePrint::Points18].map(|print| (paper, print)))
        {
            let laid = arranged(&document, &Style { paper, large_print, ..Style::default() }, on_one_page);
            assert_eq!(pages_of(&laid, "It hurts").len(), 1, "{paper:?} {large_print:?}");
            let emptiest = (0..laid.pages.len() - 1).map(|page| foot(&laid, page)).fold(0.0, f32::max);
            assert!(emptiest < 0.4, "{paper:?} {large_print:?}: {emptiest}");
        }
    }
}
