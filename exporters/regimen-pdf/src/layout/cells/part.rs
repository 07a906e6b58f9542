//! What belongs together in a cell: set as large as it fits, or in several.

use regimen_catalog::language::fill;
use regimen_catalog::prose::{Inlines, plain_text};
use regimen_export::document::{Block, Document};

use crate::fonts::Face;
use crate::style::{Colour, Pictures, Sheet};
use crate::text::TextStyle;

use super::super::card::Side;
use super::super::points::Points;
use super::super::tree::{Role, Tree};
use super::super::trials::Checkpoint;
use super::super::{Filled, Flow, Item, Layouter, Owner, Page, adapt};
use super::{Cells, Setting, is_card};

const TITLE: TextStyle = TextStyle { face: Face::Bold, size: 9.0, leading: 12.0, colour: Colour::MUTED };
/// How often taller pictures are tried where there is room left.
const TRIALS: usize = 4;
/// Where less than this is left, pictures stay as they are.
const ROOM_TO_GROW: f32 = 4.0;
/// What goes on in a further cell has at least so much there, which is some lines.
const LEAST_BEYOND: f32 = 3.5 * Sheet::LINE;

/// Blocks that belong together, and the side of the paper that they are on.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) side: Side,
    /// The document whose small print comes after them.
    pub(super) small_print: Option<&'a Document>,
    /// How much of the foot of the cell is for something else, in points of the paper.
    pub(super) foot: f32,
}

/// Cells with a part, and how closely that is set: which of the settings it has.
pub(super) struct Fitted {
    pub(super) filled: Filled,
    pub(super) closeness: usize,
}

impl Cells {
    /// Sets what belongs together: as large as fits a cell, or in several.
    pub(super) fn part(&self, layouter: &mut Layouter<'_>, part: Part<'_>) -> Fitted {
        if let Some(fitted) = self.in_one(layouter, part, |_| true) {
            return fitted;
        }
        // Rather no code than a second cell.
        let coded = std::mem::replace(&mut layouter.style.codes, false);
        let fitted = Some(part).filter(|part| coded && has_codes(part.blocks));
        let fitted = fitted.and_then(|part| self.in_one(layouter, part, |_| true));
        layouter.style.codes = coded;
        fitted.unwrap_or_else(|| self.in_several(layouter, part))
    }

    /// The same in one cell in one of some settings, if it fits that in any.
    pub(super) fn in_one(
        &self,
        layouter: &mut Layouter<'_>,
        part: Part<'_>,
        may_be: impl Fn(&Setting) -> bool,
    ) -> Option<Fitted> {
        let before = layouter.checkpoint();
        let settings = self.settings.iter().enumerate().filter(|(_, setting)| may_be(setting));
        for (closeness, setting) in settings.flat_map(|(at, setting)| self.ways(setting).map(move |way| (at, way))) {
            let filled = layouter.filled(part, self, &setting);
            if layouter.fits(&filled) {
                let filled = self.with_tall_pictures(layouter, part, (setting, filled), &before);
                return Some(Fitted { filled: layouter.finished(part, filled), closeness });
            }
            layouter.go_back_to(&before);
        }
        None
    }

    /// The ways to use a setting: with pictures above the text, or in a column of their own. In a wide cell, that is better than
    /// small pictures.
    fn ways(&self, setting: &Setting) -> impl Iterator<Item = Setting> + use<> {
        let ways: &[bool] = match (self.is_wide(), self.index, setting.is_usual()) {
            (false, ..) | (true, false, true) => &[false],
            (true, true, _) => &[true],
            (true, false, false) => &[true, false],
        };
        let setting = *setting;
        ways.iter().map(move |aside| Setting { aside: *aside, ..setting })
    }

    /// A part that fits its cell, its pictures as tall as there is room for.
    fn with_tall_pictures(
        &self,
        layouter: &mut Layouter<'_>,
        part: Part<'_>,
        (setting, filled): (Setting, Filled),
        before: &Checkpoint,
    ) -> Filled {
        let free = filled.pages.first().map_or(0.0, |page| layouter.sheet.bottom - lowest(page));
        // Pictures that have a column are as tall as that anyhow.
        if setting.aside || setting.pictures >= 1.0 || free < ROOM_TO_GROW {
            return filled;
        }
        let (mut least, mut most) = (setting.pictures, 1.0);
        let set = |layouter: &mut Layouter<'_>, pictures: f32| {
            layouter.go_back_to(before);
            layouter.filled(part, self, &Setting { pictures, ..setting })
        };
        for trial in 0..TRIALS {
            let share = if trial == 0 { most } else { f32::midpoint(least, most) };
            let filled = set(layouter, share);
            match layouter.fits(&filled) {
                true if trial == 0 => return filled,
                true => least = share,
                false => most = share,
            }
        }
        set(layouter, least)
    }

    /// Sets in several cells what is too long for one: in as few as possible, with what warns at the foot of the first.
    fn in_several(&self, layouter: &mut Layouter<'_>, part: Part<'_>) -> Fitted {
        let (at, warns) = self.for_several(layouter, part);
        // Worse than any setting in which it fits one.
        let closeness = self.settings.len() + at;
        if warns {
            let filled = layouter.filled_in_several(part, self, &self.settings[at]);
            return Fitted { filled: layouter.finished(part, filled), closeness };
        }
        // Rather no picture than no warning.
        let shown = std::mem::replace(&mut layouter.style.pictures, Pictures::None);
        let (at, _) = self.for_several(layouter, part);
        let filled = layouter.filled_in_several(part, self, &self.settings[at]);
        layouter.style.pictures = shown;
        Fitted { filled: layouter.finished(part, filled), closeness: closeness + self.settings.len() }
    }

    /// The setting in which a part that goes on takes fewest cells, and whether what warns is in the first. Each point has a line
    /// if possible, and the second cell begins with a heading.
    fn for_several(&self, layouter: &mut Layouter<'_>, part: Part<'_>) -> (usize, bool) {
        let before = layouter.checkpoint();
        let last = self.settings.len() - 1;
        let is_usual = |setting: &Setting| setting.points == Points::Listed && setting.size <= self.scale;
        let settings = self.settings.iter().enumerate().filter(|(at, setting)| *at == last || is_usual(setting));
        let mut best = None;
        for (at, setting) in settings {
            let filled = layouter.filled_in_several(part, self, setting);
            let cost =
                (!warns_first(part.blocks, &filled), filled.pages.len(), !layouter.begins_headed(filled.pages.get(1)));
            layouter.go_back_to(&before);
            if best.is_none_or(|(_, least)| cost < least) {
                best = Some((at, cost));
            }
            if cost == (false, 2, false) {
                break;
            }
        }
        best.map_or((last, false), |(at, (is_silent, ..))| (at, !is_silent))
    }
}

impl Layouter<'_> {
    /// Fills cells with blocks and small print in a setting.
    fn filled(&mut self, part: Part<'_>, cells: &Cells, setting: &Setting) -> Filled {
        let shown = self.begin(part, cells, setting);
        let filled = self.fill();
        (self.flow, self.style.pictures) = (Flow::default(), shown);
        filled
    }

    /// The same, where what warns is in the first cell even if the rest goes on in others.
    fn filled_in_several(&mut self, part: Part<'_>, cells: &Cells, setting: &Setting) -> Filled {
        let shown = self.begin(part, cells, setting);
        self.keep_together();
        let rooms = [self.sheet.bottom - self.sheet.top_first, self.sheet.room()];
        if let Some(warning) = self.warning.take() {
            self.flow.bring_forward(warning, rooms, LEAST_BEYOND);
        }
        self.flow.keep_end(LEAST_BEYOND);
        let filled = self.fill_kept();
        (self.flow, self.style.pictures) = (Flow::default(), shown);
        filled
    }

    /// Begins a cell, and returns which pictures are shown in others.
    fn begin(&mut self, part: Part<'_>, cells: &Cells, setting: &Setting) -> Pictures {
        self.side = part.side;
        self.use_sheet(Sheet { tight: !setting.muscles, ..cells.sheet(setting.size) });
        self.sheet.bottom -= part.foot / setting.size;
        if self.side == Side::Back {
            // Below the title, and the headings are those of the front.
            self.sheet.top_first = self.sheet.top;
        }
        self.level = u8::from(self.side == Side::Back);
        (self.pictures, self.facts, self.points) = (setting.pictures, setting.facts, setting.points);
        (self.aside, self.warning) = (setting.aside, None);
        let shown = self.style.pictures;
        if !(setting.muscles && cells.has_muscles()) && shown == Pictures::All {
            self.style.pictures = Pictures::Own;
        }
        self.flow.single_lines = cells.index;
        self.blocks(part.blocks, self.page_area());
        part.small_print.into_iter().for_each(|document| self.disclaimer(document));
        shown
    }

    /// Whether all is in one cell, and nothing reaches below that, as a picture with its key may in a small one.
    fn fits(&self, filled: &Filled) -> bool {
        filled.pages.len() <= 1 && filled.pages.iter().all(|page| lowest(page) <= self.sheet.bottom + 0.5)
    }

    /// Whether the first words of a cell are a heading.
    fn begins_headed(&self, cell: Option<&Page>) -> bool {
        let mut nodes = cell.into_iter().flat_map(|cell| &cell.items).filter_map(|item| match item.owner {
            Owner::Node(node) => Some(&self.tree.nodes[node].role),
            Owner::Decoration | Owner::Header | Owner::Footer => None,
        });
        nodes.next().is_some_and(|role| matches!(role, Role::Heading(_)))
    }

    /// Cells under their titles, in points of the paper.
    fn finished(&mut self, part: Part<'_>, mut filled: Filled) -> Filled {
        self.repeat_title(part.blocks, &mut filled.pages);
        adapt::enlarge(&mut filled.pages, &mut filled.destinations, &self.sheet);
        filled
    }

    /// Puts the title of a card above its back, and above what goes on in further cells.
    fn repeat_title(&mut self, blocks: &[Block], cells: &mut [Page]) {
        let Some(title) = blocks.iter().find_map(title).map(|title| plain_text(title)) else { return };
        let continued = fill(self.continued, &[("title", &title)]);
        for (at, cell) in cells.iter_mut().enumerate() {
            let words = match (at, self.side) {
                (0, Side::Both | Side::Front) => continue,
                (0, Side::Back) if cell.items.is_empty() => continue,
                (0, Side::Back) => &title,
                _ => &continued,
            };
            let words = self.setter.plain(words, TITLE);
            let Some(line) = words.lines(self.sheet.measure).first().cloned() else { return };
            let items = self.line(&line, (self.sheet.left, self.sheet.header), TITLE, Tree::ROOT);
            cell.items.extend(items.into_iter().map(|item| Item { owner: Owner::Header, ..item }));
        }
    }
}

/// How far down a cell is filled.
pub(super) fn lowest(page: &Page) -> f32 {
    page.items.iter().map(|item| item.y + item.height).fold(0.0, f32::max)
}

/// Whether what a card says under "Stop if" begins in its first cell.
fn warns_first(blocks: &[Block], cells: &Filled) -> bool {
    let mut stops =
        blocks.iter().filter_map(|block| if let Block::Card(card) = block { card.stop.as_deref() } else { None });
    stops.all(|stop| cells.destinations.iter().any(|place| place.anchor == *stop && place.page == 0))
}

fn has_codes(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| matches!(block, Block::Card(card) if !card.codes.is_empty()))
}

fn title(block: &Block) -> Option<&Inlines> {
    match block {
        Block::Card(card) => Some(&card.title),
        Block::Heading { content, .. } => Some(content),
        _ => None,
    }
}

/// Cells that are the front and the back of the same card in turns.
pub(super) fn in_turns(cells: Filled) -> [Filled; 2] {
    let mut sides = [Filled::default(), Filled::default()];
    for (at, cell) in cells.pages.into_iter().enumerate() {
        sides[at % 2].pages.push(cell);
    }
    for place in cells.destinations {
        sides[place.page % 2].destinations.push(super::Destination { page: place.page / 2, ..place });
    }
    sides
}

/// Each card by itself, and the blocks between cards.
pub(super) fn parts(blocks: &[Block]) -> Vec<&[Block]> {
    let parts = blocks.chunk_by(|one, other| !is_card(one) && !is_card(other));
    parts
        .filter(|part| !part.iter().all(|block| matches!(block, Block::PageBreak | Block::SheetBreak | Block::Rule)))
        .collect()
}
