//! `regimen log`

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::exit::Exit;
use crate::exporters::{Done, FilledField, FilledLog, LARGEST_LOG, read_log};
use crate::report;

/// Read what was filled in on handouts that were built with `log: fields`
///
/// A row for each field in the order of the pages, with what was planned and what was filled in, empty if nothing was. Nothing is
/// printed unless every file can be read.
#[derive(Debug, Args)]
pub(crate) struct Log {
    /// The handouts
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// How to show the rows
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    format: LogFormat,
}

/// A way to show rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// For spreadsheets
    Csv,
    /// For programs
    Json,
}

/// A field as programs read it; what is not known is `null`.
#[derive(Debug, Serialize)]
struct LogRow {
    file: String,
    sheet: Option<String>,
    title: Option<String>,
    mark: Option<String>,
    name: String,
    label: Option<String>,
    week: Option<u32>,
    day: Option<String>,
    date: Option<String>,
    session: Option<String>,
    exercise: Option<String>,
    time: Option<u32>,
    planned: Option<String>,
    done: Option<Noted>,
}

/// What was written, or whether a box is ticked.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Noted {
    Text(String),
    Ticked(bool),
}

/// Reads the handouts and shows their rows.
pub(crate) fn run(log: &Log) -> Exit {
    let (mut rows, mut worst) = (Vec::new(), Exit::Fine);
    for file in &log.files {
        match read(file) {
            Ok(filled) => rows.extend(rows_of(file, filled)),
            Err(refusal) => {
                report::failure(&format!("`{}`: {}", file.display(), refusal.reason), Some(refusal.way_out));
                worst = if worst == Exit::Io { worst } else { refusal.exit };
            }
        }
    }
    if worst != Exit::Fine {
        return worst;
    }
    match log.format {
        LogFormat::Csv => report::line(&csv(&rows)),
        LogFormat::Json => report::json(&serde_json::to_string_pretty(&rows).unwrap_or_else(|_| "[]".into())),
    }
    Exit::Fine
}

/// Why a file was not read, and what to do about it.
struct Refusal {
    reason: String,
    way_out: &'static str,
    exit: Exit,
}

fn read(file: &Path) -> Result<FilledLog, Refusal> {
    let refused = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            let reason = "there is no such file".to_owned();
            Refusal { reason, way_out: "name the handouts that were sent back", exit: Exit::Usage }
        }
        io::ErrorKind::IsADirectory => {
            let reason = "it is a folder".to_owned();
            Refusal { reason, way_out: "name the files in it, as in `regimen log back/*.pdf`", exit: Exit::Usage }
        }
        _ => Refusal { reason: error.to_string(), way_out: "see whether you may read the file", exit: Exit::Io },
    };
    let mut bytes = Vec::new();
    // What is larger is refused, so that no more of it has to be read.
    let opened = File::open(file).map(|file| file.take(LARGEST_LOG as u64 + 1));
    opened.and_then(|mut file| file.read_to_end(&mut bytes)).map_err(|error| refused(&error))?;
    read_log(&bytes).map_err(|unread| Refusal {
        reason: unread.to_string(),
        way_out: unread.way_out(),
        exit: Exit::Usage,
    })
}

fn rows_of(file: &Path, log: FilledLog) -> impl Iterator<Item = LogRow> {
    let FilledLog { sheet, title, mark, fields } = log;
    let file = file.display().to_string().replace('\\', "/");
    fields.into_iter().map(move |field| {
        let FilledField { name, label, week, day, date, session, exercise, time, planned, done } = field;
        LogRow {
            file: file.clone(),
            sheet: said(&sheet),
            title: said(&title),
            mark: said(&mark),
            name,
            label: said(&label),
            week,
            day: said(&day),
            date: said(&date),
            session: said(&session),
            exercise: said(&exercise),
            time,
            planned: said(&planned),
            done: match done {
                Done::Text(text) => said(&text).map(Noted::Text),
                Done::Ticked(ticked) => Some(Noted::Ticked(ticked)),
            },
        }
    })
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The columns, named as the keys of the JSON are.
const COLUMNS: [&str; 14] = [
    "file", "sheet", "title", "mark", "name", "label", "week", "day", "date", "session", "exercise", "time", "planned",
    "done",
];

/// A ticked box.
const TICKED: &str = "yes";

/// The rows below the names of their columns, without the end of the last line (RFC 4180, with bare line feeds).
fn csv(rows: &[LogRow]) -> String {
    let mut lines = vec![COLUMNS.join(",")];
    lines.extend(rows.iter().map(|row| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let done = match &row.done {
            Some(Noted::Text(text)) => text.as_str(),
            Some(Noted::Ticked(true)) => TICKED,
            Some(Noted::Ticked(false)) | None => "",
        };
        let cells = [
            row.file.clone(),
            text(&row.sheet),
            text(&row.title),
            text(&row.mark),
            row.name.clone(),
            text(&row.label),
            number(row.week),
            text(&row.day),
            text(&row.date),
            text(&row.session),
            text(&row.exercise),
            number(row.time),
            text(&row.planned),
            done.to_owned(),
        ];
        cells.iter().map(|cell| csv_cell(cell)).collect::<Vec<_>>().join(",")
    }));
    lines.join("\n")
}

/// A cell that is text in any spreadsheet: what would begin a formula has an apostrophe before it.
fn csv_cell(text: &str) -> String {
    let clean: String = text.chars().map(|sign| if sign.is_control() && sign != '\n' { ' ' } else { sign }).collect();
    // Spreadsheets look behind blanks.
    let is_formula = clean.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let safe = if is_formula { format!("'{clean}") } else { clean };
    let is_quoted = safe.contains([',', ';', '"', '\n']) || safe.trim() != safe;
    if is_quoted { format!("\"{}\"", safe.replace('"', "\"\"")) } else { safe }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_text_in_any_spreadsheet() {
        for (written, cell) in [
            ("3 × 8", "3 × 8"),
            ("", ""),
            ("=1+1", "'=1+1"),
            (" @a", "' @a"),
            ("-5 kg, +2", "\"'-5 kg, +2\""),
            ("\t=1", "' =1"),
            ("a \"b\"\nc", "\"a \"\"b\"\"\nc\""),
            ("\u{1b}[2J", "\" [2J\""),
        ] {
            assert_eq!(csv_cell(written), cell, "{written:?}");
        }
    }

    #[test]
    fn rows_have_as_many_cells_as_there_are_columns() {
        let fields = vec![
            FilledField {
                name: "w1-a_curl".into(),
                week: Some(1),
                done: Done::Text("10".into()),
                ..FilledField::default()
            },
            FilledField { name: "w1-a".into(), done: Done::Ticked(true), ..FilledField::default() },
        ];
        let log = FilledLog { sheet: "programs/a".into(), title: "A".into(), mark: "K7Q2".into(), fields };
        let rows: Vec<LogRow> = rows_of(Path::new("a.pdf"), log).collect();
        let written = csv(&rows);
        assert_eq!(written.lines().nth(1), Some("a.pdf,programs/a,A,K7Q2,w1-a_curl,,1,,,,,,,10"));
        assert!(written.ends_with(",yes") && written.lines().all(|line| line.split(',').count() == COLUMNS.len()));
        let json = serde_json::to_value(&rows).unwrap();
        let keys: Vec<&String> = json[0].as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), COLUMNS.len());
        assert_eq!((&json[0]["done"], &json[1]["done"], &json[1]["week"]), (&"10".into(), &true.into(), &().into()));
    }
}
