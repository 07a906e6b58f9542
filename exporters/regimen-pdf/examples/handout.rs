//! Prints the sample documents into a folder, as often as asked, to look at them and to take the time:
//! `cargo run --release -p regimen-pdf --example handout -- handouts 500`.

#![expect(clippy::disallowed_methods, reason = "an example is an edge: it writes its files")]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::collections::HashMap;

use regimen_pdf::{Paper, Press, Style};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let folder = std::path::Path::new(&folder);
    let files = ["romanian-deadlift", "nordic-curl", "glute-bridge", "single-leg-deadlift"];
    let files = files.map(|id| format!("{id}.svg"));
    let media: HashMap<&str, _> = files.iter().map(|file| (file.as_str(), sample::media(file))).collect();
    let press = Press::new();
    for (name, document) in [("guide", sample::guide()), ("programme", sample::programme())] {
        for (size, paper) in [("a4", Paper::A4), ("letter", Paper::Letter)] {
            let print =
                || press.print(&document, &Style { paper, ..Style::default() }, &|file| media.get(file)?.clone());
            let mut rendered = print();
            for _ in 1..times {
                rendered = print();
            }
            assert!(rendered.problems.is_empty(), "{:?}", rendered.problems);
            std::fs::write(folder.join(format!("{name}-{size}.pdf")), rendered.bytes)?;
        }
    }
    Ok(())
}
