//! What exercises and programmes refer to: muscles, groups, equipment, conditions, sources, fragments, guides.

use std::fmt::Write as _;

use super::{Writer, programs};

pub(super) const MUSCLES: usize = 30;
pub(super) const GROUPS: usize = 8;
pub(super) const EQUIPMENT: usize = 12;
pub(super) const CONDITIONS: usize = 8;
pub(super) const SOURCES: usize = 24;
pub(super) const FRAGMENTS: usize = 6;
/// Programmes for each guide.
const PROGRAMS_OF_A_GUIDE: usize = 5;

pub(super) fn write(writer: &mut Writer) {
    project(writer);
    (0..MUSCLES).for_each(|number| muscle(writer, number));
    for number in 0..GROUPS {
        let members = format!("[muscle-{}, muscle-{}]", number * 3, number * 3 + 1);
        let text = format!("members: {members}\nmajor: true\nwords:\n  name: Group {number}\n");
        writer.file(format!("muscle-groups/group-{number}.yaml"), text);
    }
    for number in 0..EQUIPMENT {
        let text = format!("kind: free-weight\nwords:\n  name: Tool {number}\n  summary: A weight of your choice.\n");
        writer.file(format!("equipment/tool-{number}.yaml"), text);
    }
    for number in 0..CONDITIONS {
        let text = format!("words:\n  name: Condition {number}\n  summary: Ask a professional before you start.\n");
        writer.file(format!("conditions/condition-{number}.yaml"), text);
        let german = format!("name: Zustand {number}\nsummary: Vor dem Beginn eine Fachkraft fragen.\n");
        writer.file(format!("conditions/condition-{number}.de.yaml"), german);
    }
    for number in 0..SOURCES {
        let text = format!(
            "kind: article\nauthors: [Author A, Writer B, Reader C]\nyear: {}\ntitle: On the training of muscle {number}\n\
             container: Journal of Examples {number}(2), 1-12\n",
            1990 + number
        );
        writer.file(format!("sources/source-{number}.yaml"), text);
    }
    (0..FRAGMENTS).for_each(|number| fragment(writer, number));
    (0..writer.programs / PROGRAMS_OF_A_GUIDE).for_each(|number| guide(writer, number));
}

fn project(writer: &mut Writer) {
    let mut text =
        "language: en\nrevised: 2027-01-01\nwords:\n  title: A big catalogue\n  disclaimer: Made up to be measured.\n"
            .to_owned();
    for number in 0..writer.programs {
        let opens = if number == 0 { "schedules:\n" } else { "" };
        let program = programs::id(number);
        let _ = writeln!(text, "{opens}  plan-{number}:\n    program: {program}\n    start: 2027-01-04");
        if number % 2 == 0 {
            text.push_str("    timezone: Europe/London\n    at: \"18:30\"\n");
        }
    }
    writer.file("regimen.yaml", text);
    writer.file("languages/de.yaml", "name: Deutsch\nlabels:\n  section:\n    warm-up: Aufwärmen\n".into());
}

fn muscle(writer: &mut Writer, number: usize) {
    let mut text = format!("latin: musculus exempli {number}\nregion: thigh\nside: back\n");
    let head = |side: &str| format!("  - id: {side}-head\n    latin: caput {side}\n    actions: [hip.extension]\n");
    if number.is_multiple_of(3) {
        text += &format!("heads:\n{}{}", head("long"), head("short"));
    } else {
        text += "actions: [hip.extension, knee.flexion]\n";
    }
    text += &format!("sources: [source-{}]\nwords:\n  name: Muscle {number}\n", number % SOURCES);
    text += "  summary: It bends the knee and helps to push the hip forward.\n  origin: The sitting bone.\n";
    if number.is_multiple_of(3) {
        text += "  heads:\n    long-head: {name: Long head}\n    short-head: {name: Short head}\n";
    }
    writer.file(format!("muscles/muscle-{number}.yaml"), text);
}

fn fragment(writer: &mut Writer, number: usize) {
    let mut text = "blocks:\n".to_owned();
    for offset in 0..4 {
        let exercise = super::exercises::id((number * 4 + offset) % writer.exercises);
        let _ = writeln!(text, "  - {{exercise: {exercise}, dose: {{time: {} min}}}}", offset + 1);
    }
    text +=
        &format!("  - text: breathe\nwords:\n  name: Warm-up {number}\n  texts:\n    breathe: Breathe out slowly.\n");
    writer.file(format!("fragments/fragment-{number}.yaml"), text);
}

fn guide(writer: &mut Writer, number: usize) {
    let program = programs::id(number * PROGRAMS_OF_A_GUIDE);
    let mut text = format!(
        "---\ntitle: Guide {number}\nsummary: What to train, and how to begin.\nsources: [source-{number}]\n\
         programs: [{program}]\n---\n\nStart [here](#section-1) ([](source:source-{number})).\n"
    );
    for section in 1..=6 {
        let exercise = super::exercises::id(writer.dice.below(writer.exercises));
        let _ = write!(
            text,
            "\n## Section {section}\n\nThe muscles work **hard** when you run, and they need *time* to grow. Take a week \
             more if you are not sure, and see [](exercise:{exercise}).\n\n![](exercise:{exercise})\n\n- Go slowly.\n- Keep \
             your back long.\n\n| week | sets |\n| --- | --- |\n| 1 | 2 |\n| 2 | 3 |\n\n> [!CAUTION]\n> Stop if it hurts.\n"
        );
    }
    writer.file(format!("guides/guide-{number}.md"), text);
}
