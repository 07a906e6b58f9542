//! Whether what a person refers to is there.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::language::LanguageTag;
use regimen_model::model::{Program, Schedule, ScheduleName};
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::did_you_mean;

use super::keys::{OF_EXERCISES, at};
use crate::load::language_of;
use crate::yaml::Value;

/// The keys with lists of ids.
const LISTED: [(&str, Kind); 3] =
    [("equipment", Kind::Equipment), ("conditions", Kind::Condition), ("without", Kind::Exercise)];

/// What a person says of the programme.
pub(super) struct Named {
    pub(super) program: Option<Id<Program>>,
    pub(super) schedule: Option<Id<ScheduleName>>,
    /// Whether there is neither of them, not even one that is no id.
    pub(super) is_silent: bool,
}

/// The programme of a person and the schedule that they follow as far as they state nothing else. A programme that is not there is
/// `None`.
pub(super) fn program<'c>(
    catalog: &'c Catalog,
    file: &FilePath,
    named: &Named,
    findings: &mut Vec<Diagnostic>,
) -> (Option<&'c Schedule>, Option<Id<Program>>) {
    if named.is_silent {
        let place = Place::key(file.clone(), at("program"));
        let found = Diagnostic::error("missing-field", "this person has no programme").at(place, "");
        let some = catalog.programs.keys().next().map_or("first-steps", Id::as_str);
        findings
            .push(found.help(format!("name one under `program`, such as `{some}`, or a `schedule` of `regimen.yaml`")));
    }
    let schedules = &catalog.project.schedules;
    let base = named.schedule.as_ref().and_then(|name| schedules.get(name));
    if let (Some(name), None) = (&named.schedule, base) {
        let help = did_you_mean(name.as_str(), schedules.keys().map(Id::as_str));
        let place = Place::value(file.clone(), at("schedule"));
        let found = Diagnostic::error("unknown-reference", "there is no schedule of this name").at(place, "");
        findings.push(found.help(help.unwrap_or_else(|| "name one of those in `regimen.yaml`".to_owned())));
    }
    if let Some(program) = named.program.as_ref().filter(|id| !catalog.programs.contains_key(id.as_str())) {
        let place = Place::value(file.clone(), at("program"));
        findings.push(unknown_at(catalog, place, Kind::Program, program.as_str()));
        return (base, None);
    }
    if let (Some(program), Some(base)) = (&named.program, base)
        && *program != base.program
    {
        let message = format!("the schedule is of the programme `{}`, but `program` names another", base.program);
        let found = Diagnostic::error("person-dates", message).at(Place::value(file.clone(), at("program")), "");
        findings
            .push(found.help("leave one of them out; with `program`, dates are stated with `start`, `end` or `race`"));
    }
    let of_schedule = || Some(base?.program.clone()).filter(|id| catalog.programs.contains_key(id.as_str()));
    (base, named.program.clone().or_else(of_schedule))
}

/// What the facts of a person name and the catalogue lacks. What is no id is found when the facts are read.
pub(super) fn facts(catalog: &Catalog, file: &FilePath, facts: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (key, kind) in LISTED {
        let Some(list) = facts.get(key) else { continue };
        let unknown = list.items().enumerate().filter(|(_, id)| is_unknown(catalog, kind, id));
        found.extend(
            unknown.map(|(item, id)| unknown_at(catalog, Place::value(file.clone(), at(key).index(item)), kind, id)),
        );
    }
    for key in OF_EXERCISES {
        let Some(keyed) = facts.get(key) else { continue };
        for id in keyed.stated() {
            found.extend(unknown_exercise(catalog, file, key, id));
            let other = keyed.get(id).filter(|_| key == "instead");
            if let Some(other) =
                other.as_ref().and_then(Value::as_text).filter(|id| is_unknown(catalog, Kind::Exercise, id))
            {
                let place = Place::value(file.clone(), at(key).key(id));
                found.push(unknown_at(catalog, place, Kind::Exercise, other));
            }
        }
    }
    found.extend(facts.get("language").and_then(|language| unknown_language(catalog, file, language.as_text()?)));
    found
}

fn unknown_language(catalog: &Catalog, file: &FilePath, written: &str) -> Option<Diagnostic> {
    let language: LanguageTag = written.parse().ok()?;
    if language_of(catalog, &language).is_some() {
        return None;
    }
    let known: Vec<_> = catalog.languages.keys().map(|tag| format!("`{tag}`")).collect();
    let by_name = catalog.languages.values().find(|known| known.name.eq_ignore_ascii_case(written));
    let by_name = by_name.map(|known| format!("did you mean `{}`?", known.tag));
    let question = by_name.or_else(|| did_you_mean(written, catalog.languages.keys().map(LanguageTag::as_str)));
    let question = question.map(|question| format!("{question} ")).unwrap_or_default();
    let place = Place::value(file.clone(), at("language"));
    let wrong = Diagnostic::error("unknown-reference", "the catalogue has no such language").at(place, "");
    let help =
        format!("{question}it has {}; another one needs a file of labels, `languages/<tag>.yaml`", known.join(", "));
    Some(wrong.help(help))
}

/// The values that are to be ids and are none, with the id that each is meant to be.
pub(super) fn meant(catalog: &Catalog, written: &Value) -> Vec<(FieldPath, String)> {
    let mut found = Vec::new();
    let mut add = |path: FieldPath, kind: Option<Kind>, text: &str| {
        let known = match kind {
            Some(kind) => catalog.ids(kind),
            None => catalog.project.schedules.keys().map(Id::as_str).collect(),
        };
        if Reference::new(Kind::Exercise, text).is_err() {
            found.extend(did_you_mean(text, known.into_iter()).map(|question| (path, question)));
        }
    };
    for (key, kind) in [("program", Some(Kind::Program)), ("schedule", None)] {
        if let Some(text) = written.get(key).as_ref().and_then(Value::as_text) {
            add(at(key), kind, text);
        }
    }
    for (key, kind) in LISTED {
        let Some(list) = written.get(key) else { continue };
        list.items().enumerate().for_each(|(item, text)| add(at(key).index(item), Some(kind), text));
    }
    if let Some(instead) = written.get("instead") {
        for id in instead.stated() {
            let other = instead.get(id);
            let other = other.as_ref().and_then(Value::as_text);
            other.into_iter().for_each(|text| add(at("instead").key(id), Some(Kind::Exercise), text));
        }
    }
    found
}

/// The finding for an exercise below a key, if the catalogue lacks it.
pub(super) fn unknown_exercise(catalog: &Catalog, file: &FilePath, key: &str, id: &str) -> Option<Diagnostic> {
    let place = || Place::key(file.clone(), at(key).key(id));
    is_unknown(catalog, Kind::Exercise, id).then(|| unknown_at(catalog, place(), Kind::Exercise, id))
}

/// Whether this is an id, and the catalogue has no such entry.
fn is_unknown(catalog: &Catalog, kind: Kind, id: &str) -> bool {
    let has = match kind {
        Kind::Exercise => catalog.exercises.contains_key(id),
        Kind::Equipment => catalog.equipment.contains_key(id),
        Kind::Condition => catalog.conditions.contains_key(id),
        Kind::Program => catalog.programs.contains_key(id),
        _ => catalog.ids(kind).contains(&id),
    };
    !has && Reference::new(kind, id).is_ok()
}

fn unknown_at(catalog: &Catalog, place: Place, kind: Kind, id: &str) -> Diagnostic {
    let thing = match kind {
        Kind::Program => "programme",
        Kind::Equipment => "piece of equipment",
        _ => kind.scheme(),
    };
    let help = did_you_mean(id, catalog.ids(kind).into_iter());
    let help = help.unwrap_or_else(|| format!("`regimen list {kind}` shows those that there are"));
    Diagnostic::error("unknown-reference", format!("there is no {thing} of this id")).at(place, "").help(help)
}
