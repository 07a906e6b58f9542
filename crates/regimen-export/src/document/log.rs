//! What is noted of a plan: what a place to write in or a box to tick is about.

use std::sync::Arc;

use jiff::civil::Date;

/// What a place to write in or a box to tick is about, so that what was filled in there can be read back.
///
/// ```
/// use std::sync::Arc;
/// use regimen_export::document::{LogEntry, LogSession, LogTime, LogWork};
/// let session = LogSession { slot: "w3-gym".into(), title: "Week 3 · Gym".into(), separator: " · ".into(), ..LogSession::default() };
/// let entry = LogEntry {
///     session: Arc::new(session),
///     work: Some(Arc::new(LogWork { id: "calf-raise".into(), name: "Calf raise".into() })),
///     time: Some(LogTime { number: 2, of: 8 }),
///     planned: "10 reps".into(),
///     caption: "kg · RPE".into(),
/// };
/// assert_eq!(entry.name(), "w3-gym_calf-raise_2");
/// assert_eq!(entry.label(), "Week 3 · Gym · Calf raise · 2/8");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// The session.
    pub session: Arc<LogSession>,
    /// What is done in it; `None` for all of it.
    pub work: Option<Arc<LogWork>>,
    /// Which time of the day it is, if there are several.
    pub time: Option<LogTime>,
    /// How much of it is planned, as it is printed; may be empty.
    pub planned: Arc<str>,
    /// What to write there, in short: "kg · RPE"; empty for a box to tick.
    pub caption: Arc<str>,
}

impl LogEntry {
    /// A name that stays the same as long as the programme has this work at this place. It has no point, which parts the names of
    /// fields in PDF.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use regimen_export::document::{LogEntry, LogSession};
    /// let session = LogSession { slot: "w3-2".into(), id: "easy-run".into(), ..LogSession::default() };
    /// let entry = LogEntry { session: Arc::new(session), work: None, time: None, planned: "5 km".into(), caption: "Done".into() };
    /// assert_eq!(entry.name(), "w3-2_easy-run");
    /// ```
    pub fn name(&self) -> String {
        let LogSession { slot, id, .. } = &*self.session;
        let session = (!slot.contains(id.as_str())).then(|| id.clone());
        let work = self.work.as_ref().map(|work| work.id.clone());
        let time = self.time.map(|time| time.number.to_string());
        std::iter::once(slot.clone()).chain(session).chain(work).chain(time).collect::<Vec<_>>().join("_")
    }

    /// What it is about in one line, for those who hear it.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use regimen_export::document::{LogEntry, LogSession};
    /// let session = LogSession { title: "Week 3 · Easy run".into(), ..LogSession::default() };
    /// let entry = LogEntry { session: Arc::new(session), work: None, time: None, planned: "5 km".into(), caption: "Done".into() };
    /// assert_eq!(entry.label(), "Week 3 · Easy run");
    /// ```
    pub fn label(&self) -> String {
        let work = self.work.as_ref().map(|work| work.name.clone());
        let time = self.time.map(|LogTime { number, of }| format!("{number}/{of}"));
        let parts = std::iter::once(self.session.title.clone()).chain(work).chain(time);
        parts.collect::<Vec<_>>().join(&self.session.separator)
    }
}

/// A session of a plan of which something is noted.
///
/// ```
/// use regimen_export::document::LogSession;
/// let session = LogSession { week: 3, day: "Monday".into(), ..LogSession::default() };
/// assert_eq!(session.date, None, "a plan without a start");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogSession {
    /// What stays the same when day, session or doses change, and is another one for each session of the plan.
    pub slot: String,
    /// The id of the session.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The week, 1 for the first.
    pub week: u32,
    /// Its day, as it is printed.
    pub day: String,
    /// Its date, if the plan has a start.
    pub date: Option<Date>,
    /// All of this in one line, and what parts it from what follows.
    pub title: String,
    /// See `title`.
    pub separator: String,
}

/// An exercise or a step of which something is noted.
///
/// ```
/// use regimen_export::document::LogWork;
/// let work = LogWork { id: "calf-raise".into(), name: "Calf raise".into() };
/// assert!(!work.id.contains('.'));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogWork {
    /// The id of the exercise; `step` for a step of a run.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// Which of several times of a day it is.
///
/// ```
/// use regimen_export::document::LogTime;
/// let last = LogTime { number: 8, of: 8 };
/// assert!((1..=last.of).contains(&last.number));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogTime {
    /// 1 for the first.
    pub number: usize,
    /// How many there are.
    pub of: usize,
}
