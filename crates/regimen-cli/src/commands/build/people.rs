//! `regimen build --people`

use std::path::Path;

use clap::Args;
use regimen_build::{BuiltForPeople, Chosen, Error, Output, People, Shard};
use regimen_catalog::model::PersonId;
use regimen_catalog::people::EMPTY;
use regimen_catalog::{Diagnostic, Id, Severity};

use super::{Build, failed, options, summarise};
use crate::commands::people::{PeopleSource, counted, note_more};
use crate::commands::{ThisProgram, load_catalog};
use crate::exit::Exit;
use crate::interrupt;
use crate::progress::PeopleBar;
use crate::report::{self, Findings};

/// For whom to build.
#[derive(Debug, Args)]
pub(crate) struct ForPeople {
    #[command(flatten)]
    pub(crate) source: PeopleSource,
    /// Build for the person of this id alone; with --people
    #[arg(long = "for", value_name = "ID")]
    person: Option<Id<PersonId>>,
    /// Build one of several shares of the people, such as 2/4; who is in it depends on ids alone; with --people
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Say why the files of each person were made; with --people
    #[arg(long, conflicts_with = "no_cache")]
    explain: bool,
    /// Remove the files of those who are gone from the roster, also if they are most people or all; with --people
    #[arg(long)]
    remove_gone: bool,
}

impl ForPeople {
    fn is_choosy(&self) -> bool {
        self.person.is_some() || self.shard.is_some() || self.explain || self.remove_gone
    }

    /// Why the rest of the arguments cannot be meant, if they cannot: a message and the way out.
    fn contradiction(&self, arguments: &Build) -> Option<(&'static str, &'static str)> {
        let Build { dates, previous, .. } = arguments;
        let has_people = self.source.name().is_some();
        let is_dated = dates.is_said();
        match (has_people, is_dated || previous.is_some(), self.is_choosy()) {
            (true, true, _) => Some((
                "people have dates and times of their own",
                "leave out --start, --race, --at, --timezone, --length and --previous; their rows say the same",
            )),
            (false, _, true) => {
                let message = "--for, --shard, --explain and --remove-gone are about people";
                Some((message, "name them: --people people.csv"))
            }
            (true, false, _) | (false, _, false) => None,
        }
    }
}

/// Makes and publishes the files of people; `None` if the arguments name none.
pub(super) fn run(arguments: &Build) -> Option<Exit> {
    let people = &arguments.people;
    if let Some((message, help)) = people.contradiction(arguments) {
        report::failure(message, Some(help));
        return Some(Exit::Usage);
    }
    people.source.name().map(|roster| build(arguments, roster))
}

fn build(arguments: &Build, path: &Path) -> Exit {
    let folder = &arguments.catalog.folder;
    let loaded = match load_catalog(folder) {
        Ok(loaded) => loaded,
        Err(exit) => return exit,
    };
    let findings = |list: &[_]| Findings { root: folder, sources: &loaded.sources, list }.show(&arguments.findings);
    let Some(catalog) = loaded.catalog.as_ref().filter(|_| !loaded.has_errors()) else {
        findings(&loaded.findings);
        return failed(&Error::Findings { errors: loaded.errors() });
    };
    let roster = match arguments.people.source.open(catalog) {
        Ok(Some(roster)) => roster,
        Ok(None) => return Exit::Usage,
        Err(exit) => return exit,
    };
    // A column that means nothing would be lost for everybody.
    let is_meant = |finding: &Diagnostic| arguments.people.remove_gone && finding.code == EMPTY;
    if roster.findings().iter().any(|finding| finding.severity == Severity::Error && !is_meant(finding)) {
        findings(roster.findings());
        return failed(&Error::Findings { errors: roster.findings().len() });
    }
    let of_roster: Vec<_> = roster.findings().iter().filter(|finding| !is_meant(finding)).cloned().collect();
    let program = ThisProgram::new(&arguments.cache);
    let mut workspace = program.workspace(folder);
    workspace.trust = arguments.trust.trust();
    let ForPeople { person, shard, remove_gone, .. } = &arguments.people;
    let chosen = Chosen { person: person.clone(), shard: *shard, remove_gone: *remove_gone };
    let bar = PeopleBar::new(path);
    let output = Output { folder: &arguments.out, adopt: arguments.adopt, keep_going: true };
    let explains = arguments.people.explain;
    let people = People { roster, chosen: &chosen, explains, is_stopped: &interrupt::asked_to_stop, progress: &bar };
    interrupt::stop_when_asked();
    let result = workspace.publish_people(&loaded, &options(arguments), people, output);
    bar.clear();
    match result {
        Ok(built) => {
            findings(&[of_roster, built.findings.clone()].concat());
            finish(arguments, &built, &chosen)
        }
        Err(error) => failed(&error),
    }
}

/// A line for each person whose files were made: "p-001: their row changed".
fn explain(built: &BuiltForPeople) {
    for (id, why) in &built.reasons {
        let why: Vec<String> = why.iter().map(ToString::to_string).collect();
        report::line(&format!("{id}: {}", report::printable(&why.join("; "))));
    }
    if built.reasons_left_out > 0 {
        report::line(&format!("and {} more", counted(built.reasons_left_out)));
    }
}

/// Sums up.
fn finish(arguments: &Build, built: &BuiltForPeople, chosen: &Chosen) -> Exit {
    if !arguments.findings.format.is_for_programs() {
        explain(built);
    }
    let lines: Vec<_> = built.exporters.iter().map(|(summary, tally)| (summary.as_str(), tally)).collect();
    summarise(arguments, &lines);
    note_more(built.left_out);
    if let (Some(id), Some(shard)) = (&chosen.person, chosen.shard)
        && !shard.has(id.as_str())
    {
        let message = format!(
            "`{id}` is not in the share {shard}: if the roster has them, they are in {}",
            shard.with(id.as_str())
        );
        report::failure(&message, Some("leave --shard out, or name that share"));
        return Exit::Usage;
    }
    if let Some(id) = &chosen.person
        && built.people + built.failed == 0
    {
        report::failure(&format!("nobody in the roster has the id `{id}`"), Some("look at the `id` of each row"));
        return Exit::Usage;
    }
    if !arguments.findings.format.is_for_programs() {
        let as_it_was = if built.unchanged > 0 { format!(", {} as they were", built.unchanged) } else { String::new() };
        report::line(&format!("people    {}{as_it_was}", counted(built.people)));
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
    if !built.faults.is_empty() {
        return failed(&Error::Faults(built.faults.clone()));
    }
    if built.failed > 0 {
        let has = if built.failed == 1 { "has" } else { "have" };
        let without = format!("{} {has} no new files because of the errors above", counted(built.failed));
        report::failure(
            &without,
            Some(
                "correct their rows and build again; the files that they had stay, unless they do not suit a condition of theirs",
            ),
        );
        return Exit::Findings;
    }
    match built.findings.iter().filter(|finding| finding.severity == Severity::Error).count() {
        0 => Exit::Fine,
        errors => failed(&Error::Findings { errors }),
    }
}
