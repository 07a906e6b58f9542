//! Fonts of a brand: found by their name, and refused if they are damaged or must not stand in a PDF.
//!
//! What a file holds is described by the OpenType specification 1.9: "Font file" for the list of tables and their
//! checksums, "Font collections" for `.ttc`, "OS/2" for `fsType`.

use std::sync::Arc;

use super::Available;
use super::picture::UNREADABLE;
use regimen_model::diagnostic::Diagnostic;
use regimen_model::limits::FONT_FILE;
use regimen_model::suggest::nearest;

/// How the names of fonts end; others are told what to do.
pub(super) const ENDINGS: [&str; 4] = [".ttf", ".otf", ".ttc", ".otc"];
/// The tables without which a font has no characters.
const NEEDED: [&[u8; 4]; 6] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"OS/2"];
/// The most fonts that a collection may have.
const MOST_FONTS: usize = 256;

/// Whether a file has the name of a font that can be printed.
pub(super) fn is_font(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The file of a font, and which one of a collection is meant, counted from 1: `brand/cjk.ttc#2`.
pub(super) fn path_and_number(font: &str) -> (&str, usize) {
    let numbered = font.rsplit_once('#').and_then(|(path, number)| Some((path, number.parse().ok()?)));
    numbered.filter(|(path, _)| is_font(path)).unwrap_or((font, 1))
}

/// The bytes of one font, or what is wrong with it.
pub(super) fn find(font: &str, files: Available<'_>) -> Result<Arc<[u8]>, Diagnostic> {
    let wrong = |message: String, help: String| Err(Diagnostic::error("font", message).help(help));
    let (file, number) = path_and_number(font);
    if let Some(help) = other_kind(file) {
        return wrong(format!("`{file}` is not a font that can be printed"), help.into());
    }
    let bytes = match files.get(file) {
        Some(Ok(bytes)) => bytes,
        Some(Err(refused)) => return wrong(refused.to_owned(), UNREADABLE.into()),
        None => return wrong(format!("there is no file `{file}`"), where_it_is(file, files)),
    };
    let single = match fonts_of(bytes) {
        None if number == 1 => Arc::clone(bytes),
        None => {
            return wrong(
                format!("`{file}` is a single font, so it has no number {number}"),
                format!("write `{file}`"),
            );
        }
        Some(offsets) => match number.checked_sub(1).and_then(|index| offsets.get(index)) {
            Some(offset) => match taken_out(bytes, *offset) {
                Some(single) => single.into(),
                None => return wrong(format!("`{file}` is damaged"), DAMAGED.into()),
            },
            None => {
                let help = format!("count from 1 to {}, such as `{file}#1`", offsets.len());
                return wrong(format!("the collection `{file}` has no font number {number}"), help);
            }
        },
    };
    match inspect(&single) {
        Ok(()) => Ok(single),
        Err((reason, help)) => wrong(format!("`{font}` {reason}"), help.into()),
    }
}

/// Where the fonts of a collection begin; `None` for a single font.
fn fonts_of(bytes: &[u8]) -> Option<Vec<usize>> {
    if !bytes.starts_with(b"ttcf") {
        return None;
    }
    let count = number(bytes, 8, 4).map_or(0, |count| count as usize).min(MOST_FONTS);
    Some((0..count).map_while(|index| Some(number(bytes, 12 + 4 * index, 4)? as usize)).collect())
}

/// One font of a collection as a file of its own; `None` if it is not whole.
fn taken_out(bytes: &[u8], offset: usize) -> Option<Vec<u8>> {
    let head = bytes.get(offset..)?.get(..12)?;
    let count = number(head, 4, 2)? as usize;
    let list = bytes.get(offset + 12..)?.get(..16 * count)?;
    let (mut directory, mut data) = (head.to_vec(), Vec::new());
    let start = directory.len() + list.len();
    for entry in list.chunks_exact(16) {
        let (from, length) = (number(entry, 8, 4)? as usize, number(entry, 12, 4)? as usize);
        let table = bytes.get(from..from.checked_add(length)?)?;
        // Tables may overlap in a hostile file; together they are never larger than a file may be.
        if FONT_FILE.is_exceeded_by((data.len() + length) as u64) {
            return None;
        }
        directory.extend(&entry[..8]);
        directory.extend(u32::try_from(start + data.len()).ok()?.to_be_bytes());
        directory.extend(&entry[12..]);
        data.extend(table);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    directory.extend(data);
    Some(directory)
}

const PLAIN: &str =
    "ask the maker for the `.ttf` or `.otf` file, or convert it in a font editor if its licence allows that";
const DAMAGED: &str = "get the file again from its maker; a download may have been cut off";
const LICENCE: &str = "take a font whose licence lets documents carry it, such as one under the SIL Open Font License";

/// What to do with a file that its name says is another kind of font.
fn other_kind(file: &str) -> Option<&'static str> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("ttf" | "otf" | "ttc" | "otc") => {
            (!is_font(file)).then_some("write its ending in small letters, and rename the file if needed")
        }
        Some("woff" | "woff2") => {
            Some("this is packed for web pages: take the `.ttf` or `.otf` file that it was made from")
        }
        _ => Some("a font is a file that ends in `.ttf`, `.otf`, `.ttc` or `.otc`"),
    }
}

fn where_it_is(file: &str, files: Available<'_>) -> String {
    match nearest(file, files.names().map(AsRef::as_ref).filter(|name: &&str| is_font(name))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put the file there; its path counts from the catalogue's root".into(),
    }
}

/// Why a font is refused, and the way out.
type Fault = (&'static str, &'static str);

fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    match bytes.get(..4) {
        Some([0, 1, 0, 0] | b"true" | b"OTTO") => {}
        Some(b"wOFF" | b"wOF2") => return Err(("is packed for web pages (WOFF)", PLAIN)),
        _ => return Err(("is no TrueType or OpenType font", PLAIN)),
    }
    let tables = tables(bytes).ok_or(("is damaged", DAMAGED))?;
    let has = |wanted: &[u8; 4]| tables.iter().any(|(tag, _)| tag == wanted);
    let outlines = has(b"CFF ") || (has(b"glyf") && has(b"loca"));
    if !outlines && has(b"CFF2") {
        return Err(("is a variable font (CFF2)", "take the file of one weight, such as `…-Regular.otf`"));
    }
    if !outlines || NEEDED.iter().any(|needed| !has(needed)) {
        return Err(("lacks a part that a font to print with has", PLAIN));
    }
    let rights = tables.iter().find(|(tag, _)| tag == b"OS/2").and_then(|(_, table)| number(table, 8, 2));
    may_be_embedded(rights.ok_or(("is damaged", DAMAGED))?)
}

/// What the font's own `fsType` says about documents that carry it.
fn may_be_embedded(rights: u32) -> Result<(), Fault> {
    // Of several rights, which old fonts have, the most generous one holds.
    let restricted = rights & 0x000e == 0x0002;
    if restricted {
        Err(("says that documents must not carry it (`fsType`: restricted)", LICENCE))
    } else if rights & 0x0100 != 0 {
        Err((
            "says that documents must carry the whole of it (`fsType`: no subsetting), and handouts carry a part",
            LICENCE,
        ))
    } else if rights & 0x0200 != 0 {
        Err(("says that documents may carry its bitmaps only (`fsType`)", LICENCE))
    } else {
        Ok(())
    }
}

/// The tables of a font by their tags; nothing if one is not whole.
fn tables(bytes: &[u8]) -> Option<Vec<(&[u8], &[u8])>> {
    let count = number(bytes, 4, 2)? as usize;
    let list = bytes.get(12..12 + 16 * count)?;
    list.chunks_exact(16).map(|entry| table(bytes, entry)).collect()
}

fn table<'a>(bytes: &'a [u8], entry: &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let (start, length) = (number(entry, 8, 4)? as usize, number(entry, 12, 4)? as usize);
    let table = bytes.get(start..start.checked_add(length)?)?;
    let tag = &entry[..4];
    // The sum of `head` is taken before its own field for the whole file is filled in.
    let own = if tag == b"head" { number(table, 8, 4)? } else { 0 };
    (checksum(table).wrapping_sub(own) == number(entry, 4, 4)?).then_some((tag, table))
}

fn checksum(table: &[u8]) -> u32 {
    let word =
        |chunk: &[u8]| chunk.iter().fold(0, |word, byte| word << 8 | u32::from(*byte)) << (8 * (4 - chunk.len()));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

/// A number of so many bytes.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::super::Files;
    use super::*;

    /// A font with these tables, whose list is right; `OS/2` has these rights.
    fn font(rights: u16, without: &str) -> Vec<u8> {
        let all = NEEDED.iter().chain(&[b"glyf", b"loca"]);
        let tags = all.filter(|tag| **tag != without.as_bytes());
        let mut os2 = vec![0; 8];
        os2.extend(rights.to_be_bytes());
        let tables: Vec<(&[u8], Vec<u8>)> =
            tags.map(|tag| (tag.as_slice(), if *tag == b"OS/2" { os2.clone() } else { vec![7; 13] })).collect();
        let (mut list, mut data) = (vec![0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0], Vec::new());
        let start = list.len() + 16 * tables.len();
        for (tag, table) in &tables {
            let own = if *tag == b"head" { number(table, 8, 4).unwrap() } else { 0 };
            list.extend(*tag);
            for number in [checksum(table).wrapping_sub(own), (start + data.len()) as u32, table.len() as u32] {
                list.extend(number.to_be_bytes());
            }
            data.extend(table);
        }
        [list, data].concat()
    }

    /// What is said of a file with this name and these bytes.
    fn said(file: &str, bytes: &[u8]) -> String {
        let files = Files::from([("brand/a.ttf".into(), bytes.into())]);
        match find(file, Available::in_memory(&files)) {
            Ok(_) => "fine".into(),
            Err(finding) => format!("{} = {}", finding.message, finding.help.unwrap()),
        }
    }

    #[test]
    fn a_font_is_a_whole_truetype_file() {
        let whole = font(0, "");
        assert_eq!(said("brand/a.ttf", &whole), "fine");
        assert!(said("brand/b.ttf", &whole).ends_with("did you mean `brand/a.ttf`?"));
        for (file, help) in [("brand/a.woff2", "web pages"), ("a.TTF", "small letters"), ("a.pdf", "ends in `.ttf`")] {
            assert!(said(file, &whole).contains(help), "{file}");
        }
        for (start, why) in [(b"wOF2", "web pages"), (b"%PDF", "no TrueType")] {
            assert!(said("brand/a.ttf", &[start.as_slice(), &whole[4..]].concat()).contains(why), "{why}");
        }
        assert!(said("brand/a.ttf", &font(0, "glyf")).contains("lacks a part"));
    }

    #[test]
    fn a_font_that_is_cut_or_changed_is_damaged() {
        let whole = font(0, "");
        for length in 0..whole.len() {
            let said = said("brand/a.ttf", &whole[..length]);
            assert!(
                said.contains("is damaged") || said.contains("no TrueType") || said.contains("lacks a part"),
                "{length}: {said}"
            );
        }
        let data = 12 + 16 * (NEEDED.len() + 2);
        for at in data..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            let said = said("brand/a.ttf", &changed);
            // The one field of `head` that its sum leaves out.
            assert!(
                said.contains("is damaged") || said == "fine" && (data + 13 + 8..data + 13 + 12).contains(&at),
                "{at}: {said}"
            );
        }
    }

    /// A collection of fonts, each a file of its own.
    fn collection(fonts: &[&[u8]]) -> Vec<u8> {
        let mut bytes = b"ttcf\0\x01\0\0".to_vec();
        bytes.extend((fonts.len() as u32).to_be_bytes());
        let mut start = bytes.len() + 4 * fonts.len();
        for font in fonts {
            bytes.extend((start as u32).to_be_bytes());
            start += font.len();
        }
        for font in fonts {
            let base = bytes.len() as u32;
            let mut font = font.to_vec();
            for entry in 0..usize::from(font[5]) {
                let at = 12 + 16 * entry + 8;
                let offset = number(&font, at, 4).unwrap() + base;
                font[at..at + 4].copy_from_slice(&offset.to_be_bytes());
            }
            bytes.extend(font);
        }
        bytes
    }

    #[test]
    fn one_font_of_a_collection_is_taken_out() {
        let (first, second) = (font(0, ""), font(0x0002, ""));
        let both = collection(&[&first, &second]);
        let files = Files::from([("brand/a.ttc".into(), both.as_slice().into())]);
        let taken = |font: &str| find(font, Available::in_memory(&files)).map_err(|finding| finding.message);
        let one = taken("brand/a.ttc").unwrap();
        assert_eq!(inspect(&one), Ok(()));
        assert_eq!(taken("brand/a.ttc#1").unwrap(), one);
        assert!(taken("brand/a.ttc#2").unwrap_err().contains("restricted"));
        assert_eq!(taken("brand/a.ttc#3").unwrap_err(), "the collection `brand/a.ttc` has no font number 3");
        assert!(taken("brand/a.ttc#0").is_err());
        for length in 0..both.len() {
            let cut = Files::from([("brand/a.ttc".into(), both[..length].into())]);
            assert!(find("brand/a.ttc#2", Available::in_memory(&cut)).is_err(), "{length}");
        }
        let plain = Files::from([("brand/a.ttf".into(), first.as_slice().into())]);
        let twice = find("brand/a.ttf#2", Available::in_memory(&plain));
        assert!(twice.is_err_and(|finding| finding.message.contains("single font")));
    }

    #[test]
    fn the_rights_of_a_font_are_kept() {
        for (rights, expected) in [
            (0, "fine"),
            (0x0004, "fine"),
            (0x0008, "fine"),
            (0x000a, "fine"),
            (0x0002, "restricted"),
            (0x0108, "no subsetting"),
            (0x0200, "bitmaps only"),
        ] {
            assert!(said("brand/a.ttf", &font(rights, "")).contains(expected), "{rights:x}");
        }
    }
}
