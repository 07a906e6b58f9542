//! Where the objects of a file are. The file is read once from its beginning to its end, whatever its table of references says: of
//! objects of the same number the last one holds, which is how changes are added to a file. So a table that lies leads nowhere,
//! and reading takes as long as the file is, also if it means no good.

use std::collections::HashMap;
use std::io::Read as _;

use flate2::read::ZlibDecoder;

use super::UnreadLog;
use super::parse::{Parser, Value, is_blank};

/// What is taken out of packed streams of objects, in all.
const MOST_UNPACKED: u64 = 32 << 20;
/// Ends a stream.
const END: &[u8] = b"endstream";
/// So many objects are none of ours.
const MOST_OBJECTS: usize = 1_000_000;
/// What may be read again, besides what a file holds.
const MOST_AGAIN: usize = 64 << 20;

/// The objects of a file.
pub(super) struct Objects<'a> {
    file: &'a [u8],
    /// What was taken out of packed streams.
    unpacked: Vec<Vec<u8>>,
    /// The last place of each object: in the file, or in what was unpacked, and where there.
    places: HashMap<u32, (Option<usize>, usize)>,
    /// The catalogue, by the last of the ends of the file that names it.
    pub(super) root: Option<Value>,
    /// Whether any of them says that the file is encrypted.
    pub(super) is_encrypted: bool,
    unpacked_bytes: u64,
    read: usize,
}

impl<'a> Objects<'a> {
    pub(super) fn of(file: &'a [u8]) -> Result<Self, UnreadLog> {
        let (places, unpacked) = (HashMap::new(), Vec::new());
        let mut objects = Self { file, unpacked, places, root: None, is_encrypted: false, unpacked_bytes: 0, read: 0 };
        let mut at = 0;
        while let Some(found) = next(file, at) {
            at = match found {
                Mark::Object(id, start) => objects.object(id, start)?,
                Mark::Trailer(start) => {
                    let mut parser = Parser::new(file, start);
                    if let Some(trailer) = parser.value() {
                        objects.trailer(&trailer);
                    }
                    parser.at
                }
            };
        }
        Ok(objects)
    }

    /// Notes an object, and returns where it ends.
    fn object(&mut self, id: u32, start: usize) -> Result<usize, UnreadLog> {
        let mut parser = Parser::new(self.file, start);
        let value = parser.value();
        self.places.insert(id, (None, start));
        if self.places.len() > MOST_OBJECTS {
            return Err(UnreadLog::TooMany("objects"));
        }
        let Some(value) = value else { return Ok(parser.at.max(start)) };
        parser.blanks();
        if !parser.takes(b"stream") {
            return Ok(parser.at);
        }
        _ = parser.takes(b"\r");
        _ = parser.takes(b"\n");
        let start = parser.at;
        let end = self.end_of_stream(&value, start);
        let is = |kind: &str| value.get("Type").is_some_and(|own| own.is_name(kind));
        if is("ObjStm") {
            self.unpack(&value, start..end)?;
        } else if is("XRef") {
            self.trailer(&value);
        }
        Ok(end)
    }

    /// Keeps what an end of the file says of it: there may be as many as a file has bytes for.
    fn trailer(&mut self, trailer: &Value) {
        if let Some(root) = trailer.get("Root") {
            self.root = Some(root.clone());
        }
        self.is_encrypted |= trailer.get("Encrypt").is_some();
    }

    /// Where the bytes of a stream end: as it says, if that is true.
    fn end_of_stream(&self, about: &Value, start: usize) -> usize {
        let stated = about.get("Length").and_then(Value::integer).and_then(|length| usize::try_from(length).ok());
        let is_end = |end: &usize| {
            let rest = self.file.get(*end..).unwrap_or_default();
            let blanks = rest.iter().take(2).take_while(|byte| is_blank(**byte)).count();
            rest[blanks..].starts_with(END)
        };
        let stated = stated.and_then(|length| start.checked_add(length)).filter(is_end);
        let rest = &self.file[start..];
        stated.unwrap_or_else(|| start + rest.windows(END.len()).position(|word| word == END).unwrap_or(rest.len()))
    }

    /// Notes the objects in a packed stream.
    fn unpack(&mut self, about: &Value, range: std::ops::Range<usize>) -> Result<(), UnreadLog> {
        let number = |key: &str| about.get(key).and_then(Value::integer).and_then(|value| usize::try_from(value).ok());
        let (Some(count), Some(first)) = (number("N"), number("First")) else { return Ok(()) };
        let packed = &self.file[range];
        let mut content = Vec::new();
        let filter = match about.get("Filter") {
            Some(Value::Array(filters)) => filters.first(),
            one => one,
        };
        let left = MOST_UNPACKED - self.unpacked_bytes;
        match filter {
            None => content.extend_from_slice(packed),
            // Of a damaged stream, what comes before the damage may do.
            Some(filter) if filter.is_name("FlateDecode") || filter.is_name("Fl") => {
                let _damaged = ZlibDecoder::new(packed).take(left + 1).read_to_end(&mut content);
            }
            Some(_) => return Ok(()),
        }
        self.unpacked_bytes += content.len() as u64;
        if self.unpacked_bytes > MOST_UNPACKED {
            return Err(UnreadLog::TooLarge);
        }
        let mut parser = Parser::new(&content, 0);
        for _ in 0..count.min(MOST_OBJECTS) {
            let pair = [parser.value(), parser.value()].map(|value| value.as_ref().and_then(Value::integer));
            let [Some(id), Some(offset)] = pair else { break };
            let (Ok(id), Ok(offset)) = (u32::try_from(id), usize::try_from(offset)) else { continue };
            self.places.insert(id, (Some(self.unpacked.len()), first.saturating_add(offset)));
            if self.places.len() > MOST_OBJECTS {
                return Err(UnreadLog::TooMany("objects"));
            }
        }
        self.unpacked.push(content);
        Ok(())
    }

    /// An object by its number.
    pub(super) fn get(&mut self, id: u32) -> Result<Option<Value>, UnreadLog> {
        let Some((source, at)) = self.places.get(&id).copied() else { return Ok(None) };
        let bytes = source.map_or(Some(self.file), |source| self.unpacked.get(source).map(Vec::as_slice));
        let mut parser = Parser::new(bytes.unwrap_or_default(), at);
        let value = parser.value();
        self.read = self.read.saturating_add(parser.at.saturating_sub(at));
        if self.read > MOST_AGAIN.saturating_add(self.file.len()) {
            return Err(UnreadLog::TooLarge);
        }
        Ok(value)
    }

    /// What a value leads to, if it is a reference; else itself.
    pub(super) fn resolved(&mut self, value: Option<&Value>) -> Result<Option<Value>, UnreadLog> {
        match value {
            Some(Value::Reference(id)) => self.get(*id),
            other => Ok(other.cloned()),
        }
    }
}

/// What begins somewhere in a file.
enum Mark {
    /// An object, by its number and the place of its content.
    Object(u32, usize),
    Trailer(usize),
}

/// The next object or trailer from a place on.
fn next(file: &[u8], from: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let rest = file.get(at..)?;
        let found = rest.iter().position(|byte| matches!(byte, b'o' | b't'))?;
        at += found;
        if file[at..].starts_with(b"obj") {
            if let Some(id) = numbered(file.get(from..at).unwrap_or_default()) {
                return Some(Mark::Object(id, at + 3));
            }
        } else if file[at..].starts_with(b"trailer") {
            return Some(Mark::Trailer(at + 7));
        }
        at += 1;
    }
}

/// The number of an object from what stands before `obj`: `12 0 `.
fn numbered(before: &[u8]) -> Option<u32> {
    // Ten digits, five digits and the blanks between them.
    let tail = &before[before.len().saturating_sub(32)..];
    let back = |bytes: &[u8], is_wanted: fn(u8) -> bool| {
        bytes.iter().rposition(|byte| !is_wanted(*byte)).map_or(0, |at| at + 1)
    };
    let digits = |byte: u8| byte.is_ascii_digit();
    let end = back(tail, is_blank);
    let generation = back(&tail[..end], digits);
    let id_end = back(&tail[..generation], is_blank);
    let id = back(&tail[..id_end], digits);
    let is_whole = end < tail.len() && generation < end && id_end < generation;
    std::str::from_utf8(&tail[id..id_end]).ok().filter(|_| is_whole)?.parse().ok()
}
