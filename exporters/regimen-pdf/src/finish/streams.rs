//! The contents of pages, deflated once: pages of exercises and guides are the same in many documents.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use crate::fonts::deflate;
use crate::memory::Memory;

/// Streams deflated before.
pub(crate) struct Streams {
    known: Mutex<Memory<Known>>,
}

struct Known {
    content: Vec<u8>,
    deflated: Vec<u8>,
}

impl Streams {
    /// Keeps contents of `room` bytes, twice.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { known: Mutex::new(Memory::with_room(room)) }
    }

    /// Deflates the content of a page.
    pub(super) fn deflate(&self, content: Vec<u8>) -> Vec<u8> {
        let hash = sample(&content);
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let candidates: Vec<Arc<Known>> = lock().with_hash(hash).cloned().collect();
        let found = candidates.into_iter().find(|known| known.content == content);
        let known = found.unwrap_or_else(|| {
            let deflated = deflate(&content);
            Arc::new(Known { content, deflated })
        });
        lock().keep(hash, &known, known.content.len() + known.deflated.len());
        known.deflated.clone()
    }
}

/// How many stretches of a stream are looked at, and how long each is.
const SAMPLES: usize = 32;
const STRETCH: usize = 32;

/// A hash of the length and of some stretches, the same for equal streams. Streams are compared byte by byte anyway.
fn sample(content: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.len().hash(&mut hasher);
    let step = (content.len() / SAMPLES).max(STRETCH);
    for stretch in content.chunks(step) {
        stretch[..stretch.len().min(STRETCH)].hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_that_differ_anywhere_are_other_streams() {
        let streams = Streams::with_room(1 << 20);
        let page = |at: usize, byte: u8| {
            let mut page = vec![b'a'; 5000];
            page[at] = byte;
            page
        };
        for (at, byte) in [(0, b'a'), (137, b'b'), (4999, b'c'), (137, b'b')] {
            assert_eq!(streams.deflate(page(at, byte)), deflate(&page(at, byte)), "{at}");
        }
        let known = streams.known.lock().unwrap();
        let pages = [page(0, b'a'), page(137, b'b'), page(4999, b'c')];
        for content in &pages {
            let same = known.with_hash(sample(content)).filter(|known| known.content == *content);
            assert_eq!(same.count(), 1);
        }
    }
}
