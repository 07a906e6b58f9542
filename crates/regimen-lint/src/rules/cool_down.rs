//! `cool-down`: strength sessions end calmly.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::vocabulary::SessionKind;

pub(super) static RULE: Rule = Rule {
    code: "cool-down",
    severity: Severity::Warning,
    summary: "Strength sessions end with a cool-down",
    explanation:
        "A few calm minutes bring heart and breath down and leave room for stretches, which are best done warm. \
A session of kind `strength` needs something under `cool_down`.

Wrong:

```yaml
kind: strength
duration: 30 min
main:
  - exercise: deadlift
```

Right:

```yaml
kind: strength
duration: 35 min
main:
  - exercise: deadlift
cool_down:
  - exercise: easy-walk
    dose: {time: 3 min, rpe: 2}
```
",
    sources: &[Citation {
        text: "NHS inform 2022: Warm-up and cool-down",
        address: Some(
            "https://www.nhsinform.scot/healthy-living/keeping-active/before-and-after-exercise/warm-up-and-cool-down/",
        ),
    }],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let strength = view.catalog.sessions.values().filter(|session| session.kind == SessionKind::Strength);
    for session in strength.filter(|session| session.cool_down.is_empty()) {
        let place = Place::key(session.file.clone(), FieldPath::root().key("cool_down"));
        let finding =
            report.finding(format!("the strength session `{}` has no cool-down (NHS inform 2022)", session.id));
        report.add(finding.at(place, "").help("add `cool_down:`, such as an easy walk and a stretch"));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn strength_sessions_need_one() {
        let of = |kind: &str, more: &str| {
            let text =
                format!("kind: {kind}\nduration: 9 min\nmain: [{{exercise: hinge}}]\n{more}words: {{name: S}}\n");
            Lint::new().file("sessions/s.yaml", &text).of("cool-down")
        };
        assert_eq!(
            of("strength", ""),
            ["sessions/s.yaml:1 the strength session `s` has no cool-down (NHS inform 2022)"]
        );
        assert_eq!(of("strength", "cool_down: [{exercise: stretch}]\n"), [""; 0]);
        assert_eq!(of("run", ""), [""; 0]);
    }
}
