//! Fonts of a brand: found by their name, and refused if they are damaged or must not stand in a PDF.
//!
//! What a file holds is described by the OpenType specification 1.9: "Font file" for the list of tables and their
//! checksums, "OS/2" for `fsType`.

use std::sync::Arc;

use super::Files;
use crate::diagnostic::Diagnostic;
use crate::suggest::nearest;

/// The largest font that is read, in bytes.
pub(super) const LARGEST: usize = 4 << 20;
/// How the names of fonts end; others are told what to do.
pub(super) const ENDING: &str = ".ttf";
/// The tables without which a font has no outlines or no characters.
const NEEDED: [&[u8; 4]; 8] = [b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"OS/2"];

/// The bytes of a font, or what is wrong with it.
pub(super) fn find(file: &str, files: &Files) -> Result<Arc<[u8]>, Diagnostic> {
    let wrong = |message: String, help: String| Err(Diagnostic::error("font", message).help(help));
    if let Some(help) = other_kind(file) {
        return wrong(format!("`{file}` is not a font that can be printed"), help.into());
    }
    let Some(bytes) = files.get(file) else {
        return wrong(format!("there is no file `{file}`"), where_it_is(file, files));
    };
    match inspect(bytes) {
        Ok(()) => Ok(Arc::clone(bytes)),
        Err((reason, help)) => wrong(format!("`{file}` {reason}"), help.into()),
    }
}

const PLAIN: &str =
    "ask the maker for the TrueType file (`.ttf`), or convert it in a font editor if its licence allows that";
const DAMAGED: &str = "get the file anew from its maker; a download may have been cut off";
const LICENCE: &str = "take a font whose licence lets documents carry it, such as one under the SIL Open Font License";

/// What to do with a file that its name says is another kind of font.
fn other_kind(file: &str) -> Option<&'static str> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("ttf") => (!file.ends_with(ENDING)).then_some("rename it to end in `.ttf`, in small letters"),
        Some("otf") => {
            Some("an `.otf` has outlines of another kind (CFF) as a rule: ask the maker for the TrueType file (`.ttf`)")
        }
        Some("woff" | "woff2") => {
            Some("this is packed for web pages: take the TrueType file (`.ttf`) that it was made from")
        }
        Some("ttc" | "otc") => {
            Some("this is a collection of fonts: take each face as a TrueType file (`.ttf`) of its own")
        }
        _ => Some("a font is a TrueType file (`.ttf`)"),
    }
}

fn where_it_is(file: &str, files: &Files) -> String {
    match nearest(file, files.keys().map(AsRef::as_ref).filter(|name: &&str| name.ends_with(ENDING))) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "put the file there; its path counts from the catalogue's root".into(),
    }
}

/// Why a font is refused, and the way out.
type Fault = (&'static str, &'static str);

fn inspect(bytes: &[u8]) -> Result<(), Fault> {
    match bytes.get(..4) {
        Some([0, 1, 0, 0] | b"true") => {}
        Some(b"OTTO") => return Err(("has outlines of another kind (CFF)", PLAIN)),
        Some(b"ttcf") => return Err(("is a collection of fonts", "take each face as a TrueType file of its own")),
        Some(b"wOFF" | b"wOF2") => return Err(("is packed for web pages (WOFF)", PLAIN)),
        _ => return Err(("is no TrueType font", PLAIN)),
    }
    if bytes.len() > LARGEST {
        return Err(("is larger than 4 MiB", "take a cut of it with the scripts that you write in"));
    }
    let tables = tables(bytes).ok_or(("is damaged", DAMAGED))?;
    if NEEDED.iter().any(|needed| !tables.iter().any(|(tag, _)| tag == *needed)) {
        return Err(("lacks a part that a TrueType font has", PLAIN));
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
    use super::*;

    /// A font with these tables, whose list is right; `OS/2` has these rights.
    fn font(rights: u16, without: &str) -> Vec<u8> {
        let tags = NEEDED.iter().filter(|tag| **tag != without.as_bytes());
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
        match find(file, &Files::from([("brand/a.ttf".into(), bytes.into())])) {
            Ok(_) => "fine".into(),
            Err(finding) => format!("{} = {}", finding.message, finding.help.unwrap()),
        }
    }

    #[test]
    fn a_font_is_a_whole_truetype_file() {
        let whole = font(0, "");
        assert_eq!(said("brand/a.ttf", &whole), "fine");
        assert!(said("brand/b.ttf", &whole).ends_with("did you mean `brand/a.ttf`?"));
        for (file, help) in
            [("brand/a.otf", "(CFF)"), ("brand/a.woff2", "web pages"), ("a.ttc", "collection"), ("a.TTF", "rename")]
        {
            assert!(said(file, &whole).contains(help), "{file}");
        }
        for (start, why) in
            [(b"OTTO", "(CFF)"), (b"ttcf", "collection"), (b"wOF2", "web pages"), (b"%PDF", "no TrueType")]
        {
            assert!(said("brand/a.ttf", &[start.as_slice(), &whole[4..]].concat()).contains(why), "{why}");
        }
        assert!(said("brand/a.ttf", &font(0, "glyf")).contains("lacks a part"));
        assert!(said("brand/a.ttf", &[whole.as_slice(), &vec![0; LARGEST]].concat()).contains("larger than 4 MiB"));
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
        let data = 12 + 16 * NEEDED.len();
        for at in data..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 0x10;
            let said = said("brand/a.ttf", &changed);
            // The one field of `head` that its sum leaves out.
            assert!(
                said.contains("is damaged") || said == "fine" && (data + 26 + 8..data + 26 + 12).contains(&at),
                "{at}: {said}"
            );
        }
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
