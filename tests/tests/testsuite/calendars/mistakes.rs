//! What readers are known to get wrong although the file is right. Nothing of ours bends to it.

/// A reader, what it gets wrong, and how the names of the files begin in which it does.
const EXCUSES: &[(&str, &str, &[&str])] = &[(
    "caldata",
    "it takes zones by their name from tz data of 2025, which has another hour for the change in Moldova, and refuses \
     a session in that hour",
    &["europe-chisinau-2027-03-28"],
)];

/// Why a reader gets a file wrong, if it does.
pub(super) fn excuse(reader: &str, file: &str) -> Option<&'static str> {
    let excused = |files: &[&str]| files.iter().any(|start| file.starts_with(start));
    EXCUSES.iter().find(|(name, _, files)| *name == reader && excused(files)).map(|(_, why, _)| *why)
}
