//! Colours, and how well one is read on another.
//!
//! The arithmetic is that of the Web Content Accessibility Guidelines (WCAG) 2.1, W3C 2018: "relative luminance" and
//! "contrast ratio". Success criterion 1.4.3 (level AA) asks of text a contrast of 4.5 to 1.

use std::str::FromStr;

use crate::quantity::{BadQuantity, Literal, literal};

/// A colour, written `#1f6f5c`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// The colour of paper.
    pub const WHITE: Self = Self([255; 3]);
    /// The least contrast of text and its ground.
    pub const LEGIBLE: f64 = 4.5;

    /// How well two colours are told from each other: 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// How light it is: black is 0, white is 1.
    fn luminance(self) -> f64 {
        // The guidelines put the step at 0.03928; sRGB (IEC 61966-2-1) at 0.04045. No colour lies between.
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// A ground of this colour, so light that text stands on it: of boxes and table headers.
    #[must_use]
    pub fn tint(self) -> Self {
        Self(self.0.map(|part| (f64::from(part) * 0.09 + 255.0 * 0.91).round() as u8))
    }

    /// The nearest darker shade whose text is legible on white and on a tint of `ground`, or of itself.
    #[must_use]
    pub fn legible(self, ground: Option<Self>) -> Self {
        let shade = |share: u32| Self(self.0.map(|part| ((u32::from(part) * share + 128) / 256) as u8));
        let shades = (0..=256).rev().map(shade);
        let mut legible = shades.filter(|shade| shade.is_legible(ground.unwrap_or(*shade)));
        legible.next().unwrap_or(Self([0; 3]))
    }

    fn is_legible(self, ground: Self) -> bool {
        [Self::WHITE, ground.tint()].into_iter().all(|ground| self.contrast(ground) >= Self::LEGIBLE)
    }
}

impl Literal for Colour {
    const EXPECTED: &'static str = "a colour such as `\"#1f6f5c\"`";

    fn shape() -> String {
        "#[0-9a-fA-F]{6}".to_owned()
    }
}

impl FromStr for Colour {
    type Err = BadQuantity;

    fn from_str(text: &str) -> Result<Self, BadQuantity> {
        let digits = text.strip_prefix('#').filter(|d| d.len() == 6 && d.bytes().all(|b| b.is_ascii_hexdigit()));
        let channel = |d: &str, at: usize| u8::from_str_radix(&d[at..at + 2], 16).unwrap_or_default();
        digits
            .map(|d| Self([channel(d, 0), channel(d, 2), channel(d, 4)]))
            .ok_or_else(|| BadQuantity::not::<Self>(text))
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

literal!(Colour);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let on_white = |text: &str| (text.parse::<Colour>().unwrap().contrast(Colour::WHITE) * 100.0).floor() / 100.0;
        // Black, the two greys on either side of 4.5, and a pure colour.
        assert_eq!(["#000000", "#767676", "#777777", "#ff0000"].map(on_white), [21.0, 4.54, 4.47, 3.99]);
    }

    #[test]
    fn the_nearest_shade_passes_and_a_lighter_one_does_not() {
        for colour in [[255, 255, 0], [255; 3], [120, 200, 255], [0; 3], [31, 111, 92]].map(Colour) {
            for ground in [None, Some(Colour([0; 3])), Some(Colour([255, 0, 0]))] {
                let shade = colour.legible(ground);
                assert!(shade.is_legible(ground.unwrap_or(shade)), "{colour} -> {shade}");
                let lighter = Colour(shade.0.map(|part| part.saturating_add(2)));
                assert!(shade == colour || !lighter.is_legible(ground.unwrap_or(lighter)), "{colour} -> {shade}");
            }
        }
    }
}
