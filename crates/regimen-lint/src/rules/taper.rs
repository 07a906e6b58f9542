//! `taper`: less before a race.

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, SessionView, beside};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::vocabulary::{PhaseKind, SessionKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

const DAYS: Threshold = Threshold {
    key: "days",
    default: "8-21",
    other: "7-14",
    amount: Amount::Counts,
    meaning: "how many days the taper lasts",
};
const LEAST: Threshold = Threshold {
    key: "least",
    default: "41 %",
    other: "30 %",
    amount: Amount::Percent,
    meaning: "the least cut of the volume",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "60 %",
    other: "70 %",
    amount: Amount::Percent,
    meaning: "the largest cut of the volume",
};

/// How far back training is compared, in days.
const REFERENCE: u32 = 28;

/// Up to this level a programme is for beginners.
const BEGINNERS: u8 = 1;

pub(super) static RULE: Rule = Rule {
    code: "taper",
    severity: Severity::Warning,
    summary: "A race plan cuts its volume by 41 to 60 % in the last 8 to 21 days",
    explanation: "Athletes race best after one to three weeks in which they train about half as much, as fast as before. A \
race plan has a session of kind `race`, or a phase of kind `race` or `taper`. Its volume is the distance of its runs, their \
time where one of them states no distance, or its hard sets if it has no runs. The mean per day of the last days before the race is compared with the mean of up to \
four weeks before them; the plan is fine if any number of days from 8 to 21 shows a cut of 41 to 60 %. Plans with less \
than two weeks before the taper are not asked, nor those with runs whose length is not known. The source is about athletes who compete, \
so in programmes of level 1 the finding is one step milder.

Wrong:

```yaml
phases:
  - {id: build, kind: build, weeks: 8, sessions: [{session: long-run, day: sunday}]}
  - {id: race, kind: race, weeks: 1, sessions: [{session: the-race, day: sunday}]}
```

Right:

```yaml
phases:
  - {id: build, kind: build, weeks: 8, sessions: [{session: long-run, day: sunday}]}
  - {id: less, kind: taper, weeks: 1, sessions: [{session: half-a-long-run, day: sunday}]}
  - {id: race, kind: race, weeks: 1, sessions: [{session: the-race, day: sunday}]}
```
",
    sources: &[Citation {
        text: "Bosquet et al. 2007: Effects of tapering on performance: a meta-analysis",
        address: Some("https://doi.org/10.1249/mss.0b013e31806010e0"),
    }],
    thresholds: &[DAYS, LEAST, MOST],
    rising: &[(LEAST, MOST)],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    if !plan.has_race() {
        return;
    }
    let Some((race, place)) = race_day(plan) else { return };
    let Some(volume) = Volume::of(plan, race) else { return };
    let (least, most) = (report.limit(&LEAST), report.limit(&MOST));
    let range = report.range(&DAYS);
    let [low, high] = [range.low(), range.high()].map(|days| days.to_u32().unwrap_or(u32::MAX));
    let cuts: Vec<Decimal> = (low..=high.min(race)).filter_map(|days| volume.cut(race, days)).collect();
    let (Some(smallest), Some(largest)) = (cuts.iter().min(), cuts.iter().max()) else { return };
    let (message, help) = if *largest < least {
        let shown = beside((*largest).max(Decimal::ZERO), least);
        let message = format!("the volume before the race falls by {shown} % at most, not by {least}-{most} %");
        (message, format!("train about half as much in the {low} to {high} days before the race, as fast as before"))
    } else if *smallest > most {
        let message =
            format!("the volume before the race falls by {} % or more, over {most} %", beside(*smallest, most));
        (message, "keep about half of the volume, so that form is not lost".to_owned())
    } else {
        return;
    };
    let basis = report.basis(Some("Bosquet 2007"), &[&DAYS, &LEAST, &MOST]);
    let finding = report.finding(format!("{message}{basis}")).at(place, "the race").help(help);
    // The source is about athletes who compete; a plan that leads beginners to their first race is not wrong without it.
    let is_for_beginners = plan.program.level.get() <= BEGINNERS;
    report.add_of_plan(if is_for_beginners { finding.lowered() } else { finding });
}

/// The day of the last race; for a plan without a race session, the day after its last race or taper week.
fn race_day(plan: &PlanView<'_>) -> Option<(u32, Place)> {
    let race = plan.sessions().filter(|session| session.kind() == SessionKind::Race).last();
    if let Some(race) = race {
        return Some((race.day, race.place.clone()));
    }
    let last = |kind| plan.weeks.iter().rev().find(|week| week.kind() == kind);
    let week = last(PhaseKind::Race).or_else(|| last(PhaseKind::Taper))?;
    Some((week.ends_before, week.place(plan.program)))
}

/// What is done on each day before the race.
struct Volume {
    days: Vec<Decimal>,
}

impl Volume {
    /// `None` if there is nothing to measure.
    fn of(plan: &PlanView<'_>, race: u32) -> Option<Self> {
        let before: Vec<&SessionView<'_>> = plan.sessions().filter(|session| session.day < race).collect();
        let runs = before.iter().any(|session| session.is_run());
        let far = before.iter().all(|session| session.metres().is_some());
        let mut days = vec![Decimal::ZERO; race as usize];
        for session in before {
            let amount = match (runs, far) {
                (true, true) => session.metres()?,
                (true, false) => session.about_seconds()?,
                (false, _) => session.hard_tasks().map(|task| Decimal::from(task.sets.high())).sum(),
            };
            if let Some(day) = days.get_mut(session.day as usize) {
                *day += amount;
            }
        }
        Some(Self { days })
    }

    /// By how many per cent the last `length` days fall below what was before; `None` without two weeks before.
    fn cut(&self, race: u32, length: u32) -> Option<Decimal> {
        let start = race.checked_sub(length)?;
        let from = start.saturating_sub(REFERENCE);
        let mean = |from: u32, to: u32| {
            let days = self.days.get(from as usize..to as usize)?;
            Some(days.iter().sum::<Decimal>() / Decimal::from(to - from))
        };
        let before = (start - from >= 14).then(|| mean(from, start))??;
        let last = mean(start, race)?;
        (before > Decimal::ZERO).then(|| (before - last) * Decimal::ONE_HUNDRED / before)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(last: &str, weeks: u32) -> Vec<String> {
        plan(last, weeks).of("taper")
    }

    /// Eight weeks of three runs, so many weeks with runs of this length, and a race on the last Sunday.
    fn plan(last: &str, weeks: u32) -> Lint {
        let run = |id: &str| {
            format!(
                "[{{session: {id}, day: monday}}, {{session: {id}, day: wednesday}}, {{session: {id}, day: friday}}"
            )
        };
        let build = format!("kind: build, weeks: 8, sessions: {}]", run("s"));
        let less = format!("kind: taper, weeks: {weeks}, sessions: {}]", run("less"));
        let race = format!("kind: race, weeks: 1, sessions: {}, {{session: race, day: sunday}}]", run("less"));
        let dose = |distance: &str| format!("{{exercise: jog, dose: {{distance: {distance}}}}}");
        let lint = Lint::new().session("s", "run", &dose("10 km")).session("less", "run", &dose(last));
        lint.session("race", "race", &dose("42 km")).phases(&[&build, &less, &race])
    }

    #[test]
    fn half_as_much_is_a_taper() {
        assert_eq!(of("5 km", 1), [""; 0]);
        assert_eq!(
            of("9 km", 1),
            ["programs/p.yaml:5 the volume before the race falls by 19 % at most, not by 41-60 % (Bosquet 2007)"]
        );
        let too_little = of("1 km", 2);
        assert!(too_little[0].contains("or more, over 60 %"), "{too_little:?}");
    }

    #[test]
    fn the_cut_is_told_from_its_limit() {
        let of = |limits: &str| {
            let project = format!("language: en\nrules: {{taper: {{{limits}}}}}\nwords: {{title: T}}\n");
            plan("8.9 km", 1).file("regimen.yaml", &project).of("taper")
        };
        assert_eq!(
            of("least: 20 %"),
            ["programs/p.yaml:5 the volume before the race falls by 19.9 % at most, not by 20-60 % (limits set in \
              `regimen.yaml`)"]
        );
    }

    #[test]
    fn beginners_are_told_more_softly() {
        let of = |level: u32| {
            let runs = "{session: s, day: monday}, {session: s, day: wednesday}, {session: s, day: friday}";
            let phases = format!(
                "phases:\n  - {{id: a, kind: build, weeks: 8, sessions: [{runs}]}}\n  - {{id: r, kind: race, weeks: 1, \
                 sessions: [{runs}, {{session: race, day: sunday}}]}}\n"
            );
            let words = "words: {name: P, summary: S., goal: G., audience: A.}";
            let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
            lint.file("programs/p.yaml", &format!("level: {level}\n{phases}{words}\n")).of("taper")
        };
        assert!(of(1)[0].starts_with('?'), "{:?}", of(1));
        assert!(of(2)[0].starts_with("programs"));
    }

    #[test]
    fn plans_without_a_race_or_without_figures_are_not_asked() {
        assert_eq!(Lint::new().program("{exercise: jog}", "run", 9).of("taper"), [""; 0]);
        let phase = "kind: build, weeks: 9, sessions: [{session: s, day: monday}, {session: s, day: wednesday}, \
                     {session: s, day: friday}, {session: race, day: sunday}]";
        let of = |s: &str| {
            let lint = Lint::new().file("sessions/s.yaml", s).session("race", "race", "{exercise: jog}");
            lint.phases(&[phase]).of("taper")
        };
        let free = of("kind: run\nmain: [{text: t}]\nwords: {name: S, texts: {t: Run.}}\n");
        assert_eq!(free, [""; 0], "nobody knows how long");
        let timed = of("kind: run\nmain: [{exercise: jog, dose: {time: 1 h}}]\nwords: {name: S}\n");
        assert!(timed[0].contains("the volume before the race falls by"), "{timed:?}");
    }
}
