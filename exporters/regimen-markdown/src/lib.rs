//! Markdown guides that site generators take as they are.
//!
//! Every guide, exercise and programme becomes a page of CommonMark with pipe tables: no shortcodes, and no
//! HTML but for words in another language. The pages link to each other by relative paths that resolve, and an index page
//! lists them. What the generators do not agree on (front matter, links, heading names, the index's file) is
//! chosen with one option, [`Site`]; `docs/markdown.md` says what each generator needs from its owner.
//!
//! The crate reads no disk, clock or environment, and nothing in it panics.

mod code;
mod escape;
mod exporter;
mod front_matter;
mod headings;
mod index;
mod inlines;
mod links;
mod lists;
mod render;
mod settings;
mod tables;
mod tidy;

pub use exporter::PLUGIN;
pub use settings::{FrontMatter, Links, Settings, Site};

#[cfg(test)]
mod tests;
