//! Catalogues of the kinds in which something was once lost, changed or printed as a false fact: what is found in them,
//! and what is printed, whole program and all.

mod events;

use regimen_tests::{Project, Tool};
use serde_json::Value;

const PROJECT: &str = "catalog/regimen.yaml";
const EXERCISE: &str = "catalog/exercises/heel-raise.yaml";
const SESSION: &str = "catalog/sessions/calf-day.yaml";
const PROGRAM: &str = "catalog/programs/strong-calves.yaml";
const START: &str = "start: 2027-01-04";
const SVG: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";

/// A file of the project with a change that it has room for.
fn edited(project: Project, path: &str, before: &str, after: &str) -> Project {
    let text = project.text(path);
    assert!(text.contains(before), "{before} is in {path}");
    project.file(path, text.replacen(before, after, 1))
}

fn small(path: &str, before: &str, after: &str) -> Project {
    edited(Project::small(), path, before, after)
}

/// Findings as `code severity file:line:column`, and the exit code.
fn found(project: &Project, command: &str) -> (i32, Vec<String>) {
    let run = project.run(&format!("{command} --format json"));
    let found: Vec<Value> = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:#?}"));
    let shown = |one: &Value| {
        let part = |key: &str| one[key].as_str().unwrap_or("?").to_owned();
        let file = part("file").replace("catalog/", "");
        format!("{} {} {file}:{}:{}", part("severity"), part("code"), one["line"], one["column"])
    };
    (run.code, found.iter().map(shown).collect())
}

/// A programme of two weeks whose last day is a race, in a schedule with this anchor.
fn racing(anchor: &str) -> Project {
    let program = "level: 2\nphases:\n  - id: build\n    kind: build\n    weeks: 1\n    sessions:\n      - {session: calf-day, \
                   day: monday}\n      - {session: calf-day, day: sunday, slot: long}\n  - id: last\n    kind: race\n    weeks: \
                   1\n    sessions:\n      - {session: calf-day, day: saturday, slot: openers}\n      - {session: race, day: \
                   sunday}\nwords:\n  name: A race\n  summary: Two weeks.\n  goal: A race\n  audience: Runners\n";
    let race = "kind: race\nduration: 30 h\nmain:\n  - run: [{duration: 160 km, target: rpe 5}]\nwords:\n  \
                name: Hundred miles\n";
    small(PROJECT, START, anchor).file(PROGRAM, program).file("catalog/sessions/race.yaml", race)
}

/// The exercise with these facts before its words and these words first.
fn exercise(facts: &str, words: &str) -> Project {
    small(EXERCISE, "words:\n", &format!("{facts}words:\n{words}"))
}

/// Two progressions of the same exercise in one phase.
const TWICE: &str = "    progression:\n      - {exercise: heel-raise, linear: {add: 2 reps, cap: 20 reps}}\n";

/// What it is, the project, and all that both `check` and `build` find in it.
type Case = (&'static str, Project, &'static [&'static str]);

/// Mistakes in days, zones and progressions.
fn days() -> Vec<Case> {
    let zone = |name: &str| small(PROJECT, START, &format!("{START}\n    timezone: {name}\n    at: \"18:30\""));
    let turned = &["warning recovery regimen.yaml:3:3", "warning session-order regimen.yaml:5:12"];
    let replaced = &["warning idle-progression programs/strong-calves.yaml:10:20"];
    vec![
        ("the hour of winter all year", zone("EST"), &["warning fixed-timezone regimen.yaml:6:15"]),
        ("a name whose sign is the other way round", zone("GMT+1"), &["error unknown-timezone regimen.yaml:6:15"]),
        ("a name that was replaced", zone("Asia/Calcutta"), &[]),
        ("weeks from a Wednesday", racing("start: 2027-01-06"), turned),
        ("a race a day earlier", racing("race: 2027-04-24"), &[]),
        ("a race on its own weekday", racing("race: 2027-04-25"), &[]),
        ("a progression that another one replaces", small(PROGRAM, "    progression:\n", TWICE), replaced),
    ]
}

/// Translations without some words, or with all but a name standing in.
fn translations() -> Vec<Case> {
    let german = |project: Project, words: &str| {
        project
            .file("catalog/languages/de.yaml", "name: Deutsch\n")
            .file("catalog/exercises/heel-raise.de.yaml", format!("name: Fersenheben\n{words}"))
    };
    let stops = exercise("", "  stop_if: [It hurts.]\n");
    let unsafe_words = &[
        "error translation-safety exercises/heel-raise.de.yaml:1:1",
        "warning translation-steps-differ exercises/heel-raise.de.yaml:2:1",
    ];
    vec![
        ("one step of three and no stop rule", german(stops, "steps: [Stell dich hin.]\n"), unsafe_words),
        ("a name alone", german(Project::small(), ""), &[]),
    ]
}

/// Mistakes in texts, lengths and addresses.
fn contents() -> Vec<Case> {
    let address = format!("url: \"https://example.org/{}\"", "very-long-path/".repeat(120));
    let picture =
        format!("media:\n  - {{id: a, file: media/a.svg, role: start, author: A, licence: CC0-1.0, {address}}}\n");
    let coded = exercise(&picture, "  alt: {a: A heel}\n").file("catalog/media/a.svg", SVG);
    let coded = edited(coded, PROJECT, "words:\n", "exporters: {pdf: {qr: true}}\nwords:\n");
    let notes = "words:\n  notes: [Swap days if you must, but leave a day between.]\n";
    let longer = "  - run: [{duration: 20 min}]\n  - exercise: heel-raise";
    let named = small(SESSION, "Calf day", &"a calf day that never ends and ".repeat(400));
    let named = edited(named, PROJECT, "words:\n", "exporters: {pdf: {layout: [fridge]}}\nwords:\n");
    let hard = edited(Project::small(), EXERCISE, "rpe: 6", "rpe: 8");
    let hard = edited(hard, PROJECT, "rules: {", "rules: {recovery: {severity: warning, least: 120 h}, ");
    let close =
        &["warning recovery programs/strong-calves.yaml:7:9", "warning recovery programs/strong-calves.yaml:8:9"];
    let cut = &["warning split-sentence programs/strong-calves.yaml:13:34"];
    let short = &["warning short-session sessions/calf-day.yaml:2:11"];
    vec![
        ("an address too long for a code", coded, &["error pdf/qr exercises/heel-raise.yaml:10:79"]),
        ("a sentence that its comma cuts", small(PROGRAM, "words:\n", notes), cut),
        ("a session shorter than its steps", small(SESSION, "  - exercise: heel-raise", longer), short),
        ("a name too long for its sheet", named, &["error too-long sessions/calf-day.yaml:8:9"]),
        ("a limit of the author's", hard, close),
    ]
}

#[test]
fn check_and_build_find_each_mistake_at_its_word() {
    let mut wrong = Vec::new();
    for (name, project, expected) in days().into_iter().chain(translations()).chain(contents()) {
        let (checked, built) = (found(&project, "check"), found(&project, "build"));
        let error = expected.iter().any(|found| found.starts_with("error"));
        if checked != built || checked.1 != expected || checked.0 != i32::from(error) {
            wrong.push(format!("{name}\ncheck {checked:#?}\nbuild {built:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The text of a handout, if a program that reads it is there.
fn read(project: &Project, handout: &str) -> Option<String> {
    let text = Tool::named("pdftotext")?.judge(&[&"-layout", &project.path(&format!("out/pdf/{handout}.pdf")), &"-"]);
    Some(text)
}

/// Marks of many writers, links of all kinds, a table to fill in, names of files and words that are code elsewhere.
const GUIDE: &str = "---
title: Everything
summary: Marks of all kinds.
---

Bring [shoes](https://example.org/shoes) 💪🏽, [write](mailto:a@b.example), [call](tel:+49301234) or read [the other \
                     guide](guide:calf-care).

- [ ] Shoes
- [x] Water

A claim[^1] and ~~an old one~~. Auf\u{200c}lage, aaaaaaa\u{200b}bbbbbbb.

| Exercise | Load | Felt |
| :--- | ---: | :---: |
| Squat | 40.5 kg | |

![A bar](media/my%20bar.svg)

![An arrow](../media/arrow.svg)

import your weight into the app first.

[^1]: The note.
";

const ARROW: &str = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 99 60'><defs><marker id='h' viewBox='0 0 9 9' refX='4' \
                     refY='4' orient='auto'><path d='M0 0L9 4L0 9z'/></marker><linearGradient id='g'><stop \
                     stop-color='#1f6f5c'/><stop offset='1' stop-color='#fff'/></linearGradient></defs><rect width='30' \
                     height='50' fill='url(#g)'/><path d='M40 30H85' stroke='#000' marker-end='url(#h)'/><text x='45' \
                     y='25'>45°</text></svg>";

#[test]
fn pages_print_marks_links_and_files_as_they_are_meant() {
    let project = Project::small()
        .file("catalog/guides/all.md", GUIDE)
        .file("catalog/media/my bar.svg", SVG)
        .file("catalog/media/arrow.svg", ARROW);
    assert_eq!(found(&project, "check"), (0, vec![]));
    project.run("build --only pdf,markdown").exits(0);
    let page = project.text("out/markdown/guides/all.md");
    for line in [
        "- [ ] Shoes\n- [x] Water\n",
        "A claim[^1] and ~~an old one~~.",
        "Auf\u{200c}lage, aaaaaaa\u{200b}bbbbbbb.",
        "| :--- | ---: | :---: |\n| Squat | 40.5 kg | |\n",
        "![A bar](../media/my%20bar.svg)",
        "&#105;mport your weight",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
    let Some(text) = read(&project, "guides/all") else { return };
    for line in [
        "Bring shoes [1] 💪🏽, write (a@b.example), call (+49301234)",
        "1. https://example.org/shoes",
        "☐ Shoes",
        "A claim¹ and an old one. Auf\u{200c}lage, aaaaaaa\u{200b}bbbbbbb.",
        "1 The note.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(!text.contains("~~") && !text.contains("[^1]") && !text.contains("[ ]"), "{text}");
}

#[test]
fn a_picture_in_a_footnote_is_printed_or_reported() {
    let guide =
        "---\ntitle: Plank\nsummary: How.\n---\n\nHold it[^a].\n\n[^a]: So.\n\n    ![A plank](media/plank.svg)\n";
    let project = Project::small().file("catalog/guides/plank.md", guide).file("catalog/media/plank.svg", SVG);
    assert_eq!(found(&project, "check"), (0, vec![]));
    project.run("build --only pdf,markdown").exits(0);
    let page = project.text("out/markdown/guides/plank.md");
    assert!(page.contains("![A plank](../media/plank.svg)"), "{page}");
    let run = Project::small().file("catalog/guides/plank.md", guide).run("check").exits(1);
    run.says("catalog/guides/plank.md:10:16").says("`media/plank.svg`");
}

#[test]
fn code_of_templates_stays_code_on_a_site_of_templates() {
    let code = "---\ntitle: Code\nsummary: Braces.\n---\n\n```yaml\nkey: {{ value }}   # {% raw %}\n```\n";
    let project = small(PROJECT, "words:\n", "exporters: {markdown: {site: jekyll}}\nwords:\n");
    let project = project.file("catalog/guides/code.md", code);
    project.run("build --only markdown").exits(0);
    let page = project.text("out/markdown/guides/code.md");
    assert!(page.contains("```yaml{% raw %}\nkey: {{ value }}   # {% raw %}\n{% endraw %}```\n"), "{page}");
}

#[test]
fn an_exercise_is_printed_with_all_its_pictures_its_credit_and_nothing_that_is_not_stated() {
    let one = |id: &str| format!("  - {{id: {id}, file: media/{id}.svg, role: {id}, author: A, licence: CC0-1.0}}\n");
    let facts = format!("origin: {{from: A database, licence: CC-BY-SA-4.0}}\nmedia:\n{}{}", one("start"), one("end"));
    let project = exercise(&facts, "  alt: {start: A square., end: A circle.}\n");
    let project = edited(project, EXERCISE, "equipment: [[wall]]\n", "");
    let project =
        edited(project, EXERCISE, "role: prime}\n", "role: prime}\n  - {target: muscle:deep, role: synergist}\n");
    let project = project
        .file("catalog/muscles/deep.yaml", "region: trunk\nside: front\nwords:\n  name: Deep muscle\n")
        .file("catalog/media/start.svg", SVG)
        .file("catalog/media/end.svg", ARROW);
    project.run("build --only pdf,markdown").exits(0);
    for page in ["exercises/heel-raise", "guides/calf-care"] {
        let page = project.text(&format!("out/markdown/{page}.md"));
        assert!(page.contains("| ![A square.](../media/start.svg) | ![A circle.](../media/end.svg) |"), "{page}");
        assert!(page.contains("A database") && !page.contains("Equipment"), "{page}");
    }
    let Some(text) = read(&project, "guides/calf-care") else { return };
    assert!(text.contains("1 Start") && text.contains("2 End") && text.contains("A database"), "{text}");
    assert!(text.contains("Not drawn: Deep") && !text.contains("Equipment"), "{text}");
}

#[test]
fn what_a_translation_leaves_out_stands_in_and_its_own_words_stay() {
    let project = exercise("", "  stop_if: [It hurts.]\n  cues: [Press.]\n")
        .file("catalog/languages/de.yaml", "name: Deutsch\n")
        .file("catalog/exercises/heel-raise.de.yaml", "name: Fersenheben\nstop_if: [Es tut weh.]\n");
    project.run("build --only markdown").exits(0);
    let page = project.text("out/markdown/de/exercises/heel-raise.md");
    let lines = ["# Fersenheben\n", "1. <span lang=\"en\">Stand tall", ">Press.</span>\n", "- Es tut weh.\n"];
    assert!(lines.iter().all(|line| page.contains(line)), "{page}");
}
