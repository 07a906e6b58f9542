//! External plugins as people meet them: the examples, the templates, the manual's own, and what is kept of them.

use std::fs;
use std::path::Path;

use regimen_tests::{Project, Tool, repository};
use serde_json::{Value, json};

/// Puts the files of a folder of the repository into a project.
fn with_folder(project: &Project, from: &str, to: &str) {
    for (path, bytes) in regimen_tests::files(&repository().join(from)) {
        write(project, &format!("{to}/{path}"), &String::from_utf8(bytes).unwrap());
    }
}

fn write(project: &Project, path: &str, text: &str) {
    let path = project.path(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn edit(project: &Project, path: &str, from: &str, to: &str) {
    let text = project.text(path);
    assert!(text.contains(from), "{path} has no `{from}`");
    write(project, path, &text.replacen(from, to, 1));
}

fn has(program: &str) -> bool {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).any(|folder| folder.join(program).is_file())
}

/// The code blocks of a language in the manual's page.
fn blocks(language: &str) -> Vec<String> {
    let page = fs::read_to_string(repository().join("docs/plugins.md")).unwrap();
    let start = format!("```{language}\n");
    let blocks = page.split(&start).skip(1).map(|block| block.split("```").next().unwrap().to_owned());
    blocks.collect()
}

#[test]
fn examples_pass_their_test() {
    let project = Project::shipped();
    for example in ["cards", "programme-csv"] {
        with_folder(&project, &format!("examples/plugins/{example}"), &format!("plugins/{example}"));
        let run = project.run(&format!("plugin test plugins/{example}")).exits(0).quietly();
        assert!(run.stdout.ends_with("all 14 checks passed\n"), "{}", run.stdout);
    }
}

#[test]
fn examples_build_beside_the_exporters_of_the_program() {
    let project = Project::shipped();
    with_folder(&project, "examples/plugins", "catalog/plugins");
    let sections = "exporters:\n  cards:\n    process: [python3, plugins/cards/cards.py]\n    inputs: \
                    [plugins/cards/cards.py]\n    options: {level: 2}\n  programme-csv:\n    process: [python3, \
                    plugins/programme-csv/programme_csv.py]\n    inputs: [plugins/programme-csv/programme_csv.py]\n";
    edit(&project, "catalog/regimen.yaml", "exporters:\n", sections);
    let run = project.run("build").exits(0);
    assert!(run.stdout.contains("cards         1 file in out/cards"), "{}", run.stdout);
    let finding = "warning[cards/no-stop]: the card of `calf-raise` does not say when to stop";
    assert!(run.stderr.contains(finding), "{}", run.stderr);
    assert!(run.stderr.contains("catalog/exercises/calf-raise.yaml:"), "{}", run.stderr);
    let page = project.text("out/cards/cards.html");
    assert!(page.contains("<h2>Romanian deadlift</h2>") && !page.contains("Nordic curl</h2>"), "of level 2 at most");
    let table = project.text("out/programme-csv/schedules/spring-2027.csv");
    assert!(table.contains("2027-01-05,tuesday,Strength A: first steps,main,romanian-deadlift,"), "{table}");
    // Both are there for `--only`, and so is the way out of an option that is none.
    project.run("build --only cards").exits(0);
    edit(&project, "catalog/regimen.yaml", "{level: 2}", "{level: 9}");
    let run = project.run("build --only cards").exits(1);
    let wrong = "error[bad-option]: `exporters.cards.options.level` should be at most 5";
    assert!(run.stderr.contains(wrong), "{}", run.stderr);
}

#[test]
fn what_is_said_to_plugins_fits_the_schema_that_is_printed() {
    let Some(judge) = Tool::python("schema.py", "jsonschema") else { return };
    let schema: Value = serde_json::from_str(&Project::new().run("schema plugin").exits(0).stdout).unwrap();
    let mut said: Vec<Value> = vec![json!({"op": "describe", "protocol": 1})];
    for granularity in ["catalog", "plan", "guide", "exercise", "program", "person"] {
        let project = Project::small().file("people.csv", "id,name,program\np-1,Ann,strong-calves\n");
        let heard = project.path("heard.json");
        let description = json!({"protocol": 1, "name": "p", "version": "1", "granularity": granularity});
        let script = format!(
            "request=$(cat)\ncase \"$request\" in\n'{{\"op\":\"describe\"'*) echo '{description}' ;;\n\
             *) printf '%s' \"$request\" > '{}'; echo '{{}}' ;;\nesac\n",
            heard.display()
        );
        let section = "exporters:\n  p: {process: [sh, p.sh], inputs: [p.sh]PEOPLE}\nwords:\n";
        let is_person = granularity == "person";
        let section = section.replace("PEOPLE", if is_person { ", people: true" } else { "" });
        write(&project, "catalog/p.sh", &script);
        edit(&project, "catalog/regimen.yaml", "words:\n", &section);
        if is_person {
            project.run("build --only p --people people.csv").exits(1);
        } else {
            project.run("build --only p").exits(4);
        }
        let request: Value = serde_json::from_str(&project.text("heard.json")).unwrap();
        assert!(!request["units"].as_array().unwrap().is_empty(), "{granularity}");
        said.push(request);
    }
    said.push(json!({"protocol": 1, "units": [{"id": "a", "files": [{"path": "a", "text": ""}]}]}));
    let wrong = json!({"protocol": 1, "unit": []});
    let values: Vec<Value> = said.into_iter().chain([wrong]).map(|value| json!(["plugin", value])).collect();
    let asked = Project::new().file("asked.json", json!({"schemas": {"plugin": schema}, "values": values}).to_string());
    let judged: Vec<Vec<String>> = serde_json::from_str(&judge.judge(&[&asked.path("asked.json")])).unwrap();
    let (wrong, right) = judged.split_last().unwrap();
    assert!(right.iter().all(Vec::is_empty), "{right:#?}");
    assert!(!wrong.is_empty(), "the schema refuses what is no answer");
}

#[test]
fn templates_work_as_they_are() {
    let project = Project::new();
    project.run("plugin new flashcards").exits(0).quietly();
    let run = project.run("plugin test flashcards").exits(0).quietly();
    assert!(run.stdout.contains("flashcards 0.1.0, a unit is a catalog"), "{}", run.stdout);
    project.run("plugin new flashcards").exits(3);
    project.run("plugin new Flash_cards").exits(2);
    project.run("plugin new --language rust own-exporter").exits(0).quietly();
    let example = fs::read_to_string(repository().join("crates/regimen-cli/examples/own-exporter.rs")).unwrap();
    assert_eq!(project.text("own-exporter/src/main.rs"), example, "the template is the example that is compiled");
    assert!(example.lines().count() <= 30);
}

/// The section that the README.md of a new plugin prints, in the project file that `regimen init` writes.
fn name_it(project: &Project, folder: &str) {
    let readme = project.text(&format!("{folder}/README.md"));
    let section = readme.split("```yaml\nexporters:\n").nth(1).and_then(|rest| rest.split("```").next());
    edit(project, "catalog/regimen.yaml", "exporters:\n", &format!("exporters:\n{}", section.expect("a section")));
}

#[test]
fn a_plugin_made_as_the_manual_says_builds_in_a_new_catalogue() {
    let project = Project::new();
    project.run("init .").exits(0);
    let page = fs::read_to_string(repository().join("docs/plugins.md")).unwrap();
    let command = page.split("`regimen plugin new ").nth(1).and_then(|rest| rest.split('`').next());
    let folder = command.expect("the command that makes one");
    project.run(&format!("plugin new {folder}")).exits(0);
    project.run(&format!("plugin test {folder}")).exits(0);
    name_it(&project, folder);
    let run = project.run("build").exits(0);
    assert!(project.text("out/flashcards/exercises.txt").contains("- Heel raise\n"));
    let in_columns = |line: &str| line.get(10..).is_some_and(|rest| rest.find(|c| c != ' ') == Some(1));
    assert!(run.stdout.lines().all(in_columns), "the longest name is `flashcards`:\n{}", run.stdout);
}

#[test]
fn a_plugin_beside_the_catalogue_is_told_where_it_belongs() {
    let project = Project::new();
    project.run("init .").exits(0);
    project.run("plugin new plugins/flashcards").exits(0);
    name_it(&project, "plugins/flashcards");
    let run = project.run("build").exits(1);
    let run = run.says("bad-plugin").says("there is no file `plugins/flashcards/plugin.py` in the folder `catalog`");
    run.says("move it to `catalog/plugins/flashcards/plugin.py`");
    assert!(!project.path("out").exists());
}

#[test]
fn the_manuals_own_plugins_work() {
    let project = Project::new();
    let yaml = blocks("yaml");
    let run = yaml.iter().find(|block| block.starts_with("process: [python3")).expect("plugin.yaml");
    write(&project, "python/plugin.yaml", run);
    write(&project, "python/plugin.py", &blocks("python")[0]);
    project.run("plugin test python").exits(0).quietly();
    if has("jq") {
        write(&project, "shell/plugin.yaml", "process: [sh, plugin.sh]\ninputs: [plugin.sh]\n");
        write(&project, "shell/plugin.sh", &blocks("sh")[0]);
        project.run("plugin test shell").exits(0).quietly();
    }
    for said in blocks("json") {
        serde_json::from_str::<serde_json::Value>(&said).expect("JSON of the manual");
    }
}

#[test]
fn a_plugin_that_fails_its_test_is_shown_where() {
    let project = Project::new();
    project.run("plugin new odd").exits(0).quietly();
    edit(&project, "odd/plugin.py", "lines = [", "import random\n    lines = [str(random.random()), ");
    let run = project.run("plugin test odd").exits(4).quietly();
    assert!(run.stdout.contains("FAIL    makes the same bytes again"), "{}", run.stdout);
    assert!(run.stdout.contains("`exercises.txt` differs"), "{}", run.stdout);
    edit(
        &project,
        "odd/plugin.py",
        "request = json.load(sys.stdin)",
        "request = json.load(sys.stdin)\n    request['mad']",
    );
    let run = project.run("plugin test odd").exits(4).quietly();
    assert!(run.stdout.contains("KeyError: 'mad'"), "{}", run.stdout);
    project.run("plugin test nowhere").exits(2);
    edit(&project, "odd/plugin.py", "request['mad']", "print(' ' * 2_000_000)");
    project.run("plugin test odd").exits(4).prints("it said too much");
}

#[test]
fn a_plugin_that_fails_leaves_the_output_alone() {
    let project = Project::shipped();
    project.run("build").exits(0);
    let before = regimen_tests::files(&project.path("out"));
    write(&project, "catalog/plugins/odd.sh", "echo 'odd.sh: line 1: out of cards' >&2; exit 7\n");
    let section = "exporters:\n  odd: {process: [sh, plugins/odd.sh], inputs: [plugins/odd.sh]}\n";
    edit(&project, "catalog/regimen.yaml", "exporters:\n", section);
    project.run("check").exits(0);
    let run = project.run("build").exits(4);
    assert!(run.stderr.contains("plugin `odd`: it ended with exit code 7"), "{}", run.stderr);
    assert!(run.stderr.contains("out of cards"), "{}", run.stderr);
    assert_eq!(regimen_tests::files(&project.path("out")), before);
    project.run("build --only pdf").exits(0);
}

/// How many units were not known, as `plugins/count.py` notes them.
fn made(project: &Project, arguments: &str) -> usize {
    let notes = project.path("notes");
    let _none = fs::remove_file(&notes);
    let cache = project.path("cache").display().to_string();
    project.run_with(".", arguments, &[("REGIMEN_CACHE", &cache)]).exits(0);
    count(&notes)
}

fn count(notes: &Path) -> usize {
    fs::read_to_string(notes).unwrap_or_default().lines().count()
}

#[test]
fn only_what_changed_is_made_anew() {
    let project = Project::shipped();
    let code = blocks("python")[0].replace("\"catalog\"}", "\"exercise\"}").replace(
        "        exercises =",
        &format!("        open({:?}, \"a\").write(unit[\"id\"] + \"\\n\")\n        exercises =", project.path("notes")),
    );
    let code = code.replace("\"path\": \"names.txt\"", "\"path\": unit[\"subject\"].split(\":\")[1] + \".txt\"");
    write(&project, "catalog/plugins/count.py", &code);
    let section = "exporters:\n  count: {process: [python3, plugins/count.py], inputs: [plugins/count.py]}\n";
    edit(&project, "catalog/regimen.yaml", "exporters:\n", section);
    let all = made(&project, "build --only count");
    assert!(all >= 20, "{all} exercises");
    assert_eq!(made(&project, "build --only count"), 0);
    assert_eq!(made(&project, "build --only count --no-cache"), all);
    edit(&project, "catalog/exercises/plank.yaml", "level: ", "# Held, not counted.\nlevel: ");
    let plank = made(&project, "build --only count");
    assert!((1..6).contains(&plank), "the plank and what leads to it: {plank}");
    edit(&project, "catalog/regimen.yaml", "paper: a4", "paper: letter");
    assert_eq!(made(&project, "build --only count"), 0, "an option of another exporter");
    edit(&project, "catalog/regimen.yaml", "start: 2027-01-04", "start: 2027-01-11");
    assert_eq!(made(&project, "build --only count"), 0, "a schedule");
    edit(&project, "catalog/regimen.yaml", "name: Regimen", "name: Harbour");
    assert_eq!(made(&project, "build --only count"), all, "the brand");
    edit(&project, "catalog/plugins/count.py", "import json", "# Another.\nimport json");
    assert_eq!(made(&project, "build --only count"), all, "the plugin");
    let cache = project.path("cache").display().to_string();
    let environment = [("REGIMEN_CACHE", cache.as_str())];
    let size = project.run_with(".", "cache", &environment).exits(0).quietly().stdout;
    assert!(size.contains("entries ("), "{size}");
    let pruned = project.run_with(".", "cache prune --unused 0", &environment).exits(0).quietly().stdout;
    assert!(pruned.ends_with("removed\n") && !pruned.starts_with("0 "), "{pruned}");
    assert_eq!(made(&project, "build --only count"), all);
}

#[test]
fn what_is_known_is_the_same_to_the_byte() {
    let project = Project::shipped();
    let cache = project.path("cache").display().to_string();
    let environment = [("REGIMEN_CACHE", cache.as_str())];
    let runs = ["one", "two"].map(|out| {
        let run = project.run_with(".", &format!("build --out {out}"), &environment).exits(0);
        let files = regimen_tests::files(&project.path(out));
        (run.stderr, files.into_iter().filter(|(path, _)| !path.starts_with('.')).collect::<Vec<_>>())
    });
    assert!(runs[0] == runs[1], "files and warnings");
    project.run_with(".", "build --out three --no-cache", &environment).exits(0);
    let fresh = regimen_tests::files(&project.path("three"));
    assert_eq!(runs[1].1, fresh.into_iter().filter(|(path, _)| !path.starts_with('.')).collect::<Vec<_>>());
}

#[test]
#[cfg(target_os = "linux")]
fn an_interrupted_build_ends_its_plugins() {
    let project = Project::shipped();
    let noted = project.path("process");
    write(&project, "catalog/plugins/slow.sh", &format!("echo $$ > '{}'\nsleep 1000000\n", noted.display()));
    let section = "exporters:\n  slow: {process: [sh, plugins/slow.sh], inputs: [plugins/slow.sh], timeout: 30 min}\n";
    edit(&project, "catalog/regimen.yaml", "exporters:\n", section);
    for signal in ["-TERM", "-INT"] {
        let mut build = project.command("build --only slow").spawn().unwrap();
        let id = loop {
            if let Some(id) = fs::read_to_string(&noted).ok().filter(|id| id.ends_with('\n')) {
                break id;
            }
            assert!(build.try_wait().unwrap().is_none(), "the plugin starts, and goes on until it is ended");
            std::thread::sleep(std::time::Duration::from_millis(10));
        };
        let killed = std::process::Command::new("kill").args([signal, &build.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert_eq!(build.wait().unwrap().code(), Some(130));
        let left = fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
        assert!(left.is_empty() || left.contains(") Z "), "{signal}: the plugin goes on: {left}");
        fs::remove_file(&noted).unwrap();
    }
}

#[test]
#[cfg(target_os = "linux")]
fn who_hides_from_its_parent_is_ended_too() {
    let project = Project::shipped();
    let noted = project.path("process");
    let hide = format!(
        "env -i setsid sh -c 'echo $$ > {}; exec sleep 1000' < /dev/null > /dev/null 2>&1 &\n",
        noted.display()
    );
    let wait = format!("while ! test -s {}; do sleep 0.01; done\n", noted.display());
    write(&project, "plugins/odd/plugin.yaml", "process: [sh, plugin.sh]\ninputs: [plugin.sh]\n");
    write(&project, "plugins/odd/plugin.sh", &format!("{hide}{wait}{}", blocks("sh")[0]));
    if !has("jq") {
        return;
    }
    let run = project.run("plugin test plugins/odd").exits(0);
    let id = fs::read_to_string(&noted).unwrap();
    let left = fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    assert!(left.is_empty(), "it goes on: {left}\n{}", run.stdout);
}
