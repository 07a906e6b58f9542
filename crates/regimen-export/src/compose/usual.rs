//! What a column of a grid of weeks says once above its cells, because most of its days have the same sessions.

use std::collections::BTreeSet;

use regimen_catalog::model::{Day, Exercise, Session};
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines, plain_text};
use regimen_catalog::vocabulary::{Label, SessionKind};
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::amounts::unbroken;
use super::brief::{GridOf, ShortWork, lifted};
use super::day_columns::on_day;
use super::elements::work;
use super::log::MOST_TO_WRITE;
use super::writer::{labelled, text};
use crate::document::Block;

/// What all cells of a grid have in common.
pub(super) struct Cells<'p> {
    pub(super) plan: &'p Plan,
    pub(super) of: GridOf,
    /// Sessions whose work is said once below the grid.
    pub(super) constant: Constant<'p>,
}

impl<'p> Cells<'p> {
    pub(super) fn of(writer: Writer<'p>, plan: &'p Plan, of: GridOf) -> Self {
        Self { plan, of, constant: Constant::of(writer, plan, of) }
    }

    /// Whether each session has boxes to tick: also where some would have nothing else.
    pub(super) fn have_boxes(&self) -> bool {
        self.of.has_boxes() || (self.of == GridOf::Sheets && !self.constant.is_empty())
    }

    /// Whether a cell says nothing of a session but how often it is done, because its work is said below.
    pub(super) fn says_below(&self, session: &PlannedSession) -> bool {
        self.of != GridOf::WeeksInShort && self.constant.has(session)
    }
}

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
    pub(super) fn of(writer: Writer<'_>, cells: &Cells<'p>, day: Day) -> Option<Self> {
        let plan = cells.plan;
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
            let below = writer.under_its_name(cells, session);
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
            let mut leads =
                alike.iter().filter_map(|sessions| sessions.get(at)).map(|session| lead(writer, cells, session));
            let lead = leads.next().flatten().filter(|lead| leads.all(|other| other == Some(*lead)));
            UsualSession { session, lead }
        });
        Some(Self(usual.collect()))
    }

    /// The session, if it is one.
    pub(super) fn single(&self) -> Option<&'p PlannedSession> {
        if let [only] = self.0.as_slice() { Some(only.session) } else { None }
    }

    /// Whether a day has just these sessions.
    pub(super) fn is_of(&self, sessions: &[&PlannedSession]) -> bool {
        ids(sessions) == self.0.iter().map(|usual| &usual.session.session).collect::<Vec<_>>()
    }
}

/// The exercise with which a session begins its line; none of one that has its name, which says it already. Tables or sheets below a grid
/// have the others.
fn lead<'p>(writer: Writer<'_>, cells: &Cells<'_>, session: &'p PlannedSession) -> Option<Lead<'p>> {
    let is_alone = cells.of.is_alone();
    match writer.work_in_short(session)? {
        // Nor where a cell has only boxes.
        ShortWork::Lead { .. } if cells.says_below(session) => None,
        ShortWork::Lead { item, others, .. } if !writer.is_named_like(session, item) => {
            Some(Lead { exercise: &item.exercise, others: if is_alone { others } else { 0 } })
        }
        ShortWork::Lead { .. } | ShortWork::Amount(_) => None,
    }
}

/// Less than this is as short as a reference to what stands below.
const SHORT: usize = 12;

/// Sessions whose work is said once below a grid.
#[derive(Default)]
pub(super) struct Constant<'p> {
    /// Those whose work is the same each time.
    alike: Vec<&'p PlannedSession>,
    /// Those that come too often for their cells to say more than that they come.
    often: BTreeSet<&'p Id<Session>>,
}

impl<'p> Constant<'p> {
    /// Those of a plan whose work is the same in all weeks, where its cells have not room for all. Beside tables, cells have what is
    /// run or lifted all the same, but for exercises of nearly every day: one of them does not stand for all.
    pub(super) fn of(writer: Writer<'_>, plan: &'p Plan, of: GridOf) -> Self {
        let often = often(plan);
        let sessions = || plan.sessions().filter(|session| session.kind != SessionKind::Race);
        let lead = |session: &PlannedSession| match writer.work_in_short(session)? {
            ShortWork::Lead { item, amount, .. } if often.contains(&session.session) || lifted(item).is_none() => {
                Some(amount)
            }
            ShortWork::Lead { .. } | ShortWork::Amount(_) => None,
        };
        let lead_or_nothing = |session| (session, lead(session).unwrap_or_default());
        let is_often = |session: &&PlannedSession| often.contains(&session.session);
        let alike = match of {
            GridOf::Weeks => Vec::new(),
            GridOf::WeeksInShort => {
                alike(sessions().map(|session| (session, plain_text(&writer.marked_amount_of(session)))))
            }
            GridOf::Fridge | GridOf::Sheets => alike(sessions().map(lead_or_nothing)),
            GridOf::FridgeInShort => sessions().filter(|session| lead(session).is_some()).collect(),
        };
        let in_short = of == GridOf::WeeksInShort;
        let often = sessions().filter(|session| !in_short && is_often(session) && lead(session).is_some());
        Self { alike, often: often.map(|session| &session.session).collect() }
    }

    fn is_empty(&self) -> bool {
        self.alike.is_empty() && self.often.is_empty()
    }

    /// Whether the work of a session is said below.
    pub(super) fn has(&self, session: &PlannedSession) -> bool {
        self.often.contains(&session.session) || self.alike.iter().any(|alike| alike.session == session.session)
    }
}

/// Sessions that come on more days of a week than there is room to write on.
fn often(plan: &Plan) -> BTreeSet<&Id<Session>> {
    let mut often = BTreeSet::new();
    for week in &plan.weeks {
        let mut ids: Vec<_> = week.sessions.iter().map(|session| &session.session).collect();
        ids.sort();
        often.extend(ids.chunk_by(|one, other| one == other).filter(|all| all.len() > MOST_TO_WRITE).map(|all| all[0]));
    }
    often
}

/// Sessions that come more than once, always with the same work, of which there is more than a few words.
fn alike<'p>(sessions: impl Iterator<Item = (&'p PlannedSession, String)>) -> Vec<&'p PlannedSession> {
    let mut found: Vec<(&PlannedSession, String, usize)> = Vec::new();
    let mut differing: Vec<&Id<Session>> = Vec::new();
    for (session, work) in sessions {
        match found.iter_mut().find(|(known, ..)| known.session == session.session) {
            Some((_, known, count)) if *known == work => *count += 1,
            Some(_) => differing.push(&session.session),
            None => found.push((session, work, 1)),
        }
    }
    let is_long = |work: &str| work.chars().count() > SHORT;
    let alike = found
        .into_iter()
        .filter(|(session, work, count)| *count > 1 && is_long(work) && !differing.contains(&&session.session));
    alike.map(|(session, ..)| session).collect()
}

impl Writer<'_> {
    /// "**Gym:** Squat 3 × 5, 60 kg + 1 more exercise; **Cross-training:** 40 min in zone 1"
    pub(super) fn constant_work(self, constant: &Constant<'_>) -> Option<Block> {
        let lines = constant.alike.iter().map(|session| {
            let name = self.language.fill(Label::PartOf, &[("part", &self.session_name(session))]);
            labelled(name, self.marked_amount_of(session))
        });
        let line = self.joined(lines, Label::ItemSeparator);
        (!line.is_empty()).then_some(Block::Paragraph(line))
    }

    /// All that is done in sessions of nearly every day, for a grid with nothing else below: "**Home exercises:** Bridge 2 × 10 s; Heel
    /// slide 8 to 12 reps".
    pub(super) fn work_of_most_days(self, cells: &Cells<'_>) -> Vec<Block> {
        let line = |id: &&Id<Session>| {
            let sessions: Vec<_> = cells.plan.sessions().filter(|session| session.session == **id).collect();
            let name = self.language.fill(Label::PartOf, &[("part", &self.session_name(sessions.first()?))]);
            let work = work(&sessions);
            let exercises = work.iter().filter(|strand| strand.times[0].1.exercise_items().is_some());
            let exercises = exercises.map(|strand| {
                let (mut name, _) = self.element_name(&strand.times[0].1);
                let amounts = self.dose_in_short(&sessions, strand).amounts;
                name.extend(text(format!(" {}", unbroken(&amounts.join(self.language.label(Label::ListSeparator))))));
                name
            });
            Some(Block::Paragraph(labelled(name, self.joined(exercises, Label::ItemSeparator))))
        };
        cells.constant.often.iter().filter_map(line).collect()
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
    pub(super) fn below_usual(
        self,
        cells: &Cells<'_>,
        session: &PlannedSession,
        (usual, at): (&Usual<'_>, usize),
    ) -> Inlines {
        let has_lead = usual.0.get(at).is_some_and(|usual| usual.lead.is_some());
        match self.work_in_short(session) {
            Some(ShortWork::Lead { amount, .. }) if has_lead => {
                self.marked_with_choices(session, Some(&ShortWork::Amount(amount)))
            }
            _ => self.under_its_name(cells, session),
        }
    }
}
