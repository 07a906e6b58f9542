//! What to do with every file, decided before anything is done.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use regimen_catalog::{Diagnostic, Place};
use regimen_export::ArtifactPath;

use super::disk::{Disk, Found};
use super::{Published, Tally};
use crate::asked::Asked;
use crate::built::{Built, File, StagedAs};
use crate::digest::Digest;
use crate::error::{Error, Reason, Refusal};
use crate::manifest::{CHANGES, MANIFEST, Manifest, Record, Records};

/// What an output folder is to become.
pub(super) struct Goal<'a> {
    pub(super) built: &'a Built,
    /// Whether the build has everything, so that what it does not have may go.
    pub(super) is_whole: bool,
    /// Whether files that are not ours may be overwritten.
    pub(super) adopt: bool,
}

/// All that publishing will do.
pub(super) struct Decision<'a> {
    /// What is ours on the disk now.
    pub(super) present: Records,
    /// What a killed build was about to write and did not, although its folders may be there.
    unfinished: Records,
    /// What will be ours.
    pub(super) future: Records,
    /// Files to remove, in order.
    pub(super) remove: Vec<ArtifactPath>,
    /// Files to write, in order.
    pub(super) write: Vec<&'a File>,
    /// Paths that are ours no longer, whose folders may have become empty.
    pub(super) dropped: Vec<ArtifactPath>,
    /// What was asked of each exporter that has files, or had nothing to make.
    pub(super) asked: BTreeMap<String, Asked>,
    pub(super) published: Published,
}

/// The manifest on the disk, with its digest if it can be kept. A folder without one has an empty one.
pub(super) fn read_manifest(disk: &Disk, adopt: bool) -> Result<(Manifest, Option<Digest>), Error> {
    let refused = |reason| Err(Error::refused(disk.at(MANIFEST), reason));
    match disk.look(MANIFEST)? {
        Found::Nothing => Ok((Manifest::default(), None)),
        Found::File(_) => {
            let bytes = disk.read(MANIFEST)?;
            match Manifest::parse(&bytes) {
                Ok(manifest) => Ok((manifest, Some(Digest::of(&bytes)))),
                Err(Reason::DamagedManifest(_)) if adopt => Ok((Manifest::default(), None)),
                Err(reason) => refused(reason),
            }
        }
        Found::Link(_) => refused(Reason::Link),
        Found::Folder | Found::FileAbove(_) | Found::Other => refused(Reason::FolderInsteadOfFile),
    }
}

/// Decides about every file, wanted or known. Nothing is removed for a build that is not whole.
pub(super) fn decide<'a>(disk: &Disk, goal: &Goal<'a>, manifest: &Manifest) -> Result<Decision<'a>, Error> {
    let built = goal.built;
    let mut known: BTreeSet<ArtifactPath> = manifest.files.keys().cloned().collect();
    known.extend(manifest.pending.keys().cloned());
    let untold = (!known.is_empty() && manifest.told < CHANGES).then(|| doses_inherited(&built.inherited)).flatten();
    let (present, unfinished) = settle(disk, manifest)?;
    let wanted = built.files().map(|(_, file)| &file.path).collect();
    let leftovers = leftovers(disk, goal, &present, &wanted)?;
    let ended = no_longer_made(built, (&present, &leftovers.remove), &wanted);
    let is_dropped = |path: &ArtifactPath| !wanted.contains(path) && !leftovers.others.contains_key(path);
    let dropped: Vec<ArtifactPath> = known.into_iter().filter(is_dropped).collect();
    let removed = Removed::new(&leftovers.remove);
    let judge = Judge { disk, goal, present: &present, removed: &removed, dropped: &dropped };
    let verdicts = judge.all()?;
    let mut tallies = Tallies::new(built);
    let mut future = leftovers.others;
    let (mut write, mut refusals) = (Vec::new(), Vec::new());
    let names: BTreeMap<&str, Arc<str>> =
        built.exporters.iter().map(|one| (one.id.as_str(), one.id.as_str().into())).collect();
    for ((exporter, file), verdict) in built.files().zip(verdicts) {
        let tally = tallies.of(exporter);
        tally.bytes += file.size;
        match verdict {
            Verdict::Right => tally.unchanged += 1,
            Verdict::Write => {
                tally.written += 1;
                write.push(file);
            }
            Verdict::InTheWay(path, reason) => refusals.push(Refusal { path, reason }),
        }
        let made_by = names.get(exporter).cloned().unwrap_or_else(|| exporter.into());
        future.insert(file.path.clone(), Record { size: file.size, sha256: file.sha256, exporter: made_by });
    }
    if !refusals.is_empty() {
        refusals.dedup();
        return Err(Error::Refused(refusals));
    }
    for record in leftovers.remove.iter().filter_map(|path| present.get(path)) {
        tallies.of(&record.exporter).removed += 1;
    }
    let warnings = leftovers.warnings.into_iter().chain(untold).chain(ended).collect();
    let published = Published { exporters: tallies.0, warnings };
    let remove = leftovers.remove.into_iter().collect();
    let asked = asked(built, manifest, &future);
    Ok(Decision { present, unfinished, future, remove, write, dropped, asked, published })
}

/// What was asked of each exporter: of those that did not run, as long as they have files, what was asked of them before.
fn asked(built: &Built, manifest: &Manifest, future: &Records) -> BTreeMap<String, Asked> {
    let with_files: BTreeSet<&str> = future.values().map(|record| &*record.exporter).collect();
    let earlier = manifest.asked.iter().filter(|(id, _)| with_files.contains(id.as_str()));
    let mut asked: BTreeMap<String, Asked> = earlier.map(|(id, asked)| (id.clone(), asked.clone())).collect();
    asked.extend(built.exporters.iter().map(|one| (one.id.clone(), built.asked.clone())));
    asked
}

impl Decision<'_> {
    /// The records of what will be written. What an earlier build left unfinished stays known until this
    /// one has ended, so that its empty folders are found again if this one is killed too.
    pub(super) fn pending(&self) -> Records {
        let mut pending = self.unfinished.clone();
        let records = self.write.iter().filter_map(|file| self.future.get_key_value(&file.path));
        pending.extend(records.map(|(path, record)| (path.clone(), record.clone())));
        pending
    }
}

/// What is ours now. After a killed build, the disk says which of the pending files were written.
fn settle(disk: &Disk, manifest: &Manifest) -> Result<(Records, Records), Error> {
    let mut present = manifest.files.clone();
    let mut unfinished = Records::new();
    for (path, record) in &manifest.pending {
        let is_written = disk.digest(path.as_str(), record.size)? == Some(record.sha256);
        let records = if is_written { &mut present } else { &mut unfinished };
        records.insert(path.clone(), record.clone());
    }
    Ok((present, unfinished))
}

/// What becomes of known files that nobody wants now.
struct Leftovers {
    /// Files of exporters that were not asked for or that have errors; they stay ours.
    others: Records,
    remove: BTreeSet<ArtifactPath>,
    warnings: Vec<Diagnostic>,
}

fn leftovers(
    disk: &Disk,
    goal: &Goal<'_>,
    present: &Records,
    wanted: &BTreeSet<&ArtifactPath>,
) -> Result<Leftovers, Error> {
    let built = goal.built;
    let ran =
        |exporter: &str| goal.is_whole && (built.everything || built.exporters.iter().any(|one| one.id == exporter));
    let mut leftovers = Leftovers { others: Records::new(), remove: BTreeSet::new(), warnings: Vec::new() };
    for (path, record) in present.iter().filter(|(path, _)| !wanted.contains(path)) {
        if !ran(&record.exporter) {
            leftovers.others.insert(path.clone(), record.clone());
        } else if disk.digest(path.as_str(), record.size)? == Some(record.sha256) {
            leftovers.remove.insert(path.clone());
        } else if disk.look(path.as_str())? != Found::Nothing {
            leftovers.warnings.push(left_behind(disk, path));
        }
    }
    Ok(leftovers)
}

/// Files that readers have and get no more changes of, such as the calendar of a schedule that was renamed: those of exporters that
/// go on from earlier files, unless a file of this build goes on from them.
fn no_longer_made(
    built: &Built,
    (present, removed): (&Records, &BTreeSet<ArtifactPath>),
    wanted: &BTreeSet<&ArtifactPath>,
) -> Option<Diagnostic> {
    let continued = built.files().filter(|(_, file)| built.seen.contains(&file.path));
    let continuing: BTreeSet<&str> = continued.map(|(exporter, _)| exporter).collect();
    let is_gone = |path: &&ArtifactPath| {
        built.seen.has_ending_of(path)
            && !built.seen.contains(path)
            && present.get(*path).is_some_and(|record| continuing.contains(&*record.exporter))
    };
    let gone: Vec<String> = removed.iter().filter(is_gone).map(|path| format!("`{path}`")).collect();
    let is_new = |path: &&&ArtifactPath| built.seen.contains(path) && !present.contains_key(**path);
    let new: Vec<String> = wanted.iter().filter(is_new).map(|path| format!("`{path}`")).collect();
    if gone.is_empty() {
        return None;
    }
    let (gone, new) = (gone.join(", "), new.join(", "));
    let (message, help) = if new.is_empty() {
        (
            format!("no longer made: {gone}"),
            "tell the people who imported it to delete it from their calendars; nothing else will take its entries away".to_owned(),
        )
    } else {
        (
            format!("no longer made: {gone}; new: {new}"),
            "if this is the same schedule under another name, list the old name under its `formerly` and build again with `--previous` and a \
             folder that has the earlier file, so that its readers get nothing twice; if not, tell them to delete the earlier entries"
                .to_owned(),
        )
    };
    Some(Diagnostic::warning("no-longer-made", message).help(help))
}

/// For those who have handouts in which these doses lack what the exercise's defaults say.
fn doses_inherited(doses: &[Place]) -> Option<Diagnostic> {
    let first = doses.first()?;
    let (count, print) =
        if doses.len() == 1 { ("1 dose".into(), "prints") } else { (format!("{} doses", doses.len()), "print") };
    let message = format!(
        "{count} in sessions {print} more than in the build before: side, rest, tempo and band of the exercise's `defaults`"
    );
    let finding = Diagnostic::warning("doses-inherited", message).at(first.clone(), "such as here");
    Some(finding.help(
        "read them in the new handouts; where a session means none, write `rest: none`, `tempo: none`, `load: none` or \
         `per_side: false` in its dose",
    ))
}

fn left_behind(disk: &Disk, path: &ArtifactPath) -> Diagnostic {
    let path = disk.at(path.as_str());
    let message =
        format!("`{}` is no longer part of the output, but was changed by hand and is left alone", path.display());
    Diagnostic::warning("left-behind", message).help("delete it if you do not need it; from now on it counts as yours")
}

/// What to do with a wanted file.
enum Verdict {
    /// It is there already.
    Right,
    Write,
    InTheWay(PathBuf, Reason),
}

/// The files that go, by what is asked of them.
struct Removed<'a> {
    paths: &'a BTreeSet<ArtifactPath>,
    /// By what is the same for paths that some systems cannot keep apart.
    folded: BTreeMap<String, Vec<&'a ArtifactPath>>,
}

impl<'a> Removed<'a> {
    fn new(paths: &'a BTreeSet<ArtifactPath>) -> Self {
        let mut folded: BTreeMap<String, Vec<&ArtifactPath>> = BTreeMap::new();
        paths.iter().for_each(|path| folded.entry(path.folded()).or_default().push(path));
        Self { paths, folded }
    }

    /// Whether one of them is the file at `path`, under another name.
    fn is_at(&self, disk: &Disk, path: &ArtifactPath) -> bool {
        let alike = if self.folded.is_empty() { None } else { self.folded.get(&path.folded()) };
        alike.is_some_and(|alike| alike.iter().any(|removed| disk.same(removed, path)))
    }
}

struct Judge<'a> {
    disk: &'a Disk,
    goal: &'a Goal<'a>,
    present: &'a Records,
    removed: &'a Removed<'a>,
    dropped: &'a [ArtifactPath],
}

impl Judge<'_> {
    /// The verdict on every file. Files that are there are read again, so this runs on all cores.
    fn all(&self) -> Result<Vec<Verdict>, Error> {
        let files: Vec<&File> = self.goal.built.files().map(|(_, file)| file).collect();
        files.into_par_iter().map(|file| self.judge(file)).collect()
    }

    fn judge(&self, file: &File) -> Result<Verdict, Error> {
        let path = file.path.as_str();
        let in_the_way = |path, reason| Ok(Verdict::InTheWay(path, reason));
        match (self.disk.look(path)?, file.staged.0) {
            (Found::File(stamp), StagedAs::Published(seen)) if stamp == seen && !self.is_removed(&file.path) => {
                Ok(Verdict::Right)
            }
            (Found::File(_), _) => self.judge_file(file),
            // It was there when the build looked.
            (_, StagedAs::Published(_)) => in_the_way(self.disk.at(path), Reason::ChangedMeanwhile),
            (Found::Nothing, _) if matches!(self.seen(file), Some(Some(_))) => {
                in_the_way(self.disk.at(path), Reason::ChangedMeanwhile)
            }
            (Found::Nothing, _) => Ok(Verdict::Write),
            (Found::Folder, _) if self.vanishes(path)? => Ok(Verdict::Write),
            (Found::Folder, _) => in_the_way(self.disk.at(path), Reason::FolderInsteadOfFile),
            (Found::FileAbove(above), _) if self.will_be_removed(&above) => Ok(Verdict::Write),
            (Found::FileAbove(above), _) => in_the_way(above, Reason::FileInsteadOfFolder),
            (Found::Link(link), _) => in_the_way(link, Reason::Link),
            (Found::Other, _) => in_the_way(self.disk.at(path), Reason::NotAFile),
        }
    }

    fn judge_file(&self, file: &File) -> Result<Verdict, Error> {
        if self.is_removed(&file.path) {
            return Ok(Verdict::Write);
        }
        let path = file.path.as_str();
        let found = Digest::of(&self.disk.read(path)?);
        if found == file.sha256 {
            return Ok(Verdict::Right);
        }
        let record = self.present.get(&file.path);
        let may_go = self.goal.adopt || record.is_some_and(|record| record.sha256 == found);
        let is_as_seen = self.seen(file).is_none_or(|seen| seen == Some(found));
        let reason = match record {
            _ if matches!(file.staged.0, StagedAs::Published(_)) => Reason::ChangedMeanwhile,
            _ if may_go && is_as_seen => return Ok(Verdict::Write),
            _ if may_go => Reason::ChangedMeanwhile,
            Some(_) => Reason::EditedFile,
            None => Reason::NotOurFile,
        };
        Ok(Verdict::InTheWay(self.disk.at(path), reason))
    }

    /// What the build saw of the earlier file at this path, if it went on from it.
    fn seen(&self, file: &File) -> Option<Option<Digest>> {
        self.goal.built.seen.get(&file.path)
    }

    fn is_removed(&self, path: &ArtifactPath) -> bool {
        self.removed.is_at(self.disk, path)
    }

    /// Whether a folder will be gone: it holds nothing but what will be removed, and once held files of
    /// ours, so that it is removed with them.
    fn vanishes(&self, folder: &str) -> Result<bool, Error> {
        let is_below =
            |path: &ArtifactPath| path.as_str().strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
        let Some(paths) = self.disk.list(folder)? else {
            return Ok(false);
        };
        if !self.dropped.iter().any(is_below) {
            return Ok(false);
        }
        for path in paths {
            let vanishes = match self.disk.look(&path)? {
                Found::File(_) => path.parse().is_ok_and(|path| self.removed.paths.contains(&path)),
                Found::Folder => self.vanishes(&path)?,
                Found::Nothing => true,
                Found::FileAbove(_) | Found::Link(_) | Found::Other => false,
            };
            if !vanishes {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn will_be_removed(&self, full: &Path) -> bool {
        self.removed.paths.iter().any(|path| self.disk.at(path.as_str()) == full)
    }
}

/// The tallies in order: exporters of the build, then others as they turn up.
struct Tallies(Vec<Tally>);

impl Tallies {
    fn new(built: &Built) -> Self {
        let empty = |id: &str| Tally { exporter: id.to_owned(), ..Tally::default() };
        Self(built.exporters.iter().map(|one| empty(&one.id)).collect())
    }

    fn of(&mut self, exporter: &str) -> &mut Tally {
        let known = self.0.iter().position(|tally| tally.exporter == exporter);
        let index = known.unwrap_or_else(|| {
            self.0.push(Tally { exporter: exporter.to_owned(), ..Tally::default() });
            self.0.len() - 1
        });
        &mut self.0[index]
    }
}
