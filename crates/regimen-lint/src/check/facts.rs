//! Facts and words of one entry that must fit each other.

use std::collections::{BTreeMap, BTreeSet};

use regimen_model::catalog::Catalog;
use regimen_model::diagnostic::{Diagnostic, FieldPath, FilePath, Place};
use regimen_model::model::{
    Entry, Exercise, Fragment, Muscle, MuscleGroup, MuscleTarget, Phase, PhaseLength, PhaseSession, Program, Session,
    SessionBlock, WeekOverride,
};
use regimen_model::prose::is_blank;
use regimen_model::reference::{Id, Kind, Reference};
use regimen_model::suggest::suggested;

use super::days;
use super::placed_notes;
use super::texts::{self, Placed, unused, words_key};

/// Checks every entry; `too_large` are programmes of which nothing is asked until they are smaller.
pub(super) fn check(
    catalog: &Catalog,
    damaged: &BTreeSet<Reference>,
    too_large: &BTreeSet<&Id<Program>>,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    names(catalog, &mut findings);
    Kind::ALL.into_iter().for_each(|kind| former_ids(catalog, kind, &mut findings));
    catalog.muscles.values().for_each(|entry| muscle(entry, &mut findings));
    catalog.muscle_groups.values().for_each(|entry| group(entry, &mut findings));
    catalog.exercises.values().for_each(|entry| exercise(catalog, entry, &mut findings));
    catalog.fragments.values().for_each(|entry| fragment(entry, &mut findings));
    let placed = placed_notes::of(catalog);
    let no_notes = Vec::new();
    // A programme or a cell that could not be read may name any text.
    let are_all_read = damaged.iter().all(|entry| entry.kind() != Kind::Program)
        && catalog.programs.values().all(|entry| entry.grid.as_ref().is_none_or(|grid| grid.unread.is_empty()));
    for entry in catalog.sessions.values() {
        let placed = Placed { notes: placed.get(&entry.id).unwrap_or(&no_notes), are_all_read };
        session(entry, placed, &mut findings);
    }
    let programs = catalog.programs.values().filter(|entry| !too_large.contains(&entry.id));
    programs.for_each(|entry| program(entry, &mut findings));
    findings
}

/// Every entry has a name to be shown by.
fn names(catalog: &Catalog, findings: &mut Vec<Diagnostic>) {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Source) {
        for reference in catalog.references(kind) {
            let id = reference.id();
            let named = catalog.name(&reference, catalog.language()).is_some_and(|name| !is_blank(&name));
            if !named {
                let path = if kind == Kind::Guide { key("title") } else { key("words").key("name") };
                let place = Place::value(reference.file(), path);
                let blank = Diagnostic::error("empty", format!("the {kind} `{id}` has a blank name"));
                findings.push(blank.at(place, "").help("readers see this name: write one"));
            }
        }
    }
}

/// A former id leads to one entry only.
fn former_ids(catalog: &Catalog, kind: Kind, findings: &mut Vec<Diagnostic>) {
    let mut seen: BTreeMap<&str, &str> = catalog.ids(kind).into_iter().map(|id| (id, id)).collect();
    let file = |id: &str| format!("{}/{id}{}", kind.folder(), kind.ending());
    for (former, now) in catalog.former_ids(kind) {
        if let Some(other) = seen.insert(former, now) {
            let message = format!("`{former}` cannot be a former id of the {kind} `{now}`: it leads to `{other}`");
            let finding = Diagnostic::error("duplicate-id", message).at(Place::key(file(now), key("formerly")), "");
            let finding = finding.at(Place::file(file(other)), "");
            findings.push(finding.help("each former id leads to one entry; take it out of one of them"));
        }
    }
}

fn key(key: &str) -> FieldPath {
    FieldPath::root().key(key)
}

fn muscle(muscle: &Entry<Muscle>, findings: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = muscle.heads.iter().map(|head| head.id.as_str()).collect();
    twice(&muscle.file, "heads", &known, findings);
    for (file, words) in muscle.all_words() {
        let named: Vec<&str> = words.heads.keys().map(Id::as_str).collect();
        let path = words_key(muscle, file, "heads");
        unknown_keys(file, &path, &known, &named, findings);
        // In another language, those of the default language stand in.
        if *file == muscle.file {
            missing_keys(file, &path, &known, &named, findings);
        }
    }
}

fn group(group: &Entry<MuscleGroup>, findings: &mut Vec<Diagnostic>) {
    if group.members.is_empty() {
        findings.push(empty(&group.file, key("members"), "a muscle group has at least one muscle"));
    }
}

fn exercise(catalog: &Catalog, exercise: &Entry<Exercise>, findings: &mut Vec<Diagnostic>) {
    for (index, muscle) in exercise.muscles().iter().enumerate() {
        let Some(head) = &muscle.head else { continue };
        let place = Place::value(exercise.file.clone(), key("muscles").index(index).key("head"));
        let MuscleTarget::Muscle(id) = &muscle.target else {
            let wrong = Diagnostic::error("unknown-head", "a group of muscles has no heads");
            findings.push(wrong.at(place, "").help("name the muscle that the head belongs to as `target`"));
            continue;
        };
        let Some(target) = catalog.muscles.get(id) else {
            continue;
        };
        if target.heads.iter().all(|known| known.id != *head) {
            let heads = || target.heads.iter().map(|known| known.id.as_str());
            let wrong = Diagnostic::error("unknown-head", format!("the muscle `{id}` has no head `{head}`"));
            let near = suggested(findings, head.as_str(), heads());
            findings.push(wrong.at(place, "").maybe_help(near));
        }
    }
    let pictures: Vec<&str> = exercise.media.iter().map(|media| media.id.as_str()).collect();
    twice(&exercise.file, "media", &pictures, findings);
    picture_steps(exercise, findings);
    for (file, words) in exercise.all_words() {
        let described: Vec<&str> = words.alt.keys().map(Id::as_str).collect();
        unknown_keys(file, &words_key(exercise, file, "alt"), &pictures, &described, findings);
    }
}

/// A picture of a step names one that there is.
fn picture_steps(exercise: &Entry<Exercise>, findings: &mut Vec<Diagnostic>) {
    let steps = exercise.words.steps.len();
    for (index, media) in exercise.media.iter().enumerate() {
        let Some(step) = media.step.filter(|step| *step == 0 || *step as usize > steps) else { continue };
        let place = Place::value(exercise.file.clone(), key("media").index(index).key("step"));
        let message = match steps {
            1 => format!("the picture `{}` is of step {step}, and there is 1 step", media.id),
            _ => format!("the picture `{}` is of step {step}, and there are {steps} steps", media.id),
        };
        let help = match steps {
            0 => "delete `step:`, or write the steps".to_owned(),
            1 => "write `step: 1`, or delete the line to show the picture with the others".to_owned(),
            _ => format!("steps count from 1 to {steps}; without `step:`, the picture is shown with the others"),
        };
        findings.push(Diagnostic::error("unknown-step", message).at(place, "").help(help));
    }
}

fn fragment(fragment: &Entry<Fragment>, findings: &mut Vec<Diagnostic>) {
    if fragment.blocks.is_empty() {
        findings.push(empty(&fragment.file, key("blocks"), "a fragment has at least one block"));
    }
    for (index, block) in fragment.blocks.iter().enumerate() {
        if matches!(block, SessionBlock::Use(_)) {
            let place = Place::value(fragment.file.clone(), key("blocks").index(index).key("use"));
            let wrong = Diagnostic::error("nested-fragment", "a fragment cannot use another fragment");
            findings.push(wrong.at(place, "").help("list both in the session instead"));
        }
    }
    blocks(&fragment.file, &key("blocks"), &fragment.blocks, findings);
    let placed = Placed { notes: &[], are_all_read: true };
    texts::check(fragment, &[(key("blocks"), &fragment.blocks)], placed, findings);
}

fn session(session: &Entry<Session>, placed: Placed<'_>, findings: &mut Vec<Diagnostic>) {
    let parts: Vec<_> = session.parts().map(|(_, name, blocks)| (key(name), blocks)).into();
    if parts.iter().all(|(_, blocks)| blocks.is_empty()) && session.kind != regimen_model::vocabulary::SessionKind::Rest
    {
        findings.push(empty(&session.file, key("main"), "a session has at least one block, unless its kind is `rest`"));
    }
    for (path, list) in &parts {
        blocks(&session.file, path, list, findings);
    }
    texts::check(session, &parts, placed, findings);
}

fn blocks(file: &FilePath, path: &FieldPath, blocks: &[SessionBlock], findings: &mut Vec<Diagnostic>) {
    for (index, block) in blocks.iter().enumerate() {
        match block {
            SessionBlock::Group(group) if group.items.is_empty() => {
                let path = path.clone().index(index).key(group.format.key());
                findings.push(empty(file, path, "exercises in turns need at least one exercise"));
            }
            SessionBlock::Run(steps) if steps.is_empty() => {
                findings.push(empty(file, path.clone().index(index).key("run"), "a run has at least one step"));
            }
            _ => {}
        }
    }
}

fn program(program: &Entry<Program>, findings: &mut Vec<Diagnostic>) {
    if program.phases.is_empty() {
        findings.push(empty(&program.file, key("phases"), "a programme has at least one phase"));
    }
    let ids: Vec<&str> = program.phases.iter().map(|phase| phase.id.as_str()).collect();
    twice(&program.file, "phases", &ids, findings);
    for (index, phase) in program.phases.iter().enumerate() {
        if phase.length.days() == 0 {
            let path = key("phases").index(index).key(phase.length.key());
            let message = match phase.length {
                PhaseLength::Weeks(_) => "a phase has at least one week",
                PhaseLength::Days(_) | PhaseLength::Turns { .. } => "a phase has at least one day",
            };
            findings.push(empty(&program.file, path, message));
        }
        days::check(&program.file, &key("phases").index(index), phase, findings);
        overrides(program, index, phase, findings);
        same_weeks(program, index, phase, findings);
    }
    for (file, words) in program.all_words() {
        let described = |key: &str, named: Vec<&str>, findings: &mut Vec<Diagnostic>| {
            unknown_keys(file, &words_key(program, file, key), &ids, &named, findings);
        };
        described("phase_names", words.phase_names.keys().map(Id::as_str).collect(), findings);
        described("phases", words.phases.keys().map(Id::as_str).collect(), findings);
        described("enter", words.enter.keys().map(Id::as_str).collect(), findings);
        described("exit", words.exit.keys().map(Id::as_str).collect(), findings);
    }
}

/// Weeks that differ are weeks of their phase, each once, and leave out only what is there.
fn overrides(program: &Entry<Program>, phase_index: usize, phase: &Phase, findings: &mut Vec<Diagnostic>) {
    let mut weeks: BTreeMap<u8, usize> = BTreeMap::new();
    for (index, other) in phase.overrides.iter().enumerate() {
        let path = key("phases").index(phase_index).key("overrides").index(index);
        let place = |path: FieldPath| Place::value(program.file.clone(), path);
        if other.week == 0 || u32::from(other.week) > phase.length.weeks() {
            let message = format!("the phase `{}` has no week {}", phase.id, other.week);
            let wrong = Diagnostic::error("override", message).at(place(path.clone().key("week")), "");
            findings.push(wrong.help(format!("weeks of a phase count from 1; this one has {}", phase.length.weeks())));
        }
        let first = *weeks.entry(other.week).or_insert(index);
        if first != index {
            let first = key("phases").index(phase_index).key("overrides").index(first).key("week");
            let wrong = Diagnostic::error("override", format!("week {} is overridden twice", other.week));
            let wrong = wrong.at(place(path.clone().key("week")), "again here").at(place(first), "first here");
            findings.push(wrong.help("say all that differs in one place"));
        }
        let listed = other.sessions.as_deref().unwrap_or(&phase.sessions);
        let rotation = phase.rotation.as_ref().filter(|_| other.sessions.is_none());
        let rotation = rotation.and_then(|rotation| rotation.slot.as_ref()).map(Id::as_str);
        let names: BTreeSet<&str> = listed.iter().map(PhaseSession::name).chain(rotation).collect();
        for (at, id) in other.without.iter().enumerate() {
            if !names.contains(id.as_str()) {
                let message = format!("week {} has no session `{id}` to leave out", other.week);
                let help =
                    in_grid(program, id.as_str()).or_else(|| suggested(findings, id.as_str(), names.iter().copied()));
                let wrong = Diagnostic::error("override", message).at(place(path.clone().key("without").index(at)), "");
                findings.push(wrong.maybe_help(help));
            }
        }
    }
}

/// The way out for a name that a cell of the grid has, if it may be meant.
fn in_grid(program: &Entry<Program>, name: &str) -> Option<String> {
    let days = &program.grid.as_ref()?.days;
    let is_cell = |day: &str| name.strip_prefix(day).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let help = "`overrides` do not touch the cells of a grid: write `rest` in the cell of that week and day";
    days.iter().any(|day| is_cell(&day.to_string())).then(|| help.to_owned())
}

/// A week under `overrides` that is as the others.
fn same_weeks(program: &Entry<Program>, phase_index: usize, phase: &Phase, findings: &mut Vec<Diagnostic>) {
    let mut times: BTreeMap<u8, usize> = BTreeMap::new();
    phase.overrides.iter().for_each(|week| *times.entry(week.week).or_default() += 1);
    let only = |week: &WeekOverride| times.get(&week.week) == Some(&1);
    for (index, week) in phase.overrides.iter().enumerate() {
        if !changes_nothing(week) || !only(week) || !(1..=phase.length.weeks()).contains(&week.week.into()) {
            continue;
        }
        let path = key("phases").index(phase_index).key("overrides").index(index).key("week");
        let message = format!("nothing differs in week {} of the phase `{}`", week.week, phase.id);
        let wrong = Diagnostic::error("override", message).at(Place::value(program.file.clone(), path), "");
        findings.push(wrong.help("say what differs, such as `volume: 60 %`, or delete the week here"));
    }
}

fn changes_nothing(week: &WeekOverride) -> bool {
    let WeekOverride { week: _, kind, volume, load, sessions, without } = week;
    kind.is_none() && volume.is_none() && load.is_none() && sessions.is_none() && without.is_empty()
}

fn empty(file: &FilePath, path: FieldPath, message: &str) -> Diagnostic {
    Diagnostic::error("empty", message).at(Place::key(file.clone(), path), "").help("add one, or delete the entry")
}

/// The same id given to two items of one list.
fn twice(file: &FilePath, list: &str, ids: &[&str], findings: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, id) in ids.iter().enumerate() {
        let first = *known.entry(id).or_insert(index);
        if first != index {
            let at = |index: usize| Place::value(file.clone(), key(list).index(index).key("id"));
            let wrong = Diagnostic::error("duplicate-id", format!("`{id}` is the id of two of the {list}"));
            let wrong = wrong.at(at(index), "given again here").at(at(first), "first given here");
            findings.push(wrong.help("give each an id of its own"));
        }
    }
}

fn missing_keys(file: &FilePath, path: &FieldPath, facts: &[&str], words: &[&str], findings: &mut Vec<Diagnostic>) {
    let words: BTreeSet<&str> = words.iter().copied().collect();
    for missing in facts.iter().filter(|id| !words.contains(*id)) {
        let wrong = Diagnostic::error("missing-words", format!("there are no words for `{missing}`"));
        let place = Place::key(file.clone(), path.clone().key(*missing));
        findings.push(wrong.at(place, "").help(format!("add `{missing}:` with its `name` under `{path}`")));
    }
}

fn unknown_keys(file: &FilePath, path: &FieldPath, facts: &[&str], words: &[&str], findings: &mut Vec<Diagnostic>) {
    let known: BTreeSet<&str> = facts.iter().copied().collect();
    for unknown in words.iter().filter(|id| !known.contains(*id)) {
        let finding = unused(&Place::key(file.clone(), path.clone().key(*unknown)), unknown);
        let near = suggested(findings, unknown, facts.iter().copied());
        findings.push(finding.maybe_help(near));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Lint;

    #[test]
    fn a_name_alone_is_a_translation() {
        let head = "{latin: m, region: thigh, side: back, heads: [{id: long, latin: caput}],\n\
                    words: {name: Biceps, heads: {long: {name: Long}}}}\n";
        let lint = Lint::new()
            .program("{exercise: hinge}, {text: walk}", "strength", 1)
            .file("muscles/biceps.yaml", head)
            .file("conditions/clot.yaml", "words: {name: Clot}\n")
            .file("equipment/bar.yaml", "kind: other\nwords: {name: Bar, summary: Long.}\n")
            .file("guides/g.md", "---\ntitle: G\nsummary: S.\n---\nText.\n")
            .file("regimen.yaml", "language: en\nwords: {title: T, disclaimer: D.}\n");
        let before = lint.all();
        let kinds = [
            "exercises/hinge",
            "sessions/s",
            "programs/p",
            "muscles/biceps",
            "muscle-groups/calves",
            "conditions/clot",
            "equipment/bar",
        ];
        let named = kinds.iter().fold(lint, |lint, entry| lint.file(&format!("{entry}.de.yaml"), "name: Wort\n"));
        let named = named.file("guides/g.de.md", "---\ntitle: Wort\n---\n").file("regimen.de.yaml", "title: Wort\n");
        assert_eq!(named.all(), before);
        for (file, text, said) in [
            ("exercises/hinge.de.yaml", "nam: Wort\n", "unknown-key: `nam` is not a key of the file"),
            ("sessions/s.de.yaml", "texts: {wlk: Gehen.}\n", "unused-words: "),
            ("muscles/biceps.de.yaml", "heads: {lung: {name: Lang}}\n", "unused-words: "),
            ("exercises/hinge.de.yaml", "follows: 12\n", "wrong-value: "),
        ] {
            let found: Vec<_> =
                named.clone().file(file, text).all().into_iter().filter(|one| !before.contains(one)).collect();
            assert!(found.len() == 1 && found[0].starts_with(file) && found[0].contains(said), "{found:?}");
        }
    }

    #[test]
    fn a_picture_names_a_step_that_there_is() {
        let of = |step: &str| {
            let text = format!(
                "kind: strength\npattern: squat\nlaterality: bilateral\nlevel: 1\ndefaults: {{reps: 8}}\n\
                 muscles: [{{target: muscle:one, role: prime}}]\n\
                 media: [{{id: a, file: media/a.svg, role: detail, {step}author: A, licence: CC0-1.0}}]\n\
                 words: {{name: A, summary: B., steps: [C., D.], alt: {{a: E.}}}}\n"
            );
            let said = Lint::new().file("exercises/a.yaml", &text).file("media/a.svg", "<svg/>").all();
            said.into_iter().filter(|line| line.contains(" unknown-step: ")).collect::<Vec<_>>()
        };
        for fine in ["", "step: 1, ", "step: 2, "] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
        for wrong in [0, 3] {
            let said = of(&format!("step: {wrong}, "));
            let message = format!("the picture `a` is of step {wrong}, and there are 2 steps");
            assert!(said.len() == 1 && said[0].ends_with(&message), "{said:?}");
        }
    }

    #[test]
    fn every_note_has_a_text_and_every_text_its_note() {
        let of = |main: &str, texts: &str, run: &str| {
            let session = format!("kind: run\nduration: 9 min\nmain: [{main}]\nwords: {{name: S, texts: {texts}}}\n");
            let phase = format!("kind: base, weeks: 1, sessions: [{{session: s, day: monday{run}}}]");
            let said = Lint::new().session("s", "run", "").file("sessions/s.yaml", &session).phases(&[&phase]).all();
            let said = said.into_iter().filter(|line| line.contains("missing-text") || line.contains("unused-words"));
            said.collect::<Vec<_>>()
        };
        let item = "{exercise: hinge, note: a}";
        let run = "{run: [{duration: 1 km, within: [{duration: 10 s, note: a}]}, {repeat: 2, steps: [{duration: 1 min, note: b}]}]}";
        assert_eq!(of(item, "{a: A.}", ""), [""; 0]);
        assert_eq!(of(run, "{a: A., b: B.}", ""), [""; 0]);
        assert_eq!(of(run, "{a: A.}", "").len(), 1, "a step inside has no text");
        assert_eq!(of(item, "{a: A., b: B.}", "").len(), 1, "a text has no note");
        let placed = ", run: [{duration: 1 km, note: b}]";
        assert_eq!(of(item, "{a: A., b: B.}", placed), [""; 0], "a programme has the note");
        let missing = of(item, "{a: A.}", placed);
        assert!(missing.len() == 1 && missing[0].starts_with("programs/p.yaml"), "{missing:?}");
    }

    #[test]
    fn a_week_that_differs_says_how() {
        let of = |week: &str| {
            let phase = format!("kind: base, weeks: 3, sessions: [{{session: s, day: monday}}], overrides: [{week}]");
            let said = Lint::new().session("s", "strength", "{exercise: hinge}").phases(&[&phase]).all();
            said.into_iter().filter(|line| line.contains(" override: ")).collect::<Vec<_>>()
        };
        let said = of("{week: 2}");
        assert!(said.len() == 1 && said[0].ends_with("nothing differs in week 2 of the phase `p0`"), "{said:?}");
        for fine in ["{week: 2, load: 90 %}", "{week: 2, sessions: []}", "{week: 2, without: [s]}"] {
            assert_eq!(of(fine), [""; 0], "{fine}");
        }
    }
}
