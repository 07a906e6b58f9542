//! What can go wrong besides findings. Each kind has one exit code in the program's table.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::untrusted::Untrusted;

/// Why there is no build, or why it was not published.
#[derive(Debug)]
pub enum Error {
    /// The request cannot be meant, such as an unknown name after `--only`.
    Usage {
        /// What is wrong.
        message: String,
        /// The way out.
        help: String,
    },
    /// The build has findings that are errors, so nothing was written.
    Findings {
        /// How many.
        errors: usize,
    },
    /// The operating system said no.
    Io {
        /// What was tried, such as "write".
        action: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Writing could destroy something that this program did not make, so nothing was written.
    Refused(Vec<Refusal>),
    /// Mistakes of this program or of its exporters.
    Bugs(Vec<Bug>),
    /// External plugins did what they may not, or broke off.
    Faults(Vec<Fault>),
    /// External plugins that their user has not trusted, so nothing was started.
    Untrusted(Vec<Untrusted>),
}

/// Something in the way of publishing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The file or folder.
    pub path: PathBuf,
    /// What is the matter with it.
    pub reason: Reason,
}

/// Why a file or folder is left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The output folder is a file.
    OutputIsNotAFolder,
    /// The output folder is the catalogue or lies inside it.
    OutputInCatalog,
    /// The catalogue lies in the folder of an exporter, whose files could overwrite the author's.
    CatalogInOutput,
    /// The output folder cannot be told before it exists, as in `new/../other`.
    OutputIsUnclear,
    /// The output folder holds something, but no manifest.
    NotOurFolder,
    /// Another build has locked the output folder.
    OtherBuild,
    /// A file or folder that was moved or changed while the build was running.
    ChangedMeanwhile,
    /// The manifest does not read as one.
    DamagedManifest(String),
    /// The manifest comes from a later version.
    LaterManifest(u64),
    /// A symbolic link below the output folder.
    Link,
    /// A file that is not in the manifest, where one has to be written.
    NotOurFile,
    /// A file that was changed after it was written, where a new one has to be written.
    EditedFile,
    /// A file where a folder has to be.
    FileInsteadOfFolder,
    /// A folder where a file has to be.
    FolderInsteadOfFile,
    /// A device, pipe or socket.
    NotAFile,
    /// A folder to join that is in the folder for the result, or around it.
    ShareInOutput,
    /// A folder to join that has other files of somebody than another folder has, or of what people share if `id` is empty.
    OtherShare {
        /// Whose files.
        id: String,
        /// The other folder.
        other: PathBuf,
    },
    /// A file of a folder to join that is not what its last build was to write.
    UnfinishedShare,
    /// A file that a folder to join should have.
    MissingInShare,
}

/// A mistake of this program or of an exporter, caught before it did harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bug {
    /// The exporter.
    pub exporter: String,
    /// What it was working on, if it had started.
    pub unit: Option<String>,
    /// What went wrong.
    pub message: String,
}

impl Error {
    /// What can be done about it, each as an instruction.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Usage { help, .. } => vec![help.clone()],
            Self::Findings { .. } => vec!["mend the findings above and build again".into()],
            Self::Io { source, .. } => vec![io_hint(source).into()],
            Self::Refused(refusals) => {
                let mut hints: Vec<String> = Vec::new();
                for hint in refusals.iter().map(|refusal| refusal.reason.hint()) {
                    if !hints.iter().any(|known| known == hint) {
                        hints.push(hint.into());
                    }
                }
                hints
            }
            Self::Faults(faults) => {
                let hints: BTreeSet<String> = faults.iter().map(Fault::hint).collect();
                hints.into_iter().collect()
            }
            Self::Untrusted(plugins) => {
                let hints: BTreeSet<String> = plugins.iter().map(Untrusted::hint).collect();
                hints.into_iter().collect()
            }
            Self::Bugs(_) => vec![
                "this is a mistake in the program, not in your catalogue: please report it with this message; \
                 `--only` with the other exporters still builds"
                    .into(),
            ],
        }
    }

    /// The same where the build was told to keep going, so that only the files concerned are missing.
    pub fn of_a_part(&self) -> String {
        match self {
            Self::Findings { errors: 1 } => "there is 1 error; the files that it concerns were not written".to_owned(),
            Self::Findings { errors } => {
                format!("there are {errors} errors; the files that they concern were not written")
            }
            Self::Faults(faults) => format!("a plugin failed, so its files were not written{}", Listed(faults)),
            Self::Bugs(bugs) => {
                format!("an exporter failed, so the files of its unit were not written{}", Listed(bugs))
            }
            Self::Refused(refusals) => {
                format!("not everything was written{}", Listed(refusals))
            }
            Self::Usage { .. } | Self::Io { .. } | Self::Untrusted(_) => self.to_string(),
        }
    }

    /// An input or output error as a function for `map_err`.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { action, path, source }
    }

    /// One thing in the way.
    pub(crate) fn refused(path: impl Into<PathBuf>, reason: Reason) -> Self {
        Self::Refused(vec![Refusal { path: path.into(), reason }])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage { message, .. } => f.write_str(message),
            Self::Findings { errors: 1 } => f.write_str("nothing was written: there is 1 error"),
            Self::Findings { errors } => {
                write!(f, "nothing was written: there are {errors} errors")
            }
            Self::Io { action, path, source } => write!(f, "cannot {action} `{}`: {source}", path.display()),
            Self::Refused(refusals) => {
                f.write_str("nothing was written")?;
                some(f, refusals)
            }
            Self::Faults(faults) => {
                f.write_str("a plugin failed, so nothing was written")?;
                some(f, faults)
            }
            Self::Untrusted(plugins) => {
                f.write_str(
                    "you have not trusted a plugin of this catalogue, so nothing was started and nothing was written",
                )?;
                some(f, plugins)
            }
            Self::Bugs(bugs) => {
                f.write_str("an exporter broke off, so nothing was written")?;
                some(f, bugs)
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Usage { .. }
            | Self::Findings { .. }
            | Self::Refused(_)
            | Self::Bugs(_)
            | Self::Faults(_)
            | Self::Untrusted(_) => None,
        }
    }
}

/// How many things of a kind a message lists.
const LISTED: usize = 10;

/// The first of several things, after a colon.
struct Listed<'a, T>(&'a [T]);

impl<T: fmt::Display> fmt::Display for Listed<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        some(f, self.0)
    }
}

fn some(f: &mut fmt::Formatter<'_>, all: &[impl fmt::Display]) -> fmt::Result {
    for (index, one) in all.iter().take(LISTED).enumerate() {
        write!(f, "{}{one}", if index == 0 { ": " } else { "; " })?;
    }
    match all.len().saturating_sub(LISTED) {
        0 => Ok(()),
        more => write!(f, "; and {more} more"),
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path.display(), self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutputIsNotAFolder => "is to be the output folder, but is not a folder",
            Self::OutputInCatalog => {
                "is to be the output folder, but belongs to the catalogue, which would then read its own output"
            }
            Self::CatalogInOutput => "is the catalogue, and an exporter would write into it",
            Self::OutputIsUnclear => "leads through a folder that does not exist and out of it again",
            Self::NotOurFolder => "is not empty, and holds no manifest of an earlier build",
            Self::OtherBuild => "is being written to by another build",
            Self::ChangedMeanwhile => "was moved or changed while this build was running",
            Self::DamagedManifest(reason) => {
                return write!(f, "is damaged ({reason}), so it does not say which files are output");
            }
            Self::LaterManifest(version) => {
                return write!(f, "has format {version}, which a later version of this program wrote");
            }
            Self::Link => "is a symbolic link, which is never followed below the output folder",
            Self::NotOurFile => "is in the way of a new file, and no build wrote it",
            Self::EditedFile => "was changed by hand after a build wrote it, and would be overwritten",
            Self::FileInsteadOfFolder => "is a file in the way of a folder, and no build wrote it as it is now",
            Self::FolderInsteadOfFile => "is a folder in the way of a file, and holds more than output",
            Self::NotAFile => "is neither a file nor a folder",
            Self::ShareInOutput => "is to be joined, but is in the folder for the result or around it",
            Self::OtherShare { id, other } if id.is_empty() => {
                return write!(f, "has other pictures under the same names than `{}`", other.display());
            }
            Self::OtherShare { id, other } => {
                return write!(f, "has other files of `{id}` than `{}`", other.display());
            }
            Self::UnfinishedShare => "is not as its build was to write it",
            Self::MissingInShare => "is missing",
        })
    }
}

impl Reason {
    pub(crate) fn hint(&self) -> &'static str {
        match self {
            Self::OutputIsNotAFolder | Self::OutputInCatalog | Self::CatalogInOutput | Self::OutputIsUnclear => {
                "choose a folder outside the catalogue with `--out`"
            }
            Self::NotOurFolder => {
                "choose an empty or new folder with `--out`; or build into this one with `--adopt`, \
                 which overwrites files of the same names and leaves all others alone"
            }
            Self::OtherBuild => "wait until it has ended and build again, or choose another folder with `--out`",
            Self::ChangedMeanwhile => "build again",
            Self::DamagedManifest(_) => {
                "build with `--adopt`, which starts a new manifest; or delete the output folder, if nothing in it is \
                 yours, and build again"
            }
            Self::LaterManifest(_) => "build with that version of the program, or choose another folder with `--out`",
            Self::Link => "remove the link, or give `--out` the folder that it leads to",
            Self::NotOurFile | Self::EditedFile => {
                "move it elsewhere to keep it, or overwrite it with `--adopt`; \
                 lasting changes belong in the catalogue"
            }
            Self::FileInsteadOfFolder | Self::FolderInsteadOfFile | Self::NotAFile => {
                "move it elsewhere, or choose another folder with `--out`"
            }
            Self::ShareInOutput => "choose a folder beside those to join with `--out`",
            Self::OtherShare { .. } => {
                "build each share once, with the same catalogue, roster and version of this program, and name each folder once"
            }
            Self::UnfinishedShare | Self::MissingInShare => "build that share again, then join again",
        }
    }
}

impl fmt::Display for Bug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "exporter `{}`", self.exporter)?;
        if let Some(unit) = &self.unit {
            write!(f, " at {unit}")?;
        }
        write!(f, ": {}", self.message)
    }
}

fn io_hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space and build again: published files that did not change are not written a second time"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "ask for the right to write there, or choose another folder with `--out`"
        }
        _ => "choose another folder with `--out`, or build again when the cause is gone",
    }
}
