//! The words of an entry as plain text, with the names of entries where a link has no text of its own.

use std::collections::BTreeMap;

use regimen_catalog::model::{
    Condition, Entry, Equipment, Exercise, ExerciseWords, Fragment, Guide, GuideWords, Muscle, MuscleGroup,
    MuscleWords, NamedWords, Phase, Program, ProgramWords, Session, SessionWords,
};
use regimen_catalog::prose::{Inline, InlineText, Inlines, LinkTarget, Prose, ProseBlock, walk};
use regimen_catalog::{Id, Kind, Reference};
use serde_json::{Value, json};

use super::Look;
use super::keyed::Keyed;

impl Look<'_> {
    /// The words of an entry by their keys, without the name.
    pub(super) fn words(self, reference: &Reference) -> Keyed {
        let catalog = self.catalog;
        let words = match reference.kind() {
            Kind::Muscle => catalog.entry::<Muscle>(reference).map(|entry| self.of_muscle(&entry.words)),
            Kind::MuscleGroup => catalog.entry::<MuscleGroup>(reference).map(|entry| self.of_named(&entry.words)),
            Kind::Equipment => catalog.entry::<Equipment>(reference).map(|entry| self.of_named(&entry.words)),
            Kind::Condition => catalog.entry::<Condition>(reference).map(|entry| self.of_named(&entry.words)),
            Kind::Exercise => catalog.entry::<Exercise>(reference).map(|entry| self.of_exercise(&entry.words)),
            Kind::Fragment => catalog.entry::<Fragment>(reference).map(|entry| self.of_session(&entry.words)),
            Kind::Session => catalog.entry::<Session>(reference).map(|entry| self.of_session(&entry.words)),
            Kind::Program => catalog.entry::<Program>(reference).map(|entry| self.of_program(entry)),
            Kind::Guide => catalog.entry::<Guide>(reference).map(|entry| self.of_guide(&entry.words)),
            // A publication is cited in its own words, which are facts.
            Kind::Source => None,
        };
        words.unwrap_or_default()
    }

    fn only(self, summary: &Prose) -> Keyed {
        let mut keyed = Keyed::default();
        keyed.put("summary", self.prose(summary));
        keyed
    }

    fn of_named(self, words: &NamedWords) -> Keyed {
        let NamedWords { name: _, summary } = words;
        self.only(summary)
    }

    /// The texts are among the blocks.
    fn of_session(self, words: &SessionWords) -> Keyed {
        let SessionWords { name: _, summary, texts: _ } = words;
        self.only(summary)
    }

    fn of_muscle(self, words: &MuscleWords) -> Keyed {
        let MuscleWords { name: _, summary, origin, insertion, heads: _ } = words;
        let mut keyed = self.only(summary);
        keyed.put("origin", origin.as_ref().map_or(Value::Null, |prose| self.prose(prose)));
        keyed.put("insertion", insertion.as_ref().map_or(Value::Null, |prose| self.prose(prose)));
        keyed
    }

    /// Other names are among the facts, and alternative texts are for those who do not see the pictures.
    fn of_exercise(self, words: &ExerciseWords) -> Keyed {
        let ExerciseWords {
            name: _,
            aliases: _,
            summary,
            setup,
            steps,
            breathing,
            cues,
            mistakes,
            feel,
            stop_if,
            alt: _,
        } = words;
        let mut keyed = self.only(summary);
        keyed.put("setup", self.lines(setup)).put("steps", self.lines(steps));
        keyed.put("breathing", self.lines(breathing.as_slice()));
        keyed.put("cues", self.lines(cues)).put("mistakes", self.lines(mistakes));
        keyed.put("feel", self.lines(feel.as_slice())).put("stop_if", self.lines(stop_if));
        keyed
    }

    fn of_program(self, program: &Entry<Program>) -> Keyed {
        // The weeks below have the names of their phases.
        let ProgramWords { name: _, summary, goal, audience, notes, phase_names: _, phases: _, enter, exit } =
            &program.words;
        let mut keyed = self.only(summary);
        keyed.put("goal", self.plain(&goal.0)).put("audience", self.plain(&audience.0));
        keyed.put("notes", self.lines(notes));
        keyed.put("enter", self.by_phase(program, enter)).put("exit", self.by_phase(program, exit));
        keyed
    }

    /// "p1: The knee is straight.", in the order of the phases
    fn by_phase(self, program: &Program, criteria: &BTreeMap<Id<Phase>, Vec<InlineText>>) -> Value {
        let of_phases = program.phases.iter().filter_map(|phase| criteria.get_key_value(&phase.id));
        let lines = of_phases.flat_map(|(phase, lines)| lines.iter().map(move |line| (phase, line)));
        json!(lines.map(|(phase, line)| format!("{phase}: {}", self.plain(&line.0))).collect::<Vec<_>>())
    }

    /// The article itself is for its file; its headings say what is in it.
    fn of_guide(self, words: &GuideWords) -> Keyed {
        let GuideWords { title: _, summary, body, references: _, raw_markup: _ } = words;
        let mut keyed = Keyed::default();
        let headings: Vec<String> = body.iter().filter_map(|block| self.heading(block)).collect();
        keyed.put("summary", self.plain(&summary.0)).put("headings", json!(headings));
        keyed
    }

    fn heading(self, block: &ProseBlock) -> Option<String> {
        match block {
            ProseBlock::Heading { content, .. } => Some(self.plain(content)),
            _ => None,
        }
    }

    fn prose(self, prose: &Prose) -> Value {
        let paragraphs: Vec<String> = walk(&prose.0).flat_map(|block| self.paragraphs(block)).collect();
        json!(paragraphs)
    }

    fn lines(self, lines: &[InlineText]) -> Value {
        json!(lines.iter().map(|line| self.plain(&line.0)).collect::<Vec<_>>())
    }

    /// What a block says itself, without those within it.
    fn paragraphs(self, block: &ProseBlock) -> Vec<String> {
        match block {
            ProseBlock::Paragraph(content) | ProseBlock::Heading { content, .. } => vec![self.plain(content)],
            ProseBlock::Table { header, rows, .. } => {
                let cells = |row: &Vec<Inlines>| row.iter().map(|cell| self.plain(cell)).collect::<Vec<_>>();
                std::iter::once(header).chain(rows).map(|row| cells(row).join(" | ")).collect()
            }
            ProseBlock::Code { text: code, .. } => vec![code.clone()],
            ProseBlock::Embed(reference) => vec![self.name(reference)],
            ProseBlock::Figure { alt, .. } => vec![alt.to_string()],
            ProseBlock::List { .. }
            | ProseBlock::Footnotes(_)
            | ProseBlock::Quote(_)
            | ProseBlock::Callout { .. }
            | ProseBlock::Rule => Vec::new(),
        }
    }

    /// Running text without marks.
    pub(super) fn plain(self, inlines: &[Inline]) -> String {
        let one = |inline: &Inline| match inline {
            Inline::Text(text) | Inline::Code(text) => text.clone(),
            Inline::Break => " ".to_owned(),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Struck(inner) => self.plain(inner),
            Inline::Checkbox(ticked) => if *ticked { "☑ " } else { "☐ " }.to_owned(),
            Inline::Footnote(_) => String::new(),
            Inline::Link {
                target: LinkTarget::Entry(reference) | LinkTarget::Heading(reference, _), content, ..
            } if content.is_empty() => self.name(reference),
            Inline::Link { target: LinkTarget::Url(url), content, .. } if content.is_empty() => url.clone(),
            Inline::Link { content, .. } | Inline::InLanguage { content, .. } => self.plain(content),
        };
        inlines.iter().map(one).collect()
    }
}
