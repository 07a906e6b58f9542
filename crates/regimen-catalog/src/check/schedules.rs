//! Programmes that can be written out, and schedules that can be kept.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Block, Entry, Grows, Item, Phase, Program, Progression, RunStep, Schedule, ScheduleName, Session};
use crate::reference::Id;
use crate::suggest::did_you_mean;

/// Checks schedules, and the progressions of programmes.
pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let programs = catalog.programs.par_iter().flat_map_iter(|(_, program)| progressions(catalog, program));
    let mut findings: Vec<Diagnostic> = programs.collect();
    for (name, schedule) in &catalog.project.schedules {
        times(name, schedule, &mut findings);
    }
    findings
}

/// The time zone and the time of day of a schedule.
fn times(name: &Id<ScheduleName>, schedule: &Schedule, findings: &mut Vec<Diagnostic>) {
    let path = FieldPath::root().key("schedules").key(name.as_str());
    let place = |key: &str| Place::value(crate::PROJECT_FILE, path.clone().key(key));
    if let Some(zone) = &schedule.timezone
        && jiff::tz::TimeZone::get(zone).is_err()
    {
        // An abbreviation such as `BST` is no place, and the nearest of the others is on another continent.
        let is_place = |name: &String| name.contains('/');
        let names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).filter(is_place).collect();
        let near = did_you_mean(zone, names.iter().map(String::as_str));
        let wrong = Diagnostic::error("unknown-timezone", format!("there is no time zone `{zone}`"));
        let help = near.unwrap_or_else(|| "write the name of a place, as in `Europe/London`".into());
        findings.push(wrong.at(place("timezone"), "").help(help));
    }
    if schedule.at.is_some() && schedule.timezone.is_none() {
        let message = format!("the schedule `{name}` has a time of day but no time zone");
        let wrong = Diagnostic::error("missing-timezone", message).at(place("at"), "");
        findings.push(wrong.help("add `timezone: Europe/London`, or leave out `at` for whole-day entries"));
    }
}

/// A progression of something that its phase never has.
fn progressions(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (phase_index, phase) in program.phases.iter().enumerate() {
        let sessions = sessions(catalog, phase);
        for (index, progression) in phase.progression.iter().enumerate() {
            let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
            let place = |key: &str| Place::value(program.file.clone(), path.clone().key(key));
            let meant =
                sessions.iter().filter(|session| progression.session.as_ref().is_none_or(|id| *id == session.id));
            let meant: Vec<&Entry<Session>> = meant.copied().collect();
            findings.extend(meant.iter().filter_map(|session| ambiguous(catalog, session, progression, place("step"))));
            let worked: Vec<Work<'_>> = meant.into_iter().flat_map(|session| worked(catalog, session)).collect();
            let kind = |work: &Work<'_>| matches!(work, Work::Item(_)) == matches!(progression.of, Grows::Exercise(_));
            let known: BTreeSet<&str> = worked.iter().filter(|work| kind(work)).filter_map(Work::id).collect();
            let of = &progression.of;
            if !known.contains(of.id()) {
                let message =
                    format!("no session of the phase `{}` has `{}` in its main or accessory part", phase.id, of.id());
                let near = did_you_mean(of.id(), known.iter().copied());
                let wrong = Diagnostic::error("progression", message).at(place(of.key()), "never done in this phase");
                findings.push(wrong.maybe_help(near));
            }
        }
    }
    findings
}

/// Two steps of the id that a progression names in one session: nobody can say which one grows.
fn ambiguous(
    catalog: &Catalog,
    session: &Entry<Session>,
    progression: &Progression,
    place: Place,
) -> Option<Diagnostic> {
    let Grows::Step(id) = &progression.of else { return None };
    let steps = worked(catalog, session).into_iter();
    let steps = steps.filter(|work| matches!(work, Work::Step(step) if step.id() == Some(id)));
    let message = format!("the session `{}` has two steps `{id}`, so nobody can say which one grows", session.id);
    let finding = Diagnostic::error("duplicate-id", message).at(place, "meant here");
    let finding = finding.at(Place::file(session.file.clone()), "");
    (steps.count() > 1).then(|| finding.help("give each step an id of its own, and each a progression"))
}

/// Every session that a phase has in any of its weeks, once.
fn sessions<'a>(catalog: &'a Catalog, phase: &Phase) -> Vec<&'a Entry<Session>> {
    let own = phase.overrides.iter().filter_map(|week| week.sessions.as_ref()).flatten();
    let ids: BTreeSet<_> = phase.sessions.iter().chain(own).map(|planned| &planned.session).collect();
    ids.into_iter().filter_map(|id| catalog.sessions.get(id)).map(AsRef::as_ref).collect()
}

/// Something that a progression can change.
#[derive(Clone, Copy)]
enum Work<'a> {
    Item(&'a Item),
    Step(&'a RunStep),
}

impl<'a> Work<'a> {
    fn id(&self) -> Option<&'a str> {
        match self {
            Self::Item(item) => Some(item.exercise.as_str()),
            Self::Step(step) => step.id().map(crate::Id::as_str),
        }
    }
}

fn worked<'a>(catalog: &'a Catalog, session: &'a Session) -> Vec<Work<'a>> {
    let mut found = Vec::new();
    for block in session.main.iter().chain(&session.accessory) {
        match block {
            Block::Use(id) => {
                let blocks = catalog.fragments.get(id).map(|fragment| fragment.blocks.as_slice());
                blocks.unwrap_or_default().iter().for_each(|block| push(block, &mut found));
            }
            other => push(other, &mut found),
        }
    }
    found
}

fn push<'a>(block: &'a Block, found: &mut Vec<Work<'a>>) {
    found.extend(block.items().map(|(_, item)| Work::Item(item)));
    if let Block::Run(steps) = block {
        push_steps(steps, found);
    }
}

fn push_steps<'a>(steps: &'a [RunStep], found: &mut Vec<Work<'a>>) {
    for step in steps {
        found.push(Work::Step(step));
        if let RunStep::Repeat(repeat) = step {
            push_steps(&repeat.steps, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::testing::Lint;

    #[test]
    fn a_step_that_grows_has_an_id_of_its_own() {
        let of = |second: &str, named: &str| {
            let main = format!("run: [{{id: a, duration: 1 km}}, {{id: {second}, duration: 1 km}}]");
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{{step: {named}, lengths: [1 km, 2 km]}}]"
            );
            let said = Lint::new().session("s", "run", &format!("{{{main}}}")).phases(&[&phase]).all();
            said.into_iter()
                .filter(|line| line.contains(" duplicate-id: ") || line.contains(" unknown-"))
                .collect::<Vec<_>>()
        };
        assert_eq!(of("b", "a"), [""; 0]);
        let said = of("a", "a");
        assert!(said.len() == 1 && said[0].contains(" duplicate-id: the session `s` has two steps `a`"), "{said:?}");
    }
}
