//! The key of a user, without which nobody can make an entry of the cache that this user's builds take for their own.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::digest::Digest;

/// A key that only its user knows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; LENGTH]);

const LENGTH: usize = 32;
/// Its name in the folder of the user.
const NAME: &str = "cache-key";
/// What a file starts with that is to become it.
const UNFINISHED: &str = ".cache-key-";

/// Why the key of a user cannot be used.
#[derive(Debug)]
pub struct SecretError {
    /// The file that has it, or should.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: SecretErrorKind,
}

/// What is wrong with the key of a user.
#[derive(Debug)]
pub enum SecretErrorKind {
    /// Others can read or change it, or it is somebody else's.
    NotPrivate,
    /// It is no file, or none of this length.
    Damaged,
    /// The system refuses to read or make it.
    Io(io::Error),
}

impl fmt::Display for SecretError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.kind {
            SecretErrorKind::NotPrivate => write!(
                f,
                "`{path}` is not yours alone; remove it, and a new one is made, or take the rights of all others away"
            ),
            SecretErrorKind::Damaged => write!(f, "`{path}` is not a key; remove it, and a new one is made"),
            SecretErrorKind::Io(error) => write!(f, "`{path}`: {error}"),
        }
    }
}

impl std::error::Error for SecretError {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<[u8; LENGTH]> for Secret {
    fn from(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }
}

impl Secret {
    /// The key in the folder of a user, made if there is none yet. It is which no other user can read.
    ///
    /// # Errors
    /// If others can read or change the key that is there, or the system refuses to read or make it.
    pub fn of_user(folder: &Path) -> Result<Self, SecretError> {
        let path = folder.join(NAME);
        match read(&path) {
            Err(SecretErrorKind::Io(error)) if error.kind() == ErrorKind::NotFound => make(folder, &path),
            found => found,
        }
        .map(Self)
        .map_err(|kind| SecretError { path, kind })
    }

    /// The digest of these parts that only this user can make. `purpose` keeps what is made for one end from serving another.
    pub(crate) fn digest(&self, purpose: &str, parts: &[&[u8]]) -> Digest {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)
            .unwrap_or_else(|error| unreachable!("a key may have any length: {error}"));
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_le_bytes());
            mac.update(part);
        }
        Digest::from_bytes(mac.finalize().into_bytes().into())
    }
}

fn read(path: &Path) -> Result<[u8; LENGTH], SecretErrorKind> {
    let file = open(path).map_err(SecretErrorKind::Io)?;
    let found = file.metadata().map_err(SecretErrorKind::Io)?;
    if !found.is_file() || found.len() != LENGTH as u64 {
        return Err(SecretErrorKind::Damaged);
    }
    if !is_private(&found) {
        return Err(SecretErrorKind::NotPrivate);
    }
    let mut bytes = [0; LENGTH];
    (&file).read_exact(&mut bytes).map_err(SecretErrorKind::Io)?;
    Ok(bytes)
}

/// Makes a key; another build may be first.
fn make(folder: &Path, path: &Path) -> Result<[u8; LENGTH], SecretErrorKind> {
    let make = || -> io::Result<Option<[u8; LENGTH]>> {
        private_folders(folder)?;
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        // A file of this kind is its user's alone.
        let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        file.write_all(&bytes)?;
        match file.persist_noclobber(path) {
            Ok(_) => Ok(Some(bytes)),
            Err(error) if error.error.kind() == ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error.error),
        }
    };
    let made = make().map_err(SecretErrorKind::Io)?;
    // What a build left that was killed at it.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let _gone = fs::remove_file(entry.path());
        }
    }
    made.map_or_else(|| read(path), Ok)
}

/// Makes a folder and those above it, for nobody else to enter.
pub(super) fn private_folders(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    // A link may lead to a file that somebody else knows, and a pipe would keep us waiting for ever.
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
fn is_private(found: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    found.uid() == rustix::process::geteuid().as_raw() && found.mode() & 0o077 == 0
}

/// The folders of a user's profile are for nobody else.
#[cfg(not(unix))]
fn is_private(_: &fs::Metadata) -> bool {
    true
}

#[cfg(all(test, unix))]
#[expect(clippy::disallowed_methods, reason = "tests damage what was written")]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    #[test]
    fn a_key_is_made_once_and_for_its_user_alone() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("data/regimen");
        let secret = Secret::of_user(&folder).unwrap();
        assert!(Secret::of_user(&folder).unwrap() == secret);
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((rights(&folder), rights(&folder.join(NAME))), (0o700, 0o600));
        let other = Secret::of_user(&home.path().join("other")).unwrap();
        assert!(other != secret && format!("{other:?}") == "Secret(..)");
    }

    #[test]
    fn a_key_that_others_may_know_is_refused() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(NAME);
        for rights in [0o640, 0o604, 0o620, 0o602] {
            fs::write(&path, [1; LENGTH]).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(rights)).unwrap();
            let error = Secret::of_user(home.path()).unwrap_err();
            assert!(matches!(error.kind, SecretErrorKind::NotPrivate), "{rights:o}: {error}");
        }
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert!(Secret::of_user(home.path()).unwrap() == Secret([1; LENGTH]));
        fs::write(&path, "short").unwrap();
        assert!(matches!(Secret::of_user(home.path()).unwrap_err().kind, SecretErrorKind::Damaged));
        fs::remove_file(&path).unwrap();
        fs::write(home.path().join("known"), [1; LENGTH]).unwrap();
        symlink(home.path().join("known"), &path).unwrap();
        assert!(matches!(Secret::of_user(home.path()).unwrap_err().kind, SecretErrorKind::Io(_)), "a link");
    }

    #[test]
    fn what_a_killed_build_left_is_removed() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join(".cache-key-abc"), [1; 7]).unwrap();
        Secret::of_user(home.path()).unwrap();
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn parts_and_purposes_do_not_run_into_each_other() {
        let secret = Secret([7; LENGTH]);
        let one = secret.digest("entry", &[b"ab", b"c"]);
        for other in [
            secret.digest("entry", &[b"a", b"bc"]),
            secret.digest("note", &[b"ab", b"c"]),
            secret.digest("entry", &[b"abc"]),
            Secret([8; LENGTH]).digest("entry", &[b"ab", b"c"]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one, secret.digest("entry", &[b"ab", b"c"]));
    }
}
