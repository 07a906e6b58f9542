//! Words of several paragraphs as lines of plain text, and the warnings of a session.

use std::collections::BTreeSet;

use regimen_catalog::Reference;
use regimen_catalog::plan::{PlannedBlock, PlannedItem, PlannedSession};
use regimen_catalog::prose::ProseBlock;
use regimen_catalog::vocabulary::Label;

use super::Writer;

impl Writer<'_> {
    /// What a session is for, in all its paragraphs.
    pub(super) fn summary_lines(self, session: &PlannedSession) -> Vec<String> {
        let Some(entry) = self.catalog.sessions.get(&session.session) else { return Vec::new() };
        let (writer, words) = self.reading(entry);
        let mut lines = Vec::new();
        writer.push_prose(&words.summary.0, "", &mut lines);
        lines
    }

    fn push_prose(self, blocks: &[ProseBlock], indent: &str, lines: &mut Vec<String>) {
        for block in blocks {
            match block {
                ProseBlock::Heading { content, .. } | ProseBlock::Paragraph(content) => {
                    lines.push(format!("{indent}{}", self.in_plain_text(&self.resolved(content))));
                }
                ProseBlock::List { start, items } => {
                    for (number, item) in (start.unwrap_or_default()..).zip(items) {
                        let first = lines.len();
                        self.push_prose(item, &format!("{indent}  "), lines);
                        if let Some(line) = lines.get_mut(first) {
                            let mark = start.map_or("-".to_owned(), |_| format!("{number}."));
                            *line = format!("{indent}{mark} {}", line.trim_start());
                        }
                    }
                }
                ProseBlock::Quote(_) | ProseBlock::Callout { .. } => {
                    block.children().for_each(|inner| self.push_prose(inner, indent, lines));
                }
                ProseBlock::Code { text: code, .. } => lines.extend(code.lines().map(|line| format!("{indent}{line}"))),
                ProseBlock::Table { header, rows, .. } => {
                    for row in std::iter::once(header).chain(rows) {
                        let cells: Vec<String> =
                            row.iter().map(|cell| self.in_plain_text(&self.resolved(cell))).collect();
                        lines.push(format!("{indent}{}", cells.join(self.language.label(Label::FactSeparator))));
                    }
                }
                ProseBlock::Footnotes(notes) => {
                    for (number, note) in (1..).zip(notes) {
                        let first = lines.len();
                        self.push_prose(note, indent, lines);
                        if let Some(line) = lines.get_mut(first) {
                            *line = format!("{indent}[{number}] {}", line.trim_start());
                        }
                    }
                }
                // Cards, pictures and rules have no plain text.
                ProseBlock::Embed(_) | ProseBlock::Figure { .. } | ProseBlock::Rule => {}
            }
        }
    }

    /// Why to stop in the exercises of a session, each reason once with the exercises that have it:
    /// "- Squat, Lunge: sharp pain in the knee".
    pub(super) fn stop_lines(self, session: &PlannedSession) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        let mut seen = BTreeSet::new();
        for item in all_items(session).filter(|item| seen.insert(item.exercise.clone())) {
            let Some(exercise) = self.catalog.exercises.get(&item.exercise) else { continue };
            let (writer, words) = self.reading(exercise);
            let name = self.name(&Reference::from(&item.exercise));
            for line in &words.stop_if {
                let reason = self.in_plain_text(&writer.resolved(&line.0));
                match reasons.iter_mut().find(|(known, _)| *known == reason) {
                    Some((_, exercises)) => exercises.push(name.clone()),
                    None => reasons.push((reason, vec![name.clone()])),
                }
            }
        }
        let said = reasons.into_iter().map(|(reason, exercises)| {
            let exercises = exercises.join(self.language.label(Label::ListSeparator));
            let exercises = self.language.fill(Label::PartOf, &[("part", &exercises)]);
            format!("- {exercises} {reason}")
        });
        said.collect()
    }

    /// The conditions with which an exercise of a session is not suitable.
    pub(super) fn condition_lines(self, session: &PlannedSession) -> Vec<String> {
        let exercises = all_items(session).filter_map(|item| self.catalog.exercises.get(&item.exercise));
        let conditions: BTreeSet<_> =
            exercises.flat_map(|exercise| exercise.contraindications.iter().cloned()).collect();
        conditions.into_iter().map(|id| format!("- {}", self.name(&id.into()))).collect()
    }
}

/// The exercises of a session and of what may be done instead.
fn all_items(session: &PlannedSession) -> impl Iterator<Item = &PlannedItem> {
    session.parts_and_choices().flat_map(|part| &part.blocks).flat_map(PlannedBlock::items)
}
