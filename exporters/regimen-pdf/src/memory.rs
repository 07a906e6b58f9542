//! What was made before, kept by its content within a bound.
//!
//! What is found equals what would be made, so no document depends on what was printed before it.

use std::collections::HashMap;
use std::sync::Arc;

/// Values in two generations: when the younger one is full, the older one is forgotten, except for what was used again.
#[derive(Debug)]
pub(crate) struct Memory<V> {
    young: Generation<V>,
    old: Generation<V>,
    /// How large the younger generation is, and how large each may become; the unit is the caller's.
    size: usize,
    room: usize,
}

/// Values by a hash of what they are made from; equal hashes do not mean equal values.
type Generation<V> = HashMap<u64, Vec<Arc<V>>>;

impl<V> Memory<V> {
    /// A memory with room for values of this size, twice. It keeps nothing if that is 0.
    pub(crate) fn with_room(room: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), size: 0, room }
    }

    /// How large each generation may become.
    pub(crate) const fn room(&self) -> usize {
        self.room
    }

    /// Whether little is kept yet, so that there is no need to choose.
    pub(crate) fn is_roomy(&self) -> bool {
        self.old.is_empty() && self.size < self.room / 4
    }

    /// How large the younger generation is.
    #[cfg(test)]
    pub(crate) const fn size(&self) -> usize {
        self.size
    }

    /// The values with this hash.
    pub(crate) fn with_hash(&self, hash: u64) -> impl Iterator<Item = &Arc<V>> {
        [&self.young, &self.old].into_iter().filter_map(move |all| all.get(&hash)).flatten()
    }

    /// Keeps a value that was made or found.
    pub(crate) fn keep(&mut self, hash: u64, value: &Arc<V>, size: usize) {
        let known = self.young.get(&hash).is_some_and(|values| values.iter().any(|one| Arc::ptr_eq(one, value)));
        if known || size > self.room {
            return;
        }
        if self.size + size > self.room {
            self.old = std::mem::take(&mut self.young);
            self.size = 0;
        }
        self.size += size;
        self.young.entry(hash).or_default().push(Arc::clone(value));
    }
}

/// Hashes of what one document had, each at the place that follows from it. What many documents have comes again before it is
/// forgotten.
#[derive(Debug, Default)]
pub(crate) struct Seen(Vec<u64>);

/// So many hashes are remembered.
const MOST_SEEN: usize = 1 << 14;

impl Seen {
    /// Whether a document before had something of this hash. From now on, one had.
    pub(crate) fn note(&mut self, hash: u64) -> bool {
        self.0.resize(MOST_SEEN, 0);
        let place = &mut self.0[hash as usize % MOST_SEEN];
        std::mem::replace(place, hash) == hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_used_stays_and_the_rest_is_forgotten() {
        let mut memory = Memory::with_room(2);
        let mut known = |values: &[u64]| {
            for value in values {
                let found = memory.with_hash(*value).next().cloned();
                memory.keep(*value, &found.unwrap_or_else(|| Arc::new(*value)), 1);
            }
            (0..10).filter(|value| memory.with_hash(*value).next().is_some()).collect::<Vec<u64>>()
        };
        assert_eq!(known(&[1, 2, 1]), [1, 2]);
        assert_eq!(known(&[3, 1]), [1, 2, 3]);
        assert_eq!(known(&[4]), [1, 3, 4]);
    }

    #[test]
    fn what_is_too_large_is_not_kept() {
        for room in [0, 4] {
            let mut memory = Memory::with_room(room);
            memory.keep(1, &Arc::new("value"), 5);
            assert_eq!(memory.with_hash(1).next(), None);
        }
    }
}
