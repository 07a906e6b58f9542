//! Showing findings and results: the only module that prints.

mod findings;
pub(crate) mod text;

use std::io::{IsTerminal as _, Write as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use regimen_catalog::{Catalog, Kind};

pub(crate) use findings::Findings;
pub(crate) use text::printable;

use crate::arguments::Colour;

/// Whether a part of the result could not be printed.
static LOST: AtomicBool = AtomicBool::new(false);

/// Prints a line of the result. A reader that went away, such as `head`, is no reason to fail; a full disk is.
pub(crate) fn line(text: &str) {
    let printed = writeln!(std::io::stdout(), "{}", text::safe(text)).and_then(|()| std::io::stdout().flush());
    if printed.is_err_and(|error| error.kind() != std::io::ErrorKind::BrokenPipe) {
        LOST.store(true, Ordering::Relaxed);
    }
}

/// Prints JSON.
pub(crate) fn json(json: &str) {
    line(&text::json(json));
}

/// Whether a part of the result could not be printed, so that the program must not end well.
pub(crate) fn is_lost() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// Prints a line about the result.
pub(crate) fn note(text: &str) {
    let _gone = writeln!(std::io::stderr(), "{}", text::safe(text));
}

/// Says why nothing was done, and the way out.
pub(crate) fn failure(message: &str, help: Option<&str>) {
    use annotate_snippets::{Group, Level};
    let title = printable(message);
    let mut group = Group::with_title(Level::ERROR.primary_title(&title));
    let help = help.map(printable);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help));
    }
    note(&findings::renderer().render(&[group]));
}

/// Asks a question on a terminal, and tells whether the answer is yes.
pub(crate) fn agrees(question: &str) -> bool {
    let _gone = write!(std::io::stderr(), "{} [y/N] ", printable(question));
    let mut answer = String::new();
    let is_read = std::io::stdin().read_line(&mut answer).is_ok();
    is_read && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes")
}

/// When to use colour, as the user said it.
static COLOUR: OnceLock<Colour> = OnceLock::new();

/// Sets once when to use colour.
pub(crate) fn set_colour(colour: Colour) {
    COLOUR.get_or_init(|| colour);
}

/// Whether findings are drawn in colour: on a terminal, unless `NO_COLOR` says no (no-color.org). An argument weighs
/// more than the environment.
fn coloured() -> bool {
    match COLOUR.get() {
        Some(Colour::Always) => return true,
        Some(Colour::Never) => return false,
        Some(Colour::Auto) | None => {}
    }
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    std::io::stderr().is_terminal() && !refused
}

/// What a catalogue holds: "25 exercises, 1 programme".
pub(crate) fn contents(catalog: &Catalog) -> String {
    let counted = Kind::ALL.into_iter().map(|kind| (kind, catalog.ids(kind).len())).filter(|(_, count)| *count > 0);
    let shown = counted.map(|(kind, count)| match kind {
        Kind::Equipment if count == 1 => "1 piece of equipment".to_owned(),
        Kind::Equipment => format!("{count} pieces of equipment"),
        Kind::Program => format!("{count} programme{}", if count == 1 { "" } else { "s" }),
        _ => format!("{count} {}{}", kind.scheme().replace('-', " "), if count == 1 { "" } else { "s" }),
    });
    let shown: Vec<_> = shown.collect();
    if shown.is_empty() { "an empty catalogue".into() } else { shown.join(", ") }
}
