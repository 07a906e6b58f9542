//! `rest-day`: one day in seven without training.

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{PlanView, SessionView};
use regimen_model::diagnostic::Severity;
use rust_decimal::Decimal;

const MOST: Threshold = Threshold {
    key: "most",
    default: "6",
    other: "10",
    amount: Amount::Count,
    meaning: "the most training days in a row",
};

pub(super) static RULE: Rule = Rule {
    code: "rest-day",
    severity: Severity::Warning,
    summary: "There is a day of rest in every seven",
    explanation:
        "A day without training lets the body catch up, and gives a week some slack when life comes between. Days \
with nothing but sessions of kind `rest`, `mobility` or `walk` are days of rest, and so are those with sessions that are `optional` or may be \
exchanged for one of these. Phases of kind `rehab` are not asked, \
because light work every day is common there.

Wrong, if all of these are runs or strength:

```yaml
sessions:
  - {session: a, day: monday}
  - {session: b, day: tuesday}
  - {session: a, day: wednesday}
  - {session: b, day: thursday}
  - {session: a, day: friday}
  - {session: b, day: saturday}
  - {session: a, day: sunday}
```

Right:

```yaml
sessions:
  - {session: a, day: monday}
  - {session: b, day: wednesday}
  - {session: a, day: friday}
  - {session: b, day: sunday}
```
",
    sources: &[CONVENTION],
    thresholds: &[MOST],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let most = report.limit(&MOST);
    let training = plan.weeks.iter().filter(|week| !week.is_rehab()).flat_map(|week| &week.sessions);
    let mut row: Option<(u32, &SessionView<'_>)> = None;
    for session in training.filter(|session| session.is_training() && !session.may_be_rest()) {
        row = match row {
            Some((days, last)) if last.day == session.day => Some((days, session)),
            Some((days, last)) if last.day + 1 == session.day => Some((days + 1, session)),
            _ => Some((1, session)),
        };
        let Some((days, _)) = row.filter(|(days, _)| Decimal::from(*days) > most) else { continue };
        let week = plan.weeks_named(&[session.week()]);
        let message =
            format!("there is no day of rest in {days} days in a row, in {week}{}", report.basis(None, &[&MOST]));
        let help = format!("leave a day free after {most} days, or plan mobility or a walk on it");
        // On the days of a schedule the row may end with another session of the week.
        report.add_in(&[session.week()], &[], report.finding(message).at(session.place.clone(), "").help(help));
        // The same row goes on for weeks; once is enough.
        return;
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    fn of(days: &[&str], weeks: u32, last: &str) -> Vec<String> {
        let mut list: Vec<String> = days.iter().map(|day| format!("{{session: s, day: {day}}}")).collect();
        list.push("{session: last, day: sunday}".to_owned());
        let phase = format!("kind: base, weeks: {weeks}, sessions: [{}]", list.join(", "));
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("last", last, "{exercise: jog}");
        lint.phases(&[&phase]).of("rest-day")
    }

    #[test]
    fn seven_days_in_a_row_are_too_many() {
        let said = of(&DAYS[..6], 1, "run");
        assert_eq!(said, ["programs/p.yaml:3 there is no day of rest in 7 days in a row, in week 1"]);
        assert_eq!(of(&DAYS[1..6], 1, "run"), [""; 0]);
        assert_eq!(of(&DAYS[..6], 3, "mobility"), [""; 0]);
    }

    #[test]
    fn rows_go_on_over_weeks() {
        assert_eq!(of(&["monday", "tuesday", "wednesday", "friday", "saturday"], 2, "run"), [""; 0]);
        assert_eq!(of(&["monday", "tuesday", "wednesday", "thursday", "saturday"], 2, "run").len(), 0);
        assert_eq!(of(&["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"], 2, "walk").len(), 0);
    }

    #[test]
    fn what_the_reader_may_leave_out_is_rest() {
        let of = |last: &str| {
            let mut list: Vec<String> = DAYS[..6].iter().map(|day| format!("{{session: s, day: {day}}}")).collect();
            list.push(format!("{{session: s, day: sunday{last}}}"));
            let phase = format!("kind: base, weeks: 2, sessions: [{}]", list.join(", "));
            let lint = Lint::new().session("s", "run", "{exercise: jog}").session("walk", "walk", "{exercise: jog}");
            lint.session("ride", "ride", "{exercise: jog}").phases(&[&phase]).of("rest-day")
        };
        assert_eq!(of("").len(), 1);
        assert_eq!(of(", optional: true"), [""; 0]);
        assert_eq!(of(", or: [walk]"), [""; 0]);
        assert_eq!(of(", or: [ride]").len(), 1);
    }

    #[test]
    fn a_row_that_ends_with_another_session_on_other_days_is_named_once() {
        let days = DAYS[..6].iter().enumerate();
        let list: Vec<String> = days.map(|(n, day)| format!("{{session: s, day: {day}, slot: slot-{n}}}")).collect();
        let phase = format!("kind: base, weeks: 1, sessions: [{}, {{session: race, day: sunday}}]", list.join(", "));
        let project = "language: en\nschedules:\n  plan:\n    program: p\n    race: 2027-04-24\nwords: {title: T}\n";
        let lint = Lint::new().session("s", "run", "{exercise: jog}").session("race", "race", "{exercise: jog}");
        let build = format!("kind: build, weeks: 1, sessions: [{}]", list.join(", "));
        let said = lint.phases(&[&build, &phase]).file("regimen.yaml", project).of("rest-day");
        assert_eq!(said.len(), 1, "{said:?}");
    }
}
