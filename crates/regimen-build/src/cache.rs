//! What exporters made before, so that it need not be made again: files in a folder, each under the digest of all that it
//! depends on. What is damaged or gone is made again; nothing is lost with the folder.
//!
//! Others may be able to write to the folder: those who share it, or programs that clean up. So each entry is bound to its place and to
//! the [`Secret`] of the user, which is elsewhere, and one that does not fit is none and is told. Names are made with the secret, too:
//! users who share a folder have entries of their own and learn nothing of each other's.

mod misfits;
mod output;
mod program;
mod secret;
mod store;

use std::io::{self, ErrorKind, Read as _};
use std::path::Path;
#[cfg(test)]
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, SystemTime};

use self::misfits::Misfits;
use crate::digest::Digest;
use crate::folder::{EntryKind, Folder};
pub(crate) use output::{Made, StoredFile, UnitOutput};
pub use secret::{Secret, SecretError, SecretErrorKind};
pub use store::{Contents, Limits, Store, Usage};

/// A cache in a folder.
#[derive(Debug, Clone)]
pub struct Cache {
    store: Store,
    secret: Secret,
    /// How old and how large it gets.
    pub limits: Limits,
    shared: Arc<Shared>,
}

/// What all copies of a cache know together.
#[derive(Debug, Default)]
struct Shared {
    /// The folder of entries, once it was found or made.
    form: OnceLock<Folder>,
    misfits: Misfits,
    /// How many bytes were written.
    written: AtomicU64,
    /// Whether what killed builds left was looked for.
    is_swept: AtomicBool,
}

/// The form of entries; another form has a folder of its own.
const FORM: &str = "v3";
/// The folder of notes in it, which are no entries.
const NOTES: &str = "notes";
/// The folder of files in it that are being written.
const UNFINISHED: &str = "tmp";
/// A note with the state of each of a million files.
const MOST_OF_A_NOTE: u64 = 100_000_000;
/// More is no entry that is read as a whole.
const MOST_OF_AN_ENTRY: u64 = 64 << 20;
/// An entry's time is renewed if it is older, so that pruning knows what is used.
const USED: Duration = Duration::from_secs(24 * 60 * 60);
/// The length of a digest in hexadecimal digits.
const DIGITS: usize = 64;

impl Cache {
    /// The cache of a user in a folder, which need not exist yet.
    pub fn new(store: Store, secret: Secret) -> Self {
        let (limits, shared) = (Limits::default(), Arc::default());
        Self { store, secret, limits, shared }
    }

    /// The time to measure ages by.
    pub(crate) fn now(&self) -> SystemTime {
        self.store.now
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.store.folder
    }

    /// The key of its user.
    pub(crate) fn secret(&self) -> &Secret {
        &self.secret
    }

    /// What is known under a key.
    pub(crate) fn get(&self, key: &Digest) -> Option<Vec<u8>> {
        let place = self.place(key);
        let content = self.read(&place, MOST_OF_AN_ENTRY, |bytes| {
            let (mac, content) = first_line(&bytes)?;
            (mac == self.mac("entry", key, &[content]).as_bytes()).then(|| content.to_vec())
        })?;
        self.renew(&place);
        Some(content)
    }

    /// Whether anything is under a key, right or damaged.
    pub(crate) fn has(&self, key: &Digest) -> bool {
        let place = self.place(key);
        let found = || Ok::<_, io::Error>(self.form()?.child(&place.folder)?.look(&place.name)?.is_some());
        found().unwrap_or_default()
    }

    /// Remembers something under a key. A full disk keeps nobody from working.
    pub(crate) fn put(&self, key: &Digest, content: &[u8]) {
        let mac = self.mac("entry", key, &[content]);
        let _kept = self.write(&self.place(key), &mut |file| {
            writeln!(file, "{mac}")?;
            file.write_all(content)
        });
    }

    /// A note that stays until it is written again, however long nobody reads it.
    pub(crate) fn note(&self, key: &Digest) -> Option<String> {
        self.read(&self.place_of_note(key), MOST_OF_A_NOTE, |bytes| {
            let (about, rest) = first_line(&bytes)?;
            let (mac, text) = first_line(rest)?;
            let fits = mac == self.mac("note", key, &[about, text]).as_bytes();
            fits.then(|| String::from_utf8(text.to_vec()).ok())?
        })
    }

    /// Writes a note. `about` is the file or folder without which it means nothing. As with entries, a full disk keeps nobody from working.
    pub(crate) fn put_note(&self, key: &Digest, about: &Path, text: &str) {
        // A path that is no text is nowhere, so the note goes when notes are looked through.
        let about = serde_json::to_string(&about.to_string_lossy()).unwrap_or_default();
        let mac = self.mac("note", key, &[about.as_bytes(), text.as_bytes()]);
        let _kept = self.write(&self.place_of_note(key), &mut |file| {
            writeln!(file, "{about}\n{mac}")?;
            file.write_all(text.as_bytes())
        });
    }

    /// What is said of entries that did not fit since this was last asked.
    pub(crate) fn misfits(&self) -> Option<regimen_catalog::Diagnostic> {
        self.shared.misfits.take(self.folder())
    }

    /// Where an entry is, for tests that damage it.
    #[cfg(test)]
    pub(crate) fn path(&self, key: &Digest) -> PathBuf {
        let Location { folder, name } = self.place(key);
        self.folder().join(FORM).join(folder).join(name)
    }

    fn mac(&self, purpose: &str, key: &Digest, parts: &[&[u8]]) -> String {
        let key = key.to_string();
        let parts: Vec<&[u8]> = std::iter::once(key.as_bytes()).chain(parts.iter().copied()).collect();
        self.secret.digest(purpose, &parts).to_string()
    }

    fn place(&self, key: &Digest) -> Location {
        let name = self.mac("name", key, &[]);
        Location { folder: name[..2].to_owned(), name }
    }

    fn place_of_note(&self, key: &Digest) -> Location {
        Location { folder: NOTES.to_owned(), name: self.mac("name of a note", key, &[]) }
    }

    /// Opens a file, and looks at what else has its name.
    fn open(&self, place: &Location) -> Option<std::fs::File> {
        let folder = match self.form().and_then(|form| form.child(&place.folder)) {
            Ok(folder) => folder,
            Err(error) => {
                // A link or a file in place of the folder.
                if error.kind() != ErrorKind::NotFound && self.folder().is_dir() {
                    self.shared.misfits.add(place.folder.clone());
                }
                return None;
            }
        };
        match folder.look(&place.name) {
            Ok(Some(EntryKind::File(_))) => folder.file(&place.name).ok(),
            Ok(Some(_)) => {
                self.refuse(place);
                None
            }
            Ok(None) | Err(_) => None,
        }
    }

    /// What `judge` makes of the bytes of a file. A file of which it makes nothing is removed and told.
    fn read<T>(&self, place: &Location, most: u64, judge: impl FnOnce(Vec<u8>) -> Option<T>) -> Option<T> {
        let file = self.open(place)?;
        let mut bytes = Vec::new();
        let read = file.take(most + 1).read_to_end(&mut bytes).ok().filter(|read| *read as u64 <= most);
        let judged = read.and_then(|_| judge(bytes));
        if judged.is_none() {
            self.refuse(place);
        }
        judged
    }

    /// Removes what is no entry of ours, and remembers to tell.
    fn refuse(&self, place: &Location) {
        self.shared.misfits.add(format!("{}/{}", place.folder, place.name));
        let _gone =
            self.form().and_then(|form| form.child(&place.folder)).and_then(|folder| folder.remove_file(&place.name));
    }

    /// The folder of entries, if it is there.
    fn form(&self) -> io::Result<&Folder> {
        if let Some(form) = self.shared.form.get() {
            return Ok(form);
        }
        let form = Folder::open(self.folder())?.child(FORM)?;
        Ok(self.shared.form.get_or_init(|| form))
    }

    /// Writes a file whole or not at all.
    fn write(&self, place: &Location, write: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
        if self.form().is_err() {
            secret::private_folders(self.folder())?;
            make(&Folder::open(self.folder())?, FORM)?;
        }
        let form = self.form()?;
        let unfinished = make(form, UNFINISHED)?;
        if !self.shared.is_swept.swap(true, Ordering::Relaxed) {
            self.store.sweep(&unfinished, &mut |_| {});
        }
        let mut unique = [0; 16];
        getrandom::fill(&mut unique).map_err(io::Error::other)?;
        let name = Digest::of(&unique).to_string();
        let mut file = unfinished.create_private(&name)?;
        // As long as it is locked, its build lives.
        let _locked = file.try_lock();
        let written = write(&mut file).and_then(|()| {
            let size = file.metadata().map_or(0, |file| file.len());
            self.shared.written.fetch_add(size, Ordering::Relaxed);
            unfinished.rename(&name, &make(form, &place.folder)?, &place.name)
        });
        written.inspect_err(|_| drop(unfinished.remove_file(&name)))
    }

    fn renew(&self, place: &Location) {
        let renew = || -> io::Result<()> {
            let folder = self.form()?.child(&place.folder)?;
            match folder.look(&place.name)? {
                // An entry that cannot be renewed is made again some day.
                Some(EntryKind::File(stamp)) if self.store.age(stamp) > USED => folder.renew(&place.name, self.now()),
                _ => Ok(()),
            }
        };
        let _renewed = renew();
    }

    /// Removes what is old or too much, if nobody has looked for a day or much has come since: after a build, for whom it takes no time.
    pub(crate) fn tidy(&self) {
        let written = self.shared.written.swap(0, Ordering::Relaxed);
        if written > 0 {
            let is_much = written >= self.limits.bytes / 4;
            self.store.tidy(self.limits, is_much);
        }
    }
}

/// Where an entry is, below the folder of its form.
struct Location {
    folder: String,
    name: String,
}

/// A folder in another one, made if it is not there. A link is none.
fn make(parent: &Folder, name: &str) -> io::Result<Folder> {
    parent.child(name).or_else(|_| {
        // Another build may be first, and what else goes wrong is seen when it is entered.
        let _made = parent.make_private(name);
        parent.child(name)
    })
}

/// The first line without its end, and what follows.
fn first_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|byte| *byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}

#[cfg(test)]
mod tests;
