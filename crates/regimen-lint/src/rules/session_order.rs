//! `session-order`: a schedule keeps the order that a programme means.

mod changed;
mod moved;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView, weekday_name};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Anchor, Day, Phase, Schedule};
use regimen_model::vocabulary::{SessionKind, Weekday};

pub(super) static RULE: Rule = Rule {
    code: "session-order",
    severity: Severity::Warning,
    summary: "A schedule keeps the sessions of a programme in their order and on their days",
    explanation: "A programme with weekdays means weeks from Monday to Sunday. A schedule that starts on a Wednesday has each \
Monday session after the Sunday of the same week, so that the long run of Sunday comes before what should prepare for it. \
Where that would put a session on the other side of a race, the weeks run from Monday to Sunday after all, and the plan begins \
a few days after its `start`, or ends before its `end`. So it is where a phase in `days` would be cut short before its race.

A schedule whose race is on another weekday than in the programme counts the days of the race's phase back from it, and earlier \
phases keep their weekdays. Where both meet, two sessions may fall on one day, or the later one before the earlier. The finding names \
them, and `changes` of the schedule leaves one of them out or moves it. It also names what comes much nearer to the race than in the \
programme, and weekdays that the race moves to days on which the reader does not train. Sessions of kind `rest` do not count.

Another race of the plan has a date of its own, so the rule says if the race of the schedule moves it to another weekday, a pause of a plan \
with a `start` to a later date, or the days on which the reader can train to another day. It names what comes to stand on the other side of a race, or closer to another session than its `min_gap` allows, because of what the \
reader moves or of the day on which the plan begins or has its race. A session that the reader moves by more than a week, or past \
the same session of another week, is named with its place: the change may have been written for an earlier date of the race.

Wrong, if the race is on a Sunday in the programme, and the phase before the last ends with a long run on Sunday:

```yaml
schedules:
  spring:
    program: ten-km
    race: 2027-04-24       # a Saturday, so that Monday of the last phase is on a Sunday
```

Right:

```yaml
schedules:
  spring:
    program: ten-km
    race: 2027-04-24
    changes:
      - {skip: w8-easy}    # the short run, on the day of the long one
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Schedule(check),
};

/// A session nearer to the race than this, in days, is no longer training for it.
const NEAR: u32 = 2;
/// How many days nearer than in the programme it has to be before that is worth a word.
const NEARER: u32 = 3;

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let Some((name, schedule)) = plan.schedule() else { return };
    let key = schedule.anchor.key();
    let path = FieldPath::root().key("schedules").key(name.as_str());
    let place = Place::value(regimen_model::PROJECT_FILE, path.clone().key(key));
    let race = match &schedule.anchor {
        Anchor::Race { date, .. } => {
            let is_meant =
                |session: &&SessionView<'_>| session.kind() == SessionKind::Race && session.date() == Some(*date);
            plan.sessions().find(is_meant)
        }
        Anchor::Start(_) | Anchor::End(_) => None,
    };
    if let Some(race) = race {
        before_race(plan, race, &place, report);
        other_days(plan, schedule, &place, report);
    }
    moved_weeks(plan, schedule, &place, report);
    within_weeks(plan, schedule, race, &place, report);
    numbers_and_weekdays(plan, schedule, &place, report);
    across_weeks(plan, &place, report);
    changed::check(plan, schedule, &place, report);
    moved::check(plan, schedule, &path, report);
}

/// Sessions much nearer to the race than in the programme.
fn before_race(plan: &PlanView<'_>, race: &SessionView<'_>, place: &Place, report: &mut Report<'_>) {
    let counted = plan.sessions().filter(|session| counts(session) && session.usual_day < race.usual_day);
    let near: Vec<String> = counted
        .filter_map(|session| {
            let (meant, days) = (race.usual_day - session.usual_day, race.day.checked_sub(session.day)?);
            let is_near = days <= NEAR && meant >= days + NEARER;
            is_near.then(|| format!("{}, {meant} days before it in the programme", named(session)))
        })
        .collect();
    if !near.is_empty() {
        let date = race.date().map(|date| date.to_string()).unwrap_or_default();
        let message = format!("close to the race ({date}): {}", some_of(&near, MANY, Clone::clone, in_a_row));
        let help = "leave it out of this schedule with `changes`, or change the weeks around the race";
        report.add(report.finding(message).at(place.clone(), "the race").at(race.place.clone(), "").help(help));
    }
}

/// Weekdays that the race moves to days on which the reader does not train.
fn other_days(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    if schedule.available_days.is_empty() {
        return;
    }
    let is_off = |session: &&SessionView<'_>| {
        let weekday = session.date().map(Weekday::of);
        let meant = session.meant_weekday();
        let moved = meant.is_some() && meant != weekday;
        session.kind() != SessionKind::Race
            && counts(session)
            && moved
            && weekday.is_some_and(|day| !schedule.available_days.contains(&day))
    };
    let off: Vec<&SessionView<'_>> = plan.sessions().filter(is_off).collect();
    let Some(first) = off.first() else { return };
    let message = format!(
        "the race is on another weekday than in the programme, and puts {} on days on which the reader does not train",
        some_of(&off, FEW, |session| named(session), join::and)
    );
    let help = format!("move each in this schedule (`changes: [{{move: {}, to: …}}]`), or skip it", first.slot());
    report.add(report.finding(message).at(place.clone(), "the race").at(first.place.clone(), "").help(help));
}

/// Weeks that begin or end on another day than the schedule says, so that nothing changes sides with a race.
fn moved_weeks(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    let Some(planned) = plan.schedule else { return };
    let (date, day) = match schedule.anchor {
        // A plan with weekdays waits by whole weeks, so that only weeks that turn begin on another weekday than it says.
        Anchor::Start(date) if planned.start > date && has_weekdays(plan) && is_other(date, planned.start) => {
            (date, planned.start)
        }
        Anchor::End(date) => {
            let days = plan.weeks.last().map_or(0, |week| i64::from(week.ends_before) - 1);
            let last = planned.start.checked_add(jiff::SignedDuration::from_hours(24 * days)).ok();
            let Some(last) = last.filter(|last| *last < date) else { return };
            (date, last)
        }
        Anchor::Start(_) | Anchor::Race { .. } => return,
    };
    let (what, from) = match schedule.anchor {
        Anchor::End(_) => ("ends", "up to"),
        Anchor::Start(_) | Anchor::Race { .. } => ("begins", "from"),
    };
    let cut = if has_short_race_week(plan) { "be cut short before their race, or " } else { "" };
    let message = format!(
        "the plan {what} on {} {day}, because {from} {}, {date}, its weeks would {cut}have sessions on the other side of their race",
        weekday_name(Weekday::of(day)),
        weekday_name(Weekday::of(date))
    );
    let monday = date
        .checked_add(jiff::SignedDuration::from_hours(24 * (7 - i64::from(date.weekday().to_monday_zero_offset()))));
    let written = if matches!(schedule.anchor, Anchor::Start(_)) { monday.unwrap_or(day) } else { day };
    let help = format!("write `{}: {written}`, or `race:` and its date", schedule.anchor.key());
    report.add(report.finding(message).at(place.clone(), "").help(help));
}

fn is_other(one: Date, other: Date) -> bool {
    Weekday::of(one) != Weekday::of(other)
}

/// Whether a phase that does not end with a week has a race on a weekday.
fn has_short_race_week(plan: &PlanView<'_>) -> bool {
    let is_short = |phase: &&Phase| !phase.length.is_turns() && !phase.length.days().is_multiple_of(7);
    let short = plan.program.phases.iter().filter(is_short);
    let listed = short.flat_map(|phase| {
        phase.overrides.iter().filter_map(|week| week.sessions.as_ref()).chain([&phase.sessions]).flatten()
    });
    let mut on_weekdays = listed.filter(|planned| matches!(planned.day, Day::Weekday(_)));
    let sessions = &plan.catalog.catalog.sessions;
    on_weekdays.any(|planned| sessions.get(&planned.session).is_some_and(|session| session.kind == SessionKind::Race))
}

/// Whether a plan has sessions on weekdays.
fn has_weekdays(plan: &PlanView<'_>) -> bool {
    plan.sessions().any(|session| session.meant_weekday().is_some())
}

/// Weekdays whose order within a week is not that of the programme.
fn within_weeks(
    plan: &PlanView<'_>,
    schedule: &Schedule,
    race: Option<&SessionView<'_>>,
    place: &Place,
    report: &mut Report<'_>,
) {
    let mut turned: BTreeSet<(Weekday, Weekday)> = BTreeSet::new();
    let (mut example, mut is_each) = (None, false);
    for week in &plan.weeks {
        let counted = week.sessions.iter().filter(|session| counts(session));
        let placed = counted.filter_map(|session| Some((session, session.place_in_week()?)));
        // Of those that have the same days the first one speaks for all.
        let mut known = BTreeSet::new();
        let sessions: Vec<_> = placed
            .filter(|(session, meant)| known.insert((session.day, meant.usual_day, meant.weekday, meant.is_weekly)))
            .collect();
        for (index, (one, of_one)) in sessions.iter().enumerate() {
            for (other, of_other) in &sessions[index + 1..] {
                let order = one.day.cmp(&other.day);
                let is_turned = one.day != other.day
                    && of_one.usual_day != of_other.usual_day
                    && order != of_one.usual_day.cmp(&of_other.usual_day);
                // A week of the programme that begins on a Thursday, after ten days, has its Monday last; the author wrote it first.
                if !is_turned || order == of_one.weekday.cmp(&of_other.weekday) {
                    continue;
                }
                let is_first = one.day < other.day;
                let [before, after] = if is_first { [one, other] } else { [other, one] };
                let [first, later] = if is_first { [of_one, of_other] } else { [of_other, of_one] };
                turned.insert((later.weekday, first.weekday));
                is_each |= first.is_weekly && later.is_weekly;
                example.get_or_insert_with(|| format!("{} after {}", named(after), named(before)));
            }
        }
    }
    let Some(last) = turned.iter().map(|(_, before)| *before).max() else { return };
    let late: BTreeSet<Weekday> = turned.iter().map(|(late, _)| *late).collect();
    let late: Vec<String> = late.iter().map(|day| weekday_name(*day)).collect();
    let Some(first) = plan.schedule.map(|schedule| Weekday::of(schedule.start)) else { return };
    let come = if late.len() == 1 { "comes" } else { "come" };
    let which = if is_each { "each week" } else { "the first week of a phase" };
    let message = format!(
        "the weeks of this schedule begin on a {}, so that {} of {which} {come} after its {}: {}",
        weekday_name(first),
        join::and(&late),
        weekday_name(last),
        example.unwrap_or_default()
    );
    let numbered = race.filter(|race| matches!(race.day_of_week(), Day::Number(_)));
    let finding = report.finding(message).at(place.clone(), "");
    let Some(race) = numbered else {
        let otherwise = match schedule.anchor {
            Anchor::Start(_) => "start on a Monday",
            Anchor::End(_) => "end on a Sunday",
            Anchor::Race { .. } => "give the race its weekday in the programme",
        };
        let help = format!("{otherwise}, or number the days of the programme (`day: 1` to `7`)");
        return report.add(finding.help(help));
    };
    // Weekdays stay where they are if the race is on one of them, too.
    let weekday = Weekday::ALL[race.usual_day as usize % Weekday::ALL.len()];
    let help = format!("write `day: {weekday}` for the race in the programme, so that the others keep their weekdays");
    report.add(finding.at(race.place.clone(), "the race").help(help));
}

/// Days by number and by weekday within a week that change their order: the ones count from its first day, the others do not.
fn numbers_and_weekdays(plan: &PlanView<'_>, schedule: &Schedule, place: &Place, report: &mut Report<'_>) {
    // Days by number are meant to move to those of the reader.
    if !schedule.available_days.is_empty() || !schedule.busy.is_empty() {
        return;
    }
    let mut found: Vec<[&SessionView<'_>; 2]> = Vec::new();
    for week in &plan.weeks {
        let asked = |session: &&SessionView<'_>| counts(session) && session.kind() != SessionKind::Race;
        let sessions: Vec<&SessionView<'_>> = week.sessions.iter().filter(asked).collect();
        for (index, one) in sessions.iter().enumerate() {
            for other in &sessions[index + 1..] {
                let is_mixed = one.is_numbered() && other.place_in_week().is_some()
                    || other.is_numbered() && one.place_in_week().is_some();
                let order = one.day.cmp(&other.day);
                let [meant, of_other] = [one, other].map(|session| meant_day(session));
                if is_mixed && order != meant.cmp(&of_other) && meant != of_other {
                    found.push([one, other]);
                }
            }
        }
    }
    let Some([first, _]) = found.first() else { return };
    let said = |[one, other]: &[&SessionView<'_>; 2]| {
        let how = if one.day == other.day { "on the day of" } else { "before" };
        format!("{} comes {how} {}", named(one), named(other))
    };
    let message = format!(
        "days by number and by weekday change their order in this schedule: {}",
        some_of(&found, FEW, said, join::and)
    );
    let help = "write all days of the programme as weekdays, or all as numbers, so that they stay in order";
    report.add(report.finding(message).at(place.clone(), "").at(first.place.clone(), "").help(help));
}

/// The day on which the programme means a session, as `usual_day` counts them.
fn meant_day(session: &SessionView<'_>) -> u32 {
    session.place_in_week().map_or(session.usual_day, |meant| meant.usual_day)
}

/// Where weeks that count from the race meet those before them: sessions of different days on one day, or in the other order.
fn across_weeks(plan: &PlanView<'_>, place: &Place, report: &mut Report<'_>) {
    let mut found: Vec<[&SessionView<'_>; 2]> = Vec::new();
    // The latest session of all weeks so far: a phase of a day or two lets a later one meet what comes before it.
    let mut latest: Option<&SessionView<'_>> = None;
    for week in &plan.weeks {
        let sessions = || week.sessions.iter().filter(|session| counts(session));
        let met = latest.into_iter().flat_map(|met| sessions().map(move |later| [later, met]));
        found.extend(met.filter(|[later, met]| met.day >= later.day));
        latest = latest.into_iter().chain(sessions()).max_by_key(|session| session.day);
    }
    let Some([first, _]) = found.first() else { return };
    let said = |[later, met]: &[&SessionView<'_>; 2]| {
        let how = if met.day == later.day { "on the day of" } else { "before" };
        format!("{} comes {how} {}", named(later), named(met))
    };
    let said = some_of(&found, MANY, said, in_a_row);
    let message = format!("weeks that count from the race meet those before them: {said}");
    let help = format!(
        "leave one of the two out of this schedule (`changes: [{{skip: {}}}]`), or move it to another day",
        first.slot()
    );
    report.add(report.finding(message).at(place.clone(), "the race").at(first.place.clone(), "").help(help));
}

/// How many sessions are named as examples.
const FEW: usize = 3;
/// How many are named where each has to be mended: more is one mistake, not so many.
const MANY: usize = 50;

/// The first so many of a list, and how many more there are.
fn some_of<T>(all: &[T], most: usize, said: impl Fn(&T) -> String, join: impl Fn(&[String]) -> String) -> String {
    let names: Vec<String> = all.iter().take(most).map(said).collect();
    match all.len().checked_sub(most) {
        None | Some(0) => join(&names),
        Some(more) => format!("{} and {more} more", names.join(", ")),
    }
}

fn in_a_row(said: &[String]) -> String {
    said.join("; ")
}

/// A reader who moves a session knows that its order changes.
fn counts(session: &SessionView<'_>) -> bool {
    session.kind() != SessionKind::Rest && !session.is_moved()
}

/// "`openers` of week 2 (2027-04-24)"
fn named(session: &SessionView<'_>) -> String {
    let name = session.name_in_week();
    let date = session.date().map(|date| format!(" ({date})")).unwrap_or_default();
    format!("`{name}` of week {}{date}", session.week())
}
