//! `idle-progression`: a progression that changes nothing.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{Changing, PlanView, SessionView, Task, WeekView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Grows, PhaseSession, Progression, Scheme};
use regimen_model::plan::expand;

pub(super) static RULE: Rule = Rule {
    code: "idle-progression",
    severity: Severity::Warning,
    summary: "A progression changes a dose in the weeks of its phase",
    explanation:
        "A `cap` holds for the upper end of a range. A start that has reached it does not grow, and neither does \
one whose steps are further apart than the phase is long. If several progressions fit the same thing, the last one is followed; \
one that is replaced by later ones in all sessions of its phase never takes effect. Neither does one whose sessions all stand in a \
grid or a phase with a dose of their own, because what is written for a day is final, or one of an exercise that is done in a \
`tabata` only, whose clock says how long the work is. \
The `then` of a table of shares takes effect once the phase has come to the end of the table.

Wrong, because 15 repetitions are the cap from the start:

```yaml
exercise: heel-raise
from: {sets: 2, reps: 10-15}
linear: {add: 1 reps, cap: 15 reps}
```

Right:

```yaml
exercise: heel-raise
from: {sets: 2, reps: 8-12}
linear: {add: 1 reps, cap: 15 reps}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    for (phase_index, phase) in plan.program.phases.iter().enumerate() {
        let weeks: Vec<&WeekView<'_>> = plan.weeks.iter().filter(|week| week.phase_index() == phase_index).collect();
        let winners = winners(&phase.progression, &weeks);
        for (index, progression) in phase.progression.iter().enumerate() {
            if !winners.contains(&index) {
                hidden(plan, phase_index, index, &phase.progression, report);
                continue;
            }
            if let Scheme::PercentTable(table) = &progression.scheme
                && table.then.is_some()
                && table.weeks.len() > weeks.len()
            {
                let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
                let (rows, weeks) = (table.weeks.len(), weeks.len());
                let message = format!(
                    "`then` never takes effect: the table has {rows} weeks, and the phase is shorter ({weeks})"
                );
                let help =
                    "give the phase as many weeks as the table, or leave `then` out and list the weeks that there are";
                let place = Place::value(plan.program.file.clone(), path.key("percent_table").key("then"));
                report.add(report.finding(message).at(place, "").help(help));
            }
            if weeks.len() > 1 && is_in_tabata(progression, &weeks) && changes_nothing(plan, phase_index, index) {
                let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
                let (key, id) = (progression.of.key(), progression.of.id());
                let message = format!(
                    "this progression of `{id}` changes nothing, because the clock of a `tabata` says how long it is done"
                );
                let help = "delete the progression, or do the exercise in another block";
                let place = Place::value(plan.program.file.clone(), path.key(key));
                report.add(report.finding(message).at(place, "").help(help));
                continue;
            }
            let is_idle =
                matches!(progression.scheme, Scheme::Linear { .. }) && weeks.len() > 1 && is_idle(progression, &weeks);
            let is_said =
                || is_said_by_days(plan, phase_index, progression) && changes_nothing(plan, phase_index, index);
            if is_idle && !is_said() {
                let path =
                    FieldPath::root().key("phases").index(phase_index).key("progression").index(index).key("linear");
                let finding = report.finding("the step changes nothing in all the weeks of its phase");
                let help = "raise its `cap`, which holds for the upper end of a range, or start lower with `from`";
                report.add(finding.at(Place::key(plan.program.file.clone(), path), "").help(help));
            } else if is_idle || is_placed_over(plan, phase_index, index, weeks.len()) {
                placed_over(plan, phase_index, index, report);
            }
        }
    }
}

/// The progressions that change something in a session of these weeks: of those that fit a thing, the last one does.
fn winners(progressions: &[Progression], weeks: &[&WeekView<'_>]) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    for session in weeks.iter().flat_map(|week| &week.sessions) {
        let meant = |one: &Progression| one.is_for(session.id(), &session.name);
        for Changing { names, is_by_the_clock, .. } in session.changing() {
            let applies = |one: &Progression| meant(one) && !(is_by_the_clock && one.scheme.is_by_results());
            let last = |name: &Grows| progressions.iter().rposition(|one| one.of == *name && applies(one));
            found.extend(names.iter().find_map(last));
        }
    }
    found
}

/// A progression that takes effect in no session of its phase, because later ones replace it in all of them.
fn hidden(plan: &PlanView<'_>, phase: usize, index: usize, all: &[Progression], report: &mut Report<'_>) {
    let Some(progression) = all.get(index) else { return };
    let place = |index: usize| {
        let path = FieldPath::root().key("phases").index(phase).key("progression").index(index);
        Place::value(plan.program.file.clone(), path.key(progression.of.key()))
    };
    let (key, id) = (progression.of.key(), progression.of.id());
    let later = all.iter().enumerate().skip(index + 1).find(|(_, later)| later.of == progression.of);
    let finding = match later {
        Some((later, _)) => report
            .finding(format!("this progression of `{id}` never takes effect, because a later one replaces it"))
            .at(place(index), "")
            .at(place(later), "the last one that fits is followed")
            .help(format!(
                "delete one of the two, or name with `session` or `slot` what each is for; to give one session two \
                 lengths on a day, give its {key} another id in a session of its own"
            )),
        None => report.finding(format!("this progression of `{id}` never takes effect")).at(place(index), "").help(
            format!("check which sessions of the phase have the {key} `{id}`, and `session` or `slot` beside it"),
        ),
    };
    report.add(finding);
}

/// Whether a day of a phase says itself how much is done of what a progression names.
fn is_said_by_days(plan: &PlanView<'_>, phase: usize, progression: &Progression) -> bool {
    let placed = plan.program.placed_in(phase);
    let mut meant = placed.iter().filter(|one| progression.is_for(&one.planned.session, &one.name));
    let says = |placed: &PhaseSession| match &progression.of {
        Grows::Exercise(_) | Grows::Item(_) => placed.doses.keys().any(|name| name.as_str() == progression.of.id()),
        Grows::Step(_) => placed.length.is_some() || placed.lengths.is_some() || placed.repeats.is_some(),
    };
    meant.any(|one| says(&one.planned))
}

/// Whether the plan is the same without a progression, in a phase that says of its days how much is done: that is final, so
/// that it hides the progression where it stands in all weeks.
fn is_placed_over(plan: &PlanView<'_>, phase: usize, index: usize, weeks: usize) -> bool {
    let says_how_much = |placed: &PhaseSession| {
        let PhaseSession { length, lengths, repeats, target, run, doses, .. } = placed;
        let is_run = length.is_some() || lengths.is_some() || target.is_some() || run.is_some();
        is_run || repeats.is_some() || !doses.is_empty()
    };
    weeks > 1
        && plan.program.placed_in(phase).iter().any(|placed| says_how_much(&placed.planned))
        && changes_nothing(plan, phase, index)
}

/// Whether a progression is of something that is done in a tabata of these weeks.
fn is_in_tabata(progression: &Progression, weeks: &[&WeekView<'_>]) -> bool {
    let sessions = weeks.iter().flat_map(|week| meant(week, progression));
    let mut changing = sessions.flat_map(SessionView::changing);
    changing.any(|changing| changing.is_in_tabata && changing.names.contains(&progression.of))
}

/// Whether the plan is the same without a progression.
fn changes_nothing(plan: &PlanView<'_>, phase: usize, index: usize) -> bool {
    // A schedule changes nothing about it; the programme itself is asked once.
    if plan.schedule.is_some() {
        return false;
    }
    let catalog = plan.catalog.catalog;
    let mut without = plan.program.clone();
    without.facts.phases[phase].progression.remove(index);
    let (Ok(with), Ok(without)) = (expand(catalog, plan.program, None), expand(catalog, &without, None)) else {
        return false;
    };
    with.sessions().map(|session| (&session.parts, &session.or)).eq(without.sessions().map(|one| (&one.parts, &one.or)))
}

fn placed_over(plan: &PlanView<'_>, phase: usize, index: usize, report: &mut Report<'_>) {
    let Some(progression) = plan.program.phases.get(phase).and_then(|phase| phase.progression.get(index)) else {
        return;
    };
    let (key, id) = (progression.of.key(), progression.of.id());
    let path = FieldPath::root().key("phases").index(phase).key("progression").index(index).key(key);
    let message =
        format!("this progression of `{id}` changes nothing, because the days of its phase say how much is done");
    let help =
        "what is written for a day is final: delete the progression, or say on some days only which session it is";
    report.add(report.finding(message).at(Place::value(plan.program.file.clone(), path), "").help(help));
}

/// Whether a progression leaves what it names as it is in all weeks.
fn is_idle(progression: &Progression, weeks: &[&WeekView<'_>]) -> bool {
    fn is_same<T: PartialEq>(mut weeks: impl Iterator<Item = Vec<T>>) -> bool {
        let first = weeks.next().filter(|first| !first.is_empty());
        first.is_some_and(|first| weeks.all(|week| week == first))
    }
    match &progression.of {
        named @ (Grows::Exercise(_) | Grows::Item(_)) => is_same(weeks.iter().map(|week| {
            let tasks = meant(week, progression).flat_map(SessionView::work);
            tasks.filter(|task| task.is_called(named) && !task.has_rule()).map(Task::dose).collect()
        })),
        Grows::Step(step) => is_same(
            weeks.iter().map(|week| meant(week, progression).filter_map(|session| session.step(step)).collect()),
        ),
    }
}

/// The sessions of a week that a progression is meant for.
fn meant<'w, 'a>(week: &'w WeekView<'a>, progression: &Progression) -> impl Iterator<Item = &'w SessionView<'a>> {
    week.sessions.iter().filter(move |session| progression.is_for(session.id(), &session.name))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_table_must_come_to_its_end_for_what_follows_then() {
        let of = |weeks: u32| {
            let rule = "percent_table: {of: tm, then: 5 kg, weeks: [[{reps: 5, at: 65 %}], [{reps: 3, at: 75 %}]]}";
            let sessions = "sessions: [{session: s, day: monday}]";
            let phase = format!("kind: base, weeks: {weeks}, {sessions}, progression: [{{exercise: hinge, {rule}}}]");
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("idle-progression")
        };
        let said = "programs/p.yaml:3 `then` never takes effect: the table has 2 weeks, and the phase is shorter (1)";
        assert_eq!(of(1), [said]);
        assert_eq!(of(2), [""; 0]);
    }

    #[test]
    fn steps_from_a_load_that_nobody_knows_are_not_idle() {
        let sessions = "kind: base, weeks: 2, sessions: [{session: s, day: monday}]";
        let of = |rule: &str| format!("{sessions}, progression: [{{exercise: hinge, {rule}}}]");
        let phases = [of("double: {reps: 8-12, add: 2.5 kg}"), of("linear: {add: 2.5 kg}")];
        let main = "{exercise: hinge, dose: {sets: 3, reps: 8, load: 40 kg}}";
        let lint = Lint::new().session("s", "strength", main);
        assert_eq!(lint.phases(&[&phases[0], &phases[1]]).of("idle-progression"), [""; 0]);
    }

    #[test]
    fn a_later_one_must_leave_something_to_the_earlier() {
        let of = |first: &str, second: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: long, duration: 8 km}]}]\nwords: {name: Run}\n";
            let sessions = "{session: a, day: tuesday}, {session: b, day: saturday}";
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{sessions}], progression: [{{step: long, {first}, lengths: [3 km, 4 \
                 km]}}, {{step: long, {second}, lengths: [8 km, 9 km]}}]"
            );
            let phase = phase.replace(", ,", ",");
            let lint = Lint::new().file("sessions/a.yaml", run).file("sessions/b.yaml", &run.replace("Run", "Far"));
            lint.phases(&[&phase]).of("idle-progression")
        };
        let hidden =
            ["programs/p.yaml:3 this progression of `long` never takes effect, because a later one replaces it"];
        assert_eq!(of("", ""), hidden);
        assert_eq!(of("session: a", ""), hidden);
        assert_eq!(of("session: a", "session: a"), hidden);
        assert_eq!(of("", "session: a"), [""; 0], "a general one before a special one");
        assert_eq!(of("session: a", "session: b"), [""; 0]);
    }

    #[test]
    fn one_for_a_place_leaves_the_other_places_to_the_earlier() {
        let of = |slots: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: long, duration: 8 km}]}]\nwords: {name: Run}\n";
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: a, day: tuesday, slot: tue}}, {{session: a, day: saturday}}], \
                 progression: [{{step: long, lengths: [3 km, 4 km]}}, {{step: long, slot: tue, lengths: [8 km, 9 km]}}{slots}]"
            );
            Lint::new().file("sessions/a.yaml", run).phases(&[&phase]).of("idle-progression").len()
        };
        assert_eq!(of(""), 0);
        assert_eq!(of(", {step: long, slot: a, lengths: [5 km, 6 km]}"), 1, "no place is left to the first");
        assert_eq!(of(", {step: long, slot: tue, lengths: [5 km, 6 km]}"), 1);
    }

    #[test]
    fn results_leave_the_clock_to_an_earlier_one() {
        let of = |main: &str| {
            let rules = "{exercise: hinge, linear: {add: 1 reps}}, {exercise: hinge, double: {reps: 6-9, add: 2.5 kg}}";
            let phase =
                format!("kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{rules}]");
            Lint::new().session("s", "strength", main).phases(&[&phase]).of("idle-progression").len()
        };
        assert_eq!(of("{exercise: hinge}"), 1);
        assert_eq!(of("{exercise: hinge}, {emom: [{exercise: hinge}], rounds: 5}"), 0);
    }

    #[test]
    fn a_step_must_change_something() {
        let of = |weeks: u32, step: &str| {
            let progression = format!("progression: [{{exercise: hinge, linear: {{{step}}}}}]");
            let phase = format!("kind: base, weeks: {weeks}, sessions: [{{session: s, day: monday}}], {progression}");
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("idle-progression")
        };
        let idle = ["programs/p.yaml:3 the step changes nothing in all the weeks of its phase"];
        assert_eq!(of(3, "add: 1 reps, cap: 8 reps"), idle);
        assert_eq!(of(3, "add: 1 reps, every: 3"), idle);
        assert_eq!(of(3, "add: 1 reps, cap: 9 reps"), [""; 0]);
        assert_eq!(of(1, "add: 1 reps, cap: 8 reps"), [""; 0]);
    }

    #[test]
    fn a_step_of_a_run_must_change_too() {
        let of = |step: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
            let phase = format!(
                "kind: base, weeks: 3, sessions: [{{session: a, day: monday}}], progression: [{{step: far, linear: {{{step}}}}}]"
            );
            Lint::new().file("sessions/a.yaml", run).phases(&[&phase]).of("idle-progression").len()
        };
        assert_eq!(of("add: 1 km, every: 4"), 1);
        assert_eq!(of("add: 1 km, cap: 8 km"), 1);
        assert_eq!(of("add: 1 km"), 0);
    }

    #[test]
    fn days_that_say_how_much_is_done_hide_it() {
        let of = |sessions: &str, lengths: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
            let phase =
                format!("kind: base, weeks: 2, sessions: [{sessions}], progression: [{{step: far, {lengths}}}]");
            Lint::new().file("sessions/a.yaml", run).phases(&[&phase]).of("idle-progression")
        };
        let lengths = "lengths: [9 km, 10 km]";
        let idle = [
            "programs/p.yaml:3 this progression of `far` changes nothing, because the days of its phase say how much \
                     is done",
        ];
        assert_eq!(of("{session: a, day: monday, length: 5 km}", lengths), idle);
        assert_eq!(of("{session: a, day: monday, lengths: [5 km, 6 km]}", lengths), idle);
        assert_eq!(of("{session: a, day: monday, length: 5 km}, {session: a, day: friday, slot: b}", lengths), [""; 0]);
        assert_eq!(
            of("{session: a, day: monday, lengths: [5 km, none]}, {session: a, day: friday, slot: b}", lengths),
            [""; 0]
        );
        assert_eq!(of("{session: a, day: monday}", lengths), [""; 0]);
    }

    #[test]
    fn results_decide_nothing_where_only_the_clock_does() {
        let of = |rule: &str| {
            let main = "{amrap: [{exercise: hinge}], time: 8 min}";
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{{exercise: hinge, {rule}}}]"
            );
            Lint::new().session("s", "strength", main).phases(&[&phase]).of("idle-progression").len()
        };
        assert_eq!(of("by_result: {add: 2.5 kg}"), 1);
        assert_eq!(of("stages: {of: [{reps: 5}, {reps: 3}], add: 2.5 kg}"), 1);
        assert_eq!(of("double: {reps: 6-9, add: 2.5 kg}"), 1);
    }

    #[test]
    fn the_clock_of_a_tabata_says_how_long_the_work_is() {
        let of = |main: &str, rule: &str| {
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{{exercise: hinge, {rule}}}]"
            );
            Lint::new().session("s", "strength", main).phases(&[&phase]).of("idle-progression")
        };
        let tabata = "{tabata: [{exercise: hinge}], work: 20 s, rest: 10 s, rounds: 8}";
        let said = [
            "programs/p.yaml:3 this progression of `hinge` changes nothing, because the clock of a `tabata` says how \
                     long it is done",
        ];
        assert_eq!(of(tabata, "from: {reps: 10}"), said);
        assert_eq!(of(tabata, "linear: {add: 1 reps}"), said);
        assert_eq!(of(tabata, "explicit: [{time: 20 s, load: 10 kg}, {time: 20 s, load: 12 kg}]"), [""; 0]);
        assert_eq!(of(&format!("{tabata}, {{exercise: hinge}}"), "from: {reps: 10}"), [""; 0], "elsewhere it does");
    }
}
