//! Events whose length is not known: calendars give such a session an hour.

use std::collections::{BTreeMap, BTreeSet};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Program, Schedule, ScheduleName, Session};
use regimen_model::plan::{PlannedSession, expand};
use regimen_model::reference::Id;
use regimen_model::vocabulary::SessionKind;

/// So many sessions are named.
const MOST_NAMED: usize = 4;

/// What a schedule says of hours. Others of its programme that say the same have the same events.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Hours<'a> {
    program: &'a Id<Program>,
    has_at: bool,
    has_race_at: bool,
    has_length: bool,
    times: Vec<&'a str>,
}

/// Sessions that have an hour of day in a calendar, and no length that is known; one finding for all schedules that say the same.
pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut alike: BTreeMap<Hours<'_>, Vec<(&Id<ScheduleName>, &Schedule)>> = BTreeMap::new();
    for (name, schedule) in catalog.project.schedules.iter().filter(|(_, schedule)| schedule.timezone.is_some()) {
        let hours = Hours {
            program: &schedule.program,
            has_at: schedule.at.is_some(),
            has_race_at: schedule.race_at.is_some(),
            has_length: schedule.length.is_some(),
            times: schedule.times.keys().map(Id::as_str).collect(),
        };
        alike.entry(hours).or_default().push((name, schedule));
    }
    alike.values().filter_map(|schedules| of_schedules(catalog, schedules)).collect()
}

fn of_schedules(catalog: &Catalog, schedules: &[(&Id<ScheduleName>, &Schedule)]) -> Option<Diagnostic> {
    let (&(name, schedule), others) = schedules.split_first()?;
    let program = catalog.programs.get(&schedule.program)?;
    let plan = expand(catalog, program, Some((name, schedule))).ok()?;
    let has_hour = |session: &&PlannedSession| session.at.is_some() && session.duration.is_none();
    let is_unknown = |session: &&PlannedSession| match session.kind {
        SessionKind::Rest => false,
        SessionKind::Race => true,
        _ => schedule.length.is_none(),
    };
    let unknown: BTreeSet<&Id<Session>> =
        plan.by_week().filter(has_hour).filter(is_unknown).map(|session| &session.session).collect();
    if unknown.is_empty() {
        return None;
    }
    let mut named: Vec<String> = unknown.iter().take(MOST_NAMED).map(|id| format!("`{id}`")).collect();
    if unknown.len() > MOST_NAMED {
        named.push(format!("{} more", unknown.len() - MOST_NAMED));
    }
    let of_others = match others.len() {
        0 => String::new(),
        1 => " and of 1 more".to_owned(),
        more => format!(" and of {more} more"),
    };
    let (verb, each) = if unknown.len() == 1 { ("takes", "it has") } else { ("take", "each has") };
    let message = format!(
        "how long {} {verb} is not known, so that {each} one hour in the calendar of the schedule `{name}`{of_others}",
        join::and(&named)
    );
    let key = match (schedule.at, schedule.times.is_empty(), schedule.race_at) {
        (Some(_), ..) => "at",
        (None, false, _) => "times",
        (None, true, Some(_)) => "race_at",
        (None, true, None) => "program",
    };
    let path = FieldPath::root().key("schedules").key(name.as_str()).key(key);
    let finding = Diagnostic::new(Severity::Info, "schedule-time", message);
    let all = if schedule.length.is_none() { "; or `length: 45 min` into the schedule, for all but races" } else { "" };
    let help = format!("write how long it takes into the session, as in `duration: 45 min`{all}");
    Some(finding.at(Place::value(regimen_model::PROJECT_FILE, path), "").help(help))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(schedules: &str, session: &str) -> Vec<String> {
        let project = format!("language: en\nschedules:\n{schedules}\nwords: {{title: T}}\n");
        let easy = "kind: run\nmain: [{run: [{duration: 5 km, target: easy pace}]}]\nwords: {name: E}\n";
        let lint = Lint::new().file("sessions/easy.yaml", easy);
        let lint = lint.session("known", "run", "{run: [{duration: 30 min}]}");
        let phase = format!("kind: base, weeks: 2, sessions: [{{session: {session}, day: monday}}]");
        let found = lint.phases(&[&phase]).file("regimen.yaml", &project).of_with_help("schedule-time");
        found.into_iter().collect()
    }

    #[test]
    fn an_hour_for_a_session_of_unknown_length_is_said() {
        let schedule = |name: &str, keys: &str| {
            format!("  {name}: {{program: p, start: 2027-04-05, timezone: Europe/London, {keys}}}\n")
        };
        let one = of(&schedule("s", "at: '18:00'"), "easy");
        let said = "how long `easy` takes is not known, so that it has one hour in the calendar of the schedule `s`";
        assert!(one.len() == 1 && one[0].contains(said) && one[0].contains("`duration: 45 min`"), "{one:?}");
        assert_eq!(of(&schedule("s", "times: {monday: '18:00'}"), "easy").len(), 1);
        for keys in ["at: '18:00', length: 45 min", "times: {tuesday: '18:00'}", "race_at: '09:00'"] {
            assert_eq!(of(&schedule("s", keys), "easy"), [""; 0], "{keys}");
        }
        assert_eq!(of(&schedule("s", "at: '18:00'"), "known"), [""; 0]);
        let three = ["a", "b", "c"].map(|name| schedule(name, "at: '18:00'")).concat();
        let said = of(&three, "easy");
        assert!(said.len() == 1 && said[0].contains("the schedule `a` and of 2 more"), "{said:?}");
    }
}
