//! JPEG: its headers read, its pixels left as they are.
//!
//! What cameras write beside the picture (where and when it was taken, small copies of it) is left out.

use super::pixels::{Colours, Packing, Pixels, check_size};

pub(super) const SIGNATURE: &[u8] = b"\xff\xd8\xff";

/// More passes than any program writes; each takes a reader as long as the whole picture.
const MOST_SCANS: usize = 100;

/// A photograph and how it is turned.
#[derive(Debug)]
pub(super) struct Jpeg {
    pub(super) pixels: Pixels,
    /// As cameras count: 1 is upright.
    orientation: u8,
}

impl Jpeg {
    /// Its size when it stands upright, and the matrix that puts it there.
    pub(super) fn upright(&self) -> ((f32, f32), [f32; 6]) {
        let (width, height) = (self.pixels.width as f32, self.pixels.height as f32);
        let (w, h) = if self.orientation > 4 { (height, width) } else { (width, height) };
        let matrix = match self.orientation {
            2 => [-w, 0.0, 0.0, h, w, 0.0],
            3 => [-w, 0.0, 0.0, -h, w, h],
            4 => [w, 0.0, 0.0, -h, 0.0, h],
            5 => [0.0, -h, -w, 0.0, w, h],
            6 => [0.0, -h, w, 0.0, 0.0, h],
            7 => [0.0, h, w, 0.0, 0.0, 0.0],
            8 => [0.0, h, -w, 0.0, w, 0.0],
            _ => [w, 0.0, 0.0, h, 0.0, 0.0],
        };
        ((w, h), matrix)
    }
}

/// Reads the headers of a file.
pub(super) fn read(bytes: &[u8]) -> Result<Jpeg, String> {
    let mut reader = Reader { bytes, at: 2, ..Reader::default() };
    reader.kept.extend_from_slice(&bytes[..2]);
    while reader.segment()? {}
    let (Some([width, height]), true) = (reader.size, reader.scans > 0) else {
        return Err("it is a JPEG without a picture".to_owned());
    };
    let colours = match reader.components {
        1 => Colours::Grey,
        3 => Colours::Rgb,
        4 => Colours::Cmyk { inverted: reader.adobe },
        other => return Err(format!("it is a JPEG with {other} components; 1, 3 or 4 can be printed")),
    };
    let (data, packing) = (reader.kept, Packing::Photograph);
    let pixels = Pixels { width, height, colours, bits: 8, packing, data, mask: None };
    Ok(Jpeg { pixels, orientation: reader.orientation })
}

#[derive(Default)]
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    /// The file without what nobody prints.
    kept: Vec<u8>,
    size: Option<[u32; 2]>,
    components: u8,
    adobe: bool,
    orientation: u8,
    scans: usize,
}

const CUT_OFF: &str = "it is a JPEG that is cut off or damaged";

impl Reader<'_> {
    /// Reads one segment and says whether another one follows.
    fn segment(&mut self) -> Result<bool, String> {
        let marker = self.marker().ok_or(CUT_OFF)?;
        if marker == 0xd9 {
            self.kept.extend([0xff, marker]);
            return Ok(false);
        }
        let rest = &self.bytes[self.at..];
        let length = rest.get(..2).map(|two| usize::from(u16::from_be_bytes([two[0], two[1]]))).ok_or(CUT_OFF)?;
        let body = rest.get(2..length).ok_or(CUT_OFF)?;
        match marker {
            0xc0..=0xc2 => self.frame(body)?,
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcf => {
                return Err("it is a JPEG of a rare kind (lossless or arithmetic)".to_owned());
            }
            0xd8 => return Err(CUT_OFF.to_owned()),
            0xe1 => self.orientation = orientation(body).unwrap_or(self.orientation),
            0xee => self.adobe |= body.starts_with(b"Adobe"),
            0xda => self.scans += 1,
            _ => {}
        }
        let is_jfif = marker == 0xe0 && body.starts_with(b"JFIF\0");
        let is_adobe = marker == 0xee && body.starts_with(b"Adobe");
        let needed = !matches!(marker, 0xe0..=0xef | 0xfe) || is_jfif || is_adobe;
        if needed {
            self.kept.extend([0xff, marker]);
            self.kept.extend_from_slice(&rest[..length]);
        }
        self.at += length;
        if marker == 0xda {
            self.scan()?;
        }
        Ok(true)
    }

    fn marker(&mut self) -> Option<u8> {
        if *self.bytes.get(self.at)? != 0xff {
            return None;
        }
        let fill = self.bytes[self.at..].iter().take_while(|byte| **byte == 0xff).count();
        self.at += fill + 1;
        self.bytes.get(self.at - 1).copied()
    }

    fn frame(&mut self, body: &[u8]) -> Result<(), String> {
        let &[bits, h1, h0, w1, w0, components, ..] = body else {
            return Err(CUT_OFF.to_owned());
        };
        if bits != 8 {
            return Err(format!("it is a JPEG of {bits} bits; 8 can be printed"));
        }
        if self.size.is_some() {
            return Err("it is a JPEG with more than one picture".to_owned());
        }
        let [width, height] = [[w1, w0], [h1, h0]].map(|side| u32::from(u16::from_be_bytes(side)));
        check_size(width, height)?;
        self.size = Some([width, height]);
        self.components = components;
        Ok(())
    }

    /// Keeps the coded pixels up to the next marker.
    fn scan(&mut self) -> Result<(), String> {
        if self.scans > MOST_SCANS || self.size.is_none() {
            return Err("it is a JPEG with too many passes, or one before its size".to_owned());
        }
        let from = self.at;
        loop {
            let next = self.bytes[self.at..].iter().position(|byte| *byte == 0xff).ok_or(CUT_OFF)?;
            self.at += next;
            // Zero says that the byte before is a pixel's, restart markers stand between pixels.
            match self.bytes.get(self.at + 1).ok_or(CUT_OFF)? {
                0x00 | 0xd0..=0xd7 => self.at += 2,
                0xff => self.at += 1,
                _ => break,
            }
        }
        self.kept.extend_from_slice(&self.bytes[from..self.at]);
        Ok(())
    }
}

/// How a camera was held, from what it wrote beside the picture.
fn orientation(body: &[u8]) -> Option<u8> {
    const TAG: u16 = 0x0112;
    let tiff = body.strip_prefix(b"Exif\0\0")?;
    let little = tiff.starts_with(b"II");
    let short = |at: usize| {
        let two = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) })
    };
    let long = |at: usize| {
        let four = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) } as usize)
    };
    let table = long(4)?;
    let entries = usize::from(short(table)?);
    let mut places = (0..entries).map(|entry| table + 2 + 12 * entry);
    let place = places.find(|place| short(*place) == Some(TAG))?;
    let value = short(place + 8)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}
