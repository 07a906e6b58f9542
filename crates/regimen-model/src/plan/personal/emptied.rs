//! Sessions of which nothing is left for a person who leaves exercises out.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::model::Session;
use crate::plan::{Plan, PlannedBlock, PlannedPart, PlannedSession};
use crate::reference::Id;

/// What parts of a session ask for, from nothing to work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asks {
    Nothing,
    /// Warming up and cooling down alone.
    Around,
    /// Texts, which may say what to do or only how.
    Texts,
    Work,
}

impl Asks {
    fn of(parts: &[PlannedPart]) -> Self {
        let is_text = |block: &PlannedBlock| matches!(block, PlannedBlock::Text(..));
        let exercises = |part: &PlannedPart| part.blocks.iter().any(|block| !is_text(block));
        let mut work = PlannedPart::work(parts).peekable();
        if work.peek().is_some() {
            return if work.all(is_text) { Self::Texts } else { Self::Work };
        }
        if parts.iter().any(exercises) { Self::Around } else { Self::Nothing }
    }
}

/// What the sessions of a plan ask for, and what may be done instead of them, before anything is left out.
pub(super) struct Before(Vec<(Asks, Vec<Asks>)>);

impl Before {
    pub(super) fn of(plan: &Plan) -> Self {
        let of = |session: &PlannedSession| {
            (Asks::of(&session.parts), session.or.iter().map(|other| Asks::of(&other.parts)).collect())
        };
        Self(plan.by_week().map(of).collect())
    }

    /// What is wrong now, and what to know. What may be done instead of a session goes if nothing of it is left.
    pub(super) fn compare(self, plan: &mut Plan) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let mut emptied: BTreeMap<(Asks, Id<Session>), Vec<String>> = BTreeMap::new();
        let mut choices: BTreeMap<Id<Session>, Id<Session>> = BTreeMap::new();
        let sessions = plan.weeks.iter_mut().flat_map(|week| &mut week.sessions);
        for (session, (before, others)) in sessions.zip(self.0) {
            let mut others = others.into_iter();
            session.or.retain(|other| {
                let stays = others.next().is_none_or(|before| Asks::of(&other.parts) >= before.min(Asks::Texts));
                if !stays {
                    choices.insert(other.session.clone(), session.session.clone());
                }
                stays
            });
            let now = Asks::of(&session.parts);
            if now < before {
                emptied.entry((now, session.session.clone())).or_default().push(session.slot.clone());
            }
        }
        let is_dated = plan.schedule.is_some();
        let (mut errors, mut findings) = (Vec::new(), Vec::new());
        for ((now, session), slots) in emptied {
            match now {
                Asks::Texts | Asks::Work => findings.push(only_texts(&session)),
                Asks::Nothing | Asks::Around => errors.push(nothing(&session, now, &slots, is_dated)),
            }
        }
        findings.extend(choices.iter().map(|(choice, session)| no_choice(choice, session)));
        (errors, findings)
    }
}

fn nothing(session: &Id<Session>, now: Asks, slots: &[String], is_dated: bool) -> Diagnostic {
    let around = if now == Asks::Around { " but warming up and cooling down" } else { "" };
    let message = format!("nothing is left to do in `{session}`{around}");
    let skips = slots.first().filter(|_| is_dated).map(|slot| match slots.len() {
        1 => format!(", or leave the session out (`changes: [{{skip: {slot}}}]`)"),
        many => format!(", or leave the session out on each of its {many} days (`changes: [{{skip: {slot}}}, …]`)"),
    });
    let help = format!(
        "name fewer of its exercises under `without`, give them others with `instead`{}",
        skips.unwrap_or_else(|| ", or choose another programme".to_owned())
    );
    Diagnostic::error("empty-session", message).help(help)
}

fn only_texts(session: &Id<Session>) -> Diagnostic {
    let message = format!("no exercise is left in `{session}`, only what is written there");
    let help =
        "look whether that is enough; if not, give them another exercise in place of one of those that are left out";
    Diagnostic::warning("empty-session", message).help(help)
}

fn no_choice(choice: &Id<Session>, session: &Id<Session>) -> Diagnostic {
    let message =
        format!("nothing is left to do in `{choice}`, so their plan does not offer it in place of `{session}`");
    Diagnostic::warning("empty-session", message)
        .help("give them another exercise in place of one of those that are left out if they are to have the choice")
}
