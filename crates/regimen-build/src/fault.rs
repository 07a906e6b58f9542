//! What an external plugin did wrong, and what can be done about it.

use std::fmt;

/// How many files a plugin may make in one go.
pub(crate) const MOST_FILES: usize = 10_000;

/// What an external plugin did wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The plugin.
    pub plugin: String,
    /// The unit, if it is the fault of one.
    pub unit: Option<String>,
    /// Whether it is a mistake, a limit that it ran into, or no start at all.
    pub kind: FaultKind,
    /// What it did.
    pub message: String,
    /// The end of what it said on standard error.
    pub stderr: String,
}

/// Why a plugin failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// It did what no plugin may do, or broke off.
    Mistake,
    /// It took or made more than a plugin may.
    Limit,
    /// It could not be started at all.
    Start,
    /// Its files changed after it was trusted, so it was not started.
    Changed,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, message: String) -> Self {
        Self { plugin: String::new(), unit: None, kind, message, stderr: String::new() }
    }

    pub(crate) fn mistake(message: String) -> Self {
        Self::new(FaultKind::Mistake, message)
    }

    pub(crate) fn limit(message: String) -> Self {
        Self::new(FaultKind::Limit, message)
    }

    pub(crate) fn at(self, unit: &str) -> Self {
        Self { unit: Some(unit.to_owned()), ..self }
    }

    pub(crate) fn of(self, plugin: &str) -> Self {
        Self { plugin: plugin.to_owned(), ..self }
    }

    pub(crate) fn saying(self, stderr: String) -> Self {
        Self { stderr, ..self }
    }

    /// What it did, without saying who.
    pub(crate) fn told(&self) -> String {
        let said = self.stderr.lines().last().map(|line| format!("; it said: {line}")).unwrap_or_default();
        let unit = self.unit.as_ref().map(|unit| format!("at {unit}: ")).unwrap_or_default();
        format!("{unit}{}{said}", self.message)
    }

    /// What can be done about it.
    pub(crate) fn hint(&self) -> String {
        match self.kind {
            FaultKind::Mistake => format!(
                "this is a mistake of the plugin, not of your catalogue: tell its author, and run `regimen plugin test` on \
                 it; to build without it, take `exporters.{}` out or name the others after `--only`",
                self.plugin
            ),
            FaultKind::Start => format!(
                "look at `exporters.{}.process` in `regimen.yaml`: its first word is a program that may be run; a script names its \
                 interpreter, as in `[python3, plugins/cards.py]`, or is made executable (`chmod +x`)",
                self.plugin
            ),
            FaultKind::Changed => "build again, which says what changed".to_owned(),
            FaultKind::Limit => format!(
                "a plugin has 60 s unless `exporters.{}.timeout` says otherwise, may answer 256 MiB and describe itself in 1 MiB, and may \
                 make {} files",
                self.plugin, MOST_FILES
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "plugin `{}`", self.plugin)?;
        if let Some(unit) = &self.unit {
            write!(f, " at {unit}")?;
        }
        write!(f, ": {}", self.message)?;
        if !self.stderr.is_empty() {
            f.write_str("; it said:")?;
            let lines: Vec<&str> = self.stderr.lines().collect();
            for line in &lines[lines.len().saturating_sub(SHOWN)..] {
                write!(f, "\n    {line}")?;
            }
        }
        Ok(())
    }
}

/// How many lines of its standard error are shown.
const SHOWN: usize = 12;
