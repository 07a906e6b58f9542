//! Prints the sample documents into a folder, as often as asked, to look at them and to take the time:
//! `cargo run --release -p regimen-pdf --example handout -- handouts 500`.

#![expect(clippy::disallowed_methods, reason = "an example is an edge: it writes its files")]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::collections::HashMap;

use regimen_pdf::{Columns, Layout, Paper, Press, Style};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let folder = std::path::Path::new(&folder);
    let files = ["romanian-deadlift", "nordic-curl", "glute-bridge", "single-leg-deadlift"];
    let files = files.map(|id| format!("{id}.svg"));
    let media: HashMap<&str, _> = files.iter().map(|file| (file.as_str(), sample::media(file))).collect();
    let press = Press::new();
    let styles = [
        ("a4", Style::default()),
        ("letter", Style { paper: Paper::Letter, ..Style::default() }),
        ("large", Style { large_print: true, ..Style::default() }),
        ("columns", Style { columns: Columns::Two, ..Style::default() }),
        ("cards-1", Style { layout: &Layout::CARDS_1, ..Style::default() }),
        ("cards-2", Style { layout: &Layout::CARDS_2, ..Style::default() }),
        ("cards-4", Style { layout: &Layout::CARDS_4, ..Style::default() }),
        ("cards-large", Style { layout: &Layout::CARDS_4, large_print: true, ..Style::default() }),
        ("fridge", Style { layout: &Layout::FRIDGE, ..Style::default() }),
    ];
    for (name, document) in [("guide", sample::guide()), ("programme", sample::programme())] {
        for (kind, style) in &styles {
            let print = || press.print(&document, style, &|file| media.get(file)?.clone());
            let mut rendered = print();
            for _ in 1..times {
                rendered = print();
            }
            std::fs::write(folder.join(format!("{name}-{kind}.pdf")), rendered.bytes)?;
        }
    }
    Ok(())
}
