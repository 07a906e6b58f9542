//! When something holds of a session that comes again, in words: its weeks, and its days where those of a week differ.

use std::collections::BTreeMap;

use regimen_catalog::model::Note;
use regimen_catalog::plan::PlannedSession;
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::elements::Strand;

impl<'a> Writer<'a> {
    /// What holds each time: said once if it is always the same, else "2 × 8 (weeks 1–3), 3 × 8 (week 4)". What has commas itself
    /// is parted by more.
    pub(super) fn by_times(self, values: &[(&PlannedSession, String)]) -> String {
        let separator = self.separator_of(values.iter().map(|(_, value)| value.as_str()));
        self.variants_of_times(values).join(separator)
    }

    /// What parts these in one line: a comma, or what parts more where one of them has a comma itself.
    pub(super) fn separator_of<'v>(self, mut values: impl Iterator<Item = &'v str>) -> &'a str {
        let [comma, semicolon] = [Label::ListSeparator, Label::ItemSeparator].map(|label| self.language.label(label));
        if values.any(|value| value.contains(comma)) { semicolon } else { comma }
    }

    /// The different values, each with its weeks if there are several: "5 min (weeks 1–2)". Where the days of a week differ, each
    /// with its days: "5 min (Tuesday)".
    pub(super) fn variants_of_times(self, values: &[(&PlannedSession, String)]) -> Vec<String> {
        if is_one_each_week(values) {
            return self
                .variants(&values.iter().map(|(session, value)| (session.week, value.clone())).collect::<Vec<_>>());
        }
        let mut different: Vec<&String> = Vec::new();
        for (_, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            different.extend((!different.contains(&value)).then_some(value));
        }
        let said = different.into_iter().map(|value| {
            let values = [("what", value.as_str()), ("weeks", &self.on_days(values, |other| other == value))];
            self.language.fill(Label::WhatInWeeks, &values)
        });
        said.collect()
    }

    /// "Tuesday, Friday", and of a day on which it does not always hold, its weeks: "Tuesday, weeks 1–3; Friday".
    fn on_days<T>(self, values: &[(&PlannedSession, T)], holds: impl Fn(&T) -> bool) -> String {
        let [comma, semicolon] = [Label::ListSeparator, Label::ItemSeparator].map(|label| self.language.label(label));
        let mut days: Vec<(String, bool, Vec<u32>)> = Vec::new();
        for (session, value) in values {
            let day = self.day_of(session);
            let at = days.iter().position(|(known, ..)| *known == day).unwrap_or(days.len());
            if at == days.len() {
                days.push((day, true, Vec::new()));
            }
            let (_, always, weeks) = &mut days[at];
            *always &= holds(value);
            weeks.extend(holds(value).then_some(session.week));
        }
        days.retain(|(.., weeks)| !weeks.is_empty());
        let are_always = days.iter().all(|(_, always, _)| *always);
        let days = days.into_iter().map(|(day, always, weeks)| match always {
            true => day,
            false => format!("{day}{comma}{}", self.weeks(&weeks)),
        });
        days.collect::<Vec<_>>().join(if are_always { comma } else { semicolon })
    }

    /// The notes of something, each once. Where one is of some weeks alone, or of some days of a week, it says of which.
    pub(super) fn notes_of(self, strand: &Strand<'_>) -> Vec<Inlines> {
        let of_times: Vec<(&PlannedSession, Vec<&Note>)> =
            strand.times.iter().map(|(session, element)| (*session, element.notes())).collect();
        let mut notes: Vec<&Note> = Vec::new();
        for note in of_times.iter().flat_map(|(_, notes)| notes) {
            notes.extend((!notes.contains(note)).then_some(note));
        }
        let said = notes.into_iter().map(|note| {
            let has: Vec<_> = of_times.iter().map(|(session, notes)| (*session, notes.contains(&note))).collect();
            let mut said = self.note(note);
            let is_always = has.iter().all(|(_, has)| *has);
            if !said.is_empty() && !is_always {
                let when = if is_one_each_week(&has) {
                    let weeks: Vec<u32> = has.iter().filter(|(_, has)| *has).map(|(session, _)| session.week).collect();
                    self.weeks(&weeks)
                } else {
                    self.on_days(&has, |has| *has)
                };
                let when = self.language.fill(Label::WhatInWeeks, &[("what", ""), ("weeks", &when)]);
                said.push(Inline::Text(format!(" {}", when.trim())));
            }
            said
        });
        said.filter(|note| !note.is_empty()).collect()
    }

    /// Notes below other lines of a cell.
    pub(super) fn push_notes(self, strand: &Strand<'_>, cell: &mut Inlines) {
        for note in self.notes_of(strand) {
            cell.extend((!cell.is_empty()).then_some(Inline::Break));
            cell.extend(note);
        }
    }
}

/// Whether no week has two different values.
pub(super) fn is_one_each_week<T: PartialEq>(values: &[(&PlannedSession, T)]) -> bool {
    let mut of_weeks = BTreeMap::new();
    values.iter().all(|(session, value)| *of_weeks.entry(session.week).or_insert(value) == value)
}
