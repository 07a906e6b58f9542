//! What exporters made before, so that it need not be made again: files in a folder, each under the digest of all that it
//! depends on. What is damaged or gone is made again; nothing is lost with the folder.

mod output;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::digest::Digest;
pub(crate) use output::{Made, StoredFile, UnitOutput};

/// A cache in a folder.
#[derive(Debug, Clone)]
pub struct Cache {
    folder: PathBuf,
    now: SystemTime,
}

/// What a cache takes, or what was taken out of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many entries.
    pub entries: u64,
    /// How large they are together, in bytes.
    pub bytes: u64,
}

/// The form of entries; another form has a folder of its own.
const FORM: &str = "v2";
/// Forms that other versions of this program use, so that their entries are pruned too.
const FORMS: [&str; 2] = ["v1", FORM];
/// The folder of notes, which are no entries.
const NOTES: &str = "notes";
/// A note with the state of each of a million files.
const MOST_OF_A_NOTE: u64 = 100_000_000;
/// An entry's time is renewed if it is older, so that pruning knows what is used.
const USED: Duration = Duration::from_secs(24 * 60 * 60);

/// What digests of people are keyed with.
pub(crate) type Secret = [u8; 32];

/// Its name in the folder of the cache.
const SECRET: &str = "people-secret";

impl Cache {
    /// The cache in a folder, which need not exist yet. `now` is the time to measure ages by.
    pub fn new(folder: impl Into<PathBuf>, now: SystemTime) -> Self {
        Self { folder: folder.into(), now }
    }

    /// The time to measure ages by.
    pub(crate) fn now(&self) -> SystemTime {
        self.now
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is known under a key.
    pub(crate) fn get(&self, key: &Digest) -> Option<Vec<u8>> {
        let path = self.path(key);
        // Whatever else has this name, such as a pipe, is no entry.
        path.symlink_metadata().ok().filter(fs::Metadata::is_file)?;
        let mut bytes = fs::read(&path).ok()?;
        let content = bytes.len().checked_sub(DIGITS)?;
        if bytes[content..] != *Digest::of(&bytes[..content]).to_string().as_bytes() {
            // Half an entry is none.
            let _gone = fs::remove_file(&path);
            return None;
        }
        bytes.truncate(content);
        self.renew(&path);
        Some(bytes)
    }

    /// Whether anything is under a key, right or damaged.
    pub(crate) fn has(&self, key: &Digest) -> bool {
        self.path(key).symlink_metadata().is_ok()
    }

    /// Remembers something under a key. A full disk keeps nobody from working.
    pub(crate) fn put(&self, key: &Digest, content: &[u8]) {
        let _kept = self.try_put(key, content);
    }

    /// A note that stays until it is written again, however long nobody reads it.
    pub(crate) fn note(&self, key: &Digest) -> Option<String> {
        let path = self.folder.join(NOTES).join(key.to_string());
        path.symlink_metadata().ok().filter(|note| note.is_file() && note.len() < MOST_OF_A_NOTE)?;
        fs::read_to_string(path).ok()
    }

    /// Writes a note. As with entries, a full disk keeps nobody from working.
    pub(crate) fn put_note(&self, key: &Digest, text: &str) {
        let put = || -> io::Result<()> {
            let folder = self.folder.join(NOTES);
            fs::create_dir_all(&folder)?;
            let mut file = tempfile::NamedTempFile::new_in(&folder)?;
            file.write_all(text.as_bytes())?;
            file.persist(folder.join(key.to_string()))?;
            Ok(())
        };
        let _kept = put();
    }

    /// The secret of the user, made when it is first needed, for nobody else to read; `None` if there is none and none can be made.
    pub(crate) fn secret(&self) -> Option<Secret> {
        let path = self.folder.join(SECRET);
        let read = || Secret::try_from(fs::read(&path).ok()?).ok();
        if let Some(secret) = read() {
            return Some(secret);
        }
        let mut secret = Secret::default();
        getrandom::fill(&mut secret).ok()?;
        fs::create_dir_all(&self.folder).ok()?;
        // A file of this kind is its user's alone.
        let mut file = tempfile::NamedTempFile::new_in(&self.folder).ok()?;
        file.write_all(&secret).ok()?;
        match file.persist_noclobber(&path) {
            Ok(_) => Some(secret),
            // Another build was first.
            Err(_) => read(),
        }
    }

    fn try_put(&self, key: &Digest, content: &[u8]) -> io::Result<()> {
        self.put_with(key, &mut |file| {
            file.write_all(content)?;
            file.write_all(Digest::of(content).to_string().as_bytes())
        })
    }

    /// Writes an entry whole or not at all.
    fn put_with(&self, key: &Digest, write: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>) -> io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        write(&mut file)?;
        file.persist(path)?;
        Ok(())
    }

    fn renew(&self, path: &Path) {
        let modified = path.metadata().and_then(|entry| entry.modified());
        if modified.is_ok_and(|modified| self.age(modified) > USED)
            && let Ok(file) = fs::File::options().append(true).open(path)
        {
            // An entry that cannot be renewed is made again some day.
            let _renewed = file.set_modified(self.now);
        }
    }

    fn age(&self, modified: SystemTime) -> Duration {
        self.now.duration_since(modified).unwrap_or_default()
    }

    fn path(&self, key: &Digest) -> PathBuf {
        let name = key.to_string();
        self.folder.join(FORM).join(&name[..2]).join(name)
    }

    /// How much it holds.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn usage(&self) -> io::Result<Usage> {
        let mut usage = Usage::default();
        self.each(|_, entry| usage.add(entry))?;
        Ok(usage)
    }

    /// Removes what was not used for so long, and says how much that was.
    ///
    /// # Errors
    /// If the folder cannot be read or an entry not be removed.
    pub fn prune(&self, unused: Duration) -> io::Result<Usage> {
        let mut removed = Usage::default();
        let mut failed = None;
        self.each(|path, entry| {
            let old = entry.modified().is_ok_and(|modified| self.age(modified) >= unused);
            if !old {
                return;
            }
            match fs::remove_file(path) {
                Ok(()) => removed.add(entry),
                Err(error) => failed = Some(error),
            }
        })?;
        failed.map_or(Ok(removed), Err)
    }

    /// Walks over its entries; other files in the folder are none of ours.
    fn each(&self, mut look: impl FnMut(&Path, &fs::Metadata)) -> io::Result<()> {
        let mut shards = Vec::new();
        FORMS.iter().try_for_each(|form| listed(&self.folder.join(form)).map(|found| shards.extend(found)))?;
        for shard in shards {
            for entry in listed(&shard)? {
                let is_key = entry.file_name().and_then(|name| name.to_str()).is_some_and(|name| name.len() == DIGITS);
                if let (true, Ok(data)) = (is_key, entry.symlink_metadata())
                    && data.is_file()
                {
                    look(&entry, &data);
                }
            }
        }
        Ok(())
    }
}

/// The length of a digest in hexadecimal digits.
const DIGITS: usize = 64;

fn listed(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

impl Usage {
    fn add(&mut self, entry: &fs::Metadata) {
        self.entries += 1;
        self.bytes += entry.len();
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests damage what was written")]
mod tests {
    use super::*;

    fn cache(folder: &Path, days: u64) -> Cache {
        Cache::new(folder, SystemTime::now() + Duration::from_secs(24 * 60 * 60 * days))
    }

    #[test]
    fn a_damaged_entry_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (cache(folder.path(), 0), Digest::of(b"key"));
        assert_eq!(cache.get(&key), None);
        cache.put(&key, b"content");
        assert_eq!(cache.get(&key).as_deref(), Some(&b"content"[..]));
        let entry = cache.path(&key);
        for damaged in [&b"cont"[..], &b"kontent"[..], b""] {
            let bytes = [damaged, &fs::read(&entry).unwrap_or_default()[damaged.len()..]].concat();
            fs::write(&entry, if damaged.is_empty() { Vec::new() } else { bytes[..bytes.len() - 1].to_vec() }).unwrap();
            assert_eq!(cache.get(&key), None);
            cache.put(&key, b"content");
        }
    }

    #[test]
    fn what_is_not_used_is_pruned() {
        let folder = tempfile::tempdir().unwrap();
        let [today, later] = [0, 20].map(|days| cache(folder.path(), days));
        let [one, two] = ["one", "two"].map(|key| Digest::of(key.as_bytes()));
        today.put(&one, b"1");
        today.put(&two, b"2");
        fs::write(folder.path().join(FORM).join("readme"), "mine").unwrap();
        assert_eq!(today.usage().unwrap(), Usage { entries: 2, bytes: 2 * 65 });
        assert_eq!(today.prune(Duration::from_secs(24 * 60 * 60)).unwrap(), Usage::default());
        assert!(later.get(&one).is_some(), "which renews it");
        let month = Duration::from_secs(24 * 60 * 60 * 10);
        assert_eq!(later.prune(month).unwrap(), Usage { entries: 1, bytes: 65 });
        assert!(later.get(&one).is_some() && later.get(&two).is_none());
        assert_eq!(later.prune(Duration::ZERO).unwrap().entries, 1);
    }

    #[test]
    fn a_folder_that_cannot_be_is_no_cache() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        fs::write(&file, "").unwrap();
        let cache = cache(&file, 0);
        cache.put(&Digest::of(b"key"), b"content");
        assert_eq!((cache.get(&Digest::of(b"key")), cache.usage().unwrap()), (None, Usage::default()));
    }
}
