//! What can be drawn from the data alone: the muscles of an exercise, and codes for its addresses.

use std::collections::BTreeSet;

use regimen_catalog::model::{Exercise, MuscleTarget};
use regimen_catalog::prose::{Inline, LinkTarget};
use regimen_catalog::vocabulary::{Inside, Label, MuscleRole};

use super::Writer;
use super::writer::text;
use crate::document::{Code, MuscleMap, MusclePart};

/// What a figure shows; muscles that only hold still would colour nearly everything.
const SHOWN: [MuscleRole; 2] = [MuscleRole::Prime, MuscleRole::Synergist];

impl Writer<'_> {
    /// The muscles that move something.
    pub(super) fn muscle_map(self, exercise: &Exercise) -> Option<MuscleMap> {
        let mut names = Vec::new();
        let mut parts = Vec::new();
        for role in SHOWN {
            let label = self.language.label(role).to_owned();
            let targets: Vec<_> = exercise.muscles().iter().filter(|muscle| muscle.role == role).collect();
            let mut called = Vec::new();
            for muscle in &targets {
                let name = self.name(&muscle.target.reference());
                let words = [("muscle", name.as_str()), ("role", self.language.label(Inside::from(role)))];
                names.push(self.language.fill(Label::MuscleWorks, &words));
                called.push((self.named(&muscle.target.reference()), self.muscle_ids(&muscle.target)));
            }
            let ids = called.iter().flat_map(|(_, ids)| ids.clone()).collect();
            parts.extend((!called.is_empty()).then_some(MusclePart { label, ids, names: called }));
        }
        let muscles = names.join(self.language.label(Label::ListSeparator));
        let alt = self.language.fill(Label::MuscleMap, &[("muscles", &muscles)]);
        let (not_drawn, separator) = (self.label(Label::NotDrawn), self.label(Label::ListSeparator));
        (!parts.is_empty()).then_some(MuscleMap { alt, parts, not_drawn, separator })
    }

    fn muscle_ids(self, target: &MuscleTarget) -> Vec<String> {
        let mut ids = vec![target.reference().id().to_owned()];
        if let MuscleTarget::Group(group) = target
            && let Some(group) = self.catalog.muscle_groups.get(group)
        {
            ids.extend(group.members.iter().map(ToString::to_string));
        }
        ids
    }

    /// The addresses of an exercise's pictures and videos.
    pub(super) fn codes(self, exercise: &Exercise) -> Vec<Code> {
        let mut seen = BTreeSet::new();
        let addresses = exercise.media.iter().filter_map(|media| media.url.as_deref());
        let on_the_web = addresses.filter(|address| address.starts_with("https://") || address.starts_with("http://"));
        on_the_web.filter(|address| seen.insert(*address)).map(|address| self.code(address)).collect()
    }

    fn code(self, address: &str) -> Code {
        let target = LinkTarget::Url(address.to_owned());
        let mut caption = text(format!("{} ", self.label(Label::SeeMore)));
        caption.push(Inline::Link { target, content: text(address), title: None });
        Code { address: address.to_owned(), alt: self.language.fill(Label::CodeOf, &[("address", address)]), caption }
    }
}
