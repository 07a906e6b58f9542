//! The exporter: from a unit to a file.

use std::sync::Arc;

use regimen_catalog::{Diagnostic, FilePath, Place};
use regimen_export::compose::Delivery;
use regimen_export::{
    Artifact, BadOptions, Exporter, Granularity, Options as Written, Output, Plugin, Subject, Unit, compose,
};

use crate::blame;
use crate::options::Options;
use crate::press::Press;
use crate::problem::Problem;
use crate::style::Style;

/// Printable handouts: one for each guide and one for each programme.
pub const PLUGIN: Plugin = Plugin {
    id: "pdf",
    version: env!("CARGO_PKG_VERSION"),
    summary: "printable handouts",
    explanations: include_str!("explain.md"),
    open,
};

fn open(written: &Written) -> Result<Box<dyn Exporter>, BadOptions> {
    let options: Options = written.read()?;
    Ok(Box::new(Handouts { press: Press::new(), style: Style::from(&options), options }))
}

struct Handouts {
    press: Press,
    style: Style,
    options: Options,
}

impl Exporter for Handouts {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Guide, Granularity::Plan]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let (document, name, file) = match unit.subject {
            Subject::Guide(guide) => (compose::guide(unit, guide), format!("guides/{}", guide.id), &guide.file),
            Subject::Plan(program, plan) => {
                // A dated handout is one schedule's; an undated one is the programme's own.
                let name = match &plan.schedule {
                    Some(schedule) => format!("schedules/{}", schedule.name),
                    None => format!("programs/{}", program.id),
                };
                let mut document = compose::program(unit, program, plan);
                if self.options.calendar {
                    let delivery = self.options.address.as_ref().map_or(Delivery::File, Delivery::Folder);
                    document.blocks.extend(compose::calendar_help(unit, plan, delivery));
                }
                (document, name, &program.file)
            }
            Subject::Catalog | Subject::Exercise(_) | Subject::Program(..) => return,
        };
        let media = |picture: &str| -> Option<Arc<[u8]>> { unit.media(picture) };
        let printed = self.press.print(&document, &self.style, &media);
        for problem in &printed.problems {
            let origin = match problem {
                Problem::MissingCharacter { character, .. } => blame::file_with(unit, *character),
                Problem::Picture { .. } | Problem::Code { .. } | Problem::TooDeep => None,
            };
            out.report(finding(problem, &origin.unwrap_or_else(|| file.clone())));
        }
        match format!("{name}.pdf").parse() {
            Ok(path) => out.file(Artifact { path, bytes: printed.bytes }),
            Err(bad) => out.report(Diagnostic::error("pdf/path", format!("{bad}")).at(Place::file(file.clone()), "")),
        }
    }
}

/// A picture's finding points at the picture, anything else at the entry that holds it.
fn finding(problem: &Problem, file: &FilePath) -> Diagnostic {
    let message = problem.to_string();
    match problem {
        Problem::MissingCharacter { character, .. } => Diagnostic::error("pdf/glyph-missing", message)
            .at(Place::text(file.clone(), character.to_string()), "")
            .help("write it with other characters; the fonts know Latin, Greek and Cyrillic"),
        Problem::Picture { file: picture, .. } => {
            Diagnostic::error("pdf/picture", message).at(Place::file(picture.as_str()), "").help(way_out(picture))
        }
        Problem::Code { address, .. } => Diagnostic::error("pdf/qr", message)
            .at(Place::text(file.clone(), address.as_str()), "")
            .help("use a shorter address, at most about 300 characters"),
        Problem::TooDeep => Diagnostic::error("pdf/too-deep", message)
            .at(Place::file(file.clone()), "")
            .help("nest lists and boxes less deeply"),
    }
}

fn way_out(picture: &str) -> &'static str {
    if picture.ends_with(".svg") {
        "save it as a plain SVG: shapes and paths, no text, nothing linked, under 2 MiB"
    } else {
        "save it anew as PNG or JPEG, about 1600 pixels wide and under 8 MiB"
    }
}
