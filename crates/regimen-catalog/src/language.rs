//! Languages: tags, and the labels that stand between the author's words.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A BCP 47 language tag in its canonical spelling, such as `en`, `pt-BR` or `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(Arc<str>);

impl LanguageTag {
    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for LanguageTag {
    type Err = crate::quantity::BadQuantity;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = text.parse::<unic_langid::LanguageIdentifier>().ok().filter(|id| !id.language.is_empty());
        parsed.map(|id| Self(id.to_string().into())).ok_or_else(|| {
            crate::quantity::BadQuantity::new(format!(
                "`{}` is not a language tag such as `en`, `de` or `pt-BR`",
                text.escape_debug()
            ))
        })
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

crate::quantity::literal!(LanguageTag);
