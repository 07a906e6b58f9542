//! What a file system tells of a file without a look at its bytes.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// The state of a file without a look at its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Stamp {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// When it was last changed, in nanoseconds since 1970, as far as its file system tells.
    pub(crate) modified: i64,
}

impl Stamp {
    /// The state of a file that is open or was looked at.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        Self { size: metadata.len(), modified }
    }
}
