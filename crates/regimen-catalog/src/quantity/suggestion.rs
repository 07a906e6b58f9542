//! Suggestions for amounts that cannot be read: what an author writes elsewhere, in the spelling of the format.

use std::fmt;

use rust_decimal::Decimal;

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
    let readings = readings(&tidied(text));
    let mut meant: Vec<String> = Vec::new();
    for reading in &readings {
        for guess in std::iter::once(reading.clone()).chain(T::respelt(reading)) {
            let read = T::read(&guess).map(|value| format!("`{value}`"));
            if let Some(value) = read.filter(|value| !meant.contains(value)) {
                meant.push(value);
            }
        }
    }
    let advice = readings.iter().find_map(|reading| T::advice(reading));
    BadQuantity(match (meant.as_slice(), advice) {
        ([], None) => wrong,
        ([], Some(advice)) => format!("{wrong}; {advice}"),
        ([one], _) => format!("{wrong}; did you mean {one}?"),
        ([one, other, ..], _) => format!("{wrong}; did you mean {one} or {other}?"),
    })
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

/// `low-high`, or one value where both are the same; the lower end comes first.
pub(super) fn range(one: Decimal, other: Decimal) -> String {
    let (low, high) = if one <= other { (one, other) } else { (other, one) };
    if low == high { low.to_string() } else { format!("{low}-{high}") }
}

/// A range of plain numbers without the words around them: `10 reps`, `RPE 8-7`, `@7`, `2x`.
pub(super) fn plain_range(text: &str, words: &[&str]) -> Option<String> {
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
    use crate::model::{Level, StepLength, Target};

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
            ("1 min 30 s", "`90 s`"),
            ("1h30", "`90 min`"),
            ("2'", "`2 min`"),
            ("90''", "`90 s`"),
            ("90\"", "`90 s`"),
            ("45", "`45 s`"),
            ("soon", ""),
            ("5 km", ""),
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
            ("a mile", ""),
        ]);
        offers::<StepLength>(&[
            ("8 miles", "`8 mi`"),
            ("5k", "`5 km`"),
            ("90 sek", "`90 s`"),
            ("1:05:00", "`65 min`"),
            ("lap", "`open`"),
            ("45", "`45 min` or `45 s`"),
        ]);
        let repeats = offer::<StepLength>("6 x 400 m");
        assert!(repeats.contains("`{repeat: 6, steps: [{duration: 400 m}]}`"), "{repeats}");
    }

    #[test]
    fn loads_are_offered() {
        offers::<Load>(&[
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
            ("70 percent", "`70 %1rm`"),
            ("20 kilograms", "`20 kg`"),
            ("45-40 lbs", "`40-45 lb`"),
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
            ("1.000", "`1000` or `1`"),
            ("1.000 Wdh", "`1000` or `1`"),
        ]);
        let side = offer::<Reps>("10 each side");
        assert!(side.contains("`10`") && side.contains("`per_side: true`"), "{side}");
        offers::<Count>(&[("2x", "`2`"), ("three", "`3`"), ("3 sets", "`3`"), ("4-3", "`3-4`")]);
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
        offers::<Target>(paces);
        offers::<Target>(&[
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
            ("fast", ""),
        ]);
    }

    #[test]
    fn long_texts_cost_nothing() {
        for text in ["9".repeat(100_000), "1-".repeat(50_000), ":".repeat(61)] {
            assert_eq!(offer::<Duration>(&text), "");
            assert_eq!(offer::<Target>(&text), "");
        }
    }
}
