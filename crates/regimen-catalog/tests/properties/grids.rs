//! Plans as a grid: what a cell says comes out as it is written, whatever its phase says and wherever its rows stand.

use proptest::prelude::*;
use regimen_catalog::model::{Cell, RunStep, StepLength, Stretch};
use regimen_catalog::plan::{Plan, PlannedPart, PlannedSession, expand};
use regimen_catalog::vocabulary::Section;
use regimen_catalog::{Files, Severity, load_files};

const SESSIONS: [(&str, &str); 3] = [
    ("easy-run", "kind: run\nmain: [{run: [{id: far, duration: 7 km, target: easy pace}]}]\nwords: {name: Easy}\n"),
    (
        "track",
        "kind: run\nwarm_up: [{run: [{duration: 2 km}]}]\nmain: [{run: [{repeat: 4, steps: [{duration: 1 km}]}]}]\n\
         words: {name: Track}\n",
    ),
    ("cross", "kind: cross-train\nmain: [{text: any}]\nwords: {name: Cross, texts: {any: Any sport.}}\n"),
];

/// What is written of a session in a cell.
#[derive(Debug, Clone)]
struct Said {
    session: &'static str,
    word: &'static str,
    length: Option<String>,
    times: Option<String>,
    target: Option<&'static str>,
    between: Option<&'static str>,
}

/// What is written in a cell: sessions one after the other, or choices.
#[derive(Debug, Clone)]
struct Day {
    text: String,
    said: Vec<Said>,
    is_choice: bool,
    optional: bool,
}

fn length() -> impl Strategy<Value = String> {
    let unit = prop::sample::select(&["km", "mi", "min"][..]);
    let amount =
        prop_oneof![(1..=40_u32).prop_map(|n| n.to_string()), (1..=9_u32).prop_map(|n| format!("{n}-{}", n + 3))];
    (amount, unit).prop_map(|(amount, unit)| format!("{amount} {unit}"))
}

fn target() -> impl Strategy<Value = Option<&'static str>> {
    let all = ["5k pace", "10k pace", "zone 2", "rpe 7", "marathon pace + 15 s/km", "90-92 % 5k pace"];
    prop::option::of(prop::sample::select(all.to_vec()))
}

fn stretch(session: &'static str, word: &'static str) -> impl Strategy<Value = Said> {
    let amount = prop::option::of((length(), target()));
    amount.prop_map(move |amount| {
        let (length, target) = amount.map_or((None, None), |(length, target)| (Some(length), target));
        Said { session, word, length, times: None, target, between: None }
    })
}

fn repeats() -> impl Strategy<Value = Said> {
    let each = prop::sample::select(&["200 m", "1 km", "3 min", "1 mi"][..]);
    let times =
        prop_oneof![(2..=20_u32).prop_map(|n| n.to_string()), (2..=9_u32).prop_map(|n| format!("{n}-{}", n + 1))];
    let between = prop::option::of(prop::sample::select(&["200 m jog", "90 s rest", "2 min walk"][..]));
    (times, each, target(), between).prop_map(|(times, each, target, between)| {
        let (length, times) = (Some(each.to_owned()), Some(times));
        Said { session: "track", word: "repeats", length, times, target, between }
    })
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![3 => stretch("easy-run", "easy"), 2 => repeats(), 1 => stretch("cross", "cross")]
}

impl Said {
    fn text(&self) -> String {
        let times = self.times.iter().map(|times| format!("{times}x")).collect::<String>();
        let length = self.length.iter().map(|length| format!("{times}{length} ")).collect::<String>();
        let target = self.target.map(|target| format!(" @ {target}")).unwrap_or_default();
        let between = self.between.map(|between| format!(", {between}")).unwrap_or_default();
        format!("{length}{}{target}{between}", self.word)
    }
}

fn day() -> impl Strategy<Value = Day> {
    let several = prop::collection::vec(said(), 1..3).prop_map(|said| {
        let text = said.iter().map(Said::text).collect::<Vec<_>>().join(" + ");
        Day { text, said, is_choice: false, optional: false }
    });
    let choice =
        (stretch("easy-run", "easy"), stretch("cross", "cross"), any::<bool>()).prop_map(|(one, other, optional)| {
            let rest = if optional { " or rest" } else { "" };
            let text = format!("{} or {}{rest}", one.text(), other.text());
            Day { text, said: vec![one, other], is_choice: true, optional }
        });
    let rest = prop::sample::select(&["rest", "-", "", "Rest"][..]);
    let rest = rest.prop_map(|text| Day { text: text.into(), said: Vec::new(), is_choice: false, optional: false });
    prop_oneof![4 => several, 2 => choice, 2 => rest]
}

/// A week; it begins with the run that the progression is for.
fn week() -> impl Strategy<Value = Vec<Day>> {
    let monday = stretch("easy-run", "easy").prop_map(|said| Day {
        text: said.text(),
        said: vec![said],
        is_choice: false,
        optional: false,
    });
    (monday, prop::collection::vec(day(), 6)).prop_map(|(monday, rest)| [vec![monday], rest].concat())
}

fn phase() -> impl Strategy<Value = (Vec<Vec<Day>>, String)> {
    let share = || prop::sample::select(&["", "1 %", "60 %", "150 %"][..]);
    let lighter = prop::sample::select(&["", ", overrides: [{week: 1, kind: deload, volume: 50 %, load: 80 %}]"][..]);
    let grows = prop::sample::select(&["", ", progression: [{step: far, linear: {add: 1 km}}]"][..]);
    (prop::collection::vec(week(), 1..4), share(), share(), lighter, grows).prop_map(
        |(weeks, volume, load, lighter, grows)| {
            let share =
                |key: &str, share: &str| if share.is_empty() { String::new() } else { format!(", {key}: {share}") };
            let keys = format!("{}{}{lighter}{grows}", share("volume", volume), share("load", load));
            (weeks, keys)
        },
    )
}

/// How a table is written.
#[derive(Debug, Clone)]
struct Style {
    separator: char,
    quoted: bool,
    end: &'static str,
    mark: &'static str,
}

fn style() -> impl Strategy<Value = Style> {
    let separator = prop::sample::select(vec![',', ';', '\t']);
    let end = prop::sample::select(&["\n", "\r\n"][..]);
    (separator, any::<bool>(), end, prop::sample::select(&["", "\u{feff}"][..]))
        .prop_map(|(separator, quoted, end, mark)| Style { separator, quoted, end, mark })
}

fn table(weeks: &[&Vec<Day>], style: &Style) -> String {
    let between = style.separator.to_string();
    let cell = |day: &Day| {
        let quoted = style.quoted || day.text.contains(style.separator);
        if quoted { format!("\"{}\"", day.text) } else { day.text.clone() }
    };
    let head = ["Week", "Mon", "tuesday", "WED", "thu", "Friday", "sat", "Sunday"].join(&between);
    let rows = (1..).zip(weeks).map(|(number, week): (u32, _)| {
        let cells = std::iter::once(number.to_string()).chain(week.iter().map(cell));
        cells.collect::<Vec<_>>().join(&between)
    });
    let lines = std::iter::once(head).chain(rows).map(|line| format!("{line}{}", style.end));
    format!("{}{}", style.mark, lines.collect::<String>())
}

fn plan(phases: &[(Vec<Vec<Day>>, String)], rows: &str, table: Option<&str>) -> Result<Plan, String> {
    let phases = phases
        .iter()
        .enumerate()
        .map(|(index, (weeks, keys))| format!("{{id: p{index}, kind: build, weeks: {}{keys}}}", weeks.len()));
    let program = format!(
        "level: 1\nphases: [{}]\ngrid:\n  sessions: {{easy: easy-run, repeats: track}}\n  {rows}\n\
         words: {{name: P, summary: S., goal: G, audience: A}}\n",
        phases.collect::<Vec<_>>().join(", ")
    );
    let mut files = Files::new();
    files.insert("regimen.yaml".into(), "language: en\nwords: {title: T}\n".as_bytes().into());
    files.insert("programs/p.yaml".into(), program.as_bytes().into());
    for (id, text) in SESSIONS {
        files.insert(format!("sessions/{id}.yaml").into(), text.as_bytes().into());
    }
    if let Some(table) = table {
        files.insert("programs/p.csv".into(), table.as_bytes().into());
    }
    let loaded = load_files(&files);
    let errors = loaded.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<_> = errors.map(|finding| finding.message.clone()).collect();
    let catalog = loaded.catalog.filter(|_| errors.is_empty()).ok_or_else(|| errors.join("\n"))?;
    let program = catalog.programs.values().next().ok_or("no programme")?;
    expand(&catalog, program, None).map_err(|findings| format!("{findings:?}"))
}

/// The first stretch of the main part, and how often it is done.
fn main(parts: &[PlannedPart]) -> Option<(&Stretch, Option<String>, Option<StepLength>)> {
    let main = parts.iter().find(|part| part.section == Section::Main)?;
    match main.blocks.iter().find_map(|block| block.run())?.first()? {
        RunStep::Stretch(stretch) => Some((stretch, None, None)),
        RunStep::Repeat(repeat) => {
            let stretches: Vec<&Stretch> = repeat.steps.iter().filter_map(stretch_of).collect();
            let between = stretches.get(1).map(|between| between.length);
            Some((stretches.first()?, Some(repeat.times.to_string()), between))
        }
    }
}

fn stretch_of(step: &RunStep) -> Option<&Stretch> {
    match step {
        RunStep::Stretch(stretch) => Some(stretch),
        RunStep::Repeat(_) => None,
    }
}

fn assert_unchanged(said: &Said, session: &str, parts: &[PlannedPart]) {
    assert_eq!(session, said.session);
    // A word alone leaves the length to the session and its phase.
    let Some(length) = &said.length else { return };
    let (stretch, times, between) = main(parts).expect("a step");
    assert_eq!(stretch.length.to_string(), *length, "{said:?}");
    assert_eq!(times, said.times, "{said:?}");
    if let Some(target) = said.target {
        assert_eq!(stretch.target.map(|target| target.to_string()).as_deref(), Some(target), "{said:?}");
    }
    let between = between.map(|length| length.to_string());
    let meant = said.between.and_then(|between| between.rsplit_once(' ')).map(|(length, _)| length.to_owned());
    assert_eq!(between, meant, "{said:?}");
}

/// The sessions that a day asks for, without those that may be done instead.
fn count(day: &Day) -> usize {
    if day.is_choice { 1 } else { day.said.len() }
}

/// All of a session but the place where it is written.
fn shown(session: &PlannedSession) -> String {
    let PlannedSession { slot, offset, session: id, duration, lighter, parts, optional, or, .. } = session;
    format!("{slot} {offset} {id} {duration:?} {lighter} {parts:?} {optional} {or:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_written_cell_comes_out_unchanged(phases in prop::collection::vec(phase(), 1..4), style in style()) {
        let weeks: Vec<&Vec<Day>> = phases.iter().flat_map(|(weeks, _)| weeks).collect();
        let rows: Vec<Vec<&str>> = weeks.iter().map(|week| week.iter().map(|day| day.text.as_str()).collect()).collect();
        let rows = format!("weeks: {}", serde_json::to_string(&rows).expect("texts"));
        let written = plan(&phases, &rows, None).expect("what is written right loads and expands");

        prop_assert_eq!(written.weeks.len(), weeks.len());
        for (week, days) in written.weeks.iter().zip(&weeks) {
            let mut sessions = week.sessions.iter();
            for (column, day) in (0..).zip(days.iter()) {
                let of_day: Vec<_> = sessions.by_ref().take(count(day)).collect();
                prop_assert!(of_day.iter().all(|one| one.offset == week.first_day + column), "{}", day.text);
                for (said, session) in day.said.iter().zip(&of_day) {
                    assert_unchanged(said, session.session.as_str(), &session.parts);
                    prop_assert_eq!(session.optional, day.optional);
                }
                if day.is_choice {
                    let other = &of_day[0].or[0];
                    assert_unchanged(&day.said[1], other.session.as_str(), &other.parts);
                }
            }
            prop_assert!(sessions.next().is_none());
        }

        let tabled = plan(&phases, "file: p.csv", Some(&table(&weeks, &style))).expect("a table loads as rows do");
        prop_assert_eq!(
            tabled.sessions().map(shown).collect::<Vec<_>>(),
            written.sessions().map(shown).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_cell_reads_back_as_it_is_shown(day in day()) {
        let cell: Cell = day.text.parse().expect("a cell");
        prop_assert_eq!(cell.to_string().parse(), Ok(cell.clone()), "{} {}", day.text, cell);
    }

    #[test]
    fn any_text_is_a_cell_or_a_message(text in crate::text()) {
        if let Ok(cell) = text.parse::<Cell>() {
            prop_assert_eq!(cell.to_string().parse(), Ok(cell.clone()), "{:?} {}", text, cell);
        }
    }
}
