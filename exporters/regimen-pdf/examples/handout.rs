//! Prints the sample documents into a folder: `cargo run -p regimen-pdf --example handout -- /tmp/out`.

#![expect(
    clippy::disallowed_methods,
    reason = "an example is an edge: it writes its files"
)]

#[path = "../tests/sample/mod.rs"]
mod sample;

use regimen_pdf::{Paper, Press, Style};

fn main() -> std::io::Result<()> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let folder = std::path::Path::new(&folder);
    let press = Press::new();
    for (name, document) in [
        ("guide", sample::guide()),
        ("programme", sample::programme()),
    ] {
        for (size, paper) in [("a4", Paper::A4), ("letter", Paper::Letter)] {
            let rendered = press.print(&document, &Style { paper }, &sample::media);
            assert!(rendered.problems.is_empty(), "{:?}", rendered.problems);
            std::fs::write(folder.join(format!("{name}-{size}.pdf")), rendered.bytes)?;
        }
    }
    Ok(())
}
