//! How cards are set: what may be left out goes first, then facts shrink, then type, then points and pictures.

use crate::style::{LEAST_TYPE, LargePrint};

use super::super::facts::Facts;
use super::super::points::Points;

/// How a card is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// The size of its type, running text of 10.5 points being 1.
    pub(super) size: f32,
    /// How tall pictures are at least, as a share of the usual: they are taller where there is room.
    pub(super) pictures: f32,
    pub(super) facts: Facts,
    /// Whether the figure of the muscles is there; the facts name them. Without it, lines are closer, too.
    pub(super) muscles: bool,
    pub(super) points: Points,
    /// Whether pictures have a column of their own.
    pub(super) aside: bool,
}

impl Setting {
    /// Whether nothing is smaller or closer than usual, apart from facts.
    pub(super) const fn is_usual(&self) -> bool {
        self.pictures >= 1.0 && self.muscles
    }

    /// Whether nothing is so small or close that small print had better give way to it.
    pub(super) fn is_roomy(&self) -> bool {
        self.pictures >= 0.85 && self.points == Points::Listed
    }
}

const fn setting(size: f32, pictures: f32, facts: Facts) -> Setting {
    Setting { size, pictures, facts, muscles: true, points: Points::Listed, aside: false }
}

const fn without_muscles(setting: Setting) -> Setting {
    Setting { muscles: false, ..setting }
}

/// A setting of close lines for all that has no other room.
const fn close(size: f32, pictures: f32, points: Points) -> Setting {
    Setting { size, pictures, facts: Facts::Close, muscles: false, points, aside: false }
}

/// Running text of 8 points.
const LEAST: f32 = LEAST_TYPE / 10.5;
/// Which settings are tried, one after the other.
pub(super) const SETTINGS: [Setting; 17] = [
    setting(1.5, 1.0, Facts::All),
    setting(1.35, 1.0, Facts::All),
    setting(1.2, 1.0, Facts::All),
    setting(1.1, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::Needed),
    setting(1.0, 1.0, Facts::Close),
    setting(0.94, 0.9, Facts::Close),
    setting(0.88, 0.85, Facts::Close),
    setting(0.82, 0.8, Facts::Close),
    without_muscles(setting(0.82, 0.8, Facts::Close)),
    without_muscles(setting(LEAST, 0.75, Facts::Close)),
    close(LEAST, 0.7, Points::InARow),
    close(LEAST, 0.6, Points::AfterLabels),
    close(LEAST, 0.45, Points::AfterLabels),
    close(LEAST, 0.45, Points::AllInARow),
    close(LEAST, LEAST_PICTURES, Points::AllInARow),
];
/// The first of them for all of a card in a cell of half a page and less.
pub(super) const USUAL: usize = 4;
/// No picture is lower than this share of the usual.
const LEAST_PICTURES: f32 = 0.35;
/// The same on index cards, which have no room for the figure of the muscles where type would be smaller for it.
pub(super) const INDEX: [Setting; 14] = [
    setting(1.2, 1.0, Facts::All),
    setting(1.1, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::All),
    setting(1.0, 1.0, Facts::Needed),
    without_muscles(setting(1.0, 1.0, Facts::Close)),
    without_muscles(setting(0.94, 0.9, Facts::Close)),
    without_muscles(setting(0.88, 0.85, Facts::Close)),
    without_muscles(setting(0.82, 0.8, Facts::Close)),
    without_muscles(setting(LEAST, 0.75, Facts::Close)),
    close(LEAST, 0.7, Points::InARow),
    close(LEAST, 0.6, Points::AfterLabels),
    close(LEAST, 0.45, Points::AfterLabels),
    close(LEAST, 0.45, Points::AllInARow),
    close(LEAST, LEAST_PICTURES, Points::AllInARow),
];
/// The same in large print.
pub(super) const POINTS_14: [Setting; 13] = large(LargePrint::Points14);
pub(super) const POINTS_18: [Setting; 13] = large(LargePrint::Points18);

const fn large(print: LargePrint) -> [Setting; 13] {
    let size = print.scale();
    [
        setting(size, 1.0, Facts::All),
        setting(size, 1.0, Facts::Needed),
        setting(size, 1.0, Facts::Close),
        setting(size, 0.85, Facts::Close),
        without_muscles(setting(size, 0.85, Facts::Close)),
        without_muscles(setting(size, 0.7, Facts::Close)),
        close(size, 0.7, Points::InARow),
        close(size, 0.6, Points::AfterLabels),
        close(size, 0.45, Points::AfterLabels),
        close(size, 0.45, Points::AllInARow),
        close(size, LEAST_PICTURES, Points::AllInARow),
        // One card in slightly smaller type is used more than two cards.
        close(0.95 * size, LEAST_PICTURES, Points::AllInARow),
        close(0.9 * size, LEAST_PICTURES, Points::AllInARow),
    ]
}
