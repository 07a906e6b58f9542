//! A stranger's plugin is not started before its user has trusted it.

use regimen_tests::Project;

/// A catalogue with a plugin that leaves a file behind when it is started.
fn project() -> Project {
    let project = Project::small();
    let noted = project.path("started").display().to_string();
    let script = format!(
        "echo >> '{noted}'\nrequest=$(cat)\ncase \"$request\" in *'\"op\":\"describe\"'*)\n\
         echo '{{\"protocol\":1,\"name\":\"p\",\"version\":\"1\",\"granularity\":[\"catalog\",\"person\"]}}'; exit;; esac\n\
         echo '{{\"protocol\":1,\"units\":[{{\"id\":\"catalog (en)\",\"files\":[{{\"path\":\"a.txt\",\"text\":\"a\"}}]}}]}}'\n"
    );
    let file = project.text("catalog/regimen.yaml");
    let section = "exporters:\n  p: {process: [sh, plugins/p/p.sh], inputs: [plugins/p/p.sh]}\nwords:\n";
    project
        .file("catalog/regimen.yaml", file.replace("words:\n", section))
        .file("catalog/plugins/p/p.sh", script)
        .file("catalog/plugins/p/helper.sh", "echo helping\n")
        .file("people.csv", "id,name,program\np-1,Ann,strong-calves\n")
}

fn was_started(project: &Project) -> bool {
    project.path("started").exists()
}

#[test]
fn no_command_starts_what_is_not_trusted() {
    let project = project();
    for arguments in ["build", "build --only p", "build --keep-going", "build --people people.csv"] {
        let run = project.run_trusting_nobody(arguments).exits(5);
        let run =
            run.says("plugin `p`, which would run `sh plugins/p/p.sh`").says("`plugins/p/helper.sh`, `plugins/p/p.sh`");
        run.says("`regimen trust catalog`");
        assert!(!was_started(&project) && !project.path("out").exists(), "{arguments}");
    }
    for arguments in [
        "check",
        "check --content-only",
        "check --people people.csv",
        "list",
        "show heel-raise",
        "trust --dry-run",
        "schema",
    ] {
        let code = project.run_trusting_nobody(arguments).code;
        assert!(code != 5 && !was_started(&project), "{arguments} ends with {code}");
    }
    project.run_trusting_nobody("build --only pdf").exits(0);
    project.run_trusting_nobody("verify out").exits(0);
    assert!(!was_started(&project), "the other exporters are the program's own");
    // What another one built who trusts it is not verified with a plugin that its user does not.
    project.run("build").exits(0);
    std::fs::remove_file(project.path("started")).unwrap();
    project.run_trusting_nobody("verify out").exits(5);
    assert!(!was_started(&project));
}

#[test]
fn a_plugin_is_trusted_until_it_changes() {
    let project = project();
    project.run_trusting_nobody("trust").exits(5).says("no terminal to ask on").says("--yes");
    project.run_trusting_nobody("trust --list").exits(0).prints("No plugin is trusted.");
    let run = project.run_trusting_nobody("trust --yes").exits(0).quietly();
    let run = run.prints("runs     sh plugins/p/p.sh").prints("file     plugins/p/helper.sh (13 bytes, sha256 ");
    run.prints("\"process\":[\"sh\",\"plugins/p/p.sh\"]").prints("can do whatever you can").prints("Trusted: `p`");
    assert!(!was_started(&project), "trusting starts nothing");
    assert!(project.path(".local/share/regimen/trust.json").exists(), "in the user's folder");
    project.run_trusting_nobody("build").exits(0).prints("out/p");
    let project = project.file("catalog/plugins/p/helper.sh", "echo harming\n").file("catalog/plugins/p/new.sh", "");
    let run = project.run_trusting_nobody("build").exits(5);
    run.says("has changed since: `plugins/p/helper.sh` is another, `plugins/p/new.sh` is new");
    project.run_trusting_nobody("trust --list").exits(0).prints("p  2 files  ");
    project.run_trusting_nobody("trust --yes --plugin p").exits(0);
    project.run_trusting_nobody("trust --list").exits(0).prints("p  3 files  ");
    project.run_trusting_nobody("build").exits(0);
    project.run_trusting_nobody("trust --revoke").exits(0).prints("No longer trusted: `p` of ");
    project.run_trusting_nobody("trust --revoke").exits(0).prints("Nothing of it was trusted.");
    project.run_trusting_nobody("trust --list").exits(0).prints("No plugin is trusted.");
    project.run_trusting_nobody("build").exits(5);
}

#[test]
fn who_knows_the_catalogue_trusts_all_of_it() {
    let project = project();
    project.run_trusting_nobody("build --trust-plugins").exits(0);
    let run = |value: &str| project.run_with(".", "build", &[("REGIMEN_TRUST_PLUGINS", value)]);
    run("1").exits(0);
    run("").exits(5);
    run("0").exits(5);
    assert!(!project.path(".local/share/regimen/trust.json").exists(), "nothing is recorded");
    // A plugin of one's own is tested without a word.
    project.run("plugin new catalog/plugins/own").exits(0);
    project.run_trusting_nobody("plugin test catalog/plugins/own").exits(0);
}

#[test]
fn what_is_named_has_to_be_there() {
    let project = project();
    project.run_trusting_nobody("trust --plugin q").exits(2).says("there is no plugin `q`").says("there are: `p`");
    Project::small().run_trusting_nobody("trust").exits(0).prints("no plugins");
    let mut homeless = project.command("trust");
    homeless.env_remove("HOME");
    regimen_tests::finished(homeless).exits(2).says("REGIMEN_HOME");
    project.run_with(".", "trust --yes", &[("REGIMEN_HOME", "kept")]).exits(0).prints("kept/trust.json");
    project.run_with(".", "trust --yes", &[("REGIMEN_HOME", "catalog")]).exits(3).says("cannot say of itself");
    let odd = project.file("catalog/plugins/p/a\u{202e}b\u{1b}[2J.sh", "");
    let run = odd.run_trusting_nobody("trust --dry-run").exits(0);
    assert!(!run.stdout.contains(['\u{202e}', '\u{1b}']), "{}", run.stdout);
    let run = odd.run_trusting_nobody("build").exits(5);
    assert!(!run.stderr.contains(['\u{202e}', '\u{1b}']), "{}", run.stderr);
    let around = odd.file("p.sh", "").file("catalog/regimen.yaml", AROUND);
    around.run_trusting_nobody("trust").exits(5).says("has the whole catalogue in it");
    around.run_trusting_nobody("build").exits(5).says("put it into its own folder, such as `plugins/p`");
}

const AROUND: &str = "language: en\nexporters:\n  p: {process: [sh, ../p.sh], inputs: [../p.sh]}\nwords: {title: A}\n\
                      rules: {cool-down: off, disclaimer-missing: off, source-missing: off, warm-up: off}\n";
