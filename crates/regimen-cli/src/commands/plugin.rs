//! `regimen plugin`

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use regimen_build::build_info;
use regimen_build::conformance::{Check, PLUGIN_FILE, Sample, conformance};
use regimen_catalog::{Files, Loaded, Severity, load, load_files};

use super::init::STARTER;
use crate::exit::Exit;
use crate::exporters;
use crate::report;
use crate::write::new_file;

/// Start a plugin of your own, or test one
#[derive(Debug, Args)]
pub(crate) struct Plugin {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a plugin to start from, which works as it is
    New {
        /// The folder to make, such as `catalog/plugins/flashcards`; its name becomes that of the plugin
        ///
        /// A plugin in Python belongs inside the folder of `regimen.yaml`, from which its section counts the paths.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// The language to write it in
        #[arg(long, value_name = "LANGUAGE", default_value = "python")]
        language: Language,
    },
    /// Ask a plugin everything that builds ask, and say whether its answers are right
    ///
    /// It gets an empty catalogue, a small one, and yours; it is asked twice, and as a later version of this program would
    /// ask. The folder has a file `plugin.yaml` with the keys of the plugin's section in `regimen.yaml`.
    Test {
        /// The folder of the plugin
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// A catalogue to test with; the one in the folder `catalog`, if there is one
        #[arg(long, value_name = "DIR")]
        catalog: Option<PathBuf>,
    },
}

/// A language that there is a template for.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Language {
    /// One file, run by Python 3 with nothing installed
    Python,
    /// A program of its own that has the exporters of this one too
    Rust,
}

/// The files of a plugin, by their path; `{name}` stands for its name.
macro_rules! template {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../templates/plugin/", $path)))),+]
    };
}

const PYTHON: &[(&str, &str)] = template!["python/plugin.yaml", "python/plugin.py", "python/README.md"];
const RUST: &[(&str, &str)] = template!["rust/Cargo.toml", "rust/src/main.rs", "rust/README.md"];

/// Writes or tests a plugin.
pub(crate) fn run(plugin: &Plugin) -> Exit {
    match &plugin.what {
        What::New { folder, language } => new(folder, *language),
        What::Test { folder, catalog } => test(folder, catalog.as_deref()),
    }
}

fn new(folder: &Path, language: Language) -> Exit {
    let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.chars().all(plain) {
        let message = format!("`{name}` is no name for a plugin");
        report::failure(&message, Some("use lower-case letters, digits and `-`, such as `catalog/plugins/flashcards`"));
        return Exit::Usage;
    }
    if exporters::all().iter().any(|exporter| exporter.id == name) {
        report::failure(&format!("`{name}` is an exporter of this program"), Some("give your plugin another name"));
        return Exit::Usage;
    }
    let (files, start) = match language {
        Language::Python => (PYTHON, "python/"),
        Language::Rust => (RUST, "rust/"),
    };
    for (path, text) in files {
        let path = folder.join(path.strip_prefix(start).unwrap_or(path));
        if let Err(error) = new_file(&path, &text.replace("{name}", name)) {
            let message = format!("`{}` cannot be written: {error}", path.display());
            report::failure(&message, Some("name a folder that does not exist yet; nothing is ever written over"));
            return Exit::Io;
        }
    }
    report::line(&format!("{} files written to `{}`; its README.md says how to go on", files.len(), folder.display()));
    if matches!(language, Language::Python) {
        report::line(&format!("\nNow try:\n  regimen plugin test {}", folder.display()));
    }
    Exit::Fine
}

fn test(folder: &Path, catalog: Option<&Path>) -> Exit {
    crate::interrupt::end_plugins_with_us();
    let starter = starter();
    let usual = Path::new("catalog");
    let named = catalog.or_else(|| usual.join(regimen_catalog::PROJECT_FILE).exists().then_some(usual));
    let own = named.map(load).transpose();
    let Ok(own) = own else {
        report::failure("there is no such catalogue", Some("name the folder that holds `regimen.yaml`"));
        return Exit::Usage;
    };
    if own.as_ref().is_some_and(|own| own.findings.iter().any(|finding| finding.severity == Severity::Error)) {
        report::note("your catalogue has errors, and what has them is left out here; `regimen check` shows them");
    }
    let loaded = [("a small one", &starter)].into_iter().chain(own.iter().map(|own| ("yours", own)));
    let samples: Vec<Sample<'_>> = loaded
        .filter_map(|(name, loaded)| {
            Some(Sample { name: name.to_owned(), catalog: loaded.catalog.as_ref()?, sources: &loaded.sources })
        })
        .collect();
    let facts = samples.first().map(|sample| build_info(sample.catalog, env!("CARGO_PKG_VERSION"), None));
    let Some(Ok(facts)) = facts else { return Exit::Bug };
    let guard = regimen_build::external::guard::this_program();
    match conformance(folder, &samples, &facts, guard.as_deref()) {
        Ok(checks) => verdict(&checks),
        Err(message) => {
            let help = format!("write a `{PLUGIN_FILE}` beside the plugin, such as `process: [python3, plugin.py]`");
            report::failure(&message, Some(&help));
            Exit::Usage
        }
    }
}

fn starter() -> Loaded {
    let files =
        STARTER.iter().filter_map(|(path, text)| Some((path.strip_prefix("catalog/")?.into(), text.as_bytes().into())));
    load_files(&files.collect::<Files>())
}

/// The table, and whether all is well.
fn verdict(checks: &[Check]) -> Exit {
    let width = checks.iter().map(|check| check.name.chars().count()).max().unwrap_or(0);
    for Check { name, outcome } in checks {
        let (mark, said) = match outcome {
            Ok(said) => ("ok  ", said),
            Err(said) => ("FAIL", said),
        };
        report::line(&format!("{mark}  {name:width$}  {}", report::printable(said)));
    }
    let failed = checks.iter().filter(|check| check.outcome.is_err()).count();
    if failed == 0 {
        report::line(&format!("\nall {} checks passed", checks.len()));
        return Exit::Fine;
    }
    report::line(&format!(
        "\n{failed} of {} checks failed; `regimen schema plugin` prints what a plugin may answer",
        checks.len()
    ));
    Exit::Plugin
}
