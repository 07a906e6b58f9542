//! How much of each exercise a plan has, for the cards of its exercises.

use std::collections::BTreeMap;

use regimen_catalog::Id;
use regimen_catalog::model::Exercise;
use regimen_catalog::plan::{Plan, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::amounts::unbroken;
use super::elements::{SessionElement, strands};
use super::fridge::ShortDose;
use super::sheets::Sheets;
use super::writer::{below_each_other, text};

/// The doses of exercises: the name of the session and how much it has, in lines, with its notes.
type Doses = BTreeMap<Id<Exercise>, Vec<(String, Vec<Inlines>)>>;

impl Writer<'_> {
    /// The dose of each exercise of a plan by weeks, in short. Where sessions differ, each is named.
    pub(super) fn doses_of_plan(self, plan: &Plan) -> BTreeMap<Id<Exercise>, Inlines> {
        let mut doses = Doses::new();
        for sheet in &Sheets::to_look_at(plan).all {
            self.add_doses(&sheet.sessions, &mut doses);
            for other in sheet.choices() {
                self.add_doses(&other.iter().collect::<Vec<_>>(), &mut doses);
            }
        }
        doses.into_iter().map(|(id, doses)| (id, self.dose_lines(&doses))).collect()
    }

    fn add_doses(self, sessions: &[&PlannedSession], doses: &mut Doses) {
        let separator = self.language.label(Label::ListSeparator);
        // How the next exercises alternate, and how many they are.
        let mut group = (Inlines::new(), 0_usize);
        let all = strands(sessions);
        for (at, strand) in all.iter().enumerate() {
            if let Some((_, items)) = strand.times[0].1.group() {
                let title = text(unbroken(&self.group_title_by_times(strand)));
                group = (self.with_turns(title, strand, &all[at + 1..]), items);
            }
            let SessionElement::Exercise(items) = &strand.times[0].1 else { continue };
            let in_turns = (group.1 > 0).then(|| group.0.clone());
            group.1 = group.1.saturating_sub(1);
            let Some(id) = items.first().map(|item| &item.exercise) else { continue };
            let ShortDose { amounts, manner } = self.dose_in_short(sessions, strand);
            let parts_more = self.language.label(Label::ItemSeparator);
            let is_one = matches!(amounts.as_slice(), [only] if !only.contains(parts_more));
            let lines: Vec<String> = amounts.into_iter().chain(manner).filter(|line| !line.is_empty()).collect();
            // A comma behind several amounts would belong to the last of them.
            let dose = if is_one && !lines.is_empty() { vec![lines.join(separator)] } else { lines };
            let dose = dose.iter().map(|line| text(unbroken(line)));
            let dose: Vec<Inlines> = in_turns.into_iter().chain(dose).chain(self.notes_of(strand)).collect();
            let known = doses.entry(id.clone()).or_default();
            if !dose.is_empty() && !known.iter().any(|(_, other)| *other == dose) {
                known.push((self.session_name(sessions[0]), dose));
            }
        }
    }

    fn dose_lines(self, doses: &[(String, Vec<Inlines>)]) -> Inlines {
        let is_only = doses.len() == 1;
        let lines = doses.iter().flat_map(|(session, dose)| {
            let session = self.language.fill(Label::PartOf, &[("part", session)]);
            dose.iter().enumerate().map(move |(at, line)| {
                let names = (at == 0 && !is_only).then(|| Inline::Text(format!("{session} ")));
                names.into_iter().chain(line.iter().cloned()).collect()
            })
        });
        below_each_other(lines)
    }
}
