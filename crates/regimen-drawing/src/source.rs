//! From bytes to a tree of XML, in time that grows no faster than the file.

use std::collections::BTreeSet;

use roxmltree::{Document, ParsingOptions};

use crate::Remark;

/// The largest drawing that is read, in bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The most parts of a drawing: tags of elements, comments and the like.
pub const MOST_PARTS: usize = 50_000;
/// A reader of XML compares each attribute of an element with all others of it.
const MOST_ATTRIBUTES: usize = 500;
/// And asks for each element which of the prefixes around it still hold.
const MOST_PREFIXES: usize = 64;

/// It writes the text around each section of its own (`CDATA`) anew for each of them.
const MOST_SECTIONS: usize = 200;

/// How files begin in UTF-16 and UTF-32, with and without their mark, and a `<` behind it.
const WIDE: [&[u8]; 6] = [b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<", b"\0\0\0<", b"\0\0\xfe\xff"];

/// Whether a file begins as drawings do, in whatever encoding.
pub fn is_drawing(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    text.starts_with(b"<") || is_wide(bytes)
}

fn is_wide(bytes: &[u8]) -> bool {
    WIDE.iter().any(|start| bytes.starts_with(start))
}

/// The text of a drawing.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, Remark> {
    if bytes.len() > MOST_BYTES {
        return Err(Remark::whole(format!("it has {} bytes; at most {MOST_BYTES} are read", bytes.len())));
    }
    if is_wide(bytes) {
        return Err(Remark::whole("it is written in UTF-16 or UTF-32, not in UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = 1 + bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Remark { line, ..Remark::whole("it is not written in UTF-8") }
    })?;
    match encoding(text) {
        // In the signs of ASCII all encodings that programs write agree.
        Some(encoding) if !text.is_ascii() && !is_utf8(encoding) => {
            Err(Remark::whole(format!("it says that it is written in `{}`, not in UTF-8", encoding.escape_default())))
        }
        _ => Ok(text),
    }
}

/// The encoding that a file says it has.
fn encoding(text: &str) -> Option<&str> {
    let head = text.trim_start_matches('\u{feff}').strip_prefix("<?xml")?;
    let head = &head[..head.find("?>")?];
    let value = head[head.find("encoding")? + "encoding".len()..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}

fn is_utf8(encoding: &str) -> bool {
    ["utf-8", "utf8"].iter().any(|name| encoding.trim().eq_ignore_ascii_case(name))
}

/// Reads the tree.
pub(crate) fn parse(text: &str) -> Result<Document<'_>, Remark> {
    if text.matches('<').take(MOST_PARTS + 1).count() > MOST_PARTS {
        return Err(Remark::whole(format!("it has more than {MOST_PARTS} parts")));
    }
    if text.matches("<![CDATA[").take(MOST_SECTIONS + 1).count() > MOST_SECTIONS {
        return Err(Remark::whole(format!("it has more than {MOST_SECTIONS} sections of text (`CDATA`)")));
    }
    if declares(text) {
        return Err(Remark::whole("it declares entities or attributes of its own"));
    }
    if prefixes(text) > MOST_PREFIXES {
        return Err(Remark::whole(format!("it has more than {MOST_PREFIXES} prefixes of names (`xmlns:`)")));
    }
    if most_attributes(text) > MOST_ATTRIBUTES {
        return Err(Remark::whole(format!("one of its parts has more than {MOST_ATTRIBUTES} attributes")));
    }
    // A document type is common and harmless without declarations.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: 4 * MOST_PARTS as u32, ..Default::default() };
    // The reader says where.
    Document::parse_with_options(text, options)
        .map_err(|error| Remark::whole(format!("it is not a readable SVG: {error}")))
}

/// Whether a document type declares something: what browsers make of it, no reader here sees.
fn declares(text: &str) -> bool {
    let starts = |at: usize, word: &str| {
        text.as_bytes().get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word.as_bytes()))
    };
    text.match_indices("<!").any(|(at, _)| starts(at, "<!ENTITY") || starts(at, "<!ATTLIST"))
}

/// How many prefixes of names are declared, by their first letters.
fn prefixes(text: &str) -> usize {
    let name = |rest: &'_ str| rest.bytes().take(40).take_while(|byte| *byte != b'=').collect::<Vec<u8>>();
    text.split("xmlns:").skip(1).map(name).collect::<BTreeSet<_>>().len()
}

/// How many attributes the element with the most has.
fn most_attributes(text: &str) -> usize {
    let (mut most, mut rest) = (0, text);
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let behind =
            [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>")].iter().find(|(open, _)| rest.starts_with(open));
        if let Some((open, close)) = behind {
            let Some(end) = rest[open.len()..].find(close) else { break };
            rest = &rest[open.len() + end..];
            continue;
        }
        let (mut own, mut quote, mut end) = (0, None, rest.len());
        for (at, byte) in rest.bytes().enumerate().skip(1) {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'=') => own += 1,
                (None, b'>') => {
                    end = at;
                    break;
                }
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        most = most.max(own);
        rest = &rest[end..];
    }
    most
}
