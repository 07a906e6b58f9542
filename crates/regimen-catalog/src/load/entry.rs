//! One file of one entry: facts and words taken apart.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use crate::yaml::{self, Document, Value};
use regimen_lint::{Allowance, Allowed, Rules};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{
    Condition, Entity, Equipment, Exercise, Fragment, IdHistory, Muscle, MuscleGroup, Origin, Program, Project,
    ProjectWords, Session, Source, Version, Words,
};
use regimen_model::reference::{Id, Kind};

/// The key that holds the default language's words beside the facts.
const WORDS: &str = "words";

/// The key under which rules of the linter are silenced.
const ALLOW: &str = "allow";

/// The keys that say what an entry was called before and what takes its place.
const ID_HISTORY: &[&str] = &["formerly", "replaced_by"];

/// The key that says which version of the default language's words a translation follows.
const FOLLOWS: &str = "follows";

/// The key that says where an entry or its words were taken from.
const ORIGIN: &str = "origin";

/// The key that holds the severities and limits of rules in the project file.
const RULES: &str = "rules";

/// The key that holds the schedules of the project file.
const SCHEDULES: &str = "schedules";

/// Schedules that have errors, by their names, each with its programme if it names one.
pub(crate) type LostSchedules = BTreeMap<String, Option<Id<Program>>>;

/// The project file as far as it has no errors.
pub(super) struct ReadProject {
    pub(super) read: Read<(Project, ProjectWords)>,
    pub(super) lost: LostSchedules,
    /// What is wrong with the lost schedules.
    pub(super) findings: Vec<Diagnostic>,
}

/// All that an entry's own file says.
pub(super) struct Parts<T: Entity> {
    pub(super) facts: T,
    pub(super) words: T::Words,
    pub(super) version: Version,
    pub(super) id_history: IdHistory<T>,
    pub(super) origins: Origins,
}

/// Where an entry and its words were taken from.
#[derive(Default)]
pub(super) struct Origins {
    pub(super) entry: Option<Origin>,
    pub(super) words: Option<Origin>,
}

/// All that a translation says.
pub(super) struct Translated<W> {
    pub(super) words: W,
    pub(super) follows: Option<Version>,
    pub(super) origin: Option<Origin>,
}

/// What a file says, and which rules it silences where.
pub(super) struct Read<T> {
    pub(super) said: T,
    pub(super) allowances: Vec<Allowance>,
    /// What is no mistake and should be known.
    pub(super) remarks: Vec<Diagnostic>,
}

/// A YAML file of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct TextFile<'a> {
    pub(super) file: &'a FilePath,
    pub(super) text: &'a str,
}

/// A kind of entry that is written in YAML.
pub(super) trait Written: Entity + DeserializeOwned {
    /// Reads the words that stand beside the facts.
    fn words(file: TextFile<'_>, value: Option<Value>) -> (Option<Self::Words>, Vec<Diagnostic>);

    /// Reads a file that holds only words, in another language.
    fn translation(file: TextFile<'_>, value: Value) -> (Option<Self::Words>, Vec<Diagnostic>);
}

macro_rules! written_with_words {
    ($($kind:ty),+) => {$(
        impl Written for $kind {
            fn words(file: TextFile<'_>, value: Option<Value>) -> (Option<Self::Words>, Vec<Diagnostic>) {
                file.required_words(value)
            }

            fn translation(file: TextFile<'_>, value: Value) -> (Option<Self::Words>, Vec<Diagnostic>) {
                file.some_words(value)
            }
        }
    )+};
}

written_with_words!(Muscle, MuscleGroup, Equipment, Condition, Exercise, Fragment, Session, Program);

impl Written for Source {
    fn words(file: TextFile<'_>, value: Option<Value>) -> (Option<()>, Vec<Diagnostic>) {
        match value {
            None => (Some(()), Vec::new()),
            Some(_) => (None, vec![no_words(file, Place::key(file.file.clone(), FieldPath::root().key(WORDS)))]),
        }
    }

    fn translation(file: TextFile<'_>, _: Value) -> (Option<()>, Vec<Diagnostic>) {
        (None, vec![no_words(file, Place::file(file.file.clone()))])
    }
}

fn no_words(file: TextFile<'_>, place: Place) -> Diagnostic {
    Diagnostic::error("misplaced-file", format!("`{}` is a source, and sources are not translated", file.file))
        .at(place, "")
        .help("a source is cited as it was published; delete these words")
}

/// A kind of entry, and how its files are read.
pub(super) trait Filed: Entity {
    /// Reads an entry's own file.
    fn read(file: TextFile<'_>) -> Result<Read<Parts<Self>>, Vec<Diagnostic>>;

    /// Reads its words in another language.
    fn read_words(file: TextFile<'_>) -> Result<Read<Translated<Self::Words>>, Vec<Diagnostic>>;
}

impl<T: Written> Filed for T {
    fn read(file: TextFile<'_>) -> Result<Read<Parts<T>>, Vec<Diagnostic>> {
        file.entry::<T>()
    }

    fn read_words(file: TextFile<'_>) -> Result<Read<Translated<T::Words>>, Vec<Diagnostic>> {
        file.translation::<T>()
    }
}

impl<'a> TextFile<'a> {
    /// The whole file through the strict reader.
    pub(super) fn read(self) -> Result<Document, Vec<Diagnostic>> {
        yaml::read(self.text, self.file, 0..self.text.len())
    }

    /// Facts and words of an entry's own file. An `allow` may stand in every mapping of the facts.
    fn entry<T: Written>(self) -> Result<Read<Parts<T>>, Vec<Diagnostic>> {
        let mut document = self.read()?;
        let (id_history, mut found) = self.id_history(&mut document);
        let (origins, more) = self.origins(&mut document, T::KIND);
        found.extend(more);
        let version = words_version(&document);
        let read = self.facts_and_words(document, T::words, &|_| true);
        whole_entry(read, version, origins, id_history, found)
    }

    /// Where the entry was taken from, and the words beside its facts, taken out of both.
    pub(super) fn origins(self, document: &mut Document, kind: Kind) -> (Origins, Vec<Diagnostic>) {
        // A publication is where something comes from. Hardly any other file has one.
        if kind == Kind::Source || !self.text.contains(ORIGIN) {
            return (Origins::default(), Vec::new());
        }
        let (entry, mut findings) = self.origin(yaml::split_off(document, ORIGIN), FieldPath::root());
        let (words, more) = self.origin_of_words(document, Some(WORDS), kind);
        findings.extend(more);
        (Origins { entry, words }, findings)
    }

    /// Where words were taken from. Muscles also have a word of this name, the place where they arise, which is a text.
    pub(super) fn origin_of_words(
        self,
        document: &mut Document,
        below: Option<&str>,
        kind: Kind,
    ) -> (Option<Origin>, Vec<Diagnostic>) {
        let path = below.map_or_else(FieldPath::root, |key| FieldPath::root().key(key));
        self.origin(yaml::split_mapping(document, below, ORIGIN, kind == Kind::Muscle), path)
    }

    fn origin(self, value: Option<Value>, below: FieldPath) -> (Option<Origin>, Vec<Diagnostic>) {
        match value {
            Some(value) => yaml::decode(self.text, self.file, &below.key(ORIGIN), value),
            None => (None, Vec::new()),
        }
    }

    /// What an entry was called before and what takes its place, taken out of its facts.
    pub(super) fn id_history<T>(self, document: &mut Document) -> (Option<IdHistory<T>>, Vec<Diagnostic>) {
        // Hardly any file has one.
        if !ID_HISTORY.iter().any(|key| self.text.contains(key)) {
            return (Some(IdHistory::default()), Vec::new());
        }
        let written = yaml::split_keys(document, ID_HISTORY);
        yaml::decode(self.text, self.file, &FieldPath::root(), written)
    }

    fn facts_and_words<T: DeserializeOwned, W>(
        self,
        mut document: Document,
        words: impl FnOnce(Self, Option<Value>) -> (Option<W>, Vec<Diagnostic>),
        may_allow: &dyn Fn(&FieldPath) -> bool,
    ) -> Result<Read<(T, W)>, Vec<Diagnostic>> {
        let beside = yaml::split_off(&mut document, WORDS);
        let allowances = self.allowances(&mut document, may_allow);
        let remarks = self.idle_keys(&document);
        let (facts, mut findings) = yaml::decode::<T>(self.text, self.file, &FieldPath::root(), document.value);
        let (words, more) = words(self, beside);
        findings.extend(more);
        Ok(Read { remarks, ..joined(facts.zip(words), allowances, findings)? })
    }

    /// Words of an entry in another language. An `allow` may stand at their root.
    fn translation<T: Written>(self) -> Result<Read<Translated<T::Words>>, Vec<Diagnostic>> {
        let mut document = self.read()?;
        let allowances = self.allowances(&mut document, &|path| path.0.is_empty());
        let (follows, mut findings) = self.follows(&mut document);
        let (origin, more) = self.origin_of_words(&mut document, None, T::KIND);
        findings.extend(more);
        let (words, more) = T::translation(self, document.value);
        findings.extend(more);
        joined(words.map(|words| Translated { words, follows, origin }), allowances, findings)
    }

    /// The version of the default language's words that a translation says it follows.
    pub(super) fn follows(self, document: &mut Document) -> (Option<Version>, Vec<Diagnostic>) {
        match yaml::split_off(document, FOLLOWS) {
            Some(value) => yaml::decode(self.text, self.file, &FieldPath::root().key(FOLLOWS), value),
            None => (None, Vec::new()),
        }
    }

    /// Words of which every one may be missing.
    pub(super) fn some_words<W: Words + DeserializeOwned>(self, mut value: Value) -> (Option<W>, Vec<Diagnostic>) {
        yaml::fill_in(&mut value, W::REQUIRED);
        yaml::decode(self.text, self.file, &FieldPath::root(), value)
    }

    /// Takes every `allow` out of the mappings where it may stand.
    pub(super) fn allowances(
        self,
        document: &mut Document,
        may_allow: &dyn Fn(&FieldPath) -> bool,
    ) -> Result<Vec<Allowance>, Vec<Diagnostic>> {
        let (mut allowances, mut findings) = (Vec::new(), Vec::new());
        // Hardly any file has one, and looking for it in all mappings costs more than looking for the word.
        if !self.text.contains(ALLOW) {
            return Ok(allowances);
        }
        for (path, value) in yaml::split_everywhere(document, ALLOW, may_allow) {
            let at = path.clone().key(ALLOW);
            let (allowed, more) = yaml::decode::<Allowed>(self.text, self.file, &at, value);
            let rules = allowed.into_iter().flat_map(|allowed| allowed.0);
            allowances.extend(rules.map(|code| Allowance { file: self.file.clone(), path: path.clone(), code }));
            findings.extend(more);
        }
        if findings.is_empty() { Ok(allowances) } else { Err(findings) }
    }

    /// The project file: its facts and its words. If only schedules have errors, the rest is read without them.
    pub(super) fn project(self, may_allow: &dyn Fn(&FieldPath) -> bool) -> Result<ReadProject, Vec<Diagnostic>> {
        let mut document = self.read()?;
        let (rules, wrong_rules) = match yaml::split_off(&mut document, RULES) {
            Some(value) => yaml::decode(self.text, self.file, &FieldPath::root().key(RULES), value),
            None => (Some(Rules::default()), Vec::new()),
        };
        let version = words_version(&document);
        let read = |document| self.facts_and_words::<Project, ProjectWords>(document, Self::required_words, may_allow);
        let (mut read, lost, findings) = match read(document) {
            Ok(read) => (read, LostSchedules::new(), Vec::new()),
            Err(findings) => {
                if !wrong_rules.is_empty() {
                    return Err(findings.into_iter().chain(wrong_rules).collect());
                }
                // A copy beside the first would double what thousands of schedules take while they are read.
                let mut sound = self.read()?;
                yaml::split_off(&mut sound, RULES);
                match lost_schedules(&findings, &mut sound).and_then(|lost| Some((read(sound).ok()?, lost))) {
                    Some((read, lost)) => (read, lost, findings),
                    None => return Err(findings),
                }
            }
        };
        let Some(Rules(rules)) = rules else { return Err(wrong_rules) };
        read.said.0.rules = rules;
        read.said.1.version = Some(version);
        Ok(ReadProject { read, lost, findings })
    }

    /// The project's words in another language.
    pub(super) fn project_words(self) -> Result<ProjectWords, Vec<Diagnostic>> {
        let mut document = self.read()?;
        let (follows, mut findings) = self.follows(&mut document);
        let (words, more) = self.some_words::<ProjectWords>(document.value);
        findings.extend(more);
        let words = words.filter(|_| findings.is_empty()).ok_or(findings)?;
        Ok(ProjectWords { version: follows, ..words })
    }

    /// Any other file with one shape.
    pub(super) fn whole<T: DeserializeOwned>(self) -> Result<T, Vec<Diagnostic>> {
        let (whole, findings) = yaml::decode(self.text, self.file, &FieldPath::root(), self.read()?.value);
        whole.ok_or(findings)
    }

    /// The words beside the facts, which must be there.
    pub(super) fn required_words<W: DeserializeOwned>(self, value: Option<Value>) -> (Option<W>, Vec<Diagnostic>) {
        match value {
            Some(value) => yaml::decode(self.text, self.file, &FieldPath::root().key(WORDS), value),
            None => {
                let missing = Diagnostic::error("missing-field", "the key `words` is missing")
                    .at(Place::key(self.file.clone(), FieldPath::root().key(WORDS)), "")
                    .help("add `words:` with the `name` and whatever else readers see");
                (None, vec![missing])
            }
        }
    }
}

/// Takes the schedules that the findings are about out of the project file; `None` if a finding is about something else.
fn lost_schedules(findings: &[Diagnostic], document: &mut Document) -> Option<LostSchedules> {
    let name = |finding: &Diagnostic| Project::schedule_at(&finding.labels.first()?.place.spot).map(str::to_owned);
    let names: BTreeSet<String> = findings.iter().map(name).collect::<Option<_>>()?;
    let program = |written: &Value| written.json_at("program")?.as_str()?.parse().ok();
    let mut take = |name: String| {
        let written = yaml::split_mapping(document, Some(SCHEDULES), &name, false)?;
        Some((name, program(&written)))
    };
    names.into_iter().map(&mut take).collect()
}

/// The version of the words that stand beside facts.
pub(super) fn words_version(document: &Document) -> Version {
    Version::of(&document.value.json_at(WORDS).unwrap_or_default())
}

/// Facts and words, together with the history of its id.
pub(super) fn whole_entry<T: Entity>(
    read: Result<Read<(T, T::Words)>, Vec<Diagnostic>>,
    version: Version,
    origins: Origins,
    id_history: Option<IdHistory<T>>,
    found: Vec<Diagnostic>,
) -> Result<Read<Parts<T>>, Vec<Diagnostic>> {
    match (read, id_history) {
        (Ok(Read { said: (facts, words), allowances, remarks }), Some(id_history)) if found.is_empty() => {
            Ok(Read { said: Parts { facts, words, version, id_history, origins }, allowances, remarks })
        }
        (read, _) => Err(found.into_iter().chain(read.err().unwrap_or_default()).collect()),
    }
}

/// What was read, if all of it could be.
pub(super) fn joined<T>(
    said: Option<T>,
    allowances: Result<Vec<Allowance>, Vec<Diagnostic>>,
    mut findings: Vec<Diagnostic>,
) -> Result<Read<T>, Vec<Diagnostic>> {
    match (said, allowances) {
        (Some(said), Ok(allowances)) if findings.is_empty() => Ok(Read { said, allowances, remarks: Vec::new() }),
        (_, allowances) => {
            findings.extend(allowances.err().unwrap_or_default());
            Err(findings)
        }
    }
}
