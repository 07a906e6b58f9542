//! Printable handouts: a [`Document`](regimen_export::document::Document) to a tagged PDF file.
//!
//! Four layers, each of which knows only the one before: `fonts` and `text` turn inlines into lines of glyphs, `layout`
//! turns blocks into pages of positioned items, `paint` turns items into operators with printpdf, `finish` adds fonts,
//! pictures, reading order, links, fields and metadata with lopdf. The way back, `filled`, reads what was filled in.

mod exporter;
mod filled;
mod finish;
mod fonts;
mod layout;
mod layouts;
mod memory;
mod missing;
mod options;
mod origin;
mod paint;
mod picture;
mod press;
mod problem;
mod renderer;
mod repeated;
mod style;
mod text;

pub use exporter::PLUGIN;
pub use filled::{Done, FilledField, FilledLog, LARGEST_LOG, UnreadLog, read_log};
pub use layouts::{LAYOUTS, Layout};
pub use options::{Layouts, Options, PaperName};
pub use problem::Problem;
pub use renderer::Renderer;
#[doc(hidden)]
pub use renderer::{LaidOutDocument, PaintedDocument};
pub use repeated::Rendered;
pub use style::{CardSides, Columns, LargePrint, Log, Paper, Pictures, Press, Style};
