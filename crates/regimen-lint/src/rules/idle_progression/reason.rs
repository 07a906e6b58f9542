//! Why a progression changes nothing.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::view::{Changing, PlanView, SessionView, Task, WeekView};
use regimen_model::model::{Grows, PhaseSession, PlacedSession, Progression, Scheme, Step};
use regimen_model::plan::{Plan, expand};

/// Why a progression changes nothing.
#[derive(Clone, Copy)]
pub(super) enum Idle {
    /// A later one replaces it in all sessions.
    Replaced { later: usize },
    /// No session of its phase has what it names.
    Never,
    /// The clock of a tabata says how long the work is.
    Clock,
    /// Days say how much is done.
    Days,
    /// It states what the session states.
    Same,
    /// The phase is over before its first step.
    Late { weeks: usize },
    /// It begins at its cap.
    Capped,
    /// It begins with the most that there is.
    Full,
}

/// The plan without any progression, written out once it is needed.
#[derive(Default)]
pub(super) struct Bare {
    plan: OnceCell<Option<Plan>>,
}

impl Bare {
    fn plan(&self, plan: &PlanView<'_>) -> Option<&Plan> {
        let written = || {
            let mut program = plan.program.clone();
            program.facts.phases.iter_mut().for_each(|phase| phase.progression.clear());
            expand(plan.catalog.catalog, &program, None).ok()
        };
        self.plan.get_or_init(written).as_ref()
    }
}

/// The weeks of a phase, and which of its progressions change something in them.
pub(super) struct PhaseView<'p, 'a> {
    plan: &'p PlanView<'a>,
    bare: &'p Bare,
    all: &'p [Progression],
    placed: Vec<PlacedSession<'p>>,
    pub(super) weeks: Vec<&'p WeekView<'a>>,
    /// The progressions that are followed for something: of those that fit it, the last one is.
    winners: BTreeSet<usize>,
    /// Those of which another one speaks of the same.
    contested: BTreeSet<usize>,
}

impl<'p, 'a> PhaseView<'p, 'a> {
    pub(super) fn new(plan: &'p PlanView<'a>, phase: usize, all: &'p [Progression], bare: &'p Bare) -> Self {
        let weeks: Vec<_> = plan.weeks.iter().filter(|week| week.phase_index() == phase).collect();
        let placed = if all.is_empty() { Vec::new() } else { plan.program.placed_in(phase) };
        let mut view = Self { plan, bare, all, placed, weeks, winners: BTreeSet::new(), contested: BTreeSet::new() };
        view.ask_sessions();
        view
    }

    fn ask_sessions(&mut self) {
        if self.all.is_empty() {
            return;
        }
        let sessions = self.weeks.iter().flat_map(|week| &week.sessions);
        for session in sessions.flat_map(SessionView::with_choices) {
            let meant = |one: &Progression| one.is_for(session.id(), &session.name);
            for Changing { names, is_by_the_clock, .. } in session.changing() {
                let applies = |one: &Progression| meant(one) && !(is_by_the_clock && one.scheme.is_by_results());
                let last = |name: &Grows| self.all.iter().rposition(|one| one.of == *name && applies(one));
                self.winners.extend(names.iter().find_map(last));
                let fit = self.all.iter().enumerate().filter(|(_, one)| names.contains(&one.of) && meant(one));
                let fit: Vec<usize> = fit.map(|(index, _)| index).collect();
                if fit.len() > 1 {
                    self.contested.extend(fit);
                }
            }
        }
    }

    /// Whether a progression is followed for something.
    pub(super) fn wins(&self, index: usize) -> bool {
        self.winners.contains(&index)
    }

    /// Why a progression changes nothing, if it does not.
    pub(super) fn idle(&self, index: usize, progression: &Progression) -> Option<Idle> {
        if !self.wins(index) {
            let later = self.all.iter().enumerate().skip(index + 1).find(|(_, later)| later.of == progression.of);
            return Some(match later {
                Some((later, _)) => Idle::Replaced { later },
                None if self.is_run_replaced(progression) => Idle::Days,
                None => Idle::Never,
            });
        }
        let several = self.weeks.len() > 1;
        let changes_nothing = || !self.contested.contains(&index) && self.changes_nothing(progression);
        if several && self.is_in_tabata(progression) && changes_nothing() {
            return Some(Idle::Clock);
        }
        match &progression.scheme {
            Scheme::Linear { step, .. } if several && self.is_constant(progression) => Some(match &step.cap {
                _ if self.days_say(progression) && changes_nothing() => Idle::Days,
                _ if !self.makes_a_step(progression, step) => Idle::Late { weeks: self.weeks.len() },
                Some(_) => Idle::Capped,
                None => Idle::Full,
            }),
            Scheme::Constant(_) | Scheme::Explicit(_) | Scheme::Lengths(_) | Scheme::Repeats(_) => {
                changes_nothing().then(|| if self.days_say(progression) { Idle::Days } else { Idle::Same })
            }
            _ => (several && self.days_say(progression) && changes_nothing()).then_some(Idle::Days),
        }
    }

    /// Whether the steps that a progression names are replaced on all days of the phase.
    fn is_run_replaced(&self, progression: &Progression) -> bool {
        let is_step = matches!(progression.of, Grows::Step(_));
        let mut meant = self.placed.iter().filter(|one| progression.is_for(&one.planned.session, &one.name));
        is_step && meant.any(|one| one.planned.run.is_some())
    }

    /// Whether a day of the phase says itself how much is done of what a progression names.
    fn days_say(&self, progression: &Progression) -> bool {
        let mut meant = self.placed.iter().filter(|one| progression.is_for(&one.planned.session, &one.name));
        meant.any(|one| self.says(&one.planned, &progression.of))
    }

    fn says(&self, placed: &PhaseSession, of: &Grows) -> bool {
        let PhaseSession { session, length, lengths, repeats, run, doses, .. } = placed;
        let has_length = length.is_some() || lengths.is_some() || run.is_some();
        let (exercise, item) = match of {
            Grows::Step(_) => return has_length || repeats.is_some(),
            Grows::Exercise(id) => (Some(id), None),
            Grows::Item(id) => (None, Some(id)),
        };
        let catalog = self.plan.catalog;
        let Some(session) = catalog.catalog.sessions.get(session) else { return false };
        let mut lines = catalog
            .work_items(session)
            .filter(|line| exercise.is_some_and(|id| line.exercise.id == *id) || (item.is_some() && line.id == item));
        let has_dose = |line: &str| doses.keys().any(|name| name.as_str() == line);
        has_length
            || lines.any(|line| has_dose(line.exercise.id.as_str()) || line.id.is_some_and(|id| has_dose(id.as_str())))
    }

    /// Whether the lines and steps that a progression names are the same without any progression. What others say of them is not
    /// known then.
    fn changes_nothing(&self, progression: &Progression) -> bool {
        let Some(bare) = self.bare.plan(self.plan) else { return false };
        self.weeks.iter().all(|week| {
            // The programme has all of its weeks, numbered from 1.
            let bare = bare.weeks.get(week.number as usize - 1);
            let pairs = week.sessions.iter().zip(bare.iter().flat_map(|week| &week.sessions));
            pairs.into_iter().all(|(session, bare)| session.has_the_same(bare, progression))
        })
    }

    /// Whether a progression is of something that is done in a tabata of these weeks.
    fn is_in_tabata(&self, progression: &Progression) -> bool {
        let sessions = self.weeks.iter().flat_map(|week| meant(week, progression));
        let mut changing = sessions.flat_map(SessionView::changing);
        changing.any(|changing| changing.is_in_tabata && changing.names.contains(&progression.of))
    }

    /// Whether what a progression names is the same in all weeks.
    fn is_constant(&self, progression: &Progression) -> bool {
        fn is_same<T: PartialEq>(mut weeks: impl Iterator<Item = Vec<T>>) -> bool {
            let first = weeks.next().filter(|first| !first.is_empty());
            first.is_some_and(|first| weeks.all(|week| week == first))
        }
        let weeks = self.weeks.iter();
        match &progression.of {
            named @ (Grows::Exercise(_) | Grows::Item(_)) => is_same(weeks.map(|week| {
                let tasks = meant(week, progression).flat_map(SessionView::work);
                tasks.filter(|task| task.is_called(named) && !task.has_rule()).map(Task::dose).collect()
            })),
            of @ Grows::Step(_) => {
                is_same(weeks.map(|week| meant(week, progression).filter_map(|session| session.step(of)).collect()))
            }
        }
    }

    /// Whether a step is made before the phase is over.
    fn makes_a_step(&self, progression: &Progression, step: &Step) -> bool {
        let mut done = 0;
        self.weeks.iter().any(|week| {
            let at = week.week_of_phase();
            let has_it = |session: &&SessionView<'_>| session.changing().any(|one| one.names.contains(&progression.of));
            // What may be done instead of a session does not count as one of its times.
            let own = week.sessions.iter().filter(|session| progression.is_for(session.id(), &session.name));
            let last = done + own.filter(has_it).count().try_into().unwrap_or(u32::MAX);
            let is_made = step.made_in(at, last.saturating_sub(1)) > 0;
            done = if step.is_lighter(at) { done } else { last };
            is_made
        })
    }
}

/// The sessions of a week that a progression is meant for, and what may be done instead of others that it is meant for.
fn meant<'w, 'a>(week: &'w WeekView<'a>, progression: &Progression) -> impl Iterator<Item = &'w SessionView<'a>> {
    let sessions = week.sessions.iter().flat_map(SessionView::with_choices);
    sessions.filter(move |session| progression.is_for(session.id(), &session.name))
}
