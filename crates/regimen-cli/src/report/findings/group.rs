//! Which findings are shown, and which of them say the same.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::model::Project;
use regimen_catalog::{Diagnostic, PROJECT_FILE, Severity, lint};

/// The most findings of one rule in one programme or schedule that are shown unless somebody says how many. Who has more has one
/// mistake, not so many.
const MOST_OF_A_RULE: usize = 20;

/// What people are shown, in the order of the files: the worst `max` findings, or all of them if `max` is 0. Unless that is said, of
/// what a rule for plans finds in a programme or schedule the worst few.
pub(super) fn worst(list: &[Diagnostic], max: Option<usize>) -> Vec<&Diagnostic> {
    let mut order: Vec<usize> = (0..list.len()).collect();
    if max != Some(0) {
        order.sort_by_key(|at| Reverse(list[*at].severity));
    }
    match max {
        Some(0) => {}
        Some(max) => order.truncate(max),
        None => {
            let mut shown: BTreeMap<(&str, Subject<'_>), usize> = BTreeMap::new();
            order.retain(|at| {
                let Some(subject) = subject(&list[*at]) else { return true };
                let shown = shown.entry((&list[*at].code, subject)).or_default();
                *shown += 1;
                *shown <= MOST_OF_A_RULE
            });
        }
    }
    order.sort_unstable();
    order.into_iter().map(|at| &list[at]).collect()
}

/// What a finding of a plan is about: the file of a programme, or a schedule of the project file. Schedules are of several readers
/// and programmes, so that none hides what is found in another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Subject<'a> {
    file: &'a str,
    schedule: Option<&'a str>,
}

fn subject(finding: &Diagnostic) -> Option<Subject<'_>> {
    let place = &finding.labels.first()?.place;
    lint::rule(&finding.code).filter(|rule| rule.is_of_plans())?;
    let is_project = *place.file == *PROJECT_FILE;
    let schedule = Project::schedule_at(&place.spot).filter(|_| is_project);
    Some(Subject { file: &place.file, schedule })
}

/// "and 288 more: 280 `missing-words`, 8 `unknown-reference`; `--max 0` shows all"
pub(super) fn rest(list: &[Diagnostic], shown: &[&Diagnostic]) -> Option<String> {
    let more = list.len().checked_sub(shown.len()).filter(|more| *more > 0)?;
    let shown: BTreeSet<*const Diagnostic> = shown.iter().map(|finding| std::ptr::from_ref(*finding)).collect();
    let hidden = list.iter().filter(|finding| !shown.contains(&std::ptr::from_ref(*finding)));
    let codes = by_code(hidden).into_iter().map(|(_, code, count)| format!("{count} `{code}`"));
    Some(format!("and {more} more: {}; `--max 0` shows all", codes.collect::<Vec<_>>().join(", ")))
}

/// How many findings each code has, the worst and most frequent first.
pub(super) fn by_code<'a>(list: impl Iterator<Item = &'a Diagnostic>) -> Vec<(Severity, &'a str, usize)> {
    let mut counts: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    for finding in list {
        *counts.entry((finding.severity, &finding.code)).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().map(|((severity, code), count)| (severity, code, count)).collect();
    counts.sort_by_key(|(severity, _, count)| std::cmp::Reverse((*severity, *count)));
    counts
}

/// Findings that say the same, but for the names and numbers in them, in the order of the first of each.
pub(super) fn alike<'a>(shown: &[&'a Diagnostic]) -> Vec<Vec<&'a Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut known: BTreeMap<(Severity, &str, String), usize> = BTreeMap::new();
    for finding in shown {
        let key = (finding.severity, finding.code.as_ref(), pattern(&finding.message));
        let at = *known.entry(key).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// A sentence without what stands between backticks, and without its numbers.
fn pattern(message: &str) -> String {
    let outside = message.split('`').step_by(2).collect::<Vec<_>>().join("`…`");
    outside.split(|c: char| c.is_ascii_digit()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("#")
}

#[cfg(test)]
mod tests {
    use regimen_catalog::{FieldPath, Place};

    use super::*;

    fn findings() -> Vec<Diagnostic> {
        vec![
            Diagnostic::warning("words", "`a` has no text in `de`"),
            Diagnostic::error("reference", "there is no exercise `b`"),
            Diagnostic::warning("words", "`c` has no text in `de`"),
            Diagnostic::warning("words", "`d` has 12 pictures without a text"),
        ]
    }

    fn messages(list: &[&Diagnostic]) -> Vec<String> {
        list.iter().map(|finding| finding.message.clone()).collect()
    }

    #[test]
    fn the_worst_are_shown_in_the_order_of_the_files() {
        let list = findings();
        assert_eq!(messages(&worst(&list, Some(2))), ["`a` has no text in `de`", "there is no exercise `b`"]);
        assert_eq!(messages(&worst(&list, Some(1))), ["there is no exercise `b`"]);
        assert_eq!(worst(&list, Some(0)).len(), 4);
        assert_eq!(worst(&list, Some(9)).len(), 4);
    }

    #[test]
    fn few_findings_of_a_rule_are_shown_of_each_programme_and_schedule_unless_all_are_asked_for() {
        let finding = |code: &'static str, schedule: usize| {
            let path = FieldPath::root().key("schedules").key(format!("s{schedule}")).key("start");
            Diagnostic::warning(code, "it is late").at(Place::value(PROJECT_FILE, path), "")
        };
        let of = |code: &'static str, schedules: usize, each: usize| -> Vec<Diagnostic> {
            (0..schedules).flat_map(|schedule| (0..each).map(move |_| finding(code, schedule))).collect()
        };
        assert_eq!(worst(&of("session-order", 30, 1), None).len(), 30);
        let many = of("session-order", 2, 25);
        assert_eq!(worst(&many, None).len(), 40);
        assert_eq!(
            rest(&many, &worst(&many, None)).as_deref(),
            Some("and 10 more: 10 `session-order`; `--max 0` shows all")
        );
        assert_eq!((worst(&many, Some(0)).len(), worst(&many, Some(45)).len()), (50, 45));
        assert_eq!(worst(&of("image-alt", 1, 25), None).len(), 25, "what is found in each file is not one mistake");
    }

    #[test]
    fn what_is_left_out_is_counted() {
        let list = findings();
        let said = rest(&list, &worst(&list, Some(1)));
        assert_eq!(said.as_deref(), Some("and 3 more: 3 `words`; `--max 0` shows all"));
        assert_eq!(rest(&list, &worst(&list, Some(4))), None);
    }

    #[test]
    fn sentences_that_differ_in_names_and_numbers_are_alike() {
        let list = findings();
        let groups = alike(&list.iter().collect::<Vec<_>>());
        assert_eq!(groups.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 1]);
        assert_eq!(pattern("`a` at 12 of 30"), pattern("`bc` at 3 of 4"));
        assert_ne!(pattern("too low"), pattern("too high"));
    }
}
