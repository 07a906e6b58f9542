//! A plan at a glance: how often, how hard, how long, what, and for how many weeks.

use regimen_catalog::model::{RunStep, RunTarget, TargetUnit};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedSession};
use regimen_catalog::prose::Inlines;
use regimen_catalog::quantity::{Extent, Load, LoadUnit, Measured};
use regimen_catalog::vocabulary::{Counted, Intensity, Label, SessionKind};

use super::Writer;
use super::amounts::range;
use super::cards::Facts;
use super::writer::{separate_lines, text};
use crate::document::Block;

impl Writer<'_> {
    /// What is known of these; `None` if nothing is.
    pub(super) fn glance(self, plan: &Plan) -> Option<Block> {
        let weeks = u32::try_from(plan.weeks.len()).unwrap_or(u32::MAX);
        let tiles = [
            (Label::HowOften, self.how_often(plan)),
            (Label::HowHard, self.how_hard(plan)),
            (Label::HowLong, self.how_long(plan)),
            (Label::WhatKind, self.kinds(plan)),
            (Label::Length, text(self.language.count(Counted::Weeks, Extent::one(weeks)))),
        ];
        let tiles = tiles.into_iter().filter(|(_, value)| !value.is_empty());
        let tiles: Facts = tiles.map(|(label, value)| (self.label(label), value)).collect();
        (!tiles.is_empty()).then_some(Block::Glance(tiles))
    }

    fn how_often(self, plan: &Plan) -> Inlines {
        let counts = plan.weeks.iter().map(|week| week.sessions.iter().filter(|session| !rests(session)).count());
        let counts = counts.filter(|count| *count > 0).filter_map(|count| u32::try_from(count).ok());
        let often = span(counts.map(Extent::one)).map(|often| self.language.count(Counted::SessionsPerWeek, often));
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
            Some(self.target_text(&RunTarget::Amount(Measured { amount, unit })))
        });
        let zones = [span(asked.zones.iter().copied()).map(|zones| self.target_text(&RunTarget::Zone(zones)))];
        let spans = spans.into_iter().chain(loads).chain(zones).chain(targets);
        let mut lines: Vec<_> = spans.flatten().collect();
        if lines.is_empty() {
            lines.extend(asked.paces.iter().map(|pace| self.target_text(pace)));
        }
        separate_lines(lines)
    }

    fn how_long(self, plan: &Plan) -> Inlines {
        let trained = plan.sessions().filter(|session| !rests(session) && session.kind != SessionKind::Race);
        self.span_of_times(trained).map(text).unwrap_or_default()
    }

    /// How long sessions take, from the shortest to the longest; `None` if none of them says.
    pub(super) fn span_of_times<'s>(self, sessions: impl Iterator<Item = &'s PlannedSession>) -> Option<String> {
        let times: Vec<_> = sessions.filter_map(|session| session.duration).collect();
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
const RUN_UNITS: [TargetUnit; 4] =
    [TargetUnit::PercentMaxHeartRate, TargetUnit::BeatsPerMinute, TargetUnit::PercentThresholdPower, TargetUnit::Watt];

fn rests(session: &PlannedSession) -> bool {
    session.kind == SessionKind::Rest
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
    /// Each once. A span of them would say nothing, because they differ with the distance.
    paces: Vec<RunTarget>,
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
        for step in steps {
            match step {
                RunStep::Repeat(repeat) => self.add_run(&repeat.steps),
                RunStep::Stretch(stretch) => {
                    let is_work = matches!(stretch.intensity, Intensity::Active | Intensity::Interval);
                    self.add_target(stretch.target.filter(|_| is_work));
                }
            }
        }
    }

    fn add_target(&mut self, target: Option<RunTarget>) {
        match target {
            Some(RunTarget::Rpe(rpe)) => self.rpe.push(rpe),
            Some(RunTarget::Zone(zone)) => self.zones.push(zone),
            Some(RunTarget::Amount(amount)) => self.targets.push(amount),
            Some(pace @ (RunTarget::Pace(_) | RunTarget::Named(_))) if !self.paces.contains(&pace) => {
                self.paces.push(pace);
            }
            Some(RunTarget::Pace(_) | RunTarget::Named(_)) | None => {}
        }
    }
}
