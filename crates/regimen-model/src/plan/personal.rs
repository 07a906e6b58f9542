//! A plan for one person: their dates, exercises, doses, weights and paces. This is the only place where anything of a plan becomes
//! personal; exporters print what comes out.

mod doses;
mod emptied;
mod exercises;
mod loads;
mod mentioned;
mod paces;
mod units;
mod weights;

pub use paces::Fitness;
pub use weights::in_unit;

use std::collections::BTreeSet;

use super::expand::expand_for;
use super::reader::Reader;
use super::{Plan, PlannedPart, PlannedSession, reckon};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::model::{Entry, Exercise, Person, Program, ScheduleName, Session};
use crate::reference::Id;

/// A plan as one person has it, and what to know about it that is no error.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonalPlan {
    /// The plan. Weights that a share comes to stand beside the share, and so do the paces of names.
    pub plan: Plan,
    /// Exercises that it has and that the programme leads to only by name, or not at all.
    pub replacements: BTreeSet<Id<Exercise>>,
    /// Warnings, without places.
    pub findings: Vec<Diagnostic>,
}

/// Writes a programme out for one person.
///
/// In this order: the dates of their schedule, where sessions on weekdays that they lack move to days that they have; exercises that they leave out or replace, each checked against their conditions and
/// equipment; doses of their own; weights from their bests, in steps that the equipment has; paces from their races; their units.
///
/// # Errors
/// If the schedule cannot be kept, an exercise does not suit a condition of the person, or nothing is left of a session. What concerns the person has no place;
/// the caller knows their row.
pub fn personalise(
    catalog: &Catalog,
    program: &Entry<Program>,
    person: &Person,
) -> Result<PersonalPlan, Vec<Diagnostic>> {
    let name: Option<Id<ScheduleName>> = person.id.as_str().parse().ok();
    let dated = name.as_ref().zip(person.schedule.as_ref());
    let reader = dated.map(|(name, schedule)| Reader { name, schedule, moves_weekdays: true });
    let mut plan = expand_for(catalog, program, reader)?;
    let own = &person.own;
    let mut chosen = exercises::Choice::new(catalog, own).choose(&mut plan)?;
    chosen.findings.extend(loads::from_bests(catalog, &mut plan, own));
    paces::from_races(&mut plan, own);
    chosen.findings.extend(units::convert(catalog, &mut plan, own));
    durations(catalog, &mut plan);
    let mut findings = chosen.findings;
    findings.extend(mentioned::unsuitable(catalog, program, &plan, own));
    Ok(PersonalPlan { plan, replacements: chosen.replacements, findings })
}

/// How long sessions take whose duration follows from what is done in them, now that more of it is known.
fn durations(catalog: &Catalog, plan: &mut Plan) {
    let states_none =
        |session: &Id<Session>| catalog.sessions.get(session).is_some_and(|entry| entry.duration.is_none());
    for session in plan.weeks.iter_mut().flat_map(|week| &mut week.sessions) {
        if states_none(&session.session) {
            session.duration = reckon::duration(&session.parts).or(session.duration);
        }
        for other in session.or.iter_mut().filter(|other| states_none(&other.session)) {
            other.duration = reckon::duration(&other.parts).or(other.duration);
        }
    }
}

/// All parts of the sessions of a plan, with those of what may be done instead.
fn parts_mut(plan: &mut Plan) -> impl Iterator<Item = &mut Vec<PlannedPart>> {
    plan.weeks.iter_mut().flat_map(|week| &mut week.sessions).flat_map(parts_of)
}

fn parts_of(session: &mut PlannedSession) -> impl Iterator<Item = &mut Vec<PlannedPart>> {
    let PlannedSession { parts, or, .. } = session;
    std::iter::once(parts).chain(or.iter_mut().map(|other| &mut other.parts))
}
