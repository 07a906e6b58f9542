//! What is wrong with a section below `exporters:`, as findings in the project file.

use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Segment};
use regimen_export::{BadOption, OptionProblem};

/// A section with mistakes.
pub(crate) struct BadSection {
    /// The code of its findings.
    pub(crate) code: &'static str,
    /// Who reads it: "the exporter `pdf`".
    pub(crate) owner: String,
    /// Where the options are, from the start of the project file.
    pub(crate) path: FieldPath,
    /// The way out where a mistake names none itself.
    pub(crate) help: String,
}

impl BadSection {
    /// A finding for each mistake, at its key or value.
    pub(crate) fn findings(&self, wrong: Vec<BadOption>) -> Vec<Diagnostic> {
        wrong.into_iter().map(|one| self.finding(one)).collect()
    }

    fn finding(&self, wrong: BadOption) -> Diagnostic {
        let path = self.path.clone().join(wrong.path.clone());
        let (message, place) = match wrong.problem {
            OptionProblem::Unknown => (self.unknown(&wrong.path), Place::key(PROJECT_FILE, path)),
            OptionProblem::Invalid(said) => (format!("`{path}` {said}"), Place::value(PROJECT_FILE, path)),
            OptionProblem::Refused(said) => (format!("`{path}`: {said}"), Place::value(PROJECT_FILE, path)),
        };
        let help = wrong.help.unwrap_or_else(|| self.help.clone());
        Diagnostic::error(self.code, message).at(place, "").help(help)
    }

    fn unknown(&self, path: &FieldPath) -> String {
        match path.0.as_slice() {
            [Segment::Key(key)] => format!("{} has no option `{}`", self.owner, key.escape_debug()),
            [within @ .., Segment::Key(key)] => {
                let within = self.path.clone().join(FieldPath(within.to_vec()));
                format!("`{within}` has no key `{}`", key.escape_debug())
            }
            _ => format!("`{}` is not known", self.path.clone().join(path.clone())),
        }
    }
}
