//! Pages for a print shop: colours as inks, and marks to trim along.

use crate::style::{MM, Sheet};

/// How far ink goes beyond the edge, how far from it marks begin, and where the paper to be trimmed ends.
pub(crate) const BLEED: f32 = 3.0 * MM;
const FROM: f32 = 4.0 * MM;
const TO: f32 = 9.0 * MM;
pub(crate) const SLUG: f32 = 10.0 * MM;
/// How wide marks are: a quarter of a point.
const MARK: f32 = 0.25;

/// Colours whose parts differ by less are greys, printed with black alone: in several inks they would show any shift of a plate.
const NEUTRAL: f32 = 0.1;
/// Greys as dark as this are black.
const BLACK: f32 = 0.2;

/// A colour as inks, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Inks {
    /// Black alone; 1 is paper.
    Grey(f32),
    /// Cyan, magenta, yellow, black; 0 is paper.
    Four([f32; 4]),
}

/// The inks of a colour of red, green and blue from 0 to 1. What is grey in a colour is printed in black.
pub(crate) fn inks([red, green, blue]: [f32; 3]) -> Inks {
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if most - least <= NEUTRAL {
        let grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        return Inks::Grey(if grey <= BLACK { 0.0 } else { grey });
    }
    let share = |part: f32| (most - part) / most;
    Inks::Four([share(red), share(green), share(blue), 1.0 - most])
}

impl Inks {
    /// The operator that sets it for areas, or for lines, behind its operands.
    pub(crate) fn operators(self, for_lines: bool) -> String {
        let decimal = |value: f32| ((value * 1000.0).round() / 1000.0 + 0.0).to_string();
        match (self, for_lines) {
            (Self::Grey(grey), false) => format!("{} g", decimal(grey)),
            (Self::Grey(grey), true) => format!("{} G", decimal(grey)),
            (Self::Four(parts), _) => {
                let operator = if for_lines { "K" } else { "k" };
                format!("{} {operator}", parts.map(decimal).join(" "))
            }
        }
    }
}

/// Operators of a drawing with inks in place of colours. They have no texts, so that words are between blanks.
pub(crate) fn in_inks(operators: &str) -> String {
    let mut out: Vec<String> = Vec::with_capacity(operators.len() / 24);
    for line in operators.lines() {
        let mut words: Vec<&str> = line.split(' ').collect();
        let is_colour = matches!(words.last(), Some(&("rg" | "RG")));
        let operator = if is_colour { words.pop() } else { None };
        let parts: Vec<f32> = words.iter().filter_map(|word| word.parse().ok()).collect();
        out.push(match (operator, <[f32; 3]>::try_from(parts)) {
            (Some(operator), Ok(colour)) => inks(colour).operators(operator == "RG"),
            _ => line.to_owned(),
        });
    }
    out.join("\n") + "\n"
}

/// Marks at the corners and at cuts, as rectangles in points from the upper left corner of the trimmed page: x, y, width, height.
pub(crate) fn marks(sheet: &Sheet, upright: &[f32], across: &[f32]) -> Vec<[f32; 4]> {
    let (width, height) = (sheet.width, sheet.height);
    let mut marks = Vec::new();
    for x in [0.0, width].iter().chain(upright) {
        let left = x - MARK / 2.0;
        marks.extend([[left, -TO, MARK, TO - FROM], [left, height + FROM, MARK, TO - FROM]]);
    }
    for y in [0.0, height].iter().chain(across) {
        let top = y - MARK / 2.0;
        marks.extend([[-TO, top, TO - FROM, MARK], [width + FROM, top, TO - FROM, MARK]]);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_grey_have_one_ink() {
        let of = |colour: [u8; 3]| inks(colour.map(|part| f32::from(part) / 255.0)).operators(false);
        assert_eq!(of(crate::style::Colour::TEXT.0), "0 g");
        assert_eq!(of([0, 0, 0]), "0 g");
        assert_eq!(of([255, 255, 255]), "1 g");
        assert_eq!(of(crate::style::Colour::MUTED.0), "0.394 g");
        assert_eq!(of([255, 0, 0]), "0 1 1 0 k");
        assert_eq!(of([0, 51, 102]), "1 0.5 0 0.6 k");
    }

    #[test]
    fn colours_of_drawings_become_inks_and_all_else_stays() {
        let drawn = "q\n0.1 0.1 0.1 rg\n1 0 0 RG\n0 0 m\n10 0 l\nS\nQ\n";
        assert_eq!(in_inks(drawn), "q\n0 g\n0 1 1 0 K\n0 0 m\n10 0 l\nS\nQ\n");
    }
}
