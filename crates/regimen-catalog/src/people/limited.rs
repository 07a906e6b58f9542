//! A text of which only so much is read for each row, and of which the row that is being read can be looked at.

use std::io::{self, Read};

/// How much of earlier rows may be kept until it is dropped at once.
const STALE: usize = 1 << 16;

/// Reads from `text`, but not beyond what is allowed.
pub(super) struct Limited<R> {
    text: R,
    /// The bytes from `start` on that were read.
    kept: Vec<u8>,
    start: u64,
    allowed: u64,
    is_exceeded: bool,
}

impl<R> Limited<R> {
    pub(super) fn new(text: R) -> Self {
        Self { text, kept: Vec::new(), start: 0, allowed: 0, is_exceeded: false }
    }

    /// Begins a row at a byte of the text, of at most so many bytes.
    pub(super) fn begin(&mut self, at: u64, most: u64) {
        let stale = usize::try_from(at.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.kept.len());
        if stale > STALE {
            self.kept.drain(..stale);
            self.start += stale as u64;
        }
        self.allowed = at.saturating_add(most);
    }

    /// Whether a row was longer than allowed.
    pub(super) fn is_exceeded(&self) -> bool {
        self.is_exceeded
    }

    /// The bytes between two places of the row that is being read.
    pub(super) fn bytes(&self, from: u64, to: u64) -> &[u8] {
        let at =
            |byte: u64| usize::try_from(byte.saturating_sub(self.start)).unwrap_or(usize::MAX).min(self.kept.len());
        &self.kept[at(from)..at(to).max(at(from))]
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = self.allowed.saturating_sub(self.start + self.kept.len() as u64);
        let length = into.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        if length == 0 && !into.is_empty() {
            self.is_exceeded = true;
            return Err(io::Error::other("a row is too long"));
        }
        let read = self.text.read(&mut into[..length])?;
        self.kept.extend_from_slice(&into[..read]);
        Ok(read)
    }
}
