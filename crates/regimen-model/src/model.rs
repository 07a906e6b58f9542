//! The entries of a catalogue: facts once, words for each language.
//!
//! Every type here deserialises only into states that make sense; past loading nobody asks whether an id,
//! a dose or a colour is valid. Whether the *other* entry exists is what loading checks.

mod brand;
mod by_result;
mod change;
mod colour;
mod cycle;
mod day;
mod dose;
mod dose_error;
mod doses;
mod entry;
mod exercise;
mod grid;
mod group_format;
mod guide;
mod note;
mod origin;
mod person;
mod placement;
mod program;
mod progression;
mod project;
mod run;
mod schedule;
mod session;
mod settings;
mod side;
mod small;
mod stated;
mod step_every;
mod target;
mod version;
mod visit;
mod word_field;
mod words;
mod work;

pub use brand::{Brand, Colours, Fonts, LanguageFonts, Logo, TextFonts};
pub use by_result::{ByResult, Miss, Stages, Success};
pub use change::{Change, DateSpan, HourOfDay, Meant, timed_words};
pub use colour::Colour;
pub use cycle::{PhaseLength, Rotation};
pub use day::Day;
pub use dose::{BadDose, Dose, OwnDose};
pub use dose_error::DoseError;
pub use doses::Doses;
pub use entry::{Entity, Entry, IdHistory, Table, Translation};
pub use exercise::{Exercise, ExerciseWords, Level, Media, MuscleTarget, MuscleUse};
pub use grid::{
    Between, BetweenManner, Cell, CellAmount, CellChoice, CellFaster, CellSession, CellStep, CellWord, FasterWord,
    Grid, GridPlacement, TableName, UnreadCell,
};
pub use group_format::GroupFormat;
pub use guide::{Guide, GuideWords};
pub use note::{Note, PlainWords};
#[doc(hidden)]
pub use origin::WithOrigin;
pub use origin::{Changed, Origin, WebAddress};
pub use person::{
    PaperSize, Person, PersonId, PersonKeys, PersonalFacts, PersonalUnit, PrintSize, RaceDistance, RaceTime,
};
pub use placement::{Alternative, AlternativeSession, LineName, PerWeek, PhaseSession, PlacedWork};
pub use program::{Phase, PlacedSession, Program, ProgramWords, WeekOverride};
pub use progression::{Deload, Double, Grows, Measure, PercentOf, PercentSet, PercentTable, Progression, Scheme, Step};
pub use project::{Project, ProjectWords};
pub use run::{Repeat, RunPart, RunStep, StepLength, Stretch};
pub use schedule::{Anchor, Schedule, ScheduleName, Timed};
pub use session::{ExerciseGroup, Fragment, Item, Session, SessionBlock, SessionWords};
pub use settings::{Level as RuleLevel, RuleSetting, RuleSettings};
pub use side::DoseSide;
pub use small::{Action, Condition, Equipment, Head, HeadWords, Muscle, MuscleGroup, MuscleWords, NamedWords, Source};
pub use stated::Stated;
pub use step_every::StepEvery;
pub use target::{Measures, NamedPace, RunTarget, Sign, Target, TargetUnit};
pub use version::Version;
pub use visit::{At, FactVisitor, Facts, List, Naming, WordVisitor};
pub(crate) use word_field::WordField;
pub use words::{Merge, Needed, StandsIn, StoodIn, Words};
pub(crate) use work::WorkAmountMut;
pub use work::{Manner, Work, WorkAmount, WorkKind, WorkWords};

pub use crate::language::Share;
pub use crate::prose::Word;
