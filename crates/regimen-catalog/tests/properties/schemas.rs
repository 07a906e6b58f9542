//! A schema's pattern accepts what the program reads, and nothing else but what no pattern can see.

use std::str::FromStr;
use std::sync::LazyLock;

use proptest::prelude::*;
use regex::Regex;
use regimen_catalog::model::{Action, Colour, Day, Exercise, Level, Measure, RunTarget, StepEvery, StepLength, Target};
use regimen_catalog::quantity::{
    Count, Distance, Duration, Extent, Interval, Load, LoadStep, Pace, PainLimit, Percent, Reps, Rir, Rpe, Tempo,
    TimesPerDay,
};
use regimen_catalog::{Id, LanguageTag};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

fn schema<T: JsonSchema>() -> Value {
    T::json_schema(&mut SchemaGenerator::default()).to_value()
}

fn pattern<T: JsonSchema>() -> String {
    schema::<T>()["pattern"].as_str().expect("a literal has a pattern").to_owned()
}

/// Texts that the pattern accepts, without blanks at the ends.
fn accepted<T: JsonSchema>() -> impl Strategy<Value = String> + use<T> {
    let inner = pattern::<T>().replace(['^', '$'], "").replace(r"\s*", " ?").replace(r"\S.*", "[a-z]+");
    prop::string::string_regex(inner.trim_start_matches(" ?").trim_end_matches(" ?")).expect("a pattern")
}

/// What no pattern can see: a range that falls, an amount of nothing, more than 20 digits, more than 64 characters; and what is
/// asked about, such as `1.500`, which may be 1500.
fn beyond_patterns(text: &str) -> bool {
    let is_asked = |number: &str| {
        number
            .split_once('.')
            .is_some_and(|(whole, decimals)| whole.len() <= 3 && !whole.starts_with('0') && decimals.len() == 3)
    };
    if text.split(|c: char| !c.is_ascii_digit() && c != '.').any(is_asked) {
        return true;
    }
    let numbers = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ':').filter(|number| !number.is_empty());
    if text.len() > 64 || numbers.clone().any(|number| number.len() > 20) {
        return true;
    }
    let seconds = |number: &str| match number.split_once(':') {
        Some((minutes, seconds)) => Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?),
        None => number.parse().ok(),
    };
    let numbers: Vec<f64> = numbers.filter_map(seconds).collect();
    let falls = numbers.windows(2).any(|pair| pair[0] > pair[1]);
    falls || numbers.iter().all(|number| *number == 0.0)
}

/// Whether a plain number is such a value, by its schema.
fn takes(schema: &Value, number: f64) -> bool {
    let whole = schema["type"][0] == "integer";
    let limit = |key: &str| schema[key].as_f64().expect("a limit");
    number >= limit("minimum") && number <= limit("maximum") && (!whole || number.fract() == 0.0)
}

/// For each type: its pattern and the program agree in both directions, on numbers too.
macro_rules! agree {
    ($($name:ident: $kind:ty;)+) => {
        proptest! {$(
            #[test]
            fn $name(text in accepted::<$kind>()) {
                let read = <$kind>::from_str(&text).is_ok();
                prop_assert!(read || beyond_patterns(&text), "`{}` is accepted by the pattern, but not read", text);
            }
        )+}

        /// Every type that reads this text must accept it.
        fn accepted_where_read(text: &str, patterns: &[Regex]) {
            let mut patterns = patterns.iter();
            $({
                let pattern = patterns.next().expect("a pattern for each");
                if <$kind>::from_str(text).is_ok() {
                    assert!(pattern.is_match(text), "`{text}` is read, but {pattern} refuses it");
                }
            })+
        }

        fn patterns() -> Vec<Regex> {
            vec![$(Regex::new(&pattern::<$kind>()).expect("a pattern")),+]
        }

        #[test]
        fn examples_and_plain_numbers_are_as_the_schema_says() {
            $({
                let schema = schema::<$kind>();
                for example in schema["examples"].as_array().into_iter().flatten() {
                    let text = example.as_str().map_or(example.to_string(), str::to_owned);
                    assert!(<$kind>::from_str(&text).is_ok(), "the example {text}");
                }
                if schema.get("minimum").is_some() {
                    for halves in 0..2_100_u32 {
                        let number = f64::from(halves) / 2.0;
                        assert_eq!(<$kind>::from_str(&number.to_string()).is_ok(), takes(&schema, number), "{number}");
                    }
                }
            })+
        }
    };
}

agree! {
    durations_agree: Duration;
    distances_agree: Distance;
    loads_agree: Load;
    counts_agree: Count;
    reps_agree: Reps;
    intervals_agree: Interval;
    limits_of_pain_agree: PainLimit;
    times_of_day_agree: TimesPerDay;
    efforts_agree: Rpe;
    ranges_of_efforts_agree: Extent<Rpe>;
    weights_agree: LoadStep;
    reserves_agree: Rir;
    ranges_of_reserves_agree: Extent<Rir>;
    tempos_agree: Tempo;
    shares_agree: Percent;
    paces_agree: Pace;
    steps_agree: Measure;
    rhythms_of_steps_agree: StepEvery;
    lengths_agree: StepLength;
    targets_agree: RunTarget;
    second_targets_agree: Target;
    levels_agree: Level;
    days_agree: Day;
    actions_agree: Action;
    colours_agree: Colour;
    tags_agree: LanguageTag;
    ids_agree: Id<Exercise>;
}

#[test]
fn an_end_of_a_ramp_that_is_nothing_is_refused_by_both() {
    let pattern = Regex::new(&pattern::<RunTarget>()).expect("a pattern");
    let agree = |text: &str| {
        let read = RunTarget::from_str(text).is_ok();
        assert_eq!(read, pattern.is_match(text), "`{text}`");
        read
    };
    for nothing in ["0 W", "0-0 W", "0 to 0.1 %hrmax", "0 %ftp to 5 %ftp", "0.00 W to zone 3", "easy pace to 000 W"] {
        assert!(!agree(nothing), "`{nothing}`");
    }
    for some in
        ["0-5 W", "0-5 to 10 W", "0.1 to 0.20 %hrmax", "0.05 to 60 %ftp", "150 to 1000000 W", "0-80 %ftp to zone 5"]
    {
        assert!(agree(some), "`{some}`");
    }
}

/// Texts of which many are amounts. A number neither starts with a needless 0 nor with a sign: some are read so, but
/// the format does not promise it.
fn amounts() -> impl Strategy<Value = String> {
    let number = "(0|[1-9][0-9]{0,2}|[1-9][0-9]{5,6})(\\.[0-9]{1,2}|\\.[05]{3})?";
    let unit = "( ?)(s|sec|min|h|m|km|mi|kg|lb|%1rm|%last|%|rm|\\+|days?|reps?|sets?|rpe|bpm|W|/km|/100m|pace|)";
    let range = (number, prop::option::of(number), unit).prop_map(|(low, high, unit)| {
        let high = high.filter(|high| high.parse::<f64>() != low.parse::<f64>()).map(|high| format!("-{high}"));
        low + &high.unwrap_or_default() + &unit
    });
    let clock = "[1-9][0-9]?:[0-9]{1,2}(-[1-9]:[0-9]{2})? ?/ ?(km|mi|100m|500m|100yd|m)";
    let paces = "(easy|[35]k|9[0-9](\\.5)? ?%( of)? [35]k|6:00|rpe 5|zone 2|60|)( pace|/km)?( ?[+-] ?[1-9]0 ?s/(km|mi)|-10k| to |)(easy|10k|zone 4|7|80 %ftp)?( pace|/km|)";
    let words = "(band|zone|rpe|5k|easy|open|amrap|monday|hip|#|[1-7]|[A-Za-z]{2,3})( |\\.|-|)([1-6]|red|pace|flexion|[a-f0-9]{6}|[A-Z]{2}|)";
    let tempo = "([0-9]|60|61|X|x)(-([0-9]|60|61|X|x)){2,4}";
    prop_oneof![4 => range, 1 => clock, 2 => words, 1 => tempo, 2 => paces]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_is_read_is_accepted(texts in prop::collection::vec(amounts(), 64)) {
        static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(patterns);
        texts.iter().for_each(|text| accepted_where_read(text, &PATTERNS));
    }
}
