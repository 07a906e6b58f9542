//! `regimen check` on catalogues that are fine, and on input that nobody meant.

use regimen_tests::Project;

#[test]
fn the_shipped_catalogue_is_clean() {
    Project::shipped()
        .run("check")
        .exits(0)
        .quietly()
        .prints("catalog: nothing to report in 23 muscles, 8 muscle groups");
}

#[test]
fn the_small_catalogue_of_the_fixtures_is_clean() {
    Project::small().run("check catalog").exits(0).quietly();
}

#[test]
fn findings_for_editors_take_a_line_each() {
    let run = Project::small()
        .file(
            "catalog/muscles/soleus.yaml",
            "latin: musculus soleus\nregoin: lower-leg\nside: back\nwords: {name: Soleus}\n",
        )
        .run("check --format short")
        .exits(1);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "a slip of the finger is one finding: {lines:#?}");
    assert!(lines[0].starts_with("catalog/muscles/soleus.yaml:2:1: error[unknown-key]: `regoin`"));
}

#[test]
fn findings_for_programs_are_json() {
    let run = Project::small()
        .file("catalog/equipment/wall.yaml", "kind: wall\nwords: {name: Wall}\n")
        .run("check --format json")
        .exits(1)
        .quietly();
    let findings: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let finding = &findings[0];
    assert_eq!(finding["code"], "unknown-word");
    assert_eq!(finding["severity"], "error");
    assert_eq!(finding["file"], "catalog/equipment/wall.yaml");
    assert_eq!((&finding["line"], &finding["column"]), (&1.into(), &7.into()));
    assert_eq!(findings.as_array().unwrap().len(), 1);
}

#[test]
fn a_clean_catalogue_is_an_empty_list_in_json() {
    let run = Project::small().run("check --format json").exits(0).quietly();
    assert_eq!(run.stdout.trim(), "[]");
}

#[test]
fn without_a_catalogue_the_way_out_is_said() {
    let empty = Project::new().file("notes.txt", "").file("folder/notes.txt", "");
    empty.run("check").exits(2).says("catalog").says("name the folder that holds `regimen.yaml`");
    empty.run("check nowhere").exits(2).says("nowhere");
    empty.run("check notes.txt").exits(2).says("notes.txt");
    empty.run("check folder").exits(2).says("add `regimen.yaml`");
    empty.run("build").exits(2);
    assert_eq!(empty.files(".").len(), 2, "nothing is made");
}

#[test]
fn inside_a_catalogue_the_program_says_how_to_name_it() {
    let project = Project::small();
    project.run_in("catalog", "check").exits(2).says("name it as `.`");
    project.run_in("catalog", "check .").exits(0);
}

/// Content that is no catalogue file, and a piece of what has to be said about it.
fn hostile() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, level| {
        text + &format!("a{level}: &a{level} [*a{0}, *a{0}]\n", level - 1)
    });
    vec![
        ("an empty file", Vec::new(), "empty"),
        ("a file of blanks", b"\n\n   \n".to_vec(), "empty"),
        ("a binary file", vec![0x89, b'P', b'N', b'G', 0, 0xff, 0xfe], "UTF-8"),
        ("a control character", b"kind: str\0ength\n".to_vec(), "control character"),
        ("wrong types", b"- kind\n- pattern\n".to_vec(), "list"),
        ("a single text", b"strength\n".to_vec(), "text"),
        ("20,000 brackets", "[".repeat(20_000).into_bytes(), "64"),
        (
            "20,000 closed brackets",
            ("kind: ".to_owned() + &"[".repeat(20_000) + &"]".repeat(20_000)).into_bytes(),
            "64",
        ),
        ("20,000 braces", "{a: ".repeat(20_000).into_bytes(), "64"),
        ("an alias bomb", bomb.into_bytes(), "&a0"),
        ("2 MiB", "# a comment\n".repeat(180_000).into_bytes(), "KiB"),
        ("a tag", b"!!python/object:os.system {}\n".to_vec(), "tag"),
    ]
}

#[test]
fn hostile_entries_are_findings_at_their_file() {
    for (name, bytes, said) in hostile() {
        let run = Project::small().file("catalog/exercises/heel-raise.yaml", &bytes).run("check");
        assert_eq!(run.code, 1, "{name}: {run:#?}");
        assert!(run.stderr.contains("--> catalog/exercises/heel-raise.yaml"), "{name}:\n{}", run.stderr);
        assert!(run.stderr.contains(said), "{name} says nothing of {said}:\n{}", run.stderr);
        assert!(run.stderr.len() < 50_000, "{name} says {} bytes", run.stderr.len());
    }
}

#[test]
fn hostile_project_files_are_findings_at_their_file() {
    for (name, bytes, said) in hostile() {
        let run = Project::small().file("catalog/regimen.yaml", &bytes).run("build");
        assert_eq!(run.code, 1, "{name}: {run:#?}");
        assert!(run.stderr.contains("--> catalog/regimen.yaml"), "{name}:\n{}", run.stderr);
        assert!(run.stderr.contains(said), "{name} says nothing of {said}:\n{}", run.stderr);
    }
}

#[test]
fn hostile_guides_are_findings_at_their_file() {
    for (name, bytes, _) in hostile() {
        let guide = [b"---\n".as_slice(), &bytes, b"\n---\n\nText.\n"].concat();
        let run = Project::small().file("catalog/guides/calf-care.md", guide).run("check");
        assert_eq!(run.code, 1, "{name}: {run:#?}");
        assert!(run.stderr.contains("--> catalog/guides/calf-care.md"), "{name}:\n{}", run.stderr);
    }
}

#[test]
fn a_hostile_picture_is_a_finding_of_the_build() {
    let exercise = Project::small().text("catalog/exercises/heel-raise.yaml").replace(
        "words:\n",
        "media:\n  - {id: one, file: media/one.svg, role: overview, author: A, licence: CC0-1.0}\nwords:\n  alt: {one: A heel}\n",
    );
    for (name, bytes) in [
        ("empty", Vec::new()),
        ("binary", vec![0, 159, 146, 150]),
        ("no picture", b"<html></html>".to_vec()),
        ("nested", "<svg xmlns='http://www.w3.org/2000/svg'>".repeat(20_000).into_bytes()),
    ] {
        let project =
            Project::small().file("catalog/exercises/heel-raise.yaml", &exercise).file("catalog/media/one.svg", bytes);
        let run = project.run("build");
        assert_eq!(run.code, 1, "{name}: {run:#?}");
        assert!(run.stderr.contains("media/one.svg"), "{name}:\n{}", run.stderr);
        assert!(project.files("out").is_empty(), "{name}: nothing is written");
    }
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_catalogue() {
    let project = Project::small().file("secret.yaml", "kind: other\nwords: {name: Secret}\n");
    std::os::unix::fs::symlink(project.path("secret.yaml"), project.path("catalog/equipment/secret.yaml")).unwrap();
    project.run("check").exits(1).says("catalog/equipment/secret.yaml");
}

#[test]
fn control_characters_of_a_file_do_not_reach_the_terminal() {
    let run = Project::small()
        .file("catalog/equipment/wall.yaml", "kind: \"\\e[31mred\"\nwords: {name: Wall}\n")
        .run("check")
        .exits(1);
    assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
}
