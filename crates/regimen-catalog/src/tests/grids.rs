//! Plans as a grid, in the programme or in a table beside it.

mod mistakes;

use crate::{Files, Severity, load_files};
use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::{Cell, Program, RunStep, Session};
use regimen_model::plan::{Plan, PlannedBlock, PlannedSession, expand};
use regimen_model::reference::{Id, Reference};
use regimen_model::vocabulary::Intensity;

const SESSIONS: &[(&str, &str)] = &[
    (
        "sessions/easy-run.yaml",
        "kind: run\nmain: [{run: [{duration: 5 km, target: easy pace}]}]\nwords: {name: Easy run}\n",
    ),
    (
        "sessions/track.yaml",
        "kind: run\nwarm_up: [{run: [{duration: 2 km}]}]\nmain: [{run: [{repeat: 4, steps: [{duration: 1 km}]}]}]\n\
         words: {name: Track}\n",
    ),
    ("sessions/cross.yaml", "kind: cross-train\nmain: [{text: any}]\nwords: {name: Cross, texts: {any: Any sport.}}\n"),
    ("sessions/race.yaml", "kind: race\nmain: [{run: [{duration: 10 km}]}]\nwords: {name: Race}\n"),
];

const WORDS: &str = "words: {name: P, summary: A., goal: B., audience: C.}\n";

/// A catalogue with this grid in a programme of so many weeks, and more files.
fn files(weeks: u32, grid: &str, more: &[(&str, &str)]) -> Files {
    let program = format!("level: 1\nphases: [{{id: build, kind: build, weeks: {weeks}}}]\ngrid:\n{grid}\n{WORDS}");
    let own = [("regimen.yaml", "language: en\nwords: {title: T}\n"), ("programs/p.yaml", &program)];
    let all = own.iter().chain(SESSIONS).chain(more);
    all.map(|(file, text)| ((*file).into(), text.as_bytes().into())).collect()
}

/// The plan of the programme, or its errors with their places.
fn plan(files: &Files) -> Result<Plan, Vec<String>> {
    let loaded = load_files(files);
    let shown = |finding: &Diagnostic| {
        let place = finding.labels.first().and_then(|label| loaded.sources.locate(&label.place));
        let place = place.map(|at| format!("{}:{}:{} ", at.file, at.line, at.column)).unwrap_or_default();
        format!("{place}{}; {}", finding.message, finding.help.clone().unwrap_or_default())
    };
    let errors: Vec<_> = loaded.findings.iter().filter(|one| one.severity == Severity::Error).map(shown).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let catalog = loaded.catalog.expect("a catalogue");
    let id: Id<Program> = "p".parse().expect("an id");
    expand(&catalog, &catalog.programs[&id], None)
        .map_err(|findings| findings.into_iter().map(|finding| finding.message).collect())
}

const MAP: &str = "  sessions: {easy: easy-run, run: easy-run, repeats: track, sprint day: track}\n";

/// How the sessions of a plan are shown: slot, session, and what is in their parts.
fn shown(plan: &Plan) -> Vec<String> {
    let run = |session: &PlannedSession| {
        let blocks = session.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| block.run());
        format!("{:?}", blocks.flatten().map(|step| step.metres().normalize().to_string()).collect::<Vec<_>>())
    };
    let choice = |session: &PlannedSession| {
        let or: Vec<_> = session.or.iter().map(|other| format!(" or {}", other.session)).collect();
        format!("{}{}", or.concat(), if session.optional { "?" } else { "" })
    };
    let one =
        |session: &PlannedSession| format!("{} {} {}{}", session.slot, session.session, run(session), choice(session));
    plan.sessions().map(one).collect()
}

const ROWS: &str = "  weeks:
    - [rest, 3 km easy, \"6x400m @ 5k, 200 m jog\", rest or cross, Easy, 45 min cross + 2 km, '']
    - [8 km Sprint Day? , rest, rest, 30 min easy or cross, rest, rest, 10 km race]
";

#[test]
fn each_written_cell_comes_out() {
    let rows = ROWS.replace("8 km Sprint Day? ", "Sprint  Day?");
    let plan = plan(&files(2, &format!("{MAP}{rows}"), &[])).expect("a plan");
    assert_eq!(
        shown(&plan),
        [
            "w1-tuesday easy-run [\"3000\"]",
            "w1-wednesday track [\"2000\", \"3600\"]",
            "w1-thursday cross []?",
            "w1-friday easy-run [\"5000\"]",
            "w1-saturday cross [\"0\"]",
            "w1-saturday-2 easy-run [\"2000\"]",
            "w2-monday track [\"2000\", \"4000\"]?",
            "w2-thursday easy-run [\"0\"] or cross",
            "w2-sunday race [\"10000\"]",
        ]
    );
}

#[test]
fn rows_are_the_weeks_of_all_phases_one_after_the_other() {
    let grid = "  days: [monday]\n  weeks: [[1 km easy], [2 km easy], [3 km easy], [4 km easy]]";
    let mut files = files(4, &format!("{MAP}{grid}"), &[]);
    let text = files["programs/p.yaml"].to_vec();
    let phases =
        "[{id: one, kind: base, weeks: 1}, {id: two, kind: build, weeks: 2}, {id: three, kind: taper, weeks: 1}]";
    let text = String::from_utf8(text).expect("text").replace("[{id: build, kind: build, weeks: 4}]", phases);
    files.insert("programs/p.yaml".into(), text.into_bytes().into());
    let expected = [1, 2, 3, 4].map(|week| format!("w{week}-monday easy-run [\"{week}000\"]"));
    assert_eq!(shown(&plan(&files).expect("a plan")), expected);
}

#[test]
fn cells_of_repeats_need_a_run_or_a_text_in_their_place() {
    let run = "kind: run\nmain: [{run: [{duration: 5 km}]}, {text: any}]\nwords: {name: S, texts: {any: Any.}}\n";
    let text = "kind: run\nmain: [{text: any}]\nwords: {name: S, texts: {any: Any.}}\n";
    let bare = "kind: run\nwarm_up: [{run: [{duration: 2 km}]}]\ncool_down: [{run: [{duration: 1 km}]}]\nmain: [{text: any}]\n\
                words: {name: S, texts: {any: Any.}}\n";
    for (session, expected) in [(run, "[\"2400\"]"), (text, "[\"2400\"]"), (bare, "[\"2000\", \"2400\", \"1000\"]")] {
        let grid = "  days: [monday]\n  sessions: {hard: s}\n  weeks: [[6x400m hard]]";
        let files = files(1, grid, &[("sessions/s.yaml", session)]);
        assert_eq!(shown(&plan(&files).expect("a plan")), [format!("w1-monday s {expected}")]);
    }
}

#[test]
fn runs_and_walks_of_beginners_are_parts_of_one_run() {
    let session = "kind: run\nwarm_up: [{run: [{duration: 3 min}]}]\nmain: [{run: [{duration: 20 min, target: easy pace}]}]\n\
                   cool_down: [{run: [{duration: 2 min, intensity: cool-down}]}]\nwords: {name: S}\n";
    let steps = |cell: &str, words: &str| {
        let grid = format!("  days: [monday]\n  sessions: {{run: s, repeats: s{words}}}\n  weeks: [[\"{cell}\"]]");
        let plan = plan(&files(1, &grid, &[("sessions/s.yaml", session)])).expect("a plan");
        let session = plan.sessions().next().expect("a session");
        let runs = session.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).flatten();
        let said = |step: &RunStep| match step {
            RunStep::Stretch(stretch) => {
                let pace = if stretch.target.is_some() { " easily" } else { "" };
                format!("{}{pace}", stretch.intensity)
            }
            RunStep::Repeat(repeat) => format!("{}x", repeat.times.low()),
        };
        format!("{}: {}", session.session, runs.flat_map(RunStep::all).map(said).collect::<Vec<_>>().join(", "))
    };
    let turns = steps("5 min walk, then 8x(1 min run, 90 s walk)", "");
    assert_eq!(
        turns, "s: walk, 8x, active easily, walk, cool-down",
        "the walk is in place of the session's own warm-up"
    );
    let both = steps("3 min walk, then 20 min run, then walk 5 min", "");
    assert_eq!(both, "s: walk, active easily, walk");
    let nine = steps(
        "run 3 min, then walk 90 s, then run 5 min, then walk 90 s, then run 3 min, then walk 90 s, then run 5 min",
        "",
    );
    assert_eq!(nine.matches("walk").count(), 3, "{nine}");
    // A word that the grid lists means its session.
    let listed = steps("5 min walk, then 20 min run", ", walk: easy-run");
    assert!(listed.starts_with("easy-run: active easily") && !listed.contains("walk"), "{listed}");
}

#[test]
fn a_run_behind_a_ride_is_work_in_its_own_sport() {
    let ride = "kind: ride\nwarm_up: [{run: [{duration: 10 min, intensity: warm-up}]}]\nmain: [{run: [{duration: 1 h, target: \
                zone 2}]}]\ncool_down: [{run: [{duration: 10 min, intensity: cool-down}]}]\nwords: {name: Ride}\n";
    let steps = |cell: &str| {
        let grid = format!("{MAP}  days: [monday]\n  weeks: [[\"{cell}\"]]");
        let plan = plan(&files(1, &grid, &[("sessions/bike.yaml", ride)])).expect("a plan");
        let session = plan.sessions().next().expect("a session");
        let runs = session.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).flatten();
        let said = |step: &RunStep| match step {
            RunStep::Stretch(stretch) => {
                format!("{} {} {:?}", stretch.length, stretch.intensity, stretch.sport)
            }
            RunStep::Repeat(_) => panic!("no repeat"),
        };
        format!("{}: {}", session.session, runs.map(said).collect::<Vec<_>>().join(", "))
    };
    let after = "bike: 10 min warm-up None, 60 min active None, 15 min active Some(Run)";
    assert_eq!(steps("bike 60 min, then run 15 min"), after);
    assert_eq!(steps("60 min bike, then 15 min easy"), after);
    let before = "bike: 15 min active Some(Run), 60 min active None, 10 min cool-down None";
    assert_eq!(steps("run 15 min, then bike 60 min"), before);
}

#[test]
fn a_run_for_recovery_is_as_long_as_its_cell_says() {
    let session =
        "kind: run\nmain: [{run: [{duration: 4 mi, intensity: recovery, target: rpe 2-3}]}]\nwords: {name: S}\n";
    let grid = format!("{MAP}  days: [monday, tuesday]\n  weeks: [[3 km s, \"1 km easy, then 2 km s\"]]");
    let plan = plan(&files(1, &grid, &[("sessions/s.yaml", session)])).expect("a plan");
    assert_eq!(shown(&plan), ["w1-monday s [\"3000\"]", "w1-tuesday s [\"1000\", \"2000\"]"]);
    for session in plan.sessions() {
        let steps = session.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).flatten();
        let last = steps.last().expect("a step");
        assert!(
            matches!(last, RunStep::Stretch(stretch) if stretch.intensity == Intensity::Recovery && stretch.target.is_some()),
            "{last:?}"
        );
    }
}

#[test]
fn fast_parts_of_a_cell_are_as_fast_as_those_of_its_session() {
    let session = "kind: run\nmain: [{run: [{duration: 8 km, target: easy pace, note: calm, \
                   within: [{repeat: 4, steps: [{duration: 20 s, target: mile pace}, {duration: 1 min, intensity: recovery}]}]}]}]\n\
                   words: {name: S, texts: {calm: Keep calm.}}\n";
    let row = "\"6 km fast with 6x30 s\", \"6 km fast with 6x30 s, 40 s jog\", \"6 km fast with 400 m\", 5 km fast";
    let grid = format!("  days: [monday, tuesday, wednesday, thursday]\n  sessions: {{fast: s}}\n  weeks: [[{row}]]");
    let plan = plan(&files(1, &grid, &[("sessions/s.yaml", session)])).expect("a plan");
    let inner = |step: &RunStep| {
        let steps = step.all().into_iter().skip(1).map(|step| match step {
            RunStep::Repeat(repeat) => format!("{} x", repeat.times),
            RunStep::Stretch(stretch) => {
                let target = stretch.target.map(|target| format!(" @ {target}"));
                format!("{}{}", stretch.length, target.unwrap_or_default())
            }
        });
        steps.collect::<Vec<_>>().join(", ")
    };
    let cells = plan.sessions().map(|session| {
        let step = &session.parts[0].blocks[0].run().expect("a run")[0];
        format!("{}: {}", step.note().map(|note| note.key.to_string()).unwrap_or_default(), inner(step))
    });
    assert_eq!(
        cells.collect::<Vec<_>>(),
        [
            "calm: 6 x, 30 s @ mile pace",
            "calm: 6 x, 30 s @ mile pace, 40 s",
            "calm: 400 m @ mile pace",
            "calm: 4 x, 20 s @ mile pace, 1 min",
        ]
    );
}

#[test]
fn a_word_says_when_on_its_day_its_session_is_done() {
    let grid = "  sessions: {early: {session: easy-run, at: morning}, late: {session: easy-run, at: \"18:30\"}, easy: {session: easy-run}}\n\
                \x20 days: [monday, tuesday]\n  weeks: [['5 km late + 5 km early', easy]]";
    let files = files(1, grid, &[]);
    let plan = plan(&files).expect("a plan");
    let hours = plan.sessions().map(|session| (session.slot.clone(), session.hour.map(|hour| hour.to_string())));
    let expected = [("w1-monday-2", Some("morning")), ("w1-monday", Some("18:30")), ("w1-tuesday", None)];
    let expected = expected.map(|(slot, hour)| (slot.to_owned(), hour.map(str::to_owned)));
    assert_eq!(hours.collect::<Vec<_>>(), expected);
    let from = Reference::from(&"easy-run".parse::<Id<Session>>().expect("an id"));
    let renamed = crate::write::rename(&files, &from, "jog").expect("a renaming").written;
    let text = &renamed["programs/p.yaml"];
    assert!(
        text.contains(
            "{early: {session: jog, at: morning}, late: {session: jog, at: \"18:30\"}, easy: {session: jog}}"
        ),
        "{text}"
    );
}

#[test]
fn a_table_says_the_same_as_rows_in_the_programme() {
    let rows = ROWS.replace("8 km Sprint Day? ", "Sprint Day?");
    let written = plan(&files(2, &format!("{MAP}{rows}"), &[])).expect("a plan");
    for table in [
        "week,mon,tue,wed,thu,fri,sat,sun\r\n1,rest,3 km easy,\"6x400m @ 5k, 200 m jog\",rest or cross,Easy,45 min cross + 2 km,\r\n\
         2,Sprint Day?,,,30 min easy or cross,-,rest,10 km race\r\n",
        "\u{feff}Monday;Tuesday;Wednesday;Thursday;Friday;Saturday;Sunday\n;3 km easy;6\u{d7}400 m @ 5k pace, 200m jog;rest or cross;\
         easy;45 min cross + 2 km;\n\"sprint day?\";;;30 min easy or cross;;;10 km race\n;;;;;;\n",
    ] {
        let files = files(2, &format!("{MAP}  file: p.csv"), &[("programs/p.csv", table)]);
        let tabled = plan(&files).expect("a plan");
        assert_eq!(shown(&tabled), shown(&written));
    }
}

/// The cells that a message offers, "did you mean `5 mi easy`?", and that cannot be read themselves.
fn unreadable_offers(said: &str) -> impl Iterator<Item = &str> {
    let asked = said.split("did you mean ").skip(1).filter_map(|behind| behind.split_once('?'));
    let asked =
        asked.chain(said.split("write it as ").skip(1).filter_map(|behind| behind.split_once(&[';', '\n'][..])));
    let asked = asked.chain(said.split("has no unit; write ").skip(1).filter_map(|behind| behind.split_once(';')));
    let offers = asked.flat_map(|(offers, _)| offers.split('`').skip(1).step_by(2));
    offers.filter(|offer| offer.parse::<Cell>().is_err())
}

#[test]
fn what_cannot_be_read_is_found_at_its_cell_with_a_way_to_write_it() {
    let mut other = Vec::new();
    for (row, expected) in mistakes::CELLS {
        let grid = format!("  sessions: {{easy: easy-run}}\n  days: [tuesday]\n  weeks:\n    - {row}");
        let said = plan(&files(1, &grid, &[])).expect_err("an error").join("\n");
        other.extend((!said.contains(expected)).then(|| format!("{row}: {said}")));
        other.extend(unreadable_offers(&said).map(|offer| format!("{row} offers `{offer}`")));
    }
    assert_eq!(other, [""; 0]);
}

#[test]
fn mistakes_of_cells_are_found_all_at_once() {
    let row = "[esy, 5 miles easy, easy, 3 km track, '3 m easy', esy]";
    let grid = format!("{MAP}  days: [1, 2, 3, 4, 5, 6]\n  weeks: [{row}, {row}]");
    let said = plan(&files(2, &grid, &[])).expect_err("errors");
    let begins = [
        "programs/p.yaml:6:12 the grid does not know `esy` (and in 3 more cells)",
        "programs/p.yaml:6:17 cell 2 of week 1: `5 miles easy` cannot be read; did you mean `5 mi easy`? (and in 1 more cell)",
        "programs/p.yaml:6:49 cell 5 of week 1: `3 m` are 3 metres; did you mean `3 mi` or `3 min`? (and in 1 more cell)",
    ];
    assert!(said.len() == 3 && begins.iter().zip(&said).all(|(begin, said)| said.starts_with(begin)), "{said:#?}");
    // What can be placed is said once the words are known.
    let row = "[easy, 3 km track, 4 km track]";
    let grid = format!("{MAP}  days: [1, 2, 3]\n  weeks: [{row}, {row}]");
    let said = plan(&files(2, &grid, &[])).expect_err("errors").join("\n");
    assert_eq!(said.matches("cannot be placed").count(), 1, "{said}");
    assert!(said.contains("(and in 3 more cells)"), "{said}");
}

#[test]
fn a_row_that_a_table_lacks_is_found_in_the_table() {
    let at = |text: &str| {
        plan(&files(3, &format!("{MAP}  file: p.csv"), &[("programs/p.csv", text)])).expect_err("an error").join("\n")
    };
    let few = at("week,mon\n1,easy\n2,easy\n");
    assert!(few.starts_with("programs/p.csv:3:1 the grid has 2 weeks, and the phases have 3 weeks"), "{few}");
    let many = at("week,mon\n1,easy\n2,easy\n3,easy\n4,easy\n");
    assert!(many.starts_with("programs/p.csv:5:1 the grid has 4 weeks, and the phases have 3 weeks"), "{many}");
}

#[test]
fn mistakes_are_found_at_their_cells() {
    let at = |weeks: u32, grid: &str, more: &[(&str, &str)]| {
        plan(&files(weeks, grid, more)).expect_err("an error").join("\n")
    };
    assert!(
        at(3, &format!("{MAP}  days: [monday]\n  weeks: [[easy]]"), &[])
            .contains("the grid has 1 week, and the phases have 3 weeks")
    );
    let table = |text: &str| at(1, "  file: p.csv", &[("programs/p.csv", text)]);
    assert!(table("week,mon\n1,3 m\n").starts_with("programs/p.csv:2:3 `3 m` are 3 metres"));
    assert!(
        table("week,mon\n1,esy\n").starts_with("programs/p.csv:2:3 the grid does not know `esy`"),
        "{}",
        table("week,mon\n1,esy\n")
    );
    let said = table("week,mon\n1,3 mi track\n");
    let wanted = "programs/p.csv:2:3 `track` cannot be placed by a cell with an amount: the length of the cell has no step to change";
    assert!(said.starts_with(wanted) && said.contains("write repeats, such as `6x800 m track`"), "{said}");
    assert!(
        at(1, "  file: q.csv", &[("programs/p.csv", "mon\n")])
            .contains("there is no file `programs/q.csv`; did you mean `p.csv`?")
    );
}

#[test]
fn a_progression_may_be_for_the_cells_of_one_day() {
    let grid = format!("{MAP}  weeks: [[far, '', far + far, '', '', '', ''], [far, '', far + far, '', '', '', '']]");
    let far = "kind: run\nmain: [{run: [{id: far, duration: 5 km}]}]\nwords: {name: Far}\n";
    let of = |slot: &str| {
        let mut files = files(2, &grid, &[("sessions/far.yaml", far)]);
        let program = String::from_utf8(files["programs/p.yaml"].to_vec()).expect("UTF-8");
        let progression = format!("weeks: 2, progression: [{{step: far, slot: {slot}, lengths: [6 km, 7 km]}}]}}]");
        files.insert("programs/p.yaml".into(), program.replace("weeks: 2}]", &progression).as_bytes().into());
        plan(&files).map(|plan| shown(&plan)[3..].join("; "))
    };
    assert_eq!(
        of("wednesday-2").as_deref(),
        Ok("w2-monday far [\"5000\"]; w2-wednesday far [\"5000\"]; w2-wednesday-2 far [\"7000\"]")
    );
    let said = of("tuesday").expect_err("nothing on this day").join("\n");
    assert!(said.contains("the phase `build` has no place `tuesday` in its weeks"), "{said}");
}

#[test]
fn rows_may_be_turns_of_a_cycle_or_days_of_a_phase() {
    let of = |phase: &str, grid: &str, table: Option<&str>| {
        let more: Vec<_> = table.map(|table| ("programs/p.csv", table)).into_iter().collect();
        let mut files = files(1, grid, &more);
        let program = String::from_utf8(files["programs/p.yaml"].to_vec()).expect("UTF-8");
        files.insert("programs/p.yaml".into(), program.replace("weeks: 1", phase).as_bytes().into());
        plan(&files)
    };
    let rows =
        "  days: [1, 2, 3, 9]\n  weeks: [[1 km easy-run, '', '', 9 km easy-run], [2 km easy-run, '', cross, '']]";
    let table = "1;2;3;day 9\n1 km easy-run;;;9 km easy-run\n2 km easy-run;;cross;\n";
    for (grid, table) in [(rows, None), ("  file: p.csv", Some(table))] {
        let plan = of("days: 13, cycle: 9", grid, table).expect("a plan");
        let days: Vec<_> = plan.sessions().map(|session| (session.slot.as_str(), session.offset)).collect();
        assert_eq!(days, [("c1-day-1", 0), ("c1-day-9", 8), ("c2-day-1", 9), ("c2-day-3", 11)]);
    }
    let plan = of("days: 10", "  days: [1, 3]\n  weeks: [[easy-run, cross], [easy-run, cross]]", None).expect("a plan");
    let days: Vec<_> = plan.sessions().map(|session| (session.slot.as_str(), session.offset)).collect();
    assert_eq!(days, [("w1-day-1", 0), ("w1-day-3", 2), ("w2-day-1", 7), ("w2-day-3", 9)]);
    for (phase, grid, expected) in [
        (
            "days: 18, cycle: 9",
            "  weeks: [[easy-run, '', '', '', '', '', '']]",
            "number the columns, `days: [1, 2, 3, 4, 5, 6, 7, 8, 9]`",
        ),
        ("days: 18, cycle: 9", "  days: [1, 10]\n  weeks: [[easy-run, ''], ['', '']]", "a turn has no day 10"),
        (
            "days: 18, cycle: 9",
            "  days: [1]\n  weeks: [[easy-run]]",
            "the grid has 1 turn, and the phases have 2 turns",
        ),
        (
            "days: 12, cycle: 9",
            "  days: [1, 4]\n  weeks: [['', easy-run], ['', easy-run]]",
            "row 2 has 3 days, and this cell is on day 4",
        ),
        ("weeks: 1", "  days: [8]\n  weeks: [[easy-run]]", "a week has no day 8"),
    ] {
        let said = of(phase, grid, None).expect_err("an error").join("\n");
        assert!(said.contains(expected), "{said}");
    }
    let column = of("weeks: 1", "  days: [8]\n  weeks: [[easy-run]]", None).expect_err("an error");
    assert_eq!(column.len(), 1, "said of the column, not of its cells as well: {column:?}");
}

const RAISE: &str = "{kind: strength, pattern: squat, laterality: bilateral, level: 1, defaults: {reps: 8}, \
                     muscles: [{target: muscle:soleus, role: prime}], words: {name: Raise, summary: Up., steps: [Up.]}}";
const SOLEUS: &str = "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}";

#[test]
fn what_a_step_of_a_cell_is_like_is_not_done_with_it() {
    let lifts =
        "{kind: run, main: [{use: calm}, {exercise: raise, dose: {reps: 5, load: 40 kg}}], words: {name: Lifts}}";
    let calm = "{blocks: [{run: [{duration: 5 km, target: zone 1, sport: walk}]}], words: {name: Calm}}";
    let more = [
        ("exercises/raise.yaml", RAISE),
        ("muscles/soleus.yaml", SOLEUS),
        ("fragments/calm.yaml", calm),
        ("sessions/lifts.yaml", lifts),
    ];
    let grid = "  days: [monday, tuesday]\n  sessions: {slow: lifts, hard: track}\n  weeks: [['2 km slow, then 3x400m hard', slow]]";
    let mut files = files(1, grid, &more);
    let program = String::from_utf8(files["programs/p.yaml"].to_vec()).expect("UTF-8");
    let rule = "weeks: 1, progression: [{exercise: raise, double: {reps: 4-6, add: 2.5 kg}}]";
    files.insert("programs/p.yaml".into(), program.replace("weeks: 1", rule).as_bytes().into());
    let plan = plan(&files).expect("a plan");
    let sessions: Vec<_> = plan.sessions().collect();
    assert_eq!(sessions[0].session.as_str(), "track");
    let steps = sessions[0].parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).flatten();
    let said: Vec<_> = steps
        .filter_map(|step| match step {
            RunStep::Stretch(stretch) => Some(format!("{} {}", stretch.target?, stretch.sport?)),
            RunStep::Repeat(_) => None,
        })
        .collect();
    assert_eq!(said, ["zone 1 walk"], "how easy it is, and how it is done");
    let (_, item) = sessions[1].items().next().expect("an exercise");
    assert_eq!(item.dose.load.get().map(ToString::to_string).as_deref(), Some("40 kg"), "its first time is on Tuesday");
}

#[test]
fn a_cell_with_an_amount_needs_a_run_to_change() {
    let legs = "kind: strength\nmain: [{exercise: raise}]\nwords: {name: Legs}\n";
    let more = [("exercises/raise.yaml", RAISE), ("muscles/soleus.yaml", SOLEUS), ("sessions/legs.yaml", legs)];
    for (cell, why) in [
        ("6x400m @ 5k legs", "the session has exercises and no run in whose place these steps could stand"),
        ("5 km legs", "the length of the cell has no step to change in the session's main part"),
    ] {
        let said = plan(&files(1, &format!("  weeks: [['{cell}', '', '', '', '', '', '']]"), &more)).expect_err(cell);
        let said = said.join("\n");
        let wanted =
            format!("`legs` cannot be placed by a cell with an amount: {why}; write the session alone into the cell");
        assert!(said.contains(&wanted), "{said}");
    }
    assert!(plan(&files(1, "  weeks: [[legs, '', '', '', '', '', '']]", &more)).is_ok());
    let said = plan(&files(1, "  weeks: [['6x easy-run', '', '', '', '', '', '']]", &more)).expect_err("an error");
    assert!(said.join("\n").contains("say how long each is, as in `6x60 s easy-run`"), "{said:?}");
}

#[test]
fn a_week_leaves_no_cell_of_a_grid_out() {
    let mut files = files(1, "  weeks: [[3 km easy-run, '', '', '', '', '', '']]", &[]);
    let program = String::from_utf8(files["programs/p.yaml"].to_vec()).expect("UTF-8");
    let program = program.replace("weeks: 1}]", "weeks: 1, overrides: [{week: 1, without: [monday]}]}]");
    files.insert("programs/p.yaml".into(), program.as_bytes().into());
    let said = plan(&files).expect_err("an error").join("\n");
    assert!(said.contains("no session `monday` to leave out; `overrides` do not touch the cells of a grid"), "{said}");
}

#[test]
fn a_session_of_a_cell_is_renamed_in_rows_and_tables() {
    let renamed = |files: &Files| {
        let done =
            crate::write::rename(files, &Reference::from(&"easy-run".parse::<Id<Session>>().expect("an id")), "jog");
        done.expect("a renaming").written
    };
    let rows = "  sessions: {long: easy-run}\n  weeks: [[Easy-Run 3 km, 3 km easy-run + cross, '', '', '', '', long]] # week\n";
    let text = &renamed(&files(1, rows, &[]))["programs/p.yaml"];
    assert!(text.contains("{long: jog}") && text.contains("[jog 3 km, 3 km jog + cross, '',"), "{text}");
    let table = "week,mon,tue\n1,\"easy-run, 1\",rest\n".replace("easy-run, 1", "6x400m easy-run, 200m jog");
    let files = files(1, "  file: p.csv", &[("programs/p.csv", &table)]);
    assert_eq!(renamed(&files)["programs/p.csv"], "week,mon,tue\n1,\"6x400m jog, 200m jog\",rest\n");
}

#[test]
fn a_cell_prints_back_what_it_read() {
    for text in [
        "rest",
        "5 mi easy",
        "8-10 km",
        "45 min tempo",
        "6x400 m @ 5k pace, 200 m jog",
        "3-4x1 mi track @ 10k pace, 90 s rest",
        "easy @ zone 2",
        "5 mi easy + strength-a",
        "easy or cross or rest",
        "cross?",
        "20 min half marathon",
        "18 mi long with 10 mi @ marathon pace",
        "2 mi easy, then 4x1 mi @ threshold pace, 1 min rest, then 2 mi easy",
    ] {
        let cell: Cell = text.parse().expect(text);
        assert_eq!(cell.to_string(), text);
    }
    for (written, canonical) in [
        ("", "rest"),
        ("Easy  5mi", "5 mi easy"),
        ("6 x 400 m @ 5k, 200 m jog track", "6x400 m track @ 5k pace, 200 m jog"),
        ("Rest or easy 3 mi", "3 mi easy?"),
        ("Off", "rest"),
        ("rest day", "rest"),
        ("\u{2014}", "rest"),
        ("off or cross", "cross?"),
        ("9 mi with 8 x 100 m strides", "9 mi with 8x100 m strides"),
        ("9 mi with 8x100m fast", "9 mi with 8x100 m fast"),
        ("9 mi with 8x100m strides @ mile", "9 mi with 8x100 m strides @ mile pace"),
        ("15 mi long with last 5 mi @ marathon", "15 mi long with last 5 mi long @ marathon pace"),
        ("1 h 30 min easy", "90 min easy"),
        ("4x1 km @ 10k, 1 min 30 s jog", "4x1 km @ 10k pace, 90 s jog"),
        ("5 mi @ marathon", "5 mi @ marathon pace"),
    ] {
        let cell: Cell = written.parse().expect(written);
        assert_eq!((cell.to_string().as_str(), cell.to_string().parse()), (canonical, Ok(cell)));
    }
}

/// The steps of the first session of a plan, in short.
fn steps(row: &str) -> Vec<String> {
    fn said(step: &RunStep) -> String {
        let inner: Vec<String> = step.inner().iter().map(said).collect();
        let inner = if inner.is_empty() { String::new() } else { format!(" ({})", inner.join("; ")) };
        match step {
            RunStep::Repeat(repeat) => format!("{}x{inner}", repeat.times),
            RunStep::Stretch(stretch) => {
                let target = stretch.target.map(|target| format!(" @ {target}")).unwrap_or_default();
                let and = stretch.and.map(|target| format!(" and {target}")).unwrap_or_default();
                format!("{}{target}{and} {}{inner}", stretch.length, stretch.intensity)
            }
        }
    }
    let more = [
        (
            "sessions/intervals.yaml",
            "kind: run\nwarm_up: [{run: [{duration: 2 km, intensity: warm-up}]}]\nmain: [{run: [{duration: 1 km, intensity: \
             warm-up}, {repeat: 5, steps: [{duration: 400 m, target: 5k pace, and: 180 spm, intensity: interval}, {duration: 400 m, \
             target: easy pace, intensity: recovery}]}]}]\ncool_down: [{run: [{duration: 1 mi, intensity: cool-down}]}]\n\
             words: {name: Intervals}\n",
        ),
        (
            "sessions/tempo.yaml",
            "kind: run\nmain: [{run: [{duration: 20 min, target: threshold pace}]}]\nwords: {name: Tempo}\n",
        ),
    ];
    let grid = format!(
        "  sessions: {{easy: easy-run, run: easy-run, repeats: intervals}}\n  days: [monday]\n  weeks: [['{row}']]"
    );
    let plan = plan(&files(1, &grid, &more)).unwrap_or_else(|errors| panic!("{row}: {errors:?}"));
    let session = plan.sessions().next().expect("a session");
    session.parts.iter().flat_map(|part| &part.blocks).filter_map(|block| block.run()).flatten().map(said).collect()
}

#[test]
fn what_a_cell_leaves_out_is_that_of_its_session() {
    let fast = "400 m @ 5k pace and 180 spm interval; 400 m @ easy pace recovery";
    for (row, expected) in [
        ("6x400m", format!("6x ({fast})")),
        ("6x800m @ 3k", "6x (800 m @ 3k pace and 180 spm interval; 400 m @ easy pace recovery)".to_owned()),
        ("6x800m, 200 m jog", "6x (800 m @ 5k pace and 180 spm interval; 200 m @ easy pace recovery)".to_owned()),
        ("6x800m, 2 min walk", "6x (800 m @ 5k pace and 180 spm interval; 2 min walk)".to_owned()),
        ("6x800m, 90 s rest", "6x (800 m @ 5k pace and 180 spm interval; 90 s rest)".to_owned()),
    ] {
        assert_eq!(steps(row)[2], expected, "{row}");
        assert_eq!(steps(row).len(), 4, "{row}");
    }
    assert_eq!(steps("2 x 20 min tempo"), ["2x (20 min @ threshold pace active)"]);
    assert_eq!(steps("2 x 20 min tempo, 2 min jog"), ["2x (20 min @ threshold pace active; 2 min recovery)"]);
    assert_eq!(steps("8 x 60 s run, 90 s walk"), ["8x (60 s @ easy pace active; 90 s walk)"]);
    assert_eq!(steps("rest or 3x1 km tempo"), ["3x (1 km @ threshold pace active)"]);
}

#[test]
fn sets_of_repeats_and_repeats_by_number_are_read() {
    let fast = "400 m @ 5k pace and 180 spm interval";
    assert_eq!(
        steps("2x(4x400m @ 5k, 90 s jog), 3 min jog")[2],
        format!("2x (4x ({fast}; 90 s @ easy pace recovery); 3 min @ easy pace recovery)")
    );
    assert_eq!(steps("2x(4x400m, 90 s rest)")[2], format!("2x (4x ({fast}; 90 s rest))"));
    assert_eq!(
        steps("3 x (1 km @ 10k, 400 m @ 5k), 3 min walk")[2],
        format!("3x (1 km @ 10k pace and 180 spm interval; {fast}; 3 min walk)")
    );
    assert_eq!(steps("4 x 800 m @ 3k (400 m jog)"), steps("4x800 m @ 3k, 400 m jog"));
    assert_eq!(steps("2 mi easy then 20 min tempo"), steps("2 mi easy, then 20 min tempo"));
    assert_eq!(steps("6x400m @ 5k + 15 s/km")[2], steps("6x400m @ 5k pace + 15 s/km")[2]);
    assert_eq!(steps("8x repeats")[2], format!("8x ({fast}; 400 m @ easy pace recovery)"));
    assert_eq!(steps("rest or 8x repeats"), steps("8x repeats?"));
}

#[test]
fn a_note_of_a_cell_is_a_text_of_its_session() {
    let session = |main: &str| {
        format!("kind: run\nmain: [{main}]\nwords: {{name: S, texts: {{any: Any., no-watch: Leave the watch.}}}}\n")
    };
    let note = |cell: &str, main: &str| {
        let grid = format!("  days: [monday]\n  weeks: [['{cell}']]");
        let plan = plan(&files(1, &grid, &[("sessions/s.yaml", &session(main))]))?;
        let first = plan.sessions().next().expect("a session").clone();
        let blocks: Vec<_> = first.parts.into_iter().flat_map(|part| part.blocks).collect();
        let said = blocks.iter().map(|block| match block {
            PlannedBlock::Text(owner, key) => format!("{owner} {key}"),
            _ => block.notes().iter().map(|note| format!("note {}", note.key)).collect(),
        });
        Ok::<_, Vec<String>>(said.collect::<Vec<_>>())
    };
    let run = "{run: [{duration: 5 km, target: easy pace}]}, {text: any}";
    assert_eq!(note("5 mi s (No watch)", run), Ok(vec!["note no-watch".to_owned(), "session:s any".to_owned()]));
    assert_eq!(
        note("s (no-watch)?", "{text: any}"),
        Ok(vec!["session:s no-watch".to_owned(), "session:s any".to_owned()])
    );
    let wrong = note("s (no-wach)", "{text: any}, {text: no-watch}").expect_err("no such text").join("\n");
    assert!(wrong.starts_with("programs/p.yaml:5:12 `sessions/s.yaml` has no text `no-wach`; did you mean"), "{wrong}");
}

#[test]
fn the_forms_of_the_manual_are_read_and_print_back() {
    let manual = include_str!("../../../../docs/format.md");
    let rows = manual.lines().skip_while(|line| !line.starts_with("| cell | means |")).skip(2);
    let mut cells = 0;
    for row in rows.take_while(|line| line.starts_with('|')) {
        let examples = row.split('|').nth(1).expect("a column").split('`').skip(1).step_by(2);
        for example in examples.filter(|example| !example.starts_with('@')) {
            let cell: Cell = example.parse().unwrap_or_else(|wrong| panic!("{example}: {wrong}"));
            assert_eq!(cell.to_string().parse().as_ref(), Ok(&cell), "{example}");
            cells += 1;
        }
    }
    assert!(cells > 20, "{cells}");
}

#[test]
fn the_grids_of_the_manual_are_plans() {
    let manual = include_str!("../../../../docs/format.md");
    let blocks = manual.split("```yaml\n").skip(1).filter_map(|rest| rest.split_once("```"));
    let run = "kind: run\nmain: [{run: [{duration: 5 km}]}]\nwords: {name: Run}\n";
    let race = "kind: race\nmain: [{run: [{duration: 10 km}]}]\nwords: {name: Race}\n";
    let text = "kind: strength\nmain: [{text: any}]\nwords: {name: S, texts: {any: Any.}}\n";
    let more = [
        ("sessions/long-run.yaml", run),
        ("sessions/tempo-run.yaml", run),
        ("sessions/ten-k-race.yaml", race),
        ("sessions/strength-a.yaml", text),
    ];
    let mut plans = 0;
    for (block, _) in blocks.filter(|(block, _)| block.contains("\ngrid:\n")) {
        let rest = if block.contains("\nwords:") { String::new() } else { format!("level: 1\n{WORDS}") };
        let mut files = files(1, "", &more);
        files.insert("programs/p.yaml".into(), format!("{block}{rest}").into_bytes().into());
        plan(&files).unwrap_or_else(|errors| panic!("{block}: {errors:?}"));
        plans += 1;
    }
    assert!(plans > 1, "{plans}");
}

#[test]
fn what_is_faster_in_a_run_is_a_part_of_it() {
    assert_eq!(steps("9 mi with 8 x 100 m strides"), ["9 mi @ easy pace active (8x (100 m strides))"]);
    assert_eq!(steps("9 mi with 8 x 100 m fast"), ["9 mi @ easy pace active (8x (100 m active))"]);
    assert_eq!(steps("5 mi easy with 6 x 20 s @ mile"), ["5 mi @ easy pace active (6x (20 s @ mile pace active))"]);
    assert_eq!(
        steps("15 mi easy with last 5 mi @ marathon"),
        ["10 mi @ easy pace active", "5 mi @ marathon pace active"]
    );
    // Nothing comes on top of what is written for all of the run, though the last part is that of a session with a warm-up.
    for run in ["10 km with last 3 km repeats", "10 km easy w/ last 3 km repeats"] {
        assert_eq!(steps(run), ["7 km @ easy pace active", "3 km active"], "{run}");
    }
    assert_eq!(steps("18 mi with 10 mi @ marathon pace"), ["18 mi @ easy pace active (10 mi @ marathon pace active)"]);
}

#[test]
fn a_pause_in_another_spelling_is_offered_as_a_pause() {
    let meant = "6x1 min hard (1 min jog)".parse::<Cell>().expect("a cell");
    for text in [
        "6x1' hard / 1' easy",
        "6 x 1 min hard / 1 min slow",
        "6x1 min hard, 1 min easy",
        "6x1 min hard, 1 min jogging",
    ] {
        let said = text.parse::<Cell>().expect_err(text).to_string();
        let offers: Vec<&str> =
            said.split("did you mean ").nth(1).expect(&said).split('`').skip(1).step_by(2).collect();
        assert_eq!(offers.iter().map(|offer| offer.parse()).collect::<Vec<_>>(), [Ok(meant.clone())], "{said}");
    }
    for (text, said) in [
        ("8x400m @ 5k / 200m jog", "did you mean `8x400m @ 5k, 200m jog`?"),
        ("6x1 min hard, 1 min gym", "write `1 min jog` behind the comma, or `+` between two sessions of the day"),
        ("8x hill / cross", "did you mean `8x hill or cross`?"),
    ] {
        let wrong = text.parse::<Cell>().expect_err(text).to_string();
        assert!(wrong.contains(said), "{wrong}");
    }
}

#[test]
fn parts_of_a_run_are_one_session() {
    assert_eq!(
        steps("2 mi easy, then 4 x 1 mi @ threshold, 1 min rest, then 2 mi easy"),
        [
            "2 mi @ easy pace warm-up",
            "4x (1 mi @ threshold pace and 180 spm interval; 1 min rest)",
            "2 mi @ easy pace cool-down",
        ]
    );
    assert_eq!(
        steps("2 mi easy, then 20 min tempo, then 4x200 m @ mile, 200 m jog"),
        [
            "2 mi @ easy pace warm-up",
            "20 min @ threshold pace active",
            "4x (200 m @ mile pace and 180 spm interval; 200 m @ easy pace recovery)",
        ],
        "a cell that writes how its run begins writes all of it"
    );
    assert_eq!(
        steps("4x1 mi @ threshold, 1 min rest"),
        [
            "2 km warm-up",
            "1 km warm-up",
            "4x (1 mi @ threshold pace and 180 spm interval; 1 min rest)",
            "1 mi cool-down",
        ],
        "a cell of work alone has the warm-up and the cool-down of its session"
    );
    assert_eq!(
        steps("4x1 mi @ threshold, 1 min rest, then 2 mi easy"),
        [
            "2 km warm-up",
            "1 km warm-up",
            "4x (1 mi @ threshold pace and 180 spm interval; 1 min rest)",
            "2 mi @ easy pace cool-down",
        ],
    );
    assert_eq!(steps("2 mi easy, then 20 min tempo"), ["2 mi @ easy pace warm-up", "20 min @ threshold pace active"]);
    assert_eq!(steps("5 mi easy, then 2 mi @ marathon"), ["5 mi @ easy pace active", "2 mi @ marathon pace active"]);
}
