//! How the time of a plan is counted: weeks, or what says more where its sessions do not follow the week.

use jiff::civil::Date;
use regimen_catalog::model::{Day, Entry, Program};
use regimen_catalog::plan::{Plan, PlannedSession, PlannedWeek};
use regimen_catalog::prose::Inlines;
use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::{Counted, Label};

use super::Writer;
use super::amounts::range;
use super::counted::Counting;
use super::sheets::day_shown;
use super::weeks::stretches;
use super::writer::text;

impl<'a> Writer<'a> {
    /// A writer that counts as this plan does.
    pub(super) fn in_plan(self, plan: &'a Plan) -> Self {
        let counting = if !plan.counts_days() {
            Counting::Weeks
        } else if plan.weeks.iter().all(|week| week.is_turn) {
            Counting::Turns
        } else {
            Counting::Days(plan)
        };
        self.counting(counting)
    }

    /// "Tuesday", where days are counted the day of the plan: "Day 13".
    pub(super) fn day_of(self, session: &PlannedSession) -> String {
        match (self.counting, day_shown(session)) {
            (Counting::Days(_), Day::Number(_)) if !session.is_in_turn => self.counted_session(session),
            (_, day) => self.day(day),
        }
    }

    /// The heading of a column of a table of weeks. Where rows say which days of the plan they have, only which of these it is.
    pub(super) fn column_title(self, day: Day) -> String {
        match (self.counting, day) {
            (Counting::Days(_), Day::Number(number)) => number.to_string(),
            _ => self.day(day),
        }
    }

    /// Heading over weeks, turns or days.
    pub(super) fn counted_title(self) -> Inlines {
        self.label_text(match self.counting {
            Counting::Weeks => Label::Week,
            Counting::Turns => Label::Turn,
            Counting::Days(_) => Label::Days,
        })
    }

    /// The number of a week or turn in a table, or its days: "3", "15–21".
    pub(super) fn counted_number(self, week: &PlannedWeek) -> String {
        match self.counting {
            Counting::Weeks | Counting::Turns => week.number.to_string(),
            Counting::Days(plan) => {
                let [first, last] = [week.first_day + 1, last_day(plan, week)].map(|day| day.to_string());
                range(&first, &last)
            }
        }
    }

    /// "Week 3", "Turn 3", "Day 15"
    pub(super) fn counted_session(self, session: &PlannedSession) -> String {
        let week = session.week.to_string();
        match self.counting {
            Counting::Weeks => self.language.fill(Label::WeekNumber, &[("week", &week)]),
            Counting::Turns => self.language.fill(Label::TurnNumber, &[("turn", &week)]),
            Counting::Days(_) => {
                self.language.fill(Label::DayNumber, &[("day", &session.offset.saturating_add(1).to_string())])
            }
        }
    }

    /// "week 3 of 8", "day 15 of 63"
    pub(super) fn counted_of(self, plan: &Plan, session: &PlannedSession) -> String {
        if plan.counts_days() {
            let [day, days] = [session.offset.saturating_add(1), days_of_plan(plan)].map(|number| number.to_string());
            return self.language.fill(Label::DayOf, &[("day", &day), ("days", &days)]);
        }
        // A schedule with fewer weeks than the programme keeps their numbers.
        let weeks = plan.weeks.last().map_or(0, |week| week.number).to_string();
        self.language.fill(Label::WeekOf, &[("week", &session.week.to_string()), ("weeks", &weeks)])
    }

    /// "week 3", "weeks 1–4, 6"; the weeks are in order.
    pub(super) fn weeks(self, weeks: &[u32]) -> String {
        let (counted, [one, several], name) = match self.counting {
            Counting::Weeks => (stretches(weeks), [Label::InWeek, Label::InWeeks], "weeks"),
            Counting::Turns => (stretches(weeks), [Label::InTurn, Label::InTurns], "turns"),
            Counting::Days(plan) => (days_of(plan, weeks), [Label::InDay, Label::InDays], "days"),
        };
        let shown = counted.iter().map(|stretch| range(&stretch.low().to_string(), &stretch.high().to_string()));
        let shown = shown.collect::<Vec<_>>().join(self.language.label(Label::ListSeparator));
        let is_one = matches!(counted.as_slice(), [only] if only.is_one());
        self.in_order(self.language.fill(if is_one { one } else { several }, &[(name, &shown)]))
    }

    /// How long a plan is: "8 weeks", "63 days", "about 24 weeks".
    pub(super) fn length_of(self, plan: &Plan) -> Inlines {
        let program = self.catalog.programs.get(&plan.program);
        let is_estimate = program.is_some_and(|program| ends_by_criteria(program, self));
        let length = if plan.counts_days() {
            self.language.count(Counted::Days, Extent::one(days_of_plan(plan)))
        } else {
            self.language.count(Counted::Weeks, Extent::one(u32::try_from(plan.weeks.len()).unwrap_or(u32::MAX)))
        };
        text(if is_estimate { self.about(&length) } else { length })
    }

    /// "about 2 weeks"
    pub(super) fn about(self, length: &str) -> String {
        self.language.fill(Label::About, &[("length", length)])
    }
}

/// Whether some phase ends when the reader is ready, not after its weeks.
fn ends_by_criteria(program: &Entry<Program>, writer: Writer<'_>) -> bool {
    let words = program.words(&writer.language.tag);
    program.phases.iter().any(|phase| !words.exit_of(&phase.id).is_empty())
}

/// The days of these weeks, in as few stretches as there are.
fn days_of(plan: &Plan, weeks: &[u32]) -> Vec<Extent<u32>> {
    let mut stretches: Vec<Extent<u32>> = Vec::new();
    for week in plan.weeks.iter().filter(|week| weeks.contains(&week.number)) {
        let (first, last) = (week.first_day + 1, last_day(plan, week));
        let before = stretches.last_mut().filter(|before| before.high() + 1 == first);
        match before.and_then(|before| Some((Extent::new(before.low(), last)?, before))) {
            Some((longer, before)) => *before = longer,
            None => stretches.extend(Extent::new(first, last)),
        }
    }
    stretches
}

/// How many days a plan takes with those on which it waits.
fn days_of_plan(plan: &Plan) -> u32 {
    plan.weeks.last().map_or(0, |week| last_day(plan, week))
}

/// The last day of a row, 1 for the first of the plan, with the days on which the plan waits in it.
fn last_day(plan: &Plan, week: &PlannedWeek) -> u32 {
    let mut days = week.days;
    // A day on which the plan waits may bring another pause into the row.
    while let Some(end) = week.start.and_then(|start| start.checked_add(jiff::Span::new().days(days)).ok()) {
        let with_pauses = week.days.saturating_add(waits_before(plan, week, end));
        if with_pauses <= days {
            break;
        }
        days = with_pauses;
    }
    week.first_day.saturating_add(days)
}

/// On how many days the plan waits between the first day of a row of counted days and another one, because its reader pauses, and none
/// of its sessions is left out.
pub(super) fn waits_before(plan: &Plan, week: &PlannedWeek, date: Date) -> u32 {
    let (Some(schedule), Some(start)) = (&plan.schedule, week.start) else { return 0 };
    let end = week.first_day.saturating_add(week.days);
    let next = plan.weeks.iter().find(|other| other.number == week.number.saturating_add(1));
    let is_late = |session: &PlannedSession| session.moved_from.is_none() && session.offset >= end;
    let goes_on_later = next.is_some_and(|next| next.first_day > end) || week.sessions.iter().any(is_late);
    if !goes_on_later {
        return 0;
    }
    let pauses = || schedule.pauses.iter().filter(|pause| pause.last >= start);
    let within = || pauses().filter(|pause| pause.first < date);
    let of_row =
        |next: &&PlannedWeek| pauses().filter(|pause| next.start.is_some_and(|end| pause.first < end)).count() == 1;
    if let Some(next) = next.filter(of_row) {
        return if within().next().is_some() { next.first_day.saturating_sub(end) } else { 0 };
    }
    // Weekdays stay weekdays.
    let whole_weeks = plan.sessions().any(|session| matches!(session.day, Day::Weekday(_)) && !session.is_in_turn);
    let days =
        within().map(|pause| u32::try_from((pause.last - pause.first.max(start)).get_days() + 1).unwrap_or_default());
    let days = days.map(|days| if whole_weeks { days.div_ceil(7) * 7 } else { days });
    days.fold(0, u32::saturating_add)
}
