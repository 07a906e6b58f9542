//! Characters that no font has, as findings: one for all letters of a script in a language, and one for the signs of a text.

use std::collections::BTreeMap;

use regimen_catalog::{Diagnostic, FilePath, Label, Place, Severity, Spot, join};
use regimen_export::{Output, Unit};
use unicode_script::{Script, UnicodeScript as _};

use crate::origin;
use crate::problem::Problem;

/// The code of these findings.
pub(crate) const CODE: &str = "pdf/glyph-missing";

/// How many characters a message shows.
const SHOWN: usize = 3;
/// How many signs of one handout are findings: a text of nothing else is one mistake.
const MOST_SIGNS: usize = 50;

/// Reports the characters that a handout of this unit lacks, each once.
pub(crate) fn report(unit: &Unit<'_>, problems: &[Problem], file: &FilePath, out: &mut Output) {
    let mut letters: BTreeMap<&str, Vec<char>> = BTreeMap::new();
    let mut signs = Vec::new();
    // What a person is called is nobody else's to read, so no letter of it is shown.
    let confidential = unit.person.map(|person| person.own.confidential_text()).unwrap_or_default();
    let mut is_confidential = false;
    for problem in problems {
        let Problem::MissingCharacter { character, .. } = problem else { continue };
        if confidential.contains(*character) {
            is_confidential = true;
            continue;
        }
        match script(*character) {
            Some(script) => letters.entry(script).or_default().push(*character),
            None => signs.push((*character, problem.to_string())),
        }
    }
    if is_confidential {
        let message = "no font has all letters of what is printed of this person alone: their name, note, practitioner or next visit";
        let help = "write it in letters that the fonts have, or give your brand fonts with them, under `brand.fonts` in regimen.yaml";
        out.report(Diagnostic::error(CODE, message).at(Place::file(file.clone()), "").help(help));
    }
    for (script, mut characters) in letters {
        characters.dedup();
        out.report(of_script(unit, script, &characters, file));
    }
    for (character, message) in signs.into_iter().take(MOST_SIGNS) {
        let help = "write it with other characters; or give your brand fonts that have it, under `brand.fonts`";
        let place = place(unit, character, file);
        out.report(Diagnostic::error(CODE, message).at(place, quoted(character)).help(help));
    }
}

/// The name of the script that a letter is written in; `None` for signs, which have no script of their own.
fn script(character: char) -> Option<&'static str> {
    match character.script() {
        Script::Common | Script::Inherited | Script::Unknown => None,
        script => Some(script.full_name()),
    }
}

fn place(unit: &Unit<'_>, character: char, file: &FilePath) -> Place {
    let file = origin::file_containing(unit, character).unwrap_or_else(|| file.clone());
    Place::text(file, character.to_string())
}

fn quoted(character: char) -> String {
    format!("`{character}`")
}

/// The letters of one script in the texts of one language. All of them are beside the first place, from which
/// [`gather`] puts the findings of all handouts together.
fn of_script(unit: &Unit<'_>, script: &str, characters: &[char], file: &FilePath) -> Diagnostic {
    let (script, tag) = (script.replace('_', " "), unit.tag());
    let message = format!("no font has {script} letters, which texts in `{tag}` are written with");
    let help = format!(
        "give your brand fonts with {script} letters, under `brand.fonts` in regimen.yaml; `regimen build --keep-going` \
         makes everything else until then"
    );
    let first = characters.first().map_or_else(|| Place::file(file.clone()), |first| place(unit, *first, file));
    Diagnostic::error(CODE, message).at(first, characters.iter().collect::<String>()).help(help)
}

/// Puts findings of many handouts together: all letters of a script in a language, and all signs of one text.
pub(crate) fn gather(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut gathered: Vec<Diagnostic> = Vec::new();
    let mut known: BTreeMap<Key, usize> = BTreeMap::new();
    for finding in found {
        let Some(key) = Key::of(&finding) else {
            gathered.push(finding);
            continue;
        };
        match known.get(&key) {
            Some(first) => join(&mut gathered[*first], finding),
            None => {
                known.insert(key, gathered.len());
                gathered.push(finding);
            }
        }
    }
    gathered.iter_mut().filter(|finding| finding.code == CODE).for_each(told);
    gathered
}

/// What findings have in common that are put together.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// The message names script and language.
    Letters(Severity, String),
    /// The same text: a field, or the article of a guide.
    Signs(Severity, Place),
}

impl Key {
    fn of(finding: &Diagnostic) -> Option<Self> {
        let label = finding.labels.first().filter(|_| finding.code == CODE)?;
        if !label.text.starts_with('`') {
            return Some(Self::Letters(finding.severity, finding.message.clone()));
        }
        let spot = match &label.place.spot {
            Spot::Within(path, _) => Spot::Value(path.clone()),
            _ => Spot::Whole,
        };
        Some(Self::Signs(finding.severity, Place { spot, ..label.place.clone() }))
    }
}

/// Adds the characters and places of another finding of the same kind.
fn join(finding: &mut Diagnostic, other: Diagnostic) {
    let is_of_signs = other.labels.first().is_some_and(|label| label.text.starts_with('`'));
    if is_of_signs {
        let new = other.labels.into_iter().filter(|label| !finding.labels.iter().any(|known| known.text == label.text));
        let new: Vec<Label> = new.collect();
        finding.labels.extend(new);
        return;
    }
    let (Some(all), Some(more)) = (finding.labels.first_mut(), other.labels.first()) else { return };
    let new: String = more.text.chars().filter(|character| !all.text.contains(*character)).collect();
    all.text.push_str(&new);
}

/// Says how many there are.
fn told(finding: &mut Diagnostic) {
    let Some(first) = finding.labels.first() else { return };
    if first.text.starts_with('`') {
        let others: Vec<String> = finding.labels.iter().skip(1).map(|label| label.text.clone()).collect();
        if !others.is_empty() {
            finding.message = format!("{}, nor {}", finding.message, join::first(&others, SHOWN));
        }
        finding.labels.truncate(SHOWN);
    } else {
        let all: Vec<String> = first.text.chars().map(quoted).collect();
        finding.message = format!("{}: {}", finding.message, join::first(&all, SHOWN));
        finding.labels.iter_mut().for_each(|label| label.text.clear());
    }
}

#[cfg(test)]
mod tests {
    use regimen_catalog::FieldPath;

    use super::*;

    fn letters(characters: &str, file: &str) -> Diagnostic {
        let message = "no font has Cherokee letters, which texts in `chr` are written with";
        Diagnostic::error(CODE, message).at(Place::file(file), characters)
    }

    fn sign(character: char, field: &str) -> Diagnostic {
        let spot = Spot::Within(FieldPath::root().key(field), character.to_string().into());
        Diagnostic::error(CODE, format!("no font has `{character}`"))
            .at(Place { file: "a.yaml".into(), spot }, quoted(character))
    }

    #[test]
    fn letters_of_a_script_are_one_finding_for_a_language() {
        let found = gather(vec![letters("\u{13a0}\u{13a1}", "a"), letters("\u{13a1}\u{13a2}\u{13a3}", "b")]);
        assert_eq!(found.len(), 1);
        let said = "are written with: `\u{13a0}`, `\u{13a1}`, `\u{13a2}` and 1 more";
        assert!(found[0].message.ends_with(said), "{}", found[0].message);
        assert_eq!((&*found[0].labels[0].place.file, found[0].labels[0].text.as_str()), ("a", ""));
    }

    #[test]
    fn signs_are_one_finding_for_a_text() {
        let other = Diagnostic::warning("pdf/cut", "cut");
        let found =
            gather(vec![sign('\u{1f600}', "name"), other, sign('\u{1f389}', "name"), sign('\u{1f389}', "summary")]);
        let messages: Vec<&str> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["no font has `\u{1f600}`, nor `\u{1f389}`", "cut", "no font has `\u{1f389}`"]);
    }

    #[test]
    fn scripts_have_names_and_signs_none() {
        let names = ['\u{13a0}', '\u{634}', '\u{1f600}', '\u{2192}'].map(script);
        assert_eq!(names, [Some("Cherokee"), Some("Arabic"), None, None]);
    }
}
