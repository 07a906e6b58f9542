//! What the last build of an output folder was made from and came to, so that a build with nothing to do says the same
//! again without loading the catalogue.
//!
//! Inputs are known by their digests, and digests by size and times, as in the index of git: a file that looks as it did is
//! not read. The time at which anything of a file was changed counts too, because the other one can be set: by archives, by tools
//! that copy, by hand. Where a system does not tell it, files are read. Files that were changed so shortly before the build that a later change could have the same time are read
//! again. Of published files only size and time are looked at, unless these are as young as the manifest.
//!
//! The record is a note of the cache and not a file beside the manifest, because times differ from machine to machine, and
//! the same catalogue gives the same output folder to the byte. Whatever is wrong with it, the build is run.

use std::collections::BTreeMap;
use std::fs;
use std::path::{PathBuf, absolute};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rayon::prelude::*;
use regimen_catalog::{Contents, Diagnostic, FilePath, Listing, Place, Sources, YAML};
use serde::{Deserialize, Serialize};

use crate::built::Built;
use crate::cache::Cache;
use crate::digest::Digest;
use crate::publish::{OutputState, Published, Tally, Target};
use crate::stamp::Stamp;

/// The form of records; one of another form is ignored.
const FORM: u32 = 3;
/// The coarsest times of common file systems.
const TICK: Duration = Duration::from_secs(2);

/// The last build into one output folder, as the cache remembers it.
#[derive(Debug, Clone)]
pub(crate) struct LastBuild<'a> {
    cache: &'a Cache,
    target: Target<'a>,
    /// The whole path of the catalogue.
    root: PathBuf,
    key: Digest,
    settings: Digest,
}

/// What a build is made from: every file of the catalogue's folder by its digest.
#[derive(Debug, Clone)]
pub(crate) struct Inputs {
    files: BTreeMap<FilePath, Input>,
    left_out: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Input {
    size: u64,
    /// In nanoseconds since 1970, if the file system tells.
    modified: Option<i64>,
    /// When anything of it was changed, likewise.
    changed: Option<i64>,
    /// Of its bytes; `None` for a picture or font that nothing names, which is not read.
    sha256: Option<Digest>,
}

/// What a build came to, as it is reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What each exporter made.
    pub exporters: Vec<ExporterReport>,
    /// Every finding that comes again, in the order in which they are shown.
    pub findings: Vec<Diagnostic>,
}

/// What an exporter made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExporterReport {
    /// Its id.
    pub id: String,
    /// What it makes, in a few words.
    pub summary: String,
    /// How many files it has in the output folder.
    pub files: usize,
    /// Their size together, in bytes.
    pub bytes: u64,
}

/// A build with nothing to do.
#[derive(Debug)]
pub struct Unchanged {
    /// What it would say.
    pub report: Report,
    /// The texts of the files that findings are about.
    pub sources: Sources,
}

/// A build that was published, and all that is needed to know it again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Done<'a> {
    /// What it was made from.
    pub(crate) inputs: &'a Inputs,
    /// What was built.
    pub(crate) built: &'a Built,
    /// What publishing did.
    pub(crate) published: &'a Published,
    /// Every finding that would come again, in the order in which they are shown.
    pub(crate) findings: &'a [Diagnostic],
    /// The texts of the catalogue's files.
    pub(crate) sources: &'a Sources,
}

#[derive(Serialize, Deserialize)]
struct Record {
    form: u32,
    settings: Digest,
    /// When the inputs were read, or shortly before, in nanoseconds since 1970.
    read_at: i64,
    inputs: BTreeMap<FilePath, Input>,
    left_out: Vec<String>,
    manifest: Stamp,
    outputs: Vec<Output>,
    report: Report,
}

/// A published file: its path, its state, and its digest if the state does not tell it from a later one.
#[derive(Serialize, Deserialize)]
struct Output(String, Stamp, Option<Digest>);

impl Inputs {
    /// The files of a listing with the bytes that were read of them, once the catalogue is loaded.
    pub(crate) fn new(listing: &Listing, contents: &Contents) -> Self {
        let files = listing.files().par_iter().map(|file| {
            let sha256 = contents.bytes(&file.name).map(|bytes| Digest::of(bytes));
            (
                file.name.clone(),
                Input {
                    size: file.size,
                    modified: file.modified.map(nanoseconds),
                    changed: file.changed.map(nanoseconds),
                    sha256,
                },
            )
        });
        Self { files: files.collect(), left_out: left_out(listing) }
    }
}

impl<'a> LastBuild<'a> {
    /// The last build of this catalogue into this folder. `settings` is all that the result depends on besides files: the
    /// program, its arguments and its environment.
    pub(crate) fn new(cache: &'a Cache, target: Target<'a>, settings: &str) -> Option<Self> {
        let [out, root] = [target.out, target.catalog_root].map(|path| absolute(path).ok());
        let (out, root) = (out?, root?);
        let key = Digest::of(format!("last build {:?}", (out, &root)).as_bytes());
        Some(Self { cache, target, root, key, settings: Digest::of(settings.as_bytes()) })
    }

    /// What a build would say if there is nothing to do: settings, inputs and published files are as they were.
    pub(crate) fn unchanged(&self, listing: &Listing) -> Option<Unchanged> {
        let record: Record = serde_json::from_str(&self.cache.note(&self.key)?).ok()?;
        let folder = OutputState::open(self.target.out)?;
        let is_same = record.form == FORM
            && !folder.has_temporaries()
            && record.settings == self.settings
            && record.left_out == left_out(listing)
            && record.has_inputs(listing)
            && record.has_outputs(&folder);
        if !is_same {
            return None;
        }
        let sources = self.sources(&record)?;
        Some(Unchanged { report: record.report, sources })
    }

    /// Remembers a build that was published, if the same build again would say and make the same.
    pub(crate) fn keep(&self, done: Done<'_>) {
        if let Some(record) = self.record(done).and_then(|record| serde_json::to_string(&record).ok()) {
            self.cache.put_note(&self.key, &self.root, &record);
        }
    }

    fn record(&self, done: Done<'_>) -> Option<Record> {
        let Done { inputs, built, published, .. } = done;
        if !built.repeats() || built.verdict().is_err() {
            return None;
        }
        let folder = OutputState::open(self.target.out)?;
        let manifest = folder.manifest()?;
        let output = |file: &crate::File| {
            let staged = file.staged.stamp()?;
            // Moving it to its place has changed the time at which anything of it was changed.
            let stamp = folder.stamp(file.path.as_str())?;
            if (stamp.size, stamp.modified) != (staged.size, staged.modified) {
                return None;
            }
            let tells_nothing = stamp.changed == 0 || stamp.latest() >= manifest.modified;
            Some(Output(file.path.to_string(), stamp, tells_nothing.then_some(file.sha256)))
        };
        let tally = |id: &str| published.exporters.iter().find(|tally| tally.exporter == id);
        let exporter = |one: &crate::Exported| {
            let tally = tally(&one.id)?;
            let files = tally.written + tally.unchanged;
            Some(ExporterReport { id: one.id.clone(), summary: one.summary.clone(), files, bytes: tally.bytes })
        };
        let exporters = built.exporters.iter().map(exporter).collect::<Option<_>>()?;
        let findings = done.findings.iter().map(|finding| located(finding, &done)).collect::<Option<_>>()?;
        Some(Record {
            form: FORM,
            settings: self.settings,
            read_at: nanoseconds(self.cache.now()),
            inputs: inputs.files.clone(),
            left_out: inputs.left_out.clone(),
            manifest,
            outputs: built.files().map(|(_, file)| output(file)).collect::<Option<_>>()?,
            report: Report { exporters, findings },
        })
    }

    /// The texts of the files that findings are about.
    fn sources(&self, record: &Record) -> Option<Sources> {
        let mut sources = Sources::default();
        for label in record.report.findings.iter().flat_map(|finding| &finding.labels) {
            let file = &label.place.file;
            if record.inputs.contains_key(file) && sources.text(file).is_none() {
                let bytes = fs::read(self.target.catalog_root.join(&**file)).ok()?;
                if let Ok(text) = String::from_utf8(bytes) {
                    // Findings are at bytes, so nothing is looked for in its YAML.
                    sources.add_part(file.clone(), text, 0..0, YAML);
                }
            }
        }
        Some(sources)
    }
}

/// A finding at bytes of its files, which are found without their YAML; `None` if a text is not that of its file.
fn located(finding: &Diagnostic, done: &Done<'_>) -> Option<Diagnostic> {
    let mut finding = finding.clone();
    for label in &mut finding.labels {
        let file = label.place.file.clone();
        let Some(location) = done.sources.locate(&label.place) else { continue };
        let text = done.sources.text(&file)?;
        if Some(Digest::of(text.as_bytes())) != done.inputs.files.get(&file)?.sha256 {
            return None;
        }
        label.place = if location.is_whole() { Place::file(file) } else { Place::bytes(file, location.range) };
    }
    Some(finding)
}

impl Record {
    fn has_inputs(&self, listing: &Listing) -> bool {
        let tick = i64::try_from(TICK.as_nanos()).unwrap_or_default();
        listing.files().len() == self.inputs.len()
            && listing.files().par_iter().all(|file| {
                let Some(input) = self.inputs.get(&file.name) else { return false };
                let times = [file.modified, file.changed].map(|time| time.map(nanoseconds));
                let is_old = times.iter().all(|time| time.is_some_and(|time| time.saturating_add(tick) < self.read_at));
                let Some(sha256) = input.sha256 else { return true };
                (is_old && file.size == input.size && times == [input.modified, input.changed])
                    || file.read().is_ok_and(|bytes| Digest::of(&bytes) == sha256)
            })
    }

    fn has_outputs(&self, folder: &OutputState) -> bool {
        folder.manifest() == Some(self.manifest)
            && self.outputs.par_iter().all(|Output(path, stamp, sha256)| {
                folder.stamp(path) == Some(*stamp)
                    && sha256.is_none_or(|sha256| folder.digest(path, stamp.size) == Some(sha256))
            })
    }
}

impl ExporterReport {
    /// What publishing says of it where nothing changed.
    pub fn tally(&self) -> Tally {
        Tally { exporter: self.id.clone(), unchanged: self.files, bytes: self.bytes, ..Tally::default() }
    }
}

fn left_out(listing: &Listing) -> Vec<String> {
    let mut left_out: Vec<String> = listing.left_out().map(str::to_owned).collect();
    left_out.sort_unstable();
    left_out
}

fn nanoseconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
