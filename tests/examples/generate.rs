//! Writes a big catalogue: `cargo run -p regimen-tests --example generate -- 900 50 FOLDER`.

#![expect(clippy::print_stderr, reason = "it says how it is called")]

use std::path::Path;

use regimen_tests::{generate, write_files};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().map_while(|argument| argument.parse().ok()).collect();
    match (numbers.as_slice(), arguments.as_slice()) {
        ([exercises, programs], [_, _, folder]) => write_files(&generate(*exercises, *programs), Path::new(folder)),
        _ => eprintln!("usage: generate EXERCISES PROGRAMMES FOLDER"),
    }
}
