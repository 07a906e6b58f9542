//! What a catalogue as authors write it comes to, where the parts of this crate and those below it work together.

mod coverage;
mod each_time;
mod explanations;
mod grids;
mod kinds;
mod origins;
mod people;
mod personal;
mod placements;
mod places;
mod plans;
mod results;
mod schedules;
mod shares;
mod steps;
