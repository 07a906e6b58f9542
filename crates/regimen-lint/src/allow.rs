//! `allow:`: a rule silenced where the content is right, with the reason.

use std::collections::BTreeMap;
use std::sync::Arc;

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place, Spot};

/// A rule, or a finding of an exporter, that is silenced at a mapping of a file and below it.
#[derive(Debug, Clone)]
pub struct Allowance {
    /// The file that holds the `allow`.
    pub file: FilePath,
    /// The mapping that holds it.
    pub path: FieldPath,
    /// The code of what it silences: `deload`, or `pdf/glyph-missing` for a finding of an exporter.
    pub code: Arc<str>,
}

impl Allowance {
    /// Whether findings with this code at a place are at or below its mapping.
    pub(super) fn covers(&self, code: &str, place: &Place) -> bool {
        let is_below = || match &place.spot {
            Spot::Value(path) | Spot::Key(path) | Spot::Within(path, _) => path.0.starts_with(&self.path.0),
            Spot::Whole | Spot::Bytes(_) | Spot::Text(_) | Spot::At { .. } => self.path.0.is_empty(),
        };
        *code == *self.code && place.file == self.file && is_below()
    }

    /// Whether a finding is allowed by it.
    pub(super) fn allows(&self, finding: &Diagnostic) -> bool {
        finding.labels.first().is_some_and(|label| self.covers(&finding.code, &label.place))
    }

    pub(super) fn place(&self) -> Place {
        Place::key(self.file.clone(), self.path.clone().key("allow").key(self.code.clone()))
    }

    /// Whether its finding is an exporter's.
    pub(super) fn is_of_exporter(&self) -> bool {
        self.code.contains('/')
    }

    /// Whether this one is at or above the mapping of another.
    pub(super) fn is_above(&self, other: &Self) -> bool {
        self.file == other.file && other.path.0.starts_with(&self.path.0)
    }
}

/// The findings that nobody allowed, and the allowances that allowed nothing.
pub(super) fn apply<'a>(
    findings: Vec<Diagnostic>,
    allowances: &[&'a Allowance],
) -> (Vec<Diagnostic>, Vec<&'a Allowance>) {
    let mut used = vec![false; allowances.len()];
    let mut of_file: BTreeMap<&FilePath, Vec<usize>> = BTreeMap::new();
    for (index, allowance) in allowances.iter().enumerate() {
        of_file.entry(&allowance.file).or_default().push(index);
    }
    let left = findings.into_iter().filter(|finding| {
        let near = finding.labels.first().and_then(|label| of_file.get(&label.place.file));
        let covering: Vec<usize> =
            near.into_iter().flatten().copied().filter(|index| allowances[*index].allows(finding)).collect();
        covering.iter().for_each(|index| used[*index] = true);
        covering.is_empty()
    });
    let left = left.collect();
    let unused = allowances.iter().zip(used).filter(|(_, used)| !used).map(|(allowance, _)| *allowance);
    (left, unused.collect())
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// A session without a warm-up, with these lines more.
    fn session(more: &str) -> Lint {
        let text =
            format!("kind: strength\nduration: 9 min\nmain: [{{exercise: hinge}}]\ncool_down: [{{text: t}}]\n{more}");
        Lint::new().file("sessions/s.yaml", &format!("{text}words: {{name: S, texts: {{t: Walk.}}}}\n"))
    }

    #[test]
    fn nothing_is_unused_while_a_programme_cannot_be_planned() {
        let found = |amounts: &str| {
            let phase = format!(
                "kind: base, weeks: 2, allow: {{frequency: enough here}}, sessions: [{{session: s, day: monday}}], \
                 progression: [{{exercise: hinge, explicit: [{amounts}]}}]"
            );
            Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).all()
        };
        let of = |all: &[String], code: &str| all.iter().filter(|finding| finding.contains(code)).count();
        let (short, whole) = (found("{sets: 2, reps: 8}"), found("{sets: 2, reps: 8}, {sets: 2, reps: 8}"));
        assert_eq!((of(&short, "progression:"), of(&short, "unused-allow")), (1, 0), "{short:?}");
        assert_eq!(of(&whole, "progression:"), 0, "{whole:?}");
    }

    #[test]
    fn a_rule_is_silent_at_and_below_its_allow() {
        assert_eq!(session("").all().len(), 1);
        assert_eq!(session("allow: {warm-up: done on the way here}\n").all(), [""; 0]);
    }

    #[test]
    fn an_allow_that_allows_nothing_is_reported_unless_its_rule_is_off() {
        let unused = session("allow: {warm-up: done before, cool-down: not needed}\n");
        assert_eq!(
            unused.all(),
            ["sessions/s.yaml:5:31 unused-allow: `cool-down` is allowed here, but finds nothing to allow"]
        );
        let off = unused.file("regimen.yaml", "language: en\nrules: {cool-down: off}\nwords: {title: T}\n");
        assert_eq!(off.all(), [""; 0]);
    }

    #[test]
    fn an_allow_that_is_kept_on_purpose_is_allowed() {
        let kept = session("allow: {warm-up: done before, cool-down: not yet, unused-allow: both are to come}\n");
        assert_eq!(kept.all(), [""; 0]);
        assert_eq!(
            session("allow: {warm-up: done before, unused-allow: why}\n").all(),
            ["sessions/s.yaml:5:31 unused-allow: `unused-allow` is allowed here, but finds nothing to allow"]
        );
        let below = Lint::new().file(
            "sessions/s.yaml",
            "kind: rest\nduration: 9 min\nallow: {cool-down: x}\nmain: [{exercise: hinge, allow: {unused-allow: y}}]\n\
             words: {name: S}\n",
        );
        assert_eq!(below.all().len(), 2, "an `allow` silences nothing above it: {:?}", below.all());
    }

    #[test]
    fn an_allow_in_another_place_does_not_count() {
        let block = Lint::new().file(
            "sessions/s.yaml",
            "kind: strength\nduration: 9 min\nmain:\n  - exercise: hinge\n    allow: {warm-up: no}\ncool_down: [{text: t}]\n\
             words: {name: S, texts: {t: Walk.}}\n",
        );
        let said = block.all();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[1].starts_with("sessions/s.yaml:5:13 unused-allow"), "{said:?}");
    }

    #[test]
    fn rules_must_exist_and_reasons_be_given() {
        for (more, expected) in [
            (
                "allow: {warmup: none}\n",
                "sessions/s.yaml:5:9 wrong-value: `warmup` is not a rule; did you mean `warm-up`?",
            ),
            (
                "allow: {warm-up: \" \"}\n",
                "sessions/s.yaml:5:18 wrong-value: `warm-up`: the reason is blank; say why, such as \
                 `done on the way here`",
            ),
            (
                "allow: {warm-up: \"\\u00a0\\u200b\"}\n",
                "sessions/s.yaml:5:18 wrong-value: `warm-up`: the reason is blank; say why, such as \
                 `done on the way here`",
            ),
            (
                "allow: {}\n",
                "sessions/s.yaml:5:8 wrong-value: `allow`: nothing is allowed here; name a rule and the reason, or \
                 delete `allow`",
            ),
            (
                "allow:\n",
                "sessions/s.yaml:5:1 wrong-value: `allow`: nothing is allowed here; name a rule and the reason, or \
                 delete `allow`",
            ),
            (
                "allow: {warm-up: }\n",
                "sessions/s.yaml:5:9 wrong-type: `warm-up` should be the reason why the content is right here, in a few \
                 words, found nothing",
            ),
            (
                "allow: [warm-up]\n",
                "sessions/s.yaml:5:8 wrong-type: `allow` should be rules with a reason each, such as `{deload: the \
                 season has pauses enough}`, found a list",
            ),
        ] {
            assert_eq!(session(more).all(), [expected]);
        }
    }

    #[test]
    fn words_and_schedules() {
        let project = "language: en\nschedules:\n  allow:\n    program: p\n    start: 2027-01-04\n    allow: {taper: no race}\n\
                       exporters: {pdf: {allow: x}}\nwords: {title: T}\n";
        let said = Lint::new().program("", "strength", 1).file("regimen.yaml", project).all();
        assert!(said.iter().any(|line| line.starts_with("regimen.yaml:6:13 unused-allow: `taper`")), "{said:?}");
        let said =
            session("").file("sessions/t.yaml", "kind: rest\nduration: 1 min\nwords: {name: T, allow: {taper: x}}\n");
        assert!(said.all()[1].contains("`allow` is not a key of `words`"), "{:?}", said.all());
    }
}
