//! What weeks are in all, read from handouts.

use super::programs::handout;

/// Sessions by their ids on the days of one week, and what they are in all.
fn week_total(sessions: &[(&str, &str)]) -> String {
    let files: Vec<_> = sessions.iter().map(|(id, session)| (format!("sessions/{id}.yaml"), *session)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, session)| (file.as_str(), *session)).collect();
    let placed = (1..).zip(sessions).map(|(day, (id, _))| format!("{{session: {id}, day: {day}}}"));
    let placed = placed.collect::<Vec<_>>().join(", ");
    let handout = handout(&format!("{{id: a, kind: base, weeks: 1, sessions: [{placed}]}}"), &files);
    let row = handout.lines().find(|line| line.starts_with("1 | Base | ")).unwrap_or_default();
    let has_total = handout.contains(" | Total\n");
    row.rsplit(" | ").next().filter(|_| has_total).unwrap_or_default().to_owned()
}

/// A session of this kind with a step of this length.
fn going(kind: &str, length: &str) -> String {
    format!("{{kind: {kind}, main: [{{run: [{{duration: {length}}}]}}], words: {{name: Go}}}}")
}

#[test]
fn weeks_add_up_what_is_known_of_each_sport() {
    let [run, long, open] = ["5 mi", "10 mi", "open"].map(|length| going("run", length));
    let [swim, ride, track] = [("swim", "2000 m"), ("ride", "40 km"), ("run", "12000 m")].map(|(k, l)| going(k, l));
    let (short, race, yoga) = (going("run", "875 m"), going("race", "10 km"), going("mobility", "30 min"));
    let cross = "{kind: cross-train, main: [{text: any}], words: {name: Cross, texts: {any: Any sport.}}}";
    assert_eq!(week_total(&[("run", &run), ("cross", cross), ("long", &long)]), "15 mi");
    assert_eq!(week_total(&[("run", &run), ("cross", cross), ("yoga", &yoga)]), "5 mi", "not all of the time is known");
    assert_eq!(week_total(&[("run", &run), ("open", &open)]), "", "they may be of any length");
    assert_eq!(week_total(&[("run", &run), ("open", &open), ("ride", &ride)]), "Ride 40 km");
    assert_eq!(week_total(&[("run", &run), ("track", &track), ("yoga", &yoga)]), "12.5 mi + 30 min");
    assert_eq!(week_total(&[("track", &track), ("short", &short)]), "12875 m", "two digits do not say it");
    assert_eq!(week_total(&[("track", &track), ("race", &race)]), "22 km");
    assert_eq!(
        week_total(&[("swim", &swim), ("track", &track), ("ride", &ride)]),
        "Swim 2 km + Run 12 km + Ride 40 km"
    );
    assert_eq!(
        week_total(&[("swim", &swim), ("track", &track), ("race", &race)]),
        "Swim 2 km + Run 12 km + Race 10 km"
    );
}

#[test]
fn a_distance_of_another_sport_is_named_beside_the_runs() {
    let cross = "{kind: cross-train, main: [{run: [{duration: 5 km}]}, {text: any}], words: {name: Cross, texts: {any: Any sport.}}}";
    let run = going("run", "8 km");
    assert_eq!(week_total(&[("run", &run), ("cross", cross)]), "Run 8 km + Cross train 5 km");
    assert_eq!(week_total(&[("cross", cross)]), "5 km");
}

#[test]
fn texts_beside_steps_and_the_way_back_from_a_hill_hide_no_total() {
    let with = |steps: &str, more: &str| {
        format!(
            "{{kind: run, {more}main: [{{run: [{steps}]}}, {{text: form}}], words: {{name: Go, texts: {{form: Stay tall.}}}}}}"
        )
    };
    let plain = going("run", "6 km");
    let told = with("{duration: 4 km}", "");
    assert_eq!(week_total(&[("told", &told), ("plain", &plain)]), "10 km");
    assert_eq!(week_total(&[("told", &with("{duration: 4 km, target: 5:00/km}", "")), ("plain", &plain)]), "10 km");
    let longer = with("{duration: 4 km}", "duration: 45 min, ");
    assert_eq!(week_total(&[("told", &longer), ("plain", &plain)]), "6 km + 45 min", "all of it takes so long");
    let hills = "{duration: 2 km, intensity: warm-up}, {repeat: 8, steps: [{duration: 1 min}, {duration: open, intensity: recovery}]}";
    assert_eq!(week_total(&[("hills", &with(hills, "")), ("plain", &plain)]), "8 km + 8 min");
    let open = "{duration: 2 km, intensity: warm-up}, {repeat: 8, steps: [{duration: open}, {duration: 1 min, intensity: recovery}]}";
    assert_eq!(week_total(&[("hills", &with(open, "")), ("plain", &plain)]), "", "nobody knows how far");
}

#[test]
fn steps_count_for_the_sport_that_they_name() {
    let steps = |kind: &str, steps: &str| format!("{{kind: {kind}, main: [{{run: [{steps}]}}], words: {{name: Go}}}}");
    let brick = steps("other", "{duration: 40 km, sport: ride}, {duration: 5 km, sport: run}");
    let run = steps("run", "{duration: 3 km, sport: run}, {duration: 7 km}");
    let rower = steps("cross-train", "{repeat: 5, steps: [{duration: 500 m, sport: row}]}");
    assert_eq!(week_total(&[("brick", &brick)]), "Ride 40 km + Run 5 km");
    assert_eq!(week_total(&[("brick", &brick), ("run", &run)]), "Ride 40 km + Run 15 km");
    assert_eq!(week_total(&[("run", &run)]), "10 km");
    assert_eq!(week_total(&[("run", &run), ("rower", &rower)]), "Run 10 km + Row 2.5 km");
}

#[test]
fn what_is_done_twice_a_day_takes_twice_as_long() {
    let often = |times: &str| {
        format!(
            "{{kind: mobility, duration: 10 min, main: [{{exercise: raise, dose: {{reps: 8, {times}}}}}], words: {{name: Day}}}}"
        )
    };
    let (twice, once) = (often("times_per_day: 2"), often("times_per_day: 1"));
    assert_eq!(week_total(&[("day", &twice), ("other", &once)]), "30 min");
    assert_eq!(week_total(&[("day", &often("times_per_day: 2-3"))]), "20–30 min");
    let beside = "{kind: mobility, duration: 15 min, main: [{exercise: raise, dose: {reps: 8, times_per_day: 2-3}}, {superset: [{exercise: \
                  raise, dose: {reps: 10, every: 2 h}}], rounds: 1}], words: {name: Day}}";
    assert_eq!(week_total(&[("day", beside)]), "30 min–2 h", "what of the stated time is done more often is not known");
    let reckoned = "{kind: mobility, main: [{exercise: raise, dose: {sets: 3, time: 2 min, rest: 0 s, times_per_day: 3}}, {exercise: raise, \
                    dose: {sets: 2, time: 2 min, rest: 0 s}}], words: {name: Day}}";
    assert_eq!(week_total(&[("day", reckoned)]), "30 min", "10 min, as a calendar has it, at each of three times");
}

#[test]
fn the_time_of_each_session_is_that_of_all_or_none() {
    let cross = "{kind: cross-train, main: [{text: any}], words: {name: Cross, texts: {any: Any sport.}}}";
    let sessions = "{session: day, day: monday}, {session: cross, day: friday}";
    let handout =
        handout(&format!("{{id: a, kind: base, weeks: 1, sessions: [{sessions}]}}"), &[("sessions/cross.yaml", cross)]);
    assert!(handout.starts_with("How often: 2 sessions a week | How hard: RPE 7 | What: "), "{handout}");
}

#[test]
fn all_weeks_of_a_plan_are_in_the_unit_of_most_of_it() {
    let sessions = [("run", "5 mi"), ("long", "20 mi"), ("race", "21.1 km"), ("park", "5 km")];
    let files: Vec<_> =
        sessions.iter().map(|(id, length)| (format!("sessions/{id}.yaml"), going("run", length))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, session)| (file.as_str(), session.as_str())).collect();
    let phases = "{id: a, kind: base, weeks: 3, sessions: [{session: run, day: 1}, {session: long, day: 3}], overrides: [\
                  {week: 2, sessions: [{session: run, day: 1}, {session: race, day: 3}]}, {week: 3, sessions: [{session: park, day: 1}]}]}";
    let handout = handout(phases, &files);
    let totals: Vec<_> = handout
        .lines()
        .filter(|line| line.contains(" | Base | "))
        .filter_map(|line| line.rsplit(" | ").next())
        .collect();
    assert_eq!(totals[..2], ["25 mi", "18.1 mi"], "13.1 of them in kilometres");
    assert_eq!(totals[2], "5 km", "nothing is converted");
}
