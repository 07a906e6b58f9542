//! What pages call by name: the subsets of the fonts, and the drawings.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use sha2::{Digest, Sha256};

use super::{File, deflated};
use crate::fonts::{Embedded, Face};
use crate::layout::{Ink, Laid};
use crate::paint::Faces;
use crate::picture::Picture;

impl File {
    /// One set of resources for all pages.
    pub(super) fn resources(&mut self, laid: &Laid, faces: &Faces, hash: &mut Sha256) -> ObjectId {
        let mut fonts = Dictionary::new();
        for (face, embedded) in faces {
            hash.update(embedded.name.as_bytes());
            fonts.set(face.resource(), self.font(*face, embedded));
        }
        let mut pictures: BTreeMap<&str, &Arc<Picture>> = BTreeMap::new();
        for item in laid.pages.iter().flat_map(|page| &page.items) {
            if let Ink::Picture(picture) = &item.ink {
                pictures.insert(&picture.name, picture);
            }
        }
        let mut forms = Dictionary::new();
        for (name, picture) in pictures {
            hash.update(&picture.operators);
            forms.set(name, self.form(picture));
        }
        self.raw.add_object(dictionary! { "Font" => fonts, "XObject" => forms })
    }

    fn font(&mut self, face: Face, embedded: &Embedded) -> ObjectId {
        let length = dictionary! { "Length1" => embedded.file_length as i64 };
        let file = self.raw.add_object(deflated(length, embedded.file.clone()));
        let metrics = embedded.metrics;
        let bounds: Vec<Object> = metrics.bounds.iter().map(|edge| i64::from(*edge).into()).collect();
        let fixed = i64::from(face == Face::Code);
        let italic = if face.slant() == 0 { 0 } else { 64 };
        let descriptor = self.raw.add_object(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(embedded.name.clone().into_bytes()),
            "Flags" => 4 + fixed + italic,
            "FontBBox" => bounds,
            "ItalicAngle" => face.slant(),
            "Ascent" => i64::from(metrics.ascent),
            "Descent" => i64::from(metrics.descent),
            "CapHeight" => i64::from(metrics.cap_height),
            "StemV" => if matches!(face, Face::Regular | Face::Italic | Face::Code) { 80 } else { 130 },
            "FontFile2" => file,
        });
        let widths: Vec<Object> = embedded.widths.iter().map(|width| i64::from(*width).into()).collect();
        let descendant = self.raw.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => Object::Name(embedded.name.clone().into_bytes()),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "CIDToGIDMap" => "Identity",
            "DW" => 1000,
            "W" => vec![0.into(), Object::Array(widths)],
            "FontDescriptor" => descriptor,
        });
        let to_unicode = self.raw.add_object(deflated(Dictionary::new(), embedded.to_unicode.clone()));
        self.raw.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(embedded.name.clone().into_bytes()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => to_unicode,
        })
    }

    fn form(&mut self, picture: &Picture) -> ObjectId {
        let mut states = Dictionary::new();
        for hundredths in &picture.opacities {
            let share = Object::Real(f32::from(*hundredths) / 100.0);
            states.set(format!("O{hundredths}"), dictionary! { "ca" => share.clone(), "CA" => share });
        }
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), Object::Real(picture.width), Object::Real(picture.height)],
            "Resources" => dictionary! { "ExtGState" => states },
        };
        self.raw.add_object(deflated(form, picture.operators.clone()))
    }
}
