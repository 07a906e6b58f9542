//! What a unit depends on, as one digest: the key under which the cache knows what was made of it.
//!
//! The program itself, the exporter, its options, the facts of the build, the language, the schedule, the earlier files that
//! it goes on from, and every file that its part of the catalogue was read from. What a unit cannot see is no part of it.

use std::collections::BTreeMap;

use regimen_catalog::model::{Entity, Table};
use regimen_catalog::{Catalog, FilePath, Kind, PROJECT_FILE, TableVisitor};
use regimen_export::{Artifact, BuildInfo, Subject};
use sha2::{Digest as _, Sha256};

use crate::Request;
use crate::digest::Digest;
use crate::job::Job;
use crate::opened::Opened;
use crate::overrides::Schedules;
use crate::visible;

/// Files by their paths.
pub(crate) type Files = BTreeMap<String, Digest>;

/// The digests of all files, from which the keys of units are made.
pub(crate) struct CacheKeys {
    /// What all units depend on.
    common: String,
    files: BTreeMap<FilePath, Digest>,
    media: BTreeMap<String, Digest>,
    schedules: BTreeMap<String, String>,
}

impl CacheKeys {
    pub(crate) fn new(request: &Request<'_>, schedules: &Schedules) -> Self {
        let Request { catalog, sources, code, info: build, .. } = request;
        let text = |file: &FilePath| Some((file.clone(), Digest::of(sources.text(file)?.as_bytes())));
        let files: BTreeMap<FilePath, Digest> = sources.files().filter_map(text).collect();
        let shared = |file: &&FilePath| {
            file.starts_with("languages/") || (file.starts_with("regimen.") && &***file != PROJECT_FILE)
        };
        let shared: Vec<_> = files.iter().filter(|(file, _)| shared(file)).collect();
        let bytes = catalog.media.iter().chain(&catalog.fonts);
        let media = bytes.map(|(path, bytes)| (path.clone(), Digest::of(bytes))).collect();
        let common = format!("1 {code} {build:?} {} {shared:?}", visible::project(sources));
        let schedules = schedules.iter().map(|(name, schedule)| (name.to_string(), format!("{schedule:?}"))).collect();
        Self { common, files, media, schedules }
    }

    /// What all units depend on.
    pub(crate) fn common(&self) -> &str {
        &self.common
    }

    /// The digest of the whole catalogue and the facts of the build, the same on every machine.
    pub(crate) fn whole(&self, build: &BuildInfo) -> Digest {
        let Self { common: _, files, media, schedules: _ } = self;
        Digest::of(format!("{build:?} {files:?} {media:?}").as_bytes())
    }

    /// The digest of everything in a part of the catalogue; `None` if it was not read from files.
    pub(crate) fn slice(&self, slice: &Catalog) -> Option<Digest> {
        let mut hasher = Sha256::new();
        self.each_file(slice, &mut |path, digest| hasher.update(format!("{path} {digest};")))?;
        Some(Digest::from(hasher))
    }

    /// The files that a part of the catalogue was read from; `None` if it was not read from files.
    pub(crate) fn files(&self, slice: &Catalog) -> Option<Files> {
        let mut files = Files::new();
        self.each_file(slice, &mut |path, digest| {
            files.insert(path.to_owned(), *digest);
        })?;
        Some(files)
    }

    fn each_file(&self, slice: &Catalog, add: &mut dyn FnMut(&str, &Digest)) -> Option<()> {
        let mut files = FileDigests { known: &self.files, add };
        Kind::ALL.into_iter().try_for_each(|kind| slice.visit(kind, &mut files))?;
        for table in slice.programs.values().filter_map(|program| program.grid.as_ref()?.table()) {
            add(table, self.files.get(table)?);
        }
        for path in slice.media.keys().chain(slice.fonts.keys()) {
            add(path, self.media.get(path)?);
        }
        Some(())
    }

    /// The key of an exporter's job; `None` if nothing of it may be kept.
    pub(crate) fn of(&self, job: &Job<'_>, opened: &Opened, previous: &[Artifact]) -> Option<Digest> {
        // Whatever tells one unit from another has to be in its key. Its file is that of its subject, which is in the slice.
        let Job { subject, catalog: _, language, folder, name, file: _, slice_digest, person } = job;
        if person.is_some() {
            return None;
        }
        let schedule = match subject {
            Subject::Plan(_, plan) => plan.schedule.as_ref().map(|one| self.schedules.get(one.name.as_str())),
            Subject::Catalog | Subject::Guide(_) | Subject::Exercise(_) | Subject::Program(..) => None,
        };
        let previous: Vec<_> = previous.iter().map(|file| (&file.path, Digest::of(&file.bytes))).collect();
        let (slice, tag) = (slice_digest.as_ref()?, &language.tag);
        let Opened { id, fingerprint, .. } = opened;
        let all = format!(
            "{} | {id} {fingerprint} | {name} {folder:?} {tag} | {slice} | {schedule:?} | {previous:?}",
            self.common
        );
        Some(Digest::of(all.as_bytes()))
    }
}

/// Tells the files of entries; `None` for what was not read from a file.
struct FileDigests<'k> {
    known: &'k BTreeMap<FilePath, Digest>,
    add: &'k mut dyn FnMut(&str, &Digest),
}

impl TableVisitor<'_> for FileDigests<'_> {
    type Output = Option<()>;

    fn table<T: Entity>(&mut self, table: &Table<T>) -> Option<()> {
        for entry in table.values() {
            let translations = entry.translations.values().map(|translation| &translation.file);
            for file in std::iter::once(&entry.file).chain(translations) {
                (self.add)(file, self.known.get(file)?);
            }
        }
        Some(())
    }
}
