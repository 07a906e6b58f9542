//! How cards are set: what may be left out goes first, then facts shrink, then type and pictures.

use crate::style::{LEAST_TYPE, LargePrint};

use super::super::card::Facts;

/// How a card is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of its type, running text of 10.5 points being 1.
    pub(super) size: f32,
    /// How tall pictures are, as a share of the usual.
    pub(super) pictures: f32,
    pub(super) facts: Facts,
    /// Whether the figure of the muscles is there; the facts name them. Without it, lines are closer, too.
    pub(super) muscles: bool,
    /// Whether points without numbers follow each other as sentences do.
    pub(super) run_in: bool,
}

const fn setting(size: f32, pictures: f32, facts: Facts) -> Setting {
    Setting { size, pictures, facts, muscles: true, run_in: false }
}

const fn without_muscles(setting: Setting) -> Setting {
    Setting { muscles: false, ..setting }
}

const fn run_in(setting: Setting) -> Setting {
    Setting { run_in: true, ..without_muscles(setting) }
}

/// Running text of 8 points.
const LEAST: f32 = LEAST_TYPE / 10.5;
/// Which settings are tried, one after the other: what may be left out goes first, then facts shrink, then type and pictures.
pub(super) const SETTINGS: [Setting; 14] = [
    setting(1.5, 1.0, Facts::All),
    setting(1.35, 1.0, Facts::All),
    setting(1.2, 1.0, Facts::All),
    setting(1.1, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::Needed),
    setting(1.0, 1.0, Facts::Close),
    setting(0.94, 0.9, Facts::Close),
    setting(0.88, 0.8, Facts::Close),
    setting(0.82, 0.7, Facts::Close),
    setting(LEAST, 0.6, Facts::Close),
    without_muscles(setting(LEAST, 0.6, Facts::Close)),
    without_muscles(setting(LEAST, 0.4, Facts::Close)),
    run_in(setting(LEAST, 0.4, Facts::Close)),
];
/// The first of them for all of a card in a cell of half a page and less.
pub(super) const USUAL: usize = 4;
/// The same on index cards, which have no room for the figure of the muscles where type would be smaller for it.
pub(super) const INDEX: [Setting; 10] = [
    setting(1.2, 1.0, Facts::All),
    setting(1.1, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::All),
    without_muscles(setting(1.0, 1.0, Facts::Close)),
    without_muscles(setting(0.94, 0.9, Facts::Close)),
    without_muscles(setting(0.88, 0.8, Facts::Close)),
    without_muscles(setting(0.82, 0.7, Facts::Close)),
    without_muscles(setting(LEAST, 0.6, Facts::Close)),
    without_muscles(setting(LEAST, 0.4, Facts::Close)),
    run_in(setting(LEAST, 0.4, Facts::Close)),
];
/// The same in large print.
pub(super) const POINTS_14: [Setting; 6] = large(LargePrint::Points14);
pub(super) const POINTS_18: [Setting; 6] = large(LargePrint::Points18);

const fn large(print: LargePrint) -> [Setting; 6] {
    let size = print.scale();
    [
        setting(size, 1.0, Facts::All),
        setting(size, 1.0, Facts::Needed),
        setting(size, 0.8, Facts::Close),
        setting(size, 0.6, Facts::Close),
        without_muscles(setting(size, 0.4, Facts::Close)),
        run_in(setting(size, 0.4, Facts::Close)),
    ]
}
