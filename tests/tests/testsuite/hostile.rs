//! The fuzzing targets on their seeds, and on the same damages of them every time.

use regimen_tests::{files, hostile, repository};

/// Damages of each seed.
const DAMAGES: usize = 8;

fn seeds() -> Vec<(String, Vec<u8>)> {
    let seeds: Vec<_> = files(&repository().join("tests/fuzz/seeds")).into_iter().collect();
    assert!(seeds.len() >= 36, "the seeds are found");
    seeds
}

#[test]
fn every_seed_as_every_file_loads_or_is_refused() {
    for (_, bytes) in seeds() {
        hostile::every_file(&bytes);
        hostile::people(&bytes);
    }
}

#[test]
fn every_damaged_seed_loads_or_is_refused() {
    for (_, bytes) in seeds() {
        hostile::damaged(&bytes, DAMAGES).for_each(|damaged| hostile::any_file(&damaged));
    }
}

#[test]
fn damaged_texts_have_amounts_prose_and_places_or_none() {
    for (_, bytes) in seeds() {
        for damaged in hostile::damaged(&bytes, DAMAGES) {
            let text = String::from_utf8_lossy(&damaged);
            text.lines().for_each(hostile::quantity);
            hostile::prose(&text);
            hostile::yaml_paths(&text);
        }
    }
}
