//! The exporters of this program: the one list. A new exporter is a line here and one in the manifest.

use regimen_export::Plugin;

/// Every exporter, in the order in which builds report them.
pub(crate) const EXPORTERS: &[Plugin] = &[regimen_pdf::PLUGIN, regimen_ics::PLUGIN, regimen_markdown::PLUGIN];

/// The version of the time zone data that decides the times in calendars.
pub(crate) fn time_zone_data() -> Option<&'static str> {
    regimen_ics::time_zone_data_version()
}

/// The name of a time zone as calendars write it, or what to write instead.
pub(crate) fn time_zone(name: &str) -> Result<String, String> {
    regimen_ics::known_time_zone(name)
}
