//! `regimen merge`

use std::fs;

use regimen_tests::Project;

use super::roster::{BUILD, all, of, people, project, row, table};

/// A project with the whole roster built into `whole`, and its shares into `part-1`, `part-2` and so on.
fn in_parts(count: usize) -> Project {
    let project = project().file("people.csv", people(9, ""));
    project.run(&format!("{BUILD} --out whole")).exits(0);
    for part in 1..=count {
        project.run(&format!("{BUILD} --shard {part}/{count} --out part-{part}")).exits(0);
    }
    project
}

const MERGE: &str = "merge part-1 part-2 part-3 --out all";

#[test]
fn shares_are_disjoint_and_joined_they_are_the_whole() {
    let project = in_parts(3);
    let whole = all(&project, "whole");
    let parts: Vec<_> = (1..=3).map(|part| all(&project, &format!("part-{part}"))).collect();
    for id in (1..=9).map(|number| format!("p-{number:03}")) {
        assert_eq!(parts.iter().filter(|part| !of(part, &id).is_empty()).count(), 1, "{id} is in one share");
    }
    project.run(MERGE).exits(0).quietly().prints("9 people in all");
    assert!(all(&project, "all") == whole, "byte for byte, logs included");
    assert!(whole.keys().any(|path| path.ends_with(".svg")), "with the picture that they share");
    project.run(MERGE).exits(0).quietly().prints("unchanged");
    project.run("merge part-3 part-1 part-2 --out again").exits(0);
    assert!(all(&project, "again") == whole, "in any order");
    project.run(&format!("{BUILD} --out all")).exits(0).prints("9 people, 9 as they were");
    for (part, before) in (1..).zip(&parts) {
        assert!(all(&project, &format!("part-{part}")) == *before, "what is joined stays as it is");
    }
}

#[test]
fn a_merge_after_changes_is_what_a_build_after_them_is() {
    let project = in_parts(2);
    let merge = "merge part-1 part-2 --out all";
    project.run(merge).exits(0);
    let rows: Vec<_> =
        (2..=10).map(|number| row(&format!("p-{number:03}"), if number == 4 { "New" } else { "" })).collect();
    let project = project.file("people.csv", table(&rows));
    project.run(&format!("{BUILD} --out whole")).exits(0);
    for part in [1, 2] {
        project.run(&format!("{BUILD} --shard {part}/2 --out part-{part}")).exits(0);
    }
    project.run(merge).exits(0).quietly().prints("removed");
    let merged = all(&project, "all");
    assert!(merged == all(&project, "whole"));
    assert!(of(&merged, "p-001").is_empty() && !of(&merged, "p-010").is_empty());
}

#[test]
fn folders_that_do_not_belong_together_are_refused_before_anything_is_written() {
    let project = in_parts(2).file("people.csv", people(9, "Another"));
    project.run(&format!("{BUILD} --out other")).exits(0);
    let run = project.run("merge whole other --out all").exits(3).says("has other files of `p-00");
    assert!(run.stderr.contains("nothing was written") && !project.path("all").exists(), "{}", run.stderr);
    project.run("merge whole part-1 --out all").exits(0);
    assert!(all(&project, "all") == all(&project, "whole"), "the same files twice do no harm");
    let svg = "catalog/media/heel-raise.svg";
    let picture = project.text(svg).replace("r=\"9\"", "r=\"8\"");
    let project = project.file(svg, picture).file("people.csv", people(9, ""));
    project.run(&format!("{BUILD} --out part-2 --shard 2/2")).exits(0);
    project
        .run("merge part-1 part-2 --out mixed")
        .exits(2)
        .says("`part-2` was made from another catalogue than `part-1`");
}

#[test]
fn shares_that_are_missing_stopped_or_of_another_roster_are_refused_with_the_way_out() {
    let project = in_parts(3);
    let run = project.run("merge part-1 part-3 --out all").exits(2).says("the share 2/3 is missing");
    assert!(run.stderr.contains("--shard I/N") && !project.path("all").exists(), "{}", run.stderr);
    project.run(&format!("{BUILD} --shard 2/2 --out half")).exits(0);
    project.run("merge part-1 part-2 half --out all").exits(2).says("the share 1/2 is missing");
    project.run(&format!("{BUILD} --for p-001 --out alone")).exits(0);
    project.run("merge part-1 part-2 part-3 alone --out all").exits(2).says("the build into `alone` was stopped");
    let state = "part-2/.regimen-people/build.json";
    let right = project.text(state);
    let stopped = right.replace("\"complete\":true", "\"complete\":false");
    assert_ne!(right, stopped);
    for (text, help) in [(stopped.as_str(), "build share 2/3 there again"), ("{", "build its share there again")] {
        let project = Project::new().overlay(".", &project.path(".")).file(state, text);
        project.run(MERGE).exits(2).says("the build into `part-2` was stopped, goes on").says(help);
        project.run(&format!("{BUILD} --shard 2/3 --out part-2")).exits(0);
        project.run(MERGE).exits(0);
        project.run(&format!("{BUILD} --for p-003 --out part-2")).exits(0);
        project.run(MERGE).exits(0);
    }
    let project = project.file("people.csv", people(10, ""));
    project.run(&format!("{BUILD} --shard 2/3 --out part-2")).exits(0);
    project.run(MERGE).exits(2).says("`part-2` is of a roster with other ids than `part-1`");
}

#[test]
fn a_share_that_was_built_again_for_a_row_that_changed_is_joined() {
    let project = in_parts(2).file("people.csv", people(9, "New"));
    project.run(&format!("{BUILD} --shard 2/2 --out part-2")).exits(0);
    project.run("merge part-1 part-2 --out all").exits(0);
    let state = project.text("part-2/.regimen-people/build.json");
    assert_eq!(state, project.text("part-1/.regimen-people/build.json").replace("1/2", "2/2"), "nothing of the rows");
}

#[test]
fn what_is_no_share_is_refused() {
    let project = in_parts(1).file("empty/x", "");
    project.run("build --no-cache --out catalogue").exits(0);
    for (folders, says) in [
        ("nowhere", "`nowhere` is not there"),
        ("people.csv", "is not a folder"),
        ("empty", "`empty` was not made by `regimen build --people`"),
        ("catalogue", "`catalogue` was not made by `regimen build --people`"),
    ] {
        project.run(&format!("merge part-1 {folders} --out all")).exits(2).says(says);
    }
    for out in ["part-1", "part-1/all", ".", "./part-1/../part-1"] {
        project.run(&format!("merge part-1 --out {out}")).exits(3).says("in the folder for the result or around it");
    }
    project.run("merge part-1 --out empty").exits(3).says("holds no manifest");
    project.run("merge part-1 --out empty --adopt").exits(0);
    assert_eq!(project.text("empty/x"), "");
    project.run("merge --out all").exits(2);
}

#[test]
fn a_file_that_is_not_as_its_build_wrote_it_is_not_joined_and_the_others_are() {
    let project = in_parts(2);
    let whole = all(&project, "whole");
    let part = if project.path("part-1/pdf/people/p-003.pdf").exists() { "part-1" } else { "part-2" };
    let damaged = format!("{part}/pdf/people/p-003.pdf");
    let right = fs::read(project.path(&damaged)).unwrap();
    let merge = "merge part-1 part-2 --out all";
    let project = project.file(&damaged, [&right[..right.len() - 1], b"?"].concat());
    let run = project.run(merge).exits(3).says("is not as its build was to write it");
    assert!(run.stderr.contains("not everything was written"), "{}", run.stderr);
    let merged = all(&project, "all");
    assert!(of(&merged, "p-003").is_empty());
    assert_eq!(of(&merged, "p-004"), of(&whole, "p-004"));
    let project = project.without(&damaged);
    project.run(merge).exits(3).says("p-003.pdf` is missing");
    let project = project.file(&damaged, right);
    project.run(merge).exits(0);
    assert!(all(&project, "all") == whole);
}

#[test]
fn files_in_the_way_stay_and_their_owners_wait() {
    let project = in_parts(2);
    let merge = "merge part-1 part-2 --out all";
    project.run(merge).exits(0);
    let sheet = "all/pdf/people/p-003.pdf";
    fs::remove_file(project.path(sheet)).unwrap();
    let project = project.file(sheet, "mine");
    project.run(merge).exits(3).says("was changed by hand");
    assert_eq!(project.text(sheet), "mine");
    project.run(&format!("{merge} --adopt")).exits(0);
    assert!(all(&project, "all") == all(&project, "whole"));
}

#[cfg(unix)]
#[test]
fn links_are_followed_neither_in_what_is_joined_nor_in_the_result() {
    use std::os::unix::fs::symlink;
    let project = in_parts(1).file("elsewhere/p-001.pdf", "secret");
    let sheet = project.path("part-1/pdf/people/p-001.pdf");
    fs::remove_file(&sheet).unwrap();
    symlink(project.path("elsewhere/p-001.pdf"), &sheet).unwrap();
    project.run("merge part-1 --out all").exits(3).says("is a symbolic link");
    assert!(!project.path("all/pdf/people/p-001.pdf").exists());
    fs::remove_dir_all(project.path("all")).unwrap();
    fs::create_dir_all(project.path("all/.regimen-people")).unwrap();
    symlink(project.path("elsewhere"), project.path("all/pdf")).unwrap();
    project.run("merge part-1 --out all").exits(3).says("is a symbolic link");
    assert_eq!(project.files("elsewhere").len(), 1, "nothing is written where a link leads");
    symlink(project.path("whole/.regimen-people"), project.path("elsewhere/.regimen-people")).unwrap();
    project.run("merge elsewhere --out other").exits(2).says("was not made by");
}
