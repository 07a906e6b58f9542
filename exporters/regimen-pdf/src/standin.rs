//! Cards and sheets of a plan, put together from what is composed for other purposes.

use regimen_catalog::model::{Entry, Exercise, Program};
use regimen_catalog::plan::Plan;
use regimen_export::document::{Block, Card, Document};
use regimen_export::{Unit, compose};

pub(crate) fn cards(unit: &Unit<'_>, exercises: &[&Entry<Exercise>]) -> Option<Document> {
    let mut all = exercises.iter().map(|exercise| (exercise.id.clone(), compose::exercise(unit, exercise)));
    let (first, mut document) = all.next()?;
    let blocks = std::mem::take(&mut document.blocks);
    let mut cards = vec![card(first, document.title.clone(), blocks)];
    cards.extend(all.map(|(id, document)| card(id, document.title, document.blocks)));
    Some(Document { blocks: cards, ..document })
}

fn card(id: regimen_catalog::Id<Exercise>, title: String, blocks: Vec<Block>) -> Block {
    let mut card = Card {
        level: 1,
        anchor: id.to_string(),
        entry: regimen_catalog::Reference::Exercise(id),
        title: vec![regimen_catalog::prose::Inline::Text(title)],
        figure: None,
        facts: Vec::new(),
        muscles: None,
        codes: Vec::new(),
        body: Vec::new(),
    };
    for block in blocks {
        match block {
            Block::Card(inner) => card = inner,
            Block::Figure(figure) if card.figure.is_none() => card.figure = Some(figure),
            Block::Facts(facts) if card.facts.is_empty() => card.facts = facts,
            block => card.body.push(block),
        }
    }
    Block::Card(card)
}

pub(crate) fn plan_cards(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Option<Document> {
    let mut document = compose::program(unit, program, plan);
    document.blocks.retain(|block| matches!(block, Block::Card(_)));
    (!document.blocks.is_empty()).then_some(document)
}

pub(crate) fn fridge(unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Document {
    compose::program(unit, program, plan)
}
