//! Text that runs to the left: the direction of each stretch, and the order of stretches on a line (UAX 9).

use std::ops::Range;

use unicode_bidi::{Level, ParagraphBidiInfo};

/// The embedding level of text that runs with its document.
pub(super) fn base(rightwards: bool) -> u8 {
    u8::from(!rightwards)
}

/// The level of a text within a document of this one: words of a language that runs to the right, such as English where a
/// translation lacks them, keep their order and their full stop.
fn own(text: &str, document: u8) -> u8 {
    use unicode_bidi::BidiClass::{AL, L, R};
    let classes = || text.chars().map(unicode_bidi::bidi_class);
    let rightwards = classes().any(|class| class == L) && !classes().any(|class| matches!(class, R | AL));
    if rightwards { 0 } else { document }
}

/// Cuts a text into stretches of one level; odd levels run to the left.
pub(super) fn stretches(text: &str, document: u8) -> Vec<(Range<usize>, u8)> {
    let base = if document == 0 { 0 } else { own(text, document) };
    let plain = base == 0 && text.chars().all(|letter| letter < '\u{590}');
    let Ok(level) = Level::new(base) else { return vec![(0..text.len(), 0)] };
    if plain {
        return vec![(0..text.len(), 0)];
    }
    let levels = ParagraphBidiInfo::new(text, Some(level)).levels;
    let mut stretches: Vec<(Range<usize>, u8)> = Vec::new();
    for (at, _) in text.char_indices() {
        let level = levels.get(at).map_or(base, Level::number);
        match stretches.last_mut() {
            Some((range, last)) if *last == level => range.end = at,
            _ => stretches.push((at..at, level)),
        }
    }
    let starts: Vec<usize> = stretches.iter().skip(1).map(|(range, _)| range.start).chain([text.len()]).collect();
    stretches.iter_mut().zip(starts).for_each(|((range, _), end)| range.end = end);
    stretches
}

/// The order from left to right of what stands on a line, by its levels.
pub(super) fn order(levels: &[u8]) -> Vec<usize> {
    let levels: Vec<Level> = levels.iter().filter_map(|level| Level::new(*level).ok()).collect();
    ParagraphBidiInfo::reorder_visual(&levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, base: u8, expected: &[&str]) {
        let stretches = stretches(text, base);
        let levels: Vec<u8> = stretches.iter().map(|(_, level)| *level).collect();
        let shown: Vec<&str> = order(&levels).into_iter().map(|at| &text[stretches[at].0.clone()]).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn stretches_stand_as_the_algorithm_says() {
        check("one two", 0, &["one two"]);
        check("run שלום עולם 12 km", 0, &["run ", "12", "שלום עולם ", " km"]);
        check("שלום run 12 km", 1, &["run 12 km", "שלום "]);
        check("2 of 5.", 1, &["2 of 5."]);
        check("2.", 1, &[".", "2"]);
    }
}
