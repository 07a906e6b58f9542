//! Writing a catalogue: `regimen init` and `regimen new`.

use std::collections::BTreeMap;

use regimen_catalog::{Kind, Reference};
use regimen_tests::Project;

/// A project that `regimen init` made in its own folder.
fn initialised() -> Project {
    let project = Project::new();
    project.run("init .").exits(0).quietly();
    project
}

#[test]
fn a_new_catalogue_checks_and_builds_as_it_is() {
    let project = Project::new();
    let run = project.run("init mine").exits(0).quietly();
    let run = run.prints("\n  cd mine\n  regimen check\n  regimen build\n");
    assert!(run.stdout.lines().count() < 10);
    project.run_in("mine", "check").exits(0).quietly().prints("nothing to report in 2 muscles");
    project.run_in("mine", "build").exits(0).quietly();
    let made = project.files("mine/out");
    for file in ["pdf/guides/calf-care.pdf", "ics/first-plan.ics", "markdown/guides/calf-care.md"] {
        assert!(made.contains_key(file), "{file} is not made: {:?}", made.keys());
    }
    assert!(project.text("mine/.gitignore").contains("\n/out/\n"));
    assert!(project.text("mine/README.md").contains("regimen check"));
}

#[test]
fn nothing_is_ever_written_over_by_init() {
    for (there, said) in [("mine/notes.txt", "`notes.txt` is there"), ("mine", "a file of this name is in the way")] {
        let project = Project::new().file(there, "mine");
        project.run("init mine").exits(3).says(said);
        assert_eq!(project.files(".").len(), 1, "{there}: something is written");
        assert_eq!(project.text(there), "mine");
    }
    let project = initialised();
    let before = project.files(".");
    project.run("init .").exits(3).says("not empty");
    assert_eq!(project.files("."), before);
}

#[test]
fn a_folder_that_git_has_just_made_is_empty_enough() {
    let project = Project::new().file("mine/.git/HEAD", "ref: refs/heads/main\n");
    project.run("init mine").exits(0);
    project.run_in("mine", "check").exits(0).quietly();
}

#[cfg(unix)]
#[test]
fn a_folder_that_refuses_is_named() {
    let project = Project::new();
    project.run("init /proc/mine").exits(3).says("/proc/mine").says("may write");
}

#[test]
fn a_new_entry_of_every_kind_checks() {
    for project in [initialised(), Project::shipped(), Project::small()] {
        for kind in Kind::ALL {
            let run = project.run_words(&["new", kind.scheme(), "brand-new", "--name", "A \"new\" {name}: yes #1"]);
            let run = run.exits(0).quietly().prints("regimen check");
            assert!(run.stdout.starts_with("catalog/"), "{}", run.stdout);
        }
        // Sources, facts and schedules are known to the author only.
        let said = project.run("check").exits(0).stderr;
        let mut found = said.lines().filter(|line| line.contains("]: "));
        let left = ["warning[source-missing]", "warning[template-text]", "info[incomplete]", "info[ics/no-schedule]"];
        assert!(found.all(|line| left.iter().any(|code| line.starts_with(code))), "{said}");
        project.run("build").exits(0);
        let guide = project.text("catalog/guides/brand-new.md");
        assert!(guide.contains(r#"title: "A \"new\" {name}: yes #1""#), "{guide}");
    }
}

#[test]
fn every_text_of_a_template_is_named_until_it_is_replaced() {
    for kind in Kind::ALL {
        let project = initialised();
        project.run_words(&["new", kind.scheme(), "brand-new"]).exits(0);
        let file = format!("catalog/{}", Reference::new(kind, "brand-new").expect("an id").file());
        let text = project.text(&file);
        let Some((facts, words)) = text.split_once("\nwords:\n") else { continue };
        let words = words.replace("\n  # ", "\n  ");
        let project = project.file(&file, format!("{facts}\nwords:\n{words}"));
        let values = words.lines().map(str::trim).filter(|line| !line.starts_with("name:") && !line.ends_with(':'));
        let count = values.clone().count();
        let said = project.run("check").exits(0).stderr;
        let found = said.lines().filter(|line| line.starts_with("warning[template-text]"));
        assert_eq!(found.count(), count, "{said}\n{:?}", values.collect::<Vec<_>>());
    }
}

#[test]
fn the_name_is_made_from_the_id_unless_it_is_given() {
    let project = initialised();
    project.run("new exercise wall-sit").exits(0);
    assert!(project.text("catalog/exercises/wall-sit.yaml").contains("\n  name: Wall sit\n"));
    project.run_words(&["new", "exercise", "jing", "--name", "马步 – Mǎbù"]).exits(0);
    assert!(project.text("catalog/exercises/jing.yaml").contains("\n  name: 马步 – Mǎbù\n"));
    project.run("check").exits(0).says("the exercise `wall-sit` does not state `pattern`");
}

#[test]
fn the_catalogue_may_be_anywhere() {
    let project = Project::new();
    project.run("init mine").exits(0);
    project.run("new muscle tibialis-anterior mine/catalog").exits(0).prints("regimen check mine/catalog");
    project.run_in("mine/catalog", "new exercise toe-raise .").exits(0);
    project.run("check mine/catalog").exits(0).says("info[incomplete]");
}

#[test]
fn a_new_session_begins_and_ends_as_one_should() {
    let project = initialised();
    project.run("new session second").exits(0);
    let session = project.text("catalog/sessions/second.yaml");
    assert!(session.contains("\nwarm_up:\n  - text: warm-up\nmain:\n"), "{session}");
    assert!(session.contains("\n  - exercise: heel-raise\n"), "a strength session has a strength exercise\n{session}");
    let found = project.run("check").exits(0).stderr;
    assert_eq!(found.matches("]: ").count(), found.matches("warning[template-text]: ").count(), "{found}");
}

#[test]
fn what_is_refused_is_explained_and_writes_nothing() {
    let project = initialised();
    let before: BTreeMap<_, _> = project.files(".");
    for (arguments, code, said) in [
        (vec!["new", "exercize", "a"], 2, "did you mean `exercise`?"),
        (vec!["new", "programme", "a"], 2, "did you mean `program`?"),
        (vec!["new", "肌肉", "a"], 2, "There are: muscle, muscle-group"),
        (vec!["new", "exercise", "Wall_sit"], 2, "did you mean `wall-sit`?"),
        (vec!["new", "exercise", "../../evil"], 2, "lower-case letters a-z"),
        (vec!["new", "exercise", "a/b"], 2, "is not an id"),
        (vec!["new", "exercise", "马步"], 2, "is not an id"),
        (vec!["new", "exercise", "a\u{1b}[31m"], 2, "is not an id"),
        (vec!["new", "exercise", ""], 2, "is not an id"),
        (vec!["new", "exercise", "heel-raise"], 3, "catalog/exercises/heel-raise.yaml` is there already"),
        (vec!["new", "exercise", "a", "--name", " "], 2, "one line of text"),
        (vec!["new", "exercise", "a", "--name", "one\ntwo"], 2, "one line of text"),
        (vec!["new", "exercise", "a", "nowhere"], 2, "nowhere"),
    ] {
        let run = project.run_words(&arguments);
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{arguments:?}: {run:#?}");
        assert!(run.stderr.contains(said), "{arguments:?} says nothing of {said}:\n{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}'));
    }
    assert_eq!(project.files("."), before);
}

#[test]
fn what_a_new_entry_needs_first_is_named() {
    let project = Project::new().file("catalog/regimen.yaml", "language: en\nwords: {title: Empty}\n");
    project.run("new program a").exits(2).says("a program needs a session").says("regimen new session ID");
    project.run("new session a").exits(2).says("a session needs an exercise");
    for step in ["exercise b", "session c", "program d", "guide e"] {
        project.run(&format!("new {step}")).exits(0).quietly();
    }
    // What only the author knows is left to do.
    let check = project.run("check").exits(0).says("warning[source-missing]").says("warning[disclaimer-missing]");
    let template_texts = check.stderr.matches("warning[template-text]").count();
    assert_eq!(check.stderr.matches("warning[").count(), 2 + template_texts, "{}", check.stderr);
}

#[test]
fn a_catalogue_with_errors_still_takes_new_entries() {
    let project = initialised().file("catalog/muscles/gastrocnemius.yaml", "latin: [\n");
    project.run("new exercise wall-sit").exits(0).says("entries with errors are left out");
    assert!(project.text("catalog/exercises/wall-sit.yaml").contains("muscle:soleus"));
    let broken = initialised().file("catalog/regimen.yaml", "language: [\n");
    broken.run("new exercise wall-sit").exits(1).says("--> catalog/regimen.yaml");
}
