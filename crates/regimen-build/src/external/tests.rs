//! Plugins that do what no plugin should, as shell scripts, each in a whole build.

#![expect(clippy::disallowed_methods, reason = "tests write scripts, and wait for processes")]

mod attacks;

use std::path::Path;
use std::sync::LazyLock;
use std::time::SystemTime;

use regimen_catalog::{Catalog, FieldPath, PROJECT_FILE, Place, Severity, Sources, YAML};
use serde_json::json;

use crate::{
    Built, Cache, Digest, Error, Fault, FaultKind, MemoryStage, PreviousOutput, Request, ScheduleOverrides, build,
    testing,
};

static NO_PREVIOUS: LazyLock<PreviousOutput> = LazyLock::new(PreviousOutput::none);
static NO_SOURCES: LazyLock<Sources> = LazyLock::new(Sources::default);

/// A script that describes itself as it should, and then does something else.
fn script(rest: &str) -> String {
    let description = r#"{"protocol":1,"name":"odd","version":"1","granularity":"catalog"}"#;
    format!(
        "read -r request\ncase \"$request\" in *'\"op\":\"describe\"'*) printf '%s' '{description}'; exit;; esac\n{rest}\n"
    )
}

/// The answer for the only unit, with these files and findings.
fn answer(files: &str, findings: &str) -> String {
    format!(r#"{{"protocol":1,"units":[{{"id":"catalog (en)","files":[{files}],"diagnostics":[{findings}]}}]}}"#)
}

fn says(answer: &str) -> String {
    script(&format!("cat <<'END'\n{answer}\nEND"))
}

fn request<'a>(catalog: &'a Catalog, root: &'a Path) -> Request<'a> {
    Request {
        catalog,
        sources: &NO_SOURCES,
        root,
        plugins: &[],
        only: None,
        overrides: ScheduleOverrides::default(),
        previous: &NO_PREVIOUS,
        cache: None,
        code: "tests",
        jobs: 2,
        info: testing::info(),
        allowances: &[],
        trust: &crate::Trust::Everybody,
        guard: None,
        missing: None,
    }
}

/// One language makes one unit.
fn catalog(section: &serde_json::Value) -> Catalog {
    let mut catalog = testing::catalog_with(json!({"language": "en", "exporters": {"odd": section}}));
    catalog.languages.retain(|tag, _| tag.as_str() == "en");
    catalog
}

/// Builds with a script as the only exporter, which has all the time that a slow machine takes.
fn built(script: &str) -> Built {
    built_within("30 min", script)
}

fn built_within(time: &str, script: &str) -> Built {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("odd.sh"), script).unwrap();
    let catalog = catalog(&json!({"process": ["sh", "odd.sh"], "inputs": ["odd.sh"], "timeout": time}));
    build(&request(&catalog, root.path()), &MemoryStage::new(), &()).expect("a build")
}

/// The only fault of a build, which is not published.
fn fault(script: &str) -> Fault {
    only_fault(&built(script))
}

fn only_fault(built: &Built) -> Fault {
    assert!(matches!(built.verdict(), Err(Error::Faults(_))), "{built:?}");
    let faults: Vec<&Fault> = built.faults().collect();
    assert_eq!(faults.len(), 1, "{faults:?}");
    faults[0].clone()
}

fn check_fault(script: &str, kind: FaultKind, part: &str) {
    let fault = fault(script);
    assert!(fault.kind == kind && fault.message.contains(part), "{fault:?} for {part}");
    assert_eq!(fault.plugin, "odd");
}

#[test]
fn a_good_answer_is_published() {
    let files = r#"{"path":"a/b.txt","text":"ä"},{"path":"c.bin","base64":"AAH/"}"#;
    let finding = r#"{"severity":"warning","code":"hm","message":"why","at":"exercises[0].level","help":"so"}"#;
    let built = built(&says(&answer(files, finding)));
    assert!(built.verdict().is_ok(), "{built:?}");
    let files: Vec<_> = built.files().map(|(_, file)| (file.path.as_str(), file.sha256)).collect();
    let wanted = [("odd/a/b.txt", "ä".as_bytes()), ("odd/c.bin", &[0, 1, 255])];
    assert_eq!(files, wanted.map(|(path, bytes)| (path, Digest::of(bytes))));
    let finding = built.findings().next().unwrap();
    assert_eq!((finding.code.as_ref(), finding.severity), ("odd/hm", Severity::Warning));
    assert_eq!(finding.labels[0].place, Place::value("exercises/raise.yaml", FieldPath::root().key("level")));
}

#[test]
fn an_error_about_the_content_is_no_fault_of_the_plugin() {
    let built = built(&says(&answer("", r#"{"severity":"error","code":"no","message":"no"}"#)));
    assert!(matches!(built.verdict(), Err(Error::Findings { errors: 1 })), "{built:?}");
}

#[test]
fn who_never_ends_is_ended() {
    // Without describing itself, which takes time, too.
    for endless in ["while :; do :; done", "exec sleep 1000000"] {
        let fault = only_fault(&built_within("1 s", endless));
        assert!(fault.kind == FaultKind::Limit && fault.message.contains("longer than 1 s"), "{fault:?}");
    }
    let moaner = only_fault(&built_within("2 s", "while :; do echo moaning and moaning >&2; done"));
    assert!(moaner.kind == FaultKind::Limit && moaner.stderr.len() <= 4096, "{moaner:?}");
    // However little of it ran in its time.
    assert!(moaner.stderr.lines().all(|line| "moaning and moaning".ends_with(line.trim())), "{moaner:?}");
}

#[test]
fn who_says_too_much_is_ended() {
    check_fault(&script("yes"), FaultKind::Limit, "too much");
    check_fault(&script("head -c 5000000000 /dev/zero"), FaultKind::Limit, "too much");
}

#[test]
fn what_is_no_answer_is_a_mistake() {
    for (said, part) in [
        ("", "says nothing"),
        ("printf ' \\n'", "says nothing"),
        ("echo hello", "not one JSON value"),
        ("echo '{} {}'", "not one JSON value"),
        ("printf '\"\\377\\376\"'", "not one JSON value"),
        ("head -c 100000 /dev/zero | tr '\\0' '['", "not one JSON value"),
        ("echo '{}'", "does not say"),
        ("echo '{\"protocol\": 2, \"units\": []}'", "version 2"),
        ("echo '{\"protocol\": 1, \"units\": [{\"id\": 3}]}'", "units[0].id"),
        ("echo '{\"protocol\": 1, \"units\": [], \"unit\": 1}'", "unit"),
        ("echo '{\"protocol\": 1, \"units\": []}'", "no answer for the unit `catalog (en)`"),
    ] {
        check_fault(&script(said), FaultKind::Mistake, part);
    }
}

#[test]
fn an_end_that_is_not_well_is_a_mistake() {
    for (end, part) in
        [("echo why >&2; exit 1", "exit code 1"), ("exit 70", "exit code 70"), ("kill -9 $$", "signal 9")]
    {
        check_fault(&script(end), FaultKind::Mistake, part);
    }
    let shown = fault(&script("echo 'line 3: why' >&2; exit 1")).to_string();
    assert!(shown.ends_with("it said:\n    line 3: why"), "{shown}");
}

#[test]
fn units_are_answered_once_and_only_those() {
    let unit = r#"{"id":"catalog (en)"}"#;
    let of = |units: &str| says(&format!(r#"{{"protocol":1,"units":[{units}]}}"#));
    check_fault(&of(&format!("{unit},{unit}")), FaultKind::Mistake, "twice for the unit");
    check_fault(&of(&format!(r#"{unit},{{"id":"guide:calf (en)"}}"#)), FaultKind::Mistake, "that it was not given");
    assert!(built(&of(unit)).verdict().is_ok());
}

#[test]
fn paths_lead_nowhere_else() {
    for path in [
        "../x",
        "/etc/passwd",
        "a/../../x",
        "a//b",
        "",
        ".",
        "C:x",
        "con.txt",
        "nul",
        "a\\\\b",
        "a\\u0000b",
        "x.",
        "a\\nb",
        "\\\\\\\\server\\\\x",
    ] {
        let file = format!(r#"{{"path":"{path}","text":""}}"#);
        check_fault(&says(&answer(&file, "")), FaultKind::Mistake, "not a path that a file can be written to");
    }
    for path in ["a\\u200b.txt", "\\u200ea.txt", "\\ufeffa.txt"] {
        let file = format!(r#"{{"path":"{path}","text":""}}"#);
        check_fault(&says(&answer(&file, "")), FaultKind::Mistake, "a character that nobody sees");
    }
    let twice = |one: &str, other: &str| {
        says(&answer(&format!(r#"{{"path":"{one}","text":"1"}},{{"path":"{other}","text":"2"}}"#), ""))
    };
    check_fault(&twice("a.txt", "a.txt"), FaultKind::Mistake, "twice");
    check_fault(&twice("A.txt", "a.txt"), FaultKind::Mistake, "differs only in case");
    // A file that has to be a folder is found with the files of all exporters.
    assert!(matches!(built(&twice("a", "a/b")).verdict(), Err(Error::Findings { .. })));
}

#[test]
fn files_and_findings_are_as_they_should_be() {
    for (files, findings, part) in [
        (r#"{"path":"a"}"#, "", "not exactly one of"),
        (r#"{"path":"a","text":"","base64":""}"#, "", "not exactly one of"),
        (r#"{"path":"a","base64":"%"}"#, "", "not base64"),
        ("", r#"{"severity":"fatal","code":"no","message":"no"}"#, "severity"),
        ("", r#"{"severity":"error","code":"No!","message":"no"}"#, "the code of a finding"),
        ("", r#"{"severity":"error","code":"no","message":"no","at":"exercises[9]"}"#, "leads nowhere"),
    ] {
        check_fault(&says(&answer(files, findings)), FaultKind::Mistake, part);
    }
}

#[test]
fn too_many_files_are_a_limit() {
    let many = r#"awk 'BEGIN { printf "{\"protocol\":1,\"units\":[{\"id\":\"catalog (en)\",\"files\":["
        for (i = 0; i < 10001; i++) printf "%s{\"path\":\"%d\",\"text\":\"\"}", (i ? "," : ""), i
        printf "]}]}" }'"#;
    check_fault(&script(many), FaultKind::Limit, "10001 files");
}

#[test]
fn nobody_has_to_listen() {
    let all = answer(r#"{"path":"a","text":""}"#, "");
    let deaf = format!("case \"$request\" in *x*) ;; esac\nexec 0<&-\ncat <<'END'\n{all}\nEND");
    assert!(built(&script(&deaf)).verdict().is_ok());
}

/// Whether a process still works; one that waits for its parent to notice its end does not.
#[cfg(target_os = "linux")]
fn works(id: &str) -> bool {
    let state = std::fs::read_to_string(format!("/proc/{}/stat", id.trim())).unwrap_or_default();
    state.rsplit(')').next().is_some_and(|rest| !rest.trim().is_empty() && !rest.trim().starts_with('Z'))
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let all = answer(r#"{"path":"a","text":""}"#, "");
    for (at, (start, quiet)) in
        [("", ""), ("", " >/dev/null 2>&1"), ("setsid ", ""), ("setsid ", " >/dev/null 2>&1")].iter().enumerate()
    {
        let noted = folder.path().join(at.to_string());
        let note = format!("echo $$ > \"{}\"; while :; do sleep 1000; done", noted.display());
        let child =
            format!("{start}sh -c '{note}'{quiet} &\nwhile ! test -s '{}'; do sleep 0.01; done", noted.display());
        assert!(built(&script(&format!("{child}\ncat <<'END'\n{all}\nEND"))).verdict().is_ok(), "{start}");
        let id = std::fs::read_to_string(&noted).unwrap();
        assert!(!works(&id), "`{child}` is left behind");
    }
}

#[test]
#[cfg(unix)]
fn what_it_links_to_stays() {
    let folder = tempfile::tempdir().unwrap();
    let mine = folder.path().join("mine");
    std::fs::create_dir(&mine).unwrap();
    std::fs::write(mine.join("file"), "").unwrap();
    let all = answer("", "");
    let links = script(&format!("ln -s '{}' link; touch own\ncat <<'END'\n{all}\nEND", mine.display()));
    assert!(built(&links).verdict().is_ok());
    assert!(mine.join("file").exists());
}

#[test]
fn it_has_next_to_no_environment() {
    let print = script("env | sed 's/=.*//' | sort | tr '\\n' ' ' >&2; ls -A >&2; exit 1");
    let said = fault(&print).stderr;
    let known = ["HOME", "LC_ALL", "PATH", "PYTHONDONTWRITEBYTECODE", "SOURCE_DATE_EPOCH", "TEMP", "TMP", "TMPDIR"];
    let shells_own = ["OLDPWD", "PWD", "SHLVL", "_"];
    let names: Vec<&str> = said.split_whitespace().filter(|name| !shells_own.contains(name)).collect();
    assert_eq!(names, known, "and an empty folder");
}

#[test]
fn what_cannot_be_started_is_a_finding_with_the_way_out() {
    let root = tempfile::tempdir().unwrap();
    std::fs::write(root.path().join("odd.sh"), says(&answer("", ""))).unwrap();
    for (section, part) in [
        (json!({"process": ["no-such-program"]}), "there is no program `no-such-program`"),
        (json!({"process": []}), "nothing is named to run"),
        (json!({"process": ["sh", "odd.sh"], "inputs": ["none.sh"]}), "there is no file `none.sh`"),
        (json!({"process": ["sh"], "input": []}), "the section of the plugin `odd` has no option `input`"),
        (json!({"process": "sh"}), "exporters.odd.process"),
        (json!({"process": ["sh"], "timeout": "2 h"}), "cannot have 2 h"),
        (
            json!({"process": ["sh", "odd.sh"], "inputs": ["odd.sh"], "options": {"a": 1}}),
            "the plugin `odd` has no option `a`",
        ),
    ] {
        let catalog = catalog(&section);
        let built = build(&request(&catalog, root.path()), &MemoryStage::new(), &()).expect("a build");
        let finding = built.findings().next().expect(part);
        assert!(finding.message.contains(part) && finding.help.is_some(), "{finding:?} for {part}");
        assert!(&*finding.labels[0].place.file == PROJECT_FILE);
    }
}

#[test]
fn a_file_beside_the_catalogue_is_named_with_where_it_belongs() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("catalog");
    std::fs::create_dir_all(folder.path().join("plugins")).unwrap();
    std::fs::create_dir(&root).unwrap();
    std::fs::write(folder.path().join("plugins/odd.sh"), "").unwrap();
    let there = root.join("plugins/odd.sh");
    for (section, is_beside) in [
        (json!({"process": ["sh", "plugins/odd.sh"], "inputs": ["plugins/odd.sh"]}), true),
        (json!({"process": ["plugins/odd.sh"]}), true),
        (json!({"process": ["sh"], "inputs": ["../odd.sh"]}), false),
        (json!({"process": ["plugins/even.sh"]}), false),
    ] {
        let catalog = catalog(&section);
        let built = build(&request(&catalog, &root), &MemoryStage::new(), &()).expect("a build");
        let finding = built.findings().next().expect("a finding");
        let named = format!("in the folder `{}`", root.display());
        assert!(finding.message.ends_with(&named), "{finding:?}");
        let help = finding.help.as_deref().unwrap_or_default();
        assert_eq!(help.ends_with(&format!("move it to `{}`", there.display())), is_beside, "{help}");
    }
}

#[test]
fn what_is_known_is_not_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let (root, count) = (&folder.path().join("catalog"), folder.path().join("count"));
    std::fs::create_dir(root).unwrap();
    let asked = || std::fs::read_to_string(&count).unwrap_or_default().lines().count();
    let finding = r#"{"severity":"warning","code":"hm","message":"why"}"#;
    let answer = answer(r#"{"path":"a","text":"1"}"#, finding);
    let odd = format!("echo >> '{}'\n{}", count.display(), says(&answer));
    let cache =
        Cache::new(crate::cache::Store::new(folder.path().join("cache"), SystemTime::UNIX_EPOCH), [7; 32].into());
    let files = root.join("odd.sh");
    let mut sources = Sources::default();
    let mut run = |odd: &str, options: serde_json::Value, level: &str, code: &str| {
        std::fs::write(&files, odd).unwrap();
        let section = json!({"process": ["sh", "odd.sh"], "inputs": ["odd.sh"], "timeout": options});
        let catalog = catalog(&section);
        testing::texts(&catalog, level).into_iter().for_each(|(file, text)| sources.add(file, text, YAML));
        let request = Request { cache: Some(&cache), sources: &sources, code, ..request(&catalog, root) };
        let built = build(&request, &MemoryStage::new(), &()).expect("a build");
        assert!(built.verdict().is_ok(), "{built:?}");
        assert_eq!((built.files().count(), built.findings().count()), (1, 1), "warnings come again");
        built.exporters[0].cached
    };
    let second = json!("20 s");
    assert_eq!((run(&odd, second.clone(), "1", "a"), asked()), (0, 2));
    assert_eq!((run(&odd, second.clone(), "1", "a"), asked()), (1, 2), "neither described nor asked");
    assert_eq!((run(&odd, json!("30 s"), "1", "a"), asked()), (1, 2), "time is no part of what it makes");
    assert_eq!((run(&odd, second.clone(), "2", "a"), asked()), (0, 3), "another entry");
    assert_eq!((run(&format!("{odd}#"), second.clone(), "2", "a"), asked()), (0, 5), "another plugin");
    assert_eq!((run(&odd, second.clone(), "2", "b"), asked()), (0, 6), "another program");
    assert_eq!((run(&odd, second, "1", "a"), asked()), (1, 6), "all is still known");
}

#[test]
fn no_plugin_takes_the_name_of_an_exporter_of_ours() {
    let catalog = testing::catalog_with(json!({"language": "en", "exporters": {"all": {"process": ["sh"]}}}));
    let root = tempfile::tempdir().unwrap();
    let request = Request { plugins: &[testing::ALL], ..request(&catalog, root.path()) };
    let built = build(&request, &MemoryStage::new(), &()).expect("a build");
    let codes: Vec<&str> = built.findings().map(|finding| finding.code.as_ref()).collect();
    assert_eq!(codes, ["bad-plugin"]);
}
