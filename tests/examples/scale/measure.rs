//! Time, processor and memory of one command.
//!
//! The system adds up what *all* ended children of a process used, so each command runs below a process of its own: this
//! program, which starts itself again.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

/// The first argument of this program where it only measures.
const CHILD: &str = "--measure";

/// What a command cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Seconds from start to end.
    pub(crate) elapsed: f64,
    /// Seconds of all its threads, in the program and in the system.
    pub(crate) cpu: f64,
    /// The most memory that it had at once, in megabytes.
    pub(crate) peak: f64,
}

impl Cost {
    /// The smaller of each figure.
    pub(crate) fn least(self, other: Self) -> Self {
        Self { elapsed: self.elapsed.min(other.elapsed), cpu: self.cpu.min(other.cpu), peak: self.peak.min(other.peak) }
    }
}

/// A command, and the folder that it runs in.
pub(crate) struct Call {
    pub(crate) folder: std::path::PathBuf,
    pub(crate) words: Vec<std::ffi::OsString>,
}

/// Runs a command that must end well.
pub(crate) fn measure(call: &Call) -> Cost {
    let measured = Command::new(std::env::current_exe().unwrap())
        .arg(CHILD)
        .args(&call.words)
        .current_dir(&call.folder)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(measured.status.success(), "{:?} failed", call.words);
    let figures: Vec<f64> = serde_json::from_slice(&measured.stdout).unwrap();
    let [elapsed, cpu, peak] = figures[..] else { panic!("{figures:?}") };
    Cost { elapsed, cpu, peak }
}

/// Whether this process is the one below which a command runs.
pub(crate) fn is_child(arguments: &[String]) -> bool {
    arguments.first().is_some_and(|first| first == CHILD)
}

/// Runs the command of the arguments and prints what it cost, as JSON.
pub(crate) fn run_child(arguments: &[String]) {
    let start = Instant::now();
    let ended = Command::new(&arguments[1]).args(&arguments[2..]).stdout(Stdio::null()).status().unwrap();
    let elapsed = start.elapsed().as_secs_f64();
    assert!(ended.success(), "{arguments:?} ended with {ended}");
    let used = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap();
    let cpu = used.user_time() + used.system_time();
    #[expect(clippy::cast_precision_loss, reason = "a figure to print")]
    let figures = [elapsed, cpu.num_microseconds() as f64 / 1e6, bytes(used.max_rss()) as f64 / 1e6];
    println!("{}", serde_json::to_string(&figures).unwrap());
}

/// Linux counts in kibibytes, macOS in bytes.
fn bytes(peak: std::ffi::c_long) -> std::ffi::c_long {
    if cfg!(target_os = "macos") { peak } else { peak * 1024 }
}
