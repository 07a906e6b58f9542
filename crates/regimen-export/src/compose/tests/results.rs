//! How rules that the reader's results decide are worded, and the criteria that end a phase.

use regimen_catalog::plan::expand;

use super::super::{fridge, program, session, session_sheets, week_grid};
use super::catalog;
use super::programs::{composed, planned, read};
use super::with_unit;

/// What the events of a plan say of its one exercise, which is done with 40 kg; the progression is that of the first of two phases.
fn said(first: &str, second: &str) -> Vec<String> {
    let day = "{kind: strength, main: [{exercise: raise, dose: {sets: 3, reps: 8, load: 40 kg}}], words: {name: Day}}";
    let sessions = "sessions: [{session: day, day: monday}]";
    let phases = format!(
        "{{id: a, kind: base, weeks: 2, {sessions}{first}}}, {{id: b, kind: build, weeks: 2, {sessions}{second}}}"
    );
    let catalog = planned(&phases, &[("sessions/day.yaml", day)]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let texts = plan.sessions().map(|planned| {
        let text = with_unit(&catalog, "en", |unit| session(unit, &plan, planned, 80)).body.whole();
        let (_, item) = text.split_once("- Raise: ").unwrap_or_else(|| panic!("{text}"));
        let lines = item.lines().take_while(|line| !line.is_empty() && !line.starts_with("- ")).map(str::trim);
        let said = lines.collect::<Vec<_>>().join("; ").replace('\u{a0}', " ");
        // What the exercise itself says.
        said.strip_suffix("; Slow.").unwrap_or(&said).to_owned()
    });
    texts.collect()
}

fn rule(rule: &str) -> String {
    format!(", progression: [{{exercise: raise, {rule}}}]")
}

/// Two phases of the same kind, of which the first has a name; the second week of it is for something else.
const NAMED: &str = "{level: 1, phases: [{id: protect, kind: rehab, weeks: 2, sessions: [{session: day, day: monday}], \
    overrides: [{week: 2, kind: deload}]}, {id: load, kind: rehab, weeks: 1, sessions: [{session: day, day: monday}]}], \
    words: {name: Plan, summary: S., goal: G, audience: A, phase_names: {protect: Protect}, \
    exit: {protect: [It is calm.], load: [It is strong.]}}}";

#[test]
fn phases_with_a_name_have_it_wherever_readers_look() {
    let day = "{kind: strength, main: [{exercise: raise, dose: {sets: 3, reps: 8}}], words: {name: Day}}";
    let files = [("sessions/day.yaml", day), ("programs/plan.yaml", NAMED)];
    let catalog = catalog("{sets: 3, reps: 8}", &files);
    let of = catalog.programs["plan"].clone();
    let handout = read(&composed(&catalog, |unit, plan| program(unit, &of, plan)).blocks);
    for cell in ["1 | Protect | ", "2 | Protect / Lighter week | ", "3 | Rehab | "] {
        assert!(handout.contains(cell), "{cell}: {handout}");
    }
    assert!(handout.contains("Protect: about 2 weeks / ") && handout.contains("Rehab (week 3): "), "{handout}");
    let weeks = read(&composed(&catalog, |unit, plan| week_grid(unit, &of, plan)).blocks);
    assert!(weeks.contains("1 Protect") && weeks.contains("3 Rehab"), "{weeks}");
    let page = read(&composed(&catalog, |unit, plan| fridge(unit, &of, plan)).blocks);
    assert!(page.contains("Protect: about 2 weeks"), "{page}");
    let plan = expand(&catalog, &of, None).expect("a plan");
    let facts = plan.sessions().map(|planned| {
        let text = with_unit(&catalog, "en", |unit| session(unit, &plan, planned, 80)).body.whole();
        text.lines().find(|line| line.starts_with("Week ")).unwrap_or_default().to_owned()
    });
    let facts: Vec<String> = facts.collect();
    assert!(facts[0].starts_with("Week 1 of 3, Protect"), "{facts:?}");
    assert!(facts[1].starts_with("Week 2 of 3, Protect, lighter week"), "{facts:?}");
    assert!(facts[2].starts_with("Week 3 of 3, Rehab"), "{facts:?}");
}

/// What the events of the weeks of a plan say of its time and phase; the sessions are of this kind.
fn facts(program: &str, kind: &str) -> Vec<String> {
    let day = format!("{{kind: {kind}, duration: 9 min, main: [{{exercise: raise}}], words: {{name: Day}}}}");
    let catalog = catalog("{reps: 8}", &[("sessions/day.yaml", &day), ("programs/plan.yaml", program)]);
    let plan = expand(&catalog, &catalog.programs["plan"], None).expect("a plan");
    let facts = plan.sessions().map(|planned| {
        let text = with_unit(&catalog, "en", |unit| session(unit, &plan, planned, 80)).body.whole();
        let facts = text.lines().nth(1).and_then(|line| line.strip_suffix(", 9 min"));
        facts.unwrap_or_else(|| panic!("{text}")).to_owned()
    });
    facts.collect()
}

#[test]
fn events_say_what_a_week_is_for_if_it_is_not_what_its_named_phase_is_for() {
    let peak = NAMED.replace("kind: deload", "kind: peak");
    let weeks = ["Week 1 of 3, Protect", "Week 2 of 3, Protect, Peak", "Week 3 of 3, Rehab"];
    assert_eq!(facts(&peak, "strength"), weeks);
    let lighter = ["Week 1 of 3, Protect", "Week 2 of 3, Protect, lighter week", "Week 3 of 3, Rehab"];
    assert_eq!(facts(NAMED, "strength"), lighter);
    let same = peak.replace("protect: Protect}", "protect: Peak}");
    assert_eq!(facts(&same, "strength")[1], "Week 2 of 3, Peak", "once");
}

#[test]
fn a_race_names_no_phase() {
    let race = ["Race day, week 1 of 3", "Race day, week 2 of 3", "Race day, week 3 of 3"];
    assert_eq!(facts(NAMED, "race"), race);
}

#[test]
fn stages_say_what_follows_a_miss() {
    let stages = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}, {sets: 10, reps: 1, load: 30 kg}], add: 5 kg, again_at: 85 %}";
    let lines = said(&rule(stages), ", load: 90 %");
    let rest = "whenever you do all sets and reps, add 5 kg the next time; after a miss with 5 × 3, do 6 × 2 with the same weight from \
                the next time on; after a miss with 6 × 2, do 10 × 1 with 30 kg from the next time on; after a miss with 10 × 1, start \
                again with 5 × 3 and 85 % of that weight";
    assert!(lines[0].starts_with("5 × 3, 40 kg") && lines[0].ends_with(rest), "{lines:#?}");
    assert!(lines[1].starts_with("5 × 3 or 6 × 2 or 10 × 1") && lines[1].ends_with(rest), "{lines:#?}");
    assert!(lines[2].ends_with("with 90 % of the weight that you lift by then"), "{lines:#?}");
    let again = "stages: {of: [{sets: 5, reps: 3}, {sets: 6, reps: 2}], add: 5 kg, again_add: 2.5 kg}";
    let lines = said(&rule(again), "");
    let rest = "after a miss with 6 × 2, start again with 5 × 3 and 2.5 kg more than you last did it with";
    assert!(lines[0].ends_with(rest), "{lines:#?}");
}

#[test]
fn a_table_says_when_its_best_is_raised() {
    let table = "percent_table: {of: tm, weeks: [[{reps: 5, at: 85 %}]], then: 2.5 kg}";
    let lines = said(&rule(table), "");
    assert!(lines[0].contains("5 reps, 85 % of your training max"), "{lines:#?}");
    let next = "from this week, count with a training max that is 2.5 kg higher; after this week, count with a training max that is 2.5 kg higher";
    assert!(lines[1].ends_with(next), "{lines:#?}");
}

#[test]
fn steps_from_a_load_of_the_readers_own_are_said() {
    let lines = said(&rule("double: {reps: 6-8, add: 2.5 kg}"), &rule("linear: {add: 5 kg, cap: 60 kg}"));
    assert!(lines[2].ends_with("with the weight that you lift by then"), "{lines:#?}");
    assert!(
        lines[3].contains("with 5 kg more than at the start of this phase") && lines[3].contains("60 kg"),
        "{lines:#?}"
    );
    let lines =
        said(&rule("double: {reps: 6-8, add: 2.5 kg}"), &rule("by_result: {add: 2.5 kg, miss: {times: 3, to: 90 %}}"));
    let rest = "whenever you do all sets and reps, add 2.5 kg the next time; after 3 misses in a row, go on with 90 % of that weight";
    assert!(lines[2].ends_with(rest), "{lines:#?}");
}

#[test]
fn criteria_name_the_weeks_of_phases_of_the_same_kind() {
    let sessions = "sessions: [{session: day, day: monday}]";
    let phases = format!(
        "{{id: a, kind: rehab, weeks: 2, {sessions}}}, {{id: b, kind: rehab, weeks: 3, {sessions}}}, {{id: c, kind: build, weeks: 1, {sessions}}}"
    );
    let words = "{name: Plan, summary: All., goal: Go., audience: You., exit: {a: [Ten raises.], c: [Done.]}, enter: {b: [No pain.]}}";
    let text = format!("{{level: 1, phases: [{phases}], words: {words}}}");
    let catalog = super::catalog("{sets: 3, reps: 8}", &[("programs/plan.yaml", &text)]);
    for page in [
        composed(&catalog, |unit, plan| program(unit, &catalog.programs["plan"], plan)),
        composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan)),
    ] {
        let text = read(&page.blocks).replace('\u{a0}', " ");
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("all of this is true")).collect();
        let [first, second, third] = lines.as_slice() else { panic!("{text}") };
        assert!(first.contains("weeks 1–2") && first.contains("Ten raises"), "{first}");
        assert!(second.contains("weeks 3–5") && second.contains("No pain"), "{second}");
        assert!(!third.contains("week 6") && third.contains("Done"), "the only one of its kind: {third}");
    }
}

#[test]
fn a_session_that_may_be_left_out_says_so_beside_its_name() {
    let grid = |main: &str| {
        let texts = if main.contains("text") { ", texts: {t: Dance.}" } else { "" };
        let day = format!("{{kind: strength, main: [{main}], words: {{name: Day{texts}}}}}");
        let phases = "{id: a, kind: base, weeks: 2, sessions: [{session: day, day: monday, or: [rest]}]}";
        let catalog = planned(phases, &[("sessions/day.yaml", &day)]);
        let page = composed(&catalog, |unit, plan| fridge(unit, &catalog.programs["plan"], plan));
        read(&page.blocks).replace('\u{a0}', " ")
    };
    let named = grid("{exercise: raise}");
    assert!(named.starts_with("Week | Monday / Day (Raise)_\n1 | ☐ 3 × 8 or rest\n"), "below its name: {named}");
    let unnamed = grid("{text: t}");
    assert!(!unnamed.contains("| or rest\n") && !unnamed.contains("| ☐ or rest\n"), "it would say nothing: {unnamed}");
}

#[test]
fn of_what_the_shares_of_a_grid_are_is_said_once() {
    let phases = |of: &str| {
        let rule = |exercise: &str, of: &str| {
            format!(
                "{{exercise: {exercise}, percent_table: {{of: {of}, weeks: [[{{reps: 5, at: 75 %}}, {{reps: 5, at: 85 %}}], [{{reps: 3, at: 90 %}}]]}}}}"
            )
        };
        format!(
            "{{id: a, kind: base, weeks: 2, sessions: [{{session: day, day: monday}}, {{session: other, day: friday}}], \
             progression: [{}, {}]}}",
            rule("raise", of),
            rule("curl", "tm")
        )
    };
    let day = "{kind: strength, main: [{exercise: raise}], words: {name: Day}}";
    let curl = "{kind: strength, defaults: {sets: 3, reps: 8}, words: {name: Curl, steps: [Curl.]}}";
    let other = "{kind: strength, main: [{exercise: curl}], words: {name: Other}}";
    let files = [("sessions/day.yaml", day), ("sessions/other.yaml", other), ("exercises/curl.yaml", curl)];
    for (of, said) in [
        ("tm", "85 %: 85 % of your training max"),
        ("1rm", "85 %: 85 % of your best single (Raise); 85 %: 85 % of your training max (Curl)"),
    ] {
        let catalog = planned(&phases(of), &files);
        let of = &catalog.programs["plan"];
        for page in [week_grid, fridge] {
            let page = read(&composed(&catalog, |unit, plan| page(unit, of, plan)).blocks).replace('\u{a0}', " ");
            assert!(page.lines().any(|line| line == said), "{page}");
        }
        for page in [program, session_sheets] {
            let page = read(&composed(&catalog, |unit, plan| page(unit, of, plan)).blocks).replace('\u{a0}', " ");
            assert!(page.contains(&said.replace("; ", "\n")), "{page}");
        }
    }
}
