//! Running the rules: for the catalogue, and for every programme written out.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::allow::{self, Allowance};
use crate::bound::{self, OfSchedules};
use crate::report::{Found, Report, Scope};
use crate::rule::{Check, Rule};
use crate::rules::RULES;
use crate::unused;
use crate::view::{CatalogView, PlanView};
use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Label, Place};
use regimen_model::model::{Entry, Program, ScheduleName};
use regimen_model::plan::Plan;
use regimen_model::reference::Id;
use regimen_model::source::Sources;

/// A programme written out: once for everybody, and once for each of its schedules that has other days.
pub(crate) struct Written<'a> {
    pub(crate) program: &'a Entry<Program>,
    pub(crate) plan: Plan,
    pub(crate) dated: Vec<(&'a Id<ScheduleName>, Plan)>,
}

/// The programmes that rules are run for.
pub(crate) struct Plans<'a> {
    /// Empty while the catalogue has errors, because a plan with holes in it breaks rules that its author kept.
    pub(crate) written: &'a [Written<'a>],
    /// Whether every programme is among them. Only then is an `allow` that allowed nothing of no use.
    pub(crate) are_all: bool,
}

/// Runs every rule.
pub(crate) fn check(
    catalog: &Catalog,
    sources: &Sources,
    plans: &Plans<'_>,
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let view = CatalogView::new(catalog, sources, allowances);
    let mut findings: Vec<Diagnostic> = RULES.par_iter().flat_map_iter(|rule| catalog_findings(rule, &view)).collect();
    findings.par_extend(plans.written.par_iter().flat_map_iter(|written| program_findings(&view, written)));
    let findings = once_each(findings);
    let (mut left, unused) = allow::apply(findings, &allowances.iter().collect::<Vec<_>>());
    if plans.are_all {
        left.extend(unused::report(&catalog.project.rules, &unused));
    }
    left
}

/// Runs the rules of training alone, those for plans.
pub(crate) fn check_plans(
    catalog: &Catalog,
    sources: &Sources,
    plans: &[Written<'_>],
    allowances: &[Allowance],
) -> Vec<Diagnostic> {
    let view = CatalogView::new(catalog, sources, allowances);
    let findings = plans.par_iter().flat_map_iter(|written| program_findings(&view, written)).collect();
    allow::apply(once_each(findings), &allowances.iter().collect::<Vec<_>>()).0
}

/// Each finding once: several programmes find the same in a session that they share.
fn once_each(findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut known = BTreeSet::new();
    findings.into_iter().filter(|finding| known.insert(identity(finding))).collect()
}

fn catalog_findings(rule: &'static Rule, view: &CatalogView<'_>) -> Vec<Diagnostic> {
    let Check::Catalog(check) = rule.check else { return Vec::new() };
    let report = run_rule(rule, view, |report| check(view, report));
    report.into_iter().flat_map(|report| report.found).map(|found| found.finding).collect()
}

/// What breaks a rule for everybody, and what breaks it only on the days of one schedule.
fn program_findings(view: &CatalogView<'_>, written: &Written<'_>) -> Vec<Diagnostic> {
    let of_everybody = plan_findings(&PlanView::new(view, written.program, &written.plan));
    let known = Known::new(&of_everybody);
    let mut findings = OfSchedules::new();
    // Most schedules share their days with others.
    let mut by_days: BTreeMap<Vec<(&str, u32)>, Vec<Diagnostic>> = BTreeMap::new();
    for (name, plan) in &written.dated {
        let path = FieldPath::root().key("schedules").key(name.as_str());
        let place = Place::key(regimen_model::PROJECT_FILE, path);
        let seen = PlanView::new(view, written.program, plan);
        let days = plan.sessions().map(|session| (session.slot.as_str(), session.offset)).collect();
        let more = by_days.entry(days).or_insert_with(|| {
            let found = plan_findings(&seen).into_iter();
            found.filter(|found| !known.contains(found)).map(|found| found.finding).collect()
        });
        for finding in more.iter() {
            if findings.takes(finding) {
                let mut finding = finding.clone();
                finding.message += &format!(", on the days of the schedule `{name}`");
                finding.labels.insert(0, Label { place: place.clone(), text: "on the days of this schedule".into() });
                findings.kept.push(finding);
            }
        }
        for rule in RULES {
            let Check::Schedule(check) = rule.check else { continue };
            for Found { finding, .. } in rule_findings(rule, &seen, check) {
                if findings.takes(&finding) {
                    findings.kept.push(finding);
                }
            }
        }
    }
    let of_schedules = findings.with_rest(&written.program.file);
    of_everybody.into_iter().map(|found| found.finding).chain(of_schedules).collect()
}

/// What is said of a programme for everybody.
pub(crate) struct Known<'a> {
    messages: BTreeSet<String>,
    weeks: BTreeMap<Subject<'a>, BTreeSet<u32>>,
    of_plan: BTreeSet<Subject<'a>>,
}

/// What a finding is about: its code, the names in backquotes in its message, and its places.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Subject<'a> {
    code: &'a str,
    names: Vec<&'a str>,
    about: Vec<&'a Place>,
}

impl<'a> Subject<'a> {
    fn new(finding: &'a Diagnostic, about: impl IntoIterator<Item = &'a Place>) -> Self {
        let names = finding.message.split('`').skip(1).step_by(2).collect();
        Self { code: &finding.code, names, about: about.into_iter().collect() }
    }

    /// Of a plan as a whole: what the message names may be other sessions.
    fn of_plan(finding: &'a Diagnostic) -> Self {
        let about = finding.labels.iter().take(1).map(|label| &label.place).collect();
        Self { code: &finding.code, names: Vec::new(), about }
    }
}

impl<'a> Known<'a> {
    pub(crate) fn new(all: &'a [Found]) -> Self {
        let mut known = Self { messages: BTreeSet::new(), weeks: BTreeMap::new(), of_plan: BTreeSet::new() };
        for Found { finding, scope } in all {
            match scope {
                Scope::Message => drop(known.messages.insert(identity(finding))),
                Scope::Weeks { weeks, about } => {
                    known.weeks.entry(Subject::new(finding, about)).or_default().extend(weeks);
                }
                Scope::Plan => drop(known.of_plan.insert(Subject::of_plan(finding))),
            }
        }
        known
    }

    pub(crate) fn contains(&self, Found { finding, scope }: &Found) -> bool {
        match scope {
            Scope::Message => self.messages.contains(&identity(finding)),
            Scope::Weeks { weeks, about } => {
                let known = self.weeks.get(&Subject::new(finding, about));
                known.is_some_and(|known| weeks.iter().all(|week| known.contains(week)))
            }
            Scope::Plan => self.of_plan.contains(&Subject::of_plan(finding)),
        }
    }
}

/// What a finding says, and where.
fn identity(finding: &Diagnostic) -> String {
    format!("{} {} {:?}", finding.code, finding.message, finding.labels)
}

pub(crate) fn plan_findings(plan: &PlanView<'_>) -> Vec<Found> {
    let of_rule = |rule: &&'static Rule| match rule.check {
        Check::Plan(check) => rule_findings(rule, plan, check),
        Check::Schedule(_) | Check::Catalog(_) | Check::Allowances => Vec::new(),
    };
    RULES.iter().flat_map(of_rule).collect()
}

/// The findings of one rule in a plan.
pub(crate) fn rule_findings(
    rule: &'static Rule,
    plan: &PlanView<'_>,
    check: fn(&PlanView<'_>, &mut Report<'_>),
) -> Vec<Found> {
    let report = run_rule(rule, plan.catalog, |report| check(plan, report.keep_at_most(bound::MOST)));
    report.map(|report| bound::of_plan(report, rule.code, plan)).unwrap_or_default()
}

/// What one rule finds; `None` if it is switched off.
fn run_rule<'a>(
    rule: &'static Rule,
    view: &CatalogView<'a>,
    check: impl FnOnce(&mut Report<'a>),
) -> Option<Report<'a>> {
    let mut report = rule.report(&view.catalog.project.rules)?;
    check(&mut report);
    Some(report)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// Hard sets on two numbered days, for a reader with these days.
    fn of(available: &str, more: &str) -> Vec<String> {
        let project = format!(
            "language: en\nschedules:\n  s: {{program: p, start: 2027-01-04, available_days: [{available}]{more}}}\n\
             words: {{title: T}}\n"
        );
        let phase = "kind: base, weeks: 2, sessions: [{session: s, day: 1}, {session: s, day: 4, slot: b}]";
        Lint::new()
            .session("s", "strength", "{exercise: hinge}")
            .phases(&[phase])
            .file("regimen.yaml", &project)
            .of("recovery")
    }

    #[test]
    fn plans_are_asked_again_on_the_days_of_a_reader() {
        assert_eq!(of("monday, thursday", ""), [""; 0]);
        let said = of("monday, tuesday", "");
        assert_eq!(
            said,
            [
                "regimen.yaml:3 less than 48 h lie between hard sets of `hamstrings` in weeks 1-2 (ACSM 2011), on the days of the \
              schedule `s`"
            ]
        );
        assert_eq!(of("monday, tuesday", ", allow: {recovery: an easy fortnight}"), [""; 0]);
    }

    #[test]
    fn each_schedule_with_the_same_days_is_named() {
        let project = "language: en\nschedules:\n  a: {program: p, start: 2027-01-04, available_days: [monday, tuesday]}\n  \
                       b: {program: p, start: 2027-02-01, available_days: [monday, tuesday]}\nwords: {title: T}\n";
        let phase = "kind: base, weeks: 2, sessions: [{session: s, day: 1}, {session: s, day: 4, slot: b}]";
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[phase]);
        let said = lint.file("regimen.yaml", project).of("recovery");
        let ends = ["on the days of the schedule `a`", "on the days of the schedule `b`"];
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said.iter().zip(ends).all(|(said, end)| said.ends_with(end)), "{said:?}");
    }

    #[test]
    fn what_is_said_of_more_weeks_is_not_said_again_of_some_of_them() {
        let of = |more: &str| {
            let project = format!(
                "language: en\nschedules:\n  s: {{program: p, start: 2027-01-04, {more}}}\nwords: {{title: T}}\n"
            );
            let days = "{session: s, day: monday, slot: a}, {session: s, day: thursday, slot: b}, {session: s, day: friday, slot: c}";
            let phase = format!("kind: base, weeks: 4, sessions: [{days}]");
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]);
            lint.file("regimen.yaml", &project).of("recovery")
        };
        assert_eq!(of("from_week: 2").len(), 1);
        assert_eq!(of("changes: [{skip: w3-c}]").len(), 1);
        let said = of("changes: [{move: w3-a, to: 2027-01-20}]");
        assert!(said.len() == 2 && said.iter().any(|said| said.contains("in week 3")), "{said:?}");
    }

    #[test]
    fn a_plan_that_begins_later_has_the_kinds_of_its_own_weeks() {
        let project =
            "language: en\nschedules:\n  s: {program: p, start: 2027-01-04, from_week: 3}\nwords: {title: T}\n";
        let phases = [
            "kind: base, weeks: 2, sessions: [{session: s, day: monday}]",
            "kind: deload, weeks: 1, sessions: [{session: s, day: monday}]",
        ];
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&phases);
        let said = lint.file("regimen.yaml", project).of("frequency");
        assert!(said.len() == 1 && said[0].contains("in weeks 1-2"), "{said:?}");
    }
}
