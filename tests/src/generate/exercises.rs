//! Exercises, in ladders of five, every fifth with German words.

use super::Writer;
use super::others::{CONDITIONS, EQUIPMENT, GROUPS, MUSCLES, SOURCES};

/// How many exercises follow each other from easy to hard.
const RUNGS: usize = 5;

const STEPS: [&str; 10] = [
    "Stand tall with your feet as wide as your hips.",
    "Push your hips back and let the weight slide down your legs.",
    "Keep your back long and your chest open while you go down.",
    "Stop when you feel a clear stretch at the back of your thighs.",
    "Squeeze your glutes and stand up again without leaning back.",
    "Set the weight down and breathe before the next repetition.",
    "Lower your heels slowly until they touch the floor.",
    "Hold the end for a moment without holding your breath.",
    "Come back the way you went, as slowly as you can.",
    "Change sides after the last repetition, and rest if you need to.",
];
const CUES: [&str; 6] = [
    "Hips back, not down.",
    "Shins stay upright.",
    "Long neck, quiet shoulders.",
    "Push the floor **away** from you.",
    "Slow on the way down.",
    "Ribs over hips.",
];
const MISTAKES: [&str; 6] = [
    "The back rounds. Go less far down, and take a lighter weight.",
    "The knees fall in. Push them out over the toes.",
    "You hold your breath. Count aloud.",
    "The weight drifts away from the legs. Keep it *close*.",
    "You hurry. Take three seconds down.",
    "The heels lift. Sit back a little more.",
];
const PATTERNS: [&str; 6] = ["hinge", "squat", "lunge", "knee-flexion", "calf-raise", "anti-extension"];

pub(super) fn id(number: usize) -> String {
    let place = ["standing", "lying", "seated", "kneeling"][number % 4];
    let movement = ["hinge", "squat", "curl", "raise", "bridge", "hold", "press"][number % 7];
    format!("{place}-{movement}-{number}")
}

pub(super) fn write(writer: &mut Writer, number: usize) {
    let text = format!("{}words:\n{}", facts(writer, number), words(writer, number));
    writer.file(format!("exercises/{}.yaml", id(number)), text);
    if number.is_multiple_of(5) {
        writer.file(format!("exercises/{}.de.yaml", id(number)), german(number));
    }
}

fn facts(writer: &mut Writer, number: usize) -> String {
    let rung = number % RUNGS;
    let dice = &mut writer.dice;
    let mut text = format!(
        "kind: strength\npattern: {}\nmechanic: compound\nplane: sagittal\nlaterality: bilateral\nlevel: {}\nmuscles:\n",
        dice.pick(&PATTERNS),
        rung + 1
    );
    let head = dice.below(MUSCLES / 3) * 3;
    text += &format!("  - {{target: muscle:muscle-{head}, head: long-head, role: prime}}\n");
    text += &format!("  - {{target: muscle-group:group-{}, role: synergist}}\n", dice.below(GROUPS));
    text += &format!("  - {{target: muscle:muscle-{}, role: stabiliser}}\n", dice.below(MUSCLES));
    let tool = dice.below(EQUIPMENT);
    text += &format!("equipment: [[tool-{tool}], [tool-{}]]\n", (tool + 1) % EQUIPMENT);
    text += "defaults: {sets: 3, reps: 8-10, tempo: 3-1-1-0, rpe: 7, rest: 90 s}\n";
    if rung > 0 {
        text += &format!("variant_of: {}\nregressions: [{}]\n", id(number - rung), id(number - 1));
    }
    if rung + 1 < RUNGS && number + 1 < writer.exercises {
        text += &format!("progressions: [{}]\n", id(number + 1));
    }
    text += &format!("contraindications: [condition-{}]\n", dice.below(CONDITIONS));
    text +=
        &format!("sources: [source-{}, source-{}]\n", dice.below(SOURCES / 2), SOURCES / 2 + dice.below(SOURCES / 2));
    text + "tags: [legs, gym]\n"
}

fn words(writer: &mut Writer, number: usize) -> String {
    let other = id(writer.dice.below(writer.exercises));
    let mut text = format!("  name: Exercise {number}\n  aliases: [Movement {number}]\n  summary: >-\n");
    text += "    It trains the back of the thighs and the glutes over their whole length, and it teaches you to bend at the\n";
    text += &format!("    hips. When it is easy, go on to the [next one](exercise:{other}).\n");
    text += "  setup:\n    - Put a light weight in front of you.\n    - Clear the floor around you.\n";
    text += &format!("  steps:\n{}", writer.dice.lines(6, "    - ", &STEPS));
    text += "  breathing: Breathe in on the way down and out on the way up.\n";
    text += &format!("  cues:\n{}", writer.dice.lines(3, "    - ", &CUES));
    text += &format!("  mistakes:\n{}", writer.dice.lines(3, "    - ", &MISTAKES));
    text += "  feel: A stretch in the back of the thighs, and work in the glutes.\n";
    text + "  stop_if:\n    - Your lower back hurts.\n    - You feel a sharp pull in the thigh.\n"
}

fn german(number: usize) -> String {
    format!(
        "name: Übung {number}\nsummary: Sie kräftigt die Rückseite der Oberschenkel.\nsteps:\n\
         \x20 - Hüftbreit aufrecht stehen.\n  - Die Hüfte nach hinten schieben.\n  - Langsam wieder aufrichten.\n\
         stop_if:\n  - Der untere Rücken schmerzt.\n  - Es zieht scharf im Oberschenkel.\n"
    )
}
