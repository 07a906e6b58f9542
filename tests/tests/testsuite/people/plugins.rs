//! Plugins that make files for people, and those that may not see them.

use regimen_tests::{Project, repository};
use serde_json::{Value, json};

use super::roster::{all, of, outputs, people, project, row, table};

const BUILD: &str = "build --people people.csv --cache cache";

/// A plugin for people that keeps whatever it is given, and that can be made to fail for somebody.
const RECORDER: &str = r#"
import json, sys
text = sys.stdin.read()
with open(HEARD, "a") as heard:
    heard.write(text + "\n")
request = json.loads(text)
if request["op"] == "describe":
    answer = {"protocol": 1, "name": "p", "version": "1", "granularity": KINDS}
else:
    answer = {"protocol": 1, "units": []}
    for unit in request["units"]:
        person = unit["person"]
        if person.get("note") == "breaks":
            sys.exit(f"cannot do {person['name']}")
        files = [{"path": f"people/{person['id']}.txt", "text": json.dumps(unit)}]
        found = [{"severity": "warning", "code": "odd", "message": f"odd, {person['name']}"}] if person.get("note") == "odd" else []
        if person.get("note") == "stray":
            files = [{"path": f"people/{person['name']}.txt", "text": ""}]
        answer["units"].append({"id": unit["id"], "files": files, "diagnostics": found})
json.dump(answer, sys.stdout)
"#;

/// The small catalogue with the plugin, whose section says this of people.
fn with_plugin(kinds: &str, says: &str) -> Project {
    let project = project();
    let heard = format!("{:?}", project.path("heard"));
    let code = RECORDER.replace("HEARD", &heard).replace("KINDS", kinds);
    let section = format!("exporters:\n  p: {{process: [python3, p.py], inputs: [p.py]{says}}}\nwords:\n");
    let file = project.text("catalog/regimen.yaml").replace("words:\n", &section);
    project.file("catalog/p.py", code).file("catalog/regimen.yaml", file)
}

/// The requests that the plugin got.
fn heard(project: &Project) -> Vec<Value> {
    if !project.path("heard").exists() {
        return Vec::new();
    }
    project.text("heard").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_plugin_gets_nothing_of_people_before_the_project_file_says_so() {
    for (says, told) in [("", true), (", people: false", false)] {
        let project = with_plugin("'person'", says).file("people.csv", people(3, "a note"));
        let run = project.run(BUILD).exits(0);
        assert_eq!(run.stderr.contains("info[plugin-people]: the plugin `p` could make files"), told, "{}", run.stderr);
        assert!(heard(&project).iter().all(|request| *request == json!({"op": "describe", "protocol": 1})));
        assert!(!project.path("out/p").exists());
        project.run(&format!("{BUILD} --only p")).exits(2).says("the plugin `p` may not see people");
        project.run("check --people people.csv").exits(0);
        assert!(heard(&project).len() <= 2);
    }
}

#[test]
fn a_plugin_that_makes_nothing_for_people_may_not_be_let_see_them() {
    let project = with_plugin("'catalog'", ", people: true").file("people.csv", people(1, ""));
    for build in [BUILD, "build --no-cache"] {
        project.run(build).exits(1).says("error[bad-plugin]: the plugin `p` makes no files for people");
    }
    assert!(!project.path("out").exists());
}

#[test]
fn a_plugin_that_may_see_people_gets_what_their_paper_needs_and_no_more() {
    let rows = [row("p-001", "a note").replace("Prague,,", "Prague,stiff-knee,"), row("p-002", "")];
    let torn = row("p-003", "").replace("Prague,,", "Prague,torn-calf,");
    let project = with_plugin("['plan', 'person']", ", people: true").file("people.csv", table(&[rows.concat(), torn]));
    project.run(BUILD).exits(1);
    let requests = heard(&project);
    let units: Vec<&Value> = requests.iter().filter_map(|request| request["units"].as_array()).flatten().collect();
    let ids: Vec<&Value> = units.iter().map(|unit| &unit["person"]["id"]).collect();
    assert_eq!(ids, ["p-001", "p-002"], "of whom nothing is written, nothing is sent");
    assert_eq!(units[0]["person"], json!({"id": "p-001", "name": "Name of p-001", "note": "a note"}));
    assert_eq!(units[1]["person"], json!({"id": "p-002", "name": "Name of p-002"}));
    assert_eq!(units[0]["plan"]["schedule"]["at"], "18:30:00");
    for unit in units {
        assert!(!unit.to_string().contains("stiff-knee"), "{unit}");
    }
    let request = requests.iter().find(|request| request["op"] == "export").unwrap();
    assert_eq!(request["catalogs"].as_object().unwrap().len(), 1, "who has the same exercises shares the catalogue");
}

#[test]
fn files_of_plugins_are_published_counted_merged_and_removed_as_others_are() {
    let project = with_plugin("'person'", ", people: true").file("people.csv", people(40, ""));
    project.run(BUILD).exits(0).prints("p         40 files in out/p");
    let before = all(&project, "out");
    assert!(of(&before, "p-007").contains(&"p/people/p-007.txt"));
    let asked = heard(&project).len();
    project.run(BUILD).exits(0).prints("40 people, 40 as they were");
    assert_eq!(heard(&project).len(), asked, "nobody has to be made again");
    for part in [1, 2] {
        project.run(&format!("{BUILD} --shard {part}/2 --out part-{part} --jobs {part}")).exits(0);
    }
    project.run("merge part-1 part-2 --out joined").exits(0);
    assert!(all(&project, "joined") == before, "byte for byte");
    let project = project.file("people.csv", people(39, ""));
    project.run(BUILD).exits(0).prints("39 people, 39 as they were").prints("1 removed");
    assert!(of(&outputs(&project, "out"), "p-040").is_empty());
    let code = project.text("catalog/p.py").replace("json.dumps(unit)", "'x'");
    let project = project.file("catalog/p.py", code);
    project.run(BUILD).exits(0).prints("39 written");
    assert_eq!(project.text("out/p/people/p-007.txt"), "x");
}

#[test]
fn a_plugin_that_fails_for_somebody_fails_for_nobody_else() {
    let note = |number: usize| match number {
        5 => "breaks",
        9 => "odd",
        11 => "stray",
        _ => "",
    };
    let rows: Vec<String> = (1..=12).map(|number| row(&format!("p-{number:03}"), note(number))).collect();
    let project = with_plugin("'person'", ", people: true").file("people.csv", table(&rows));
    let run = project.run(BUILD).exits(1).prints("10 people");
    for line in [
        "error[plugin-person]: p-005: the plugin `p` fails for this person",
        "error[plugin-person]: p-011: the plugin `p` makes a file that is not called `people/p-011.…`",
        "warning[p/odd]: p-009: the plugin `p` reports `p/odd`",
        "people.csv:6:1",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(!said.contains("Name of"), "what a plugin says of people is not repeated\n{said}");
    let files = outputs(&project, "out");
    for (id, has) in [("p-004", true), ("p-005", false), ("p-006", true), ("p-009", true), ("p-011", false)] {
        assert_eq!(of(&files, id).len() >= 4, has, "{id}");
        assert_eq!(of(&files, id).is_empty(), !has, "{id} has all files or none");
    }
    let cache = project.files("cache");
    assert!(!cache.is_empty());
    for (path, bytes) in cache {
        assert!(!String::from_utf8_lossy(&bytes).contains("p-00"), "{path}");
    }
}

#[test]
fn the_example_makes_a_table_for_each_person() {
    let project = project().file("people.csv", people(2, "a note"));
    let example = regimen_tests::files(&repository().join("examples/plugins/programme-csv"));
    let project = example
        .into_iter()
        .fold(project, |project, (path, bytes)| project.file(&format!("catalog/plugins/programme-csv/{path}"), bytes));
    let section = "exporters:\n  programme-csv:\n    process: [python3, plugins/programme-csv/programme_csv.py]\n    \
                   inputs: [plugins/programme-csv/programme_csv.py]\n    people: true\nwords:\n";
    let file = project.text("catalog/regimen.yaml").replace("words:\n", section);
    let project = project.file("catalog/regimen.yaml", file);
    project.run(BUILD).exits(0).prints("programme-csv 2 files in out/programme-csv");
    let text = project.text("out/programme-csv/people/p-001.csv");
    assert!(text.contains("2027-01-0") && text.contains("heel-raise"), "{text}");
    project.run("build --cache cache").exits(0);
    assert!(project.path("out/programme-csv/schedules/spring.csv").exists(), "and for nobody as before");
    project.run("plugin test catalog/plugins/programme-csv").exits(0).prints("a unit is a plan or a person");
}
