//! The progress bar of a build, on a terminal only.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use regimen_build::Progress;

/// Draws how far a build has come; on anything but a terminal it draws nothing.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn planned(&self, units: usize) {
        self.0.set_length(units as u64);
    }

    fn finished(&self, exporter: &str, unit: &str) {
        self.0.set_message(crate::report::printable(&format!("{exporter} {unit}")));
        self.0.inc(1);
    }

    fn starting_plugins(&self) {
        crate::interrupt::end_plugins_with_us();
    }
}
