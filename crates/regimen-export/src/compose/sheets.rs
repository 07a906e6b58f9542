//! Which sessions of a plan share a sheet of paper, and what it is called.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::model::{Day, Session};
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::elements::{SessionElement, Shape, elements};

/// One session as it comes again on several days, the same but for its amounts.
#[derive(Debug)]
pub(super) struct Sheet<'p> {
    /// The name to link to.
    pub(super) anchor: String,
    /// Its occurrences in order, at least one.
    pub(super) sessions: Vec<&'p PlannedSession>,
    /// The plan that it is of.
    pub(super) plan: &'p Plan,
}

/// The sheets of a plan in the order in which it first has them.
#[derive(Debug)]
pub(super) struct Sheets<'p> {
    pub(super) all: Vec<Sheet<'p>>,
    /// Sessions without a dose, such as a day of rest, which have no sheet of their own.
    pub(super) without_dose: Vec<Sheet<'p>>,
    anchors: BTreeMap<&'p str, String>,
    /// The sheets that have the same name, found when the first title is asked for.
    by_name: OnceCell<BTreeMap<String, Namesakes>>,
}

/// Sheets with the same name.
#[derive(Debug, Default)]
struct Namesakes {
    /// Their positions.
    sheets: Vec<usize>,
    /// How many of them have a week.
    weeks: BTreeMap<u32, usize>,
    /// How many of them have the same days, found when it is asked for.
    days: OnceCell<BTreeMap<String, usize>>,
}

impl<'p> Sheets<'p> {
    /// A sheet for each thing that is done, with room to write; what has no dose apart.
    pub(super) fn to_write_on(plan: &'p Plan) -> Self {
        let (all, without_dose) = Self::sheets(plan).into_iter().partition(|sheet| has_dose(sheet.sessions[0]));
        Self::of(all, without_dose)
    }

    /// A sheet for each thing that is done.
    pub(super) fn to_look_at(plan: &'p Plan) -> Self {
        Self::of(Self::sheets(plan), Vec::new())
    }

    /// Sessions that are the same but for their days and amounts share a sheet.
    fn sheets(plan: &'p Plan) -> Vec<Sheet<'p>> {
        let mut all: Vec<Sheet<'p>> = Vec::new();
        let mut shapes: Vec<Shape<'p>> = Vec::new();
        let mut of_session: BTreeMap<&Id<Session>, Vec<usize>> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for session in plan.sessions() {
            let shape = Shape::of(session);
            let known = of_session.entry(&session.session).or_default();
            match known.iter().copied().find(|at| shapes[*at].is_like(&shape)) {
                Some(at) => all[at].sessions.push(session),
                None => {
                    known.push(all.len());
                    all.push(Sheet { anchor: free_anchor(&mut taken, session), sessions: vec![session], plan });
                    shapes.push(shape);
                }
            }
        }
        all
    }

    fn of(all: Vec<Sheet<'p>>, without_dose: Vec<Sheet<'p>>) -> Self {
        let slots = all
            .iter()
            .flat_map(|sheet| sheet.sessions.iter().map(|session| (session.slot.as_str(), sheet.anchor.clone())));
        let anchors = slots.collect();
        Self { all, without_dose, anchors, by_name: OnceCell::new() }
    }

    /// Where a session of the plan is written out, if it has a sheet.
    fn anchor(&self, session: &PlannedSession) -> Option<String> {
        self.anchors.get(session.slot.as_str()).cloned()
    }
}

fn free_anchor(taken: &mut BTreeSet<String>, session: &PlannedSession) -> String {
    let first = format!("session-{}", session.place());
    let more = (2..).map(|number| format!("{first}-{number}"));
    let free = std::iter::once(first.clone()).chain(more).find(|anchor| !taken.contains(anchor)).unwrap_or(first);
    taken.insert(free.clone());
    free
}

/// Whether any of a session, or of what may be done instead, is counted, rather than only read.
fn has_dose(session: &PlannedSession) -> bool {
    let is_done = |element: &SessionElement<'_>| element.exercise_items().is_some() || element.step().is_some();
    let is_dosed = |session: &PlannedSession| elements(session).iter().any(|(_, element)| is_done(element));
    is_dosed(session) || session.choices().any(|other| is_dosed(&other))
}

impl Sheet<'_> {
    pub(super) fn weeks(&self) -> Vec<u32> {
        self.sessions.iter().map(|session| session.week).collect()
    }

    /// What may be done instead, each in all of its weeks; sessions that share a sheet have the same choices.
    pub(super) fn choices(&self) -> Vec<Vec<PlannedSession>> {
        let mut all: Vec<Vec<PlannedSession>> = Vec::new();
        for session in &self.sessions {
            for (index, other) in session.choices().enumerate() {
                match all.get_mut(index) {
                    Some(weeks) => weeks.push(other),
                    None => all.push(vec![other]),
                }
            }
        }
        all
    }
}

impl Writer<'_> {
    /// The session's name, linked to its sheet if it has one.
    pub(super) fn sheet_link(self, sheets: &Sheets<'_>, session: &PlannedSession) -> Inlines {
        let content = self.named_session(session);
        match sheets.anchor(session).map(LinkTarget::Anchor) {
            Some(target) => vec![Inline::Link { target, content, title: None }],
            None => content,
        }
    }

    /// The session's name where it can be marked as of another language.
    pub(super) fn named_session(self, session: &PlannedSession) -> Inlines {
        self.named(&Reference::from(&session.session))
    }

    pub(super) fn session_name(self, session: &PlannedSession) -> String {
        self.name(&Reference::from(&session.session))
    }

    /// The name, with what sets this sheet apart from others of the same name: its weeks if no other has any of them,
    /// else days, else both.
    pub(super) fn sheet_title(self, sheets: &Sheets<'_>, sheet: &Sheet<'_>) -> Inlines {
        let mut title = self.named_session(sheet.sessions[0]);
        let name = self.session_name(sheet.sessions[0]);
        let by_name = sheets.by_name.get_or_init(|| self.namesakes(&sheets.all));
        let own = BTreeSet::from_iter(sheet.weeks());
        let apart = match by_name.get(&name) {
            Some(same) if same.sheets.len() > 1 => {
                let days = self.days(sheet);
                let of_days =
                    same.days.get_or_init(|| counted(same.sheets.iter().map(|at| self.days(&sheets.all[*at]))));
                let weeks = self.weeks(&sheet.weeks());
                match own.iter().any(|week| same.weeks.get(week).is_some_and(|sheets| *sheets > 1)) {
                    false => vec![weeks],
                    true if of_days.get(&days).is_none_or(|sheets| *sheets < 2) => vec![days],
                    true => vec![days, weeks],
                }
            }
            Some(_) | None => Vec::new(),
        };
        let choices = self.choices_by_name(sheet.sessions[0]);
        title.extend((!choices.is_empty()).then_some(Inline::Text(choices)));
        let separator = self.language.label(Label::ListSeparator);
        title.extend(apart.into_iter().map(|what| Inline::Text(format!("{separator}{what}"))));
        title
    }

    fn namesakes(self, all: &[Sheet<'_>]) -> BTreeMap<String, Namesakes> {
        let mut by_name: BTreeMap<String, Namesakes> = BTreeMap::new();
        for (at, sheet) in all.iter().enumerate() {
            let same = by_name.entry(self.session_name(sheet.sessions[0])).or_default();
            same.sheets.push(at);
            for week in BTreeSet::from_iter(sheet.weeks()) {
                *same.weeks.entry(week).or_default() += 1;
            }
        }
        by_name
    }

    /// "Tuesday", "Day 2"
    pub(super) fn day(self, day: Day) -> String {
        match day {
            Day::Weekday(day) => self.language.label(day).to_owned(),
            Day::Number(number) => self.language.fill(Label::DayNumber, &[("day", &number.to_string())]),
        }
    }
}

fn counted(values: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts
}

/// The day under which a session stands in a table: its weekday if that is known.
pub(super) fn day_shown(session: &PlannedSession) -> Day {
    session.weekday().filter(|_| !session.is_in_turn).map_or(session.day, Day::Weekday)
}
