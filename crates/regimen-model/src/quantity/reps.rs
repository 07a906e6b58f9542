//! How many repetitions a set has.

use std::fmt;
use std::str::FromStr;

use super::suggestion::{self, plain_range};
use super::{
    BadQuantity, Count, Distance, Duration, Extent, Literal, MOST_SETS, Numbers, PerSet, WHOLE, literal, parse_count,
    parse_whole, unreadable,
};

/// How many repetitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reps {
    /// This many.
    Count(Extent<u32>),
    /// This many, and more if they are possible in good form: `5+`.
    AtLeast(u32),
    /// As many as possible in good form.
    Amrap,
    /// Until the muscles are tired.
    UntilTired,
}

const AMRAP: &str = "amrap";
const UNTIL_TIRED: &str = "until-tired";

impl Literal for Reps {
    const EXPECTED: &'static str = "a number of reps such as `8`, `8-12`, `5+`, `amrap` or `until-tired`";
    const NUMBERS: Option<Numbers> = Count::NUMBERS;

    fn shape() -> String {
        format!(r"{AMRAP}|{UNTIL_TIRED}|{WHOLE}\+|{}", Count::shape())
    }

    fn read(text: &str) -> Option<Self> {
        match text {
            AMRAP => Some(Self::Amrap),
            UNTIL_TIRED => Some(Self::UntilTired),
            text => match text.strip_suffix('+') {
                Some(least) => parse_whole(least).filter(|least| (1..=1000).contains(least)).map(Self::AtLeast),
                None => parse_count(text).map(Self::Count),
            },
        }
    }

    fn respelt(tidied: &str) -> Vec<String> {
        let most = ["max", "max reps", "maximum", "to failure", "until failure", "failure", "as many as possible"];
        if most.contains(&tidied) {
            return vec![AMRAP.to_owned()];
        }
        let until =
            ["until ", "till ", "to ", "bis "].iter().find_map(|word| tidied.strip_prefix(word)).unwrap_or(tidied);
        if ["tired", "fatigue", "fatigued", "exhaustion", "ermüdung"].contains(&until) {
            return vec![UNTIL_TIRED.to_owned()];
        }
        at_least(tidied).or_else(|| plain_range(tidied, &["reps", "rep", "wdh", "x"])).into_iter().collect()
    }

    fn advice(tidied: &str) -> Option<String> {
        if let Some(keys) = dose_meant(tidied).filter(|keys| keys.contains("hold")) {
            return Some(format!("write the dose as `{keys}`"));
        }
        if let Some(both) = Count::advice(tidied) {
            return Some(both);
        }
        if let Some(time) = Duration::read(tidied) {
            return Some(format!("write `hold: {time}` for a position that is held, or `time: {time}` for movement"));
        }
        let count = plain_range(suggestion::of_each_side(tidied)?, &["reps", "rep", "wdh", "x"])?;
        Some(format!("write `{count}`, and `per_side: true` beside it"))
    }
}

impl Reps {
    /// The list that is meant by `12/10/8/6` or `5, 5, 5+`.
    fn each_set(text: &str) -> Option<String> {
        let sets: Vec<&str> = text.split(['/', ',', ';', '|']).map(str::trim).collect();
        let reps: Option<Vec<Self>> = sets.into_iter().map(Self::read).collect();
        let reps = reps.filter(|reps| (2..=MOST_SETS).contains(&reps.len()))?;
        Some(PerSet::Each(reps).to_string())
    }
}

/// `5 or more`, `amrap 5+` and the like.
fn at_least(tidied: &str) -> Option<String> {
    let words = ["at least", "min.", "min", "amrap", ">=", "or more", "and more", "reps", "+"];
    let is_meant = words.iter().any(|word| *word != "reps" && tidied.contains(word));
    let least = is_meant.then(|| plain_range(tidied, &words))??;
    Some(format!("{least}+"))
}

/// The keys of a dose that is written as one text: `3x10`, `3 x 30 s`, `3x10x5s`, `12/10/8/6`.
pub fn dose_meant(text: &str) -> Option<String> {
    if text.len() > 60 {
        return None;
    }
    let tidied = super::tidy::tidied(text);
    let parts: Vec<&str> = tidied.split('x').map(str::trim).collect();
    let count =
        |text: &str| plain_range(text, &["sets", "set", "reps", "rep"]).filter(|text| Count::read(text).is_some());
    match parts.as_slice() {
        [sets, reps, hold] => {
            Some(format!("{{sets: {}, reps: {}, hold: {}}}", count(sets)?, count(reps)?, time(hold)?))
        }
        [sets, work] => {
            let sets = count(sets)?;
            let reps = || at_least(work).or_else(|| count(work)).map(|reps| format!("reps: {reps}"));
            let hold = || time(work).map(|hold| format!("hold: {hold}"));
            let distance = || Distance::read(work).map(|distance| format!("distance: {distance}"));
            let work = distance().or_else(hold).or_else(reps)?;
            Some(format!("{{sets: {sets}, {work}}}"))
        }
        _ => Reps::each_set(&tidied).map(|reps| format!("{{reps: {reps}}}")),
    }
}

/// A time that is written with its unit.
fn time(text: &str) -> Option<Duration> {
    let bare = text.trim_end_matches("hold").trim_start_matches("hold").trim();
    let readings = std::iter::once(bare.to_owned()).chain(Duration::respelt(bare));
    let is_time = bare.ends_with(|c: char| !c.is_ascii_digit() && c != '+');
    readings.filter(|_| is_time).find_map(|text| Duration::read(&text))
}

impl FromStr for Reps {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        // Before commas are taken for decimal points.
        let list = || Some(text).filter(|text| text.len() <= 60).and_then(Self::each_set);
        let each = |list: String| {
            let text = text.escape_debug();
            BadQuantity::new(format!("`{text}` is not {}; did you mean `{list}`, one for each set?", Self::EXPECTED))
        };
        Self::read(text).ok_or_else(|| list().map_or_else(|| unreadable::<Self>(text), each))
    }
}

impl fmt::Display for Reps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => count.fmt(f),
            Self::AtLeast(least) => write!(f, "{least}+"),
            Self::Amrap => f.write_str(AMRAP),
            Self::UntilTired => f.write_str(UNTIL_TIRED),
        }
    }
}

literal!(Reps);

#[cfg(test)]
mod tests {
    use super::dose_meant;

    #[test]
    fn a_dose_in_one_text_has_its_keys() {
        for (text, keys) in [
            ("3x10", "{sets: 3, reps: 10}"),
            ("3 × 8-12", "{sets: 3, reps: 8-12}"),
            ("3 x 5+", "{sets: 3, reps: 5+}"),
            ("3x30s", "{sets: 3, hold: 30 s}"),
            ("4 x 400 m", "{sets: 4, distance: 400 m}"),
            ("3x10x5s", "{sets: 3, reps: 10, hold: 5 s}"),
            ("12/10/8/6", "{reps: [12, 10, 8, 6]}"),
        ] {
            assert_eq!(dose_meant(text).as_deref(), Some(keys), "{text}");
        }
        for text in ["", "10", "x", "heavy", "3x", "3x10x5"] {
            assert_eq!(dose_meant(text), None, "{text}");
        }
    }
}
