//! How long it takes to load and check a big catalogue, and where the time goes; how long a year's plan takes to write out.
//!
//! `cargo bench -p regimen-tests --features bench` runs it. The parts do not add up to the whole: files are read on all cores, the parts
//! are timed on one.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use regimen_catalog::{FieldPath, Files, PROJECT_FILE, Place, Sources, YAML, load, load_files, plan, prose};
use regimen_tests::{generate, write_files, year};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXERCISES: usize = 900;
const PROGRAMS: usize = 50;

/// Load and check, as `regimen check` does.
fn whole(c: &mut Criterion) {
    let files = generate(EXERCISES, PROGRAMS);
    let folder = tempfile::tempdir().unwrap();
    write_files(&files, folder.path());
    let mut group = c.benchmark_group("check");
    group.bench_function("from disk", |b| b.iter(|| load(folder.path()).unwrap()));
    group.bench_function("from memory", |b| b.iter(|| load_files(&files)));
    group.finish();
}

fn parts(c: &mut Criterion) {
    let files = generate(EXERCISES, PROGRAMS);
    let catalog = load_files(&files).catalog.unwrap();
    let texts: Vec<(&str, &str)> = texts(&files).collect();
    let lines: Vec<&str> = texts.iter().flat_map(|(_, text)| words(text)).collect();
    let mut group = c.benchmark_group("parts");
    // Without its project file nothing is put together: what is left is reading, on all cores.
    let mut unchecked = files.clone();
    unchecked.remove(PROJECT_FILE);
    group.bench_function("read every file", |b| b.iter(|| load_files(&unchecked)));
    group.bench_function("one pass over the YAML", |b| {
        b.iter(|| texts.iter().for_each(|(file, text)| index(file, text)));
    });
    group.bench_function("parse the prose", |b| {
        b.iter(|| {
            for line in &lines {
                black_box(prose::parse(line));
            }
        });
    });
    group.bench_function("list the references", |b| b.iter(|| catalog.mentions()));
    group.bench_function("write out the programmes", |b| {
        b.iter(|| {
            for program in catalog.programs.values() {
                black_box(plan::expand(&catalog, program, None).unwrap());
            }
        });
    });
    group.finish();
}

/// A year of training, 52 weeks of five sessions: for everybody, and for each reader.
fn expand(c: &mut Criterion) {
    let catalog = load_files(&year()).catalog.unwrap();
    let program = catalog.programs.values().next().unwrap();
    let mut group = c.benchmark_group("plan");
    group.bench_function("expand a year", |b| b.iter(|| plan::expand(&catalog, program, None).unwrap()));
    for schedule in &catalog.project.schedules {
        let name = format!("expand a year {}", schedule.0);
        group.bench_function(name, |b| b.iter(|| plan::expand(&catalog, program, Some(schedule)).unwrap()));
    }
    group.finish();
}

fn texts(files: &Files) -> impl Iterator<Item = (&str, &str)> {
    let yaml = files.iter().filter(|(path, _)| path.ends_with(".yaml"));
    yaml.map(|(path, bytes)| (&**path, std::str::from_utf8(bytes).unwrap()))
}

/// The lines that people read, without their keys.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.split_once("words:\n").map_or("", |(_, words)| words).lines();
    lines.map(|line| line.trim_start().trim_start_matches("- ").split_once(": ").map_or(line, |(_, value)| value))
}

/// A place of a file is found with the parser that the strict reader uses.
fn index(file: &str, text: &str) {
    let mut sources = Sources::default();
    sources.add(file, text, YAML);
    black_box(sources.locate(&Place::value(file, FieldPath::root())));
}

criterion_group!(benches, whole, parts, expand);
criterion_main!(benches);
