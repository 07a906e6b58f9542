//! The exporter: from a unit to a file.

use regimen_catalog::model::{Entry, Program};
use regimen_catalog::plan::{Plan, PlanSchedule};
use regimen_catalog::{Diagnostic, Place, Severity};
use regimen_export::compose::Delivery;
use regimen_export::{
    Artifact, ArtifactPath, BadOptions, BadPath, Exporter, Granularity, Options, Output, Plugin, Subject, Unit, compose,
};

use crate::calendar::{self, MOST_BYTES, MOST_EVENTS};
use crate::model::{self, Unreadable};
use crate::options::Settings;
use crate::plain;

/// Calendar schedules: an `.ics` file for each schedule, and beside it a `.txt` file that says how to use it.
pub const PLUGIN: Plugin = Plugin {
    id: "ics",
    version: env!("CARGO_PKG_VERSION"),
    summary: "calendar schedules",
    explanations: include_str!("explain.md"),
    open,
};

fn open(options: &Options) -> Result<Box<dyn Exporter>, BadOptions> {
    Ok(Box::new(Calendars { settings: options.read()? }))
}

struct Calendars {
    settings: Settings,
}

impl Exporter for Calendars {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Plan]
    }

    fn continues(&self, unit: &Unit<'_>) -> Vec<ArtifactPath> {
        let schedule = match unit.subject {
            Subject::Plan(_, plan) => plan.schedule.as_ref(),
            _ => None,
        };
        schedule.and_then(|schedule| path(schedule).ok()).into_iter().collect()
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        if let Subject::Plan(program, plan) = unit.subject {
            self.export_plan(unit, program, plan, out);
        }
    }
}

impl Calendars {
    fn export_plan(&self, unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan, out: &mut Output) {
        let Some(schedule) = &plan.schedule else {
            return out.report(no_schedule(program));
        };
        let path = match path(schedule) {
            Ok(path) => path,
            Err(bad) => return out.report(bad_name(schedule, &bad)),
        };
        let earlier = match unit.earlier(&path).map(model::read).transpose() {
            Ok(earlier) => earlier.unwrap_or_default(),
            Err(why) => return out.report(unreadable(schedule, &path, &why)),
        };
        let (calendar, findings) = calendar::compile(unit, plan, schedule, &self.settings, earlier);
        findings.into_iter().for_each(|finding| out.report(finding));
        let Some(calendar) = calendar else {
            return;
        };
        if calendar.events.is_empty() {
            return out.report(no_sessions(program, schedule));
        }
        let (events, bytes) = (calendar.events.len(), calendar.to_bytes());
        if events > MOST_EVENTS || bytes.len() > MOST_BYTES {
            return out.report(too_large(program, events, bytes.len()));
        }
        out.file(Artifact { path, bytes });
        self.export_help(unit, plan, schedule, out);
    }

    /// The text beside a calendar that says how to use it.
    fn export_help(&self, unit: &Unit<'_>, plan: &Plan, schedule: &PlanSchedule, out: &mut Output) {
        let delivery = match &self.settings.address {
            Some(folder) => Delivery::Folder(folder),
            None if self.settings.feed => Delivery::Feed,
            None => Delivery::File,
        };
        let help = compose::calendar_help(unit, plan, delivery);
        let text = plain::text(unit, &compose::calendar_name(unit, plan), &help);
        match format!("{}.txt", schedule.name).parse() {
            Ok(path) => out.file(Artifact { path, bytes: text.into_bytes() }),
            Err(bad) => out.report(bad_name(schedule, &bad)),
        }
    }
}

fn path(schedule: &PlanSchedule) -> Result<ArtifactPath, BadPath> {
    format!("{}.ics", schedule.name).parse()
}

fn bad_name(schedule: &PlanSchedule, bad: &BadPath) -> Diagnostic {
    Diagnostic::error("ics/schedule-name", format!("schedule {}: {bad}", schedule.name))
        .help("give the schedule another name")
}

/// Writing over a file whose events are not known could give readers everything twice.
fn unreadable(schedule: &PlanSchedule, path: &ArtifactPath, why: &Unreadable) -> Diagnostic {
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

fn no_schedule(program: &Entry<Program>) -> Diagnostic {
    let message = format!("programme {} has no schedule, so it has no calendar", program.id);
    Diagnostic::new(Severity::Info, "ics/no-schedule", message)
        .at(Place::file(program.file.clone()), "")
        .help("add it under `schedules:` in regimen.yaml, or give `--start` and a date")
}

/// A calendar has at least one component (RFC 5545 §3.6).
fn no_sessions(program: &Entry<Program>, schedule: &PlanSchedule) -> Diagnostic {
    let message = format!("programme {} has no session, so schedule {} has no calendar", program.id, schedule.name);
    Diagnostic::warning("ics/no-sessions", message)
        .at(Place::file(program.file.clone()), "")
        .help("give it sessions, or remove the schedule")
}

fn too_large(program: &Entry<Program>, events: usize, bytes: usize) -> Diagnostic {
    let message = format!(
        "the calendar of programme {} has {events} events and {bytes} bytes; calendar apps refuse more than \
         {MOST_EVENTS} events or {MOST_BYTES} bytes",
        program.id
    );
    Diagnostic::error("ics/too-large", message)
        .at(Place::file(program.file.clone()), "")
        .help("split the programme into two, with a schedule for each")
}
