//! What is written reads back as the same, and an edit changes nothing but what it is about.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use regimen_catalog::write::{Content, Data, Editor, rename};
use regimen_catalog::{FieldPath, FilePath, Files, Kind, Loaded, load_files};

/// The folders that catalogues lie in.
const CATALOGUES: [&str; 6] = [
    "catalog",
    "tests/fixtures/small",
    "tests/fixtures/clinic",
    "tests/fixtures/racer",
    "tests/fixtures/branded",
    "crates/regimen-cli/templates/init/catalog",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files of a folder.
fn files(root: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
                files.insert(name.into(), std::fs::read(&path).expect("a file").into());
            }
        }
    }
    files
}

/// The files that say something, each with its text.
fn texts(files: &Files) -> Vec<(&FilePath, &str, Content)> {
    let is_page = |file: &str| file.ends_with(".yaml") || file.starts_with("guides/") && file.ends_with(".md");
    let text = |bytes| std::str::from_utf8(bytes).ok();
    let pages = files.iter().filter(|(file, _)| is_page(file)).filter_map(|(file, bytes)| Some((file, text(bytes)?)));
    pages.filter_map(|(file, text)| Some((file, text, Content::read(file, text).ok()?))).collect()
}

/// All that a catalogue says, but for the bytes at which it says it.
fn said(loaded: &Loaded) -> String {
    let catalog = loaded.catalog.as_ref().expect("a catalogue");
    let mut said = format!("{:?}{:?}{:?}", catalog.project, catalog.project_words, catalog.languages);
    said += &format!("{:?}{:?}{:?}", catalog.muscles, catalog.muscle_groups, catalog.equipment);
    said += &format!("{:?}{:?}{:?}", catalog.conditions, catalog.exercises, catalog.fragments);
    said += &format!("{:?}{:?}{:?}", catalog.sessions, catalog.programs, catalog.sources);
    for guide in catalog.guides.values() {
        let words = guide.translations.iter().map(|(tag, words)| (tag, &words.words.title, &words.words.body));
        said += &format!("{:?}{:?}{:?}", guide.id, guide.facts, guide.version);
        said += &format!("{:?}{:?}{:?}", guide.words.title, guide.words.body, words.collect::<Vec<_>>());
    }
    let found: BTreeSet<_> = loaded.findings.iter().map(|finding| (&finding.code, &finding.message)).collect();
    said + &format!("{found:?}{:?}", loaded.allowances)
}

#[test]
fn every_file_of_every_catalogue_reads_back_as_the_same() {
    for catalogue in CATALOGUES {
        let files = files(&root().join(catalogue));
        let mut again = files.clone();
        for (file, _, content) in texts(&files) {
            let written = content.to_text(file).unwrap_or_else(|why| panic!("{catalogue}/{file}: {why:?}"));
            let read = Content::read(file, &written).expect("YAML");
            assert_eq!(read.to_text(file).as_ref(), Ok(&written), "{catalogue}/{file}");
            again.insert(file.clone(), written.as_bytes().into());
        }
        assert_eq!(said(&load_files(&files)), said(&load_files(&again)), "{catalogue}");
    }
}

#[test]
fn files_with_mistakes_can_be_written_too() {
    let mut written = 0;
    let files = files(&root().join("tests/fixtures/wrong"));
    for (file, _, content) in texts(&files) {
        let name = file.split_once("/catalog/").map_or(&**file, |(_, name)| name);
        assert_eq!(content.to_text(name).map(|text| Content::read(name, &text)), Ok(Ok(content)), "{file}");
        written += 1;
    }
    assert!(written > 30, "{written} files");
}

#[test]
fn every_entry_of_the_shipped_catalogue_can_be_renamed() {
    let files = files(&root().join("catalog"));
    let catalog = load_files(&files).catalog.expect("a catalogue");
    for kind in Kind::ALL {
        // Each takes loading the catalogue twice.
        for entry in catalog.references(kind).iter().step_by(20) {
            let renamed = rename(&files, entry, "quite-another").unwrap_or_else(|why| panic!("{entry}: {why:?}"));
            assert_eq!(renamed.removed.len(), 1, "{entry}");
            for (file, text) in &renamed.written {
                let old = files.get(file).or_else(|| files.get(&renamed.removed[0])).expect("an old text");
                let old = std::str::from_utf8(old).expect("UTF-8");
                let line = format!("formerly: [{}]", entry.id());
                let back = text.replace("quite-another", entry.id());
                let kept =
                    |text: &str| text.lines().filter(|known| **known != *line).map(str::to_owned).collect::<Vec<_>>();
                assert_eq!(kept(&back), kept(old), "{entry} in {file}");
            }
        }
    }
}

/// A text that files may have.
fn words() -> impl Strategy<Value = String> {
    let allowed = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\n' | '\t')
    };
    let word =
        prop::sample::select(&["no", "1e3", "2026-11-29", "9:15", "~", "A long word", "a: b", "# c", "1.50", "8"][..]);
    let any = crate::text().prop_map(move |text| text.chars().filter(allowed).collect::<String>());
    prop_oneof![2 => any, 1 => word.prop_map(str::to_owned), 1 => "[a-z]{1,8}( [a-z]{1,8}){0,40}"]
}

/// A value of any kind, with few levels.
fn data() -> impl Strategy<Value = Data> {
    let number = prop_oneof![any::<i32>().prop_map(Data::from), Just(Data::Number("2.50".parse().expect("a number")))];
    let leaf = prop_oneof![4 => words().prop_map(Data::Text), 1 => number, 1 => any::<bool>().prop_map(Data::Flag), 1 => Just(Data::Nothing)];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![prop::collection::vec(inner.clone(), 0..4).prop_map(Data::List), keys(inner)]
    })
}

fn keys(value: impl Strategy<Value = Data>) -> impl Strategy<Value = Data> {
    let key = prop_oneof![3 => "[a-z_]{1,6}", 1 => words()].prop_filter("merge keys", |key| key != "<<");
    prop::collection::btree_map(key, value, 0..4).prop_map(|keys| Data::Keys(keys.into_iter().collect()))
}

/// What a file says, which is something.
fn root_keys() -> impl Strategy<Value = Data> {
    (keys(data()), data()).prop_map(|(keys, value)| match keys {
        Data::Keys(keys) if keys.is_empty() => Data::keys([("only", value)]),
        keys => keys,
    })
}

/// A file, and whether its lines end as on Windows, with comments as authors add them.
fn page() -> impl Strategy<Value = String> {
    (
        root_keys(),
        prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..6),
        any::<(bool, bool, bool)>(),
    )
        .prop_map(|(keys, comments, (windows, mark, cut))| {
            let content = Content { keys, article: None };
            let mut text = content.to_text("sessions/a.yaml").expect("no hidden characters");
            for (number, (at, own_line)) in comments.iter().enumerate() {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                let at = at.index(lines.len());
                match own_line {
                    true => lines.insert(at, format!("   # c{number}")),
                    false => lines[at].push_str(&format!(" # c{number}")),
                }
                let commented = lines.join("\n") + "\n";
                if Content::read("sessions/a.yaml", &commented).as_ref() == Ok(&content) {
                    text = commented;
                }
            }
            let other = [
                (windows, text.replace('\n', "\r\n")),
                (mark, format!("\u{feff}{text}")),
                (cut, text.trim_end().to_owned()),
            ];
            let other = other.into_iter().filter(|(wanted, _)| *wanted).map(|(_, text)| text);
            let same = |text: &String| Content::read("sessions/a.yaml", text).as_ref() == Ok(&content);
            other.rev().find(same).unwrap_or(text)
        })
}

/// Every path into a value.
fn paths(data: &Data, path: FieldPath, all: &mut Vec<FieldPath>) {
    match data {
        Data::Keys(keys) => keys.iter().for_each(|(key, value)| paths(value, path.clone().key(key.as_str()), all)),
        Data::List(items) => {
            items.iter().enumerate().for_each(|(index, item)| paths(item, path.clone().index(index), all));
        }
        _ => {}
    }
    all.push(path);
}

/// How many lines of a text have a comment of [`page`].
fn comments(text: &str) -> usize {
    text.lines().filter(|line| (0..6).any(|number| line.contains(&format!("# c{number}")))).count()
}

/// The lines that both texts have before the first and behind the last one that differs.
fn kept(old: &str, new: &str) -> (usize, usize) {
    let (old, new): (Vec<_>, Vec<_>) = (old.split('\n').collect(), new.split('\n').collect());
    let head = old.iter().zip(&new).take_while(|(one, other)| one == other).count();
    let most = old.len().min(new.len()) - head;
    let tail = old.iter().rev().zip(new.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    (head + tail, old.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_reads_back_as_the_same(keys in root_keys(), name in words()) {
        let content = Content { keys, article: None };
        let text = content.to_text("sessions/a.yaml").expect("no hidden characters");
        prop_assert_eq!(Content::read("sessions/a.yaml", &text), Ok(content));
        // Another parser agrees on names.
        let keys = Data::keys([("name", Data::Text(name.clone()))]);
        let text = Content { keys, article: None }.to_text("equipment/a.de.yaml").expect("no hidden characters");
        let other: serde_yaml::Value = serde_yaml::from_str(&text).expect("YAML");
        prop_assert_eq!(other.get("name").and_then(serde_yaml::Value::as_str), Some(name.as_str()), "{:?}", text);
    }

    #[test]
    fn an_edit_changes_what_it_is_about(text in page(), at in any::<prop::sample::Index>(), value in data(), what in 0..4) {
        let mut editor = Editor::open("sessions/a.yaml", text.as_str()).expect("YAML");
        let before = editor.content().expect("YAML").keys;
        let mut all = Vec::new();
        paths(&before, FieldPath::root(), &mut all);
        let path = at.get(&all).clone();
        let old = before.at(&path).cloned().unwrap_or_default();
        let done = match what {
            0 => editor.set(&path, value.clone()),
            1 => editor.set(&path.clone().key("new key"), value.clone()),
            2 => editor.insert(&path.clone().index(0), value.clone()),
            _ => editor.remove(&path),
        };
        let (new, after) = (editor.text().to_owned(), editor.content().expect("YAML").keys);
        if done.is_err() {
            prop_assert_eq!(&new, &text);
            return Ok(());
        }
        match what {
            0 => prop_assert_eq!(after.at(&path), Some(&value)),
            1 => prop_assert_eq!(after.at(&path.key("new key")), Some(&value)),
            2 => prop_assert_eq!(after.at(&path.index(0)), Some(&value)),
            _ => {}
        }
        let single = !matches!(old, Data::List(_) | Data::Keys(_)) && !matches!(&old, Data::Text(text) if text.len() > 60 || text.contains('\n'));
        // A comment goes with a key or an item that is taken out, and none with anything else.
        if single || what != 0 {
            prop_assert!(comments(&new) + usize::from(what == 3) >= comments(&text), "{:?} -> {:?}", text, new);
        }
        if what != 0 && what != 3 || single {
            let (kept, lines) = kept(&text, &new);
            prop_assert!(kept + 2 >= lines, "{:?} -> {:?}", text, new);
        }
    }

    #[test]
    fn small_differences_are_small_edits(text in page(), other in keys(data())) {
        let mut editor = Editor::open("sessions/a.yaml", text.as_str()).expect("YAML");
        if editor.set(&FieldPath::root(), other.clone()).is_ok() {
            prop_assert_eq!(&editor.content().expect("YAML").keys, &other);
        }
        let mut editor = Editor::open("sessions/a.yaml", text.as_str()).expect("YAML");
        let same = editor.content().expect("YAML").keys;
        prop_assert!(editor.set(&FieldPath::root(), same).is_ok());
        prop_assert_eq!(editor.text(), text);
    }
}
