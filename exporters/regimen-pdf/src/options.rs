//! What a project may set for this exporter.

mod layouts;

pub use layouts::Layouts;
use regimen_export::compose::{CalendarFolder, Delivery};

use crate::layouts::Layout;
use crate::style::{Columns, Paper, Pictures, Style};

/// The options of the PDF exporter, as a project file gives them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own in the project file")]
pub struct Options {
    /// The paper: `a4` (unless said otherwise) or `letter`.
    pub paper: PaperName,
    /// What is printed, one or a list: `handout` (unless said otherwise), `cards-1`, `cards-2` or `cards-4` with so many
    /// cards of exercises on a page, to cut out, and `fridge`, a programme on a single page.
    pub layout: Layouts,
    /// How many columns running text is set in: 1 (unless said otherwise) or 2.
    pub columns: Columns,
    /// Whether text is printed large: 18 points, and everything else to match.
    pub large_print: bool,
    /// Which pictures are printed: `all` (unless said otherwise), `own` ones of the catalogue, or `none`.
    pub pictures: Pictures,
    /// Whether addresses of exercises are printed as QR codes; unless said otherwise, they are not.
    pub qr: bool,
    /// Whether tables have room to note by hand what was done; unless said otherwise, they have.
    pub log: bool,
    /// Whether a handout with dates ends with how to get them into a calendar app; unless said otherwise, it does.
    pub calendar: bool,
    /// Whether the addresses that links lead to are printed, numbered, in a list at the end; unless said otherwise, they are.
    pub link_addresses: bool,
    /// Where the folder with the calendars is on the web, so that readers are told to subscribe.
    pub address: Option<CalendarFolder>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            paper: PaperName::default(),
            layout: Layouts::default(),
            columns: Columns::default(),
            large_print: false,
            pictures: Pictures::default(),
            qr: false,
            log: true,
            calendar: true,
            link_addresses: true,
            address: None,
        }
    }
}

impl Options {
    /// How calendars reach the people who are given a handout.
    pub(crate) fn delivery(&self) -> Delivery<'_> {
        self.address.as_ref().map_or(Delivery::File, Delivery::Folder)
    }
}

/// The names of paper sizes in a project file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PaperName {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl From<&Options> for Style {
    fn from(options: &Options) -> Self {
        let paper = match options.paper {
            PaperName::A4 => Paper::A4,
            PaperName::Letter => Paper::Letter,
        };
        Self {
            paper,
            large_print: options.large_print,
            pictures: options.pictures,
            codes: options.qr,
            log: options.log,
            layout: &Layout::HANDOUT,
            columns: options.columns,
        }
    }
}
