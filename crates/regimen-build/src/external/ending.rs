//! Ending what a plugin started, and waiting until it is gone: nothing of it works on when a build, or this program, ends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a process that was ended may take to go. It takes a moment where the machine has time for it, and for ever
/// if a drive does not answer.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// Whether processes whose parent ended become ours.
static ADOPTS: AtomicBool = AtomicBool::new(false);

/// From now on this process is the parent of all that its plugins leave behind, so that it is found. Only for programs that
/// start no other processes: every child that is no plugin is ended.
pub(crate) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        let own = rustix::process::getpid();
        let adopts = rustix::process::set_child_subreaper(Some(own)).is_ok();
        ADOPTS.store(adopts, Ordering::Relaxed);
    }
}

/// Tells all processes of a group to end now.
#[cfg(unix)]
pub(crate) fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // The group is empty if all went well.
        let _none = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
pub(crate) fn end_group(_: u32) {}

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

/// Ends the group of a process, and on Linux also what left the group but still has its environment, which names the
/// folder. They are gone when this comes back; the leader may wait for its parent to notice.
#[cfg(target_os = "linux")]
pub(crate) fn end_all_of(leader: u32, folder: &Path) {
    use std::os::unix::ffi::OsStrExt as _;

    use rustix::process::{Pid, Signal, kill_process};
    end_group(leader);
    let mark = [b"HOME=", folder.as_os_str().as_bytes(), b"\0"].concat();
    // A process that is about to go has no environment any more, so those that were found are remembered.
    let mut found = std::collections::BTreeSet::new();
    wait_until(|| {
        let mut gone = true;
        for process in processes().filter(Process::works) {
            let belongs = process.group == leader || found.contains(&process.id) || process.has(&mark);
            if let (true, Some(id)) = (belongs, Pid::from_raw(process.id)) {
                found.insert(process.id);
                gone = false;
                let _gone = kill_process(id, Signal::KILL);
            }
        }
        gone
    });
}

#[cfg(all(unix, not(target_os = "linux")))]
pub(crate) fn end_all_of(leader: u32, _: &Path) {
    use rustix::process::{Pid, test_kill_process_group};
    end_group(leader);
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        wait_until(|| test_kill_process_group(group).is_err());
    }
}

#[cfg(not(unix))]
pub(crate) fn end_all_of(_: u32, _: &Path) {}

/// Ends children of this process that are no plugins.
#[cfg(target_os = "linux")]
pub(crate) fn end_orphans(running: &BTreeMap<u32, PathBuf>) {
    use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
    if !ADOPTS.load(Ordering::Relaxed) {
        return;
    }
    let own = std::process::id();
    for process in processes().filter(|process| process.parent == own) {
        let is_plugin = u32::try_from(process.id).is_ok_and(|id| running.contains_key(&id));
        if let (false, Some(id)) = (is_plugin, Pid::from_raw(process.id)) {
            let _gone = kill_process(id, Signal::KILL);
            wait_until(|| !matches!(waitpid(Some(id), WaitOptions::NOHANG), Ok(None)));
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn end_orphans(_: &BTreeMap<u32, PathBuf>) {}

/// What the system says of a process.
#[cfg(target_os = "linux")]
struct Process {
    id: i32,
    state: char,
    parent: u32,
    group: u32,
}

#[cfg(target_os = "linux")]
impl Process {
    fn read(id: i32) -> Option<Self> {
        let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
        // The name is in brackets and may have any character; state, parent and group follow it.
        let mut facts = stat.rsplit(')').next()?.split_whitespace();
        let state = facts.next()?.chars().next()?;
        Some(Self { id, state, parent: facts.next()?.parse().ok()?, group: facts.next()?.parse().ok()? })
    }

    /// Whether it still runs; one that only waits for its parent to notice its end does not.
    fn works(&self) -> bool {
        !matches!(self.state, 'Z' | 'X' | 'x')
    }

    /// Whether its environment has this.
    fn has(&self, mark: &[u8]) -> bool {
        let environment = std::fs::read(format!("/proc/{}/environ", self.id)).unwrap_or_default();
        environment.windows(mark.len()).any(|part| part == mark)
    }
}

/// All processes that can be seen.
#[cfg(target_os = "linux")]
fn processes() -> impl Iterator<Item = Process> {
    let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    all.filter_map(|process| Process::read(process.file_name().to_str()?.parse().ok()?))
}
