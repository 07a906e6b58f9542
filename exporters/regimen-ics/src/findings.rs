//! What can be wrong with a calendar as a whole, and what a build does to those who have it.

use regimen_catalog::model::{Entry, Program};
use regimen_catalog::plan::PlanSchedule;
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Severity};
use regimen_export::{ArtifactPath, BadPath};

use crate::calendar::{self, CalendarInput, Changes, MOST_BYTES, MOST_EVENTS, MOST_PARTS};
use crate::model::Unreadable;

pub(crate) fn bad_name(schedule: &PlanSchedule, bad: &BadPath) -> Diagnostic {
    Diagnostic::error("ics/schedule-name", format!("schedule {}: {bad}", schedule.name))
        .help("give the schedule another name")
}

/// Writing over a file whose events are not known could give readers everything twice.
pub(crate) fn unreadable(schedule: &PlanSchedule, path: &ArtifactPath, why: &Unreadable) -> Diagnostic {
    let help = "put the file back as it was published; or, to start anew, move it away: readers then need a new calendar \
                of their own for it";
    let finding = match why {
        Unreadable::Foreign(why) => {
            let message = format!("the earlier `{path}` is not a calendar of Regimen's ({why})");
            Diagnostic::error("ics/foreign-calendar", message)
        }
        Unreadable::Damaged(why) => {
            Diagnostic::error("ics/damaged-calendar", format!("the earlier `{path}` cannot be read: {why}"))
        }
    };
    finding.at(calendar::place(schedule, "program"), "whose calendar it is").help(help)
}

pub(crate) fn no_schedule(program: &Entry<Program>) -> Diagnostic {
    let message = format!("programme {} has no schedule, so it has no calendar", program.id);
    Diagnostic::new(Severity::Info, "ics/no-schedule", message)
        .at(Place::file(program.file.clone()), "")
        .help("add it under `schedules:` in regimen.yaml, or give `--start` and a date")
}

/// The dates of a person are gone, and so is the calendar that they have.
pub(crate) fn withdrawn() -> Diagnostic {
    let message = "there are no dates any more, so their calendar is no longer made";
    Diagnostic::warning("ics/withdrawn", message)
        .help("tell them to delete it from their calendars, for nothing else will take its entries away; or state `start` again")
}

/// A calendar has at least one component (RFC 5545 §3.6).
pub(crate) fn no_sessions(program: &Entry<Program>, input: &CalendarInput<'_>) -> Diagnostic {
    let CalendarInput { plan, schedule, .. } = input;
    let stated = input.unit.catalog.project.schedules.get(&schedule.name);
    let key = match stated {
        _ if !plan.left_out.is_empty() => Some("changes"),
        Some(stated) if stated.weeks.is_some() => Some("weeks"),
        Some(stated) if stated.from_week.is_some() => Some("from_week"),
        _ => None,
    };
    let (why, help) = match key {
        Some("changes") => {
            ("`changes` leaves out all sessions".to_owned(), "leave out fewer sessions, or remove the schedule")
        }
        Some(_) => (
            format!("no week of programme {} that is to be done has a session", program.id),
            "choose weeks that have sessions, with `weeks` and `from_week`, or remove the schedule",
        ),
        None if plan.sessions().next().is_some() => {
            (format!("programme {} has nothing but rest", program.id), "give it other sessions, or remove the schedule")
        }
        None => (format!("programme {} has no session", program.id), "give it sessions, or remove the schedule"),
    };
    let place = key.map_or_else(|| Place::file(program.file.clone()), |key| calendar::place(schedule, key));
    let message = format!("{why}, so schedule {} has no calendar", schedule.name);
    Diagnostic::warning("ics/no-sessions", message).at(place, "").help(help)
}

pub(crate) fn too_large(program: &Entry<Program>, events: usize, bytes: usize) -> Diagnostic {
    let message = format!(
        "the calendar of programme {} has {events} events and {bytes} bytes, more than {MOST_PARTS} files of \
         {MOST_EVENTS} events or {MOST_BYTES} bytes can hold",
        program.id
    );
    Diagnostic::error("ics/too-large", message)
        .at(Place::file(program.file.clone()), "")
        .help("split the programme into two, with a schedule for each")
}

/// One file would be refused, so there are several.
pub(crate) fn several_files(schedule: &PlanSchedule, names: &[String], events: usize) -> Diagnostic {
    let message = format!(
        "the calendar of schedule {} is in {} files, because its {events} events are too many or too long for one: {}",
        schedule.name,
        names.len(),
        names.join(", ")
    );
    Diagnostic::new(Severity::Info, "ics/several-files", message)
        .at(whole(schedule), "")
        .help("give readers all of the files, and their addresses if they subscribe")
}

/// What readers of an earlier calendar will see; `None` if that is nothing.
pub(crate) fn changes(schedule: &PlanSchedule, stem: &str, changes: Changes) -> Option<Diagnostic> {
    let Changes { moved, changed, added, cancelled, same } = changes;
    if moved + changed + added + cancelled == 0 {
        return None;
    }
    let counts =
        [(moved, "moved"), (changed, "changed"), (added, "added"), (cancelled, "cancelled"), (same, "as before")];
    let said: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, done)| format!("{count} {done}")).collect();
    let finding = Diagnostic::new(Severity::Info, "ics/changes", format!("{stem}: {}", said.join(", ")));
    let help = if cancelled > 0 && cancelled == added {
        "if these are the same sessions under another name, list the old name under `formerly` of the session, the programme \
         or the schedule, so that their entries change instead of being cancelled"
    } else {
        "publish the calendar again, so that its readers see this"
    };
    Some(finding.at(whole(schedule), "").help(help))
}

/// All of a schedule.
fn whole(schedule: &PlanSchedule) -> Place {
    Place::key(PROJECT_FILE, FieldPath::root().key("schedules").key(schedule.name.as_str()))
}
