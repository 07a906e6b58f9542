//! A small catalogue, and plans with sessions on given days.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use regimen_catalog::language::Language;
use regimen_catalog::model::{Day, Entity, Entry, Program, Project, Session, Table};
use regimen_catalog::plan::{Plan, PlanSchedule, PlannedBlock, PlannedPart, PlannedSession, PlannedWeek};
use regimen_catalog::vocabulary::{PhaseKind, Section, SessionKind};
use regimen_catalog::{Catalog, Diagnostic, Id, Reference, Severity};
use regimen_export::{Artifact, BuildInfo, Exporter, Options, Output, Subject, Unit};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A catalogue with one programme and a session of each name.
#[derive(Clone)]
pub(super) struct Fixture {
    catalog: Catalog,
    pub(super) plan: Plan,
    pub(super) options: Value,
    /// When the catalogue was revised.
    pub(super) revised: Date,
    /// How many hours after midnight in UTC.
    pub(super) hours: i8,
    /// The file that was published before.
    pub(super) previous: Vec<Artifact>,
    language: Arc<Language>,
}

/// What came of an export.
pub(super) struct Exported {
    pub(super) files: Vec<(String, Vec<u8>)>,
    pub(super) findings: Vec<Diagnostic>,
}

impl Fixture {
    /// A plan of one-hour sessions on these days, at this time in this zone.
    pub(super) fn new(days: &[Date], at: Option<(Time, &str)>) -> Self {
        let sessions = days.iter().enumerate().map(|(index, date)| PlannedSession {
            at: at.map(|(time, _)| time),
            ..planned(&format!("w1-s{index}"), *date)
        });
        Self {
            catalog: catalog(),
            plan: Plan {
                program: id("strong"),
                schedule: Some(PlanSchedule {
                    name: id("spring"),
                    start: days.first().copied().unwrap_or_default(),
                    race: None,
                    at: at.map(|(time, zone)| (time, zone.to_owned())),
                    race_at: None,
                    timezone: at.map(|(_, zone)| zone.to_owned()),
                    day_times: Vec::new(),
                    pauses: Vec::new(),
                    length: None,
                    formerly: Vec::new(),
                }),
                left_out: Vec::new(),
                weeks: vec![PlannedWeek {
                    number: 1,
                    first_day: 0,
                    days: 7,
                    waits: Vec::new(),
                    is_turn: false,
                    phase: id("base"),
                    kind: PhaseKind::Base,
                    start: days.first().copied(),
                    sessions: sessions.collect(),
                }],
            },
            options: Value::Null,
            revised: jiff::civil::date(2027, 1, 4),
            hours: 0,
            previous: Vec::new(),
            language: Arc::new(regimen_catalog::english()),
        }
    }

    pub(super) fn with(mut self, options: Value) -> Self {
        self.options = options;
        self
    }

    /// After this calendar was published.
    pub(super) fn after(mut self, bytes: &[u8]) -> Self {
        self.previous = vec![Artifact { path: "spring.ics".parse().expect("a path"), bytes: bytes.to_vec() }];
        self
    }

    /// After these files were published.
    pub(super) fn after_all(mut self, files: &[(String, Vec<u8>)]) -> Self {
        let calendars = files.iter().filter(|(path, _)| path.ends_with(".ics"));
        let artifact =
            |(path, bytes): &(String, Vec<u8>)| Artifact { path: path.parse().expect("a path"), bytes: bytes.clone() };
        self.previous = calendars.map(artifact).collect();
        self
    }

    /// In a language with these texts.
    pub(super) fn in_language(mut self, tag: &str, texts: &Value) -> Self {
        let file = json!({"name": tag, "labels": {"text": texts}});
        self.language = Arc::new(regimen_catalog::english().overlaid(tag.parse().expect(tag), decoded(file)));
        self
    }

    /// Without the session of this index.
    pub(super) fn without(mut self, index: usize) -> Self {
        self.plan.weeks[0].sessions.remove(index);
        self
    }

    /// With the catalogue revised on this day.
    pub(super) fn revised(mut self, date: Date) -> Self {
        self.revised = date;
        self
    }

    /// Every session takes this long.
    pub(super) fn lasting(mut self, duration: &str) -> Self {
        for session in &mut self.plan.weeks[0].sessions {
            session.duration = Some(duration.parse().expect(duration));
        }
        self
    }

    /// The session and the programme have this name.
    pub(super) fn named(mut self, name: &str) -> Self {
        self.catalog.sessions = table("lift", session_facts(), json!({"name": name}));
        self.catalog.programs = table("strong", program_facts(), program_words(name));
        self
    }

    /// Every session has these lines as its work.
    pub(super) fn saying(mut self, lines: &[String]) -> Self {
        let key = |index: usize| format!("line-{index}");
        let texts: BTreeMap<String, &String> =
            lines.iter().enumerate().map(|(index, line)| (key(index), line)).collect();
        self.catalog.sessions = table("lift", session_facts(), json!({"name": "Heavy day", "texts": texts}));
        let text = |index| PlannedBlock::Text(Reference::from(id::<Session>("lift")), id(&key(index)));
        for session in &mut self.plan.weeks[0].sessions {
            let blocks = (0..lines.len()).map(text).collect();
            session.parts = vec![PlannedPart { section: Section::Main, blocks }];
        }
        self
    }

    /// Every text ends with this disclaimer.
    pub(super) fn warning(mut self, disclaimer: &str) -> Self {
        let words = json!({"title": "Plans", "disclaimer": disclaimer});
        self.catalog.project_words =
            BTreeMap::from([(self.catalog.project.language.clone(), Arc::new(decoded(words)))]);
        self
    }

    pub(super) fn export(&self) -> Exported {
        let exporter = (crate::PLUGIN.open)(&Options::new(self.options.clone())).expect("good options");
        self.export_by(exporter.as_ref())
    }

    /// Exports with an exporter that may have seen other plans.
    pub(super) fn export_by(&self, exporter: &dyn Exporter) -> Exported {
        self.in_unit(|unit| {
            let continued = exporter.previous_files(unit);
            assert!(self.previous.iter().all(|file| continued.contains(&file.path)));
            let mut out = Output::new();
            exporter.export(unit, &mut out);
            let (artifacts, findings) = out.into_parts();
            let files = artifacts.into_iter().map(|artifact| (artifact.path.to_string(), artifact.bytes));
            Exported { files: files.collect(), findings }
        })
    }

    /// The plan as the unit that exporters get.
    pub(super) fn in_unit<R>(&self, see: impl FnOnce(&Unit<'_>) -> R) -> R {
        let midnight = self.revised.at(self.hours, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).expect("in range");
        let build = BuildInfo { date: self.revised, epoch: midnight.timestamp().as_second(), version: "0.1.0" };
        let program = self.catalog.programs.values().next().expect("a programme");
        let mut catalog = self.catalog.clone();
        catalog.languages.insert(self.language.tag.clone(), self.language.clone());
        see(&Unit {
            subject: Subject::Plan(program, &self.plan),
            catalog: &catalog,
            language: &self.language,
            build: &build,
            previous: &self.previous,
            person: None,
        })
    }

    /// The bytes of the one calendar.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let exported = self.export();
        let errors: Vec<_> = exported.findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:?}");
        let is_public = |path: &str| path.ends_with(".ics") && !path.starts_with("private/");
        let mut files = exported.files.into_iter().filter(|(path, _)| is_public(path));
        let (_, bytes) = files.next().expect("a calendar");
        assert!(files.next().is_none(), "one calendar");
        bytes
    }

    /// The one calendar, after the strict checker has read it.
    pub(super) fn checked(&self) -> super::checker::Component {
        let calendar = super::checker::check(&self.bytes());
        assert_eq!(calendar.all("VEVENT").count(), self.plan.sessions().count());
        assert!(calendar.all("VEVENT").all(|event| event.value("DESCRIPTION").len() <= 4096), "with all escapes");
        calendar
    }
}

fn planned(slot: &str, date: Date) -> PlannedSession {
    PlannedSession {
        slot: slot.to_owned(),
        week: 1,
        day: Day::Number(1),
        offset: 0,
        usual: 0,
        place: regimen_catalog::Place::file("programs/p.yaml"),
        at: None,
        day_times: Vec::new(),
        hour: None,
        moved_from: None,
        date: Some(date),
        is_in_turn: false,
        session: id("lift"),
        kind: SessionKind::Strength,
        duration: "60 min".parse().ok(),
        lighter: false,
        targets: Vec::new(),
        parts: Vec::new(),
        optional: false,
        or: Vec::new(),
    }
}

fn id<T>(text: &str) -> Id<T> {
    text.parse().expect(text)
}

fn decoded<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a value of the catalogue")
}

fn session_facts() -> Session {
    decoded(json!({"kind": "strength", "duration": "60 min"}))
}

fn program_facts() -> Program {
    decoded(json!({"level": 2, "phases": []}))
}

fn program_words(name: &str) -> Value {
    json!({"name": name, "summary": "s", "goal": "g", "audience": "a"})
}

fn table<T: Entity<Words: DeserializeOwned>>(name: &str, facts: T, words: Value) -> Table<T> {
    let entry = Entry::new(id(name), format!("{}/{name}.yaml", T::KIND.folder()), facts, decoded(words));
    Table::from([(id(name), Arc::new(entry))])
}

fn catalog() -> Catalog {
    Catalog {
        sessions: table("lift", session_facts(), json!({"name": "Heavy day"})),
        programs: table("strong", program_facts(), program_words("Strong, and well")),
        ..Catalog::new(decoded::<Project>(json!({"language": "en"})))
    }
}
