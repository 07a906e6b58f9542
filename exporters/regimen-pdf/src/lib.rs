//! Printable handouts: a [`Document`](regimen_export::document::Document) to a tagged PDF file.
//!
//! Four layers, each of which knows only the one before: `fonts` and `text` turn inlines into lines of glyphs, `layout`
//! turns blocks into pages of positioned items, `paint` turns items into operators with printpdf, `finish` adds fonts,
//! pictures, reading order, links and metadata with lopdf.

mod exporter;
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
mod problem;
mod renderer;
mod repeated;
mod style;
mod text;

pub use exporter::PLUGIN;
pub use layouts::{LAYOUTS, Layout};
pub use options::{Layouts, Options, PaperName};
pub use problem::Problem;
pub use renderer::Renderer;
#[doc(hidden)]
pub use renderer::{LaidOutDocument, PaintedDocument};
pub use repeated::Rendered;
pub use style::{CardSides, Columns, LargePrint, Log, Paper, Pictures, Style};
