//! How findings are shown: for people when there are many, and for programs.

use regimen_tests::{Project, Run};
use serde_json::Value;

/// A catalogue with many exercises, each with the same mistake, and one with a mistake of its own.
fn many_mistakes() -> Project {
    let small = Project::small();
    let good = small.text("catalog/exercises/heel-raise.yaml");
    let wrong = good.replace("role: prime", "role: primary");
    let last = good.replace("level: 1", "levle: 1");
    let project = Project::new()
        .file("catalog/regimen.yaml", "language: en\nwords: {title: Mistakes}\n")
        .file("catalog/muscles/soleus.yaml", small.text("catalog/muscles/soleus.yaml"))
        .file("catalog/equipment/wall.yaml", small.text("catalog/equipment/wall.yaml"));
    (0..30)
        .fold(project, |project, n| project.file(&format!("catalog/exercises/raise-{n:02}.yaml"), &wrong))
        .file("catalog/exercises/zzz.yaml", last)
}

/// How often a text occurs in what was said.
fn times(run: &Run, text: &str) -> usize {
    run.stderr.matches(text).count()
}

#[test]
fn many_findings_that_say_the_same_are_folded_and_summed_up() {
    let run = many_mistakes().run("check").exits(1);
    assert_eq!(times(&run, "error[unknown-word]: `role` cannot be `primary`"), 1, "drawn once\n{}", run.stderr);
    let run = run
        .says("and 29 like it:\n  catalog/exercises/raise-01.yaml:6:35\n")
        .says("  catalog/exercises/raise-29.yaml:6:35\n\nerror[unknown-key]: `levle`")
        .says("    30  error[unknown-word]\n     1  error[unknown-key]\n")
        .says("error[unknown-key]\n\n`regimen explain CODE` says more of each.\n\ncatalog: 31 errors\n");
    assert!(run.stderr.lines().count() < 70, "it stays readable\n{}", run.stderr);
}

#[test]
fn files_with_several_findings_are_named() {
    let project = many_mistakes();
    let wrong = project.text("catalog/exercises/raise-07.yaml").replace("pattern: calf-raise", "pattern: calves");
    let run = project.file("catalog/exercises/raise-07.yaml", wrong).run("check --max 1").exits(1);
    run.says("and 31 more: 30 `unknown-word`, 1 `unknown-key`; `--max 0` shows all\n\n    31  error[unknown-word]\n")
        .says("\n\n     2  catalog/exercises/raise-07.yaml\n     1  catalog/exercises/raise-00.yaml\n")
        .says("\n  and 21 more files\n\n`regimen explain CODE`");
}

#[test]
fn few_findings_are_drawn_one_by_one() {
    let project = many_mistakes();
    let project = (5..30).fold(project, |project, n| project.without(&format!("catalog/exercises/raise-{n:02}.yaml")));
    let run = project.run("check").exits(1);
    assert_eq!(times(&run, "error[unknown-word]"), 5);
    assert!(!run.stderr.contains("like it") && !run.stderr.contains("  5  "), "{}", run.stderr);
}

#[test]
fn a_number_of_findings_can_be_chosen_and_the_rest_is_counted() {
    let project = many_mistakes();
    for format in ["human", "short"] {
        let run = project.run(&format!("check --max 4 --format {format}")).exits(1);
        let run = run.says("and 27 more: 26 `unknown-word`, 1 `unknown-key`; `--max 0` shows all\n");
        assert_eq!(times(&run, "error[unknown-word]: `role`"), 4, "{}", run.stderr);
    }
    let json = project.run("check --max 4 --format json").exits(1).quietly();
    let all: Vec<Value> = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(all.len(), 31, "programs get everything");
}

#[test]
fn json_has_exactly_the_documented_keys() {
    let run = many_mistakes().run("check --format json").exits(1);
    let all: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    for finding in all {
        let keys: Vec<&String> = finding.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "column", "file", "help", "line", "message", "severity"]);
    }
}

/// The one run of a log, with what every log must have.
/// Code, line and column of every finding, and `-` where there is none.
fn places(project: &Project) -> Vec<String> {
    let found: Value = serde_json::from_str(&project.run("check --format json").exits(1).stdout).unwrap();
    let number = |value: &Value| value.as_u64().map_or("-".to_owned(), |number| number.to_string());
    let place = |one: &Value| {
        format!("{} {}:{}", one["code"].as_str().unwrap_or_default(), number(&one["line"]), number(&one["column"]))
    };
    found.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn findings_of_one_line_are_in_the_order_of_their_columns() {
    let project = Project::small();
    let options = "exporters: {pdf: {papr: a4}, icss: {}, markdown: {x: 1}}";
    let text = format!("{options}\n{}", project.text("catalog/regimen.yaml"));
    let columns: Vec<usize> = places(&project.file("catalog/regimen.yaml", text))
        .iter()
        .filter_map(|place| place.split_once(" 1:")?.1.parse().ok())
        .collect();
    assert!(columns.len() >= 3 && columns.is_sorted(), "{columns:?}");
}

#[test]
fn only_a_file_that_is_not_read_as_text_has_no_line() {
    let small = Project::small;
    for (project, expected) in [
        (small().file("catalog/exercises/Heel.yaml", "kind: strength\n"), "file-name 1:1"),
        (small().file("catalog/exercises/heel.yml", "kind: strength\n"), "misplaced-file 1:1"),
        (small().file("catalog/exercises/heel.yaml", ""), "empty-file 1:1"),
        (small().file("catalog/exercises/heel.yaml", b"kind: strength\nx-a: caf\xe9 b\n"), "not-utf8 2:9"),
        (small().file("catalog/exercises/heel.YAML", "kind: strength\n"), "unread-file -:-"),
        (small().file("catalog/guides/a.md", "---\ntitle: A\nsummary: B.\n---\nOne\u{202e}two\n"), "prose 5:4"),
    ] {
        assert_eq!(places(&project), [expected]);
    }
}

#[test]
fn thousands_of_findings_in_one_line_have_each_their_column() {
    let project = Project::small();
    let wrong: Vec<String> = (0..2_000).map(|n| format!("wrong-{n}")).collect();
    let wrong = format!("equipment: [[{}]]", wrong.join(", "));
    let text = project.text("catalog/exercises/heel-raise.yaml").replace("equipment: [[wall]]", &wrong);
    let project = project.file("catalog/exercises/heel-raise.yaml", text);
    let places = places(&project);
    assert_eq!(places.len(), 2_000);
    assert_eq!(places[1], "unknown-reference 7:23");
}

fn sarif(run: &Run) -> Value {
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"));
    let run = log["runs"][0].clone();
    assert_eq!(run["tool"]["driver"]["name"], "regimen");
    assert_eq!(run["tool"]["driver"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    run
}

#[test]
fn sarif_says_what_and_where() {
    let project = Project::small().file("catalog/equipment/wall.yaml", "kind: \"Wänd\"\nwords: {name: Wall}\n");
    let run = project.run("check --max 1 --format sarif").exits(1).quietly();
    let run = sarif(&run);
    let result = &run["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"unknown-word".into(), &"error".into()));
    let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "unknown-word");
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["shortDescription"]["text"], "Unknown word");
    assert!(rule["help"]["markdown"].as_str().unwrap().contains("Right:"), "the page of `regimen explain`");
    assert!(result["message"]["text"].as_str().unwrap().starts_with("`kind` cannot be `Wänd` ("));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "catalog/equipment/wall.yaml");
    let numbers = ["startLine", "startColumn", "endLine", "endColumn"].map(|key| place["region"][key].as_u64());
    assert_eq!(numbers, [Some(1), Some(7), Some(1), Some(13)], "columns count characters, not bytes");
}

#[test]
fn sarif_of_a_clean_catalogue_has_no_results() {
    let project = Project::new();
    project.run("init .").exits(0);
    let run = project.run("check --format sarif").exits(0).quietly();
    assert_eq!(sarif(&run)["results"], Value::Array(Vec::new()));
    let built = project.run("build --format sarif").exits(0).quietly();
    assert_eq!(sarif(&built)["results"], Value::Array(Vec::new()));
}

#[test]
fn sarif_paths_are_relative_to_where_the_program_runs() {
    let project = many_mistakes();
    let here = sarif(&project.run_in("catalog", "check . --format sarif"));
    let uri = |run: &Value| run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    assert_eq!(uri(&here), "exercises/raise-00.yaml");
    let absolute = sarif(&project.run(&format!("check {} --format sarif", project.path("catalog").display())));
    assert!(uri(&absolute).as_str().unwrap().starts_with("file:///"));
}

#[test]
fn colour_comes_only_when_it_is_asked_for_or_on_a_terminal() {
    let project = many_mistakes();
    let coloured = |arguments: &str, environment: &[(&str, &str)]| {
        project.run_with(".", arguments, environment).stderr.contains("\u{1b}[")
    };
    assert!(!coloured("check", &[]), "a pipe is no terminal");
    assert!(coloured("check --color always", &[]));
    assert!(coloured("check --color always", &[("NO_COLOR", "1")]), "an argument weighs more than the environment");
    assert!(!coloured("--color never check", &[]));
    assert!(!project.run("check --color always --format json").stdout.contains('\u{1b}'));
    project.run("check --color red").exits(2).says("auto, always, never");
}
