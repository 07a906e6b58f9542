//! What goes from a cache, and when.
#![expect(clippy::disallowed_methods, reason = "tests make what other versions and killed builds left")]

use std::fs::{self, File};

use super::*;
use crate::cache::{Cache, Secret};
use crate::digest::Digest;

fn cache(folder: &Path, days: u32) -> Cache {
    Cache::new(Store::new(folder, SystemTime::now() + DAY * days), Secret::from([1; 32]))
}

fn limits(unused: Duration) -> Limits {
    Limits { unused, bytes: u64::MAX }
}

fn count(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| if entry.path().is_dir() { count(&entry.path()) } else { 1 }).sum()
}

#[test]
fn what_is_not_used_is_pruned() {
    let folder = tempfile::tempdir().unwrap();
    let [today, later] = [0, 20].map(|days| cache(folder.path(), days));
    let [one, two] = ["one", "two"].map(|key| Digest::of(key.as_bytes()));
    today.put(&one, b"1");
    today.put(&two, b"2");
    fs::write(folder.path().join(FORM).join("readme"), "mine").unwrap();
    fs::write(folder.path().join("readme"), "mine").unwrap();
    assert_eq!(today.store.contents().unwrap().entries, Usage { entries: 2, bytes: 2 * 66 });
    assert_eq!(today.store.prune(limits(DAY)).unwrap(), Usage::default());
    assert!(later.get(&one).is_some(), "which renews it");
    assert_eq!(later.store.prune(limits(10 * DAY)).unwrap(), Usage { entries: 1, bytes: 66 });
    assert!(later.get(&one).is_some() && later.get(&two).is_none());
    assert_eq!(later.store.prune(limits(Duration::ZERO)).unwrap().entries, 1);
    assert_eq!(count(folder.path()), 2, "what is not ours stays");
}

#[test]
fn what_was_unused_the_longest_gives_way_to_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let caches = [3, 1, 2].map(|days| cache(folder.path(), days));
    for (cache, day) in caches.iter().zip(0_u8..) {
        let key = Digest::of(&[day]);
        cache.put(&key, &[0; 934]);
        // As if it had been written on that day.
        let place = cache.place(&key);
        let shard = Folder::open(&folder.path().join(FORM).join(place.folder)).unwrap();
        shard.renew(&place.name, cache.now()).unwrap();
    }
    let store = &cache(folder.path(), 4).store;
    let most = |bytes| Limits { unused: 90 * DAY, bytes };
    assert_eq!(store.prune(most(3 * 999)).unwrap(), Usage::default());
    assert_eq!(store.prune(most(3 * 999 - 1)).unwrap(), Usage { entries: 1, bytes: 999 });
    assert!(caches[1].get(&Digest::of(&[1])).is_none() && caches[2].get(&Digest::of(&[2])).is_some());
    assert_eq!(store.prune(most(1_000)).unwrap().entries, 1);
    assert!(caches[0].get(&Digest::of(&[0])).is_some());
}

#[test]
fn what_earlier_versions_left_goes_with_age() {
    let folder = tempfile::tempdir().unwrap();
    let key = Digest::of(b"key").to_string();
    let files = [
        format!("v1/ab/{key}"),
        format!("v2/ab/{key}"),
        "v2/ab/.tmpA1b2C3".into(),
        format!("notes/{key}"),
        "notes/.tmpA1b2C3".into(),
        "people-secret".into(),
    ];
    for file in &files {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "left").unwrap();
    }
    let others = folder.path().join(".tmpA1b2C3");
    fs::write(&others, "of another program").unwrap();
    let [today, tomorrow, later] = [0, 1, 31].map(|days| cache(folder.path(), days).store);
    assert_eq!(today.contents().unwrap().leftovers, Usage { entries: 6, bytes: 24 });
    assert_eq!(today.prune(limits(30 * DAY)).unwrap().entries, 0);
    assert_eq!(tomorrow.prune(limits(30 * DAY)).unwrap().entries, 2, "nobody writes for a day");
    assert_eq!(later.prune(limits(30 * DAY)).unwrap().entries, 4);
    fs::remove_file(others).unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "the folders are gone, too");
}

#[test]
fn what_killed_builds_were_writing_goes_and_what_is_being_written_stays() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path(), 0);
    let unfinished = folder.path().join(FORM).join(UNFINISHED);
    fs::create_dir_all(&unfinished).unwrap();
    let [dead, alive] = ["dead", "alive"].map(|name| unfinished.join(Digest::of(name.as_bytes()).to_string()));
    fs::write(&dead, "half").unwrap();
    let living = File::create(&alive).unwrap();
    living.try_lock().unwrap();
    cache.put(&Digest::of(b"key"), b"content");
    assert!(!dead.exists() && alive.exists(), "the next build removes it");
    fs::write(&dead, "half").unwrap();
    assert_eq!(cache.store.contents().unwrap().leftovers.entries, 2);
    assert_eq!(cache.store.prune(limits(30 * DAY)).unwrap(), Usage { entries: 1, bytes: 4 });
    assert!(!dead.exists() && alive.exists());
    drop(living);
    assert_eq!(cache.store.prune(limits(30 * DAY)).unwrap().entries, 1);
    assert_eq!(fs::read_dir(&unfinished).unwrap().count(), 0);
}

#[test]
fn notes_on_folders_that_are_gone_go() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, catalog) = (cache(&folder.path().join("cache"), 400), folder.path().join("catalog"));
    let [here, gone] = ["here", "gone"].map(|key| Digest::of(key.as_bytes()));
    fs::create_dir(&catalog).unwrap();
    cache.put_note(&here, folder.path(), "text");
    cache.put_note(&gone, &catalog, "text");
    assert_eq!(cache.store.contents().unwrap().notes.entries, 2);
    assert_eq!(cache.store.prune(limits(DAY)).unwrap().entries, 0, "however old they are");
    fs::remove_dir(&catalog).unwrap();
    assert_eq!(cache.store.prune(limits(DAY)).unwrap().entries, 1);
    assert!(cache.note(&here).is_some() && cache.note(&gone).is_none());
    assert_eq!(cache.store.prune(limits(Duration::ZERO)).unwrap().entries, 1, "everything");
}

#[test]
fn a_cache_tidies_up_once_a_day() {
    let folder = tempfile::tempdir().unwrap();
    let [first, same_day, next_day] = [100, 100, 101].map(|days| cache(folder.path(), days));
    let old = cache(folder.path(), 0);
    let keys = [1_u8, 2, 3].map(|key| Digest::of(&[key]));
    old.put(&keys[0], b"content");
    assert!(first.store.contents().unwrap().tidied.is_none());
    first.tidy();
    assert!(old.has(&keys[0]), "a build that kept nothing leaves it to others");
    first.put(&keys[1], b"content");
    first.tidy();
    assert!(!old.has(&keys[0]));
    assert_eq!(first.store.contents().unwrap().tidied.map(|at| at > SystemTime::now()), Some(true));
    old.put(&keys[2], b"content");
    same_day.put(&keys[0], b"content");
    same_day.tidy();
    assert!(old.has(&keys[2]), "not twice a day");
    next_day.put(&keys[0], b"content");
    next_day.tidy();
    assert!(!old.has(&keys[2]));
}

#[test]
fn a_build_that_keeps_much_tidies_up_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut cache = cache(folder.path(), 0);
    cache.put(&Digest::of(b"first"), b"content");
    cache.tidy();
    cache.limits.bytes = 4_000;
    for key in 0..5_u8 {
        cache.put(&Digest::of(&[key]), &[0; 1_000]);
        cache.tidy();
        let Contents { entries, notes, .. } = cache.store.contents().unwrap();
        assert!(entries.bytes + notes.bytes <= 4_000, "{entries:?}");
    }
}
