//! Footnotes, tasks, struck-out words, aligned columns, pictures in tables, and cells that are for writing or taller
//! than a page.

use regimen_catalog::prose::{Alignment, Inline};
use regimen_export::document::{Column, Figure, Row, Table};

use super::*;

fn text(words: &str) -> Vec<Inline> {
    if words.is_empty() { Vec::new() } else { vec![Inline::Text(words.to_owned())] }
}

fn authored(alignment: &[Alignment], rows: &[&[&str]]) -> Block {
    let columns = rows[0].iter().map(|title| Column { title: text(title), role: ColumnRole::Text });
    let row = |cells: &&[&str]| Row {
        cells: cells.iter().map(|cell| text(cell)).collect(),
        group: false,
        figure: None,
        listed: Vec::new(),
        heading: Vec::new(),
        log: Vec::new(),
    };
    let rows_below = rows[1..].iter().map(row).collect();
    Block::Table(Table {
        summary: String::new(),
        alignment: alignment.to_vec(),
        columns: columns.collect(),
        rows: rows_below,
    })
}

fn items(laid: &LaidOut) -> impl Iterator<Item = (usize, &Item, &str)> {
    let all =
        laid.pages.iter().enumerate().flat_map(|(number, page)| page.items.iter().map(move |item| (number, item)));
    all.filter_map(|(number, item)| match &item.ink {
        Ink::Text { part, .. } => Some((number, item, part.text().trim())),
        Ink::Fill(_) | Ink::Picture(_) | Ink::Room => None,
    })
}

#[test]
fn no_rule_parts_a_fact_that_is_longer_than_a_page() {
    let rules = |words: usize| {
        let facts = vec![("How much".to_owned(), text(&"word ".repeat(words))), ("Level".to_owned(), text("2"))];
        let laid = check(vec![Block::Facts(facts)]);
        let is_rule = |item: &&Item| {
            matches!((&item.ink, item.owner), (Ink::Fill(Colour::HAIRLINE), Owner::Decoration)) && item.height < 0.6
        };
        laid.pages.iter().flat_map(|page| &page.items).filter(is_rule).count()
    };
    assert_eq!(rules(3000), rules(1));
}

#[test]
fn footnotes_lead_there_and_back() {
    let reference = vec![Inline::Text("A claim".into()), Inline::Footnote(1), Inline::Text(" and more.".into())];
    let in_cell = Table {
        summary: String::new(),
        alignment: Vec::new(),
        columns: vec![Column { title: text("A"), role: ColumnRole::Text }],
        rows: vec![Row {
            cells: vec![vec![Inline::Text("b".into()), Inline::Footnote(2)]],
            group: false,
            figure: None,
            listed: Vec::new(),
            heading: Vec::new(),
            log: Vec::new(),
        }],
    };
    let notes = ["The note.", "Another.", "Alone."].map(|note| vec![paragraph(note)]);
    let laid = check(vec![Block::Paragraph(reference), Block::Table(in_cell), Block::Footnotes(notes.into())]);
    assert_eq!((count(&laid, "¹"), count(&laid, "²"), count(&laid, "The note.")), (1, 1, 1));
    for number in 1..=2 {
        let destinations =
            |name: &str| laid.destinations.iter().filter(|place| place.anchor == format!("{name} {number}")).count();
        assert_eq!((destinations("note"), destinations("reference")), (1, 1), "{:?}", laid.destinations);
    }
    let goals: Vec<_> = laid.links.iter().map(|link| &link.goal).collect();
    let to = |anchor: &str| Goal::Anchor(anchor.to_owned());
    assert_eq!(
        goals,
        [&to("note 1"), &to("note 2"), &to("reference 1"), &to("reference 2")],
        "none back from the third"
    );
    let roles: Vec<_> = laid.tree.nodes.iter().map(|node| node.role).collect();
    assert!((1..=3).all(|number| roles.contains(&Role::Note(number))) && roles.contains(&Role::Reference));
}

#[test]
fn tasks_have_their_box_for_a_label_and_struck_words_a_line() {
    let item =
        |ticked: bool, words: &str| vec![Block::Paragraph(vec![Inline::Checkbox(ticked), Inline::Text(words.into())])];
    let list =
        Block::List { start: None, items: vec![item(false, "Shoes"), item(true, "Water"), vec![paragraph("Hat")]] };
    let struck =
        Block::Paragraph(vec![Inline::Text("Run ".into()), Inline::Struck(text("far")), Inline::Text(" now".into())]);
    let laid = check(vec![list, struck]);
    assert_eq!((count(&laid, "☐"), count(&laid, "☑"), count(&laid, "•"), count(&laid, "Shoes")), (1, 1, 1, 1));
    let (_, far, _) = items(&laid).find(|(.., words)| *words == "far").expect("the struck word");
    let Owner::Node(node) = far.owner else { panic!() };
    assert_eq!(laid.tree.nodes[node].role, Role::Struck);
    let through = |item: &&Item| {
        let height = item.y + item.height / 2.0;
        matches!(item.ink, Ink::Fill(_))
            && (item.x - far.x).abs() < 0.1
            && height > far.y
            && height < far.y + far.height
    };
    assert_eq!(laid.pages[0].items.iter().filter(through).count(), 1);
}

#[test]
fn columns_are_aligned_as_the_author_wrote() {
    let alignment = [Alignment::Start, Alignment::Centre, Alignment::End];
    let laid =
        check(vec![authored(&alignment, &[&["L", "M", "R"], &["a", "b", "1"], &["aaaaaa", "bbbbbb", "1000.50"]])]);
    let edges = |words: &str| {
        let (_, item, _) = items(&laid).find(|(.., shown)| *shown == words).expect("a cell");
        (item.x, item.x + item.width / 2.0, item.x + item.width)
    };
    assert!((edges("a").0 - edges("aaaaaa").0).abs() < 0.1);
    assert!((edges("b").1 - edges("bbbbbb").1).abs() < 0.1 && edges("b").0 > edges("bbbbbb").0 + 1.0);
    assert!((edges("1").2 - edges("1000.50").2).abs() < 0.1 && (edges("R").2 - edges("1").2).abs() < 0.1);
}

#[test]
fn empty_cells_of_an_author_are_boxes_where_a_table_becomes_cards() {
    let word = "Donaudampfschifffahrtsgesellschaftskapitaen";
    let rows: [&[&str]; 3] =
        [&["Exercise", "Load", "Felt", "Notes"], &[word, word, word, word], &["Squat", "40 kg", "", ""]];
    let laid = check(vec![authored(&[Alignment::Unset; 4], &rows)]);
    assert_eq!((count(&laid, "Felt"), count(&laid, "Notes")), (2, 2), "{}", dump(&laid));
}

#[test]
fn a_week_that_is_a_list_says_what_it_is_and_has_no_line_for_a_day_off() {
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday"];
    let column = |day: &&str| Column { title: text(&format!("{day}morningandevening")), role: ColumnRole::Log };
    let first = Column { title: text("Week"), role: ColumnRole::Amount };
    let row = |week: &str, cells: [&str; 4]| Row {
        heading: text(&format!("Week{week}")),
        log: vec![Vec::new(); 5],
        ..Row::of([week].into_iter().chain(cells).map(text).collect())
    };
    let mut table = Table {
        summary: String::new(),
        alignment: Vec::new(),
        columns: std::iter::once(first).chain(days.iter().map(column)).collect(),
        rows: vec![row("1", ["5 km", "", "6 km", ""]), row("2", ["", "", "7 km", ""])],
    };
    let lines = |table: &Table| {
        let style = Style { large_print: LargePrint::Points18, ..Style::default() };
        let laid = laid_in(&document("Plan", vec![Block::Table(table.clone())]), &style);
        look(&laid);
        let lines = items(&laid).map(|(.., words)| words.to_owned()).filter(|words| !words.is_empty());
        lines.collect::<Vec<_>>().join(" ")
    };
    let shown = lines(&table);
    let of = |word: &str| shown.matches(word).count();
    assert_eq!(["Week1", "Week2", "Monday", "Tuesday", "Wednesday", "Thursday"].map(of), [1, 1, 1, 0, 2, 0], "{shown}");
    // Where nothing is noted of any, each is a place to write in.
    table.rows.iter_mut().for_each(|row| row.log.clear());
    let shown = lines(&table);
    assert_eq!(days.map(|day| shown.matches(day).count()), [2, 2, 2, 2], "{shown}");
}

#[test]
fn a_cell_taller_than_a_page_has_even_lines() {
    let tall: String = (0..900).map(|at| format!("word{at} ")).collect();
    let laid = check(vec![authored(&[Alignment::Unset; 2], &[&["One", "Tall"], &["a", &tall]])]);
    assert!(laid.pages.len() > 1);
    for page in 0..laid.pages.len() {
        let mut tops: Vec<f32> = items(&laid)
            .filter(|(on, _, words)| *on == page && words.starts_with("word"))
            .map(|(_, item, _)| item.y)
            .collect();
        tops.dedup_by(|one, other| (*one - *other).abs() < 0.1);
        assert!(tops.len() > 1 && tops.windows(2).all(|pair| (pair[1] - pair[0] - 13.0).abs() < 0.1), "{tops:?}");
    }
}

#[test]
fn a_picture_in_a_table_stays_in_the_room_that_is_left_for_it() {
    let figure = Figure { file: "banner.svg".into(), alt: "A person who lies.".into(), ..Figure::default() };
    let row = |name: &str| Row { figure: Some(figure.clone()), ..Row::of([name, "3\u{a0}×\u{a0}8"].map(text).into()) };
    let column = |(title, role)| Column { title: text(title), role };
    let table = Table {
        summary: String::new(),
        alignment: Vec::new(),
        columns: [("Exercise", ColumnRole::Name), ("Dose", ColumnRole::Text)].map(column).into(),
        rows: vec![row("Bridge"), row("Plank")],
    };
    let small: Arrange = |document, style, resources| {
        let sheet = Sheet { pictures: 0.55, ..Sheet::single(style, 1.0, 1) };
        handout(document, style, resources, sheet)
    };
    let laid = arranged(&document("Exercises", vec![Block::Table(table)]), &Style::default(), small);
    let right = |is: &dyn Fn(&Ink) -> bool| {
        laid.pages[0]
            .items
            .iter()
            .filter(|item| is(&item.ink))
            .map(|item| (item.x, item.x + item.width))
            .collect::<Vec<_>>()
    };
    let pictures = right(&|ink| matches!(ink, Ink::Picture(_)));
    let names = right(&|ink| matches!(ink, Ink::Text { part, .. } if part.text() == "Bridge"));
    assert_eq!((pictures.len(), names.len()), (2, 1));
    assert!(pictures[0].1 < names[0].0, "{pictures:?} {names:?}");
}
