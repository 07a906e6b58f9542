//! The elements that drawings are made of.

use usvg::roxmltree::Document;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The elements of SVG 1.1 and 2, and those of drafts of SVG 1.2 that drawing programs write.
const ELEMENTS: [&str; 100] = [
    "a",
    "altGlyph",
    "altGlyphDef",
    "altGlyphItem",
    "animate",
    "animateColor",
    "animateMotion",
    "animateTransform",
    "audio",
    "canvas",
    "circle",
    "clipPath",
    "color-profile",
    "cursor",
    "defs",
    "desc",
    "discard",
    "ellipse",
    "feBlend",
    "feColorMatrix",
    "feComponentTransfer",
    "feComposite",
    "feConvolveMatrix",
    "feDiffuseLighting",
    "feDisplacementMap",
    "feDistantLight",
    "feDropShadow",
    "feFlood",
    "feFuncA",
    "feFuncB",
    "feFuncG",
    "feFuncR",
    "feGaussianBlur",
    "feImage",
    "feMerge",
    "feMergeNode",
    "feMorphology",
    "feOffset",
    "fePointLight",
    "feSpecularLighting",
    "feSpotLight",
    "feTile",
    "feTurbulence",
    "filter",
    "flowDiv",
    "flowLine",
    "flowPara",
    "flowRegion",
    "flowRegionExclude",
    "flowRoot",
    "flowSpan",
    "flowTref",
    "font",
    "font-face",
    "font-face-format",
    "font-face-name",
    "font-face-src",
    "font-face-uri",
    "foreignObject",
    "g",
    "glyph",
    "glyphRef",
    "hatch",
    "hatchpath",
    "hkern",
    "iframe",
    "image",
    "line",
    "linearGradient",
    "marker",
    "mask",
    "mesh",
    "meshgradient",
    "meshpatch",
    "meshrow",
    "metadata",
    "missing-glyph",
    "mpath",
    "path",
    "pattern",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "script",
    "set",
    "solidColor",
    "solidcolor",
    "stop",
    "style",
    "svg",
    "switch",
    "symbol",
    "text",
    "textPath",
    "title",
    "tref",
    "tspan",
    "unknown",
    "use",
];
/// Further ones.
const MORE: [&str; 4] = ["video", "view", "vkern", "link"];

/// Whether an element is one of drawings.
pub(super) fn is_known(name: &str) -> bool {
    ELEMENTS.contains(&name) || MORE.contains(&name)
}

/// What keeps browsers from showing a drawing that is printed.
pub(super) fn outermost(document: &Document<'_>) -> Vec<String> {
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
