//! Pictures: each file is read once, whatever its format, and embedded once in a document.
//!
//! What is read is bounded in size, parts and pixels, and never reaches for another file.

pub(crate) mod body;
mod code;
mod drawing;
mod form;
mod jpeg;
mod limits;
mod pixels;
mod png;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use regimen_export::document::MuscleMap;
use sha2::{Digest, Sha256};

use crate::style::Palette;

pub(crate) use form::{Form, FormPart, Gradient, Stream};
pub(crate) use pixels::{Colours, Packing, Pixels};
pub(crate) use png::Png;

/// A picture ready to be placed.
#[derive(Debug)]
pub(crate) struct Picture {
    /// A name from the content: six capitals.
    pub(crate) name: String,
    /// Its own width and height, upright.
    pub(crate) width: f32,
    /// See `width`.
    pub(crate) height: f32,
    /// The matrix from its own space into a box of `width` by `height` with the origin below on the left.
    pub(crate) placement: [f32; 6],
    pub(crate) content: PictureContent,
    /// What could not be drawn as it is meant.
    pub(crate) lost: Vec<String>,
    /// What is printed otherwise than browsers draw it.
    pub(crate) differs: Vec<String>,
    /// The font that the text of a drawing asks for, where another one is printed.
    pub(crate) replaced: Option<String>,
}

/// What a picture is made of.
#[derive(Debug)]
pub(crate) enum PictureContent {
    Drawing(Form),
    /// A photograph, which passes through as it is.
    Photograph(Arc<Pixels>),
    /// Pixels in as many as the place takes.
    Png(Png),
}

/// A picture, or why it cannot be printed.
pub(crate) type Read = Result<Arc<Picture>, String>;

/// The pictures read so far, by the hash of their bytes.
#[derive(Default)]
pub(crate) struct Pictures {
    read: Mutex<HashMap<[u8; 32], Arc<OnceLock<Read>>>>,
    /// The hashes of files that are in memory anyway, by their address; it stays theirs while they are held here.
    hashes: Mutex<HashMap<usize, Held>>,
}

/// A file and its hash.
type Held = (Arc<[u8]>, [u8; 32]);

/// How many files are held.
const MOST_HELD: usize = 1000;

/// The figure of the body: at rest, and what is laid over it.
pub(crate) struct Body {
    pub(crate) at_rest: Arc<Picture>,
    pub(crate) at_work: Arc<Picture>,
}

impl Pictures {
    /// Reads a picture that will be set within `limit`, in points, or says why it cannot be printed.
    pub(crate) fn read(&self, bytes: &Arc<[u8]>, limit: (f32, f32)) -> Read {
        let most = if is_pixels(bytes) { pixels::LARGEST } else { drawing::LARGEST };
        if bytes.len() > most {
            return Err(format!("it has {} bytes; at most {most} are read", bytes.len()));
        }
        let hash = self.hash(bytes);
        self.once(&hash, || read(bytes, &hash, limit))
    }

    /// The hash of a file, which takes as long as the rest of a document if it is a large photograph.
    fn hash(&self, bytes: &Arc<[u8]>) -> [u8; 32] {
        let address = bytes.as_ptr().addr();
        if let Some((_, hash)) = self.hashes.lock().unwrap_or_else(PoisonError::into_inner).get(&address) {
            return *hash;
        }
        let hash = Sha256::digest(bytes).into();
        // A file with one owner is read again for every document.
        if Arc::strong_count(bytes) > 1 {
            let mut hashes = self.hashes.lock().unwrap_or_else(PoisonError::into_inner);
            if hashes.len() >= MOST_HELD {
                hashes.clear();
            }
            hashes.insert(address, (Arc::clone(bytes), hash));
        }
        hash
    }

    fn once(&self, hash: &[u8; 32], make: impl FnOnce() -> Result<Picture, String>) -> Read {
        let place = Arc::clone(self.read.lock().unwrap_or_else(PoisonError::into_inner).entry(*hash).or_default());
        place.get_or_init(|| make().map(Arc::new)).clone()
    }

    /// Draws the QR code of an address, or says why it cannot. It is as wide as it is to be set.
    pub(crate) fn code(&self, address: &str) -> Read {
        let hash = key(&["code", address]);
        self.once(&hash, || {
            let code::Drawn { form, width } = code::draw(address)?;
            Ok(drawn(&hash, (width, width), form))
        })
    }

    /// The sign of a mistake: a cross in a circle, so that it is seen without colours and on any picture.
    pub(crate) fn cross(&self, palette: &Palette) -> Option<Arc<Picture>> {
        let [red, green, blue] = palette.warning.0.map(|part| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0);
        let hash = key(&["cross", &format!("{:?}", palette.warning)]);
        let circle =
            "19 10 m 19 14.97 14.97 19 10 19 c 5.03 19 1 14.97 1 10 c 1 5.03 5.03 1 10 1 c 14.97 1 19 5.03 19 10 c h";
        let operators = format!(
            "1 1 1 rg {red} {green} {blue} RG 1.6 w {circle} B\n2.6 w 1 J 6.4 6.4 m 13.6 13.6 l 6.4 13.6 m 13.6 6.4 l S\n"
        );
        self.once(&hash, || Ok(drawn(&hash, (20.0, 20.0), Form::plain(&operators)))).ok()
    }

    /// Draws the muscles at work; none if the figure shows none of them.
    pub(crate) fn body(&self, map: &MuscleMap, palette: &Palette) -> Option<Body> {
        let colours = format!("{palette:?}");
        let parts = map.parts.iter().map(|part| part.ids.join(" ")).collect::<Vec<_>>().join(",");
        let (rest, work) = (key(&["body"]), key(&["muscles", &colours, &parts]));
        let at_work = self.once(&work, || {
            let form = body::at_work(map, palette).ok_or("the figure shows none of these muscles")?;
            Ok(drawn(&work, body::size(), form))
        });
        let at_rest = self.once(&rest, || Ok(drawn(&rest, body::size(), body::at_rest())));
        Some(Body { at_rest: at_rest.ok()?, at_work: at_work.ok()? })
    }
}

fn is_pixels(bytes: &[u8]) -> bool {
    bytes.starts_with(png::SIGNATURE) || bytes.starts_with(jpeg::SIGNATURE)
}

fn read(bytes: &Arc<[u8]>, hash: &[u8; 32], limit: (f32, f32)) -> Result<Picture, String> {
    if bytes.starts_with(png::SIGNATURE) {
        let png = Png::open(bytes)?;
        let (width, height) = (png.width as f32, png.height as f32);
        // Whether it can be decoded is seen only by doing so; the result is kept.
        png.at_width(width * scale((width, height), limit))?;
        let placement = [width, 0.0, 0.0, height, 0.0, 0.0];
        return Ok(as_it_is(hash, width, height, placement, PictureContent::Png(png)));
    }
    if bytes.starts_with(jpeg::SIGNATURE) {
        let jpeg = jpeg::read(bytes)?;
        let ((width, height), placement) = jpeg.upright();
        return Ok(as_it_is(hash, width, height, placement, PictureContent::Photograph(Arc::new(jpeg.pixels))));
    }
    let drawing::Drawn { form, size, lost, differs, replaced } = drawing::read(bytes)?;
    Ok(Picture { lost, differs, replaced, ..drawn(hash, size, form) })
}

fn drawn(hash: &[u8; 32], size: (f32, f32), form: Form) -> Picture {
    as_it_is(hash, size.0, size.1, [1.0, 0.0, 0.0, 1.0, 0.0, 0.0], PictureContent::Drawing(form))
}

/// A picture of which nothing is printed otherwise than it is.
fn as_it_is(hash: &[u8; 32], width: f32, height: f32, placement: [f32; 6], content: PictureContent) -> Picture {
    let (lost, differs) = (Vec::new(), Vec::new());
    Picture { name: name(hash), width, height, placement, content, lost, differs, replaced: None }
}

fn name(hash: &[u8; 32]) -> String {
    hash.iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

/// What tells a picture of our own from others.
fn key(parts: &[&str]) -> [u8; 32] {
    Sha256::digest(parts.join("\n")).into()
}

/// By how much a size is scaled to fill `limit`.
pub(crate) fn scale(size: (f32, f32), limit: (f32, f32)) -> f32 {
    (limit.0 / size.0).min(limit.1 / size.1).max(0.0)
}

#[cfg(test)]
mod tests;
