//! How long runs and weeks of running are: in distance where that is stated, else in time.

use rust_decimal::Decimal;

use super::plan::WeekView;
use super::session::SessionView;
use super::sums::{MOST, sum};
use super::unit::{RunUnit, run_unit};
use regimen_model::plan::{PlannedBlock, PlannedPart, Reckoned};
use regimen_model::vocabulary::SessionKind;

/// Seconds for a metre where no pace is stated, to compare weeks: 6:00/km.
const USUAL_PACE: Decimal = Decimal::from_parts(36, 0, 0, false, 2);
/// Seconds for a metre that a fast runner needs in training: 4:00/km.
const FAST_PACE: Decimal = Decimal::from_parts(24, 0, 0, false, 2);
/// Seconds for a metre that a slow runner needs: 8:00/km.
const SLOW_PACE: Decimal = Decimal::from_parts(48, 0, 0, false, 2);
/// Seconds for a metre that anybody needs who runs and walks: 15:00/km.
const SLOWEST_PACE: Decimal = Decimal::from_parts(9, 0, 0, false, 1);
/// What a text beside the work may take, in seconds.
const TIME_OF_A_TEXT: Decimal = Decimal::from_parts(1200, 0, 0, false, 0);
/// What it may take to get ready for an exercise, in seconds.
const TIME_TO_GET_READY: Decimal = Decimal::from_parts(300, 0, 0, false, 0);
/// Runs in minutes count in steps of five, in seconds.
const STEP_OF_RUN: u32 = 300;
/// What a run whose length is not known counts as in a week, in seconds.
const UNKNOWN_RUN: Decimal = Decimal::from_parts(3600, 0, 0, false, 0);
/// Weeks in minutes count in steps of a quarter of an hour, in seconds.
const STEP_OF_WEEK: u32 = 900;

/// What runs are measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Measure {
    /// Metres, shown in the unit of the author.
    Distance(RunUnit),
    /// Seconds, shown in minutes.
    Time,
}

impl Measure {
    /// An amount for people: "13.1 km", "8 mi", "90 min".
    pub(crate) fn shown(self, amount: Decimal) -> String {
        match self {
            Self::Distance(unit) => unit.shown(amount),
            Self::Time => format!("{} min", (amount / Decimal::from(60)).round().normalize()),
        }
    }

    /// What is measured, for messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Distance(_) => "distance",
            Self::Time => "time",
        }
    }

    /// So many per cent more than a run, rounded up to what plans count in: whole kilometres or miles, or five minutes.
    pub(crate) fn more_by(self, amount: Decimal, percent: Decimal) -> Decimal {
        self.in_steps_of(STEP_OF_RUN, amount, percent)
    }

    /// So many per cent more than a week, rounded up to whole kilometres or miles, or a quarter of an hour.
    pub(crate) fn week_more_by(self, amount: Decimal, percent: Decimal) -> Decimal {
        self.in_steps_of(STEP_OF_WEEK, amount, percent)
    }

    fn in_steps_of(self, seconds: u32, amount: Decimal, percent: Decimal) -> Decimal {
        let step = match self {
            Self::Distance(unit) => unit.metres(),
            Self::Time => Decimal::from(seconds),
        };
        let most = amount.saturating_mul((Decimal::ONE_HUNDRED + percent) / Decimal::ONE_HUNDRED);
        (most / step).ceil().saturating_mul(step)
    }
}

impl SessionView<'_> {
    /// What the work of a run takes by its steps and doses, in seconds; `None` if it is no run, or where a piece of it has no
    /// stated time.
    pub(crate) fn seconds_of_run(&self) -> Option<Decimal> {
        let reckoned = self.reckoned_work();
        let known = !self.has_text_in_work() && !reckoned.is_open && reckoned.unpaced_metres.is_zero();
        Some(reckoned.usual).filter(|seconds| self.is_run() && known && !seconds.is_zero())
    }

    /// About how many seconds are run: by its steps and doses, with 6:00/km where no pace is stated; as long as the session
    /// where a text says what is run. `None` if nobody can know.
    pub(crate) fn about_seconds(&self) -> Option<Decimal> {
        if !self.is_run() {
            return Some(Decimal::ZERO);
        }
        let reckoned = self.reckoned_work();
        if self.has_text_in_work() || reckoned.is_open {
            return self.stated_seconds();
        }
        let by_distance = reckoned.unpaced_metres.saturating_mul(USUAL_PACE);
        Some(reckoned.usual.saturating_add(by_distance)).filter(|seconds| !seconds.is_zero())
    }

    /// The metres that a run may have at most; where a time is all that is known, those of a fast runner.
    pub(crate) fn metres_at_most(&self) -> Option<Decimal> {
        let by_time = || self.about_seconds().map(|seconds| seconds / FAST_PACE);
        self.metres().or_else(by_time)
    }

    /// The seconds that a run may take at most; where a distance is all that is known, those of a slow runner.
    pub(crate) fn seconds_at_most(&self) -> Option<Decimal> {
        let by_distance = || self.metres().map(|metres| metres.saturating_mul(SLOW_PACE));
        self.seconds_of_run().or_else(by_distance).or_else(|| self.about_seconds())
    }

    /// The seconds that the session takes at least by what it states, with so many for a kilometre that is run without a pace.
    pub(crate) fn least_seconds(&self, for_a_kilometre: Decimal) -> Decimal {
        let reckoned = bounded(Reckoned::of(self.planned_parts()));
        let unpaced = if self.is_run() { reckoned.unpaced_metres } else { Decimal::ZERO };
        reckoned.least.saturating_add(unpaced.saturating_mul(for_a_kilometre) / Decimal::ONE_THOUSAND)
    }

    /// The seconds that the session takes at most by what it states: three times its usual time, so that nobody is told who rests
    /// long or runs slowly. `None` where nobody can know: a text or an open step in its work, or a way that is not run.
    pub(crate) fn most_seconds(&self) -> Option<Decimal> {
        let reckoned = bounded(Reckoned::of(self.planned_parts()));
        let way = reckoned.unpaced_metres.saturating_mul(if self.is_run() { SLOWEST_PACE } else { Decimal::ZERO });
        let is_known =
            !reckoned.is_open && !self.has_text_in_work() && (self.is_run() || reckoned.unpaced_metres.is_zero());
        let texts = self.planned_parts().iter().flat_map(|part| &part.blocks);
        let texts = texts.filter(|block| matches!(block, PlannedBlock::Text(..))).count();
        let besides = Decimal::from(texts).saturating_mul(TIME_OF_A_TEXT);
        let getting_ready = Decimal::from(self.tasks.len()).saturating_mul(TIME_TO_GET_READY);
        let stated = reckoned.usual.saturating_mul(Decimal::from(3)).saturating_add(way);
        let is_something = !reckoned.usual.is_zero() || !way.is_zero();
        (is_known && is_something).then(|| stated.saturating_add(besides).saturating_add(getting_ready))
    }

    /// The work, as far as it says how long it takes.
    fn reckoned_work(&self) -> Reckoned {
        bounded(Reckoned::of(self.work_parts()))
    }

    fn has_text_in_work(&self) -> bool {
        let mut blocks = self.work_parts().flat_map(|part| &part.blocks);
        blocks.any(|block| matches!(block, PlannedBlock::Text(..)))
    }

    pub(super) fn work_parts(&self) -> impl Iterator<Item = &PlannedPart> {
        self.planned_parts().iter().filter(|part| part.section.is_work())
    }

    /// How long the session is said to take, less in a week of less work.
    fn stated_seconds(&self) -> Option<Decimal> {
        let seconds = self.duration()?.seconds();
        let middle = seconds.low().saturating_add(seconds.high()) / Decimal::TWO;
        Some(middle.saturating_mul(self.volume) / Decimal::ONE_HUNDRED)
    }
}

fn bounded(reckoned: Reckoned) -> Reckoned {
    let Reckoned { least, usual, unpaced_metres, is_open } = reckoned;
    Reckoned { least: least.min(MOST), usual: usual.min(MOST), unpaced_metres: unpaced_metres.min(MOST), is_open }
}

/// How much is run in each week of a plan, all in one measure.
pub(crate) struct WeeklyRunning {
    pub(crate) measure: Measure,
    pub(crate) weeks: Vec<RunningOfWeek>,
}

/// How much is run in a week, a race included.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RunningOfWeek {
    /// What seven of its days have; `None` for the last days of a phase that are cut short, and for a race that states no
    /// distance.
    pub(crate) amount: Option<Decimal>,
    /// Whether the plan chose it; the length of a race is not the plan's choice.
    pub(crate) is_chosen: bool,
}

impl RunningOfWeek {
    /// What the plan chose to have run.
    pub(crate) fn chosen(self) -> Option<Decimal> {
        self.amount.filter(|_| self.is_chosen)
    }
}

impl WeeklyRunning {
    /// In distance if every run states it, else in time, with an hour for a run whose length is not known.
    pub(crate) fn of(weeks: &[WeekView<'_>]) -> Self {
        let is_race = |session: &SessionView<'_>| session.kind() == SessionKind::Race;
        let states_distance = |session: &SessionView<'_>| is_race(session) || session.metres().is_some();
        let by_distance = weeks.iter().flat_map(|week| &week.sessions).all(states_distance);
        let measure = if by_distance {
            Measure::Distance(run_unit(weeks.iter().flat_map(|week| &week.sessions)))
        } else {
            Measure::Time
        };
        let amount = |session: &SessionView<'_>| match measure {
            Measure::Distance(_) => session.metres(),
            Measure::Time if is_race(session) => session.about_seconds(),
            Measure::Time => Some(session.about_seconds().unwrap_or(UNKNOWN_RUN)),
        };
        let of_week = |week: &WeekView<'_>| {
            let amounts: Option<Vec<Decimal>> = week.sessions.iter().map(amount).collect();
            RunningOfWeek {
                amount: amounts.and_then(|amounts| week.in_seven_days(sum(amounts))),
                is_chosen: !week.sessions.iter().any(is_race),
            }
        };
        Self { measure, weeks: weeks.iter().map(of_week).collect() }
    }
}
