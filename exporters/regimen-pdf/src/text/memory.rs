//! Text that was set before, kept by its content: many documents have the same words, and break them at the same widths.
//!
//! Each thread works with a memory of its own, so that none waits for another. What only one document has, such as a name, is not kept
//! beyond it once there is much to keep, so that a roster does not fill the memory with words that never come again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::lines::BreakableText;
use super::spans::Spans;
use crate::fonts::Library;
use crate::memory::Memory;

/// The memories that no document uses at the moment: one for each thread that has set text so far.
pub(crate) struct TextMemories {
    idle: Mutex<Vec<TextMemory>>,
    /// How many pieces of text a memory keeps, twice.
    room: usize,
}

/// Some twenty pages of text, in about 4 MB: the sheets of a programme. More would hardly make them faster.
const ROOM: usize = 4_096;

/// So many hashes of texts that one document had are remembered. A text that many documents have comes again before it is forgotten.
const MOST_SEEN: usize = 1 << 14;

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
    kept: Memory<BreakableText>,
    /// Texts of the document that is being set which are not kept yet.
    new: BTreeMap<u64, Vec<Arc<BreakableText>>>,
    /// Hashes of texts that a document before it had, each at the place that follows from it.
    seen: Vec<u64>,
}

impl TextMemory {
    /// A memory that keeps `room` pieces of text, twice; none for 0.
    pub(super) fn with_room(room: usize) -> Self {
        Self { kept: Memory::with_room(room), new: BTreeMap::new(), seen: Vec::new() }
    }

    /// The text of these spans, ready to be broken into lines.
    pub(super) fn text(&mut self, library: &Library, spans: Spans, level: u8) -> Arc<BreakableText> {
        if self.kept.room() == 0 {
            return Arc::new(BreakableText::new(library, spans, level));
        }
        let hash = hash(&spans);
        let known = self.kept.with_hash(hash).find(|text| text.is_of(&spans, level)).cloned();
        if let Some(text) = known {
            self.kept.keep(hash, &text, text.size());
            return text;
        }
        let new = self.new.entry(hash).or_default();
        if let Some(text) = new.iter().find(|text| text.is_of(&spans, level)) {
            return text.clone();
        }
        let text = Arc::new(BreakableText::new(library, spans, level));
        new.push(text.clone());
        text
    }

    /// Ends a document: its texts are kept while there is much room, and later those that a document before it had.
    fn end_document(&mut self) {
        for (hash, texts) in std::mem::take(&mut self.new) {
            if !self.kept.is_roomy() && !self.was_seen(hash) {
                continue;
            }
            for text in texts {
                self.kept.keep(hash, &text, text.size());
            }
        }
    }

    /// Whether a document before this one had a text of this hash. From now on, one had.
    fn was_seen(&mut self, hash: u64) -> bool {
        self.seen.resize(MOST_SEEN, 0);
        let place = &mut self.seen[hash as usize % MOST_SEEN];
        std::mem::replace(place, hash) == hash
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
            let kept = memory.kept.size();
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
            let line = setter.plain("word", style).lines(100.0).remove(0);
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
        assert_eq!(memory.kept.with_hash(hash(&spans)).count(), 4, "two colours, a direction and a language");
    }
}
