//! What to do with every file, decided before anything is done.

use std::collections::BTreeSet;
use std::path::PathBuf;

use regimen_catalog::{Diagnostic, Place};
use regimen_export::ArtifactPath;

use super::disk::{Disk, Found};
use super::{Published, Tally};
use crate::error::{Error, Reason, Refusal};
use crate::manifest::{CHANGES, MANIFEST, Manifest, Record, Records};
use crate::{Built, File};

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
    pub(super) published: Published,
}

/// The manifest on the disk, with its bytes if they can be kept. A folder without one has an empty one.
pub(super) fn read_manifest(disk: &Disk<'_>, adopt: bool) -> Result<(Manifest, Option<Vec<u8>>), Error> {
    let refused = |reason| Err(Error::refused(disk.at(MANIFEST), reason));
    match disk.look(MANIFEST)? {
        Found::Nothing => Ok((Manifest::default(), None)),
        Found::File => {
            let bytes = disk.read(MANIFEST)?;
            match Manifest::parse(&bytes) {
                Ok(manifest) => Ok((manifest, Some(bytes))),
                Err(Reason::DamagedManifest(_)) if adopt => Ok((Manifest::default(), None)),
                Err(reason) => refused(reason),
            }
        }
        Found::Link(_) => refused(Reason::Link),
        Found::Folder | Found::FileAbove(_) | Found::Other => refused(Reason::FolderInsteadOfFile),
    }
}

/// Decides about every file, wanted or known. Nothing is removed for a build that is not whole.
pub(super) fn decide<'a>(
    disk: &Disk<'_>,
    (built, is_whole): (&'a Built, bool),
    manifest: Manifest,
    adopt: bool,
) -> Result<Decision<'a>, Error> {
    let mut known: BTreeSet<ArtifactPath> = manifest.files.keys().cloned().collect();
    known.extend(manifest.pending.keys().cloned());
    let untold = (!known.is_empty() && manifest.told < CHANGES).then(|| doses_inherited(&built.inherited)).flatten();
    let (present, unfinished) = settle(disk, manifest)?;
    let wanted = built.files().map(|(_, file)| &file.path).collect();
    let leftovers = leftovers(disk, (built, is_whole), &present, &wanted)?;
    let ended = no_longer_made(built, (&present, &leftovers.remove), &wanted);
    let is_dropped = |path: &ArtifactPath| !wanted.contains(path) && !leftovers.others.contains_key(path);
    let dropped: Vec<ArtifactPath> = known.into_iter().filter(is_dropped).collect();
    let judge = Judge { disk, present: &present, removed: &leftovers.remove, dropped: &dropped, adopt };
    let mut tallies = Tallies::new(built);
    let mut future = leftovers.others;
    let mut write = Vec::new();
    let mut refusals = Vec::new();
    for (exporter, file) in built.files() {
        let tally = tallies.of(exporter);
        tally.bytes += file.bytes.len() as u64;
        match judge.judge(file)? {
            Verdict::Right => tally.unchanged += 1,
            Verdict::Write => {
                tally.written += 1;
                write.push(file);
            }
            Verdict::InTheWay(path, reason) => refusals.push(Refusal { path, reason }),
        }
        future.insert(file.path.clone(), file.record(exporter));
    }
    if !refusals.is_empty() {
        refusals.dedup();
        return Err(Error::Refused(refusals));
    }
    for record in leftovers.remove.iter().filter_map(|path| present.get(path)) {
        tallies.of(&record.exporter).removed += 1;
    }
    Ok(Decision {
        present,
        unfinished,
        future,
        remove: leftovers.remove.into_iter().collect(),
        write,
        dropped,
        published: Published {
            exporters: tallies.0,
            warnings: leftovers.warnings.into_iter().chain(untold).chain(ended).collect(),
        },
    })
}

impl File {
    fn record(&self, exporter: &str) -> Record {
        Record { size: self.bytes.len() as u64, sha256: self.sha256, exporter: exporter.to_owned() }
    }
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
fn settle(disk: &Disk<'_>, manifest: Manifest) -> Result<(Records, Records), Error> {
    let mut present = manifest.files;
    let mut unfinished = Records::new();
    for (path, record) in manifest.pending {
        if disk.digest(path.as_str(), record.size)? == Some(record.sha256) {
            present.insert(path, record);
        } else {
            unfinished.insert(path, record);
        }
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
    disk: &Disk<'_>,
    (built, is_whole): (&Built, bool),
    present: &Records,
    wanted: &BTreeSet<&ArtifactPath>,
) -> Result<Leftovers, Error> {
    let ran = |exporter: &str| is_whole && (built.everything || built.exporters.iter().any(|one| one.id == exporter));
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
    let goes_on =
        |exporter: &str| built.files().any(|(other, file)| other == exporter && built.seen.contains_key(&file.path));
    let ending = |path: &ArtifactPath| path.as_str().rsplit_once('.').map(|(_, ending)| ending.to_owned());
    let endings: BTreeSet<_> = built.seen.keys().map(ending).collect();
    let is_gone = |path: &&ArtifactPath| {
        endings.contains(&ending(path))
            && !built.seen.contains_key(*path)
            && present.get(*path).is_some_and(|record| goes_on(&record.exporter))
    };
    let gone: Vec<String> = removed.iter().filter(is_gone).map(|path| format!("`{path}`")).collect();
    let is_new = |path: &&&ArtifactPath| built.seen.contains_key(**path) && !present.contains_key(**path);
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

fn left_behind(disk: &Disk<'_>, path: &ArtifactPath) -> Diagnostic {
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

struct Judge<'a> {
    disk: &'a Disk<'a>,
    present: &'a Records,
    removed: &'a BTreeSet<ArtifactPath>,
    dropped: &'a [ArtifactPath],
    adopt: bool,
}

impl Judge<'_> {
    fn judge(&self, file: &File) -> Result<Verdict, Error> {
        let path = file.path.as_str();
        let in_the_way = |path, reason| Ok(Verdict::InTheWay(path, reason));
        match self.disk.look(path)? {
            Found::Nothing => Ok(Verdict::Write),
            Found::File => self.judge_file(file),
            Found::Folder if self.vanishes(path)? => Ok(Verdict::Write),
            Found::Folder => in_the_way(self.disk.at(path), Reason::FolderInsteadOfFile),
            Found::FileAbove(above) if self.is_removed(&above) => Ok(Verdict::Write),
            Found::FileAbove(above) => in_the_way(above, Reason::FileInsteadOfFolder),
            Found::Link(link) => in_the_way(link, Reason::Link),
            Found::Other => in_the_way(self.disk.at(path), Reason::NotAFile),
        }
    }

    fn judge_file(&self, file: &File) -> Result<Verdict, Error> {
        if self.removed.iter().any(|removed| self.disk.same(removed, &file.path)) {
            return Ok(Verdict::Write);
        }
        let path = file.path.as_str();
        let bytes = self.disk.read(path)?;
        if bytes == file.bytes {
            return Ok(Verdict::Right);
        }
        if self.adopt {
            return Ok(Verdict::Write);
        }
        let reason = match self.present.get(&file.path) {
            Some(record) if record.sha256 == crate::Digest::of(&bytes) => {
                return Ok(Verdict::Write);
            }
            Some(_) => Reason::EditedFile,
            None => Reason::NotOurFile,
        };
        Ok(Verdict::InTheWay(self.disk.at(path), reason))
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
                Found::File => path.parse().is_ok_and(|path| self.removed.contains(&path)),
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

    fn is_removed(&self, full: &std::path::Path) -> bool {
        self.removed.iter().any(|path| self.disk.at(path.as_str()) == full)
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
