//! What a reader should know about a print that went through all the same.

use std::fmt;

/// Something that could not be printed as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// No font of the brand or of the program has a character; a placeholder is printed.
    MissingCharacter {
        /// The character.
        character: char,
        /// Some text around it.
        text: String,
    },
    /// A picture could not be printed; its description is printed in its place.
    Picture {
        /// The file, as the document names it.
        file: String,
        /// Why.
        reason: String,
    },
    /// Part of a drawing is printed otherwise than browsers draw it.
    Drawing {
        /// The file, as the document names it.
        file: String,
        /// What differs.
        reason: String,
    },
    /// The text of a drawing asks for a font that is not there; one that ships is printed.
    Typeface {
        /// The file, as the document names it.
        file: String,
        /// The font.
        family: String,
    },
    /// A font of the brand cannot be printed with; one that ships is used instead.
    Font {
        /// The file, as the document names it.
        file: String,
        /// Why.
        reason: &'static str,
    },
    /// An address has no QR code; its link is printed all the same.
    Code {
        /// The address.
        address: String,
        /// Why.
        reason: String,
    },
    /// A line around the pages is longer than there is room; its beginning is printed.
    Cut {
        /// Which: `header`, `footer` or `contacts`.
        key: &'static str,
        /// The line, its names filled in.
        text: String,
    },
    /// Blocks are nested too deeply; the deepest are left out.
    TooDeep,
    /// A one-page document does not fit on a page, even in the smallest type.
    TooLong {
        /// How many pages it takes.
        pages: usize,
    },
    /// A programme has more weeks than one page holds.
    TooManyWeeks {
        /// How many it has.
        weeks: usize,
        /// How many a page holds.
        most: usize,
        /// How many pages they take.
        pages: usize,
    },
    /// The weeks of a programme do not fit one page, even in the smallest type.
    WeekTooTall {
        /// What stands in the cell that has the most.
        cell: String,
        /// How many pages they take.
        pages: usize,
    },
}

/// How much of an address is shown.
const SHOWN: usize = 60;

impl Problem {
    pub(crate) fn picture(file: &str, reason: &str) -> Self {
        Self::Picture { file: file.to_owned(), reason: reason.to_owned() }
    }

    /// Whether a page has no room for all that it should have.
    pub(crate) fn is_about_room(&self) -> bool {
        match self {
            Self::TooLong { .. } | Self::TooManyWeeks { .. } | Self::WeekTooTall { .. } => true,
            Self::MissingCharacter { .. }
            | Self::Picture { .. }
            | Self::Drawing { .. }
            | Self::Typeface { .. }
            | Self::Font { .. }
            | Self::Code { .. }
            | Self::Cut { .. }
            | Self::TooDeep => false,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingCharacter { character, text } => {
                let code = u32::from(*character);
                write!(f, "no font has the character `{character}` (U+{code:04X}) of \"{text}\"")
            }
            Self::Drawing { file, reason } => write!(f, "the picture `{file}` may not look as drawn: {reason}"),
            Self::Picture { file, reason } => {
                write!(f, "the picture `{file}` is not printed as drawn: {reason}")
            }
            Self::Typeface { file, family } => {
                write!(
                    f,
                    "the text of `{file}` is set in `{family}`, which is not at hand; it is printed in another font"
                )
            }
            Self::Font { file, reason } => write!(f, "the font `{file}` cannot be printed with: {reason}"),
            Self::Code { address, reason } => {
                let shown: String = address.chars().take(SHOWN).collect();
                let rest = if shown.len() < address.len() { "…" } else { "" };
                write!(f, "there is no QR code of `{shown}{rest}`: {reason}")
            }
            Self::TooLong { pages } => write!(f, "the sheet does not fit one page and takes {pages}"),
            Self::TooManyWeeks { weeks, most, pages } => {
                write!(f, "the plan has {weeks} weeks, one page holds {most}, and they take {pages} pages")
            }
            Self::WeekTooTall { cell, pages } => {
                let shown: String = cell.chars().take(SHOWN).collect();
                write!(f, "the weeks do not fit one page and take {pages}; the fullest cell has \"{shown}\"")
            }
            Self::Cut { key, text } => {
                write!(f, "the {key} is too long and is cut: \"{}\"", text.chars().take(120).collect::<String>())
            }
            Self::TooDeep => f.write_str("blocks are nested too deeply to be printed"),
        }
    }
}
