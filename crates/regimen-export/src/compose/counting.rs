//! How the time of a plan is counted: weeks, or what says more where its sessions do not follow the week.

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
            (Counting::Days(_), Day::Number(_)) => self.counted_session(session),
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
            Counting::Days(_) => {
                let [first, last] = [week.first_day + 1, week.ends_before()].map(|day| day.to_string());
                range(&first, &last)
            }
        }
    }

    /// The same where no heading says what is counted: "Week 3", "Turn 3", "Days: 15–21".
    pub(super) fn counted_by_itself(self, week: &PlannedWeek) -> String {
        let number = self.counted_number(week);
        match self.counting {
            Counting::Weeks => self.language.fill(Label::WeekNumber, &[("week", &number)]),
            Counting::Turns => self.language.fill(Label::TurnNumber, &[("turn", &number)]),
            Counting::Days(_) => {
                let days = self.language.fill(Label::PartOf, &[("part", self.language.label(Label::Days))]);
                format!("{days} {number}")
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
            let [day, days] = [session.offset.saturating_add(1), plan.days()].map(|number| number.to_string());
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
            self.language.count(Counted::Days, Extent::one(plan.days()))
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
        let (first, last) = (week.first_day + 1, week.ends_before());
        let before = stretches.last_mut().filter(|before| before.high() + 1 == first);
        match before.and_then(|before| Some((Extent::new(before.low(), last)?, before))) {
            Some((longer, before)) => *before = longer,
            None => stretches.extend(Extent::new(first, last)),
        }
    }
    stretches
}
