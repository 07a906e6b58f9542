//! The amounts of many weeks in short: the least and the most, and what they share once.

use regimen_catalog::model::{Dose, RunStep, StepLength, WorkAmount, WorkKind};
use regimen_catalog::quantity::{Extent, Load, Measured, PerSet};
use regimen_catalog::vocabulary::{Counted, Label};
use rust_decimal::Decimal;

use super::Writer;
use super::elements::SessionElement;
use super::glance::span;

/// The kind of an amount; amounts of one kind can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Count(WorkKind),
    Time,
    Distance,
    Rounds,
}

impl Writer<'_> {
    /// "3 × 6 to 3 × 8, RPE 6–7"; `None` if the weeks differ in more than amounts that can be compared.
    pub(super) fn reach(self, weeks: &[(u32, SessionElement<'_>)]) -> Option<String> {
        let sizes: Option<Vec<_>> = weeks.iter().map(|(_, element)| Some((size(element)?, element))).collect();
        let sizes = sizes?;
        let ((kind, _), _) = *sizes.first()?;
        if sizes.iter().any(|((other, _), _)| *other != kind) {
            return None;
        }
        let by_size = |((_, amount), _): &&((Kind, (Decimal, Decimal)), _)| *amount;
        let [least, most] = [sizes.iter().min_by_key(by_size)?, sizes.iter().max_by_key(by_size)?];
        let [first, last] = [self.amount_of(least.1)?, self.amount_of(most.1)?];
        let amount = if first == last {
            first
        } else {
            self.language.fill(Label::FromTo, &[("first", &first), ("last", &last)])
        };
        let doses = weeks.iter().filter_map(|(_, element)| dose(element)).collect::<Vec<_>>();
        let parts: Vec<String> = std::iter::once(amount).chain(self.efforts(&doses)?).collect();
        Some(parts.join(self.language.label(Label::ListSeparator)))
    }

    /// Load and effort over all weeks, as far as they differ.
    fn efforts(self, doses: &[&Dose]) -> Option<Vec<String>> {
        let Some(first) = doses.first() else { return Some(Vec::new()) };
        let is_alike = |dose: &&Dose| {
            let often = |dose: &Dose| (dose.times_per_day.filter(|times| times.high() > 1), dose.every);
            dose.set_type == first.set_type
                && often(dose) == often(first)
                && dose.side.get() == first.side.get()
                && dose.held == first.held
                && dose.pain == first.pain
                && dose.tempo == first.tempo
                && dose.rest == first.rest
        };
        if !doses.iter().all(is_alike) {
            return None;
        }
        let mut parts = Vec::new();
        if doses.iter().any(|dose| dose.load != first.load) {
            let Some(Load::Amount(Measured { unit, .. })) = first.load.get().and_then(PerSet::all) else { return None };
            let unit = *unit;
            let amounts: Option<Vec<_>> = doses.iter().map(|dose| amount_in(dose, unit)).collect();
            parts.push(self.amount(&Measured { amount: span(amounts?.into_iter())?, unit }));
        }
        if doses.iter().any(|dose| dose.rpe != first.rpe) {
            let ratings: Option<Vec<_>> = doses.iter().map(|dose| dose.rpe).collect();
            parts.push(self.rpe(&span(ratings?.into_iter())?));
        }
        if doses.iter().any(|dose| dose.rir != first.rir) {
            let left: Option<Vec<_>> = doses.iter().map(|dose| dose.rir).collect();
            let left = span(left?.into_iter())?.map(|rir| u32::from(rir.get()));
            parts.push(self.language.count(Counted::RepsInReserve, left));
        }
        Some(parts)
    }

    fn amount_of(self, element: &SessionElement<'_>) -> Option<String> {
        match element {
            SessionElement::Exercise(_) => dose(element).map(|dose| self.work(dose)),
            SessionElement::Step(RunStep::Repeat(repeat)) => Some(self.language.count(Counted::Rounds, repeat.times)),
            SessionElement::Step(RunStep::Stretch(stretch)) => Some(self.step_length(stretch)),
            SessionElement::Group(..) | SessionElement::Text(..) => None,
        }
    }
}

/// The dose of an exercise that has the same in all its sets, and grows without a rule for the athlete.
fn dose<'p>(element: &SessionElement<'p>) -> Option<&'p Dose> {
    match element {
        SessionElement::Exercise(items) => match items.as_slice() {
            [item] if item.instruction.is_none() => Some(&item.dose),
            _ => None,
        },
        SessionElement::Group(..) | SessionElement::Step(_) | SessionElement::Text(..) => None,
    }
}

fn amount_in(dose: &Dose, unit: regimen_catalog::quantity::LoadUnit) -> Option<Extent<Decimal>> {
    match dose.load.get()?.all()? {
        Load::Amount(load) if load.unit == unit => Some(load.amount),
        Load::Amount(_) | Load::Band(_) => None,
    }
}

/// How much the work of a set is.
fn work_size(kind: WorkKind, amount: WorkAmount) -> Option<(Kind, Extent<Decimal>)> {
    match amount {
        WorkAmount::Count(count) => Some((Kind::Count(kind), count.map(Decimal::from))),
        WorkAmount::AtLeast(_) | WorkAmount::AsManyAsPossible | WorkAmount::UntilTired => None,
        WorkAmount::Time(time) => Some((Kind::Time, time.seconds())),
        WorkAmount::Distance(distance) => Some((Kind::Distance, distance.metres())),
    }
}

/// How much an element is in all, least and most.
fn size(element: &SessionElement<'_>) -> Option<(Kind, (Decimal, Decimal))> {
    let ends = |extent: Extent<Decimal>| (extent.low(), extent.high());
    match element {
        SessionElement::Exercise(_) => {
            let dose = dose(element)?;
            let amounts = dose.work.amounts();
            let sizes: Option<Vec<_>> = amounts.iter().map(|amount| work_size(dose.work.kind(), *amount)).collect();
            let sizes = sizes?;
            let (kind, _) = *sizes.first()?;
            let all = |work: Decimal, sets: u32| work.saturating_mul(sets.into());
            let sum = |end: fn(&Extent<Decimal>) -> Decimal| {
                sizes.iter().map(|(_, work)| end(work)).fold(Decimal::ZERO, Decimal::saturating_add)
            };
            let sets = if amounts.sets().is_some() { Extent::one(1) } else { dose.sets };
            Some((kind, (all(sum(Extent::low), sets.low()), all(sum(Extent::high), sets.high()))))
        }
        SessionElement::Step(RunStep::Repeat(repeat)) => Some((Kind::Rounds, ends(repeat.times.map(Decimal::from)))),
        SessionElement::Step(RunStep::Stretch(stretch)) => match &stretch.length {
            StepLength::Time(time) => Some((Kind::Time, ends(time.seconds()))),
            StepLength::Distance(distance) => Some((Kind::Distance, ends(distance.metres()))),
            StepLength::Open => None,
        },
        SessionElement::Group(..) | SessionElement::Text(..) => None,
    }
}
