//! Where entries and their words were taken from.

use regimen_lint::rule;

use crate::load_files;

const PRESS: &str = "exercises/press.yaml";

/// What is wrong with the origin of an exercise, rules apart.
fn said(origin: &str) -> Vec<String> {
    let press = format!("kind: strength\norigin: {origin}\nwords: {{name: P, steps: [S.]}}\n");
    let files = [("regimen.yaml", "language: en\nwords: {title: T}\n"), (PRESS, &press)];
    let files = files.map(|(file, text)| (file.into(), text.as_bytes().into()));
    let findings = load_files(&files.into_iter().collect()).findings.into_iter();
    let findings = findings.filter(|finding| rule(&finding.code).is_none());
    findings.map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
}

#[test]
fn an_origin_has_closed_keys_and_an_address_on_the_web() {
    let whole =
        "{from: wger, id: '345', url: 'https://wger.de/345', authors: [A], licence: CC-BY-SA-4.0, changed: true}";
    for fine in ["{from: A book}", whole, "{from: A book, changed: Steps split}", "{from: wger, id: 345}"] {
        assert_eq!(said(fine), [""; 0], "{fine}");
    }
    let short = said("{from: wger, url: wger.de/345}").concat();
    assert!(short.contains("did you mean `https://wger.de/345`?"), "{short}");
    for wrong in ["ftp://x.example", "wger.de", "https://", "https:///x", "javascript:alert(1)"] {
        let said = said(&format!("{{from: wger, url: '{wrong}'}}"));
        assert!(said.len() == 1 && said[0].contains("is not an address on the web"), "{wrong}: {said:?}");
    }
    for (wrong, code) in
        [("{from: A, license: MIT}", "unknown-key"), ("wger", "wrong-type"), ("{id: a}", "missing-field")]
    {
        let said = said(wrong);
        assert!(said.len() == 1 && said[0].contains(code), "{wrong}: {said:?}");
    }
}

#[test]
fn words_have_origins_of_their_own_and_muscles_still_arise_somewhere() {
    let facts = "kind: strength\norigin: {from: Facts}\nwords: {origin: {from: English}, name: P, steps: [S.]}\n";
    let files = [
        ("regimen.yaml", "language: en\nwords: {title: T}\n"),
        ("languages/de.yaml", "name: Deutsch\n"),
        ("languages/fr.yaml", "name: Français\n"),
        (PRESS, facts),
        ("exercises/press.de.yaml", "name: P\nsteps: [S.]\norigin: {from: German}\n"),
        ("exercises/press.fr.yaml", "name: P\n"),
        ("muscles/soleus.yaml", "origin: {from: Atlas}\nwords: {name: Soleus, origin: Tibia.}\n"),
        ("muscles/soleus.de.yaml", "name: Schollenmuskel\norigin: Das Schienbein.\n"),
    ];
    let files = files.map(|(file, text)| (file.into(), text.as_bytes().into()));
    let catalog = load_files(&files.into_iter().collect()).catalog.expect("a catalogue");
    let tag = |tag: &str| tag.parse().expect("a tag");
    let from = |language: &str| {
        let origins = catalog.exercises["press"].origins(&tag(language));
        origins.into_iter().map(|origin| origin.from.clone()).collect::<Vec<_>>()
    };
    assert_eq!(from("en"), ["Facts", "English"]);
    assert_eq!(from("de"), ["Facts", "German"], "no English word stands in");
    assert_eq!(from("fr"), ["Facts", "English"], "a translation of the English words");
    let soleus = &catalog.muscles["soleus"];
    assert_eq!(soleus.origins(&tag("de"))[0].from, "Atlas");
    assert!(soleus.words(&tag("de")).origin.is_some(), "a text is where the muscle arises");
}
