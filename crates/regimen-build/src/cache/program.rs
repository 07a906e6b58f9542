//! Which program makes the files: known by the bytes of its file, so that another build of it is another program, and a copy is the same.
//!
//! Its file is large, so its digest is noted. The note counts as long as the file looks as it did in all that its file system tells,
//! among which is a time that no program can set.

use std::fs::{File, Metadata};
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sha2::{Digest as _, Sha256};

use super::Cache;
use crate::digest::Digest;
use crate::stamp::Stamp;

/// As many bytes are read at once.
const BLOCK: usize = 1 << 20;
/// The coarsest times of common file systems. What was changed so shortly before may be changed again at the same time.
const TICK: Duration = Duration::from_secs(2);

impl Cache {
    /// The digest of a program, given its file, open or to be opened at this path.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn program(&self, path: &Path, file: File) -> io::Result<Digest> {
        let looks = looks(&file.metadata()?);
        let key = Digest::of(format!("program {}", path.display()).as_bytes());
        let noted = looks.as_ref().and_then(|(looks, _)| {
            let note = self.note(&key)?;
            let (noted, digest) = note.split_once('\n')?;
            (noted == looks).then(|| digest.to_owned().try_into().ok())?
        });
        if let Some(digest) = noted {
            return Ok(digest);
        }
        let digest = digest(file)?;
        if let Some((looks, latest)) = looks
            && latest.checked_add(TICK).is_some_and(|settled| settled < self.now())
        {
            self.put_note(&key, path, &format!("{looks}\n{digest}"));
        }
        Ok(digest)
    }
}

fn digest(mut file: File) -> io::Result<Digest> {
    let (mut hasher, mut block) = (Sha256::new(), vec![0; BLOCK]);
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hasher.into()),
            read => hasher.update(&block[..read]),
        }
    }
}

/// All that a file system tells of a file, and when it was last changed; `None` where it does not tell enough.
fn looks(found: &Metadata) -> Option<(String, SystemTime)> {
    let stamp = Stamp::of(found);
    if stamp.changed == 0 {
        return None;
    }
    let latest = UNIX_EPOCH + Duration::from_nanos(u64::try_from(stamp.latest()).ok()?);
    Some((format!("{stamp:?} {:?}", number(found)), latest))
}

/// The number of a file on its file system, and that of the file system.
#[cfg(unix)]
fn number(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "tests make programs, and wait for them to be old")]
mod tests {
    use std::fs;

    use super::*;
    use crate::cache::{Secret, Store};

    #[test]
    fn a_program_is_known_by_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let later = SystemTime::now() + Duration::from_secs(60);
        let cache = Cache::new(Store::new(folder.path().join("cache"), later), Secret::from([1; 32]));
        let path = |name: &str| folder.path().join(name);
        let digest = |name: &str| cache.program(&path(name), File::open(path(name)).unwrap()).unwrap();
        let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let write = |name: &str, bytes: &[u8]| {
            fs::write(path(name), bytes).unwrap();
            File::options().write(true).open(path(name)).unwrap().set_modified(old).unwrap();
        };
        write("regimen", b"one");
        let one = digest("regimen");
        assert_eq!(one, Digest::of(b"one"));
        assert_eq!(digest("regimen"), one, "from the note");
        fs::copy(path("regimen"), path("elsewhere")).unwrap();
        assert_eq!(digest("elsewhere"), one, "a copy");
        File::options().write(true).open(path("regimen")).unwrap().set_modified(later).unwrap();
        assert_eq!(digest("regimen"), one, "touched");
        write("regimen", b"two");
        assert_ne!(digest("regimen"), one, "of the same length and time");
        write("other", b"six");
        fs::rename(path("other"), path("regimen")).unwrap();
        assert_eq!(digest("regimen"), Digest::of(b"six"), "another one in its place");
    }

    #[test]
    fn a_program_that_was_just_made_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(Store::new(folder.path().join("cache"), SystemTime::now()), Secret::from([1; 32]));
        let path = folder.path().join("regimen");
        fs::write(&path, b"one").unwrap();
        assert_eq!(cache.program(&path, File::open(&path).unwrap()).unwrap(), Digest::of(b"one"));
        assert!(!cache.folder().exists(), "nothing is noted");
    }
}
