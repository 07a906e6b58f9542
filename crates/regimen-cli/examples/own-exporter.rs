//! `regimen` with an exporter of our own beside the others: a text file for each exercise.
use regimen_export::{Artifact, Exporter, Granularity, OptionsSchema, Output, Plugin, Subject, Unit};

struct Text;

impl Exporter for Text {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Exercise]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let Subject::Exercise(exercise) = unit.subject else { return };
        let text = format!("{}\n", exercise.words(unit.tag()).name);
        let path = format!("{}.txt", exercise.id).parse().expect("ids are safe in paths");
        out.file(Artifact { path, bytes: text.into_bytes() });
    }
}

const TEXT: Plugin = Plugin {
    id: "own-exporter",
    version: env!("CARGO_PKG_VERSION"),
    summary: "exercises as text",
    explanations: "",
    options: OptionsSchema::none,
    open: |_| Ok(Box::new(Text)),
};

fn main() -> std::process::ExitCode {
    regimen_cli::Program::new().exporter(TEXT).run()
}
