//! What may be started, and what happens if it changes.

#![expect(clippy::disallowed_methods, reason = "tests write scripts")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use regimen_catalog::{Catalog, Sources};
use serde_json::json;
use tempfile::TempDir;

use super::*;
use crate::{Built, Change, Error, FaultKind, MemoryStage, PreviousOutput, Request, ScheduleOverrides, build, testing};

/// A catalogue with a plugin that notes each start of it, and a record of what is trusted.
struct Tried {
    folder: TempDir,
    catalog: Catalog,
    store: TrustStore,
}

impl Tried {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("catalog/plugins");
        fs::create_dir_all(root).unwrap();
        let store = TrustStore::new(folder.path().join("data/trust.json"));
        let tried = Self { catalog: with(&json!({})), folder, store };
        tried.write("p.sh", &tried.script(""));
        tried
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("catalog")
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.root().join("plugins").join(name), text).unwrap();
    }

    /// A plugin that makes nothing; `then` is done after describing.
    fn script(&self, then: &str) -> String {
        let (notes, says) =
            (self.folder.path().join("notes"), r#"{"protocol":1,"name":"p","version":"1","granularity":"catalog"}"#);
        format!(
            "echo started >> '{}'\nread -r request\ncase \"$request\" in *'\"op\":\"describe\"'*) echo '{says}'\n{then}\nexit;; esac\n\
             echo '{{\"protocol\":1,\"units\":[{{\"id\":\"catalog (en)\"}}]}}'\n",
            notes.display()
        )
    }

    fn starts(&self) -> usize {
        fs::read_to_string(self.folder.path().join("notes")).unwrap_or_default().lines().count()
    }

    fn build(&self, trust: &Trust) -> Result<Built, Error> {
        let (root, sources, previous) = (self.root(), Sources::default(), PreviousOutput::none());
        let request = Request {
            catalog: &self.catalog,
            sources: &sources,
            root: &root,
            plugins: &[],
            only: None,
            overrides: ScheduleOverrides::default(),
            previous: &previous,
            cache: None,
            code: "tests",
            jobs: 1,
            info: testing::info(),
            allowances: &[],
            trust,
            guard: None,
            missing: None,
        };
        build(&request, &MemoryStage::new(), &())
    }

    fn recorded(&self) -> Trust {
        Trust::Recorded(self.store.clone())
    }

    fn facts(&self) -> PluginFacts {
        super::super::facts("p", &self.catalog.project, &self.root()).expect("a section")
    }

    fn trust(&self) {
        self.store.add(&[&self.facts()], &self.root()).expect("a record");
    }

    /// Why the plugin is not started.
    fn why(&self, trust: &Trust) -> WhyUntrusted {
        let before = self.starts();
        let Err(Error::Untrusted(plugins)) = self.build(trust) else { panic!("it is not trusted") };
        assert_eq!(self.starts(), before, "nothing is started");
        assert_eq!((plugins.len(), plugins[0].plugin.as_str()), (1, "p"));
        plugins[0].why.clone()
    }
}

fn with(more: &Value) -> Catalog {
    let mut section = json!({"process": ["sh", "plugins/p.sh"], "inputs": ["plugins/p.sh"]});
    section.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let mut catalog = testing::catalog_with(json!({"language": "en", "exporters": {"p": section}}));
    catalog.languages.retain(|tag, _| tag.as_str() == "en");
    catalog
}

#[test]
fn nothing_is_started_before_it_is_trusted() {
    let tried = Tried::new();
    assert_eq!(tried.why(&Trust::default()), WhyUntrusted::New);
    assert_eq!(tried.why(&tried.recorded()), WhyUntrusted::New);
    assert!(!tried.store.file().exists(), "looking records nothing");
    tried.trust();
    assert!(tried.build(&tried.recorded()).is_ok_and(|built| built.verdict().is_ok()));
    assert_eq!(tried.starts(), 2);
    let removed = tried.store.remove(&tried.root(), &[], &[]).expect("a record");
    assert_eq!(removed.iter().map(|one| one.plugin.as_str()).collect::<Vec<_>>(), ["p"]);
    assert_eq!(tried.why(&tried.recorded()), WhyUntrusted::New);
    assert!(tried.build(&Trust::Everybody).is_ok());
}

#[test]
fn a_change_ends_trust_and_is_named() {
    let mut tried = Tried::new();
    tried.write("helper.sh", "1");
    tried.trust();
    let changed = |tried: &Tried| match tried.why(&tried.recorded()) {
        WhyUntrusted::Changed(changes) => changes,
        why => panic!("{why:?}"),
    };
    tried.write("helper.sh", "2");
    assert_eq!(changed(&tried), [Change::Other("plugins/helper.sh".into())]);
    fs::rename(tried.root().join("plugins/helper.sh"), tried.root().join("plugins/other.sh")).unwrap();
    let moved = [Change::New("plugins/other.sh".into()), Change::Gone("plugins/helper.sh".into())];
    assert_eq!(changed(&tried), moved);
    tried.trust();
    tried.catalog = with(&json!({"people": true}));
    assert_eq!(changed(&tried), [Change::Section]);
    tried.trust();
    assert_eq!(tried.store.list().unwrap().len(), 1, "what was trusted before is replaced");
}

#[test]
fn the_same_plugin_is_trusted_in_a_copy() {
    let (tried, copy) = (Tried::new(), Tried::new());
    copy.write("p.sh", &tried.script(""));
    tried.trust();
    assert!(copy.build(&tried.recorded()).is_ok());
    let removed = tried.store.remove(&copy.root(), &[copy.facts()], &["p".into()]).expect("a record");
    assert_eq!(removed.len(), 1, "and taken back there");
}

#[test]
fn files_that_change_during_a_build_are_not_started() {
    let tried = Tried::new();
    tried.write("p.sh", &tried.script(&format!("echo evil > '{}'", tried.root().join("plugins/p.sh").display())));
    tried.trust();
    let built = tried.build(&tried.recorded()).expect("a build");
    let faults: Vec<FaultKind> = built.faults().map(|fault| fault.kind).collect();
    assert_eq!((faults, tried.starts()), (vec![FaultKind::Changed], 1));
}

#[test]
fn a_record_that_others_could_have_written_does_not_count() {
    let tried = Tried::new();
    tried.trust();
    let file = tried.store.file();
    assert_eq!(fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    let unreadable = |store: &TrustStore, part: &str| {
        let why = tried.why(&Trust::Recorded(store.clone()));
        assert!(matches!(&why, WhyUntrusted::Unreadable(why) if why.contains(part)), "{why:?}");
    };
    fs::set_permissions(file, fs::Permissions::from_mode(0o620)).unwrap();
    unreadable(&tried.store, "not yours alone");
    fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
    for damaged in ["", "[]", r#"{"version":2,"trusted":[]}"#, "{\"version\":1,\"trusted\":[{}]}"] {
        let whole = fs::read(file).unwrap();
        fs::write(file, damaged).unwrap();
        unreadable(&tried.store, "cannot be read");
        assert!(tried.store.add(&[&tried.facts()], &tried.root()).is_err(), "nothing is written over");
        fs::write(file, whole).unwrap();
    }
    // A catalogue cannot bring its own.
    let inside = TrustStore::new(tried.root().join("trust.json"));
    assert!(inside.add(&[&tried.facts()], &tried.root()).is_err());
    fs::copy(file, inside.file()).unwrap();
    unreadable(&inside, "in the catalogue's folder");
}
