//! Work in parts: its title, pictures and places, and below them its steps, between which a page may end.

use std::collections::{BTreeSet, VecDeque};

use regimen_catalog::language::fill;
use regimen_catalog::prose::plain_text;
use regimen_export::document::Work;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::TextStyle;

use super::super::flow::FlowBox;
use super::super::looks::{MOST_REPEATED, TEXT};
use super::super::tree::{Role, Tree};
use super::super::{Area, Layouter};
use super::{ABOVE, BETWEEN_POINTS, Column, anchor, one_after_the_other};

/// Which work of sessions is set in parts.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in super::super) enum Parting {
    /// None: each is on one page if that has room for it.
    #[default]
    Never,
    /// What would not fit the rest of its page.
    Offered,
    /// What is in this list, which begins with the next of what may be parted.
    Of(VecDeque<bool>),
}

/// Whether some work is set in parts.
pub(super) enum Parts {
    None,
    /// Where the rest of a page has no room for the whole.
    Offered,
    Only,
}

impl Parting {
    /// What has these positions among what may be parted.
    pub(in super::super) fn of(parted: &BTreeSet<usize>) -> Self {
        let count = parted.last().map_or(0, |last| last + 1);
        Self::Of((0..count).map(|at| parted.contains(&at)).collect())
    }

    /// Whether the next of what may be parted is.
    fn next(&mut self) -> Parts {
        match self {
            Self::Never => Parts::None,
            Self::Offered => Parts::Offered,
            Self::Of(parted) => parted.pop_front().filter(|parted| *parted).map_or(Parts::None, |_| Parts::Only),
        }
    }
}

impl Layouter<'_> {
    /// What has its table below it stays with that, and a single step is not parted.
    pub(super) fn parting_of(&mut self, work: &Work) -> Parts {
        let may_be_parted = work.by_days.is_none() && work.steps.len() > 1;
        if may_be_parted { self.parting.next() } else { Parts::None }
    }

    /// A box with title, pictures and the text beside these, one for each other step, for what to keep in mind and when to stop, which
    /// stay with the last step, and for each row of places.
    pub(super) fn work_in_parts(&mut self, work: &Work, area: Area) {
        let section = self.tree.add(area.owner, Role::Section);
        let area = Area { owner: section, depth: area.depth + 1, ..area };
        let first = self.flow.boxes.len();
        self.opening(work, area);
        let start = self.flow.boxes.len();
        let mut column = self.above_text(work, area);
        let above = column.height;
        self.add(&one_after_the_other(&work.setup), self.text(), area, &mut column);
        let mut below = self.steps(&work.steps, area, &mut column);
        let last_step = below.len().saturating_sub(1);
        for point in &work.points {
            let mut own = Column::default();
            let column = if column.is_beside() { &mut column } else { &mut own };
            self.point(point, area, column);
            below.extend(Some(own).filter(|own| own.height > 0.0));
        }
        // A title has text below it.
        let keep_with_next = column.height <= above;
        column.end_beside();
        let Column { items, height, .. } = column;
        let destinations = vec![anchor(work)];
        self.flow.push(FlowBox { height, items, destinations, keep_with_next, ..FlowBox::default() });
        let count = below.len();
        for (at, Column { items, height, .. }) in below.into_iter().enumerate() {
            let keep_with_next = at >= last_step && at + 1 < count;
            self.flow.space(BETWEEN_POINTS);
            self.flow.push(FlowBox { height, items, keep_with_next, ..FlowBox::default() });
        }
        for (at, Column { items, height, .. }) in self.places_below(work, area).into_iter().enumerate() {
            self.flow.space(if at == 0 { self.above_places() } else { 0.0 });
            self.flow.push(FlowBox { height, items, ..FlowBox::default() });
        }
        let words = fill(self.continued, &[("title", &plain_text(&work.title))]);
        let mut title = self.title_again(&words, self.palette.heading, area);
        let turns = self.flow.turns.as_ref().filter(|_| work.goes_on);
        if let Some(turns) = turns.map(|turns| turns.words.clone()) {
            let FlowBox { height, items, .. } = self.title_again(&turns, self.palette.accent, area);
            let own = std::mem::replace(&mut title.items, items);
            title.items.extend(own.into_iter().map(|item| item.lowered(height)));
            title.height += height;
        }
        self.flow.continue_under(start, title);
        self.flow.continue_turns(first);
        self.flow.space(ABOVE);
    }

    /// The title of what goes on over a page.
    pub(super) fn title_again(&mut self, words: &str, colour: Colour, area: Area) -> FlowBox {
        let style = TextStyle { face: Face::Bold, ..TEXT.coloured(colour) };
        let words = self.setter.plain(words, style);
        let mut column = Column::default();
        for line in words.lines(area.width).iter().take(MOST_REPEATED) {
            let items = self.line(line, (area.x, 0.0), style, Tree::ROOT);
            column.push(items, style.leading);
        }
        FlowBox { height: column.height + BETWEEN_POINTS, items: column.items, ..FlowBox::default() }
    }
}
