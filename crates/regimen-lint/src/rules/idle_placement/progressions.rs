//! What progressions list for weeks in which nothing follows them.

use std::collections::BTreeSet;

use crate::report::Report;
use crate::view::{PlanView, SessionView, WeekView};
use regimen_model::diagnostic::{FieldPath, Place};
use regimen_model::join;
use regimen_model::model::{Grows, Progression, Scheme};

pub(super) fn check(plan: &PlanView<'_>, phase_index: usize, report: &mut Report<'_>) {
    let Some(phase) = plan.program.phases.get(phase_index) else { return };
    let weeks: Vec<&WeekView<'_>> = plan.weeks.iter().filter(|week| week.phase_index() == phase_index).collect();
    for (index, progression) in phase.progression.iter().enumerate() {
        let follows = |(week, view): &(usize, &&WeekView<'_>)| {
            view.sessions.iter().any(|one| is_followed(one, progression, *week))
        };
        let idle = || weeks.iter().enumerate().filter(|one| !follows(one)).map(|(week, _)| week);
        // One that is never followed is said as such.
        if idle().count() == weeks.len() {
            continue;
        }
        let idle: Vec<usize> = idle().filter(|week| is_own(&progression.scheme, *week)).collect();
        if idle.is_empty() {
            continue;
        }
        let key = progression.scheme.key();
        let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index).key(key);
        let path = if key == "percent_table" { path.key("weeks") } else { path };
        // A table that starts again has a row for several weeks.
        let rows = match &progression.scheme {
            Scheme::PercentTable(table) if table.then.is_some() => table.weeks.len(),
            _ => usize::MAX,
        };
        let numbers: Vec<String> = idle.iter().map(|week| (week + 1).to_string()).collect();
        let (what, those) = if idle.len() == 1 { ("week", "that") } else { ("weeks", "those") };
        let message = format!(
            "the `{key}` of `{}` for {what} {} are never done: no session of {those} {what} is as this progression says",
            progression.of.id(),
            join::and(&numbers)
        );
        let help = if phase.rotation.is_some() {
            "a list goes by weeks, and a rotation does not: give each session its own day, or let the phase go by turns in which \
             each session comes once (`cycle`)"
        } else {
            "say how much where `overrides` lists the sessions of the week, and in the list the same as for the week before"
        };
        let idle: BTreeSet<usize> = idle.into_iter().map(|week| week % rows).collect();
        let places = idle.into_iter().map(|row| Place::value(plan.program.file.clone(), path.clone().index(row)));
        report.add(places.fold(report.finding(message).help(help), |finding, place| finding.at(place, "")));
    }
}

/// Whether a list of a progression has something for a week, 0 for the first, that is not just the same as beside it: a list has an entry
/// for every week.
fn is_own(scheme: &Scheme, week: usize) -> bool {
    fn differs<T: PartialEq>(list: &[T], week: usize) -> bool {
        let beside = [week.checked_sub(1), week.checked_add(1)];
        let is_same = |other: Option<usize>| other.is_some_and(|other| list.get(other) == list.get(week));
        list.get(week).is_some() && !beside.into_iter().any(is_same)
    }
    match scheme {
        Scheme::Explicit(list) => differs(list, week),
        Scheme::Lengths(list) => differs(list, week),
        Scheme::Repeats(list) => differs(list, week),
        Scheme::PercentTable(table) if table.then.is_none() => differs(&table.weeks, week),
        Scheme::PercentTable(table) => table.weeks.len() > 1,
        Scheme::Constant(_)
        | Scheme::Linear { .. }
        | Scheme::Double { .. }
        | Scheme::ByResult { .. }
        | Scheme::Stages(_) => false,
    }
}

/// Whether a session, or what may be done instead of it, is as a progression says for a week, 0 for the first. Of doses it is enough that
/// the session has what the progression changes.
fn is_followed(session: &SessionView<'_>, progression: &Progression, week: usize) -> bool {
    session.with_choices().filter(|done| progression.is_for(done.id(), &done.name)).any(|done| match &progression.of {
        Grows::Exercise(_) | Grows::Item(_) => done.changing().any(|one| one.names.contains(&progression.of)),
        Grows::Step(_) => done.has_step_of(progression, week),
    })
}
