//! What is done in a session, as a sheet to train from shows it, and what is filled in by hand.

use regimen_catalog::prose::{Inline, Inlines};

use super::{Block, Figure, LogEntry, Table};

/// An exercise or a step of a run, with all that it takes to do it: pictures, how much, how, and a place for each time.
///
/// ```
/// use regimen_export::document::Block;
/// use regimen_export::regimen_catalog::prose::plain_text;
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::session_sheets(&testing::unit(&catalog, Subject::Program(program, &plan)), program, &plan);
/// let work = page.blocks.iter().find_map(|block| if let Block::Work(work) = block { Some(work) } else { None }).unwrap();
/// assert_eq!(plain_text(&work.title), "Calf raise");
/// assert_eq!(work.times.len(), 2, "a place for each of the two weeks");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Level of its heading, 1 to 6.
    pub level: u8,
    /// The name to link to, unique in the document; empty if nothing leads here.
    pub anchor: String,
    /// The exercise, so that links to it inside this document can lead here.
    pub entry: Option<regimen_catalog::Reference>,
    /// What opens the group of which it is the first, such as "In turns, 3 rounds: Curl, Dip"; may be empty.
    pub group: Inlines,
    /// Whether it is in the group of the one before, so that nothing parts them.
    pub goes_on: bool,
    /// Its heading.
    pub title: Inlines,
    /// The pictures.
    pub figure: Option<Figure>,
    /// How much and how, as far as it is the same each time; a line each. May be empty.
    pub dose: Inlines,
    /// What comes before the first step, a line each.
    pub setup: Vec<Inlines>,
    /// The steps, in order.
    pub steps: Vec<Inlines>,
    /// What to keep in mind, and when to stop.
    pub points: Vec<WorkPoint>,
    /// When it is done, in order.
    pub times: Vec<WorkTime>,
    /// The same as a table of weeks by days, in place of `times`, where the days of a week have amounts of their own.
    pub by_days: Option<Table>,
}

impl Work {
    /// The same as blocks below each other, where nothing stands side by side; without the times, which are for a pen.
    ///
    /// ```
    /// use regimen_export::document::{Block, Work};
    /// use regimen_export::regimen_catalog::prose::Inline;
    /// let line = |text: &str| vec![Inline::Text(text.into())];
    /// let work = Work { level: 2, title: line("Curl"), steps: vec![line("Up."), line("Down.")], ..Work::default() };
    /// assert!(matches!(&work.opened()[..], [Block::Heading { .. }, Block::List { items, .. }] if items.len() == 2));
    /// ```
    pub fn opened(&self) -> Vec<Block> {
        let Self {
            level,
            anchor,
            entry: _,
            group,
            goes_on: _,
            title,
            figure,
            dose,
            setup,
            steps,
            points,
            times: _,
            by_days: _,
        } = self;
        let mut blocks = Vec::new();
        blocks.extend((!group.is_empty()).then(|| Block::Paragraph(vec![Inline::Strong(group.clone())])));
        blocks.push(Block::Heading { level: *level, anchor: anchor.clone(), content: title.clone() });
        blocks.extend(figure.clone().map(Block::Figure));
        let lines = std::iter::once(dose).chain(setup).filter(|line| !line.is_empty());
        blocks.extend(lines.map(|line| Block::Paragraph(line.clone())));
        let items: Vec<_> = steps.iter().map(|step| vec![Block::Paragraph(step.clone())]).collect();
        blocks.extend((!items.is_empty()).then_some(Block::List { start: Some(1), items }));
        for WorkPoint { label, warns: _, lines } in points {
            blocks.push(Block::Paragraph(vec![Inline::Strong(label.clone())]));
            let items = lines.iter().map(|line| vec![Block::Paragraph(line.clone())]).collect();
            blocks.push(Block::List { start: None, items });
        }
        blocks
    }
}

/// What to mind with an exercise, under its label.
///
/// ```
/// use regimen_export::document::WorkPoint;
/// let stop = WorkPoint { warns: true, ..WorkPoint::default() };
/// assert!(stop.warns && stop.lines.is_empty());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkPoint {
    /// "Keep in mind", "Stop if".
    pub label: Inlines,
    /// Whether it warns, so that it never parts from what it is about.
    pub warns: bool,
    /// What it says, a line each.
    pub lines: Vec<Inlines>,
}

/// One time, or the days of one week, on which something is done.
///
/// ```
/// use regimen_export::document::WorkTime;
/// use regimen_export::regimen_catalog::prose::Inline;
/// let week = WorkTime { title: vec![Inline::Text("Week 1".into())], ..WorkTime::default() };
/// assert!(week.content.is_empty(), "the dose of all weeks stands above");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkTime {
    /// "Week 1", and its day if there are several.
    pub title: Inlines,
    /// How much it is then, and boxes to tick; may be empty.
    pub content: Inlines,
    /// What the place to write in is about, or each of the boxes; may be empty.
    pub log: Vec<LogEntry>,
}

/// A line from none to most, to mark how strong something is, such as pain.
///
/// ```
/// use regimen_export::document::Scale;
/// let pain = Scale { title: "Pain".into(), least: "none".into(), most: "worst".into(), limit: Some(3) };
/// assert!(pain.limit.is_some_and(|limit| limit <= Scale::MOST));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    /// What is marked.
    pub title: String,
    /// What 0 means.
    pub least: String,
    /// What 10 means.
    pub most: String,
    /// Up to where it is fine, 0 to 10, if the plan says so.
    pub limit: Option<u8>,
}

impl Scale {
    /// The highest mark.
    ///
    /// ```
    /// use regimen_export::document::Scale;
    /// assert_eq!((0..=Scale::MOST).count(), 11);
    /// ```
    pub const MOST: u8 = 10;
}
