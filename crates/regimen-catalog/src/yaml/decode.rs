//! From a tree to a type, with all mistakes at once.
//!
//! Serde stops at the first mistake. So each mistake is reported and taken out of the tree, and the rest is
//! tried again. A key that the type cannot do without then gets a [placeholder](super::placeholder), so that the
//! search goes on behind it; what only follows from taking something out is not reported.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde_yaml::Value as Tree;

use super::origin::{Refusal, TreeOrigin};
use super::placeholder::{Candidate, Placeholder};
use super::strict::MAX_FINDINGS;
use super::wording::Mistake;
use super::{Value, discreet, report};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Segment};
use regimen_model::suggest;

/// Bytes of YAML that may be tried again for one file; keeps a large file with many mistakes from taking long.
const WORK: usize = 40_000_000;

/// Turns a value that stands at `base` in its file into a `T`, or reports everything that is wrong with it.
///
/// `text` is the whole file. The first of the pair is `None` exactly if there are findings.
pub(crate) fn decode<T: DeserializeOwned>(
    text: &str,
    file: &FilePath,
    base: &FieldPath,
    value: Value,
) -> (Option<T>, Vec<Diagnostic>) {
    let origin = TreeOrigin { text, file, base, range: value.range, index: OnceCell::new(), is_discreet: false };
    decoded(origin, value.tree)
}

/// The same for a text that no finding may repeat.
pub(crate) fn decode_discreetly<T: DeserializeOwned>(
    file: &FilePath,
    base: &FieldPath,
    value: Value,
) -> (Option<T>, Vec<Diagnostic>) {
    let origin = TreeOrigin { text: "", file, base, range: 0..0, index: OnceCell::new(), is_discreet: true };
    decoded(origin, value.tree)
}

fn decoded<T: DeserializeOwned>(origin: TreeOrigin<'_>, tree: Tree) -> (Option<T>, Vec<Diagnostic>) {
    let mut empty = Vec::new();
    if has_empty(&tree) {
        find_empty(&tree, &FieldPath::root(), &mut empty);
    }
    // Serde takes an item that says nothing for an empty list.
    let mut left: Vec<_> = empty.iter().map(|path| report::empty(&origin, path)).collect();
    let first = match serde_path_to_error::deserialize::<_, T>(&tree) {
        Ok(decoded) if left.is_empty() => return (Some(decoded), Vec::new()),
        Ok(_) => return (None, left),
        Err(error) => Refusal::from(error),
    };
    let check = |tree: &Tree| serde_path_to_error::deserialize::<_, T>(tree).err().map(Refusal::from);
    let mut findings = Search::new(origin, tree, &check).run(first);
    let place = |finding: &Diagnostic| finding.labels.first().map(|label| label.place.clone());
    left.retain(|empty| findings.iter().all(|known| place(known) != place(empty)));
    findings.extend(left);
    (None, findings)
}

/// Whether [`find_empty`] would find anything; hardly any file has it, so that few need paths.
fn has_empty(tree: &Tree) -> bool {
    match tree {
        Tree::Null => true,
        Tree::Mapping(keys) => keys.values().any(|value| !value.is_null() && has_empty(value)),
        Tree::Sequence(items) => items.iter().any(has_empty),
        _ => false,
    }
}

/// The items of lists that say nothing, up to as many as are reported. A key without a value is not stated, as imported data often
/// have it.
fn find_empty(tree: &Tree, path: &FieldPath, empty: &mut Vec<FieldPath>) {
    let inner: Vec<(FieldPath, &Tree)> = match tree {
        _ if empty.len() >= MAX_FINDINGS => return,
        Tree::Null => {
            empty.push(path.clone());
            return;
        }
        Tree::Mapping(keys) => {
            let said = keys.iter().filter(|(_, value)| !value.is_null());
            said.map(|(key, value)| (path.clone().key(key.as_str().unwrap_or_default()), value)).collect()
        }
        Tree::Sequence(items) => items.iter().enumerate().map(|(at, item)| (path.clone().index(at), item)).collect(),
        _ => return,
    };
    inner.iter().for_each(|(path, value)| find_empty(value, path, empty));
}

/// The search for all mistakes. Paths in it are those of the author's file; `current` ones are those of the
/// tree, in which list items that were taken out no longer count.
struct Search<'a> {
    origin: TreeOrigin<'a>,
    tree: Tree,
    check: &'a dyn Fn(&Tree) -> Option<Refusal>,
    runs_left: usize,
    /// Positions taken out of lists.
    dropped: BTreeMap<FieldPath, BTreeSet<usize>>,
    /// What is no longer the author's: taken out, or a placeholder.
    gone: BTreeSet<FieldPath>,
    placeholders: BTreeMap<FieldPath, Placeholder>,
    findings: Vec<Diagnostic>,
}

impl<'a> Search<'a> {
    fn new(origin: TreeOrigin<'a>, tree: Tree, check: &'a dyn Fn(&Tree) -> Option<Refusal>) -> Self {
        Self {
            runs_left: (WORK / (origin.range.len() + 1)).clamp(20, 1000),
            origin,
            tree,
            check,
            dropped: BTreeMap::new(),
            gone: BTreeSet::new(),
            placeholders: BTreeMap::new(),
            findings: Vec::new(),
        }
    }

    fn run(mut self, first: Refusal) -> Vec<Diagnostic> {
        let mut next = Some(first);
        while let Some(refusal) = next {
            if self.runs_left == 0 || self.findings.len() >= MAX_FINDINGS {
                self.findings.push(report::more(&self.origin));
                break;
            }
            if !self.take_up(&refusal) {
                break;
            }
            next = self.attempt();
        }
        let left = std::mem::take(&mut self.placeholders);
        self.explain(left);
        self.findings
    }

    fn explain(&mut self, placeholders: BTreeMap<FieldPath, Placeholder>) {
        for placeholder in placeholders.into_values() {
            placeholder.explain(&mut self.findings);
        }
    }

    fn attempt(&mut self) -> Option<Refusal> {
        self.runs_left = self.runs_left.saturating_sub(1);
        (self.check)(&self.tree)
    }

    /// Deals with one refusal; `false` if the search cannot go on behind it.
    fn take_up(&mut self, refusal: &Refusal) -> bool {
        let path = self.original(&refusal.path);
        let mistake = Mistake::parse(&refusal.message);
        if let Mistake::MissingKey { key } = mistake {
            return self.missing(path.key(key), key);
        }
        if let Some(placeholder) = self.placeholder_around(&path) {
            return self.exchange(placeholder, Some((&path, &mistake)));
        }
        let follows = matches!(mistake, Mistake::Said { .. }) && self.touched_below(&path);
        if !follows {
            let found = self.describe(&path, &refusal.path, &mistake);
            self.findings.push(found);
            self.forgive(&path, &mistake);
        }
        self.take_out(path)
    }

    /// A mistyped key is one mistake: that the right one is then missing is not a second.
    fn forgive(&mut self, path: &FieldPath, mistake: &Mistake<'_>) {
        let (Mistake::UnknownKey { allowed }, Some((Segment::Key(key), around))) = (mistake, path.0.split_last())
        else {
            return;
        };
        if let Some(meant) = suggest::nearest(key, allowed.iter().copied()) {
            self.gone.insert(FieldPath(around.to_vec()).key(meant));
        }
    }

    fn missing(&mut self, path: FieldPath, key: &str) -> bool {
        let mut finding = None;
        if !self.gone.contains(&path) && self.placeholder_around(&path).is_none() {
            finding = Some(self.findings.len());
            self.findings.push(report::missing_key(&self.origin, &path, key));
        }
        let placeholder = Placeholder::new(key, finding);
        self.place(path, placeholder, Placeholder::first())
    }

    /// Puts a placeholder where the author wrote nothing, or nothing that can be used.
    fn place(&mut self, path: FieldPath, placeholder: Placeholder, value: Tree) -> bool {
        let current = self.current(&path);
        let Some((Segment::Key(key), parent)) = current.0.split_last() else {
            return false;
        };
        let Some(mapping) = at(&mut self.tree, parent).and_then(Tree::as_mapping_mut) else {
            return false;
        };
        mapping.insert(Tree::String(key.to_string()), value);
        self.gone.insert(path.clone());
        self.placeholders.insert(path, placeholder);
        true
    }

    /// Tries something else as a placeholder; gives up on what is around it when nothing is left to try.
    fn exchange(&mut self, path: FieldPath, refused: Option<(&FieldPath, &Mistake<'_>)>) -> bool {
        let current = self.current(&path);
        let Some(mut placeholder) = self.placeholders.remove(&path) else {
            return false;
        };
        self.placeholders.retain(|inner, _| !inner.0.starts_with(&path.0));
        if let Some((at_path, mistake)) = refused {
            let keys = at(&mut self.tree, &current.0).is_some_and(|tree| tree.is_mapping());
            placeholder.learn(mistake, *at_path == path, keys);
        }
        match placeholder.next() {
            Some(Candidate::Value(value)) => self.place(path, placeholder, value),
            Some(Candidate::Key(key)) => {
                let inner = path.clone().key(key.as_str());
                self.place(path, placeholder, Tree::Mapping(serde_yaml::Mapping::new()))
                    && self.place(inner, Placeholder::new(&key, None), Placeholder::first())
            }
            None => {
                placeholder.explain(&mut self.findings);
                let around = FieldPath(path.0.split_last().map(|(_, around)| around.to_vec()).unwrap_or_default());
                match self.placeholder_around(&around) {
                    Some(outer) => self.exchange(outer, None),
                    None => self.take_out(around),
                }
            }
        }
    }

    /// Removes a key or list item; `false` at the root, which cannot be removed.
    fn take_out(&mut self, path: FieldPath) -> bool {
        let current = self.current(&path);
        let Some((last, parent)) = current.0.split_last() else {
            return false;
        };
        let Some(holder) = at(&mut self.tree, parent) else {
            return false;
        };
        let removed = match (last, holder) {
            (Segment::Key(key), Tree::Mapping(mapping)) => mapping.shift_remove(key.as_ref()).is_some(),
            (Segment::Index(index), Tree::Sequence(items)) if *index < items.len() => {
                items.remove(*index);
                true
            }
            _ => false,
        };
        if let (true, Some((Segment::Index(index), list))) = (removed, path.0.split_last()) {
            self.dropped.entry(FieldPath(list.to_vec())).or_default().insert(*index);
        }
        let (inside, outside) =
            std::mem::take(&mut self.placeholders).into_iter().partition(|(inner, _)| inner.0.starts_with(&path.0));
        self.placeholders = outside;
        self.explain(inside);
        self.gone.insert(path);
        removed
    }

    fn describe(&mut self, path: &FieldPath, current: &FieldPath, mistake: &Mistake<'_>) -> Diagnostic {
        let value = at(&mut self.tree, &current.0).cloned().unwrap_or_default();
        let asked = report::question(mistake, &value).and_then(|probe| self.ask(current, probe));
        if self.origin.is_discreet {
            let asked = asked.as_ref().map(|refusal| Mistake::parse(&refusal.message));
            return discreet::finding(&self.origin, path, &value, mistake, asked.as_ref());
        }
        report::finding(&self.origin, path, &value, mistake, asked.as_ref())
    }

    /// What serde says of `probe` at a place: its answer tells what would have been right there.
    fn ask(&mut self, current: &FieldPath, probe: Tree) -> Option<Refusal> {
        let kept = std::mem::replace(at(&mut self.tree, &current.0)?, probe);
        let answer = self.attempt();
        if let Some(place) = at(&mut self.tree, &current.0) {
            *place = kept;
        }
        answer.filter(|refusal| refusal.path == *current)
    }

    fn placeholder_around(&self, path: &FieldPath) -> Option<FieldPath> {
        (0..=path.0.len())
            .rev()
            .map(|length| FieldPath(path.0[..length].to_vec()))
            .find(|p| self.placeholders.contains_key(p))
    }

    fn touched_below(&self, path: &FieldPath) -> bool {
        // Paths with a common start follow each other in order.
        self.gone.range(path..).find(|gone| *gone != path).is_some_and(|gone| gone.0.starts_with(&path.0))
    }

    fn original(&self, current: &FieldPath) -> FieldPath {
        current.0.iter().fold(FieldPath::root(), |path, segment| match segment {
            Segment::Index(index) => {
                let dropped = self.dropped.get(&path).into_iter().flatten();
                let index = dropped.fold(*index, |index, gone| index + usize::from(*gone <= index));
                path.index(index)
            }
            Segment::Key(key) => path.key(key.clone()),
        })
    }

    fn current(&self, original: &FieldPath) -> FieldPath {
        let mut current = FieldPath::root();
        for (depth, segment) in original.0.iter().enumerate() {
            let before = |index: usize| {
                let list = FieldPath(original.0[..depth].to_vec());
                self.dropped.get(&list).map_or(0, |dropped| dropped.range(..index).count())
            };
            current = match segment {
                Segment::Index(index) => current.index(index - before(*index)),
                Segment::Key(key) => current.key(key.clone()),
            };
        }
        current
    }
}

/// The part of a tree at a path.
fn at<'t>(tree: &'t mut Tree, path: &[Segment]) -> Option<&'t mut Tree> {
    path.iter().try_fold(tree, |tree, segment| match segment {
        Segment::Key(key) => tree.as_mapping_mut()?.get_mut(key.as_ref()),
        Segment::Index(index) => tree.as_sequence_mut()?.get_mut(*index),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{YAML, read, split_off};
    use regimen_model::model::{Exercise, ExerciseWords, Muscle, MuscleWords, Program, Project, Session};
    use regimen_model::source::Sources;

    /// Every finding as `code line:column message = help`.
    fn findings<T: DeserializeOwned>(text: &str) -> Vec<String> {
        let file: FilePath = "a.yaml".into();
        let mut sources = Sources::default();
        sources.add(file.clone(), text, YAML);
        let document = read(text, &file, 0..text.len()).expect("the strict reader accepts the text");
        let (decoded, findings) = decode::<T>(text, &file, &FieldPath::root(), document.value);
        assert_eq!(decoded.is_some(), findings.is_empty());
        let show = |finding: &Diagnostic| {
            let at = sources.locate(&finding.labels[0].place).unwrap();
            let help = finding.help.clone().map(|help| format!(" = {help}")).unwrap_or_default();
            format!("{} {}:{} {}{help}", finding.code, at.line, at.column, finding.message)
        };
        findings.iter().map(show).collect()
    }

    fn same<T: DeserializeOwned>(text: &str, expected: &[&str]) {
        assert_eq!(findings::<T>(text), expected, "{text}");
    }

    const SQUAT: &str =
        "kind: strength\npattern: squat\nlaterality: bilateral\nlevel: 2\nmuscles: []\ndefaults: {reps: 8}\n";

    /// A whole exercise with more lines at its end; they start at line 7.
    fn squat(more: &str, expected: &[&str]) {
        same::<Exercise>(&format!("{SQUAT}{more}"), expected);
    }

    #[test]
    fn an_item_that_says_nothing_is_an_error_with_its_line() {
        let help = "write it after the `- `, or remove the line";
        let empty = |at: &str, what: &str| format!("empty {at} {what} is empty = {help}");
        squat("equipment:\n  -\n", &[&empty("8:4", "item 1 of `equipment`")]);
        squat("equipment: [[bar], ~]\n", &[&empty("7:20", "item 2 of `equipment`")]);
        let text = |key: &str| format!("wrong-type 8:4 item 1 of `{key}` should be a text, found nothing = {help}");
        for key in ["tags", "contraindications", "substitutes"] {
            squat(&format!("{key}:\n  -\n"), &[&text(key)]);
        }
        squat("equipment:\nvariant_of: null\n", &[]);
    }

    #[test]
    fn keys_with_x_are_the_authors_own() {
        squat("x-note: {x-y: [1]}\nmedia: []\n", &[]);
        same::<Session>("kind: run\nduration: 30 min\nmain:\n  - {exercise: a, x-why: b}\n", &[]);
    }

    #[test]
    fn every_mistake_of_a_file_is_reported_at_once() {
        let text = "kind: strenght\npattern: squat\nlaterality: 3\nlevel: 9\nmuscles:\n  - target: hamstrings\n    role: prime\n  - {target: muscle-group:a, rol: prime}\n  \
                    - muscle:soleus\n  - {target: muscle-group:b, role: core}\ndefaults:\n  sets: many\n  reps: 8..12\n  rest: 90\nsources: [Foo Bar, a, 5]\n";
        same::<Exercise>(
            text,
            &[
                "unknown-word 1:7 `kind` cannot be `strenght` = did you mean `strength`? it is one of `strength`, `power`, \
                 `plyometric`, `isometric`, `mobility`, `static-stretch`, `dynamic-stretch`, `balance`, `neuromotor`, `cardio`, \
                 `drill`, `breathing`, `self-massage`",
                "wrong-type 3:13 `laterality` should be one of `bilateral`, `unilateral`, `alternating`, found the number `3`",
                "wrong-value 4:8 `level`: `9` is not a level: 1 (easiest) to 5 (hardest)",
                "wrong-value 6:13 `target`: `hamstrings` is not a target such as `muscle-group:hamstrings` or `muscle:soleus`; \
                 did you mean `muscle:hamstrings` or `muscle-group:hamstrings`?",
                "unknown-key 8:30 `rol` is not a key of item 2 of `muscles` = did you mean `role`? allowed here: `target`, `head`, \
                 `role`; notes of your own go under keys that start with `x-`",
                "wrong-type 9:5 item 3 of `muscles` should be `key: value` lines, found the text `muscle:soleus` = write its keys \
                 after the `- `, one below the other, each as `key: value`",
                "unknown-word 10:36 `role` cannot be `core` = it is one of `prime`, `synergist`, `stabiliser`",
                "wrong-value 12:9 `sets`: `many` is not a count from 1 to 1000 such as `3` or `2-3`",
                "wrong-value 13:9 `reps`: `8..12` is not a number of reps such as `8`, `8-12`, `5+`, `amrap` or `until-tired`",
                "wrong-value 14:9 `rest`: `90` is not a length of time such as `30 s`, `20-30 s`, `5 min` or `1 h`; did you mean `90 s`?",
                "wrong-value 15:11 item 1 of `sources`: `Foo Bar` is not an id: an id has lower-case letters a-z, digits and \
                 single hyphens, starts with a letter and has at most 64 characters",
                "wrong-type 15:23 item 3 of `sources` should be a text, found the number `5` = put it in quotes: `\"5\"`",
            ],
        );
    }

    #[test]
    fn every_missing_key_says_what_it_would_hold() {
        same::<Program>(
            "phases:\n- id: a\n  weeks: 3\n- id: b\n  kind: base\n",
            &[
                "missing-field 2:3 the key `kind` is missing in item 1 of `phases` = add `kind:` with one of `base`, `build`, `peak`, \
                 `taper`, `race`, `recovery`, `deload`, `transition`, `rehab`",
                "wrong-value 4:3 item 2 of `phases`: a phase says how long it lasts: `weeks`, or `days`",
                "missing-field 1:1 the key `level` is missing in the file = add `level:` with a level: 1 (easiest) to 5 (hardest)",
            ],
        );
        same::<Session>("kind: run\n", &[]);
        squat(
            "media:\n  - {id: a, file: b, role: start}\n",
            &[
                "missing-field 8:5 the key `author` is missing in item 1 of `media` = add `author:` with a text",
                "missing-field 8:5 the key `licence` is missing in item 1 of `media` = add `licence:` with a text",
            ],
        );
    }

    #[test]
    fn mistakes_in_converted_types_keep_their_place() {
        let text = "kind: strength\nduration: 30 min\nmain:\n  - exercise: a\n    dose: {reps: 8, rir: 9}\n  - {exercise: a, use: b}\n  \
                    - superset:\n      - {exercise: a, dose: {hold: 30, rpe: 11}}\n      - {excercise: b}\n    rounds: 0\n  - {}\n";
        same::<Session>(
            text,
            &[
                "wrong-value 5:26 `rir`: `9` is not 0 to 5 repetitions in reserve, such as `2` or `1-2`",
                "wrong-value 6:5 item 2 of `main`: a block has exactly one of `exercise`, `superset`, `circuit`, `emom`, `amrap`, \
                 `tabata`, `run`, `use`, `text`; this one has `exercise` and `use`",
                "wrong-value 8:36 `hold`: `30` is not a length of time such as `30 s`, `20-30 s`, `5 min` or `1 h`; did you mean `30 s`?",
                "wrong-value 8:45 `rpe`: `11` is not an RPE: 1 to 10 in steps of 0.5, such as `7.5` or `7-8`",
                "unknown-key 9:10 `excercise` is not a key of item 2 of `superset` = did you mean `exercise`? allowed here: `id`, `exercise`, \
                 `dose`, `note`; notes of your own go under keys that start with `x-`",
                "wrong-value 10:13 `rounds`: `0` is not a count from 1 to 1000 such as `3` or `2-3`",
                "wrong-value 11:5 item 4 of `main`: a block has exactly one of `exercise`, `superset`, `circuit`, `emom`, `amrap`, \
                 `tabata`, `run`, `use`, `text`; this one has none of them",
            ],
        );
    }

    #[test]
    fn texts_that_yaml_takes_for_something_else_are_said_as_written() {
        same::<ExerciseWords>(
            "name: 1.10\naliases: [no, on, 9:15, 1_000, 012, true]\nsummary: ~\nsteps:\n  - Note: keep going\n  -\n",
            &[
                "wrong-type 1:7 `name` should be a text, found the number `1.10` = put it in quotes: `\"1.10\"`",
                "wrong-type 2:37 item 6 of `aliases` should be a text, found the yes-or-no value `true` = put it in quotes: `\"true\"`",
                "wrong-type 3:10 `summary` should be a text, found nothing = write it after `summary:`, or remove the key if it may be \
                 left out",
                "wrong-type 5:5 item 1 of `steps` should be a text, found `key: value` lines = if the text itself has a `: ` in it, put \
                 the whole text in quotes",
                "wrong-type 6:4 item 2 of `steps` should be a text, found nothing = write it after the `- `, or remove the line",
            ],
        );
        same::<Session>(
            "kind: run\nduration: 9:15\nmain: [{exercise: a, dose: {reps: 1_000, per_side: yes}}]\n",
            &[
                "wrong-value 2:11 `duration`: `9:15` is not a length of time such as `30 s`, `20-30 s`, `5 min` or `1 h`; did you mean `555 s`?",
                "wrong-value 3:35 `reps`: `1_000` is not a number of reps such as `8`, `8-12`, `5+`, `amrap` or `until-tired`",
                "wrong-type 3:52 `per_side` should be `true` or `false`, found the text `yes` = write `true`",
            ],
        );
    }

    #[test]
    fn thousands_with_a_point_are_a_question() {
        same::<Session>(
            "kind: strength\nduration: 45 min\nmain: [{exercise: a, dose: {reps: 1.000, load: 1.500 kg, rpe: 7.500}}]\n",
            &[
                "wrong-value 3:35 `reps`: `1.000` is not a number of reps such as `8`, `8-12`, `5+`, `amrap` or `until-tired`; did you mean `1000` or `1`?",
                "wrong-value 3:48 `load`: `1.500 kg` is not a load such as `40 kg`, `90 lb`, `70 %1rm`, `80 %tm`, `50 %bw`, `10 rm`, \
                 `85 %last` or `band red`; did you mean `1500 kg` or `1.5 kg`?",
            ],
        );
    }

    #[test]
    fn words_between_quotes_in_yaml_come_out_as_written() {
        let text = "name: Squat\naliases: [no, on, 9:15, 1_000, 012, y, '0o14', \"1.10\"]\nsummary: \"\"\nsteps: []\n";
        let document = read(text, &"a.yaml".into(), 0..text.len()).unwrap();
        let (words, _) = decode::<ExerciseWords>(text, &"a.yaml".into(), &FieldPath::root(), document.value);
        assert_eq!(words.unwrap().aliases, ["no", "on", "9:15", "1_000", "012", "y", "0o14", "1.10"]);
    }

    #[test]
    fn dates_and_ids_as_keys_are_named() {
        same::<Project>(
            "language: en\nschedules:\n  Spring Race: {program: a, start: 2027-02-30}\n  b: {program: a, start: tomorrow, at: 9:15}\n",
            &[
                "wrong-value 3:3 `Spring Race` is not an id: an id has lower-case letters a-z, digits and single hyphens, starts with a \
                 letter and has at most 64 characters",
                "wrong-value 4:26 `start` should be a date such as `2027-01-31`, found the text `tomorrow`",
                "wrong-value 4:40 `at` should be a time of day such as `09:15`, found the text `9:15` = did you mean `\"09:15\"`?",
            ],
        );
    }

    #[test]
    fn a_key_without_a_value_is_not_stated() {
        for key in ["sets", "rest", "rpe", "load", "tempo", "rir", "set_type", "times_per_day"] {
            for nothing in ["", "null", "~"] {
                let dose = format!("    dose:\n      reps: 8\n      {key}: {nothing}\n");
                same::<Session>(&format!("kind: run\nduration: 30 min\nmain:\n  - exercise: a\n{dose}"), &[]);
            }
        }
        squat("mechanic: null\nvariant_of:\nx-own:\n", &[]);
        same::<Project>("language: en\nexporters: {ics: , pdf: {layout: }}\n", &[]);
    }

    #[test]
    fn several_days_are_answered_with_a_list() {
        let days = "= write each day for itself: `[saturday, sunday]`; it is one of `monday`";
        for (written, expected) in [
            ("saturday/sunday", "list, found the text `saturday/sunday` = write `available_days: [saturday, sunday]`"),
            ("[saturday/sunday]", days),
            ("[Sonntag]", "did you mean `sunday`?"),
        ] {
            let text = format!(
                "language: en\nschedules:\n  a: {{program: a, start: 2027-01-04, available_days: {written}}}\n"
            );
            let said = findings::<Project>(&text).concat();
            assert!(said.contains(expected), "{said}");
        }
        let day = "level: 1\nphases: [{id: a, kind: base, weeks: 1, sessions: [{session: a, day: saturday/sunday}]}]\n";
        let said = findings::<Program>(day).concat();
        assert!(
            said.ends_with("; write the session once for each day, with `day: saturday`, with `day: sunday`"),
            "{said}"
        );
    }

    #[test]
    fn days_and_times_that_do_not_exist_are_said_in_plain_words() {
        let day =
            |why: &str| format!(" is not a day of the calendar: {why} = write year-month-day such as `2027-01-04`");
        let time = " is not a time of day = write hours and minutes from `00:00` to `23:59`";
        for (written, expected) in [
            ("start: 2027-02-29", format!("26 `start`: `2027-02-29`{}", day("February 2027 has 28 days"))),
            ("start: 2027-13-01", format!("26 `start`: `2027-13-01`{}", day("a year has 12 months"))),
            (
                "start: 2027-2-3",
                "26 `start` should be a date such as `2027-01-31`, found the text `2027-2-3` = did you mean `2027-02-03`?".to_owned(),
            ),
            (
                "start: 2027-01-04T18:30Z",
                "26 `start` should be a date such as `2027-01-31`, found the text `2027-01-04T18:30Z` = write only the day, \
                 `2027-01-04`; the time of day is a key of its own, `at: \"18:30\"`, and so is the time zone: a place, as in \
                 `timezone: Europe/London`"
                    .to_owned(),
            ),
            (
                "start: 2027-01",
                "26 `start` should be a date such as `2027-01-31`, found the text `2027-01`".to_owned(),
            ),
            (
                "at: 18:30Z",
                "23 `at` should be a time of day such as `09:15`, found the text `18:30Z` = write only hours and minutes, \
                 `\"18:30\"`, and the time zone: a place, as in `timezone: Europe/London`"
                    .to_owned(),
            ),
            (
                "at: '18:30:45'",
                "23 `at` should be a time of day such as `09:15`, found the text `18:30:45` = write only hours and minutes, \
                 `\"18:30\"`"
                    .to_owned(),
            ),
            (
                "start: 2027-02-29T10:00",
                "26 `start` should be a date such as `2027-01-31`, found the text `2027-02-29T10:00`".to_owned(),
            ),
            ("at: '25:00'", format!("23 `at`: `25:00`{time}")),
            ("at: '09:61:00'", format!("23 `at`: `09:61:00`{time}")),
        ] {
            let text = format!("language: en\nschedules:\n  a: {{program: a, {written}}}\n");
            same::<Project>(&text, &[&format!("wrong-value 3:{expected}")]);
        }
    }

    #[test]
    fn parts_of_a_file_are_placed_in_the_whole_file() {
        let text = "---\nlatin: a\nregion: thigh\nside: back\nwords:\n  nam: x\n---\nbody\n";
        let mut sources = Sources::default();
        sources.add_part("g.md", text, 4..text.len() - 9, YAML);
        let file: FilePath = "g.md".into();
        let mut document = read(text, &file, 4..text.len() - 9).unwrap();
        let words = split_off(&mut document, "words").unwrap();
        assert!(split_off(&mut document, "words").is_none());
        let (muscle, none) = decode::<Muscle>(text, &file, &FieldPath::root(), document.value);
        assert!(muscle.is_some() && none.is_empty());
        let (_, found) = decode::<MuscleWords>(text, &file, &FieldPath::root().key("words"), words);
        let at = sources.locate(&found[0].labels[0].place).unwrap();
        assert_eq!((found.len(), at.line, &text[at.range]), (1, 6, "nam"));
        assert_eq!(found[0].message, "`nam` is not a key of `words`");
    }

    #[test]
    fn a_file_gives_at_most_a_hundred_findings_and_says_so() {
        let text = format!("{SQUAT}tags:\n{}", "  - 5\n".repeat(2_000));
        let found = findings::<Exercise>(&text);
        assert_eq!(found.len(), MAX_FINDINGS + 1);
        assert!(found[MAX_FINDINGS].starts_with("more-findings 1:1 "));
    }
}
