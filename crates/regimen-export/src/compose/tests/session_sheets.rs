//! What sheets to train from contain, read as text.

use std::collections::BTreeSet;

use regimen_catalog::prose::plain_text;

use crate::document::Block;

use super::super::{fridge, session_sheets};
use super::programs::{composed, planned, read};

fn sheets(phases: &str, files: &[(&str, &str)]) -> String {
    let catalog = planned(phases, files);
    read(&composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan)).blocks)
}

const DAY: &str = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}], \
                   progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]}";
const RAISE: &str = "{kind: strength, defaults: {sets: 3, reps: 8, rpe: 7, rest: 1 min}, words: {name: Raise, setup: [Stand.], steps: [Up., Down.], cues: [Slow.], stop_if: [It hurts.]}}";

#[test]
fn a_session_has_all_that_it_takes_to_do_it() {
    let text = sheets(DAY, &[("exercises/raise.yaml", RAISE)]);
    let sheet = "----\n# Day {session-day}\nMonday · weeks 1–2 · 30 min\n\
                 work Raise {session-day-work-1}: RPE 7, rest 1 min\nStand.\n1. Up.\n2. Down.\n+ Keep in mind: Slow.\n\
                 ! Stop if: It hurts.\n[Week 1 3 sets of 8][Week 2 3 sets of 9]";
    assert!(text.ends_with(sheet), "{text}");
    assert!(text.starts_with("fields Name:  | From: Club | Next visit: \nHow often: "), "{text}");
}

#[test]
fn no_label_of_a_first_page_stands_there_twice() {
    let catalog = planned(DAY, &[("exercises/raise.yaml", RAISE)]);
    let document = composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan));
    let labels = document.blocks.iter().flat_map(|block| match block {
        Block::Fields(said) | Block::Facts(said) | Block::Glance(said) => said.iter().map(|(label, _)| label).collect(),
        _ => Vec::new(),
    });
    let labels: Vec<&String> = labels.collect();
    let different: BTreeSet<&&String> = labels.iter().collect();
    assert_eq!(different.len(), labels.len(), "{labels:?}");
}

#[test]
fn what_is_the_same_each_time_is_said_once() {
    let phases = DAY.replace(", progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]", "");
    let text = sheets(&phases, &[("exercises/raise.yaml", RAISE)]);
    assert!(text.contains("work Raise {session-day-work-1}: 3 sets of 8, RPE 7, rest 1 min\n"), "{text}");
    assert!(text.ends_with("\n[Week 1 ][Week 2 ]"), "{text}");
}

#[test]
fn days_that_differ_in_nothing_but_the_weekday_share_a_sheet_with_a_place_for_each() {
    let phases = DAY.replace("{session: day, day: monday}", "{session: day, day: monday}, {session: day, day: friday}");
    let text = sheets(&phases, &[("exercises/raise.yaml", RAISE)]);
    assert_eq!(text.matches("----").count(), 1, "{text}");
    assert!(text.contains("[Week 1 · Monday 3 sets of 8][Week 1 · Friday 3 sets of 8][Week 2 · Monday"), "{text}");
}

const RUN: &str = "{kind: run, main: [{run: [{id: easy, duration: 5 km, target: easy pace}]}], words: {name: Run}}";

#[test]
fn days_with_amounts_of_their_own_share_a_sheet_with_a_table_of_weeks_by_days() {
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: run, day: monday}, \
                  {session: run, day: friday, length: 8 km, note: hilly}]}, \
                  {id: b, kind: base, weeks: 1, sessions: [{session: run, day: friday}]}";
    let run = RUN.replace("name: Run", "name: Run, texts: {hilly: Up and down.}");
    let text = sheets(phases, &[("exercises/raise.yaml", RAISE), ("sessions/run.yaml", &run)]);
    assert_eq!(text.matches("----").count(), 1, "{text}");
    let sheet = "# Run {session-run}\nMonday, Friday · weeks 1–3\n\
                 work Work {session-run-work-1}: easy pace / Up and down. (Friday, weeks 1–2)\n\
                 Week | Monday_ | Friday_\n1 | 5 km | 8 km\n2 | 5 km | 8 km\n3 |  | 5 km";
    assert!(text.ends_with(sheet), "{text}");
}

#[test]
fn what_comes_on_most_days_has_boxes_only_where_these_are_the_same() {
    let placed = |more: &str| {
        let days = ["monday", "tuesday", "wednesday", "thursday"].map(|day| format!("{{session: run, day: {day}}}"));
        let phases = format!("{{id: a, kind: base, weeks: 1, sessions: [{}, {more}]}}", days.join(", "));
        sheets(&phases, &[("exercises/raise.yaml", RAISE), ("sessions/run.yaml", RUN)])
    };
    let text = placed("{session: run, day: friday}");
    assert!(text.ends_with("5 km, easy pace\n[Week 1 ☐  ☐  ☐  ☐  ☐ ]"), "{text}");
    let text = placed("{session: run, day: friday, length: 8 km}");
    let days = "Week | Monday_ | Tuesday_ | Wednesday_ | Thursday_ | Friday_\n1 | 5 km | 5 km | 5 km | 5 km | 8 km";
    assert!(text.ends_with(days), "{text}");
}

#[test]
fn a_counted_day_has_no_other_number_beside_it() {
    let twice = "sessions: [{session: day, day: 1}, {session: day, day: 3}]";
    let phases =
        format!("{{id: a, kind: base, days: 10, cycle: 5, {twice}}}, {{id: b, kind: base, weeks: 1, {twice}}}");
    let text = sheets(&phases, &[("exercises/raise.yaml", RAISE)]);
    let days = ["1", "3", "6", "8", "11", "13"].map(|day| format!("[Day {day} ]")).concat();
    assert!(text.ends_with(&days), "{text}");
}

#[test]
fn moves_before_and_after_the_work_are_shown_once() {
    let day = "{kind: strength, duration: 30 min, warm_up: [{exercise: swing, dose: {reps: 10}}], main: [{exercise: raise}], \
               cool_down: [{exercise: swing, dose: {reps: 5}}], words: {name: Day}}";
    let swing = "{kind: mobility, words: {name: Swing, steps: [Swing a leg.]}}";
    let text =
        sheets(DAY, &[("exercises/raise.yaml", RAISE), ("exercises/swing.yaml", swing), ("sessions/day.yaml", day)]);
    let moves = "----\n# Warm-up and cool-down {moves}\nwork Swing {move-swing}: \n1. Swing a leg.\n----\n# Day {session-day}\n";
    assert!(text.contains(moves), "{text}");
    assert!(text.contains("30 min · Warm-up: Swing 10 reps · Cool-down: Swing 5 reps\n"), "{text}");
}

#[test]
fn what_is_said_of_moves_before_the_work_is_all_of_their_dose() {
    let day = "{kind: strength, duration: 30 min, warm_up: [{exercise: raise, dose: {sets: 2, reps: 10, load: 20 kg, pain: 2}}], \
               main: [{exercise: raise}], words: {name: Day}}";
    let text = sheets(DAY, &[("exercises/raise.yaml", RAISE), ("sessions/day.yaml", day)]);
    let said = "Warm-up: Raise 2 sets of 10, 20 kg, rest 1 min, pain up to 2 of 10 is fine if it has settled by the next morning\n";
    assert!(text.contains(said), "{text}");
}

#[test]
fn rules_by_results_are_said_with_their_weeks_where_one_is_lighter() {
    let phases = DAY.replace("weeks: 2", "weeks: 3, overrides: [{week: 3, kind: deload, volume: 60 %, load: 90 %}]");
    let phases = phases.replace("linear: {add: 1 reps, every: 1}", "double: {reps: 8-12, add: 2.5 kg}");
    let text = sheets(&phases, &[("exercises/raise.yaml", RAISE)]);
    let rule = "when all sets reach 12, add 2.5 kg and start again at 8 (weeks 1–2)";
    assert!(text.contains(rule), "{text}");
    assert!(text.contains("[Week 1 3 sets of 8–12][Week 2 3 sets of 8–12][Week 3 2 sets of 8–12]"), "{text}");
}

#[test]
fn turns_name_what_opens_them_and_texts_stay() {
    let day = "{kind: strength, duration: 30 min, main: [{circuit: [{exercise: raise}, {exercise: swing, dose: {reps: 5}}], rounds: 2, rest: 60 s}, \
               {text: end}], words: {name: Day, texts: {end: Well done.}}}";
    let swing = "{kind: mobility, words: {name: Swing, steps: [Swing a leg.]}}";
    let phases = DAY.replace(", progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]", "");
    let text = sheets(
        &phases,
        &[("exercises/raise.yaml", RAISE), ("exercises/swing.yaml", swing), ("sessions/day.yaml", day)],
    );
    assert!(text.contains("(Circuit, 2 rounds, rest 60 s: Raise, Swing)\nwork Raise"), "{text}");
    assert!(text.contains("\n(goes on)\nwork Swing"), "{text}");
    assert!(text.matches("(Circuit").count() == 1 && text.ends_with("Well done."), "{text}");
}

#[test]
fn only_those_in_turns_go_on_with_each_other() {
    let item = |id: &str| format!("{{exercise: {id}, dose: {{reps: 5}}}}");
    let [raise, swing] = ["raise", "swing"].map(item);
    let day = format!(
        "{{kind: strength, main: [{{superset: [{raise}, {swing}], rounds: 2}}, {{superset: [{swing}, {raise}], rounds: 3}}, \
         {raise}, {swing}], words: {{name: Day}}}}"
    );
    let phases = DAY.replace(", progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]", "");
    let swing = "{kind: mobility, words: {name: Swing, steps: [Swing a leg.]}}";
    let files = [("exercises/raise.yaml", RAISE), ("exercises/swing.yaml", swing), ("sessions/day.yaml", day.as_str())];
    let text = sheets(&phases, &files);
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with(['(', 'w'])).collect();
    let titles: Vec<&str> = titles.iter().map(|line| line.split(" {").next().unwrap_or_default()).collect();
    let expected = [
        "(In turns, 2 rounds: Raise, Swing)",
        "work Raise",
        "(goes on)",
        "work Swing",
        "(In turns, 3 rounds: Swing, Raise)",
        "work Swing",
        "(goes on)",
        "work Raise",
        "(Main part)",
        "work Raise",
        "work Swing",
    ];
    assert_eq!(titles, expected, "{text}");
}

#[test]
fn groups_whose_rounds_change_part_their_titles_by_more_than_commas() {
    let day = "{kind: strength, main: [{superset: [{exercise: raise, dose: {reps: 5}}, {exercise: swing, dose: {reps: 5}}], rounds: 2, rest: 60 s}], \
               words: {name: Day}}";
    let swing = "{kind: mobility, words: {name: Swing, steps: [Swing a leg.]}}";
    let files = [("exercises/raise.yaml", RAISE), ("exercises/swing.yaml", swing), ("sessions/day.yaml", day)];
    let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday}], \
                  overrides: [{week: 2, kind: deload, volume: 50 %}]}";
    let text = sheets(phases, &files);
    let title = "(In turns, 2 rounds, rest 60 s (week 1); In turns, rest 60 s (week 2) · Raise, Swing)";
    assert!(text.contains(title), "{text}");
}

#[test]
fn sets_that_differ_are_parted_by_more_than_the_commas_within_them() {
    let day = "{kind: strength, warm_up: [{exercise: raise, dose: [{sets: 1, reps: 5, load: 20 kg}, {sets: 1, reps: 3, load: 40 kg}]}], \
               main: [{exercise: raise, dose: [{sets: 3, reps: 5, load: 60 kg, rest: 3 min}, {sets: 5, reps: 10, load: 50 kg}]}], \
               words: {name: Day}}";
    let phases = DAY.replace(", progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]", "");
    let text = sheets(&phases, &[("exercises/raise.yaml", RAISE), ("sessions/day.yaml", day)]);
    assert!(text.contains(" · Warm-up: Raise 5 reps, 20 kg, rest 1 min; 3 reps, 40 kg, rest 1 min\n"), "{text}");
    let work =
        "work Raise {session-day-work-1}: 3 sets of 5, 60 kg, rest 3 min; 5 sets of 10, 50 kg, rest 1 min\nStand.";
    assert!(text.contains(work), "{text}");
}

#[test]
fn a_pain_limit_brings_a_scale_to_mark() {
    let text = sheets(DAY, &[("exercises/raise.yaml", RAISE)]);
    assert!(!text.contains("scale "), "{text}");
    let day =
        "{kind: strength, duration: 30 min, main: [{exercise: raise, dose: {reps: 8, pain: 3}}], words: {name: Day}}";
    let text = sheets(
        &DAY.replace(", progression: [{exercise: raise, linear: {add: 1 reps, every: 1}}]", ""),
        &[("exercises/raise.yaml", RAISE), ("sessions/day.yaml", day)],
    );
    assert!(text.contains("scale Pain Some(3)\nscale Effort None\n"), "{text}");
}

#[test]
fn a_printed_condition_is_credited_in_the_small_print() {
    let exercise = RAISE.replace("{kind: strength,", "{kind: strength, contraindications: [strain],");
    let condition = "{origin: {from: A book of strains}, words: {name: Strain, summary: Less than six weeks ago.}}";
    let catalog = planned(DAY, &[("exercises/raise.yaml", &exercise), ("conditions/strain.yaml", condition)]);
    let page = composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan));
    assert!(read(&page.blocks).contains("Less than six weeks ago."));
    assert!(plain_text(&page.frame.origins).contains("A book of strains"), "{:?}", page.frame.origins);
}

#[test]
fn the_author_of_a_picture_of_a_sheet_is_credited_once() {
    let media = "media: [{id: a, file: media/a.svg, role: start, author: Ann, licence: CC0-1.0}, \
                 {id: b, file: media/a.svg, role: end, author: Bea, licence: CC0-1.0}, \
                 {id: c, file: media/a.svg, role: overview, author: Cem, licence: CC0-1.0}]";
    let day = "{kind: strength, main: [{exercise: raise}, {exercise: swing, dose: {reps: 5}}], words: {name: Day}}";
    let alt = "alt: {a: Start., b: End., c: All.}}}";
    let raise =
        RAISE.replace("{kind: strength,", &format!("{{kind: strength, {media},")).replace("}}", &format!(", {alt}"));
    let swing = "{kind: mobility, media: [{id: a, file: media/a.svg, role: end, author: Bea, licence: CC0-1.0}], \
                 words: {name: Swing, steps: [Swing.], alt: {a: End.}}}";
    let files = [
        ("exercises/raise.yaml", raise.as_str()),
        ("exercises/swing.yaml", swing),
        ("media/a.svg", "<svg/>"),
        ("sessions/day.yaml", day),
    ];
    let catalog = planned(DAY, &files);
    let page = composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan));
    assert_eq!(plain_text(&page.frame.credits), "Drawing: Ann (CC0-1.0); Drawing: Bea (CC0-1.0)");
    let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
    assert_eq!(plain_text(&page.frame.credits), "Drawing: Cem (CC0-1.0); Drawing: Bea (CC0-1.0)");
}

#[test]
fn a_place_says_what_to_write_there() {
    let captions = |raise: &str, files: &[(&str, &str)]| -> Vec<String> {
        let files: Vec<(&str, &str)> =
            [("exercises/raise.yaml", raise)].into_iter().chain(files.iter().copied()).collect();
        let catalog = planned(DAY, &files);
        let page = composed(&catalog, |unit, plan| session_sheets(unit, &catalog.programs["plan"], plan));
        let times =
            page.blocks.iter().filter_map(|block| if let Block::Work(work) = block { Some(&work.times) } else { None });
        times.flatten().flat_map(|time| &time.log).map(|entry| entry.caption.to_string()).collect()
    };
    assert_eq!(captions(RAISE, &[]), ["RPE"; 2]);
    assert_eq!(captions(&RAISE.replace("rpe: 7,", "load: 20 lb, rpe: 7,"), &[]), ["lb · RPE"; 2]);
    assert_eq!(captions(&RAISE.replace("rpe: 7,", ""), &[]), ["Done"; 2]);
    let with_bar = RAISE.replace("{kind: strength,", "{kind: strength, equipment: [[bar]],");
    let bar = ("equipment/bar.yaml", "{kind: free-weight, words: {name: Bar}}");
    assert_eq!(captions(&with_bar, &[bar]), ["kg · RPE"; 2], "the lifter chooses the weight");
    let twice = RAISE.replace("rpe: 7,", "times_per_day: 2,");
    assert_eq!(captions(&twice, &[]), [""; 4], "boxes are ticked");
}

#[test]
fn pictures_of_cards_are_credited_once_at_the_end() {
    let exercise = |name: &str, author: &str| {
        format!(
            "{{kind: mobility, defaults: {{reps: 5}}, media: [{{id: a, file: media/a.svg, role: end, author: {author}, licence: CC0-1.0}}], \
             words: {{name: {name}, steps: [Go.], alt: {{a: End.}}}}}}"
        )
    };
    let [raise, dip] = [exercise("Raise", "Ann"), exercise("Dip", "Ann")];
    let guide = "---\ntitle: A\nsummary: S.\n---\n![](exercise:raise)\n\n![](exercise:dip)\n";
    let files = [
        ("exercises/raise.yaml", raise.as_str()),
        ("exercises/dip.yaml", dip.as_str()),
        ("media/a.svg", "<svg/>"),
        ("guides/a.md", guide),
    ];
    let catalog = planned(DAY, &files);
    let guide = &catalog.guides["a"];
    let unit = crate::testing::unit(&catalog, crate::Subject::Guide(guide));
    let mut page = super::super::guide(&unit, guide);
    super::super::credit_once(&unit, &mut page);
    assert_eq!(plain_text(&page.frame.credits), "Drawing: Ann (CC0-1.0)");
    let captions: Vec<_> = page
        .blocks
        .iter()
        .filter_map(|block| if let Block::Card(card) = block { card.figure.as_ref() } else { None })
        .collect();
    assert!(captions.len() == 2 && captions.iter().all(|figure| figure.caption.is_empty()), "{captions:?}");
}
