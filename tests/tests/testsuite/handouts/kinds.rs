//! What is printed and judged: one line for each kind of document and each option.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use regimen_export::document::{Direction, Document};
use regimen_pdf::{Layout, Renderer, Style};
use regimen_tests::{Project, repository};

use super::{sample, weeks};

/// Options of the exporter, in the catalogue of a clinic: two guides, a programme with dates and one without.
const CLINIC: &[(&str, &str)] = &[
    ("plain", "{paper: a4, layout: [sheet, handout]}"),
    ("letter", "{paper: letter, layout: [sheet, handout]}"),
    ("large", "{large_print: true, layout: [sheet, handout]}"),
    ("large-letter", "{paper: letter, large_print: 14, pictures: own, layout: [sheet, handout]}"),
    ("codes", "{qr: true, layout: [sheet, handout]}"),
    ("bare", "{pictures: none, log: false, calendar: false, layout: [sheet, handout]}"),
    ("columns", "{columns: 2, qr: true, layout: handout}"),
    ("full", "details: full"),
    ("fields", "{log: fields, layout: [sheet, handout, fridge, weeks]}"),
    ("large-fields", "{log: fields, paper: letter, large_print: 14, layout: [sheet, handout]}"),
    ("sheets", "layout: [cards-1, cards-2, cards-4, fridge, weeks]"),
    ("index-cards", "layout: [cards-3x5, cards-4x6, cards-a6, cards-a7]"),
    ("index-cards-duplex", "{cards: duplex, qr: true, layout: [cards-4x6, cards-a6]}"),
    ("large-sheets", "{paper: letter, large_print: true, layout: [cards-4, fridge, weeks], qr: true}"),
];

/// Documents that no catalogue of ours has, printed without the program.
type Sample = (&'static str, fn() -> Document);

const SAMPLES: &[Sample] =
    &[("sample-guide", sample::guide), ("leftwards", leftwards), ("hebrew", hebrew), ("hindi", hindi)];

/// A handout on disk.
#[derive(Debug)]
pub(super) struct Handout {
    /// Kind and file: `letter/guides/calf-care`.
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Every handout, printed once for all tests. The folder stays until the next run, to be looked at.
pub(super) fn handouts() -> &'static [Handout] {
    static HANDOUTS: LazyLock<Vec<Handout>> = LazyLock::new(print);
    &HANDOUTS
}

/// A handout by its name.
pub(super) fn handout(name: &str) -> &'static Handout {
    handouts().iter().find(|handout| handout.name == name).unwrap_or_else(|| panic!("no handout is called {name}"))
}

/// The catalogue of a clinic, with options for the exporter.
pub(super) fn clinic(options: &str) -> Project {
    let fixture = |name: &str| repository().join("tests/fixtures").join(name);
    let project = ["small", "racer", "clinic"]
        .into_iter()
        .fold(Project::new(), |project, name| project.overlay("catalog", &fixture(name)));
    let settings = project.text("catalog/regimen.yaml");
    project
        .file("catalog/regimen.yaml", format!("{settings}exporters:\n  pdf: {}\n", flow(options)))
        .file("catalog/media/romanian-deadlift.svg", sample::media("romanian-deadlift.svg").unwrap())
        .file("catalog/media/wall-sit.png", photograph())
}

/// A clinic with several pictures of an exercise, and a drawing with all that drawing programs write.
pub(super) fn illustrated() -> Project {
    illustrated_with("layout: [handout, cards-2, cards-4]")
}

/// The same with other options for the exporter.
pub(super) fn illustrated_with(options: &str) -> Project {
    let fixture = repository().join("tests/fixtures/illustrated");
    clinic(options).overlay("catalog", &fixture)
}

/// Options as a mapping on one line.
fn flow(options: &str) -> String {
    if options.starts_with('{') { options.to_owned() } else { format!("{{{options}}}") }
}

fn print() -> Vec<Handout> {
    let root = repository().join("target/tmp/handouts");
    // What a test of before has left.
    let _was_there = fs::remove_dir_all(&root);
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut projects: Vec<(&str, Project)> = CLINIC.iter().map(|(name, options)| (*name, clinic(options))).collect();
    projects.push(("illustrated", illustrated()));
    projects.push(("wall", weeks::wall("paper: a4")));
    projects.push(("wall-letter", weeks::wall("paper: letter")));
    for (name, project) in &projects {
        project.run("build --only pdf").exits(0);
        files.extend(project.files("out/pdf").into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
    }
    let renderer = Renderer::new();
    for (name, document) in SAMPLES {
        let printed = renderer.render(&document(), &Style::default(), &sample::media);
        assert_eq!(printed.problems, [], "{name}");
        files.push((format!("samples/{name}.pdf"), printed.bytes));
    }
    let printed = renderer.render_in(&Layout::WEEKS, &weeks::leftwards(), &Style::default(), &sample::media);
    assert_eq!(printed.problems, []);
    files.push(("samples/weeks-leftwards.pdf".to_owned(), printed.bytes));
    files.into_iter().map(|(path, bytes)| write(&root.join(&path), &path, &bytes)).collect()
}

fn write(to: &std::path::Path, path: &str, bytes: &[u8]) -> Handout {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, bytes).unwrap();
    Handout { name: path.trim_end_matches(".pdf").to_owned(), path: to.to_owned() }
}

#[test]
fn every_layout_is_printed_and_judged() {
    let printed = CLINIC.iter().map(|(_, options)| *options).collect::<String>();
    for layout in regimen_pdf::LAYOUTS {
        // Without an option, handouts are printed.
        let named = *layout == regimen_pdf::Layout::HANDOUT || printed.contains(layout.name());
        assert!(named, "add a line to CLINIC that prints the layout `{}`", layout.name());
    }
}

fn leftwards() -> Document {
    Document { direction: Direction::RightToLeft, ..sample::guide() }
}

fn hebrew() -> Document {
    let text = "הרימו 3 × 8–12 פעמים, הָרִימוּ אֶת הָעֲקֵבִים לְאַט.";
    sample::script("he", "NotoSansHebrew", Direction::RightToLeft, text)
}

fn hindi() -> Document {
    let text = "सीधे खड़े हों और संतुलन के लिए दीवार को छुएँ। श्री, ज्ञान, कर्म, क्\u{200d}ष";
    sample::script("hi", "NotoSansDevanagari", Direction::LeftToRight, text)
}

/// A picture of 60 by 60 pixels that looks different at each corner.
fn photograph() -> Vec<u8> {
    let pixels: Vec<u8> = (0..60_u8).flat_map(|y| (0..60_u8).flat_map(move |x| [x * 4, y * 4, 120])).collect();
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, 60, 60);
    encoder.set_color(png::ColorType::Rgb);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    file
}
