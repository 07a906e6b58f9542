//! A plan for one person: their exercises, doses, weights, paces and units.

mod loads;
mod mentioned;

use crate::people::{Source, open};
use crate::{Files, load_files};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, Severity};
use regimen_model::model::{RunStep, RunTarget, Target};
use regimen_model::plan::{PersonalPlan, PlannedBlock, PlannedItem, PlannedSession, personalise};
use regimen_model::vocabulary::Weekday;

const FILES: &[(&str, &str)] = &[
    ("regimen.yaml", "language: en\nwords: {title: T}\n"),
    ("conditions/back.yaml", "words: {name: Back}\n"),
    ("conditions/knee.yaml", "words: {name: Knee}\n"),
    ("equipment/bar.yaml", "kind: free-weight\nincrements: [2.5 kg, 5 lb]\nwords: {name: Bar}\n"),
    ("equipment/bell.yaml", "kind: free-weight\nincrements: [2 kg]\nsubstitutes: [bar]\nwords: {name: Bell}\n"),
    ("equipment/band.yaml", "words: {name: Band}\n"),
    (
        "exercises/squat.yaml",
        "kind: strength\nequipment: [[bar]]\ncontraindications: [knee, back]\nsubstitutes: [leg-press, split-squat]\nregressions: [chair]\n\
         defaults: {sets: 3, reps: 5}\nwords: {name: Squat, summary: S., steps: [Go.]}\n",
    ),
    (
        "exercises/leg-press.yaml",
        "kind: strength\nlaterality: bilateral\nequipment: [[band]]\ncontraindications: [back]\ndefaults: {sets: 3, reps: 8}\n\
         words: {name: Leg press, summary: S., steps: [Go.]}\n",
    ),
    (
        "exercises/split-squat.yaml",
        "kind: strength\nequipment: []\ncontraindications: [knee]\ndefaults: {sets: 3, reps: 8}\n\
         words: {name: Split squat, summary: S., steps: [Go.]}\n",
    ),
    (
        "exercises/chair.yaml",
        "kind: strength\nequipment: []\nprogressions: [squat]\nwords: {name: Chair, summary: S., steps: [Go.]}\n",
    ),
    (
        "exercises/lunge.yaml",
        "kind: strength\nlaterality: unilateral\nequipment: []\ndefaults: {sets: 3, reps: 6, per_side: true}\n\
         words: {name: Lunge, summary: S., steps: [Go.]}\n",
    ),
    (
        "exercises/hold.yaml",
        "kind: isometric\ndefaults: {sets: 2, hold: 20 s}\nwords: {name: Hold, summary: S., steps: [Go.]}\n",
    ),
    (
        "sessions/gym.yaml",
        "kind: strength\nmain:\n  - {exercise: squat, dose: {sets: 3, reps: 5, load: 75 %1rm}, note: bar}\n  - {exercise: lunge}\n  - {exercise: hold}\n\
         words: {name: Gym, texts: {bar: Keep the bar close.}}\n",
    ),
    (
        "sessions/run.yaml",
        "kind: run\nmain: [{run: [{duration: 5 km, target: 5k pace}, {repeat: 4, steps: [{duration: 400 m, target: easy pace}]}]}]\nwords: {name: Run}\n",
    ),
    (
        "programs/p.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 2, sessions: [{session: gym, day: 1}, {session: run, day: 3}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
    (
        "sessions/warmed.yaml",
        "kind: strength\nwarm_up: [{exercise: chair, dose: {sets: 1, reps: 5}}]\nmain: [{exercise: lunge}]\nwords: {name: Warmed}\n",
    ),
    ("sessions/held.yaml", "kind: strength\nmain: [{exercise: hold}]\nwords: {name: Held}\n"),
    (
        "sessions/told.yaml",
        "kind: strength\nmain: [{text: a}, {exercise: squat}]\nwords: {name: Told, texts: {a: Walk for an hour.}}\n",
    ),
    (
        "programs/around.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: warmed, day: 1, or: [held]}, {session: told, day: 4}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
    ("sessions/rest.yaml", "kind: rest\nmain: [{text: a}]\nwords: {name: Rest, texts: {a: Rest.}}\n"),
    ("sessions/race.yaml", "kind: race\nmain: [{run: [{duration: 10 km}]}]\nwords: {name: Race}\n"),
    (
        "programs/three.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: gym, day: monday}, {session: run, day: wednesday},\n\
         {session: rest, day: thursday}, {session: gym, day: friday}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
    (
        "programs/two.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: gym, day: tuesday}, {session: run, day: thursday}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
    (
        "programs/gap.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: gym, day: monday}, {session: gym, day: thursday, min_gap: 48 h}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
    (
        "programs/raced.yaml",
        "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: run, day: friday}, {session: race, day: sunday}]}]\n\
         words: {name: P, summary: S., goal: G., audience: A.}\n",
    ),
];

fn catalog() -> Catalog {
    with(&[])
}

/// The catalogue with these files, too.
fn with(more: &[(&str, &str)]) -> Catalog {
    let files = FILES.iter().chain(more).map(|(name, text)| ((*name).into(), text.as_bytes().into()));
    let loaded = load_files(&Files::from_iter(files));
    let errors: Vec<&Diagnostic> =
        loaded.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    loaded.catalog.expect("a catalogue")
}

/// The plan of a person with these keys, as YAML.
fn personal(keys: &str) -> Result<PersonalPlan, Vec<String>> {
    plan_of("p", keys)
}

fn plan_of(program: &str, keys: &str) -> Result<PersonalPlan, Vec<String>> {
    let catalog = catalog();
    let text = format!("- {{id: p-1, program: {program}, {keys}}}\n");
    let mut roster = open(Source::stream("people.yaml", text.as_bytes()), &catalog).expect("a roster");
    let person = roster.next().expect("a person").person.expect("a right person");
    let found = |findings: Vec<Diagnostic>| {
        findings
            .into_iter()
            .map(|finding| format!("{}: {}", finding.message, finding.help.unwrap_or_default()))
            .collect()
    };
    personalise(&catalog, &catalog.programs[program], &person).map_err(found)
}

/// On which weekdays somebody who has some of them does what: "mon gym, wed run".
fn days(program: &str, available: &str) -> String {
    let keys = format!("start: 2027-01-04, available_days: [{available}]");
    let plan = match plan_of(program, &keys) {
        Ok(plan) => plan.plan,
        Err(found) => return found.join("\n"),
    };
    let day = |session: &PlannedSession| {
        let weekday = Weekday::of(session.date.expect("a date")).as_str().to_owned();
        format!("{} {}", &weekday[..3], session.session)
    };
    plan.sessions().map(day).collect::<Vec<_>>().join(", ")
}

#[test]
fn sessions_on_weekdays_that_somebody_lacks_move_to_those_that_they_have() {
    let all = "mon gym, wed run, thu rest, fri gym";
    assert_eq!(days("three", "monday, wednesday, friday"), all, "who has them all, with a day to rest besides");
    assert_eq!(days("three", "monday, wednesday, thursday, saturday"), "mon gym, wed run, thu rest, sat gym");
    assert_eq!(days("three", "tuesday, thursday, saturday"), "tue gym, thu run, fri rest, sat gym");
    assert_eq!(days("three", "monday, tuesday, wednesday"), "mon gym, tue run, wed gym, thu rest", "in their order");
    assert_eq!(days("two", "tuesday, sunday"), "tue gym, sun run", "what has its day stays on it");
    assert_eq!(days("two", "monday, tuesday"), "mon gym, tue run", "unless it has to make room");
    assert_eq!(days("gap", "monday, tuesday, saturday"), "mon gym, sat gym", "the nearest day comes too soon");
    assert_eq!(days("raced", "monday, sunday"), "mon run, sun race", "what comes before a race stays before it");
    let found = days("raced", "monday");
    assert!(
        found.contains("which the schedule `p-1` does not have: a race stays on its day: add `2027-01-10` to `free`"),
        "{found}"
    );
    let found = days("three", "tuesday, saturday");
    assert_eq!(
        found,
        "week 1 (2027-01-04..2027-01-10) has sessions on 3 days, but the reader can train on 2: add days to `available_days`, leave a \
         session out in each such week (`changes: [{skip: w1-gym-2}]`), or choose a programme with fewer sessions a week"
    );
    let skipped = "start: 2027-01-04, available_days: [tuesday, saturday], changes: [{skip: w1-gym-2}]";
    assert_eq!(plan_of("three", skipped).expect("a plan").plan.sessions().count(), 3);
    // What is free, and what is busy, holds as it does for numbered days.
    let free = "start: 2027-01-04, available_days: [monday, wednesday, sunday], free: [2027-01-08]";
    let dates: Vec<_> = plan_of("three", free).expect("a plan").plan.sessions().filter_map(|one| one.date).collect();
    assert_eq!(dates.last().map(ToString::to_string).as_deref(), Some("2027-01-08"));
    let busy = "start: 2027-01-04, available_days: [tuesday, thursday, saturday], busy: [2027-01-05]";
    assert!(plan_of("three", busy).is_err(), "two days are left");
}

fn items(plan: &PersonalPlan) -> Vec<&PlannedItem> {
    let session = plan.plan.weeks[0].sessions.iter().find(|session| session.session.as_str() == "gym");
    session.into_iter().flat_map(|session| session.items()).map(|(_, item)| item).collect()
}

/// The exercises of the first week, with their sets and loads: "squat 3 | 75 kg (75 %1rm)".
fn exercises(keys: &str) -> Vec<String> {
    let plan = personal(keys).unwrap_or_else(|found| panic!("{found:?}"));
    let said = |item: &&PlannedItem| {
        let loads = item.dose.load.get().into_iter().flat_map(|loads| loads.iter());
        let loads = loads.map(|load| format!(" | {} ({load})", load.amount().expect("an amount")));
        format!("{} {}{}", item.exercise, item.dose.sets.low(), loads.collect::<String>())
    };
    items(&plan).iter().map(said).collect()
}

#[test]
fn shares_of_a_best_are_weights_that_exist_with_the_share_beside_them() {
    assert_eq!(exercises("best: {squat: 103 kg}")[0], "squat 3 | 77.5 kg (75 %1rm)");
    assert_eq!(exercises("best: {squat: 103 kg}, units: [lb]")[0], "squat 3 | 170 lb (75 %1rm)");
    assert_eq!(exercises("best: {squat: 225 lb}")[0], "squat 3 | 170 lb (75 %1rm)", "in the unit of the best");
    assert_eq!(exercises("best: {hold: 100 kg}")[0], "squat 3 | 75 %1rm (75 %1rm)", "of another exercise");
    assert_eq!(exercises("training_max: {squat: 100 kg}")[0], "squat 3 | 75 %1rm (75 %1rm)", "of another best");
}

#[test]
fn what_does_not_suit_a_condition_is_an_error_that_names_what_does() {
    let found = personal("conditions: [knee]").expect_err("a squat is nothing for knees");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("`squat` does not suit the condition `knee`: "), "{found:?}");
    assert!(
        found[0].contains("are `leg-press` and `chair`")
            && found[0].contains("`instead.squat`, or name `squat` under `without`"),
        "{found:?}"
    );
    // What they lack is no way out, and a replacement is looked at in turn.
    let found = personal("conditions: [knee], equipment: []").expect_err("nor without a band");
    assert!(
        found[0].contains("are `chair`: name one under `instead.squat`") && !found[0].contains("leg-press"),
        "{found:?}"
    );
    let found = personal("conditions: [knee], instead: {squat: split-squat}").expect_err("nor that one");
    assert!(
        found[0].starts_with("`split-squat`, in place of `squat`, does not suit the condition `knee`"),
        "{found:?}"
    );
    assert!(personal("conditions: [knee], instead: {squat: chair}").is_ok());
    assert!(personal("conditions: [knee, back], without: [squat]").is_ok());
}

#[test]
fn another_exercise_has_no_weight_and_no_note_of_the_first_and_a_dose_that_it_can_have() {
    assert_eq!(exercises("instead: {squat: leg-press}, best: {squat: 100 kg}")[0], "leg-press 3");
    assert_eq!(exercises("instead: {squat: hold}")[0], "hold 3", "the sets stay");
    let infos = |keys: &str| -> Vec<String> {
        let found = personal(keys).expect("a plan").findings;
        found
            .into_iter()
            .map(|found| format!("{}: {} = {}", found.code, found.message, found.help.unwrap_or_default()))
            .collect()
    };
    assert_eq!(
        infos("instead: {squat: hold}"),
        [
            "replaced-dose: the load and the note of `squat` are not for `hold`, which is in its place, and are left out = say what is right for them with `doses.hold.load`; write what they have to mind into their `note`",
            "replaced-dose: the dose of `squat` is not for `hold`, which is in its place with its own = say what is right for them with `doses.hold.hold`",
        ]
    );
    assert_eq!(
        infos("instead: {squat: leg-press}, doses: {leg-press: {load: 40 kg}}"),
        [
            "replaced-dose: the note of `squat` is not for `leg-press`, which is in its place, and is left out = write what they have to mind into their `note`"
        ]
    );
    let noted = |keys: &str| items(&personal(keys).expect("a plan")).iter().filter(|item| item.note.is_some()).count();
    assert_eq!(
        [noted("instead: {squat: hold}"), noted("instead: {lunge: chair}")],
        [0, 1],
        "a note stays with its exercise"
    );
    assert_eq!(infos("instead: {lunge: chair}"), [""; 0]);
    assert_eq!(exercises("without: [squat]"), ["lunge 3", "hold 2"]);
    assert_eq!(exercises("doses: {squat: {sets: 2, reps: 6, load: 40 kg}}")[0], "squat 2 | 40 kg (40 kg)");
    assert_eq!(exercises("doses: {squat: {sets: 2, reps: 6, load: 40 kg}}, units: [lb]")[0], "squat 2 | 90 lb (40 kg)");
}

#[test]
fn equipment_that_is_lacking_is_replaced_by_what_the_catalogue_says() {
    assert_eq!(exercises("equipment: [bar]")[0], "squat 3 | 75 %1rm (75 %1rm)");
    assert_eq!(exercises("equipment: [band]")[0], "leg-press 3");
    assert_eq!(exercises("equipment: []")[0], "split-squat 3");
    assert_eq!(exercises("equipment: [band], without: [leg-press]")[0], "split-squat 3", "not what they leave out");
    assert_eq!(
        exercises("equipment: [band], instead: {leg-press: chair}")[0],
        "split-squat 3",
        "nor what they replace"
    );
    assert_eq!(exercises("equipment: [band], conditions: [knee], instead: {squat: leg-press}")[0], "leg-press 3");
    let left = personal("equipment: [band], without: [leg-press, split-squat]").expect("a plan").findings;
    assert_eq!(
        left[0].message,
        "`squat` needs equipment that they do not have, and `without` or `instead` takes `leg-press` and `split-squat` out of their plan"
    );
    let found = personal("conditions: [knee], without: [leg-press]").expect_err("a squat is nothing for knees");
    assert!(found[0].contains("are `chair`: name one") && !found[0].contains("leg-press"), "{found:?}");
    let told = personal("equipment: [band]").expect("a plan").findings;
    assert_eq!(told.len(), 2, "once for all weeks: {told:?}");
    assert_eq!(told[0].message, "`leg-press` is in place of `squat`, for which they lack the equipment");
    let plan = personal("equipment: [], conditions: [knee], instead: {squat: leg-press}").expect("a plan");
    assert_eq!(plan.findings.len(), 2, "that it lacks something, and a load: {:?}", plan.findings);
    assert!(plan.findings[0].message.starts_with("`leg-press` needs equipment"), "{:?}", plan.findings);
    assert!(plan.replacements.iter().map(|id| id.as_str()).eq(["leg-press"]));
}

#[test]
fn a_key_of_a_dose_leaves_the_others_as_they_are() {
    assert_eq!(exercises("doses: {squat: {sets: 2}}")[0], "squat 2 | 75 %1rm (75 %1rm)");
    assert_eq!(exercises("doses: {squat: {load: 40 kg}}")[0], "squat 3 | 40 kg (40 kg)");
    let plan = personal("doses: {squat: {reps: 15}}").expect("a plan");
    assert_eq!(items(&plan)[0].dose.work.amounts().as_slice()[0].to_string(), "15");
    let found = personal("doses: {squat: {load: [40 kg, 50 kg]}, hold: {sets: 5-6}}");
    assert_eq!(exercises("doses: {squat: {load: [40 kg, 50 kg]}}")[0], "squat 2 | 40 kg (40 kg) | 50 kg (50 kg)");
    assert!(found.is_ok());
}

#[test]
fn another_exercise_is_done_on_the_sides_that_it_has() {
    let each = |keys: &str| items(&personal(keys).expect("a plan"))[0].dose.is_per_side();
    assert!(each("instead: {squat: lunge}"), "an exercise of one leg is done with each");
    assert!(!each("instead: {squat: lunge}, doses: {lunge: {per_side: false}}"));
    assert!(!each("instead: {lunge: squat, squat: leg-press}"));
    let lunge = items(&personal("instead: {squat: lunge}").expect("a plan"))[1].dose.clone();
    assert!(lunge.is_per_side());
    let squat = items(&personal("instead: {lunge: leg-press}").expect("a plan"))[1].dose.clone();
    assert!(!squat.is_per_side(), "both legs press at once");
}

#[test]
fn what_is_said_of_nothing_is_told() {
    let messages = |keys: &str| -> Vec<String> {
        personal(keys).expect("a plan").findings.into_iter().map(|finding| finding.message).collect()
    };
    assert_eq!(messages("without: [chair]"), ["`without` names `chair`, which their plan does not have"]);
    assert_eq!(messages("doses: {leg-press: {reps: 5, load: 40 kg}}, instead: {lunge: leg-press}"), [""; 0]);
}

#[test]
fn a_session_of_which_nothing_is_left_is_an_error_with_ways_out() {
    let all = "without: [squat, lunge, hold]";
    assert_eq!(
        personal(all).expect_err("an empty session"),
        [
            "nothing is left to do in `gym`: name fewer of its exercises under `without`, give them others with `instead`, or choose another programme"
        ]
    );
    let found = personal(&format!("start: 2027-01-04, {all}")).expect_err("an empty session");
    assert!(
        found[0].ends_with("leave the session out on each of its 2 days (`changes: [{skip: w1-gym}, …]`)"),
        "{found:?}"
    );
    let skipped = format!("start: 2027-01-04, changes: [{{skip: w1-gym}}, {{skip: w2-gym}}], {all}");
    assert_eq!(personal(&skipped).expect("a plan").plan.sessions().count(), 2, "the runs");
    assert!(personal("without: [squat, lunge]").is_ok());
    let found = plan_of("around", "without: [lunge, hold]").expect_err("only the warm-up");
    assert!(
        found.len() == 1 && found[0].starts_with("nothing is left to do in `warmed` but warming up and cooling down: "),
        "{found:?}"
    );
    // A text may say what to do.
    let plan = plan_of("around", "without: [squat, hold]").expect("a plan");
    let messages: Vec<&str> = plan.findings.iter().map(|finding| &*finding.message).collect();
    assert_eq!(
        messages,
        [
            "no exercise is left in `told`, only what is written there",
            "nothing is left to do in `held`, so their plan does not offer it in place of `warmed`"
        ]
    );
    assert!(plan.plan.sessions().all(|session| session.or.is_empty()));
    assert!(plan_of("around", "").expect("a plan").plan.sessions().any(|session| !session.or.is_empty()));
}

#[test]
fn a_runner_has_times_for_paces_and_the_units_that_they_count_in() {
    let run = |keys: &str| -> Vec<String> {
        let plan = personal(keys).unwrap_or_else(|found| panic!("{found:?}"));
        let session =
            plan.plan.weeks[0].sessions.iter().find(|session| session.session.as_str() == "run").expect("a run");
        let blocks = session.parts.iter().flat_map(|part| &part.blocks);
        let steps: Vec<RunStep> = blocks
            .flat_map(|block| match block {
                PlannedBlock::Run(steps) => steps.clone(),
                _ => Vec::new(),
            })
            .collect();
        let stretches = steps.iter().flat_map(RunStep::all).filter_map(|step| match step {
            RunStep::Stretch(stretch) => Some(stretch),
            RunStep::Repeat(_) => None,
        });
        stretches
            .map(|stretch| {
                let pace = match stretch.target {
                    Some(RunTarget::Steady(Target::Reckoned { pace, written })) => format!("{pace} ({written})"),
                    Some(other) => other.to_string(),
                    None => String::new(),
                };
                format!("{} {pace}", stretch.length)
            })
            .collect()
    };
    assert_eq!(run(""), ["5 km 5k pace", "400 m easy pace"]);
    assert_eq!(run("result: {5k: \"20:00\"}"), ["5 km 4:00/km (5k pace)", "400 m 4:55-5:55/km (easy pace)"]);
    assert_eq!(
        run("result: {5k: \"20:00\"}, units: [mi]"),
        ["3.1 mi 6:26/mi (5k pace)", "400 m 7:55-9:30/mi (easy pace)"]
    );
    assert_eq!(run("units: [mi]")[0], "3.1 mi 5k pace");
}

#[test]
fn a_session_whose_length_follows_from_paces_has_one() {
    let length = |keys: &str| {
        let plan = personal(keys).expect("a plan");
        plan.plan.weeks[0]
            .sessions
            .iter()
            .find(|session| session.session.as_str() == "run")
            .and_then(|session| session.duration)
    };
    assert_eq!(length(""), None);
    assert!(length("result: {5k: \"20:00\"}").is_some());
}
