//! Whether a font from outside is whole enough to be cut and embedded, whatever it holds.
//!
//! The offsets are those of the OpenType specification 1.9, of the tables `head`, `maxp`, `hhea`, `hmtx`, `loca`, `glyf`
//! and `name`. What shapes text reads its own tables with care; here is what a font must not do to those who cut it,
//! and to those who draw it.

/// The most parts of a glyph, and how many it comes to when their own parts are counted.
const MOST_PARTS: usize = 64;
const MOST_DRAWN: u32 = 1_000;
/// The deepest nesting of parts.
const DEEPEST: usize = 8;

/// Says why a font cannot be printed with.
pub(super) fn examine(bytes: &[u8]) -> Result<(), &'static str> {
    if is_compact(bytes) {
        // Who cuts and who draws CFF reads its programs with limits of their own.
        return widths(bytes).map(|_| ()).ok_or("its list of tables is broken");
    }
    let outlines = Outlines::of(bytes).ok_or("its list of tables is broken")?;
    let parts: Vec<Vec<u16>> = (0..outlines.count)
        .map(|glyph| outlines.glyph(glyph).and_then(parts).ok_or("a glyph is not whole"))
        .collect::<Result<_, _>>()?;
    unnested(&parts)
}

/// Whether the outlines are those of CFF.
pub(super) fn is_compact(bytes: &[u8]) -> bool {
    table(bytes, b"glyf").is_none() && table(bytes, b"CFF ").is_some()
}

/// How many glyphs there are, if each has its width and the grid is one that a font may have.
fn widths(bytes: &[u8]) -> Option<usize> {
    let table = |tag: &[u8; 4]| table(bytes, tag);
    let (head, maxp, hhea, hmtx) = (table(b"head")?, table(b"maxp")?, table(b"hhea")?, table(b"hmtx")?);
    let (count, wide) = (word(maxp, 4)?, word(hhea, 34)?);
    let grid = (16..=16_384).contains(&word(head, 18)?);
    let widths = (1..=count).contains(&wide) && hmtx.len() >= 4 * wide + 2 * (count - wide);
    (grid && widths).then_some(count)
}

struct Outlines<'a> {
    count: usize,
    long: bool,
    loca: &'a [u8],
    glyf: &'a [u8],
}

impl<'a> Outlines<'a> {
    fn of(bytes: &'a [u8]) -> Option<Self> {
        let (loca, glyf) = (table(bytes, b"loca")?, table(bytes, b"glyf")?);
        let long = word(table(bytes, b"head")?, 50)? != 0;
        Some(Self { count: widths(bytes)?, long, loca, glyf })
    }

    fn glyph(&self, glyph: usize) -> Option<&'a [u8]> {
        let offset = |at: usize| if self.long { long(self.loca, 4 * at) } else { Some(2 * word(self.loca, 2 * at)?) };
        self.glyf.get(offset(glyph)?..offset(glyph + 1)?)
    }
}

/// The glyphs that a glyph is made of; nothing if it is broken.
fn parts(glyph: &[u8]) -> Option<Vec<u16>> {
    if glyph.is_empty() {
        return Some(Vec::new());
    }
    match word(glyph, 0)? {
        contours @ 0..0x8000 => outline(glyph, contours).map(|()| Vec::new()),
        _ => components(glyph),
    }
}

/// Whether the points of an outline are all there.
fn outline(glyph: &[u8], contours: usize) -> Option<()> {
    let mut points = 0;
    for contour in 0..contours {
        let end = word(glyph, 10 + 2 * contour)? + 1;
        points = (end > points).then_some(end)?;
    }
    let mut at = 10 + 2 * contours;
    at = if contours == 0 { return Some(()) } else { at + 2 + word(glyph, at)? };
    let (mut flags, mut coordinates) = (0, 0);
    while flags < points {
        let flag = *glyph.get(at)?;
        let repeats = if flag & 0x08 == 0 { 0 } else { usize::from(*glyph.get(at + 1)?) };
        at += if flag & 0x08 == 0 { 1 } else { 2 };
        let size = |short: u8, same: u8| match (flag & short != 0, flag & same != 0) {
            (true, _) => 1,
            (false, true) => 0,
            (false, false) => 2,
        };
        flags += 1 + repeats;
        coordinates += (1 + repeats) * (size(0x02, 0x10) + size(0x04, 0x20));
    }
    (flags == points && at + coordinates <= glyph.len()).then_some(())
}

fn components(glyph: &[u8]) -> Option<Vec<u16>> {
    let (mut at, mut parts) = (10, Vec::new());
    loop {
        let flags = word(glyph, at)?;
        parts.push(u16::try_from(word(glyph, at + 2)?).ok()?);
        let place = if flags & 0x01 == 0 { 2 } else { 4 };
        let scale = match flags {
            one if one & 0x08 != 0 => 2,
            two if two & 0x40 != 0 => 4,
            four if four & 0x80 != 0 => 8,
            _ => 0,
        };
        at += 4 + place + scale;
        if at > glyph.len() || parts.len() > MOST_PARTS {
            return None;
        }
        if flags & 0x20 == 0 {
            return Some(parts);
        }
    }
}

/// Whether no glyph is made of itself, nor of more than can be drawn.
fn unnested(parts: &[Vec<u16>]) -> Result<(), &'static str> {
    let mut drawn: Vec<Option<u32>> = parts.iter().map(|parts| parts.is_empty().then_some(1)).collect();
    for _ in 0..DEEPEST {
        let before = drawn.clone();
        for (glyph, parts) in parts.iter().enumerate().filter(|(glyph, _)| before[*glyph].is_none()) {
            let all = parts.iter().map(|part| before.get(usize::from(*part)).copied().flatten());
            drawn[glyph] = all.sum::<Option<u32>>().map(|sum| sum.saturating_add(1));
        }
        if drawn.iter().flatten().any(|drawn| *drawn > MOST_DRAWN) {
            return Err("a glyph has too many parts");
        }
    }
    if drawn.iter().all(Option::is_some) {
        Ok(())
    } else {
        Err("a glyph is made of itself, or of glyphs that are not there")
    }
}

/// The tables that draw glyphs, in the order of their tags.
const DRAWN: [&[u8; 4]; 10] =
    [b"CFF ", b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// A font of the same glyphs and nothing else: what names glyphs and shapes text is no part of a PDF.
pub(super) fn drawn(bytes: &[u8]) -> Vec<u8> {
    let tables: Vec<_> = DRAWN.iter().filter_map(|tag| Some((*tag, table(bytes, tag)?))).collect();
    let count = tables.len() as u8;
    let kind: [u8; 4] = if is_compact(bytes) { *b"OTTO" } else { [0, 1, 0, 0] };
    let (mut list, mut data) = ([kind.as_slice(), &[0, count, 0, 0, 0, 0, 0, 0]].concat(), Vec::new());
    let start = list.len() + 16 * tables.len();
    for (tag, table) in tables {
        list.extend(tag);
        // Whoever cuts the font reckons the checksums anew.
        for number in [0, start + data.len(), table.len()] {
            list.extend((number as u32).to_be_bytes());
        }
        data.extend(table);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    list.extend(data);
    list
}

/// The PostScript name, as far as it is one.
pub(super) fn name(bytes: &[u8]) -> Option<String> {
    let table = table(bytes, b"name")?;
    let (count, texts) = (word(table, 2)?, table.get(word(table, 4)?..)?);
    let found = (0..count).find_map(|record| {
        let field = |number: usize| word(table, 6 + 12 * record + 2 * number);
        let text = texts.get(field(5)?..)?.get(..field(4)?)?;
        // What is written in two bytes has a zero in each first one, because the name is ASCII.
        let plain = text.iter().map(|byte| char::from(*byte));
        let name = plain.filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(63);
        (field(3)? == 6).then(|| name.collect::<String>())
    });
    found.filter(|name| !name.is_empty())
}

/// The bytes of a table; `None` if it is not there or not whole.
pub(super) fn table<'a>(bytes: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let list = bytes.get(12..12 + 16 * word(bytes, 4)?)?;
    let entry = list.chunks_exact(16).find(|entry| entry.starts_with(tag))?;
    bytes.get(long(entry, 8)?..)?.get(..long(entry, 12)?)
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let bytes = bytes.get(at..)?.get(..2)?;
    Some(usize::from(bytes[0]) << 8 | usize::from(bytes[1]))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    Some(word(bytes, at)? << 16 | word(bytes, at + 2)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{Face, Library};

    #[test]
    fn the_fonts_that_ship_are_sound() {
        let library = Library::open();
        for face in Face::SHIPPED {
            let typeface = library.typeface(face);
            assert_eq!(examine(typeface.bytes()), Ok(()), "{face:?}");
            let name = name(typeface.bytes()).unwrap();
            assert!(name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-'), "{name}");
            let family = typeface.name.split('-').next().unwrap();
            assert!(name.contains(family), "{name}, {}", typeface.name);
        }
    }

    #[test]
    fn glyphs_are_not_made_of_themselves() {
        let broken = Err("a glyph is made of itself, or of glyphs that are not there");
        assert_eq!(unnested(&[vec![], vec![0, 0], vec![1, 0]]), Ok(()));
        assert_eq!(unnested(&[vec![1], vec![0]]), broken);
        assert_eq!(unnested(&[vec![], vec![7]]), broken);
        let tower: Vec<Vec<u16>> =
            (0..8_u16).map(|level| if level == 0 { vec![] } else { vec![level - 1; 64] }).collect();
        assert_eq!(unnested(&tower), Err("a glyph has too many parts"));
    }
}
