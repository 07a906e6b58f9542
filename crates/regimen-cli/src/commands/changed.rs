//! `regimen changed`

mod history;
mod sheets;
mod since;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use clap::Args;
use regimen_export::compose::Revised;
use serde::Serialize;

use self::sheets::Sheet;
use super::list::ResultFormat;
use super::{load_catalog, usable};
use crate::arguments::CatalogFolder;
use crate::exit::Exit;
use crate::report;
use crate::report::printable;

/// A slip has at most this many changes; the sheet itself has all of them.
const ON_A_SLIP: usize = 4;

/// List whose sheets, days and doses are not as in an earlier edition, with a slip for each reader concerned
///
/// It compares with what is in the catalogue now, before anything is published, in the catalogue's own language.
#[derive(Debug, Args)]
pub(crate) struct Changed {
    /// The earlier edition: a date or the mark of a sheet, for which git is asked, or the folder of an earlier catalogue or output
    #[arg(long, value_name = "EDITION")]
    since: String,
    #[command(flatten)]
    catalog: CatalogFolder,
    /// How to show the changes
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: ResultFormat,
}

/// A sheet that is not as it was.
#[derive(Serialize)]
struct ChangedSheet {
    /// The path of its handout without the ending: `schedules/spring-2027`.
    sheet: String,
    /// Its mark in the earlier edition; `None` if it is new.
    before: Option<String>,
    /// Its mark now; `None` if it is gone.
    now: Option<String>,
    /// The titles of its sheets, or the sections of a guide, that are not as they were.
    pages: Vec<String>,
    changes: Vec<Change>,
    /// The files of entries that it prints and that are not as they were.
    files: Vec<String>,
    /// One line for its reader.
    slip: String,
}

/// A day or a dose that is not as it was.
#[derive(Serialize)]
struct Change {
    slot: String,
    session: String,
    exercise: String,
    before: Option<String>,
    now: Option<String>,
    #[serde(skip)]
    text: String,
}

/// Compares the catalogue with an earlier edition.
pub(crate) fn run(changed: &Changed) -> Exit {
    match compared(changed) {
        Ok(found) => {
            show(changed, &found);
            Exit::Fine
        }
        Err(exit) => exit,
    }
}

fn compared(changed: &Changed) -> Result<Vec<ChangedSheet>, Exit> {
    let folder = &changed.catalog.folder;
    let loaded = load_catalog(folder)?;
    usable(&loaded, folder)?;
    let now = sheets::of(&loaded);
    let earlier = since::find(&changed.since, folder, &now).map_err(|(message, help)| {
        report::failure(&message, Some(&help));
        Exit::Usage
    })?;
    match earlier {
        since::Earlier::Newest => Ok(Vec::new()),
        since::Earlier::Marks(marks) => Ok(by_mark(&marks, &now)),
        since::Earlier::Catalog(old, only) => {
            let before = sheets::of(&old);
            let keys = before.keys().chain(now.keys().filter(|key| !before.contains_key(*key)));
            let keys = keys.filter(|key| only.as_ref().is_none_or(|only| only.contains(*key)));
            Ok(keys.filter_map(|key| difference(key, before.get(key), now.get(key))).collect())
        }
    }
}

/// The sheets whose readers have another mark; nothing else is known of what they have.
fn by_mark(marks: &since::Marks, now: &sheets::Sheets<'_>) -> Vec<ChangedSheet> {
    let calendars = now.iter().filter(|(key, _)| key.starts_with("schedules/"));
    let changed = calendars.filter_map(|(key, sheet)| {
        let before = marks.get(&sheet.name);
        let mark = sheet.mark.to_string();
        (before != Some(&mark)).then(|| listed(key, (before.cloned(), Some(mark)), Difference::default()))
    });
    changed.collect()
}

/// What a sheet has that is not as it was.
#[derive(Default)]
struct Difference {
    pages: Vec<String>,
    revised: Vec<Revised>,
    files: Vec<String>,
}

fn difference(key: &str, before: Option<&Sheet<'_>>, now: Option<&Sheet<'_>>) -> Option<ChangedSheet> {
    let marks = (before.map(|sheet| sheet.mark.to_string()), now.map(|sheet| sheet.mark.to_string()));
    let (Some(old), Some(new)) = (before, now) else { return Some(listed(key, marks, Difference::default())) };
    let revised = old.revisions(new);
    if old.mark == new.mark && revised.is_empty() {
        return None;
    }
    let files = if old.mark.without_days() == new.mark.without_days() { Vec::new() } else { old.other_files(new) };
    let (key, pages) = (new.path(), old.pages(new));
    Some(listed(&key, marks, Difference { pages, revised, files }))
}

fn listed(sheet: &str, (before, now): (Option<String>, Option<String>), difference: Difference) -> ChangedSheet {
    let Difference { pages, revised, files } = difference;
    let marks = Revised { before: before.clone(), now: now.clone(), ..Revised::default() }.change();
    let mut said = first_of(said_once(&revised));
    if said.is_empty() {
        said.clone_from(&files);
    }
    let name = sheet.split_once('/').map_or(sheet, |(_, name)| name);
    let on = if pages.is_empty() { String::new() } else { format!(" [{}]", first_of(pages.clone()).join("; ")) };
    let end = if said.is_empty() { String::new() } else { format!(": {}", said.join("; ")) };
    let changes = revised.into_iter().map(|one| Change {
        text: one.change(),
        slot: one.slot,
        session: one.session,
        exercise: one.exercise,
        before: one.before,
        now: one.now,
    });
    let (slip, changes) = (format!("{name}: {marks}{on}{end}"), changes.collect());
    ChangedSheet { sheet: sheet.to_owned(), before, now, pages, changes, files, slip }
}

/// As many as a slip has, and how many more there are.
fn first_of(all: Vec<String>) -> Vec<String> {
    let rest = all.len().saturating_sub(ON_A_SLIP);
    all.into_iter().take(ON_A_SLIP).chain((rest > 0).then(|| format!("(+ {rest})"))).collect()
}

/// A change that several sessions share is said of the first one, with how many others have it.
fn said_once(revised: &[Revised]) -> Vec<String> {
    let mut said: Vec<(&Revised, String, usize)> = Vec::new();
    for one in revised {
        let change = one.change();
        match said.iter_mut().find(|(_, known, _)| *known == change) {
            Some((.., others)) => *others += 1,
            None => said.push((one, change, 0)),
        }
    }
    let line = |(one, change, others): (&Revised, String, usize)| match others {
        0 => format!("{}: {change}", one.session),
        others => format!("{} (+ {others}): {change}", one.session),
    };
    said.into_iter().map(line).collect()
}

/// The sessions and what changes in each; those in which the same changes as in an earlier one are counted with that.
fn by_session(changes: &[Change]) -> Vec<(&str, usize, Vec<&str>)> {
    let mut said: Vec<(&str, usize, Vec<&str>)> = Vec::new();
    let mut known: HashMap<Vec<&str>, usize> = HashMap::new();
    for of_session in changes.chunk_by(|one, next| one.session == next.session) {
        let texts: Vec<&str> = of_session.iter().map(|change| change.text.as_str()).collect();
        match known.entry(texts) {
            Entry::Occupied(at) => said[*at.get()].1 += 1,
            Entry::Vacant(new) => {
                said.push((&of_session[0].session, 0, new.key().clone()));
                new.insert(said.len() - 1);
            }
        }
    }
    said
}

fn show(changed: &Changed, found: &[ChangedSheet]) {
    if changed.format == ResultFormat::Json {
        return report::json(&serde_json::to_string_pretty(found).unwrap_or_else(|_| "[]".into()));
    }
    if found.is_empty() {
        return report::note(&format!("nothing that is handed out has changed since {}", printable(&changed.since)));
    }
    for sheet in found {
        let marks = [&sheet.before, &sheet.now].map(|mark| mark.as_deref().unwrap_or("none"));
        report::line(&printable(&format!("{}: {} → {}", sheet.sheet, marks[0], marks[1])));
        if !sheet.pages.is_empty() {
            report::line(&printable(&format!("  on {}", sheet.pages.join("; "))));
        }
        for (session, others, texts) in by_session(&sheet.changes) {
            let others = if others == 0 { String::new() } else { format!(" (+ {others})") };
            report::line(&printable(&format!("  {session}{others}")));
            texts.iter().for_each(|text| report::line(&printable(&format!("    {text}"))));
        }
        sheet.files.iter().for_each(|file| report::line(&printable(&format!("  in {file}"))));
    }
    report::line("");
    found.iter().for_each(|sheet| report::line(&printable(&sheet.slip)));
}
