//! What warns stays whole, and so does what is short, wherever a page or a column ends.

use proptest::prelude::*;
use regimen_catalog::prose::Inline;

use super::generated::{blocks, inlines, words};
use super::*;
use crate::style::Columns;

/// What of a box is not text: its padding and that of boxes in it, and the space around its first and last line in each part.
const AROUND: f32 = 90.0;

fn a_warning() -> impl Strategy<Value = Vec<Block>> {
    let kind = prop_oneof![Just(CalloutKind::Caution), Just(CalloutKind::Warning)];
    let lines = prop::collection::vec(inlines(40, 20), 1..30);
    (kind, lines, inlines(60, 20), prop::option::of(1_u8..4)).prop_map(|(kind, lines, before, head)| {
        let lines = lines.into_iter().map(|line| vec![Block::Paragraph(line)]).collect();
        let list = Block::List { start: None, items: lines };
        let head = head.map(|level| heading(level, "When to ask"));
        std::iter::once(Block::Paragraph(before)).chain(head).chain([callout(kind, "Danger", vec![list])]).collect()
    })
}

fn a_card_that_warns() -> impl Strategy<Value = Vec<Block>> {
    (prop::collection::vec(words(20, 12), 1..20), prop::collection::vec(words(20, 12), 1..40)).prop_map(
        |(steps, stop)| {
            let list = |lines: &[String]| list(None, &lines.iter().map(String::as_str).collect::<Vec<_>>());
            let body = vec![heading(3, "Steps"), list(&steps), heading(3, "Stop if"), list(&stop), paragraph("After.")];
            vec![card("one", "Exercise", Some("nordic-curl.svg"), &[("Level", "2 of 5")], body)]
        },
    )
}

fn documents() -> impl Strategy<Value = Vec<Block>> {
    let part = prop_oneof![2 => blocks(), 2 => a_warning(), 1 => a_card_that_warns()];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat())
}

/// An element of a document and how tall its texts are on each page and in each column on which it stands.
struct Placed {
    node: usize,
    heights: Vec<f32>,
}

impl Placed {
    fn of(laid: &LaidOut, node: usize, with: impl Fn(usize) -> bool) -> Self {
        let middle = laid.sheet.left + laid.sheet.measure / 2.0;
        let mut places: BTreeMap<(usize, bool), (f32, f32)> = BTreeMap::new();
        for (number, page) in laid.pages.iter().enumerate() {
            for item in &page.items {
                let Owner::Node(owner) = item.owner else { continue };
                if with(owner) {
                    // The cells of a table that is as wide as both columns are in both.
                    let is_table = laid.tree.nodes[node].role == Role::Table;
                    let right = laid.sheet.columns > 1 && !is_table && item.x > middle;
                    let extent = places.entry((number, right)).or_insert((f32::MAX, 0.0));
                    *extent = (extent.0.min(item.y), extent.1.max(item.y + item.height));
                }
            }
        }
        // What is as wide as both columns begins lower in the second one than in the first.
        let is_wide = |(number, right): &(usize, bool), top: f32| {
            *right && places.get(&(*number, false)).is_some_and(|(left, _)| top > *left + 1.0)
        };
        let all = places.iter().filter(|(place, (top, _))| !is_wide(place, *top));
        Self { node, heights: all.map(|(_, (top, bottom))| bottom - top).collect() }
    }

    /// Asks that it be in one place unless it is taller than `least`.
    fn is_whole_below(&self, least: f32, laid: &LaidOut) {
        let height: f32 = self.heights.iter().sum();
        let role = laid.tree.nodes[self.node].role;
        assert!(self.heights.len() < 2 || height + AROUND >= least, "{role:?} parted: {:?} of {least}", self.heights);
    }
}

fn is_within(tree: &Tree, node: usize, ancestor: usize) -> bool {
    std::iter::successors(Some(node), |at| tree.nodes[*at].parent).any(|at| at == ancestor)
}

/// The elements that show exactly these words.
fn nodes_with(laid: &LaidOut, wanted: &str) -> BTreeSet<usize> {
    let items = laid.pages.iter().flat_map(|page| &page.items);
    let found = items.filter_map(|item| match (item.owner, &item.ink) {
        (Owner::Node(node), Ink::Text { part, .. }) if part.text() == wanted => Some(node),
        _ => None,
    });
    found.collect()
}

fn look_for_parted(laid: &LaidOut) {
    let (tree, room) = (&laid.tree, laid.sheet.room());
    for (node, _) in tree.nodes.iter().enumerate().filter(|(_, node)| matches!(node.role, Role::Table | Role::Division))
    {
        let placed = Placed::of(laid, node, |owner| is_within(tree, owner, node));
        placed.is_whole_below(room / 3.0, laid);
    }
    for title in nodes_with(laid, "Danger") {
        let Some(node) = tree.nodes[title].parent else { continue };
        Placed::of(laid, node, |owner| is_within(tree, owner, node)).is_whole_below(room, laid);
        let sentences = tree.nodes.iter().enumerate().filter(|(_, own)| own.role == Role::Paragraph);
        for (text, _) in sentences.filter(|(text, _)| laid.sheet.columns == 1 && is_within(tree, *text, node)) {
            Placed::of(laid, text, |owner| is_within(tree, owner, text)).is_whole_below(room / 3.0, laid);
        }
    }
    for title in nodes_with(laid, "Stop if") {
        let after = tree.nodes.iter().enumerate().skip(title).find(|(_, node)| matches!(node.role, Role::List(_)));
        let Some((list, _)) = after else { continue };
        let with = |owner| owner == title || is_within(tree, owner, list);
        Placed::of(laid, title, with).is_whole_below(room, laid);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn warnings_are_whole_and_so_is_what_is_short(blocks in documents()) {
        let document = document("A handout", blocks);
        for (paper, columns) in [Paper::A4, Paper::Letter].into_iter().flat_map(|paper| [Columns::One, Columns::Two].map(|columns| (paper, columns))) {
            let laid = laid_in(&document, &Style { paper, columns, ..Style::default() });
            look(&laid);
            look_for_parted(&laid);
        }
    }
}

#[test]
fn what_is_longer_than_a_page_goes_on_under_its_title() {
    let long =
        |kind, title| callout(kind, title, vec![paragraph(&"It hurts at night, and more each day. ".repeat(160))]);
    for columns in [Columns::One, Columns::Two] {
        let blocks = vec![paragraph("Before."), long(CalloutKind::Caution, "Danger"), long(CalloutKind::Tip, "A tip")];
        let laid = laid_in(&document("Long", blocks), &Style { columns, ..Style::default() });
        look(&laid);
        for title in ["Danger (continued)", "A tip (continued)"] {
            let items = laid.pages.iter().flat_map(|page| &page.items);
            let shown = items.filter(|item| matches!(&item.ink, Ink::Text { part, .. } if part.text() == title));
            let owners: Vec<Owner> = shown.map(|item| item.owner).collect();
            assert!(
                !owners.is_empty() && owners.iter().all(|owner| *owner == Owner::Decoration),
                "{title}: {owners:?}"
            );
        }
    }
}

#[test]
fn a_sheet_a_little_taller_than_a_page_is_made_to_fit_it() {
    let columns = [("Exercise", ColumnRole::Name), ("Week 1", ColumnRole::Log), ("Week 2", ColumnRole::Log)];
    let pages = (8..44).map(|rows| {
        let names: Vec<String> = (0..rows).map(|row| format!("Exercise {row}")).collect();
        let rows: Vec<[&str; 3]> = names.iter().map(|name| [name.as_str(), "", ""]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(<[&str; 3]>::as_slice).collect();
        let mut document =
            document("A sheet", vec![Block::SheetBreak, heading(1, "Monday"), table("Monday", &columns, &rows)]);
        document.frame.disclaimer = vec![Inline::Text("General advice.".into())];
        let laid = laid(&document, Paper::A4);
        look(&laid);
        laid.pages.len()
    });
    let pages: Vec<usize> = pages.collect();
    let last_on_one = pages.iter().filter(|count| **count == 1).count() + 7;
    assert!(last_on_one >= 27, "so many rows are on one page: {last_on_one}");
    assert!(pages.is_sorted(), "{pages:?}");
}
