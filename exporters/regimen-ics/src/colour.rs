//! The colour of a calendar: a name of CSS (RFC 7986 §5.9; CSS Color Module Level 3 §4.3).

use std::borrow::Cow;

use regimen_export::schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A colour by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colour {
    /// The name in lower case.
    pub(crate) name: &'static str,
}

/// Editors offer the names. Others are let through, because capitals and blanks make no difference.
impl JsonSchema for Colour {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Colour".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [{"enum": NAMES.as_slice()}, {"type": "string"}],
            "errorMessage": "write a name of CSS such as `teal`",
        })
    }
}

impl<'de> serde::Deserialize<'de> for Colour {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl std::str::FromStr for Colour {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted: String = text.trim().chars().take(40).collect::<String>().to_ascii_lowercase();
        if let Some(name) = NAMES.iter().find(|name| **name == wanted) {
            return Ok(Self { name });
        }
        let hint = regimen_catalog::suggest::did_you_mean(&wanted, NAMES.iter().copied());
        let hint = hint.unwrap_or_else(|| "calendars know the names of CSS, such as `teal` or `darkorange`".to_owned());
        Err(format!(
            "`{}` is not the name of a colour: {hint}",
            text.chars().take(40).collect::<String>().escape_debug()
        ))
    }
}

/// In alphabetical order.
const NAMES: [&str; 147] = [
    "aliceblue",
    "antiquewhite",
    "aqua",
    "aquamarine",
    "azure",
    "beige",
    "bisque",
    "black",
    "blanchedalmond",
    "blue",
    "blueviolet",
    "brown",
    "burlywood",
    "cadetblue",
    "chartreuse",
    "chocolate",
    "coral",
    "cornflowerblue",
    "cornsilk",
    "crimson",
    "cyan",
    "darkblue",
    "darkcyan",
    "darkgoldenrod",
    "darkgray",
    "darkgreen",
    "darkgrey",
    "darkkhaki",
    "darkmagenta",
    "darkolivegreen",
    "darkorange",
    "darkorchid",
    "darkred",
    "darksalmon",
    "darkseagreen",
    "darkslateblue",
    "darkslategray",
    "darkslategrey",
    "darkturquoise",
    "darkviolet",
    "deeppink",
    "deepskyblue",
    "dimgray",
    "dimgrey",
    "dodgerblue",
    "firebrick",
    "floralwhite",
    "forestgreen",
    "fuchsia",
    "gainsboro",
    "ghostwhite",
    "gold",
    "goldenrod",
    "gray",
    "green",
    "greenyellow",
    "grey",
    "honeydew",
    "hotpink",
    "indianred",
    "indigo",
    "ivory",
    "khaki",
    "lavender",
    "lavenderblush",
    "lawngreen",
    "lemonchiffon",
    "lightblue",
    "lightcoral",
    "lightcyan",
    "lightgoldenrodyellow",
    "lightgray",
    "lightgreen",
    "lightgrey",
    "lightpink",
    "lightsalmon",
    "lightseagreen",
    "lightskyblue",
    "lightslategray",
    "lightslategrey",
    "lightsteelblue",
    "lightyellow",
    "lime",
    "limegreen",
    "linen",
    "magenta",
    "maroon",
    "mediumaquamarine",
    "mediumblue",
    "mediumorchid",
    "mediumpurple",
    "mediumseagreen",
    "mediumslateblue",
    "mediumspringgreen",
    "mediumturquoise",
    "mediumvioletred",
    "midnightblue",
    "mintcream",
    "mistyrose",
    "moccasin",
    "navajowhite",
    "navy",
    "oldlace",
    "olive",
    "olivedrab",
    "orange",
    "orangered",
    "orchid",
    "palegoldenrod",
    "palegreen",
    "paleturquoise",
    "palevioletred",
    "papayawhip",
    "peachpuff",
    "peru",
    "pink",
    "plum",
    "powderblue",
    "purple",
    "red",
    "rosybrown",
    "royalblue",
    "saddlebrown",
    "salmon",
    "sandybrown",
    "seagreen",
    "seashell",
    "sienna",
    "silver",
    "skyblue",
    "slateblue",
    "slategray",
    "slategrey",
    "snow",
    "springgreen",
    "steelblue",
    "tan",
    "teal",
    "thistle",
    "tomato",
    "turquoise",
    "violet",
    "wheat",
    "white",
    "whitesmoke",
    "yellow",
    "yellowgreen",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed_name(text: &str) -> Result<&'static str, String> {
        text.parse().map(|colour: Colour| colour.name)
    }

    #[test]
    fn names_of_css_are_known_in_any_case() {
        assert_eq!(parsed_name("Teal"), Ok("teal"));
        assert_eq!(parsed_name("grey"), parsed_name("grey"));
        assert!(NAMES.is_sorted(), "in order, so that a missing one is seen");
    }

    #[test]
    fn other_colours_are_answered_with_the_nearest_name() {
        assert!(parsed_name("darkornage").is_err_and(|message| message.ends_with("did you mean `darkorange`?")));
        assert!(parsed_name("#1f6f5c").is_err_and(|message| message.contains("names of CSS")));
        assert!(parsed_name("red\r\nEND:VCALENDAR").is_err_and(|message| !message.contains('\n')));
    }
}
