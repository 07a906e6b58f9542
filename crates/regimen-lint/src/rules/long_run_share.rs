//! `long-run-share`: the long run is not most of the week.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, SessionView, WeekView, beside};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const MOST: Threshold = Threshold {
    key: "most",
    default: "65 %",
    other: "50 %",
    amount: Amount::Percent,
    meaning: "the largest share of a week's running that one run may have",
};
const FROM: Threshold = Threshold {
    key: "from",
    default: "75 min",
    other: "90 min",
    amount: Amount::Time,
    meaning: "how long a run is at least before it is asked; without a pace it counts as run in 6:00/km",
};

pub(super) static RULE: Rule = Rule {
    code: "long-run-share",
    severity: Severity::Warning,
    summary: "A long run is at most 65 % of its week's running",
    explanation: "A long run rests on the other runs of the week. Where it is most of the week, it asks for more than the legs are used to, and \
the days after it are lost. Coaches speak of a quarter to a third with five runs a week or more, and of about half with three; the limit leaves \
room for both. Asked of runs of 75 minutes or more, in weeks of full work with two runs or more, and with fewer rides, swims and other cross-training than runs. The running of a \
turn counts for seven days. Weeks with a race are not asked, nor is a week with a run of \
which nobody knows how long it takes.

Wrong:

```yaml
sessions:
  - {session: easy-8-km, day: tuesday}
  - {session: long-24-km, day: sunday}
```

Right:

```yaml
sessions:
  - {session: easy-8-km, day: tuesday}
  - {session: easy-10-km, day: thursday}
  - {session: long-18-km, day: sunday}
```
",
    sources: &[Citation {
        text: "A convention of coaches, and of this program; Daniels 2014 (Daniels' Running Formula, 3rd edition) asks for 25 to 30 %",
        address: None,
    }],
    thresholds: &[MOST, FROM],
    rising: &[],
    check: Check::Plan(check),
};

/// What is said of one long run: in which weeks, and the largest share.
#[derive(Default)]
struct Found {
    weeks: Vec<u32>,
    share: Decimal,
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (most, from) = (report.limit(&MOST), report.limit(&FROM));
    let mut found: BTreeMap<(&Place, &str), Found> = BTreeMap::new();
    for week in plan.full_weeks().filter(|week| !week.is_rehab()) {
        let Some((longest, share)) = longest_of(week, from) else { continue };
        if share > most {
            let one = found.entry((&longest.place, longest.id().as_str())).or_default();
            one.weeks.push(week.number);
            one.share = one.share.max(share);
        }
    }
    for ((place, id), Found { weeks: numbers, share }) in found {
        let upto = if numbers.len() == 1 { "" } else { "up to " };
        let message = format!(
            "the run `{id}` is {upto}{} % of the running in {}{}",
            beside(share, most),
            plan.weeks_named(&numbers),
            report.basis(None, &[&MOST, &FROM])
        );
        let help = "run more on the other days, or less on this one";
        report.add_in(&numbers, &[place], report.finding(message).at(place.clone(), "").help(help));
    }
}

/// The longest run of a week, and its share in per cent.
fn longest_of<'p, 'a>(week: &'p WeekView<'a>, from: Decimal) -> Option<(&'p SessionView<'a>, Decimal)> {
    let runs: Vec<&SessionView<'_>> = week.sessions.iter().filter(|session| session.is_run()).collect();
    if runs.len() < 2 || runs.iter().any(|run| run.kind() == SessionKind::Race) {
        return None;
    }
    // Rides, swims and the like train for the long run, too.
    let others = week.sessions.iter().filter(|session| session.is_endurance() && !session.is_run()).count();
    if others >= runs.len() {
        return None;
    }
    let times: Vec<Decimal> = runs.iter().map(|run| run.about_seconds()).collect::<Option<_>>()?;
    let far: Option<Vec<Decimal>> = runs.iter().map(|run| run.metres()).collect();
    let (index, time) = times.iter().enumerate().max_by_key(|(_, time)| **time)?;
    // In distance where it is known, because that is what coaches count in.
    let amounts = far.unwrap_or_else(|| times.clone());
    let sum: Decimal = amounts.iter().copied().fold(Decimal::ZERO, Decimal::saturating_add);
    let of_seven_days = week.in_seven_days(sum)?.max(amounts[index]);
    let share = (sum > Decimal::ZERO).then(|| amounts[index] * Decimal::ONE_HUNDRED / of_seven_days)?;
    (*time >= from).then_some((runs[index], share))
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Two weeks with an easy run of this length, and a long one.
    fn of(easy: &str, long: &str, kind: &str) -> Vec<String> {
        let phase =
            format!("kind: {kind}, weeks: 2, sessions: [{{session: e, day: tuesday}}, {{session: l, day: sunday}}]");
        let dose = |amount: &str| format!("{{exercise: jog, dose: {{{amount}}}}}");
        let lint = Lint::new().session("e", "run", &dose(easy)).session("l", "run", &dose(long));
        lint.phases(&[&phase]).of("long-run-share")
    }

    #[test]
    fn two_thirds_of_the_week_are_too_much() {
        assert_eq!(
            of("distance: 8 km", "distance: 24 km", "build"),
            ["programs/p.yaml:3 the run `l` is up to 75 % of the running in weeks 1-2"]
        );
        assert_eq!(of("distance: 13 km", "distance: 24 km", "build"), [""; 0], "64.9 %");
        assert_eq!(of("time: 40 min", "time: 2 h", "build").len(), 1);
    }

    #[test]
    fn short_runs_lighter_weeks_and_lone_runs_are_not_asked() {
        assert_eq!(of("distance: 2 km", "distance: 12 km", "build"), [""; 0], "72 min");
        assert_eq!(of("distance: 8 km", "distance: 24 km", "taper"), [""; 0]);
        let lint = Lint::new().session("l", "run", "{exercise: jog, dose: {distance: 24 km}}");
        let phase = "kind: build, weeks: 2, sessions: [{session: l, day: sunday}]";
        assert_eq!(lint.clone().phases(&[phase]).of("long-run-share"), [""; 0]);
        let phase = |rides: &str| {
            format!(
                "kind: build, weeks: 2, sessions: [{{session: l, day: sunday}}, {{session: e, day: monday}}{rides}]"
            )
        };
        let lint = lint.session("e", "run", "{exercise: jog}").session("r", "ride", "{exercise: jog}");
        let of = |rides: &str| lint.clone().phases(&[&phase(rides)]).of("long-run-share").len();
        assert_eq!(of(", {session: r, day: friday}"), 1);
        assert_eq!(of(", {session: r, day: friday}, {session: r, day: tuesday}"), 0, "a triathlon");
    }
}
