//! Programmes that can be written out, and schedules that can be kept.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{busy, hours, lengths};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::model::{
    Entry, Grows, Item, Phase, PlacedSession, Program, Progression, RunStep, Schedule, ScheduleName, Session,
    SessionBlock,
};
use regimen_model::reference::Id;
use regimen_model::suggest::{Suggestions, suggested};
use regimen_model::timezone::{self, Fixed};

/// Checks schedules, and the progressions of programmes.
pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let programs = catalog.programs.par_iter().flat_map_iter(|(_, program)| progressions(catalog, program));
    let mut findings: Vec<Diagnostic> = programs.collect();
    for (name, schedule) in &catalog.project.schedules {
        times(name, schedule, &mut findings);
        findings.extend(busy::check(name, schedule));
        findings.extend(hours::check(catalog, name, schedule));
    }
    findings.extend(lengths::check(catalog));
    former_names(catalog, &mut findings);
    findings
}

/// A former name leads to one schedule only, or two calendars would go on from the same one.
fn former_names(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    let schedules = &catalog.project.schedules;
    let mut seen: BTreeMap<&Id<ScheduleName>, &Id<ScheduleName>> = schedules.keys().map(|name| (name, name)).collect();
    for (name, schedule) in schedules {
        for (index, former) in schedule.formerly.iter().enumerate() {
            let Some(other) = seen.insert(former, name) else { continue };
            let path = FieldPath::root().key("schedules").key(name.as_str()).key("formerly").index(index);
            let message = format!("`{former}` cannot be a former name of the schedule `{name}`: it leads to `{other}`");
            let finding =
                Diagnostic::error("duplicate-id", message).at(Place::value(regimen_model::PROJECT_FILE, path), "");
            findings.push(finding.help("each former name leads to one schedule; take it out of one of them"));
        }
    }
}

/// The time zone and the time of day of a schedule.
fn times(name: &Id<ScheduleName>, schedule: &Schedule, findings: &mut Vec<Diagnostic>) {
    let path = FieldPath::root().key("schedules").key(name.as_str());
    let place = |key: &str| Place::value(regimen_model::PROJECT_FILE, path.clone().key(key));
    if let Some(zone) = &schedule.timezone {
        if timezone::spelled(zone).is_none() {
            let shown: String = zone.chars().take(80).collect();
            let wrong =
                Diagnostic::error("unknown-timezone", format!("there is no time zone `{}`", shown.escape_debug()));
            findings.push(wrong.at(place("timezone"), "").help(timezone::advice(zone)));
        }
        if schedule.at.or(schedule.race_at).is_some() || !schedule.times.is_empty() || !schedule.day_times.is_empty() {
            findings.extend(fixed_zone(zone).map(|finding| finding.at(place("timezone"), "")));
        }
    }
    let timed = [
        ("at", schedule.at.is_some()),
        ("race_at", schedule.race_at.is_some()),
        ("times", !schedule.times.is_empty()),
        ("day_times", !schedule.day_times.is_empty()),
    ];
    for (key, _) in timed.into_iter().filter(|(_, is_stated)| *is_stated) {
        if schedule.timezone.is_none() {
            let message = format!("the schedule `{name}` has a time of day but no time zone");
            let wrong = Diagnostic::error("missing-timezone", message).at(place(key), "");
            findings
                .push(wrong.help(format!("add `timezone: Europe/London`, or leave out `{key}` for whole-day entries")));
        }
    }
}

/// A zone whose clocks never change, under a name that seems to mean another time.
fn fixed_zone(zone: &str) -> Option<Diagnostic> {
    let finding = match timezone::fixed(zone)? {
        Fixed::NeverChanges { changing, unchanging } => {
            let message = format!("`{zone}` never changes its clocks, so in summer it is an hour behind `{changing}`");
            let help = format!("write `{changing}`, or `{unchanging}` where the clocks stay the same all year");
            Diagnostic::warning("fixed-timezone", message).help(help)
        }
        Fixed::OtherSign { offset } => {
            let message = format!("`{zone}` is {offset} all year: the sign of this name is the other way round");
            let help = "if that is not meant, write the name of a place, as in `Europe/London`";
            Diagnostic::new(Severity::Info, "fixed-timezone", message).help(help)
        }
    };
    Some(finding)
}

/// A progression of something that its phase never has.
fn progressions(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let suggestions = Suggestions::new();
    for (phase_index, phase) in program.phases.iter().enumerate() {
        let placed = program.placed_in(phase_index);
        for (index, progression) in phase.progression.iter().enumerate() {
            let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
            let place = |key: &str| Place::value(program.file.clone(), path.clone().key(key));
            if let Some(finding) = unknown_slot((phase, &placed), progression, place("slot"), &suggestions) {
                findings.push(finding);
                continue;
            }
            let meant = meant(catalog, &placed, progression);
            let named = place(progression.of.key());
            findings.extend(meant.iter().filter_map(|session| ambiguous(catalog, session, progression, &named)));
            let worked: Vec<Work<'_>> = meant.into_iter().flat_map(|session| worked(catalog, session)).collect();
            let of = &progression.of;
            let known: BTreeSet<&str> = worked.iter().filter_map(|work| work.id_as(of)).collect();
            if !known.contains(of.id()) {
                let message =
                    format!("no session of the phase `{}` has `{}` in its main or accessory part", phase.id, of.id());
                let near = suggested(&findings, of.id(), known.iter().copied());
                let wrong = Diagnostic::error("progression", message).at(place(of.key()), "never done in this phase");
                findings.push(wrong.maybe_help(near));
            }
        }
    }
    findings
}

/// Two steps or items of the id that a progression names in one session: nobody can say which one grows.
fn ambiguous(
    catalog: &Catalog,
    session: &Entry<Session>,
    progression: &Progression,
    place: &Place,
) -> Option<Diagnostic> {
    let of = &progression.of;
    let (id, one) = match of {
        Grows::Exercise(_) => return None,
        Grows::Item(_) | Grows::Step(_) => (of.id(), of.key()),
    };
    let named = worked(catalog, session).into_iter().filter(|work| work.id_as(of) == Some(id));
    let message = format!("the session `{}` has two {one}s `{id}`, so nobody can say which one grows", session.id);
    let finding = Diagnostic::error("duplicate-id", message).at(place.clone(), "meant here");
    let finding = finding.at(Place::file(session.file.clone()), "");
    (named.count() > 1).then(|| finding.help(format!("give each {one} an id of its own, and each a progression")))
}

/// A progression for a place in the week that its phase does not have.
fn unknown_slot(
    (phase, placed): (&Phase, &[PlacedSession<'_>]),
    progression: &Progression,
    place: Place,
    suggestions: &Suggestions,
) -> Option<Diagnostic> {
    let slot = progression.slot.as_ref()?.as_str();
    let names: BTreeSet<&str> = placed.iter().map(|placed| &*placed.name).collect();
    let message = format!("the phase `{}` has no place `{slot}` in its weeks", phase.id);
    let finding = || Diagnostic::error("progression", message).at(place, "");
    let help = || {
        suggestions.did_you_mean(slot, names.iter().copied()).unwrap_or_else(|| {
            "write the `slot` of one of its sessions, or else its session's id; in a grid the day of a cell".to_owned()
        })
    };
    (!names.contains(slot)).then(|| finding().help(help()))
}

/// Every session that a progression is meant for and that a phase has in any of its weeks, also as a choice, once.
fn meant<'a>(catalog: &'a Catalog, placed: &[PlacedSession<'_>], progression: &Progression) -> Vec<&'a Entry<Session>> {
    let ids = placed.iter().flat_map(|placed| {
        let others = placed.planned.alternatives().map(|(_, other)| &other.session);
        let all = std::iter::once(&placed.planned.session).chain(others);
        all.filter(|id| progression.is_for(id, &placed.name))
    });
    let ids: BTreeSet<_> = ids.collect();
    ids.into_iter().filter_map(|id| catalog.sessions.get(id)).map(AsRef::as_ref).collect()
}

/// Something that a progression can change.
#[derive(Clone, Copy)]
enum Work<'a> {
    Item(&'a Item),
    Step(&'a RunStep),
}

impl<'a> Work<'a> {
    /// The id by which a progression of this kind names it.
    fn id_as(&self, of: &Grows) -> Option<&'a str> {
        match (self, of) {
            (Self::Item(item), Grows::Exercise(_)) => Some(item.exercise.as_str()),
            (Self::Item(item), Grows::Item(_)) => item.id.as_ref().map(regimen_model::Id::as_str),
            (Self::Step(step), Grows::Step(_)) => step.id().map(regimen_model::Id::as_str),
            (Self::Item(_), Grows::Step(_)) | (Self::Step(_), Grows::Exercise(_) | Grows::Item(_)) => None,
        }
    }
}

/// The exercises of the main and accessory parts of a session, those of fragments among them.
pub(super) fn lines<'a>(catalog: &'a Catalog, session: &'a Session) -> Vec<&'a Item> {
    let items = worked(catalog, session).into_iter().filter_map(|work| match work {
        Work::Item(item) => Some(item),
        Work::Step(_) => None,
    });
    items.collect()
}

fn worked<'a>(catalog: &'a Catalog, session: &'a Session) -> Vec<Work<'a>> {
    let mut found = Vec::new();
    for block in session.main.iter().chain(&session.accessory) {
        match block {
            SessionBlock::Use(id) => {
                let blocks = catalog.fragments.get(id).map(|fragment| fragment.blocks.as_slice());
                blocks.unwrap_or_default().iter().for_each(|block| push(block, &mut found));
            }
            other => push(other, &mut found),
        }
    }
    found
}

fn push<'a>(block: &'a SessionBlock, found: &mut Vec<Work<'a>>) {
    found.extend(block.items().map(|(_, item)| Work::Item(item)));
    if let SessionBlock::Run(steps) = block {
        push_steps(steps, found);
    }
}

fn push_steps<'a>(steps: &'a [RunStep], found: &mut Vec<Work<'a>>) {
    for step in steps {
        found.push(Work::Step(step));
        push_steps(step.inner(), found);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn steps_within_others_may_grow() {
        let run = "kind: run\nmain: [{run: [{duration: 5 km, within: [{id: fast, repeat: 4, steps: [{duration: 20 s}]}]}]}]\n\
                   words: {name: S}\n";
        let phase =
            "kind: base, weeks: 2, sessions: [{session: s, day: monday}], progression: [{step: fast, repeats: [4, 5]}]";
        let said = Lint::new().session("s", "run", "").file("sessions/s.yaml", run).phases(&[phase]).all();
        assert!(said.iter().all(|line| !line.contains(" progression: ")), "{said:?}");
    }

    /// What is said of a schedule with this time zone.
    fn of_zone(zone: &str) -> Vec<String> {
        let project = format!(
            "language: en\nschedules:\n  s:\n    program: p\n    start: 2027-04-05\n    at: \"18:30\"\n    timezone: {zone}\nwords: {{title: T}}\n"
        );
        let lint = Lint::new().file("regimen.yaml", &project).program("{exercise: jog}", "run", 1);
        let all = lint.all().into_iter().filter(|line| line.contains("timezone: "));
        all.collect()
    }

    #[test]
    fn a_zone_says_when_its_clocks_change() {
        for fine in ["America/New_York", "UTC", "Asia/Calcutta", "CET", "HST"] {
            assert_eq!(of_zone(fine), [""; 0], "{fine}");
        }
        let est = of_zone("EST");
        assert!(est[0].contains("regimen.yaml:7") && est[0].contains("an hour behind `America/New_York`"), "{est:?}");
        assert!(of_zone("Etc/GMT+1")[0].contains("is UTC-1 all year"));
        assert!(of_zone("GMT+1")[0].contains(" unknown-timezone: there is no time zone `GMT+1`"));
    }

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
