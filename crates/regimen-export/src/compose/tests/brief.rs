//! A session in short, in tables of weeks, on sheets for the fridge and in titles of events.

use regimen_catalog::Catalog;
use regimen_catalog::plan::expand;

use super::super::{brief, fridge, fridge_in_short, session, session_sheets, week_grid};
use super::catalog;
use super::programs::{composed, handout, planned, read};

const TRACK: (&str, &str) = (
    "sessions/track.yaml",
    "{kind: run, main: [{run: [{repeat: 4, steps: [{duration: 1 km, target: 10k pace}, {duration: 90 s, intensity: recovery}]}]}], \
     words: {name: Track}}",
);
const HARD: (&str, &str) = (
    "sessions/hard.yaml",
    "{kind: run, main: [{run: [{duration: 5 km, target: threshold pace}]}], words: {name: Tempo}}",
);
const EASY: (&str, &str) = (
    "sessions/easy.yaml",
    "{kind: run, main: [{run: [{duration: 5 km, target: easy pace}]}], words: {name: Easy run}}",
);

/// What the cells of a grid with one week say in short.
fn cells(cells: &str) -> Vec<(String, String)> {
    let program = format!(
        "{{level: 1, phases: [{{id: a, kind: base, weeks: 1}}], \
         grid: {{sessions: {{run: easy, easy: easy, repeats: track}}, weeks: [[{cells}]]}}, \
         words: {{name: Plan, summary: S., goal: G, audience: A}}}}"
    );
    let catalog = catalog("{sets: 3, reps: 8}", &[TRACK, EASY, HARD, ("programs/plan.yaml", &program)]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let language = &catalog.languages[catalog.language()];
    let briefs = plan.sessions().map(|session| brief(&catalog, language, session));
    briefs.map(|brief| (brief.work.replace('\u{a0}', " "), brief.total)).collect()
}

#[test]
fn a_target_that_a_cell_gives_is_in_its_overview() {
    let said = cells("6x400m, '6x400m @ 5k', 8 km, '8 km @ zone 2', '8 km with 3 km @ marathon', '6 km @ easy', rest");
    let works: Vec<&str> = said.iter().map(|(work, _)| work.as_str()).collect();
    assert_eq!(
        works,
        [
            "6 × 400 m",
            "6 × 400 m at 5 km pace",
            "8 km",
            "8 km at zone 2",
            "8 km (3 km at marathon pace)",
            // What a cell says is said, even if the session says the same.
            "6 km at easy pace",
        ]
    );
    let faster = cells(
        "'8 km with 6x20 s strides', '8 km with 6x20 s, 40 s walk', '8 km with 2 km fast', rest, rest, rest, rest",
    );
    let works: Vec<&str> = faster.iter().map(|(work, _)| work.as_str()).collect();
    assert_eq!(works, ["8 km (6 × 20 s strides)", "8 km (6 × 20 s fast)", "8 km (2 km fast)"]);
    assert!(said[2..4].iter().all(|(_, total)| total.is_empty()), "the total says no more: {said:?}");
}

#[test]
fn a_run_whose_last_part_is_faster_is_one_run() {
    let said = cells(
        "'10 km with last 3 km @ marathon', '10-12 km @ zone 2 with last 3 km @ 10k', 10 km with last 3 km easy, rest, rest, rest, rest",
    );
    let works: Vec<&str> = said.iter().map(|(work, _)| work.as_str()).collect();
    assert_eq!(works, ["10 km (last 3 km at marathon pace)", "10–12 km at zone 2 (last 3 km at 10 km pace)", "10 km"]);
    assert!(said.iter().all(|(_, total)| total.is_empty()), "the total says no more: {said:?}");
}

#[test]
fn a_run_that_a_cell_writes_in_parts_says_all_of_them() {
    let said = cells(
        "'2 mi easy, then 4x1 km', '4x1 km, then 2 mi easy', '2 mi easy, then 4x1 km @ 5k, then 1 mi easy', '4x1 km', \
         '2 mi easy, then 4 mi hard, then 1 mi easy', rest, rest",
    );
    let works: Vec<&str> = said.iter().map(|(work, _)| work.as_str()).collect();
    assert_eq!(
        works,
        ["2 mi + 4 × 1 km", "4 × 1 km + 2 mi", "2 mi + 4 × 1 km at 5 km pace + 1 mi", "4 × 1 km", "2 mi + 4 mi + 1 mi",]
    );
}

#[test]
fn a_step_of_another_sport_than_its_session_says_so() {
    let session = |kind: &str, steps: &str| {
        let day = format!("{{kind: {kind}, main: [{{run: [{steps}]}}], words: {{name: Day}}}}");
        let catalog = planned(
            "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday}]}",
            &[("sessions/day.yaml", &day)],
        );
        let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
        let work = brief(&catalog, &catalog.languages[catalog.language()], &plan.weeks[0].sessions[0]).work;
        work.replace('\u{a0}', " ")
    };
    let bike = "{duration: 30 km, sport: ride}, {duration: 10 km, sport: ride}, {duration: 5 km, sport: run}";
    assert_eq!(session("other", bike), "40 km ride + 5 km run");
    assert_eq!(session("run", bike), "40 km ride + 5 km");
    assert_eq!(session("run", "{duration: 5 km, sport: run}, {duration: 3 km}"), "8 km");
}

#[test]
fn parts_with_different_targets_are_not_added_up() {
    let said = cells("'2 km easy, then 3 km @ threshold, then 2 km easy', rest, rest, rest, rest, rest, rest");
    assert!(said[0].0.contains("3 km at threshold pace"), "{said:?}");
}

#[test]
fn runs_that_a_walk_parts_are_not_one_run() {
    let walked = "{kind: run, main: [{run: [{repeat: 2, steps: [{duration: 90 s, target: easy pace}, \
         {duration: 90 s, intensity: walk}, {duration: 3 min, target: easy pace}, {duration: 3 min, intensity: walk}]}]}], \
         words: {name: Day}}";
    let phases = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday}]}";
    let catalog = planned(phases, &[("sessions/day.yaml", walked)]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let said = brief(&catalog, &catalog.languages[catalog.language()], &plan.weeks[0].sessions[0]);
    assert_eq!((said.work.as_str(), said.total.as_str()), ("2 × (90 s + 3 min)", "18 min"), "as calendars have it");
}

/// A plan of two days whose session has one exercise with this name.
fn named(session: &str, progression: &str) -> Catalog {
    let day = format!("{{kind: strength, duration: 20 min, main: [{{exercise: raise}}], words: {{name: {session}}}}}");
    let phases = format!(
        "{{id: a, kind: base, weeks: 2, sessions: [{{session: day, day: tuesday}}, {{session: day, day: friday, slot: b}}], \
         progression: [{progression}]}}"
    );
    planned(&phases, &[("sessions/day.yaml", &day)])
}

#[test]
fn a_session_named_like_its_exercise_is_said_once() {
    let catalog = named("Raise", "");
    let grid = composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan));
    let text = read(&grid.blocks).replace('\u{a0}', " ");
    assert!(!text.contains("Raise 3 ×") && text.contains("3 × "), "{text}");
    let mut title = String::new();
    composed(&catalog, |unit, plan| {
        title = session(unit, plan, &plan.weeks[0].sessions[0], 70).title;
        fridge(unit, &catalog.programs["plan"], plan)
    });
    assert!(title.starts_with("Raise 3 × "), "{title}");
}

#[test]
fn a_sheet_for_the_fridge_has_a_box_for_each_time_where_its_tables_say_the_dose() {
    let catalog = named("Calves", "{exercise: raise, from: {sets: 3, reps: 10, times_per_day: 2}}");
    let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let text = read(&sheet.blocks);
    assert!(text.contains("1 | ☐ ☐"), "{text}");
    let boxes = |every: &str| {
        let catalog = named("Calves", &format!("{{exercise: raise, from: {{reps: 10, every: {every}}}}}"));
        let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
        let cells = read(&sheet.blocks).lines().find_map(|line| line.strip_prefix("1 | ").map(str::to_owned));
        cells.and_then(|cells| cells.split(" | ").next().map(|cell| cell.matches('☐').count()))
    };
    assert_eq!(boxes("4 h"), Some(4), "in 16 hours");
    assert_eq!(boxes("2 h"), Some(8), "as many as times");
    assert_eq!(boxes("1 day"), Some(1));
}

#[test]
fn a_cell_that_says_the_dose_has_its_boxes_below() {
    let times = |times: u32| {
        let catalog =
            named("Calves", &format!("{{exercise: raise, from: {{sets: 3, reps: 10, times_per_day: {times}}}}}"));
        read(&composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan)).blocks)
    };
    assert!(times(8).contains("8 times a day / ☐ ☐ ☐ ☐ ☐ ☐ ☐ ☐"), "{}", times(8));
    assert!(!times(1).contains('☐'));
}

#[test]
fn boxes_beside_a_dose_are_those_of_its_exercise() {
    let grids = |first: u32, second: u32| {
        let day = format!(
            "{{kind: strength, duration: 20 min, main: [{{exercise: raise, dose: {{reps: 8, times_per_day: {first}}}}}, \
             {{exercise: row, dose: {{reps: 5, times_per_day: {second}}}}}], words: {{name: Legs}}}}"
        );
        let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}], \
                      progression: [{exercise: raise, explicit: [{reps: 8}, {reps: 9}]}]}";
        let catalog = planned(phases, &[ROW, ("sessions/day.yaml", &day)]);
        [fridge, fridge_in_short, week_grid, session_sheets].map(|compose| {
            let page = composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan));
            let text = read(&page.blocks);
            let row = text.lines().find(|line| line.starts_with("1 | ") || line.starts_with("1 Base | "));
            row.map(|row| row.matches('☐').count())
        })
    };
    assert_eq!(grids(1, 3), [Some(1), Some(3), Some(0), Some(0)], "the tables in short say all doses below");
    assert_eq!(grids(2, 8), [Some(2), Some(8), Some(2), Some(2)]);
}

#[test]
fn doses_that_depend_on_the_day_say_the_day() {
    let phases = "{id: a, kind: base, weeks: 2, sessions: [\
         {session: day, day: tuesday, doses: {raise: {sets: 3, reps: 5, load: 80 kg}}}, \
         {session: day, day: friday, slot: b, doses: {raise: {sets: 2, reps: 12, load: 50 kg}}}]}";
    let catalog = planned(phases, &[]);
    let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let text = read(&sheet.blocks).replace('\u{a0}', " ");
    assert!(text.contains("Tuesday: 3 × 5, 80 kg") && text.contains("Friday: 2 × 12, 50 kg"), "{text}");
    assert!(!text.contains("weeks 1–2"), "{text}");
}

const ROW: (&str, &str) =
    ("exercises/row.yaml", "{kind: strength, level: 1, words: {name: Row, summary: R., steps: [R.]}}");
const LEGS: (&str, &str) = (
    "sessions/day.yaml",
    "{kind: strength, duration: 30 min, main: [{exercise: raise, dose: {sets: 3, reps: 5, load: 60 kg}}, \
     {exercise: row, dose: {sets: 3, reps: 8}}], words: {name: Legs}}",
);

#[test]
fn one_exercise_does_not_stand_for_all_in_the_cells_of_what_comes_every_day() {
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: 1, every: 1}]}";
    let page = handout(phases, &[ROW, LEGS]).replace('\u{a0}', " ");
    assert!(page.contains("/ Raise 3 × 5, 60 kg + 1 more exercise | ") && page.contains(" | Total\n"), "{page}");
    let catalog = planned(phases, &[ROW, LEGS]);
    let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let sheet = read(&sheet.blocks).replace('\u{a0}', " ");
    assert!(sheet.starts_with("Week | Day 1_ | Day 2_ | ") && sheet.contains("\n1 | ☐  | ☐  | "), "{sheet}");
    assert!(sheet.ends_with("\nRaise | 3 × 5 / 60 kg, rest 1 min\nRow | 3 × 8"), "{sheet}");
    // Nor on a page with nothing else, which has all of them below.
    let weeks = composed(&catalog, |unit, plan| week_grid(unit, &catalog.programs["plan"], plan));
    let weeks = read(&weeks.blocks).replace('\u{a0}', " ");
    assert!(weeks.ends_with("\nLegs: Raise 3 × 5; Row 3 × 8"), "{weeks}");
}

#[test]
fn what_changes_in_a_session_of_most_days_stands_below_its_boxes() {
    let day = "{kind: mobility, duration: 5 min, main: [{exercise: raise, dose: {reps: 8, load: 5 kg, times_per_day: 2}}], words: {name: Day}}";
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let days = days.map(|day| format!("{{session: day, day: {day}}}")).join(", ");
    let rule = "progression: [{exercise: raise, linear: {add: 1 reps}}]";
    let phases = format!("{{id: a, kind: base, weeks: 4, sessions: [{days}], {rule}}}");
    let catalog = planned(&phases, &[("sessions/day.yaml", day)]);
    let pages = [fridge, session_sheets, week_grid].map(|compose| {
        let page = composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan));
        read(&page.blocks).replace('\u{a0}', " ")
    });
    for page in &pages {
        assert!(page.contains("\n1 | ☐ ☐  | ☐ ☐  | ") || page.contains("\n1 Base | ☐ ☐  | ☐ ☐  | "), "{page}");
    }
    // How often it is done on a day is said once.
    let amounts = "8 reps to 11 reps, 2 times a day";
    let [fridge, sheets, weeks] = pages;
    assert!(fridge.contains(&format!("\nRaise | {amounts} / 5 kg")), "{fridge}");
    assert!(sheets.contains("[Week 4 11 reps, 2 times a day / ☐ ☐  ☐ ☐  ☐ ☐  ☐ ☐  ☐ ☐ ]"), "{sheets}");
    assert!(weeks.ends_with(&format!("\nDay: Raise {amounts}")), "{weeks}");
}

#[test]
fn grids_beside_tables_say_how_much_of_the_first_exercise_there_is() {
    let amounts = |dose: &str, explicit: &str| {
        let day = format!(
            "{{kind: strength, duration: 20 min, main: [{{exercise: raise, dose: {dose}}}, {{exercise: row, dose: {{reps: 5}}}}], words: {{name: Legs}}}}"
        );
        let phases = format!(
            "{{id: a, kind: base, weeks: 2, sessions: [{{session: day, day: monday}}], progression: [{{exercise: raise, explicit: {explicit}}}]}}"
        );
        let catalog = planned(&phases, &[ROW, ("sessions/day.yaml", &day)]);
        let pages = [fridge, fridge_in_short, session_sheets].map(|compose| {
            let page = composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan));
            read(&page.blocks).replace('\u{a0}', " ")
        });
        pages.map(|page| {
            page.lines().skip_while(|line| !line.starts_with("Week |")).take(4).collect::<Vec<_>>().join("\n")
        })
    };
    let [grid, in_short, sheets] = amounts("{sets: 2, reps: 8}", "[{sets: 2, reps: 8}, {sets: 3, reps: 8}]");
    assert!(grid.starts_with("Week | Monday / Legs (Raise)_\n1 | ☐ 2 × 8\n2 | ☐ 3 × 8\n"), "{grid}");
    assert!(in_short.starts_with("Week | Monday / Legs_\n1 | ☐ \n2 | ☐ \n"), "{in_short}");
    assert!(sheets.starts_with("Week | Monday / Legs (Raise)_\n1 Base | 2 × 8\n2 Base | 3 × 8\n"), "{sheets}");
    // What is the same in all weeks and takes more than a few words is said once below.
    let same = "{sets: 2, reps: 8, per_side: true, times_per_day: 2}";
    let [grid, _, sheets] = amounts(same, &format!("[{same}, {same}]"));
    assert!(grid.starts_with("Week | Monday / Legs_\n1 | ☐ ☐ \n2 | ☐ ☐ \n"), "{grid}");
    let below = "Legs: Raise 2 × 8 each side, 2 times a day + 1 more exercise";
    assert!(sheets.starts_with("Week | Monday / Legs_\n1 Base | ☐ ☐ \n") && sheets.ends_with(below), "{sheets}");
}

#[test]
fn where_room_is_short_runs_on_the_fridge_share_a_line() {
    let tempo = "{kind: run, warm_up: [{run: [{duration: 1 km}]}], main: [{run: [{duration: 5 km, target: threshold pace}]}], words: {name: Tempo}}";
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: easy, day: monday, lengths: [5 km, 6 km]}, \
                  {session: track, day: tuesday, repeats: 5}, {session: tempo, day: friday}]}";
    let catalog = planned(phases, &[EASY, TRACK, ("sessions/tempo.yaml", tempo)]);
    let page = composed(&catalog, |unit, plan| fridge_in_short(unit, &catalog.programs["plan"], plan));
    let page = read(&page.blocks).replace('\u{a0}', " ");
    assert!(page.contains("1 | ☐ 5 km | ☐ 5 × 1 km |"), "{page}");
    assert!(page.contains("\nEasy run: easy pace; Track: 1 km at 10 km pace, 90 s recovery"), "{page}");
    assert!(page.contains("# Tempo {") && !page.contains("# Easy run"), "what comes before the work is below: {page}");
    let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    assert!(read(&page.blocks).contains("# Easy run"));
}

#[test]
fn a_run_in_one_line_keeps_its_warm_up_and_its_sports() {
    let tempo = "{kind: run, main: [{run: [{duration: 10 min, intensity: warm-up}, {duration: 20 min, target: threshold pace}, \
                 {duration: 2 km, intensity: cool-down}]}], words: {name: Tempo}}";
    let brick = "{kind: other, main: [{run: [{duration: 40 km, sport: ride, target: zone 2}, {duration: 5 km, sport: run}]}], \
                 words: {name: Brick}}";
    let phases =
        "{id: a, kind: base, weeks: 2, sessions: [{session: tempo, day: monday}, {session: brick, day: friday}]}";
    let catalog = planned(phases, &[("sessions/tempo.yaml", tempo), ("sessions/brick.yaml", brick)]);
    let page = composed(&catalog, |unit, plan| fridge_in_short(unit, &catalog.programs["plan"], plan));
    let page = read(&page.blocks).replace('\u{a0}', " ");
    let line = "\nTempo: 10 min warm-up + threshold pace + 2 km cool-down; Brick: Ride, zone 2 + Run";
    assert!(page.contains(line), "{page}");
}

#[test]
fn lengths_in_miles_and_kilometres_are_all_said() {
    let phases =
        "{id: a, kind: base, weeks: 3, sessions: [{session: easy, day: monday, lengths: [2.5 mi, 2.75 mi, 5 km]}]}";
    let catalog = planned(phases, &[EASY]);
    let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let page = read(&page.blocks).replace('\u{a0}', " ");
    assert!(page.contains("2.5 mi (week 1), 2.75 mi (week 2), 5 km (week 3)"), "{page}");
    assert!(!page.contains("2.5 mi to"), "{page}");
}

#[test]
fn totals_that_change_stand_beside_the_weeks() {
    let day = "{kind: strength, duration: 20 min, main: [{exercise: raise}], words: {name: Legs}}";
    let titles = |days: &str| {
        let phases = format!(
            "{{id: a, kind: base, weeks: 1, sessions: [{{session: day, day: monday}}]}}, {{id: b, kind: build, weeks: 1, sessions: [{{session: day, day: monday}}{days}]}}"
        );
        let catalog = planned(&phases, &[("sessions/day.yaml", day)]);
        let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
        read(&page.blocks).lines().next().unwrap_or_default().to_owned()
    };
    assert!(!titles("").contains("Total"), "{}", titles(""));
    let more = titles(", {session: day, day: friday}");
    assert!(more.ends_with(" | Total"), "{more}");
}

#[test]
fn a_choice_stands_behind_the_whole_list_of_exercises() {
    let walk = "{kind: walk, main: [{run: [{duration: 30 min}]}], words: {name: Walk}}";
    let phases = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday, optional: true}, \
                  {session: walk, day: friday, or: [day]}]}";
    let files = [ROW, LEGS, ("sessions/walk.yaml", walk)];
    let catalog = planned(phases, &files);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let language = &catalog.languages[catalog.language()];
    let said: Vec<String> = plan.sessions().map(|session| brief(&catalog, language, session).work).collect();
    let legs = "Raise 3 × 5, 60 kg + 1 more exercise";
    assert_eq!(said, [format!("{legs}, or rest"), format!("30 min or Legs ({legs})")]);
    let page = handout(phases, &files);
    assert!(page.contains("# Walk or Legs {"), "{page}");
}

#[test]
fn what_has_no_amount_has_a_box_on_the_fridge() {
    let calm = "{kind: mobility, main: [{text: calm}], words: {name: Calm down, texts: {calm: Breathe.}}}";
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: calm, day: monday}, {session: day, day: 3}]}";
    let bounce = "{kind: strength, main: [{exercise: raise}], words: {name: Bounce}}";
    let catalog = planned(phases, &[("sessions/calm.yaml", calm), ("sessions/day.yaml", bounce)]);
    let sheet = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let text = read(&sheet.blocks);
    assert!(text.contains("Monday / Calm down_") && text.contains("1 | ☐  | ☐"), "{text}");
}

#[test]
fn a_session_of_a_rotation_has_one_sheet() {
    let phases =
        "{id: a, kind: base, weeks: 4, rotation: {sessions: [day, b, c, d], days: [monday, wednesday, friday]}}";
    let [b, c, d] = ["b", "c", "d"].map(|id| {
        (
            format!("sessions/{id}.yaml"),
            format!("{{kind: strength, main: [{{exercise: raise}}], words: {{name: Day {id}}}}}"),
        )
    });
    let files = [&b, &c, &d].map(|(file, text)| (file.as_str(), text.as_str()));
    let page = handout(phases, &files);
    assert_eq!(page.lines().filter(|line| line.starts_with("# Day")).count(), 4, "{page}");
}

#[test]
fn what_some_weeks_alone_have_says_which() {
    let trail =
        "{kind: run, main: [{run: [{duration: 10 km}]}], words: {name: Trail, texts: {poles: Take your poles.}}}";
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: trail, day: wednesday, length: 10 km}]}, \
                  {id: b, kind: base, weeks: 3, sessions: [{session: trail, day: monday, length: 25 min}, \
                  {session: trail, day: wednesday, length: 11 km, note: poles}]}";
    let catalog = planned(phases, &[("sessions/trail.yaml", trail)]);
    let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    let sheet = read(&page.blocks).replace('\u{a0}', " ");
    assert!(sheet.contains("Monday: 25 min (weeks 3–5)"), "{sheet}");
    assert!(sheet.contains("Take your poles. (Wednesday, weeks 3–5)"), "{sheet}");
    let one = "{id: a, kind: base, weeks: 2, sessions: [{session: trail, day: wednesday}]}, \
               {id: b, kind: base, weeks: 1, sessions: [{session: trail, day: wednesday, note: poles}]}";
    let catalog = planned(one, &[("sessions/trail.yaml", trail)]);
    for compose in [fridge, session_sheets] {
        let page = composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan));
        let page = read(&page.blocks).replace('\u{a0}', " ");
        assert!(page.contains("Take your poles. (week 3)"), "{page}");
    }
}

#[test]
fn grids_say_that_totals_are_more_than_their_cells() {
    let tempo =
        "{kind: run, warm_up: [{run: [{duration: 1 km}]}], main: [{run: [{duration: 5 km}]}], words: {name: Tempo}}";
    let says = |session: &str| {
        let phases = format!("{{id: a, kind: base, weeks: 2, sessions: [{{session: {session}, day: monday}}]}}");
        let catalog = planned(&phases, &[EASY, ("sessions/tempo.yaml", tempo)]);
        [fridge, fridge_in_short, week_grid, session_sheets].map(|compose| {
            let page = composed(&catalog, |unit, plan| compose(unit, &catalog.programs["plan"], plan));
            read(&page.blocks).contains("The total counts all of each session")
        })
    };
    assert_eq!((says("tempo"), says("easy")), ([true; 4], [false; 4]));
}
