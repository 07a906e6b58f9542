//! Words of cells that mean no session, and what is said of them.

use std::collections::BTreeMap;

use regimen_model::diagnostic::Diagnostic;
use regimen_model::model::{Cell, CellAmount, CellSession, RunTarget};
use regimen_model::quantity;
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::{Suggestions, did_you_mean};
use regimen_model::vocabulary::SessionKind;

use super::Checked;
use super::unread::and_more;

fn unknown_word(session: &CellSession) -> Diagnostic {
    Diagnostic::error("grid", format!("the grid does not know `{}`", session.name()))
}

impl Checked<'_> {
    /// Words of cells that mean no session.
    pub(super) fn words(&self) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        // One cause is one finding, in however many cells.
        let mut unknown: Vec<(Diagnostic, usize)> = Vec::new();
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        for (week, column, session) in self.grid.named() {
            if let Some(pause) = easy_pause(session) {
                let message =
                    format!("`easy` in `{session}` names the session, and not how {pause} between the repeats are run");
                let place = self.grid.place(&self.program.file, week, column);
                let finding = Diagnostic::warning("grid", message).at(place, "");
                findings.push(finding.help(format!(
                    "write `{pause} jog` for what comes between; if the session is meant, its word stands before the comma and `jog` behind it"
                )));
            }
            if self.is_known(session.name()) {
                continue;
            }
            match known.get(session.name()) {
                Some(at) => unknown[*at].1 += 1,
                None => {
                    let place = self.grid.place(&self.program.file, week, column);
                    // Who has a hundred unknown words has not mistyped them.
                    let finding = if unknown.len() < Suggestions::MOST as usize {
                        self.unknown(session)
                    } else {
                        unknown_word(session).help("name its sessions under `sessions` of the grid")
                    };
                    known.insert(session.name(), unknown.len());
                    unknown.push((finding.at(place, ""), 0));
                }
            }
        }
        findings.extend(unknown.into_iter().map(|(mut finding, others)| {
            finding.message += &and_more(others);
            finding
        }));
        findings
    }

    /// Whether a word of a cell means a session.
    pub(super) fn is_known(&self, name: &str) -> bool {
        self.grid.sessions.contains_key(name) || self.is_session(name)
    }

    fn is_session(&self, name: &str) -> bool {
        let id = name.parse::<Id<_>>().ok();
        id.is_some_and(|id| self.catalog.sessions.contains_key(&id) || self.damaged.contains(&Reference::from(&id)))
    }

    pub(super) fn unknown(&self, session: &CellSession) -> Diagnostic {
        let name = session.name();
        if session.word.is_none() {
            let message = format!("`{session}` names no session, and the grid does not say what `{name}` means");
            let help = format!(
                "write the session into the cell, or add `{name}:` with a session under `sessions` of the grid"
            );
            return Diagnostic::error("grid", message).help(help);
        }
        let former = self.catalog.former_ids(Kind::Session).into_iter().find(|(former, _)| *former == name);
        let help = match former {
            Some((_, now)) => format!("the session is called `{now}` now"),
            None => self.other_form(session).unwrap_or_else(|| self.near(name)),
        };
        unknown_word(session).help(help)
    }

    /// How a cell says what is written in another form than that of a session.
    fn other_form(&self, session: &CellSession) -> Option<String> {
        let name = session.name();
        if matches!(name, "none" | "nothing" | "n/a" | "na" | "x" | "free" | "holiday" | "travel" | "ill" | "sick") {
            return Some("a day on which nothing is done is `rest`".to_owned());
        }
        if let Some(help) = self.hour_behind(name).filter(|_| !name.contains('/')) {
            return Some(help);
        }
        if let Some(offer) = pause_behind_slash(session)
            .or_else(|| halves_behind_slash(session))
            .or_else(|| self.choice_behind_slash(session))
        {
            return Some(offer);
        }
        if let Some(help) = part_of_run(session) {
            return Some(help);
        }
        if let Some(help) = self.note_behind(session) {
            return Some(help);
        }
        let target = pace_called(name).or_else(|| named_pace(name).filter(|_| session.amount.is_some()));
        if let Some(target) = target.filter(|_| session.target.is_none()) {
            let paced = CellSession { word: None, target: Some(target), ..session.clone() };
            return Some(format!(
                "a pace stands behind `@`: `{paced}`; for a session of that name add `{name}:` with it under `sessions` of the grid"
            ));
        }
        let faster = if name.ends_with("strides") || name == "stride" { "strides" } else { "fast" };
        let of_run = |run: &str| {
            let amount = match session.amount {
                Some(CellAmount::Length(length)) => length.to_string(),
                _ => "5 mi".to_owned(),
            };
            let run = self.word_in(run);
            format!(
                "what is faster in a run is a part of it, with how often and how long: `{amount} {run} with 6x20 s {faster}`"
            )
        };
        if name == "fast"
            && let Some(CellAmount::Length(length)) = session.amount
        {
            return Some(format!("how fast it is stands behind `@`, as in `{length} @ 10k pace`; {}", of_run("easy")));
        }
        if matches!(name, "strides" | "stride" | "fast") {
            return Some(of_run("easy"));
        }
        if let Some((run, _)) = name.split_once(" with ") {
            return Some(of_run(run));
        }
        let (first, then) = [" and ", " plus "].iter().find_map(|word| name.split_once(word))?;
        Some(format!("two sessions of a day have `+` between them: `{first} + {then}`"))
    }

    /// Words of the grid with a slash between them, which are read as one: `5 mi run/cross`.
    fn choice_behind_slash(&self, session: &CellSession) -> Option<String> {
        let words: Vec<&str> = session.name().split('/').collect();
        let (first, others) = words.split_first().filter(|(_, others)| !others.is_empty())?;
        let are_known = words.iter().all(|word| self.grid.sessions.contains_key(*word) || self.is_session(word));
        let first = CellSession { word: first.parse().ok(), ..session.clone() };
        are_known.then(|| format!("one of several has `or` before it: `{first} or {}`", others.join(" or ")))
    }

    /// A note without its brackets: `6 mi easy hilly`.
    fn note_behind(&self, session: &CellSession) -> Option<String> {
        let name = session.name();
        let (word, note) = name.match_indices(' ').rev().find_map(|(at, _)| {
            let (word, note) = (&name[..at], name[at + 1..].trim());
            self.is_known(word).then_some((word, note))
        })?;
        let is_note = !note.split(' ').any(|word| OF_RUNS.contains(&word)) && !self.is_known(note);
        let key = note.replace(' ', "-").parse().ok().filter(|_| is_note)?;
        let id = self.grid.session(word)?;
        let noted = CellSession { word: word.parse().ok(), note: Some(key), ..session.clone() };
        Some(format!(
            "a note stands in brackets, `{noted}`, and is a text of its session: `{}: ...` under `texts` in the words of `{id}`; for a \
             session of that name add `{name}:` with it under `sessions` of the grid",
            note.replace(' ', "-")
        ))
    }

    /// How a cell says when on its day a session is done: `6 km easy pm`, `gym (evening)`.
    fn hour_behind(&self, name: &str) -> Option<String> {
        let (before, hour) = name.rsplit_once([' ', '-']).unwrap_or(("", name));
        let at = match hour {
            "am" | "morning" => "morning",
            "pm" | "afternoon" | "evening" => "evening",
            _ => return None,
        };
        let run = if before.is_empty() { "run" } else { before };
        let session = self.grid.session(run).filter(|id| self.is_session(id.as_str()));
        let word = format!("{}-{hour}", run.replace(' ', "-"));
        let add = match session {
            Some(session) => format!("`{word}: {{session: {session}, at: {at}}}`"),
            None => format!("`{word}:` with `{{session: ..., at: {at}}}`"),
        };
        Some(format!(
            "a word says when on its day its session is done: add {add} under `sessions` of the grid, \
             and write `{word}`"
        ))
    }

    /// The word of the grid that is, or is in, some words of a cell; `easy` of `easy run`.
    fn word_in<'t>(&self, words: &'t str) -> &'t str {
        let is_known = |word: &&str| self.grid.sessions.contains_key(*word) || self.is_session(word);
        std::iter::once(words).chain(words.split(' ')).find(is_known).unwrap_or(words)
    }

    /// Words like one that the grid does not know, with as many parts, and how to say what it means.
    fn near(&self, name: &str) -> String {
        let words = self.grid.sessions.keys().map(|word| word.as_str());
        let parts = |text: &str| text.split([' ', '-']).count();
        let all = words.chain(self.catalog.ids(Kind::Session)).chain(["rest"]);
        let near = did_you_mean(name, all.filter(|word| parts(word) >= parts(name)));
        let of_kind = |kind| self.catalog.sessions.values().find(|session| session.kind == kind);
        let session = kind_called(name).and_then(of_kind);
        // Adding the word would change nothing.
        if name.starts_with("x-") {
            let instead = match session {
                Some(session) => format!("write `{}`", session.id),
                None => {
                    "write `cross-train`, and add `cross-train:` with a session under `sessions` of the grid".to_owned()
                }
            };
            return format!("keys that begin with `x-` are not read, so no word does: {instead}");
        }
        let add = match session {
            Some(session) => format!("`{name}: {}`", session.id),
            None => format!("`{name}:` with a session"),
        };
        let add = format!("add {add} under `sessions` of the grid");
        near.map_or_else(|| add.clone(), |near| format!("{near} otherwise {add}"))
    }
}

/// Words behind that of a session that say no more than it does, or something else than what to mind.
const OF_RUNS: [&str; 20] = [
    "with", "and", "plus", "last", "then", "to", "run", "runs", "jog", "day", "session", "workout", "pace", "effort",
    "strides", "fast", "race", "repeats", "am", "pm",
];

/// What comes between repeats, where the word `easy` behind it may be meant of it: `3x10 min @ threshold, 2 min easy`.
fn easy_pause(session: &CellSession) -> Option<String> {
    let Some(CellAmount::Repeats { between: Some(between), .. }) = &session.amount else { return None };
    let is_easy = session.word.as_ref().is_some_and(|word| word.as_str() == "easy");
    (is_easy && between.manner.is_none()).then(|| between.to_string())
}

/// What leads to a run or away from it, or gets faster, which needs no word of its own.
fn part_of_run(session: &CellSession) -> Option<String> {
    let Some(CellAmount::Length(length)) = session.amount else { return None };
    match session.name().replace([' ', '-', '/'], "").as_str() {
        "wu" | "warmup" | "cd" | "cooldown" | "warmdown" => Some(format!(
            "what leads to a run or away from it is `{length} easy`, with `, then` between the parts: `{length} easy, then 20 min @ threshold \
             pace, then {length} easy`; for a session of that name list it under `sessions` of the grid"
        )),
        "progression" | "progressive" | "progressionrun" => Some(format!(
            "a run that gets faster says from which pace to which: `{length} @ easy to marathon pace`; for a session of that name list it \
             under `sessions` of the grid"
        )),
        _ => None,
    }
}

/// Sessions of morning and evening with a slash between them, which is read as a part of their word: `5 mi am/4 mi pm`.
fn halves_behind_slash(session: &CellSession) -> Option<String> {
    session.name().split_once('/').filter(|(_, behind)| behind.starts_with(|c: char| c.is_ascii_digit()))?;
    let wrong = session.to_string().replacen('/', " / ", 1).parse::<Cell>().err()?.to_string();
    wrong.rsplit_once("; ").map(|(_, offer)| offer.to_owned())
}

/// The pause of repeats behind a slash, which is read as a part of their word: `6x400m hard/200m jog`.
fn pause_behind_slash(session: &CellSession) -> Option<String> {
    let is_repeated = matches!(session.amount, Some(CellAmount::Repeats { .. } | CellAmount::Sets { .. }));
    let is_length = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let (word, _) = session.name().split_once('/').filter(|(_, pause)| is_repeated && is_length(pause))?;
    let written = session.to_string().replacen(&format!("{word}/"), &format!("{word}, "), 1);
    match written.parse::<Cell>() {
        Ok(cell) => Some(format!("did you mean `{cell}`?")),
        Err(wrong) => wrong.to_string().rsplit_once("; ").map(|(_, offer)| offer.to_owned()),
    }
}

/// The kind of session that some words name.
fn kind_called(name: &str) -> Option<SessionKind> {
    match name.replace(' ', "-").as_str() {
        "race" | "race-day" | "marathon" | "half-marathon" => Some(SessionKind::Race),
        "xt" | "ct" | "x-train" | "cross-train" | "cross-training" => Some(SessionKind::CrossTrain),
        _ => None,
    }
}

/// The pace with a name that is also a word for a run: `threshold`, `steady`. Easy runs and races are sessions.
fn named_pace(name: &str) -> Option<RunTarget> {
    let is_session = name == "easy" || kind_called(name).is_some();
    format!("{name} pace").parse().ok().filter(|_| !is_session)
}

/// The pace that a word of a cell is: `marathon pace`, `MP`.
fn pace_called(name: &str) -> Option<RunTarget> {
    match name {
        // `z2`, `zone 2`
        _ if name.contains(|c: char| c.is_ascii_digit()) => quantity::meant::<RunTarget>(name).first()?.parse().ok(),
        "mp" | "gmp" | "hmp" | "rp" | "e" | "m" | "t" | "r" => quantity::meant::<RunTarget>(name).first()?.parse().ok(),
        "pace" => "race pace".parse().ok(),
        _ => name.parse().ok(),
    }
}
