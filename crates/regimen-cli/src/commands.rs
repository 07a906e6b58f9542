//! What the program can be told, and one module for each command.

pub(crate) mod build;
pub(crate) mod cache;
pub(crate) mod changed;
pub(crate) mod check;
pub(crate) mod completions;
mod dates;
pub(crate) mod explain;
pub(crate) mod init;
pub(crate) mod licences;
pub(crate) mod list;
pub(crate) mod log;
pub(crate) mod man;
pub(crate) mod merge;
pub(crate) mod new;
mod people;
pub(crate) mod plugin;
pub(crate) mod rules;
pub(crate) mod schema;
pub(crate) mod show;
pub(crate) mod trust;
pub(crate) mod verify;

use std::path::Path;

use clap::{Parser, Subcommand};
use regimen_build::{Cache, Program, Workspace};
use regimen_catalog::suggest::did_you_mean;
use regimen_catalog::{Catalog, Kind, LoadError, Loaded, Severity, load};

use crate::arguments::{Colour, FindingsFormat, Format};
use crate::exit::Exit;
use crate::exporters::{self, time_zone_data};
use crate::report::{self, Findings};

/// Keeps training knowledge once, as text, and exports it as handouts, calendars and guides.
///
/// A catalogue is a folder with a file `regimen.yaml`. `regimen init` writes one to start from, `regimen check` says
/// what is wrong in it, `regimen build` makes everything from it.
#[derive(Debug, Parser)]
#[command(name = "regimen", version, long_version = long_version(), arg_required_else_help = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to colour findings: `always`, `never`, or `auto`, which does on a terminal unless `NO_COLOR` is set
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true, hide_possible_values = true)]
    pub(crate) color: Colour,
}

/// The version, and that of the time zone data, which decides the times in calendars.
fn long_version() -> String {
    format!("{}\ntime zone data {}", env!("CARGO_PKG_VERSION"), time_zone_data().unwrap_or("unknown"))
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Init(init::Init),
    New(new::New),
    Check(check::Check),
    Build(Box<build::Build>),
    Verify(Box<verify::Verify>),
    Merge(merge::Merge),
    Changed(changed::Changed),
    List(list::List),
    Log(log::Log),
    Show(show::Show),
    Rules(rules::Rules),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Plugin(plugin::Plugin),
    Trust(trust::Trust),
    Cache(cache::Cache),
    Licences(licences::Licences),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Runs what was asked for.
pub(crate) fn run(arguments: Arguments) -> Exit {
    report::set_colour(arguments.color);
    match arguments.command {
        Command::Check(check) => check::run(&check),
        Command::Build(build) => build::run(&build),
        Command::Verify(verify) => verify::run(&verify),
        Command::Merge(merge) => merge::run(&merge),
        Command::Changed(changed) => changed::run(&changed),
        Command::Cache(cache) => cache::run(&cache),
        Command::Licences(licences) => licences::run(&licences),
        Command::Plugin(plugin) => plugin::run(&plugin),
        Command::Trust(trust) => trust::run(&trust),
        Command::Init(init) => init::run(&init),
        Command::New(new) => new::run(&new),
        Command::List(list) => list::run(&list),
        Command::Log(log) => log::run(&log),
        Command::Show(show) => show::run(&show),
        Command::Rules(rules) => rules::run(&rules),
        Command::Explain(explain) => explain::run(&explain),
        Command::Completions(completions) => completions::run(&completions),
        Command::Man(man) => man::run(&man),
        Command::Schema(schema) => schema::run(&schema),
    }
}

/// What builds depend on of this program and its environment.
struct ThisProgram {
    cache: Option<Cache>,
    identity: String,
    source_date_epoch: Option<String>,
}

impl ThisProgram {
    /// With the cache that its arguments name, unless it cannot be told from other programs.
    fn new(cache: &cache::CacheUse) -> Self {
        let known = cache.open().and_then(|cache| cache::this_program(&cache).map(|identity| (cache, identity)));
        let (cache, identity) = known.unzip();
        Self { cache, identity: identity.unwrap_or_default(), ..Self::without_cache() }
    }

    /// With no cache.
    fn without_cache() -> Self {
        let epoch = std::env::var_os("SOURCE_DATE_EPOCH").map(|value| value.to_string_lossy().into_owned());
        Self { cache: None, identity: String::new(), source_date_epoch: epoch }
    }

    /// The catalogue in a folder, with the exporters of this program.
    fn workspace(&self, folder: &Path) -> Workspace<'_> {
        let version = env!("CARGO_PKG_VERSION");
        let program =
            Program { version, identity: &self.identity, source_date_epoch: self.source_date_epoch.as_deref() };
        let guard = regimen_build::external::guard::this_program();
        Workspace { cache: self.cache.clone(), guard, ..Workspace::new(folder, exporters::all(), program) }
    }
}

/// Loads the catalogue, or says why there is none.
fn load_catalog(folder: &Path) -> Result<Loaded, Exit> {
    load(folder).map_err(|error| no_catalog(&error))
}

/// Says why there is no catalogue.
fn no_catalog(error: &LoadError) -> Exit {
    let here = Path::new(regimen_catalog::PROJECT_FILE).exists();
    let help = match error {
        LoadError::Missing(_) | LoadError::NoProjectFile(_) if here => {
            Some("this folder is a catalogue itself: name it as `.`")
        }
        LoadError::Missing(_) | LoadError::NotAFolder(_) => {
            Some("name the folder that holds `regimen.yaml`, as in `regimen check path/to/catalog`")
        }
        LoadError::NoProjectFile(_) => {
            Some("add `regimen.yaml` with `language: en` and `words: {title: ...}`, or name another folder")
        }
        LoadError::Io(..) => None,
    };
    report::failure(&error.to_string(), help);
    if matches!(error, LoadError::Io(..)) { Exit::Io } else { Exit::Usage }
}

/// The catalogue as far as it can be read, with a word on standard error if it has findings. Without a project file that
/// can be read there is nothing to work with, so the findings are shown.
fn usable<'l>(loaded: &'l Loaded, folder: &Path) -> Result<&'l Catalog, Exit> {
    let findings = Findings { root: folder, sources: &loaded.sources, list: &loaded.findings };
    let Some(catalog) = &loaded.catalog else {
        findings.show(&FindingsFormat { format: Format::Human, max: None });
        return Err(Exit::Findings);
    };
    if findings.worst() == Some(Severity::Error) {
        report::note(&format!(
            "{}; entries with errors are left out here, `regimen check {}` shows why",
            findings.summary(),
            folder.display()
        ));
    }
    Ok(catalog)
}

/// The kind of entry of this name, else the nearest one as a hint. Folders are names too: `exercises`.
fn kind_named(name: &str) -> Result<Kind, String> {
    let named = |kind: &Kind| kind.scheme() == name || kind.folder() == name;
    Kind::ALL.into_iter().find(named).ok_or_else(|| {
        let known = Kind::ALL.map(Kind::scheme);
        let nearest = did_you_mean(name, known.into_iter()).map(|nearest| format!("{nearest} ")).unwrap_or_default();
        format!("{nearest}There are: {}", known.join(", "))
    })
}
