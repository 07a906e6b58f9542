//! A session of a plan, with what it asks for.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::sums::sum;
use super::task::{Task, tasks};
use super::{CatalogView, RunView};
use regimen_model::diagnostic::Place;
use regimen_model::model::{Day, GroupFormat, Grows, HourOfDay, Progression, RunStep, Scheme, Session};
use regimen_model::plan::{PlannedAlternative, PlannedBlock, PlannedItem, PlannedPart, PlannedSession};
use regimen_model::quantity::Duration;
use regimen_model::reference::Id;
use regimen_model::vocabulary::{Pattern, Section, SessionKind, Weekday};

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
    /// Whether it is done every so many days, whatever weekday that is.
    pub(super) is_repeated: bool,
    /// The weekday that the programme means, if it is done every so many days and this is a day on which that holds.
    pub(super) repeated_on: Option<MeantDay>,
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

/// A weekday that a programme means.
#[derive(Clone, Copy)]
pub(crate) struct MeantDay {
    pub(crate) weekday: Weekday,
    /// Days since the first day of the plan if it began on a Monday and no schedule moved anything.
    pub(crate) usual_day: u32,
    /// Whether it is on that weekday in all the weeks of its phase, rather than in the first one.
    pub(crate) is_weekly: bool,
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

impl<'a> SessionView<'a> {
    pub(super) fn new(catalog: &'a CatalogView<'a>, planned: &'a PlannedSession, name: &str, volume: Decimal) -> Self {
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
            is_repeated: false,
            repeated_on: None,
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
        self.moved_from().is_some()
    }

    /// The day on which it would be, if its reader has moved it.
    pub(crate) fn moved_from(&self) -> Option<Date> {
        self.planned.moved_from
    }

    /// What a schedule knows it by: `w3-strength-a`.
    pub(crate) fn slot(&self) -> &'a str {
        &self.planned.slot
    }

    /// How long it takes, as far as that is known.
    pub(crate) fn duration(&self) -> Option<Duration> {
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

    /// Whether the same is done in it, and in what may be done instead, as in another writing of it.
    pub(crate) fn does_the_same_as(&self, other: &PlannedSession) -> bool {
        let PlannedSession { parts, or, .. } = self.planned;
        (parts, or) == (&other.parts, &other.or)
    }

    /// Whether what a progression names is the same in it, and in what may be done instead, as in another writing of it.
    pub(crate) fn has_the_same(&self, other: &PlannedSession, progression: &Progression) -> bool {
        let is_same = |session: &Id<Session>, one: &[PlannedPart], other: &[PlannedPart]| {
            let of = &progression.of;
            !progression.is_for(session, &self.name)
                || (items(one, of), step_of(one, of)) == (items(other, of), step_of(other, of))
        };
        let PlannedSession { session, parts, or, .. } = self.planned;
        let mut choices = or.iter().zip(&other.or);
        is_same(session, parts, &other.parts)
            && choices.all(|(one, other)| is_same(&one.session, &one.parts, &other.parts))
    }

    /// What it is called within its week: its session where its place in the week is a number only, as in a rotation.
    pub(crate) fn name_in_week(&self) -> &'a str {
        let place = self.planned.place();
        if place.bytes().all(|byte| byte.is_ascii_digit()) { self.planned.session.as_str() } else { place }
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
            Day::Weekday(day) if !self.is_repeated => Some(day),
            Day::Weekday(_) | Day::Number(_) => None,
        }
    }

    /// The weekday by which it has a place in the order of its week: also where something is done every so many days from it on.
    pub(crate) fn place_in_week(&self) -> Option<MeantDay> {
        let of_week = |weekday| MeantDay { weekday, usual_day: self.usual_day, is_weekly: true };
        self.meant_weekday().map(of_week).or(self.repeated_on)
    }

    /// Whether the programme names its day by a number; not so what is done every so many days.
    pub(crate) fn is_numbered(&self) -> bool {
        matches!(self.day_of_week(), Day::Number(_)) && !self.is_repeated
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
        let work = PlannedPart::work(self.done.parts);
        work.flat_map(|block| {
            let is_by_the_clock = block.group_format().is_some_and(|format| format.is_by_the_clock());
            let is_in_tabata = matches!(block.group_format(), Some(GroupFormat::Tabata { .. }));
            block.growing().into_iter().map(move |names| Changing { names, is_by_the_clock, is_in_tabata })
        })
    }

    /// The step of the work that a progression names.
    pub(crate) fn step(&self, of: &Grows) -> Option<&'a RunStep> {
        step_of(self.done.parts, of)
    }

    /// Whether it has the step that a progression names, as long or as often as the list of the progression says for a week of the phase,
    /// 0 for the first.
    pub(crate) fn has_step_of(&self, progression: &Progression, week: usize) -> bool {
        match (self.step(&progression.of), &progression.scheme) {
            (Some(RunStep::Stretch(stretch)), Scheme::Lengths(list)) => list.get(week) == Some(&stretch.length),
            (Some(RunStep::Repeat(repeat)), Scheme::Repeats(list)) => {
                list.get(week).is_some_and(|times| times.0 == repeat.times)
            }
            (step, _) => step.is_some(),
        }
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

fn is_training(kind: SessionKind) -> bool {
    !matches!(kind, SessionKind::Rest | SessionKind::Mobility | SessionKind::Walk)
}

/// The exercises of the work that a progression names, each with how it alternates with others.
fn items<'p>(parts: &'p [PlannedPart], of: &Grows) -> Vec<(&'p PlannedItem, Option<GroupFormat>)> {
    let is_named = |item: &PlannedItem| match of {
        Grows::Exercise(exercise) => item.exercise == *exercise,
        Grows::Item(id) => item.id.as_ref() == Some(id),
        Grows::Step(_) => false,
    };
    let blocks = PlannedPart::work(parts);
    let items = blocks.flat_map(|block| block.items().iter().map(|item| (item, block.group_format())));
    items.filter(|(item, _)| is_named(item)).collect()
}

/// The step of the work that a progression names.
fn step_of<'p>(parts: &'p [PlannedPart], of: &Grows) -> Option<&'p RunStep> {
    fn named<'r>(steps: &'r [RunStep], id: &Id<RunStep>) -> Option<&'r RunStep> {
        steps.iter().find_map(|step| if step.id() == Some(id) { Some(step) } else { named(step.inner(), id) })
    }
    let Grows::Step(id) = of else { return None };
    let work = PlannedPart::work(parts);
    work.filter_map(PlannedBlock::run).find_map(|steps| named(steps, id))
}
