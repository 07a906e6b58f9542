//! What a column of a grid of weeks says once above its cells, because most of its days have the same sessions.

use regimen_catalog::model::{Day, Exercise, Session};
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_catalog::vocabulary::{Label, SessionKind};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::brief::{GridOf, ShortWork};
use super::day_columns::on_day;
use super::writer::{labelled, text};
use crate::document::Block;

/// The sessions of most days of a column, in their order on the day.
pub(super) struct Usual<'p>(Vec<UsualSession<'p>>);

struct UsualSession<'p> {
    session: &'p PlannedSession,
    /// The exercise that leads on all of these days, and how many others there are.
    lead: Option<Lead<'p>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Lead<'p> {
    exercise: &'p Id<Exercise>,
    others: usize,
}

type OfDay<'p> = Vec<&'p PlannedSession>;

fn ids<'p>(sessions: &[&'p PlannedSession]) -> Vec<&'p Id<Session>> {
    sessions.iter().map(|session| &session.session).collect()
}

impl<'p> Usual<'p> {
    /// The sessions that come on half of the days of a column or more that have any, and on more than any others.
    pub(super) fn of(writer: Writer<'_>, plan: &'p Plan, day: Day, of: GridOf) -> Option<Self> {
        let days: Vec<OfDay<'p>> = plan
            .weeks
            .iter()
            .map(|week| on_day(plan, week, day).collect())
            .filter(|all: &OfDay<'_>| !all.is_empty())
            .collect();
        let count = |sessions: &[&PlannedSession]| days.iter().filter(|other| ids(other) == ids(sessions)).count();
        let most = days.iter().max_by_key(|sessions| count(sessions))?;
        let is_most = days.iter().all(|other| ids(other) == ids(most) || count(other) < count(most));
        let several = most.len() > 1;
        let says_it_below = |session: &&PlannedSession| {
            let below = writer.under_its_name(session, of);
            // Two boxes without names are not told apart.
            let is_told = !several || !below.iter().any(|inline| matches!(inline, Inline::Checkbox(_)));
            !below.is_empty() && is_told && session.kind != SessionKind::Race
        };
        if days.len() < 2 || !is_most || 2 * count(most) < days.len() || !most.iter().all(says_it_below) {
            return None;
        }
        let alike: Vec<&OfDay<'p>> = days.iter().filter(|other| ids(other) == ids(most)).collect();
        let first = alike.first()?;
        let usual = first.iter().enumerate().map(|(at, session)| {
            let mut leads = alike.iter().filter_map(|sessions| sessions.get(at)).map(|session| lead(writer, session));
            let lead = leads.next().flatten().filter(|lead| leads.all(|other| other == Some(*lead)));
            UsualSession { session, lead: lead.filter(|_| of.is_alone()) }
        });
        Some(Self(usual.collect()))
    }

    /// Whether a day has just these sessions.
    pub(super) fn is_of(&self, sessions: &[&PlannedSession]) -> bool {
        ids(sessions) == self.0.iter().map(|usual| &usual.session.session).collect::<Vec<_>>()
    }
}

/// The exercise with which a session begins its line; none of one that has its name, which says it already.
fn lead<'p>(writer: Writer<'_>, session: &'p PlannedSession) -> Option<Lead<'p>> {
    match writer.work_in_short(session)? {
        ShortWork::Lead { item, others, .. } if !writer.is_named_like(session, item) => {
            Some(Lead { exercise: &item.exercise, others })
        }
        ShortWork::Lead { .. } | ShortWork::Amount(_) => None,
    }
}

/// Less than this is as short as a reference to what stands below.
const SHORT: usize = 12;

/// Sessions whose work is the same in all weeks, so that it can be said once below a grid; none where its cells say all.
#[derive(Default)]
pub(super) struct Constant<'p>(Vec<&'p PlannedSession>);

impl<'p> Constant<'p> {
    /// Those of a plan.
    pub(super) fn of(writer: Writer<'_>, plan: &'p Plan) -> Self {
        let mut found: Vec<(&PlannedSession, String, usize)> = Vec::new();
        let mut differing: Vec<&Id<Session>> = Vec::new();
        for session in plan.sessions().filter(|session| session.kind != SessionKind::Race) {
            let work = plain_text(&writer.marked_amount_of(session));
            match found.iter_mut().find(|(known, ..)| known.session == session.session) {
                Some((_, known, count)) if *known == work => *count += 1,
                Some(_) => differing.push(&session.session),
                None => found.push((session, work, 1)),
            }
        }
        let is_long = |work: &str| work.chars().count() > SHORT;
        let constant = found
            .into_iter()
            .filter(|(session, work, count)| *count > 1 && is_long(work) && !differing.contains(&&session.session));
        Self(constant.map(|(session, ..)| session).collect())
    }

    /// Whether the work of a session is said below.
    pub(super) fn has(&self, session: &PlannedSession) -> bool {
        self.0.iter().any(|constant| constant.session == session.session)
    }
}

impl Writer<'_> {
    /// "**Gym:** Squat 3 × 5, 60 kg + 1 more exercise; **Cross-training:** 40 min in zone 1"
    pub(super) fn constant_work(self, constant: &Constant<'_>) -> Option<Block> {
        let lines = constant.0.iter().map(|session| {
            let name = self.language.fill(Label::PartOf, &[("part", &self.session_name(session))]);
            labelled(name, self.marked_amount_of(session))
        });
        let line = self.joined(lines, Label::ItemSeparator);
        (!line.is_empty()).then_some(Block::Paragraph(line))
    }

    /// "Easy run + Gym (Squat + 1 more exercise)"
    pub(super) fn usual_title(self, usual: &Usual<'_>) -> Inlines {
        let names = usual.0.iter().map(|UsualSession { session, lead }| {
            let mut name = self.named_session(session);
            if let Some(lead) = lead {
                name.push(Inline::Text(" (".into()));
                name.extend(self.named(&Reference::from(lead.exercise)));
                name.extend(text(format!("{})", self.and_more(lead.others))));
            }
            name
        });
        self.joined(names, Label::And)
    }

    /// How much of the session at this place of the day, below its name and what else is said above.
    pub(super) fn below_usual(self, session: &PlannedSession, (usual, at): (&Usual<'_>, usize), of: GridOf) -> Inlines {
        let has_lead = usual.0.get(at).is_some_and(|usual| usual.lead.is_some());
        match self.work_in_short(session) {
            Some(ShortWork::Lead { amount, .. }) if has_lead => {
                self.marked_with_choices(session, Some(&ShortWork::Amount(amount)))
            }
            _ => self.under_its_name(session, of),
        }
    }
}
