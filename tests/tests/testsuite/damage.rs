//! Every file of the shipped catalogue is damaged in every way that happens to people. The first error must name
//! that file and that line, and no other file.

use std::sync::Arc;

use regimen_catalog::{Diagnostic, Files, Loaded, Severity, load_files};
use regimen_tests::{files, repository};

/// A way to damage YAML.
struct Damage {
    name: &'static str,
    /// What the error may be called.
    codes: &'static [&'static str],
    /// `None` if a file has no place for it.
    apply: fn(&[&str]) -> Option<Applied>,
}

/// The damaged lines, and the lines (counted from 1) one of which the error must name.
type Applied = (Vec<String>, Vec<usize>);

const DAMAGES: &[Damage] = &[
    Damage { name: "a misspelt key", codes: &["unknown-key", "missing-field"], apply: misspelt },
    Damage { name: "a key twice", codes: &["duplicate-key"], apply: twice },
    Damage { name: "a tab", codes: &["yaml-syntax"], apply: tab },
    Damage { name: "a merge key", codes: &["merge-key"], apply: merge },
    Damage { name: "a second document", codes: &["several-documents"], apply: second },
    Damage { name: "a list for a single value", codes: &["wrong-type", "wrong-value"], apply: list },
    Damage { name: "a single value for a list", codes: &["wrong-type"], apply: single },
    Damage { name: "a misspelt id", codes: &["unknown-reference"], apply: misspelt_id },
    Damage { name: "an unknown unit", codes: &["wrong-value"], apply: unit },
    Damage { name: "an unknown word", codes: &["unknown-word"], apply: word },
    Damage { name: "a quote that is not closed", codes: &["yaml-syntax"], apply: quote },
    Damage { name: "a bracket that is not closed", codes: &["yaml-syntax"], apply: bracket },
    Damage { name: "a colon too few", codes: &["yaml-syntax", "wrong-type"], apply: colon },
    Damage { name: "a blank too many", codes: &["yaml-syntax"], apply: blank },
];

fn owned(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// The first top-level key that has a value on its line, or else the first key of the words.
fn key_line(lines: &[&str]) -> usize {
    let simple = |line: &&str| {
        let indent = line.len() - line.trim_start().len();
        let value = line.split_once(": ").map(|(_, value)| value.trim());
        (indent == 0 || indent == 2)
            && !line.trim_start().starts_with('-')
            && value.is_some_and(|value| !value.starts_with(['[', '{', '>', '|']))
    };
    lines.iter().position(simple).expect("a key with a value")
}

fn misspelt(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let mut damaged = owned(lines);
    damaged[at] = damaged[at].replacen(": ", "q: ", 1);
    // A key that is missing is missed where its neighbours stand.
    Some((damaged, vec![at + 1, 1]))
}

fn twice(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let mut damaged = owned(lines);
    damaged.insert(at + 1, lines[at].to_owned());
    Some((damaged, vec![at + 2]))
}

fn tab(lines: &[&str]) -> Option<Applied> {
    let at = lines.iter().position(|line| line.starts_with("  ") && line.contains(": "))?;
    let mut damaged = owned(lines);
    damaged[at] = format!("\t{}", lines[at].trim_start());
    Some((damaged, vec![at + 1]))
}

fn merge(lines: &[&str]) -> Option<Applied> {
    let mut damaged = owned(lines);
    damaged.insert(0, "<<: {}".into());
    Some((damaged, vec![1]))
}

fn second(lines: &[&str]) -> Option<Applied> {
    let mut damaged = owned(lines);
    damaged.extend(["---".to_owned(), "name: More".to_owned()]);
    Some((damaged, vec![lines.len() + 1]))
}

fn list(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let mut damaged = owned(lines);
    let (key, value) = lines[at].split_once(": ").expect("a key with a value");
    damaged[at] = format!("{key}: [{}]", value.trim_matches('"').replace([',', ':', '#'], " "));
    Some((damaged, vec![at + 1]))
}

/// The first line of the facts that `change` can damage.
fn in_facts(lines: &[&str], change: impl Fn(&str) -> Option<String>) -> Option<Applied> {
    let facts = lines.iter().take_while(|line| **line != "words:");
    let (at, changed) = facts.enumerate().find_map(|(at, line)| change(line).map(|changed| (at, changed)))?;
    let mut damaged = owned(lines);
    damaged[at] = changed;
    Some((damaged, vec![at + 1]))
}

fn single(lines: &[&str]) -> Option<Applied> {
    in_facts(lines, |line| {
        let (key, list) = line.split_once(": [")?;
        let first = list.split([',', ']']).next().filter(|first| !first.is_empty() && !key.starts_with(' '))?;
        Some(format!("{key}: {}", first.trim_start_matches('[')))
    })
}

/// Keys whose value is an id. Ladders are left out: they lead both ways, so that the other end is wrong as well.
const REFERENCES: [&str; 9] = [
    "target: muscle:",
    "target: muscle-group:",
    "members: [",
    "contraindications: [",
    "sources: [",
    "programs: [",
    "- exercise: ",
    "{session: ",
    "use: ",
];

fn misspelt_id(lines: &[&str]) -> Option<Applied> {
    in_facts(lines, |line| {
        let start = REFERENCES.iter().find_map(|key| line.find(key).map(|at| at + key.len()))?;
        let end =
            line[start..].find(|c: char| !c.is_ascii_alphanumeric() && c != '-').map_or(line.len(), |end| start + end);
        Some(format!("{}qq{}", &line[..end], &line[end..]))
    })
}

fn unit(lines: &[&str]) -> Option<Applied> {
    in_facts(lines, |line| {
        let after = |unit: &str| line.find(unit).filter(|at| line[..*at].ends_with(|c: char| c.is_ascii_digit()));
        let (at, unit) = [" s", " min", " m", " km"].iter().find_map(|unit| after(unit).map(|at| (at, unit)))?;
        Some(format!("{} q{}", &line[..at], &line[at + unit.len()..]))
    })
}

fn word(lines: &[&str]) -> Option<Applied> {
    in_facts(lines, |line| {
        let key = ["kind: ", "region: ", "side: ", "pattern: "].iter().find(|key| line.starts_with(**key))?;
        Some(format!("{key}{}", line[key.len()..].chars().rev().collect::<String>()))
    })
}

fn quote(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let (key, value) = lines[at].split_once(": ")?;
    let mut damaged = owned(lines);
    damaged[at] = format!("{key}: \"{}", value.trim_matches('"'));
    Some((damaged, vec![at + 1]))
}

fn bracket(lines: &[&str]) -> Option<Applied> {
    let at = lines.iter().position(|line| line.contains(": [") && line.ends_with(']'))?;
    let mut damaged = owned(lines);
    damaged[at].pop();
    Some((damaged, vec![at + 1]))
}

fn colon(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let mut damaged = owned(lines);
    damaged[at] = lines[at].replacen(": ", " ", 1);
    Some((damaged, vec![at + 1]))
}

fn blank(lines: &[&str]) -> Option<Applied> {
    let at = key_line(lines);
    let mut damaged = owned(lines);
    damaged[at] = format!(" {}", lines[at]);
    // A first line sets the measure, so that the next one is the odd one out.
    Some((damaged, vec![at + 1, at + 2]))
}

/// The YAML of a file: all of it, or the front matter of a guide with the lines around it.
fn parts(text: &str) -> (&str, &str, &str) {
    match text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n").map(|(yaml, _)| yaml)) {
        None => ("", text.trim_end(), "\n"),
        Some(yaml) => {
            let end = "---\n".len() + yaml.len();
            ("---\n", yaml, &text[end..])
        }
    }
}

/// A damaged file, and which lines its first error may name.
struct Damaged {
    file: Arc<str>,
    bytes: Arc<[u8]>,
    lines: Vec<usize>,
    damage: &'static Damage,
}

/// Damages a file, unless it has no place for this damage.
fn damaged(file: &Arc<str>, text: &str, damage: &'static Damage) -> Option<Damaged> {
    let (before, yaml, after) = parts(text);
    if damage.name == "a second document" && !before.is_empty() {
        return None; // It would be the end of the front matter, and the rest plain text.
    }
    let lines: Vec<&str> = yaml.lines().collect();
    let (text, expected) = (damage.apply)(&lines)?;
    let offset = before.lines().count();
    Some(Damaged {
        file: file.clone(),
        bytes: format!("{before}{}{after}", text.join("\n")).into_bytes().into(),
        lines: expected.iter().map(|line| line + offset).collect(),
        damage,
    })
}

impl Damaged {
    /// What is wrong with the first error of this file, if anything is.
    fn complaint(&self, loaded: &Loaded) -> Option<String> {
        let place = |finding: &Diagnostic| finding.labels.first().map(|label| label.place.clone());
        let here = |finding: &Diagnostic| place(finding).is_some_and(|place| place.file == self.file);
        let why = match loaded.findings.iter().filter(|finding| is_error(finding)).find(|finding| here(finding)) {
            None => "there is no error".to_owned(),
            Some(first) => {
                let line = loaded.sources.locate(&place(first)?).map_or(0, |location| location.line);
                let expected = self.damage.codes.contains(&first.code.as_ref()) && self.lines.contains(&line);
                // What is wrong with the value of a quantity already says what is right.
                let way_out = first.help.is_some() || first.code == "wrong-value";
                if expected && way_out {
                    return None;
                }
                format!("line {line}, {}: {}; help: {:?}", first.code, first.message, first.help)
            }
        };
        Some(format!("{}, {}: {why}", self.file, self.damage.name))
    }
}

fn is_error(finding: &Diagnostic) -> bool {
    finding.severity == Severity::Error
}

/// The shipped catalogue, and its files of text.
fn shipped() -> (Files, Vec<(Arc<str>, String)>) {
    let files = files(&repository().join("catalog")).into_iter();
    let files: Files = files.map(|(path, bytes)| (path.into(), bytes.into())).collect();
    let of_text = |path: &str| path.ends_with(".yaml") || path.ends_with(".md") && !path.ends_with("README.md");
    let texts = files.iter().filter(|(path, _)| of_text(path));
    let texts: Vec<_> = texts.map(|(path, bytes)| (path.clone(), String::from_utf8(bytes.to_vec()).unwrap())).collect();
    assert!(texts.len() > 100, "the catalogue is found");
    (files, texts)
}

#[test]
fn damage_to_every_file_at_once_is_found_at_each_line() {
    let (shipped, texts) = shipped();
    let mut complaints = Vec::new();
    for damage in DAMAGES {
        let all: Vec<Damaged> = texts.iter().filter_map(|(file, text)| damaged(file, text, damage)).collect();
        let mut files = shipped.clone();
        files.extend(all.iter().map(|one| (one.file.clone(), one.bytes.clone())));
        // Without its project file a catalogue has no links to follow, so that one is damaged below.
        files.insert("regimen.yaml".into(), shipped["regimen.yaml"].clone());
        let loaded = load_files(&files);
        let others = all.iter().filter(|one| &*one.file != "regimen.yaml");
        complaints.extend(others.filter_map(|one| one.complaint(&loaded)));
    }
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn damage_to_one_file_is_no_error_in_another() {
    let (shipped, texts) = shipped();
    let mut complaints = Vec::new();
    // Each file with one of the damages in turn, and the files that much depends on with all of them.
    for (index, (file, text)) in texts.iter().enumerate() {
        let often = [
            "regimen.yaml",
            "muscles/biceps-femoris.yaml",
            "exercises/nordic-curl.yaml",
            "programs/runners-hamstrings.yaml",
        ];
        let all = often.contains(&&**file);
        let chosen = DAMAGES.iter().enumerate().filter(|(damage, _)| all || index % DAMAGES.len() == *damage);
        for one in chosen.filter_map(|(_, damage)| damaged(file, text, damage)) {
            let mut files = shipped.clone();
            files.insert(one.file.clone(), one.bytes.clone());
            let loaded = load_files(&files);
            complaints.extend(one.complaint(&loaded));
            let elsewhere = loaded
                .findings
                .iter()
                .filter(|finding| is_error(finding))
                .filter(|finding| finding.labels.first().is_none_or(|label| label.place.file != one.file));
            complaints.extend(elsewhere.map(|other| format!("{file}, {}: also {}", one.damage.name, other.message)));
        }
    }
    assert!(complaints.is_empty(), "{}:\n{}", complaints.len(), complaints.join("\n"));
}
