//! Drawings: SVG of any origin, judged by one list of what it may hold, and rewritten from it.
//!
//! A drawing is read as XML once. What could run, or load something from elsewhere, refuses it. What is not on the list
//! ([`ELEMENTS`], [`ATTRIBUTES`], [`PROPERTIES`]) is left out, and said if somebody would see it. The rest is rewritten, so that
//! nothing reaches a page or a plugin but what was understood here. Before that, all that others would do with it is counted, so
//! that a short drawing does not take long.
//!
//! ```
//! let drawing = br#"<svg xmlns="http://www.w3.org/2000/svg"><!-- mine --><path d="M0 0h9"/></svg>"#;
//! let clean = regimen_drawing::clean(drawing).unwrap();
//! assert_eq!(clean.text, "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>\n");
//!
//! let refused = regimen_drawing::clean(br#"<svg xmlns="http://www.w3.org/2000/svg" onload="run()"/>"#).unwrap_err();
//! assert_eq!(refused[0].to_string(), "it holds an event handler, such as `onclick` (line 1, `onload` of `svg`)");
//! ```

mod attributes;
mod css;
mod embedded;
mod list;
mod pixels;
mod sheet;
mod source;
mod walk;
mod weight;

pub use list::{ATTRIBUTES, ELEMENTS, FUNCTIONS, PROPERTIES, PSEUDO_CLASSES, REFERENCES};
pub use pixels::{MOST_PIXELS, refuse_pixels, refuse_size};
pub use source::{MOST_BYTES, MOST_PARTS, is_drawing};

/// A drawing that was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The drawing, rewritten. An image that is left out is there without its address, so that others can say that it is gone.
    pub text: String,
    /// What is in no output, although somebody could have seen it.
    pub left_out: Vec<Remark>,
}

/// Something that is wrong with a drawing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The line of the file, counted from 1; 0 if it is about the whole of it.
    pub line: u32,
    /// What it is, as the end of a sentence about the drawing.
    pub message: String,
    /// The element, or the attribute and its element: "`onload` of `svg`". Empty if it is about the whole.
    pub part: String,
}

impl Remark {
    /// About the whole of a drawing.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self { line: 0, message: message.into(), part: String::new() }
    }
}

/// The message, and where that is.
impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)?;
        match (self.line, self.part.as_str()) {
            (0, _) => Ok(()),
            (line, "") => write!(f, " (line {line})"),
            (line, part) => write!(f, " (line {line}, {part})"),
        }
    }
}

/// Reads a drawing, judges it, and rewrites it.
///
/// # Errors
/// What refuses it, at least one: it is not readable, could run or load something, or would take others too long.
pub fn clean(bytes: &[u8]) -> Result<Clean, Vec<Remark>> {
    let text = source::text(bytes).map_err(|remark| vec![remark])?;
    let document = source::parse(text).map_err(|remark| vec![remark])?;
    let written = walk::walk(&document)?;
    if written.refers {
        // Nothing in it can be read in two ways any more.
        let document = source::parse(&written.text).map_err(|remark| vec![remark])?;
        weight::refuse_heavy(&document, &written.styles).map_err(|message| vec![Remark::whole(message)])?;
    }
    Ok(Clean { text: written.text, left_out: written.left_out })
}

#[cfg(test)]
mod tests;
