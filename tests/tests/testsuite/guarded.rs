//! What becomes of processes that plugins leave behind, and of those that are none of theirs.

use std::fs;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use regimen_tests::{Project, finished};

/// A catalogue whose plugin runs this before it answers.
fn project(section: &str, then: &str) -> Project {
    let project = Project::small();
    let script = format!(
        "request=$(cat)\ncase \"$request\" in *'\"op\":\"describe\"'*)\n\
         echo '{{\"protocol\":1,\"name\":\"p\",\"version\":\"1\",\"granularity\":\"catalog\"}}'; exit;; esac\n{then}\n\
         echo '{{\"protocol\":1,\"units\":[{{\"id\":\"catalog (en)\"}}]}}'\n"
    );
    let section =
        format!("exporters:\n  p: {{process: [sh, plugins/p.sh], inputs: [plugins/p.sh]{section}}}\nwords:\n");
    let file = project.text("catalog/regimen.yaml").replace("words:\n", &section);
    project.file("catalog/regimen.yaml", file).file("catalog/plugins/p.sh", script)
}

/// Starts a process that stays, in ways that are harder and harder to find, and notes the number of each.
fn leave_behind(project: &Project) -> (String, Vec<std::path::PathBuf>) {
    let ways = [
        "sh -c",
        "setsid sh -c",
        "env -i setsid sh -c",
        "setsid sh -c 'exec env -i sh -c \"$0\" &' ",
        "nohup setsid env -i sh -c",
    ];
    let notes: Vec<_> = (0..ways.len()).map(|at| project.path(&format!("left-{at}"))).collect();
    let lines = ways.iter().zip(&notes).map(|(way, note)| {
        let stays = format!("echo $$ > {}; exec sleep 300", note.display());
        let way = if way.ends_with(' ') { format!("{way}'{stays}'") } else { format!("{way} '{stays}'") };
        format!("{way} >/dev/null 2>&1 </dev/null &\nwhile ! test -s {}; do sleep 0.01; done\n", note.display())
    });
    (lines.collect(), notes)
}

/// Whether the process whose number was noted works.
fn works(note: &std::path::Path) -> bool {
    let id = fs::read_to_string(note).unwrap();
    let state = fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
}

#[test]
fn nothing_that_a_plugin_started_is_left_behind() {
    for (rest, code) in [("", 0), ("exit 3", 4), ("kill -9 $$", 4), ("exec sleep 300", 4)] {
        let project = project(", timeout: 5 s", "");
        let (lines, notes) = leave_behind(&project);
        let script = project.text("catalog/plugins/p.sh").replace("esac\n", &format!("esac\n{lines}{rest}\n"));
        let project = project.file("catalog/plugins/p.sh", script);
        project.run("build --only p").exits(code);
        for note in &notes {
            assert!(!works(note), "{rest}: {}", note.display());
        }
    }
}

#[test]
fn a_build_that_is_killed_takes_its_plugin_along() {
    let project = project(", timeout: 30 min", "");
    let (lines, notes) = leave_behind(&project);
    let own = project.path("own");
    let stays = format!("{lines}echo $$ > {}; sleep 300; sleep 300", own.display());
    let script = project.text("catalog/plugins/p.sh").replace("esac\n", &format!("esac\n{stays}\n"));
    let project = project.file("catalog/plugins/p.sh", script);
    let mut build = project.command("build --only p").spawn().unwrap();
    while fs::read_to_string(&own).unwrap_or_default().is_empty() {
        sleep(Duration::from_millis(20));
    }
    build.kill().unwrap();
    build.wait().unwrap();
    for note in notes.iter().chain([&own]) {
        // As long as it takes; a test that hangs has failed.
        while works(note) {
            sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn jobs_that_were_there_before_a_build_live_on() {
    let project = project("", "sleep 0.1 &");
    let note = project.path("job");
    let regimen = project.command("build --only p");
    let mut shell = Command::new("sh");
    let job = format!("sh -c 'echo $$ > {0}; exec sleep 300' >/dev/null 2>&1 &\n", note.display());
    let wait = format!("while ! test -s {}; do sleep 0.01; done\n", note.display());
    shell.arg("-c").arg(format!("{job}{wait}exec \"$0\" \"$@\"")).arg(regimen.get_program()).args(regimen.get_args());
    shell.current_dir(regimen.get_current_dir().unwrap()).env_clear();
    shell.envs(regimen.get_envs().filter_map(|(key, value)| Some((key, value?))));
    finished(shell).exits(0);
    assert!(works(&note), "the job of the shell");
    let id = fs::read_to_string(&note).unwrap();
    assert!(Command::new("kill").args(["-KILL", id.trim()]).status().is_ok_and(|ended| ended.success()));
}

#[test]
fn the_memory_of_a_plugin_is_limited() {
    let takes = "python3 -c 'x = bytearray(300_000_000)' || exit 9";
    let run = project(", memory: 200 MB", takes).run("build --only p").exits(4);
    run.says("exit code 9").says("MemoryError");
    project(", memory: 1 GB", takes).run("build --only p").exits(0);
    for wrong in ["1 TB", "10 MB", "1.5 GB", "lots", "99999999999999999999 GB"] {
        let run = project(&format!(", memory: {wrong}"), "").run("check").exits(1);
        run.says(&format!("a plugin cannot have `{wrong}` of memory")).says("such as `500 MB`");
    }
}

#[test]
fn how_a_plugin_ended_is_told_as_it_was() {
    for (end, said) in [
        ("kill -9 $$", "signal 9"),
        ("kill -SEGV $$", "signal 11"),
        ("exit 127", "exit code 127"),
        ("exit 255", "exit code 255"),
    ] {
        project("", end).run("build --only p").exits(4).says(said);
    }
    let project = project("", "");
    let file = project.text("catalog/regimen.yaml").replace("[sh, plugins/p.sh]", "[plugins/p.sh]");
    let project = project.file("catalog/regimen.yaml", file);
    project.run("build --only p").exits(4).says("it cannot be started: Permission denied");
}
