//! Documents that many units share, printed once: the cards of a programme are the same for all its schedules.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use regimen_export::document::Document;

use crate::memory::Memory;
use crate::renderer::Rendered;
use crate::style::Style;

/// Gives the bytes of a picture or a font by its file name.
type Media<'a> = dyn Fn(&str) -> Option<Arc<[u8]>> + 'a;

/// Documents printed before.
pub(crate) struct Repeated {
    prints: Mutex<Memory<Print>>,
}

/// A document with all that its bytes depend on.
struct Print {
    document: Document,
    style: Style,
    /// The files that were asked for.
    files: Vec<(String, Option<Arc<[u8]>>)>,
    rendered: Rendered,
}

impl Repeated {
    /// Keeps files of `room` bytes, twice.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { prints: Mutex::new(Memory::with_room(room)) }
    }

    /// The print of a document, from `print` if it is not known.
    pub(crate) fn print(
        &self,
        document: &Document,
        style: &Style,
        media: &Media<'_>,
        print: impl FnOnce(&Media<'_>) -> Rendered,
    ) -> Rendered {
        let hash = hash(document, style);
        let candidates: Vec<Arc<Print>> = self.lock().with_hash(hash).cloned().collect();
        let found = candidates.into_iter().find(|one| one.is_of(document, style, media));
        let one = found.unwrap_or_else(|| {
            let files = RefCell::new(Vec::new());
            let rendered = print(&|file| {
                let bytes = media(file);
                files.borrow_mut().push((file.to_owned(), bytes.clone()));
                bytes
            });
            let (document, style) = (document.clone(), style.clone());
            Arc::new(Print { document, style, files: files.into_inner(), rendered })
        });
        // The document itself is smaller than its file.
        self.lock().keep(hash, &one, 2 * one.rendered.bytes.len());
        one.rendered.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Memory<Print>> {
        self.prints.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Print {
    fn is_of(&self, document: &Document, style: &Style, media: &Media<'_>) -> bool {
        let same = |one: &Arc<[u8]>, other: &Arc<[u8]>| Arc::ptr_eq(one, other) || one == other;
        self.style == *style
            && self.document == *document
            && self.files.iter().all(|(file, known)| match (known, media(file)) {
                (Some(known), Some(bytes)) => same(known, &bytes),
                (known, bytes) => known.is_none() && bytes.is_none(),
            })
    }
}

/// The same for equal documents.
fn hash(document: &Document, style: &Style) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&document.title, &document.language, document.blocks.len(), style.layout.name()).hash(&mut hasher);
    hasher.finish()
}
