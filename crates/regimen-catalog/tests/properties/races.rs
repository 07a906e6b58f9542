//! A race is on its day, and everything else on its side of it, whatever the weekday.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use regimen_catalog::model::Anchor;
use regimen_catalog::plan::{Plan, PlannedSession, expand};
use regimen_catalog::vocabulary::SessionKind;
use regimen_catalog::{Catalog, Files, Id, load_files};

/// How the days of a programme are written.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Days {
    Weekdays,
    Numbers,
    Both,
}

/// A phase: how many weeks it has, and the days of its sessions.
#[derive(Debug, Clone)]
struct Phase {
    weeks: u8,
    days: Vec<u8>,
}

#[derive(Debug, Clone)]
struct Program {
    days: Days,
    phases: Vec<Phase>,
    /// The phase with the race, its week there, and the day.
    race: (usize, u8, u8),
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Program {
    fn day(&self, day: u8, index: usize) -> String {
        let is_weekday = match self.days {
            Days::Weekdays => true,
            Days::Numbers => false,
            Days::Both => (usize::from(day) + index).is_multiple_of(2),
        };
        if is_weekday { WEEKDAYS[usize::from(day)].into() } else { (day + 1).to_string() }
    }

    fn phases(&self) -> String {
        let (with_race, race_week, race_day) = self.race;
        let phases = self.phases.iter().enumerate().map(|(index, phase)| {
            let sessions = phase
                .days
                .iter()
                .enumerate()
                .map(|(at, day)| format!("{{session: s, day: {}, slot: s{at}}}", self.day(*day, at)));
            let sessions = sessions.collect::<Vec<_>>().join(", ");
            let race = format!(
                ", overrides: [{{week: {}, sessions: [{sessions}{}{{session: race, day: {}}}]}}]",
                race_week % phase.weeks + 1,
                if phase.days.is_empty() { "" } else { ", " },
                self.day(race_day, 0)
            );
            let more = if index == with_race % self.phases.len() { race.as_str() } else { "" };
            format!("{{id: p{index}, kind: build, weeks: {}, sessions: [{sessions}]{more}}}", phase.weeks)
        });
        phases.collect::<Vec<_>>().join(", ")
    }

    fn catalog(&self, anchor: &str) -> Catalog {
        let run = "{run: [{duration: 5 km}]}";
        let session = |kind: &str| format!("{{kind: {kind}, duration: 30 min, main: [{run}], words: {{name: S}}}}");
        let program =
            format!("{{level: 1, phases: [{}], words: {{name: P, summary: S., goal: G, audience: A}}}}", self.phases());
        let project = format!("{{language: en, words: {{title: T}}, schedules: {{one: {{program: p, {anchor}}}}}}}");
        let files: Files = [
            ("regimen.yaml", project),
            ("sessions/s.yaml", session("run")),
            ("sessions/race.yaml", session("race")),
            ("programs/p.yaml", program),
        ]
        .into_iter()
        .map(|(file, text)| (file.into(), text.into_bytes().into()))
        .collect();
        load_files(&files).catalog.expect("the project file is right")
    }
}

fn program() -> impl Strategy<Value = Program> {
    let phase = (1..=3_u8, prop::collection::vec(0..7_u8, 0..5)).prop_map(|(weeks, days)| Phase { weeks, days });
    let days = prop::sample::select(&[Days::Weekdays, Days::Numbers, Days::Both][..]);
    (days, prop::collection::vec(phase, 1..4), (0..3_usize, 0..3_u8, 0..7_u8))
        .prop_map(|(days, phases, race)| Program { days, phases, race })
}

fn planned(catalog: &Catalog, anchor: &Anchor) -> Plan {
    let (name, schedule) = catalog.project.schedules.iter().next().expect("a schedule");
    let mut schedule = schedule.clone();
    schedule.anchor = anchor.clone();
    let program = &catalog.programs[&"p".parse::<Id<_>>().expect("an id")];
    expand(catalog, program, Some((name, &schedule))).expect("a plan")
}

fn race(plan: &Plan) -> &PlannedSession {
    plan.sessions().find(|session| session.kind == SessionKind::Race).expect("a race")
}

/// Each session is on the side of the race for which it is meant.
fn keep_their_side(plan: &Plan) -> Result<(), TestCaseError> {
    let race = race(plan);
    prop_assert!(plan.sessions().is_sorted_by_key(|session| session.offset));
    for session in plan.sessions() {
        let (meant, is) = (session.usual.cmp(&race.usual), session.offset.cmp(&race.offset));
        prop_assert!(meant.is_eq() || meant == is, "{} is {is:?}, and meant {meant:?}", session.slot);
    }
    Ok(())
}

/// The seven days of a week.
fn week() -> impl Iterator<Item = Date> {
    (0..7).map(|day: i64| date(2027, 4, 19) + day.days())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_race_is_on_its_day_and_the_rest_on_its_side(program in program()) {
        let catalog = program.catalog("start: 2027-01-04");
        let usual = planned(&catalog, &Anchor::Start(date(2027, 1, 4)));
        for day in week() {
            let plan = planned(&catalog, &Anchor::Race { date: day, event: None });
            let race = race(&plan);
            prop_assert_eq!(race.date, Some(day));
            keep_their_side(&plan)?;
            let held = &plan.weeks.iter().find(|week| week.sessions.contains(race)).expect("its week").phase;
            let first = plan.weeks.iter().position(|week| week.phase == *held).expect("its phase");
            // The phase of the race and all after it.
            for session in plan.weeks[first..].iter().flat_map(|week| &week.sessions) {
                let distance = |from: u32, to: u32| i64::from(to) - i64::from(from);
                let (meant, is) = (distance(session.usual, race.usual), distance(session.offset, race.offset));
                prop_assert_eq!(meant, is, "{}", &session.slot);
            }
            if program.days == Days::Weekdays {
                for session in plan.weeks[..first].iter().flat_map(|week| &week.sessions) {
                    let weekday = session.weekday().expect("a date");
                    prop_assert_eq!(session.day, regimen_catalog::model::Day::Weekday(weekday));
                }
            }
            let slots = |plan: &Plan| plan.sessions().map(|session| session.slot.clone()).collect::<std::collections::BTreeSet<_>>();
            prop_assert_eq!(slots(&plan), slots(&usual));
        }
    }

    #[test]
    fn a_start_or_an_end_on_any_weekday_keeps_the_sides_of_a_race(program in program()) {
        let catalog = program.catalog("start: 2027-01-04");
        for day in week() {
            let plan = planned(&catalog, &Anchor::Start(day));
            keep_their_side(&plan)?;
            prop_assert!(plan.sessions().all(|session| session.date.expect("a date") >= day));
            let plan = planned(&catalog, &Anchor::End(day));
            keep_their_side(&plan)?;
            prop_assert!(plan.sessions().all(|session| session.date.expect("a date") <= day));
        }
    }

    #[test]
    fn changes_of_a_reader_never_change_what_calendars_know_sessions_by(
        program in program(), picks in prop::collection::vec((0..40_usize, 0..3_u8), 0..5),
    ) {
        let catalog = program.catalog("start: 2027-01-04");
        let usual = planned(&catalog, &Anchor::Start(date(2027, 1, 4)));
        let mut all: Vec<String> = usual.sessions().map(|session| session.slot.clone()).collect();
        all.sort();
        let mut picked: Vec<(String, u8)> = Vec::new();
        for (index, what) in picks {
            let Some(slot) = all.get(index) else { continue };
            if picked.iter().all(|(known, _)| known != slot) {
                picked.push((slot.clone(), what));
            }
        }
        let changes: Vec<String> = picked.iter().map(|(slot, what)| match what {
            0 => format!("{{skip: {slot}}}"),
            day => format!("{{move: {slot}, to: 2027-01-1{day}}}"),
        }).collect();
        let changed = program.catalog(&format!("start: 2027-01-04, changes: [{}]", changes.join(", ")));
        let changed = planned(&changed, &Anchor::Start(date(2027, 1, 4)));
        let left_out = changed.left_out.iter().map(|one| one.slot.clone());
        let mut slots: Vec<String> = changed.sessions().map(|session| session.slot.clone()).chain(left_out).collect();
        slots.sort();
        prop_assert_eq!(&slots, &all);
        for session in changed.sessions().filter(|session| picked.iter().all(|(slot, _)| *slot != session.slot)) {
            let before = usual.sessions().find(|known| known.slot == session.slot).and_then(|known| known.date);
            prop_assert_eq!(session.date, before, "{}", &session.slot);
        }
    }
}
