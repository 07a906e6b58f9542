//! Taking an answer apart: nothing of it is believed before it was checked.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regimen_catalog::{Diagnostic, Severity, hidden};
use regimen_export::{Artifact, ArtifactPath};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::place::place;
use super::protocol::{Answer, Description, PROTOCOL, UnitAnswer, WireDiagnostic, WireFile, WireSeverity};
use crate::cache::Made;
use crate::fault::{Fault, MOST_FILES};
use crate::job::Job;
use crate::shown::{escaped, plain};

/// The most characters of a text in a finding.
const LONGEST: usize = 2_000;
/// The most of a code.
const LONGEST_CODE: usize = 60;
/// The most findings of a plugin on one unit.
const MOST_FINDINGS: usize = 1_000;

/// Reads what a plugin says of itself.
pub(crate) fn description(said: &[u8]) -> Result<Description, Fault> {
    decode(spoken(said)?, "its description")
}

/// Reads an answer: what was made of each of the jobs, in their order.
pub(crate) fn made(said: &[u8], name: &str, jobs: &[&Job<'_>]) -> Result<Vec<Made>, Fault> {
    let answer: Answer = decode(spoken(said)?, "its answer")?;
    let files: usize = answer.units.iter().map(|unit| unit.files.len()).sum();
    if files > MOST_FILES {
        return Err(Fault::limit(format!("it makes {files} files, and {MOST_FILES} is the most")));
    }
    let names: BTreeSet<&str> = jobs.iter().map(|job| job.name.as_str()).collect();
    let mut answers = BTreeMap::new();
    for unit in answer.units {
        if !names.contains(unit.id.as_str()) {
            return Err(Fault::mistake(format!("it answers for a unit `{}` that it was not given", short(&unit.id))));
        }
        let id = unit.id.clone();
        if answers.insert(id.clone(), unit).is_some() {
            return Err(Fault::mistake(format!("it answers twice for the unit `{}`", short(&id))));
        }
    }
    let mut paths = BTreeSet::new();
    let units = jobs.iter().map(|job| {
        let missing = || Fault::mistake(format!("it gives no answer for the unit `{}`", job.name));
        let unit = answers.remove(&job.name).ok_or_else(missing)?;
        unit_made(unit, name, job, &mut paths)
    });
    units.collect()
}

/// What a plugin said, if it is one JSON value of a version that this program speaks. Nothing is kept of it, however deep or large it is.
fn spoken(said: &[u8]) -> Result<&str, Fault> {
    if said.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::mistake("it says nothing on standard output".into()));
    }
    let text = std::str::from_utf8(said).map_err(|error| no_json(said, &error.to_string()))?;
    let _json: IgnoredAny = serde_json::from_str(text).map_err(|error| no_json(said, &error.to_string()))?;
    let version = Some(text).filter(|text| text.trim_start().starts_with('{'));
    let version: Option<Version> = version.and_then(|text| serde_json::from_str(text).ok());
    match version.and_then(|version| version.protocol) {
        Some(version) if version == u64::from(PROTOCOL) => Ok(text),
        Some(version) => Err(Fault::mistake(format!(
            "it speaks version {version} of the protocol, and this program version {PROTOCOL}; take a version of the plugin \
             or of regimen that speaks the other's"
        ))),
        None => Err(Fault::mistake(format!("its answer does not say `\"protocol\": {PROTOCOL}`"))),
    }
}

/// The version of an answer, whatever else is in it.
#[derive(Deserialize)]
struct Version {
    protocol: Option<u64>,
}

fn no_json(said: &[u8], why: &str) -> Fault {
    let start = escaped(&String::from_utf8_lossy(&said[..said.len().min(60)]), 60);
    Fault::mistake(format!("what it says is not one JSON value: {why}; it starts with `{start}`"))
}

fn decode<T: serde::de::DeserializeOwned>(text: &str, what: &str) -> Result<T, Fault> {
    let mut reader = serde_json::Deserializer::from_str(text);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let (path, why) = (short(&error.path().to_string()), escaped(&error.inner().to_string(), 200));
        Fault::mistake(format!("{what} is not as the protocol wants it at `{path}`: {why}"))
    })
}

fn unit_made(
    unit: UnitAnswer,
    name: &str,
    job: &Job<'_>,
    paths: &mut BTreeSet<(Option<String>, String)>,
) -> Result<Made, Fault> {
    let mut artifacts = Vec::with_capacity(unit.files.len());
    for file in unit.files {
        let artifact = artifact(file).map_err(|fault| fault.at(&unit.id))?;
        // Names that differ only in case are one file on many systems.
        if !paths.insert((job.folder.map(str::to_owned), artifact.path.folded())) {
            let message =
                format!("it makes `{}` twice, or another file whose name differs only in case", artifact.path);
            return Err(Fault::mistake(message).at(&unit.id));
        }
        artifacts.push(artifact);
    }
    let mut said = unit.diagnostics;
    let more = said.split_off(said.len().min(MOST_FINDINGS));
    let findings = said.into_iter().map(|one| finding(one, name, job).map_err(|fault| fault.at(&unit.id)));
    let mut findings = findings.collect::<Result<Vec<_>, _>>()?;
    findings.extend(left_out(&more, name));
    Ok((artifacts, findings))
}

/// That there are more findings than are listed. It is as bad as the worst of these.
fn left_out(more: &[WireDiagnostic], name: &str) -> Option<Diagnostic> {
    let worst = more.iter().map(|one| severity(one.severity)).max()?;
    let message = format!(
        "the plugin `{name}` reports {} findings here, of which {MOST_FINDINGS} are listed",
        MOST_FINDINGS + more.len()
    );
    Some(Diagnostic::new(worst, "plugin-findings", message).help("mend these first, then build again"))
}

fn severity(said: WireSeverity) -> Severity {
    match said {
        WireSeverity::Error => Severity::Error,
        WireSeverity::Warning => Severity::Warning,
        WireSeverity::Info => Severity::Info,
    }
}

fn artifact(file: WireFile) -> Result<Artifact, Fault> {
    let path: ArtifactPath =
        file.path.parse().map_err(|bad: regimen_export::BadPath| Fault::mistake(bad.to_string()))?;
    if file.path.contains(hidden::is_unseen) {
        return Err(Fault::mistake(format!("the path `{}` has a character that nobody sees", short(&file.path))));
    }
    let bytes = match (file.text, file.base64) {
        (Some(text), None) => text.into_bytes(),
        (None, Some(coded)) => STANDARD
            .decode(coded.as_bytes())
            .map_err(|error| Fault::mistake(format!("the `base64` of `{path}` is not base64: {error}")))?,
        _ => return Err(Fault::mistake(format!("the file `{path}` has not exactly one of `text` and `base64`"))),
    };
    Ok(Artifact { path, bytes })
}

fn finding(said: WireDiagnostic, name: &str, job: &Job<'_>) -> Result<Diagnostic, Fault> {
    let code = said.code.strip_prefix(name).and_then(|code| code.strip_prefix('/')).unwrap_or(&said.code);
    let is_kebab = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if code.is_empty() || !is_kebab || code.len() > LONGEST_CODE {
        return Err(Fault::mistake(format!(
            "the code of a finding is `{}`; use words like `no-cue`",
            short(&said.code)
        )));
    }
    let mut finding = Diagnostic::new(severity(said.severity), format!("{name}/{code}"), plain(&said.message, LONGEST));
    if let Some(at) = said.at {
        let nowhere = || Fault::mistake(format!("its finding `{code}` is at `{}`, which leads nowhere", short(&at)));
        let place = place(&at, job.catalog, &job.language.tag).ok_or_else(nowhere)?;
        finding = finding.at(place, "");
    }
    Ok(finding.maybe_help(said.help.as_deref().map(|help| plain(help, LONGEST))))
}

fn short(text: &str) -> String {
    escaped(text, 80)
}
