//! Months: a grid of days that fills what is left of a page or half of it, or a list of days where columns are too narrow for words.

use regimen_catalog::prose::{Inline, Inlines};
use regimen_export::document::{Month, MonthDay};

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::{TextLine, TextStyle};

use super::blocks::HeadingStyle;
use super::flow::{Anchor, FlowBox, height};
use super::looks::{BODY, HEADER};
use super::tree::{Role, Scope};
use super::{Area, Item, Layouter};

const NUMBER: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, ..BODY };
const ENTRY: TextStyle = TextStyle { size: 8.5, leading: 10.5, ..BODY };
const PADDING: f32 = 4.0;
/// The space between the entries of a day.
const BETWEEN: f32 = 2.5;
/// The space above the title of a month, below it, and below the month.
const ABOVE: f32 = 16.0;
const BELOW_TITLE: f32 = 5.0;
const BELOW: f32 = 11.0;
/// Rounding must not tear two months apart that were measured to fit.
const SLACK: f32 = 0.5;
/// A week taller than this has more room than anybody needs.
const TALLEST: f32 = 95.0;
/// A month begins a new page if this one has less room left for each week.
const LOWEST: f32 = 40.0;
const BORDER: f32 = 0.5;
const WEEK: usize = 7;

type Week = [Option<MonthDay>; WEEK];

/// A day of a week on the page.
#[derive(Clone, Copy)]
struct DayCell {
    column: usize,
    width: f32,
    /// Its element.
    node: usize,
}

/// A line in a day, with its element and distance from the top.
struct DayLine {
    column: usize,
    text: TextLine,
    style: TextStyle,
    owner: usize,
    y: f32,
}

/// The days of a week, set in lines.
struct SetWeek {
    lines: Vec<DayLine>,
    /// Columns that belong to other months.
    absent: Vec<usize>,
}

impl Layouter<'_> {
    pub(super) fn month(&mut self, month: &Month, area: Area) {
        let column = area.width / WEEK as f32;
        if self.month_is_too_narrow(month, column) || self.week_is_too_tall(month, column) {
            return self.month_as_list(month, area);
        }
        self.month_title(month, area);
        let natural = self.natural(month, area);
        let (header, table) = self.weekdays(month, area);
        let (heights, whole) = even(&natural, self.room_left(&natural));
        self.weeks(month, (table, header), (&heights, whole), area);
    }

    /// Two months on one page, if it has room for both: the weeks of both are alike. False if it has not, and nothing is set.
    pub(super) fn two_months(&mut self, months: [&Month; 2], area: Area) -> bool {
        let column = area.width / WEEK as f32;
        if months.iter().any(|month| self.month_is_too_narrow(month, column)) {
            return false;
        }
        let natural = months.map(|month| self.natural(month, area));
        let around = months.map(|month| {
            ABOVE + self.heading_style(2, false).leading + BELOW_TITLE + self.weekdays_height(month, area)
        });
        let all = natural.concat();
        let room = self.sheet.room() - self.taken() - around.iter().sum::<f32>() - BELOW - SLACK;
        if all.iter().map(|height| height.max(LOWEST)).sum::<f32>() > room {
            return false;
        }
        let (heights, _) = even(&all, room);
        let (one, other) = heights.split_at(natural[0].len());
        for (month, heights) in months.into_iter().zip([one, other]) {
            self.month_title(month, area);
            let (header, table) = self.weekdays(month, area);
            self.weeks(month, (table, header), (heights, true), area);
            if std::ptr::eq(month, months[0]) {
                self.flow.keep_last_with_next();
            }
        }
        true
    }

    /// The weeks of a month below the names of their days.
    fn weeks(&mut self, month: &Month, (table, header): (usize, usize), (heights, whole): (&[f32], bool), area: Area) {
        for (at, (week, height)) in month.weeks.iter().zip(heights).enumerate() {
            let set = self.week(week, table, area.width / WEEK as f32);
            let items = self.week_items(&set, *height, area);
            let keep_with_next = whole && at + 1 < month.weeks.len();
            let flow_box = self.flow.push(FlowBox { height: *height, items, keep_with_next, ..FlowBox::default() });
            self.flow.boxes[flow_box].header = Some(header);
        }
        self.flow.space(BELOW);
    }

    /// How tall each week is with its entries.
    fn natural(&mut self, month: &Month, area: Area) -> Vec<f32> {
        let inner = area.width / WEEK as f32 - 2.0 * PADDING;
        let mut height = |day: &MonthDay| -> f32 {
            let words = day.entries.iter().map(|entry| self.setter.rich(entry, ENTRY, &mut |_, _| None));
            let entries: f32 = words.map(|words| words.lines(inner).len() as f32 * ENTRY.leading + BETWEEN).sum();
            2.0 * PADDING - 1.0 + NUMBER.leading + entries
        };
        month.weeks.iter().map(|week| week.iter().flatten().map(&mut height).fold(0.0, f32::max)).collect()
    }

    fn month_title(&mut self, month: &Month, area: Area) {
        self.flow.space(ABOVE);
        let style = self.heading_style(2, area.in_card);
        let bookmark = (!area.in_card).then(|| (2, month.title.clone()));
        let anchor = Anchor { name: String::new(), bookmark };
        self.marked_heading(HeadingStyle { level: 2, text: style }, &[Inline::Text(month.title.clone())], anchor, area);
        self.flow.space(BELOW_TITLE);
    }

    /// How tall the names of the days are.
    fn weekdays_height(&mut self, month: &Month, area: Area) -> f32 {
        let inner = area.width / WEEK as f32 - 2.0 * PADDING;
        let lines = month.weekdays.iter().take(WEEK).map(|name| self.setter.plain(name, HEADER).lines(inner).len());
        lines.fold(1, usize::max) as f32 * HEADER.leading + 2.0 * PADDING - 2.0
    }

    /// Opens the table of a month; returns the box with the names of the days, and the table.
    fn weekdays(&mut self, month: &Month, area: Area) -> (usize, usize) {
        let height = self.weekdays_height(month, area);
        let table = self.tree.described(area.owner, Role::Table, &month.title);
        let row = self.tree.add(table, Role::Row);
        let (column, style) = (area.width / WEEK as f32, HEADER.coloured(self.palette.heading));
        let mut items = Vec::new();
        for at in 0..WEEK {
            let owner = self.tree.add(row, Role::HeaderCell(Scope::Column));
            let name = month.weekdays.get(at).map(String::as_str).unwrap_or_default();
            let set = self.setter.plain(name, style).lines(column - 2.0 * PADDING);
            for (number, line) in set.iter().enumerate() {
                let place = (area.x + at as f32 * column + PADDING, PADDING - 1.0 + number as f32 * style.leading);
                items.extend(self.line(line, place, style, owner));
            }
        }
        let rule = self.palette.main.mixed(Colour([255; 3]), 0.4);
        items.splice(
            0..0,
            [
                Item::fill(area.x, 0.0, (area.width, height), self.palette.tint),
                Item::fill(area.x, height - 1.0, (area.width, 1.0), rule),
            ],
        );
        let keep_with_next = !month.weeks.is_empty();
        (self.flow.push(FlowBox { height, items, keep_with_next, ..FlowBox::default() }), table)
    }

    fn week(&mut self, week: &Week, table: usize, column: f32) -> SetWeek {
        let row = self.tree.add(table, Role::Row);
        let mut set = SetWeek { lines: Vec::new(), absent: Vec::new() };
        for (at, day) in week.iter().enumerate() {
            let node = self.tree.add(row, Role::Cell(1));
            match day {
                Some(day) => self.day(day, DayCell { column: at, width: column, node }, &mut set),
                None => set.absent.push(at),
            }
        }
        set
    }

    /// Elements of their own keep the number before the links of the entries.
    fn day(&mut self, day: &MonthDay, cell: DayCell, week: &mut SetWeek) {
        let mut y = PADDING - 1.0;
        let DayCell { column, width, node } = cell;
        let number = self.tree.add(node, Role::Paragraph);
        let style = NUMBER.coloured(self.palette.heading);
        let words = self.setter.plain(&day.number.to_string(), style);
        let first = words.lines(width).first().cloned().into_iter();
        week.lines.extend(first.map(|text| DayLine { column, text, style, owner: number, y }));
        y += style.leading;
        for entry in &day.entries {
            let owner = self.tree.add(node, Role::Paragraph);
            for text in self.rich(entry, ENTRY, owner).lines(width - 2.0 * PADDING).to_vec() {
                week.lines.push(DayLine { column, text, style: ENTRY, owner, y });
                y += ENTRY.leading;
            }
            y += BETWEEN;
        }
    }

    fn week_items(&self, week: &SetWeek, height: f32, area: Area) -> Vec<Item> {
        let column = area.width / WEEK as f32;
        let left = |at: usize| area.x + at as f32 * column;
        let other = Colour::HAIRLINE.mixed(Colour([255; 3]), 0.65);
        let absent = week.absent.iter().map(|at| Item::fill(left(*at), 0.0, (column, height), other));
        let across = Item::fill(area.x, height - BORDER, (area.width, BORDER), Colour::HAIRLINE);
        let upright = (0..=WEEK).map(|at| {
            let x = left(at).min(area.x + area.width - BORDER);
            Item::fill(x, 0.0, (BORDER, height), Colour::HAIRLINE)
        });
        let mut items: Vec<Item> = absent.chain([across]).chain(upright).collect();
        for line in &week.lines {
            items.extend(self.line(&line.text, (left(line.column) + PADDING, line.y), line.style, line.owner));
        }
        items
    }

    /// How much of the page is taken above what comes next.
    fn taken(&self) -> f32 {
        let boxes = &self.flow.boxes;
        if self.flow.breaks_page() {
            return 0.0;
        }
        // What is kept with the next is on its page, whatever should begin there.
        let begins = |at: &usize| boxes[*at].break_before && !(*at > 0 && boxes[at - 1].keep_with_next);
        height(&boxes[(0..boxes.len()).rev().find(begins).unwrap_or(0)..])
    }

    /// How much room the weeks have on the page that they are likely to be on.
    fn room_left(&self, natural: &[f32]) -> f32 {
        let boxes = &self.flow.boxes;
        let height =
            |from: usize| boxes[from..].iter().map(|flow_box| flow_box.space_before + flow_box.height).sum::<f32>();
        let page = boxes.iter().rposition(|flow_box| flow_box.break_before).unwrap_or(0);
        let group = boxes.iter().rposition(|flow_box| !flow_box.keep_with_next).map_or(0, |last| last + 1);
        let least: f32 = natural.iter().map(|height| height.max(LOWEST)).sum();
        let here = self.sheet.room() - height(page);
        if here >= least { here } else { self.sheet.room() - height(group.max(page)) }
    }

    fn month_is_too_narrow(&mut self, month: &Month, column: f32) -> bool {
        let inner = column - 2.0 * PADDING;
        let mut names = month.weekdays.iter();
        if names.any(|name| self.setter.plain(name, HEADER).narrowest() > inner) {
            return true;
        }
        let mut entries = days(month).flat_map(|(_, day)| &day.entries);
        entries.any(|entry| self.setter.rich(entry, ENTRY, &mut |_, _| None).narrowest() > inner)
    }

    /// Whether a day has more entries than fit on a page with the title and the weekdays.
    fn week_is_too_tall(&mut self, month: &Month, column: f32) -> bool {
        let most = self.sheet.room() * 0.7;
        let mut height = |day: &MonthDay| -> f32 {
            let words = day.entries.iter().map(|entry| self.setter.rich(entry, ENTRY, &mut |_, _| None));
            let lines = words.map(|words| words.lines(column - 2.0 * PADDING).len());
            lines.map(|lines| lines as f32 * ENTRY.leading + BETWEEN).sum()
        };
        days(month).any(|(_, day)| height(day) + NUMBER.leading + 2.0 * PADDING > most)
    }

    /// The days on which something happens, one below the other.
    fn month_as_list(&mut self, month: &Month, area: Area) {
        let facts: Vec<(String, Inlines)> =
            days(month).filter(|(_, day)| !day.entries.is_empty()).map(|(at, day)| fact(month, at, day)).collect();
        self.month_title(month, area);
        self.facts_below(&facts, area);
        self.flow.space(BELOW);
    }
}

/// The days of a month with their columns.
fn days(month: &Month) -> impl Iterator<Item = (usize, &MonthDay)> {
    month.weeks.iter().flat_map(|week| week.iter().enumerate()).filter_map(|(at, day)| Some((at, day.as_ref()?)))
}

fn fact(month: &Month, column: usize, day: &MonthDay) -> (String, Inlines) {
    let name = month.weekdays.get(column).map(String::as_str).unwrap_or_default();
    let entries: Vec<&[Inline]> = day.entries.iter().map(Vec::as_slice).collect();
    (format!("{name} {}", day.number).trim().to_owned(), entries.join(&Inline::Break))
}

/// The heights of weeks, equal if possible, and whether they are on one page.
fn even(natural: &[f32], room: f32) -> (Vec<f32>, bool) {
    let heights = |least: f32| natural.iter().map(|height| height.max(least)).collect::<Vec<f32>>();
    let fits = |least: f32| heights(least).iter().sum::<f32>() <= room;
    let tallest = natural.iter().copied().fold(TALLEST, f32::max);
    if let Some(least) = [tallest, TALLEST].into_iter().find(|least| fits(*least)) {
        return (heights(least), true);
    }
    if !fits(0.0) {
        return (heights(LOWEST), false);
    }
    let (mut low, mut high) = (0.0, TALLEST);
    for _ in 0..30 {
        let middle = (low + high) / 2.0;
        if fits(middle) { low = middle } else { high = middle }
    }
    (heights(low), true)
}
