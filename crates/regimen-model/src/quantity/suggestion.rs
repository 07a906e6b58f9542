//! Suggestions for amounts that cannot be read: what an author writes elsewhere, in the spelling of the format.

use std::fmt;

use rust_decimal::Decimal;

use super::numerals::in_digits;
use super::tidy::{readings, tidied};
use super::{BadQuantity, Literal, parse_decimal};

/// Longer texts are not amounts that somebody misspelt.
const MAX_LENGTH: usize = 60;

/// The error for a text that is no such amount, with the amounts that were probably meant.
pub(crate) fn unreadable<T: Literal + fmt::Display>(text: &str) -> BadQuantity {
    let BadQuantity(wrong) = BadQuantity::not::<T>(text);
    if text.len() > MAX_LENGTH {
        return BadQuantity(wrong);
    }
    let readings = all_readings(text);
    let meant = meant_of::<T>(&readings);
    let advice = readings.iter().find_map(|reading| T::advice(reading));
    BadQuantity(match (meant.as_slice(), advice) {
        ([], None) => wrong,
        ([], Some(advice)) => format!("{wrong}; {advice}"),
        ([one], _) => format!("{wrong}; did you mean {one}?"),
        ([one, other], _) => format!("{wrong}; did you mean {one} or {other}?"),
        ([one, other, third, ..], _) => format!("{wrong}; did you mean {one}, {other} or {third}?"),
    })
}

/// The texts that a text may be in an even spelling.
fn all_readings(text: &str) -> Vec<String> {
    let mut readings = readings(&tidied(text));
    readings.extend(readings.first().and_then(|reading| in_digits(reading)));
    readings
}

/// The amounts that readings of a text mean, between backquotes.
fn meant_of<T: Literal + fmt::Display>(readings: &[String]) -> Vec<String> {
    let mut meant: Vec<String> = Vec::new();
    for reading in readings {
        for guess in std::iter::once(reading.clone()).chain(T::respelt(reading)) {
            let read = T::read(&guess).map(|value| format!("`{value}`"));
            if let Some(value) = read.filter(|value| !meant.contains(value)) {
                meant.push(value);
            }
        }
    }
    meant
}

/// The amounts that a text in another spelling may mean.
pub fn meant<T: Literal + fmt::Display>(text: &str) -> Vec<String> {
    if text.len() > MAX_LENGTH {
        return Vec::new();
    }
    meant_of::<T>(&all_readings(text)).into_iter().map(|value| value.trim_matches('`').to_owned()).collect()
}

/// The ends of a range, the lower one first; one value alone has both ends alike.
pub(super) fn ends(text: &str) -> (&str, &str) {
    let (low, high) = text.split_once('-').unwrap_or((text, text));
    (low.trim(), high.trim())
}

/// A number, and what follows it. The number is `None` where the text does not begin with one.
pub(super) fn number_and_rest(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    Some((parse_decimal(number)?, rest.trim()))
}

/// Whether a text is an amount of nothing: `0 km`, `0`, `0.0 min`.
pub(crate) fn begins_with_zero(text: &str) -> bool {
    number_and_rest(text).is_some_and(|(number, rest)| number.is_zero() && !rest.starts_with([':', '-']))
}

/// `low-high`, or one value where both are the same; the lower end comes first.
pub(super) fn range(one: Decimal, other: Decimal) -> String {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    if low == high { low.to_string() } else { format!("{low}-{high}") }
}

/// What is written before words for one side: `10 kg` of `10 kg each`, `10/side`, `10 pro Seite`.
pub(super) fn of_each_side(tidied: &str) -> Option<&str> {
    const EACH: [&str; 9] = ["each", "per", "pro", "je", "a", "par", "por", "each way", "both"];
    const SIDES: [&str; 21] = [
        "side", "sides", "leg", "legs", "arm", "arms", "hand", "hands", "seite", "bein", "côté", "jambe", "bras",
        "lado", "pierna", "brazo", "lato", "gamba", "kant", "been", "perna",
    ];
    let (before, last) = tidied.rsplit_once([' ', '/'])?;
    let before = before.trim_end_matches([' ', '/']);
    if matches!(last, "each" | "ea" | "e/s" | "jeweils" | "chacun") {
        return Some(before);
    }
    SIDES.contains(&last).then(|| {
        let word = before.rsplit_once([' ', '/']).filter(|(_, word)| EACH.contains(word));
        word.map_or(before, |(before, _)| before.trim_end_matches([' ', '/']))
    })
}

/// A range of plain numbers without the words around them: `10 reps`, `RPE 8-7`, `@7`, `2x`.
pub(crate) fn plain_range(text: &str, words: &[&str]) -> Option<String> {
    let mut bare = text.trim();
    for word in words {
        bare = bare.strip_prefix(word).or_else(|| bare.strip_suffix(word)).unwrap_or(bare).trim();
    }
    let (low, high) = ends(bare);
    Some(range(parse_decimal(low)?, parse_decimal(high)?))
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::super::{BadQuantity, Count, Distance, Duration, Extent, Load, Pace, Percent, Reps, Rir, Rpe, Tempo};
    use crate::model::{Level, RunTarget, StepLength};

    /// What the error for `text` offers or advises.
    fn offer<T: FromStr<Err = BadQuantity>>(text: &str) -> String {
        let wrong = text.parse::<T>().err().unwrap_or_else(|| panic!("`{text}` is read")).to_string();
        let offer = wrong.rsplit_once("; ").map_or("", |(_, offer)| offer);
        offer.strip_prefix("did you mean ").unwrap_or(offer).trim_end_matches('?').to_owned()
    }

    #[track_caller]
    fn offers<T: FromStr<Err = BadQuantity>>(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(offer::<T>(text), *expected, "{text}");
        }
    }

    #[test]
    fn lengths_of_time_are_offered_in_their_units() {
        offers::<Duration>(&[
            ("90 sek", "`90 s`"),
            ("90 Sek.", "`90 s`"),
            ("2 Minuten", "`2 min`"),
            ("1 Std", "`1 h`"),
            ("60 to 90 s", "`60-90 s`"),
            ("60s-90s", "`60-90 s`"),
            ("90-60 s", "`60-90 s`"),
            ("~60 s", "`60 s`"),
            ("1½ min", "`1.5 min`"),
            ("1,5 min", "`1.5 min`"),
            ("7:00", "`7 min`"),
            ("1:30", "`90 s` or `90 min`"),
            ("7:45", "`465 s`"),
            ("1:05:00", "`65 min`"),
            ("1 min 90 s", "`150 s`"),
            ("1 h 90 min", "`150 min`"),
            ("1h30", "`90 min`"),
            ("2'", "`2 min`"),
            ("90''", "`90 s`"),
            ("90\"", "`90 s`"),
            ("45", "`45 s`"),
            ("3", "`3 s` or `3 min`"),
            ("1-2", "`1-2 s` or `1-2 min`"),
            ("soon", ""),
            ("5 km", ""),
            ("1:30 h", "`90 min`"),
            ("1:30 min", "`90 s`"),
            ("1:05:00 h", "`65 min`"),
            ("1m", "`1 min`"),
            ("90秒", "`90 s`"),
            ("30 mn", "`30 min`"),
            ("45 minuti", "`45 min`"),
            ("half an hour", "`0.5 h`"),
            ("2 days", "`48 h`"),
            ("thirty seconds", "`30 s`"),
            ("3 x 30 s", "write `sets: 3`, and here only `30 s`"),
            ("30 s per side", "write `30 s`, and `per_side: true` beside it where each side does it"),
        ]);
    }

    #[test]
    fn distances_are_offered_in_their_units() {
        offers::<Distance>(&[
            ("8 miles", "`8 mi`"),
            ("5k", "`5 km`"),
            ("8 kms", "`8 km`"),
            ("1,000 m", "`1000 m` or `1 m`"),
            ("1.000 m", "`1000 m` or `1 m`"),
            ("2.500m", "`2500 m` or `2.5 m`"),
            ("1.000-1.500 m", "`1000-1500 m` or `1-1.5 m`"),
            ("1.500 metres", "`1500 m` or `1.5 m`"),
            ("1 500 m", "`1500 m`"),
            ("1'500 m", "`1500 m`"),
            ("10.000,5 m", "`10000.5 m`"),
            ("100.000.000 m", ""),
            ("2,125 kms", "`2125 km` or `2.125 km`"),
            ("2.125 kms", "`2.125 km`"),
            ("2,5 km", "`2.5 km`"),
            ("10-8 km", "`8-10 km`"),
            ("3 Meilen", "`3 mi`"),
            ("a mile", "`1 mi`"),
            ("six miles", "`6 mi`"),
            ("5 км", "`5 km`"),
            ("5 kilomètres", "`5 km`"),
            ("3/4 mile", "`0.75 mi`"),
            ("half marathon", "`21.0975 km`"),
            ("marathon", "`42.195 km`"),
            ("2 Schritte", ""),
        ]);
        offers::<StepLength>(&[
            ("8 miles", "`8 mi`"),
            ("5k", "`5 km`"),
            ("90 sek", "`90 s`"),
            ("1:05:00", "`65 min`"),
            ("2 x 5k", "write several of the same as `{repeat: 2, steps: [{duration: 5 km}]}`"),
            ("lap", "`open`"),
            ("45", "write its unit: `45 min`, `45 km`, `45 mi` or `45 s`"),
            ("400", "`400 m` or `400 s`"),
        ]);
        offers::<StepLength>(&[("100 yards", "`100 yd`"), ("100 y", "`100 yd`"), ("1.000 yd", "`1000 yd` or `1 yd`")]);
        for track in ["20m", "60-100m", "150m", "400m", "1200m", "90 m", "5km"] {
            assert!(track.parse::<StepLength>().is_ok(), "{track}");
        }
        let repeats = offer::<StepLength>("6 x 400 m");
        assert!(repeats.contains("`{repeat: 6, steps: [{duration: 400 m}]}`"), "{repeats}");
    }

    #[test]
    fn loads_are_offered() {
        offers::<Load>(&[
            ("BW + 10 kg", "write `10 kg`, which is what is added to the weight of the body"),
            ("RPE 8", "write `rpe: 8`, and no `load`"),
            ("yellow band", "`band yellow`"),
            ("Red", "`band red`"),
            ("band: green", "`band green`"),
            ("bande rouge", "`band red`"),
            ("grünes Band", "`band grünes`"),
            ("élastique", ""),
            ("bandage", ""),
            ("headband", ""),
            ("rouge", "`band red`"),
            ("70% 1RM", "`70 %1rm`"),
            ("70 percent", "`70 %1rm`, `70 %tm` or `70 %last`"),
            ("20 kilograms", "`20 kg`"),
            ("45-40 lbs", "`40-45 lb`"),
            ("10 Pfund", ""),
            ("12 quilos", "`12 kg`"),
            ("10 kg each", "write `10 kg`, and `per_side: true` beside it where each side does it"),
            ("10 kg/side", "write `10 kg`, and `per_side: true` beside it where each side does it"),
            ("3 x 10 kg", "write `sets: 3`, and here only `10 kg`"),
            (
                "2 x 10 kg",
                "write `10 kg`, with a `note` if there is one in each hand, and `sets: 2` if two sets are meant",
            ),
            ("85 % of the last set", "`85 %last`"),
        ]);
        offers::<Load>(&[("1.000 kg", "`1000 kg` or `1 kg`"), ("1.000-1.200 lb", "`1000-1200 lb` or `1-1.2 lb`")]);
        let none = offer::<Load>("bodyweight");
        assert!(none.contains("leave out `load`"), "{none}");
    }

    #[test]
    fn counts_are_offered() {
        offers::<Reps>(&[
            ("12-10", "`10-12`"),
            ("10 reps", "`10`"),
            ("8 to 12 reps", "`8-12`"),
            ("AMRAP", "`amrap`"),
            ("to failure", "`amrap`"),
            ("AMRAP 5+", "`5+`"),
            ("5 or more", "`5+`"),
            ("until tired", "`until-tired`"),
            ("20-30 s", "write `hold: 20-30 s` for a position that is held, or `time: 20-30 s` for movement"),
            ("12/10/8/6", "`[12, 10, 8, 6]`, one for each set"),
            ("12,10,8,6", "`[12, 10, 8, 6]`, one for each set"),
            ("5, 5, 5+", "`[5, 5, 5+]`, one for each set"),
            ("3x10x5s", "write the dose as `{sets: 3, reps: 10, hold: 5 s}`"),
            ("1.000", "`1000` or `1`"),
            ("1.000 Wdh", "`1000` or `1`"),
        ]);
        let side = offer::<Reps>("10 each side");
        assert!(side.contains("`10`") && side.contains("`per_side: true`"), "{side}");
        offers::<Reps>(&[
            ("2 x 10", "write `sets: 2`, and `reps: 10` beside it"),
            ("zwölf", "`12`"),
            ("10/leg", "write `10`, and `per_side: true` beside it"),
            ("ten reps", "`10`"),
        ]);
        offers::<Count>(&[
            ("twice", "`2`"),
            ("trois séries", "`3`"),
            ("2x", "`2`"),
            ("three", "`3`"),
            ("3 sets", "`3`"),
            ("4-3", "`3-4`"),
            ("3 x 10 x 5 sec", "write the dose as `{sets: 3, reps: 10, hold: 5 s}`"),
        ]);
        let both = offer::<Count>("3x10");
        assert!(both.contains("`sets: 3`") && both.contains("`reps: 10`"), "{both}");
        offers::<Percent>(&[("0.5", "`50 %`"), ("60", "`60 %`"), ("60 percent", "`60 %`"), ("half", "`50 %`")]);
        offers::<Level>(&[("beginner", "`1`"), ("Intermediate", "`3`"), ("expert", "`5`")]);
    }

    #[test]
    fn efforts_are_offered() {
        offers::<Extent<Rpe>>(&[("RPE 7", "`7`"), ("7/10", "`7`"), ("8-7", "`7-8`"), ("7,5", "`7.5`"), ("@8", "`8`")]);
        offers::<Extent<Rir>>(&[("2 RIR", "`2`"), ("3-1", "`1-3`")]);
        offers::<Tempo>(&[
            ("4010", "`4-0-1-0`"),
            ("30X1", "`3-0-X-1`"),
            ("4/0/1/0", "`4-0-1-0`"),
            ("4 0 1 0", "`4-0-1-0`"),
            ("4-0-1", "`4-0-1-0`"),
            ("slow", ""),
        ]);
    }

    #[test]
    fn paces_and_targets_are_offered() {
        let paces: &[(&str, &str)] = &[
            ("4.40-4.50 min/km", "`4:40-4:50/km`"),
            ("4:40 min/km", "`4:40/km`"),
            ("4:40-4:50 per km", "`4:40-4:50/km`"),
            ("4:40/km - 4:50/km", "`4:40-4:50/km`"),
            ("4:50-4:40/km", "`4:40-4:50/km`"),
            ("8:00 per mile", "`8:00/mi`"),
            ("4'40''/km", "`4:40/km`"),
            ("5 min/km", "`5:00/km`"),
            ("4.5 min/km", "`4:30/km`"),
            ("5:30", "`5:30/km` or `5:30/mi`"),
        ];
        offers::<Pace>(paces);
        offers::<RunTarget>(paces);
        offers::<RunTarget>(&[
            ("Zone 2", "`zone 2`"),
            ("z2-3", "`zone 2-3`"),
            ("marathon", "`marathon pace`"),
            ("half marathon pace", "`half-marathon pace`"),
            ("10 km pace", "`10k pace`"),
            ("RPE 6", "`rpe 6`"),
            ("140 - 150 BPM", "`140-150 bpm`"),
            ("75% HRmax", "`75 %hrmax`"),
            ("200 watts", "`200 W`"),
            ("1.000 W", "`1000 W` or `1 W`"),
            ("140-150", "`140-150 bpm` or `140-150 W`"),
            ("HR 140-150", "`140-150 bpm`"),
            ("6/10", "`rpe 6`"),
            ("effort 6", "`rpe 6`"),
            ("all out", "`rpe 10`"),
            ("VO2max", "`3k pace` or `5k pace`"),
            ("12", ""),
            ("fast", ""),
        ]);
    }

    #[test]
    fn paces_beside_a_named_one_and_ramps_are_offered() {
        offers::<RunTarget>(&[
            ("90% of 5K pace", "`90 % 5k pace`"),
            ("90%-92% MP", "`90-92 % marathon pace`"),
            ("92-90 % 5k", "`90-92 % 5k pace`"),
            ("MP+15s", "`marathon pace + 15 s/km` or `marathon pace + 15 s/mi`"),
            ("MP + 15-20 sec per km", "`marathon pace + 15-20 s/km`"),
            ("mp - 10", "`marathon pace - 10 s/km` or `marathon pace - 10 s/mi`"),
            ("10k pace - 0:05/km", "`10k pace - 5 s/km`"),
            ("easy pace plus 1 min per mile", "`easy pace + 60 s/mi`"),
            ("10 s/km slower than 5k pace", "`5k pace + 10 s/km`"),
            (
                "15 sec faster than half marathon pace",
                "`half-marathon pace - 15 s/km` or `half-marathon pace - 15 s/mi`",
            ),
            ("5k/10k pace", "`5k-10k pace`"),
            ("5k pace/10k pace", "`5k-10k pace`"),
            ("between MP and HM", "`marathon-half-marathon pace`"),
            ("easy to MP", "`easy-marathon pace` or `easy to marathon pace`"),
            ("easy → marathon pace", "`easy to marathon pace`"),
            ("6:00 -> 5:00/km", "`6:00 to 5:00/km`"),
            ("zone 2 → zone 4", "`zone 2 to zone 4`"),
            ("90% LTHR", "`90 %lthr`"),
            ("90% of threshold heart rate", "`90 %lthr`"),
            ("1:55/500 m", "`1:55/500m`"),
            ("1:30 per 100 yards", "`1:30/100yd`"),
            ("general aerobic pace", "`easy pace` or `steady pace`"),
            ("goal pace", "`race pace`"),
            ("goal marathon pace", "`marathon pace`"),
            ("half marathon effort", "`half-marathon pace`"),
            ("75-80% of 5K speed", "`75-80 % 5k pace`"),
            ("3:50-4:00 min/km → 3:30 min/km", "`3:50-4:00 to 3:30/km`"),
        ]);
    }

    #[test]
    fn paces_of_another_name_are_told_the_known_ones() {
        let known = offer::<RunTarget>("lightning pace");
        assert!(
            known.starts_with("the paces with a name are `easy`, `steady`") && known.ends_with("`race`"),
            "{known}"
        );
    }

    #[test]
    fn long_texts_cost_nothing() {
        for text in ["9".repeat(100_000), "1-".repeat(50_000), ":".repeat(61)] {
            assert_eq!(offer::<Duration>(&text), "");
            assert_eq!(offer::<RunTarget>(&text), "");
        }
    }
}
