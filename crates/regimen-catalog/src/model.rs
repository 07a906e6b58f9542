//! The entries of a catalogue: facts once, words for each language.
//!
//! Every type here deserialises only into states that make sense; past loading nobody asks whether an id,
//! a dose or a colour is valid. Whether the *other* entry exists is what loading checks.

mod dose;
mod entry;
mod exercise;
mod guide;
mod program;
mod project;
mod session;
mod small;

pub use dose::{BadDose, Dose, Work};
pub use entry::{Entity, Entry, Table};
pub use exercise::{Exercise, ExerciseWords, Level, Media, MuscleTarget, MuscleUse};
pub use guide::{Guide, GuideWords};
pub use program::{Measure, Phase, PhaseSession, Program, ProgramWords, Progression, Scheme, Step};
pub use project::{Brand, Colour, Project, ProjectWords, Schedule, ScheduleName};
pub use session::{Block, Fragment, Item, PlainWords, Round, Session, SessionWords};
pub use small::{Action, Condition, Equipment, Head, HeadWords, Muscle, MuscleGroup, MuscleWords, NamedWords, Source};
