//! A programme, week by week.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::session::{MeantDay, SessionView};
use super::task::Task;
use super::{CatalogView, DoseView, MuscleOrGroup, RunView, run, text};
use regimen_model::diagnostic::{FieldPath, FilePath, Place};
use regimen_model::model::{Day, Entry, Exercise, PhaseSession, Program, Schedule, ScheduleName};
use regimen_model::plan::outline::{self, Outline};
use regimen_model::plan::{LeftOut, Plan, PlanSchedule, PlannedSession, PlannedWeek};
use regimen_model::quantity::Extent;
use regimen_model::reference::Id;
use regimen_model::vocabulary::{PhaseKind, SessionKind, Weekday};

/// A programme, week by week.
pub(crate) struct PlanView<'a> {
    pub(crate) catalog: &'a CatalogView<'a>,
    pub(crate) program: &'a Entry<Program>,
    /// When it happens, if it is written out for a schedule.
    pub(crate) schedule: Option<&'a PlanSchedule>,
    /// What its reader states for it, if that is not in the project file.
    own: Option<&'a Schedule>,
    pub(crate) weeks: Vec<WeekView<'a>>,
    /// What its reader leaves out.
    pub(crate) left_out: &'a [LeftOut],
    /// The pace of most of its running, in metres a second, as far as paces are stated in numbers.
    pub(super) usual_speed: Option<Decimal>,
}

/// A week of a plan.
pub(crate) struct WeekView<'a> {
    /// 1 for the first.
    pub(crate) number: u32,
    /// How many days lie between the first day of the plan and the first day after it.
    pub(crate) ends_before: u32,
    /// How many days it has: 7, but for turns of a cycle and the last days of a phase in days.
    days: u32,
    /// Its days as days of the plan, each with whether its reader pauses on it; without those on which the plan waits.
    usual_days: Vec<(u32, bool)>,
    is_turn: bool,
    outline: Outline<'a>,
    /// In order of their days.
    pub(crate) sessions: Vec<SessionView<'a>>,
    /// Hard sets of each muscle as prime mover.
    pub(crate) sets: BTreeMap<MuscleOrGroup<'a>, Extent<u32>>,
}

/// What is done in the main and accessory parts of some sessions. Work that is the same is equal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Work<'a> {
    tasks: Vec<(&'a Id<Exercise>, DoseView<'a>, Extent<u32>)>,
    runs: Vec<RunView<'a>>,
}

impl<'a> PlanView<'a> {
    pub(crate) fn new(catalog: &'a CatalogView<'a>, program: &'a Entry<Program>, plan: &'a Plan) -> Self {
        let outlines = outline::weeks(catalog.catalog, program, Weekday::Monday);
        // A schedule may have fewer weeks than the programme.
        let by_number: BTreeMap<u32, &PlannedWeek> = plan.weeks.iter().map(|week| (week.number, week)).collect();
        let all = (1..).zip(outlines).filter_map(|(number, outline)| {
            let week = by_number.get(&number)?;
            Some(WeekView::new(catalog, &program.file, (week, plan.schedule.as_ref()), outline))
        });
        let weeks: Vec<WeekView<'a>> = all.collect();
        let runs = weeks.iter().flat_map(|week| &week.sessions).filter(|session| session.is_run());
        let usual_speed = run::usual_speed(runs.flat_map(SessionView::run_work));
        let (schedule, left_out) = (plan.schedule.as_ref(), plan.left_out.as_slice());
        Self { catalog, program, schedule, own: None, weeks, left_out, usual_speed }
    }

    /// The same for a reader whose schedule is in no project file.
    pub(crate) fn of(self, own: Option<&'a Schedule>) -> Self {
        Self { own, ..self }
    }

    /// The schedule for which it is written out, as its reader or the project file has it.
    pub(crate) fn schedule(&self) -> Option<(&'a Id<ScheduleName>, &'a Schedule)> {
        let name = &self.schedule?.name;
        match self.own {
            Some(own) => Some((name, own)),
            None => self.catalog.catalog.project.schedules.get_key_value(name),
        }
    }

    /// "week 3", "weeks 1-3 and 5", of numbers in order; "turns" where all of them are turns of cycles.
    pub(crate) fn weeks_named(&self, numbers: &[u32]) -> String {
        let numbered: BTreeSet<u32> = numbers.iter().copied().collect();
        let mut named = self.weeks.iter().filter(|week| numbered.contains(&week.number));
        let words = if named.all(|week| week.is_turn) { ["turn", "turns"] } else { ["week", "weeks"] };
        text::numbered(words, numbers)
    }

    /// All sessions in order of their days.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = &SessionView<'a>> {
        let mut all: Vec<&SessionView<'_>> = self.weeks.iter().flat_map(|week| &week.sessions).collect();
        // A week that counts from a race may begin before the one in front of it ends, and readers move sessions.
        all.sort_by_key(|session| session.day);
        all.into_iter()
    }

    /// The weeks of full work, from which habits are read; light ones are meant to be different.
    pub(crate) fn full_weeks(&self) -> impl Iterator<Item = &WeekView<'a>> {
        self.weeks.iter().filter(|week| !week.is_light())
    }

    /// Whether it leads to a race.
    pub(crate) fn has_race(&self) -> bool {
        let meant = self.weeks.iter().any(|week| matches!(week.kind(), PhaseKind::Race | PhaseKind::Taper));
        meant || self.sessions().any(|session| session.kind() == SessionKind::Race)
    }
}

impl<'a> WeekView<'a> {
    fn new(
        catalog: &'a CatalogView<'a>,
        program: &FilePath,
        (week, schedule): (&'a PlannedWeek, Option<&'a PlanSchedule>),
        outline: Outline<'a>,
    ) -> Self {
        let volume = outline.volume.map_or(Decimal::ONE_HUNDRED, |share| share.0);
        let names: BTreeMap<String, String> =
            outline.slots(week.number).into_iter().zip(outline.sessions.iter().map(|one| one.name().into())).collect();
        let special = special(&outline, program);
        let sessions = week.sessions.iter().map(|planned| {
            // Days of other weekdays may have other slots.
            let name = names.get(&planned.slot).map_or(planned.place(), String::as_str);
            let mut session = SessionView::new(catalog, planned, name, volume);
            if let Some(asked) = special.get(&planned.place) {
                (session.min_gap, session.is_repeated) = (asked.min_gap, asked.every.is_some());
                session.repeated_on = repeated_on(&outline, asked, planned);
            }
            session
        });
        let sessions: Vec<SessionView<'a>> = sessions.collect();
        let mut sets: BTreeMap<MuscleOrGroup<'a>, Extent<u32>> = BTreeMap::new();
        let usual_days = days_with_pauses(week, schedule);
        for session in &sessions {
            for task in session.hard_tasks() {
                let days = days_of(&sessions, &usual_days, session, task).count();
                for (target, _) in task.view.prime.iter().flat_map(|target| (0..days).map(move |day| (target, day))) {
                    let sum = sets.entry(*target).or_insert(Extent::one(0));
                    *sum = plus(*sum, task.sets);
                }
            }
        }
        Self {
            number: week.number,
            ends_before: week.first_day + week.days,
            days: week.days.max(1),
            usual_days,
            is_turn: week.is_turn,
            outline,
            sessions,
            sets,
        }
    }

    /// The days of the week on which an exercise of a session is done: more than one where its dose is done every so many days.
    pub(crate) fn days_of(
        &self,
        session: &SessionView<'a>,
        task: &Task<'a>,
    ) -> impl Iterator<Item = u32> + Clone + use<'a> {
        days_of(&self.sessions, &self.usual_days, session, task)
    }

    /// How many days lie between the first day of the plan and its first.
    pub(crate) fn first_day(&self) -> u32 {
        self.ends_before.saturating_sub(self.days)
    }

    /// How many days lie between the first day of the plan and its first, if it is a whole week that no pause interrupts.
    pub(crate) fn first_of_seven(&self) -> Option<u32> {
        let is_whole = self.days == 7 && !self.is_turn && self.outline.phase.length.key() == "weeks";
        is_whole.then(|| self.first_day())
    }

    /// What the week is for.
    pub(crate) fn kind(&self) -> PhaseKind {
        self.outline.kind
    }

    /// How many days it has.
    pub(crate) fn days(&self) -> u32 {
        self.days
    }

    /// What seven days have of an amount of this week or turn; `None` for the last days of a phase that are cut short, which
    /// say nothing of a week.
    pub(crate) fn in_seven_days(&self, amount: Decimal) -> Option<Decimal> {
        let is_cut = self.days < 7.min(self.outline.phase.length.days_a_week());
        (!is_cut).then(|| amount.saturating_mul(Decimal::from(7)) / Decimal::from(self.days))
    }

    /// Whether its sessions take turns on its days, so that its neighbours in the phase have what it lacks.
    pub(crate) fn is_rotation(&self) -> bool {
        self.outline.phase.rotation.is_some()
    }

    /// The position of its phase.
    pub(crate) fn phase_index(&self) -> usize {
        self.outline.phase_index
    }

    /// Where it is in its phase, 0 for the first week.
    pub(crate) fn week_of_phase(&self) -> u32 {
        self.outline.week
    }

    /// Whether it has another share of the work or the load than all.
    pub(crate) fn has_share(&self) -> bool {
        let shares = [self.outline.volume, self.outline.load];
        shares.into_iter().flatten().any(|share| share.0 != Decimal::ONE_HUNDRED)
    }

    /// Whether amounts are written for its days: in the cells of a grid, or where its sessions are placed. No share changes them.
    pub(crate) fn has_written_amounts(&self) -> bool {
        self.outline.sessions.iter().any(|outlined| {
            let planned = &outlined.planned;
            let has_length = planned.length.is_some() || planned.lengths.is_some();
            has_length || planned.repeats.is_some() || planned.run.is_some() || !planned.doses.is_empty()
        })
    }

    /// Whether less work is meant.
    pub(crate) fn is_light(&self) -> bool {
        let kind = matches!(
            self.kind(),
            PhaseKind::Taper | PhaseKind::Race | PhaseKind::Recovery | PhaseKind::Deload | PhaseKind::Transition
        );
        kind || self.outline.volume.is_some_and(|share| share.0 < Decimal::ONE_HUNDRED)
    }

    /// Whether it leads back from an injury, where other rules hold than in training.
    pub(crate) fn is_rehab(&self) -> bool {
        self.kind() == PhaseKind::Rehab
    }

    /// The phase that it belongs to.
    pub(crate) fn place(&self, program: &Entry<Program>) -> Place {
        let path = FieldPath::root().key("phases").index(self.phase_index()).key("id");
        Place::value(program.file.clone(), path)
    }

    /// All hard sets, whatever they train.
    pub(crate) fn hard_sets(&self) -> u32 {
        self.sessions.iter().flat_map(SessionView::hard_tasks).map(|task| task.sets.high()).fold(0, u32::saturating_add)
    }

    /// Whether it has the same sessions as another week, on whatever days, with the same work in each. Those of most weeks are in
    /// the same order, so that the first one that is left is the one.
    pub(crate) fn does_the_same_as(&self, other: &Self) -> bool {
        let mut left: Vec<&SessionView<'_>> = other.sessions.iter().collect();
        let takes = |session: &SessionView<'a>| {
            left.iter().position(|other| session.is_same_as(other)).map(|at| left.remove(at)).is_some()
        };
        self.sessions.len() == other.sessions.len() && !self.sessions.is_empty() && self.sessions.iter().all(takes)
    }

    /// What is done in the week.
    pub(crate) fn work(&self) -> Work<'a> {
        let tasks = self.sessions.iter().flat_map(SessionView::work);
        let tasks = tasks.map(|task| (&task.view.exercise.id, task.dose(), task.sets));
        Work { tasks: tasks.collect(), runs: self.sessions.iter().flat_map(SessionView::run_work).collect() }
    }
}

/// The days of a week as days of the plan, each with whether the reader pauses on it.
fn days_with_pauses(week: &PlannedWeek, schedule: Option<&PlanSchedule>) -> Vec<(u32, bool)> {
    let days = (0..week.days).map(|day| week.day_of_plan(day));
    let is_paused = |day: u32| {
        schedule.is_some_and(|schedule| {
            let date = schedule.start.checked_add(jiff::Span::new().days(day));
            date.is_ok_and(|date| schedule.pauses.iter().any(|pause| (pause.first..=pause.last).contains(&date)))
        })
    };
    days.map(|day| (day, is_paused(day))).collect()
}

/// The days on which an exercise of a session is done, none of them in a pause. Where the session has more days in its week, they say
/// how often.
fn days_of<'a>(
    in_week: &[SessionView<'a>],
    usual_days: &[(u32, bool)],
    session: &SessionView<'a>,
    task: &Task<'a>,
) -> impl Iterator<Item = u32> + Clone + use<'a> {
    let is_alone = || in_week.iter().filter(|other| other.id() == session.id()).count() == 1;
    let every = task.dose().every_days().filter(|_| is_alone());
    let again = every.map(|every| {
        let days = usual_days.iter().filter(|(day, _)| *day >= session.day).step_by(every.max(1) as usize);
        days.filter(|(day, is_paused)| !is_paused && *day > session.day).map(|(day, _)| *day).collect::<Vec<_>>()
    });
    std::iter::once(session.day).chain(again.unwrap_or_default())
}

/// What is done more often than every so many days has no order among the days of a week (a convention).
const OFTEN: u8 = 3;

/// The weekday that a programme means, of something done every so many days from it on: in every week if it stays on that weekday,
/// else in the first week of the phase.
fn repeated_on(outline: &Outline<'_>, asked: &PhaseSession, planned: &PlannedSession) -> Option<MeantDay> {
    let (every, Day::Weekday(weekday)) = (asked.every?, asked.day) else { return None };
    let is_weekly = every.is_multiple_of(7) && !outline.phase.length.is_turns();
    let counts = is_weekly || (outline.week == 0 && every > OFTEN);
    let meant = MeantDay { weekday, usual_day: outline.first_day + outline.days_to(weekday), is_weekly };
    // A turn may be longer than a week, and have it once more.
    let is_first = planned.usual < outline.first_day + 7;
    (counts && is_first && planned.day == asked.day).then_some(meant)
}

/// What a programme asks for in a week with a `min_gap` or an `every`, by its place.
fn special<'o>(outline: &'o Outline<'_>, program: &FilePath) -> BTreeMap<Place, &'o PhaseSession> {
    let asked =
        outline.sessions.iter().filter(|asked| asked.planned.min_gap.is_some() || asked.planned.every.is_some());
    asked.map(|asked| (outline.place(program, asked, FieldPath::root()), &*asked.planned)).collect()
}

fn plus(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_add(b.low());
    Extent::new(low, a.high().saturating_add(b.high())).unwrap_or(Extent::one(low))
}
