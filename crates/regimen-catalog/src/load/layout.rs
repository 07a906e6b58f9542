//! What the path of a file says it is.

use regimen_model::diagnostic::{Diagnostic, FilePath, Place};
use regimen_model::language::LanguageTag;
use regimen_model::reference::{Kind, Reference};
use regimen_model::suggest::nearest;

/// The folder of language files.
pub(super) const LANGUAGES: &str = "languages";
/// The folder of pictures.
const MEDIA: &str = "media";

/// What a file is, by its path.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    /// The project file, or its words in another language.
    Project(Option<LanguageTag>),
    /// An entry, or its words in another language.
    Entry { kind: Kind, stem: String, language: Option<LanguageTag> },
    /// The labels of a language.
    Language(LanguageTag),
    /// A picture, a font, or anything else that entries may point to.
    Media,
    /// Notes to the reader of the folder.
    Ignored,
}

/// The entry that a file belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryFile {
    /// The entry.
    pub entry: Reference,
    /// The language of its words, if the file is a translation.
    pub language: Option<LanguageTag>,
}

/// The entry that the file at this path belongs to, by its folder and name; `None` for any other file. Whether there is such
/// a file is another question.
///
/// ```
/// let file = regimen_catalog::entry_of(&"exercises/squat.de.yaml".into()).expect("a translation of an exercise");
/// assert_eq!(file.entry.to_string(), "exercise:squat");
/// assert_eq!(file.language.map(|tag| tag.to_string()), Some("de".to_owned()));
/// ```
pub fn entry_of(file: &FilePath) -> Option<EntryFile> {
    match classify(file).ok()? {
        Class::Entry { kind, stem, language } => Some(EntryFile { entry: Reference::new(kind, &stem).ok()?, language }),
        Class::Project(_) | Class::Language(_) | Class::Media | Class::Ignored => None,
    }
}

/// Says what a file is.
pub(crate) fn classify(file: &FilePath) -> Result<Class, Diagnostic> {
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    if name.eq_ignore_ascii_case("readme.md") {
        return Ok(Class::Ignored);
    }
    if let Some(start) = name.strip_suffix(".yml") {
        return Err(misplaced(file, "the ending of YAML files is `.yaml`", format!("rename it to `{start}.yaml`")));
    }
    let text = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".md"));
    match (folder, text) {
        ("", Some("regimen")) => Ok(Class::Project(None)),
        (_, None) => Ok(Class::Media),
        (LANGUAGES, Some(tag)) => language_of(file, tag).map(Class::Language),
        ("", Some(other)) => match other.strip_prefix("regimen.") {
            Some(tag) => language_of(file, tag).map(|tag| Class::Project(Some(tag))),
            None => {
                let why = "only `regimen.yaml` stands beside the folders";
                Err(misplaced(file, why, "put it into the folder of its kind, such as `exercises/`".into()))
            }
        },
        _ if folder == MEDIA || folder.starts_with("media/") => Ok(Class::Media),
        (_, Some(text)) => entry(file, folder, text),
    }
}

fn entry(file: &FilePath, folder: &str, text: &str) -> Result<Class, Diagnostic> {
    let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.folder() == folder) else {
        let known = Kind::ALL.iter().map(|kind| kind.folder()).chain([LANGUAGES, MEDIA]);
        let help = match nearest(folder, known) {
            Some(near) => format!("did you mean `{near}/`?"),
            None => "a catalogue has one flat folder for each kind, such as `exercises/` and `guides/`".into(),
        };
        return Err(misplaced(file, &format!("`{folder}/` is not a folder of a catalogue"), help));
    };
    let wants = kind.ending();
    if !file.ends_with(wants) {
        let why = format!("a {kind} is a `{wants}` file");
        return Err(misplaced(file, &why, format!("write it as `{folder}/{text}{wants}`")));
    }
    let (stem, language) = match text.split_once('.') {
        None => (text, None),
        Some((stem, tag)) => (stem, Some(language_of(file, tag)?)),
    };
    Ok(Class::Entry { kind, stem: stem.to_owned(), language })
}

fn language_of(file: &FilePath, tag: &str) -> Result<LanguageTag, Diagnostic> {
    tag.parse().map_err(|bad: regimen_model::quantity::BadQuantity| {
        misplaced(file, &bad.to_string(), "a file is named `<id>.yaml`, or `<id>.<language>.yaml` for its words".into())
    })
}

fn misplaced(file: &FilePath, why: &str, help: String) -> Diagnostic {
    Diagnostic::error("misplaced-file", format!("`{file}` is not read: {why}"))
        .at(Place::file(file.clone()), "")
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(file: &str) -> String {
        match classify(&file.into()) {
            Ok(class) => format!("{class:?}"),
            Err(finding) => format!("{} {}", finding.message, finding.help.unwrap_or_default()),
        }
    }

    #[test]
    fn paths_say_what_files_are() {
        assert_eq!(classify(&"regimen.yaml".into()), Ok(Class::Project(None)));
        assert_eq!(classify(&"media/a/b.svg".into()), Ok(Class::Media));
        assert_eq!(classify(&"exercises/README.md".into()), Ok(Class::Ignored));
        let german = Class::Entry { kind: Kind::Exercise, stem: "squat".into(), language: "de".parse().ok() };
        assert_eq!(classify(&"exercises/squat.de.yaml".into()), Ok(german));
        assert!(said("excercises/squat.yaml").contains("did you mean `exercises/`?"));
        assert!(said("exercises/squat.yml").contains("`squat.yaml`"));
        assert!(said("guides/intro.yaml").contains("`guides/intro.md`"));
        assert!(said("squat.yaml").contains("only `regimen.yaml`"));
        assert!(said("exercises/squat.not a tag.yaml").contains("language tag"));
    }
}
