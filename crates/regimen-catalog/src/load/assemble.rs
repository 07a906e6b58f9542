//! From files to one catalogue.

use std::borrow::Cow;
use std::collections::btree_map::Entry as Known;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::english::{built_in, english};
use super::entry::{Filed, LostSchedules, Parts, Read, ReadProject, TextFile, Translated};
use super::folder::Unread;
use super::layout::{Class, classify};
use super::{Available, Files, Loaded, font, guide, limits, picture, stray, table};
use crate::yaml;
use regimen_lint::Allowance;
use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Segment, Severity, Spot};
use regimen_model::kind::kinds;
use regimen_model::language::{Language, LanguageFile, LanguageTag, Message};
use regimen_model::model::{Entity, Entry, Merge, Project, ProjectWords, Table, Translation, Words};
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::source::Sources;
use regimen_model::suggest::Suggestions;

/// Reads every file, in parallel, and puts what they say together, in order. `unread` files are there, but no more is
/// known of them; `others` are not read because of their names.
pub(super) fn assemble(found: Available<'_>, unread: &[Unread], others: &[FilePath]) -> Loaded {
    let files = found.files;
    let read: Vec<_> = files.par_iter().map(|(file, bytes)| read(file, bytes)).collect();
    let mut pending = PendingCatalog { others: others.to_vec(), ..PendingCatalog::default() };
    for (file, finding) in unread {
        pending.damaged(file, vec![finding.clone()]);
        pending.unread.insert(file.clone());
    }
    let mut sources = Sources::default();
    let mut known: BTreeMap<Class, &FilePath> = BTreeMap::new();
    for (file, (text, addition)) in files.keys().zip(read) {
        if let Some(text) = text {
            let yaml = yaml_part(file, &text);
            sources.add_part(file.clone(), text, yaml, yaml::YAML);
        }
        if let Some(first) = classify(file).ok().and_then(|class| same_words(&mut known, class, file)) {
            pending.damaged(file, vec![first]);
            continue;
        }
        match addition {
            Ok(add) => add(&mut pending),
            Err(findings) => pending.damaged(file, findings),
        }
    }
    let catalog = pending.catalog(found, &mut sources);
    if let Some(catalog) = &catalog {
        pending.findings.extend(regimen_lint::check(catalog, &sources, &pending.damaged, &pending.allowances));
    }
    Loaded {
        catalog,
        findings: bounded(pending.findings),
        sources,
        allowances: pending.allowances,
        lost_schedules: pending.lost_schedules,
    }
}

/// The most findings with one code whose place is a text to be looked for in one file.
const MOST_ALIKE: usize = 1_000;

/// The findings without those that are too many, which are counted.
fn bounded(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    if findings.len() <= MOST_ALIKE {
        return findings;
    }
    let mut alike: BTreeMap<(Cow<'static, str>, FilePath), usize> = BTreeMap::new();
    let mut kept = Vec::new();
    for finding in findings {
        let place = finding.labels.first().map(|label| &label.place);
        let Some(place) = place.filter(|place| matches!(place.spot, Spot::Text(_))) else {
            kept.push(finding);
            continue;
        };
        let count = alike.entry((finding.code.clone(), place.file.clone())).or_default();
        *count += 1;
        if *count <= MOST_ALIKE {
            kept.push(finding);
        }
    }
    let more = alike.into_iter().filter(|(_, count)| *count > MOST_ALIKE).map(|((code, file), count)| {
        let message = format!("and {} more of `{code}` in this file", count - MOST_ALIKE);
        let more = Diagnostic::new(Severity::Info, "more-findings", message).at(Place::file(file), "");
        more.help("one change often mends many of them")
    });
    kept.extend(more);
    kept
}

/// A finding if another file has the words of the same language, as `squat.de.yaml` and `squat.DE.yaml` do.
fn same_words<'f>(known: &mut BTreeMap<Class, &'f FilePath>, class: Class, file: &'f FilePath) -> Option<Diagnostic> {
    if matches!(class, Class::Media | Class::Ignored) {
        return None;
    }
    let first = match known.entry(class) {
        Known::Vacant(place) => {
            place.insert(file);
            return None;
        }
        Known::Occupied(first) => Arc::clone(first.get()),
    };
    let twice = Diagnostic::error(
        "duplicate-file",
        format!("`{file}` says the same as `{first}`: one of the two would be lost"),
    );
    let help = format!("put both together in `{first}`, and delete `{file}`");
    Some(twice.at(Place::file(Arc::clone(file)), "").at(Place::file(first), "the other one").help(help))
}

/// The bytes of a file that are YAML.
fn yaml_part(file: &FilePath, text: &str) -> Range<usize> {
    if file.ends_with(".md") { guide::front_matter(text).map_or(0..0, |(range, _)| range) } else { 0..text.len() }
}

/// What one file adds to the catalogue.
type Addition = Box<dyn FnOnce(&mut PendingCatalog) + Send>;

fn read(file: &FilePath, bytes: &[u8]) -> (Option<Arc<str>>, Result<Addition, Vec<Diagnostic>>) {
    let class = match classify(file) {
        Ok(Class::Media | Class::Ignored) => return (None, Ok(Box::new(|_| {}))),
        Ok(class) => class,
        Err(finding) => {
            let text = std::str::from_utf8(bytes).ok().map(Arc::from);
            return (text, Err(vec![finding]));
        }
    };
    let text = match yaml::utf8(bytes, file) {
        Ok(text) => text,
        Err(wrong) => {
            let (text, finding) = *wrong;
            return (Some(text.into()), Err(vec![finding]));
        }
    };
    (Some(text.into()), addition(TextFile { file, text }, class))
}

fn addition(file: TextFile<'_>, class: Class) -> Result<Addition, Vec<Diagnostic>> {
    let path = file.file.clone();
    Ok(match class {
        Class::Project(None) => {
            let ReadProject { read, lost, findings } = file.project(&is_schedule)?;
            with_allowances(read, |pending, said| {
                pending.project = Some(said);
                pending.lost_schedules = lost;
                pending.findings.extend(findings);
            })
        }
        Class::Project(Some(tag)) => {
            let words = file.project_words()?;
            Box::new(move |pending| pending.project_words.push((tag, words)))
        }
        Class::Language(tag) => {
            let labels = file.whole::<LanguageFile>()?;
            Box::new(move |pending| pending.languages.push((tag, path, labels)))
        }
        Class::Entry { kind, stem, language } => {
            by_kind!(kind, T => {
                let id = id(file.file, &stem)?;
                match language {
                    None => collect::<T>(path, id, T::read(file)?),
                    Some(tag) => collect_words::<T>(path, id, tag, T::read_words(file)?),
                }
            })
        }
        Class::Media | Class::Ignored => Box::new(|_| {}),
    })
}

fn id<T>(file: &FilePath, stem: &str) -> Result<Id<T>, Vec<Diagnostic>> {
    stem.parse().map_err(|bad: regimen_model::BadId| {
        let wrong = Diagnostic::error("file-name", bad.to_string()).at(Place::file(file.clone()), "");
        vec![wrong.help("the name of the file, without its ending, is the id of the entry: rename the file")]
    })
}

/// Where the project file may silence rules: in each schedule. `rules:` is for all else.
fn is_schedule(path: &FieldPath) -> bool {
    matches!(path.0.as_slice(), [Segment::Key(list), Segment::Key(_)] if **list == *"schedules")
}

/// What a file says goes where `collect` puts it, and its allowances to the others.
fn with_allowances<T: Send + 'static>(
    read: Read<T>,
    collect: impl FnOnce(&mut PendingCatalog, T) + Send + 'static,
) -> Addition {
    let Read { said, allowances, remarks } = read;
    Box::new(move |pending| {
        pending.allowances.extend(allowances);
        pending.findings.extend(remarks);
        collect(pending, said);
    })
}

fn collect<T: Collect>(file: FilePath, id: Id<T>, read: Read<Parts<T>>) -> Addition {
    with_allowances(read, move |pending, Parts { facts, words, version, id_history, origins }| {
        let new = Entry::new(id.clone(), file, facts, words);
        let (origin, words_origin) = (origins.entry, origins.words);
        let entry = Entry { id_history, version: Some(version), origin, words_origin, ..new };
        T::pending_table(pending).entries.insert(id, Arc::new(entry));
    })
}

fn collect_words<T: Collect>(
    file: FilePath,
    id: Id<T>,
    tag: LanguageTag,
    read: Read<Translated<T::Words>>,
) -> Addition {
    with_allowances(read, move |pending, words| T::pending_table(pending).translations.push((id, tag, file, words)))
}

/// Entries of one kind while they are collected.
struct PendingTable<T: Entity> {
    entries: Table<T>,
    translations: Vec<TranslatedEntry<T>>,
}

/// The words of an entry in one language, and their file.
type TranslatedEntry<T> = (Id<T>, LanguageTag, FilePath, Translated<<T as Entity>::Words>);

impl<T: Entity> Default for PendingTable<T> {
    fn default() -> Self {
        Self { entries: Table::new(), translations: Vec::new() }
    }
}

trait Collect: Entity {
    fn pending_table(pending: &mut PendingCatalog) -> &mut PendingTable<Self>;
}

macro_rules! pending_tables {
    ([] $($(#[$doc:meta])* $kind:ident($words:ty), $table:ident, $folder:literal, $scheme:literal, $ending:literal;)+) => {
        /// A catalogue while its files are collected.
        #[derive(Default)]
        struct PendingCatalog {
            project: Option<(Project, ProjectWords)>,
            /// The schedules that could not be read.
            lost_schedules: LostSchedules,
            project_words: Vec<(LanguageTag, ProjectWords)>,
            languages: Vec<(LanguageTag, FilePath, LanguageFile)>,
            findings: Vec<Diagnostic>,
            allowances: Vec<Allowance>,
            damaged: BTreeSet<Reference>,
            /// Files that were left out.
            unread: BTreeSet<FilePath>,
            /// Files that are not read because of their names.
            others: Vec<FilePath>,
            $($table: PendingTable<regimen_model::model::$kind>,)+
        }

        $(impl Collect for regimen_model::model::$kind {
            fn pending_table(pending: &mut PendingCatalog) -> &mut PendingTable<Self> {
                &mut pending.$table
            }
        })+
    };
}

kinds!([pending_tables]);

/// The file of the project's words in another language.
fn project_file(language: &LanguageTag) -> FilePath {
    format!("regimen.{language}.yaml").into()
}

/// The project's words in every language, with those of the default language in place of each that is missing.
fn filled(
    translations: Vec<(LanguageTag, ProjectWords)>,
    default: &LanguageTag,
    words: ProjectWords,
) -> BTreeMap<LanguageTag, Arc<ProjectWords>> {
    let written: BTreeMap<_, _> = translations.into_iter().collect();
    let mut all = BTreeMap::new();
    for (tag, own) in &written {
        let mut filled = own.clone();
        let wider = tag.wider().filter_map(|wider| Some((written.get(&wider)?, project_file(&wider), wider)));
        for (words, file, language) in wider {
            let mut merge = Merge::new(&language, &file, tag);
            filled.merge(words, &mut merge);
            filled.stood_in.extend(merge.stood_in);
        }
        let file = regimen_model::PROJECT_FILE.into();
        let mut merge = Merge::new(default, &file, tag);
        filled.merge(&words, &mut merge);
        filled.stood_in.extend(merge.stood_in);
        filled.share = merge.words;
        all.insert(tag.clone(), Arc::new(filled));
    }
    all.insert(default.clone(), Arc::new(words));
    all
}

impl PendingCatalog {
    /// Keeps the findings, and that there is such an entry, so that nobody is told that it is missing.
    fn damaged(&mut self, file: &FilePath, findings: Vec<Diagnostic>) {
        // A file with the wrong ending is reported once, not again by everyone who refers to it.
        let meant = file.to_lowercase();
        let meant = meant.strip_suffix(".yml").map(|start| format!("{start}.yaml")).unwrap_or(meant);
        if let Ok(Class::Entry { kind, stem, language: None }) = classify(&meant.into())
            && let Ok(reference) = Reference::new(kind, &stem)
        {
            self.damaged.insert(reference);
        }
        self.findings.extend(findings);
    }

    fn table<T: Collect>(&mut self, default: &LanguageTag) -> Table<T> {
        let PendingTable { mut entries, translations } = std::mem::take(T::pending_table(self));
        for (id, tag, file, Translated { words, follows, origin }) in translations {
            match entries.get_mut(&id) {
                Some(entry) => {
                    let translation = Translation { origin, ..Translation::new(file, words, follows) };
                    Arc::make_mut(entry).translations.insert(tag, translation);
                }
                None => self.orphan(T::KIND, &id, &file),
            }
        }
        entries.values_mut().for_each(|entry| Arc::make_mut(entry).fill(default));
        entries
    }

    fn orphan<T>(&mut self, kind: Kind, id: &Id<T>, file: &FilePath) {
        let known = Reference::new(kind, id.as_str()).is_ok_and(|reference| self.damaged.contains(&reference));
        if !known {
            let lost = Diagnostic::error(
                "unknown-reference",
                format!("`{file}` translates {kind} `{id}`, which is not there"),
            );
            let help = format!("add `{}/{id}{}`, or rename this file", kind.folder(), kind.ending());
            self.findings.push(lost.at(Place::file(file.clone()), "").help(help));
        }
    }

    fn catalog(&mut self, found: Available<'_>, sources: &mut Sources) -> Option<Catalog> {
        let (project, words) = self.project.take()?;
        let languages = self.languages(&project);
        let project_words = filled(std::mem::take(&mut self.project_words), &project.language, words);
        let default = project.language.clone();
        let mut catalog = Catalog { project_words, languages, ..Catalog::new(project) };
        for kind in Kind::ALL {
            by_kind!(kind, T => *T::table_mut(&mut catalog) = self.table(&default));
        }
        self.pictures(&mut catalog, found);
        self.tables(&mut catalog, found.files, sources);
        self.unnamed_tables(&catalog, found.files);
        Some(catalog)
    }

    /// Finds the pictures and fonts that are named, unless they are too much together. Each finding is at every place that names the
    /// picture, but for what is left out of it, which is said once.
    fn pictures(&mut self, catalog: &mut Catalog, files: Available<'_>) {
        let mut named = catalog.picture_files();
        named.retain(|(file, _)| !self.unread.contains(file.as_str()));
        let project = Arc::clone(&catalog.project);
        let fonts = project.brand.fonts.files().map(|(_, file)| font::path_and_number(file).0);
        let all: BTreeSet<&str> = named.iter().map(|(file, _)| file.as_str()).chain(fonts).collect();
        let size = all.into_iter().map(|file| files.size(file)).sum();
        if let Some(too_much) = limits::of_pictures(&project.limits, size) {
            self.findings.push(too_much);
            return;
        }
        let mut pictures = picture::find_all(named.iter().map(|(file, _)| file.as_str()), files);
        for (file, place) in named {
            let findings = match pictures.get_mut(&file) {
                Some(Ok((bytes, left_out))) => {
                    catalog.media.insert(file, Arc::clone(bytes));
                    std::mem::take(left_out)
                }
                Some(Err(findings)) => findings.clone(),
                None => Vec::new(),
            };
            self.findings.extend(findings.into_iter().map(|finding| finding.at(place.clone(), "referred to here")));
        }
        self.fonts(catalog, files);
    }

    /// Reads the tables that programmes have their weeks in. A programme without its weeks is left out.
    fn tables(&mut self, catalog: &mut Catalog, files: &Files, sources: &mut Sources) {
        let named = catalog.programs.values().filter_map(|program| {
            let name = program.grid.as_ref()?.file.as_ref()?;
            Some((program.id.clone(), name.beside(&program.file)))
        });
        let language = catalog.languages.get(catalog.language()).cloned();
        let suggestions = Suggestions::new();
        for (id, file) in named.collect::<Vec<_>>() {
            let Some(program) = catalog.programs.get_mut(&id) else { continue };
            let findings = match files.get(&file) {
                Some(bytes) => {
                    let (text, read) = table::of(bytes, &file, program.weeks(), language.as_deref());
                    sources.add(file.clone(), text, table::TABLE);
                    match (read, Arc::make_mut(program).facts.grid.as_mut()) {
                        (Ok(table), Some(grid)) => {
                            grid.fill(file, table.days, table.weeks, table.unread);
                            self.findings.extend(table.remarks);
                            continue;
                        }
                        (Ok(_), None) => Vec::new(),
                        (Err(findings), _) => findings,
                    }
                }
                None if self.unread.contains(&file) => Vec::new(),
                None => vec![table::missing(&file, files.keys().chain(&self.others), &suggestions)],
            };
            let place = Place::value(program.file.clone(), FieldPath::root().key("grid").key("file"));
            self.findings
                .extend(findings.into_iter().map(|finding| finding.at(place.clone(), "the table of this grid")));
            self.damaged.insert(Reference::from(&id));
            catalog.programs.remove(&id);
        }
    }

    /// Tables that no grid names, unless a programme that could not be read may.
    fn unnamed_tables(&mut self, catalog: &Catalog, files: &Files) {
        if self.damaged.iter().any(|entry| entry.kind() == Kind::Program) {
            return;
        }
        let grids = catalog.programs.values().filter_map(|program| program.grid.as_ref()?.table());
        let named: BTreeSet<&FilePath> = grids.collect();
        let unnamed = files.keys().filter(|file| table::is_table(file) && !named.contains(file));
        self.findings.extend(unnamed.map(stray::unnamed_table));
    }

    /// Finds the fonts of the brand; what is damaged is not handed on.
    fn fonts(&mut self, catalog: &mut Catalog, files: Available<'_>) {
        let project = Arc::clone(&catalog.project);
        for (path, file) in project.brand.fonts.files() {
            if self.unread.contains(font::path_and_number(file).0) {
                continue;
            }
            match font::find(file, files) {
                Ok(bytes) => {
                    catalog.fonts.insert(file.to_owned(), bytes);
                }
                Err(finding) => {
                    self.findings.push(finding.at(Place::value(regimen_model::PROJECT_FILE, path), "referred to here"));
                }
            }
        }
    }

    /// The default language and every language that has a file, with English below each.
    fn languages(&mut self, project: &Project) -> BTreeMap<LanguageTag, Arc<Language>> {
        let english = english();
        let (mut languages, mut files) = (BTreeMap::new(), BTreeMap::new());
        for (tag, path, file) in std::mem::take(&mut self.languages) {
            self.unknown_labels(&english, &path, &file);
            files.insert(tag, file);
        }
        for (tag, file) in &files {
            let mut wider: Vec<LanguageTag> = tag.wider().filter(|wider| files.contains_key(wider)).collect();
            wider.reverse();
            let below = wider.into_iter().fold(built_in(tag), |below, wider| {
                let file = files[&wider].clone();
                below.overlaid(wider, file)
            });
            languages.insert(tag.clone(), Arc::new(below.overlaid(tag.clone(), file.clone())));
        }
        if !languages.contains_key(&project.language) {
            if project.language.as_str().split('-').next() != Some("en") {
                let tag = &project.language;
                let missing = Diagnostic::warning(
                    "missing-labels",
                    format!("there are no labels in `{tag}`, so English ones stand in"),
                );
                let place = Place::value(regimen_model::PROJECT_FILE, FieldPath::root().key("language"));
                self.findings.push(missing.at(place, "").help(format!("add `languages/{tag}.yaml`")));
            }
            let plain = LanguageFile { name: english.name.clone(), direction: None, labels: BTreeMap::new() };
            let default = built_in(&project.language).overlaid(project.language.clone(), plain);
            languages.insert(project.language.clone(), Arc::new(default));
        }
        languages
    }

    /// A name in braces that nothing fills in would be shown as it stands.
    fn unknown_names(&mut self, english: &Message, translated: &Message, key: &str, place: Place) {
        let known: BTreeSet<&str> = english.names().collect();
        if let Some(wrong) = translated.names().find(|name| !known.contains(name)) {
            let message = format!("nothing fills in `{{{wrong}}}` in the label `{key}`");
            let names: Vec<_> = known.iter().map(|name| format!("`{{{name}}}`")).collect();
            let help =
                if names.is_empty() { "take it out".into() } else { format!("this label knows {}", names.join(", ")) };
            self.findings.push(Diagnostic::error("unknown-label", message).at(place, "").help(help));
        }
    }

    fn unknown_labels(&mut self, english: &Language, path: &FilePath, file: &LanguageFile) {
        let suggestions = Suggestions::new();
        for (section, labels) in &file.labels {
            for (key, label) in labels {
                let at = FieldPath::root().key("labels").key(section.as_str()).key(key.as_str());
                if english.keys().any(|known| known == (section, key)) {
                    let known = &english.labels()[section][key];
                    self.unknown_names(known, label, key, Place::value(path.clone(), at));
                    continue;
                }
                let place = Place::key(path.clone(), at);
                let wrong = Diagnostic::new(
                    Severity::Error,
                    "unknown-label",
                    format!("there is no label `{key}` in `{section}`"),
                );
                let sections = || suggestions.did_you_mean(section, english.keys().map(|(of, _)| of));
                let keys = english.keys().filter(|(of, _)| of == section).map(|(_, key)| key);
                self.findings
                    .push(wrong.at(place, "").maybe_help(suggestions.did_you_mean(key, keys).or_else(sections)));
            }
        }
    }
}
