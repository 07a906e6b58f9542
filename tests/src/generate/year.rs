//! A year of training as a coach plans it: 52 weeks of five sessions, runs and lifts that grow, lighter weeks, and readers who change it.

use std::fmt::Write as _;

use regimen_catalog::Files;

/// The readers of the year: nobody's days, a start with changes, and a race.
const SCHEDULES: &str = "schedules:
  from-start:
    program: year
    start: 2027-01-04
    timezone: Europe/London
    at: \"18:30\"
    times: {saturday: \"08:00\", long: \"07:30\"}
    busy: [2027-02-11, 2027-05-13]
    changes:
      - {pause: 2027-03-01..2027-03-10}
      - {skip: w7-long}
      - {move: w20-track, to: 2027-05-28}
      - {skip: w30-lift-a}
  to-race:
    program: year
    race: 2028-01-08
    from_week: 3
    changes:
      - {pause: 2027-08-02..2027-08-08}
      - {skip: w40-easy}
";

const EXERCISES: [(&str, &str); 4] =
    [("squat", "squat"), ("deadlift", "hinge"), ("press", "push-vertical"), ("row", "pull-horizontal")];

/// A catalogue with one programme of a year, `year`, and its schedules `from-start` and `to-race`. It has no errors.
///
/// ```
/// let loaded = regimen_catalog::load_files(&regimen_tests::year());
/// assert_eq!(loaded.catalog.map(|catalog| catalog.programs.len()), Some(1));
/// ```
pub fn year() -> Files {
    let mut files = Files::new();
    let mut file = |path: &str, text: String| files.insert(path.into(), text.into_bytes().into());
    file("regimen.yaml", format!("language: en\n{SCHEDULES}words: {{title: A year, disclaimer: Made up.}}\n"));
    file(
        "muscles/quadriceps.yaml",
        "{latin: musculus quadriceps femoris, region: thigh, side: front, words: {name: Quadriceps}}\n".into(),
    );
    for (exercise, pattern) in EXERCISES {
        let facts = format!(
            "{{kind: strength, pattern: {pattern}, laterality: bilateral, level: 2, equipment: [], muscles: [{{target: muscle:quadriceps, role: prime}}],\n\
             words: {{name: The {exercise}, summary: S., steps: [Lift it.]}}}}\n"
        );
        file(&format!("exercises/{exercise}.yaml"), facts);
    }
    for (session, lifts) in [("lift-a", ["squat", "press"]), ("lift-b", ["deadlift", "row"])] {
        let [one, other] =
            lifts.map(|lift| format!("{{exercise: {lift}, dose: {{sets: 3, reps: 8, load: 40 kg, rest: 2 min}}}}"));
        file(
            &format!("sessions/{session}.yaml"),
            format!("kind: strength\nmain: [{one}, {other}]\nwords: {{name: {session}}}\n"),
        );
    }
    let track =
        "{repeat: 4, id: reps, steps: [{duration: 400 m, target: 5k pace}, {duration: 200 m, intensity: recovery}]}";
    for (session, kind, steps) in [
        ("easy", "run", "{id: far, duration: 8 km, target: easy pace}"),
        ("long", "run", "{id: far, duration: 14 km, target: easy pace}"),
        ("track", "run", track),
        ("race", "race", "{duration: 42.2 km, target: marathon pace}"),
    ] {
        file(
            &format!("sessions/{session}.yaml"),
            format!("kind: {kind}\nmain: [{{run: [{steps}]}}]\nwords: {{name: {session}}}\n"),
        );
    }
    file("programs/year.yaml", program());
    files
}

/// Thirteen times three weeks that grow and a lighter one; the last of them ends with a race.
fn program() -> String {
    let mut text = "level: 3\nphases:\n".to_owned();
    for block in 0..13 {
        let far = |week: u32| 14 + block + week;
        let last = if block == 12 { ", {session: race, day: sunday}" } else { "" };
        let _ = write!(
            text,
            "  - id: build-{block}\n    kind: build\n    weeks: 3\n    sessions:\n      - {{session: lift-a, day: monday}}\n      \
             - {{session: easy, day: tuesday, lengths: [8 km, 9 km, 10 km]}}\n      - {{session: lift-b, day: wednesday}}\n      \
             - {{session: track, day: friday}}\n      - {{session: long, day: sunday}}\n    progression:\n      \
             - {{step: far, session: long, lengths: [{} km, {} km, {} km]}}\n      - {{step: reps, repeats: [4, 5, 6]}}\n      \
             - {{exercise: squat, linear: {{add: 2.5 kg}}}}\n      - {{exercise: deadlift, percent_table: {{of: 1rm, weeks: [[{{reps: 5, at: 75 %}}], \
             [{{reps: 3, at: 80 %}}], [{{reps: 5, at: 85 %}}]]}}}}\n      - {{exercise: press, double: {{reps: 8-12, add: 2.5 kg}}}}\n      \
             - {{exercise: row, explicit: [{{sets: 3, reps: 8}}, {{sets: 4, reps: 8}}, {{sets: 4, reps: 10}}]}}\n",
            far(0),
            far(1),
            far(2)
        );
        let long = if block == 12 { "" } else { ", {session: long, day: sunday}" };
        let _ = write!(
            text,
            "  - id: lighter-{block}\n    kind: {}\n    weeks: 1\n    volume: 60 %\n    sessions: [{{session: lift-a, day: monday}}, \
             {{session: easy, day: tuesday}}, {{session: lift-b, day: wednesday}}, {{session: track, day: friday}}{long}{last}]\n",
            if block == 12 { "race" } else { "deload" },
        );
    }
    text + "words: {name: A year, summary: Fifty-two weeks., goal: A marathon, audience: Runners}\n"
}

#[cfg(test)]
mod tests {
    use regimen_catalog::{Severity, load_files, plan};

    use super::*;

    #[test]
    fn a_year_has_five_sessions_a_week_and_no_errors() {
        let loaded = load_files(&year());
        let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
        assert_eq!(errors.map(|error| &error.message).collect::<Vec<_>>(), Vec::<&String>::new());
        let catalog = loaded.catalog.unwrap();
        let program = catalog.programs.values().next().unwrap();
        let plan = plan::expand(&catalog, program, None).unwrap();
        assert_eq!((plan.weeks.len(), plan.sessions().count()), (52, 260));
        for schedule in &catalog.project.schedules {
            let plan = plan::expand(&catalog, program, Some(schedule)).unwrap();
            assert!(plan.sessions().count() > 240);
        }
    }
}
