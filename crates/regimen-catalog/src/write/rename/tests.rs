//! Entries get other ids, and everything that refers to them follows.

use super::*;

const FILES: [(&str, &str); 9] = [
    (
        "regimen.yaml",
        "language: en\nschedules:\n  spring: {program: p, race: 2027-05-02, event: run} # soon\nwords: {title: Club}\n",
    ),
    ("muscles/calf.yaml", "words: {name: Calf}\n"),
    (
        "exercises/raise.yaml",
        "kind: strength\nmuscles:\n  - {target: muscle:calf, role: prime} # most\ndefaults: {sets: 3, reps: 8, rest: 60 s}\nprogressions: [raise-high]\n\
         words:\n  name: Raise\n  # why\n  summary: See [this](exercise:raise-high) and [](muscle:calf).\n  steps: [Rise.]\n",
    ),
    (
        "exercises/raise-high.yaml",
        "kind: strength\nmuscles: [{target: 'muscle:calf', role: prime}]\nregressions:\n- raise\ndefaults: {sets: 3, reps: 8, rest: 60 s}\n\
         words: {name: High, steps: [Rise.]}\n",
    ),
    (
        "exercises/raise.de.yaml",
        "name: Heben\nsummary: Siehe [das](exercise:raise-high).\nsteps: [Hebe.]\nfollows: VERSION\n",
    ),
    ("sessions/run.yaml", "kind: race\nduration: 1 h\nmain: [{exercise: raise}]\nwords: {name: Run}\n"),
    (
        "programs/p.yaml",
        "level: 1\nphases:\n  - id: one\n    kind: race\n    weeks: 2\n    sessions:\n      - {session: run, day: sunday}\n    \
         overrides:\n      - {week: 1, without: [run]}\nwords: {name: P, summary: S, goal: G, audience: A, phases: {one: O}}\n",
    ),
    (
        "guides/g.md",
        "---\ntitle: G\nsummary: S\n---\n[](exercise:raise) `exercise:raise` [x][y] [](exercise:raise-high)\n\n[y]: exercise:raise\n",
    ),
    ("languages/de.yaml", "name: Deutsch\n"),
];

fn files() -> Files {
    let mut files: Files = FILES.iter().map(|(file, text)| ((*file).into(), text.as_bytes().into())).collect();
    let catalog = load_files(&files).catalog.expect("a catalogue");
    let version = catalog.exercises["raise"].version.expect("from a file").to_string();
    let german = FILES[4].1.replace("VERSION", &version);
    files.insert(FILES[4].0.into(), german.as_bytes().into());
    let found = load_files(&files).findings;
    let errors: Vec<_> = found.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    files
}

fn renamed(kind: Kind, from: &str, to: &str) -> Renamed {
    let entry = Reference::new(kind, from).expect("an id");
    rename(&files(), &entry, to).expect("a new id")
}

/// The new text of a file, which is the old one but for some words.
fn expect(renamed: &Renamed, file: &str, old: &str, words: &[(&str, &str)]) {
    let files = files();
    let old = std::str::from_utf8(&files[old]).expect("UTF-8");
    let expected = words.iter().fold(old.to_owned(), |text, (from, to)| text.replace(from, to));
    assert_eq!(renamed.written.get(file), Some(&expected), "{file}");
}

#[test]
fn everything_that_refers_to_an_exercise_follows() {
    let done = renamed(Kind::Exercise, "raise", "heel-raise");
    expect(&done, "exercises/heel-raise.yaml", "exercises/raise.yaml", &[("words:", "formerly: [raise]\nwords:")]);
    expect(&done, "exercises/heel-raise.de.yaml", "exercises/raise.de.yaml", &[]);
    expect(&done, "exercises/raise-high.yaml", "exercises/raise-high.yaml", &[("- raise", "- heel-raise")]);
    expect(&done, "sessions/run.yaml", "sessions/run.yaml", &[("exercise: raise", "exercise: heel-raise")]);
    expect(
        &done,
        "guides/g.md",
        "guides/g.md",
        &[("(exercise:raise)", "(exercise:heel-raise)"), ("]: exercise:raise", "]: exercise:heel-raise")],
    );
    assert_eq!(done.written.len(), 5);
    let mut removed = done.removed.clone();
    removed.sort();
    assert_eq!(removed, ["exercises/raise.de.yaml".into(), "exercises/raise.yaml".into()] as [FilePath; 2]);
}

#[test]
fn translations_that_follow_the_words_still_do() {
    let done = renamed(Kind::Exercise, "raise-high", "high");
    let german = &done.written["exercises/raise.de.yaml"];
    let mut changed = files();
    done.apply(&mut changed);
    let catalog = load_files(&changed).catalog.expect("a catalogue");
    let raise = &catalog.exercises["raise"];
    let version = raise.version.expect("from a file");
    assert!(german.contains("(exercise:high)") && german.ends_with(&format!("follows: {version}\n")), "{german}");
    assert_ne!(load_files(&files()).catalog.expect("a catalogue").exercises["raise"].version, Some(version));
    assert_eq!(catalog.exercises["high"].id_history.formerly.len(), 1);
}

#[test]
fn kinds_stand_before_ids_and_sessions_are_called_by_theirs() {
    let done = renamed(Kind::Muscle, "calf", "soleus");
    expect(&done, "exercises/raise-high.yaml", "exercises/raise-high.yaml", &[("muscle:calf", "muscle:soleus")]);
    expect(&done, "exercises/raise.yaml", "exercises/raise.yaml", &[("muscle:calf", "muscle:soleus")]);
    let done = renamed(Kind::Session, "run", "park-run");
    expect(
        &done,
        "programs/p.yaml",
        "programs/p.yaml",
        &[("session: run", "session: park-run"), ("[run]", "[park-run]")],
    );
    expect(&done, "regimen.yaml", "regimen.yaml", &[("event: run", "event: park-run")]);
    let done = renamed(Kind::Program, "p", "q");
    expect(&done, "regimen.yaml", "regimen.yaml", &[("program: p", "program: q")]);
}

#[test]
fn going_back_forgets_the_way() {
    let mut files = files();
    let reference = |id: &str| Reference::new(Kind::Exercise, id).expect("an id");
    for (from, to) in [("raise", "b"), ("b", "c"), ("c", "raise")] {
        rename(&files, &reference(from), to).expect("a new id").apply(&mut files);
    }
    assert_eq!(files["exercises/raise.yaml"], self::files()["exercises/raise.yaml"]);
    rename(&files, &reference("raise"), "b").expect("a new id").apply(&mut files);
    rename(&files, &reference("b"), "c").expect("a new id").apply(&mut files);
    assert!(std::str::from_utf8(&files["exercises/c.yaml"]).expect("UTF-8").contains("formerly: [raise, b]"));
}

#[test]
fn what_cannot_be_renamed_is_refused() {
    let said = |from: &str, to: &str| {
        let entry = Reference::new(Kind::Exercise, from).expect("an id");
        rename(&files(), &entry, to).expect_err("refused")[0].message.clone()
    };
    assert_eq!(said("nothing", "b"), "there is no exercise `nothing`");
    assert_eq!(said("raise", "raise-high"), "the exercise `raise-high` is there already, or was");
    assert!(said("raise", "Heel raise").contains("is not an id"));
    let mut broken = files();
    broken.insert("muscles/calf.yaml".into(), b"words: {}\n".as_slice().into());
    let entry = Reference::new(Kind::Exercise, "raise").expect("an id");
    assert!(rename(&broken, &entry, "b").expect_err("refused").iter().all(|found| found.severity == Severity::Error));
}
