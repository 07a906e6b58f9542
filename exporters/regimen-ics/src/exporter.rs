//! The exporter: from a unit to a file.

use regimen_catalog::model::{Entry, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::{Diagnostic, Place, Severity};
use regimen_export::{Artifact, BadOptions, Exporter, Granularity, Options, Output, Plugin, Subject, Unit};

use crate::calendar;
use crate::options::Settings;

/// Calendar schedules, one `.ics` file for each schedule.
pub const PLUGIN: Plugin = Plugin {
    id: "ics",
    version: env!("CARGO_PKG_VERSION"),
    summary: "calendar schedules",
    explanations: include_str!("explain.md"),
    open,
};

/// The most bytes of a file. Google refuses calendars of 1 MB, and gets some at more than they were.
const MOST_BYTES: usize = 900_000;
/// The most events of a file.
const MOST_EVENTS: usize = 1000;

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
        let (calendar, findings) = calendar::compile(unit, plan, schedule, &self.settings);
        findings.into_iter().for_each(|finding| out.report(finding));
        let Some(calendar) = calendar else {
            return;
        };
        let (events, bytes) = (calendar.events.len(), calendar.to_bytes());
        if events > MOST_EVENTS || bytes.len() > MOST_BYTES {
            return out.report(too_large(program, events, bytes.len()));
        }
        match format!("{}.ics", schedule.name).parse() {
            Ok(path) => out.file(Artifact { path, bytes }),
            Err(bad) => out.report(
                Diagnostic::error("ics/schedule-name", format!("schedule {}: {bad}", schedule.name))
                    .help("give the schedule another name"),
            ),
        }
    }
}

fn no_schedule(program: &Entry<Program>) -> Diagnostic {
    let message = format!("programme {} has no schedule, so it has no calendar", program.id);
    Diagnostic::new(Severity::Info, "ics/no-schedule", message)
        .at(Place::file(program.file.clone()), "")
        .help("add it under `schedules:` in regimen.yaml, or give `--start` and a date")
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
