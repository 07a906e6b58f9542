//! `unlikely-amount`: numbers that can be read and hardly be meant.

use std::collections::{BTreeMap, BTreeSet};

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView, TargetView};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Phase, Scheme};
use regimen_model::quantity::Percent;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

/// The most sets of an exercise in a row, and the most repeats of a run.
const MOST_TIMES: u32 = 100;
/// The longest hold and the longest rest between sets, in minutes.
const LONGEST: [u32; 2] = [15, 30];
/// The fastest sprint, in metres a second: 100 m in less than 9.6 s.
const FASTEST: Decimal = Decimal::from_parts(105, 0, 0, false, 1);
/// Distances in metres, and the time in seconds in which nobody has run them: a little less than the records of World Athletics in
/// 2025 (400 m in 43.03 s, the mile in 3:43.13, the marathon in 2:00:35).
const RECORDS: [(u32, u32); 9] = [
    (400, 43),
    (800, 100),
    (1000, 131),
    (1609, 223),
    (3000, 437),
    (5000, 755),
    (10_000, 1571),
    (21_097, 3402),
    (42_195, 7235),
];
/// A slow walk, in metres a second: about 45 minutes for a kilometre.
const SLOWEST: Decimal = Decimal::from_parts(37, 0, 0, false, 2);
/// The farthest at a time on foot and in other sports, in kilometres: a little more than anybody has covered in 24 hours.
const FARTHEST: [u32; 2] = [350, 1100];
/// The longest time at a time, in hours.
const LONGEST_TIME: u32 = 48;
/// Beats of a heart in a minute.
const BEATS: [u32; 2] = [40, 230];
/// The largest share of the work and the load of a week, in per cent.
const LARGEST_SHARE: Decimal = Decimal::from_parts(200, 0, 0, false, 0);

pub(super) static RULE: Rule = Rule {
    code: "unlikely-amount",
    severity: Severity::Warning,
    summary: "Amounts are such as people train with",
    explanation: "An amount that no one trains with is mostly a slip: a unit too many, a pace for a mile that reads as one for a \
kilometre, a share from another sheet. Found are more than 100 sets of an exercise or repeats of a run, holds of more than 15 minutes and \
rests of more than 30, stretches of more than 350 km on foot, 1100 km in other sports (more than anybody has covered in 24 hours) or 48 hours, \
sessions of more than 48 hours, paces and speeds on foot below 1:36/km (or faster than the world record over the length of the step) or above 45:00/km, heart rates below 40 or above 230 bpm and above \
100 %hrmax, a `volume` or `load` of `0 %` or more than `200 %`, a `miss: {to: 0 %}`, and an `again_at` of `0 %` or more than `100 %`.

Wrong:

```yaml
run: [{duration: 8 km, target: 0:50/km}]
```

Right:

```yaml
run: [{duration: 8 km, target: 5:00/km}]
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

/// What is unlikely about an amount, and what to write.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Unlikely {
    message: String,
    help: &'static str,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let mut found: BTreeMap<(Place, Unlikely), BTreeSet<u32>> = BTreeMap::new();
    for session in plan.sessions() {
        for unlikely in session.with_choices().flat_map(of_session) {
            found.entry((session.place.clone(), unlikely)).or_default().insert(session.week());
        }
    }
    for ((place, Unlikely { message, help }), weeks) in found {
        let weeks: Vec<u32> = weeks.into_iter().collect();
        let message = format!("{message} in {}", plan.weeks_named(&weeks));
        report.add_in(&weeks, &[&place], report.finding(message).at(place.clone(), "").help(help));
    }
    if plan.schedule.is_none() {
        shares(plan, report);
    }
}

fn of_session(session: &SessionView<'_>) -> Vec<Unlikely> {
    let mut found = Vec::new();
    for task in &session.tasks {
        let (exercise, dose) = (&task.view.exercise.id, task.dose());
        let mut add = |what: String, help| found.push(Unlikely { message: format!("`{exercise}` has {what}"), help });
        let sets = dose.most_sets();
        if sets > MOST_TIMES {
            add(format!("{sets} sets"), "write how often it is done as `sets`, and how many in each as `reps`");
        }
        let [hold, rest] = LONGEST.map(|minutes| Decimal::from(minutes * 60));
        if let Some(held) = dose.hold().filter(|held| held.seconds().low() > hold) {
            add(
                format!("a hold of {held}"),
                "a position is held for seconds, such as `hold: 30 s`; movement for a time is `time`",
            );
        }
        if let Some(long) = dose.rest().filter(|long| long.seconds().low() > rest) {
            add(format!("a rest of {long}"), "rests between sets are seconds or minutes, such as `rest: 90 s`");
        }
    }
    let id = session.id();
    let is_on_foot = session.is_run() || session.kind() == SessionKind::Walk;
    for run in session.runs() {
        let times = run.most_repeats();
        if times > MOST_TIMES {
            let help = "write how often it is done as `repeat`, and how long each is as the `duration` of its step";
            found.push(Unlikely { message: format!("`{id}` repeats a step {times} times"), help });
        }
        let too_long = run.lengths().into_iter().filter(|length| {
            let [on_foot, other] = FARTHEST.map(|kilometres| Decimal::from(kilometres * 1000));
            let farthest = if is_on_foot && length.is_on_foot { on_foot } else { other };
            length.metres > farthest || length.seconds > longest_time()
        });
        found.extend(too_long.map(|length| {
            let help = "write what is done at a time, and check its unit: `m` are metres, `min` are minutes";
            Unlikely { message: format!("`{id}` has a stretch of {}", length.said), help }
        }));
        let targets = run.targets().into_iter();
        found.extend(targets.filter_map(|target| {
            let help = unlikely_target(&target, is_on_foot)?;
            Some(Unlikely { message: format!("`{id}` asks for {}", target.said), help })
        }));
    }
    if let Some(takes) = session.duration().filter(|takes| found.is_empty() && takes.seconds().low() > longest_time()) {
        let help = "write how long the session takes, such as `45 min`";
        found.push(Unlikely { message: format!("`{id}` takes {takes}"), help });
    }
    found
}

fn longest_time() -> Decimal {
    Decimal::from(LONGEST_TIME * 3600)
}

/// What to write instead of a target that no one trains at.
fn unlikely_target(target: &TargetView, is_on_foot: bool) -> Option<&'static str> {
    let fastest = fastest_over(target);
    let is_speed = |speed: Decimal| (SLOWEST..=fastest).contains(&speed);
    if let Some(speed) = target.speed.filter(|_| is_on_foot && target.is_on_foot) {
        let is_likely = is_speed(speed.low()) && is_speed(speed.high());
        return (!is_likely).then_some("on foot it is a time for a kilometre or a mile, such as `5:30/km` or `9:00/mi`; other sports are said by `sport`");
    }
    let [low, high] = BEATS.map(Decimal::from);
    let is_beat = |beats: Decimal| (low..=high).contains(&beats);
    if target.beats.is_some_and(|beats| !is_beat(beats.low()) || !is_beat(beats.high())) {
        return Some("write beats of the heart in a minute, such as `140-150 bpm`; steps in a minute are `spm`");
    }
    let is_beyond = target.of_highest.is_some_and(|share| share.high() > Decimal::ONE_HUNDRED);
    is_beyond
        .then_some("no share of the highest heart rate is above `100 %hrmax`; for one of the threshold write `%lthr`")
}

/// The fastest that anybody may run a step with this target, in metres a second: that of the longest distance with a record that the step
/// covers.
fn fastest_over(target: &TargetView) -> Decimal {
    let Some(speed) = target.speed else { return FASTEST };
    let metres = target.metres.max(target.seconds.saturating_mul(speed.low()));
    let covered = RECORDS.iter().rev().find(|(distance, _)| Decimal::from(*distance) <= metres);
    covered.map_or(FASTEST, |(distance, seconds)| Decimal::from(*distance) / Decimal::from(*seconds))
}

/// What a share of nothing comes to: less than the least is not counted.
const NO_WORK: &str = "leaves nothing to do, and one set or repeat stays";
const NO_LOAD: &str = "leaves no load, and the least one stays";

/// Shares of the work and the load of phases, of their weeks, and after a miss.
fn shares(plan: &PlanView<'_>, report: &mut Report<'_>) {
    for (index, phase) in plan.program.phases.iter().enumerate() {
        let path = FieldPath::root().key("phases").index(index);
        for (path, key, share) in shares_of(phase, &path) {
            let place = Place::value(plan.program.file.clone(), path.key(key));
            let is_of_week = matches!(key, "volume" | "load");
            let most = if is_of_week { LARGEST_SHARE } else { Decimal::ONE_HUNDRED };
            if !share.0.is_zero() && share.0 <= most {
                continue;
            }
            let (message, help) = match (share.0.is_zero(), is_of_week) {
                (true, true) => (
                    if key == "load" { NO_LOAD } else { NO_WORK },
                    "write a share such as `60 %`, or leave the sessions out of that week",
                ),
                (true, false) => ("leaves no load after a miss", "write how much of the load is kept, such as `90 %`"),
                (false, true) => {
                    ("is more than twice as much", "write the share that is done, such as `60 %`; `100 %` is all of it")
                }
                (false, false) => {
                    ("is more after a miss than before it", "write how much of the load is kept, such as `90 %`")
                }
            };
            report.add(report.finding(format!("`{key}: {share}` {message}")).at(place, "").help(help));
        }
    }
}

/// Every share that a phase states, with the path to what has it, and its key there.
fn shares_of(phase: &Phase, path: &FieldPath) -> Vec<(FieldPath, &'static str, Percent)> {
    let mut all = Vec::new();
    let mut add = |path: &FieldPath, key, share: Option<Percent>| {
        all.extend(share.map(|share| (path.clone(), key, share)));
    };
    add(path, "volume", phase.volume);
    add(path, "load", phase.load);
    for (index, week) in phase.overrides.iter().enumerate() {
        let path = path.clone().key("overrides").index(index);
        add(&path, "volume", week.volume);
        add(&path, "load", week.load);
    }
    for (index, progression) in phase.progression.iter().enumerate() {
        let path = path.clone().key("progression").index(index);
        match &progression.scheme {
            Scheme::Stages(stages) => add(&path.key("stages"), "again_at", stages.again_at),
            Scheme::ByResult { from: _, rule } => {
                add(&path.key("by_result").key("miss"), "to", rule.miss.map(|miss| miss.to));
            }
            Scheme::Constant(_)
            | Scheme::Linear { .. }
            | Scheme::Double { .. }
            | Scheme::PercentTable(_)
            | Scheme::Explicit(_)
            | Scheme::Lengths(_)
            | Scheme::Repeats(_) => {}
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(main: &str) -> Vec<String> {
        Lint::new().program(main, "run", 2).of("unlikely-amount")
    }

    #[test]
    fn doses_that_no_one_does_are_found() {
        let dose = |dose: &str| of(&format!("{{exercise: hinge, dose: {{{dose}}}}}"));
        assert_eq!(dose("sets: 1000, reps: 5"), ["programs/p.yaml:3 `hinge` has 1000 sets in weeks 1-2"]);
        assert_eq!(dose("hold: 1 h"), ["programs/p.yaml:3 `hinge` has a hold of 1 h in weeks 1-2"]);
        assert_eq!(dose("sets: 2, reps: 5, rest: 2 h"), ["programs/p.yaml:3 `hinge` has a rest of 2 h in weeks 1-2"]);
        for fine in ["sets: 10, reps: 100", "hold: 5 min", "sets: 3, reps: 3, rest: 10 min", "time: 2 h"] {
            assert_eq!(dose(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn lengths_that_no_one_does_are_found() {
        let run = |step: &str| of(&format!("{{run: [{{duration: {step}}}]}}"));
        for wrong in ["1000000 km", "400 km", "99 h"] {
            assert_eq!(run(wrong), [format!("programs/p.yaml:3 `s` has a stretch of {wrong} in weeks 1-2")], "{wrong}");
        }
        for fine in ["160 km", "100 mi", "24 h", "300 km", "400 km, sport: ride"] {
            assert_eq!(run(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn targets_that_no_one_trains_at_are_found() {
        let run = |target: &str| of(&format!("{{run: [{{duration: 8 km, target: {target}}}]}}"));
        for wrong in
            ["0:10/km", "59:00/km", "45 km/h", "30 km/h", "6:00 to 0:50/km", "20 bpm", "180-300 bpm", "120 %hrmax"]
        {
            assert_eq!(run(wrong), [format!("programs/p.yaml:3 `s` asks for {wrong} in weeks 1-2")], "{wrong}");
        }
        for fine in ["3:00/km", "20:00/mi", "20 km/h", "150-160 bpm", "100 %hrmax", "105 %lthr", "250 W"] {
            assert_eq!(run(fine), [""; 0], "{fine}");
        }
        assert_eq!(of("{run: [{duration: 40 km, target: 45 km/h, sport: ride}]}"), [""; 0]);
        let step = |step: &str| of(&format!("{{run: [{{{step}}}]}}"));
        for wrong in
            ["1 mi, target: 3:00/mi", "5 km, target: 2:20/km", "10 min, target: 2:15/km", "400 m, target: 1:40/km"]
        {
            assert_eq!(step(&format!("duration: {wrong}")).len(), 1, "{wrong}");
        }
        for fine in [
            "1 mi, target: 3:50/mi",
            "400 m, target: 1:50/km",
            "200 m, target: 1:40/km",
            "20 s, target: 1:40/km",
            "42 km, target: 2:55/km",
        ] {
            assert_eq!(step(&format!("duration: {fine}")), [""; 0], "{fine}");
        }
        let walk = |step: &str| Lint::new().program(&format!("{{run: [{{{step}}}]}}"), "walk", 2).of("unlikely-amount");
        assert_eq!(walk("duration: 400 km"), ["programs/p.yaml:3 `s` has a stretch of 400 km in weeks 1-2"]);
        assert_eq!(walk("duration: 5 km, target: 0:30/km"), ["programs/p.yaml:3 `s` asks for 0:30/km in weeks 1-2"]);
        assert_eq!(walk("duration: 5 km, target: 20:00/mi"), [""; 0]);
        let often = of("{run: [{repeat: 500, steps: [{duration: 30 s, target: rpe 8}]}]}");
        assert_eq!(often, ["programs/p.yaml:3 `s` repeats a step 500 times in weeks 1-2"]);
    }

    #[test]
    fn shares_that_no_one_means_are_found() {
        let of = |phase: &str| {
            let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {sets: 5, reps: 3, load: 50 kg}}");
            let phase = format!("kind: build, weeks: 2, sessions: [{{session: s, day: monday}}], {phase}");
            lint.phases(&[&phase]).of("unlikely-amount")
        };
        for (phase, said) in [
            ("volume: 0 %", "`volume: 0 %` leaves nothing to do, and one set or repeat stays"),
            ("load: 0 %", "`load: 0 %` leaves no load, and the least one stays"),
            ("overrides: [{week: 2, load: 600 %}]", "`load: 600 %` is more than twice as much"),
            (
                "progression: [{exercise: hinge, by_result: {add: 5 kg, miss: {to: 0 %}}}]",
                "`to: 0 %` leaves no load after a miss",
            ),
            (
                "progression: [{exercise: hinge, stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg, again_at: 150 %}}]",
                "`again_at: 150 %` is more after a miss than before it",
            ),
        ] {
            assert_eq!(of(phase), [format!("programs/p.yaml:3 {said}")], "{phase}");
        }
        assert_eq!(of("volume: 120 %"), [""; 0]);
    }
}
