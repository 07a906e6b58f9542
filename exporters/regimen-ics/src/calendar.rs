//! From a plan with dates to the events of a calendar.

mod parts;
mod revise;
mod when;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use regimen_catalog::plan::{Plan, PlanSchedule, PlannedSession};
use regimen_catalog::vocabulary::{Label, SessionKind};
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Severity};
use regimen_export::{Unit, compose};
use sha2::{Digest, Sha256};

use crate::event::{Calendar, Event, Revision, Status, TITLE, WARNINGS, hex};
use crate::model::PreviousCalendar;
use crate::options::{Reminder, Settings};
use crate::texts::{self, SessionTexts};
use crate::value::{Moment, Text, Utc};
pub(crate) use revise::Changes;
use revise::History;
use when::{Occasion, Span, Timing, start_key};

/// The most bytes of a file. Google refuses calendars of 1 MB, and gets some at more than they were.
pub(crate) const MOST_BYTES: usize = 900_000;
/// The most events of a file.
pub(crate) const MOST_EVENTS: usize = 1000;
/// The most files of a calendar that one is too small for.
pub(crate) const MOST_PARTS: usize = 6;

/// For whom a calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audience {
    /// Everybody who has it.
    Everyone,
    /// Those who may see when the sessions are, and nothing else.
    Others,
    /// Those who may see everything, where others may not.
    Reader,
}

/// What a calendar is made from.
#[derive(Clone, Copy)]
pub(crate) struct CalendarInput<'a> {
    pub(crate) unit: &'a Unit<'a>,
    pub(crate) plan: &'a Plan,
    pub(crate) schedule: &'a PlanSchedule,
    pub(crate) settings: &'a Settings,
    /// The texts of the plan's sessions, week by week.
    pub(crate) texts: &'a [SessionTexts],
    /// The date and the mark of the content.
    pub(crate) edition: &'a str,
    pub(crate) audience: Audience,
}

/// Makes the calendar of a plan that has a schedule, going on from an earlier one. Errors mean that there is none.
pub(crate) fn compile(
    input: &CalendarInput<'_>,
    previous: PreviousCalendar,
) -> (Option<(Calendar, Changes)>, Vec<Diagnostic>) {
    let done = Done::all(input);
    let mut sessions: Vec<Occasion<'_>> = done.iter().map(Done::occasion).collect();
    let timing = match Timing::new(input.schedule, &sessions, input.settings.floating) {
        Ok(timing) => timing,
        Err(finding) => return (None, vec![finding]),
    };
    let (mut spans, mut findings, mut refused) = (Vec::new(), Vec::new(), Refused::default());
    timing.pass_skipped_times(&mut sessions, &mut findings);
    for session in &sessions {
        match timing.span(*session, &mut findings) {
            Ok(span) => spans.push(span),
            Err(finding) => refused.add(finding),
        }
    }
    findings.extend(refused.said());
    findings.extend(repeated_slot(input.plan, input.schedule));
    let failed = |findings: &[Diagnostic]| findings.iter().any(|finding| finding.severity == Severity::Error);
    if failed(&findings) {
        return (None, findings);
    }
    let zone = timing.describable_zone(&spans);
    let (mut events, mut late) = (Vec::new(), Vec::new());
    for ((occasion, done), span) in sessions.iter().zip(&done).zip(&spans) {
        let session = occasion.session;
        let (start, end) = span.moments(zone);
        let mut event = input.event(*occasion, &done.texts, start, end);
        event.reminders = input.reminders(session, *span, &timing);
        if drop_late_reminders(&mut event) {
            late.push(*occasion);
        }
        findings.extend(long_warnings(session, &event));
        events.push(event);
    }
    findings.extend(late_reminders(input.schedule, &late));
    if failed(&findings) {
        return (None, findings);
    }
    let history = History { previous, input, zone: zone.map(|zone| zone.name) };
    let revised = history.revise(events.into_iter());
    let calendar = Calendar {
        version: Text::line(input.unit.build.version),
        name: Text::plain_line(&input.name()).clipped(TITLE),
        // What tells nothing else does not tell when it changes either.
        edition: Text::plain_line(if input.is_neutral() { "" } else { input.edition }),
        colour: input.settings.colour.filter(|_| !input.is_neutral()).map(|colour| colour.name),
        events: revised.events,
        gone: revised.gone,
        zone: zone.and_then(|zone| Some((zone.name, zone.rules()?.clone()))),
    };
    (Some((calendar, revised.changes)), findings)
}

/// Sessions that no calendar can hold: one finding for each cause, however often the session comes.
#[derive(Default)]
struct Refused(BTreeMap<(Cow<'static, str>, Option<Place>), (Diagnostic, usize)>);

impl Refused {
    /// The last place of a finding is its cause.
    fn add(&mut self, finding: Diagnostic) {
        let cause = finding.labels.last().map(|label| label.place.clone());
        let more = self.0.entry((finding.code.clone(), cause)).and_modify(|(_, more)| *more += 1);
        more.or_insert((finding, 0));
    }

    fn said(self) -> impl Iterator<Item = Diagnostic> {
        self.0.into_values().map(|(mut finding, more)| {
            match more {
                0 => {}
                1 => finding.message.push_str("; so it is with one more session"),
                _ => finding.message.push_str(&format!("; so it is with {more} more sessions")),
            }
            finding
        })
    }
}

/// What one event is about: a session, or what is done of it at one of several times of its day.
struct Done<'a> {
    session: Cow<'a, PlannedSession>,
    texts: Cow<'a, SessionTexts>,
    number: Option<usize>,
}

impl<'a> Done<'a> {
    /// Those of all sessions that the calendar shows, week by week.
    fn all(input: &CalendarInput<'a>) -> Vec<Self> {
        let shown = input.plan.by_week().zip(input.texts).filter(|(session, _)| input.shows(session));
        let mut all = Vec::new();
        for (session, texts) in shown {
            let times = &session.day_times;
            if times.is_empty() {
                let (session, texts) = (Cow::Borrowed(session), Cow::Borrowed(texts));
                all.push(Self { session, texts, number: None });
            }
            for (number, time) in (1..).zip(times) {
                let session = PlannedSession { at: Some(*time), ..session.at_time_of_day(number, times.len()) };
                let texts = texts::of_session(input.unit, input.plan, &session, input.settings);
                let (session, texts) = (Cow::Owned(session), Cow::Owned(texts));
                all.push(Self { session, texts, number: Some(number) });
            }
        }
        all
    }

    fn occasion(&self) -> Occasion<'_> {
        Occasion { session: &self.session, at: self.session.at, number: self.number }
    }
}

/// A field of the plan's schedule.
pub(crate) fn place(schedule: &PlanSchedule, field: &str) -> Place {
    let path = FieldPath::root().key("schedules").key(schedule.name.as_str()).key(field);
    Place::value(PROJECT_FILE, path)
}

fn repeated_slot(plan: &Plan, schedule: &PlanSchedule) -> Option<Diagnostic> {
    let mut seen = BTreeSet::new();
    let session = plan.sessions().find(|session| !seen.insert(session.slot.as_str()))?;
    let message = format!("two sessions have the slot {}, and a calendar would drop one of them", session.slot);
    let finding = Diagnostic::error("ics/repeated-slot", message);
    Some(finding.at(place(schedule, "program"), "of this programme").help("give one of them a `slot:` of its own"))
}

/// A session whose warnings alone are more than an event can say.
fn long_warnings(session: &PlannedSession, event: &Event) -> Option<Diagnostic> {
    let length = event.body.escaped().len();
    let message = format!(
        "the reasons to stop and the conditions of session {} take {length} bytes of its calendar entry, over {WARNINGS}",
        session.slot
    );
    let place = Place::file(format!("sessions/{}.yaml", session.session));
    let finding = Diagnostic::error("ics/long-warnings", message).at(place, "this session");
    (length > WARNINGS).then(|| finding.help("shorten the `stop_if` of its exercises, or make two sessions of it"))
}

impl CalendarInput<'_> {
    /// The id by which calendars know the programme, whatever it is called now.
    fn program(&self) -> &str {
        let program = self.unit.catalog.programs.get(&self.plan.program);
        program.map_or(self.plan.program.as_str(), |program| program.first_id().as_str())
    }

    /// Whether the calendar says no more than when something is.
    pub(crate) fn is_neutral(&self) -> bool {
        self.audience == Audience::Others
    }

    /// What says as little as possible.
    fn neutral(&self) -> &str {
        self.unit.language.label(Label::EventPrivate)
    }

    /// What readers call the calendar.
    pub(crate) fn name(&self) -> String {
        if self.is_neutral() { self.neutral().to_owned() } else { compose::calendar_name(self.unit, self.plan) }
    }

    /// A rest takes no time that others would have to know of.
    fn shows(&self, session: &PlannedSession) -> bool {
        session.kind != SessionKind::Rest || (self.settings.rests && !self.is_neutral())
    }

    fn event(&self, occasion: Occasion<'_>, texts: &SessionTexts, start: Moment, end: Moment) -> Event {
        let settings = self.settings;
        let event = Event {
            uid: self.uid(occasion),
            revision: Revision {
                sequence: 0,
                stamp: Utc::from_epoch(self.unit.build.epoch),
                status: Status::Confirmed,
            },
            start,
            end,
            title: texts.title.clone(),
            body: texts.body.clone(),
            categories: texts.categories.clone(),
            location: settings.location.as_ref().map(|place| place.line.clone()),
            url: settings.url.clone(),
            private: settings.private,
            reminders: Vec::new(),
        };
        if self.is_neutral() { self.neutralised(event) } else { event }
    }

    /// The same event, with nothing that tells of its session.
    pub(crate) fn neutralised(&self, event: Event) -> Event {
        let (title, body) = (Text::line(self.neutral()).clipped(TITLE), Text::new(""));
        Event { title, body, categories: Vec::new(), location: None, url: None, private: true, ..event }
    }

    /// Somebody may have both calendars in one app, where an event has to be one.
    fn uid(&self, occasion: Occasion<'_>) -> String {
        let mut parts = vec![self.program(), self.schedule.first_name().as_str(), &occasion.session.slot];
        // A schedule may have the name that is the id of a person; whoever had a schedule before keeps its events.
        let is_person = self.unit.person.is_some() && self.schedule.formerly.is_empty();
        parts.extend(is_person.then_some("person"));
        let number = occasion.number.map(|number| number.to_string());
        if let Some(number) = &number {
            parts.extend(["time", number]);
        }
        match self.audience {
            Audience::Everyone | Audience::Others => {}
            Audience::Reader => parts.push("private"),
        }
        uid(&parts)
    }

    /// Minutes from the start to each reminder. Rests have none.
    fn reminders(&self, session: &PlannedSession, span: Span, timing: &Timing<'_>) -> Vec<i64> {
        let minutes = |reminder: &Reminder| match *reminder {
            Reminder::Before(minutes) => Some(-i64::from(minutes)),
            Reminder::At(time, days) => span.minutes_to(time, days, timing.zone()),
        };
        let mut all: Vec<i64> = Vec::new();
        for minutes in self.settings.reminder.0.iter().filter(|_| session.kind != SessionKind::Rest).filter_map(minutes)
        {
            if !all.contains(&minutes) {
                all.push(minutes);
            }
        }
        all
    }
}

/// Takes out the reminders that come after the start of a session with a time of day; whether there were any.
fn drop_late_reminders(event: &mut Event) -> bool {
    let (all, is_whole_day) = (event.reminders.len(), matches!(event.start, Moment::Day(_)));
    event.reminders.retain(|minutes| *minutes <= 0 || is_whole_day);
    event.reminders.len() < all
}

/// Sessions that start before the time of day at which readers would be reminded of them.
fn late_reminders(schedule: &PlanSchedule, late: &[Occasion<'_>]) -> Option<Diagnostic> {
    let Occasion { session: first, at: start, number: _ } = late.first()?;
    let key = if late.iter().any(|one| one.number.is_some()) { "day_times" } else { start_key(schedule, first) };
    let sessions = if late.len() == 1 { "session" } else { "sessions" };
    let message = format!(
        "a reminder at a time of day comes after the start of {} {sessions}, from {} on, and is left out",
        late.len(),
        first.slot
    );
    let start = start.map(|time| format!("starts at {}", time.strftime("%H:%M"))).unwrap_or_default();
    let help = "give an earlier time of day, one on `the day before`, or a time before the start such as `30 min`";
    Some(Diagnostic::warning("ics/late-reminder", message).at(place(schedule, key), start).help(help))
}

/// What identifies an event for ever: nothing that changes when the plan is edited, and nothing that says
/// whose it is (RFC 7986 §5.3). The parts are the programme, the schedule, whose name stands for the athlete, and the slot; and
/// for a calendar beside another one, a word that tells them apart.
pub(crate) fn uid(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in std::iter::once(&"regimen session").chain(parts) {
        // Ids have no such character, so no two lists of parts run together.
        hasher.update(part);
        hasher.update([0]);
    }
    format!("{}@regimen", hex(&hasher.finalize()[..20]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identities_depend_on_nothing_else() {
        assert_eq!(uid(&["hamstrings", "spring", "w1-a"]), "c5296194be64914c971ef6e8219c416f78448b9f@regimen");
        let others = [["hamstrings", "spring", "w1-b"], ["hamstrings", "autumn", "w1-a"], ["calves", "spring", "w1-a"]];
        for parts in others {
            assert_ne!(uid(&parts), uid(&["hamstrings", "spring", "w1-a"]));
        }
        assert_ne!(uid(&["hamstrings", "spring", "w1-a", "private"]), uid(&["hamstrings", "spring", "w1-a"]));
    }
}
