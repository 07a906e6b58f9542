//! What a build for many readers costs, beside copying its result and beside `git status`:
//!
//! ```text
//! cargo run --release -p regimen-tests --features bench --example scale              10,000 calendars, 1,000 handouts, 3 runs
//! cargo run --release -p regimen-tests --features bench --example scale -- 500 50 1  fewer, for a first look
//! ```
//!
//! Everything is measured in one run on one machine and compared as ratios: what is copied is the same bytes on the same
//! disk a moment later. Each figure is the smallest of the runs, because a busy machine only adds. It needs `cp` and `git`.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "the table is its answer")]
#![expect(clippy::disallowed_methods, reason = "a benchmark measures time, and makes a catalogue of its own")]

mod measure;
mod readers;
mod table;

use std::path::Path;

use measure::{Cost, measure};
use readers::Clinic;
use table::{Aim, Row};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if measure::is_child(&arguments) {
        return measure::run_child(&arguments);
    }
    let numbers: Vec<usize> = arguments.iter().map(|argument| argument.parse().unwrap()).collect();
    let count = |at: usize, otherwise: usize| numbers.get(at).copied().unwrap_or(otherwise);
    let scale = Scale { calendars: count(0, 10_000), handouts: count(1, 1_000), runs: count(2, 3) };
    let mut rows = scale.calendars();
    rows.extend(scale.handouts());
    print!("{}", table::written(&rows));
}

/// How much is built, and how often.
struct Scale {
    calendars: usize,
    handouts: usize,
    runs: usize,
}

impl Scale {
    /// A calendar for each reader: time, processor, memory, and a build with nothing to do.
    fn calendars(&self) -> Vec<Row> {
        let many = Clinic::new("ics", self.calendars);
        let tenth = Clinic::new("ics", self.calendars.div_ceil(10));
        let name = format!("{} calendars", self.calendars);
        let (built, alone) = (self.fresh(&many, &[]), self.fresh(&many, &["--jobs", "1"]));
        let fewer = self.fresh(&tenth, &[]);
        let copied = self.copied(&many);
        let mut rows = vec![
            Row::seconds(&format!("{name}, elapsed, beside `cp -r`"), built.elapsed, copied.elapsed, Aim::AtMost(5.0)),
            Row::seconds(&format!("{name}, CPU, beside `cp -r`"), built.cpu, copied.cpu, Aim::AtMost(6.0)),
            threads(&name, &built, &alone),
            Row::megabytes(&format!("{name}, peak memory"), built.peak, Aim::AtMost(300.0)),
            Row::growth("peak memory, beside a tenth as many", built.peak, fewer.peak, Aim::AtMost(1.3)),
        ];
        many.commit_output();
        let status = self.least(|| measure(&many.git(&["status", "--porcelain"])));
        let unchanged = |more: &'static [&'static str]| {
            many.build(more);
            self.least(|| many.build(more))
        };
        let (idle, idle_cached) = (unchanged(&[]), unchanged(&["--cache", "kept"]));
        let row = |how: &str, cost: &Cost, aim: Aim| {
            Row::seconds(&format!("nothing to do, {how}, beside `git status`"), cost.elapsed, status.elapsed, aim)
        };
        // `--no-cache` asks for every exporter to run again.
        rows.extend([row("with a cache", &idle_cached, Aim::AtMost(5.0)), row("`--no-cache`", &idle, Aim::Reported)]);
        rows
    }

    /// The handouts of the shipped layouts for each reader: time, processor, memory.
    fn handouts(&self) -> Vec<Row> {
        let clinic = Clinic::new("pdf", self.handouts);
        let (built, alone) = (self.fresh(&clinic, &[]), self.fresh(&clinic, &["--jobs", "1"]));
        let copied = self.copied(&clinic);
        let name = format!("handouts for {} readers", self.handouts);
        vec![
            Row::seconds(&format!("{name}, elapsed, beside `cp -r`"), built.elapsed, copied.elapsed, Aim::AtMost(6.0)),
            Row::seconds(&format!("{name}, CPU, beside `cp -r`"), built.cpu, copied.cpu, Aim::Reported),
            threads(&name, &built, &alone),
            Row::megabytes(&format!("{name}, peak memory"), built.peak, Aim::AtMost(300.0)),
        ]
    }

    /// Builds into a folder that is not there yet.
    fn fresh(&self, clinic: &Clinic, more: &[&str]) -> Cost {
        self.least(|| {
            clinic.clear();
            clinic.build(more)
        })
    }

    /// Copies what was built.
    fn copied(&self, clinic: &Clinic) -> Cost {
        self.least(|| {
            clinic.clear_copy();
            measure(&clinic.copy())
        })
    }

    fn least(&self, run: impl Fn() -> Cost) -> Cost {
        let costs = (0..self.runs.max(1)).map(|_| run());
        costs.reduce(Cost::least).unwrap()
    }
}

/// How much faster all threads are than one.
fn threads(name: &str, all: &Cost, one: &Cost) -> Row {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let aim = if threads == 2 { Aim::AtLeast(1.8) } else { Aim::Reported };
    Row::seconds(&format!("{name}, one thread beside {threads}"), one.elapsed, all.elapsed, aim)
}

/// Removes a folder, if it is there.
fn remove(folder: &Path) {
    if folder.exists() {
        std::fs::remove_dir_all(folder).unwrap();
    }
}
