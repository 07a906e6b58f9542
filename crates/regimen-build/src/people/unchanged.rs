//! What a person's files were made from, so that a build makes them again only if that changed.
//!
//! It is known by digests that are keyed with a secret of the user, because what a person has could be guessed from others. They are in
//! the cache, and nothing else of a person is.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::cache::{Cache, Secret};
use crate::digest::Digest;
use crate::share::{LOGS, log_of};
use crate::stamp::Stamp;

/// The first half of a keyed digest.
type Half = [u8; 16];

/// What an earlier build and this one made.
pub(crate) struct Unchanged<'c> {
    cache: &'c Cache,
    secret: Secret,
    /// Which output folder.
    folder: String,
    logs: Vec<Mutex<Log>>,
}

#[derive(Default)]
struct Log {
    /// As the earlier build left it; `None` until somebody asks.
    earlier: Option<BTreeMap<Half, (Half, Half)>>,
    now: BTreeMap<Half, (Half, Half)>,
}

impl<'c> Unchanged<'c> {
    /// What is known of the builds into a folder; `None` if there is no secret and none can be made.
    pub(crate) fn open(cache: &'c Cache, folder: &Path) -> Option<Self> {
        let folder = std::path::absolute(folder).ok()?;
        let secret = cache.secret()?;
        let logs = (0..LOGS).map(|_| Mutex::default()).collect();
        Some(Self { cache, secret, folder: format!("{folder:?}"), logs })
    }

    fn keyed(&self, text: &str) -> Digest {
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.secret) else { return Digest::of(&[]) };
        mac.update(text.as_bytes());
        Digest::from_bytes(mac.finalize().into_bytes().into())
    }

    /// Whether what a person's files are made from and the files are as they were. `made_from` is all of it, as text.
    pub(crate) fn is_so(&self, id: &str, made_from: &str, stamps: &[(String, Stamp)]) -> bool {
        let half = self.keyed(id).first_half();
        let mut log = self.logs[log_of(id)].lock().unwrap_or_else(PoisonError::into_inner);
        let now = (self.keyed(made_from).first_half(), state(stamps));
        let earlier = log.earlier.get_or_insert_with(|| self.read(log_of(id)));
        let is_so = earlier.get(&half) == Some(&now);
        if is_so {
            log.now.insert(half, now);
        }
        is_so
    }

    /// Remembers what a person's files were made from.
    pub(crate) fn keep(&self, id: &str, made_from: &str, stamps: &[(String, Stamp)]) {
        let half = self.keyed(id).first_half();
        let mut log = self.logs[log_of(id)].lock().unwrap_or_else(PoisonError::into_inner);
        log.now.insert(half, (self.keyed(made_from).first_half(), state(stamps)));
    }

    /// Writes what is remembered. Of people who were not part of this build what was known stays, unless the build was of all.
    pub(crate) fn write(self, is_whole: bool) {
        for (at, log) in self.logs.iter().enumerate() {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            let Log { earlier, now } = std::mem::take(&mut *log);
            if now.is_empty() && (earlier.is_none() || !is_whole) {
                continue;
            }
            let mut known = if is_whole { BTreeMap::new() } else { earlier.clone().unwrap_or_else(|| self.read(at)) };
            known.extend(now);
            if earlier.as_ref() != Some(&known) {
                self.cache.put_note(&self.note(at), &text(&known));
            }
        }
    }

    fn note(&self, log: usize) -> Digest {
        self.keyed(&format!("people {} {log}", self.folder))
    }

    fn read(&self, log: usize) -> BTreeMap<Half, (Half, Half)> {
        let text = self.cache.note(&self.note(log)).unwrap_or_default();
        text.lines().filter_map(line).collect()
    }
}

fn text(known: &BTreeMap<Half, (Half, Half)>) -> String {
    let hex = |half: &Half| half.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    known.iter().map(|(id, (made_from, state))| format!("{} {} {}\n", hex(id), hex(made_from), hex(state))).collect()
}

fn line(line: &str) -> Option<(Half, (Half, Half))> {
    let mut parts = line.split(' ').map(|part| {
        let mut half = [0; 16];
        for (at, byte) in half.iter_mut().enumerate() {
            *byte = u8::from_str_radix(part.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        Some(half)
    });
    Some((parts.next()??, (parts.next()??, parts.next()??)))
}

/// The states of files in short.
fn state(stamps: &[(String, Stamp)]) -> Half {
    Digest::of(format!("{stamps:?}").as_bytes()).first_half()
}
