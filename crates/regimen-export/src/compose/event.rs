//! Sessions as calendar entries: a title, the whole session as plain text, categories.

use regimen_catalog::Reference;
use regimen_catalog::model::Note;
use regimen_catalog::model::Word;
use regimen_catalog::plan::{Plan, PlannedBlock, PlannedItem, PlannedSession};
use regimen_catalog::prose::plain_text;
use regimen_catalog::vocabulary::{Label, PhaseKind, Section, SessionKind, WeekMark};

use super::Writer;
use super::body::{BodyLine, LineKind, SessionBody};
use super::brief::ShortWork;
use super::clip::{characters, clipped};
use super::session::capitalised;
use crate::exporter::Unit;

/// A session as a calendar entry shows it.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let unit = testing::unit(&catalog, Subject::Catalog);
/// let text = compose::session(&unit, &plan, &plan.weeks[0].sessions[0], 80);
/// assert_eq!((text.title.as_str(), text.categories[0].as_str()), ("Calf day, Calf raise 3 × 8–12, week 1 of 2", "Strength"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionText {
    /// One line, the work first: "Easy run 5 mi, week 3 of 18".
    pub title: String,
    /// The whole session as plain text.
    pub body: SessionBody,
    /// What it is for, in a word, and what sets its week apart: "Strength", "Lighter week".
    pub categories: Vec<String>,
}

/// Composes the texts of one session of a plan, with a title of at most so many characters.
///
/// ```
/// use regimen_export::{Subject, compose, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let unit = testing::unit(&catalog, Subject::Program(&catalog.programs["calf-plan"], &plan));
/// let titles = plan.sessions().map(|one| compose::session(&unit, &plan, one, 25).title);
/// assert_eq!(titles.collect::<Vec<_>>(), ["Calf day, week 1 of 2", "Calf day, week 2 of 2"]);
/// ```
pub fn session(unit: &Unit<'_>, plan: &Plan, session: &PlannedSession, longest_title: usize) -> SessionText {
    let writer = Writer::new(unit);
    let mark = week_mark(plan, session);
    let categories = [writer.language.label(session.kind).to_owned()].into_iter();
    SessionText {
        title: writer.session_title(plan, session, mark, longest_title),
        body: writer.session_body(plan, session, mark),
        categories: categories.chain(mark.map(|mark| capitalised(writer.language.label(mark)))).collect(),
    }
}

/// What sets the week of a session apart. A race says enough by itself.
fn week_mark(plan: &Plan, session: &PlannedSession) -> Option<WeekMark> {
    let week = plan.weeks.iter().find(|week| week.number == session.week)?;
    let is_race = |session: &PlannedSession| session.kind == SessionKind::Race;
    // The label of a mark says that it is a week.
    if is_race(session) || session.is_in_turn {
        return None;
    }
    let race = week.sessions.iter().any(is_race).then_some(WeekMark::Race);
    race.or_else(|| mark_of(week.kind)).or_else(|| session.lighter.then_some(WeekMark::Lighter))
}

/// What a week of such a phase is called, if it is no ordinary one.
fn mark_of(phase: PhaseKind) -> Option<WeekMark> {
    match phase {
        PhaseKind::Race => Some(WeekMark::Race),
        PhaseKind::Taper => Some(WeekMark::Taper),
        PhaseKind::Recovery => Some(WeekMark::Recovery),
        PhaseKind::Deload => Some(WeekMark::Lighter),
        PhaseKind::Base | PhaseKind::Build | PhaseKind::Peak | PhaseKind::Transition | PhaseKind::Rehab => None,
    }
}

impl Writer<'_> {
    /// Week and mark stay whatever the work is; of the work, how much stays rather than all of its name.
    fn session_title(self, plan: &Plan, session: &PlannedSession, mark: Option<WeekMark>, limit: usize) -> String {
        let week = self.counted_of(plan, session);
        let mark = mark.map(|mark| self.language.label(mark));
        let titled = |work: &str| {
            let work = match session.kind {
                SessionKind::Race => self.language.fill(Label::EventRace, &[("work", work)]),
                SessionKind::Test => self.language.fill(Label::EventTest, &[("work", work)]),
                _ => work.to_owned(),
            };
            match mark {
                Some(mark) => {
                    let values = [("work", work.as_str()), ("week", week.as_str()), ("mark", mark)];
                    self.language.fill(Label::EventTitleMarked, &values)
                }
                None => self.language.fill(Label::EventTitle, &[("work", &work), ("week", &week)]),
            }
        };
        let room = limit.saturating_sub(characters(&titled("")));
        let name = self.session_name(session);
        let short = self.work_in_short(session);
        let choices = self.choices_behind(session, short.as_ref());
        let room = room.saturating_sub(characters(&choices));
        let work = format!("{}{choices}", self.titled_work(session, short, &name, room));
        let title = clipped(&titled(&work), limit, characters);
        // A language file may leave a label empty, but an entry without a title cannot be found.
        if title.trim().is_empty() { clipped(&name, limit, characters) } else { title }
    }

    /// The name of a session and what to do in short. Where that has no room, how many exercises there are besides goes first, and
    /// then the exercise as a whole.
    fn titled_work(self, session: &PlannedSession, work: Option<ShortWork<'_>>, name: &str, room: usize) -> String {
        match work {
            Some(ShortWork::Amount(amount)) if !name.contains(&amount) => fitted(name, &amount, room),
            Some(ShortWork::Lead { item, amount, others: 0 }) if self.is_named_like(session, item) => {
                fitted(name, &amount, room)
            }
            Some(lead @ ShortWork::Lead { .. }) => {
                let alone = lead.clone().alone();
                let titles = [lead, alone].map(|lead| {
                    let values = [("session", name), ("exercise", &self.work_line(session, &lead))];
                    self.language.fill(Label::EventSeveral, &values)
                });
                let fitting = titles.into_iter().find(|title| characters(title) <= room);
                fitting.unwrap_or_else(|| clipped(name, room, characters))
            }
            Some(ShortWork::Amount(_)) | None => clipped(name, room, characters),
        }
    }

    fn session_body(self, plan: &Plan, session: &PlannedSession, mark: Option<WeekMark>) -> SessionBody {
        let program = self.name(&Reference::from(&plan.program));
        let name = self.name(&Reference::from(&session.session));
        let choices = self.choices(session);
        let mut lines =
            vec![line(format!("{program}: {name}{choices}")), line(self.session_facts(plan, session, mark))];
        let moved = session.moved_from.map(|from| capitalised(&self.moved_from(&self.date(Label::Date, from))));
        lines.extend(moved.map(line));
        lines.extend(self.before_session(plan, session).map(line));
        lines.extend(self.summary_lines(session).into_iter().map(line));
        lines.extend(self.after_session(plan, session).into_iter().map(line));
        lines.extend(self.warnings(Label::AskFirst, self.condition_lines(session)));
        self.push_parts(session, None, &mut lines);
        for other in session.choices() {
            self.push_parts(&other, Some(&self.instead(&other)), &mut lines);
        }
        lines.extend(self.warnings(Label::StopIf, self.stop_lines(session)));
        let legend = self.legend(std::iter::once(session));
        for (at, (sign, meaning)) in legend.into_iter().enumerate() {
            let text = format!("{sign}: {}", plain_text(&meaning));
            lines.push(if at == 0 { line(format!("\n{text}")) } else { line(text) });
        }
        let disclaimer = self
            .catalog
            .project_words(&self.language.tag)
            .map(|words| self.in_plain_text(&self.resolved(&words.disclaimer.0)));
        SessionBody {
            lines,
            closing: disclaimer.unwrap_or_default(),
            left_out: self.left_out(),
            cues: self.label(Label::Cues),
            shortened: self.label(Label::EventShortened),
        }
    }

    /// The parts of a session, or of one that may be done `instead` of it.
    fn push_parts(self, session: &PlannedSession, instead: Option<&str>, lines: &mut Vec<BodyLine>) {
        for part in &session.parts {
            let label = self.language.label(part.section).to_owned();
            let label = match instead {
                Some(instead) => [instead, &label].join(self.language.label(Label::ListSeparator)),
                None => label,
            };
            let first = lines.len();
            lines.push(heading(label.clone()));
            part.blocks.iter().for_each(|block| self.push_block(block, part.section, lines));
            lines[first..].iter_mut().for_each(|line| line.part = Some(label.clone()));
        }
    }

    /// What stands around and between the names of parts that are left out.
    fn left_out(self) -> [String; 3] {
        // No text of an author has this character.
        const NAMES: &str = "\u{0}";
        let said = self.language.fill(Label::EventLeftOut, &[("parts", NAMES)]);
        let (before, after) = said.split_once(NAMES).unwrap_or((&said, ""));
        [before.to_owned(), self.label(Label::ListSeparator), after.to_owned()]
    }

    /// A heading and what stands below it, if anything does.
    fn warnings(self, title: Label, texts: Vec<String>) -> Vec<BodyLine> {
        let title = BodyLine { kind: LineKind::WarningHeading, text: self.label(title), part: None };
        let texts: Vec<BodyLine> =
            texts.into_iter().map(|text| BodyLine { kind: LineKind::Warning, text, part: None }).collect();
        if texts.is_empty() { texts } else { std::iter::once(title).chain(texts).collect() }
    }

    /// "Week 4 of 6, build, lighter week, 45 min"
    fn session_facts(self, plan: &Plan, session: &PlannedSession, mark: Option<WeekMark>) -> String {
        let own = match session.kind {
            SessionKind::Race => Some(self.language.label(Label::RaceDay)),
            SessionKind::Test => Some(self.language.label(SessionKind::Test)),
            _ => None,
        };
        let [name, kind] = self.phase_facts(plan, session, mark);
        let facts = [
            own.map(str::to_owned),
            Some(self.counted_of(plan, session)),
            name,
            kind,
            mark.map(|mark| self.language.label(mark).to_owned()),
            self.hour(session),
            session.duration.map(|time| self.time(&time)),
        ];
        let facts: Vec<_> = facts.into_iter().flatten().collect();
        capitalised(&facts.join(self.language.label(Label::ListSeparator)))
    }

    /// The name of the phase of a session, and what its week is for, where the name or a mark does not say that. A race says
    /// enough by itself.
    fn phase_facts(self, plan: &Plan, session: &PlannedSession, mark: Option<WeekMark>) -> [Option<String>; 2] {
        let week = plan.weeks.iter().find(|week| week.number == session.week);
        let Some(week) = week.filter(|_| session.kind != SessionKind::Race) else { return [None, None] };
        let program = self.catalog.programs.get(&plan.program);
        let name = program.and_then(|program| self.phase_name(program, &week.phase));
        let phase = program.and_then(|program| program.phases.iter().find(|phase| phase.id == week.phase));
        let is_usual = phase.is_some_and(|phase| phase.kind == week.kind);
        // A mark that comes from the kind of a week takes its place.
        let is_marked = mark.is_some() && mark_of(week.kind) == mark;
        let is_named = is_usual && name.is_some();
        let kind = Some(self.language.label(week.kind)).filter(|_| !is_marked && !is_named);
        let mark = mark.map(|mark| self.language.label(mark));
        // "Taper, taper" says nothing more.
        let is_said = |name: &Word| [mark, kind].into_iter().flatten().any(|said| said.eq_ignore_ascii_case(name));
        let name = name.filter(|name| !is_said(name)).map(ToString::to_string);
        [name, kind.map(str::to_owned)]
    }

    fn push_block(self, block: &PlannedBlock, section: Section, lines: &mut Vec<BodyLine>) {
        match block {
            PlannedBlock::Item(item) => self.push_item(item, section, lines),
            PlannedBlock::Group { format, items } => {
                lines.push(line(self.group_title(*format)));
                items.iter().for_each(|item| self.push_item(item, section, lines));
            }
            PlannedBlock::Run(steps) => {
                for step in steps {
                    lines.push(line(format!("- {}", self.step_of(section, step))));
                    self.push_note(step.note(), lines);
                }
            }
            PlannedBlock::Text(owner, key) => {
                lines.push(line(format!("- {}", self.in_plain_text(&self.block_text(owner, key)))));
            }
        }
    }

    fn push_note(self, note: Option<&Note>, lines: &mut Vec<BodyLine>) {
        let note = note.map(|note| self.in_plain_text(&self.note(note))).filter(|note| !note.is_empty());
        lines.extend(note.map(|note| line(format!("  {note}"))));
    }

    fn push_item(self, item: &PlannedItem, section: Section, lines: &mut Vec<BodyLine>) {
        let name = self.name(&Reference::from(&item.exercise));
        lines.push(line(format!("- {name}: {}", self.item_dose(item))));
        lines.extend(item.instruction.iter().map(|instruction| line(format!("  {}", self.instruction(instruction)))));
        self.push_note(item.note.as_ref(), lines);
        if let Some(exercise) = self.catalog.exercises.get(&item.exercise).filter(|_| section.is_work()) {
            lines.extend(exercise.words(&self.language.tag).cues.iter().map(|cue| {
                let text = format!("  {}", self.in_plain_text(&self.resolved(&cue.0)));
                BodyLine { kind: LineKind::Cue, text, part: None }
            }));
        }
    }
}

/// Name and amount in so much room. An amount that takes less than half of it stays whole.
fn fitted(name: &str, amount: &str, room: usize) -> String {
    let whole = if amount.is_empty() { name.to_owned() } else { format!("{name} {amount}") };
    let needed = characters(amount) + 1;
    if characters(&whole) <= room || amount.is_empty() || needed > room / 2 {
        return clipped(&whole, room, characters);
    }
    format!("{} {amount}", clipped(name, room - needed, characters))
}

fn line(text: String) -> BodyLine {
    BodyLine { kind: LineKind::Text, text, part: None }
}

fn heading(text: String) -> BodyLine {
    BodyLine { kind: LineKind::Heading, text, part: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_before_a_short_amount() {
        let name = "Single-leg hip thrust with both shoulders on a bench";
        assert_eq!(fitted(name, "3 × 8", 58), format!("{name} 3 × 8"), "just enough");
        assert_eq!(fitted(name, "3 × 8", 57), "Single-leg hip thrust with both shoulders on a… 3 × 8");
        assert_eq!(fitted(name, "3 × 8", 12), "Singl… 3 × 8");
        assert_eq!(fitted(name, "3 × 8", 11), "Single-leg…", "it would take half of the room");
        assert_eq!(fitted("Run", "6 × (400 m at 4:10 min/km, 90 s recovery)", 30), "Run 6 × (400 m at 4:10…");
        assert_eq!(fitted(name, "", 20), "Single-leg hip…");
    }
}
