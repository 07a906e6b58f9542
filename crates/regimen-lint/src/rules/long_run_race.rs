//! `long-run-race`: the longest run is not far short of the race.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{Measure, PlanView, SessionView, beside, run_unit};
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

const LEAST: Threshold = Threshold {
    key: "least",
    default: "50 %",
    other: "70 %",
    amount: Amount::Percent,
    meaning: "the share of the race that the longest run before it has at least",
};

/// Nobody runs half of a longer race in training: from here on half a marathon is enough.
const MARATHON: Decimal = Decimal::from_parts(42_195, 0, 0, false, 0);

pub(super) static RULE: Rule = Rule {
    code: "long-run-race",
    severity: Severity::Warning,
    summary: "The longest run before a race is at least half as long as the race",
    explanation: "Of 441 runners of a marathon, those whose longest run was below 25 km were slower, and no more and no less injured. A plan whose \
longest run is less than half of its race leaves the second half to race day. The longest race of a plan is compared with the longest run or \
race before it; of a race beyond the marathon, half a marathon is asked. A run without a distance counts as long as a fast runner would get in its time. \
Nothing is said of a race that states no distance, nor of a plan of less than four weeks, whose reader has run before.

Wrong, before a marathon:

```yaml
lengths: [12 km, 14 km, 16 km, 16 km]
```

Right:

```yaml
lengths: [22 km, 24 km, 27 km, 30 km]
```
",
    sources: &[
        Citation {
            text: "Fokkema et al. 2020: Training for a (half-)marathon: training volume and longest endurance run related to \
                   performance and running injuries",
            address: Some("https://doi.org/10.1111/sms.13725"),
        },
        Citation { text: "The half is a convention of this program", address: None },
    ],
    thresholds: &[LEAST],
    rising: &[],
    check: Check::Plan(check),
};

/// The least days before a race in which a plan prepares for it.
const FOUR_WEEKS: u32 = 28;

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let is_race = |session: &&SessionView<'_>| session.kind() == SessionKind::Race;
    let races = plan.sessions().filter(is_race).filter_map(|race| Some((race.metres()?, race)));
    let Some((far, race)) = races.max_by_key(|(metres, race)| (*metres, race.day)) else { return };
    let before: Vec<&SessionView<'_>> =
        plan.sessions().filter(|session| session.is_run() && session.day < race.day).collect();
    if race.day < FOUR_WEEKS || before.is_empty() {
        return;
    }
    // A run of which nothing is known may be long enough.
    let Some(at_most) = before.iter().map(|run| run.metres_at_most()).collect::<Option<Vec<_>>>() else { return };
    let Some((longest, run)) = at_most.into_iter().zip(&before).max_by_key(|(metres, _)| *metres) else { return };
    let (least, wanted) = (report.limit(&LEAST), far.min(MARATHON));
    let percent = longest * Decimal::ONE_HUNDRED / wanted;
    if percent >= least {
        return;
    }
    let unit = Measure::Distance(run_unit([race]));
    let message = format!(
        "the longest run before the race `{}` of {} is `{}` of week {} with {}, {} % of it{}",
        race.id(),
        unit.shown(far),
        run.id(),
        run.week(),
        unit.shown(longest),
        beside(longest * Decimal::ONE_HUNDRED / far, least),
        report.basis(None, &[&LEAST])
    );
    let wanted = unit.shown(wanted * least / Decimal::ONE_HUNDRED);
    let finding = report.finding(message).at(race.place.clone(), "the race").at(run.place.clone(), "the longest run");
    report.add_of_plan(finding.help(format!("let the long run grow to {wanted} or more before the last weeks")));
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// So many weeks with a run of this dose, and a race of this length at the end.
    fn of(weeks: u32, dose: &str, race: &str) -> Vec<String> {
        let build = format!("kind: build, weeks: {weeks}, sessions: [{{session: l, day: sunday}}]");
        let last = "kind: race, weeks: 1, sessions: [{session: race, day: sunday}]";
        let lint = Lint::new().session("l", "run", &format!("{{exercise: jog, dose: {{{dose}}}}}"));
        let lint = lint.session("race", "race", &format!("{{exercise: jog, dose: {{distance: {race}}}}}"));
        lint.phases(&[&build, last]).of("long-run-race")
    }

    #[test]
    fn less_than_half_of_the_race_is_far_short() {
        assert_eq!(
            of(8, "distance: 16 km", "42 km"),
            [
                "programs/p.yaml:4 the longest run before the race `race` of 42 km is `l` of week 8 with 16 km, 38 % of it"
            ]
        );
        assert_eq!(of(8, "distance: 21 km", "42 km"), [""; 0]);
        assert_eq!(of(8, "distance: 4 km", "10 km").len(), 1);
    }

    #[test]
    fn long_races_short_plans_and_runs_in_minutes_are_given_room() {
        assert_eq!(of(8, "distance: 22 km", "100 km"), [""; 0], "half a marathon is enough");
        assert_eq!(of(8, "distance: 20 km", "100 km").len(), 1);
        assert_eq!(of(3, "distance: 5 km", "42 km"), [""; 0], "the reader has run before");
        assert_eq!(of(8, "time: 90 min", "42 km"), [""; 0], "it may be 22 km");
        assert_eq!(of(8, "time: 60 min", "42 km").len(), 1, "it is 15 km at most");
    }
}
