//! New files for authors, and nothing but new ones: an author's file is never written over.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a new file with the folders that it needs.
///
/// # Errors
/// If there is one of this name already, or the system refuses. Half a file is never left behind.
pub(crate) fn new_file(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).inspect_err(|_| {
        let _already_failed = fs::remove_file(path);
    })
}

/// Writes a page that the program made and may make again.
///
/// # Errors
/// If the system refuses.
#[expect(clippy::disallowed_methods, reason = "pages and schemas are not the result of a build")]
pub(crate) fn page(path: &Path, text: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}
