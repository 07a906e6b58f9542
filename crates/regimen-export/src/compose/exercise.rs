//! The page of one exercise, and cards to cut out.

use regimen_catalog::Reference;
use regimen_catalog::model::{Entry, Exercise, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::vocabulary::Label;

use super::Writer;
use crate::document::{Block, Document};
use crate::exporter::Unit;

/// Composes the page of an exercise: picture, key facts, steps, cues, ladder, sources.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let catalog = testing::catalog();
/// let exercise = &catalog.exercises["calf-raise"];
/// let page = compose::exercise(&testing::unit(&catalog, Subject::Exercise(exercise)), exercise);
/// assert_eq!(page.title, "Calf raise");
/// assert!(matches!(&page.blocks[..2], [Block::Figure(_), Block::Facts(_)]));
/// ```
pub fn exercise(unit: &Unit<'_>, exercise: &Entry<Exercise>) -> Document {
    let (writer, words) = Writer::new(unit).reading(exercise);
    let mut document = writer.document(&words.name, None);
    document.keywords.clone_from(&exercise.tags);
    document.blocks.extend(writer.replaced(exercise));
    document.blocks.extend(writer.exercise_figure(exercise).map(Block::Figure));
    let facts = writer.exercise_facts(exercise);
    document.blocks.extend((!facts.is_empty()).then_some(Block::Facts(facts)));
    document.blocks.extend(writer.exercise_body(exercise, 1));
    let printed = vec![Reference::from(&exercise.id)];
    document.blocks.extend(writer.sources(&exercise.sources, printed, &[]));
    document
}

/// Composes a card for each exercise, with its usual dose, and nothing else.
///
/// ```
/// use regimen_export::{Subject, compose, document::Block, testing};
/// let catalog = testing::catalog();
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let page = compose::cards(&unit, &[&catalog.exercises["calf-raise"]]);
/// assert!(matches!(&page.blocks[..], [Block::Card(card)] if card.facts.last().unwrap().0 == "How much"));
/// ```
pub fn cards(unit: &Unit<'_>, exercises: &[&Entry<Exercise>]) -> Document {
    let writer = Writer::new(unit);
    let mut document = writer.document(writer.label(Label::ExerciseCards), None);
    document.blocks.extend(exercises.iter().map(|exercise| {
        let mut card = writer.short_card(exercise);
        card.facts.extend(writer.usual_dose(exercise));
        Block::Card(card)
    }));
    writer.credit_cards(&mut document);
    document
}

/// Composes a card for each exercise of a plan, in the order in which it first has them. Each has the dose of the plan
/// by weeks, in short.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::plan_cards(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// assert_eq!((page.title.as_str(), page.blocks.len()), ("Calf plan", 1), "one exercise in both weeks");
/// ```
pub fn plan_cards(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    let (writer, words) = Writer::new(unit).in_plan(plan).reading(program);
    let mut document = writer.document(&words.name, program.revised);
    let mut doses = writer.doses_of_plan(plan);
    document.blocks.extend(writer.exercises_of(plan).into_iter().map(|exercise| {
        let mut card = writer.short_card(exercise);
        let dose = doses.remove(&exercise.id).filter(|dose| !dose.is_empty());
        card.facts.extend(dose.map(|dose| (writer.label(Label::Dose), dose)));
        Block::Card(card)
    }));
    writer.credit_cards(&mut document);
    document
}
