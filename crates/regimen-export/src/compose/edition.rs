//! Which edition of its content a page is of: a short mark made from what it says.
//!
//! The mark of a guide, an exercise or a programme is made from its whole document in one language, so it is the same on paper, in the
//! calendar and on the page, whatever is printed of it, whoever prints it and when. Behind the mark of a programme stands a second
//! one for the days of a schedule, if it has one.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use regimen_catalog::language::Language;
use regimen_catalog::model::{Entry, Person, Program};
use regimen_catalog::plan::{Plan, PlanSchedule, PlannedSession, expand};
use regimen_catalog::prose::plain_text;
use regimen_catalog::vocabulary::Label;
use regimen_catalog::{Catalog, Id, LanguageTag, Reference};
use sha2::{Digest as _, Sha256};

use super::Writer;
use crate::document::{Block, Document, Frame};
use crate::exporter::{BuildInfo, Subject, Unit};

/// Digits and letters that are not taken for each other, and no vowels, so that marks are no words.
const LETTERS: &[u8; 24] = b"2346789CDFGHJKMNPQRTVWXY";
/// No content depends on the build.
const NO_BUILD: BuildInfo = BuildInfo { date: Date::ZERO, epoch: 0, version: "" };
/// How many of them a mark has for the content, and how many more for the days.
const CONTENT: usize = 4;
const DAYS: usize = 3;

/// What tells one content from another, short enough to be read out: `K7Q2`, and with the days of a schedule `K7Q2-M4X`. The same content has
/// the same mark.
///
/// ```
/// use regimen_export::{Subject, compose::{self, Mark}, testing};
/// let catalog = testing::catalog();
/// let guide = &catalog.guides["calves"];
/// let page = compose::guide(&testing::unit(&catalog, Subject::Guide(guide)), guide);
/// let mark = Mark::of(&page);
/// assert_eq!(mark.to_string().len(), 4);
/// assert_eq!(Mark::of(&page.clone()), mark);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    content: String,
    days: Option<String>,
}

impl Mark {
    /// The mark of a document that has no dates.
    pub fn of(document: &Document) -> Self {
        let mut digest = Pieces::default();
        document.texts(&mut |text| digest.add(text));
        Self { content: digest.letters(CONTENT), days: None }
    }

    /// The same without the days: the mark of the programme.
    ///
    /// ```
    /// use regimen_export::{Subject, compose::Editions, testing};
    /// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
    /// let undated = testing::plan(&catalog, "calf-plan");
    /// let program = &catalog.programs["calf-plan"];
    /// let editions = Editions::default();
    /// let [dated, page] = [Subject::Plan(program, &plan), Subject::Program(program, &undated)]
    ///     .map(|subject| editions.mark(&testing::unit(&catalog, subject)).unwrap());
    /// assert_ne!(dated, page);
    /// assert_eq!(dated.without_days(), page);
    /// ```
    #[must_use]
    pub fn without_days(&self) -> Self {
        Self { content: self.content.clone(), days: None }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { content, days } = self;
        match days {
            Some(days) => write!(f, "{content}-{days}"),
            None => f.write_str(content),
        }
    }
}

/// The marks of units. What all schedules of a programme share is composed once.
///
/// ```
/// use regimen_export::{Subject, compose::{self, Editions, Mark}, testing};
/// let catalog = testing::catalog();
/// let guide = &catalog.guides["calves"];
/// let unit = testing::unit(&catalog, Subject::Guide(guide));
/// assert_eq!(Editions::default().mark(&unit), Some(Mark::of(&compose::guide(&unit, guide))));
/// ```
#[derive(Debug, Default)]
pub struct Editions(Mutex<BTreeMap<Key, Arc<Known>>>);

type Key = (Id<Program>, LanguageTag);

/// A programme without dates, and what it was made from.
#[derive(Debug)]
struct Known {
    /// It is kept so that nothing else can have the addresses of its parts.
    catalog: Catalog,
    /// `None` if the programme is nothing without dates.
    plan: Option<Plan>,
    mark: Mark,
}

impl Editions {
    /// The mark of what a unit is about. A whole catalogue has none.
    pub fn mark(&self, unit: &Unit<'_>) -> Option<Mark> {
        match unit.subject {
            Subject::Catalog => None,
            Subject::Guide(guide) => Some(Mark::of(&super::guide(unit, guide))),
            Subject::Exercise(exercise) => Some(Mark::of(&super::exercise(unit, exercise))),
            Subject::Program(program, plan) | Subject::Plan(program, plan) => {
                if let Some(person) = unit.person {
                    return Some(self.personal_mark(unit, (program, plan), person));
                }
                let Some(schedule) = &plan.schedule else {
                    return Some(Mark::of(&super::program(unit, program, plan)));
                };
                let known = self.known(unit, program, plan);
                let days = days(unit, plan, schedule, known.plan.as_ref());
                Some(Mark { days: Some(days), ..known.mark.clone() })
            }
        }
    }

    /// The mark of what a person has: that of the programme, and of all that is theirs. Nothing has to be composed for it, because a plan
    /// of a person follows from both.
    fn personal_mark(&self, unit: &Unit<'_>, (program, plan): (&Entry<Program>, &Plan), person: &Person) -> Mark {
        let general = Unit { person: None, ..*unit };
        let known = self.known(&general, program, plan);
        let mut digest = Pieces::default();
        digest.add(&known.mark.content);
        digest.add(&format!("{:?}", person.own));
        let content = digest.letters(CONTENT);
        let schedule = plan.schedule.as_ref();
        Mark { content, days: schedule.map(|schedule| days_alone(plan, schedule).letters(DAYS)) }
    }

    /// The mark of what is in a catalogue, as its units in a build have it.
    ///
    /// ```
    /// use regimen_export::{Subject, compose::Editions, testing};
    /// let catalog = testing::catalog();
    /// let guide = Subject::Guide(&catalog.guides["calves"]);
    /// let editions = Editions::default();
    /// let language = &catalog.languages[catalog.language()];
    /// assert_eq!(editions.mark_in(&catalog, language, guide), editions.mark(&testing::unit(&catalog, guide)));
    /// ```
    pub fn mark_in(&self, catalog: &Catalog, language: &Language, subject: Subject<'_>) -> Option<Mark> {
        let root = match subject {
            Subject::Catalog => return None,
            Subject::Guide(guide) => Reference::from(&guide.id),
            Subject::Exercise(exercise) => Reference::from(&exercise.id),
            Subject::Program(program, _) | Subject::Plan(program, _) => Reference::from(&program.id),
        };
        let slice = catalog.slice(&[root]);
        self.mark(&Unit { subject, catalog: &slice, language, build: &NO_BUILD, previous: &[], person: None })
    }

    /// "1 May 2026 · K7Q2-M4X": the edition of what a unit is about, as the frame of its documents says it.
    ///
    /// ```
    /// use regimen_export::{Subject, compose::Editions, testing};
    /// let (catalog, plan) = (testing::catalog(), testing::dated_plan(&testing::catalog(), "spring"));
    /// let unit = testing::unit(&catalog, Subject::Plan(&catalog.programs["calf-plan"], &plan));
    /// let edition = Editions::default().edition(&unit).unwrap();
    /// assert_eq!(edition.split_once('-').unwrap().1.len(), 3);
    /// ```
    pub fn edition(&self, unit: &Unit<'_>) -> Option<String> {
        let date = match unit.subject {
            Subject::Catalog | Subject::Exercise(_) => None,
            Subject::Guide(guide) => guide.reviewed_on,
            Subject::Program(program, _) | Subject::Plan(program, _) => program.revised,
        };
        let date = date.map(|date| Writer::new(unit).date(Label::DateShort, date)).unwrap_or_default();
        let mark = self.mark(unit)?.to_string();
        Some(Frame { date, mark, ..Frame::default() }.edition())
    }

    fn known(&self, unit: &Unit<'_>, program: &Entry<Program>, plan: &Plan) -> Arc<Known> {
        // What is not part of the catalogue is not kept by keeping the catalogue.
        let is_kept = unit.catalog.languages.get(unit.tag()).is_some_and(|own| std::ptr::eq(&**own, unit.language))
            && unit.catalog.programs.get(&program.id).is_some_and(|own| std::ptr::eq(&**own, program));
        let key = (program.id.clone(), unit.tag().clone());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(known) = known.filter(|known| is_kept && known.catalog.has_same_texts(unit.catalog)) {
            return known;
        }
        let undated = expand(unit.catalog, program, None).ok();
        let document = super::program(unit, program, undated.as_ref().unwrap_or(plan));
        let depends_on_days = undated.is_none();
        let known = Arc::new(Known { catalog: unit.catalog.clone(), plan: undated, mark: Mark::of(&document) });
        if is_kept && !depends_on_days {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, known.clone());
        }
        known
    }
}

/// The sheets of a programme, or the sections of a guide, by their titles, each with its mark, which says whether it is as it
/// was.
///
/// ```
/// use regimen_export::{Subject, compose::sheet_marks, testing};
/// let (catalog, plan) = (testing::catalog(), testing::plan(&testing::catalog(), "calf-plan"));
/// let language = &catalog.languages[catalog.language()];
/// let sheets = sheet_marks(&catalog, language, Subject::Plan(&catalog.programs["calf-plan"], &plan));
/// let titles: Vec<&str> = sheets.iter().map(|(title, _)| title.as_str()).collect();
/// assert_eq!(titles, ["Week by week", "Calf day"]);
/// ```
pub fn sheet_marks(catalog: &Catalog, language: &Language, subject: Subject<'_>) -> Vec<(String, Mark)> {
    let marked = |root: Reference, compose: &dyn Fn(&Unit<'_>) -> Document, begins: fn(&Block) -> bool| {
        let slice = catalog.slice(&[root]);
        let mut whole =
            compose(&Unit { subject, catalog: &slice, language, build: &NO_BUILD, previous: &[], person: None });
        let blocks = std::mem::take(&mut whole.blocks);
        let parts = blocks.chunk_by(|_, next| !begins(next));
        let bare = Document { title: String::new(), summary: Vec::new(), frame: Frame::default(), ..whole.clone() };
        let marks = parts.enumerate().map(|(at, blocks)| {
            // The title and all that is around the content are on the first.
            let around = if at == 0 { &whole } else { &bare };
            let part = Document { blocks: blocks.to_vec(), ..around.clone() };
            (title_of(blocks).unwrap_or_else(|| whole.title.clone()), Mark::of(&part))
        });
        marks.collect()
    };
    match subject {
        Subject::Guide(guide) => marked((&guide.id).into(), &|unit| super::guide(unit, guide), is_section),
        Subject::Program(program, plan) | Subject::Plan(program, plan) => {
            let sheets = |unit: &Unit<'_>| super::session_sheets(unit, program, plan);
            marked((&program.id).into(), &sheets, |block| matches!(block, Block::SheetBreak))
        }
        Subject::Exercise(_) | Subject::Catalog => Vec::new(),
    }
}

fn is_section(block: &Block) -> bool {
    matches!(block, Block::Heading { level: 0 | 1, .. })
}

/// The first heading of a part.
fn title_of(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Heading { level: 0 | 1, content, .. } => Some(plain_text(content)),
        _ => None,
    })
}

/// The letters of a schedule's days: when everything is, what is left out, and the sessions that are not as in the programme.
fn days(unit: &Unit<'_>, plan: &Plan, schedule: &PlanSchedule, undated: Option<&Plan>) -> String {
    let mut digest = days_before(schedule);
    let mut usual = undated.into_iter().flat_map(Plan::by_week);
    for session in plan.by_week() {
        add_day(&mut digest, session);
        if !usual.next().is_some_and(|usual| is_alike(session, usual)) {
            let texts = super::session(unit, plan, session, usize::MAX);
            digest.add(&texts.title);
            digest.add(&texts.body.whole());
        }
    }
    add_left_out(&mut digest, plan);
    digest.letters(DAYS)
}

/// When everything is, and what is left out.
fn days_alone(plan: &Plan, schedule: &PlanSchedule) -> Pieces {
    let mut digest = days_before(schedule);
    plan.by_week().for_each(|session| add_day(&mut digest, session));
    add_left_out(&mut digest, plan);
    digest
}

/// What a schedule says of all its days.
fn days_before(schedule: &PlanSchedule) -> Pieces {
    let PlanSchedule { name: _, start, race, at, race_at, timezone, day_times, pauses, length, formerly: _ } = schedule;
    let mut digest = Pieces::default();
    digest.add(&format!("{start} {race:?} {at:?} {race_at:?} {timezone:?} {day_times:?}"));
    let length = length.as_ref().map(|length| length.seconds());
    digest.add(&length.map(|length| format!("{} {}", length.low(), length.high())).unwrap_or_default());
    pauses.iter().for_each(|pause| digest.add(&format!("{} {}", pause.first, pause.last)));
    digest
}

fn add_day(digest: &mut Pieces, session: &PlannedSession) {
    let PlannedSession { slot, date, at, day_times, moved_from, .. } = session;
    digest.add(&format!("{slot} {date:?} {at:?} {moved_from:?}"));
    if !day_times.is_empty() {
        digest.add(&format!("{day_times:?}"));
    }
}

fn add_left_out(digest: &mut Pieces, plan: &Plan) {
    plan.left_out.iter().for_each(|one| digest.add(&format!("without {} {} {}", one.slot, one.date, one.paused)));
}

/// Whether two sessions are the same but for their days.
fn is_alike(one: &PlannedSession, other: &PlannedSession) -> bool {
    one.slot == other.slot
        && (&one.session, one.kind, one.hour) == (&other.session, other.kind, other.hour)
        && (one.duration, one.lighter, one.optional) == (other.duration, other.lighter, other.optional)
        && one.parts == other.parts
        && one.or == other.or
}

/// A digest of pieces of text, none of which runs into the next.
#[derive(Default)]
struct Pieces(Sha256);

impl Pieces {
    fn add(&mut self, text: &str) {
        self.0.update(text);
        self.0.update([0]);
    }

    fn letters(self, count: usize) -> String {
        let digest = self.0.finalize();
        let mut left = digest.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        let mut letters = String::with_capacity(count);
        for _ in 0..count {
            let all = LETTERS.len() as u64;
            letters.push(char::from(LETTERS[(left % all) as usize]));
            left /= all;
        }
        letters
    }
}
