//! Dates of a schedule that contradict each other.

use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::model::{Change, Schedule, ScheduleName};
use regimen_model::reference::Id;

/// Checks the dates on which a reader can and cannot train against each other, and against what they move.
pub(super) fn check(name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let path = |key: &str| FieldPath::root().key("schedules").key(name.as_str()).key(key);
    let place = |path: FieldPath| Place::value(regimen_model::PROJECT_FILE, path);
    let mut findings = Vec::new();
    for (at, free) in schedule.free.iter().enumerate() {
        let busy = schedule.busy.iter().position(|busy| busy.first <= free.last && free.first <= busy.last);
        let Some(index) = busy else { continue };
        let first = free.first.max(schedule.busy[index].first);
        let message = format!("{first} is both busy and free, and counts as busy");
        let finding = Diagnostic::warning("unavailable-day", message)
            .at(place(path("free").index(at)), "free")
            .at(place(path("busy").index(index)), "busy");
        findings.push(finding.help("take the day out of one of the two"));
    }
    for (at, change) in schedule.changes.iter().enumerate() {
        let Change::Move { what, to } = change else { continue };
        let Some(index) = schedule.busy.iter().position(|busy| busy.contains(*to)) else { continue };
        let message = format!("`{what}` is moved to {to}, on which the reader is busy");
        let finding = Diagnostic::warning("schedule-change", message)
            .at(place(path("changes").index(at).key("to")), "moved to here")
            .at(place(path("busy").index(index)), "busy");
        findings.push(finding.help("choose another day, or take the day out of `busy`"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_date_is_busy_or_free_and_nothing_is_moved_to_a_busy_one() {
        let of = |keys: &str| {
            let project = format!(
                "language: en\nschedules: {{s: {{program: p, start: 2027-04-05, {keys}}}}}\nwords: {{title: T}}\n"
            );
            let lint = Lint::new().file("regimen.yaml", &project).program("{exercise: jog}", "run", 2);
            let said = lint
                .all()
                .into_iter()
                .filter(|line| line.contains("unavailable-day: ") || line.contains("schedule-change: "));
            said.collect::<Vec<_>>()
        };
        let both = of("available_days: [monday], busy: [2027-04-08], free: [2027-04-03, 2027-04-07..2027-04-09]");
        assert!(
            both.len() == 1 && both[0].ends_with("2027-04-08 is both busy and free, and counts as busy"),
            "{both:?}"
        );
        assert_eq!(of("available_days: [monday], busy: [2027-04-08], free: [2027-04-07]"), [""; 0]);
        let moved = of("busy: [2027-04-08], changes: [{move: w1-s, to: 2027-04-08}, {move: w2-s, to: 2027-04-09}]");
        assert!(
            moved.len() == 1 && moved[0].ends_with("`w1-s` is moved to 2027-04-08, on which the reader is busy"),
            "{moved:?}"
        );
    }
}
