//! From a path into the catalogue of a request to a place in the author's files.

use regimen_catalog::model::{Entity, Table};
use regimen_catalog::{Catalog, FieldPath, FilePath, Kind, LanguageTag, PROJECT_FILE, Place, Segment, TableVisitor};

use super::protocol::key_of;

/// The place of `exercises[3].words.cues[0]` in the files that a unit was made from; `None` if there is no such entry.
pub(crate) fn place(at: &str, catalog: &Catalog, language: &LanguageTag) -> Option<Place> {
    let path = parse(at)?;
    let (first, rest) = path.0.split_first()?;
    let Segment::Key(kind) = first else { return None };
    if &**kind == "project" {
        return Some(in_project(rest, catalog, language));
    }
    let (Segment::Index(index), rest) = rest.split_first()? else { return None };
    let kind = Kind::ALL.into_iter().find(|one| key_of(*one) == **kind)?;
    let (file, rest) = catalog.visit(kind, &mut Find { index: *index, path: rest, language })?;
    Some(at_path(file, rest))
}

fn at_path(file: FilePath, path: Vec<Segment>) -> Place {
    if path.is_empty() { Place::file(file) } else { Place::value(file, FieldPath(path)) }
}

fn in_project(path: &[Segment], catalog: &Catalog, language: &LanguageTag) -> Place {
    match path.split_first() {
        Some((Segment::Key(key), rest)) if &**key == "words" => {
            let words = catalog.project_words(language);
            let of_default = words.is_some_and(|words| words.stood_in.get(&first_key(rest)).is_some_and(is_project));
            let language = if of_default { catalog.language() } else { language };
            let (file, start) = catalog.project_words_place(language);
            at_path(file, start.join(FieldPath(rest.to_vec())).0)
        }
        _ => at_path(PROJECT_FILE.into(), path.to_vec()),
    }
}

/// Finds an entry by its place in its table.
struct Find<'a> {
    index: usize,
    path: &'a [Segment],
    language: &'a LanguageTag,
}

impl TableVisitor<'_> for Find<'_> {
    type Output = Option<(FilePath, Vec<Segment>)>;

    /// The words of a translation are the whole of its file.
    fn table<T: Entity>(&mut self, table: &Table<T>) -> Self::Output {
        let (path, entry) = (self.path, table.values().nth(self.index)?);
        let original = || Some((entry.file.clone(), path.to_vec()));
        let Some((_, translation)) = entry.translation(self.language) else { return original() };
        let below = match path.split_first() {
            Some((Segment::Key(key), rest)) if &**key == "words" => rest,
            Some((Segment::Key(key), _)) if GUIDE_WORDS.contains(&&**key) => path,
            _ => return original(),
        };
        match translation.stood_in_by(below) {
            Some(file) if *file == entry.file => original(),
            Some(wider) => Some((wider.clone(), below.to_vec())),
            None => Some((translation.file.clone(), below.to_vec())),
        }
    }
}

fn first_key(path: &[Segment]) -> FieldPath {
    FieldPath(path.iter().take(1).cloned().collect())
}

fn is_project(file: &FilePath) -> bool {
    **file == *PROJECT_FILE
}

/// The words of a guide, which stand beside its facts.
const GUIDE_WORDS: &[&str] = &["title", "summary", "body"];

/// Reads `exercises[3].words.cues`.
fn parse(text: &str) -> Option<FieldPath> {
    let mut path = FieldPath::root();
    for part in text.split('.') {
        let (key, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        if key.is_empty() {
            return None;
        }
        path = path.key(key);
        let mut rest = indices;
        while !rest.is_empty() {
            let (index, after) = rest.strip_prefix('[')?.split_once(']')?;
            path = path.index(index.parse().ok()?);
            rest = after;
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::super::protocol::WireCatalog;
    use super::*;
    use crate::testing;

    fn shown(at: &str, language: &str) -> Option<String> {
        let place = place(at, &testing::catalog(), &testing::tag(language))?;
        Some(format!("{} {:?}", place.file, place.spot))
    }

    #[test]
    fn every_kind_of_entry_has_a_key_in_requests() {
        let catalog = serde_json::to_value(WireCatalog::default()).unwrap();
        for kind in Kind::ALL {
            assert!(catalog[key_of(kind)].is_array(), "`WireCatalog` has no `{}`", key_of(kind));
        }
    }

    #[test]
    fn paths_lead_to_the_files_of_the_author() {
        let level = FieldPath::root().key("level");
        let place = place("exercises[0].level", &testing::catalog(), &testing::tag("en"));
        assert_eq!(place, Some(Place::value("exercises/raise.yaml", level)));
        assert!(shown("project.brand", "en").is_some_and(|place| place.starts_with(PROJECT_FILE)));
        assert!(shown("exercises[0]", "en").is_some_and(|place| place.ends_with("Whole")));
    }

    #[test]
    fn paths_that_lead_nowhere_are_noticed() {
        for wrong in
            ["", "exercises", "exercises[9]", "exercises.x", "exercises[0", "exercises[-1]", "[0]", "odd[0]", "a..b"]
        {
            assert_eq!(shown(wrong, "en"), None, "{wrong}");
        }
    }
}
