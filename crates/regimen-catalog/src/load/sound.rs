//! The part of a catalogue that no error concerns.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Loaded;
use super::layout::{Class, classify};
use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FilePath, Label, Severity};
use regimen_model::language::LanguageTag;
use regimen_model::model::{Entity, Entry, Grid, Program, Project, ScheduleName, Table};
use regimen_model::reference::{Id, Kind, Reference};

/// The part of a catalogue that no error concerns.
#[derive(Debug, Clone)]
pub struct Sound {
    /// The catalogue without all that an error concerns, and without all that refers to it.
    pub catalog: Catalog,
    /// Errors that show only now, such as those of a programme that another error kept from being planned.
    pub findings: Vec<Diagnostic>,
    /// What is missing, as far as a part of the catalogue can tell.
    pub missing: Missing,
}

/// What errors concern.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    entries: BTreeSet<Reference>,
    /// Whether a file concerns no entry that can be named.
    unnamed: bool,
    /// Translations.
    words: BTreeSet<(Reference, LanguageTag)>,
    languages: BTreeSet<LanguageTag>,
    schedules: BTreeSet<Id<ScheduleName>>,
    /// The programmes of missing schedules.
    dates: BTreeSet<Id<Program>>,
    /// Whether the programme of a missing schedule is not known.
    unknown_dates: bool,
}

impl Missing {
    /// Whether an entry is missing, so that nothing can be made of the catalogue as a whole.
    pub fn is_entry(&self) -> bool {
        self.unnamed || !self.entries.is_empty()
    }

    /// Whether a part of the catalogue has an entry whose words in this language have an error.
    pub fn concerns(&self, part: &Catalog, language: &LanguageTag) -> bool {
        self.words.iter().any(|(entry, tag)| tag == language && part.has(entry))
    }

    /// Whether a schedule of the programme is missing, or may be: without dates it would be taken for one that has none.
    pub fn is_schedule_of(&self, program: &Id<Program>) -> bool {
        self.unknown_dates || self.dates.contains(program)
    }

    fn size(&self) -> usize {
        let entries = self.entries.len() + self.words.len();
        entries + self.languages.len() + self.schedules.len() + usize::from(self.unnamed)
    }
}

impl Loaded {
    /// The part of the catalogue that no error concerns; `None` if all of it is concerned, as by an error in the project
    /// file or in the labels of the catalogue's own language.
    ///
    /// ```
    /// use regimen_catalog::{Files, load_files};
    /// let mut files = Files::new();
    /// let mut add = |path: &str, text: &str| drop(files.insert(path.into(), text.as_bytes().into()));
    /// add("regimen.yaml", "language: en\nwords: {title: My club}\n");
    /// add("equipment/bar.yaml", "kind: free-weight\nwords: {name: Bar}\n");
    /// add("equipment/mat.yaml", "kind: mat\nwords: {nam: Mat}\n");
    /// let sound = load_files(&files).sound().expect("the project file is right");
    /// assert_eq!(sound.catalog.equipment.len(), 1);
    /// assert!(sound.missing.is_entry());
    /// ```
    pub fn sound(&self) -> Option<Sound> {
        let whole = self.catalog.as_ref()?;
        let (mut missing, mut findings) = (Missing::default(), Vec::new());
        for program in self.lost_schedules.values() {
            match program {
                Some(program) => drop(missing.dates.insert(program.clone())),
                None => missing.unknown_dates = true,
            }
        }
        let mut errors: Vec<Diagnostic> = errors(&self.findings).cloned().collect();
        loop {
            let before = missing.size();
            for error in &errors {
                concern(error, self, &mut missing)?;
            }
            spread(whole, &mut missing);
            if missing.languages.contains(whole.language()) {
                return None;
            }
            let catalog = without(whole, &missing);
            let wrong = regimen_lint::check(&catalog, &self.sources, &BTreeSet::new(), &self.allowances);
            errors = self::errors(&wrong).cloned().collect();
            findings.extend(errors.iter().filter(|error| !self.findings.contains(error)).cloned());
            if errors.is_empty() {
                return Some(Sound { catalog, findings, missing });
            }
            // An error that takes nothing more away could not be mended by going on.
            if missing.size() == before && before > 0 {
                return None;
            }
        }
    }
}

fn errors(findings: &[Diagnostic]) -> impl Iterator<Item = &Diagnostic> {
    findings.iter().filter(|finding| finding.severity == Severity::Error)
}

/// Notes what an error concerns; `None` if that is all or unknown.
fn concern(error: &Diagnostic, loaded: &Loaded, missing: &mut Missing) -> Option<()> {
    // A file that is not read as text, such as a picture, concerns those who show it.
    let is_read = |label: &&Label| !matches!(classify(&label.place.file), Ok(Class::Media));
    let label = error.labels.iter().find(is_read).or(error.labels.first())?;
    match classify(&label.place.file) {
        Ok(Class::Project(None)) => {
            let name = Project::schedule_at(&label.place.spot)?;
            if !loaded.lost_schedules.contains_key(name) {
                missing.schedules.insert(name.parse().ok()?);
            }
        }
        Ok(Class::Project(Some(tag)) | Class::Language(tag)) => drop(missing.languages.insert(tag)),
        Ok(Class::Entry { kind, stem, language: Some(tag) }) => match Reference::new(kind, &stem) {
            Ok(entry) => drop(missing.words.insert((entry, tag))),
            Err(_) => missing.unnamed = true,
        },
        Ok(Class::Entry { kind, stem, language: None }) => match Reference::new(kind, &stem) {
            Ok(entry) => drop(missing.entries.insert(entry)),
            Err(_) => missing.unnamed = true,
        },
        Ok(Class::Media) => shown(loaded.catalog.as_ref()?, &label.place.file, missing)?,
        Ok(Class::Ignored) | Err(_) => missing.unnamed = true,
    }
    Some(())
}

/// Notes the entries that show a picture, and the programmes that have their weeks in a table.
fn shown(catalog: &Catalog, file: &FilePath, missing: &mut Missing) -> Option<()> {
    let pictures = catalog.picture_files().into_iter().filter(|(picture, _)| **picture == **file);
    let tabled = |program: &&Arc<Entry<Program>>| program.grid.as_ref().and_then(Grid::table) == Some(file);
    let programs = catalog.programs.values().filter(tabled).map(|program| Some(Reference::from(&program.id)));
    let entries: Option<Vec<Reference>> = pictures.map(|(_, place)| entry(&place.file)).chain(programs).collect();
    let entries = entries.filter(|entries| !entries.is_empty())?;
    missing.entries.extend(entries);
    Some(())
}

fn entry(file: &FilePath) -> Option<Reference> {
    match classify(file) {
        Ok(Class::Entry { kind, stem, .. }) => Reference::new(kind, &stem).ok(),
        _ => None,
    }
}

/// Whatever refers to a missing entry is missing, too, and so are the schedules of a programme.
fn spread(catalog: &Catalog, missing: &mut Missing) {
    let mentions = catalog.mentions();
    loop {
        let before = missing.entries.len();
        for mention in &mentions {
            if let (Some(from), true) = (&mention.from, missing.entries.contains(&mention.to)) {
                missing.entries.insert(from.clone());
            }
        }
        if missing.entries.len() == before {
            break;
        }
    }
    for (name, schedule) in &catalog.project.schedules {
        if missing.entries.contains(&Reference::from(&schedule.program)) {
            missing.schedules.insert(name.clone());
        }
        if missing.schedules.contains(name) {
            missing.dates.insert(schedule.program.clone());
        }
    }
}

/// The catalogue without what is missing.
fn without(catalog: &Catalog, missing: &Missing) -> Catalog {
    fn keep<T: Entity>(table: &mut Table<T>, missing: &Missing) {
        table.retain(|id, _| !missing.entries.contains(&Reference::from(id)));
        let words = missing.words.iter().filter(|(entry, _)| entry.kind() == T::KIND);
        for (entry, language) in words {
            if let Some(entry) = table.get_mut(entry.id()) {
                Arc::make_mut(entry).translations.remove(language);
            }
        }
    }
    let mut catalog = catalog.clone();
    for kind in Kind::ALL {
        by_kind!(kind, T => keep(T::table_mut(&mut catalog), missing));
    }
    catalog.languages.retain(|tag, _| !missing.languages.contains(tag));
    let mut project = (*catalog.project).clone();
    project.schedules.retain(|name, _| !missing.schedules.contains(name));
    catalog.project = project.into();
    catalog
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{Files, load_files};

    #[test]
    fn two_files_for_one_language_are_refused() {
        let project = ("regimen.yaml", "language: en\nwords: {title: T}\n");
        for [first, second] in [
            ["equipment/bar.DE.yaml", "equipment/bar.de.yaml"],
            ["guides/lift.DE.md", "guides/lift.de.md"],
            ["languages/DE.yaml", "languages/de.yaml"],
            ["regimen.DE.yaml", "regimen.de.yaml"],
        ] {
            let files =
                [project, (first, "{}"), (second, "{}")].map(|(file, text)| (file.into(), text.as_bytes().into()));
            let found = load_files(&Files::from(files)).findings;
            let twice = found.iter().find(|finding| finding.code == "duplicate-file").expect("a finding");
            assert_eq!(twice.message, format!("`{second}` says the same as `{first}`: one of the two would be lost"));
        }
    }

    /// A catalogue in English and German; `change` is put over it.
    fn sound(change: &[(&str, &str)]) -> Option<Sound> {
        let bar = ("equipment/bar.yaml", "kind: free-weight\nwords: {name: Bar}\n");
        let box_ = ("equipment/box.yaml", "kind: other\nwords: {name: Box}\n");
        let base = [
            ("regimen.yaml", "language: en\nwords: {title: T}\n"),
            ("languages/de.yaml", "name: Deutsch\n"),
            ("equipment/bar.de.yaml", "name: Stange\n"),
            ("guides/lift.md", "---\ntitle: Lift\nsummary: How.\n---\n\nTake a [bar](equipment:bar).\n"),
            ("guides/jump.md", "---\ntitle: Jump\nsummary: How.\n---\n\nTake a [box](equipment:box).\n"),
            bar,
            box_,
        ];
        let files: Files =
            base.iter().chain(change).map(|(path, text)| ((*path).into(), text.as_bytes().into())).collect();
        load_files(&files).sound()
    }

    fn guides(sound: &Sound) -> Vec<&str> {
        sound.catalog.guides.keys().map(|id| id.as_str()).collect()
    }

    #[test]
    fn an_error_takes_its_entry_and_all_that_refers_to_it() {
        for broken in ["kind: free-weight\nwords: {nam: Bar}\n", "words: {name: [\n"] {
            let sound = sound(&[("equipment/bar.yaml", broken)]).expect("a part is sound");
            assert_eq!((guides(&sound), sound.catalog.equipment.len()), (vec!["jump"], 1), "{broken}");
            assert!(sound.missing.is_entry() && sound.findings.is_empty());
        }
    }

    #[test]
    fn an_error_in_a_translation_concerns_that_language_alone() {
        let sound = sound(&[("equipment/bar.de.yaml", "nam: Stange\n")]).expect("a part is sound");
        assert_eq!(guides(&sound), ["jump", "lift"]);
        let (de, en) = ("de".parse().unwrap(), "en".parse().unwrap());
        assert!(sound.missing.concerns(&sound.catalog, &de) && !sound.missing.concerns(&sound.catalog, &en));
        assert!(!sound.missing.is_entry());
    }

    #[test]
    fn labels_concern_their_language_and_the_project_file_all() {
        let german =
            sound(&[("languages/de.yaml", "name: Deutsch\nlabels: {odd: {a: b}}\n")]).expect("English is sound");
        assert_eq!(german.catalog.languages.len(), 1);
        assert!(sound(&[("languages/en.yaml", "name: English\nlabels: {odd: {a: b}}\n")]).is_none());
        assert!(sound(&[("regimen.yaml", "language: en\nrules: {odd: off}\nwords: {title: T}\n")]).is_none());
    }

    #[test]
    fn without_an_error_all_is_sound() {
        let sound = sound(&[]).expect("all of it");
        assert_eq!((guides(&sound).len(), sound.missing), (2, Missing::default()));
    }
}
