//! What a programme says of a session where it places it, as far as it contradicts itself.

use std::collections::BTreeSet;

use regimen_model::Mention;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Segment, Spot};
use regimen_model::model::{Alternative, Entry, LineName, PerWeek, PhaseSession, Program};
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::Suggestions;

/// Checks the sessions of all phases. `damaged` are entries whose files could not be read, which are known to exist.
pub(super) fn check(catalog: &Catalog, damaged: &BTreeSet<Reference>) -> Vec<Diagnostic> {
    let suggestions = &Suggestions::new();
    let known = Known { catalog, damaged, suggestions };
    catalog.programs.values().flat_map(|program| of_program(known, program)).collect()
}

/// Whether a mention is the name of a dose of a placement, which is looked up here.
pub(super) fn is_dose(mention: &Mention) -> bool {
    let Spot::Value(path) = &mention.place.spot else { return false };
    let is_of_program = mention.from.as_ref().is_some_and(|from| from.kind() == Kind::Program);
    is_of_program && matches!(path.0.as_slice(), [.., Segment::Key(doses), Segment::Key(_)] if **doses == *"doses")
}

/// The entries that there are.
#[derive(Clone, Copy)]
struct Known<'a> {
    catalog: &'a Catalog,
    damaged: &'a BTreeSet<Reference>,
    suggestions: &'a Suggestions,
}

fn of_program(known: Known<'_>, program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for (index, phase) in program.phases.iter().enumerate() {
        let path = FieldPath::root().key("phases").index(index);
        let mut look = |sessions: &[PhaseSession], path: &FieldPath, is_one_week: bool| {
            for (index, planned) in sessions.iter().enumerate() {
                let path = path.clone().key("sessions").index(index);
                findings.extend(Placed { known, program, planned, path, is_one_week }.check());
            }
        };
        look(&phase.sessions, &path, false);
        for (index, week) in phase.overrides.iter().enumerate() {
            look(week.sessions.as_deref().unwrap_or_default(), &path.clone().key("overrides").index(index), true);
        }
    }
    findings
}

/// A session of a phase.
struct Placed<'a> {
    known: Known<'a>,
    program: &'a Entry<Program>,
    planned: &'a PhaseSession,
    path: FieldPath,
    /// Whether it stands in an override.
    is_one_week: bool,
}

impl Placed<'_> {
    fn check(&self) -> Vec<Diagnostic> {
        let all = [self.twice_long(), self.beside_run(), self.step_alone(), self.lists_of_one_week()];
        all.into_iter().flatten().chain(self.twice_listed()).chain(self.unknown_doses()).collect()
    }

    /// Doses of what is neither an exercise nor a line of the session.
    fn unknown_doses(&self) -> Vec<Diagnostic> {
        let Known { catalog, damaged, suggestions } = self.known;
        let session = catalog.sessions.get(&self.planned.session).filter(|_| !self.planned.doses.is_empty());
        let Some(session) = session else { return Vec::new() };
        let lines = super::schedules::lines(catalog, session);
        let ids: Vec<&str> = lines.iter().filter_map(|item| item.id.as_ref()).map(Id::as_str).collect();
        let known_ids: BTreeSet<&str> = ids.iter().copied().collect();
        let exercises = lines.iter().map(|item| item.exercise.as_str());
        let near: Vec<&str> = ids.iter().copied().chain(exercises).collect();
        let is_known = |name: &&LineName| {
            let exercise = Reference::from(name.exercise());
            known_ids.contains(name.as_str()) || catalog.has(&exercise) || damaged.contains(&exercise)
        };
        let unknown = self.planned.doses.keys().filter(|name| !is_known(name)).map(|name| {
            let name = name.as_str();
            let help = suggestions
                .did_you_mean(name, near.iter().copied())
                .unwrap_or_else(|| "name an exercise of the session, or a line of it by its `id`".to_owned());
            let message =
                format!("there is no exercise `{name}`, and the session `{}` has no line of this id", session.id);
            let path = self.path.clone().key("doses").key(name);
            Diagnostic::error("placement", message).at(Place::value(self.program.file.clone(), path), "").help(help)
        });
        unknown.collect()
    }

    fn finding(&self, key: &str, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
        let place = Place::value(self.program.file.clone(), self.path.clone().key(key));
        Diagnostic::error("placement", message.into()).at(place, "").help(help)
    }

    fn twice_long(&self) -> Option<Diagnostic> {
        let both = self.planned.length.is_some() && self.planned.lengths.is_some();
        let message = "`length` holds in every week, and `lengths` has one for each";
        both.then(|| self.finding("length", message, "keep one of the two"))
    }

    /// What would change the steps that `run` replaces.
    fn beside_run(&self) -> Option<Diagnostic> {
        let PhaseSession { length, lengths, repeats, target, step, run, .. } = self.planned;
        let steps = run.as_ref()?;
        if steps.is_empty() {
            return Some(self.finding("run", "a run has at least one step", "add a step, or leave out `run`"));
        }
        let stated = [
            ("length", length.is_some()),
            ("lengths", lengths.is_some()),
            ("repeats", repeats.is_some()),
            ("target", target.is_some()),
            ("step", step.is_some()),
        ];
        let (key, _) = stated.into_iter().find(|(_, stated)| *stated)?;
        let message = format!("`run` has all the steps of this session, so that `{key}` has nothing to say");
        Some(self.finding(key, message, format!("write it into the steps, or leave out `{key}`")))
    }

    /// A step is named for one thing that is said of it.
    fn step_alone(&self) -> Option<Diagnostic> {
        let PhaseSession { length, lengths, repeats, target, step, run, .. } = self.planned;
        let step = step.as_ref().filter(|_| run.is_none())?;
        let stretch = length.is_some() || lengths.is_some() || target.is_some();
        match (stretch, repeats.is_some()) {
            (false, false) => {
                let message = format!("the step `{step}` is named, and nothing is said of it");
                Some(self.finding("step", message, "add `length`, `lengths`, `repeats` or `target`, or leave it out"))
            }
            (true, true) => {
                let message = format!("`{step}` is either a step with a length or a repeat");
                Some(self.finding("step", message, "write the steps of this session under `run`"))
            }
            (true, false) | (false, true) => None,
        }
    }

    fn lists_of_one_week(&self) -> Option<Diagnostic> {
        let repeats = matches!(self.planned.repeats, Some(PerWeek::Weeks(_)));
        let (list, one) = match (&self.planned.lengths, repeats) {
            (Some(_), _) => ("lengths", "length: 5 km"),
            (None, true) => ("repeats", "repeats: 6"),
            (None, false) => return None,
        };
        let message = format!("an override is one week, and `{list}` has one entry for each week of a phase");
        self.is_one_week.then(|| self.finding(list, message, format!("write what this week has, such as `{one}`")))
    }

    /// Alternatives that are none.
    fn twice_listed(&self) -> Vec<Diagnostic> {
        let mut seen = BTreeSet::from([self.planned.session.as_str()]);
        let mut findings = Vec::new();
        for (index, other) in self.planned.or.iter().enumerate() {
            let name = match other {
                // The same session may be done in another way.
                Alternative::Session(other) if !other.work().is_unstated() => continue,
                Alternative::Session(other) => other.session.as_str(),
                Alternative::Rest => "rest",
            };
            if !seen.insert(name) {
                let place = Place::value(self.program.file.clone(), self.path.clone().key("or").index(index));
                let finding =
                    Diagnostic::error("placement", format!("`{name}` is no other choice: it is there already"));
                findings.push(finding.at(place, "").help("list each choice once"));
            }
        }
        findings
    }
}
