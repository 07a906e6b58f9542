//! What pages look like: paper, colours, sizes. All measures are points from the top left corner.

mod log;
mod press;

use regimen_catalog::model::{PaperSize, PersonalFacts};
use regimen_export::schemars::{self, JsonSchema};

pub use log::Log;
pub use press::Press;

/// A size of paper.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
    /// 8.5 × 11 inches.
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub const fn size(self) -> (f32, f32) {
        match self {
            Self::A4 => (595.276, 841.89),
            Self::A5 => (419.528, 595.276),
            Self::Letter => (612.0, 792.0),
        }
    }
}

/// A size of index card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexCard {
    /// 3 × 5 inches.
    Inches3x5,
    /// 4 × 6 inches.
    Inches4x6,
    /// 105 × 148 mm.
    A6,
    /// 74 × 105 mm.
    A7,
}

impl IndexCard {
    /// The shorter and the longer edge in points.
    pub(crate) const fn edges(self) -> (f32, f32) {
        match self {
            Self::Inches3x5 => (216.0, 360.0),
            Self::Inches4x6 => (288.0, 432.0),
            Self::A6 => (105.0 * MM, 148.0 * MM),
            Self::A7 => (74.0 * MM, 105.0 * MM),
        }
    }
}

/// How documents are printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Style {
    /// The paper that pages are made for.
    pub paper: Paper,
    /// Whether running text is so much taller, and everything else larger to match.
    pub large_print: LargePrint,
    /// Which pictures are printed.
    pub pictures: Pictures,
    /// Whether addresses are printed as QR codes too.
    pub codes: bool,
    /// Whether there is room to note what was done.
    pub log: Log,
    /// How many columns running text is set in.
    pub columns: Columns,
    /// Whether cards have a back.
    pub cards: CardSides,
    /// Who prints.
    pub press: Press,
}

/// How many sides of a card are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum CardSides {
    /// All on one side.
    #[default]
    OneSided,
    /// Pictures, dose and when to stop in front, and how it is done on the back: to be printed on both sides, turned at the long edge.
    Duplex,
}

impl Style {
    /// The same on the paper of a person, and as large as they need it.
    pub(crate) fn of_person(&self, own: &PersonalFacts) -> Self {
        let paper = own.paper.map_or(self.paper, |paper| match paper {
            PaperSize::A4 => Paper::A4,
            PaperSize::A5 => Paper::A5,
            PaperSize::Letter => Paper::Letter,
        });
        let large_print = own.large_print.map_or(self.large_print, |print| match print.points() {
            14 => LargePrint::Points14,
            _ => LargePrint::Points18,
        });
        Self { paper, large_print, ..self.clone() }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            paper: Paper::A4,
            large_print: LargePrint::No,
            pictures: Pictures::All,
            codes: false,
            log: Log::Pen,
            columns: Columns::One,
            cards: CardSides::OneSided,
            press: Press::No,
        }
    }
}

/// Print for people who see badly: no, or how many points running text has. `true` is 18.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(try_from = "Large", into = "Large")]
#[schemars(extend("enum" = [false, true, 14, 18]))]
pub enum LargePrint {
    /// Usual print.
    #[default]
    No,
    /// 14 points.
    Points14,
    /// 18 points.
    Points18,
}

/// As a project file has it.
#[derive(Clone, Copy, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(untagged)]
enum Large {
    Whether(bool),
    Points(u8),
}

impl TryFrom<Large> for LargePrint {
    type Error = &'static str;

    fn try_from(written: Large) -> Result<Self, Self::Error> {
        match written {
            Large::Whether(false) => Ok(Self::No),
            Large::Points(14) => Ok(Self::Points14),
            Large::Whether(true) | Large::Points(18) => Ok(Self::Points18),
            Large::Points(_) => Err("large print has 14 or 18 points"),
        }
    }
}

impl From<LargePrint> for Large {
    fn from(print: LargePrint) -> Self {
        match print {
            LargePrint::No => Self::Whether(false),
            LargePrint::Points14 => Self::Points(14),
            LargePrint::Points18 => Self::Whether(true),
        }
    }
}

impl LargePrint {
    pub(crate) const fn is_large(self) -> bool {
        !matches!(self, Self::No)
    }

    /// How much larger than usual everything is.
    pub(crate) const fn scale(self) -> f32 {
        match self {
            Self::No => 1.0,
            Self::Points14 => 14.0 / 10.5,
            Self::Points18 => 18.0 / 10.5,
        }
    }
}

/// How many cards are on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PerPage {
    /// One.
    One,
    /// One above the other.
    Two,
    /// Two beside two.
    Four,
}

impl PerPage {
    /// Fewer on a page, for large print.
    pub(crate) const fn roomier(self) -> Self {
        match self {
            Self::One | Self::Two => Self::One,
            Self::Four => Self::Two,
        }
    }

    /// How many are side by side, and how many above each other.
    pub(crate) const fn grid(self) -> (usize, usize) {
        match self {
            Self::One => (1, 1),
            Self::Two => (1, 2),
            Self::Four => (2, 2),
        }
    }
}

/// How many columns running text is set in: 1 or 2.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(extend("enum" = [1, 2]))]
pub enum Columns {
    /// Lines as long as reads well.
    #[default]
    One,
    /// Two columns; what is wider than one spans both.
    Two,
}

impl Columns {
    pub(crate) const fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }
}

impl From<Columns> for u8 {
    fn from(columns: Columns) -> Self {
        match columns {
            Columns::One => 1,
            Columns::Two => 2,
        }
    }
}

impl TryFrom<u8> for Columns {
    type Error = &'static str;

    fn try_from(count: u8) -> Result<Self, Self::Error> {
        match count {
            1 => Ok(Self::One),
            2 => Ok(Self::Two),
            _ => Err("text stands in 1 or 2 columns"),
        }
    }
}

/// Which pictures are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Pictures {
    /// Those of the catalogue, and figures of the muscles at work.
    #[default]
    All,
    /// Those of the catalogue alone.
    Own,
    /// No pictures.
    None,
}

/// Points in a millimetre.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// Where things go on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sheet {
    pub(crate) width: f32,
    pub(crate) height: f32,
    /// Left edge of the content.
    pub(crate) left: f32,
    /// Width of the content.
    pub(crate) measure: f32,
    /// Top of the content on the first page, and on those with a header.
    pub(crate) top_first: f32,
    pub(crate) top: f32,
    /// Where the content ends.
    pub(crate) bottom: f32,
    /// Where the running header and footer start.
    pub(crate) header: f32,
    pub(crate) footer: f32,
    /// How many points of the paper a point of this sheet is, in the end.
    pub(crate) scale: f32,
    /// How many columns running text is set in.
    pub(crate) columns: usize,
    /// The distance between the lines that running text is aligned with, from the top of the content; 0 for none.
    pub(crate) grid: f32,
    /// Whether everything has to be on this one page, so that room is dear.
    pub(crate) dense: bool,
    /// The least height of the rows of tables.
    pub(crate) row: f32,
    /// How far the lines of a cell of a table are apart, as a share of the usual.
    pub(crate) leading: f32,
    /// How tall pictures are, as a share of the usual.
    pub(crate) pictures: f32,
    /// Whether lines and blocks are closer than usual, because not all would fit otherwise.
    pub(crate) tight: bool,
}

/// Nothing on paper is set in smaller type, except [`LEAST_IN_GRID`]: 8 points.
pub(crate) const LEAST_TYPE: f32 = 8.0;

/// The smallest type of a grid of weeks whose lines are close because it would not fit its page otherwise, in points.
pub(crate) const LEAST_IN_GRID: f32 = 7.0;

impl Sheet {
    pub(crate) fn new(style: &Style) -> Self {
        // Margins stay as they are on paper, while header and footer grow with the text.
        let from_edges =
            if style.large_print.is_large() { [10.0, 17.5, 7.0, 13.0, 18.0] } else { [17.0, 25.0, 12.0, 14.0, 21.0] };
        // Large print leaves no room for two words side by side in a column.
        let columns = if style.large_print.is_large() { 1 } else { style.columns.count() };
        // Lines of neighbouring columns are level; in one column, paragraphs are half a line apart.
        let grid = if columns > 1 { Self::LINE } else { Self::LINE / 2.0 };
        Self { columns, grid, dense: false, ..Self::with_margins(style, 20.0, from_edges) }
    }

    /// A sheet to train from. Header and footer have their usual size, whatever its text has.
    pub(crate) fn of_sessions(style: &Style) -> Self {
        let (margin, from_edges) = match style.large_print {
            LargePrint::No => (14.0, [10.0, 16.5, 8.0, 9.5, 14.0]),
            LargePrint::Points14 => (10.0, [5.5, 10.5, 3.5, 8.5, 12.0]),
            // As far as printers reach: the largest letters need the room.
            LargePrint::Points18 => (8.0, [4.0, 7.5, 2.9, 8.5, 10.2]),
        };
        Self::with_margins(style, margin, from_edges)
    }

    /// A dense sheet with one column. In millimetres: its margins at both sides on paper; in its own points, how far the content of
    /// the first page, that of others and the header are from the top, and the footer and the end of the content from the bottom.
    fn with_margins(style: &Style, margin: f32, [top_first, top, header, footer, bottom]: [f32; 5]) -> Self {
        let scale = style.large_print.scale();
        let (width, height) = style.paper.size();
        let (width, height, margin) = (width / scale, height / scale, margin * MM / scale);
        Self {
            width,
            height,
            left: margin,
            measure: width - 2.0 * margin,
            top_first: top_first * MM,
            top: top * MM,
            bottom: height - bottom * MM,
            header: header * MM,
            footer: height - footer * MM,
            scale,
            columns: 1,
            grid: 0.0,
            dense: true,
            row: 0.0,
            leading: 1.0,
            pictures: 1.0,
            tight: false,
        }
    }

    /// A sheet for a single page to be put up, its text larger or smaller than usual.
    pub(crate) fn single(style: &Style, scale: f32, columns: usize) -> Self {
        Self::single_of(style.paper.size(), scale, columns)
    }

    /// The same on paper that is turned.
    pub(crate) fn single_across(style: &Style, scale: f32) -> Self {
        let (width, height) = style.paper.size();
        Self::single_of((height, width), scale, 1)
    }

    fn single_of((width, height): (f32, f32), scale: f32, columns: usize) -> Self {
        let (width, height) = (width / scale, height / scale);
        let margin = 12.0 * MM / scale;
        Self {
            width,
            height,
            left: margin,
            measure: width - 2.0 * margin,
            top_first: 10.0 * MM / scale,
            top: 8.0 * MM / scale + 8.0 * MM,
            bottom: height - 6.0 * MM / scale - 11.0 * MM,
            header: 8.0 * MM / scale,
            footer: height - 6.0 * MM / scale - 6.0 * MM,
            scale,
            columns,
            grid: 0.0,
            dense: true,
            row: 0.0,
            leading: 1.0,
            pictures: 1.0,
            tight: false,
        }
    }

    /// The same page, of which a point is so many points of the paper.
    pub(crate) fn resized(&self, scale: f32) -> Self {
        let share = self.scale / scale;
        Self {
            width: self.width * share,
            height: self.height * share,
            left: self.left * share,
            measure: self.measure * share,
            top_first: self.top_first * share,
            top: self.top * share,
            bottom: self.bottom * share,
            header: self.header * share,
            footer: self.footer * share,
            scale,
            columns: self.columns,
            grid: self.grid * share,
            dense: self.dense,
            row: self.row * share,
            leading: self.leading,
            pictures: self.pictures,
            tight: self.tight,
        }
    }

    /// A cell of a page, with as much space around its content.
    pub(crate) fn cell((width, height): (f32, f32), inset: f32, scale: f32) -> Self {
        let (width, height, inset) = (width / scale, height / scale, inset / scale);
        Self {
            width,
            height,
            left: inset,
            measure: width - 2.0 * inset,
            top_first: inset,
            // The title is repeated here where a card goes on.
            top: inset + 22.0,
            bottom: height - inset - 16.0,
            header: inset,
            footer: height - inset - 9.0,
            scale,
            columns: 1,
            grid: 0.0,
            dense: false,
            row: 0.0,
            leading: 1.0,
            pictures: 1.0,
            tight: false,
        }
    }

    /// The smallest type on it, in points of the paper.
    pub(crate) fn least_type(&self) -> f32 {
        if self.leading < 1.0 { LEAST_IN_GRID } else { LEAST_TYPE }
    }

    /// Whether all has to be on one page, which it would not fit otherwise.
    pub(crate) fn is_dearest(&self) -> bool {
        self.dense && self.tight
    }

    /// The same sheet in points of the paper.
    pub(crate) fn enlarged(&self) -> Self {
        self.resized(1.0)
    }

    /// How wide a column is.
    pub(crate) fn column(&self) -> f32 {
        let count = self.columns as f32;
        (self.measure - Self::GUTTER * (count - 1.0)) / count
    }

    /// The height of a line of running text.
    pub(crate) const LINE: f32 = 15.0;

    /// The space between columns.
    pub(crate) const GUTTER: f32 = 18.0;

    /// How much content fits on a page with a header.
    pub(crate) fn room(&self) -> f32 {
        self.bottom - self.top
    }

    /// Lines longer than this are hard to read, so running text stops here even where the page is wider.
    pub(crate) const READABLE: f32 = 420.0;
}

/// Red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

impl Colour {
    pub(crate) const TEXT: Self = Self([31, 37, 41]);
    pub(crate) const MUTED: Self = Self([92, 102, 110]);
    pub(crate) const HAIRLINE: Self = Self([205, 211, 216]);
    /// The figure of the body.
    pub(crate) const SKIN: Self = Self([238, 241, 243]);
    /// Its muscles that do not work.
    pub(crate) const AT_REST: Self = Self([223, 228, 232]);
    pub(crate) const BOX: Self = Self([148, 158, 166]);
    const TEAL: Self = Self([15, 107, 120]);
    const AMBER: Self = Self([176, 84, 20]);

    /// A share of another colour mixed in: 0 is this one, 1 is the other.
    pub(crate) fn mixed(self, other: Self, share: f32) -> Self {
        let mix = |at: usize| (f32::from(self.0[at]) * (1.0 - share) + f32::from(other.0[at]) * share).round() as u8;
        Self([mix(0), mix(1), mix(2)])
    }

    fn luminance(self) -> f32 {
        let linear = |at: usize| {
            let part = f32::from(self.0[at]) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(0) + 0.7152 * linear(1) + 0.0722 * linear(2)
    }

    /// The same hue, dark enough to be read on white and on a light tint of `ground`, or of itself.
    fn legible(self, ground: Option<Self>) -> Self {
        let brand = |colour: Self| regimen_catalog::model::Colour(colour.0);
        Self(brand(self).legible(ground.map(brand)).0)
    }

    /// A ground of this colour.
    fn tint(self) -> Self {
        Self(regimen_catalog::model::Colour(self.0).tint().0)
    }

    /// The same hue, so dark that its contrast on white is at least this.
    fn darkened(self, contrast: f32) -> Self {
        let mut colour = self;
        while colour.contrast(Self([255; 3])) < contrast {
            colour = colour.mixed(Self([0, 0, 0]), 0.05);
        }
        colour
    }

    /// The same hue, so light that its contrast to a darker colour is at least this.
    fn lightened(self, from: Self, contrast: f32) -> Self {
        let mut colour = self;
        while from.contrast(colour) < contrast {
            colour = colour.mixed(Self([255; 3]), 0.03);
        }
        colour
    }

    /// How well a lighter colour is told from this one: 1 to 21.
    fn contrast(self, lighter: Self) -> f32 {
        (lighter.luminance() + 0.05) / (self.luminance() + 0.05)
    }
}

/// The colours of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Palette {
    /// Rules, tables, boxes.
    pub(crate) main: Colour,
    /// What stands out: numbers, labels, links.
    pub(crate) accent: Colour,
    /// Headings.
    pub(crate) heading: Colour,
    /// Backgrounds of table headers and callouts.
    pub(crate) tint: Colour,
    /// Muscles that do the main work, and those that help.
    muscles: [Colour; 2],
    /// What warns.
    pub(crate) warning: Colour,
    /// Background of what warns.
    pub(crate) warning_tint: Colour,
}

impl Palette {
    /// The colour of the muscles of a part, the one that does the most first.
    pub(crate) fn muscle(&self, part: usize) -> Colour {
        self.muscles[part.min(1)]
    }

    /// The colours made from a main one and an accent.
    pub(crate) fn new(main: Option<[u8; 3]>, accent: Option<[u8; 3]>) -> Self {
        let main = main.map_or(Colour::TEAL, Colour).legible(None);
        let accent = accent.map_or(main, |accent| Colour(accent).legible(Some(main)));
        let main_work = accent.darkened(12.0);
        Self {
            main,
            accent,
            muscles: [main_work, accent.lightened(main_work, 3.0)],
            heading: main.mixed(Colour::TEXT, 0.55),
            tint: main.tint(),
            warning: Colour::AMBER,
            warning_tint: Colour::AMBER.tint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muscles_are_told_from_each_other_and_from_the_body() {
        for colour in [None, Some([255, 255, 0]), Some([255; 3]), Some([0; 3]), Some([200, 0, 60]), Some([31, 111, 92])]
        {
            let [main, helping] = Palette::new(colour, None).muscles;
            let (between, beside) = (main.contrast(helping), helping.contrast(Colour::AT_REST));
            assert!(between >= 3.0 && beside >= 3.0, "{colour:?}: {between} {beside}");
        }
    }

    #[test]
    fn any_brand_colours_become_legible() {
        let colours = [[255, 255, 0], [255, 255, 255], [0, 0, 0], [120, 200, 255]];
        for (main, accent) in colours.into_iter().flat_map(|main| colours.map(|accent| (main, accent))) {
            let palette = Palette::new(Some(main), Some(accent));
            for text in [palette.main, palette.accent, palette.heading] {
                let least = text.contrast(palette.tint).min(text.contrast(Colour([255; 3])));
                assert!(least >= 4.5, "{main:?} and {accent:?}: {text:?} has {least}");
            }
        }
    }
}
