//! `idle-placement`: what is said of a session where it is placed, but never happens.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::PlanView;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Anchor, Day, PerWeek, Phase, PhaseSession};
use regimen_model::plan::outline::{self, Outline};
use regimen_model::quantity::OrNone;
use regimen_model::vocabulary::Weekday;

pub(super) static RULE: Rule = Rule {
    code: "idle-placement",
    severity: Severity::Warning,
    summary: "What a phase says of its sessions happens",
    explanation: "A session of a phase that stands in none of its weeks is written for nobody: every week has `none` for it or leaves it out, \
or the phase is too short for its day. So is a length for a week or turn that is cut short before that day, an `every` that is as long as \
the phase or longer, and a session of a rotation whose turn never comes. Which weekdays a phase of a few days has depends on the day on which \
the programme begins: a Monday, and for readers with a `start` the weekday of that.

Wrong, because the third turn has two days:

```yaml
days: 20
cycle: 9
sessions:
  - {session: long-run, day: 5, lengths: [12 km, 14 km, 16 km]}
```

Right:

```yaml
days: 27
cycle: 9
sessions:
  - {session: long-run, day: 5, lengths: [12 km, 14 km, 16 km]}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    // What its reader leaves out is no mistake of the programme, so it is asked of all weeks as they are written.
    let first = match plan.schedule() {
        None => Weekday::Monday,
        Some((_, schedule)) => match schedule.anchor {
            Anchor::Start(start) => Weekday::of(start),
            Anchor::End(_) | Anchor::Race { .. } => return,
        },
    };
    let weeks = outline::weeks(plan.catalog.catalog, plan.program, first);
    for (index, phase) in plan.program.phases.iter().enumerate() {
        let weeks: Vec<&Outline<'_>> = weeks.iter().filter(|week| week.phase_index == index).collect();
        let path = FieldPath::root().key("phases").index(index);
        let at = |path: FieldPath| Place::value(plan.program.file.clone(), path);
        for (index, planned) in phase.sessions.iter().enumerate() {
            let path = path.clone().key("sessions").index(index);
            let done = done(&weeks, &path);
            if let Some(Idle { key, message, help }) = idle(phase, planned, &done) {
                report.add(report.finding(message).at(at(path.key(key)), "").help(help));
            }
        }
        for (index, session) in phase.rotation.iter().flat_map(|rotation| &rotation.sessions).enumerate() {
            let path = path.clone().key("rotation").key("sessions").index(index);
            if done(&weeks, &path).is_empty() {
                let message = format!("the turn of `{session}` never comes in the phase `{}`", phase.id);
                report.add(
                    report.finding(message).at(at(path), "").help("give the phase more days, or delete the session"),
                );
            }
        }
    }
}

/// The weeks of a phase, counted from 0, that have the session of this path.
fn done(weeks: &[&Outline<'_>], path: &FieldPath) -> BTreeSet<u32> {
    let has = |week: &&&Outline<'_>| week.sessions.iter().any(|session| week.path(session) == *path);
    weeks.iter().filter(has).map(|week| week.week).collect()
}

/// What is written and never happens.
struct Idle {
    /// The key of the placement that is meant.
    key: &'static str,
    message: String,
    help: String,
}

fn idle(phase: &Phase, planned: &PhaseSession, done: &BTreeSet<u32>) -> Option<Idle> {
    if done.is_empty() {
        return Some(never(phase, planned));
    }
    too_seldom(phase, planned).or_else(|| dropped(phase, planned, done))
}

fn never(phase: &Phase, planned: &PhaseSession) -> Idle {
    let (id, session, days) = (&phase.id, &planned.session, phase.length.days());
    let weeks = phase.length.weeks();
    let message = format!("`{session}` is never done in the phase `{id}`");
    if let Some(list) = listed(planned).find(|list| (0..weeks).all(|week| !list.has(week))) {
        let message = format!("{message}: every week has `none`");
        let help = "write how much is done in the weeks that have it, or delete the session".to_owned();
        return Idle { key: list.key, message, help };
    }
    if let Day::Weekday(day) = planned.day
        && days < 7
        && !phase.length.is_turns()
    {
        let message = format!("{message}: no {day} is among its {days} days");
        let help = format!("number the day, `1` to `{days}`, or give the phase a whole week");
        return Idle { key: "day", message, help };
    }
    if matches!(planned.day, Day::Number(number) if u32::from(number) > days) {
        let message = format!("{message}: that has {days} days");
        return Idle {
            key: "day",
            message,
            help: format!("write a day from `1` to `{days}`, or give the phase more days"),
        };
    }
    let message = format!("{message}: its weeks leave it out or have sessions of their own");
    Idle { key: "session", message, help: "delete it, or let a week have it".to_owned() }
}

/// A session every so many days that does not come again.
fn too_seldom(phase: &Phase, planned: &PhaseSession) -> Option<Idle> {
    let (every, days) = (u32::from(planned.every?), phase.length.days());
    let first = match planned.day {
        Day::Number(number) => u32::from(number).saturating_sub(1),
        Day::Weekday(_) => 0,
    };
    let message = format!("`every: {every}` never comes again: the phase `{}` has {days} days", phase.id);
    let help = "write fewer days, or leave `every` out".to_owned();
    (first + every >= days).then_some(Idle { key: "every", message, help })
}

/// An amount for a week that does not have the session, because it is cut short.
fn dropped(phase: &Phase, planned: &PhaseSession, done: &BTreeSet<u32>) -> Option<Idle> {
    // Only the last week or turn of a phase is cut short.
    let last = phase.length.weeks().checked_sub(1).filter(|last| !done.contains(last))?;
    let days = phase.length.days() - last * phase.length.days_a_week();
    let list = listed(planned).find(|list| list.has(last))?;
    let is_cut_short = days < phase.length.days_a_week();
    let what = if phase.length.is_turns() { "turn" } else { "week" };
    let day = planned.day;
    let message = format!(
        "the last of the `{}` is never done: {what} {} is cut short to {days} days, before day {day}",
        list.key,
        last + 1
    );
    let message = if matches!(day, Day::Weekday(_)) { message.replace("before day", "and has no") } else { message };
    let help = format!("write `none` for this {what}, or change the `days` of the phase");
    is_cut_short.then_some(Idle { key: list.key, message, help })
}

/// A list with an amount for each week.
struct Listed {
    key: &'static str,
    /// Whether each week has one, rather than `none`.
    weeks: Vec<bool>,
}

impl Listed {
    fn has(&self, week: u32) -> bool {
        usize::try_from(week).ok().and_then(|week| self.weeks.get(week)).is_some_and(|has| *has)
    }
}

fn listed(planned: &PhaseSession) -> impl Iterator<Item = Listed> {
    fn weeks<T>(list: &[OrNone<T>]) -> Vec<bool> {
        list.iter().map(|one| matches!(one, OrNone::Is(_))).collect()
    }
    let lengths = planned.lengths.as_deref().map(|list| Listed { key: "lengths", weeks: weeks(list) });
    let repeats = match &planned.repeats {
        Some(PerWeek::Weeks(list)) => Some(Listed { key: "repeats", weeks: weeks(list) }),
        Some(PerWeek::Always(_)) | None => None,
    };
    lengths.into_iter().chain(repeats)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(phase: &str) -> Vec<String> {
        let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
        Lint::new().file("sessions/r.yaml", run).phases(&[phase]).of("idle-placement")
    }

    #[test]
    fn a_session_comes_in_some_week() {
        let none = of("kind: base, weeks: 2, sessions: [{session: r, day: monday, lengths: [none, none]}]");
        assert_eq!(none, ["programs/p.yaml:3 `r` is never done in the phase `p0`: every week has `none`"]);
        let short = of("kind: base, days: 3, sessions: [{session: r, day: friday}, {session: r, day: 1, slot: b}]");
        assert_eq!(short, ["programs/p.yaml:3 `r` is never done in the phase `p0`: no friday is among its 3 days"]);
        let left_out =
            of("kind: base, weeks: 1, sessions: [{session: r, day: friday}], overrides: [{week: 1, without: [r]}]");
        assert_eq!(left_out.len(), 1);
        assert_eq!(of("kind: base, weeks: 2, sessions: [{session: r, day: monday, lengths: [none, 5 km]}]"), [""; 0]);
    }

    #[test]
    fn every_so_many_days_is_more_than_once() {
        let of = |every: u32| of(&format!("kind: base, days: 10, sessions: [{{session: r, day: 1, every: {every}}}]"));
        assert_eq!(of(10), ["programs/p.yaml:3 `every: 10` never comes again: the phase `p0` has 10 days"]);
        assert_eq!(of(9), [""; 0]);
    }

    #[test]
    fn a_turn_that_is_cut_short_has_no_length_of_its_own() {
        let of = |days: u32, last: &str| {
            let lengths = format!("lengths: [5 km, 6 km, {last}]");
            of(&format!("kind: base, days: {days}, cycle: 9, sessions: [{{session: r, day: 5, {lengths}}}]"))
        };
        assert_eq!(
            of(20, "7 km"),
            ["programs/p.yaml:3 the last of the `lengths` is never done: turn 3 is cut short to 2 days, before day 5"]
        );
        assert_eq!(of(20, "none"), [""; 0]);
        assert_eq!(of(23, "7 km"), [""; 0]);
    }

    #[test]
    fn each_session_of_a_rotation_has_its_turn() {
        let of = |weeks: u32| {
            let rotation = "rotation: {sessions: [r, s, r], days: [monday, friday]}";
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            let lint = Lint::new().file("sessions/r.yaml", run).file("sessions/s.yaml", &run.replace("Run", "Far"));
            lint.phases(&[&format!("kind: base, weeks: {weeks}, {rotation}")]).of("idle-placement")
        };
        assert_eq!(of(1), ["programs/p.yaml:3 the turn of `r` never comes in the phase `p0`"]);
        assert_eq!(of(2), [""; 0]);
    }
}
