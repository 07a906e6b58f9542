//! Reads people strictly, one after the other: from a table, a YAML file, a folder of YAML files, or a stream.
//!
//! This is health data, so nothing of it is kept or repeated. A finding says where something is and what belongs there, and names keys,
//! the person's id, and what the catalogue has; it repeats no value, and none of these texts is ever put into
//! [`Sources`](crate::Sources). Memory does not grow with the people of a table or folder, but for eight bytes of each id and of
//! each former name of a calendar.
//!
//! A stream is read as YAML if its first line that says something is `---`, a comment, an item of a list, a bracket, or has a colon
//! before any comma, semicolon or tab; else as a table.
//!
//! ```
//! use regimen_catalog::{Files, load_files, people};
//! let files = [("regimen.yaml".into(), b"language: en\nwords: {title: Club}\n".as_slice().into())];
//! let catalog = load_files(&Files::from(files)).catalog.expect("a catalogue");
//! let table = "id,name,program\np-001,Ann,first-steps\n";
//! let mut roster = people::open(people::Source::stream("people.csv", table.as_bytes()), &catalog)?;
//! assert!(roster.findings().is_empty());
//! let row = roster.next().expect("a person");
//! assert_eq!(row.person.expect_err("it is a small catalogue")[0].message, "there is no programme of this id");
//! # Ok::<(), people::RosterError>(())
//! ```

mod columns;
mod dates;
mod folder;
mod formerly;
mod keys;
mod limited;
mod list;
mod lookup;
mod person;
mod plausible;
mod quotes;
mod sniff;
mod table;

use std::collections::HashSet;
use std::fmt;
use std::fs::File;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FilePath, Place, Severity};
use regimen_model::model::{Person, PersonId};
use regimen_model::reference::Id;

use folder::Folder;
pub use keys::keys;
use list::List;
use person::Reader;
use sniff::{Form, Start};
use table::Table;

/// Where people are read from.
pub struct Source<'s>(Of<'s>);

enum Of<'s> {
    Path(PathBuf),
    Stream(FilePath, Box<dyn Read + Send + 's>),
}

impl<'s> Source<'s> {
    /// A file that ends in `.csv`, `.tsv`, `.yaml` or `.yml`, or a folder with a file `<id>.yaml` for each person.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self(Of::Path(path.into()))
    }

    /// Text that comes from elsewhere, such as standard input; findings call it `name`.
    pub fn stream(name: &str, text: impl Read + Send + 's) -> Self {
        Self(Of::Stream(name.into(), Box::new(text)))
    }

    /// What findings call it.
    fn name(&self) -> FilePath {
        match &self.0 {
            Of::Path(path) => shown(path),
            Of::Stream(name, _) => name.clone(),
        }
    }
}

/// A path as findings show it.
fn shown(path: &Path) -> FilePath {
    path.display().to_string().replace('\\', "/").into()
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Of::Path(path) => path.fmt(f),
            Of::Stream(name, _) => name.fmt(f),
        }
    }
}

/// Why people cannot be read at all.
#[derive(Debug)]
pub enum RosterError {
    /// There is no such file or folder.
    Missing(PathBuf),
    /// The system refuses.
    Io(PathBuf, io::Error),
    /// The name of the file does not say what it is.
    Ending(PathBuf),
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "there is no file or folder `{}`", path.display()),
            Self::Io(path, error) => write!(f, "`{}` cannot be read: {error}", path.display()),
            Self::Ending(path) => write!(f, "`{}` is neither a table nor YAML by its name", path.display()),
        }
    }
}

impl std::error::Error for RosterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(_, error) => Some(error),
            Self::Missing(_) | Self::Ending(_) => None,
        }
    }
}

impl RosterError {
    /// How to go on.
    pub fn help(&self) -> &'static str {
        match self {
            Self::Missing(_) => {
                "name a table such as `people.csv`, or a folder of people; `regimen new people` writes a table"
            }
            Self::Io(..) => "make sure that you may read it",
            Self::Ending(_) => {
                "give it the ending `.csv`, `.tsv`, `.yaml` or `.yml`, or pass its text on standard input: `--people -`"
            }
        }
    }
}

/// One person of a roster, or what is wrong with them.
#[derive(Debug)]
pub struct RosterRow {
    /// Which one it is, counted from 1. Rows that say nothing do not count.
    pub number: usize,
    /// The id, if it is one.
    pub id: Option<Id<PersonId>>,
    /// Where the person is written. The file is named as the user named it.
    pub place: Place,
    /// What the place is called where there are rows: `row 6`. Nothing in YAML.
    pub words: String,
    /// The person, or every finding. The ids that a person refers to are in the catalogue.
    pub person: Result<Person, Vec<Diagnostic>>,
    /// What is hardly meant of a person who can be read.
    pub warnings: Vec<Diagnostic>,
    /// What can be read of a person whose row has an error, if it names conditions: these, and which exercises they do not do. It says
    /// whether files that they have already suit them.
    pub cautious: Option<Box<Person>>,
}

/// People, in the order of their table or of the names of their files.
///
/// Each id comes once; a row with an id of another row before it has a finding.
pub struct Roster<'c> {
    reader: Reader<'c>,
    rows: Rows<'c>,
    /// The first person, who has been read to know that there is one.
    first: Option<RosterRow>,
    findings: Vec<Diagnostic>,
    number: usize,
    /// Digests of the ids.
    ids: HashSet<u64>,
}

impl fmt::Debug for Roster<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Roster").field("number", &self.number).finish_non_exhaustive()
    }
}

enum Rows<'c> {
    None,
    Table(Box<Table<'c>>),
    List(List),
    Folder(Folder),
}

/// A row as far as it can be read by itself. Places are already those that are shown.
struct Row {
    place: Place,
    words: String,
    id: Option<Id<PersonId>>,
    person: Result<Person, Vec<Diagnostic>>,
    warnings: Vec<Diagnostic>,
    cautious: Option<Box<Person>>,
}

impl Row {
    /// A row of which nobody can be read.
    fn wrong(place: Place, id: Option<Id<PersonId>>, findings: Vec<Diagnostic>) -> Self {
        Self { place, words: String::new(), id, person: Err(findings), warnings: Vec::new(), cautious: None }
    }
}

/// Opens a roster for a catalogue that has no errors.
///
/// # Errors
/// If there is nothing that can be read. What is wrong *in* it are findings: of all of it with [`Roster::findings`], and of each row.
pub fn open<'c>(source: Source<'c>, catalog: &'c Catalog) -> Result<Roster<'c>, RosterError> {
    let reader = Reader::new(catalog);
    let name: FilePath = source.name();
    let (rows, findings) = match source.0 {
        Of::Stream(name, text) => of_stream(&reader, name.clone(), text, None)
            .map_err(|error| RosterError::Io(PathBuf::from(&*name), error))?,
        Of::Path(path) => of_path(&reader, &path)?,
    };
    let mut roster = Roster { reader, rows, first: None, findings, number: 0, ids: HashSet::new() };
    if roster.findings.iter().all(|finding| finding.severity != Severity::Error) {
        roster.first = roster.read();
        let place = || Place::at(name.clone(), 1, 1);
        roster.findings.extend(roster.first.is_none().then(|| nobody(place())));
    }
    Ok(roster)
}

/// That a roster is empty. What made it is mostly a download that broke off or a filter, and not that everybody has left.
fn nobody(place: Place) -> Diagnostic {
    let found = Diagnostic::error(EMPTY, "there is nobody in the roster");
    found.at(place, "").help("write a row for each person; if everybody has left, build with `--remove-gone`")
}

fn of_path<'c>(reader: &Reader<'c>, path: &Path) -> Result<(Rows<'c>, Vec<Diagnostic>), RosterError> {
    let name = shown(path);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => RosterError::Missing(path.to_owned()),
        _ => RosterError::Io(path.to_owned(), error),
    };
    let kind = std::fs::metadata(path).map_err(failed)?;
    if kind.is_dir() {
        let folder = Folder::list(path, name).map_err(failed)?;
        let findings = folder.findings();
        return Ok((Rows::Folder(folder), findings));
    }
    // What is no file, such as a pipe of a shell, has no name of its own.
    let form =
        if kind.is_file() { Some(form_of(path).ok_or_else(|| RosterError::Ending(path.to_owned()))?) } else { None };
    let file = || File::open(path).map(Box::new);
    let (rows, mut findings) = file().and_then(|file| of_stream(reader, name.clone(), file, form)).map_err(failed)?;
    // A file can be read twice, so that nobody is built from a table whose rows end elsewhere than they should.
    if let (Rows::Table(_), Some(_)) = (&rows, form)
        && let Rows::Table(again) = file().and_then(|file| of_stream(reader, name, file, form)).map_err(failed)?.0
        && let Some(found) = again.survey(reader)
    {
        findings.push(found);
        return Ok((Rows::None, findings));
    }
    Ok((rows, findings))
}

/// What a file is by its name.
fn form_of(path: &Path) -> Option<Form> {
    let ending = path.extension()?.to_str()?.to_ascii_lowercase();
    match ending.as_str() {
        "csv" | "tsv" => Some(Form::Table),
        "yaml" | "yml" => Some(Form::Yaml),
        _ => None,
    }
}

fn of_stream<'c>(
    reader: &Reader<'c>,
    name: FilePath,
    text: Box<dyn Read + Send + 'c>,
    form: Option<Form>,
) -> io::Result<(Rows<'c>, Vec<Diagnostic>)> {
    let start = Start::of(text)?;
    if let Some(wrong) = start.wrong(&name) {
        return Ok((Rows::None, vec![wrong]));
    }
    match form.unwrap_or_else(|| start.form()) {
        Form::Table => {
            let (table, findings) = Table::open(start, name, reader)?;
            Ok((table.map_or(Rows::None, |table| Rows::Table(Box::new(table))), findings))
        }
        Form::Yaml => Ok(match List::read(start, name)? {
            Ok(list) => (Rows::List(list), Vec::new()),
            Err(findings) => (Rows::None, findings),
        }),
    }
}

impl Roster<'_> {
    /// What is wrong with the roster as a whole, such as a column that is no key of a person. If there is anything, nobody is read as
    /// they were meant, although their rows may have no finding.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether an id was not there before.
    fn is_new(&mut self, id: &Id<PersonId>) -> bool {
        let mut digest = DefaultHasher::new();
        id.as_str().hash(&mut digest);
        self.ids.insert(digest.finish())
    }

    /// Reads the next person.
    fn read(&mut self) -> Option<RosterRow> {
        let Row { place, words, id, mut person, warnings, mut cautious } = match &mut self.rows {
            Rows::None => None,
            Rows::Table(table) => table.next(&mut self.reader),
            Rows::List(list) => list.next(&mut self.reader),
            Rows::Folder(folder) => folder.next(&mut self.reader),
        }?;
        self.number += 1;
        if let Some(id) = &id
            && !self.is_new(id)
        {
            let mut findings = person.err().unwrap_or_default();
            let message = format!("another person before this one has the id `{id}`");
            findings.insert(0, Diagnostic::error("person-id", message).at(place.clone(), words.clone()).help(SAME_ID));
            // It is not known which of the two has the files.
            (person, cautious) = (Err(findings), None);
        }
        let person = person.map_err(|findings| sorted(findings, id.as_ref()));
        let warnings = sorted(warnings, id.as_ref());
        Some(RosterRow { number: self.number, id, place, words, person, warnings, cautious })
    }
}

impl Iterator for Roster<'_> {
    type Item = RosterRow;

    fn next(&mut self) -> Option<RosterRow> {
        self.first.take().or_else(|| self.read())
    }
}

/// Findings in the order of their places, those in a table with the id that its row has.
fn sorted(mut findings: Vec<Diagnostic>, id: Option<&Id<PersonId>>) -> Vec<Diagnostic> {
    if let Some(id) = id {
        let labels = findings.iter_mut().filter_map(|finding| finding.labels.first_mut());
        labels.filter(|label| !label.text.is_empty()).for_each(|label| label.text.push_str(&format!(", of `{id}`")));
    }
    findings.sort_by_cached_key(|finding| finding.labels.first().map(|label| label.place.clone()));
    findings
}

/// The code of the finding that there is nobody in a roster.
pub const EMPTY: &str = "empty-roster";

/// The way out where two people have one id.
const SAME_ID: &str =
    "give each person an id of their own; files and calendars are named by it, so the older one should keep it";
