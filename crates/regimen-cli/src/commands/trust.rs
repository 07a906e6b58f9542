//! `regimen trust`, and where it is recorded which plugins are trusted

use std::io::IsTerminal as _;
use std::path::Path;

use clap::builder::FalseyValueParser;
use clap::{ArgAction, Args};
use regimen_build::{PluginFacts, Trust as Trusting, TrustStore};

use super::{ThisProgram, load_catalog};
use crate::arguments::CatalogFolder;
use crate::exit::Exit;
use crate::report;
use crate::report::text::size;
use crate::user;

/// The most files of a plugin that are listed.
const LISTED: usize = 200;

/// Trust the plugins of a catalogue, so that builds may start them
///
/// A plugin is a program that can do whatever you can. This shows what each would run and which files it is made of, and records that you
/// trust it as it is now. It asks first, on a terminal; elsewhere it records with `--yes` alone. When the section or a file of a plugin changes, builds stop and
/// say what changed. Nothing of the catalogue is started here.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(crate) struct Trust {
    #[command(flatten)]
    catalog: CatalogFolder,
    /// Only this plugin, by its name below `exporters:`; can be repeated
    #[arg(long = "plugin", value_name = "ID")]
    plugins: Vec<String>,
    /// Show what would be trusted, and record nothing
    #[arg(long, conflicts_with_all = ["list", "revoke"])]
    dry_run: bool,
    /// Record it without asking, also where there is no terminal
    #[arg(long, short)]
    yes: bool,
    /// List what is trusted in all catalogues
    #[arg(long, conflicts_with_all = ["revoke", "plugins"])]
    list: bool,
    /// Trust the plugins of this catalogue no more
    #[arg(long)]
    revoke: bool,
}

/// Whether a build starts plugins that you have not trusted.
#[derive(Debug, Args)]
pub(crate) struct TrustUse {
    /// Start whatever plugins the catalogue has: for your own catalogues, and for CI
    #[arg(long, env = "REGIMEN_TRUST_PLUGINS", action = ArgAction::SetTrue, value_parser = FalseyValueParser::new())]
    trust_plugins: bool,
}

impl TrustUse {
    /// Which plugins may be started.
    pub(crate) fn trust(&self) -> Trusting {
        match store() {
            _ if self.trust_plugins => Trusting::Everybody,
            Some(store) => Trusting::Recorded(store),
            None => Trusting::Nobody,
        }
    }
}

/// The record of what is trusted, if there is a place for it.
fn store() -> Option<TrustStore> {
    user::folder().map(|folder| TrustStore::new(folder.join("trust.json")))
}

/// Trusts plugins, or lists them, or trusts them no more.
pub(crate) fn run(trust: &Trust) -> Exit {
    let Some(store) = store() else {
        let help = format!("name one in {}", user::VARIABLE);
        report::failure("this system has no folder for what programs remember", Some(&help));
        return Exit::Usage;
    };
    if trust.list {
        return list(&store);
    }
    let folder = &trust.catalog.folder;
    // What was trusted is forgotten also if its catalogue is gone.
    if trust.revoke && !folder.exists() {
        return revoke(trust, &store, &[]);
    }
    let loaded = match load_catalog(folder) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    if loaded.catalog.is_none() {
        let help = format!("`regimen check {}` shows why", folder.display());
        report::failure("the project file cannot be read", Some(&help));
        return Exit::Findings;
    }
    let all = ThisProgram::without_cache().workspace(folder).plugins(&loaded);
    let is_known = |name: &&String| all.iter().any(|(known, _)| known == *name);
    if let Some(unknown) = trust.plugins.iter().find(|name| !is_known(name)).filter(|_| !trust.revoke) {
        let names: Vec<String> = all.iter().map(|(name, _)| format!("`{name}`")).collect();
        let help = if names.is_empty() {
            "this catalogue has none".to_owned()
        } else {
            format!("there are: {}", names.join(", "))
        };
        report::failure(&format!("there is no plugin `{}`", unknown.escape_debug()), Some(&help));
        return Exit::Usage;
    }
    let meant = all.into_iter().filter(|(name, _)| trust.plugins.is_empty() || trust.plugins.contains(name));
    let mut plugins = Vec::new();
    for (name, facts) in meant {
        match facts {
            Ok(facts) => plugins.push(facts),
            Err(_) if trust.revoke => {}
            Err(findings) => {
                let why = findings.first().map_or_else(String::new, |finding| format!(": {}", finding.message));
                report::failure(
                    &format!("the plugin `{name}` cannot be started{why}"),
                    Some("`regimen check` shows where"),
                );
                return Exit::Findings;
            }
        }
    }
    if trust.revoke { revoke(trust, &store, &plugins) } else { add(trust, &store, &plugins) }
}

fn add(trust: &Trust, store: &TrustStore, plugins: &[PluginFacts]) -> Exit {
    if plugins.is_empty() {
        report::line("this catalogue has no plugins: builds run nothing of it");
        return Exit::Fine;
    }
    plugins.iter().for_each(show);
    if let Some((facts, why)) = plugins.iter().find_map(|facts| Some((facts, facts.unknown.as_ref()?))) {
        let name = &facts.name;
        let help = format!(
            "put it into its own folder, such as `plugins/{name}`; `regimen build --trust-plugins` starts it all the same"
        );
        report::failure(
            &format!("the plugin `{name}` cannot be trusted for later: {}", why.escape_debug()),
            Some(&help),
        );
        return Exit::Untrusted;
    }
    report::line(
        "\nA plugin can do whatever you can: read and change your files, and use the network. Trust is bound to the section and to the \
         files above; once one of them changes, builds ask again.",
    );
    let names: Vec<String> = plugins.iter().map(|facts| format!("`{}`", facts.name)).collect();
    let names = names.join(", ");
    if trust.dry_run {
        report::line(&format!("Not recorded: {names}"));
        return Exit::Fine;
    }
    if !trust.yes {
        if !(std::io::stdin().is_terminal() && std::io::stderr().is_terminal()) {
            let help = "look at what it is made of, then run it again with `--yes`";
            report::failure("nothing was recorded, because there is no terminal to ask on", Some(help));
            return Exit::Untrusted;
        }
        if !report::agrees(&format!("Trust {names}?")) {
            report::line("Nothing was recorded.");
            return Exit::Untrusted;
        }
    }
    let folder = &trust.catalog.folder;
    match store.add(&plugins.iter().collect::<Vec<_>>(), folder) {
        Ok(()) => {
            report::line(&format!("Trusted: {names}"));
            report::line(&format!(
                "Recorded in {}; `regimen trust --revoke {}` takes it back.",
                store.file().display(),
                folder.display()
            ));
            Exit::Fine
        }
        Err(error) => refused(store.file(), &error),
    }
}

/// Shows what a plugin is.
fn show(facts: &PluginFacts) {
    let words: Vec<String> = facts.words.iter().map(|word| word.escape_debug().to_string()).collect();
    report::line(&format!("plugin {}", facts.name));
    report::line(&format!("  runs     {}", words.join(" ")));
    report::line(&format!("  program  {}", facts.program.to_string_lossy().escape_debug()));
    report::line(&format!("  section  {}", escaped(&facts.section.to_string())));
    if facts.files.is_empty() {
        report::line("  files    none: its section says all there is");
    }
    for file in facts.files.iter().take(LISTED) {
        let digest: String = file.sha256.to_string().chars().take(16).collect();
        report::line(&format!("  file     {} ({}, sha256 {digest}…)", file.name.escape_debug(), size(file.size)));
    }
    let more = facts.files.len().saturating_sub(LISTED);
    if more > 0 {
        report::line(&format!("  and {more} more files beside them"));
    }
}

/// A text on one line, with each character as what it is, but for quotes.
fn escaped(text: &str) -> String {
    let shown = |c: char| if c == '"' || c == '\\' { c.to_string() } else { c.escape_debug().to_string() };
    text.chars().map(shown).collect()
}

fn revoke(trust: &Trust, store: &TrustStore, plugins: &[PluginFacts]) -> Exit {
    match store.remove(&trust.catalog.folder, plugins, &trust.plugins) {
        Ok(removed) if removed.is_empty() => report::line("Nothing of it was trusted."),
        Ok(removed) => removed.iter().for_each(|one| {
            report::line(&format!(
                "No longer trusted: `{}` of {}",
                one.plugin.escape_debug(),
                one.catalog.escape_debug()
            ));
        }),
        Err(error) => return refused(store.file(), &error),
    }
    Exit::Fine
}

fn list(store: &TrustStore) -> Exit {
    let trusted = match store.list() {
        Ok(trusted) => trusted,
        Err(error) => return refused(store.file(), &error),
    };
    if trusted.is_empty() {
        report::line("No plugin is trusted.");
    }
    let rows: Vec<[String; 3]> = trusted
        .iter()
        .map(|one| {
            let files = match one.files.len() {
                1 => "1 file".to_owned(),
                count => format!("{count} files"),
            };
            [one.plugin.escape_debug().to_string(), files, one.catalog.escape_debug().to_string()]
        })
        .collect();
    if !rows.is_empty() {
        report::line(&report::text::table(&rows, None));
    }
    Exit::Fine
}

fn refused(file: &Path, error: &std::io::Error) -> Exit {
    report::failure(
        &format!("what is trusted cannot be read or recorded in `{}`: {error}", file.display()),
        Some("mend or delete that file, or name another folder in REGIMEN_HOME"),
    );
    Exit::Io
}
