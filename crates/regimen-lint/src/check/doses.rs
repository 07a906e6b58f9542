//! Doses of sessions that nobody can count: an exercise without one (`no-dose`), a list that does not fit the rounds of its block, and
//! a share of the last load where there is none (`dose`).

use std::collections::BTreeSet;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{Dose, Doses, Entry, Exercise, GroupFormat, Item, Session, SessionBlock};
use regimen_model::quantity::Extent;
use regimen_model::reference::Id;

pub(super) fn check(catalog: &Catalog) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for fragment in catalog.fragments.values() {
        blocks(catalog, &fragment.file, "blocks", &fragment.blocks, &mut findings);
    }
    for session in catalog.sessions.values() {
        for (_, key, list) in session.parts() {
            blocks(catalog, &session.file, key, list, &mut findings);
        }
        findings.extend(shares_of_nothing(catalog, session));
    }
    findings
}

/// Every exercise has a dose of its own here, or a default one.
fn blocks(catalog: &Catalog, file: &FilePath, key: &str, blocks: &[SessionBlock], findings: &mut Vec<Diagnostic>) {
    for (index, block) in blocks.iter().enumerate() {
        let format = match block {
            SessionBlock::Group(group) => Some(group.format),
            SessionBlock::Item(_) | SessionBlock::Run(_) | SessionBlock::Use(_) | SessionBlock::Text(_) => None,
        };
        let place = Place::value(file.clone(), FieldPath::root().key(key).index(index));
        findings.extend(sets_in_one_round(block).map(|finding| finding.at(place, "")));
        for (below, item) in block.items() {
            let Some(exercise) = catalog.exercises.get(&item.exercise) else { continue };
            let path = FieldPath::root().key(key).index(index).join(below);
            let place = |key: &str| Place::value(file.clone(), path.clone().key(key));
            findings.extend(of_rounds(item, format).map(|finding| finding.at(place("dose"), "")));
            if item.dose_of(exercise, format).is_none() {
                let message = format!("`{}` has no dose here, and its file has no `defaults`", exercise.id);
                let finding = Diagnostic::error("no-dose", message).at(place("exercise"), "");
                let help = format!("add `dose: {{...}}` here, or `defaults: {{...}}` in `{}`", exercise.file);
                findings.push(finding.help(help));
            }
        }
    }
}

/// Sets where rounds are meant: exercises in turns are done once through, each with several sets in a row.
fn sets_in_one_round(block: &SessionBlock) -> Option<Diagnostic> {
    let format = block.group_format()?;
    let once = matches!(format, GroupFormat::Superset { .. } | GroupFormat::Circuit { .. })
        && format.rounds() == Some(Extent::one(1));
    let items = block.items().map(|(_, item)| item);
    // A list has an amount for each set, and so means it.
    let sets: Vec<Option<Extent<u32>>> = items
        .map(|item| match item.dose.iter().flatten().collect::<Vec<_>>().as_slice() {
            [dose] if dose.sets_that_differ().is_none() => Some(dose.sets),
            _ => None,
        })
        .collect();
    let sets = (*sets.first()?).filter(|first| first.high() > 1 && sets.iter().all(|other| *other == Some(*first)))?;
    if !once || block.items().count() < 2 {
        return None;
    }
    let key = format.key();
    let message =
        format!("the exercises of the `{key}` are done in turns once, with {sets} sets each before the next one");
    let help = format!(
        "for {sets} rounds of one set each write `rounds: {sets}` beside `{key}`, and leave `sets` out of the doses"
    );
    Some(Diagnostic::warning("dose", message).help(help))
}

/// A list in a block of several rounds that has an amount for each of some other number.
fn of_rounds(item: &Item, format: Option<GroupFormat>) -> Option<Diagnostic> {
    let wrong = format?.dose_error(item.dose.iter().flatten())?;
    Some(Diagnostic::error("dose", wrong.message).help(wrong.help))
}

/// Where a line with an exercise is written.
struct Line<'a> {
    item: &'a Item,
    format: Option<GroupFormat>,
    place: Place,
}

/// Every line of a session in order, those of fragments where they are used.
fn lines<'a>(catalog: &'a Catalog, session: &'a Entry<Session>) -> Vec<Line<'a>> {
    let mut found = Vec::new();
    let mut add = |file: &FilePath, path: &FieldPath, block: &'a SessionBlock| {
        let format = block.group_format();
        found.extend(block.items().map(|(below, item)| {
            let place = Place::value(file.clone(), path.clone().join(below));
            Line { item, format, place }
        }));
    };
    for (_, key, blocks) in session.parts() {
        for (index, block) in blocks.iter().enumerate() {
            let SessionBlock::Use(id) = block else {
                add(&session.file, &FieldPath::root().key(key).index(index), block);
                continue;
            };
            let Some(fragment) = catalog.fragments.get(id) else { continue };
            for (index, inner) in fragment.blocks.iter().enumerate() {
                add(&fragment.file, &FieldPath::root().key("blocks").index(index), inner);
            }
        }
    }
    found
}

/// Shares of the load of the set before, where the exercise has no set before.
fn shares_of_nothing(catalog: &Catalog, session: &Entry<Session>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut done: BTreeSet<&Id<Exercise>> = BTreeSet::new();
    for Line { item, format, place } in lines(catalog, session) {
        let exercise = catalog.exercises.get(&item.exercise);
        let doses = exercise.and_then(|exercise| item.dose_of(exercise, format));
        let begins_with_share = doses.as_ref().and_then(Doses::first).is_some_and(Dose::begins_with_share);
        if done.insert(&item.exercise) && begins_with_share {
            let message = format!("the first set of `{}` has a share of the load of the set before", item.exercise);
            let help = "write a load such as `60 kg` for it, or put the set that is meant before it";
            findings.push(Diagnostic::error("dose", message).at(place, "").help(help));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// The finding for an exercise without `defaults` in a session.
    fn of(main: &str) -> Vec<String> {
        let bare = "kind: strength\nwords: {name: B, steps: [S.]}\n";
        let said = Lint::new().file("exercises/bare.yaml", bare).session("s", "strength", main).all();
        said.into_iter().filter(|line| !line.contains(" incomplete: ")).collect()
    }

    #[test]
    fn an_exercise_in_a_session_has_a_dose() {
        let said = ["sessions/s.yaml:4:19 no-dose: `bare` has no dose here, and its file has no `defaults`"];
        assert_eq!(of("{exercise: bare}"), said);
        assert_eq!(of("{superset: [{exercise: bare}, {exercise: hinge}], rounds: 2}").len(), 1);
        assert_eq!(of("{exercise: bare, dose: {sets: 2, reps: 8}}"), [""; 0]);
        let tabata = "{tabata: [{exercise: bare}], work: 20 s, rest: 10 s, rounds: 8}";
        assert_eq!(of(tabata), [""; 0], "the clock says how much");
    }

    #[test]
    fn lists_fit_the_rounds_and_shares_have_a_set_before() {
        let of = |main: &str| {
            let said = Lint::new().session("s", "strength", main).all();
            said.into_iter().filter(|line| line.contains(" dose: ")).collect::<Vec<_>>()
        };
        let circuit = |rounds: u32| {
            format!(
                "{{circuit: [{{exercise: hinge, dose: {{reps: [21, 15, 9]}}}}, {{exercise: jog}}], rounds: {rounds}}}"
            )
        };
        assert_eq!(of(&circuit(3)), [""; 0], "one for each round");
        assert_eq!(of(&circuit(1)), [""; 0], "three sets in the one round");
        let said = ["sessions/s.yaml:4:43 dose: the dose lists 3 sets, and the block has 4 rounds"];
        assert_eq!(of(&circuit(4)), said);
        let turns = |rest: &str| {
            let item = |exercise: &str| format!("{{exercise: {exercise}, dose: {{sets: 3, reps: 10}}}}");
            format!("{{superset: [{}, {}]{rest}}}", item("hinge"), item("hinge"))
        };
        let once = "sessions/s.yaml:4:8 dose: the exercises of the `superset` are done in turns once, with 3 sets each before the next one";
        assert_eq!(of(&turns("")), [once]);
        assert_eq!(of(&turns(", rounds: 3")), [""; 0]);
        let share = "{exercise: hinge, dose: {sets: 3, reps: 8, load: 85 %last}}";
        assert!(of(share)[0].ends_with(" dose: the first set of `hinge` has a share of the load of the set before"));
        assert_eq!(of(&format!("{{exercise: hinge, dose: {{reps: 5, rpe: 8}}}}, {share}")), [""; 0]);
        let list = "{exercise: hinge, dose: [{reps: 5, load: 100 kg}, {sets: 2, reps: 8, load: [85 %last, 90 %last]}]}";
        assert_eq!(of(list), [""; 0]);
    }
}
