//! Files of people that plugins make. A plugin is started for several people at once, and again for fewer where it fails, so that its
//! failure is that of one person. What it says in words may repeat what is known of somebody, so it is not told.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use regimen_catalog::{Diagnostic, FilePath};
use regimen_export::{Artifact, Subject};

use super::made::{Pending, PersonBuilder};
use super::output::{Exported, is_own};
use crate::cache;
use crate::external::External;
use crate::fault::{Fault, FaultKind};
use crate::job::{Job, Personal};
use crate::opened::{Backend, Opened};

/// A plugin is started for so many people at once.
pub(super) const AT_ONCE: usize = 32;
/// A plugin that never worked and failed for so many people is not started again.
const MOST_FAILURES: usize = 20;

/// A plugin that makes files for people.
pub(super) struct PeoplePlugin<'a> {
    one: &'a Opened,
    external: &'a External,
    has_worked: AtomicBool,
    failures: AtomicUsize,
}

impl<'a> PeoplePlugin<'a> {
    /// The plugins among exporters.
    pub(super) fn among(opened: &'a [Opened]) -> Vec<Self> {
        let plugin = |one: &'a Opened| match &one.backend {
            Backend::External(external) => {
                let (has_worked, failures) = Default::default();
                Some(Self { one, external, has_worked, failures })
            }
            Backend::BuiltIn(_) => None,
        };
        opened.iter().filter_map(plugin).collect()
    }

    /// Adds what the plugin makes for these people. It gets nobody whose files will not be written.
    pub(super) fn export(&self, people: &mut [&mut Pending<'_>], builder: &PersonBuilder<'_>) {
        let mut people: Vec<_> = people.iter_mut().filter(|pending| pending.is_sound()).collect();
        let jobs: Vec<Job<'_>> = people.iter().map(|pending| job(pending, builder)).collect();
        let made = self.made(&jobs.iter().collect::<Vec<_>>(), builder);
        drop(jobs);
        for (pending, made) in people.iter_mut().zip(made) {
            let exported = match made {
                Ok((files, findings)) => self.checked(files, findings, pending, builder),
                Err(kind) => Exported::below("", self.one, Vec::new(), vec![self.failed(kind)]),
            };
            builder.add(&mut pending.output, exported);
        }
    }

    /// What was made for each of these people, or why nothing was.
    fn made(&self, jobs: &[&Job<'_>], builder: &PersonBuilder<'_>) -> Vec<Result<cache::Made, FaultKind>> {
        if jobs.is_empty() {
            return Vec::new();
        }
        let has_worked = || self.has_worked.load(Ordering::Relaxed);
        if !has_worked() && self.failures.load(Ordering::Relaxed) >= MOST_FAILURES {
            return jobs.iter().map(|_| Err(FaultKind::Mistake)).collect();
        }
        let request = builder.shared.request;
        match (self.external.export(jobs, &request.info, request.sources), jobs) {
            (Ok(made), _) => {
                self.has_worked.store(true, Ordering::Relaxed);
                made.into_iter().map(Ok).collect()
            }
            (Err(Fault { kind, .. }), [_]) => {
                self.failures.fetch_add(1, Ordering::Relaxed);
                vec![Err(kind)]
            }
            (Err(_), _) => {
                let (first, second) = jobs.split_at(jobs.len() / 2);
                let mut made = self.made(first, builder);
                made.extend(self.made(second, builder));
                made
            }
        }
    }

    /// What a plugin made for a person, in its folder.
    fn checked(
        &self,
        files: Vec<Artifact>,
        findings: Vec<Diagnostic>,
        pending: &Pending<'_>,
        builder: &PersonBuilder<'_>,
    ) -> Exported {
        let name = &self.one.id;
        let untold = |finding: Diagnostic| {
            let message = format!("the plugin `{name}` reports `{}`", finding.code);
            Diagnostic { message, help: None, ..finding }
        };
        let mut findings: Vec<Diagnostic> = findings.into_iter().map(untold).collect();
        if !files.iter().all(|file| is_own(file, &pending.person.id)) {
            let id = &pending.person.id;
            let message = format!("the plugin `{name}` makes a file that is not called `people/{id}.…`");
            findings.push(Diagnostic::error("plugin-person", message).help(
                "this is a mistake of the plugin: what belongs to a person is named by their id, in the folder `people`",
            ));
        }
        Exported::below(&builder.folder_of(self.one, &pending.language), self.one, files, findings)
    }

    /// That a plugin made nothing for a person.
    fn failed(&self, kind: FaultKind) -> Diagnostic {
        let name = &self.one.id;
        let (message, help) = match kind {
            FaultKind::Mistake => (
                format!("the plugin `{name}` fails for this person"),
                "this is a mistake of the plugin: run `regimen plugin test` on it. What it says itself is not shown here, because it may \
                 repeat what the row has"
                    .to_owned(),
            ),
            FaultKind::Limit => (
                format!("the plugin `{name}` takes too long for this person, or makes too much"),
                Fault::limit(String::new()).of(name).hint(),
            ),
            FaultKind::Start => (
                format!("the plugin `{name}` cannot be started"),
                Fault::new(kind, String::new()).of(name).hint(),
            ),
            FaultKind::Changed => (
                format!("the plugin `{name}` changed while this build was running, so it was not started"),
                Fault::new(kind, String::new()).of(name).hint(),
            ),
        };
        Diagnostic::error("plugin-person", message).help(help)
    }
}

/// The unit of a person.
fn job<'p>(pending: &'p Pending<'_>, builder: &'p PersonBuilder<'_>) -> Job<'p> {
    let Pending { person, program, language, plan, replacements, slice, .. } = pending;
    let is_default = language.tag == *builder.shared.catalog.language();
    Job {
        subject: Subject::Plan(program, plan),
        catalog: &slice.catalog,
        language,
        folder: (!is_default).then(|| language.tag.as_str()),
        name: format!("person:{} ({})", person.id, language.tag),
        file: FilePath::clone(&program.file),
        slice_digest: None,
        person: Some(Personal { person, replacements }),
    }
}
