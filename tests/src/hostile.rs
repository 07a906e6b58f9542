//! What must hold for every input, however hostile. The fuzzing targets and a bounded run in the tests share it.

use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::LazyLock;

use regimen_catalog::diagnostic::Label;
use regimen_catalog::model::{Action, Colour, Day, Level, Measure, RunTarget, StepLength, Target};
use regimen_catalog::people::{Source, open};
use regimen_catalog::quantity::{
    Count, Distance, Duration, Extent, Interval, Load, Pace, PainLimit, Percent, Reps, Rir, Rpe, Tempo, TimesPerDay,
};
use regimen_catalog::{
    Catalog, FieldPath, Files, Id, LanguageTag, Loaded, Place, Severity, Sources, Spot, YAML, load_files, plan,
    prose as text_prose,
};

use crate::dice::Dice;

/// A small catalogue without errors.
static SMALL: LazyLock<Files> = LazyLock::new(|| {
    let files = crate::files(&crate::repository().join("tests/fixtures/small")).into_iter();
    files.map(|(path, bytes)| (path.into(), bytes.into())).collect()
});

/// The files that a hostile one may take the place of.
fn places() -> impl Iterator<Item = &'static str> {
    SMALL.keys().map(AsRef::as_ref).chain(["languages/de.yaml", "exercises/heel-raise.de.yaml", "sources/new.yaml"])
}

/// Bytes as one file of a catalogue; how many there are says as which.
pub fn any_file(bytes: &[u8]) {
    let place = places().nth(bytes.len() % places().count()).unwrap();
    as_file(place, bytes);
    people(bytes);
}

/// Bytes as people: each finding says where it is, and a person without one is whole.
pub fn people(bytes: &[u8]) {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| load_files(&SMALL).catalog.unwrap());
    let mut roster = open(Source::stream("people", bytes), &CATALOG).unwrap();
    let mut findings = roster.findings().to_vec();
    for row in roster.by_ref() {
        assert!(row.person.as_ref().map_or(true, |person| Some(&person.id) == row.id.as_ref()), "{row:?}");
        let found = row.person.err().unwrap_or_default();
        findings.extend(found);
    }
    for finding in findings {
        assert!(!finding.message.is_empty() && !finding.labels.is_empty(), "{finding:?}");
        let is_at = |label: &Label| matches!(label.place.spot, Spot::At { line: 1.., column: 1.. });
        assert!(finding.labels.iter().all(is_at), "{finding:?}");
    }
}

/// Bytes as every file of a catalogue in turn.
pub fn every_file(bytes: &[u8]) {
    places().for_each(|place| as_file(place, bytes));
}

fn as_file(place: &str, bytes: &[u8]) {
    let mut files = SMALL.clone();
    files.insert(place.into(), bytes.into());
    is_sound(&load_files(&files));
}

/// Findings point into their files, and a catalogue without errors can be written out.
fn is_sound(loaded: &Loaded) {
    for finding in &loaded.findings {
        assert!(!finding.message.is_empty() && !finding.labels.is_empty(), "{finding:?}");
        for place in finding.labels.iter().map(|label| &label.place) {
            is_part(&loaded.sources, place);
        }
    }
    let errors = loaded.findings.iter().any(|finding| finding.severity == Severity::Error);
    let Some(catalog) = &loaded.catalog else {
        assert!(errors, "there is neither a catalogue nor an error");
        return;
    };
    for program in catalog.programs.values() {
        let schedules = catalog.project.schedules.iter().filter(|(_, schedule)| schedule.program == program.id);
        for schedule in schedules.map(Some).chain([None]) {
            let planned = plan::expand(catalog, program, schedule);
            assert!(errors || planned.is_ok(), "{planned:?}");
        }
    }
}

fn is_part(sources: &Sources, place: &Place) {
    if let (Some(found), Some(text)) = (sources.locate(place), sources.text(&place.file)) {
        assert!(text.get(found.range.clone()).is_some(), "{found:?} is no part of its file");
    }
}

/// Reads a text as every amount. What is read is the same when it is written and read again.
pub fn quantity(text: &str) {
    comes_back::<Duration>(text);
    comes_back::<Distance>(text);
    comes_back::<Load>(text);
    comes_back::<Count>(text);
    comes_back::<Reps>(text);
    comes_back::<Interval>(text);
    comes_back::<PainLimit>(text);
    comes_back::<TimesPerDay>(text);
    comes_back::<Rpe>(text);
    comes_back::<Extent<Rpe>>(text);
    comes_back::<Rir>(text);
    comes_back::<Extent<Rir>>(text);
    comes_back::<Tempo>(text);
    comes_back::<Percent>(text);
    comes_back::<Pace>(text);
    comes_back::<Measure>(text);
    comes_back::<StepLength>(text);
    comes_back::<RunTarget>(text);
    comes_back::<Target>(text);
    comes_back::<Level>(text);
    comes_back::<Day>(text);
    comes_back::<Action>(text);
    comes_back::<Colour>(text);
    comes_back::<LanguageTag>(text);
    comes_back::<Id<()>>(text);
}

fn comes_back<T: FromStr + Display + PartialEq + Debug>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        let written = value.to_string();
        assert_eq!(written.parse::<T>().ok().as_ref(), Some(&value), "`{text}` is written as `{written}`");
    }
}

/// Reads a text as prose. What it refers to and what is wrong with it are parts of the text.
pub fn prose(text: &str) {
    let parsed = text_prose::parse(text);
    let references = parsed.references.iter().map(|(_, range)| range);
    for range in references.chain(parsed.problems.iter().map(|problem| &problem.range)) {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no part of the text");
    }
    let _blocks_or_problems = parsed.into_blocks();
}

/// Looks for places in a text, some of which are there.
pub fn yaml_paths(text: &str) {
    let mut sources = Sources::default();
    sources.add("a", text, YAML);
    let key = text.split([':', '\n', ' ']).find(|word| !word.is_empty()).unwrap_or_default();
    for first in [FieldPath::root(), FieldPath::root().key(key), FieldPath::root().key("words")] {
        for path in [first.clone(), first.clone().index(0), first.clone().index(1).key(key), first.key("name")] {
            for spot in [Spot::Value(path.clone()), Spot::Key(path.clone()), Spot::Within(path, key.into())] {
                is_part(&sources, &Place { file: "a".into(), spot });
            }
        }
    }
    for end in 0..text.len().min(64) {
        is_part(&sources, &Place::bytes("a", end / 2..end));
    }
}

/// The same input with a few small damages, as many as `count` times; the same ones on every machine.
pub fn damaged(input: &[u8], count: usize) -> impl Iterator<Item = Vec<u8>> {
    let mut dice = Dice::new();
    (0..count).map(move |_| {
        let mut bytes = input.to_vec();
        for _ in 0..=dice.below(4) {
            damage(&mut bytes, &mut dice);
        }
        bytes
    })
}

const PIECES: [&[u8]; 24] = [
    b"\n",
    b"\n  ",
    b" ",
    b"\t",
    b"\r",
    b"\0",
    b": ",
    b":",
    b"- ",
    b"-",
    b"[",
    b"]",
    b"{",
    b"}",
    b", ",
    b"\"",
    b"'",
    b"#",
    b"&a ",
    b"*a",
    b"<<: ",
    b"---\n",
    b"9999999999",
    b"\xff",
];

fn damage(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let at = dice.below(bytes.len() + 1);
    let end = (at + dice.below(8)).min(bytes.len());
    match dice.below(4) {
        0 => drop(bytes.drain(at..end)),
        1 => {
            let piece = bytes[at..end].to_vec();
            let to = dice.below(bytes.len() + 1);
            drop(bytes.splice(to..to, piece));
        }
        2 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
        _ => drop(bytes.splice(at..at, dice.pick(&PIECES).iter().copied())),
    }
}
