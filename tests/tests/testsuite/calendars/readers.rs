//! Every independent reader that is installed, asked about many files at once.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::thread;

use regimen_tests::Tool;
use serde_json::Value;

use super::event::{Event, differences};
use super::{caldata, mistakes};

/// What one reading found in each file, or why it refused the file.
pub(crate) type Answers = BTreeMap<PathBuf, Result<Vec<Event>, String>>;

/// What every reader found, by the name of the reading.
pub(crate) fn readings(files: &[PathBuf]) -> BTreeMap<String, Answers> {
    let judges = [
        Tool::python("ics.py", "icalendar, recurring_ical_events, ical"),
        Tool::node("ics.mjs", "ical.js"),
        Tool::compiled("ics", "libical"),
    ];
    let asked: Vec<String> = thread::scope(|scope| {
        let running: Vec<_> = judges.iter().flatten().map(|judge| scope.spawn(|| ask(judge, files))).collect();
        running.into_iter().map(|judge| judge.join().expect("a judge answers")).collect()
    });
    let mut readings: BTreeMap<String, Answers> = asked.iter().flat_map(|answer| parsed(answer)).collect();
    readings.insert("caldata".to_owned(), files.iter().map(|file| (file.clone(), caldata::events(file))).collect());
    for (reader, answers) in &readings {
        assert!(answers.keys().eq(files), "{reader} was asked about every file");
    }
    readings
}

fn ask(judge: &Tool, files: &[PathBuf]) -> String {
    let arguments: Vec<&dyn AsRef<OsStr>> = files.iter().map(|file| file as _).collect();
    judge.judge(&arguments)
}

fn parsed(answer: &str) -> BTreeMap<String, Answers> {
    let readings: BTreeMap<String, BTreeMap<PathBuf, Value>> = serde_json::from_str(answer).unwrap();
    let file = |(path, value): (PathBuf, Value)| match value {
        Value::String(why) => (path, Err(why)),
        events => (path, Ok(serde_json::from_value(events).unwrap())),
    };
    readings.into_iter().map(|(reader, files)| (reader, files.into_iter().map(file).collect())).collect()
}

/// Asserts that every reader found what was planned in every file, apart from its known mistakes. The files are in
/// the order of their paths.
pub(crate) fn assert_agreement(planned: &BTreeMap<PathBuf, Vec<Event>>) {
    let files: Vec<PathBuf> = planned.keys().cloned().collect();
    let mut wrong = Vec::new();
    for (reader, answers) in readings(&files) {
        for (path, answer) in answers {
            wrong.extend(judged(&reader, &path, &planned[&path], answer));
        }
    }
    let shown = wrong.iter().take(12).map(|one| format!("{one}\n")).collect::<String>();
    assert!(wrong.is_empty(), "{} files are read wrong, such as\n{shown}", wrong.len());
}

/// What is wrong with an answer, if anything is.
fn judged(reader: &str, path: &Path, planned: &[Event], answer: Result<Vec<Event>, String>) -> Option<String> {
    let mut found = match answer {
        Ok(read) => differences(planned, &read),
        Err(why) => vec![format!("refuses it: {why}")],
    };
    let file = path.file_name().unwrap().to_str().unwrap();
    if let Some(why) = mistakes::excuse(reader, file) {
        // An excuse that is not needed hides mistakes of ours.
        found = if found.is_empty() { vec![format!("is right, and needs no excuse: {why}")] } else { Vec::new() };
    }
    found.first().map(|first| format!("{reader}, {file}, {} times:\n{first}", found.len()))
}
