//! The press: fonts opened once, shared between threads, printing one document after the other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regimen_export::document::{Document, Fonts};

use crate::finish::Streams;
use crate::fonts::{Cut, Face, Library, OwnFiles, Subsets, Typeface, Used};
use crate::layout::{Ink, Laid, Supply, lay_out};
use crate::paint::{Faces, Painted, paint};
use crate::picture::Pictures;
use crate::problem::Problem;
use crate::repeated::Repeated;
use crate::style::Style;
use crate::text::TextMemories;

/// What came off the press.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// What could not be printed as it was meant.
    pub problems: Vec<Problem>,
}

/// A document laid out, for benchmarks to time what follows.
#[doc(hidden)]
pub struct Set {
    laid: Laid,
    case: Arc<Case>,
}

/// Painted pages.
#[doc(hidden)]
pub struct Inked {
    painted: Painted,
    faces: Faces,
}

/// Prints documents.
///
/// The bytes depend on the document, its pictures and the style alone: not on the thread, nor on what was printed
/// before, though what was shaped, subset and drawn before is used again.
pub struct Press {
    shipped: Arc<Case>,
    /// The fonts of each brand, with those that ship behind them, by the names and the bytes of its files.
    branded: Mutex<Vec<(Fonts, OwnFiles, Arc<Case>)>>,
    pictures: Pictures,
    streams: Streams,
    repeated: Repeated,
}

/// How many bytes of printed documents and of the contents of pages are kept, twice.
const ROOM: usize = 8 << 20;

/// The type at hand: opened fonts, and what was cut from them.
#[derive(Default)]
struct Case {
    library: Library,
    texts: TextMemories,
    subsets: Subsets,
    /// The brand's faces that cannot be printed with, and why.
    refused: BTreeMap<Face, &'static str>,
}

impl Default for Press {
    fn default() -> Self {
        Self::new()
    }
}

impl Press {
    /// Opens the fonts.
    pub fn new() -> Self {
        Self::with_room(TextMemories::default(), ROOM)
    }

    /// The same without a memory: everything is made again for each document.
    #[doc(hidden)]
    pub fn forgetful() -> Self {
        Self::with_room(TextMemories::with_room(0), 0)
    }

    fn with_room(texts: TextMemories, room: usize) -> Self {
        Self {
            shipped: Arc::new(Case { texts, ..Case::default() }),
            branded: Mutex::default(),
            pictures: Pictures::default(),
            streams: Streams::with_room(room),
            repeated: Repeated::with_room(room),
        }
    }

    /// Prints a document; `media` gives the bytes of a picture by its file name.
    pub fn print(&self, document: &Document, style: &Style, media: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Rendered {
        if style.layout.repeats() {
            return self.repeated.print(document, style, media, |media| self.print_anew(document, style, media));
        }
        self.print_anew(document, style, media)
    }

    fn print_anew(&self, document: &Document, style: &Style, media: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Rendered {
        let set = self.set(document, style, media);
        let inked = self.ink(&set);
        Rendered { bytes: self.bind(document, &set, inked), problems: set.laid.problems }
    }

    /// The first stage of printing: pages of positioned items.
    #[doc(hidden)]
    pub fn set(&self, document: &Document, style: &Style, media: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Set {
        let picture = |file: &str, limit: (f32, f32)| {
            let bytes = media(file).ok_or_else(|| "the file is not there".to_owned())?;
            self.pictures.read(&bytes, limit)
        };
        let case = self.case(&document.frame.fonts, media);
        let supply = Supply { library: &case.library, texts: &case.texts, picture: &picture, drawn: &self.pictures };
        let mut laid = lay_out(document, style, &supply);
        for (file, face) in files(&document.frame.fonts) {
            if let Some(reason) = case.refused.get(&face) {
                laid.problems.push(Problem::Font { file: file.to_owned(), reason });
            }
        }
        Set { laid, case }
    }

    /// The second stage: operators.
    #[doc(hidden)]
    pub fn ink(&self, set: &Set) -> Inked {
        let faces = set.case.faces(&set.laid);
        Inked { painted: paint(&set.laid, &faces, &set.case.library), faces }
    }

    /// The last stage: the file.
    #[doc(hidden)]
    pub fn bind(&self, document: &Document, set: &Set, inked: Inked) -> Vec<u8> {
        crate::finish::finish(document, &set.laid, inked.painted, &inked.faces, &self.streams)
    }

    /// The fonts of a brand, opened once.
    fn case(&self, fonts: &Fonts, media: &dyn Fn(&str) -> Option<Arc<[u8]>>) -> Arc<Case> {
        let own: OwnFiles = files(fonts).filter_map(|(file, face)| Some((face, media(file)?))).collect();
        if own.is_empty() {
            return Arc::clone(&self.shipped);
        }
        let mut branded = self.branded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, _, case)) = branded.iter().find(|(names, files, _)| names == fonts && *files == own) {
            return Arc::clone(case);
        }
        let languages = fonts.languages.keys().map(|tag| Arc::from(tag.as_str())).collect();
        let case = Arc::new(self.shipped.branded(&own, languages));
        branded.push((fonts.clone(), own, Arc::clone(&case)));
        case
    }
}

/// The files of a brand's faces.
fn files(fonts: &Fonts) -> impl Iterator<Item = (&str, Face)> {
    let languages = fonts.languages.values().zip(1..);
    std::iter::once((fonts, 0)).chain(languages).flat_map(|(fonts, set)| {
        let faces = [
            (&fonts.regular, Cut::Regular),
            (&fonts.bold, Cut::Bold),
            (&fonts.italic, Cut::Italic),
            (&fonts.bold_italic, Cut::BoldItalic),
            (&fonts.headings, Cut::Heading),
        ];
        faces.into_iter().filter_map(move |(file, cut)| Some((file.as_deref()?, Face::Own(cut, set))))
    })
}

impl Case {
    /// The same with a brand's faces before those that ship.
    fn branded(&self, own: &OwnFiles, languages: Vec<Arc<str>>) -> Self {
        let (mut opened, mut refused) = (BTreeMap::new(), BTreeMap::new());
        for (face, bytes) in own {
            match Typeface::own(bytes) {
                Ok(typeface) => drop(opened.insert(*face, typeface)),
                Err(reason) => drop(refused.insert(*face, reason)),
            }
        }
        let subsets = Subsets::new(languages.len());
        Self { library: self.library.branded(opened, languages), texts: self.texts.emptied(), subsets, refused }
    }

    /// The subsets of the faces that the document uses.
    fn faces(&self, laid: &Laid) -> Faces {
        let mut used: BTreeMap<Face, Used> = BTreeMap::new();
        for item in laid.pages.iter().flat_map(|page| &page.items) {
            if let Ink::Text { part, .. } = &item.ink {
                let shown = (&*part.shaped, &part.glyphs, part.runs_left());
                self.subsets.note(&self.library, part.face, shown, used.entry(part.face).or_default());
            }
        }
        used.iter().map(|(face, used)| (*face, self.subsets.embed(&self.library, *face, used))).collect()
    }
}
