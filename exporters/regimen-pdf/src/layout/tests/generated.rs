//! Documents of all kinds, made up: whatever they hold, all of it is on the pages, once and in order.

use proptest::prelude::*;
use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_export::document::{Column, Month, MonthDay, Row, Table, Work, WorkPoint, WorkTime};

use super::*;

pub(super) fn words(most: usize, longest: usize) -> impl Strategy<Value = String> {
    let long = format!("[a-zäöü]{{{},{longest}}}", longest / 2);
    let word = prop_oneof![
        6 => "[a-z]{1,9}[,.;]?",
        1 => "[0-9]{1,3}–[0-9]{1,2}",
        1 => "[αβγδж]{2,8}",
        1 => prop::string::string_regex(&long).expect("a pattern"),
    ];
    prop::collection::vec(word, 1..=most).prop_map(|words| words.join(" "))
}

pub(super) fn inlines(most: usize, longest: usize) -> impl Strategy<Value = Vec<Inline>> {
    let text = words(most, longest).prop_map(Inline::Text);
    let strong = words(2, longest).prop_map(|text| Inline::Strong(vec![Inline::Text(format!(" {text} "))]));
    prop::collection::vec(prop_oneof![3 => text, 1 => strong], 1..3)
}

fn a_table(rows: usize) -> impl Strategy<Value = Block> {
    let role = prop_oneof![Just(ColumnRole::Text), Just(ColumnRole::Amount), Just(ColumnRole::Log)];
    let columns = prop::collection::vec((words(2, 10), role), 1..4);
    let cells = prop::collection::vec((prop::collection::vec(inlines(8, 12), 4), prop::bool::weighted(0.1)), 0..rows);
    (columns, cells).prop_map(|(columns, rows)| {
        let column = |title: &str, role| Column { title: vec![Inline::Text(title.to_owned())], role };
        let mut all = vec![column("Exercise", ColumnRole::Name)];
        all.extend(columns.iter().map(|(title, role)| column(title, *role)));
        let rows = rows.into_iter().map(|(mut cells, group)| {
            cells.truncate(all.len());
            for (cell, column) in cells.iter_mut().zip(&all) {
                if column.role == ColumnRole::Log {
                    cell.clear();
                }
            }
            cells.iter_mut().skip(usize::from(group)).filter(|_| group).for_each(Vec::clear);
            Row { cells, group, figure: None, listed: Vec::new(), heading: Vec::new(), log: Vec::new() }
        });
        Block::Table(Table { summary: String::new(), alignment: Vec::new(), rows: rows.collect(), columns: all })
    })
}

/// Labels with values.
fn named() -> impl Strategy<Value = Vec<(String, Vec<Inline>)>> {
    prop::collection::vec((words(3, 20), inlines(6, 20)), 0..7)
}

/// A month whose words fit its columns, so that it is a grid unless print is large.
fn a_month() -> impl Strategy<Value = Block> {
    let entries = prop::collection::vec(words(4, 6).prop_map(|text| vec![Inline::Text(text)]), 0..3);
    let days = prop::collection::vec(entries, 28..=31);
    (days, 0_usize..7, "[A-Z][a-z]{2,8} 2027").prop_map(|(days, first, title)| {
        let mut weeks = vec![<[Option<MonthDay>; 7]>::default(); (first + days.len()).div_ceil(7)];
        for ((at, number), entries) in (first..).zip(1..).zip(days) {
            weeks[at / 7][at % 7] = Some(MonthDay { number, entries });
        }
        let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map(str::to_owned).to_vec();
        Block::Month(Month { title, weekdays, weeks })
    })
}

/// Sentences, so that one after the other needs no sign between.
fn sentences(most: usize) -> impl Strategy<Value = Vec<Inlines>> {
    prop::collection::vec(words(12, 20).prop_map(|text| vec![Inline::Text(format!("{text}."))]), 0..most)
}

fn some_work() -> impl Strategy<Value = Block> {
    let points = prop::collection::vec((words(2, 9), prop::bool::ANY, sentences(3)), 0..3);
    let times = prop::collection::vec((words(2, 9), words(5, 9)), 0..30);
    (words(4, 20), inlines(4, 20), sentences(4), sentences(9), points, times).prop_map(
        |(title, dose, setup, steps, points, times)| {
            let line = |text: &str| vec![Inline::Text(text.to_owned())];
            let point = |(label, warns, lines): (String, bool, _)| WorkPoint { label: line(&label), warns, lines };
            let time = |(title, content): (String, String)| WorkTime {
                title: line(&title),
                content: line(&content),
                ..WorkTime::default()
            };
            Block::Work(Box::new(Work {
                level: 2,
                title: line(&title),
                dose,
                setup,
                steps,
                points: points.into_iter().map(point).collect(),
                times: times.into_iter().map(time).collect(),
                ..Work::default()
            }))
        },
    )
}

fn block() -> impl Strategy<Value = Block> {
    let plain = prop_oneof![
        4 => inlines(60, 70).prop_map(Block::Paragraph),
        2 => ("[A-Za-z ]{1,60}", 1_u8..7).prop_map(|(text, level)| heading(level, &format!("H{text}"))),
        1 => words(40, 30).prop_map(|text| Block::Code { language: None, text }),
        1 => a_table(6),
        1 => named().prop_map(Block::Glance),
        1 => named().prop_map(Block::Facts),
    ];
    plain.prop_recursive(3, 24, 4, |inner| {
        let items = prop::collection::vec(prop::collection::vec(inner.clone(), 0..3), 0..6);
        let blocks = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (prop::option::of(1_u64..200), items).prop_map(|(start, items)| Block::List { start, items }),
            blocks.clone().prop_map(Block::Quote),
            (words(4, 20), blocks.clone()).prop_map(|(title, blocks)| callout(CalloutKind::Tip, &title, blocks)),
            (words(6, 20), words(9, 20), blocks).prop_map(|(title, value, body)| card(
                "one",
                &title,
                None,
                &[("Label", &value)],
                body
            )),
        ]
    })
}

/// Blocks of a document: pages and sheets begin after running text.
pub(super) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let begins = |block: Block| inlines(20, 20).prop_map(move |text| vec![Block::Paragraph(text), block.clone()]);
    let part = prop_oneof![
        8 => block().prop_map(|block| vec![block]),
        1 => begins(Block::PageBreak),
        3 => begins(Block::SheetBreak),
    ];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

/// What is read of a part of a document, without blanks.
#[derive(Debug)]
pub(super) enum Told {
    Text(String),
    /// A table as a grid, or where that is too narrow, a card for each row.
    Table {
        grid: String,
        stacked: String,
    },
}

impl Told {
    fn of(text: &str) -> Self {
        Self::Text(tight(text))
    }

    fn table(table: &Table) -> Self {
        let titles = table.columns.iter().map(|column| plain_text(&column.title));
        let cells = table.rows.iter().flat_map(|row| &row.cells).map(|cell| plain_text(cell));
        let stacked = table.rows.iter().map(|row| {
            let named = row.cells.iter().zip(&table.columns).skip(1).filter(|_| !row.group);
            let (to_write, read): (Vec<_>, Vec<_>) = named.partition(|(_, column)| column.role == ColumnRole::Log);
            let read = read.into_iter().filter(|(cell, _)| !cell.is_empty());
            let read = read.map(|(cell, column)| format!("{}{}", plain_text(&column.title), plain_text(cell)));
            let to_write = to_write.into_iter().map(|(_, column)| plain_text(&column.title));
            let first = row.cells.first().map(|cell| plain_text(cell));
            first.into_iter().chain(read).chain(to_write).collect::<String>()
        });
        Self::Table {
            grid: tight(&titles.chain(cells).collect::<String>()),
            stacked: tight(&stacked.collect::<String>()),
        }
    }

    /// What follows it in a text that begins with it.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Text(own) => text.strip_prefix(own.as_str()),
            Self::Table { grid, stacked } => {
                text.strip_prefix(grid.as_str()).or_else(|| text.strip_prefix(stacked.as_str()))
            }
        }
    }
}

/// What is in blocks, in reading order.
pub(super) fn told(blocks: &[Block]) -> Vec<Told> {
    blocks.iter().flat_map(told_of).collect()
}

fn told_of(block: &Block) -> Vec<Told> {
    let named = |figures: &[(String, Vec<Inline>)]| {
        figures.iter().flat_map(|(label, value)| [Told::of(label), Told::of(&plain_text(value))]).collect::<Vec<_>>()
    };
    let titled = |title: &str, inner: Vec<Told>| std::iter::once(Told::of(title)).chain(inner).collect::<Vec<_>>();
    match block {
        Block::Heading { content, .. } | Block::Paragraph(content) => vec![Told::of(&plain_text(content))],
        Block::List { start, items } => {
            let mark = |at: u64| start.map_or("•".to_owned(), |first| format!("{}.", first + at));
            (0..).zip(items).flat_map(|(at, item)| titled(&mark(at), told(item))).collect()
        }
        Block::Footnotes(notes) => notes.iter().flat_map(|note| told(note)).collect(),
        Block::Quote(inner) => told(inner),
        Block::Callout { title, blocks, .. } => titled(title, told(blocks)),
        Block::Code { text, .. } => vec![Told::of(text)],
        Block::Table(table) => vec![Told::table(table)],
        Block::Card(card) => {
            let facts = named(&card.facts);
            titled(&plain_text(&card.title), facts.into_iter().chain(told(&card.body)).collect())
        }
        Block::Glance(figures) | Block::Facts(figures) => named(figures),
        Block::Month(month) => {
            let days = month.weeks.iter().flatten().flatten().map(|day| {
                let entries = day.entries.iter().map(|entry| plain_text(entry));
                Told::of(&std::iter::once(day.number.to_string()).chain(entries).collect::<String>())
            });
            titled(&month.title, vec![Told::of(&month.weekdays.concat())]).into_iter().chain(days).collect()
        }
        Block::Work(work) => told_of_work(work),
        Block::Fields(fields) => named(fields),
        Block::Scales(_) | Block::Figure(_) | Block::Rule | Block::PageBreak | Block::SheetBreak => Vec::new(),
    }
}

fn told_of_work(work: &Work) -> Vec<Told> {
    let tell = |content: &Inlines| Told::of(&plain_text(content));
    let mut all: Vec<Told> = [&work.group, &work.title, &work.dose].into_iter().chain(&work.setup).map(tell).collect();
    for (number, step) in (1..).zip(&work.steps) {
        all.extend([Told::of(&format!("{number}.")), tell(step)]);
    }
    for WorkPoint { label, warns: _, lines } in &work.points {
        all.extend([tell(label), Told::of(":")]);
        all.extend(lines.iter().map(tell));
    }
    all.extend(work.times.iter().flat_map(|WorkTime { title, content, log: _ }| [title, content]).map(tell));
    all
}

/// What stands on pages: the items of each element in their order, elements as they are read.
fn read(laid: &LaidOut) -> String {
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    for item in laid.pages.iter().flat_map(|page| &page.items) {
        if let (Owner::Node(node), Ink::Text { part, .. }) = (item.owner, &item.ink)
            && !part.is_hyphen
        {
            texts.entry(node).or_default().push_str(part.text());
        }
    }
    texts.into_values().collect()
}

fn tight(text: &str) -> String {
    text.split_whitespace().collect()
}

pub(super) fn check_told(expected: &[Told], laid: &LaidOut, before: &str) {
    let read = tight(&read(laid));
    let content = read.strip_prefix(before).expect("brand and title");
    let rest = expected.iter().try_fold(content, |rest, part| part.strip(rest).ok_or((part, rest)));
    assert!(rest.is_ok(), "not what comes next: {rest:?}");
}

fn check_all(blocks: Vec<Block>) {
    let expected = told(&blocks);
    check_told(&expected, &check(blocks), "HarbourPhysiotherapyAhandout");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_is_on_the_pages_once_and_in_order(blocks in blocks()) {
        check_all(blocks);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sheets_to_train_from_lose_nothing(
        sessions in prop::collection::vec(prop::collection::vec(some_work(), 1..6), 1..4),
    ) {
        let blocks = sessions.into_iter().enumerate().flat_map(|(at, session)| {
            [Block::SheetBreak, heading(1, &format!("Session{at}"))].into_iter().chain(session)
        });
        let blocks: Vec<Block> = blocks.collect();
        let laid = arranged(&document("A handout", blocks.clone()), &Style::default(), on_session_sheets);
        look(&laid);
        check_told(&told(&blocks), &laid, "HarbourPhysiotherapyAhandout");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn long_tables_are_on_the_pages_once_and_in_order(table in a_table(300)) {
        check_all(vec![table]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn key_figures_are_on_the_pages_once_and_in_order(figures in named()) {
        check_all(vec![Block::Glance(figures)]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn months_are_on_the_pages_once_and_in_order(
        before in words(400, 20),
        months in prop::collection::vec(a_month(), 1..4),
    ) {
        let mut blocks = vec![paragraph(&before)];
        blocks.extend(months);
        check_all(blocks);
    }
}

#[test]
fn a_hundred_exercises_are_on_the_pages() {
    let title = |at: usize| format!("Exercise {at} with a name of about sixty characters, as some have");
    let body = || vec![heading(3, "Steps"), list(Some(1), &["Stand tall and brace.", "Lower in 3–4 s."])];
    check_all((0..100).map(|at| card(&format!("e{at}"), &title(at), None, &[("Level", "2 of 5")], body())).collect());
}
