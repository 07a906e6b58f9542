//! The folder for what is kept of a user, outside of every catalogue and of every cache.

use std::path::PathBuf;

/// The variable that names another folder.
pub(crate) const VARIABLE: &str = "REGIMEN_HOME";

/// The folder of this user; it need not exist yet.
pub(crate) fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Some(folder.into());
    }
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let data = if cfg!(windows) {
        // Caches are in another folder of the profile.
        set("APPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        set("XDG_DATA_HOME").or_else(|| set("HOME").map(|home| home.join(".local/share")))
    };
    Some(data?.join("regimen"))
}
