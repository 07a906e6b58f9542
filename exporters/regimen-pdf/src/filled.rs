//! Handouts that were filled in, read back: what was planned, and what was noted of it.

mod objects;
mod parse;

use std::collections::HashSet;
use std::fmt;
use std::rc::Rc;

use crate::finish::form::{OWN, keys};

use objects::Objects;
use parse::{Value, text};

/// A handout that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilledLog {
    /// Which handout it is: `schedules/spring-2027`; may be empty.
    pub sheet: String,
    /// Its title.
    pub title: String,
    /// The mark of its edition; may be empty.
    pub mark: String,
    /// Its fields in their order.
    pub fields: Vec<FilledField>,
}

/// A field of a handout.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FilledField {
    /// Its name, which stays the same from edition to edition.
    pub name: String,
    /// What it is about, in the reader's language.
    pub label: String,
    /// The week, 1 for the first; `None` of what is not part of the plan.
    pub week: Option<u32>,
    /// The day as it is printed; may be empty, and so may all that follow.
    pub day: String,
    /// The date, as in 2027-01-18.
    pub date: String,
    /// The name of the session.
    pub session: String,
    /// The name of the exercise or step; empty for all of the session.
    pub exercise: String,
    /// Which time of the day, if there are several.
    pub time: Option<u32>,
    /// How much is planned, as it is printed.
    pub planned: String,
    /// What was filled in.
    pub done: Done,
}

/// What was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// What was written; empty if nothing was.
    Text(String),
    /// Whether a box is ticked.
    Ticked(bool),
}

impl Default for Done {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

/// Why a file could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnreadLog {
    /// It does not begin as a PDF.
    NotPdf,
    /// It is a PDF, but what leads to its content is not there.
    Broken,
    /// It is encrypted.
    Encrypted,
    /// It has no form.
    NoForm,
    /// It has a form, but none of a handout.
    OtherForm,
    /// It has more of these than any handout.
    TooMany(&'static str),
    /// It is larger than any handout, or holds something that is.
    TooLarge,
}

impl fmt::Display for UnreadLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPdf => f.write_str("it is no PDF"),
            Self::Broken => f.write_str("it is damaged: what leads to its pages and fields is not there"),
            Self::Encrypted => f.write_str("it is encrypted"),
            Self::NoForm => f.write_str("it has no fields to fill in"),
            Self::OtherForm => f.write_str("its fields are not those of a handout"),
            Self::TooMany(what) => write!(f, "it has more {what} than any handout"),
            Self::TooLarge => f.write_str("it is larger than any handout, or holds something that is"),
        }
    }
}

impl UnreadLog {
    /// What to do about it.
    pub const fn way_out(self) -> &'static str {
        match self {
            Self::NotPdf | Self::TooMany(_) | Self::TooLarge => "name a handout as it was built and filled in",
            Self::Broken => "open it in a PDF reader and save it again, or ask for it anew",
            Self::Encrypted => "save it without a password",
            Self::NoForm | Self::OtherForm => {
                "build it with `log: fields`, and fill it in with a reader that saves forms; printing it into a new PDF loses the fields"
            }
        }
    }
}

/// The largest file that is read, in bytes: some hundred times a large handout.
pub const LARGEST_LOG: usize = 64 << 20;
/// More fields than this are none of ours.
const MOST_FIELDS: usize = 20_000;
/// Names of fields within fields end at this depth.
const DEEPEST: usize = 16;

/// Reads what was filled in.
///
/// The file may be anything: time and memory are bounded by its length.
///
/// # Errors
///
/// Says why a file is none that can be read.
pub fn read_log(file: &[u8]) -> Result<FilledLog, UnreadLog> {
    if file.len() > LARGEST_LOG {
        return Err(UnreadLog::TooLarge);
    }
    // PDF 32000-1, annex H: the header may begin within the first 1024 bytes.
    if !file[..file.len().min(1024)].windows(5).any(|word| word == b"%PDF-") {
        return Err(UnreadLog::NotPdf);
    }
    let mut objects = Objects::of(file)?;
    if objects.is_encrypted {
        return Err(UnreadLog::Encrypted);
    }
    let root = objects.root.take();
    let catalog = objects.resolved(root.as_ref())?.ok_or(UnreadLog::Broken)?;
    let own = objects.resolved(catalog.get(OWN))?;
    let form = objects.resolved(catalog.get("AcroForm"))?.ok_or(UnreadLog::NoForm)?;
    let roots = objects.resolved(form.get("Fields"))?.ok_or(UnreadLog::NoForm)?;
    let mut reader =
        FormReader { objects, seen: HashSet::new(), fields: Vec::new(), letters: 0, is_ours: own.is_some() };
    reader.read(roots)?;
    let FormReader { mut objects, fields, is_ours, .. } = reader;
    if fields.is_empty() {
        return Err(UnreadLog::NoForm);
    }
    if !is_ours {
        return Err(UnreadLog::OtherForm);
    }
    let mut said = |key: &str| -> Result<String, UnreadLog> {
        let value = own.as_ref().and_then(|own| own.get(key));
        Ok(string(objects.resolved(value)?))
    };
    Ok(FilledLog { sheet: said(keys::SHEET)?, title: said(keys::TITLE)?, mark: said(keys::MARK)?, fields })
}

/// What a field has from those that it is within.
#[derive(Default)]
struct Inherited {
    name: String,
    kind: Option<Value>,
    value: Option<Value>,
    depth: usize,
}

struct FormReader<'a> {
    objects: Objects<'a>,
    seen: HashSet<u32>,
    fields: Vec<FilledField>,
    /// How many letters were read, since fields may share what they have from others.
    letters: usize,
    /// Whether anything in the file says that it is a handout.
    is_ours: bool,
}

impl FormReader<'_> {
    /// Reads a tree of fields, each object once, so that circles end.
    fn read(&mut self, roots: Value) -> Result<(), UnreadLog> {
        let mut open = vec![(roots, Rc::new(Inherited::default()))];
        while let Some((value, from)) = open.pop() {
            match value {
                // The last one put on is the first one taken off.
                Value::Array(kids) => open.extend(kids.into_iter().rev().map(|kid| (kid, Rc::clone(&from)))),
                Value::Reference(id) if self.seen.insert(id) => {
                    let field = self.objects.get(id)?.unwrap_or(Value::Other);
                    open.extend(self.field(&field, &from)?);
                }
                Value::Dictionary(_) => open.extend(self.field(&value, &from)?),
                _ => {}
            }
            if self.fields.len() > MOST_FIELDS || open.len() > 10 * MOST_FIELDS {
                return Err(UnreadLog::TooMany("fields"));
            }
        }
        Ok(())
    }

    /// Reads a field, or returns those within it.
    fn field(&mut self, field: &Value, from: &Inherited) -> Result<Option<(Value, Rc<Inherited>)>, UnreadLog> {
        if from.depth > DEEPEST || !matches!(field, Value::Dictionary(_)) {
            return Ok(None);
        }
        let own = string(self.objects.resolved(field.get("T"))?);
        let name = match (from.name.is_empty(), own.is_empty()) {
            (true, _) => own,
            (false, true) => from.name.clone(),
            (false, false) => format!("{}.{own}", from.name),
        };
        let kind = self.objects.resolved(field.get("FT"))?.or_else(|| from.kind.clone());
        let value = self.objects.resolved(field.get("V"))?.or_else(|| from.value.clone());
        if let Some(kids @ Value::Array(_)) = self.objects.resolved(field.get("Kids"))? {
            return Ok(Some((kids, Rc::new(Inherited { name, kind, value, depth: from.depth + 1 }))));
        }
        let is_box = kind.as_ref().is_some_and(|kind| kind.is_name("Btn"));
        let done = if is_box {
            let state = value.or(self.objects.resolved(field.get("AS"))?);
            Done::Ticked(matches!(&state, Some(Value::Name(state)) if state != b"Off"))
        } else {
            Done::Text(string(value).replace("\r\n", "\n").replace('\r', "\n"))
        };
        let label = string(self.objects.resolved(field.get("TU"))?);
        let about = self.objects.resolved(field.get(OWN))?;
        self.is_ours |= about.is_some();
        let read = self.about(FilledField { name, label, done, ..FilledField::default() }, about.as_ref())?;
        let written = if let Done::Text(written) = &read.done { written.len() } else { 0 };
        self.letters += read.name.len() + read.label.len() + read.planned.len() + written;
        self.fields.push(read);
        if self.letters > LARGEST_LOG { Err(UnreadLog::TooLarge) } else { Ok(None) }
    }

    /// Adds what the private entry of a field says.
    fn about(&mut self, field: FilledField, about: Option<&Value>) -> Result<FilledField, UnreadLog> {
        let mut said = |key: &str| self.objects.resolved(about.and_then(|about| about.get(key)));
        let number = |value: Option<Value>| value.and_then(|value| u32::try_from(value.integer()?).ok());
        Ok(FilledField {
            week: number(said(keys::WEEK)?),
            time: number(said(keys::TIME)?),
            day: string(said(keys::DAY)?),
            date: string(said(keys::DATE)?),
            session: string(said(keys::SESSION)?),
            exercise: string(said(keys::EXERCISE)?),
            planned: string(said(keys::PLANNED)?),
            ..field
        })
    }
}

/// The characters of a text string.
fn string(value: Option<Value>) -> String {
    if let Some(Value::Text(bytes)) = value { text(&bytes) } else { String::new() }
}

#[cfg(test)]
mod tests;
