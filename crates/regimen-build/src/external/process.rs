//! Running a program with one text in and one text out, and with limits that hold whatever it does.
//!
//! It starts in an empty folder of its own with next to no environment. Its input comes from one thread while two others read
//! what it says, so that nobody waits for anybody. When it ends, or is ended, everything that it started is ended too.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::ending::{Started, end_all_of};
use super::guard;
use crate::shown::plain;

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
    /// Bytes of memory for each of its processes, where there is a guard.
    pub(crate) memory: u64,
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
const GRACE: Duration = Duration::from_secs(10);

/// Runs a program to its end and gives back what it said on standard output. `guard` is a program that calls [`guard::serve`].
pub(crate) fn run(command: &Command, input: Vec<u8>, limits: Limits, guard: Option<&Path>) -> Result<Vec<u8>, Failure> {
    let folder = tempfile::Builder::new().prefix("regimen-plugin-").tempdir().map_err(Failure::Folder)?;
    let mut running = Running::start(command, folder.path(), guard.map(|guard| (guard, limits.memory)))?;
    running.feed(input);
    let (stdout, stderr) = running.listen(limits.output);
    let ended = running.wait(limits.time, &stdout);
    let status = running.end_all();
    let tail = || stderr.recv_timeout(GRACE).unwrap_or_default();
    let said = match (ended, status) {
        (Ended::Late, _) => return Err(Failure::Time { after: limits.time, stderr: tail() }),
        (Ended::Loud, _) => return Err(Failure::Output { stderr: tail() }),
        (Ended::Itself(said), Some(status)) if status.success() => said,
        (Ended::Itself(_), Some(status)) => return Err(failed(status, tail())),
        (Ended::Itself(_), None) => return Err(Failure::Lingers { stderr: tail() }),
    };
    match said.map_or_else(|| stdout.recv_timeout(GRACE), Ok) {
        Ok(Some(said)) => Ok(said),
        Ok(None) => Err(Failure::Output { stderr: tail() }),
        Err(_) => Err(Failure::Lingers { stderr: tail() }),
    }
}

/// Why a program did not end well. Of one that a guard could not start, the guard says so.
fn failed(status: ExitStatus, stderr: String) -> Failure {
    let number = stderr.strip_prefix(guard::UNSTARTED).and_then(|number| number.parse().ok());
    match number.filter(|_| status.code() == Some(guard::UNSTARTED_CODE)) {
        Some(number) => Failure::Start(std::io::Error::from_raw_os_error(number)),
        None => Failure::Ended { status, stderr },
    }
}

/// What was said on standard output; `None` if it is too much.
type Said = Option<Vec<u8>>;

enum Ended {
    /// With what was said, if that is known yet.
    Itself(Option<Said>),
    Late,
    Loud,
}

/// The plugins that run now: the process of each, its folder, and whether it is a guard.
static RUNNING: Mutex<BTreeMap<u32, (PathBuf, bool)>> = Mutex::new(BTreeMap::new());

/// Ends all plugins that run, and what they started, waits until they are gone, and ends this program. Plugins are not
/// in its group, so nothing else would end them.
///
/// The list stays locked to the end: whichever thread ran one of them waits for it in [`Running::end_all`], and cannot
/// take the end of its plugin for a failure.
pub(crate) fn end_running_and_exit(code: i32) -> ! {
    let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    for (id, (folder, is_guard)) in std::mem::take(&mut *running) {
        end_all_of(Started { id, folder: &folder, is_guard });
        // What cannot be removed is in the system's folder for what may go.
        let _removed = std::fs::remove_dir_all(folder);
    }
    std::process::exit(code)
}

struct Running {
    child: Child,
    folder: PathBuf,
    is_guard: bool,
    ended: bool,
}

impl Running {
    /// Starts a program in a folder, if there is a guard with so many bytes of memory.
    fn start(command: &Command, folder: &Path, guard: Option<(&Path, u64)>) -> Result<Self, Failure> {
        let mut process = std::process::Command::new(guard.map_or(&*command.program, |(guard, _)| guard));
        if let Some((_, memory)) = guard {
            process.arg(guard::GUARD).args([std::process::id().to_string(), memory.to_string()]).arg(&command.program);
        }
        process.args(&command.arguments).current_dir(folder).env_clear();
        for key in PASSED {
            process.envs(std::env::var_os(key).map(|value| (key, value)));
        }
        process.envs(OWN.iter().map(|key| (key, folder))).env("LC_ALL", "C.UTF-8");
        // What an interpreter writes beside its modules would be a change of the plugin.
        process.env("PYTHONDONTWRITEBYTECODE", "1");
        process.envs(command.environment.iter().map(|(key, value)| (key, value)));
        process.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut process, 0);
        // Nobody ends all plugins between the start of one and its entry in the list.
        let mut running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        let child = process.spawn().map_err(Failure::Start)?;
        let (folder, is_guard) = (folder.to_owned(), guard.is_some());
        drop(running.insert(child.id(), (folder.clone(), is_guard)));
        drop(running);
        Ok(Self { child, folder, is_guard, ended: false })
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
            if self.has_ended() {
                return Ended::Itself(said);
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

    /// Whether it has ended. It is not waited for, so that its number stays its own.
    #[cfg(unix)]
    fn has_ended(&mut self) -> bool {
        use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
        let look = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        let Some(id) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) else { return true };
        matches!(waitid(WaitId::Pid(id), look), Ok(Some(_)))
    }

    #[cfg(not(unix))]
    fn has_ended(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(Some(_)))
    }

    /// Ends the program and whatever it started, and gives back how the program itself ended.
    fn end_all(&mut self) -> Option<ExitStatus> {
        if std::mem::replace(&mut self.ended, true) {
            return None;
        }
        let id = self.child.id();
        end_all_of(Started { id, folder: &self.folder, is_guard: self.is_guard });
        // What has ended already cannot be ended again, and that is fine.
        let _done = self.child.kill();
        // From here on the system may give its number to another.
        drop(RUNNING.lock().unwrap_or_else(PoisonError::into_inner).remove(&id));
        self.child.wait().ok()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _status = self.end_all();
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

/// The end of what is said, without characters that move a terminal's cursor or turn text.
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
    let lines: Vec<String> = text.split('\n').map(|line| plain(line, TAIL)).collect();
    lines.join("\n").trim().to_owned()
}
