//! A build in memory, from request to result.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{LazyLock, Mutex};

use regimen_catalog::{PROJECT_FILE, Place};
use regimen_export::{Granularity, Output};
use serde_json::json;

use super::*;
use crate::testing::{self, ALL, Fake, GUIDES, describe, plugin, text_file};

static NO_SOURCES: LazyLock<Sources> = LazyLock::new(Sources::default);
static NO_PREVIOUS: LazyLock<PreviousOutput> = LazyLock::new(PreviousOutput::none);

fn request<'a>(catalog: &'a Catalog, plugins: &'a [Plugin]) -> Request<'a> {
    let overrides = ScheduleOverrides::default();
    Request {
        catalog,
        sources: &NO_SOURCES,
        root: Path::new("."),
        plugins,
        only: None,
        overrides,
        previous: &NO_PREVIOUS,
        cache: None,
        code: "tests",
        jobs: 2,
        info: testing::info(),
        allowances: &[],
        trust: &crate::Trust::Everybody,
        guard: None,
        missing: None,
    }
}

fn built(plugins: &[Plugin]) -> Built {
    build(&request(&testing::catalog(), plugins), &MemoryStage::new(), &()).expect("a build")
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let catalog = testing::catalog();
    let with = |jobs| {
        let request = Request { jobs, ..request(&catalog, &[ALL, GUIDES]) };
        build(&request, &MemoryStage::new(), &()).expect("a build")
    };
    let one = with(1);
    assert_eq!(one, with(8));
    assert_eq!(one, with(0));
    let units: Vec<_> = one.exporters[1].files.iter().map(|file| file.unit.name.as_str()).collect();
    assert_eq!(units, ["guide:calf (en)", "guide:hip (en)", "guide:calf (de)", "guide:hip (de)"]);
}

#[test]
fn files_of_other_languages_have_their_own_folder() {
    let built = built(&[GUIDES]);
    let paths: Vec<_> = built.files().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(
        paths,
        ["guides/guides/calf.txt", "guides/guides/hip.txt", "guides/de/guides/calf.txt", "guides/de/guides/hip.txt"]
    );
}

#[test]
fn a_panic_is_a_bug_of_its_unit_and_the_rest_is_built() {
    const FRAGILE: Plugin = plugin("fragile", |_| {
        Ok(Box::new(Fake(&[Granularity::Guide], |unit, out| {
            let regimen_export::Subject::Guide(guide) = unit.subject else {
                return;
            };
            assert!(guide.id.as_str() != "hip", "no room for `{}`", guide.id);
            out.file(text_file(guide.id.as_str(), ""));
        })))
    });
    let built = built(&[FRAGILE, GUIDES]);
    assert_eq!(built.exporters[0].files.len(), 2);
    assert_eq!(built.exporters[1].files.len(), 4);
    let error = built.verdict().expect_err("a bug");
    assert!(matches!(&error, Error::Bugs(bugs) if bugs.len() == 2));
    let said = error.to_string();
    assert!(said.contains("exporter `fragile` at guide:hip (en): no room for `hip`"), "{said}");
    assert!(error.hints()[0].contains("report"));
}

#[test]
fn an_error_of_a_unit_keeps_its_files_back_and_names_its_file() {
    fn export(out: &mut Output, finding: Diagnostic) {
        out.file(text_file("x", ""));
        out.report(finding);
    }
    const STRICT: Plugin = plugin("strict", |_| {
        Ok(Box::new(Fake(&[Granularity::Exercise], |_, out| {
            export(out, Diagnostic::error("strict/no", "no"));
        })))
    });
    const MILD: Plugin = plugin("mild", |_| {
        Ok(Box::new(Fake(&[Granularity::Exercise], |_, out| {
            export(out, Diagnostic::warning("mild/hm", "hm"));
        })))
    });
    let built = built(&[STRICT, MILD]);
    assert_eq!(built.exporters[0].files, []);
    assert_eq!(built.exporters[1].files.len(), 2);
    assert_eq!(&*built.exporters[0].findings[0].labels[0].place.file, "exercises/raise.yaml");
    assert!(matches!(built.verdict(), Err(Error::Findings { errors: 1 })), "both languages find the same");
}

#[test]
fn two_units_of_one_path_are_an_error() {
    const SAME: Plugin = plugin("same", |_| {
        Ok(Box::new(Fake(&[Granularity::Guide], |unit, out| {
            out.file(text_file("guide.txt", &describe(unit)));
        })))
    });
    let built = built(&[SAME]);
    let messages: Vec<_> = built.findings().map(|finding| finding.message.as_str()).collect();
    assert_eq!(messages.len(), 2);
    assert!(messages[0].contains("guide:calf (en)") && messages[0].contains("guide:hip (en)"));
    assert!(built.verdict().is_err());
}

#[test]
fn units_of_one_exporter_may_make_the_same_file() {
    const SHARED: Plugin = plugin("shared", |_| {
        Ok(Box::new(Fake(&[Granularity::Guide], |_, out| {
            out.file(text_file("picture.svg", "the same"));
        })))
    });
    let built = built(&[SHARED]);
    assert_eq!(built.findings().count(), 0);
    let paths: Vec<_> = built.files().map(|(_, file)| file.path.as_str()).collect();
    assert_eq!(paths, ["shared/picture.svg", "shared/de/picture.svg"]);
}

#[test]
fn a_path_that_becomes_too_long_is_an_error() {
    const LONG: Plugin = plugin("longest", |_| {
        Ok(Box::new(Fake(&[Granularity::Catalog], |_, out| {
            let path = vec!["a".repeat(198); 5].join("/");
            out.file(text_file(&path, ""));
        })))
    });
    let built = built(&[LONG]);
    assert_eq!(built.files().count(), 0);
    assert_eq!(built.findings().next().map(|finding| &*finding.code), Some("bad-path"));
}

#[test]
fn wrong_sections_and_options_are_findings() {
    let catalog = testing::catalog_with(json!({"language": "en", "exporters": {"guide": {}}}));
    let built = build(&request(&catalog, &[GUIDES]), &MemoryStage::new(), &()).expect("a build");
    assert_eq!(built.findings[0].code, "unknown-exporter");
    assert!(matches!(built.verdict(), Err(Error::Findings { errors: 1 })));
}

#[test]
fn progress_hears_of_every_unit() {
    #[derive(Default)]
    struct Heard(AtomicUsize, Mutex<Vec<String>>);
    impl Progress for Heard {
        fn planned(&self, units: usize) {
            self.0.store(units, Ordering::Relaxed);
        }
        fn finished(&self, exporter: &str, unit: &str) {
            self.1.lock().unwrap().push(format!("{exporter} {unit}"));
        }
    }
    let heard = Heard::default();
    build(&request(&testing::catalog(), &[GUIDES]), &MemoryStage::new(), &heard).expect("a build");
    let mut units = heard.1.into_inner().unwrap();
    units.sort();
    assert_eq!(heard.0.into_inner(), 4);
    assert_eq!(units[0], "guides guide:calf (de)");
    assert_eq!(units.len(), 4);
}

#[test]
fn what_all_units_find_is_said_once() {
    const ALIKE: Plugin = plugin("alike", |_| {
        Ok(Box::new(Fake(&[Granularity::Guide], |unit, out| {
            out.report(Diagnostic::warning("logo", "cannot be read").at(Place::file(PROJECT_FILE), ""));
            out.report(Diagnostic::warning("own", format!("in {}", unit.language.name)));
        })))
    });
    let built = built(&[ALIKE]);
    let codes: Vec<&str> = built.findings().map(|finding| finding.code.as_ref()).collect();
    assert_eq!(codes, ["logo", "own", "own", "own", "own"]);
}
