//! Ladders: easier and harder exercises must agree with each other.

use std::collections::BTreeSet;

use crate::catalog::Catalog;
use crate::diagnostic::{Diagnostic, FieldPath, Place};
use crate::model::{Entry, Exercise};
use crate::reference::Id;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for exercise in catalog.exercises.values() {
        for (index, harder) in exercise.progressions.iter().enumerate() {
            let Some(harder) = catalog.exercises.get(harder) else { continue };
            findings.extend(rung(exercise, harder, Direction::Up, index));
            findings.extend(falls(exercise, harder, index));
        }
        for (index, easier) in exercise.regressions.iter().enumerate() {
            let Some(easier) = catalog.exercises.get(easier) else { continue };
            findings.extend(rung(exercise, easier, Direction::Down, index));
        }
        findings.extend(circle(catalog, exercise));
    }
    findings
}

#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

impl Direction {
    fn key(self) -> &'static str {
        match self {
            Self::Up => "progressions",
            Self::Down => "regressions",
        }
    }

    fn back(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }

    fn of(self, exercise: &Exercise) -> &[Id<Exercise>] {
        match self {
            Self::Up => &exercise.progressions,
            Self::Down => &exercise.regressions,
        }
    }
}

fn place(exercise: &Entry<Exercise>, direction: Direction, index: usize) -> Place {
    Place::value(exercise.file.clone(), FieldPath::root().key(direction.key()).index(index))
}

/// Both ends of a rung name each other.
fn rung(from: &Entry<Exercise>, to: &Entry<Exercise>, direction: Direction, index: usize) -> Option<Diagnostic> {
    let back = direction.back();
    if back.of(to).contains(&from.id) {
        return None;
    }
    let message = format!("`{}` is not among the `{}` of `{}`", from.id, back.key(), to.id);
    let finding =
        Diagnostic::error("ladder", message).at(place(from, direction, index), "this rung leads one way only");
    Some(finding.help(format!("add `{}` to `{}` in `{}`, or delete it here", from.id, back.key(), to.file)))
}

/// A harder exercise has at least the level of the easier one.
fn falls(from: &Entry<Exercise>, to: &Entry<Exercise>, index: usize) -> Option<Diagnostic> {
    if to.level >= from.level {
        return None;
    }
    let message =
        format!("`{}` (level {}) is said to be harder than `{}` (level {})", to.id, to.level, from.id, from.level);
    let level = Place::value(to.file.clone(), FieldPath::root().key("level"));
    let finding = Diagnostic::error("ladder", message).at(place(from, Direction::Up, index), "said here").at(level, "");
    Some(finding.help("correct one of the levels, or turn the ladder round"))
}

/// No way up leads back to where it started. Reported once, at the first exercise of the circle.
fn circle(catalog: &Catalog, start: &Entry<Exercise>) -> Option<Diagnostic> {
    let above = above(catalog, &start.id);
    let mut earlier = above.iter().filter(|id| ***id < start.id);
    let first = above.contains(&start.id) && !earlier.any(|id| self::above(catalog, id).contains(&start.id));
    first.then(|| {
        Diagnostic::error("ladder", format!("the ways up from `{}` lead back to it", start.id))
            .at(Place::key(start.file.clone(), FieldPath::root().key("progressions")), "")
            .help("take one exercise out of the circle")
    })
}

/// Every exercise that is reached by going up.
fn above<'a>(catalog: &'a Catalog, from: &Id<Exercise>) -> BTreeSet<&'a Id<Exercise>> {
    let next = |id: &Id<Exercise>| catalog.exercises.get(id).into_iter().flat_map(|exercise| &exercise.progressions);
    let mut seen = BTreeSet::new();
    let mut open: Vec<&Id<Exercise>> = next(from).collect();
    while let Some(id) = open.pop() {
        if seen.insert(id) {
            open.extend(next(id));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use crate::{Files, load_files};

    /// The messages on two exercises with these levels and ladders.
    fn said(a: &str, b: &str) -> Vec<String> {
        let exercise = |ladder: &str| {
            format!(
                "{{kind: strength, pattern: squat, laterality: bilateral, defaults: {{reps: 5}}, {ladder}, \
                 muscles: [{{target: muscle:soleus, role: prime}}], words: {{name: N, summary: S., steps: [S.]}}}}"
            )
        };
        let muscle = "{latin: musculus soleus, region: lower-leg, side: back, words: {name: Soleus}}";
        let files: Files = [
            ("regimen.yaml", "{language: en, words: {title: T}}".to_owned()),
            ("muscles/soleus.yaml", muscle.to_owned()),
            ("exercises/a.yaml", exercise(a)),
            ("exercises/b.yaml", exercise(b)),
        ]
        .into_iter()
        .map(|(file, text)| (file.into(), text.as_bytes().into()))
        .collect();
        load_files(&files).findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn ladders_agree() {
        assert!(said("level: 1, progressions: [b]", "level: 1, regressions: [a]").is_empty());
        assert_eq!(said("level: 1, progressions: [b]", "level: 2"), ["`a` is not among the `regressions` of `b`"]);
        assert_eq!(said("level: 1", "level: 2, regressions: [a]"), ["`b` is not among the `progressions` of `a`"]);
        assert_eq!(
            said("level: 3, progressions: [b]", "level: 2, regressions: [a]"),
            ["`b` (level 2) is said to be harder than `a` (level 3)"]
        );
        let both = "level: 1, progressions: [b], regressions: [b]";
        assert_eq!(said(both, &both.replace("[b]", "[a]")), ["the ways up from `a` lead back to it"]);
    }
}
