//! Files that exporters make, and the only paths that they may have.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

/// A file to publish.
///
/// ```
/// let file = regimen_export::Artifact { path: "calf-raise.txt".parse().unwrap(), bytes: "Calf raise".into() };
/// assert_eq!(file.path.as_str(), "calf-raise.txt");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where, below the exporter's own folder.
    pub path: ArtifactPath,
    /// What.
    pub bytes: Vec<u8>,
}

/// A path that is safe on every system: relative, `/` between its parts, NFC, nothing that leads elsewhere.
///
/// ```
/// use regimen_export::ArtifactPath;
/// assert!("guides/hamstrings.pdf".parse::<ArtifactPath>().is_ok());
/// for bad in ["../x", "/x", "a//b", "a\\b", "con.pdf", "x.", "a:b", ""] {
///     assert!(bad.parse::<ArtifactPath>().is_err(), "{bad}");
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArtifactPath(
    // A build of thousands of files has each path in several tables, so the text is shared.
    Arc<str>,
);

/// The longest part of a path, in bytes.
///
/// ```
/// use regimen_export::{ArtifactPath, artifact::MAX_PART};
/// assert!("a".repeat(MAX_PART).parse::<ArtifactPath>().is_ok());
/// assert!("a".repeat(MAX_PART + 1).parse::<ArtifactPath>().is_err());
/// ```
pub const MAX_PART: usize = 200;
/// The longest path, in bytes.
///
/// ```
/// use regimen_export::{ArtifactPath, artifact::MAX_PATH};
/// let longest = "a/".repeat(MAX_PATH / 2 - 1) + "ab";
/// assert!(longest.len() == MAX_PATH && longest.parse::<ArtifactPath>().is_ok());
/// assert!(format!("{longest}c").parse::<ArtifactPath>().is_err());
/// ```
pub const MAX_PATH: usize = 1000;

impl ArtifactPath {
    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is the same for two paths that some systems cannot keep apart.
    ///
    /// ```
    /// use regimen_export::ArtifactPath;
    /// let [one, other] = ["Calf.txt", "calf.txt"].map(|path| path.parse::<ArtifactPath>().unwrap());
    /// assert!(one != other && one.folded() == other.folded());
    /// ```
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }

    /// This path below a folder, such as an exporter's own.
    ///
    /// ```
    /// let path: regimen_export::ArtifactPath = "calf.txt".parse().unwrap();
    /// assert_eq!(path.below("de").unwrap().as_str(), "de/calf.txt");
    /// assert!(path.below("..").is_err());
    /// ```
    ///
    /// # Errors
    /// If the whole is not a safe path.
    pub fn below(&self, folder: &str) -> Result<Self, BadPath> {
        format!("{folder}/{}", self.0).parse()
    }
}

impl fmt::Display for ArtifactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is not a safe path.
///
/// ```
/// let bad = "a//b".parse::<regimen_export::ArtifactPath>().unwrap_err();
/// let expected = "`a//b` is not a path that a file can be written to: it starts or ends with `/`, or has an empty part";
/// assert_eq!(bad.to_string(), expected);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPath {
    path: String,
    reason: &'static str,
}

impl fmt::Display for BadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a path that a file can be written to: {}", self.path.escape_debug(), self.reason)
    }
}

impl std::error::Error for BadPath {}

impl FromStr for ArtifactPath {
    type Err = BadPath;

    fn from_str(path: &str) -> Result<Self, BadPath> {
        let bad = |reason| Err(BadPath { path: path.chars().take(200).collect(), reason });
        if path.is_empty() || path.len() > MAX_PATH {
            return bad("it is empty or longer than 1000 bytes");
        }
        if path.nfc().ne(path.chars()) {
            return bad("its characters are not in Unicode's composed form (NFC)");
        }
        match path.split('/').find_map(wrong_part) {
            Some(reason) => bad(reason),
            None => Ok(Self(path.into())),
        }
    }
}

fn wrong_part(part: &str) -> Option<&'static str> {
    // With marks that turn the direction of text, a name reads as another one than it is.
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let forbidden = |c: char| c.is_control() || turns(c) || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*');
    if part.is_empty() {
        Some("it starts or ends with `/`, or has an empty part")
    } else if part == "." || part == ".." {
        Some("it has a part `.` or `..`")
    } else if part.len() > MAX_PART {
        Some("a part is longer than 200 bytes")
    } else if part.chars().any(forbidden) {
        Some("it has a control character, a mark that turns the direction of text, or one of \\ : < > \" | ? *")
    } else if part.ends_with(['.', ' ']) {
        Some("a part ends with a dot or a space")
    } else if is_device(part) {
        Some("a part is the name of a device on Windows")
    } else {
        None
    }
}

fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or(part).trim_end().to_ascii_uppercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.chars().count() == 1 && n.chars().all(|c| "123456789¹²³".contains(c)))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$") || numbered("COM") || numbered("LPT")
}
