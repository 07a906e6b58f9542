//! `idle-progression`: a progression that changes nothing.

mod reason;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::PlanView;
use reason::{Bare, Idle, PhaseView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Progression, Scheme};

pub(super) static RULE: Rule = Rule {
    code: "idle-progression",
    severity: Severity::Warning,
    summary: "A progression changes a dose in the weeks of its phase",
    explanation:
        "A `cap` holds for the upper end of a range. A start that has reached it does not grow, and neither does \
one whose steps are further apart than the phase is long. If several progressions fit the same thing, the last one is followed; \
one that is replaced by later ones in all sessions of its phase never takes effect. Neither does one whose sessions all stand in a \
grid or a phase with a dose of their own, because what is written for a day is final, or one of an exercise that is done in a \
`tabata` only, whose clock says how long the work is, nor one that says for each week what the session says anyway. \
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
    // The days of a schedule change nothing about it; the programme itself is asked once.
    if plan.schedule.is_some() {
        return;
    }
    let bare = Bare::default();
    for (phase_index, phase) in plan.program.phases.iter().enumerate() {
        let asked = PhaseView::new(plan, phase_index, &phase.progression, &bare);
        for (index, progression) in phase.progression.iter().enumerate() {
            let spot = Spot { phase: phase_index, index };
            if let Scheme::PercentTable(table) = &progression.scheme
                && asked.wins(index)
                && table.then.is_some()
                && table.weeks.len() > asked.weeks.len()
            {
                table_too_long(plan, &spot, [table.weeks.len(), asked.weeks.len()], report);
            }
            if let Some(reason) = asked.idle(index, progression) {
                say(plan, &spot, progression, reason, report);
            }
        }
    }
}

/// Where a progression stands.
struct Spot {
    phase: usize,
    index: usize,
}

impl Spot {
    fn path(&self, key: &str) -> FieldPath {
        FieldPath::root().key("phases").index(self.phase).key("progression").index(self.index).key(key)
    }

    fn place(&self, plan: &PlanView<'_>, key: &str) -> Place {
        Place::value(plan.program.file.clone(), self.path(key))
    }
}

fn table_too_long(plan: &PlanView<'_>, spot: &Spot, [rows, weeks]: [usize; 2], report: &mut Report<'_>) {
    let message = format!("`then` never takes effect: the table has {rows} weeks, and the phase is shorter ({weeks})");
    let help = "give the phase as many weeks as the table, or leave `then` out and list the weeks that there are";
    let place = Place::value(plan.program.file.clone(), spot.path("percent_table").key("then"));
    report.add(report.finding(message).at(place, "").help(help));
}

/// Says why a progression changes nothing.
fn say(plan: &PlanView<'_>, spot: &Spot, progression: &Progression, reason: Idle, report: &mut Report<'_>) {
    let (key, id) = (progression.of.key(), progression.of.id());
    let named = spot.place(plan, key);
    let step = || Place::key(plan.program.file.clone(), spot.path("linear"));
    let nothing = |why: &str| format!("this progression of `{id}` changes nothing, because {why}");
    let finding = match reason {
        Idle::Replaced { later } => report
            .finding(format!("this progression of `{id}` never takes effect, because a later one replaces it"))
            .at(named, "")
            .at(Spot { index: later, ..*spot }.place(plan, key), "the last one that fits is followed")
            .help(format!(
                "delete one of the two, or name with `session` or `slot` what each is for; to give one session two \
                 lengths on a day, give its {key} another id in a session of its own"
            )),
        Idle::Never => report.finding(format!("this progression of `{id}` never takes effect")).at(named, "").help(
            format!("check which sessions of the phase have the {key} `{id}`, and `session` or `slot` beside it"),
        ),
        Idle::Clock => report
            .finding(nothing("the clock of a `tabata` says how long it is done"))
            .at(named, "")
            .help("delete the progression, or do the exercise in another block"),
        Idle::Days => report.finding(nothing("the days of its phase say how much is done")).at(named, "").help(
            "what is written for a day is final: delete the progression, or say on some days only which session it is",
        ),
        Idle::Same => report
            .finding(nothing("the session says the same in all its weeks"))
            .at(named, "")
            .help("write what is to be different, or delete the progression"),
        Idle::Late { weeks } => report
            .finding(format!(
                "the first step is never made: the phase has {weeks} weeks, and `every` is as long or longer"
            ))
            .at(step(), "")
            .help("write a smaller `every`, or give the phase more weeks"),
        Idle::Capped => report
            .finding("the step changes nothing in all the weeks of its phase")
            .at(step(), "")
            .help("raise its `cap`, which holds for the upper end of a range, or start lower with `from`"),
        Idle::Full => report
            .finding("the step changes nothing in all the weeks of its phase")
            .at(step(), "")
            .help("start lower with `from`: there is nothing above what the phase begins with"),
    };
    report.add(finding);
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
    fn what_may_be_done_instead_has_progressions_too() {
        let of = |or: &str, progression: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
            let lint = Lint::new().file("sessions/a.yaml", run).session(
                "legs",
                "strength",
                "{exercise: hinge, dose: {sets: 3, reps: 5, load: 40 kg}}",
            );
            let lint = lint.session("cross", "cross-train", "{exercise: jog}");
            let phase = format!(
                "kind: base, weeks: 3, sessions: [{{session: cross, day: monday, or: [{or}]}}], progression: [{progression}]"
            );
            lint.phases(&[&phase]).of("idle-progression")
        };
        let lengths = "{step: far, lengths: [3 km, 4 km, 5 km]}";
        assert_eq!(of("a", lengths), [""; 0]);
        assert_eq!(of("legs", "{exercise: hinge, linear: {add: 5 kg}}"), [""; 0]);
        let capped = ["programs/p.yaml:3 the step changes nothing in all the weeks of its phase"];
        assert_eq!(of("legs", "{exercise: hinge, linear: {add: 5 kg, cap: 40 kg}}"), capped);
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
        let late =
            "programs/p.yaml:3 the first step is never made: the phase has 3 weeks, and `every` is as long or longer";
        assert_eq!(of(3, "add: 1 reps, every: 3"), [late]);
        assert_eq!(of(3, "add: 1 reps, every: 2"), [""; 0]);
        let deload = "add: 1 reps, every: 2, deload: {every: 3, to: 100 %}";
        assert_eq!(of(3, deload), [late], "and the lighter week comes between");
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
    fn days_that_say_the_dose_of_a_line_or_its_exercise_hide_it() {
        let of = |doses: &str, progression: &str| {
            let main = "{id: top, exercise: hinge, dose: {sets: 3, reps: 5, load: 60 kg}}, {exercise: jog}";
            let phase = format!(
                "kind: base, weeks: 3, sessions: [{{session: s, day: monday, doses: {{{doses}}}}}], progression: [{progression}]"
            );
            Lint::new().session("s", "strength", main).phases(&[&phase]).of("idle-progression")
        };
        let said = |key: &str| {
            [format!(
                "programs/p.yaml:3 this progression of `{key}` changes nothing, because the days of its phase say how much is done"
            )]
        };
        let linear = "linear: {add: 2.5 kg}";
        let dose = "{sets: 5, reps: 5, load: 70 kg}";
        assert_eq!(of(&format!("hinge: {dose}"), &format!("{{item: top, {linear}}}")), said("top"));
        assert_eq!(of(&format!("top: {dose}"), &format!("{{exercise: hinge, {linear}}}")), said("hinge"));
        assert_eq!(of(&format!("hinge: {dose}"), &format!("{{exercise: hinge, {linear}}}")), said("hinge"));
        assert_eq!(of("jog: {distance: 3 km}", &format!("{{item: top, {linear}}}")), [""; 0]);
        let capped = of("jog: {distance: 3 km}", "{item: top, linear: {add: 2.5 kg, cap: 60 kg}}");
        assert_eq!(capped, ["programs/p.yaml:3 the step changes nothing in all the weeks of its phase"]);
    }

    #[test]
    fn cells_that_replace_the_steps_hide_it() {
        let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
        let program = "level: 1\nphases: [{id: a, kind: base, weeks: 2, progression: [{step: far, lengths: [8 km, 9 km]}]}]\ngrid:\n  \
                       sessions: {run: a}\n  weeks: [[6x400m run, '', '', '', '', '', ''], ['', 5x400m run, '', '', '', '', '']]\n\
                       words: {name: P, summary: S., goal: G., audience: A.}\n";
        let said = Lint::new().file("sessions/a.yaml", run).file("programs/p.yaml", program).of("idle-progression");
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(
            said[0].ends_with("`far` changes nothing, because the days of its phase say how much is done"),
            "{said:?}"
        );
    }

    #[test]
    fn what_the_session_says_anyway_is_no_change() {
        let of = |more: &str, progression: &str| {
            let sessions = "[{session: s, day: monday}, {session: a, day: friday}]";
            let phase = format!("kind: base, weeks: 2{more}, sessions: {sessions}, progression: [{progression}]");
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: far, duration: 8 km}]}]\nwords: {name: Run}\n";
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}").file("sessions/a.yaml", run);
            lint.phases(&[&phase]).of("idle-progression")
        };
        let same = |of: &str| {
            [format!(
                "programs/p.yaml:3 this progression of `{of}` changes nothing, because the session says the same in all its weeks"
            )]
        };
        let from = |reps: u32| format!("{{exercise: hinge, from: {{sets: 3, reps: {reps}}}}}");
        assert_eq!(of("", &from(8)), same("hinge"));
        assert_eq!(of("", &from(9)), [""; 0]);
        let explicit =
            |reps: u32| format!("{{exercise: hinge, explicit: [{{sets: 3, reps: 8}}, {{sets: 3, reps: {reps}}}]}}");
        assert_eq!(of("", &explicit(8)), same("hinge"));
        assert_eq!(of("", &explicit(9)), [""; 0]);
        assert_eq!(of(", volume: 60 %", &explicit(8)), [""; 0], "it keeps the sets of a lighter week");
        assert_eq!(of(", volume: 60 %", &from(8)), same("hinge"));
        assert_eq!(of("", "{step: far, lengths: [8 km, 8 km]}"), same("far"));
        let both = format!(
            "{{exercise: hinge, from: {{sets: 3, reps: 5}}}}, {}",
            from(8).replace("hinge,", "hinge, session: s,")
        );
        assert_eq!(of("", &both).len(), 1, "the first is hidden, the second undoes it: {:?}", of("", &both));
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
