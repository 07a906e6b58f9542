//! Which sessions of a plan share a sheet of paper, and what it is called.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::diagnostic::{Place, Segment, Spot};
use regimen_catalog::model::{Day, Session};
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::elements::{SessionElement, Shape, elements};

/// One session as it comes again in several weeks, the same but for its amounts.
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
    /// A sheet for each place in the week and what is done there, with room to write. Places that differ in nothing but the
    /// weekday share one.
    pub(super) fn to_write_on(plan: &'p Plan) -> Self {
        let own_places = |session: &'p PlannedSession| {
            let in_turn = is_in_rotation(session).then_some(Shared::Turn(&session.session, &session.place));
            std::iter::once(Shared::Place(&session.session, session.place())).chain(in_turn).collect()
        };
        let merged = merged(Self::sheets(plan, own_places));
        let (all, without_dose) = merged.into_iter().partition(|sheet| has_dose(sheet.sessions[0]));
        Self::of(all, without_dose)
    }

    /// A sheet for each thing that is done.
    pub(super) fn to_look_at(plan: &'p Plan) -> Self {
        Self::of(Self::sheets(plan, |session| vec![Shared::Session(&session.session)]), Vec::new())
    }

    /// Sessions that are the same but for their amounts share a sheet if they have anything of this in common.
    fn sheets(plan: &'p Plan, in_common: impl Fn(&'p PlannedSession) -> Vec<Shared<'p>>) -> Vec<Sheet<'p>> {
        let mut all: Vec<Sheet<'p>> = Vec::new();
        let mut shapes: Vec<Shape<'p>> = Vec::new();
        let mut known: BTreeMap<Shared<'p>, Vec<usize>> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        for session in plan.sessions() {
            let (shape, shared) = (Shape::of(session), in_common(session));
            let fitting = |shared: &Shared<'p>| known.get(shared)?.iter().find(|at| shapes[**at].is_like(&shape));
            match shared.iter().filter_map(fitting).min().copied() {
                Some(at) => all[at].sessions.push(session),
                None => {
                    shared.into_iter().for_each(|shared| known.entry(shared).or_default().push(all.len()));
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

/// What sessions of one sheet have in common besides what is done.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shared<'p> {
    /// The session.
    Session(&'p Id<Session>),
    /// The session, and its place in the week.
    Place(&'p Id<Session>, &'p str),
    /// The session, and where a rotation has it.
    Turn(&'p Id<Session>, &'p Place),
}

/// Sheets of which those share one that differ in nothing but the weekday.
fn merged(sheets: Vec<Sheet<'_>>) -> Vec<Sheet<'_>> {
    let mut merged: Vec<Sheet<'_>> = Vec::new();
    // What is done in each week is looked up, and so is which sheets are of one session: plans have many of both.
    let mut by_week: Vec<BTreeMap<u32, &PlannedSession>> = Vec::new();
    let mut by_session: BTreeMap<&Id<Session>, Vec<usize>> = BTreeMap::new();
    for sheet in sheets {
        let of_session = by_session.entry(&sheet.sessions[0].session).or_default();
        let fits = |at: &&usize| sheet.differs_only_in_day(&by_week[**at]) && sheet.is_like(&merged[**at]);
        let at = of_session.iter().find(fits).copied().unwrap_or(merged.len());
        if at == merged.len() {
            of_session.push(at);
            by_week.push(BTreeMap::new());
        }
        for session in &sheet.sessions {
            by_week[at].entry(session.week).or_insert(session);
        }
        match merged.get_mut(at) {
            Some(known) => known.join(sheet),
            None => merged.push(sheet),
        }
    }
    merged
}

fn free_anchor(taken: &mut BTreeSet<String>, session: &PlannedSession) -> String {
    let first = format!("session-{}", session.place());
    let more = (2..).map(|number| format!("{first}-{number}"));
    let free = std::iter::once(first.clone()).chain(more).find(|anchor| !taken.contains(anchor)).unwrap_or(first);
    taken.insert(free.clone());
    free
}

/// Whether a session comes in turn with others, so that its day of the week is another one each time.
fn is_in_rotation(session: &PlannedSession) -> bool {
    matches!(&session.place.spot, Spot::Value(path) if path.0.iter().any(|part| *part == Segment::Key("rotation".into())))
}

/// Whether any of a session, or of what may be done instead, is counted, rather than only read.
fn has_dose(session: &PlannedSession) -> bool {
    let is_done = |element: &SessionElement<'_>| element.exercise_items().is_some() || element.step().is_some();
    let is_dosed = |session: &PlannedSession| elements(session).iter().any(|(_, element)| is_done(element));
    is_dosed(session) || session.choices().any(|other| is_dosed(&other))
}

impl<'p> Sheet<'p> {
    /// Whether it has the same doses as another sheet of its session in every week that both have; the other is given by its weeks.
    fn differs_only_in_day(&self, other: &BTreeMap<u32, &PlannedSession>) -> bool {
        let is_same = |one: &PlannedSession, two: &PlannedSession| {
            (one.duration, one.optional, &one.or, &one.parts) == (two.duration, two.optional, &two.or, &two.parts)
        };
        let mut common =
            self.sessions.iter().filter_map(|session| Some(is_same(other.get(&session.week).copied()?, session)));
        common.next().is_some_and(|first| first && common.all(|is_same| is_same))
    }

    fn is_like(&self, other: &Self) -> bool {
        Shape::of(self.sessions[0]).is_like(&Shape::of(other.sessions[0]))
    }

    fn join(&mut self, other: Self) {
        self.sessions.extend(other.sessions);
        self.sessions.sort_by_key(|session| session.offset);
    }
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
