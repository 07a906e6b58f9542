//! What of a plan is otherwise than in an earlier edition of it.

use std::collections::BTreeMap;

use regimen_catalog::language::Language;
use regimen_catalog::model::Exercise;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Catalog, Id};

use super::Writer;
use super::plain::{PlainBlock, plain_blocks};

/// A plan as one edition of a catalogue has it.
///
/// ```
/// use regimen_export::{compose::{PlanEdition, revisions}, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let edition = PlanEdition { catalog: &catalog, language: &catalog.languages[catalog.language()], plan: &plan };
/// assert_eq!(revisions(edition, edition), []);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct PlanEdition<'a> {
    /// What its words come from.
    pub catalog: &'a Catalog,
    /// The language of its words.
    pub language: &'a Language,
    /// The plan.
    pub plan: &'a Plan,
}

/// One thing of a plan that is otherwise than it was, in the reader's words.
///
/// ```
/// use regimen_export::compose::Revised;
/// let moved = Revised { before: Some("Tuesday".into()), now: Some("Friday".into()), ..Revised::default() };
/// assert_eq!(moved.change(), "Tuesday → Friday");
/// assert_eq!(Revised { now: Some("3 × 6".into()), ..Revised::default() }.change(), "+ 3 × 6");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revised {
    /// What calendars know the session by.
    pub slot: String,
    /// The session and when it is: "Strength A, week 3 of 8, Tuesday, 19 January 2027".
    pub session: String,
    /// The exercise whose dose it is; empty if it is the day, or a line that is of no exercise.
    pub exercise: String,
    /// Day or dose as it was; `None` if it is new.
    pub before: Option<String>,
    /// Day or dose as it is; `None` if it is gone.
    pub now: Option<String>,
}

impl Revised {
    /// What it was and what it is, in signs: "Nordic curl: 3 × 8 → 3 × 6"; "+ " before what is new, "− " before what is gone.
    pub fn change(&self) -> String {
        let change = match (&self.before, &self.now) {
            (Some(before), Some(now)) => format!("{before} → {now}"),
            (Some(gone), None) => format!("− {gone}"),
            (None, Some(new)) => format!("+ {new}"),
            (None, None) => String::new(),
        };
        if self.exercise.is_empty() { change } else { format!("{}: {change}", self.exercise) }
    }
}

/// The days and doses of a plan that are otherwise than in an earlier edition, in the order of its sessions; those that are gone come last.
///
/// ```
/// use regimen_export::{compose::{PlanEdition, revisions}, testing};
/// let catalog = testing::catalog();
/// let (plan, language) = (testing::dated_plan(&catalog, "spring"), &catalog.languages[catalog.language()]);
/// let mut shorter = plan.clone();
/// shorter.weeks.pop();
/// let [before, now] = [&plan, &shorter].map(|plan| PlanEdition { catalog: &catalog, language, plan });
/// let revised = revisions(before, now);
/// assert_eq!((revised.len(), revised[0].now.clone()), (1, None), "the session of the last week is gone");
/// ```
pub fn revisions(before: PlanEdition<'_>, now: PlanEdition<'_>) -> Vec<Revised> {
    let old: BTreeMap<&str, &PlannedSession> = by_slot(before.plan);
    let new: BTreeMap<&str, &PlannedSession> = by_slot(now.plan);
    let mut found = Vec::new();
    for session in now.plan.by_week() {
        let revised = now.revised(session);
        match old.get(session.slot.as_str()) {
            None => found.push(Revised { now: Some(now.day(session)), ..revised }),
            Some(earlier) => {
                let days = (before.day(earlier), now.day(session));
                if days.0 != days.1 {
                    found.push(Revised { before: Some(days.0), now: Some(days.1), ..revised.clone() });
                }
                found.extend(lines(before.lines(earlier), now.lines(session), &revised));
            }
        }
    }
    let gone = before.plan.by_week().filter(|session| !new.contains_key(session.slot.as_str()));
    found.extend(gone.map(|session| Revised { before: Some(before.day(session)), ..before.revised(session) }));
    found
}

fn by_slot(plan: &Plan) -> BTreeMap<&str, &PlannedSession> {
    plan.by_week().map(|session| (session.slot.as_str(), session)).collect()
}

/// A line of a session.
#[derive(PartialEq, Eq)]
struct Line {
    exercise: Option<String>,
    name: String,
    text: String,
}

impl PlanEdition<'_> {
    fn writer(&self) -> Writer<'_> {
        Writer::of(self.catalog, self.language)
    }

    fn revised(&self, session: &PlannedSession) -> Revised {
        let writer = self.writer();
        let date = session.date.map(|date| writer.date(Label::Date, date));
        let parts = [Some(writer.session_name(session)), Some(writer.counted_of(self.plan, session)), date];
        let session_and_day = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Revised { slot: session.slot.clone(), session: session_and_day, ..Revised::default() }
    }

    /// When a session is: its date and time, as far as it has them.
    fn day(&self, session: &PlannedSession) -> String {
        let writer = self.writer();
        let day = session.date.map(|date| writer.date(Label::Date, date));
        let day = day.or_else(|| session.weekday().map(|day| self.language.label(day).to_owned()));
        let day = day.unwrap_or_else(|| session.day.to_string());
        std::iter::once(day).chain(writer.hour(session)).collect::<Vec<_>>().join(" ")
    }

    fn lines(&self, session: &PlannedSession) -> Vec<Line> {
        let mut lines = Vec::new();
        let blocks = session.parts_and_choices().flat_map(|part| &part.blocks);
        for block in blocks.flat_map(|block| plain_blocks(self.catalog, self.language, block)) {
            self.push_lines(&block, &mut lines);
        }
        lines
    }

    fn push_lines(&self, block: &PlainBlock, lines: &mut Vec<Line>) {
        let PlainBlock { text, exercise, dose, inner } = block;
        let name = |id: &Id<Exercise>| self.writer().name(&id.into());
        lines.push(Line {
            exercise: exercise.as_ref().map(ToString::to_string),
            name: exercise.as_ref().map(name).unwrap_or_default(),
            text: dose.as_ref().unwrap_or(text).clone(),
        });
        inner.iter().for_each(|block| self.push_lines(block, lines));
    }
}

/// What differs between the lines of a session. Of the same exercise, what it was and what it is stand together, whatever else it is called
/// now; so do lines that are of no exercise and have the same place among those that differ.
fn lines(mut before: Vec<Line>, mut now: Vec<Line>, revised: &Revised) -> Vec<Revised> {
    let is_same = |one: &Line, other: &Line| one.exercise == other.exercise && one.text == other.text;
    now.retain(|line| match before.iter().position(|other| is_same(line, other)) {
        Some(at) => {
            before.remove(at);
            false
        }
        None => true,
    });
    let mut found = Vec::new();
    for Line { exercise, name, text } in now {
        let earlier = before.iter().position(|other| other.exercise == exercise).map(|at| before.remove(at).text);
        found.push(Revised { exercise: name, before: earlier, now: Some(text), ..revised.clone() });
    }
    found.extend(before.into_iter().map(|line| Revised {
        exercise: line.name,
        before: Some(line.text),
        ..revised.clone()
    }));
    found
}
