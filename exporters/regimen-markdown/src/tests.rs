//! The exporter as a whole: what it writes is read back by another parser.

mod expected;
mod fixture;
mod golden;
mod hostile;
mod inert;
mod reader;
mod round_trip;
mod site;
