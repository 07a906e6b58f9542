//! Sheets to write on: which share a page, and where a long one is parted.

use super::*;
use crate::style::Columns;

/// A sheet with tables of so many rows.
fn sheet(name: &str, tables: &[usize]) -> Vec<Block> {
    let columns = [("Exercise", ColumnRole::Name), ("Week 1", ColumnRole::Log), ("Week 2", ColumnRole::Log)];
    let mut blocks = vec![Block::SheetBreak, heading(1, name), paragraph(&format!("{name} on Tuesday."))];
    for (at, rows) in tables.iter().enumerate() {
        let names: Vec<String> = (0..*rows).map(|row| format!("{name}{at}row{row}")).collect();
        let rows: Vec<[&str; 3]> = names.iter().map(|name| [name.as_str(), "", ""]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
        blocks.push(table(name, &columns, &rows));
    }
    blocks.push(callout(CalloutKind::Tip, &format!("{name} tip"), vec![paragraph("Slowly.")]));
    blocks
}

/// On which pages there are texts that begin like this.
fn pages_of(laid: &LaidOut, beginning: &str) -> BTreeSet<usize> {
    let is_on = |page: &Page| {
        let mut items = page.items.iter().filter(|item| matches!(item.owner, Owner::Node(_)));
        items.any(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with(beginning)))
    };
    laid.pages.iter().enumerate().filter(|(_, page)| is_on(page)).map(|(at, _)| at).collect()
}

#[test]
fn short_sheets_share_a_page_and_each_is_on_one() {
    let blocks = ["Apple", "Berry", "Cherry", "Date", "Elder"].map(|name| sheet(name, &[3, 3]));
    let laid = check(blocks.concat());
    for name in ["Apple", "Berry", "Cherry", "Date", "Elder"] {
        assert_eq!(pages_of(&laid, name).len(), 1, "{name}");
    }
    assert!(laid.pages.len() < 4, "{}", laid.pages.len());
}

#[test]
fn a_long_sheet_begins_a_page_and_its_tables_stay_whole() {
    let laid = check([sheet("Apple", &[12]), sheet("Berry", &[9, 9, 9, 9])].concat());
    assert_eq!(pages_of(&laid, "Apple"), BTreeSet::from([0]));
    assert_eq!(pages_of(&laid, "Berry on").first(), Some(&1));
    for at in 0..4 {
        assert_eq!(pages_of(&laid, &format!("Berry{at}row")).len(), 1, "table {at}");
    }
    // The tip is not alone on its page.
    assert_eq!(pages_of(&laid, "Berry tip"), pages_of(&laid, "Berry3row"));
}

#[test]
fn the_sheet_of_a_race_has_no_page_of_its_own() {
    let after = vec![Block::PageBreak, heading(1, "Exercises"), paragraph("How each is done.")];
    let race = sheet("Race", &[1]);
    let laid = check([sheet("Apple", &[14]), sheet("Berry", &[22]), race.clone(), after.clone()].concat());
    assert_eq!(pages_of(&laid, "Race"), pages_of(&laid, "Exercises"));
    // What begins a page does so where more is on the page before.
    let laid = check([sheet("Apple", &[14]), race, after].concat());
    assert_eq!(pages_of(&laid, "Race"), pages_of(&laid, "Apple"));
    assert_ne!(pages_of(&laid, "Race"), pages_of(&laid, "Exercises"));
}

#[test]
fn a_heading_and_the_lines_below_it_stay_with_their_table() {
    let leading = "Getting ready takes a while. ".repeat(8);
    let row: &[&str] = &["Work", "5 km"];
    let steps = table("Steps", &[("Step", ColumnRole::Name), ("Dose", ColumnRole::Text)], &[row; 3]);
    for filler in 0..90 {
        let mut blocks: Vec<Block> = (0..filler).map(|_| paragraph("A line.")).collect();
        blocks.extend([heading(2, "Title"), paragraph(&leading), paragraph("Last words."), steps.clone()]);
        let laid = laid_in(&document("Columns", blocks), &Style { columns: Columns::Two, ..Style::default() });
        look(&laid);
        let middle = laid.sheet.left + laid.sheet.measure / 2.0;
        let column = |wanted: &str| {
            let items =
                laid.pages.iter().enumerate().flat_map(|(page, of)| of.items.iter().map(move |item| (page, item)));
            let mut of_words = items
                .filter(|(_, item)| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with(wanted)));
            of_words.next().map(|(page, item)| (page, item.x > middle)).expect(wanted)
        };
        assert_eq!([column("Title"), column("Getting"), column("Last")], [column("Step"); 3], "{filler} lines before");
    }
}
