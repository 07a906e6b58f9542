//! Which sessions of a plan share a sheet of paper, and what it is called.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Reference;
use regimen_catalog::diagnostic::{Segment, Spot};
use regimen_catalog::model::Day;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::elements::{SessionElement, alike, elements};

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
    /// Which sheets have the same name, found when the first title is asked for.
    by_name: OnceCell<BTreeMap<String, Vec<usize>>>,
}

impl<'p> Sheets<'p> {
    /// A sheet for each place in the week and what is done there, with room to write. Places that differ in nothing but the
    /// weekday share one.
    pub(super) fn to_write_on(plan: &'p Plan) -> Self {
        let mut merged: Vec<Sheet<'p>> = Vec::new();
        let is_same = |one: &PlannedSession, other: &PlannedSession| {
            one.place() == other.place() || (one.place == other.place && is_in_rotation(one))
        };
        for sheet in Self::sheets(plan, is_same) {
            match merged.iter_mut().find(|known| known.differs_only_in_day(&sheet)) {
                Some(known) => known.join(sheet),
                None => merged.push(sheet),
            }
        }
        let (all, without_dose) = merged.into_iter().partition(|sheet| has_dose(sheet.sessions[0]));
        Self::of(all, without_dose)
    }

    /// A sheet for each thing that is done.
    pub(super) fn to_look_at(plan: &'p Plan) -> Self {
        Self::of(Self::sheets(plan, |_, _| true), Vec::new())
    }

    fn sheets(plan: &'p Plan, share: impl Fn(&PlannedSession, &PlannedSession) -> bool) -> Vec<Sheet<'p>> {
        let mut all: Vec<Sheet<'p>> = Vec::new();
        let mut taken = BTreeSet::new();
        for session in plan.sessions() {
            let fits = |sheet: &&mut Sheet<'_>| {
                let first = sheet.sessions[0];
                first.session == session.session && share(first, session) && alike(first, session)
            };
            match all.iter_mut().find(fits) {
                Some(sheet) => sheet.sessions.push(session),
                None => {
                    all.push(Sheet { anchor: free_anchor(&mut taken, session), sessions: vec![session], plan });
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
    /// Whether another sheet has the same session with the same doses in every week that both have.
    fn differs_only_in_day(&self, other: &Self) -> bool {
        let is_same = |one: &PlannedSession, two: &PlannedSession| {
            (one.duration, one.optional, &one.or, &one.parts) == (two.duration, two.optional, &two.or, &two.parts)
        };
        let mut common = other.sessions.iter().filter_map(|session| {
            let own = self.sessions.iter().find(|own| own.week == session.week)?;
            Some(is_same(own, session))
        });
        self.sessions[0].session == other.sessions[0].session
            && alike(self.sessions[0], other.sessions[0])
            && common.next().is_some_and(|first| first && common.all(|is_same| is_same))
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
        let by_name = sheets.by_name.get_or_init(|| {
            let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            for (at, sheet) in sheets.all.iter().enumerate() {
                by_name.entry(self.session_name(sheet.sessions[0])).or_default().push(at);
            }
            by_name
        });
        let same = by_name.get(&name).into_iter().flatten().map(|at| &sheets.all[*at]);
        let others: Vec<_> = same.filter(|other| other.anchor != sheet.anchor).collect();
        let (weeks, days) = (self.weeks(&sheet.weeks()), self.days(sheet));
        let shared = |other: &&Sheet<'_>| other.weeks().iter().any(|week| sheet.weeks().contains(week));
        let apart = if others.is_empty() {
            Vec::new()
        } else if !others.iter().any(shared) {
            vec![weeks]
        } else if others.iter().all(|other| self.days(other) != days) {
            vec![days]
        } else {
            vec![days, weeks]
        };
        let choices = self.choices_by_name(sheet.sessions[0]);
        title.extend((!choices.is_empty()).then_some(Inline::Text(choices)));
        let separator = self.language.label(Label::ListSeparator);
        title.extend(apart.into_iter().map(|what| Inline::Text(format!("{separator}{what}"))));
        title
    }

    /// "Tuesday", "Day 2"
    pub(super) fn day(self, day: Day) -> String {
        match day {
            Day::Weekday(day) => self.language.label(day).to_owned(),
            Day::Number(number) => self.language.fill(Label::DayNumber, &[("day", &number.to_string())]),
        }
    }
}

/// The day under which a session stands in a table: its weekday if that is known.
pub(super) fn day_shown(session: &PlannedSession) -> Day {
    session.weekday().filter(|_| !session.is_in_turn).map_or(session.day, Day::Weekday)
}
