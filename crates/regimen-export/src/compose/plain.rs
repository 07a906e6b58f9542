//! Blocks of a session in plain text, for places that make no document.

use regimen_catalog::language::Language;
use regimen_catalog::model::{Dose, Exercise, Note, RunStep};
use regimen_catalog::plan::{PlannedBlock, PlannedItem};
use regimen_catalog::{Catalog, Id, Reference};

use super::Writer;

/// A piece of a session in words.
///
/// ```
/// use regimen_export::compose::PlainBlock;
/// let raise = PlainBlock { text: "Calf raise: 3 × 8".into(), exercise: None, dose: None, inner: Vec::new() };
/// let turns = PlainBlock { text: "3 rounds".into(), inner: vec![raise.clone()], ..raise };
/// assert_eq!(format!("{}: {}", turns.text, turns.inner[0].text), "3 rounds: Calf raise: 3 × 8");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlainBlock {
    /// All of it in one line.
    pub text: String,
    /// The exercise, if it is one.
    pub exercise: Option<Id<Exercise>>,
    /// How much of the exercise.
    pub dose: Option<String>,
    /// What belongs to it: the exercises done in turns, what the reader decides, or a note.
    pub inner: Vec<PlainBlock>,
}

/// A block in the words of a language; the steps of a run are a piece each.
///
/// ```
/// use regimen_export::{compose, testing};
/// let catalog = testing::catalog();
/// let plan = testing::plan(&catalog, "calf-plan");
/// let part = &plan.weeks[0].sessions[0].parts[0];
/// let blocks = compose::plain_blocks(&catalog, &catalog.languages[catalog.language()], &part.blocks[0]);
/// assert_eq!(blocks[0].text, "Calf raise: 3 × 8–12");
/// ```
pub fn plain_blocks(catalog: &Catalog, language: &Language, block: &PlannedBlock) -> Vec<PlainBlock> {
    let writer = Writer::of(catalog, language);
    match block {
        PlannedBlock::Item(item) => vec![writer.plain_item(item)],
        PlannedBlock::Group { format, items } => {
            let inner = items.iter().map(|item| writer.plain_item(item)).collect();
            vec![PlainBlock { inner, ..plain(writer.group_title(*format)) }]
        }
        PlannedBlock::Run(steps) => {
            let step =
                |step: &RunStep| PlainBlock { inner: writer.plain_note(step.note()), ..plain(writer.step(step)) };
            steps.iter().map(step).collect()
        }
        PlannedBlock::Text(owner, key) => vec![plain(writer.in_plain_text(&writer.block_text(owner, key)))],
    }
}

/// A dose in the words of a language: "3 × 8–12 each side, RPE 7, rest 90 s".
///
/// ```
/// use regimen_export::{compose, testing};
/// let catalog = testing::catalog();
/// let dose = catalog.exercises["calf-raise"].defaults.as_ref().unwrap();
/// assert_eq!(compose::dose(&catalog, &catalog.languages[catalog.language()], dose), "3 × 8–12");
/// ```
pub fn dose(catalog: &Catalog, language: &Language, dose: &Dose) -> String {
    Writer::of(catalog, language).dose(dose)
}

impl Writer<'_> {
    fn plain_item(self, item: &PlannedItem) -> PlainBlock {
        let name = self.name(&Reference::from(&item.exercise));
        let dose = self.item_dose(item);
        let instruction = item.instruction.as_ref().map(|instruction| plain(self.instruction(instruction)));
        PlainBlock {
            text: format!("{name}: {dose}"),
            exercise: Some(item.exercise.clone()),
            dose: Some(dose),
            inner: instruction.into_iter().chain(self.plain_note(item.note.as_ref())).collect(),
        }
    }

    fn plain_note(self, note: Option<&Note>) -> Vec<PlainBlock> {
        let note = note.map(|note| self.in_plain_text(&self.note(note))).filter(|note| !note.is_empty());
        note.map(plain).into_iter().collect()
    }
}

fn plain(text: String) -> PlainBlock {
    PlainBlock { text, exercise: None, dose: None, inner: Vec::new() }
}
