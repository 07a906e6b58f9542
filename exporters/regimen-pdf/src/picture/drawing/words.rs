//! The text of drawings, set in the fonts that ship, and the images embedded in them.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use regimen_catalog::drawing::MOST_PIXELS;
use usvg::fontdb::{Database, ID, Source};
use usvg::{FontFamily, FontStyle, ImageKind};

use super::super::form::FormPart;
use super::super::{Pixels, Png, jpeg, png};
use super::Drawing;
use crate::fonts::{Face, shipped_file};

/// What was noticed while a drawing was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) lost: Vec<String>,
    /// The first font that is not there.
    pub(super) replaced: Option<String>,
}

/// The fonts for drawings, with the faces in the order of [`FACES`].
struct Fonts {
    all: Arc<Database>,
    faces: Vec<ID>,
}

const FACES: [Face; 6] = [Face::Regular, Face::Italic, Face::Bold, Face::BoldItalic, Face::Code, Face::Symbols];

static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let mut all = Database::new();
    let faces = FACES.map(|face| all.load_font_source(Source::Binary(Arc::new(shipped_file(face)))));
    let faces = faces.into_iter().filter_map(|ids| ids.first().copied()).collect();
    Fonts { all: Arc::new(all), faces }
});

/// The family in which text is set.
const FAMILY: &str = "Source Sans 3";
/// The one for text of fixed width.
const FIXED: &str = "Source Code Pro";
/// How drawings are read: no file is opened, and nothing of the machine is asked.
pub(super) fn options(seen: &Mutex<Seen>) -> usvg::Options<'_> {
    let note = |note: &dyn Fn(&mut Seen)| note(&mut seen.lock().unwrap_or_else(PoisonError::into_inner));
    let lose = move |what: String| {
        note(&|seen| {
            if !seen.lost.contains(&what) {
                seen.lost.push(what.clone());
            }
        });
    };
    let select_font = move |font: &usvg::Font, _: &mut Arc<Database>| {
        let (face, replaced) = chosen(font);
        if let Some(family) = replaced {
            note(&|seen| seen.replaced = seen.replaced.take().or_else(|| Some(family.clone())));
        }
        FONTS.faces.get(face).copied()
    };
    let among_others = usvg::FontResolver::default_fallback_selector();
    let select_fallback = move |character: char, used: &[ID], fonts: &mut Arc<Database>| {
        let other = among_others(character, used, fonts);
        if other.is_none() && !character.is_control() && !character.is_whitespace() {
            lose(format!("no font has the character `{character}` of its text"));
        }
        other
    };
    usvg::Options {
        font_family: FAMILY.to_owned(),
        font_resolver: usvg::FontResolver {
            select_font: Box::new(select_font),
            select_fallback: Box::new(select_fallback),
        },
        fontdb: Arc::clone(&FONTS.all),
        image_href_resolver: usvg::ImageHrefResolver {
            resolve_data: Box::new(move |_, data, _| match kind(&data) {
                Some(kind) if sized(&kind) => Some(kind),
                _ => {
                    lose("one of its embedded images is damaged, or neither PNG nor JPEG, and is left out".to_owned());
                    None
                }
            }),
            // Other files are no part of a drawing; the gate says so.
            resolve_string: Box::new(|_, _| None),
        },
        ..usvg::Options::default()
    }
}

/// The place of a face in [`FACES`], and the family that the text asks for, if it is another one.
fn chosen(font: &usvg::Font) -> (usize, Option<String>) {
    let names =
        |family: &FontFamily, name: &str| matches!(family, FontFamily::Named(own) if own.eq_ignore_ascii_case(name));
    let fixed = |family: &FontFamily| *family == FontFamily::Monospace || names(family, FIXED);
    let text =
        |family: &FontFamily| *family == FontFamily::SansSerif || names(family, FAMILY) || names(family, "system-ui");
    let known = font.families().iter().any(|family| fixed(family) || text(family));
    let replaced = if known { None } else { font.families().first().map(|family| family.to_string().replace('"', "")) };
    let sought = font.families().iter().find(|family| fixed(family) || text(family));
    if sought.is_some_and(fixed) {
        return (4, replaced);
    }
    let (bold, slanted) = (font.weight() >= 600, font.style() != FontStyle::Normal);
    (usize::from(slanted) + 2 * usize::from(bold), replaced)
}

/// What embedded data are, by how they begin.
fn kind(data: &Arc<Vec<u8>>) -> Option<ImageKind> {
    if data.starts_with(png::SIGNATURE) {
        Some(ImageKind::PNG(Arc::clone(data)))
    } else if data.starts_with(jpeg::SIGNATURE) {
        Some(ImageKind::JPEG(Arc::clone(data)))
    } else {
        None
    }
}

/// Whether the headers are sound; the pixels are looked at when the image is drawn.
fn sized(kind: &ImageKind) -> bool {
    match kind {
        ImageKind::PNG(data) => Png::open(&Arc::from(data.as_slice())).is_ok(),
        ImageKind::JPEG(data) => jpeg::read(data).is_ok(),
        ImageKind::GIF(_) | ImageKind::WEBP(_) | ImageKind::SVG(_) => false,
    }
}

impl Drawing {
    /// The part of an embedded image; none if it cannot be printed.
    pub(super) fn embedded(&mut self, kind: &ImageKind) -> Result<Option<usize>, String> {
        let (ImageKind::PNG(data) | ImageKind::JPEG(data)) = kind else { return Ok(None) };
        if let Some(part) = self.images.get(data) {
            return Ok(Some(*part));
        }
        match self.pixels_of(kind, data) {
            Ok(pixels) => {
                let part = self.add(FormPart::Image(pixels));
                self.images.insert(Arc::clone(data), part);
                Ok(Some(part))
            }
            Err(why) if self.pixels > MOST_PIXELS => Err(why),
            Err(why) => {
                self.lose(format!("one of its embedded images is left out: {why}"));
                Ok(None)
            }
        }
    }

    fn pixels_of(&mut self, kind: &ImageKind, data: &Arc<Vec<u8>>) -> Result<Arc<Pixels>, String> {
        let mut take = |width: u32, height: u32| {
            self.pixels += u64::from(width) * u64::from(height);
            let enough = self.pixels <= MOST_PIXELS;
            enough.then_some(()).ok_or(format!("its embedded images have more than {MOST_PIXELS} pixels"))
        };
        if matches!(kind, ImageKind::JPEG(_)) {
            let pixels = jpeg::read(data)?.pixels;
            take(pixels.width, pixels.height)?;
            return Ok(Arc::new(pixels));
        }
        let image = Png::open(&Arc::from(data.as_slice()))?;
        take(image.width, image.height)?;
        // How large it will be printed is not known here.
        image.at_width(f32::MAX)
    }
}
