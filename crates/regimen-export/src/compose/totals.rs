//! How much a session and a week are in all: distances in the unit in which most of them are written, and the time of what has
//! no distance. Nothing is reckoned from a time at a pace.

use regimen_catalog::model::{RunStep, StepLength, Stretch};
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedPart, PlannedSession, PlannedWeek};
use regimen_catalog::quantity::{Distance, Duration, Extent, LengthUnit, Measured, TimeUnit};
use regimen_catalog::vocabulary::{Intensity, Label, SessionKind, Sport};
use rust_decimal::{Decimal, RoundingStrategy};

use super::Writer;
use super::amounts::range;
use super::glance::{most_times_a_day, sure_times_a_day};

/// Times of sessions are rounded up by less than this many seconds.
const ROUNDED: u32 = 300;

/// A sum of distances and times.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Total {
    /// The distance of each unit, in the order in which they come, each with the sport that its steps name.
    distances: Vec<(Option<Sport>, Distance)>,
    seconds: Option<Extent<Decimal>>,
}

impl Total {
    /// All of a session; `None` if part of it is not known.
    pub(super) fn of_session(session: &PlannedSession) -> Option<Self> {
        let mut total = Self::default();
        if session.kind == SessionKind::Rest {
            return Some(total);
        }
        let runs: Vec<&[RunStep]> =
            session.parts.iter().flat_map(|part| &part.blocks).filter_map(PlannedBlock::run).collect();
        // A text beside steps is no more than what they say, unless the session says how long all of it takes.
        let is_told = !runs.is_empty() && (session.duration.is_none() || session.has_reckoned_duration());
        let is_other =
            |block: &PlannedBlock| block.run().is_none() && !(is_told && matches!(block, PlannedBlock::Text(..)));
        let has_other_work = PlannedPart::work(&session.parts).any(is_other);
        let once = Extent::one(Decimal::ONE);
        if runs.is_empty() || has_other_work || !runs.iter().all(|steps| total.add_run(steps, once)) {
            total = Self { seconds: Some(session.duration?.seconds()), ..Self::default() };
        }
        // The sport of a session goes without saying.
        total = total.but_for(|sport| Sport::of(session.kind) == Some(sport));
        // A session that is known by its time has one time everywhere: that of calendars, which is rounded.
        let stated = session.duration.map(|time| time.seconds()).filter(|_| total.distances.is_empty());
        if let (Some(own), Some(stated)) = (total.seconds, stated)
            && stated.low() >= own.high()
            && stated.high() - own.low() < Decimal::from(ROUNDED)
        {
            total.seconds = Some(stated);
        }
        Some(total)
    }

    /// All of a session on its day: what is done at each of its times, as calendars have it. `None` if part of it is not known.
    fn of_day(session: &PlannedSession) -> Option<Self> {
        let times = most_times_a_day(session);
        if times <= 1 {
            return Self::of_session(session);
        }
        let times = usize::try_from(times).unwrap_or(1);
        let [least, most] = sure_times_a_day(session);
        // A stated time is that of all of it; what a part of it takes is not known.
        let sure = if session.has_reckoned_duration() { most } else { least };
        let mut total = Self::default();
        for number in 1..=times {
            let once = Self::of_session(&session.at_time_of_day(number, times))?;
            let is_sure = u32::try_from(number).is_ok_and(|number| number <= sure);
            total.add(if is_sure { once } else { once.times(Extent::new(0, 1)?) });
        }
        Some(total)
    }

    /// Whether any of it is a distance.
    pub(super) fn has_distance(&self) -> bool {
        !self.distances.is_empty()
    }

    fn add(&mut self, other: Self) {
        for (sport, distance) in other.distances {
            add_distance_of(&mut self.distances, sport, distance);
        }
        other.seconds.into_iter().for_each(|seconds| self.add_seconds(seconds));
    }

    /// The sum of these steps alone; `None` if a runner ends one of them.
    pub(super) fn of_steps<'s>(steps: impl IntoIterator<Item = &'s RunStep>) -> Option<Self> {
        let mut total = Self::default();
        let known = steps.into_iter().all(|step| total.add_step(step, Extent::one(Decimal::ONE)));
        known.then(|| total.but_for(|_| true))
    }

    /// The same without the names of these sports.
    fn but_for(self, unnamed: impl Fn(Sport) -> bool) -> Self {
        let mut distances = Vec::new();
        for (sport, distance) in self.distances {
            add_distance_of(&mut distances, sport.filter(|sport| !unnamed(*sport)), distance);
        }
        Self { distances, ..self }
    }

    /// Adds the steps, each so many times, and says whether all of them are known.
    fn add_run(&mut self, steps: &[RunStep], times: Extent<Decimal>) -> bool {
        steps.iter().all(|step| self.add_step(step, times))
    }

    fn add_step(&mut self, step: &RunStep, times: Extent<Decimal>) -> bool {
        match step {
            RunStep::Repeat(repeat) => {
                let often = product(times, repeat.times.map(Decimal::from));
                let mut steps = repeat.steps.iter().filter(|step| !is_open_recovery(step));
                return steps.all(|step| self.add_step(step, often));
            }
            // Standing still is no distance, and its time is no training.
            RunStep::Stretch(stretch) if stretch.intensity == Intensity::Rest => {}
            RunStep::Stretch(stretch) => match stretch.length {
                StepLength::Distance(Measured { amount, unit }) => {
                    let distance = Measured { amount: product(amount, times), unit };
                    add_distance_of(&mut self.distances, stretch.sport, distance);
                }
                StepLength::Time(time) => self.add_seconds(product(time.seconds(), times)),
                StepLength::Open => return false,
            },
        }
        true
    }

    /// The same done so many times.
    fn times(self, times: Extent<u32>) -> Self {
        let times = times.map(Decimal::from);
        let distances = self.distances.into_iter();
        let distances = distances
            .map(|(sport, Measured { amount, unit })| (sport, Measured { amount: product(amount, times), unit }));
        Self { distances: distances.collect(), seconds: self.seconds.map(|seconds| product(seconds, times)) }
    }

    /// The same in one unit, with metres as kilometres if they are many.
    pub(super) fn in_long_units(self) -> Self {
        let in_long =
            |(sport, distances): (_, Vec<Distance>)| Some((sport, in_long_unit(in_one_unit(&distances, None)?)));
        Self { distances: by_sport(&self.distances).into_iter().filter_map(in_long).collect(), ..self }
    }

    fn add_seconds(&mut self, seconds: Extent<Decimal>) {
        self.seconds = Some(self.seconds.map_or(seconds, |known| sum(known, seconds)));
    }
}

/// Whether a step is the way back down a hill, or until breath is back: it is short, and no one counts it.
fn is_open_recovery(step: &RunStep) -> bool {
    let is_short = |stretch: &Stretch| stretch.length == StepLength::Open && !stretch.intensity.is_work();
    matches!(step, RunStep::Stretch(stretch) if is_short(stretch))
}

/// What a week is in all, but for what may be left out: distances of each sport, and the time of what has none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct WeekTotal {
    /// In the order in which they come. Distances of two sports never add up.
    sports: Vec<(Practised, Vec<Distance>)>,
    seconds: Option<Extent<Decimal>>,
    /// The unit in which distances of several are summed.
    lead: Option<LengthUnit>,
    /// Whether it has several sports, so that each must be named.
    names_sports: bool,
}

impl WeekTotal {
    /// What is known of each week, all in the unit of most of the plan, miles or kilometres.
    pub(super) fn all(plan: &Plan) -> Vec<Self> {
        let mut all: Vec<Self> = plan.weeks.iter().map(Self::of).collect();
        let distances = all.iter().flat_map(|total| &total.sports).flat_map(|(_, distances)| distances);
        let mut of_plan = Vec::new();
        distances.filter(|distance| is_long(distance)).for_each(|distance| add_distance(&mut of_plan, *distance));
        let lead = most(&of_plan).map(|distance| distance.unit);
        all.iter_mut().for_each(|total| total.lead = lead);
        all
    }

    /// What is known of a week. A sport of which some session is not known is left out, and so is the time if that of any session
    /// is not known.
    fn of(week: &PlannedWeek) -> Self {
        let sessions = week.sessions.iter().filter(|session| !session.optional);
        let totals: Vec<_> = sessions.map(|session| (session, Total::of_day(session))).collect();
        let mut trained = Vec::new();
        for (session, total) in &totals {
            for (sport, _) in total.iter().flat_map(|total| &total.distances) {
                let practised = sport.map_or(Practised::Kind(session.kind), Practised::of);
                if practised.is_sport() && !trained.contains(&practised) {
                    trained.push(practised);
                }
            }
        }
        // A race or a test is one of the sport that is trained for.
        let sport = |kind| match trained.as_slice() {
            [only] if matches!(kind, SessionKind::Race | SessionKind::Test) => *only,
            _ => Practised::Kind(kind),
        };
        let (mut all, mut unknown) = (Self::default(), Vec::new());
        for (session, total) in totals {
            match total {
                Some(total) => all.add(sport(session.kind), &total),
                None => unknown.push(sport(session.kind)),
            }
        }
        let others = unknown.iter().filter(|one| one.is_sport() && !trained.contains(*one)).count();
        all.names_sports = all.sports.len() > 1 || trained.len() + others > 1;
        all.sports.retain(|(sport, _)| !unknown.contains(sport));
        all.seconds = all.seconds.filter(|_| unknown.is_empty());
        all
    }

    /// Whether any of the week is a distance.
    pub(super) fn has_distance(&self) -> bool {
        !self.sports.is_empty()
    }

    fn add(&mut self, of_session: Practised, total: &Total) {
        for (sport, distance) in &total.distances {
            let sport = sport.map_or(of_session, Practised::of);
            match self.sports.iter_mut().find(|(known, _)| *known == sport) {
                Some((_, distances)) => add_distance(distances, *distance),
                None => self.sports.push((sport, vec![*distance])),
            }
        }
        if let Some(time) = total.seconds {
            self.seconds = Some(self.seconds.map_or(time, |known| sum(known, time)));
        }
    }
}

/// What distances are those of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Practised {
    /// Sessions of a kind.
    Kind(SessionKind),
    /// A sport of which no kind of session is.
    Sport(Sport),
}

impl Practised {
    fn of(sport: Sport) -> Self {
        match sport {
            Sport::Run => Self::Kind(SessionKind::Run),
            Sport::Ride => Self::Kind(SessionKind::Ride),
            Sport::Swim => Self::Kind(SessionKind::Swim),
            Sport::Walk => Self::Kind(SessionKind::Walk),
            Sport::Row | Sport::Ski => Self::Sport(sport),
        }
    }

    /// Whether it is one sport.
    fn is_sport(self) -> bool {
        match self {
            Self::Kind(kind) => Sport::of(kind).is_some(),
            Self::Sport(_) => true,
        }
    }
}

fn add_distance_of(distances: &mut Vec<(Option<Sport>, Distance)>, sport: Option<Sport>, distance: Distance) {
    match distances.iter_mut().find(|(of, known)| *of == sport && known.unit == distance.unit) {
        Some((_, known)) => known.amount = sum(known.amount, distance.amount),
        None => distances.push((sport, distance)),
    }
}

/// The distances of each sport, in the order in which they come.
fn by_sport(distances: &[(Option<Sport>, Distance)]) -> Vec<(Option<Sport>, Vec<Distance>)> {
    let mut sports: Vec<(Option<Sport>, Vec<Distance>)> = Vec::new();
    for (sport, distance) in distances {
        match sports.iter_mut().find(|(known, _)| known == sport) {
            Some((_, distances)) => distances.push(*distance),
            None => sports.push((*sport, vec![*distance])),
        }
    }
    sports
}

fn add_distance(distances: &mut Vec<Distance>, distance: Distance) {
    match distances.iter_mut().find(|known| known.unit == distance.unit) {
        Some(known) => known.amount = sum(known.amount, distance.amount),
        None => distances.push(distance),
    }
}

/// Metres of a kilometre and more in kilometres, if two digits behind the point say all of them.
fn in_long_unit(distance: Distance) -> Distance {
    let kilometres = in_unit(&distance, LengthUnit::Kilometre);
    let is_exact = |amount: Decimal| amount.round_dp(2) == amount;
    let is_long = distance.unit == LengthUnit::Metre && kilometres.low() >= Decimal::ONE;
    if is_long && is_exact(kilometres.low()) && is_exact(kilometres.high()) {
        return Measured { amount: kilometres, unit: LengthUnit::Kilometre };
    }
    distance
}

/// Distances of several units as one. Metres and kilometres are kilometres. Of miles and kilometres the unit is that in which most is
/// written, and the sum is rounded to a tenth, as coaches add it up; metres of a track and yards of a pool say nothing about it.
fn in_one_unit(distances: &[Distance], lead: Option<LengthUnit>) -> Option<Distance> {
    let [first, _, ..] = distances else { return distances.first().copied() };
    let in_all = |unit| distances.iter().map(|distance| in_unit(distance, unit)).reduce(sum);
    if distances.iter().all(|distance| matches!(distance.unit, LengthUnit::Metre | LengthUnit::Kilometre)) {
        return Some(Measured { amount: in_all(LengthUnit::Kilometre)?, unit: LengthUnit::Kilometre });
    }
    let own = most(distances);
    let digits = u32::from(own.is_some());
    // A plan has one unit for all its weeks; where nothing is written in miles or kilometres, it says nothing.
    let unit = own.map_or(first.unit, |own| lead.unwrap_or(own.unit));
    let round =
        |amount: Decimal| amount.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero).normalize();
    Some(Measured { amount: in_all(unit)?.map(round), unit })
}

/// Of distances in miles and kilometres the longest; of equal ones the first.
fn most(distances: &[Distance]) -> Option<&Distance> {
    // `max_by_key` keeps the last.
    let long = distances.iter().rev().filter(|distance| is_long(distance));
    long.max_by_key(|distance| in_unit(distance, LengthUnit::Metre).high())
}

fn is_long(distance: &Distance) -> bool {
    matches!(distance.unit, LengthUnit::Mile | LengthUnit::Kilometre)
}

fn in_unit(distance: &Distance, unit: LengthUnit) -> Extent<Decimal> {
    if distance.unit == unit { distance.amount } else { distance.metres().map(|metres| metres / unit.metres()) }
}

fn sum(one: Extent<Decimal>, other: Extent<Decimal>) -> Extent<Decimal> {
    let ends = (one.low().saturating_add(other.low()), one.high().saturating_add(other.high()));
    Extent::new(ends.0.normalize(), ends.1.normalize()).unwrap_or(one)
}

fn product(one: Extent<Decimal>, other: Extent<Decimal>) -> Extent<Decimal> {
    let ends = (one.low().saturating_mul(other.low()), one.high().saturating_mul(other.high()));
    Extent::new(ends.0, ends.1).unwrap_or(one)
}

/// More minutes than this are hours and minutes.
const MOST_MINUTES: u32 = 120;

impl Writer<'_> {
    /// "8.5 km", "24 mi + 1 h 30 min"; empty if it is nothing.
    pub(super) fn total_text(self, total: &Total) -> String {
        let of_sport = |(sport, distances): (Option<Sport>, Vec<Distance>)| {
            let distance = self.total_distance(&in_one_unit(&distances, None)?)?;
            Some(sport.map_or(distance.clone(), |sport| format!("{distance} {}", self.language.label(sport.inside()))))
        };
        let distances = by_sport(&total.distances).into_iter().filter_map(of_sport);
        let parts: Vec<String> = distances.chain(self.total_time(total.seconds)).collect();
        self.in_order(parts.join(self.language.label(Label::And)))
    }

    /// The same of a week, where several sports are named: "Swim 2 km + Run 10 km".
    pub(super) fn week_total_text(self, total: &WeekTotal) -> String {
        let of_sport = |(practised, distances): &(Practised, Vec<Distance>)| {
            let name = total.names_sports.then(|| match practised {
                Practised::Kind(kind) => self.language.label(*kind),
                Practised::Sport(sport) => self.language.label(*sport),
            });
            let distance = in_one_unit(distances, total.lead).and_then(|one| self.total_distance(&in_long_unit(one)));
            distance.map(|distance| name.into_iter().chain([distance.as_str()]).collect::<Vec<_>>().join(" "))
        };
        let parts = total.sports.iter().filter_map(of_sport).chain(self.total_time(total.seconds));
        self.in_order(parts.collect::<Vec<_>>().join(self.language.label(Label::And)))
    }

    fn total_distance(self, Measured { amount, unit }: &Distance) -> Option<String> {
        let amount = amount.map(|amount| amount.round_dp(2).normalize());
        (!amount.high().is_zero()).then(|| self.distance(&Measured { amount, unit: *unit }))
    }

    fn total_time(self, seconds: Option<Extent<Decimal>>) -> Option<String> {
        seconds.filter(|seconds| !seconds.high().is_zero()).map(|seconds| self.summed_time(seconds))
    }

    /// "45 min", "2 h 15 min", "2 h 50 min–3 h 20 min"
    fn summed_time(self, seconds: Extent<Decimal>) -> String {
        let minute = TimeUnit::Minute.seconds();
        if seconds.high() < minute {
            return self.time(&Measured { amount: seconds.map(|seconds| seconds.normalize()), unit: TimeUnit::Second });
        }
        let minutes = seconds.map(|seconds| {
            let minutes = seconds / minute;
            let digits = if minutes < Decimal::TEN { 1 } else { 0 };
            minutes.round_dp(digits).normalize()
        });
        if minutes.high() < MOST_MINUTES.into() {
            return self.time(&Measured { amount: minutes, unit: TimeUnit::Minute });
        }
        let [low, high] = [minutes.low(), minutes.high()].map(|minutes| self.hours(minutes));
        self.in_order(range(&low, &high))
    }

    fn hours(self, minutes: Decimal) -> String {
        let of = |amount: Decimal, unit| self.time(&Duration { amount: Extent::one(amount.normalize()), unit });
        let an_hour = Decimal::from(60);
        let (hours, rest) = ((minutes / an_hour).trunc(), minutes % an_hour);
        let parts = [(hours, TimeUnit::Hour), (rest, TimeUnit::Minute)].into_iter().filter(|(n, _)| !n.is_zero());
        parts.map(|(amount, unit)| of(amount, unit)).collect::<Vec<_>>().join("\u{a0}")
    }
}

#[cfg(test)]
mod tests;
