//! What is written in a file comes back when it is read.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use proptest::prelude::*;
use regimen_catalog::model::{Action, Colour, Day, Exercise, Level, Measure, RunTarget, StepLength, Target};
use regimen_catalog::quantity::{
    Beat, Count, Distance, Duration, Extent, Interval, Load, Pace, PainLimit, Percent, Reps, Rir, Rpe, Tempo,
    TimesPerDay,
};
use regimen_catalog::{Id, Kind, LanguageTag, Reference, prose};

/// Reads a text; what was read is the same when it is written and read again. Says whether it was read.
fn comes_back<T: FromStr + Display + PartialEq + Debug>(text: &str) -> bool {
    let Ok(value) = text.parse::<T>() else { return false };
    let written = value.to_string();
    let again = written.parse::<T>().ok();
    assert_eq!(again.as_ref(), Some(&value), "`{text}` is written as `{written}`");
    true
}

/// A property for each type: every text of a shape is read, and comes back.
macro_rules! shapes {
    ($($name:ident: $kind:ty, $shape:expr;)+) => {
        proptest! {
            $(#[test]
            fn $name(text in $shape) {
                prop_assert!(comes_back::<$kind>(&text), "`{}` is refused", text);
            })+
        }

        /// Reads a text as everything that a text can be.
        fn everything(text: &str) {
            $(let _refused_or_not = comes_back::<$kind>(text);)+
        }
    };
}

/// Without `1.500`, which may be one thousand five hundred.
const NUMBER: &str = "(0|[1-9][0-9]{0,5})(\\.([0-9]{1,2}|[0-9]{2}[1-9]|[0-9]{4,6}))?";
const WHOLE: &str = "[1-9][0-9]{0,2}";

fn shape(regex: &str) -> impl Strategy<Value = String> + use<> {
    prop::string::string_regex(regex).expect("a regular expression")
}

fn amount(units: &str) -> impl Strategy<Value = String> + use<> {
    let ranges = (0..500_000_u32, 0..500_000_u32).prop_map(|(low, more)| format!("{low}-{}", low + more));
    let amounts = prop_oneof![NUMBER, ranges];
    (amounts, shape(&format!(" ?({units})"))).prop_map(|(amount, unit)| amount + &unit)
}

fn range(most: u32) -> impl Strategy<Value = String> {
    (1..=most, 0..=most).prop_map(move |(low, more)| match more.min(most - low) {
        0 => low.to_string(),
        more => format!("{low}-{}", low + more),
    })
}

shapes! {
    durations_come_back: Duration, amount("s|sec|min|h");
    distances_come_back: Distance, amount("m|km|mi|yd");
    loads_come_back: Load, amount("kg|lb|%1rm|%tm|%bw|rm|%last");
    bands_come_back: Load, "band [a-z]{1,8}";
    counts_come_back: Count, range(1000);
    reps_come_back: Reps, "([1-9][0-9]{0,2}\\+?|amrap|until-tired)";
    ranges_of_reps_come_back: Reps, range(1000);
    intervals_come_back: Interval, "([1-9] ?(h|min)|1 day|[2-9] days|1-2 days)";
    limits_of_pain_come_back: PainLimit, "(0-)?([0-9]|10)";
    times_of_day_come_back: TimesPerDay, range(24);
    efforts_come_back: Rpe, "([1-9](\\.[05])?|10)";
    ranges_of_efforts_come_back: Extent<Rpe>, "[1-4](\\.5)?-[5-9](\\.5)?";
    reserves_come_back: Rir, "[0-5]";
    ranges_of_reserves_come_back: Extent<Rir>, "[0-2]-[3-5]";
    tempos_come_back: Tempo, "[0-5]?[0-9]-[0-5]?[0-9]-[0-5]?[0-9]-[0-5]?[0-9]";
    shares_come_back: Percent, "([0-9]{1,3}(\\.[0-9]{1,4})?|1000) ?%";
    paces_come_back: Pace, "[3-9]:[0-5][0-9]/(km|mi|100m|100yd|500m)";
    steps_come_back: Measure, shape(&format!("({WHOLE} (sets|reps)|[0-8]\\.[05] rpe|{NUMBER} ?(kg|lb|s|min|h|m|km|mi))"));
    lengths_come_back: StepLength, "([1-9][0-9]{0,3} (s|min|m|km|yd)|open)";
    targets_come_back: RunTarget, "(zone [1-7]|rpe [1-9]|5k pace|[3-9]:[0-5][0-9]/km|[1-9][0-9]{1,2} (bpm|W|spm|rpm|%lthr))";
    second_targets_come_back: Target, "(zone [1-7]|rpe [1-9]|[1-9][0-9]{1,2} (bpm|W|spm|rpm|%lthr))";
    shares_of_paces_come_back: RunTarget, "(7[0-9]-)?[89][0-9](\\.5)? % (easy|5k|half-marathon) pace";
    offsets_come_back: RunTarget, "(marathon|10k) pace [+-] ([1-4]-)?[5-9][0-9]? s/(km|mi|100m|100yd|500m)";
    pairs_of_paces_come_back: RunTarget, "(easy|half-marathon|10k)-(marathon|5k|threshold) pace";
    ramps_come_back: RunTarget, "((easy|10k) to (half-marathon|5k) pace|zone [1-3] to zone [4-7]|rpe [1-4] to rpe [5-9]|[6-9]:[0-5][0-9] to [3-5]:[0-5][0-9]/km|[1-9]0 to [1-9]5 (%ftp|bpm|W))";
    levels_come_back: Level, "[1-5]";
    days_come_back: Day, "(monday|tuesday|sunday|[1-7])";
    actions_come_back: Action, "(hip|knee)\\.(flexion|extension)";
    colours_come_back: Colour, "#[0-9a-fA-F]{6}";
    tags_come_back: LanguageTag, "[a-z]{2}(-[A-Z][a-z]{3})?(-[A-Z]{2})?";
    ids_come_back: Id<Exercise>, "[a-z][a-z0-9]{0,20}(-[a-z0-9]{1,20}){0,2}";
}

#[test]
fn no_number_is_too_large() {
    for length in [1, 7, 10, 20, 28, 29, 30, 40, 400] {
        for unit in ["", "s", "kg", "%", "rpe", "sets", "reps", "/km", "bpm"] {
            everything(&format!("{} {unit}", "9".repeat(length)));
            everything(&format!("7{}{unit}", "0".repeat(length)));
        }
    }
    everything("79228162514264337593543950335 rpe");
}

proptest! {
    #[test]
    fn references_come_back(kind in prop::sample::select(&Kind::ALL[..]), id in "[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,30})?") {
        let reference = Reference::new(kind, &id).expect("an id");
        let parsed = prose::parse(&format!("see [it]({reference})"));
        prop_assert_eq!(&parsed.references[0].0, &reference);
        prop_assert!(parsed.problems.is_empty());
    }

    #[test]
    fn no_text_is_too_strange(text in crate::text(), other in any::<String>(), digits in "[0-9.:-]{0,40} ?(rpe|kg|%|/km|s)?") {
        for text in [&text, &other, &digits] {
            everything(text);
            let _beat = text.parse::<Beat>();
        }
    }

    #[test]
    fn prose_is_read_or_refused(text in crate::text(), other in any::<String>()) {
        for text in [text, other] {
            let parsed = prose::parse(&text);
            let ranges = parsed.references.iter().map(|(_, range)| range).chain(parsed.problems.iter().map(|problem| &problem.range));
            for range in ranges {
                prop_assert!(text.get(range.clone()).is_some(), "{:?} is no part of {:?}", range, text);
            }
        }
    }
}
