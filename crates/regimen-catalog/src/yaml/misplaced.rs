//! Keys that authors write in another place than the format has them, or by another name, and where they belong.

use serde_yaml::Value as Tree;

use super::wording::shorten;
use regimen_model::diagnostic::{FieldPath, Segment};

/// What keys stand beside, known by keys that only they have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// An exercise of a session, or another of its blocks.
    Block,
    Dose,
    Step,
    Phase,
    /// A session of a phase.
    Placement,
    /// A change of one reader.
    Change,
}

/// Kinds of mappings, each with keys by which it is known.
const KINDS: [(Around, [&str; 2]); 6] = [
    (Around::Block, ["exercise", "dose"]),
    (Around::Dose, ["reps", "set_type"]),
    (Around::Step, ["duration", "intensity"]),
    (Around::Phase, ["repeat_weeks", "progression"]),
    (Around::Placement, ["session", "min_gap"]),
    (Around::Change, ["pause", "skip"]),
];

/// Where a key belongs that is not one of those that are allowed beside it; `None` if that is not known. `written` is its value.
pub(super) fn way_out(key: &str, written: Option<&str>, allowed: &[&str]) -> Option<String> {
    let (around, _) = KINDS.iter().find(|(_, keys)| keys.iter().all(|key| allowed.contains(key)))?;
    let value = written.map_or_else(|| "...".to_owned(), shorten);
    in_session(*around, key, &value).or_else(|| in_program(*around, key))
}

/// The same for keys of blocks, doses and steps.
fn in_session(around: Around, key: &str, value: &str) -> Option<String> {
    match (around, key) {
        (
            Around::Block,
            "sets" | "reps" | "hold" | "distance" | "load" | "rpe" | "rir" | "tempo" | "side" | "per_side" | "pain"
            | "set_type" | "times_per_day",
        ) => Some(format!("how much is done stands under `dose`: `dose: {{{key}: {value}}}`")),
        (Around::Block, "weight") => Some(format!("how much is done stands under `dose`: `dose: {{load: {value}}}`")),
        (Around::Dose, "weight" | "kg" | "lb" | "percent" | "intensity") => Some(
            "what is lifted is a `load`, such as `load: 60 kg` or `load: 80 %1rm`; how hard it is, `rpe: 8`".to_owned(),
        ),
        (Around::Dose, "drop_sets" | "dropsets" | "drop_set" | "dropset") => Some(
            "a set that follows without a rest and with less weight is a line of its own: `{reps: 10, load: 75 %last, set_type: dropset}` \
             under `dose`"
                .to_owned(),
        ),
        (Around::Dose, "repetitions" | "rep") => Some(format!("write `reps: {value}`")),
        (Around::Dose, "duration" | "seconds") => {
            Some(format!("write `hold: {value}` for a position that is held, or `time: {value}` for movement"))
        }
        (Around::Dose, "frequency" | "per_day" | "daily") => {
            Some("write `times_per_day: 3`, or `every: 2 h` or `every: 2 days`".to_owned())
        }
        (Around::Dose, "each_side" | "per_leg" | "both_sides" | "unilateral") => {
            Some("write `per_side: true`".to_owned())
        }
        (Around::Dose, "note" | "notes" | "text" | "comment") => {
            Some(format!("{}, beside `dose`, not in it", a_note(value)))
        }
        (Around::Block, "notes" | "comment" | "cue" | "cues") | (Around::Step, "notes" | "comment" | "description") => {
            Some(a_note(value))
        }
        (Around::Step, "distance" | "length" | "time" | "km" | "miles" | "minutes") => {
            Some("how long a step is, in time or distance, is its `duration`, such as `duration: 5 km`".to_owned())
        }
        (Around::Step, "pace" | "speed" | "effort" | "zone" | "hr" | "heart_rate" | "power" | "rpe" | "cadence") => {
            Some(
                "how fast or how hard a step is, is its `target`, such as `easy pace`, `5:00/km`, `zone 2` or `rpe 7`"
                    .to_owned(),
            )
        }
        (Around::Step, "reps" | "times" | "sets" | "repeats") => Some(format!(
            "write `{{repeat: {value}, steps: [{{duration: 400 m}}, {{duration: 90 s, intensity: rest}}]}}`"
        )),
        (Around::Step, "recovery" | "rest" | "jog" | "walk") => {
            Some("what comes between is a step of its own, such as `{duration: 90 s, intensity: recovery}`".to_owned())
        }
        _ => None,
    }
}

/// The same for keys of phases, of their sessions, and of what one reader changes.
fn in_program(around: Around, key: &str) -> Option<String> {
    match (around, key) {
        (Around::Phase, "exit" | "enter" | "criteria") => {
            let key = if key == "enter" { "enter" } else { "exit" };
            Some(format!("criteria are words: write them under the phase's id, `words: {{{key}: {{ID: [...]}}}}`"))
        }
        (Around::Phase, "name" | "title" | "notes" | "note" | "description" | "goal" | "focus") => {
            Some("what is said of a phase is in the words of the programme, under its id: `words: {phases: {ID: ...}}`".to_owned())
        }
        (Around::Phase, "length" | "duration") => Some("write how many `weeks` it has, or `days`".to_owned()),
        (Around::Phase, "deload") => {
            Some("a lighter week is an override: `overrides: [{week: 4, kind: deload, volume: 60 %}]`".to_owned())
        }
        (Around::Placement, "distance" | "duration" | "time" | "km" | "miles") => {
            Some("how long its step is on this day is its `length`, such as `length: 5 mi`; when on the day, `at: \"06:30\"`".to_owned())
        }
        (Around::Placement, "pace" | "effort") => Some("how fast its step is on this day is its `target`".to_owned()),
        (Around::Placement, "days" | "weekday" | "weekdays" | "on") => {
            Some("write the session once for each day, each with its `day`".to_owned())
        }
        (Around::Placement, "sets" | "reps" | "dose") => {
            Some("doses of this day stand under the names of their exercises: `doses: {squat: {sets: 3, reps: 5}}`".to_owned())
        }
        (Around::Change, "injury" | "holiday" | "vacation" | "sick" | "illness" | "travel" | "break" | "off") => {
            Some("days without training are `{pause: 2027-01-06..2027-01-08}`".to_owned())
        }
        (Around::Change, "from" | "until" | "date" | "by") => {
            Some("write `{pause: 2027-01-06..2027-01-08}`, or `{move: w1-long-run, to: 2027-01-06}`".to_owned())
        }
        _ => None,
    }
}

/// How a note is written that is given as a text.
fn a_note(text: &str) -> String {
    let key = key_of(text);
    format!(
        "a note is the key of a text in the words of the session: write `note: {key}`, with `texts: {{{key}: ...}}` there"
    )
}

/// A key for a text: its first words in small letters.
fn key_of(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit())).take(4).collect();
    if words.is_empty() { "slowly".to_owned() } else { words.join("-") }
}

/// What to write in place of a value that is refused at a key, where the key says what is meant.
pub(super) fn value_meant(path: &FieldPath, value: &Tree) -> Option<String> {
    let (Some(Segment::Key(key)), Some(text)) = (path.0.last(), value.as_str()) else { return None };
    let small = text.trim().to_lowercase();
    match key.as_ref() {
        "note" => Some(a_note(text)),
        "to" if regimen_model::suggest::calendar::weekday(&small).is_some() => {
            Some("write the date of that day, such as `to: 2027-01-07`".to_owned())
        }
        "skip" if small.starts_with("week") => {
            Some("`skip` is of one session; for all of a week write `pause:` with its first and last day".to_owned())
        }
        _ => None,
    }
}

/// What to write for words that say how often a session of a phase comes, which is a number of days.
pub(super) fn days_meant(text: &str) -> Option<String> {
    let small = text.trim().to_lowercase();
    let number = small.strip_suffix("days").or_else(|| small.strip_suffix("day")).unwrap_or(&small).trim();
    let number = number.strip_suffix('d').filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(number);
    let days = match number {
        "daily" | "" | "every" | "each" => 1,
        "other" | "every other" | "every second" | "second" => 2,
        number => number.strip_prefix("every").unwrap_or(number).trim().parse::<u8>().ok()?,
    };
    Some(format!("write `every: {days}`, a number of days"))
}

/// What a value of this key is, if it is a whole number that counts from 1.
pub(super) fn counted_from_one<'e>(key: &str, expected: &'e str) -> std::borrow::Cow<'e, str> {
    match key {
        "week" | "weeks" | "every" | "from_week" => expected.replace("from 0 to 255", "from 1 to 255").into(),
        _ => expected.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_in_the_wrong_place_are_told_the_right_one() {
        let block = ["id", "exercise", "dose", "note"];
        let dose = ["sets", "reps", "set_type"];
        let step = ["id", "duration", "target", "intensity"];
        let phase = ["id", "kind", "repeat_weeks", "progression"];
        let placement = ["session", "day", "min_gap"];
        let change = ["pause", "skip", "move", "to"];
        let cases: [(&[&str], &str, &str); 13] = [
            (&block, "sets", "`dose: {sets: 3}`"),
            (&block, "weight", "`dose: {load: 3}`"),
            (&dose, "weight", "a `load`"),
            (&dose, "drop_sets", "`{reps: 10, load: 75 %last, set_type: dropset}`"),
            (&dose, "note", "there, beside `dose`, not in it"),
            (&block, "comment", "is the key of a text"),
            (&step, "notes", "is the key of a text"),
            (&step, "distance", "is its `duration`"),
            (&step, "pace", "is its `target`"),
            (&phase, "exit", "`words: {exit: {ID: [...]}}`"),
            (&placement, "distance", "is its `length`"),
            (&placement, "days", "once for each day"),
            (&change, "injury", "`{pause: 2027-01-06..2027-01-08}`"),
        ];
        for (allowed, key, expected) in cases {
            let said = way_out(key, Some("3"), allowed).expect("a way out");
            assert!(said.contains(expected) && !said.ends_with(','), "{key}: {said}");
        }
        assert_eq!(way_out("colour", Some("red"), &block), None);
        assert_eq!(way_out("sets", Some("3"), &["name"]), None);
    }

    #[test]
    fn values_are_told_what_their_key_takes() {
        let of = |key: &str, text: &str| value_meant(&FieldPath::root().key(key), &Tree::String(text.to_owned()));
        let note = of("note", "Keep relaxed!").expect("a way out");
        assert!(note.ends_with("write `note: keep-relaxed`, with `texts: {keep-relaxed: ...}` there"), "{note}");
        for (text, days) in [
            ("2 days", 2),
            ("daily", 1),
            ("every other day", 2),
            ("3d", 3),
            ("every 3 days", 3),
            ("second", 2),
            ("every second day", 2),
        ] {
            assert_eq!(days_meant(text), Some(format!("write `every: {days}`, a number of days")), "{text}");
        }
        assert_eq!(days_meant("often"), None);
        assert_eq!(of("every", "2 days"), None, "most keys of this name count something else");
        assert!(of("to", "Thursday").is_some_and(|said| said.contains("the date of that day")));
        assert!(of("skip", "week 1").is_some_and(|said| said.contains("`pause:`")));
    }
}
