//! The cache of builds: whose entries count, which program they are of, and what stays of them.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use regimen_tests::{Project, Run};

const BUILD: &str = "build --only markdown --cache kept";

/// The entries of a cache, in the order of their names.
fn entries(project: &Project) -> Vec<PathBuf> {
    let of = |path: &String| path.starts_with("v3/") && path.len() == "v3/ab/".len() + 64;
    project.files("kept").into_keys().filter(of).map(|path| project.path("kept").join(path)).collect()
}

/// The published files, without the manifest.
fn published(project: &Project, out: &str) -> Vec<(String, Vec<u8>)> {
    project.files(out).into_iter().filter(|(path, _)| !path.starts_with('.')).collect()
}

/// Runs a copy of the program.
#[cfg(unix)]
fn run_copy(project: &Project, program: &str, arguments: &str) -> Run {
    let usual = project.command("");
    let mut copy = Command::new(project.path(program));
    copy.args(arguments.split_whitespace()).current_dir(project.path(".")).env_clear();
    copy.envs(usual.get_envs().filter_map(|(name, value)| Some((name, value?))));
    regimen_tests::finished(copy)
}

#[cfg(unix)]
#[test]
fn each_build_of_the_program_has_entries_of_its_own() {
    let project = Project::small();
    let program = regimen_tests::program();
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let age =
        |name: &str| fs::File::options().append(true).open(project.path(name)).unwrap().set_modified(old).unwrap();
    project.run(BUILD).exits(0);
    let all = entries(&project).len();
    assert!(all > 3, "{all}");
    fs::copy(program, project.path("copy")).unwrap();
    age("copy");
    run_copy(&project, "copy", &format!("{BUILD} --out copied")).exits(0).quietly();
    assert_eq!(entries(&project).len(), all, "a copy, elsewhere and of another time");
    // Another text in the program, of the same length, in a file of the same length and time.
    let mut bytes = fs::read(program).unwrap();
    let text = b"Say what is kept of earlier builds";
    let at = bytes.windows(text.len()).position(|window| window == text).expect("the help of `cache`");
    bytes[at] = b's';
    let mut copy = fs::File::options().write(true).open(project.path("copy")).unwrap();
    std::io::Write::write_all(&mut copy, &bytes).unwrap();
    drop(copy);
    age("copy");
    run_copy(&project, "copy", &format!("{BUILD} --out other")).exits(0).quietly();
    assert_eq!(entries(&project).len(), 2 * all, "another program");
}

#[test]
fn whoever_can_write_to_the_cache_changes_nothing_that_is_published() {
    let project = Project::small();
    project.run(BUILD).exits(0).quietly();
    let right = published(&project, "out");
    let entries = entries(&project);
    let texts: Vec<Vec<u8>> = entries.iter().map(|entry| fs::read(entry).unwrap()).collect();
    let forge = |text: &[u8]| String::from_utf8_lossy(text).replace("calf", "knee").into_bytes();
    let turned = |at: usize| texts[(at + 1) % texts.len()].clone();
    for (attack, other) in [
        ("words", (0..texts.len()).map(|at| forge(&texts[at])).collect::<Vec<_>>()),
        ("entries of other units", (0..texts.len()).map(turned).collect()),
        ("nothing", vec![Vec::new(); texts.len()]),
    ] {
        for (entry, text) in entries.iter().zip(other) {
            fs::write(entry, text).unwrap();
        }
        fs::remove_dir_all(project.path("out")).unwrap();
        let run = project.run(BUILD).exits(0);
        assert!(run.stderr.contains("warning[cache-entry]"), "{attack}: {}", run.stderr);
        assert!(published(&project, "out") == right, "{attack}");
        fs::remove_dir_all(project.path("out")).unwrap();
        project.run(BUILD).exits(0).quietly();
        assert!(published(&project, "out") == right, "{attack}, made again");
    }
    fs::write(&entries[0], "").unwrap();
    let check = project.run("check --cache kept --format json").exits(0).quietly().stdout;
    assert!(check.contains("\"cache-entry\"") && check.contains("an entry of the build cache in `kept`"), "{check}");
    assert!(!project.run("check --cache kept --format json").exits(0).stdout.contains("cache-entry"));
}

#[test]
fn notes_that_others_write_do_not_keep_a_build_from_its_work() {
    let project = Project::small();
    project.run(BUILD).exits(0);
    project.run(&format!("{BUILD} --out other")).exits(0);
    let notes = project.path("kept/v3/notes");
    let note = |folder: &std::path::Path| -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|note| note.unwrap().path()).collect()
    };
    let before = note(&notes);
    // What was known of the first build, put in place of what is known of the second one.
    let texts: Vec<Vec<u8>> = before.iter().map(|note| fs::read(note).unwrap()).collect();
    for (path, text) in before.iter().zip(texts.iter().cycle().skip(1)) {
        fs::write(path, text).unwrap();
    }
    let project = project.file("out/markdown/more.md", "mine");
    project.run(BUILD).exits(0).says("warning[cache-entry]");
    project.run(BUILD).exits(0).quietly();
}

#[test]
fn users_of_one_folder_do_not_meet() {
    let project = Project::small();
    let run = |home: &str, out: &str| {
        let home = project.path(home).display().to_string();
        project.run_with(".", &format!("{BUILD} --out {out}"), &[("REGIMEN_HOME", &home)]).exits(0).quietly();
        entries(&project).len()
    };
    let one = run("one", "a");
    assert_eq!(run("two", "b"), 2 * one);
    assert_eq!(run("one", "c"), 2 * one);
    assert_eq!(run("two", "d"), 2 * one);
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_no_key() {
    use std::os::unix::fs::PermissionsExt as _;
    let project = Project::small();
    project.run(BUILD).exits(0).quietly();
    let key = project.path(".local/share/regimen/cache-key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let before = entries(&project);
    fs::remove_dir_all(project.path("kept")).unwrap();
    let run = project.run(BUILD).exits(0).says("nothing is cached").says("is not yours alone");
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
    assert!(!project.path("kept").exists());
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    project.run(&format!("{BUILD} --out anew")).exits(0).quietly();
    assert_eq!(entries(&project), before);
    let away = project.path("missing");
    let mut homeless = project.command(BUILD);
    homeless.env_remove("HOME").env("REGIMEN_CACHE", &away);
    regimen_tests::finished(homeless).exits(0).says("REGIMEN_HOME");
}

#[test]
fn a_build_that_is_killed_leaves_nothing_in_the_cache_for_good() {
    let project = Project::shipped();
    let unfinished = || project.files("kept").into_keys().filter(|path| path.starts_with("v3/tmp/")).count();
    for moment in 0..24 {
        let build = format!("build --cache kept --out out-{}", moment % 3);
        let mut child = project.command(&build).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(150 + 60 * moment));
        child.kill().unwrap();
        let _killed = child.wait().unwrap();
        if moment % 2 == 0 {
            project.run("cache prune --cache kept").exits(0);
            assert_eq!(unfinished(), 0, "after {moment}");
        }
        if moment % 8 == 7 {
            fs::remove_dir_all(project.path("kept/v3")).unwrap_or_default();
        }
    }
    project.run("build --cache kept --out last").exits(0).quietly();
    assert_eq!(unfinished(), 0);
    let files = project.files("kept");
    let known = |path: &String| path.starts_with("v3/") && (path.ends_with("/tidied") || path.len() >= 70);
    assert!(files.keys().all(known), "{:?}", files.keys());
}

#[test]
fn the_cache_says_what_is_in_it_and_lets_go_of_what_is_too_much() {
    let project = Project::small();
    project.run(BUILD).exits(0);
    let said = project.run("cache --cache kept").exits(0).quietly().prints(" notes on earlier builds").stdout;
    assert!(said.contains("kept for 90 days and up to 2.0 GB; last tidied on "), "{said}");
    let project = project.file(&format!("kept/v2/ab/{}", "a".repeat(64)), "left").file("kept/people-secret", "left");
    project.run("cache --cache kept").exits(0).prints("2 files of earlier versions and of builds that were killed (");
    let count = entries(&project).len();
    let run = project.run("cache --cache kept --cache-size 3kB prune").exits(0).quietly().stdout;
    assert!(!run.starts_with("0 ") && entries(&project).len() < count, "{run}");
    project.run("cache --cache kept prune --unused 0").exits(0);
    assert_eq!(project.files("kept").into_keys().collect::<Vec<_>>(), ["v3/tidied"]);
    let environment = [("REGIMEN_CACHE_SIZE", "10 kB"), ("REGIMEN_CACHE", "kept")];
    for out in ["a", "b", "c"] {
        project.run_with(".", &format!("build --only markdown,pdf --out {out}"), &environment).exits(0).quietly();
    }
    let bytes: usize = entries(&project).iter().map(|entry| fs::read(entry).unwrap().len()).sum();
    assert!(bytes <= 10_000, "{bytes}");
    project
        .run_with(".", "cache", &[("REGIMEN_CACHE_SIZE", "much"), ("REGIMEN_CACHE", "kept")])
        .exits(2)
        .says("500 MB");
}
