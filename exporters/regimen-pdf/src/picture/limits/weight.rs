//! The size of a drawing once all that it refers to is copied to where it is used.
//!
//! The SVG library writes patterns, masks, clip paths and markers out for every shape that has them, at once and in
//! memory, so a short file may become a long one. This is an upper limit, found without writing anything out.

use std::collections::{BTreeMap, HashMap};

use usvg::roxmltree::{Document, Node, NodeId};

/// How many elements there may be when all is written out, and how many bytes of them.
const MOST_ELEMENTS: u64 = 100_000;
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// How deeply elements may be nested, or refer to others.
const DEEPEST: usize = 1_100;
/// What a letter costs, which becomes an outline.
const LETTER: u64 = 200;

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
pub(super) fn refuse_heavy(document: &Document<'_>) -> Result<(), String> {
    let mut scales =
        Scales { ids: HashMap::new(), classes: Classes::of(document), known: HashMap::new(), sizes: HashMap::new() };
    for element in document.descendants().filter(Node::is_element) {
        if let Some(id) = element.attribute("id") {
            scales.ids.entry(id).or_insert(element);
        }
    }
    let all = scales.weigh(document.root_element(), 0)?;
    if all.elements > MOST_ELEMENTS || all.bytes > MOST_BYTES {
        return Err("its patterns, masks and markers are too many parts, counted as often as they are used".to_owned());
    }
    Ok(())
}

struct Scales<'a, 'input> {
    ids: HashMap<&'a str, Node<'a, 'input>>,
    classes: Classes,
    /// None while it is weighed, which shows that an element refers to itself.
    known: HashMap<NodeId, Option<Weight>>,
    /// How many elements and points there are in an element.
    sizes: HashMap<NodeId, (u64, u64)>,
}

impl<'a, 'input> Scales<'a, 'input> {
    fn weigh(&mut self, element: Node<'a, 'input>, depth: usize) -> Result<Weight, String> {
        match self.known.get(&element.id()) {
            Some(Some(weight)) => return Ok(*weight),
            Some(None) => return Err("one of its parts refers to itself".to_owned()),
            None if depth > DEEPEST => return Err("its parts stand in each other too deeply".to_owned()),
            None => self.known.insert(element.id(), None),
        };
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
            if target == element || element.ancestors().any(|above| above == target) {
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
        self.known.insert(element.id(), Some(weight));
        Ok(weight)
    }

    /// How many elements an element is for those that inherit from it, and how many points they have.
    fn size(&mut self, element: Node<'a, 'input>) -> (u64, u64) {
        let used = Some(element).filter(|element| element.tag_name().name() == "use").and_then(|element| {
            let href = element.attributes().find(|attribute| attribute.name() == "href")?;
            self.ids.get(href.value().trim().strip_prefix('#')?).copied()
        });
        let (mut elements, mut points) = self.own_size(element);
        if let Some(used) = used {
            let (more, further) = self.own_size(used);
            (elements, points) = (elements + more, points + further);
        }
        (elements, points)
    }

    fn own_size(&mut self, element: Node<'a, 'input>) -> (u64, u64) {
        if let Some(known) = self.sizes.get(&element.id()) {
            return *known;
        }
        let all = || element.descendants().filter(Node::is_element);
        let points: u64 = all().map(points).sum();
        let size = (all().count() as u64, points);
        self.sizes.insert(element.id(), size);
        size
    }

    /// What an element refers to, and how often it is drawn.
    fn references(&self, element: Node<'a, 'input>) -> Vec<(String, Times)> {
        let mut found = Vec::new();
        for attribute in element.attributes() {
            let times = Times::of(attribute.name());
            match attribute.name() {
                "href" if element.tag_name().name() != "a" => {
                    found.extend(attribute.value().trim().strip_prefix('#').map(|id| (id.to_owned(), Times::Once)));
                }
                "style" => declarations(attribute.value(), &mut found),
                "class" => {
                    let classes = attribute.value().split_whitespace();
                    found.extend(classes.filter_map(|class| self.classes.named.get(class)).flatten().cloned());
                }
                _ => found.extend(targets(attribute.value()).map(|id| (id, times))),
            }
        }
        found.extend(self.classes.others.iter().cloned());
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

/// The ids in `url(#id)`.
fn targets(value: &str) -> impl Iterator<Item = String> {
    value.split("url(").skip(1).filter_map(|rest| {
        let id = rest.split(')').next()?.trim().trim_matches(['"', '\'']).strip_prefix('#')?;
        Some(id.to_owned())
    })
}

/// How often something is drawn for an element that refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    /// Once for each element within: what is said of a group holds for all that is in it.
    Elements,
    /// Once for each point of these.
    Points,
    /// Once for each point of the element itself.
    OwnPoints,
}

impl Times {
    fn of(property: &str) -> Self {
        match property.trim() {
            "fill" | "stroke" => Self::Elements,
            marker if marker.starts_with("marker") => Self::Points,
            _ => Self::Once,
        }
    }
}

fn declarations(style: &str, found: &mut Vec<(String, Times)>) {
    for declaration in style.split(';') {
        let times = Times::of(declaration.split(':').next().unwrap_or_default());
        found.extend(targets(declaration).map(|id| (id, times)));
    }
}

/// What the rules of style sheets refer to.
#[derive(Default)]
struct Classes {
    /// By the class that they are for.
    named: BTreeMap<String, Vec<(String, Times)>>,
    /// For any element, each for itself.
    others: Vec<(String, Times)>,
}

impl Classes {
    fn of(document: &Document<'_>) -> Self {
        let mut classes = Self::default();
        let styles = document.descendants().filter(|node| node.is_element() && node.tag_name().name() == "style");
        for rule in styles.filter_map(|style| style.text()).flat_map(|css| css.split('}')) {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let mut found = Vec::new();
            declarations(body, &mut found);
            for selector in selectors.split(',').map(str::trim).filter(|_| !found.is_empty()) {
                let name = selector
                    .strip_prefix('.')
                    .filter(|name| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')));
                match name {
                    Some(name) => classes.named.entry(name.to_owned()).or_default().extend(found.iter().cloned()),
                    None => classes.others.extend(found.iter().map(|(id, times)| match times {
                        Times::Points => (id.clone(), Times::OwnPoints),
                        _ => (id.clone(), Times::Once),
                    })),
                }
            }
        }
        classes
    }
}
