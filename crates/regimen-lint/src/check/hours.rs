//! When on their day the sessions of a schedule are, as far as it says that of nothing, or of too little.

use std::collections::BTreeSet;

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place, Severity};
use regimen_model::join;
use regimen_model::model::{Anchor, Entry, Grid, HourOfDay, Program, Schedule, ScheduleName, timed_words};
use regimen_model::plan::{Plan, expand, outline};
use regimen_model::reference::Id;
use regimen_model::suggest::did_you_mean;
use regimen_model::vocabulary::Weekday;

/// So many names that a plan does not have get a suggestion.
const MOST_SUGGESTED: usize = 50;

/// Checks the times of day of a schedule against its programme.
pub(super) fn check(catalog: &Catalog, name: &Id<ScheduleName>, schedule: &Schedule) -> Vec<Diagnostic> {
    let Some(program) = catalog.programs.get(&schedule.program) else { return Vec::new() };
    let hours = Hours { catalog, program, name, schedule };
    let mut findings: Vec<Diagnostic> = hours.without_zone().into_iter().collect();
    findings.extend(hours.parts_of_the_day());
    let plan = hours.plan();
    findings.extend(plan.iter().flat_map(|plan| hours.unknown_names(plan)));
    findings.extend(hours.impossible());
    findings.extend(plan.iter().flat_map(|plan| hours.times_of_the_day(plan)));
    findings
}

struct Hours<'a> {
    catalog: &'a Catalog,
    program: &'a Entry<Program>,
    name: &'a Id<ScheduleName>,
    schedule: &'a Schedule,
}

impl Hours<'_> {
    fn path(&self, key: &str) -> FieldPath {
        FieldPath::root().key("schedules").key(self.name.as_str()).key(key)
    }

    fn place(&self, key: &str) -> Place {
        Place::value(regimen_model::PROJECT_FILE, self.path(key))
    }

    /// The plan of the schedule if it says anything of single sessions or of times of the day; of one that cannot be kept, that of
    /// everybody. What cannot be written out is reported elsewhere.
    fn plan(&self) -> Option<Plan> {
        let is_asked = !self.schedule.day_times.is_empty() || self.named().next().is_some();
        let dated = is_asked.then(|| expand(self.catalog, self.program, Some((self.name, self.schedule))))?;
        dated.or_else(|_| expand(self.catalog, self.program, None)).ok()
    }

    /// The names of its times that are no weekday or other word.
    fn named(&self) -> impl Iterator<Item = &str> {
        self.schedule.times.keys().map(Id::as_str).filter(|name| !timed_words().any(|word| word == *name))
    }

    /// When on their day sessions are, as the programme says it of any.
    fn stated(&self) -> Vec<HourOfDay> {
        let phases = &self.program.phases;
        let own = phases.iter().flat_map(|phase| &phase.overrides).filter_map(|week| week.sessions.as_ref());
        let all = phases.iter().map(|phase| &phase.sessions).chain(own).flatten();
        let in_cells = self.program.grid.iter().flat_map(Grid::hours);
        all.filter_map(|planned| planned.at).chain(in_cells).collect()
    }

    /// Hours of the programme that have no zone.
    fn without_zone(&self) -> Option<Diagnostic> {
        let Self { program, name, schedule, .. } = self;
        let is_timed =
            schedule.timezone.is_none() && self.stated().iter().any(|hour| matches!(hour, HourOfDay::Time(_)));
        let message =
            format!("the programme `{}` has times of day, but the schedule `{name}` no time zone", program.id);
        let wrong = Diagnostic::warning("missing-timezone", message).at(self.place("program"), "whole-day entries");
        is_timed.then(|| wrong.help("add `timezone:` and the reader's, such as `Europe/London`"))
    }

    /// Parts of the day for which a schedule with times of day has none.
    fn parts_of_the_day(&self) -> Vec<Diagnostic> {
        let Schedule { timezone, at, times, .. } = self.schedule;
        if timezone.is_none() || (at.is_none() && times.is_empty()) {
            return Vec::new();
        }
        let words: BTreeSet<&str> = self.stated().into_iter().filter_map(HourOfDay::word).collect();
        let missing = words.into_iter().filter(|word| self.schedule.time_of(word).is_none());
        let key = if times.is_empty() { "at" } else { "times" };
        let findings = missing.map(|word| {
            let message = format!(
                "the programme `{}` has sessions `at: {word}`, and the schedule `{}` has no time for them, so that they start as \
                 others of their day do",
                self.program.id, self.name
            );
            let hour = if word == "morning" { "06:30" } else { "19:00" };
            let near = times.keys().find(|name| did_you_mean(name.as_str(), [word].into_iter()).is_some());
            let help = match near {
                Some(near) if !timed_words().any(|word| word == near.as_str()) => {
                    format!("did you mean `{word}` under `times`, in place of `{near}`?")
                }
                _ => format!("say when that is for this reader: `times: {{{word}: \"{hour}\"}}`"),
            };
            Diagnostic::warning("schedule-time", message).at(self.place(key), "").help(help)
        });
        findings.collect()
    }

    /// Times under names that mean nothing in the programme, or nothing in the weeks of the plan.
    fn unknown_names(&self, plan: &Plan) -> Vec<Diagnostic> {
        let left_out = plan.left_out.iter().map(|one| (&one.slot, &one.session));
        let sessions = plan.by_week().map(|one| (&one.slot, &one.session)).chain(left_out);
        let planned: BTreeSet<&str> = sessions.flat_map(|(slot, session)| [slot.as_str(), session.as_str()]).collect();
        let mut unknown = self.named().filter(|name| !planned.contains(name)).peekable();
        if unknown.peek().is_none() {
            return Vec::new();
        }
        let weeks = outline::weeks(self.catalog, self.program, Weekday::Monday);
        let slots: Vec<String> = (1..).zip(&weeks).flat_map(|(number, week)| week.slots(number)).collect();
        let sessions = weeks.iter().flat_map(|week| &week.sessions).map(|one| one.session.id.as_str());
        let mut known: BTreeSet<&str> = timed_words().collect();
        known.extend(slots.iter().map(String::as_str).chain(sessions).chain(planned.iter().copied()));
        // Who has many unknown names has not mistyped them.
        let mut suggested = 0..MOST_SUGGESTED;
        let findings = unknown.map(|time| {
            let place = Place::key(regimen_model::PROJECT_FILE, self.path("times").key(time));
            if known.contains(time) {
                let message = format!("the schedule `{}` has none of the weeks with `{time}`", self.name);
                return Diagnostic::error("schedule-time", message)
                    .at(place, "")
                    .help("take it out, or let the schedule have more weeks (`from_week`, `weeks`)");
            }
            let message = format!("`{time}` is no weekday, session or slot of the programme `{}`", self.program.id);
            let near = suggested.next().and_then(|_| did_you_mean(time, known.iter().copied()));
            let words =
                || "write a weekday, a session, a slot such as `w6-long-run`, `race`, `morning` or `evening`".into();
            Diagnostic::error("schedule-time", message).at(place, "").help(near.unwrap_or_else(words))
        });
        findings.collect()
    }

    /// The time of a race in a schedule that has none, and times of the day that are named twice.
    fn impossible(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        let key = self.path("times").key("race");
        if self.schedule.time_of("race").is_some() && !matches!(self.schedule.anchor, Anchor::Race { .. }) {
            let message = "the time of `race` is that of the day that `race:` names, and this schedule has none";
            let finding =
                Diagnostic::error("schedule-time", message).at(Place::key(regimen_model::PROJECT_FILE, key), "");
            findings.push(finding.help("write it under the race's session or slot instead"));
        }
        let times = &self.schedule.day_times;
        for (index, time) in times.iter().enumerate().filter(|(index, time)| times[..*index].contains(time)) {
            let message = format!("`day_times` names {} twice", time.strftime("%H:%M"));
            let place = Place::value(regimen_model::PROJECT_FILE, self.path("day_times").index(index));
            findings.push(Diagnostic::error("schedule-time", message).at(place, "").help("name each time of day once"));
        }
        findings
    }

    /// More or fewer times of the day than anything is done on a day.
    fn times_of_the_day(&self, plan: &Plan) -> Vec<Diagnostic> {
        let times = &self.schedule.day_times;
        if times.is_empty() {
            return Vec::new();
        }
        let most = plan.by_week().map(|session| session.times_a_day() as usize).max().unwrap_or(1);
        let finding = |severity, message: String| {
            Diagnostic::new(severity, "schedule-time", message).at(self.place("day_times"), "")
        };
        let named = |often: &dyn Fn(usize) -> bool| join::and(&named(plan, often));
        let have = count(times.len());
        let mut findings = Vec::new();
        if most > times.len() {
            let often = named(&|often| often > times.len());
            let message = format!("`day_times` has {have}, and more often a day is done: {often}");
            let help =
                format!("give {most} times of day; or leave `day_times` out, for one event a day that says how often");
            findings.push(finding(Severity::Warning, message).help(help));
        }
        if most < times.len() {
            let often = if most == 1 {
                "more than once a day".to_owned()
            } else {
                format!("more often than {most} times a day")
            };
            let message =
                format!("`day_times` has {have}, and no session is done {often}, so that not all have an event");
            let help = if most == 1 {
                "leave it out, or give a dose its `times_per_day`".to_owned()
            } else {
                format!("keep {most} of them, or give a dose more `times_per_day`")
            };
            findings.push(finding(Severity::Warning, message).help(help));
        }
        let fewer = named(&|often| often > 1 && often < times.len().min(most));
        if !fewer.is_empty() {
            let message =
                format!("`day_times` has {have}, and less often a day is done, at the first of them: {fewer}");
            let help = "list those times first at which all of it is done";
            findings.push(finding(Severity::Info, message).help(help));
        }
        findings
    }
}

/// "1 time", "3 times"
fn count(times: usize) -> String {
    format!("{times} {}", if times == 1 { "time" } else { "times" })
}

/// Exercises that are done so often on a day: "`heel-raise` (3 times)".
fn named(plan: &Plan, is_meant: &dyn Fn(usize) -> bool) -> Vec<String> {
    let items = plan.by_week().flat_map(|session| session.items());
    let often = items.filter_map(|(_, item)| {
        let times = item.dose.times_a_day().high();
        is_meant(times as usize).then(|| format!("`{}` ({})", item.exercise, count(times as usize)))
    });
    let all: BTreeSet<String> = often.collect();
    all.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    /// What is said of the times of day of a schedule, of a programme with these sessions.
    fn of(keys: &str, sessions: &str) -> Vec<String> {
        let project = format!(
            "language: en\nschedules: {{s: {{program: p, start: 2027-04-05, timezone: Europe/London, {keys}}}}}\nwords: {{title: T}}\n"
        );
        let often = "{exercise: hinge, dose: {reps: 8, times_per_day: 3}}, {exercise: stretch, dose: {hold: 30 s, times_per_day: 1-2}}";
        let lint = Lint::new().session("s", "strength", often).session("once", "strength", "{exercise: hinge}");
        let said =
            lint.phases(&[&format!("kind: base, weeks: 2, sessions: [{sessions}]")]).file("regimen.yaml", &project);
        let shown = |line: &str| line.split_once(" schedule-time: ").map(|(_, said)| said.to_owned());
        said.all().iter().filter_map(|line| shown(line)).collect()
    }

    #[test]
    fn times_of_the_day_are_as_many_as_something_is_done() {
        let of = |times: &str| of(&format!("day_times: [{times}]"), "{session: s, day: monday}");
        assert_eq!(
            of("'08:00', '13:00', '20:00'"),
            ["`day_times` has 3 times, and less often a day is done, at the first of them: `stretch` (2 times)"]
        );
        assert_eq!(
            of("'08:00', '13:00'"),
            ["`day_times` has 2 times, and more often a day is done: `hinge` (3 times)"]
        );
        let more = of("'08:00', '13:00', '20:00', '22:00'");
        let said = "`day_times` has 4 times, and no session is done more often than 3 times a day, so that not all have an event";
        assert!(more.iter().any(|line| line == said), "{more:?}");
        let pump = Lint::new().session("pump", "strength", "{exercise: hinge, dose: {reps: 8, every: 2 h}}");
        let project = "language: en\nschedules: {s: {program: p, start: 2027-04-05, timezone: Europe/London, \
                       day_times: ['08:00', '13:00']}}\nwords: {title: T}\n";
        let hours = pump
            .phases(&["kind: base, weeks: 2, sessions: [{session: pump, day: monday}]"])
            .file("regimen.yaml", project);
        let said = "`day_times` has 2 times, and more often a day is done: `hinge` (8 times)";
        assert!(hours.all().iter().any(|line| line.ends_with(said)), "{:?}", hours.all());
        let never = super::tests::of("day_times: ['08:00', '13:00']", "{session: once, day: monday}");
        assert_eq!(
            never,
            ["`day_times` has 2 times, and no session is done more than once a day, so that not all have an event"]
        );
    }

    #[test]
    fn a_time_is_for_a_week_that_the_schedule_has() {
        let of = |keys: &str| of(&format!("times: {{w1-s: '07:00'}}, {keys}"), "{session: s, day: monday}");
        assert_eq!(of("from_week: 1"), [""; 0]);
        assert_eq!(of("changes: [{skip: w1-s}]"), [""; 0]);
        assert_eq!(of("from_week: 2"), ["the schedule `s` has none of the weeks with `w1-s`"]);
    }

    #[test]
    fn a_slot_of_other_weekdays_is_known() {
        let of = |start: &str| {
            let schedule = format!("{{program: p, start: {start}, timezone: Europe/London, times: {{d4-s: '07:00'}}}}");
            let project = format!("language: en\nschedules: {{s: {schedule}}}\nwords: {{title: T}}\n");
            let lint = Lint::new().session("s", "strength", "{exercise: hinge}").file("regimen.yaml", &project);
            let lint = lint.phases(&["kind: base, weeks: 2, sessions: [{session: s, day: saturday, every: 3}]"]);
            lint.all().into_iter().filter(|line| line.contains(" schedule-time: ")).count()
        };
        assert_eq!(of("2027-04-07"), 0, "its first Saturday is the fourth day");
        assert_eq!(of("2027-04-05"), 1, "everybody's is the sixth");
    }

    #[test]
    fn times_that_nothing_can_have_are_found_where_they_stand() {
        let of = |keys: &str| of(keys, "{session: s, day: monday}");
        let race = of("times: {race: '07:00'}");
        assert!(race.len() == 1 && race[0].starts_with("the time of `race` is that of the day"), "{race:?}");
        let twice = of("day_times: ['08:00', '13:00', '08:00']");
        assert!(twice.iter().any(|line| line == "`day_times` names 08:00 twice"), "{twice:?}");
    }

    #[test]
    fn parts_of_the_day_have_a_time() {
        let twice = "{session: s, day: monday, at: morning}, {session: s, day: monday, at: evening}";
        let of = |keys: &str| of(keys, twice);
        let said = of("at: '18:00', times: {morning: '06:30'}");
        assert!(
            said.len() == 1 && said[0].contains("has sessions `at: evening`, and the schedule `s` has no time"),
            "{said:?}"
        );
        assert_eq!(of("at: '18:00'").len(), 2);
        assert_eq!(of("times: {morning: '06:30', evening: '19:00'}"), [""; 0]);
        assert_eq!(of("length: 30 min"), [""; 0], "whole days need none");
        assert_eq!(of("times: {morning: '06:30', evenings: '19:00'}").len(), 2, "the name is wrong, too");
    }
}
