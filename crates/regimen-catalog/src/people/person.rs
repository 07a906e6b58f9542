//! From a value to a person, with all mistakes at once.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Severity, Spot};
use regimen_model::model::{Person, PersonId, PersonKeys, PersonalFacts, PersonalUnit, Schedule};
use regimen_model::reference::Id;
use regimen_model::suggest::{did_you_mean, nearest};

use super::formerly::FormerNames;
use super::keys::{at, keys};
use super::lookup::Named;
use super::{dates, lookup, plausible};
use crate::yaml::{self, Value};

/// Reads people that follow programmes of a catalogue.
pub(super) struct Reader<'c> {
    pub(super) catalog: &'c Catalog,
    keys: Vec<String>,
    /// The keys of [`PersonKeys`].
    identity: Vec<String>,
    former_names: FormerNames<'c>,
}

/// A person as far as they can be read. Places of findings are paths below the person.
pub(super) struct Read {
    pub(super) id: Option<Id<PersonId>>,
    pub(super) person: Result<Person, Vec<Diagnostic>>,
    pub(super) warnings: Vec<Diagnostic>,
    /// See [`super::RosterRow::cautious`].
    pub(super) cautious: Option<Box<Person>>,
}

/// What says which exercises suit somebody.
const OF_SAFETY: [&str; 4] = ["conditions", "instead", "without", "equipment"];

impl<'c> Reader<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let (keys, identity) = (keys(), yaml::keys_of::<PersonKeys>());
        Self { catalog, keys, identity, former_names: FormerNames::new(catalog) }
    }

    /// The parts of a person that are read into types of their own: who they are, when, and all else.
    fn parts(&self, mut value: Value) -> (Value, Value, Value) {
        let identity = value.take(|key| self.identity.iter().any(|known| known == key));
        let dates = value.take(|key| Schedule::keys().any(|known| known == key));
        (identity, dates, value)
    }

    /// Reads a person. One whose file has a name is known by it.
    pub(super) fn read(&mut self, file: &FilePath, mut value: Value, known_as: Option<&Id<PersonId>>) -> Read {
        if !value.has_keys() {
            let found = Diagnostic::error("wrong-type", "a person should be `key: value` lines");
            let found = found.at(Place::value(file.clone(), FieldPath::root()), "");
            let findings = vec![found.help("write the keys of each person one below the other, such as `- id: p-001`")];
            return Read { id: known_as.cloned(), person: Err(findings), warnings: Vec::new(), cautious: None };
        }
        let unknown = value.take(|key| !self.keys.iter().any(|known| known == key));
        let mut findings: Vec<_> = unknown.stated().map(|key| self.unknown_key(file, key)).collect();
        let meant = lookup::meant(self.catalog, &value);
        let (identity, dates, facts) = self.parts(value);
        let (id, wrong) = id(file, &identity, known_as);
        findings.extend(wrong);
        let named = Named {
            program: identity.get("program").and_then(|id| id.as_text()?.parse().ok()),
            schedule: identity.get("schedule").and_then(|id| id.as_text()?.parse().ok()),
            is_silent: identity.get("program").is_none() && identity.get("schedule").is_none(),
        };
        findings.extend(yaml::decode_discreetly::<PersonKeys>(file, &FieldPath::root(), identity).1);
        let (base, program) = lookup::program(self.catalog, file, &named, &mut findings);
        let schedule = dates::schedule(file, dates, base, program.as_ref(), &mut findings);
        findings.extend(schedule.iter().flat_map(|own| self.former_names.add(file, &own.formerly)));
        findings.extend(lookup::facts(self.catalog, file, &facts));
        let of_safety = facts.clone().take(|key| OF_SAFETY.contains(&key));
        let (own, wrong) = yaml::decode_discreetly::<PersonalFacts>(file, &FieldPath::root(), facts);
        findings.extend(wrong);
        let mut warnings = Vec::new();
        if let Some(own) = &own {
            findings.extend(misfits(file, own));
            findings.extend(plausible::errors(file, own));
            let unlikely = plausible::of_all(self.catalog, file, own, schedule.as_ref());
            let (wrong, warned) = unlikely.into_iter().partition(|found| found.severity == Severity::Error);
            findings.extend::<Vec<_>>(wrong);
            warnings = warned;
        }
        for finding in &mut findings {
            let spot = finding.labels.first().map(|label| &label.place.spot);
            let question = meant.iter().find(|(path, _)| matches!(spot, Some(Spot::Value(value)) if value == path));
            finding.help = question.map(|(_, question)| question.clone()).or(finding.help.take());
        }
        let person = match (id.clone(), program, own) {
            (Some(id), Some(program), Some(own)) if findings.is_empty() => Ok(Person { id, program, schedule, own }),
            (Some(id), Some(program), _) => {
                let cautious = self
                    .cautious(file, of_safety)
                    .map(|own| Box::new(Person { id: id.clone(), program, schedule: None, own }));
                return Read { id: Some(id), person: Err(findings), warnings, cautious };
            }
            _ => Err(findings),
        };
        Read { id, person, warnings, cautious: None }
    }

    /// The conditions of somebody as far as they are known, and which exercises they do not do if that can be read.
    fn cautious(&self, file: &FilePath, of_safety: Value) -> Option<PersonalFacts> {
        let decoded = |value: Value| match yaml::decode_discreetly::<PersonalFacts>(file, &FieldPath::root(), value) {
            (Some(own), wrong) if wrong.is_empty() => Some(own),
            _ => None,
        };
        let conditions_alone = of_safety.clone().take(|key| key == "conditions");
        let mut own = decoded(of_safety).or_else(|| decoded(conditions_alone))?;
        own.conditions.retain(|condition| self.catalog.conditions.contains_key(condition));
        (!own.conditions.is_empty()).then_some(own)
    }

    fn unknown_key(&self, file: &FilePath, key: &str) -> Diagnostic {
        let found = Diagnostic::error("unknown-key", "a person has no key of this name");
        found.at(Place::key(file.clone(), at(key)), "").help(self.known(key))
    }

    /// The way out where a key or column is none of a person.
    pub(super) fn known(&self, key: &str) -> String {
        let known = self.keys.iter().map(String::as_str);
        if let Some(question) = did_you_mean(key, known.clone()) {
            return format!("{question} notes of your own go under names that start with `x-`");
        }
        let list: Vec<_> = known.map(|key| format!("`{key}`")).collect();
        format!("allowed here: {}; notes of your own go under names that start with `x-`", list.join(", "))
    }

    /// The known key that is nearest to a text.
    pub(super) fn nearest(&self, key: &str) -> Option<&str> {
        nearest(key, self.keys.iter().map(String::as_str))
    }

    pub(super) fn is_key(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    /// Whether a text below a column says what somebody follows.
    pub(super) fn follows(&self, column: &[String], text: &str) -> bool {
        match column {
            [key] if key == "program" => self.catalog.programs.contains_key(text),
            [key] if key == "schedule" => self.catalog.project.schedules.contains_key(text),
            _ => false,
        }
    }

    /// What is wrong with the keys of a path, whatever its value is; `None` if a person may have them.
    pub(super) fn wrong_path(&self, file: &FilePath, path: &[String]) -> Option<Diagnostic> {
        let is_of_key = |finding: &Diagnostic| {
            let spot = finding.labels.first().map(|label| &label.place.spot);
            matches!(spot, Some(Spot::Key(key)) if key.0.len() > 1)
        };
        self.tried(file, path).into_iter().find(is_of_key)
    }

    /// How many keys of a path a person may have at most, if it has more.
    pub(super) fn deepest(&self, file: &FilePath, path: &[String]) -> Option<usize> {
        let depth = |finding: &Diagnostic| match &finding.labels.first()?.place.spot {
            Spot::Value(value) if finding.code == "wrong-type" => Some(value.0.len()),
            _ => None,
        };
        self.tried(file, path).iter().filter_map(depth).find(|depth| (1..path.len()).contains(depth))
    }

    /// What is found if some text is at a path.
    fn tried(&self, file: &FilePath, path: &[String]) -> Vec<Diagnostic> {
        let mut value = Value::keys();
        value.put(path.iter().map(String::as_str), Value::text("?"));
        let (identity, mut dates, facts) = self.parts(value);
        let root = FieldPath::root();
        let mut found = yaml::decode_discreetly::<PersonKeys>(file, &root, identity).1;
        found.extend(yaml::decode_discreetly::<PersonalFacts>(file, &root, facts).1);
        if dates.stated().next().is_some() {
            dates.put(["program"], Value::text("a"));
            found.extend(yaml::decode_discreetly::<Schedule>(file, &root, dates).1);
        }
        found
    }
}

/// The id of a person, which that of their file is.
fn id(
    file: &FilePath,
    identity: &Value,
    known_as: Option<&Id<PersonId>>,
) -> (Option<Id<PersonId>>, Option<Diagnostic>) {
    let place = Place::value(file.clone(), at("id"));
    let stated = identity.get("id");
    let written: Option<Id<PersonId>> = stated.as_ref().and_then(|id| id.as_text()?.parse().ok());
    match (written, known_as) {
        (Some(written), Some(known)) if written != *known => {
            let message = format!("the file is of `{known}`, but its `id` is another");
            let found = Diagnostic::error("person-id", message).at(place, "");
            (Some(known.clone()), Some(found.help("leave `id` out, or give the file the name of the id")))
        }
        (_, Some(known)) => (Some(known.clone()), None),
        (None, None) if stated.is_none() => {
            let found = Diagnostic::error("missing-field", "this person has no `id`").at(place, "");
            (None, Some(found.help("add one that says nothing of who they are, such as `p-001`")))
        }
        (written, None) => (written, None),
    }
}

/// What cannot be meant together.
fn misfits(file: &FilePath, own: &PersonalFacts) -> Vec<Diagnostic> {
    let find = |key: &str, message: String, help: &str| {
        Diagnostic::error("wrong-value", message).at(Place::value(file.clone(), at(key)), "").help(help)
    };
    let both = [
        ("kg", "lb", PersonalUnit::Kilogram, PersonalUnit::Pound),
        ("km", "mi", PersonalUnit::Kilometre, PersonalUnit::Mile),
    ];
    let both = both.iter().filter(|(.., one, other)| own.units.contains(one) && own.units.contains(other));
    let both = both
        .map(|(one, other, ..)| find("units", format!("`units` has both `{one}` and `{other}`"), "keep one of them"));
    let lines = [("name", &own.name), ("from", &own.from), ("next_visit", &own.next_visit)];
    let broken = lines.into_iter().filter(|(_, text)| text.as_ref().is_some_and(|text| text.trim().contains('\n')));
    let broken = broken.map(|(key, _)| find(key, format!("`{key}` has several lines"), "write it in one line"));
    both.chain(broken).collect()
}
