//! The press: fonts opened once, shared between threads, printing one document after the other.

use std::collections::BTreeMap;
use std::sync::Arc;

use regimen_export::document::Document;

use crate::fonts::{Face, GlyphTexts, Library, Subsets, note_texts};
use crate::layout::{Ink, Laid, Supply, lay_out};
use crate::paint::{Faces, paint};
use crate::picture::Pictures;
use crate::problem::Problem;
use crate::style::Style;

/// What came off the press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// What could not be printed as it was meant.
    pub problems: Vec<Problem>,
}

/// Prints documents.
///
/// The bytes depend on the document, its pictures and the style alone: not on the thread, nor on what was printed
/// before, though what was shaped, subset and drawn before is used again.
pub struct Press {
    library: Library,
    subsets: Subsets,
    pictures: Pictures,
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}

impl Press {
    /// Opens the fonts.
    pub fn new() -> Self {
        Self { library: Library::open(), subsets: Subsets::default(), pictures: Pictures::default() }
    }

    /// Prints a document; `media` gives the bytes of a picture by its file name.
    pub fn print(&self, document: &Document, style: &Style, media: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Rendered {
        let picture = |file: &str, limit: (f32, f32)| {
            let bytes = media(file).ok_or_else(|| "the file is not there".to_owned())?;
            self.pictures.read(&bytes, limit)
        };
        let laid =
            lay_out(document, style, &Supply { library: &self.library, picture: &picture, drawn: &self.pictures });
        let faces = self.faces(&laid);
        let bytes = crate::finish::finish(document, &laid, paint(&laid, &faces), &faces);
        Rendered { bytes, problems: laid.problems }
    }

    /// The subsets of the faces that the document uses.
    fn faces(&self, laid: &Laid) -> Faces {
        let mut used: BTreeMap<Face, GlyphTexts> = BTreeMap::new();
        for item in laid.pages.iter().flat_map(|page| &page.items) {
            if let Ink::Text { part, .. } = &item.ink {
                note_texts(&part.shaped, part.glyphs.clone(), used.entry(part.face).or_default());
            }
        }
        used.iter().map(|(face, texts)| (*face, self.subsets.embed(&self.library, *face, texts))).collect()
    }
}
