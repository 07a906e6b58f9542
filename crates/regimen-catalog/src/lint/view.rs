//! What rules look at: the catalogue and its plans, counted out once.
//!
//! Rules read sessions, blocks and doses through this module alone, so that a new kind of block has one place
//! in the linter.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::{Decimal, RoundingStrategy};

use super::Allowance;
use crate::catalog::Catalog;
use crate::diagnostic::{FieldPath, FilePath, Place};
use crate::join;
use crate::language::LanguageTag;
use crate::model::{
    Block, Dose, Entry, Exercise, Muscle, MuscleGroup, MuscleTarget, Program, RunStep, Schedule, ScheduleName, Session,
    StepLength, Stretch, Target as RunTarget, Work,
};
use crate::plan::outline::{self, Outline};
use crate::plan::{Instruction, Plan, PlanSchedule, PlannedBlock, PlannedSession, PlannedWeek};
use crate::quantity::{Distance, Extent, LengthUnit, Rpe, Unit};
use crate::reference::Id;
use crate::source::Sources;
use crate::vocabulary::{
    ExerciseKind, Intensity, MuscleRole, PaceName, Pattern, PhaseKind, Section, SessionKind, SetType,
};

/// Sets that feel easier than this are practice, not training.
const LEAST_EFFORT: Decimal = Decimal::from_parts(5, 0, 0, false, 0);

/// The rounds of a block of as many rounds as possible: nobody knows, and few do more than ten.
const AS_MANY: (u32, u32) = (1, 10);

/// A muscle group, or a muscle that is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Target<'a> {
    Group(&'a Id<MuscleGroup>),
    Muscle(&'a Id<Muscle>),
}

impl std::fmt::Display for Target<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Group(id) => id.fmt(f),
            Self::Muscle(id) => id.fmt(f),
        }
    }
}

/// The catalogue, with what each exercise trains.
pub(super) struct CatalogView<'a> {
    pub(super) catalog: &'a Catalog,
    /// The files, for rules on how something is written.
    pub(super) sources: &'a Sources,
    /// What is allowed in each file.
    allowances: BTreeMap<&'a FilePath, Vec<&'a Allowance>>,
    exercises: BTreeMap<&'a Id<Exercise>, ExerciseView<'a>>,
}

/// An exercise and what it trains.
pub(super) struct ExerciseView<'a> {
    pub(super) exercise: &'a Entry<Exercise>,
    /// What does most of the work.
    pub(super) prime: BTreeSet<Target<'a>>,
    /// What does the work or helps with it.
    pub(super) involved: BTreeSet<Target<'a>>,
}

impl<'a> CatalogView<'a> {
    pub(super) fn new(catalog: &'a Catalog, sources: &'a Sources, allowances: &'a [Allowance]) -> Self {
        let mut groups_of: BTreeMap<&Id<Muscle>, Vec<&'a Id<MuscleGroup>>> = BTreeMap::new();
        for group in catalog.muscle_groups.values() {
            for member in &group.members {
                groups_of.entry(member).or_default().push(&group.id);
            }
        }
        let targets = |exercise: &'a Entry<Exercise>, roles: &[MuscleRole]| {
            let uses = exercise.muscles().iter().filter(|one| roles.contains(&one.role));
            uses.flat_map(|one| match &one.target {
                MuscleTarget::Group(id) => vec![Target::Group(id)],
                MuscleTarget::Muscle(id) => match groups_of.get(id) {
                    Some(groups) => groups.iter().map(|id| Target::Group(id)).collect(),
                    None => vec![Target::Muscle(id)],
                },
            })
            .collect()
        };
        let of_exercise = |exercise: &'a Entry<Exercise>| ExerciseView {
            exercise,
            prime: targets(exercise, &[MuscleRole::Prime]),
            involved: targets(exercise, &[MuscleRole::Prime, MuscleRole::Synergist]),
        };
        let exercises = catalog.exercises.iter().map(|(id, exercise)| (id, of_exercise(exercise))).collect();
        let mut in_file: BTreeMap<&FilePath, Vec<&Allowance>> = BTreeMap::new();
        for allowance in allowances {
            in_file.entry(&allowance.file).or_default().push(allowance);
        }
        Self { catalog, sources, allowances: in_file, exercises }
    }

    /// Whether a finding of a rule is allowed at a place.
    pub(super) fn allows(&self, code: &str, place: &Place) -> bool {
        self.allowances.get(&place.file).into_iter().flatten().any(|allowance| allowance.covers(code, place))
    }

    /// An exercise of the catalogue.
    pub(super) fn get(&self, id: &Id<Exercise>) -> Option<&'a Entry<Exercise>> {
        self.exercises.get(id).map(|view| view.exercise)
    }

    /// Whether it is a group that weekly guidelines speak of.
    pub(super) fn is_major(&self, target: Target<'_>) -> bool {
        matches!(target, Target::Group(id) if self.catalog.muscle_groups.get(id).is_some_and(|group| group.major))
    }

    /// Every dose that an exercise is given in a part of a session, each with the path of its item.
    pub(super) fn items(&self, file: &str, path: &FieldPath, blocks: &'a [Block]) -> Vec<WrittenItem<'a>> {
        let mut found = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            let rhythm = block.rhythm();
            let rounds = rhythm.map_or(Extent::one(1), |rhythm| rounds_of(rhythm.rounds()));
            for (below, item) in block.items() {
                let Some(exercise) = self.catalog.exercises.get(&item.exercise) else { continue };
                let path = FieldPath(path.clone().index(index).0.into_iter().chain(below.0).collect());
                let (Some(dose), own) = (item.dose_of(exercise, rhythm), item.dose.is_some()) else { continue };
                found.push(WrittenItem { exercise, dose, own, rounds, place: Place::value(file, path) });
            }
        }
        found
    }

    /// The exercises of a part of a session, those of its fragments among them.
    pub(super) fn exercises_in(&self, blocks: &'a [Block]) -> Vec<WrittenItem<'a>> {
        let lists = std::iter::once(blocks).chain(self.fragments_in(blocks));
        lists.flat_map(|blocks| self.items("", &FieldPath::root(), blocks)).collect()
    }

    /// The runs of a part of a session, those of its fragments among them.
    pub(super) fn runs_in(&self, blocks: &'a [Block]) -> Vec<&'a [RunStep]> {
        let lists = std::iter::once(blocks).chain(self.fragments_in(blocks));
        let runs = lists.flatten().filter_map(|block| match block {
            Block::Run(steps) => Some(steps.as_slice()),
            Block::Item(_) | Block::Turns(_) | Block::Use(_) | Block::Text(_) => None,
        });
        runs.collect()
    }

    fn fragments_in(&self, blocks: &'a [Block]) -> impl Iterator<Item = &'a [Block]> {
        blocks.iter().filter_map(|block| match block {
            Block::Use(id) => self.catalog.fragments.get(id).map(|fragment| fragment.blocks.as_slice()),
            Block::Item(_) | Block::Turns(_) | Block::Run(_) | Block::Text(_) => None,
        })
    }
}

/// An exercise as a session or a fragment asks for it.
pub(super) struct WrittenItem<'a> {
    pub(super) exercise: &'a Entry<Exercise>,
    pub(super) dose: Dose,
    /// Whether the dose stands here, rather than with the exercise.
    pub(super) own: bool,
    pub(super) rounds: Extent<u32>,
    pub(super) place: Place,
}

/// A programme, week by week.
pub(super) struct PlanView<'a> {
    pub(super) catalog: &'a CatalogView<'a>,
    pub(super) program: &'a Entry<Program>,
    /// When it happens, if it is written out for a schedule.
    pub(super) schedule: Option<&'a PlanSchedule>,
    pub(super) weeks: Vec<WeekView<'a>>,
}

/// A week of a plan.
pub(super) struct WeekView<'a> {
    /// 1 for the first.
    pub(super) number: u32,
    outline: Outline<'a>,
    /// In order of their days.
    pub(super) sessions: Vec<SessionView<'a>>,
    /// Hard sets of each target as prime mover.
    pub(super) sets: BTreeMap<Target<'a>, Extent<u32>>,
}

/// A session of a plan.
pub(super) struct SessionView<'a> {
    pub(super) planned: &'a PlannedSession,
    /// Days since the first day of the plan.
    pub(super) day: u32,
    /// Where the programme asks for it.
    pub(super) place: Place,
    pub(super) tasks: Vec<Task<'a>>,
    /// The steps of runs, rides and swims.
    runs: Vec<(Section, &'a [RunStep])>,
}

/// An exercise with the dose of its week.
pub(super) struct Task<'a> {
    pub(super) view: &'a ExerciseView<'a>,
    pub(super) dose: &'a Dose,
    pub(super) section: Section,
    /// Sets on the day, rounds counted.
    pub(super) sets: Extent<u32>,
    /// What the reader decides by their own results.
    pub(super) instruction: Option<Instruction>,
}

impl<'a> PlanView<'a> {
    pub(super) fn new(catalog: &'a CatalogView<'a>, program: &'a Entry<Program>, plan: &'a Plan) -> Self {
        let outlines = outline::weeks(catalog.catalog, program);
        let weeks = plan.weeks.iter().zip(outlines);
        let weeks = weeks.map(|(week, outline)| WeekView::new(catalog, program, week, outline)).collect();
        Self { catalog, program, schedule: plan.schedule.as_ref(), weeks }
    }

    /// The schedule for which it is written out, as the project file has it.
    pub(super) fn schedule(&self) -> Option<(&'a Id<ScheduleName>, &'a Schedule)> {
        self.catalog.catalog.project.schedules.get_key_value(&self.schedule?.name)
    }

    /// All sessions in order of their days.
    pub(super) fn sessions(&self) -> impl Iterator<Item = &SessionView<'a>> {
        self.weeks.iter().flat_map(|week| &week.sessions)
    }

    /// The weeks of full work, from which habits are read; light ones are meant to be different.
    pub(super) fn full_weeks(&self) -> impl Iterator<Item = &WeekView<'a>> {
        self.weeks.iter().filter(|week| !week.is_light())
    }

    /// Whether it leads to a race.
    pub(super) fn has_race(&self) -> bool {
        let meant = self.weeks.iter().any(|week| matches!(week.kind(), PhaseKind::Race | PhaseKind::Taper));
        meant || self.sessions().any(|session| session.kind() == SessionKind::Race)
    }
}

impl<'a> WeekView<'a> {
    fn new(
        catalog: &'a CatalogView<'a>,
        program: &Entry<Program>,
        week: &'a PlannedWeek,
        outline: Outline<'a>,
    ) -> Self {
        let mut taken = BTreeSet::new();
        let mut sessions = Vec::new();
        for planned in &week.sessions {
            // Sessions come in order of their days, and the file may list them in another one.
            let found = outline.sessions.iter().enumerate().find(|(index, one)| {
                one.planned.session == planned.session && one.planned.day == planned.day && !taken.contains(index)
            });
            let path = match found {
                Some((index, session)) => {
                    taken.insert(index);
                    outline.path(session)
                }
                None => FieldPath::root().key("phases").index(outline.phase_index),
            };
            let place = Place::value(program.file.clone(), path);
            let tasks = tasks(catalog, planned);
            sessions.push(SessionView { planned, day: planned.offset, place, tasks, runs: runs(planned) });
        }
        let mut sets: BTreeMap<Target<'a>, Extent<u32>> = BTreeMap::new();
        for task in sessions.iter().flat_map(SessionView::hard_tasks) {
            for target in &task.view.prime {
                let sum = sets.entry(*target).or_insert(Extent::one(0));
                *sum = plus(*sum, task.sets);
            }
        }
        Self { number: week.number, outline, sessions, sets }
    }

    /// What the week is for.
    pub(super) fn kind(&self) -> PhaseKind {
        self.outline.kind
    }

    /// The position of its phase.
    pub(super) fn phase_index(&self) -> usize {
        self.outline.phase_index
    }

    /// Whether less work is meant.
    pub(super) fn is_light(&self) -> bool {
        let kind = matches!(
            self.kind(),
            PhaseKind::Taper | PhaseKind::Race | PhaseKind::Recovery | PhaseKind::Deload | PhaseKind::Transition
        );
        kind || self.outline.volume.is_some_and(|share| share.0 < Decimal::ONE_HUNDRED)
    }

    /// Whether it leads back from an injury, where other rules hold than in training.
    pub(super) fn is_rehab(&self) -> bool {
        self.kind() == PhaseKind::Rehab
    }

    /// The phase that it belongs to.
    pub(super) fn place(&self, program: &Entry<Program>) -> Place {
        let path = FieldPath::root().key("phases").index(self.phase_index()).key("id");
        Place::value(program.file.clone(), path)
    }

    /// All hard sets, whatever they train.
    pub(super) fn hard_sets(&self) -> u32 {
        self.sessions.iter().flat_map(SessionView::hard_tasks).map(|task| task.sets.high()).sum()
    }

    /// What is run in the week, in metres; `None` if nobody can know.
    pub(super) fn metres(&self) -> Option<Decimal> {
        self.sessions.iter().map(SessionView::metres).sum()
    }
}

impl<'a> SessionView<'a> {
    pub(super) fn kind(&self) -> SessionKind {
        self.planned.kind
    }

    /// Working sets: resistance in the main and accessory parts that is neither a warm-up nor said to be easy.
    pub(super) fn hard_tasks(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.iter().filter(|task| task.is_hard())
    }

    /// The main and accessory parts.
    pub(super) fn work(&self) -> impl Iterator<Item = &Task<'a>> {
        self.tasks.iter().filter(|task| task.section.is_work())
    }

    /// The runs of the main and accessory parts.
    pub(super) fn run_work(&self) -> impl Iterator<Item = &'a [RunStep]> {
        self.runs.iter().filter(|(section, _)| section.is_work()).map(|(_, steps)| *steps)
    }

    /// How hard its hardest work is said to be, at least.
    pub(super) fn effort(&self) -> Option<Decimal> {
        let lifted = self.work().filter_map(|task| effort(task.dose)).map(|effort| effort.low());
        let run = self.run_work().flat_map(stretches).filter_map(effort_of_stretch);
        lifted.chain(run).max()
    }

    /// Whether it is endurance training or a competition.
    pub(super) fn is_endurance(&self) -> bool {
        use SessionKind::{CrossTrain, Race, Ride, Run, Swim, Test};
        matches!(self.kind(), Run | Ride | Swim | CrossTrain | Race | Test)
    }

    /// Whether it is a run whose length counts.
    pub(super) fn is_run(&self) -> bool {
        matches!(self.kind(), SessionKind::Run | SessionKind::Race)
    }

    /// What is run in the session, in metres; `None` if a piece of its work is in minutes without a pace. What is
    /// easy on purpose, such as a warm-up or a recovery, counts as far as it states a distance.
    pub(super) fn metres(&self) -> Option<Decimal> {
        if !self.is_run() {
            return Some(Decimal::ZERO);
        }
        let mut sum = Decimal::ZERO;
        for task in self.tasks.iter().filter(|task| task.view.exercise.pattern == Some(Pattern::Gait)) {
            match &task.dose.work {
                Work::Distance(distance) => {
                    sum += distance.metres().low().saturating_mul(Decimal::from(task.sets.low()));
                }
                Work::Reps(_) | Work::Hold(_) | Work::Time(_) if task.section.is_work() => return None,
                Work::Reps(_) | Work::Hold(_) | Work::Time(_) => {}
            }
        }
        for (section, steps) in &self.runs {
            let unknown = |stretch: &Stretch| {
                let work = matches!(stretch.intensity, Intensity::Active | Intensity::Interval);
                work && RunStep::Stretch(stretch.clone()).metres().is_zero()
            };
            if section.is_work() && stretches(steps).into_iter().any(unknown) {
                return None;
            }
            sum += steps.iter().map(RunStep::metres).sum::<Decimal>();
        }
        (sum > Decimal::ZERO).then_some(sum)
    }
}

impl Task<'_> {
    fn is_hard(&self) -> bool {
        let resistance =
            matches!(self.view.exercise.kind, ExerciseKind::Strength | ExerciseKind::Power | ExerciseKind::Isometric);
        let easy = effort(self.dose).is_some_and(|effort| effort.high() < LEAST_EFFORT);
        resistance && self.section.is_work() && self.dose.set_type != SetType::Warmup && !easy
    }
}

/// How hard a dose should feel; repetitions in reserve say the same the other way round.
pub(super) fn effort(dose: &Dose) -> Option<Extent<Decimal>> {
    let from_reserve = || {
        let rir = dose.rir?;
        let effort = |rir: crate::quantity::Rir| Decimal::TEN - Decimal::from(rir.get());
        Extent::new(effort(rir.high()), effort(rir.low()))
    };
    dose.rpe.map(|rpe| rpe.map(Rpe::value)).or_else(from_reserve)
}

/// How hard a stretch of a run is, as far as its target says: an effort, a zone, or a pace that has a name.
pub(super) fn effort_of_stretch(stretch: &Stretch) -> Option<Decimal> {
    match stretch.target? {
        RunTarget::Rpe(rpe) => Some(rpe.low().value()),
        RunTarget::Zone(zone) if zone.low() >= 4 => Some(Decimal::from(zone.low() + 4)),
        RunTarget::Named(pace) => match pace {
            PaceName::Threshold | PaceName::TenKilometres | PaceName::FiveKilometres => Some(Decimal::from(8)),
            PaceName::ThreeKilometres | PaceName::Mile => Some(Decimal::from(9)),
            PaceName::Easy | PaceName::Steady | PaceName::Marathon | PaceName::HalfMarathon | PaceName::Race => None,
        },
        RunTarget::Zone(_) | RunTarget::Pace(_) | RunTarget::Amount(_) => None,
    }
}

/// Every stretch of a run, those inside repeats once.
pub(super) fn stretches(steps: &[RunStep]) -> Vec<&Stretch> {
    let mut found = Vec::new();
    for step in steps {
        match step {
            RunStep::Stretch(stretch) => found.push(stretch),
            RunStep::Repeat(repeat) => found.extend(stretches(&repeat.steps)),
        }
    }
    found
}

/// Whether a stretch is run at full speed: RPE 9 or more, up to 400 m or 60 s.
pub(super) fn is_sprint(stretch: &Stretch) -> bool {
    let short = match stretch.length {
        StepLength::Distance(distance) => distance.metres().high() <= Decimal::from(400),
        StepLength::Time(time) => time.seconds().high() <= Decimal::from(60),
        StepLength::Open => false,
    };
    short && effort_of_stretch(stretch).is_some_and(|effort| effort >= Decimal::from(9))
}

fn tasks<'a>(catalog: &'a CatalogView<'a>, planned: &'a PlannedSession) -> Vec<Task<'a>> {
    let mut tasks = Vec::new();
    for part in &planned.parts {
        for block in &part.blocks {
            let rounds = match block {
                PlannedBlock::Turns { rhythm, .. } => rounds_of(rhythm.rounds()),
                PlannedBlock::Item(_) | PlannedBlock::Run(_) | PlannedBlock::Text(..) => Extent::one(1),
            };
            for item in block.items() {
                let Some(view) = catalog.exercises.get(&item.exercise) else { continue };
                let sets = times(times(item.dose.sets, rounds), Extent::one(item.dose.times_per_day));
                let (dose, section, instruction) = (&item.dose, part.section, item.instruction);
                tasks.push(Task { view, dose, section, sets, instruction });
            }
        }
    }
    tasks
}

fn runs(planned: &PlannedSession) -> Vec<(Section, &[RunStep])> {
    let blocks = planned.parts.iter().flat_map(|part| part.blocks.iter().map(|block| (part.section, block)));
    let runs = blocks.filter_map(|(section, block)| match block {
        PlannedBlock::Run(steps) => Some((section, steps.as_slice())),
        PlannedBlock::Item(_) | PlannedBlock::Turns { .. } | PlannedBlock::Text(..) => None,
    });
    runs.collect()
}

fn rounds_of(planned: Option<Extent<u32>>) -> Extent<u32> {
    let (low, high) = AS_MANY;
    planned.or_else(|| Extent::new(low, high)).unwrap_or(Extent::one(low))
}

pub(super) fn times(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_mul(b.low());
    Extent::new(low, a.high().saturating_mul(b.high())).unwrap_or(Extent::one(low))
}

fn plus(a: Extent<u32>, b: Extent<u32>) -> Extent<u32> {
    let low = a.low().saturating_add(b.low());
    Extent::new(low, a.high().saturating_add(b.high())).unwrap_or(Extent::one(low))
}

/// The four parts of a session, each with the path of its list.
pub(super) fn parts(session: &Session) -> impl Iterator<Item = (Section, FieldPath, &[Block])> {
    session.parts().into_iter().map(|(section, key, blocks)| (section, FieldPath::root().key(key), blocks))
}

/// The words of an entry in every language as they are written, each with its file; the catalogue's own language comes first.
pub(super) fn in_languages<'a, T: crate::model::Entity>(
    entry: &'a Entry<T>,
    catalog: &'a Catalog,
) -> impl Iterator<Item = (&'a LanguageTag, &'a FilePath, &'a T::Words)> {
    let others = entry.translations.iter().map(|(tag, other)| (tag, &other.file, &other.written));
    std::iter::once((catalog.language(), &entry.file, &entry.words)).chain(others)
}

/// The path of a key among an entry's words: below `words` beside the facts, at the root of a translation.
pub(super) fn words_path<T: crate::model::Entity>(entry: &Entry<T>, file: &str, key: &str) -> FieldPath {
    let root = FieldPath::root();
    let words = if *file == *entry.file { root.key("words") } else { root };
    words.key(key)
}

/// "week 3", "weeks 3 and 5", "weeks 1-3 and 5", of numbers in order, each of them said once.
pub(super) fn weeks(numbers: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some((_, last)) if *number <= last.saturating_add(1) => *last = *number,
            _ => runs.push((*number, *number)),
        }
    }
    let shown = |(first, last): &(u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    let parts: Vec<String> = runs.iter().map(shown).collect();
    let one = matches!(runs.as_slice(), [(first, last)] if first == last);
    format!("{} {}", if one { "week" } else { "weeks" }, join::and(&parts))
}

/// A share for people beside a limit, with as many decimals as it takes to show on which side of it the share lies.
pub(super) fn beside(percent: Decimal, limit: Decimal) -> Decimal {
    let rounded = |places| percent.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    (0..=6).map(rounded).find(|shown| shown.cmp(&limit) == percent.cmp(&limit)).unwrap_or(percent)
}

/// The unit in which runs are shown in messages: that of the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunUnit(LengthUnit);

impl RunUnit {
    /// A distance with one decimal: "13.1 km", "8 mi".
    pub(super) fn shown(self, metres: Decimal) -> String {
        format!("{} {}", (metres / self.0.metres()).round_dp(1).normalize(), self.0.symbol())
    }
}

/// Miles if more of these runs is written in miles than in kilometres; metres do not count, because repeats are often in
/// metres among miles.
pub(super) fn run_unit<'s, 'a: 's>(sessions: impl IntoIterator<Item = &'s SessionView<'a>>) -> RunUnit {
    let (mut miles, mut kilometres) = (Decimal::ZERO, Decimal::ZERO);
    let mut add = |distance: &Distance| match distance.unit {
        LengthUnit::Mile => miles += distance.metres().low(),
        LengthUnit::Kilometre => kilometres += distance.metres().low(),
        LengthUnit::Metre => {}
    };
    for session in sessions {
        for task in &session.tasks {
            if let Work::Distance(distance) = &task.dose.work {
                add(distance);
            }
        }
        for stretch in session.runs.iter().flat_map(|(_, steps)| stretches(steps)) {
            if let StepLength::Distance(distance) = &stretch.length {
                add(distance);
            }
        }
    }
    RunUnit(if miles > kilometres { LengthUnit::Mile } else { LengthUnit::Kilometre })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rounded_share_never_equals_the_limit_that_it_breaks() {
        let of = |percent: &str, limit: &str| beside(percent.parse().unwrap(), limit.parse().unwrap()).to_string();
        assert_eq!(of("33.33", "30"), "33");
        assert_eq!(of("10.14", "10"), "10.1");
        assert_eq!(of("10.004", "10"), "10.004");
        assert_eq!(of("40.6", "41"), "40.6");
        assert_eq!(of("10.45", "10.4"), "10.5");
    }

    #[test]
    fn weeks_are_listed_in_runs() {
        for (numbers, expected) in [
            (&[3][..], "week 3"),
            (&[3, 5], "weeks 3 and 5"),
            (&[1, 2, 3, 5, 8, 9], "weeks 1-3, 5 and 8-9"),
            (&[4, 4], "week 4"),
            (&[2, 3, 3, 4, 4, 6], "weeks 2-4 and 6"),
        ] {
            assert_eq!(weeks(numbers), expected);
        }
    }
}
