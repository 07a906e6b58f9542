//! Amounts as readers see them: doses, durations, loads.

use regimen_catalog::language::Direction;
use regimen_catalog::model::{Dose, Stated, WorkAmount, WorkWords};
use regimen_catalog::quantity::{Distance, Duration, Extent, LengthUnit, Load, LoadUnit, Measured, Rpe, TimeUnit};
use regimen_catalog::vocabulary::{Counted, Label, SetType, UnitName};

use super::Writer;
use crate::direction::isolated;

impl Writer<'_> {
    /// The work of a dose: "3 × 8–12 each side".
    pub(crate) fn work(self, dose: &Dose) -> String {
        let single = dose.sets == Extent::one(1);
        let amount = match dose.work.amount() {
            WorkAmount::Count(count) => range(&count.low().to_string(), &count.high().to_string()),
            WorkAmount::AsManyAsPossible => self.label(Label::Amrap),
            WorkAmount::Time(time) => self.time(&time),
            WorkAmount::Distance(distance) => self.distance(&distance),
        };
        let work = match (dose.work.kind().words(), dose.work.amount()) {
            // "3 × 8" is repetitions wherever people train; every other count says what it is of.
            (WorkWords::Count(counted), WorkAmount::Count(count)) if single || counted != Counted::Reps => {
                self.language.count(counted, count)
            }
            (WorkWords::Around(label, name), _) => self.language.fill(label, &[(name, &amount)]),
            (WorkWords::Count(_) | WorkWords::Amount, _) => amount,
        };
        let sets = range(&dose.sets.low().to_string(), &dose.sets.high().to_string());
        let mut text =
            if single { work } else { self.language.fill(Label::SetsTimes, &[("sets", &sets), ("work", &work)]) };
        if dose.is_per_side() {
            text = format!("{text} {}", self.language.label(Label::PerSide));
        }
        if dose.times_per_day > 1 {
            let times = self.language.count(Counted::TimesPerDay, Extent::one(dose.times_per_day));
            text = format!("{text}{}{times}", self.language.label(Label::ListSeparator));
        }
        self.in_order(text)
    }

    /// An amount that keeps its order where the language runs to the left.
    pub(super) fn in_order(self, text: String) -> String {
        match self.language.direction {
            Direction::LeftToRight => text,
            Direction::RightToLeft => isolated(&text),
        }
    }

    /// How the work of a dose is done: "RPE 7, tempo 3-1-1-0, rest 90 s"; may be empty.
    pub(crate) fn manner(self, dose: &Dose) -> String {
        self.manner_parts(dose).join(self.language.label(Label::ListSeparator))
    }

    /// The same in its parts.
    pub(crate) fn manner_parts(self, dose: &Dose) -> Vec<String> {
        // Sets, sides and days are with the work.
        let Dose { set_type, load, rpe, rir, tempo, rest, sets, work: _, per_side: _, times_per_day: _ } = dose;
        let mut parts: Vec<String> = Vec::new();
        if *set_type != SetType::Normal {
            parts.push(self.language.label(*set_type).to_owned());
        }
        parts.extend(load.get().map(|load| self.load(load)));
        parts.extend(rpe.map(|rpe| self.rpe(&rpe)));
        parts.extend(rir.map(|rir| self.language.count(Counted::RepsInReserve, rir.map(|rir| u32::from(rir.get())))));
        parts.extend(tempo.get().map(|tempo| self.language.fill(Label::Tempo, &[("tempo", &tempo.to_string())])));
        parts.extend(match rest {
            Stated::Is(rest) => Some(self.rest(rest)),
            Stated::None if sets.high() > 1 => Some(self.label(Label::NoRest)),
            Stated::None | Stated::Unknown => None,
        });
        parts.into_iter().map(|part| self.in_order(part)).collect()
    }

    /// Work and manner in one line.
    pub(crate) fn dose(self, dose: &Dose) -> String {
        let parts = [self.work(dose), self.manner(dose)];
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(self.language.label(Label::ListSeparator))
    }

    /// "RPE 7–8"
    pub(crate) fn rpe(self, rpe: &Extent<Rpe>) -> String {
        let number = range(&self.number(&rpe.low().to_string()), &self.number(&rpe.high().to_string()));
        self.in_order(self.language.fill(Label::Rpe, &[("rpe", &number)]))
    }

    pub(crate) fn rest(self, rest: &Duration) -> String {
        self.language.fill(Label::Rest, &[("time", &self.time(rest))])
    }

    pub(crate) fn time(self, time: &Duration) -> String {
        let unit = match time.unit {
            TimeUnit::Second => UnitName::Second,
            TimeUnit::Minute => UnitName::Minute,
            TimeUnit::Hour => UnitName::Hour,
        };
        self.measured(&time.amount, unit)
    }

    pub(crate) fn distance(self, distance: &Distance) -> String {
        self.measured(&distance.amount, length(distance.unit))
    }

    fn load(self, load: &Load) -> String {
        match load {
            Load::Band(colour) => self.language.fill(Label::BandOf, &[("colour", colour)]),
            Load::Amount(amount) => self.amount(amount),
        }
    }

    /// "2.5 kg"
    pub(crate) fn amount(self, Measured { amount, unit }: &Measured<LoadUnit>) -> String {
        self.measured(amount, load_unit(*unit))
    }

    pub(crate) fn measured<T: std::fmt::Display + Copy + PartialOrd>(
        self,
        amount: &Extent<T>,
        unit: UnitName,
    ) -> String {
        let number = range(&self.number(&amount.low().to_string()), &self.number(&amount.high().to_string()));
        self.in_order(self.language.fill(unit, &[("n", &number)]))
    }

    fn number(self, written: &str) -> String {
        written.replace('.', self.language.label(Label::DecimalSign))
    }
}

pub(crate) fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

fn length(unit: LengthUnit) -> UnitName {
    match unit {
        LengthUnit::Metre => UnitName::Metre,
        LengthUnit::Kilometre => UnitName::Kilometre,
        LengthUnit::Mile => UnitName::Mile,
    }
}

fn load_unit(unit: LoadUnit) -> UnitName {
    match unit {
        LoadUnit::Kilogram => UnitName::Kilogram,
        LoadUnit::Pound => UnitName::Pound,
        LoadUnit::PercentOneRepMax => UnitName::PercentOneRepMax,
        LoadUnit::PercentTrainingMax => UnitName::PercentTrainingMax,
        LoadUnit::PercentBodyweight => UnitName::PercentBodyweight,
        LoadUnit::RepMax => UnitName::RepMax,
    }
}
