//! The font in which fields are filled in.
//!
//! A reader types what no one knows before, so the font has every character of Windows-1252, which viewers can encode
//! without help, and a table of characters: a simple TrueType font without symbols is asked for both (PDF 32000-1, 9.6.6.4,
//! and PDF/UA-1, 7.21.4 to 7.21.6). The face that ships is used whatever the brand has, since a brand's may lack letters.

use std::sync::OnceLock;

use super::subset::{tag, to_unicode};
use super::{Face, Library, Metrics, deflate, sound};

/// A finished font for fields.
pub(crate) struct FormFont {
    /// Name with its tag: `ABCDEF+SourceSans3-Regular`.
    pub(crate) name: String,
    /// The deflated TrueType file, and its length before.
    pub(crate) file: Vec<u8>,
    pub(crate) file_length: usize,
    /// The widths of the characters from 32 to 255, in thousandths.
    pub(crate) widths: Vec<i32>,
    /// The deflated `ToUnicode` map.
    pub(crate) to_unicode: Vec<u8>,
    pub(crate) metrics: Metrics,
}

/// The font, made once.
pub(crate) fn form_font() -> &'static FormFont {
    static FONT: OnceLock<FormFont> = OnceLock::new();
    FONT.get_or_init(|| made(&Library::open()))
}

/// The characters of Windows-1252 from 128 to 159; what is none is a bullet, as in PDF.
const MIDDLE: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";

/// Each code with its character.
fn characters() -> impl Iterator<Item = (u8, char)> {
    let middle = (128..).zip(MIDDLE.chars());
    (32..=126)
        .map(|code| (code, char::from(code)))
        .chain(middle)
        .chain((160..=255).map(|code| (code, char::from(code))))
}

fn made(library: &Library) -> FormFont {
    let typeface = library.typeface(Face::Regular);
    let map = typeface.font.charmap();
    let glyph = |character: char| {
        // Those that look alike stand in for each other.
        let other = match character {
            '\u{a0}' => ' ',
            '\u{ad}' => '-',
            same => same,
        };
        let found = map.map_unicode(character).or_else(|| map.map_unicode(other));
        found.and_then(|glyph| u16::try_from(glyph.to_u32()).ok()).unwrap_or(0)
    };
    let mut wanted: Vec<u16> = characters().map(|(_, character)| glyph(character)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&wanted);
    let subset = subsetter::subset(typeface.bytes(), 0, &remapper).ok();
    let mut pairs: Vec<(u16, u16)> = characters()
        .map(|(_, character)| {
            let old = glyph(character);
            let number = if subset.is_some() { remapper.get(old).unwrap_or(0) } else { old };
            (u16::try_from(u32::from(character)).unwrap_or(0), number)
        })
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let outlines = subset.unwrap_or_else(|| typeface.bytes().to_vec());
    let file = with_table(&outlines, *b"cmap", &character_map(&pairs)).unwrap_or(outlines);
    let mut widths = vec![0; 224];
    for (code, character) in characters() {
        widths[usize::from(code) - 32] = library.advance(Face::Regular, glyph(character));
    }
    let texts = characters().map(|(code, character)| (u16::from(code), character.to_string()));
    FormFont {
        name: format!("{}+{}", tag(&file), typeface.name),
        file: deflate(&file),
        file_length: file.len(),
        widths,
        to_unicode: deflate(to_unicode(2, texts).as_bytes()),
        metrics: library.metrics(Face::Regular),
    }
}

/// A table `cmap` for Unicode in format 4, a segment for each character.
fn character_map(pairs: &[(u16, u16)]) -> Vec<u8> {
    let segments = pairs.iter().copied().chain([(u16::MAX, 0)]);
    let count = pairs.len() + 1;
    let mut out: Vec<u16> = vec![0, 1, 3, 1, 0, 12];
    let length = 16 + 8 * count;
    out.extend([4, short(length), 0, short(2 * count)]);
    out.extend(search(count, 2));
    out.extend(segments.clone().map(|(code, _)| code));
    out.push(0);
    out.extend(segments.clone().map(|(code, _)| code));
    out.extend(segments.map(|(code, glyph)| glyph.wrapping_sub(code)));
    out.extend(std::iter::repeat_n(0, count));
    out.into_iter().flat_map(u16::to_be_bytes).collect()
}

fn short(value: usize) -> u16 {
    u16::try_from(value).unwrap_or(u16::MAX)
}

/// What helps to search so many entries of this size: the range, its logarithm, the rest.
fn search(count: usize, size: usize) -> [u16; 3] {
    let power = count.max(1).ilog2();
    let range = size << power;
    [short(range), short(power as usize), short(size * count - range)]
}

/// A font file with one table in place of another one of its name, or besides the others.
fn with_table(file: &[u8], name: [u8; 4], table: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(file.get(4..6)?.try_into().ok()?));
    let names =
        file.get(12..12 + 16 * count)?.chunks_exact(16).filter_map(|entry| <[u8; 4]>::try_from(&entry[..4]).ok());
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::with_capacity(count + 1);
    for other in names.filter(|other| *other != name) {
        let mut content = sound::table(file, &other)?.to_vec();
        if other == *b"head" {
            content.get_mut(8..12)?.fill(0);
        }
        tables.push((other, content));
    }
    tables.push((name, table.to_vec()));
    tables.sort();
    let mut out = file.get(..4)?.to_vec();
    out.extend([short(tables.len())].into_iter().chain(search(tables.len(), 16)).flat_map(u16::to_be_bytes));
    let (mut start, mut head) = (12 + 16 * tables.len(), None);
    for (name, content) in &tables {
        head = if name == b"head" { Some(start) } else { head };
        out.extend(name);
        for value in [sum(content), u32::try_from(start).ok()?, u32::try_from(content.len()).ok()?] {
            out.extend(value.to_be_bytes());
        }
        start += content.len().next_multiple_of(4);
    }
    for (_, content) in &tables {
        out.extend(content);
        out.resize(out.len().next_multiple_of(4), 0);
    }
    // OpenType 1.9, `head`: the sum of the whole file is this number.
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(sum(&out));
    out.get_mut(head? + 8..head? + 12)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(out)
}

/// The checksum of a table.
fn sum(bytes: &[u8]) -> u32 {
    let words = bytes.chunks(4).map(|chunk| {
        let mut word = [0; 4];
        word[..chunk.len()].copy_from_slice(chunk);
        u32::from_be_bytes(word)
    });
    words.fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use harfrust::Font;

    use super::*;

    #[test]
    fn every_character_has_its_glyph() {
        let mut file = Vec::new();
        std::io::Read::read_to_end(&mut flate2::read::ZlibDecoder::new(&form_font().file[..]), &mut file).unwrap();
        assert_eq!(file.len(), form_font().file_length);
        assert_eq!(sum(&file), 0xb1b0_afba);
        let font = Font::new(file, 0).unwrap();
        assert_eq!(characters().count(), 95 + 128);
        for (code, character) in characters() {
            let glyph = font.charmap().map_unicode(character).map_or(0, |glyph| glyph.to_u32());
            assert!(glyph > 0 && glyph < font.num_glyphs(), "{character:?}");
            assert!(form_font().widths[usize::from(code) - 32] > 0, "{character:?}");
        }
    }
}
