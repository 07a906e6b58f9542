//! Amounts as readers see them: doses, durations, loads.

use regimen_catalog::language::Direction;
use regimen_catalog::model::{Dose, DoseSide, Stated, WorkAmount, WorkWords};
use regimen_catalog::quantity::{
    Distance, Duration, Extent, Interval, LengthUnit, Load, LoadUnit, Measured, PerSet, Rpe, TimeUnit,
};
use regimen_catalog::vocabulary::{Counted, Label, SetType, UnitName};

use super::Writer;
use crate::direction::isolated;

impl Writer<'_> {
    /// The work of a dose: "3 × 8–12 each side", "12, 10, 8 reps, 2 times a day".
    pub(crate) fn work(self, dose: &Dose) -> String {
        let separator = self.language.label(Label::ListSeparator);
        let mut text = self.work_each_time(dose);
        text.extend(self.times_of_day(dose).map(|often| format!("{separator}{often}")));
        self.in_order(text)
    }

    /// The same without how often it is done on a day.
    pub(super) fn work_each_time(self, dose: &Dose) -> String {
        let separator = self.language.label(Label::ListSeparator);
        let mut text = self.sets_of_work(dose);
        text.extend(dose.side.get().map(|side| {
            let side = self.language.label(side_label(*side));
            format!(" {}", if self.in_words { unbroken(side) } else { side.to_owned() })
        }));
        text.extend(dose.held.map(|held| {
            let held = self.language.fill(Label::HoldEach, &[("time", &self.time(&held))]);
            format!("{separator}{held}")
        }));
        text
    }

    /// "3 × 8–12", "12, 10, 8 reps", "hold 30 s"
    fn sets_of_work(self, dose: &Dose) -> String {
        let (words, amounts) = (dose.work.kind().words(), dose.work.amounts());
        let texts: Vec<String> = amounts.iter().map(|amount| self.work_amount(*amount)).collect();
        let amount = texts.join(self.language.label(Label::ListSeparator));
        let single = dose.sets == Extent::one(1) || amounts.sets().is_some();
        let last = amounts.iter().map(|amount| match amount {
            WorkAmount::Count(count) => Some(count.high()),
            // "1+" are several.
            WorkAmount::AtLeast(least) => Some((*least).max(2)),
            WorkAmount::AsManyAsPossible | WorkAmount::UntilTired | WorkAmount::Time(_) | WorkAmount::Distance(_) => {
                None
            }
        });
        let last = last.reduce(|all, one| all.and(one)).flatten();
        let work = match (words, last) {
            // "3 × 8" is repetitions wherever people train; every other count says what it is of.
            (WorkWords::Count(counted), Some(last)) if single || counted != Counted::Reps => {
                self.language.count_written(counted, &amount, last)
            }
            (WorkWords::Around(label, name), _) => self.language.fill(label, &[(name, &amount)]),
            (WorkWords::Count(_) | WorkWords::Amount, _) => amount,
        };
        if single {
            return work;
        }
        if self.in_words {
            // In a narrow cell, the line breaks between both or nowhere.
            let sets = unbroken(&self.language.count(Counted::Sets, dose.sets));
            return self.language.fill(Label::SetsOf, &[("sets", &sets), ("work", &unbroken(&work))]);
        }
        let sets = range(&dose.sets.low().to_string(), &dose.sets.high().to_string());
        self.language.fill(Label::SetsTimes, &[("sets", &sets), ("work", &work)])
    }

    fn work_amount(self, amount: WorkAmount) -> String {
        match amount {
            WorkAmount::Count(count) => range(&count.low().to_string(), &count.high().to_string()),
            WorkAmount::AtLeast(least) => self.language.fill(Label::AtLeast, &[("n", &least.to_string())]),
            WorkAmount::AsManyAsPossible => self.label(Label::Amrap),
            WorkAmount::UntilTired => self.label(Label::UntilTired),
            WorkAmount::Time(time) => self.time(&time),
            WorkAmount::Distance(distance) => self.distance(&distance),
        }
    }

    /// "3 times a day", "every 2 h", "every other day, twice a day"; `None` for once.
    fn times_of_day(self, dose: &Dose) -> Option<String> {
        let every = dose.every.map(|every| match every {
            Interval::Time(time) => self.language.fill(Label::Every, &[("time", &self.time(&time))]),
            Interval::Days(days) => self.language.count(Counted::EveryDays, days),
        });
        let times = dose.times_per_day.filter(|times| times.high() > 1);
        let times = times.map(|times| self.language.count(Counted::TimesPerDay, times));
        let parts: Vec<String> = every.into_iter().chain(times).collect();
        (!parts.is_empty()).then(|| parts.join(self.language.label(Label::ListSeparator)))
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
        // Sets, holds, sides and days are with the work.
        let Dose { set_type, load, rpe, rir, tempo, rest, sets, pain, .. } = dose;
        let Dose { work: _, held: _, side: _, times_per_day: _, every: _, .. } = dose;
        let mut parts: Vec<String> = Vec::new();
        if *set_type != SetType::Normal {
            parts.push(self.language.label(*set_type).to_owned());
        }
        parts.extend(load.get().map(|loads| self.loads(loads)));
        parts.extend(rpe.map(|rpe| self.rpe(&rpe)));
        parts.extend(rir.map(|rir| self.language.count(Counted::RepsInReserve, rir.map(|rir| u32::from(rir.get())))));
        parts.extend(tempo.get().map(|tempo| self.language.fill(Label::Tempo, &[("tempo", &tempo.to_string())])));
        parts.extend(match rest {
            Stated::Is(rest) => Some(self.rest(rest)),
            Stated::None if sets.high() > 1 => Some(self.label(Label::NoRest)),
            Stated::None | Stated::Unknown => None,
        });
        parts.extend(pain.map(|pain| match pain.get() {
            0 => self.label(Label::NoPain),
            most => self.language.fill(Label::PainUpTo, &[("pain", &most.to_string())]),
        }));
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

    /// "60 kg", or "60, 70, 80 kg" for sets that differ; "60 kg (75 %)" of what comes to it for one person.
    pub(super) fn loads(self, loads: &PerSet<Load>) -> String {
        let shown = self.loads_as(loads, &|load| load.amount());
        let written = |load: &Load| match load {
            Load::Reckoned { written, .. } => Some(*written),
            Load::Amount(_) | Load::Band(_) => None,
        };
        let all: Option<Vec<_>> = loads.iter().map(written).collect();
        let Some([first, others @ ..]) = all.as_deref() else { return shown };
        let note = if others.iter().all(|other| other == first) {
            self.short_load(first)
        } else {
            self.loads_as(loads, &written)
        };
        self.language.fill(Label::WithNote, &[("what", &shown), ("note", &note)])
    }

    fn loads_as(self, loads: &PerSet<Load>, amount: &dyn Fn(&Load) -> Option<Measured<LoadUnit>>) -> String {
        let separator = self.language.label(Label::ListSeparator);
        let first = loads.as_slice().first().and_then(amount);
        let of_unit = |load| amount(load).filter(|amount| first.is_some_and(|first| first.unit == amount.unit));
        let alike: Option<Vec<_>> = loads.iter().map(of_unit).collect();
        match (alike.as_deref(), first) {
            (Some([_, _, ..]), Some(first)) => {
                let numbers = alike.iter().flatten().map(|load| self.numbers(&load.amount)).collect::<Vec<_>>();
                self.in_order(self.language.fill(load_unit(first.unit), &[("n", &numbers.join(separator))]))
            }
            _ => loads.iter().map(|load| self.load(load)).collect::<Vec<_>>().join(separator),
        }
    }

    fn load(self, load: &Load) -> String {
        match load {
            Load::Band(colour) => self.language.fill(Label::BandOf, &[("colour", colour)]),
            Load::Amount(amount) | Load::Reckoned { amount, .. } => self.amount(amount),
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
        self.in_order(self.language.fill(unit, &[("n", &self.numbers(amount))]))
    }

    fn numbers<T: std::fmt::Display + Copy + PartialOrd>(self, amount: &Extent<T>) -> String {
        range(&self.number(&amount.low().to_string()), &self.number(&amount.high().to_string()))
    }

    pub(super) fn number(self, written: &str) -> String {
        written.replace('.', self.language.label(Label::DecimalSign))
    }
}

pub(crate) fn range(low: &str, high: &str) -> String {
    if low == high { low.to_owned() } else { format!("{low}–{high}") }
}

fn side_label(side: DoseSide) -> Label {
    match side {
        DoseSide::Left => Label::LeftSide,
        DoseSide::Right => Label::RightSide,
        DoseSide::Affected => Label::AffectedSide,
        DoseSide::Each => Label::PerSide,
    }
}

fn length(unit: LengthUnit) -> UnitName {
    match unit {
        LengthUnit::Metre => UnitName::Metre,
        LengthUnit::Kilometre => UnitName::Kilometre,
        LengthUnit::Mile => UnitName::Mile,
        LengthUnit::Yard => UnitName::Yard,
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
        LoadUnit::PercentLast => UnitName::PercentLast,
    }
}

/// Amounts shorter than this are not parted at the end of a line.
const WHOLE: usize = 12;

/// A number stays with its unit and its repeats, a plus with what it adds, and a short amount is one word.
pub(super) fn unbroken(amount: &str) -> String {
    if amount.chars().count() <= WHOLE {
        return amount.replace(' ', "\u{a0}");
    }
    let mut before = None;
    let letters = amount.chars().map(|letter| {
        let holds = |before: char| before.is_ascii_digit() || matches!(before, '×' | '+');
        let stays = letter == ' ' && before.is_some_and(holds);
        before = Some(letter);
        if stays { '\u{a0}' } else { letter }
    });
    letters.collect()
}
