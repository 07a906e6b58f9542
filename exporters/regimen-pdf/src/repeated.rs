//! Documents that many units share, rendered once: the cards of a programme are the same for all its schedules.

use std::cell::RefCell;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regimen_export::document::Document;

use crate::memory::Memory;
use crate::problem::Problem;
use crate::style::Style;

/// Gives the bytes of a picture or a font by its file name.
type Media<'a> = dyn Fn(&str) -> Option<Arc<[u8]>> + 'a;

/// A document as a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// The PDF file.
    pub bytes: Vec<u8>,
    /// What could not be printed as it was meant.
    pub problems: Vec<Problem>,
}

/// Documents rendered before.
pub(crate) struct Repeated {
    known: Mutex<Memory<Known>>,
}

/// What is to be rendered, with all that the bytes depend on but the files that are asked for meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The name of the layout.
    pub(crate) layout: &'static str,
    pub(crate) document: &'a Document,
    pub(crate) style: &'a Style,
}

/// What was requested, and the answer.
struct Known {
    layout: &'static str,
    document: Document,
    style: Style,
    /// The files that were asked for.
    files: Vec<(String, Option<Arc<[u8]>>)>,
    rendered: Rendered,
}

impl Repeated {
    /// Keeps files of `room` bytes, twice.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { known: Mutex::new(Memory::with_room(room)) }
    }

    /// The file of a document, made by `render` if it is not known.
    pub(crate) fn rendered(
        &self,
        request: Request<'_>,
        media: &Media<'_>,
        render: impl FnOnce(&Media<'_>) -> Rendered,
    ) -> Rendered {
        let hash = request.hash();
        let candidates: Vec<Arc<Known>> = self.lock().with_hash(hash).cloned().collect();
        let found = candidates.into_iter().find(|known| known.answers(request, media));
        let known = found.unwrap_or_else(|| {
            let files = RefCell::new(Vec::new());
            let rendered = render(&|file| {
                let bytes = media(file);
                files.borrow_mut().push((file.to_owned(), bytes.clone()));
                bytes
            });
            let Request { layout, document, style } = request;
            let (document, style) = (document.clone(), style.clone());
            Arc::new(Known { layout, document, style, files: files.into_inner(), rendered })
        });
        // The document itself is smaller than its file.
        self.lock().keep(hash, &known, 2 * known.rendered.bytes.len());
        known.rendered.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Memory<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn answers(&self, request: Request<'_>, media: &Media<'_>) -> bool {
        let same = |one: &Arc<[u8]>, other: &Arc<[u8]>| Arc::ptr_eq(one, other) || one == other;
        self.layout == request.layout
            && self.style == *request.style
            && self.document == *request.document
            && self.files.iter().all(|(file, known)| match (known, media(file)) {
                (Some(known), Some(bytes)) => same(known, &bytes),
                (known, bytes) => known.is_none() && bytes.is_none(),
            })
    }
}

impl Request<'_> {
    /// The same for equal requests.
    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let Document { title, language, blocks, .. } = self.document;
        (self.layout, title, language, blocks.len()).hash(&mut hasher);
        hasher.finish()
    }
}
