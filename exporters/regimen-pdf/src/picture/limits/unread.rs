//! What the SVG library passes over without a word, although browsers draw it.

use std::collections::BTreeSet;

use usvg::roxmltree::{Document, Node};

use super::outermost;
use super::styles::{self, Rule};

/// Functions of CSS that are no colours to the SVG library.
const COLOURS: [&str; 8] = ["oklch(", "oklab(", "lab(", "lch(", "hwb(", "color(", "color-mix(", "light-dark("];
const BASIC_SHAPES: [&str; 6] = ["circle(", "ellipse(", "inset(", "polygon(", "path(", "rect("];
const REFERRING: [&str; 8] =
    ["fill", "stroke", "clip-path", "mask", "marker", "marker-start", "marker-mid", "marker-end"];
/// Where the drawing's own parts stop, or text is kept that is never shown.
const NOT_DRAWN: [&str; 6] = ["metadata", "title", "desc", "script", "style", "foreignObject"];

/// What of a drawing is passed over.
#[derive(Debug, Default)]
pub(in super::super) struct Unread {
    /// Words that are left out.
    pub(in super::super) lost: Vec<String>,
    /// What is printed otherwise than browsers draw it, as far as can be told.
    pub(in super::super) differs: Vec<String>,
}

/// Each part that is passed over, named.
pub(in super::super) fn unread(document: &Document<'_>) -> Unread {
    let (mut lost, mut differs) = (Vec::new(), Vec::new());
    differs.extend(outermost::problems(document));
    let ids: BTreeSet<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
    for element in super::elements(document).filter(is_shown) {
        lost.extend(words_left_out(&element));
        differs.extend(missing_part(&element, &ids));
        let style = element.attribute("style").unwrap_or_default();
        let root = element == document.root_element();
        for (property, value) in declarations(style) {
            differs.extend(css_only(property, value, root));
            differs.extend(value_problem(property, value, &ids));
        }
        for attribute in element.attributes().filter(|attribute| attribute.namespace().is_none()) {
            differs.extend(value_problem(attribute.name(), attribute.value(), &ids));
        }
    }
    let shown: Vec<Node<'_, '_>> = super::elements(document).filter(is_shown).collect();
    for Rule { selector, body } in
        super::elements(document).filter(|node| super::name(node) == "style").flat_map(styles::rules)
    {
        let root = styles::names_root(&selector);
        let mut found = Vec::new();
        for (property, value) in declarations(&body) {
            found.extend(css_only(property, value, root));
            found.extend(value_problem(property, value, &ids));
        }
        let own = |(property, _): (&str, &str)| !property.starts_with("--");
        if !root && declarations(&body).any(own) {
            found.extend(styles::unread_selector(&selector).map(|one| format!("its style of `{one}` is left out")));
        }
        if !found.is_empty() && styles::applies(&selector, &shown) {
            differs.extend(found);
        }
    }
    Unread { lost, differs }
}

/// Whether an element is part of what is drawn: not hidden, and in the language of drawings.
fn is_shown(element: &Node<'_, '_>) -> bool {
    let hidden = |node: &Node<'_, '_>| {
        node.attribute("display") == Some("none")
            || declarations(node.attribute("style").unwrap_or_default()).any(|pair| pair == ("display", "none"))
    };
    let own = |node: &Node<'_, '_>| matches!(node.tag_name().namespace(), None | Some("http://www.w3.org/2000/svg"));
    // What is kept for use may be of no use.
    let kept = |node: &Node<'_, '_>| matches!(super::name(node), "defs" | "symbol");
    let around = || element.ancestors().filter(Node::is_element);
    let within = |node: &Node<'_, '_>| node != element && NOT_DRAWN.contains(&super::name(node));
    !around().any(|node| hidden(&node) || !own(&node) || kept(&node) || within(&node))
}

/// Words that are not printed at all.
fn words_left_out(element: &Node<'_, '_>) -> Option<String> {
    let text = || element.descendants().filter_map(|node| node.text()).any(|text| !text.trim().is_empty());
    match super::name(element) {
        "flowRoot" if text() => {
            Some("text in a frame (`flowRoot`) is left out; turn it into plain text or paths".to_owned())
        }
        "foreignObject" if text() && element.parent().is_none_or(|parent| super::name(&parent) != "switch") => {
            Some("its `foreignObject` is left out".to_owned())
        }
        _ => None,
    }
}

/// A part of the drawing that is used and is not there.
fn missing_part(element: &Node<'_, '_>, ids: &BTreeSet<&str>) -> Option<String> {
    let name = super::name(element);
    if !matches!(name, "use" | "textPath") {
        return None;
    }
    let href = element.attributes().find(|attribute| attribute.name() == "href")?;
    let id = href.value().trim().strip_prefix('#').filter(|id| !ids.contains(id))?;
    Some(format!("its `{name}` names `#{id}`, which it does not have"))
}

/// What is wrong only where it is written as CSS.
fn css_only(property: &str, value: &str, root: bool) -> Option<String> {
    match property {
        "transform" if value != "none" && has_units(value) => {
            Some("its `transform` in a style is left out; write it as an attribute, without units".to_owned())
        }
        "rotate" | "translate" | "scale" if value != "none" => Some(format!("its `{property}` in a style is left out")),
        "animation" | "animation-name" if value != "none" => Some("it moves; its first moment is printed".to_owned()),
        "background" | "background-color" if root => {
            let value = value.to_ascii_lowercase();
            let plain = ["none", "transparent", "white", "#fff", "#ffffff", "initial", "unset", "inherit"];
            let clear = plain.contains(&value.as_str())
                || ["light-dark(#fff", "rgb(255", "rgba(255", "light-dark(white"]
                    .iter()
                    .any(|one| value.starts_with(one));
            (!clear).then(|| format!("its `{property}` is left out; draw a rectangle below everything else"))
        }
        _ => None,
    }
}

/// Whether numbers of a transform have units, or its function is one of CSS alone.
fn has_units(value: &str) -> bool {
    let bytes = value.as_bytes();
    let unit = |pair: &[u8]| pair[0].is_ascii_digit() && (pair[1] == b'%' || b"pdrtgcmiv".contains(&pair[1]));
    let only_css = ["translateX", "translateY", "scaleX", "scaleY", "3d", "perspective", "skew("];
    bytes.windows(2).any(unit) || only_css.iter().any(|name| value.contains(name))
}

fn value_problem(property: &str, value: &str, ids: &BTreeSet<&str>) -> Option<String> {
    let value = value.trim();
    if property == "vector-effect" && value == "non-scaling-stroke" {
        return Some("its lines grow with it, although `vector-effect` says that they keep their width".to_owned());
    }
    let styled = REFERRING.contains(&property) || matches!(property, "stop-color" | "color" | "mask-image");
    if !styled {
        return None;
    }
    if value.contains("var(") {
        return Some(format!("its `{property}` is written with `var(`, which is not read"));
    }
    let lower = value.to_ascii_lowercase();
    let slashed = (lower.starts_with("rgb") || lower.starts_with("hsl")) && lower.contains('/');
    if matches!(property, "fill" | "stroke" | "stop-color" | "color")
        && (slashed || COLOURS.iter().any(|colour| lower.starts_with(colour)))
    {
        return Some(format!("its `{property}` is a colour that is not read: `{value}`; write it as `#rrggbb`"));
    }
    if property == "clip-path" && BASIC_SHAPES.iter().any(|shape| lower.starts_with(shape))
        || property.starts_with("mask") && lower.contains("gradient(")
    {
        return Some(format!("its `{property}` is written in CSS and left out"));
    }
    let id = value.strip_prefix("url(")?.strip_suffix(')')?.trim_matches(['"', '\'', ' ']).strip_prefix('#')?;
    (!ids.contains(id)).then(|| format!("its `{property}` names `#{id}`, which it does not have"))
}

fn declarations(style: &str) -> impl Iterator<Item = (&str, &str)> {
    style.split(';').filter_map(|one| one.split_once(':')).map(|(property, value)| {
        let value = value.trim();
        (property.trim(), value.strip_suffix("!important").unwrap_or(value).trim_end())
    })
}
