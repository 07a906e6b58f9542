//! What must hold for every input, tried on many made-up ones.

mod cycles;
mod dated;
mod doses;
mod grids;
mod places;
mod plans;
mod quantities;
mod races;
mod schemas;
mod shapes;
mod write;

use proptest::prelude::*;

/// Text as authors and accidents write it: pieces with a meaning, and anything else.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(&PIECES[..]).prop_map(str::to_owned);
    let piece = prop_oneof![8 => pieces, 1 => ".{0,4}", 1 => "[0-9]{1,30}"];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const PIECES: [&str; 46] = [
    "\n",
    "\n  ",
    "\n    ",
    " ",
    "\t",
    "\r\n",
    "\u{feff}",
    "\0",
    ": ",
    ":",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">-",
    "---\n",
    "? ",
    "<<",
    "a",
    "words",
    "main",
    "exercise:",
    "](exercise:squat)",
    "![",
    "**",
    "> [!NOTE]\n",
    "| a |\n| - |\n",
    "<b>",
    "```\n",
    "8-12",
    " s",
    " kg",
    "%",
    ".",
    "/km",
    "é中",
];
