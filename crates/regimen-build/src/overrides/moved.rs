//! A schedule on another date for one build: it keeps its weeks, and leaves out what belongs to days and weeks that it no longer has.

use regimen_catalog::model::{Anchor, Change, Meant, PhaseSession, Program, Schedule, ScheduleName};
use regimen_catalog::plan::{KeptWeeks, kept_weeks};
use regimen_catalog::{Catalog, Diagnostic, FieldPath, Id, PROJECT_FILE, Place, Severity};

use super::DateOverride;

/// Holds a schedule by another date. What it says of sessions that it then does not have is left out, with a finding for each.
pub(super) fn to(
    date: DateOverride,
    catalog: &Catalog,
    name: &Id<ScheduleName>,
    schedule: &mut Schedule,
) -> Vec<Diagnostic> {
    let before = schedule.clone();
    // What a reader has otherwise on dates belongs to the days that the plan has in the project file.
    schedule.busy.clear();
    schedule.free.clear();
    schedule.changes.retain(|change| matches!(change, Change::Skip(Meant::Slot(_))));
    schedule.anchor = match date {
        DateOverride::Start(date) => Anchor::Start(date),
        DateOverride::Race(date) => Anchor::Race { date, event: event(&before.anchor) },
    };
    // A programme that is missing, or cannot be held as the file says, is a finding of checking the catalogue.
    let Some(program) = catalog.programs.get(&before.program) else { return Vec::new() };
    let kept = |schedule: &Schedule| kept_weeks(catalog, program, name, schedule);
    let Some(own) = kept(&before) else { return Vec::new() };
    match date {
        DateOverride::Start(_) => start(schedule, &before, &own),
        DateOverride::Race(_) => race(schedule, &own, catalog, (program, name)),
    }
    let Some(now) = kept(schedule) else { return Vec::new() };
    let moved = Moved { name, own: &own, now: &now, key: schedule.anchor.key() };
    let mut findings: Vec<Diagnostic> = moved.weeks(&before).into_iter().collect();
    schedule.times.retain(|time, _| {
        let lost = moved.lost_time(time.as_str());
        let is_kept = lost.is_none();
        findings.extend(lost);
        is_kept
    });
    schedule.changes.retain(|change| {
        let Change::Skip(Meant::Slot(slot)) = change else { return true };
        let lost = moved.lost_change(slot, before.changes.iter().position(|one| one == change));
        let is_kept = lost.is_none();
        findings.extend(lost);
        is_kept
    });
    findings
}

/// Which of several races is meant stays.
fn event(before: &Anchor) -> Option<Id<PhaseSession>> {
    match before {
        Anchor::Race { event, .. } => event.clone(),
        Anchor::Start(_) | Anchor::End(_) => None,
    }
}

/// Weeks that count back from a race or an end are the same ones from a start on, and the race keeps its hour.
fn start(schedule: &mut Schedule, before: &Schedule, own: &KeptWeeks) {
    if !matches!(before.anchor, Anchor::Start(_)) && schedule.weeks.take().is_some() {
        schedule.from_week = Some(*own.weeks.start());
    }
    let hour = schedule.race_at.take();
    if !matches!(before.anchor, Anchor::Race { .. }) {
        return;
    }
    let hour = schedule.times.remove("race").or(hour);
    let slot = own.race.as_ref().and_then(|slot| slot.parse().ok());
    if let Some((slot, hour)) = slot.zip(hour) {
        schedule.times.insert(slot, hour);
    }
}

/// Of a first week and a number of weeks, a schedule that is held by a race has one: the first week if the race is in the weeks of the
/// project file, else their number.
fn race(schedule: &mut Schedule, own: &KeptWeeks, catalog: &Catalog, (program, name): (&Program, &Id<ScheduleName>)) {
    let Schedule { from_week: Some(_), weeks: Some(_), .. } = schedule else { return };
    let last = schedule.weeks.take();
    let from_first = kept_weeks(catalog, program, name, schedule);
    let has_race = from_first.and_then(|kept| kept.race).is_some_and(|race| own.slots.contains(&race));
    if !has_race {
        (schedule.from_week, schedule.weeks) = (None, last);
    }
}

/// A schedule before and after.
struct Moved<'a> {
    name: &'a Id<ScheduleName>,
    own: &'a KeptWeeks,
    now: &'a KeptWeeks,
    /// What holds it in its place now.
    key: &'static str,
}

impl Moved<'_> {
    fn path(&self, key: &str) -> FieldPath {
        FieldPath::root().key("schedules").key(self.name.as_str()).key(key)
    }

    fn info(code: &'static str, message: String, place: Place) -> Diagnostic {
        Diagnostic::new(Severity::Info, code, message).at(place, "")
    }

    /// Other weeks of the programme than in the project file.
    fn weeks(&self, before: &Schedule) -> Option<Diagnostic> {
        let Self { name, own, now, key } = self;
        let message = format!(
            "with the `{key}` of this build, the schedule `{name}` has {} of the programme; in the project file it has {}",
            shown(now),
            shown(own)
        );
        let place = Place::value(PROJECT_FILE, self.path(before.anchor.key()));
        (own.weeks != now.weeks).then(|| Self::info("anchor", message, place))
    }

    /// The time of something that the schedule no longer has.
    fn lost_time(&self, time: &str) -> Option<Diagnostic> {
        let is_lost = self.own.names(time) && !self.now.names(time);
        let message = format!("the time of `{time}` is left out: {}", self.has_none(time));
        is_lost.then(|| Self::info("schedule-time", message, Place::key(PROJECT_FILE, self.path("times").key(time))))
    }

    /// A session to leave out that the schedule no longer has, or that holds it in its place now.
    fn lost_change(&self, slot: &str, index: Option<usize>) -> Option<Diagnostic> {
        let is_race = self.now.race.as_deref() == Some(slot);
        let is_lost = self.own.slots.contains(slot) && (is_race || !self.now.slots.contains(slot));
        let why = if is_race { "that race holds the plan in its place".to_owned() } else { self.has_none(slot) };
        let path = self.path("changes").index(index.unwrap_or_default()).key("skip");
        let message = format!("`skip: {slot}` is left out: {why}");
        is_lost.then(|| Self::info("schedule-change", message, Place::value(PROJECT_FILE, path)))
    }

    fn has_none(&self, name: &str) -> String {
        format!(
            "with the `{}` of this build, the schedule `{}` has {}, without `{name}`",
            self.key,
            self.name,
            shown(self.now)
        )
    }
}

/// `weeks 2 to 3`
fn shown(kept: &KeptWeeks) -> String {
    let (first, last) = (kept.weeks.start(), kept.weeks.end());
    if first == last { format!("week {first}") } else { format!("weeks {first} to {last}") }
}

#[cfg(test)]
mod tests;
