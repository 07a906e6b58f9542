//! A process between a build and a plugin, so that nothing of the plugin works on when the build is gone, however it went.
//!
//! ```text
//! build -> guard -> plugin -> whatever it starts
//! ```
//!
//! The guard is this very program, started again. It limits the plugin's memory, is the parent of all that the plugin leaves behind, and ends
//! all of it when the plugin ends, or when the build does: also when the build was killed and could say nothing. So the build itself
//! never has to be the parent of processes that it did not start. Only Linux can do this; elsewhere a build starts plugins itself, and ends
//! their process groups.

use std::ffi::OsString;
use std::path::PathBuf;

/// The first argument of a program that is to be a guard. Whoever takes [`serve`] into their program need not know it.
pub(crate) const GUARD: &str = "regimen-internal-guard";
/// How a guard says on standard error that there is no plugin to guard; the number of the system's error follows.
pub(crate) const UNSTARTED: &str = "regimen-internal-unstarted ";
/// The exit code with that.
pub(crate) const UNSTARTED_CODE: i32 = 127;

/// Guards a plugin, if the arguments of this process (without its name) ask for it, and gives back the exit code. Programs that name
/// themselves as the guard of a [`Workspace`](crate::Workspace) call this before all else:
///
/// ```
/// fn main() -> std::process::ExitCode {
///     if let Some(code) = regimen_build::external::guard::serve(std::env::args_os().skip(1)) {
///         return u8::try_from(code).unwrap_or(1).into();
///     }
///     // With `workspace.guard = regimen_build::external::guard::this_program()`.
///     std::process::ExitCode::SUCCESS
/// }
/// ```
pub fn serve(arguments: impl Iterator<Item = OsString>) -> Option<i32> {
    #[cfg(target_os = "linux")]
    return linux::serve(arguments);
    #[cfg(not(target_os = "linux"))]
    return {
        drop(arguments);
        None
    };
}

/// This program, for who calls [`serve`] in it; `None` where there are no guards.
pub fn this_program() -> Option<PathBuf> {
    // The program that runs, also if its file was replaced meanwhile.
    Some(PathBuf::from("/proc/self/exe")).filter(|running| cfg!(target_os = "linux") && running.exists())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsString;
    use std::io::Write as _;
    use std::os::unix::process::CommandExt as _;
    use std::process::Command;
    use std::time::Duration;

    use rustix::process::{
        Resource, Rlimit, Signal, WaitOptions, WaitStatus, getpid, getppid, getrlimit, kill_process,
        set_child_subreaper, set_parent_process_death_signal, setrlimit, wait,
    };

    use super::super::ending;
    use super::{GUARD, UNSTARTED, UNSTARTED_CODE};

    /// The first argument of the process that becomes the plugin.
    const START: &str = "regimen-internal-start";
    /// How often a guard looks whether its build is still there.
    const LOOK: Duration = Duration::from_millis(20);

    pub(super) fn serve(mut arguments: impl Iterator<Item = OsString>) -> Option<i32> {
        match arguments.next()?.to_str()? {
            GUARD => Some(guard(arguments)),
            START => Some(start(arguments)),
            _ => None,
        }
    }

    fn number(word: Option<OsString>) -> Option<u64> {
        word?.to_str()?.parse().ok()
    }

    fn is_parent(id: u64) -> bool {
        getppid().is_some_and(|parent| u64::try_from(parent.as_raw_nonzero().get()) == Ok(id))
    }

    /// Starts the plugin, waits for its end or for that of the build, and ends all that is left.
    fn guard(mut arguments: impl Iterator<Item = OsString>) -> i32 {
        let Some(build) = number(arguments.next()) else { return UNSTARTED_CODE };
        adopt();
        let mut plugin = Command::new(super::this_program().unwrap_or_default());
        plugin.arg(START).arg(std::process::id().to_string()).args(arguments);
        plugin.process_group(0);
        let plugin = match plugin.spawn() {
            Ok(plugin) => plugin,
            Err(error) => return unstarted(&error),
        };
        std::thread::spawn(move || {
            while is_parent(build) {
                std::thread::sleep(LOOK);
            }
            ending::end_below();
            std::process::exit(1)
        });
        let status = ended(plugin.id());
        ending::end_below();
        ends_likewise(status)
    }

    /// From now on this process is the parent of all that the plugin leaves behind. It goes by a name of its own, so that who ends the build
    /// by its name does not end it.
    fn adopt() {
        // Where this fails, what has the plugin's environment is ended all the same.
        let _adopts = set_child_subreaper(Some(getpid()));
        let _named = rustix::thread::set_name(c"plugin-guard");
    }

    /// Limits the memory that each process of the plugin may have for data, and its dumps. What a program only reserves does not count.
    fn limit(memory: u64) {
        for (resource, most) in [(Resource::Data, memory), (Resource::Core, 0)] {
            // A stricter limit of the user's stays.
            let most = getrlimit(resource).maximum.map_or(most, |known| known.min(most));
            let _limited = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        }
    }

    /// Becomes the plugin, which ends when its guard does.
    fn start(mut arguments: impl Iterator<Item = OsString>) -> i32 {
        let (Some(guard), Some(memory)) = (number(arguments.next()), number(arguments.next())) else {
            return UNSTARTED_CODE;
        };
        let Some(program) = arguments.next() else { return UNSTARTED_CODE };
        let _ends = set_parent_process_death_signal(Some(Signal::KILL));
        // It may have gone before.
        if !is_parent(guard) {
            return 1;
        }
        let mut plugin = Command::new(program);
        plugin.args(arguments);
        // Last, for this process may have more memory than that.
        limit(memory);
        unstarted(&plugin.exec())
    }

    fn unstarted(error: &std::io::Error) -> i32 {
        let number = error.raw_os_error().unwrap_or_default();
        let _gone = writeln!(std::io::stderr(), "{UNSTARTED}{number}");
        UNSTARTED_CODE
    }

    /// Waits for the end of the plugin, and lets what it left behind go in the meantime.
    fn ended(plugin: u32) -> Option<WaitStatus> {
        loop {
            match wait(WaitOptions::empty()) {
                Ok(Some((id, status))) if u32::try_from(id.as_raw_nonzero().get()) == Ok(plugin) => {
                    return Some(status);
                }
                Ok(_) | Err(rustix::io::Errno::INTR) => {}
                Err(_) => return None,
            }
        }
    }

    /// Ends as the plugin did.
    fn ends_likewise(status: Option<WaitStatus>) -> i32 {
        let Some(status) = status else { return 1 };
        let Some(signal) = status.terminating_signal() else { return status.exit_status().unwrap_or(1) };
        // The first one may only take a handler of the runtime away.
        for _ in 0..2 {
            if let Some(signal) = Signal::from_named_raw(signal) {
                let _ended = kill_process(getpid(), signal);
            }
        }
        128 + signal
    }
}
