//! What pages call by name: the subsets of the fonts, and the pictures.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};

use super::write::RawObject;
use super::{File, packed, profile};
use crate::fonts::{Embedded, Face, Faces, Metrics};
use crate::layout::{Ink, LaidOut};
use crate::picture::{Colours, Packing, Picture, PictureContent, Pixels};

/// Whether a font has other signs than those of Latin text (PDF 32000-1, table 123, bits 3 and 6).
const SYMBOLIC: i64 = 1 << 2;
pub(super) const NOT_SYMBOLIC: i64 = 1 << 5;

impl<'a> File<'a> {
    /// One set of resources for all pages.
    pub(super) fn resources(&mut self, laid: &'a LaidOut, faces: &'a Faces) -> ObjectId {
        let mut fonts = Dictionary::new();
        for (face, embedded) in faces {
            fonts.set(face.resource().as_bytes(), self.font(*face, embedded));
        }
        let mut pictures: BTreeMap<&str, (&'a Arc<Picture>, f32)> = BTreeMap::new();
        for item in laid.pages.iter().flat_map(|page| &page.items) {
            if let Ink::Picture(picture) = &item.ink {
                let (_, widest) = pictures.entry(&picture.name).or_insert((picture, 0.0));
                *widest = widest.max(item.width);
            }
        }
        let mut objects = Dictionary::new();
        for (name, (picture, width)) in pictures {
            if let Some(object) = self.picture(picture, width) {
                objects.set(name, object);
            }
        }
        self.raw.add_object(dictionary! { "Font" => fonts, "XObject" => objects })
    }

    /// A picture, fine enough for the widest place in which it is shown.
    fn picture(&mut self, picture: &'a Picture, width: f32) -> Option<ObjectId> {
        match &picture.content {
            PictureContent::Drawing(form) => Some(self.drawing(form, picture.width, picture.height)),
            PictureContent::Photograph(pixels) => Some(self.image(pixels)),
            // It was decoded when it was read, so that this does not fail.
            PictureContent::Png(png) => Some(self.image(&*png.at_width(width).ok()?)),
        }
    }

    fn font(&mut self, face: Face, embedded: &'a Embedded) -> ObjectId {
        // PDF 32000-1, table 126: the outlines of CFF have their kind instead of a length.
        let (key, about) = if embedded.compact {
            ("FontFile3", dictionary! { "Subtype" => "CIDFontType0C" })
        } else {
            ("FontFile2", dictionary! { "Length1" => embedded.file_length as i64 })
        };
        let file = (key, self.add(RawObject::Stream(packed(about), &embedded.file)));
        let descriptor = self.font_descriptor(&embedded.name, (face, embedded.metrics), SYMBOLIC, file);
        let (glyphs, encoding) = self.numbers(embedded);
        let descendant = format!(
            "<</Type/Font/Subtype/{}/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
             /Supplement 0>>{}/DW 1000/W[0[{}]]/FontDescriptor {} 0 R>>",
            if embedded.compact { "CIDFontType0" } else { "CIDFontType2" },
            embedded.name,
            glyphs,
            embedded.widths,
            descriptor.0
        );
        let descendant = self.add(RawObject::Written(descendant.into_bytes()));
        let to_unicode = self.add(RawObject::Stream(packed(Dictionary::new()), &embedded.to_unicode));
        self.raw.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(embedded.name.clone().into_bytes()),
            "Encoding" => encoding,
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        })
    }

    /// What viewers have to know of a font besides its file, which is under a key of its kind.
    pub(super) fn font_descriptor(
        &mut self,
        name: &str,
        (face, metrics): (Face, Metrics),
        signs: i64,
        (key, file): (&str, ObjectId),
    ) -> ObjectId {
        let bounds: Vec<Object> = metrics.bounds.iter().map(|edge| i64::from(*edge).into()).collect();
        let fixed = i64::from(face == Face::Code);
        let italic = if face.slant() == 0 { 0 } else { 64 };
        self.raw.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(name.as_bytes().to_vec()),
            "Flags" => signs + fixed + italic,
            "FontBBox" => bounds,
            "ItalicAngle" => face.slant(),
            "Ascent" => i64::from(metrics.ascent),
            "Descent" => i64::from(metrics.descent),
            "CapHeight" => i64::from(metrics.cap_height),
            "StemV" => face.stem(),
            key => file,
        })
    }

    /// What leads from numbers on pages to glyphs: a part of the descendant font, and the encoding.
    fn numbers(&mut self, embedded: &'a Embedded) -> (String, Object) {
        let identity: Object = "Identity-H".into();
        match &embedded.glyph_of_number {
            None if embedded.compact => (String::new(), identity),
            None => ("/CIDToGIDMap/Identity".to_owned(), identity),
            Some(map) if embedded.compact => {
                let information = dictionary! {
                    "Registry" => Object::string_literal("Adobe"),
                    "Ordering" => Object::string_literal("Identity"),
                    "Supplement" => 0,
                };
                let kind = dictionary! { "Type" => "CMap", "CMapName" => "Regimen", "CIDSystemInfo" => information };
                (String::new(), self.add(RawObject::Stream(packed(kind), map)).into())
            }
            Some(map) => {
                let map = self.add(RawObject::Stream(packed(Dictionary::new()), map));
                (format!("/CIDToGIDMap {} 0 R", map.0), identity)
            }
        }
    }

    pub(super) fn image(&mut self, pixels: &Pixels) -> ObjectId {
        let mut image = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(pixels.width),
            "Height" => i64::from(pixels.height),
            "BitsPerComponent" => i64::from(pixels.bits),
            "ColorSpace" => self.colour_space(&pixels.colours),
        };
        match pixels.packing {
            Packing::Photograph => image.set("Filter", "DCTDecode"),
            Packing::Lines => filter_lines(&mut image, pixels.width, pixels.colours.components(), pixels.bits),
        }
        if pixels.colours == (Colours::Cmyk { inverted: true }) {
            image.set("Decode", [1, 0].repeat(4).into_iter().map(Object::Integer).collect::<Vec<_>>());
        }
        if let Some(mask) = &pixels.mask {
            image.set("SMask", self.mask(pixels, mask));
        }
        self.raw.add_object(Stream::new(image, pixels.data.clone()).with_compression(false))
    }

    fn colour_space(&mut self, colours: &Colours) -> Object {
        match colours {
            Colours::Grey => "DeviceGray".into(),
            Colours::Rgb => self.screen(),
            Colours::Cmyk { .. } if self.press.is_press() => "DeviceCMYK".into(),
            Colours::Cmyk { .. } => self.inks(),
            Colours::Indexed(table) => {
                let last = (table.len() / 3) as i64 - 1;
                let table = Object::String(table.clone(), StringFormat::Hexadecimal);
                vec!["Indexed".into(), self.screen(), last.into(), table].into()
            }
        }
    }

    /// The four inks of photographs for print, which say what they look like: a file whose colours are those of screens may have no
    /// others without that (ISO 19005-2, 6.2.4.3).
    fn inks(&mut self) -> Object {
        let profile = self.inks.unwrap_or_else(|| {
            let about = packed(dictionary! { "N" => 4, "Alternate" => "DeviceCMYK" });
            self.add(RawObject::Stream(about, profile::inks()))
        });
        self.inks = Some(profile);
        vec!["ICCBased".into(), profile.into()].into()
    }

    fn mask(&mut self, pixels: &Pixels, mask: &[u8]) -> ObjectId {
        let mut image = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(pixels.width),
            "Height" => i64::from(pixels.height),
            "BitsPerComponent" => 8,
            "ColorSpace" => "DeviceGray",
        };
        filter_lines(&mut image, pixels.width, 1, 8);
        self.raw.add_object(Stream::new(image, mask.to_vec()).with_compression(false))
    }
}

/// Says that the pixels are packed as lines of PNG.
fn filter_lines(image: &mut Dictionary, width: u32, components: u8, bits: u8) {
    image.set("Filter", "FlateDecode");
    let lines = dictionary! {
        "Predictor" => 15,
        "Colors" => i64::from(components),
        "BitsPerComponent" => i64::from(bits),
        "Columns" => i64::from(width),
    };
    image.set("DecodeParms", lines);
}
