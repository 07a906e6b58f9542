//! Weeks in words, and what differs between them.

use regimen_catalog::quantity::Extent;
use regimen_catalog::vocabulary::Label;

use super::Writer;

/// What is said of some weeks, and which these are.
pub(super) type Variant = (String, Vec<u32>);

/// Adds a week to those of which the same is said.
pub(super) fn add_week(variants: &mut Vec<Variant>, value: &str, week: u32) {
    match variants.iter_mut().find(|(known, _)| known == value) {
        Some((_, weeks)) => weeks.push(week),
        None => variants.push((value.to_owned(), vec![week])),
    }
}

/// The different values with their weeks.
pub(super) fn variants(values: &[(u32, String)]) -> Vec<Variant> {
    let mut variants = Vec::new();
    values.iter().for_each(|(week, value)| add_week(&mut variants, value, *week));
    variants
}

impl Writer<'_> {
    /// What holds in each week: said once if it is always the same, else "2 × 8 (weeks 1–3), 3 × 8 (week 4)".
    pub(super) fn by_weeks(self, values: &[(u32, String)]) -> String {
        self.variants(values).join(self.language.label(Label::ListSeparator))
    }

    /// The different values, each with its weeks if there are several.
    pub(super) fn variants(self, values: &[(u32, String)]) -> Vec<String> {
        self.each_in_weeks(&variants(values))
    }

    /// Values that differ, each with its weeks if there are several.
    pub(super) fn each_in_weeks(self, variants: &[Variant]) -> Vec<String> {
        if let [(only, _)] = variants {
            return vec![only.clone()];
        }
        self.each_with_weeks(variants)
    }

    /// Values, each with its weeks, also where there is only one.
    pub(super) fn each_with_weeks(self, variants: &[Variant]) -> Vec<String> {
        let said = variants.iter().filter(|(value, _)| !value.is_empty());
        said.map(|(value, weeks)| self.in_weeks(value, weeks)).collect()
    }

    pub(super) fn in_weeks(self, what: &str, weeks: &[u32]) -> String {
        self.language.fill(Label::WhatInWeeks, &[("what", what), ("weeks", &self.weeks(weeks))])
    }
}

/// Weeks that follow each other, as one stretch; a week that comes twice counts once. They come in the order of their sessions,
/// which is not always that of the weeks.
pub(super) fn stretches(weeks: &[u32]) -> Vec<Extent<u32>> {
    let mut stretches: Vec<Extent<u32>> = Vec::new();
    let mut weeks = weeks.to_vec();
    weeks.sort_unstable();
    for week in &weeks {
        let last =
            stretches.last_mut().filter(|last| last.high() == *week || last.high().checked_add(1) == Some(*week));
        match last.and_then(|last| Some((Extent::new(last.low(), *week)?, last))) {
            Some((longer, last)) => *last = longer,
            None => stretches.push(Extent::one(*week)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_that_follow_each_other_are_one_stretch() {
        let written = |weeks: &[u32]| stretches(weeks).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(written(&[]), "");
        assert_eq!(written(&[3]), "3");
        assert_eq!(written(&[1, 2, 1, 3]), "1-3");
        assert_eq!(written(&[1, 1, 2, 3, 5, 7, 8]), "1-3 5 7-8");
        assert_eq!(written(&[u32::MAX, u32::MAX]), u32::MAX.to_string());
    }
}
