//! The months of a dated plan.

use std::collections::BTreeMap;

use jiff::civil::Date;
use regimen_catalog::plan::Plan;
use regimen_catalog::prose::Inlines;
use regimen_catalog::vocabulary::{Label, Month as MonthName, SessionKind, Weekday};

use super::Writer;
use super::sheets::Sheets;
use super::writer::{below_each_other, heading};
use crate::document::{Block, Month, MonthDay};

impl Writer<'_> {
    /// A page for each month that the plan touches; none without dates.
    pub(super) fn months(self, plan: &Plan, sheets: &Sheets<'_>) -> Vec<Block> {
        let entries = self.entries(plan, sheets);
        let ends = entries.keys().next().zip(entries.keys().next_back());
        let Some((mut month, last)) = ends.map(|(first, last)| (first.first_of_month(), *last)) else {
            return Vec::new();
        };
        let mut blocks = vec![Block::PageBreak, heading(1, "months", self.label_text(Label::Calendar))];
        loop {
            blocks.push(Block::Month(self.month(month, &entries)));
            match month.last_of_month().tomorrow() {
                Ok(next) if next <= last => month = next,
                _ => return blocks,
            }
            blocks.push(Block::PageBreak);
        }
    }

    fn entries(self, plan: &Plan, sheets: &Sheets<'_>) -> BTreeMap<Date, Vec<Inlines>> {
        let mut entries: BTreeMap<Date, Vec<Inlines>> = BTreeMap::new();
        for session in plan.sessions() {
            if let Some(date) = session.date {
                let entry = self.entry(session, self.sheet_link(sheets, session));
                entries.entry(date).or_default().push(below_each_other([entry, self.moved_mark(session)]));
            }
        }
        for session in &plan.left_out {
            entries.entry(session.date).or_default().push(self.left_out_mark(session));
        }
        let race = plan.schedule.as_ref().and_then(|schedule| schedule.race);
        let is_race = |date| plan.sessions().any(|s| s.kind == SessionKind::Race && s.date == Some(date));
        if let Some(race) = race.filter(|race| !is_race(*race)) {
            entries.entry(race).or_default().push(self.label_text(Label::RaceDay));
        }
        entries
    }

    fn month(self, first: Date, entries: &BTreeMap<Date, Vec<Inlines>>) -> Month {
        let name = MonthName::ALL[(first.month().unsigned_abs() as usize + 11) % 12];
        let values = [("month", self.language.label(name)), ("year", &first.year().to_string())];
        let mut weeks = vec![<[Option<MonthDay>; 7]>::default()];
        let start = Weekday::ALL.iter().position(|day| *day == self.language.tag.first_weekday()).unwrap_or_default();
        let (before, from) = Weekday::ALL.split_at(start);
        for number in 1..=first.days_in_month() {
            let Ok(date) = Date::new(first.year(), first.month(), number) else { continue };
            let column = (usize::from(date.weekday().to_monday_zero_offset().unsigned_abs()) + from.len()) % 7;
            if column == 0 && number > 1 {
                weeks.push(Default::default());
            }
            if let Some(day) = weeks.last_mut().and_then(|week| week.get_mut(column)) {
                *day = Some(MonthDay { number, entries: entries.get(&date).cloned().unwrap_or_default() });
            }
        }
        Month {
            title: self.language.fill(Label::MonthOf, &values),
            weekdays: from.iter().chain(before).map(|day| self.language.label(*day).to_owned()).collect(),
            weeks,
        }
    }
}
