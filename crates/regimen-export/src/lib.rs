//! What an exporter is: the contract, the units it gets, and the documents it renders.

pub mod artifact;
pub mod compose;
pub mod document;
pub mod exporter;
pub mod options;
pub mod testing;

pub use artifact::{Artifact, ArtifactPath, BadPath};
pub use exporter::{BuildInfo, Exporter, Granularity, Output, Plugin, Subject, Unit};
pub use options::{BadOptions, Options};
pub use regimen_catalog;
