//! Of what the shares are that cells of a grid of weeks have no room to name.

use regimen_catalog::model::Exercise;
use regimen_catalog::plan::Plan;
use regimen_catalog::quantity::{LoadUnit, Measured};
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Id, Reference};

use super::Writer;
use super::amounts::unbroken;
use super::brief::{ShortWork, is_share, lifted};
use super::writer::{labelled, text};
use crate::document::Block;

impl Writer<'_> {
    /// "65 %" and "65 % of your training max": the first share of each kind that cells have, and if there are several kinds, in which exercises.
    pub(super) fn shares(self, plan: &Plan) -> Vec<(String, String)> {
        let mut found: Vec<(Measured<LoadUnit>, Vec<&Id<Exercise>>)> = Vec::new();
        for session in plan.sessions() {
            let Some(ShortWork::Lead { item, amount, others: _ }) = self.work_in_short(session) else { continue };
            // The top set is not always the first of the sets of an exercise.
            let sets = session.items().map(|(_, set)| set).filter(|set| set.exercise == item.exercise);
            let is_shown = |load: &Measured<LoadUnit>| unbroken(&amount).ends_with(&unbroken(&self.short_load(load)));
            let mut loads = sets.filter_map(lifted).filter(|load| is_share(load.unit));
            let Some(load) = loads.find(is_shown) else { continue };
            let at = found.iter().position(|(known, _)| known.unit == load.unit).unwrap_or(found.len());
            if at == found.len() {
                found.push((load, Vec::new()));
            }
            let exercises = &mut found[at].1;
            exercises.extend((!exercises.contains(&&item.exercise)).then_some(&item.exercise));
        }
        let several = found.len() > 1;
        let said = found.into_iter().map(|(load, exercises)| {
            let whole = self.amount(&load);
            let names: Vec<String> = exercises.into_iter().map(|id| self.name(&Reference::from(id))).collect();
            let names = names.join(self.language.label(Label::ListSeparator));
            let with = || self.language.fill(Label::WithNote, &[("what", &whole), ("note", &names)]);
            (self.short_load(&load), if several { with() } else { whole })
        });
        said.collect()
    }

    /// The same in a line below a grid.
    pub(super) fn shares_line(self, plan: &Plan) -> Option<Block> {
        let lines = self.shares(plan).into_iter().map(|(share, whole)| {
            let share = self.language.fill(Label::PartOf, &[("part", &unbroken(&share))]);
            labelled(share, text(unbroken(&whole)))
        });
        let line = self.joined(lines, Label::ItemSeparator);
        (!line.is_empty()).then_some(Block::Paragraph(line))
    }
}
