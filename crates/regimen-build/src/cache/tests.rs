//! Entries and notes: what comes back, and what does not because somebody else wrote it.
#![expect(clippy::disallowed_methods, reason = "tests damage what was written")]

use std::fs;

use regimen_catalog::Severity;

use super::*;
use crate::testing;

fn cache(folder: &Path) -> Cache {
    Cache::new(Store::new(folder, SystemTime::now()), Secret::from([1; 32]))
}

fn keys() -> [Digest; 2] {
    [Digest::of(b"one"), Digest::of(b"two")]
}

#[test]
fn a_damaged_entry_is_none_and_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, [key, _]) = (cache(folder.path()), keys());
    assert_eq!(cache.get(&key), None);
    assert!(!cache.has(&key) && cache.misfits().is_none());
    cache.put(&key, b"content");
    assert_eq!(cache.get(&key).as_deref(), Some(&b"content"[..]));
    assert!(cache.has(&key));
    let entry = cache.path(&key);
    let whole = fs::read(&entry).unwrap();
    let damages = [0, 1, DIGITS, whole.len() - 1].map(|end| whole[..end].to_vec());
    let changed = [0, DIGITS, whole.len() - 1].map(|at| {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        damaged
    });
    for damaged in damages.into_iter().chain(changed).chain([[&whole[..], b"!"].concat()]) {
        fs::write(&entry, damaged).unwrap();
        assert_eq!(cache.get(&key), None);
        assert!(!entry.exists());
        let finding = cache.misfits().unwrap();
        assert_eq!((finding.code.as_ref(), finding.severity), ("cache-entry", Severity::Warning));
        assert!(finding.message.contains(entry.file_name().unwrap().to_str().unwrap()), "{}", finding.message);
        assert_eq!(cache.misfits(), None, "told once");
        cache.put(&key, b"content");
        assert!(cache.get(&key).is_some());
    }
}

#[test]
fn nobody_without_the_key_of_the_user_makes_an_entry() {
    let folder = tempfile::tempdir().unwrap();
    let (mine, [one, two]) = (cache(folder.path()), keys());
    let theirs = Cache::new(Store::new(folder.path(), SystemTime::now()), Secret::from([2; 32]));
    theirs.put(&one, b"theirs");
    assert_eq!((mine.get(&one), mine.misfits()), (None, None), "users of one folder do not meet");
    mine.put(&one, b"mine");
    mine.put(&two, b"other");
    assert_eq!(theirs.get(&one).as_deref(), Some(&b"theirs"[..]));
    fs::copy(theirs.path(&one), mine.path(&one)).unwrap();
    assert_eq!(mine.get(&one), None, "an entry of another user");
    fs::copy(mine.path(&two), mine.path(&one)).unwrap();
    assert_eq!(mine.get(&one), None, "an entry of another key");
    let output = UnitOutput::from((vec![testing::text_file("a", "content")], Vec::new()));
    mine.put_output(&two, &output);
    assert_eq!(mine.get(&two), None, "an entry of another kind");
    mine.put_output(&two, &output);
    fs::copy(mine.path(&two), mine.path(&one)).unwrap();
    for with_bytes in [false, true] {
        fs::copy(mine.path(&two), mine.path(&one)).unwrap();
        assert_eq!(mine.output(&one, with_bytes), None, "the output of another unit");
    }
    assert_eq!(mine.output(&two, true), Some(output));
}

#[test]
fn a_note_of_somebody_else_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, [one, two]) = (cache(folder.path()), keys());
    cache.put_note(&one, folder.path(), "text\nof two lines");
    cache.put_note(&two, folder.path(), "other");
    assert_eq!(cache.note(&one).as_deref(), Some("text\nof two lines"));
    let [first, second] = [one, two].map(|key| {
        let Location { folder, name } = cache.place_of_note(&key);
        cache.folder().join(FORM).join(folder).join(name)
    });
    fs::copy(&second, &first).unwrap();
    assert_eq!(cache.note(&one), None);
    assert!(cache.misfits().unwrap().message.starts_with("an entry"));
    let text = fs::read_to_string(&second).unwrap();
    for other in [text.replace("other", "else"), text.replacen('/', "/x", 1), String::new()] {
        fs::write(&second, other).unwrap();
        assert_eq!(cache.note(&two), None);
        cache.put_note(&two, folder.path(), "other");
        assert_eq!(cache.note(&two).as_deref(), Some("other"));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_no_entry() {
    use std::os::unix::fs::symlink;
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (cache, [key, other]) = (cache(folder.path()), keys());
    cache.put(&key, b"content");
    cache.put(&other, b"content");
    let (entry, target) = (cache.path(&key), elsewhere.path().join("entry"));
    fs::rename(&entry, &target).unwrap();
    symlink(&target, &entry).unwrap();
    assert_eq!(cache.get(&key), None, "a link, whatever it leads to");
    assert!(cache.misfits().is_some() && target.exists() && entry.symlink_metadata().is_err());
    fs::create_dir(&entry).unwrap();
    assert_eq!(cache.get(&key), None, "a folder");
    fs::remove_dir(&entry).unwrap();
    let shard = entry.parent().unwrap();
    fs::remove_dir_all(shard).unwrap();
    symlink(elsewhere.path(), shard).unwrap();
    cache.put(&key, b"content");
    assert_eq!(cache.get(&key), None);
    assert!(cache.misfits().unwrap().message.contains(shard.file_name().unwrap().to_str().unwrap()));
    assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 1, "nothing is written through a link");
}

#[cfg(unix)]
#[test]
fn a_new_folder_is_its_users_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (cache, [key, _]) = (cache(&folder.path().join("a/cache")), keys());
    cache.put(&key, b"content");
    let entry = cache.path(&key);
    for folder in entry.ancestors().skip(1).take(4) {
        assert_eq!(fs::metadata(folder).unwrap().permissions().mode() & 0o777, 0o700, "{}", folder.display());
    }
    assert_eq!(fs::metadata(&entry).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_folder_that_cannot_be_is_no_cache() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let (cache, [key, _]) = (cache(&file), keys());
    cache.put(&key, b"content");
    assert_eq!((cache.get(&key), cache.misfits(), cache.has(&key)), (None, None, false));
    cache.tidy();
}

#[test]
fn many_misfits_are_one_finding() {
    let folder = tempfile::tempdir().unwrap();
    let cache = cache(folder.path());
    for many in [3, 5] {
        for number in 0..many {
            let key = Digest::of(&[number]);
            cache.put(&key, b"content");
            fs::write(cache.path(&key), "").unwrap();
            assert_eq!(cache.get(&key), None);
        }
        let message = cache.misfits().unwrap().message;
        assert!(message.starts_with(&format!("{many} entries")), "{message}");
        assert_eq!(message.ends_with(", ..."), many > 3, "{message}");
        assert_eq!(message.matches(&format!("`{FORM}/")).count(), 3, "{message}");
    }
}

#[test]
fn no_more_is_read_than_an_entry_may_have() {
    let folder = tempfile::tempdir().unwrap();
    let (cache, [key, _]) = (cache(folder.path()), keys());
    let place = cache.place(&key);
    for (size, is_read) in [(9_usize, true), (10, true), (11, false), (12, false)] {
        cache.put(&key, b"");
        fs::write(cache.path(&key), vec![0; size]).unwrap();
        assert_eq!(cache.read(&place, 10, |bytes| Some(bytes.len())), is_read.then_some(size));
        assert_eq!(cache.misfits().is_none(), is_read);
    }
}

#[test]
fn an_entry_is_renewed_once_a_day() {
    let folder = tempfile::tempdir().unwrap();
    // Whole seconds, which every file system keeps.
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(2_000_000_000);
    let cache = Cache::new(Store::new(folder.path(), now), Secret::from([1; 32]));
    let [key, _] = keys();
    cache.put(&key, b"content");
    let second = Duration::from_secs(1);
    for (age, is_renewed) in [(second, false), (USED, false), (USED + second, true)] {
        let entry = fs::File::options().append(true).open(cache.path(&key)).unwrap();
        entry.set_modified(now - age).unwrap();
        assert!(cache.get(&key).is_some());
        let modified = entry.metadata().unwrap().modified().unwrap();
        assert_eq!(modified, if is_renewed { now } else { now - age }, "{age:?}");
    }
}
