//! The two-page handout that is measured, for readers who differ by name. Its text is in `handout.json`, from which
//! other programs make the same one.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use regimen_catalog::prose::{CalloutKind, Inline, Inlines};
use regimen_export::document::{
    Block, Card, Column, ColumnRole, Direction, Document, Figure, Frame, MuscleMap, MusclePart, Row, Table,
};
use regimen_tests::repository;
use serde::Deserialize;

/// A picture's bytes by its file name.
pub(crate) type Media = HashMap<String, Arc<[u8]>>;

/// The text of the handout.
#[derive(Deserialize)]
pub(crate) struct Handout {
    title: String,
    summary: String,
    reader: String,
    brand: String,
    contacts: Vec<String>,
    date: String,
    disclaimer: String,
    blocks: Vec<HandoutBlock>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum HandoutBlock {
    Heading { level: u8, text: String },
    Paragraph { text: String },
    Callout { title: String, text: String, items: Vec<String> },
    Table { summary: String, columns: Vec<(String, String)>, rows: Vec<Vec<String>> },
    Card(Entry),
}

#[derive(Deserialize)]
struct Entry {
    title: String,
    drawing: String,
    alt: String,
    muscles: Muscles,
    facts: Vec<(String, String)>,
    steps: Vec<String>,
    faults: Vec<String>,
}

#[derive(Deserialize)]
struct Muscles {
    alt: String,
    main: String,
    helps: String,
}

impl Handout {
    /// Reads the text.
    pub(crate) fn read() -> Self {
        serde_json::from_str(include_str!("handout.json")).unwrap()
    }

    /// The drawings that it shows.
    pub(crate) fn media(&self) -> Media {
        let folder = repository().join("exporters/regimen-pdf/tests/fixtures");
        let entries = self
            .blocks
            .iter()
            .filter_map(|block| if let HandoutBlock::Card(entry) = block { Some(entry) } else { None });
        entries.map(|entry| (entry.drawing.clone(), read(&folder.join(&entry.drawing)))).collect()
    }

    /// The handout of one reader.
    pub(crate) fn document_for(&self, reader: &str) -> Document {
        let mut blocks = vec![paragraph(&self.reader.replace("{reader}", reader))];
        blocks.extend(self.blocks.iter().map(block));
        Document {
            title: self.title.clone(),
            title_language: None,
            summary: line(&self.summary),
            authors: Vec::new(),
            language: "en".to_owned(),
            direction: Direction::LeftToRight,
            keywords: Vec::new(),
            frame: Frame {
                brand: self.brand.clone(),
                contacts: self.contacts.clone(),
                disclaimer: line(&self.disclaimer),
                page_of: "Page {page} of {pages}".to_owned(),
                continued: "{title} (continued)".to_owned(),
                date: self.date.clone(),
                ..Frame::default()
            },
            blocks,
        }
    }
}

/// The names of as many readers.
pub(crate) fn readers(count: usize) -> impl Iterator<Item = String> {
    let given = ["Ada", "Björn", "Chloé", "Dragan", "Eun-ji", "Farid", "Grace", "Hanna"];
    let family = ["Keller", "O’Neill", "Lindqvist", "Marković", "Sato", "Weiß", "Young"];
    (0..count).map(move |at| format!("{} {} ({})", given[at % given.len()], family[at % family.len()], 1000 + at))
}

fn read(path: &Path) -> Arc<[u8]> {
    std::fs::read(path).unwrap().into()
}

fn line(text: &str) -> Inlines {
    vec![Inline::Text(text.to_owned())]
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(line(text))
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, anchor: text.to_lowercase().replace(' ', "-"), content: line(text) }
}

fn list(start: Option<u64>, items: &[String]) -> Block {
    Block::List { start, items: items.iter().map(|item| vec![paragraph(item)]).collect() }
}

fn block(block: &HandoutBlock) -> Block {
    match block {
        HandoutBlock::Heading { level, text } => heading(*level, text),
        HandoutBlock::Paragraph { text } => paragraph(text),
        HandoutBlock::Callout { title, text, items } => Block::Callout {
            kind: CalloutKind::Caution,
            title: title.clone(),
            blocks: vec![paragraph(text), list(None, items)],
        },
        HandoutBlock::Table { summary, columns, rows } => table(summary, columns, rows),
        HandoutBlock::Card(entry) => card(entry),
    }
}

fn table(summary: &str, columns: &[(String, String)], rows: &[Vec<String>]) -> Block {
    let role = |name: &str| match name {
        "name" => ColumnRole::Name,
        "amount" => ColumnRole::Amount,
        "log" => ColumnRole::Log,
        _ => ColumnRole::Text,
    };
    let columns = columns.iter().map(|(title, name)| Column { title: line(title), role: role(name) });
    let cell = |text: &String| if text.is_empty() { Vec::new() } else { line(text) };
    let rows = rows.iter().map(|row| Row {
        cells: row.iter().map(cell).collect(),
        group: false,
        figure: None,
        listed: Vec::new(),
        heading: Vec::new(),
        log: Vec::new(),
    });
    Block::Table(Table {
        summary: summary.to_owned(),
        alignment: Vec::new(),
        columns: columns.collect(),
        rows: rows.collect(),
    })
}

fn card(entry: &Entry) -> Block {
    let id = entry.title.to_lowercase().replace(' ', "-");
    let part = |label: &str, ids: &str| MusclePart {
        label: label.to_owned(),
        ids: ids.split(' ').map(str::to_owned).collect(),
        ..MusclePart::default()
    };
    let mut body = vec![heading(3, "How to do it"), list(Some(1), &entry.steps)];
    if !entry.faults.is_empty() {
        body.extend([heading(3, "Watch for"), list(None, &entry.faults)]);
    }
    Block::Card(Card {
        level: 2,
        entry: regimen_catalog::Reference::new(regimen_catalog::Kind::Exercise, &id).unwrap(),
        anchor: id,
        title: line(&entry.title),
        figure: Some(Figure { file: entry.drawing.clone(), alt: entry.alt.clone(), ..Figure::default() }),
        facts: entry.facts.iter().map(|(label, value)| (label.clone(), line(value))).collect(),
        spare: Vec::new(),
        stop: None,
        muscles: Some(Box::new(MuscleMap {
            alt: entry.muscles.alt.clone(),
            parts: vec![part("Main work", &entry.muscles.main), part("Helps", &entry.muscles.helps)],
            ..MuscleMap::default()
        })),
        codes: Vec::new(),
        body,
    })
}
