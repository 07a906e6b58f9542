//! Renders documents one after the other, with fonts opened once and shared between threads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regimen_export::document::{Document, Fonts};

use crate::finish::{Painted, Streams, finish};
use crate::fonts::{Cut, Face, Faces, Library, OwnFiles, ShownGlyphs, Subsets, Typeface, Used};
use crate::layout::{CountedGroups, Ink, LaidOut, Resources};
use crate::layouts::Layout;
use crate::paint::paint;
use crate::picture::Pictures;
use crate::problem::Problem;
use crate::repeated::{Rendered, Repeated, Request};
use crate::style::{Press, Style};
use crate::text::TextMemories;

/// A document laid out, for benchmarks to time what follows.
#[doc(hidden)]
pub struct LaidOutDocument {
    laid: LaidOut,
    fonts: Arc<FontSet>,
    press: Press,
}

/// Painted pages.
#[doc(hidden)]
pub struct PaintedDocument {
    painted: Painted,
    faces: Faces,
}

/// Renders documents.
///
/// The bytes depend on the document, its pictures, the layout and the style alone: not on the thread, nor on earlier documents,
/// though what was shaped, subset, drawn or deflated for these is used again.
pub struct Renderer {
    shipped: Arc<FontSet>,
    /// The fonts of each brand, with those that ship behind them.
    branded: Mutex<Vec<Branded>>,
    pictures: Pictures,
    streams: Streams,
    repeated: Repeated,
}

/// The fonts of a brand.
struct Branded {
    names: Fonts,
    files: OwnFiles,
    fonts: Arc<FontSet>,
}

/// Gives the bytes of a picture or a font by its file name.
type Media<'a> = dyn Fn(&str) -> Option<Arc<[u8]>> + 'a;

/// How many bytes of printed documents and of the contents of pages are kept, twice.
const ROOM: usize = 8 << 20;

/// Opened fonts, their subsets, and the text that was set in them.
#[derive(Default)]
struct FontSet {
    library: Library,
    texts: TextMemories,
    counted: CountedGroups,
    subsets: Subsets,
    /// The brand's faces that cannot be printed with, and why.
    refused: BTreeMap<Face, &'static str>,
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

impl Renderer {
    /// Opens the fonts.
    pub fn new() -> Self {
        Self::with_room(TextMemories::default(), CountedGroups::default(), ROOM)
    }

    /// The same without a memory: everything is made again for each document.
    #[doc(hidden)]
    pub fn without_memory() -> Self {
        Self::with_room(TextMemories::with_room(0), CountedGroups::with_room(0), 0)
    }

    fn with_room(texts: TextMemories, counted: CountedGroups, room: usize) -> Self {
        Self {
            shipped: Arc::new(FontSet { texts, counted, ..FontSet::default() }),
            branded: Mutex::default(),
            pictures: Pictures::default(),
            streams: Streams::with_room(room),
            repeated: Repeated::with_room(room),
        }
    }

    /// Renders a document as a handout; `media` gives the bytes of a picture by its file name.
    pub fn render(&self, document: &Document, style: &Style, media: &Media<'_>) -> Rendered {
        self.render_in(&Layout::HANDOUT, document, style, media)
    }

    /// Renders a document in a layout.
    pub fn render_in(&self, layout: &Layout, document: &Document, style: &Style, media: &Media<'_>) -> Rendered {
        if layout.repeats() {
            let request = Request { layout: layout.name(), document, style };
            return self.repeated.rendered(request, media, |media| self.render_anew(layout, document, style, media));
        }
        self.render_anew(layout, document, style, media)
    }

    fn render_anew(&self, layout: &Layout, document: &Document, style: &Style, media: &Media<'_>) -> Rendered {
        let laid_out = self.lay_out(layout, document, style, media);
        let painted = self.paint(&laid_out);
        Rendered { bytes: self.finish(document, &laid_out, painted), problems: laid_out.laid.problems }
    }

    /// The first stage: pages of positioned items.
    #[doc(hidden)]
    pub fn lay_out(&self, layout: &Layout, document: &Document, style: &Style, media: &Media<'_>) -> LaidOutDocument {
        let picture = |file: &str, limit: (f32, f32)| {
            let bytes = media(file).ok_or_else(|| "the file is not there".to_owned())?;
            self.pictures.read(&bytes, limit)
        };
        let fonts = self.fonts(&document.frame.fonts, media);
        let (library, texts, drawn) = (&fonts.library, &fonts.texts, &self.pictures);
        let resources = Resources { library, texts, picture: &picture, drawn, counted: &fonts.counted };
        let mut laid = layout.lay_out(document, style, &resources);
        for (file, face) in files(&document.frame.fonts) {
            if let Some(reason) = fonts.refused.get(&face) {
                laid.problems.push(Problem::Font { file: file.to_owned(), reason });
            }
        }
        LaidOutDocument { laid, fonts, press: style.press }
    }

    /// The second stage: operators.
    #[doc(hidden)]
    pub fn paint(&self, document: &LaidOutDocument) -> PaintedDocument {
        let faces = document.fonts.faces(&document.laid);
        PaintedDocument { painted: paint(&document.laid, &faces, &document.fonts.library, document.press), faces }
    }

    /// The last stage: the file.
    #[doc(hidden)]
    pub fn finish(&self, document: &Document, laid_out: &LaidOutDocument, painted: PaintedDocument) -> Vec<u8> {
        finish(document, &laid_out.laid, painted.painted, &painted.faces, &self.streams)
    }

    /// The fonts of a brand, opened once.
    fn fonts(&self, names: &Fonts, media: &Media<'_>) -> Arc<FontSet> {
        let files: OwnFiles = files(names).filter_map(|(file, face)| Some((face, media(file)?))).collect();
        if files.is_empty() {
            return Arc::clone(&self.shipped);
        }
        let mut branded = self.branded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = branded.iter().find(|known| known.names == *names && known.files == files) {
            return Arc::clone(&known.fonts);
        }
        let languages = names.languages.keys().map(|tag| Arc::from(tag.as_str())).collect();
        let fonts = Arc::new(self.shipped.branded(&files, languages));
        branded.push(Branded { names: names.clone(), files, fonts: Arc::clone(&fonts) });
        fonts
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

impl FontSet {
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
        Self {
            library: self.library.branded(opened, languages),
            texts: self.texts.emptied(),
            counted: self.counted.emptied(),
            subsets,
            refused,
        }
    }

    /// The subsets of the faces that the document uses.
    fn faces(&self, laid: &LaidOut) -> Faces {
        let mut used: BTreeMap<Face, Used> = BTreeMap::new();
        for item in laid.pages.iter().flat_map(|page| &page.items) {
            if let Ink::Text { part, .. } = &item.ink {
                let (range, leftwards) = (part.glyphs.clone(), part.runs_left());
                let shown = ShownGlyphs { shaped: &part.shaped, range, leftwards };
                self.subsets.note(&self.library, part.face, &shown, used.entry(part.face).or_default());
            }
        }
        used.iter().map(|(face, used)| (*face, self.subsets.embed(&self.library, *face, used))).collect()
    }
}
