//! Programmes that can be written out, and schedules that can be kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Block, Dose, Entry, Item, Program, Progression, Scheme, Session};
use crate::plan::{dose_in_week, expand};
use crate::suggest::did_you_mean;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for program in catalog.programs.values() {
        findings.extend(expand(catalog, program, None).err().unwrap_or_default());
        findings.extend(progressions(catalog, program));
    }
    for (name, schedule) in &catalog.project.schedules {
        let path = FieldPath::root().key("schedules").key(name.as_str());
        let place = |key: &str| Place::value(crate::PROJECT_FILE, path.clone().key(key));
        if let Some(zone) = &schedule.timezone
            && jiff::tz::TimeZone::get(zone).is_err()
        {
            let names: Vec<_> = jiff::tz::db().available().map(|name| name.to_string()).collect();
            let near = did_you_mean(zone, names.iter().map(String::as_str));
            let wrong = Diagnostic::error("unknown-timezone", format!("there is no time zone `{zone}`"));
            let help = near.unwrap_or_else(|| "write it as in `Europe/London`".into());
            findings.push(wrong.at(place("timezone"), "").help(help));
        }
        if schedule.at.is_some() && schedule.timezone.is_none() {
            let wrong = Diagnostic::error(
                "missing-timezone",
                format!("the schedule `{name}` has a time of day but no time zone"),
            );
            findings.push(
                wrong
                    .at(place("at"), "")
                    .help("add `timezone: Europe/London`, or leave out `at` for whole-day entries"),
            );
        }
        if let Some(program) = catalog.programs.get(&schedule.program)
            && expand(catalog, program, None).is_ok()
        {
            findings.extend(expand(catalog, program, Some((name, schedule))).err().unwrap_or_default());
        }
    }
    findings
}

/// A progression of an exercise that its phase never has, or a list of doses longer than the phase.
fn progressions(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (phase_index, phase) in program.phases.iter().enumerate() {
        let sessions: Vec<_> =
            phase.sessions.iter().filter_map(|planned| catalog.sessions.get(&planned.session)).collect();
        for (index, progression) in phase.progression.iter().enumerate() {
            let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
            let meant =
                sessions.iter().filter(|session| progression.session.as_ref().is_none_or(|id| *id == session.id));
            let worked: BTreeSet<&str> = meant.flat_map(|session| worked(catalog, session)).collect();
            if !worked.contains(progression.exercise.as_str()) {
                let wrong = Diagnostic::error(
                    "progression",
                    format!(
                        "no session of the phase `{}` has `{}` in its main or accessory part",
                        phase.id, progression.exercise
                    ),
                );
                let near = did_you_mean(progression.exercise.as_str(), worked.iter().copied());
                let place = Place::value(program.file.clone(), path.clone().key("exercise"));
                findings.push(wrong.at(place, "never done in this phase").maybe_help(near));
            }
            if matches!(progression.scheme, Some(Scheme::Linear(_)))
                && is_idle(catalog, &sessions, progression, phase.weeks)
            {
                let wrong =
                    Diagnostic::warning("progression", "the step changes nothing in all the weeks of its phase");
                let place = Place::key(program.file.clone(), path.clone().key("linear"));
                let help = "raise its `cap`, which holds for the upper end of a range, or start lower with `from`";
                findings.push(wrong.at(place, "").help(help));
            }
            if let Some(Scheme::Explicit(doses)) = &progression.scheme
                && doses.len() > usize::from(phase.weeks)
            {
                let wrong = Diagnostic::error(
                    "progression",
                    format!("`explicit` has {} doses, but the phase has {} weeks", doses.len(), phase.weeks),
                );
                let place = Place::key(program.file.clone(), path.key("explicit"));
                findings.push(wrong.at(place, "").help("list one dose for each week of the phase"));
            }
        }
    }
    findings
}

/// Whether every dose that a progression meets is in the last week what it was in the first.
fn is_idle(catalog: &Catalog, sessions: &[&Arc<Entry<Session>>], progression: &Progression, weeks: u8) -> bool {
    let default = || catalog.exercises.get(&progression.exercise).map(|exercise| exercise.defaults.clone());
    let items = sessions.iter().flat_map(|session| worked_items(catalog, session));
    let meant = items.filter(|item| item.exercise == progression.exercise);
    let mut doses = meant.filter_map(|item| item.dose.clone().or_else(default));
    let last = u32::from(weeks).saturating_sub(1);
    let same = |dose: Dose| {
        let weeks = [0, last].map(|week| dose_in_week(progression, &dose, week));
        // What does not fit at all has a finding of its own.
        matches!(weeks, [Ok(first), Ok(last)] if first == last)
    };
    weeks > 1 && doses.all(same)
}

/// The exercises that a progression can change.
fn worked<'a>(catalog: &'a Catalog, session: &'a Session) -> Vec<&'a str> {
    worked_items(catalog, session).into_iter().map(|item| item.exercise.as_str()).collect()
}

fn worked_items<'a>(catalog: &'a Catalog, session: &'a Session) -> Vec<&'a Item> {
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

fn push<'a>(block: &'a Block, found: &mut Vec<&'a Item>) {
    match block {
        Block::Item(item) => found.push(item),
        Block::Superset(round) | Block::Circuit(round) => found.extend(&round.items),
        Block::Use(_) | Block::Text(_) => {}
    }
}
