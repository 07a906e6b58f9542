//! What there is to do: a list of jobs, one for each exporter and unit.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use regimen_catalog::language::Language;
use regimen_catalog::model::Program;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::{Catalog, Diagnostic, FilePath, Id, Kind, PROJECT_FILE, Reference};
use regimen_export::{Granularity, Subject};

use crate::digest::Digest;
use crate::job::Job;
use crate::keys::Keys;
use crate::opened::Opened;
use crate::when::Schedules;

/// What jobs share and borrow from: a slice for each root, and the plans.
#[derive(Default)]
pub(crate) struct Material {
    slices: BTreeMap<Reference, (Catalog, Option<Digest>)>,
    /// The sum of the whole catalogue.
    whole: Option<Digest>,
    /// Programmes without dates.
    undated: BTreeMap<Id<Program>, Plan>,
    /// Programmes with dates, in order of their schedules' names.
    dated: Vec<Plan>,
}

/// Cuts the slices and writes the plans out, as far as the opened exporters ask for them.
pub(crate) fn gather(
    catalog: &Catalog,
    opened: &[Opened],
    (schedules, keys): (&Schedules, Option<&Keys>),
) -> (Material, Vec<Diagnostic>) {
    let kinds: BTreeSet<Granularity> = opened.iter().flat_map(|one| one.kinds.clone()).collect();
    let wants = |kind| kinds.contains(&kind);
    let mut material = Material::default();
    let mut findings = Vec::new();
    let mut roots: Vec<Reference> = Vec::new();
    if wants(Granularity::Guide) {
        roots.extend(catalog.references(Kind::Guide));
    }
    if wants(Granularity::Exercise) {
        roots.extend(catalog.references(Kind::Exercise));
    }
    if wants(Granularity::Program) || wants(Granularity::Plan) {
        roots.extend(catalog.references(Kind::Program));
        for program in catalog.programs.values() {
            match expand(catalog, program, None) {
                Ok(plan) => drop(material.undated.insert(program.id.clone(), plan)),
                Err(found) => add_new(&mut findings, found),
            }
        }
    }
    if wants(Granularity::Plan) {
        for (name, schedule) in schedules {
            // A schedule of a programme that does not exist is a finding of checking the catalogue.
            let Some(program) = catalog.programs.get(&schedule.program) else {
                continue;
            };
            match expand(catalog, program, Some((name, schedule))) {
                Ok(plan) => material.dated.push(plan),
                Err(found) => add_new(&mut findings, found),
            }
        }
    }
    let sum = |slice: &Catalog| keys.and_then(|keys| keys.slice(slice));
    let slice = |root: Reference| {
        let slice = catalog.slice(std::slice::from_ref(&root));
        let sum = sum(&slice);
        (root, (slice, sum))
    };
    material.whole = sum(catalog);
    material.slices = roots.into_par_iter().map(slice).collect();
    (material, findings)
}

/// A programme with two schedules says the same of itself twice.
fn add_new(findings: &mut Vec<Diagnostic>, found: Vec<Diagnostic>) {
    for finding in found {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

/// All jobs: exporter by exporter, in each the default language and then the others by tag, in each the
/// catalogue, guides, exercises, programmes and plans by id.
pub(crate) fn jobs<'a>(catalog: &'a Catalog, material: &'a Material, opened: &[Opened]) -> Vec<Job<'a>> {
    let is_default = |language: &Language| language.tag == *catalog.language();
    let mut languages: Vec<&Language> = catalog.languages.values().map(AsRef::as_ref).collect();
    languages.sort_by_key(|language| !is_default(language));
    let mut jobs = Vec::new();
    for (exporter, one) in opened.iter().enumerate() {
        for language in &languages {
            for kind in &one.kinds {
                for (subject, root, label) in subjects(catalog, material, *kind) {
                    let whole = Some((catalog, material.whole));
                    let slice = |root| material.slices.get(root).map(|(slice, sum)| (slice, *sum));
                    // Every subject's root has been sliced above.
                    let Some((slice, sum)) = root.as_ref().map_or(whole, slice) else { continue };
                    jobs.push(Job {
                        exporter,
                        subject,
                        catalog: slice,
                        language,
                        folder: (!is_default(language)).then(|| language.tag.as_str()),
                        name: format!("{label} ({})", language.tag),
                        file: file_of(subject),
                        sum,
                    });
                }
            }
        }
    }
    jobs
}

type Named<'a> = (Subject<'a>, Option<Reference>, String);

fn subjects<'a>(catalog: &'a Catalog, material: &'a Material, kind: Granularity) -> Vec<Named<'a>> {
    let named = |subject, root: Reference| {
        let label = root.to_string();
        (subject, Some(root), label)
    };
    let undated = |plan: &'a Plan, subject: fn(_, _) -> Subject<'a>| {
        let program = catalog.programs.get(&plan.program)?;
        let root = Reference::from(&program.id);
        Some(named(subject(program.as_ref(), plan), root))
    };
    match kind {
        Granularity::Catalog => vec![(Subject::Catalog, None, "catalog".into())],
        Granularity::Guide => {
            let guides = catalog.guides.values();
            guides.map(|guide| named(Subject::Guide(guide), Reference::from(&guide.id))).collect()
        }
        Granularity::Exercise => {
            let exercises = catalog.exercises.values();
            exercises.map(|one| named(Subject::Exercise(one), Reference::from(&one.id))).collect()
        }
        Granularity::Program => {
            let plans = material.undated.values();
            plans.filter_map(|plan| undated(plan, Subject::Program)).collect()
        }
        Granularity::Plan => {
            let dated = material.dated.iter().filter_map(|plan| {
                let (subject, root, _) = undated(plan, Subject::Plan)?;
                let name = &plan.schedule.as_ref()?.name;
                Some((subject, root, format!("schedule:{name}")))
            });
            let has_dates = |id: &Id<Program>| material.dated.iter().any(|plan| plan.program == *id);
            let rest = material.undated.values().filter(|plan| !has_dates(&plan.program));
            dated.chain(rest.filter_map(|plan| undated(plan, Subject::Plan))).collect()
        }
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::choose::open;
    use crate::testing::{self, ALL, GUIDES};

    fn names(catalog: &Catalog) -> Vec<String> {
        let opened = open(&[GUIDES, ALL], &catalog.project).opened;
        let (material, findings) = gather(catalog, &opened, (&catalog.project.schedules, None));
        assert_eq!(findings, []);
        let jobs = jobs(catalog, &material, &opened);
        let starts = |job: &Job<'_>| match job.subject {
            Subject::Plan(_, plan) => plan.schedule.as_ref().map(|schedule| schedule.start.to_string()),
            Subject::Catalog | Subject::Guide(_) | Subject::Exercise(_) | Subject::Program(..) => None,
        };
        jobs.iter()
            .map(|job| format!("{} {} {}", job.exporter, job.name, starts(job).unwrap_or_default()))
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
        let (material, _) = gather(&catalog, &opened, (&Schedules::new(), None));
        for job in jobs(&catalog, &material, &opened) {
            assert_eq!(job.catalog.guides.len(), 1);
            assert_eq!(job.catalog.programs.len(), 0);
        }
    }
}
