//! `regimen check`

use std::path::Path;

use clap::Args;
use regimen_build::{Checked, Chosen, Depth, People, Workspace};
use regimen_catalog::model::Share;
use regimen_catalog::{Coverage, Diagnostic, Loaded, Severity};

use super::build::failed;
use super::cache::CacheUse;
use super::people::{PeopleSource, counted, note_more};
use super::{ThisProgram, no_catalog};
use crate::arguments::{CatalogFolder, FindingsFormat, Format};
use crate::exit::Exit;
use crate::progress::{Bar, PeopleBar};
use crate::report::{self, Findings};

/// Read the whole catalogue, make everything from it in memory, and say what is wrong, where, and the way out
///
/// A catalogue without an error builds. Plugins of a catalogue are not started. With --people, each row of a table of people is
/// checked as well; of what is wrong, only the place and the id are shown.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) catalog: CatalogFolder,
    /// Check the files of the catalogue alone, without running the exporters: faster, but a build may find more
    #[arg(long)]
    pub(crate) content_only: bool,
    #[command(flatten)]
    people: PeopleSource,
    #[command(flatten)]
    pub(crate) cache: CacheUse,
    #[command(flatten)]
    pub(crate) findings: FindingsFormat,
}

/// Checks a catalogue and shows every finding.
pub(crate) fn run(check: &Check) -> Exit {
    let program = ThisProgram::new(&check.cache);
    let workspace = program.workspace(&check.catalog.folder);
    let depth = if check.content_only { Depth::Content } else { Depth::Everything };
    let bar = Bar::new();
    let checked = workspace.check(depth, &bar);
    bar.clear();
    let Checked { mut loaded, failure } = match checked {
        Ok(checked) => checked,
        Err(error) => return no_catalog(&error),
    };
    let people = match people_of(check, &workspace, &loaded, depth) {
        Ok(people) => people,
        Err(exit) => return exit,
    };
    let people = people.map(|FoundForPeople { people, findings, more }| {
        let is_right = findings.is_empty();
        // Behind those of the catalogue, in the order of the roster.
        loaded.findings.extend(findings);
        (people, is_right, more)
    });
    let findings = Findings { root: &check.catalog.folder, sources: &loaded.sources, list: &loaded.findings };
    findings.show(&check.findings);
    note_more(people.map_or(0, |(.., more)| more));
    if let Some(error) = failure {
        return failed(&error);
    }
    if check.findings.format == Format::Human
        && loaded.findings.is_empty()
        && let Some(catalog) = &loaded.catalog
    {
        report::line(&format!(
            "{}: nothing to report in {}",
            check.catalog.folder.display(),
            report::contents(catalog)
        ));
    }
    if check.findings.format == Format::Human
        && let (Some(name), Some((count, true, _))) = (check.people.name(), people)
    {
        let name = report::printable(&name.display().to_string());
        report::line(&format!("{name}: nothing to report in {}", counted(count)));
    }
    if check.findings.format == Format::Human
        && let Some(catalog) = &loaded.catalog
    {
        languages(&catalog.coverage()).iter().for_each(|line| report::line(line));
    }
    if findings.worst() == Some(Severity::Error) { Exit::Findings } else { Exit::Fine }
}

/// How many people there are, what is found for them, and how many findings there are beyond these.
struct FoundForPeople {
    people: usize,
    findings: Vec<Diagnostic>,
    more: usize,
}

/// What is found for people, if they are asked for and the catalogue lets anybody be built.
fn people_of(
    check: &Check,
    workspace: &Workspace<'_>,
    loaded: &Loaded,
    depth: Depth,
) -> Result<Option<FoundForPeople>, Exit> {
    let Some(catalog) = loaded.catalog.as_ref().filter(|_| !loaded.has_errors()) else { return Ok(None) };
    let Some(roster) = check.people.open(catalog)? else { return Ok(None) };
    let mut found = roster.findings().to_vec();
    let bar = PeopleBar::new(check.people.name().unwrap_or(Path::new("-")));
    let people = People { roster, chosen: &Chosen::default(), explains: false, is_stopped: &|| false, progress: &bar };
    let built = workspace.check_people(loaded, depth, people).map_err(|error| failed(&error));
    bar.clear();
    let built = built?;
    found.extend(built.findings);
    Ok(Some(FoundForPeople { people: built.people + built.failed, findings: found, more: built.left_out }))
}

/// A line for each language, unless there is only one and it lacks nothing.
fn languages(coverage: &[Coverage]) -> Vec<String> {
    let whole = |of: &Coverage| of.labels.is_some_and(|labels| labels.own == labels.all);
    if matches!(coverage, [one] if whole(one)) {
        return Vec::new();
    }
    let of = |share: Share, things: &str| format!("{} of {} {things}", share.own, share.all);
    let line = |of_language: &Coverage| {
        let Coverage { language, entries, words, labels } = of_language;
        let labels = match labels {
            Some(labels) => of(*labels, "labels"),
            None => format!("no labels, so it is not built (add `languages/{language}.yaml`)"),
        };
        format!("{language}: {}, {}, {labels}", of(*entries, "entries"), of(*words, "words"))
    };
    coverage.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coverage(tag: &str, entries: usize, labels: Option<usize>) -> Coverage {
        let share = |own, all| Share { own, all };
        Coverage {
            language: tag.parse().unwrap(),
            entries: share(entries, 4),
            words: share(entries * 3, 12),
            labels: labels.map(|own| share(own, 9)),
        }
    }

    #[test]
    fn each_language_has_a_line_where_something_can_be_missing() {
        assert_eq!(languages(&[coverage("en", 4, Some(9))]), [""; 0]);
        assert_eq!(languages(&[coverage("de", 4, Some(0))]), ["de: 4 of 4 entries, 12 of 12 words, 0 of 9 labels"]);
        assert_eq!(
            languages(&[coverage("en", 4, Some(9)), coverage("fr", 1, None)]),
            [
                "en: 4 of 4 entries, 12 of 12 words, 9 of 9 labels",
                "fr: 1 of 4 entries, 3 of 12 words, no labels, so it is not built (add `languages/fr.yaml`)",
            ]
        );
    }
}
