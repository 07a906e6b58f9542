//! What the places to write in and the boxes of a plan are about.

use std::sync::Arc;

use regimen_catalog::plan::{PlannedItem, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::quantity::{Load, LoadUnit, PerSet};
use regimen_catalog::vocabulary::{EquipmentKind, Label, UnitName};

use super::Writer;
use super::across::Across;
use super::elements::Strand;
use super::log::{LogColumn, boxes, times_per_day};
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
        let caption: Arc<str> = self.to_write(strand).into();
        let work = Some(Arc::new(LogWork { id, name: self.listed_lines(name) }));
        let weeks = across.each.iter().zip(&strand.times).zip(columns);
        let places = weeks.map(|((own, (_, element)), column)| {
            // What only one week has, and what all of them share.
            let lines: Vec<&str> =
                own.iter().chain(&across.shared).filter(|line| !line.is_empty()).map(String::as_str).collect();
            let planned = lines.join(self.language.label(Label::ListSeparator));
            let times = times_per_day(element);
            // Boxes are ticked.
            let is_written = boxes(column.noted.len(), times).is_empty();
            let caption = if is_written { Arc::clone(&caption) } else { Arc::default() };
            entries(&column.noted, work.as_ref(), times, (&planned, &caption))
        });
        places.collect()
    }

    /// What to write down of an exercise: the weight, how hard it was, or only that it was done.
    fn to_write(self, strand: &Strand<'_>) -> String {
        let items = || strand.times.iter().filter_map(|(_, element)| element.exercise_items()).flatten();
        let loads = || items().filter_map(|item| item.dose.load.get()).flat_map(PerSet::iter).filter_map(Load::amount);
        let weight = loads().find_map(|load| match load.unit {
            LoadUnit::Kilogram => Some(UnitName::Kilogram),
            LoadUnit::Pound => Some(UnitName::Pound),
            LoadUnit::PercentOneRepMax | LoadUnit::PercentTrainingMax | LoadUnit::RepMax => Some(self.usual_weight()),
            LoadUnit::PercentBodyweight | LoadUnit::PercentLast => None,
        });
        let weight = weight.or_else(|| items().any(|item| self.takes_weights(item)).then(|| self.usual_weight()));
        let weight = weight.map(|unit| self.language.fill(unit, &[("n", "")]));
        let effort = items().any(|item| item.dose.rpe.is_some());
        let effort = effort.then(|| self.language.fill(Label::Rpe, &[("rpe", "")]));
        let both: Vec<String> = weight.into_iter().chain(effort).map(|word| word.trim().to_owned()).collect();
        if both.is_empty() { self.label(Label::Done) } else { both.join(self.language.label(Label::FactSeparator)) }
    }

    /// Whether an exercise is done with weights, whatever the plan says of how much.
    fn takes_weights(self, item: &PlannedItem) -> bool {
        let equipment = self.catalog.exercises.get(&item.exercise).and_then(|exercise| exercise.equipment.as_ref());
        let mut all = equipment.into_iter().flatten().flatten().filter_map(|id| self.catalog.equipment.get(id));
        all.any(|one| matches!(one.kind, Some(EquipmentKind::FreeWeight | EquipmentKind::Machine)))
    }

    /// What weights are measured in: as the person does, else as is usual where the reader lives.
    fn usual_weight(self) -> UnitName {
        let of_country = if self.language.tag.as_str().ends_with("-US") { UnitName::Pound } else { UnitName::Kilogram };
        self.weights.unwrap_or(of_country)
    }

    /// The boxes of a session in a grid of weeks.
    pub(super) fn noted_boxes(self, session: &PlannedSession, shown: &Inlines) -> Vec<LogEntry> {
        let of = shown.iter().filter(|inline| matches!(inline, Inline::Checkbox(_))).count();
        if of == 0 {
            return Vec::new();
        }
        let work = self.work_in_short(session).map(|work| self.work_line(session, &work)).unwrap_or_default();
        entries(&[self.noted_session(session)], None, of, (&work, &Arc::default()))
    }
}

/// An entry for each of so many times of the day of each session, with one line of how much is planned and what to write.
fn entries(
    sessions: &[Arc<LogSession>],
    work: Option<&Arc<LogWork>>,
    of: usize,
    (planned, caption): (&str, &Arc<str>),
) -> Vec<LogEntry> {
    let planned: Arc<str> = Arc::from(planned.replace('\u{a0}', " "));
    let entry = |number, session| LogEntry {
        session: Arc::clone(session),
        work: work.cloned(),
        time: (of > 1).then_some(LogTime { number, of }),
        planned: Arc::clone(&planned),
        caption: Arc::clone(caption),
    };
    sessions.iter().flat_map(|session| (1..=of).map(move |number| entry(number, session))).collect()
}
