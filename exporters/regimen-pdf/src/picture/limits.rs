//! What is looked at in a drawing before the SVG library sees it, and what that library leaves out.

mod styles;
pub(super) mod unread;
mod vocabulary;
mod weight;

use usvg::roxmltree::{Attribute, Document, Node};

/// Rules of a style sheet are tried on every element, and on those around it.
const MOST_MATCHES: usize = 1_000_000;
const MOST_USES: usize = 500;
/// What is used is read again each time, so at most this many bytes are read.
const MOST_READ: usize = 64 * 1024 * 1024;
/// Text is set letter by letter.
const MOST_LETTERS: usize = 20_000;

fn elements<'a, 'input>(document: &'a Document<'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    document.descendants().filter(Node::is_element)
}

fn name<'a>(element: &Node<'a, '_>) -> &'a str {
    element.tag_name().name()
}

/// Refuses what would take the SVG library long before it could say how large the drawing is.
pub(super) fn refuse_costly(document: &Document<'_>) -> Result<(), String> {
    refuse_styles(document)?;
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
    let texts = elements(document).filter(|element| name(element) == "text");
    let letters: usize = texts.flat_map(|text| text.descendants()).filter_map(|node| node.text()).map(str::len).sum();
    if letters > MOST_LETTERS {
        return Err(format!("its text has {letters} letters; at most {MOST_LETTERS} are printed"));
    }
    weight::refuse_heavy(document)
}

/// Refuses style sheets with more rules than it would take long to try on all elements.
fn refuse_styles(document: &Document<'_>) -> Result<(), String> {
    let all = elements(document).count();
    let style = elements(document).filter(|element| name(element) == "style");
    let (mut rules, mut tries) = (0_usize, 0_usize);
    for block in style.filter_map(|style| style.text()).flat_map(|css| css.split('{').take(css.matches('{').count())) {
        let selectors = block.rsplit('}').next().unwrap_or_default();
        rules += 1;
        for selector in selectors.split(',') {
            // Each part of a selector is looked for in all that is around an element.
            let around = selector.split_whitespace().filter(|part| !matches!(*part, ">" | "+" | "~")).count();
            let depth = if around > 1 { depth(document) } else { 1 };
            let each = depth.saturating_pow(u32::try_from(around.saturating_sub(1)).unwrap_or(u32::MAX));
            tries = tries.saturating_add(all.saturating_mul(each));
        }
    }
    if tries > MOST_MATCHES {
        return Err(format!("its style sheet has {rules} rules, too many or too intricate for its parts"));
    }
    Ok(())
}

/// How deeply elements may be nested.
fn depth(document: &Document<'_>) -> usize {
    elements(document).map(|element| element.ancestors().count()).max().unwrap_or(0)
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
            "image" if element.attributes().any(|attribute| reaches(&attribute)) => {
                Some("images are printed if they are PNG or JPEG and embedded in it; others are left out")
            }
            "animate" | "animateTransform" | "animateMotion" | "set" => Some("it moves; its first moment is printed"),
            "video" | "audio" | "iframe" | "mesh" | "meshgradient" | "hatch" => {
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
