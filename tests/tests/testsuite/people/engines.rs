//! The examples that build the shares of a roster on several machines, run on this one.

use std::path::Path;
use std::process::Command;

use regimen_tests::{Project, Tool, files, program, repository};
use serde::Deserialize as _;
use serde_yaml::Value;

use super::roster::{BUILD, all, people, project, row, table};

const SHARES: usize = 4;

/// A project with everybody built in one go into `whole`. Somebody has an error, which must not stop the others.
fn with_whole() -> Project {
    let rows: Vec<_> = (1..=8).map(|number| row(&format!("p-{number:03}"), "")).collect();
    let wrong = row("p-009", "").replace("Prague,,", "Prague,torn-calf,");
    let project = project().file("people.csv", table(&[rows, vec![wrong]].concat()));
    project.run(&format!("{BUILD} --out whole")).exits(1);
    project
}

fn example(name: &str) -> String {
    repository().join("examples/rosters").join(name).display().to_string()
}

/// A command that finds the program on its path.
fn command(project: &Project, name: &str) -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(name);
    command.current_dir(project.path(".")).env("PATH", format!("{}:{path}", program().parent().unwrap().display()));
    command
}

#[track_caller]
fn succeeds(mut command: Command) -> String {
    let output = command.output().unwrap();
    let (said, printed) = (String::from_utf8_lossy(&output.stderr), String::from_utf8_lossy(&output.stdout));
    assert!(output.status.success(), "{command:?}\n{said}\n{printed}");
    printed.into_owned()
}

#[track_caller]
fn same(project: &Project, folder: &str) {
    let (whole, joined) = (all(project, "whole"), all(project, folder));
    assert!(whole == joined, "{:?}\n{:?}", whole.keys(), joined.keys());
}

#[test]
fn four_processes_of_dask_build_what_one_run_builds() {
    let Some(dask) = Tool::python("../../examples/rosters/roster_dask.py", "distributed") else { return };
    let project = project().file("people.csv", people(12, ""));
    project.run(&format!("{BUILD} --out whole")).exits(0);
    let path = |name: &str| project.path(name);
    let printed = dask.judge(&[
        &path("catalog"),
        &path("people.csv"),
        &path("out"),
        &"--workers",
        &SHARES.to_string(),
        &"--regimen",
        &program(),
    ]);
    assert!(printed.contains(&format!("{SHARES} shares by ")), "{printed}");
    same(&project, "out");
}

#[cfg(unix)]
#[test]
fn gnu_parallel_builds_what_one_run_builds() {
    if Tool::named("parallel").is_none() {
        return;
    }
    let project = with_whole();
    for has_been_built in [false, true] {
        let mut run = command(&project, "bash");
        let output = run.args([&example("parallel.sh"), "catalog", "people.csv", "out", &SHARES.to_string()]).output();
        let (output, printed) = output.map(|output| (output.status.code(), output.stdout)).unwrap();
        let printed = String::from_utf8_lossy(&printed);
        assert_eq!(output, Some(1), "somebody has an error: {printed}");
        assert_eq!(printed.contains("as they were"), has_been_built, "{printed}");
        same(&project, "out");
    }
}

#[cfg(unix)]
#[test]
fn the_tasks_of_a_slurm_array_build_what_one_run_builds() {
    let project = with_whole();
    for task in 1..=SHARES {
        let mut run = command(&project, "bash");
        // A share that is built again by itself is an array of one.
        run.args([&example("slurm.sh"), "build", &SHARES.to_string()]);
        run.env("SLURM_ARRAY_TASK_ID", task.to_string()).env("SLURM_ARRAY_TASK_COUNT", "1");
        succeeds(run);
    }
    let mut merge = command(&project, "bash");
    merge.args([&example("slurm.sh"), "merge", &SHARES.to_string()]);
    succeeds(merge);
    same(&project, "out");
}

/// The container of a job: its command, with the folders of this test in place of its volumes.
#[cfg(unix)]
fn container(project: &Project, file: &str) -> (Command, Value) {
    let text = std::fs::read_to_string(example(file)).unwrap();
    let job = Value::deserialize(serde_yaml::Deserializer::from_str(&text)).unwrap();
    assert_eq!((&job["apiVersion"], &job["kind"]), (&"batch/v1".into(), &"Job".into()));
    let container = &job["spec"]["template"]["spec"]["containers"][0];
    let words: Vec<String> = serde_yaml::from_value(container["command"].clone()).unwrap();
    let here = project.path(".").display().to_string();
    let local = |word: &String| word.replace("/data/", &format!("{here}/"));
    let words: Vec<String> = words.iter().map(local).collect();
    let mut run = command(project, &words[0]);
    run.args(&words[1..]);
    for variable in container["env"].as_sequence().into_iter().flatten() {
        run.env(variable["name"].as_str().unwrap(), variable["value"].as_str().unwrap());
    }
    (run, job)
}

#[cfg(unix)]
#[test]
fn the_pods_of_an_indexed_job_build_what_one_run_builds() {
    let project = with_whole();
    let (_, job) = container(&project, "kubernetes.yaml");
    let spec = &job["spec"];
    assert_eq!((&spec["completions"], &spec["parallelism"]), (&SHARES.into(), &SHARES.into()));
    for index in 0..SHARES {
        let (mut run, _) = container(&project, "kubernetes.yaml");
        run.env("JOB_COMPLETION_INDEX", index.to_string());
        succeeds(run);
    }
    let (merge, _) = container(&project, "kubernetes-merge.yaml");
    succeeds(merge);
    same(&project, "all");
}

#[test]
fn every_example_is_in_the_list() {
    let folder = repository().join("examples/rosters");
    let list = std::fs::read_to_string(folder.join("README.md")).unwrap();
    for name in files(&folder).into_keys().filter(|name| Path::new(name).extension().is_some_and(|end| end != "md")) {
        assert!(list.contains(&format!("({name})")) || name.contains("__pycache__"), "{name}");
    }
}
