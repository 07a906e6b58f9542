//! Text that was set before, kept by its content: many documents have the same words, and break them at the same widths.
//!
//! Each thread works with a memory of its own, so that none waits for another. What only one document has, such as a name, is not kept
//! beyond it once there is much to keep, so that a roster does not fill the memory with words that never come again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use regimen_catalog::prose::{Inline, Inlines};

use super::lines::BreakableText;
use super::spans::{Spans, TextStyle};
use crate::fonts::Library;
use crate::memory::{Memory, Seen};

/// The memories that no document uses at the moment: one for each thread that has set text so far.
pub(crate) struct TextMemories {
    idle: Mutex<Vec<TextMemory>>,
    /// How many pieces of text a memory keeps, twice.
    room: usize,
}

/// Some twenty pages of text, in about 4 MB: the sheets of a programme. More would hardly make them faster.
const ROOM: usize = 4_096;

impl Default for TextMemories {
    fn default() -> Self {
        Self::with_room(ROOM)
    }
}

impl TextMemories {
    /// Memories that keep `room` pieces of text, twice; none for 0.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { idle: Mutex::default(), room }
    }

    /// Empty memories of the same size.
    pub(crate) fn emptied(&self) -> Self {
        Self::with_room(self.room)
    }

    pub(super) fn take(&self) -> TextMemory {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle.unwrap_or_else(|| TextMemory::with_room(self.room))
    }

    /// Takes a memory back at the end of a document.
    pub(super) fn give_back(&self, mut memory: TextMemory) {
        memory.end_document();
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
    }
}

/// Texts of one thread.
pub(super) struct TextMemory {
    /// By the stretches that have one face each.
    texts: Recurring<BreakableText>,
    /// By what the document says, so that a text that is set again and again is not taken apart each time.
    contents: Recurring<SetContent>,
}

/// How content is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    pub(super) style: TextStyle,
    /// No text is smaller than this, code within the content included.
    pub(super) least: f32,
    /// The embedding level: 1 if the text as a whole runs to the left.
    pub(super) level: u8,
}

/// Content of a document that has no links and the like, and the text that it became.
struct SetContent {
    content: Inlines,
    look: Look,
    language: Arc<str>,
    text: Arc<BreakableText>,
}

/// Content that is to be set.
pub(super) struct ContentKey<'a> {
    content: &'a [Inline],
    look: Look,
    language: &'a Arc<str>,
    hash: u64,
}

impl<'a> ContentKey<'a> {
    /// `None` for content with elements of its own, which are other ones each time.
    pub(super) fn new(content: &'a [Inline], look: Look, language: &'a Arc<str>) -> Option<Self> {
        let mut hasher = DefaultHasher::new();
        hash_content(content, &mut hasher).then(|| {
            (look.style.face, look.style.size.to_bits()).hash(&mut hasher);
            Self { content, look, language, hash: hasher.finish() }
        })
    }

    fn is_of(&self, set: &SetContent) -> bool {
        self.look == set.look && **self.language == *set.language && *self.content == *set.content
    }
}

/// Whether the content has no elements of its own.
fn hash_content(content: &[Inline], hasher: &mut DefaultHasher) -> bool {
    content.iter().all(|inline| {
        std::mem::discriminant(inline).hash(hasher);
        match inline {
            Inline::Text(text) | Inline::Code(text) => text.hash(hasher),
            Inline::Strong(inner) | Inline::Emphasis(inner) => return hash_content(inner, hasher),
            Inline::Checkbox(ticked) => ticked.hash(hasher),
            Inline::Break => {}
            Inline::Struck(_) | Inline::Footnote(_) | Inline::Link { .. } | Inline::InLanguage { .. } => return false,
        }
        true
    })
}

impl TextMemory {
    /// A memory that keeps `room` pieces of text, twice; none for 0.
    pub(super) fn with_room(room: usize) -> Self {
        Self {
            texts: Recurring::with_room(room, BreakableText::size),
            contents: Recurring::with_room(room, |set| set.text.size()),
        }
    }

    /// The text of this content, if it was set before.
    pub(super) fn text_of(&mut self, key: &ContentKey<'_>) -> Option<Arc<BreakableText>> {
        self.contents.find(key.hash, |set| key.is_of(set)).map(|set| Arc::clone(&set.text))
    }

    /// Keeps the text of this content.
    pub(super) fn keep(&mut self, key: &ContentKey<'_>, text: &Arc<BreakableText>) {
        let ContentKey { content, look, language, hash } = *key;
        let (content, language, text) = (content.to_vec(), Arc::clone(language), Arc::clone(text));
        self.contents.add(hash, Arc::new(SetContent { content, look, language, text }));
    }

    /// The text of these spans, ready to be broken into lines.
    pub(super) fn text(&mut self, library: &Library, spans: Spans, level: u8) -> Arc<BreakableText> {
        let hash = hash(&spans);
        if let Some(known) = self.texts.find(hash, |text| text.is_of(&spans, level)) {
            return known;
        }
        let text = Arc::new(BreakableText::new(library, spans, level));
        self.texts.add(hash, Arc::clone(&text));
        text
    }

    fn end_document(&mut self) {
        self.texts.end_document();
        self.contents.end_document();
    }
}

/// Values by their hashes: all of the document that is being set, and of those before it what several of them had.
struct Recurring<V> {
    kept: Memory<V>,
    /// Values of this document which are not kept yet.
    new: BTreeMap<u64, Vec<Arc<V>>>,
    seen: Seen,
    size: fn(&V) -> usize,
}

impl<V> Recurring<V> {
    fn with_room(room: usize, size: fn(&V) -> usize) -> Self {
        Self { kept: Memory::with_room(room), new: BTreeMap::new(), seen: Seen::default(), size }
    }

    fn find(&mut self, hash: u64, is_it: impl Fn(&V) -> bool) -> Option<Arc<V>> {
        let kept = self.kept.with_hash(hash).find(|value| is_it(value)).cloned();
        if let Some(value) = kept {
            self.kept.keep(hash, &value, (self.size)(&value));
            return Some(value);
        }
        self.new.get(&hash)?.iter().find(|value| is_it(value)).cloned()
    }

    fn add(&mut self, hash: u64, value: Arc<V>) {
        if self.kept.room() > 0 {
            self.new.entry(hash).or_default().push(value);
        }
    }

    /// Ends a document: its values are kept while there is much room, and later those that a document before it had.
    fn end_document(&mut self) {
        for (hash, values) in std::mem::take(&mut self.new) {
            if self.kept.is_roomy() || self.seen.note(hash) {
                values.iter().for_each(|value| self.kept.keep(hash, value, (self.size)(value)));
            }
        }
    }
}

/// The same for equal spans.
fn hash(spans: &Spans) -> u64 {
    let mut hasher = DefaultHasher::new();
    for span in &spans.all {
        span.text.hash(&mut hasher);
        span.face.hash(&mut hasher);
        span.size.to_bits().hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use regimen_export::document::Direction;

    use super::super::Span;
    use super::super::{TextStyle, Typesetter};
    use super::*;
    use crate::fonts::Face;
    use crate::style::Colour;

    const STYLE: TextStyle = TextStyle { face: Face::Regular, size: 10.0, leading: 15.0, colour: Colour::TEXT };

    #[test]
    fn the_same_words_are_kept_once() {
        let (library, memories) = (Library::open(), TextMemories::with_room(100));
        for _ in 0..2 {
            let mut setter = Typesetter::new(&library, "en", Direction::LeftToRight).with_memory(&memories);
            let first = setter.plain("one two", STYLE).lines(20.0);
            let again = setter.plain("one two", STYLE).lines(20.0);
            assert!(Arc::ptr_eq(&first[1].parts[0].shaped, &again[1].parts[0].shaped));
        }
        assert_eq!(memories.idle.lock().unwrap().len(), 1, "one thread has one memory");
    }

    #[test]
    fn a_text_of_one_document_is_not_kept_beside_others() {
        let (library, memories) = (Library::open(), TextMemories::with_room(64));
        let set = |words: &str| {
            let mut setter = Typesetter::new(&library, "en", Direction::LeftToRight).with_memory(&memories);
            // A document sets a text more than once.
            let mut line = || setter.plain(words, STYLE).lines(50.0)[0].parts[0].shaped.clone();
            assert!(Arc::ptr_eq(&line(), &line()));
        };
        let kept = || {
            let memory = memories.take();
            let kept = memory.texts.kept.size();
            memories.give_back(memory);
            kept
        };
        (0..100).for_each(|number| set(&format!("Reader {number}")));
        let names = kept();
        assert!(names <= 64 / 4 + 4, "{names}");
        (0..2).for_each(|_| set("Of several readers"));
        assert!(kept() > names);
    }

    #[test]
    fn other_looks_and_languages_are_other_texts() {
        let (library, memories) = (Library::open(), TextMemories::default());
        let mut setter = Typesetter::new(&library, "en", Direction::LeftToRight).with_memory(&memories);
        let colour = Colour([1, 2, 3]);
        for style in [STYLE, STYLE.coloured(colour), TextStyle { size: 11.0, ..STYLE }] {
            let line = setter.plain("word", style).lines(100.0)[0].clone();
            assert_eq!((line.parts[0].colour, line.parts[0].size), (style.colour, style.size));
        }
        drop(setter);
        for (language, direction) in [("en", Direction::RightToLeft), ("de", Direction::LeftToRight)] {
            let mut setter = Typesetter::new(&library, language, direction).with_memory(&memories);
            drop(setter.plain("word", STYLE));
        }
        let memory = memories.take();
        let span = Span {
            text: "word".to_owned(),
            face: STYLE.face,
            size: STYLE.size,
            colour: STYLE.colour,
            language: Arc::from("en"),
            link: None,
            node: None,
            struck: false,
        };
        let spans = Spans { length: span.text.len(), all: vec![span], soft: Vec::new() };
        assert_eq!(memory.texts.kept.with_hash(hash(&spans)).count(), 4, "two colours, a direction and a language");
    }
}
