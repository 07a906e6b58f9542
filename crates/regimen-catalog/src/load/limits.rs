//! How much of a catalogue's folder is read: the sizes of files, known before any of them is.

use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::limits::{
    ALL_PICTURES, ALL_TEXT, FILES, FONT_FILE, GUIDE_FILE, Limit, Limits, MARKS, PICTURE_FILE, TABLE_FILE, YAML_FILE,
};

use rayon::prelude::*;

use super::{Files, font, table};
use crate::yaml;

/// The key of the project file that raises limits.
const LIMITS: &str = "limits";

/// The limit for one file, by its name.
pub(super) fn of_file(name: &str) -> Limit {
    if font::is_font(name) {
        FONT_FILE
    } else if table::is_table(name) {
        TABLE_FILE
    } else if name.ends_with(".md") {
        GUIDE_FILE
    } else if is_text(name) {
        YAML_FILE
    } else {
        PICTURE_FILE
    }
}

/// Whether a file of a catalogue is text; else it is a picture or a font.
pub(super) fn is_text(name: &str) -> bool {
    [".yaml", ".yml", ".md"].iter().any(|ending| name.ends_with(ending)) || table::is_table(name)
}

/// What a project file raises, before anything else of it is read. Whatever is wrong with it is found later.
pub(super) fn raised(project: &[u8]) -> Limits {
    let file = regimen_model::PROJECT_FILE.into();
    let raised = std::str::from_utf8(project).ok().and_then(|text| {
        // Hardly any file has them, and it is read again as a whole.
        if !text.contains(LIMITS) {
            return None;
        }
        let mut document = yaml::read(text, &file, 0..text.len()).ok()?;
        let limits = yaml::split_off(&mut document, LIMITS)?;
        yaml::decode(text, &file, &FieldPath::root().key(LIMITS), limits).0
    });
    raised.unwrap_or_default()
}

/// Too many files, or too much in them.
pub(super) fn of_folder(limits: &Limits, files: usize, bytes_of_text: u64) -> Vec<Diagnostic> {
    let files = files as u64;
    let too_many = (limits.of(FILES), files, format!("the folder of the catalogue has {files} files"));
    let all_text = limits.of(ALL_TEXT);
    let text = all_text.shown(bytes_of_text);
    let too_much = (all_text, bytes_of_text, format!("YAML, Markdown and tables have {text} together"));
    let exceeded = [too_many, too_much].into_iter().filter(|(limit, amount, _)| limit.is_exceeded_by(*amount));
    exceeded.map(|(limit, amount, message)| too_much_of(limit, amount, &message)).collect()
}

/// Too many signs that may each begin something of its own: a paragraph, a cell, a change of type.
pub(super) fn of_marks(limits: &Limits, files: &Files) -> Option<Diagnostic> {
    let marks = files.par_iter().map(|(name, bytes)| {
        let counts_lines = name.ends_with(".md");
        let is_mark = |byte: &&u8| MARKS_OF_PROSE.contains(*byte) || (counts_lines && **byte == b'\n');
        bytes.iter().filter(is_mark).count() as u64
    });
    let (marks, limit) = (marks.sum(), limits.of(MARKS));
    let message = format!("all texts together have {marks} signs of Markdown and lines");
    limit.is_exceeded_by(marks).then(|| too_much_of(limit, marks, &message))
}

/// Signs that begin or end something within a line.
const MARKS_OF_PROSE: &[u8] = b"*_`[|~<\\";

/// Too much in the pictures and fonts that are named.
pub(super) fn of_pictures(limits: &Limits, bytes: u64) -> Option<Diagnostic> {
    let limit = limits.of(ALL_PICTURES);
    let message = format!("the pictures and fonts that are named have {} together", limit.shown(bytes));
    limit.is_exceeded_by(bytes).then(|| too_much_of(limit, bytes, &message))
}

fn too_much_of(limit: Limit, amount: u64, message: &str) -> Diagnostic {
    let finding = Diagnostic::error("too-large", format!("{message}; the most is {limit}"));
    let help = limit.way_out(amount, "keep what is no part of the catalogue outside its folder");
    finding.at(Place::file(regimen_model::PROJECT_FILE), "").help(help)
}
