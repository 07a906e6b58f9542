//! The parts of the catalogue that people need, each cut out once for all who have the same exercises.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regimen_catalog::lint::PersonalRules;
use regimen_catalog::model::{Exercise, Person, Program};
use regimen_catalog::{Catalog, Id, Reference};

use super::unchanged::Unchanged;
use crate::Request;
use crate::digest::Digest;
use crate::keys::CacheKeys;

/// Parts are kept for so many choices of exercises; others are cut out each time.
const MOST_SLICES: usize = 500;

/// What does not depend on the exporters.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) request: &'a Request<'a>,
    /// The catalogue as units may see it.
    pub(super) catalog: &'a Catalog,
    pub(super) keys: &'a CacheKeys,
    pub(super) rules: &'a PersonalRules<'a>,
    /// Whether to say why files are made.
    pub(super) explains: bool,
}

/// A programme, and the exercises that somebody has in place of others.
type SliceOf = (Id<Program>, BTreeSet<Id<Exercise>>);

/// The part of the catalogue that a person needs, and the digest of its files.
pub(super) struct Slice {
    pub(super) catalog: Catalog,
    pub(super) digest: Option<Digest>,
    /// Whether its pictures are known as those of somebody.
    is_seen: AtomicBool,
}

/// All parts so far.
pub(super) struct Slices<'a> {
    shared: Shared<'a>,
    unchanged: Option<&'a Unchanged<'a>>,
    known: Mutex<BTreeMap<SliceOf, Arc<Slice>>>,
    /// The pictures that people may have, by their paths in the catalogue.
    pictures: Mutex<BTreeSet<String>>,
}

impl<'a> Slices<'a> {
    pub(super) fn new(shared: Shared<'a>, unchanged: Option<&'a Unchanged<'a>>) -> Self {
        Self { shared, unchanged, known: Mutex::default(), pictures: Mutex::default() }
    }

    /// All of the catalogue that a person's plan may have: the programme, and what may take the place of its exercises.
    pub(super) fn possible(&self, program: &Id<Program>, person: &Person) -> Arc<Slice> {
        let own = &person.own;
        let mut exercises: BTreeSet<Id<Exercise>> = own.instead.values().cloned().collect();
        if own.equipment.is_some() {
            let of_program = self.get(program, BTreeSet::new());
            exercises.extend(of_program.catalog.exercises.values().flat_map(|exercise| exercise.substitutes.clone()));
        }
        let slice = self.get(program, exercises);
        if !slice.is_seen.swap(true, Ordering::Relaxed) {
            self.pictures().extend(slice.catalog.media.keys().cloned());
        }
        slice
    }

    /// The part of a programme with these exercises besides its own.
    pub(super) fn get(&self, program: &Id<Program>, exercises: BTreeSet<Id<Exercise>>) -> Arc<Slice> {
        let lock = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of = (program.clone(), exercises);
        if let Some(known) = lock().get(&of) {
            return known.clone();
        }
        let (program, exercises) = &of;
        let roots: Vec<Reference> =
            std::iter::once(program.into()).chain(exercises.iter().map(Reference::from)).collect();
        let keys = self.shared.keys;
        let catalog = self.shared.catalog.slice(&roots);
        let slice = Arc::new(Slice { digest: keys.slice(&catalog), catalog, is_seen: AtomicBool::new(false) });
        if let (Some(unchanged), Some(digest)) = (self.unchanged, slice.digest) {
            unchanged.keep_slice(digest, &|| keys.files(&slice.catalog).unwrap_or_default());
        }
        let mut known = lock();
        if known.len() < MOST_SLICES {
            known.insert(of, slice.clone());
        }
        slice
    }

    /// Whether a file that people share, by its path in the output folder, is no picture of anybody. What is no picture is never one.
    pub(super) fn is_idle_picture(&self, path: &str) -> bool {
        let Some((_, picture)) = path.split_once("/people/media/") else { return false };
        let pictures = self.pictures();
        !pictures.contains(picture) && !pictures.contains(&format!("media/{picture}"))
    }

    fn pictures(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.pictures.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
