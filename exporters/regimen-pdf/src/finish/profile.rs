//! What colours mean, as profiles of ICC.1:2004-10 (version 4.2), which PDF/A-2 asks for.
//!
//! They are written here from published figures and not taken from a file: half a kilobyte says all of sRGB, where profiles that
//! systems ship have tables of several.

use std::sync::OnceLock;

use crate::fonts::deflate;
use crate::press::Inks;

/// The name of the colours of screens, as the registry of the ICC has it.
pub(super) const SRGB: &str = "sRGB IEC61966-2.1";

/// The white of the space in which profiles meet, in 65536ths (ICC.1:2004-10, 7.2.16).
const D50: [i32; 3] = [0x0000_f6d6, 0x0001_0000, 0x0000_d32d];
/// The colours of sRGB (IEC 61966-2-1) seen under D50, in 65536ths.
const PRIMARIES: [[i32; 3]; 3] = [[0x6fa2, 0x38f5, 0x0390], [0x6299, 0xb785, 0x18da], [0x24a0, 0x0f84, 0xb6cf]];
/// What makes D65 to D50 after Bradford.
const ADAPTATION: [i32; 9] = [0x0001_0c42, 0x05de, -0x0cda, 0x0793, 0xfd90, -0x045f, -0x025e, 0x03db, 0xc075];
/// The curve of sRGB: exponent, slope and offset of the upper part, slope of the lower, and where they meet.
const CURVE: [i32; 5] = [0x0002_6666, 0xf2a7, 0x0d59, 0x13d0, 0x0a5b];

/// The name of what inks mean on a press, as the registry of the ICC has it, and in words.
pub(super) const PRESS: &str = "FOGRA39";
pub(super) const PRESS_IN_WORDS: &str = "Offset on coated paper, ISO 12647-2:2004";
/// Coated paper under D50, in 65536ths.
const PAPER: [i32; 3] = [0xd846, 0xe04e, 0xbee4];

/// The colours of inks on coated paper and of their overprints, seen beside the paper (ISO 12647-2:2004, table 2; those with black are
/// as dark as its darkest part): lightness, `a`, `b`. Cyan counts 8, magenta 4, yellow 2, black 1.
const INKS: [[f32; 3]; 16] = [
    [100.0, 0.0, 0.0],
    [17.4, 0.0, 0.6],
    [93.7, -5.2, 98.1],
    [15.4, -1.0, 6.8],
    [50.9, 77.3, -1.9],
    [11.2, 4.2, 0.5],
    [49.8, 71.1, 50.8],
    [10.1, 4.2, 2.5],
    [58.2, -38.7, -50.4],
    [12.2, -3.1, -2.6],
    [53.0, -71.1, 35.4],
    [11.2, -3.1, 1.5],
    [25.8, 17.8, -46.8],
    [6.8, 1.1, -2.9],
    [24.8, 0.0, 0.7],
    [5.7, 0.0, 0.3],
];

/// The colours of screens, deflated.
pub(super) fn srgb() -> &'static [u8] {
    static PROFILE: OnceLock<Vec<u8>> = OnceLock::new();
    PROFILE.get_or_init(|| deflate(&made_srgb()))
}

/// What the four inks of photographs look like, deflated.
pub(super) fn inks() -> &'static [u8] {
    static PROFILE: OnceLock<Vec<u8>> = OnceLock::new();
    PROFILE.get_or_init(|| deflate(&made_inks()))
}

/// What the four inks of a press look like, and which a colour takes, deflated.
pub(super) fn press() -> &'static [u8] {
    static PROFILE: OnceLock<Vec<u8>> = OnceLock::new();
    PROFILE.get_or_init(|| deflate(&made_press()))
}

fn made_srgb() -> Vec<u8> {
    let [red, green, blue] = PRIMARIES.map(|colour| numbers(*b"XYZ ", &colour));
    let mut curve = [*b"para", [0; 4], [0, 3, 0, 0]].concat();
    curve.extend(CURVE.iter().flat_map(|value| value.to_be_bytes()));
    profile(
        *b"mntr",
        *b"RGB ",
        *b"XYZ ",
        &[
            (&[*b"desc"], words(SRGB)),
            (&[*b"cprt"], words("CC0")),
            (&[*b"wtpt"], numbers(*b"XYZ ", &D50)),
            (&[*b"chad"], numbers(*b"sf32", &ADAPTATION)),
            (&[*b"rXYZ"], red),
            (&[*b"gXYZ"], green),
            (&[*b"bXYZ"], blue),
            (&[*b"rTRC", *b"gTRC", *b"bTRC"], curve),
        ],
    )
}

/// A table of all or nothing of each ink, between which is mixed evenly.
fn made_inks() -> Vec<u8> {
    profile(
        *b"scnr",
        *b"CMYK",
        *b"Lab ",
        &[
            (&[*b"desc"], words(PRESS_IN_WORDS)),
            (&[*b"cprt"], words("CC0")),
            (&[*b"wtpt"], numbers(*b"XYZ ", &PAPER)),
            (&[*b"A2B0"], table([4, 3, 2], from_inks())),
        ],
    )
}

/// The same and the way back, as a press needs both.
fn made_press() -> Vec<u8> {
    profile(
        *b"prtr",
        *b"CMYK",
        *b"Lab ",
        &[
            (&[*b"desc"], words(PRESS_IN_WORDS)),
            (&[*b"cprt"], words("CC0")),
            (&[*b"wtpt"], numbers(*b"XYZ ", &PAPER)),
            (&[*b"A2B0", *b"A2B1", *b"A2B2"], table([4, 3, 2], from_inks())),
            (&[*b"B2A0", *b"B2A1", *b"B2A2"], table([3, 4, STEPS], to_inks())),
            // Every colour is said to be printable.
            (&[*b"gamt"], table([3, 1, 2], vec![0; 8])),
        ],
    )
}

/// How many steps the way back has for each part of a colour.
const STEPS: u8 = 9;

fn from_inks() -> Vec<u16> {
    // Lab in 16 bits (ICC.1:2004-10, table 43).
    let colours = INKS.iter().flat_map(|[lightness, a, b]| {
        [lightness / 100.0 * 65280.0, (a + 128.0) * 256.0, (b + 128.0) * 256.0].map(|value| value.round() as u16)
    });
    colours.collect()
}

/// Inks for colours, by way of those of a screen. Only what any machine reckons alike: sums, products and square roots.
fn to_inks() -> Vec<u16> {
    let step = |at: u8| f32::from(at) * 65535.0 / f32::from(STEPS - 1);
    let mut out = Vec::new();
    for lightness in (0..STEPS).map(step) {
        for a in (0..STEPS).map(step) {
            for b in (0..STEPS).map(step) {
                let inks = crate::press::inks(on_screen([lightness / 652.8, a / 256.0 - 128.0, b / 256.0 - 128.0]));
                let parts = match inks {
                    Inks::Grey(grey) => [0.0, 0.0, 0.0, 1.0 - grey],
                    Inks::Four(parts) => parts,
                };
                out.extend(parts.map(|part| (part.clamp(0.0, 1.0) * 65535.0).round() as u16));
            }
        }
    }
    out
}

/// About the colour of a screen, from 0 to 1.
fn on_screen([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let y = (lightness + 16.0) / 116.0;
    let linear = |value: f32| if value > 0.2069 { value * value * value } else { (value - 0.1379) / 7.787 };
    let [x, y, z] = [linear(y + a / 500.0) * 0.9642, linear(y), linear(y - b / 200.0) * 0.8249];
    let colours = [
        3.1339 * x - 1.6169 * y - 0.4906 * z,
        -0.9788 * x + 1.9161 * y + 0.0335 * z,
        0.0719 * x - 0.2290 * y + 1.4052 * z,
    ];
    colours.map(|part| part.clamp(0.0, 1.0).sqrt())
}

/// A table of so many parts in and out, with so many steps for each part in.
fn table([from, to, steps]: [u8; 3], values: Vec<u16>) -> Vec<u8> {
    let mut table = [*b"mft2", [0; 4], [from, to, steps, 0]].concat();
    // The matrix is for other spaces, and curves are straight.
    let unity = [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x0001_0000_i32];
    table.extend(unity.iter().flat_map(|value| value.to_be_bytes()));
    let straight = |count: u8| [0, u16::MAX].repeat(usize::from(count));
    let all = [2, 2].into_iter().chain(straight(from)).chain(values).chain(straight(to));
    table.extend(all.flat_map(u16::to_be_bytes));
    table
}

/// A tag under each of its names.
type Tag<'a> = (&'a [[u8; 4]], Vec<u8>);

fn profile(class: [u8; 4], colours: [u8; 4], between: [u8; 4], tags: &[Tag<'_>]) -> Vec<u8> {
    let names: usize = tags.iter().map(|(names, _)| names.len()).sum();
    let (mut table, mut content) = (Vec::new(), Vec::new());
    for (of, tag) in tags {
        for name in *of {
            table.extend(name);
            table.extend(size(128 + 4 + 12 * names + content.len()));
            table.extend(size(tag.len()));
        }
        content.extend(tag);
        content.resize(content.len().next_multiple_of(4), 0);
    }
    let length = 128 + 4 + table.len() + content.len();
    let mut out = [size(length), [0; 4], [4, 0x20, 0, 0], class, colours, between].concat();
    // The day on which what is written here was published.
    for part in [2004_u16, 10, 22, 0, 0, 0] {
        out.extend(part.to_be_bytes());
    }
    out.extend(b"acsp");
    out.resize(68, 0);
    D50.iter().for_each(|value| out.extend(value.to_be_bytes()));
    out.resize(128, 0);
    out.extend(size(names));
    out.extend(table);
    out.extend(content);
    out
}

fn size(value: usize) -> [u8; 4] {
    u32::try_from(value).unwrap_or(u32::MAX).to_be_bytes()
}

/// Numbers in 65536ths.
fn numbers(kind: [u8; 4], values: &[i32]) -> Vec<u8> {
    [kind, [0; 4]].into_iter().chain(values.iter().map(|value| value.to_be_bytes())).flatten().collect()
}

/// A text in English.
fn words(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut out = [*b"mluc", [0; 4], size(1), size(12), *b"enUS", size(units.len()), size(28)].concat();
    out.extend(units);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tags of a profile, each within it.
    fn tags(profile: &[u8]) -> Vec<(String, &[u8])> {
        let number = |at: usize| u32::from_be_bytes(profile[at..at + 4].try_into().unwrap()) as usize;
        assert_eq!(number(0), profile.len());
        assert_eq!(&profile[36..40], b"acsp");
        let entry = |at: usize| {
            let (start, length) = (number(at + 4), number(at + 8));
            assert_eq!(start % 4, 0);
            (String::from_utf8_lossy(&profile[at..at + 4]).into_owned(), &profile[start..start + length])
        };
        (0..number(128)).map(|tag| entry(132 + 12 * tag)).collect()
    }

    #[test]
    fn colours_add_up_to_white() {
        for axis in 0..3 {
            let sum: i32 = PRIMARIES.iter().map(|colour| colour[axis]).sum();
            assert!((sum - D50[axis]).abs() < 16, "{axis}: {sum:x}");
        }
    }

    #[test]
    fn profiles_are_small_and_whole() {
        let (screen, inks) = (made_srgb(), made_inks());
        let names = |profile| tags(profile).into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(" ");
        assert_eq!(names(&screen), "desc cprt wtpt chad rXYZ gXYZ bXYZ rTRC gTRC bTRC");
        assert_eq!(names(&inks), "desc cprt wtpt A2B0");
        assert_eq!(tags(&inks)[3].1.len(), 48 + 4 + 2 * (2 * 4 + 3 * 16 + 2 * 3));
        assert!(screen.len() < 600 && super::srgb().len() < 400, "{} {}", screen.len(), super::srgb().len());
    }
}
