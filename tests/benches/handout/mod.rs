//! The two-page handout and the patient's sheet that are measured, for readers who differ by name. Their texts are in `handout.json` and
//! `sheet.json`, from which other programs make the same ones.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use regimen_catalog::prose::{CalloutKind, Inline, Inlines};
use regimen_export::document::{
    Block, Card, Column, ColumnRole, Direction, Document, Figure, Frame, MuscleMap, MusclePart, Row, Scale, Table,
    Work, WorkPoint, WorkTime,
};
use regimen_pdf::Layout;
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
    Fields { fields: Vec<(String, String)> },
    Scale { title: String, least: String, most: String, limit: u8 },
    Work(SheetWork),
}

/// An exercise of the sheet.
#[derive(Deserialize)]
struct SheetWork {
    title: String,
    drawing: String,
    alt: String,
    dose: String,
    steps: Vec<String>,
    mind: String,
    stop: String,
    weeks: Vec<SheetWeek>,
}

#[derive(Deserialize)]
struct SheetWeek {
    title: String,
    dose: String,
    boxes: usize,
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

    /// Reads the text of the sheet.
    pub(crate) fn sheet() -> Self {
        serde_json::from_str(include_str!("sheet.json")).unwrap()
    }

    /// How it is laid out: exercises to do on sheets.
    pub(crate) fn layout(&self) -> &'static Layout {
        let is_sheet = self.blocks.iter().any(|block| matches!(block, HandoutBlock::Work(_)));
        if is_sheet { &Layout::SHEET } else { &Layout::HANDOUT }
    }

    /// The drawings that it shows.
    pub(crate) fn media(&self) -> Media {
        let folder = repository().join("exporters/regimen-pdf/tests/fixtures");
        let drawings = self.blocks.iter().filter_map(|block| match block {
            HandoutBlock::Card(Entry { drawing, .. }) | HandoutBlock::Work(SheetWork { drawing, .. }) => Some(drawing),
            _ => None,
        });
        drawings.map(|drawing| (drawing.clone(), read(&folder.join(drawing)))).collect()
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
        HandoutBlock::Fields { fields } => {
            let value = |text: &String| if text.is_empty() { Vec::new() } else { line(text) };
            Block::Fields(fields.iter().map(|(label, text)| (label.clone(), value(text))).collect())
        }
        HandoutBlock::Scale { title, least, most, limit } => Block::Scales(vec![Scale {
            title: title.clone(),
            least: least.clone(),
            most: most.clone(),
            limit: Some(*limit),
        }]),
        HandoutBlock::Work(work) => Block::Work(Box::new(sheet_work(work))),
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

fn sheet_work(work: &SheetWork) -> Work {
    let point = |label: &str, warns, text: &str| WorkPoint { label: line(label), warns, lines: vec![line(text)] };
    let week = |week: &SheetWeek| {
        let mut content = line(&week.dose);
        content.push(Inline::Break);
        content.extend((0..week.boxes).map(|_| Inline::Checkbox(false)));
        WorkTime { title: line(&week.title), content, ..WorkTime::default() }
    };
    Work {
        level: 2,
        anchor: work.title.to_lowercase().replace(' ', "-"),
        title: line(&work.title),
        figure: Some(Figure { file: work.drawing.clone(), alt: work.alt.clone(), ..Figure::default() }),
        dose: line(&work.dose),
        steps: work.steps.iter().map(|step| line(step)).collect(),
        points: vec![point("Keep in mind", false, &work.mind), point("Stop if", true, &work.stop)],
        times: work.weeks.iter().map(week).collect(),
        ..Work::default()
    }
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
