//! `short-session`: a session that is shorter than its steps together.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{CatalogView, RunView, sum};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::quantity::Duration;

pub(super) static RULE: Rule = Rule {
    code: "short-session",
    severity: Severity::Warning,
    summary: "A session is as long as its steps together",
    explanation: "The calendar keeps the time of a session free that its `duration` says. Where the steps of its runs take longer, the \
next appointment comes too early, or one of the two is a mistake. Only steps with a time are added up, each at its shortest and as \
often as it is repeated at least; distances and exercises are not counted.

Wrong:

```yaml
duration: 20 min
main:
  - run:
      - {duration: 15 min}
      - {repeat: 4, steps: [{duration: 4 min}, {duration: 3 min, intensity: recovery}]}
```

Right:

```yaml
duration: 45 min
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    for session in view.catalog.sessions.values() {
        let needed = sum(view.runs(session).map(RunView::least_seconds));
        // What is not stated is reckoned from the same steps.
        let Some(planned) = session.duration.filter(|planned| needed > planned.seconds().high()) else { continue };
        let minutes = Duration::minutes(needed);
        let message = format!("the session `{}` lasts {}, but its steps take {minutes}", session.id, planned);
        let place = Place::value(session.file.clone(), FieldPath::root().key("duration"));
        report.add(
            report
                .finding(message)
                .at(place, "")
                .help(format!("write `duration: {minutes}` or more, or shorten the steps")),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn steps_are_added_up_at_their_shortest() {
        let of = |duration: &str| {
            let steps = "{duration: 15-20 min}, {duration: 5 km}, \
                         {repeat: 4, steps: [{duration: 4 min}, {duration: 150 s, intensity: recovery}]}";
            let text = format!("kind: run\nduration: {duration}\nmain: [{{run: [{steps}]}}]\nwords: {{name: S}}\n");
            Lint::new().file("sessions/s.yaml", &text).of("short-session")
        };
        assert_eq!(of("20 min"), ["sessions/s.yaml:2 the session `s` lasts 20 min, but its steps take 41 min"]);
        assert_eq!(of("41 min"), [""; 0]);
        assert_eq!(of("30-60 min"), [""; 0], "it may last long enough");
    }
}
