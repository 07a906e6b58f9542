//! `cut-by-comment`: words that YAML takes for a comment.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: "cut-by-comment",
    severity: Severity::Warning,
    summary: "No `#` in a line cuts off what was meant to be printed",
    explanation: "In YAML a `#` with a blank before it starts a comment, and the rest of the line is not read: a session called \
`Calf day #2` is printed as \"Calf day\", and a colour such as `#1f6f5c` is lost. A comment that is meant has a blank behind its \
`#`, or a line of its own, and is not reported.

Wrong:

```yaml
stop_if:
  - Pain above #3 on the scale.
```

Right:

```yaml
stop_if:
  - \"Pain above #3 on the scale.\"
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

/// The most characters of a comment in a message.
const MOST: usize = 60;

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for file in view.sources.files() {
        for (range, comment) in view.sources.touching_comments(file) {
            let shown: String = comment.chars().take(MOST).collect();
            let finding =
                report.finding(format!("`{}` is read as a comment, and printed nowhere", shown.escape_debug()));
            let help = "put quotes around the whole text, or a blank behind the `#` if it is a comment";
            report.add(finding.at(Place::bytes(file.clone(), range), "").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn what_a_number_sign_cuts_off_is_found() {
        let of = |name: &str| {
            let session = format!(
                "kind: rest\nduration: 1 min\nmain: [{{text: t}}]\nwords:\n  name: {name}\n  texts: {{t: Rest.}}\n"
            );
            Lint::new().file("sessions/s.yaml", &session).of("cut-by-comment")
        };
        assert_eq!(of("Calf day #2 of 3"), ["sessions/s.yaml:5 `#2 of 3` is read as a comment, and printed nowhere"]);
        assert_eq!((of("\"Calf day #2\""), of("Calf day # the second")), (vec![], vec![]));
        let guide = "---\ntitle: Be #1\nsummary: S.\n---\n\nText #2.\n";
        let said = Lint::new().file("guides/g.md", guide).of("cut-by-comment");
        assert_eq!(said, ["guides/g.md:2 `#1` is read as a comment, and printed nowhere"]);
    }
}
