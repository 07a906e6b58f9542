//! Pages of a brand with a logo, a header and a footer: on all papers, in both directions, and when words are too long.

use regimen_export::document::Figure;

use super::*;

/// A guide with a logo of this file and these lines around its pages.
fn branded(header: &str, footer: &str) -> Document {
    let mut guide = sample::guide();
    guide.frame.logo = Some(Figure { file: "brand/logo.svg".into(), alt: "A sign".into(), ..Figure::default() });
    (guide.frame.header, guide.frame.footer) = (header.into(), footer.into());
    guide
}

/// Texts and pictures of a page that are painted over each other or beyond the paper.
fn clashes(laid: &LaidOut) -> Vec<String> {
    let mut clashes = Vec::new();
    for page in &laid.pages {
        let shown: Vec<&Item> = page.items.iter().filter(|item| !matches!(item.ink, Ink::Fill(_))).collect();
        for (at, one) in shown.iter().enumerate() {
            let margin = |start: f32, size: f32, paper: f32| start >= 12.0 && start + size <= paper - 12.0;
            if !margin(one.x, one.width, laid.sheet.width) || !margin(one.y, one.height, laid.sheet.height) {
                clashes.push(format!("beyond the paper: {}", show(one, &laid.tree)));
            }
            if let Some(other) = shown[at + 1..].iter().find(|other| overlap(one, other)) {
                clashes.push(format!("{} over {}", show(one, &laid.tree), show(other, &laid.tree)));
            }
        }
    }
    clashes
}

/// What stands at the foot of a page, or on top of it, in the order in which it is painted.
fn around(laid: &LaidOut, page: usize, owner: Owner) -> String {
    let items = laid.pages[page].items.iter().filter(|item| item.owner == owner);
    let texts = items.map(|item| match &item.ink {
        Ink::Text { part, .. } => part.text(),
        Ink::Picture(_) => "[sign] ",
        Ink::Fill(_) | Ink::Room => "",
    });
    texts.collect()
}

fn styles() -> impl Iterator<Item = Style> {
    let papers = [Paper::A4, Paper::Letter];
    papers.into_iter().flat_map(|paper| {
        [LargePrint::No, LargePrint::Points14, LargePrint::Points18].map(|large_print| Style {
            paper,
            large_print,
            ..Style::default()
        })
    })
}

#[test]
fn nothing_overlaps_on_any_paper_in_any_direction() {
    let long = "a line that says much more than anybody would read on top of a page ".repeat(9);
    let mut endless = branded(&long, &long);
    endless.frame.brand = "The Physiotherapists of the Harbour and all of its Quays ".repeat(6);
    for document in [branded("", ""), branded("{title} {date}", "Page {page}"), endless] {
        for direction in [Direction::LeftToRight, Direction::RightToLeft] {
            for style in styles() {
                let laid = laid_in(&Document { direction, ..document.clone() }, &style);
                look(&laid);
                assert_eq!(clashes(&laid), [""; 0], "{style:?}");
            }
        }
    }
}

#[test]
fn the_logo_is_read_once_and_stands_small_on_the_other_pages() {
    let laid = laid(&branded("", ""), Paper::A4);
    let signs: Vec<(usize, &Item)> = (0..)
        .zip(&laid.pages)
        .flat_map(|(page, it)| it.items.iter().map(move |item| (page, item)))
        .filter(
            |(_, item)| matches!(&item.ink, Ink::Picture(picture) if (picture.width, picture.height) == (48.0, 48.0)),
        )
        .collect();
    assert_eq!(signs.len(), laid.pages.len());
    let [(0, first), others @ ..] = signs.as_slice() else { panic!("no logo on the first page") };
    let Owner::Node(node) = first.owner else { panic!("the logo is not read") };
    assert_eq!((laid.tree.nodes[node].role, laid.tree.nodes[node].alt.as_str()), (Role::Figure, "A sign"));
    assert!((40.0..=16.0 * crate::style::MM).contains(&first.height), "{} points tall", first.height);
    assert!(others.iter().all(|(_, item)| item.owner == Owner::Header && item.height <= 12.0));
}

#[test]
fn names_are_filled_in_once_and_pages_counted_once() {
    let mut document = branded("{title} · {date}", "Sheet {page} of {pages}");
    document.title = "On {page}".into();
    let laid = laid(&document, Paper::A4);
    let count = laid.pages.len();
    let date = "4\u{a0}January\u{a0}2027";
    assert_eq!(around(&laid, 1, Owner::Header), format!("[sign] On {{page}} · {date}Harbour Physiotherapy"));
    let foot = around(&laid, 1, Owner::Footer);
    assert!(foot.starts_with(&format!("Sheet 2 of {count}Harbour Physiotherapy  ·")), "{foot}");
    assert!(!foot.contains("Page "), "{foot}");
    assert_eq!(laid.problems, []);
}

#[test]
fn a_line_that_is_too_long_ends_at_a_word_and_is_found_once() {
    let long = "Words that go on and on around every page of the sheet ".repeat(5);
    let laid = laid(&branded(&long, &long), Paper::A4);
    let keys: Vec<_> = laid.problems.iter().map(|problem| matches!(problem, Problem::Cut { .. })).collect();
    assert_eq!(keys, [true, true], "{:?}", laid.problems);
    let header = around(&laid, 1, Owner::Header);
    let cut = header.strip_prefix("[sign] ").and_then(|text| text.strip_suffix("…Harbour Physiotherapy"));
    let cut = cut.expect("an ellipsis");
    assert!(cut.len() > 60 && long.starts_with(&format!("{cut} ")), "{cut}");
}
