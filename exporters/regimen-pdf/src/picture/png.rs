//! PNG: passed through where the file may stay as it is, else decoded, scaled down and packed again.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::sync::{Arc, Mutex, PoisonError};

use png::{BitDepth, ColorType, Transformations};

use super::pixels::{Colours, Decoded, Packing, Pixels, check_size, needed};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A picture may be this many times finer than it need be before fewer pixels are worth the work.
const SLACK: f32 = 1.5;

/// Decoded pictures are large, so one is decoded at a time.
static DECODING: Mutex<()> = Mutex::new(());

/// A file whose headers are read.
#[derive(Debug)]
pub(crate) struct Png {
    pub(crate) width: u32,
    pub(crate) height: u32,
    bytes: Arc<[u8]>,
    /// What the pixels are if they can stay as they are.
    plain: Option<(Colours, u8)>,
    /// What was packed, by the width in pixels.
    packed: Mutex<BTreeMap<u32, Arc<Pixels>>>,
}

impl Png {
    pub(super) fn open(bytes: &Arc<[u8]>) -> Result<Self, String> {
        // Before the library sees it, because it makes room for a line.
        let size = |at: usize| bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_be_bytes);
        let (Some(width), Some(height)) = (size(16), size(20)) else {
            return Err("it is a PNG that is cut off".to_owned());
        };
        check_size(width, height)?;
        let reader = decoder(bytes).read_info().map_err(|error| unreadable(&error))?;
        let plain = plain(reader.info());
        drop(reader);
        Ok(Self { width, height, bytes: Arc::clone(bytes), plain, packed: Mutex::default() })
    }

    /// The pixels for a place that is `points` wide.
    pub(crate) fn at_width(&self, points: f32) -> Result<Arc<Pixels>, String> {
        let enough = needed(points);
        let width = if self.width as f32 > enough as f32 * SLACK { enough } else { self.width };
        let known = || self.packed.lock().unwrap_or_else(PoisonError::into_inner).get(&width).cloned();
        if let Some(known) = known() {
            return Ok(known);
        }
        let _turn = DECODING.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known() {
            return Ok(known);
        }
        let pixels = Arc::new(self.packed_for(width)?);
        self.packed.lock().unwrap_or_else(PoisonError::into_inner).insert(width, Arc::clone(&pixels));
        Ok(pixels)
    }

    fn packed_for(&self, width: u32) -> Result<Pixels, String> {
        let Some((colours, bits)) = &self.plain else {
            return self.scaled(width);
        };
        if width < self.width {
            let scaled = self.scaled(width)?;
            // Few colours pack so well that fewer pixels of more colours may take more room.
            if scaled.data.len() < lines(&self.bytes).len() / 4 * 3 {
                return Ok(scaled);
            }
        }
        self.passed(colours, *bits)
    }

    /// The file's own lines, once it is certain that they are whole and no more.
    fn passed(&self, colours: &Colours, bits: u8) -> Result<Pixels, String> {
        let data = lines(&self.bytes);
        let line = (u64::from(self.width) * u64::from(bits) * u64::from(colours.components())).div_ceil(8) + 1;
        let length = line * u64::from(self.height);
        let mut unpacked = Vec::new();
        let unpacking = flate2::read::ZlibDecoder::new(&data[..]).take(length + 1).read_to_end(&mut unpacked);
        let filtered = unpacked.chunks(line as usize).all(|line| line[0] <= 4);
        if unpacking.is_err() || unpacked.len() as u64 != length || !filtered {
            return Err("it is a PNG that is cut off or damaged".to_owned());
        }
        let (colours, packing) = (colours.clone(), Packing::Lines);
        Ok(Pixels { width: self.width, height: self.height, colours, bits, packing, data, mask: None })
    }

    fn scaled(&self, width: u32) -> Result<Pixels, String> {
        let mut decoded = self.decoded()?;
        if width < self.width {
            decoded = decoded.scaled(width);
        }
        let Decoded { width, height, channels, data } = &decoded;
        let (width, height) = (*width, *height);
        let shown = channels - usize::from(decoded.has_opacity());
        let pixels = data.chunks_exact(*channels);
        let colour: Vec<u8> = pixels.clone().flat_map(|pixel| &pixel[..shown]).copied().collect();
        let opacity: Vec<u8> = pixels.flat_map(|pixel| &pixel[shown..]).copied().collect();
        let sheer = opacity.iter().any(|opacity| *opacity < 255);
        let (colours, kind) =
            if shown == 1 { (Colours::Grey, ColorType::Grayscale) } else { (Colours::Rgb, ColorType::Rgb) };
        Ok(Pixels {
            width,
            height,
            colours,
            bits: 8,
            packing: Packing::Lines,
            data: packed(width, height, kind, &colour)?,
            mask: if sheer { Some(packed(width, height, ColorType::Grayscale, &opacity)?) } else { None },
        })
    }

    fn decoded(&self) -> Result<Decoded, String> {
        let mut decoder = decoder(&self.bytes);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().map_err(|error| unreadable(&error))?;
        let mut data = vec![0; reader.output_buffer_size().ok_or("it has too many pixels")?];
        let frame = reader.next_frame(&mut data).map_err(|error| unreadable(&error))?;
        data.truncate(frame.buffer_size());
        let channels = frame.color_type.samples();
        Ok(Decoded { width: frame.width, height: frame.height, channels, data })
    }
}

fn decoder(bytes: &[u8]) -> png::Decoder<Cursor<&[u8]>> {
    let limits = png::Limits { bytes: 256 << 20 };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder
}

fn unreadable(error: &dyn std::fmt::Display) -> String {
    format!("it is not a readable PNG: {error}")
}

/// What the pixels are, if a PDF may have them as the file does.
fn plain(info: &png::Info<'_>) -> Option<(Colours, u8)> {
    if info.interlaced || info.trns.is_some() || info.bit_depth == BitDepth::Sixteen {
        return None;
    }
    let bits = info.bit_depth as u8;
    let colours = match info.color_type {
        ColorType::Grayscale => Colours::Grey,
        ColorType::Rgb => Colours::Rgb,
        ColorType::Indexed => {
            let mut table = info.palette.as_ref()?.to_vec();
            table.resize(3 << bits, 0);
            Colours::Indexed(table)
        }
        ColorType::GrayscaleAlpha | ColorType::Rgba => return None,
    };
    Some((colours, bits))
}

/// Packs pixels of eight bits.
fn packed(width: u32, height: u32, kind: ColorType, pixels: &[u8]) -> Result<Vec<u8>, String> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(kind);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(|error| unreadable(&error))?;
    writer.write_image_data(pixels).map_err(|error| unreadable(&error))?;
    writer.finish().map_err(|error| unreadable(&error))?;
    Ok(lines(&file))
}

/// The packed lines of a file, without what stands around them.
fn lines(file: &[u8]) -> Vec<u8> {
    let mut lines = Vec::new();
    let mut rest = file.get(SIGNATURE.len()..).unwrap_or_default();
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let length = u32::from_be_bytes(*length) as usize;
        let (Some(kind), Some(body)) = (after.get(..4), after.get(4..length.saturating_add(4))) else {
            break;
        };
        if kind == b"IDAT" {
            lines.extend_from_slice(body);
        }
        rest = after.get(length + 8..).unwrap_or_default();
    }
    lines
}
