//! What an exporter is.

pub mod document;
