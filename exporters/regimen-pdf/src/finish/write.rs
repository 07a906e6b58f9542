//! Objects to bytes. lopdf can do this too, but formats every number through its own writer, and would have what all
//! documents share copied into each first: a quarter of the time.

use std::collections::BTreeMap;
use std::io::Write as _;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

use super::Raw;

/// An object beside those of lopdf.
pub(super) enum RawObject<'a> {
    /// A finished stream that others share.
    Stream(Dictionary, &'a [u8]),
    /// Bytes as they are in the file.
    Written(Vec<u8>),
}

/// The whole file.
pub(super) fn write(raw: &mut Raw, own: &BTreeMap<u32, RawObject<'_>>) -> Vec<u8> {
    let mut out = Vec::with_capacity(room(own));
    out.extend(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n");
    let mut destinations = Vec::with_capacity(raw.max_id as usize);
    for id in 1..=raw.max_id {
        let (object, own) = (raw.objects.get(&(id, 0)), own.get(&id));
        destinations.push((object.is_some() || own.is_some()).then_some(out.len()));
        if destinations.last().is_some_and(Option::is_none) {
            continue;
        }
        number(i64::from(id), &mut out);
        out.extend(b" 0 obj\n");
        match own {
            Some(RawObject::Stream(dictionary, content)) => stream(dictionary, content, &mut out),
            Some(RawObject::Written(text)) => out.extend(text),
            None => object.into_iter().for_each(|object| write_object(object, &mut out)),
        }
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    references(&destinations, &mut out);
    raw.trailer.set("Size", i64::from(raw.max_id) + 1);
    out.extend(b"trailer\n");
    dictionary(&raw.trailer, &mut out);
    out.extend(b"\nstartxref\n");
    number(start as i64, &mut out);
    out.extend(b"\n%%EOF\n");
    out
}

/// About how long the file will be.
fn room(own: &BTreeMap<u32, RawObject<'_>>) -> usize {
    let shared = own.values().map(|own| match own {
        RawObject::Stream(_, content) => content.len(),
        RawObject::Written(text) => text.len(),
    });
    shared.sum::<usize>() + (1 << 16)
}

/// The cross-reference table; objects that do not exist are free for good.
fn references(destinations: &[Option<usize>], out: &mut Vec<u8>) {
    out.extend(b"xref\n0 ");
    number(destinations.len() as i64 + 1, out);
    out.extend(b"\n0000000000 65535 f \n");
    for place in destinations {
        let mut entry = *b"0000000000 65535 f \n";
        if let Some(place) = place {
            entry[10..].copy_from_slice(b" 00000 n \n");
            let mut rest = *place;
            for digit in entry[..10].iter_mut().rev() {
                *digit = b'0' + (rest % 10) as u8;
                rest /= 10;
            }
        }
        out.extend(entry);
    }
}

pub(super) fn write_object(object: &Object, out: &mut Vec<u8>) {
    match object {
        Object::Null => out.extend(b"null"),
        Object::Boolean(value) => out.extend(if *value { b"true".as_slice() } else { b"false" }),
        Object::Integer(value) => number(*value, out),
        Object::Real(value) => {
            // Writing into memory does not fail.
            let written = write!(out, "{value}");
            debug_assert!(written.is_ok());
        }
        Object::Name(value) => name(value, out),
        Object::String(value, StringFormat::Literal) => literal(value, out),
        Object::String(value, StringFormat::Hexadecimal) => hexadecimal(value, out),
        Object::Array(items) => array(items, out),
        Object::Dictionary(value) => dictionary(value, out),
        Object::Stream(value) => stream(&value.dict, &value.content, out),
        Object::Reference(id) => reference(*id, out),
    }
}

pub(super) fn reference((id, generation): ObjectId, out: &mut Vec<u8>) {
    number(i64::from(id), out);
    out.push(b' ');
    number(i64::from(generation), out);
    out.extend(b" R");
}

pub(super) fn number(value: i64, out: &mut Vec<u8>) {
    let (mut rest, mut digits, mut at) = (value.unsigned_abs(), [0; 20], 20);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend(&digits[at..]);
}

fn name(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'/');
    for byte in value {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            hexadecimals(*byte, out);
        }
    }
}

fn literal(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'(');
    for byte in value {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend(b"\\r"),
            _ => out.push(*byte),
        }
    }
    out.push(b')');
}

fn hexadecimal(value: &[u8], out: &mut Vec<u8>) {
    out.push(b'<');
    value.iter().for_each(|byte| hexadecimals(*byte, out));
    out.push(b'>');
}

fn hexadecimals(byte: u8, out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
}

fn array(items: &[Object], out: &mut Vec<u8>) {
    out.push(b'[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(b' ');
        }
        write_object(item, out);
    }
    out.push(b']');
}

fn dictionary(entries: &Dictionary, out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in entries {
        name(key, out);
        if matches!(
            value,
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_)
        ) {
            out.push(b' ');
        }
        write_object(value, out);
    }
    out.extend(b">>");
}

/// The length is that of the content, whatever the dictionary says.
fn stream(entries: &Dictionary, content: &[u8], out: &mut Vec<u8>) {
    out.extend(b"<<");
    for (key, value) in entries.iter().filter(|(key, _)| key.as_slice() != b"Length") {
        name(key, out);
        out.push(b' ');
        write_object(value, out);
    }
    out.extend(b"/Length ");
    number(content.len() as i64, out);
    out.extend(b">>\nstream\n");
    out.extend(content);
    out.extend(b"\nendstream");
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    /// Any object is read back by lopdf as it was.
    fn check(object: impl Into<Object>) {
        let object = object.into();
        let mut raw = Raw::with_version("1.7");
        raw.add_object(object.clone());
        let root = raw.add_object(dictionary! { "Type" => "Catalog" });
        raw.trailer.set("Root", root);
        // One that was removed.
        raw.max_id += 1;
        let shared = raw.new_object_id().0;
        let own = BTreeMap::from([(shared, RawObject::Stream(Dictionary::new(), b"shared"))]);
        let read = Raw::load_mem(&write(&mut raw, &own)).unwrap();
        assert_eq!(read.get_object((1, 0)).unwrap(), &object);
        assert_eq!(read.get_object((shared, 0)).unwrap().as_stream().unwrap().content, b"shared");
    }

    #[test]
    fn objects_are_read_back() {
        check(Object::Null);
        check(vec![Object::Boolean(true), Object::Integer(-120), Object::Real(1.25), Object::Null]);
        check(Object::Name(b"A b/(c)#\xe9".to_vec()));
        check(Object::string_literal("((a\\b)\r)"));
        check(Object::String(vec![0, 0x0a, 0xfe, 0xff], StringFormat::Hexadecimal));
        check(dictionary! { "K" => vec![Object::Reference((2, 0)), 7.into()], "N" => "Name", "I" => 3 });
    }
}
