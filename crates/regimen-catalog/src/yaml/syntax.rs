//! What parsers say about broken YAML, in the words of somebody who writes exercises.

use std::ops::Range;

use super::{MAX_DEPTH, wording};
use regimen_model::diagnostic::{Diagnostic, FilePath, Place};

/// The way out where a value refers to another.
pub(super) const ALIAS_HELP: &str = "if the sign belongs to the text, put the whole text in quotes; else write the value out (blocks that several \
     sessions share go into a fragment, used with `use:`)";

/// The way out for `level:3`.
pub(super) const SPACE_HELP: &str = "put a space after the colon: `key: value`";

/// The way out where brackets are nested without end.
pub(super) const DEPTH_HELP: &str =
    "an entry needs fewer than ten levels; look for a bracket `[` or `{` that is never closed";

pub(super) fn too_deep() -> String {
    format!("this is nested more than {MAX_DEPTH} levels deep")
}

const QUOTE_HELP: &str = "put the whole text in quotes: `\"...\"`";

/// A syntax error in plain words.
pub(super) struct Explained {
    code: &'static str,
    range: Range<usize>,
    message: String,
    help: String,
    /// Another place that has to do with it.
    beside: Option<(Range<usize>, &'static str)>,
}

impl Explained {
    /// As a finding of a file whose YAML starts at the byte `base`.
    pub(super) fn diagnostic(self, base: usize, file: &FilePath) -> Diagnostic {
        let place = |range: Range<usize>| Place::bytes(file.clone(), base + range.start..base + range.end);
        let found = Diagnostic::error(self.code, self.message).at(place(self.range), "").help(self.help);
        match self.beside {
            Some((beside, text)) => found.at(place(beside), text),
            None => found,
        }
    }
}

/// Puts what a parser said about the byte `at` into plain words; the innermost open bracket stands at `bracket`.
pub(super) fn explain(said: &str, yaml: &str, at: usize, bracket: Option<Range<usize>>) -> Explained {
    let at = visible(yaml, at);
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if let Some(bracket) = &bracket
        && left_behind(yaml, bracket.start, at)
    {
        return unclosed_bracket(yaml, at, Some(bracket.clone()));
    }
    if has(&["unknown anchor", "anchor or alias"]) {
        return reference(yaml, at);
    }
    if has(&["recursion limit"]) {
        return Explained { code: "too-deep", ..syntax(at..at + 1, too_deep(), DEPTH_HELP) };
    }
    if has(&["tab"]) && !has(&["alphabet"]) {
        return tab(yaml, at);
    }
    if has(&["quoted scalar, found unexpected", "indentation in quoted scalar"]) {
        return unclosed_quote(yaml, at);
    }
    if has(&["simple key expect"]) {
        return no_colon(yaml, at);
    }
    if has(&["flow sequence", "flow mapping", "flow construct", "illegal placement"]) {
        return unclosed_bracket(yaml, at, bracket);
    }
    if has(&["expected key", "'-' indicator"]) {
        return unexpected_line(said, yaml, at);
    }
    if has(&["mapping values are not allowed"]) {
        return stray_colon(yaml, at);
    }
    by_table(said, yaml, at)
}

/// The parser's messages that mean one thing each.
const TABLE: &[(&str, &str, &str)] = &[
    (
        "trailing content after",
        "there is more text after the closing quote",
        "put the whole text between the quotes; between double quotes write `\\\"` for a quote, between single quotes `''`",
    ),
    (
        "escape character",
        "between double quotes, `\\` and the next character have no meaning here",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "escape code",
        "between double quotes, `\\` and what follows is not a character",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    (
        "hexadecimal",
        "between double quotes, `\\` and what follows is not a character",
        "write `\\\\` for a backslash, or use single quotes",
    ),
    ("unexpected character", "a text cannot start with this character", QUOTE_HELP),
    ("plain scalar cannot start", "a text cannot start like this", QUOTE_HELP),
    (
        "block sequence entries",
        "a list cannot start on the line of its key",
        "put each `- ` on a line of its own below the key; if the dash belongs to the text, put the text in quotes",
    ),
    ("mapping keys are not allowed", "a text cannot start with `? `", QUOTE_HELP),
    (
        "misplaced bracket",
        "this bracket closes nothing",
        "remove it; if it belongs to the text, put the whole text in quotes",
    ),
    (
        "block scalar",
        "after `|` or `>` the text starts on the next line, indented by two spaces",
        "move the text to the next line; if the sign belongs to the text, put the text in quotes",
    ),
    ("tag", "a text cannot start with `!` like this", QUOTE_HELP),
    ("irective", "a line cannot start with `%`", QUOTE_HELP),
    ("document", "this does not belong to the file's one document", "remove lines of `---` or `...` inside the file"),
];

fn by_table(said: &str, yaml: &str, at: usize) -> Explained {
    match TABLE.iter().find(|(word, ..)| said.contains(word)) {
        Some((_, message, help)) => syntax(here(yaml, at), *message, *help),
        None => syntax(
            here(yaml, at),
            "this line cannot be understood as YAML",
            "check the indentation, quotes and brackets of this line and the one above; a text with special characters goes in quotes",
        ),
    }
}

fn syntax(range: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Explained {
    Explained { code: "yaml-syntax", range, message: message.into(), help: help.into(), beside: None }
}

/// Whether a line behind the one with an open bracket is not indented deeper, so that the bracket cannot go on there.
fn left_behind(yaml: &str, bracket: usize, at: usize) -> bool {
    let line = line_start(yaml, bracket);
    let depth = indentation(&yaml[line..]);
    let end = rest_of_line(yaml, at).end;
    let later = yaml.get(bracket..end).unwrap_or_default().split('\n').skip(1);
    let mut later = later.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with([']', '}', '#']));
    later.any(|line| indentation(line) <= depth)
}

fn unclosed_bracket(yaml: &str, at: usize, bracket: Option<Range<usize>>) -> Explained {
    let help =
        "close it with `]` or `}`, with commas between the items; a text that starts with a bracket goes in quotes";
    match bracket {
        Some(bracket) => {
            let beside = Some((here(yaml, at), "it is not closed before this place"));
            Explained { beside, ..syntax(bracket, "this bracket is opened but not closed", help) }
        }
        None => syntax(here(yaml, at), "a bracket is opened but not closed before this place", help),
    }
}

/// `*name` refers to a value elsewhere; most often it is Markdown without quotes.
pub(super) fn alias(name: &str) -> Diagnostic {
    Diagnostic::error("yaml-alias", alias_message(name)).help(ALIAS_HELP)
}

fn alias_message(name: &str) -> String {
    format!("{name} stands for a value elsewhere in the file; catalogue files do not do that")
}

fn reference(yaml: &str, at: usize) -> Explained {
    let word = word(yaml, at);
    let message = alias_message(&wording::quote(&yaml[word.clone()]));
    Explained { code: "yaml-alias", ..syntax(word, message, ALIAS_HELP) }
}

fn tab(yaml: &str, at: usize) -> Explained {
    // The parser may stand at the text before the line that starts with a tab, or behind the tab.
    let start = line_start(yaml, at);
    let tab = yaml[start..].find('\t').map_or(at, |offset| start + offset);
    let range = if yaml[tab..].starts_with('\t') { tab..tab + 1 } else { here(yaml, tab) };
    syntax(range, "a tab is used for indentation", "use spaces, two for each level")
}

fn unclosed_quote(yaml: &str, at: usize) -> Explained {
    let help = if yaml[at..].starts_with('\'') {
        "close it with `'`; inside single quotes an apostrophe is written twice: `''`"
    } else {
        "close it with `\"`; inside double quotes a quote is written `\\\"`"
    };
    syntax(here(yaml, at), "a quote is opened here and not closed, or a following line is not indented", help)
}

fn no_colon(yaml: &str, at: usize) -> Explained {
    // The parser notices at the start of the next line.
    let before = yaml[..at].trim_end();
    let same_line = !yaml[line_start(yaml, at)..at].trim().is_empty();
    let noticed = if same_line { line_start(yaml, at) } else { line_start(yaml, before.len()) };
    no_key_value(yaml, first_without_colon(yaml, noticed))
}

/// The first of the lines without a colon that were read as one text down to the one at `line`.
fn first_without_colon(yaml: &str, line: usize) -> usize {
    match line_around(yaml, line, indentation(&yaml[line..])) {
        Some(around) if lacks_colon(yaml, around) => first_without_colon(yaml, around),
        _ => line,
    }
}

/// The nearest line before the one at `line` that is indented less than `depth`.
fn line_around(yaml: &str, line: usize, depth: usize) -> Option<usize> {
    let mut before = line_start(yaml, line.checked_sub(1)?);
    while indentation(&yaml[before..]) >= depth || rest_of_line(yaml, before).is_empty() {
        before = line_start(yaml, before.checked_sub(1)?);
    }
    Some(before)
}

/// Whether a line has no colon that ends a key, and is no item of a list either.
fn lacks_colon(yaml: &str, line: usize) -> bool {
    let text = yaml[rest_of_line(yaml, line)].trim_start();
    !text.contains(": ") && !text.ends_with(':') && !text.starts_with(['-', '#']) && !text.contains(" #")
}

/// The line that starts at the byte `line` has no colon.
fn no_key_value(yaml: &str, line: usize) -> Explained {
    let range = rest_of_line(yaml, line + indentation(&yaml[line..]));
    let help = if colon_without_space(&yaml[range.clone()]) {
        SPACE_HELP
    } else {
        "write `key: value`; a text that goes on over several lines is indented deeper than its key"
    };
    syntax(range, "this line is no `key: value`", help)
}

fn unexpected_line(said: &str, yaml: &str, at: usize) -> Explained {
    let line = line_start(yaml, at);
    let before = yaml[line..at].trim_end();
    if before.ends_with([']', '}']) {
        let help = format!("{QUOTE_HELP}; a text cannot start with a bracket");
        return syntax(here(yaml, at), "there is more text after the closing bracket", help);
    }
    if before.ends_with('-') || yaml[at..].starts_with("- ") {
        let help = "indent it like the lines around it; a list stands below its key, and keys and `- ` are not mixed";
        let start = line + before.len() - before.trim_start().len();
        return syntax(here(yaml, start), "a list item cannot stand here", help);
    }
    if said.contains("'-' indicator") {
        let help = "start it with `- ` if it is an item; else indent it like the key that it belongs to";
        return syntax(here(yaml, at), "this line is no item of the list in which it stands", help);
    }
    let help = "indent it exactly like the lines that it belongs to, two spaces for each level";
    syntax(here(yaml, at), "this line is not indented like the lines before it", help)
}

fn stray_colon(yaml: &str, at: usize) -> Explained {
    let line = line_start(yaml, at);
    if yaml[line..at].contains(": ") && yaml[at..].starts_with(':') {
        let help = "put the whole text after the first colon in quotes: `key: \"text: more\"`";
        return syntax(at..at + 1, "there is a second `: ` in this line", help);
    }
    if let Some(before) = line_without_colon(yaml, line) {
        return no_key_value(yaml, before);
    }
    let range = rest_of_line(yaml, line + indentation(&yaml[line..at]));
    let help = "check its indentation: a value that stands on the line above cannot have keys below it";
    syntax(range, "a key cannot stand here", help)
}

/// The line to which the one at the byte `line` seems to belong, as a neighbour or from inside, if it lacks a colon.
fn line_without_colon(yaml: &str, line: usize) -> Option<usize> {
    line_around(yaml, line, indentation(&yaml[line..]) + 1).filter(|before| lacks_colon(yaml, *before))
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// The place nearest to `at` that a reader can see: never behind the end of the last line with text.
fn visible(yaml: &str, at: usize) -> usize {
    let end = yaml.trim_end().len();
    let mut at = at.min(end);
    if at == end {
        at = yaml[..end].char_indices().next_back().map_or(0, |(last, _)| last);
    }
    at
}

/// From `at` to the end of its line, or just the next character.
fn here(yaml: &str, at: usize) -> Range<usize> {
    rest_of_line(yaml, at)
}

fn word(yaml: &str, at: usize) -> Range<usize> {
    let length = yaml[at..].find(char::is_whitespace).unwrap_or(yaml.len() - at);
    at..at + length
}

/// The marks `&name` and `!tag` that open a node.
pub(super) fn marks(yaml: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = start;
    std::iter::from_fn(move || {
        at += yaml[at..].len() - yaml[at..].trim_start().len();
        let mark = yaml[at..].starts_with(['&', '!']).then(|| word(yaml, at))?;
        at = mark.end;
        Some(mark)
    })
}

/// The bytes from `start` to the end of its line, without spaces at the end.
pub(super) fn rest_of_line(yaml: &str, start: usize) -> Range<usize> {
    let line = yaml[start..].split(['\n', '\r']).next().unwrap_or_default();
    start..start + line.trim_end().len()
}

/// Whether a line was probably meant as `key: value`.
pub(super) fn colon_without_space(line: &str) -> bool {
    line.split_once(':').is_some_and(|(key, value)| {
        !key.is_empty() && !key.contains(' ') && !value.is_empty() && !value.starts_with([' ', '/'])
    })
}

fn line_start(yaml: &str, at: usize) -> usize {
    yaml[..at].rfind('\n').map_or(0, |newline| newline + 1)
}
