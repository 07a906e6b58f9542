//! `idle-placement`: what is said of a session where it is placed, but never happens.

mod entries;
mod progressions;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::PlanView;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Day, Phase, PhaseSession, WeekOverride};
use regimen_model::plan;
use regimen_model::plan::outline::{self, Outline};
use regimen_model::vocabulary::{SessionKind, Weekday};

pub(super) static RULE: Rule = Rule {
    code: "idle-placement",
    severity: Severity::Warning,
    summary: "What a phase says of its sessions happens",
    explanation: "A session of a phase that stands in none of its weeks is written for nobody: every week has `none` for it or leaves it out, \
or the phase is too short for its day. So is a length for a week or turn that does not have the session, because it is cut short before \
that day, lists `sessions` of its own under `overrides` or leaves the session out, an `every` that is as long as \
the phase or longer, a session of a rotation whose turn never comes, and what a progression lists for a week in which nothing is done as it says \
(unless it is the same as for the week before or after).

Which weekdays a phase of a few days has depends on the day on which the programme begins: a Monday, and for readers with a `start` or an \
`end` the weekday that follows from it. The rule names what a schedule loses. A race that is never done is an error.

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
    let (catalog, program) = (plan.catalog.catalog, plan.program);
    // What its reader leaves out is no mistake of the programme, so it is asked of all weeks as they are written.
    let usual = outline::weeks(catalog, program, Weekday::Monday);
    let own = plan.schedule().and_then(|(name, schedule)| plan::weeks_of(catalog, program, name, schedule));
    for (index, phase) in program.phases.iter().enumerate() {
        let of_phase = |weeks: &'_ [Outline<'_>]| -> BTreeSet<usize> {
            weeks.iter().enumerate().filter(|(_, week)| week.phase_index == index).map(|(at, _)| at).collect()
        };
        let all = of_phase(&usual);
        let weeks: Vec<_> = all.iter().filter_map(|at| own.as_ref().unwrap_or(&usual).get(*at)).collect();
        let usual: Vec<_> = all.iter().filter_map(|at| usual.get(*at)).collect();
        let kept = plan.weeks.iter().filter(|week| week.phase_index() == index).map(|week| week.number);
        let first = all.first().map_or(0, |first| u32::try_from(*first).unwrap_or_default());
        let of = OfPhase {
            plan,
            phase,
            path: FieldPath::root().key("phases").index(index),
            done: Done::new(&weeks),
            weeks,
            usual: Done::new(&usual),
            kept: kept.map(|number| number - first - 1).collect(),
        };
        if !of.kept.is_empty() {
            of.check(report);
        }
        if plan.schedule().is_none() {
            progressions::check(plan, index, report);
        }
    }
}

/// A phase, in a plan.
struct OfPhase<'p, 'a> {
    plan: &'p PlanView<'a>,
    phase: &'p Phase,
    path: FieldPath,
    /// Its weeks.
    weeks: Vec<&'p Outline<'p>>,
    /// What is done in them.
    done: Done,
    /// The same if the programme begins on a Monday.
    usual: Done,
    /// Those that the plan has, counted from 0.
    kept: BTreeSet<u32>,
}

impl OfPhase<'_, '_> {
    fn check(&self, report: &mut Report<'_>) {
        for (index, planned) in self.phase.sessions.iter().enumerate() {
            let path = self.path.clone().key("sessions").index(index);
            let done = self.done.weeks(&path);
            let found = match idle(self.phase, planned, &done) {
                Some(idle) => vec![idle],
                None => entries::dropped(self.phase, planned, &done),
            };
            self.add(planned, &path, found, report);
            self.lost(planned, &path, &done, report);
        }
        for (index, week) in self.phase.overrides.iter().enumerate() {
            for (at, planned) in week.sessions.iter().flatten().enumerate() {
                let path = self.path.clone().key("overrides").index(index).key("sessions").index(at);
                let done = self.done.weeks(&path);
                let found = done.is_empty().then(|| self.not_in_its_week(week, planned));
                self.add(planned, &path, found.into_iter().collect(), report);
            }
        }
        self.seldomer("the rotation", None, &self.path.clone().key("rotation"), report);
        for (index, session) in self.phase.rotation.iter().flat_map(|rotation| &rotation.sessions).enumerate() {
            let path = self.path.clone().key("rotation").key("sessions").index(index);
            if self.done.weeks(&path).is_empty() {
                let message = format!("the turn of `{session}` never comes in the phase `{}`", self.phase.id);
                let finding = report.finding(message).at(self.at(path), "");
                report.add(finding.help("give the phase more days, or delete the session"));
            }
        }
    }

    fn at(&self, path: FieldPath) -> Place {
        Place::value(self.plan.program.file.clone(), path)
    }

    fn add(&self, planned: &PhaseSession, path: &FieldPath, found: Vec<Idle>, report: &mut Report<'_>) {
        for Idle { below, message, help } in found {
            let mut finding = report.finding(message).help(help);
            for below in below {
                finding = finding.at(self.at(path.clone().join(below)), "");
            }
            report.add(self.graver_of_race(planned, finding));
        }
    }

    /// A race that is lost is an error.
    fn graver_of_race(&self, planned: &PhaseSession, finding: Diagnostic) -> Diagnostic {
        let session = self.plan.catalog.catalog.sessions.get(&planned.session);
        let is_race = session.is_some_and(|session| session.kind == SessionKind::Race);
        if is_race { Diagnostic { severity: Severity::Error, ..finding } } else { finding }
    }

    /// Sessions that come again and again, and do so less often than if the programme begins on a Monday.
    fn seldomer(&self, what: &str, day: Option<Day>, path: &FieldPath, report: &mut Report<'_>) {
        if self.plan.schedule().is_none() || matches!(day, Some(Day::Number(_))) {
            return;
        }
        let [times, usual] = [&self.done, &self.usual].map(|done| done.times(path, &self.kept));
        if times == 0 || times >= usual {
            return;
        }
        let begins =
            day.map(|day| format!(", because it begins with the first {day} of the phase")).unwrap_or_default();
        let message =
            format!("{what} of the phase `{}` comes {times} times in place of {usual}{begins}", self.phase.id);
        let help = "number the day, such as `day: 1`, or let the plan begin on a Monday";
        report.add(report.finding(message).at(self.at(path.clone()), "").help(help));
    }

    /// Weeks that have a session if the programme begins on a Monday, and not in this plan.
    fn lost(&self, planned: &PhaseSession, path: &FieldPath, done: &BTreeSet<u32>, report: &mut Report<'_>) {
        if planned.every.is_some() {
            self.seldomer(&format!("`{}`", planned.name()), Some(planned.day), path, report);
            return;
        }
        let usual = self.usual.weeks(path);
        let lost: Vec<u32> = usual.difference(done).filter(|week| self.kept.contains(week)).copied().collect();
        // What is never done is said as such.
        let (Some(first), false) = (lost.first(), done.is_empty()) else { return };
        let days = self.weeks.iter().find(|week| week.week == *first).map_or(0, |week| week.days);
        let named: Vec<String> = lost.iter().map(|week| (week + 1).to_string()).collect();
        let (weeks, has) = if lost.len() == 1 { ("week", "it has") } else { ("weeks", "they have") };
        let (session, phase, day) = (planned.name(), &self.phase.id, planned.day);
        let message = format!(
            "`{session}` is not done in {weeks} {} of the phase `{phase}`: {has} {days} days, and no {day} among them",
            join::and(&named)
        );
        let help = "number the day within the phase, such as `day: 2`, with `every: 7` if it comes again, or let the plan begin \
                    on a Monday";
        let finding = report.finding(message).at(self.at(path.clone().key("day")), "").help(help);
        report.add(self.graver_of_race(planned, finding));
    }

    /// A session that an override lists, and its week does not have.
    fn not_in_its_week(&self, week: &WeekOverride, planned: &PhaseSession) -> Idle {
        let (session, phase, number) = (planned.name(), &self.phase.id, week.week);
        let message = format!("`{session}` is listed for week {number} of the phase `{phase}`, and never done");
        if week.without.iter().any(|id| id.as_str() == session) {
            let message = format!("{message}: the same week leaves it out with `without`");
            return Idle { below: vec![key("session")], message, help: "delete one of the two".to_owned() };
        }
        let outline = self.weeks.iter().find(|outline| outline.week + 1 == u32::from(number));
        let days = outline.map_or(0, |week| week.days);
        Idle {
            below: vec![key("day")],
            message: format!("{message}: that week is cut short to {days} days"),
            help: "choose one of its days, or give the phase whole weeks".to_owned(),
        }
    }
}

fn key(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}

/// What is done in the weeks of a phase: the weeks of each session by its path, counted from 0, one for each time.
struct Done(BTreeMap<FieldPath, Vec<u32>>);

impl Done {
    fn new(weeks: &[&Outline<'_>]) -> Self {
        let mut done: BTreeMap<FieldPath, Vec<u32>> = BTreeMap::new();
        for week in weeks {
            for session in &week.sessions {
                done.entry(week.path(session)).or_default().push(week.week);
            }
        }
        Self(done)
    }

    /// The weeks that have the session of this path.
    fn weeks(&self, path: &FieldPath) -> BTreeSet<u32> {
        self.0.get(path).into_iter().flatten().copied().collect()
    }

    /// How often the session of a path, or a rotation with this path, is done in some of the weeks.
    fn times(&self, path: &FieldPath, weeks: &BTreeSet<u32>) -> usize {
        let below = self.0.range(path.clone()..).take_while(|(known, _)| known.0.starts_with(&path.0));
        below.flat_map(|(_, done)| done).filter(|week| weeks.contains(week)).count()
    }
}

/// What is written and never happens.
struct Idle {
    /// What is meant, below the placement.
    below: Vec<FieldPath>,
    message: String,
    help: String,
}

fn idle(phase: &Phase, planned: &PhaseSession, done: &BTreeSet<u32>) -> Option<Idle> {
    if done.is_empty() { Some(never(phase, planned)) } else { too_seldom(phase, planned) }
}

fn never(phase: &Phase, planned: &PhaseSession) -> Idle {
    let (id, session, days) = (&phase.id, &planned.session, phase.length.days());
    let weeks = phase.length.weeks();
    let message = format!("`{session}` is never done in the phase `{id}`");
    if let Some(list) = entries::listed(planned).find(|list| (0..weeks).all(|week| !list.has(week))) {
        let message = format!("{message}: every week has `none`");
        let help = "write how much is done in the weeks that have it, or delete the session".to_owned();
        return Idle { below: vec![key(list.key)], message, help };
    }
    if let Day::Weekday(day) = planned.day
        && days < 7
        && !phase.length.is_turns()
    {
        let message = format!("{message}: no {day} is among its {days} days");
        let help = format!("number the day, `1` to `{days}`, or give the phase a whole week");
        return Idle { below: vec![key("day")], message, help };
    }
    if matches!(planned.day, Day::Number(number) if u32::from(number) > days) {
        let message = format!("{message}: that has {days} days");
        return Idle {
            below: vec![key("day")],
            message,
            help: format!("write a day from `1` to `{days}`, or give the phase more days"),
        };
    }
    let message = format!("{message}: its weeks leave it out or have sessions of their own");
    Idle { below: vec![key("session")], message, help: "delete it, or let a week have it".to_owned() }
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
    (first + every >= days).then_some(Idle { below: vec![key("every")], message, help })
}
