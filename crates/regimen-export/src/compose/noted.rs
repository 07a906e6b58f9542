//! What the places to write in and the boxes of a plan are about.

use std::sync::Arc;

use regimen_catalog::plan::PlannedSession;
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::across::Across;
use super::elements::Strand;
use super::log::{LogColumn, times_per_day};
use crate::document::{LogEntry, LogSession, LogTime, LogWork};

impl Writer<'_> {
    /// A session as it is noted.
    pub(super) fn noted_session(self, session: &PlannedSession) -> Arc<LogSession> {
        let separator = self.label(Label::FactSeparator);
        let name = self.session_name(session);
        let date = session.date.map(|date| self.date(Label::DayMonth, date));
        let title = self.counted_day(session, true).into_iter().chain(date).chain([name.clone()]);
        Arc::new(LogSession {
            title: title.collect::<Vec<_>>().join(&separator),
            slot: session.slot.clone(),
            id: session.session.to_string(),
            name,
            week: session.week,
            day: self.day_of(session),
            date: session.date,
            separator,
        })
    }

    /// What the places of an exercise or a step of this name are about, in each column: one to write in, or the boxes of
    /// [`super::log::boxes`] in their order.
    pub(super) fn noted_of(
        self,
        strand: &Strand<'_>,
        name: &[Inline],
        across: &Across,
        columns: &[LogColumn<'_>],
    ) -> Vec<Vec<LogEntry>> {
        let first = strand.times[0].1.exercise_items().and_then(|items| items.first());
        let id = first.map_or_else(|| "step".to_owned(), |item| item.exercise.to_string());
        let work = Some(Arc::new(LogWork { id, name: self.listed_lines(name) }));
        let weeks = across.each.iter().zip(&strand.times).zip(columns);
        let places = weeks.map(|((own, (_, element)), column)| {
            // What only one week has, and what all of them share.
            let lines: Vec<&str> =
                own.iter().chain(&across.shared).filter(|line| !line.is_empty()).map(String::as_str).collect();
            let planned = lines.join(self.language.label(Label::ListSeparator));
            entries(&column.noted, work.as_ref(), times_per_day(element), &planned)
        });
        places.collect()
    }

    /// The boxes of a session in a grid of weeks.
    pub(super) fn noted_boxes(self, session: &PlannedSession, shown: &Inlines) -> Vec<LogEntry> {
        let of = shown.iter().filter(|inline| matches!(inline, Inline::Checkbox(_))).count();
        if of == 0 {
            return Vec::new();
        }
        let work = self.work_in_short(session).map(|work| self.work_line(session, &work)).unwrap_or_default();
        entries(&[self.noted_session(session)], None, of, &work)
    }
}

/// An entry for each session at each of so many times of a day, in one line of how much is planned.
fn entries(sessions: &[Arc<LogSession>], work: Option<&Arc<LogWork>>, of: usize, planned: &str) -> Vec<LogEntry> {
    let planned: Arc<str> = Arc::from(planned.replace('\u{a0}', " "));
    let entry = |number, session| LogEntry {
        session: Arc::clone(session),
        work: work.cloned(),
        time: (of > 1).then_some(LogTime { number, of }),
        planned: Arc::clone(&planned),
    };
    (1..=of)
        .flat_map(|number| sessions.iter().map(move |session| (number, session)))
        .map(|(number, session)| entry(number, session))
        .collect()
}
