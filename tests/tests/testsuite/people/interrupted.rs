//! Builds for people that are killed, that find no room, or that meet another.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use regimen_tests::Project;

use super::roster::{BUILD, all, outputs, project, row, table};

/// Somebody leaves, somebody comes, and half of the others get another note.
fn rosters() -> [String; 2] {
    let before = (1..=9).map(|number| row(&format!("p-{number:03}"), "Before"));
    let after = (2..=10).map(|number| row(&format!("p-{number:03}"), if number < 6 { "After" } else { "Before" }));
    [table(&before.collect::<Vec<_>>()), table(&after.collect::<Vec<_>>())]
}

/// A folder that was built for the first roster, and all files of that and of the second one.
struct Scene {
    project: Project,
    before: BTreeMap<String, Vec<u8>>,
    after: BTreeMap<String, Vec<u8>>,
    /// How long a build takes.
    length: Duration,
}

impl Scene {
    fn new() -> Self {
        let [first, second] = rosters();
        let project = project().file("people.csv", first);
        project.run(&format!("{BUILD} --out first")).exits(0);
        let project = project.file("people.csv", second).overlay_of("first", "done");
        let start = Instant::now();
        project.run(&format!("{BUILD} --out done")).exits(0);
        let length = start.elapsed();
        let (before, after) = (all(&project, "first"), all(&project, "done"));
        Self { project, before, after, length }
    }

    /// Starts a command over a copy of the first folder, kills it after a part of its time, and sees that a run completes it.
    fn kill(&mut self, command: &str, thousandths: u32) {
        let out = format!("killed-{thousandths}");
        self.project = std::mem::replace(&mut self.project, Project::new()).overlay_of("first", &out);
        let mut child = self.project.command(&format!("{command} --out {out}"));
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        sleep(self.length * thousandths / 1_000);
        child.kill().unwrap();
        let _killed = child.wait().unwrap();
        for (path, bytes) in outputs(&self.project, &out) {
            let is_old_or_new = self.before.get(&path) == Some(&bytes) || self.after.get(&path) == Some(&bytes);
            assert!(is_old_or_new, "{path} is neither old nor new after {thousandths} thousandths");
        }
        self.project.run(&format!("{command} --out {out}")).exits(0);
        let all = all(&self.project, &out);
        assert!(all == self.after, "after {thousandths} thousandths: {:?}", all.keys());
        std::fs::remove_dir_all(self.project.path(&out)).unwrap();
    }
}

trait Copies {
    fn overlay_of(self, from: &str, to: &str) -> Self;
}

impl Copies for Project {
    fn overlay_of(self, from: &str, to: &str) -> Self {
        let from = self.path(from);
        self.overlay(to, &from)
    }
}

/// Numbers that look random and are the same every time, spread over all of 0 to 1,000.
fn moments(count: u32) -> impl Iterator<Item = u32> {
    (0..count).map(move |number| (number * 1_000 + number * 7_919 % 1_000) / count)
}

#[test]
fn a_build_that_is_killed_leaves_whole_files_and_the_next_goes_on() {
    let mut scene = Scene::new();
    moments(30).for_each(|moment| scene.kill(BUILD, moment));
}

#[test]
#[ignore = "takes minutes: cargo test -p regimen-tests -- --ignored killed_300_times"]
fn a_build_that_is_killed_300_times_leaves_whole_files_and_the_next_goes_on() {
    let mut scene = Scene::new();
    moments(300).for_each(|moment| scene.kill(BUILD, moment));
}

#[test]
fn a_merge_that_is_killed_leaves_whole_files_and_the_next_goes_on() {
    let mut scene = Scene::new();
    for part in [1, 2] {
        let share = format!("{BUILD} --shard {part}/2 --out part-{part}");
        let [first, second] = rosters();
        scene.project = std::mem::replace(&mut scene.project, Project::new()).file("people.csv", first);
        scene.project.run(&share).exits(0);
        scene.project = std::mem::replace(&mut scene.project, Project::new()).file("people.csv", second);
        scene.project.run(&share).exits(0);
    }
    let merge = "merge part-1 part-2";
    let start = Instant::now();
    scene.project.run(&format!("{merge} --out timed")).exits(0);
    scene.length = start.elapsed();
    moments(12).for_each(|moment| scene.kill(merge, moment));
}

/// Runs the program with files of at most 40 kB, as on a disk that is full in the middle of one.
#[cfg(unix)]
#[test]
fn a_disk_without_room_leaves_whole_files_and_the_next_build_goes_on() {
    let Scene { project, before, after, .. } = Scene::new();
    let project = project.overlay_of("first", "full");
    let limited = project.command("");
    let mut shell = Command::new("bash");
    let limit = "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\"";
    shell.arg("-c").arg(limit).arg(limited.get_program()).args(BUILD.split(' ')).args(["--out", "full"]);
    let output = shell.current_dir(project.path(".")).output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
    for (path, bytes) in outputs(&project, "full") {
        assert!(before.get(&path) == Some(&bytes) || after.get(&path) == Some(&bytes), "{path}");
    }
    project.run(&format!("{BUILD} --out full")).exits(0);
    assert!(all(&project, "full") == after);
}

#[test]
fn a_second_build_at_the_same_time_is_refused() {
    let project = project().file("people.csv", rosters()[0].clone());
    project.run(BUILD).exits(0);
    let lock = std::fs::File::options().write(true).open(project.path("out/.regimen-lock")).unwrap();
    lock.lock().unwrap();
    let before = all(&project, "out");
    for command in [BUILD, "build --no-cache", "merge part --out out"] {
        let project_has_part = project.path("part").exists();
        if command.starts_with("merge") && !project_has_part {
            project.run(&format!("{BUILD} --out part")).exits(0);
        }
        project.run(command).exits(3).says("is being written to by another build");
    }
    assert!(all(&project, "out") == before);
    lock.unlock().unwrap();
    project.run(BUILD).exits(0).prints("9 people, 9 as they were");
}
