//! The rules of style sheets in a drawing, and whether a part is there that they are for.

use simplecss::{AttributeOperator, Element, PseudoClass, Selector};
use usvg::roxmltree::Node;

/// A rule of a style sheet.
pub(super) struct Rule {
    pub(super) selector: String,
    pub(super) body: String,
}

/// The rules of a style sheet that count on paper: none within `@media` and its like, none for a pointer.
pub(super) fn rules(style: Node<'_, '_>) -> Vec<Rule> {
    let (mut found, mut selector, mut skipped) = (Vec::new(), String::new(), 0_usize);
    let mut rest = style.text().unwrap_or_default();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        if rest[at..].starts_with('{') {
            let before = before.rsplit("*/").next().unwrap_or_default().trim();
            if skipped > 0 || before.contains('@') {
                skipped += 1;
            }
            before.clone_into(&mut selector);
        } else if skipped > 0 {
            skipped -= 1;
        } else if ![":hover", ":focus", ":active"].iter().any(|state| selector.contains(state)) {
            found.push(Rule { selector: std::mem::take(&mut selector), body: before.to_owned() });
        }
        rest = after;
    }
    found
}

/// Whether a rule is for the drawing as a whole.
pub(super) fn names_root(selector: &str) -> bool {
    selector.split(',').any(|one| matches!(one.trim(), "svg" | ":root"))
}

/// Whether a rule is for one of these parts, as far as its selector is read.
pub(super) fn applies(selector: &str, parts: &[Node<'_, '_>]) -> bool {
    selector.split(',').any(|one| match read(one) {
        Some(read) => parts.iter().any(|part| read.matches(&FormPart(*part))),
        None => true,
    })
}

/// A selector that the SVG library does not know, so that it leaves out the rule.
pub(super) fn unread_selector(selector: &str) -> Option<&str> {
    selector.split(',').map(str::trim).find(|one| !one.is_empty() && read(one).is_none())
}

fn read(selector: &str) -> Option<Selector<'_>> {
    Selector::parse(selector.trim())
}

/// A part of the drawing as selectors see it.
struct FormPart<'a, 'input>(Node<'a, 'input>);

impl Element for FormPart<'_, '_> {
    fn parent_element(&self) -> Option<Self> {
        self.0.parent_element().map(FormPart)
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.0.prev_sibling_element().map(FormPart)
    }

    fn has_local_name(&self, name: &str) -> bool {
        super::name(&self.0) == name
    }

    fn attribute_matches(&self, name: &str, operator: AttributeOperator<'_>) -> bool {
        self.0.attribute(name).is_some_and(|value| operator.matches(value))
    }

    fn pseudo_class_matches(&self, class: PseudoClass<'_>) -> bool {
        matches!(class, PseudoClass::FirstChild) && self.0.prev_sibling_element().is_none()
    }
}
