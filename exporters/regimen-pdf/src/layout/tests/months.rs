//! Months: a grid on one page, whatever it holds; a list of days where words do not fit.

use regimen_export::document::{Month, MonthDay};

use super::*;

/// January 2027, with as many entries on each of its Mondays.
fn january(entries: &[&str]) -> Block {
    let mut weeks = vec![<[Option<MonthDay>; 7]>::default(); 5];
    for number in 1..=31_i8 {
        let at = usize::try_from(number).unwrap() + 3;
        let entries = entries.iter().filter(|_| at % 7 == 0).map(|entry| sample::line(entry)).collect();
        weeks[at / 7][at % 7] = Some(MonthDay { number, entries });
    }
    let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let weekdays = weekdays.map(str::to_owned).to_vec();
    Block::Month(Month { title: "January 2027".into(), weekdays, weeks })
}

fn pages_with(laid: &LaidOut, wanted: &str) -> Vec<usize> {
    let shows = |item: &Item| matches!((&item.ink, item.owner), (Ink::Text { part, .. }, Owner::Node(_)) if part.text() == wanted);
    let pages = laid.pages.iter().enumerate();
    pages.filter(|(_, page)| page.items.iter().any(shows)).map(|(at, _)| at).collect()
}

#[test]
fn a_month_stands_on_the_page_of_the_heading_above_it() {
    for filler in 0..50 {
        let laid = check(vec![
            Block::Code { language: None, text: "line\n".repeat(filler) },
            heading(1, "Calendar"),
            january(&["Easy run"]),
        ]);
        let page = pages_with(&laid, "Calendar");
        assert_eq!((pages_with(&laid, "4"), pages_with(&laid, "25")), (page.clone(), page), "after {filler} lines");
    }
}

/// The same month again with other words, as if it were the next.
fn next(title: &str, entries: &[&str]) -> Block {
    let Block::Month(month) = january(entries) else { panic!("a month") };
    Block::Month(Month { title: title.into(), ..month })
}

#[test]
fn two_months_share_a_page_that_has_room_for_both() {
    let pages = |entries: &[&str]| {
        let months = ["January", "February", "March"].map(|title| next(title, entries));
        let [one, other, last] = months;
        let first = [paragraph("Before."), Block::PageBreak, heading(1, "Calendar"), one];
        let blocks = first.into_iter().chain([Block::PageBreak, other, Block::PageBreak, last]).collect();
        let laid = check(blocks);
        ["January", "February", "March"].map(|title| pages_with(&laid, title)).concat()
    };
    assert_eq!(pages(&["Easy run"]), [1, 1, 2]);
    assert_eq!(pages(&["Easy run, 5 km", "Strength A"]), [1, 1, 2]);
    assert_eq!(pages(&["Run"; 6]), [1, 2, 3], "their weeks are taller than half a page");
}

#[test]
fn the_weeks_of_two_months_on_a_page_are_alike() {
    let laid = check(vec![next("January", &["Run"]), Block::PageBreak, next("February", &["Run", "Lift"])]);
    let items: Vec<&Item> = laid.pages[0].items.iter().collect();
    let tops = ["4", "11", "18", "25"].map(|number| {
        let texts = items.iter().filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == number));
        texts.map(|item| item.y).collect::<Vec<_>>()
    });
    assert!(tops.iter().all(|days| days.len() == 2), "{tops:?}");
    let heights: Vec<f32> =
        (0..2).flat_map(|month| tops.windows(2).map(move |pair| pair[1][month] - pair[0][month])).collect();
    assert!(heights.iter().all(|height| (height - heights[0]).abs() < 0.1 && *height > 40.0), "{heights:?}");
}

#[test]
fn weeks_are_alike_and_grow_with_their_entries() {
    let tops = |entries: &[&str]| -> Vec<f32> {
        let laid = check(vec![january(entries)]);
        let items: Vec<&Item> = laid.pages.iter().flat_map(|page| &page.items).collect();
        let top = |number: &str| {
            items.iter().find(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == number)).unwrap().y
        };
        ["4", "11", "18", "25"].map(top).windows(2).map(|pair| pair[1] - pair[0]).collect()
    };
    for (entries, least, most) in [(vec!["Run"], 94.9, 95.1), (["Run", "Lift"].repeat(4), 115.0, 130.0)] {
        let heights = tops(&entries);
        assert!(heights.iter().all(|height| (least..most).contains(height)), "{heights:?}");
        assert!(heights.iter().all(|height| (height - heights[0]).abs() < 0.1), "{heights:?}");
    }
}

#[test]
fn days_that_do_not_fit_are_a_list() {
    for entries in [vec!["Donaudampfschifffahrt"], vec!["Run"; 200]] {
        let laid = check(vec![january(&entries)]);
        assert_eq!(count(&laid, entries[0]), 4 * entries.len(), "every entry once");
        assert_eq!(count(&laid, "Monday 25"), 1, "its day");
        assert_eq!(count(&laid, "5"), 0, "no day without entries");
    }
}

#[test]
fn a_day_is_read_before_what_happens_on_it() {
    let laid = check(vec![heading(1, "Run"), january(&["[Run](#run)"])]);
    let roles: Vec<Role> = laid.tree.nodes.iter().map(|node| node.role).collect();
    let link = roles.iter().position(|role| *role == Role::Link).unwrap();
    assert_eq!(roles[link - 3..link], [Role::Cell(1), Role::Paragraph, Role::Paragraph]);
    assert_eq!(laid.links.len(), 4);
    let destinations: Vec<_> = laid.destinations.iter().filter_map(|place| place.bookmark.clone()).collect();
    assert!(destinations.contains(&(2, "January 2027".to_owned())), "{destinations:?}");
}
