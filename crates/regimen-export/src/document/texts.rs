//! What a document says, piece by piece, whatever it looks like.

use regimen_catalog::prose::{Inlines, plain_text};

use super::{
    Block, Card, Code, Column, Document, Figure, Month, MuscleMap, MusclePart, Row, Scale, Table, Work, WorkPoint,
    WorkTime,
};

impl Document {
    /// Everything that is to be read in it, and the files of its pictures, in reading order. The frame is no part of it, nor is how
    /// a piece looks.
    pub(crate) fn texts(&self, put: &mut dyn FnMut(&str)) {
        let Self {
            title,
            title_language: _,
            summary,
            authors,
            language,
            direction: _,
            keywords: _,
            frame: _,
            blocks: _,
        } = self;
        put(language);
        put(title);
        authors.iter().for_each(|author| put(author));
        inlines(summary, put);
        self.walk().for_each(|(_, block)| of_block(block, put));
    }
}

fn of_block(block: &Block, put: &mut dyn FnMut(&str)) {
    match block {
        Block::Heading { level: _, anchor: _, content } | Block::Paragraph(content) => inlines(content, put),
        Block::Callout { kind: _, title, blocks: _ } => put(title),
        Block::Code { language: _, text } => put(text),
        Block::Table(table) => of_table(table, put),
        Block::Figure(figure) => of_figure(figure, put),
        Block::Facts(facts) | Block::Glance(facts) | Block::Fields(facts) => of_facts(facts, put),
        Block::Work(work) => of_work(work, put),
        Block::Scales(scales) => scales.iter().for_each(|scale| of_scale(scale, put)),
        Block::Month(month) => of_month(month, put),
        Block::Card(card) => of_card(card, put),
        Block::List { start: _, items: _ }
        | Block::Quote(_)
        | Block::Rule
        | Block::Footnotes(_)
        | Block::PageBreak
        | Block::SheetBreak => {}
    }
}

fn inlines(content: &Inlines, put: &mut dyn FnMut(&str)) {
    put(&plain_text(content));
}

fn of_facts(facts: &[(String, Inlines)], put: &mut dyn FnMut(&str)) {
    for (label, value) in facts {
        put(label);
        inlines(value, put);
    }
}

fn of_work(work: &Work, put: &mut dyn FnMut(&str)) {
    let Work {
        level: _,
        anchor: _,
        entry: _,
        group,
        goes_on: _,
        title,
        figure,
        dose,
        setup,
        steps,
        points,
        times,
        by_days,
    } = work;
    [group, title].into_iter().for_each(|line| inlines(line, put));
    figure.iter().for_each(|figure| of_figure(figure, put));
    std::iter::once(dose).chain(setup).chain(steps).for_each(|line| inlines(line, put));
    for WorkPoint { label, warns: _, lines } in points {
        std::iter::once(label).chain(lines).for_each(|line| inlines(line, put));
    }
    for WorkTime { title, content, log: _ } in times {
        [title, content].into_iter().for_each(|line| inlines(line, put));
    }
    by_days.iter().for_each(|table| of_table(table, put));
}

fn of_scale(Scale { title, least, most, limit }: &Scale, put: &mut dyn FnMut(&str)) {
    [title, least, most].into_iter().for_each(|text| put(text));
    put(&limit.map(|limit| limit.to_string()).unwrap_or_default());
}

fn of_table(Table { summary: _, alignment: _, columns, rows }: &Table, put: &mut dyn FnMut(&str)) {
    columns.iter().for_each(|Column { title, role: _ }| inlines(title, put));
    for Row { cells, group: _, figure, listed, heading, log: _ } in rows {
        cells.iter().for_each(|cell| inlines(cell, put));
        inlines(heading, put);
        listed.iter().for_each(|cell| put(&cell.title));
        figure.iter().for_each(|figure| of_figure(figure, put));
    }
}

fn of_figure(figure: &Figure, put: &mut dyn FnMut(&str)) {
    for Figure { file, alt, alt_language: _, title, mistake: _, caption, beside: _ } in figure.all() {
        put(file);
        put(alt);
        inlines(title, put);
        inlines(caption, put);
    }
}

fn of_month(Month { title, weekdays: _, weeks }: &Month, put: &mut dyn FnMut(&str)) {
    put(title);
    for day in weeks.iter().flatten().flatten() {
        put(&day.number.to_string());
        day.entries.iter().for_each(|entry| inlines(entry, put));
    }
}

fn of_card(card: &Card, put: &mut dyn FnMut(&str)) {
    let Card { level: _, anchor: _, entry: _, title, figure, facts, spare, muscles, codes, body: _, stop: _ } = card;
    inlines(title, put);
    figure.iter().for_each(|figure| of_figure(figure, put));
    of_facts(facts, put);
    of_facts(spare, put);
    if let Some(MuscleMap { alt: _, parts, not_drawn: _, separator: _ }) = muscles.as_deref() {
        for MusclePart { label, ids: _, names } in parts {
            put(label);
            names.iter().for_each(|(name, _)| inlines(name, put));
        }
    }
    for Code { address, alt: _, caption } in codes {
        put(address);
        inlines(caption, put);
    }
}
