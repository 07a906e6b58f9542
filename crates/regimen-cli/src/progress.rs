//! The progress bar of a build, on a terminal only.

use std::io::Read as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

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

/// Draws how many people have their files, how fast it goes and how long it takes; on anything but a terminal, a plain line now and then.
pub(crate) struct PeopleBar {
    bar: ProgressBar,
    /// When the next plain line is due, in seconds from the start.
    due: AtomicU64,
}

/// Seconds between two plain lines.
const BETWEEN: u64 = 10;

impl PeopleBar {
    /// Of the people of a roster, whose number is guessed from its lines.
    pub(crate) fn new(roster: &Path) -> Self {
        let bar = ProgressBar::with_draw_target(lines(roster), ProgressDrawTarget::stderr());
        let template = if bar.length().is_some() {
            "{bar:30} {human_pos}/{human_len} people, {per_sec}, {eta} left"
        } else {
            "{spinner} {human_pos} people, {per_sec}"
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        Self { bar, due: AtomicU64::new(BETWEEN) }
    }

    /// Takes the bar off the screen.
    pub(crate) fn clear(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for PeopleBar {
    fn planned(&self, _: usize) {}

    fn finished(&self, _: &str, _: &str) {
        self.bar.inc(1);
        let done = self.bar.position();
        let (passed, due) = (self.bar.elapsed().as_secs(), self.due.load(Ordering::Relaxed));
        let is_mine = self.bar.is_hidden()
            && passed >= due
            && self.due.compare_exchange(due, passed + BETWEEN, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if is_mine {
            let rate = done as f64 / passed.max(1) as f64;
            crate::report::note(&format!("{done} people, {rate:.1} a second"));
        }
    }
}

/// How many lines a table has below its first; `None` of what is no table on the disk.
fn lines(roster: &Path) -> Option<u64> {
    let is_table = roster.extension().is_some_and(|ending| ending == "csv" || ending == "tsv");
    let mut file =
        std::fs::File::open(roster).ok().filter(|file| is_table && file.metadata().is_ok_and(|it| it.is_file()))?;
    let (mut lines, mut piece) = (0, vec![0; 1 << 16]);
    loop {
        match file.read(&mut piece).ok()? {
            0 => return Some(u64::saturating_sub(lines, 1)),
            size => lines += piece[..size].iter().filter(|byte| **byte == b'\n').count() as u64,
        }
    }
}
