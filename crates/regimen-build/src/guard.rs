//! Panics of exporters, turned into values.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use regimen_catalog::Diagnostic;
use regimen_export::{Artifact, Exporter, Output, Unit};

/// Runs `work`; a panic inside it comes back as its message.
///
/// What `work` leaves half done is safe to go on with: exporters are only read through `&self`, and what
/// the broken call had collected is dropped.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| message(panic.as_ref()))
}

/// What an exporter makes of a unit and has to say of it, or the message with which it broke off.
pub(crate) fn exported(exporter: &dyn Exporter, unit: &Unit<'_>) -> Result<(Vec<Artifact>, Vec<Diagnostic>), String> {
    guarded(|| {
        let mut output = Output::new();
        exporter.export(unit, &mut output);
        output.into_parts()
    })
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("it panicked without a message").to_owned()
}
