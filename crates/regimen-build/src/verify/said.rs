//! What is said of an output folder that is not as it should be.

use std::path::Path;

use regimen_catalog::{Diagnostic, Place};

use crate::asked::Asked;
use crate::error::{Error, Reason};
use crate::manifest::MANIFEST;
use crate::shown::plain;

/// A finding at a published file.
fn error(code: &'static str, folder: &Path, path: &str, what: &str) -> Diagnostic {
    let file = shown(folder, path);
    Diagnostic::error(code, format!("`{file}` {what}")).at(Place::at(file, 1, 1), "")
}

fn shown(folder: &Path, path: &str) -> String {
    folder.join(path).display().to_string().replace('\\', "/")
}

pub(super) fn no_folder(folder: &Path) -> Error {
    Error::Usage {
        message: format!("there is no folder `{}`", folder.display()),
        help: "name the folder that `regimen build` wrote to".into(),
    }
}

pub(super) fn no_manifest(folder: &Path) -> Error {
    Error::Usage {
        message: format!("`{}` has no `{MANIFEST}`, so no build of Regimen wrote to it", folder.display()),
        help: "name the folder that `regimen build` wrote to, with its manifest".into(),
    }
}

pub(super) fn damaged_options(folder: &Path) -> Error {
    let reason = "no build can have been asked for the options in it".to_owned();
    Error::refused(folder.join(MANIFEST), Reason::DamagedManifest(reason))
}

pub(super) fn unfinished(folder: &Path) -> Diagnostic {
    error("unfinished-build", folder, MANIFEST, "is of a build that was stopped before its end")
        .help("build again, then verify")
}

pub(super) fn unfinished_person(folder: &Path, id: &str) -> Diagnostic {
    let message =
        format!("the files of `{id}` in `{}` are of a build that was stopped before its end", folder.display());
    Diagnostic::error("unfinished-build", message).help("build for people again, then verify")
}

pub(super) fn missing(folder: &Path, path: &str) -> Diagnostic {
    error("missing-file", folder, path, "is missing").help("build again, and look who removes files from this folder")
}

pub(super) fn not_a_file(folder: &Path, path: &str) -> Diagnostic {
    error("changed-file", folder, path, "is no ordinary file, or its folder is none, as after a link was put there")
        .help("remove it and build again, and look who writes to this folder")
}

pub(super) fn changed(folder: &Path, path: &str) -> Diagnostic {
    error("changed-file", folder, path, "was changed after it was built")
        .help("look who writes to this folder; `regimen build --adopt` overwrites it")
}

pub(super) fn changed_manifest(folder: &Path, path: &str) -> Diagnostic {
    error("changed-file", folder, path, "is what this program makes, but the manifest says something else of it")
        .help("look who writes to this folder, and build again with `--adopt`")
}

pub(super) fn unlisted(folder: &Path, path: &str) -> Diagnostic {
    error("unlisted-file", folder, path, "is not in the manifest, so no build wrote it").help(
        "remove it, or move it out of the output folder; `--others` leaves out what is not in a folder of an exporter",
    )
}

pub(super) fn other_output(folder: &Path, path: &str, unit: Option<&str>) -> Diagnostic {
    let what = match unit {
        Some(unit) => format!("is not what this program makes of {unit}"),
        None => "is not made of this catalogue".to_owned(),
    };
    error("other-output", folder, path, &what)
        .help("if the catalogue, an option of it or Regimen changed since, build again; if not, somebody changed the file and the manifest")
}

pub(super) fn other_program(id: &str, earlier: &str, now: &str) -> Diagnostic {
    let earlier = plain(earlier, 40);
    Diagnostic::warning("other-program", format!("`{id}` was built by Regimen {earlier}, and this is {now}"))
        .help("verify with the version that built it, or build again with this one")
}

pub(super) fn other_options(ids: &[String], earlier: &Asked, now: &Asked) -> Diagnostic {
    let ids: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    let with = |asked: &Asked| match options(asked) {
        options if options.is_empty() => "no option for dates and times".to_owned(),
        options => format!("`{options}`"),
    };
    let message = format!("{} was built with {}, not with {}", ids.join(", "), with(earlier), with(now));
    Diagnostic::error("other-options", message)
        .help("verify with the options of the build, or with none to take those of the manifest")
}

pub(super) fn not_built(folder: &Path, id: &str) -> Diagnostic {
    Diagnostic::warning("not-built", format!("`{id}` was not built into `{}`", folder.display()))
        .help("if it should be there, build without `--only`")
}

pub(super) fn people(folder: &Path, count: usize) -> Diagnostic {
    let people = if count == 1 { "of a person" } else { &format!("of {count} people") };
    let message = format!(
        "`{}` has files {people}; whether they are what this program makes of their rows is not verified",
        folder.display()
    );
    Diagnostic::error("people-unverified", message).help(
        "build for the same people into another folder without a cache and compare both, or say `--without-people` if it is enough that \
         the files are as they were written",
    )
}

/// Options as a build is given them; empty for none.
pub(super) fn options(asked: &Asked) -> String {
    let Asked { program: _, start, race, at, timezone, length, source_date_epoch } = asked;
    let printable = |text: &String| plain(text, 60);
    let flags = [
        source_date_epoch.map(|seconds| format!("SOURCE_DATE_EPOCH={seconds}")),
        start.map(|day| format!("--start {day}")),
        race.map(|day| format!("--race {day}")),
        at.map(|time| format!("--at {}", time.strftime("%H:%M"))),
        timezone.as_ref().map(|zone| format!("--timezone {}", printable(zone))),
        length.as_ref().map(|length| format!("--length \"{}\"", printable(length))),
    ];
    flags.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
