//! What a drawing may hold. What is on no list here is in no output. Each list is in order, so that a search by halves finds its
//! words.

/// The elements that drawings are made of.
#[rustfmt::skip]
pub const ELEMENTS: [&str; 76] = [
    "a", "altGlyph", "animate", "animateColor", "animateMotion", "animateTransform", "circle", "clipPath", "defs",
    "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feConvolveMatrix",
    "feDiffuseLighting", "feDisplacementMap", "feDistantLight", "feDropShadow", "feFlood", "feFuncA", "feFuncB",
    "feFuncG", "feFuncR", "feGaussianBlur", "feImage", "feMerge", "feMergeNode", "feMorphology", "feOffset",
    "fePointLight", "feSpecularLighting", "feSpotLight", "feTile", "feTurbulence", "filter", "flowDiv", "flowLine",
    "flowPara", "flowRegion", "flowRegionExclude", "flowRoot", "flowSpan", "flowTref", "g", "hatch", "hatchpath",
    "image", "line", "linearGradient", "marker", "mask", "mesh", "meshgradient", "meshpatch", "meshrow", "mpath",
    "path", "pattern", "polygon", "polyline", "radialGradient", "rect", "set", "stop", "style", "svg", "switch",
    "symbol", "text", "textPath", "title", "tref", "tspan", "use",
];

/// Elements that may refer to another part of the drawing, by `href`. Images bring pixels in it instead, and links may leave it.
#[rustfmt::skip]
pub const REFERENCES: [&str; 20] = [
    "a", "altGlyph", "animate", "animateColor", "animateMotion", "animateTransform", "feImage", "filter", "flowTref",
    "hatch", "image", "linearGradient", "meshgradient", "mpath", "pattern", "radialGradient", "set", "textPath", "tref",
    "use",
];

/// Attributes that are not styles. Those that are styles are in [`PROPERTIES`].
#[rustfmt::skip]
pub const ATTRIBUTES: [&str; 137] = [
    "accumulate", "additive", "amplitude", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "attributeName", "attributeType", "azimuth", "baseFrequency", "baseProfile", "begin", "bias", "by", "calcMode",
    "class", "clipPathUnits", "cx", "cy", "d", "diffuseConstant", "divisor", "dur", "dx", "dy", "edgeMode", "elevation",
    "end", "exponent", "fr", "from", "fx", "fy", "gradientTransform", "gradientUnits", "hatchContentUnits",
    "hatchTransform", "hatchUnits", "height", "href", "id", "in", "in2", "intercept", "k1", "k2", "k3", "k4",
    "kernelMatrix", "kernelUnitLength", "keyPoints", "keySplines", "keyTimes", "lang", "lengthAdjust",
    "limitingConeAngle", "markerHeight", "markerUnits", "markerWidth", "maskContentUnits", "maskUnits", "max", "media",
    "method", "min", "mode", "numOctaves", "offset", "operator", "order", "orient", "origin", "path", "pathLength",
    "patternContentUnits", "patternTransform", "patternUnits", "pitch", "points", "pointsAtX", "pointsAtY", "pointsAtZ",
    "preserveAlpha", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "repeatCount", "repeatDur",
    "requiredExtensions", "requiredFeatures", "restart", "result", "role", "rotate", "rx", "ry", "scale", "seed",
    "side", "slope", "spacing", "specularConstant", "specularExponent", "spreadMethod", "startOffset", "stdDeviation",
    "stitchTiles", "style", "surfaceScale", "systemLanguage", "tableValues", "targetX", "targetY", "textLength", "to",
    "transform", "type", "values", "version", "viewBox", "width", "x", "x1", "x2", "xChannelSelector", "xlink:href",
    "xml:lang", "xml:space", "y", "y1", "y2", "yChannelSelector", "z",
];

/// Styles, as attributes and in style sheets.
#[rustfmt::skip]
pub const PROPERTIES: [&str; 146] = [
    "alignment-baseline", "animation", "animation-delay", "animation-direction", "animation-duration",
    "animation-fill-mode", "animation-iteration-count", "animation-name", "animation-play-state",
    "animation-timing-function", "backface-visibility", "background", "background-color", "baseline-shift",
    "block-progression", "clip", "clip-path", "clip-rule", "color", "color-interpolation",
    "color-interpolation-filters", "color-profile", "color-rendering", "cx", "cy", "d", "direction", "display",
    "dominant-baseline", "enable-background", "fill", "fill-opacity", "fill-rule", "filter", "flood-color",
    "flood-opacity", "font", "font-family", "font-feature-settings", "font-kerning", "font-optical-sizing", "font-size",
    "font-size-adjust", "font-stretch", "font-style", "font-synthesis", "font-variant", "font-variant-caps",
    "font-variant-east-asian", "font-variant-ligatures", "font-variant-numeric", "font-variant-position",
    "font-variation-settings", "font-weight", "glyph-orientation-horizontal", "glyph-orientation-vertical", "height",
    "image-rendering", "inline-size", "isolation", "kerning", "letter-spacing", "lighting-color", "line-height",
    "marker", "marker-end", "marker-mid", "marker-start", "mask", "mask-border", "mask-border-mode",
    "mask-border-outset", "mask-border-repeat", "mask-border-slice", "mask-border-source", "mask-border-width",
    "mask-clip", "mask-composite", "mask-image", "mask-mode", "mask-origin", "mask-position", "mask-repeat",
    "mask-size", "mask-type", "max-width", "mix-blend-mode", "opacity", "overflow", "paint-order", "r", "rotate", "rx",
    "ry", "scale", "shape-image-threshold", "shape-inside", "shape-margin", "shape-padding", "shape-rendering",
    "shape-subtract", "solid-color", "solid-opacity", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity", "stroke-width",
    "tab-size", "text-align", "text-align-last", "text-anchor", "text-decoration", "text-decoration-color",
    "text-decoration-fill", "text-decoration-line", "text-decoration-stroke", "text-decoration-style",
    "text-decoration-thickness", "text-indent", "text-orientation", "text-overflow", "text-rendering", "text-transform",
    "text-underline-offset", "text-underline-position", "transform", "transform-box", "transform-origin",
    "transform-style", "transition", "translate", "unicode-bidi", "vector-effect", "visibility", "white-space", "width",
    "word-spacing", "writing-mode", "x", "y",
];

/// Functions in styles, in small letters. `url()` is another matter: it names a part of the drawing.
#[rustfmt::skip]
pub const FUNCTIONS: [&str; 66] = [
    "blur", "brightness", "calc", "circle", "clamp", "color", "color-mix", "contrast", "cubic-bezier", "drop-shadow",
    "ellipse", "fit-content", "format", "grayscale", "hsl", "hsla", "hue-rotate", "hwb", "icc-color", "inset", "invert",
    "lab", "lch", "light-dark", "linear", "linear-gradient", "local", "matrix", "matrix3d", "max", "min", "oklab",
    "oklch", "opacity", "path", "perspective", "polygon", "radial-gradient", "rect", "repeating-linear-gradient",
    "repeating-radial-gradient", "rgb", "rgba", "rotate", "rotate3d", "rotatex", "rotatey", "rotatez", "saturate",
    "scale", "scale3d", "scalex", "scaley", "scalez", "sepia", "skew", "skewx", "skewy", "steps", "translate",
    "translate3d", "translatex", "translatey", "translatez", "var", "xywh",
];

/// Which state or position of an element a selector may ask for.
#[rustfmt::skip]
pub const PSEUDO_CLASSES: [&str; 21] = [
    "active", "empty", "first-child", "first-of-type", "focus", "focus-visible", "focus-within", "hover", "lang",
    "last-child", "last-of-type", "link", "nth-child", "nth-last-child", "nth-last-of-type", "nth-of-type",
    "only-child", "only-of-type", "root", "target", "visited",
];

/// Descriptors of `@font-face`.
#[rustfmt::skip]
pub(crate) const FONT_DESCRIPTORS: [&str; 14] = [
    "ascent-override", "descent-override", "font-display", "font-family", "font-feature-settings", "font-stretch",
    "font-style", "font-variant", "font-variation-settings", "font-weight", "line-gap-override", "size-adjust", "src",
    "unicode-range",
];

/// Elements that run or load something, or are no drawing, in small letters.
#[rustfmt::skip]
pub(crate) const REFUSED: [&str; 17] = [
    "applet", "audio", "canvas", "embed", "foreignobject", "frame", "frameset", "handler", "html", "iframe", "link",
    "listener", "meta", "object", "script", "source", "video",
];

/// Elements of drawings that nobody draws or needs.
#[rustfmt::skip]
pub(crate) const SILENT: [&str; 21] = [
    "altGlyphDef", "altGlyphItem", "color-profile", "cursor", "discard", "font", "font-face", "font-face-format",
    "font-face-name", "font-face-src", "font-face-uri", "glyph", "glyphRef", "hkern", "metadata", "missing-glyph",
    "solidColor", "solidcolor", "unknown", "view", "vkern",
];

/// Functions that take a file, or run something.
#[rustfmt::skip]
pub(crate) const LOADING: [&str; 10] = [
    "-webkit-cross-fade", "-webkit-image-set", "cross-fade", "element", "expression", "image", "image-set", "paint",
    "src", "url-prefix",
];

/// Whether a list has a word.
pub(crate) fn has(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_order_and_do_not_contradict_each_other() {
        for list in [
            &ELEMENTS[..],
            &REFERENCES,
            &ATTRIBUTES,
            &PROPERTIES,
            &FUNCTIONS,
            &PSEUDO_CLASSES,
            &FONT_DESCRIPTORS,
            &REFUSED,
            &SILENT,
            &LOADING,
        ] {
            assert!(list.is_sorted_by(|one, next| one < next), "{list:?}");
        }
        assert_eq!(REFUSED.iter().chain(&SILENT).find(|name| has(&ELEMENTS, name)), None);
        assert_eq!(LOADING.iter().find(|name| has(&FUNCTIONS, name)), None);
        assert_eq!(ATTRIBUTES.iter().chain(&PROPERTIES).find(|name| name.starts_with("on")), None);
        assert_eq!(REFERENCES.iter().find(|name| !has(&ELEMENTS, name)), None);
    }
}
