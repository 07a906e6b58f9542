//! The weeks of a plan on one page.

use super::*;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A plan with something to do on every day.
fn plan(weeks: usize, days: &[&str], cell: &str) -> Document {
    let mut columns = vec![("Week", ColumnRole::Amount)];
    columns.extend(days.iter().map(|day| (*day, ColumnRole::Log)));
    columns.push(("Total", ColumnRole::Amount));
    let rows: Vec<Vec<String>> = (1..=weeks)
        .map(|week| {
            let cells = days.iter().map(|_| cell.to_owned());
            [format!("**{week}** Build")].into_iter().chain(cells).chain([format!("{week} km")]).collect()
        })
        .collect();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    document("Weeks", vec![table("Weeks", &columns, &rows)])
}

/// Lays a plan out on both papers, from either side and in large print; returns the pages in that order.
fn on_the_wall(plan: &Document) -> Vec<LaidOut> {
    let leftwards = Document { direction: Direction::RightToLeft, ..plan.clone() };
    let styles = [Paper::A4, Paper::Letter].map(|paper| Style { paper, ..Style::default() });
    let pages = [plan, &leftwards].into_iter().flat_map(|document| styles.iter().map(move |style| (document, style)));
    let laid = pages.map(|(document, style)| arranged(document, style, on_one_page_of_weeks));
    laid.inspect(look).collect()
}

/// Where the text is, as a share of the width of its page.
fn across(laid: &LaidOut, wanted: &str) -> f32 {
    let mut items = laid.pages.iter().flat_map(|page| &page.items);
    let found = items.find(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == wanted));
    found.map(|item| item.x / laid.sheet.width).expect(wanted)
}

#[test]
fn twenty_four_weeks_are_on_one_page_of_either_paper_and_direction() {
    for laid in on_the_wall(&plan(24, &WEEKDAYS, "Easy run 8 km")) {
        assert_eq!((laid.pages.len(), &laid.problems[..]), (1, &[][..]));
        assert_eq!(count(&laid, "24 km"), 1);
    }
}

#[test]
fn weeks_are_read_from_the_side_of_their_language() {
    let [a4, letter, leftwards, letter_leftwards] = &on_the_wall(&plan(24, &WEEKDAYS, "8 km"))[..] else {
        panic!("two papers, two directions")
    };
    for laid in [a4, letter] {
        assert!(across(laid, "Week") < across(laid, "Monday") && across(laid, "Monday") < across(laid, "Total"));
    }
    for laid in [leftwards, letter_leftwards] {
        assert!(across(laid, "Week") > across(laid, "Monday") && across(laid, "Monday") > across(laid, "Total"));
    }
}

#[test]
fn turns_of_nine_days_have_nine_columns() {
    let days = ["Day 1", "Day 2", "Day 3", "Day 4", "Day 5", "Day 6", "Day 7", "Day 8", "Day 9"];
    for laid in on_the_wall(&plan(20, &days, "Easy run 8 km")) {
        assert_eq!((laid.pages.len(), &laid.problems[..]), (1, &[][..]));
        let columns = laid.tree.nodes.iter().filter(|node| node.role == Role::HeaderCell(Scope::Column));
        assert_eq!(columns.count(), 11);
    }
}

#[test]
fn few_weeks_fill_their_page_and_many_are_reported() {
    let lowest = |laid: &LaidOut| {
        let items = laid.pages[0].items.iter().filter(|item| matches!(item.owner, Owner::Node(_)));
        items.map(|item| item.y + item.height).fold(0.0, f32::max) / laid.sheet.height
    };
    for laid in on_the_wall(&plan(8, &WEEKDAYS, "Easy run 8 km")) {
        assert_eq!((laid.pages.len(), &laid.problems[..]), (1, &[][..]));
        assert!(lowest(&laid) > 0.6, "{}", lowest(&laid));
    }
    for laid in on_the_wall(&plan(120, &WEEKDAYS, "Easy run 8 km")) {
        let pages = laid.pages.len();
        assert_eq!(laid.problems, [Problem::TooManyWeeks { weeks: 120, most: 24, pages }]);
        assert!(pages > 1);
        (1..=120).for_each(|week| assert_eq!(count(&laid, &format!("{week} km")), 1, "week {week}"));
    }
}

#[test]
fn a_cell_with_too_much_is_named() {
    let much = "so much that it takes a line and another ".repeat(12);
    for laid in on_the_wall(&plan(24, &WEEKDAYS, &much)) {
        let [Problem::WeekTooTall { cell, pages }] = &laid.problems[..] else { panic!("{:?}", laid.problems) };
        assert!(cell.starts_with("so much that") && *pages == laid.pages.len(), "{cell}");
    }
}

/// The weeks of a handout: nothing is written into its cells.
fn week_by_week(cell: &str) -> Document {
    let mut columns = vec![("Week", ColumnRole::Amount), ("Phase", ColumnRole::Name)];
    columns.extend(WEEKDAYS.iter().map(|day| (*day, ColumnRole::Text)));
    columns.push(("Total", ColumnRole::Amount));
    let row: Vec<&str> = ["1", "Protect"].into_iter().chain(WEEKDAYS.iter().map(|_| cell)).chain(["70 min"]).collect();
    let rows: Vec<&[&str]> = vec![&row; 8];
    document("Weeks", vec![table("Weeks", &columns, &rows)])
}

#[test]
fn weeks_with_long_words_are_a_table_in_smaller_type() {
    let sizes = |laid: &LaidOut| {
        let items = laid.pages.iter().flat_map(|page| &page.items);
        let sizes = items.filter_map(|item| match &item.ink {
            Ink::Text { part, .. } if part.text().contains("affected") => Some(part.size),
            Ink::Text { .. } | Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        sizes.fold((f32::MAX, 0.0_f32), |(least, most), size| (least.min(size), most.max(size)))
    };
    let plan = week_by_week("Heel drop, straight knee 3\u{a0}×\u{a0}8\u{a0}affected side, 2\u{a0}times a\u{a0}day");
    for paper in [Paper::A4, Paper::Letter] {
        let laid = laid(&plan, paper);
        look(&laid);
        assert!(laid.tree.nodes.iter().any(|node| node.role == Role::Table), "{paper:?}");
        let (least, most) = sizes(&laid);
        assert!((7.99..9.4).contains(&least) && most < 9.4, "{least} to {most}");
    }
    // An amount is parted rather than that weeks are a list.
    let plan = week_by_week("3\u{a0}×\u{a0}8\u{a0}affected\u{a0}side,\u{a0}2\u{a0}times\u{a0}a\u{a0}day");
    let laid = laid(&plan, Paper::A4);
    look(&laid);
    assert!(laid.tree.nodes.iter().any(|node| node.role == Role::Table));
}

#[test]
fn a_grid_that_hardly_fits_has_lines_as_close_and_type_as_small_as_can_be_read() {
    let cells = ["Track repeats 6 × 400 m at 5 km pace + Easy run 3 mi"; 7];
    let mut columns = vec![("Week", ColumnRole::Amount)];
    columns.extend(WEEKDAYS.iter().map(|day| (*day, ColumnRole::Log)));
    let row: Vec<&str> = ["1 Build"]
        .into_iter()
        .chain(cells.iter().enumerate().map(|(at, cell)| if at % 3 == 1 { *cell } else { "8 mi" }))
        .collect();
    let rows: Vec<&[&str]> = vec![&row; 22];
    let plan = document("Weeks", vec![table("Weeks", &columns, &rows)]);
    for laid in on_the_wall(&plan) {
        assert_eq!((laid.pages.len(), &laid.problems[..]), (1, &[][..]));
        let items = laid.pages[0].items.iter().filter(|item| matches!(item.owner, Owner::Node(_)));
        let sizes = items.filter_map(|item| match &item.ink {
            Ink::Text { part, .. } => Some(part.size),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        let least = sizes.fold(f32::MAX, f32::min);
        assert!(least > 6.99, "{least}");
    }
}
