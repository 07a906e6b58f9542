//! Ending what a plugin started, and waiting until it is gone: nothing of it works on when a build, or this program, ends. What the build did
//! not start is never touched, whoever its parent is.

use std::path::Path;
#[cfg(unix)]
use std::time::Duration;

/// How long a process that was ended may take to go. It takes a moment where the machine has time for it, and for ever
/// if a drive does not answer.
#[cfg(unix)]
const MOST_WAIT: Duration = Duration::from_secs(10);

/// A process that was started for a plugin, and has not been waited for: until then the system gives its number to no other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Started<'a> {
    pub(crate) id: u32,
    /// The folder that it was started in, which its environment names.
    pub(crate) folder: &'a Path,
    /// Whether it is the guard of the plugin, and not the plugin itself.
    pub(crate) is_guard: bool,
}

/// Tells all processes of a group to end now.
#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // The group is empty if all went well.
        let _none = kill_process_group(group, Signal::KILL);
    }
}

/// Asks again and again whether all is gone, more and more rarely, as long as that may take.
#[cfg(unix)]
fn wait_until(mut gone: impl FnMut() -> bool) {
    let (mut waited, mut pause) = (Duration::ZERO, Duration::from_micros(200));
    while !gone() && waited < MOST_WAIT {
        std::thread::sleep(pause);
        waited += pause;
        pause = (pause * 2).min(Duration::from_millis(20));
    }
}

/// Ends whatever was started for a plugin: its group, what descends from it and, if something got away from its parents, what still has its
/// environment. They are gone when this comes back; the process itself may wait for its parent to notice.
#[cfg(target_os = "linux")]
pub(crate) fn end_all_of(started: Started<'_>) {
    use std::os::unix::ffi::OsStrExt as _;

    let Started { id, folder, is_guard } = started;
    let mark = [b"HOME=", folder.as_os_str().as_bytes(), b"\0"].concat();
    // The guard goes last: as long as it is there, what loses its parent stays below it.
    let is_ours = |process: &Process| process.group == id || process.has(&mark);
    let root = i32::try_from(id).unwrap_or_default();
    linux::end(root, is_guard, &is_ours);
    if is_guard {
        // Without its plugin it ends by itself.
        wait_until(|| !linux::works(root));
    }
    end_group(id);
}

#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn end_all_of(started: Started<'_>) {
    use rustix::process::{Pid, test_kill_process_group};
    let Started { id, folder: _, is_guard: _ } = started;
    end_group(id);
    if let Some(group) = i32::try_from(id).ok().and_then(Pid::from_raw) {
        wait_until(|| test_kill_process_group(group).is_err());
    }
}

#[cfg(not(unix))]
pub(crate) fn end_all_of(started: Started<'_>) {
    let Started { id: _, folder: _, is_guard: _ } = started;
}

/// Ends all that descends from this process, which is a guard.
#[cfg(target_os = "linux")]
pub(super) fn end_below() {
    use rustix::process::{WaitOptions, getpid, wait};
    linux::end(getpid().as_raw_nonzero().get(), true, &|_| false);
    // Who waits for nobody leaves that to the first process of the system, and in a container there may be none that does.
    while matches!(wait(WaitOptions::NOHANG), Ok(Some(_))) {}
}

#[cfg(target_os = "linux")]
use linux::Process;

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeSet;

    use rustix::process::{Pid, Signal, kill_process};

    /// Ends what descends from a process and what else is known as ours, and waits until it is gone. The process itself is spared if it
    /// is a guard.
    pub(super) fn end(root: i32, spares_root: bool, is_ours: &dyn Fn(&Process) -> bool) {
        // A process that is about to go has no parent or environment any more, so those that were found are remembered.
        let mut found = BTreeSet::new();
        super::wait_until(|| {
            let all: Vec<Process> = processes().collect();
            let below = below(&all, root);
            let mut gone = true;
            for process in
                all.iter().filter(|process| process.works() && process.id != std::process::id().cast_signed())
            {
                let is_root = process.id == root;
                let belongs = is_root
                    || below.contains(&process.id)
                    || found.contains(&(process.id, process.start))
                    || is_ours(process);
                if let (true, Some(id)) = (belongs && !(is_root && spares_root), Pid::from_raw(process.id)) {
                    found.insert((process.id, process.start));
                    gone = false;
                    let _gone = kill_process(id, Signal::KILL);
                }
            }
            gone
        });
    }

    /// Whether a process still runs.
    pub(super) fn works(id: i32) -> bool {
        Process::read(id).is_some_and(|process| process.works())
    }

    /// The ids of all that descends from a process.
    fn below(all: &[Process], root: i32) -> BTreeSet<i32> {
        let (mut below, mut parents) = (BTreeSet::new(), vec![root]);
        while let Some(parent) = parents.pop() {
            for process in all.iter().filter(|process| process.parent == parent) {
                if below.insert(process.id) {
                    parents.push(process.id);
                }
            }
        }
        below
    }

    /// What the system says of a process.
    pub(super) struct Process {
        id: i32,
        state: char,
        parent: i32,
        pub(super) group: u32,
        /// When it started, which tells it from a later one of the same number.
        start: u64,
    }

    impl Process {
        fn read(id: i32) -> Option<Self> {
            let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
            // The name is in brackets and may have any character; state, parent and group follow it.
            let mut facts = stat.rsplit(')').next()?.split_whitespace();
            let state = facts.next()?.chars().next()?;
            let (parent, group) = (facts.next()?.parse().ok()?, facts.next()?.parse().ok()?);
            Some(Self { id, state, parent, group, start: facts.nth(16)?.parse().ok()? })
        }

        /// Whether it still runs; one that only waits for its parent to notice its end does not.
        fn works(&self) -> bool {
            !matches!(self.state, 'Z' | 'X' | 'x')
        }

        /// Whether its environment has this.
        pub(super) fn has(&self, mark: &[u8]) -> bool {
            let environment = std::fs::read(format!("/proc/{}/environ", self.id)).unwrap_or_default();
            environment.windows(mark.len()).any(|part| part == mark)
        }
    }

    /// All processes that can be seen.
    fn processes() -> impl Iterator<Item = Process> {
        let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        all.filter_map(|process| Process::read(process.file_name().to_str()?.parse().ok()?))
    }
}
