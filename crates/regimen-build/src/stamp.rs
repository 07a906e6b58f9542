//! What a file system tells of a file without a look at its bytes.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// The state of a file without a look at its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Stamp {
    /// Its size in bytes.
    pub(crate) size: u64,
    /// When its bytes were last changed, in nanoseconds since 1970, as far as its file system tells. Programs can set it.
    pub(crate) modified: i64,
    /// When its bytes, name or rights were last changed, in nanoseconds since 1970; 0 where a system does not tell. No
    /// program can set it, so a file that was replaced by one of the same size and time is noticed.
    pub(crate) changed: i64,
}

impl Stamp {
    /// The state of a file that is open or was looked at.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok();
        let since = modified.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = since.and_then(|since| i64::try_from(since.as_nanos()).ok()).unwrap_or_default();
        Self { size: metadata.len(), modified, changed: changed(metadata) }
    }

    /// Nanoseconds since 1970 from two fields of a system's answer.
    #[cfg(unix)]
    pub(crate) fn nanoseconds(seconds: i64, nanoseconds: i64) -> i64 {
        seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds).max(0)
    }

    /// When anything of it was changed.
    pub(crate) fn latest(self) -> i64 {
        self.modified.max(self.changed)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt as _;
    Stamp::nanoseconds(metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}
