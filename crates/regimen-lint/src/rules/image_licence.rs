//! `image-licence`: pictures that may be handed out.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::prose::is_blank;
use regimen_model::suggest::nearest;

pub(super) static RULE: Rule = Rule {
    code: "image-licence",
    severity: Severity::Warning,
    summary: "Every picture has a known licence that lets it be handed out and changed",
    explanation: "A handout is a copy, and a clinic that charges for its work is commercial. So a picture needs a licence \
that allows both. Licences are written as SPDX identifiers. Those with `NC` forbid commercial use, those with `ND` forbid \
changes such as cutting or translating a picture; what was agreed with the author otherwise is written as \
`LicenseRef-` and a name of your own, and believed.

Wrong:

```yaml
media:
  - {id: overview, file: media/squat.svg, role: overview, author: A. Author, licence: CC-BY-NC-4.0}
```

Right:

```yaml
media:
  - {id: overview, file: media/squat.svg, role: overview, author: A. Author, licence: CC-BY-4.0}
```
",
    sources: &[Citation { text: "SPDX License List, 2024 and later", address: Some("https://spdx.org/licenses/") }],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// Licences that pictures have and that let everybody hand them out.
const FREE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC-BY-1.0",
    "CC-BY-2.0",
    "CC-BY-2.5",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-1.0",
    "CC-BY-SA-2.0",
    "CC-BY-SA-2.5",
    "CC-BY-SA-3.0",
    "CC-BY-SA-4.0",
    "CC-PDDC",
    "CC0-1.0",
    "FAL",
    "GFDL-1.2-only",
    "GFDL-1.2-or-later",
    "GFDL-1.3-only",
    "GFDL-1.3-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "OFL-1.1",
    "PDDL-1.0",
    "Unlicense",
    "WTFPL",
    "Zlib",
];

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for exercise in view.catalog.exercises.values() {
        // A blank one is an error of its own.
        for (index, media) in exercise.media.iter().enumerate().filter(|(_, media)| !is_blank(&media.licence)) {
            let wrong = media.licence.split([' ', '(', ')']).find_map(|word| problem(word, &media.licence));
            let Some((message, help)) = wrong else { continue };
            let path = FieldPath::root().key("media").index(index).key("licence");
            let finding = report.finding(format!("the picture `{}` of `{}` {message}", media.id, exercise.id));
            report.add(finding.at(Place::value(exercise.file.clone(), path), "").help(help));
        }
    }
}

/// What is wrong with one licence of an expression such as `MIT OR CC0-1.0`.
fn problem(licence: &str, expression: &str) -> Option<(String, String)> {
    let operator = matches!(licence, "OR" | "AND" | "WITH" | "") && !expression.trim().is_empty();
    if operator || FREE.contains(&licence) || licence.starts_with("LicenseRef-") {
        return None;
    }
    let shown = licence.escape_debug();
    let parts = || licence.split('-');
    if licence.starts_with("CC-") && parts().any(|part| part == "NC") {
        let help = "ask the author for leave and write it as `LicenseRef-...`, or take a picture that is free";
        return Some((format!("may not be used commercially (`{shown}`)"), help.into()));
    }
    if licence.starts_with("CC-") && parts().any(|part| part == "ND") {
        let help = "ask the author for leave and write it as `LicenseRef-...`, or take a picture that is free";
        return Some((format!("may not be changed, cut or translated (`{shown}`)"), help.into()));
    }
    let near = nearest(licence, FREE.iter().copied()).map(|near| format!("did you mean `{near}`? "));
    let help = format!("{}an SPDX identifier is meant, such as `CC0-1.0` or `CC-BY-4.0`", near.unwrap_or_default());
    Some((format!("has a licence that is not known: `{shown}`"), help))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Lint;

    #[test]
    fn it_speaks_of_the_licence_of_a_picture() {
        let text = "kind: strength\npattern: hinge\nlaterality: bilateral\nlevel: 1\ndefaults: {reps: 1}\n\
                    muscles: [{target: muscle:soleus, role: prime}]\n\
                    media:\n  - {id: one, file: media/a.svg, role: overview, author: A, licence: CC-BY-NC-4.0}\n\
                    words: {name: N, summary: S., steps: [S.], alt: {one: A heel.}}\n";
        let lint = |text: &str| Lint::new().file("exercises/a.yaml", text).file("media/a.svg", "<svg/>").of(RULE.code);
        assert_eq!(
            lint(text),
            ["exercises/a.yaml:8 the picture `one` of `a` may not be used commercially (`CC-BY-NC-4.0`)"]
        );
        assert_eq!(lint(&text.replace("-NC", "")), [""; 0]);
    }

    #[test]
    fn licences_are_known_and_free() {
        let of = |licence: &str| licence.split(' ').find_map(|word| problem(word, licence)).map(|(message, _)| message);
        for fine in ["CC0-1.0", "MIT OR CC-BY-4.0", "LicenseRef-Clinic"] {
            assert_eq!(of(fine), None, "{fine}");
        }
        assert!(of("CC-BY-ND-4.0").expect("a problem").contains("may not be changed"));
        assert!(of("CC BY 4.0").expect("a problem").contains("not known"));
        assert!(of("").expect("a problem").contains("not known"));
        assert!(problem("CC-BY-SA-4", "CC-BY-SA-4").expect("a problem").1.contains("did you mean `CC-BY-SA-4.0`?"));
    }
}
