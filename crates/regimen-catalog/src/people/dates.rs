//! The schedule of a person: their own dates and times, over those of a schedule that they share.

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Spot};
use regimen_model::model::{Anchor, Program, Schedule};
use regimen_model::reference::Id;
use regimen_model::timezone;

use super::keys::at;
use crate::yaml::{self, Value};

/// The keys that hold a programme at a day.
const ANCHORS: [&str; 3] = ["start", "end", "race"];

/// The schedule that the keys of a person state over `base`; `None` if they follow the programme without dates, or if it cannot be
/// read. The findings say which.
pub(super) fn schedule(
    file: &FilePath,
    mut written: Value,
    base: Option<&Schedule>,
    program: Option<&Id<Program>>,
    findings: &mut Vec<Diagnostic>,
) -> Option<Schedule> {
    let stated: Vec<String> = written.stated().map(str::to_owned).collect();
    let states = |key: &str| stated.iter().any(|stated| stated == key);
    let is_anchored = ANCHORS.iter().any(|key| states(key));
    if !is_anchored && base.is_none() {
        if let Some(first) = stated.first() {
            let message = format!("`{first}` needs a day that the programme starts or ends on");
            let found = Diagnostic::error("person-dates", message).at(Place::key(file.clone(), at(first)), "");
            findings
                .push(found.help("add `start`, `end` or `race`, or a `schedule` of `regimen.yaml`; else leave it out"));
        }
        // What else is wrong with the keys is known only with a day.
        written.put(["start"], Value::text("2027-01-04"));
    }
    written.put(["program"], Value::text(program.map_or("unknown", Id::as_str)));
    if let Some(base) = base {
        complete(&mut written, base, is_anchored);
    }
    let (own, wrong) = yaml::decode_discreetly::<Schedule>(file, &FieldPath::root(), written);
    let first = stated.iter().find(|key| ANCHORS.contains(&key.as_str())).or(stated.first());
    findings.extend(wrong.into_iter().map(|finding| of_key(finding, first)));
    let own = own?;
    if base.is_none() && !is_anchored {
        return None;
    }
    let whole = match base {
        Some(base) => over(&own, base, &states, is_anchored),
        None => own,
    };
    findings.extend(times(file, &whole, &states));
    findings.extend(weeks(file, &whole));
    Some(whole)
}

/// A finding of all keys, at one of them.
fn of_key(mut finding: Diagnostic, key: Option<&String>) -> Diagnostic {
    for label in &mut finding.labels {
        if let (Spot::Value(path), Some(key)) = (&mut label.place.spot, key)
            && path.0.is_empty()
        {
            *path = at(key);
        }
    }
    finding
}

/// Writes what the keys of a person mean only together with those of the schedule that they follow.
fn complete(written: &mut Value, base: &Schedule, is_anchored: bool) {
    if !is_anchored {
        match &base.anchor {
            Anchor::Start(date) | Anchor::End(date) | Anchor::Race { date, .. } => {
                written.put([base.anchor.key()], Value::text(&date.to_string()));
            }
        }
    }
    if !base.available_days.is_empty() {
        let days = base.available_days.iter().map(|day| Value::text(day.as_str())).collect();
        written.put(["available_days"], Value::list(days));
    }
}

fn over(own: &Schedule, base: &Schedule, states: &dyn Fn(&str) -> bool, is_anchored: bool) -> Schedule {
    let mut whole = own.clone().over(base, states);
    // Another race of the same day.
    if let (Anchor::Race { event: Some(event), .. }, Anchor::Race { event: into, .. }) =
        (&own.anchor, &mut whole.anchor)
        && !is_anchored
    {
        *into = Some(event.clone());
    }
    whole
}

/// That weeks are counted from one.
fn weeks(file: &FilePath, schedule: &Schedule) -> impl Iterator<Item = Diagnostic> {
    let none = [("from_week", schedule.from_week), ("weeks", schedule.weeks)]
        .into_iter()
        .filter(|(_, weeks)| *weeks == Some(0));
    none.map(|(key, _)| {
        let found = Diagnostic::error("wrong-value", format!("`{key}` should be a whole number, 1 or more"));
        found
            .at(Place::value(file.clone(), at(key)), "")
            .help("weeks are counted from 1; leave the key out for all of them")
    })
}

/// What is wrong with the time zone and the times of day.
fn times(file: &FilePath, schedule: &Schedule, states: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    let place = |key: &str| Place::value(file.clone(), at(key));
    if let Some(zone) =
        schedule.timezone.as_ref().filter(|zone| states("timezone") && timezone::spelled(zone).is_none())
    {
        let found = Diagnostic::error("unknown-timezone", "there is no such time zone").at(place("timezone"), "");
        return vec![found.help(timezone::advice(zone))];
    }
    if schedule.timezone.is_some() {
        return Vec::new();
    }
    let timed = ["at", "race_at", "times", "day_times"].into_iter().filter(|key| states(key));
    let missing = timed.map(|key| {
        let message = format!("`{key}` has a time of day, and there is no time zone");
        let help = format!("add `timezone`, such as `Europe/London`, or leave `{key}` out for whole-day entries");
        Diagnostic::error("missing-timezone", message).at(place(key), "").help(help)
    });
    missing.collect()
}
