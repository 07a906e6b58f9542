//! Looking into a catalogue: `regimen list` and `regimen show`.

use std::process::Stdio;

use regimen_tests::Project;
use serde_json::Value;

/// The ids of a list.
fn ids(project: &Project, arguments: &str) -> Vec<String> {
    let run = project.run(&format!("{arguments} --format json")).exits(0).quietly();
    let all: Vec<Value> = serde_json::from_str(&run.stdout).unwrap();
    all.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

/// An entry as programs see it.
fn shown(project: &Project, id: &str) -> Value {
    serde_json::from_str(&project.run(&format!("show {id} --format json")).exits(0).quietly().stdout).unwrap()
}

#[test]
fn every_entry_is_listed_with_kind_id_name_and_file() {
    let run = Project::small().run("list").exits(0).quietly();
    let run = run.prints("exercise      heel-raise     Heel raise     catalog/exercises/heel-raise.yaml\n");
    assert_eq!(run.stdout.lines().count(), 7, "{}", run.stdout);
    let one: Value = serde_json::from_str(&Project::small().run("list muscle --format json").stdout).unwrap();
    let expected = r#"[{"kind":"muscle","id":"soleus","name":"Soleus","file":"catalog/muscles/soleus.yaml","level":null,"tags":[]}]"#;
    assert_eq!(one, serde_json::from_str::<Value>(expected).unwrap());
}

#[test]
fn a_list_fits_the_terminal_and_is_whole_in_a_pipe() {
    let project = Project::shipped().file(
        "catalog/equipment/long.yaml",
        "kind: other\nwords:\n  name: \"罗马硬拉罗马硬拉罗马硬拉罗马硬拉罗马硬拉罗马硬拉罗马硬拉罗马硬拉\\e[31m\"\n",
    );
    for columns in ["60", "80", "120"] {
        let run = project.run_with(".", "list", &[("COLUMNS", columns)]).exits(0);
        let wide = |c: char| ('\u{4e00}'..'\u{9fff}').contains(&c);
        let width = |line: &str| line.chars().count() + line.chars().filter(|c| wide(*c)).count();
        assert!(run.stdout.lines().all(|line| width(line) <= columns.parse().unwrap()), "{columns}:\n{}", run.stdout);
        assert!(!run.stdout.contains('\u{1b}'));
    }
    let whole = project.run_with(".", "list", &[("COLUMNS", "")]).exits(0);
    assert!(whole.stdout.contains("guides/best-hamstring-exercises-for-runners.md"), "{}", whole.stdout);
}

#[test]
fn filters_narrow_a_list() {
    let project = Project::shipped();
    let all = ids(&project, "list exercise");
    assert_eq!(all, ids(&project, "list exercises"), "the folder's name is a name of the kind");
    for (filter, has, has_not) in [
        ("--tag home", "nordic-curl", "barbell"),
        ("--tag home --tag eccentric", "nordic-curl", "dead-bug"),
        ("--muscle hamstrings", "romanian-deadlift", "plank"),
        ("--muscle biceps-femoris", "nordic-curl", "plank"),
        ("--equipment mat", "dead-bug", "deadlift"),
        ("--level 4", "nordic-curl", "dead-bug"),
        ("--level 1-2", "dead-bug", "nordic-curl"),
    ] {
        let found = ids(&project, &format!("list {filter}"));
        assert!(found.contains(&has.to_owned()) && !found.contains(&has_not.to_owned()), "{filter}: {found:?}");
        assert!(found.len() < all.len() + 3, "{filter}: {found:?}");
    }
}

#[test]
fn unused_entries_are_those_that_nobody_refers_to() {
    let lonely = "kind: other\nwords: {name: Chair}\n";
    let project = Project::small().file("catalog/equipment/chair.yaml", lonely);
    assert_eq!(ids(&project, "list --unused"), ["chair", "calf-care"]);
    let itself = "kind: other\nwords: {name: Chair, summary: \"A [](equipment:chair).\"}\n";
    let project = project.file("catalog/equipment/chair.yaml", itself);
    assert_eq!(ids(&project, "list equipment --unused"), ["chair"], "to name oneself is no use");
}

#[test]
fn what_a_list_cannot_mean_is_explained() {
    let project = Project::shipped();
    for (arguments, said) in [
        ("list exersise", "did you mean `exercise`?"),
        ("list --muscle hamstring", "did you mean `hamstrings`?"),
        ("list --equipment matt", "did you mean `mat`?"),
        ("list --level 6", "a level from 1 to 5"),
        ("list --level 3-1", "a level from 1 to 5"),
        ("list catalog", "there is no kind of entry `catalog`"),
        ("list --catalog nowhere", "nowhere"),
    ] {
        let run = project.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments}: {run:#?}");
        assert!(run.stderr.contains(said), "{arguments} says nothing of {said}:\n{}", run.stderr);
    }
    project.run("list --tag hom").exits(0).says("did you mean `home`?").says("nothing fits");
    let elsewhere = Project::new().file("mine/regimen.yaml", "");
    elsewhere.run("list mine").exits(2).says("regimen list --catalog mine");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let project = Project::shipped();
    let mut child = project.command("list").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.len()), (Some(0), 0));
}

#[test]
fn an_exercise_is_shown_with_everything_written_out() {
    let run = Project::shipped().run("show nordic-curl").exits(0).quietly();
    assert!(run.stdout.starts_with("exercise:nordic-curl\nNordic curl\ncatalog/exercises/nordic-curl.yaml\n"));
    let run = run
        .prints("prime: Hamstrings (hamstrings): Biceps femoris, Semitendinosus, Semimembranosus")
        .prints("equipment          Mat and Sturdy anchor\n")
        .prints("defaults           3 × 3–5, rest 2 min\n")
        .prints("regressions        Sliding leg curl (sliding-leg-curl), level 3\n")
        .prints("summary            The floor form of the Glute-ham raise.")
        .prints("steps              1. Brace")
        .prints("\nreferred to by\n")
        .prints("  session:strength-a                          catalog/sessions/strength-a.yaml:8:15\n");
    let facts = run.stdout.split("referred to by").next().unwrap();
    assert!(facts.lines().all(|line| line.chars().count() <= 100), "{facts}");
}

#[test]
fn an_entry_of_every_kind_is_shown() {
    let project = Project::shipped();
    let all: Vec<Value> = serde_json::from_str(&project.run("list --format json").stdout).unwrap();
    let mut kinds = std::collections::BTreeSet::new();
    for entry in all {
        let (kind, id) = (entry["kind"].as_str().unwrap(), entry["id"].as_str().unwrap());
        if kinds.insert(kind.to_owned()) {
            let one = shown(&project, &format!("{kind}:{id}"));
            for key in ["kind", "id", "name", "file"] {
                assert_eq!(one[key], entry[key], "{kind}:{id}");
            }
            project.run(&format!("show {kind}:{id}")).exits(0).quietly().prints(entry["name"].as_str().unwrap());
        }
    }
    assert_eq!(kinds.len(), 10);
}

#[test]
fn a_programme_is_written_out_week_by_week() {
    let project = Project::small();
    let program = shown(&project, "strong-calves");
    let weeks = program["weeks"].as_array().unwrap();
    let dose = |week: &Value| week["sessions"][0]["parts"][1]["blocks"][0]["dose"].clone();
    let doses: Vec<Value> = weeks.iter().map(dose).collect();
    let expected = ["2 × 10–15", "2 × 11–16", "2 × 12–17", "2 × 13–18"].map(|reps| format!("{reps}, RPE 6, rest 45 s"));
    assert_eq!(doses, expected);
    project
        .run("show strong-calves")
        .exits(0)
        .prints("week 4: start (base), 20 min\n  tuesday: Calf day (calf-day), Heel raise 2 × 13–18, 10 min\n")
        .prints("schedules          spring, start 2027-01-04; edition ")
        .prints("  project          catalog/regimen.yaml:4:14\n");
}

#[test]
fn a_programme_shows_what_each_of_its_readers_changes() {
    let project = Project::small();
    let start = "start: 2027-01-04\n";
    let changes =
        format!("{start}    changes:\n      - {{move: w3-calf-day, to: 2027-01-20}}\n      - {{skip: w1-calf-day}}\n");
    let own = project.text("catalog/regimen.yaml").replace(start, &changes);
    let project = project.file("catalog/regimen.yaml", own);
    let said = ["w1-calf-day (2027-01-05) left out", "w3-calf-day moved from 2027-01-19 to 2027-01-20"];
    assert_eq!(shown(&project, "strong-calves")["facts"]["schedules"][0]["changes"], serde_json::json!(said));
    // Long facts go on in the next line.
    let text = project.run("show strong-calves").exits(0).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&format!("schedules spring, start 2027-01-04; {}", said.join("; "))), "{text}");
}

#[test]
fn a_programme_shows_what_may_be_done_instead() {
    let session = "kind: cross-train\nmain: [{text: any}]\nwords: {name: Cross, texts: {any: Any sport.}}\n";
    let program = "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: calf-day, day: monday, or: [cross, \
                   rest]}]}]\nwords: {name: P, summary: S., goal: G, audience: A}\n";
    let project =
        Project::small().file("catalog/sessions/cross.yaml", session).file("catalog/programs/p.yaml", program);
    let monday = &shown(&project, "program:p")["weeks"][0]["sessions"][0];
    assert_eq!((&monday["optional"], &monday["or"][0]["session"]), (&Value::from(true), &Value::from("cross")));
    assert_eq!(monday["or"][0]["parts"][0]["blocks"][0]["text"], "Any sport.");
    project
        .run("show program:p")
        .exits(0)
        .prints(", or Cross, or rest")
        .prints("    or: Cross (cross)\n    main\n      Any sport.\n");
}

#[test]
fn a_session_is_shown_with_every_kind_of_block() {
    let session = "kind: run\nduration: 40 min\nmain:\n\
        \x20 - superset: [{exercise: heel-raise, dose: {reps: 5}}]\n    rounds: 2-3\n    rest: 60 s\n\
        \x20 - tabata: [{exercise: heel-raise}]\n\
        \x20 - run:\n      - {repeat: 6, steps: [{duration: 400 m}, {duration: 90 s, intensity: recovery}]}\n\
        \x20 - use: warm-up\n\
        \x20 - text: end\nwords: {name: All, texts: {end: \"Done with the [](exercise:heel-raise).\"}}\n";
    let project = Project::small().file("catalog/sessions/all.yaml", session);
    project.run("check").exits(0);
    let expected = "\nmain\n  In turns, 2–3 rounds, rest 60 s\n    Heel raise: 5 reps\n  8 rounds: 20 s work, 10 s rest\n    \
                    Heel raise: 20 s, RPE 6\n  Fast: 6 × (400 m, 90 s recovery)\n  Warm-up (warm-up)\n    \
                    Heel raise: 5 reps\n  Done with the Heel raise.\n";
    project.run("show all").exits(0).quietly().prints(expected);
}

#[test]
fn mentions_have_their_place() {
    let mentions = shown(&Project::small(), "muscle:soleus")["mentioned_by"].clone();
    let expected = r#"[
        {"from": "exercise:heel-raise", "file": "catalog/exercises/heel-raise.yaml", "line": 6, "column": 14},
        {"from": "guide:calf-care", "file": "catalog/guides/calf-care.md", "line": 7, "column": 6}
    ]"#;
    assert_eq!(mentions, serde_json::from_str::<Value>(expected).unwrap());
}

#[test]
fn what_is_not_there_gets_a_hint() {
    let project = Project::small().file("catalog/equipment/soleus.yaml", "kind: other\nwords: {name: Soleus}\n");
    for (id, said) in [
        ("hell-raise", "did you mean `exercise:heel-raise`?"),
        ("exercise:wall", "did you mean `equipment:wall`?"),
        ("exercize:wall", "did you mean `exercise`?"),
        ("soleus", "say which: `muscle:soleus`, `equipment:soleus`"),
        ("exercise", "`regimen list exercise` lists them"),
        ("../regimen", "there is no entry `../regimen`"),
        ("exercise:a/b", "there is no exercise `a/b`"),
        (":", "there is no kind of entry ``"),
    ] {
        let run = project.run_words(&["show", id]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{id}: {run:#?}");
        assert!(run.stderr.contains(said), "{id} says nothing of {said}:\n{}", run.stderr);
    }
}

#[test]
fn a_catalogue_with_errors_is_shown_as_far_as_it_goes() {
    let project = Project::small().file("catalog/equipment/wall.yaml", "kind: wall\nwords: {name: Wall}\n");
    let said = "; entries with errors are left out here, `regimen check catalog` shows why\n";
    project.run("list").exits(0).says(said).prints("heel-raise");
    project.run("show heel-raise").exits(0).says(said).prints("equipment          wall\n");
    project.run("show wall").exits(2).says("`equipment/wall.yaml` has errors").says("`regimen check` shows them");
    let broken = Project::small().file("catalog/regimen.yaml", "language: [\n");
    broken.run("list").exits(1).says("--> catalog/regimen.yaml");
    broken.run("show wall").exits(1).says("--> catalog/regimen.yaml");
}
