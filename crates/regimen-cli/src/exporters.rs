//! The exporters of this program: the one list. A new exporter is a line here and one in the manifest.

use regimen_export::Plugin;

/// Every exporter, in the order in which builds report them.
pub(crate) const EXPORTERS: &[Plugin] = &[regimen_pdf::PLUGIN, regimen_ics::PLUGIN, regimen_markdown::PLUGIN];
