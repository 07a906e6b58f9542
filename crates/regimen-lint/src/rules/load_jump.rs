//! `load-jump`: weight goes up in small steps.

use std::collections::BTreeMap;

use super::ACSM_2009;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, beside};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::model::Exercise;
use regimen_model::quantity::Unit;
use regimen_model::reference::Id;
use rust_decimal::Decimal;

const MOST: Threshold = Threshold {
    key: "most",
    default: "10 %",
    other: "15 %",
    amount: Amount::Percent,
    meaning: "the largest step of a planned load",
};

pub(super) static RULE: Rule = Rule {
    code: "load-jump",
    severity: Severity::Warning,
    summary: "A planned load rises by a tenth at most",
    explanation: "Steps of 2 to 10 % are what muscles and tendons follow. The heaviest load of an exercise in a week is \
compared with the heaviest of all weeks before, in the same unit. A heavier load for fewer repetitions is no jump. Steps \
of up to 2.5 kg or 5 lb are never reported, because there may be no smaller weight. Loads in bands and in `rm` are not \
compared, and where no load is stated nothing is said.

Wrong:

```yaml
exercise: deadlift
explicit:
  - {sets: 3, reps: 8, load: 40 kg}
  - {sets: 3, reps: 8, load: 50 kg}
```

Right:

```yaml
exercise: deadlift
explicit:
  - {sets: 3, reps: 8, load: 40 kg}
  - {sets: 3, reps: 8, load: 44 kg}
```
",
    sources: &[ACSM_2009],
    thresholds: &[MOST],
    rising: &[],
    check: Check::Plan(check),
};

/// Loads that can be compared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Lift<'a> {
    exercise: &'a Id<Exercise>,
    unit: &'static str,
}

/// The heaviest load of an exercise in a unit, the repetitions it was lifted for, and where it was planned.
struct Heaviest<'a> {
    load: Decimal,
    reps: Option<u32>,
    place: &'a Place,
    week: u32,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let most = report.limit(&MOST);
    let mut before: BTreeMap<Lift<'_>, Heaviest<'_>> = BTreeMap::new();
    for week in &plan.weeks {
        let mut now: BTreeMap<Lift<'_>, Heaviest<'_>> = BTreeMap::new();
        for session in &week.sessions {
            for task in session.hard_tasks() {
                let Some((load, unit)) = task.dose().comparable_load() else { continue };
                let lift = Lift { exercise: &task.view.exercise.id, unit: unit.symbol() };
                if now.get(&lift).is_none_or(|known| known.load < load) {
                    let reps = task.dose().repetitions_at_heaviest().map(|reps| reps.high());
                    now.insert(lift, Heaviest { load, reps, place: &session.place, week: week.number });
                }
            }
        }
        for (lift, new) in now {
            if let Some(old) = before.get(&lift) {
                jump(lift, old, &new, most, report);
            }
            let old = before.entry(lift).or_insert(Heaviest { ..new });
            if old.load < new.load {
                *old = new;
            }
        }
    }
}

fn jump(lift: Lift<'_>, old: &Heaviest<'_>, new: &Heaviest<'_>, most: Decimal, report: &mut Report<'_>) {
    let Lift { exercise, unit } = lift;
    let step = new.load - old.load;
    let grain = match unit {
        "kg" => Decimal::new(25, 1),
        "lb" => Decimal::from(5),
        _ => Decimal::ZERO,
    };
    let fewer = new.reps.zip(old.reps).is_some_and(|(new, old)| new < old);
    if fewer || step <= grain || old.load.is_zero() || step * Decimal::ONE_HUNDRED <= old.load * most {
        return;
    }
    let share = beside(step * Decimal::ONE_HUNDRED / old.load, most);
    let message = format!(
        "the load of `{exercise}` rises by {share} % in week {}, from {} to {} {unit}{}",
        new.week,
        old.load,
        new.load,
        report.basis(Some("ACSM 2009"), &[&MOST])
    );
    let before = format!("{} {unit} in week {}", old.load, old.week);
    let finding = report.finding(message).at(new.place.clone(), "").at(old.place.clone(), before);
    let finding = finding.help(format!("go up by {most} % at most, or add repetitions first"));
    report.add_in(&[new.week], &[new.place], finding);
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(doses: &[&str]) -> Vec<String> {
        let list: Vec<String> = doses.iter().map(|dose| format!("{{{dose}}}")).collect();
        let phase = format!(
            "kind: base, weeks: {}, sessions: [{{session: s, day: monday}}], progression: [{{exercise: hinge, explicit: [{}]}}]",
            doses.len(),
            list.join(", ")
        );
        Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("load-jump")
    }

    #[test]
    fn steps_over_a_tenth_are_jumps() {
        assert_eq!(
            of(&["reps: 8, load: 40 kg", "reps: 8, load: 45 kg"]),
            ["programs/p.yaml:3 the load of `hinge` rises by 13 % in week 2, from 40 to 45 kg (ACSM 2009)"]
        );
        assert_eq!(of(&["reps: 8, load: 40 kg", "reps: 8, load: 44 kg"]), [""; 0]);
        assert!(of(&["reps: 8, load: 99 kg", "reps: 8, load: 109 kg"])[0].contains(" 10.1 % "));
        assert_eq!(of(&["reps: 8, load: 70 %1rm", "reps: 8, load: 80 %1rm"]).len(), 1);
    }

    #[test]
    fn what_is_no_jump_is_not_reported() {
        assert_eq!(of(&["reps: 8, load: 5 kg", "reps: 8, load: 7.5 kg"]), [""; 0], "the smallest step");
        assert_eq!(of(&["reps: 8, load: 40 kg", "reps: 5, load: 50 kg"]), [""; 0], "fewer repetitions");
        assert_eq!(
            of(&["reps: 8, load: 40 kg", "reps: 8, load: 30 kg", "reps: 8, load: 42 kg"]),
            [""; 0],
            "back again"
        );
        assert_eq!(of(&["reps: 8", "reps: 8, load: 42 kg"]), [""; 0], "nothing to compare with");
        assert_eq!(of(&["reps: 8, load: 12 rm", "reps: 8, load: 20 rm"]), [""; 0]);
    }
}
