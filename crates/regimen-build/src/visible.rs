//! What units may see of the project file. The key of the cache, requests to plugins and the exporters of this program
//! agree on it, so that nothing that is hidden can matter.

use regimen_catalog::written::written;
use regimen_catalog::{Catalog, PROJECT_FILE, Sources};
use serde_json::Value;

/// Keys of the project file that no unit sees.
const HIDDEN_KEYS: &[&str] = &["exporters", "rules", "schedules"];

/// What the project file says to every unit.
pub(crate) fn project(sources: &Sources) -> Value {
    let mut written = written(sources, PROJECT_FILE).unwrap_or_default();
    if let Some(keys) = written.as_object_mut() {
        HIDDEN_KEYS.iter().for_each(|key| drop(keys.remove(*key)));
    }
    written
}

/// The catalogue as units may see it: without options, rules and the schedules of others.
pub(crate) fn visible_catalog(catalog: &Catalog) -> Catalog {
    let mut project = (*catalog.project).clone();
    project.exporters.clear();
    project.schedules.clear();
    project.rules = Default::default();
    Catalog { project: project.into(), ..catalog.clone() }
}
