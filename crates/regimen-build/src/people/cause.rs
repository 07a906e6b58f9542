//! Why a person's files were made.

use std::fmt;

use regimen_catalog::join;

/// Why a person's files were made and not left as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Nothing is remembered of them.
    NotRemembered,
    /// Their row.
    Row,
    /// Their part of the catalogue, which was this one before.
    Catalog(u64),
    /// An exporter, its options, or which of them run.
    Exporters,
    /// The program, the project file or a language.
    Program,
    /// A file of theirs.
    Files,
    /// Nothing changed, but exporters have something to say of them.
    Findings,
}

/// Why the files of a person were made. It names files of the catalogue, and nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There were none in the output folder.
    New,
    /// The last build of them had an error, or was on another machine.
    NotRemembered,
    /// Their row changed, or a schedule that it names.
    Row,
    /// These files of the catalogue changed; none if it is not known which.
    Catalog(Vec<String>),
    /// An exporter or its options changed, or others run.
    Exporters,
    /// The program, `regimen.yaml` or a language changed.
    Program,
    /// A file of theirs is missing or was changed.
    Files,
    /// Nothing changed, but an exporter has something to say of them, which comes again with each build.
    Findings,
}

/// So many files are named.
const NAMED: usize = 3;

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = match self {
            Self::New => "new in this folder",
            Self::NotRemembered => "their last build had an error, or was on another machine",
            Self::Row => "their row changed",
            Self::Catalog(files) if files.is_empty() => "the catalogue changed",
            Self::Catalog(files) => {
                let named: Vec<_> = files.iter().map(|file| format!("`{file}`")).collect();
                f.write_str(&join::first(&named, NAMED))?;
                " changed"
            }
            Self::Exporters => "an exporter or its options changed, or others run than last time",
            Self::Program => "the program, `regimen.yaml` or a language changed",
            Self::Files => "a file of theirs is missing or was changed",
            Self::Findings => "an exporter had something to say, and is asked again",
        };
        f.write_str(text)
    }
}
