//! What to do in a session in short, as a cell of a week, a day of a month and the title of an event have it: how far or
//! how long, the repeats, the top set.

use regimen_catalog::language::Language;
use regimen_catalog::model::GroupFormat;
use regimen_catalog::plan::{Plan, PlannedItem, PlannedSession};
use regimen_catalog::prose::{Inline, Inlines};
use regimen_catalog::quantity::{Extent, LoadUnit, Measured};
use regimen_catalog::vocabulary::{Counted, Inside, Label, Section, SessionKind};
use regimen_catalog::{Catalog, Reference};

use super::Writer;
use super::amounts::{range, unbroken};
use super::brief_runs::ShownTargets;
use super::elements::{SessionElement, elements};
use super::glance::{span, weight};
use super::totals::{Total, WeekTotal};
use super::writer::text;
use crate::document::Block;

/// What a grid of weeks is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GridOf {
    /// A page with nothing else.
    Weeks,
    /// The same with fewer words, because the usual ones do not fit.
    WeeksInShort,
    /// A page on which tables below say what each session has.
    Fridge,
    /// The same with fewer words, because the usual ones do not fit.
    FridgeInShort,
    /// The first of several sheets, of which the others say what each session has.
    Sheets,
}

impl GridOf {
    /// Whether nothing beside the grid says what a session has.
    pub(super) fn is_alone(self) -> bool {
        match self {
            Self::Weeks | Self::WeeksInShort => true,
            Self::Fridge | Self::FridgeInShort | Self::Sheets => false,
        }
    }

    /// Whether it has room for the hours of a schedule.
    pub(super) fn says_hours(self) -> bool {
        match self {
            Self::Weeks | Self::Sheets => true,
            Self::WeeksInShort | Self::Fridge | Self::FridgeInShort => false,
        }
    }

    /// Whether each session has boxes to tick before its name.
    pub(super) fn has_boxes(self) -> bool {
        match self {
            Self::Fridge | Self::FridgeInShort => true,
            Self::Weeks | Self::WeeksInShort | Self::Sheets => false,
        }
    }
}

/// A session in short.
///
/// ```
/// use regimen_export::{compose, testing};
/// let catalog = testing::catalog();
/// let plan = testing::plan(&catalog, "calf-plan");
/// let brief = compose::brief(&catalog, &catalog.languages[catalog.language()], &plan.weeks[0].sessions[0]);
/// assert_eq!(brief.work, "Calf raise 3 × 8–12");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionBrief {
    /// "5 mi", "6 × 400 m", "Squat 3 × 5, 100 kg"; empty if nothing of it is known.
    pub work: String,
    /// How far or how long it is in all, if that says more: "8.5 km", "45 min"; else empty.
    pub total: String,
}

/// A session in short in the words of a language.
///
/// ```
/// use regimen_export::{compose, testing};
/// let catalog = testing::catalog();
/// let plan = testing::plan(&catalog, "calf-plan");
/// let brief = compose::brief(&catalog, &catalog.languages[catalog.language()], &plan.weeks[1].sessions[0]);
/// assert!(!brief.work.is_empty());
/// ```
pub fn brief(catalog: &Catalog, language: &Language, session: &PlannedSession) -> SessionBrief {
    let writer = Writer::of(catalog, language);
    let short = writer.work_in_short(session);
    let work = short.as_ref().map(|work| writer.work_line(session, work)).unwrap_or_default();
    let total = writer.session_total(session).replace('\u{a0}', " ");
    let work = format!("{work}{}", writer.choices_behind(session, short.as_ref())).trim_start().to_owned();
    SessionBrief { work, total }
}

/// How far or how long all sessions of each week of a plan are together, except those that may be left out: what is known of it,
/// the distances of each sport by themselves, all in the unit of most of the plan. Empty if nothing is.
///
/// ```
/// use regimen_export::{compose, testing};
/// let catalog = testing::catalog();
/// let plan = testing::plan(&catalog, "calf-plan");
/// let totals = compose::week_totals(&catalog, &catalog.languages[catalog.language()], &plan);
/// assert!(totals.iter().all(|total| total.ends_with("min")), "{totals:?}");
/// ```
pub fn week_totals(catalog: &Catalog, language: &Language, plan: &Plan) -> Vec<String> {
    let writer = Writer::of(catalog, language);
    WeekTotal::all(plan).iter().map(|total| writer.week_total_text(total).replace('\u{a0}', " ")).collect()
}

/// The work of a session in short.
#[derive(Clone)]
pub(super) enum ShortWork<'p> {
    /// How far, how long or how often: "5 mi", "3 rounds + 1 more exercise".
    Amount(String),
    /// The exercise with the top set, or the first one; how much of it, and how many other exercises there are.
    Lead { item: &'p PlannedItem, amount: String, others: usize },
}

impl ShortWork<'_> {
    /// The same without what is said of other exercises.
    pub(super) fn alone(self) -> Self {
        match self {
            Self::Lead { item, amount, others: _ } => Self::Lead { item, amount, others: 0 },
            Self::Amount(_) => self,
        }
    }
}

impl Writer<'_> {
    /// The work of a session in short; nothing of a rest.
    pub(super) fn work_in_short(self, session: &PlannedSession) -> Option<ShortWork<'_>> {
        self.work_with(session, ShownTargets::Placed)
    }

    fn work_with(self, session: &PlannedSession, targets: ShownTargets) -> Option<ShortWork<'_>> {
        if session.kind == SessionKind::Rest {
            return None;
        }
        let all: Vec<_> = elements(session).into_iter().filter(|(section, _)| section.is_work()).collect();
        let steps = |main: bool| {
            let wanted = all.iter().filter(move |(section, _)| !main || *section == Section::Main);
            wanted.filter_map(|(_, element)| element.step()).collect::<Vec<_>>()
        };
        let steps = [steps(true), steps(false)].into_iter().find(|steps| !steps.is_empty()).unwrap_or_default();
        let exercises = all.iter().filter(|(_, element)| matches!(element, SessionElement::Exercise(_))).count();
        if let Some(amount) = self.run_in_short(session, &steps, targets) {
            return Some(ShortWork::Amount(format!("{amount}{}", self.and_more(exercises))));
        }
        self.exercises_in_short(&all, exercises)
            .or_else(|| session.duration.map(|time| ShortWork::Amount(self.time(&time))))
    }

    /// What may be done instead, as it stands behind the name of a session: " or Swim 30 min or rest".
    pub(super) fn choices(self, session: &PlannedSession) -> String {
        self.choices_behind(session, None)
    }

    /// The same by the names alone, for all weeks of a session: " or Swim or rest".
    pub(super) fn choices_by_name(self, session: &PlannedSession) -> String {
        let names: Vec<String> = session.choices().map(|other| self.session_name(&other)).collect();
        let rest = session.optional.then(|| self.language.label(Inside::Rest).to_owned());
        let or = self.language.label(Label::Or);
        names.into_iter().chain(rest).map(|name| format!("{or}{name}")).collect()
    }

    /// The same behind what is done in short. A list of exercises ends before it: "Squat 3 × 5 + 1 more exercise, or rest".
    pub(super) fn choices_behind(self, session: &PlannedSession, work: Option<&ShortWork<'_>>) -> String {
        let is_list = matches!(work, Some(ShortWork::Lead { .. }));
        let or = self.language.label(if is_list { Label::OrBehindList } else { Label::Or });
        let mut choices = String::new();
        for other in session.choices() {
            let (name, work) = (self.session_name(&other), self.work_in_short(&other));
            let amount = work.as_ref().map(|work| self.work_line(&other, work));
            let amount = amount.filter(|amount| !name.contains(amount.as_str()));
            let said = match (amount, work) {
                (Some(amount), Some(ShortWork::Lead { .. })) => {
                    self.language.fill(Label::WithNote, &[("what", &name), ("note", &amount)])
                }
                (Some(amount), _) => format!("{name} {amount}"),
                (None, _) => name,
            };
            choices.push_str(&format!("{or}{said}"));
        }
        if session.optional {
            choices.push_str(&format!("{or}{}", self.language.label(Inside::Rest)));
        }
        choices
    }

    /// The work of a session in short and what may be done instead, words of another language marked.
    pub(super) fn marked_work(self, session: &PlannedSession) -> Inlines {
        self.marked_with_choices(session, self.work_in_short(session).as_ref())
    }

    /// The same with as much of the work as this.
    pub(super) fn marked_with_choices(self, session: &PlannedSession, work: Option<&ShortWork<'_>>) -> Inlines {
        let mut line = self.marked_amount(session, work);
        let choices = self.choices_behind(session, work);
        if !choices.is_empty() {
            let choices = if line.is_empty() { choices.trim_start() } else { choices.as_str() };
            line.push(Inline::Text(choices.to_owned()));
        }
        line
    }

    /// The work of a session in short without what may be done instead; empty if its name says it already.
    pub(super) fn marked_amount_of(self, session: &PlannedSession) -> Inlines {
        self.marked_amount(session, self.work_in_short(session).as_ref())
    }

    /// The work of a session in short, words of another language marked; empty if its name says it already.
    fn marked_amount(self, session: &PlannedSession, work: Option<&ShortWork<'_>>) -> Inlines {
        match work {
            // "Quay 10 km"
            Some(ShortWork::Amount(amount)) if self.session_name(session).contains(amount.as_str()) => Inlines::new(),
            Some(ShortWork::Amount(amount)) => text(unbroken(amount)),
            Some(ShortWork::Lead { item, amount, others }) => {
                let amount = unbroken(&format!("{amount}{}", self.and_more(*others)));
                if self.is_named_like(session, item) {
                    return text(amount);
                }
                let mut line = self.named(&Reference::from(&item.exercise));
                line.push(Inline::Text(format!(" {amount}")));
                line
            }
            None => Inlines::new(),
        }
    }

    /// How far or how long a session is in all, if that says more than its work in short; may be empty.
    pub(super) fn marked_total(self, session: &PlannedSession) -> Inlines {
        let total = self.session_total(session);
        if total.is_empty() { Inlines::new() } else { vec![Inline::Emphasis(text(unbroken(&total)))] }
    }

    /// "Squat 3 × 5, 100 kg + 2 more exercises"
    pub(super) fn work_line(self, session: &PlannedSession, work: &ShortWork<'_>) -> String {
        match work {
            ShortWork::Amount(amount) => amount.clone(),
            ShortWork::Lead { item, amount, others } => {
                let amount = format!("{amount}{}", self.and_more(*others));
                if self.is_named_like(session, item) {
                    return amount;
                }
                format!("{} {amount}", self.name(&Reference::from(&item.exercise)))
            }
        }
    }

    /// Whether a session has the name of its exercise, so that one of the two says enough.
    pub(super) fn is_named_like(self, session: &PlannedSession, item: &PlannedItem) -> bool {
        self.session_name(session) == self.name(&Reference::from(&item.exercise))
    }

    fn session_total(self, session: &PlannedSession) -> String {
        self.total_beyond_work(session).map(|total| self.total_text(&total.in_long_units())).unwrap_or_default()
    }

    /// The total of a session, if it is known and says more than its work in short.
    fn total_beyond_work(self, session: &PlannedSession) -> Option<Total> {
        let total = Total::of_session(session)?;
        let work = self.work_with(session, ShownTargets::None);
        let work = work.map(|work| self.work_line(session, &work)).unwrap_or_default();
        let stated = session.duration.map(|time| self.time(&time));
        let is_said = work == self.total_text(&total) || stated.as_deref() == Some(work.as_str());
        (!is_said).then_some(total)
    }

    /// What totals of weeks count besides what the cells of a grid say, if they are farther.
    pub(super) fn totals_line(self, plan: &Plan) -> Option<Block> {
        let is_farther = |session: &PlannedSession| {
            !session.optional && self.total_beyond_work(session).is_some_and(|total| total.has_distance())
        };
        plan.sessions().any(is_farther).then(|| Block::Paragraph(self.label_text(Label::TotalCounts)))
    }

    pub(super) fn and_more(self, others: usize) -> String {
        if others == 0 {
            return String::new();
        }
        let others = Extent::one(u32::try_from(others).unwrap_or(u32::MAX));
        let more = self.language.count(Counted::MoreExercises, others);
        format!("{}{more}", self.language.label(Label::And))
    }

    /// "3 rounds + 1 more exercise", or the exercise that leads.
    fn exercises_in_short<'p>(self, all: &[(Section, SessionElement<'p>)], exercises: usize) -> Option<ShortWork<'p>> {
        let first = all.iter().find(|(_, element)| element.exercise_items().is_some() || element.group().is_some())?;
        if let Some((format, items)) = first.1.group() {
            let others = exercises.saturating_sub(items);
            return Some(ShortWork::Amount(format!("{}{}", self.turns_in_short(format), self.and_more(others))));
        }
        let mut straight = all.iter().filter_map(|(_, element)| element.exercise_items());
        // What depends on the athlete's results is a lift, too, in weeks whose load is not known.
        let loaded =
            |items: &&[&PlannedItem]| items.iter().any(|item| lifted(item).is_some() || item.instruction.is_some());
        let lead = straight.clone().find(loaded).or_else(|| straight.next())?;
        let item = *lead.first()?;
        Some(ShortWork::Lead { item, amount: self.sets_in_short(lead), others: exercises.saturating_sub(1) })
    }

    /// The heaviest of the sets of one exercise, or if nothing is known of their loads, all of a few.
    fn sets_in_short(self, items: &[&PlannedItem]) -> String {
        let separator = self.language.label(Label::ListSeparator);
        if let Some((item, load)) = top_set(items) {
            return [self.item_work(item), self.short_load(&load)].join(separator);
        }
        let shown = if items.len() > MOST_SETS { 1 } else { items.len() };
        items.iter().take(shown).map(|item| self.item_work(item)).collect::<Vec<_>>().join(separator)
    }

    fn turns_in_short(self, format: GroupFormat) -> String {
        match format {
            GroupFormat::Amrap { time } => self.time(&time),
            GroupFormat::Superset { .. }
            | GroupFormat::Circuit { .. }
            | GroupFormat::Emom { .. }
            | GroupFormat::Tabata { .. } => {
                let rounds = format.rounds().map(|rounds| self.language.count(Counted::Rounds, rounds));
                rounds.unwrap_or_default()
            }
        }
    }

    /// "100 kg"; a share is only a number of per cent, because a cell has no room to say of what.
    pub(super) fn short_load(self, load: &Measured<LoadUnit>) -> String {
        if !is_share(load.unit) {
            return self.amount(load);
        }
        let share = range(&load.amount.low().to_string(), &load.amount.high().to_string());
        self.in_order(self.language.fill(Label::Share, &[("n", &share)]))
    }
}

/// Whether a load is a share of something.
pub(super) fn is_share(unit: LoadUnit) -> bool {
    match unit {
        LoadUnit::PercentOneRepMax
        | LoadUnit::PercentTrainingMax
        | LoadUnit::PercentBodyweight
        | LoadUnit::PercentLast => true,
        LoadUnit::Kilogram | LoadUnit::Pound | LoadUnit::RepMax => false,
    }
}

/// What is lifted, if it is a number; the range of all sets, if they differ.
pub(super) fn lifted(item: &PlannedItem) -> Option<Measured<LoadUnit>> {
    let loads = item.dose.load.get()?.iter().filter_map(weight).collect::<Vec<_>>();
    let unit = loads.first()?.unit;
    let amount = span(loads.iter().filter(|load| load.unit == unit).map(|load| load.amount))?;
    Some(Measured { amount, unit })
}

/// More sets that differ are not listed in short.
const MOST_SETS: usize = 3;

/// The heaviest of the sets of one exercise with its load, the last of those that are alike.
fn top_set<'p>(items: &[&'p PlannedItem]) -> Option<(&'p PlannedItem, Measured<LoadUnit>)> {
    let loads: Vec<_> = items.iter().filter_map(|item| Some((*item, lifted(item)?))).collect();
    let unit = loads.first()?.1.unit;
    loads.into_iter().filter(|(_, load)| load.unit == unit).max_by_key(|(_, load)| load.amount.high())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_amounts_and_not_in_them() {
        let broken =
            |amount: &str| unbroken(amount).split(' ').map(|part| part.replace('\u{a0}', "_")).collect::<Vec<_>>();
        assert_eq!(broken("6 × 400 m"), ["6_×_400_m"]);
        assert_eq!(broken("2 km + 6 × 400 m"), ["2_km", "+_6_×_400_m"]);
        assert_eq!(broken("3 × 5, 100 kg + 2 more exercises"), ["3_×_5,", "100_kg", "+_2_more", "exercises"]);
        assert_eq!(broken("12.4 km + 2 h 21 min"), ["12.4_km", "+_2_h", "21_min"]);
    }
}
