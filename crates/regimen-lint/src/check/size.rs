//! Programmes that are larger than any plan can be, so that nothing is written out of which the number must be a mistake.

use std::collections::{BTreeMap, BTreeSet};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, Place};
use regimen_model::limits::{
    DOCUMENT, Limit, PHASES, PROGRESSIONS, ROWS, SESSION, SESSIONS, SHARES, WEEK_SESSIONS, WEEKS, WORK,
};
use regimen_model::model::{
    Day, Entry, Exercise, Grid, Grows, Item, Phase, PhaseLength, PhaseSession, Program, Progression, Rotation, RunStep,
    Scheme, Session, SessionBlock,
};
use regimen_model::prose::estimated_pages;
use regimen_model::reference::Id;

/// What is wrong with the sizes of programmes, and which of them nothing else is to be asked of.
pub(super) fn check(catalog: &Catalog) -> (Vec<Diagnostic>, BTreeSet<&Id<Program>>) {
    let (mut findings, mut too_large) = (Vec::new(), BTreeSet::new());
    for session in catalog.sessions.values() {
        let lines = lines_of(catalog, session, &Sets::default());
        if SESSION.is_exceeded_by(lines) {
            let message = format!(
                "the session has {lines} exercises, steps and texts with its fragments; the most is {}",
                SESSION.most
            );
            let finding = Diagnostic::error("too-many", message).at(Place::file(session.file.clone()), "");
            findings.push(finding.help("split it into sessions of one day each, or delete what was copied too often"));
        }
    }
    for program in catalog.programs.values() {
        let found = of_program(catalog, program);
        if !found.is_empty() {
            too_large.insert(&program.id);
        }
        findings.extend(found);
    }
    (findings, too_large)
}

fn of_program(catalog: &Catalog, program: &Entry<Program>) -> Vec<Diagnostic> {
    let lists = lists(program);
    if !lists.is_empty() {
        return lists;
    }
    let counted = Counted::of(catalog, program);
    let in_all = [
        (SESSIONS, counted.sessions, "sessions in all of its weeks"),
        (WORK, counted.lines, "exercises, steps and texts in all of its weeks"),
        (catalog.project.limits.of(DOCUMENT), estimated_pages(counted.on_paper()), "pages, as estimated"),
    ];
    let exceeded = in_all.into_iter().filter(|(limit, count, _)| limit.is_exceeded_by(*count));
    let in_all = exceeded.map(|(limit, count, what)| {
        let message = format!("the programme has {count} {what}; the most is {}", limit.most);
        let help = limit.way_out(count, "split it into programmes that follow each other");
        too_large(program, FieldPath::root().key("phases"), message, &help)
    });
    in_all.collect()
}

fn too_large(program: &Entry<Program>, path: FieldPath, message: String, help: &str) -> Diagnostic {
    let place = Place::key(program.file.clone(), path);
    Diagnostic::error("too-many", message).at(place, "").help(help)
}

/// Lists that are too long by themselves.
fn lists(program: &Entry<Program>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let phases = FieldPath::root().key("phases");
    let mut look = |path: FieldPath, what: &str, count: usize, limit: Limit, help: &str| {
        if limit.is_exceeded_by(count as u64) {
            let message = format!("there are {count} {what}; the most is {}", limit.most);
            findings.push(too_large(program, path, message, help));
        }
    };
    look(phases.clone(), "phases", program.phases.len(), PHASES, "let phases with the same sessions be one");
    if let Some(Grid { weeks, file: None, .. }) = &program.grid {
        let path = FieldPath::root().key("grid").key("weeks");
        look(path, "rows", weeks.len(), ROWS, "write a row for each week of the phases");
    }
    for (index, phase) in program.phases.iter().enumerate().take(PHASES.size()) {
        let path = phases.clone().index(index);
        for (path, sessions) in phase.session_lists(&path) {
            let placed = sessions.iter().map(|planned| 1 + planned.or.len()).sum();
            look(path, "sessions in a week", placed, WEEK_SESSIONS, "list what is done in a week, each thing once");
        }
        let rules = path.key("progression");
        let help = "let a progression name an exercise that grows in the same way everywhere";
        look(rules.clone(), "progressions in a phase", phase.progression.len(), PROGRESSIONS, help);
        for (index, rule) in phase.progression.iter().enumerate().take(PROGRESSIONS.size()) {
            let path = rules.clone().index(index).key("percent_table");
            look(path, "sets in a week of the table", shares(rule), SHARES, "say `sets: 5` of sets that are the same");
        }
    }
    if WEEKS.is_exceeded_by(weeks(program)) {
        let message = format!("the programme has {} weeks; the most is {}", weeks(program), WEEKS.most);
        let finding = Diagnostic::error("too-many-weeks", message).at(Place::key(program.file.clone(), phases), "");
        findings.push(finding.help("split it into programmes"));
    }
    findings
}

/// How many weeks of the calendar it has.
fn weeks(program: &Program) -> u64 {
    let days: u64 = program.phases.iter().map(|phase| u64::from(phase.length.days())).sum();
    days.div_ceil(7)
}

/// The sets in the longest week of a table of shares; 0 for what is none.
fn shares(rule: &Progression) -> usize {
    match &rule.scheme {
        Scheme::PercentTable(table) => table.weeks.iter().map(Vec::len).max().unwrap_or_default(),
        Scheme::Constant(_)
        | Scheme::Linear { .. }
        | Scheme::Double { .. }
        | Scheme::ByResult { .. }
        | Scheme::Stages(_)
        | Scheme::Explicit(_)
        | Scheme::Lengths(_)
        | Scheme::Repeats(_) => 0,
    }
}

/// How much there is when all weeks are written out, at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counted {
    sessions: u64,
    /// Exercises with a dose, steps of runs and texts.
    lines: u64,
}

/// How many lines a programme has on paper with all of its weeks, as estimated: exercises with a dose, steps of runs and texts.
pub fn lines_of_program(catalog: &Catalog, program: &Program) -> u64 {
    Counted::of(catalog, program).on_paper()
}

impl Counted {
    /// Its lines on paper; a session has a title with space around it.
    fn on_paper(self) -> u64 {
        self.lines.saturating_add(self.sessions.saturating_mul(2))
    }

    fn of(catalog: &Catalog, program: &Program) -> Self {
        Counting { catalog, known: BTreeMap::new() }.program(program)
    }

    fn add(&mut self, other: Self, times: u64) {
        self.sessions = self.sessions.saturating_add(other.sessions.saturating_mul(times));
        self.lines = self.lines.saturating_add(other.lines.saturating_mul(times));
    }
}

/// Counts sessions, of which each is looked at once.
struct Counting<'a> {
    catalog: &'a Catalog,
    known: BTreeMap<&'a Id<Session>, u64>,
}

impl<'a> Counting<'a> {
    fn program(mut self, program: &'a Program) -> Counted {
        let mut all = Counted::default();
        for phase in &program.phases {
            self.phase(phase, &mut all);
        }
        let weeks: u32 = program.phases.iter().map(|phase| phase.length.weeks()).sum();
        for week in program.grid.iter().flat_map(|grid| (0..weeks).map(move |week| grid.placements(week))) {
            week.iter().for_each(|placed| all.add(self.placed(&placed.planned, &[]), 1));
        }
        all
    }

    fn phase(&mut self, phase: &'a Phase, all: &mut Counted) {
        let (weeks, days) = (u64::from(phase.length.weeks()), u64::from(phase.length.days()));
        let shares: Vec<&Progression> = phase.progression.iter().filter(|rule| shares(rule) > 1).collect();
        let lists = phase.overrides.iter().filter_map(|week| week.sessions.as_deref());
        let own_weeks = weeks.saturating_sub(lists.clone().count() as u64);
        let a_week = u64::from(phase.length.days_a_week());
        let of_phase = phase.sessions.iter().map(|planned| (planned, own_weeks, days));
        for (planned, weeks, days) in of_phase.chain(lists.flatten().map(|planned| (planned, 1, a_week))) {
            let times = match planned.every {
                Some(every) => days.div_ceil(u64::from(every).max(1)),
                None if matches!((phase.length, planned.day), (PhaseLength::Days(_), Day::Number(_))) => 1,
                None => weeks,
            };
            all.add(self.placed(planned, &shares), times);
        }
        if let Some(Rotation { sessions, days, slot: _ }) = &phase.rotation {
            let times = weeks.saturating_mul(days.len() as u64).div_ceil((sessions.len() as u64).max(1));
            for session in sessions {
                all.add(Counted { sessions: 1, lines: self.lines(session, &shares) }, times);
            }
        }
    }

    /// A session where it is placed, with what may be done instead.
    fn placed(&mut self, planned: &PhaseSession, shares: &[&Progression]) -> Counted {
        let others = planned.alternatives().map(|(_, other)| (&other.session, other.run.as_deref()));
        let all = std::iter::once((&planned.session, planned.run.as_deref())).chain(others);
        let lines = all.map(|(session, run)| self.lines(session, shares) + run.map_or(0, steps));
        Counted { sessions: 1, lines: lines.fold(0, u64::saturating_add) }
    }

    /// The lines of a session; an exercise has one for each set of a table of shares.
    fn lines(&mut self, session: &Id<Session>, shares: &[&Progression]) -> u64 {
        let Some(session) = self.catalog.sessions.get(session) else { return 0 };
        if !shares.is_empty() {
            return lines_of(self.catalog, session, &sets(shares));
        }
        let catalog = self.catalog;
        *self.known.entry(&session.id).or_insert_with(|| lines_of(catalog, session, &Sets::default()))
    }
}

/// How many sets tables of shares have for exercises and lines of sessions.
#[derive(Default)]
struct Sets<'a> {
    exercises: BTreeMap<&'a Id<Exercise>, usize>,
    items: BTreeMap<&'a Id<Item>, usize>,
}

fn sets<'a>(rules: &[&'a Progression]) -> Sets<'a> {
    let mut sets = Sets::default();
    for rule in rules {
        let of = match &rule.of {
            Grows::Exercise(exercise) => sets.exercises.entry(exercise).or_default(),
            Grows::Item(item) => sets.items.entry(item).or_default(),
            Grows::Step(_) => continue,
        };
        *of = shares(rule).max(*of);
    }
    sets
}

fn lines_of(catalog: &Catalog, session: &Session, sets: &Sets<'_>) -> u64 {
    let own = session.parts().into_iter().flat_map(|(_, _, blocks)| blocks);
    let blocks = own.flat_map(|block| match block {
        SessionBlock::Use(id) => catalog.fragments.get(id).map_or(&[][..], |fragment| fragment.blocks.as_slice()),
        SessionBlock::Item(_) | SessionBlock::Group(_) | SessionBlock::Run(_) | SessionBlock::Text(_) => {
            std::slice::from_ref(block)
        }
    });
    let lines = blocks.map(|block| match block {
        SessionBlock::Run(run) => steps(run),
        SessionBlock::Text(_) | SessionBlock::Use(_) => 1,
        SessionBlock::Item(_) | SessionBlock::Group(_) => block.items().map(|(_, item)| sets.of(item)).sum(),
    });
    lines.fold(0, u64::saturating_add)
}

impl Sets<'_> {
    fn of(&self, item: &Item) -> u64 {
        let named = item.id.as_ref().and_then(|id| self.items.get(id)).or_else(|| self.exercises.get(&item.exercise));
        let written = item.dose.as_ref().map_or(1, |doses| doses.iter().count());
        written.max(named.copied().unwrap_or_default()) as u64
    }
}

fn steps(run: &[RunStep]) -> u64 {
    run.iter().map(|step| step.all().len() as u64).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    fn of(phases: &[&str]) -> Vec<String> {
        let steps = vec!["{duration: 1 km}"; 100].join(", ");
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}").session(
            "long",
            "run",
            &format!("{{run: [{steps}]}}"),
        );
        lint.phases(phases).all().into_iter().filter(|line| line.contains("too-")).collect()
    }

    fn times(count: usize, one: impl Fn(usize) -> String) -> String {
        (0..count).map(one).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn lists_have_a_most() {
        let week = |count: usize| {
            let sessions = times(count, |at| format!("{{session: s, day: monday, slot: s{at}}}"));
            of(&[&format!("kind: base, weeks: 1, sessions: [{sessions}]")])
        };
        assert_eq!(week(1_000), [""; 0]);
        assert_eq!(week(1_001), ["programs/p.yaml:3:36 too-many: there are 1001 sessions in a week; the most is 1000"]);
        let phases = |count: usize| of(&vec!["kind: base, days: 1, sessions: [{session: s, day: 1}]"; count]);
        assert_eq!(phases(1_000), [""; 0]);
        assert_eq!(phases(2_000), ["programs/p.yaml:2:1 too-many: there are 2000 phases; the most is 1000"]);
        let rules = times(501, |_| "{exercise: hinge, linear: {add: 1 reps}}".to_owned());
        let said =
            of(&[&format!("kind: base, weeks: 1, sessions: [{{session: s, day: monday}}], progression: [{rules}]")]);
        assert!(said.len() == 1 && said[0].contains("501 progressions in a phase; the most is 500"), "{said:?}");
        let sets = times(101, |_| "{reps: 5, at: 70 %}".to_owned());
        let table = format!("{{exercise: hinge, percent_table: {{of: 1rm, weeks: [[{sets}]]}}}}");
        let said =
            of(&[&format!("kind: base, weeks: 1, sessions: [{{session: s, day: monday}}], progression: [{table}]")]);
        assert!(said.len() == 1 && said[0].contains("101 sets in a week of the table; the most is 100"), "{said:?}");
    }

    #[test]
    fn a_session_has_a_most_with_its_fragments() {
        let items = "{exercise: hinge}, ".repeat(399);
        let fragment = format!("blocks: [{items}]\nwords: {{name: F}}\n");
        let uses = |count: usize| "{use: f}, ".repeat(count);
        let of = |count: usize| {
            let lint = Lint::new().session("s", "strength", &uses(count)).file("fragments/f.yaml", &fragment);
            let all = lint.phases(&["kind: base, weeks: 1, sessions: [{session: s, day: monday}]"]).all();
            all.into_iter().filter(|one| one.contains("with its fragments")).count()
        };
        assert_eq!((of(5), of(6)), (0, 1));
    }

    #[test]
    fn weeks_have_a_most() {
        assert_eq!(of(&["kind: base, weeks: 255, sessions: [{session: s, day: monday}]"; 2]), [""; 0]);
        assert_eq!(
            of(&["kind: base, weeks: 255, sessions: [{session: s, day: monday}]"; 3]),
            ["programs/p.yaml:2:1 too-many-weeks: the programme has 765 weeks; the most is 520"]
        );
    }

    #[test]
    fn what_is_written_out_has_a_most() {
        let placed = |session: &str, count: usize, weeks: u32| {
            let sessions = times(count, |at| format!("{{session: {session}, day: monday, slot: s{at}}}"));
            format!("kind: base, weeks: {weeks}, sessions: [{sessions}]")
        };
        let said = of(&[&placed("s", 101, 200)]);
        assert_eq!(
            said,
            [
                "programs/p.yaml:2:1 too-many: the programme has 20200 sessions in all of its weeks; the most is 20000",
                "programs/p.yaml:2:1 too-many: the programme has 2525 pages, as estimated; the most is 500",
            ]
        );
        let said = of(&[&placed("long", 20, 110)]);
        assert!(said[0].contains("exercises, steps and texts in all of its weeks"), "{said:?}");
        assert!(said.len() == 2 && said[1].contains("pages, as estimated; the most is 500"), "{said:?}");
        let daily = times(60, |at| format!("{{session: s, day: 1, every: 1, slot: s{at}}}"));
        assert_eq!(of(&[&format!("kind: base, weeks: 50, sessions: [{daily}]")]).len(), 2, "on each day");
        let days = times(100, |at| format!("{{session: s, day: {}, slot: s{at}}}", at + 1));
        assert_eq!(of(&[&format!("kind: base, days: 255, sessions: [{days}]")]), [""; 0]);
    }

    #[test]
    fn a_large_programme_is_asked_for_nothing_else() {
        let sessions = times(1_001, |_| "{session: s, day: monday, slot: a}".to_owned());
        let lint = Lint::new().session("s", "strength", "{exercise: hinge}");
        let all = lint.phases(&[&format!("kind: base, weeks: 1, sessions: [{sessions}]")]).all();
        assert_eq!(all.len(), 1, "{all:?}");
    }
}
