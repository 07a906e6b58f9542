//! Files that are in the folder of a kind, but have another ending than its entries: authors take them for content.

use super::layout::LANGUAGES;
use super::table;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::reference::Kind;

/// The most findings for one folder.
const MOST: usize = 5;
/// Copies that editors, merges and sync programs leave beside a file.
const COPIES: [&str; 9] = ["~", ".bak", ".swp", ".swo", ".orig", ".rej", ".tmp", ".part", "#"];
/// Notes to people who look into a folder, and what systems and licence tools keep in it.
const NOTES: [&str; 9] =
    ["readme", "license", "licence", "copying", "notice", "changelog", "makefile", "thumbs.db", "desktop.ini"];

/// Whether a file is none of an author's content, by its name.
fn is_no_content(name: &str) -> bool {
    let name = name.to_lowercase();
    let is_note = |note: &str| name.strip_prefix(note).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    COPIES.iter().any(|ending| name.ends_with(ending))
        || NOTES.iter().any(|note| is_note(note))
        || name.ends_with(".license")
}

/// A warning for each of these files, whose endings are none that a catalogue has.
pub(super) fn findings(mut files: Vec<FilePath>) -> Vec<Diagnostic> {
    files.sort();
    let mut findings = Vec::new();
    for (folder, ending) in folders() {
        let below = |file: &&FilePath| file.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let strays = files.iter().filter(below).filter(|file| !is_no_content(name_of(file)));
        let strays: Vec<&FilePath> = strays.collect();
        findings.extend(strays.iter().take(MOST).map(|file| finding(file, folder, ending)));
        if strays.len() > MOST {
            let message = format!("{} more files of `{folder}/` are not read", strays.len() - MOST);
            let more = Diagnostic::warning("unread-file", message).at(Place::file(FilePath::clone(strays[MOST])), "");
            findings
                .push(more.help(format!("files of `{folder}/` end in `{ending}`; keep others outside the catalogue")));
        }
    }
    findings
}

fn folders() -> impl Iterator<Item = (&'static str, &'static str)> {
    Kind::ALL.into_iter().map(|kind| (kind.folder(), kind.ending())).chain([(LANGUAGES, ".yaml")])
}

fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// A table beside programmes that no grid has its weeks in.
pub(super) fn unnamed_table(file: &FilePath) -> Diagnostic {
    let message = format!("`{file}` is not read: no grid of a programme names it");
    let help = format!(
        "name it in the grid of its programme, `grid: {{file: {}}}`, or keep it outside the catalogue",
        name_of(file)
    );
    Diagnostic::warning("unread-file", message).at(Place::file(FilePath::clone(file)), "").help(help)
}

fn finding(file: &FilePath, folder: &str, ending: &str) -> Diagnostic {
    if table::is_table(file) {
        return unnamed_table(file);
    }
    let name = name_of(file);
    // `squat.yaml.txt` is what some editors make of `squat.yaml`.
    let known = name.find(&format!("{ending}."));
    let stem = known.or_else(|| name.rfind('.')).and_then(|end| name.get(..end)).filter(|stem| !stem.is_empty());
    let message = format!("`{file}` is not read: files of `{folder}/` end in `{ending}`");
    let help = format!("write it as `{folder}/{}{ending}`, or keep it outside the catalogue", stem.unwrap_or(name));
    Diagnostic::warning("unread-file", message).at(Place::file(FilePath::clone(file)), "").help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(files: &[&str]) -> Vec<String> {
        let all = findings(files.iter().map(|file| FilePath::from(*file)).collect());
        all.into_iter().map(|finding| format!("{}; {}", finding.message, finding.help.unwrap_or_default())).collect()
    }

    #[test]
    fn files_that_look_like_content_are_named_with_the_ending_that_is_read() {
        for (file, why, meant) in [
            ("guides/x.markdown", "files of `guides/` end in `.md`", "guides/x.md"),
            ("exercises/notes.txt", "files of `exercises/` end in `.yaml`", "exercises/notes.yaml"),
            ("exercises/squat.json", "files of `exercises/` end in `.yaml`", "exercises/squat.yaml"),
            ("exercises/squat.yaml.txt", "files of `exercises/` end in `.yaml`", "exercises/squat.yaml"),
            ("exercises/squat", "files of `exercises/` end in `.yaml`", "exercises/squat.yaml"),
            ("exercises/squat.de.json", "files of `exercises/` end in `.yaml`", "exercises/squat.de.yaml"),
            ("programs/x.docx", "files of `programs/` end in `.yaml`", "programs/x.yaml"),
            ("languages/de.toml", "files of `languages/` end in `.yaml`", "languages/de.yaml"),
            ("exercises/legs/squat.json", "files of `exercises/` end in `.yaml`", "exercises/squat.yaml"),
        ] {
            let wanted =
                format!("`{file}` is not read: {why}; write it as `{meant}`, or keep it outside the catalogue");
            assert_eq!(said(&[file]), [wanted]);
        }
    }

    #[test]
    fn a_table_that_no_grid_names_is_said_to_be_one() {
        let said = said(&["programs/plan.csv", "sessions/plan.csv"]);
        let wanted = "`programs/plan.csv` is not read: no grid of a programme names it; name it in the grid of its \
                      programme, `grid: {file: plan.csv}`, or keep it outside the catalogue";
        assert!(said.len() == 2 && said.iter().any(|said| said == wanted), "{said:?}");
    }

    #[test]
    fn copies_and_notes_to_people_are_no_content() {
        let names = [
            "squat.yaml~",
            "squat.yaml.bak",
            "squat.yaml.orig",
            "squat.yaml.swp",
            "#squat.yaml#",
            "README",
            "README.txt",
            "readme.rst",
            "LICENSE",
            "Thumbs.db",
            "squat.yaml.license",
            "Makefile",
        ];
        for name in names {
            assert_eq!(said(&[&format!("exercises/{name}")]), [""; 0], "{name}");
        }
        assert_eq!(said(&["notes.txt", "media/film.mp4", "brand/plan.docx", "exercises-old/a.json"]), [""; 0]);
    }

    #[test]
    fn a_folder_of_other_files_is_a_few_findings() {
        let names: Vec<String> = (10..30).map(|at| format!("exercises/e{at}.json")).collect();
        let said = said(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(said.len(), MOST + 1);
        assert!(said[MOST].starts_with("15 more files of `exercises/` are not read"), "{said:?}");
    }
}
