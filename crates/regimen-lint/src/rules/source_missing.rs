//! `source-missing`: advice that rests on nothing.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};

pub(super) static RULE: Rule = Rule {
    code: "source-missing",
    severity: Severity::Warning,
    summary: "A guide names its sources",
    explanation:
        "A guide tells people what to do with their bodies. Readers, and whoever reviews it, need to see what it \
rests on. Every guide lists at least one entry of `sources/`.

Wrong:

```yaml
title: Calf care
summary: Why runners need strong calves.
```

Right:

```yaml
title: Calf care
summary: Why runners need strong calves.
sources: [who-2020]
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for guide in view.catalog.guides.values().filter(|guide| guide.sources.is_empty()) {
        let place = Place::key(guide.file.clone(), FieldPath::root().key("sources"));
        let finding = report.finding(format!("the guide `{}` names no source", guide.id)).at(place, "");
        report.add(finding.help("add the publication to `sources/`, and its id to `sources:` in the front matter"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn guides_name_their_sources() {
        let of = |more: &str| {
            let guide = format!("---\ntitle: T\nsummary: S.\n{more}---\nText.\n");
            let source = "kind: article\nauthors: [Doe J]\nyear: 2020\ntitle: T\n";
            Lint::new().file("guides/g.md", &guide).file("sources/doe-2020.yaml", source).of("source-missing")
        };
        assert_eq!(of(""), ["guides/g.md:2 the guide `g` names no source"]);
        assert_eq!(of("sources: [doe-2020]\n"), [""; 0]);
    }
}
