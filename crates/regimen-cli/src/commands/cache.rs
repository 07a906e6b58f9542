//! `regimen cache`

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clap::{Args, Subcommand};
use regimen_build::Cache as Store;
use regimen_build::cache::Usage;

use crate::exit::Exit;
use crate::report;
use crate::report::text::size;

/// Say what is kept of earlier builds and how large it is, or remove what is no longer used
///
/// A build keeps what exporters made of each unit, and makes only what depends on something that changed. Nothing is lost
/// with it: the next build makes everything anew.
#[derive(Debug, Args)]
pub(crate) struct Cache {
    #[command(flatten)]
    folder: CacheFolder,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Remove what no build used for some time
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
    #[arg(long, value_name = "DIR", env = "REGIMEN_CACHE")]
    cache: Option<OsString>,
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
    /// The cache, unless it is refused or there is no place for one.
    pub(crate) fn open(&self) -> Option<Store> {
        self.folder.open().filter(|_| !self.no_cache)
    }
}

impl CacheFolder {
    /// The cache, if there is a place for one.
    #[expect(clippy::disallowed_methods, reason = "the age of what is kept is measured by today")]
    pub(crate) fn open(&self) -> Option<Store> {
        let folder = self.cache.clone().map(PathBuf::from).or_else(usual)?;
        // An empty name is nowhere.
        (!folder.as_os_str().is_empty()).then(|| Store::new(folder, SystemTime::now()))
    }
}

/// The folder that a system has for caches, with one of ours in it.
fn usual() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    let caches = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("HOME").map(|home| home.join("Library/Caches"))
    } else {
        set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")))
    };
    Some(caches?.join("regimen"))
}

/// What tells this program from others, also from itself before it was compiled anew.
pub(crate) fn this_program() -> String {
    let file = std::env::current_exe().and_then(|file| file.metadata()).ok();
    let made = file.and_then(|file| Some((file.len(), file.modified().ok()?)));
    format!("{} {made:?}", env!("CARGO_PKG_VERSION"))
}

/// Says or removes.
pub(crate) fn run(cache: &Cache) -> Exit {
    let Some(store) = cache.folder.open() else {
        report::failure("this system has no folder for caches", Some("name one: `--cache DIR`, or REGIMEN_CACHE"));
        return Exit::Usage;
    };
    let done = match &cache.what {
        None => store.usage().map(|usage| report::line(&format!("{} in {}", shown(usage), store.folder().display()))),
        Some(What::Prune { unused }) => {
            let unused = Duration::from_secs(u64::from(*unused) * 24 * 60 * 60);
            store.prune(unused).map(|usage| report::line(&format!("{} removed", shown(usage))))
        }
    };
    done.map_or_else(|error| refused(store.folder(), &error), |()| Exit::Fine)
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
