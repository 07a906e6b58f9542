//! What authors mean by targets that cannot be read.

use crate::quantity::{Extent, Literal, Measured, Pace, PaceUnit, Rpe, plain_range};
use crate::vocabulary::PaceName;

use super::{Target, TargetUnit};

/// The targets that a text may mean, in the spelling of the format.
pub(super) fn targets(tidied: &str) -> Vec<String> {
    let bare = tidied.trim_end_matches("pace").trim();
    let zone = tidied.strip_prefix("zone").or_else(|| tidied.strip_prefix('z'));
    let zone = zone.map(|zones| format!("zone {}", zones.replace("zone", "").replace('z', "").trim()));
    let effort = tidied.strip_prefix("effort").unwrap_or(tidied);
    let of_ten = effort != tidied || ["rpe", "@", "/10", "/ 10", "of 10"].iter().any(|word| tidied.contains(word));
    let rpe = Extent::<Rpe>::respelt(effort).into_iter().filter(|_| of_ten);
    let mut meant: Vec<String> = pace_called(tidied).map(|name| format!("{name} pace")).into_iter().collect();
    meant.extend(share(tidied));
    meant.extend(offsets(tidied));
    meant.extend(pair(tidied).map(|(one, other)| format!("{one}-{other} pace")));
    meant.extend(zone);
    meant.extend(rpe.map(|rpe| format!("rpe {rpe}")));
    meant.extend(Pace::respelt(tidied));
    meant.extend(by_effort(bare).iter().map(|target| (*target).to_owned()));
    let heart = ["heart rate", "heartrate", "hr", "fc", "hf", "puls", "pulse"].iter();
    let beats = heart.filter_map(|word| tidied.strip_prefix(word)).next();
    if let Some(beats) = beats.filter(|rest| rest.starts_with([' ', ':', '='])) {
        meant.push(format!("{} bpm", beats.trim_start_matches([' ', ':', '='])));
    }
    if tidied.ends_with(|c: char| !c.is_ascii_digit()) {
        meant.extend(Measured::<TargetUnit>::respelt(tidied));
    } else if tidied.split('-').all(|end| end.parse().is_ok_and(|beats| (80..=220).contains(&beats))) {
        // A number alone may be beats of the heart or watts; a smaller one may be anything.
        meant.extend([format!("{tidied} bpm"), format!("{tidied} W")]);
    }
    meant
}

/// The same, and targets that change on the way.
pub(super) fn ramps(tidied: &str) -> Vec<String> {
    const ARROWS: [&str; 7] = ["->", "=>", "\u{2192}", " progressing-", " building-", " increasing-", " then "];
    let ends = ARROWS.iter().find_map(|arrow| tidied.split_once(arrow));
    if let Some((from, to)) = ends {
        let (from, to) = (from.trim(), to.trim());
        let named = |text: &str| {
            let meant = targets(text).into_iter().find(|guess| Target::read(guess).is_some());
            meant.unwrap_or_else(|| text.to_owned())
        };
        return vec![format!("{from} to {to}"), format!("{} to {}", named(from), named(to))];
    }
    let mut meant = targets(tidied);
    // A hyphen stands for the word "to" too.
    if let Some((from, to)) = pair(tidied).filter(|_| tidied.contains('-')) {
        meant.push(format!("{from} to {to} pace"));
    }
    meant
}

/// What to do about a pace of another name.
pub(super) fn advice(tidied: &str) -> Option<String> {
    if crate::quantity::begins_with_zero(tidied) {
        return Some("a target asks for more than nothing: leave it out where there is none".to_owned());
    }
    if tidied.starts_with("zone") || tidied.starts_with("z") && tidied.len() < 4 {
        return Some("zones are counted from `zone 1` to `zone 7`".to_owned());
    }
    let names: Vec<_> = PaceName::ALL.iter().map(|name| format!("`{name}`")).collect();
    tidied.contains("pace").then(|| format!("the paces with a name are {}", names.join(", ")))
}

/// How hard or how fast some words are.
fn by_effort(words: &str) -> &'static [&'static str] {
    match words {
        "all out" | "all-out" | "max" | "maximum" | "max effort" | "maximal" | "sprint" | "flat out" => &["rpe 10"],
        // What a trained runner holds for eleven minutes or so, between the paces of these races.
        "vo2max" | "vo2 max" | "vo\u{2082}max" | "v\u{307}o2max" => &["3k pace", "5k pace"],
        // What a trained runner holds for an hour.
        "15k" | "15k-half marathon" | "15k-half marathon race" | "15k-half-marathon" => &["threshold pace"],
        "aerobic" | "general aerobic" | "general-aerobic" => &["easy pace", "steady pace"],
        _ => &[],
    }
}

/// Paces by other names than those of the format.
const PACE_NAMES: [(&str, &str); 25] = [
    ("mp", "marathon"),
    ("gmp", "marathon"),
    ("hm", "half-marathon"),
    ("half", "half-marathon"),
    ("hmp", "half-marathon"),
    ("1/2 marathon", "half-marathon"),
    ("tempo", "threshold"),
    ("lt", "threshold"),
    ("ltp", "threshold"),
    ("lactate threshold", "threshold"),
    ("10km", "10k"),
    ("10kp", "10k"),
    ("5km", "5k"),
    ("5kp", "5k"),
    ("3km", "3k"),
    ("3kp", "3k"),
    ("1500m", "mile"),
    ("goal", "race"),
    ("rp", "race"),
    ("recovery", "easy"),
    // The letters of Daniels' paces; of the faster ones, that of repetitions is a mile's.
    ("e", "easy"),
    ("m", "marathon"),
    ("t", "threshold"),
    ("r", "mile"),
    ("conversational", "easy"),
];

/// The pace that some words mean.
fn pace_called(words: &str) -> Option<PaceName> {
    let mut bare = words.trim();
    for word in ["pace", "speed", "effort", " race"] {
        bare = bare.strip_suffix(word).unwrap_or(bare).trim_end_matches([' ', '-']);
    }
    for word in ["of ", "your ", "my ", "goal "] {
        bare = bare.strip_prefix(word).unwrap_or(bare).trim_start();
    }
    let bare = bare.replace(" k", "k");
    let name = PACE_NAMES.iter().find(|(written, _)| *written == bare).map_or(bare.as_str(), |(_, meant)| meant);
    let name = name.replace(' ', "-");
    PaceName::ALL.iter().find(|known| known.as_str() == name).copied()
}

/// `90% of 5K pace`, `90%-92% MP`.
fn share(tidied: &str) -> Option<String> {
    let tidied = tidied.replace(" percent ", "% ").replace("%-", "-");
    let (percent, of) = tidied.split_once('%')?;
    Some(format!("{} % {} pace", plain_range(percent, &[])?, pace_called(of)?))
}

/// `MP+15s`, `10 s/km slower than 5k pace`, `easy pace plus 1 min per mile`.
fn offsets(tidied: &str) -> Vec<String> {
    let text = tidied.replace(" plus ", "+").replace(" minus ", "-");
    let worded = [(" slower than ", '+'), (" faster than ", '-')].into_iter().find_map(|(words, sign)| {
        let (by, name) = text.split_once(words)?;
        Some((pace_called(name)?, sign, by))
    });
    let signed = || {
        let mut signs = text.char_indices().filter(|(_, sign)| matches!(sign, '+' | '-'));
        signs.find_map(|(at, sign)| Some((pace_called(&text[..at])?, sign, &text[at + 1..])))
    };
    let Some((name, sign, by)) = worded.or_else(signed) else { return Vec::new() };
    let by = PaceUnit::respelt_seconds(by);
    by.into_iter().map(|by| format!("{name} pace {sign} {by}")).collect()
}

/// `5k/10k pace`, `between MP and HM`.
fn pair(tidied: &str) -> Option<(PaceName, PaceName)> {
    let text = tidied.strip_prefix("between ").unwrap_or(tidied);
    ["/", " and ", " or ", "-"].iter().find_map(|sign| {
        let mut signs = text.match_indices(sign);
        let (one, other) =
            signs.find_map(|(at, sign)| Some((pace_called(&text[..at])?, pace_called(&text[at + sign.len()..])?)))?;
        (one != other).then_some((one, other))
    })
}
