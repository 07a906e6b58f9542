//! Sheets to train from: one page for a session, in type that can be read from the floor, filled to its foot.

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Column, ColumnRole, Figure, LogEntry, Row, Scale, Table, Work, WorkPoint, WorkTime};

use super::*;

pub(super) fn line(text: &str) -> Inlines {
    vec![Inline::Text(text.into())]
}

/// An exercise with this many steps, done in so many weeks.
pub(super) fn work(name: &str, steps: usize, weeks: usize) -> Block {
    let point = |label: &str, warns, text: &str| WorkPoint { label: line(label), warns, lines: vec![line(text)] };
    let time = |week: usize| WorkTime {
        title: line(&format!("Week {week}")),
        content: line(&format!("{week} sets")),
        log: vec![LogEntry {
            session: Arc::default(),
            work: None,
            time: None,
            planned: Arc::default(),
            caption: "kg · RPE".into(),
        }],
    };
    Block::Work(Box::new(Work {
        level: 2,
        anchor: name.to_lowercase(),
        title: line(name),
        figure: Some(Figure { file: "curl.svg".into(), alt: "A curl.".into(), ..Figure::default() }),
        dose: line("RPE 7"),
        setup: vec![line("Stand tall with your feet hip-width apart.")],
        steps: (1..=steps).map(|step| line(&format!("{name} step {step} goes slowly down and up again."))).collect(),
        points: vec![point("Keep in mind", false, "Heels heavy."), point("Stop if", true, &format!("{name} hurts."))],
        times: (1..=weeks).map(time).collect(),
        ..Work::default()
    }))
}

pub(super) fn session(name: &str, exercises: usize, steps: usize, weeks: usize) -> Vec<Block> {
    let mut blocks = vec![Block::SheetBreak, heading(1, name), paragraph(&format!("{name} on Tuesday."))];
    blocks.extend((1..=exercises).map(|at| work(&format!("{name}{at}"), steps, weeks)));
    blocks
}

pub(super) fn set(blocks: Vec<Block>, style: &Style) -> LaidOut {
    let laid = arranged(&document("A plan", blocks), style, on_session_sheets);
    look(&laid);
    laid
}

fn check(blocks: Vec<Block>) -> LaidOut {
    set(blocks.clone(), &Style { paper: Paper::Letter, ..Style::default() });
    set(blocks.clone(), &Style { large_print: LargePrint::Points18, ..Style::default() });
    let right_to_left = Document { direction: Direction::RightToLeft, ..document("A plan", blocks.clone()) };
    look(&arranged(&right_to_left, &Style::default(), on_session_sheets));
    set(blocks, &Style::default())
}

#[test]
fn each_place_says_what_to_write_there_at_its_lower_corner() {
    let laid = check(session("Day", 2, 3, 4));
    let items: Vec<&Item> = laid.pages.iter().flat_map(|page| &page.items).collect();
    let of = |words: &str| -> Vec<&&Item> {
        items.iter().filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == words)).collect()
    };
    assert_eq!(of("kg · RPE").len(), 8);
    let (sets, caption) = (of("1 sets")[0], of("kg · RPE")[0]);
    assert!(caption.y > sets.y + 5.0 && caption.x > sets.x, "{} {}", show(sets, &laid.tree), show(caption, &laid.tree));
}

#[test]
fn places_have_their_captions_also_where_room_is_short() {
    for exercises in 2..=8 {
        let laid = check(session("Day", exercises, 5, 4));
        let captions = laid
            .pages
            .iter()
            .flat_map(|page| &page.items)
            .filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == "kg · RPE"));
        assert_eq!(captions.count(), 4 * exercises, "{exercises} exercises");
    }
}

#[test]
fn a_bar_is_before_when_to_stop_and_before_nothing_else() {
    let laid = check(session("Day", 3, 4, 4));
    let page = &laid.pages[0].items;
    let is_before = |item: &&Item, line: &Item| {
        matches!(item.ink, Ink::Fill(_))
            && (item.y - line.y).abs() < 3.0
            && item.height > 5.0
            && item.x < line.x
            && line.x - item.x < 12.0
    };
    let of = |words: &str| {
        page.iter()
            .filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with(words)))
            .collect::<Vec<_>>()
    };
    let (stop, other) = (of("Stop if"), of("Keep"));
    assert!(stop.len() == 3 && other.len() == 3, "{} {}", stop.len(), other.len());
    assert!(stop.iter().all(|line| page.iter().any(|item| is_before(&item, line))), "no bar");
    assert!(
        !other.iter().any(|line| page.iter().any(|item| is_before(&item, line))),
        "a bar before what does not warn"
    );
}

/// The pages of what is above one element.
pub(super) fn pages_of(laid: &LaidOut, word: &str) -> BTreeSet<usize> {
    let has = |page: &Page| {
        page.items.iter().any(|item| match &item.ink {
            Ink::Text { part, .. } => matches!(item.owner, Owner::Node(_)) && part.text().contains(word),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => false,
        })
    };
    laid.pages.iter().enumerate().filter(|(_, page)| has(page)).map(|(at, _)| at).collect()
}

/// How much of the height of a page is free at its foot.
pub(super) fn foot(laid: &LaidOut, page: usize) -> f32 {
    let items = laid.pages[page].items.iter().filter(|item| !matches!(item.owner, Owner::Header | Owner::Footer));
    let bottom = items.map(|item| item.y + item.height).fold(0.0, f32::max);
    (laid.sheet.bottom - bottom) / laid.sheet.room()
}

#[test]
fn each_session_is_on_a_page_and_fills_it() {
    let blocks = ["Apple", "Berry", "Cherry"].map(|name| session(name, 4, 5, 4)).concat();
    let laid = check([vec![paragraph("What to know.")], blocks].concat());
    let pages = ["Apple", "Berry", "Cherry"].map(|name| pages_of(&laid, name));
    assert!(pages.iter().all(|pages| pages.len() == 1), "{pages:?}");
    for page in &pages[1..] {
        let foot = foot(&laid, *page.first().unwrap());
        assert!(foot < 0.12, "{foot} of the page is empty");
    }
}

#[test]
fn how_it_is_done_has_10_to_12_points_and_nothing_less_than_8() {
    for (exercises, steps) in [(1, 2), (4, 5), (5, 6), (6, 9)] {
        let mut document = document("A plan", session("Apple", exercises, steps, 6));
        document.frame.disclaimer = vec![Inline::Code("small-print".into())];
        let laid = arranged(&document, &Style::default(), on_session_sheets);
        look(&laid);
        let sizes = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.ink {
            Ink::Text { part, .. } => Some((part.text().to_owned(), part.size)),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        let sizes: Vec<(String, f32)> = sizes.collect();
        let of_steps: Vec<f32> =
            sizes.iter().filter(|(text, _)| text.contains("slowly")).map(|(_, size)| *size).collect();
        assert!(of_steps.iter().all(|size| (9.99..=12.01).contains(size)), "{of_steps:?}");
        assert!(sizes.iter().all(|(_, size)| *size >= 7.99), "{sizes:?}");
    }
}

#[test]
fn nothing_of_an_exercise_is_on_another_page() {
    let laid = check([session("Apple", 7, 6, 12), session("Berry", 2, 3, 2)].concat());
    for name in (1..=7).map(|at| format!("Apple{at}")) {
        assert_eq!(pages_of(&laid, &name).len(), 1, "{name}");
    }
}

#[test]
fn places_are_on_the_page_of_their_exercise_in_a_session_longer_than_a_page() {
    for lines in 0..30 {
        let before = paragraph(&"Berries are sweet. ".repeat(6 * lines));
        let laid = set(
            [vec![Block::SheetBreak, heading(1, "Apple"), before], session("Apple", 9, 2, 6)[3..].to_vec()].concat(),
            &Style::default(),
        );
        let places = laid.tree.nodes.iter().enumerate().filter(|(_, node)| node.role == Role::Section);
        assert!(places.map(|(section, _)| pages_of_element(&laid, section).len()).all(|pages| pages <= 1), "{lines}");
    }
}

#[test]
fn short_sessions_share_a_page() {
    let laid = check(["Apple", "Berry", "Cherry"].map(|name| session(name, 1, 2, 3)).concat());
    assert_eq!(laid.pages.len(), 1);
}

#[test]
fn a_gap_tried_in_vain_leaves_no_page_break() {
    for (lines, steps, weeks) in [(1, 0, 0), (1, 1, 0), (1, 0, 2), (3, 0, 2), (3, 1, 2)] {
        let before = vec![paragraph("What to know."); lines];
        let laid = check([before, session("Apple", 8, steps, weeks)].concat());
        assert_eq!(laid.pages.len(), 1, "{lines} lines, {steps} steps, {weeks} weeks");
    }
}

#[test]
fn small_print_takes_no_page_for_itself() {
    // As many words before the last exercises as bring the end of the session to the foot of the page and past it.
    for words in 0..40 {
        let mut berry = session("Berry", 3, 5, 4);
        berry.insert(2, paragraph(&"Berries are sweet. ".repeat(6 * words)));
        let blocks = [vec![paragraph("What to know.")], session("Apple", 3, 5, 4), berry].concat();
        let without = set(blocks.clone(), &Style::default());
        let mut document = document("A plan", blocks);
        document.frame.disclaimer = vec![Inline::Code("small-print".into())];
        let laid = arranged(&document, &Style::default(), on_session_sheets);
        look(&laid);
        assert_eq!(laid.pages.len(), without.pages.len(), "{words}");
        assert_eq!(pages_of(&laid, "small-print").len(), 1);
        assert!(pages_of(&laid, "Berry3").contains(&(laid.pages.len() - 1)), "{words}");
    }
}

#[test]
fn an_exercise_longer_than_a_page_loses_nothing() {
    let laid = check(vec![Block::SheetBreak, heading(1, "Long"), work("Long", 120, 60)]);
    for step in 1..=120 {
        assert_eq!(pages_of(&laid, &format!("step {step} ")).len(), 1, "{step}");
    }
    assert!(laid.pages.len() > 2);
    let laid = check(vec![Block::SheetBreak, heading(1, "Shown"), work("Shown", 120, 0)]);
    assert_eq!(pages_of(&laid, "step 120 ").len(), 1);
}

#[test]
fn an_exercise_longer_than_a_page_is_read_once_and_in_order() {
    let Block::Work(mut long) = work("Long", 120, 60) else { panic!("an exercise") };
    long.group = line("In turns");
    let laid = check(vec![Block::SheetBreak, Block::Work(long)]);
    assert_eq!(count(&laid, "In turns"), 1);
    let nodes = |word: &str| -> BTreeSet<usize> {
        let items = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match (item.owner, &item.ink) {
            (Owner::Node(node), Ink::Text { part, .. }) if part.text().contains(word) => Some(node),
            _ => None,
        });
        items.collect()
    };
    let (steps, hurts, places) = (nodes("step"), nodes("hurts"), nodes("Week"));
    assert!(steps.last() < hurts.first() && hurts.last() < places.first(), "{steps:?} {hurts:?} {places:?}");
    let headings = laid.tree.nodes.iter().map(|node| node.role).filter(|role| matches!(role, Role::Heading(_)));
    assert_eq!(headings.collect::<Vec<_>>(), [1, 2].map(Role::Heading), "the title and the exercise");
}

#[test]
fn no_rule_parts_what_takes_turns() {
    let Block::Work(curl) = work("Curl", 3, 2) else { panic!("an exercise") };
    let rules = |goes_on| {
        let dip = Work { goes_on, title: line("Dip"), anchor: "dip".into(), ..*curl.clone() };
        let laid = check(vec![Block::SheetBreak, Block::Work(curl.clone()), Block::Work(Box::new(dip))]);
        laid.pages.iter().flat_map(|page| &page.items).filter(|item| matches!(item.ink, Ink::Fill(_))).count()
    };
    assert_eq!(rules(false), rules(true) + 1);
}

#[test]
fn large_print_takes_at_most_twice_the_pages() {
    let blocks = ["Apple", "Berry", "Cherry"].map(|name| session(name, 4, 4, 4)).concat();
    let (usual, large) = (
        set(blocks.clone(), &Style::default()),
        set(blocks, &Style { large_print: LargePrint::Points18, ..Style::default() }),
    );
    assert!(large.pages.len() <= 2 * usual.pages.len(), "{} for {}", large.pages.len(), usual.pages.len());
}

#[test]
fn sheets_in_large_print_share_pages_where_that_saves_one() {
    let style = Style { large_print: LargePrint::Points14, ..Style::default() };
    // Each takes a little more than a page.
    let exercises = (4..12).find(|count| set(session("Apple", *count, 5, 6), &style).pages.len() == 2);
    let exercises = exercises.expect("as many as are on a page and a little more");
    let laid = set(["Apple", "Berry", "Cherry", "Date"].map(|name| session(name, exercises, 5, 6)).concat(), &style);
    assert!(laid.pages.len() < 8, "{}", laid.pages.len());
    for name in ["Apple2", "Berry4", "Date1"] {
        assert_eq!(pages_of(&laid, &format!("{name} hurts")).len(), 1, "{name}");
    }
}

/// On which pages an element and those within it are.
fn pages_of_element(laid: &LaidOut, wanted: usize) -> BTreeSet<usize> {
    let is_within =
        |node: usize| std::iter::successors(Some(node), |at| laid.tree.nodes[*at].parent).any(|at| at == wanted);
    let has = |page: &Page| page.items.iter().any(|item| matches!(item.owner, Owner::Node(node) if is_within(node)));
    laid.pages.iter().enumerate().filter(|(_, page)| has(page)).map(|(at, _)| at).collect()
}

#[test]
fn in_large_print_exercises_are_parted_between_their_steps_under_their_title() {
    let blocks = ["Apple", "Berry", "Cherry"].map(|name| session(name, 3, 7, 4)).concat();
    let large = Style { large_print: LargePrint::Points18, ..Style::default() };
    let laid = set(blocks.clone(), &large);
    let tree = &laid.tree;
    let nodes = |role: Role| (0..tree.nodes.len()).filter(move |at| tree.nodes[*at].role == role);
    let parted: Vec<usize> =
        nodes(Role::Section).filter(|section| pages_of_element(&laid, *section).len() > 1).collect();
    assert!(!parted.is_empty(), "pages are filled");
    for part in nodes(Role::ListItem).chain(nodes(Role::Paragraph)) {
        let is_how = tree.nodes[part].parent.is_some_and(|parent| parent != Tree::ROOT);
        assert!(!is_how || pages_of_element(&laid, part).len() == 1, "a step, a sign to stop or a place is parted");
    }
    for section in parted {
        let pages = pages_of_element(&laid, section);
        for page in pages.iter().skip(1) {
            let mut titles = laid.pages[*page].items.iter().filter(|item| {
                matches!((&item.ink, item.owner), (Ink::Text { part, .. }, Owner::Decoration) if part.text().ends_with("(continued)"))
            });
            assert!(titles.next().is_some(), "page {page}");
        }
    }
    let usual = set(blocks, &Style::default());
    assert!(
        usual
            .pages
            .iter()
            .flat_map(|page| &page.items)
            .all(|item| { !matches!(&item.ink, Ink::Text { part, .. } if part.text().contains("(continued)")) })
    );
}

#[test]
fn lines_beside_pictures_begin_where_those_below_them_do() {
    let laid = set(session("Apple", 1, 9, 4), &Style { large_print: LargePrint::Points18, ..Style::default() });
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let pictures: Vec<&Item> = items.clone().filter(|item| matches!(item.ink, Ink::Picture(_))).collect();
    let left =
        items.filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text().starts_with("Stand tall")));
    let left: Vec<f32> = left.map(|item| item.x).collect();
    assert_eq!(left, [laid.sheet.left]);
    let right = laid.sheet.left + laid.sheet.measure;
    assert!(pictures.iter().all(|picture| (picture.x + picture.width - right).abs() < 0.1), "at the end of the lines");
}

#[test]
fn the_title_of_a_session_is_on_the_page_of_its_first_exercise() {
    for lines in 0..24 {
        let before = vec![paragraph("What to know."); lines];
        let blocks = [before, session("Apple", 2, 4, 4), session("Berry", 2, 4, 4)].concat();
        for large_print in [LargePrint::Points14, LargePrint::Points18] {
            let laid = set(blocks.clone(), &Style { large_print, ..Style::default() });
            for name in ["Apple", "Berry"] {
                let first = |word: &str| pages_of(&laid, word).first().copied();
                assert_eq!(first(&format!("{name} on Tuesday")), first(&format!("{name}1")), "{lines} {large_print:?}");
            }
        }
    }
}

#[test]
fn boxes_of_seven_days_are_in_even_rows_that_part_no_day() {
    let Block::Work(curl) = work("Curl", 3, 0) else { panic!("an exercise") };
    for (large_print, words, times) in [
        (LargePrint::No, "", 1),
        (LargePrint::No, "", 2),
        (LargePrint::No, "", 3),
        (LargePrint::Points14, "2 sets of 8", 2),
        (LargePrint::Points18, "2 sets of 8", 2),
    ] {
        let boxes = vec![vec![Inline::Checkbox(false); times]; 7].join(&Inline::Text(" ".into()));
        let content = if words.is_empty() { boxes } else { [line(words), vec![Inline::Break], boxes].concat() };
        let weeks = (1..=8).map(|week| WorkTime {
            title: line(&format!("Week {week}")),
            content: content.clone(),
            ..WorkTime::default()
        });
        let work = Work { times: weeks.collect(), ..*curl.clone() };
        let laid =
            set(vec![Block::SheetBreak, Block::Work(Box::new(work))], &Style { large_print, ..Style::default() });
        let rows = laid.pages.iter().flat_map(|page| &page.items).filter_map(|item| match &item.ink {
            Ink::Text { part, .. } => Some(part.text().trim().to_owned()).filter(|row| row.contains('☐')),
            Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
        });
        let rows: Vec<String> = rows.collect();
        let day = "☐".repeat(times);
        let is_whole = |row: &&String| row.split(' ').all(|boxes| boxes == day);
        assert_eq!(rows.iter().find(|row| !is_whole(row)), None, "{large_print:?} {times}: {rows:?}");
        let days: Vec<usize> = rows.iter().map(|row| row.split(' ').count()).collect();
        assert_eq!(days.iter().sum::<usize>(), 7 * 8, "{large_print:?} {times}: {rows:?}");
        // A last row has fewer only because seven cannot be divided.
        let most = days.iter().max().copied().unwrap_or_default();
        let needed = 7_usize.div_ceil(most);
        assert_eq!(days.len(), needed * 8, "{large_print:?} {times}: {rows:?}");
        assert!(
            most == 1 || 7_usize.div_ceil(most - 1) > needed,
            "{large_print:?} {times}: rows that are not even: {rows:?}"
        );
    }
}

#[test]
fn the_footer_is_where_printers_reach() {
    for large_print in [LargePrint::No, LargePrint::Points14, LargePrint::Points18] {
        for contact in [
            "+49 30 1234567",
            "a line of contacts that goes on and on, second@contact.example, +49 30 1234567, and so on",
        ] {
            let mut document = document("A plan", session("Apple", 2, 3, 4));
            document.frame.contacts = vec![contact.into()];
            let laid = arranged(&document, &Style { large_print, ..Style::default() }, on_session_sheets);
            look(&laid);
            let footer = laid.pages.iter().flat_map(|page| &page.items).filter(|item| item.owner == Owner::Footer);
            let end = footer.map(|item| item.y + item.height).fold(0.0, f32::max);
            assert!(
                laid.sheet.height - end >= 13.8,
                "{large_print:?} {contact}: {} from the edge",
                laid.sheet.height - end
            );
        }
    }
}

#[test]
fn weekdays_are_in_short_where_columns_are_too_narrow() {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let column = |title: &str, role| Column { title: line(title), role };
    let columns = days.map(|day| column(day, ColumnRole::Log));
    let columns = std::iter::once(column("Week", ColumnRole::Amount)).chain(columns).collect();
    let boxes = || vec![Inline::Checkbox(false), Inline::Checkbox(false)];
    let cells = std::iter::once(line("7 December")).chain(days.map(|_| boxes())).collect();
    let table = Table { summary: String::new(), alignment: Vec::new(), columns, rows: vec![Row::of(cells)] };
    let mut document = document("A plan", vec![Block::Table(table)]);
    document.frame.in_short = days.map(|day| (day.to_owned(), day[..3].to_owned())).into();
    for (large_print, shown) in
        [(LargePrint::No, "Wednesday"), (LargePrint::Points14, "Wednesday"), (LargePrint::Points18, "Wed")]
    {
        let laid = arranged(&document, &Style { large_print, ..Style::default() }, on_session_sheets);
        look(&laid);
        assert_eq!(count(&laid, shown), 1, "{large_print:?}");
        assert_eq!(laid.tree.nodes.iter().filter(|node| node.role == Role::Table).count(), 1, "no list");
    }
}

#[test]
fn without_a_pen_nothing_is_left_to_fill_in() {
    let fields = Block::Fields(vec![("For".into(), Inlines::new()), ("From".into(), line("Harbour"))]);
    let scale = Scale { title: "Pain".into(), least: "none".into(), most: "worst".into(), limit: Some(3) };
    let blocks = [vec![fields, Block::Scales(vec![scale])], session("Apple", 1, 2, 2)].concat();
    let (with, without) = (
        set(blocks.clone(), &Style::default()),
        set(blocks, &Style { log: crate::style::Log::No, ..Style::default() }),
    );
    assert_eq!((count(&with, "For"), count(&with, "Pain"), count(&with, "worst")), (1, 1, 1));
    assert_eq!((count(&without, "For"), count(&without, "Pain"), count(&without, "From")), (0, 0, 1));
    assert_eq!(count(&without, "1 sets"), 1, "doses stay");
}
