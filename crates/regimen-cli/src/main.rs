//! The regimen program.
fn main() {}
