//! Sessions that do not follow the week stand on their days, whatever else there is and whenever the programme begins.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use regimen_catalog::model::{Program, RunStep};
use regimen_catalog::plan::{Plan, PlannedBlock};
use regimen_catalog::{Catalog, Files, Severity, load_files, plan};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// How long a phase is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Length {
    Weeks(u32),
    Days(u32),
    Turns { days: u32, cycle: u32 },
}

/// A day as a programme writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum On {
    Weekday(u32),
    Number(u32),
}

#[derive(Debug, Clone)]
pub(super) struct Phase {
    pub(super) length: Length,
    /// Days, and after how many they come again.
    pub(super) sessions: Vec<(On, Option<u32>)>,
    /// The days of a rotation of three sessions.
    pub(super) rotation: Vec<On>,
}

impl Length {
    pub(super) fn days(self) -> u32 {
        match self {
            Self::Weeks(weeks) => 7 * weeks,
            Self::Days(days) | Self::Turns { days, .. } => days,
        }
    }

    /// The days that a session may name.
    pub(super) fn numbers(self) -> u32 {
        match self {
            Self::Weeks(_) => 7,
            Self::Days(days) => days.min(99),
            Self::Turns { cycle, .. } => cycle,
        }
    }

    pub(super) fn written(self) -> String {
        match self {
            Self::Weeks(weeks) => format!("weeks: {weeks}"),
            Self::Days(days) => format!("days: {days}"),
            Self::Turns { days, cycle } => format!("days: {days}, cycle: {cycle}"),
        }
    }

    /// Whether a day of the phase, counted from 0, is one of these. Weekdays count from Monday as 0.
    fn is(self, on: On, of_phase: u32, weekday: u32) -> bool {
        match (on, self) {
            (On::Weekday(day), _) => day == weekday,
            (On::Number(number), Self::Weeks(_)) => of_phase % 7 == number - 1,
            (On::Number(number), Self::Days(_)) => of_phase == number - 1,
            (On::Number(number), Self::Turns { cycle, .. }) => of_phase % cycle == number - 1,
        }
    }
}

impl On {
    pub(super) fn written(self) -> String {
        match self {
            Self::Weekday(day) => WEEKDAYS[day as usize].to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

fn length() -> impl Strategy<Value = Length> {
    prop_oneof![
        (1..=5_u32).prop_map(Length::Weeks),
        (1..=40_u32).prop_map(Length::Days),
        (1..=70_u32, 2..=14_u32).prop_map(|(days, cycle)| Length::Turns { days, cycle }),
    ]
}

fn on(length: Length) -> BoxedStrategy<On> {
    let number = (1..=length.numbers()).prop_map(On::Number);
    match length {
        Length::Turns { .. } => number.boxed(),
        Length::Weeks(_) | Length::Days(_) => prop_oneof![number, (0..7_u32).prop_map(On::Weekday)].boxed(),
    }
}

pub(super) fn phase() -> impl Strategy<Value = Phase> {
    length().prop_flat_map(|length| {
        let session = (on(length), prop::option::of(1..=20_u32));
        let rotation = prop::collection::vec(on(length), 0..4).prop_map(|days| {
            let mut kept: Vec<On> = Vec::new();
            for day in days {
                if !kept.contains(&day) {
                    kept.push(day);
                }
            }
            kept
        });
        (prop::collection::vec(session, 0..4), rotation).prop_map(move |(sessions, rotation)| {
            // A session that comes again begins within the phase.
            let begins = |on: On| !matches!(on, On::Number(number) if number > length.days());
            let sessions = sessions.into_iter().filter(|(on, every)| every.is_none() || begins(*on)).collect();
            Phase { length, sessions, rotation }
        })
    })
}

/// What stands where, reckoned day by day: days from the first of the programme, and ids of sessions.
fn expected(phases: &[Phase], first: Date) -> Vec<(u32, String)> {
    let first = u32::from(first.weekday().to_monday_zero_offset().unsigned_abs());
    let (mut found, mut begins) = (Vec::new(), 0);
    for phase in phases {
        let mut turns = 0;
        let mut since: Vec<Option<u32>> = vec![None; phase.sessions.len()];
        for of_phase in 0..phase.length.days() {
            let day = begins + of_phase;
            let weekday = (first + day) % 7;
            for (index, (on, every)) in phase.sessions.iter().enumerate() {
                let is_first = match on {
                    On::Weekday(of_week) => *of_week == weekday,
                    On::Number(number) => of_phase == number - 1,
                };
                let stands = match every {
                    None => phase.length.is(*on, of_phase, weekday),
                    Some(every) => {
                        let start = *since[index].get_or_insert(if is_first { of_phase } else { u32::MAX });
                        if start == u32::MAX {
                            since[index] = None;
                        }
                        start != u32::MAX && (of_phase - start).is_multiple_of(*every)
                    }
                };
                if stands {
                    found.push((day, format!("s{index}")));
                }
            }
            for _ in phase.rotation.iter().filter(|on| phase.length.is(**on, of_phase, weekday)) {
                found.push((day, format!("r{}", turns % 3)));
                turns += 1;
            }
        }
        begins += phase.length.days();
    }
    found.sort();
    found
}

fn catalogue(phases: &[Phase], anchor: &str) -> Files {
    let sessions: Vec<String> =
        (0..4).map(|index| format!("s{index}")).chain((0..3).map(|index| format!("r{index}"))).collect();
    let written = phases.iter().enumerate().map(|(index, phase)| {
        let sessions = phase.sessions.iter().enumerate().map(|(session, (on, every))| {
            let every = every.map(|every| format!(", every: {every}")).unwrap_or_default();
            format!("{{session: s{session}, day: {}{every}}}", on.written())
        });
        let days: Vec<String> = phase.rotation.iter().map(|on| on.written()).collect();
        let rotation = format!(", rotation: {{sessions: [r0, r1, r2], days: [{}]}}", days.join(", "));
        let rotation = if days.is_empty() { String::new() } else { rotation };
        format!(
            "{{id: p{index}, kind: base, {}, sessions: [{}]{rotation}}}",
            phase.length.written(),
            sessions.collect::<Vec<_>>().join(", ")
        )
    });
    let phases = written.collect::<Vec<_>>().join(", ");
    let program = format!("{{level: 1, phases: [{phases}], words: {{name: P, summary: S., goal: G, audience: A}}}}");
    let project = format!("{{language: en, words: {{title: T}}, schedules: {{one: {{program: p, {anchor}}}}}}}");
    let session = "{kind: other, duration: 30 min, main: [{text: t}], words: {name: S, texts: {t: T.}}}";
    let sessions = sessions.iter().map(|id| (format!("sessions/{id}.yaml"), session.to_owned()));
    let files = sessions.chain([("regimen.yaml".into(), project), ("programs/p.yaml".into(), program)]);
    files.map(|(file, text)| (file.as_str().into(), text.into_bytes().into())).collect()
}

fn loaded(files: &Files) -> Catalog {
    let loaded = load_files(files);
    let errors: Vec<_> = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    loaded.catalog.expect("the project file is right")
}

/// Weeks follow each other without a gap, slots are unique, and dates are those of the days.
fn is_sound(plan: &Plan, program: &Program) {
    let mut next = 0;
    for week in &plan.weeks {
        assert_eq!(week.first_day, next);
        next += week.days;
        for session in &week.sessions {
            assert!((week.first_day..next).contains(&session.offset), "{session:?} is in its week");
            if let Some(schedule) = &plan.schedule {
                assert_eq!(session.date, schedule.start.checked_add(i64::from(session.offset).days()).ok());
            }
        }
    }
    assert_eq!((plan.days(), next), (program.days(), program.days()));
    let slots: BTreeSet<&str> = plan.sessions().map(|session| session.slot.as_str()).collect();
    assert_eq!(slots.len(), plan.sessions().count());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn every_session_stands_on_its_day(
        phases in prop::collection::vec(phase(), 1..4), start in 0..7_i64, by_end in any::<bool>(),
    ) {
        let days: u32 = phases.iter().map(|phase| phase.length.days()).sum();
        let first = date(2027, 1, 4) + start.days();
        let last = first + (i64::from(days) - 1).days();
        let anchor = if by_end { format!("end: {last}") } else { format!("start: {first}") };
        let catalog = loaded(&catalogue(&phases, &anchor));
        let program = &catalog.programs["p"];
        let placed = |plan: &Plan| {
            let mut placed: Vec<_> = plan.sessions().map(|one| (one.offset, one.session.to_string())).collect();
            placed.sort();
            placed
        };
        let undated = plan::expand(&catalog, program, None).expect("a plan");
        is_sound(&undated, program);
        prop_assert_eq!(placed(&undated), expected(&phases, date(2027, 1, 4)));
        let dated = plan::expand(&catalog, program, catalog.project.schedules.iter().next()).expect("a dated plan");
        is_sound(&dated, program);
        prop_assert_eq!(placed(&dated), expected(&phases, first));
    }

    #[test]
    fn what_is_written_for_a_week_comes_out_unchanged(
        weeks in prop::collection::vec((1..=9_u32, 1..=30_u32, 1..=200_u32), 1..6),
        volume in 1..=300_u32, load in 1..=300_u32, is_turns in any::<bool>(),
    ) {
        let list = |entry: &dyn Fn(&(u32, u32, u32)) -> String| weeks.iter().map(entry).collect::<Vec<_>>().join(", ");
        let doses = list(&|(sets, reps, kilograms)| format!("{{sets: {sets}, reps: {reps}, load: {kilograms} kg}}"));
        let (lengths, repeats) = (list(&|(_, km, _)| format!("{km} km")), list(&|(sets, ..)| sets.to_string()));
        let length = if is_turns { format!("days: {}, cycle: 9", 9 * weeks.len()) } else { format!("weeks: {}", weeks.len()) };
        let phases = format!(
            "{{id: a, kind: base, {length}, volume: {volume} %, load: {load} %, sessions: [{{session: s0, day: 1}}, \
             {{session: s1, day: 2, lengths: [{lengths}]}}], progression: [{{exercise: e, explicit: [{doses}]}}, {{step: far, \
             lengths: [{lengths}]}}, {{step: often, repeats: [{repeats}]}}]}}"
        );
        let program = format!("{{level: 1, phases: [{phases}], words: {{name: P, summary: S., goal: G, audience: A}}}}");
        let steps = "[{id: far, duration: 3 km}, {id: often, repeat: 2, steps: [{duration: 1 km}]}]";
        let session = format!("{{kind: strength, duration: 9 h, main: [{{exercise: e, dose: {{reps: 5}}}}, {{run: {steps}}}], words: {{name: S}}}}");
        let run = "{kind: run, duration: 9 h, main: [{run: [{duration: 3 km}]}], words: {name: R}}";
        let files: Files = [
            ("regimen.yaml", "{language: en, words: {title: T}}"),
            ("exercises/e.yaml", "{kind: strength, words: {name: E, steps: [S.]}}"),
            ("sessions/s0.yaml", &session),
            ("sessions/s1.yaml", run),
            ("programs/p.yaml", &program),
        ].into_iter().map(|(file, text)| (file.into(), text.as_bytes().to_vec().into())).collect();
        let catalog = loaded(&files);
        let plan = plan::expand(&catalog, &catalog.programs["p"], None).expect("a plan");
        for (week, (sets, reps, kilograms)) in plan.weeks.iter().zip(&weeks) {
            let blocks = |session: usize| week.sessions[session].parts.iter().flat_map(|part| &part.blocks);
            let (mut items, mut run) = (Vec::new(), Vec::new());
            for block in blocks(0).chain(blocks(1)) {
                match block {
                    PlannedBlock::Item(item) => items.push(serde_json::to_value(&item.dose).expect("a dose")),
                    PlannedBlock::Run(steps) => run.extend(steps.iter().map(|step| match step {
                        RunStep::Stretch(stretch) => stretch.length.to_string(),
                        RunStep::Repeat(repeat) => repeat.times.to_string(),
                    })),
                    PlannedBlock::Group { .. } | PlannedBlock::Text(..) => {}
                }
            }
            prop_assert_eq!(items.len(), 1);
            let written = |key: &str| items[0][key].as_str().map_or_else(|| items[0][key].to_string(), str::to_owned);
            prop_assert_eq!(written("reps"), reps.to_string());
            prop_assert_eq!(written("sets"), sets.to_string());
            prop_assert_eq!(written("load"), format!("{kilograms} kg"));
            let length = format!("{reps} km");
            prop_assert_eq!(run, [length.clone(), sets.to_string(), length]);
        }
    }
}
