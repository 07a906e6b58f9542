//! Whom a catalogue is from, and how what they hand out looks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::colour::Colour;
use crate::diagnostic::FieldPath;
use crate::json_schema::excludes;
use crate::language::LanguageTag;
use crate::prose::file_from_root;

/// Who hands the content out.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(try_from = "BrandAsWritten")]
#[schemars(with = "BrandAsWritten")]
pub struct Brand {
    /// The clinic, club or author.
    pub name: String,
    /// How to reach them, a line each.
    pub contacts: Vec<String>,
    /// The main colour, where `colour` gives it alone.
    pub colour: Option<Colour>,
    /// Both colours.
    pub colours: Option<Colours>,
    /// Its sign.
    pub logo: Option<Logo>,
    /// Its fonts; those that ship stand in for what is left out.
    pub fonts: Fonts,
}

impl Brand {
    /// The colour of headings, rules and tables.
    pub fn main(&self) -> Option<Colour> {
        self.colours.map(|colours| colours.main).or(self.colour)
    }

    /// The colour of what stands out: links, numbers, labels; the main one unless stated.
    pub fn accent(&self) -> Option<Colour> {
        self.colours.and_then(|colours| colours.accent).or_else(|| self.main())
    }
}

/// The sign of a brand: a picture.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Logo {
    /// The SVG, PNG or JPEG file, from the catalogue's root: `brand/logo.svg`.
    #[serde(deserialize_with = "file_from_root")]
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
}

/// The colours of a brand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Colours {
    /// The colour of headings, rules and tables.
    pub main: Colour,
    /// The colour of what stands out: links, numbers, labels; the main one unless stated.
    pub accent: Option<Colour>,
}

/// The fonts of a brand: `.ttf`, `.otf`, `.ttc` or `.otc` files, from the catalogue's root. One font of a collection is
/// named by its number, counted from 1: `brand/fonts/cjk.ttc#2`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fonts {
    /// Running text, labels and tables.
    #[serde(default)]
    pub text: TextFonts,
    /// Titles and headings: one file.
    pub headings: Option<String>,
    /// Fonts for the words of one language, by its tag, before the others.
    #[serde(default)]
    pub languages: BTreeMap<LanguageTag, LanguageFonts>,
}

/// The fonts for the words of one language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LanguageFonts {
    /// Running text, labels and tables.
    #[serde(default)]
    pub text: TextFonts,
    /// Titles and headings: one file.
    pub headings: Option<String>,
}

/// The faces of running text, a file each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextFonts {
    /// Plain text.
    pub regular: Option<String>,
    /// Strong text, labels, table headers.
    pub bold: Option<String>,
    /// Emphasis.
    pub italic: Option<String>,
    /// Both.
    pub bold_italic: Option<String>,
}

impl Fonts {
    /// The file of each face, with the path that names it in the project file.
    pub fn files(&self) -> impl Iterator<Item = (FieldPath, &str)> {
        let Self { text, headings, languages } = self;
        let root = FieldPath::root().key("brand").key("fonts");
        let all = faces(root.clone(), text, headings.as_ref());
        let below = root.key("languages");
        all.chain(languages.iter().flat_map(move |(tag, LanguageFonts { text, headings })| {
            faces(below.clone().key(tag.as_str()), text, headings.as_ref())
        }))
    }
}

fn faces<'a>(
    root: FieldPath,
    text: &'a TextFonts,
    headings: Option<&'a String>,
) -> impl Iterator<Item = (FieldPath, &'a str)> {
    let TextFonts { regular, bold, italic, bold_italic } = text;
    let faces = [("regular", regular), ("bold", bold), ("italic", italic), ("bold_italic", bold_italic)];
    let below = root.clone().key("text");
    let faces = faces.into_iter().map(move |(key, file)| (below.clone().key(key), file.as_ref()));
    let faces = faces.chain([(root.key("headings"), headings)]);
    faces.filter_map(|(path, file)| Some((path, file?.as_str())))
}

/// The keys of a brand as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(transform = excludes("colour", "colours"))]
struct BrandAsWritten {
    /// The clinic, club or author.
    #[serde(default)]
    name: String,
    /// How to reach them, a line each.
    #[serde(default)]
    contacts: Vec<String>,
    /// The main colour; short for `colours` with `main` alone.
    colour: Option<Colour>,
    /// A main colour and one for what stands out.
    colours: Option<Colours>,
    /// Its sign, for the first page of handouts.
    logo: Option<Logo>,
    /// Its fonts, instead of those that ship.
    #[serde(default)]
    fonts: Fonts,
}

impl TryFrom<BrandAsWritten> for Brand {
    type Error = &'static str;

    fn try_from(written: BrandAsWritten) -> Result<Self, &'static str> {
        let BrandAsWritten { name, contacts, colour, colours, logo, fonts } = written;
        if colour.is_some() && colours.is_some() {
            return Err("`colour` is the `main` one of `colours`; write only one of the two");
        }
        Ok(Self { name, contacts, colour, colours, logo, fonts })
    }
}
