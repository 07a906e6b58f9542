//! The files of a cache, whoever's they are: how much there is, and what may go.

use std::fs::TryLockError;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{DIGITS, FORM, NOTES, UNFINISHED};
use crate::folder::{EntryKind, Folder};
use crate::stamp::Stamp;

/// The folder of a cache.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) folder: PathBuf,
    pub(super) now: SystemTime,
}

/// How many files there are, or were taken out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many.
    pub entries: u64,
    /// How large they are together, in bytes.
    pub bytes: u64,
}

/// What is in a cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Contents {
    /// What was made.
    pub entries: Usage,
    /// What is known of earlier builds.
    pub notes: Usage,
    /// What earlier versions and killed builds left.
    pub leftovers: Usage,
    /// When old entries were last looked for.
    pub tidied: Option<SystemTime>,
}

/// How old and how large a cache gets. What is beyond goes, the longest unused first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// For how long an entry may be unused.
    pub unused: Duration,
    /// How many bytes there may be.
    pub bytes: u64,
}

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Default for Limits {
    fn default() -> Self {
        Self { unused: 90 * DAY, bytes: 2_000_000_000 }
    }
}

/// Forms of other versions of this program.
const EARLIER_FORMS: [&str; 2] = ["v1", "v2"];
/// Where versions with these forms had the key of their user.
const EARLIER_SECRET: &str = "people-secret";
/// The file whose time says when old entries were last looked for.
const TIDIED: &str = "tidied";
/// A file that is being written is no older, where a system has no locks.
const WRITING: Duration = Duration::from_secs(60 * 60);
/// A longer path is no path.
const MOST_OF_A_PATH: u64 = 64 << 10;

/// What a file of a cache is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Entry,
    Note,
    /// Of another form.
    Earlier,
    /// Of another form, and it was being written.
    EarlierUnfinished,
    Unfinished,
}

/// A file of a cache.
struct Found<'a> {
    folder: &'a Folder,
    /// Below the folder of the cache.
    path: String,
    kind: Kind,
    stamp: Stamp,
}

impl Found<'_> {
    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

impl Usage {
    fn add(&mut self, bytes: u64) {
        self.entries += 1;
        self.bytes += bytes;
    }
}

impl Store {
    /// The files of a cache in a folder. `now` is the time to measure ages by.
    pub fn new(folder: impl Into<PathBuf>, now: SystemTime) -> Self {
        Self { folder: folder.into(), now }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// How much it holds.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn contents(&self) -> io::Result<Contents> {
        let mut contents = Contents::default();
        self.each(&mut |found| {
            let usage = match found.kind {
                Kind::Entry => &mut contents.entries,
                Kind::Note => &mut contents.notes,
                Kind::Earlier | Kind::EarlierUnfinished | Kind::Unfinished => &mut contents.leftovers,
            };
            usage.add(found.stamp.size);
        })?;
        contents.tidied = self.tidied();
        Ok(contents)
    }

    /// Removes what was not used for so long, then what was unused the longest until no more is left than there may be; besides, whatever
    /// killed builds left, and notes on folders that are gone. Says how much that was.
    ///
    /// # Errors
    /// If the folder cannot be read or a file not be removed.
    pub fn prune(&self, limits: Limits) -> io::Result<Usage> {
        let (mut removed, mut failed) = (Usage::default(), None);
        let (mut kept, mut bytes) = (Vec::new(), 0);
        self.each(&mut |found| {
            if self.may_go(&found, limits.unused) {
                match found.folder.remove_file(found.name()) {
                    Ok(()) => removed.add(found.stamp.size),
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => failed = Some(error),
                }
            } else {
                bytes += found.stamp.size;
                if matches!(found.kind, Kind::Entry | Kind::Earlier) {
                    kept.push((found.stamp.modified, found.stamp.size, found.path));
                }
            }
        })?;
        if bytes > limits.bytes {
            kept.sort_unstable();
            for (_, size, path) in kept {
                if bytes <= limits.bytes {
                    break;
                }
                self.remove(&path)?;
                bytes -= size;
                removed.add(size);
            }
        }
        self.remove_empty();
        failed.map_or(Ok(removed), Err)
    }

    /// Prunes at most once a day, unless `at_once`. What cannot be removed stays.
    pub(super) fn tidy(&self, limits: Limits, at_once: bool) {
        let is_due = self.tidied().is_none_or(|last| self.now.duration_since(last).is_ok_and(|age| age >= DAY));
        if !is_due && !at_once {
            return;
        }
        // Said before it is done, so that builds at the same time do not all do it.
        let said = || -> io::Result<()> {
            let form = Folder::open(&self.folder)?.child(FORM)?;
            if form.look(TIDIED)?.is_none() {
                form.create_private(TIDIED)?;
            }
            form.renew(TIDIED, self.now)
        };
        if said().is_ok() {
            let _pruned = self.prune(limits);
        }
    }

    fn tidied(&self) -> Option<SystemTime> {
        let form = Folder::open(&self.folder).ok()?.child(FORM).ok()?;
        match form.look(TIDIED) {
            Ok(Some(EntryKind::File(stamp))) => Some(time(stamp)),
            _ => None,
        }
    }

    /// How long ago a file was last written or renewed.
    pub(super) fn age(&self, stamp: Stamp) -> Duration {
        self.now.duration_since(time(stamp)).unwrap_or_default()
    }

    fn may_go(&self, found: &Found<'_>, unused: Duration) -> bool {
        let age = self.age(found.stamp);
        match found.kind {
            Kind::Entry | Kind::Earlier => age >= unused,
            Kind::Note => unused.is_zero() || !is_about_something(found),
            Kind::Unfinished => self.is_abandoned(found.folder, found.name(), age),
            Kind::EarlierUnfinished => unused.is_zero() || age >= WRITING,
        }
    }

    /// Removes files that were being written by builds that were killed.
    pub(super) fn sweep(&self, unfinished: &Folder, removed: &mut dyn FnMut(u64)) {
        for name in unfinished.names().unwrap_or_default() {
            let Some(name) = name.to_str().filter(|name| is_key(name)) else { continue };
            if let Ok(Some(EntryKind::File(stamp))) = unfinished.look(name)
                && self.is_abandoned(unfinished, name, self.age(stamp))
                && unfinished.remove_file(name).is_ok()
            {
                removed(stamp.size);
            }
        }
    }

    /// Whether nobody is writing a file any more: whoever does keeps it locked.
    fn is_abandoned(&self, folder: &Folder, name: &str, age: Duration) -> bool {
        let Ok(file) = folder.file(name) else { return age >= WRITING };
        match file.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => age >= WRITING,
        }
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let mut folder = Folder::open(&self.folder)?;
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        for part in above.split('/').filter(|part| !part.is_empty()) {
            folder = folder.child(part)?;
        }
        match folder.remove_file(name) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Takes away folders of other forms that have become empty.
    fn remove_empty(&self) {
        let Ok(root) = Folder::open(&self.folder) else { return };
        for name in EARLIER_FORMS {
            let Ok(form) = root.child(name) else { continue };
            for shard in form.names().unwrap_or_default() {
                let _has_files = shard.to_str().map(|shard| form.remove_folder(shard));
            }
            let _has_files = root.remove_folder(name);
        }
        let _has_files = root.remove_folder(NOTES);
    }

    /// Walks over all files of a cache; others in the folder are none of ours. No link is followed.
    fn each(&self, look: &mut dyn FnMut(Found<'_>)) -> io::Result<()> {
        let Some(root) = there(Folder::open(&self.folder))? else { return Ok(()) };
        // Unfinished files of this one place are left, for other programs name theirs alike.
        files(&root, "", &|name| (name == EARLIER_SECRET).then_some(Kind::Earlier), look)?;
        let earlier = |name: &str| match name {
            name if is_key(name) => Some(Kind::Earlier),
            name => is_earlier_unfinished(name).then_some(Kind::EarlierUnfinished),
        };
        if let Some(notes) = there(root.child(NOTES))? {
            files(&notes, NOTES, &earlier, look)?;
        }
        for form in EARLIER_FORMS {
            shards(&root, form, &earlier, look)?;
        }
        let of_kind = |kind: Kind| move |name: &str| is_key(name).then_some(kind);
        shards(&root, FORM, &of_kind(Kind::Entry), look)?;
        if let Some(form) = there(root.child(FORM))? {
            for (name, kind) in [(NOTES, Kind::Note), (UNFINISHED, Kind::Unfinished)] {
                if let Some(folder) = there(form.child(name))? {
                    files(&folder, &format!("{FORM}/{name}"), &of_kind(kind), look)?;
                }
            }
        }
        Ok(())
    }
}

/// The files in the folders of a form whose names are the first two digits of keys.
fn shards(
    root: &Folder,
    form: &str,
    kind: &dyn Fn(&str) -> Option<Kind>,
    look: &mut dyn FnMut(Found<'_>),
) -> io::Result<()> {
    let Some(folder) = there(root.child(form))? else { return Ok(()) };
    for name in folder.names()? {
        let Some(name) = name.to_str().filter(|name| name.len() == 2) else { continue };
        if let Some(shard) = there(folder.child(name))? {
            files(&shard, &format!("{form}/{name}"), kind, look)?;
        }
    }
    Ok(())
}

fn files(
    folder: &Folder,
    path: &str,
    kind: &dyn Fn(&str) -> Option<Kind>,
    look: &mut dyn FnMut(Found<'_>),
) -> io::Result<()> {
    for name in folder.names()? {
        let Some((name, kind)) = name.to_str().and_then(|name| Some((name, kind(name)?))) else { continue };
        if let Some(EntryKind::File(stamp)) = folder.look(name)? {
            let path = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            look(Found { folder, path, kind, stamp });
        }
    }
    Ok(())
}

/// A folder, if it is there and is one.
fn there(folder: io::Result<Folder>) -> io::Result<Option<Folder>> {
    match folder {
        Ok(folder) => Ok(Some(folder)),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(error),
        Err(_) => Ok(None),
    }
}

/// Whether the file or folder that a note is about is still there.
fn is_about_something(note: &Found<'_>) -> bool {
    let file = match note.folder.file(note.name()) {
        // It is of another user who shares the folder.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => return true,
        file => file,
    };
    let about = || -> Option<PathBuf> {
        let (mut line, file) = (Vec::new(), file.ok()?);
        BufReader::new(file).take(MOST_OF_A_PATH).read_until(b'\n', &mut line).ok()?;
        serde_json::from_slice::<String>(&line).ok().map(PathBuf::from)
    };
    // One that lies on a disk which cannot be asked now may come back.
    about()
        .is_some_and(|path| path.symlink_metadata().map_or_else(|error| error.kind() != ErrorKind::NotFound, |_| true))
}

fn is_key(name: &str) -> bool {
    name.len() == DIGITS && name.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// How other forms named what was being written.
fn is_earlier_unfinished(name: &str) -> bool {
    name.strip_prefix(".tmp")
        .is_some_and(|rest| rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn time(stamp: Stamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_nanos(u64::try_from(stamp.modified).unwrap_or_default())
}

#[cfg(test)]
mod tests;
