//! The exporters of this program: the one list. A new exporter is a line here and one in the manifest.

use std::sync::OnceLock;

use regimen_export::Plugin;
/// What comes back of handouts.
pub(crate) use regimen_pdf::{Done, FilledField, FilledLog, LARGEST_LOG, read_log};

/// The exporters of `regimen` itself, in the order in which builds report them.
pub(crate) const SHIPPED: &[Plugin] = &[regimen_pdf::PLUGIN, regimen_ics::PLUGIN, regimen_markdown::PLUGIN];

/// Those of this process.
static ALL: OnceLock<Vec<Plugin>> = OnceLock::new();

/// Says once which exporters there are.
pub(crate) fn set(exporters: Vec<Plugin>) {
    ALL.get_or_init(|| exporters);
}

/// Every exporter, in the order in which builds report them.
pub(crate) fn all() -> &'static [Plugin] {
    ALL.get().map_or(SHIPPED, Vec::as_slice)
}

/// The version of the time zone data that decides the times in calendars.
pub(crate) fn time_zone_data() -> Option<&'static str> {
    regimen_ics::time_zone_data_version()
}

/// The name of a time zone as calendars write it, or what to write instead.
pub(crate) fn time_zone(name: &str) -> Result<String, String> {
    regimen_ics::known_time_zone(name)
}
