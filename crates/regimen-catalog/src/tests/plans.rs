//! Plans of one small programme, changed by a line or two in each test.

use jiff::civil::Date;

use crate::{Diagnostic, Files, Id, Severity, load_files};
use regimen_model::model::{Anchor, RunStep, Schedule};
use regimen_model::plan::{Instruction, Plan, PlannedBlock, PlannedItem, PlannedSession, expand};
use regimen_model::vocabulary::{Section, Weekday};

const EXERCISE: &str = "kind: strength
pattern: hinge
laterality: bilateral
level: 2
muscles: [{target: muscle:soleus, role: prime}]
defaults: {sets: 3, reps: 8-10, rpe: 6, load: 40 kg}
words: {name: Hinge, summary: A hinge., steps: [Hinge.]}
";

const SESSION: &str = "kind: strength
duration: 40 min
warm_up: [{use: warm-up}]
main: [{exercise: hinge}]
accessory: [{superset: [{exercise: hold}], rounds: 3}]
words: {name: Strength}
";

const RUN: &str = "kind: run
duration: 60 min
main:
  - run:
      - {duration: 10 min, intensity: warm-up}
      - {id: efforts, repeat: 4, steps: [{id: fast, duration: 400 m}, {duration: 90 s, intensity: recovery}]}
      - {id: long, duration: 8 km, target: zone 2}
words: {name: Run}
";

/// The plan of a programme with these phases, dated if there is a start; else its findings.
pub(super) fn plan(phases: &str, start: Option<&str>) -> Result<Plan, Vec<String>> {
    let anchor = start.map(|start| Anchor::Start(start.parse().expect("a date")));
    plan_for(phases, anchor.map(|anchor| (anchor, &[][..])))
}

/// The plan of a programme with these phases for a reader with this anchor and these days; else its findings.
fn plan_for(phases: &str, reader: Option<(Anchor, &[Weekday])>) -> Result<Plan, Vec<String>> {
    plan_of(&[], phases, reader)
}

/// The same, with more files.
pub(super) fn plan_of(
    more: &[(&str, &str)],
    phases: &str,
    reader: Option<(Anchor, &[Weekday])>,
) -> Result<Plan, Vec<String>> {
    let plan = plan_or_findings(more, phases, reader);
    plan.map_err(|findings| findings.into_iter().map(|finding| finding.message).collect())
}

/// The same, else its findings in full.
pub(super) fn plan_or_findings(
    more: &[(&str, &str)],
    phases: &str,
    reader: Option<(Anchor, &[Weekday])>,
) -> Result<Plan, Vec<Diagnostic>> {
    let schedule = |(anchor, days): (Anchor, &[Weekday])| {
        let program = "p".parse().expect("an id");
        Schedule { available_days: days.to_vec(), ..Schedule::new(program, anchor) }
    };
    plan_for_schedule(more, phases, reader.map(schedule).as_ref())
}

/// The same for a schedule of the programme `p`.
pub(super) fn plan_for_schedule(
    more: &[(&str, &str)],
    phases: &str,
    schedule: Option<&Schedule>,
) -> Result<Plan, Vec<Diagnostic>> {
    let mobility = SESSION.replace("strength", "mobility").replace("warm_up: [{use: warm-up}]\n", "");
    let hold = EXERCISE.replace("reps: 8-10, rpe: 6, load: 40 kg", "hold: 20 s");
    let fragment = "blocks: [{exercise: hinge, dose: {reps: 5}}]\nwords: {name: Warm-up}\n";
    let words = "words: {name: P, summary: A., goal: B., audience: C.}";
    let program = format!("level: 1\nphases:\n{phases}\n{words}\n");
    let muscle = "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}";
    let files: Files = [
        ("regimen.yaml", "language: en\nwords: {title: T}\n"),
        ("muscles/soleus.yaml", muscle),
        ("exercises/hinge.yaml", EXERCISE),
        ("exercises/hold.yaml", &hold),
        ("fragments/warm-up.yaml", fragment),
        ("sessions/strength.yaml", SESSION),
        ("sessions/mobility.yaml", &mobility),
        ("sessions/run.yaml", RUN),
        (
            "sessions/race.yaml",
            "kind: race\nduration: 2 h\nmain: [{run: [{duration: 21.1 km}]}]\nwords: {name: Race}\n",
        ),
        ("programs/p.yaml", &program),
    ]
    .into_iter()
    .chain(more.iter().copied())
    .map(|(file, text)| (file.into(), text.as_bytes().into()))
    .collect();
    let loaded = load_files(&files);
    // Whether it is good training is the linter's business.
    let errors: Vec<_> = loaded.findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let catalog = loaded.catalog.expect("no errors, so there is a catalogue");
    let id: Id<_> = "p".parse().expect("an id");
    let name = "s".parse().expect("an id");
    expand(&catalog, &catalog.programs[&id], schedule.map(|schedule| (&name, schedule)))
}

/// One phase of this many weeks with the given sessions, then whatever lines follow.
pub(super) fn phase(weeks: u32, sessions: &str, more: &str) -> String {
    format!("  - {{id: a, kind: base, weeks: {weeks}, sessions: [{sessions}]{more}}}")
}

const TUESDAY: &str = "{session: strength, day: tuesday}";

/// The doses of the main part, week by week, as written.
fn main_doses(plan: &Plan) -> Vec<String> {
    let sessions = plan.sessions().map(|session| {
        let part = session.parts.iter().find(|part| part.section == Section::Main);
        match &part.expect("a main part").blocks[0] {
            PlannedBlock::Item(item) => {
                let work = match &item.dose.work {
                    crate::model::Work::Reps(reps) => reps.to_string(),
                    other => format!("{other:?}"),
                };
                let load = item.dose.load.get().map(ToString::to_string).unwrap_or_default();
                let rpe = item.dose.rpe.map(|rpe| rpe.to_string()).unwrap_or_default();
                format!("{}x{work} {load} @{rpe}", item.dose.sets)
            }
            other => panic!("{other:?}"),
        }
    });
    sessions.collect()
}

#[test]
fn days_count_from_the_day_of_the_start() {
    let sessions = "{session: strength, day: sunday}, {session: strength, day: tuesday}";
    let dates = |start| {
        let plan = plan(&phase(2, sessions, ""), start).expect("a plan");
        plan.sessions().map(|s| s.date.map_or_else(|| s.day.to_string(), |d| d.to_string())).collect::<Vec<_>>()
    };
    assert_eq!(dates(None), ["tuesday", "sunday", "tuesday", "sunday"]);
    assert_eq!(dates(Some("2027-01-04")), ["2027-01-05", "2027-01-10", "2027-01-12", "2027-01-17"]);
    // A Wednesday: its week runs to the next Tuesday.
    assert_eq!(dates(Some("2027-01-06")), ["2027-01-10", "2027-01-12", "2027-01-17", "2027-01-19"]);
}

#[test]
fn slots_stay_when_days_change_and_are_unique() {
    let slots = |sessions| {
        let plan = plan(&phase(1, sessions, ""), None).expect("a plan");
        plan.sessions().map(|session| session.slot.clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        slots("{session: strength, day: monday}, {session: strength, day: friday}"),
        ["w1-strength", "w1-strength-2"]
    );
    assert_eq!(slots("{session: strength, day: sunday, slot: hard}"), ["w1-hard"]);
}

#[test]
fn steps_add_up_to_their_cap() {
    let grown = |add: &str| {
        let more = format!(", progression: [{{exercise: hinge, linear: {{{add}}}}}]");
        main_doses(&plan(&phase(4, TUESDAY, &more), None).expect("a plan"))
    };
    assert_eq!(
        grown("add: 1 reps, cap: 12 reps")[3],
        "3x10-12 40 kg @6",
        "both ends rise until the upper reaches the cap"
    );
    assert_eq!(
        grown("add: 1 sets, every: 2"),
        ["3x8-10 40 kg @6", "3x8-10 40 kg @6", "4x8-10 40 kg @6", "4x8-10 40 kg @6"]
    );
    assert_eq!(grown("add: 2.5 kg")[3], "3x8-10 47.5 kg @6");
    assert_eq!(grown("add: 2 rpe")[3], "3x8-10 40 kg @10", "effort ends at 10");
}

#[test]
fn lists_and_starting_doses_replace_the_sessions_dose() {
    let more = ", progression: [{exercise: hinge, explicit: [{reps: 5}, {reps: 6}]}]";
    assert_eq!(main_doses(&plan(&phase(2, TUESDAY, more), None).expect("a plan")), ["1x5  @", "1x6  @"]);
    let more = ", progression: [{exercise: hinge, from: {sets: 2, reps: 5}, linear: {add: 1 reps}}]";
    assert_eq!(main_doses(&plan(&phase(2, TUESDAY, more), None).expect("a plan")), ["2x5  @", "2x6  @"]);
}

#[test]
fn lighter_weeks_have_fewer_sets_but_as_much_mobility_and_warm_up() {
    let sessions = "{session: strength, day: tuesday}, {session: mobility, day: friday}";
    let light = plan(&phase(1, sessions, ", volume: 60 %"), None).expect("a plan");
    assert_eq!(main_doses(&light), ["2x8-10 40 kg @6", "3x8-10 40 kg @6"]);
    let rounds = light.sessions().map(|session| match session.parts.last().map(|part| &part.blocks[0]) {
        Some(PlannedBlock::Group { format, .. }) => format.rounds().expect("rounds").low(),
        other => panic!("{other:?}"),
    });
    assert_eq!(rounds.collect::<Vec<_>>(), [2, 3]);
    let least = plan(&phase(1, TUESDAY, ", volume: 1 %"), None).expect("a plan");
    assert_eq!(main_doses(&least), ["1x8-10 40 kg @6"]);
}

#[test]
fn what_cannot_be_meant_is_a_finding() {
    let wrong = |more: &str, start| plan(&phase(2, TUESDAY, more), start).expect_err("a finding").join("; ");
    let progression = |what: &str| format!(", progression: [{{exercise: hinge, {what}}}]");
    assert!(wrong(&progression("linear: {add: 5 s}"), None).contains("`5 s` does not fit"));
    assert!(wrong(&progression("linear: {add: 5 lb}"), None).contains("`5 lb` does not fit"));
    assert!(wrong(&progression("linear: {add: 1 reps, cap: 5 sets}"), None).contains("not of the same kind"));
    assert!(
        wrong(&progression("explicit: [{reps: 5}]"), None)
            .contains("`explicit` has 1 entry, and the phase has 2 weeks")
    );
    assert!(
        wrong(&progression("explicit: [{reps: 5}, {reps: 5}, {reps: 5}]"), None).contains("`explicit` has 3 entries")
    );
    assert!(
        wrong(", progression: [{exercise: hold, session: mobility, from: {hold: 5 s}}]", None).contains("no session")
    );
    assert!(wrong("", Some("9999-12-30")).contains("beyond the last date"));
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn dates(plan: &Plan) -> Vec<String> {
    plan.sessions().filter_map(|session| session.date).map(|date| date.to_string()).collect()
}

#[test]
fn an_end_or_a_race_holds_a_programme_as_well_as_a_start() {
    let two_weeks = phase(2, TUESDAY, "");
    let plan = plan_for(&two_weeks, Some((Anchor::End(date("2027-01-17")), &[]))).expect("a plan");
    assert_eq!(dates(&plan), ["2027-01-05", "2027-01-12"]);

    // The race is planned for a Sunday, and this one is on a Saturday; a week of recovery follows. Both keep their distance from it.
    let race = "  - {id: b, kind: race, weeks: 1, sessions: [{session: strength, day: tuesday}, \
                {session: race, day: sunday, slot: goal}]}";
    let phases = format!("{two_weeks}\n{race}\n{}", phase(1, TUESDAY, "").replace("id: a", "id: c"));
    let held = |event: Option<&str>| {
        let event = event.map(|event| event.parse().expect("an id"));
        plan_for(&phases, Some((Anchor::Race { date: date("2027-04-24"), event }, &[])))
    };
    let expected = ["2027-04-06", "2027-04-13", "2027-04-19", "2027-04-24", "2027-04-26"];
    assert_eq!(dates(&held(None).expect("a plan")), expected);
    assert_eq!(dates(&held(Some("goal")).expect("a plan")), expected);
    assert!(held(Some("goat")).expect_err("no such race")[0].contains("no race `goat`"));
    let none = plan_for(&two_weeks, Some((Anchor::Race { date: date("2027-04-24"), event: None }, &[])));
    assert!(none.expect_err("no race")[0].contains("no session of the kind `race`"));
    let early = plan_for(&two_weeks, Some((Anchor::End(Date::MIN), &[])));
    assert!(early.expect_err("too early")[0].contains("before the first date"));
}

#[test]
fn numbered_days_move_to_the_days_of_the_reader() {
    use Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday};
    let sessions = "{session: strength, day: 2}, {session: strength, day: 4, min_gap: 48 h, slot: second}";
    let days = |available: &[Weekday]| {
        let plan = plan_for(&phase(2, sessions, ""), Some((Anchor::Start(date("2027-01-04")), available)))?;
        let shown = |session: &PlannedSession| session.weekday().expect("a date").to_string();
        Ok::<_, Vec<String>>(plan.sessions().map(shown).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(days(&[]), Ok("tuesday thursday tuesday thursday".into()));
    assert_eq!(days(&[Monday, Friday]), Ok("monday friday monday friday".into()));
    assert_eq!(days(&[Tuesday, Saturday, Sunday]), Ok("tuesday saturday tuesday saturday".into()));
    assert_eq!(days(&[Thursday, Friday, Sunday]), Ok("thursday sunday thursday sunday".into()));
    assert!(days(&[Friday]).expect_err("one day")[0].contains("on 2 days, but the reader can train on 1"));
    assert!(days(&[Monday, Tuesday]).expect_err("no gap")[0].contains("1 day after the strength session before it"));
    let fixed = plan_for(&phase(1, TUESDAY, ""), Some((Anchor::Start(date("2027-01-04")), &[Monday])));
    assert!(fixed.expect_err("not a Tuesday")[0].contains("is on a tuesday"));
    let close = "{session: strength, day: tuesday}, {session: strength, day: wednesday, min_gap: 48 h, slot: b}";
    assert!(plan(&phase(1, close, ""), None).expect_err("a day")[0].contains("`b` comes 1 day after"));
}

#[test]
fn a_single_week_may_differ() {
    let more = ", overrides: [{week: 2, volume: 50 %, kind: deload}, {week: 3, without: [strength]}, \
                {week: 4, sessions: [{session: mobility, day: 3}]}]";
    let plan = plan(&phase(4, TUESDAY, more), None).expect("a plan");
    let kinds: Vec<_> = plan.weeks.iter().map(|week| week.kind.as_str()).collect();
    assert_eq!(kinds, ["base", "deload", "base", "base"]);
    let sessions: Vec<_> = plan.weeks.iter().map(|week| week.sessions.len()).collect();
    assert_eq!(sessions, [1, 1, 0, 1]);
    assert_eq!(main_doses(&plan)[..2], ["3x8-10 40 kg @6", "2x8-10 40 kg @6"]);
    for (wrong, said) in [
        ("[{week: 5}]", "has no week 5"),
        ("[{week: 0}]", "has no week 0"),
        ("[{week: 1}, {week: 1}]", "overridden twice"),
        ("[{week: 1, without: [strenght]}]", "no session `strenght` to leave out"),
    ] {
        let findings = self::plan(&phase(4, TUESDAY, &format!(", overrides: {wrong}")), None);
        assert!(findings.expect_err(said)[0].contains(said));
    }
}

#[test]
fn lighter_weeks_lift_less_in_steps_that_the_plates_allow() {
    let doses = |more: &str| main_doses(&plan(&phase(1, TUESDAY, more), None).expect("a plan")).join(" ");
    assert_eq!(doses(", load: 90 %"), "3x8-10 35 kg @6", "36 kg is no multiple of 2.5 kg");
    assert_eq!(doses(", load: 1 %"), "3x8-10 2.5 kg @6");
    assert_eq!(doses(", load: 110 %, volume: 1 %"), "1x8-10 45 kg @6", "44 kg is nearer to 45 kg");
    let pounds = last_doses("reps: 8", "{exercise: e, dose: {reps: 5, load: 52 lb}}", ", load: 90 %");
    assert_eq!(pounds.expect("a plan"), ["1 5 45 lb"], "46.8 lb is no multiple of 5 lb");
}

#[test]
fn amounts_written_for_a_week_are_final() {
    let lighter = ", overrides: [{week: 2, volume: 50 %, load: 50 %}]";
    let doses = |progression: &str| {
        let more = format!("{lighter}, progression: [{{exercise: hinge, {progression}}}]");
        main_doses(&plan(&phase(2, TUESDAY, &more), None).expect("a plan"))
    };
    let dose = "{sets: 4, reps: 5, load: 60 kg}";
    assert_eq!(doses(&format!("explicit: [{dose}, {dose}]")), ["4x5 60 kg @", "4x5 60 kg @"]);
    let table = "percent_table: {of: tm, weeks: [[{sets: 4, reps: 5, at: 80 %}], [{sets: 4, reps: 5, at: 80 %}]]";
    assert_eq!(doses(&format!("{table}}}")), ["4x5 80 %tm @", "4x5 80 %tm @"]);
    assert_eq!(
        doses(&format!("{table}, then: 5 kg}}"))[1],
        "2x5 40 %tm @",
        "a table that comes again is no week's own"
    );
    assert_eq!(doses(&format!("from: {dose}"))[1], "2x5 30 kg @");
    let run = |progression: &str| {
        let more = format!("{lighter}, progression: [{progression}]");
        let plan = plan(&phase(2, "{session: run, day: sunday}", &more), None).expect("a plan");
        let part = &plan.weeks[1].sessions[0].parts[0];
        let PlannedBlock::Run(steps) = &part.blocks[0] else { panic!("{part:?}") };
        let amount = |step: &RunStep| match step {
            RunStep::Repeat(repeat) => repeat.times.to_string(),
            RunStep::Stretch(stretch) => stretch.length.to_string(),
        };
        steps.iter().map(amount).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(run("{step: long, lengths: [8 km, 7 km]}"), "10 min, 2, 7 km");
    assert_eq!(run("{step: efforts, repeats: [6, 5]}"), "10 min, 5, 4 km");
}

#[test]
fn the_rounds_are_the_sets_of_an_exercise_in_turns() {
    let of = |block: &str| {
        let exercise = "{kind: strength, pattern: hinge, level: 2, defaults: {sets: 2, reps: 10}, \
                        words: {name: E, summary: E., steps: [E.]}}";
        let session = format!("kind: strength\nduration: 40 min\nmain: [{block}]\nwords: {{name: S}}\n");
        let files = [("exercises/e.yaml", exercise), ("sessions/s.yaml", session.as_str())];
        let plan = plan_of(&files, &phase(1, "{session: s, day: monday}", ""), None).expect("a plan");
        let (_, item) = plan.weeks[0].sessions[0].items().next().expect("an item");
        item.dose.sets.to_string()
    };
    for format in ["superset", "circuit", "emom"] {
        assert_eq!(of(&format!("{{{format}: [{{exercise: e}}], rounds: 3}}")), "1", "{format}");
    }
    assert_eq!(of("{superset: [{exercise: e, dose: {sets: 2, reps: 8}}], rounds: 3}"), "2", "the session says so");
    assert_eq!(of("{exercise: e}"), "2");
}

#[test]
fn a_dose_inherits_side_rest_tempo_and_band() {
    let exercise = "kind: strength, pattern: hinge, laterality: unilateral, level: 2, muscles: [{target:                     muscle:soleus, role: prime}], words: {name: E, summary: E., steps: [E.]}";
    let defaults = "defaults: {sets: 3, reps: 8, per_side: true, tempo: 3-1-1-0, load: band red, rest: 60 s, rpe: 7}";
    let written = |block: &str, progression: &str| {
        let session = format!("kind: strength\nduration: 40 min\nmain: [{block}]\nwords: {{name: S}}\n");
        let exercise = format!("{{{exercise}, {defaults}}}");
        let files = [("exercises/e.yaml", exercise.as_str()), ("sessions/s.yaml", session.as_str())];
        let more = if progression.is_empty() { String::new() } else { format!(", progression: [{progression}]") };
        let plan = plan_of(&files, &phase(1, "{session: s, day: monday}", &more), None).expect("a plan");
        let (_, item) = plan.weeks[0].sessions[0].items().next().expect("an item");
        let dose = serde_json::to_value(&item.dose).expect("a dose");
        let key = |key: &str| dose.get(key).map_or("-".to_owned(), |value| value.to_string().replace('"', ""));
        ["per_side", "tempo", "load", "rest", "rpe"].map(key).join(" ")
    };
    let straight = |dose: &str| written(&format!("{{exercise: e, dose: {{{dose}}}}}"), "");
    assert_eq!(straight("sets: 2, reps: 6"), "true 3-1-1-0 band red 60 s -");
    assert_eq!(
        straight("sets: 2, reps: 6, per_side: false, tempo: none, load: none, rest: none"),
        "false none none none -"
    );
    assert_eq!(straight("sets: 2, reps: 6, tempo: 2-0-2-0, load: 20 kg, rest: 90 s"), "true 2-0-2-0 20 kg 90 s -");
    assert_eq!(straight("sets: 2, hold: 30 s"), "true - band red 60 s -", "a tempo is for repetitions");
    assert_eq!(straight("reps: 6"), "true 3-1-1-0 band red - -", "one set has no rest between sets");

    let turns = |block: &str| written(block, "");
    let item = "[{exercise: e, dose: {sets: 2, reps: 6}}]";
    let no_rest = "true 3-1-1-0 band red - -";
    assert_eq!(turns(&format!("{{superset: {item}, rounds: 3, rest: 2 min}}")), no_rest);
    assert_eq!(turns(&format!("{{emom: {item}, rounds: 3}}")), no_rest);
    assert_eq!(turns("{superset: [{exercise: e}], rounds: 3, rest: 2 min}"), "true 3-1-1-0 band red - 7");
    assert_eq!(turns("{circuit: [{exercise: e}], rounds: 3, rest: 2 min}"), "true 3-1-1-0 band red - 7");
    assert_eq!(turns("{circuit: [{exercise: e}], rounds: 3}"), "true 3-1-1-0 band red 60 s 7");
    assert_eq!(turns("{superset: [{exercise: e, dose: {reps: 6, rest: 15 s}}]}"), "true 3-1-1-0 band red 15 s -");

    let grown = |dose: &str, progression: &str| {
        written(&format!("{{exercise: e, dose: {{{dose}}}}}"), &format!("{{exercise: e, {progression}}}"))
    };
    assert_eq!(
        grown("sets: 3, reps: 6, rest: 2 min, tempo: none", "explicit: [{sets: 4, reps: 5}]"),
        "true none band red 2 min -",
        "from the session's dose first"
    );
    assert_eq!(grown("reps: 6", "explicit: [{sets: 4, reps: 5, rest: none}]"), "true 3-1-1-0 band red none -");
    assert_eq!(grown("reps: 6", "from: {sets: 2, reps: 5}, linear: {add: 1 reps}"), "true 3-1-1-0 band red 60 s -");
    let table = "percent_table: {of: tm, weeks: [[{sets: 2, reps: 5, at: 80 %}]]}";
    assert_eq!(grown("reps: 6", table), "true 3-1-1-0 80 %tm 60 s -");
}

/// The doses of the work of the last week of a phase, as they are written; this exercise's, in this main part.
pub(super) fn last_doses(defaults: &str, main: &str, more: &str) -> Result<Vec<String>, Vec<String>> {
    let exercise =
        format!("{{kind: strength, level: 2, defaults: {{{defaults}}}, words: {{name: E, summary: E., steps: [E.]}}}}");
    let session = format!("kind: strength\nduration: 40 min\nmain: [{main}]\nwords: {{name: S}}\n");
    let files = [("exercises/e.yaml", exercise.as_str()), ("sessions/s.yaml", session.as_str())];
    let plan = plan_of(&files, &phase(2, "{session: s, day: monday}", more), None)?;
    let work = |item: &PlannedItem| {
        let dose = serde_json::to_value(&item.dose).expect("a dose");
        let text =
            |value: &serde_json::Value| value.to_string().replace(['"', '['], "").replace(']', "").replace(',', "/");
        let keys = ["sets", "reps", "hold", "time", "distance", "load", "rpe", "rir", "rest"]
            .into_iter()
            .filter_map(|key| dose.get(key).map(text));
        keys.collect::<Vec<_>>().join(" ")
    };
    Ok(plan.weeks[1].sessions[0].items().map(|(_, item)| work(item)).collect())
}

/// Sets, work and load of an item: `3 x 8 40 kg`.
pub(super) fn sets_and_load(item: &PlannedItem) -> String {
    let load = item.dose.load.get().map(|load| format!(" {load}")).unwrap_or_default();
    format!("{} x {}{load}", item.dose.sets, item.dose.work.amounts())
}

#[test]
fn sets_that_differ_change_together() {
    let of = |dose: &str, more: &str| {
        last_doses("reps: 8, rest: 60 s", &format!("{{exercise: e, dose: {dose}}}"), more).expect("a plan")
    };
    let linear = |step: &str| format!(", progression: [{{exercise: e, linear: {{{step}}}}}]");
    assert_eq!(of("{reps: [12, 10, 8]}", &linear("add: 1 reps")), ["3 13/11/9 60 s"]);
    assert_eq!(
        of("{reps: [12, 10, 5+]}", &linear("add: 3 reps, cap: 13 reps")),
        ["3 13/11/6+ 60 s"],
        "the highest stops all"
    );
    assert_eq!(of("{reps: 8, load: [40 kg, 50 kg]}", &linear("add: 5 kg")), ["2 8 45 kg/55 kg 60 s"]);
    assert_eq!(of("{sets: 2, reps: 8, hold: 5 s}", &linear("add: 1 s")), ["2 8 6 s 60 s"]);
    let top = "[{reps: 5, load: 100 kg}, {sets: 3, reps: 8, load: 85 %last}]";
    assert_eq!(of(top, &linear("add: 5 kg")), ["1 5 105 kg 60 s", "3 8 89.5 kg 60 s"]);

    let lighter = ", volume: 60 %, load: 80 %";
    assert_eq!(of("{reps: [12, 10, 8, 6], load: 50 kg}", lighter), ["2 12/10 40 kg 60 s"]);
    assert_eq!(of(top, lighter), ["1 5 80 kg 60 s", "1 8 68 kg 60 s"]);
    assert_eq!(of("[{reps: 10}, {reps: 10}, {reps: 10}]", lighter), ["1 10 60 s", "1 10 60 s"]);
    assert_eq!(of("[{sets: 3, reps: 5}, {reps: [12, 10, 8]}]", ", volume: 80 %"), ["3 5 60 s", "2 12/10 60 s"]);
    assert_eq!(of("[{sets: 2, reps: 5, set_type: warmup}, {sets: 5, reps: 5}]", lighter), ["2 5 60 s", "3 5 60 s"]);

    let explicit = ", progression: [{exercise: e, explicit: [{reps: 8}, [{reps: 5, load: 60 kg}, {sets: 2, reps: 8, load: 90 %last}]]}], volume: 50 %";
    assert_eq!(of("{sets: 3, reps: 8}", explicit), ["1 5 60 kg 60 s", "2 8 54 kg 60 s"], "final");
    let drop = "[{reps: 10, load: 12 kg}, {reps: 10, load: 75 %last, set_type: dropset}, {reps: 8, load: 75 %last, set_type: dropset}]";
    assert_eq!(of(drop, ""), ["1 10 12 kg", "1 10 9 kg", "1 8 7 kg"], "no rest before a drop, nor after it");
    assert_eq!(of("{reps: [5, 5, 5], load: [100 kg, 90 %last, 90 %last]}", ""), ["3 5/5/5 100 kg/90 kg/81 kg 60 s"]);
    assert_eq!(
        of("[{reps: 5, load: 80 %1rm}, {reps: 8, load: 90 %last}]", ""),
        ["1 5 80 %1rm 60 s", "1 8 90 %last 60 s"]
    );
    let wrong = |dose: &str, step: &str| {
        last_doses("reps: 8", &format!("{{exercise: e, dose: {dose}}}"), &linear(step))
            .expect_err("an error")
            .join("; ")
    };
    assert!(wrong("{reps: [12, 10]}", "add: 1 sets").ends_with("whose sets differ"));
    assert!(
        wrong(top, "add: 1 rpe")
            .contains("a step of `1 rpe` does not fit `[{sets: 1, reps: 5, load: 100 kg}, {sets: 3,")
    );
    let double = |reps: &str| {
        let more = format!(", progression: [{{exercise: e, double: {{reps: {reps}, add: 2.5 kg}}}}]");
        last_doses("reps: 8", "{exercise: e, dose: {reps: [12, 10], load: 40 kg}}", &more)
    };
    assert!(double("8-11").expect_err("an error")[0].contains("the same repetitions in all sets"));
    assert_eq!(double("8-12").expect("a plan").len(), 1, "each set has the number that it must reach");
}

#[test]
fn a_list_in_turns_has_one_for_each_round() {
    let of = |dose: &str, rounds: u32, more: &str| {
        let main = format!("{{circuit: [{{exercise: e, dose: {{{dose}}}}}], rounds: {rounds}, rest: 1 min}}");
        last_doses("reps: 8", &main, more).expect("a plan")
    };
    assert_eq!(of("reps: [21, 15, 9]", 3, ""), ["1 21/15/9"]);
    assert_eq!(of("reps: [21, 15, 9]", 1, ""), ["3 21/15/9"]);
    assert_eq!(of("reps: [21, 15, 9]", 3, ", volume: 60 %"), ["1 21/15"], "as many as there are rounds");
    assert_eq!(of("reps: [21, 15, 9]", 3, ", volume: 30 %"), ["1 21"]);
    let two = |more: &str| {
        let main = "{circuit: [{exercise: e, dose: [{reps: [21, 15, 9]}, {reps: [5, 4, 3]}]}], rounds: 3, rest: 1 min}";
        last_doses("reps: 8", main, more).expect("a plan")
    };
    assert_eq!(two(", volume: 100 %"), ["1 21/15/9", "1 5/4/3"]);
    assert_eq!(two(", volume: 80 %"), ["1 21/15", "1 5/4"], "of several doses as well");
}

#[test]
fn a_line_has_a_progression_of_its_own() {
    let both = "{id: heavy, exercise: e, dose: {sets: 3, reps: 5}}, {exercise: e, dose: {sets: 2, reps: 12}}";
    let of = |main: &str, rules: &str| {
        last_doses("reps: 8", main, &format!(", progression: [{rules}]")).expect("a plan").join("; ")
    };
    assert_eq!(of(both, "{item: heavy, linear: {add: 1 reps}}"), "3 6; 2 12");
    assert_eq!(of(both, "{exercise: e, linear: {add: 1 reps}}"), "3 6; 2 13");
    let special = "{item: heavy, from: {reps: 3}}";
    assert_eq!(of(both, &format!("{special}, {{exercise: e, linear: {{add: 1 reps}}}}")), "1 3; 2 13", "in any order");
    let general = "{exercise: e, from: {sets: 4, reps: 4}}";
    assert_eq!(of(both, general), "4 4; 4 4");
    assert_eq!(of(&format!("{both}, {{exercise: e}}"), general), "3 5; 2 12; 4 4", "written doses stay");
}

#[test]
fn how_often_side_and_pain_are_inherited() {
    let defaults = "defaults: {reps: 8, times_per_day: 3, side: affected, pain: 4}";
    let of = |dose: &str, progression: &str| {
        let exercise =
            format!("{{kind: strength, level: 2, {defaults}, words: {{name: E, summary: E., steps: [E.]}}}}");
        let session = format!("kind: strength\nduration: 40 min\nmain: [{{exercise: e{dose}}}]\nwords: {{name: S}}\n");
        let files = [("exercises/e.yaml", exercise.as_str()), ("sessions/s.yaml", session.as_str())];
        let plan = plan_of(&files, &phase(1, "{session: s, day: monday}", progression), None).expect("a plan");
        let (_, item) = plan.weeks[0].sessions[0].items().next().expect("an item");
        let dose = serde_json::to_value(&item.dose).expect("a dose");
        let key = |key: &str| dose.get(key).map_or("-".to_owned(), |value| value.to_string().replace('"', ""));
        ["times_per_day", "every", "side", "per_side", "pain"].map(key).join(" ")
    };
    assert_eq!(of("", ""), "3 - affected false 4");
    assert_eq!(of(", dose: {reps: 6}", ""), "3 - affected false 4");
    let explicit = ", progression: [{exercise: e, explicit: [{sets: 2, reps: 5}]}]";
    assert_eq!(of("", explicit), "3 - affected false 4", "what a progression does not say");
    assert_eq!(of(", dose: {reps: 6, every: 2 h, pain: 0}", ""), "- 2 h affected false 0");
    assert_eq!(of(", dose: {reps: 6, times_per_day: 1, per_side: false}", ""), "1 - - false 4");
    assert_eq!(of(", dose: {reps: 6, side: each}", ""), "3 - - true 4");
}

#[test]
fn steps_pause_in_lighter_weeks() {
    let grown = |linear: &str| {
        let more = format!(", progression: [{{exercise: hinge, linear: {{{linear}}}}}]");
        main_doses(&plan(&phase(6, TUESDAY, &more), None).expect("a plan")).join("; ").replace("3x8-10 ", "")
    };
    assert_eq!(
        grown("add: 5 kg, deload: {every: 3, to: 60 %}"),
        "40 kg @6; 45 kg @6; 25 kg @6; 50 kg @6; 55 kg @6; 35 kg @6"
    );
    assert_eq!(grown("add: 5 kg, cap: 50 kg"), "40 kg @6; 45 kg @6; 50 kg @6; 50 kg @6; 50 kg @6; 50 kg @6");
}

#[test]
fn what_depends_on_results_is_said_and_not_guessed() {
    let first = |more: &str, week: usize| {
        let more = format!(", progression: [{{exercise: hinge, {more}}}]");
        let plan = plan(&phase(4, TUESDAY, &more), None).expect("a plan");
        let session = plan.sessions().nth(week).expect("a session").clone();
        let items = session.items().filter(|(section, _)| *section == Section::Main);
        items.map(|(_, item)| item.clone()).collect::<Vec<_>>()
    };
    let doubled = first("double: {reps: 6-9, add: 2.5 kg}", 2);
    assert!(matches!(doubled[0].instruction, Some(Instruction::AddLoad { reach: 9, again_at: 6, cap: None, .. })));
    let table = "percent_table: {of: tm, then: 5 kg, weeks: [[{reps: 5, at: 65 %}, {reps: amrap, at: 85 %}], \
                 [{sets: 3, reps: 3, at: 70 %}]]}";
    let loads = |week| {
        let items = first(table, week);
        items.iter().map(|item| item.dose.load.get().expect("a load").to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!([loads(0), loads(1), loads(2)], ["65 %tm 85 %tm", "70 %tm", "65 %tm 85 %tm"]);
    assert_eq!(first(table, 1)[0].instruction, None);
    assert!(matches!(first(table, 2)[0].instruction, Some(Instruction::RaiseBest { .. })));
}

#[test]
fn runs_grow_by_the_names_of_their_steps() {
    let run = "{session: run, day: sunday}";
    let steps = |more: &str| {
        let plan = plan(&phase(3, run, more), None)?;
        let steps = plan.sessions().map(|session| match &session.parts[0].blocks[0] {
            PlannedBlock::Run(steps) => match steps.as_slice() {
                [_, RunStep::Repeat(repeat), RunStep::Stretch(long)] => match &repeat.steps[0] {
                    RunStep::Stretch(fast) => format!("{} x {}, {}", repeat.times, fast.length, long.length),
                    other @ RunStep::Repeat(_) => panic!("{other:?}"),
                },
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        });
        Ok::<_, Vec<String>>(steps.collect::<Vec<_>>())
    };
    let all = ", progression: [{step: efforts, repeats: [4, 5, 6]}, {step: fast, lengths: [400 m, 400 m, 500 m]}, \
               {step: long, linear: {add: 2 km, cap: 11 km}}]";
    assert_eq!(steps(all).expect("a plan"), ["4 x 400 m, 8 km", "5 x 400 m, 10 km", "6 x 500 m, 11 km"]);
    assert_eq!(steps(", volume: 50 %").expect("a plan")[0], "2 x 400 m, 4 km");
    for (wrong, said) in [
        ("{step: efforts, lengths: [1 km, 1 km, 1 km]}", "is a repeat"),
        ("{step: long, repeats: [1, 2, 3]}", "is a stretch"),
        ("{step: long, lengths: [1 km]}", "`lengths` has 1 entry, and the phase has 3 weeks"),
        ("{step: long, linear: {add: 1 reps}}", "does not fit `duration: 8 km`"),
        ("{step: lang, linear: {add: 1 km}}", "has `lang` in its main"),
    ] {
        let findings = steps(&format!(", progression: [{wrong}]")).expect_err(said);
        assert!(findings[0].contains(said), "{findings:?}");
    }
}

#[test]
fn loads_that_cannot_grow_as_they_say_are_findings() {
    for (change, said) in [
        ("from: {reps: 5, load: 60 kg}, double: {reps: 8-12, add: 2.5 kg, cap: 50 kg}", "below `60 kg`"),
        ("from: {reps: 5, load: 60 lb}, double: {reps: 8-12, add: 2.5 kg}", "does not fit `load: 60 lb`"),
        ("from: {reps: 5, load: 70 %1rm}, double: {reps: 8-12, add: 2.5 kg}", "does not fit `load: 70 %1rm`"),
        ("double: {reps: 8-12, add: 2.5 kg, cap: 50 lb}", "the cap `50 lb` is not of the same kind"),
        ("double: {reps: 8-12, add: 2-3 kg}", "is not a step of weight"),
        ("double: {reps: 8-12, add: 10 rm}", "is not a step of weight"),
        ("linear: {add: 5 kg, deload: {every: 2, to: 150 %}}", "makes no week lighter"),
        ("linear: {add: 5 kg, deload: {every: 1, to: 50 %}}", "makes no week lighter"),
    ] {
        let more = format!(", progression: [{{exercise: hinge, {change}}}]");
        let findings = plan(&phase(2, TUESDAY, &more), None).expect_err(said);
        assert!(findings.iter().any(|finding| finding.contains(said)), "{findings:?}");
    }
}

#[test]
fn effort_keeps_the_width_of_its_range_at_the_top() {
    let more = ", progression: [{exercise: hinge, from: {reps: 5, rpe: 9-9.5, load: 42.5 kg}, linear: {add: 0.5 rpe}}]";
    let plan = plan(&phase(3, TUESDAY, more), None).expect("a plan");
    assert_eq!(main_doses(&plan), ["1x5 42.5 kg @9-9.5", "1x5 42.5 kg @9.5-10", "1x5 42.5 kg @9.5-10"]);
}

#[test]
fn the_last_race_of_several_weeks_is_held() {
    let race = "{session: race, day: sunday}";
    let held = plan_for(&phase(2, race, ""), Some((Anchor::Race { date: date("2027-04-25"), event: None }, &[])));
    let dates: Vec<_> = held.expect("a plan").sessions().filter_map(|session| session.date).collect();
    assert_eq!(dates, [date("2027-04-18"), date("2027-04-25")]);
    let early = plan_for(&phase(2, race, ""), Some((Anchor::End(date("0001-01-03")), &[])));
    assert!(early.expect_err("no such year")[0].contains("before the first date"));
}

#[test]
fn caps_below_the_start_are_findings() {
    let more = ", progression: [{exercise: hinge, linear: {add: 5 kg, cap: 30 kg}}]";
    let findings = plan(&phase(2, TUESDAY, more), None).expect_err("an impossible cap");
    assert_eq!(findings, ["the cap `30 kg` is below 40, where the steps start"]);
}

#[test]
fn sessions_know_whether_they_are_lighter_than_usual() {
    let lighter = |sessions: &str, more: &str| {
        let plan = plan(&phase(4, sessions, more), None).expect("a plan");
        plan.sessions().map(|session| if session.lighter { 'x' } else { '-' }).collect::<String>()
    };
    let strength = |more: &str| lighter(TUESDAY, more);
    assert_eq!(strength(""), "----");
    assert_eq!(
        strength(", overrides: [{week: 2, volume: 50 %}, {week: 3, load: 90 %}, {week: 4, load: 110 %}]"),
        "-xx-"
    );
    assert_eq!(strength(", volume: 60 %, overrides: [{week: 3, volume: 60 %}, {week: 4, volume: 50 %}]"), "---x");
    assert_eq!(lighter("{session: mobility, day: 1}", ", overrides: [{week: 2, volume: 50 %}]"), "----");
    let both = |other: &str, what: &str, add: &str| {
        let rule = format!("{what}, linear: {{add: {add}, deload: {{every: 2, to: 60 %}}}}");
        let sessions = format!("{TUESDAY}, {{session: {other}, day: thursday}}");
        lighter(&sessions, &format!(", progression: [{{{rule}}}]"))
    };
    assert_eq!(both("run", "exercise: hinge", "5 kg"), "--x---x-", "the run has no such exercise");
    assert_eq!(both("run", "step: fast", "50 m"), "---x---x", "a step within a repeat");
    assert_eq!(both("mobility", "exercise: hinge, session: mobility", "5 kg"), "---x---x");
}
