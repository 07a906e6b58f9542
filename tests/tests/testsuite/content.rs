//! All words that a reader sees come from the catalogue or a language file, none from the code.

use regimen_catalog::Catalog;
use regimen_tests::{files, repository};

use crate::architecture::program;
use crate::plan::catalog;

/// Names and sentences of the shipped catalogue.
fn sentences(catalog: &Catalog) -> Vec<String> {
    let mut found = vec![catalog.project_words(catalog.language()).unwrap().title.to_string()];
    for exercise in catalog.exercises.values() {
        found.push(exercise.words.name.to_string());
    }
    found.extend(catalog.sessions.values().map(|session| session.words.name.to_string()));
    found.extend(catalog.programs.values().map(|program| program.words.name.to_string()));
    found.extend(catalog.guides.values().map(|guide| guide.words.title.to_string()));
    found.extend(catalog.conditions.values().map(|condition| condition.words.name.to_string()));
    found.extend(catalog.muscles.values().map(|muscle| muscle.words.name.to_string()));
    found.extend(longer_lines());
    found
}

/// The lines of the catalogue's files that are long enough to be sentences.
fn longer_lines() -> Vec<String> {
    let files = files(&repository().join("catalog"));
    let texts = files.into_iter().filter(|(path, _)| path.ends_with(".yaml") || path.ends_with(".md"));
    let mut found = Vec::new();
    for (_, bytes) in texts {
        let text = String::from_utf8(bytes).unwrap();
        let lines = text.lines().map(|line| line.trim_start_matches([' ', '-', '>', '#']));
        found.extend(lines.filter(|line| line.split(' ').count() > 5).map(str::to_owned));
    }
    found
}

/// Whether a text holds a phrase as whole words.
fn says(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(start, _)| {
        let before = text[..start].chars().next_back();
        let after = text[start + phrase.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[test]
fn no_sentence_of_content_stands_in_code() {
    let sentences = sentences(&catalog());
    assert!(sentences.len() > 300, "the content is found");
    for (path, code) in program() {
        let found: Vec<&String> = sentences.iter().filter(|sentence| says(&code, sentence)).collect();
        assert!(found.is_empty(), "{path} has content: {found:#?}");
    }
}

#[test]
fn no_label_stands_in_code() {
    let file = repository().join("crates/regimen-catalog/languages/en.yaml");
    let english = std::fs::read_to_string(file).unwrap();
    let values = english.lines().filter_map(|line| line.split_once(": ").map(|(_, value)| value.trim_matches('"')));
    let labels: Vec<&str> = values.filter(|value| value.trim().contains(' ') && !value.contains('{')).collect();
    assert!(labels.len() > 30, "the labels are found");
    for (path, code) in program() {
        let found: Vec<&&str> = labels.iter().filter(|label| code.contains(&format!("\"{label}\""))).collect();
        assert!(found.is_empty(), "{path} has labels: {found:?}");
    }
}

#[test]
fn the_program_speaks_only_the_languages_of_its_folder() {
    let brought = files(&repository().join("crates"));
    let labels: Vec<&String> = brought
        .iter()
        .filter(|(path, bytes)| path.ends_with(".yaml") && String::from_utf8_lossy(bytes).contains("\nlabels:"))
        .map(|(path, _)| path)
        .collect();
    let english = ["regimen-catalog/languages/en-US.yaml", "regimen-catalog/languages/en.yaml"];
    assert_eq!(labels, english, "English is built in, with the dates of its countries; catalogues bring the rest");
    assert_eq!(regimen_catalog::english().tag.to_string(), "en");
}
