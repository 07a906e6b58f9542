//! The contract between the program and an exporter.

use std::sync::Arc;

use jiff::civil::Date;
use regimen_catalog::language::{Language, LanguageTag};
use regimen_catalog::model::{Entry, Exercise, Guide, Person, Program};
use regimen_catalog::plan::Plan;
use regimen_catalog::{Catalog, Diagnostic};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, ArtifactPath};
use crate::options::{BadOptions, Options, OptionsSchema};

/// An exporter that can be chosen by name. Exporters are listed as constants of this type.
///
/// ```
/// use regimen_export::{Exporter, Granularity, Options, OptionsSchema, Output, Plugin, Unit};
///
/// struct Empty;
/// impl Exporter for Empty {
///     fn granularity(&self) -> &[Granularity] { &[] }
///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
/// }
/// const PLUGIN: Plugin = Plugin {
///     id: "empty",
///     version: "1",
///     summary: "nothing",
///     explanations: "",
///     options: OptionsSchema::none,
///     open: |_| Ok(Box::new(Empty)),
/// };
/// let exporter = (PLUGIN.open)(&Options::default()).expect("it has no options");
/// assert!(exporter.granularity().is_empty());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Plugin {
    /// Its name in `--only`, in `regimen.yaml` and as the folder of its files; kebab-case.
    pub id: &'static str,
    /// Its own version. It is part of what makes its output, so raise it when the output changes.
    pub version: &'static str,
    /// What it makes, in a few words: "printable handouts".
    pub summary: &'static str,
    /// A page for each code of its own findings, each under a line `# code`: Markdown.
    pub explanations: &'static str,
    /// The schema of its options: `OptionsSchema::of::<T>` for the type that `open` reads, or `OptionsSchema::none`.
    pub options: fn() -> OptionsSchema,
    /// Reads its options and gets ready for a build.
    pub open: fn(&Options) -> Result<Box<dyn Exporter>, BadOptions>,
}

/// What the units of a build are. An exporter gets one unit for each thing of the kinds that it asks for.
///
/// ```
/// use regimen_export::{Artifact, Exporter, Granularity, Output, Unit, testing};
///
/// struct Index;
/// impl Exporter for Index {
///     fn granularity(&self) -> &[Granularity] { &[Granularity::Catalog] }
///     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
///         let ids: Vec<&str> = unit.catalog.exercises.keys().map(|id| id.as_str()).collect();
///         out.file(Artifact { path: "index.txt".parse().unwrap(), bytes: ids.join("\n").into() });
///     }
/// }
/// assert_eq!(testing::export(&testing::catalog(), &Index).paths(), ["index.txt"], "one unit in all");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Granularity {
    /// The whole catalogue at once.
    Catalog,
    /// Each guide.
    Guide,
    /// Each exercise.
    Exercise,
    /// Each programme, without dates.
    Program,
    /// Each schedule's programme with its dates, and each programme without a schedule once, without dates.
    Plan,
    /// The plan of each person of a roster, in their language. A build for people asks only exporters that name it, and of plugins those that `regimen.yaml` lets see people.
    Person,
}

/// Turns units into files. It sees no disk, clock, environment or network, so the same unit always gives
/// the same bytes, on any thread. What was published before is a part of the unit.
///
/// ```
/// use regimen_export::{Artifact, Exporter, Granularity, Output, Subject, Unit, testing};
///
/// struct Dates;
/// impl Exporter for Dates {
///     fn granularity(&self) -> &[Granularity] { &[Granularity::Plan] }
///     fn export(&self, unit: &Unit<'_>, out: &mut Output) {
///         let Subject::Plan(program, plan) = unit.subject else { return };
///         let dates: Vec<String> = plan.sessions().filter_map(|one| one.date).map(|date| date.to_string()).collect();
///         let path = format!("{}.txt", program.id).parse().expect("ids are safe");
///         out.file(Artifact { path, bytes: dates.join(" ").into() });
///     }
/// }
/// assert_eq!(testing::export(&testing::catalog(), &Dates).text("calf-plan.txt"), "2027-01-04 2027-01-11");
/// ```
pub trait Exporter: Send + Sync {
    /// The kinds of unit that it wants.
    ///
    /// A kind that stands here twice is asked for once. The kinds do not depend on the catalogue, but may depend on options:
    ///
    /// ```
    /// use regimen_export::{Exporter, Granularity, Output, Unit};
    /// struct Pages { with_index: bool }
    /// impl Exporter for Pages {
    ///     fn granularity(&self) -> &[Granularity] {
    ///         if self.with_index { &[Granularity::Guide, Granularity::Catalog] } else { &[Granularity::Guide] }
    ///     }
    ///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
    /// }
    /// assert_eq!(Pages { with_index: false }.granularity(), [Granularity::Guide]);
    /// ```
    fn granularity(&self) -> &[Granularity];

    /// How many documents it makes of one unit of a kind, so that the size of a build can be estimated. It may depend on options.
    ///
    /// ```
    /// use regimen_export::{Exporter, Granularity, Output, Unit};
    /// struct Fresh;
    /// impl Exporter for Fresh {
    ///     fn granularity(&self) -> &[Granularity] { &[Granularity::Guide] }
    ///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
    /// }
    /// assert_eq!(Fresh.documents(Granularity::Guide), 1, "unless it says otherwise");
    /// ```
    fn documents(&self, _kind: Granularity) -> usize {
        1
    }

    /// The paths of the previous files that the unit's new ones go on from, such as a calendar whose events keep
    /// their revisions. Most exporters start afresh.
    ///
    /// [`testing::export_after`](crate::testing::export_after) shows an exporter that counts its builds.
    ///
    /// ```
    /// use regimen_export::{Exporter, Granularity, Output, Subject, Unit, testing};
    /// struct Fresh;
    /// impl Exporter for Fresh {
    ///     fn granularity(&self) -> &[Granularity] { &[Granularity::Guide] }
    ///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
    /// }
    /// let catalog = testing::catalog();
    /// assert_eq!(Fresh.previous_files(&testing::unit(&catalog, Subject::Catalog)), [], "unless it says otherwise");
    /// ```
    fn previous_files(&self, _unit: &Unit<'_>) -> Vec<ArtifactPath> {
        Vec::new()
    }

    /// Whether a unit that is exported again after its own output was published gives the same files and findings as it
    /// gave before anything was published. A build in which nothing else changed need not run then. Only exporters that
    /// [go on from previous files](Self::previous_files) are asked.
    ///
    /// ```
    /// use regimen_export::{Exporter, Granularity, Output, Unit};
    /// struct Fresh;
    /// impl Exporter for Fresh {
    ///     fn granularity(&self) -> &[Granularity] { &[Granularity::Guide] }
    ///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
    /// }
    /// assert!(!Fresh.is_idempotent(), "unless it says otherwise");
    /// ```
    fn is_idempotent(&self) -> bool {
        false
    }

    /// Makes the files of one unit. Problems go to `out` as findings; an error there fails the unit.
    ///
    /// ```
    /// use regimen_export::regimen_catalog::{Diagnostic, Severity};
    /// use regimen_export::{Exporter, Granularity, Output, Unit, testing};
    ///
    /// struct Strict;
    /// impl Exporter for Strict {
    ///     fn granularity(&self) -> &[Granularity] { &[Granularity::Guide] }
    ///     fn export(&self, _unit: &Unit<'_>, out: &mut Output) {
    ///         out.report(Diagnostic::error("strict/no", "this is never good enough").help("take another exporter"));
    ///     }
    /// }
    /// let made = testing::export(&testing::catalog(), &Strict);
    /// assert_eq!((made.files.len(), made.findings[0].severity), (0, Severity::Error));
    /// ```
    fn export(&self, unit: &Unit<'_>, out: &mut Output);

    /// Puts the findings of all units together, so that an author reads once what many units found. They come in the order of
    /// the units, each at the narrowest place that is known for it. Most exporters leave them as they are.
    ///
    /// ```
    /// use regimen_export::regimen_catalog::Diagnostic;
    /// use regimen_export::{Exporter, Granularity, Output, Unit};
    /// struct Terse;
    /// impl Exporter for Terse {
    ///     fn granularity(&self) -> &[Granularity] { &[Granularity::Guide] }
    ///     fn export(&self, _unit: &Unit<'_>, _out: &mut Output) {}
    ///     fn gather(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    ///         found.dedup_by(|next, one| next.code == one.code);
    ///         found
    ///     }
    /// }
    /// let twice = ["a", "b"].map(|guide| Diagnostic::warning("terse/long", format!("{guide} is long")));
    /// assert_eq!(Terse.gather(twice.into()).len(), 1);
    /// ```
    fn gather(&self, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found
    }
}

/// The smallest thing worth making alone: one guide in one language, one programme for one schedule.
///
/// ```
/// use regimen_export::regimen_catalog::vocabulary::Label;
/// use regimen_export::{Subject, testing};
/// let catalog = testing::catalog();
/// let exercise = &catalog.exercises["calf-raise"];
/// let unit = testing::unit(&catalog, Subject::Exercise(exercise));
/// assert_eq!(exercise.words(unit.tag()).name, "Calf raise", "words in the language of the unit");
/// assert_eq!(unit.language.label(Label::Steps), "Steps", "what stands above them");
/// assert_eq!(unit.build.date.to_string(), "2026-05-01", "the only date there is");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Unit<'a> {
    /// What it is about.
    pub subject: Subject<'a>,
    /// The part of the catalogue that the subject refers to, directly or through others.
    pub catalog: &'a Catalog,
    /// The language to write in.
    pub language: &'a Language,
    /// The facts of this build.
    pub build: &'a BuildInfo,
    /// The [previous files](Exporter::previous_files) that the exporter named and that were there.
    pub previous: &'a [Artifact],
    /// For whom it is made: of units of people, whose plan is theirs already. Nothing else has to be reckoned from it.
    pub person: Option<&'a Person>,
}

impl Unit<'_> {
    /// The language's tag.
    ///
    /// ```
    /// use regimen_export::{Subject, testing};
    /// let catalog = testing::catalog();
    /// assert_eq!(testing::unit(&catalog, Subject::Catalog).tag().as_str(), "en");
    /// ```
    pub fn tag(&self) -> &LanguageTag {
        &self.language.tag
    }

    /// The bytes of a [previous file](Exporter::previous_files), if the exporter named it and it was there.
    ///
    /// ```
    /// use regimen_export::{Artifact, ArtifactPath, Subject, Unit, testing};
    /// let (catalog, path) = (testing::catalog(), "plan.ics".parse::<ArtifactPath>().unwrap());
    /// let published = [Artifact { path: path.clone(), bytes: b"BEGIN".to_vec() }];
    /// let unit = Unit { previous: &published, ..testing::unit(&catalog, Subject::Catalog) };
    /// assert_eq!(unit.previous(&path), Some(b"BEGIN".as_slice()));
    /// ```
    pub fn previous(&self, path: &ArtifactPath) -> Option<&[u8]> {
        let file = self.previous.iter().find(|file| file.path == *path)?;
        Some(&file.bytes)
    }

    /// The bytes of a picture, by its path from the catalogue's root.
    ///
    /// ```
    /// use regimen_export::{Subject, testing};
    /// let catalog = testing::catalog();
    /// let unit = testing::unit(&catalog, Subject::Catalog);
    /// assert!(unit.media("media/calf-raise.svg").is_some());
    /// assert!(unit.media("media/other.svg").is_none());
    /// ```
    pub fn media(&self, file: &str) -> Option<Arc<[u8]>> {
        self.catalog.media.get(file).cloned()
    }

    /// The bytes of a font of the brand, by its path from the catalogue's root.
    ///
    /// ```
    /// use regimen_export::{Subject, testing};
    /// let catalog = testing::catalog();
    /// let unit = testing::unit(&catalog, Subject::Catalog);
    /// assert_eq!(unit.font("fonts/club.ttf"), None, "this brand has no fonts of its own");
    /// ```
    pub fn font(&self, file: &str) -> Option<Arc<[u8]>> {
        self.catalog.fonts.get(file).cloned()
    }
}

/// What a unit is about.
///
/// ```
/// use regimen_export::{Subject, testing};
/// let catalog = testing::catalog();
/// let file = |subject: Subject<'_>| match subject {
///     Subject::Catalog => "index.txt".to_owned(),
///     Subject::Guide(guide) => format!("guides/{}.txt", guide.id),
///     Subject::Exercise(exercise) => format!("exercises/{}.txt", exercise.id),
///     Subject::Program(program, _) | Subject::Plan(program, _) => format!("programs/{}.txt", program.id),
/// };
/// assert_eq!(file(Subject::Guide(&catalog.guides["calves"])), "guides/calves.txt");
/// ```
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// The whole catalogue.
    Catalog,
    /// A guide.
    Guide(&'a Entry<Guide>),
    /// An exercise.
    Exercise(&'a Entry<Exercise>),
    /// A programme without dates.
    Program(&'a Entry<Program>, &'a Plan),
    /// A programme, with dates if its plan has a schedule.
    Plan(&'a Entry<Program>, &'a Plan),
}

/// The facts of a build that are not in the catalogue.
///
/// ```
/// use regimen_export::testing::BUILD;
/// let line = format!("Made on {} by Regimen {}", BUILD.date, BUILD.version);
/// assert_eq!(line, "Made on 2026-05-01 by Regimen 0.0.0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildInfo {
    /// The only date that exporters know: `SOURCE_DATE_EPOCH`, else the catalogue's newest revision.
    pub date: Date,
    /// The same as seconds since 1970-01-01T00:00:00Z.
    pub epoch: i64,
    /// The program's version.
    pub version: &'static str,
}

/// Collects what an exporter makes and what it has to say.
///
/// ```
/// use regimen_export::regimen_catalog::Diagnostic;
/// use regimen_export::{Artifact, Output};
/// let mut out = Output::new();
/// out.file(Artifact { path: "a.txt".parse().unwrap(), bytes: b"Hello".to_vec() });
/// out.report(Diagnostic::warning("steps/no-cues", "`calf-raise` has no cues"));
/// let (files, findings) = out.into_parts();
/// assert_eq!((files.len(), findings.len()), (1, 1));
/// ```
#[derive(Debug, Default)]
pub struct Output {
    artifacts: Vec<Artifact>,
    findings: Vec<Diagnostic>,
}

impl Output {
    /// An empty output.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    pub fn file(&mut self, artifact: Artifact) {
        self.artifacts.push(artifact);
    }

    /// Adds a finding. One without a place is shown at the file of what the unit is about.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The files and the findings.
    pub fn into_parts(self) -> (Vec<Artifact>, Vec<Diagnostic>) {
        (self.artifacts, self.findings)
    }
}
