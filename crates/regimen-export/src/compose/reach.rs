//! The amounts of many weeks in short, where one number alone changes and always in one direction: the first and the last.

use std::ops::Range;

use regimen_catalog::model::{Dose, RunStep, StepLength, WorkAmount, WorkKind};
use regimen_catalog::quantity::{Distance, Extent, LengthUnit, Load, LoadUnit, Rpe};
use regimen_catalog::vocabulary::{Counted, Label};
use rust_decimal::Decimal;

use super::Writer;
use super::elements::SessionElement;

/// The kind of an amount; amounts of one kind can be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sets,
    Count(WorkKind),
    Time,
    /// In metres and kilometres, or else in miles and yards: from miles to kilometres, no one knows what is between.
    Distance {
        is_metric: bool,
    },
    Rounds,
    Load(LoadUnit),
    Rpe,
    Reserve,
}

/// A number of a dose that may be all in which the doses of weeks differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changing {
    Sets,
    Work,
    Load,
    Rpe,
    Reserve,
}

impl Changing {
    const ALL: [Self; 5] = [Self::Sets, Self::Work, Self::Load, Self::Rpe, Self::Reserve];

    /// Whether two doses differ in nothing but this number.
    fn is_all(self, one: &Dose, other: &Dose) -> bool {
        let mut alike = other.clone();
        match self {
            Self::Sets => alike.sets = one.sets,
            Self::Work => alike.work = one.work.clone(),
            Self::Load => alike.load = one.load.clone(),
            Self::Rpe => alike.rpe = one.rpe,
            Self::Reserve => alike.rir = one.rir,
        }
        alike == *one
    }

    /// The number in a dose; `None` if it is not one for all sets.
    fn of(self, dose: &Dose) -> Option<(Kind, Extent<Decimal>)> {
        match self {
            Self::Sets => Some((Kind::Sets, dose.sets.map(Decimal::from))),
            Self::Work => work_size(dose.work.kind(), dose.work.amounts().all().copied()?),
            Self::Load => match dose.load.get()?.all()? {
                Load::Amount(load) | Load::Reckoned { amount: load, .. } => Some((Kind::Load(load.unit), load.amount)),
                Load::Band(_) => None,
            },
            Self::Rpe => dose.rpe.map(|rpe| (Kind::Rpe, rpe.map(Rpe::value))),
            Self::Reserve => dose.rir.map(|rir| (Kind::Reserve, rir.map(|rir| Decimal::from(rir.get())))),
        }
    }
}

impl Writer<'_> {
    /// "3 × 6 to 3 × 10", "3 × 5, 40 kg to 60 kg", "8 rounds to 4 rounds": from the first to the last, which are in the order of
    /// their days. `None` if they differ in more than one number, or if that rises and falls: no one could tell then what is between.
    pub(super) fn reach(self, elements: &[&SessionElement<'_>]) -> Option<String> {
        let doses: Vec<&Dose> = elements.iter().filter_map(|element| dose(element)).collect();
        if doses.len() == elements.len() {
            return self.reach_of_doses(&doses);
        }
        let sizes: Option<Vec<_>> = elements.iter().map(|element| step_size(element)).collect();
        let (first, last) = (elements.first()?, elements.last()?);
        is_steady(&sizes?).then(|| self.ends(&self.step_amount(first), &self.step_amount(last)))
    }

    /// Parts elements where they stop to change steadily; each stretch is as long as can be.
    pub(super) fn steady_stretches(self, elements: &[&SessionElement<'_>]) -> Vec<Range<usize>> {
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for (at, next) in elements.iter().enumerate() {
            match stretches.last_mut() {
                // What is between the ends of a stretch is between them in amount, too.
                Some(last) if self.reach(&[elements[last.start], elements[at - 1], next]).is_some() => {
                    last.end = at + 1;
                }
                _ => stretches.push(at..at + 1),
            }
        }
        stretches
    }

    fn reach_of_doses(self, doses: &[&Dose]) -> Option<String> {
        let (first, last) = (doses.first()?, doses.last()?);
        let is_all = |number: &Changing| doses.iter().all(|dose| number.is_all(first, dose));
        let number = Changing::ALL.into_iter().find(is_all)?;
        let sizes: Option<Vec<_>> = doses.iter().map(|dose| number.of(dose)).collect();
        if !is_steady(&sizes?) {
            return None;
        }
        let said = |dose: &Dose| match number {
            Changing::Sets | Changing::Work => Some(self.work(dose)),
            Changing::Load => dose.load.get().map(|loads| self.loads(loads)),
            Changing::Rpe => dose.rpe.map(|rpe| self.rpe(&rpe)),
            Changing::Reserve => {
                dose.rir.map(|rir| self.language.count(Counted::RepsInReserve, rir.map(|rir| u32::from(rir.get()))))
            }
        };
        let first_said = match number {
            // How often it is done stands once, behind both.
            Changing::Sets | Changing::Work => self.in_order(self.work_each_time(first)),
            Changing::Load | Changing::Rpe | Changing::Reserve => said(first)?,
        };
        let change = self.ends(&first_said, &said(last)?);
        Some(match number {
            Changing::Sets | Changing::Work => change,
            Changing::Load | Changing::Rpe | Changing::Reserve => {
                [self.work(first), change].join(self.language.label(Label::ListSeparator))
            }
        })
    }

    fn ends(self, first: &str, last: &str) -> String {
        self.language.fill(Label::FromTo, &[("first", first), ("last", last)])
    }

    fn step_amount(self, element: &SessionElement<'_>) -> String {
        match element {
            SessionElement::Step(RunStep::Repeat(repeat)) => self.language.count(Counted::Rounds, repeat.times),
            SessionElement::Step(RunStep::Stretch(stretch)) => self.step_length(stretch),
            SessionElement::Exercise(_) | SessionElement::Group(..) | SessionElement::Text(..) => String::new(),
        }
    }
}

/// Whether amounts are of one kind, and never fall or never rise.
fn is_steady(sizes: &[(Kind, Extent<Decimal>)]) -> bool {
    let all = |follows: fn(&Decimal, &Decimal) -> bool| {
        sizes.windows(2).all(|pair| {
            let [(_, one), (_, next)] = [pair[0], pair[1]];
            follows(&one.low(), &next.low()) && follows(&one.high(), &next.high())
        })
    };
    let is_one_kind = sizes.windows(2).all(|pair| pair[0].0 == pair[1].0);
    is_one_kind && (all(Decimal::le) || all(Decimal::ge))
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

/// How much the work of a set is.
fn work_size(kind: WorkKind, amount: WorkAmount) -> Option<(Kind, Extent<Decimal>)> {
    match amount {
        WorkAmount::Count(count) => Some((Kind::Count(kind), count.map(Decimal::from))),
        WorkAmount::AtLeast(_) | WorkAmount::AsManyAsPossible | WorkAmount::UntilTired => None,
        WorkAmount::Time(time) => Some((Kind::Time, time.seconds())),
        WorkAmount::Distance(distance) => Some(distance_size(&distance)),
    }
}

fn distance_size(distance: &Distance) -> (Kind, Extent<Decimal>) {
    let is_metric = match distance.unit {
        LengthUnit::Metre | LengthUnit::Kilometre => true,
        LengthUnit::Mile | LengthUnit::Yard => false,
    };
    (Kind::Distance { is_metric }, distance.metres())
}

/// How much of a run a step is.
fn step_size(element: &SessionElement<'_>) -> Option<(Kind, Extent<Decimal>)> {
    match element {
        SessionElement::Step(RunStep::Repeat(repeat)) => Some((Kind::Rounds, repeat.times.map(Decimal::from))),
        SessionElement::Step(RunStep::Stretch(stretch)) => match &stretch.length {
            StepLength::Time(time) => Some((Kind::Time, time.seconds())),
            StepLength::Distance(distance) => Some(distance_size(distance)),
            StepLength::Open => None,
        },
        SessionElement::Exercise(_) | SessionElement::Group(..) | SessionElement::Text(..) => None,
    }
}
