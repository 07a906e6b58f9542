//! A YAML file with the keys of one person or a list of people.

use std::io::{self, Read as _};

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Label, Place, Spot};
use regimen_model::model::PersonId;
use regimen_model::reference::Id;
use regimen_model::source::Sources;

use super::Row;
use super::person::Reader;
use super::sniff::Start;
use crate::yaml::{self, Value, YAML};
use regimen_model::limits::YAML_FILE;

/// People of a file, as far as they have not been read yet.
pub(super) struct List {
    text: Text,
    people: std::vec::IntoIter<Value>,
    is_list: bool,
    next: usize,
}

/// The text of one file, in which places are looked up. It never leaves this module.
pub(super) struct Text {
    file: FilePath,
    sources: Sources,
}

impl List {
    /// Reads all of a file that is not too large.
    pub(super) fn read(start: Start<'_>, file: FilePath) -> io::Result<Result<Self, Vec<Diagnostic>>> {
        let mut bytes = Vec::new();
        start.text().take(YAML_FILE.in_bytes() + 1).read_to_end(&mut bytes)?;
        Ok(Text::read(&bytes, file).map(|(text, value)| {
            let (people, is_list) = value.into_items();
            Self { text, people: people.into_iter(), is_list, next: 0 }
        }))
    }

    pub(super) fn next(&mut self, reader: &mut Reader<'_>) -> Option<Row> {
        let value = self.people.next()?;
        let base = if self.is_list { FieldPath::root().index(self.next) } else { FieldPath::root() };
        self.next += 1;
        Some(self.text.person(reader, value, &base, None))
    }
}

impl Text {
    /// The text of a file and what it says.
    pub(super) fn read(bytes: &[u8], file: FilePath) -> Result<(Self, Value), Vec<Diagnostic>> {
        if YAML_FILE.is_exceeded_by(bytes.len() as u64) {
            let most = YAML_FILE.in_bytes() >> 20;
            let found =
                Diagnostic::error("too-large", format!("the file has more than {most} MiB, which is not read as YAML"));
            let found = found.at(Place::at(file, 1, 1), "");
            return Err(vec![
                found.help("write so many people as a table, `people.csv`, or each into a file of a folder"),
            ]);
        }
        let (text, read) = match yaml::utf8(bytes, &file) {
            Ok(text) => (text.to_owned(), yaml::read_people(text, &file)),
            Err(wrong) => (wrong.0, Err(vec![wrong.1])),
        };
        let mut sources = Sources::default();
        sources.add(file.clone(), text, YAML);
        let text = Self { file, sources };
        match read {
            Ok(value) => Ok((text, value)),
            Err(findings) => Err(text.placed(findings, &FieldPath::root())),
        }
    }

    /// The person at a path of the file.
    pub(super) fn person(
        &self,
        reader: &mut Reader<'_>,
        value: Value,
        base: &FieldPath,
        known_as: Option<&Id<PersonId>>,
    ) -> Row {
        let read = reader.read(&self.file, value, known_as);
        // Nothing need be looked up for the start of the file.
        let place = match base.0.as_slice() {
            [] => Place::at(self.file.clone(), 1, 1),
            _ => self.place(&Spot::Value(base.clone())),
        };
        let person = read.person.map_err(|findings| self.placed(findings, base));
        let warnings = self.placed(read.warnings, base);
        Row { place, words: String::new(), id: read.id, person, warnings, cautious: read.cautious }
    }

    /// Findings with lines and columns in place of paths below `base`.
    fn placed(&self, findings: Vec<Diagnostic>, base: &FieldPath) -> Vec<Diagnostic> {
        let below = |path: &FieldPath| base.clone().join(path.clone());
        let place = |label: Label| {
            let spot = match &label.place.spot {
                Spot::Value(path) => Spot::Value(below(path)),
                Spot::Key(path) => Spot::Key(below(path)),
                other => other.clone(),
            };
            Label { place: self.place(&spot), ..label }
        };
        let placed = findings.into_iter().map(|finding| {
            let labels = finding.labels.iter().cloned().map(place).collect();
            Diagnostic { labels, ..finding }
        });
        placed.collect()
    }

    fn place(&self, spot: &Spot) -> Place {
        let found = self.sources.locate(&Place { file: self.file.clone(), spot: spot.clone() });
        let (line, column) = found.map_or((1, 1), |found| (found.line, found.column));
        Place::at(self.file.clone(), line, column)
    }
}
