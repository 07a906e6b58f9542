//! The page of one exercise.

use regimen_catalog::Reference;
use regimen_catalog::model::{Entry, Exercise};
use regimen_catalog::vocabulary::Label;

use super::Writer;
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
        let content = text(writer.label(Label::Sources));
        document.blocks.push(Block::Heading { level: 1, anchor: "sources".into(), content });
        document.blocks.extend(sources);
    }
    document
}
