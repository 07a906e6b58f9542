//! What an external plugin costs beside an exporter of the program that makes the same file, for the shipped catalogue and
//! for a big one.
//!
//! `cargo bench -p regimen-tests --features bench --bench plugins` runs it; it needs Python 3. Builds are in memory, and whole: the catalogue is
//! cut, units are planned, files are checked. "anew" asks the plugin to describe itself and to export, "known" finds both in the cache.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use std::path::Path;
use std::time::SystemTime;

use criterion::{Criterion, criterion_group, criterion_main};
use regimen_build::{Built, Cache, MemoryStage, PreviousOutput, Request, ScheduleOverrides, build, build_info};
use regimen_catalog::{Loaded, load, load_files};
use regimen_export::{Artifact, Exporter, Granularity, OptionsSchema, Output, Plugin, Unit};
use regimen_tests::{generate, repository};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The names of all exercises, one a line.
struct Names;

impl Exporter for Names {
    fn granularity(&self) -> &[Granularity] {
        &[Granularity::Catalog]
    }

    fn export(&self, unit: &Unit<'_>, out: &mut Output) {
        let names = unit.catalog.exercises.values().map(|exercise| format!("{}\n", exercise.words(unit.tag()).name));
        out.file(Artifact { path: "names.txt".parse().unwrap(), bytes: names.collect::<String>().into_bytes() });
    }
}

const NAMES: Plugin = Plugin {
    id: "names",
    version: "1",
    summary: "names",
    explanations: "",
    options: OptionsSchema::none,
    open: |_| Ok(Box::new(Names)),
};

const PYTHON: &str = r#"
import json, sys
request = json.load(sys.stdin)
if request["op"] == "describe":
    answer = {"protocol": 1, "name": "names", "version": "1", "granularity": "catalog"}
else:
    answer = {"protocol": 1, "units": []}
    for unit in request["units"]:
        exercises = request["catalogs"][unit["catalog"]]["exercises"]
        names = "".join(exercise["words"]["name"] + "\n" for exercise in exercises)
        answer["units"].append({"id": unit["id"], "files": [{"path": "names.txt", "text": names}]})
json.dump(answer, sys.stdout)
"#;

fn run(loaded: &Loaded, root: &Path, plugins: &[Plugin], cache: Option<&Cache>) -> Built {
    let catalog = loaded.catalog.as_ref().unwrap();
    let previous = PreviousOutput::none();
    let info = build_info(catalog, "1", None).unwrap();
    let (sources, overrides) = (&loaded.sources, ScheduleOverrides::default());
    let only = Some(vec!["names".to_owned()]);
    let (allowances, previous, code) = (&loaded.allowances, &previous, "bench");
    let request = Request {
        catalog,
        sources,
        allowances,
        trust: &regimen_build::Trust::Everybody,
        guard: None,
        missing: None,
        root,
        plugins,
        only,
        overrides,
        previous,
        cache,
        code,
        jobs: 2,
        info,
    };
    let built = build(&request, &MemoryStage::new(), &()).unwrap();
    assert!(built.files().count() > 0, "{:?}", built.faults().collect::<Vec<_>>());
    built
}

/// The same catalogue with the plugin in its project file.
fn with_plugin(mut loaded: Loaded) -> Loaded {
    let section = serde_json::json!({"process": ["python3", "names.py"], "inputs": ["names.py"]});
    let catalog = loaded.catalog.as_mut().unwrap();
    let mut project = (*catalog.project).clone();
    project.exporters.insert("names".into(), section);
    catalog.project = project.into();
    loaded
}

fn plugins(c: &mut Criterion) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    #[expect(clippy::disallowed_methods, reason = "it is no result of a build")]
    std::fs::write(root.join("names.py"), PYTHON).unwrap();
    let shipped = || load(&repository().join("catalog")).unwrap();
    let big = || load_files(&generate(900, 50));
    for (name, loaded, again) in [("shipped", shipped(), shipped()), ("900 exercises", big(), big())] {
        let external = with_plugin(again);
        let cache =
            Cache::new(regimen_build::cache::Store::new(root.join(name), SystemTime::UNIX_EPOCH), [7; 32].into());
        let mut group = c.benchmark_group(name);
        group.sample_size(20);
        group.bench_function("in the program", |b| b.iter(|| run(&loaded, root, &[NAMES], None)));
        group.bench_function("in Python, anew", |b| b.iter(|| run(&external, root, &[], None)));
        group.bench_function("in Python, known", |b| b.iter(|| run(&external, root, &[], Some(&cache))));
        group.finish();
    }
}

criterion_group!(benches, plugins);
criterion_main!(benches);
