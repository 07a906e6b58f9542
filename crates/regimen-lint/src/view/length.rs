//! How long runs and weeks of running are: in distance where that is stated, else in time.

use rust_decimal::Decimal;

use super::plan::{SessionView, WeekView};
use super::unit::{RunUnit, run_unit};
use regimen_model::plan::{PlannedBlock, PlannedPart, Reckoned};
use regimen_model::vocabulary::SessionKind;

/// Seconds for a metre where no pace is stated, to compare weeks: 6:00/km.
const USUAL_PACE: Decimal = Decimal::from_parts(36, 0, 0, false, 2);
/// Seconds for a metre that a fast runner needs in training: 4:00/km.
const FAST_PACE: Decimal = Decimal::from_parts(24, 0, 0, false, 2);
/// Seconds for a metre that a slow runner needs: 8:00/km.
const SLOW_PACE: Decimal = Decimal::from_parts(48, 0, 0, false, 2);
/// Runs in minutes count in steps of five, in seconds.
const STEP_OF_RUN: u32 = 300;
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
        let reckoned = Reckoned::of(self.planned_parts());
        let unpaced = if self.is_run() { reckoned.unpaced_metres } else { Decimal::ZERO };
        reckoned.least.saturating_add(unpaced.saturating_mul(for_a_kilometre) / Decimal::ONE_THOUSAND)
    }

    /// The work, as far as it says how long it takes.
    fn reckoned_work(&self) -> Reckoned {
        Reckoned::of(self.work_parts())
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

/// How much is run in each week of a plan, all in one measure.
pub(crate) struct WeeklyRunning {
    pub(crate) measure: Measure,
    /// For each week what seven of its days have; `None` where nobody can know.
    pub(crate) weeks: Vec<Option<Decimal>>,
}

impl WeeklyRunning {
    /// In distance if every week states it, else in time. A week with a race has no amount, because its length is not the
    /// plan's choice.
    pub(crate) fn of(weeks: &[WeekView<'_>]) -> Self {
        let metres = each(weeks, SessionView::metres);
        if metres.iter().zip(weeks).all(|(metres, week)| metres.is_some() || has_race(week)) {
            let unit = run_unit(weeks.iter().flat_map(|week| &week.sessions));
            return Self { measure: Measure::Distance(unit), weeks: metres };
        }
        Self { measure: Measure::Time, weeks: each(weeks, SessionView::about_seconds) }
    }
}

fn each<'a>(weeks: &[WeekView<'a>], amount: impl Fn(&SessionView<'a>) -> Option<Decimal>) -> Vec<Option<Decimal>> {
    let of_week = |week: &WeekView<'a>| {
        let sum: Decimal = week.sessions.iter().map(&amount).sum::<Option<Decimal>>()?;
        (!has_race(week)).then(|| sum.saturating_mul(Decimal::from(7)) / Decimal::from(week.days()))
    };
    weeks.iter().map(of_week).collect()
}

fn has_race(week: &WeekView<'_>) -> bool {
    week.sessions.iter().any(|session| session.kind() == SessionKind::Race)
}
