//! Fields to fill in.
//!
//! Each is tagged, has a name, words for those who hear it, and the looks of all its states, so that no viewer has to make
//! them up. What programs need to make sense of what was filled in is in a private entry of the field and one of the document:
//! names and words stay readable, and an embedded file would be forbidden in PDF/A-2. Such an entry begins with `XX`
//! (PDF 32000-1, annex E), and viewers that fill in a field keep those that they do not know.

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use regimen_export::document::{Document, LogEntry};

use super::extras::Annotation;
use super::resources::NOT_SYMBOLIC;
use super::write::RawObject;
use super::{File, deflated, packed, rectangle, text};
use crate::fonts::{Face, deflate, form_font};
use crate::layout::{Field, FieldKind, LaidOut};

/// The private entry of a field and of the document.
pub(crate) const OWN: &str = "XXRegimen";
/// What is in it.
pub(crate) mod keys {
    pub(crate) const SHEET: &str = "Sheet";
    pub(crate) const TITLE: &str = "Title";
    pub(crate) const MARK: &str = "Mark";
    pub(crate) const WEEK: &str = "Week";
    pub(crate) const DAY: &str = "Day";
    pub(crate) const DATE: &str = "Date";
    pub(crate) const SESSION: &str = "Session";
    pub(crate) const EXERCISE: &str = "Exercise";
    pub(crate) const TIME: &str = "Time";
    pub(crate) const PLANNED: &str = "Planned";
}

/// The name of the font of fields.
const FONT: &str = "RGFORM";
/// The state of a box that is ticked.
const TICKED: &str = "Yes";
/// From this height on, as a multiple of its type, a field has several lines.
const SEVERAL: f32 = 2.3;
/// Several lines (PDF 32000-1, table 228, bit 13).
const MULTILINE: i64 = 1 << 12;
/// Printed (PDF 32000-1, table 165).
const PRINTED: i64 = 4;

/// What fields look like that look alike: what is shown, width and height in hundredths of a point.
pub(super) type Look = (&'static str, i64, i64);

impl File<'_> {
    /// Adds the fields of a document and its form.
    pub(super) fn form(&mut self, document: &Document, laid: &LaidOut) -> Vec<Annotation> {
        let font = self.form_font();
        let mut all: Vec<Annotation> = Vec::with_capacity(laid.fields.len());
        let mut of_pages: Vec<Vec<Object>> = vec![Vec::new(); self.pages.len()];
        for field in &laid.fields {
            let widget = self.widget(field, laid.sheet.height, font);
            let id = self.raw.add_object(widget);
            of_pages[field.page].push(id.into());
            all.push(Annotation { id, page: field.page, node: field.node });
        }
        for (page, widgets) in self.pages.clone().into_iter().zip(of_pages).filter(|(_, widgets)| !widgets.is_empty()) {
            let links = self.dictionary(page).and_then(|page| page.get(b"Annots").ok()?.as_array().ok().cloned());
            let annotations: Vec<Object> = links.unwrap_or_default().into_iter().chain(widgets).collect();
            self.set(page, "Annots", annotations.into());
        }
        let fields: Vec<Object> = all.iter().map(|field| field.id.into()).collect();
        let form = self.raw.add_object(dictionary! {
            "Fields" => fields,
            "DR" => resources(font),
            "DA" => appearance(10.0),
        });
        let own = about_document(document);
        if let Ok(catalog) = self.raw.catalog_mut() {
            catalog.set("AcroForm", form);
            catalog.set(OWN, own);
        }
        all
    }

    /// A field, which is its own annotation.
    fn widget(&mut self, field: &Field, sheet: f32, font: ObjectId) -> Dictionary {
        let Field { page, x, y, width, height, kind, name, label, entry, node: _ } = field;
        let mut widget = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "Rect" => rectangle([*x, *y, x + width, y + height], sheet),
            "F" => PRINTED,
            "P" => self.pages[*page],
            "T" => text(name),
            "TU" => text(label),
            "Border" => vec![0.into(), 0.into(), 0.into()],
        };
        match kind {
            FieldKind::Text(size) => {
                widget.set("FT", "Tx");
                widget.set("DA", appearance(*size));
                if *height >= SEVERAL * size {
                    widget.set("Ff", MULTILINE);
                }
                let look = self.look(("/Tx BMC\nEMC\n", *width, *height), Some(font));
                widget.set("AP", dictionary! { "N" => look });
            }
            FieldKind::Tick => {
                widget.set("FT", "Btn");
                widget.set("V", "Off");
                widget.set("AS", "Off");
                let (off, on) = (self.look(("", *width, *height), None), self.look((TICK, *width, *height), None));
                widget.set("AP", dictionary! { "N" => dictionary! { TICKED => on, "Off" => off } });
            }
        }
        if let Some(entry) = entry {
            widget.set(OWN, about(entry));
        }
        widget
    }

    /// How a field looks; those that look alike share it.
    fn look(&mut self, (shown, width, height): (&'static str, f32, f32), font: Option<ObjectId>) -> ObjectId {
        let hundredths = |length: f32| (length * 100.0).round() as i64;
        let key = (shown, hundredths(width), hundredths(height));
        if let Some(known) = self.looks.get(&key) {
            return *known;
        }
        let area = [0.0, 0.0, key.1 as f32 / 100.0, key.2 as f32 / 100.0].map(Object::Real).to_vec();
        let mut form = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => area };
        form.set("Resources", font.map(resources).unwrap_or_default());
        let content = if shown == TICK { tick(width, height) } else { shown.to_owned() };
        let id = self.raw.add_object(deflated(form, deflate(content.as_bytes())));
        self.looks.insert(key, id);
        id
    }

    /// The font in which is filled in.
    fn form_font(&mut self) -> ObjectId {
        let font = form_font();
        let about = dictionary! { "Length1" => font.file_length as i64 };
        let file = ("FontFile2", self.add(RawObject::Stream(packed(about), &font.file)));
        let descriptor = self.font_descriptor(&font.name, (Face::Regular, font.metrics), NOT_SYMBOLIC, file);
        let to_unicode = self.add(RawObject::Stream(packed(Dictionary::new()), &font.to_unicode));
        let widths: Vec<Object> = font.widths.iter().map(|width| i64::from(*width).into()).collect();
        self.raw.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "TrueType",
            "BaseFont" => Object::Name(font.name.clone().into_bytes()),
            "FirstChar" => 32,
            "LastChar" => 255,
            "Widths" => widths,
            "Encoding" => "WinAnsiEncoding",
            "FontDescriptor" => descriptor,
            "ToUnicode" => to_unicode,
        })
    }
}

fn resources(font: ObjectId) -> Dictionary {
    dictionary! { "Font" => dictionary! { FONT => font } }
}

/// The type of what is filled in.
fn appearance(size: f32) -> Object {
    Object::string_literal(format!("/{FONT} {size:.1} Tf 0 g"))
}

/// What stands for [`tick`] in a look.
const TICK: &str = "tick";

/// A tick, drawn, so that it needs no font.
fn tick(width: f32, height: f32) -> String {
    let at = |x: f32, y: f32| format!("{:.2} {:.2}", x * width, y * height);
    format!("q 1 J 1 j {:.2} w 0 G {} m {} l {} l S Q\n", height * 0.12, at(0.18, 0.5), at(0.42, 0.22), at(0.85, 0.85))
}

/// What programs have to know of a field.
fn about(entry: &LogEntry) -> Dictionary {
    let LogEntry { session, work, time, planned, caption: _ } = entry;
    let mut about = dictionary! { keys::WEEK => i64::from(session.week) };
    let date = session.date.map(|date| date.to_string()).unwrap_or_default();
    let exercise = work.as_ref().map(|work| work.name.as_str()).unwrap_or_default();
    let texts = [
        (keys::DAY, session.day.as_str()),
        (keys::DATE, &date),
        (keys::SESSION, &session.name),
        (keys::EXERCISE, exercise),
        (keys::PLANNED, planned),
    ];
    set_texts(&mut about, &texts);
    if let Some(time) = time {
        about.set(keys::TIME, time.number as i64);
    }
    about
}

/// What programs have to know of a document.
fn about_document(document: &Document) -> Dictionary {
    let frame = &document.frame;
    let mut about = Dictionary::new();
    let texts = [(keys::SHEET, &*frame.sheet), (keys::TITLE, &*document.title), (keys::MARK, &*frame.mark)];
    set_texts(&mut about, &texts);
    about
}

/// Sets those that are not empty.
fn set_texts(about: &mut Dictionary, texts: &[(&str, &str)]) {
    for (key, value) in texts.iter().filter(|(_, value)| !value.is_empty()) {
        about.set(*key, text(value));
    }
}
