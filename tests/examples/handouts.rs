//! Prints the measured handout or sheet for as many readers on one thread, for `tests/benches/handouts.py`:
//!
//! ```text
//! handouts sheet 1000       prints 1,000 sheets and throws them away
//! handouts handout 1 FILE   the last one is written into a file
//! ```

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::disallowed_methods, reason = "an example is an edge: it reads and writes files")]

#[path = "../benches/handout/mod.rs"]
mod handout;

use handout::{Handout, readers};
use regimen_pdf::{Renderer, Style};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let handout = if arguments.next().as_deref() == Some("sheet") { Handout::sheet() } else { Handout::read() };
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let media = handout.media();
    let (renderer, style) = (Renderer::new(), Style::default());
    let mut last = Vec::new();
    for reader in readers(count) {
        let printed = renderer
            .render_in(handout.layout(), &handout.document_for(&reader), &style, &|file| media.get(file).cloned());
        assert!(printed.problems.is_empty(), "{:?}", printed.problems);
        last = printed.bytes;
    }
    if let Some(file) = arguments.next() {
        std::fs::write(file, last).unwrap();
    }
}
