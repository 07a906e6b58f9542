//! Programs of others that judge what was made.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A program of others. `.ci/run` installs all of them; elsewhere a test that finds none says so and passes.
#[derive(Debug)]
pub struct Tool {
    program: PathBuf,
    arguments: Vec<String>,
}

impl Tool {
    /// A program on the search path.
    pub fn named(name: &str) -> Option<Self> {
        let answers = Command::new(name).arg("--version").output().is_ok();
        Self::if_there(answers, name, name.into(), &[])
    }

    /// A script of `tests/judges` in Python that needs a package.
    pub fn python(script: &str, package: &str) -> Option<Self> {
        let own = judges().join(".venv/bin/python");
        let python = if own.exists() { own } else { "python3".into() };
        let answers = Command::new(&python).args(["-c", &format!("import {package}")]).output();
        let answers = answers.is_ok_and(|output| output.status.success());
        Self::if_there(answers, &format!("Python's {package}"), python, &[script])
    }

    /// A script of `tests/judges` for Node that needs a package beside it.
    pub fn node(script: &str, package: &str) -> Option<Self> {
        let answers = Command::new("node").arg("--version").output().is_ok();
        let there = answers && judges().join("node_modules").join(package).exists();
        Self::if_there(there, package, "node".into(), &[script])
    }

    /// A script of `tests/judges` for Node that drives a browser.
    pub fn browser(script: &str) -> Option<Self> {
        let path = judges().join(script);
        let answers = Command::new("node").arg(path).arg("--version").output();
        let there = answers.is_ok_and(|output| output.status.success());
        Self::if_there(there, "Node and Chromium", "node".into(), &[script])
    }

    /// A program that `.ci/run` compiles from a source in `tests/judges` against a library.
    pub fn compiled(name: &str, library: &str) -> Option<Self> {
        let program = judges().join("bin").join(name);
        let answers = Command::new(&program).arg("--version").output().is_ok();
        Self::if_there(answers, &format!("a reader with {library}"), program, &[])
    }

    fn if_there(there: bool, name: &str, program: PathBuf, scripts: &[&str]) -> Option<Self> {
        if !there {
            assert!(std::env::var_os("CI").is_none(), "{name} is not installed");
            eprintln!("skipped: {name} is not installed");
            return None;
        }
        let script = |script: &&str| judges().join(script).display().to_string();
        let arguments = scripts.iter().map(script).collect();
        Some(Self { program, arguments })
    }

    /// Runs it and gives what it printed.
    ///
    /// # Panics
    /// If it objects.
    #[track_caller]
    pub fn judge(&self, arguments: &[&dyn AsRef<OsStr>]) -> String {
        let output = self.run(arguments);
        let (said, printed) = (text(&output.stderr), text(&output.stdout));
        assert!(output.status.success(), "{self:?} objects:\n{said}\n{printed}");
        printed
    }

    /// Runs it and gives what it complained of.
    ///
    /// # Panics
    /// If it objects.
    #[track_caller]
    pub fn complaints(&self, arguments: &[&dyn AsRef<OsStr>]) -> String {
        let output = self.run(arguments);
        let said = text(&output.stderr);
        assert!(output.status.success(), "{self:?} objects:\n{said}");
        said
    }

    /// Runs it over a file and gives what it printed; whatever it complains of is a finding.
    ///
    /// # Errors
    /// What it complained of.
    pub fn silently(&self, arguments: &[&dyn AsRef<OsStr>]) -> Result<String, String> {
        let output = self.run(arguments);
        let said = text(&output.stderr);
        // Builds without colour management say so about every file, which is about them.
        let complaints: Vec<&str> =
            said.lines().filter(|line| !line.contains("ICC support is not available")).collect();
        if output.status.success() && complaints.is_empty() {
            Ok(text(&output.stdout))
        } else {
            Err(format!("{}: {}", output.status, complaints.join("\n")))
        }
    }

    fn run(&self, arguments: &[&dyn AsRef<OsStr>]) -> Output {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments);
        for argument in arguments {
            command.arg(argument);
        }
        command.output().unwrap()
    }
}

fn judges() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("judges")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
