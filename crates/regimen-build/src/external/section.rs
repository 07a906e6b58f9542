//! A plugin's section of `regimen.yaml`: what to run, and what it is made of.

use std::ffi::OsString;
use std::path::{Component, Path, PathBuf, absolute};
use std::time::Duration;

use regimen_catalog::model::Project;
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, quantity};
use regimen_export::{ArtifactPath, Options, OptionsSchema};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::process::{Command, Limits};
use crate::options::BadSection;
use crate::shown::escaped;

/// The key that makes a section that of an external plugin.
const PROCESS: &str = "process";
/// The key that lets a plugin see people.
pub(super) const PEOPLE: &str = "people";

/// How long a plugin may take unless its section says otherwise.
const TIME: Duration = Duration::from_secs(60);
/// How much memory each of its processes may have for data unless its section says otherwise, in bytes.
const MEMORY: u64 = 4_000_000_000;
/// The least: with less no interpreter starts, and no guard.
const LEAST_MEMORY: u64 = 100_000_000;
/// How much it may answer.
const OUTPUT: usize = 256 << 20;

/// How much it may say of itself.
const DESCRIPTION: usize = 1 << 20;

/// An external plugin as the project file has it.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    /// Its name: that of its folder and in `--only`.
    pub(crate) name: String,
    pub(crate) command: Command,
    /// The program and its arguments as they are written.
    pub(crate) words: Vec<String>,
    /// The whole section as it is written.
    pub(crate) written: Value,
    /// The files that it names.
    pub(crate) seeds: Vec<Seed>,
    pub(crate) options: Value,
    /// Whether it may see people; `None` if nothing is said.
    pub(crate) people: Option<bool>,
    pub(crate) limits: Limits,
}

impl Section {
    /// What it may take to say what it is, of which only the answer has a limit of its own.
    pub(crate) fn limits_of_describing(&self) -> Limits {
        Limits { output: DESCRIPTION, ..self.limits }
    }
}

/// A file that a section names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seed {
    /// As it is written.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// Whether what is beside it belongs to the plugin, too: not where the whole path of a file of the system is named.
    pub(crate) has_folder: bool,
}

impl Seed {
    fn new(name: &str, path: PathBuf) -> Self {
        Self { has_folder: Path::new(name).is_relative(), name: name.to_owned(), path }
    }
}

/// The keys as authors write them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    /// The program and its arguments. The program is looked for in the search path or, with a `/` in its name, from the
    /// folder of `regimen.yaml`.
    process: Vec<String>,
    /// The files that the plugin is made of, counted from the folder of `regimen.yaml`. When one of them changes,
    /// everything is made anew, so name all of them.
    #[serde(default)]
    inputs: Vec<String>,
    /// What the plugin gets as `options`; it must fit the plugin's own schema.
    #[serde(default = "no_options")]
    options: Value,
    /// Whether a build for people gives the plugin their ids, names, notes and plans. Without `true` it gets nothing of them.
    people: Option<bool>,
    /// How long the plugin may work, at most `1 h`; `60 s` unless stated.
    timeout: Option<quantity::Duration>,
    /// How much memory each process of the plugin may have for data, in MB or GB, at least `100 MB`; `4 GB` unless stated. Only Linux limits
    /// it.
    memory: Option<String>,
}

/// The schema of a plugin's section.
pub(crate) fn schema() -> OptionsSchema {
    OptionsSchema::of::<Written>()
}

fn no_options() -> Value {
    Value::Object(Map::new())
}

/// Whether a section of `exporters:` is that of an external plugin.
pub fn is_external(section: &Value) -> bool {
    section.get(PROCESS).is_some()
}

/// Whether a plugin may see people.
pub(crate) fn may_see_people(name: &str, project: &Project) -> bool {
    project.exporters.get(name).and_then(|section| section.get(PEOPLE)) == Some(&Value::Bool(true))
}

/// The names of the external plugins, in order.
pub(crate) fn names(project: &Project) -> impl Iterator<Item = &str> {
    let external = project.exporters.iter().filter(|(_, section)| is_external(section));
    external.map(|(name, _)| name.as_str())
}

/// Reads the section of a plugin; `root` is the catalogue's.
pub(crate) fn read(name: &str, section: &Value, root: &Path) -> Result<Section, Vec<Diagnostic>> {
    let place = FieldPath::root().key("exporters").key(name);
    let is_kebab = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    let starts = name.starts_with(|first: char| first.is_ascii_lowercase());
    if !starts || !is_kebab || name.parse::<ArtifactPath>().is_err() {
        let message = format!("`{}` is no name for a plugin", name.escape_debug());
        return Err(vec![wrong(message, Place::key(PROJECT_FILE, place)).help(
            "start with a lower-case letter, then use these, digits and `-`; its files land in a folder of this name",
        )]);
    }
    let written: Written = Options::new(section.clone()).read().map_err(|bad| {
        let section = BadSection {
            code: CODE,
            owner: format!("the section of the plugin `{name}`"),
            path: place.clone(),
            help: "a plugin has `process`, and may have `inputs`, `options`, `people`, `timeout` and `memory`; `regimen plugin new` writes one \
                   with its section"
                .to_owned(),
        };
        section.findings(bad.0)
    })?;
    let whole = section.clone();
    started(name, written, &place, root)
        .map(|section| Section { written: whole, ..section })
        .map_err(|finding| vec![finding])
}

/// A plugin that can be started as its section says.
fn started(name: &str, written: Written, place: &FieldPath, root: &Path) -> Result<Section, Diagnostic> {
    let limits = Limits { time: time(&written, place)?, output: OUTPUT, memory: memory(&written, place)? };
    let inputs = inputs(&written.inputs, place, root)?;
    let command = command(&written, &inputs, place, root)?;
    let seeds = seeds(&written.process, inputs, &command.program, root);
    let Written { process: words, options, people, .. } = written;
    Ok(Section { name: name.to_owned(), command, words, written: Value::Null, seeds, options, people, limits })
}

/// The files that a plugin is made of as far as its section names them: its inputs, its program unless that is one of the system's
/// search path, and arguments that are whole paths of files.
fn seeds(words: &[String], inputs: Vec<(String, PathBuf)>, program: &Path, root: &Path) -> Vec<Seed> {
    let mut seeds: Vec<Seed> = inputs.into_iter().map(|(name, path)| Seed::new(&name, path)).collect();
    let mut add = |name: &str, path: PathBuf| {
        if seeds.iter().all(|seed| seed.path != path) {
            seeds.push(Seed::new(name, path));
        }
    };
    // A search path may lead into the catalogue.
    let is_inside =
        || root.canonicalize().is_ok_and(|root| program.canonicalize().is_ok_and(|program| program.starts_with(root)));
    if let Some((first, arguments)) = words.split_first() {
        if first.contains('/') || Path::new(first).is_absolute() || is_inside() {
            add(first, program.to_owned());
        }
        for word in arguments.iter().filter(|word| Path::new(word).is_absolute() && Path::new(word).is_file()) {
            add(word, PathBuf::from(word));
        }
    }
    seeds
}

/// The code of what is wrong with a section.
pub(super) const CODE: &str = "bad-plugin";

fn wrong(message: String, place: Place) -> Diagnostic {
    Diagnostic::error(CODE, message).at(place, "")
}

fn time(written: &Written, place: &FieldPath) -> Result<Duration, Diagnostic> {
    let Some(timeout) = &written.timeout else { return Ok(TIME) };
    let seconds = timeout.seconds().high().to_string().parse::<f64>().ok();
    let seconds = seconds.filter(|seconds| (0.1..=3600.0).contains(seconds));
    seconds.map(Duration::from_secs_f64).ok_or_else(|| {
        let place = Place::value(PROJECT_FILE, place.clone().key("timeout"));
        wrong(format!("a plugin cannot have {timeout} to work"), place)
            .help("give it at most `1 h`; 60 s unless stated")
    })
}

fn memory(written: &Written, place: &FieldPath) -> Result<u64, Diagnostic> {
    let Some(memory) = &written.memory else { return Ok(MEMORY) };
    let (number, unit) = memory.trim().split_at(memory.trim().bytes().take_while(u8::is_ascii_digit).count());
    let unit = [("MB", 1_000_000), ("GB", 1_000_000_000)].into_iter().find(|(name, _)| *name == unit.trim_start());
    let bytes = number.parse::<u64>().ok().zip(unit).and_then(|(number, (_, unit))| number.checked_mul(unit));
    bytes.filter(|bytes| *bytes >= LEAST_MEMORY).ok_or_else(|| {
        let place = Place::value(PROJECT_FILE, place.clone().key("memory"));
        wrong(format!("a plugin cannot have `{}` of memory", escaped(memory, 40)), place)
            .help("give it a whole number of MB or GB, such as `500 MB`, at least `100 MB`; 4 GB unless stated")
    })
}

/// Each input as it is written, and where it is.
fn inputs(written: &[String], place: &FieldPath, root: &Path) -> Result<Vec<(String, PathBuf)>, Diagnostic> {
    let found = written.iter().enumerate().map(|(at, input)| {
        let file = absolute(root.join(input)).ok().filter(|file| file.is_file());
        file.map(|file| (input.clone(), file)).ok_or_else(|| {
            let place = Place::value(PROJECT_FILE, place.clone().key("inputs").index(at));
            let help = misplaced(input, root).unwrap_or_else(|| {
                "name a file that the plugin is made of, counted from the folder of `regimen.yaml`".to_owned()
            });
            wrong(format!("there is no file `{}`{}", input.escape_debug(), counted_from(input, root)), place).help(help)
        })
    });
    found.collect()
}

/// " in the folder `catalog`", where a path of a section was looked for, unless the path is a whole one.
fn counted_from(path: &str, root: &Path) -> String {
    if Path::new(path).is_absolute() { String::new() } else { format!(" in the folder `{}`", shown(root)) }
}

/// The way out if a path of a section names a file beside the catalogue's folder, where somebody stands who builds it.
fn misplaced(path: &str, root: &Path) -> Option<String> {
    let is_below = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let beside = absolute(root).ok()?.parent()?.join(path);
    (is_below && beside.is_file()).then(|| {
        let (folder, path, there) = (shown(root), path.escape_debug(), root.join(path));
        format!(
            "`{path}` is beside the folder `{folder}`, from which paths are counted: move it to `{}`",
            there.display()
        )
    })
}

/// The catalogue's folder as it was named.
fn shown(root: &Path) -> String {
    let root: PathBuf = root.components().collect();
    if root.as_os_str().is_empty() { ".".to_owned() } else { root.display().to_string() }
}

/// The program, and its arguments, of which those that are inputs are given with their whole path.
fn command(
    written: &Written,
    inputs: &[(String, PathBuf)],
    place: &FieldPath,
    root: &Path,
) -> Result<Command, Diagnostic> {
    let at = |index| Place::value(PROJECT_FILE, place.clone().key(PROCESS).index(index));
    let input = |word: &String| inputs.iter().find(|(name, _)| name == word).map(|(_, path)| path.clone());
    let Some((program, arguments)) = written.process.split_first() else {
        return Err(wrong("nothing is named to run".into(), Place::value(PROJECT_FILE, place.clone().key(PROCESS)))
            .help("name a program and its arguments: `process: [python3, plugins/cards.py]`"));
    };
    let forgotten = written.process.iter().enumerate().find(|(_, word)| {
        input(word).is_none() && word.contains(['/', '.']) && root.join(word).is_file() && Path::new(word).is_relative()
    });
    if let Some((index, word)) = forgotten {
        let message = format!("`{}` is a file of the plugin that `inputs` does not name", word.escape_debug());
        let help = format!("add it: `inputs: [{word}]`; then it is found, and everything is made anew when it changes");
        return Err(wrong(message, at(index)).help(help));
    }
    let found = input(program).or_else(|| found(program, root));
    let program = found.ok_or_else(|| no_program(program, place, root))?;
    let arguments = arguments.iter().map(|word| input(word).map_or_else(|| word.into(), OsString::from)).collect();
    Ok(Command { program, arguments, environment: Vec::new() })
}

fn no_program(program: &str, place: &FieldPath, root: &Path) -> Diagnostic {
    // A bare name is looked for in the search path.
    let path = Some(program).filter(|program| program.contains('/'));
    let from = path.map_or_else(String::new, |path| counted_from(path, root));
    let help = path.and_then(|path| misplaced(path, root)).unwrap_or_else(|| {
        format!(
            "install it, or name one that is there; to build without it, name the other exporters after `--only` or \
             take `{place}` out"
        )
    });
    let at = Place::value(PROJECT_FILE, place.clone().key(PROCESS).index(0));
    wrong(format!("there is no program `{}`{from}", program.escape_debug()), at).help(help)
}

/// A program by its name in the search path, or by its place counted from the root.
fn found(program: &str, root: &Path) -> Option<PathBuf> {
    if program.contains('/') || Path::new(program).is_absolute() {
        return absolute(root.join(program)).ok().filter(|file| file.is_file());
    }
    let folders = std::env::var_os("PATH")?;
    let names = [program.to_owned(), format!("{program}.exe")];
    let mut files = std::env::split_paths(&folders).flat_map(|folder| names.clone().map(|name| folder.join(name)));
    // A relative folder of the search path counts from here, not from where the plugin works. Links stay: through them an
    // interpreter finds its environment.
    files.find(|file| is_program(file)).and_then(|file| absolute(file).ok())
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    file.metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}
