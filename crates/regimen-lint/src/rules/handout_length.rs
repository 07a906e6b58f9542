//! `handout-length`: as much as a patient will do at home.

use std::collections::BTreeSet;

use super::{CONVENTION, Citation};
use crate::report::Report;
use crate::rule::{Check, Rule};
use crate::threshold::{Amount, Threshold};
use crate::view::PlanView;
use regimen_model::diagnostic::Severity;
use regimen_model::vocabulary::SessionKind;
use rust_decimal::Decimal;

const MOST: Threshold = Threshold {
    key: "most",
    default: "4",
    other: "6",
    amount: Amount::Count,
    meaning: "the most exercises in the work of a session",
};
const FAR: Threshold = Threshold {
    key: "far",
    default: "8",
    other: "10",
    amount: Amount::Count,
    meaning: "from here on the finding is one step graver",
};

pub(super) static RULE: Rule = Rule {
    code: "handout-length",
    severity: Severity::Warning,
    summary: "A home handout asks for four exercises at most",
    explanation: "Patients do less of what they are given the more they are given: those with four exercises or more did \
worse than those with two, and people over 65 did two exercises better than eight. Counted are the different exercises in \
the main and accessory parts of a session, which a person has to remember; warm-up and cool-down are not. Asked of \
plans for patients and beginners: programmes of `level: 1`, and phases of kind `rehab` of any programme. More than four \
are a warning, more than eight an error; these two limits are a convention.

Wrong, in a phase of kind `rehab`:

```yaml
main:
  - exercise: glute-bridge
  - exercise: dead-bug
  - exercise: calf-raise
  - exercise: hip-90-90
  - exercise: plank
```

Right:

```yaml
main:
  - exercise: glute-bridge
  - exercise: dead-bug
```
",
    sources: &[
        Citation {
            text: "Eckard et al. 2015: Home exercise program compliance of service members in the deployed environment",
            address: Some("https://doi.org/10.7205/MILMED-D-14-00306"),
        },
        Citation {
            text: "Henry et al. 1999: Effect of number of home exercises on compliance and performance in adults over 65 \
                   years of age",
            address: Some("https://doi.org/10.1093/ptj/79.3.270"),
        },
        CONVENTION,
    ],
    thresholds: &[MOST, FAR],
    rising: &[(MOST, FAR)],
    check: Check::Plan(check),
};

fn check(plan: &PlanView<'_>, report: &mut Report<'_>) {
    let mut told = BTreeSet::new();
    let home = plan.weeks.iter().filter(|week| week.is_rehab() || plan.program.level.get() == 1);
    for session in home.flat_map(|week| &week.sessions) {
        if !matches!(session.kind(), SessionKind::Strength | SessionKind::Mobility | SessionKind::Other) {
            continue;
        }
        let exercises: BTreeSet<_> = session.work().map(|task| &task.view.exercise.id).collect();
        let count = Decimal::from(exercises.len());
        if count <= report.limit(&MOST) || !told.insert(session.id()) {
            // The same session is as long on each of its days.
            continue;
        }
        let basis = report.basis(None, &[&MOST, &FAR]);
        let message =
            format!("`{}` asks for {count} exercises at home, over {}{basis}", session.id(), report.limit(&MOST));
        let far = count > report.limit(&FAR);
        let finding = report.finding(message);
        let finding = if far { finding.raised() } else { finding };
        let help = format!("keep the {} that matter most, or spread them over two sessions", report.limit(&MOST));
        report.add(finding.at(session.place.clone(), "").help(help));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(count: u32, kind: &str) -> Vec<String> {
        let facts = "kind: strength, pattern: squat, defaults: {reps: 8}";
        let add = |lint: Lint, index| lint.exercise(&format!("e{index}"), facts, "glutes");
        let main: Vec<String> = (0..count).map(|index| format!("{{exercise: e{index}}}")).collect();
        let phase = format!(
            "kind: {kind}, weeks: 2, sessions: [{{session: s, day: monday}}, {{session: s, day: friday, slot: again}}]"
        );
        let lint = (0..count).fold(Lint::new(), add).session("s", "strength", &main.join(", "));
        lint.phases(&[&phase]).of("handout-length")
    }

    #[test]
    fn patients_get_four_exercises_at_most() {
        assert_eq!(of(4, "rehab"), [""; 0]);
        assert_eq!(of(5, "rehab"), ["programs/p.yaml:3 `s` asks for 5 exercises at home, over 4"]);
        assert_eq!(of(8, "rehab").len(), 1);
        assert!(of(9, "rehab")[0].starts_with('!'));
        assert_eq!(of(9, "base"), [""; 0], "athletes train");
    }
}
