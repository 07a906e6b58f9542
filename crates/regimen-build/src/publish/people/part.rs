//! What an output folder has of a roster: which share, made from what, and whether its build came to its end. `regimen merge` refuses
//! folders that do not belong together.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regimen_catalog::join;
use serde::{Deserialize, Serialize};

use super::{PEOPLE, PeopleFolder};
use crate::digest::Digest;
use crate::error::Error;
use crate::publish::disk::{Disk, Found};
use crate::share::Shard;

/// The part of a roster that is in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    /// Such as `2/4`, or `1/1` for all of it.
    pub(crate) share: String,
    /// What it was made from: the catalogue, the facts of the build and the exporters.
    pub(crate) inputs: Digest,
    /// The ids of the whole roster, once all of them are known. Of the rest of the rows there is no digest, for it could be guessed from.
    pub(crate) roster: Option<Digest>,
    /// Whether everybody was reached.
    pub(crate) complete: bool,
}

impl Part {
    fn shard(&self) -> Option<Shard> {
        self.share.parse().ok()
    }
}

/// Its file.
fn path() -> String {
    format!("{PEOPLE}/build.json")
}

/// The part that is in a folder; `None` if that is not known.
pub(super) fn part_of(disk: &Disk) -> Result<Option<Part>, Error> {
    let Found::File(_) = disk.look(&path())? else { return Ok(None) };
    Ok(serde_json::from_slice(&disk.read(&path())?).ok())
}

impl PeopleFolder {
    /// The part of a roster that the folder has.
    pub(crate) fn part(&self) -> Result<Option<Part>, Error> {
        part_of(&self.disk)
    }

    /// Writes down which part of a roster the folder has.
    pub(crate) fn mark(&self, part: &Part) -> Result<(), Error> {
        if self.part()?.as_ref() == Some(part) {
            return Ok(());
        }
        let mut bytes = serde_json::to_vec(part).unwrap_or_default();
        bytes.push(b'\n');
        self.disk.write_in(PEOPLE, &path(), &bytes)
    }
}

/// What folders have together: the whole of a roster.
///
/// # Errors
/// [`Error::Usage`] if a build did not come to its end, if two were made from something else, or if a share is missing.
pub(super) fn together(parts: &[(&Path, Option<Part>)]) -> Result<Part, Error> {
    let mut first: Option<(&Path, &Part)> = None;
    let mut shares: BTreeMap<u64, (Shard, BTreeSet<Shard>)> = BTreeMap::new();
    for (folder, part) in parts {
        let known = part.as_ref().and_then(|part| Some((part, part.shard()?)));
        let Some((part, shard)) = known.filter(|(part, _)| part.complete) else {
            return Err(unfinished(folder, known.map(|(_, shard)| shard)));
        };
        let (one, expected) = *first.get_or_insert((folder, part));
        if part.inputs != expected.inputs {
            return Err(Error::Usage {
                message: format!(
                    "`{}` was made from another catalogue than `{}`, by another version of Regimen or with other exporters",
                    folder.display(),
                    one.display()
                ),
                help: "build all shares again from the same catalogue, with the same program and the same `--only`"
                    .into(),
            });
        }
        if part.roster != expected.roster {
            return Err(Error::Usage {
                message: format!("`{}` is of a roster with other ids than `{}`", folder.display(), one.display()),
                help: "build all shares again from the same roster".into(),
            });
        }
        shares.entry(shard.all().count() as u64).or_insert((shard, BTreeSet::new())).1.insert(shard);
    }
    let missing = shares.values().map(|(shard, has)| shard.all().filter(|one| !has.contains(one)).collect::<Vec<_>>());
    match (missing.min_by_key(Vec::len), first) {
        (Some(missing), Some((_, part))) if missing.is_empty() => {
            Ok(Part { share: Shard::WHOLE.to_string(), ..part.clone() })
        }
        (missing, _) => Err(lacking(&missing.unwrap_or_default())),
    }
}

fn unfinished(folder: &Path, shard: Option<Shard>) -> Error {
    let again = match shard {
        Some(shard) if shard != Shard::WHOLE => format!("build share {shard} there again"),
        Some(_) | None => "build its share there again".to_owned(),
    };
    Error::Usage {
        message: format!("the build into `{}` was stopped, goes on, or was for one person", folder.display()),
        help: format!("{again}: it goes on from what is there"),
    }
}

/// How many missing shares are named.
const NAMED: usize = 5;

fn lacking(missing: &[Shard]) -> Error {
    let named: Vec<String> = missing.iter().map(ToString::to_string).collect();
    let (shares, are) = if missing.len() == 1 { ("share", "is") } else { ("shares", "are") };
    Error::Usage {
        message: format!("the {shares} {} {are} missing", join::first(&named, NAMED)),
        help: "name the folders of all shares, which `regimen build --people ROSTER --shard I/N --out DIR` makes"
            .into(),
    }
}
