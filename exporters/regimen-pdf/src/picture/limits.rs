//! What is looked at in a drawing before the SVG library sees it, and what that library leaves out.
//!
//! Drawings were judged, weighed and rewritten when the catalogue was read, so what is left here is about this library alone.

mod outermost;
mod styles;
pub(super) mod unread;

use usvg::roxmltree::{Attribute, Document, Node};

const MOST_USES: usize = 500;
/// What is used is read again each time, so at most this many bytes are read.
const MOST_READ: usize = 64 * 1024 * 1024;

fn elements<'a, 'input>(document: &'a Document<'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    document.descendants().filter(Node::is_element)
}

fn name<'a>(element: &Node<'a, '_>) -> &'a str {
    element.tag_name().name()
}

/// Refuses what the SVG library reads again each time that it is used.
pub(super) fn refuse_costly(document: &Document<'_>) -> Result<(), String> {
    let uses: Vec<_> = elements(document).filter(|element| name(element) == "use").collect();
    let used = |element: &Node<'_, '_>| {
        let href = element.attributes().find(|attribute| attribute.name() == "href")?;
        Some(href.value().trim_start_matches('#').to_owned())
    };
    let targets: std::collections::BTreeSet<String> = uses.iter().filter_map(used).collect();
    let within_target = |element: &Node<'_, '_>| {
        element.ancestors().any(|above| above.attribute("id").is_some_and(|id| targets.contains(id)))
    };
    let read = uses.len().saturating_mul(document.input_text().len());
    if uses.len() > MOST_USES || read > MOST_READ || uses.iter().any(within_target) {
        return Err("it uses parts within parts that are used themselves, or too many".to_owned());
    }
    Ok(())
}

/// What is never drawn: effects that paper has no means for, and content of other files.
pub(super) fn left_out(document: &Document<'_>) -> Vec<String> {
    let mut lost = Vec::new();
    for element in elements(document) {
        let own = name(&element);
        let reaches = |attribute: &Attribute<'_, '_>| match attribute.name() {
            "href" => own != "a" && !attribute.value().trim_start().starts_with('#') && !is_embedded(own, attribute),
            _ => reaches_out(attribute.value()),
        };
        let problem = match own {
            // Where its address was neither PNG nor JPEG, it is gone.
            "image" if element.attributes().all(|attribute| attribute.name() != "href" || reaches(&attribute)) => {
                Some("images are printed if they are PNG or JPEG and embedded in it; others are left out")
            }
            "animate" | "animateTransform" | "animateMotion" | "set" => Some("it moves; its first moment is printed"),
            "mesh" | "meshgradient" | "hatch" => {
                lost.push(format!("its `{own}` is left out"));
                None
            }
            _ if element.attributes().any(|attribute| reaches(&attribute))
                || (own == "style" && element.text().is_some_and(reaches_out)) =>
            {
                Some("what it takes from other files is left out")
            }
            _ => None,
        };
        lost.extend(problem.map(str::to_owned));
    }
    lost
}

/// Whether an image is in the drawing itself, written as it should be.
fn is_embedded(element: &str, href: &Attribute<'_, '_>) -> bool {
    let Some((kind, data)) = href.value().trim().strip_prefix("data:").and_then(|rest| rest.split_once(',')) else {
        return false;
    };
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || b"+/=%".contains(&byte);
    element == "image" && (!kind.ends_with(";base64") || data.bytes().all(sound))
}

/// Whether a style names something outside the drawing. Fonts that a drawing brings along are in it; its text is set in those of
/// the handout.
fn reaches_out(style: &str) -> bool {
    let target = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '"', '\'']);
        rest.starts_with('#') || rest.starts_with("data:")
    };
    style.contains("@import") || style.split("url(").skip(1).any(|rest| !target(rest))
}
