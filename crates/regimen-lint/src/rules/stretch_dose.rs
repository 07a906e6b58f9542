//! `stretch-dose`: a stretch is held long enough, and often enough.

use super::ACSM_2011;
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::{CatalogView, DoseView, WrittenItem};
use regimen_model::diagnostic::{FieldPath, Place, Severity};
use regimen_model::model::{Entry, Exercise};
use regimen_model::quantity::Extent;
use regimen_model::vocabulary::ExerciseKind;
use rust_decimal::Decimal;

const HOLD: Threshold = Threshold {
    key: "hold",
    default: "10-60 s",
    other: "20-60 s",
    amount: Amount::Times,
    meaning: "how long a stretch is held; 10-30 s suits most adults, 30-60 s older ones",
};
const REPEATS: Threshold = Threshold {
    key: "repeats",
    default: "2-4",
    other: "2-6",
    amount: Amount::Counts,
    meaning: "how often it is repeated in a day",
};

pub(super) static RULE: Rule = Rule {
    code: "stretch-dose",
    severity: Severity::Info,
    summary: "Static stretches are held 10 to 60 seconds, two to four times",
    explanation: "A hold of 10 to 30 seconds is enough for most adults; older ones gain more from 30 to 60. Repeating it \
two to four times brings it to about a minute, and more adds little. Asked of exercises of kind `static-stretch` with a \
`hold`, where the dose is written.

Wrong:

```yaml
exercise: calf-stretch
dose: {sets: 1, hold: 5 s}
```

Right:

```yaml
exercise: calf-stretch
dose: {sets: 3, hold: 20 s}
```
",
    sources: &[ACSM_2011],
    thresholds: &[HOLD, REPEATS],
    rising: &[],
    check: Check::Catalog(check),
};

/// A dose of a stretch, and where it is written.
struct Stretching<'a> {
    exercise: &'a Entry<Exercise>,
    dose: DoseView<'a>,
    rounds: Extent<u32>,
    place: &'a Place,
}

fn check(view: &CatalogView<'_>, report: &mut Report<'_>) {
    let is_stretch = |exercise: &Exercise| exercise.kind == ExerciseKind::StaticStretch;
    for exercise in view.catalog.exercises.values().filter(|exercise| is_stretch(exercise)) {
        let Some(dose) = view.default_dose(exercise) else { continue };
        let place = &Place::value(exercise.file.clone(), FieldPath::root().key("defaults"));
        judge(&Stretching { exercise, dose, rounds: Extent::one(1), place }, report);
    }
    for item in view.written_items().filter(|item| item.has_own_dose && is_stretch(item.exercise)) {
        let WrittenItem { exercise, rounds, place, .. } = &item;
        judge(&Stretching { exercise, dose: item.dose(), rounds: *rounds, place }, report);
    }
}

fn judge(stretch: &Stretching<'_>, report: &mut Report<'_>) {
    let Some(hold) = stretch.dose.hold() else { return };
    let (id, place) = (&stretch.exercise.id, stretch.place);
    let (seconds, wanted) = (hold.seconds(), report.range(&HOLD));
    if seconds.high() < wanted.low() || seconds.low() > wanted.high() {
        let basis = report.basis(Some("ACSM 2011: 10-30 s, older adults 30-60 s"), &[&HOLD]);
        let finding = report.finding(format!("the stretch `{id}` is held for {hold}{basis}"));
        report.add(finding.at(place.clone(), "").help(format!("hold it for {wanted} s")));
    }
    let repeats = stretch.dose.holds_a_day(stretch.rounds).map(Decimal::from);
    let wanted = report.range(&REPEATS);
    if repeats.high() < wanted.low() || repeats.low() > wanted.high() {
        let basis = report.basis(Some("ACSM 2011: 2-4 times"), &[&REPEATS]);
        let often = if repeats == Extent::one(Decimal::ONE) { "once".to_owned() } else { format!("{repeats} times") };
        let finding = report.finding(format!("the stretch `{id}` is done {often}{basis}"));
        report.add(finding.at(place.clone(), "").help(format!("repeat it {wanted} times, with `sets`")));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(dose: &str) -> Vec<String> {
        Lint::new().session("s", "mobility", &format!("{{exercise: stretch, dose: {{{dose}}}}}")).of("stretch-dose")
    }

    #[test]
    fn holds_and_repeats_lie_within_the_advice() {
        assert_eq!(
            of("sets: 2, hold: 5 s"),
            ["sessions/s.yaml:4 the stretch `stretch` is held for 5 s (ACSM 2011: 10-30 s, older adults 30-60 s)"]
        );
        assert_eq!(
            of("sets: 1, hold: 30 s"),
            ["sessions/s.yaml:4 the stretch `stretch` is done once (ACSM 2011: 2-4 times)"]
        );
        for fine in
            ["sets: 2, hold: 10 s", "sets: 4, hold: 1 min", "sets: 2, hold: 5-10 s", "hold: 30 s, times_per_day: 3"]
        {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
        for wrong in ["sets: 5, hold: 30 s", "sets: 2, hold: 90 s", "sets: 3, hold: 9.5 s"] {
            assert_eq!(of(wrong).len(), 1, "{wrong}");
        }
    }

    #[test]
    fn the_dose_of_the_exercise_is_asked_once() {
        let short = "kind: static-stretch, pattern: stretch, defaults: {sets: 2, hold: 5 s}";
        let said = Lint::new().exercise("stretch", short, "calves").session("s", "mobility", "{exercise: stretch}");
        assert_eq!(said.of("stretch-dose").len(), 1);
    }
}
