//! `idle-share`: a lighter week in which nothing is lighter.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView, WeekView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Entry, Phase, Program, WeekOverride};
use regimen_model::plan::{Plan, expand};
use regimen_model::quantity::Percent;
use regimen_model::vocabulary::SessionKind;

pub(super) static RULE: Rule = Rule {
    code: "idle-share",
    severity: Severity::Warning,
    summary: "A `volume` or `load` changes something in each of its weeks",
    explanation: "A week with a share of the work is announced as a lighter one. Amounts that are written for a week or a day are final, \
though: `lengths`, `repeats` and `explicit` of a progression, what a session says where it is placed, and the cells of a grid. One set, \
round or repeat stays one, and a `load` needs loads. A week in which the share changes nothing is no lighter than the others. Mobility, tests \
and races are done in full in every week, so that a week with nothing else is not reported.

Wrong, because 12 km stay 12 km:

```yaml
weeks: 4
sessions: [{session: long-run, day: sunday}]
overrides: [{week: 4, volume: 60 %}]
progression:
  - {step: long, lengths: [8 km, 10 km, 12 km, 12 km]}
```

Right:

```yaml
weeks: 4
sessions: [{session: long-run, day: sunday}]
overrides: [{week: 4, kind: deload}]
progression:
  - {step: long, lengths: [8 km, 10 km, 12 km, 7 km]}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

/// What a phase or one of its weeks has a share of.
#[derive(Clone, Copy)]
enum Share {
    Volume,
    Load,
}

impl Share {
    fn key(self) -> &'static str {
        match self {
            Self::Volume => "volume",
            Self::Load => "load",
        }
    }

    fn of_phase(self, phase: &Phase) -> Option<Percent> {
        match self {
            Self::Volume => phase.volume,
            Self::Load => phase.load,
        }
    }

    fn of_week(self, week: &WeekOverride) -> Option<Percent> {
        match self {
            Self::Volume => week.volume,
            Self::Load => week.load,
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Volume => {
                "amounts that are written for a week or a day are final, and one set stays one: write the smaller amounts there, \
                 and leave `volume` out"
            }
            Self::Load => {
                "loads that are written for a week or a day are final, and what has no load has none to lessen: write the loads \
                 there, and leave `load` out"
            }
        }
    }
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    // The days of a schedule change nothing about it; the programme itself is asked once.
    if plan.schedule.is_some() {
        return;
    }
    for share in [Share::Volume, Share::Load] {
        let mut idle: BTreeMap<(usize, Option<usize>), (Percent, Vec<u32>)> = BTreeMap::new();
        let without = without(plan, share);
        for (week, without) in plan.weeks.iter().zip(without.iter().flat_map(|plan| &plan.weeks)) {
            let Some((at, percent)) = stated(plan.program, week, share) else { continue };
            let planned = without.sessions.iter();
            let is_same = week.sessions.iter().zip(planned).all(|(session, other)| session.does_the_same_as(other));
            if is_same && has_work(week) {
                idle.entry((week.phase_index(), at)).or_insert((percent, Vec::new())).1.push(week.number);
            }
        }
        for ((phase, at), (percent, weeks)) in idle {
            let (key, named) = (share.key(), plan.weeks_named(&weeks));
            let message = format!("`{key}: {percent}` changes nothing in {named}");
            let place = Place::value(plan.program.file.clone(), path(phase, at).key(key));
            report.add(report.finding(message).at(place, "").help(share.help()));
        }
    }
}

/// The plan without any share of the work, or of the load, if the programme has one.
fn without(plan: &PlanView<'_>, share: Share) -> Option<Plan> {
    let mut is_stated = false;
    let mut program = plan.program.clone();
    for phase in &mut program.facts.phases {
        let weeks = phase.overrides.iter_mut();
        let (own, weeks): (_, Vec<_>) = match share {
            Share::Volume => (&mut phase.volume, weeks.map(|week| &mut week.volume).collect()),
            Share::Load => (&mut phase.load, weeks.map(|week| &mut week.load).collect()),
        };
        for stated in std::iter::once(own).chain(weeks) {
            is_stated |= stated.take().is_some_and(|share| share.0 != Decimal::ONE_HUNDRED);
        }
    }
    is_stated.then(|| expand(plan.catalog.catalog, &program, None).ok())?
}

/// The share of a week, and which of the phase's `overrides` states it, if the phase itself does not.
fn stated(program: &Entry<Program>, week: &WeekView<'_>, share: Share) -> Option<(Option<usize>, Percent)> {
    let phase = program.phases.get(week.phase_index())?;
    let own =
        phase.override_of(week.week_of_phase()).and_then(|(index, other)| Some((Some(index), share.of_week(other)?)));
    let stated = own.or_else(|| Some((None, share.of_phase(phase)?)))?;
    (stated.1.0 != Decimal::ONE_HUNDRED).then_some(stated)
}

fn path(phase: usize, other: Option<usize>) -> FieldPath {
    let path = FieldPath::root().key("phases").index(phase);
    match other {
        Some(index) => path.key("overrides").index(index),
        None => path,
    }
}

/// Whether a week has sessions that are not done in full every week.
fn has_work(week: &WeekView<'_>) -> bool {
    let mut kinds = week.sessions.iter().map(SessionView::kind);
    kinds.any(|kind| !kind.is_spared() && kind != SessionKind::Rest)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    const RUN: &str = "kind: run\nduration: 1 h\nmain: [{run: [{id: long, duration: 8 km}]}]\nwords: {name: Run}\n";

    fn of(main: &str, phase: &str) -> Vec<String> {
        let lint = Lint::new().file("sessions/a.yaml", RUN).session("s", "strength", main);
        lint.phases(&[phase]).of("idle-share")
    }

    #[test]
    fn a_lighter_week_has_less_of_something() {
        let week = |sessions: &str, share: &str, more: &str| {
            of(
                "{exercise: hinge}",
                &format!("kind: base, weeks: 2, sessions: [{sessions}], overrides: [{{week: 2, {share}}}]{more}"),
            )
        };
        let lengths = ", progression: [{step: long, lengths: [8 km, 9 km]}]";
        let run = "{session: a, day: monday}";
        assert_eq!(week(run, "volume: 50 %", lengths), ["programs/p.yaml:3 `volume: 50 %` changes nothing in week 2"]);
        assert_eq!(week(run, "load: 90 %", lengths), ["programs/p.yaml:3 `load: 90 %` changes nothing in week 2"]);
        assert_eq!(week(run, "volume: 50 %", ""), [""; 0]);
        assert_eq!(week(run, "volume: 100 %", lengths), [""; 0]);
        assert_eq!(week("{session: a, day: monday, length: 5 km}", "volume: 50 %", "").len(), 1);
        let both = format!("{run}, {{session: s, day: friday}}");
        assert_eq!(week(&both, "volume: 50 %", lengths), [""; 0], "the sets of `s`");
    }

    #[test]
    fn each_week_of_a_phase_is_asked() {
        let phase = "kind: base, weeks: 3, volume: 60 %, sessions: [{session: a, day: monday, lengths: [8 km, none, 9 km]}, \
                     {session: s, day: friday}], overrides: [{week: 3, without: [s]}]";
        assert_eq!(of("{exercise: hinge}", phase), ["programs/p.yaml:3 `volume: 60 %` changes nothing in week 3"]);
        assert_eq!(
            of("{exercise: hinge, dose: {sets: 1, reps: 8}}", phase),
            ["programs/p.yaml:3 `volume: 60 %` changes nothing in weeks 1-3"],
            "one set stays one"
        );
    }

    #[test]
    fn cells_with_amounts_are_final() {
        let of = |row: &str| {
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1, volume: 60 %}}]\ngrid:\n  sessions: {{run: a}}\n  weeks: [{row}]\n\
                 words: {{name: P, summary: S., goal: G., audience: A.}}\n"
            );
            Lint::new().file("sessions/a.yaml", RUN).file("programs/p.yaml", &program).of("idle-share").len()
        };
        assert_eq!(of("[5 km run, '', '', '', '', '', 7 km run]"), 1);
        assert_eq!(of("[run, '', '', '', '', '', '']"), 0);
        assert_eq!(of("['', '', '', '', '', '', '']"), 0, "a week off");
    }
}
