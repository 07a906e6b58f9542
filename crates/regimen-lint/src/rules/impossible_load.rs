//! `impossible-load`: no set asks for more than can be lifted.

use std::collections::BTreeMap;

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{Heavy, PlanView};
use regimen_model::diagnostic::{Place, Severity};
use rust_decimal::{Decimal, RoundingStrategy};

pub(crate) const MARGIN: Threshold = Threshold {
    key: "margin",
    default: "8 %",
    other: "5 %",
    amount: Amount::Percent,
    meaning: "how much of the best may be added to what people lift as often, because people differ",
};

pub(super) static RULE: Rule = Rule {
    code: "impossible-load",
    severity: Severity::Warning,
    summary: "A set asks for no more than can be lifted as often",
    explanation: "The best (`%1rm`) is by its name what can be lifted once: nobody lifts 110 % of it five times, and hardly anybody 95 % eight times. \
For more than one repetition the limit is Epley's estimate, 1 in (1 + repetitions / 30), counted so that one repetition is the best, and \
8 % of the best more, which is beyond what most people in 269 studies managed; it is always below the best. A single may be up to 8 % above \
the best, as an attempt at a new one. A training max (`%tm`) counts as nine tenths of the best. `5 rm` is what can be lifted five times, so \
that eight repetitions of it are impossible. The least repetitions of a range are asked, in sets that count and in those of warm-ups. Kilograms are not asked.

Wrong:

```yaml
exercise: squat
dose: {sets: 3, reps: 5, load: 110 %1rm}
```

Right:

```yaml
exercise: squat
dose: {sets: 3, reps: 5, load: 80 %1rm}
```
",
    sources: &[
        Citation {
            text: "Nuzzo et al. 2024: Maximal number of repetitions at percentages of the one repetition maximum: a \
                   meta-regression and moderator analysis of sex, age, training status, and exercise",
            address: Some("https://doi.org/10.1007/s40279-023-01937-7"),
        },
        Citation { text: "The estimate of Epley 1985, and the margin, are a convention", address: None },
    ],
    thresholds: &[MARGIN],
    rising: &[],
    check: Check::Plan(check),
};

/// What is asked of one exercise at one place.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Asked<'a> {
    place: &'a Place,
    exercise: &'a str,
    reps: u32,
    /// As it is shown: "110 % of the best".
    load: String,
    /// What to write instead.
    help: String,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let margin = report.limit(&MARGIN);
    let mut found: BTreeMap<Asked<'_>, Vec<u32>> = BTreeMap::new();
    for session in plan.sessions() {
        for task in session.with_choices().flat_map(|choice| &choice.tasks) {
            let exercise = task.view.exercise.id.as_str();
            let sets = task.dose().heavy_sets().into_iter();
            for (reps, load, help) in sets.filter_map(|(reps, heavy)| impossible(reps, heavy, margin)) {
                let asked = Asked { place: &session.place, exercise, reps, load, help };
                found.entry(asked).or_default().push(session.week());
            }
        }
    }
    for (Asked { place, exercise, reps, load, help }, in_weeks) in found {
        let times = if reps == 1 { "once".to_owned() } else { format!("{reps} times") };
        let message = format!(
            "nobody lifts {load} {times}: `{exercise}` in {}{}",
            plan.weeks_named(&in_weeks),
            report.basis(Some("Nuzzo 2024"), &[&MARGIN])
        );
        report.add_in(&in_weeks, &[place], report.finding(message).at(place.clone(), "").help(help));
    }
}

/// How often a load is to be lifted that cannot be, the load, and the way out.
fn impossible(reps: u32, heavy: Heavy, margin: Decimal) -> Option<(u32, String, String)> {
    match heavy {
        Heavy::RepMax(most) => {
            let load = format!("`{most} rm`");
            let help = format!("ask for {most} repetitions at most, or for less load");
            (Decimal::from(reps) > most).then_some((reps, load, help))
        }
        Heavy::OfBest(percent) => {
            let most = most_of_best(reps, margin);
            let shown = most.round_dp_with_strategy(0, RoundingStrategy::ToZero);
            let is_too_much = if reps > 1 { percent >= Decimal::ONE_HUNDRED || percent > most } else { percent > most };
            let load = format!("{} % of the best", percent.round_dp(1).normalize());
            let help = format!(
                "for {reps} repetitions {shown} % of the best is about the most; lower the load or the repetitions"
            );
            is_too_much.then_some((reps, load, help))
        }
    }
}

/// The most that can be lifted so often, in per cent of the best.
pub(crate) fn most_of_best(reps: u32, margin: Decimal) -> Decimal {
    let more = Decimal::from(reps.saturating_sub(1)) / Decimal::from(30);
    Decimal::ONE_HUNDRED / (Decimal::ONE + more) + margin
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(dose: &str) -> Vec<String> {
        Lint::new().program(&format!("{{exercise: hinge, dose: {{{dose}}}}}"), "strength", 2).of("impossible-load")
    }

    #[test]
    fn more_than_the_best_is_impossible_but_once() {
        assert_eq!(
            of("reps: 5, load: 110 %1rm"),
            ["programs/p.yaml:3 nobody lifts 110 % of the best 5 times: `hinge` in weeks 1-2 (Nuzzo 2024)"]
        );
        assert_eq!(of("reps: 8, load: 95 %1rm").len(), 1);
        assert_eq!(of("reps: 2, load: 100 %1rm").len(), 1);
        assert_eq!(of("reps: 1, load: 110 %1rm").len(), 1);
        for fine in
            ["reps: 1, load: 105 %1rm", "reps: 5, load: 90 %1rm", "reps: 8, load: 85 %1rm", "reps: 10, load: 80 %1rm"]
        {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn what_may_be_done_instead_is_asked_too() {
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").session(
            "heavy",
            "strength",
            "{exercise: hinge, dose: {reps: 5, load: 110 %1rm}}",
        );
        let phase = "kind: base, weeks: 1, sessions: [{session: s, day: monday, or: [heavy]}]";
        assert_eq!(lint.phases(&[phase]).of("impossible-load").len(), 1);
    }

    #[test]
    fn training_maxima_and_repetition_maxima_are_known() {
        assert_eq!(of("reps: 5, load: 95 %tm"), [""; 0], "85.5 % of the best");
        assert_eq!(of("reps: 8, load: 110 %tm").len(), 1);
        assert_eq!(of("reps: 8, load: 8 rm"), [""; 0]);
        assert!(of("reps: 8, load: 5 rm")[0].contains("nobody lifts `5 rm` 8 times: `hinge`"));
        assert_eq!(of("reps: 20, load: 200 kg"), [""; 0]);
        assert_eq!(of("reps: amrap, load: 95 %1rm"), [""; 0]);
        assert_eq!(of("reps: [5, 3, 1], load: [80 %1rm, 90 %1rm, 100 %1rm]"), [""; 0]);
        assert_eq!(of("reps: [5, 5, 5], load: [80 %1rm, 90 %1rm, 100 %1rm]").len(), 1);
    }
}
