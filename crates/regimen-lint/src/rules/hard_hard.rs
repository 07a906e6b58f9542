//! `hard-hard`: no two hard days in a row.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{Hard, PlanView, SessionView};
use regimen_model::diagnostic::{Place, Severity};
use rust_decimal::Decimal;

/// From which effort on a session is hard; all rules about hard days share it.
pub(super) const EFFORT: Threshold = Threshold {
    key: "effort",
    default: "8",
    other: "8.5",
    amount: Amount::Rpe,
    meaning: "the stated RPE in a session's work from which on it is hard",
};

pub(super) static RULE: Rule = Rule {
    code: "hard-hard",
    severity: Severity::Warning,
    summary: "A hard day follows an easy one",
    explanation:
        "Hard days need easy days beside them, or both become middling. A session is hard if its main or accessory \
part states an RPE of 8 or more, a heart rate zone of 4 or more, the same as a share of the threshold or of the highest heart rate, or a pace of `threshold` or faster, or if it is \
a race or a test. A pace in numbers is hard beside the usual one of the whole plan, that of half of the metres whose pace is a number: from 1.24 times as fast on, as the threshold is \
beside an easy pace (Daniels 2014). Of endurance training, English texts are read, too: where one asks for work that is fast or hard, such as \"8 x 1 km as fast as you can\", the \
finding is one step milder. Where nothing is stated nothing is said. Two strength \
sessions in a row are the business of `recovery`, because they may train different muscles. A session is as hard as the hardest of what may be done \
instead of it.

Wrong:

```yaml
sessions:
  - {session: intervals, day: tuesday}
  - {session: heavy-strength, day: wednesday}
```

Right:

```yaml
sessions:
  - {session: intervals, day: tuesday}
  - {session: easy-run, day: wednesday}
  - {session: heavy-strength, day: thursday}
```
",
    sources: &[CONVENTION],
    thresholds: &[EFFORT],
    rising: &[],
    check: Check::Plan(check),
};

/// The most hard sessions of a day that are compared with those of the next: more is one mistake, not so many.
const MOST_OF_A_DAY: usize = 20;

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let effort = report.limit(&EFFORT);
    let mut found: BTreeMap<Pair<'_>, Vec<u32>> = BTreeMap::new();
    let all: Vec<HardSession<'_>> =
        plan.sessions().filter_map(|session| HardSession::of(session, effort, plan)).collect();
    let days: Vec<&[HardSession<'_>]> = all.chunk_by(|one, next| one.session.day == next.session.day).collect();
    let follows =
        |(before, day): &(&&[HardSession<'_>], &&[HardSession<'_>])| before[0].session.day + 1 == day[0].session.day;
    for (before, day) in days.iter().zip(days.iter().skip(1)).filter(follows) {
        for later in *day {
            for earlier in before.iter().rev().take(MOST_OF_A_DAY) {
                // What is surest is said once.
                let Some((how, before)) = later.pair(earlier) else { continue };
                let (how, how_before) = ((&how.how, how.instead), (&before.how, before.instead));
                let pair = Pair { later: &later.session.place, earlier: &earlier.session.place, how, how_before };
                found.entry(pair).or_default().push(later.session.week());
            }
        }
    }
    for (Pair { later, earlier, how, how_before }, in_weeks) in found {
        let finding = report.finding(format!(
            "two hard days follow each other in {}{}",
            plan.weeks_named(&in_weeks),
            report.basis(None, &[&EFFORT])
        ));
        // What a text asks for is read from its words, and may be meant otherwise.
        let by_words = [how, how_before].iter().any(|(how, _)| matches!(how, Hard::Words(_)));
        let finding = if by_words { finding.lowered() } else { finding };
        let finding = finding.at(later.clone(), label("hard again", how));
        let finding = finding.at(earlier.clone(), label("hard the day before", how_before));
        let finding = finding.help("put an easy day between them, or both on the same day");
        report.add_in(&in_weeks, &[later, earlier], finding);
    }
}

/// Two sessions that follow each other, and how it is known that they are hard, with what is done instead.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Pair<'a> {
    later: &'a Place,
    earlier: &'a Place,
    how: (&'a Hard, Option<&'a str>),
    how_before: (&'a Hard, Option<&'a str>),
}

/// A session that is hard, or something hard that may be done instead of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct HardChoice<'a> {
    how: Hard,
    /// The session that is done instead; `None` for the session itself, which comes first.
    instead: Option<&'a str>,
    is_endurance: bool,
}

/// A session that is hard, or of which a choice is.
struct HardSession<'a> {
    session: &'a SessionView<'a>,
    /// What is surest.
    first: HardChoice<'a>,
    /// What is surest of endurance training.
    of_endurance: Option<HardChoice<'a>>,
}

impl<'a> HardSession<'a> {
    fn of(session: &'a SessionView<'_>, effort: Decimal, plan: &PlanView<'_>) -> Option<Self> {
        let hard = session.with_choices().enumerate().filter_map(|(index, choice)| {
            let how = choice.hard(effort, plan)?;
            let instead = (index > 0).then(|| choice.id().as_str());
            Some(HardChoice { how, instead, is_endurance: choice.is_endurance() })
        });
        let mut hard: Vec<HardChoice<'_>> = hard.collect();
        hard.sort();
        let of_endurance = hard.iter().find(|choice| choice.is_endurance).cloned();
        Some(Self { session, first: hard.into_iter().next()?, of_endurance })
    }

    /// What is surest of it and of a session before it, of which one is endurance training.
    fn pair<'s>(&'s self, before: &'s Self) -> Option<(&'s HardChoice<'a>, &'s HardChoice<'a>)> {
        let how = if before.of_endurance.is_some() { &self.first } else { self.of_endurance.as_ref()? };
        Some((how, if how.is_endurance { &before.first } else { before.of_endurance.as_ref()? }))
    }
}
fn label(text: &str, (how, instead): (&Hard, Option<&str>)) -> String {
    let choice = instead.map(|id| format!(" with the choice `{id}`")).unwrap_or_default();
    match how {
        Hard::Kind | Hard::Stated => format!("{text}{choice}"),
        Hard::Words(words) => format!("{text}{choice}: its text says \"{words}\""),
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(run: &str, days: [&str; 2], kind: &str) -> Vec<String> {
        let [a, b] = days;
        let phase = format!("kind: base, weeks: 2, sessions: [{{session: s, day: {a}}}, {{session: r, day: {b}}}]");
        let lint = Lint::new().session("s", "strength", "{exercise: hinge, dose: {reps: 3, rir: 2}}");
        lint.session("r", kind, run).phases(&[&phase]).of("hard-hard")
    }

    #[test]
    fn a_hard_run_on_the_day_after_heavy_lifts() {
        let hard = "{exercise: jog, dose: {sets: 5, distance: 1 km, rpe: 8}}";
        assert_eq!(
            of(hard, ["monday", "tuesday"], "run"),
            ["programs/p.yaml:3 two hard days follow each other in weeks 1-2"]
        );
        assert_eq!(
            of(hard, ["sunday", "monday"], "run"),
            ["programs/p.yaml:3 two hard days follow each other in week 2"]
        );
        assert_eq!(of(hard, ["monday", "wednesday"], "run"), [""; 0]);
        assert_eq!(of(hard, ["monday", "monday"], "run"), [""; 0]);
        assert_eq!(of(&hard.replace("rpe: 8", "rpe: 7.5"), ["monday", "tuesday"], "run"), [""; 0]);
        assert_eq!(of("{exercise: jog}", ["monday", "tuesday"], "run"), [""; 0], "no effort is stated");
        assert_eq!(of("{exercise: jog}", ["monday", "tuesday"], "race").len(), 1);
        assert_eq!(of(hard, ["monday", "tuesday"], "strength"), [""; 0], "the business of `recovery`");
    }

    #[test]
    fn a_pace_in_numbers_is_hard_beside_that_of_most_of_the_plan() {
        let of = |fast: &str| {
            let run = |pace: &str, far: &str| {
                format!("kind: run\nmain: [{{run: [{{duration: {far}, target: {pace}}}]}}]\nwords: {{name: R}}\n")
            };
            let days = "{session: a, day: tuesday}, {session: b, day: wednesday}, {session: long, day: sunday}";
            let lint =
                Lint::new().file("sessions/a.yaml", &run(fast, "5 km")).file("sessions/b.yaml", &run(fast, "4 km"));
            let lint = lint.file("sessions/long.yaml", &run("5:30/km", "20 km"));
            lint.phases(&[&format!("kind: base, weeks: 2, sessions: [{days}]")]).of("hard-hard")
        };
        assert_eq!(of("4:20/km"), ["programs/p.yaml:3 two hard days follow each other in weeks 1-2"]);
        assert_eq!(of("4:40/km"), [""; 0]);
    }

    #[test]
    fn the_hardest_choice_counts() {
        let of = |other: &str| {
            let lint = Lint::new()
                .session("hard", "run", "{exercise: jog, dose: {distance: 1 km, rpe: 9}}")
                .session("easy", "run", "{exercise: jog, dose: {distance: 5 km, rpe: 3}}")
                .session("track", "run", "{exercise: jog, dose: {distance: 1 km, rpe: 8}}")
                .session("lift", "strength", "{exercise: hinge, dose: {reps: 3, rir: 1}}");
            let phase = format!(
                "kind: base, weeks: 2, sessions: [{{session: hard, day: tuesday}}, {{session: easy, day: wednesday{other}}}]"
            );
            lint.phases(&[&phase]).of("hard-hard").len()
        };
        assert_eq!(of(""), 0);
        assert_eq!(of(", or: [track, rest]"), 1);
        assert_eq!(of(", or: [lift]"), 1, "a run before");
        assert_eq!(of(", or: [rest]"), 0);
    }

    #[test]
    fn crowded_days_are_not_compared_in_all_pairs() {
        let of = |a_day: usize| {
            let slots = |day: &str| {
                (0..a_day).map(|at| format!("{{session: s, day: {day}, slot: {day}-{at}}}")).collect::<Vec<_>>()
            };
            let sessions = [slots("monday"), slots("tuesday")].concat().join(", ");
            let lint = Lint::new().session("s", "run", "{exercise: jog, dose: {distance: 1 km, rpe: 9}}");
            lint.phases(&[&format!("kind: base, weeks: 1, sessions: [{sessions}]")]).of("hard-hard").len()
        };
        assert_eq!((of(1), of(3), of(30)), (1, 9, 600));
    }

    #[test]
    fn a_text_that_asks_for_hard_work_counts() {
        let of = |text: &str| {
            let free = format!(
                "kind: run\nduration: 1 h\nmain: [{{text: t}}]\nwords: {{name: Free, texts: {{t: \"{text}\"}}}}\n"
            );
            let phase = "kind: base, weeks: 2, sessions: [{session: r, day: tuesday}, {session: free, day: wednesday}]";
            let lint = Lint::new().session("r", "run", "{exercise: jog, dose: {distance: 1 km, rpe: 9}}");
            lint.file("sessions/free.yaml", &free).phases(&[phase]).of("hard-hard")
        };
        assert_eq!(
            of("8 x 1 km as fast as you can."),
            ["?programs/p.yaml:3 two hard days follow each other in weeks 1-2"]
        );
        assert_eq!(of("An hour, not too fast."), [""; 0]);
    }
}
