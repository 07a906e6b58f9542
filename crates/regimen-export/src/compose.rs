//! From entries to documents: which blocks a guide, an exercise or a programme has, in which order.
//!
//! Composed once, here, so that a handout and a web page of the same thing say the same. All words come
//! from the catalogue or from its labels; there is none in this code.
//!
//! Documents are for exporters that show text with structure; [`session`], [`plain_blocks`] and [`dose`] are for those that
//! show lines. An exporter of documents chooses by subject:
//!
//! ```
//! use regimen_export::{Subject, Unit, compose, document::Document, testing};
//!
//! fn page(unit: &Unit<'_>) -> Option<Document> {
//!     Some(match unit.subject {
//!         Subject::Catalog => return None,
//!         Subject::Guide(guide) => compose::guide(unit, guide),
//!         Subject::Exercise(exercise) => compose::exercise(unit, exercise),
//!         Subject::Program(program, plan) | Subject::Plan(program, plan) => compose::program(unit, program, plan),
//!     })
//! }
//! let catalog = testing::catalog();
//! let page = page(&testing::unit(&catalog, Subject::Guide(&catalog.guides["calves"])));
//! assert_eq!(page.unwrap().title, "Calves");
//! ```

mod across;
mod amounts;
mod body;
mod brief;
mod brief_runs;
mod calendar_help;
mod card_doses;
mod cards;
mod changes;
mod clip;
mod counted;
mod counting;
mod credits;
mod criteria;
mod day_columns;
mod day_table;
mod edition;
mod elements;
mod event;
mod exercise;
mod fridge;
mod glance;
mod guide;
mod lines;
mod log;
mod months;
mod noted;
mod overview;
mod paper;
mod pictures;
mod plain;
mod program;
mod reach;
mod results;
mod revised;
mod runs;
mod session;
mod session_sheets;
mod shares;
mod sheet;
mod sheet_days;
mod sheets;
mod sketches;
mod targets;
#[cfg(test)]
mod tests;
mod times;
mod totals;
mod usual;
mod week_grid;
mod weeks;
mod writer;

pub use body::SessionBody;
pub use brief::{SessionBrief, brief, week_totals};
pub use calendar_help::{CalendarFolder, Delivery, calendar_help, calendar_help_of};
pub use clip::clipped;
pub use credits::credit_once;
pub use edition::{Editions, Mark, sheet_marks};
pub use event::{SessionText, session};
pub use exercise::{cards, exercise, plan_cards};
pub use fridge::{fridge, fridge_in_short};
pub use guide::guide;
pub use paper::{on_paper, on_small_paper};
pub use plain::{PlainBlock, dose, plain_blocks};
pub use program::{calendar_name, program};
pub use revised::{PlanEdition, Revised, revisions};
pub use session_sheets::{add_details, session_sheets};
pub use week_grid::{week_grid, week_grid_in_short};

pub(crate) use writer::Writer;
