//! Key figures to be seen at a glance: tiles side by side on a band, small label above large value.

use regimen_catalog::prose::Inlines;

use crate::fonts::Face;
use crate::style::Colour;
use crate::text::{Paragraph, TextStyle};

use super::flow::FlowBox;
use super::looks::{BODY, SMALL};
use super::tree::{Numbering, Role};
use super::{Area, Item, Layouter};

const VALUE: TextStyle = TextStyle { face: Face::Heading, size: 13.0, leading: 16.0, ..BODY };
/// The same on a sheet in large print, whose text has the size of a value already.
const LARGE_VALUE: TextStyle = TextStyle { size: 11.0, leading: 14.0, ..VALUE };
const PADDING: f32 = 9.0;
const LARGE_PADDING: f32 = 5.0;
/// A value of more lines than this wants a wider tile.
const LINES: usize = 2;

/// A figure that is not yet in its place: label and value, each with its element.
struct Tile {
    label: (Paragraph, usize),
    value: (Paragraph, usize),
    /// How the value looks, and what is free around both.
    style: TextStyle,
    padding: f32,
}

impl Tile {
    fn fits(&self, width: f32) -> bool {
        let (label, value) = (&self.label.0, &self.value.0);
        label.widest() <= width && value.narrowest() <= width && value.lines(width).len() <= LINES
    }

    /// The least width that it fits, to a point; that of its value in one line if no other does.
    fn need(&self) -> f32 {
        let (label, value) = (&self.label.0, &self.value.0);
        let mut fitting = value.widest().max(label.widest()).ceil();
        let mut least = value.narrowest().max(label.widest()).floor();
        while fitting - least > 1.0 {
            let width = ((fitting + least) / 2.0).round();
            if self.fits(width) {
                fitting = width;
            } else {
                least = width;
            }
        }
        fitting
    }

    fn height(&self, width: f32) -> f32 {
        let (label, value) = (self.label.0.lines(width).len(), self.value.0.lines(width).len());
        label as f32 * SMALL.leading + value as f32 * self.style.leading + 2.0 * self.padding
    }
}

/// A row of tiles and how wide each is.
type TileRow<'t> = Vec<(&'t Tile, f32)>;

/// As few rows as there can be. Tiles of a row are equally wide if all fit that, else each has what it needs and a share of the rest.
fn rows(tiles: &[Tile], width: f32) -> Vec<TileRow<'_>> {
    let equal = |tiles: &[Tile]| width / tiles.len() as f32;
    if tiles.iter().all(|tile| tile.fits(equal(tiles) - 2.0 * tile.padding)) {
        return vec![tiles.iter().map(|tile| (tile, equal(tiles))).collect()];
    }
    let mut rows: Vec<TileRow<'_>> = Vec::new();
    let mut left = 0.0;
    for tile in tiles {
        let need = (tile.need() + 2.0 * tile.padding).min(width);
        match rows.last_mut().filter(|_| need <= left) {
            Some(row) => row.push((tile, need)),
            None => {
                rows.push(vec![(tile, need)]);
                left = width;
            }
        }
        left -= need;
    }
    for row in &mut rows {
        let spare = width - row.iter().map(|(_, need)| need).sum::<f32>();
        let equal = width / row.len() as f32;
        let all_equal = row.iter().all(|(_, need)| *need <= equal);
        let share = spare / row.len() as f32;
        for (_, width) in row {
            *width = if all_equal { equal } else { *width + share };
        }
    }
    rows
}

impl Layouter<'_> {
    pub(super) fn glance(&mut self, figures: &[(String, Inlines)], area: Area) {
        if figures.is_empty() {
            return;
        }
        self.flow.space(12.0);
        let tiles = self.tiles(figures, area);
        let first = self.flow.boxes.len();
        for row in rows(&tiles, area.width) {
            self.tile_row(&row, area);
        }
        self.flow.keep_ends(first);
        self.flow.space(12.0);
    }

    fn tiles(&mut self, figures: &[(String, Inlines)], area: Area) -> Vec<Tile> {
        let list = self.tree.add(area.owner, Role::List(Numbering::None));
        let (style, padding) = if self.is_large_sheet() { (LARGE_VALUE, LARGE_PADDING) } else { (VALUE, PADDING) };
        let style = style.coloured(self.palette.heading);
        let tiles = figures.iter().map(|(label, value)| {
            let owners = self.tree.item(list, true);
            let label = (self.setter.plain(label, SMALL), owners.0);
            Tile { label, value: (self.rich(value, style, owners.1), owners.1), style, padding }
        });
        tiles.collect()
    }

    /// A row of tiles as one box; tiles taller than a page are a box for each line.
    fn tile_row(&mut self, row: &[(&Tile, f32)], area: Area) {
        let padding = row.first().map_or(PADDING, |(tile, _)| tile.padding);
        let height = row.iter().map(|(tile, width)| tile.height(width - 2.0 * padding)).fold(0.0, f32::max);
        let (mut items, mut lines) =
            (vec![Item::fill(area.x, 0.0, (area.width, height), self.palette.tint)], Vec::new());
        let mut x = area.x;
        for (at, (tile, width)) in row.iter().enumerate() {
            if at > 0 {
                let size = (0.7, height - 2.0 * padding);
                items.push(Item::fill(x, padding, size, self.palette.accent.mixed(Colour([255; 3]), 0.6)));
            }
            let mut y = padding;
            for ((words, owner), style) in [(&tile.label, SMALL), (&tile.value, tile.style)] {
                for line in words.lines(width - 2.0 * padding).iter() {
                    lines.push((style.leading, self.line(line, (x + padding, 0.0), style, *owner), y));
                    y += style.leading;
                }
            }
            x += width;
        }
        if height > self.sheet.room() / 2.0 {
            for (height, items, _) in lines {
                self.flow.push(FlowBox { height, items, ..FlowBox::default() });
            }
            return;
        }
        items.extend(lines.into_iter().flat_map(|(_, items, y)| items.into_iter().map(move |item| item.lowered(y))));
        self.flow.push(FlowBox { height, items, ..FlowBox::default() });
    }
}
