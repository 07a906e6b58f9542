//! Days that a phase has, on which its sessions stand.

use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{Day, Phase, PhaseLength, PhaseSession, Rotation};

/// Every session of a phase stands on a day that its weeks or turns have.
pub(super) fn check(file: &FilePath, path: &FieldPath, phase: &Phase, findings: &mut Vec<Diagnostic>) {
    for (path, sessions) in phase.session_lists(path) {
        for (index, session) in sessions.iter().enumerate() {
            let at = |key: &str| Place::value(file.clone(), path.clone().index(index).key(key));
            let PhaseSession { day, every, .. } = session;
            if *every == Some(0) {
                let wrong = Diagnostic::error("unknown-day", "`every: 0` comes on no day").at(at("every"), "");
                findings
                    .push(wrong.help("write the number of days from one to the next: `every: 2` is every other day"));
            }
            let (phase_days, is_repeated) = (phase.length.days(), every.is_some());
            findings.extend(
                wrong_day(phase, *day, is_repeated.then_some(phase_days))
                    .map(|(message, help)| Diagnostic::error("unknown-day", message).at(at("day"), "").help(help)),
            );
        }
    }
    if let Some(rotation) = &phase.rotation {
        rotates(file, &path.clone().key("rotation"), phase, rotation, findings);
    }
}

fn rotates(file: &FilePath, path: &FieldPath, phase: &Phase, rotation: &Rotation, findings: &mut Vec<Diagnostic>) {
    let Rotation { sessions, days, slot: _ } = rotation;
    for (key, is_empty) in [("sessions", sessions.is_empty()), ("days", days.is_empty())] {
        if is_empty {
            let wrong = Diagnostic::error("empty", format!("a rotation has at least one of its `{key}`"));
            findings.push(
                wrong.at(Place::key(file.clone(), path.clone().key(key)), "").help("add one, or delete the entry"),
            );
        }
    }
    for (index, day) in days.iter().enumerate() {
        let at = |index: usize| Place::value(file.clone(), path.clone().key("days").index(index));
        findings.extend(
            wrong_day(phase, *day, None)
                .map(|(message, help)| Diagnostic::error("unknown-day", message).at(at(index), "").help(help)),
        );
        if let Some(first) = days[..index].iter().position(|earlier| earlier == day) {
            let wrong = Diagnostic::error("unknown-day", format!("`{day}` is listed twice"));
            let wrong = wrong.at(at(index), "again here").at(at(first), "first here");
            findings.push(wrong.help("a rotation has one session on each of its days; delete one of the two"));
        }
    }
}

/// Why a day cannot be one of a phase, and what to write. A session that comes every so many days begins on one of all
/// days of the phase.
fn wrong_day(phase: &Phase, day: Day, of_all: Option<u32>) -> Option<(String, String)> {
    let id = &phase.id;
    match (day, phase.length) {
        (Day::Weekday(day), PhaseLength::Turns { cycle, .. }) if of_all.is_none() => Some((
            format!("the phase `{id}` has turns of {cycle} days, in which {day} is now this day, now that"),
            format!("number the day of the turn: `1` to `{cycle}`"),
        )),
        (Day::Weekday(_), _) => None,
        (Day::Number(number), length) => {
            let (most, has) = match (of_all, length) {
                (Some(days), _) => (days, format!("the phase `{id}` has {days} days")),
                (None, PhaseLength::Weeks(_)) => (7, "a week has 7 days".to_owned()),
                (None, PhaseLength::Days(days)) => (days.into(), format!("the phase `{id}` has {days} days")),
                (None, PhaseLength::Turns { cycle, .. }) => {
                    (cycle.into(), format!("a turn of the phase `{id}` has {cycle} days"))
                }
            };
            (u32::from(number) > most).then(|| {
                let longer = "; a phase that counts its days has `days` in place of `weeks`, and a `cycle` where its sessions come again";
                let longer = if matches!(length, PhaseLength::Weeks(_)) && of_all.is_none() { longer } else { "" };
                (format!("there is no day {number}: {has}"), format!("write a day from `1` to `{most}`{longer}"))
            })
        }
    }
}
