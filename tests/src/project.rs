//! A temporary folder with a catalogue, and what the program says about it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A folder that the program runs in. It is removed at the end of the test.
#[derive(Debug)]
pub struct Project {
    folder: TempDir,
}

/// How the program ended and what it wrote.
#[derive(Debug)]
pub struct Run {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Project {
    /// An empty folder.
    #[expect(clippy::new_without_default, reason = "making a folder is more than a default")]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("regimen-test").tempdir().unwrap();
        Self { folder }
    }

    /// The catalogue that ships, as `catalog`.
    pub fn shipped() -> Self {
        Self::new().overlay("catalog", &crate::repository().join("catalog"))
    }

    /// A small catalogue of one muscle, one exercise, one session and one programme, as `catalog`.
    pub fn small() -> Self {
        Self::new().overlay("catalog", &crate::repository().join("tests/fixtures/small"))
    }

    /// Copies all files of a folder over what is there.
    #[must_use]
    pub fn overlay(mut self, to: &str, from: &Path) -> Self {
        for (path, bytes) in crate::files(from) {
            self = self.file(&format!("{to}/{path}"), bytes);
        }
        self
    }

    /// Writes a file, with the folders that it needs.
    #[must_use]
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// Removes a file.
    #[must_use]
    pub fn without(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).unwrap();
        self
    }

    /// Where a file of the project is.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The files below a folder of the project.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        crate::files(&self.path(folder))
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    /// Runs the program with arguments that have no blanks in them.
    pub fn run(&self, arguments: &str) -> Run {
        self.run_in(".", arguments)
    }

    /// Runs the program with arguments that may have blanks in them.
    pub fn run_words(&self, arguments: &[&str]) -> Run {
        let mut command = self.command("");
        command.args(arguments);
        finished(command)
    }

    /// The program with these arguments, in a closed world, not yet started.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(crate::program::program());
        command
            .args(arguments.split_whitespace())
            .current_dir(self.path("."))
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder.path())
            // Every test makes what it looks at.
            .env("REGIMEN_CACHE", "")
            // The plugins of tests are theirs.
            .env("REGIMEN_TRUST_PLUGINS", "1")
            .env("COLUMNS", "100");
        command
    }

    /// Runs the program as somebody who has not trusted any plugin, unless they did so in this project.
    pub fn run_trusting_nobody(&self, arguments: &str) -> Run {
        let mut command = self.command(arguments);
        command.env_remove("REGIMEN_TRUST_PLUGINS");
        finished(command)
    }

    /// Runs the program in a folder of the project.
    pub fn run_in(&self, folder: &str, arguments: &str) -> Run {
        self.run_with(folder, arguments, &[])
    }

    /// Runs the program in a folder of the project with a few variables in its environment.
    pub fn run_with(&self, folder: &str, arguments: &str, environment: &[(&str, &str)]) -> Run {
        let mut command = self.command(arguments);
        command.current_dir(self.path(folder)).envs(environment.iter().copied());
        finished(command)
    }
}

/// Runs a command to its end.
///
/// # Panics
/// If the program ends at a bug of its own.
pub fn finished(mut command: Command) -> Run {
    let output = command.output().unwrap();
    let run = Run {
        code: output.status.code().expect("the program ends by itself"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    };
    let bug = run.code == 70 || run.stderr.contains("panicked");
    assert!(!bug, "the program is wrong: {run:#?}");
    run
}

impl Run {
    /// Asserts the exit code.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "exit code\n{}\n{}", self.stdout, self.stderr);
        self
    }

    /// Asserts that a result holds this text.
    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.stdout.contains(text), "not printed: {text}\n{}", self.stdout);
        self
    }

    /// Asserts that what was said about the result holds this text.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "not said: {text}\n{}", self.stderr);
        self
    }

    /// Asserts that nothing was said besides the result.
    #[track_caller]
    pub fn quietly(self) -> Self {
        assert_eq!(self.stderr, "");
        self
    }
}
