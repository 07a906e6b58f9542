//! `unknown-placeholder`: names in the lines around pages that nothing fills in.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, Place, Spot};
use regimen_model::language::names;
use regimen_model::model::ProjectWords;
use regimen_model::suggest::nearest;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (tag, words) in &catalog.project_words {
        let lines = [("header", &words.header), ("footer", &words.footer)];
        // A line that stands in is read where it is written.
        for (key, line) in lines.into_iter().filter(|(_, line)| line.language().is_none()) {
            for wrong in names(line).filter(|name| !ProjectWords::NAMES.contains(name)) {
                let (file, path) = catalog.project_words_place(tag);
                let spot = Spot::Within(path.key(key), format!("{{{wrong}}}").into());
                findings.push(unknown(key, wrong).at(Place { file, spot }, ""));
            }
        }
    }
    findings
}

fn unknown(key: &str, wrong: &str) -> Diagnostic {
    let known: Vec<_> = ProjectWords::NAMES.iter().map(|name| format!("`{{{name}}}`")).collect();
    let near = nearest(wrong, ProjectWords::NAMES.into_iter()).map(|near| format!("did you mean `{{{near}}}`? "));
    let help = format!("{}a {key} knows {}", near.unwrap_or_default(), known.join(", "));
    Diagnostic::error("unknown-placeholder", format!("nothing fills in `{{{wrong}}}` in the {key}")).help(help)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn lines_around_pages_name_what_is_filled_in() {
        let lint =
            |words: &str| Lint::new().file("regimen.yaml", &format!("language: en\nwords: {{title: T, {words}}}\n"));
        assert_eq!(lint("header: '{title}, {date}', footer: 'Page {page} of {pages}'").all(), [""; 0]);
        let unknown = "unknown-placeholder: nothing fills in";
        let found = lint("header: 'To {reader}'").all();
        assert!(
            matches!(&found[..], [one] if one.contains(unknown) && one.contains("`{reader}` in the header")),
            "{found:?}"
        );
        let german = lint("header: H").file("regimen.de.yaml", "title: T\nfooter: 'Seite {seite}'\n").all();
        let seite =
            german.iter().any(|one| one.starts_with("regimen.de.yaml:2") && one.contains("`{seite}` in the footer"));
        assert!(seite, "{german:?}");
    }
}
