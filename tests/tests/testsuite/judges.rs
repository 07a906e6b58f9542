//! What other programs make of handouts and pages; the readers of calendars are asked in `calendars`. `tests/judges`
//! has the scripts, `.ci/run` installs the programs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use regimen_tests::{Project, Tool};
use serde_json::Value;

/// The shipped catalogue, built by one exporter.
fn built(exporter: &str) -> Project {
    let project = Project::shipped();
    project.run(&format!("build --only {exporter}")).exits(0);
    project
}

/// The handouts of a built project.
fn handouts(project: &Project) -> Vec<PathBuf> {
    let files = project.files("out/pdf").into_keys();
    let handouts: Vec<_> = files.map(|file| project.path("out/pdf").join(file)).collect();
    assert_eq!(handouts.len(), 2);
    handouts
}

#[test]
fn qpdf_finds_no_damage() {
    let Some(qpdf) = Tool::named("qpdf") else { return };
    for handout in handouts(&built("pdf")) {
        let said = qpdf.judge(&[&"--check", &handout]);
        assert!(said.contains("No syntax or stream encoding errors found"), "{said}");
    }
}

#[test]
fn poppler_finds_every_font_embedded_and_subset() {
    let Some(pdffonts) = Tool::named("pdffonts") else {
        return;
    };
    for handout in handouts(&built("pdf")) {
        let table = pdffonts.judge(&[&handout]);
        let fonts: Vec<&str> = table.lines().skip(2).collect();
        assert!(fonts.len() >= 3, "{table}");
        for font in fonts {
            // The columns from the right: object number and generation, unicode, subset, embedded.
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(&columns[2..5], ["yes", "yes", "yes"], "{font}");
        }
    }
}

#[test]
fn poppler_finds_title_and_tags() {
    let Some(pdfinfo) = Tool::named("pdfinfo") else { return };
    for handout in handouts(&built("pdf")) {
        let info = pdfinfo.judge(&[&handout]);
        let field = |name: &str| {
            let line = info.lines().find_map(|line| line.strip_prefix(name));
            line.map(|value| value.trim_start_matches(':').trim().to_owned()).unwrap_or_default()
        };
        assert_eq!(field("Tagged"), "yes", "{info}");
        assert!(field("Title").contains("amstring"), "{info}");
        assert!(field("Page size").ends_with("(A4)"), "{info}");
        assert_eq!(field("JavaScript"), "no", "{info}");
    }
}

#[test]
fn mupdf_draws_every_page_without_a_warning() {
    let Some(mutool) = Tool::named("mutool") else { return };
    for handout in handouts(&built("pdf")) {
        let said = mutool.complaints(&[&"draw", &"-F", &"trace", &"-o", &"/dev/null", &handout]);
        // It names each page, and what it was built without.
        let complaints: Vec<&str> = said
            .lines()
            .filter(|line| !line.starts_with("page ") && !line.contains("ICC support is not available"))
            .collect();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}

#[test]
fn three_checkers_find_the_handouts_accessible() {
    let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua") else {
        return;
    };
    for handout in handouts(&built("pdf")) {
        judge.judge(&[&handout]);
    }
}

#[test]
fn handouts_with_words_of_other_languages_are_as_accessible() {
    let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua") else {
        return;
    };
    let guide = "---\ntitle: Wörter\nsummary: Ein <span lang=\"fr\">mot juste</span>.\n---\n## Ein <span lang=\"fr\">mot</span>\n\n\
                 <span lang=\"fr\">Voir [](exercise:heel-raise) et [le site](https://example.org).</span>\n\n\
                 | a | b |\n|---|---|\n| <span lang=\"fr\">un</span> | zwei |\n\n![](muscle:soleus)\n";
    let project = Project::small()
        .file("catalog/languages/de.yaml", "{name: Deutsch}")
        .file("catalog/guides/words.md", "---\ntitle: Words\nsummary: Words.\n---\nWords.\n")
        .file("catalog/guides/words.de.md", guide)
        .file("catalog/muscles/soleus.de.yaml", "name: Schollenmuskel");
    project.run("build --only pdf").exits(0);
    let handouts = project.files("out/pdf/de").into_keys();
    let handouts: Vec<_> = handouts.map(|file| project.path("out/pdf/de").join(file)).collect();
    assert_eq!(handouts.len(), 3);
    for handout in handouts {
        judge.judge(&[&handout]);
    }
}

#[test]
fn another_markdown_parser_follows_every_link() {
    let Some(judge) = Tool::python("markdown.py", "markdown_it") else {
        return;
    };
    let project = built("markdown");
    let answer: Value = serde_json::from_str(&judge.judge(&[&project.path("out/markdown")])).unwrap();
    let pages: BTreeSet<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    let written = project.files("out/markdown").into_keys().filter(|file| file.ends_with(".md"));
    assert_eq!(pages.len(), written.count());
    let links = |page: &str| answer[page]["links"].as_array().unwrap().len();
    assert!(links("README.md") >= 27, "the first page leads everywhere");
    assert!(links("guides/best-hamstring-exercises-for-runners.md") > 10);
}
