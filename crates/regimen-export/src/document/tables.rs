//! Rows and columns, and months as grids of days.

use regimen_catalog::prose::{Alignment, Inlines};

use super::{Figure, LogEntry};

/// A table with one header row.
///
/// ```
/// use regimen_export::document::{Column, ColumnRole, Row, Table};
/// use regimen_export::regimen_catalog::prose::Inline;
/// let text = |text: &str| vec![Inline::Text(text.to_owned())];
/// let columns = vec![Column { title: text("Week"), role: ColumnRole::Amount }];
/// let rows = vec![Row::of(vec![text("1")])];
/// let table = Table { summary: "Weeks".into(), alignment: Vec::new(), columns, rows };
/// assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What the table shows, for those who do not see it.
    pub summary: String,
    /// How the author aligned each column; empty where its role decides.
    pub alignment: Vec<Alignment>,
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Row>,
}

/// A row of a table.
///
/// ```
/// use regimen_export::document::Row;
/// use regimen_export::regimen_catalog::prose::Inline;
/// let group = Row { group: true, ..Row::of(vec![vec![Inline::Text("Warm-up".into())], vec![]]) };
/// let spans = if group.group { group.cells.len() } else { 1 };
/// assert_eq!(spans, 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The cells, one for each column.
    pub cells: Vec<Inlines>,
    /// Whether it opens a group of rows ("Warm-up"): only its first cell is filled and spans the table.
    pub group: bool,
    /// A small picture of what its first cell names, where there is room for one.
    pub figure: Option<Figure>,
    /// Its cells after the first as they stand below each other where the columns have no room side by side; empty if all do in
    /// their order, under the titles of their columns.
    pub listed: Vec<ListedCell>,
    /// What stands in place of its first cell there, where no title of a column is above it: "Week 3" for "3"; empty if that cell
    /// says enough.
    pub heading: Inlines,
    /// What the place to write in of each cell is about, or each of its boxes to tick; empty where nothing is noted.
    pub log: Vec<Vec<LogEntry>>,
}

impl Row {
    /// A row of these cells and nothing else.
    pub fn of(cells: Vec<Inlines>) -> Self {
        Self { cells, group: false, figure: None, listed: Vec::new(), heading: Inlines::new(), log: Vec::new() }
    }
}

/// A cell of a row that stands below others, because the columns of its table have no room side by side.
///
/// ```
/// use regimen_export::document::{ListedCell, Row};
/// let race_first = [2, 1].map(|column| ListedCell { column, title: format!("Day {column}") });
/// let row = Row { listed: race_first.into(), ..Row::of(vec![Vec::new(); 3]) };
/// assert!(row.listed.iter().all(|cell| cell.column < row.cells.len()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCell {
    /// The column in which it stands in the table.
    pub column: usize,
    /// What stands beside it in place of the title of the column.
    pub title: String,
}

/// A month as a grid of days.
///
/// ```
/// use regimen_export::document::{Block, Month};
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
/// let program = &catalog.programs["calf-plan"];
/// let page = compose::program(&testing::unit(&catalog, Subject::Plan(program, &plan)), program, &plan);
/// let months = page.blocks.iter().filter_map(|block| if let Block::Month(month) = block { Some(month) } else { None });
/// let months: Vec<&Month> = months.collect();
/// assert_eq!((months.len(), months[0].title.as_str(), months[0].weekdays.len()), (1, "January 2027", 7));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Month {
    /// "January 2027".
    pub title: String,
    /// The names of the seven days of a week, in the order of the columns.
    pub weekdays: Vec<String>,
    /// Its weeks; each has seven days, those of other months are not there.
    pub weeks: Vec<[Option<MonthDay>; 7]>,
}

/// A day of a month.
///
/// ```
/// use regimen_export::document::{Month, MonthDay};
/// let first = MonthDay { number: 1, entries: Vec::new() };
/// let week = [None, None, None, None, Some(first), None, None];
/// let month = Month { title: "January 2027".into(), weekdays: Vec::new(), weeks: vec![week] };
/// let numbers: Vec<i8> = month.weeks.iter().flatten().flatten().map(|day| day.number).collect();
/// assert_eq!(numbers, [1], "days of other months are not there");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 31.
    pub number: i8,
    /// What happens on it, a line each.
    pub entries: Vec<Inlines>,
}

/// A column of a table.
///
/// ```
/// use regimen_export::document::{Column, ColumnRole};
/// use regimen_export::regimen_catalog::prose::{Inline, plain_text};
/// let column = Column { title: vec![Inline::Text("Dose".into())], role: ColumnRole::Amount };
/// assert_eq!(plain_text(&column.title), "Dose");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub title: Inlines,
    /// What its cells are for.
    pub role: ColumnRole,
}

/// What the cells of a column are for.
///
/// ```
/// use regimen_export::document::ColumnRole;
/// let alignment = |role: ColumnRole| match role {
///     ColumnRole::Name | ColumnRole::Text | ColumnRole::Log => "left",
///     ColumnRole::Amount => "right",
/// };
/// assert_eq!(alignment(ColumnRole::Amount), "right");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// The name of the row.
    Name,
    /// Text to read.
    Text,
    /// A short amount such as a dose or a number.
    Amount,
    /// Filled in with a pen, below what little is printed; a column without a word is left out where nobody has a pen.
    Log,
}
