//! What happens to plugins when the program is interrupted.

use crate::report;

/// What shells say of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// Sees to it that no plugin goes on when this program is interrupted. Without this they would, for they are in groups of
/// their own.
pub(crate) fn end_plugins_with_us() {
    regimen_build::external::adopt_orphans();
    let ended = ctrlc::set_handler(|| regimen_build::external::end_running_and_exit(INTERRUPTED));
    if let Err(error) = ended {
        report::note(&format!("plugins will go on if you interrupt this: {error}"));
    }
}
