//! A whole export: every link leads to a file of it, every anchor to a heading.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::json;

use super::fixture::export;

/// The pages and pictures of an export, by path.
fn files(options: serde_json::Value) -> BTreeMap<String, String> {
    let artifacts = export(options).into_iter();
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    artifacts.map(|file| (file.path.to_string(), text(file.bytes))).collect()
}

/// The addresses on a page and the names of its headings, as GitHub makes them.
fn addresses_and_names(markdown: &str) -> (Vec<String>, BTreeSet<String>) {
    let (mut addresses, mut names, mut heading) = (Vec::new(), BTreeSet::new(), None);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                addresses.push(dest_url.to_string());
            }
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) => heading.iter_mut().for_each(|heading| heading.push_str(&text)),
            Event::End(TagEnd::Heading(_)) => {
                let kept = |c: &char| c.is_alphanumeric() || " -_".contains(*c);
                let text = heading.take().unwrap_or_default().to_lowercase();
                let name = text.chars().filter(kept).collect::<String>().replace(' ', "-");
                let numbered = (1..).map(|n| format!("{name}-{n}"));
                let free = std::iter::once(name.clone()).chain(numbered).find(|name| !names.contains(name));
                names.extend(free);
            }
            _ => {}
        }
    }
    (addresses, names)
}

/// Where a relative address leads from a page.
fn joined(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => assert!(parts.pop().is_some(), "{address} leaves the export"),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_of_a_plain_export_resolves() {
    let files = files(json!({}));
    let mut links = 0;
    for (page, text) in files.iter().filter(|(path, _)| path.ends_with(".md")) {
        for address in addresses_and_names(text).0 {
            links += 1;
            let (file, name) = address.split_once('#').unwrap_or((&address, ""));
            let file = if file.is_empty() { page.clone() } else { joined(page, file) };
            let target = files.get(&file).unwrap_or_else(|| panic!("{page}: {address}"));
            let known = name.is_empty() || addresses_and_names(target).1.contains(name);
            assert!(known, "{page}: {address}");
        }
    }
    assert!(links > 12, "only {links}");
}

#[test]
fn the_export_has_a_page_for_each_entry_and_a_list_of_them() {
    let files = files(json!({}));
    let paths: Vec<_> = files.keys().map(String::as_str).collect();
    let wanted = [
        "README.md",
        "exercises/lunge.md",
        "exercises/squat.md",
        "guides/run.md",
        "media/lunge.svg",
        "media/pics/track.svg",
        "media/squat.svg",
        "programs/base.md",
    ];
    assert_eq!(paths, wanted);
    let listed = ["guides/run.md", "programs/base.md", "exercises/squat.md"];
    assert!(listed.iter().all(|page| files["README.md"].contains(&format!("({page})"))));
}

#[test]
fn each_site_gets_what_it_needs() {
    for (site, index, wanted) in [
        ("mdbook", "SUMMARY.md", "# Guides\n\n- [Run & \"jump\": a guide](guides/run.md)"),
        ("mkdocs", "index.md", "---\ntitle: \"Training\""),
        ("hugo", "_index.md", "](guides/run/)"),
        ("zola", "_index.md", "](@/base/guides/run.md)"),
        ("jekyll", "index.md", "](guides/run.html)"),
    ] {
        let files = files(json!({"site": site, "folder": "base"}));
        let text = &files[index];
        assert!(text.contains(wanted), "{site}: {text}");
    }
}

#[test]
fn unknown_options_are_refused() {
    for options in [json!({"sites": "hugo"}), json!({"site": "word"}), json!({"folder": "../x"})] {
        assert!((crate::PLUGIN.open)(&regimen_export::Options::new(options)).is_err());
    }
}
