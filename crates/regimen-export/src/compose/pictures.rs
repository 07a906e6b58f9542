//! The pictures of an exercise: side by side with their numbers, at their step, or one of them in little room.

use regimen_catalog::model::{Entry, Exercise, Media};
use regimen_catalog::prose::{Inline, InlineText, Inlines};
use regimen_catalog::vocabulary::{Label, MediaRole};

use super::Writer;
use super::writer::text;
use crate::document::{Block, Figure};

impl Writer<'_> {
    /// All pictures of an exercise but those of a step: overviews, then the movement in its order, details, mistakes.
    pub(super) fn exercise_figure(self, exercise: &Entry<Exercise>) -> Option<Figure> {
        let steps = self.reading(exercise).1.steps.len();
        let mut shown: Vec<&Media> = exercise.media.iter().filter(|media| step_of(media, steps).is_none()).collect();
        shown.sort_by_key(|media| place(media.role));
        let frames = shown.iter().filter(|media| is_frame(media)).count();
        let alone = shown.len() == 1;
        let mut number = 0;
        let figures = shown.iter().map(|media| {
            let mut title = Inlines::new();
            if is_frame(media) && frames > 1 {
                number += 1;
                title.extend([Inline::Strong(text(number.to_string())), Inline::Text(" ".into())]);
            }
            if !alone || media.role == MediaRole::Mistake {
                title.push(Inline::Text(self.language.label(media.role).to_owned()));
            }
            Figure { title, ..self.picture(exercise, media) }
        });
        let figures: Vec<Figure> = figures.collect();
        self.together(figures, &shown)
    }

    /// The picture that tells an exercise from others where there is room for one.
    pub(super) fn small_figure(self, exercise: &Entry<Exercise>) -> Option<Figure> {
        let media = small_picture(exercise)?;
        self.together(vec![self.picture(exercise, media)], &[media])
    }

    /// The pictures of the movement, numbered, where an exercise has several; else the one that tells it from others.
    pub(super) fn frames(self, exercise: &Entry<Exercise>) -> Option<Figure> {
        let shown = movement_pictures(exercise);
        if shown.len() < 2 {
            return self.small_figure(exercise);
        }
        let figures = shown.iter().enumerate().map(|(at, media)| {
            let number = Inline::Strong(text((at + 1).to_string()));
            let role = Inline::Text(format!(" {}", self.language.label(media.role)));
            Figure { title: vec![number, role], ..self.picture(exercise, media) }
        });
        self.together(figures.collect(), &shown)
    }

    /// The steps of an exercise, each with its pictures.
    pub(super) fn steps(self, exercise: &Entry<Exercise>, lines: &[InlineText]) -> Vec<Block> {
        let mut blocks = self.list(Some(1), lines);
        if let Some(Block::List { items, .. }) = blocks.first_mut() {
            for (at, item) in items.iter_mut().enumerate() {
                let of_step = |media: &&Media| step_of(media, lines.len()) == Some(at);
                let shown: Vec<&Media> = exercise.media.iter().filter(of_step).collect();
                let figures = shown.iter().map(|media| {
                    let mistake = media.role == MediaRole::Mistake;
                    let title = if mistake { text(self.language.label(media.role)) } else { Inlines::new() };
                    Figure { title, ..self.picture(exercise, media) }
                });
                item.extend(self.together(figures.collect(), &shown).map(Block::Figure));
            }
        }
        blocks
    }

    /// One picture with what it shows in words.
    fn picture(self, exercise: &Entry<Exercise>, media: &Media) -> Figure {
        let (writer, words) = self.reading(exercise);
        let alt = words.alt.get(&media.id).cloned().unwrap_or_default();
        Figure {
            file: media.file.clone(),
            alt_language: writer.other_language_of(&alt),
            alt: alt.into(),
            mistake: media.role == MediaRole::Mistake,
            ..Figure::default()
        }
    }

    /// Pictures side by side, with who made them.
    fn together(self, figures: Vec<Figure>, media: &[&Media]) -> Option<Figure> {
        let mut figures = figures.into_iter();
        let first = figures.next()?;
        Some(Figure { caption: self.picture_credits(media.iter().copied()), beside: figures.collect(), ..first })
    }

    /// Who made pictures, once each.
    pub(super) fn picture_credits<'m>(self, media: impl IntoIterator<Item = &'m Media>) -> Inlines {
        let mut credits: Vec<Inlines> = Vec::new();
        for media in media {
            let by = if media.file.ends_with(".svg") { Label::PictureBy } else { Label::PhotoBy };
            let credit = self.language.fill(by, &[("author", &media.author), ("licence", &media.licence)]);
            if !credits.contains(&text(&credit)) {
                credits.push(text(credit));
            }
        }
        self.joined(credits, Label::ItemSeparator)
    }
}

/// The picture that tells an exercise from others: an overview, else the end of the movement, which differs more than its
/// start. A mistake alone is not shown as if it were right.
pub(super) fn small_picture(exercise: &Exercise) -> Option<&Media> {
    let order = [MediaRole::Overview, MediaRole::End, MediaRole::Start, MediaRole::Detail];
    order.iter().find_map(|role| exercise.media.iter().find(|media| media.role == *role))
}

/// The pictures of the movement where an exercise has several; else the one that tells it from others.
pub(super) fn movement_pictures(exercise: &Exercise) -> Vec<&Media> {
    let frames: Vec<&Media> = exercise.media.iter().filter(|media| is_frame(media)).collect();
    if frames.len() < 2 { small_picture(exercise).into_iter().collect() } else { frames }
}

/// The place of the step that a picture belongs to, if the words have that step.
fn step_of(media: &Media, steps: usize) -> Option<usize> {
    let step = usize::try_from(media.step?).ok()?;
    (1..=steps).contains(&step).then(|| step - 1)
}

/// Whether it is a part of the movement.
fn is_frame(media: &Media) -> bool {
    matches!(media.role, MediaRole::Start | MediaRole::End)
}

/// Where pictures of a role stand. The parts of the movement keep the order in which they are written.
const fn place(role: MediaRole) -> u8 {
    match role {
        MediaRole::Overview => 0,
        MediaRole::Start | MediaRole::End => 1,
        MediaRole::Detail => 2,
        MediaRole::Mistake => 3,
    }
}
