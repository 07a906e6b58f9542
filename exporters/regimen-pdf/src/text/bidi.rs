//! Text that runs to the left: the direction of each stretch, and the order of stretches on a line (UAX 9).

use std::borrow::Cow;
use std::ops::Range;

use regimen_export::direction::{CLOSE, OPEN, amounts};
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

/// Cuts a text into stretches of one level; odd levels run to the left. In text that runs to the left, amounts and the
/// `codes`, which are in order, keep their own order.
pub(super) fn stretches(text: &str, codes: &[Range<usize>], document: u8) -> Vec<(Range<usize>, u8)> {
    let base = if document == 0 { 0 } else { own(text, document) };
    let plain = base == 0 && text.chars().all(|letter| letter < '\u{590}');
    let Ok(level) = Level::new(base) else { return vec![(0..text.len(), 0)] };
    if plain {
        return vec![(0..text.len(), 0)];
    }
    let isolates = if base == 0 { Vec::new() } else { isolates(text, codes) };
    let marked = marked(text, &isolates);
    let levels = ParagraphBidiInfo::new(&marked, Some(level)).levels;
    let mut stretches: Vec<(Range<usize>, u8)> = Vec::new();
    let mut marks = isolates.iter().flat_map(|range| [range.start, range.end]).peekable();
    let mut added = 0;
    for (at, _) in text.char_indices() {
        while marks.next_if(|mark| *mark <= at).is_some() {
            added += OPEN.len_utf8();
        }
        let level = levels.get(at + added).map_or(base, Level::number);
        match stretches.last_mut() {
            Some((range, last)) if *last == level => range.end = at,
            _ => stretches.push((at..at, level)),
        }
    }
    let starts: Vec<usize> = stretches.iter().skip(1).map(|(range, _)| range.start).chain([text.len()]).collect();
    stretches.iter_mut().zip(starts).for_each(|((range, _), end)| range.end = end);
    stretches
}

/// What keeps its own order: codes, and the amounts outside them.
fn isolates(text: &str, codes: &[Range<usize>]) -> Vec<Range<usize>> {
    let outside = |amount: &Range<usize>| !codes.iter().any(|code| code.start < amount.end && amount.start < code.end);
    let mut isolates: Vec<Range<usize>> =
        amounts(text).into_iter().filter(outside).chain(codes.iter().cloned()).collect();
    isolates.sort_by_key(|range| range.start);
    isolates
}

/// The text with marks around these stretches, which are in order.
fn marked<'a>(text: &'a str, isolates: &[Range<usize>]) -> Cow<'a, str> {
    if isolates.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut marked, mut end) = (String::with_capacity(text.len() + 6 * isolates.len()), 0);
    for range in isolates {
        marked.push_str(&text[end..range.start]);
        marked.push(OPEN);
        marked.push_str(&text[range.clone()]);
        marked.push(CLOSE);
        end = range.end;
    }
    marked.push_str(&text[end..]);
    Cow::Owned(marked)
}

/// The order of the parts of a line from left to right, by their levels.
pub(super) fn order(levels: &[u8]) -> Vec<usize> {
    let levels: Vec<Level> = levels.iter().filter_map(|level| Level::new(*level).ok()).collect();
    ParagraphBidiInfo::reorder_visual(&levels)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, base: u8, expected: &[&str]) {
        let stretches = stretches(text, &[], base);
        let levels: Vec<u8> = stretches.iter().map(|(_, level)| *level).collect();
        let shown: Vec<&str> = order(&levels).into_iter().map(|at| &text[stretches[at].0.clone()]).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn codes_keep_their_order() {
        let text = "שלום a/b-1! עולם";
        let start = text.find('a').unwrap();
        let code = start..start + 6;
        let found = stretches(text, std::slice::from_ref(&code), 1);
        let shown: Vec<(&str, u8)> = found.into_iter().map(|(range, level)| (&text[range], level)).collect();
        assert_eq!(shown, [("שלום ", 1), ("a/b-1!", 2), (" עולם", 1)]);
    }

    #[test]
    fn stretches_stand_as_the_algorithm_says() {
        check("one two", 0, &["one two"]);
        check("run שלום עולם 12 km", 0, &["run ", "12", "שלום עולם ", " km"]);
        check("שלום run 12 km", 1, &["run 12 km", "שלום "]);
        check("שלום 3 × 8–12 עולם", 1, &[" עולם", "3 × 8–12", "שלום "]);
        check("ارفع 10-15 مرة", 1, &[" مرة", "10-15", "ارفع "]);
        check("שלום \u{2066}3 × 8\u{2069} עולם", 1, &["\u{2069} עולם", "3 × 8", "שלום \u{2066}"]);
        check("2 of 5.", 1, &["2 of 5."]);
        check("2.", 1, &[".", "2"]);
    }
}
