//! What authors wrote, as JSON: for programs that are no part of this one.

use std::ops::Range;

use serde_json::Value;

use crate::load::front_matter;
use crate::yaml;
use regimen_model::diagnostic::FilePath;
use regimen_model::source::Sources;

/// Keys that speak to the linter only.
const ALLOW: &str = "allow";

/// The key under which the article of a guide stands beside its front matter.
pub const BODY: &str = "body";

/// What a file of the catalogue says, with the keys that its author gave it; the article of a guide is its `body`.
/// What silences the linter, and keys that start with `x-`, are left out. `None` if the file was not read or is
/// not valid.
///
/// ```
/// use regimen_catalog::written::written;
/// use regimen_catalog::{Sources, YAML};
/// let mut sources = Sources::default();
/// sources.add("exercises/squat.yaml", "level: 2\nallow: {no-muscle: none counts}\n", YAML);
/// let written = written(&sources, "exercises/squat.yaml").expect("the file was added");
/// assert_eq!(written, serde_json::json!({"level": 2}));
/// ```
pub fn written(sources: &Sources, file: &str) -> Option<Value> {
    let text = sources.text(file)?;
    let (range, body) = parts(file, text)?;
    let mut document = yaml::read(text, &FilePath::from(file), range).ok()?;
    let _allowed = yaml::split_everywhere(&mut document, ALLOW, &|_| true);
    let mut written = document.value.to_json()?;
    if let (Some(body), Some(keys)) = (body, written.as_object_mut()) {
        keys.insert(BODY.to_owned(), body.into());
    }
    Some(written)
}

/// The YAML of a file, and what comes after it.
fn parts<'t>(file: &str, text: &'t str) -> Option<(Range<usize>, Option<&'t str>)> {
    if std::path::Path::new(file).extension().is_none_or(|extension| extension != "md") {
        return Some((0..text.len(), None));
    }
    let (range, body) = front_matter(text)?;
    Some((range, text.get(body..)))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::YAML;

    #[test]
    fn a_guide_is_its_front_matter_and_its_article() {
        let mut sources = Sources::default();
        let text = "---\ntitle: Calves\nsources: [who]\n---\n# Why\n\nThey *carry* you.\n";
        sources.add_part("guides/calf.md", text, 4..33, YAML);
        let body = "# Why\n\nThey *carry* you.\n";
        let written = json!({"title": "Calves", "sources": ["who"], "body": body});
        assert_eq!(super::written(&sources, "guides/calf.md"), Some(written));
    }

    #[test]
    fn what_is_not_there_or_not_valid_is_nothing() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "a: [", YAML);
        sources.add_part("b.md", "no front matter", 0..0, YAML);
        assert_eq!(["a.yaml", "b.md", "c.yaml"].map(|file| written(&sources, file)), [None, None, None]);
    }
}
