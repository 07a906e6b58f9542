//! The output of an earlier build, for exporters whose files go on from it.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use regimen_export::ArtifactPath;

use super::disk::{Disk, Found};
use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{Manifest, Record};
use crate::seen::Seen;

/// The output of an earlier build, for exporters that update files instead of replacing them.
#[derive(Debug, Clone, Default)]
pub struct PreviousOutput(Location);

/// Where the files are, and which of them count.
#[derive(Debug, Clone, Default)]
enum Location {
    /// Nowhere.
    #[default]
    Nothing,
    /// In the output folder; those that a build wrote and nobody changed, or all if there is no manifest to tell, because
    /// they may be overwritten.
    Output(Arc<Disk>, Option<Arc<Manifest>>),
    /// In a copy; all of them.
    Copy(PathBuf),
}

impl PreviousOutput {
    /// There was no earlier build.
    pub fn none() -> Self {
        Self::default()
    }

    /// The files of an output folder: those in the manifest, or all of them if there is none.
    pub(super) fn published(disk: Arc<Disk>, manifest: Option<Arc<Manifest>>) -> Self {
        Self(Location::Output(disk, manifest))
    }

    /// The files of a copy of an output folder, such as a download of what readers have.
    ///
    /// # Errors
    /// [`Error::Usage`] if there is no such folder.
    pub fn copied(folder: &Path) -> Result<Self, Error> {
        if folder.is_dir() {
            return Ok(Self(Location::Copy(folder.to_owned())));
        }
        Err(Error::Usage {
            message: format!("there is no folder `{}` with the files of an earlier build", folder.display()),
            help: "give a copy of an earlier output folder, or leave the option out for the first build".into(),
        })
    }

    /// Notes that a build has seen a file, so that publishing replaces this one and no other.
    pub(crate) fn note(&self, seen: &mut Seen, path: ArtifactPath, bytes: Option<&[u8]>) {
        if !matches!(self.0, Location::Copy(_)) {
            seen.insert(path, bytes.map(Digest::of));
        }
    }

    /// The copy, if it is one.
    pub(crate) fn copy(&self) -> Option<&Path> {
        match &self.0 {
            Location::Copy(folder) => Some(folder),
            Location::Nothing | Location::Output(..) => None,
        }
    }

    /// The bytes of a file.
    pub(crate) fn read(&self, path: &ArtifactPath) -> Result<Option<Vec<u8>>, Error> {
        match &self.0 {
            Location::Nothing => Ok(None),
            Location::Copy(folder) => read_copy(&folder.join(path.as_str())),
            Location::Output(disk, manifest) => {
                let records = manifest.as_deref().map(|manifest| Records::of(manifest, path));
                // A file that no build wrote does not count, so nothing of it is read.
                if records.is_some_and(|records| records.is_empty()) || !is_file(disk, path)? {
                    return Ok(None);
                }
                let bytes = disk.read(path.as_str())?;
                Ok(Some(bytes).filter(|bytes| records.is_none_or(|records| records.cover(bytes))))
            }
        }
    }
}

fn is_file(disk: &Disk, path: &ArtifactPath) -> Result<bool, Error> {
    Ok(matches!(disk.look(path.as_str())?, Found::File(_)))
}

/// What a manifest knows of a file: a build that was killed has written the new one or has not.
#[derive(Clone, Copy)]
struct Records<'a>([Option<&'a Record>; 2]);

impl<'a> Records<'a> {
    fn of(manifest: &'a Manifest, path: &ArtifactPath) -> Self {
        Self([manifest.files.get(path), manifest.pending.get(path)])
    }

    fn is_empty(self) -> bool {
        self.0.iter().all(Option::is_none)
    }

    fn cover(self, bytes: &[u8]) -> bool {
        let is_it = |record: &Record| record.size == bytes.len() as u64 && record.sha256 == Digest::of(bytes);
        self.0.into_iter().flatten().any(is_it)
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

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use regimen_catalog::{Catalog, Severity};
    use regimen_export::{Exporter, Granularity, Output, Plugin, Unit};
    use tempfile::TempDir;

    use super::*;
    use crate::testing::{self, plugin, text_file};
    use crate::{Built, MemoryStage, OutputFolder, Request, ScheduleOverrides, Stage, Target, build};

    /// Adds a stroke to what it published before.
    const TALLY: Plugin = plugin("tally", |_| Ok(Box::new(Tally)));

    struct Tally;

    impl Exporter for Tally {
        fn granularity(&self) -> &[Granularity] {
            &[Granularity::Catalog]
        }

        fn previous_files(&self, _: &Unit<'_>) -> Vec<ArtifactPath> {
            vec!["tally".parse().unwrap()]
        }

        fn export(&self, unit: &Unit<'_>, out: &mut Output) {
            let before = unit.previous(&"tally".parse().unwrap()).unwrap_or_default();
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

        fn built(&self, previous: &PreviousOutput, stage: &dyn Stage) -> Built {
            let (overrides, info) = (ScheduleOverrides::default(), testing::info());
            let request = Request {
                catalog: &self.1,
                sources: &regimen_catalog::Sources::default(),
                root: Path::new("."),
                plugins: &[TALLY],
                only: None,
                overrides,
                previous,
                cache: None,
                code: "tests",
                jobs: 1,
                info,
                allowances: &[],
                trust: &crate::Trust::Everybody,
                guard: None,
                missing: None,
            };
            build(&request, stage, &()).unwrap()
        }

        fn build_after(&self, copy: Option<&PreviousOutput>, adopt: bool) -> Result<Built, Error> {
            let target =
                Target { out: &self.out(), catalog_root: &self.0.path().join("catalog"), adopt, keep_going: false };
            let output = OutputFolder::open(target)?;
            let built = self.built(copy.unwrap_or(&output.previous()), &output);
            output.publish(&built).map(|_| built)
        }

        fn build(&self, adopt: bool) -> Result<(), Error> {
            self.build_after(None, adopt).map(drop)
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
        let built = second.build_after(Some(&PreviousOutput::copied(&first.out()).unwrap()), false).unwrap();
        assert_eq!(second.tally(), "||");
        assert!(built.findings().next().is_none());
        let missing = PreviousOutput::copied(&first.out().join("nowhere")).unwrap_err();
        assert!(matches!(missing, Error::Usage { .. }));
    }

    #[test]
    fn a_copy_without_what_is_looked_for_is_pointed_out() {
        let (first, second) = (Place::new(), Place::new());
        first.build(false).unwrap();
        let built =
            second.built(&PreviousOutput::copied(&first.0.path().join("catalog")).unwrap(), &MemoryStage::new());
        let finding = built.findings().next().unwrap();
        assert_eq!((finding.code.as_ref(), finding.severity), ("nothing-earlier", Severity::Error));
    }

    #[test]
    fn what_is_no_file_in_a_copy_is_an_error() {
        let place = Place::new();
        fs::create_dir_all(place.out().join("tally/tally")).unwrap();
        let previous = PreviousOutput::copied(&place.out()).unwrap();
        assert!(matches!(previous.read(&"tally/tally".parse().unwrap()), Err(Error::Io { .. })));
    }

    #[test]
    fn a_file_that_changes_while_a_build_goes_on_from_it_is_not_replaced() {
        let place = Place::new();
        place.build(false).unwrap();
        let catalog_root = place.0.path().join("catalog");
        for adopt in [false, true] {
            let target = Target { out: &place.out(), catalog_root: &catalog_root, adopt, keep_going: false };
            let output = OutputFolder::open(target).unwrap();
            let built = place.built(&output.previous(), &output);
            fs::File::create(place.out().join("tally/tally")).unwrap().write_all(b"mine").unwrap();
            let refused = output.publish(&built).unwrap_err().to_string();
            let why = if adopt { "changed while this build was running" } else { "changed by hand" };
            assert!(refused.contains(why), "{refused}");
            assert_eq!(place.tally(), "mine");
            fs::File::create(place.out().join("tally/tally")).unwrap().write_all(b"|").unwrap();
        }
    }
}
