//! Values that can be written and hardly be meant: slips of the finger, and what spreadsheets make of times and numbers.
//!
//! No clock is asked. Dates are compared with the newest revision of the catalogue.

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{Anchor, Day, PersonalFacts, RaceDistance, RaceTime, Schedule};
use regimen_model::plan::{Fitness, in_unit};
use regimen_model::quantity::{LoadStep, LoadUnit};
use regimen_model::vocabulary::Weekday;

use super::keys::at;

/// The most that anybody has lifted of anything that people do in sessions, in kilograms: squats with suits come to 595 kg.
const MOST_LIFTED: u32 = 600;
/// What people weigh, in kilograms: the heaviest of whom it is known had 635 kg.
const BODYWEIGHT: (u32, u32) = (10, 635);
/// A programme is for some time after it was written.
const YEARS_BEFORE: i16 = 2;
const YEARS_AFTER: i16 = 10;
/// No calendar of a person is older.
const EARLIEST: i16 = 1970;

/// What cannot be so.
pub(super) fn errors(file: &FilePath, own: &PersonalFacts) -> Vec<Diagnostic> {
    let mut found = contradictions(file, own);
    for (distance, time) in &own.result {
        found.extend(impossible_time(*distance, *time).map(|found| found.at(of(file, "result", distance.key()), "")));
    }
    found
}

/// What is hardly so. Most of it is taken as it is.
pub(super) fn of_all(
    catalog: &Catalog,
    file: &FilePath,
    own: &PersonalFacts,
    schedule: Option<&Schedule>,
) -> Vec<Diagnostic> {
    let in_kilograms = |weight: &LoadStep| in_unit(weight.amount(), weight.unit(), LoadUnit::Kilogram);
    let mut found = Vec::new();
    for (key, bests) in [("best", &own.best), ("training_max", &own.training_max)] {
        let heavy = bests.iter().filter(|(_, best)| in_kilograms(best) > MOST_LIFTED.into());
        found.extend(heavy.map(|(id, _)| {
            let message = format!("`{key}` of `{id}` is more than {MOST_LIFTED} kg, which nobody has lifted");
            unlikely(message, "look at the decimal point and the unit").at(of(file, key, id.as_str()), "")
        }));
    }
    let above = own
        .training_max
        .iter()
        .filter(|(id, max)| own.best.get(*id).is_some_and(|best| in_kilograms(max) > in_kilograms(best)));
    found.extend(above.map(|(id, _)| {
        let message = format!("`training_max` of `{id}` is more than the `best`, of which it is usually nine tenths");
        unlikely(message, "look whether the two are swapped, and at the unit")
            .at(of(file, "training_max", id.as_str()), "")
    }));
    let (least, most) = BODYWEIGHT;
    let weight = own.bodyweight.as_ref().map(in_kilograms);
    if weight.is_some_and(|weight| !(least.into()..=most.into()).contains(&weight)) {
        let message = format!("`bodyweight` is not between {least} and {most} kg");
        let place = Place::value(file.clone(), at("bodyweight"));
        found.push(unlikely(message, "look at the decimal point and the unit").at(place, ""));
    }
    let slow = own.result.iter().filter(|(distance, time)| !Fitness::of(**distance, **time).is_plausible());
    found.extend(slow.map(|(distance, _)| {
        let message =
            format!("no other pace follows from the `result` of `{}`, which is slower than a walk", distance.key());
        unlikely(message, "look whether it is right; minutes and seconds are written `24:10`, with hours `1:05:30`")
            .at(of(file, "result", distance.key()), "")
    }));
    found.extend(schedule.and_then(|schedule| unlikely_date(catalog, file, schedule)));
    found.extend(schedule.and_then(|schedule| sunday(catalog, file, schedule)));
    found
}

/// What is said of an exercise that is left out.
fn contradictions(file: &FilePath, own: &PersonalFacts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut add = |key: &str, id: &str, message: String| {
        let finding = Diagnostic::error("wrong-value", message).at(of(file, key, id), "");
        found.push(finding.help("leave one of the two out"));
    };
    for id in own.instead.keys().filter(|id| own.without.contains(*id)) {
        add(
            "instead",
            id.as_str(),
            format!("`instead` names another exercise for `{id}`, and `without` leaves it out"),
        );
    }
    for (id, other) in own.instead.iter().filter(|(_, other)| own.without.contains(*other)) {
        add(
            "instead",
            id.as_str(),
            format!("`instead` names `{other}` for `{id}`, and `without` leaves `{other}` out"),
        );
    }
    for id in own.doses.keys().filter(|id| own.without.contains(*id)) {
        add("doses", id.as_str(), format!("`doses` says how much of `{id}`, and `without` leaves it out"));
    }
    found
}

/// A time of a race that nobody has run, or that is no race.
fn impossible_time(distance: RaceDistance, time: RaceTime) -> Option<Diagnostic> {
    let (least, most) = distance.plausible();
    let key = distance.key();
    let why = if time.seconds() < least.seconds() {
        format!("`result`: nobody has run `{key}` in less than {least}")
    } else if time.seconds() > most.seconds() {
        format!("`result`: {most} for `{key}` is a slow walk already, and this is longer")
    } else {
        return None;
    };
    // Spreadsheets take minutes and seconds for hours and minutes.
    let seconds = time.seconds();
    let meant = [seconds.is_multiple_of(60).then_some(seconds / 60), Some(seconds * 60)].into_iter().flatten();
    let mut meant = meant.filter_map(RaceTime::of).filter(|other| (least..=most).contains(other));
    let meant = meant.next().map(|other| format!("did you mean `{other}`? ")).unwrap_or_default();
    let help = format!("{meant}write minutes and seconds as `24:10`, and hours before them as in `1:05:30`");
    Some(Diagnostic::error("wrong-value", why).help(help))
}

/// A date long before or after the catalogue was written.
fn unlikely_date(catalog: &Catalog, file: &FilePath, schedule: &Schedule) -> Option<Diagnostic> {
    let (Anchor::Start(day) | Anchor::End(day) | Anchor::Race { date: day, .. }) = schedule.anchor;
    let key = schedule.anchor.key();
    let place = Place::value(file.clone(), at(key));
    let help = "look at the year";
    if day.year() < EARLIEST {
        let message = format!("`{key}` is in the year {}", day.year());
        return Some(Diagnostic::error("wrong-value", message).at(place, "").help(help));
    }
    let newest = catalog.newest_revision()?;
    let in_year = |year: i16| (year, newest.month(), newest.day());
    let (first, last) = (in_year(newest.year() - YEARS_BEFORE), in_year(newest.year() + YEARS_AFTER));
    let day = (day.year(), day.month(), day.day());
    let message = match () {
        () if day < first => {
            format!("`{key}` is more than {YEARS_BEFORE} years before the catalogue was revised ({newest})")
        }
        () if day > last => {
            format!("`{key}` is more than {YEARS_AFTER} years after the catalogue was revised ({newest})")
        }
        () => return None,
    };
    Some(unlikely(message, help).at(place, ""))
}

/// A Sunday on which a programme with weekdays begins, although it has nothing on Sundays: mostly the Monday after it is meant.
fn sunday(catalog: &Catalog, file: &FilePath, schedule: &Schedule) -> Option<Diagnostic> {
    let Anchor::Start(day) = schedule.anchor else { return None };
    let program = catalog.programs.get(schedule.program.as_str())?;
    let days = program.phases.iter().flat_map(|phase| &phase.sessions).map(|session| &session.day);
    let weekdays: Vec<Weekday> = days
        .filter_map(|day| match day {
            Day::Weekday(day) => Some(*day),
            Day::Number(_) => None,
        })
        .collect();
    if Weekday::of(day) != Weekday::Sunday || weekdays.is_empty() || weekdays.contains(&Weekday::Sunday) {
        return None;
    }
    let message = "`start` is a Sunday, on which the programme has nothing; its weeks then run from Sunday to Saturday";
    let found = unlikely(message.to_owned(), "look whether the Monday after it is meant");
    Some(found.at(Place::value(file.clone(), at("start")), ""))
}

fn unlikely(message: String, help: &str) -> Diagnostic {
    Diagnostic::warning("unlikely-value", message).help(help)
}

fn of(file: &FilePath, key: &str, id: &str) -> Place {
    let path: FieldPath = at(key).key(id);
    Place::value(file.clone(), path)
}
