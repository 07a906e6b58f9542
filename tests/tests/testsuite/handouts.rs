//! Our handouts, as other programs understand them, in every kind that there is.
//!
//! `kinds` is the one list of what is printed; a new kind of document or option is a line there. `judges` asks every
//! judge about each, `tree` looks at what no judge looks at, `controls` proves that the judges can
//! say no. `pages` compares a few pages with what they looked like, `reading` compares what is
//! read with what was meant, `paper` how much paper is taken, `filled` fills in fields and reads them back, `weeks` prints plans for the wall, `codes` looks at
//! codes, `press` asks for files for a print shop, and `hostile` brings pictures that mean no good.

mod codes;
mod controls;
mod filled;
mod hostile;
mod judges;
mod kinds;
mod pages;
mod paper;
mod picture;
mod press;
mod reading;
#[path = "../../../exporters/regimen-pdf/tests/sample/mod.rs"]
mod sample;
mod tree;
mod weeks;
