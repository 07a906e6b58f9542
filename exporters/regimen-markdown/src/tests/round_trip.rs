//! What a reader gets back is what was meant.

use super::expected::Expected;
use super::fixture;
use super::hostile::Hostile;
use super::reader::read;
use crate::headings::Headings;
use crate::links::{Page, PageLinks};
use crate::render::body;
use crate::settings::{HeadingNames, Settings, Site};

fn check(site: Site, documents: u64) {
    let style = Settings { site, front_matter: Some(crate::FrontMatter::None), ..Settings::default() }.style();
    let catalog = fixture::catalog();
    let page = Page::Entry(fixture::reference(regimen_catalog::Kind::Guide, "run"));
    let mut failures = Vec::new();
    for seed in 1..=documents {
        let document = Hostile(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).document();
        let headings = Headings::of(&document, &style);
        let links = PageLinks {
            page: &page,
            style: &style,
            headings: &headings,
            language: catalog.language(),
            catalog: &catalog,
            others: std::cell::RefCell::default(),
        };
        let markdown = body(&document, &headings, &links);
        check_shape(&markdown, style.hard_break.ends_with(" \n"));
        let seen = read(&without_guards(&markdown), style.heading_names == HeadingNames::Written);
        let wanted = Expected(&links).document(&document);
        if seen != wanted {
            failures.push((markdown, seen, wanted));
        }
    }
    // The shortest says the most.
    if let Some((markdown, seen, wanted)) = failures.iter().min_by_key(|failure| failure.0.len()) {
        let count = failures.len();
        panic!("{count} of {documents} differ, such as\n{markdown}\nseen   {seen:?}\nwanted {wanted:?}");
    }
}

/// As Hugo hands a page on, with its shortcodes read; parted signs as people see them.
fn without_guards(markdown: &str) -> String {
    let page = markdown.replace('\u{2060}', "");
    let guards = [("{{</*", "{{<"), ("*/>}}", ">}}"), ("{{%/*", "{{%"), ("*/%}}", "%}}")];
    guards.iter().fold(page, |page, (guard, meant)| page.replace(guard, meant))
}

fn check_shape(markdown: &str, spaces_break_lines: bool) {
    assert!(markdown.is_empty() || (markdown.ends_with('\n') && !markdown.ends_with("\n\n")));
    let trailing = |line: &str| line.ends_with(' ') && !(spaces_break_lines && line.ends_with("  "));
    assert!(!markdown.lines().any(trailing), "{markdown}");
}

#[test]
fn hostile_documents_come_back_from_plain_pages() {
    check(Site::Plain, 3000);
}

#[test]
fn hostile_documents_come_back_from_pages_with_written_heading_names() {
    check(Site::Hugo, 1000);
}

#[test]
fn hostile_documents_come_back_from_pages_for_python_markdown() {
    check(Site::MkDocs, 500);
}
