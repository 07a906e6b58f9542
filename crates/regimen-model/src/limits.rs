//! How much a catalogue may have of anything that takes time or memory, in one table.
//!
//! A stranger's catalogue is read and built too, so each quantity that a few lines can make large has a limit, and what exceeds one
//! is a finding before anything large is made. Some may be raised in the project file, by an author who has so much; the others lie
//! far beyond whatever a plan or a page can mean.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things, such as files or cells.
    Things,
    /// Characters, as Unicode counts them.
    Characters,
    /// KiB: 1,024 bytes.
    Kibibytes,
    /// MiB: 1,024 KiB.
    Mebibytes,
    /// Lines, as estimated from the text.
    Lines,
    /// Pages, as estimated from the text.
    Pages,
}

impl Unit {
    /// Its sign behind a number, with the space before it; nothing for what is only counted.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Things => "",
            Self::Characters => " characters",
            Self::Kibibytes => " KiB",
            Self::Mebibytes => " MiB",
            Self::Lines => " lines",
            Self::Pages => " pages",
        }
    }
}

/// The most that a catalogue may have of something.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// Its name, which is its key below `limits` in the project file if it may be raised.
    pub key: &'static str,
    /// The most, unless the project file says more.
    pub most: u64,
    /// The most that the project file may say; `None` if it may not be raised.
    pub highest: Option<u64>,
    /// What is counted.
    pub unit: Unit,
    /// What it limits, in a few words.
    pub meaning: &'static str,
}

impl Limit {
    /// Whether there is too much, counted in bytes for sizes; a size is compared to the byte.
    pub const fn is_exceeded_by(&self, amount: u64) -> bool {
        amount > self.in_bytes()
    }

    /// The most as a plain number: bytes for sizes.
    pub const fn in_bytes(&self) -> u64 {
        match self.unit {
            Unit::Kibibytes => self.most << 10,
            Unit::Mebibytes => self.most << 20,
            Unit::Things | Unit::Characters | Unit::Lines | Unit::Pages => self.most,
        }
    }

    /// The most for lists and texts in memory.
    pub const fn size(&self) -> usize {
        let most = self.in_bytes();
        // Every limit fits; a test sees to it.
        if most > usize::MAX as u64 { usize::MAX } else { most as usize }
    }

    fn in_unit(&self, amount: u64) -> u64 {
        match self.unit {
            Unit::Kibibytes => amount.div_ceil(1 << 10),
            Unit::Mebibytes => amount.div_ceil(1 << 20),
            Unit::Things | Unit::Characters | Unit::Lines | Unit::Pages => amount,
        }
    }

    /// How to have less, or to be allowed more: `less` says the first in a few words.
    pub fn way_out(&self, amount: u64, less: &str) -> String {
        let wanted = self.in_unit(amount);
        match self.highest {
            Some(highest) if wanted <= highest => {
                format!("{less}, or allow more in `{}`: `limits: {{{}: {wanted}}}`", crate::PROJECT_FILE, self.key)
            }
            Some(_) | None => less.to_owned(),
        }
    }

    /// An amount in its unit, for messages: `1,200 pages`; sizes are rounded up.
    pub fn shown(&self, amount: u64) -> String {
        format!("{}{}", self.in_unit(amount), self.unit.sign())
    }
}

impl fmt::Display for Limit {
    /// The most with its unit: `1024 KiB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.most, self.unit.sign())
    }
}

macro_rules! limits {
    (
        raised { $($raised:ident $key:ident: $most:literal to $highest:literal $unit:ident, $meaning:literal;)+ }
        fixed { $($fixed:ident: $fixed_most:literal $fixed_unit:ident, $fixed_meaning:literal;)+ }
    ) => {
        $(
            #[doc = concat!("The most unless raised: ", $meaning, ".")]
            pub const $raised: Limit = Limit {
                key: stringify!($key),
                most: $most,
                highest: Some($highest),
                unit: Unit::$unit,
                meaning: $meaning,
            };
        )+
        $(
            #[doc = concat!("The most: ", $fixed_meaning, ".")]
            pub const $fixed: Limit = Limit {
                key: "",
                most: $fixed_most,
                highest: None,
                unit: Unit::$fixed_unit,
                meaning: $fixed_meaning,
            };
        )+

        /// Every limit: first those that the project file may raise.
        pub const LIMITS: &[Limit] = &[$($raised,)+ $($fixed,)+];

        /// What the project file raises.
        #[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
        #[serde(default, deny_unknown_fields)]
        #[schemars(deny_unknown_fields)]
        pub struct Limits {
            $(
                #[doc = concat!("The most: ", $meaning, ".")]
                pub $key: Option<AtMost<$highest>>,
            )+
        }

        impl Limits {
            /// The limit that holds in this catalogue.
            pub fn of(&self, limit: Limit) -> Limit {
                match limit.key {
                    $(stringify!($key) => self.$key.map_or(limit, |AtMost(most)| Limit { most, ..limit }),)+
                    _ => limit,
                }
            }
        }
    };
}

limits! {
    raised {
        FILES files: 50_000 to 1_000_000 Things, "files in the catalogue's folder";
        ALL_TEXT text_size: 64 to 1_024 Mebibytes, "all YAML, Markdown and tables together";
        MARKS marks: 1_500_000 to 100_000_000 Things, "signs of Markdown, such as `*`, `[` and `|`, in all texts, and lines in Markdown files";
        ALL_PICTURES picture_size: 256 to 16_384 Mebibytes, "all pictures and fonts that are named";
        LANGUAGES languages: 40 to 400 Things, "languages with a file of labels";
        SCHEDULES schedules: 2_000 to 100_000 Things, "schedules in the project file";
        HEADINGS headings: 2_000 to 20_000 Things, "headings of a guide";
        LINKS links: 5_000 to 50_000 Things, "links of a guide";
        CELLS cells: 20_000 to 200_000 Things, "cells of all tables of a guide";
        CARDS cards: 500 to 5_000 Things, "cards of exercises and pictures in a guide";
        DOCUMENT document_pages: 500 to 5_000 Pages, "one document, as estimated";
        ALL_PAGES pages: 30_000 to 10_000_000 Pages, "all documents of a build, as estimated";
    }
    fixed {
        YAML_FILE: 1_024 Kibibytes, "a YAML file, or the front matter of a guide";
        GUIDE_FILE: 1_024 Kibibytes, "a Markdown file";
        TABLE_FILE: 1_024 Kibibytes, "a table of weeks (CSV)";
        PICTURE_FILE: 32 Mebibytes, "a picture file";
        FONT_FILE: 128 Mebibytes, "a font file";
        NAME: 500 Characters, "a name, a title or another text of one line, such as `header`";
        ENTRY_TEXT: 250 Lines, "a text of an entry, such as a step, a summary or a note";
        LIST: 2_000 Things, "items of a list, or keys of a block, in YAML; schedules and the weeks of a grid have limits of their own";
        SESSION: 2_000 Things, "exercises, steps and texts of a session, with those of its fragments";
        WEEKS: 520 Things, "weeks of a programme: ten years";
        PHASES: 1_000 Things, "phases of a programme: twice as many as it may have weeks";
        WEEK_SESSIONS: 1_000 Things, "sessions that are listed for a week, with what may be done instead";
        PROGRESSIONS: 500 Things, "progressions of a phase";
        SHARES: 100 Things, "sets in a week of a table of shares";
        ROWS: 10_000 Things, "rows of a grid, or of a table of weeks";
        SESSIONS: 20_000 Things, "sessions in all weeks of a programme: five on each day of ten years";
        WORK: 200_000 Things, "exercises, steps and texts in all sessions of all weeks: fifty on each day of ten years";
        EVENTS: 6_000 Things, "events of a calendar";
    }
}

/// A whole number from 1 up to a highest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtMost<const HIGHEST: u64>(pub u64);

impl<'de, const HIGHEST: u64> Deserialize<'de> for AtMost<HIGHEST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let amount = u64::deserialize(deserializer)?;
        if (1..=HIGHEST).contains(&amount) {
            Ok(Self(amount))
        } else {
            Err(D::Error::custom(format!("a limit is a whole number from 1 to {HIGHEST} here")))
        }
    }
}

impl<const HIGHEST: u64> JsonSchema for AtMost<HIGHEST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("AtMost{HIGHEST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "minimum": 1, "maximum": HIGHEST})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_unless_the_project_raises_them() {
        let raised = Limits { pages: Some(AtMost(90_000)), ..Limits::default() };
        assert_eq!(raised.of(ALL_PAGES).most, 90_000);
        assert_eq!(raised.of(CELLS).most, CELLS.most);
        assert_eq!(raised.of(NAME).most, NAME.most);
        assert!(raised.of(ALL_PAGES).is_exceeded_by(90_001) && !raised.of(ALL_PAGES).is_exceeded_by(90_000));
    }

    #[test]
    fn every_limit_fits_and_can_be_told_from_the_others() {
        for (at, limit) in LIMITS.iter().enumerate() {
            assert!(limit.highest.is_none_or(|highest| highest > limit.most), "{limit:?}");
            assert!(usize::try_from(limit.in_bytes()).is_ok(), "{limit:?}");
            assert_eq!(limit.highest.is_some(), !limit.key.is_empty(), "{limit:?}");
            assert!(LIMITS[..at].iter().all(|other| other.meaning != limit.meaning), "{limit:?}");
        }
    }

    #[test]
    fn amounts_are_shown_in_their_units() {
        assert_eq!(YAML_FILE.shown((1 << 20) + 1), "1025 KiB");
        assert_eq!(YAML_FILE.to_string(), "1024 KiB");
        assert_eq!(FILES.shown(50_001), "50001");
        assert!(YAML_FILE.is_exceeded_by((1 << 20) + 1) && !YAML_FILE.is_exceeded_by(1 << 20));
    }
}
