//! The weeks of a programme alone: what is said above the cells, in them and below.

use regimen_catalog::Catalog;
use regimen_catalog::model::{Entry, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::prose::plain_text;

use super::super::{fridge, program, week_grid, week_grid_in_short};
use super::catalog;
use super::programs::{composed, read};
use crate::document::{Block, Document};
use crate::exporter::Unit;

const FILES: [(&str, &str); 4] = [
    (
        "sessions/easy.yaml",
        "{kind: run, main: [{run: [{duration: 5 km, target: easy pace}]}], words: {name: Easy run}}",
    ),
    (
        "sessions/track.yaml",
        "{kind: run, main: [{run: [{repeat: 4, steps: [{duration: 1 km, target: 10k pace}]}]}], words: {name: Track}}",
    ),
    ("sessions/race.yaml", "{kind: race, main: [{run: [{duration: 10 km}]}], words: {name: Quay run}}"),
    (
        "sessions/gym.yaml",
        "{kind: strength, duration: 30 min, main: [{exercise: raise, dose: {sets: 3, reps: 8, load: 20 kg}}], words: {name: Gym}}",
    ),
];

/// A grid with a row for each week, of cells on Tuesday and on Sunday.
fn grid(weeks: &[[&str; 2]]) -> Catalog {
    let rows: Vec<String> = weeks
        .iter()
        .map(|[tuesday, sunday]| format!("[rest, '{tuesday}', rest, rest, rest, rest, '{sunday}']"))
        .collect();
    let program = format!(
        "{{level: 1, phases: [{{id: a, kind: base, weeks: {}}}], \
         grid: {{sessions: {{run: easy, easy: easy, repeats: track}}, weeks: [{}]}}, \
         words: {{name: Plan, summary: S., goal: G, audience: A}}}}",
        weeks.len(),
        rows.join(", ")
    );
    let files: Vec<(&str, &str)> = FILES.into_iter().chain([("programs/plan.yaml", program.as_str())]).collect();
    catalog("{sets: 3, reps: 8}", &files)
}

fn weeks(catalog: &Catalog) -> String {
    read(&composed(catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan)).blocks)
}

fn weeks_in_short(catalog: &Catalog) -> String {
    read(&composed(catalog, |unit, plan| week_grid_in_short(unit, &catalog.programs["plan"], plan)).blocks)
}

#[test]
fn two_sessions_of_most_days_are_named_once_above_them() {
    let catalog = grid(&[["5 km easy + gym", "4x1 km"], ["6 km easy + gym", "5x1 km"], ["7 km easy", "race"]]);
    assert_eq!(
        weeks(&catalog).lines().take(4).collect::<Vec<_>>(),
        [
            "Week | Tuesday / Easy run + Gym (Raise)_ | Sunday / Track_ | Total",
            "1 Base | 5 km / 3 × 8, 20 kg | 4 × 1 km | 9 km + 30 min",
            "2 Base | 6 km / 3 × 8, 20 kg | 5 × 1 km | 11 km + 30 min",
            "3 Base | Easy run / 7 km | Race day / Quay run / 10 km | 17 km",
        ]
    );
}

#[test]
fn a_week_says_that_it_is_one_where_no_title_is_above_it() {
    let catalog = grid(&[["5 km easy", "4x1 km"], ["6 km easy", "race"]]);
    let of = |page: Document| {
        let tables = page
            .blocks
            .into_iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None });
        let rows = tables.take(1).flat_map(|table| table.rows);
        rows.map(|row| plain_text(&row.heading)).collect::<Vec<_>>()
    };
    let plan = |compose: fn(&Unit<'_>, &Entry<Program>, &Plan) -> Document| {
        of(composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan)))
    };
    assert_eq!(plan(week_grid), ["Week 1\u{a0}Base", "Week 2\u{a0}Base"]);
    assert_eq!(plan(fridge), ["Week 1", "Week 2"]);
    assert_eq!(plan(program), ["Week 1", "Week 2"]);
}

#[test]
fn days_that_are_not_as_most_have_a_line_for_each_session() {
    let catalog = grid(&[["5 km easy + gym", "4x1 km"], ["4x1 km + 3 km easy", "4x1 km"], ["7 km easy", "race"]]);
    let page = weeks(&catalog);
    assert!(page.contains("1 Base | Easy run 5 km / Gym Raise 3 × 8, 20 kg | "), "{page}");
    assert!(page.contains("2 Base | Track 4 × 1 km / Easy run 3 km | "), "{page}");
}

#[test]
fn in_short_what_never_changes_is_below_the_weeks() {
    let catalog = grid(&[["5 km easy + gym", "gym"], ["4x1 km + 3 km easy", "4x1 km"], ["7 km easy", "race"]]);
    let page = weeks_in_short(&catalog);
    let expected = [
        "1 Base | Easy run 5 km + Gym | Gym | 5 km + 60 min",
        "2 Base | Track 4 × 1 km + Easy run 3 km | Track 4 × 1 km | 11 km",
        "3 Base | Easy run 7 km | Race day Quay run 10 km | 17 km",
        "Gym: Raise 3 × 8, 20 kg",
        "The total counts all of each session, with warm-up, recoveries and cool-down.",
    ];
    assert_eq!(page.lines().skip(1).collect::<Vec<_>>(), expected);
}
