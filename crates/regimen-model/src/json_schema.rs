//! What the types of a catalogue say of themselves in JSON Schema, beyond what is derived.

mod alternatives;
mod parts;

pub(crate) use alternatives::{Alternative, alternatives, excludes, needs};
pub use parts::closed;
pub(crate) use parts::{CalendarDay, Options, TimeOfDay, text_like, vocabulary};
