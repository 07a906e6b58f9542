//! A dose says what was written: each key comes back, in files, in plans and in what plugins get.

use proptest::prelude::*;
use regimen_catalog::model::{Dose, Doses};
use serde_json::{Map, Value, json};

/// One amount, or a list with one for each set.
fn per_set(one: &'static str, sets: usize) -> impl Strategy<Value = Value> {
    prop_oneof![one.prop_map(Value::from), prop::collection::vec(one, sets).prop_map(Value::from)]
}

/// The work of each of so many sets, as keys.
fn work(sets: usize) -> impl Strategy<Value = Map<String, Value>> {
    let keys = |pairs: Vec<(&str, Value)>| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let reps = || per_set("([1-9][0-9]?|[1-9]\\+|amrap|until-tired)", sets);
    prop_oneof![
        3 => reps().prop_map(move |reps| keys(vec![("reps", reps)])),
        1 => (reps(), "[1-9] s").prop_map(move |(reps, hold)| keys(vec![("reps", reps), ("hold", hold.into())])),
        1 => per_set("[1-9]0 s", sets).prop_map(move |hold| keys(vec![("hold", hold)])),
        1 => per_set("[1-9] min", sets).prop_map(move |time| keys(vec![("time", time)])),
        1 => per_set("[1-9]00 m", sets).prop_map(move |way| keys(vec![("distance", way)])),
    ]
}

/// The keys of a dose that fit each other.
fn dose() -> impl Strategy<Value = Map<String, Value>> {
    (2..6_usize).prop_flat_map(|sets| {
        let load = prop::option::of(per_set("([1-9]0 kg|[789]5 %last|band [a-z]{3})", sets));
        let side = prop::option::of("(left|right|affected)");
        let often = prop::option::of(prop_oneof![
            "[1-9]".prop_map(|times| ("times_per_day", times)),
            "[1-3]-[4-9]".prop_map(|times| ("times_per_day", times)),
            "([2-9] h|[2-9] days|1 day)".prop_map(|every| ("every", every)),
        ]);
        (work(sets), load, side, often, prop::option::of("([0-9]|10)"), any::<bool>()).prop_map(
            move |(mut keys, load, side, often, pain, counts)| {
                let is_list = keys.values().chain(&load).any(Value::is_array);
                keys.extend((counts && is_list).then(|| ("sets".to_owned(), sets.to_string().into())));
                keys.extend(load.map(|load| ("load".to_owned(), load)));
                keys.extend(side.map(|side| ("side".to_owned(), side.into())));
                keys.extend(often.map(|(key, often)| (key.to_owned(), often.into())));
                keys.extend(pain.map(|pain| ("pain".to_owned(), pain.into())));
                keys
            },
        )
    })
}

/// A value as its text: numbers may be written either way.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(values) => values.iter().map(text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

proptest! {
    #[test]
    fn every_key_of_a_dose_comes_back(keys in dose()) {
        let read: Dose = serde_json::from_value(keys.clone().into()).expect("a dose");
        let written = serde_json::to_value(read.clone()).expect("JSON");
        for (key, value) in &keys {
            prop_assert_eq!(text(&written[key]), text(value), "{} of {:?}", key, keys);
        }
        let again: Dose = serde_json::from_value(written.clone()).expect("a dose again");
        prop_assert_eq!(&again.work, &read.work);
        prop_assert_eq!(&again.load, &read.load);
        prop_assert_eq!((again.sets, again.held, again.every, again.pain), (read.sets, read.held, read.every, read.pain));
        prop_assert_eq!(serde_json::to_value(again).expect("JSON"), written);
    }

    #[test]
    fn doses_in_a_row_come_back_in_order(list in prop::collection::vec(dose(), 1..4)) {
        let read: Doses = serde_json::from_value(list.clone().into_iter().map(Value::from).collect()).expect("doses");
        let each = list.into_iter().map(|keys| serde_json::from_value(keys.into()).expect("a dose"));
        prop_assert_eq!(read.into_iter().collect::<Vec<Dose>>(), each.collect::<Vec<Dose>>());
    }

    #[test]
    fn a_list_of_another_length_is_refused(sets in 2..6_u32, more in 1..4_u32) {
        let reps: Vec<u32> = (0..sets).collect::<Vec<_>>().iter().map(|set| set + 1).collect();
        for other in [json!({"sets": sets + more, "reps": reps}), json!({"reps": reps, "load": vec!["20 kg"; (sets + more) as usize]})] {
            prop_assert!(serde_json::from_value::<Dose>(other).is_err());
        }
    }
}

#[test]
fn keys_that_contradict_each_other_are_refused() {
    for (wrong, said) in [
        (json!({"reps": 8, "per_side": true, "side": "left"}), "take it or `side: left`"),
        (json!({"reps": 8, "every": "2 h", "times_per_day": 3}), "both say how often on a day"),
        (json!({"reps": 8, "hold": ["5 s", "6 s"]}), "`hold` is one time"),
        (json!({"reps": [8]}), "write a single one without brackets"),
        (json!({"reps": 8, "time": "5 s"}), "exactly one of"),
        (json!({"reps": 8, "hold": "0 s"}), "more than nothing"),
    ] {
        let error = serde_json::from_value::<Dose>(wrong.clone()).expect_err("a contradiction").to_string();
        assert!(error.contains(said), "{wrong}: {error}");
    }
    assert!(serde_json::from_value::<Doses>(json!([])).is_err());
}
