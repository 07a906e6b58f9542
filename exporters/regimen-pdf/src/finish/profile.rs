//! What colours mean, as profiles of ICC.1:2004-10 (version 4.2), which PDF/A-2 asks for.
//!
//! They are written here from published figures and not taken from a file: half a kilobyte says all of sRGB, where profiles that
//! systems ship have tables of several.

use std::sync::OnceLock;

use crate::fonts::deflate;

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

/// The colours of inks on coated paper and of their overprints (ISO 12647-2:2004, table 2; four-coloured black is as dark as its
/// darkest part): lightness, `a`, `b`. Cyan counts 8, magenta 4, yellow 2, black 1.
const INKS: [[f32; 3]; 16] = [
    [95.0, 0.0, -2.0],
    [16.0, 0.0, 0.0],
    [89.0, -5.0, 93.0],
    [14.0, -1.0, 6.0],
    [48.0, 74.0, -3.0],
    [10.0, 4.0, 0.0],
    [47.0, 68.0, 48.0],
    [9.0, 4.0, 2.0],
    [55.0, -37.0, -50.0],
    [11.0, -3.0, -3.0],
    [50.0, -68.0, 33.0],
    [10.0, -3.0, 1.0],
    [24.0, 17.0, -46.0],
    [6.0, 1.0, -3.0],
    [23.0, 0.0, 0.0],
    [5.0, 0.0, 0.0],
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

fn made_srgb() -> Vec<u8> {
    let [red, green, blue] = PRIMARIES.map(|colour| numbers(*b"XYZ ", &colour));
    let mut curve = vec![*b"para", [0; 4], [0, 3, 0, 0]].concat();
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
    // Four channels in, three out, two steps for each; the matrix counts for other spaces.
    let mut table = vec![*b"mft2", [0; 4], [4, 3, 2, 0]].concat();
    let unity = [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x0001_0000_i32];
    table.extend(unity.iter().flat_map(|value| value.to_be_bytes()));
    let straight = [0, u16::MAX];
    let colours = INKS.iter().flat_map(|[lightness, a, b]| {
        // Lab in 16 bits (ICC.1:2004-10, table 43).
        [lightness / 100.0 * 65280.0, (a + 128.0) * 256.0, (b + 128.0) * 256.0].map(|value| value.round() as u16)
    });
    let sizes = [2, 2];
    let values = sizes.into_iter().chain(straight.repeat(4)).chain(colours).chain(straight.repeat(3));
    table.extend(values.flat_map(u16::to_be_bytes));
    profile(
        *b"scnr",
        *b"CMYK",
        *b"Lab ",
        &[
            (&[*b"desc"], words("Offset on coated paper")),
            (&[*b"cprt"], words("CC0")),
            (&[*b"wtpt"], numbers(*b"XYZ ", &D50)),
            (&[*b"A2B0"], table),
        ],
    )
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
