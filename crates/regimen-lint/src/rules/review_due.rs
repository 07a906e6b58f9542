//! `review-due`: a guide that nobody has read again for years.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::CatalogView;
use jiff::civil::Date;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use rust_decimal::Decimal;

const MONTHS: Threshold = Threshold {
    key: "months",
    default: "36",
    other: "24",
    amount: Amount::Count,
    meaning: "how far a guide's `reviewed_on` may lie behind the newest date in the catalogue",
};

pub(super) static RULE: Rule = Rule {
    code: "review-due",
    severity: Severity::Info,
    summary: "Guides are reviewed again",
    explanation: "Guidance changes. A guide whose `reviewed_on` lies far behind may still advise what nobody advises any \
more. No clock is read: the guide's date is compared with the newest `revised` or `reviewed_on` in the catalogue, so the \
finding comes when somebody works on the catalogue, and is the same on every machine.

Wrong, in a catalogue that was revised in 2027:

```yaml
title: Calf care
reviewed_on: 2021-03-01
```

Right, after reading it again:

```yaml
title: Calf care
reviewed_on: 2027-01-10
```
",
    sources: &[CONVENTION],
    thresholds: &[MONTHS],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let Some(newest) = view.catalog.newest_revision() else { return };
    for guide in view.catalog.guides.values() {
        let Some(reviewed) = guide.reviewed_on else { continue };
        let months = months_between(reviewed, newest);
        if Decimal::from(months) > report.limit(&MONTHS) {
            let message = format!(
                "the guide `{}` was last reviewed {months} months before {newest}{}",
                guide.id,
                report.basis(None, &[&MONTHS])
            );
            let place = Place::value(guide.file.clone(), FieldPath::root().key("reviewed_on"));
            let help = "read it again, correct what has changed, and set `reviewed_on` to the day";
            report.add(report.finding(message).at(place, "").help(help));
        }
    }
}

/// Whole months from one day to a later one.
fn months_between(from: Date, to: Date) -> i32 {
    let months = i32::from(to.year() - from.year()) * 12 + i32::from(to.month() - from.month());
    months - i32::from(to.day() < from.day())
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn old_guides_are_read_again() {
        let of = |reviewed: &str| {
            let guide = format!("---\ntitle: T\nsummary: S.\nreviewed_on: {reviewed}\n---\nText.\n");
            let project = "language: en\nrevised: 2027-01-10\nwords: {title: T}\n";
            Lint::new().file("guides/g.md", &guide).file("regimen.yaml", project).of("review-due")
        };
        assert_eq!(of("2023-12-10"), ["guides/g.md:4 the guide `g` was last reviewed 37 months before 2027-01-10"]);
        assert_eq!(of("2023-12-11"), [""; 0]);
    }
}
