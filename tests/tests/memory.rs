//! How much memory a roster takes: counted byte by byte, so it is the same on every machine. It is a program of its own, because memory is
//! counted for the whole of it.

#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use peak_alloc::PeakAlloc;
use regimen_build::{BuildOptions, Cache, Chosen, Output, People, Program, Workspace};
use regimen_catalog::people::{self, Source};
use regimen_export::Plugin;
use regimen_tests::Project;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The most bytes that a first build for so many people has at once, besides those that were there before it.
fn peak(count: usize, exporters: &[Plugin]) -> usize {
    let project = Project::small();
    let rows = (0..count).map(|number| {
        // Names and notes of which no two are the same.
        let name = char::from_u32(0x100 + number as u32 % 0x80).unwrap_or_default();
        format!("p-{number:05},{name} Person {number},strong-calves,2027-01-04,Note {number} of {}\n", number * 7)
    });
    let table = format!("id,name,program,start,note\n{}", rows.collect::<String>());
    let program = Program { version: "0", identity: "test", source_date_epoch: None };
    let mut workspace = Workspace::new(project.path("catalog"), exporters, program);
    workspace.cache = Some(Cache::new(
        regimen_build::cache::Store::new(project.path("cache"), std::time::SystemTime::UNIX_EPOCH),
        [7; 32].into(),
    ));
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let loaded = workspace.load().unwrap();
    let roster =
        people::open(Source::stream("people.csv", table.as_bytes()), loaded.catalog.as_ref().unwrap()).unwrap();
    let chosen = Chosen::default();
    let people = People { roster, chosen: &chosen, explains: false, is_stopped: &|| false, progress: &() };
    let out = project.path("out");
    let output = Output { folder: Path::new(&out), adopt: false, keep_going: false };
    let built = workspace.publish_people(&loaded, &BuildOptions { jobs: 1, ..BuildOptions::default() }, people, output);
    assert_eq!(built.unwrap().people, count);
    MEMORY.peak_usage() - before
}

/// What is kept of a person is who they are, and digests of what their files were made from. Texts of sheets are bounded by tests of the
/// exporter of handouts, for it takes thousands of people to fill its memory.
#[test]
fn memory_does_not_grow_with_a_roster() {
    let exporters = &[regimen_ics::PLUGIN, regimen_markdown::PLUGIN];
    let (few, many) = (50, 800);
    let (less, more) = (peak(few, exporters), peak(many, exporters));
    let each = more.saturating_sub(less) / (many - few);
    assert!(each < 1_000, "{less} bytes for {few} people, {more} for {many}: {each} for each");
}
