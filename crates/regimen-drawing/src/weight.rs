//! The size of a drawing once all that it refers to is copied to where it is used, and what its style sheets take then.
//!
//! Whoever draws it writes patterns, masks, clip paths and markers out for every shape that has them, at once and in memory, so a
//! short file may become a long one. This is an upper limit, found without writing anything out. It reads drawings that were
//! rewritten, in which nothing can be said in two ways.

mod classes;

use std::collections::HashMap;

use roxmltree::{Document, Node};

use crate::sheet::Cost;
use classes::{Classes, Reference, Times, in_declarations, targets};

/// How many elements there may be when all is written out, and how many bytes of them.
const MOST_ELEMENTS: u64 = 100_000;
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// How deeply elements may be nested, or refer to others.
const DEEPEST: usize = 1_100;
/// What a letter costs, which becomes an outline.
const LETTER: u64 = 200;
/// How often a part of a selector is compared, and a declaration applied.
const MOST_MATCHES: u64 = 10_000_000;
/// Text of others (`tref`) is looked for in the whole drawing.
const MOST_BORROWED: usize = 500;

/// Elements and bytes.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    elements: u64,
    bytes: u64,
}

impl Weight {
    fn and(self, other: Self, times: u64) -> Self {
        Self {
            elements: self.elements.saturating_add(other.elements.saturating_mul(times)),
            bytes: self.bytes.saturating_add(other.bytes.saturating_mul(times)),
        }
    }
}

/// Refuses a drawing that becomes too much.
pub(crate) fn refuse_heavy(document: &Document<'_>, styles: &Cost) -> Result<(), String> {
    let elements = document.descendants().filter(Node::is_element).count() as u64;
    // What style sheets refer to is counted for each element, so the sheets themselves come first.
    refuse_styles(document, styles, elements)?;
    let mut scales = Scales::new(document);
    let all = scales.weigh(document.root_element(), 0)?;
    if all.elements > MOST_ELEMENTS || all.bytes > MOST_BYTES {
        return Err("its patterns, masks and markers are too many parts, counted as often as they are used".to_owned());
    }
    let borrowed = document.descendants().filter(|node| node.tag_name().name() == "tref").count();
    if borrowed > MOST_BORROWED {
        return Err(format!("it has more than {MOST_BORROWED} texts of other parts (`tref`)"));
    }
    refuse_styles(document, styles, all.elements)
}

/// Refuses style sheets that take long to apply to so many elements.
fn refuse_styles(document: &Document<'_>, styles: &Cost, elements: u64) -> Result<(), String> {
    let depth = depth(document);
    let each = styles
        .selectors
        .iter()
        .fold(0_u64, |sum, (upwards, parts)| sum.saturating_add(parts.saturating_mul(depth.saturating_pow(*upwards))));
    let searched = |name: &str| name == "class" || styles.searches;
    let attributes = document.descendants().flat_map(|node| node.attributes());
    let longest = attributes.filter(|one| searched(one.name())).map(|one| one.value().len() as u64).max().unwrap_or(0);
    let tries = each.saturating_mul(1 + longest / 64).saturating_mul(elements);
    if tries > MOST_MATCHES || styles.declarations.saturating_mul(elements) > MOST_MATCHES {
        let rules = styles.rules;
        let what = if rules == 1 { "a rule that is".to_owned() } else { format!("{rules} rules, which are") };
        return Err(format!("its style sheet has {what} too many or too intricate for its parts"));
    }
    Ok(())
}

/// How deeply elements are nested.
fn depth(document: &Document<'_>) -> u64 {
    let (mut depths, mut most) = (vec![0_u64; document.descendants().count()], 0);
    for node in document.descendants().filter(Node::is_element) {
        let above = node.parent_element().map_or(0, |parent| depths[parent.id().get_usize()]);
        depths[node.id().get_usize()] = above + 1;
        most = most.max(above + 1);
    }
    most
}

struct Scales<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    classes: Classes,
    /// By the number of the element; none while it is weighed, which shows that an element refers to itself.
    known: Vec<Option<Option<Weight>>>,
    /// How many elements and points there are in an element, and the number of the last node in it.
    sizes: Vec<(u64, u64, usize)>,
}

impl<'a, 'input> Scales<'a, 'input> {
    fn new(document: &'a Document<'input>) -> Self {
        let nodes: Vec<Node<'a, 'input>> = document.descendants().collect();
        let mut sizes: Vec<(u64, u64, usize)> = nodes
            .iter()
            .enumerate()
            .map(|(at, node)| if node.is_element() { (1, points(*node), at) } else { (0, 0, at) })
            .collect();
        for node in nodes.iter().rev() {
            let (elements, shapes, last) = sizes[node.id().get_usize()];
            if let Some(parent) = node.parent() {
                let above = &mut sizes[parent.id().get_usize()];
                *above = (above.0 + elements, above.1 + shapes, above.2.max(last));
            }
        }
        let mut ids = HashMap::new();
        for element in nodes.iter().filter(|node| node.is_element()) {
            if let Some(id) = element.attribute("id") {
                ids.entry(id).or_insert(*element);
            }
        }
        Self { ids, classes: Classes::of(document), known: vec![None; nodes.len()], sizes }
    }

    fn weigh(&mut self, element: Node<'a, 'input>, depth: usize) -> Result<Weight, String> {
        let number = element.id().get_usize();
        match self.known[number] {
            Some(Some(weight)) => return Ok(weight),
            Some(None) => return Err("one of its parts refers to itself".to_owned()),
            None if depth > DEEPEST => return Err("its parts stand in each other too deeply".to_owned()),
            None => self.known[number] = Some(None),
        }
        let own: usize = element.attributes().map(|attribute| attribute.value().len()).sum();
        let letters: usize =
            element.children().filter_map(|child| child.text().filter(|_| child.is_text())).map(str::len).sum();
        let letters = if is_text(element) { LETTER * letters as u64 } else { letters as u64 };
        let mut weight = Weight { elements: 1, bytes: own as u64 + letters };
        for child in element.children().filter(Node::is_element) {
            weight = weight.and(self.weigh(child, depth + 1)?, 1);
        }
        for (id, times) in self.references(element) {
            let Some(target) = self.ids.get(id.as_str()).copied() else { continue };
            let at = target.id().get_usize();
            if (at..=self.sizes[at].2).contains(&number) {
                return Err("one of its parts refers to itself".to_owned());
            }
            let times = match times {
                Times::Once => 1,
                Times::Elements => self.size(element).0,
                Times::Points => self.size(element).1,
                Times::OwnPoints => points(element),
            };
            weight = weight.and(self.weigh(target, depth + 1)?, times);
        }
        self.known[number] = Some(Some(weight));
        Ok(weight)
    }

    /// How many elements an element is for those that inherit from it, and how many points they have.
    fn size(&self, element: Node<'a, 'input>) -> (u64, u64) {
        let used = Some(element).filter(|element| element.tag_name().name() == "use").and_then(|element| {
            let href = element.attributes().find(|attribute| attribute.name() == "href")?;
            self.ids.get(href.value().strip_prefix('#')?).copied()
        });
        let (elements, points, _) = self.sizes[element.id().get_usize()];
        let (more, further, _) = used.map_or((0, 0, 0), |used| self.sizes[used.id().get_usize()]);
        (elements + more, points + further)
    }

    /// What an element refers to, and how often it is drawn.
    fn references(&self, element: Node<'a, 'input>) -> Vec<Reference> {
        let mut found = Vec::new();
        for attribute in element.attributes() {
            let times = Times::of(attribute.name());
            match attribute.name() {
                "href" if element.tag_name().name() != "a" => {
                    found.extend(attribute.value().strip_prefix('#').map(|id| (id.to_owned(), Times::Once)));
                }
                "style" => in_declarations(attribute.value(), &mut found),
                _ => found.extend(targets(attribute.value()).map(|id| (id, times))),
            }
        }
        self.classes.references(element, &mut found);
        found
    }
}

fn is_text(element: Node<'_, '_>) -> bool {
    matches!(element.tag_name().name(), "text" | "tspan" | "textPath")
}

/// At most how many points a shape has.
fn points(element: Node<'_, '_>) -> u64 {
    let lengths = element.attributes().filter(|attribute| matches!(attribute.name(), "d" | "points"));
    2 + lengths.map(|attribute| attribute.value().len() as u64 / 2).sum::<u64>()
}
