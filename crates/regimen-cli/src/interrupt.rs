//! What happens to plugins when the program is interrupted.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::report;

/// What shells say of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Sees to it that no plugin goes on when this program is interrupted. Without this they would, for they are in groups of
/// their own.
pub(crate) fn end_plugins_with_us() {
    let ended = ctrlc::set_handler(|| regimen_build::external::end_running_and_exit(INTERRUPTED));
    if let Err(error) = ended {
        report::note(&format!("plugins will go on if you interrupt this: {error}"));
    }
}

/// Whether the user has asked to stop.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Lets the first interrupt be a request to come to an end; a second one ends the program at once, with the plugins that run.
pub(crate) fn stop_when_asked() {
    let handled = ctrlc::set_handler(|| {
        if ASKED.swap(true, Ordering::Relaxed) {
            regimen_build::external::end_running_and_exit(INTERRUPTED);
        }
    });
    if let Err(error) = handled {
        report::note(&format!("an interrupt will not wait for the person whose files are being made: {error}"));
    }
}

/// Whether the user has asked to stop.
pub(crate) fn asked_to_stop() -> bool {
    ASKED.load(Ordering::Relaxed)
}
