//! Names that want to read otherwise than they are: of files and folders, in whatever the program says.

use regimen_tests::Project;

/// Characters that turn the direction of text, or that nobody sees.
const UNSEEN: [char; 8] =
    ['\u{202e}', '\u{202a}', '\u{2066}', '\u{2069}', '\u{200b}', '\u{200f}', '\u{feff}', '\u{2060}'];

fn assert_seen(said: &str, of: &str) {
    let found = said.chars().find(|c| UNSEEN.contains(c));
    assert_eq!(found, None, "{of} has it raw:\n{said}");
}

#[test]
fn no_output_has_the_unseen_characters_of_a_file_name() {
    let odd: String = UNSEEN.into_iter().collect();
    let exercise =
        "kind: strength\npattern: calf-raise\ndefaults: {sets: 1, reps: 1}\nlevel: 9\nwords: {name: A, summary: B.}\n";
    let project = Project::small()
        .file(&format!("catalog/exercises/a{odd}lmay.yaml"), exercise)
        .file(&format!("catalog/media/a{odd}gvs.svg"), "<svg/>")
        .file(&format!("catalog/{odd}/notes.txt"), "a");
    for arguments in [
        "check",
        "check --max 1",
        "check --format short",
        "check --format json",
        "check --format sarif",
        "build",
        "build --format short",
        "list",
        "list --format json",
        "show heel-raise",
        "show heel-raise --format json",
    ] {
        let run = project.run(arguments);
        assert_seen(&run.stdout, arguments);
        assert_seen(&run.stderr, arguments);
    }
    let said = project.run("check --format short").stderr;
    assert!(said.contains("exercises/a\u{fffd}"), "{said}");
    let json = project.run("check --format json").stdout;
    assert!(json.contains("\u{fffd}") || json.contains("\\u202e"), "{json}");
    // Who types a name knows of the marks of their own language in it.
    let odd: String = UNSEEN.into_iter().filter(|c| !matches!(c, '\u{200b}' | '\u{200f}')).collect();
    let small = regimen_tests::repository().join("tests/fixtures/small");
    let sound = Project::small().overlay(&format!("club{odd}"), &small);
    for command in ["check", "build -o out", "list --catalog", "show heel-raise --catalog", "cache --catalog"] {
        let words: Vec<&str> = command.split(' ').collect();
        let folder = format!("club{odd}");
        let arguments = [words.as_slice(), &[folder.as_str()]].concat();
        let run = sound.run_words(&arguments);
        assert_seen(&run.stdout, command);
        assert_seen(&run.stderr, command);
    }
}

#[test]
fn marks_that_languages_are_written_with_stay_in_texts() {
    let project = Project::small();
    let text = project.text("catalog/exercises/heel-raise.yaml").replace("Heel raise", "می\u{200c}خواهم \u{200f}!");
    let project = project.file("catalog/exercises/heel-raise.yaml", text);
    project.run("list").exits(0).prints("می\u{200c}خواهم \u{200f}!");
    project.run("list --format json").exits(0).prints("می\u{200c}خواهم \\u200f!");
}
