//! What keeps browsers from showing a drawing.

use usvg::roxmltree::Document;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Why browsers do not show it, although it is printed.
pub(super) fn problems(document: &Document<'_>) -> Vec<String> {
    let root = document.root_element();
    let mut found = Vec::new();
    if root.tag_name().namespace() != Some(SVG) {
        found.push(format!("browsers do not show it, because its `svg` has no `xmlns=\"{SVG}\"`"));
    }
    let numbers = root.attribute("viewBox").map(|value| value.split([' ', ',', '\t', '\n', '\r']));
    let numbers: Option<Vec<f64>> =
        numbers.map(|numbers| numbers.filter(|one| !one.is_empty()).map_while(|one| one.parse().ok()).collect());
    if let Some(numbers) = numbers {
        match numbers[..] {
            [_, _, width, height] if width > 0.0 && height > 0.0 => {}
            [_, _, _, _] => found.push("browsers do not show it, because its `viewBox` has no size".to_owned()),
            _ => found.push("its `viewBox` is left out: it is not four numbers".to_owned()),
        }
    }
    found
}
