//! `run-spike`: no run is much longer than what the legs know.

use std::collections::VecDeque;

use super::Citation;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, SessionView, beside, run_unit};
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

const SMALL: Threshold = Threshold {
    key: "small",
    default: "10 %",
    other: "15 %",
    amount: Amount::Percent,
    meaning: "how much longer a run may be; from here on the finding is one step milder",
};
const MOST: Threshold = Threshold {
    key: "most",
    default: "30 %",
    other: "50 %",
    amount: Amount::Percent,
    meaning: "how much longer a run may be before the finding has its full severity",
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
    summary: "A run is at most 30 % longer than the longest of the last 30 days",
    explanation:
        "Among 5,205 runners, injuries came more often after a single run that was more than 10 % longer than the \
longest of the 30 days before, whatever the week as a whole was like. Every run of a plan is compared with the runs \
before it. Above 10 % the finding is milder than above 30 %. A race is not asked: its length is not the plan's choice. \
Neither are the runs of the first week, because nobody knows what the reader ran before. Where a run in those days states no distance, nothing is said.

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
    sources: &[Citation {
        text: "Frandsen et al. 2025: How much running is too much? Identifying high-risk running sessions in a 5200-person \
               cohort study",
        address: Some("https://doi.org/10.1136/bjsports-2024-109380"),
    }],
    thresholds: &[SMALL, MOST, DAYS],
    rising: &[(SMALL, MOST)],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let (small, most, days) = (report.limit(&SMALL), report.limit(&MOST), report.limit(&DAYS));
    let mut recent: VecDeque<(&SessionView<'_>, Option<Decimal>)> = VecDeque::new();
    for run in plan.sessions().filter(|session| session.is_run()) {
        let too_old = |day: u32| Decimal::from(run.day.saturating_sub(day)) > days;
        while recent.front().is_some_and(|(earlier, _)| too_old(earlier.day)) {
            recent.pop_front();
        }
        let known: Option<Vec<(Decimal, &SessionView<'_>)>> =
            recent.iter().map(|(earlier, metres)| metres.map(|metres| (metres, *earlier))).collect();
        let longest = known.and_then(|known| known.into_iter().max_by_key(|(metres, _)| *metres));
        let metres = run.metres();
        recent.push_back((run, metres));
        // What the reader ran before the plan is not known, so its first week is where it starts from.
        let asked = run.kind() != SessionKind::Race && run.day >= 7;
        let (Some((before, earlier)), Some(now), true) = (longest, metres, asked) else {
            continue;
        };
        let percent = (now - before) * Decimal::ONE_HUNDRED / before;
        if percent <= small {
            continue;
        }
        let unit = run_unit([run]);
        let message = format!(
            "the run `{}` of week {} is {} % longer than the longest of the {days} days before: {} after {}{}",
            run.id(),
            run.week(),
            beside(percent, small),
            unit.shown(now),
            unit.shown(before),
            report.basis(Some("Frandsen 2025"), &[&SMALL, &MOST, &DAYS])
        );
        let finding = report.finding(message);
        let finding = if percent > most { finding } else { finding.lowered() };
        let finding = finding.at(run.place.clone(), "").at(earlier.place.clone(), "the longest before");
        report.add(finding.help(format!("lengthen the longest run by {small} % at most")));
    }
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
    fn spikes_are_reported_by_their_size() {
        let [usual, milder] =
            ["13.1 km", "11.1 km"].map(|far| of(&["distance: 10 km", &format!("distance: {far}")], "run"));
        assert_eq!(
            usual,
            ["programs/p.yaml:3 the run `s` of week 2 is 31 % longer than the longest of the 30 days before: 13.1 km \
              after 10 km (Frandsen 2025)"]
        );
        assert!(milder[0].starts_with('?'), "{milder:?}");
        assert!(of(&["distance: 13.8 km", "distance: 15.2 km"], "run")[0].contains(" 10.1 % longer"));
        assert_eq!(of(&["distance: 10 km", "distance: 11 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 10 km", "distance: 13 km"], "run").len(), 1);
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
        assert_eq!(of(&["distance: 10 km", "time: 1 h", "distance: 20 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 20 km"], "run"), [""; 0]);
        assert_eq!(of(&["distance: 10 km", "distance: 20 km"], "race"), [""; 0]);
        let short = ["distance: 5 km"; 4];
        let weeks = [&["distance: 12 km"], &short[..], &["distance: 12 km"]].concat();
        assert_eq!(of(&weeks, "run").len(), 1, "five weeks ago is long ago");
        assert_eq!(of(&weeks[1..], "run").len(), 1);
        assert_eq!(of(&[&weeks[..4], &["distance: 12 km"]].concat(), "run"), [""; 0]);
    }
}
