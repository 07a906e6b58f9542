//! A programme with its weeks written out: every session, with the dose of every exercise.

mod anchor;
mod carried;
mod changes;
mod dated;
mod days;
mod expand;
mod followed;
mod grown;
mod last_load;
mod lighter;
mod linear;
mod occasion;
mod open;
#[doc(hidden)]
pub mod outline;
mod personal;
mod placed;
mod placement;
mod progress;
mod race;
mod reader;
mod reckon;
mod results;
mod run_steps;
mod share;
mod short;
#[cfg(test)]
mod tests;
mod times;
mod times_done;
mod week;

use jiff::civil::{Date, Time};

pub use dated::{KeptWeeks, kept_weeks, moves, weeks_of};
pub use expand::expand;
pub use personal::{Fitness, PersonalPlan, in_unit, personalise};
pub use reckon::Reckoned;
pub use week::{PlannedWeek, Wait};

use crate::diagnostic::Place;
use crate::model::{
    ByResult, DateSpan, Day, Dose, Exercise, GroupFormat, Grows, HourOfDay, Item, Note, PercentOf, PlainWords, Program,
    RunStep, RunTarget, ScheduleName, Session, Stages,
};
use crate::quantity::{Duration, LoadStep, LoadUnit, Measured, Percent};
use crate::reference::{Id, Reference};
use crate::vocabulary::{Section, SessionKind, Weekday};

/// A programme written out week by week.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The programme.
    pub program: Id<Program>,
    /// When it happens, if it has a start.
    pub schedule: Option<PlanSchedule>,
    /// Its weeks in order.
    pub weeks: Vec<PlannedWeek>,
    /// What its reader leaves out, in order of the days.
    pub left_out: Vec<LeftOut>,
}

impl Plan {
    /// All sessions in order of their days, and of their times on days on which each has one. A session that its reader has moved,
    /// or one of a week that counts from a race, may come before others of an earlier week.
    pub fn sessions(&self) -> impl Iterator<Item = &PlannedSession> {
        let mut all: Vec<&PlannedSession> = self.by_week().collect();
        if !all.is_sorted_by_key(|session| session.offset) {
            all.sort_by_key(|session| session.offset);
            for day in all.chunk_by_mut(|one, other| one.offset == other.offset) {
                if day.iter().all(|session| session.at.is_some()) {
                    day.sort_by_key(|session| session.at);
                }
            }
        }
        all.into_iter()
    }

    /// All sessions, week by week, those of a week in order of their days.
    pub fn by_week(&self) -> impl Iterator<Item = &PlannedSession> {
        self.weeks.iter().flat_map(|week| &week.sessions)
    }

    /// How many days it has, with those on which it waits.
    pub fn days(&self) -> u32 {
        self.weeks.last().map_or(0, PlannedWeek::ends_before)
    }

    /// Whether its days are counted rather than its weeks: it has turns of a cycle, or a week that is cut short and has others
    /// after it.
    pub fn counts_days(&self) -> bool {
        let (last, before) = self.weeks.split_last().map_or((None, &[][..]), |(last, before)| (Some(last), before));
        before.iter().any(|week| week.is_turn || week.days != 7) || last.is_some_and(|week| week.is_turn)
    }
}

/// A session that a reader leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What calendars know it by.
    pub slot: String,
    /// Its week.
    pub week: u32,
    /// The session.
    pub session: Id<Session>,
    /// What it is for.
    pub kind: SessionKind,
    /// The day on which it would be.
    pub date: Date,
    /// Whether the whole plan pauses on that day.
    pub paused: bool,
}

/// When a plan happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSchedule {
    /// The schedule's name.
    pub name: Id<ScheduleName>,
    /// The first day of its first week.
    pub start: Date,
    /// The day of the race that holds it in place, if one does.
    pub race: Option<Date>,
    /// When the sessions start, and in which time zone; `None` for whole-day entries.
    pub at: Option<(Time, String)>,
    /// When the race of that day starts, and in which time zone; `None` for a whole-day entry.
    pub race_at: Option<(Time, String)>,
    /// The time zone of the reader, if the schedule has one.
    pub timezone: Option<String>,
    /// When what is done several times a day is done, if calendars are to have an event for each.
    pub day_times: Vec<Time>,
    /// Days on which its reader does not train.
    pub pauses: Vec<DateSpan>,
    /// How long sessions take in a calendar, if that is not what each takes by itself.
    pub length: Option<Duration>,
    /// The names that the schedule had before, the first one first.
    pub formerly: Vec<Id<ScheduleName>>,
}

impl PlanSchedule {
    /// The name that the schedule had first, by which calendars know its sessions.
    pub fn first_name(&self) -> &Id<ScheduleName> {
        self.formerly.first().unwrap_or(&self.name)
    }
}

/// A session of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedSession {
    /// What stays the same when day, session or doses change: `w3-strength-a`, in a turn of a cycle `c3-long-run`, every
    /// so many days `d15-easy-run`, in a rotation `w3-2`. Unique within the plan.
    pub slot: String,
    /// The week, 1 for the first.
    pub week: u32,
    /// The day of the week, of the turn, or of a phase in days, as the programme counts it.
    pub day: Day,
    /// How many days lie between the first day of the plan and this session.
    pub offset: u32,
    /// The same in the programme itself, which begins on a Monday: it says what is meant to come before what.
    pub usual: u32,
    /// Where the programme asks for it.
    pub place: Place,
    /// The date, if the plan has a start.
    pub date: Option<Date>,
    /// Whether its day is one of a turn of a cycle, in which a weekday says nothing.
    pub is_in_turn: bool,
    /// When it starts on that day, in the time zone of the schedule; `None` for a whole-day entry.
    pub at: Option<Time>,
    /// When on that day it is done, if it is done at several of the times that the schedule has for that; `at` is the first of them.
    pub day_times: Vec<Time>,
    /// When on its day, as the programme says.
    pub hour: Option<HourOfDay>,
    /// The day on which it would be, if its reader has moved it.
    pub moved_from: Option<Date>,
    /// The session.
    pub session: Id<Session>,
    /// What it is for.
    pub kind: SessionKind,
    /// How long it takes: as its session says, or reckoned from what it states; `None` where that depends on the reader.
    pub duration: Option<Duration>,
    /// Whether a rule asks for less of it than in the weeks around it: a single week with a share of the work or
    /// the load, or a lighter week of a progression. The kind of its week may say the same.
    pub lighter: bool,
    /// The targets that the programme gives it where it places it, whatever its session says.
    pub targets: Vec<RunTarget>,
    /// Its parts in order; empty parts are left out.
    pub parts: Vec<PlannedPart>,
    /// Whether the reader may leave it out.
    pub optional: bool,
    /// What may be done instead.
    pub or: Vec<PlannedAlternative>,
}

/// A session that may be done instead of another one.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedAlternative {
    /// The session.
    pub session: Id<Session>,
    /// What it is for.
    pub kind: SessionKind,
    /// How long it takes, as far as that is known.
    pub duration: Option<Duration>,
    /// The targets that the programme gives it where it names it.
    pub targets: Vec<RunTarget>,
    /// Its parts in order; empty parts are left out.
    pub parts: Vec<PlannedPart>,
}

impl PlannedSession {
    /// What it is called within a week or turn: its slot without the number before it.
    pub fn place(&self) -> &str {
        self.slot.split_once('-').map_or(&self.slot, |(_, place)| place)
    }

    /// The weekday on which it happens, as far as that is known.
    pub fn weekday(&self) -> Option<Weekday> {
        match (self.date, self.day) {
            (Some(date), _) => Some(Weekday::of(date)),
            (None, Day::Weekday(day)) => Some(day),
            (None, Day::Number(_)) => None,
        }
    }

    /// All of its parts, then those of what may be done instead.
    pub fn parts_and_choices(&self) -> impl Iterator<Item = &PlannedPart> {
        self.parts.iter().chain(self.or.iter().flat_map(|other| &other.parts))
    }

    /// What may be done instead of it, each as a session in its place.
    pub fn choices(&self) -> impl Iterator<Item = PlannedSession> {
        self.or.iter().map(|other| PlannedSession {
            session: other.session.clone(),
            kind: other.kind,
            duration: other.duration,
            targets: other.targets.clone(),
            parts: other.parts.clone(),
            optional: false,
            or: Vec::new(),
            ..self.clone()
        })
    }

    /// How many times on its day it is done, at the most.
    pub fn times_a_day(&self) -> u32 {
        self.items().map(|(_, item)| item.dose.times_a_day().high()).max().unwrap_or(1)
    }

    /// Every exercise of the session with its part, in order.
    pub fn items(&self) -> impl Iterator<Item = (Section, &PlannedItem)> {
        self.parts
            .iter()
            .flat_map(|part| part.blocks.iter().flat_map(|block| block.items()).map(|item| (part.section, item)))
    }
}

/// A part of a session.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedPart {
    /// Warm-up, main, accessory or cool-down.
    pub section: Section,
    /// What is done, in order, fragments written out.
    pub blocks: Vec<PlannedBlock>,
}

impl PlannedPart {
    /// What is done in the main and accessory parts among these, in order.
    pub fn work(parts: &[Self]) -> impl Iterator<Item = &PlannedBlock> {
        parts.iter().filter(|part| part.section.is_work()).flat_map(|part| &part.blocks)
    }
}

/// A piece of a part.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "most blocks of a plan are items")]
pub enum PlannedBlock {
    /// One exercise in straight sets.
    Item(PlannedItem),
    /// Exercises in turns.
    Group {
        /// How they alternate.
        format: GroupFormat,
        /// What is done in each round.
        items: Vec<PlannedItem>,
    },
    /// The steps of a run, a ride or a swim.
    Run(Vec<RunStep>),
    /// A text: the session or fragment that has it, and its key there.
    Text(Reference, Id<PlainWords>),
}

impl PlannedBlock {
    /// The exercises of the block, one or several in turns.
    pub fn items(&self) -> &[PlannedItem] {
        match self {
            Self::Item(item) => std::slice::from_ref(item),
            Self::Group { items, .. } => items,
            Self::Run(_) | Self::Text(..) => &[],
        }
    }

    /// The same, to be changed.
    pub(crate) fn items_mut(&mut self) -> &mut [PlannedItem] {
        match self {
            Self::Item(item) => std::slice::from_mut(item),
            Self::Group { items, .. } => items,
            Self::Run(_) | Self::Text(..) => &mut [],
        }
    }

    /// How its exercises alternate, if they are done in turns.
    pub fn group_format(&self) -> Option<GroupFormat> {
        match self {
            Self::Group { format, .. } => Some(*format),
            Self::Item(_) | Self::Run(_) | Self::Text(..) => None,
        }
    }

    /// The steps of a run, a ride or a swim.
    pub fn run(&self) -> Option<&[RunStep]> {
        match self {
            Self::Run(steps) => Some(steps),
            Self::Item(_) | Self::Group { .. } | Self::Text(..) => None,
        }
    }

    /// The notes of its exercises and steps, in order.
    pub fn notes(&self) -> Vec<&Note> {
        let of_items = self.items().iter().filter_map(|item| item.note.as_ref());
        let steps = self.run().unwrap_or_default().iter().flat_map(RunStep::all);
        of_items.chain(steps.filter_map(RunStep::note)).collect()
    }

    /// Everything in the block that a progression may change, in order, each by all its names: a line's own id comes before its
    /// exercise.
    pub fn growing(&self) -> Vec<Vec<Grows>> {
        fn add_steps(run: &[RunStep], found: &mut Vec<Vec<Grows>>) {
            for step in run {
                found.extend(step.id().cloned().map(|id| vec![Grows::Step(id)]));
                add_steps(step.inner(), found);
            }
        }
        let names = |item: &PlannedItem| {
            item.id.clone().map(Grows::Item).into_iter().chain([Grows::Exercise(item.exercise.clone())]).collect()
        };
        let mut found: Vec<Vec<Grows>> = self.items().iter().map(names).collect();
        add_steps(self.run().unwrap_or_default(), &mut found);
        found
    }
}

/// An exercise with the dose of its week.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedItem {
    /// The name of its line in the session, if that has one.
    pub id: Option<Id<Item>>,
    /// The exercise.
    pub exercise: Id<Exercise>,
    /// How much of it.
    pub dose: Dose,
    /// Whether it goes on with the item before: another dose of the same line, such as back-off sets.
    pub goes_on: bool,
    /// What the reader decides by their own results.
    pub instruction: Option<Instruction>,
    /// What to mind; of several items for the sets of one exercise, the first has it.
    pub note: Option<Note>,
}

impl PlannedItem {
    /// An exercise with this dose, and nothing else.
    pub fn new(exercise: Id<Exercise>, dose: Dose) -> Self {
        Self { id: None, exercise, dose, goes_on: false, instruction: None, note: None }
    }
}

/// A rule that depends on the reader's results, so that nothing is guessed. No load stands beside it after the first time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Instruction {
    /// Once all sets reach so many repetitions, add load and start again with fewer.
    AddLoad {
        /// The repetitions to reach in every set.
        reach: u32,
        /// The load that is added then.
        add: LoadStep,
        /// The repetitions to start again with.
        again_at: u32,
        /// The most load.
        cap: Option<LoadStep>,
    },
    /// Reckon with a higher best, because a table of shares of it is through.
    RaiseBest {
        /// Which best.
        of: PercentOf,
        /// By how much.
        by: LoadStep,
        /// Whether the table starts again with this week.
        from_this_week: bool,
        /// Whether the table and the phase end with this week.
        after_this_week: bool,
    },
    /// Add load after each success, take less after misses.
    ByResult(ByResult),
    /// Add load after each success, go on to the next dose after a miss.
    Stages {
        /// The rule.
        rule: Stages,
        /// Whether the first dose is certain, because nothing has been done yet.
        is_start: bool,
        /// In a lighter week, the share of the load that has been reached by then.
        share: Option<Percent>,
    },
    /// Take so much more than the load with which the phase began, which nobody but the reader knows.
    MoreThanAtStart {
        /// How much more.
        by: Measured<LoadUnit>,
        /// The most load.
        cap: Option<Measured<LoadUnit>>,
    },
    /// Take the load that has been reached by then, or a share of it.
    ReachedLoad(Option<Percent>),
}

impl Instruction {
    /// Whether it asks for a share of what is done in other weeks.
    fn is_share(&self) -> bool {
        matches!(self, Self::ReachedLoad(Some(_)) | Self::Stages { share: Some(_), .. })
    }
}
