//! Editing an existing text: only the bytes of what is changed are.

use std::ops::Range;

use super::content::{Content, parse, unreadable, yaml_part};
use super::patch::{Page, Patch, Refused};
use super::{order, refusal};
use crate::yaml::{Data, Node};
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Segment};

/// How many keys and items one edit may add and take out. Who changes more writes a new file.
const MAX_STEPS: usize = 256;

/// An existing file of a catalogue that is changed in place.
///
/// Comments, blank lines, indentation, quotation marks, line breaks and the order of keys stay as they are. What is added
/// is indented as the rest of the file is. After each edit the text is read again, and must say exactly what was meant;
/// otherwise the edit is refused and the text stays as it was.
///
/// A comment *within* what is replaced or taken out refuses the edit. A comment behind a key or an item on its last line
/// goes with it; those on the lines above stay.
#[derive(Debug, Clone)]
pub struct Editor {
    file: FilePath,
    text: String,
}

/// A change of one value. What it then is stands in the data that is wanted in the end.
enum Step {
    /// Another value at a path.
    Replace(FieldPath),
    /// A new key in the mapping at a path.
    Add(FieldPath, String),
    /// A new item in the list at a path.
    Insert(FieldPath, usize),
    /// A key or an item less.
    Remove(FieldPath),
    /// Another key.
    Rename(FieldPath, String),
}

impl Editor {
    /// Opens the text of a file, which is named by its path in the catalogue, such as `exercises/squat.yaml`.
    ///
    /// # Errors
    /// If it is not YAML as a catalogue has it, or a guide without front matter.
    pub fn open(file: &str, text: impl Into<String>) -> Result<Self, Vec<Diagnostic>> {
        let (file, text) = (FilePath::from(file), text.into());
        parse(&file, &text)?;
        Ok(Self { file, text })
    }

    /// The text with all edits so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same, when nothing more is edited.
    pub fn into_text(self) -> String {
        self.text
    }

    /// What the file says now.
    ///
    /// # Errors
    /// None that a text that could be opened gives.
    pub fn content(&self) -> Result<Content, Vec<Diagnostic>> {
        Content::read(&self.file, &self.text)
    }

    /// Gives a path this value: changes what differs if there is one, else adds the key where the format has it.
    /// The root stands for all keys of the file.
    ///
    /// # Errors
    /// If there is no mapping around the key, no file can say the value, or something would be lost; with the place and
    /// the way out.
    pub fn set(&mut self, path: &FieldPath, value: Data) -> Result<(), Diagnostic> {
        let before = self.data()?;
        let (mut wanted, mut steps) = (before.clone(), Vec::new());
        if let Some(known) = wanted.at_mut(&path.0) {
            *known = value;
            differences(&before, &wanted, path, &mut steps);
        } else {
            let (key, around) = match path.0.split_last() {
                Some((Segment::Key(key), around)) => (key, FieldPath(around.to_vec())),
                _ => return Err(self.missing(path)),
            };
            match wanted.at_mut(&around.0) {
                Some(Data::Keys(keys)) if !keys.is_empty() => {
                    keys.push((key.to_string(), value));
                    steps.push(Step::Add(around, key.to_string()));
                }
                Some(nothing) if *nothing == Data::Nothing || *nothing == Data::Keys(Vec::new()) => {
                    *nothing = Data::keys([(key.to_string(), value)]);
                    steps.push(Step::Replace(around));
                }
                _ => return Err(self.missing(path)),
            }
        }
        self.run(steps, wanted)
    }

    /// Adds an item to a list at the position that the path ends with; later items move on.
    ///
    /// # Errors
    /// If there is no list, or the position is behind its end, and as [`Editor::set`].
    pub fn insert(&mut self, path: &FieldPath, value: Data) -> Result<(), Diagnostic> {
        let mut wanted = self.data()?;
        let Some((Segment::Index(index), around)) = path.0.split_last() else { return Err(self.missing(path)) };
        let list = FieldPath(around.to_vec());
        let step = match wanted.at_mut(around) {
            Some(Data::List(items)) if !items.is_empty() && *index <= items.len() => {
                items.insert(*index, value);
                Step::Insert(list, *index)
            }
            Some(empty) if *index == 0 && (*empty == Data::Nothing || *empty == Data::List(Vec::new())) => {
                *empty = Data::List(vec![value]);
                Step::Replace(list)
            }
            _ => return Err(self.missing(path)),
        };
        self.run(vec![step], wanted)
    }

    /// Takes out a key or an item. The last one leaves an empty mapping or list.
    ///
    /// # Errors
    /// If it is not there, is the file's only key, or a comment would be lost.
    pub fn remove(&mut self, path: &FieldPath) -> Result<(), Diagnostic> {
        let mut wanted = self.data()?;
        let Some((last, around)) = path.0.split_last().filter(|_| wanted.at(path).is_some()) else {
            return Err(self.missing(path));
        };
        let left = match (last, wanted.at_mut(around)) {
            (Segment::Key(key), Some(Data::Keys(keys))) => {
                keys.retain(|(known, _)| **known != **key);
                keys.len()
            }
            (Segment::Index(index), Some(Data::List(items))) => {
                items.remove(*index);
                items.len()
            }
            _ => return Err(self.missing(path)),
        };
        let emptied = || Step::Replace(FieldPath(around.to_vec()));
        let step = if left == 0 { emptied() } else { Step::Remove(path.clone()) };
        self.run(vec![step], wanted)
    }

    /// Gives the value at a path another key.
    ///
    /// # Errors
    /// If it is not there, or the mapping has a key of this name already.
    pub fn rename_key(&mut self, path: &FieldPath, to: &str) -> Result<(), Diagnostic> {
        let mut wanted = self.data()?;
        let Some((Segment::Key(from), around)) = path.0.split_last() else { return Err(self.missing(path)) };
        let known = match wanted.at_mut(around) {
            Some(Data::Keys(keys)) => keys.iter_mut().find(|(key, _)| **key == **from),
            _ => None,
        };
        let Some((key, _)) = known else { return Err(self.missing(path)) };
        to.clone_into(key);
        self.run(vec![Step::Rename(path.clone(), to.to_owned())], wanted)
    }

    /// Puts `to` in place of what `finds` finds in the text at a path, in the value as well as in the way it is written.
    ///
    /// # Errors
    /// If there is no text, or it is written in a way in which the same is not found, such as with escapes.
    pub(super) fn reword(
        &mut self,
        path: &FieldPath,
        finds: &dyn Fn(&str) -> Vec<Range<usize>>,
        to: &str,
    ) -> Result<(), Diagnostic> {
        let mut wanted = self.data()?;
        let Some(Data::Text(text)) = wanted.at_mut(&path.0) else { return Err(self.missing(path)) };
        *text = replaced(text, finds(text), to);
        let node = self.node()?;
        let patches = Page::new(&self.text, &node).reword(path, finds, to).map_err(|why| self.refused(why))?;
        let edited = Patch::apply(&self.text, patches);
        self.accept(edited, &wanted)
    }

    /// Puts `to` in place of what `finds` finds in the article of a guide.
    pub(super) fn reword_article(&mut self, finds: &dyn Fn(&str) -> Vec<Range<usize>>, to: &str) {
        let Some((_, Some(start))) = yaml_part(&self.file, &self.text) else { return };
        let article = &self.text[start..];
        let article = replaced(article, finds(article), to);
        self.text.truncate(start);
        self.text.push_str(&article);
    }

    /// Changes the text step by step, if it then says what is wanted.
    fn run(&mut self, steps: Vec<Step>, mut wanted: Data) -> Result<(), Diagnostic> {
        order::arrange(&self.file, &mut wanted);
        let (replaced, others): (Vec<_>, Vec<_>) =
            steps.into_iter().partition(|step| matches!(step, Step::Replace(..)));
        if others.len() > MAX_STEPS {
            let message =
                format!("{} keys and items would be added or taken out, at most {MAX_STEPS} at once", others.len());
            return Err(refusal(Place::file(self.file.clone()), message, "write a new file"));
        }
        let mut draft = self.clone();
        if !replaced.is_empty() {
            draft.apply(&replaced, &wanted)?;
        }
        for step in others {
            draft.apply(&[step], &wanted)?;
        }
        self.accept(Some(draft.text), &wanted)
    }

    /// Applies steps that do not touch each other.
    fn apply(&mut self, steps: &[Step], wanted: &Data) -> Result<(), Diagnostic> {
        let node = self.node()?;
        let page = Page::new(&self.text, &node);
        let mut patches = Vec::new();
        let value = |path: &FieldPath| wanted.at(path).ok_or_else(|| self.missing(path));
        for step in steps {
            let made = match step {
                Step::Replace(path) => page.replace(path, value(path)?),
                Step::Add(path, key) => {
                    let after = predecessor(&node.data(), wanted, path, key);
                    page.add(path, key, value(&path.clone().key(key.as_str()))?, after.as_deref())
                }
                Step::Insert(path, index) => page.insert(path, *index, value(&path.clone().index(*index))?),
                Step::Remove(path) => page.remove(path),
                Step::Rename(path, to) => page.rename(path, to),
            };
            patches.extend(made.map_err(|why| self.refused(why))?);
        }
        self.text = Patch::apply(&self.text, patches).ok_or_else(|| self.not_as_meant())?;
        Ok(())
    }

    /// Takes a text over if it says what is wanted, and nothing else of the file has changed.
    fn accept(&mut self, edited: Option<String>, wanted: &Data) -> Result<(), Diagnostic> {
        let edited = edited.ok_or_else(|| self.not_as_meant())?;
        let (node, article) = parse(&self.file, &edited).map_err(|found| unreadable(&self.file, found))?;
        let before = yaml_part(&self.file, &self.text).and_then(|(_, article)| article);
        if node.data() != *wanted || before.map(|start| &self.text[start..]) != article.map(|start| &edited[start..]) {
            return Err(self.not_as_meant());
        }
        self.text = edited;
        Ok(())
    }

    fn node(&self) -> Result<Node, Diagnostic> {
        let node = yaml_part(&self.file, &self.text).and_then(|(range, _)| Node::read(&self.text, range));
        node.ok_or_else(|| self.not_as_meant())
    }

    fn data(&self) -> Result<Data, Diagnostic> {
        Ok(self.node()?.data())
    }

    fn missing(&self, path: &FieldPath) -> Diagnostic {
        let place = Place::value(self.file.clone(), path.clone());
        let message = format!("`{path}` is not in `{}`, and there is nothing to add it to", self.file);
        refusal(place, message, "name a key or an item that is there, or add what is around it first")
    }

    fn refused(&self, why: Refused) -> Diagnostic {
        refusal(Place::bytes(self.file.clone(), why.range), why.message, why.help)
    }

    fn not_as_meant(&self) -> Diagnostic {
        let message = format!("`{}` cannot be edited here without changing more than is meant", self.file);
        refusal(Place::file(self.file.clone()), message, "edit the file by hand")
    }
}

/// A text with `to` in place of some of its bytes.
fn replaced(text: &str, ranges: Vec<Range<usize>>, to: &str) -> String {
    let patches = ranges.into_iter().map(|range| Patch { range, text: to.to_owned() }).collect();
    Patch::apply(text, patches).unwrap_or_else(|| text.to_owned())
}

/// The key behind which a new one is added: the nearest that comes before it where all keys are in order.
fn predecessor(now: &Data, wanted: &Data, path: &FieldPath, key: &str) -> Option<String> {
    let (Some(Data::Keys(now)), Some(Data::Keys(wanted))) = (now.at(path), wanted.at(path)) else { return None };
    let before = wanted.iter().take_while(|(known, _)| known != key);
    let there = before.filter(|(known, _)| now.iter().any(|(other, _)| other == known));
    there.last().map(|(known, _)| known.clone())
}

/// The steps from one value of a file to another at the same path, as small as they can be.
fn differences(before: &Data, wanted: &Data, path: &FieldPath, steps: &mut Vec<Step>) {
    let (Some(old), Some(new)) = (before.at(path), wanted.at(path)) else { return };
    if old == new {
        return;
    }
    match (old, new) {
        (Data::Keys(old), Data::Keys(new)) if has_common(old, new) || path.0.is_empty() => {
            let around = path;
            for (key, _) in new {
                let path = around.clone().key(key.as_str());
                match before.at(&path) {
                    Some(_) => differences(before, wanted, &path, steps),
                    None => steps.push(Step::Add(around.clone(), key.clone())),
                }
            }
            let gone = old.iter().filter(|(key, _)| new.iter().all(|(other, _)| other != key));
            steps.extend(gone.map(|(key, _)| Step::Remove(path.clone().key(key.as_str()))));
        }
        (Data::List(old), Data::List(new)) if !old.is_empty() && !new.is_empty() => {
            let same = |pair: &(&Data, &Data)| pair.0 == pair.1;
            let most = old.len().min(new.len());
            let head = old.iter().zip(new).take_while(same).count();
            let tail = old.iter().rev().zip(new.iter().rev()).take(most - head).take_while(same).count();
            (head..most - tail).for_each(|index| differences(before, wanted, &path.clone().index(index), steps));
            let behind = most - tail;
            steps.extend((behind..old.len() - tail).rev().map(|index| Step::Remove(path.clone().index(index))));
            steps.extend((behind..new.len() - tail).map(|index| Step::Insert(path.clone(), index)));
        }
        _ => steps.push(Step::Replace(path.clone())),
    }
}

fn has_common(old: &[(String, Data)], new: &[(String, Data)]) -> bool {
    old.iter().any(|(key, _)| new.iter().any(|(other, _)| other == key))
}

#[cfg(test)]
mod tests;
