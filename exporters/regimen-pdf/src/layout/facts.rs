//! Key facts: labels and values in two columns with a rule below each.

use regimen_catalog::prose::Inlines;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::{TextLine, TextStyle};

use super::flow::FlowBox;
use super::looks::BODY;
use super::points::Points;
use super::tree::{Numbering, Role};
use super::{Area, Item, Layouter};

const LABEL: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 14.0, colour: Colour::MUTED };
const VALUE: TextStyle = TextStyle { size: 10.0, leading: 14.0, ..BODY };
const FACT_PADDING: f32 = 2.5;

/// Which key facts of a card are set, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facts {
    /// All of them.
    All,
    /// Those that may not be left out.
    Needed,
    /// Those, in smaller type and with less space.
    Close,
    /// All of them with less space, as large print needs.
    Large,
}

impl Facts {
    /// How labels and values look, and how much space is above and below them.
    fn looks(self) -> (TextStyle, TextStyle, f32) {
        match self {
            Self::All | Self::Needed => (LABEL, VALUE, FACT_PADDING),
            Self::Close => {
                let small = |style| TextStyle { size: 8.5, leading: 11.5, ..style };
                (small(LABEL), small(VALUE), 1.0)
            }
            Self::Large => {
                let close = |style| TextStyle { leading: 13.0, ..style };
                (close(LABEL), close(VALUE), 1.5)
            }
        }
    }
}

/// A fact with its lines, not yet in its place.
pub(super) struct Fact {
    label: Vec<TextLine>,
    value: Vec<TextLine>,
    owners: (usize, usize),
    set: Facts,
    /// Whether the next one goes on with it.
    goes_on: bool,
}

impl Fact {
    pub(super) fn height(&self) -> f32 {
        let (_, value, padding) = self.set.looks();
        self.label.len().max(self.value.len()).max(1) as f32 * value.leading + 2.0 * padding
    }
}

impl Layouter<'_> {
    pub(super) fn push_facts(&mut self, facts: &[Fact], label_width: f32, area: Area) {
        for fact in facts {
            let items = self.fact(fact, area, 0.0, label_width);
            self.flow.push(FlowBox { height: fact.height(), items, ..FlowBox::default() });
        }
    }

    /// Facts without a picture beside them, a box each.
    pub(super) fn facts_below(&mut self, facts: &[(String, Inlines)], area: Area) {
        if facts.is_empty() {
            return;
        }
        if self.points == Points::AllInARow {
            return self.facts_after_labels(facts, area);
        }
        let (facts, label_width) = self.facts(facts, area);
        let first = self.flow.boxes.len();
        self.push_facts(&facts, label_width, area);
        self.flow.keep_ends(first);
    }

    pub(super) fn facts(&mut self, facts: &[(String, Inlines)], area: Area) -> (Vec<Fact>, f32) {
        let list = self.tree.add(area.owner, Role::List(Numbering::None));
        let (label_style, value_style, _) = self.facts.looks();
        let labels: Vec<_> = facts.iter().map(|(label, _)| self.setter.plain(label, label_style)).collect();
        let widest = labels.iter().map(crate::text::Paragraph::widest).fold(0.0, f32::max);
        let label_width = widest.min(area.width * 0.4) + 10.0;
        // A fact longer than this would not fit beside its picture, or below its title, on any page.
        let most = ((self.sheet.room() * 0.5 / value_style.leading) as usize).max(1);
        let mut set = Vec::with_capacity(labels.len());
        for (label, (_, value)) in labels.iter().zip(facts) {
            let owners = self.tree.item(list, true);
            let value = self.rich(value, value_style, owners.1).in_cell().lines(area.width - label_width);
            let label = label.lines(label_width - 8.0);
            let mut label = label[..label.len().min(most)].to_vec();
            let mut rest = &*value;
            loop {
                let (now, later) = rest.split_at(rest.len().min(most));
                let (label, value) = (std::mem::take(&mut label), now.to_vec());
                set.push(Fact { label, value, owners, set: self.facts, goes_on: !later.is_empty() });
                rest = later;
                if rest.is_empty() {
                    break;
                }
            }
        }
        (set, label_width)
    }

    /// A fact whose top is at `y`.
    pub(super) fn fact(&self, fact: &Fact, area: Area, y: f32, label_width: f32) -> Vec<Item> {
        let (label, value, padding) = fact.set.looks();
        let mut items = Vec::new();
        for (at, line) in fact.label.iter().enumerate() {
            let top = y + padding + at as f32 * label.leading;
            items.extend(self.line(line, (area.x, top), label, fact.owners.0));
        }
        for (at, line) in fact.value.iter().enumerate() {
            let top = y + padding + at as f32 * value.leading;
            items.extend(self.line(line, (area.x + label_width, top), value, fact.owners.1));
        }
        let rule = Item::fill(area.x, y + fact.height() - 0.5, (area.width, 0.5), Colour::HAIRLINE);
        items.extend((!fact.goes_on).then_some(rule));
        items
    }
}
