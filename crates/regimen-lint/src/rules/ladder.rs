//! `ladder`: easier and harder exercises must agree with each other.

use std::collections::{BTreeMap, BTreeSet};

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::CatalogView;
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Entry, Exercise};
use regimen_model::reference::Id;

pub(super) static RULE: Rule = Rule {
    code: "ladder",
    severity: Severity::Error,
    summary: "Easier and harder exercises name each other, never in a circle, and their levels rise",
    explanation:
        "`regressions` and `progressions` are a ladder that readers climb both ways: each rung names the other, a \
harder exercise has at least the `level` of the easier one, and no way up leads back to where it started.

Wrong, as `deadlift` does not say that `romanian-deadlift` is easier:

```yaml
# exercises/romanian-deadlift.yaml
progressions: [deadlift]
```

Right:

```yaml
# exercises/romanian-deadlift.yaml
progressions: [deadlift]
# and in exercises/deadlift.yaml
regressions: [romanian-deadlift]
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Catalog(check),
};

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let catalog = view.catalog;
    for exercise in catalog.exercises.values() {
        for (index, harder) in exercise.progressions.iter().enumerate() {
            let Some(harder) = catalog.exercises.get(harder) else { continue };
            let rung = Rung { from: exercise, to: harder, index };
            one_way(rung, Direction::Up, report);
            falls(rung, report);
        }
        for (index, easier) in exercise.regressions.iter().enumerate() {
            let Some(easier) = catalog.exercises.get(easier) else { continue };
            one_way(Rung { from: exercise, to: easier, index }, Direction::Down, report);
        }
    }
    for exercise in endless(catalog) {
        circle(catalog, exercise, report);
    }
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

/// An exercise that names another one as harder or easier.
#[derive(Clone, Copy)]
struct Rung<'a> {
    from: &'a Entry<Exercise>,
    to: &'a Entry<Exercise>,
    /// The position of the other one in its list.
    index: usize,
}

fn place(exercise: &Entry<Exercise>, direction: Direction, index: usize) -> Place {
    Place::value(exercise.file.clone(), FieldPath::root().key(direction.key()).index(index))
}

/// Both ends of a rung name each other.
fn one_way(Rung { from, to, index }: Rung<'_>, direction: Direction, report: &mut Report<'_>) {
    let back = direction.back();
    if !back.of(to).contains(&from.id) {
        let finding = report.finding(format!("`{}` is not among the `{}` of `{}`", from.id, back.key(), to.id));
        let finding = finding.at(place(from, direction, index), "this rung leads one way only");
        report.add(finding.help(format!("add `{}` to `{}` in `{}`, or delete it here", from.id, back.key(), to.file)));
    }
}

/// A harder exercise has at least the level of the easier one.
fn falls(Rung { from, to, index }: Rung<'_>, report: &mut Report<'_>) {
    // An unknown level contradicts nothing.
    let (Some(low), Some(high)) = (from.level, to.level) else { return };
    if high < low {
        let message = format!("`{}` (level {high}) is said to be harder than `{}` (level {low})", to.id, from.id);
        let level = Place::value(to.file.clone(), FieldPath::root().key("level"));
        let finding = report.finding(message).at(place(from, Direction::Up, index), "said here").at(level, "");
        report.add(finding.help("correct one of the levels, or turn the ladder round"));
    }
}

/// The exercises from which a way up never ends: what is left when tops are taken off, again and again.
fn endless(catalog: &Catalog) -> Vec<&Entry<Exercise>> {
    let mut ways: BTreeMap<&Id<Exercise>, usize> = BTreeMap::new();
    let mut below: BTreeMap<&Id<Exercise>, Vec<&Id<Exercise>>> = BTreeMap::new();
    for exercise in catalog.exercises.values() {
        let up = exercise.progressions.iter().filter(|id| catalog.exercises.contains_key(*id));
        let up = up.inspect(|id| below.entry(id).or_default().push(&exercise.id));
        ways.insert(&exercise.id, up.count());
    }
    let mut tops: Vec<&Id<Exercise>> = ways.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(top) = tops.pop() {
        for easier in below.remove(top).unwrap_or_default() {
            if let Some(count) = ways.get_mut(easier) {
                *count -= 1;
                tops.extend((*count == 0).then_some(easier));
            }
        }
    }
    let left = ways.iter().filter(|(_, count)| **count > 0);
    left.filter_map(|(id, _)| catalog.exercises.get(*id).map(AsRef::as_ref)).collect()
}

/// No way up leads back to where it started. Reported once, at the first exercise of the circle.
fn circle(catalog: &Catalog, start: &Entry<Exercise>, report: &mut Report<'_>) {
    let above = above(catalog, &start.id);
    let mut earlier = above.iter().filter(|id| ***id < start.id);
    if above.contains(&start.id) && !earlier.any(|id| self::above(catalog, id).contains(&start.id)) {
        let finding = report.finding(format!("the ways up from `{}` lead back to it", start.id));
        let place = Place::key(start.file.clone(), FieldPath::root().key("progressions"));
        report.add(finding.at(place, "").help("take one exercise out of the circle"));
    }
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
    use crate::testing::Lint;

    /// What is said of two exercises with these levels and ladders.
    fn said(a: &str, b: &str) -> Vec<String> {
        let exercise = |facts: &str| {
            format!(
                "kind: strength\npattern: squat\nlaterality: bilateral\ndefaults: {{reps: 5}}\n\
                 muscles: [{{target: muscle:soleus, role: prime}}]\n{facts}\nwords: {{name: N, summary: S., steps: [S.]}}\n"
            )
        };
        Lint::new().file("exercises/a.yaml", &exercise(a)).file("exercises/b.yaml", &exercise(b)).of("ladder")
    }

    #[test]
    fn ladders_agree() {
        assert_eq!(said("level: 1\nprogressions: [b]", "level: 1\nregressions: [a]"), [""; 0]);
        assert_eq!(
            said("level: 1\nprogressions: [b]", "level: 2"),
            ["exercises/a.yaml:7 `a` is not among the `regressions` of `b`"]
        );
        assert_eq!(
            said("level: 1", "level: 2\nregressions: [a]"),
            ["exercises/b.yaml:7 `b` is not among the `progressions` of `a`"]
        );
        assert_eq!(
            said("level: 3\nprogressions: [b]", "level: 2\nregressions: [a]"),
            ["exercises/a.yaml:7 `b` (level 2) is said to be harder than `a` (level 3)"]
        );
        let both = "level: 1\nprogressions: [b]\nregressions: [b]";
        assert_eq!(
            said(both, &both.replace("[b]", "[a]")),
            ["exercises/a.yaml:7 the ways up from `a` lead back to it"]
        );
    }
}
