//! Which sessions of a plan share a sheet of paper, and what it is called.

use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::Reference;
use regimen_catalog::model::Day;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, LinkTarget};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::elements::alike;

/// One session as it comes again in several weeks, the same but for its amounts.
#[derive(Debug)]
pub(super) struct Sheet<'p> {
    /// The name to link to.
    pub(super) anchor: String,
    /// Its occurrences in order, at least one.
    pub(super) sessions: Vec<&'p PlannedSession>,
}

/// The sheets of a plan in the order in which it first has them.
#[derive(Debug)]
pub(super) struct Sheets<'p> {
    pub(super) all: Vec<Sheet<'p>>,
    anchors: BTreeMap<&'p str, String>,
}

impl<'p> Sheets<'p> {
    /// A sheet for each place in the week and what is done there, with room to write.
    pub(super) fn to_write_on(plan: &'p Plan) -> Self {
        Self::of(plan, |one, other| one.place() == other.place())
    }

    /// A sheet for each thing that is done.
    pub(super) fn to_look_at(plan: &'p Plan) -> Self {
        Self::of(plan, |_, _| true)
    }

    fn of(plan: &'p Plan, share: impl Fn(&PlannedSession, &PlannedSession) -> bool) -> Self {
        let mut all: Vec<Sheet<'p>> = Vec::new();
        let mut taken = BTreeSet::new();
        for session in plan.sessions() {
            let fits = |sheet: &&mut Sheet<'_>| {
                let first = sheet.sessions[0];
                first.session == session.session && share(first, session) && alike(first, session)
            };
            match all.iter_mut().find(fits) {
                Some(sheet) => sheet.sessions.push(session),
                None => all.push(Sheet { anchor: free_anchor(&mut taken, session), sessions: vec![session] }),
            }
        }
        let slots = all
            .iter()
            .flat_map(|sheet| sheet.sessions.iter().map(|session| (session.slot.as_str(), sheet.anchor.clone())));
        let anchors = slots.collect();
        Self { all, anchors }
    }

    /// Where a session of the plan is written out.
    fn anchor(&self, session: &PlannedSession) -> String {
        self.anchors.get(session.slot.as_str()).cloned().unwrap_or_default()
    }
}

fn free_anchor(taken: &mut BTreeSet<String>, session: &PlannedSession) -> String {
    let first = format!("session-{}", session.place());
    let more = (2..).map(|number| format!("{first}-{number}"));
    let free = std::iter::once(first.clone()).chain(more).find(|anchor| !taken.contains(anchor)).unwrap_or(first);
    taken.insert(free.clone());
    free
}

impl Sheet<'_> {
    pub(super) fn weeks(&self) -> Vec<u32> {
        self.sessions.iter().map(|session| session.week).collect()
    }
}

impl Writer<'_> {
    /// The session's name, linked to its sheet.
    pub(super) fn sheet_link(self, sheets: &Sheets<'_>, session: &PlannedSession) -> Inline {
        let target = LinkTarget::Anchor(sheets.anchor(session));
        Inline::Link { target, content: self.named_session(session), title: None }
    }

    /// The session's name where it can be marked as of another language.
    pub(super) fn named_session(self, session: &PlannedSession) -> Inlines {
        self.named(&Reference::from(&session.session))
    }

    pub(super) fn session_name(self, session: &PlannedSession) -> String {
        self.name(&Reference::from(&session.session))
    }

    /// The name, with what sets this sheet apart from others of the same session: its weeks if no other has any of them,
    /// else days, else both.
    pub(super) fn sheet_title(self, sheets: &Sheets<'_>, sheet: &Sheet<'_>) -> Inlines {
        let mut title = self.named_session(sheet.sessions[0]);
        let same = |other: &&Sheet<'_>| other.sessions[0].session == sheet.sessions[0].session;
        let others: Vec<_> = sheets.all.iter().filter(same).filter(|other| other.anchor != sheet.anchor).collect();
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
        let choices = self.choices(sheet.sessions[0]);
        title.extend((!choices.is_empty()).then_some(Inline::Text(choices)));
        let separator = self.language.label(Label::ListSeparator);
        title.extend(apart.into_iter().map(|what| Inline::Text(format!("{separator}{what}"))));
        title
    }

    /// The days on which a session comes: "Tuesday", "Day 2, Day 4".
    pub(super) fn days(self, sheet: &Sheet<'_>) -> String {
        let mut days: Vec<Day> = Vec::new();
        for day in sheet.sessions.iter().map(|session| day_shown(session)) {
            if !days.contains(&day) {
                days.push(day);
            }
        }
        let days: Vec<_> = days.into_iter().map(|day| self.day(day)).collect();
        days.join(self.language.label(Label::ListSeparator))
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
