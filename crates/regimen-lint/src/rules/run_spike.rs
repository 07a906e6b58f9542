//! `run-spike`: no run is much longer than what the legs know.

use std::collections::VecDeque;

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{Measure, PlanView, SessionView, beside, run_unit};
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

const SMALL: Threshold = Threshold {
    key: "small",
    default: "10 %",
    other: "15 %",
    amount: Amount::Percent,
    meaning: "how much longer a run may be, rounded up to a whole kilometre or mile, or to 5 minutes",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "100 %",
    other: "50 %",
    amount: Amount::Percent,
    meaning: "from here on the finding is at least a warning, whatever `severity` says",
};
const DAYS: Threshold = Threshold {
    key: "days",
    default: "30",
    other: "42",
    amount: Amount::Count,
    meaning: "how many days back runs are compared",
};

pub(super) static RULE: Rule = Rule {
    code: "run-spike",
    severity: Severity::Warning,
    summary: "A run is at most 10 % longer than the longest of the last 30 days",
    explanation:
        "Among 5,205 runners, injuries came more often after a single run that was more than 10 % longer than the \
longest of the 30 days before, whatever the week as a whole was like: 1.64 times as often above 10 %, 1.52 times above 30 %, and 2.28 times \
where it was more than twice as long. So there is no milder grade between 10 % and 30 %. Every run of a plan is compared with the runs \
before it, by distance or, where runs are in minutes, by time. Plans count in whole kilometres or miles, or in 5 minutes, so the limit is rounded up to \
the next of them: after 6 mi come 7 mi, after 16 km come 18 km. A race is not asked: its length is not the plan's choice. \
Neither are the runs of the first week, or of a first turn that is longer, because nobody knows what the reader ran before. A run in those days that states no distance counts as long as \
a fast runner would get in its time. The first run after as many days without one is half as long as the longest before them, or shorter; that is a convention.

Wrong:

```yaml
explicit:
  - {distance: 10 km}
  - {distance: 10 km}
  - {distance: 16 km}
```

Right:

```yaml
explicit:
  - {distance: 10 km}
  - {distance: 11 km}
  - {distance: 12 km}
```
",
    sources: &[
        Citation {
            text: "Frandsen et al. 2025: How much running is too much? Identifying high-risk running sessions in a 5200-person \
                   cohort study",
            address: Some("https://doi.org/10.1136/bjsports-2024-109380"),
        },
        Citation { text: "What is said of a break is a convention", address: None },
    ],
    thresholds: &[SMALL, MOST, DAYS],
    rising: &[(SMALL, MOST)],
    check: Check::Plan(check),
};

/// A run with its lengths, which are reckoned once however many runs are compared with it.
struct Run<'p, 'a> {
    session: &'p SessionView<'a>,
    distance: Length,
    time: Length,
}

/// What is known of a length.
#[derive(Clone, Copy)]
struct Length {
    /// As it is stated.
    known: Option<Decimal>,
    /// What it may be at most.
    at_most: Option<Decimal>,
}

impl<'p, 'a> Run<'p, 'a> {
    fn of(session: &'p SessionView<'a>) -> Self {
        let distance = Length { known: session.metres(), at_most: session.metres_at_most() };
        let time = Length { known: session.seconds_of_run(), at_most: session.seconds_at_most() };
        Self { session, distance, time }
    }

    fn length(&self, measure: Measure) -> Length {
        match measure {
            Measure::Distance(_) => self.distance,
            Measure::Time => self.time,
        }
    }

    /// How long it is by its distance, or by its time where it states none.
    fn measured(&self) -> Option<(Decimal, Measure)> {
        let in_distance = self.distance.known.map(|metres| (metres, Measure::Distance(run_unit([self.session]))));
        in_distance.or_else(|| self.time.known.map(|seconds| (seconds, Measure::Time)))
    }
}

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let days = report.limit(&DAYS);
    // What the reader ran before the plan is not known, so its first week is where it starts from; so is a turn that is longer.
    let first_week = plan.weeks.first().map_or(7, |week| week.ends_before.max(7));
    let all: Vec<Run<'_, '_>> = plan.sessions().filter(|session| session.is_run()).map(Run::of).collect();
    let mut recent = Recent::default();
    for (index, of_run) in all.iter().enumerate() {
        let run = of_run.session;
        recent.forget(|day| Decimal::from(run.day.saturating_sub(day)) > days);
        if run.kind() != SessionKind::Race && run.day >= first_week {
            if recent.last.is_none() {
                judge_after_break(plan, of_run, &all[..index], report);
            } else {
                judge(plan, of_run, &recent, report);
            }
        }
        recent.add(of_run);
    }
}

/// The runs of the days before, as far as one of them may be the longest.
#[derive(Default)]
struct Recent<'p, 'a> {
    /// The day of the last run.
    last: Option<u32>,
    distance: Longest<'p, 'a>,
    time: Longest<'p, 'a>,
}

/// The longest runs of some days by one measure, the longest first; each of them later than those before it.
#[derive(Default)]
struct Longest<'p, 'a> {
    at_most: VecDeque<(Decimal, &'p SessionView<'a>)>,
    known: VecDeque<(Decimal, &'p SessionView<'a>)>,
}

impl<'p, 'a> Recent<'p, 'a> {
    fn forget(&mut self, is_too_old: impl Fn(u32) -> bool) {
        self.last = self.last.filter(|day| !is_too_old(*day));
        for of in [&mut self.distance, &mut self.time].into_iter().flat_map(|of| [&mut of.at_most, &mut of.known]) {
            while of.front().is_some_and(|(_, run)| is_too_old(run.day)) {
                of.pop_front();
            }
        }
    }

    fn add(&mut self, run: &Run<'p, 'a>) {
        self.last = Some(run.session.day);
        for (of, length) in [(&mut self.distance, run.distance), (&mut self.time, run.time)] {
            let Some(at_most) = length.at_most else { continue };
            push(&mut of.at_most, at_most, run.session);
            if let Some(known) = length.known {
                push(&mut of.known, known, run.session);
            }
        }
    }

    fn of(&self, measure: Measure) -> &Longest<'p, 'a> {
        match measure {
            Measure::Distance(_) => &self.distance,
            Measure::Time => &self.time,
        }
    }
}

/// Adds a run behind those that are longer; the others will never be the longest again.
fn push<'p, 'a>(of: &mut VecDeque<(Decimal, &'p SessionView<'a>)>, length: Decimal, run: &'p SessionView<'a>) {
    while of.back().is_some_and(|(shorter, _)| *shorter <= length) {
        of.pop_back();
    }
    of.push_back((length, run));
}

/// Compares a run with those before a break, of which half is still there.
fn judge_after_break(plan: &PlanView<'_>, run: &Run<'_, '_>, before: &[Run<'_, '_>], report: &mut Report<'_>) {
    let Some((now, measure)) = run.measured() else { return };
    let run = run.session;
    let Some(longest) = before.iter().filter_map(|earlier| earlier.length(measure).at_most).max() else { return };
    let most = measure.more_by(longest / Decimal::TWO, Decimal::ZERO);
    if now <= most {
        return;
    }
    let message = format!(
        "the run `{}` of {} comes after {} days without a run, and is longer than half of the longest before: {} after {}{}",
        run.id(),
        plan.weeks_named(&[run.week()]),
        report.limit(&DAYS),
        measure.shown(now),
        measure.shown(longest),
        report.basis(None, &[&DAYS])
    );
    let help = format!("begin again with {} at most", measure.shown(most));
    report.add_in(&[run.week()], &[&run.place], report.finding(message).at(run.place.clone(), "").help(help));
}

/// Compares a run with those of the days before.
fn judge(plan: &PlanView<'_>, run: &Run<'_, '_>, recent: &Recent<'_, '_>, report: &mut Report<'_>) {
    let Some((now, measure)) = run.measured() else { return };
    let run = run.session;
    let Longest { at_most, known } = recent.of(measure);
    let (Some((most, _)), Some((before, longest))) = (at_most.front(), known.front()) else { return };
    let (most, before) = (*most, *before);
    let small = report.limit(&SMALL);
    if now <= measure.more_by(most, small) {
        return;
    }
    let percent = (now - before) * Decimal::ONE_HUNDRED / before;
    let message = format!(
        "the run `{}` of {} is {} % longer than the longest of the {} days before: {} after {}{}",
        run.id(),
        plan.weeks_named(&[run.week()]),
        beside(percent, small),
        report.limit(&DAYS),
        measure.shown(now),
        measure.shown(before),
        report.basis(Some("Frandsen 2025"), &[&SMALL, &MOST, &DAYS])
    );
    let finding = report.finding(message);
    let is_mild = finding.severity == Severity::Info && percent > report.limit(&MOST);
    let finding = if is_mild { finding.raised() } else { finding };
    let finding = finding.at(run.place.clone(), "").at(longest.place.clone(), "the longest before");
    let most = measure.shown(measure.more_by(before, small));
    let finding = finding.help(format!("run {most} at most, or add a run in between"));
    report.add_in(&[run.week()], &[&run.place], finding);
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(doses: &[&str], kind: &str) -> Vec<String> {
        let list: Vec<String> = doses.iter().map(|dose| format!("{{{dose}}}")).collect();
        let phase = format!(
            "kind: base, weeks: {}, sessions: [{{session: s, day: monday}}], progression: [{{exercise: jog, explicit: [{}]}}]",
            doses.len(),
            list.join(", ")
        );
        Lint::new().session("s", kind, "{exercise: jog}").phases(&[&phase]).of("run-spike")
    }

    #[test]
    fn spikes_are_reported_from_a_tenth_on() {
        assert_eq!(
            of(&["distance: 10 km", "distance: 13.1 km"], "run"),
            ["programs/p.yaml:3 the run `s` of week 2 is 31 % longer than the longest of the 30 days before: 13.1 km \
              after 10 km (Frandsen 2025)"]
        );
        assert!(of(&["distance: 10 km", "distance: 11.1 km"], "run")[0].starts_with("programs"), "no milder grade");
        assert_eq!(of(&["distance: 10 km", "distance: 11 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 13.8 km", "distance: 15.2 km"], "run"), [""; 0], "whole kilometres");
        assert_eq!(of(&["distance: 6 mi", "distance: 7 mi"], "run"), [""; 0], "whole miles");
        assert_eq!(of(&["distance: 6 mi", "distance: 8 mi"], "run").len(), 1);
        let project = "language: en\nrules: {run-spike: info}\nwords: {title: T}\n";
        let lint = |far: &str| {
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{{exercise: jog, explicit: \
                 [{{distance: 10 km}}, {{distance: {far}}}]}}]"
            );
            let lint = Lint::new().session("s", "run", "{exercise: jog}").phases(&[&phase]);
            lint.file("regimen.yaml", project).of("run-spike")
        };
        assert!(lint("20 km")[0].starts_with('?'), "as the author wants");
        assert!(lint("20.1 km")[0].starts_with("programs"), "twice as long is grave");
    }

    #[test]
    fn runs_in_minutes_are_compared_by_time() {
        assert_eq!(
            of(&["time: 60 min", "time: 90 min"], "run"),
            ["programs/p.yaml:3 the run `s` of week 2 is 50 % longer than the longest of the 30 days before: 90 min \
              after 60 min (Frandsen 2025)"]
        );
        assert_eq!(of(&["time: 60 min", "time: 70 min"], "run"), [""; 0], "five minutes");
        assert_eq!(of(&["distance: 10 km", "time: 60 min"], "run"), [""; 0], "nobody knows how fast");
        assert_eq!(of(&["time: 60 min", "distance: 15 km", "time: 2 h"], "run"), [""; 0], "15 km may take two hours");
    }

    #[test]
    fn a_run_without_a_distance_does_not_hide_the_others() {
        let free = "kind: run\nduration: 1 h\nmain: [{text: t}]\nwords: {name: Free, texts: {t: Run.}}\n";
        let of = |far: &str| {
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: s, day: monday}}, {{session: free, day: thursday}}], \
                 progression: [{{exercise: jog, explicit: [{{distance: 10 km}}, {{distance: {far}}}]}}]"
            );
            let lint = Lint::new().session("s", "run", "{exercise: jog}").file("sessions/free.yaml", free);
            lint.phases(&[&phase]).of("run-spike")
        };
        assert_eq!(of("17 km"), [""; 0], "it may have been 15 km");
        assert!(of("18 km")[0].contains("18 km after 10 km"));
    }

    #[test]
    fn miles_stay_miles_and_limits_of_the_author_have_no_source() {
        let runs = |lengths: &str| {
            let run = "kind: run\nduration: 1 h\nmain: [{run: [{id: long, duration: 8 mi}]}]\nwords: {name: Run}\n";
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: far, day: monday}}], progression: [{{step: long, lengths: \
                 [{lengths}]}}]"
            );
            Lint::new().file("sessions/far.yaml", run).phases(&[&phase])
        };
        assert_eq!(
            runs("8 mi, 12 mi").of("run-spike"),
            ["programs/p.yaml:3 the run `far` of week 2 is 50 % longer than the longest of the 30 days before: 12 mi \
              after 8 mi (Frandsen 2025)"]
        );
        assert!(runs("8 mi, 20 km").of("run-spike")[0].contains("20 km after 12.9 km"));
        let project = "language: en\nrules: {run-spike: {days: 20}}\nwords: {title: T}\n";
        let said = runs("8 mi, 12 mi").file("regimen.yaml", project).of("run-spike");
        assert!(said[0].ends_with("12 mi after 8 mi (limits set in `regimen.yaml`)"), "{said:?}");
    }

    #[test]
    fn the_first_week_is_where_a_plan_starts_from() {
        let days = "{session: short, day: monday}, {session: far, day: sunday}";
        let lint = Lint::new().session("short", "run", "{exercise: jog, dose: {distance: 5 km}}").session(
            "far",
            "run",
            "{exercise: jog, dose: {distance: 10 km}}",
        );
        assert_eq!(lint.phases(&[&format!("kind: base, weeks: 2, sessions: [{days}]")]).of("run-spike"), [""; 0]);
    }

    #[test]
    fn what_is_not_known_or_long_ago_is_not_held_against_a_run() {
        assert_eq!(of(&["distance: 10 km", "time: 90 min", "distance: 20 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 20 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 10 km", "distance: 20 km"], "race"), [""; 0]);
        let short = ["distance: 5 km"; 4];
        let weeks = [&["distance: 12 km"], &short[..], &["distance: 12 km"]].concat();
        assert_eq!(of(&weeks, "run").len(), 1, "five weeks ago is long ago");
        assert_eq!(of(&weeks[1..], "run").len(), 1);
        assert_eq!(of(&[&weeks[..4], &["distance: 12 km"]].concat(), "run"), [""; 0]);
    }

    #[test]
    fn a_runner_begins_again_after_a_break() {
        let of = |far: &str| {
            let run = |far: &str, weeks: u32| {
                format!(
                    "kind: base, weeks: {weeks}, sessions: [{{session: s, day: monday, doses: {{jog: {{distance: {far}}}}}}}]"
                )
            };
            let rest = "kind: recovery, weeks: 5, sessions: [{session: lift, day: monday}]";
            let lint =
                Lint::new().session("s", "run", "{exercise: jog}").session("lift", "strength", "{exercise: hinge}");
            lint.phases(&[&run("20 km", 2), rest, &run(far, 1)]).of("run-spike")
        };
        assert_eq!(of("10 km"), [""; 0]);
        assert_eq!(
            of("16 km"),
            [
                "programs/p.yaml:5 the run `s` of week 8 comes after 30 days without a run, and is longer than half of the longest \
              before: 16 km after 20 km"
            ]
        );
    }
}
