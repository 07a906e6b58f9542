//! Cards: the entry of an exercise or a muscle, to stand inside a document.

use regimen_catalog::model::{
    Action, Entry, Equipment, Exercise, ExerciseWords, Head, HeadWords, Muscle, MuscleUse, MuscleWords, Word,
};
use regimen_catalog::prose::{Inline, InlineText, Inlines, Prose, spoken};
use regimen_catalog::vocabulary::{Inside, Label, MuscleRole};
use regimen_catalog::{Id, LanguageTag, Reference};

use super::Writer;
use super::writer::text;
use crate::document::{Block, Card};

/// Label and value of key facts.
pub(super) type Facts = Vec<(String, Inlines)>;

/// What leads to a part of the card of an exercise.
fn part_anchor(exercise: &Entry<Exercise>, label: Label) -> String {
    format!("{}-{label}", exercise.id)
}

impl Writer<'_> {
    /// The card of an exercise, with its heading at `level`.
    pub(super) fn exercise_card(self, exercise: &Entry<Exercise>, level: u8) -> Card {
        Card {
            level,
            anchor: format!("exercise-{}", exercise.id),
            entry: Reference::from(&exercise.id),
            title: self.named(&Reference::from(&exercise.id)),
            figure: self.exercise_figure(exercise),
            facts: self.exercise_facts(exercise),
            spare: Vec::new(),
            muscles: self.muscle_map(exercise).map(Box::new),
            codes: self.codes(exercise),
            body: self.exercise_body(exercise, level + 1),
            stop: self.stop_anchor(exercise),
        }
    }

    /// A shorter card for those who know why: the picture, and how it is done.
    pub(super) fn exercise_reminder(self, exercise: &Entry<Exercise>, level: u8) -> Card {
        let (writer, words) = self.reading(exercise);
        let mut facts: Facts = self.main_work(exercise).into_iter().chain(self.equipment_fact(exercise)).collect();
        facts.extend(self.not_with(exercise));
        let body = self.headed(
            exercise,
            level + 1,
            [
                (Label::Setup, writer.bullets(&words.setup)),
                (Label::Steps, writer.steps(exercise, &words.steps)),
                (Label::Cues, writer.bullets(&words.cues)),
                (Label::Mistakes, writer.bullets(&words.mistakes)),
                (Label::StopIf, writer.bullets(&words.stop_if)),
            ],
        );
        Card { facts, body, ..self.exercise_card(exercise, level) }
    }

    /// A card for a quarter of a page: what it takes to do the exercise, and when to stop.
    pub(super) fn short_card(self, exercise: &Entry<Exercise>) -> Card {
        let (writer, words) = self.reading(exercise);
        let facts = self.main_work(exercise).into_iter().collect();
        let spare = self.not_with(exercise).into_iter().collect();
        let body = self.headed(
            exercise,
            2,
            [
                (Label::Setup, writer.bullets(&words.setup)),
                (Label::Steps, writer.steps(exercise, &words.steps)),
                (Label::Cues, writer.bullets(&words.cues)),
                (Label::StopIf, writer.bullets(&words.stop_if)),
            ],
        );
        Card { facts, spare, body, ..self.exercise_card(exercise, 1) }
    }

    fn main_work(self, exercise: &Exercise) -> Option<(String, Inlines)> {
        let prime = exercise.muscles().iter().filter(|muscle| muscle.role == MuscleRole::Prime);
        let muscles = self.joined(prime.map(|muscle| self.muscle_use(muscle)), Label::ListSeparator);
        (!muscles.is_empty()).then(|| (self.label(Label::Muscles), muscles))
    }

    /// Where the card of an exercise says when to stop, if it does.
    fn stop_anchor(self, exercise: &Entry<Exercise>) -> Option<Box<str>> {
        let (_, words) = self.reading(exercise);
        (!words.stop_if.is_empty()).then(|| part_anchor(exercise, Label::StopIf).into())
    }

    /// Blocks under their headings; none where there are no blocks.
    fn headed(
        self,
        exercise: &Entry<Exercise>,
        level: u8,
        parts: impl IntoIterator<Item = (Label, Vec<Block>)>,
    ) -> Vec<Block> {
        let mut body = Vec::new();
        for (label, blocks) in parts.into_iter().filter(|(_, blocks)| !blocks.is_empty()) {
            let anchor = part_anchor(exercise, label);
            body.push(Block::Heading { level, anchor, content: self.label_text(label) });
            body.extend(blocks);
        }
        body
    }

    pub(super) fn exercise_facts(self, exercise: &Entry<Exercise>) -> Facts {
        let (writer, words) = self.reading(exercise);
        let Exercise {
            muscles,
            equipment: _,
            level,
            defaults: _,
            contraindications: _,
            // The ladder is in the body, pictures are figures, and a document has sources and keywords of its own.
            variant_of: _,
            regressions: _,
            progressions: _,
            substitutes: _,
            media: _,
            sources: _,
            tags: _,
            // For searching and for rules, not for those who train.
            kind: _,
            pattern: _,
            mechanic: _,
            force: _,
            plane: _,
            laterality: _,
        } = &exercise.facts;
        let mut facts: Facts = Vec::new();
        facts.extend(writer.other_names(&words.aliases));
        for role in MuscleRole::ALL {
            let working = muscles.iter().flatten().filter(|muscle| muscle.role == *role);
            let muscles = self.joined(working.map(|muscle| self.muscle_use(muscle)), Label::ListSeparator);
            if !muscles.is_empty() {
                facts.push((self.language.label(*role).to_owned(), muscles));
            }
        }
        facts.extend(self.equipment_fact(exercise));
        facts.extend(level.map(|level| {
            let level = self.language.fill(Label::LevelOf, &[("level", &level.to_string())]);
            (self.label(Label::Level), text(level))
        }));
        facts.extend(self.usual_dose(exercise));
        facts.extend(self.not_with(exercise));
        facts
    }

    fn other_names(self, aliases: &[Word]) -> Option<(String, Inlines)> {
        let names: Vec<&str> = aliases.iter().map(Word::as_str).collect();
        let names = Word::from(names.join(self.language.label(Label::ListSeparator)));
        // A list stands in as a whole, so the first says the language of all.
        let names = match aliases.first()?.language() {
            Some(language) => names.in_language(language),
            None => names,
        };
        Some((self.label(Label::AlsoKnownAs), self.author_text(names)))
    }

    /// How much of it is done where a session says nothing else, if that is known.
    pub(super) fn usual_dose(self, exercise: &Exercise) -> Option<(String, Inlines)> {
        Some((self.label(Label::Dose), text(self.dose(exercise.defaults.as_ref()?))))
    }

    /// The conditions that rule an exercise out, wherever it is shown.
    fn not_with(self, exercise: &Exercise) -> Option<(String, Inlines)> {
        let conditions = exercise.contraindications.iter().map(Reference::from);
        let conditions = self.links(conditions);
        (!conditions.is_empty()).then(|| (self.label(Label::NotWith), conditions))
    }

    fn muscle_use(self, muscle: &MuscleUse) -> Inlines {
        let mut shown = vec![self.link(muscle.target.reference())];
        if let Some(head) = &muscle.head
            && let regimen_catalog::model::MuscleTarget::Muscle(id) = &muscle.target
            && let Some((writer, words)) = self.catalog.muscles.get(id).map(|muscle| self.reading(muscle))
            && let Some(head) = words.heads.get(head)
        {
            shown.push(Inline::Text(" (".into()));
            shown.extend(writer.author_text(&head.name));
            shown.push(Inline::Text(")".into()));
        }
        shown
    }

    /// What it needs, if that is known.
    fn equipment_fact(self, exercise: &Exercise) -> Option<(String, Inlines)> {
        let sets = exercise.equipment.as_ref()?;
        Some((self.label(Label::Equipment), self.equipment(sets)))
    }

    fn equipment(self, sets: &[Vec<Id<Equipment>>]) -> Inlines {
        if sets.is_empty() {
            return self.label_text(Label::NoEquipment);
        }
        let sets = sets.iter().map(|set| {
            if set.is_empty() {
                return spoken(
                    text(self.language.label(Inside::NoEquipment)),
                    self.language.language_of(Inside::NoEquipment),
                    &self.language.tag,
                );
            }
            let names = set.iter().map(|id| vec![self.link(Reference::from(id))]);
            self.joined(names, Label::And)
        });
        self.joined(sets, Label::Or)
    }

    /// What to read about an exercise.
    pub(super) fn exercise_body(self, exercise: &Entry<Exercise>, level: u8) -> Vec<Block> {
        let (writer, words) = self.reading(exercise);
        // The name is the title, and other names are among the facts.
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
        let mut body = writer.prose(summary);
        body.extend(self.headed(
            exercise,
            level,
            [
                (Label::Setup, writer.bullets(setup)),
                (Label::Steps, writer.steps(exercise, steps)),
                (Label::Breathing, writer.optional_paragraph(breathing.as_ref())),
                (Label::Cues, writer.bullets(cues)),
                (Label::Feel, writer.optional_paragraph(feel.as_ref())),
                (Label::Mistakes, writer.bullets(mistakes)),
                (Label::StopIf, writer.bullets(stop_if)),
            ],
        ));
        body.extend(self.ladder(exercise));
        body
    }

    fn ladder(self, exercise: &Exercise) -> Option<Block> {
        let exercises = |ids: &[Id<Exercise>]| self.links(ids.iter().map(Reference::from));
        let rungs = [
            (Label::VariantOf, exercises(exercise.variant_of.as_slice())),
            (Label::Easier, exercises(&exercise.regressions)),
            (Label::Harder, exercises(&exercise.progressions)),
            (Label::Instead, exercises(&exercise.substitutes)),
        ];
        let facts: Facts = rungs
            .into_iter()
            .filter(|(_, links)| !links.is_empty())
            .map(|(label, links)| (self.label(label), links))
            .collect();
        (!facts.is_empty()).then_some(Block::Facts(facts))
    }

    /// The card of a muscle, with its heading at `level`.
    pub(super) fn muscle_card(self, muscle: &Entry<Muscle>, level: u8) -> Card {
        let (writer, words) = self.reading(muscle);
        let MuscleWords { name, summary, origin, insertion, heads: words_of_heads } = words;
        let Muscle { latin, region: _, side: _, heads, actions, sources: _ } = &muscle.facts;
        let mut facts = writer.attachments(origin.as_ref(), insertion.as_ref());
        let mut body = writer.prose(summary);
        facts.extend(self.actions_fact(actions));
        for Head { id, latin: _, actions } in heads {
            let Some(HeadWords { name, origin, insertion }) = words_of_heads.get(id) else {
                continue;
            };
            let anchor = format!("muscle-{}-{id}", muscle.id);
            body.push(Block::Heading { level: level + 1, anchor, content: writer.author_text(name) });
            let mut head_facts = writer.attachments(origin.as_ref(), insertion.as_ref());
            head_facts.extend(self.actions_fact(actions));
            body.push(Block::Facts(head_facts));
        }
        Card {
            level,
            anchor: format!("muscle-{}", muscle.id),
            entry: Reference::from(&muscle.id),
            title: writer.with_latin(name, latin.as_deref()),
            figure: None,
            facts,
            spare: Vec::new(),
            muscles: None,
            codes: Vec::new(),
            body,
            stop: None,
        }
    }

    /// "Soleus (*musculus soleus*)"
    fn with_latin(self, name: &Word, latin: Option<&str>) -> Inlines {
        let mut title = self.author_text(name);
        let Some(latin) = latin else { return title };
        title.push(Inline::Text(" (".into()));
        title.extend(spoken(vec![Inline::Emphasis(text(latin))], &LanguageTag::latin(), &self.language.tag));
        title.push(Inline::Text(")".into()));
        title
    }

    fn actions_fact(self, actions: &[Action]) -> Option<(String, Inlines)> {
        (!actions.is_empty()).then(|| (self.label(Label::Actions), text(self.actions(actions))))
    }

    fn attachments(self, origin: Option<&Prose>, insertion: Option<&Prose>) -> Facts {
        let parts = [(Label::Origin, origin), (Label::Insertion, insertion)];
        let shown = parts.into_iter().filter_map(|(label, prose)| Some((self.label(label), self.first_line(prose?))));
        shown.collect()
    }

    fn actions(self, actions: &[Action]) -> String {
        let shown = actions.iter().map(|action| {
            let (joint, motion) = (self.language.label(action.joint), self.language.label(action.motion));
            self.language.fill(Label::ActionOf, &[("joint", joint), ("motion", motion)])
        });
        shown.collect::<Vec<_>>().join(self.language.label(Label::ListSeparator))
    }

    pub(super) fn first_line(self, prose: &Prose) -> Inlines {
        match prose.0.first() {
            Some(regimen_catalog::prose::ProseBlock::Paragraph(content)) => self.resolved(content),
            _ => Vec::new(),
        }
    }

    pub(super) fn bullets(self, lines: &[InlineText]) -> Vec<Block> {
        self.list(None, lines)
    }

    pub(super) fn list(self, start: Option<u64>, lines: &[InlineText]) -> Vec<Block> {
        let items: Vec<_> = lines.iter().map(|line| vec![Block::Paragraph(self.resolved(&line.0))]).collect();
        if items.is_empty() { Vec::new() } else { vec![Block::List { start, items }] }
    }

    fn optional_paragraph(self, line: Option<&InlineText>) -> Vec<Block> {
        line.map(|line| Block::Paragraph(self.resolved(&line.0))).into_iter().collect()
    }
}
