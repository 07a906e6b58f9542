//! Pages to a finished file: fonts, pictures, reading order, links, bookmarks, metadata. The only modules that know
//! lopdf.
//!
//! What printpdf leaves wrong is put right here: its version, `/ID` and ids from a process-wide counter, a claim of
//! PDF/X, bookmarks in its own order. Nothing depends on the clock, the machine or the thread.

mod drawings;
mod extras;
pub(crate) mod form;
mod metadata;
mod press;
mod profile;
mod resources;
mod streams;
mod structure;
mod write;

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use regimen_export::document::{Direction, Document};
use sha2::{Digest, Sha256};

use crate::fonts::Faces;
use crate::layout::LaidOut;
use crate::style::Press;

use metadata::About;

use write::RawObject;

pub(crate) use streams::Streams;

/// A file under construction.
type Raw = lopdf::Document;

/// Painted pages, to be completed.
pub(crate) struct Painted {
    /// The pages with their operators.
    pub(crate) raw: lopdf::Document,
    /// For each page the elements that its marked pieces belong to, in order.
    pub(crate) marked: Vec<Vec<usize>>,
    /// Who prints.
    pub(crate) press: Press,
}

/// Completes a file and writes it.
pub(crate) fn finish(
    document: &Document,
    laid: &LaidOut,
    painted: Painted,
    faces: &Faces,
    streams: &Streams,
) -> Vec<u8> {
    let Painted { raw, marked, press } = painted;
    let pages = raw.page_iter().collect();
    let mut file = File { raw, pages, own: BTreeMap::new(), looks: BTreeMap::new(), inks: None, screen: None, press };
    let mut hash = Sha256::new();
    hash.update(document.title.as_bytes());
    faces.values().for_each(|embedded| hash.update(embedded.name.as_bytes()));
    file.drop_resources();
    file.deflate_pages(streams, &mut hash);
    let resources = file.resources(laid, faces);
    for page in file.pages.clone() {
        file.set(page, "Resources", Object::Reference(resources));
    }
    let mut annotations = if press.is_press() { file.trim(laid) } else { file.annotations(laid) };
    if !laid.fields.is_empty() {
        laid.fields.iter().for_each(|field| hash.update(field.name.as_bytes()));
        annotations.extend(file.form(document, laid));
    }
    let tree = file.structure(laid, &marked, &annotations);
    let outlines = file.outlines(laid);
    let identity = hash.finalize();
    let about = About { document, press, identity: &identity };
    file.catalog(&about, tree, outlines);
    file.information(&about);
    file.identity(&identity);
    write::write(&mut file.raw, &file.own)
}

struct File<'a> {
    raw: Raw,
    pages: Vec<ObjectId>,
    /// What is written as it is, by its number.
    own: BTreeMap<u32, RawObject<'a>>,
    /// How fields look, by what they look like.
    looks: BTreeMap<form::Look, ObjectId>,
    /// What the inks of photographs look like, and the colours of screens, where something needs to be told.
    inks: Option<ObjectId>,
    screen: Option<ObjectId>,
    press: Press,
}

impl<'a> File<'a> {
    /// Adds what lopdf need not know.
    fn add(&mut self, own: RawObject<'a>) -> ObjectId {
        let id = self.raw.new_object_id();
        self.own.insert(id.0, own);
        id
    }

    fn dictionary(&mut self, id: ObjectId) -> Option<&mut Dictionary> {
        self.raw.get_object_mut(id).ok()?.as_dict_mut().ok()
    }

    fn set(&mut self, id: ObjectId, key: &str, value: Object) {
        if let Some(dictionary) = self.dictionary(id) {
            dictionary.set(key, value);
        }
    }

    /// Drops the empty resources of printpdf, which are one shared set of our own instead.
    fn drop_resources(&mut self) {
        for page in self.pages.clone() {
            let resources = self.dictionary(page).and_then(|page| page.get(b"Resources").ok()?.as_reference().ok());
            let Some(resources) = resources else { continue };
            let parts: Vec<ObjectId> = self
                .dictionary(resources)
                .map(|parts| parts.iter().filter_map(|(_, part)| part.as_reference().ok()).collect())
                .unwrap_or_default();
            for id in parts.into_iter().chain([resources]) {
                self.raw.objects.remove(&id);
            }
        }
    }

    fn deflate_pages(&mut self, streams: &Streams, hash: &mut Sha256) {
        for page in self.pages.clone() {
            let contents = self.dictionary(page).and_then(|page| page.get(b"Contents").ok()?.as_reference().ok());
            let Some(contents) = contents else { continue };
            if let Ok(Object::Stream(stream)) = self.raw.get_object_mut(contents) {
                hash.update(&stream.content);
                let content = std::mem::take(&mut stream.content);
                *stream = deflated(Dictionary::new(), streams.deflate(content));
            }
        }
    }

    fn catalog(&mut self, about: &About<'_>, tree: ObjectId, outlines: Option<ObjectId>) {
        let metadata =
            Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, metadata::xmp(about).into_bytes());
        let metadata = self.raw.add_object(metadata.with_compression(false));
        let colours = self.colours();
        let document = about.document;
        let direction = match document.direction {
            Direction::LeftToRight => "L2R",
            Direction::RightToLeft => "R2L",
        };
        let Ok(catalog) = self.raw.catalog_mut() else {
            return;
        };
        catalog.remove(b"PageLayout");
        catalog.set("OutputIntents", vec![colours.into()]);
        catalog.set("PageMode", if outlines.is_some() { "UseOutlines" } else { "UseNone" });
        if let Some(outlines) = outlines {
            catalog.set("Outlines", outlines);
        }
        catalog.set("Lang", text(&document.language));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        catalog.set("StructTreeRoot", tree);
        catalog.set("Metadata", metadata);
        catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true, "Direction" => direction });
    }

    /// What the colours of pages mean: those of screens, or those of a press.
    fn colours(&mut self) -> Dictionary {
        if self.press.is_press() {
            return self.press_colours();
        }
        let profile = self.add(RawObject::Stream(packed(dictionary! { "N" => 3 }), profile::srgb()));
        dictionary! {
            "Type" => "OutputIntent",
            "S" => "GTS_PDFA1",
            "OutputConditionIdentifier" => text(profile::SRGB),
            "Info" => text(profile::SRGB),
            "DestOutputProfile" => profile,
        }
    }

    /// The information dictionary, written again: printpdf's claims to be PDF/X and has dates of 1970.
    fn information(&mut self, about: &About<'_>) {
        if let Ok(id) = self.raw.trailer.get(b"Info").and_then(Object::as_reference) {
            self.raw.set_object(id, metadata::information(about));
        }
    }

    /// What pages show has names from its content, so that the hash of the pages is that of the document.
    fn identity(&mut self, hash: &[u8]) {
        let id = Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
        self.raw.trailer.set("ID", vec![id.clone(), id]);
    }
}

/// What says that a stream is deflated.
fn packed(mut dictionary: Dictionary) -> Dictionary {
    dictionary.set("Filter", "FlateDecode");
    dictionary
}

/// A stream that is deflated already.
fn deflated(dictionary: Dictionary, content: Vec<u8>) -> Stream {
    Stream::new(packed(dictionary), content).with_compression(false)
}

/// A part of a page of this height, from its edges as layout has them: left, top, right, bottom.
fn rectangle([left, top, right, bottom]: [f32; 4], height: f32) -> Vec<Object> {
    [left, height - bottom, right, height - top].map(|edge| Object::Real((edge * 100.0).round() / 100.0)).to_vec()
}

/// A text string: ASCII as it is, anything else as UTF-16.
fn text(value: &str) -> Object {
    if value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Object::String(value.as_bytes().to_vec(), StringFormat::Literal);
    }
    let units = value.encode_utf16().flat_map(u16::to_be_bytes);
    Object::String([0xfe, 0xff].into_iter().chain(units).collect(), StringFormat::Hexadecimal)
}
