//! From entries to documents: which blocks a guide, an exercise or a programme has, in which order.
//!
//! Composed once, here, so that a handout and a web page of the same thing say the same. All words come
//! from the catalogue or from its labels; there is none in this code.

mod across;
mod amounts;
mod body;
mod calendar_help;
mod cards;
mod clip;
mod event;
mod exercise;
mod fridge;
mod glance;
mod guide;
mod log;
mod months;
mod overview;
mod pieces;
mod plain;
mod program;
mod runs;
mod session;
mod sheet;
mod sheets;
mod sketches;
#[cfg(test)]
mod tests;
mod weeks;
mod writer;

pub use body::SessionBody;
pub use calendar_help::{CalendarFolder, Delivery, calendar_help};
pub use clip::clipped;
pub use event::{SessionText, session};
pub use exercise::{cards, exercise, plan_cards};
pub use fridge::fridge;
pub use guide::guide;
pub use plain::{PlainBlock, dose, plain_blocks};
pub use program::{calendar_name, program};

pub(crate) use writer::Writer;
