//! The folder for what is kept of a user, outside of every catalogue and of every cache.

use std::path::PathBuf;

/// The variable that names another folder.
pub(crate) const VARIABLE: &str = "REGIMEN_HOME";

/// The folder of this user; it need not exist yet.
pub(crate) fn folder() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty()) {
        return Some(folder.into());
    }
    // Caches are in another folder of a profile.
    in_profile("APPDATA", "Library/Application Support", ("XDG_DATA_HOME", ".local/share"))
}

/// Our folder in one that the system has: on Windows by a variable, on a Mac below the home folder, elsewhere by a variable of the XDG
/// Base Directory Specification 0.8, or else below the home folder. Only absolute paths count, as that specification says.
pub(crate) fn in_profile(windows: &str, mac: &str, (variable, below_home): (&str, &str)) -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let home = |below: &str| set("HOME").map(|home| home.join(below));
    let folder = if cfg!(windows) {
        set(windows)
    } else if cfg!(target_os = "macos") {
        home(mac)
    } else {
        set(variable).or_else(|| home(below_home))
    };
    Some(folder?.join("regimen"))
}
