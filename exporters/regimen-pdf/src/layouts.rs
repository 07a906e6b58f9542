//! The layouts of handouts. Each is one record here; nothing else in the exporter asks which layout it prints.

use std::fmt;

use regimen_catalog::plan::Plan;
use regimen_export::compose::Delivery;
use regimen_export::document::{Block, Document};
use regimen_export::schemars::{self, JsonSchema};
use regimen_export::{Granularity, Subject, Unit, compose};

use crate::layout::{self, LaidOut, Resources};
use crate::style::{IndexCard, PerPage, Style};

/// A layout of handouts: the name that the project file has for it, and how its pages are composed and filled.
pub struct Layout {
    name: &'static str,
    /// What it is, for those who choose.
    about: &'static str,
    file: FileName,
    granularities: &'static [Granularity],
    /// Whether all schedules of a programme have the same document, so that it is printed once.
    repeats: bool,
    compose: Compose,
    /// The same with fewer words, for what does not fit its page.
    shorter: Option<Compose>,
    arrange: layout::Arrange,
}

/// How much stands on sheets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize, serde::Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Details {
    /// What it takes to train.
    #[default]
    Short,
    /// The months, all about each exercise, sources and how to get the plan into a calendar as well.
    Full,
}

/// Composes the document of a unit; `None` if there is nothing to print.
type Compose = fn(&Unit<'_>, Wanted<'_>) -> Option<Document>;

/// What a document has besides what it always has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// How calendars reach readers, if that is explained.
    pub(crate) calendar_help: Option<Delivery<'a>>,
    pub(crate) details: Details,
}

/// What is added to the name of an entry to name the files of a layout.
struct FileName {
    /// The part that similar layouts share.
    family: &'static str,
    /// What tells the layout from others of its family where a project asks for several of them.
    member: &'static str,
}

/// All layouts, in the order in which their files are made.
pub static LAYOUTS: [&Layout; 11] = [
    &Layout::SHEET,
    &Layout::HANDOUT,
    &Layout::CARDS_1,
    &Layout::CARDS_2,
    &Layout::CARDS_4,
    &Layout::CARDS_3X5,
    &Layout::CARDS_4X6,
    &Layout::CARDS_A6,
    &Layout::CARDS_A7,
    &Layout::FRIDGE,
    &Layout::WEEKS,
];

impl Layout {
    /// A programme as sheets to train from, one for each session; guides page by page.
    pub const SHEET: Self = Self {
        name: "sheet",
        about: "Each session of a programme on a page to train from, with pictures, steps, doses and boxes; guides page by page.",
        file: FileName { family: "", member: ".sheet" },
        granularities: &[Granularity::Guide, Granularity::Plan, Granularity::Person],
        repeats: false,
        compose: sheet,
        shorter: None,
        arrange: sheets,
    };

    /// Pages from top to bottom, as many as the content needs.
    pub const HANDOUT: Self = Self {
        name: "handout",
        about: "Guides and programmes, page by page.",
        file: FileName { family: "", member: "" },
        granularities: &[Granularity::Guide, Granularity::Plan, Granularity::Person],
        repeats: false,
        compose: handout,
        shorter: None,
        arrange: layout::on_pages,
    };

    /// Cards of exercises to cut out, one on a page.
    pub const CARDS_1: Self = Self {
        name: "cards-1",
        about: "The exercises of each programme and of the whole catalogue as cards to cut out, one on a page.",
        file: FileName { family: ".cards", member: "-1" },
        granularities: &[Granularity::Catalog, Granularity::Plan, Granularity::Person],
        repeats: true,
        compose: cards,
        shorter: None,
        arrange: |document, style, resources| layout::in_cells(document, style, resources, PerPage::One),
    };

    /// Cards of exercises to cut out, two on a page.
    pub const CARDS_2: Self = Self {
        name: "cards-2",
        about: "The same cards, two on a page.",
        file: FileName { family: ".cards", member: "-2" },
        arrange: |document, style, resources| layout::in_cells(document, style, resources, PerPage::Two),
        ..Self::CARDS_1
    };

    /// Cards of exercises to cut out, four on a page.
    pub const CARDS_4: Self = Self {
        name: "cards-4",
        about: "The same cards, four on a page.",
        file: FileName { family: ".cards", member: "-4" },
        arrange: |document, style, resources| layout::in_cells(document, style, resources, PerPage::Four),
        ..Self::CARDS_1
    };

    /// Cards of exercises, each on an index card of 3 × 5 inches.
    pub const CARDS_3X5: Self = Self {
        name: "cards-3x5",
        about: "The same cards, each on an index card of 3 × 5 inches, whatever the paper.",
        file: FileName { family: ".cards", member: "-3x5" },
        arrange: |document, style, resources| layout::on_index_cards(document, style, resources, IndexCard::Inches3x5),
        ..Self::CARDS_1
    };

    /// The same on index cards of 4 × 6 inches.
    pub const CARDS_4X6: Self = Self {
        name: "cards-4x6",
        about: "The same on index cards of 4 × 6 inches.",
        file: FileName { family: ".cards", member: "-4x6" },
        arrange: |document, style, resources| layout::on_index_cards(document, style, resources, IndexCard::Inches4x6),
        ..Self::CARDS_1
    };

    /// The same on index cards of 105 × 148 mm.
    pub const CARDS_A6: Self = Self {
        name: "cards-a6",
        about: "The same on index cards of 105 × 148 mm.",
        file: FileName { family: ".cards", member: "-a6" },
        arrange: |document, style, resources| layout::on_index_cards(document, style, resources, IndexCard::A6),
        ..Self::CARDS_1
    };

    /// The same on index cards of 74 × 105 mm.
    pub const CARDS_A7: Self = Self {
        name: "cards-a7",
        about: "The same on index cards of 74 × 105 mm.",
        file: FileName { family: ".cards", member: "-a7" },
        arrange: |document, style, resources| layout::on_index_cards(document, style, resources, IndexCard::A7),
        ..Self::CARDS_1
    };

    /// A programme on a single page, to be put up.
    pub const FRIDGE: Self = Self {
        name: "fridge",
        about: "Each programme on a single page, as large as fits.",
        file: FileName { family: ".fridge", member: "" },
        granularities: &[Granularity::Plan, Granularity::Person],
        repeats: false,
        compose: fridge,
        shorter: Some(fridge_in_short),
        arrange: layout::on_one_page,
    };

    /// The weeks of a programme on a single page, to be pinned to the wall.
    pub const WEEKS: Self = Self {
        name: "weeks",
        about: "The weeks of each programme by days on a single page, upright or across, as large as fits: up to 24 weeks.",
        file: FileName { family: ".weeks", member: "" },
        granularities: &[Granularity::Plan, Granularity::Person],
        repeats: false,
        compose: weeks,
        shorter: Some(weeks_in_short),
        arrange: layout::on_one_page_of_weeks,
    };

    /// The name in the project file.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What it is, for those who choose.
    pub(crate) const fn about(&self) -> &'static str {
        self.about
    }

    /// The kinds of unit that are printed in this layout.
    pub(crate) const fn granularities(&self) -> &'static [Granularity] {
        self.granularities
    }

    /// Whether many units have the same document.
    pub(crate) const fn repeats(&self) -> bool {
        self.repeats
    }

    /// The document that is printed of a unit; `None` if there is nothing to print.
    pub(crate) fn compose(&self, unit: &Unit<'_>, wanted: Wanted<'_>) -> Option<Document> {
        (self.compose)(unit, wanted)
    }

    /// The same document with fewer words, if the layout has one for what does not fit its page.
    pub(crate) fn compose_shorter(&self, unit: &Unit<'_>, wanted: Wanted<'_>) -> Option<Document> {
        self.shorter.and_then(|compose| compose(unit, wanted))
    }

    /// Adds the addresses of the links of a document: where room is dear, to its small print.
    pub(crate) fn add_addresses(&self, unit: &Unit<'_>, wanted: Wanted<'_>, document: &mut Document) {
        let is_short = wanted.details == Details::Short && matches!(unit.subject, Subject::Plan(..));
        if *self == Self::SHEET && is_short {
            compose::on_small_paper(unit, document);
        } else {
            compose::on_paper(unit, document);
        }
    }

    /// Lays a document out on pages.
    pub(crate) fn lay_out(&self, document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
        layout::lay_out(document, style, resources, self.arrange)
    }

    /// The end of the names of its files, between the name of the entry and `.pdf`, where a project asks for `all` of
    /// these layouts.
    pub(crate) fn suffix(&self, all: &[&Self]) -> String {
        let family = all.iter().filter(|other| other.file.family == self.file.family).count();
        let member = if family > 1 { self.file.member } else { "" };
        format!("{}{member}", self.file.family)
    }
}

impl fmt::Debug for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Layout").field(&self.name).finish()
    }
}

/// Names are unique.
impl PartialEq for Layout {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Layout {}

/// Guides have no sheets.
fn sheets(document: &Document, style: &Style, resources: &Resources<'_>) -> LaidOut {
    let has_sheets = document.blocks.iter().any(|block| matches!(block, Block::SheetBreak));
    let arrange = if has_sheets { layout::on_session_sheets } else { layout::on_pages };
    arrange(document, style, resources)
}

fn sheet(unit: &Unit<'_>, wanted: Wanted<'_>) -> Option<Document> {
    match unit.subject {
        Subject::Plan(program, plan) => {
            let mut document = compose::session_sheets(unit, program, plan);
            if wanted.details == Details::Full {
                compose::add_details(unit, program, plan, &mut document);
                add_calendar_help(unit, plan, wanted, &mut document);
            }
            Some(document)
        }
        _ => handout(unit, wanted),
    }
}

fn handout(unit: &Unit<'_>, wanted: Wanted<'_>) -> Option<Document> {
    match unit.subject {
        Subject::Guide(guide) => Some(compose::guide(unit, guide)),
        Subject::Plan(program, plan) => {
            let mut document = compose::program(unit, program, plan);
            add_calendar_help(unit, plan, wanted, &mut document);
            Some(document)
        }
        Subject::Catalog | Subject::Exercise(_) | Subject::Program(..) => None,
    }
}

fn add_calendar_help(unit: &Unit<'_>, plan: &Plan, wanted: Wanted<'_>, document: &mut Document) {
    if let Some(delivery) = wanted.calendar_help {
        document.blocks.extend(compose::calendar_help(unit, plan, delivery));
    }
}

fn cards(unit: &Unit<'_>, _: Wanted<'_>) -> Option<Document> {
    let document = match unit.subject {
        Subject::Plan(program, plan) => compose::plan_cards(unit, program, plan),
        Subject::Catalog => {
            let all: Vec<_> = unit.catalog.exercises.values().map(AsRef::as_ref).collect();
            compose::cards(unit, &all)
        }
        Subject::Guide(_) | Subject::Exercise(_) | Subject::Program(..) => return None,
    };
    // A plan without exercises has no cards.
    Some(document).filter(|document| !document.blocks.is_empty())
}

fn fridge(unit: &Unit<'_>, _: Wanted<'_>) -> Option<Document> {
    let Subject::Plan(program, plan) = unit.subject else { return None };
    Some(compose::fridge(unit, program, plan)).filter(|document| !document.blocks.is_empty())
}

fn fridge_in_short(unit: &Unit<'_>, _: Wanted<'_>) -> Option<Document> {
    let Subject::Plan(program, plan) = unit.subject else { return None };
    Some(compose::fridge_in_short(unit, program, plan)).filter(|document| !document.blocks.is_empty())
}

fn weeks(unit: &Unit<'_>, _: Wanted<'_>) -> Option<Document> {
    let Subject::Plan(program, plan) = unit.subject else { return None };
    Some(compose::week_grid(unit, program, plan))
}

fn weeks_in_short(unit: &Unit<'_>, _: Wanted<'_>) -> Option<Document> {
    let Subject::Plan(program, plan) = unit.subject else { return None };
    Some(compose::week_grid_in_short(unit, program, plan))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_and_files_are_unique() {
        let names: BTreeSet<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();
        let files: BTreeSet<String> = LAYOUTS.iter().map(|layout| layout.suffix(&LAYOUTS)).collect();
        assert_eq!((names.len(), files.len()), (LAYOUTS.len(), LAYOUTS.len()));
    }

    #[test]
    fn every_layout_prints_each_kind_of_unit_that_it_asks_for() {
        let catalog = regimen_export::testing::catalog();
        let plan = regimen_export::testing::plan(&catalog, "calf-plan");
        let subjects = [
            (Granularity::Catalog, Subject::Catalog),
            (Granularity::Guide, Subject::Guide(&catalog.guides["calves"])),
            (Granularity::Plan, Subject::Plan(&catalog.programs["calf-plan"], &plan)),
        ];
        let wanted = Wanted { calendar_help: Some(Delivery::File), details: Details::Full };
        for layout in LAYOUTS {
            for (kind, subject) in subjects {
                let document = layout.compose(&regimen_export::testing::unit(&catalog, subject), wanted);
                assert_eq!(document.is_some(), layout.granularities.contains(&kind), "{} of {kind:?}", layout.name);
            }
        }
    }

    #[test]
    fn the_manual_has_every_layout() {
        for layout in LAYOUTS {
            let name = format!("`{}`", layout.name);
            assert!(include_str!("../../../docs/handouts.md").contains(&name), "{name}");
        }
    }
}
