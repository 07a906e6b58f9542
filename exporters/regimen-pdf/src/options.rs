//! What a project may set for this exporter.

mod layouts;

pub use layouts::Layouts;
use regimen_export::compose::{CalendarFolder, Delivery};
use regimen_export::schemars::{self, JsonSchema};

use crate::layouts::Details;
use crate::style::{CardSides, Columns, LargePrint, Log, Paper, Pictures, Press, Style};

/// The options of the PDF exporter, as a project file gives them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The paper.
    pub paper: PaperName,
    /// What is printed. In large print, fewer cards stand on a page.
    pub layout: Layouts,
    /// How much stands on sheets besides what it takes to train.
    pub details: Details,
    /// How many sides of a card are printed.
    pub cards: CardSides,
    /// How many columns running text is set in. Cards, wide tables and headings of the first level span both of two columns.
    /// Large print always has one.
    pub columns: Columns,
    /// Whether running text has 14 or 18 points and everything else is to match; `true` is 18. Tables whose columns would be
    /// narrower than their longest words become cards, one for each row.
    pub large_print: LargePrint,
    /// Which pictures are printed.
    pub pictures: Pictures,
    /// Whether the `url` of each picture of an exercise is a QR code below the exercise; not with `pictures: none`.
    pub qr: bool,
    /// Whether tables have room to note by hand what was done. With `fields`, the same room can be filled in on a
    /// screen as well, and `regimen log` reads it back.
    pub log: Log,
    /// Whether a handout with dates ends with how to get the plan into a calendar app.
    pub calendar: bool,
    /// Whether links have numbers, and their addresses stand in a list at the end.
    pub link_addresses: bool,
    /// Whether files are for a print shop: black text in one ink, bleed and marks to trim and cut along, nothing to click,
    /// PDF/X-4. Not with `log: fields`.
    pub press: Press,
    /// Where the folder with the calendars is on the web, so that a handout says how to subscribe.
    pub address: Option<CalendarFolder>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paper: PaperName::default(),
            layout: Layouts::default(),
            details: Details::default(),
            cards: CardSides::default(),
            columns: Columns::default(),
            large_print: LargePrint::No,
            pictures: Pictures::default(),
            qr: false,
            log: Log::Pen,
            calendar: true,
            link_addresses: true,
            press: Press::No,
            address: None,
        }
    }
}

impl Options {
    /// How calendars reach the people who are given a handout, if it explains that.
    pub(crate) fn calendar_help(&self) -> Option<Delivery<'_>> {
        self.calendar.then(|| self.address.as_ref().map_or(Delivery::File, Delivery::Folder))
    }
}

/// The names of paper sizes in a project file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaperName {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 148 × 210 mm.
    A5,
    /// 8.5 × 11 inches.
    Letter,
}

impl From<&Options> for Style {
    fn from(options: &Options) -> Self {
        let paper = match options.paper {
            PaperName::A4 => Paper::A4,
            PaperName::A5 => Paper::A5,
            PaperName::Letter => Paper::Letter,
        };
        Self {
            paper,
            large_print: options.large_print,
            pictures: options.pictures,
            codes: options.qr,
            log: options.log,
            columns: options.columns,
            cards: options.cards,
            press: options.press,
        }
    }
}
