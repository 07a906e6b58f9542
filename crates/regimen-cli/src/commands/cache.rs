//! `regimen cache`

use std::ffi::OsString;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::{Args, Subcommand};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use regimen_build::cache::{Contents, Limits, Store, Usage};
use regimen_build::{Cache as Kept, Secret};

use crate::exit::Exit;
use crate::report;
use crate::report::text::size;
use crate::user;

/// Say what is kept of earlier builds and how large it is, or remove what is no longer used
///
/// A build keeps what exporters made of each unit, and makes only what depends on something that changed. Nothing is lost
/// with it: the next build rebuilds everything. What is old or too much goes by itself.
#[derive(Debug, Args)]
pub(crate) struct Cache {
    #[command(flatten)]
    folder: CacheFolder,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Remove what no build used for some time, what is too much, and what killed builds and earlier versions left
    Prune {
        /// For how many days; 0 removes everything
        #[arg(long, value_name = "DAYS", default_value = "30")]
        unused: u16,
    },
}

/// Where the cache is.
#[derive(Debug, Args)]
pub(crate) struct CacheFolder {
    /// The folder that keeps what was made; that of the system for caches unless stated
    #[arg(long, value_name = "DIR", env = "REGIMEN_CACHE", global = true)]
    cache: Option<OsString>,
    /// How large the cache gets, such as "500 MB"; the longest unused goes first
    #[arg(long, value_name = "SIZE", default_value = "2 GB", env = "REGIMEN_CACHE_SIZE", value_parser = bytes, global = true)]
    cache_size: u64,
    /// For how many days something is kept that no build uses
    #[arg(long, value_name = "DAYS", default_value = "90", env = "REGIMEN_CACHE_DAYS", global = true)]
    cache_days: u16,
}

/// Whether and where output of exporters is kept from one run to the next.
#[derive(Debug, Args)]
pub(crate) struct CacheUse {
    #[command(flatten)]
    folder: CacheFolder,
    /// Run every exporter again, and keep nothing for the next time
    #[arg(long)]
    no_cache: bool,
}

impl CacheUse {
    /// The cache, unless it is refused, there is no place for one, or its user has no key to it, which is told.
    pub(crate) fn open(&self) -> Option<Kept> {
        let store = self.folder.open().filter(|_| !self.no_cache)?;
        let Some(home) = user::folder() else {
            let variable = user::VARIABLE;
            report::note(&format!(
                "nothing is cached: there is no folder for the key of the cache; name one with {variable}"
            ));
            return None;
        };
        match Secret::of_user(&home) {
            Ok(secret) => {
                let mut cache = Kept::new(store, secret);
                cache.limits = self.folder.limits();
                Some(cache)
            }
            Err(error) => {
                report::note(&format!("nothing is cached: {}", report::printable(&error.to_string())));
                None
            }
        }
    }
}

impl CacheFolder {
    /// The folder of the cache, if there is a place for one.
    #[expect(clippy::disallowed_methods, reason = "the age of what is kept is measured by today")]
    fn open(&self) -> Option<Store> {
        let folder = self.cache.clone().map(PathBuf::from).or_else(usual)?;
        // An empty name is nowhere.
        (!folder.as_os_str().is_empty()).then(|| Store::new(folder, SystemTime::now()))
    }

    fn limits(&self) -> Limits {
        Limits { unused: days(self.cache_days), bytes: self.cache_size }
    }
}

fn days(number: u16) -> Duration {
    Duration::from_secs(u64::from(number) * 24 * 60 * 60)
}

/// A size as it is written: "500 MB".
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number: Option<u64> = text[..digits].parse().ok();
    let unit = match text[digits..].trim().to_ascii_lowercase().as_str() {
        "kb" => Some(1_000),
        "mb" => Some(1_000_000),
        "gb" => Some(1_000_000_000),
        _ => None,
    };
    let bytes = number.zip(unit).and_then(|(number, unit)| number.checked_mul(unit));
    bytes.ok_or_else(|| "write a number of kB, MB or GB, such as \"500 MB\"".to_owned())
}

/// The folder that a system has for caches, with one of ours in it.
fn usual() -> Option<PathBuf> {
    user::in_profile("LOCALAPPDATA", "Library/Caches", ("XDG_CACHE_HOME", ".cache"))
}

/// What tells this program from others: the digest of its file, so that each build of it is another program.
pub(crate) fn this_program(cache: &Kept) -> Option<String> {
    let path = std::env::current_exe().ok()?;
    // Where a system tells, the file that runs is asked, which may have been replaced at its path.
    let file = File::open("/proc/self/exe").or_else(|_| File::open(&path)).ok()?;
    Some(cache.program(&path, file).ok()?.to_string())
}

/// Says or removes.
pub(crate) fn run(cache: &Cache) -> Exit {
    let Some(store) = cache.folder.open() else {
        report::failure("this system has no folder for caches", Some("name one: `--cache DIR`, or REGIMEN_CACHE"));
        return Exit::Usage;
    };
    let limits = cache.folder.limits();
    let done = match &cache.what {
        None => store.contents().map(|contents| say(&store, contents, &cache.folder)),
        Some(What::Prune { unused }) => {
            let limits = Limits { unused: days(*unused), ..limits };
            store.prune(limits).map(|usage| report::line(&format!("{} removed", shown(usage))))
        }
    };
    done.map_or_else(|error| refused(store.folder(), &error), |()| Exit::Fine)
}

fn say(store: &Store, contents: Contents, folder: &CacheFolder) {
    let Contents { entries, notes, leftovers, tidied } = contents;
    report::line(&format!("{} in {}", shown(entries), store.folder().display()));
    if notes.entries > 0 {
        let what = if notes.entries == 1 { "note" } else { "notes" };
        report::line(&format!("{} {what} on earlier builds ({})", notes.entries, size(notes.bytes)));
    }
    if leftovers.entries > 0 {
        let what = if leftovers.entries == 1 { "file" } else { "files" };
        report::line(&format!(
            "{} {what} of earlier versions and of builds that were killed ({})",
            leftovers.entries,
            size(leftovers.bytes)
        ));
    }
    let day = |at: SystemTime| Timestamp::try_from(at).ok().map(|at| at.to_zoned(TimeZone::UTC).date());
    let tidied = tidied.and_then(day).map(|day| format!("; last tidied on {day}")).unwrap_or_default();
    let CacheFolder { cache_size, cache_days, .. } = folder;
    report::line(&format!("kept for {cache_days} days and up to {}{tidied}", size(*cache_size)));
}

fn shown(usage: Usage) -> String {
    let entries = if usage.entries == 1 { "entry" } else { "entries" };
    format!("{} {entries} ({})", usage.entries, size(usage.bytes))
}

fn refused(folder: &Path, error: &std::io::Error) -> Exit {
    report::failure(
        &format!("`{}`: {error}", folder.display()),
        Some("ask for the right to change it, or name another"),
    );
    Exit::Io
}
