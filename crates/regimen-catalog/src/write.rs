//! The way back: files of a catalogue written as their authors write them, and edited in place.
//!
//! [`Content`] is what a file says. It is read from a text and written as one, and what is written reads back as the same.
//! An [`Editor`] changes an existing text: only the bytes of what is changed are, so that comments, blank lines, quotation marks
//! and the order of keys stay. [`rename`] gives an entry another id in all files of a catalogue.
//!
//! Nothing here touches a disk, and nothing that would be read as something else is ever handed out.
//!
//! ```
//! use regimen_catalog::FieldPath;
//! use regimen_catalog::write::{Content, Data, Editor};
//!
//! let words = Data::keys([("name", Data::from("Calf day #2"))]);
//! let content = Content { keys: Data::keys([("words", words), ("kind", "rest".into())]), article: None };
//! let text = content.to_text("sessions/calf-day.yaml").expect("a file can say this");
//! assert_eq!(text, "kind: rest\nwords:\n  name: \"Calf day #2\"\n");
//!
//! let mut editor = Editor::open("sessions/calf-day.yaml", "kind: rest # for now\nwords: {name: A}\n").expect("YAML");
//! editor.set(&FieldPath::root().key("words").key("name"), "Rest: a day".into()).expect("a name");
//! assert_eq!(editor.text(), "kind: rest # for now\nwords: {name: \"Rest: a day\"}\n");
//! ```

mod content;
mod edit;
mod layout;
mod lines;
mod order;
mod patch;
mod rename;
mod scalar;

pub use crate::yaml::{Data, NotANumber, Number};
pub use content::Content;
pub use edit::Editor;
pub use rename::{Renamed, rename};

use regimen_model::diagnostic::{Diagnostic, Place};

/// The code of everything that cannot be written or edited.
const CODE: &str = "not-writable";

/// Why something is not written, and how to get there.
fn refusal(place: Place, message: impl Into<String>, help: impl Into<String>) -> Diagnostic {
    Diagnostic::error(CODE, message).at(place, "").help(help)
}
