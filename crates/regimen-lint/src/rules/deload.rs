//! `deload`: a lighter week now and then.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, RunningOfWeek, SessionView, WeeklyRunning};
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::PhaseKind;
use rust_decimal::Decimal;

const WEEKS: Threshold = Threshold {
    key: "weeks",
    default: "8",
    other: "10",
    amount: Amount::Count,
    meaning: "the most full weeks in a row",
};

/// A week with at most this share of the sets or the distance of the one before is lighter, whatever it is called.
const LIGHTER: Decimal = Decimal::from_parts(80, 0, 0, false, 2);

pub(super) static RULE: Rule = Rule {
    code: "deload",
    severity: Severity::Info,
    summary: "After eight full weeks comes a lighter one",
    explanation:
        "Tiredness adds up more quickly than it shows. A lighter week lets it fade. Full weeks have hard sets or \
endurance sessions. Lighter are phases of kind `deload`, `recovery`, `taper`, `race` and `transition`, phases with a \
`volume` below 100 %, and weeks with at most four fifths of the hard sets, or of the running, of the week before. Turns of a cycle count by their days. A week of kind `deload` or \
`recovery` that has more hard sets or running than the full week before, and less of neither, is found, too, and so is one with the \
very same work.

Wrong:

```yaml
phases:
  - {id: build, kind: build, weeks: 12, sessions: [{session: strength, day: monday}]}
```

Right:

```yaml
phases:
  - {id: build, kind: build, weeks: 5, sessions: [{session: strength, day: monday}]}
  - {id: lighter, kind: deload, weeks: 1, volume: 60 %, sessions: [{session: strength, day: monday}]}
  - {id: more, kind: build, weeks: 6, sessions: [{session: strength, day: monday}]}
```
",
    sources: &[CONVENTION],
    thresholds: &[WEEKS],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let running = WeeklyRunning::of(&plan.weeks).weeks;
    full_weeks(plan, &running, report);
    heavy_deloads(plan, &running, report);
}

/// Weeks that are called lighter, and have more than the full week before, or the very same.
fn heavy_deloads(plan: &PlanView<'_>, running: &[RunningOfWeek], report: &mut Report<'_>) {
    let mut last: Option<usize> = None;
    for (index, week) in plan.weeks.iter().enumerate() {
        if !week.is_light() {
            last = Some(index);
        }
        let is_called_lighter = matches!(week.kind(), PhaseKind::Deload | PhaseKind::Recovery);
        let Some(full) = last.filter(|_| is_called_lighter) else { continue };
        let amounts = amounts(plan, running, full, index);
        let is_more = amounts.iter().any(|(then, now)| now > then) && amounts.iter().all(|(then, now)| now >= then);
        // `idle-share` speaks of shares that change nothing.
        let is_same = !week.has_share() && week.does_the_same_as(&plan.weeks[full]);
        if is_more || is_same {
            let (this, full) = (plan.weeks_named(&[week.number]), plan.weeks_named(&[plan.weeks[full].number]));
            let how = if is_more { "more work than" } else { "the same work as" };
            let message = format!("{this} is to be lighter, and has {how} {full}");
            let help = match week.has_written_amounts() {
                true => "write smaller amounts for it, which a `volume` does not change, or give it another `kind`",
                false => "give its phase a `volume` such as `60 %`, or another `kind`",
            };
            report.add_in(&[week.number], &[], report.finding(message).at(week.place(plan.program), "").help(help));
        }
    }
}

/// The hard sets and the running of two weeks, each of seven days, as far as both have them.
fn amounts(plan: &PlanView<'_>, running: &[RunningOfWeek], then: usize, now: usize) -> Vec<(Decimal, Decimal)> {
    let sets = |index: usize| plan.weeks[index].in_seven_days(plan.weeks[index].hard_sets().into());
    let lifted = sets(then).zip(sets(now));
    let run = running[then].chosen().zip(running[now].chosen());
    [lifted, run].into_iter().flatten().collect()
}

/// Weeks in a row of which none is lighter.
fn full_weeks(plan: &PlanView<'_>, running: &[RunningOfWeek], report: &mut Report<'_>) {
    let most = report.limit(&WEEKS);
    // The weeks and the days without a lighter week.
    let (mut row, mut days, mut before): (u32, u32, Option<usize>) = (0, 0, None);
    for (index, week) in plan.weeks.iter().enumerate() {
        let full = week.hard_sets() > 0 || week.sessions.iter().any(SessionView::is_endurance);
        let is_lighter = |before: usize| {
            let amounts = amounts(plan, running, before, index);
            amounts.into_iter().any(|(then, now)| less(now, then))
        };
        let rest = week.is_light() || week.is_rehab() || !full || before.is_some_and(is_lighter);
        let days_before = days;
        (row, days) = if rest { (0, 0) } else { (row + 1, days + week.days()) };
        before = Some(index);
        let is_long = |days: u32| Decimal::from(days) > most.saturating_mul(Decimal::from(7));
        if is_long(days) && !is_long(days_before) {
            let first = week.number - (row - 1);
            let basis = report.basis(None, &[&WEEKS]);
            let weeks: Vec<u32> = (first..=week.number).collect();
            let message = format!("{} have no lighter week{basis}", plan.weeks_named(&weeks));
            let help = match week.has_written_amounts() {
                // A `volume` leaves the amounts of cells and placements as they are.
                true => "write smaller amounts for one of the weeks before it: four fifths of the week before, or less",
                false => "add a week of kind `deload` with a `volume` such as `60 %` before it",
            };
            report.add_of_plan(report.finding(message).at(week.place(plan.program), "").help(help));
        }
    }
}

fn less(now: Decimal, then: Decimal) -> bool {
    then > Decimal::ZERO && now <= then * LIGHTER
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_lighter_week_has_not_more_than_a_full_one() {
        let of = |volume: &str| {
            let week = |more: &str| format!("{more}, weeks: 1, sessions: [{{session: s, day: monday}}]");
            let phases = [week("kind: base"), week(&format!("kind: deload, volume: {volume}"))];
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}");
            lint.phases(&phases.each_ref().map(String::as_str)).of("deload")
        };
        assert_eq!(of("150 %"), ["programs/p.yaml:4 week 2 is to be lighter, and has more work than week 1"]);
        assert_eq!(of("100 %"), ["programs/p.yaml:4 week 2 is to be lighter, and has the same work as week 1"]);
        assert_eq!(of("60 %"), [""; 0]);
    }

    #[test]
    fn weeks_with_written_amounts_are_told_to_write_smaller_ones() {
        let of = |eighth: &str| {
            let rows = (1..=9).map(|week| format!("[{} run]", if week == 8 { eighth } else { "10 km" }));
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: build, weeks: 9}}]\ngrid:\n  days: [monday]\n  weeks: [{}]\n\
                 words: {{name: P, summary: S., goal: G., audience: A.}}\n",
                rows.collect::<Vec<_>>().join(", ")
            );
            let run = "kind: run\nmain: [{run: [{duration: 5 km}]}]\nwords: {name: Run}\n";
            Lint::new().file("sessions/run.yaml", run).file("programs/p.yaml", &program).of_with_help("deload")
        };
        let said = of("10 km");
        assert!(
            said.len() == 1 && said[0].contains("= write smaller amounts for one of the weeks before it"),
            "{said:?}"
        );
        assert_eq!(of("8 km"), [""; 0], "the advice works");
    }

    #[test]
    fn turns_count_by_their_days() {
        let of = |turns: u32| {
            let phase = format!("kind: base, days: {}, cycle: 9, sessions: [{{session: s, day: 1}}]", 9 * turns);
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).of("deload")
        };
        assert_eq!(of(6), [""; 0], "54 days");
        assert_eq!(of(8), ["programs/p.yaml:3 turns 1-7 have no lighter week"]);
    }

    fn of(phases: &[&str]) -> Vec<String> {
        let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {sets: 5, reps: 8-12}}");
        lint.session("t", "strength", "{exercise: hinge, dose: {sets: 4, reps: 8-12}}").phases(phases).of("deload")
    }

    #[test]
    fn a_limit_of_the_author_is_said_to_be_one() {
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}");
        let lint = lint.phases(&["kind: build, weeks: 3, sessions: [{session: s, day: monday}]"]);
        let project = "language: en\nrules: {deload: {weeks: 1}}\nwords: {title: T}\n";
        assert_eq!(
            lint.file("regimen.yaml", project).of("deload"),
            ["programs/p.yaml:3 weeks 1-2 have no lighter week (limit set in `regimen.yaml`)"]
        );
    }

    #[test]
    fn the_ninth_full_week_is_too_many() {
        let full = |weeks: u32| format!("kind: build, weeks: {weeks}, sessions: [{{session: s, day: monday}}]");
        assert_eq!(of(&[&full(9)]), ["programs/p.yaml:3 weeks 1-9 have no lighter week"]);
        assert_eq!(of(&[&full(8)]), [""; 0]);
        let light = "kind: deload, weeks: 1, volume: 60 %, sessions: [{session: s, day: monday}]";
        assert_eq!(of(&[&full(8), light, &full(8)]), [""; 0]);
        let fewer_sets = "kind: build, weeks: 1, sessions: [{session: t, day: monday}]";
        assert_eq!(of(&[&full(8), fewer_sets, &full(8)]), [""; 0]);
        assert_eq!(of(&[&full(5), &full(5)]), ["programs/p.yaml:4 weeks 1-9 have no lighter week"]);
    }
}
