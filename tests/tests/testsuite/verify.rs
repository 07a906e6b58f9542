//! `regimen verify`: what it says of folders that are right, and of each way in which they are not.

use std::fs;

use regimen_tests::{Project, Run};

/// The codes of the errors and warnings of a run, with the files that they name.
fn found(run: &Run) -> Vec<(String, String)> {
    let list: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).expect(&run.stdout);
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    list.iter().map(|finding| (text(&finding["code"]), text(&finding["file"]))).collect()
}

fn finds(project: &Project, arguments: &str) -> Vec<(String, String)> {
    let run = project.run(&format!("verify out --format json {arguments}"));
    assert!(run.code < 2, "{}\n{}", run.stdout, run.stderr);
    let found = found(&run);
    let has_error = run.stdout.contains("\"severity\": \"error\"");
    assert_eq!(run.code, i32::from(has_error), "{}", run.stdout);
    found
}

fn one(code: &str, file: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), file.to_owned())]
}

/// A change of the bytes of a file.
fn edit(project: &Project, path: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs::read(project.path(path)).unwrap();
    change(&mut bytes);
    fs::write(project.path(path), bytes).unwrap();
}

#[test]
fn what_was_built_is_right() {
    let project = Project::shipped();
    project.run("build").exits(0);
    let before = project.files("out");
    let run = project.run("verify out").exits(0);
    let files = before.keys().filter(|path| path.starts_with("pdf/")).count();
    run.prints(&format!("{files} files in out/pdf ("))
        .prints(" are right: printable handouts")
        .prints("ics ")
        .prints("markdown ");
    assert_eq!(finds(&project, ""), []);
    assert_eq!(project.files("out"), before, "nothing is written");
    // Another build after a change: calendars go on from what was published.
    let schedule = project.text("catalog/regimen.yaml").replace("start: 2027-01-04", "start: 2027-01-11");
    let project = project.file("catalog/regimen.yaml", schedule);
    assert!(finds(&project, "").iter().any(|(code, file)| code == "other-output" && file.starts_with("out/ics/")));
    project.run("build").exits(0);
    assert!(project.text("out/ics/spring-2027.ics").contains("SEQUENCE:1"));
    assert_eq!(finds(&project, ""), []);
    project.run_in("catalog", "verify ../out --catalog .").exits(0);
}

#[test]
fn each_way_to_be_wrong_is_said_with_its_place() {
    let project = Project::small();
    project.run("build").exits(0);
    let pdf = "out/pdf/schedules/spring.pdf";
    let right = fs::read(project.path(pdf)).unwrap();
    edit(&project, pdf, |bytes| bytes[100] ^= 1);
    assert_eq!(finds(&project, ""), one("changed-file", pdf));
    let said = project.run("verify out").exits(1);
    said.says("error[changed-file]")
        .says("--> out/pdf/schedules/spring.pdf")
        .says("`out` is not what this program makes");
    fs::remove_file(project.path(pdf)).unwrap();
    assert_eq!(finds(&project, ""), one("missing-file", pdf));
    fs::write(project.path(pdf), &right).unwrap();
    assert_eq!(finds(&project, ""), []);
    for path in ["out/pdf/schedules/more.pdf", "out/index.html", "out/.regimen-tmp-1", "out/new/a.md"] {
        let folder = project.path(path).parent().unwrap().to_owned();
        fs::create_dir_all(folder).unwrap();
        fs::write(project.path(path), "more").unwrap();
        assert_eq!(finds(&project, ""), one("unlisted-file", path));
        let is_of_exporter = path.starts_with("out/pdf");
        assert_eq!(finds(&project, "--others").len(), usize::from(is_of_exporter), "{path}");
        fs::remove_file(project.path(path)).unwrap();
    }
    let exercise = project.text("catalog/exercises/heel-raise.yaml");
    let project = project.file("catalog/exercises/heel-raise.yaml", format!("{exercise}# edited\n"));
    assert_eq!(finds(&project, ""), [], "a comment changes no byte");
    let other = exercise.replacen("name: ", "name: Other ", 1);
    let project = project.file("catalog/exercises/heel-raise.yaml", other);
    let found = finds(&project, "");
    assert!(
        found.contains(&one("other-output", pdf)[0]) && found.iter().all(|(code, _)| code == "other-output"),
        "{found:?}"
    );
    let project =
        project.file("catalog/exercises/heel-raise.yaml", exercise).without("catalog/programs/strong-calves.yaml");
    let found = finds(&project, "");
    assert!(found.iter().any(|(code, _)| code != "other-output"), "the catalogue has an error now: {found:?}");
}

#[cfg(unix)]
#[test]
fn a_link_in_place_of_a_file_is_said() {
    let project = Project::small();
    project.run("build").exits(0);
    let pdf = "out/pdf/schedules/spring.pdf";
    fs::rename(project.path(pdf), project.path("elsewhere.pdf")).unwrap();
    std::os::unix::fs::symlink(project.path("elsewhere.pdf"), project.path(pdf)).unwrap();
    assert_eq!(finds(&project, ""), one("changed-file", pdf));
    fs::remove_file(project.path(pdf)).unwrap();
    fs::rename(project.path("elsewhere.pdf"), project.path(pdf)).unwrap();
    fs::rename(project.path("out/pdf/schedules"), project.path("elsewhere")).unwrap();
    std::os::unix::fs::symlink(project.path("elsewhere"), project.path("out/pdf/schedules")).unwrap();
    let found = finds(&project, "");
    assert_eq!(found, [one("unlisted-file", "out/pdf/schedules"), one("changed-file", pdf)].concat());
}

#[test]
fn whoever_changes_the_manifest_as_well_is_found() {
    let project = Project::small();
    project.run("build").exits(0);
    let manifest = "out/.regimen-manifest.json";
    let pdf = "out/pdf/schedules/spring.pdf";
    let digest = |project: &Project| -> String {
        let manifest: serde_json::Value = serde_json::from_str(&project.text(manifest)).unwrap();
        let mut files = manifest["files"].as_array().unwrap().iter();
        let file = files.find(|file| file["path"] == "pdf/schedules/spring.pdf").unwrap();
        file["sha256"].as_str().unwrap().to_owned()
    };
    let (right, whole) = (project.text(manifest), digest(&project));
    let forged = right.replace(&whole, &"0".repeat(64));
    let project = project.file(manifest, forged);
    assert_eq!(finds(&project, ""), one("changed-file", pdf), "the file is right");
    let project = project.file(manifest, right);
    edit(&project, pdf, |bytes| bytes[100] ^= 1);
    // The digest as the manifest would have it.
    let bytes = fs::read(project.path(pdf)).unwrap();
    let other = Project::new().file("out/a", &bytes);
    let sum = std::process::Command::new("sha256sum").arg(other.path("out/a")).output();
    if let Ok(sum) = sum {
        let sum = String::from_utf8(sum.stdout).unwrap()[..64].to_owned();
        let forged = project.text(manifest).replace(&whole, &sum);
        let project = project.file(manifest, forged);
        assert_eq!(finds(&project, ""), one("other-output", pdf));
    }
}

#[test]
fn the_options_of_the_build_are_taken_from_the_manifest_or_compared() {
    let project = Project::shipped();
    project.run("build --only ics --start 2027-02-01 --at 18:30 --timezone Europe/London").exits(0);
    let found = finds(&project, "");
    assert_eq!(found, ["markdown", "pdf"].map(|_| ("not-built".to_owned(), String::new())));
    let with = "with `--start 2027-02-01 --at 18:30 --timezone Europe/London`";
    project.run("verify out").exits(0).prints(with);
    let same = "--start 2027-02-01 --at 18:30 --timezone Europe/London";
    assert_eq!(finds(&project, same), found);
    let other = finds(&project, "--start 2027-02-01");
    assert!(other.iter().any(|(code, _)| code == "other-options"), "{other:?}");
    project.run("verify out --start 2027-02-08").exits(1).says("error[other-options]").says(with);
    // Each exporter has the options of its own last build.
    project.run_with(".", "build --only markdown", &[("SOURCE_DATE_EPOCH", "1799020800")]).exits(0);
    project.run("verify out").exits(0).prints(with).prints("with `SOURCE_DATE_EPOCH=1799020800`");
    let epoch = [("SOURCE_DATE_EPOCH", "1799020801")];
    project.run_with(".", "verify out", &epoch).exits(1).says("error[other-options]");
    let manifest = "out/.regimen-manifest.json";
    let earlier = project.text(manifest).replace("\"program\": \"", "\"program\": \"0.0.");
    project
        .file(manifest, earlier)
        .run("verify out")
        .exits(0)
        .says("warning[other-program]: `ics` was built by Regimen 0.0.");
}

#[test]
fn a_folder_of_an_earlier_version_says_nothing_of_options() {
    let project = Project::small();
    project.run("build").exits(0);
    let mut manifest: serde_json::Value = serde_json::from_str(&project.text("out/.regimen-manifest.json")).unwrap();
    assert!(manifest.as_object_mut().unwrap().remove("asked").is_some());
    let project = project.file("out/.regimen-manifest.json", manifest.to_string());
    assert_eq!(finds(&project, ""), []);
    project.run("build").exits(0);
    assert!(project.text("out/.regimen-manifest.json").contains("\"asked\""));
}

#[test]
fn what_cannot_be_verified_is_said() {
    let project = Project::small().file("other/file", "mine");
    project.run("verify out").exits(2).says("there is no folder `out`");
    project.run("verify other").exits(2).says("no build of Regimen wrote to it");
    project.run("build").exits(0);
    project.run("verify out --catalog away").exits(2);
    let manifest = "out/.regimen-manifest.json";
    let right = project.text(manifest);
    let unfinished =
        right.replacen("\"files\": [", "\"pending\": [{\"path\": \"pdf/a\", \"size\": 1, \"sha256\": \"", 1);
    let unfinished = unfinished.replacen(
        "\"sha256\": \"",
        &format!("\"sha256\": \"{}\", \"exporter\": \"pdf\"}}], \"files\": [", "0".repeat(64)),
        1,
    );
    let project = project.file(manifest, unfinished);
    assert_eq!(finds(&project, ""), one("unfinished-build", manifest));
    let project = project.file(manifest, "{");
    project.run("verify out").exits(3);
    let twice = right.replacen("\"program\":", "\"start\": \"2027-01-04\", \"race\": \"2027-01-04\", \"program\":", 1);
    project.file(manifest, twice).run("verify out").exits(3).says("no build can have been asked for");
}

#[test]
fn files_of_people_are_compared_with_what_was_written() {
    let table = "id,name,program,start\np-001,Anna,strong-calves,2027-01-04\np-002,Ben,strong-calves,2027-01-04\n";
    let project = Project::small().file("people.csv", table);
    project.run("build --people people.csv").exits(0);
    assert_eq!(finds(&project, ""), one("people-unverified", ""));
    assert_eq!(finds(&project, "--without-people"), []);
    project.run("build").exits(0);
    assert_eq!(finds(&project, "--without-people"), []);
    let sheet = "out/pdf/people/p-001.pdf";
    edit(&project, sheet, |bytes| bytes[100] ^= 1);
    assert_eq!(finds(&project, "--without-people"), one("changed-file", sheet));
    fs::remove_file(project.path(sheet)).unwrap();
    assert_eq!(finds(&project, "--without-people"), one("missing-file", sheet));
}

#[test]
fn plugins_make_their_files_again() {
    let page = fs::read_to_string(regimen_tests::repository().join("docs/plugins.md")).unwrap();
    let code = page.split("```python\n").nth(1).unwrap().split("```").next().unwrap();
    let project = Project::small();
    let section = "exporters:\n  names: {process: [python3, plugins/names.py], inputs: [plugins/names.py]}\n";
    let file = format!("{}{section}", project.text("catalog/regimen.yaml"));
    let project = project.file("catalog/regimen.yaml", file).file("catalog/plugins/names.py", code);
    project.run("build").exits(0);
    assert_eq!(finds(&project, ""), []);
    project.run_trusting_nobody("verify out").exits(5).says("you have not trusted a plugin");
    let project = project.file("catalog/plugins/names.py", code.replace("names.txt", "others.txt"));
    let found = finds(&project, "");
    assert_eq!(
        found,
        [one("other-output", "out/names/names.txt"), one("missing-file", "out/names/others.txt")].concat()
    );
}
