//! Makes the calendar of the shipped programme again and again, for `tests/benches/calendars.py` to measure:
//!
//! ```text
//! calendars regimen 10000       our exporter, from a unit to bytes: composing, comparing with the earlier file, writing
//! calendars again 10000         the same, with the earlier file to go on from
//! calendars compose 10000       only composing the texts
//! calendars icalendar 10000     the crate `icalendar`, from composed texts to bytes, without a time zone's rules
//! calendars copy 10000          only copying the finished bytes
//! calendars texts 0             prints the composed texts as JSON
//! ```

#![expect(clippy::unwrap_used, reason = "a benchmark may stop at the first surprise")]
#![expect(clippy::print_stdout, reason = "what it makes is its answer")]

use std::hint::black_box;

use icalendar::{Calendar, Component as _, Property};
use jiff::civil::{DateTime, Time};
use jiff::{SignedDuration, civil::Date};
use regimen_catalog::language::Language;
use regimen_catalog::plan::{Plan, expand};
use regimen_catalog::{Catalog, load};
use regimen_export::{Artifact, BuildInfo, Exporter, Options, Output, Subject, Unit, compose};
use regimen_tests::repository;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mode = arguments.next().unwrap_or_default();
    let count: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(1);
    let bench = Bench::new();
    let unit = bench.unit(&[]);
    let published = [bench.export(&unit)];
    let again = bench.unit(&published);
    let texts = bench.texts(&unit);
    match mode.as_str() {
        "regimen" => repeat(count, || bench.export(&unit).bytes.len()),
        "again" => repeat(count, || bench.export(&again).bytes.len()),
        "compose" => repeat(count, || bench.texts(&unit).len()),
        "icalendar" => repeat(count, || with_icalendar(&texts).len()),
        "copy" => repeat(count, || published[0].bytes.clone().len()),
        "texts" => println!("{}", serde_json::to_string(&texts).unwrap()),
        other => panic!("there is no `{other}`"),
    }
}

fn repeat(count: usize, mut make: impl FnMut() -> usize) {
    (0..count).for_each(|_| {
        black_box(make());
    });
}

/// An event as other libraries are given it.
#[derive(serde::Serialize)]
struct Text {
    uid: String,
    start: String,
    end: String,
    zone: String,
    title: String,
    body: String,
    category: String,
}

struct Bench {
    catalog: Catalog,
    plan: Plan,
    exporter: Box<dyn Exporter>,
    language: Language,
    build: BuildInfo,
}

impl Bench {
    fn new() -> Self {
        let catalog = load(&repository().join("catalog")).unwrap().catalog.unwrap();
        let (name, schedule) = catalog.project.schedules.iter().next().unwrap();
        let plan = expand(&catalog, &catalog.programs[&schedule.program], Some((name, schedule))).unwrap();
        Self {
            plan,
            catalog,
            exporter: (regimen_ics::PLUGIN.open)(&Options::new(serde_json::Value::Null)).ok().unwrap(),
            language: regimen_catalog::english(),
            build: BuildInfo { date: Date::constant(2027, 1, 4), epoch: 1_799_020_800, version: "0.1.0" },
        }
    }

    fn unit<'a>(&'a self, previous: &'a [Artifact]) -> Unit<'a> {
        let subject = Subject::Plan(&self.catalog.programs[&self.plan.program], &self.plan);
        Unit { subject, catalog: &self.catalog, language: &self.language, build: &self.build, previous, person: None }
    }

    fn export(&self, unit: &Unit<'_>) -> Artifact {
        let mut out = Output::new();
        self.exporter.export(unit, &mut out);
        let (files, findings) = out.into_parts();
        assert!(findings.is_empty(), "{findings:?}");
        files.into_iter().find(|file| file.path.as_str().ends_with(".ics")).unwrap()
    }

    fn texts(&self, unit: &Unit<'_>) -> Vec<Text> {
        let (time, zone) = self.plan.schedule.as_ref().unwrap().at.clone().unwrap();
        let text = |session: &regimen_catalog::plan::PlannedSession| {
            let texts = compose::session(unit, &self.plan, session, 80);
            let (start, end) = span(session.date.unwrap(), time);
            let (uid, zone) = (format!("{}@example", session.slot), zone.clone());
            Text {
                uid,
                start,
                end,
                zone,
                title: texts.title,
                body: texts.body.within(4096, str::len),
                category: texts.categories.join(" "),
            }
        };
        self.plan.sessions().map(text).collect()
    }
}

fn span(date: Date, time: Time) -> (String, String) {
    let start = date.to_datetime(time);
    let written = |moment: DateTime| moment.strftime("%Y%m%dT%H%M%S").to_string();
    (written(start), written(start + SignedDuration::from_mins(60)))
}

fn with_icalendar(texts: &[Text]) -> String {
    let mut calendar = Calendar::new();
    calendar.name("Stronger hamstrings").timezone("Europe/London");
    for text in texts {
        let moment = |name: &str, value: &str| Property::new(name, value).add_parameter("TZID", &text.zone).done();
        let event = icalendar::Event::new()
            .uid(&text.uid)
            .sequence(0)
            .append_property(moment("DTSTART", &text.start))
            .append_property(moment("DTEND", &text.end))
            .summary(&text.title)
            .description(&text.body)
            .add_property("CATEGORIES", &text.category)
            .add_property("DTSTAMP", "20270104T000000Z")
            .add_property("LAST-MODIFIED", "20270104T000000Z")
            .add_property("STATUS", "CONFIRMED")
            .add_property("TRANSP", "OPAQUE")
            .done();
        calendar.push(event);
    }
    calendar.done().to_string()
}
