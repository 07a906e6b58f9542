//! Another id for an entry, in all files of a catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::edit::Editor;
use super::{Data, refusal};
use crate::load::{Class, Files, TableCell, cell_text, classify, load_files, with_cells};
use regimen_model::catalog::{Catalog, Tabled, by_kind};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Segment, Severity, Spot};
use regimen_model::model::{Anchor, Entry, Naming, PhaseSession, Program, Source, Version};
use regimen_model::reference::{Kind, Reference};

/// The files that a renaming changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renamed {
    /// The new texts of files, those under new names included.
    pub written: BTreeMap<FilePath, String>,
    /// The files whose names are no longer used.
    pub removed: Vec<FilePath>,
}

impl Renamed {
    /// Makes the same changes to files in memory.
    pub fn apply(&self, files: &mut Files) {
        self.removed.iter().for_each(|file| drop(files.remove(file)));
        let written = self.written.iter().map(|(file, text)| (file.clone(), Arc::from(text.as_bytes())));
        files.extend(written);
    }
}

/// Gives an entry another id: its files get new names, everything that refers to it follows, and the old id is listed
/// under `formerly`, so that calendars know its events again. Translations that were up to date stay so.
///
/// Going back to an id that the entry had before drops that id, and the ones since then, from the list.
///
/// ```
/// use regimen_catalog::write::rename;
/// use regimen_catalog::{Files, Kind, Reference};
///
/// let mut files = Files::new();
/// files.insert("regimen.yaml".into(), b"language: en\nwords: {title: My club}\n".as_slice().into());
/// files.insert("equipment/mat.yaml".into(), b"kind: mat # thick\nwords: {name: Mat}\n".as_slice().into());
/// let mat = Reference::new(Kind::Equipment, "mat").expect("an id");
/// let renamed = rename(&files, &mat, "yoga-mat").expect("a mat");
/// let text = &renamed.written["equipment/yoga-mat.yaml"];
/// assert_eq!(text, "kind: mat # thick\nformerly: [mat]\nwords: {name: Mat}\n");
/// ```
///
/// # Errors
/// If the catalogue has errors, there is no such entry, the new id is no id or is taken, or a file cannot be edited
/// without a loss.
pub fn rename(files: &Files, entry: &Reference, to: &str) -> Result<Renamed, Vec<Diagnostic>> {
    let before = whole(files)?;
    let new = new_reference(&before, entry, to).map_err(|why| vec![*why])?;
    let ids = NewId { from: entry, to: &new };
    let mut desk = Desk { files, editors: BTreeMap::new(), tables: BTreeMap::new(), ids };
    desk.references(&before)?;
    desk.id_history(&before)?;
    let mut renamed = desk.finish();
    let mut changed = files.clone();
    renamed.apply(&mut changed);
    let after = whole(&changed)?;
    let follows = followed(&before, &after, ids);
    if !follows.is_empty() {
        let mut desk = Desk { files: &changed, editors: BTreeMap::new(), tables: BTreeMap::new(), ids };
        for (file, version) in follows {
            let set = desk.editor(&file)?.set(&FieldPath::root().key("follows"), version.to_string().into());
            set.map_err(|why| vec![why])?;
        }
        renamed.written.extend(desk.editors.into_iter().map(|(file, editor)| (file, editor.into_text())));
        renamed.apply(&mut changed);
        whole(&changed)?;
    }
    // Whoever referred to the entry refers to it still, and nobody else does.
    if mentions(&before, Some(ids)) != mentions(&after, None) {
        let message = format!("not everything that refers to `{entry}` can be found");
        let help = "look for links to it that are written in an unusual way, and change them by hand";
        return Err(vec![refusal(Place::file(crate::PROJECT_FILE), message, help)]);
    }
    Ok(renamed)
}

/// An entry under its old id, and under its new one.
#[derive(Clone, Copy)]
struct NewId<'a> {
    from: &'a Reference,
    to: &'a Reference,
}

impl NewId<'_> {
    /// A reference as it is after the renaming.
    fn now<'r>(&'r self, reference: &'r Reference) -> &'r Reference {
        if reference == self.from { self.to } else { reference }
    }
}

/// The catalogue, if it has no errors.
fn whole(files: &Files) -> Result<Catalog, Vec<Diagnostic>> {
    let loaded = load_files(files);
    let is_error = |finding: &Diagnostic| finding.severity == Severity::Error;
    match loaded.catalog {
        Some(catalog) if !loaded.findings.iter().any(is_error) => Ok(catalog),
        _ => Err(loaded.findings.into_iter().filter(is_error).collect()),
    }
}

/// The entry under its new id, which must be free.
fn new_reference(catalog: &Catalog, entry: &Reference, to: &str) -> Result<Reference, Box<Diagnostic>> {
    let refused = |message: String, help: &str| Box::new(refusal(Place::file(crate::PROJECT_FILE), message, help));
    if !catalog.has(entry) {
        return Err(refused(
            format!("there is no {} `{}`", entry.kind(), entry.id()),
            "name an entry of the catalogue",
        ));
    }
    let new =
        Reference::new(entry.kind(), to).map_err(|bad| refused(bad.to_string(), "choose an id such as `wall-sit`"))?;
    let others = catalog.former_ids(entry.kind()).into_iter().filter(|(_, now)| *now != entry.id());
    if catalog.has(&new) || others.into_iter().any(|(former, _)| former == to) {
        let message = format!("the {} `{to}` is there already, or was", entry.kind());
        return Err(refused(message, "choose another id"));
    }
    Ok(new)
}

/// Every mention by who mentions whom, with an entry under its new id.
fn mentions(catalog: &Catalog, ids: Option<NewId<'_>>) -> Vec<(Option<Reference>, Reference, bool)> {
    let now = |reference: &Reference| ids.as_ref().map_or(reference, |ids| ids.now(reference)).clone();
    let all = catalog.mentions().into_iter();
    let mut all: Vec<_> = all
        .map(|mention| (mention.from.as_ref().map(now), now(&mention.to), mention.naming == Naming::Needed))
        .collect();
    all.sort();
    all
}

/// The translations that followed the newest version of words that has changed with the id, with the version that they
/// follow now.
fn followed(before: &Catalog, after: &Catalog, ids: NewId<'_>) -> Vec<(FilePath, Version)> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        for reference in before.references(kind) {
            let now = ids.now(&reference);
            by_kind!(kind, T => {
                let (old, new) = (before.entry::<T>(&reference), after.entry::<T>(now));
                let (Some(old), Some(new)) = (old, new) else { continue };
                let Some(version) = new.version.filter(|version| old.version != Some(*version)) else { continue };
                let current = new.translations.iter().filter(|(tag, _)| {
                    old.translations.get(tag).is_some_and(|words| words.follows.is_some() && words.follows == old.version)
                });
                found.extend(current.map(|(_, words)| (words.file.clone(), version)));
            });
        }
    }
    found
}

/// The files that are being edited.
struct Desk<'a> {
    files: &'a Files,
    editors: BTreeMap<FilePath, Editor>,
    /// The new texts of tables.
    tables: BTreeMap<FilePath, String>,
    ids: NewId<'a>,
}

impl Desk<'_> {
    fn editor(&mut self, file: &FilePath) -> Result<&mut Editor, Vec<Diagnostic>> {
        if !self.editors.contains_key(file) {
            let bytes = self.files.get(file).map(|bytes| &**bytes).unwrap_or_default();
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            self.editors.insert(file.clone(), Editor::open(file, text)?);
        }
        let missing = || vec![refusal(Place::file(file.clone()), "the file is not there", "read the catalogue again")];
        self.editors.get_mut(file).ok_or_else(missing)
    }

    /// Changes everything that refers to the entry.
    fn references(&mut self, catalog: &Catalog) -> Result<(), Vec<Diagnostic>> {
        let mut prose = BTreeSet::new();
        let mut articles: BTreeMap<FilePath, Vec<Range<usize>>> = BTreeMap::new();
        let mut cells = BTreeSet::new();
        for mention in catalog.mentions().into_iter().filter(|mention| mention.to == *self.ids.from) {
            let file = mention.place.file;
            match mention.place.spot {
                Spot::Within(path, _) => drop(prose.insert((file, path))),
                Spot::Bytes(range) => articles.entry(file).or_default().push(range.start..range.end),
                Spot::Value(path) => match cell(catalog, &file, &path) {
                    Some(place) => drop(cells.insert(place)),
                    None => self.value(&file, &path)?,
                },
                Spot::Whole | Spot::Key(_) | Spot::Text(_) | Spot::At { .. } => {}
            }
        }
        for (file, path) in self.by_name(catalog) {
            self.value(&file, &path)?;
        }
        self.cells(catalog, &cells)?;
        let (from, to) = (self.ids.from.to_string(), self.ids.to.to_string());
        for (file, path) in prose {
            self.editor(&file)?.reword(&path, &|text| links(text, &from), &to).map_err(|why| vec![why])?;
        }
        for (file, ranges) in articles {
            // The front matter may have another length by now; what follows it has not changed.
            let bytes = self.files.get(&file).map_or(0, |bytes| bytes.len());
            let finds = |article: &str| {
                let start = bytes - article.len();
                let mentioned = |found: &Range<usize>| {
                    let at = start + found.start;
                    ranges.iter().any(|range| range.contains(&at)) || is_definition(article, found.start)
                };
                links(article, &from).into_iter().filter(mentioned).collect()
            };
            self.editor(&file)?.reword_article(&finds, &to);
        }
        Ok(())
    }

    /// The fields that name the entry without being mentions: what replaces a publication, and sessions that a week or a
    /// schedule calls by their id.
    fn by_name(&self, catalog: &Catalog) -> Vec<(FilePath, FieldPath)> {
        let root = FieldPath::root();
        let mut found = Vec::new();
        if let Some(id) = self.ids.from.as_id::<Source>() {
            let replaced =
                catalog.sources.values().filter(|source| source.id_history.replaced_by.as_ref() == Some(&id));
            found.extend(replaced.map(|source| (source.file.clone(), root.clone().key("replaced_by"))));
        }
        if self.ids.from.kind() != Kind::Session {
            return found;
        }
        for program in catalog.programs.values() {
            let called = program.phases.iter().enumerate().filter(|(index, _)| self.is_called_in(program, *index));
            for (index, phase) in called {
                for (week, other) in phase.overrides.iter().enumerate() {
                    let named =
                        other.without.iter().enumerate().filter(|(_, name)| name.as_str() == self.ids.from.id());
                    found.extend(named.map(|(at, _)| {
                        let path = root.clone().key("phases").index(index).key("overrides").index(week);
                        (program.file.clone(), path.key("without").index(at))
                    }));
                }
                for (rule, progression) in phase.progression.iter().enumerate() {
                    let named = progression.slot.as_ref().filter(|name| name.as_str() == self.ids.from.id());
                    found.extend(named.map(|_| {
                        let path = root.clone().key("phases").index(index).key("progression").index(rule);
                        (program.file.clone(), path.key("slot"))
                    }));
                }
            }
        }
        for (name, schedule) in &catalog.project.schedules {
            let Anchor::Race { event: Some(event), .. } = &schedule.anchor else { continue };
            let program = catalog.programs.get(&schedule.program);
            let called =
                program.is_some_and(|program| (0..program.phases.len()).any(|at| self.is_called_in(program, at)));
            if called && event.as_str() == self.ids.from.id() {
                found.push((crate::PROJECT_FILE.into(), root.clone().key("schedules").key(name.as_str()).key("event")));
            }
        }
        found
    }

    /// Whether a phase has the session under its own id rather than under the name of a slot.
    fn is_called_in(&self, program: &Program, phase: usize) -> bool {
        let called = |planned: &PhaseSession| planned.slot.is_none() && planned.session.as_str() == self.ids.from.id();
        program.placed_in(phase).iter().any(|placed| called(&placed.planned))
    }

    /// Changes the id in cells of grids, which are in programmes or in tables beside them.
    fn cells(&mut self, catalog: &Catalog, cells: &BTreeSet<CellPlace>) -> Result<(), Vec<Diagnostic>> {
        let (from, to) = (self.ids.from.id().to_owned(), self.ids.to.id().to_owned());
        let mut tables: BTreeMap<FilePath, Vec<TableCell>> = BTreeMap::new();
        for CellPlace { program, week, column } in cells {
            let Some(program) = catalog.entry::<Program>(program) else { continue };
            let Some(grid) = &program.grid else { continue };
            let Some(cell) = grid.weeks.get(*week).and_then(|row| row.get(*column)) else { continue };
            match grid.table() {
                Some(table) => {
                    let bytes = self.files.get(table).map(|bytes| &**bytes).unwrap_or_default();
                    let written = cell_text(std::str::from_utf8(bytes).unwrap_or_default(), *week, *column);
                    let text = cell.renamed(&written.unwrap_or_default(), &from, &to);
                    let new = TableCell { row: *week, column: *column, text };
                    tables.entry(table.clone()).or_default().push(new);
                }
                None => {
                    let path = grid.row_path(*week).index(*column);
                    let editor = self.editor(&program.file)?;
                    let written = match editor.content()?.keys.at(&path) {
                        Some(Data::Text(text)) => text.clone(),
                        _ => String::new(),
                    };
                    editor.set(&path, cell.renamed(&written, &from, &to).into()).map_err(|why| vec![why])?;
                }
            }
        }
        for (table, changes) in tables {
            let bytes = self.files.get(&table).map(|bytes| &**bytes).unwrap_or_default();
            let text = std::str::from_utf8(bytes).unwrap_or_default();
            self.tables.insert(table, with_cells(text, &changes));
        }
        Ok(())
    }

    /// Changes the id in a field, behind its kind if it has one.
    fn value(&mut self, file: &FilePath, path: &FieldPath) -> Result<(), Vec<Diagnostic>> {
        let (from, to) = (self.ids.from.id().to_owned(), self.ids.to.id().to_owned());
        let editor = self.editor(file)?;
        let written = match editor.content()?.keys.at(path) {
            Some(Data::Text(text)) => text.clone(),
            // An id such as `true` is read as what it looks like.
            _ => from.clone(),
        };
        let kind = written.strip_suffix(&from).unwrap_or_default();
        editor.set(path, format!("{kind}{to}").into()).map_err(|why| vec![why])
    }

    /// Lists the old id in the entry's own file.
    fn id_history(&mut self, catalog: &Catalog) -> Result<(), Vec<Diagnostic>> {
        let former = by_kind!(self.ids.from.kind(), T => former::<T>(catalog, self.ids.from));
        let Some((file, mut former)) = former else { return Ok(()) };
        match former.iter().position(|id| id == self.ids.to.id()) {
            Some(back) => former.truncate(back),
            None => former.push(self.ids.from.id().to_owned()),
        }
        let path = FieldPath::root().key("formerly");
        let editor = self.editor(&file)?;
        let done = if former.is_empty() { editor.remove(&path) } else { editor.set(&path, Data::list(former)) };
        done.map_err(|why| vec![why])
    }

    /// The texts of all edited files, and the entry's files under their new names.
    fn finish(self) -> Renamed {
        let mut renamed = Renamed::default();
        let mut written: BTreeMap<FilePath, String> =
            self.editors.into_iter().map(|(file, editor)| (file, editor.into_text())).collect();
        written.extend(self.tables);
        for (file, bytes) in self.files {
            let Ok(Class::Entry { kind, stem, .. }) = classify(file) else { continue };
            if kind != self.ids.from.kind() || stem != self.ids.from.id() {
                continue;
            }
            let text = written.remove(file).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
            let rest = file.strip_prefix(&format!("{}/{stem}", kind.folder())).unwrap_or_default();
            written.insert(format!("{}/{}{rest}", kind.folder(), self.ids.to.id()).into(), text);
            renamed.removed.push(file.clone());
        }
        renamed.written = written;
        renamed
    }
}

/// A cell of a programme's grid.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct CellPlace {
    program: Reference,
    week: usize,
    column: usize,
}

/// The cell at a path of a programme's file, or of the table that has its cells.
fn cell(catalog: &Catalog, file: &FilePath, path: &FieldPath) -> Option<CellPlace> {
    let (Segment::Index(column), above) = path.0.split_last()? else { return None };
    let Segment::Index(week) = above.last()? else { return None };
    let has = |program: &&Arc<Entry<Program>>| {
        let grid = program.grid.as_ref();
        grid.is_some_and(|grid| grid.table().unwrap_or(&program.file) == file && grid.row_path(*week).0 == above)
    };
    let program = catalog.programs.values().find(has)?;
    Some(CellPlace { program: Reference::from(&program.id), week: *week, column: *column })
}

/// An entry's file, and the ids that it had before.
fn former<T: Tabled>(catalog: &Catalog, entry: &Reference) -> Option<(FilePath, Vec<String>)> {
    let entry = catalog.entry::<T>(entry)?;
    Some((entry.file.clone(), entry.id_history.formerly.iter().map(ToString::to_string).collect()))
}

/// Where a text has a link to an entry, such as `exercise:squat`, as its address.
fn links(text: &str, to: &str) -> Vec<Range<usize>> {
    let found = text.match_indices(to).map(|(at, _)| at..at + to.len());
    let is_link = |range: &Range<usize>| {
        let before = text[..range.start].trim_end_matches([' ', '\t']);
        let goes_on = text[range.end..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-');
        !goes_on && before.ends_with(['(', '<', ':'])
    };
    found.filter(is_link).collect()
}

/// Whether a byte is in a line such as `[1]: exercise:squat`, which says where links lead.
fn is_definition(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..at].trim_start();
    line.starts_with('[') && line.contains("]:")
}

#[cfg(test)]
mod tests;
