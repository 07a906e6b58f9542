//! Prints the sample documents into a folder, as often as asked, to look at them and to take the time:
//! `cargo run --release -p regimen-pdf --example handout -- handouts 500`.

#![expect(clippy::disallowed_methods, reason = "an example is an edge: it writes its files")]

#[path = "../tests/sample/mod.rs"]
mod sample;

use std::collections::HashMap;

use regimen_pdf::{Columns, LargePrint, Layout, Paper, Renderer, Style};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| ".".to_owned());
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or(1);
    let folder = std::path::Path::new(&folder);
    let files = ["romanian-deadlift", "nordic-curl", "glute-bridge", "single-leg-deadlift"];
    let files = files.map(|id| format!("{id}.svg"));
    let media: HashMap<&str, _> = files.iter().map(|file| (file.as_str(), sample::media(file))).collect();
    let renderer = Renderer::new();
    let (handout, style) = (&Layout::HANDOUT, Style::default());
    let kinds = [
        ("a4", handout, style.clone()),
        ("letter", handout, Style { paper: Paper::Letter, ..style.clone() }),
        ("large", handout, Style { large_print: LargePrint::Points18, ..style.clone() }),
        ("columns", handout, Style { columns: Columns::Two, ..style.clone() }),
        ("cards-1", &Layout::CARDS_1, style.clone()),
        ("cards-2", &Layout::CARDS_2, style.clone()),
        ("cards-4", &Layout::CARDS_4, style.clone()),
        ("cards-large", &Layout::CARDS_4, Style { large_print: LargePrint::Points18, ..style.clone() }),
        ("fridge", &Layout::FRIDGE, style),
    ];
    for (name, document) in [("guide", sample::guide()), ("programme", sample::programme())] {
        for (kind, layout, style) in &kinds {
            let print = || renderer.render_in(layout, &document, style, &|file| media.get(file)?.clone());
            let mut rendered = print();
            for _ in 1..times {
                rendered = print();
            }
            std::fs::write(folder.join(format!("{name}-{kind}.pdf")), rendered.bytes)?;
        }
    }
    Ok(())
}
