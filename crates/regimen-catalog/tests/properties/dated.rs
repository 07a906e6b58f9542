//! Plans of every form on real dates: each that loads is written out, with its amounts unchanged, its race on its date, nothing
//! past a race, and the same slots whatever its reader changes; or a finding says what is otherwise.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use regimen_catalog::plan::{Plan, PlannedSession, expand};
use regimen_catalog::vocabulary::SessionKind;
use regimen_catalog::{Catalog, Diagnostic, Files, Severity, load_files};

use super::cycles::{Length, On, Phase, phase};

/// Phases as a test of days makes them, and a race in one of them.
#[derive(Debug, Clone)]
struct Program {
    phases: Vec<Phase>,
    /// The phase with the race, and its day there.
    race: (usize, On),
    /// The cells of the first week of a grid, if the programme is one.
    grid: Option<Vec<Vec<u32>>>,
}

fn program() -> impl Strategy<Value = Program> {
    let phases = prop::collection::vec(phase(), 1..4);
    let grid = prop::option::weighted(0.2, prop::collection::vec(prop::collection::vec(0..9_u32, 7), 1..5));
    (phases, (0..3_usize, any::<bool>(), 0..99_u32), grid).prop_map(|(mut phases, (phase, by_number, day), grid)| {
        // What begins with the first of a weekday and comes every so many days is on other days from another start on.
        for (_, every) in
            phases.iter_mut().flat_map(|phase| &mut phase.sessions).filter(|(on, _)| matches!(on, On::Weekday(_)))
        {
            *every = None;
        }
        let phase = phase % phases.len();
        let length = phases[phase].length;
        let numbers = length.numbers().min(length.days());
        let on = match length {
            Length::Turns { .. } => On::Number(day % numbers + 1),
            _ if by_number => On::Number(day % numbers + 1),
            Length::Weeks(_) | Length::Days(_) => On::Weekday(day % 7),
        };
        Program { phases, race: (phase, on), grid }
    })
}

impl Program {
    fn written(&self) -> String {
        if let Some(weeks) = &self.grid {
            return Self::of_cells(weeks, self.race.0);
        }
        let phases = self.phases.iter().enumerate().map(|(index, phase)| {
            let sessions = phase.sessions.iter().enumerate().map(|(session, (on, every))| {
                let every = every.map(|every| format!(", every: {every}")).unwrap_or_default();
                let km = 3 + index + 2 * session;
                format!("{{session: run, slot: s{session}, day: {}, length: {km} km{every}}}", on.written())
            });
            let race = format!("{{session: race, day: {}}}", self.race.1.written());
            let race = Some(race).filter(|_| index == self.race.0);
            let sessions: Vec<String> = sessions.chain(race).collect();
            let days: Vec<String> = phase.rotation.iter().map(|on| on.written()).collect();
            let rotation = format!(", rotation: {{sessions: [turn, run], days: [{}]}}", days.join(", "));
            let rotation = if days.is_empty() { String::new() } else { rotation };
            let length = phase.length.written();
            format!("{{id: p{index}, kind: base, {length}, sessions: [{}]{rotation}}}", sessions.join(", "))
        });
        format!("phases: [{}]", phases.collect::<Vec<_>>().join(", "))
    }

    /// A grid of a phase for all weeks but the last, and one for that; the race is in its last cell.
    fn of_cells(weeks: &[Vec<u32>], race: usize) -> String {
        let rows = weeks.iter().enumerate().map(|(week, days)| {
            let cells = days.iter().enumerate().map(|(day, km)| match km {
                _ if week + 1 == weeks.len() && day == 4 + race => "race".to_owned(),
                0..3 => "rest".to_owned(),
                km => format!("{km} km run"),
            });
            format!("[{}]", cells.collect::<Vec<_>>().join(", "))
        });
        let rows = rows.collect::<Vec<_>>().join(", ");
        let first = match weeks.len() - 1 {
            0 => String::new(),
            more => format!("{{id: a, kind: base, weeks: {more}}}, "),
        };
        format!("phases: [{first}{{id: b, kind: race, weeks: 1}}], grid: {{weeks: [{rows}]}}")
    }

    /// The programme, with schedules.
    fn loaded(&self, schedules: &[(String, String)]) -> (Catalog, Vec<Diagnostic>) {
        loaded(&self.written(), schedules)
    }
}

/// A programme of these phases, with schedules.
fn loaded(phases: &str, schedules: &[(String, String)]) -> (Catalog, Vec<Diagnostic>) {
    let program = format!("{{level: 1, {phases}, words: {{name: P, summary: S., goal: G, audience: A}}}}");
    let schedules = schedules.iter().map(|(name, keys)| format!("{name}: {{program: p, {keys}}}"));
    let schedules = schedules.collect::<Vec<_>>().join(", ");
    let project = format!("{{language: en, words: {{title: T}}, schedules: {{{schedules}}}}}");
    let session = |kind: &str| format!("{{kind: {kind}, main: [{{run: [{{duration: 4 km}}]}}], words: {{name: S}}}}");
    let files: Files = [
        ("regimen.yaml", project),
        ("sessions/run.yaml", session("run")),
        ("sessions/turn.yaml", session("ride")),
        ("sessions/race.yaml", session("race")),
        ("programs/p.yaml", program),
    ]
    .into_iter()
    .map(|(file, text)| (file.into(), text.into_bytes().into()))
    .collect();
    let loaded = load_files(&files);
    (loaded.catalog.expect("the project file is right"), loaded.findings)
}

/// A schedule from each weekday on, up to each, and with its race on each.
fn anchors() -> Vec<(String, String)> {
    let keys = ["start", "end", "race"];
    let all = keys.iter().flat_map(|key| (0..7).map(move |day: i64| (key, date(2027, 4, 19) + day.days())));
    all.map(|(key, day)| (format!("{key}-{day}"), format!("{key}: {day}"))).collect()
}

/// What is said of a schedule.
fn said_of<'f>(findings: &'f [Diagnostic], name: &str) -> Vec<&'f Diagnostic> {
    let name = format!("{name:?}");
    let is_about =
        |finding: &&Diagnostic| finding.labels.iter().any(|label| format!("{:?}", label.place).contains(&name));
    findings.iter().filter(is_about).collect()
}

fn is_race(session: &&PlannedSession) -> bool {
    session.kind == SessionKind::Race
}

/// The parts of all sessions by their slots.
fn parts(plan: &Plan) -> BTreeMap<&str, String> {
    plan.sessions().map(|session| (session.slot.as_str(), format!("{:?}", session.parts))).collect()
}

fn slots(plan: &Plan) -> BTreeSet<String> {
    let left_out = plan.left_out.iter().map(|one| one.slot.clone());
    plan.sessions().map(|session| session.slot.clone()).chain(left_out).collect()
}

/// Whether a session that is meant for before a race is on its day or after it.
fn is_past_a_race(plan: &Plan) -> bool {
    let all: Vec<&PlannedSession> = plan.sessions().collect();
    let races = all.iter().copied().filter(is_race);
    races.into_iter().any(|race| all.iter().any(|one| one.usual < race.usual && one.offset >= race.offset))
}

/// Whether a session comes sooner after the one of its kind before it than its `min_gap` allows.
fn is_too_close(plan: &Plan, program: &regimen_catalog::model::Program) -> bool {
    let least = |session: &PlannedSession| {
        let phase = plan.weeks.iter().find(|week| week.number == session.week).map(|week| &week.phase)?;
        let phase = program.phases.iter().find(|one| one.id == *phase)?;
        let gap = phase.sessions.iter().find(|planned| planned.name() == session.place())?.min_gap?;
        u32::try_from(gap.seconds().low() / rust_decimal::Decimal::from(86_400)).ok()
    };
    let runs: Vec<&PlannedSession> = plan.sessions().filter(|session| !is_race(session)).collect();
    runs.windows(2).any(|pair| least(pair[1]).is_some_and(|least| pair[1].offset - pair[0].offset < least))
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn on(plan: &Plan, slot: &str) -> Option<Date> {
    plan.sessions().find(|session| session.slot == slot).and_then(|session| session.date)
}

/// Dates of the plan of a schedule for its changes.
fn changes() -> impl Strategy<Value = (i64, i64, i64)> {
    (-20..20_i64, 1..9_i64, -30..30_i64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_plan_that_loads_keeps_amounts_race_and_order_on_every_weekday(program in program()) {
        let (catalog, findings) = program.loaded(&anchors());
        let planned = &catalog.programs["p"];
        let undated = expand(&catalog, planned, None).expect("a plan");
        let written = parts(&undated);
        for (name, schedule) in &catalog.project.schedules {
            let about = || said_of(&findings, name.as_str());
            let plan = match expand(&catalog, planned, Some((name, schedule))) {
                Ok(plan) => plan,
                Err(wrong) => {
                    // The programme has no race, or none from this day on.
                    prop_assert!(undated.sessions().all(|one| !is_race(&one)) && name.as_str().starts_with("race"), "{wrong:?}");
                    continue;
                }
            };
            let found = parts(&plan);
            for (slot, parts) in &written {
                let is_lost = || about().iter().any(|one| one.code == "idle-placement" || one.code == "session-order");
                prop_assert!(found.get(slot) == Some(parts) || is_lost(), "{name}: {slot} {:?}", found.get(slot));
            }
            let held = plan.schedule.as_ref().and_then(|schedule| schedule.race);
            if let Some(held) = held {
                prop_assert!(plan.sessions().filter(is_race).any(|race| race.date == Some(held)), "{name}");
            }
            // A race is there as often as in the programme.
            let count = |plan: &Plan| plan.sessions().filter(is_race).count();
            let is_said = || about().iter().any(|one| one.code == "idle-placement" && one.severity == Severity::Error);
            prop_assert!([0, count(&plan)].contains(&count(&undated)) || is_said(), "{name}: {} races", count(&plan));
            let is_named = || about().iter().any(|one| one.code == "session-order");
            prop_assert!(!is_past_a_race(&plan) || is_named(), "{name}: {:?}", about());
        }
    }

    #[test]
    fn slots_stay_and_a_busy_date_moves_only_what_is_on_it(program in program(), (at, days, busy) in changes()) {
        let anchors = anchors();
        let mut all = anchors.clone();
        let near = |days: i64| date(2027, 4, 22) + days.days();
        let pause = format!("changes: [{{pause: {}..{}}}]", near(at), near(at + days));
        let busy = near(busy);
        for (name, keys) in &anchors {
            all.push((format!("{name}-busy"), format!("{keys}, busy: [{busy}]")));
            all.push((format!("{name}-pause"), format!("{keys}, timezone: Europe/London, day_times: [\"08:00\", \"18:00\"], {pause}")));
        }
        let (catalog, _) = program.loaded(&all);
        let planned = &catalog.programs["p"];
        let of = |name: &str| {
            let schedule = catalog.project.schedules.iter().find(|(known, _)| known.as_str() == name);
            expand(&catalog, planned, schedule)
        };
        for (name, _) in &anchors {
            let Ok(plan) = of(name) else { continue };
            for more in ["busy", "pause"] {
                let Ok(changed) = of(&format!("{name}-{more}")) else { continue };
                prop_assert_eq!(slots(&changed), slots(&plan), "{}-{}", name, more);
            }
            let is_hit = plan.sessions().any(|session| session.date == Some(busy));
            match of(&format!("{name}-busy")) {
                Ok(changed) => {
                    let moved = |session: &&PlannedSession| on(&changed, &session.slot) != session.date;
                    let first = plan.sessions().find(moved).map(|session| session.slot.clone());
                    prop_assert!(is_hit || first.is_none(), "{name}: {busy} moves {first:?}");
                    let mut kept = changed.sessions().filter(|one| !is_race(one));
                    prop_assert!(kept.all(|one| one.date != Some(busy)), "{name}: {busy}");
                }
                Err(wrong) => prop_assert!(is_hit, "{name}: {busy} {wrong:?}"),
            }
        }
    }

    #[test]
    fn gaps_and_days_of_a_reader_keep_the_order_around_a_race(
        phases in prop::collection::vec((1..=2_u32, prop::collection::btree_map(0..7_u32, 0..4_u32, 1..4)), 1..4),
        (race, available) in (0..7_u32, prop::collection::btree_set(0..7_usize, 3..7)),
        by_number in any::<bool>(),
    ) {
        let last = phases.len() - 1;
        let written = phases.iter().enumerate().map(|(index, (weeks, days))| {
            let on = |day: u32| if by_number { On::Number(day + 1) } else { On::Weekday(day) };
            let sessions = days.iter().filter(|(day, _)| index < last || **day != race).map(|(day, gap)| {
                let gap = if *gap == 0 { String::new() } else { format!(", min_gap: {} h", 24 * gap) };
                format!("{{session: run, slot: s{day}, day: {}{gap}}}", on(*day).written())
            });
            let race = format!("{{session: race, day: {}}}", on(race).written());
            let sessions: Vec<String> = sessions.chain(Some(race).filter(|_| index == last)).collect();
            format!("{{id: p{index}, kind: base, weeks: {weeks}, sessions: [{}]}}", sessions.join(", "))
        });
        let phases = format!("phases: [{}]", written.collect::<Vec<_>>().join(", "));
        let days: Vec<&str> = available.iter().map(|day| WEEKDAYS[*day]).collect();
        let mut all = anchors();
        let own = all.iter().map(|(name, keys)| (format!("{name}-own"), format!("{keys}, available_days: [{}]", days.join(", "))));
        let own: Vec<(String, String)> = own.collect();
        all.extend(own);
        let (catalog, findings) = loaded(&phases, &all);
        let planned = &catalog.programs["p"];
        // Gaps that the programme itself does not keep.
        let Ok(undated) = expand(&catalog, planned, None) else { return Ok(()) };
        for (name, schedule) in &catalog.project.schedules {
            let plan = match expand(&catalog, planned, Some((name, schedule))) {
                Ok(plan) => plan,
                Err(wrong) => {
                    prop_assert!(name.as_str().ends_with("-own"), "{name}: {wrong:?}");
                    continue;
                }
            };
            prop_assert_eq!(slots(&plan), slots(&undated));
            let is_named = || said_of(&findings, name.as_str()).iter().any(|one| one.code == "session-order");
            prop_assert!(!is_past_a_race(&plan) || is_named(), "{name}");
            prop_assert!(!is_too_close(&plan, planned) || is_named(), "{name}");
        }
    }
}
