//! What is looked at in a drawing before the SVG library sees it, and what that library leaves out.

/// Refuses what would take the SVG library long before it could say how large the drawing is.
pub(super) fn refuse_costly(document: &usvg::roxmltree::Document<'_>) -> Result<(), String> {
    /// Rules of a style sheet are tried on every element.
    const MOST_MATCHES: usize = 1_000_000;
    const MOST_USES: usize = 500;
    /// What is used is read again each time, so at most this many bytes are read.
    const MOST_READ: usize = 64 * 1024 * 1024;
    let elements = || document.descendants().filter(usvg::roxmltree::Node::is_element);
    for element in elements() {
        let name = element.tag_name().name();
        if matches!(name, "pattern" | "marker" | "filter" | "mask") {
            return Err(format!("it has a `{name}`, which cannot be printed"));
        }
    }
    let style = elements().filter(|element| element.tag_name().name() == "style");
    let rules: usize = style.filter_map(|style| style.text()).map(|css| css.matches('{').count()).sum();
    if rules.saturating_mul(elements().count()) > MOST_MATCHES {
        return Err(format!("its style sheet has {rules} rules, too many for its parts"));
    }
    let uses: Vec<_> = elements().filter(|element| element.tag_name().name() == "use").collect();
    let used = |element: &usvg::roxmltree::Node<'_, '_>| {
        let href = element.attributes().find(|attribute| attribute.name() == "href")?;
        Some(href.value().trim_start_matches('#').to_owned())
    };
    let targets: std::collections::BTreeSet<String> = uses.iter().filter_map(used).collect();
    let within_target = |element: &usvg::roxmltree::Node<'_, '_>| {
        element.ancestors().any(|above| above.attribute("id").is_some_and(|id| targets.contains(id)))
    };
    let read = uses.len().saturating_mul(document.input_text().len());
    if uses.len() > MOST_USES || read > MOST_READ || uses.iter().any(within_target) {
        return Err("it uses parts within parts that are used themselves, or too many".to_owned());
    }
    Ok(())
}

/// What is never drawn: text, pictures, and what stands in other files.
pub(super) fn left_out(document: &usvg::roxmltree::Document<'_>) -> Option<&'static str> {
    document.descendants().filter(usvg::roxmltree::Node::is_element).find_map(|element| {
        let name = element.tag_name().name();
        let reaches = |attribute: &usvg::roxmltree::Attribute<'_, '_>| match attribute.name() {
            "href" => name != "a" && !attribute.value().trim_start().starts_with('#'),
            _ => reaches_out(attribute.value()),
        };
        if matches!(name, "text" | "image") {
            Some("its text or embedded images are left out; turn text into paths")
        } else if element.attributes().any(|attribute| reaches(&attribute))
            || (name == "style" && element.text().is_some_and(reaches_out))
        {
            Some("what it takes from other files is left out")
        } else {
            None
        }
    })
}

/// Whether a style names something outside the drawing.
fn reaches_out(style: &str) -> bool {
    let target = |rest: &str| rest.trim_start_matches([' ', '"', '\'']).starts_with('#');
    style.contains("@import") || style.split("url(").skip(1).any(|rest| !target(rest))
}
