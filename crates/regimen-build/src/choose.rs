//! Which exporters run, opened with their options.

use regimen_catalog::model::Project;
use regimen_catalog::suggest::nearest;
use regimen_catalog::{Diagnostic, FieldPath, PROJECT_FILE, Place, Severity};
use regimen_export::{ArtifactPath, BadOption, BadOptions, Options, Plugin};

use crate::digest::Digest;
use crate::error::{Bug, Error};
use crate::external::{self, External, Ready, Surroundings, Unopened};
use crate::fault::Fault;
use crate::guard::guarded;
use crate::opened::{Backend, Opened};
use crate::options::BadSection;

/// The exporters that run: ours, then plugins by name.
pub(crate) struct Chosen<'a> {
    pub(crate) plugins: Vec<Plugin>,
    pub(crate) external: Vec<&'a str>,
}

/// The exporters that `only` names, or all of them; always in the order of the list.
pub(crate) fn choose<'a>(
    plugins: &[Plugin],
    project: &'a Project,
    only: Option<&[String]>,
) -> Result<Chosen<'a>, Error> {
    check_list(plugins)?;
    let external: Vec<&str> = external_names(plugins, project).collect();
    let Some(only) = only else {
        return Ok(Chosen { plugins: plugins.to_vec(), external });
    };
    let known = || plugins.iter().map(|plugin| plugin.id).chain(external.iter().copied());
    let list = known().collect::<Vec<_>>().join(", ");
    if let Some(unknown) = only.iter().find(|name| !known().any(|id| id == name.as_str())) {
        let meant = nearest(unknown, known());
        return Err(Error::Usage {
            message: format!("there is no exporter `{}`", unknown.escape_debug()),
            help: match meant {
                Some(meant) => format!("did you mean `{meant}`? There are: {list}"),
                None => format!("name some of these after `--only`: {list}"),
            },
        });
    }
    if only.is_empty() {
        return Err(Error::Usage {
            message: "`--only` names no exporter, so there is nothing to build".into(),
            help: format!("name some of these, or leave `--only` out: {list}"),
        });
    }
    let wanted = |id: &str| only.iter().any(|name| name == id);
    let plugins = plugins.iter().filter(|plugin| wanted(plugin.id)).copied().collect();
    Ok(Chosen { plugins, external: external.into_iter().filter(|name| wanted(name)).collect() })
}

/// The names of external plugins. A section of an exporter of ours is ours, whatever it says.
pub(crate) fn external_names<'a>(plugins: &[Plugin], project: &'a Project) -> impl Iterator<Item = &'a str> {
    let ours: Vec<&str> = plugins.iter().map(|plugin| plugin.id).collect();
    external::names(project).filter(move |name| !ours.contains(name))
}

/// The list of plugins is code, so a mistake in it is ours: two of one id would mix their files.
fn check_list(plugins: &[Plugin]) -> Result<(), Error> {
    let bug = |plugin: &Plugin, message: &str| {
        Err(Error::Bugs(vec![Bug { exporter: plugin.id.into(), unit: None, message: message.into() }]))
    };
    for (index, plugin) in plugins.iter().enumerate() {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if plugin.id.parse::<ArtifactPath>().is_err() || !plugin.id.bytes().all(plain) {
            return bug(plugin, "its id is not kebab-case, so it cannot name a folder");
        }
        if plugins.iter().take(index).any(|other| other.id == plugin.id) {
            return bug(plugin, "two exporters have this id");
        }
    }
    Ok(())
}

/// Findings for sections below `exporters:` that no plugin reads.
pub(crate) fn unknown_sections(project: &Project, plugins: &[Plugin]) -> Vec<Diagnostic> {
    let known = || plugins.iter().map(|plugin| plugin.id);
    let unknown = |name: &String| !known().any(|id| id == name.as_str());
    let names = project.exporters.iter().filter(|(name, section)| unknown(name) && !external::is_external(section));
    names
        .map(|(name, _)| {
            let message = format!("there is no exporter `{}`", name.escape_debug());
            let help = match nearest(name, known()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "known are: {}; a plugin of your own has a `process`; `regimen plugin new` writes one",
                    known().collect::<Vec<_>>().join(", ")
                ),
            };
            Diagnostic::error("unknown-exporter", message)
                .at(Place::key(PROJECT_FILE, section(name)), "not known")
                .help(help)
        })
        .collect()
}

/// What opening the exporters came to.
#[derive(Default)]
pub(crate) struct Opening {
    pub(crate) opened: Vec<Opened>,
    pub(crate) findings: Vec<Diagnostic>,
    pub(crate) bugs: Vec<Bug>,
    pub(crate) faults: Vec<Fault>,
}

/// Opens each plugin with its section of the project file.
pub(crate) fn open(plugins: &[Plugin], project: &Project) -> Opening {
    let mut opening = Opening::default();
    for plugin in plugins {
        if project.exporters.get(plugin.id).is_some_and(external::is_external) {
            opening.findings.push(name_is_taken(plugin.id));
            continue;
        }
        let options = project.exporters.get(plugin.id).cloned().unwrap_or_default();
        let options = Options::new(options);
        let result = guarded(|| {
            let exporter = (plugin.open)(&options)?;
            // What editors refuse is refused here, too, also where `open` does not read options.
            let wrong = (plugin.options)().check(&options);
            if !wrong.is_empty() {
                return Err(BadOptions(wrong));
            }
            let kinds = exporter.granularity().iter().copied().collect();
            Ok((exporter, kinds))
        });
        match result {
            Ok(Ok((exporter, kinds))) => opening.opened.push(Opened {
                id: plugin.id.to_owned(),
                summary: plugin.summary.to_owned(),
                backend: Backend::BuiltIn(exporter),
                kinds,
                fingerprint: fingerprint(plugin, project),
            }),
            Ok(Err(bad)) => opening.findings.extend(bad_options(plugin.id, bad.0)),
            Err(message) => opening.bugs.push(Bug { exporter: plugin.id.into(), unit: None, message }),
        }
    }
    opening
}

fn name_is_taken(id: &str) -> Diagnostic {
    let place = Place::key(PROJECT_FILE, section(id));
    Diagnostic::error("bad-plugin", format!("`{id}` is an exporter of this program, which no `process` replaces"))
        .at(place, "")
        .help("give your plugin another name, such as `my-exporter`")
}

/// What the output of an exporter of ours depends on besides units and the program.
fn fingerprint(plugin: &Plugin, project: &Project) -> Digest {
    let options = project.exporters.get(plugin.id).map(ToString::to_string);
    Digest::of(format!("{} {options:?}", plugin.version).as_bytes())
}

impl Opening {
    /// Opens external plugins, each in turn: most are known to the cache.
    ///
    /// # Errors
    /// [`Error::Untrusted`] if one of them is not trusted; then none was started.
    pub(crate) fn add_external(&mut self, names: &[&str], within: Surroundings<'_>) -> Result<(), Error> {
        let ready = trusted(external::ready(names, within))?;
        self.add_ready(ready, within);
        Ok(())
    }

    fn add_ready(&mut self, ready: Ready, within: Surroundings<'_>) {
        self.findings.extend(ready.findings);
        for program in ready.plugins {
            match external::open(program, within) {
                Ok(external) => self.opened.push(Opened::external(external)),
                Err(Unopened::Findings(findings)) => self.findings.extend(findings),
                Err(Unopened::Fault(fault)) => self.faults.push(fault),
            }
        }
    }

    /// Opens the external plugins that may see people. The others get nothing of them; one that would make something of them is told of.
    ///
    /// # Errors
    /// [`Error::Usage`] if a plugin was asked for by name (`by_name`) and may not see people; else as
    /// [`add_external`](Self::add_external).
    pub(crate) fn add_external_for_people(
        &mut self,
        names: &[&str],
        by_name: bool,
        within: Surroundings<'_>,
    ) -> Result<(), Error> {
        let (may, others): (Vec<&str>, Vec<&str>) =
            names.iter().partition(|name| external::may_see_people(name, within.project));
        if let Some(name) = others.first().filter(|_| by_name) {
            return Err(Error::Usage {
                message: format!("the plugin `{name}` may not see people"),
                help: format!(
                    "if it may have their names, notes and plans, write `people: true` below `exporters.{name}` in `{PROJECT_FILE}`"
                ),
            });
        }
        let (mut may, mut others) = (external::ready(&may, within), external::ready(&others, within));
        may.untrusted.append(&mut others.untrusted);
        self.add_ready(trusted(may)?, within);
        for program in others.plugins {
            // What is wrong with a plugin that has nothing to do here is told by a build of the catalogue.
            if let Some(external) = external::open(program, within).ok().filter(External::wants_people) {
                self.findings.push(sees_no_people(external.name()));
            }
        }
        Ok(())
    }
}

/// The plugins that may be started, if all are trusted.
fn trusted(ready: Ready) -> Result<Ready, Error> {
    if ready.untrusted.is_empty() { Ok(ready) } else { Err(Error::Untrusted(ready.untrusted)) }
}

fn sees_no_people(name: &str) -> Diagnostic {
    let message = format!("the plugin `{name}` could make files for people, but may not see them");
    Diagnostic::new(Severity::Info, "plugin-people", message)
        .at(Place::key(PROJECT_FILE, section(name)), "")
        .help("add `people: true` if this plugin may have their names, notes and plans, or `people: false` if not")
}

/// The options of an exporter of this program, which are not all right.
fn bad_options(id: &str, wrong: Vec<BadOption>) -> Vec<Diagnostic> {
    let section = BadSection {
        code: "bad-option",
        owner: format!("the exporter `{id}`"),
        path: section(id),
        help: "take this option out to have its default".to_owned(),
    };
    section.findings(wrong)
}

fn section(name: &str) -> FieldPath {
    FieldPath::root().key("exporters").key(name)
}

#[cfg(test)]
mod tests {
    use regimen_export::OptionsSchema;
    use serde_json::json;

    use super::*;
    use crate::testing::{self, ALL, GUIDES};

    #[derive(Default, serde::Deserialize, schemars::JsonSchema)]
    #[serde(deny_unknown_fields, default)]
    struct Paper {
        _paper: Size,
    }

    #[derive(Default, serde::Deserialize, schemars::JsonSchema)]
    #[serde(deny_unknown_fields, default)]
    struct Size {
        _width: u32,
    }

    const PICKY: Plugin = Plugin {
        options: OptionsSchema::of::<Paper>,
        ..testing::plugin("picky", |options| {
            options.read::<Paper>()?;
            Ok(Box::new(testing::Fake(&[], |_, _| {})))
        })
    };

    fn ids(only: &[&str]) -> Result<Vec<&'static str>, Error> {
        let only: Vec<String> = only.iter().map(|&name| name.into()).collect();
        let catalog = testing::catalog();
        let chosen = choose(&[ALL, GUIDES, PICKY], &catalog.project, Some(&only))?;
        Ok(chosen.plugins.iter().map(|plugin| plugin.id).collect())
    }

    #[test]
    fn only_chooses_in_the_order_of_the_list() {
        let chosen = ids(&["picky", "all", "picky"]).expect("known names");
        assert_eq!(chosen, ["all", "picky"]);
    }

    #[test]
    fn an_unknown_name_is_wrong_usage_with_a_guess() {
        let error = ids(&["guide"]).expect_err("unknown");
        assert!(matches!(error, Error::Usage { .. }));
        assert_eq!(error.to_string(), "there is no exporter `guide`");
        assert!(error.hints()[0].starts_with("did you mean `guides`?"));
        let error = ids(&[]).expect_err("nothing");
        assert!(error.hints()[0].contains("all, guides, picky"));
    }

    #[test]
    fn two_exporters_of_one_id_are_our_mistake() {
        let error = choose(&[ALL, GUIDES, ALL], &testing::catalog().project, None).err().expect("twice the same");
        assert!(matches!(error, Error::Bugs(_)));
        assert!(error.to_string().contains("exporter `all`: two exporters have this id"));
        let odd = testing::plugin("../x", |_| Ok(Box::new(testing::Fake(&[], |_, _| {}))));
        assert!(choose(&[odd], &testing::catalog().project, None).is_err());
    }

    #[test]
    fn a_section_that_nobody_reads_is_found_at_its_key() {
        let catalog = testing::catalog_with(json!({"language": "en", "exporters": {"guidse": {}}}));
        let findings = unknown_sections(&catalog.project, &[ALL, GUIDES]);
        let place = Place::key(PROJECT_FILE, section("guidse"));
        assert_eq!(findings[0].labels[0].place, place);
        assert_eq!(findings[0].help.as_deref(), Some("did you mean `guides`?"));
    }

    #[test]
    fn a_wrong_option_is_found_at_its_path() {
        let wrong = json!({"language": "en", "exporters": {"picky": {"_paper": {"_width": "wide"}}}});
        let catalog = testing::catalog_with(wrong);
        let opening = open(&[PICKY], &catalog.project);
        let path = section("picky").key("_paper").key("_width");
        let finding = &opening.findings[0];
        assert_eq!(finding.labels[0].place, Place::value(PROJECT_FILE, path));
        assert!(
            finding.message.contains("`exporters.picky._paper._width` should be a whole number"),
            "{}",
            finding.message
        );

        let unknown = json!({"language": "en", "exporters": {"picky": {"papper": 1}}});
        let opening = open(&[PICKY], &testing::catalog_with(unknown).project);
        assert!(opening.opened.is_empty());
        let finding = &opening.findings[0];
        assert_eq!(finding.message, "the exporter `picky` has no option `papper`");
        assert_eq!(finding.labels[0].place, Place::key(PROJECT_FILE, section("picky").key("papper")));
        assert_eq!(finding.help.as_deref(), Some("did you mean `_paper`?"));
    }

    #[test]
    fn all_mistakes_are_found_at_once_also_where_no_options_are_read() {
        let wrong = json!({"picky": {"_paper": {"_width": "wide", "_heigth": 1}, "colour": 1}, "all": {"x": 1}});
        let catalog = testing::catalog_with(json!({"language": "en", "exporters": wrong}));
        let messages: Vec<String> =
            open(&[PICKY, ALL], &catalog.project).findings.into_iter().map(|finding| finding.message).collect();
        assert_eq!(
            messages,
            [
                "`exporters.picky._paper` has no key `_heigth`",
                "`exporters.picky._paper._width` should be a whole number, found the text `wide`",
                "the exporter `picky` has no option `colour`",
                "the exporter `all` has no option `x`",
            ]
        );
    }

    #[test]
    fn a_panic_while_opening_is_caught() {
        const BROKEN: Plugin = testing::plugin("broken", |_| panic!("no font"));
        let opening = open(&[BROKEN, ALL], &testing::catalog().project);
        assert_eq!(opening.bugs[0].to_string(), "exporter `broken`: no font");
        assert_eq!(opening.opened.len(), 1);
    }
}
