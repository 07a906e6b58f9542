//! Programmes of nine to seventeen weeks, each with four sessions of its own.

use std::fmt::Write as _;

use super::Writer;
use super::others::{FRAGMENTS, SOURCES};

const SESSIONS: usize = 4;
/// Two days between hard ones, and one for mobility: a catalogue that is checked every day keeps most rules.
const DAYS: [&str; SESSIONS] = ["monday", "wednesday", "friday", "sunday"];
/// Exercises whose dose grows, in each session.
const GROWING: usize = 3;

pub(super) fn id(number: usize) -> String {
    format!("program-{number}")
}

fn session_id(program: usize, session: usize) -> String {
    format!("session-{program}-{session}")
}

pub(super) fn write(writer: &mut Writer, number: usize) {
    let worked: Vec<_> = (0..SESSIONS).flat_map(|session| write_session(writer, number, session)).collect();
    let base = 3 + writer.dice.below(5);
    let build = 3 + writer.dice.below(5);
    let mut text = format!("level: {}\nrevised: 2027-01-01\nphases:\n", 2 + number % 4);
    let reps = progression(&worked, "linear: {add: 1 reps, every: 1, cap: 12 reps}");
    let effort = progression(&worked, "linear: {add: 0.5 rpe, every: 2, cap: 8.5 rpe}");
    let lighter = "    volume: 60 %\n";
    write_phase(&mut text, number, Phase { id: "base", kind: "base", weeks: base }, &reps);
    write_phase(&mut text, number, Phase { id: "pause", kind: "deload", weeks: 1 }, lighter);
    write_phase(&mut text, number, Phase { id: "build", kind: "build", weeks: build }, &effort);
    write_phase(&mut text, number, Phase { id: "deload", kind: "deload", weeks: 1 }, lighter);
    write_phase(
        &mut text,
        number,
        Phase { id: "peak", kind: "peak", weeks: 1 },
        &progression(&worked, "from: {sets: 2, reps: 5, rpe: 8, rest: 2 min}"),
    );
    let _ = write!(
        text,
        "sources: [source-{}]\nwords:\n  name: Programme {number}\n  summary: Some weeks that end with a lighter one.\n  \
         goal: Stronger legs\n  audience: Runners who are new to strength training\n  notes:\n    - Keep two days between \
         two sessions.\n    - Take the [first one](session:{}) slowly.\n  phases:\n    base: The work grows a little each week.\n    \
         build: It gets harder.\n",
        number % SOURCES,
        session_id(number, 0)
    );
    writer.file(format!("programs/{}.yaml", id(number)), text);
}

/// A phase of a programme.
#[derive(Clone, Copy)]
struct Phase {
    id: &'static str,
    kind: &'static str,
    weeks: usize,
}

fn write_phase(text: &mut String, program: usize, phase: Phase, more: &str) {
    let Phase { id, kind, weeks } = phase;
    let _ = write!(text, "  - id: {id}\n    kind: {kind}\n    weeks: {weeks}\n    sessions:\n");
    for (session, day) in DAYS.iter().enumerate() {
        let _ = writeln!(text, "      - {{session: {}, day: {day}}}", session_id(program, session));
    }
    text.push_str(more);
}

/// The same change of the dose for every exercise that is worked.
fn progression(worked: &[String], change: &str) -> String {
    let all: String = worked.iter().map(|exercise| format!("      - {exercise}\n        {change}\n")).collect();
    format!("    progression:\n{all}")
}

/// Writes a session; the exercises whose dose may grow come back, as a progression names them.
fn write_session(writer: &mut Writer, program: usize, session: usize) -> Vec<String> {
    let first = writer.dice.below(writer.exercises);
    let mut exercises = (0..).map(|offset| super::exercises::id((first + offset) % writer.exercises));
    let mut next = || exercises.next().unwrap();
    let worked: Vec<_> = (0..GROWING).map(|_| next()).collect();
    let easy = DAYS[session] == "sunday";
    let kind = if easy { "mobility" } else { "strength" };
    let (sets, effort) = if easy { (1, 3) } else { (3, 6) };
    let fragment = session % FRAGMENTS;
    let mut text = format!("kind: {kind}\nduration: 45 min\nwarm_up:\n  - use: fragment-{fragment}\nmain:\n");
    for exercise in &worked {
        let dose = format!("{{sets: {sets}, reps: 8, rpe: {effort}, rest: 90 s}}");
        let _ = writeln!(text, "  - exercise: {exercise}\n    dose: {dose}");
    }
    let _ = write!(
        text,
        "accessory:\n  - superset:\n      - {{exercise: {}, dose: {{reps: 10, rpe: {effort}}}}}\n      - {{exercise: {}, dose: {{hold: 30 s, rpe: {effort}}}}}\n    \
         rounds: 3\n    rest: 60 s\n  - {{exercise: {}, dose: {{reps: 12, rpe: {effort}}}}}\ncool_down:\n  - {{exercise: {}, dose: {{time: 5 min}}}}\n  - text: walk\n",
        next(),
        next(),
        next(),
        next()
    );
    let _ = write!(
        text,
        "words:\n  name: Session {session} of programme {program}\n  summary: Hard work for the legs and the trunk.\n  texts:\n    \
         walk: Walk for a few minutes and breathe slowly.\n"
    );
    let id = session_id(program, session);
    writer.file(format!("sessions/{id}.yaml"), text);
    if easy {
        return Vec::new();
    }
    worked.iter().map(|exercise| format!("exercise: {exercise}\n        session: {id}")).collect()
}
