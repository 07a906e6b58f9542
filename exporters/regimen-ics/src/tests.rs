//! Whole calendars: written by us, then read by strict readers that share no code with the writer.

mod audiences;
mod changes;
mod checker;
mod description;
mod export;
mod fixture;
mod hostile;
mod texts;
mod updates;
mod zones;
