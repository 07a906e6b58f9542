//! Running a program with one text in and one text out, and with limits that hold whatever it does.
//!
//! It starts in an empty folder of its own with next to no environment. Its input comes from one thread while two others read
//! what it says, so that nobody waits for anybody. When it ends, or is ended, everything that it started is ended too: its
//! process group, and on Linux also what has left the group but still has its environment.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A program and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Command {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    /// What stands in the environment besides what every plugin gets.
    pub(crate) environment: Vec<(&'static str, OsString)>,
}

/// What a program may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) time: Duration,
    /// Bytes on standard output.
    pub(crate) output: usize,
}

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// There is no place for its folder.
    Folder(std::io::Error),
    /// It could not be started.
    Start(std::io::Error),
    /// It took too long.
    Time { after: Duration, stderr: String },
    /// It said too much.
    Output { stderr: String },
    /// It did not end well.
    Ended { status: ExitStatus, stderr: String },
    /// It ended, but something that it started keeps its output open.
    Lingers { stderr: String },
}

/// How much of what it says on standard error is kept: the end.
const TAIL: usize = 4096;
/// How long pipes may stay open once everything that could write to them has been ended.
const GRACE: Duration = Duration::from_secs(2);

/// Runs a program to its end and gives back what it said on standard output.
pub(crate) fn run(command: &Command, input: Vec<u8>, limits: Limits) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::Builder::new().prefix("regimen-plugin-").tempdir().map_err(Failure::Folder)?;
    let mut running = Running::start(command, folder.path())?;
    running.feed(input);
    let (stdout, stderr) = running.listen(limits.output);
    let ended = running.wait(limits.time, &stdout);
    running.end_all();
    let tail = || stderr.recv_timeout(GRACE).unwrap_or_default();
    let said = match ended {
        Ended::Late => return Err(Failure::Time { after: limits.time, stderr: tail() }),
        Ended::Loud => return Err(Failure::Output { stderr: tail() }),
        Ended::Itself(status, said) if status.success() => said,
        Ended::Itself(status, _) => return Err(Failure::Ended { status, stderr: tail() }),
    };
    match said.map_or_else(|| stdout.recv_timeout(GRACE), Ok) {
        Ok(Some(said)) => Ok(said),
        Ok(None) => Err(Failure::Output { stderr: tail() }),
        Err(_) => Err(Failure::Lingers { stderr: tail() }),
    }
}

/// What was said on standard output; `None` if it is too much.
type Said = Option<Vec<u8>>;

enum Ended {
    /// With what was said, if that is known yet.
    Itself(ExitStatus, Option<Said>),
    Late,
    Loud,
}

/// The plugins that run now: the process of each, and its folder.
static RUNNING: Mutex<BTreeMap<u32, PathBuf>> = Mutex::new(BTreeMap::new());

/// Ends all plugins that run, and what they started. Whoever ends this process in the middle of a build does this first,
/// because plugins are not in its group.
pub(crate) fn end_running() {
    let Ok(mut running) = RUNNING.lock() else { return };
    for (process, folder) in std::mem::take(&mut *running) {
        end_group(process);
        end_leavers(&folder);
        // What cannot be removed is in the system's folder for what may go.
        let _removed = std::fs::remove_dir_all(folder);
    }
}

struct Running {
    child: Child,
    folder: PathBuf,
    ended: bool,
}

impl Running {
    fn start(command: &Command, folder: &Path) -> Result<Self, Failure> {
        let mut process = std::process::Command::new(&command.program);
        process.args(&command.arguments).current_dir(folder).env_clear();
        for key in PASSED {
            process.envs(std::env::var_os(key).map(|value| (key, value)));
        }
        process.envs(OWN.iter().map(|key| (key, folder))).env("LC_ALL", "C.UTF-8");
        process.envs(command.environment.iter().map(|(key, value)| (key, value)));
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut process, 0);
        // Nobody looks for orphans between the start of a plugin and its entry in the list.
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let child = process.spawn().map_err(Failure::Start)?;
        drop(running.insert(child.id(), folder.to_owned()));
        drop(running);
        Ok(Self { child, folder: folder.to_owned(), ended: false })
    }

    /// Whoever closes its input early has heard enough.
    fn feed(&mut self, input: Vec<u8>) {
        let Some(mut stdin) = self.child.stdin.take() else { return };
        thread::spawn(move || stdin.write_all(&input).and_then(|()| stdin.flush()));
    }

    fn listen(&mut self, most: usize) -> (Receiver<Said>, Receiver<String>) {
        let ((say, said), (moan, moaned)) = (channel(), channel());
        if let Some(stdout) = self.child.stdout.take() {
            thread::spawn(move || hear(stdout, most, &say));
        }
        if let Some(stderr) = self.child.stderr.take() {
            thread::spawn(move || moan.send(tail(stderr)));
        }
        (said, moaned)
    }

    #[expect(clippy::disallowed_methods, reason = "a limit of time takes a clock; no result depends on it")]
    fn wait(&mut self, time: Duration, stdout: &Receiver<Said>) -> Ended {
        let deadline = Instant::now() + time;
        let (mut said, mut pause) = (None, Duration::from_micros(500));
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Ended::Itself(status, said);
            }
            if Instant::now() >= deadline {
                return Ended::Late;
            }
            // Most end as soon as they have said all.
            match stdout.recv_timeout(pause) {
                Ok(None) => return Ended::Loud,
                Ok(all) => said = Some(all),
                Err(RecvTimeoutError::Disconnected) => thread::sleep(pause),
                Err(RecvTimeoutError::Timeout) => {}
            }
            pause = (pause * 2).min(Duration::from_millis(10));
        }
    }

    /// Ends the program and whatever it started.
    fn end_all(&mut self) {
        if std::mem::replace(&mut self.ended, true) {
            return;
        }
        end_group(self.child.id());
        // What has ended already cannot be ended again, and that is fine.
        let _done = self.child.kill();
        let _status = self.child.wait();
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        drop(running.remove(&self.child.id()));
        end_leavers(&self.folder);
        end_orphans(&running);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end_all();
    }
}

/// The variables that a plugin gets as they are: where programs are, and what Windows cannot do without.
const PASSED: &[&str] = &["PATH", "SystemRoot", "PATHEXT"];
/// The variables that name its own folder.
const OWN: &[&str] = &["HOME", "TMPDIR", "TEMP", "TMP"];

fn hear(mut stdout: impl Read, most: usize, say: &Sender<Said>) {
    let mut said = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let heard = stdout.by_ref().take(limit).read_to_end(&mut said);
    let fits = heard.is_ok() && said.len() <= most;
    // Nobody may be waiting any more.
    let _sent = say.send(fits.then_some(said));
}

/// The end of what is said, without characters that move a terminal's cursor.
fn tail(mut stderr: impl Read) -> String {
    let (mut kept, mut piece) = (Vec::new(), [0; 8192]);
    loop {
        match stderr.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => {
                kept.extend_from_slice(&piece[..count]);
                kept.drain(..kept.len().saturating_sub(TAIL));
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => break,
        }
    }
    let text = String::from_utf8_lossy(&kept);
    let plain = text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    plain.collect::<String>().trim().to_owned()
}

#[cfg(unix)]
fn end_group(leader: u32) {
    use rustix::process::{Pid, Signal, kill_process_group};
    if let Some(group) = i32::try_from(leader).ok().and_then(Pid::from_raw) {
        // The group is empty if all went well.
        let _none = kill_process_group(group, Signal::KILL);
    }
}

#[cfg(not(unix))]
fn end_group(_: u32) {}

/// Ends processes that left the group: their environment still names the folder.
#[cfg(target_os = "linux")]
fn end_leavers(folder: &Path) {
    use std::os::unix::ffi::OsStrExt as _;

    use rustix::process::{Pid, Signal, kill_process};
    let Ok(processes) = std::fs::read_dir("/proc") else { return };
    let mark = [b"HOME=", folder.as_os_str().as_bytes(), b"\0"].concat();
    for process in processes.flatten() {
        let id = process.file_name().to_str().and_then(|name| name.parse().ok()).and_then(Pid::from_raw);
        let (Some(id), Ok(environment)) = (id, std::fs::read(process.path().join("environ"))) else { continue };
        if environment.windows(mark.len()).any(|part| part == mark) {
            let _gone = kill_process(id, Signal::KILL);
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_leavers(_: &Path) {}

/// Whether processes whose parent ended become ours.
static ADOPTS: AtomicBool = AtomicBool::new(false);

/// From now on this process is the parent of whatever its plugins leave behind, so that it is found. Only for programs that
/// start no other processes: every child that is no plugin is ended.
pub(crate) fn adopt_orphans() {
    #[cfg(target_os = "linux")]
    {
        let own = rustix::process::getpid();
        let adopts = rustix::process::set_child_subreaper(Some(own)).is_ok();
        ADOPTS.store(adopts, Ordering::Relaxed);
    }
}

/// Ends children of this process that are no plugins.
#[cfg(target_os = "linux")]
fn end_orphans(running: &BTreeMap<u32, PathBuf>) {
    use rustix::process::{Pid, Signal, WaitOptions, kill_process, waitpid};
    let own = std::process::id().to_string();
    let Ok(processes) = std::fs::read_dir("/proc").map(|all| all.flatten()) else { return };
    for process in processes.filter(|_| ADOPTS.load(Ordering::Relaxed)) {
        let id = process.file_name().to_str().and_then(|name| name.parse::<i32>().ok());
        let (Some(id), Ok(state)) = (id, std::fs::read_to_string(process.path().join("stat"))) else { continue };
        // The name stands in brackets and may have any character; state and parent follow it.
        let parent = state.rsplit(')').next().and_then(|rest| rest.split_whitespace().nth(1));
        let is_plugin = u32::try_from(id).is_ok_and(|id| running.contains_key(&id));
        if let (true, false, Some(id)) = (parent == Some(own.as_str()), is_plugin, Pid::from_raw(id)) {
            let _gone = kill_process(id, Signal::KILL);
            let _ended = waitpid(Some(id), WaitOptions::empty());
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn end_orphans(_: &BTreeMap<u32, PathBuf>) {}
