//! What is said of entries that are not as this user's builds left them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use regimen_catalog::Diagnostic;

use super::FORM;

/// As many are named.
const NAMED: usize = 3;

/// Entries that did not fit, by their paths below the folder of their form.
#[derive(Debug, Default)]
pub(super) struct Misfits(Mutex<BTreeSet<String>>);

impl Misfits {
    pub(super) fn add(&self, path: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
    }

    /// One finding for all of them, which are told once.
    pub(super) fn take(&self, folder: &Path) -> Option<Diagnostic> {
        let all = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        let named: Vec<String> = all.iter().take(NAMED).map(|path| format!("`{FORM}/{path}`")).collect();
        let (what, were) = match all.len() {
            0 => return None,
            1 => ("an entry".to_owned(), "is not as your builds left it, and was made again"),
            many => (format!("{many} entries"), "are not as your builds left them, and were made again"),
        };
        let more = if all.len() > NAMED { ", ..." } else { "" };
        let message = format!("{what} of the build cache in `{}` {were}: {}{more}", folder.display(), named.join(", "));
        Some(Diagnostic::warning("cache-entry", message).help(
            "unless the disk was full or the machine stopped, somebody else writes to this folder: take the right to do so away, or \
             name a folder of your own with `--cache`",
        ))
    }
}
