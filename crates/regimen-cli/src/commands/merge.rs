//! `regimen merge`

use std::path::PathBuf;

use clap::Args;
use regimen_build::{Error, Merged, Tally, merge};

use super::build::{failed, kept_going};
use super::people::counted;
use crate::exit::Exit;
use crate::report;
use crate::report::text::size;

/// Join the output folders that several machines made with `build --people --shard`
///
/// The result is what one build of the whole roster makes, byte for byte. It has only the files of the people in these
/// folders: those of others, which an earlier build or merge wrote there, are removed.
///
/// That the shares are of one roster is known by its ids alone, so build all of them from one copy of it.
#[derive(Debug, Args)]
pub(crate) struct Merge {
    /// The folders to join
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// The folder to write to
    #[arg(long, short, value_name = "OUT")]
    out: PathBuf,
    /// Write into a folder that another program filled, or over files that were changed by hand
    #[arg(long)]
    adopt: bool,
}

/// Joins folders.
pub(crate) fn run(arguments: &Merge) -> Exit {
    let Merged { people, exporters, refused, left_behind } =
        match merge(&arguments.folders, &arguments.out, arguments.adopt) {
            Ok(merged) => merged,
            Err(error) => return failed(&error),
        };
    for tally in &exporters {
        report::line(&format!("{:<9} {}", tally.exporter, summed_up(tally)));
    }
    report::line(&format!("people    {} in {}", counted(people), arguments.out.display()));
    for id in left_behind {
        report::note(&format!(
            "`{id}` is in none of these folders, and files of theirs that were changed by hand stay"
        ));
    }
    if refused.is_empty() { Exit::Fine } else { kept_going(&Error::Refused(refused)) }
}

/// "36 files (180 kB): 12 written, 24 unchanged"
fn summed_up(tally: &Tally) -> String {
    let Tally { exporter: _, written, unchanged, removed, bytes } = tally;
    let changes = [(written, "written"), (unchanged, "unchanged"), (removed, "removed")];
    let changes: Vec<String> =
        changes.into_iter().filter(|(count, _)| **count > 0).map(|(count, done)| format!("{count} {done}")).collect();
    let files = written + unchanged;
    format!("{files} {} ({}): {}", if files == 1 { "file" } else { "files" }, size(*bytes), changes.join(", "))
}
