//! The page of one exercise, and cards to cut out.

use regimen_catalog::Reference;
use regimen_catalog::model::{Entry, Exercise, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::vocabulary::Label;

use super::Writer;
use super::program::used_exercises;
use super::writer::text;
use crate::document::{Block, Document};
use crate::exporter::Unit;

/// Composes the page of an exercise: picture, key facts, steps, cues, ladder, sources.
pub fn exercise(unit: &Unit<'_>, exercise: &Entry<Exercise>) -> Document {
    let (writer, words) = Writer::new(unit).reading(exercise);
    let mut document = writer.document(&words.name, None);
    document.keywords.clone_from(&exercise.tags);
    document.blocks.extend(writer.replaced(exercise, Reference::Exercise));
    document.blocks.extend(writer.exercise_figure(exercise).map(Block::Figure));
    document.blocks.push(Block::Facts(writer.exercise_facts(exercise)));
    document.blocks.extend(writer.exercise_body(exercise, 1));
    let sources = writer.source_list(&exercise.sources);
    if !sources.is_empty() {
        let content = writer.label_text(Label::Sources);
        document.blocks.push(Block::Heading { level: 1, anchor: "sources".into(), content });
        document.blocks.extend(sources);
    }
    document
}

/// Composes a card for each exercise, with its usual dose, and nothing else.
pub fn cards(unit: &Unit<'_>, exercises: &[&Entry<Exercise>]) -> Document {
    let writer = Writer::new(unit);
    let mut document = writer.document(&writer.label(Label::ExerciseCards), None);
    document.blocks.extend(exercises.iter().map(|exercise| {
        let mut card = writer.short_card(exercise);
        card.facts.push((writer.label(Label::Dose), text(writer.dose(&exercise.defaults))));
        Block::Card(card)
    }));
    document
}

/// Composes a card for each exercise of a plan, in the order in which it first has them. They have no dose, because the
/// plan has one for each week.
pub fn plan_cards(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    let (writer, words) = Writer::new(unit).reading(program);
    let mut document = writer.document(&words.name, program.revised);
    let used = used_exercises(plan);
    let exercises = used.iter().filter_map(|id| writer.catalog.exercises.get(id));
    document.blocks.extend(exercises.map(|exercise| Block::Card(writer.short_card(exercise))));
    document
}
