//! What there is to do: a job for each exporter and unit.
//!
//! Jobs are handed out one by one as [`Task`]s, and the plan of a schedule is written out by the worker that takes the first
//! task of it and dropped with the last, so no build holds the plans of all its schedules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use regimen_catalog::language::Language;
use regimen_catalog::model::{Entry, Program, Schedule, ScheduleName};
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::{Catalog, Diagnostic, FilePath, Id, Kind, PROJECT_FILE, Reference};
use regimen_export::{Granularity, Subject};

use crate::digest::Digest;
use crate::job::Job;
use crate::keys::CacheKeys;
use crate::opened::Opened;
use crate::overrides::Schedules;

/// Where a job is among all of a build: exporter by exporter, in each the default language and then the others by tag, in
/// each the catalogue, guides, exercises, programmes and plans by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Order {
    /// Its exporter, counted in the list of opened ones.
    pub(crate) exporter: usize,
    language: usize,
    kind: Granularity,
    position: usize,
}

/// What plans depend on besides the catalogue.
#[derive(Clone, Copy)]
pub(crate) struct Given<'a> {
    pub(crate) schedules: &'a Schedules,
    /// What makes digests of slices, if there is a cache.
    pub(crate) keys: Option<&'a CacheKeys>,
}

/// What jobs share and borrow from: a slice for each root, and plans without dates.
pub(crate) struct Planner<'a> {
    catalog: &'a Catalog,
    /// The kinds of unit that each exporter wants.
    wanted: Vec<BTreeSet<Granularity>>,
    /// The default language first, then the others by tag.
    languages: Vec<&'a Language>,
    schedules: &'a Schedules,
    slices: BTreeMap<Reference, Slice>,
    /// The digest of the whole catalogue.
    whole: Option<Digest>,
    /// Programmes without dates.
    undated: BTreeMap<Id<Program>, Plan>,
    /// The findings on programmes that cannot be written out without dates.
    pub(crate) unplanned: Vec<Vec<Diagnostic>>,
}

/// The part of the catalogue that a subject needs.
struct Slice {
    catalog: Catalog,
    digest: Option<Digest>,
}

impl<'a> Planner<'a> {
    /// Cuts the slices and writes out the programmes without dates, as far as the opened exporters ask for them.
    pub(crate) fn new(catalog: &'a Catalog, opened: &[Opened], given: Given<'a>) -> Self {
        let is_default = |language: &Language| language.tag == *catalog.language();
        let mut languages: Vec<&Language> = catalog.languages.values().map(AsRef::as_ref).collect();
        languages.sort_by_key(|language| !is_default(language));
        let wanted: Vec<BTreeSet<Granularity>> = opened.iter().map(|one| one.kinds.clone()).collect();
        let wants = |kind| wanted.iter().any(|kinds| kinds.contains(&kind));
        let plans = wants(Granularity::Program) || wants(Granularity::Plan);
        let kinds: BTreeSet<Kind> = wanted.iter().flatten().filter_map(|granularity| kind_of(*granularity)).collect();
        let roots: Vec<Reference> = kinds.into_iter().flat_map(|kind| catalog.references(kind)).collect();
        let digest = |slice: &Catalog| given.keys.and_then(|keys| keys.slice(slice));
        let slice = |root: Reference| {
            let catalog = catalog.slice(std::slice::from_ref(&root));
            let digest = digest(&catalog);
            (root, Slice { catalog, digest })
        };
        let (mut undated, mut unplanned) = (BTreeMap::new(), Vec::new());
        for program in catalog.programs.values().filter(|_| plans) {
            match expand(catalog, program, None) {
                Ok(plan) => drop(undated.insert(program.id.clone(), plan)),
                Err(found) => unplanned.push(found),
            }
        }
        let (schedules, whole) = (given.schedules, digest(catalog));
        let slices = roots.into_par_iter().map(slice).collect();
        Self { catalog, wanted, languages, schedules, slices, whole, undated, unplanned }
    }

    /// The tasks of the exporters that are wanted, in an order in which those of one schedule follow each other. Programmes
    /// none of whose schedules can be written out are missing; they are [left undated](Self::left_undated).
    pub(crate) fn tasks<'p>(&'p self, is_wanted: &'p (dyn Fn(usize) -> bool + Sync)) -> impl Iterator<Item = Task<'p>> {
        let exporters = (0..self.wanted.len()).filter(|exporter| is_wanted(*exporter));
        let one_by_one = exporters.flat_map(move |exporter| {
            let kinds = self.wanted[exporter]
                .iter()
                .copied()
                .filter(|kind| !matches!(kind, Granularity::Plan | Granularity::Person));
            kinds.flat_map(move |kind| {
                let topics = self.subjects(kind).map(Topic::Subject).enumerate();
                topics.flat_map(move |topic| self.in_each_language(exporter, kind, topic))
            })
        });
        let dated = self.schedules.iter().enumerate().filter_map(|(position, (name, schedule))| {
            // A schedule of a programme that does not exist is a finding of checking the catalogue.
            let program = self.catalog.programs.get(&schedule.program)?;
            let plan = OnceLock::new();
            Some((position, Topic::Dated(Arc::new(DatedPlan { position, name, schedule, program, plan }))))
        });
        let scheduled: BTreeSet<&Id<Program>> = self.schedules.values().map(|schedule| &schedule.program).collect();
        let never = self.plans_without_dates(move |program| !scheduled.contains(program));
        one_by_one.chain(dated.chain(never).flat_map(move |topic| self.plan_tasks(is_wanted, topic)))
    }

    /// The tasks of programmes that have schedules, none of which can be written out.
    pub(crate) fn left_undated<'p>(
        &'p self,
        is_wanted: &'p (dyn Fn(usize) -> bool + Sync),
        has_failed: &dyn Fn(usize) -> bool,
    ) -> Vec<Task<'p>> {
        let mut planned: BTreeMap<&Id<Program>, bool> = BTreeMap::new();
        for (position, schedule) in self.schedules.values().enumerate() {
            *planned.entry(&schedule.program).or_default() |= !has_failed(position);
        }
        let left = self.plans_without_dates(move |program| planned.get(program) == Some(&false));
        left.flat_map(|topic| self.plan_tasks(is_wanted, topic)).collect()
    }

    /// All tasks of these exporters in the order of jobs, with their plans.
    pub(crate) fn all_tasks<'p>(&'p self, is_wanted: &'p (dyn Fn(usize) -> bool + Sync)) -> Vec<Task<'p>> {
        let mut tasks: Vec<Task<'p>> = self.tasks(is_wanted).collect();
        let failed = |task: &Task<'_>| task.job(self).err().map(|unplanned| unplanned.position);
        let failed: BTreeSet<usize> = tasks.par_iter().filter_map(failed).collect();
        tasks.extend(self.left_undated(is_wanted, &|position| failed.contains(&position)));
        tasks.sort_by_key(|task| task.order);
        tasks
    }

    fn plan_tasks<'p>(
        &'p self,
        is_wanted: &'p (dyn Fn(usize) -> bool + Sync),
        (position, topic): (usize, Topic<'p>),
    ) -> impl Iterator<Item = Task<'p>> {
        let wants = |exporter: &usize| is_wanted(*exporter) && self.wanted[*exporter].contains(&Granularity::Plan);
        let exporters = (0..self.wanted.len()).filter(wants);
        exporters
            .flat_map(move |exporter| self.in_each_language(exporter, Granularity::Plan, (position, topic.clone())))
    }

    fn in_each_language<'p>(
        &'p self,
        exporter: usize,
        kind: Granularity,
        (position, topic): (usize, Topic<'p>),
    ) -> impl Iterator<Item = Task<'p>> {
        self.languages.iter().enumerate().map(move |(at, language)| Task {
            order: Order { exporter, language: at, kind, position },
            language,
            topic: topic.clone(),
        })
    }

    /// The plans of these programmes without dates, with a position behind those of all schedules.
    fn plans_without_dates<'p>(
        &'p self,
        is_wanted: impl Fn(&Id<Program>) -> bool + 'p,
    ) -> impl Iterator<Item = (usize, Topic<'p>)> {
        let first = self.schedules.len();
        let plans = self.undated.values().enumerate().filter(move |(_, plan)| is_wanted(&plan.program));
        plans.filter_map(move |(at, plan)| {
            let program = self.catalog.programs.get(&plan.program)?;
            Some((first + at, Topic::Subject(Subject::Plan(program, plan))))
        })
    }

    fn subjects(&self, kind: Granularity) -> Box<dyn Iterator<Item = Subject<'_>> + Send + '_> {
        let catalog = self.catalog;
        match kind {
            Granularity::Catalog => Box::new(std::iter::once(Subject::Catalog)),
            Granularity::Guide => Box::new(catalog.guides.values().map(|guide| Subject::Guide(guide))),
            Granularity::Exercise => Box::new(catalog.exercises.values().map(|one| Subject::Exercise(one))),
            Granularity::Program => Box::new(self.undated.values().filter_map(|plan| {
                let program = catalog.programs.get(&plan.program)?;
                Some(Subject::Program(program, plan))
            })),
            Granularity::Plan | Granularity::Person => Box::new(std::iter::empty()),
        }
    }
}

/// A job that is still to be made.
#[derive(Clone)]
pub(crate) struct Task<'p> {
    pub(crate) order: Order,
    language: &'p Language,
    topic: Topic<'p>,
}

#[derive(Clone)]
enum Topic<'p> {
    Subject(Subject<'p>),
    Dated(Arc<DatedPlan<'p>>),
}

/// The plan of a schedule, written out when it is first needed and shared by all jobs on it.
struct DatedPlan<'p> {
    position: usize,
    name: &'p Id<ScheduleName>,
    schedule: &'p Schedule,
    program: &'p Entry<Program>,
    plan: OnceLock<Result<Plan, Vec<Diagnostic>>>,
}

/// A schedule that cannot be written out.
pub(crate) struct Unplanned<'t> {
    /// Its position among all schedules.
    pub(crate) position: usize,
    /// Why.
    pub(crate) findings: &'t [Diagnostic],
}

impl Task<'_> {
    /// The job, with its plan written out; `None` for a subject that is not part of the catalogue.
    ///
    /// # Errors
    /// If the plan cannot be written out.
    pub(crate) fn job<'t>(&'t self, planner: &'t Planner<'_>) -> Result<Option<Job<'t>>, Unplanned<'t>> {
        let subject = match &self.topic {
            Topic::Subject(subject) => *subject,
            Topic::Dated(dated) => Subject::Plan(dated.program, dated.plan(planner.catalog)?),
        };
        let root = root_of(subject);
        let (catalog, slice_digest) = match &root {
            None => (planner.catalog, planner.whole),
            Some(root) => {
                // Every subject's root has been sliced before.
                let Some(slice) = planner.slices.get(root) else { return Ok(None) };
                (&slice.catalog, slice.digest)
            }
        };
        let label = match subject {
            Subject::Plan(_, Plan { schedule: Some(schedule), .. }) => format!("schedule:{}", schedule.name),
            _ => root.map_or_else(|| "catalog".to_owned(), |root| root.to_string()),
        };
        let language = self.language;
        let is_default = language.tag == *planner.catalog.language();
        Ok(Some(Job {
            subject,
            catalog,
            language,
            folder: (!is_default).then(|| language.tag.as_str()),
            name: format!("{label} ({})", language.tag),
            file: file_of(subject),
            slice_digest,
            person: None,
        }))
    }
}

impl DatedPlan<'_> {
    fn plan(&self, catalog: &Catalog) -> Result<&Plan, Unplanned<'_>> {
        let plan = self.plan.get_or_init(|| expand(catalog, self.program, Some((self.name, self.schedule))));
        plan.as_ref().map_err(|findings| Unplanned { position: self.position, findings })
    }
}

fn root_of(subject: Subject<'_>) -> Option<Reference> {
    match subject {
        Subject::Catalog => None,
        Subject::Guide(guide) => Some(Reference::from(&guide.id)),
        Subject::Exercise(exercise) => Some(Reference::from(&exercise.id)),
        Subject::Program(program, _) | Subject::Plan(program, _) => Some(Reference::from(&program.id)),
    }
}

fn file_of(subject: Subject<'_>) -> FilePath {
    match subject {
        Subject::Catalog => PROJECT_FILE.into(),
        Subject::Guide(guide) => guide.file.clone(),
        Subject::Exercise(exercise) => exercise.file.clone(),
        Subject::Program(program, _) | Subject::Plan(program, _) => program.file.clone(),
    }
}

/// The kind of entry that a unit is about, if it is about one.
fn kind_of(granularity: Granularity) -> Option<Kind> {
    match granularity {
        Granularity::Catalog => None,
        Granularity::Guide => Some(Kind::Guide),
        Granularity::Exercise => Some(Kind::Exercise),
        Granularity::Program | Granularity::Plan => Some(Kind::Program),
        // People are no part of a catalogue.
        Granularity::Person => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::choose::open;
    use crate::testing::{self, ALL, GUIDES};

    fn names(catalog: &Catalog) -> Vec<String> {
        let opened = open(&[GUIDES, ALL], &catalog.project).opened;
        let planner = Planner::new(catalog, &opened, Given { schedules: &catalog.project.schedules, keys: None });
        assert!(planner.unplanned.is_empty());
        let tasks = planner.all_tasks(&|_| true);
        let jobs = tasks.iter().filter_map(|task| Some((task.order.exporter, task.job(&planner).ok()??)));
        let starts = |job: &Job<'_>| match job.subject {
            Subject::Plan(_, plan) => plan.schedule.as_ref().map(|schedule| schedule.start.to_string()),
            Subject::Catalog | Subject::Guide(_) | Subject::Exercise(_) | Subject::Program(..) => None,
        };
        jobs.map(|(exporter, job)| format!("{exporter} {} {}", job.name, starts(&job).unwrap_or_default()))
            .map(|line| line.trim_end().to_owned())
            .collect()
    }

    #[test]
    fn jobs_come_by_exporter_language_kind_and_id() {
        let project = json!({
            "language": "en",
            "schedules": {"club": {"program": "long", "start": "2027-01-04"}},
        });
        let english = [
            "0 guide:calf (en)",
            "0 guide:hip (en)",
            "0 guide:calf (de)",
            "0 guide:hip (de)",
            "1 catalog (en)",
            "1 guide:calf (en)",
            "1 guide:hip (en)",
            "1 exercise:raise (en)",
            "1 program:long (en)",
            "1 program:race (en)",
            "1 program:short (en)",
            "1 schedule:club (en) 2027-01-04",
            "1 program:race (en)",
            "1 program:short (en)",
        ];
        let all = names(&testing::catalog_with(project));
        assert_eq!(all[..english.len()], english);
        assert_eq!(all.len(), english.len() + 10);
        assert!(all[english.len()..].iter().all(|name| name.contains("(de)")));
    }

    #[test]
    fn a_unit_holds_only_the_slice_of_its_subject() {
        let catalog = testing::catalog();
        let opened = open(&[GUIDES], &catalog.project).opened;
        let schedules = Schedules::new();
        let planner = Planner::new(&catalog, &opened, Given { schedules: &schedules, keys: None });
        for task in planner.all_tasks(&|_| true) {
            let job = task.job(&planner).ok().flatten().unwrap();
            assert_eq!(job.catalog.guides.len(), 1);
            assert_eq!(job.catalog.programs.len(), 0);
        }
    }
}
