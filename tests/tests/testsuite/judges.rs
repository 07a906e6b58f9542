//! What other programs make of pages; the readers of calendars are asked in `calendars`, the judges of handouts in
//! `handouts`. `tests/judges` has the scripts, `.ci/run` installs the programs.

use std::collections::BTreeSet;

use regimen_tests::{Project, Tool};
use serde_json::Value;

#[test]
fn handouts_with_words_of_other_languages_are_as_accessible() {
    let Some(judge) = Tool::python("pdf.py", "page, outloud, pdfua, pikepdf") else {
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
    let project = Project::shipped();
    project.run("build --only markdown").exits(0);
    let answer: Value = serde_json::from_str(&judge.judge(&[&project.path("out/markdown")])).unwrap();
    let pages: BTreeSet<&str> = answer.as_object().unwrap().keys().map(String::as_str).collect();
    let written = project.files("out/markdown").into_keys().filter(|file| file.ends_with(".md"));
    assert_eq!(pages.len(), written.count());
    let links = |page: &str| answer[page]["links"].as_array().unwrap().len();
    assert!(links("README.md") >= 27, "the first page leads everywhere");
    assert!(links("guides/best-hamstring-exercises-for-runners.md") > 10);
}
