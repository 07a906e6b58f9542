//! No text opens a template, wherever it stands: each page is read as the site reads it before it is Markdown.

use regimen_catalog::Kind;
use regimen_catalog::prose::{Inline, LinkTarget};
use regimen_export::document::{Block, Document, Figure};

use super::fixture;
use super::hostile::Hostile;
use crate::exporter::page_text;
use crate::links::Page;
use crate::settings::{FrontMatter, Settings, Site};

const SITES: [Site; 6] = [Site::Plain, Site::MdBook, Site::MkDocs, Site::Hugo, Site::Zola, Site::Jekyll];

/// What a site would act on.
fn live(site: Site, page: &str) -> Option<&str> {
    match site {
        Site::Plain | Site::MkDocs => opener(page),
        Site::MdBook => book(page),
        Site::Hugo => shortcode(page, &["{{<", "{{%"]),
        Site::Zola => shortcode(page, &["{{", "{%"]),
        Site::Jekyll => liquid(page),
    }
}

fn line(page: &str) -> &str {
    page.lines().next().unwrap_or_default()
}

/// Eleventy, EJS, macros and snippets of `MkDocs`: whatever opens something for any of them.
fn opener(page: &str) -> Option<&str> {
    let found = ["{{", "{%", "{#", "<%", "-8<-"].iter().find_map(|opener| page.find(opener));
    found.map(|at| line(&page[at..]))
}

/// mdBook: `{{`, blanks, `#`, a word, a blank, anything but `}`, and `}}`; or all from `\{{#` to the last `}}` of the line, which is
/// kept.
fn book(page: &str) -> Option<&str> {
    let mut rest = page;
    while let Some(at) = rest.find("{{") {
        let inner = &rest[at + 2..];
        if rest[..at].ends_with('\\') && inner.starts_with('#') && line(inner).contains("}}") {
            let end = line(inner).rfind("}}").unwrap_or_default();
            rest = &inner[end + 2..];
            continue;
        }
        if let Some(link) = inner.trim_start().strip_prefix('#') {
            let word = link.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
            let behind = &link[word..];
            let target = behind.trim_start();
            let end = target.find('}').filter(|end| *end > 0 && target[*end..].starts_with("}}"));
            if word > 0 && target.len() < behind.len() && end.is_some() {
                return Some(line(&rest[at..]));
            }
        }
        rest = inner;
    }
    None
}

/// Hugo and Zola: a shortcode opens unless it is a comment.
fn shortcode<'p>(page: &'p str, openers: &[&str]) -> Option<&'p str> {
    let starts = page.char_indices().filter(|(at, _)| openers.iter().any(|opener| page[*at..].starts_with(opener)));
    let mut comment_ends = 0;
    for (at, _) in starts.filter(|(at, _)| !page[..*at].ends_with('{') || openers.contains(&"{{<")) {
        if at < comment_ends {
            continue;
        }
        let opener = openers.iter().find(|opener| page[at..].starts_with(**opener))?;
        match page[at + opener.len()..].strip_prefix("/*").and_then(|comment| comment.find("*/")) {
            Some(end) => comment_ends = at + opener.len() + end,
            None => return Some(line(&page[at..])),
        }
    }
    None
}

/// Jekyll: all but what stands between `raw` and the next `endraw`, however that is written.
fn liquid(page: &str) -> Option<&str> {
    let mut rest = page;
    loop {
        let at = [rest.find("{{"), rest.find("{%")].into_iter().flatten().min()?;
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("{{ '{' }}") {
            rest = after;
        } else if let Some(raw) = rest.strip_prefix("{% raw %}") {
            let ends = raw.match_indices("{%").find(|(end, _)| {
                let tag = raw[end + 2..].strip_prefix('-').unwrap_or(&raw[end + 2..]);
                tag.trim_start().starts_with("endraw") && tag.contains("%}")
            });
            let Some((end, _)) = ends else { return Some(line(rest)) };
            rest = &raw[end..];
            let Some(after) = rest.strip_prefix("{% endraw %}") else { return Some(line(rest)) };
            rest = after;
        } else {
            return Some(line(rest));
        }
    }
}

fn check(site: Site, document: &Document) {
    for front_matter in [None, Some(FrontMatter::None), Some(FrontMatter::Yaml), Some(FrontMatter::Toml)] {
        let style = Settings { site, front_matter, ..Settings::default() }.style();
        let catalog = fixture::catalog();
        let page = Page::Entry(fixture::reference(Kind::Guide, "run"));
        let text = fixture::with_unit(&catalog, |unit| page_text(unit, &style, &page, document, None));
        assert_eq!(live(site, &text), None, "{site:?}\n{text}");
    }
}

#[test]
fn hostile_documents_open_nothing_on_any_site() {
    for site in SITES {
        for seed in 1..=400_u64 {
            check(site, &Hostile(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)).document());
        }
    }
}

#[test]
fn each_way_to_open_something_is_inert_in_every_place() {
    for text in [
        "{{#include /etc/passwd}}",
        "{{ #include\n/etc/passwd }}",
        "\\{{#playground a.rs}} {{#title b}}",
        "{{< readfile \"a\" >}}",
        "{{% note %}}x{{% /note %}}",
        "{{</* x */>}}",
        "{{<>}}{{%%}}",
        "{% include a.html %}",
        "{%- endraw -%}{{ site.x }}",
        "{{ {% endraw %}",
        "{{% endraw %}}",
        "{{ site.github.token }}",
        "{{ load_data(path=\"a\") }}",
        "{% x() %}y{% end %}",
        "{{/* x() */}}",
        "{{{ x }}}",
        "{{ '{' }}",
        "{# x #}",
        "<%- include('a') %>",
        "--8<-- \"a\"",
        "{{",
        "{%",
        "}}{{<",
    ] {
        let plain = Inline::Text(text.into());
        let code = Inline::Code(text.replace('\n', " "));
        let link = Inline::Link {
            target: LinkTarget::Url(format!("https://a.example/{text}")),
            content: vec![plain.clone(), code.clone()],
            title: Some(text.into()),
        };
        let mut document = fixture::document(text);
        document.summary = vec![plain.clone(), code.clone()];
        document.authors = vec![text.into()];
        document.keywords = vec![text.into()];
        document.frame.disclaimer = vec![code.clone()];
        let figure = Figure {
            file: format!("media/{text}.svg"),
            alt: text.into(),
            caption: vec![code.clone()],
            ..Figure::default()
        };
        document.blocks = vec![
            Block::Heading { level: 1, anchor: text.into(), content: vec![plain.clone(), code.clone()] },
            Block::Code { language: Some("yaml".into()), text: text.into() },
            Block::List { start: None, items: vec![vec![Block::Code { language: None, text: format!("a\n{text}") }]] },
            Block::Quote(vec![Block::Paragraph(vec![code.clone(), Inline::Break, plain.clone(), code])]),
            Block::Facts(vec![(text.into(), vec![link])]),
            Block::Figure(figure),
        ];
        SITES.into_iter().for_each(|site| check(site, &document));
    }
}

/// Else the readers above would find nothing, whatever they are given.
#[test]
fn the_readers_of_templates_find_what_is_live() {
    for (site, page) in [
        (Site::Plain, "`{{ x }}`"),
        (Site::MkDocs, "--8<-- \"a\""),
        (Site::MdBook, "`{{#include a}}`"),
        (Site::MdBook, "\\{{#a b}} c\n{{\n#include\na}}"),
        (Site::Hugo, "{{</* x */>}} {{< x >}}"),
        (Site::Zola, "{{/* x() */}} {% x() %}"),
        (Site::Jekyll, "{% raw %}{{ x }}{%- endraw %}{{ x }}"),
        (Site::Jekyll, "{{ x }}"),
    ] {
        assert!(live(site, page).is_some(), "{site:?}: {page}");
    }
}
