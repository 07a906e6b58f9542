//! A plan at a glance: how often, how hard, how long, what, and for how many weeks.

use regimen_catalog::model::{Measures, RunStep, Target, TargetUnit};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedItem, PlannedSession};
use regimen_catalog::prose::Inlines;
use regimen_catalog::quantity::{Extent, Load, LoadUnit, Measured};
use regimen_catalog::vocabulary::{Counted, Label, PaceName, SessionKind};

use super::Writer;
use super::amounts::range;
use super::cards::Facts;
use super::runs::targets;
use super::writer::{separate_lines, text};
use crate::document::Block;

impl Writer<'_> {
    /// What is known of these; `None` if nothing is.
    pub(super) fn glance(self, plan: &Plan) -> Option<Block> {
        let tiles = [
            (Label::HowOften, self.how_often(plan)),
            (Label::HowHard, self.how_hard(plan)),
            (Label::HowLong, self.how_long(plan)),
            (Label::WhatKind, self.kinds(plan)),
            (Label::Length, self.length_of(plan)),
        ];
        let tiles = tiles.into_iter().filter(|(_, value)| !value.is_empty());
        let tiles: Facts = tiles.map(|(label, value)| (self.label(label), value)).collect();
        (!tiles.is_empty()).then_some(Block::Glance(tiles))
    }

    fn how_often(self, plan: &Plan) -> Inlines {
        let trained: Vec<&PlannedSession> = plan.sessions().filter(|session| !rests(session)).collect();
        let of = |meant: &dyn Fn(&PlannedSession) -> bool| {
            let times = trained.iter().filter(|session| meant(session)).map(|session| times_a_day(session));
            times.fold(Extent::one(0), plus)
        };
        // Turns and weeks that are cut short say nothing of how often it is in a week.
        let counts: Vec<Extent<u32>> = if plan.counts_days() {
            (0..plan.days() / 7).map(|week| of(&|session| session.offset / 7 == week)).collect()
        } else {
            plan.weeks.iter().map(|week| of(&|session| session.week == week.number)).collect()
        };
        let counts = counts.into_iter().filter(|count| count.high() > 0);
        let often = span(counts).map(|often| self.language.count(Counted::SessionsPerWeek, often));
        often.map(text).unwrap_or_default()
    }

    fn how_hard(self, plan: &Plan) -> Inlines {
        let asked = Asked::of(plan);
        let rir = || span(asked.rir.iter().copied()).map(|rir| self.language.count(Counted::RepsInReserve, rir));
        let spans = [span(asked.rpe.iter().copied()).map(|rpe| self.rpe(&rpe)).or_else(rir)];
        let loads = [LoadUnit::PercentOneRepMax, LoadUnit::PercentTrainingMax].map(|unit| {
            let of_unit = asked.loads.iter().filter(|load| load.unit == unit);
            span(of_unit.map(|load| load.amount)).map(|amount| self.amount(&Measured { amount, unit }))
        });
        let targets = RUN_UNITS.map(|unit| {
            let of_unit = asked.targets.iter().filter(|target| target.unit == unit);
            let amount = span(of_unit.map(|target| target.amount))?;
            Some(self.target_text(&Target::Amount(Measured { amount, unit })))
        });
        let zones = [span(asked.zones.iter().copied()).map(|zones| self.target_text(&Target::Zone(zones)))];
        let spans = spans.into_iter().chain(loads).chain(zones).chain(targets);
        separate_lines(spans.flatten().chain(self.paces_asked(&asked)))
    }

    /// The paces of a plan in one line: a few, or the slowest and the fastest of many.
    fn paces_asked(self, asked: &Asked) -> Option<String> {
        let mut said = Vec::new();
        for paces in asked.paces_of_a_kind() {
            match paces.as_slice() {
                [slowest, .., fastest] if paces.len() > MOST_PACES => {
                    let (first, last) = (self.target_text(slowest), self.target_text(fastest));
                    said.push(self.language.fill(Label::FromTo, &[("first", &first), ("last", &last)]));
                }
                few => said.extend(few.iter().map(|pace| self.target_text(pace))),
            }
        }
        (!said.is_empty()).then(|| said.join(self.language.label(Label::ListSeparator)))
    }

    fn how_long(self, plan: &Plan) -> Inlines {
        let trained = plan.sessions().filter(|session| !rests(session) && session.kind != SessionKind::Race);
        self.span_of_times(trained).map(text).unwrap_or_default()
    }

    /// How long sessions take, from the shortest to the longest; `None` if that is not known of all: the times of some are not
    /// those of each.
    pub(super) fn span_of_times<'s>(self, sessions: impl Iterator<Item = &'s PlannedSession>) -> Option<String> {
        let times = sessions.map(|session| session.duration).collect::<Option<Vec<_>>>()?;
        let first = times.first()?;
        if times.iter().all(|time| time.unit == first.unit) {
            let amount = span(times.iter().map(|time| time.amount)).unwrap_or(first.amount);
            return Some(self.time(&Measured { amount, unit: first.unit }));
        }
        let mut ordered = times;
        ordered.sort_by_key(|time| (time.seconds().low(), time.seconds().high()));
        let (least, most) = ordered.first().zip(ordered.last())?;
        Some(self.in_order(range(&self.time(least), &self.time(most))))
    }

    fn kinds(self, plan: &Plan) -> Inlines {
        let mut kinds = Vec::new();
        for session in plan.sessions().filter(|session| !rests(session)) {
            if !kinds.contains(&session.kind) {
                kinds.push(session.kind);
            }
        }
        self.joined(kinds.into_iter().map(|kind| text(self.language.label(kind))), Label::ListSeparator)
    }
}

/// What a run may ask for that does not depend on how long it is.
const RUN_UNITS: [TargetUnit; 5] = [
    TargetUnit::PercentMaxHeartRate,
    TargetUnit::PercentThresholdHeartRate,
    TargetUnit::BeatsPerMinute,
    TargetUnit::PercentThresholdPower,
    TargetUnit::Watt,
];

/// More paces than these are said by the slowest and the fastest.
const MOST_PACES: usize = 2;

fn rests(session: &PlannedSession) -> bool {
    session.kind == SessionKind::Rest
}

/// How often a session is done as a whole on its day: as often as the exercise of its work that is done least often. The others are
/// then done in between.
fn times_a_day(session: &PlannedSession) -> Extent<u32> {
    let least = work_times(session).min_by_key(|times| (times.low(), times.high()));
    let times = least.unwrap_or(Extent::one(1));
    // The reader may leave it out.
    if session.optional { Extent::new(0, times.high()).unwrap_or(times) } else { times }
}

/// Nothing is done more often on a day: once in each hour.
const MOST_TIMES: u32 = 24;

/// How often any exercise of the work of a session is done on its day, at most; at least once.
pub(super) fn most_times_a_day(session: &PlannedSession) -> u32 {
    work_times(session).map(|times| times.high()).max().unwrap_or(1).clamp(1, MOST_TIMES)
}

/// The same of one exercise.
pub(super) fn most_times_of(item: &PlannedItem) -> u32 {
    item.dose.times_a_day().high().clamp(1, MOST_TIMES)
}

/// How often all of the work of a session and how often any of it is done on its day, without what its reader may leave out.
pub(super) fn sure_times_a_day(session: &PlannedSession) -> [u32; 2] {
    let times = || work_times(session).map(|times| times.low());
    [times().min().unwrap_or(1), times().max().unwrap_or(1)]
}

fn work_times(session: &PlannedSession) -> impl Iterator<Item = Extent<u32>> {
    let work = session.items().filter(|(section, _)| section.is_work());
    work.map(|(_, item)| item.dose.times_a_day())
}

fn plus(one: Extent<u32>, other: Extent<u32>) -> Extent<u32> {
    let low = one.low().saturating_add(other.low());
    Extent::new(low, one.high().saturating_add(other.high())).unwrap_or(Extent::one(low))
}

/// The range that holds all.
pub(super) fn span<T: Copy + PartialOrd>(extents: impl Iterator<Item = Extent<T>>) -> Option<Extent<T>> {
    extents.reduce(|all, extent| {
        let low = if extent.low() < all.low() { extent.low() } else { all.low() };
        let high = if extent.high() > all.high() { extent.high() } else { all.high() };
        Extent::new(low, high).unwrap_or(all)
    })
}

/// A load that says something by itself, unlike a share of the last one.
pub(super) fn weight(load: &Load) -> Option<Measured<LoadUnit>> {
    match load {
        Load::Amount(load) if load.unit != LoadUnit::PercentLast => Some(*load),
        Load::Reckoned { amount, .. } => Some(*amount),
        Load::Amount(_) | Load::Band(_) => None,
    }
}

/// How hard the work of a plan is, as it is written.
#[derive(Default)]
struct Asked {
    rpe: Vec<Extent<regimen_catalog::quantity::Rpe>>,
    rir: Vec<Extent<u32>>,
    loads: Vec<Measured<LoadUnit>>,
    zones: Vec<Extent<u8>>,
    targets: Vec<Measured<TargetUnit>>,
    /// Paces that have a name or are stated by one, each once.
    named: Vec<Target>,
    /// Paces and speeds, each once.
    speeds: Vec<Target>,
}

impl Asked {
    fn of(plan: &Plan) -> Self {
        let mut asked = Self::default();
        let parts = plan.sessions().flat_map(|session| &session.parts).filter(|part| part.section.is_work());
        for block in parts.flat_map(|part| &part.blocks) {
            for dose in block.items().iter().map(|item| &item.dose) {
                asked.rpe.extend(dose.rpe);
                asked.rir.extend(dose.rir.map(|rir| rir.map(|rir| u32::from(rir.get()))));
                asked.loads.extend(dose.load.get().into_iter().flat_map(|loads| loads.iter()).filter_map(weight));
            }
            if let PlannedBlock::Run(steps) = block {
                asked.add_run(steps);
            }
        }
        asked
    }

    fn add_run(&mut self, steps: &[RunStep]) {
        for step in steps.iter().flat_map(RunStep::all) {
            match step {
                RunStep::Stretch(stretch) if stretch.intensity.is_work() => {
                    targets(stretch).for_each(|target| self.add_target(target));
                }
                RunStep::Stretch(_) | RunStep::Repeat(_) => {}
            }
        }
    }

    fn add_target(&mut self, target: Target) {
        match target {
            Target::Rpe(rpe) => self.rpe.push(rpe),
            Target::Zone(zone) => self.zones.push(zone),
            Target::Named(_) | Target::Reckoned { .. } => {
                self.named.extend((!self.named.contains(&target)).then_some(target));
            }
            Target::Pace(_) => self.speeds.extend((!self.speeds.contains(&target)).then_some(target)),
            Target::Amount(_) if target.measures() == Measures::Speed => {
                self.speeds.extend((!self.speeds.contains(&target)).then_some(target));
            }
            Target::Amount(amount) => self.targets.push(amount),
        }
    }

    /// The paces that can be compared, from the slowest to the fastest: those by name, but for that of a race which may be
    /// any, and those by a clock. Few of them stay in the order of the plan.
    fn paces_of_a_kind(&self) -> [Vec<Target>; 3] {
        let is_race = |pace: &&Target| name_of(pace) == Some(PaceName::Race);
        let (race, named): (Vec<&Target>, Vec<&Target>) = self.named.iter().partition(is_race);
        let (mut named, mut speeds) = (copied(named), self.speeds.clone());
        if named.len() > MOST_PACES {
            named.sort_by_key(name_of);
        }
        if speeds.len() > MOST_PACES {
            speeds.sort_by_key(|pace| pace.speed().map(|speed| (speed.low(), speed.high())));
        }
        [named, copied(race), speeds]
    }
}

/// The name of a pace that has one.
fn name_of(target: &Target) -> Option<PaceName> {
    match target {
        Target::Named(pace) | Target::Reckoned { written: pace, .. } => Some(pace.slower_name()),
        Target::Pace(_) | Target::Zone(_) | Target::Rpe(_) | Target::Amount(_) => None,
    }
}

fn copied(targets: Vec<&Target>) -> Vec<Target> {
    targets.into_iter().copied().collect()
}
