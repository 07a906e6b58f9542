//! What an earlier build published, for exporters whose files go on from it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use regimen_export::ArtifactPath;

use super::decide::read_manifest;
use super::disk::{Disk, Found};
use crate::digest::Digest;
use crate::error::{Error, Reason, Refusal};
use crate::manifest::{Manifest, Record};

/// The files of an earlier build, as exporters may see them.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    folder: Option<PathBuf>,
    kind: Kind,
}

/// What the folder is, and which of its files count.
#[derive(Debug, Clone, Default)]
enum Kind {
    /// The output folder; those that a build wrote and nobody changed.
    Ours(Manifest),
    /// The output folder; all of them, because they may be overwritten.
    Adopted,
    /// A copy; all of them.
    #[default]
    Copy,
}

/// The sums of the earlier files that a build has asked for; `None` for a file that was not there.
pub(crate) type Seen = BTreeMap<ArtifactPath, Option<Digest>>;

impl Earlier {
    /// There was no earlier build.
    pub fn none() -> Self {
        Self::default()
    }

    /// The files of an output folder as its last build left them. What somebody changed since then does not count,
    /// because publishing will refuse to overwrite it; with `adopt`, which does overwrite, all of it counts.
    ///
    /// # Errors
    /// [`Error::Io`] if the system does not let the folder be read.
    pub fn published(out: &Path, adopt: bool) -> Result<Self, Error> {
        if !out.is_dir() {
            return Ok(Self { folder: None, kind: Kind::Adopted });
        }
        let folder = Some(out.to_owned());
        if adopt {
            return Ok(Self { folder, kind: Kind::Adopted });
        }
        match read_manifest(&disk(out), adopt) {
            Ok((manifest, _)) => Ok(Self { folder, kind: Kind::Ours(manifest) }),
            // Publishing will say what is the matter with the manifest.
            Err(Error::Refused(_)) => Ok(Self { folder: None, kind: Kind::Adopted }),
            Err(error) => Err(error),
        }
    }

    /// The files of a copy of an output folder, such as a download of what readers have.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such folder.
    pub fn copied(folder: &Path) -> Result<Self, Error> {
        if folder.is_dir() {
            return Ok(Self { folder: Some(folder.to_owned()), kind: Kind::Copy });
        }
        Err(Error::Usage {
            message: format!("there is no folder `{}` with the files of an earlier build", folder.display()),
            help: "give a copy of an earlier output folder, or leave the option out for the first build".into(),
        })
    }

    /// Notes that a build has seen a file, so that publishing replaces this one and no other.
    pub(crate) fn note(&self, seen: &mut Seen, path: ArtifactPath, bytes: Option<&[u8]>) {
        if !matches!(self.kind, Kind::Copy) {
            seen.insert(path, bytes.map(Digest::of));
        }
    }

    /// The copy, if it is one.
    pub(crate) fn copy(&self) -> Option<&Path> {
        self.folder.as_deref().filter(|_| matches!(self.kind, Kind::Copy))
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &ArtifactPath) -> Result<Option<Vec<u8>>, Error> {
        let Some(folder) = &self.folder else { return Ok(None) };
        if matches!(self.kind, Kind::Copy) {
            return read_copy(&folder.join(path.as_str()));
        }
        let disk = disk(folder);
        if disk.look(path.as_str())? != Found::File {
            return Ok(None);
        }
        let bytes = disk.read(path.as_str())?;
        Ok(Some(bytes).filter(|bytes| self.kind.covers(path, bytes)))
    }

    /// Everything that a build has seen and that is no longer as it was: another build was faster.
    pub(super) fn changed_since(&self, root: &Path, seen: &Seen) -> Result<Vec<Refusal>, Error> {
        let mut refusals = Vec::new();
        for (path, before) in seen {
            let now = self.read(path)?.map(|bytes| Digest::of(&bytes));
            if now != *before {
                refusals.push(Refusal { path: root.join(path.as_str()), reason: Reason::ChangedMeanwhile });
            }
        }
        Ok(refusals)
    }
}

impl Kind {
    fn covers(&self, path: &ArtifactPath, bytes: &[u8]) -> bool {
        let Self::Ours(manifest) = self else { return true };
        // A build that was killed has written the file or has not.
        let records = [&manifest.files, &manifest.pending];
        let is_it = |record: &Record| record.size == bytes.len() as u64 && record.sha256 == Digest::of(bytes);
        records.iter().filter_map(|records| records.get(path)).any(is_it)
    }
}

/// A file of a copy, where links are as good as files. What cannot be read is no reason to start anew.
fn read_copy(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::metadata(path) {
        Ok(found) if found.is_file() => fs::read(path).map(Some).map_err(Error::io("read", path)),
        // Reading a pipe would wait for ever.
        Ok(_) => Err(Error::io("read", path)(io::Error::other("it is not a file"))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("read", path)(error)),
    }
}

/// A folder that is only read.
fn disk(folder: &Path) -> Disk<'_> {
    Disk::new(folder, &|| Ok(()))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use regimen_catalog::{Catalog, Severity};
    use regimen_export::{Exporter, Granularity, Output, Plugin, Unit};
    use tempfile::TempDir;

    use super::*;
    use crate::testing::{self, plugin, text_file};
    use crate::{Built, Request, Target, When, build, publish};

    /// Adds a stroke to what it published before.
    const TALLY: Plugin = plugin("tally", |_| Ok(Box::new(Tally)));

    struct Tally;

    impl Exporter for Tally {
        fn granularity(&self) -> &[Granularity] {
            &[Granularity::Catalog]
        }

        fn continues(&self, _: &Unit<'_>) -> Vec<ArtifactPath> {
            vec!["tally".parse().unwrap()]
        }

        fn export(&self, unit: &Unit<'_>, out: &mut Output) {
            let before = unit.earlier(&"tally".parse().unwrap()).unwrap_or_default();
            out.file(text_file("tally", &format!("{}|", String::from_utf8_lossy(before))));
        }
    }

    /// An output folder that is built into.
    struct Place(TempDir, Catalog);

    impl Place {
        fn new() -> Self {
            let place = Self(tempfile::tempdir().unwrap(), testing::catalog());
            fs::create_dir(place.0.path().join("catalog")).unwrap();
            place
        }

        fn out(&self) -> PathBuf {
            self.0.path().join("out")
        }

        fn tally(&self) -> String {
            fs::read_to_string(self.out().join("tally/tally")).unwrap()
        }

        fn built(&self, earlier: &Earlier) -> Built {
            let (when, info) = (When::default(), testing::info());
            let request = Request {
                catalog: &self.1,
                sources: &regimen_catalog::Sources::default(),
                root: Path::new("."),
                plugins: &[TALLY],
                only: None,
                when,
                earlier,
                cache: None,
                code: "tests",
                jobs: 1,
                info,
                allowances: &[],
                missing: None,
            };
            build(&request, &()).unwrap()
        }

        fn publish(&self, built: &Built, adopt: bool) -> Result<(), Error> {
            let target =
                Target { out: &self.out(), catalog_root: &self.0.path().join("catalog"), adopt, keep_going: false };
            publish(built, target).map(drop)
        }

        fn build(&self, adopt: bool) -> Result<(), Error> {
            let built = self.built(&Earlier::published(&self.out(), adopt).unwrap());
            self.publish(&built, adopt)
        }
    }

    #[test]
    fn a_build_goes_on_from_the_one_before_it() {
        let place = Place::new();
        for strokes in ["|", "||", "|||"] {
            place.build(false).unwrap();
            assert_eq!(place.tally(), strokes);
        }
        let german = fs::read_to_string(place.out().join("tally/de/tally")).unwrap();
        assert_eq!(german, "|||", "each language goes on from its own file");
    }

    #[test]
    fn what_somebody_changed_counts_only_when_it_may_be_overwritten() {
        let place = Place::new();
        place.build(false).unwrap();
        let mut file = fs::File::create(place.out().join("tally/tally")).unwrap();
        file.write_all(b"mine").unwrap();
        assert!(matches!(place.build(false), Err(Error::Refused(_))));
        assert_eq!(place.tally(), "mine");
        place.build(true).unwrap();
        assert_eq!(place.tally(), "mine|");
    }

    #[test]
    fn a_copy_stands_for_the_output_folder() {
        let (first, second) = (Place::new(), Place::new());
        first.build(false).unwrap();
        let built = second.built(&Earlier::copied(&first.out()).unwrap());
        second.publish(&built, false).unwrap();
        assert_eq!(second.tally(), "||");
        assert!(built.findings().next().is_none());
        let missing = Earlier::copied(&first.out().join("nowhere")).unwrap_err();
        assert!(matches!(missing, Error::Usage { .. }));
    }

    #[test]
    fn a_copy_without_what_is_looked_for_is_pointed_out() {
        let (first, second) = (Place::new(), Place::new());
        first.build(false).unwrap();
        let built = second.built(&Earlier::copied(&first.0.path().join("catalog")).unwrap());
        let finding = built.findings().next().unwrap();
        assert_eq!((finding.code.as_ref(), finding.severity), ("nothing-earlier", Severity::Error));
    }

    #[test]
    fn what_is_no_file_in_a_copy_is_an_error() {
        let place = Place::new();
        fs::create_dir_all(place.out().join("tally/tally")).unwrap();
        let earlier = Earlier::copied(&place.out()).unwrap();
        assert!(matches!(earlier.read(&"tally/tally".parse().unwrap()), Err(Error::Io { .. })));
    }

    #[test]
    fn of_two_builds_at_once_the_slower_one_is_refused() {
        let place = Place::new();
        let slower = place.built(&Earlier::published(&place.out(), false).unwrap());
        place.build(false).unwrap();
        let refused = |built: &Built| place.publish(built, false).unwrap_err().to_string();
        assert!(refused(&slower).contains("changed by another build"), "{}", refused(&slower));
        let slower = place.built(&Earlier::published(&place.out(), false).unwrap());
        place.build(false).unwrap();
        assert!(refused(&slower).contains("changed by another build"));
        assert_eq!(place.tally(), "||");
    }
}
