//! `schedule-past`: a schedule that was over before the catalogue was last revised.

use jiff::ToSpan;
use jiff::civil::Date;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Anchor, Schedule};

pub(super) static RULE: Rule = Rule {
    code: "schedule-past",
    severity: Severity::Info,
    summary: "Schedules are not over when the catalogue is revised",
    explanation: "A wrong year is easily written, and readers then get a calendar of days that are gone. No clock is read: the \
schedule's last day is compared with the newest `revised` or `reviewed_on` in the catalogue. A schedule that is really over may \
stay, with a reason, or go.

Wrong, in a catalogue that was revised in November 2026:

```yaml
schedules:
  spring: {program: ten-km, race: 2024-05-19}
```

Right:

```yaml
schedules:
  spring: {program: ten-km, race: 2027-05-16}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let Some(newest) = view.catalog.newest_revision() else { return };
    for (name, schedule) in &view.catalog.project.schedules {
        let Some(last) = last_day(view, schedule).filter(|last| *last < newest) else { continue };
        let message =
            format!("the schedule `{name}` is over on {last}, before the catalogue was last revised ({newest})");
        let path = FieldPath::root().key("schedules").key(name.as_str()).key(schedule.anchor.key());
        let help = "look whether the year is right; if the schedule is over, delete it, or keep it with `allow: {schedule-past: why}`";
        report.add(report.finding(message).at(Place::value(regimen_model::PROJECT_FILE, path), "").help(help));
    }
}

/// The day of its race or of its end, else the last day of the last week that follows its start.
fn last_day(view: &CatalogView<'_>, schedule: &Schedule) -> Option<Date> {
    match schedule.anchor {
        Anchor::End(date) | Anchor::Race { date, .. } => Some(date),
        Anchor::Start(date) => {
            let program = view.catalog.programs.get(&schedule.program)?;
            date.checked_add((i64::from(program.days()) - 1).days()).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_schedule_with_a_year_that_is_gone_is_found() {
        let of = |anchor: &str| {
            let project = format!(
                "language: en\nrevised: 2026-11-28\nschedules:\n  spring:\n    program: p\n    {anchor}\nwords: {{title: T}}\n"
            );
            Lint::new().program("", "strength", 2).file("regimen.yaml", &project).of("schedule-past")
        };
        let over = |day: &str| {
            [format!(
                "regimen.yaml:6 the schedule `spring` is over on {day}, before the catalogue was last revised (2026-11-28)"
            )]
        };
        assert_eq!(of("end: 2024-05-19"), over("2024-05-19"));
        assert_eq!(of("start: 2026-11-09"), over("2026-11-22"));
        for right in ["start: 2026-11-16", "end: 2026-11-28", "start: 2027-01-04"] {
            assert_eq!(of(right), [""; 0], "{right}");
        }
        assert_eq!(of("end: 2024-05-19\n    allow: {schedule-past: kept for its readers}"), [""; 0]);
    }
}
