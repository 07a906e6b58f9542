//! The exporter: from a unit to files, and from problems to findings.

use std::sync::Arc;

use regimen_catalog::model::Fonts;
use regimen_catalog::{Diagnostic, FieldPath, FilePath, Place};
use regimen_export::compose::{self, Editions};
use regimen_export::document::Document;
use regimen_export::{
    Artifact, BadOption, BadOptions, Exporter, Granularity, Options as Written, OptionsSchema, Output, Plugin, Subject,
    Unit,
};

use crate::layouts::{Layout, Wanted};
use crate::missing;
use crate::options::Options;
use crate::problem::Problem;
use crate::renderer::Renderer;
use crate::repeated::Rendered;
use crate::style::{Log, Style};

/// Printable handouts: one for each guide and one for each programme.
pub const PLUGIN: Plugin = Plugin {
    id: "pdf",
    version: env!("CARGO_PKG_VERSION"),
    summary: "printable handouts",
    explanations: include_str!("explain.md"),
    options: OptionsSchema::of::<Options>,
    open,
};

fn open(written: &Written) -> Result<Box<dyn Exporter>, BadOptions> {
    let options: Options = written.read()?;
    if options.press.is_press() && options.log == Log::Fields {
        let refused = BadOption::refused(FieldPath::root().key("press"), "what a print shop prints has no fields");
        return Err(BadOptions(vec![refused.help("use `log: true`, or print `log: fields` in a build of its own")]));
    }
    let wanted = options.layout.granularities();
    let (renderer, style) = (Renderer::new(), Style::from(&options));
    Ok(Box::new(Handouts { renderer, wanted, style, options, editions: Editions::default() }))
}

struct Handouts {
    renderer: Renderer,
    wanted: Vec<Granularity>,
    style: Style,
    options: Options,
    editions: Editions,
}

impl Exporter for Handouts {
    fn granularity(&self) -> &[Granularity] {
        &self.wanted
    }

    fn documents(&self, kind: Granularity) -> usize {
        self.options.layout.files(kind).count()
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let (kind, name, file) = match unit.subject {
            Subject::Catalog => (Granularity::Catalog, "exercises".to_owned(), FilePath::from("regimen.yaml")),
            Subject::Guide(guide) => (Granularity::Guide, format!("guides/{}", guide.id), guide.file.clone()),
            // A dated handout is one schedule's; an undated one is the programme's own.
            Subject::Plan(program, plan) => {
                let (kind, name) = match (unit.person, &plan.schedule) {
                    (Some(person), _) => (Granularity::Person, format!("people/{}", person.id)),
                    (None, Some(schedule)) => (Granularity::Plan, format!("schedules/{}", schedule.name)),
                    (None, None) => (Granularity::Plan, format!("programs/{}", program.id)),
                };
                (kind, name, program.file.clone())
            }
            Subject::Exercise(_) | Subject::Program(..) => return,
        };
        let mark = self.editions.mark(unit);
        let wanted = Wanted { calendar_help: self.options.calendar_help(), details: self.options.details };
        for (layout, suffix) in self.options.layout.files(kind) {
            // What all schedules share has the mark that they share.
            let mark = mark.as_ref().map(|mark| if layout.repeats() { mark.without_days() } else { mark.clone() });
            let mark = mark.map(|mark| mark.to_string()).unwrap_or_default();
            let finished = |mut document: Document| {
                document.frame.mark.clone_from(&mark);
                if self.options.log == Log::Fields && !layout.repeats() {
                    document.frame.sheet.clone_from(&name);
                }
                // Cards are cut apart, and each keeps who made its picture.
                if !layout.repeats() {
                    compose::credit_once(unit, &mut document);
                }
                if self.options.link_addresses {
                    layout.add_addresses(unit, wanted, &mut document);
                }
                document
            };
            if let Some(document) = layout.compose(unit, wanted).map(finished) {
                let mut printed = self.rendered(unit, layout, &document);
                if printed.problems.iter().any(Problem::is_about_room)
                    && let Some(shorter) = layout.compose_shorter(unit, wanted).map(finished)
                {
                    let shorter = self.rendered(unit, layout, &shorter);
                    if !shorter.problems.iter().any(Problem::is_about_room) {
                        printed = shorter;
                    }
                }
                self.put(unit, printed, &HandoutFile { path: format!("{name}{suffix}.pdf"), origin: &file }, out);
            }
        }
    }

    fn gather(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        missing::gather(found)
    }
}

/// Where a document is printed.
struct HandoutFile<'a> {
    /// The path of the file.
    path: String,
    /// The file of the entry, for findings.
    origin: &'a FilePath,
}

impl Handouts {
    fn rendered(&self, unit: &Unit<'_>, layout: &Layout, document: &Document) -> Rendered {
        let media = |file: &str| -> Option<Arc<[u8]>> { unit.media(file).or_else(|| unit.font(file)) };
        match unit.person {
            Some(person) => self.renderer.render_in(layout, document, &self.style.of_person(&person.own), &media),
            None => self.renderer.render_in(layout, document, &self.style, &media),
        }
    }

    /// What takes room and can be done without, as far as the catalogue has it, for help: "do without `large_print`, ".
    fn without(&self, unit: &Unit<'_>) -> &'static str {
        match (self.style.large_print.is_large(), unit.catalog.project.brand.fonts != Fonts::default()) {
            (true, true) => "do without `large_print` or a wide font of your own, ",
            (true, false) => "do without `large_print`, ",
            (false, true) => "do without a wide font of your own, ",
            (false, false) => "",
        }
    }

    /// Reports what is wrong with a document, and hands over its file.
    fn put(&self, unit: &Unit<'_>, printed: Rendered, handout: &HandoutFile<'_>, out: &mut Output) {
        let HandoutFile { path, origin: file } = handout;
        missing::report(unit, &printed.problems, file, out);
        for problem in &printed.problems {
            let place = match problem {
                Problem::MissingCharacter { .. } => continue,
                Problem::Cut { .. } => Some(unit.catalog.project_words_place(unit.tag()).0),
                Problem::Picture { .. }
                | Problem::Drawing { .. }
                | Problem::Typeface { .. }
                | Problem::Font { .. }
                | Problem::Code { .. }
                | Problem::TooDeep
                | Problem::TooLong { .. }
                | Problem::TooManyWeeks { .. }
                | Problem::WeekTooTall { .. } => None,
            };
            let found = finding(problem, &place.unwrap_or_else(|| (*file).clone()), self.without(unit));
            out.report(match problem {
                Problem::Code { address, .. } => at_address(found, unit, address),
                _ => found,
            });
        }
        match path.parse() {
            Ok(path) => out.file(Artifact { path, bytes: printed.bytes }),
            Err(bad) => {
                out.report(Diagnostic::error("pdf/path", format!("{bad}")).at(Place::file((*file).clone()), ""));
            }
        }
    }
}

/// Points at each picture whose `url` has no code.
fn at_address(finding: Diagnostic, unit: &Unit<'_>, address: &str) -> Diagnostic {
    let exercises = unit.catalog.exercises.values();
    let pictures =
        exercises.flat_map(|exercise| exercise.media.iter().enumerate().map(move |(at, one)| (exercise, at, one)));
    let mut pictures = pictures.filter(|(.., media)| media.url.as_deref() == Some(address));
    match pictures.next() {
        Some((exercise, at, _)) => {
            let path = FieldPath::root().key("media").index(at).key("url");
            finding.at(Place::value(exercise.file.clone(), path), "")
        }
        None => finding,
    }
}

/// A finding about a picture points at the picture, any other at the entry.
fn finding(problem: &Problem, file: &FilePath, without: &str) -> Diagnostic {
    let message = problem.to_string();
    match problem {
        Problem::MissingCharacter { .. } => Diagnostic::error(missing::CODE, message).at(Place::file(file.clone()), ""),
        Problem::Picture { file: picture, .. } => {
            Diagnostic::error("pdf/picture", message).at(Place::file(picture.as_str()), "").help(way_out(picture))
        }
        Problem::Drawing { file: picture, .. } => Diagnostic::warning("pdf/picture-differs", message)
            .at(Place::file(picture.as_str()), "")
            .help("look at the handout; if it differs, save the drawing as a plain SVG, or that part of it as a PNG"),
        Problem::Typeface { file: picture, .. } => Diagnostic::warning("pdf/picture-font", message)
            .at(Place::file(picture.as_str()), "")
            .help("turn its text into paths, or add `sans-serif` behind the font's name if another one is as good"),
        Problem::Font { file: font, .. } => Diagnostic::error("pdf/font", message)
            .at(Place::file(font.as_str()), "")
            .help("get the file anew from its maker, or take another font"),
        Problem::Code { .. } => Diagnostic::error("pdf/qr", message)
            .help("use a shorter address, at most about 300 characters"),
        Problem::TooLong { .. } => Diagnostic::warning("pdf/too-long", message)
            .at(Place::file(file.clone()), "")
            .help(format!("shorten its notes or sessions, {without}print its weeks alone (`layout: weeks` in place of `fridge`), or leave `fridge` out of `layout` and print the handout")),
        Problem::TooManyWeeks { .. } => Diagnostic::warning("pdf/weeks", message)
            .at(Place::file(file.clone()), "")
            .help("leave `weeks` out of `layout`: the handout has the weeks on as many pages as they need"),
        Problem::WeekTooTall { .. } => Diagnostic::warning("pdf/weeks", message)
            .at(Place::file(file.clone()), "")
            .help(format!("give its sessions shorter names, {without}or leave `weeks` out of `layout` and print the handout")),
        Problem::Cut { key, .. } => Diagnostic::warning("pdf/cut", message)
            .at(Place::text(file.clone(), format!("{key}:")), "")
            .help("say less, or leave out `{title}`"),
        Problem::TooDeep => Diagnostic::error("pdf/too-deep", message)
            .at(Place::file(file.clone()), "")
            .help("nest lists and boxes less deeply"),
    }
}

fn way_out(picture: &str) -> &'static str {
    if picture.ends_with(".svg") {
        "change that in your drawing program and save it as a plain SVG: no filters, nothing linked, under 2 MiB"
    } else {
        "save it anew as PNG or JPEG, about 1600 pixels wide and under 8 MiB"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_only_what_the_catalogue_has() {
        let help = |without| finding(&Problem::TooLong { pages: 2 }, &"programs/p.yaml".into(), without).help;
        let plain = help("").expect("help");
        assert!(plain.contains("`layout: weeks`") && !plain.contains("large_print"), "{plain}");
        assert!(help("do without `large_print`, ").is_some_and(|help| help.contains("`large_print`, print its weeks")));
    }
}
