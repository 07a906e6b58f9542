//! What the places to write in and the boxes of a plan are about.

use std::sync::Arc;

use regimen_catalog::plan::PlannedSession;
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::elements::SessionElement;
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

    /// What is done in a session as it is noted.
    pub(super) fn noted_work(self, element: &SessionElement<'_>) -> Arc<LogWork> {
        let id = element.exercise_items().and_then(|items| items.first()).map(|item| item.exercise.to_string());
        let name = self.listed_lines(&self.element_name(element).0);
        Arc::new(LogWork { id: id.unwrap_or_else(|| "step".to_owned()), name })
    }

    /// How much is planned in one line: what only one week has, and what all of them share.
    pub(super) fn planned(self, own: &[String], shared: &[String]) -> String {
        let lines: Vec<&str> = own.iter().chain(shared).filter(|line| !line.is_empty()).map(String::as_str).collect();
        lines.join(self.language.label(Label::ListSeparator))
    }

    /// The places of one piece of work in a column: one to write in, or the boxes of [`super::log::boxes`] in their order.
    pub(super) fn noted_places(
        self,
        work: &Arc<LogWork>,
        column: &LogColumn<'_>,
        element: &SessionElement<'_>,
        planned: &str,
    ) -> Vec<LogEntry> {
        let (of, planned) = (times_per_day(element), Arc::from(planned.replace('\u{a0}', " ")));
        let entry = |number: usize, session: &Arc<LogSession>| LogEntry {
            session: Arc::clone(session),
            work: Some(Arc::clone(work)),
            time: (of > 1).then_some(LogTime { number, of }),
            planned: Arc::clone(&planned),
        };
        (1..=of)
            .flat_map(|number| column.noted.iter().map(move |session| (number, session)))
            .map(|(number, session)| entry(number, session))
            .collect()
    }

    /// The boxes of a session in a grid of weeks.
    pub(super) fn noted_boxes(self, session: &PlannedSession, shown: &Inlines) -> Vec<LogEntry> {
        let of = shown.iter().filter(|inline| matches!(inline, Inline::Checkbox(_))).count();
        if of == 0 {
            return Vec::new();
        }
        let work = self.work_in_short(session).map(|work| self.work_line(session, &work)).unwrap_or_default();
        let (noted, planned) = (self.noted_session(session), Arc::<str>::from(work.replace('\u{a0}', " ")));
        let entry = |number| LogEntry {
            session: Arc::clone(&noted),
            work: None,
            time: (of > 1).then_some(LogTime { number, of }),
            planned: Arc::clone(&planned),
        };
        (1..=of).map(entry).collect()
    }
}
