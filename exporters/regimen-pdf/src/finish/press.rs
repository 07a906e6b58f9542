//! What is otherwise in a file for a print shop (PDF/X-4, ISO 15930-7).

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::extras::Annotation;
use super::write::RawObject;
use super::{File, deflated, packed, profile, text};
use crate::fonts::deflate;
use crate::layout::LaidOut;
use crate::picture::Stream;
use crate::press::{BLEED, SLUG, in_inks};

impl<'a> File<'a> {
    /// Sets the boxes of pages: the page as it is in the end, with the ink beyond its edges, and with the marks. There are no
    /// links on paper.
    pub(super) fn trim(&mut self, laid: &LaidOut) -> Vec<Annotation> {
        let (width, height) = (laid.sheet.width, laid.sheet.height);
        let larger =
            |by: f32| [-by, -by, width + by, height + by].map(|edge| Object::Real((edge * 100.0).round() / 100.0));
        for page in self.pages.clone() {
            let Some(page) = self.dictionary(page) else { continue };
            page.remove(b"Annots");
            page.remove(b"CropBox");
            for (name, by) in [("MediaBox", SLUG), ("BleedBox", BLEED), ("TrimBox", 0.0)] {
                page.set(name, larger(by).to_vec());
            }
            page.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" });
        }
        Vec::new()
    }

    /// What the inks of pages mean.
    pub(super) fn press_colours(&mut self) -> Dictionary {
        let profile = self.add(RawObject::Stream(packed(dictionary! { "N" => 4 }), profile::press()));
        dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFX",
            "OutputConditionIdentifier" => text(profile::PRESS),
            "OutputCondition" => text(profile::PRESS_IN_WORDS),
            "Info" => text(profile::PRESS_IN_WORDS),
            "RegistryName" => text("http://www.color.org"),
            "DestOutputProfile" => profile,
        }
    }

    /// The colours of screens: what a file has anyway, or of a file for the press, what photographs and gradients keep.
    pub(super) fn screen(&mut self) -> Object {
        if !self.press.is_press() {
            return "DeviceRGB".into();
        }
        let profile = self.screen.unwrap_or_else(|| {
            let about = packed(dictionary! { "N" => 3, "Alternate" => "DeviceRGB" });
            self.add(RawObject::Stream(about, profile::srgb()))
        });
        self.screen = Some(profile);
        vec!["ICCBased".into(), profile.into()].into()
    }

    /// Says in resources what colours of screens mean, where the press has others.
    pub(super) fn with_screen(&mut self, mut resources: Dictionary) -> Dictionary {
        if self.press.is_press() {
            resources.set("ColorSpace", dictionary! { "DefaultRGB" => self.screen() });
        }
        resources
    }

    /// Operators of a drawing with their colours, as inks if a press prints them.
    pub(super) fn coloured(&mut self, about: Dictionary, stream: &'a Stream) -> ObjectId {
        if !self.press.is_press() {
            return self.add(RawObject::Stream(packed(about), &stream.operators));
        }
        let mut operators = String::new();
        // They were packed by this program.
        let _whole = ZlibDecoder::new(&stream.operators[..]).read_to_string(&mut operators);
        self.raw.add_object(deflated(about, deflate(in_inks(&operators).as_bytes())))
    }
}
