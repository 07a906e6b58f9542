//! How long a session takes, from what it states: sets, repetitions and their tempo, holds, times, rests, and distances at
//! a pace.

use rust_decimal::Decimal;

use super::{PlannedBlock, PlannedItem, PlannedPart};
use crate::model::{
    Dose, GroupFormat, Manner, RunStep, RunTarget, Stated, StepLength, Stretch, Target, TargetUnit, WorkAmount,
};
use crate::quantity::{Beat, Duration, Extent, LengthUnit, PerSet, Tempo, TimeUnit};
use crate::vocabulary::{SetType, Sport};

/// A repetition without a tempo, in seconds: a second and a half each way.
const REPETITION: u32 = 3;
/// A rest between sets of repetitions that is not stated, in seconds.
const REST: u32 = 60;
/// Repetitions where there are as many as possible.
const AS_MANY: u32 = 10;
/// Reckoned times above so many minutes are rounded up to a multiple of them, because a session with rests, repetitions or a pace
/// is not known more closely; shorter ones, and those that are timed throughout, are in whole minutes.
const GRAIN: u32 = 5;

/// The time of a session, a part or a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reckoned {
    /// The seconds that it takes at least by what is stated.
    pub least: Decimal,
    /// The seconds that it takes in the middle of what is stated, with conventions for what is not: three seconds for a
    /// repetition, a minute between sets of them.
    pub usual: Decimal,
    /// Metres whose pace is not stated, the least of them.
    pub unpaced_metres: Decimal,
    /// Whether a step is open: it takes a time that nobody can know, and goes a way that nobody knows either.
    pub is_open: bool,
}

impl Reckoned {
    /// What a session with these parts takes. Texts take no time, because they do not say any.
    pub fn of<'p>(parts: impl IntoIterator<Item = &'p PlannedPart>) -> Self {
        let sums = parts.into_iter().map(|part| blocks(&part.blocks));
        sums.fold(Self::default(), Self::and)
    }

    fn exactly(seconds: Decimal) -> Self {
        Self { least: seconds, usual: seconds, ..Self::default() }
    }

    fn between(seconds: Extent<Decimal>) -> Self {
        let usual = seconds.low().saturating_add(seconds.high()) / Decimal::TWO;
        Self { least: seconds.low(), usual, ..Self::default() }
    }

    fn open() -> Self {
        Self { is_open: true, ..Self::default() }
    }

    fn and(self, other: Self) -> Self {
        Self {
            least: self.least.saturating_add(other.least),
            usual: self.usual.saturating_add(other.usual),
            unpaced_metres: self.unpaced_metres.saturating_add(other.unpaced_metres),
            is_open: self.is_open || other.is_open,
        }
    }

    fn divided(self, by: usize) -> Self {
        let part = |amount: Decimal| amount.checked_div(Decimal::from(by)).unwrap_or(amount);
        Self {
            least: part(self.least),
            usual: part(self.usual),
            unpaced_metres: part(self.unpaced_metres),
            is_open: self.is_open,
        }
    }

    fn times(self, times: Extent<u32>) -> Self {
        let [low, high] = [times.low(), times.high()].map(Decimal::from);
        Self {
            least: self.least.saturating_mul(low),
            usual: self.usual.saturating_mul((low + high) / Decimal::TWO),
            unpaced_metres: self.unpaced_metres.saturating_mul(low),
            is_open: self.is_open,
        }
    }
}

/// Whether any of the work is counted, rather than a text.
pub(super) fn counts(parts: &[PlannedPart]) -> bool {
    PlannedPart::work(parts).any(|block| !matches!(block, PlannedBlock::Text(..)))
}

/// How long a session with these parts takes, in whole minutes; `None` where that depends on the reader: a distance without a
/// pace, an open step, or work that is a text alone.
pub(super) fn duration(parts: &[PlannedPart]) -> Option<Duration> {
    if !counts(parts) {
        return None;
    }
    let reckoned = Reckoned::of(parts);
    if reckoned.is_open || !reckoned.unpaced_metres.is_zero() || reckoned.usual.is_zero() {
        return None;
    }
    let minutes = Duration::minutes(reckoned.usual).amount.low();
    let grain = Decimal::from(GRAIN);
    let is_known = minutes <= grain || is_timed(parts);
    let rounded = if is_known { minutes } else { (minutes / grain).ceil().saturating_mul(grain) };
    Some(Duration::minutes(rounded.saturating_mul(Decimal::from(60))))
}

/// Whether all that there is to do is steps of a run, each with one time.
fn is_timed(parts: &[PlannedPart]) -> bool {
    let mut blocks = parts.iter().flat_map(|part| &part.blocks);
    blocks.all(|block| block.run().is_some_and(|steps| steps.iter().all(is_timed_step)))
}

fn is_timed_step(step: &RunStep) -> bool {
    match step {
        RunStep::Stretch(stretch) => {
            matches!(stretch.length, StepLength::Time(time) if time.amount.low() == time.amount.high())
        }
        RunStep::Repeat(repeat) => repeat.times.low() == repeat.times.high() && repeat.steps.iter().all(is_timed_step),
    }
}

fn blocks(blocks: &[PlannedBlock]) -> Reckoned {
    let (mut sum, mut before): (Reckoned, Option<&PlannedItem>) = (Reckoned::default(), None);
    for block in blocks {
        sum = sum.and(match block {
            PlannedBlock::Item(item) => {
                // Sets of the same exercise that differ are items of their own.
                let again = before.filter(|before| before.exercise == item.exercise);
                let rest = again.map_or(Reckoned::default(), |before| rest_after(&before.dose, &item.dose));
                straight_sets(&item.dose).and(rest)
            }
            PlannedBlock::Group { format, items } => group(*format, items),
            PlannedBlock::Run(steps) => run(steps),
            PlannedBlock::Text(..) => Reckoned::default(),
        });
        before = match block {
            PlannedBlock::Item(item) => Some(item),
            PlannedBlock::Group { .. } | PlannedBlock::Run(_) | PlannedBlock::Text(..) => None,
        };
    }
    sum
}

fn straight_sets(dose: &Dose) -> Reckoned {
    let pauses = dose.sets.map(|sets| sets.saturating_sub(1));
    work_of_sets(dose).and(rest(dose).times(pauses))
}

/// All sets without the rests between.
fn work_of_sets(dose: &Dose) -> Reckoned {
    match dose.work.amounts() {
        PerSet::All(amount) => set(dose, amount).times(dose.sets),
        PerSet::Each(amounts) => {
            let all = amounts.iter().map(|amount| set(dose, *amount)).fold(Reckoned::default(), Reckoned::and);
            // One for each round of a block is one set of this length on average.
            if dose.sets == Extent::one(1) { all.divided(amounts.len()) } else { all }
        }
    }
}

/// One set, on both sides if each of them does it.
fn set(dose: &Dose, amount: WorkAmount) -> Reckoned {
    let open = |least| Reckoned { least, ..repetitions(dose, Extent::one(AS_MANY)) };
    let once = match amount {
        WorkAmount::Count(count) => repetitions(dose, count),
        WorkAmount::AtLeast(least) => repetitions(dose, Extent::one(least)),
        WorkAmount::AsManyAsPossible | WorkAmount::UntilTired => open(Decimal::ZERO),
        WorkAmount::Time(time) => Reckoned::between(time.seconds()),
        WorkAmount::Distance(distance) => Reckoned { unpaced_metres: distance.metres().low(), ..Reckoned::default() },
    };
    once.times(Extent::one(if dose.is_per_side() { 2 } else { 1 }))
}

fn repetitions(dose: &Dose, count: Extent<u32>) -> Reckoned {
    let once = match dose.tempo {
        Stated::Is(tempo) => Reckoned::exactly(seconds_of(tempo)),
        Stated::Unknown | Stated::None => Reckoned { usual: Decimal::from(REPETITION), ..Reckoned::default() },
    };
    let held = dose.held.map_or(Reckoned::default(), |held| Reckoned::between(held.seconds()));
    once.and(held).times(count)
}

fn seconds_of(Tempo(beats): Tempo) -> Decimal {
    let seconds = beats.map(|beat| match beat {
        Beat::Seconds(seconds) => Decimal::from(seconds),
        // As fast as possible.
        Beat::Explosive => Decimal::ZERO,
    });
    seconds.into_iter().sum()
}

fn rest(dose: &Dose) -> Reckoned {
    match dose.rest {
        // The load falls and the work goes on.
        Stated::Unknown if dose.set_type == SetType::Dropset && dose.sets == Extent::one(1) => Reckoned::default(),
        Stated::Is(rest) => Reckoned::between(rest.seconds()),
        Stated::None => Reckoned::default(),
        Stated::Unknown if dose.work.kind().manner() == Manner::Repeated => {
            Reckoned { usual: Decimal::from(REST), ..Reckoned::default() }
        }
        Stated::Unknown => Reckoned::default(),
    }
}

/// The rest between two doses of an exercise: what the first says, else as between the sets of the second.
fn rest_after(dose: &Dose, next: &Dose) -> Reckoned {
    match dose.rest {
        Stated::Is(_) | Stated::None if next.set_type != SetType::Dropset => rest(dose),
        Stated::Is(_) | Stated::None | Stated::Unknown => rest(next),
    }
}

fn group(format: GroupFormat, items: &[PlannedItem]) -> Reckoned {
    let through = |rounds: Extent<u32>| rounds.map(|rounds| rounds.saturating_mul(items.len().try_into().unwrap_or(1)));
    match format {
        GroupFormat::Superset { rounds, rest } | GroupFormat::Circuit { rounds, rest } => {
            let once = items.iter().map(|item| straight_sets(&item.dose)).fold(Reckoned::default(), Reckoned::and);
            let rest = rest.map_or(Reckoned::default(), |rest| Reckoned::between(rest.seconds()));
            once.times(rounds).and(rest.times(rounds.map(|rounds| rounds.saturating_sub(1))))
        }
        GroupFormat::Emom { every, rounds } => Reckoned::between(every.seconds()).times(through(rounds)),
        GroupFormat::Amrap { time } => Reckoned::between(time.seconds()),
        GroupFormat::Tabata { rounds, work, rest } => {
            Reckoned::between(work.seconds()).and(Reckoned::between(rest.seconds())).times(through(rounds))
        }
    }
}

fn run(steps: &[RunStep]) -> Reckoned {
    let each = steps.iter().map(|step| match step {
        RunStep::Stretch(stretch) => of_stretch(stretch),
        RunStep::Repeat(repeat) => run(&repeat.steps).times(repeat.times),
    });
    each.fold(Reckoned::default(), Reckoned::and)
}

fn of_stretch(stretch: &Stretch) -> Reckoned {
    let distance = match stretch.length {
        StepLength::Time(time) => return Reckoned::between(time.seconds()),
        StepLength::Open => return Reckoned::open(),
        StepLength::Distance(distance) => distance.metres(),
    };
    // Nobody rides or swims at the pace of runners.
    let is_run = stretch.sport.is_none_or(Sport::is_on_foot);
    let unpaced = || Reckoned { unpaced_metres: distance.low(), ..Reckoned::default() };
    let unpaced = || if is_run { unpaced() } else { Reckoned::open() };
    let first = stretch.target.and_then(|target| match target {
        RunTarget::Steady(target) => seconds_over(target, distance),
        RunTarget::Ramp(..) => seconds_at(target.speed()?, distance),
    });
    let second = || stretch.and.and_then(|target| seconds_over(target, distance));
    first.or_else(second).map_or_else(unpaced, Reckoned::between)
}

/// How long so many metres take at so many metres a second.
fn seconds_at(speed: Extent<Decimal>, metres: Extent<Decimal>) -> Option<Extent<Decimal>> {
    let time = |metres: Decimal, speed: Decimal| Some(metres.checked_div(speed)?.round_dp(3));
    Extent::new(time(metres.low(), speed.high())?, time(metres.high(), speed.low())?)
}

/// How long so many metres take, if the target says how fast.
fn seconds_over(target: Target, metres: Extent<Decimal>) -> Option<Extent<Decimal>> {
    let (seconds, over) = match target {
        Target::Pace(pace) | Target::Reckoned { pace, .. } => {
            (pace.seconds.map(Decimal::from), Extent::one(pace.unit.metres()))
        }
        Target::Amount(speed) => {
            let unit = match speed.unit {
                TargetUnit::KilometresPerHour => LengthUnit::Kilometre,
                TargetUnit::MilesPerHour => LengthUnit::Mile,
                _ => return None,
            };
            let an_hour = TimeUnit::Hour.seconds();
            (Extent::one(an_hour), speed.amount.map(|amount| amount.saturating_mul(unit.metres())))
        }
        Target::Named(_) | Target::Zone(_) | Target::Rpe(_) => return None,
    };
    let least = metres.low().saturating_mul(seconds.low()).checked_div(over.high())?;
    let most = metres.high().saturating_mul(seconds.high()).checked_div(over.low())?;
    Extent::new(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Session;
    use crate::reference::{Id, Reference};
    use crate::vocabulary::Section;

    fn dose(json: serde_json::Value) -> Dose {
        serde_json::from_value(json).expect("a dose")
    }

    fn item(exercise: &str, json: serde_json::Value) -> PlannedItem {
        PlannedItem::new(exercise.parse().expect("an id"), dose(json))
    }

    fn of(block: PlannedBlock) -> Option<String> {
        let main = PlannedPart { section: Section::Main, blocks: vec![block] };
        duration(&[main]).map(|time| time.to_string())
    }

    fn straight(json: serde_json::Value) -> Option<String> {
        of(PlannedBlock::Item(item("lift", json)))
    }

    fn run(json: serde_json::Value) -> Option<String> {
        of(PlannedBlock::Run(serde_json::from_value(json).expect("steps")))
    }

    #[test]
    fn sets_take_their_repetitions_and_the_rests_between() {
        use serde_json::json;
        let min = |minutes: u32| Some(format!("{minutes} min"));
        // 5 sets of 10 at 6 s, 4 rests of 2 min: 13 min.
        assert_eq!(straight(json!({"sets": 5, "reps": 10, "tempo": "3-1-2-0", "rest": "2 min"})), min(15));
        assert_eq!(straight(json!({"sets": 4, "hold": "30 s", "per_side": true, "rest": "30-60 s"})), min(10));
        assert_eq!(straight(json!({"sets": 3, "reps": 20, "rest": "none"})), min(3), "3 s each");
        assert_eq!(straight(json!({"sets": 2, "reps": "amrap"})), min(2), "ten, and a minute between");
        assert_eq!(straight(json!({"time": "20-30 min"})), min(25));
        assert_eq!(straight(json!({"distance": "5 km"})), None, "nobody knows the pace");
    }

    /// The least and the usual seconds of a dose, and its metres without a pace.
    fn reckoned(json: serde_json::Value) -> [u32; 3] {
        let Reckoned { least, usual, unpaced_metres, .. } = straight_sets(&dose(json));
        [least, usual, unpaced_metres].map(|amount| amount.try_into().expect("whole"))
    }

    #[test]
    fn what_is_stated_takes_at_least_so_long_and_conventions_only_usually() {
        use serde_json::json;
        assert_eq!(reckoned(json!({"reps": 10, "tempo": "3-1-2-0"})), [60, 60, 0]);
        assert_eq!(reckoned(json!({"reps": 10})), [0, 30, 0]);
        assert_eq!(reckoned(json!({"sets": 2, "hold": "20-40 s", "rest": "30-60 s"})), [70, 105, 0]);
        assert_eq!(reckoned(json!({"sets": 2, "reps": "amrap", "tempo": "1-0-1-0", "rest": "none"})), [0, 40, 0]);
        assert_eq!(reckoned(json!({"sets": 2, "reps": "5+", "tempo": "1-0-1-0", "rest": "none"})), [20, 20, 0]);
        assert_eq!(reckoned(json!({"sets": 2, "distance": "400 m", "rest": "90 s"})), [90, 90, 800]);
        assert_eq!(reckoned(json!({"sets": 2, "time": "3 min"})), [360, 360, 0], "no rest but one that is stated");
        let drop = json!({"reps": 10, "set_type": "dropset"});
        assert_eq!(rest(&dose(drop)).usual, Decimal::ZERO);
        assert_eq!(rest(&dose(json!({"sets": 2, "reps": 10, "set_type": "dropset"}))).usual, Decimal::from(60));
    }

    #[test]
    fn one_amount_for_each_round_takes_their_average_each_time() {
        use serde_json::json;
        let each = dose(json!({"reps": [20, 10, 6]}));
        assert_eq!(work_of_sets(&each).usual, Decimal::from(108));
        assert_eq!(work_of_sets(&Dose { sets: Extent::one(1), ..each }).usual, Decimal::from(36));
        let ways = dose(json!({"distance": ["400 m", "200 m"]}));
        assert_eq!(work_of_sets(&Dose { sets: Extent::one(1), ..ways }).unpaced_metres, Decimal::from(300));
    }

    #[test]
    fn groups_go_by_their_rounds_or_their_clock() {
        use serde_json::json;
        let two = || vec![item("a", json!({"reps": 10})), item("b", json!({"hold": "30 s"}))];
        let of = |format| of(PlannedBlock::Group { format, items: two() });
        let time = |text: &str| text.parse::<Duration>().expect("a time");
        let rounds = Extent::one(3);
        assert_eq!(of(GroupFormat::Superset { rounds, rest: Some(time("60 s")) }).as_deref(), Some("5 min"));
        assert_eq!(of(GroupFormat::Circuit { rounds, rest: None }).as_deref(), Some("3 min"));
        assert_eq!(of(GroupFormat::Emom { every: time("1 min"), rounds }).as_deref(), Some("10 min"));
        assert_eq!(of(GroupFormat::Amrap { time: time("12 min") }).as_deref(), Some("15 min"));
        let tabata = GroupFormat::Tabata { rounds: Extent::one(8), work: time("20 s"), rest: time("10 s") };
        assert_eq!(of(tabata).as_deref(), Some("10 min"));
    }

    #[test]
    fn runs_take_their_times_and_their_distances_at_a_pace() {
        use serde_json::json;
        assert_eq!(run(json!([{"duration": "10 km", "target": "5:00/km"}])).as_deref(), Some("50 min"));
        assert_eq!(run(json!([{"duration": "30 km", "target": "30 km/h"}])).as_deref(), Some("60 min"));
        assert_eq!(run(json!([{"duration": "12 mi", "target": "12 mph"}])).as_deref(), Some("60 min"));
        assert_eq!(
            run(json!([{"duration": "10 km", "target": "6:00 to 4:00/km"}])).as_deref(),
            Some("50 min"),
            "a ramp"
        );
        let unpaced = |json| {
            Reckoned::of(&[PlannedPart {
                section: Section::Main,
                blocks: vec![PlannedBlock::Run(serde_json::from_value(json).expect("steps"))],
            }])
            .unpaced_metres
        };
        assert_eq!(
            unpaced(json!([{"duration": "8-10 km"}, {"duration": "1 km", "target": "5:00/km"}])),
            Decimal::from(8000)
        );
        let repeats = json!([{"repeat": 4, "steps": [{"duration": "3 min"}, {"duration": "2 min"}]}]);
        assert_eq!(run(repeats).as_deref(), Some("20 min"));
        let timed =
            json!([{"duration": "5 min"}, {"repeat": 6, "steps": [{"duration": "90 s"}, {"duration": "2 min"}]}]);
        assert_eq!(run(timed).as_deref(), Some("26 min"), "known to the minute");
        assert_eq!(run(json!([{"duration": "22-28 min"}, {"duration": "1 min"}])).as_deref(), Some("30 min"));
        let more = json!([{"repeat": "2-4", "steps": [{"duration": "7 min"}]}]);
        assert_eq!(run(more).as_deref(), Some("25 min"));
        let paced = json!([{"duration": "11 min"}, {"duration": "1 km", "target": "5:00/km"}]);
        assert_eq!(run(paced).as_deref(), Some("20 min"));
        assert_eq!(run(json!([{"duration": "10 km", "target": "easy pace"}])), None);
        assert_eq!(run(json!([{"duration": "20 min"}, {"duration": "open"}])), None);
    }

    #[test]
    fn sets_of_one_exercise_that_differ_rest_between() {
        use serde_json::json;
        let sets = |count: usize| vec![PlannedBlock::Item(item("lift", json!({"reps": 20}))); count];
        let part = |count| [PlannedPart { section: Section::Main, blocks: sets(count) }];
        assert_eq!(Reckoned::of(&part(3)).usual, Decimal::from(3 * 60 + 2 * 60));
        assert_eq!(Reckoned::of(&part(1)).usual, Decimal::from(60));
        let row = |doses: &[serde_json::Value]| {
            let blocks = doses.iter().map(|dose| PlannedBlock::Item(item("lift", dose.clone()))).collect();
            Reckoned::of(&[PlannedPart { section: Section::Main, blocks }]).usual
        };
        let top = json!({"reps": 5, "rest": "20 min"});
        assert_eq!(row(&[top.clone(), json!({"reps": 5, "rest": "1 min"})]), Decimal::from(15 + 1200 + 15));
        assert_eq!(row(&[json!({"reps": 5, "rest": "none"}), json!({"reps": 5})]), Decimal::from(15 + 15));
        let drop = json!({"reps": 5, "set_type": "dropset"});
        assert_eq!(row(&[top, drop.clone()]), Decimal::from(15 + 15), "a drop follows at once");
        assert_eq!(row(&[drop, json!({"reps": 5, "rest": "1 min"})]), Decimal::from(15 + 60 + 15));
    }

    #[test]
    fn nothing_is_reckoned_where_the_work_is_a_text() {
        let owner: Id<Session> = "s".parse().expect("an id");
        let text = || PlannedBlock::Text(Reference::from(&owner), "t".parse().expect("an id"));
        let warm_up = PlannedBlock::Item(item("jog", serde_json::json!({"time": "10 min"})));
        let part = |section, blocks| PlannedPart { section, blocks };
        let parts = [part(Section::WarmUp, vec![warm_up]), part(Section::Main, vec![text()])];
        assert_eq!(duration(&parts), None);
    }

    #[test]
    fn no_time_is_too_long_to_be_reckoned() {
        let most = Duration { amount: Extent::one(Decimal::MAX), unit: TimeUnit::Hour };
        let endless = Dose { sets: Extent::one(1000), ..Dose::of(crate::model::Work::Time(most.into())) };
        assert_eq!(straight_sets(&endless).usual, Decimal::MAX);
    }
}
