//! A programme, week by week, with what each session asks for.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sums::sum;
use super::{CatalogView, DoseView, ExerciseView, MuscleOrGroup, RunView, rounds_of, run, text};
use regimen_model::diagnostic::{FieldPath, Place};
use regimen_model::model::{
    Day, Entry, Exercise, GroupFormat, Grows, HourOfDay, Program, RunStep, Schedule, ScheduleName, Session,
};
use regimen_model::plan::outline::{self, Outline};
use regimen_model::plan::{
    Plan, PlanSchedule, PlannedAlternative, PlannedBlock, PlannedItem, PlannedPart, PlannedSession, PlannedWeek,
};
use regimen_model::quantity::{Duration, Extent};
use regimen_model::reference::Id;
use regimen_model::vocabulary::{ExerciseKind, Pattern, PhaseKind, Section, SessionKind, Weekday};

/// A programme, week by week.
pub(crate) struct PlanView<'a> {
    pub(crate) catalog: &'a CatalogView<'a>,
    pub(crate) program: &'a Entry<Program>,
    /// When it happens, if it is written out for a schedule.
    pub(crate) schedule: Option<&'a PlanSchedule>,
    pub(crate) weeks: Vec<WeekView<'a>>,
    /// The pace of most of its running, in metres a second, as far as paces are stated in numbers.
    usual_speed: Option<Decimal>,
}

/// A week of a plan.
pub(crate) struct WeekView<'a> {
    /// 1 for the first.
    pub(crate) number: u32,
    /// How many days lie between the first day of the plan and the first day after it.
    pub(crate) ends_before: u32,
    /// How many days it has: 7, but for turns of a cycle and the last days of a phase in days.
    days: u32,
    is_turn: bool,
    outline: Outline<'a>,
    /// In order of their days.
    pub(crate) sessions: Vec<SessionView<'a>>,
    /// Hard sets of each muscle as prime mover.
    pub(crate) sets: BTreeMap<MuscleOrGroup<'a>, Extent<u32>>,
}

/// A session of a plan.
pub(crate) struct SessionView<'a> {
    planned: &'a PlannedSession,
    /// What is done: the session itself, or what may be done instead of it.
    done: Done<'a>,
    /// What may be done instead.
    choices: Vec<SessionView<'a>>,
    /// The name by which the programme speaks of its place in the week.
    pub(crate) name: String,
    /// Days since the first day of the plan.
    pub(crate) day: u32,
    /// The same if the plan began on a Monday and no schedule moved anything.
    pub(crate) usual_day: u32,
    /// Where the programme asks for it.
    pub(crate) place: Place,
    pub(crate) tasks: Vec<Task<'a>>,
    /// The least time from the session of its kind before it.
    pub(crate) min_gap: Option<Duration>,
    /// The share of the work that its week asks for, in per cent.
    pub(super) volume: Decimal,
}

/// A session, or what may be done instead of it.
#[derive(Clone, Copy)]
struct Done<'a> {
    session: &'a Id<Session>,
    kind: SessionKind,
    duration: Option<Duration>,
    parts: &'a [PlannedPart],
}

/// An exercise with the dose of its week.
pub(crate) struct Task<'a> {
    pub(crate) view: &'a ExerciseView<'a>,
    item: &'a PlannedItem,
    /// The format of a block that is a group.
    format: Option<GroupFormat>,
    pub(crate) section: Section,
    /// Sets on the day, rounds counted.
    pub(crate) sets: Extent<u32>,
}

/// What is done in the main and accessory parts of some sessions. Work that is the same is equal.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Work<'a> {
    tasks: Vec<(&'a Id<Exercise>, DoseView<'a>, Extent<u32>)>,
    runs: Vec<RunView<'a>>,
}

/// Something that a progression may change.
pub(crate) struct Changing {
    /// All that a progression may call it, the most special name first.
    pub(crate) names: Vec<Grows>,
    /// Whether a clock says how long the work lasts, so that rules by results do not apply.
    pub(crate) is_by_the_clock: bool,
    /// Whether it is in a tabata, which says how long the work is.
    pub(crate) is_in_tabata: bool,
}

impl<'a> PlanView<'a> {
    pub(crate) fn new(catalog: &'a CatalogView<'a>, program: &'a Entry<Program>, plan: &'a Plan) -> Self {
        let outlines = outline::weeks(catalog.catalog, program, Weekday::Monday);
        // A schedule may have fewer weeks than the programme.
        let all = (1..).zip(outlines).filter_map(|(number, outline)| {
            let week = plan.weeks.iter().find(|week| week.number == number)?;
            Some(WeekView::new(catalog, week, outline))
        });
        let weeks: Vec<WeekView<'a>> = all.collect();
        let runs = weeks.iter().flat_map(|week| &week.sessions).filter(|session| session.is_run());
        let usual_speed = run::usual_speed(runs.flat_map(SessionView::run_work));
        Self { catalog, program, schedule: plan.schedule.as_ref(), weeks, usual_speed }
    }

    /// The schedule for which it is written out, as the project file has it.
    pub(crate) fn schedule(&self) -> Option<(&'a Id<ScheduleName>, &'a Schedule)> {
        self.catalog.catalog.project.schedules.get_key_value(&self.schedule?.name)
    }

    /// "week 3", "weeks 1-3 and 5", of numbers in order; "turns" where all of them are turns of cycles.
    pub(crate) fn weeks_named(&self, numbers: &[u32]) -> String {
        let mut named = self.weeks.iter().filter(|week| numbers.contains(&week.number));
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
    fn new(catalog: &'a CatalogView<'a>, week: &'a PlannedWeek, outline: Outline<'a>) -> Self {
        let volume = outline.volume.map_or(Decimal::ONE_HUNDRED, |share| share.0);
        let names: BTreeMap<String, String> =
            outline.slots(week.number).into_iter().zip(outline.sessions.iter().map(|one| one.name().into())).collect();
        let sessions = week.sessions.iter().map(|planned| {
            // Days of other weekdays may have other slots.
            let name = names.get(&planned.slot).map_or(planned.place(), String::as_str);
            let min_gap = min_gap(&outline, &planned.place);
            SessionView { min_gap, ..SessionView::new(catalog, planned, name, volume) }
        });
        let sessions: Vec<SessionView<'a>> = sessions.collect();
        let mut sets: BTreeMap<MuscleOrGroup<'a>, Extent<u32>> = BTreeMap::new();
        let ends_before = week.first_day + week.days;
        for session in &sessions {
            for task in session.hard_tasks() {
                let days = days_of(&sessions, ends_before, session, task).count();
                for (target, _) in task.view.prime.iter().flat_map(|target| (0..days).map(move |day| (target, day))) {
                    let sum = sets.entry(*target).or_insert(Extent::one(0));
                    *sum = plus(*sum, task.sets);
                }
            }
        }
        Self {
            number: week.number,
            ends_before,
            days: week.days.max(1),
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
        days_of(&self.sessions, self.ends_before, session, task)
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

    /// What is done in the week.
    pub(crate) fn work(&self) -> Work<'a> {
        let tasks = self.sessions.iter().flat_map(SessionView::work);
        let tasks = tasks.map(|task| (&task.view.exercise.id, task.dose(), task.sets));
        Work { tasks: tasks.collect(), runs: self.sessions.iter().flat_map(SessionView::run_work).collect() }
    }
}

impl<'a> SessionView<'a> {
    fn new(catalog: &'a CatalogView<'a>, planned: &'a PlannedSession, name: &str, volume: Decimal) -> Self {
        let view = |done: Done<'a>, choices| Self {
            planned,
            done,
            choices,
            name: name.to_owned(),
            day: planned.offset,
            usual_day: planned.usual,
            place: planned.place.clone(),
            tasks: tasks(catalog, done.parts),
            min_gap: None,
            volume,
        };
        let PlannedSession { session, kind, duration, parts, or, .. } = planned;
        let choices = or.iter().map(|other| {
            let PlannedAlternative { session, kind, duration, targets: _, parts } = other;
            view(Done { session, kind: *kind, duration: *duration, parts }, Vec::new())
        });
        view(Done { session, kind: *kind, duration: *duration, parts }, choices.collect())
    }

    /// The session, then what may be done instead of it: what must be true of whatever the reader does is asked of each. Sums and
    /// habits are those of the session itself.
    pub(crate) fn with_choices(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.choices)
    }

    pub(crate) fn id(&self) -> &'a Id<Session> {
        self.done.session
    }

    pub(crate) fn kind(&self) -> SessionKind {
        self.done.kind
    }

    /// When on its day, as the programme says.
    pub(crate) fn hour(&self) -> Option<HourOfDay> {
        self.planned.hour
    }

    /// Whether its reader has moved it to another day.
    pub(crate) fn is_moved(&self) -> bool {
        self.planned.moved_from.is_some()
    }

    /// What a schedule knows it by: `w3-strength-a`.
    pub(crate) fn slot(&self) -> &'a str {
        &self.planned.slot
    }

    /// How long it takes, as far as that is known.
    pub(super) fn duration(&self) -> Option<Duration> {
        self.done.duration
    }

    pub(super) fn planned_parts(&self) -> &'a [PlannedPart] {
        self.done.parts
    }

    /// Whether the reader may have a day without training instead: it is optional, or one of the choices is none.
    pub(crate) fn may_be_rest(&self) -> bool {
        self.planned.optional || self.planned.or.iter().any(|other| !is_training(other.kind))
    }

    /// Whether it is training, rather than rest or what goes with it.
    pub(crate) fn is_training(&self) -> bool {
        is_training(self.kind())
    }

    /// Whether it is the same session with the same doses as another.
    pub(crate) fn is_same_as(&self, other: &Self) -> bool {
        self.id() == other.id() && self.done.parts == other.done.parts
    }

    /// What it is called within its week.
    pub(crate) fn name_in_week(&self) -> &'a str {
        self.planned.place()
    }

    /// The week, 1 for the first.
    pub(crate) fn week(&self) -> u32 {
        self.planned.week
    }

    /// The day of the week as the programme names it.
    pub(crate) fn day_of_week(&self) -> Day {
        self.planned.day
    }

    /// The weekday for which the programme names it; none for what only comes to be on one because it is done every so many days.
    pub(crate) fn meant_weekday(&self) -> Option<Weekday> {
        match self.day_of_week() {
            Day::Weekday(day) if self.usual_day % 7 == day as u32 => Some(day),
            Day::Weekday(_) | Day::Number(_) => None,
        }
    }

    /// The date, if the plan has a start.
    pub(crate) fn date(&self) -> Option<Date> {
        self.planned.date
    }

    /// Working sets: resistance in the main and accessory parts that is neither a warm-up nor said to be easy.
    pub(crate) fn hard_tasks(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.iter().filter(|task| task.is_hard())
    }

    /// The main and accessory parts.
    pub(crate) fn work(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.iter().filter(|task| task.section.is_work())
    }

    /// The runs of the main and accessory parts.
    pub(crate) fn run_work(&self) -> impl Iterator<Item = RunView<'a>> {
        self.runs_by_part().filter(|(section, _)| section.is_work()).map(|(_, run)| run)
    }

    /// The steps of runs, rides and swims.
    pub(crate) fn runs(&self) -> impl Iterator<Item = RunView<'a>> {
        self.runs_by_part().map(|(_, run)| run)
    }

    fn runs_by_part(&self) -> impl Iterator<Item = (Section, RunView<'a>)> + use<'a> {
        let blocks = self.done.parts.iter().flat_map(|part| part.blocks.iter().map(|block| (part.section, block)));
        blocks.filter_map(|(section, block)| Some((section, RunView::new(block.run()?))))
    }

    /// Everything in the main and accessory parts that a progression may change, in order.
    pub(crate) fn changing(&self) -> impl Iterator<Item = Changing> {
        let work = self.done.parts.iter().filter(|part| part.section.is_work()).flat_map(|part| &part.blocks);
        work.flat_map(|block| {
            let is_by_the_clock = block.group_format().is_some_and(|format| format.is_by_the_clock());
            let is_in_tabata = matches!(block.group_format(), Some(GroupFormat::Tabata { .. }));
            block.growing().into_iter().map(move |names| Changing { names, is_by_the_clock, is_in_tabata })
        })
    }

    /// A step of the work, by its name.
    pub(crate) fn step(&self, id: &Id<RunStep>) -> Option<&'a RunStep> {
        fn named<'r>(steps: &'r [RunStep], id: &Id<RunStep>) -> Option<&'r RunStep> {
            steps.iter().find_map(|step| if step.id() == Some(id) { Some(step) } else { named(step.inner(), id) })
        }
        let work = self.done.parts.iter().filter(|part| part.section.is_work()).flat_map(|part| &part.blocks);
        work.filter_map(PlannedBlock::run).find_map(|steps| named(steps, id))
    }

    /// How hard its hardest work is said to be, at least: by efforts and zones, by paces that have a name, and by those in numbers
    /// beside the usual one of its plan.
    pub(super) fn effort(&self, plan: &PlanView<'_>) -> Option<Decimal> {
        let usual = plan.usual_speed.filter(|_| self.is_run());
        let lifted = self.work().filter_map(|task| task.dose().effort()).map(|effort| effort.low());
        lifted.chain(self.run_work().filter_map(|run| run.effort(usual))).max()
    }

    /// Whether it is endurance training or a competition.
    pub(crate) fn is_endurance(&self) -> bool {
        use SessionKind::{CrossTrain, Race, Ride, Run, Swim, Test};
        matches!(self.kind(), Run | Ride | Swim | CrossTrain | Race | Test)
    }

    /// Whether it is a run whose length counts.
    pub(crate) fn is_run(&self) -> bool {
        matches!(self.kind(), SessionKind::Run | SessionKind::Race)
    }

    /// What is run in the session, in metres; `None` if a piece of its work is in minutes without a pace. What is
    /// easy on purpose, such as a warm-up or a recovery, counts as far as it states a distance.
    pub(crate) fn metres(&self) -> Option<Decimal> {
        if !self.is_run() {
            return Some(Decimal::ZERO);
        }
        let mut all = Vec::new();
        for task in self.tasks.iter().filter(|task| task.view.exercise.pattern == Some(Pattern::Gait)) {
            match task.dose().metres(task.sets) {
                Some(metres) => all.push(metres),
                None if task.section.is_work() => return None,
                None => {}
            }
        }
        for (section, run) in self.runs_by_part() {
            if section.is_work() && run.has_unknown_length() {
                return None;
            }
            all.push(run.metres());
        }
        Some(sum(all)).filter(|metres| !metres.is_zero())
    }
}

impl<'a> Task<'a> {
    /// How much of it.
    pub(crate) fn dose(&self) -> DoseView<'a> {
        DoseView::new(&self.item.dose)
    }

    /// Whether a progression of this means it.
    pub(crate) fn is_called(&self, of: &Grows) -> bool {
        match of {
            Grows::Exercise(exercise) => self.view.exercise.id == *exercise,
            Grows::Item(id) => self.item.id.as_ref() == Some(id),
            Grows::Step(_) => false,
        }
    }

    /// Whether it has a rule for the athlete, who alone knows the load.
    pub(crate) fn has_rule(&self) -> bool {
        self.item.instruction.is_some()
    }

    /// Whether the athlete's results or choice make it more, rather than the plan.
    pub(crate) fn grows_by_itself(&self) -> bool {
        self.item.instruction.is_some() || self.dose().grows_by_itself()
    }

    /// Whether the athlete's results say how much it is, by a rule that is printed with it.
    pub(crate) fn goes_by_results(&self) -> bool {
        self.item.instruction.is_some()
    }

    /// Whether it is done in turns with others.
    pub(crate) fn is_in_turns(&self) -> bool {
        self.format.is_some()
    }

    /// Whether the clock says when the next exercise starts or when all is over.
    pub(crate) fn is_by_the_clock(&self) -> bool {
        self.format.is_some_and(|format| format.is_by_the_clock())
    }

    fn is_hard(&self) -> bool {
        let resistance =
            matches!(self.view.exercise.kind, ExerciseKind::Strength | ExerciseKind::Power | ExerciseKind::Isometric);
        let dose = self.dose();
        resistance && self.section.is_work() && !dose.is_warm_up() && !dose.is_easy()
    }
}

/// The days on which an exercise of a session is done. Where the session has more days in its week, they say how often.
fn days_of<'a>(
    in_week: &[SessionView<'a>],
    ends_before: u32,
    session: &SessionView<'a>,
    task: &Task<'a>,
) -> impl Iterator<Item = u32> + Clone + use<'a> {
    let is_alone = in_week.iter().filter(|other| other.id() == session.id()).count() == 1;
    let every = task.dose().every_days().filter(|_| is_alone);
    let last = every.map_or(session.day, |_| ends_before.max(session.day + 1) - 1);
    (session.day..=last).step_by(every.unwrap_or(1).max(1) as usize)
}

fn tasks<'a>(catalog: &'a CatalogView<'a>, parts: &'a [PlannedPart]) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for part in parts {
        for block in &part.blocks {
            let format = block.group_format();
            let rounds = format.map_or(Extent::one(1), |format| rounds_of(format.rounds()));
            for item in block.items() {
                let Some(view) = catalog.exercises.get(&item.exercise) else { continue };
                let sets = DoseView::new(&item.dose).sets_a_day(rounds);
                tasks.push(Task { view, item, format, section: part.section, sets });
            }
        }
    }
    tasks
}

/// The `min_gap` of what a programme asks for at a place.
fn min_gap(outline: &Outline<'_>, place: &Place) -> Option<Duration> {
    let asked = outline.sessions.iter().filter(|asked| asked.planned.min_gap.is_some());
    let mut asked = asked.filter(|asked| outline.place(&place.file, asked, FieldPath::root()) == *place);
    asked.next()?.planned.min_gap
}

fn is_training(kind: SessionKind) -> bool {
    !matches!(kind, SessionKind::Rest | SessionKind::Mobility | SessionKind::Walk)
}

fn plus(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_add(b.low());
    Extent::new(low, a.high().saturating_add(b.high())).unwrap_or(Extent::one(low))
}
