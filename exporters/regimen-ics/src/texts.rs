//! The texts of a programme's sessions, composed once for all schedules: nothing in them has a date.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use regimen_catalog::language::LanguageTag;
use regimen_catalog::model::{HourOfDay, Program};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::{Catalog, Id};
use regimen_export::Unit;
use regimen_export::compose::{self, SessionBody};

use crate::event::TITLE;
use crate::options::{Category, Settings};
use crate::value::{Text, Uri, written_len};

/// The most bytes of a description as it is written, escapes included.
pub(crate) const BODY: usize = 4096;

/// The texts of an event.
#[derive(Debug, Clone)]
pub(crate) struct SessionTexts {
    /// One line.
    pub(crate) title: Text,
    /// The whole session.
    pub(crate) body: Text,
    /// What it is for, a word each.
    pub(crate) categories: Vec<Text>,
}

/// The texts that were composed last for each programme and language.
#[derive(Default)]
pub(crate) struct Texts(Mutex<BTreeMap<Key, Arc<Composed>>>);

type Key = (Id<Program>, LanguageTag);

/// Texts, and what they were composed from.
struct Composed {
    /// It is kept so that nothing else can have the addresses of its parts.
    catalog: Catalog,
    undated: Plan,
    texts: Arc<[SessionTexts]>,
}

impl Texts {
    /// The texts of a plan's sessions, week by week.
    pub(crate) fn for_plan(&self, unit: &Unit<'_>, plan: &Plan, settings: &Settings) -> Arc<[SessionTexts]> {
        // What is not part of the catalogue is not kept by keeping the catalogue.
        if !unit.catalog.languages.get(unit.tag()).is_some_and(|own| std::ptr::eq(&**own, unit.language)) {
            return all_composed(unit, &undated(plan), settings);
        }
        let key = (plan.program.clone(), unit.tag().clone());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        // Of sessions and their weeks, only dates may differ.
        if let Some(known) = known
            && is_alike(&known.undated, plan)
            && known.catalog.has_same_texts(unit.catalog)
        {
            return known.texts.clone();
        }
        let undated = undated(plan);
        let texts = all_composed(unit, &undated, settings);
        // What is of one person alone is not kept for others.
        if unit.person.is_some_and(|person| person.own.is_personal()) {
            return texts;
        }
        let composed = Composed { catalog: unit.catalog.clone(), undated, texts: texts.clone() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::new(composed));
        texts
    }
}

fn all_composed(unit: &Unit<'_>, undated: &Plan, settings: &Settings) -> Arc<[SessionTexts]> {
    undated.by_week().map(|session| composed(unit, undated, session, settings)).collect()
}

/// The texts of a session of a plan that is not as the plan has it. As those of the others, they have no dates but the day from which
/// it was moved.
pub(crate) fn of_session(unit: &Unit<'_>, plan: &Plan, session: &PlannedSession, settings: &Settings) -> SessionTexts {
    let session = PlannedSession { date: None, at: None, hour: said_hour(session), ..session.clone() };
    composed(unit, plan, &session, settings)
}

fn composed(unit: &Unit<'_>, plan: &Plan, session: &PlannedSession, settings: &Settings) -> SessionTexts {
    let texts = compose::session(unit, plan, session, TITLE);
    SessionTexts {
        title: Text::line(&texts.title),
        body: body(&texts.body, settings.url.as_ref()),
        categories: categories(settings.category.as_ref(), &texts.categories),
    }
}

/// The same plan without dates, from which texts are composed, so that none can slip in but the day from which a reader has moved a
/// session.
fn undated(plan: &Plan) -> Plan {
    let mut plan = Plan { schedule: None, left_out: Vec::new(), ..plan.clone() };
    // Only texts that count days need them.
    let counts_days = plan.counts_days();
    for week in &mut plan.weeks {
        week.start = None;
        for session in &mut week.sessions {
            session.hour = said_hour(session);
            (session.date, session.at) = (None, None);
            session.offset = if counts_days { session.offset } else { 0 };
        }
    }
    plan
}

/// What texts say of when on its day a session is. A time of day is that of the reader, who may have another one than the programme.
fn said_hour(session: &PlannedSession) -> Option<HourOfDay> {
    match (session.hour, session.at) {
        (Some(HourOfDay::Time(_)), Some(at)) => Some(HourOfDay::Time(at)),
        (hour, _) => hour,
    }
}

/// Whether two plans are the same but for their dates.
fn is_alike(one: &Plan, other: &Plan) -> bool {
    fn of_week(week: &PlannedWeek) -> impl PartialEq + use<'_> {
        let PlannedWeek { number, first_day, days, waits, is_turn, phase, kind, start: _, sessions } = week;
        (number, first_day, days, waits, is_turn, phase, kind, sessions.len())
    }
    fn of_session(planned: &PlannedSession, counts_days: bool) -> impl PartialEq + use<'_> {
        let PlannedSession {
            slot,
            week,
            day,
            offset,
            usual: _,
            place: _,
            date: _,
            is_in_turn,
            at: _,
            day_times,
            hour: _,
            moved_from,
            session,
            kind,
            duration,
            lighter,
            targets,
            parts,
            optional,
            or,
        } = planned;
        let day_of_plan = counts_days.then_some(offset);
        let when = (day, day_of_plan, said_hour(planned), day_times, is_in_turn, moved_from);
        (slot, week, when, session, kind, duration, (lighter, targets, parts, optional, or))
    }
    let Plan { program, schedule: _, weeks, left_out: _ } = one;
    let counts_days = one.counts_days();
    let of_session = |session| of_session(session, counts_days);
    *program == other.program
        && weeks.len() == other.weeks.len()
        && weeks.iter().zip(&other.weeks).all(|(one, other)| of_week(one) == of_week(other))
        && one.by_week().zip(other.by_week()).all(|(one, other)| of_session(one) == of_session(other))
}

/// The description: the whole session, and the address at its end, since many apps hide the one of the event.
fn body(session: &SessionBody, url: Option<&Uri>) -> Text {
    let needed = url.map_or(0, |url| "\\n\\n".len() + written_len(url.as_str()));
    let mut text = session.whole();
    // What fits with every octet escaped need not be counted.
    if 2 * text.len() + needed > BODY {
        text = session.within(BODY.saturating_sub(needed), written_len);
    }
    if let Some(url) = url {
        text.truncate(text.trim_end().len());
        text.extend(["\n\n", url.as_str()]);
    }
    Text::new(&text)
}

/// The user's own word first, because apps colour by the first. No reader splits a word at a comma this way.
fn categories(own: Option<&Category>, words: &[String]) -> Vec<Text> {
    let words = words.iter().map(|word| Text::plain_line(word));
    let mut categories: Vec<Text> = Vec::new();
    for word in own.map(|own| own.word.clone()).into_iter().chain(words) {
        if !word.as_str().is_empty() && !categories.contains(&word) {
            categories.push(word);
        }
    }
    categories
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_category_comes_first_and_none_twice() {
        let said = |own: &str, words: &[&str]| {
            let own = Category::try_from(own.to_owned()).ok();
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            let found = categories(own.as_ref(), &words);
            found.iter().map(Text::as_str).collect::<Vec<_>>().join("|")
        };
        assert_eq!(said("", &["Strength"]), "Strength");
        assert_eq!(said("Training, mine", &["Run, easy", "Lighter week"]), "Training mine|Run easy|Lighter week");
        assert_eq!(said("Race", &["Race", "", "Race"]), "Race");
    }
}
