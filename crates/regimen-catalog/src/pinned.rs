//! From a text in a file to the field that has it.

use std::sync::Arc;

use serde_json::Value;

use crate::written::{BODY, written};
use regimen_model::diagnostic::{FieldPath, Place, Spot};
use regimen_model::source::Sources;

/// The same place, as narrow as it can be named: a text in a file becomes the first field of the file that has it, or
/// its bytes in the article of a guide. Notes of the author in the file, which are no content, do not count.
///
/// ```
/// use regimen_catalog::{Place, Sources, YAML, pinned};
/// let mut sources = Sources::default();
/// sources.add("exercises/squat.yaml", "# Deep!\nwords: {name: Squat, cues: [Deep]}\n", YAML);
/// let place = pinned(&sources, &Place::text("exercises/squat.yaml", "Deep"));
/// let found = sources.locate(&place).expect("the file was added");
/// assert_eq!((found.line, found.column), (2, 29));
/// ```
#[must_use]
pub fn pinned(sources: &Sources, place: &Place) -> Place {
    let Spot::Text(needle) = &place.spot else { return place.clone() };
    let (Some(said), false) = (written(sources, &place.file), needle.is_empty()) else { return place.clone() };
    let mut fields = Vec::new();
    search(&said, needle, &FieldPath::root(), &mut fields);
    let at = |path: FieldPath| Place { file: place.file.clone(), spot: Spot::Within(path, Arc::clone(needle)) };
    let fields = fields.into_iter().map(at);
    let start = |place: &Place| sources.locate(place).map(|location| location.range.start);
    fields.min_by_key(start).or_else(|| in_article(sources, place, needle)).unwrap_or_else(|| place.clone())
}

/// Where the article of a guide has a text.
fn in_article(sources: &Sources, place: &Place, needle: &str) -> Option<Place> {
    let text = sources.text(&place.file)?;
    let article = written(sources, &place.file)?.get(BODY)?.as_str()?.len();
    let start = text.len().checked_sub(article)?;
    let at = start + text.get(start..)?.find(needle)?;
    Some(Place::bytes(place.file.clone(), at..at + needle.len()))
}

/// The paths of all texts in a value that have the needle; the article of a guide is none of its fields.
fn search(value: &Value, needle: &str, path: &FieldPath, found: &mut Vec<FieldPath>) {
    match value {
        Value::String(text) if text.contains(needle) => found.push(path.clone()),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                search(item, needle, &path.clone().index(at), found);
            }
        }
        Value::Object(keys) => {
            let fields = keys.iter().filter(|(key, _)| !(path.0.is_empty() && *key == BODY));
            fields.for_each(|(key, value)| search(value, needle, &path.clone().key(key.as_str()), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::YAML;

    /// `line:column` of a text, once its place is pinned, and whether that is a field.
    fn pinned(file: &str, text: &str, needle: &str) -> (usize, usize, bool) {
        let mut sources = Sources::default();
        let head = text.find("---\n\n").unwrap_or(text.len());
        let start = usize::from(file.ends_with(".md")) * 4;
        sources.add_part(file, text, start..head, YAML);
        let place = super::pinned(&sources, &Place::text(file, needle));
        let found = sources.locate(&place).expect("the file was added");
        (found.line, found.column, matches!(place.spot, Spot::Within(..)))
    }

    #[test]
    fn the_first_field_in_the_file_counts() {
        let text = "words:\n  steps:\n    - Sit.\n    - Go \u{13a0} up\n  cues: [a \u{13a0}]\n";
        assert_eq!(pinned("exercises/a.yaml", text, "\u{13a0}"), (4, 10, true));
        let escaped = "words: {name: A}\nsummary: \"a \\u13a0\"\n";
        assert_eq!(pinned("exercises/a.yaml", escaped, "\u{13a0}"), (2, 10, true), "an escaped sign has no bytes");
    }

    #[test]
    fn articles_have_bytes_and_absent_texts_their_file() {
        let guide = "---\ntitle: Calves\nsummary: Of.\n---\n\nThey *carry* \u{13a0}.\n";
        assert_eq!(pinned("guides/a.md", guide, "\u{13a0}"), (6, 14, false));
        assert_eq!(pinned("guides/a.md", guide, "Of"), (3, 10, true));
        assert_eq!(pinned("guides/a.md", guide, "none"), (1, 1, false));
        assert_eq!(
            pinned("exercises/a.yaml", "# \u{13a0}\nlevel: 1\n", "\u{13a0}"),
            (1, 3, false),
            "only a note has it"
        );
    }
}
