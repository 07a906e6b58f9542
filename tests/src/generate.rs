//! Big catalogues, made up by rule: the same numbers give the same files on every machine.
//!
//! They have the shape of a catalogue that people wrote, not its sense: as many steps, cues, mistakes and links, ladders
//! that agree, programmes whose doses grow. Benchmarks and tests of robustness read them.

mod exercises;
mod others;
mod programs;
mod year;

use std::fs;
use std::path::Path;

use regimen_catalog::Files;

use crate::dice::Dice;
pub use year::year;

/// A catalogue with this many exercises and programmes, and all that they refer to. It has no errors.
///
/// ```
/// let files = regimen_tests::generate(9, 1);
/// let loaded = regimen_catalog::load_files(&files);
/// assert_eq!(loaded.catalog.map(|catalog| catalog.exercises.len()), Some(9));
/// ```
///
/// # Panics
/// If there are fewer than eight exercises, because its sessions need as many.
pub fn generate(exercises: usize, programs: usize) -> Files {
    assert!(exercises >= 8, "the sessions need eight exercises");
    let mut writer = Writer { files: Files::new(), dice: Dice::new(), exercises, programs };
    others::write(&mut writer);
    (0..exercises).for_each(|number| exercises::write(&mut writer, number));
    (0..programs).for_each(|number| programs::write(&mut writer, number));
    writer.files
}

/// Writes the files of a catalogue below a folder.
pub fn write_files(files: &Files, root: &Path) {
    for (path, bytes) in files {
        let path = root.join(&**path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The files so far, and the numbers that all parts of a catalogue are made from.
struct Writer {
    files: Files,
    dice: Dice,
    exercises: usize,
    programs: usize,
}

impl Writer {
    fn file(&mut self, path: impl AsRef<str>, text: String) {
        self.files.insert(path.as_ref().into(), text.into_bytes().into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regimen_catalog::{Severity, load_files};

    #[test]
    fn generated_catalogues_have_no_errors() {
        for (exercises, programs) in [(8, 0), (9, 1), (60, 4)] {
            let loaded = load_files(&generate(exercises, programs));
            let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
            assert_eq!(errors.map(|error| &error.message).collect::<Vec<_>>(), Vec::<&String>::new());
            let catalog = loaded.catalog.unwrap();
            assert_eq!((catalog.exercises.len(), catalog.programs.len()), (exercises, programs));
        }
    }

    #[test]
    fn the_same_numbers_give_the_same_files() {
        assert_eq!(generate(12, 2), generate(12, 2));
    }
}
