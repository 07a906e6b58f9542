//! Tables of every width, paper and print: no word is parted without a hyphen.

use proptest::prelude::*;
use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Column, Row, Table};

use super::*;
use crate::style::{LEAST_TYPE, PerPage};

const TITLES: [&str; 10] =
    ["Phase", "Week", "Mon", "Wednesday", "Saturday", "Donnerstag", "Exercise", "Total", "km", "Rest\u{a0}days"];
const NAMES: [&str; 5] = ["Protect", "Load", "Return to running", "Week\u{a0}12", "Strengthening"];
const CELLS: [&str; 12] = [
    "",
    "Rest",
    "10\u{a0}km",
    "21.1\u{a0}km",
    "3\u{a0}×\u{a0}12",
    "Easy run 12\u{a0}km",
    "Heel drop, straight knee 3\u{a0}×\u{a0}8\u{a0}affected side",
    "Morning: Strengthening\nEvening: Gym",
    "Track repeats 6\u{a0}×\u{a0}400\u{a0}m at 5\u{a0}km pace",
    "de:Oberschenkeldehnung",
    "`bench-press`",
    "Ride 90\u{a0}km + Run 15\u{a0}km",
];

fn content(words: &str) -> Inlines {
    if let Some(code) = words.strip_prefix('`').and_then(|rest| rest.strip_suffix('`')) {
        return vec![Inline::Code(code.into())];
    }
    if let Some(german) = words.strip_prefix("de:") {
        let content = vec![Inline::Text(german.into())];
        return vec![Inline::InLanguage { language: "de".parse().expect("a language"), content }];
    }
    let lines = words.split('\n').filter(|line| !line.is_empty()).map(|line| vec![Inline::Text(line.to_owned())]);
    lines.collect::<Vec<_>>().join(&Inline::Break)
}

fn a_table() -> impl Strategy<Value = Table> {
    let role = prop_oneof![4 => Just(ColumnRole::Text), 1 => Just(ColumnRole::Amount), 1 => Just(ColumnRole::Log)];
    let words = |all: &'static [&'static str]| prop::sample::select(all);
    let columns = prop::collection::vec((words(&TITLES), role), 1..9);
    let rows = prop::collection::vec((words(&NAMES), prop::collection::vec(words(&CELLS), 8)), 1..6);
    (columns, rows).prop_map(|(columns, rows)| {
        let first = Column { title: content("Phase"), role: ColumnRole::Name };
        let columns = columns.into_iter().map(|(title, role)| Column { title: content(title), role });
        let columns: Vec<Column> = std::iter::once(first).chain(columns).collect();
        let rows = rows.into_iter().map(|(name, cells)| {
            let cells = std::iter::once(name).chain(cells).zip(&columns).map(|(words, column)| match column.role {
                // The label of a box is plain text.
                ColumnRole::Log => content(words.trim_start_matches("de:").trim_start_matches("Oberschenkel")),
                ColumnRole::Name | ColumnRole::Text | ColumnRole::Amount => content(words),
            });
            Row::of(cells.collect())
        });
        Table { summary: String::new(), alignment: Vec::new(), rows: rows.collect(), columns }
    })
}

/// The lines of each element as they are read, each with its place and whether it ends with a hyphen of its own.
fn lines(laid: &LaidOut) -> BTreeMap<usize, Vec<(f32, String, bool)>> {
    let mut found: BTreeMap<usize, Vec<(f32, String, bool)>> = BTreeMap::new();
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        let (Owner::Node(node), Ink::Text { part, baseline }) = (item.owner, &item.ink) else { continue };
        let lines = found.entry(node).or_default();
        match lines.last_mut().filter(|(place, ..)| (*place - baseline).abs() < 0.1) {
            Some((_, text, has_hyphen)) => {
                text.push_str(part.text());
                *has_hyphen = part.is_hyphen;
            }
            None => lines.push((*baseline, part.text().to_owned(), part.is_hyphen)),
        }
    }
    found
}

/// A line that ends with one of these parts no word.
const WHERE_LINES_END: [char; 6] = [' ', '\u{a0}', '-', '–', '/', '\u{200b}'];

/// Asks that lines end where a word does, or with a hyphen, and that all of it can be read.
fn check_words(laid: &LaidOut, setting: &str) {
    for lines in lines(laid).values() {
        for pair in lines.windows(2) {
            let (_, before, has_hyphen) = &pair[0];
            let is_whole = before.ends_with(WHERE_LINES_END) || *has_hyphen;
            assert!(is_whole, "{setting}: {before:?} goes on with {:?}", pair[1].1);
        }
    }
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        if let Ink::Text { part, .. } = &item.ink {
            assert!(part.size >= LEAST_TYPE - 0.01, "{setting}: {:?} has {} points", part.text(), part.size);
        }
    }
}

const PAGES: [(&str, Arrange); 3] = [("a handout", on_pages), ("sheets", on_session_sheets), ("one page", on_one_page)];
const CARDS: [(&str, Arrange); 2] = [
    ("half a page", |document, style, resources| in_cells(document, style, resources, PerPage::Two)),
    ("a quarter of a page", |document, style, resources| in_cells(document, style, resources, PerPage::Four)),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_of_a_table_is_parted_without_a_hyphen(
        tables in prop::collection::vec(a_table().prop_map(Block::Table), 1..3),
        paper in prop::sample::select(&[Paper::A4, Paper::Letter, Paper::A5]),
        large_print in prop::sample::select(&[LargePrint::No, LargePrint::Points14, LargePrint::Points18]),
    ) {
        let on_pages = document("Weeks", tables.clone());
        let on_cards = document("Weeks", vec![card("one", "Weeks", None, &[], tables)]);
        let style = Style { paper, large_print, ..Style::default() };
        for (document, ways) in [(&on_pages, &PAGES[..]), (&on_cards, &CARDS[..])] {
            for (how, arrange) in ways {
                check_words(&arranged(document, &style, *arrange), &format!("{how}, {paper:?}, {large_print:?}"));
            }
        }
    }
}

#[test]
fn seven_days_with_long_words_stay_a_table_with_whole_words() {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let mut columns = vec![("Week", ColumnRole::Amount), ("Phase", ColumnRole::Name)];
    columns.extend(days.iter().map(|day| (*day, ColumnRole::Text)));
    columns.push(("Total", ColumnRole::Amount));
    // The more long words, the smaller the type, until rows are lists.
    for long in 0..=days.len() {
        let words = (0..days.len()).map(|at| if at < long { "Strengthening" } else { "`8:km`" });
        let row: Vec<&str> = ["1", "Base"].into_iter().chain(words).chain(["42\u{a0}km"]).collect();
        let rows: Vec<&[&str]> = vec![&row; 4];
        let document = document("Weeks", vec![table("Weeks", &columns, &rows)]);
        for paper in [Paper::A4, Paper::Letter, Paper::A5] {
            let laid = laid(&document, paper);
            look(&laid);
            check_words(&laid, &format!("{paper:?}, {long} long words"));
            let is_table = laid.tree.nodes.iter().any(|node| node.role == Role::Table);
            assert!(is_table || long > 3 || paper == Paper::A5, "{paper:?}, {long} long words");
        }
    }
}
