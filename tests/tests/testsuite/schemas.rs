//! The JSON Schemas: what is committed, and whether they say the same as the program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regimen_catalog::schema::FILE_KINDS;
use regimen_tests::{Project, Tool, files, repository};
use serde_json::{Value, json};

#[test]
fn the_committed_schemas_are_those_of_the_program() {
    let project = Project::new();
    project.run("schema --out .schemas").exits(0);
    let made = project.files(".schemas");
    let folder = repository().join("schemas");
    if std::env::var_os("REGIMEN_BLESS").is_some() {
        fs::create_dir_all(&folder).unwrap();
        for (name, schema) in &made {
            fs::write(folder.join(name), schema).unwrap();
        }
    }
    let committed = files(&folder);
    assert!(committed.keys().eq(made.keys()), "an orphan, or a schema that is not committed: {:?}", committed.keys());
    let different: Vec<&String> = made.keys().filter(|name| made[*name] != committed[*name]).collect();
    assert!(different.is_empty(), "`REGIMEN_BLESS=1 cargo test` writes these anew: {different:?}");
}

#[test]
fn the_list_names_every_kind_and_each_is_printed_as_it_is_written() {
    let project = Project::new();
    let list = project.run("schema").exits(0).quietly().stdout;
    project.run("schema --out .").exits(0);
    let named: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(named.len(), FILE_KINDS.len());
    for name in named {
        let printed = project.run(&format!("schema {name}")).exits(0).quietly().stdout;
        assert_eq!(printed, project.text(&format!("{name}.json")));
    }
    project.run("schema exercice").exits(2).says("exercise");
}

#[test]
fn only_schemas_are_written_over_and_the_setting_names_them() {
    let project = Project::new().file("s/mine.json", "mine").file("s/exercise.json", "old");
    let setting: Value = serde_json::from_str(&project.run("schema --out s").exits(0).stdout).unwrap();
    assert_eq!(project.text("s/mine.json"), "mine");
    assert!(project.text("s/exercise.json").starts_with('{'));
    let setting = setting["yaml.schemas"].as_object().unwrap();
    assert!(setting.keys().all(|file| project.path(file).exists()), "{setting:#?}");
    assert_eq!(setting["s/exercise.json"], json!(["exercises/*.yaml", "!exercises/*.*.yaml"]));
    project.run("schema --out s/mine.json").exits(3).says("s/mine.json");
}

/// Whether a path fits a pattern with stars.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == path };
    path.strip_prefix(start)
        .is_some_and(|path| (0..=path.len()).any(|at| path.get(at..).is_some_and(|end| fits(rest, end))))
}

/// The kind of a file, by its path from the catalogue's root.
fn kind_of(path: &str) -> Option<&'static str> {
    let fitting = |patterns: &[&str]| {
        patterns
            .iter()
            .all(|pattern| pattern.strip_prefix('!').map_or(fits(pattern, path), |pattern| !fits(pattern, path)))
    };
    let mut kinds = FILE_KINDS.iter().filter(|kind| fitting(kind.files));
    let kind = kinds.next();
    assert!(kinds.next().is_none(), "`{path}` is of two kinds");
    kind.map(|kind| kind.name)
}

/// The YAML of a file: all of it, or the front matter of a guide.
fn yaml_of(path: &str, text: &str) -> Option<Value> {
    let yaml = if path.ends_with(".md") { text.split("---\n").nth(1)? } else { text };
    serde_yaml::from_str(yaml).ok()
}

/// Values to judge, each with its kind and with a name for messages.
#[derive(Default)]
struct Questions(Vec<(String, &'static str, Value)>);

impl Questions {
    fn ask(&mut self, name: String, path: &str, text: &str) -> bool {
        let question = kind_of(path).zip(yaml_of(path, text));
        let asked = question.map(|(kind, value)| self.0.push((name, kind, value)));
        asked.is_some()
    }

    fn ask_all(&mut self, folder: &str) {
        for (path, bytes) in files(&repository().join(folder)) {
            if (path.ends_with(".yaml") || path.starts_with("guides/")) && !path.ends_with("README.md") {
                let text = String::from_utf8(bytes).unwrap();
                assert!(self.ask(format!("{folder}/{path}"), &path, &text), "{folder}/{path} is of no kind");
            }
        }
    }

    /// What the schemas say of each value, by its name; nothing if there is nobody to ask.
    fn judged(self) -> Option<BTreeMap<String, Vec<String>>> {
        let judge = Tool::python("schema.py", "jsonschema")?;
        let printed = |name: &'static str| {
            let schema = Project::new().run(&format!("schema {name}")).exits(0).stdout;
            (name, serde_json::from_str(&schema).unwrap())
        };
        let schemas: BTreeMap<&str, Value> = FILE_KINDS.iter().map(|kind| printed(kind.name)).collect();
        let values: Vec<Value> = self.0.iter().map(|(_, kind, value)| json!([kind, value])).collect();
        let project = Project::new().file("asked.json", json!({"schemas": schemas, "values": values}).to_string());
        let said: Vec<Vec<String>> = serde_json::from_str(&judge.judge(&[&project.path("asked.json")])).unwrap();
        assert_eq!(said.len(), self.0.len());
        Some(self.0.into_iter().map(|(name, _, _)| name).zip(said).collect())
    }
}

#[test]
fn what_the_program_reads_is_valid() {
    let mut questions = Questions::default();
    for folder in
        ["catalog", "tests/fixtures/small", "tests/fixtures/racer", "crates/regimen-cli/templates/init/catalog"]
    {
        questions.ask_all(folder);
    }
    assert!(questions.0.len() > 80, "the catalogues are found");
    let people = fs::read_to_string(repository().join("docs/people.md")).unwrap();
    for (path, text) in blocks(&people) {
        assert!(questions.ask("docs/people.md".to_owned(), &path.unwrap_or_default(), &text), "{text}");
    }
    let Some(judged) = questions.judged() else { return };
    let refused: Vec<_> = judged.iter().filter(|(_, said)| !said.is_empty()).collect();
    assert!(refused.is_empty(), "{refused:#?}");
}

/// The blocks of code in a page, each with the path of the file that it shows, if it says so.
fn blocks(page: &str) -> Vec<(Option<String>, String)> {
    let mut path = None;
    let mut blocks = Vec::new();
    for (index, piece) in page.split("```").enumerate() {
        if index % 2 == 0 {
            // The folder of the kind stands alone in a line, or the project file in a heading.
            let named =
                piece.lines().rfind(|line| line.starts_with("## ") || (line.starts_with('`') && line.ends_with('`')));
            let named = named.map(|line| line.split('`').nth(1).unwrap_or_default().replace("<id>", "one"));
            path = named.filter(|path| path.contains('.')).or(path.filter(|_| !piece.contains("\n## ")));
            continue;
        }
        let (language, text) = piece.split_once('\n').unwrap_or_default();
        if language == "yaml" || (language == "markdown" && text.starts_with("---\n")) {
            let own = text.lines().next().and_then(|line| line.strip_prefix("# ")).map(str::to_owned);
            blocks.push((own.or(path.clone()), text.to_owned()));
        }
    }
    blocks
}

/// How examples start that show parts of a file: what they leave out at the root is not missing.
const PARTS: [&str; 9] = [
    "brand:\n",
    "main:\n",
    "media:\n",
    "phases:\n",
    "schedules:\n",
    "# sessions/legs.yaml\nmain:\n",
    "# regimen.yaml\nlimits:\n",
    "# regimen.yaml\nrules:\n",
    "# programs/strong-calves.yaml\nphases:\n",
];

/// How examples start that show no file at all: doses, one a line.
const LINES: &str = "{sets: 3";

#[test]
fn the_examples_of_the_format_are_valid() {
    let page = fs::read_to_string(repository().join("docs/format.md")).unwrap();
    let mut questions = Questions::default();
    for (path, text) in blocks(&page) {
        let path = path.unwrap_or_default();
        let asked = questions.ask(format!("{path}:\n{text}"), &path, &text);
        assert!(asked || text.starts_with(LINES), "nobody knows which file this is:\n{text}");
    }
    assert!(questions.0.len() >= 24, "the examples are found");
    let Some(judged) = questions.judged() else { return };
    for (name, mut said) in judged {
        let text = name.split_once('\n').unwrap().1;
        let part = PARTS.iter().any(|start| text.starts_with(start));
        said.retain(|wrong| !(part && wrong.starts_with(": ") && wrong.ends_with("is a required property")));
        assert!(said.is_empty(), "{name}{said:#?}");
    }
}

/// What the program says that a schema can say too.
const CODES: [&str; 5] = ["unknown-key", "missing-field", "wrong-type", "unknown-word", "wrong-value"];

/// Cases of the corpus with such a mistake that no schema can see, each with the reason.
const UNSEEN: [(&str, &str); 1] = [("card-in-an-entry: exercises/heel-raise.yaml", "it is in the Markdown of a text")];

#[test]
fn mistakes_that_a_schema_can_see_are_refused() {
    let mut questions = Questions::default();
    // The files in which the program finds an error, and those of them that a schema should refuse.
    let (mut wrong, mut plain) = (BTreeSet::new(), BTreeSet::new());
    for case in fs::read_dir(repository().join("tests/fixtures/wrong")).unwrap().map(Result::unwrap) {
        let overlay = case.path().join("catalog");
        let run = Project::small().overlay("catalog", &overlay).run("check --format json");
        let findings: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
        for (path, bytes) in files(&overlay) {
            let name = format!("{}: {path}", case.file_name().display());
            let Ok(text) = String::from_utf8(bytes) else { continue };
            if kind_of(&path).is_none() || !questions.ask(name.clone(), &path, &text) {
                continue;
            }
            let file = format!("catalog/{path}");
            for finding in findings.iter().filter(|one| one["file"] == *file && one["severity"] == "error") {
                wrong.insert(name.clone());
                if CODES.iter().any(|code| finding["code"] == **code) {
                    plain.insert(name.clone());
                }
            }
        }
    }
    assert!(plain.len() >= 12, "the corpus has mistakes that a schema sees: {plain:?}");
    let Some(judged) = questions.judged() else { return };
    let refused: BTreeSet<String> =
        judged.into_iter().filter(|(_, said)| !said.is_empty()).map(|(name, _)| name).collect();
    let missed: BTreeSet<&str> = plain.difference(&refused).map(String::as_str).collect();
    assert_eq!(missed, UNSEEN.map(|(name, _)| name).into(), "what a schema does not see has its reason here");
    let strict: Vec<&String> = refused.difference(&wrong).collect();
    assert!(strict.is_empty(), "the program reads these: {strict:?}");
}
