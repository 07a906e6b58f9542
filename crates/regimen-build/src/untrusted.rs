//! A plugin that nobody has trusted, and what can be done about it.

use std::fmt;
use std::path::PathBuf;

use crate::shown::escaped;

/// A plugin that was not started, because its user has not trusted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untrusted {
    /// The plugin.
    pub plugin: String,
    /// The folder of its catalogue.
    pub catalog: PathBuf,
    /// The program and its arguments as they are written.
    pub words: Vec<String>,
    /// The program that this would start.
    pub program: PathBuf,
    /// The files that the plugin is made of.
    pub files: Vec<String>,
    /// Why it is not trusted.
    pub why: WhyUntrusted,
}

/// Why a plugin is not trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyUntrusted {
    /// Nobody said that it is.
    New,
    /// It was trusted as it was before.
    Changed(Vec<Change>),
    /// Its files cannot be told, so no trust can be bound to them; in a sentence.
    Unknown(String),
    /// What is trusted cannot be known; in a sentence.
    Unreadable(String),
}

/// What changed of a plugin that was trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its section of the project file.
    Section,
    /// A file of this name is new.
    New(String),
    /// A file has other bytes.
    Other(String),
    /// A file is gone.
    Gone(String),
}

/// The most files that a message names.
const NAMED: usize = 5;
/// The most characters of a name.
const LONGEST: usize = 200;

impl Untrusted {
    /// What can be done about it.
    pub(crate) fn hint(&self) -> String {
        let catalog = self.catalog.display();
        let without = "to build without it, name the other exporters after `--only`";
        let all = "`--trust-plugins` trusts whatever the catalogue has, for your own catalogues and for CI";
        match &self.why {
            WhyUntrusted::New | WhyUntrusted::Changed(_) => format!(
                "a plugin is a program that can do whatever you can: look at its files, then trust it as it is now with `regimen trust \
                 {catalog}`; {all}; {without}"
            ),
            WhyUntrusted::Unknown(_) => {
                format!("put it into its own folder, such as `plugins/{}`; {all}; {without}", self.plugin)
            }
            WhyUntrusted::Unreadable(_) => {
                format!("mend or delete that file, then run `regimen trust {catalog}`; {all}; {without}")
            }
        }
    }
}

impl fmt::Display for Untrusted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { plugin, words, program, files, why, catalog: _ } = self;
        let words: Vec<String> = words.iter().map(|word| escaped(word, LONGEST)).collect();
        write!(
            f,
            "plugin `{plugin}`, which would run `{}` (`{}`)",
            words.join(" "),
            escaped(&program.to_string_lossy(), LONGEST)
        )?;
        let names: Vec<String> = files.iter().take(NAMED).map(|name| format!("`{}`", escaped(name, LONGEST))).collect();
        match files.len().saturating_sub(NAMED) {
            0 if names.is_empty() => f.write_str(", without a file of its own")?,
            0 => write!(f, ", made of {}", names.join(", "))?,
            more => write!(f, ", made of {} and {more} more", names.join(", "))?,
        }
        match why {
            WhyUntrusted::New => Ok(()),
            WhyUntrusted::Changed(changes) => {
                let changes: Vec<String> = changes.iter().take(NAMED).map(ToString::to_string).collect();
                write!(f, "; it was trusted, and has changed since: {}", changes.join(", "))
            }
            WhyUntrusted::Unknown(why) | WhyUntrusted::Unreadable(why) => write!(f, "; {why}"),
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Section => f.write_str("its section in `regimen.yaml`"),
            Self::New(name) => write!(f, "`{}` is new", escaped(name, LONGEST)),
            Self::Other(name) => write!(f, "`{}` is another", escaped(name, LONGEST)),
            Self::Gone(name) => write!(f, "`{}` is gone", escaped(name, LONGEST)),
        }
    }
}
