//! How much of a catalogue is translated.

use crate::{Files, load_files};

#[test]
fn words_are_counted_one_by_one_and_lists_as_one() {
    let files = [
        ("regimen.yaml", "language: en\nwords: {title: T, disclaimer: D.}\n"),
        ("regimen.de.yaml", "title: T\n"),
        ("languages/de.yaml", "name: Deutsch\nlabels: {text: {steps: Ablauf}}\n"),
        ("languages/de-AT.yaml", "name: Deutsch\n"),
        ("equipment/bar.yaml", "kind: other\nwords: {name: Bar, summary: Long.}\n"),
        ("equipment/box.yaml", "kind: other\nwords: {name: Box}\n"),
        ("equipment/bar.de.yaml", "name: Stange\n"),
        ("equipment/box.fr.yaml", "name: Caisse\n"),
    ];
    let files: Files = files.iter().map(|(file, text)| ((*file).into(), text.as_bytes().into())).collect();
    let catalog = load_files(&files).catalog.expect("a catalogue");
    let shown = catalog.coverage().into_iter().map(|of| {
        let labels = of.labels.map(|labels| (labels.own, labels.own == labels.all));
        (of.language.to_string(), (of.entries.own, of.entries.all), (of.words.own, of.words.all), labels)
    });
    let all = catalog.languages[catalog.language()].labels_there().all;
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            ("en".to_owned(), (2, 2), (5, 5), Some((all, true))),
            ("de".to_owned(), (1, 2), (2, 5), Some((1, false))),
            ("de-AT".to_owned(), (1, 2), (2, 5), Some((1, false))),
            ("fr".to_owned(), (1, 2), (1, 5), None),
        ]
    );
}
