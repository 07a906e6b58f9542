//! The house keeps its shape: who depends on whom, where foreign libraries stand, what ARCHITECTURE.md says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use regimen_tests::{files, repository};
use serde_json::Value;

/// What each package may depend on inside the workspace.
const ARROWS: &[(&str, &[&str])] = &[
    ("regimen-drawing", &[]),
    ("regimen-model", &[]),
    ("regimen-lint", &["regimen-model"]),
    ("regimen-catalog", &["regimen-drawing", "regimen-lint", "regimen-model"]),
    ("regimen-export", &["regimen-catalog"]),
    ("regimen-build", &["regimen-catalog", "regimen-export"]),
    ("regimen-pdf", &["regimen-catalog", "regimen-export"]),
    ("regimen-ics", &["regimen-catalog", "regimen-export"]),
    ("regimen-markdown", &["regimen-catalog", "regimen-export"]),
    (
        "regimen-cli",
        &["regimen-build", "regimen-catalog", "regimen-export", "regimen-ics", "regimen-markdown", "regimen-pdf"],
    ),
];

/// What a package may depend on for its tests besides. Rules are tested with catalogues as authors write them.
const FOR_TESTS: &[(&str, &str)] = &[("regimen-lint", "regimen-catalog")];

/// Where the program's foreign libraries stay. Dev-dependencies do not count: a test may read what was written.
const INDOORS: &[(&str, &[&str])] = &[
    ("clap", &["regimen-cli"]),
    ("clap_complete", &["regimen-cli"]),
    ("clap_mangen", &["regimen-cli"]),
    ("annotate-snippets", &["regimen-cli"]),
    ("indicatif", &["regimen-cli"]),
    ("printpdf", &["regimen-pdf"]),
    ("lopdf", &["regimen-pdf"]),
    ("usvg", &["regimen-pdf"]),
    ("roxmltree", &["regimen-drawing"]),
    ("png", &["regimen-pdf"]),
    ("qrcode", &["regimen-pdf"]),
    ("ical", &["regimen-ics"]),
    ("yaml_serde", &["regimen-catalog"]),
    ("saphyr-parser", &["regimen-catalog"]),
    ("schemars", &["regimen-build", "regimen-catalog", "regimen-export", "regimen-model"]),
    ("base64", &["regimen-build"]),
    ("rustix", &["regimen-build"]),
    ("rayon", &["regimen-build", "regimen-catalog", "regimen-cli", "regimen-lint"]),
];

/// Names of foreign libraries, and the files that may say them outside of tests.
const NAMED_IN: &[(&str, &[&str])] = &[
    ("serde_yaml", &["crates/regimen-catalog/src/yaml"]),
    ("saphyr_parser", &["crates/regimen-catalog/src/yaml"]),
    ("printpdf", &["exporters/regimen-pdf/src/paint.rs"]),
    ("ical", &["exporters/regimen-ics/src/model"]),
    (
        "clap",
        &["crates/regimen-cli/src/lib.rs", "crates/regimen-cli/src/arguments.rs", "crates/regimen-cli/src/commands"],
    ),
    ("annotate_snippets", &["crates/regimen-cli/src/report"]),
    ("indicatif", &["crates/regimen-cli/src/progress.rs"]),
];

/// The packages of the workspace by name.
fn packages() -> BTreeMap<String, Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(repository())
        .output()
        .unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata");
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages.map(|package| (package["name"].as_str().unwrap().to_owned(), package.clone())).collect()
}

/// The names of a package's dependencies, as their authors call them.
fn dependencies(package: &Value, development: bool) -> BTreeSet<&str> {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|one| development || one["kind"] != "dev").map(|one| one["name"].as_str().unwrap()).collect()
}

#[test]
fn arrows_between_packages_go_one_way() {
    let packages = packages();
    let mut known: BTreeSet<&str> = ARROWS.iter().map(|(name, _)| *name).collect();
    known.insert(env!("CARGO_PKG_NAME"));
    let names: BTreeSet<&str> = packages.keys().map(String::as_str).collect();
    assert_eq!(names, known, "a new package gets its arrows in this test");
    for (name, allowed) in ARROWS {
        let inside = dependencies(&packages[*name], true).into_iter().filter(|one| known.contains(one));
        let for_tests =
            |one: &str| FOR_TESTS.contains(&(name, one)) && !dependencies(&packages[*name], false).contains(one);
        let wrong: Vec<&str> = inside.filter(|one| !allowed.contains(one) && !for_tests(one)).collect();
        assert!(wrong.is_empty(), "{name} must not depend on {wrong:?}");
    }
}

#[test]
fn foreign_libraries_stay_indoors() {
    let packages = packages();
    for (library, owners) in INDOORS {
        let users = packages.iter().filter(|(_, package)| dependencies(package, false).contains(library));
        let users: Vec<&str> =
            users.map(|(name, _)| name.as_str()).filter(|name| *name != env!("CARGO_PKG_NAME")).collect();
        assert!(users.iter().all(|user| owners.contains(user)), "{library} is used by {users:?}");
        assert!(!users.is_empty(), "{library} is used by nobody: remove its line from this test");
    }
}

/// The Rust files of the program without their tests and comments, by path.
pub(crate) fn program() -> BTreeMap<String, String> {
    program_texts().into_iter().map(|(path, text)| (path, without_tests(&text))).collect()
}

/// The Rust files of the program as they are, by path; those of tests alone are left out.
pub(crate) fn program_texts() -> BTreeMap<String, String> {
    let root = repository();
    let mut program = BTreeMap::new();
    for folder in ["crates", "exporters"] {
        for (path, bytes) in files(&root.join(folder)) {
            let path = format!("{folder}/{path}");
            let of_tests = path.contains("/tests/") || path.ends_with("/tests.rs") || path.ends_with("/testing.rs");
            if path.ends_with(".rs") && !of_tests && !path.contains("/examples/") {
                program.insert(path, String::from_utf8(bytes).unwrap());
            }
        }
    }
    assert!(program.len() > 50, "the program is found");
    program
}

/// Inline test modules stand last in a file, by custom of this workspace.
fn without_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

#[test]
fn foreign_names_are_said_in_one_module() {
    for (path, code) in program() {
        for (name, homes) in NAMED_IN {
            let at_home = homes.iter().any(|home| path.starts_with(home));
            let said = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            assert!(at_home || !said, "{path} names {name}, which stays in {homes:?}");
        }
    }
}

#[test]
fn the_exporters_are_one_visible_list() {
    for (path, code) in program() {
        let allowed = path.starts_with("exporters/") || path == "crates/regimen-cli/src/exporters.rs";
        for name in ["regimen_pdf", "regimen_ics", "regimen_markdown"] {
            assert!(allowed || !code.contains(name), "{path} names {name}; the list is in exporters.rs");
        }
    }
}

#[test]
fn only_the_publisher_writes_and_only_the_edge_prints() {
    for (path, code) in program() {
        // What authors start from is new files only, so it needs no publisher.
        let publishes = path.starts_with("crates/regimen-build/src/publish")
            || path == "crates/regimen-cli/src/write.rs"
            // What is kept for the next build is no result of this one.
            || path.starts_with("crates/regimen-build/src/cache")
            // How the publisher reaches files.
            || path.starts_with("crates/regimen-build/src/folder")
            // So is what a user trusts.
            || path == "crates/regimen-build/src/external/trust/store.rs";
        for call in ["fs::write(", "File::create(", "fs::remove_file(", "fs::rename(", "create_dir_all("] {
            assert!(publishes || !code.contains(call), "{path} calls {call}..)");
        }
        // External plugins are looked for where the user's programs are.
        let edge = path.starts_with("crates/regimen-cli/") || path.starts_with("crates/regimen-build/src/external/");
        for call in ["std::env::", "println!(", "process::exit(", "stdout()"] {
            // What a crate learned when it was compiled is no environment.
            assert!(edge || !code.contains(call), "{path} calls {call}");
        }
    }
}

/// The names that a file takes from a module, in lists and alone.
fn taken_from<'t>(code: &'t str, module: &str) -> Vec<&'t str> {
    let no_letter = |c: char| !c.is_alphanumeric() && c != '_';
    let mut taken = Vec::new();
    for after in code.split(&format!("{module}::")).skip(1) {
        let list = after.strip_prefix('{').and_then(|list| list.split('}').next());
        let names = list.unwrap_or_else(|| &after[..after.find(no_letter).unwrap_or(after.len())]);
        taken.extend(names.split(no_letter).filter(|name| !name.is_empty()));
    }
    taken
}

#[test]
fn rules_read_doses_blocks_and_runs_through_the_view() {
    let rules: BTreeMap<_, _> = program().into_iter().filter(|(path, _)| path.contains("/rules/")).collect();
    assert!(rules.len() > 30, "the rules of the linter are found: {rules:?}");
    let inside = [
        "Dose",
        "ExerciseGroup",
        "GroupFormat",
        "Item",
        "Repeat",
        "RunStep",
        "RunTarget",
        "SessionBlock",
        "StepLength",
        "Stretch",
        "Target",
        "Work",
        "WorkAmount",
    ];
    for (path, code) in rules {
        let of_plan = taken_from(&code, "plan").into_iter().filter(|name| name.starts_with("Planned"));
        let name = taken_from(&code, "model").into_iter().filter(|name| inside.contains(name)).chain(of_plan).next();
        assert!(name.is_none(), "{path} names {name:?}; what rules ask of it belongs in the linter's `view`");
    }
}

/// The text between backticks, line by line.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| line.split('`').skip(1).step_by(2))
}

#[test]
fn the_architecture_page_is_true() {
    let root = repository();
    let page = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    let packages = packages();
    let manifests = packages.values().map(|package| package["manifest_path"].as_str().unwrap());
    let folders: Vec<&Path> = manifests.map(|manifest| Path::new(manifest).parent().unwrap()).collect();
    for folder in &folders {
        let folder = folder.strip_prefix(&root).unwrap().display();
        assert!(page.contains(&format!("`{folder}`")), "ARCHITECTURE.md says nothing of `{folder}`");
    }
    // What is said of a package may count from its folder.
    let exists = |path: &str| root.join(path).exists() || folders.iter().any(|folder| folder.join(path).exists());
    let made = |path: &str| path.starts_with("out/") || path.starts_with("target/");
    let is_path = |text: &&str| {
        let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
        text.contains('/') && text.chars().all(plain) && !text.starts_with('/') && !made(text)
    };
    for page in ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/decisions.md"] {
        let text = fs::read_to_string(root.join(page)).expect(page);
        let missing: Vec<&str> = quoted(&text).filter(is_path).filter(|path| !exists(path)).collect();
        assert!(missing.is_empty(), "{page} names what is not there: {missing:?}");
    }
}
