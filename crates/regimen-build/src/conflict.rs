//! Paths that cannot stand side by side.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Diagnostic;
use regimen_export::ArtifactPath;

use crate::built::{File, UnitOrigin};

/// Names in the output folder that start like this belong to the publisher.
pub(crate) const RESERVED: &str = ".regimen-";

/// A node of the output tree: how it is spelled, whether it is a file, and which unit made it first.
struct Node<'a> {
    spelled: &'a str,
    is_file: bool,
    exporter: &'a str,
    unit: &'a UnitOrigin,
}

impl Node<'_> {
    /// Who makes it, as messages say it.
    fn by(&self) -> String {
        format!("`{}` at {}", self.exporter, self.unit.name)
    }
}

/// Findings for files that would overwrite each other: one path twice, two paths that differ only in the
/// case of their letters (many systems do not keep those apart), or a file where another needs a folder. With the
/// paths of the files that are in conflict.
pub(crate) fn conflicts<'a>(
    files: impl Iterator<Item = (&'a str, &'a File)>,
) -> (Vec<Diagnostic>, BTreeSet<ArtifactPath>) {
    let mut nodes: BTreeMap<String, Node<'a>> = BTreeMap::new();
    let (mut findings, mut paths) = (Vec::new(), BTreeSet::new());
    for (exporter, file) in files {
        let unit = &*file.unit;
        let path = file.path.as_str();
        if path.split('/').any(|part| part.starts_with(RESERVED)) {
            let node = Node { spelled: path, is_file: true, exporter, unit };
            findings.push(reserved(path, &node.by()).at(unit.place(), ""));
            paths.insert(file.path.clone());
        }
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        for end in ends {
            let node = Node { spelled: &path[..end], is_file: end == path.len(), exporter, unit };
            let known = nodes.entry(node.spelled.to_lowercase());
            let known = match known {
                std::collections::btree_map::Entry::Vacant(free) => {
                    free.insert(node);
                    continue;
                }
                std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            };
            if node.is_file || known.is_file || known.spelled != node.spelled {
                findings.push(clash(known, &node));
                paths.insert(file.path.clone());
                paths.extend(known.spelled.parse::<ArtifactPath>().ok().filter(|_| known.is_file));
                break;
            }
        }
    }
    (findings, paths)
}

fn clash(one: &Node<'_>, other: &Node<'_>) -> Diagnostic {
    let (first, second) = (one.spelled, other.spelled);
    let what = if first != second {
        format!("`{first}` and `{second}` differ only in the case of their letters")
    } else if one.is_file && other.is_file {
        format!("the file `{first}` is made twice")
    } else {
        format!("`{first}` is to be both a file and a folder")
    };
    let finding = Diagnostic::error("same-path", format!("{what}: {} and {}", one.by(), other.by()));
    finding.at(other.unit.place(), "").at(one.unit.place(), "the other one").help(
        "give one of the two another id or language; if they differ already, the exporter has to put the \
         difference into its paths",
    )
}

fn reserved(path: &str, by: &str) -> Diagnostic {
    let message = format!("`{path}`, made by {by}, has a name that starts with `{RESERVED}`");
    Diagnostic::error("reserved-path", message)
        .help("the build keeps its own notes under such names; the exporter has to choose another")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn found(paths: &[&str]) -> Vec<String> {
        let files: Vec<File> =
            paths.iter().enumerate().map(|(index, path)| testing::file(path, "", &format!("unit {index}"))).collect();
        let (findings, paths) = conflicts(files.iter().map(|file| ("pdf", file)));
        assert_eq!(findings.is_empty(), paths.is_empty());
        assert!(findings.iter().all(|finding| finding.help.is_some()));
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn different_paths_are_fine() {
        assert_eq!(found(&["pdf/a", "pdf/b/a", "pdf/b/c", "ics/a"]), [""; 0]);
    }

    #[test]
    fn both_units_of_a_clash_are_named() {
        assert_eq!(
            found(&["pdf/a", "pdf/b", "pdf/a"]),
            ["the file `pdf/a` is made twice: `pdf` at unit 0 and `pdf` at unit 2"]
        );
        assert_eq!(
            found(&["pdf/Übung", "pdf/übung"]),
            [
                "`pdf/Übung` and `pdf/übung` differ only in the case of their letters: `pdf` at unit 0 and `pdf` at unit 1"
            ]
        );
        assert_eq!(
            found(&["pdf/A/x", "pdf/a/y"]),
            ["`pdf/A` and `pdf/a` differ only in the case of their letters: `pdf` at unit 0 and `pdf` at unit 1"]
        );
        for paths in [["pdf/a", "pdf/a/b"], ["pdf/a/b", "pdf/a"]] {
            assert_eq!(
                found(&paths),
                ["`pdf/a` is to be both a file and a folder: `pdf` at unit 0 and `pdf` at unit 1"]
            );
        }
    }

    #[test]
    fn the_names_of_the_build_itself_are_taken() {
        assert_eq!(found(&["pdf/.regimen-tmp-1"]).len(), 1);
    }
}
