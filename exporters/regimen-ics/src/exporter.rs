//! The exporter: from a unit to a file.

use regimen_catalog::Diagnostic;
use regimen_catalog::model::{Entry, Program};
use regimen_catalog::plan::PlanSchedule;
use regimen_export::compose::{Delivery, Editions};
use regimen_export::{
    Artifact, ArtifactPath, BadOptions, BadPath, Exporter, Granularity, Options, OptionsSchema, Output, Plugin,
    Subject, Unit, compose,
};

use crate::calendar::{self, Audience, CalendarInput, MOST_PARTS};
use crate::findings;
use crate::model::{self, PreviousCalendar};
use crate::options::Settings;
use crate::plain;
use crate::texts::Texts;

/// Calendar schedules: an `.ics` file for each schedule, and beside it a `.txt` file that says how to use it.
pub const PLUGIN: Plugin = Plugin {
    id: "ics",
    version: env!("CARGO_PKG_VERSION"),
    summary: "calendar schedules",
    explanations: include_str!("explain.md"),
    options: OptionsSchema::of::<Settings>,
    open,
};

fn open(options: &Options) -> Result<Box<dyn Exporter>, BadOptions> {
    Ok(Box::new(Calendars { settings: options.read()?, texts: Texts::default(), editions: Editions::default() }))
}

struct Calendars {
    settings: Settings,
    texts: Texts,
    editions: Editions,
}

impl Exporter for Calendars {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Plan, Granularity::Person]
    }

    fn previous_files(&self, unit: &Unit<'_>) -> Vec<ArtifactPath> {
        let Subject::Plan(_, plan) = unit.subject else { return Vec::new() };
        let audiences = self.audiences().iter();
        let stems: Vec<String> = match (&plan.schedule, unit.person) {
            (Some(schedule), _) => audiences.flat_map(|audience| stems(unit, schedule, *audience)).collect(),
            // Whose dates are gone may have had a calendar.
            (None, Some(person)) => audiences.map(|audience| stem(unit, person.id.as_str(), *audience)).collect(),
            (None, None) => Vec::new(),
        };
        let parts = |stem: String| (0..MOST_PARTS).filter_map(move |part| path(&stem, part).ok());
        stems.into_iter().flat_map(parts).collect()
    }

    /// An event that would be written as it was keeps its revision.
    fn is_idempotent(&self) -> bool {
        true
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let Subject::Plan(program, plan) = unit.subject else { return };
        let Some(schedule) = &plan.schedule else {
            match unit.person {
                None => out.report(findings::no_schedule(program)),
                // Who gives a person no dates wants no calendar for them, but one that they have stays where they imported it.
                Some(_) if !unit.previous.is_empty() => out.report(findings::withdrawn()),
                Some(_) => {}
            }
            return;
        };
        let texts = &*self.texts.for_plan(unit, plan, &self.settings);
        let edition = &self.editions.edition(unit).unwrap_or_default();
        for audience in self.audiences() {
            let settings = &self.settings;
            let input = CalendarInput { unit, plan, schedule, settings, texts, edition, audience: *audience };
            self.export_plan(program, &input, out);
        }
    }
}

impl Calendars {
    /// What is private is in a calendar of its own, beside one that says only when something is.
    fn audiences(&self) -> &[Audience] {
        if self.settings.private { &[Audience::Others, Audience::Reader] } else { &[Audience::Everyone] }
    }

    fn export_plan(&self, program: &Entry<Program>, input: &CalendarInput<'_>, out: &mut Output) {
        let stem = stem(input.unit, input.schedule.name.as_str(), input.audience);
        if let Err(bad) = path(&stem, 0) {
            return out.report(findings::bad_name(input.schedule, &bad));
        }
        let previous = match previous(input) {
            Ok(previous) => previous,
            Err(finding) => return out.report(*finding),
        };
        let is_known = !previous.is_empty();
        let (compiled, found) = calendar::compile(input, previous);
        found.into_iter().for_each(|finding| out.report(finding));
        let Some((calendar, changes)) = compiled else { return };
        if calendar.events.is_empty() {
            return out.report(findings::no_sessions(program, input));
        }
        if is_known {
            findings::changes(input.schedule, &stem, changes).into_iter().for_each(|finding| out.report(finding));
        }
        let events = calendar.events.len();
        let files = calendar.files();
        if files.len() > MOST_PARTS {
            let bytes = files.iter().map(Vec::len).sum();
            return out.report(findings::too_large(program, events, bytes));
        }
        let mut names = Vec::new();
        for (part, bytes) in files.into_iter().enumerate() {
            match path(&stem, part) {
                Ok(path) => {
                    names.push(path.to_string());
                    out.file(Artifact { path, bytes });
                }
                Err(bad) => return out.report(findings::bad_name(input.schedule, &bad)),
            }
        }
        if names.len() > 1 {
            out.report(findings::several_files(input.schedule, &names, events));
        }
        self.export_help(input, &stem, &names, out);
    }

    /// The text beside a calendar that says how to use it.
    fn export_help(&self, input: &CalendarInput<'_>, stem: &str, files: &[String], out: &mut Output) {
        let delivery = match &self.settings.address {
            // What only some may see is sent to them.
            _ if input.audience == Audience::Reader => Delivery::File,
            Some(folder) => Delivery::Folder(folder),
            None if self.settings.feed => Delivery::Feed,
            None => Delivery::File,
        };
        // Readers get the file itself, not the folder that it is in.
        let file_name = |path: &String| path.rsplit('/').next().unwrap_or(path).to_owned();
        let files: Vec<String> = files.iter().map(file_name).collect();
        let help = compose::calendar_help_of(input.unit, &files, delivery);
        let text = plain::text(input.unit, &input.name(), &help);
        match format!("{stem}.txt").parse() {
            Ok(path) => out.file(Artifact { path, bytes: text.into_bytes() }),
            Err(bad) => out.report(findings::bad_name(input.schedule, &bad)),
        }
    }
}

/// What was published under the schedule's name, or else under the latest of its former names.
fn previous(input: &CalendarInput<'_>) -> Result<PreviousCalendar, Box<Diagnostic>> {
    for stem in stems(input.unit, input.schedule, input.audience) {
        let mut previous = PreviousCalendar::default();
        let mut found = false;
        for path in (0..MOST_PARTS).filter_map(|part| path(&stem, part).ok()) {
            let Some(bytes) = input.unit.previous(&path) else { continue };
            found = true;
            let joined = model::read(bytes).and_then(|part| previous.join(part));
            joined.map_err(|why| Box::new(findings::unreadable(input.schedule, &path, &why)))?;
        }
        if found {
            return Ok(previous);
        }
    }
    Ok(PreviousCalendar::default())
}

/// The names of a calendar's files, without their endings: the present one, and those it had before, the latest first.
fn stems(unit: &Unit<'_>, schedule: &PlanSchedule, audience: Audience) -> Vec<String> {
    let former = schedule.formerly.iter().rev();
    std::iter::once(&schedule.name).chain(former).map(|name| stem(unit, name.as_str(), audience)).collect()
}

/// No language has the tag `private`, and no schedule is in a folder, so that neither is in the way.
fn stem(unit: &Unit<'_>, name: &str, audience: Audience) -> String {
    let folder = if unit.person.is_some() { "people/" } else { "" };
    match audience {
        Audience::Everyone | Audience::Others => format!("{folder}{name}"),
        Audience::Reader => format!("{folder}private/{name}"),
    }
}

/// `spring.ics`, and `spring.2.ics` for the second part. No schedule has a dot in its name.
fn path(stem: &str, part: usize) -> Result<ArtifactPath, BadPath> {
    match part {
        0 => format!("{stem}.ics").parse(),
        part => format!("{stem}.{}.ics", part + 1).parse(),
    }
}
