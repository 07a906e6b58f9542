//! `regimen build --people`

use std::path::{Path, PathBuf};

use clap::Args;
use regimen_build::{BuiltForPeople, Chosen, Error, Output, People, Shard};
use regimen_catalog::model::PersonId;
use regimen_catalog::people::{self, RosterError, Source};
use regimen_catalog::{Id, Severity};

use super::{Build, failed, options, summarise};
use crate::commands::{ThisProgram, load_catalog};
use crate::exit::Exit;
use crate::interrupt;
use crate::progress::PeopleBar;
use crate::report::{self, Findings};

/// For whom to build.
#[derive(Debug, Args)]
pub(crate) struct ForPeople {
    /// Make the files of the people in this table, YAML file or folder instead of those of the catalogue; `-` reads standard input
    #[arg(long = "people", value_name = "FILE_OR_DIR", env = "REGIMEN_PEOPLE", conflicts_with_all = ["start", "race", "at", "timezone", "length", "previous"])]
    pub(crate) roster: Option<PathBuf>,
    /// Build for the person of this id alone
    #[arg(long = "for", value_name = "ID", requires = "roster")]
    person: Option<Id<PersonId>>,
    /// Build one of several shares of the people, such as 2/4; who is in it depends on ids alone
    #[arg(long, value_name = "I/N", requires = "roster")]
    shard: Option<Shard>,
}

/// Makes and publishes the files of people.
pub(super) fn run(arguments: &Build) -> Exit {
    let Some(path) = &arguments.people.roster else { return Exit::Usage };
    let folder = &arguments.catalog.folder;
    let loaded = match load_catalog(folder) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let Some(catalog) = loaded.catalog.as_ref().filter(|_| !loaded.has_errors()) else {
        Findings { root: folder, sources: &loaded.sources, list: &loaded.findings }.show(&arguments.findings);
        return failed(&Error::Findings { errors: loaded.errors() });
    };
    let roster = match people::open(source(path), catalog) {
        Ok(roster) => roster,
        Err(error) => return no_roster(&error),
    };
    let findings = |list: &[_]| Findings { root: folder, sources: &loaded.sources, list }.show(&arguments.findings);
    // A column that means nothing would be lost for everybody.
    if roster.findings().iter().any(|finding| finding.severity == Severity::Error) {
        findings(roster.findings());
        return Exit::Findings;
    }
    let of_roster = roster.findings().to_vec();
    let program = ThisProgram::new();
    let workspace = program.workspace(folder, arguments.cache.open());
    let chosen = Chosen { person: arguments.people.person.clone(), shard: arguments.people.shard };
    let bar = PeopleBar::new(path);
    let output = Output { folder: &arguments.out, adopt: arguments.adopt, keep_going: true };
    let people = People { roster, chosen: &chosen, is_stopped: &interrupt::asked_to_stop };
    interrupt::stop_when_asked();
    let result = workspace.publish_people(&loaded, &options(arguments), people, output, &bar);
    bar.clear();
    match result {
        Ok(built) => {
            findings(&[of_roster, built.findings.clone()].concat());
            finish(arguments, &built, &chosen)
        }
        Err(error) => failed(&error),
    }
}

/// Where people are read from.
pub(crate) fn source(path: &Path) -> Source<'static> {
    if path == Path::new("-") { Source::stream("standard input", std::io::stdin()) } else { Source::path(path) }
}

pub(crate) fn no_roster(error: &RosterError) -> Exit {
    report::failure(&error.to_string(), Some(error.help()));
    match error {
        RosterError::Missing(_) | RosterError::Ending(_) => Exit::Usage,
        RosterError::Io(..) => Exit::Io,
    }
}

/// Sums up.
fn finish(arguments: &Build, built: &BuiltForPeople, chosen: &Chosen) -> Exit {
    let lines: Vec<_> = built.exporters.iter().map(|(summary, tally)| (summary.as_str(), tally)).collect();
    summarise(arguments, &lines);
    if built.left_out > 0 {
        report::note(&format!("and {} more findings", built.left_out));
    }
    let count = |number: usize| format!("{number} {}", if number == 1 { "person" } else { "people" });
    if let Some(id) = &chosen.person
        && built.people + built.failed == 0
    {
        report::failure(&format!("nobody in the roster has the id `{id}`"), Some("look at the `id` of each row"));
        return Exit::Usage;
    }
    if !arguments.findings.format.is_for_programs() {
        let as_it_was = if built.unchanged > 0 { format!(", {} as they were", built.unchanged) } else { String::new() };
        report::line(&format!("people    {}{as_it_was}", count(built.people)));
    }
    if built.stopped {
        report::failure(
            "stopped before everybody was built; who was has all their files",
            Some("build again to go on"),
        );
        return Exit::Interrupted;
    }
    if !built.bugs.is_empty() {
        return failed(&Error::Bugs(built.bugs.clone()));
    }
    if built.failed > 0 {
        let has = if built.failed == 1 { "has" } else { "have" };
        let without = format!("{} {has} no new files because of the errors above", count(built.failed));
        report::failure(&without, Some("mend their rows and build again; the files that they had stay as they were"));
        return Exit::Findings;
    }
    Exit::Fine
}
