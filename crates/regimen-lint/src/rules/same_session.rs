//! `same-session`: nobody does the same session twice on a day by mistake.

use std::collections::BTreeMap;

use super::CONVENTION;
use crate::cells::is_cell;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, SessionView};
use regimen_model::diagnostic::{Place, Severity};
use regimen_model::vocabulary::SessionKind;

pub(super) static RULE: Rule = Rule {
    code: "same-session",
    severity: Severity::Warning,
    summary: "The same session does not stand twice on one day, nor as a choice beside itself",
    explanation: "A line that was copied and not changed gives readers the same run twice on a day. Two sessions of one day are the same if they \
have the same name and the same doses; twice a day with another dose is a plan. Mobility, walks, rests and phases of kind `rehab` are not asked, \
because exercises several times a day are common there, unless one is a choice beside itself (`5 mi or 5 mi`). Nor are two sessions that the programme has at different hours, such as `at: morning` and \
`at: evening`. Where the same is meant twice otherwise, `allow:` says so.

Wrong:

```yaml
sessions:
  - {session: easy-run, day: tuesday}
  - {session: easy-run, day: tuesday}
```

Right:

```yaml
sessions:
  - {session: easy-run, day: tuesday}
  - {session: easy-run, day: thursday}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    same_choices(plan, report);
    let mut found: BTreeMap<(&Place, &Place, &str), Vec<u32>> = BTreeMap::new();
    for week in plan.weeks.iter().filter(|week| !week.is_rehab()) {
        let sessions = week.sessions.iter().filter(|session| is_asked(session));
        // What is the same on a day stands together.
        let mut known: BTreeMap<(u32, &str), Vec<Vec<&SessionView<'_>>>> = BTreeMap::new();
        for later in sessions {
            let alike = known.entry((later.day, later.id().as_str())).or_default();
            let Some(same) = alike.iter_mut().find(|same| same[0].is_same_as(later)) else {
                alike.push(vec![later]);
                continue;
            };
            if let Some(earlier) = same.iter().find(|earlier| !has_own_hour(earlier, later)) {
                found.entry((&later.place, &earlier.place, later.id().as_str())).or_default().push(week.number);
            }
            same.push(later);
        }
    }
    for ((later, earlier, id), in_weeks) in found {
        let message = format!("the session `{id}` stands twice on one day in {}", plan.weeks_named(&in_weeks));
        let finding = report.finding(message).at(later.clone(), "again here").at(earlier.clone(), "first here");
        let first = "delete one, put it on another day, or say when each is done if both are meant:";
        let help = match is_cell(later) {
            false => format!("{first} `at: morning` and `at: evening`"),
            true => format!(
                "{first} in a grid by a word of its own for each under `sessions`, such as `early: {{session: {id}, at: morning}}` and \
                 `late: {{session: {id}, at: evening}}`"
            ),
        };
        report.add_in(&in_weeks, &[later, earlier], finding.help(help));
    }
}

/// Choices that are no choice, because the same is done.
fn same_choices(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let mut found: BTreeMap<(&Place, &str), Vec<u32>> = BTreeMap::new();
    for week in &plan.weeks {
        for session in &week.sessions {
            let all: Vec<&SessionView<'_>> = session.with_choices().collect();
            let is_again = |(at, one): (usize, &&SessionView<'_>)| all[..at].iter().any(|other| other.is_same_as(one));
            if let Some(again) = all.iter().enumerate().find(|one| is_again(*one)) {
                found.entry((&session.place, again.1.id().as_str())).or_default().push(week.number);
            }
        }
    }
    for ((place, id), in_weeks) in found {
        let message =
            format!("a choice in {} is between the session `{id}` and the same again", plan.weeks_named(&in_weeks));
        let finding = report.finding(message).at(place.clone(), "two choices that are the same");
        let help = "delete one, or write what is done otherwise, such as another length";
        report.add_in(&in_weeks, &[place], finding.help(help));
    }
}

/// Whether the programme says of each of two sessions when on their day it is, and not the same.
fn has_own_hour(one: &SessionView<'_>, other: &SessionView<'_>) -> bool {
    one.hour().zip(other.hour()).is_some_and(|(one, other)| one != other)
}

fn is_asked(session: &SessionView<'_>) -> bool {
    !matches!(session.kind(), SessionKind::Mobility | SessionKind::Walk | SessionKind::Rest | SessionKind::Other)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(sessions: &str, kind: &str) -> Vec<String> {
        let phase = format!("kind: base, weeks: 2, sessions: [{sessions}]");
        let lint = Lint::new().session("s", kind, "{exercise: jog}").session("t", kind, "{exercise: jog}");
        lint.phases(&[&phase]).of("same-session")
    }

    #[test]
    fn a_grid_says_it_by_words() {
        let of = |words: &str, cell: &str| {
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1}}]\ngrid: {{sessions: {{{words}}}, days: [monday], weeks: [['{cell}']]}}\n\
                 words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            Lint::new().file("sessions/run.yaml", run).file("programs/p.yaml", &program).of_with_help("same-session")
        };
        let words = "early: {session: run, at: morning}, late: {session: run, at: evening}";
        assert_eq!(of(words, "5 km early + 5 km late"), [""; 0]);
        let said = of(words, "5 km early + 5 km early").join("");
        assert!(said.contains(words.split_once(", late").expect("a word").0) && said.contains("late: {"), "{said}");
    }

    #[test]
    fn a_choice_is_between_two_things() {
        let of = |cell: &str| {
            let program = format!(
                "level: 1\nphases: [{{id: a, kind: base, weeks: 1}}]\ngrid: {{days: [monday], weeks: [['{cell}']]}}\n\
                 words: {{name: P, summary: S., goal: G, audience: A}}\n"
            );
            let run = "kind: run\nmain: [{run: [{duration: 8 km}]}]\nwords: {name: Run}\n";
            Lint::new().file("sessions/run.yaml", run).file("programs/p.yaml", &program).of("same-session")
        };
        for same in ["run or 8 km run", "5 km run or 5 km run"] {
            let said = of(same);
            let message = "a choice in week 1 is between the session `run` and the same again";
            assert!(said.len() == 1 && said[0].ends_with(message), "{said:?}");
        }
        for fine in ["run or 5 km run", "run or rest", "5 km run or 8 km run"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
    }

    #[test]
    fn the_same_run_on_one_day_is_a_mistake() {
        let twice = "{session: s, day: monday, slot: a}, {session: s, day: monday, slot: b}";
        assert_eq!(of(twice, "run"), ["programs/p.yaml:3 the session `s` stands twice on one day in weeks 1-2"]);
        assert_eq!(of(twice, "mobility"), [""; 0]);
        let at = |hours: [&str; 2]| {
            let [one, other] = hours.map(|hour| format!("{{session: s, day: monday, slot: {hour}-run, at: {hour}}}"));
            of(&format!("{one}, {}", other.replace("slot: ", "slot: b-")), "run").len()
        };
        assert_eq!((at(["morning", "evening"]), at(["morning", "morning"])), (0, 1));
        assert_eq!(of("{session: s, day: monday}, {session: t, day: monday}", "run"), [""; 0]);
        assert_eq!(of("{session: s, day: monday}, {session: s, day: friday}", "run"), [""; 0]);
    }
}
