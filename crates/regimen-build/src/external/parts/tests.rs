//! Which files belong to a plugin.

#![expect(clippy::disallowed_methods, reason = "tests write files of plugins")]

use std::os::unix::fs::symlink;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::super::section::read;
use super::*;

/// A folder with a catalogue in `repo/catalog`, and these files below `repo`.
fn folder(files: &[&str]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("around/repo/catalog");
    fs::create_dir_all(&root).unwrap();
    for name in files {
        let path = folder.path().join("around/repo").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }
    (folder, root)
}

fn parts(section: &Value, root: &Path) -> Parts {
    Parts::of(&read("p", section, root).expect("a section"), root)
}

fn names(section: &Value, root: &Path) -> Vec<String> {
    let parts = parts(section, root);
    assert_eq!(parts.unknown, None);
    parts.files.into_iter().map(|file| file.name).collect()
}

fn script(path: &str) -> Value {
    json!({"process": ["sh", path], "inputs": [path]})
}

#[test]
fn all_beside_a_script_belongs_to_it() {
    let (_kept, root) = folder(&[
        "catalog/plugins/p/p.py",
        "catalog/plugins/p/words.yaml",
        "catalog/plugins/p/lib/deep/helper.py",
        "catalog/plugins/p/__pycache__/helper.pyc",
        "catalog/plugins/p/.hidden",
        "catalog/plugins/p/.git/index",
        "catalog/plugins/q/q.py",
        "catalog/exercises/a.yaml",
    ]);
    let all = [".hidden", "__pycache__/helper.pyc", "lib/deep/helper.py", "p.py", "words.yaml"];
    assert_eq!(names(&script("plugins/p/p.py"), &root), all.map(|name| format!("plugins/p/{name}")));
    assert_eq!(names(&json!({"process": ["sh"]}), &root), [""; 0]);
    // The program itself, and no interpreter of the system.
    let own = root.join("plugins/q/q.py");
    fs::set_permissions(&own, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    assert_eq!(names(&json!({"process": ["plugins/q/q.py"], "inputs": ["plugins/q/q.py"]}), &root), ["plugins/q/q.py"]);
}

#[test]
fn beside_content_only_what_is_none_belongs_to_a_script() {
    let (_kept, root) = folder(&[
        "catalog/p.py",
        "catalog/json.py",
        "catalog/regimen.yaml",
        "catalog/exercises/a.yaml",
        "catalog/m/m.png",
    ]);
    assert_eq!(names(&script("p.py"), &root), ["json.py", "p.py"]);
    let named = json!({"process": ["sh", "p.py"], "inputs": ["p.py", "exercises/a.yaml"]});
    assert_eq!(names(&named, &root), ["exercises/a.yaml", "json.py", "p.py"]);
}

#[test]
fn files_elsewhere_are_told_as_far_as_they_can_be() {
    let (kept, root) = folder(&["tools/p.py", "tools/helper.py", "p.py", "catalog/plugins/a.py"]);
    let beside = names(&script("../tools/p.py"), &root);
    assert!(beside.len() >= 2 && beside.iter().any(|name| name.ends_with("tools/helper.py")), "{beside:?}");
    // Of a whole path, the file alone: it is not the catalogue's.
    let whole = kept.path().join("around/repo/tools/p.py").display().to_string();
    for section in [script(&whole), json!({"process": ["sh", whole]})] {
        assert_eq!(names(&section, &root).concat(), whole);
    }
    // Around the catalogue is everything.
    let around = parts(&script("../p.py"), &root);
    assert!(around.unknown.is_some_and(|why| why.contains("has the whole catalogue in it")));
    assert_eq!(around.files.len(), 1);
}

#[test]
fn links_are_what_they_lead_to() {
    let (kept, root) = folder(&["catalog/plugins/p/p.py", "tools/x/real.py", "tools/x/helper.py", "tools/lib/l.py"]);
    let plugin = root.join("plugins/p");
    symlink("../../../tools/x/real.py", plugin.join("link.py")).unwrap();
    symlink("../../../tools/lib", plugin.join("lib")).unwrap();
    symlink("nowhere", plugin.join("later")).unwrap();
    symlink("..", plugin.join("up")).unwrap();
    let section = script("plugins/p/link.py");
    let before = parts(&section, &root);
    let found: Vec<&str> = before.files.iter().map(|file| file.name.as_str()).collect();
    for wanted in ["plugins/p/later", "plugins/p/lib", "plugins/p/link.py", "plugins/p/up"] {
        assert!(found.contains(&wanted), "{wanted} in {found:?}");
    }
    // An interpreter looks for modules beside the script that a link leads to.
    for wanted in ["x/helper.py", "lib/l.py"] {
        assert!(found.iter().any(|name| name.ends_with(wanted)), "{wanted} in {found:?}");
    }
    assert_eq!((before.files.len(), before.unknown.clone()), (found.len(), None));
    fs::write(kept.path().join("around/repo/tools/lib/l.py"), "other").unwrap();
    assert_ne!(parts(&section, &root).digest(), before.digest());
    symlink("/", plugin.join("system")).unwrap();
    let elsewhere = parts(&section, &root).unknown;
    assert!(elsewhere.as_deref().is_some_and(|why| why.contains("`plugins/p/system` is a link")), "{elsewhere:?}");
}

#[test]
fn what_is_too_much_is_not_told() {
    let (_kept, root) = folder(&["catalog/plugins/p/p.py"]);
    for number in 0..=MOST_FILES {
        fs::write(root.join(format!("plugins/p/{number}")), "").unwrap();
    }
    let many = parts(&script("plugins/p/p.py"), &root);
    assert!(many.unknown.as_deref().is_some_and(|why| why.contains("more than 10000 files")), "{:?}", many.unknown);
    let (_kept, root) = folder(&["catalog/plugins/p/p.py"]);
    File::create(root.join("plugins/p/large")).unwrap().set_len(MOST_BYTES + 1).unwrap();
    assert!(parts(&script("plugins/p/p.py"), &root).unknown.is_some());
}
