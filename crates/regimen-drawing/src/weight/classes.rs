//! What the rules of style sheets refer to.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

/// The id of a part, and how often it is drawn.
pub(super) type Reference = (String, Times);

/// How often something is drawn for an element that refers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Once,
    /// Once for each element within: what is said of a group holds for all that is in it.
    Elements,
    /// Once for each point of these.
    Points,
    /// Once for each point of the element itself.
    OwnPoints,
}

impl Times {
    pub(super) fn of(property: &str) -> Self {
        match property.trim() {
            "fill" | "stroke" => Self::Elements,
            marker if marker.starts_with("marker") => Self::Points,
            _ => Self::Once,
        }
    }
}

/// What the rules refer to, by what the last part of their selectors asks of an element.
#[derive(Default)]
pub(super) struct Classes {
    /// By the class that is all they ask for.
    named: BTreeMap<String, Vec<Reference>>,
    others: Vec<(Asked, Vec<Reference>)>,
}

/// At least what a selector asks of an element.
struct Asked {
    name: Option<String>,
    ids: Vec<String>,
    classes: Vec<String>,
}

impl Asked {
    /// Reads the last part of a selector.
    fn of(selector: &str) -> Self {
        let last = selector.split([' ', '>', '+', '~']).next_back().unwrap_or_default();
        // Values of attributes have blanks in them, and any sign.
        let last = if selector.contains(['[', '(']) { "" } else { last.split(':').next().unwrap_or_default() };
        let mut asked = Self { name: None, ids: Vec::new(), classes: Vec::new() };
        let mut rest = last;
        while !rest.is_empty() {
            let end = rest[1..].find(['.', '#']).map_or(rest.len(), |end| end + 1);
            match rest.as_bytes()[0] {
                b'.' => asked.classes.push(rest[1..end].to_owned()),
                b'#' => asked.ids.push(rest[1..end].to_owned()),
                b'*' => {}
                _ => asked.name = Some(rest[..end].to_owned()),
            }
            rest = &rest[end..];
        }
        asked
    }

    fn of_any(&self) -> bool {
        self.name.is_none() && self.ids.is_empty() && self.classes.is_empty()
    }

    fn may_match(&self, element: Node<'_, '_>) -> bool {
        let class = element.attribute("class").unwrap_or_default();
        self.name.as_deref().is_none_or(|name| name == element.tag_name().name())
            && self.ids.iter().all(|id| element.attribute("id") == Some(id))
            && self.classes.iter().all(|name| class.split_whitespace().any(|class| class == name))
    }
}

impl Classes {
    pub(super) fn of(document: &Document<'_>) -> Self {
        let mut classes = Self::default();
        let styles = document.descendants().filter(|node| node.is_element() && node.tag_name().name() == "style");
        for rule in styles.filter_map(|style| style.text()).flat_map(|css| css.split('}')) {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let mut found = Vec::new();
            in_declarations(body, &mut found);
            // The first rule of a block has the head of the block before it.
            let body_only = found.is_empty();
            for selector in selectors.rsplit('{').next().unwrap_or_default().split(',').filter(|_| !body_only) {
                classes.add(Asked::of(selector.trim()), selector.trim(), &found);
            }
        }
        classes
    }

    fn add(&mut self, asked: Asked, selector: &str, found: &[Reference]) {
        match asked.classes.as_slice() {
            [class] if selector[1..] == **class => {
                self.named.entry(class.clone()).or_default().extend(found.iter().cloned());
            }
            // For any element, each for itself.
            _ if asked.of_any() => {
                let own = found.iter().map(|(id, times)| match times {
                    Times::Points => (id.clone(), Times::OwnPoints),
                    _ => (id.clone(), Times::Once),
                });
                self.others.push((asked, own.collect()));
            }
            _ => self.others.push((asked, found.to_vec())),
        }
    }

    /// What the rules refer to that may be for an element.
    pub(super) fn references(&self, element: Node<'_, '_>, found: &mut Vec<Reference>) {
        let classes: BTreeSet<&str> = element.attribute("class").unwrap_or_default().split_whitespace().collect();
        found.extend(classes.into_iter().filter_map(|class| self.named.get(class)).flatten().cloned());
        let others = self.others.iter().filter(|(asked, _)| asked.may_match(element));
        found.extend(others.flat_map(|(_, references)| references).cloned());
    }
}

/// The ids in `url(#id)`.
pub(super) fn targets(value: &str) -> impl Iterator<Item = String> {
    value.split("url(#").skip(1).filter_map(|rest| Some(rest.split(')').next()?.to_owned()))
}

pub(super) fn in_declarations(style: &str, found: &mut Vec<Reference>) {
    for declaration in style.split(';') {
        let times = Times::of(declaration.split(':').next().unwrap_or_default());
        found.extend(targets(declaration).map(|id| (id, times)));
    }
}
