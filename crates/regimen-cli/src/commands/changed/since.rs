//! Which earlier edition is meant.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;
use regimen_catalog::{Loaded, PROJECT_FILE, load, load_files};

use super::history::{Commit, History};
use super::sheets::{self, Sheets};

/// The marks of calendars, by the names of their schedules.
pub(super) type Marks = BTreeMap<String, String>;

/// No more states of the catalogue than these are looked through for a mark.
const MOST_COMMITS: usize = 500;

/// An earlier edition, as far as it is known.
pub(super) enum Earlier {
    /// It is the present one.
    Newest,
    /// The catalogue as it was; if the mark of a sheet was asked for, with the paths of the sheets that had it.
    Catalog(Box<Loaded>, Option<BTreeSet<String>>),
    /// What was published, as far as its calendars say it.
    Marks(Marks),
}

/// Why there is none, and the way out.
type NotFound = (String, String);

/// Finds the earlier edition that a date, a mark or a folder stands for.
pub(super) fn find(since: &str, folder: &Path, now: &Sheets<'_>) -> Result<Earlier, NotFound> {
    let path = Path::new(since);
    if path.join(PROJECT_FILE).is_file() {
        let loaded = load(path).map_err(|error| (error.to_string(), "name another folder".to_owned()))?;
        return usable(loaded, since);
    }
    if path.is_dir() {
        return published(path);
    }
    if let Ok(date) = since.parse::<Date>() {
        return on(date, folder);
    }
    let mark = since.to_ascii_uppercase();
    if !is_mark(&mark) {
        let message = format!("`{since}` is no date, no mark of a sheet, and no folder");
        return Err((message, "write a date such as 2026-11-20, a mark such as K7Q2-M4X, or name a folder".into()));
    }
    if !with_mark(&mark, now).is_empty() {
        return Ok(Earlier::Newest);
    }
    marked(&mark, folder)
}

fn usable(loaded: Loaded, since: &str) -> Result<Earlier, NotFound> {
    if loaded.catalog.is_some() {
        return Ok(Earlier::Catalog(Box::new(loaded), None));
    }
    Err((format!("the project file of {since} cannot be read"), "take an edition that could be built".into()))
}

fn is_mark(text: &str) -> bool {
    let (content, days) = text.split_once('-').map_or((text, None), |(content, days)| (content, Some(days)));
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    content.len() == 4 && all(content) && days.is_none_or(|days| days.len() == 3 && all(days))
}

/// The sheets with a mark, whole or in front of their days.
fn with_mark(mark: &str, sheets: &Sheets<'_>) -> BTreeSet<String> {
    let has = |own: &regimen_export::compose::Mark| own.to_string() == mark || own.without_days().to_string() == mark;
    sheets.iter().filter(|(_, sheet)| has(&sheet.mark)).map(|(key, _)| key.clone()).collect()
}

/// What the calendars of an output folder say of their editions: the last word of their descriptions.
fn published(out: &Path) -> Result<Earlier, NotFound> {
    let nothing = || {
        let message = format!("`{}` is neither a catalogue nor an output folder with calendars", out.display());
        (message, "name a folder that holds `regimen.yaml`, or one with calendars below `ics`".to_owned())
    };
    let mut marks = Marks::new();
    for entry in std::fs::read_dir(out.join("ics")).map_err(|_| nothing())?.flatten() {
        let path = entry.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).filter(|name| !name.contains('.'));
        let is_calendar = path.extension().is_some_and(|ending| ending == "ics");
        let Some(name) = name.filter(|_| is_calendar) else { continue };
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let said = text.lines().find_map(|line| line.strip_prefix("X-WR-CALDESC:"));
        if let Some(mark) = said.and_then(|said| said.split_whitespace().last()).filter(|mark| is_mark(mark)) {
            marks.insert(name.to_owned(), mark.to_owned());
        }
    }
    if marks.is_empty() { Err(nothing()) } else { Ok(Earlier::Marks(marks)) }
}

fn on(date: Date, folder: &Path) -> Result<Earlier, NotFound> {
    let history = History::of(folder).map_err(no_history)?;
    let Some(commit) = history.commits.iter().find(|commit| commit.date <= date) else {
        let message = format!("git has no state of `{}` of {date} or before", folder.display());
        return Err((message, "name the folder of an earlier catalogue".into()));
    };
    usable(state(&history, commit)?, &date.to_string())
}

fn marked(mark: &str, folder: &Path) -> Result<Earlier, NotFound> {
    let history = History::of(folder).map_err(no_history)?;
    for commit in history.commits.iter().take(MOST_COMMITS) {
        let loaded = state(&history, commit)?;
        let found = with_mark(mark, &sheets::of(&loaded));
        if !found.is_empty() {
            return Ok(Earlier::Catalog(Box::new(loaded), Some(found)));
        }
    }
    let message = format!("no sheet has the mark {mark}, nor had it in what git remembers of `{}`", folder.display());
    Err((message, "look at the mark again, or name the folder of an earlier catalogue".into()))
}

fn state(history: &History<'_>, commit: &Commit) -> Result<Loaded, NotFound> {
    history.files(commit).map(|files| load_files(&files)).map_err(no_history)
}

fn no_history(why: String) -> NotFound {
    (why, "an earlier edition is found by date or mark where git keeps the catalogue; else name the folder of an earlier one".into())
}
