//! Objects to bytes. lopdf can do this too, but formats every number through its own writer, and would have what all
//! documents share copied into each first: a quarter of the time.

use std::collections::BTreeMap;
use std::io::Write as _;

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};

use super::{Raw, packed};
use crate::fonts::deflate;

/// An object beside those of lopdf.
pub(super) enum RawObject<'a> {
    /// A finished stream that others share.
    Stream(Dictionary, &'a [u8]),
    /// Bytes as they are in the file, without a stream.
    Written(Vec<u8>),
}

/// The whole file. Objects without a stream of their own are packed into streams of objects, and where each is stands in a stream as
/// well (PDF 32000-1, 7.5.7 and 7.5.8): most of the bytes of a tagged file are its structure.
pub(super) fn write(raw: &mut Raw, own: &BTreeMap<u32, RawObject<'_>>) -> Vec<u8> {
    let mut file = Writer { out: Vec::with_capacity(room(own)), places: vec![Place::Free], packs: Vec::new() };
    file.out.extend(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n");
    let mut pack = Pack::default();
    for id in 1..=raw.max_id {
        match (own.get(&id), raw.objects.get(&(id, 0))) {
            (Some(RawObject::Stream(dictionary, content)), _) => file.stream(id, dictionary, content),
            (None, Some(Object::Stream(value))) => file.stream(id, &value.dict, &value.content),
            (None, None) => file.places.push(Place::Free),
            (Some(RawObject::Written(text)), _) => {
                file.packed(id, &mut pack);
                pack.content.extend(text);
            }
            (None, Some(object)) => {
                file.packed(id, &mut pack);
                write_object(object, &mut pack.content);
            }
        }
    }
    file.packs.push(pack);
    file.finish(raw.max_id, &raw.trailer)
}

/// A file as far as it is written.
struct Writer {
    out: Vec<u8>,
    /// The place of each object by its number.
    places: Vec<Place>,
    /// Objects that wait to be packed.
    packs: Vec<Pack>,
}

/// Where an object is.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere, for good.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In a pack, as one of its objects.
    Packed(usize, usize),
}

/// Objects side by side.
#[derive(Default)]
struct Pack {
    /// The number of each and where it begins.
    starts: Vec<(u32, usize)>,
    content: Vec<u8>,
}

/// About how long a pack is: readers unpack all of one that they need a part of.
const PACK: usize = 64 << 10;

impl Writer {
    fn stream(&mut self, id: u32, about: &Dictionary, content: &[u8]) {
        self.places.push(Place::At(self.out.len()));
        number(i64::from(id), &mut self.out);
        self.out.extend(b" 0 obj\n");
        stream(about, content, &mut self.out);
        self.out.extend(b"\nendobj\n");
    }

    /// Makes room for an object in a pack.
    fn packed(&mut self, id: u32, pack: &mut Pack) {
        if pack.content.len() > PACK {
            self.packs.push(std::mem::take(pack));
        }
        self.places.push(Place::Packed(self.packs.len(), pack.starts.len()));
        if !pack.starts.is_empty() {
            pack.content.push(b'\n');
        }
        pack.starts.push((id, pack.content.len()));
    }

    /// Writes the packs, and where everything is.
    fn finish(mut self, last: u32, trailer: &Dictionary) -> Vec<u8> {
        let first_pack = last + 1;
        for (pack, id) in std::mem::take(&mut self.packs).into_iter().zip(first_pack..) {
            let Pack { starts, content } = pack;
            let mut text = Vec::with_capacity(content.len() + 12 * starts.len());
            for (id, start) in &starts {
                number(i64::from(*id), &mut text);
                text.push(b' ');
                number(*start as i64, &mut text);
                text.push(b' ');
            }
            let about = dictionary! { "Type" => "ObjStm", "N" => starts.len() as i64, "First" => text.len() as i64 };
            text.extend(content);
            self.stream(id, &packed(about), &deflate(&text));
        }
        let (id, start) = (self.places.len(), self.out.len());
        let mut about = trailer.clone();
        about.set("Type", "XRef");
        about.set("Size", id as i64 + 1);
        about.set("W", WIDTHS.map(|width| Object::Integer(width as i64)).to_vec());
        about.set("DecodeParms", dictionary! { "Predictor" => 12, "Columns" => ROW as i64 });
        self.places.push(Place::At(start));
        let references = deflate(&references(&self.places, first_pack));
        self.places.pop();
        self.stream(id as u32, &packed(about), &references);
        self.out.extend(b"startxref\n");
        number(start as i64, &mut self.out);
        self.out.extend(b"\n%%EOF\n");
        self.out
    }
}

/// About how long the file will be.
fn room(own: &BTreeMap<u32, RawObject<'_>>) -> usize {
    let shared = own.values().map(|own| match own {
        RawObject::Stream(_, content) => content.len(),
        RawObject::Written(text) => text.len() / 4,
    });
    shared.sum::<usize>() + (1 << 16)
}

/// How many bytes the kind of a place takes, its first and its second number.
const WIDTHS: [usize; 3] = [1, 4, 2];
const ROW: usize = WIDTHS[0] + WIDTHS[1] + WIDTHS[2];

/// The table of places, each row as the difference to the one above it: neighbours are much alike.
fn references(places: &[Place], first_pack: u32) -> Vec<u8> {
    let (mut above, mut out) = ([0_u8; ROW], Vec::with_capacity(places.len() * (ROW + 1)));
    for place in places {
        let (kind, one, other) = match *place {
            Place::Free => (0, 0, u16::MAX),
            Place::At(start) => (1, start as u32, 0),
            Place::Packed(pack, at) => (2, first_pack + pack as u32, at as u16),
        };
        let mut row = [kind; ROW];
        row[1..5].copy_from_slice(&one.to_be_bytes());
        row[5..].copy_from_slice(&other.to_be_bytes());
        out.push(2);
        out.extend(row.iter().zip(above).map(|(value, above)| value.wrapping_sub(above)));
        above = row;
    }
    out
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
        Object::Dictionary(value) => write_dictionary(value, out),
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

fn write_dictionary(entries: &Dictionary, out: &mut Vec<u8>) {
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
    // Behind a last byte that begins the end of a line, a mere `\n` would be taken for its other half.
    out.extend(if content.last() == Some(&b'\r') { b"\r\nendstream".as_slice() } else { b"\nendstream" });
}

#[cfg(test)]
mod tests {
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
