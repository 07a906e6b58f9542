//! The long strip of slabs that is later cut into pages.

use crate::style::Colour;

use super::Item;

/// A piece of a page that is never cut.
#[derive(Debug, Default, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each holds or not whatever the others say")]
pub(super) struct Slab {
    pub(super) height: f32,
    /// Space above, unless it opens a page.
    pub(super) before: f32,
    /// How far below its top it meets the grid of lines, if it is to stand on that.
    pub(super) grid: Option<f32>,
    /// Its items, measured from its own top.
    pub(super) items: Vec<Item>,
    /// Whether the next slab must stand on the same page.
    pub(super) glued: bool,
    /// Whether the next slab stands on the same page if there is one that can hold all that is kept together.
    pub(super) kept: bool,
    /// Whether it is a line of a heading, which is not left alone with a single line.
    pub(super) heading: bool,
    /// Whether it opens a page.
    pub(super) opens_page: bool,
    /// Whether it is as wide as the page, where others stand in columns.
    pub(super) spans: bool,
    /// Shades behind it, outermost first.
    pub(super) shades: Vec<usize>,
    /// The slab of a table header to repeat if a page opens with this one.
    pub(super) header: Option<usize>,
    /// Names and bookmarks that lead here: anchor, level and title.
    pub(super) marks: Vec<(String, Option<(u8, String)>)>,
}

impl Slab {
    /// Whether the next slab stands on the same page, if that can be.
    pub(super) fn holds(&self) -> bool {
        self.glued || self.kept
    }
}

/// A box drawn behind slabs, as tall as they are on each page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shade {
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) fill: Option<Colour>,
    pub(super) bar: Option<Colour>,
}

/// Lower than two lines of any text, higher than one.
const TWO_LINES: f32 = 22.0;

/// The slabs so far.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) slabs: Vec<Slab>,
    pub(super) shades: Vec<Shade>,
    /// Whether what follows is as wide as the page.
    pub(super) spans: bool,
    open: Vec<usize>,
    gap: f32,
    opens_page: bool,
}

impl Flow {
    /// Asks for at least this much space before what follows.
    pub(super) fn space(&mut self, points: f32) {
        self.gap = self.gap.max(points);
    }

    /// What follows opens a page.
    pub(super) fn open_page(&mut self) {
        self.opens_page = true;
    }

    /// Adds a slab below the others and says which it is.
    pub(super) fn push(&mut self, mut slab: Slab) -> usize {
        slab.before = slab.before.max(std::mem::take(&mut self.gap));
        slab.opens_page = std::mem::take(&mut self.opens_page);
        slab.spans = self.spans;
        slab.shades.clone_from(&self.open);
        self.slabs.push(slab);
        self.slabs.len() - 1
    }

    /// Glues the last slab to the next.
    pub(super) fn glue(&mut self) {
        if let Some(last) = self.slabs.last_mut() {
            last.glued = true;
        }
    }

    /// Keeps a single slab at either end of what was pushed since `first` with its neighbour.
    pub(super) fn keep_ends(&mut self, first: usize) {
        let count = self.slabs.len();
        if count >= first + 2 {
            self.slabs[first].glued = true;
            self.slabs[count - 2].glued = true;
        }
    }

    /// Keeps all that was pushed since `first` together if it is not taller than `most`.
    pub(super) fn keep_short(&mut self, first: usize, most: f32) {
        let height: f32 = self.slabs[first..].iter().map(|slab| slab.before + slab.height).sum();
        let last = self.slabs.len().saturating_sub(1);
        let parted = self.slabs[first..].iter().skip(1).any(|slab| slab.opens_page);
        if height <= most && first < last && !parted {
            self.slabs[first..last].iter_mut().for_each(|slab| slab.kept = true);
        }
    }

    /// Keeps headings with two lines of what follows, also if the first stands alone, or in a box.
    pub(super) fn keep_headings(&mut self) {
        for at in 1..self.slabs.len() {
            if self.slabs[at - 1].heading && !self.slabs[at].heading {
                self.keep_lines(at);
            }
        }
    }

    /// Glues what follows from here together until two lines of it can be seen.
    fn keep_lines(&mut self, first: usize) {
        let mut seen = 0.0;
        for at in first..self.slabs.len().saturating_sub(1) {
            let slab = &self.slabs[at];
            seen += if slab.items.is_empty() { 0.0 } else { slab.height };
            if seen >= TWO_LINES || slab.heading || self.slabs[at + 1].opens_page {
                return;
            }
            self.slabs[at].glued = true;
        }
    }

    /// Keeps boxes whole that are lower than this: a column is left for the next sooner than a page.
    pub(super) fn keep_boxes(&mut self, most: f32) {
        for shade in 0..self.shades.len() {
            let held = |slab: &Slab| slab.shades.contains(&shade);
            let Some(first) = self.slabs.iter().position(held) else { continue };
            let count = self.slabs[first..].iter().take_while(|slab| held(slab)).count();
            let slabs = &mut self.slabs[first..first + count];
            if slabs.iter().map(|slab| slab.before + slab.height).sum::<f32>() <= most {
                slabs.iter_mut().take(count - 1).for_each(|slab| slab.kept = true);
            }
        }
    }

    /// Lets what is glued to something as wide as the page stand above it, not in a column.
    pub(super) fn widen(&mut self) {
        for at in (1..self.slabs.len()).rev() {
            self.slabs[at - 1].spans |= self.slabs[at - 1].holds() && self.slabs[at].spans;
        }
    }

    /// Opens a box; `padding` is free at its top.
    pub(super) fn open_shade(&mut self, shade: Shade, padding: f32) {
        self.shades.push(shade);
        self.open.push(self.shades.len() - 1);
        // The text in the box stands on the grid, and the padding above it is as wide as below.
        self.push(Slab { height: padding, grid: Some(padding), glued: true, ..Slab::default() });
    }

    /// Closes the innermost box with free space at its bottom.
    pub(super) fn close_shade(&mut self, padding: f32) {
        self.gap = 0.0;
        self.glue();
        if let [.., before, last] = self.slabs.as_mut_slice()
            && last.height < TWO_LINES
            && before.shades.len() >= last.shades.len()
        {
            // The end of a box is not a single line either.
            before.glued = true;
        }
        self.push(Slab { height: padding, ..Slab::default() });
        self.open.pop();
    }
}
