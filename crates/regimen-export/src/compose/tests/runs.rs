//! What is said of the steps of runs, and of notes.

use regimen_catalog::Catalog;
use regimen_catalog::plan::{Plan, expand};

use super::super::{fridge, plain_blocks, session, session_sheets};
use super::programs::{composed, handout, planned, read};
use super::with_unit;

const ONCE: &str = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday}]}";

/// A catalogue whose one session has these steps in its main part, and these texts.
fn of_steps(steps: &str, texts: &str) -> Catalog {
    let run = format!("{{kind: run, duration: 1 h, main: [{{run: [{steps}]}}], words: {{name: Day, texts: {texts}}}}}");
    planned(ONCE, &[("sessions/day.yaml", &run)])
}

fn plan(catalog: &Catalog) -> Plan {
    expand(catalog, &catalog.programs["plan"], None).expect("a plan")
}

/// The first steps in one line each, with what stands below them.
fn lines(catalog: &Catalog) -> Vec<String> {
    let plan = plan(catalog);
    let language = &catalog.languages[catalog.language()];
    let blocks = &plan.weeks[0].sessions[0].parts[0].blocks;
    let blocks = blocks.iter().flat_map(|block| plain_blocks(catalog, language, block));
    blocks
        .flat_map(|block| std::iter::once(block.text).chain(block.inner.into_iter().map(|inner| inner.text)))
        .collect()
}

#[test]
fn targets_read_as_people_say_them() {
    for (target, said) in [
        ("5k pace", "5 km pace"),
        ("90-92 % 5k pace", "90–92 % of 5 km pace"),
        ("marathon pace + 15 s/km", "15 s/km slower than marathon pace"),
        ("10k pace - 5-10 s/mi", "5–10 s/mi faster than 10 km pace"),
        ("5k-10k pace", "5 km to 10 km pace"),
        ("easy to marathon pace", "easy pace, gradually to marathon pace"),
        ("6:00 to 5:00/km", "6:00 min/km, gradually to 5:00 min/km"),
        ("zone 2 to zone 6", "zone 2, gradually to zone 6"),
        ("85-90 %lthr", "85–90 % of your threshold heart rate"),
        ("1:55/500m", "1:55 min/500 m"),
        ("1:35/100yd", "1:35 min/100 yd"),
        ("easy pace, and: 180 spm", "easy pace and 180 steps a minute"),
        ("easy pace, and: rpe 3", "easy pace and RPE 3"),
    ] {
        let catalog = of_steps(&format!("{{duration: 1000 yd, target: {target}}}"), "{}");
        assert_eq!(lines(&catalog), [format!("Work: 1000 yd, {said}")]);
    }
}

#[test]
fn repeats_are_fast_unless_they_are_easy_or_walked_between() {
    for (work, between, said) in [
        ("", "recovery", "Fast"),
        (", target: 5k pace", "walk", "Fast"),
        (", target: rpe 8", "walk", "Fast"),
        (", intensity: interval", "walk", "Fast"),
        ("", "walk", "Work"),
        (", target: easy pace", "walk", "Work"),
        (", target: zone 1-2", "recovery", "Work"),
    ] {
        let steps =
            format!("{{repeat: 8, steps: [{{duration: 1 min{work}}}, {{duration: 90 s, intensity: {between}}}]}}");
        let line = lines(&of_steps(&steps, "{}")).remove(0);
        assert!(line.starts_with(&format!("{said}: 8 × (1 min")), "{steps}: {line}");
    }
}

#[test]
fn what_is_done_in_one_round_needs_no_number() {
    let of = |times: u32| {
        let steps = format!("{{repeat: {times}, steps: [{{duration: 5 min}}, {{duration: 3 min, intensity: walk}}]}}");
        let catalog = of_steps(&steps, "{}");
        let page = composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan));
        read(&page.blocks)
    };
    assert!(of(2).ends_with("work Work {session-day-work-1}: 2 rounds, 5 min, 3 min walk\n[Week 1 ]"), "{}", of(2));
    assert!(of(1).ends_with("work Work {session-day-work-1}: 5 min, 3 min walk\n[Week 1 ]"), "{}", of(1));
    let turns = "{kind: strength, duration: 30 min, main: [{circuit: [{exercise: raise}], rounds: 1, rest: 60 s}], words: {name: Day}}";
    let text = handout(ONCE, &[("sessions/day.yaml", turns)]);
    assert!(text.contains("\nCircuit, rest 1 min") || text.contains("\nCircuit, rest 60 s"), "{text}");
}

#[test]
fn steps_of_several_sports_say_what_they_are() {
    let triathlon = "{duration: 400 m, sport: swim, intensity: warm-up}, {duration: 1.9 km, sport: swim, target: 1:50/100m, and: 28 spm}, \
        {duration: 90 km, sport: ride, target: 75 %ftp}, \
        {repeat: 2, steps: [{duration: 10 km, sport: run, and: 180 spm, target: zone 3}, {duration: 1 min, sport: walk, intensity: recovery}]}";
    let catalog = of_steps(triathlon, "{}");
    assert_eq!(
        lines(&catalog),
        [
            "Warm-up (swim): 400 m",
            "Swim: 1.9 km, 1:50 min/100 m and 28 strokes a minute",
            "Ride: 90 km, 75 % of your threshold power",
            "Fast: 2 × (10 km run at zone 3 and 180 steps a minute, 1 min recovery (walk))",
        ]
    );
}

#[test]
fn swimmers_count_strokes_whatever_their_steps_say() {
    let kinds = [
        ("swim", "", "28 strokes a minute"),
        ("other", ", sport: row", "28 strokes a minute"),
        ("run", "", "28 steps a minute"),
    ];
    for (kind, sport, said) in kinds {
        let run = format!(
            "{{kind: {kind}, main: [{{run: [{{duration: 1 km, target: 20 spm{sport}}}]}}], words: {{name: Day}}}}"
        );
        let placed = "{id: a, kind: base, weeks: 1, sessions: [{session: day, day: monday, target: 28 spm}]}";
        let catalog = planned(placed, &[("sessions/day.yaml", &run)]);
        let line = lines(&catalog).concat();
        assert!(line.ends_with(said), "{kind}{sport}: {line}");
    }
}

#[test]
fn faster_steps_within_one_are_said_with_it() {
    let steps =
        "{duration: 8 km, target: easy pace, within: [{repeat: 6-7, steps: [{duration: 20 s, target: mile pace}]}]}";
    let catalog = of_steps(steps, "{}");
    assert_eq!(lines(&catalog), ["Work: 8 km, easy pace, including 6–7 × 20 s at mile pace"]);
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(sheet.contains("8 km (6–7 × 20 s at mile pace)"), "in the grid of weeks\n{sheet}");
    assert!(sheet.contains("Work | 8 km / easy pace; including 6–7 × 20 s at mile pace"), "{sheet}");
}

#[test]
fn what_is_faster_without_a_pace_says_that_it_is() {
    let steps = "{duration: 8 km, target: easy pace, within: [{repeat: 6, steps: [{duration: 20 s, intensity: strides}, {duration: 40 \
                 s, intensity: recovery}]}]}, {duration: 5 km, within: [{duration: 2 km}]}, {duration: 100 m, intensity: strides}";
    let said = lines(&of_steps(steps, "{}"));
    let expected = [
        "Work: 8 km, easy pace, including 6 × (20 s strides, 40 s recovery)",
        "Work: 5 km, including 2 km fast",
        "Strides: 100 m",
    ];
    assert_eq!(said, expected);
}

#[test]
fn notes_stand_with_their_step_everywhere() {
    let steps = "{duration: 5 km, note: grass}, {repeat: 2, note: tall, steps: [{duration: 1 km, note: grass}, {duration: 1 min}]}";
    let catalog = of_steps(steps, "{grass: On *grass*., tall: Stay tall.}");
    let again = "Fast: 2 × (1 km (On grass.), 1 min)";
    assert_eq!(lines(&catalog), ["Work: 5 km", "On grass.", again, "Stay tall."]);
    let plan = plan(&catalog);
    let text = with_unit(&catalog, "en", |unit| session(unit, &plan, &plan.weeks[0].sessions[0], 80));
    let whole = text.body.whole();
    assert!(whole.contains(&format!("- Work: 5 km\n  On grass.\n- {again}\n  Stay tall.\n")), "{whole}");
    let sheet = read(&composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)).blocks);
    assert!(sheet.contains("Work | 5 km / On grass.") && sheet.contains("1 min / Stay tall."), "{sheet}");
}

#[test]
fn notes_stand_with_their_exercise_and_come_from_fragments_too() {
    let ready = "{blocks: [{exercise: raise, dose: {reps: 5}, note: slow}], words: {name: R, texts: {slow: Slowly.}}}";
    let day = "{kind: strength, duration: 30 min, warm_up: [{use: ready}], \
               main: [{superset: [{exercise: raise, note: slow}], rounds: 2}], words: {name: Day, texts: {slow: Count to three.}}}";
    let files = [("fragments/ready.yaml", ready), ("sessions/day.yaml", day)];
    let page = handout(ONCE, &files);
    assert!(page.contains("\nWarm-up: Raise 5 reps (Slowly.)\n"), "{page}");
    assert!(page.contains("\nRaise / RPE 7 / Count to three. | "), "{page}");
    let catalog = planned(ONCE, &files);
    let plan = plan(&catalog);
    let text = with_unit(&catalog, "en", |unit| session(unit, &plan, &plan.weeks[0].sessions[0], 80)).body.whole();
    assert!(text.contains("- Raise: 5 reps\n  Slowly.\n") && text.contains("\n  Count to three.\n"), "{text}");
}

#[test]
fn how_hard_counts_paces_of_the_whole_plan() {
    let tile = |steps: &str| {
        let catalog = of_steps(steps, "{}");
        let page =
            read(&composed(&catalog, |unit, plan| super::super::program(unit, &catalog.programs["plan"], plan)).blocks);
        let tile = page.split("How hard: ").nth(1).and_then(|rest| rest.split(" | ").next());
        tile.unwrap_or_default().to_owned()
    };
    assert_eq!(tile("{duration: 5 km, target: easy pace}, {duration: 1 km, target: rpe 8}"), "RPE 8 / easy pace");
    assert_eq!(tile("{duration: 5 km, target: easy pace, and: rpe 3}"), "RPE 3 / easy pace");
    assert_eq!(
        tile(
            "{duration: 1 km, target: 5k pace}, {duration: 5 km, target: easy to marathon pace}, \
             {duration: 1 km, target: 10k pace, within: [{duration: 20 s, target: mile pace}]}, {duration: 1 km, target: 4:00/km}"
        ),
        "easy pace to mile pace, 4:00 min/km"
    );
    assert_eq!(
        tile("{duration: 1 km, target: 60 to 80 %ftp}, {duration: 1 km, target: 95 %lthr}"),
        "95 % of your threshold heart rate / 60–80 % of your threshold power"
    );
}
