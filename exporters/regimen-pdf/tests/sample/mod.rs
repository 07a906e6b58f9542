#![allow(dead_code, reason = "each test binary takes what it needs")]

//! Documents to print: a guide with cards, and a programme with sessions.

use std::sync::Arc;

use regimen_catalog::prose::{self, CalloutKind, Inlines};
use regimen_catalog::{Kind, Reference};
use regimen_export::document::{Block, Card, Column, ColumnRole, Direction, Document, Figure, Frame, Row, Table};

/// Running text written as Markdown.
pub(crate) fn line(text: &str) -> Inlines {
    match prose::parse(text).into_blocks().expect("good Markdown").into_iter().next() {
        Some(prose::ProseBlock::Paragraph(content)) => content,
        _ => Vec::new(),
    }
}

pub(crate) fn paragraph(text: &str) -> Block {
    Block::Paragraph(line(text))
}

pub(crate) fn heading(level: u8, text: &str) -> Block {
    let anchor = text.to_lowercase().replace(' ', "-");
    Block::Heading { level, anchor, content: line(text) }
}

pub(crate) fn list(start: Option<u64>, items: &[&str]) -> Block {
    Block::List { start, items: items.iter().map(|item| vec![paragraph(item)]).collect() }
}

pub(crate) fn callout(kind: CalloutKind, title: &str, blocks: Vec<Block>) -> Block {
    Block::Callout { kind, title: title.to_owned(), blocks }
}

pub(crate) fn table(summary: &str, columns: &[(&str, ColumnRole)], rows: &[&[&str]]) -> Block {
    let columns: Vec<Column> = columns.iter().map(|(title, role)| Column { title: line(title), role: *role }).collect();
    let count = columns.len();
    let rows = rows.iter().map(|cells| Row {
        cells: (0..count).map(|at| cells.get(at).map(|cell| line(cell)).unwrap_or_default()).collect(),
        group: cells.len() == 1 && count > 1,
        figure: None,
        listed: Vec::new(),
        heading: Vec::new(),
        log: Vec::new(),
    });
    Block::Table(Table { summary: summary.to_owned(), alignment: Vec::new(), rows: rows.collect(), columns })
}

pub(crate) fn document(title: &str, blocks: Vec<Block>) -> Document {
    Document {
        title: title.to_owned(),
        title_language: None,
        summary: Vec::new(),
        authors: vec!["Ada Keller".into(), "Jo O’Neill".into()],
        language: "en".to_owned(),
        direction: Direction::LeftToRight,
        keywords: vec!["hamstrings".into(), "running".into()],
        frame: Frame {
            brand: "Harbour Physiotherapy".into(),
            contacts: vec!["12 Quay Street".into(), "+44 20 7946 0000".into(), "hello@harbour.example".into()],
            disclaimer: line(
                "This handout is general training advice. It does not replace an examination. If you are unsure \
                 whether an exercise suits you, ask the person who gave you this sheet.",
            ),
            page_of: "Page {page} of {pages}".into(),
            continued: "{title} (continued)".into(),
            contents: "Contents".into(),
            date: "4 January 2027".into(),
            ..Frame::default()
        },
        blocks,
    }
}

/// A sentence in a font of its script in every kind of place: title, heading, running text, list, cell, header.
pub(crate) fn script(language: &str, font: &str, direction: Direction, text: &str) -> Document {
    let table = table(text, &[("1", ColumnRole::Text), ("2", ColumnRole::Text)], &[&["1", text], &[text, "2"]]);
    let blocks = vec![heading(1, text), paragraph(text), list(None, &[text, text]), table];
    let mut document = Document { direction, language: language.to_owned(), ..document(text, blocks) };
    document.frame.fonts.regular = Some(format!("scripts/{font}-Regular.ttf"));
    document.frame.header = text.to_owned();
    // Readers order signs by what most letters of a page say.
    (document.frame.disclaimer, document.frame.contacts) = (Vec::new(), Vec::new());
    document
}

pub(crate) fn card(id: &str, title: &str, file: Option<&str>, facts: &[(&str, &str)], body: Vec<Block>) -> Block {
    Block::Card(Card {
        level: 2,
        anchor: id.to_owned(),
        entry: Reference::new(Kind::Exercise, id).expect("an id"),
        title: line(title),
        figure: file.map(|file| Figure {
            file: file.to_owned(),
            alt: format!("{title}: start and end position"),
            caption: line("Drawing: Regimen authors, CC BY 4.0"),
            ..Figure::default()
        }),
        facts: facts.iter().map(|(label, value)| ((*label).to_owned(), line(value))).collect(),
        spare: Vec::new(),
        muscles: None,
        codes: Vec::new(),
        stop: stop_in(&body),
        body,
    })
}

/// The anchor of the heading "Stop if", if there is one.
fn stop_in(body: &[Block]) -> Option<Box<str>> {
    body.iter().find_map(|block| match block {
        Block::Heading { anchor, .. } if anchor == "stop-if" => Some(anchor.as_str().into()),
        _ => None,
    })
}

fn exercise(id: &str, title: &str, dose: &str) -> Block {
    let file = format!("{id}.svg");
    card(
        id,
        title,
        Some(&file),
        &[
            ("Trains", "Hamstrings, gluteus maximus, *erector spinae*"),
            ("Kind", "Strength, both legs"),
            ("Equipment", "Barbell or two dumbbells"),
            ("Level", "Intermediate"),
            ("Dose", dose),
            ("Not with", "Acute low back pain, recent hamstring tear (first 10 days)"),
        ],
        vec![
            heading(3, "How to do it"),
            list(
                Some(1),
                &[
                    "Stand with your feet hip-width apart, knees soft, the weight close to your thighs.",
                    "Push your hips back as if closing a door with them. Your back stays flat and long; the weight \
                     slides down along your legs until you feel a firm stretch behind the thighs.",
                    "Drive the hips forward and stand tall. Lower in 3–4 s, rise in 1 s.",
                ],
            ),
            heading(3, "Watch for"),
            list(
                None,
                &[
                    "A rounded back: lower less far, or put the weight on a block.",
                    "Knees that drift forward: it becomes a squat. **Hips back**, not down.",
                ],
            ),
        ],
    )
}

fn stop_and_ask() -> Block {
    callout(
        CalloutKind::Caution,
        "Stop and ask",
        vec![
            paragraph("Stop training and talk to your physiotherapist if you notice one of these:"),
            list(
                None,
                &[
                    "a sudden, sharp pain or a “pop” at the back of the thigh;",
                    "pain that is worse the next morning, or above 3/10 while you train;",
                    "numbness or tingling below the knee.",
                ],
            ),
        ],
    )
}

fn load_by_phase() -> Block {
    table(
        "Load by phase",
        &[
            ("Phase", ColumnRole::Name),
            ("Goal", ColumnRole::Text),
            ("Sets × reps", ColumnRole::Amount),
            ("Effort", ColumnRole::Amount),
        ],
        &[
            &["Weeks 1–2", "Learn the movement, get used to soreness", "2 × 8", "RPE 6"],
            &["Weeks 3–6", "Build strength through the full range", "3 × 8", "RPE 7–8"],
            &["Weeks 7–10", "Heavy and slow, then add the Nordic curl", "4 × 5", "RPE 8–9"],
            &["From week 11", "Keep it: one heavy session a week in season", "2 × 5", "RPE 8"],
        ],
    )
}

/// A guide with prose, boxes, a table and cards.
pub(crate) fn guide() -> Document {
    let mut blocks = vec![
        heading(1, "Why strength comes first"),
        paragraph(
            "Most hamstring strains of runners happen late in the swing phase, when the muscle is long and has to brake \
             the leg. Training that loads the hamstrings **while they lengthen** makes them stronger there and the \
             muscle fibres longer; in football it halved the number of new injuries \
             ([van Dyk et al., 2019](https://doi.org/10.1136/bjsports-2018-100045)). Start with the \
             [Romanian deadlift](exercise:romanian-deadlift), then add the [Nordic curl](exercise:nordic-curl).",
        ),
        stop_and_ask(),
        heading(2, "How much is enough"),
        paragraph(
            "Two sessions a week are enough for most runners. Leave 48 hours between them, and never put the heavy one \
             on the day before intervals. The table shows how the load grows.",
        ),
        load_by_phase(),
        callout(
            CalloutKind::Tip,
            "Make it a habit",
            vec![paragraph("Do the session right after an easy run: you are warm, and the next day stays free.")],
        ),
        heading(1, "The exercises"),
    ];
    blocks.push(exercise("romanian-deadlift", "Romanian deadlift", "3 × 8, rest 2 min, RPE 7"));
    blocks.push(exercise("nordic-curl", "Nordic curl", "2 × 3, rest 3 min, as slow as you can"));
    blocks.push(exercise("glute-bridge", "Glute bridge", "3 × 12 per leg"));
    blocks.push(exercise("single-leg-deadlift", "Single-leg deadlift", "3 × 8 per leg"));
    let mut document = document("Strong hamstrings for runners", blocks);
    document.summary = line("What to train, how often, and how to tell that it is too much.");
    document
}

fn session(title: &str, weeks: &[&str]) -> Vec<Block> {
    let mut columns = vec![
        ("Exercise", ColumnRole::Name),
        ("Sets × reps", ColumnRole::Amount),
        ("Rest", ColumnRole::Amount),
        ("Notes", ColumnRole::Text),
    ];
    columns.extend(weeks.iter().map(|week| (*week, ColumnRole::Log)));
    let rows: &[&[&str]] = &[
        &["Warm-up"],
        &["Easy run or bike", "8 min", "–", "Easy enough to talk"],
        &["Leg swings", "2 × 10 per leg", "–", "Hold on to something"],
        &["Strength"],
        &["Romanian deadlift", "3 × 8", "2 min", "Lower in 3–4 s; RPE 7"],
        &["Nordic curl", "2 × 3", "3 min", "As slow as you can, catch yourself with your hands"],
        &["Glute bridge", "3 × 12 per leg", "1 min", "Pause for 2 s at the top"],
        &["Cool-down"],
        &["Walk", "5 min", "–", ""],
    ];
    vec![
        heading(2, title),
        paragraph("About 45 minutes. Write the weight and the reps you managed into the boxes."),
        table("", &columns, rows),
    ]
}

fn week_overview() -> Block {
    table(
        "Which session on which day",
        &[
            ("Week", ColumnRole::Name),
            ("Mon", ColumnRole::Text),
            ("Tue", ColumnRole::Text),
            ("Wed", ColumnRole::Text),
            ("Thu", ColumnRole::Text),
            ("Fri", ColumnRole::Text),
            ("Sat", ColumnRole::Text),
            ("Sun", ColumnRole::Text),
        ],
        &[
            &["1", "Session A", "–", "Easy run", "Session B", "–", "Long run", "–"],
            &["2", "Session A", "–", "Easy run", "Session B", "–", "Long run", "–"],
            &["3", "Session A", "–", "Intervals", "Session B", "–", "Long run", "–"],
            &["4 (easy)", "Session A", "–", "Easy run", "–", "–", "Easy run", "–"],
        ],
    )
}

/// A programme with a week overview and sessions with room to write.
pub(crate) fn programme() -> Document {
    let mut blocks = vec![
        heading(1, "Weeks at a glance"),
        week_overview(),
        callout(
            CalloutKind::Note,
            "How hard",
            vec![paragraph("RPE 7 means that you could have done three more repetitions.")],
        ),
        heading(1, "Sessions"),
    ];
    blocks.extend(session("Session A: heavy", &["Week 1", "Week 2", "Week 3", "Week 4"]));
    blocks.extend(session("Session B: quick", &["Week 1", "Week 2", "Week 3"]));
    let mut document = document("Hamstrings in four weeks", blocks);
    document.summary = line("Two sessions a week beside your running, for adults without an injury.");
    document
}

/// The drawings of the fixtures.
pub(crate) fn media(file: &str) -> Option<Arc<[u8]>> {
    let fixtures = ["tests/fixtures", "../exporters/regimen-pdf/tests/fixtures"];
    let path = |folder: &&str| std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(file);
    fixtures.iter().find_map(|folder| std::fs::read(path(folder)).ok()).map(Arc::from)
}
