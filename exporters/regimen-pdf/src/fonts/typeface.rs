//! One opened font file: of the program, or of a brand.

use std::collections::BTreeMap;
use std::sync::Arc;

use harfrust::Font;

use super::{Face, sound};

/// An opened font file.
pub(crate) struct Typeface {
    pub(crate) font: Font,
    /// The PostScript name.
    pub(crate) name: String,
    /// Whether its outlines are those of CFF, cubic and compact, rather than those of TrueType.
    pub(crate) compact: bool,
    bytes: Bytes,
    /// Which of the first characters of Unicode it has, since they are asked for all the time.
    common: Vec<bool>,
}

enum Bytes {
    Shipped(&'static [u8]),
    Own(Vec<u8>),
}

/// How many characters are looked up ahead: the Latin ones.
const COMMON: u32 = 0x250;

/// The name and the file of the face that ships for a purpose.
fn file(face: Face) -> (&'static str, &'static [u8]) {
    match face.shipped() {
        Face::Italic => ("SourceSans3-Italic", include_bytes!("../../fonts/SourceSans3_400Regular_Italic.ttf")),
        Face::Bold => ("SourceSans3-SemiBold", include_bytes!("../../fonts/SourceSans3_600SemiBold.ttf")),
        Face::BoldItalic => {
            ("SourceSans3-SemiBoldItalic", include_bytes!("../../fonts/SourceSans3_600SemiBold_Italic.ttf"))
        }
        Face::Heading => ("Figtree-SemiBold", include_bytes!("../../fonts/Figtree_600SemiBold.ttf")),
        Face::Code => ("SourceCodePro-Regular", include_bytes!("../../fonts/SourceCodePro_400Regular.ttf")),
        Face::Symbols => ("RegimenSymbols-Regular", include_bytes!("../../fonts/RegimenSymbols.ttf")),
        _ => ("SourceSans3-Regular", include_bytes!("../../fonts/SourceSans3_400Regular.ttf")),
    }
}

/// The file of the face that ships for a purpose.
pub(crate) fn shipped_file(face: Face) -> &'static [u8] {
    file(face).1
}

impl Typeface {
    /// Opens a font that ships.
    ///
    /// # Panics
    ///
    /// If a font that is compiled in is damaged, which the tests of this module rule out.
    pub(super) fn shipped(face: Face) -> Self {
        let (name, file) = file(face);
        let font = Font::new(file, 0).expect("the fonts are part of the program");
        Self { common: common(&font), font, name: name.to_owned(), compact: false, bytes: Bytes::Shipped(file) }
    }

    /// Opens a font of a brand, or says why it cannot be printed with.
    pub(crate) fn own(bytes: &Arc<[u8]>) -> Result<Self, &'static str> {
        sound::examine(bytes)?;
        let font = Font::new(bytes.to_vec(), 0).ok_or("it cannot be read")?;
        let all: Vec<u16> = (0..u16::try_from(font.num_glyphs()).unwrap_or(u16::MAX)).collect();
        let all = subsetter::GlyphRemapper::new_from_glyphs_sorted(&all);
        // Every part of it that a document may need must come out of it.
        let drawn = sound::drawn(bytes);
        subsetter::subset(&drawn, 0, &all).map_err(|_| "its glyphs cannot be taken out of it")?;
        let common = common(&font);
        if !common.contains(&true) && !(COMMON..0x2_0000).any(|code| has(&font, code)) {
            return Err("it has no characters");
        }
        let name = sound::name(bytes).unwrap_or_else(|| "BrandFont".to_owned());
        let compact = sound::is_compact(bytes);
        Ok(Self { font, name, compact, bytes: Bytes::Own(drawn), common })
    }

    /// A file with all its glyphs.
    pub(crate) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Shipped(bytes) => bytes,
            Bytes::Own(bytes) => bytes,
        }
    }

    pub(super) fn knows(&self, character: char) -> bool {
        let known = self.common.get(character as usize);
        known.copied().unwrap_or_else(|| has(&self.font, u32::from(character)))
    }
}

fn common(font: &Font) -> Vec<bool> {
    (0..COMMON).map(|code| has(font, code)).collect()
}

fn has(font: &Font, code: u32) -> bool {
    let glyph = font.charmap().map_unicode(code).map(|glyph| glyph.to_u32());
    glyph.is_some_and(|glyph| glyph != 0 && glyph < font.num_glyphs())
}

/// The files of a brand's faces.
pub(crate) type OwnFiles = BTreeMap<Face, Arc<[u8]>>;
