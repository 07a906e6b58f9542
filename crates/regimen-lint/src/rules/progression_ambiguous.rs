//! `progression-ambiguous`: a progression, or the dose of a placement, that writes over several doses of one exercise.

use std::collections::BTreeSet;

use super::CONVENTION;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::view::{PlanView, WrittenItem};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Entry, Grows, PhaseSession, Progression, Session};

pub(super) static RULE: Rule = Rule {
    code: "progression-ambiguous",
    severity: Severity::Warning,
    summary: "A progression or a placement replaces one dose of an exercise in a session, not several that differ",
    explanation: "A session may have the same exercise twice, each time with a dose of its own: a top set and back-off sets, or \
heavy first and light later. A progression that names the exercise and brings its own doses (`from`, `double`, `percent_table`, \
`explicit`) would put them in place of all. If the session has the exercise without a dose too, the progression changes only that \
line. A `linear` step without `from` is never reported: it adds to each dose. The `doses` of a session where it is placed go to all lines \
with an exercise that they name, too, those without a dose of their own among them.

Wrong, because the 4 x 12 of the second line is never done:

```yaml
# sessions/legs.yaml
main:
  - {exercise: squat, dose: {sets: 3, reps: 5}}
  - {exercise: squat, dose: {sets: 4, reps: 12}}
# programs/strong.yaml, in a phase
progression:
  - {exercise: squat, double: {reps: 3-5, add: 2.5 kg}}
```

Right:

```yaml
# sessions/legs.yaml
main:
  - {id: heavy, exercise: squat, dose: {sets: 3, reps: 5}}
  - {exercise: squat, dose: {sets: 4, reps: 12}}
# programs/strong.yaml, in a phase
sessions:
  - {session: legs, day: monday, doses: {heavy: {sets: 5, reps: 3}}}
progression:
  - {item: heavy, double: {reps: 3-5, add: 2.5 kg}}
```
",
    sources: &[CONVENTION],
    thresholds: &[],
    rising: &[],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    for (phase_index, phase) in plan.program.phases.iter().enumerate() {
        let replacing = phase.progression.iter().enumerate().filter(|(_, one)| one.scheme.replaces_doses());
        for (index, progression) in replacing {
            let Grows::Exercise(exercise) = &progression.of else { continue };
            let Some(Overwritten { session, items }) = overwritten(plan, phase_index, progression) else { continue };
            let path = FieldPath::root().key("phases").index(phase_index).key("progression").index(index);
            let message = format!(
                "this progression replaces {} different doses of `{exercise}` in `{}`",
                items.len(),
                session.id
            );
            let finding = report
                .finding(message)
                .at(Place::value(plan.program.file.clone(), path.key("exercise")), "")
                .help("give the line that is meant an `id` in the session, and name it here with `item` instead of `exercise`");
            let finding = items.iter().fold(finding, |finding, item| finding.at(item.place.clone(), "replaced"));
            report.add(finding);
        }
        let path = FieldPath::root().key("phases").index(phase_index);
        for (path, sessions) in phase.session_lists(&path) {
            for (index, planned) in sessions.iter().enumerate() {
                placed(plan, &path.clone().index(index), planned, report);
            }
        }
    }
}

/// The doses of a session where it is placed.
fn placed(plan: &PlanView<'_>, path: &FieldPath, planned: &PhaseSession, report: &mut Report<'_>) {
    let PhaseSession { session: id, doses, .. } = planned;
    let Some(session) = plan.catalog.catalog.sessions.get(id) else { return };
    for name in doses.keys() {
        let exercise = name.exercise();
        let has_own = |item: &WrittenItem<'_>| item.id.is_some_and(|id| doses.contains_key(id.as_str()));
        let items = plan.catalog.work_items(session).filter(|item| item.exercise.id == *exercise && !item.goes_on);
        let items: Vec<_> = items.filter(|item| !has_own(item)).collect();
        if items.iter().all(|item| item.dose() == items[0].dose()) {
            continue;
        }
        let message = format!("this dose replaces {} different doses of `{exercise}` in `{id}`", items.len());
        let place = Place::value(plan.program.file.clone(), path.clone().key("doses").key(exercise.as_str()));
        let finding = report
            .finding(message)
            .at(place, "")
            .help("give each line of the session that is meant an `id`, and name that here in place of the exercise");
        report.add(items.iter().fold(finding, |finding, item| finding.at(item.place.clone(), "replaced")));
    }
}

/// The doses of a session that a progression would replace.
struct Overwritten<'a> {
    session: &'a Entry<Session>,
    items: Vec<WrittenItem<'a>>,
}

/// The first session in which a progression replaces several different doses.
fn overwritten<'a>(plan: &PlanView<'a>, phase_index: usize, progression: &Progression) -> Option<Overwritten<'a>> {
    let Grows::Exercise(exercise) = &progression.of else { return None };
    let phase = plan.program.phases.get(phase_index)?;
    let placed = plan.program.placed_in(phase_index);
    let meant = placed.iter().filter(|placed| progression.is_for(&placed.planned.session, &placed.name));
    let mut seen = BTreeSet::new();
    let mut meant = meant.map(|placed| &placed.planned.session).filter(|id| seen.insert(*id));
    let named = |item: &WrittenItem<'_>| {
        let is_named = |one: &Progression| matches!(&one.of, Grows::Item(id) if item.id == Some(id));
        phase.progression.iter().any(is_named)
    };
    meant.find_map(|id| {
        let session = plan.catalog.catalog.sessions.get(id)?;
        let items = plan.catalog.work_items(session).filter(|item| item.exercise.id == *exercise && !item.goes_on);
        let items: Vec<_> = items.filter(|item| !named(item)).collect();
        let differ = items.iter().any(|item| item.dose() != items[0].dose());
        (differ && items.iter().all(|item| item.has_own_dose)).then_some(Overwritten { session, items })
    })
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(main: &str, progression: &str) -> Vec<String> {
        let phase =
            format!("kind: base, weeks: 2, sessions: [{{session: s, day: monday}}], progression: [{progression}]");
        Lint::new().session("s", "strength", main).phases(&[&phase]).of("progression-ambiguous")
    }

    const HEAVY: &str = "{exercise: hinge, dose: {sets: 3, reps: 5}}";
    const LIGHT: &str = "{exercise: hinge, dose: {sets: 4, reps: 12}}";

    #[test]
    fn one_progression_does_not_replace_several_doses() {
        let double = "{exercise: hinge, double: {reps: 3-5, add: 2.5 kg}}";
        let both = format!("{HEAVY}, {LIGHT}");
        assert_eq!(
            of(&both, double),
            ["programs/p.yaml:3 this progression replaces 2 different doses of `hinge` in `s`"]
        );
        assert_eq!(of(HEAVY, double), [""; 0]);
        assert_eq!(of(&format!("{HEAVY}, {HEAVY}"), double), [""; 0], "the same twice stays the same twice");
        assert_eq!(
            of(&format!("{both}, {{exercise: hinge}}"), double),
            [""; 0],
            "only the line without a dose changes"
        );
        assert_eq!(of(&both, "{exercise: hinge, linear: {add: 1 reps}}"), [""; 0], "adds to each");
        let named = both.replacen('{', "{id: heavy, ", 1);
        assert_eq!(of(&named, &double.replace("exercise: hinge", "item: heavy")), [""; 0]);
    }

    #[test]
    fn a_placement_does_not_replace_several_doses() {
        let of = |main: &str, placement: &str| {
            let phase = format!("kind: base, weeks: 1, sessions: [{{session: s, day: monday, {placement}}}]");
            let lint = Lint::new().session("s", "strength", main).session("t", "strength", "{exercise: hinge}");
            lint.phases(&[&phase]).of("progression-ambiguous")
        };
        let both = format!("{HEAVY}, {LIGHT}");
        let said = ["programs/p.yaml:3 this dose replaces 2 different doses of `hinge` in `s`"];
        let doses = "doses: {hinge: {sets: 5, reps: 5}}";
        assert_eq!(of(&both, doses), said);
        assert_eq!(of(&format!("{HEAVY}, {{exercise: hinge}}"), doses), said, "and that of the exercise");
        assert_eq!(of(HEAVY, doses), [""; 0]);
        assert_eq!(of(&format!("{HEAVY}, {HEAVY}"), doses), [""; 0]);
        let named = both.replacen('{', "{id: heavy, ", 1);
        assert_eq!(of(&named, "doses: {heavy: {sets: 5, reps: 5}}"), [""; 0]);
        assert_eq!(of(&named, "doses: {heavy: {sets: 5, reps: 5}, hinge: {sets: 2, reps: 12}}"), [""; 0]);
    }

    #[test]
    fn a_placement_of_a_single_week_is_asked_too() {
        let both = format!("{HEAVY}, {LIGHT}");
        let lint = Lint::new().session("s", "strength", &both).session("t", "strength", "{exercise: hinge}");
        let week = "overrides: [{week: 1, sessions: [{session: s, day: monday, doses: {hinge: {sets: 5, reps: 5}}}]}]";
        let phase = format!("kind: base, weeks: 2, sessions: [{{session: t, day: monday}}], {week}");
        assert_eq!(lint.phases(&[&phase]).of("progression-ambiguous").len(), 1);
    }
}
